/* The profiles of a project: kept by digest, worked on as a draft, pinned to assessments. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/profiles.h"
#include "lingtan/app/rung.h"
#include "lingtan/base/file.h"
#include "lingtan/base/text.h"
#include "lingtan/store/blob.h"
#include "session_parts.h"

/* ---- which there are ---- */

/* The setting that names the draft of a ruleset. */
static const char *draft_key(struct session *session, const char *ruleset)
{
	return lt_arena_printf(&session->arena, "profile_draft.%s", ruleset);
}

static enum lt_status find_draft(struct session *session, const char *ruleset, const char **digest,
				 struct lt_err *err)
{
	struct words value;
	const char *name = draft_key(session, ruleset);
	const char *key = name ? cell_key_join(&session->arena, &name, 1) : NULL;
	enum lt_status status = key ? project_get(session->project, "setting", key, "value",
						  &session->arena, &value, err)
				    : lt_err_memory(err);
	*digest = !status && value.at ? value.at[0] : "";
	return status;
}

struct profile_listing {
	struct session *session;
	struct held_profile *at;
	unsigned n, cap;
	struct lt_err *err;
};

static enum lt_status list_row(void *context, const struct fact_row *row)
{
	struct profile_listing *list = context;
	const struct words *files = fact_row_get(row, "files");
	if (!files->at)
		return LT_OK;
	list->at = lt_arena_room(&list->session->arena, list->at, list->n, &list->cap,
				 sizeof(*list->at));
	if (!list->at)
		return lt_err_memory(list->err);
	list->at[list->n++] = (struct held_profile){ .digest = row->parts[0],
						     .id = files->at[0],
						     .ruleset = files->at[1],
						     .responsible = files->at[2],
						     .text = files->at[3] };
	return LT_OK;
}

/* Which assessments are scored with it, and whether it is a draft. */
static enum lt_status see_use(struct session *session, struct held_profile *held,
			      const struct assessment_ref *all, unsigned n, struct lt_err *err)
{
	const char *draft;
	enum lt_status status = find_draft(session, held->ruleset, &draft, err);
	held->is_draft = strcmp(draft, held->digest) == 0;
	held->pinned_by = lt_arena_alloc(&session->arena, n + 1, sizeof(*held->pinned_by));
	if (!status && !held->pinned_by)
		return lt_err_memory(err);
	for (unsigned i = 0; i < n && !status; i++)
		if (strcmp(all[i].profile, held->digest) == 0)
			held->pinned_by[held->n_pinned_by++] = all[i].name;
	return status;
}

enum lt_status session_profiles(struct session *session, bool all, struct held_profile **out,
				unsigned *n, struct lt_err *err)
{
	struct profile_listing list = { .session = session, .err = err };
	const struct assessment_ref *refs;
	unsigned n_refs, kept = 0;
	enum lt_status status =
		project_visit(session->project, "profile", &session->arena, list_row, &list, err);
	if (!status)
		status = session_assessments(session, &refs, &n_refs, err);
	for (unsigned i = 0; i < list.n && !status; i++) {
		status = see_use(session, &list.at[i], refs, n_refs, err);
		if (all || list.at[i].is_draft || list.at[i].n_pinned_by)
			list.at[kept++] = list.at[i];
	}
	*out = list.at;
	*n = kept;
	return status;
}

/* ---- finding one ---- */

static enum lt_status refuse_several(const struct held_profile *const *fit, unsigned n,
				     const char *which, struct lt_err *err)
{
	char digests[200] = "";
	for (unsigned i = 0; i < n && i < 10; i++) {
		const size_t used = strlen(digests);
		snprintf(digests + used, sizeof(digests) - used, "%s%.12s", i ? " " : "",
			 fit[i]->digest);
	}
	if (!n)
		return lt_err_set(err, LT_EDATA, "没有参数集“%.*s”；见 lingtan profile list",
				  "there is no profile '%.*s'; see lingtan profile list", LT_CUT(which, 80));
	return lt_err_set(err, LT_EDATA, "参数集“%.*s”有几个版本，请用校验值指明：%s",
			  "there are several profiles '%.*s', say which by its digest: %s", LT_CUT(which, 80),
			  digests);
}

