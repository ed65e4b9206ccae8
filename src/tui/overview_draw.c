/* The left half of the overview: the figure that leads, the sections, what is left to do. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/catalogue.h"
#include "headline.h"
#include "overview.h"

#define MARGIN 3

static int widest(int a, int b)
{
	return a > b ? a : b;
}

static const struct board_rung *own_rung(const struct overview *overview)
{
	const struct board *board = overview->bench->board;
	return &board->rungs[board->own];
}

static const char *section_number(const struct board_section *section)
{
	return shown_id(section->decl->id);
}

void overview_draw_selection(const struct overview *overview, const struct canvas *canvas,
			     enum overview_zone zone, int row)
{
	if (overview->zone != zone)
		return;
	draw_text(canvas, row, 1, INK_ACCENT, "›");
	draw_ground(canvas, row, 1, canvas->cols - 1, GROUND_SELECTION);
}

/* ---- the figure that leads ---- */

/* A mark, a word and how many; nothing where there are none. Gives the column after it. */
static int draw_tally(const struct canvas *canvas, int row, int col, enum ink ink, const char *mark,
		      const char *word, unsigned n)
{
	if (n == 0)
		return col;
	col = draw_format(canvas, row, col, ink, "%s%s", mark, mark[0] ? " " : "");
	if (word[0])
		col = draw_format(canvas, row, col, ink, "%s ", word);
	return draw_format(canvas, row, col, ink, "%u", n) + 2;
}

/* Controls in the first row, the kind that has most items beside them in the second. */
static void draw_counts(const struct overview *overview, const struct canvas *canvas)
{
	const struct workbench *bench = overview->bench;
	const struct board_rung *rung = own_rung(overview);
	const struct control_count *controls = &rung->controls;
	const unsigned all = controls->met + controls->not_met + controls->open;
	enum item_kind kind = ITEM_SCORING;
	for (int k = 0; k < N_ITEM_KINDS; k++)
		if (k != ITEM_CONTROL && rung->by_kind[k].items > rung->by_kind[kind].items)
			kind = (enum item_kind)k;
	const char *other = label_of(bench, &item_kind_titles[kind]);
	const char *own = label_of(bench, &item_kind_titles[ITEM_CONTROL]);
	const int value = widest(text_columns(own), text_columns(other)) + 2;
	int col = value + 7;
	if (all > 0) {
		draw_text(canvas, 0, 0, INK_DIM, own);
		draw_format(canvas, 0, value, INK_TEXT, "%u/%u", controls->met, all);
		col = draw_tally(canvas, 0, col, INK_VETO, "✗", tell(bench, "否决", "veto"),
				 controls->not_met);
		draw_tally(canvas, 0, col, INK_TEXT, "◦", tell(bench, "未评", "open"),
			   controls->open);
	}
	if (rung->by_kind[kind].items > 0) {
		draw_text(canvas, 1, 0, INK_DIM, other);
		draw_format(canvas, 1, value, INK_TEXT, "%u/%u", rung->by_kind[kind].answered,
			    rung->by_kind[kind].items);
	}
	col = draw_tally(canvas, 1, value + 7, INK_WARN, "!", tell(bench, "缺佐证", "unproven"),
			 rung->by_state[STATE_UNPROVEN]);
	draw_tally(canvas, 1, col, INK_WARN, "‹", tell(bench, "退回", "sent back"),
		   rung->by_state[STATE_SENT_BACK]);
}

/* The same where there is little room: marks and numbers. */
static void draw_short_counts(const struct overview *overview, const struct canvas *canvas)
{
	const struct board_rung *rung = own_rung(overview);
	int col = draw_tally(canvas, 0, 0, INK_VETO, "✗", "", rung->by_state[STATE_FAILED]);
	draw_tally(canvas, 0, col, INK_TEXT, "◦", "", open_of_must(rung));
	col = draw_tally(canvas, 1, 0, INK_WARN, "!", "", rung->by_state[STATE_UNPROVEN]);
	draw_tally(canvas, 1, col, INK_WARN, "‹", "", rung->by_state[STATE_SENT_BACK]);
}

