/* Taking over what a lower rung says, and evidence that was looked at. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/cycle.h"
#include "lingtan/app/ladder.h"
#include "lingtan/app/role.h"
#include "field_parts.h"

/* ---- evidence seen ---- */

struct tie_digest {
	const char *assessment, *item;
	struct lt_sha256 sha;
	unsigned n;
};

/* Rows come in the order of their keys, so the same ties always give the same digest. */
static enum lt_status see_tie(void *context, const struct fact_row *row)
{
	struct tie_digest *digest = context;
	if (strcmp(row->parts[0], digest->assessment) != 0 ||
	    strcmp(row->parts[1], digest->item) != 0 || !fact_row_get(row, "locator")->at ||
	    row_is_removed(row))
		return LT_OK;
	lt_sha256_add(&digest->sha, row->key, strlen(row->key) + 1);
	digest->n++;
	return LT_OK;
}

/* What is tied to an item, as SHA-256 over its ties; and how many. */
static enum lt_status digest_ties(struct session *session, const char *assessment,
				  const char *item, char digest[LT_SHA256_HEX], unsigned *n,
				  struct lt_err *err)
{
	struct tie_digest ties = { .assessment = assessment, .item = item };
	lt_sha256_init(&ties.sha);
	enum lt_status status =
		project_visit(session->project, "tie", NULL, see_tie, &ties, err);
	lt_sha256_finish(&ties.sha, digest);
	*n = ties.n;
	return status;
}

static enum lt_status own_rung(struct session *session, const char **rung, struct lt_err *err)
{
	*rung = role_rung(session->workspace, session->role);
	return *rung ? LT_OK
		     : lt_err_set(err, LT_EDATA, "角色 %s 不填写条款；请以有层级的角色打开",
				  "role %s does not answer items; open the project in a role with a rung",
				  session->role);
}

static enum lt_status check_item(struct session *session, const struct assessment_ref *ref,
				 const char *item, struct lt_findings *findings,
				 struct lt_err *err)
{
	struct trial *trial;
	enum lt_status status = session_trial(session, ref, &trial, findings, err);
	if (status || ruleset_find_item(trial->ruleset, item))
		return status;
	return ruleset_no_item(trial->ruleset, an_item, item, err);
}

enum lt_status ladder_see(struct session *session, const struct assessment_ref *ref,
			  const char *const *items, unsigned n, bool *done,
			  struct lt_findings *findings, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const char *rung;
	enum lt_status status = own_rung(session, &rung, err);
	*done = false;
	for (unsigned i = 0; i < n && !status; i++) {
		char digest[LT_SHA256_HEX], pieces[16];
		unsigned n_ties;
		status = check_item(session, ref, items[i], findings, err);
		if (!status)
			status = digest_ties(session, ref->name, items[i], digest, &n_ties, err);
		if (status)
			return status;
		snprintf(pieces, sizeof(pieces), "%u", n_ties);
		const char *const key[] = { ref->name, rung, items[i], session->name };
		const char *const values[] = { digest, pieces };
		status = changes_add(&changes, "seen", key, "evidence", values, err);
	}
	return status ? status : session_commit(session, "see", &changes, done, err);
}

/* ---- taking ---- */

struct taking {
	struct session *session;
	const struct assessment_ref *ref;
	const struct ladder_take *wish;
	const char *own;
	bool is_bulk;
	struct changes changes;
	struct cycle_hint *last; /* of the assessment before, where that is what is taken */
	unsigned n_last;
	unsigned n, n_refused;
	struct lt_findings *findings;
	struct lt_err *err;
};

static enum lt_status get_verdict(struct taking *taking, const char *rung, const char *item,
				  struct words *out)
{
	struct session *session = taking->session;
	const char *const parts[] = { taking->ref->name, rung, item };
	const char *key = cell_key_join(&session->arena, parts, 3);
	return key ? project_get(session->project, "answer", key, "verdict", &session->arena, out,
				 taking->err)
		   : lt_err_memory(taking->err);
}