enum lt_status session_find_profile(struct session *session, const struct assessment_ref *ref,
				    const char *which, struct held_profile *out, struct lt_err *err)
{
	struct held_profile *all;
	unsigned n, n_fit = 0;
	const char *digest = which;
	enum lt_status status = session_profiles(session, true, &all, &n, err);
	if (!status && !which)
		status = find_draft(session, ref->standard, &digest, err);
	if (!status && !which && !digest[0])
		digest = ref->profile;
	if (!status && !digest[0])
		return lt_err_set(
			err, LT_EDATA,
			"%s 没有参数集；用 lingtan profile import 或 profile set 放进来",
			"%s has no profile; bring one with lingtan profile import or profile set",
			ref->name);
	const struct held_profile **fit =
		lt_arena_alloc(&session->arena, (status ? 0 : n) + 1, sizeof(*fit));
	if (!status && !fit)
		status = lt_err_memory(err);
	const size_t len = status ? 0 : strlen(digest);
	/* of those of one id the ones in use come first */
	for (int used = 1; used >= 0 && !n_fit && !status; used--)
		for (unsigned i = 0; i < n; i++)
			if ((len >= 6 && strncmp(all[i].digest, digest, len) == 0) ||
			    (strcmp(all[i].id, digest) == 0 &&
			     (!used || all[i].is_draft || all[i].n_pinned_by)))
				fit[n_fit++] = &all[i];
	if (status)
		return status;
	if (n_fit != 1)
		return refuse_several(fit, n_fit, digest, err);
	*out = *fit[0];
	return LT_OK;
}

enum lt_status session_read_profile(struct session *session, const struct held_profile *held,
				    struct profile **out, struct lt_findings *findings,
				    struct lt_err *err)
{
	struct yaml_source source = { .name = held->id };
	enum lt_status status = blob_get_text(session->project, held->text, YAML_MAX_BYTES,
					      &session->arena, &source.text, &source.len, err);
	return status ? status : profile_load(&source, &session->arena, findings, out, err);
}

/* ---- the draft ---- */

enum lt_status session_draft_profile(struct session *session, const struct assessment_ref *ref,
				     struct profile **out, struct lt_findings *findings,
				     struct lt_err *err)
{
	struct held_profile held;
	const char *digest;
	enum lt_status status = find_draft(session, ref->standard, &digest, err);
	if (status)
		return status;
	if (digest[0] || ref->profile[0]) {
		status = session_find_profile(session, ref, NULL, &held, err);
		return status ? status : session_read_profile(session, &held, out, findings, err);
	}
	*out = lt_arena_alloc(&session->arena, 1, sizeof(**out));
	if (!*out)
		return lt_err_memory(err);
	(*out)->ruleset = ref->standard;
	return LT_OK;
}

/* Findings without a place in a text that nobody sees. */
static void hand_on(const struct lt_findings *from, struct lt_findings *to)
{
	to->file = NULL;
	for (const struct lt_finding *at = from->first; at; at = at->next)
		lt_findings_add(to, at->severity, at->path, "%s%.0s", "%.0s%s", at->text[LT_ZH],
				at->text[LT_EN]);
}

static enum lt_status refuse_if_wrong(const struct lt_findings *found, struct lt_findings *findings,
				      const char *id, const char *ruleset, struct lt_err *err)
{
	const size_t n = found->n_errors;
	hand_on(found, findings);
	if (found->out_of_memory)
		return lt_err_memory(err);
	return n ? lt_err_set(err, LT_EDATA, "参数集 %s 与 %s 不合，%zu 处",
			      "profile %s does not fit %s; errors: %zu", id, ruleset, n)
		 : LT_OK;
}

static enum lt_status ruleset_of(struct session *session, const struct assessment_ref *ref,
				 const struct ruleset **out, struct lt_findings *findings,
				 struct lt_err *err)
{
	struct assessment at = { 0 };
	enum lt_status status =
		session_ruleset(session, ref->ruleset, &session->arena, &at, findings, err);
	*out = at.ruleset;
	return status;
}

enum lt_status session_change_draft(struct session *session, const char *ruleset,
				    const char *digest, struct changes *changes, struct lt_err *err)
{
	const char *key = draft_key(session, ruleset);
	return key ? changes_add(changes, "setting", &key, "value", &digest, err)
		   : lt_err_memory(err);
}

