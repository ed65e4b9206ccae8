#include "lingtan/store/journal.h"

#include <stdio.h>
#include <string.h>
#include "database.h"

/* ---- committing ---- */

/* What another program wrote since we looked decides where the entry goes; the cells decide whether
 * it may. */
static enum lt_status take_place(struct project *project, struct entry *entry, struct lt_err *err)
{
	entry->project = project->id;
	if (project->is_new) {
		entry->depth = 1;
		return LT_OK;
	}
	enum lt_status status = head_read(project, err);
	entry->parents[0] = project->head;
	if (!entry->n_parents)
		entry->n_parents = 1;
	entry->depth = project->depth + 1;
	return status;
}

static enum lt_status check_old(struct project *project, const struct change *change,
				struct lt_arena *scratch, struct lt_err *err)
{
	struct words now;
	enum lt_status status =
		project_get(project, change->table, change->key, change->group, scratch, &now, err);
	if (status || cell_value_equals(&now, &change->old))
		return status;
	return lt_err_set(err, LT_ESPACE, "%s：%s %s 刚被另一处改动过，本次没有写入；请重看后再改",
			  "%s: %s %s was just changed elsewhere; nothing was written, look again",
			  project->path, change->table, change->key);
}

enum lt_status journal_put(struct project *project, const struct change *changes, unsigned n,
			   struct lt_arena *scratch, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < n && !status; i++)
		status = check_old(project, &changes[i], scratch, err);
	/* a merge may decide that all stays as it is */
	for (unsigned i = 0; i < n && !status; i++)
		if (!cell_value_equals(&changes[i].old, &changes[i].new))
			status = facts_put(project, &changes[i], err);
	return status;
}

enum lt_status entry_write(struct project *project, const struct entry *entry,
			   struct lt_arena *scratch, char hash[LT_SHA256_HEX], struct lt_err *err)
{
	const char *body;
	size_t len;
	enum lt_status status = entry_encode(entry, scratch, &body, &len, err);
	if (status)
		return status;
	entry_hash(body, len, hash);
	char signature[ENTRY_SIGNATURE];
	if (project->key)
		entry_sign(project->key, hash, signature);
	return entry_put(project, hash, body, len, project->key ? signature : NULL, err);
}

void journal_sign_with(struct project *project, const struct lt_key *key)
{
	project->key = key;
}

enum lt_status journal_commit(struct project *project, struct entry *entry,
			      char hash[LT_SHA256_HEX], struct lt_err *err)
{
	struct lt_arena scratch;
	char own[LT_SHA256_HEX];
	enum lt_status status = project_begin(project, true, err);
	if (status)
		return status;
	lt_arena_init(&scratch, 0);
	status = take_place(project, entry, err);
	if (!status)
		status = journal_put(project, entry->changes, entry->n_changes, &scratch, err);
	if (!status)
		status = entry_write(project, entry, &scratch, own, err);
	if (!status) {
		project->is_new = false;
		snprintf(project->head, sizeof(project->head), "%s", own);
		project->depth = entry->depth;
	}
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(project, !status, status ? &second : err);
	lt_arena_release(&scratch);
	/* what the entry borrowed from here is gone */
	entry->parents[0] = entry->parents[1] = NULL;
	entry->project = NULL;
	if (!status && !ended && hash)
		memcpy(hash, own, sizeof(own));
	return status ? status : ended;
}

/* ---- reading ---- */

/* The signature of a row, NULL where it has none. Errors: LT_ESPACE. */
static enum lt_status copy_signature(sqlite3_stmt *row, int column, struct lt_arena *arena,
				     struct entry *out, struct lt_err *err)
{
	out->signature = NULL;
	if (sqlite3_column_type(row, column) == SQLITE_NULL)
		return LT_OK;
	out->signature = lt_arena_strndup(arena, sql_text(row, column), ENTRY_SIGNATURE);
	return out->signature ? LT_OK : lt_err_memory(err);
}

static enum lt_status decode(struct project *project, const char *hash, const char *body,
			     size_t len, struct lt_arena *arena, struct entry *out,
			     struct lt_err *err)
{
	struct lt_err inner = LT_ERR_INIT;
	char real[LT_SHA256_HEX];
	enum lt_status status = entry_decode(body, len, arena, out, &inner);
	if (status == LT_ESPACE)
		return lt_err_memory(err);
	entry_hash(body, len, real);
	if (!status && strcmp(real, hash) == 0)
		return LT_OK;
	return lt_err_set(err, LT_EFILE, "%s：记录 %.12s 被改动过；见 lingtan verify",
			  "%s: entry %.12s was tampered with; see lingtan verify", project->path,
			  hash);
}

