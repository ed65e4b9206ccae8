/* Forms whose rows are deeds: findings, signatures, decisions. What is typed goes the way of the
 * deed, with its rules; the form only says what can be typed. */
#include <string.h>
#include "finding_parts.h"
#include "lingtan/app/signoff.h"
#include "record_parts.h"

static unsigned field_of(const struct record *record, const char *id)
{
	const struct form_field *field = form_find_field(record->form, id);
	return field ? (unsigned)(field - record->form->fields) : 0;
}

static bool is_new(const struct record *record, const char *id)
{
	return record_is_changed(record, field_of(record, id));
}

static const char *said(const struct record *record, const char *id)
{
	return is_new(record, id) && record_text(record, id)[0] ? record_text(record, id) : NULL;
}

/* ---- findings ---- */

static enum lt_status change_new(struct session *session, const struct record *record,
				 struct changes *changes, struct lt_findings *findings,
				 struct lt_err *err)
{
	static const char *const later[] = { "cause",	"correction",	"answer",
					     "objection", "ruling",	"ruling_text",
					     "verification", "verification_text",
					     "verified_on",  "withdrawn" };
	const struct assessment_ref *ref;
	const struct new_finding wish = { .grade = finding_grade_find(record_text(record, "grade")),
					  .fact = record_text(record, "fact"),
					  .item = said(record, "item"),
					  .place = said(record, "place"),
					  .due = said(record, "due") };
	const char *number;
	for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++)
		if (said(record, later[i]))
			return lt_err_set(err, LT_EDATA, "新的发现先记事实；%s 以后再填",
					  "a new finding begins with its fact; %s comes later",
					  later[i]);
	enum lt_status status = session_find_assessment(
		session, said(record, "assessment"), wish.item, &ref, findings, err);
	return status ? status
		      : finding_change_new(ref, &wish, changes, &number, findings, err);
}

/* The fact and its place are never edited. */
static enum lt_status refuse_edits(const struct record *record, const char *number,
				   struct lt_err *err)
{
	static const char *const fixed[] = { "assessment", "item", "place", "fact" };
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (is_new(record, fixed[i]))
			return lt_err_set(err, LT_EDATA,
					  "%s 的条款、地点和事实记下后不改；写错了请撤回另记一项",
					  "%s: clause, place and fact are not edited; withdraw it and write another",
					  number);
	return LT_OK;
}

static enum lt_status change_by_team(const struct record *record,
				     const struct finding_info *finding, struct changes *changes,
				     struct lt_err *err)
{
	const struct finding_edit edit = { .grade = said(record, "grade"),
					   .due = said(record, "due") };
	enum lt_status status = LT_OK;
	if (edit.grade || edit.due)
		status = finding_change_edit(finding, &edit, changes, err);
	if (!status && (is_new(record, "ruling") || is_new(record, "ruling_text")))
		status = finding_change_ruling(finding, record_text(record, "ruling"),
					       record_text(record, "ruling_text"), changes, err);
	if (!status && (is_new(record, "verification") || is_new(record, "verification_text") ||
			is_new(record, "verified_on")))
		status = finding_change_verification(finding, record_text(record, "verification"),
						     record_text(record, "verification_text"),
						     said(record, "verified_on"), changes, err);
	if (!status && is_new(record, "withdrawn"))
		status = finding_change_withdrawal(finding, record_text(record, "withdrawn"), changes,
						   err);
	return status;
}

static enum lt_status change_by_park(const struct record *record,
				     const struct finding_info *finding, struct changes *changes,
				     struct lt_err *err)
{
	const struct finding_answer answer = { .cause = said(record, "cause"),
					       .correction = said(record, "correction"),
					       .answer = said(record, "answer") };
	enum lt_status status = LT_OK;
	if (is_new(record, "cause") || is_new(record, "correction") || is_new(record, "answer"))
		status = finding_change_answer(finding, &answer, changes, err);
	if (!status && is_new(record, "objection"))
		status = finding_change_objection(finding, record_text(record, "objection"), changes,
						  err);
	return status;
}

enum lt_status record_change_finding(struct session *session, const struct record *record,
				     struct changes *changes, struct lt_findings *findings,
				     struct lt_err *err)
{
	const struct finding_info *finding = NULL;
	if (!record->exists)
		return change_new(session, record, changes, findings, err);
	enum lt_status status = session_find_finding(session, record->key, &finding, err);
	if (!status)
		status = refuse_edits(record, finding->number, err);
	if (!status)
		status = change_by_team(record, finding, changes, err);
	return status ? status : change_by_park(record, finding, changes, err);
}

/* ---- signatures and decisions ---- */

bool record_is_deed(const struct form *form)
{
	return form->table && (strcmp(form->table, "sign_off") == 0 ||
			       strcmp(form->table, "decision") == 0);
}

enum lt_status record_complete_deed(struct session *session, struct record *record,
				    struct lt_findings *findings, struct lt_err *err)
{
	const struct assessment_ref *ref;
	const struct form_field *step = form_find_field(record->form, "step");
	enum lt_status status = LT_OK;
	if (step && !record_text(record, "step")[0])
		record->values[step - record->form->fields] = session->role;
	if (record_text(record, "assessment")[0])
		return LT_OK;
	status = session_find_assessment(session, NULL, NULL, &ref, findings, err);
	if (!status)
		record->values[field_of(record, "assessment")] = ref->name;
	return status;
}

static enum lt_status sign(struct session *session, const struct assessment_ref *ref,
			   const struct record *record, struct lt_findings *findings,
			   struct lt_err *err)
{
	char hash[LT_SHA256_HEX];
	if (strcmp(record_text(record, "by"), session->name) != 0)
		return lt_err_set(err, LT_EDATA, "签署人要写自己的姓名 %s，不能代签",
				  "sign with your own name, %s; nobody signs for another",
				  session->name);
	if (strcmp(record_text(record, "step"), session->role) != 0)
		return lt_err_set(err, LT_EDATA, "现在的角色是 %s，签不了别的一步",
				  "your role is %s, you cannot sign another step", session->role);
	return session_put_signature(session, ref, hash, findings, err);
}

static enum lt_status decide(struct session *session, const struct assessment_ref *ref,
			     const struct record *record, struct lt_findings *findings,
			     struct lt_err *err)
{
	const char *before = session->reason;
	unsigned number;
	if (record->key)
		return lt_err_set(err, LT_EDATA, "决定写下后不改；请另作一个",
				  "a decision is not edited; make another");
	session->reason = record_text(record, "reason");
	enum lt_status status = session_decide(session, ref, record_text(record, "outcome"),
					       record_text(record, "conditions"), &number, findings,
					       err);
	session->reason = before;
	return status;
}

enum lt_status record_do_deed(struct session *session, const struct record *record,
			      struct lt_findings *findings, struct lt_err *err)
{
	const struct assessment_ref *ref;
	const char *name = record_text(record, "assessment");
	enum lt_status status = session_find_assessment(session, name[0] ? name : NULL, NULL, &ref,
							findings, err);
	if (status)
		return status;
	return strcmp(record->form->table, "sign_off") == 0
		       ? sign(session, ref, record, findings, err)
		       : decide(session, ref, record, findings, err);
}
