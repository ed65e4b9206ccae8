/* The start screen as it is seen. */
#include <stdio.h>
#include <string.h>
#include "figure.h"
#include "frame.h"
#include "path.h"
#include "screens.h"
#include "start_parts.h"
#include "lingtan/base/version.h"

#define RING_ROWS 7
#define RING_COLS 22
#define TOUR_ROWS 5
#define DETAIL_ROWS 3

/* ---- where everything stands ---- */

struct layout {
	bool has_ring, has_motto;
	int head, list, details, doors; /* first rows; details -1 = left out */
};

/* Gaps grow in this order as long as there are rows: over the list, the doors, the details, all. */
static void spread(int left, int gaps[4])
{
	static const int order[] = { 1, 3, 2, 0, 1, 3, 0 };
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]) && left > 0; i++, left--)
		gaps[order[i]]++;
}

static struct layout lay_out(const struct start *start, const struct workbench *bench,
			     const struct canvas *canvas)
{
	struct layout layout = { .has_ring = frame_breadth(bench) >= BREADTH_80 &&
					     frame_is_tall(bench) };
	int gaps[4] = { 0 };
	const int rows =
		start->n == 0 ? TOUR_ROWS : (int)start_shown(start) + start_has_more(start);
	const int list = 1 + rows;
	int details = start->n == 0 ? 0 : DETAIL_ROWS;
	int head = layout.has_ring ? RING_ROWS : 1 + (start->n_due > 0);
	if (head + list + details + START_DOORS > canvas->rows && layout.has_ring) {
		layout.has_ring = false;
		head = 1 + (start->n_due > 0);
	}
	while (details > 0 && head + list + details + START_DOORS > canvas->rows)
		details--;
	layout.has_motto = !layout.has_ring;
	/* what is told stands over the last row */
	spread(canvas->rows - head - list - details - START_DOORS - 1, gaps);
	layout.head = gaps[0];
	layout.list = layout.head + head + gaps[1];
	layout.details = details ? layout.list + list + gaps[2] : -1;
	layout.doors = layout.list + list + gaps[2] + details + gaps[3];
	return layout;
}

/* ---- the head ---- */

void start_header(struct screen *screen, const struct canvas *row)
{
	const struct workbench *bench = screen->bench;
	int col = draw_text(row, 0, 1, INK_TITLE,
			    tell(bench, "零碳园区评价工作台", "Zero-carbon park assessment"));
	if (row->cols >= 70)
		draw_text(row, 0, col + 2, INK_DIM, "lingtan " LT_VERSION);
	draw_right(row, 0, row->cols - 1, INK_DIM, tell(bench, "离线运行", "works offline"));
}

static void draw_ring(const struct canvas *canvas, int row)
{
	/* what is still to be done, then what is done, going round */
	static const struct {
		int row, col;
		enum ink ink;
		const char *text;
	} strokes[] = {
		{ 0, 9, INK_FAINT, "⣀⣤⠶⠶" },      { 0, 13, INK_ACCENT, "⠶⠶⣤⣀" },
		{ 1, 7, INK_FAINT, "⢠⡾⠋" },       { 1, 16, INK_ACCENT, "⠙⢷⡄" },
		{ 2, 6, INK_ACCENT, "⢠⡖" },       { 2, 18, INK_ACCENT, "⢻⡄" },
		{ 3, 6, INK_ACCENT, "⢸⡇" },       { 3, 18, INK_ACCENT, "⢸⡇" },
		{ 4, 6, INK_ACCENT, "⠘⣧" },       { 4, 18, INK_ACCENT, "⣼⠃" },
		{ 5, 7, INK_ACCENT, "⠘⢷⣄" },      { 5, 16, INK_ACCENT, "⣠⡾⠃" },
		{ 6, 9, INK_ACCENT, "⠉⠛⠶⠶⠶⠶⠛⠉" },
	};
	for (size_t i = 0; i < sizeof(strokes) / sizeof(strokes[0]); i++)
		draw_text(canvas, row + strokes[i].row, strokes[i].col, strokes[i].ink,
			  strokes[i].text);
}