/* Bytes, row and draft, inside a write transaction. */
static enum lt_status store_draft(struct session *session, const struct profile *profile,
				  const char *text, size_t len, const char *digest, bool *done,
				  struct lt_err *err)
{
	struct changes changes = { .session = session };
	char sha256[LT_SHA256_HEX];
	enum lt_status status = blob_put_bytes(session->project, text, len, sha256, err);
	const char *const files[] = { profile->id, profile->ruleset, profile->responsible, sha256 };
	if (!status)
		status = changes_add(&changes, "profile", &digest, "files", files, err);
	if (!status)
		status = session_change_draft(session, profile->ruleset, digest, &changes, err);
	return status ? status : session_commit(session, "profile", &changes, done, err);
}

/* A profile that is settled and right becomes the draft of its ruleset. */
static enum lt_status keep_draft(struct session *session, const struct profile *profile,
				 const char *text, size_t len, char digest[LT_SHA256_HEX],
				 bool *done, struct lt_err *err)
{
	struct lt_err second = LT_ERR_INIT;
	profile_digest(text, len, digest);
	enum lt_status status = project_begin(session->project, true, err);
	if (status)
		return status;
	status = store_draft(session, profile, text, len, digest, done, err);
	const enum lt_status ended = project_end(session->project, !status, status ? &second : err);
	*done = *done && !status && !ended;
	return status ? status : ended;
}

enum lt_status session_keep_profile(struct session *session, const struct assessment_ref *ref,
				    const struct profile *changed, struct lt_findings *findings,
				    char digest[LT_SHA256_HEX], bool *done, struct lt_err *err)
{
	struct lt_findings found;
	struct profile *settled;
	const struct ruleset *ruleset;
	char *text;
	size_t len;
	*done = false;
	if (is_blank(changed->id) || is_blank(changed->responsible) ||
	    is_blank(changed->title.zh) || is_blank(changed->title.en))
		return lt_err_set(
			err, LT_EDATA,
			"先写明参数集的 id、responsible（谁负责）、title_zh 和 title_en：lingtan profile set FILE head id=…",
			"first give the profile its id, responsible (who answers for it), title_zh and title_en: lingtan profile set FILE head id=...");
	if (strcmp(changed->ruleset, ref->standard) != 0)
		return lt_err_set(err, LT_EDATA, "参数集属于 %s，评价是 %s",
				  "the profile is for %s, the assessment is %s", changed->ruleset,
				  ref->name);
	lt_findings_init(&found, &session->arena);
	enum lt_status status =
		profile_settle(changed, &session->arena, &found, &settled, &text, &len, err);
	/* what no profile can have was typed here */
	if (status == LT_EFILE) {
		*err = (struct lt_err)LT_ERR_INIT;
		status = refuse_if_wrong(&found, findings, changed->id, ref->standard, err);
		return status ? status : LT_EDATA;
	}
	if (!status)
		status = ruleset_of(session, ref, &ruleset, findings, err);
	if (status)
		return status;
	profile_check_entries(settled, changed->id, ruleset, &found);
	status = refuse_if_wrong(&found, findings, changed->id, ruleset->id, err);
	return status ? status : keep_draft(session, settled, text, len, digest, done, err);
}

/* ---- import, export ---- */

static enum lt_status assessment_under(struct session *session, const char *ruleset,
				       const struct assessment_ref **out, const char *path,
				       struct lt_err *err)
{
	const struct assessment_ref *all;
	unsigned n;
	enum lt_status status = session_assessments(session, &all, &n, err);
	for (unsigned i = 0; i < n && !status; i++)
		if (strcmp(all[i].standard, ruleset) == 0) {
			*out = &all[i];
			return LT_OK;
		}
	return status ? status
		      : lt_err_set(err, LT_EDATA, "%s：参数集属于 %s，项目里没有用它的评价",
				   "%s: the profile is for %s, and no assessment of the project is",
				   path, ruleset);
}

