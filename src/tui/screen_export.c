/* What leaves the project, in two keys: a digit writes a file under the name that is offered, which no
 * other file bears. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "frame.h"
#include "lingtan/app/export.h"
#include "lingtan/app/place.h"
#include "list.h"
#include "path.h"
#include "screens.h"

#define SETTING "export-template"

enum option { OPTION_KIND, OPTION_STATE, OPTION_LANG, OPTION_NAMES, OPTION_OWNER, OPTION_TEMPLATE, N_OPTIONS };

struct exporting {
	struct list list;
	struct export_wish wish; /* its texts are below */
	char day[16], path[PATH_TEXT], template[PATH_TEXT], owner[200], assessment[200];
};

static void to_certificate(struct workbench *bench)
{
	workbench_pop(bench);
	const struct screen *below = workbench_top(bench);
	if (!below || strcmp(below->kind->id, "certificate") != 0)
		certificate_open(bench);
}

static void to_forms(struct workbench *bench)
{
	workbench_pop(bench);
	paper_open_list(bench);
}

static const struct {
	enum export_format format; /* N_EXPORT_FORMATS: a screen of its own */
	struct label title, detail;
	void (*open)(struct workbench *bench); /* of that screen */
	bool is_of_owner;		       /* holds what one owner owes, if one is named */
} rows[] = {
	{ EXPORT_PDF, { "报告 PDF", "report, PDF" }, { "有目录和页码，可打印", "contents, page numbers, for print" }, NULL, true },
	{ EXPORT_DOCX, { "报告 Word", "report, Word" }, { "套用机构的底稿，文字可续写", "on the body's own file, to write on" }, NULL, true },
	{ EXPORT_HTML, { "报告 网页", "report, page" }, { "一个文件，不用联网", "one file, needs no network" }, NULL, true },
	{ EXPORT_XLSX, { "工作簿 XLSX", "workbook, XLSX" }, { "发出去填，填好再导入", "to be filled in and imported" }, NULL, true },
	{ EXPORT_CSV, { "数据表 CSV", "tables, CSV" }, { "作答、数据、盘查", "answers, figures, inventory" }, NULL, true },
	{ EXPORT_JSON, { "数据 JSON", "data, JSON" }, { "全部内容，可重建项目", "everything; makes the project again" }, NULL, false },
	{ EXPORT_EVIDENCE, { "佐证包 ZIP", "evidence, ZIP" }, { "按条款命名，附目录和校验值", "named by item, with index and hashes" }, NULL, false },
	{ N_EXPORT_FORMATS,
	  { "证书", "certificate" },
	  { "样张、发证，在证书屏", "specimen or issue, on its own screen" },
	  to_certificate,
	  false },
	{ N_EXPORT_FORMATS,
	  { "表单", "forms" },
	  { "签到表、不符合项报告等，打印签字", "attendance, nonconformity and others, to be signed" },
	  to_forms,
	  false },
	{ EXPORT_REQUESTS, { "资料清单 CSV", "requests, CSV" }, { "要了什么、谁交、收到没有", "what was asked, of whom, whether it came" }, NULL, true },
};
#define N_ROWS ((unsigned)(sizeof(rows) / sizeof(rows[0])))

static const struct label kinds[N_REPORT_KINDS] = {
	[REPORT_SELF] = { "自评价报告", "self-assessment" },
	[REPORT_THIRD] = { "第三方评价报告", "third-party assessment" },
	[REPORT_STATEMENT] = { "核查声明", "verification statement" },
};

static const struct label options[N_OPTIONS] = {
	[OPTION_KIND] = { "报告", "report" },	[OPTION_STATE] = { "版本", "version" },
	[OPTION_LANG] = { "语言", "language" }, [OPTION_NAMES] = { "人名", "names" },
	[OPTION_OWNER] = { "责任人", "owner" }, [OPTION_TEMPLATE] = { "底稿", "template" },
};

static struct exporting *exporting_of(const struct screen *screen)
{
	return screen->data;
}

static struct exporting *exporting_on_top(struct workbench *bench);

/* ---- what is asked for ---- */

/* Whoever sits here exports the rung he stands on; of a rung without answers the highest one. */
static void take_rung(const struct workbench *bench, struct exporting *at)
{
	const enum rung own = bench->board->own;
	struct report_wish *report = &at->wish.report;
	report->rung = report->kind == REPORT_SELF		    ? RUNG_SELF
		       : own != RUNG_SELF && bench->board->rungs[own].has_answers ? own
									  : N_RUNGS;
}

