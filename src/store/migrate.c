/* A file of an older version becomes one of this: the fact tables are dropped and made again from
 * the journal, so that it equals a fresh one by construction. */
#include <stdio.h>
#include <string.h>
#include "lingtan/store/keep.h"
#include "medium.h"
#include "rebuild.h"

static enum lt_status add_entry(struct kept_entries *kept, struct project *project,
				sqlite3_stmt *statement, struct lt_err *err)
{
	bool taken;
	char hash[LT_SHA256_HEX];
	snprintf(hash, sizeof(hash), "%s", sql_text(statement, 0));
	const char *body = sql_text(statement, 1);
	enum lt_status status = kept_add(
		kept, hash, body, (size_t)sqlite3_column_bytes(statement, 1), NULL, &taken, err);
	if (status || taken)
		return status;
	return lt_err_set(
		err, LT_EFILE, "%s：记录 %.12s 已损坏，不能升级；见 lingtan verify",
		"%s: entry %.12s is damaged, it cannot be brought up to date; see lingtan verify",
		project->path, hash);
}

static enum lt_status read_entries(struct project *project, struct kept_entries *kept,
				   struct lt_err *err)
{
	sqlite3_stmt *statement = sql_named(project, "entry.all", err);
	enum lt_status status = statement ? LT_OK : err->status;
	while (!status) {
		bool more;
		status = sql_step(project, statement, &more, err);
		if (status || !more)
			break;
		status = add_entry(kept, project, statement, err);
	}
	sql_done(statement);
	return status;
}

/* Statements that were prepared for the tables of before are of no use. */
static void forget_statements(struct project *project)
{
	for (unsigned i = 0; i < project->store->n_sql; i++) {
		sqlite3_finalize(project->statements[i]);
		project->statements[i] = NULL;
	}
}

static enum lt_status make_schema(struct project *project, struct lt_arena *arena,
				  struct lt_err *err)
{
	struct store *store = project->store;
	struct schema found;
	const struct schema *expected = NULL;
	enum lt_status status = sql_script(store, project->db, project->path, "script.clear", err);
	if (!status)
		status = schema_expected(store, &expected, err);
	if (!status)
		status = schema_read(store, project->db, project->path, arena, &found, err);
	for (unsigned i = 0; !status && i < expected->n; i++) {
		const struct schema_object *wanted = &expected->at[i];
		bool there = !wanted->sql[0];
		for (unsigned f = 0; f < found.n; f++)
			there |= strcmp(found.at[f].name, wanted->name) == 0;
		const int code = there ? SQLITE_OK
				       : sqlite3_exec(project->db, wanted->sql, NULL, NULL, NULL);
		if (code != SQLITE_OK)
			status = sql_failed(project->db, code, project->path, err);
	}
	return status;
}

static enum lt_status make_anew(struct project *project, struct lt_arena *arena, struct lt_err *err)
{
	struct kept_entries kept = { .arena = arena };
	enum lt_status status = head_read(project, err);
	if (!status)
		status = read_entries(project, &kept, err);
	const struct kept_entry *head = status ? NULL : kept_find(&kept, NULL, project->head);
	if (!status && !head)
		status = lt_err_set(err, LT_EFILE, "%s：最新记录不在文件里；见 lingtan verify",
				    "%s: the head is not in the file; see lingtan verify",
				    project->path);
	forget_statements(project);
	if (!status)
		status = make_schema(project, arena, err);
	if (!status)
		status = rebuild_facts(project, &kept, head, err);
	if (!status)
		status = sql_script(project->store, project->db, project->path, "script.version",
				    err);
	return status;
}

/* Through a connection of its own: one that is about to write cannot be copied. */
static enum lt_status copy_to(struct project *project, const char *backup, struct lt_err *err)
{
	struct project *reader;
	enum lt_status status =
		database_open(project->store, sqlite3_db_filename(project->db, "main"),
			      SQLITE_OPEN_READONLY, &reader, err);
	if (status)
		return status;
	status = project_copy(reader, backup, err);
	project_close(reader);
	return status;
}

/* The file as it is, under the first name of PATH.vN, PATH.vN.2 and so on that is free: what has
 * that name may be of another project. */
static enum lt_status back_up(struct project *project, unsigned from, char *backup, size_t cap,
			      struct lt_err *err)
{
	for (unsigned n = 1; n < 1000; n++) {
		char number[16] = "";
		if (n > 1)
			snprintf(number, sizeof(number), ".%u", n);
		if ((size_t)snprintf(backup, cap, "%s.v%u%s", project->path, from, number) >= cap)
			break;
		*err = (struct lt_err)LT_ERR_INIT;
		const enum lt_status status = copy_to(project, backup, err);
		if (status != LT_EDATA)
			return status;
	}
	*err = (struct lt_err)LT_ERR_INIT;
	return lt_err_set(err, LT_ESPACE, "%s：找不到可用的备份文件名",
			  "%s: there is no free name for its backup", project->path);
}

enum lt_status migrate(struct project *project, bool is_copy, struct lt_err *err)
{
	char backup[4200] = "";
	struct lt_arena arena;
	unsigned from;
	enum lt_status status = project_begin(project, true, err);
	if (status)
		return status;
	lt_arena_init(&arena, 0);
	/* another program may have done it while this one waited */
	status = version_read(project, &from, err);
	const bool old = !status && from < SCHEMA_VERSION;
	if (old && !is_copy)
		status = back_up(project, from, backup, sizeof(backup), err);
	if (old && !status) {
		status = make_anew(project, &arena, err);
		if (status && backup[0])
			medium_discard(backup);
	}
	forget_statements(project);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(project, !status, status ? &second : err);
	lt_arena_release(&arena);
	return status ? status : ended;
}
