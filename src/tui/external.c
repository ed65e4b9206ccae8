#include "external.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "lingtan/base/file.h"
#include "lingtan/base/reason.h"
#include "lingtan/base/text.h"
#include "terminal.h"

#define LARGEST ((size_t)1 << 20)

/* The person's editor is a command line of a shell, as for git and crontab. */
static enum lt_status run_editor(const char *path, struct lt_err *err)
{
	const char *editor = getenv("VISUAL");
	int status = -1;
	if (!editor || !editor[0])
		editor = getenv("EDITOR");
	if (!editor || !editor[0])
		editor = "editor";
	terminal_leave();
	const pid_t pid = fork();
	if (pid == 0) {
		char *const arguments[] = { (char *)(uintptr_t) "sh",
					    (char *)(uintptr_t) "-c",
					    (char *)(uintptr_t) "eval \"$LINGTAN_EDITOR\" '\"$1\"'",
					    (char *)(uintptr_t) "sh",
					    (char *)(uintptr_t)path,
					    NULL };
		setenv("LINGTAN_EDITOR", editor, 1);
		execv("/bin/sh", arguments);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	terminal_return();
	if (pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return LT_OK;
	char shown[200];
	lt_text_visible(editor, strlen(editor), shown, sizeof(shown));
	return lt_err_set(
		err, LT_EFILE, "编辑器 %s 没有正常结束，文字未动；可设 EDITOR",
		"the editor %s did not end well, the text is as it was; EDITOR names another",
		shown);
}

static enum lt_status read_back(const char *path, char **out, size_t *out_len, struct lt_err *err)
{
	struct lt_arena arena;
	const char *text;
	size_t len = 0, at;
	lt_arena_init(&arena, 0);
	enum lt_status status = lt_file_read(path, LARGEST, &arena, &text, &len, err);
	if (!status && lt_text_check(text, len, &at) != LT_TEXT_OK)
		status = lt_err_set(
			err, LT_EFILE, "编辑器存的不是 UTF-8 文字，原文未动",
			"the editor did not save UTF-8 text; the words are as they were");
	*out = status ? NULL : strndup(text ? text : "", len);
	*out_len = len;
	if (!status && !*out)
		status = lt_err_memory(err);
	lt_arena_release(&arena);
	return status;
}

/* Whether the editor left something else there than it was given. */
static bool is_changed(const char *path, const char *text, size_t len)
{
	struct lt_arena arena;
	struct lt_err ignored = LT_ERR_INIT;
	const char *now;
	size_t now_len = 0;
	lt_arena_init(&arena, 0);
	const bool same = lt_file_read(path, LARGEST, &arena, &now, &now_len, &ignored) == LT_OK &&
			  now_len == len && memcmp(now, text, len) == 0;
	lt_arena_release(&arena);
	return !same && access(path, F_OK) == 0;
}

static void tell_where(const char *path, struct lt_err *err)
{
	char shown[200], zh[300], en[300];
	lt_text_visible(path, strlen(path), shown, sizeof(shown));
	snprintf(zh, sizeof(zh), "；编辑器里写的在 %s", shown);
	snprintf(en, sizeof(en), "; what was written in it is in %s", shown);
	lt_err_suffix(err, zh, en);
}

enum lt_status external_edit(const char *text, size_t len, char **out, size_t *out_len,
			     struct lt_err *err)
{
	char path[4096];
	const char *tmp = getenv("TMPDIR");
	if (snprintf(path, sizeof(path), "%s/lingtan-XXXXXX.txt",
		     tmp && tmp[0] == '/' ? tmp : "/tmp") >= (int)sizeof(path))
		return lt_err_set(err, LT_EFILE, "TMPDIR 太长", "TMPDIR is too long");
	const int fd = mkstemps(path, 4);
	if (fd < 0)
		return lt_err_because(err, LT_ESPACE, errno, "不能建临时文件",
				      "cannot make a temporary file");
	enum lt_status status =
		lt_file_put(fd, text, len)
			? LT_OK
			: lt_err_because(err, LT_ESPACE, errno, "临时文件写不下",
					 "cannot write a temporary file");
	close(fd);
	if (!status)
		status = run_editor(path, err);
	if (!status)
		status = read_back(path, out, out_len, err);
	/* words that are nowhere else */
	if (status && is_changed(path, text, len))
		tell_where(path, err);
	else
		unlink(path);
	return status;
}
