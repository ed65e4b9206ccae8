#include "lingtan/app/advice.h"

#include <string.h>
#include "lingtan/app/role.h"
#include "lingtan/app/rung.h"

static const char *const setting = "advice";

enum lt_status advice_is_shown(struct session *session, bool *shown, struct lt_err *err)
{
	const char *rung = role_rung(session->workspace, session->role);
	struct words value;
	enum lt_status status = LT_OK;
	*shown = rung && strcmp(rung, rung_names[RUNG_SELF]) == 0;
	if (*shown)
		return LT_OK;
	status = project_get(session->project, "setting", setting, "value", &session->arena, &value,
			     err);
	*shown = !status && value.at && strcmp(value.at[0], "on") == 0;
	return status;
}

enum lt_status advice_allow(struct session *session, bool allowed, bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const char *const values[] = { allowed ? "on" : "off" };
	*done = false;
	if (allowed && (!session->reason || !session->reason[0]))
		return lt_err_set(err, LT_EDATA, "给评价方看差距和试算，要写明理由",
				  "to show gap and trial to those who assess, say why");
	enum lt_status status = changes_add(&changes, "setting", &setting, "value", values, err);
	return status ? status : session_commit(session, "fill", &changes, done, err);
}
