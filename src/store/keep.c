#include "lingtan/store/keep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "medium.h"
#include "database.h"

#define PAGES_A_STEP 2048 /* of a copy: others get their turn between steps */
#define MOST_WAITS 2      /* one after the other; SQLite itself waits in each */
#define MOST_RESTARTS 2   /* because others wrote; then they wait until it is done */

/* ---- whole ---- */

/* Step after step; who keeps changing the file is made to wait after a while, or it would never
 * end.
 */
static int copy_pages(struct project *project, sqlite3_backup *backup, bool *held)
{
	unsigned n_waits = 0, n_restarts = 0;
	struct lt_err ignored = LT_ERR_INIT;
	int code = SQLITE_OK, left = 0;
	while (code == SQLITE_OK || (code == SQLITE_BUSY && n_waits < MOST_WAITS)) {
		code = sqlite3_backup_step(backup, PAGES_A_STEP);
		n_waits = code == SQLITE_BUSY ? n_waits + 1 : 0;
		n_restarts += left && sqlite3_backup_remaining(backup) >= left;
		left = sqlite3_backup_remaining(backup);
		if (n_restarts > MOST_RESTARTS && !*held) {
			*held = project_begin(project, false, &ignored) == LT_OK;
			head_read(project, &ignored);
		}
	}
	return code;
}

static enum lt_status back_up(struct project *project, sqlite3 *to, const char *path,
			      struct lt_err *err)
{
	bool held = false;
	struct lt_err ignored = LT_ERR_INIT;
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", project->db, "main");
	const int code = backup ? copy_pages(project, backup, &held) : sqlite3_errcode(to);
	const int finished = backup ? sqlite3_backup_finish(backup) : code;
	if (held)
		project_end(project, true, &ignored);
	if (code == SQLITE_DONE && finished == SQLITE_OK)
		return LT_OK;
	return sql_failed(to, finished == SQLITE_OK ? code : finished, path, err);
}

/* The pages of a file that another program has just put into WAL mode say so in the copy as well.
 */
static enum lt_status set_own_mode(struct store *store, const char *draft, const char *to,
				   struct lt_err *err)
{
	struct project *copy;
	enum lt_status status = database_open(store, draft, SQLITE_OPEN_READWRITE, &copy, err);
	if (!status)
		status = sql_script(store, copy->db, to, "script.open", err);
	project_close(copy);
	return status;
}

enum lt_status project_copy(struct project *project, const char *to, struct lt_err *err)
{
	char draft[4096];
	struct project *copy = NULL;
	enum lt_status status = medium_reserve(to, draft, sizeof(draft), err);
	if (status)
		return status;
	status = database_open(project->store, draft, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
			       &copy, err);
	if (!status)
		status = sql_script(project->store, copy->db, to, "script.open", err);
	if (!status)
		status = back_up(project, copy->db, to, err);
	project_close(copy);
	if (!status)
		status = set_own_mode(project->store, draft, to, err);
	if (!status)
		status = medium_give_name(draft, to, err);
	if (status)
		medium_discard(draft);
	return status;
}

/* ---- without evidence ---- */

static enum lt_status attach(struct project *project, const char *path, struct lt_err *err)
{
	sqlite3_stmt *statement = sql_named(project, "copy.attach", err);
	if (!statement)
		return err->status;
	sqlite3_bind_text(statement, 1, path, -1, SQLITE_TRANSIENT);
	return sql_run(project, statement, err);
}

enum lt_status project_snapshot(struct project *project, const char *to, struct lt_err *err)
{
	char draft[4096];
	struct project *empty = NULL;
	enum lt_status status = medium_reserve(to, draft, sizeof(draft), err);
	if (status)
		return status;
	status = database_make(project->store, draft, &empty, err);
	project_close(empty);
	if (!status)
		status = attach(project, draft, err);
	if (!status) {
		struct lt_err second = LT_ERR_INIT;
		status = sql_script(project->store, project->db, to, "script.snapshot", err);
		if (status && !sqlite3_get_autocommit(project->db))
			sql_script(project->store, project->db, to, "script.rollback", &second);
		const enum lt_status detached = sql_script(project->store, project->db, to,
							   "script.detach", status ? &second : err);
		status = status ? status : detached;
	}
	if (!status)
		status = medium_give_name(draft, to, err);
	if (status)
		medium_discard(draft);
	return status;
}
