#include "lingtan/base/file_out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
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
	return lt_err_set(err, LT_ESPACE, "%s：写不出（%s）", "%s: cannot be written (%s)", shown,
			  strerror(code));
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
	if (lstat(path, &status) == 0 && (!replace || !S_ISREG(status.st_mode)))
		return refuse(out, EEXIST, err);
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
	const char *at = bytes;
	while (len) {
		const ssize_t n = write(out->fd, at, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return refuse(out, n < 0 ? errno : ENOSPC, err);
		at += n;
		len -= (size_t)n;
	}
	return LT_OK;
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

/* The name is on disk with its folder; where that cannot be asked, it is as it is. */
static void sync_folder(const char *path)
{
	char *folder = strdup(path);
	char *slash = folder ? strrchr(folder, '/') : NULL;
	if (slash)
		slash[slash == folder] = '\0';
	const int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

/* Gives the file its name. Some file systems know no rename that refuses: a link does, too. */
static int give_name(const struct lt_file_out *out)
{
	if (out->replace)
		return rename(out->temporary, out->path);
	if (renameat2(AT_FDCWD, out->temporary, AT_FDCWD, out->path, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	if (link(out->temporary, out->path) == 0)
		return unlink(out->temporary);
	struct stat status;
	if (errno == EEXIST || lstat(out->path, &status) == 0) {
		errno = EEXIST;
		return -1;
	}
	return rename(out->temporary, out->path);
}

enum lt_status lt_file_finish(struct lt_file_out *out, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	if (fsync(out->fd) != 0 && errno != EINVAL && errno != EROFS)
		status = refuse(out, errno, err);
	if (close(out->fd) != 0 && !status)
		status = refuse(out, errno, err);
	out->fd = -1;
	if (!status && give_name(out) != 0)
		status = refuse(out, errno, err);
	if (status)
		unlink(out->temporary);
	else
		sync_folder(out->path);
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
