#include "attach_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lingtan/app/evidence.h"
#include "lingtan/base/reason.h"
#include "lingtan/base/text.h"
#include "path.h"

#define MOST_FILES 5000

void attach_folder_init(struct attach_folder *folder)
{
	memset(folder, 0, sizeof(*folder));
	lt_arena_init(&folder->arena, 0);
}

void attach_folder_release(struct attach_folder *folder)
{
	lt_arena_release(&folder->arena);
}

enum lt_status attach_folder_path(const struct attach_folder *folder, const char *name, char *out,
				  size_t cap, struct lt_err *err)
{
	const bool is_root = strcmp(folder->path, "/") == 0;
	const int len = snprintf(out, cap, "%s/%s", is_root ? "" : folder->path, name);
	return len > 0 && (size_t)len < cap ? LT_OK : path_too_long(err);
}

void attach_folder_above(const struct attach_folder *folder, char *out, size_t cap)
{
	snprintf(out, cap, "%s", folder->path);
	char *slash = strrchr(out, '/');
	if (slash == out)
		slash[1] = '\0';
	else if (slash)
		*slash = '\0';
}

/* ---- what the project has of a file ---- */

static const struct evidence_file *known_file(const struct evidence_list *list,
					      const struct attach_file *file)
{
	char size[32];
	snprintf(size, sizeof(size), "%llu", (unsigned long long)file->size);
	for (unsigned i = 0; i < list->n_files; i++)
		if (strcmp(list->files[i].name, file->name) == 0 &&
		    strcmp(list->files[i].size, size) == 0)
			return &list->files[i];
	return NULL;
}

static void note_ties(struct attach_folder *folder, const struct workbench *bench,
		      const struct evidence_list *list, const char *item, struct attach_file *file)
{
	const struct evidence_file *known = known_file(list, file);
	unsigned n = 0;
	const char *first = NULL;
	bool here = false;
	if (!known)
		return;
	for (unsigned i = 0; i < list->n_ties; i++) {
		const struct evidence_tie *tie = &list->ties[i];
		if (strcmp(tie->sha256, known->sha256) != 0 ||
		    strcmp(tie->assessment, bench->ref->name) != 0)
			continue;
		here |= strcmp(tie->item, item) == 0;
		first = first ? first : tie->item;
		n++;
	}
	file->sha256 = known->sha256;
	if (here)
		file->tied = tell(bench, "本条", "here");
	else if (n == 1)
		file->tied = first;
	else if (n > 1)
		file->tied = lt_arena_printf(&folder->arena, tell(bench, "%s 等", "%s ..."), first);
	else
		file->tied = tell(bench, "已在档", "on file");
}

/* ---- reading ---- */

/* Folders first, by name; numbers in names by what they count, 3 before 13. */
static int by_folder(const struct attach_file *left, const struct attach_file *right)
{
	if (left->is_folder != right->is_folder)
		return left->is_folder ? -1 : 1;
	return left->is_folder ? strverscmp(left->name, right->name) : 0;
}

static int by_name(const void *a, const void *b)
{
	const struct attach_file *left = a, *right = b;
	const int folder = by_folder(left, right);
	return folder ? folder : strverscmp(left->name, right->name);
}

/* The newest first: what was photographed last is what is wanted now. */
static int by_time(const void *a, const void *b)
{
	const struct attach_file *left = a, *right = b;
	const int folder = by_folder(left, right);
	if (folder || left->changed == right->changed)
		return folder ? folder : strverscmp(left->name, right->name);
	return left->changed > right->changed ? -1 : 1;
}

static int by_size(const void *a, const void *b)
{
	const struct attach_file *left = a, *right = b;
	const int folder = by_folder(left, right);
	if (folder || left->size == right->size)
		return folder ? folder : strverscmp(left->name, right->name);
	return left->size > right->size ? -1 : 1;
}

