/* What people do about findings. */
#include <stdio.h>
#include <string.h>
#include "finding_parts.h"
#include "lingtan/base/file.h"
#include "lingtan/base/random.h"
#include "round_parts.h"

/* ---- a new one ---- */

/* The next number of the project: one more than the greatest. */
static enum lt_status next_number(struct session *session, const char **number, struct lt_err *err)
{
	const struct finding_filter all = { .grade = N_FINDING_GRADES, .state = N_FINDING_STATES };
	struct finding_info *list;
	unsigned n, greatest = 0, at;
	enum lt_status status = session_findings(session, &all, &list, &n, err);
	for (unsigned i = 0; i < n && !status; i++)
		if (sscanf(list[i].number, "F%u", &at) == 1 && at > greatest && at < 100000)
			greatest = at;
	if (!status)
		*number = lt_arena_printf(&session->arena, "F%02u", greatest + 1);
	return status ? status : *number ? LT_OK : lt_err_memory(err);
}

static enum lt_status check_new(struct session *session, const struct assessment_ref *ref,
				const struct new_finding *wish, struct lt_findings *findings,
				struct lt_err *err)
{
	if (is_blank(wish->fact))
		return lt_err_set(err, LT_EDATA, "发现要写明事实", "a finding needs its fact");
	if (is_blank(wish->item) && is_blank(wish->place))
		return lt_err_set(err, LT_EDATA, "请写明条款（--item）或地点（--place）",
				  "name its clause (--item) or place (--place)");
	if (wish->grade >= N_FINDING_GRADES)
		return lt_err_set(err, LT_EDATA,
				  "分级有 major、minor、observation、clarification",
				  "the grades are major, minor, observation, clarification");
	enum lt_status status = wish->due ? session_check_day("--due", wish->due, err) : LT_OK;
	return status || is_blank(wish->item)
		       ? status
		       : round_check_subject(session, ref, wish->item, findings, err);
}

static enum lt_status change_owner(const char *id, const char *owner, const char *due,
				   struct changes *changes, struct lt_err *err)
{
	const char *const key[] = { "finding", "", id };
	const char *const values[] = { owner, due };
	return changes_add(changes, "duty", key, "owner", values, err);
}

enum lt_status finding_change_new(const struct assessment_ref *ref, const struct new_finding *wish,
				  struct changes *changes, const char **number,
				  struct lt_findings *findings, struct lt_err *err)
{
	struct session *session = changes->session;
	char hex[33];
	const char *id = hex;
	enum lt_status status = check_new(session, ref, wish, findings, err);
	if (!status)
		status = next_number(session, number, err);
	if (status)
		return status;
	lt_random_id(hex);
	const char *const place[] = { ref->name, wish->item, wish->place };
	const char *const fact[] = { wish->fact, session->name };
	status = changes_add(changes, "finding", &id, "number", number, err);
	if (!status)
		status = changes_add(changes, "finding", &id, "place", place, err);
	if (!status)
		status = changes_add(changes, "finding", &id, "fact", fact, err);
	if (!status)
		status = changes_add(changes, "finding", &id, "grade",
				     &finding_grade_names[wish->grade], err);
	if (!status && wish->due)
		status = changes_add(changes, "finding", &id, "due", &wish->due, err);
	if (!status && wish->owner)
		status = change_owner(id, wish->owner, wish->due, changes, err);
	return status;
}

enum lt_status session_add_finding(struct session *session, const struct assessment_ref *ref,
				   const struct new_finding *wish, const char **number,
				   struct lt_findings *findings, struct lt_err *err)
{
	struct changes changes = { .session = session };
	bool done;
	enum lt_status status = finding_change_new(ref, wish, &changes, number, findings, err);
	return status ? status : session_commit(session, "finding", &changes, &done, err);
}

/* ---- changing one ---- */

