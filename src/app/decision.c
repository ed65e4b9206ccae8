/* The decision on an assessment. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/ready.h"
#include "lingtan/app/role.h"
#include "round_parts.h"
#include "signoff_parts.h"

static const char *const decision_outcomes[] = { "grant", "refuse", "conditions", "ask-again", NULL };

/* ---- decisions ---- */

struct listing {
	struct session *session;
	const char *assessment;
	struct decision_info *at;
	unsigned n, cap;
	struct lt_err *err;
};

static enum lt_status take_decision(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	const struct words *outcome = fact_row_get(row, "outcome");
	if (!outcome->at || strcmp(row->parts[0], list->assessment) != 0)
		return LT_OK;
	list->at = lt_arena_room(&list->session->arena, list->at, list->n, &list->cap,
				 sizeof(*list->at));
	if (!list->at)
		return lt_err_memory(list->err);
	list->at[list->n++] = (struct decision_info){
		.number = (unsigned)strtoul(row->parts[1], NULL, 10),
		.outcome = outcome->at[0],
		.reason = outcome->at[1],
		.conditions = outcome->at[2],
		.by = outcome->at[3],
		.at = outcome->at[4],
		.head = outcome->at[5],
		.state_hash = outcome->at[6],
	};
	return LT_OK;
}

static int by_number(const void *a, const void *b)
{
	const struct decision_info *x = a, *y = b;
	return (x->number > y->number) - (x->number < y->number);
}

enum lt_status session_state_hash(struct session *session, const struct assessment_ref *ref,
				  char hash[LT_SHA256_HEX], struct lt_err *err)
{
	struct frozen frozen;
	const struct state_scope scope = sign_scope(ref, NULL);
	enum lt_status status = frozen_now(session, &frozen, err);
	if (!status)
		status = frozen_state_hash(&frozen, &scope, hash, err);
	frozen_release(&frozen);
	return status;
}

enum lt_status session_decisions(struct session *session, const struct assessment_ref *ref,
				 struct decision_info **out, unsigned *n, struct lt_err *err)
{
	struct listing list = { .session = session, .assessment = ref->name, .err = err };
	char hash[LT_SHA256_HEX];
	enum lt_status status = project_visit(session->project, "decision", &session->arena,
					      take_decision, &list, err);
	if (!status && list.n) {
		qsort(list.at, list.n, sizeof(*list.at), by_number);
		status = session_state_hash(session, ref, hash, err);
	}
	for (unsigned i = 0; i < list.n && !status; i++)
		list.at[i].holds = strcmp(list.at[i].state_hash, hash) == 0;
	*out = list.at;
	*n = list.n;
	return status;
}

/* ---- deciding ---- */

static bool is_outcome(const char *outcome)
{
	for (unsigned i = 0; decision_outcomes[i]; i++)
		if (strcmp(decision_outcomes[i], outcome) == 0)
			return true;
	return false;
}

static enum lt_status check_words(const struct session *session, const char *outcome,
				  const char *conditions, struct lt_err *err)
{
	const bool with_conditions = strcmp(outcome, "conditions") == 0;
	if (!is_outcome(outcome))
		return lt_err_set(err, LT_EDATA,
				  "决定有 grant、refuse、conditions、ask-again，没有“%s”",
				  "a decision is grant, refuse, conditions or ask-again, not '%s'",
				  outcome);
	if (is_blank(session->reason))
		return lt_err_set(err, LT_EDATA, "决定要写明理由（--reason）",
				  "a decision needs a --reason");
	if (with_conditions && is_blank(conditions))
		return lt_err_set(err, LT_EDATA, "附条件的决定要写明条件（--conditions）",
				  "a decision with conditions names them (--conditions)");
	if (!with_conditions && !is_blank(conditions))
		return lt_err_set(err, LT_EDATA, "只有 conditions 的决定带条件",
				  "only the decision `conditions` has conditions");
	return LT_OK;
}

