#include "lingtan/store/blob.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "database.h"
#include "side_hash.h"

#define CHUNKS_BEFORE_FLUSH 3 /* fewer: the hash has nothing to do meanwhile; more: the disk has not */

/* ---- putting ---- */

static enum lt_status put_chunk(struct project *project, sqlite3_int64 blob, int n,
				const void *bytes, size_t len, struct lt_err *err)
{
	sqlite3_stmt *statement = sql_named(project, "chunk.put", err);
	if (!statement)
		return err->status;
	sqlite3_bind_int64(statement, 1, blob);
	sqlite3_bind_int(statement, 2, n);
	sqlite3_bind_blob(statement, 3, bytes, (int)len, SQLITE_STATIC);
	return sql_run(project, statement, err);
}

/* A row under a name that no bytes have, until their hash is known. */
static enum lt_status new_row(struct project *project, sqlite3_int64 *id, struct lt_err *err)
{
	static const char unnamed[] =
		"----------------------------------------------------------------";
	sqlite3_stmt *statement = sql_named(project, "blob.new", err);
	if (!statement)
		return err->status;
	sqlite3_bind_text(statement, 1, unnamed, -1, SQLITE_STATIC);
	enum lt_status status = sql_run(project, statement, err);
	*id = sqlite3_last_insert_rowid(project->db);
	return status;
}

static enum lt_status name_row(struct project *project, sqlite3_int64 id, const char *sha256,
			       uint64_t size, struct lt_err *err)
{
	sqlite3_stmt *statement = sql_named(project, "blob.name", err);
	if (!statement)
		return err->status;
	sqlite3_bind_int64(statement, 1, id);
	sqlite3_bind_text(statement, 2, sha256, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 3, (sqlite3_int64)size);
	return sql_run(project, statement, err);
}

/* Reads until the chunk is full or the source is at its end. */
static long fill(blob_read read, void *context, char *chunk, struct lt_err *err)
{
	size_t len = 0;
	while (len < BLOB_CHUNK) {
		const long got = read(context, chunk + len, BLOB_CHUNK - len, err);
		if (got < 0)
			return -1;
		if (!got)
			break;
		len += (size_t)got;
	}
	return (long)len;
}

/* What is in memory goes into the file while the hash of these chunks is computed, and from then on the
 * oldest page with every new one, so that little is left for the end of the transaction. They are not
 * flushed chunk by chunk: pages that the file had before would go along each time, and wait for their
 * old bytes to be on the disk. Who reads just now keeps all of it out: then it waits for the end.
 */
static enum lt_status flush_pages(struct project *project, struct lt_err *err)
{
	const int code = sqlite3_db_cacheflush(project->db);
	if (code == SQLITE_OK)
		return sql_script(project->store, project->db, project->path, "script.spill", err);
	return (code & 0xff) == SQLITE_BUSY ? LT_OK
					    : sql_failed(project->db, code, project->path, err);
}

/* Chunks are hashed while others are read and put. */
static enum lt_status put_chunks(struct project *project, sqlite3_int64 id, blob_read read,
				 void *context, char *chunks, char *sha256, uint64_t *size,
				 struct lt_err *err)
{
	struct side_hash hash;
	enum lt_status status = LT_OK;
	bool more = true;
	side_hash_init(&hash, chunks, BLOB_CHUNK);
	*size = 0;
	for (int n = 0; !status && more; n++) {
		char *chunk = side_hash_room(&hash);
		const long len = fill(read, context, chunk, err);
		if (len < 0)
			status = err->status;
		more = len == (long)BLOB_CHUNK;
		if (len <= 0)
			break;
		side_hash_add(&hash, (size_t)len, more);
		*size += (uint64_t)len;
		if (n == CHUNKS_BEFORE_FLUSH)
			status = flush_pages(project, err);
		if (!status)
			status = put_chunk(project, id, n, chunk, (size_t)len, err);
	}
	side_hash_finish(&hash, sha256);
	return status;
}

