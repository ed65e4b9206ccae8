#include "lingtan/base/file_out.h"

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

#define SHOWN_PATH 200

static enum lt_status refuse(const struct lt_file_out *out, int code, struct lt_err *err)
{
	char shown[SHOWN_PATH];
	lt_text_visible(out->path, strlen(out->path), shown, sizeof(shown));
	if (code == EEXIST)
		return lt_err_set(
			err, LT_EDATA, "%s：已有这个文件，不会覆盖；请换一个名字，或用 --force",
			"%s: there is such a file, it is not overwritten; use another name, or "
			"--force",
			shown);
	return lt_err_because(err, LT_ESPACE, code, "%s：写不出", "%s: cannot be written", shown);
}

/* A database is never an output of ours: it is a project, with all that people wrote into it. Closing
 * it lets go of locks that this process may have on it, so that nobody goes on after this. */
static bool is_database(const char *path)
{
	static const char magic[16] = "SQLite format 3";
	char head[sizeof(magic)] = "";
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	const ssize_t n = fd < 0 ? 0 : read(fd, head, sizeof(head));
	if (fd >= 0)
		close(fd);
	return n == (ssize_t)sizeof(head) && memcmp(head, magic, sizeof(magic)) == 0;
}

static enum lt_status refuse_database(const struct lt_file_out *out, struct lt_err *err)
{
	char shown[SHOWN_PATH];
	lt_text_visible(out->path, strlen(out->path), shown, sizeof(shown));
	return lt_err_set(err, LT_EDATA, "%s：这是项目文件，用 --force 也不会覆盖；请换一个名字",
			  "%s: this is a project file, not even --force overwrites it; use another name",
			  shown);
}

/* What no option lets be replaced. */
static enum lt_status refuse_kind(const struct lt_file_out *out, mode_t mode, struct lt_err *err)
{
	char shown[SHOWN_PATH];
	lt_text_visible(out->path, strlen(out->path), shown, sizeof(shown));
	if (S_ISDIR(mode))
		return lt_err_set(err, LT_EDATA, "%s：是文件夹；请写出其中的文件名",
				  "%s: is a folder; name a file in it", shown);
	return lt_err_set(err, LT_EDATA, "%s：是链接、管道或设备，不会覆盖；请换一个名字",
			  "%s: is a link, a pipe or a device, it is not overwritten; use another name",
			  shown);
}

enum lt_status lt_file_begin(struct lt_file_out *out, const char *path, bool replace,
			     struct lt_err *err)
{
	struct stat status;
	*out = (struct lt_file_out){ .fd = -1, .replace = replace };
	const size_t len = strlen(path);
	out->path = strdup(path);
	out->temporary = malloc(len + 16);
	if (!out->path || !out->temporary)
		return lt_err_memory(err);
	const bool is_there = lstat(path, &status) == 0;
	if (is_there && !S_ISREG(status.st_mode))
		return refuse_kind(out, status.st_mode, err);
	if (is_there && !replace)
		return refuse(out, EEXIST, err);
	if (replace && is_database(path))
		return refuse_database(out, err);
	snprintf(out->temporary, len + 16, "%s.XXXXXX", path);
	out->fd = mkostemp(out->temporary, O_CLOEXEC);
	if (out->fd < 0)
		return refuse(out, errno, err);
	/* as any other new file */
	const mode_t mask = umask(0);
	umask(mask);
	return fchmod(out->fd, 0666 & ~mask) == 0 ? LT_OK : refuse(out, errno, err);
}

enum lt_status lt_file_add(struct lt_file_out *out, const void *bytes, size_t len,
			   struct lt_err *err)
{
	return lt_file_put(out->fd, bytes, len) ? LT_OK : refuse(out, errno, err);
}

enum lt_status lt_file_amend(struct lt_file_out *out, uint64_t at, const void *bytes, size_t len,
			     struct lt_err *err)
{
	const char *from = bytes;
	while (len) {
		const ssize_t n = pwrite(out->fd, from, len, (off_t)at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return refuse(out, n < 0 ? errno : ENOSPC, err);
		from += n;
		at += (uint64_t)n;
		len -= (size_t)n;
	}
	return LT_OK;
}

enum lt_status lt_file_cut(struct lt_file_out *out, uint64_t len, struct lt_err *err)
{
	return ftruncate(out->fd, (off_t)len) == 0 ? LT_OK : refuse(out, errno, err);
}

/* 0, or what errno says. */
static int give_name(const struct lt_file_out *out)
{
	if (!out->replace)
		return lt_file_give_name(out->temporary, out->path);
	return rename(out->temporary, out->path) == 0 ? 0 : errno;
}

enum lt_status lt_file_finish(struct lt_file_out *out, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	if (fsync(out->fd) != 0 && errno != EINVAL && errno != EROFS)
		status = refuse(out, errno, err);
	if (close(out->fd) != 0 && !status)
		status = refuse(out, errno, err);
	out->fd = -1;
	const int code = status ? 0 : give_name(out);
	if (code)
		status = refuse(out, code, err);
	if (status)
		unlink(out->temporary);
	else
		lt_file_flush_folder(out->path); /* it stands there whole, whatever that says */
	free(out->temporary);
	out->temporary = NULL;
	lt_file_abandon(out);
	return status;
}

void lt_file_abandon(struct lt_file_out *out)
{
	if (out->fd >= 0) {
		close(out->fd);
		unlink(out->temporary);
	}
	free(out->path);
	free(out->temporary);
	*out = (struct lt_file_out){ .fd = -1 };
}