/* Whoever had a part in the assessment is no outsider; what the body relaxed is relaxed here too. */
static enum lt_status check_outsider(struct session *session, struct lt_err *err)
{
	static const char *const team[] = { "park", "evaluator", "leader", "reviewer" };
	const struct roles *roles = session->workspace->roles;
	bool relaxed;
	const char *held = NULL;
	enum lt_status status = separation_is_relaxed(session, &relaxed, err);
	for (size_t i = 0; i < sizeof(team) / sizeof(team[0]) && !status && !held; i++) {
		const char *one = team[i];
		const struct words only = { &one, 1 };
		bool apart = false;
		for (unsigned a = 0; a < roles->apart.n; a++)
			apart |= strcmp(roles->apart.at[a], one) == 0;
		if (!(relaxed && apart))
			status = role_part_of(session, session->name, &only, &held, err);
	}
	if (status || !held)
		return status;
	const struct role *role = roles_find(roles, held);
	return lt_err_set(err, LT_EDATA, "%s 在本项目已是%s%.0s，决定要由评价组之外的人作出",
			  "%s has a part as %.0s%s here; somebody outside the team must decide",
			  session->name, role ? role->title.zh : held, role ? role->title.en : held);
}

/* Nothing blocks it but the decision maker's own signature. */
static enum lt_status check_ready(struct session *session, const struct assessment_ref *ref,
				  struct lt_findings *findings, struct lt_err *err)
{
	struct ready ready;
	unsigned n = 0;
	enum lt_status status = session_ready(session, ref, NULL, &ready, findings, err);
	findings->file = project_path(session->project);
	for (unsigned i = 0; !status && i < ready.n_findings; i++) {
		const struct ready_finding *at = &ready.findings[i];
		if (at->check->severity != READY_ERROR ||
		    (at->check->jump == JUMP_SIGNATURE && strcmp(at->target, session->role) == 0))
			continue;
		struct lt_finding *finding = lt_findings_add(findings, LT_ERROR, "", "%s", "%s",
							     at->text[LT_ZH]);
		if (finding)
			finding->text[LT_EN] = at->text[LT_EN];
		n++;
	}
	if (status || !n)
		return status;
	return lt_err_set(err, LT_EDATA, "还不能同意：有 %u 处未完成；见 lingtan ready",
			  "it cannot be granted yet: things in the way: %u; see lingtan ready", n);
}

static enum lt_status decide(struct session *session, const struct assessment_ref *ref,
			     const char *outcome, const char *conditions, unsigned *number,
			     struct lt_findings *findings, struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct decision_info *before;
	struct entry now = { 0 };
	unsigned n;
	char text[16], hash[LT_SHA256_HEX], head[LT_SHA256_HEX];
	bool done;
	const bool grants = strcmp(outcome, "grant") == 0 || strcmp(outcome, "conditions") == 0;
	enum lt_status status = check_words(session, outcome, conditions, err);
	if (!status)
		status = check_outsider(session, err);
	if (!status && grants)
		status = check_ready(session, ref, findings, err);
	if (!status)
		status = session_decisions(session, ref, &before, &n, err);
	if (!status)
		status = session_sign(session, &now, "decide", err);
	if (!status)
		status = session_state_hash(session, ref, hash, err);
	if (status)
		return status;
	*number = n ? before[n - 1].number + 1 : 1;
	snprintf(text, sizeof(text), "%u", *number);
	memcpy(head, project_head(session->project), sizeof(head));
	const char *const key[] = { ref->name, text };
	const char *const values[] = { outcome,	      session->reason, conditions, session->name,
				       now.at, head,	       hash };
	status = changes_add(&changes, "decision", key, "outcome", values, err);
	return status ? status : session_commit(session, "decide", &changes, &done, err);
}

enum lt_status session_decide(struct session *session, const struct assessment_ref *ref,
			      const char *outcome, const char *conditions, unsigned *number,
			      struct lt_findings *findings, struct lt_err *err)
{
	bool changed;
	enum lt_status status = project_begin(session->project, true, err);
	if (status)
		return status;
	status = journal_refresh(session->project, &changed, err);
	if (!status)
		status = decide(session, ref, outcome, conditions, number, findings, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(session->project, !status, status ? &second : err);
	return status ? status : ended;
}
