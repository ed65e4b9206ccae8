#include "lingtan/store/project.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "database.h"
#include "lingtan/base/random.h"
#include "lingtan/base/text.h"
#include "medium.h"
#include "reader.h"
#include "rebuild.h"

/* ---- opening ---- */

/* Also one that a program which died had emptied. Where another program is writing it is that
 * one's. */
static void remove_journal(struct project *project)
{
	struct lt_err ignored = LT_ERR_INIT;
	const char *name = sqlite3_db_filename(project->db, "main");
	if (name && access(sqlite3_filename_journal(name), F_OK) == 0)
		sql_script(project->store, project->db, project->path, "script.remove_journal",
			   &ignored);
}

static enum lt_status keep_journal(struct project *project, struct lt_err *err)
{
	project->keeps_journal = true;
	return sql_script(project->store, project->db, project->path, "script.keep_journal", err);
}

void project_close(struct project *project)
{
	if (!project)
		return;
	if (project->keeps_journal)
		remove_journal(project);
	if (project->reader)
		reader_take_back(project);
	for (unsigned i = 0; project->statements && i < project->store->n_sql; i++)
		sqlite3_finalize(project->statements[i]);
	sqlite3_close(project->db);
	medium_remove_copy(project->copy);
	free(project->statements);
	free(project->path);
	free(project);
}

static enum lt_status check_schema(struct project *project, struct lt_err *err)
{
	struct lt_arena scratch;
	struct schema found;
	const struct schema *expected;
	struct shape shape;
	if (schema_is_as_written(project, &shape) &&
	    (!project->reader || reader_knows(project, &shape)))
		return LT_OK;
	/* a connection of its own tells what differs */
	if (project->reader)
		return LT_NO;
	lt_arena_init(&scratch, 0);
	enum lt_status status =
		schema_read(project->store, project->db, project->path, &scratch, &found, err);
	if (!status)
		status = schema_expected(project->store, &expected, err);
	const char *name = status ? NULL : schema_difference(expected, &found);
	if (name)
		status = lt_err_set(
			err, LT_EFILE, "%s：内部结构 %s 被改动过，不予打开；见 lingtan verify",
			"%s: its inner structure %s was tampered with; see lingtan verify",
			project->path, name);
	lt_arena_release(&scratch);
	return status;
}

/* How a path is opened. */
struct opening {
	const char *path; /* as given, for messages */
	const char *real; /* what SQLite opens: the path, or a temporary copy */
	enum project_mode mode;
	bool readonly; /* never a byte into `real` */
	bool is_copy;
	bool hot; /* out: a transaction was left half done, and may not be rolled back here */
	bool old; /* out: of an older version, and may not be brought up to date here */
	bool wal; /* another program's mode, which cannot be read without a byte beside the file */
};

static enum lt_status look_inside(struct project *project, struct opening *opening,
				  struct lt_err *err)
{
	unsigned version = 0;
	enum lt_status status = version_read(project, &version, err);
	if (!status && version < SCHEMA_VERSION && opening->mode != PROJECT_WRECK) {
		opening->old = opening->readonly;
		status = opening->readonly ? LT_NO : migrate(project, opening->is_copy, err);
		if (status && !opening->readonly)
			project->trouble = *err;
	}
	if (!status && opening->mode < PROJECT_SUSPECT)
		status = check_schema(project, err);
	return status ? status : head_read(project, err);
}

/* What is only read is one state of the file, and locked once. */
static enum lt_status prepare(struct project *project, struct opening *opening, struct lt_err *err)
{
	struct lt_err ignored = LT_ERR_INIT;
	enum lt_status status = LT_OK;
	if (!project->is_set_up)
		status = sql_script(project->store, project->db, opening->path,
				    opening->readonly ? "script.read" : "script.open", err);
	if (!status && opening->readonly)
		status = project_begin(project, false, err);
	if (!status)
		status = look_inside(project, opening, err);
	opening->hot = status && opening->readonly &&
		       sqlite3_extended_errcode(project->db) == SQLITE_READONLY_ROLLBACK;
	if (project_has_begun(project))
		project_end(project, true, &ignored);
	if (!status && opening->mode == PROJECT_WRITE && !opening->readonly && !opening->is_copy)
		status = keep_journal(project, err);
	return status;
}

