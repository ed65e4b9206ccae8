/* What a reviewer does about a file that may not be written, and what he did as a patch to send. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/aside.h"
#include "lingtan/app/patching.h"
#include "path.h"
#include "screens.h"

/* Goes on in the side file of what is open for reading alone. */
void aside_open(struct workbench *bench)
{
	struct lt_err err = LT_ERR_INIT;
	const char *path;
	bool there;
	char side[PATH_TEXT], name[200];
	if (!project_is_readonly(bench->session->project)) {
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "这个文件可以直接写，不用副册",
				    "this file can be written; it needs no side file"));
		return;
	}
	if (aside_find(bench->session, true, &path, &there, &err) != LT_OK || !path) {
		lt_err_set(&err, LT_ESPACE, "本机没有地方放副册；请设 HOME",
			   "there is no place for a side file; set HOME");
		workbench_tell_err(bench, &err);
		return;
	}
	snprintf(side, sizeof(side), "%s", path);
	snprintf(name, sizeof(name), "%s", bench->ref->name);
	if (workbench_open(bench, side, name, false))
		workbench_tell(
			bench, NOTICE_DONE, "%s",
			tell(bench, "原文件一字不动，写在本机副册里；写完用 F9 出补丁",
			     "the file stays untouched, you write in a side file; F9, make patch, takes it out"));
}

static void path_given(struct workbench *bench, void *context, const char *text)
{
	const struct patch_wish wish = { .evidence = true };
	struct lt_err err = LT_ERR_INIT;
	struct patch patch;
	size_t size = 0;
	char path[PATH_TEXT];
	(void)context;
	if (!typed_path(bench, text, path))
		return;
	if (patch_make(bench->session, &wish, path, &patch, &size, &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		return;
	}
	workbench_tell(bench, NOTICE_DONE,
		       patch.signature
			       ? tell(bench, "补丁已写好：%u 条记录，%zu 字节，已签名",
				      "the patch is written: %u entries, %zu bytes, signed")
			       : tell(bench, "补丁已写好：%u 条记录，%zu 字节，没有签名",
				      "the patch is written: %u entries, %zu bytes, not signed"),
		       patch.carried.n, size);
}

void patch_make_open(struct workbench *bench)
{
	ask_open(
		bench, tell(bench, "出补丁", "Make a patch"),
		tell(bench, "自己最后这一段做的，写到哪个文件", "what you did last, to which file"),
		tell(bench, "~/复核.patch", "~/review.patch"), true, NULL, path_given, NULL);
}