enum lt_status blob_put(struct project *project, blob_read read, void *context,
			char sha256[LT_SHA256_HEX], uint64_t *size, struct lt_err *err)
{
	sqlite3_int64 id = 0;
	bool found = false;
	uint64_t known;
	char *chunks = malloc(SIDE_PIECES * BLOB_CHUNK);
	enum lt_status status = chunks ? sql_script(project->store, project->db, project->path,
						   "script.savepoint", err)
				      : lt_err_memory(err);
	if (status) {
		free(chunks);
		return status;
	}
	status = new_row(project, &id, err);
	if (!status)
		status = put_chunks(project, id, read, context, chunks, sha256, size, err);
	if (!status)
		status = blob_find(project, sha256, &found, &known, err);
	if (!status && !found)
		status = name_row(project, id, sha256, *size, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended =
		sql_script(project->store, project->db, project->path,
			   status || found ? "script.rollback_part" : "script.release",
			   status ? &second : err);
	sql_script(project->store, project->db, project->path, "script.no_spill", &second);
	free(chunks);
	return status ? status : ended;
}

struct bytes {
	const char *at;
	size_t left;
};

static long read_bytes(void *context, void *buf, size_t cap, struct lt_err *err)
{
	struct bytes *bytes = context;
	const size_t n = bytes->left < cap ? bytes->left : cap;
	(void)err;
	memcpy(buf, bytes->at, n);
	bytes->at += n;
	bytes->left -= n;
	return (long)n;
}

enum lt_status blob_put_bytes(struct project *project, const void *bytes, size_t len,
			      char sha256[LT_SHA256_HEX], struct lt_err *err)
{
	struct bytes from = { bytes, len };
	struct lt_sha256 sha;
	uint64_t size;
	bool found;
	/* small: whether it is there is cheaper to ask than to find out by storing it */
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, bytes, len);
	lt_sha256_finish(&sha, sha256);
	enum lt_status status = blob_find(project, sha256, &found, &size, err);
	if (status || found)
		return status;
	return blob_put(project, read_bytes, &from, sha256, &size, err);
}

/* ---- finding and giving back ---- */

static enum lt_status find_row(struct project *project, const char *sha256, bool *found,
			       sqlite3_int64 *id, uint64_t *size, struct lt_err *err)
{
	sqlite3_stmt *statement = sql_named(project, "blob.find", err);
	*found = false;
	if (!statement)
		return err->status;
	sqlite3_bind_text(statement, 1, sha256, -1, SQLITE_TRANSIENT);
	enum lt_status status = sql_step(project, statement, found, err);
	if (!status && *found) {
		*id = sqlite3_column_int64(statement, 0);
		*size = (uint64_t)sqlite3_column_int64(statement, 1);
	}
	sql_done(statement);
	return status;
}

enum lt_status blob_find(struct project *project, const char *sha256, bool *found, uint64_t *size,
			 struct lt_err *err)
{
	sqlite3_int64 id;
	return find_row(project, sha256, found, &id, size, err);
}

static enum lt_status give_chunks(struct project *project, sqlite3_int64 id, blob_write write,
				  void *context, struct lt_sha256 *sha, uint64_t *size,
				  bool *in_order, struct lt_err *err)
{
	sqlite3_stmt *statement = sql_named(project, "chunk.all", err);
	enum lt_status status = statement ? LT_OK : err->status;
	if (status)
		return status;
	sqlite3_bind_int64(statement, 1, id);
	size_t len = BLOB_CHUNK;
	for (sqlite3_int64 n = 0; !status; n++) {
		bool more;
		status = sql_step(project, statement, &more, err);
		if (status || !more)
			break;
		/* all are full but the last */
		*in_order &= sqlite3_column_int64(statement, 0) == n && len == BLOB_CHUNK;
		const void *bytes = sqlite3_column_blob(statement, 1);
		len = (size_t)sqlite3_column_bytes(statement, 1);
		lt_sha256_add(sha, bytes, len);
		*size += len;
		if (len)
			status = write(context, bytes, len, err);
	}
	sql_done(statement);
	return status;
}

