/* Assessments of a project: finding one, making one, its ruleset. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/profile.h"
#include "lingtan/core/digest.h"
#include "lingtan/core/title.h"
#include "lingtan/store/blob.h"
#include "field_parts.h"

/* ---- the ruleset ---- */

/* Whether the texts are those that the program carries: then there is nothing to read. */
static bool is_built_in(struct library *library, const char *id, const char *const *sha256)
{
	static const char *const names[] = { "ruleset.yaml", "items.yaml" };
	char path[200];
	for (int i = 0; i < 3; i++) {
		if (i < 2)
			snprintf(path, sizeof(path), "%s/%s", id, names[i]);
		const struct embedded_file *file =
			library_embedded(library, i < 2 ? path : "units.yaml");
		if (!file || strcmp(file->sha256, sha256[i]) != 0)
			return false;
	}
	return true;
}

static enum lt_status load_edition(struct session *session, const char *const *sha256,
				   struct lt_arena *arena, const struct library_edition **out,
				   struct lt_findings *findings, struct lt_err *err)
{
	static const char *const names[] = { "ruleset.yaml", "items.yaml", "units.yaml" };
	struct library *library = session->workspace->library;
	struct yaml_source texts[3];
	enum lt_status status = LT_OK;
	*out = library_find_edition(library, sha256);
	if (*out)
		return LT_OK;
	for (int i = 0; i < 3 && !status; i++) {
		texts[i] = (struct yaml_source){ .name = names[i] };
		status = blob_get_text(session->project, sha256[i], YAML_MAX_BYTES, arena,
				       &texts[i].text, &texts[i].len, err);
	}
	return status ? status
		      : library_load_edition(library, sha256, texts, arena, findings, out, err);
}

enum lt_status session_ruleset(struct session *session, const char *digest, struct lt_arena *arena,
			       struct assessment *out, struct lt_findings *findings,
			       struct lt_err *err)
{
	struct words files;
	struct ruleset *ruleset;
	struct library *library = session->workspace->library;
	const char *key = cell_key_join(arena, &digest, 1);
	enum lt_status status =
		key ? project_get(session->project, "ruleset", key, "files", arena, &files, err)
		    : lt_err_memory(err);
	if (!status && !files.at)
		status = lt_err_set(err, LT_EFILE, "%s：文件里没有规则集 %.12s",
				    "%s: the ruleset %.12s is not in the file",
				    project_path(session->project), digest);
	if (status)
		return status;
	if (is_built_in(library, files.at[0], files.at + 2)) {
		status = library_load_built_in(library, files.at[0], findings, &ruleset, err);
		out->ruleset = ruleset;
		out->ruleset_kept = true;
		return status;
	}
	const struct library_edition *edition;
	status = load_edition(session, files.at + 2, arena, &edition, findings, err);
	if (status)
		return status;
	out->ruleset = edition->ruleset;
	out->units = edition->units;
	out->ruleset_kept = edition->kept;
	out->edition_unknown = digest;
	return LT_OK;
}

enum lt_status session_keep_ruleset(struct session *session, const char *id,
				    struct changes *changes, const char **digest,
				    struct lt_err *err)
{
	struct library *library = session->workspace->library;
	struct yaml_source texts[3];
	char sha256[3][LT_SHA256_HEX], whole[LT_SHA256_HEX];
	struct lt_findings findings;
	struct ruleset *ruleset;
	lt_findings_init(&findings, &session->arena);
	enum lt_status status = library_load(library, id, &findings, &ruleset, err);
	if (!status)
		status = library_ruleset_texts(library, id, texts, err);
	for (int i = 0; i < 3 && !status; i++)
		status = blob_put_bytes(session->project, texts[i].text, texts[i].len, sha256[i],
					err);
	if (status)
		return status;
	const char *const parts[] = { sha256[0], sha256[1], sha256[2] };
	ruleset_files_digest(parts, whole);
	*digest = lt_arena_strndup(&session->arena, whole, sizeof(whole));
	const char *const values[] = { ruleset->id, ruleset->edition, sha256[0], sha256[1],
				       sha256[2] };
	return *digest ? changes_add(changes, "ruleset", digest, "files", values, err)
		       : lt_err_memory(err);
}

/* ---- listing and finding ---- */

struct listing {
	struct session *session;
	struct assessment_ref *at;
	unsigned n, cap;
	struct lt_err *err;
};

