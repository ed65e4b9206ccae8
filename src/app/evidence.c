#include "lingtan/app/evidence.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lingtan/base/reason.h"
#include "lingtan/base/text.h"
#include "lingtan/core/locator.h"
#include "lingtan/store/blob.h"
#include "field_parts.h"

/* ---- the name of a photo ---- */

static bool digits(const char *text, int n)
{
	for (int i = 0; i < n; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return true;
}

static int two(const char *text)
{
	return (text[0] - '0') * 10 + text[1] - '0';
}

/* When a photo was taken, as its name says: IMG_20260327_134210.jpg -> 2026-03-27T13:42:10; false
 * where it says nothing. */
static bool time_of_name(const char *name, char at[20])
{
	for (const char *d = name; *d; d++) {
		const char *t = d + 8;
		if (!digits(d, 8) || (d > name && digits(d - 1, 1)) || two(d) != 20)
			continue;
		if (two(d + 4) < 1 || two(d + 4) > 12 || two(d + 6) < 1 || two(d + 6) > 31)
			continue;
		t += *t == '_' || *t == '-' || *t == ' ' || *t == 'T';
		if (digits(t, 6) && two(t) < 24 && two(t + 2) < 60 && two(t + 4) < 60)
			snprintf(at, 20, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2s", d, d + 4, d + 6, t, t + 2,
				 t + 4);
		else if (!digits(d + 8, 1))
			snprintf(at, 20, "%.4s-%.2s-%.2s", d, d + 4, d + 6);
		else
			continue;
		return true;
	}
	return false;
}

/* ---- the file ---- */

struct source {
	int fd;
	const char *path;
	off_t at; /* of our own: the second program has the same open file, and might move its place */
};

static enum lt_status open_source(const char *path, struct source *out, struct lt_err *err)
{
	struct stat st;
	out->path = path;
	out->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (out->fd < 0)
		return lt_err_because(err, LT_EFILE, errno, "%s：打不开", "%s: cannot be opened", path);
	if (fstat(out->fd, &st) == 0 && S_ISREG(st.st_mode))
		return LT_OK;
	close(out->fd);
	out->fd = -1;
	return lt_err_set(err, LT_EFILE, "%s：不是普通文件，不能作为佐证",
			  "%s: not a regular file, it cannot be evidence", path);
}

/* Before it is opened: closing the project's own file would let go of the locks that the transaction
 * has on it, and another program could write in its midst. */
static enum lt_status refuse_own_file(const struct session *session, const char *path,
				      struct lt_err *err)
{
	struct stat file, own;
	if (stat(path, &file) != 0 || stat(project_path(session->project), &own) != 0 ||
	    file.st_dev != own.st_dev || file.st_ino != own.st_ino)
		return LT_OK;
	return lt_err_set(err, LT_EDATA,
			  "%s：就是这个项目文件，不能作为自己的佐证；请用 lingtan copy 另存一份再放进来",
			  "%s: is this project file itself and cannot be its own evidence; attach a copy of it (lingtan copy)",
			  path);
}

static long read_source(void *context, void *buf, size_t cap, struct lt_err *err)
{
	struct source *source = context;
	ssize_t got;
	do {
		got = pread(source->fd, buf, cap, source->at);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		lt_err_because(err, LT_EFILE, errno, "%s：读不出", "%s: cannot be read", source->path);
	source->at += got > 0 ? got : 0;
	return (long)got;
}

/* The hash alone, of a file that stays where it is. */
static enum lt_status hash_source(struct source *source, struct attached *out, struct lt_err *err)
{
	struct lt_sha256 sha;
	long got = 0;
	char *buf = malloc(BLOB_CHUNK);
	if (!buf)
		return lt_err_memory(err);
	lt_sha256_init(&sha);
	out->size = 0;
	while ((got = read_source(source, buf, BLOB_CHUNK, err)) > 0) {
		lt_sha256_add(&sha, buf, (size_t)got);
		out->size += (uint64_t)got;
	}
	lt_sha256_finish(&sha, out->sha256);
	free(buf);
	return got < 0 ? err->status : LT_OK;
}

/* ---- attaching ---- */

static bool is_utf8(const char *text, size_t len)
{
	uint32_t code;
	for (size_t i = 0; i < len;) {
		const size_t n = lt_text_decode(text + i, len - i, &code);
		if (!n)
			return false;
		i += n;
	}
	return true;
}

/* A text of the file system: word for word where it is UTF-8, else what is not made visible. */
static const char *utf8_of(struct session *session, const char *text)
{
	char shown[4096];
	const size_t len = strlen(text);
	if (is_utf8(text, len))
		return lt_arena_strndup(&session->arena, text, len);
	lt_text_visible(text, len, shown, sizeof(shown));
	return lt_arena_strndup(&session->arena, shown, sizeof(shown));
}

static const char *name_of(struct session *session, const char *path)
{
	const char *slash = strrchr(path, '/');
	return utf8_of(session, slash ? slash + 1 : path);
}

static enum lt_status change_file(struct session *session, const struct new_evidence *wish,
				  const struct attached *file, const struct file_facts *facts,
				  struct changes *changes, struct lt_err *err)
{
	char size[24], real[4096], at[20];
	const char *name = name_of(session, wish->path);
	const char *sha256 = file->sha256;
	snprintf(size, sizeof(size), "%llu", (unsigned long long)file->size);
	const char *path = wish->link ? realpath(wish->path, real) : "";
	if (!name)
		return lt_err_memory(err);
	path = path ? path : wish->path;
	if (!is_utf8(path, strlen(path)))
		return lt_err_set(
			err, LT_EDATA,
			"文件夹或文件名不是 UTF-8，链接以后找不到它；请改名，或不用 --link",
			"the path is not UTF-8, a link would not find it again; rename it, or leave out --link");
	const char *const values[] = { name, size, facts->type, wish->link ? "" : sha256, path };
	enum lt_status status =
		changes_add_names(changes, "evidence", &sha256, "file", values, err);
	const bool exif = facts->taken_at[0] != 0;
	const bool named =
		!exif && strncmp(facts->type, "image/", 6) == 0 && time_of_name(name, at);
	const char *const taken[] = { exif    ? facts->taken_at
				      : named ? at
					      : "",
				      facts->latitude, facts->longitude,
				      exif || facts->latitude[0] ? "exif"
				      : named                    ? "name"
								 : "" };
	if (!status && taken[3][0])
		status = changes_add(changes, "evidence", &sha256, "taken", taken, err);
	return status;
}

/* What tells the ties of one file to one item apart. */
static void locator_digest(const struct new_evidence *wish, char digest[17])
{
	struct lt_sha256 sha;
	char hex[LT_SHA256_HEX];
	const char *const parts[] = { wish->locator, wish->page, wish->table, wish->note };
	lt_sha256_init(&sha);
	for (int i = 0; i < 4; i++) {
		lt_sha256_add(&sha, parts[i] ? parts[i] : "", strlen(parts[i] ? parts[i] : ""));
		lt_sha256_add(&sha, "\n", 1);
	}
	lt_sha256_finish(&sha, hex);
	snprintf(digest, 17, "%.16s", hex);
}

/* A page or table of its own makes a place as well. */
static bool is_vague(const char *locator, const char *page, const char *table, const char *type)
{
	if ((page && page[0]) || (table && table[0]))
		return false;
	return locator_is_vague(locator ? locator : "", type);
}

static enum lt_status change_tie(struct session *session, const struct assessment_ref *ref,
				 const struct new_evidence *wish, struct attached *file,
				 struct changes *changes, struct lt_err *err)
{
	char digest[17];
	locator_digest(wish, digest);
	const char *const key[] = { ref->name, wish->item, file->sha256, digest };
	const char *const locator[] = { wish->locator, wish->page, wish->table, wish->note };
	enum lt_status status = changes_add(changes, "tie", key, "locator", locator, err);
	if (!status && wish->slot)
		status = changes_add(changes, "tie", key, "slot", &wish->slot, err);
	/* tied again after it was taken out */
	if (!status)
		status = changes_add(changes, "tie", key, "removed", NULL, err);
	file->vague = is_vague(wish->locator, wish->page, wish->table, file->type);
	if (!status && file->vague && session->reason[0])
		status = changes_add(changes, "tie", key, "vague", &session->reason, err);
	return status;
}

enum lt_status evidence_tie_line(const struct new_evidence *wish, const char *sha256,
				 struct changes *changes, struct lt_err *err)
{
	char digest[17];
	locator_digest(wish, digest);
	const char *const key[] = { wish->line, sha256, digest };
	const char *const locator[] = { wish->locator, wish->page, wish->table, wish->note };
	enum lt_status status = changes_add(changes, "line_tie", key, "locator", locator, err);
	/* tied again after it was taken out */
	return status ? status : changes_add(changes, "line_tie", key, "removed", NULL, err);
}

static const struct label item_or_quantity = { "条款或基础数据", "item or quantity" };

static enum lt_status check_slot(struct session *session, const struct assessment_ref *ref,
				 const struct new_evidence *wish, struct lt_findings *findings,
				 struct lt_err *err)
{
	struct assessment at = { 0 };
	enum lt_status status =
		session_ruleset(session, ref->ruleset, &session->arena, &at, findings, err);
	const struct item *item = status ? NULL : ruleset_find_item(at.ruleset, wish->item);
	if (status)
		return status;
	/* a quantity has no slots */
	const bool is_known = item || ruleset_find_quantity(at.ruleset, wish->item);
	if (!is_known)
		return ruleset_no_item(at.ruleset, item_or_quantity, wish->item, err);
	for (unsigned i = 0; wish->slot && item && i < item->n_evidence; i++)
		if (strcmp(item->evidence[i].slot, wish->slot) == 0)
			return LT_OK;
	if (!wish->slot)
		return LT_OK;
	return lt_err_set(err, LT_EDATA, "条款 %s 没有佐证栏“%s”；见 lingtan standard %s",
			  "item %s has no evidence slot '%s'; see lingtan standard %s", wish->item,
			  wish->slot, at.ruleset->id);
}

/* What the second program finds, which looks at the file while its bytes are stored. */
struct inspection {
	struct inspecting *at; /* NULL: not started, or finished */
	bool begun;
	struct file_facts facts;
	struct lt_err err; /* why there are none */
};

/* How long others that want to write are made to wait for it. */
#define PATIENCE_MS 100u

/* Evidence is never refused because it could not be looked into: the bytes are what counts. */
static void inspection_start(struct session *session, struct inspection *inspection, int fd)
{
	if (inspection->begun)
		return;
	inspection->begun = true;
	inspect_start(&session->inspector, fd, &inspection->at, &inspection->err);
}

static void inspection_finish(struct inspection *inspection)
{
	if (inspection->at)
		inspect_finish(inspection->at, &inspection->facts, &inspection->err);
	inspection->at = NULL;
}

/* In a transaction, for which others have to wait, a file that takes long to look at is not waited
 * for: false. */
static bool inspection_finish_soon(struct inspection *inspection)
{
	if (inspection->at && !inspect_is_done(inspection->at, PATIENCE_MS))
		return false;
	inspection_finish(inspection);
	return true;
}

/* Files that go in together. */
struct batch {
	struct session *session;
	const struct assessment_ref *ref;
	const struct new_evidence *wishes;
	struct inspection *inspections;
	struct attached *out;
	unsigned n;
	bool is_part; /* of a larger transaction, which cannot be done once more */
	bool is_late; /* a second program is */
	struct lt_findings *findings;
};

static enum lt_status refuse_purged(struct session *session, const struct new_evidence *wish,
				    const char *sha256, struct lt_err *err)
{
	struct words purged = { 0 };
	enum lt_status status = project_get(session->project, "evidence", sha256, "purged",
					    &session->arena, &purged, err);
	if (status || !purged.at)
		return status;
	return lt_err_set(err, LT_EDATA, "%s：其内容已因故清除（%s），不能再放进来",
			  "%s: its bytes were purged (%s), it is not taken again", wish->path,
			  purged.at[0]);
}

/* What was purged is known by its hash, which is known when the bytes are in the file. Where they
 * would stay in it though they are refused, in pages that the purge left free, it is asked first. */
static enum lt_status refuse_before(struct batch *batch, const struct new_evidence *wish,
				    struct source *source, struct lt_err *err)
{
	struct attached found = { 0 };
	if (wish->link || !project_has_free_pages(batch->session->project))
		return LT_OK;
	enum lt_status status = hash_source(source, &found, err);
	source->at = 0;
	return status ? status : refuse_purged(batch->session, wish, found.sha256, err);
}

static enum lt_status put_bytes(struct batch *batch, unsigned n, struct lt_err *err)
{
	const struct new_evidence *wish = &batch->wishes[n];
	struct inspection *inspection = &batch->inspections[n];
	struct attached *out = &batch->out[n];
	struct source source = { .fd = -1 };
	enum lt_status status = open_source(wish->path, &source, err);
	if (!status)
		status = refuse_before(batch, wish, &source, err);
	if (status) {
		if (source.fd >= 0)
			close(source.fd);
		return status;
	}
	inspection_start(batch->session, inspection, source.fd);
	if (batch->is_part)
		inspection_finish(inspection);
	status = wish->link ? hash_source(&source, out, err)
			    : blob_put(batch->session->project, read_source, &source, out->sha256,
				       &out->size, err);
	batch->is_late = !status && !inspection_finish_soon(inspection);
	close(source.fd);
	return status;
}

/* Whether a file before it in the batch has the same bytes. */
static bool is_again(const struct batch *batch, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(batch->out[i].sha256, batch->out[n].sha256) == 0)
			return true;
	return false;
}

static enum lt_status put_and_tie(struct batch *batch, unsigned n, struct changes *changes,
				  struct lt_err *err)
{
	struct session *session = batch->session;
	const struct new_evidence *wish = &batch->wishes[n];
	const struct file_facts *facts = &batch->inspections[n].facts;
	struct attached *out = &batch->out[n];
	enum lt_status status = put_bytes(batch, n, err);
	if (status || batch->is_late)
		return status;
	out->type = lt_arena_strndup(&session->arena, facts->type, sizeof(facts->type));
	if (!out->type)
		return lt_err_memory(err);
	struct words known = { 0 };
	status = project_get(session->project, "evidence", out->sha256, "file", &session->arena,
			     &known, err);
	const bool again = is_again(batch, n);
	out->known = known.at != NULL || again;
	if (!status)
		status = refuse_purged(session, wish, out->sha256, err);
	/* the first name of the same bytes stays */
	if (!status && !again && !(known.at && (wish->link || known.at[3][0])))
		status = change_file(session, wish, out, facts, changes, err);
	if (!status)
		status = provenance_change(session, wish, out->sha256, changes, batch->findings,
					   err);
	if (!status && wish->item)
		status = change_tie(session, batch->ref, wish, out, changes, err);
	if (!status && wish->line)
		status = evidence_tie_line(wish, out->sha256, changes, err);
	return status;
}

/* The bytes and the entry that names them are one transaction; nothing of it is kept where a second
 * program is late. */
static enum lt_status attach_once(struct batch *batch, struct lt_err *err)
{
	struct changes changes = { .session = batch->session };
	struct lt_err second = LT_ERR_INIT;
	bool done;
	batch->is_late = false;
	enum lt_status status = project_begin(batch->session->project, true, err);
	if (status)
		return status;
	for (unsigned i = 0; i < batch->n && !status && !batch->is_late; i++)
		status = put_and_tie(batch, i, &changes, err);
	if (!status && !batch->is_late)
		status = session_commit(batch->session, "attach", &changes, &done, err);
	const bool dropped = status || batch->is_late;
	const enum lt_status ended =
		project_end(batch->session->project, !dropped, dropped ? &second : err);
	return dropped ? status : ended;
}

/* All that are left, with nobody waiting. */
static enum lt_status inspect_rest(struct batch *batch, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < batch->n && !status; i++) {
		struct inspection *inspection = &batch->inspections[i];
		struct source source = { .fd = -1 };
		if (!inspection->begun)
			status = open_source(batch->wishes[i].path, &source, err);
		if (!status)
			inspection_start(batch->session, inspection, source.fd);
		inspection_finish(inspection);
		if (source.fd >= 0)
			close(source.fd);
	}
	return status;
}