/* What was said last stands only for what this cycle need not look at, and whose clause reads as it
 * did. */
static enum lt_status find_last(struct taking *taking, const char *item, struct words *out)
{
	struct lt_arena *arena = &taking->session->arena;
	*out = (struct words){ 0 };
	for (unsigned i = 0; i < taking->n_last; i++) {
		const struct cycle_hint *at = &taking->last[i];
		if (strcmp(at->item, item) != 0 || at->rung == N_RUNGS || at->is_changed)
			continue;
		if (at->is_must)
			return taking->wish->all
				       ? LT_OK
				       : lt_err_set(taking->err, LT_EDATA,
						    "条款 %s 本次必查，不能沿用上次的结论",
						    "item %s is obligatory in this cycle, what was said last does not stand for it",
						    item);
		const char **value = lt_arena_alloc(arena, 3, sizeof(*value));
		if (!value)
			return lt_err_memory(taking->err);
		value[0] = at->result;
		value[1] = at->value;
		value[2] = at->na_reason;
		*out = (struct words){ value, 3 };
	}
	return LT_OK;
}

/* The verdict of the rung that was asked for, or of the nearest below that has one. */
static enum lt_status find_lower(struct taking *taking, const char *item, struct words *out)
{
	const struct roles *roles = taking->session->workspace->roles;
	const char *rung = taking->wish->from ? taking->wish->from
					      : roles_rung_below(roles, taking->own);
	enum lt_status status = LT_OK;
	*out = (struct words){ 0 };
	if (taking->last)
		return find_last(taking, item, out);
	while (rung && !out->at && !status) {
		status = get_verdict(taking, rung, item, out);
		rung = taking->wish->from ? NULL : roles_rung_below(roles, rung);
	}
	return status;
}

/* Whether the person saw the evidence as it is now; what is missing becomes a finding. */
static enum lt_status check_seen(struct taking *taking, const char *item,
				 const struct words *verdict)
{
	struct session *session = taking->session;
	const char *const parts[] = { taking->ref->name, taking->own, item, session->name };
	char digest[LT_SHA256_HEX];
	struct words seen;
	unsigned n;
	const char *key = cell_key_join(&session->arena, parts, 4);
	enum lt_status status =
		key ? project_get(session->project, "seen", key, "evidence", &session->arena,
				  &seen, taking->err)
		    : lt_err_memory(taking->err);
	if (!status)
		status = digest_ties(session, taking->ref->name, item, digest, &n, taking->err);
	if (status)
		return status;
	/* what was read meanwhile named its own file */
	taking->findings->file = project_path(session->project);
	if (!n && verdict_is_award(verdict))
		lt_findings_add(taking->findings, LT_ERROR, "",
				"条款 %s：得分而没有佐证，不能批量采纳；请逐条判断",
				"item %s: an award without evidence is not taken in bulk; judge it by itself",
				item);
	else if (!seen.at)
		lt_findings_add(taking->findings, LT_ERROR, "",
				"条款 %s：%s 还没有看过佐证；看过后用 lingtan see 记下",
				"item %s: %s has not seen its evidence; look at it, then lingtan see",
				item, session->name);
	else if (strcmp(seen.at[0], digest) != 0)
		lt_findings_add(taking->findings, LT_ERROR, "",
				"条款 %s：佐证在看过之后有变化，请再看一次（lingtan see）",
				"item %s: its evidence has changed since it was seen; look again (lingtan see)",
				item);
	else
		return LT_OK;
	taking->n_refused++;
	return LT_OK;
}

