/* A sheet before it is imported: every cell that it would change, or what keeps it from being. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "frame.h"
#include "list.h"
#include "path.h"
#include "said.h"
#include "screens.h"
#include "wrap.h"

struct import_screen {
	struct lt_arena arena;
	char path[PATH_TEXT], reason[MOST_REASON], assessment[200];
	struct changes changes; /* in the session's arena */
	unsigned n_new, n_changed, n_emptied;
	const char **refused[LT_N_LANGS]; /* lines; of a sheet that is not accepted */
	unsigned n_refused;
	struct list list;
};

static struct import_screen *import_of(const struct screen *screen)
{
	return screen->data;
}

static bool is_empty(const struct words *value)
{
	for (unsigned i = 0; value->at && i < value->n; i++)
		if (value->at[i] && value->at[i][0])
			return false;
	return true;
}

/* ---- drawing ---- */

struct import_columns {
	int title, title_end, what, old, new; /* old 0 = left out */
};

static struct import_columns columns_of(const struct workbench *bench, int cols)
{
	switch (frame_breadth(bench)) {
	case BREADTH_60:
		return (struct import_columns){ 15, cols - 30, cols - 28, 0, cols - 16 };
	case BREADTH_80:
		return (struct import_columns){ 15, cols - 44, cols - 42, cols - 30, cols - 16 };
	default:
		return (struct import_columns){ 15, cols - 62, cols - 60, cols - 44, cols - 22 };
	}
}

static void draw_change(const struct workbench *bench, const struct canvas *canvas, int row,
			const struct change *change)
{
	const struct import_columns at = columns_of(bench, canvas->cols);
	struct lt_arena arena;
	struct change_text text;
	lt_arena_init(&arena, 0);
	say_change(bench, &arena, change, &text);
	draw_cut(canvas, row, 3, 11, INK_ACCENT, text.id);
	draw_cut(canvas, row, at.title, at.title_end - at.title, INK_TEXT, text.title);
	draw_cut(canvas, row, at.what, (at.old ? at.old : at.new) - at.what - 2, INK_DIM,
		 text.what);
	if (at.old)
		draw_cut(canvas, row, at.old, at.new - at.old - 2, INK_DIM, text.old);
	/* what is written over something that stands there is told apart */
	draw_cut(canvas, row, at.new, canvas->cols - at.new - 2,
		 is_empty(&change->old) ? INK_TEXT : INK_WARN, text.new);
	lt_arena_release(&arena);
}

static void draw_headings(const struct workbench *bench, const struct canvas *canvas)
{
	const struct import_columns at = columns_of(bench, canvas->cols);
	draw_text(canvas, 1, 3, INK_DIM, tell(bench, "条款", "item"));
	draw_text(canvas, 1, at.title, INK_DIM, tell(bench, "名称", "title"));
	draw_text(canvas, 1, at.what, INK_DIM, tell(bench, "改什么", "what"));
	if (at.old)
		draw_text(canvas, 1, at.old, INK_DIM, tell(bench, "原值", "as it is"));
	draw_text(canvas, 1, at.new, INK_DIM, tell(bench, "新值", "new"));
}

#define WHOLE_ROWS 4 /* below, for the one selected */

/* The one selected, whole: the row above may have cut it. */
static void draw_whole(const struct canvas *canvas, const char *text)
{
	const int columns = canvas->cols - 5;
	if (wrap_count(text, strlen(text), columns) > 1)
		draw_wrapped(canvas, canvas->rows - WHOLE_ROWS, 3, columns, WHOLE_ROWS, INK_DIM,
			     text);
}

static void draw_refused(const struct workbench *bench, struct import_screen *import,
			 const struct canvas *canvas)
{
	draw_text(canvas, 1, 3, INK_VETO,
		  tell(bench, "✗ 这份表有不被接受的地方，一处也不会导入",
		       "✗ the sheet has entries that are refused; nothing of it is imported"));
	list_fit(&import->list, import->n_refused, canvas->rows - 4 - WHOLE_ROWS);
	for (unsigned i = import->list.first; i < list_end(&import->list); i++) {
		const int row = 3 + (int)(i - import->list.first);
		draw_cut(canvas, row, 3, canvas->cols - 5, INK_TEXT, import->refused[bench->lang][i]);
		if (i != import->list.at)
			continue;
		draw_selection(canvas, row, true);
		draw_cursor(canvas, row, 3);
		draw_whole(canvas, import->refused[bench->lang][i]);
	}
}