/* Before anything is written: what is wished, and whether the file can be read. */
static enum lt_status check_wish(const struct batch *batch, unsigned n, struct lt_err *err)
{
	const struct new_evidence *wish = &batch->wishes[n];
	struct session *session = batch->session;
	struct source source = { .fd = -1 };
	enum lt_status status =
		wish->item ? check_slot(session, batch->ref, wish, batch->findings, err) : LT_OK;
	if (!status)
		status = provenance_check(session, wish, batch->findings, err);
	if (!status)
		status = refuse_own_file(session, wish->path, err);
	if (!status)
		status = open_source(wish->path, &source, err);
	if (!status)
		close(source.fd);
	return status;
}

enum lt_status session_attach_all(struct session *session, const struct assessment_ref *ref,
				  const struct new_evidence *wishes, unsigned n,
				  struct attached *out, struct lt_findings *findings,
				  struct lt_err *err)
{
	struct batch batch = { .session = session,
			       .ref = ref,
			       .wishes = wishes,
			       .inspections = calloc(n ? n : 1, sizeof(*batch.inspections)),
			       .out = out,
			       .n = n,
			       .is_part = project_has_begun(session->project),
			       .findings = findings };
	enum lt_status status = batch.inspections ? LT_OK : lt_err_memory(err);
	for (unsigned i = 0; i < n && !status; i++) {
		batch.inspections[i].err = (struct lt_err)LT_ERR_INIT;
		out[i] = (struct attached){ .type = "" };
		status = check_wish(&batch, i, err);
	}
	if (!status)
		status = attach_once(&batch, err);
	if (!status && batch.is_late)
		status = inspect_rest(&batch, err);
	if (!status && batch.is_late)
		status = attach_once(&batch, err);
	for (unsigned i = 0; batch.inspections && i < n; i++) {
		inspection_finish(&batch.inspections[i]);
		out[i].uninspected = batch.inspections[i].err;
	}
	free(batch.inspections);
	return status;
}

