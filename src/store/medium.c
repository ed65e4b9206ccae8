#include "medium.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "database.h"
#include "lingtan/base/file.h"
#include "lingtan/base/reason.h"
#include "lingtan/base/text.h"

#define HEADER 100      /* bytes of SQLite's file header */
#define READ_VERSION 19 /* where the header says how the file is read: 2 is WAL */

static unsigned big_endian(const unsigned char *at)
{
	return (unsigned)at[0] << 24 | (unsigned)at[1] << 16 | (unsigned)at[2] << 8 | at[3];
}

/* The folder of a path, "." where it names none. */
static void folder_of(const char *path, char *out, size_t cap)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		snprintf(out, cap, ".");
	else
		snprintf(out, cap, "%.*s", slash == path ? 1 : (int)(slash - path), path);
}

/* ---- is it ours ---- */

static enum lt_status check_header(const char *path, int fd, struct lt_err *err)
{
	unsigned char header[HEADER];
	const ssize_t got = pread(fd, header, sizeof(header), 0);
	if (got < 0)
		return lt_err_because(err, LT_EFILE, errno, "%s：读不出", "%s: cannot be read", path);
	const bool is_sqlite = got == HEADER && memcmp(header, "SQLite format 3", 16) == 0;
	if (!is_sqlite || big_endian(header + 68) != APPLICATION_ID)
		return lt_err_set(err, LT_EFILE, "%s：不是零碳项目文件；请换一个",
				  "%s: not a lingtan project file; name another", path);
	const unsigned version = big_endian(header + 60);
	if (version > SCHEMA_VERSION)
		return lt_err_set(
			err, LT_EFILE,
			"%s：由更新版本的 lingtan 写成（格式 %u，本程序到 %u）；请升级程序",
			"%s: written by a newer lingtan (format %u, this one knows %u); update the program",
			path, version, (unsigned)SCHEMA_VERSION);
	if (!version)
		return lt_err_set(err, LT_EFILE, "%s：格式 %u 不明，不予打开（本程序为 %u）",
				  "%s: unknown format %u, not opened (this program has %u)", path,
				  version, (unsigned)SCHEMA_VERSION);
	return LT_OK;
}

static bool is_wal(int fd)
{
	unsigned char header[HEADER];
	return pread(fd, header, sizeof(header), 0) == HEADER &&
	       memcmp(header, "SQLite format 3", 16) == 0 && header[READ_VERSION] == 2;
}

/* A journal that ends with this names one more file, which SQLite opens, and removes when it has rolled back. */
static const unsigned char names_another[8] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };

/* Never of ours: one transaction writes one file. */
static bool is_of_several_files(int fd)
{
	unsigned char tail[sizeof(names_another)];
	const off_t at = lseek(fd, -(off_t)sizeof(tail), SEEK_END);
	return at >= 0 && pread(fd, tail, sizeof(tail), at) == (ssize_t)sizeof(tail) &&
	       memcmp(tail, names_another, sizeof(tail)) == 0;
}

static bool is_begun(int fd)
{
	char head = '\0';
	return pread(fd, &head, 1, 0) == 1 && head != '\0';
}

static enum lt_status check_log(const char *path, const char *shown, bool is_new, struct lt_err *err)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	enum lt_status status = LT_OK;
	if (fd < 0)
		return LT_OK; /* SQLite says why it cannot be read */
	if (is_of_several_files(fd))
		status = lt_err_set(err, LT_EFILE, "%s：不是本程序写的，牵涉别的文件；把它移走，再打开项目",
				    "%s: not of this program, names another file; move it away, then open the project",
				    shown);
	else if (is_new && is_begun(fd))
		status = lt_err_set(err, LT_EFILE, "%s：以前的文件留下的；把它移走，或换一个文件名",
				    "%s: left by an earlier file; move it away, or use another name", shown);
	close(fd);
	return status;
}

/* SQLite takes what has such a name for a part of the file, and would wait for a pipe for ever; whoever sent
 * the folder may have put it there. A new file has no log yet: one that was begun is another's. */
static enum lt_status check_beside(const char *path, bool is_new, struct lt_err *err)
{
	/* the last is locked by whoever uses it, and closing it would let go of the locks of this process */
	static const char *const ends[] = { "-journal", "-wal", "-shm" };
	enum lt_status status = LT_OK;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]) && !status; i++) {
		char beside[4200];
		struct stat st;
		snprintf(beside, sizeof(beside), "%.4090s%s", path, ends[i]);
		const char *shown = strncmp(beside, "./", 2) == 0 ? beside + 2 : beside;
		if (stat(beside, &st) != 0)
			continue;
		if (!S_ISREG(st.st_mode))
			status = lt_err_set(err, LT_EFILE, "%s：不是普通文件；把它移走，再打开项目",
					    "%s: not a regular file; move it away, then open the project", shown);
		else if (i < 2)
			status = check_log(beside, shown, is_new, err);
	}
	return status;
}

/* With ./ before a name that SQLite takes for one of its own; what a link leads to, since all that belongs to the
 * file lies beside that. */