/* The line's name and number under it on the bar, as far as both stay within. */
static void draw_line_name(const struct canvas *canvas, int col, int width, int cell,
			   const struct headline_line *line)
{
	char text[2 * FIGURE_TEXT], limit[FIGURE_TEXT];
	text_format(text, sizeof(text), "%s %s", line->title,
		    figure_decimal(line->limit, -4, limit));
	const int cols = text_columns(text);
	int at = cell >= 0 ? col + cell - text_columns(line->title) / 2 + 1 : col;
	if (cell >= 0 && at + cols > col + width)
		at = col + width - cols;
	if (at < col)
		at = col;
	draw_cut(canvas, 1, at, canvas->cols - at, INK_WARN, text);
}

static void draw_progress(const struct overview *overview, const struct canvas *canvas, int indent)
{
	const struct workbench *bench = overview->bench;
	const struct board_rung *rung = own_rung(overview);
	const struct bar bar = { .low = lt_decimal_from_int(rung->must.answered),
				 .high = lt_decimal_from_int(rung->must.answered),
				 .full = lt_decimal_from_int(rung->must.items),
				 .got = INK_ACCENT };
	draw_text(canvas, 0, 0, INK_DIM, tell(bench, "进度", "Done"));
	const int col = draw_format(canvas, 0, indent, INK_TITLE, "%u/%u", rung->must.answered,
				    rung->must.items) +
			3;
	draw_bar(canvas, 0, col, canvas->cols - col < 40 ? canvas->cols - col : 40, &bar);
	if (bench->board->headline.kind != FIGURE_NONE)
		draw_text(canvas, 1, indent, INK_DIM,
			  tell(bench, "F12 显示分数", "F12 shows the score"));
}

static void draw_figure(const struct overview *overview, const struct canvas *canvas, int indent)
{
	const struct workbench *bench = overview->bench;
	const struct board_headline *headline = &bench->board->headline;
	const struct board_rung *rung = own_rung(overview);
	char text[FIGURE_TEXT], buf[FIGURE_TEXT];
	enum ink ink;
	struct headline_line line;
	headline_line(bench, rung, &line);
	const char *grade = headline_grade(bench, &rung->grade, &ink, buf);
	draw_text(canvas, 0, 0, INK_DIM, label_of(bench, headline->title));
	int col = draw_text(canvas, 0, indent, INK_TITLE,
			    headline_figure(bench, &rung->figure, text));
	if (headline->unit)
		col = draw_format(canvas, 0, col, INK_DIM, " %s", headline->unit);
	col += 3;
	const int width = canvas->cols - col < 40 ? canvas->cols - col : 40;
	int grade_end = canvas->cols;
	if (headline->has_full && width >= 8) {
		const struct bar bar = headline_bar(bench, &rung->figure, &line);
		draw_bar(canvas, 0, col, width, &bar);
		const int cell = bar_line_cell(&bar, width);
		if (cell >= 0 && indent + text_columns(grade) + 2 < col + cell) {
			draw_line_name(canvas, col, width, cell, &line);
			grade_end = col + cell - 2;
		}
	} else if (line.is_known) {
		draw_format(canvas, 0, col, INK_WARN, "%s %s", line.title,
			    figure_decimal(line.limit, -4, text));
	}
	if (!rung->grade.ladder)
		return;
	draw_text(canvas, 1, 0, INK_DIM, tell(bench, "等级", "Grade"));
	draw_cut(canvas, 1, indent, grade_end - indent, ink, grade);
}

void overview_draw_head(struct overview *overview, const struct canvas *canvas)
{
	const struct workbench *bench = overview->bench;
	const bool is_hidden = bench->hides_score || bench->board->headline.kind == FIGURE_NONE;
	const bool is_narrow = frame_breadth(bench) == BREADTH_60;
	const int counts = is_narrow ? 14 : bench->lang == LT_ZH ? 36 : 40;
	const int title =
		is_hidden ? 4 : text_columns(label_of(bench, bench->board->headline.title));
	const int indent = 2 + widest(title, text_columns(tell(bench, "等级", "Grade")));
	const struct canvas left = canvas_part(canvas, 1, MARGIN, 2, -(counts + 2));
	const struct canvas right = canvas_part(canvas, 1, canvas->cols - counts, 2, 0);
	if (is_hidden)
		draw_progress(overview, &left, indent);
	else
		draw_figure(overview, &left, indent);
	if (is_narrow)
		draw_short_counts(overview, &right);
	else
		draw_counts(overview, &right);
}

/* ---- sections ---- */

/* Right ends of the columns of the section table; 0 = the column is left out. */
struct section_columns {
	int number, name, name_end, mark, weight, progress, points, bar, bar_width;
};