enum lt_status session_attach(struct session *session, const struct assessment_ref *ref,
			      const struct new_evidence *wish, struct attached *out,
			      struct lt_findings *findings, struct lt_err *err)
{
	return session_attach_all(session, ref, wish, 1, out, findings, err);
}

/* ---- another place for a tie ---- */

static struct new_evidence wish_of(const struct tie_place *place)
{
	return (struct new_evidence){ .item = place->item,
				      .locator = place->locator,
				      .page = place->page,
				      .table = place->table,
				      .note = place->note,
				      .slot = place->slot };
}

static enum lt_status take_out(const struct assessment_ref *ref, const struct tie_place *tie,
			       struct changes *changes, struct lt_err *err)
{
	const struct new_evidence wish = wish_of(tie);
	const char *const yes[] = { "yes" };
	char digest[17];
	locator_digest(&wish, digest);
	const char *const key[] = { ref->name, tie->item, tie->sha256, digest };
	return changes_add(changes, "tie", key, "removed", yes, err);
}

enum lt_status session_untie(struct session *session, const struct assessment_ref *ref,
			     const struct tie_place *tie, bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	*done = false;
	enum lt_status status = take_out(ref, tie, &changes, err);
	return status ? status : session_commit(session, "untie", &changes, done, err);
}

