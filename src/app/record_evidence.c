/* Where a file that is attached comes from: fields of the form of evidence, under its rules. */
#include <string.h>
#include "lingtan/app/evidence.h"
#include "record_parts.h"

/* A version that is in the project already, named by its hash, its beginning or its name. */
static enum lt_status find_version(struct session *session, const char *said, const char **sha256,
				   struct lt_err *err)
{
	const struct evidence_file *before;
	*sha256 = said;
	if (!said || !said[0])
		return LT_OK;
	enum lt_status status = session_find_evidence(session, said, &before, err);
	if (!status)
		*sha256 = before->sha256;
	return status;
}

static enum lt_status set_field(struct session *session, struct record *record, const char *name,
				const char *text, struct lt_err *err)
{
	const struct form_field *field = form_find_field(record->form, name);
	if (!text)
		return LT_OK;
	if (!field)
		return lt_err_set(err, LT_EBUG, "表单“%s”没有一栏“%s”",
				  "form '%s' has no field '%s'", record->form->id, name);
	const enum lt_status status =
		record_set(session, record, (unsigned)(field - record->form->fields), text, err);
	if (status != LT_NO)
		return status;
	*err = (struct lt_err)LT_ERR_INIT;
	return LT_OK;
}

static enum lt_status fill_in(struct session *session, const struct new_evidence *wish,
			      const char *sha256, struct record **out, struct lt_findings *findings,
			      struct lt_err *err)
{
	const struct form *form;
	const char *version_of;
	enum lt_status status = find_version(session, wish->version_of, &version_of, err);
	if (!status)
		status = record_form(session->workspace, "evidence", findings, &form, err);
	if (!status)
		status = record_make(session, form, sha256, out, err);
	if (!status)
		status = set_field(session, *out, "kind", wish->kind, err);
	if (!status)
		status = set_field(session, *out, "sender", wish->sender, err);
	if (!status)
		status = set_field(session, *out, "received", wish->received, err);
	if (!status)
		status = set_field(session, *out, "version_of", version_of, err);
	if (!status && sha256 && version_of && strcmp(version_of, sha256) == 0)
		status = lt_err_set(
			err, LT_EDATA, "前一版就是这份文件自己（%.12s）；请指明它代替的那一份",
			"a file cannot be the version before itself (%.12s); name the one it replaces",
			sha256);
	return status;
}

static bool says_nothing(const struct new_evidence *wish)
{
	return !wish->sender && !wish->kind && !wish->received && !wish->version_of;
}

enum lt_status provenance_check(struct session *session, const struct new_evidence *wish,
				struct lt_findings *findings, struct lt_err *err)
{
	struct record *record;
	return says_nothing(wish) ? LT_OK : fill_in(session, wish, NULL, &record, findings, err);
}

enum lt_status provenance_change(struct session *session, const struct new_evidence *wish,
				 const char *sha256, struct changes *changes,
				 struct lt_findings *findings, struct lt_err *err)
{
	struct record *record;
	if (says_nothing(wish))
		return LT_OK;
	enum lt_status status = fill_in(session, wish, sha256, &record, findings, err);
	return status ? status : record_changes(session, record, changes, findings, err);
}