enum lt_status session_import_profile(struct session *session, const char *path,
				      struct lt_findings *findings, char digest[LT_SHA256_HEX],
				      bool *done, struct lt_err *err)
{
	struct yaml_source source = { .name = path };
	struct profile *profile;
	const struct assessment_ref *ref = NULL;
	const struct ruleset *ruleset;
	char *text;
	size_t len;
	const size_t errors_before = findings->n_errors;
	*done = false;
	enum lt_status status =
		lt_file_read(path, YAML_MAX_BYTES, &session->arena, &source.text, &source.len, err);
	if (!status)
		status = profile_load(&source, &session->arena, findings, &profile, err);
	if (!status)
		status = assessment_under(session, profile->ruleset, &ref, path, err);
	if (!status)
		status = ruleset_of(session, ref, &ruleset, findings, err);
	if (status)
		return status;
	/* beside the ruleset that the project carries, not the one at hand */
	profile_check(profile, path, ruleset, &session->arena, findings);
	if (findings->out_of_memory)
		return lt_err_memory(err);
	if (findings->n_errors > errors_before)
		return lt_err_set(
			err, LT_EDATA, "%s：参数集与 %s 不合，%zu 处，没有导入",
			"%s: the profile does not fit %s, it was not imported; errors: %zu", path,
			ruleset->id, findings->n_errors - errors_before);
	status = profile_write(profile, &session->arena, &text, &len, err);
	return status ? status : keep_draft(session, profile, text, len, digest, done, err);
}

enum lt_status session_export_profile(struct session *session, const struct held_profile *held,
				      const char *to, struct lt_err *err)
{
	const char *text;
	size_t len;
	enum lt_status status = blob_get_text(session->project, held->text, YAML_MAX_BYTES,
					      &session->arena, &text, &len, err);
	return status ? status : lt_file_write_new(to, text, len, err);
}

/* ---- check, pin ---- */

enum lt_status session_check_profile(struct session *session, const struct assessment_ref *ref,
				     const struct profile *profile, struct lt_findings *findings,
				     struct lt_err *err)
{
	const struct ruleset *ruleset;
	struct lt_findings found;
	enum lt_status status = ruleset_of(session, ref, &ruleset, findings, err);
	if (status)
		return status;
	lt_findings_init(&found, &session->arena);
	profile_check(profile, profile->id, ruleset, &session->arena, &found);
	hand_on(&found, findings);
	return found.out_of_memory ? lt_err_memory(err) : LT_OK;
}

/* Every rung must still be one that can be scored: an answer may be more than an item is worth now.
 */
enum lt_status session_still_scores(struct session *session, const struct assessment_ref *before,
				    struct lt_findings *findings, struct lt_err *err)
{
	const struct assessment_options options = { 0 };
	const struct assessment_ref *ref;
	enum lt_status status =
		session_find_assessment(session, before->name, NULL, &ref, findings, err);
	for (int r = 0; r < N_RUNGS && !status; r++) {
		struct assessment scored;
		status = session_score(session, ref, rung_names[r], &options, &scored, findings,
				       err);
		assessment_close(&scored);
	}
	return status;
}

static enum lt_status pin(struct session *session, const struct assessment_ref *ref,
			  const struct held_profile *held, struct lt_findings *findings, bool *done,
			  struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct lt_err second = LT_ERR_INIT;
	enum lt_status status = project_begin(session->project, true, err);
	if (status)
		return status;
	status = changes_add(&changes, "assessment", &ref->name, "profile",
			     held ? &held->digest : NULL, err);
	if (!status)
		status = session_commit(session, "pin", &changes, done, err);
	if (!status && *done)
		status = session_still_scores(session, ref, findings, err);
	const enum lt_status ended = project_end(session->project, !status, status ? &second : err);
	*done = *done && !status && !ended;
	return status ? status : ended;
}

enum lt_status session_pin_profile(struct session *session, const struct assessment_ref *ref,
				   const struct held_profile *held, struct lt_findings *findings,
				   bool *done, struct lt_err *err)
{
	struct profile *profile;
	const size_t errors_before = findings->n_errors;
	*done = false;
	enum lt_status status = LT_OK;
	if (held && strcmp(held->ruleset, ref->standard) != 0)
		return lt_err_set(err, LT_EDATA, "参数集 %s 属于 %s，评价是 %s",
				  "profile %s is for %s, the assessment is %s", held->id,
				  held->ruleset, ref->name);
	if (held)
		status = session_read_profile(session, held, &profile, findings, err);
	if (held && !status)
		status = session_check_profile(session, ref, profile, findings, err);
	if (!status && findings->n_errors > errors_before)
		status = lt_err_set(err, LT_EDATA, "参数集 %s 还有 %zu 处不对，没有采用",
				    "profile %s is not pinned; still wrong: %zu", held->id,
				    findings->n_errors - errors_before);
	return status ? status : pin(session, ref, held, findings, done, err);
}
