/* The evidence of an assessment as one ZIP: files named by the clause they are for, a page that says
 * what is what, the report's document, hashes. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "export_parts.h"
#include "lingtan/app/evidence.h"
#include "lingtan/base/file.h"
#include "lingtan/base/text.h"
#include "lingtan/base/zip_out.h"
#include "lingtan/store/blob.h"
#include "render.h"

#define MOST_PHOTO ((size_t)64 << 20)
#define MOST_NAME 120u
#define READ_AT_ONCE ((size_t)256 << 10)

struct bundle {
	struct session *session;
	const struct export_wish *wish;
	struct exported *out;
	struct lt_arena *arena;
	struct lt_file_out file;
	struct lt_zip_out zip;
	struct lt_sha256 sha; /* of the member at hand */
	struct report_bundle_entry *entries;
	unsigned n;
	struct lt_err *err;
};

static const struct label gone = { "内容已因故清除", "destroyed for cause" };
static const struct label unreadable = { "链接的文件读不到或已改动",
					 "the linked file cannot be read or has changed" };
static const struct label may_tell = { "这种图像可能带有拍摄位置，未放入",
				       "a picture of this kind may tell where it was taken; left out" };
static const struct label stripped = { "已去掉照片里的拍摄信息，校验值与原件不同",
				       "without what the camera wrote; its hash is not the original's" };
static const struct label none = { NULL, NULL };

/* ---- names ---- */

/* A name that every file system takes; one that is too long is cut before its suffix. */
static const char *safe_name(struct bundle *bundle, const char *name)
{
	const char *slash = strrchr(name, '/'), *dot;
	name = slash ? slash + 1 : name;
	char *copy = lt_arena_alloc(bundle->arena, strlen(name) + 2, 1);
	size_t n = 0;
	if (!copy)
		return NULL;
	if (!*name || *name == '.')
		copy[n++] = '_';
	for (size_t left = strlen(name); left;) {
		uint32_t code = 0;
		const size_t len = lt_text_decode(name, left, &code);
		const size_t step = len ? len : 1;
		const bool bad = !len || code < 0x20 || (code >= 0x7f && code < 0xa0) ||
				 (code < 0x80 && strchr("<>:\"|?*\\", (int)code));
		memcpy(copy + n, bad ? "_" : name, bad ? 1 : step);
		n += bad ? 1 : step;
		name += step;
		left -= step;
	}
	copy[n] = '\0';
	dot = strrchr(copy, '.');
	if (n <= MOST_NAME || !dot || strlen(dot) > 16)
		return lt_arena_strndup(bundle->arena, copy, lt_text_cut(copy, n, MOST_NAME));
	return lt_arena_printf(bundle->arena, "%.*s%s",
			       (int)lt_text_cut(copy, (size_t)(dot - copy), MOST_NAME), copy, dot);
}

static bool is_taken(const struct bundle *bundle, const char *path)
{
	for (unsigned i = 0; i < bundle->zip.n_members; i++)
		if (strcasecmp(bundle->zip.members[i].name, path) == 0)
			return true;
	return false;
}

/* "4.2.1/用地平衡表.pdf"; without names "4.2.1/01.pdf". */
static const char *member_name(struct bundle *bundle, const char *item, const char *name)
{
	const char *file = safe_name(bundle, name), *folder = safe_name(bundle, item);
	const char *dot = file ? strrchr(file, '.') : NULL;
	const bool plain = bundle->wish->report.without_names;
	if (!file || !folder)
		return NULL;
	const char *path = plain ? NULL : lt_arena_printf(bundle->arena, "%s/%s", folder, file);
	for (unsigned i = 1; !path || is_taken(bundle, path); i++) {
		path = plain ? lt_arena_printf(bundle->arena, "%s/%02u%s", folder, i, dot ? dot : "")
			     : lt_arena_printf(bundle->arena, "%s/%u-%s", folder, i + 1, file);
		if (!path)
			return NULL;
	}
	return path;
}

/* ---- bytes ---- */

static enum lt_status take_bytes(void *context, const void *bytes, size_t len, struct lt_err *err)
{
	struct bundle *bundle = context;
	if (!project_may_go_on(bundle->session->project))
		return lt_err_set(err, LT_EDATA, "已取消，本次没有改动",
				  "cancelled; nothing was changed");
	lt_sha256_add(&bundle->sha, bytes, len);
	return lt_zip_add(&bundle->zip, bytes, len, err);
}

static enum lt_status take_linked(struct bundle *bundle, const struct evidence_file *file)
{
	char bytes[16384];
	size_t size;
	int fd;
	struct lt_err ignored = LT_ERR_INIT;
	if (lt_file_open(file->path, &fd, &size, &ignored) != LT_OK)
		return LT_NO;
	enum lt_status status = LT_OK;
	ssize_t n;
	while (!status && (n = read(fd, bytes, sizeof(bytes))) > 0)
		status = take_bytes(bundle, bytes, (size_t)n, bundle->err);
	close(fd);
	return status;
}