static enum lt_status refuse_state(const struct finding_info *finding, struct lt_err *err)
{
	return finding->state == FINDING_WITHDRAWN
		       ? lt_err_set(err, LT_EDATA, "%s 已撤回，不再改动；还有要说的另记一条",
				    "%s is withdrawn and stays so; write another finding for what is left",
				    finding->number)
		       : lt_err_set(err, LT_EDATA, "%s 已关闭；还有要说的另记一条，不同意可提异议",
				    "%s is closed; write another finding for what is left, or object to it",
				    finding->number);
}

static enum lt_status check_grade(struct session *session, const struct finding_info *finding,
				  const char *grade, struct lt_err *err)
{
	if (finding_grade_find(grade) == N_FINDING_GRADES)
		return lt_err_set(err, LT_EDATA,
				  "没有分级“%s”；有 major、minor、observation、clarification",
				  "there is no grade '%s'; there are major, minor, observation, "
				  "clarification",
				  grade);
	if (finding_grade_find(grade) != finding->grade && is_blank(session->reason))
		return lt_err_set(err, LT_EDATA, "%s 改分级要写明原因（--reason），原分级保留",
				  "%s: another grade needs a --reason; the first stays visible",
				  finding->number);
	return LT_OK;
}

enum lt_status finding_change_edit(const struct finding_info *finding,
				   const struct finding_edit *wish, struct changes *changes,
				   struct lt_err *err)
{
	enum lt_status status = LT_OK;
	if (finding->state >= FINDING_CLOSED)
		status = refuse_state(finding, err);
	if (!status && wish->grade)
		status = check_grade(changes->session, finding, wish->grade, err);
	if (!status && wish->due)
		status = session_check_day("--due", wish->due, err);
	if (!status && wish->grade)
		status = changes_add(changes, "finding", &finding->id, "grade", &wish->grade, err);
	if (!status && wish->due)
		status = changes_add(changes, "finding", &finding->id, "due", &wish->due, err);
	if (!status && (wish->owner || (wish->due && finding->owner[0])))
		status = change_owner(finding->id, wish->owner ? wish->owner : finding->owner,
				      wish->due ? wish->due : finding->due, changes, err);
	return status;
}

enum lt_status session_edit_finding(struct session *session, const char *which,
				    const struct finding_edit *wish, bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct finding_info *finding = NULL;
	*done = false;
	enum lt_status status = session_find_finding(session, which, &finding, err);
	if (!status)
		status = finding_change_edit(finding, wish, &changes, err);
	return status ? status : session_commit(session, "finding", &changes, done, err);
}

static bool has_closing_evidence(const struct finding_info *finding)
{
	for (unsigned i = 0; i < finding->n_evidence; i++)
		if (finding->evidence[i].is_closing)
			return true;
	return false;
}

static enum lt_status check_verification(struct session *session,
					 const struct finding_info *finding, const char *outcome,
					 const char *text, struct lt_err *err)
{
	const bool accepted = strcmp(outcome, "accepted") == 0;
	if (!accepted && strcmp(outcome, "rejected") != 0)
		return lt_err_set(err, LT_EDATA, "验证结果只有 accepted 和 rejected，没有“%s”",
				  "a verification is accepted or rejected, not '%s'", outcome);
	if (finding->state >= FINDING_CLOSED)
		return refuse_state(finding, err);
	if (finding->state == FINDING_OPEN)
		return lt_err_set(err, LT_EDATA, "%s 还没有答复，无从验证",
				  "%s has no answer to verify", finding->number);
	if (strcmp(finding->answer_by, session->name) == 0)
		return lt_err_set(err, LT_EDATA, "%s 由 %s 答复，要由别人来验证",
				  "%s was answered by %s; somebody else must verify it",
				  finding->number, finding->answer_by);
	if (!accepted && is_blank(text))
		return lt_err_set(err, LT_EDATA, "%s 不通过要写明还缺什么",
				  "%s: a rejection needs words", finding->number);
	if (accepted && finding->grade <= FINDING_MINOR && !has_closing_evidence(finding) &&
	    is_blank(session->reason))
		return lt_err_set(
			err, LT_EDATA,
			"%s 没有关闭佐证；请用 lingtan finding attach 附上，或用 --reason 写明理由",
			"%s has no closing evidence; attach it (lingtan finding attach), or give a --reason",
			finding->number);
	return LT_OK;
}