static void prepare(struct workbench *bench, struct exporting *at)
{
	workbench_today(at->day);
	const char *template = setting_find(bench->sitting->who.state_home, SETTING, &bench->session->arena);
	snprintf(at->template, sizeof(at->template), "%s", template ? template : "");
	text_format(at->assessment, sizeof(at->assessment), "%s",
		    title_of_assessment(bench, bench->ref));
	at->wish.report = (struct report_wish){
		.kind = bench->board->own == RUNG_SELF ? REPORT_SELF : REPORT_THIRD,
		.lang = bench->lang,
		.date = at->day,
	};
}

/* The name that a row's file would get; "" where there is none. */
static void offer(struct workbench *bench, struct exporting *at, unsigned row)
{
	char folder[PATH_TEXT];
	at->path[0] = '\0';
	if (row >= N_ROWS || rows[row].format == N_EXPORT_FORMATS)
		return;
	at->wish.format = rows[row].format;
	at->wish.report.owner = at->owner[0] && rows[row].is_of_owner ? at->owner : NULL;
	at->wish.template_path =
		at->wish.format == EXPORT_DOCX && at->template[0] ? at->template : NULL;
	take_rung(bench, at);
	path_folder(bench->path, folder);
	const char *path = export_offer(bench->session, bench->ref, &at->wish, folder);
	if (path)
		snprintf(at->path, sizeof(at->path), "%s", path);
}

/* ---- writing ---- */

static void tell_written(struct workbench *bench, const struct exporting *at,
			 const struct exported *out)
{
	char shown[PATH_TEXT];
	path_shorten(at->path, shown);
	if (at->wish.format == EXPORT_EVIDENCE && out->n_left_out)
		workbench_tell(bench, NOTICE_WARN,
			       tell(bench, "已写出 %s；佐证 %u 份，另有 %u 份没有放入，见目录页",
				    "%s written; %u pieces of evidence, %u are not in it, see its index"),
			       shown, out->n_files, out->n_left_out);
	else
		workbench_tell(bench, NOTICE_DONE,
			       tell(bench, "已写出 %s（%llu KB）", "%s written (%llu kB)"), shown,
			       (out->size + 999) / 1000);
}

static void write_out(struct workbench *bench, struct exporting *at)
{
	struct exported out;
	struct lt_err err = LT_ERR_INIT;
	workbench_wait_begin(bench, "export");
	at->wish.path = at->path;
	const enum lt_status status = session_export(bench->session, bench->ref, &at->wish, &out,
						     &bench->findings, &err);
	session_count(bench->session, NULL, 0, 0);
	if (!workbench_wait_end(bench))
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "已取消，没有写出文件", "stopped; no file was written"));
	else if (status)
		workbench_tell_err(bench, &err);
	else
		tell_written(bench, at, &out);
	workbench_wait_once(bench);
}

static void path_given(struct workbench *bench, void *context, const char *text)
{
	struct exporting *at = exporting_on_top(bench);
	(void)context;
	if (at && typed_path(bench, text, at->path))
		write_out(bench, at);
}

/* asks: the name can be changed before. */
static void take_row(struct workbench *bench, struct exporting *at, unsigned row, bool asks)
{
	char shown[PATH_TEXT];
	if (rows[row].format == N_EXPORT_FORMATS) {
		rows[row].open(bench);
		return;
	}
	offer(bench, at, row);
	if (!at->path[0] || asks) {
		path_shorten(at->path, shown);
		ask_open(bench, label_of(bench, &rows[row].title),
			 tell(bench, "写到哪个文件；已有的文件不会被覆盖",
			      "the file to write; no other file is replaced"),
			 shown, true, NULL, path_given, NULL);
		return;
	}
	write_out(bench, at);
}

/* ---- options ---- */

static void owner_given(struct workbench *bench, void *context, const char *text)
{
	struct exporting *at = exporting_on_top(bench);
	(void)context;
	if (at)
		text_format(at->owner, sizeof(at->owner), "%s", text);
}

static void keep_template(const struct workbench *bench, struct exporting *at, const char *path)
{
	/* for the next project as well, which may be opened from another folder */
	char full[PATH_MAX];
	snprintf(at->template, sizeof(at->template), "%s", realpath(path, full) ? full : path);
	setting_keep(bench->sitting->who.state_home, SETTING, at->template);
}

