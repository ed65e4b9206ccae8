/* A new project file. */
#include <string.h>
#include "lingtan/app/key.h"
#include "lingtan/app/record.h"
#include "lingtan/app/role.h"
#include "session_parts.h"

struct making {
	struct session *session;
	const struct who *who;
	const struct new_project *wish;
	struct lt_findings *findings;
	struct changes changes;
};

/* The record that fills the park's row; NULL where none does. */
static const struct record *park_record(const struct new_project *wish)
{
	for (unsigned i = 0; i < wish->n_records; i++)
		if (wish->records[i]->form->table &&
		    strcmp(wish->records[i]->form->table, "park") == 0)
			return wish->records[i];
	return NULL;
}

static enum lt_status describe(struct making *making, struct lt_err *err)
{
	static const char *const park = "park";
	const struct new_project *wish = making->wish;
	struct session *session = making->session;
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < wish->n_records && !status; i++)
		status = record_changes(session, wish->records[i], &making->changes,
					making->findings, err);
	const char *const identity[] = { wish->park, wish->code, NULL, NULL };
	if (!status && !park_record(wish))
		status = changes_add(&making->changes, "park", &park, "identity", identity, err);
	/* a name that was said, not one that the account lent */
	if (!status && making->who->name)
		status = changes_add(&making->changes, "person", &session->name, "roles",
				     &session->role, err);
	return status;
}

static enum lt_status fill(void *context, struct project *project, struct entry *first,
			   struct lt_err *err)
{
	struct making *making = context;
	struct session *session = making->session;
	session->project = project;
	enum lt_status status = describe(making, err);
	if (!status && making->wish->standard)
		status = session_change_assessment(session, making->wish, &making->changes,
						   making->findings, err);
	for (unsigned i = 0; i < making->wish->n_further && !status; i++)
		status = session_change_assessment(session, &making->wish->further[i],
						   &making->changes, making->findings, err);
	const struct lt_key *key = session_key(session);
	if (!status && key)
		status = session_change_key(session, &making->changes, lt_key_public(key), err);
	journal_sign_with(project, key);
	session->project = NULL;
	const struct deed deed = { .by = session->name,
				   .role = session->role,
				   .changes = making->changes.at,
				   .n_changes = making->changes.n };
	if (!status)
		status = role_permits(session, &deed, err);
	if (!status)
		status = session_sign(session, first, "new", err);
	first->changes = making->changes.at;
	first->n_changes = making->changes.n;
	return status;
}

void session_draft(struct session *session, struct workspace *workspace, const struct who *who)
{
	session_start(session, workspace, who);
	session->name = who->name ? who->name : "";
	session->role = who->role ? who->role : "";
}

enum lt_status session_rescue(struct session *session, struct workspace *workspace,
			      const char *path, const char *to, const struct who *who,
			      struct rescue_report *report, struct lt_err *err)
{
	struct entry sign = { 0 };
	session_start(session, workspace, who);
	session->command = "rescue";
	enum lt_status status = session_identify(session, who, err);
	if (!status)
		status = session_sign(session, &sign, "rescue", err);
	return status ? status : project_rescue(workspace->store, path, to, &sign, report, err);
}

enum lt_status session_new(struct session *session, struct workspace *workspace, const char *path,
			   const struct who *who, const struct new_project *wish,
			   struct lt_findings *findings, struct lt_err *err)
{
	session_start(session, workspace, who);
	session->command = "new";
	session->reason = wish->reason ? wish->reason : "";
	struct making making = { .session = session,
				 .who = who,
				 .wish = wish,
				 .findings = findings,
				 .changes = { .session = session } };
	if (!park_record(wish) && (!wish->park || !wish->park[0]))
		return lt_err_set(err, LT_EUSAGE, "请用 --park 给出园区名称",
				  "name the park with --park");
	enum lt_status status = session_identify(session, who, err);
	return status ? status
		      : project_create(workspace->store, path, fill, &making, &session->project,
				       err);
}