static bool set_path(struct project *project, const char *path)
{
	char *shown = strdup(path);
	if (!shown)
		return false;
	free(project->path);
	project->path = shown;
	return true;
}

/* By the connection that read the file before; what does not go smoothly takes one of its own. */
static bool open_by_reader(struct store *store, const struct opening *opening, struct project **out)
{
	struct lt_err ignored = LT_ERR_INIT;
	struct opening tried = *opening;
	struct project *project = NULL;
	if (opening->mode == PROJECT_READ && !opening->is_copy)
		project = reader_open(store->reader, opening->real);
	if (!project)
		return false;
	project->readonly = true;
	if (set_path(project, opening->path) && prepare(project, &tried, &ignored) == LT_OK) {
		sqlite3_busy_timeout(project->db, BUSY_MS);
		*out = project;
		return true;
	}
	reader_let_go(project);
	project_close(project);
	return false;
}

/* Errors: LT_NO with opening->hot or old telling why it takes a copy. */
static enum lt_status open_on(struct store *store, struct opening *opening, struct project **out,
			      struct lt_err *err)
{
	struct project *project;
	if (open_by_reader(store, opening, out))
		return LT_OK;
	enum lt_status status = database_open(
		store, opening->real,
		opening->readonly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, &project, err);
	if (status)
		return status;
	set_path(project, opening->path);
	project->readonly = opening->readonly;
	status = prepare(project, opening, err);
	if (opening->hot || opening->old) {
		*err = (struct lt_err)LT_ERR_INIT;
		status = LT_NO;
	} else if (status && status != LT_ESPACE && opening->mode >= PROJECT_SUSPECT) {
		/* verify says what is wrong with it, rescue takes what there is */
		*err = (struct lt_err)LT_ERR_INIT;
		status = LT_OK;
	}
	if (status)
		project_close(project);
	else
		*out = project;
	return status;
}

/* What must be written to be read: in place where the mode and the medium allow it, else on a copy.
 */
static enum lt_status open_on_copy(struct store *store, const struct medium *medium,
				   struct opening *opening, struct project **out,
				   struct lt_err *err)
{
	char *copy;
	const bool hot = opening->hot, old = opening->old, wal = opening->wal;
	enum lt_status status = medium_copy(medium->path, &copy, err);
	if (status)
		return status;
	opening->real = copy;
	opening->is_copy = true;
	opening->readonly = opening->hot = opening->old = opening->wal = false;
	status = open_on(store, opening, out, err);
	if (status) {
		medium_remove_copy(copy);
		return status;
	}
	(*out)->copy = copy;
	(*out)->readonly = true;
	(*out)->recovered = hot;
	(*out)->converted = old;
	(*out)->unlogged = wal;
	return LT_OK;
}

/* Rolls back in place what was left half done, and takes the file out of another's mode. */
static enum lt_status recover(struct store *store, const struct medium *medium, const char *path,
			      struct lt_err *err)
{
	struct opening opening = { .path = path, .real = medium->path, .mode = PROJECT_WRECK };
	struct project *project;
	enum lt_status status = open_on(store, &opening, &project, err);
	if (!status)
		project_close(project);
	return status;
}

/* A program that has it open in WAL mode keeps it there: then it takes a copy to read it. */
static bool is_taken_out_of_wal(struct store *store, const struct medium *medium, const char *path)
{
	struct lt_err ignored = LT_ERR_INIT;
	return recover(store, medium, path, &ignored) == LT_OK;
}

enum lt_status project_open(struct store *store, const char *path, enum project_mode mode,
			    struct project **out, struct lt_err *err)
{
	struct medium medium;
	enum lt_status status = medium_look(path, mode == PROJECT_WRECK, &medium, err);
	*out = NULL;
	if (status)
		return status;
	struct opening opening = { .path = path,
				   .real = medium.path,
				   .mode = mode,
				   .readonly = mode != PROJECT_WRITE || !medium.writable };
	const bool may_recover = mode == PROJECT_READ && medium.writable;
	opening.wal = medium.wal && opening.readonly &&
		      !(may_recover && is_taken_out_of_wal(store, &medium, path));
	if (!opening.wal)
		status = open_on(store, &opening, out, err);
	if (opening.hot && may_recover) {
		opening.hot = false;
		status = recover(store, &medium, path, err);
		if (!status)
			status = open_on(store, &opening, out, err);
	}
	return opening.hot || opening.old || opening.wal
		       ? open_on_copy(store, &medium, &opening, out, err)
		       : status;
}

