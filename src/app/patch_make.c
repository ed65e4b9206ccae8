/* A patch of what one person did. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lingtan/app/patching.h"
#include "lingtan/base/file.h"
#include "lingtan/base/text.h"
#include "lingtan/store/blob.h"
#include "merge_lock.h"
#include "session_parts.h"

#define MAX_BLOB ((size_t)64 << 20)

struct making {
	struct session *session;
	struct history all;
	struct carried carried;
	struct patch *patch;
	struct lt_err *err;
};

static const struct carried_entry *find_carried(const struct making *making, unsigned number)
{
	/* both were filled together */
	return &making->carried.at[number];
}

/* ---- from where on ---- */

static enum lt_status find_by_hash(struct making *making, const char *since, unsigned *out)
{
	const size_t len = strlen(since);
	unsigned n = 0;
	for (unsigned i = 0; i < making->all.n && len >= 6; i++)
		if (strncmp(making->all.at[i].hash, since, len) == 0) {
			*out = i;
			n++;
		}
	if (n == 1)
		return LT_OK;
	return lt_err_set(making->err, LT_EDATA,
			  n ? "有几条记录以 %.*s 开头，请多写几位"
			    : "没有记录 %.*s；见 lingtan log",
			  n ? "several entries begin with %.*s, give more digits"
			    : "there is no entry %.*s; see lingtan log",
			  LT_CUT(since, 64));
}

static bool submits(const struct entry *entry, const char *rung, const char *number,
		    struct lt_arena *arena)
{
	for (unsigned i = 0; i < entry->n_changes; i++) {
		const struct change *change = &entry->changes[i];
		const char *parts[CELL_MAX_KEY];
		if (strcmp(change->table, "round") != 0 || !change->new.at ||
		    strcmp(change->new.at[0], "submitted") != 0 ||
		    !cell_key_split(arena, change->key, parts, 3))
			continue;
		if (strcmp(parts[2], number) == 0 && (!rung || strcmp(parts[1], rung) == 0))
			return true;
	}
	return false;
}

static enum lt_status find_round(struct making *making, const char *number, const char *rung,
				 unsigned *out)
{
	for (unsigned i = making->all.n; i-- > 0;)
		if (submits(&making->all.at[i].entry, rung, number, &making->session->arena)) {
			*out = i;
			return LT_OK;
		}
	return lt_err_set(making->err, LT_EDATA, "没有提交过第 %.20s 轮；见 lingtan rounds",
			  "no round %.20s was submitted; see lingtan rounds", number);
}

/* ---- the line ---- */

static bool is_own(const struct making *making, const struct past_entry *entry)
{
	return strcmp(entry->entry.by, making->session->name) == 0 && entry->entry.n_parents == 1 &&
	       patch_takes_kind(entry->entry.kind);
}

static enum lt_status refuse_other(const struct making *making, const struct past_entry *entry)
{
	if (strcmp(entry->entry.by, making->session->name) != 0)
		return lt_err_set(
			making->err, LT_EDATA,
			"其中记录 %.12s 是 %.60s 做的；补丁只装自己做的，请从它之后开始",
			"entry %.12s among them is by %.60s; a patch holds one's own work, begin after it",
			entry->hash, entry->entry.by);
	return lt_err_set(
		making->err, LT_EDATA, "其中记录 %.12s（%s）不能随补丁走；请把整个文件交给对方合并",
		"entry %.12s (%s) among them cannot travel in a patch; give the file to be merged",
		entry->hash, entry->entry.kind);
}

/* Numbers of the entries from the base (not with it) to the head, newest first. */
static enum lt_status walk_line(struct making *making, const unsigned *base, unsigned *line,
				unsigned *n, unsigned *base_found)
{
	const struct past_entry *head =
		history_find(&making->all, project_head(making->session->project));
	unsigned at = head ? (unsigned)(head - making->all.at) : 0;
	*n = 0;
	while (base ? at != *base : is_own(making, &making->all.at[at])) {
		const struct past_entry *entry = &making->all.at[at];
		if (!entry->parents[0])
			return lt_err_set(making->err, LT_EDATA, "记录 %.12s 不在最新记录的来历里",
					  "the head does not rest on entry %.12s",
					  making->all.at[base ? *base : 0].hash);
		if (!is_own(making, entry))
			return refuse_other(making, entry);
		line[(*n)++] = at;
		at = entry->parents[0] - 1;
	}
	*base_found = at;
	return LT_OK;
}

/* ---- bytes ---- */

bool patch_has_blob(const struct patch *patch, const char *sha256)
{
	for (unsigned i = 0; i < patch->n_blobs; i++)
		if (strcmp(patch->blobs[i].sha256, sha256) == 0)
			return true;
	return false;
}

static enum lt_status add_blob(struct making *making, const char *sha256)
{
	struct lt_arena *arena = &making->session->arena;
	struct patch *patch = making->patch;
	struct patch_blob *blob;
	bool found;
	uint64_t size;
	enum lt_status status =
		blob_find(making->session->project, sha256, &found, &size, making->err);
	/* purged: its hash is all there is */
	if (status || !found || patch_has_blob(patch, sha256))
		return status;
	patch->blobs = lt_arena_resize(arena, patch->blobs, (patch->n_blobs + 1) * sizeof(*blob));
	if (!patch->blobs)
		return lt_err_memory(making->err);
	blob = &patch->blobs[patch->n_blobs++];
	blob->sha256 = sha256;
	return blob_get_text(making->session->project, sha256, MAX_BLOB, arena, &blob->bytes,
			     &blob->size, making->err);
}

