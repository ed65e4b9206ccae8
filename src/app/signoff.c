#include "lingtan/app/signoff.h"

#include <string.h>
#include "frozen.h"
#include "lingtan/app/role.h"
#include "lingtan/app/writers.h"
#include "signoff_parts.h"

const char *const sign_state_names[] = { "waiting", "due", "valid", "void", NULL };
const struct label sign_state_titles[N_SIGN_STATES] = {
	[SIGN_WAITING] = { "等前面的签署", "waits for the steps before" },
	[SIGN_DUE] = { "待签", "due" },
	[SIGN_VALID] = { "有效", "valid" },
	[SIGN_VOID] = { "已失效", "void" },
};

/* ---- the order ---- */

static bool split_names(struct lt_arena *arena, const char *text, struct words *out)
{
	*out = (struct words){ .at = lt_arena_alloc(arena, strlen(text) + 1, sizeof(*out->at)) };
	while (out->at && *text) {
		text += strspn(text, " ,");
		const size_t len = strcspn(text, " ,");
		if (!len)
			break;
		out->at[out->n] = lt_arena_strndup(arena, text, len);
		if (!out->at[out->n++])
			return false;
		text += len;
	}
	return out->at != NULL;
}

static enum lt_status order_of(struct session *session, const struct assessment_ref *ref,
			       struct words *out, struct lt_findings *findings, struct lt_err *err)
{
	struct words setting;
	struct trial *trial;
	enum lt_status status = project_get(session->project, "setting", "sign_off", "value",
					    &session->arena, &setting, err);
	if (!status)
		status = session_trial(session, ref, &trial, findings, err);
	if (status)
		return status;
	*out = session->workspace->roles->sign_off;
	if (trial->ruleset->sign_off.n)
		*out = trial->ruleset->sign_off;
	if (setting.at && setting.at[0][0] && !split_names(&session->arena, setting.at[0], out))
		return lt_err_memory(err);
	return LT_OK;
}

static enum lt_status check_order(struct session *session, const struct words *order,
				  struct lt_err *err)
{
	for (unsigned i = 0; i < order->n; i++) {
		if (!roles_find(session->workspace->roles, order->at[i]))
			return lt_err_set(err, LT_EDATA,
					  "会签顺序里有角色“%s”，没有这个角色；请机构改设置 sign_off",
					  "the order of sign-off names '%s', which is no role; the "
					  "body can change its setting sign_off",
					  order->at[i]);
		for (unsigned k = 0; k < i; k++)
			if (strcmp(order->at[k], order->at[i]) == 0)
				return lt_err_set(
					err, LT_EDATA,
					"会签顺序里 %s 出现两次；请机构改设置 sign_off",
					"the order of sign-off names %s twice; the body can change "
					"its setting sign_off",
					order->at[i]);
	}
	return LT_OK;
}

/* ---- states ---- */

struct state_scope sign_scope(const struct assessment_ref *ref, const struct role *role)
{
	const char *rung = role && role->rung ? role->rung : rung_names[RUNG_AWARDED];
	return (struct state_scope){ .assessment = ref->name,
				     .rung = rung,
				     .with_below = true,
				     .with_findings = strcmp(rung, rung_names[RUNG_SELF]) != 0 };
}

static enum lt_status get_mark(struct session *session, const struct assessment_ref *ref,
			       const char *step, struct words *out, struct lt_err *err)
{
	const char *const parts[] = { ref->name, step };
	const char *key = cell_key_join(&session->arena, parts, 2);
	return key ? project_get(session->project, "sign_off", key, "mark", &session->arena, out,
				 err)
		   : lt_err_memory(err);
}

static const char *keep(struct session *session, const char *text)
{
	return text ? lt_arena_strndup(&session->arena, text, strlen(text)) : NULL;
}

/* The first thing that is not as it was when the step was signed. */
static enum lt_status find_change(struct session *session, const struct state_scope *scope,
				  struct sign_step *step, struct lt_err *err)
{
	struct frozen then, now;
	struct entry entry;
	bool found = false;
	enum lt_status status = frozen_at(session, step->head, &then, err);
	if (status == LT_EDATA) {
		/* the head is not in the file: only that it does not hold can be told */
		frozen_release(&then);
		*err = (struct lt_err)LT_ERR_INIT;
		return LT_OK;
	}
	if (!status)
		status = frozen_at(session, project_head(session->project), &now, err);
	else
		now = (struct frozen){ 0 };
	const struct fold_cell *cell =
		status ? NULL : frozen_first_change(&then, &now, scope, &session->arena);
	if (cell) {
		step->changed_table = keep(session, cell->table);
		step->changed_key = keep(session, cell->key);
		status = journal_get(session->project, cell->writer.hash, &session->arena, &entry,
				     &found, err);
	}
	if (!status && found) {
		step->changed_by = entry.by;
		step->changed_at = entry.at;
	}
	frozen_release(&then);
	frozen_release(&now);
	return status;
}

static enum lt_status fill_step(struct session *session, const struct assessment_ref *ref,
				const struct frozen *frozen, struct sign_step *step,
				bool *all_valid, struct lt_err *err)
{
	char hash[LT_SHA256_HEX];
	struct words mark;
	const struct state_scope scope = sign_scope(ref, step->role);
	enum lt_status status = get_mark(session, ref, step->role->role, &mark, err);
	if (!status)
		status = frozen_state_hash(frozen, &scope, hash, err);
	if (status)
		return status;
	step->state = *all_valid ? SIGN_DUE : SIGN_WAITING;
	if (mark.at) {
		step->by = mark.at[0];
		step->at = mark.at[1];
		step->head = mark.at[2];
		step->state_hash = mark.at[3];
		step->state = strcmp(hash, mark.at[3]) == 0 ? SIGN_VALID : SIGN_VOID;
	}
	if (step->state == SIGN_VOID)
		status = find_change(session, &scope, step, err);
	*all_valid &= step->state == SIGN_VALID;
	return status;
}

