#include "frame.h"

#include <stdio.h>
#include <string.h>
#include "figure.h"
#include "wrap.h"
#include "headline.h"

bool frame_is_too_small(const struct workbench *bench)
{
	return bench->grid.rows < LEAST_ROWS || bench->grid.cols < LEAST_COLS;
}

enum breadth frame_breadth(const struct workbench *bench)
{
	if (bench->grid.cols >= 132)
		return BREADTH_132;
	if (bench->grid.cols >= 100)
		return BREADTH_100;
	return bench->grid.cols >= 80 ? BREADTH_80 : BREADTH_60;
}

bool frame_is_tall(const struct workbench *bench)
{
	return bench->grid.rows >= 24;
}

/* ---- header ---- */

/* The lowest screen that fills the frame: popups do not change whose page it is. */
static struct screen *page(struct workbench *bench)
{
	for (unsigned i = bench->n_screens; i > 0; i--)
		if (bench->stack[i - 1].kind->size == SIZE_WHOLE)
			return &bench->stack[i - 1];
	return NULL;
}

struct header_part {
	const char *text;
	enum ink ink;
	int yields; /* in which turn it is left out; 0 = never */
};

static int columns_of(const struct header_part *parts, int n)
{
	int cols = 0;
	for (int i = 0; i < n; i++)
		if (parts[i].text[0])
			cols += text_columns(parts[i].text) + 2;
	return cols;
}

/* Leaves parts out, in their turn, until the rest fits. */
static void yield_parts(struct header_part *left, int n_left, const struct header_part *right,
			int n_right, int room)
{
	for (int turn = 1; turn <= 6; turn++) {
		if (columns_of(left, n_left) + columns_of(right, n_right) <= room)
			return;
		for (int i = 0; i < n_left; i++)
			if (left[i].yields == turn)
				left[i].text = "";
	}
}

static const char *term_text(const struct workbench *bench, const struct term *term)
{
	return term ? label_of(bench, &term->title) : "";
}

static void draw_header(const struct workbench *bench, const struct canvas *row,
			struct screen *screen)
{
	const struct board *board = bench->board;
	char badge[64], who[200] = "", saved[64] = "", name[120];
	snprintf(badge, sizeof(badge), " %s ", label_of(bench, &screen->kind->title));
	int col = draw_text(row, 0, 0, INK_TITLE, badge);
	draw_ground(row, 0, 0, col, GROUND_BADGE);
	draw_ground(row, 0, col, row->cols - col, GROUND_BAR);
	if (screen->kind->header) {
		const struct canvas rest = canvas_part(row, 0, col, 1, 0);
		screen->kind->header(screen, &rest);
		draw_ground(row, 0, col, row->cols - col, GROUND_BAR);
	}
	if (screen->kind->header || !board)
		return;
	const enum breadth breadth = frame_breadth(bench);
	cluster_cut(bench->session->name, strlen(bench->session->name), MOST_NAME, name,
		    sizeof(name));
	text_format(who, sizeof(who), "%s %s", label_of(bench, &rung_titles[board->own]), name);
	if (project_is_readonly(bench->session->project))
		snprintf(saved, sizeof(saved), "%s", tell(bench, "只读", "read-only"));
	else
		snprintf(saved, sizeof(saved), "%s%s%.*s", tell(bench, "已存", "saved"),
			 bench->saved_at[0] && breadth > BREADTH_60 ? " " : "",
			 breadth > BREADTH_80   ? 8
			 : breadth > BREADTH_60 ? 5
						: 0,
			 bench->saved_at);
	char code[160];
	text_format(code, sizeof(code), "%s%s", board->ruleset->code,
		    board->edition_unknown ? tell(bench, " 非已知版本", " unknown edition") : "");
	struct header_part left[] = {
		{ code, board->edition_unknown ? INK_WARN : INK_DIM, 3 },
		{ term_text(bench, board->park_type), INK_DIM, 1 },
		{ term_text(bench, board->stage), INK_DIM, 2 },
	};
	const struct header_part right[] = { { who, INK_TEXT, 0 }, { saved, INK_OK, 0 } };
	const int room = row->cols - col - 3;
	const int least_park = text_columns(board->park) < 20 ? text_columns(board->park) : 20;
	yield_parts(left, 3, right, 2, room - least_park - 2);
	const int others = columns_of(left, 3) + columns_of(right, 2);
	col = draw_cut(row, 0, col + 1, room - others, INK_TITLE, board->park) + 2;
	for (int i = 0; i < 3; i++)
		if (left[i].text[0])
			col = draw_text(row, 0, col, left[i].ink, left[i].text) + 2;
	const int at = draw_right(row, 0, row->cols - 1, INK_OK, saved);
	draw_right(row, 0, at - 2, INK_TEXT, who);
	draw_ground(row, 0, text_columns(badge), row->cols - text_columns(badge), GROUND_BAR);
}