static void template_given(struct workbench *bench, void *context, const char *path, bool readonly)
{
	struct exporting *at = exporting_on_top(bench);
	(void)context;
	(void)readonly;
	if (at)
		keep_template(bench, at, path);
}

static void open_option(struct workbench *bench, struct exporting *at, enum option option)
{
	static const char *const endings[] = { ".docx", NULL };
	const char *title = tell(bench, "机构的 Word 底稿", "the body's own Word file");
	char shown[PATH_TEXT];
	path_shorten(at->template, shown);
	if (option == OPTION_OWNER)
		ask_open(bench, tell(bench, "只出谁要填的", "Only what one owner owes"),
			 tell(bench, "报告、工作簿、表格只含此人或部门要填的；空着为全部",
			      "reports, workbook, tables hold this one's; empty: all"),
			 at->owner, false, NULL, owner_given, NULL);
	else if (shown[0])
		pick_open(bench, title, shown, endings, false, template_given, NULL);
	else
		pick_open_beside(bench, title, endings, template_given, NULL);
}

static void turn_option(struct workbench *bench, struct exporting *at, enum option option, int by)
{
	struct report_wish *report = &at->wish.report;
	switch (option) {
	case OPTION_KIND:
		report->kind = (enum report_kind)(((int)report->kind + by + N_REPORT_KINDS) %
						  N_REPORT_KINDS);
		break;
	case OPTION_STATE:
		report->is_final = !report->is_final;
		break;
	case OPTION_LANG:
		report->lang = report->lang == LT_ZH ? LT_EN : LT_ZH;
		break;
	case OPTION_NAMES:
		report->without_names = !report->without_names;
		break;
	case OPTION_TEMPLATE:
		if (at->template[0] && by < 0)
			keep_template(bench, at, "");
		break;
	case OPTION_OWNER:
	case N_OPTIONS:
		break;
	}
}

static const char *option_text(const struct workbench *bench, const struct exporting *at,
			       enum option option, char shown[PATH_TEXT])
{
	const struct report_wish *report = &at->wish.report;
	switch (option) {
	case OPTION_KIND:
		return label_of(bench, &kinds[report->kind]);
	case OPTION_STATE:
		return report->is_final ? tell(bench, "定稿", "final") : tell(bench, "草稿", "draft");
	case OPTION_LANG:
		return report->lang == LT_ZH ? "中文" : "English";
	case OPTION_NAMES:
		return report->without_names
			       ? tell(bench, "去掉，照片的拍摄地点也去掉",
				      "left out, and where photos were taken")
			       : tell(bench, "保留", "kept");
	case OPTION_OWNER:
		return at->owner[0] ? at->owner : tell(bench, "全部", "all");
	case OPTION_TEMPLATE:
		path_shorten(at->template, shown);
		return shown[0] ? shown : tell(bench, "没有，用自带版式", "none: the built-in layout");
	case N_OPTIONS:
		break;
	}
	return "";
}

/* ---- drawing ---- */

static void draw_row(const struct workbench *bench, const struct exporting *at,
		     const struct canvas *inside, int row, unsigned number)
{
	char shown[PATH_TEXT];
	const int value = bench->lang == LT_ZH ? 20 : 24;
	if (number < N_ROWS) {
		draw_format(inside, row, 3, INK_KEY, "%u", (number + 1) % 10);
		draw_cut(inside, row, 6, value - 8, INK_TEXT, label_of(bench, &rows[number].title));
		draw_cut(inside, row, value, inside->cols - value - 2, INK_DIM,
			 label_of(bench, &rows[number].detail));
	} else {
		const enum option option = (enum option)(number - N_ROWS);
		draw_cut(inside, row, 6, value - 8, INK_DIM, label_of(bench, &options[option]));
		const int room = inside->cols - value - 2;
		const char *text = option_text(bench, at, option, shown);
		if (option == OPTION_TEMPLATE && at->template[0])
			draw_path(inside, row, value, room, INK_TEXT, text);
		else
			draw_cut(inside, row, value, room, INK_TEXT, text);
	}
	if (number == at->list.at)
		draw_selection(inside, row, true);
}

static void draw_path_row(const struct workbench *bench, const struct exporting *at,
			  const struct canvas *inside, int row)
{
	char shown[PATH_TEXT];
	const int col = draw_text(inside, row, 3, INK_DIM, tell(bench, "写到 ", "to "));
	path_shorten(at->path, shown);
	if (at->path[0])
		draw_path(inside, row, col, inside->cols - col - 2, INK_TITLE, shown);
	else
		draw_text(inside, row, col, INK_DIM, "-");
}