enum lt_status finding_change_verification(const struct finding_info *finding, const char *outcome,
					   const char *text, const char *on,
					   struct changes *changes, struct lt_err *err)
{
	struct session *session = changes->session;
	enum lt_status status = check_verification(session, finding, outcome, text, err);
	if (!status)
		status = on ? session_check_day("--on", on, err)
			    : session_today(session, &on, err);
	const char *const values[] = { outcome, text, on, session->name };
	return status ? status
		      : changes_add(changes, "finding", &finding->id, "verification", values, err);
}

enum lt_status session_verify_finding(struct session *session, const char *which,
				      const char *outcome, const char *text, const char *on,
				      struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct finding_info *finding = NULL;
	bool done;
	enum lt_status status = session_find_finding(session, which, &finding, err);
	if (!status)
		status = finding_change_verification(finding, outcome, text, on, &changes, err);
	return status ? status : session_commit(session, "verify", &changes, &done, err);
}

enum lt_status finding_change_withdrawal(const struct finding_info *finding, const char *text,
					 struct changes *changes, struct lt_err *err)
{
	const char *const values[] = { text, changes->session->name };
	if (finding->state == FINDING_WITHDRAWN)
		return refuse_state(finding, err);
	if (is_blank(text))
		return lt_err_set(err, LT_EDATA, "撤回 %s 要写明理由",
				  "withdrawing %s needs words", finding->number);
	return changes_add(changes, "finding", &finding->id, "withdrawn", values, err);
}

enum lt_status session_withdraw_finding(struct session *session, const char *which,
					const char *text, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct finding_info *finding = NULL;
	bool done;
	enum lt_status status = session_find_finding(session, which, &finding, err);
	if (!status)
		status = finding_change_withdrawal(finding, text, &changes, err);
	return status ? status : session_commit(session, "withdraw", &changes, &done, err);
}

/* ---- the park ---- */

enum lt_status finding_change_answer(const struct finding_info *finding,
				     const struct finding_answer *wish, struct changes *changes,
				     struct lt_err *err)
{
	const char *const answer[] = { wish->answer, changes->session->name };
	enum lt_status status = LT_OK;
	if (finding->state >= FINDING_CLOSED)
		status = refuse_state(finding, err);
	if (!status && is_blank(wish->answer) && is_blank(wish->cause) &&
	    is_blank(wish->correction))
		status = lt_err_set(err, LT_EDATA, "%s：答复、原因和纠正措施至少写一项",
				    "%s: give an answer, a cause or a correction",
				    finding->number);
	if (!status && !is_blank(wish->cause))
		status = changes_add(changes, "finding", &finding->id, "cause", &wish->cause, err);
	if (!status && !is_blank(wish->correction))
		status = changes_add(changes, "finding", &finding->id, "correction",
				     &wish->correction, err);
	if (!status && !is_blank(wish->answer))
		status = changes_add(changes, "finding", &finding->id, "answer", answer, err);
	return status;
}

enum lt_status session_answer_finding(struct session *session, const char *which,
				      const struct finding_answer *wish, bool *done,
				      struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct finding_info *finding = NULL;
	*done = false;
	enum lt_status status = session_find_finding(session, which, &finding, err);
	if (!status)
		status = finding_change_answer(finding, wish, &changes, err);
	return status ? status : session_commit(session, "answer", &changes, done, err);
}

enum lt_status finding_change_objection(const struct finding_info *finding, const char *text,
					struct changes *changes, struct lt_err *err)
{
	const char *const values[] = { text, changes->session->name };
	if (finding->state == FINDING_WITHDRAWN)
		return refuse_state(finding, err);
	if (is_blank(text))
		return lt_err_set(err, LT_EDATA, "异议要写明理由", "an objection needs words");
	return changes_add(changes, "finding", &finding->id, "objection", values, err);
}