/* ---- score line ---- */

static int draw_figure(const struct workbench *bench, const struct canvas *row, int col)
{
	const struct board *board = bench->board;
	const struct board_headline *headline = &board->headline;
	const struct board_rung *rung = &board->rungs[board->own];
	char text[FIGURE_TEXT];
	struct headline_line line;
	headline_line(bench, rung, &line);
	col = draw_text(row, 0, col, INK_DIM, label_of(bench, headline->title)) + 1;
	col = draw_text(row, 0, col, INK_TITLE, headline_figure(bench, &rung->figure, text));
	if (headline->unit)
		col = draw_format(row, 0, col, INK_DIM, " %s", headline->unit);
	col += 2;
	if (headline->has_full) {
		const int width = row->cols >= 100 ? 24 : row->cols >= 80 ? 18 : 11;
		const struct bar bar = headline_bar(bench, &rung->figure, &line);
		draw_bar(row, 0, col, width, &bar);
		col += width + 1;
	}
	if (line.is_known) {
		col = draw_cut(row, 0, col, row->cols >= 100 ? 20 : 12, INK_DIM, line.title);
		col = draw_format(row, 0, col, INK_DIM, " %s",
				  figure_decimal(line.limit, -4, text)) +
		      3;
	}
	return col;
}

static int draw_progress(const struct workbench *bench, const struct canvas *row, int col)
{
	const struct board_rung *rung = &bench->board->rungs[bench->board->own];
	const int width = row->cols >= 100 ? 24 : row->cols >= 80 ? 18 : 11;
	const struct bar bar = { .low = lt_decimal_from_int(rung->must.answered),
				 .high = lt_decimal_from_int(rung->must.answered),
				 .full = lt_decimal_from_int(rung->must.items),
				 .got = INK_ACCENT };
	col = draw_text(row, 0, col, INK_DIM, tell(bench, "进度 ", "done "));
	col = draw_format(row, 0, col, INK_TITLE, "%u/%u", rung->must.answered, rung->must.items) +
	      2;
	draw_bar(row, 0, col, width, &bar);
	return col + width + 2;
}

/* A count that is left out where it is nothing, or where there is no room. */
static int draw_count(const struct canvas *row, int col, enum ink ink, const char *mark,
		      const char *word, unsigned n, bool is_short)
{
	char text[80];
	if (n == 0)
		return col;
	if (is_short && mark[0])
		snprintf(text, sizeof(text), "%s %u", mark, n);
	else
		snprintf(text, sizeof(text), "%s%s%s %u", mark, mark[0] ? " " : "", word, n);
	if (col + text_columns(text) > row->cols - 1)
		return col;
	return draw_text(row, 0, col, ink, text) + (row->cols >= 80 ? 3 : 2);
}