enum lt_status blob_get(struct project *project, const char *sha256, blob_write write,
			void *context, struct lt_err *err)
{
	bool found, in_order = true;
	sqlite3_int64 id = 0;
	uint64_t size = 0, given = 0;
	struct lt_sha256 sha;
	char real[LT_SHA256_HEX];
	enum lt_status status = find_row(project, sha256, &found, &id, &size, err);
	if (!status && !found)
		status = lt_err_set(err, LT_EDATA, "%s：文件里没有 %.12s 的内容",
				    "%s: the bytes of %.12s are not in the file", project->path,
				    sha256);
	lt_sha256_init(&sha);
	if (!status)
		status = give_chunks(project, id, write, context, &sha, &given, &in_order, err);
	if (status)
		return status;
	lt_sha256_finish(&sha, real);
	if (strcmp(real, sha256) == 0 && given == size && in_order)
		return LT_OK;
	return lt_err_set(err, LT_EFILE, "%s：%.12s 的内容被改动过，与其校验值不符",
			  "%s: the bytes of %.12s were changed, their hash is another",
			  project->path, sha256);
}

/* ---- from one project into another ---- */

struct row_sink {
	struct project *to;
	sqlite3_int64 id;
	int n;
};

static enum lt_status add_chunk(void *context, const void *bytes, size_t len, struct lt_err *err)
{
	struct row_sink *sink = context;
	return put_chunk(sink->to, sink->id, sink->n++, bytes, len, err);
}

/* On an error the caller's transaction is not kept, and with it the rows that were begun. */
enum lt_status blob_copy(struct project *from, const char *sha256, struct project *to,
			 struct lt_err *err)
{
	struct row_sink sink = { .to = to };
	uint64_t size;
	bool found;
	enum lt_status status = blob_find(from, sha256, &found, &size, err);
	if (!status)
		status = new_row(to, &sink.id, err);
	if (!status)
		status = blob_get(from, sha256, add_chunk, &sink, err);
	return status ? status : name_row(to, sink.id, sha256, size, err);
}

struct text_sink {
	struct lt_arena *arena;
	char *text;
	size_t len, limit;
	const char *path;
};

static enum lt_status add_text(void *context, const void *bytes, size_t len, struct lt_err *err)
{
	struct text_sink *sink = context;
	if (sink->len + len > sink->limit)
		return lt_err_set(err, LT_EFILE, "%s：其中的文件过大",
				  "%s: a file in it is too large", sink->path);
	char *grown = lt_arena_resize(sink->arena, sink->text, sink->len + len + 1);
	if (!grown)
		return lt_err_memory(err);
	sink->text = grown;
	memcpy(sink->text + sink->len, bytes, len);
	sink->len += len;
	sink->text[sink->len] = 0;
	return LT_OK;
}

enum lt_status blob_get_text(struct project *project, const char *sha256, size_t limit,
			     struct lt_arena *arena, const char **text, size_t *len,
			     struct lt_err *err)
{
	struct text_sink sink = { .arena = arena, .limit = limit, .path = project->path };
	sink.text = lt_arena_resize(arena, NULL, 1);
	if (!sink.text)
		return lt_err_memory(err);
	sink.text[0] = 0;
	enum lt_status status = blob_get(project, sha256, add_text, &sink, err);
	*text = sink.text;
	*len = sink.len;
	return status;
}

enum lt_status blob_purge(struct project *project, const char *sha256, struct lt_err *err)
{
	bool found;
	sqlite3_int64 id = 0;
	uint64_t size;
	static const char *const names[] = { "chunk.purge", "blob.purge" };
	enum lt_status status = find_row(project, sha256, &found, &id, &size, err);
	project->has_purged = true;
	for (int i = 0; i < 2 && !status && found; i++) {
		sqlite3_stmt *statement = sql_named(project, names[i], err);
		if (!statement)
			return err->status;
		sqlite3_bind_int64(statement, 1, id);
		status = sql_run(project, statement, err);
	}
	return status;
}