enum lt_status session_object_to_finding(struct session *session, const char *which,
					 const char *text, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct finding_info *finding = NULL;
	bool done;
	enum lt_status status = session_find_finding(session, which, &finding, err);
	if (!status)
		status = finding_change_objection(finding, text, &changes, err);
	return status ? status : session_commit(session, "object", &changes, &done, err);
}

enum lt_status finding_change_ruling(const struct finding_info *finding, const char *outcome,
				     const char *text, struct changes *changes, struct lt_err *err)
{
	const char *const values[] = { outcome, text, changes->session->name };
	if (!finding->objection[0])
		return lt_err_set(err, LT_EDATA, "%s 没有异议", "%s has no objection",
				  finding->number);
	if (strcmp(outcome, "upheld") != 0 && strcmp(outcome, "rejected") != 0)
		return lt_err_set(err, LT_EDATA, "异议处理只有 upheld 和 rejected，没有“%s”",
				  "an objection is upheld or rejected, not '%s'", outcome);
	if (is_blank(text))
		return lt_err_set(err, LT_EDATA, "异议处理要写明理由", "a ruling needs words");
	if (strcmp(finding->objection_by, changes->session->name) == 0)
		return lt_err_set(err, LT_EDATA, "%s 的异议由 %s 提出，要由别人处理",
				  "%s: %s objected, somebody else must rule", finding->number,
				  finding->objection_by);
	return changes_add(changes, "finding", &finding->id, "ruling", values, err);
}

enum lt_status session_rule_on_finding(struct session *session, const char *which,
				       const char *outcome, const char *text, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct finding_info *finding = NULL;
	bool done;
	enum lt_status status = session_find_finding(session, which, &finding, err);
	if (!status)
		status = finding_change_ruling(finding, outcome, text, &changes, err);
	return status ? status : session_commit(session, "rule", &changes, &done, err);
}

/* ---- evidence ---- */

/* A file of the project, or one that is put in now. */
static enum lt_status find_or_put(struct session *session, const char *evidence,
				  const char **sha256, struct lt_findings *findings,
				  struct lt_err *err)
{
	const struct evidence_file *file = NULL;
	struct lt_err refused = LT_ERR_INIT;
	enum lt_status status = session_find_evidence(session, evidence, &file, &refused);
	if (!status) {
		*sha256 = file->sha256;
		return LT_OK;
	}
	if (status != LT_EDATA || !lt_is_file(evidence)) {
		*err = refused;
		return status;
	}
	struct attached put;
	const struct new_evidence wish = { .path = evidence };
	status = session_attach(session, NULL, &wish, &put, findings, err);
	if (!status) {
		*sha256 = lt_arena_strndup(&session->arena, put.sha256, sizeof(put.sha256));
		status = *sha256 ? LT_OK : lt_err_memory(err);
	}
	return status;
}

enum lt_status session_tie_finding(struct session *session, const char *which,
				   const char *evidence, const char *locator, bool is_closing,
				   struct lt_findings *findings, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct finding_info *finding = NULL;
	const char *sha256 = NULL;
	bool done;
	/* the bytes and their tie are one transaction */
	enum lt_status status = project_begin(session->project, true, err);
	if (status)
		return status;
	status = session_find_finding(session, which, &finding, err);
	if (!status && finding->state >= FINDING_CLOSED)
		status = refuse_state(finding, err);
	if (!status)
		status = find_or_put(session, evidence, &sha256, findings, err);
	if (!status) {
		const char *const key[] = { finding->id, sha256, is_closing ? "closing" : "fact" };
		status = changes_add(&changes, "finding_tie", key, "locator", &locator, err);
		if (!status)
			status = changes_add(&changes, "finding_tie", key, "removed", NULL, err);
	}
	if (!status)
		status = session_commit(session, "attach", &changes, &done, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(session->project, !status, status ? &second : err);
	return status ? status : ended;
}