static void draw_head(const struct start *start, const struct workbench *bench,
		      const struct canvas *canvas, const struct layout *layout)
{
	const int left = layout->has_ring ? 26 : 3, step = layout->has_ring ? 2 : 1;
	int row = layout->head + (layout->has_ring ? 1 : 0);
	if (layout->has_ring)
		draw_ring(canvas, layout->head);
	const int col = draw_text(canvas, row, left, INK_TITLE, tell(bench, "零碳", "lingtan"));
	draw_cut(canvas, row, col + 2, canvas->cols - col - 4, INK_ACCENT,
		 tell(bench, "一项一证，一分一据",
		      "evidence for each item, grounds for each point"));
	row += step;
	if (layout->has_ring) {
		draw_cut(canvas, row, left, canvas->cols - left - 2, INK_TEXT,
			 tell(bench, "五套标准  一个项目文件  不连网络",
			      "five standards  one project file  no network"));
		row += step;
	}
	if (start->n_due > 0)
		draw_cut(canvas, row, left, canvas->cols - left - 2, INK_WARN, start->due);
}

/* ---- recent projects ---- */

/* Right ends of the columns, or where they begin; 0 = left out. */
struct recent_columns {
	int name_end, standard, standard_cols, rung, progress, total, mark, day;
};

static struct recent_columns columns_of(const struct workbench *bench, int cols)
{
	const enum breadth breadth = frame_breadth(bench);
	if (breadth == BREADTH_60)
		return (struct recent_columns){ .name_end = cols - 24,
						.progress = cols - 15,
						.total = cols - 4,
						.mark = cols - 3 };
	if (breadth == BREADTH_80)
		return (struct recent_columns){ .name_end = cols - 47,
						.standard = cols - 45,
						.standard_cols = 15,
						.progress = cols - 23,
						.total = cols - 12,
						.mark = cols - 10,
						.day = cols - 2 };
	const int rung = bench->lang == LT_ZH ? cols - 45 : cols - 50;
	const int wide = cols - 100 < 7 ? cols - 100 : 7;
	return (struct recent_columns){ .name_end = rung - 18 - wide,
					.standard = rung - 16 - wide,
					.standard_cols = 15 + wide,
					.rung = rung,
					.progress = cols - 34,
					.total = cols - 19,
					.mark = cols - 16,
					.day = cols - 2 };
}

static void draw_headings(const struct workbench *bench, const struct canvas *canvas, int row,
			  const struct recent_columns *columns)
{
	draw_text(canvas, row, 3, INK_TITLE, tell(bench, "最近项目", "Recent projects"));
	if (columns->standard)
		draw_text(canvas, row, columns->standard, INK_DIM, tell(bench, "标准", "standard"));
	if (columns->rung)
		draw_text(canvas, row, columns->rung, INK_DIM, tell(bench, "层级", "rung"));
	draw_right(canvas, row, columns->progress, INK_DIM, tell(bench, "进度", "done"));
	draw_right(canvas, row, columns->total, INK_DIM, tell(bench, "总分", "total"));
	if (columns->day)
		draw_right(canvas, row, columns->day, INK_DIM, tell(bench, "上次", "last"));
}

/* On site a park reads over the evaluator's shoulder. */
static bool hides(const struct start *start, const struct recent *recent)
{
	if (start->hides)
		return strcmp(start->hides, "on") == 0;
	return recent->rung && strcmp(recent->rung, rung_names[RUNG_EVALUATOR]) == 0;
}

static void draw_total(const struct start *start, const struct workbench *bench,
		       const struct canvas *canvas, int row, const struct recent_columns *columns,
		       unsigned i)
{
	static const struct {
		const char *word, *mark;
		enum ink ink;
	} marks[] = { { "failed", "✗", INK_VETO },
		      { "unproven", "!", INK_WARN },
		      { "met", "✓", INK_OK } };
	const struct recent *recent = &start->recent[i];
	const enum glance_state state = start->glances[i].state;
	if (state != GLANCE_FINE) {
		draw_right(canvas, row, columns->mark + 1,
			   state == GLANCE_GONE ? INK_WARN : INK_VETO,
			   state == GLANCE_GONE ? tell(bench, "文件不在 !", "file gone !")
						: tell(bench, "打不开 ✗", "cannot open ✗"));
		return;
	}
	if (hides(start, recent))
		draw_right(canvas, row, columns->total, INK_DIM, tell(bench, "不显示", "hidden"));
	else
		draw_right(canvas, row, columns->total, INK_TEXT,
			   recent->total   ? recent->total
			   : recent->grade ? recent->grade
					   : "-");
	for (size_t m = 0; recent->mark && m < sizeof(marks) / sizeof(marks[0]); m++)
		if (strcmp(recent->mark, marks[m].word) == 0)
			draw_text(canvas, row, columns->mark, marks[m].ink, marks[m].mark);
}

