#include "database.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "file_calls.h"

/* ---- words for what SQLite says ---- */

/* What comes of it has many codes; another file may stand under its name by now. */
static bool is_moved(sqlite3 *db)
{
	int moved = 0;
	return db && !sqlite3_file_control(db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) && moved;
}

enum lt_status sql_failed(sqlite3 *db, int code, const char *path, struct lt_err *err)
{
	const char *said = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
	const int kind = code & 0xff;
	if ((kind == SQLITE_READONLY || kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN) &&
	    is_moved(db))
		return lt_err_set(
			err, LT_ESPACE,
			"%s：文件已被移走、删除或换成另一个，本次没有改动；请放回原处或重新打开",
			"%s: moved, deleted or replaced; nothing was changed; put it back or open it again",
			path);
	switch (kind) {
	case SQLITE_NOMEM:
		return lt_err_memory(err);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return lt_err_set(err, LT_ESPACE, "%s：另一个程序正在写，请稍后再试",
				  "%s: another program is writing it; try again", path);
	case SQLITE_INTERRUPT:
		return lt_err_set(err, LT_EDATA, "已取消，本次没有改动",
				  "cancelled; nothing was changed");
	case SQLITE_FULL:
		return lt_err_set(err, LT_ESPACE, "%s：磁盘已满，本次没有改动；请腾出空间再做一次",
				  "%s: the disk is full; nothing was changed; make room and do it again", path);
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return lt_err_set(err, LT_ESPACE, "%s：只读，不能改动；可用 lingtan copy 另存",
				  "%s: read-only; make a copy with lingtan copy", path);
	case SQLITE_IOERR:
		return lt_err_set(err, LT_ESPACE, "%s：读写出错（%s），本次没有改动；请检查磁盘再做一次",
				  "%s: reading or writing failed (%s); nothing was changed; check the disk and do it again", path,
				  said);
	case SQLITE_CANTOPEN:
		return lt_err_set(err, LT_EFILE, "%s：打不开；文件夹可能不存在或不可写",
				  "%s: cannot be opened; its folder may be missing or not writable",
				  path);
	case SQLITE_NOTADB:
		return lt_err_set(err, LT_EFILE, "%s：不是零碳项目文件；请换一个",
				  "%s: not a lingtan project file; name another", path);
	case SQLITE_CORRUPT:
		return lt_err_set(err, LT_EFILE,
				  "%s：文件已损坏（%s）；可用 lingtan rescue 把能读出的存成新文件",
				  "%s: damaged (%s); save what can be read with lingtan rescue",
				  path, said);
	default:
		return lt_err_set(err, LT_EFILE, "%s：%s", "%s: %s", path, said);
	}
}

/* ---- statements ---- */

sqlite3_stmt *sql_prepare(struct project *project, unsigned number, struct lt_err *err)
{
	const struct named_sql *sql = &project->store->sql[number];
	sqlite3_stmt **at = &project->statements[number];
	if (*at)
		return *at;
	int code = sqlite3_prepare_v3(project->db, sql->text, (int)sql->text_len,
				      SQLITE_PREPARE_PERSISTENT, at, NULL);
	if (code != SQLITE_OK)
		sql_failed(project->db, code, project->path, err);
	return *at;
}

sqlite3_stmt *sql_named(struct project *project, const char *name, struct lt_err *err)
{
	return sql_prepare(project, store_find_sql(project->store, name), err);
}

void sql_done(sqlite3_stmt *statement)
{
	if (!statement)
		return;
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

enum lt_status sql_step(struct project *project, sqlite3_stmt *statement, bool *row,
			struct lt_err *err)
{
	const int code = sqlite3_step(statement);
	*row = code == SQLITE_ROW;
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		return LT_OK;
	return sql_failed(project->db, code, project->path, err);
}

enum lt_status sql_run(struct project *project, sqlite3_stmt *statement, struct lt_err *err)
{
	bool row;
	enum lt_status status = sql_step(project, statement, &row, err);
	sql_done(statement);
	return status;
}

enum lt_status sql_script(const struct store *store, sqlite3 *db, const char *path,
			  const char *name, struct lt_err *err)
{
	const struct named_sql *sql = &store->sql[store_find_sql(store, name)];
	const char *at = sql->text, *end = at + sql->text_len;
	int code = SQLITE_OK;
	while (at < end && code == SQLITE_OK) {
		sqlite3_stmt *statement = NULL;
		code = sqlite3_prepare_v2(db, at, (int)(end - at), &statement, &at);
		if (code != SQLITE_OK || !statement)
			break;
		do {
			code = sqlite3_step(statement);
		} while (code == SQLITE_ROW);
		const int closed = sqlite3_finalize(statement);
		code = code == SQLITE_DONE ? closed : code;
	}
	return code == SQLITE_OK ? LT_OK : sql_failed(db, code, path, err);
}

const char *sql_text(sqlite3_stmt *statement, int column)
{
	const unsigned char *text = sqlite3_column_text(statement, column);
	return text ? (const char *)text : "";
}

/* ---- connections ---- */

/* A file from somebody else cannot make the program do anything: no triggers, views, functions of
 * the schema, writes to the schema; lengths have limits. */
static void defend(sqlite3 *db)
{
	static const int off[] = {
		SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
		SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_DQS_DML,
		SQLITE_DBCONFIG_DQS_DDL,        SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION
	};
	for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++)
		sqlite3_db_config(db, off[i], 0, (int *)NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, (int)(ENTRY_MAX_BYTES + 1024));
	sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 1);
	sqlite3_extended_result_codes(db, 1);
	sqlite3_busy_timeout(db, BUSY_MS);
}