/* ---- creating ---- */

static enum lt_status write_first(struct project *project, project_fill fill, void *context,
				  struct lt_err *err)
{
	struct entry first = { .project = project->id };
	enum lt_status status =
		sql_script(project->store, project->db, project->path, "script.new", err);
	if (!status)
		status = sql_script(project->store, project->db, project->path, "script.open", err);
	if (!status)
		status = project_begin(project, true, err);
	if (status)
		return status;
	const int code = sqlite3_exec(project->db, project->store->schema_text, NULL, NULL, NULL);
	if (code != SQLITE_OK)
		status = sql_failed(project->db, code, project->path, err);
	lt_random_id(project->id);
	project->is_new = true;
	if (!status)
		status = fill(context, project, &first, err);
	if (!status)
		status = journal_commit(project, &first, NULL, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(project, !status, status ? &second : err);
	return status ? status : ended;
}

/* Made under a name of its own and given its real one when all of it is on disk: there is never
 * half a project under the name that was asked for. */
static enum lt_status make_file(struct store *store, const char *path, project_fill fill,
				void *context, struct lt_err *err)
{
	struct project *project = NULL;
	enum lt_status status = database_open(
		store, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &project, err);
	if (!status)
		status = write_first(project, fill, context, err);
	project_close(project);
	return status;
}

enum lt_status project_create(struct store *store, const char *path, project_fill fill,
			      void *context, struct project **out, struct lt_err *err)
{
	char draft[4096];
	*out = NULL;
	enum lt_status status = medium_reserve(path, draft, sizeof(draft), err);
	if (status)
		return status;
	status = make_file(store, draft, fill, context, err);
	if (!status)
		status = medium_give_name(draft, path, err);
	if (!status)
		return project_open(store, path, PROJECT_WRITE, out, err);
	medium_discard(draft);
	return status;
}

/* ---- what is known of it ---- */

const char *project_path(const struct project *project)
{
	return project->path;
}

const char *project_id(const struct project *project)
{
	return project->id;
}

const char *project_head(const struct project *project)
{
	return project->head;
}

unsigned project_depth(const struct project *project)
{
	return project->depth;
}

bool project_is_readonly(const struct project *project)
{
	return project->readonly;
}

enum lt_status project_permits(const struct project *project, struct lt_err *err)
{
	return project->readonly ? sql_failed(NULL, SQLITE_READONLY, project->path, err) : LT_OK;
}

bool project_is_recovered(const struct project *project)
{
	return project->recovered;
}

bool project_is_converted(const struct project *project)
{
	return project->converted;
}

bool project_is_unlogged(const struct project *project)
{
	return project->unlogged;
}

bool project_is_copied(const struct project *project)
{
	return project->copy != NULL;
}

bool project_has_free_pages(struct project *project)
{
	struct lt_err ignored = LT_ERR_INIT;
	bool row = false;
	sqlite3_stmt *statement = sql_named(project, "file.free_pages", &ignored);
	const bool is_read = statement && sql_step(project, statement, &row, &ignored) == LT_OK;
	const bool none = is_read && row && sqlite3_column_int(statement, 0) == 0;
	sql_done(statement);
	return !none;
}

/* ---- transactions ---- */

enum lt_status project_begin(struct project *project, bool write, struct lt_err *err)
{
	if (write && project->readonly)
		return project_permits(project, err);
	if (project->n_open++)
		return LT_OK;
	sqlite3_stmt *statement =
		sql_named(project, write ? "script.begin" : "script.begin_read", err);
	project->failed = false;
	memcpy(project->head_before, project->head, sizeof(project->head));
	project->depth_before = project->depth;
	enum lt_status status = statement ? sql_run(project, statement, err) : err->status;
	if (status)
		project->n_open = 0;
	return status;
}

bool project_has_begun(const struct project *project)
{
	return project->n_open > 0;
}

/* Errors: those of looking at the file afterwards; what it holds is not known then. */
static enum lt_status roll_back(struct project *project)
{
	struct lt_err ignored = LT_ERR_INIT;
	sqlite3_stmt *statement = sql_named(project, "script.rollback", &ignored);
	if (statement && !sqlite3_get_autocommit(project->db))
		sql_run(project, statement, &ignored);
	/* the head of the file again, whatever the failed transaction had in mind */
	memcpy(project->head, project->head_before, sizeof(project->head));
	project->depth = project->depth_before;
	ignored = (struct lt_err)LT_ERR_INIT;
	return head_read(project, &ignored);
}

/* A commit that failed at its very end may be in the file all the same. */
static enum lt_status tell_of_failed_commit(struct project *project, enum lt_status looked,
					    struct lt_err *err)
{
	const bool there = strcmp(project->head, project->head_before) != 0;
	if (!there && !looked)
		return err->status;
	*err = (struct lt_err)LT_ERR_INIT;
	if (there)
		return lt_err_set(
			err, LT_ESPACE, "%s：已写入，但磁盘没有确认；请用 lingtan log 核对",
			"%s: written, but the disk did not confirm it; look with lingtan log",
			project->path);
	return lt_err_set(
		err, LT_ESPACE, "%s：磁盘出错，不能确定是否已写入；请重新打开，用 lingtan log 核对",
		"%s: the disk failed, whether it was written is not known; open it again and look with lingtan log",
		project->path);
}

/* What was purged is not left beside the file until the session ends. */
static void forget_purged(struct project *project)
{
	struct lt_err ignored = LT_ERR_INIT;
	if (!project->has_purged || !project->keeps_journal)
		return;
	project->has_purged = false;
	remove_journal(project);
	keep_journal(project, &ignored);
}

enum lt_status project_end(struct project *project, bool keep, struct lt_err *err)
{
	project->failed |= !keep;
	if (--project->n_open)
		return LT_OK;
	if (project->failed) {
		roll_back(project);
		if (!keep)
			return LT_OK;
		return lt_err_set(err, LT_EBUG, "%s：其中一步没有成功，全部没有写入",
				  "%s: a part of it was dropped, so nothing was written",
				  project->path);
	}
	sqlite3_stmt *statement = sql_named(project, "script.commit", err);
	enum lt_status status = statement ? sql_run(project, statement, err) : err->status;
	if (status)
		return tell_of_failed_commit(project, roll_back(project), err);
	forget_purged(project);
	return LT_OK;
}

/* ---- facts ---- */

static enum lt_status no_such_cell(const char *table, const char *group, struct lt_err *err)
{
	return lt_err_set(err, LT_EBUG, "没有字段组 %s.%s", "there is no group %s.%s", table,
			  group);
}

/* Finds table and group; numbers go to *t and *g. */
static bool find_cell(const struct store *store, const char *table, const char *group, unsigned *t,
		      unsigned *g)
{
	const struct fact_table *found = vocabulary_find_table(store->vocabulary, table);
	const struct cell_group *at = found ? fact_table_find_group(found, group) : NULL;
	if (!at)
		return false;
	*t = (unsigned)(found - store->vocabulary->tables);
	*g = (unsigned)(at - found->groups);
	return true;
}

/* Binds the parts of a key from ?1 on. */
static enum lt_status bind_key(struct project *project, sqlite3_stmt *statement,
			       const struct fact_table *table, const char *key, struct lt_err *err)
{
	struct lt_arena scratch;
	const char *parts[CELL_MAX_KEY];
	enum lt_status status = LT_OK;
	lt_arena_init(&scratch, 0);
	if (!cell_key_split(&scratch, key, parts, table->key.n))
		status = lt_err_set(err, LT_EDATA, "%s：键“%s”不合格式",
				    "%s: the key '%s' is malformed", table->table, key);
	for (unsigned i = 0; i < table->key.n && !status; i++)
		if (sqlite3_bind_text(statement, (int)i + 1, parts[i], -1, SQLITE_TRANSIENT) !=
		    SQLITE_OK)
			status = sql_failed(project->db, SQLITE_NOMEM, project->path, err);
	lt_arena_release(&scratch);
	return status;
}

/* A text of a row in the arena; NULL where the row has none. A NUL in it is none of ours, and would
 * hide what stands behind it. */
static enum lt_status read_text(struct project *project, sqlite3_stmt *statement, int column,
				struct lt_arena *arena, const char **out, struct lt_err *err)
{
	*out = NULL;
	/* most cells of a row are empty */
	if (sqlite3_column_type(statement, column) == SQLITE_NULL)
		return LT_OK;
	const char *text = (const char *)sqlite3_column_text(statement, column);
	const size_t len = text ? strlen(text) : 0;
	if (!text)
		return lt_err_memory(err);
	if (len != (size_t)sqlite3_column_bytes(statement, column))
		return lt_err_set(
			err, LT_EFILE, "%s：数据“%.*s”里有控制字符，被改动过；见 lingtan verify",
			"%s: the text '%.*s' has control characters, it was changed; see lingtan verify",
			project->path, LT_CUT(text, 60));
	*out = lt_arena_strndup(arena, text, len);
	return *out ? LT_OK : lt_err_memory(err);
}

/* Members of a group from a row whose first member stands in `column`; a member that is missing
 * where others are set reads as empty. */
static enum lt_status read_value(struct project *project, sqlite3_stmt *statement, int column,
				 unsigned n, struct lt_arena *arena, struct words *out,
				 struct lt_err *err)
{
	*out = (struct words){ 0 };
	for (unsigned i = 0; i < n; i++) {
		const char *text;
		enum lt_status status =
			read_text(project, statement, column + (int)i, arena, &text, err);
		if (status)
			return status;
		if (!text)
			continue;
		if (!out->at) {
			out->at = lt_arena_alloc(arena, n, sizeof(*out->at));
			if (!out->at)
				return lt_err_memory(err);
			out->n = n;
			for (unsigned m = 0; m < n; m++)
				out->at[m] = "";
		}
		out->at[i] = text;
	}
	return LT_OK;
}

enum lt_status project_get(struct project *project, const char *table, const char *key,
			   const char *group, struct lt_arena *arena, struct words *out,
			   struct lt_err *err)
{
	unsigned t, g;
	bool row = false;
	*out = (struct words){ 0 };
	if (!find_cell(project->store, table, group, &t, &g))
		return no_such_cell(table, group, err);
	const struct fact_table *of = &project->store->vocabulary->tables[t];
	sqlite3_stmt *statement = sql_prepare(project, project->store->tables[t].get, err);
	if (!statement)
		return err->status;
	enum lt_status status = bind_key(project, statement, of, key, err);
	if (!status)
		status = sql_step(project, statement, &row, err);
	int column = 0;
	for (unsigned i = 0; i < g; i++)
		column += (int)of->groups[i].members.n;
	if (!status && row)
		status = read_value(project, statement, column, of->groups[g].members.n, arena, out,
				    err);
	sql_done(statement);
	return status;
}

enum lt_status project_find(struct project *project, const char *table, const char *key,
			    struct lt_arena *arena, struct fact_row *out, struct lt_err *err)
{
	const struct vocabulary *vocabulary = project->store->vocabulary;
	const struct fact_table *of = vocabulary_find_table(vocabulary, table);
	if (!of)
		return no_such_cell(table, "", err);
	const char **parts = lt_arena_alloc(arena, of->key.n, sizeof(*parts));
	struct words *values = lt_arena_alloc(arena, of->n_groups, sizeof(*values));
	*out = (struct fact_row){ lt_arena_strndup(arena, key, strlen(key)), parts, values, of };
	if (!parts || !values || !out->key)
		return lt_err_memory(err);
	sqlite3_stmt *statement =
		sql_prepare(project, project->store->tables[of - vocabulary->tables].get, err);
	if (!statement)
		return err->status;
	bool row = false;
	int column = 0;
	enum lt_status status = bind_key(project, statement, of, key, err);
	if (!status && !cell_key_split(arena, key, parts, of->key.n))
		status = lt_err_memory(err);
	if (!status)
		status = sql_step(project, statement, &row, err);
	for (unsigned g = 0; g < of->n_groups && !status && row; g++) {
		const unsigned n = of->groups[g].members.n;
		status = read_value(project, statement, column, n, arena, &values[g], err);
		column += (int)n;
	}
	sql_done(statement);
	return status;
}

const struct words *fact_row_get(const struct fact_row *row, const char *group)
{
	static const struct words nothing = { 0 };
	/* most differ in the first byte */
	for (unsigned g = 0; g < row->table->n_groups; g++)
		if (row->table->groups[g].group[0] == group[0] &&
		    strcmp(row->table->groups[g].group, group) == 0)
			return &row->values[g];
	return &nothing;
}

static enum lt_status read_row(struct project *project, sqlite3_stmt *statement,
			       const struct fact_table *table, struct lt_arena *arena,
			       struct fact_row *row, struct lt_err *err)
{
	const char **parts = lt_arena_alloc(arena, table->key.n, sizeof(*parts));
	struct words *values = lt_arena_alloc(arena, table->n_groups, sizeof(*values));
	enum lt_status status = parts && values ? LT_OK : lt_err_memory(err);
	for (unsigned i = 0; i < table->key.n && !status; i++) {
		status = read_text(project, statement, (int)i, arena, &parts[i], err);
		if (!parts[i])
			parts[i] = "";
	}
	int column = (int)table->key.n;
	for (unsigned g = 0; g < table->n_groups && !status; g++) {
		const unsigned n = table->groups[g].members.n;
		status = read_value(project, statement, column, n, arena, &values[g], err);
		column += (int)n;
	}
	if (status)
		return status;
	*row = (struct fact_row){ cell_key_join(arena, parts, table->key.n), parts, values, table };
	return row->key ? LT_OK : lt_err_memory(err);
}

enum lt_status project_visit(struct project *project, const char *table, struct lt_arena *arena,
			     enum lt_status (*visit)(void *context, const struct fact_row *row),
			     void *context, struct lt_err *err)
{
	const struct vocabulary *vocabulary = project->store->vocabulary;
	const struct fact_table *of = vocabulary_find_table(vocabulary, table);
	if (!of)
		return no_such_cell(table, "", err);
	sqlite3_stmt *statement =
		sql_prepare(project, project->store->tables[of - vocabulary->tables].all, err);
	struct lt_arena scratch;
	enum lt_status status = statement ? LT_OK : err->status;
	lt_arena_init(&scratch, 0);
	while (!status) {
		bool more;
		struct fact_row row;
		status = sql_step(project, statement, &more, err);
		if (status || !more)
			break;
		if (!arena)
			lt_arena_reset(&scratch);
		status = read_row(project, statement, of, arena ? arena : &scratch, &row, err);
		if (!status)
			status = visit(context, &row);
	}
	sql_done(statement);
	lt_arena_release(&scratch);
	return status;
}

enum lt_status project_visit_all(struct project *project,
				 enum lt_status (*visit)(void *context, const struct fact_row *row),
				 void *context, struct lt_err *err)
{
	const struct vocabulary *vocabulary = project->store->vocabulary;
	bool *empty = malloc(vocabulary->n_tables + 1);
	if (!empty)
		return lt_err_memory(err);
	memset(empty, true, vocabulary->n_tables);
	enum lt_status status = project_find_empty(project, empty, err);
	for (unsigned t = 0; t < vocabulary->n_tables && !status; t++)
		if (!empty[t])
			status = project_visit(project, vocabulary->tables[t].table, NULL, visit,
					       context, err);
	free(empty);
	return status;
}

enum lt_status project_has_answers(struct project *project, const char *assessment,
				   const char *rung, bool *out, struct lt_err *err)
{
	sqlite3_stmt *statement = sql_named(project, "answer.has", err);
	*out = false;
	if (!statement)
		return err->status;
	sqlite3_bind_text(statement, 1, assessment, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, rung, -1, SQLITE_STATIC);
	const enum lt_status status = sql_step(project, statement, out, err);
	sql_done(statement);
	return status;
}

/* ---- writing, for the journal ---- */

enum lt_status facts_put(struct project *project, const struct change *change, struct lt_err *err)
{
	unsigned t, g;
	if (!find_cell(project->store, change->table, change->group, &t, &g))
		return no_such_cell(change->table, change->group, err);
	const struct fact_table *of = &project->store->vocabulary->tables[t];
	const unsigned n = of->groups[g].members.n;
	if (change->new.at && change->new.n != n)
		return lt_err_set(err, LT_EBUG, "%s.%s 应有 %u 个成员，得到 %u 个",
				  "%s.%s has %u members, not %u", change->table, change->group, n,
				  change->new.n);
	sqlite3_stmt *statement = sql_prepare(project, project->store->tables[t].put[g], err);
	if (!statement)
		return err->status;
	enum lt_status status = bind_key(project, statement, of, change->key, err);
	/* what is not bound is NULL: the cell is taken back to nothing */
	for (unsigned i = 0; i < n && change->new.at; i++)
		sqlite3_bind_text(statement, (int)(of->key.n + i) + 1, change->new.at[i], -1,
				  SQLITE_STATIC);
	if (!status)
		return sql_run(project, statement, err);
	sql_done(statement);
	return status;
}