enum lt_status journal_get(struct project *project, const char *hash, struct lt_arena *arena,
			   struct entry *out, bool *found, struct lt_err *err)
{
	sqlite3_stmt *statement = sql_named(project, "entry.get", err);
	*found = false;
	if (!statement)
		return err->status;
	sqlite3_bind_text(statement, 1, hash, -1, SQLITE_TRANSIENT);
	enum lt_status status = sql_step(project, statement, found, err);
	if (!status && *found) {
		const char *body = sql_text(statement, 0);
		status = decode(project, hash, body, (size_t)sqlite3_column_bytes(statement, 0),
				arena, out, err);
		if (!status)
			status = copy_signature(statement, 1, arena, out, err);
	}
	sql_done(statement);
	return status;
}

enum lt_status journal_count(struct project *project, unsigned *n, struct lt_err *err)
{
	bool row = false;
	sqlite3_stmt *statement = sql_named(project, "entry.last", err);
	enum lt_status status = statement ? sql_step(project, statement, &row, err) : err->status;
	*n = row ? (unsigned)sqlite3_column_int64(statement, 0) : 0;
	sql_done(statement);
	return status;
}

/* Which rows are decoded: those whose body names its maker in one of these ways. */
struct makers {
	const char **texts;
	unsigned n;
};

/* Calls visit for each row of hash and body; makers: NULL = whoever made it. */
static enum lt_status visit_rows(struct project *project, sqlite3_stmt *statement,
				 const struct makers *makers, struct lt_arena *arena,
				 journal_visitor visit, void *context, struct lt_err *err)
{
	struct lt_arena scratch;
	enum lt_status status = LT_OK;
	lt_arena_init(&scratch, 0);
	while (!status) {
		bool more;
		struct entry entry;
		struct lt_arena *to = arena ? arena : &scratch;
		status = sql_step(project, statement, &more, err);
		if (status || !more)
			break;
		const char *body = sql_text(statement, 1);
		const size_t len = (size_t)sqlite3_column_bytes(statement, 1);
		if (makers && !entry_text_is_by(body, len, makers->texts, makers->n))
			continue;
		if (!arena)
			lt_arena_reset(&scratch);
		const char *hash = lt_arena_strndup(to, sql_text(statement, 0), LT_SHA256_HEX - 1);
		if (!hash)
			status = lt_err_memory(err);
		else
			status = decode(project, hash, body, len, to, &entry, err);
		if (!status)
			status = copy_signature(statement, 3, to, &entry, err);
		if (!status)
			status = visit(context, hash, &entry);
	}
	sql_done(statement);
	lt_arena_release(&scratch);
	return status;
}

enum lt_status journal_visit(struct project *project, struct lt_arena *arena, journal_visitor visit,
			     void *context, struct lt_err *err)
{
	sqlite3_stmt *statement = sql_named(project, "entry.all", err);
	return statement ? visit_rows(project, statement, NULL, arena, visit, context, err) : err->status;
}

enum lt_status journal_visit_after(struct project *project, const char *after,
				   struct lt_arena *arena, journal_visitor visit, void *context,
				   struct lt_err *err)
{
	sqlite3_stmt *statement = sql_named(project, "entry.after", err);
	if (!statement)
		return err->status;
	sqlite3_bind_text(statement, 1, after, -1, SQLITE_TRANSIENT);
	return visit_rows(project, statement, NULL, arena, visit, context, err);
}

enum lt_status journal_visit_by(struct project *project, const char *by,
				const struct words *roles, const char *after,
				struct lt_arena *arena, journal_visitor visit, void *context,
				struct lt_err *err)
{
	struct lt_arena scratch;
	struct makers makers = { .n = roles->n };
	enum lt_status status = LT_OK;
	lt_arena_init(&scratch, 0);
	makers.texts = lt_arena_alloc(&scratch, roles->n + 1, sizeof(*makers.texts));
	for (unsigned i = 0; i < roles->n && makers.texts && !status; i++) {
		makers.texts[i] = entry_by_text(&scratch, by, roles->at[i]);
		status = makers.texts[i] ? LT_OK : lt_err_memory(err);
	}
	/* the journal has no index of names */
	sqlite3_stmt *statement =
		makers.texts && !status ? sql_named(project, "entry.rest", err) : NULL;
	if (!makers.texts)
		status = lt_err_memory(err);
	else if (!status && !statement)
		status = err->status;
	if (!status) {
		sqlite3_bind_text(statement, 1, after ? after : "", -1, SQLITE_TRANSIENT);
		status = visit_rows(project, statement, &makers, arena, visit, context, err);
	}
	lt_arena_release(&scratch);
	return status;
}

enum lt_status journal_refresh(struct project *project, bool *changed, struct lt_err *err)
{
	char before[LT_SHA256_HEX];
	memcpy(before, project->head, sizeof(before));
	enum lt_status status = head_read(project, err);
	*changed = !status && strcmp(before, project->head) != 0;
	return status;
}