static const struct board_count *count_of(const struct board_tally *tally)
{
	return tally->must.items > 0 ? &tally->must : &tally->innovation;
}

static const char *weight_text(const struct board_section *section, char buf[FIGURE_TEXT])
{
	if (!section->has_weight)
		return "";
	const bool is_short = section->weight.units % (LT_DECIMAL_ONE / 100) == 0;
	return figure_decimal(section->weight, is_short ? 2 : -4, buf);
}

static const char *points_text(const struct overview *overview, unsigned section,
			       char buf[FIGURE_TEXT])
{
	const struct board *board = overview->bench->board;
	if (board->sections[section].maximum.units == 0)
		return "";
	return figure_value(&board_tally(board, section)->points, -2, overview->bench->lang, buf);
}

struct section_widths {
	int number, name, weight, progress, points;
};

static struct section_widths measure_sections(const struct overview *overview)
{
	const struct workbench *bench = overview->bench;
	const struct board *board = bench->board;
	struct section_widths out = { 0 };
	char text[FIGURE_TEXT];
	bool is_weighted = false; /* all by 1 is no weight worth a column */
	for (unsigned i = 0; i < overview->n_sections; i++) {
		const unsigned at = overview->sections[i];
		const struct board_section *section = &board->sections[at];
		const struct board_count *count = count_of(board_tally(board, at));
		out.number = widest(out.number, text_columns(section_number(section)));
		out.name = widest(out.name, text_columns(label_of(bench, &section->decl->title)) +
						    2 * (int)section->depth);
		out.weight = widest(out.weight, text_columns(weight_text(section, text)));
		is_weighted |= section->has_weight && section->weight.units != LT_DECIMAL_ONE;
		out.points = widest(out.points, text_columns(points_text(overview, at, text)));
		snprintf(text, sizeof(text), "%u/%u", count->answered, count->items);
		out.progress = widest(out.progress, text_columns(text));
	}
	if (!is_weighted)
		out.weight = 0;
	if (bench->hides_score)
		out.points = 0;
	return out;
}

static void place_columns(const struct overview *overview, int cols, struct section_columns *out)
{
	const struct workbench *bench = overview->bench;
	const bool zh = bench->lang == LT_ZH;
	const struct section_widths w = measure_sections(overview);
	const bool has_bar = w.points || bench->hides_score || cols >= 50;
	const int least_bar = !has_bar ? 0 : cols >= 64 ? 12 : 8;
	const int most_bar = !has_bar ? 0 : cols >= 80 ? 40 : 16;
	const int weight = w.weight ? 2 + widest(w.weight, zh ? 4 : 6) : 0;
	const int progress = 2 + widest(w.progress, 4);
	const int points = w.points ? 2 + widest(w.points, zh ? 4 : 6) : 0;
	*out = (struct section_columns){ .number = MARGIN + w.number };
	out->name = w.number ? widest(MARGIN + w.number + 1, 6) : MARGIN;
	const int fixed = weight + progress + points + 3 + (has_bar ? 2 : 0);
	int room = cols - out->name - fixed - least_bar - (cols >= 80 ? 2 : 1);
	out->bar_width = least_bar;
	if (room > w.name) {
		out->bar_width = least_bar + room - w.name;
		if (out->bar_width > most_bar)
			out->bar_width = most_bar;
		room = w.name;
	}
	out->bar = out->name + room + fixed;
	out->points = has_bar ? out->bar - 3 : out->bar;
	out->progress = out->points - points;
	out->weight = out->progress - progress;
	out->mark = (weight ? out->weight - weight : out->weight) - 1;
	out->name_end = out->mark - 1;
	if (!weight)
		out->weight = 0;
	if (!points)
		out->points = 0;
}

/* What its items are worth: 满分 80, or 满分 80~100 where they differ. */
static void full_text(const struct overview *overview, char out[FIGURE_TEXT])
{
	const struct board *board = overview->bench->board;
	struct value full = { 0 };
	char text[FIGURE_TEXT];
	for (unsigned i = 0; i < overview->n_sections; i++) {
		const struct lt_decimal most = board->sections[overview->sections[i]].maximum;
		if (most.units == 0)
			continue;
		if (full.lo.units == 0 || most.units < full.lo.units)
			full.lo = most;
		if (most.units > full.hi.units)
			full.hi = most;
	}
	text_format(out, FIGURE_TEXT, "%s %s", tell(overview->bench, "满分", "of"),
		    figure_value(&full, -2, overview->bench->lang, text));
}

