#include "lingtan/store/join.h"

#include <stdio.h>
#include <string.h>
#include "database.h"
#include "lingtan/store/blob.h"

/* ---- reading ---- */

static enum lt_status keep(struct history *history, struct carried *fresh, sqlite3_stmt *row,
			   const char *path, struct lt_err *err)
{
	struct lt_arena *arena = history->arena;
	struct lt_err inner = LT_ERR_INIT;
	struct entry entry;
	char real[LT_SHA256_HEX];
	bool added = false;
	const char *body = sql_text(row, 1);
	const size_t len = (size_t)sqlite3_column_bytes(row, 1);
	entry_hash(body, len, real);
	if (strcmp(real, sql_text(row, 0)) != 0)
		return lt_err_set(err, LT_EFILE, "%s：记录 %.12s 被改动过；见 lingtan verify",
				  "%s: entry %.12s was tampered with; see lingtan verify", path,
				  sql_text(row, 0));
	if (history_find(history, real))
		return LT_OK;
	enum lt_status status = entry_decode(body, len, arena, &entry, &inner);
	const char *hash = status ? NULL : lt_arena_strndup(arena, real, sizeof(real));
	if (status == LT_ESPACE || (!status && !hash))
		return lt_err_memory(err);
	if (!status)
		status = history_add(history, hash, &entry, &added, &inner);
	if (status)
		return lt_err_set(err, status == LT_ESPACE ? LT_ESPACE : LT_EFILE,
				  "%s：%s%.0s；见 lingtan verify",
				  "%s: %.0s%s; see lingtan verify", path, inner.text[LT_ZH],
				  inner.text[LT_EN]);
	if (!added || !fresh)
		return LT_OK;
	fresh->at = lt_arena_room(arena, fresh->at, fresh->n, &fresh->cap, sizeof(*fresh->at));
	const char *text = lt_arena_strndup(arena, body, len);
	const bool is_signed = sqlite3_column_type(row, 3) != SQLITE_NULL;
	const char *mark = is_signed ? sql_text(row, 3) : NULL;
	const char *signature = is_signed ? lt_arena_strndup(arena, mark, strlen(mark)) : NULL;
	if (!fresh->at || !text || (is_signed && !signature))
		return lt_err_memory(err);
	fresh->at[fresh->n++] = (struct carried_entry){ hash, text, len, signature };
	return LT_OK;
}

enum lt_status journal_read(struct project *project, struct history *history, struct carried *fresh,
			    struct lt_err *err)
{
	sqlite3_stmt *statement = sql_named(project, "entry.all", err);
	enum lt_status status = statement ? LT_OK : err->status;
	while (!status) {
		bool more;
		status = sql_step(project, statement, &more, err);
		if (status || !more)
			break;
		status = keep(history, fresh, statement, project->path, err);
	}
	sql_done(statement);
	return status;
}

/* ---- writing ---- */

static enum lt_status put_entries(struct project *project, const struct carried *fresh,
				  struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < fresh->n && !status; i++)
		status = entry_put(project, fresh->at[i].hash, fresh->at[i].body, fresh->at[i].len,
				   fresh->at[i].signature, err);
	return status;
}

static enum lt_status put_bytes(struct project *project, const struct join *join,
				struct lt_err *err)
{
	sqlite3_stmt *statement = join->bytes ? sql_named(join->bytes, "blob.all", err) : NULL;
	enum lt_status status = !join->bytes || statement ? LT_OK : err->status;
	while (statement && !status) {
		char sha256[LT_SHA256_HEX];
		uint64_t size;
		bool more, found;
		status = sql_step(join->bytes, statement, &more, err);
		if (status || !more)
			break;
		snprintf(sha256, sizeof(sha256), "%s", sql_text(statement, 1));
		status = blob_find(project, sha256, &found, &size, err);
		if (status || found ||
		    (join->takes_bytes && !join->takes_bytes(join->context, sha256)))
			continue;
		status = blob_copy(join->bytes, sha256, project, err);
	}
	if (statement)
		sql_done(statement);
	return status;
}

static enum lt_status depth_of(struct project *project, const char *hash, struct lt_arena *scratch,
			       unsigned *depth, struct lt_err *err)
{
	struct entry entry;
	bool found;
	enum lt_status status = journal_get(project, hash, scratch, &entry, &found, err);
	if (!status && !found)
		status = lt_err_set(err, LT_EFILE, "%s：缺少记录 %.12s",
				    "%s: the entry %.12s is missing", project->path, hash);
	*depth = status ? 0 : entry.depth;
	return status;
}

/* The entry with its parents, or the last fresh one; *hash is then the head. */
static enum lt_status put_head(struct project *project, const struct join *join,
			       struct lt_arena *scratch, char *hash, unsigned *depth,
			       struct lt_err *err)
{
	struct entry *entry = join->entry;
	unsigned second = 0;
	if (!entry) {
		snprintf(hash, LT_SHA256_HEX, "%s", join->fresh->at[join->fresh->n - 1].hash);
		return depth_of(project, hash, scratch, depth, err);
	}
	entry->project = project->id;
	entry->parents[0] = join->head;
	entry->n_parents = entry->parents[1] ? 2 : 1;
	enum lt_status status = depth_of(project, join->head, scratch, depth, err);
	if (!status && entry->parents[1])
		status = depth_of(project, entry->parents[1], scratch, &second, err);
	entry->depth = *depth = 1 + (second > *depth ? second : *depth);
	return status ? status : entry_write(project, entry, scratch, hash, err);
}

static enum lt_status write_join(struct project *project, const struct join *join,
				 struct lt_arena *scratch, char *hash, unsigned *depth,
				 struct lt_err *err)
{
	enum lt_status status = head_read(project, err);
	if (!status && strcmp(project->head, join->head) != 0)
		status = lt_err_set(
			err, LT_ESPACE, "%s：刚被另一处改动过，本次没有写入；请重新合并",
			"%s: it was just changed elsewhere; nothing was written, merge again",
			project->path);
	if (!status)
		status = put_entries(project, join->fresh, err);
	if (!status)
		status = put_bytes(project, join, err);
	if (!status && join->put_bytes)
		status = join->put_bytes(join->put_context, project, err);
	if (!status)
		status = journal_put(project, join->changes, join->n_changes, scratch, err);
	return status ? status : put_head(project, join, scratch, hash, depth, err);
}

enum lt_status journal_join(struct project *project, const struct join *join,
			    char hash[LT_SHA256_HEX], struct lt_err *err)
{
	struct lt_arena scratch;
	char own[LT_SHA256_HEX];
	unsigned depth = 0;
	enum lt_status status = project_begin(project, true, err);
	if (status)
		return status;
	lt_arena_init(&scratch, 0);
	status = write_join(project, join, &scratch, own, &depth, err);
	if (!status) {
		memcpy(project->head, own, sizeof(own));
		project->depth = depth;
	}
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(project, !status, status ? &second : err);
	lt_arena_release(&scratch);
	if (!status && !ended && hash)
		memcpy(hash, own, sizeof(own));
	return status ? status : ended;
}
