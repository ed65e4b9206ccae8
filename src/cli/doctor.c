/* doctor: what of this machine the program needs, and what is there. */
#include <gnu/libc-version.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include "command.h"
#include "lingtan/app/inspect.h"
#include "lingtan/base/random.h"
#include "lingtan/base/text.h"
#include "lingtan/store/store.h"

enum health { HEALTH_GOOD, HEALTH_WARN, HEALTH_BAD };

struct check_up {
	struct invocation *in;
	struct lt_json json;
	bool is_bad;
};

#define SAID 600

static void report(struct check_up *check, const char *id, enum health health, const char *title,
		   const char *said)
{
	static const char *const words[] = { "good", "warning", "bad" };
	static const char *const marks[] = { "✓", "!", "✗" };
	char shown[SAID];
	check->is_bad |= health == HEALTH_BAD;
	lt_text_visible(said, strlen(said), shown, sizeof(shown));
	if (check->in->json) {
		lt_json_open_object(&check->json, NULL);
		lt_json_string(&check->json, "id", id);
		lt_json_string(&check->json, "state", words[health]);
		lt_json_string(&check->json, "title", title);
		lt_json_string(&check->json, "text", shown);
		lt_json_close(&check->json);
		return;
	}
	printf("%s ", marks[health]);
	print_padded(stdout, title, 12);
	printf("%s\n", shown);
}

/* ---- terminal and characters ---- */

static void see_charset(struct check_up *check)
{
	const struct invocation *in = check->in;
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *value = NULL;
	char said[SAID];
	for (int i = 0; i < 3 && (!value || !value[0]); i++)
		value = getenv(names[i]);
	const bool utf8 = value && (strcasestr(value, "utf-8") || strcasestr(value, "utf8"));
	snprintf(said, sizeof(said), "%.80s%s", value && value[0] ? value : "C",
		 utf8 ? ""
		      : say(in, "；终端若能显示中文，可设 LANG=zh_CN.UTF-8",
			    "; where the terminal shows Chinese, set LANG=zh_CN.UTF-8"));
	report(check, "charset", utf8 ? HEALTH_GOOD : HEALTH_WARN, say(in, "字符集", "charset"),
	       said);
}

static void see_terminal(struct check_up *check)
{
	const struct invocation *in = check->in;
	const char *term = getenv("TERM");
	struct winsize size = { 0 };
	char said[SAID];
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		report(check, "terminal", HEALTH_WARN, say(in, "终端", "terminal"),
		       say(in, "不在终端里；工作台要终端，--plain 不要",
			   "none here; the workbench needs one, --plain does not"));
		return;
	}
	const bool sized = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
	const bool small = sized && (size.ws_col < 60 || size.ws_row < 18);
	const bool dumb = !term || !term[0] || strcmp(term, "dumb") == 0;
	snprintf(said, sizeof(said),
		 say(in, "%.60s，%u 列 %u 行%s", "%.60s, %u columns, %u rows%s"), term ? term : "-",
		 size.ws_col, size.ws_row,
		 dumb    ? say(in, "；这种终端请用 --plain", "; use --plain on this one")
		 : small ? say(in, "；至少要 60 列 18 行", "; at least 60 columns and 18 rows")
			 : "");
	report(check, "terminal", dumb || small ? HEALTH_WARN : HEALTH_GOOD,
	       say(in, "终端", "terminal"), said);
}

/* ---- places to write ---- */

static void see_state(struct check_up *check)
{
	const struct invocation *in = check->in;
	const char *home = who_asks(in).state_home;
	struct stat info;
	char said[SAID], parent[SAID];
	if (!home) {
		report(check, "state", HEALTH_WARN, say(in, "状态文件夹", "state"),
		       say(in, "没有 HOME，草稿和本机副本不会保留",
			   "no HOME: neither drafts nor copies are kept"));
		return;
	}
	/* the nearest folder that is there says whether it can be made */
	snprintf(parent, sizeof(parent), "%s", home);
	while (stat(parent, &info) != 0 && strrchr(parent, '/') > parent)
		*strrchr(parent, '/') = '\0';
	const bool writable = access(parent, W_OK) == 0;
	snprintf(said, sizeof(said), "%.400s%s", home,
		 writable ? ""
			  : say(in, "：不能写，草稿不会保留",
				": cannot be written, no drafts are kept"));
	report(check, "state", writable ? HEALTH_GOOD : HEALTH_BAD, say(in, "状态文件夹", "state"),
	       said);
}

static void see_space(struct check_up *check)
{
	const struct invocation *in = check->in;
	struct statvfs disk;
	char said[SAID];
	if (statvfs(".", &disk) != 0)
		return;
	const unsigned long long mib =
		(unsigned long long)disk.f_bavail * disk.f_frsize / 1024 / 1024;
	snprintf(said, sizeof(said), say(in, "当前文件夹余 %llu MB", "%llu MB left here"), mib);
	report(check, "space", mib < 200 ? HEALTH_WARN : HEALTH_GOOD, say(in, "磁盘", "disk"),
	       said);
}

/* A file is made, written and taken away again. */
static bool can_write(const char *folder)
{
	char path[SAID];
	const int len = snprintf(path, sizeof(path), "%s/.lingtan-doctor-XXXXXX", folder);
	const int fd = len > 0 && (size_t)len < sizeof(path) ? mkstemp(path) : -1;
	if (fd < 0)
		return false;
	const bool good = write(fd, "lingtan\n", 8) == 8 && fsync(fd) == 0;
	unlink(path);
	return close(fd) == 0 && good;
}