static enum lt_status take_to_memory(void *context, const void *bytes, size_t len,
				     struct lt_err *err)
{
	const int fd = *(int *)context;
	return write(fd, bytes, len) == (ssize_t)len ? LT_OK : lt_err_memory(err);
}

/* A photo without what the camera wrote into it; the second program takes it out. LT_NO: it could
 * not. */
static enum lt_status take_photo(struct bundle *bundle, const struct evidence_file *file)
{
	struct lt_child_result result = { 0 };
	struct lt_err why = LT_ERR_INIT;
	int fd = memfd_create("photo", MFD_CLOEXEC);
	enum lt_status status = fd < 0 ? lt_err_memory(bundle->err) : LT_OK;
	if (!status && file->linked)
		status = LT_NO;
	if (!status)
		status = blob_get(bundle->session->project, file->sha256, take_to_memory, &fd,
				  bundle->err);
	if (!status) {
		status = render_watched("strip", fd, MOST_PHOTO, bundle->session->project, &result,
					&why);
		/* stopped, or the photo is no good */
		if (status == LT_EDATA)
			*bundle->err = why;
		else if (status)
			status = LT_NO;
	}
	if (!status)
		status = take_bytes(bundle, result.output, result.len, bundle->err);
	lt_child_release(&result);
	if (fd >= 0)
		close(fd);
	return status;
}