static void draw_section_heading(const struct overview *overview, const struct canvas *canvas,
				 const struct section_columns *at)
{
	const struct workbench *bench = overview->bench;
	const struct list *list = &overview->lists[ZONE_SECTIONS];
	char text[FIGURE_TEXT];
	const int col = draw_text(canvas, 0, MARGIN, INK_DIM, tell(bench, "板块", "Section"));
	/* arrows bring the others in; nobody looks for what is not said to be there */
	if (list->n > list->rows)
		draw_format(canvas, 0, col + 2, INK_TEXT, tell(bench, "其余 %u", "%u more"), list->n - list->rows);
	if (at->weight)
		draw_right(canvas, 0, at->weight, INK_DIM, tell(bench, "权重", "Weight"));
	draw_right(canvas, 0, at->progress, INK_DIM, tell(bench, "进度", "Done"));
	if (!at->points)
		return;
	draw_right(canvas, 0, at->points, INK_DIM, tell(bench, "得分", "Points"));
	full_text(overview, text);
	/* half a number says nothing */
	if (text_columns(text) <= at->bar_width + 1)
		draw_text(canvas, 0, at->bar, INK_DIM, text);
}

/* Met, open and failed truths of a section as a bar over its items. */
static void count_truths(const struct board *board, unsigned section, struct bar *bar)
{
	unsigned low = 0, high = 0, full = 0;
	for (unsigned i = 0; i < board->n_items; i++) {
		const struct board_item *item = &board->items[i];
		unsigned at = item->section;
		while (at < board->n_sections && at != section && board->sections[at].depth > 0)
			at = board->sections[at].parent;
		const struct value *value = &board_mark(board, i)->value;
		if (item->is_outside || at != section || value->state == VALUE_NA)
			continue;
		full++;
		low += value->lo.units > 0;
		high += value->hi_unbounded || value->hi.units > 0;
	}
	*bar = (struct bar){ .low = lt_decimal_from_int(low),
			     .high = lt_decimal_from_int(high),
			     .full = lt_decimal_from_int(full),
			     .got = INK_ACCENT };
}

static void draw_section_bar(const struct overview *overview, const struct canvas *canvas, int row,
			     unsigned number, const struct section_columns *at)
{
	const struct board *board = overview->bench->board;
	const struct board_section *section = &board->sections[number];
	const struct board_tally *tally = board_tally(board, number);
	const struct board_count *count = count_of(tally);
	struct bar bar = { .low = tally->points.lo,
			   .high = tally->points.hi,
			   .full = section->maximum,
			   .high_unbounded = tally->points.hi_unbounded,
			   .got = INK_ACCENT };
	if (overview->bench->hides_score)
		bar = (struct bar){ .low = lt_decimal_from_int(count->answered),
				    .high = lt_decimal_from_int(count->answered),
				    .full = lt_decimal_from_int(count->items),
				    .got = INK_ACCENT };
	else if (section->maximum.units == 0 && !at->points)
		count_truths(board, number, &bar);
	if (bar.full.units > 0)
		draw_bar(canvas, row, at->bar, at->bar_width, &bar);
}

static void draw_section(const struct overview *overview, const struct canvas *canvas, int row,
			 unsigned number, const struct section_columns *at)
{
	const struct workbench *bench = overview->bench;
	const struct board_section *section = &bench->board->sections[number];
	const struct board_tally *tally = board_tally(bench->board, number);
	const struct board_count *count = count_of(tally);
	char text[FIGURE_TEXT];
	draw_right(canvas, row, at->name - 1, INK_DIM, section_number(section));
	const int name = at->name + 2 * (int)section->depth;
	draw_cut(canvas, row, name, at->name_end - name, INK_TEXT,
		 label_of(bench, &section->decl->title));
	if (tally->controls_failed > 0)
		draw_text(canvas, row, at->mark, INK_VETO, "✗");
	else if (tally->controls_open > 0)
		draw_text(canvas, row, at->mark, INK_DIM, "◦");
	if (at->weight)
		draw_right(canvas, row, at->weight, INK_DIM, weight_text(section, text));
	snprintf(text, sizeof(text), "%u/%u", count->answered, count->items);
	draw_right(canvas, row, at->progress, count->answered == count->items ? INK_OK : INK_TEXT,
		   text);
	if (at->points)
		draw_right(canvas, row, at->points, INK_TEXT, points_text(overview, number, text));
	draw_section_bar(overview, canvas, row, number, at);
}

