#include "lingtan/store/keep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/store/blob.h"
#include "medium.h"
#include "rebuild.h"

#define PAGES_A_STEP 2048 /* of a copy: others get their turn between steps */

/* ---- whole ---- */

static enum lt_status back_up(struct project *project, sqlite3 *to, const char *path,
			      struct lt_err *err)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", project->db, "main");
	int code = backup ? SQLITE_OK : sqlite3_errcode(to);
	while (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED) {
		code = sqlite3_backup_step(backup, PAGES_A_STEP);
		if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
			sqlite3_sleep(20);
	}
	const int finished = backup ? sqlite3_backup_finish(backup) : code;
	if (code == SQLITE_DONE && finished == SQLITE_OK)
		return LT_OK;
	return sql_failed(to, finished == SQLITE_OK ? code : finished, path, err);
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
		status = medium_give_name(draft, to, err);
	if (status)
		medium_discard(draft);
	return status;
}

/* ---- a new file with our schema and nothing in it ---- */

static enum lt_status open_empty(struct store *store, const char *path, struct project **out,
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
	status = open_empty(project->store, draft, &empty, err);
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

/* ---- what can be saved of a broken file ---- */

struct rescue {
	struct project *from, *to;
	struct kept_entries kept;
	struct rescue_report *report;
};

/* One after the other by number, so that a damaged page costs what stands on it and no more. */
static enum lt_status save_entries(struct rescue *rescue, struct lt_err *err)
{
	struct lt_err ignored = LT_ERR_INIT;
	sqlite3_stmt *last = sql_named(rescue->from, "entry.last", &ignored);
	sqlite3_int64 highest = 1000000;
	if (last && sqlite3_step(last) == SQLITE_ROW)
		highest = sqlite3_column_int64(last, 0);
	sql_done(last);
	sqlite3_stmt *statement = sql_named(rescue->from, "entry.at", &ignored);
	unsigned missing = 0;
	for (sqlite3_int64 n = 1; statement && n <= highest && missing < 10000; n++) {
		bool taken = false;
		enum lt_status status = LT_OK;
		sqlite3_bind_int64(statement, 1, n);
		const int code = sqlite3_step(statement);
		if (code == SQLITE_ROW) {
			const char *sign = (const char *)sqlite3_column_text(statement, 2);
			const char *body = sql_text(statement, 1);
			status = kept_add(&rescue->kept, sql_text(statement, 0), body,
					  (size_t)sqlite3_column_bytes(statement, 1), sign, &taken,
					  err);
		}
		sql_done(statement);
		missing = code == SQLITE_ROW ? 0 : missing + 1;
		if (code != SQLITE_DONE && !taken)
			rescue->report->n_entries_lost++;
		if (status)
			return status;
	}
	rescue->report->n_entries = rescue->kept.n;
	if (!rescue->kept.n)
		return lt_err_set(err, LT_EFILE, "%s：没有一条记录还能读出",
				  "%s: not one entry can be read", rescue->from->path);
	return LT_OK;
}

static const struct kept_entry *choose_head(const struct rescue *rescue)
{
	const struct kept_entry *best = &rescue->kept.at[0];
	const struct kept_entry *own =
		rescue->from->head[0] ? kept_find(&rescue->kept, NULL, rescue->from->head) : NULL;
	for (unsigned i = 1; i < rescue->kept.n; i++)
		if (rescue->kept.at[i].entry.depth >= best->entry.depth)
			best = &rescue->kept.at[i];
	rescue->report->head_kept = own != NULL;
	return own ? own : best;
}

/* The head and what it rests on, in the order of arrival. */
static enum lt_status write_entries(struct rescue *rescue, const struct kept_entry *head,
				    struct lt_err *err)
{
	const unsigned n = rescue->kept.n;
	bool *wanted = lt_arena_alloc(rescue->kept.arena, n, sizeof(*wanted));
	enum lt_status status = wanted ? LT_OK : lt_err_memory(err);
	if (!status)
		wanted[head - rescue->kept.at] = true;
	for (unsigned i = n; !status && i-- > 0;)
		for (unsigned p = 0; wanted[i] && p < rescue->kept.at[i].entry.n_parents; p++)
			wanted[kept_find(&rescue->kept, &rescue->kept.at[i],
					 rescue->kept.at[i].entry.parents[p]) -
			       rescue->kept.at] = true;
	for (unsigned i = 0; i < n && !status; i++) {
		const struct kept_entry *kept = &rescue->kept.at[i];
		if (wanted[i])
			status = entry_put(rescue->to, kept->hash, kept->body, kept->len,
					   kept->signature, err);
	}
	return status;
}

struct pipe {
	sqlite3_stmt *chunks;
	const char *at;
	size_t left;
	bool damaged;
};

static long read_chunks(void *context, void *buf, size_t cap, struct lt_err *err)
{
	struct pipe *pipe = context;
	(void)err;
	if (!pipe->left) {
		const int code = sqlite3_step(pipe->chunks);
		pipe->damaged |= code != SQLITE_ROW && code != SQLITE_DONE;
		if (code != SQLITE_ROW)
			return 0;
		pipe->at = sqlite3_column_blob(pipe->chunks, 1);
		pipe->left = (size_t)sqlite3_column_bytes(pipe->chunks, 1);
	}
	const size_t n = pipe->left < cap ? pipe->left : cap;
	if (n)
		memcpy(buf, pipe->at, n);
	pipe->at += n;
	pipe->left -= n;
	return (long)n;
}

/* Stored under the hash that the bytes have; what has another than it should is left out. */
static enum lt_status save_blob(struct rescue *rescue, sqlite3_int64 id, const char *sha256,
				struct lt_err *err)
{
	char real[LT_SHA256_HEX];
	uint64_t size;
	struct lt_err ignored = LT_ERR_INIT;
	struct pipe pipe = { .chunks = sql_named(rescue->from, "chunk.all", &ignored) };
	if (!pipe.chunks)
		return LT_OK;
	sqlite3_bind_int64(pipe.chunks, 1, id);
	enum lt_status status = blob_put(rescue->to, read_chunks, &pipe, real, &size, err);
	sql_done(pipe.chunks);
	const bool whole = !status && !pipe.damaged && strcmp(real, sha256) == 0;
	if (!status && !whole)
		status = blob_purge(rescue->to, real, err);
	*(whole ? &rescue->report->n_blobs : &rescue->report->n_blobs_lost) += 1;
	return status;
}

static enum lt_status save_blobs(struct rescue *rescue, struct lt_err *err)
{
	struct lt_err ignored = LT_ERR_INIT;
	sqlite3_stmt *rows = sql_named(rescue->from, "blob.all", &ignored);
	enum lt_status status = LT_OK;
	int code = SQLITE_DONE;
	while (rows && !status && (code = sqlite3_step(rows)) == SQLITE_ROW) {
		char sha256[LT_SHA256_HEX];
		snprintf(sha256, sizeof(sha256), "%s", sql_text(rows, 1));
		status = save_blob(rescue, sqlite3_column_int64(rows, 0), sha256, err);
	}
	if (code != SQLITE_DONE && code != SQLITE_ROW)
		rescue->report->n_blobs_lost++;
	sql_done(rows);
	return status;
}

static enum lt_status write_rescued(struct rescue *rescue, struct lt_err *err)
{
	const struct kept_entry *head = choose_head(rescue);
	enum lt_status status = project_begin(rescue->to, true, err);
	if (status)
		return status;
	status = write_entries(rescue, head, err);
	if (!status)
		status = rebuild_facts(rescue->to, &rescue->kept, head, err);
	if (!status)
		status = save_blobs(rescue, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(rescue->to, !status, status ? &second : err);
	return status ? status : ended;
}

enum lt_status project_rescue(struct store *store, const char *path, const char *to,
			      struct rescue_report *report, struct lt_err *err)
{
	char draft[4096];
	struct rescue rescue = { .report = report };
	struct lt_arena arena;
	*report = (struct rescue_report){ 0 };
	lt_arena_init(&arena, 0);
	rescue.kept.arena = &arena;
	enum lt_status status = project_open(store, path, PROJECT_WRECK, &rescue.from, err);
	if (!status)
		status = save_entries(&rescue, err);
	const bool reserved = !status && !(status = medium_reserve(to, draft, sizeof(draft), err));
	if (!status)
		status = open_empty(store, draft, &rescue.to, err);
	if (!status)
		status = write_rescued(&rescue, err);
	project_close(rescue.to);
	project_close(rescue.from);
	if (!status)
		status = medium_give_name(draft, to, err);
	if (status && reserved)
		medium_discard(draft);
	lt_arena_release(&arena);
	return status;
}