bool assessment_ref_split(struct assessment_ref *ref, struct lt_arena *arena)
{
	const char *first = strchr(ref->name, '/');
	const char *second = first ? strchr(first + 1, '/') : NULL;
	if (!second)
		return false;
	ref->standard = lt_arena_strndup(arena, ref->name, (size_t)(first - ref->name));
	ref->stage = lt_arena_strndup(arena, first + 1, (size_t)(second - first - 1));
	ref->year = second + 1;
	return ref->standard && ref->stage;
}

static enum lt_status list_row(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	struct lt_arena *arena = &list->session->arena;
	const struct words *subject = fact_row_get(row, "subject"),
			   *ruleset = fact_row_get(row, "ruleset"),
			   *profile = fact_row_get(row, "profile");
	if (!ruleset->at || row_is_removed(row))
		return LT_OK;
	list->at = lt_arena_room(arena, list->at, list->n, &list->cap, sizeof(*list->at));
	if (!list->at)
		return lt_err_memory(list->err);
	struct assessment_ref ref = { .name = row->parts[0],
				      .park_type = subject->at ? subject->at[0] : "",
				      .place = subject->at ? subject->at[1] : "",
				      .ruleset = ruleset->at[0],
				      .profile = profile->at ? profile->at[0] : "" };
	if (!assessment_ref_split(&ref, arena))
		return LT_OK;
	list->at[list->n++] = ref;
	return LT_OK;
}

enum lt_status session_assessments(struct session *session, const struct assessment_ref **out,
				   unsigned *n, struct lt_err *err)
{
	struct listing list = { .session = session, .err = err };
	enum lt_status status = project_visit(session->project, "assessment", &session->arena,
					      list_row, &list, err);
	*out = list.at;
	*n = list.n;
	return status;
}

enum lt_status session_name_item(struct session *session, const struct assessment_ref *ref,
				 const char **item, struct lt_findings *findings,
				 struct lt_err *err)
{
	struct assessment found = { 0 };
	struct lt_err ignored = LT_ERR_INIT;
	const enum lt_status status = session_ruleset(session, ref->ruleset, &session->arena,
						      &found, findings, &ignored);
	if (status == LT_ESPACE)
		return lt_err_memory(err);
	return status ? LT_OK : ruleset_name_item(found.ruleset, item, err);
}

/* Whether the ruleset of an assessment has the item or quantity, or one that the standard calls so;
 * false where it cannot be read. */
static bool has_item(struct session *session, const struct assessment_ref *ref, const char *item,
		     bool by_number, struct lt_findings *findings)
{
	const char *id = item;
	struct assessment found = { 0 };
	struct lt_err ignored = LT_ERR_INIT;
	if (session_ruleset(session, ref->ruleset, &session->arena, &found, findings, &ignored) !=
	    LT_OK)
		return false;
	if (by_number)
		return ruleset_name_item(found.ruleset, &id, &ignored) != LT_OK || id != item;
	return ruleset_find_item(found.ruleset, item) || ruleset_find_quantity(found.ruleset, item);
}

/* at: those to choose from; where none fits, all that there are. */
static enum lt_status refuse_choice(const struct assessment_ref *at, unsigned n, const char *item,
				    unsigned n_fit, struct lt_err *err)
{
	char names[360] = "";
	size_t used = 0;
	static const char more[] = ", …";
	for (unsigned i = 0; i < n; i++) {
		const char *comma = i ? ", " : "";
		const size_t len = strlen(comma) + strlen(at[i].name);
		/* what is left out is seen to be left out */
		if (len + sizeof(more) > sizeof(names) - used) {
			memcpy(names + used, more, sizeof(more));
			break;
		}
		used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s", comma, at[i].name);
	}
	if (!n)
		return lt_err_set(err, LT_EDATA, "项目里还没有评价；用 lingtan add 添加",
				  "the project has no assessment; add one with lingtan add");
	if (item && !n_fit)
		return lt_err_set(err, LT_EDATA, "没有条款“%s”；项目里的评价：%s",
				  "there is no item '%s'; assessments at hand: %s", item, names);
	if (item)
		return lt_err_set(
			err, LT_EDATA, "条款“%s”在几个评价里都有，请用 --assessment 指明：%s",
			"item '%s' stands in several assessments, say which with --assessment: %s",
			item, names);
	return lt_err_set(err, LT_EDATA, "有几个评价，请用 --assessment 指明：%s",
			  "there are several assessments, say which with --assessment: %s", names);
}