static void import_draw(struct screen *screen, const struct canvas *canvas)
{
	struct import_screen *import = import_of(screen);
	const struct workbench *bench = screen->bench;
	if (import->n_refused > 0) {
		draw_refused(bench, import, canvas);
		return;
	}
	draw_headings(bench, canvas);
	list_fit(&import->list, import->changes.n, canvas->rows - 3);
	for (unsigned i = import->list.first; i < list_end(&import->list); i++) {
		const int row = 2 + (int)(i - import->list.first);
		draw_change(bench, canvas, row, &import->changes.at[i]);
		if (i == import->list.at)
			draw_selection(canvas, row, true);
	}
	if (import->changes.n == 0)
		draw_text(canvas, 3, 3, INK_DIM,
			  tell(bench, "表里没有项目里还没有的内容",
			       "the sheet says nothing that the project does not have"));
	else if (import->list.n > list_end(&import->list))
		draw_format(canvas, canvas->rows - 1, 3, INK_DIM,
			    tell(bench, "其余 %u 件", "%u more"),
			    import->list.n - list_end(&import->list));
}

static void import_header(struct screen *screen, const struct canvas *row)
{
	preview_header(screen->bench, row, import_of(screen)->path);
}

static void import_score_line(struct screen *screen, const struct canvas *row)
{
	const struct import_screen *import = import_of(screen);
	const struct workbench *bench = screen->bench;
	int col = draw_text(row, 0, 1, INK_DIM, tell(bench, "将改 ", "changes "));
	if (import->n_refused > 0) {
		draw_format(row, 0, col, INK_VETO,
			    tell(bench, "0 处，不被接受 %u", "0, refused %u"), import->n_refused);
		return;
	}
	col = draw_format(row, 0, col, INK_TITLE, tell(bench, "%u 处", "%u"), import->changes.n) +
	      3;
	col = draw_format(row, 0, col, INK_OK, tell(bench, "新填 %u", "new %u"), import->n_new) + 3;
	if (import->n_changed > 0)
		col = draw_format(row, 0, col, INK_WARN,
				  tell(bench, "改动已有 %u", "over what is there %u"),
				  import->n_changed) +
		      3;
	if (import->n_emptied > 0)
		col = draw_format(row, 0, col, INK_WARN, tell(bench, "清空 %u", "emptied %u"),
				  import->n_emptied) +
		      3;
	if (col + 12 + text_columns(import->assessment) < row->cols)
		draw_right(row, 0, row->cols - 1, INK_DIM, import->assessment);
}

/* ---- reading ---- */

static bool keep_line(struct import_screen *import, const struct lt_finding *finding)
{
	for (int lang = 0; lang < LT_N_LANGS; lang++) {
		char place[60] = "";
		if (finding->line)
			snprintf(place, sizeof(place), lang == LT_ZH ? "第 %u 行  " : "line %u  ",
				 finding->line);
		import->refused[lang][import->n_refused] =
			lt_arena_printf(&import->arena, "%s%s", place, finding->text[lang]);
		if (!import->refused[lang][import->n_refused])
			return false;
	}
	import->n_refused++;
	return true;
}

static void keep_refusals(struct workbench *bench, struct import_screen *import,
			  const struct lt_err *err)
{
	const size_t n = bench->findings.n_kept + 1;
	const struct lt_finding alone = { .text = { err->text[LT_ZH], err->text[LT_EN] } };
	for (int lang = 0; lang < LT_N_LANGS; lang++) {
		import->refused[lang] =
			lt_arena_alloc(&import->arena, n, sizeof(*import->refused[lang]));
		if (!import->refused[lang])
			return;
	}
	for (const struct lt_finding *at = bench->findings.first; at; at = at->next)
		if (at->severity == LT_ERROR && !keep_line(import, at))
			return;
	if (import->n_refused == 0)
		keep_line(import, &alone);
}

static void count_changes(struct import_screen *import)
{
	for (unsigned i = 0; i < import->changes.n; i++) {
		const struct change *change = &import->changes.at[i];
		if (is_empty(&change->new))
			import->n_emptied++;
		else if (is_empty(&change->old))
			import->n_new++;
		else
			import->n_changed++;
	}
}