static void export_draw_screen(struct screen *screen, const struct canvas *canvas)
{
	struct workbench *bench = screen->bench;
	struct exporting *at = exporting_of(screen);
	const unsigned n = N_ROWS + N_OPTIONS;
	const struct canvas inside = frame_popup(bench, canvas, (int)n + 5, 72, false,
						 tell(bench, "导出", "Export"), at->assessment);
	const bool has_gap = inside.rows >= (int)n + 4;
	const int above = inside.rows >= (int)n + 5, below = has_gap ? 3 : 2;
	if (at->list.at < N_ROWS)
		offer(bench, at, at->list.at);
	list_fit(&at->list, n, inside.rows - above - below);
	for (unsigned i = at->list.first; i < list_end(&at->list); i++)
		draw_row(bench, at, &inside,
			 above + (int)(i - at->list.first) + (has_gap && i >= N_ROWS), i);
	draw_path_row(bench, at, &inside, inside.rows - 1 - (above > 0));
	draw_cursor(&inside, inside.rows - 1 - (above > 0), 3);
}

/* ---- keys ---- */

static void take(struct screen *screen)
{
	struct exporting *at = exporting_of(screen);
	const unsigned row = at->list.at;
	if (row < N_ROWS)
		take_row(screen->bench, at, row, true);
	else if (row - N_ROWS == OPTION_OWNER || row - N_ROWS == OPTION_TEMPLATE)
		open_option(screen->bench, at, (enum option)(row - N_ROWS));
	else
		turn_option(screen->bench, at, (enum option)(row - N_ROWS), 1);
}

static bool export_key(struct screen *screen, const struct event *event)
{
	struct exporting *at = exporting_of(screen);
	const int pressed = key_digit(event), digit = pressed == 0 ? 10 : pressed;
	if (list_key(&at->list, event))
		return true;
	if (digit >= 1 && digit <= (int)N_ROWS) {
		at->list.at = (unsigned)digit - 1;
		take_row(screen->bench, at, at->list.at, false);
		return true;
	}
	if (event->key == K_TAB || event->key == K_BACKTAB) {
		at->list.at = at->list.at < N_ROWS ? N_ROWS : 0;
		return true;
	}
	if ((event->key == K_LEFT || event->key == K_RIGHT) && at->list.at >= N_ROWS) {
		turn_option(screen->bench, at, (enum option)(at->list.at - N_ROWS),
			    event->key == K_LEFT ? -1 : 1);
		return true;
	}
	/* a popup keeps the letters to itself, but for the way out */
	return event->key == K_TEXT && key_ascii(event) != 'q' && key_ascii(event) != '?';
}

static const struct action export_actions[] = {
	{ .keys = { "数字", "digits" },
	  .title = { "直接写出", "write at once" },
	  .help = { "用所示的文件名写出；不会覆盖已有的文件",
		    "under the name that is shown; no other file is replaced" },
	  .group = GROUP_ANSWER,
	  .in_foot = true },
	{ .key = K_ENTER,
	  .title = { "改名写出", "name it" },
	  .help = { "先改文件名，或改一个选项", "another name first; or another option" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = take },
	{ .keys = { "Tab", "Tab" }, .title = { "选项", "options" }, .group = GROUP_MOVE, .in_foot = true },
	{ .keys = { "左右", "left, right" },
	  .title = { "换选项", "another" },
	  .group = GROUP_ANSWER,
	  .in_foot = true },
};

static const struct screen_kind export_kind = {
	.id = "export",
	.title = { "导出", "Export" },
	.size = SIZE_POPUP,
	.actions = export_actions,
	.n_actions = sizeof(export_actions) / sizeof(export_actions[0]),
	.needs_project = true,
	.draw = export_draw_screen,
	.key = export_key,
};

/* After a popup closed, the one that opened it lies on top. */
static struct exporting *exporting_on_top(struct workbench *bench)
{
	struct screen *top = workbench_top(bench);
	return top && top->kind == &export_kind ? top->data : NULL;
}

void export_open(struct workbench *bench)
{
	struct exporting *at = workbench_room(bench, sizeof(*at));
	if (!at)
		return;
	prepare(bench, at);
	workbench_push(bench, &export_kind, at);
}