static enum lt_status take_item(struct taking *taking, const char *item)
{
	struct words lower, own;
	enum lt_status status = find_lower(taking, item, &lower);
	if (!status)
		status = get_verdict(taking, taking->own, item, &own);
	if (status)
		return status;
	if (!lower.at)
		return lt_err_set(taking->err, LT_EDATA, "条款 %s：没有可以采纳的结论（下面的层级未填，或上次无结论、条文已变）",
				  "item %s: there is no verdict to take over (no rung below has one; or none was given last, or the clause has changed)",
				  item);
	if (cell_value_equals(&lower, &own))
		return LT_OK;
	if (own.at)
		return lt_err_set(
			taking->err, LT_EDATA,
			"条款 %s：自己的层级已有不同的结论，不会覆盖；要改请用 lingtan set",
			"item %s: your own rung has another verdict, which is not overwritten; use lingtan set",
			item);
	if (taking->is_bulk)
		status = check_seen(taking, item, &lower);
	const char *const key[] = { taking->ref->name, taking->own, item };
	if (!status)
		status = changes_add(&taking->changes, "answer", key, "verdict", lower.at,
				     taking->err);
	taking->n += !status;
	return status;
}

static enum lt_status take_all(struct taking *taking)
{
	struct trial *trial;
	enum lt_status status = session_trial(taking->session, taking->ref, &trial,
					      taking->findings, taking->err);
	for (unsigned i = 0; !status && i < trial->ruleset->n_items; i++) {
		struct words lower, own;
		const char *item = trial->ruleset->items[i].id;
		status = find_lower(taking, item, &lower);
		if (!status)
			status = get_verdict(taking, taking->own, item, &own);
		if (!status && lower.at && !own.at)
			status = take_item(taking, item);
	}
	return status;
}

static enum lt_status check_from(struct taking *taking)
{
	const struct roles *roles = taking->session->workspace->roles;
	const char *from = taking->wish->from;
	if (!from)
		return LT_OK;
	if (strcmp(from, TAKE_LAST) == 0) {
		enum lt_status status =
			cycle_hints_read(taking->session, taking->ref, &taking->session->arena,
					 &taking->last, &taking->n_last, taking->findings,
					 taking->err);
		return status || taking->last
			       ? status
			       : lt_err_set(taking->err, LT_EDATA,
					    "%s 不承接别的评价，没有上次的结论",
					    "%s follows no other assessment, nothing was said last",
					    taking->ref->name);
	}
	const int rank = roles_rung_rank(roles, from);
	return rank >= 0 && rank < roles_rung_rank(roles, taking->own)
		       ? LT_OK
		       : lt_err_set(taking->err, LT_EDATA,
				    "层级 %s 不在 %s 之下，不能从那里采纳",
				    "rung %s is not below %s, nothing is taken over from there", from,
				    taking->own);
}

enum lt_status ladder_take_over(struct session *session, const struct assessment_ref *ref,
				const struct ladder_take *wish, unsigned *n,
				struct lt_findings *findings, struct lt_err *err)
{
	struct taking taking = { .session = session,
				 .ref = ref,
				 .wish = wish,
				 .is_bulk = wish->all || wish->n_items > 1,
				 .changes = { .session = session },
				 .findings = findings,
				 .err = err };
	bool done;
	*n = 0;
	enum lt_status status = own_rung(session, &taking.own, err);
	if (!status)
		status = check_from(&taking);
	findings->file = project_path(session->project);
	if (!status && wish->all)
		status = take_all(&taking);
	for (unsigned i = 0; i < wish->n_items && !wish->all && !status; i++) {
		status = check_item(session, ref, wish->items[i], findings, err);
		if (!status)
			status = take_item(&taking, wish->items[i]);
	}
	if (!status && taking.n_refused)
		status = lt_err_set(
			err, LT_EDATA,
			"批量采纳要逐条看过佐证：还有 %u 条没有，一条也没有采纳",
			"bulk needs the evidence of each item seen: %u are not, nothing was taken",
			taking.n_refused);
	if (status)
		return status;
	if (taking.is_bulk) {
		session->command = lt_arena_printf(&session->arena, "take (bulk, %u)", taking.n);
		if (!session->command)
			return lt_err_memory(err);
	}
	status = session_commit(session, taking.is_bulk ? "take-bulk" : "take", &taking.changes,
				&done, err);
	*n = status ? 0 : taking.n;
	return status;
}