static enum lt_status read_steps(struct session *session, const struct assessment_ref *ref,
				 struct sign_step **out, unsigned *n, struct lt_findings *findings,
				 struct lt_err *err)
{
	struct frozen frozen = { 0 };
	struct words order;
	bool all_valid = true;
	enum lt_status status = order_of(session, ref, &order, findings, err);
	if (!status)
		status = check_order(session, &order, err);
	if (status)
		return status;
	*out = lt_arena_alloc(&session->arena, order.n + 1, sizeof(**out));
	*n = order.n;
	status = *out ? frozen_now(session, &frozen, err) : lt_err_memory(err);
	for (unsigned i = 0; i < order.n && !status; i++) {
		(*out)[i].role = roles_find(session->workspace->roles, order.at[i]);
		status = fill_step(session, ref, &frozen, &(*out)[i], &all_valid, err);
	}
	frozen_release(&frozen);
	return status;
}

enum lt_status session_sign_steps(struct session *session, const struct assessment_ref *ref,
				  struct sign_step **out, unsigned *n, struct lt_findings *findings,
				  struct lt_err *err)
{
	*out = NULL;
	*n = 0;
	enum lt_status status = project_begin(session->project, false, err);
	if (status)
		return status;
	status = read_steps(session, ref, out, n, findings, err);
	struct lt_err ignored = LT_ERR_INIT;
	project_end(session->project, true, &ignored);
	return status;
}

/* ---- signing ---- */

static enum lt_status check_person(struct session *session, const struct sign_step *steps,
				   unsigned n, unsigned own, struct lt_err *err)
{
	bool relaxed;
	enum lt_status status = separation_is_relaxed(session, &relaxed, err);
	for (unsigned i = 0; i < n && !status && !relaxed; i++)
		if (i != own && steps[i].by && strcmp(steps[i].by, session->name) == 0)
			status = lt_err_set(
				err, LT_EDATA, "%s 已以“%s%.0s”签署，不能再以“%s%.0s”签署；请由另一人来签",
				"%s has signed as %.0s%s and cannot sign as %.0s%s as well; let another "
				"person do it",
				session->name, steps[i].role->title.zh, steps[i].role->title.en,
				steps[own].role->title.zh, steps[own].role->title.en);
	return status;
}

/* The number of the role's own step, if it is its turn. */
static enum lt_status find_turn(struct session *session, const struct sign_step *steps, unsigned n,
				unsigned *own, struct lt_err *err)
{
	for (*own = 0; *own < n; ++*own)
		if (strcmp(steps[*own].role->role, session->role) == 0)
			break;
	if (*own == n)
		return lt_err_set(err, LT_EDATA, "会签顺序里没有角色 %s；见 lingtan signatures",
				  "role %s has no step in the sign-off; see lingtan signatures",
				  session->role);
	for (unsigned i = 0; i < *own; i++)
		if (steps[i].state != SIGN_VALID)
			return lt_err_set(
				err, LT_EDATA, "还没轮到“%s%.0s”签署：先要“%s%.0s”有效签署",
				"it is not the turn of %.0s%s: %.0s%s must have signed validly before",
				steps[*own].role->title.zh, steps[*own].role->title.en,
				steps[i].role->title.zh, steps[i].role->title.en);
	if (steps[*own].state == SIGN_VALID)
		return lt_err_set(err, LT_EDATA, "“%s%.0s”这一步 %s 已签署，而且有效，不用再签",
				  "the step of %.0s%s is signed by %s and valid; it is not signed twice",
				  steps[*own].role->title.zh, steps[*own].role->title.en,
				  steps[*own].by);
	return check_person(session, steps, n, *own, err);
}

static enum lt_status put_signature(struct session *session, const struct assessment_ref *ref,
				    char state_hash[LT_SHA256_HEX], struct lt_findings *findings,
				    struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct sign_step *steps;
	struct entry now = { 0 };
	struct frozen frozen = { 0 };
	unsigned n, own = 0;
	char head[LT_SHA256_HEX];
	bool done;
	enum lt_status status = read_steps(session, ref, &steps, &n, findings, err);
	if (!status)
		status = find_turn(session, steps, n, &own, err);
	if (!status)
		status = session_sign(session, &now, "sign", err);
	if (!status)
		status = frozen_now(session, &frozen, err);
	if (!status) {
		const struct state_scope scope = sign_scope(ref, steps[own].role);
		status = frozen_state_hash(&frozen, &scope, state_hash, err);
	}
	frozen_release(&frozen);
	if (status)
		return status;
	memcpy(head, project_head(session->project), sizeof(head));
	const char *const key[] = { ref->name, session->role };
	const char *const values[] = { session->name, now.at, head, state_hash };
	status = changes_add(&changes, "sign_off", key, "mark", values, err);
	return status ? status : session_commit(session, "sign", &changes, &done, err);
}

enum lt_status session_put_signature(struct session *session, const struct assessment_ref *ref,
				     char state_hash[LT_SHA256_HEX], struct lt_findings *findings,
				     struct lt_err *err)
{
	bool changed;
	/* what is signed is what the entry stands on: nobody writes in between */
	enum lt_status status = project_begin(session->project, true, err);
	if (status)
		return status;
	status = journal_refresh(session->project, &changed, err);
	if (!status)
		status = put_signature(session, ref, state_hash, findings, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(session->project, !status, status ? &second : err);
	return status ? status : ended;
}