void overview_draw_sections(struct overview *overview, const struct canvas *canvas)
{
	struct list *list = &overview->lists[ZONE_SECTIONS];
	struct section_columns at;
	place_columns(overview, canvas->cols, &at);
	list_fit(list, overview->n_sections, canvas->rows - 1);
	draw_section_heading(overview, canvas, &at);
	for (unsigned i = list->first; i < list_end(list); i++) {
		const int row = 1 + (int)(i - list->first);
		draw_section(overview, canvas, row, overview->sections[i], &at);
		if (i == list->at)
			overview_draw_selection(overview, canvas, ZONE_SECTIONS, row);
	}
}

/* ---- what is left to do ---- */

/* Who owes how much of it, as far as there is room. */
static void draw_debtors(const struct overview *overview, const struct canvas *canvas, int col)
{
	const struct board *board = overview->bench->board;
	char text[FIGURE_TEXT];
	for (unsigned i = 0; i < board->n_todo; i++) {
		const char *who = board->todo[i].who;
		unsigned before = 0, n = 0;
		for (unsigned k = 0; who && who[0] && k < board->n_todo; k++) {
			const bool same = board->todo[k].who && strcmp(board->todo[k].who, who) == 0;
			n += same;
			before += same && k < i;
		}
		if (!n || before)
			continue;
		text_format(text, sizeof(text), "%s %u", who, n);
		if (col + text_columns(text) > canvas->cols - 1)
			return;
		col = draw_text(canvas, 0, col, INK_DIM, text) + 3;
	}
}

static void draw_todo_heading(const struct overview *overview, const struct canvas *canvas)
{
	static const struct label kinds[N_TODO_KINDS] = {
		[TODO_FAILED] = { "否决", "vetoes" },
		[TODO_CONTROL] = { "控制项未评", "open controls" },
		[TODO_OPEN] = { "未评", "open" },
		[TODO_UNPROVEN] = { "缺佐证", "unproven" },
		[TODO_SENT_BACK] = { "退回", "sent back" },
		[TODO_OWED] = { "待收", "asked for" },
	};
	const struct workbench *bench = overview->bench;
	const struct board *board = bench->board;
	char text[FIGURE_TEXT];
	int col = draw_text(canvas, 0, MARGIN, INK_TITLE, tell(bench, "待办", "To do")) + 2;
	if (board->n_todo == 0) {
		draw_text(canvas, 0, col, INK_OK, tell(bench, "没有了", "nothing is left"));
		return;
	}
	col = draw_format(canvas, 0, col, INK_DIM, tell(bench, "%u 件", "%u"), board->n_todo) + 3;
	for (int kind = 0; kind < N_TODO_KINDS; kind++) {
		if (board->n_todo_of[kind] == 0)
			continue;
		snprintf(text, sizeof(text), "%s %u", label_of(bench, &kinds[kind]),
			 board->n_todo_of[kind]);
		if (col + text_columns(text) > canvas->cols - 1)
			return;
		col = draw_text(canvas, 0, col, INK_DIM, text) + 3;
	}
	draw_debtors(overview, canvas, col + 2);
}

#define TODO_REASON 200

static const char *one_by_one(const struct overview *overview)
{
	return tell(overview->bench, "F5 逐件处理", "F5: one by one");
}

/* Why a task stands in the list, and by when it is due. */
static void todo_reason(const struct overview *overview, const struct todo *todo, enum ink *ink,
			char *out, size_t cap)
{
	static const struct label words[N_TODO_KINDS] = {
		[TODO_FAILED] = { "不符合", "not met" },
		[TODO_CONTROL] = { "控制项 未评", "control, open" },
		[TODO_OPEN] = { "未评", "open" },
		[TODO_UNPROVEN] = { "缺佐证", "no evidence" },
		[TODO_SENT_BACK] = { "退回", "sent back" },
		[TODO_OWED] = { "待收", "asked for" },
	};
	const struct workbench *bench = overview->bench;
	const char *word = label_of(bench, &words[todo->kind]);
	*ink = todo->kind == TODO_FAILED ? INK_VETO : INK_DIM;
	if (todo->item != NO_SLOT && board_mark(bench->board, todo->item)->refused[bench->lang])
		word = tell(bench, "原答案不合标准", "answer refused");
	char due[48] = "";
	if (todo->due && todo->due[0])
		text_format(due, sizeof(due),
			    todo->kind == TODO_FAILED ? tell(bench, " 整改至 %s", ", repair by %s")
						      : tell(bench, " 至 %s", ", by %s"),
			    strlen(todo->due) == 10 ? todo->due + 5 : todo->due);
	text_format(out, cap, "%s%s%s%s", word, due, todo->who && todo->who[0] ? " " : "",
		    todo->who ? todo->who : "");
}