/* The usual score line. */
static void frame_score_line(struct workbench *bench, const struct canvas *row)
{
	const struct board *board = bench->board;
	const struct board_rung *rung = &board->rungs[board->own];
	const bool is_short = row->cols < 80;
	int col = 1;
	if (bench->hides_score || board->headline.kind == FIGURE_NONE)
		col = draw_progress(bench, row, col);
	else
		col = draw_figure(bench, row, col);
	col = draw_count(row, col, INK_VETO, "✗", tell(bench, "否决", "vetoes"),
			 rung->by_state[STATE_FAILED], is_short);
	const unsigned controls = rung->controls.met + rung->controls.not_met + rung->controls.open;
	if (row->cols >= 96 && controls > 0)
		col = draw_format(row, 0, col, INK_TEXT, "%s %u/%u",
				  tell(bench, "控制项", "controls"), rung->controls.met, controls) +
		      3;
	col = draw_count(row, col, INK_TEXT, "", tell(bench, "未评", "open"), open_of_must(rung),
			 is_short);
	if (!is_short)
		col = draw_count(row, col, INK_DIM, "", tell(bench, "加分项未评", "open bonus"),
				 open_of_bonus(rung), false);
	col = draw_count(row, col, INK_WARN, "!", tell(bench, "缺佐证", "no evidence"),
			 rung->by_state[STATE_UNPROVEN], is_short || row->cols < 100);
	col = draw_count(row, col, INK_WARN, "‹", tell(bench, "退回", "sent back"),
			 rung->by_state[STATE_SENT_BACK], is_short || row->cols < 100);
	if (bench->hides_score && board->headline.kind != FIGURE_NONE) {
		const char *hidden = tell(bench, "F12 显示分数", "F12 shows the score");
		if (col + text_columns(hidden) < row->cols)
			draw_right(row, 0, row->cols - 1, INK_DIM, hidden);
	}
}

#define MOST_NOTICE 6 /* rows */

/* One row, or as many as it takes: what is told must be read to its end. */
static int notice_rows(const struct workbench *bench, int cols)
{
	const int n = wrap_count(bench->notice, strlen(bench->notice), cols - 4);
	return n < 1 ? 1 : n > MOST_NOTICE ? MOST_NOTICE : n;
}

static void draw_notice(const struct workbench *bench, const struct canvas *rows)
{
	static const struct {
		const char *mark;
		enum ink ink;
	} looks[] = { { "✓", INK_OK }, { "!", INK_WARN }, { "✗", INK_VETO } };
	const enum ink ink = looks[bench->notice_kind].ink;
	const size_t len = strlen(bench->notice);
	size_t at = 0;
	draw_clear(rows, GROUND_BAR);
	draw_text(rows, 0, 1, ink, looks[bench->notice_kind].mark);
	for (int row = 0; row < rows->rows && at < len; row++) {
		const struct wrap_line line = wrap_line(bench->notice, len, at, rows->cols - 4);
		if (row + 1 == rows->rows && !line.is_last)
			draw_cut(rows, row, 3, rows->cols - 4, ink, bench->notice + at);
		else
			draw_bytes(rows, row, 3, ink, bench->notice + line.from,
				   line.to - line.from);
		if (line.is_last)
			break;
		at = line.next;
	}
	for (int row = 0; row < rows->rows; row++)
		draw_ground(rows, row, 0, rows->cols, GROUND_BAR);
}

static void draw_score_row(struct workbench *bench, struct screen *page, const struct canvas *row)
{
	draw_clear(row, GROUND_BAR);
	if (page->kind->score_line)
		page->kind->score_line(page, row);
	else if (bench->board)
		frame_score_line(bench, row);
	draw_ground(row, 0, 0, row->cols, GROUND_BAR);
}