static enum lt_status add_blobs_of(struct making *making, const struct change *change,
				   bool evidence)
{
	const struct fact_table *table =
		vocabulary_find_table(making->session->workspace->vocabulary, change->table);
	const struct cell_group *group = table ? fact_table_find_group(table, change->group) : NULL;
	enum lt_status status = LT_OK;
	for (unsigned b = 0; group && change->new.at && b < group->blobs.n && !status; b++) {
		const int member = cell_group_find_member(group, group->blobs.at[b]);
		const char *sha256 = change->new.at[member];
		if (!sha256[0])
			continue;
		if (strcmp(change->table, "evidence") == 0 && !evidence)
			return lt_err_set(
				making->err, LT_EDATA,
				"其中有新的佐证（%.12s）；补丁要带上它的内容，请加 --evidence",
				"there is new evidence in it (%.12s); its bytes must come along, add --evidence",
				sha256);
		status = add_blob(making, sha256);
	}
	return status;
}

/* ---- all of it ---- */

static enum lt_status fill(struct making *making, const unsigned *line, unsigned n, unsigned base,
			   bool evidence)
{
	struct session *session = making->session;
	struct patch *patch = making->patch;
	struct entry sign = { 0 };
	enum lt_status status = session_sign(session, &sign, "patch", making->err);
	patch->project = project_id(session->project);
	patch->base = making->all.at[base].hash;
	patch->head = making->all.at[line[0]].hash;
	patch->by = session->name;
	patch->role = session->role;
	patch->at = sign.at;
	patch->carried.at = lt_arena_alloc(&session->arena, n, sizeof(*patch->carried.at));
	if (!status && !patch->carried.at)
		return lt_err_memory(making->err);
	while (n-- && !status) {
		const struct entry *entry = &making->all.at[line[n]].entry;
		patch->carried.at[patch->carried.n++] = *find_carried(making, line[n]);
		for (unsigned c = 0; c < entry->n_changes && !status; c++)
			status = add_blobs_of(making, &entry->changes[c], evidence);
	}
	return status;
}

static enum lt_status gather(struct making *making, const struct patch_wish *wish)
{
	struct session *session = making->session;
	unsigned base = 0, n = 0;
	const unsigned *from = wish->since ? &base : NULL;
	history_init(&making->all, &session->arena);
	enum lt_status status =
		journal_read(session->project, &making->all, &making->carried, making->err);
	if (!status && wish->since)
		status = strncmp(wish->since, "round:", 6) == 0
				 ? find_round(making, wish->since + 6, wish->rung, &base)
				 : find_by_hash(making, wish->since, &base);
	unsigned *line =
		status ? NULL : lt_arena_alloc(&session->arena, making->all.n + 1, sizeof(*line));
	if (!status && !line)
		status = lt_err_memory(making->err);
	if (!status)
		status = walk_line(making, from, line, &n, &base);
	if (!status && !n)
		status = lt_err_set(making->err, LT_EDATA, "%s 从那以后什么也没有做，没有可装的",
				    "%s has done nothing since then", session->name);
	return status ? status : fill(making, line, n, base, wish->evidence);
}

enum lt_status patch_make(struct session *session, const struct patch_wish *wish, const char *path,
			  struct patch *patch, size_t *size, struct lt_err *err)
{
	struct making making = { .session = session, .patch = patch, .err = err };
	const char *text;
	char *whole;
	*patch = (struct patch){ 0 };
	enum lt_status status = gather(&making, wish);
	if (!status)
		status = patch_write(patch, &session->arena, &text, size, err);
	if (status)
		return status;
	const char *last = patch_last_line(session, patch, &session->arena);
	whole = last ? lt_arena_alloc(&session->arena, *size + strlen(last) + 1, 1) : NULL;
	if (!whole)
		return lt_err_memory(err);
	const bool is_signed = strncmp(last, "signed ", 7) == 0;
	if (is_signed)
		patch->signature = lt_arena_strndup(&session->arena, last + 7, strlen(last) - 8);
	if (is_signed && !patch->signature)
		return lt_err_memory(err);
	memcpy(whole, text, *size);
	memcpy(whole + *size, last, strlen(last));
	*size += strlen(last);
	return lt_file_write_new(path, whole, *size, err);
}

/* Of a file that says it holds more than a patch does, no more is read. */
static enum lt_status look_at_head(const char *path, struct lt_arena *arena, struct lt_err *err)
{
	char head[PATCH_HEAD_BYTES];
	size_t size;
	int fd;
	enum lt_status status = lt_file_open(path, &fd, &size, err);
	if (status)
		return status;
	const ssize_t n = size > sizeof(head) ? pread(fd, head, sizeof(head), 0) : 0;
	close(fd);
	return n == (ssize_t)sizeof(head) ? patch_check_head(head, sizeof(head), arena, err)
					  : LT_OK;
}

enum lt_status patch_open(const char *path, struct lt_arena *arena, struct patch *out,
			  struct lt_err *err)
{
	const char *text;
	size_t len;
	enum lt_status status =
		strcmp(path, "-") == 0 ? LT_OK : look_at_head(path, arena, err);
	if (!status)
		status = lt_file_read(path, PATCH_MAX_BYTES, arena, &text, &len, err);
	if (!status)
		status = patch_read(text, len, arena, out, err);
	if (status == LT_EFILE && err->text[LT_EN][0] &&
	    strncmp(err->text[LT_EN], path, strlen(path)) != 0)
		lt_err_prefix(err, path);
	return status;
}