static void see_here(struct check_up *check)
{
	const struct invocation *in = check->in;
	const bool good = can_write(".");
	report(check, "write", good ? HEALTH_GOOD : HEALTH_WARN, say(in, "试写", "write test"),
	       good ? say(in, "当前文件夹可写，写盘正常", "a file was written here and synced")
		    : say(in, "当前文件夹写不了；项目要放在可写的文件夹",
			  "nothing can be written here; keep projects where it can"));
}

/* Whoever looks at it sees whether the terminal has the widths that the program counts with. */
static void show_ruler(struct check_up *check)
{
	const struct invocation *in = check->in;
	if (check->in->json)
		return;
	printf("  ");
	print_padded(stdout, say(in, "宽度尺", "ruler"), 12);
	printf("%s\n",
	       say(in, "下面三行应一样长；不齐时设 LINGTAN_AMBIGUOUS=2 或用 --no-unicode",
		   "the three lines are of one length, or set LINGTAN_AMBIGUOUS=2, or use "
		   "--no-unicode"));
	static const char *const lines[] = { "12345678901234567890|", "零碳园区评价工作台尺|",
					     "────────────────────|" };
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		printf("%14s%s\n", "", lines[i]);
}

/* ---- what belongs to the program ---- */

static void see_libraries(struct check_up *check)
{
	const struct invocation *in = check->in;
	char said[SAID];
	snprintf(said, sizeof(said), "SQLite %s, libsodium %s, glibc %s", store_library_version(),
		 lt_sodium_version(), gnu_get_libc_version());
	report(check, "libraries", HEALTH_GOOD, say(in, "程序库", "libraries"), said);
}

static void see_fonts(struct check_up *check, int fd)
{
	const struct invocation *in = check->in;
	struct lt_err err = LT_ERR_INIT;
	char family[200] = "";
	const enum lt_status status = inspect_fonts(fd, family, sizeof(family), &err);
	report(check, "fonts", status || !family[0] ? HEALTH_WARN : HEALTH_GOOD,
	       say(in, "中文字体", "fonts"),
	       status      ? err.text[in->lang]
	       : family[0] ? family
			   : say(in, "没有中文字体，证书和报告画不出汉字；请装 fonts-noto-cjk",
				 "none with Chinese, documents will lack it; install "
				 "fonts-noto-cjk"));
}

static enum lt_status see_rulesets(struct check_up *check)
{
	struct invocation *in = check->in;
	struct library_result *results =
		lt_arena_alloc(&in->findings_arena, in->library.n_entries + 1, sizeof(*results));
	struct lt_findings findings;
	char said[SAID];
	unsigned bad = 0;
	if (!results)
		return lt_err_memory(&in->err);
	lt_findings_init(&findings, &in->findings_arena);
	enum lt_status status = library_load_all(&in->library, &findings, results, &in->err);
	if (status)
		return status;
	for (unsigned i = 0; i < in->library.n_entries; i++)
		bad += results[i].status != LT_OK;
	snprintf(said, sizeof(said),
		 bad ? say(in, "%u 套，%u 套读不了；见 lingtan check",
			   "%u, of which %u cannot be read; see lingtan check")
		     : say(in, "%u 套，都读得了%.0u", "%u, all of them can be read%.0u"),
		 in->library.n_entries, bad);
	report(check, "rulesets", bad ? HEALTH_BAD : HEALTH_GOOD, say(in, "标准", "rulesets"),
	       said);
	return LT_OK;
}

static void see_render(struct check_up *check)
{
	const struct invocation *in = check->in;
	struct file_facts facts;
	struct lt_err err = LT_ERR_INIT;
	FILE *file = tmpfile();
	if (file)
		fputs("lingtan\n", file);
	if (!file || fflush(file) != 0)
		lt_err_set(&err, LT_ESPACE, "不能建临时文件", "cannot make a temporary file");
	else if (inspect_programs(&err) == LT_OK)
		inspect_file(fileno(file), &facts, &err);
	report(check, "render", err.status ? HEALTH_BAD : HEALTH_GOOD,
	       say(in, "读文件程序", "render"),
	       err.status ? err.text[in->lang]
			  : say(in, "lingtan-inspect 在沙箱里能用",
				"lingtan-inspect works in its sandbox"));
	if (file && !err.status)
		see_fonts(check, fileno(file));
	if (file)
		fclose(file);
}

static void see_editor(struct check_up *check)
{
	const struct invocation *in = check->in;
	const char *editor = getenv("VISUAL");
	if (!editor || !editor[0])
		editor = getenv("EDITOR");
	report(check, "editor", HEALTH_GOOD, say(in, "编辑器", "editor"),
	       editor && editor[0] ? editor
				   : say(in, "未设 EDITOR，用系统默认的 editor",
					 "EDITOR is not set, the system's editor is used"));
}

enum lt_status command_doctor(struct invocation *in)
{
	struct check_up check = { .in = in };
	if (in->json) {
		lt_json_init(&check.json);
		lt_json_open_object(&check.json, NULL);
		lt_json_open_list(&check.json, "checks");
	}
	see_charset(&check);
	see_terminal(&check);
	see_state(&check);
	see_space(&check);
	see_here(&check);
	see_libraries(&check);
	enum lt_status status = see_rulesets(&check);
	see_render(&check);
	see_editor(&check);
	show_ruler(&check);
	if (in->json) {
		lt_json_close(&check.json);
		lt_json_close(&check.json);
		const enum lt_status printed = print_json(in, &check.json);
		status = status ? status : printed;
	}
	if (status)
		return status;
	return check.is_bad ? LT_NO : LT_OK;
}
