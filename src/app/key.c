/* Key files of this machine. */
#include "lingtan/app/key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lingtan/base/file.h"
#include "lingtan/base/reason.h"
#include "lingtan/base/text.h"
#include "session_parts.h"

#define NAME_DIGITS 16 /* of the public half, in the name of the file */
#define ENDING ".key"
#define LEAST_DIGITS 8 /* that a key can be called by */

/* ---- folders ---- */

static enum lt_status make_folder(const char *folder, struct lt_err *err)
{
	char path[4096];
	const int len = snprintf(path, sizeof(path), "%s/", folder);
	if (len < 0 || (size_t)len >= sizeof(path))
		return lt_err_set(err, LT_ESPACE, "%.*s…：密钥文件夹的路径过长；把 XDG_DATA_HOME 设短些",
				  "%.*s...: the path of the key folder is too long; set a shorter XDG_DATA_HOME",
				  LT_CUT(folder, 60));
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = 0;
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			return lt_err_because(err, LT_ESPACE, errno, "%s：不能新建文件夹",
					      "%s: the folder cannot be made", path);
		*slash = '/';
	}
	return LT_OK;
}

/* Newest first; of one moment, by public half. */
static int by_age(const void *a, const void *b)
{
	const struct key_file *left = a, *right = b;
	const int order = strcmp(right->label.made, left->label.made);
	return order ? order : strcmp(left->label.public, right->label.public);
}

static enum lt_status add_file(struct lt_arena *arena, const char *folder, const char *name,
			       struct key_file *list, unsigned *n, struct lt_err *err)
{
	struct lt_err ignored = LT_ERR_INIT;
	const char *text;
	size_t len;
	const size_t name_len = strlen(name);
	if (name_len < sizeof(ENDING) ||
	    strcmp(name + name_len - (sizeof(ENDING) - 1), ENDING) != 0)
		return LT_OK;
	const char *path = lt_arena_printf(arena, "%s/%s", folder, name);
	if (!path)
		return lt_err_memory(err);
	if (lt_file_read(path, LT_KEY_SEALED, arena, &text, &len, &ignored) ||
	    lt_key_read_label(text, &list[*n].label, &ignored))
		return LT_OK;
	list[(*n)++].path = path;
	return LT_OK;
}

enum lt_status key_files(const char *folder, struct lt_arena *arena, const struct key_file **out,
			 unsigned *n, struct lt_err *err)
{
	const char **names = NULL;
	size_t n_names = 0;
	*n = 0;
	enum lt_status status =
		lt_is_folder(folder) ? lt_dir_list(folder, arena, &names, &n_names, err) : LT_OK;
	struct key_file *list = lt_arena_alloc(arena, n_names + 1, sizeof(*list));
	if (!status && !list)
		status = lt_err_memory(err);
	for (size_t i = 0; i < n_names && !status; i++)
		status = add_file(arena, folder, names[i], list, n, err);
	if (status)
		return status;
	qsort(list, *n, sizeof(*list), by_age);
	*out = list;
	return LT_OK;
}

static bool is_called(const struct key_file *file, const char *which)
{
	return strlen(which) >= LEAST_DIGITS &&
	       strncmp(file->label.public, which, strlen(which)) == 0;
}

enum lt_status key_file_find(const char *folder, const char *which, struct lt_arena *arena,
			     const struct key_file **out, struct lt_err *err)
{
	const struct key_file *list, *of_person = NULL, *of_digits = NULL;
	unsigned n, n_digits = 0;
	enum lt_status status = key_files(folder, arena, &list, &n, err);
	if (status)
		return status;
	for (unsigned i = 0; i < n; i++) {
		if (!of_person && strcmp(list[i].label.person, which) == 0)
			of_person = &list[i];
		if (is_called(&list[i], which)) {
			of_digits = &list[i];
			n_digits++;
		}
	}
	if (!of_person && n_digits > 1)
		return lt_err_set(err, LT_EDATA, "有 %u 个密钥以 %s 开头，请多写几位",
				  "%u keys begin with %s; write more of it", n_digits, which);
	*out = of_person ? of_person : of_digits;
	return *out ? LT_OK
		    : lt_err_set(err, LT_EDATA,
				 "本机没有 %s 的密钥；新建：lingtan key make --as 姓名",
				 "this machine has no key of %s; make one: lingtan key make --as NAME",
				 which);
}

