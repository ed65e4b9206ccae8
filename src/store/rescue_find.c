/* Entries prove themselves by their hashes, so it does not matter where in the file they stand. */
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"
#include "rescue.h"

#define HASH (LT_SHA256_HEX - 1)
#define MOST_DOUBTFUL 1000 /* entries of which it is asked whether others rest on them */

/* Room for one more in a list; false when memory runs out. */
#define ROOM(found, list)                                                                          \
	(((found)->list = lt_arena_room((found)->arena, (found)->list, (found)->n_##list,          \
					&(found)->cap_##list, sizeof(*(found)->list))) != NULL)

/* ---- entries ---- */

static bool is_hash(const unsigned char *at)
{
	return lt_text_is_hex((const char *)at, HASH);
}

static enum lt_status add_entry(struct findings_of_wreck *found, const unsigned char *beside,
				const char *body, size_t len, bool certain)
{
	char hash[LT_SHA256_HEX];
	struct found_entry entry = { .len = len, .certain = certain };
	struct lt_err ignored = LT_ERR_INIT;
	entry_hash(body, len, hash);
	entry.proven = memcmp(hash, beside, HASH) == 0;
	enum lt_status status = entry_decode(body, len, found->arena, &entry.entry, &ignored);
	if (status == LT_ESPACE)
		return lt_err_memory(found->err);
	found->n_unread += status && certain;
	if (status)
		return LT_OK;
	entry.hash = lt_arena_strndup(found->arena, hash, HASH);
	entry.body = lt_arena_strndup(found->arena, body, len);
	if (!entry.hash || !entry.body || !ROOM(found, entries))
		return lt_err_memory(found->err);
	found->entries[found->n_entries++] = entry;
	return LT_OK;
}

/* A body without its row: it ends where its hash, which stands before it, says. */
static enum lt_status try_body(struct findings_of_wreck *found, const unsigned char *hash,
			       const unsigned char *body, size_t most)
{
	struct lt_sha256 sha;
	static const char prefix[] = ENTRY_HASH_DOMAIN;
	size_t done = 0;
	if (!is_hash(hash))
		return LT_OK;
	for (unsigned i = found->page_first; i < found->n_entries; i++)
		if (memcmp(found->entries[i].hash, hash, HASH) == 0)
			return LT_OK;
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, prefix, sizeof(prefix) - 1);
	for (size_t end = 2; end <= most; end++) {
		struct lt_sha256 copy;
		char hex[LT_SHA256_HEX];
		if (body[end - 1] != '}' || body[end - 2] != ']')
			continue;
		lt_sha256_add(&sha, body + done, end - done);
		done = end;
		copy = sha;
		lt_sha256_finish(&copy, hex);
		if (memcmp(hex, hash, HASH) == 0)
			return add_entry(found, hash, (const char *)body, end, false);
	}
	return LT_OK;
}

static enum lt_status scan_page(struct findings_of_wreck *found, const unsigned char *page)
{
	static const char marker[] = "{\"v\":1,\"project\":\"";
	const unsigned char *at = page, *end = page + found->wreck.page_size;
	enum lt_status status = LT_OK;
	while (!status && at && at < end) {
		const unsigned char *body =
			memmem(at, (size_t)(end - at), marker, sizeof(marker) - 1);
		if (!body)
			break;
		const unsigned char *from = body + sizeof(marker) - 1;
		const unsigned char *next =
			memmem(from, (size_t)(end - from), marker, sizeof(marker) - 1);
		if (body - page >= HASH)
			status = try_body(found, body - HASH, body,
					  (size_t)((next ? next : end) - body));
		at = next;
	}
	return status;
}

/* ---- rows, by their shape ---- */

static enum lt_status take_entry(struct findings_of_wreck *found, const struct wreck_row *row)
{
	const struct wreck_column *hash = &row->columns[1], *body = &row->columns[2];
	unsigned char *payload = malloc(row->len + 1);
	enum lt_status status = LT_OK;
	if (!payload)
		return lt_err_memory(found->err);
	if (wreck_payload(&found->wreck, row, payload))
		status = add_entry(found, payload + hash->offset,
				   (const char *)payload + body->offset, body->len, true);
	else
		found->n_unread++;
	free(payload);
	return status;
}

static enum lt_status take_blob(struct findings_of_wreck *found, const struct wreck_row *row)
{
	unsigned char payload[200];
	if (row->len > sizeof(payload) || !wreck_payload(&found->wreck, row, payload))
		return LT_OK;
	if (!is_hash(payload + row->columns[1].offset))
		return LT_OK;
	if (!ROOM(found, blobs))
		return lt_err_memory(found->err);
	struct found_blob *blob = &found->blobs[found->n_blobs++];
	*blob = (struct found_blob){ .id = row->rowid };
	memcpy(blob->sha256, payload + row->columns[1].offset, HASH);
	return LT_OK;
}

static enum lt_status take_chunk(struct findings_of_wreck *found, const struct wreck_row *row)
{
	if (!ROOM(found, chunks))
		return lt_err_memory(found->err);
	found->chunks[found->n_chunks++] = (struct found_chunk){ .blob = row->columns[0].number,
								 .n = row->columns[1].number,
								 .row = *row };
	return LT_OK;
}

static enum lt_status take_row(void *context, const unsigned char *page,
			       const struct wreck_row *row)
{
	struct findings_of_wreck *found = context;
	const struct wreck_column *c = row ? row->columns : NULL;
	if (!row) {
		enum lt_status status = scan_page(found, page);
		found->page_first = found->n_entries;
		return status;
	}
	if (row->n_columns == 4 && c[0].type == WRECK_NULL && c[1].type == WRECK_TEXT &&
	    c[1].len == HASH && c[2].type == WRECK_TEXT)
		return take_entry(found, row);
	if (row->n_columns == 3 && c[0].type == WRECK_NULL && c[1].type == WRECK_TEXT &&
	    c[1].len == HASH && c[2].type == WRECK_INTEGER)
		return take_blob(found, row);
	if (row->n_columns == 3 && c[0].type == WRECK_INTEGER && c[1].type == WRECK_INTEGER &&
	    c[2].type == WRECK_BLOB)
		return take_chunk(found, row);
	return LT_OK;
}

/* ---- order ---- */

static int by_depth(const void *a, const void *b)
{
	const struct found_entry *x = a, *y = b;
	if (x->entry.depth != y->entry.depth)
		return x->entry.depth < y->entry.depth ? -1 : 1;
	const int order = strcmp(x->hash, y->hash);
	return order ? order : y->certain - x->certain;
}

static int by_place(const void *a, const void *b)
{
	const struct found_chunk *x = a, *y = b;
	if (x->blob != y->blob)
		return x->blob < y->blob ? -1 : 1;
	return (x->n > y->n) - (x->n < y->n);
}

/* Whose entries most of them are; those in rows count before those that merely lie about. */
static void find_project(struct findings_of_wreck *found)
{
	for (int certain = 1; certain >= 0 && !found->project[0]; certain--) {
		unsigned votes = 0;
		for (unsigned i = 0; i < found->n_entries; i++) {
			const struct found_entry *at = &found->entries[i];
			if (at->certain != (bool)certain || !at->proven)
				continue;
			if (!votes)
				memcpy(found->project, at->entry.project, sizeof(found->project));
			votes = strcmp(found->project, at->entry.project) == 0 ? votes + 1
									       : votes - 1;
		}
	}
}

static bool is_parent(const struct findings_of_wreck *found, const char *hash)
{
	for (unsigned i = 0; i < found->n_entries; i++)
		for (unsigned p = 0; p < found->entries[i].entry.n_parents; p++)
			if (strcmp(found->entries[i].entry.parents[p], hash) == 0)
				return true;
	return false;
}

/* Only the project's own; each once; none whose hash speaks against it, unless others name it as
 * their parent by the hash that it has. What merely lies about may be of an attached copy: it is
 * taken where the database has lost its newest entry. */
static void drop_foreign(struct findings_of_wreck *found, const char *head)
{
	unsigned n = 0, n_doubtful = 0;
	for (unsigned i = 0; i < found->n_entries; i++)
		found->head_known |=
			found->entries[i].proven && strcmp(found->entries[i].hash, head) == 0;
	for (unsigned i = 0; i < found->n_entries; i++) {
		const struct found_entry *at = &found->entries[i];
		bool taken = strcmp(at->entry.project, found->project) == 0;
		if (taken && n && strcmp(found->entries[n - 1].hash, at->hash) == 0)
			taken = false;
		if (taken && (!at->proven || (!at->certain && found->head_known)))
			taken = n_doubtful++ < MOST_DOUBTFUL && is_parent(found, at->hash);
		if (taken)
			found->entries[n++] = *at;
	}
	found->n_entries = n;
}

static enum lt_status keep_chain(struct findings_of_wreck *found)
{
	enum lt_status status = LT_OK;
	found->kept.arena = found->arena;
	for (unsigned i = 0; i < found->n_entries && !status; i++) {
		struct found_entry *at = &found->entries[i];
		const unsigned deepest =
			found->kept.n ? found->kept.at[found->kept.n - 1].entry.depth : 0;
		/* its parent is not there; looking for it among thousands is not needed */
		if (at->entry.depth > deepest + 1)
			continue;
		status = kept_add(&found->kept, at->hash, at->body, at->len, NULL, &at->kept,
				  found->err);
	}
	return status;
}

static void count_missing(struct findings_of_wreck *found)
{
	unsigned depth = 0;
	for (unsigned i = 0; i < found->n_entries; i++) {
		const unsigned next = found->entries[i].entry.depth;
		found->n_missing += next > depth + 1 ? next - depth - 1 : 0;
		depth = next;
	}
}

enum lt_status rescue_find(struct findings_of_wreck *found, const char *path, const char *head,
			   struct lt_err *err)
{
	found->err = err;
	enum lt_status status = wreck_open(&found->wreck, path, err);
	if (!status)
		status = wreck_visit(&found->wreck, take_row, found);
	if (status)
		return status;
	if (found->n_entries)
		qsort(found->entries, found->n_entries, sizeof(*found->entries), by_depth);
	if (found->n_chunks)
		qsort(found->chunks, found->n_chunks, sizeof(*found->chunks), by_place);
	find_project(found);
	drop_foreign(found, head);
	count_missing(found);
	return keep_chain(found);
}