static void draw_recent(const struct start *start, const struct workbench *bench,
			const struct canvas *canvas, int row, const struct recent_columns *columns,
			unsigned i)
{
	const struct recent *recent = &start->recent[i];
	const enum rung rung = recent->rung ? rung_find(recent->rung) : N_RUNGS;
	char day[FIGURE_TEXT];
	draw_format(canvas, row, 3, INK_KEY, "%u", i + 1);
	draw_cut(canvas, row, 6, columns->name_end - 6, INK_TEXT,
		 recent->park ? recent->park : path_name(recent->path));
	if (columns->standard)
		draw_cut(canvas, row, columns->standard, columns->standard_cols, INK_DIM,
			 recent->standard ? recent->standard : "");
	if (columns->rung && rung != N_RUNGS)
		draw_text(canvas, row, columns->rung, INK_TEXT,
			  label_of(bench, &rung_titles[rung]));
	if (start->glances[i].state == GLANCE_FINE)
		draw_right(canvas, row, columns->progress, INK_DIM,
			   recent->progress ? recent->progress : "-");
	draw_total(start, bench, canvas, row, columns, i);
	if (columns->day)
		draw_right(canvas, row, columns->day, INK_DIM,
			   figure_day(recent->at, bench->lang, day));
}

static void draw_tour(const struct workbench *bench, const struct canvas *canvas, int row)
{
	static const struct label lines[TOUR_ROWS] = {
		{ "一个园区一个文件：评价、佐证、历史都在内，拷走即交接",
		  "A park is one file: assessments, evidence and history" },
		{ "按 6 新建：选标准、园区类型和阶段，当场说明由此评什么",
		  "6 makes one: choose standard, kind of park and stage" },
		{ "进去后 F5 总是去下一件要做的事；Enter 和数字记下结论",
		  "F5 leads to the next thing; Enter and digits record it" },
		{ "没有保存键：每个结论当场写入文件，F8 撤销",
		  "No key saves: all is in the file at once; F8 undoes" },
		{ "任何时候按 F1，只列此处可用的键；Esc 退一层",
		  "F1 lists the keys that work here; Esc goes one level up" },
	};
	for (int i = 0; i < TOUR_ROWS; i++)
		draw_cut(canvas, row + i, 3, canvas->cols - 5, INK_DIM, label_of(bench, &lines[i]));
}

static void draw_list(const struct start *start, const struct workbench *bench,
		      const struct canvas *canvas, int row)
{
	const struct recent_columns columns = columns_of(bench, canvas->cols);
	if (start->n == 0) {
		draw_text(canvas, row, 3, INK_TITLE,
			  tell(bench, "第一次使用", "The first time here"));
		draw_tour(bench, canvas, row + 1);
		return;
	}
	draw_headings(bench, canvas, row++, &columns);
	for (unsigned i = 0; i < start_shown(start); i++, row++) {
		draw_recent(start, bench, canvas, row, &columns, i);
		if (start->list.at == i)
			draw_selection(canvas, row, true);
	}
	if (!start_has_more(start))
		return;
	draw_format(canvas, row, 6, INK_DIM, tell(bench, "其余 %u 件", "%u more"),
		    start->n - start_shown(start));
	if (start->list.at == start_shown(start))
		draw_selection(canvas, row, true);
}

/* ---- details of the selected one ---- */

static void draw_detail_label(const struct workbench *bench, const struct canvas *canvas, int row,
			      const char *zh, const char *en)
{
	draw_text(canvas, row, 6, INK_DIM, tell(bench, zh, en));
}

static void draw_file(const struct start *start, const struct workbench *bench,
		      const struct canvas *canvas, int row, int left)
{
	const struct glance *glance = &start->glances[start->list.at];
	char path[PATH_TEXT], size[FIGURE_TEXT], count[80];
	draw_detail_label(bench, canvas, row, "文件", "file");
	path_shorten(start->recent[start->list.at].path, path);
	if (glance->state != GLANCE_FINE) {
		draw_path(canvas, row, left, canvas->cols - left - 2, INK_TEXT, path);
		return;
	}
	snprintf(count, sizeof(count), tell(bench, "佐证 %u 份", "evidence: %u"),
		 glance->n_evidence);
	figure_size(glance->size, size);
	const int facts = text_columns(size) + text_columns(count) + 6;
	int col = draw_path(canvas, row, left, canvas->cols - left - 2 - facts, INK_TEXT, path) + 3;
	col = draw_text(canvas, row, col, INK_TEXT, size) + 3;
	draw_text(canvas, row, col, INK_TEXT, count);
}