enum lt_status session_retie(struct session *session, const struct assessment_ref *ref,
			     const struct tie_place *from, const struct tie_place *to,
			     struct lt_findings *findings, bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct new_evidence wish = wish_of(to);
	struct attached file = { .type = to->type ? to->type : "" };
	char was[17], is[17];
	const struct new_evidence before = wish_of(from);
	*done = false;
	locator_digest(&before, was);
	locator_digest(&wish, is);
	snprintf(file.sha256, sizeof(file.sha256), "%s", from->sha256);
	enum lt_status status = check_slot(session, ref, &wish, findings, err);
	if (!status && strcmp(was, is) != 0)
		status = take_out(ref, from, &changes, err);
	if (!status)
		status = change_tie(session, ref, &wish, &file, &changes, err);
	return status ? status : session_commit(session, "retie", &changes, done, err);
}

/* ---- what is there ---- */

struct evidence_visit {
	struct lt_arena *arena;
	struct evidence_list *list;
	struct lt_err *err;
};

static const char *member(const struct words *value, unsigned at)
{
	return value->at ? value->at[at] : "";
}

static enum lt_status list_file(void *context, const struct fact_row *row)
{
	struct evidence_visit *visit = context;
	struct evidence_list *list = visit->list;
	const struct words *file = fact_row_get(row, "file"), *taken = fact_row_get(row, "taken"),
			   *from = fact_row_get(row, "provenance"),
			   *purged = fact_row_get(row, "purged"),
			   *dated = fact_row_get(row, "dated"),
			   *validity = fact_row_get(row, "validity");
	if (!file->at)
		return LT_OK;
	list->files = lt_arena_room(visit->arena, list->files, list->n_files, &list->cap_files,
				    sizeof(*list->files));
	if (!list->files)
		return lt_err_memory(visit->err);
	list->files[list->n_files++] = (struct evidence_file){
		.sha256 = row->parts[0],
		.name = file->at[0],
		.size = file->at[1],
		.type = file->at[2],
		.linked = !file->at[3][0],
		.path = file->at[4],
		.taken_at = member(taken, 0),
		.latitude = member(taken, 1),
		.longitude = member(taken, 2),
		.taken_from = member(taken, 3),
		.sender = member(from, 0),
		.version_of = member(from, 1),
		.kind = member(from, 2),
		.received = member(from, 3),
		.dated = member(dated, 0),
		.valid_until = member(validity, 0),
		.valid_by = member(validity, 1),
		.valid_at = member(validity, 2),
		.purged = purged->at ? purged->at[0] : NULL,
	};
	return LT_OK;
}

