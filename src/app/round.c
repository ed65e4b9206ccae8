#include "lingtan/app/round.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "frozen.h"
#include "lingtan/app/role.h"
#include "lingtan/app/rung.h"
#include "round_parts.h"

const struct label *round_state_title(const char *state)
{
	static const struct {
		const char *state;
		struct label title;
	} states[] = { { "submitted", { "已提交", "submitted" } },
		       { "returned", { "已退回", "sent back" } },
		       { "reopened", { "已重开", "reopened" } } };
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (strcmp(states[i].state, state) == 0)
			return &states[i].title;
	return NULL;
}

/* ---- submitting ---- */

static enum lt_status state_of(struct session *session, const char *assessment, const char *rung,
			       char hash[LT_SHA256_HEX], struct lt_err *err)
{
	struct frozen frozen;
	const struct state_scope scope = { .assessment = assessment, .rung = rung };
	enum lt_status status = frozen_now(session, &frozen, err);
	if (!status)
		status = frozen_state_hash(&frozen, &scope, hash, err);
	frozen_release(&frozen);
	return status;
}

static enum lt_status submit(struct session *session, const struct assessment_ref *ref,
			     const char *rung, unsigned *round, struct lt_findings *findings,
			     struct lt_err *err)
{
	struct changes changes = { .session = session }, reasons = { .session = session };
	char number[16], state[LT_SHA256_HEX], head[LT_SHA256_HEX];
	bool submitted, done;
	enum lt_status status = session_round(session, ref->name, rung, round, &submitted, err);
	if (!status && submitted)
		status = lt_err_set(
			err, LT_EDATA, "%s 的这一层级已提交第 %u 轮；要改请由上一层级退回或重开",
			"%s: round %u of this rung is submitted already; the rung above can send it back or reopen it",
			ref->name, *round);
	if (!status)
		status = evidence_permits(session, ref, rung, &reasons, findings, err);
	/* why awards stand without evidence is part of what is frozen: an entry of its own before */
	if (!status)
		status = session_commit(session, "explain", &reasons, &done, err);
	if (!status)
		status = state_of(session, ref->name, rung, state, err);
	if (status)
		return status;
	snprintf(number, sizeof(number), "%u", ++*round);
	snprintf(head, sizeof(head), "%s", project_head(session->project));
	const char *const key[] = { ref->name, rung, number };
	const char *const values[] = { "submitted", head, state };
	status = changes_add(&changes, "round", key, "state", values, err);
	return status ? status : session_commit(session, "submit", &changes, &done, err);
}