/* Those of all n that may be meant, into *out: by name, else by the item. */
static enum lt_status find_fitting(struct session *session, const char *name, const char *item,
				   const struct assessment_ref *all, unsigned n,
				   const struct assessment_ref **out, unsigned *n_fit,
				   struct lt_findings *findings, struct lt_err *err)
{
	struct assessment_ref *fit = lt_arena_alloc(&session->arena, n + 1, sizeof(*fit));
	*out = fit;
	*n_fit = 0;
	if (!fit)
		return lt_err_memory(err);
	for (int by_number = 0; by_number < 2 && !*n_fit; by_number++)
		for (unsigned i = 0; i < n; i++)
			if (name ? strcmp(all[i].name, name) == 0
				 : n == 1 || !item ||
					   has_item(session, &all[i], item, by_number, findings))
				fit[(*n_fit)++] = all[i];
	return LT_OK;
}

/* By its name and as the program writes it out, 标准 阶段 年份; or by a part of either: the standard,
 * alone or with its stage or its year. */
static enum lt_status offer_assessment(struct session *session, const struct assessment_ref *ref,
				       bool by_part, struct titled *titled,
				       struct lt_findings *findings, struct lt_err *err)
{
	const char *const between[] = { "/", " ", " " };
	const char *standard[3] = { ref->standard }, *stage[3] = { ref->stage };
	const unsigned first = by_part ? 0 : 3, end = by_part ? 3 : 4;
	struct assessment found = { 0 };
	struct lt_err ignored = LT_ERR_INIT;
	unsigned n = 1;
	if (!session_ruleset(session, ref->ruleset, &session->arena, &found, findings, &ignored)) {
		const struct ruleset *ruleset = found.ruleset;
		const struct term *term =
			term_find(ruleset->stages, ruleset->n_stages, ref->stage);
		for (n = 1; n < 3; n++) {
			standard[n] = ruleset->code;
			stage[n] = !term ? "" : n == 1 ? term->title.zh : term->title.en;
		}
	}
	for (unsigned i = 0; i < n; i++)
		for (unsigned part = first; part < end; part++) {
			const bool with_stage = part & 1, with_year = part & 2;
			const char *title = lt_arena_printf(
				&session->arena, "%s%s%s%s%s", standard[i],
				with_stage ? between[i] : "", with_stage ? stage[i] : "",
				with_year ? between[i] : "", with_year ? ref->year : "");
			if (!title)
				return lt_err_memory(err);
			titled_offer(titled, ref->name, &(struct label){ title, title });
		}
	return LT_OK;
}

/* *name: of the one assessment that is called so. Several that a part fits are told. */
static enum lt_status name_assessment(struct session *session, const char **name,
				      const struct assessment_ref *all, unsigned n,
				      struct lt_findings *findings, struct lt_err *err)
{
	struct titled titled = { .typed = *name };
	enum lt_status status = LT_OK;
	/* first, since the rulesets are read for the words alone */
	for (unsigned i = 0; i < n; i++)
		if (strcmp(all[i].name, *name) == 0)
			return LT_OK;
	for (int by_part = 0; by_part < 2 && !titled.n; by_part++)
		for (unsigned i = 0; i < n && !status; i++)
			status = offer_assessment(session, &all[i], by_part, &titled, findings,
						  err);
	return status ? status : titled_take(&titled, name, err);
}

enum lt_status session_find_assessment(struct session *session, const char *name, const char *item,
				       const struct assessment_ref **out,
				       struct lt_findings *findings, struct lt_err *err)
{
	const struct assessment_ref *all, *fit = NULL;
	unsigned n, n_fit = 0;
	enum lt_status status = session_assessments(session, &all, &n, err);
	*out = NULL;
	if (!status && name)
		status = name_assessment(session, &name, all, n, findings, err);
	if (!status)
		status = find_fitting(session, name, item, all, n, &fit, &n_fit, findings, err);
	if (status)
		return status;
	if (n_fit == 1) {
		*out = fit;
		return LT_OK;
	}
	if (name && n)
		return lt_err_set(err, LT_EDATA, "项目里没有评价“%s”；有 %s 等 %u 个",
				  "the project has no assessment '%s'; it has %s (%u in all)", name,
				  all[0].name, n);
	return n_fit ? refuse_choice(fit, n_fit, item, n_fit, err)
		     : refuse_choice(all, n, item, 0, err);
}

enum lt_status session_name_filter(struct session *session, const char *name, const char **item,
				   struct lt_findings *findings, struct lt_err *err)
{
	const struct assessment_ref *all, *ref = NULL;
	unsigned n, n_fit = 0;
	enum lt_status status = session_assessments(session, &all, &n, err);
	if (!status)
		status = find_fitting(session, name, *item, all, n, &ref, &n_fit, findings, err);
	if (!status && n_fit < 2)
		status = session_find_assessment(session, name, *item, &ref, findings, err);
	return status ? status : session_name_item(session, ref, item, findings, err);
}