static int by_hash(const void *key, const void *file)
{
	return strcmp(key, ((const struct evidence_file *)file)->sha256);
}

const struct evidence_file *evidence_find_file(const struct evidence_list *list, const char *sha256)
{
	return list->n_files
		       ? bsearch(sha256, list->files, list->n_files, sizeof(*list->files), by_hash)
		       : NULL;
}

static const char *type_of(const struct evidence_list *list, const char *sha256)
{
	const struct evidence_file *file = evidence_find_file(list, sha256);
	return file ? file->type : "";
}

static enum lt_status list_tie(void *context, const struct fact_row *row)
{
	struct evidence_visit *visit = context;
	struct evidence_list *list = visit->list;
	const struct words *locator = fact_row_get(row, "locator"),
			   *slot = fact_row_get(row, "slot"), *vague = fact_row_get(row, "vague");
	if (!locator->at || row_is_removed(row))
		return LT_OK;
	list->ties = lt_arena_room(visit->arena, list->ties, list->n_ties, &list->cap_ties,
				   sizeof(*list->ties));
	if (!list->ties)
		return lt_err_memory(visit->err);
	list->ties[list->n_ties++] = (struct evidence_tie){
		.key = row->key,
		.assessment = row->parts[0],
		.item = row->parts[1],
		.sha256 = row->parts[2],
		.locator = locator->at[0],
		.page = locator->at[1],
		.table = locator->at[2],
		.note = locator->at[3],
		.slot = member(slot, 0),
		.vague_reason = vague->at ? vague->at[0] : NULL,
		.vague = is_vague(locator->at[0], locator->at[1], locator->at[2],
				  type_of(list, row->parts[2])),
	};
	return LT_OK;
}

enum lt_status evidence_list_read(struct project *project, struct lt_arena *arena,
				  struct evidence_list *out, struct lt_err *err)
{
	struct evidence_visit visit = { arena, out, err };
	*out = (struct evidence_list){ 0 };
	enum lt_status status = project_visit(project, "evidence", arena, list_file, &visit, err);
	return status ? status : project_visit(project, "tie", arena, list_tie, &visit, err);
}

enum lt_status session_evidence(struct session *session, struct evidence_list *out,
				struct lt_err *err)
{
	return evidence_list_read(session->project, &session->arena, out, err);
}