static bool is_picture(const struct evidence_file *file)
{
	static const char *const suffixes[] = { ".jpg", ".jpeg", ".png",  ".heic", ".heif", ".tif", ".tiff",
						".webp", ".gif",  ".avif", ".dng",  ".mp4",  ".mov", ".3gp" };
	const char *type = file->type ? file->type : "";
	const char *dot = file->name ? strrchr(file->name, '.') : NULL;
	/* a picture may be too broken to be known for one, and still tell its place */
	for (size_t i = 0; dot && i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (strcasecmp(dot, suffixes[i]) == 0)
			return true;
	return strncmp(type, "image/", 6) == 0 || strncmp(type, "video/", 6) == 0;
}

/* One file: LT_NO where it is left out, with the reason in entry->note. */
static enum lt_status take_file(struct bundle *bundle, const struct evidence_file *file,
				struct report_bundle_entry *entry)
{
	const bool plain = bundle->wish->report.without_names && is_picture(file);
	if (file->purged) {
		entry->note = gone;
		return LT_NO;
	}
	if (plain) {
		const bool known = file->type && (strcmp(file->type, "image/jpeg") == 0 ||
						  strcmp(file->type, "image/png") == 0);
		entry->note = known ? stripped : may_tell;
		const enum lt_status status = known ? take_photo(bundle, file) : LT_NO;
		if (status == LT_NO)
			entry->note = may_tell;
		return status;
	}
	if (!file->linked)
		return blob_get(bundle->session->project, file->sha256, take_bytes, bundle,
				bundle->err);
	entry->note = unreadable;
	return take_linked(bundle, file);
}

static enum lt_status add_file(struct bundle *bundle, const struct evidence_file *file,
			       const char *item)
{
	struct report_bundle_entry *entry = &bundle->entries[bundle->n++];
	char sha256[LT_SHA256_HEX];
	const char *path = member_name(bundle, item, file->name ? file->name : "_");
	*entry = (struct report_bundle_entry){ .sha256 = file->sha256, .note = none };
	enum lt_status status =
		path ? lt_zip_open(&bundle->zip, path, bundle->err) : lt_err_memory(bundle->err);
	if (status)
		return status;
	lt_sha256_init(&bundle->sha);
	status = take_file(bundle, file, entry);
	lt_sha256_finish(&bundle->sha, sha256);
	/* a linked file must still be the one that was attached */
	if (!status && file->linked && strcmp(sha256, file->sha256) != 0)
		status = LT_NO;
	if (status == LT_NO) {
		lt_zip_drop(&bundle->zip);
		bundle->out->n_left_out++;
		return LT_OK;
	}
	if (status)
		return status;
	if (file->linked)
		entry->note = none;
	entry->path = path;
	entry->file_sha256 = lt_arena_strndup(bundle->arena, sha256, sizeof(sha256) - 1);
	bundle->out->n_files++;
	return entry->file_sha256 ? lt_zip_close(&bundle->zip, bundle->err)
				  : lt_err_memory(bundle->err);
}

/* Under the first clause that it is for. */
static enum lt_status add_files(struct bundle *bundle, const struct assessment_ref *ref)
{
	static const struct label doing = { "放入佐证", "adding evidence" };
	struct evidence_list list;
	enum lt_status status =
		evidence_list_read(bundle->session->project, bundle->arena, &list, bundle->err);
	bundle->entries =
		lt_arena_alloc(bundle->arena, list.n_files + 1, sizeof(*bundle->entries));
	if (!status && !bundle->entries)
		status = lt_err_memory(bundle->err);
	for (unsigned i = 0; i < list.n_files && !status; i++) {
		const char *item = NULL;
		session_count(bundle->session, &doing, i + 1, list.n_files);
		for (unsigned t = 0; t < list.n_ties && !item; t++)
			if (strcmp(list.ties[t].sha256, list.files[i].sha256) == 0 &&
			    strcmp(list.ties[t].assessment, ref->name) == 0)
				item = list.ties[t].item;
		if (item)
			status = add_file(bundle, &list.files[i], item);
	}
	session_count(bundle->session, NULL, 0, 0);
	return status;
}

/* ---- what stands beside them ---- */

static enum lt_status add_bytes(struct bundle *bundle, const char *name, const char *bytes,
				size_t len)
{
	enum lt_status status = lt_zip_open(&bundle->zip, name, bundle->err);
	if (!status)
		status = lt_zip_add(&bundle->zip, bytes, len, bundle->err);
	return status ? status : lt_zip_close(&bundle->zip, bundle->err);
}

/* As sha256sum -c reads it. */
static enum lt_status add_sums(struct bundle *bundle)
{
	enum lt_status status = lt_zip_open(&bundle->zip, "SHA256SUMS", bundle->err);
	for (unsigned i = 0; i < bundle->n && !status; i++) {
		const struct report_bundle_entry *entry = &bundle->entries[i];
		if (!entry->path)
			continue;
		const char *line = lt_arena_printf(bundle->arena, "%s  %s\n", entry->file_sha256,
						   entry->path);
		status = line ? lt_zip_add(&bundle->zip, line, strlen(line), bundle->err)
			      : lt_err_memory(bundle->err);
	}
	return status ? status : lt_zip_close(&bundle->zip, bundle->err);
}

static enum lt_status add_pages(struct bundle *bundle, const struct assessment_ref *ref,
				struct lt_findings *findings)
{
	struct report_wish wish = bundle->wish->report;
	struct lt_child_result result = { 0 };
	struct lt_json json;
	wish.bundle = bundle->entries;
	wish.n_bundle = bundle->n;
	lt_json_init(&json);
	enum lt_status status =
		report_write(bundle->session, ref, &wish, &json, findings, bundle->err);
	const char *text = status ? NULL : lt_json_finish(&json);
	if (!status && !text)
		status = lt_err_memory(bundle->err);
	if (!status)
		status = export_draw(bundle->session, "index", text, json.len, "", 0, &result, bundle->err);
	if (!status)
		status = add_bytes(bundle, "index.html", result.output, result.len);
	if (!status)
		status = add_bytes(bundle, "report.json", text, json.len);
	lt_child_release(&result);
	lt_json_release(&json);
	return status;
}

static enum lt_status hash_file(struct bundle *bundle)
{
	static char bytes[READ_AT_ONCE];
	struct lt_sha256 sha;
	ssize_t n;
	lt_sha256_init(&sha);
	bundle->out->size = 0;
	while ((n = pread(bundle->file.fd, bytes, sizeof(bytes), (off_t)bundle->out->size)) > 0) {
		lt_sha256_add(&sha, bytes, (size_t)n);
		bundle->out->size += (unsigned long long)n;
	}
	lt_sha256_finish(&sha, bundle->out->sha256);
	return n < 0 ? lt_err_set(bundle->err, LT_ESPACE, "写出的文件读不回来；请检查磁盘",
				  "what was written cannot be read back; check the disk")
		     : LT_OK;
}

enum lt_status export_bundle(struct session *session, const struct assessment_ref *ref,
			     const struct export_wish *wish, struct exported *out,
			     struct lt_arena *arena, struct lt_findings *findings,
			     struct lt_err *err)
{
	struct bundle bundle = {
		.session = session, .wish = wish, .out = out, .arena = arena, .err = err
	};
	enum lt_status status = lt_file_begin(&bundle.file, wish->path, wish->replace, err);
	lt_zip_begin(&bundle.zip, &bundle.file, arena);
	if (!status)
		status = add_files(&bundle, ref);
	if (!status)
		status = add_pages(&bundle, ref, findings);
	if (!status)
		status = add_sums(&bundle);
	if (!status)
		status = lt_zip_finish(&bundle.zip, err);
	if (!status)
		status = hash_file(&bundle);
	if (!status)
		status = lt_file_finish(&bundle.file, err);
	lt_file_abandon(&bundle.file);
	return status;
}