enum lt_status session_submit(struct session *session, const struct assessment_ref *ref,
			      const char *rung, unsigned *round, struct lt_findings *findings,
			      struct lt_err *err)
{
	/* what is frozen is what the entry stands on: nobody writes in between */
	enum lt_status status = project_begin(session->project, true, err);
	if (status)
		return status;
	bool changed;
	status = journal_refresh(session->project, &changed, err);
	if (!status)
		status = submit(session, ref, rung, round, findings, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(session->project, !status, status ? &second : err);
	return status ? status : ended;
}

/* ---- sending back ---- */

static enum lt_status has_line(struct session *session, const char *id, bool *has,
			       struct lt_err *err)
{
	struct words activity;
	const char *key = cell_key_join(&session->arena, &id, 1);
	enum lt_status status = key ? project_get(session->project, "line", key, "activity",
						  &session->arena, &activity, err)
				    : lt_err_memory(err);
	*has = !status && activity.at;
	return status;
}

enum lt_status round_check_subject(struct session *session, const struct assessment_ref *ref,
				   const char *id, struct lt_findings *findings, struct lt_err *err)
{
	struct trial *trial;
	bool has;
	enum lt_status status = session_trial(session, ref, &trial, findings, err);
	if (status || ruleset_find_item(trial->ruleset, id) ||
	    ruleset_find_quantity(trial->ruleset, id))
		return status;
	status = has_line(session, id, &has, err);
	if (status || has)
		return status;
	return lt_err_set(err, LT_EDATA, "%s 没有条款、基础数据或碳盘查行“%s”",
			  "%s has no item, quantity or inventory line '%s'", ref->name, id);
}

/* The last round of a rung. */
static enum lt_status find_round(struct session *session, const struct assessment_ref *ref,
				 const char *rung, struct round_lock *out, struct lt_err *err)
{
	struct round_locks locks;
	enum lt_status status = round_locks_read(session, &locks, err);
	for (unsigned i = 0; i < locks.n && !status; i++)
		if (strcmp(locks.at[i].assessment, ref->name) == 0 &&
		    strcmp(locks.at[i].rung, rung) == 0) {
			*out = locks.at[i];
			return LT_OK;
		}
	const enum rung known = rung_find(rung);
	return status ? status
		      : lt_err_set(err, LT_EDATA, "%s 的%s层级还没有提交过%.0s；先提交本轮（submit）",
				   "%s: %.0srung %s was never submitted; submit it first", ref->name,
				   known < N_RUNGS ? rung_titles[known].zh : rung, rung);
}

/* The cell of a round with another state. */
static enum lt_status change_state(struct session *session, const struct round_lock *lock,
				   const char *state, struct changes *changes, struct lt_err *err)
{
	char number[16];
	struct words now;
	snprintf(number, sizeof(number), "%u", lock->number);
	const char *const parts[] = { lock->assessment, lock->rung, number };
	const char *key = cell_key_join(&session->arena, parts, 3);
	enum lt_status status = key ? project_get(session->project, "round", key, "state",
						  &session->arena, &now, err)
				    : lt_err_memory(err);
	if (status)
		return status;
	const char *const values[] = { state, now.at[1], now.at[2] };
	return changes_add(changes, "round", parts, "state", values, err);
}

static enum lt_status ask(struct session *session, const struct assessment_ref *ref,
			  const struct round_lock *lock, const struct new_ask *wish,
			  struct changes *changes, struct lt_findings *findings,
			  struct lt_err *err)
{
	char number[16];
	const char *id = NULL;
	snprintf(number, sizeof(number), "%u", lock->number);
	if (is_blank(wish->text))
		return lt_err_set(err, LT_EDATA, "退回 %s 要写明意见",
				  "%s is sent back only with words", wish->item);
	enum lt_status status = round_check_subject(session, ref, wish->item, findings, err);
	if (!status)
		status = remark_add(session, ref->name, wish->item, "", wish->text, changes, &id,
				    err);
	const char *const key[] = { ref->name, lock->rung, number, wish->item };
	const char *const values[] = { id, session->name };
	return status ? status : changes_add(changes, "sent_back", key, "ask", values, err);
}

/* The rung under that of the session's role. */
static enum lt_status rung_below(struct session *session, const char **rung, struct lt_err *err)
{
	const char *own = role_rung(session->workspace, session->role);
	*rung = own ? roles_rung_below(session->workspace->roles, own) : NULL;
	return *rung ? LT_OK
		     : lt_err_set(err, LT_EDATA, "角色 %s 之下没有可退回的层级",
				  "role %s has no rung below it to send back", session->role);
}

enum lt_status session_send_back(struct session *session, const struct assessment_ref *ref,
				 const struct new_ask *asks, unsigned n, unsigned *round,
				 struct lt_findings *findings, struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct round_lock lock = { 0 };
	const char *rung;
	bool done;
	enum lt_status status = rung_below(session, &rung, err);
	if (!status)
		status = find_round(session, ref, rung, &lock, err);
	if (!status && strcmp(lock.state, "reopened") == 0)
		status = lt_err_set(err, LT_EDATA, "第 %u 轮已整轮重开，等重新提交后再退回",
				    "round %u was reopened as a whole; wait until it is submitted again",
				    lock.number);
	if (!status && !n)
		status = lt_err_set(err, LT_EDATA, "请写出要退回的条款和意见",
				    "name the items to send back, each with words");
	for (unsigned i = 0; i < n && !status; i++)
		status = ask(session, ref, &lock, &asks[i], &changes, findings, err);
	if (!status && strcmp(lock.state, "returned") != 0)
		status = change_state(session, &lock, "returned", &changes, err);
	*round = lock.number;
	return status ? status : session_commit(session, "return", &changes, &done, err);
}

enum lt_status session_reopen(struct session *session, const struct assessment_ref *ref,
			      const char *rung, unsigned *round, struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct round_lock lock = { 0 };
	bool done;
	enum lt_status status = rung ? LT_OK : rung_below(session, &rung, err);
	if (!status && is_blank(session->reason))
		status = lt_err_set(err, LT_EDATA, "重开一轮要写明原因（--reason）",
				    "reopening a round needs a --reason");
	if (!status)
		status = find_round(session, ref, rung, &lock, err);
	if (!status && strcmp(lock.state, "reopened") == 0)
		status = lt_err_set(err, LT_EDATA, "第 %u 轮已经重开", "round %u is open already",
				    lock.number);
	if (!status)
		status = change_state(session, &lock, "reopened", &changes, err);
	*round = lock.number;
	return status ? status : session_commit(session, "reopen", &changes, &done, err);
}
