/* Whether an assessment is ready, and the decision on it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/board.h"
#include "lingtan/app/evidence.h"
#include "lingtan/app/finding.h"
#include "lingtan/app/role.h"
#include "lingtan/app/round.h"
#include "round_parts.h"
#include "signoff_parts.h"

const char *const blocker_names[] = { "finding",  "sent-back", "round",	    "obligatory",
				      "evidence", "grade",     "signature", NULL };
const char *const decision_outcomes[] = { "grant", "refuse", "conditions", "ask-again", NULL };

/* ---- what is in the way ---- */

struct looking {
	struct session *session;
	const struct assessment_ref *ref;
	struct readiness *out;
	unsigned cap;
	struct lt_findings *findings;
	struct lt_err *err;
};

static enum lt_status block(struct looking *look, enum blocker_kind kind, const char *what,
			    const char *zh, const char *en)
{
	struct readiness *out = look->out;
	struct lt_arena *arena = &look->session->arena;
	if (out->n_blockers == look->cap) {
		look->cap = look->cap * 2 + 16;
		out->blockers = lt_arena_resize(arena, out->blockers,
						look->cap * sizeof(*out->blockers));
		if (!out->blockers)
			return lt_err_memory(look->err);
	}
	struct blocker *at = &out->blockers[out->n_blockers++];
	*at = (struct blocker){ kind, what, { zh, en } };
	return what && zh && en ? LT_OK : lt_err_memory(look->err);
}

static enum lt_status look_at_findings(struct looking *look)
{
	struct lt_arena *arena = &look->session->arena;
	const struct finding_filter all = { .assessment = look->ref->name,
					    .grade = N_FINDING_GRADES,
					    .state = N_FINDING_STATES };
	struct finding_info *list;
	unsigned n;
	enum lt_status status = session_findings(look->session, &all, &list, &n, look->err);
	for (unsigned i = 0; i < n && !status; i++) {
		look->out->n_open_minor += list[i].grade == FINDING_MINOR &&
					   list[i].state <= FINDING_ANSWERED;
		if (finding_blocks(&list[i]))
			status = block(look, BLOCK_FINDING, list[i].number,
				       lt_arena_printf(arena, "严重不符合 %s 未关闭：先答复并由他人验证",
						       list[i].number),
				       lt_arena_printf(arena,
						       "major nonconformity %s is not closed: it needs an answer, and another person's verification",
						       list[i].number));
	}
	return status;
}

/* The last round of each rung. */
static enum lt_status look_at_rounds(struct looking *look, const struct board *board)
{
	struct lt_arena *arena = &look->session->arena;
	struct round_info *list;
	unsigned n;
	enum lt_status status =
		session_rounds(look->session, look->ref->name, NULL, &list, &n, look->err);
	for (unsigned r = RUNG_EVALUATOR; r < N_RUNGS && !status; r++)
		if (board->rungs[r].has_answers && board->rungs[r].round_state != ROUND_SUBMITTED)
			status = block(look, BLOCK_ROUND, rung_names[r],
				       lt_arena_printf(arena, "%s层级还没有提交（lingtan submit）",
						       rung_titles[r].zh),
				       lt_arena_printf(arena,
						       "rung %s is not submitted (lingtan submit)",
						       rung_titles[r].en));
	for (unsigned i = 0; i < n && !status; i++) {
		const struct round_info *info = &list[i];
		const bool is_last =
			i + 1 == n || strcmp(list[i + 1].rung, info->rung) != 0;
		for (unsigned a = 0; a < info->n_asks && is_last && !status; a++)
			if (!info->asks[a].is_changed && !info->asks[a].is_answered)
				status = block(
					look, BLOCK_SENT_BACK, info->asks[a].item,
					lt_arena_printf(arena, "退回的 %s 还没有处理",
							info->asks[a].item),
					lt_arena_printf(arena, "%s was sent back and is not done",
							info->asks[a].item));
	}
	return status;
}

static enum lt_status see_obligation(void *context, const struct fact_row *row)
{
	struct looking *look = context;
	struct session *session = look->session;
	const char *const parts[] = { look->ref->name, rung_names[look->out->rung], row->parts[1] };
	struct words verdict;
	if (strcmp(row->parts[0], look->ref->name) != 0 || !fact_row_get(row, "must")->at)
		return LT_OK;
	const char *key = cell_key_join(&session->arena, parts, 3);
	enum lt_status status = key ? project_get(session->project, "answer", key, "verdict",
						  &session->arena, &verdict, look->err)
				    : lt_err_memory(look->err);
	if (status || verdict.at)
		return status;
	return block(look, BLOCK_OBLIGATORY, row->parts[1],
		     lt_arena_printf(&session->arena, "必查条款 %s 还没有结论", row->parts[1]),
		     lt_arena_printf(&session->arena, "item %s must be assessed and is open",
				     row->parts[1]));
}