static int by_kind(const void *a, const void *b)
{
	const struct attach_file *left = a, *right = b;
	const char *left_end = strrchr(left->name, '.'), *right_end = strrchr(right->name, '.');
	int order = by_folder(left, right);
	if (!order)
		order = strcasecmp(left_end ? left_end : "", right_end ? right_end : "");
	return order ? order : strverscmp(left->name, right->name);
}

static int (*const comparisons[N_FILE_ORDERS])(const void *a, const void *b) = {
	[BY_TIME] = by_time, [BY_NAME] = by_name, [BY_SIZE] = by_size, [BY_KIND] = by_kind
};

void attach_folder_sort(struct attach_folder *folder, enum file_order order)
{
	if (folder->n_files)
		qsort(folder->files, folder->n_files, sizeof(*folder->files), comparisons[order]);
}

/* A project is no evidence of itself, nor is the journal that lies beside one that is open. */
static bool is_of_a_project(const char *name, size_t len)
{
	static const char *const ends[] = { ".lingtan", ".lingtan-journal" };
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (len > strlen(ends[i]) && strcmp(name + len - strlen(ends[i]), ends[i]) == 0)
			return true;
	return false;
}

static bool take_entry(struct attach_folder *folder, int fd, const char *name,
		       struct attach_file *out)
{
	struct stat info;
	size_t at;
	const size_t len = strlen(name);
	if (name[0] == '.' || is_of_a_project(name, len) || fstatat(fd, name, &info, 0) != 0)
		return false;
	if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
		return false;
	if (lt_text_check(name, len, &at) != LT_TEXT_OK || strpbrk(name, "\n\r\t")) {
		folder->n_odd++;
		return false;
	}
	*out = (struct attach_file){ .name = lt_arena_printf(&folder->arena, "%s", name),
				     .is_folder = S_ISDIR(info.st_mode),
				     .size = (uint64_t)info.st_size,
				     .changed = info.st_mtime };
	return out->name != NULL;
}

static enum lt_status read_entries(struct attach_folder *folder, const char *path,
				   struct lt_err *err)
{
	char shown[300];
	DIR *dir = opendir(path);
	if (!dir) {
		const int code = errno;
		lt_text_visible(path, strlen(path), shown, sizeof(shown));
		return lt_err_because(err, LT_EFILE, code, "打不开文件夹 %s",
				      "cannot open the folder %s", shown);
	}
	lt_arena_reset(&folder->arena);
	folder->n_files = folder->n_odd = 0;
	folder->is_cut = false;
	folder->files = lt_arena_alloc(&folder->arena, MOST_FILES, sizeof(*folder->files));
	for (const struct dirent *at; folder->files && (at = readdir(dir));) {
		struct attach_file entry;
		if (!take_entry(folder, dirfd(dir), at->d_name, &entry))
			continue;
		folder->is_cut = folder->n_files == MOST_FILES;
		if (folder->is_cut)
			break;
		folder->files[folder->n_files++] = entry;
	}
	closedir(dir);
	return folder->files ? LT_OK : lt_err_memory(err);
}

enum lt_status attach_folder_read(struct attach_folder *folder, struct workbench *bench,
				  const char *path, const char *item, enum file_order order,
				  struct lt_err *err)
{
	char full[PATH_MAX];
	struct evidence_list list = { 0 };
	if (!realpath(path, full) && snprintf(full, sizeof(full), "%s", path) >= (int)sizeof(full))
		return path_too_long(err);
	enum lt_status status = read_entries(folder, full, err);
	if (status)
		return status;
	snprintf(folder->path, sizeof(folder->path), "%s", full);
	attach_folder_sort(folder, order);
	/* with the folder: it is read again and again while the project is open */
	status = evidence_list_read(bench->session->project, &folder->arena, &list, err);
	folder->n_untied = 0;
	for (unsigned i = 0; i < folder->n_files && !status; i++) {
		if (!folder->files[i].is_folder)
			note_ties(folder, bench, &list, item, &folder->files[i]);
		folder->n_untied += !folder->files[i].is_folder && !folder->files[i].tied;
	}
	return status;
}
