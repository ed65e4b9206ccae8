#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lingtan/base/file.h"
#include "lingtan/base/reason.h"
#include "lingtan/base/text.h"

/* Of LT_ERR_TEXT, so that a long path leaves room for what is wrong and what cures it. */
#define NAME_TEXT 256
#define READ_FIRST ((size_t)4096)

static void name_path(const char *path, char *name)
{
	if (path[0] == '\0')
		path = "\"\"";
	lt_text_visible(path, strlen(path), name, NAME_TEXT);
}

static enum lt_status refuse_errno(const char *name, int code, struct lt_err *err)
{
	switch (code) {
	case ENOMEM:
		return lt_err_memory(err);
	case ENOENT:
	case ENOTDIR:
		return lt_err_set(err, LT_EFILE, "%s：不存在；请检查路径",
				  "%s: does not exist; check the path", name);
	case EACCES:
	case EPERM:
		return lt_err_set(
			err, LT_EFILE, "%s：没有读取权限；请修改权限（chmod）或换一个用户",
			"%s: may not be read; change its permissions (chmod) or use another account",
			name);
	default:
		return lt_err_because(err, LT_EFILE, code, "%s：无法读取，请检查磁盘与路径",
				      "%s: cannot be read, check disk and path", name);
	}
}

static enum lt_status refuse_kind(const char *name, mode_t mode, struct lt_err *err)
{
	if (S_ISDIR(mode))
		return lt_err_set(err, LT_EFILE, "%s：是文件夹，不是文件；请给出文件路径",
				  "%s: is a directory; name a file", name);
	if (S_ISFIFO(mode))
		return lt_err_set(err, LT_EFILE,
				  "%s：是管道，不是文件；请给出文件路径，或用 - 表示标准输入",
				  "%s: is a pipe; name a file, or - for standard input", name);
	return lt_err_set(err, LT_EFILE, "%s：是设备，不是文件；请给出文件路径",
			  "%s: is a device; name a file", name);
}

static enum lt_status refuse_size(const char *name, size_t limit, struct lt_err *err)
{
	const size_t mega = 1024 * 1024;
	bool in_mega = limit >= mega && limit % mega == 0;

	if (in_mega)
		return lt_err_set(err, LT_EFILE, "%s：超过 %zu MiB 的上限；请换用较小的文件",
				  "%s: is over the limit of %zu MiB; use a smaller file", name,
				  limit / mega);
	return lt_err_set(err, LT_EFILE, "%s：超过 %zu 字节的上限；请换用较小的文件",
			  "%s: is over the limit of %zu bytes; use a smaller file", name, limit);
}

/* Opens without waiting for a writer, then refuses what is not a regular file. */
static enum lt_status open_regular(const char *path, const char *name, int *fd, size_t *size,
				   struct lt_err *err)
{
	struct stat info;
	enum lt_status status;
	int opened = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

	/* A socket cannot be opened, and what open says of it ("no such device") helps nobody. */
	if (opened < 0)
		return errno == ENXIO ? refuse_kind(name, S_IFCHR, err)
				      : refuse_errno(name, errno, err);
	if (fstat(opened, &info) < 0)
		status = refuse_errno(name, errno, err);
	else if (!S_ISREG(info.st_mode))
		status = refuse_kind(name, info.st_mode, err);
	else
		status = LT_OK;
	if (status != LT_OK) {
		close(opened);
		return status;
	}
	*fd = opened;
	*size = (size_t)info.st_size;
	return LT_OK;
}

/* One read; standard input may have been left non-blocking by whoever shares it, so that is waited
 * for. */
static ssize_t read_some(int fd, char *to, size_t room)
{
	for (;;) {
		ssize_t n = read(fd, to, room);
		if (n >= 0)
			return n;
		if (errno == EAGAIN) {
			struct pollfd input = { .fd = fd, .events = POLLIN };
			if (poll(&input, 1, -1) >= 0)
				continue;
		}
		if (errno != EINTR)
			return -1;
	}
}

/*
 * Reads to the end whatever the size said (a file can grow, and those of /proc say 0). One byte
 * past the limit is asked for: its arrival is how a file over the limit is known.
 */
static enum lt_status read_all(int fd, const char *name, size_t size, size_t limit,
			       struct lt_arena *arena, const char **text, size_t *len,
			       struct lt_err *err)
{
	size_t most = limit + 1, cap = size + 1 < READ_FIRST ? READ_FIRST : size + 1;
	size_t used = 0;
	char *buf = NULL;

	for (;;) {
		if (!buf || used == cap) {
			cap = buf ? cap * 2 : cap;
			cap = cap > most ? most : cap;
			buf = lt_arena_resize(arena, buf, cap + 1);
			if (!buf)
				return lt_err_memory(err);
		}
		ssize_t n = read_some(fd, buf + used, cap - used);
		if (n < 0)
			return refuse_errno(name, errno, err);
		if (n == 0)
			break;
		used += (size_t)n;
		if (used > limit)
			return refuse_size(name, limit, err);
	}
	buf[used] = '\0';
	*text = buf;
	*len = used;
	return LT_OK;
}