static void draw_last(const struct start *start, const struct workbench *bench,
		      const struct canvas *canvas, int row, int left)
{
	const struct recent *recent = &start->recent[start->list.at];
	const enum rung rung = recent->rung ? rung_find(recent->rung) : N_RUNGS;
	int col = left;
	draw_detail_label(bench, canvas, row, "上次", "last");
	if (recent->item)
		col = draw_format(canvas, row, col, INK_TEXT, "%s%s %s",
				  tell(bench, "停在 ", "stopped at "), recent->item,
				  bench->lang == LT_ZH && recent->item_title ? recent->item_title
									     : "") +
		      3;
	if (recent->who)
		col = draw_format(canvas, row, col, INK_TEXT, "%s %s", recent->who,
				  rung != N_RUNGS ? label_of(bench, &rung_titles[rung]) : "") +
		      1;
	if (recent->who && recent->round)
		col = draw_format(canvas, row, col, INK_TEXT, tell(bench, "第 %s 轮", "round %s"),
				  recent->round) +
		      1;
	if (recent->open && strcmp(recent->open, "0") != 0)
		draw_format(canvas, row, col + 2, INK_TEXT, tell(bench, "未评 %s", "open %s"),
			    recent->open);
}

static void draw_check(const struct start *start, const struct workbench *bench,
		       const struct canvas *canvas, int row, int left)
{
	const struct glance *glance = &start->glances[start->list.at];
	const int cols = canvas->cols - left - 2;
	draw_detail_label(bench, canvas, row, "校验", "check");
	if (glance->state == GLANCE_GONE)
		draw_cut(
			canvas, row, left, cols, INK_WARN,
			tell(bench, "挪走了，或存储没有插上；7 打开新位置，Delete 从列表移除",
			     "moved, or its medium is not here; 7 opens it elsewhere, Delete takes it off the list"));
	else if (glance->state == GLANCE_DAMAGED || (glance->is_verified && !glance->holds))
		draw_cut(canvas, row, left, cols, INK_VETO,
			 glance->why[bench->lang] ? glance->why[bench->lang] : "");
	else if (!glance->is_verified)
		draw_format(
			canvas, row, left, INK_DIM,
			tell(bench, "日志 %u 条，尚未核对", "journal not checked yet, entries: %u"),
			glance->n_entries);
	else
		draw_format(canvas, row, left, INK_OK,
			    tell(bench, "日志 %u 条完整", "journal whole, entries: %u"),
			    glance->n_entries);
}

static void draw_details(struct screen *screen, const struct canvas *canvas,
			 const struct layout *layout)
{
	struct start *start = screen->data;
	const struct workbench *bench = screen->bench;
	const int left = bench->lang == LT_ZH ? 12 : 13;
	if (layout->details < 0 || start->list.at >= start_shown(start))
		return;
	static void (*const lines[])(const struct start *, const struct workbench *,
				     const struct canvas *, int,
				     int) = { draw_file, draw_last, draw_check };
	const bool is_short = layout->details + 3 > layout->doors;
	int row = layout->details;
	for (int i = 0; i < DETAIL_ROWS && row < layout->doors; i++)
		/* where rows are short the file and whether it is whole come first */
		if (!is_short || i != 1)
			lines[i](start, bench, canvas, row++, left);
}

/* ---- doors ---- */

static void draw_doors(const struct start *start, const struct workbench *bench,
		       const struct canvas *canvas, int row)
{
	const unsigned first = start_n_rows(start) - START_DOORS;
	const int left = bench->lang == LT_ZH ? 18 : 22;
	for (unsigned i = 0; i < START_DOORS; i++) {
		const struct start_door *door = &start_doors[i];
		draw_format(canvas, row + (int)i, 3, INK_KEY, "%u", 6 + i);
		draw_text(canvas, row + (int)i, 6, INK_TEXT, label_of(bench, &door->title));
		draw_cut(canvas, row + (int)i, left, canvas->cols - left - 2, INK_DIM,
			 label_of(bench, &door->detail));
		if (start->list.at == first + i)
			draw_selection(canvas, row + (int)i, true);
	}
}

void start_draw(struct screen *screen, const struct canvas *canvas)
{
	struct start *start = screen->data;
	const struct workbench *bench = screen->bench;
	list_fit(&start->list, start_n_rows(start), (int)start_n_rows(start));
	if (start->list.at < start_shown(start))
		start_see(screen, start->list.at);
	const struct layout layout = lay_out(start, bench, canvas);
	draw_head(start, bench, canvas, &layout);
	draw_list(start, bench, canvas, layout.list);
	draw_details(screen, canvas, &layout);
	draw_doors(start, bench, canvas, layout.doors);
}