/* ---- making ---- */

static enum lt_status write_key(const char *path, const char *text, struct lt_err *err)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	const bool written = fd >= 0 && lt_file_put(fd, text, strlen(text)) && fsync(fd) == 0;
	const int code = errno;
	const bool closed = fd >= 0 && close(fd) == 0;
	/* the folder too, so that the name outlives the machine's next power cut */
	const int failed = !written ? code : !closed ? errno : lt_file_flush_folder(path);
	if (!failed)
		return LT_OK;
	if (fd >= 0)
		unlink(path);
	return lt_err_because(err, LT_ESPACE, failed, "%s：写不进去", "%s: cannot be written", path);
}

enum lt_status key_file_make(const char *folder, const char *person, const char *passphrase,
			     struct lt_arena *arena, const struct key_file **out,
			     struct lt_err *err)
{
	char text[LT_KEY_SEALED];
	struct key_file *file = lt_arena_alloc(arena, 1, sizeof(*file));
	if (!file)
		return lt_err_memory(err);
	enum lt_status status = session_check_text("--as", person, false, err);
	if (!status && strlen(person) >= LT_KEY_PERSON)
		status = lt_err_set(err, LT_EDATA, "姓名过长（最多 %d 字节）",
				    "the name is too long (%d bytes at most)", LT_KEY_PERSON - 1);
	if (status)
		return status;
	snprintf(file->label.person, sizeof(file->label.person), "%s", person);
	if (!tell_time(file->label.made))
		return lt_err_set(err, LT_EBUG, "时钟读不出", "the clock cannot be read");
	struct lt_key *key = lt_key_make();
	if (!key)
		return lt_err_memory(err);
	memcpy(file->label.public, lt_key_public(key), LT_PUBLIC_HEX);
	file->path = lt_arena_printf(arena, "%s/%.*s" ENDING, folder, NAME_DIGITS,
				     file->label.public);
	status = file->path ? lt_key_seal(key, &file->label, passphrase, text, err)
			    : lt_err_memory(err);
	lt_key_free(key);
	if (!status)
		status = make_folder(folder, err);
	if (!status)
		status = write_key(file->path, text, err);
	if (!status)
		*out = file;
	return status;
}

/* ---- unlocking ---- */

static enum lt_status check_mode(const char *path, struct lt_err *err)
{
	struct stat info;
	if (stat(path, &info) != 0 || !(info.st_mode & 077))
		return LT_OK;
	return lt_err_set(err, LT_EFILE, "%s：别人也能读这个密钥文件；请先 chmod 600",
			  "%s: others can read this key file; chmod 600 it first", path);
}

static enum lt_status unlock(const struct key_file *file, const char *passphrase,
			     struct lt_key **out, struct lt_err *err)
{
	struct lt_arena arena;
	const char *text;
	size_t len;
	enum lt_status status = check_mode(file->path, err);
	if (status)
		return status;
	lt_arena_init(&arena, 0);
	status = lt_file_read(file->path, LT_KEY_SEALED, &arena, &text, &len, err);
	if (!status)
		status = lt_key_open(text, passphrase, out, err);
	lt_arena_release(&arena);
	return status;
}

enum lt_status workspace_unlock(struct workspace *workspace, const struct key_file *file,
				const char *passphrase, struct lt_err *err)
{
	struct lt_key *key;
	enum lt_status status = unlock(file, passphrase, &key, err);
	if (status)
		return status;
	lt_key_free(workspace->key);
	workspace->key = key;
	snprintf(workspace->key_person, sizeof(workspace->key_person), "%s", file->label.person);
	return LT_OK;
}