static enum lt_status look_at_evidence(struct looking *look)
{
	struct lt_arena *arena = &look->session->arena;
	struct unsupported *list;
	unsigned n;
	enum lt_status status = session_unsupported(look->session, look->ref,
						    rung_names[look->out->rung], &list, &n,
						    look->err);
	for (unsigned i = 0; i < n && !status; i++)
		if (!list[i].reason)
			status = block(look, BLOCK_EVIDENCE, list[i].item,
				       lt_arena_printf(arena, "条款 %s 得分而没有佐证，也没有理由",
						       list[i].item),
				       lt_arena_printf(arena,
						       "item %s: an award without evidence or reason",
						       list[i].item));
	return status;
}

/* A ruleset without grades asks for none. */
static enum lt_status look_at_grade(struct looking *look, const struct board *board)
{
	struct lt_arena *arena = &look->session->arena;
	const struct board_grade *grade = &board->rungs[look->out->rung].grade;
	if (!grade->ladder)
		return LT_OK;
	if (grade->view.certain) {
		look->out->grade = lt_arena_strndup(arena, grade->view.certain,
						    strlen(grade->view.certain));
		return look->out->grade ? LT_OK : lt_err_memory(look->err);
	}
	const char *by = grade->n_withheld_by ? plan_slot_name(board->plan, grade->withheld_by[0])
					      : NULL;
	return block(look, BLOCK_GRADE, "grade",
		     by ? lt_arena_printf(arena, "没有确定的等级：因 %s", by)
			: lt_arena_printf(arena, "没有确定的等级：还有条款未填"),
		     by ? lt_arena_printf(arena, "no grade is certain, because of %s", by)
			: lt_arena_printf(arena, "no grade is certain: items are open"));
}

static enum lt_status look_at_signatures(struct looking *look)
{
	struct lt_arena *arena = &look->session->arena;
	struct sign_step *steps;
	unsigned n;
	enum lt_status status = session_sign_steps(look->session, look->ref, &steps, &n,
						   look->findings, look->err);
	for (unsigned i = 0; i < n && !status; i++) {
		const struct sign_step *step = &steps[i];
		if (step->state == SIGN_VALID)
			continue;
		const bool is_void = step->state == SIGN_VOID;
		status = block(look, BLOCK_SIGNATURE, step->role->role,
			       lt_arena_printf(arena,
					       is_void ? "%s的签署因后来的改动失效，要重签"
						       : "%s还没有签署",
					       step->role->title.zh),
			       lt_arena_printf(arena,
					       is_void ? "the signature of the %s is void by a later change; sign again"
						       : "the %s has not signed",
					       step->role->title.en));
	}
	return status;
}

static enum lt_status look_at_board(struct looking *look, struct board **board)
{
	enum lt_status status = board_open(look->session, look->ref, RUNG_EVALUATOR, look->findings,
					   board, look->err);
	if (status)
		return status;
	look->out->rung = RUNG_EVALUATOR;
	for (unsigned r = RUNG_REVIEWER; r < N_RUNGS; r++)
		if ((*board)->rungs[r].has_answers)
			look->out->rung = (enum rung)r;
	return LT_OK;
}

enum lt_status session_readiness(struct session *session, const struct assessment_ref *ref,
				 struct readiness *out, struct lt_findings *findings,
				 struct lt_err *err)
{
	struct board *board = NULL;
	struct looking look = {
		.session = session, .ref = ref, .out = out, .findings = findings, .err = err
	};
	*out = (struct readiness){ 0 };
	enum lt_status status = project_begin(session->project, false, err);
	if (status)
		return status;
	status = look_at_board(&look, &board);
	if (!status)
		status = look_at_findings(&look);
	if (!status)
		status = look_at_rounds(&look, board);
	if (!status)
		status = project_visit(session->project, "obligation", &session->arena,
				       see_obligation, &look, err);
	if (!status)
		status = look_at_evidence(&look);
	if (!status)
		status = look_at_grade(&look, board);
	if (!status)
		status = look_at_signatures(&look);
	board_close(board);
	struct lt_err ignored = LT_ERR_INIT;
	project_end(session->project, true, &ignored);
	return status;
}

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
	if (list->n == list->cap) {
		list->cap = list->cap * 2 + 8;
		list->at = lt_arena_resize(&list->session->arena, list->at,
					   list->cap * sizeof(*list->at));
		if (!list->at)
			return lt_err_memory(list->err);
	}
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

static enum lt_status state_now(struct session *session, const struct assessment_ref *ref,
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
		status = state_now(session, ref, hash, err);
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
			status = role_held_by(session, session->name, session->role, &only, &held,
					      err);
	}
	if (status || !held)
		return status;
	return lt_err_set(err, LT_EDATA, "%s 在本项目已是 %s，决定要由评价组之外的人作出",
			  "%s has acted as %s here; somebody outside the team must decide",
			  session->name, held);
}

/* Ready but for the decision maker's own signature. */
static enum lt_status check_ready(struct session *session, const struct assessment_ref *ref,
				  struct lt_findings *findings, struct lt_err *err)
{
	struct readiness ready;
	unsigned n = 0;
	enum lt_status status = session_readiness(session, ref, &ready, findings, err);
	findings->file = project_path(session->project);
	for (unsigned i = 0; i < ready.n_blockers && !status; i++) {
		const struct blocker *at = &ready.blockers[i];
		if (at->kind == BLOCK_SIGNATURE && strcmp(at->what, session->role) == 0)
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
		status = state_now(session, ref, hash, err);
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