static bool set_path(struct medium *medium, const char *path)
{
	struct stat st;
	const char *before = path[0] == '/' ? "" : "./";
	char *real = lstat(path, &st) == 0 && S_ISLNK(st.st_mode) ? realpath(path, NULL) : NULL;
	const int len = snprintf(medium->path, sizeof(medium->path), "%s%s", real ? "" : before, real ? real : path);
	free(real);
	return len >= 0 && (size_t)len < sizeof(medium->path);
}

enum lt_status medium_look(const char *path, bool any, struct medium *out, struct lt_err *err)
{
	struct stat st;
	char folder[4096];
	*out = (struct medium){ 0 };
	if (!set_path(out, path))
		return lt_err_set(err, LT_EFILE, "%.*s…：路径过长；把文件移到近一些的文件夹",
				  "%.*s...: the path is too long; move the file to a folder nearer the root",
				  LT_CUT(path, 60));
	const int fd = open(out->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return errno == ENOENT ? lt_err_set(err, LT_EFILE, "%s：没有这个文件",
						    "%s: there is no such file", path)
				       : lt_err_because(err, LT_EFILE, errno, "%s：打不开",
							"%s: cannot be opened", path);
	enum lt_status status = LT_OK;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		status = lt_err_set(err, LT_EFILE, "%s：不是普通文件", "%s: not a regular file",
				    path);
	else if (!any)
		status = check_header(path, fd, err);
	out->wal = !status && is_wal(fd);
	close(fd);
	status = status ? status : check_beside(out->path, false, err);
	folder_of(out->path, folder, sizeof(folder));
	out->writable = access(out->path, W_OK) == 0 && access(folder, W_OK) == 0;
	return status;
}

/* ---- a temporary copy ---- */

/* Bytes that SQLite locks instead of the file: who reads holds SHARED for reading, who is about to
 * write RESERVED for writing, who writes into the file SHARED for writing. */
#define RESERVED_BYTE 0x40000001
#define SHARED_FIRST 0x40000002
#define SHARED_SIZE 510

/* Bytes of the -shm file: who writes to the log, copies it back or recovers it locks one of these
 * for writing. */
#define WAL_LOCKS_FIRST 120
#define WAL_LOCKS_SIZE 3

#define LOCK_TRIES 500
#define LOCK_PAUSE_MS 10

static enum lt_status is_being_written(const char *path, struct lt_err *err)
{
	return lt_err_set(err, LT_ESPACE, "%s：另一个程序正在写，请稍后再试",
			  "%s: another program is writing it; try again", path);
}

/* Keeps others from writing into what those bytes stand for until fd is closed. A file system
 * without locks has no others. */
static enum lt_status hold_still(const char *path, int fd, off_t first, off_t size,
				 struct lt_err *err)
{
	const struct timespec pause = { 0, LOCK_PAUSE_MS * 1000000L };
	struct flock lock = {
		.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = first, .l_len = size
	};
	for (int i = 0; i < LOCK_TRIES; i++) {
		if (fcntl(fd, F_OFD_SETLK, &lock) == 0 || (errno != EAGAIN && errno != EACCES))
			return LT_OK;
		nanosleep(&pause, NULL);
	}
	return is_being_written(path, err);
}

/* Whether the journal beside a file that holds still is of a program that died: nobody holds the
 * lock of who is writing, and it has a header, which is zeroed when a transaction is done. */
static bool is_hot(int file, const char *journal)
{
	char head[8];
	struct stat st;
	struct flock lock = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = RESERVED_BYTE, .l_len = 1
	};
	if (fcntl(file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK)
		return false;
	const int fd = open(journal, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	const bool hot = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
			 pread(fd, head, sizeof(head), 0) == (ssize_t)sizeof(head) && head[0];
	if (fd >= 0)
		close(fd);
	return hot;
}

static enum lt_status cannot_copy(const char *path, struct lt_err *err)
{
	return lt_err_because(err, LT_ESPACE, errno, "%s：不能复制", "%s: cannot be copied", path);
}

/* `to` gets what fd holds; fd stays open. */
static enum lt_status copy_bytes(const char *path, int fd, const char *to, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	char *buf = malloc(1 << 20);
	const int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (!buf || out < 0)
		status = buf ? cannot_copy(path, err) : lt_err_memory(err);
	for (ssize_t got; !status && (got = read(fd, buf, 1 << 20)) != 0;) {
		ssize_t done = 0;
		while (got > 0 && done < got) {
			const ssize_t now = write(out, buf + done, (size_t)(got - done));
			if (now <= 0)
				break;
			done += now;
		}
		if (got < 0 || done < got)
			status = cannot_copy(path, err);
	}
	if (out >= 0)
		close(out);
	free(buf);
	return status;
}

/* What lies beside a file under its name and `end`; nothing where there is none. */
static enum lt_status copy_beside(const char *path, const char *to, const char *end,
				  struct lt_err *err)
{
	char from[4200], copy[4300];
	snprintf(from, sizeof(from), "%.4090s%s", path, end);
	snprintf(copy, sizeof(copy), "%s%s", to, end);
	const int fd = open(from, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return errno == ENOENT ? LT_OK : cannot_copy(from, err);
	const enum lt_status status = copy_bytes(from, fd, copy, err);
	close(fd);
	return status;
}

/* The file and its log, while nobody writes to the one or copies it back into the other. */
static enum lt_status copy_logged(const char *path, int fd, const char *to, struct lt_err *err)
{
	char shared[4200];
	snprintf(shared, sizeof(shared), "%.4090s-shm", path);
	const int held = open(shared, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	enum lt_status status = LT_OK;
	if (held >= 0)
		status = hold_still(path, held, WAL_LOCKS_FIRST, WAL_LOCKS_SIZE, err);
	if (!status)
		status = copy_bytes(path, fd, to, err);
	if (!status)
		status = copy_beside(path, to, "-wal", err);
	/* one that opened it meanwhile was not held */
	if (!status && held < 0 && access(shared, F_OK) == 0)
		status = is_being_written(path, err);
	if (held >= 0)
		close(held);
	return status;
}

static enum lt_status copy_all(const char *path, const char *to, struct lt_err *err)
{
	char journal[4200];
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return cannot_copy(path, err);
	snprintf(journal, sizeof(journal), "%.4090s-journal", path);
	enum lt_status status = hold_still(path, fd, SHARED_FIRST, SHARED_SIZE, err);
	if (!status && is_wal(fd))
		status = copy_logged(path, fd, to, err);
	else if (!status)
		status = copy_bytes(path, fd, to, err);
	if (!status && is_hot(fd, journal))
		status = copy_beside(path, to, "-journal", err);
	close(fd);
	return status;
}

enum lt_status medium_copy(const char *path, char **copy, struct lt_err *err)
{
	const char *tmp = getenv("TMPDIR");
	char folder[4096], to[4200];
	snprintf(folder, sizeof(folder), "%s/lingtan-XXXXXX", tmp && tmp[0] == '/' ? tmp : "/tmp");
	*copy = NULL;
	if (!mkdtemp(folder))
		return lt_err_because(err, LT_ESPACE, errno, "%s：不能建立临时文件夹",
				      "%s: no temporary folder can be made", folder);
	snprintf(to, sizeof(to), "%s/copy", folder);
	char *made = strdup(to);
	if (!made) {
		rmdir(folder);
		return lt_err_memory(err);
	}
	enum lt_status status = copy_all(path, to, err);
	if (status)
		medium_remove_copy(made);
	else
		*copy = made;
	return status;
}

/* A file of SQLite's with all that may lie beside it. */
static void remove_file(const char *path)
{
	static const char *const ends[] = { "", "-journal", "-wal", "-shm" };
	char name[4300];
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if ((size_t)snprintf(name, sizeof(name), "%s%s", path, ends[i]) < sizeof(name))
			unlink(name);
}

void medium_remove_copy(char *copy)
{
	char folder[4096];
	if (!copy)
		return;
	folder_of(copy, folder, sizeof(folder));
	remove_file(copy);
	rmdir(folder);
	free(copy);
}

/* ---- a new file ---- */

static enum lt_status exists(const char *path, struct lt_err *err)
{
	return lt_err_set(err, LT_EDATA, "%s：已有这个文件，不会覆盖；请换个名字",
			  "%s: there is such a file, it is not overwritten; take another name",
			  path);
}

static enum lt_status cannot_make(const char *path, int code, struct lt_err *err)
{
	return lt_err_because(err, LT_ESPACE, code, "%s：不能新建", "%s: cannot be made", path);
}

enum lt_status medium_reserve(const char *path, char *draft, size_t cap, struct lt_err *err)
{
	struct stat st;
	if (!path[0] || path[strlen(path) - 1] == '/')
		return lt_err_set(err, LT_EUSAGE, "“%s”不是文件名", "'%s' is no file name", path);
	if (lstat(path, &st) == 0)
		return exists(path, err);
	enum lt_status status = check_beside(path, true, err);
	if (status)
		return status;
	/* a name may be left from a program that was killed and had this one's number */
	for (unsigned n = 0; n < 1000; n++) {
		const int len = snprintf(draft, cap, "%s%s.new-%ld-%u", path[0] == '/' ? "" : "./",
					 path, (long)getpid(), n);
		if (len < 0 || (size_t)len >= cap)
			return cannot_make(path, ENAMETOOLONG, err);
		const int fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0) {
			close(fd);
			return LT_OK;
		}
		if (errno != EEXIST)
			return cannot_make(path, errno, err);
	}
	return cannot_make(path, EEXIST, err);
}

enum lt_status medium_give_name(const char *draft, const char *path, struct lt_err *err)
{
	int code = lt_file_give_name(draft, path);
	if (code)
		return code == EEXIST ? exists(path, err) : cannot_make(path, code, err);
	code = lt_file_flush_folder(path);
	if (!code)
		return LT_OK;
	return lt_err_because(err, LT_ESPACE, code, "%s：所在的文件夹不能写入磁盘",
			      "%s: its folder cannot be flushed", path);
}

void medium_discard(const char *draft)
{
	remove_file(draft);
}