static const char *todo_mark(enum todo_kind kind, enum ink *ink)
{
	static const enum board_state states[N_TODO_KINDS] = {
		[TODO_FAILED] = STATE_FAILED,       [TODO_CONTROL] = STATE_OPEN,
		[TODO_OPEN] = STATE_OPEN,           [TODO_UNPROVEN] = STATE_UNPROVEN,
		[TODO_SENT_BACK] = STATE_SENT_BACK, [TODO_OWED] = STATE_UNPROVEN,
	};
	return state_mark(states[kind], ink);
}

static const struct item *todo_item(const struct overview *overview, const struct todo *todo)
{
	return todo->item == NO_SLOT ? NULL : overview->bench->board->items[todo->item].plan->decl;
}

struct todo_columns {
	int title, reason;
};

/* The reason takes what it needs, up to two fifths; the title the rest. */
static struct todo_columns measure_todo(const struct overview *overview, int cols)
{
	const struct board *board = overview->bench->board;
	int number = 0, title = 16, reason = text_columns(one_by_one(overview));
	for (unsigned i = 0; i < board->n_todo; i++) {
		const struct item *item = todo_item(overview, &board->todo[i]);
		const char *text =
			item ? label_of(overview->bench, &item->title) : board->todo[i].title;
		char why[TODO_REASON];
		enum ink ink;
		if (item)
			number = widest(number, text_columns(shown_id(item->id)));
		title = widest(title, text_columns(text ? text : ""));
		todo_reason(overview, &board->todo[i], &ink, why, sizeof(why));
		reason = widest(reason, text_columns(why));
	}
	struct todo_columns out = { .title = MARGIN + 2 + (number ? number + 2 : 0) };
	if (reason > cols * 2 / 5)
		reason = cols * 2 / 5;
	if (out.title + title + 3 + reason > cols)
		title = cols - reason - 3 - out.title;
	out.reason = out.title + title + 2;
	return out;
}

static void draw_task(const struct overview *overview, const struct canvas *canvas, int row,
		      const struct todo *todo, const struct todo_columns *at)
{
	const struct item *item = todo_item(overview, todo);
	char reason[TODO_REASON];
	enum ink ink;
	const char *mark = todo_mark(todo->kind, &ink);
	draw_text(canvas, row, MARGIN, ink, mark);
	if (item)
		draw_text(canvas, row, MARGIN + 2, INK_TEXT, shown_id(item->id));
	const char *title = item ? label_of(overview->bench, &item->title) : todo->title;
	draw_cut(canvas, row, at->title, at->reason - at->title - 2, INK_TEXT, title ? title : "");
	todo_reason(overview, todo, &ink, reason, sizeof(reason));
	draw_cut(canvas, row, at->reason, canvas->cols - at->reason - 1, ink, reason);
}

void overview_draw_todo(struct overview *overview, const struct canvas *canvas)
{
	const struct workbench *bench = overview->bench;
	const struct board *board = bench->board;
	struct list *list = &overview->lists[ZONE_TODO];
	const struct todo_columns at = measure_todo(overview, canvas->cols);
	draw_todo_heading(overview, canvas);
	/* the last row says how many more there are, where there is room for it beside two tasks */
	const bool has_rest = (int)board->n_todo > canvas->rows - 1 && canvas->rows > 3;
	list_fit(list, board->n_todo, canvas->rows - 1 - has_rest);
	for (unsigned i = list->first; i < list_end(list); i++) {
		const int row = 1 + (int)(i - list->first);
		draw_task(overview, canvas, row, &board->todo[i], &at);
		if (i == list->at)
			overview_draw_selection(overview, canvas, ZONE_TODO, row);
	}
	if (!has_rest)
		return;
	const unsigned n = board->n_todo - (list_end(list) - list->first);
	draw_format(canvas, canvas->rows - 1, MARGIN + 2, INK_DIM,
		    tell(bench, "其余 %u 件", "%u more"), n);
	draw_text(canvas, canvas->rows - 1, at.reason, INK_DIM, one_by_one(overview));
}