static enum lt_status run(struct workbench *bench, struct import_screen *import, bool dry_run,
			  bool *done, struct lt_err *err)
{
	char command[300];
	text_format(command, sizeof(command), "import %s", path_name(import->path));
	workbench_begin(bench, command);
	workbench_because(bench, import->reason[0] ? import->reason : NULL);
	return session_import(bench->session, import->path, bench->ref->name, NULL, dry_run,
			      &import->changes, done, &bench->findings, err);
}

/* ---- keys ---- */

static bool can_take(const struct screen *screen)
{
	const struct import_screen *import = import_of(screen);
	return import->n_refused == 0 && import->changes.n > 0 && screen_is_writable(screen);
}

static void take(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct import_screen *import = import_of(screen);
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	const enum lt_status status = run(bench, import, false, &done, &err);
	const unsigned n = import->changes.n;
	if (!workbench_end(bench, status, &err, done))
		return;
	workbench_pop(bench);
	workbench_tell(bench, NOTICE_DONE,
		       tell(bench, "已导入 %u 处，F8 可整个撤销",
			    "imported, changes: %u; F8 takes all of them back"),
		       n);
}

static void reason_given(struct workbench *bench, void *context, const char *text)
{
	struct screen *top = workbench_top(bench);
	(void)context;
	if (!top || strcmp(top->kind->id, "import") != 0)
		return;
	struct import_screen *import = import_of(top);
	text_format(import->reason, sizeof(import->reason), "%s", text);
	take(top);
}

static void ask_reason(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	ask_open_words(bench, import_of(screen)->path, tell(bench, "写明理由再导入", "Import with a reason"),
		 tell(bench, "已提交的一轮要写明为什么改；理由留在记录里",
		      "what was submitted changes only for a reason; the record keeps it"),
		 import_of(screen)->reason, true, NULL, reason_given, NULL);
}

static bool import_key(struct screen *screen, const struct event *event)
{
	return list_key(&import_of(screen)->list, event);
}

static void import_close(struct screen *screen)
{
	struct import_screen *import = import_of(screen);
	lt_arena_release(&import->arena);
	free(import);
}

static const struct action import_actions[] = {
	{ .key = K_ENTER,
	  .title = { "导入", "import" },
	  .help = { "全部写入项目，成为一步，可撤销", "all of it, as one step that can be undone" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = can_take,
	  .run = take },
	{ .key = K_F4,
	  .letter = 'r',
	  .title = { "写理由", "reason" },
	  .help = { "已提交的一轮要写明理由才能改",
		    "what was submitted changes only for a reason" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = can_take,
	  .run = ask_reason },
	{ .keys = { "上下", "arrows" },
	  .title = { "翻看", "look through" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
};

static const struct screen_kind import_kind = {
	.id = "import",
	.title = { "导入", "Import" },
	.size = SIZE_WHOLE,
	.actions = import_actions,
	.n_actions = sizeof(import_actions) / sizeof(import_actions[0]),
	.has_score_line = true,
	.needs_project = true,
	.draw = import_draw,
	.header = import_header,
	.score_line = import_score_line,
	.key = import_key,
	.close = import_close,
};

static void preview(struct workbench *bench, void *context, const char *path, bool readonly)
{
	struct import_screen *import = workbench_room(bench, sizeof(*import));
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	(void)context;
	(void)readonly;
	if (!import)
		return;
	lt_arena_init(&import->arena, 0);
	snprintf(import->path, sizeof(import->path), "%s", path);
	text_format(import->assessment, sizeof(import->assessment), "%s",
		    title_of_assessment(bench, bench->ref));
	const enum lt_status status = run(bench, import, true, &done, &err);
	/* what is refused in it is shown */
	if (!workbench_wait_read(bench, LT_OK, &err)) {
		lt_arena_release(&import->arena);
		free(import);
		return;
	}
	if (status)
		keep_refusals(bench, import, &err);
	else
		count_changes(import);
	workbench_push(bench, &import_kind, import);
}

void import_open(struct workbench *bench)
{
	static const char *const endings[] = { ".yaml", ".yml", ".xlsx", ".csv", NULL };
	pick_open_beside(bench, tell(bench, "导入答题单", "Import an answer sheet"), endings, preview,
			 NULL);
}