/* ---- making ---- */

/* What is named by the titles that are shown, by its ids. */
static void name_by_ids(const struct ruleset *ruleset, struct new_project *wish)
{
	wish->stage = term_named(ruleset->stages, ruleset->n_stages, wish->stage);
	wish->park_type = term_named(ruleset->park_types, ruleset->n_park_types, wish->park_type);
	wish->place = term_named(ruleset->places, ruleset->n_places, wish->place);
}

/* A plan is compiled for what is asked, so that a stage or type that the ruleset does not know is
 * refused now and not at the first answer. */
static enum lt_status try_selection(struct session *session, const struct ruleset *ruleset,
				    const struct new_project *wish, struct lt_err *err)
{
	struct plan *plan;
	const bool staged = ruleset->n_stages > 0;
	if (!staged && wish->stage && wish->stage[0] && strcmp(wish->stage, "planning") != 0 &&
	    strcmp(wish->stage, "operation") != 0)
		return lt_err_set(err, LT_EDATA, "没有阶段“%s”；有 planning、operation",
				  "there is no stage '%s'; there are planning, operation",
				  wish->stage);
	const struct selection selection = { .park_type = wish->park_type,
					     .stage = wish->stage,
					     .place = wish->place };
	return plan_compile(ruleset, &selection, NULL, &session->arena, &plan, err);
}

static enum lt_status assessment_name(struct session *session, const struct new_project *wish,
				      const char **name, struct lt_err *err)
{
	char year[8];
	const char *given = wish->year;
	if (!given) {
		const enum lt_status status = session_today(session, &given, err);
		if (status)
			return status;
		snprintf(year, sizeof(year), "%.4s", given);
		given = year;
	}
	if (strlen(given) != 4 || strspn(given, "0123456789") != 4)
		return lt_err_set(err, LT_EDATA, "年份“%s”不对；写成 2025",
				  "'%s' is no year; write it like 2025", given);
	*name = lt_arena_printf(&session->arena, "%s/%s/%s", wish->standard,
				wish->stage ? wish->stage : "", given);
	return *name ? LT_OK : lt_err_memory(err);
}

enum lt_status session_change_assessment(struct session *session, const struct new_project *asked,
					 struct changes *changes, struct lt_findings *findings,
					 struct lt_err *err)
{
	const char *name, *digest;
	struct words known;
	struct new_project meant = *asked;
	const struct new_project *wish = &meant;
	struct library *library = session->workspace->library;
	struct ruleset *ruleset;
	meant.standard = library_named(library, asked->standard);
	enum lt_status status = library_load(library, meant.standard, findings, &ruleset, err);
	if (status)
		return status;
	name_by_ids(ruleset, &meant);
	status = try_selection(session, ruleset, wish, err);
	if (!status)
		status = assessment_name(session, wish, &name, err);
	if (status)
		return status;
	const char *key = cell_key_join(&session->arena, &name, 1);
	status = key ? project_get(session->project, "assessment", key, "ruleset", &session->arena,
				   &known, err)
		     : lt_err_memory(err);
	if (!status && known.at)
		status = lt_err_set(err, LT_EDATA, "已有评价 %s",
				    "there is an assessment %s already", name);
	if (!status)
		status = session_keep_ruleset(session, wish->standard, changes, &digest, err);
	const char *const subject[] = { wish->park_type, wish->place, wish->reason };
	if (!status)
		status = changes_add(changes, "assessment", &name, "subject", subject, err);
	return status ? status : changes_add(changes, "assessment", &name, "ruleset", &digest, err);
}

enum lt_status session_add_assessment(struct session *session, const struct new_project *wish,
				      struct lt_findings *findings, struct lt_err *err)
{
	struct changes changes = { .session = session };
	bool done;
	/* the texts of the ruleset and the entry that names them are one transaction */
	enum lt_status status = project_begin(session->project, true, err);
	if (status)
		return status;
	status = session_change_assessment(session, wish, &changes, findings, err);
	if (!status)
		status = session_commit(session, "add", &changes, &done, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(session->project, !status, status ? &second : err);
	return status ? status : ended;
}

enum lt_status session_ruleset_of(struct session *session, const char *assessment,
				  const struct ruleset **out, struct lt_findings *findings,
				  struct lt_err *err)
{
	const struct assessment_ref *ref;
	struct assessment found = { 0 };
	enum lt_status status =
		session_find_assessment(session, assessment, NULL, &ref, findings, err);
	if (!status)
		status = session_ruleset(session, ref->ruleset, &session->arena, &found, findings,
					 err);
	if (!status)
		*out = found.ruleset;
	return status;
}
