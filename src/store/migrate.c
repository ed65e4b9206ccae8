/* A file of an older version becomes one of this: the fact tables are dropped and made again from
 * the journal, so that it equals a fresh one by construction. */
#include <stdio.h>
#include <string.h>
#include "lingtan/store/keep.h"
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
	enum lt_status status = sql_script(store, project->db, project->path, "script.clear", err);
	if (!status)
		status = schema_read(store, project->db, project->path, arena, &found, err);
	for (unsigned i = 0; i < store->expected.n && !status; i++) {
		const struct schema_object *wanted = &store->expected.at[i];
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

enum lt_status migrate(struct project *project, unsigned from, bool is_copy, struct lt_err *err)
{
	char backup[4200];
	struct lt_arena arena;
	if ((size_t)snprintf(backup, sizeof(backup), "%s.v%u", project->path, from) >=
	    sizeof(backup))
		return lt_err_set(err, LT_EFILE, "%s：路径过长", "%s: the path is too long",
				  project->path);
	enum lt_status status = is_copy ? LT_OK : project_copy(project, backup, err);
	if (status == LT_EDATA) {
		/* the copy of an earlier attempt is as good */
		*err = (struct lt_err)LT_ERR_INIT;
		status = LT_OK;
	}
	lt_arena_init(&arena, 0);
	if (!status)
		status = project_begin(project, true, err);
	if (!status) {
		struct lt_err second = LT_ERR_INIT;
		status = make_anew(project, &arena, err);
		forget_statements(project);
		const enum lt_status ended = project_end(project, !status, status ? &second : err);
		status = status ? status : ended;
	}
	lt_arena_release(&arena);
	return status;
}