void frame_draw_wait(struct workbench *bench, long milliseconds)
{
	const struct canvas whole = canvas_whole(&bench->grid);
	const struct canvas row = canvas_part(&whole, whole.rows - 2, 0, 1, 0);
	char words[300];
	if (whole.rows < 3)
		return;
	draw_clear(&row, GROUND_BAR);
	command_words(bench, bench->command, words, sizeof(words));
	const char *stop = bench->can_cancel ? tell(bench, "Esc 取消", "Esc stops it") : "";
	const int end = draw_right(&row, 0, row.cols - 1, INK_KEY, stop) - 2;
	int col = draw_format(&row, 0, 3, INK_TITLE, tell(bench, "正在处理  %ld 秒  ", "at work, %ld s  "),
			      milliseconds / 1000);
	if (bench->session && bench->session->doing.zh)
		col = draw_format(&row, 0, col, INK_TITLE, "%s ",
				  label_of(bench, &bench->session->doing));
	if (bench->session && bench->session->n_all)
		col = draw_format(&row, 0, col, INK_TITLE, "%u/%u ", bench->session->n_done,
				  bench->session->n_all);
	col += bench->session && bench->session->doing.zh;
	draw_cut(&row, 0, col, end - col, INK_DIM, words);
	draw_ground(&row, 0, 0, row.cols, GROUND_BAR);
	bench->grid.cursor_shown = false;
}

/* ---- foot ---- */

static int draw_hint(const struct workbench *bench, const struct canvas *row, int col, int end,
		     const struct action *action)
{
	const char *keys = action_keys(bench, action), *title = label_of(bench, &action->title);
	if (col + text_columns(keys) + 1 + text_columns(title) > end)
		return end + 1;
	col = draw_text(row, 0, col, INK_KEY, keys) + 1;
	return draw_text(row, 0, col, INK_DIM, title) + (row->cols >= 100 ? 3 : 2);
}

static void draw_foot(const struct workbench *bench, const struct screen *top,
		      const struct canvas *row)
{
	const char *help = tell(bench, "帮助", "help");
	int col = draw_right(row, 0, row->cols - 1, INK_DIM, help) - 3;
	draw_text(row, 0, col, INK_KEY, "F1");
	const int end = col - 2;
	col = 1;
	for (unsigned i = 0; i < top->kind->n_actions && col <= end; i++) {
		const struct action *action = &top->kind->actions[i];
		if (action->in_foot && action_is_live(top, action))
			col = draw_hint(bench, row, col, end, action);
	}
	for (unsigned i = 0; i < n_common_actions && col <= end; i++) {
		const struct action *action = &common_actions[i];
		if (action->in_foot && common_is_live(top, action))
			col = draw_hint(bench, row, col, end, action);
	}
}

/* ---- popups ---- */

static void draw_box(const struct canvas *box, const char *title, const char *right)
{
	draw_clear(box, GROUND_POPUP);
	const int last = box->rows - 1, end = box->cols - 1;
	draw_fill(box, 0, 1, end - 1, INK_FAINT, "─");
	draw_fill(box, last, 1, end - 1, INK_FAINT, "─");
	for (int row = 1; row < last; row++) {
		draw_text(box, row, 0, INK_FAINT, "│");
		draw_text(box, row, end, INK_FAINT, "│");
	}
	draw_text(box, 0, 0, INK_FAINT, "┌");
	draw_text(box, 0, end, INK_FAINT, "┐");
	draw_text(box, last, 0, INK_FAINT, "└");
	draw_text(box, last, end, INK_FAINT, "┘");
	char beside[200] = "";
	if (right) { /* the title is what the box is: it yields no more than its second half */
		const int half = box->cols / 2 - 3, wanted = text_columns(title);
		cluster_cut(right, strlen(right), box->cols - 11 - (wanted < half ? wanted : half),
			    beside, sizeof(beside));
	}
	const int right_cols = beside[0] ? text_columns(beside) + 4 : 0;
	draw_text(box, 0, 2, INK_TITLE, " ");
	const int col = draw_cut(box, 0, 3, box->cols - right_cols - 6, INK_TITLE, title);
	draw_text(box, 0, col, INK_TITLE, " ");
	if (right_cols > 0 && right_cols + 4 < box->cols) {
		draw_text(box, 0, draw_right(box, 0, end - 2, INK_DIM, beside) - 1, INK_DIM, " ");
		draw_text(box, 0, end - 2, INK_DIM, " ");
	}
}