/* A name that means something to SQLite ("file:a", ":memory:") is a name of a file here; owned by
 * the caller. */
static char *plain_name(const char *path)
{
	const size_t cap = strlen(path) + 3;
	char *name = malloc(cap);
	if (name)
		snprintf(name, cap, "%s%s", path[0] == '/' ? "" : "./", path);
	return name;
}

enum lt_status database_open_in(struct store *store, const char *path, const char *name,
				const char *vfs, int flags, struct project **out,
				struct lt_err *err)
{
	struct project *project = calloc(1, sizeof(*project));
	enum lt_status status = LT_OK;
	*out = NULL;
	if (!project)
		return lt_err_memory(err);
	file_calls_install();
	project->store = store;
	project->path = strdup(path);
	project->statements = calloc(store->n_sql + 1, sizeof(sqlite3_stmt *));
	if (!project->path || !project->statements) {
		status = lt_err_memory(err);
	} else {
		const int code = sqlite3_open_v2(name, &project->db, flags, vfs);
		if (code != SQLITE_OK)
			status = sql_failed(project->db, code, path, err);
		else
			defend(project->db);
	}
	if (status)
		project_close(project);
	else
		*out = project;
	return status;
}

enum lt_status database_open(struct store *store, const char *path, int flags, struct project **out,
			     struct lt_err *err)
{
	char *name = plain_name(path);
	*out = NULL;
	if (!name)
		return lt_err_memory(err);
	const enum lt_status status = database_open_in(store, path, name, NULL, flags, out, err);
	free(name);
	return status;
}

enum lt_status database_make(struct store *store, const char *path, struct project **out,
			     struct lt_err *err)
{
	enum lt_status status =
		database_open(store, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, out, err);
	if (!status)
		status = sql_script(store, (*out)->db, path, "script.new", err);
	if (!status)
		status = sql_script(store, (*out)->db, path, "script.open", err);
	if (status)
		return status;
	const int code = sqlite3_exec((*out)->db, store->schema_text, NULL, NULL, NULL);
	return code == SQLITE_OK ? LT_OK : sql_failed((*out)->db, code, path, err);
}

/* ---- watching ---- */

#define WATCHED_STEPS 200 /* of the database's machine: some ten chunks of a blob */

static int on_progress(void *context)
{
	struct project *project = context;
	const bool on_disk = sqlite3_get_autocommit(project->db);
	const bool stops = !project->watch(project->watch_context, !on_disk && !project->must_finish) &&
			   !project->must_finish;
	project->was_stopped |= stops;
	return stops;
}

void project_set_watch(struct project *project, project_watch watch, void *context)
{
	project->watch = watch;
	project->watch_context = context;
	sqlite3_progress_handler(project->db, watch ? WATCHED_STEPS : 0, watch ? on_progress : NULL,
				 project);
}

void project_watch_too(struct project *project, const struct project *watched)
{
	project_set_watch(project, watched->watch, watched->watch_context);
}

void project_must_finish(struct project *project, bool must)
{
	project->must_finish = must;
}

bool project_may_go_on(const struct project *project)
{
	return !project->watch || project->watch(project->watch_context, true);
}

/* ---- version, head, entries ---- */

/* Depth and project of an entry that was not the head when it was last looked at. */
static enum lt_status read_entry(struct project *project, sqlite3_stmt *statement,
				 struct lt_err *err)
{
	struct lt_arena scratch;
	struct entry entry;
	struct lt_err inner = LT_ERR_INIT;
	lt_arena_init(&scratch, 0);
	const char *body = sql_text(statement, 1);
	enum lt_status status = entry_decode_place(
		body, (size_t)sqlite3_column_bytes(statement, 1), &scratch, &entry, &inner);
	if (status == LT_ESPACE)
		lt_err_memory(err);
	else if (status)
		lt_err_set(err, status = LT_EFILE, "%s：最新一条记录已损坏；见 lingtan verify",
			   "%s: the newest entry is damaged; see lingtan verify", project->path);
	if (!status) {
		snprintf(project->head, sizeof(project->head), "%s", sql_text(statement, 0));
		project->depth = entry.depth;
		snprintf(project->id, sizeof(project->id), "%s", entry.project);
	}
	lt_arena_release(&scratch);
	return status;
}

enum lt_status version_read(struct project *project, unsigned *version, struct lt_err *err)
{
	bool row = false;
	sqlite3_stmt *statement = sql_named(project, "file.version", err);
	enum lt_status status = statement ? sql_step(project, statement, &row, err) : err->status;
	*version = row ? (unsigned)sqlite3_column_int(statement, 0) : 0;
	sql_done(statement);
	return status;
}

enum lt_status head_read(struct project *project, struct lt_err *err)
{
	sqlite3_stmt *statement = sql_named(project, "head.get", err);
	bool row = false;
	enum lt_status status = statement ? sql_step(project, statement, &row, err) : err->status;
	if (!status && row && strcmp(project->head, sql_text(statement, 0)) != 0)
		status = read_entry(project, statement, err);
	sql_done(statement);
	if (!status && !row)
		return lt_err_set(err, LT_EFILE, "%s：项目文件是空的，没有记录",
				  "%s: the project has no entry", project->path);
	return status;
}

enum lt_status entry_put(struct project *project, const char *hash, const char *body, size_t len,
			 const char *signature, struct lt_err *err)
{
	sqlite3_stmt *statement = sql_named(project, "entry.put", err);
	if (!statement)
		return err->status;
	sqlite3_bind_text(statement, 1, hash, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, body, (int)len, SQLITE_STATIC);
	if (signature)
		sqlite3_bind_text(statement, 3, signature, -1, SQLITE_STATIC);
	return sql_run(project, statement, err);
}