enum lt_status lt_file_read(const char *path, size_t limit, struct lt_arena *arena,
			    const char **text, size_t *len, struct lt_err *err)
{
	bool is_stdin = strcmp(path, "-") == 0;
	enum lt_status status = LT_OK;
	int fd = STDIN_FILENO;
	char name[NAME_TEXT];
	size_t size = 0;

	if (limit > SIZE_MAX / 4)
		limit = SIZE_MAX / 4;
	name_path(is_stdin ? "stdin" : path, name);
	if (!is_stdin)
		status = open_regular(path, name, &fd, &size, err);
	if (status != LT_OK)
		return status;
	if (size > limit)
		status = refuse_size(name, limit, err);
	else
		status = read_all(fd, name, size, limit, arena, text, len, err);
	if (!is_stdin)
		close(fd);
	return status;
}

enum lt_status lt_file_open(const char *path, int *fd, size_t *size, struct lt_err *err)
{
	char name[NAME_TEXT];

	name_path(path, name);
	return open_regular(path, name, fd, size, err);
}

static enum lt_status refuse_dir(const char *path, const char *name, struct lt_err *err)
{
	int code = errno;
	struct stat info;

	/* ENOTDIR is said of the path's end and of its middle; the two cures differ. */
	if (code == ENOTDIR && stat(path, &info) == 0)
		return lt_err_set(err, LT_EFILE, "%s：不是文件夹；请给出文件夹路径",
				  "%s: is not a directory; name a directory", name);
	return refuse_errno(name, code, err);
}

static enum lt_status read_names(DIR *dir, const char *name, struct lt_arena *arena,
				 const char ***names, size_t *n_names, struct lt_err *err)
{
	const char **list = lt_arena_resize(arena, NULL, 16 * sizeof(*list));
	struct dirent *entry;
	size_t n = 0;

	if (!list)
		return lt_err_memory(err);
	for (errno = 0; (entry = readdir(dir)); errno = 0) {
		if (entry->d_name[0] == '.')
			continue;
		list = lt_arena_resize(arena, list, (n + 1) * sizeof(*list));
		if (!list)
			return lt_err_memory(err);
		list[n] = lt_arena_strndup(arena, entry->d_name, strlen(entry->d_name));
		if (!list[n++])
			return lt_err_memory(err);
	}
	if (errno != 0)
		return refuse_errno(name, errno, err);
	*names = list;
	*n_names = n;
	return LT_OK;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

enum lt_status lt_dir_list(const char *path, struct lt_arena *arena, const char ***names,
			   size_t *n_names, struct lt_err *err)
{
	char name[NAME_TEXT];
	enum lt_status status;
	DIR *dir;

	name_path(path, name);
	dir = opendir(path);
	if (!dir)
		return refuse_dir(path, name, err);
	status = read_names(dir, name, arena, names, n_names, err);
	closedir(dir);
	if (status == LT_OK)
		qsort(*names, *n_names, sizeof(**names), compare_names);
	return status;
}

bool lt_is_folder(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool lt_is_file(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && !S_ISDIR(status.st_mode);
}

bool lt_is_link(const char *path)
{
	struct stat status;
	return lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
}

/* ---- writing ---- */

bool lt_file_put(int fd, const char *bytes, size_t len)
{
	while (len) {
		const ssize_t n = write(fd, bytes, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			errno = ENOSPC;
		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

enum lt_status lt_file_write_new(const char *path, const char *bytes, size_t len,
				 struct lt_err *err)
{
	char name[NAME_TEXT];
	name_path(path, name);
	const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (fd < 0)
		return errno == EEXIST
			       ? lt_err_set(err, LT_EDATA, "%s：已有这个文件，不会覆盖；请换一个名字",
					    "%s: there is such a file, it is not overwritten; use "
					    "another name",
					    name)
			       : lt_err_because(err, LT_ESPACE, errno, "%s：不能新建",
						"%s: cannot be made", name);
	const bool written = lt_file_put(fd, bytes, len) &&
			     (fsync(fd) == 0 || errno == EINVAL || errno == EROFS);
	const int code = errno;
	const bool closed = close(fd) == 0;
	const int failed = !written ? code : !closed ? errno : lt_file_flush_folder(path);
	if (!failed)
		return LT_OK;
	unlink(path);
	return lt_err_because(err, LT_ESPACE, failed, "%s：写不出", "%s: cannot be written", name);
}

int lt_file_give_name(const char *from, const char *to)
{
	struct stat status;
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return errno;
	if (link(from, to) == 0)
		return unlink(from) == 0 ? 0 : errno;
	if (errno == EEXIST || lstat(to, &status) == 0)
		return EEXIST;
	return rename(from, to) == 0 ? 0 : errno;
}

int lt_file_flush_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : NULL;
	if (slash && !folder)
		return ENOMEM;
	const int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const int code = fd >= 0 && fsync(fd) == 0 ? 0 : errno;
	if (fd >= 0)
		close(fd);
	free(folder);
	return code == EINVAL || code == EACCES || code == EROFS ? 0 : code;
}