struct canvas frame_popup(struct workbench *bench, const struct canvas *canvas, int rows, int cols,
			  bool low_right, const char *title, const char *right)
{
	const struct canvas whole = canvas_whole(&bench->grid);
	const struct canvas below = canvas_part(&whole, 1, 0, -1, 0);
	int height = rows + 2, width = cols + 2, top, left;
	draw_quieten(&below, low_right ? INK_DIM : INK_FAINT);
	/* a row of what it lies on above and below it, where there are rows enough */
	const int most = canvas->rows >= 20 ? canvas->rows - 2 : canvas->rows;
	if (height > most)
		height = most;
	if (width > canvas->cols - 8)
		width = canvas->cols - 8;
	if (frame_breadth(bench) == BREADTH_60) {
		width = canvas->cols;
		height = canvas->rows;
	}
	top = low_right ? canvas->rows - height : (canvas->rows - height) / 2;
	left = low_right ? canvas->cols - width - 1 : (canvas->cols - width) / 2;
	if (left < 0)
		left = 0;
	const struct canvas box = canvas_part(canvas, top, left, height, width);
	draw_box(&box, title, right);
	return canvas_part(&box, 1, 1, height - 2, width - 2);
}

/* ---- the whole ---- */

static void draw_too_small(const struct workbench *bench, const struct canvas *whole)
{
	char text[160];
	size_t at = 0;
	text_format(text, sizeof(text),
		    tell(bench, "窗口太小，至少 %d 列 %d 行（现在 %d 列 %d 行）",
			 "the window is too small: %d columns, %d rows at least (now %d, %d)"),
		    LEAST_COLS, LEAST_ROWS, whole->cols, whole->rows);
	const size_t len = strlen(text);
	const int n = wrap_count(text, len, whole->cols);
	for (int row = n < whole->rows ? (whole->rows - n) / 2 : 0; row < whole->rows; row++) {
		const struct wrap_line line = wrap_line(text, len, at, whole->cols);
		draw_bytes(whole, row, 0, INK_WARN, text + line.from, line.to - line.from);
		at = line.next;
		if (line.is_last)
			break;
	}
}

void frame_draw(struct workbench *bench)
{
	const struct canvas whole = canvas_whole(&bench->grid);
	struct screen *base = page(bench);
	const struct screen *top = workbench_top(bench);
	if (!top)
		return;
	if (frame_is_too_small(bench) || !base) {
		draw_too_small(bench, &whole);
		return;
	}
	const struct canvas head = canvas_part(&whole, 0, 0, 1, 0);
	const struct canvas foot = canvas_part(&whole, whole.rows - 1, 0, 1, 0);
	const struct canvas line = canvas_part(&whole, whole.rows - 2, 0, 1, 0);
	/* the room is the same whether or not something is told in the last row but one */
	const struct canvas body =
		canvas_part(&whole, 1, 0, whole.rows - 2 - (base->kind->has_score_line ? 1 : 0), 0);
	bool seen = false;
	for (unsigned i = 0; i < bench->n_screens; i++) {
		struct screen *screen = &bench->stack[i];
		seen |= screen == base;
		if (!seen)
			continue;
		if (screen == base) {
			draw_header(bench, &head, screen);
			if (base->kind->has_score_line)
				draw_score_row(bench, base, &line);
		}
		screen->kind->draw(screen, &body);
	}
	if (bench->notice[0]) {
		const int n = notice_rows(bench, whole.cols);
		const struct canvas told = canvas_part(&whole, whole.rows - 1 - n, 0, n, 0);
		draw_notice(bench, &told);
	}
	draw_foot(bench, top, &foot);
}
