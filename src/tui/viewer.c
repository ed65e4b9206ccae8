#include "viewer.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "lingtan/app/evidence.h"
#include "lingtan/app/inspect.h"
#include "lingtan/base/reason.h"

#define PROGRAM "xdg-open"
#define LARGEST ((off_t)256 << 20)

/* What is opened, and the end of the name that the copy gets. No kind that can hold a program. */
static const struct {
	const char *type, *end;
} kinds[] = {
	{ "application/pdf", "pdf" }, { "image/jpeg", "jpg" }, { "image/png", "png" },
	{ "image/webp", "webp" },     { "text/plain", "txt" },
};

static struct {
	char folder[300]; /* "" = none was needed yet */
	unsigned n;
	char names[100][320];
} viewer;

static enum lt_status make_folder(struct lt_err *err)
{
	const char *run = getenv("XDG_RUNTIME_DIR"), *tmp = getenv("TMPDIR");
	const char *base = run && run[0] == '/' ? run : tmp && tmp[0] == '/' ? tmp : "/tmp";
	if (viewer.folder[0])
		return LT_OK;
	const int len = snprintf(viewer.folder, sizeof(viewer.folder), "%s/lingtan-view-XXXXXX", base);
	/* mkdtemp makes it for its owner alone */
	if (len > 0 && (size_t)len < sizeof(viewer.folder) && mkdtemp(viewer.folder))
		return LT_OK;
	viewer.folder[0] = '\0';
	return lt_err_because(err, LT_ESPACE, errno, "不能建临时文件夹",
			      "cannot make a temporary folder");
}

/* The next name; its end is put on when the kind is known. */
static enum lt_status next_name(char *out, size_t cap, struct lt_err *err)
{
	enum lt_status status = make_folder(err);
	if (!status && viewer.n == sizeof(viewer.names) / sizeof(viewer.names[0]))
		status = lt_err_set(err, LT_ESPACE, "打开的文件太多；请重新进入工作台",
				    "too many documents are open; start the workbench again");
	if (!status)
		snprintf(out, cap, "%s/evidence-%u", viewer.folder, viewer.n + 1);
	return status;
}

static enum lt_status copy_bytes(int from, const char *to, struct lt_err *err)
{
	char buffer[65536];
	ssize_t n;
	off_t at = 0;
	const int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool good = fd >= 0;
	while (good && (n = pread(from, buffer, sizeof(buffer), at)) > 0) {
		good = write(fd, buffer, (size_t)n) == n && at <= LARGEST;
		at += n;
	}
	good = good && n == 0;
	if (fd >= 0)
		good = close(fd) == 0 && good;
	return good ? LT_OK
		    : lt_err_set(err, LT_ESPACE, "复制不成：空间不足，或文件太大",
				 "it cannot be copied: no space, or the file is too large");
}

/* The environment says whether there is a desktop that opens documents. */
static enum lt_status start(const char *path, struct lt_err *err)
{
	const char *x = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");
	extern char **environ;
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	pid_t pid;
	char *const words[] = { (char *)(uintptr_t)PROGRAM, (char *)(uintptr_t)path, NULL };
	if ((!x || !x[0]) && (!wayland || !wayland[0]))
		return lt_err_set(err, LT_EDATA, "这里没有桌面，打不开系统程序；可用“取出看”存成文件",
				  "there is no desktop here; write it to a file instead");
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	for (int fd = 0; fd < 3; fd++)
		posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0);
	/* a group of its own: what the terminal sends to us is not for it */
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
	sigset_t none;
	sigemptyset(&none);
	posix_spawnattr_setsigmask(&attributes, &none);
	const int code = posix_spawnp(&pid, PROGRAM, &actions, &attributes, words, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return code == 0 ? LT_OK
			 : lt_err_set(err, LT_EFILE, "系统里没有 " PROGRAM "，请安装 xdg-utils",
				      "there is no " PROGRAM " here; install xdg-utils");
}

/* By what is in it: then the copy gets its end, cannot be written, and is shown. */
static enum lt_status show_copy(const char *copy, struct lt_err *err)
{
	struct file_facts facts;
	const char *end = NULL;
	const int fd = open(copy, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	enum lt_status status = fd < 0 ? lt_err_because(err, LT_EFILE, errno, "打不开",
							"cannot be opened")
				       : inspect_file(fd, &facts, err);
	if (fd >= 0)
		close(fd);
	for (size_t i = 0; !status && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].type, facts.type) == 0)
			end = kinds[i].end;
	if (!status && !end)
		status = lt_err_set(err, LT_EDATA, "%s 不在可打开的类型里；可用“取出看”存成文件",
				    "%s is not among the kinds that are opened; write it to a file",
				    facts.type);
	char *name = viewer.names[viewer.n];
	if (!status) {
		snprintf(name, sizeof(viewer.names[0]), "%s.%s", copy, end);
		if (chmod(copy, 0400) != 0 || rename(copy, name) != 0)
			status = lt_err_because(err, LT_ESPACE, errno, "临时文件写不下",
						"cannot write a temporary file");
	}
	if (status) {
		unlink(copy);
		return status;
	}
	viewer.n++;
	return start(name, err);
}

enum lt_status viewer_open_file(const char *path, struct lt_err *err)
{
	char copy[310];
	struct stat info;
	enum lt_status status = next_name(copy, sizeof(copy), err);
	const int fd = status ? -1 : open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (!status && (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)))
		status = lt_err_set(err, LT_EFILE, "打不开这个文件", "the file cannot be opened");
	if (!status && info.st_size > LARGEST)
		status = lt_err_set(err, LT_EDATA, "文件超过 %d MB，不在这里打开",
				    "the file is larger than %d MB and is not opened here",
				    (int)(LARGEST >> 20));
	if (!status) {
		status = copy_bytes(fd, copy, err);
		if (status)
			unlink(copy);
	}
	if (fd >= 0)
		close(fd);
	return status ? status : show_copy(copy, err);
}

enum lt_status viewer_open_evidence(struct workbench *bench, const char *sha256, struct lt_err *err)
{
	char copy[310];
	enum lt_status status = next_name(copy, sizeof(copy), err);
	if (!status)
		status = session_extract(bench->session, sha256, copy, err);
	return status ? status : show_copy(copy, err);
}

enum lt_status viewer_open_theirs(struct merging *merging, const char *sha256, struct lt_err *err)
{
	char copy[310];
	enum lt_status status = next_name(copy, sizeof(copy), err);
	if (!status)
		status = merging_extract(merging, sha256, copy, err);
	return status ? status : show_copy(copy, err);
}

void viewer_tell(struct workbench *bench, enum lt_status status, const struct lt_err *err)
{
	if (status)
		workbench_tell_err(bench, err);
	else
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "已用系统程序打开一份副本",
				    "a copy was given to the system's program"));
}

void viewer_close(void)
{
	int code;
	for (unsigned i = 0; i < viewer.n; i++)
		unlink(viewer.names[i]);
	if (viewer.folder[0])
		rmdir(viewer.folder);
	viewer.n = 0;
	viewer.folder[0] = '\0';
	while (waitpid(-1, &code, WNOHANG) > 0)
		;
}
