/* The rungs side by side, the carbon balance, and amounts and conditions where the sections have
 * no points. */
#include <stdio.h>
#include <string.h>
#include "headline.h"
#include "overview.h"
#include "sparkline.h"

#define MARGIN 3
#define SPARK_YEARS 8

/* ---- rungs ---- */

enum rung_column {
	COLUMN_FIGURE,
	COLUMN_GRADE,
	COLUMN_STATE,
	COLUMN_CONTROLS,
	COLUMN_SCORED,
	COLUMN_PEOPLE,
	N_RUNG_COLUMNS
};

#define RUNG_TEXT FIGURE_TEXT
#define PEOPLE 10 /* columns of a name */
#define LEAST_PEOPLE 6

static const char *state_text(const struct workbench *bench, const struct board_rung *rung,
			      enum ink *ink, char buf[RUNG_TEXT])
{
	*ink = INK_DIM;
	switch (rung->round_state) {
	case ROUND_WORKING:
		*ink = INK_ACCENT;
		return tell(bench, "进行中", "at work");
	case ROUND_SUBMITTED:
		snprintf(buf, RUNG_TEXT, tell(bench, "已提交 第 %u 轮", "submitted, round %u"),
			 rung->round);
		return buf;
	case ROUND_RETURNED:
		*ink = INK_WARN;
		snprintf(buf, RUNG_TEXT, tell(bench, "退回 第 %u 轮", "sent back, round %u"),
			 rung->round);
		return buf;
	case ROUND_NONE:
		break;
	}
	return tell(bench, "未开始", "not begun");
}

static const char *count_text(unsigned part, unsigned all, char buf[RUNG_TEXT])
{
	if (all == 0)
		return "-";
	snprintf(buf, RUNG_TEXT, "%u/%u", part, all);
	return buf;
}

/* What stands in a column; of a rung without answers "-", but for its state. */
static const char *rung_text(const struct workbench *bench, enum rung which,
			     enum rung_column column, enum ink *ink, char buf[RUNG_TEXT])
{
	const struct board *board = bench->board;
	const struct board_rung *rung = &board->rungs[which];
	const struct control_count *controls = &rung->controls;
	*ink = INK_TEXT;
	if (column == COLUMN_STATE)
		return state_text(bench, rung, ink, buf);
	if (!rung->is_computed || (!rung->has_answers && which != board->own)) {
		*ink = INK_DIM;
		return "-";
	}
	switch (column) {
	case COLUMN_FIGURE:
		return headline_figure(bench, &rung->figure, buf);
	case COLUMN_GRADE:
		return headline_grade(bench, &rung->grade, ink, buf);
	case COLUMN_CONTROLS:
		return count_text(controls->met, controls->met + controls->not_met + controls->open,
				  buf);
	case COLUMN_SCORED:
		return count_text(rung->by_kind[ITEM_SCORING].answered,
				  rung->by_kind[ITEM_SCORING].items, buf);
	case COLUMN_STATE:
	case COLUMN_PEOPLE:
	case N_RUNG_COLUMNS:
		break;
	}
	return "";
}

static const char *column_title(const struct workbench *bench, enum rung_column column)
{
	static const struct label titles[N_RUNG_COLUMNS] = {
		[COLUMN_GRADE] = { "等级", "Grade" },
		[COLUMN_STATE] = { "状态", "State" },
		[COLUMN_CONTROLS] = { "控制项", "Controls" },
		[COLUMN_SCORED] = { "评分项", "Scored" },
		[COLUMN_PEOPLE] = { "人员", "People" },
	};
	if (column == COLUMN_FIGURE)
		return label_of(bench, bench->board->headline.title);
	return label_of(bench, &titles[column]);
}

/* Whether the assessment has such a thing, and whether it may be shown now. */
static bool column_is_wanted(const struct workbench *bench, enum rung_column column)
{
	const struct board *board = bench->board;
	const struct board_rung *own = &board->rungs[board->own];
	if (column == COLUMN_FIGURE)
		return board->headline.kind != FIGURE_NONE && !bench->hides_score;
	if (column == COLUMN_GRADE)
		return own->grade.ladder && !bench->hides_score;
	if (column == COLUMN_CONTROLS)
		return own->by_kind[ITEM_CONTROL].items > 0;
	return column == COLUMN_STATE || column == COLUMN_PEOPLE ||
	       own->by_kind[ITEM_SCORING].items > 0;
}

static int measure_column(const struct workbench *bench, enum rung_column column)
{
	char text[RUNG_TEXT];
	enum ink ink;
	int width = text_columns(column_title(bench, column));
	for (int r = 0; r < N_RUNGS; r++) {
		const int cols = text_columns(rung_text(bench, (enum rung)r, column, &ink, text));
		if (cols > width)
			width = cols;
	}
	return width;
}

/* Widths by column; what does not fit is left out from the last, or the grade is cut. */
static void fit_columns(const struct workbench *bench, int room, int width[N_RUNG_COLUMNS])
{
	for (int c = 0; c < N_RUNG_COLUMNS; c++) {
		width[c] = 0;
		if (c == COLUMN_PEOPLE || !column_is_wanted(bench, (enum rung_column)c))
			continue;
		const int wanted = measure_column(bench, (enum rung_column)c);
		const int least = c == COLUMN_GRADE && wanted > 10 ? 10 : wanted;
		if (least > room)
			continue;
		width[c] = least;
		room -= least + 2;
	}
	const int grade = width[COLUMN_GRADE] ? measure_column(bench, COLUMN_GRADE) : 0;
	while (width[COLUMN_GRADE] < grade && room-- > 0)
		width[COLUMN_GRADE]++;
	/* names come later than the rest, and must not push it aside */
	if (room >= LEAST_PEOPLE)
		width[COLUMN_PEOPLE] = room < PEOPLE ? room : PEOPLE;
}

static void draw_rung(const struct overview *overview, const struct canvas *canvas, int row,
		      enum rung which, int col, const int width[N_RUNG_COLUMNS])
{
	const struct workbench *bench = overview->bench;
	static const enum rung_column order[] = { COLUMN_FIGURE, COLUMN_GRADE,	COLUMN_CONTROLS,
						  COLUMN_SCORED, COLUMN_PEOPLE, COLUMN_STATE };
	const bool is_own = which == bench->board->own;
	const bool is_heading = which == N_RUNGS;
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		const enum rung_column column = order[i];
		char buf[RUNG_TEXT];
		enum ink ink = INK_DIM;
		if (width[column] == 0)
			continue;
		const char *text = is_heading                ? column_title(bench, column)
				   : column == COLUMN_PEOPLE ? overview->people[which]
							     : rung_text(bench, which, column, &ink, buf);
		if (column == COLUMN_PEOPLE && !is_heading)
			ink = INK_TEXT;
		if (is_own && ink == INK_TEXT)
			ink = INK_TITLE;
		if (column == COLUMN_FIGURE)
			draw_right(canvas, row, col + width[column], ink, text);
		else
			draw_cut(canvas, row, col, width[column], ink, text);
		col += width[column] + 2;
	}
}

void overview_draw_rungs(struct overview *overview, const struct canvas *canvas)
{
	const struct workbench *bench = overview->bench;
	const struct board *board = bench->board;
	struct list *list = &overview->lists[ZONE_RUNGS];
	int width[N_RUNG_COLUMNS], name = text_columns(tell(bench, "层级", "Rung"));
	for (int r = 0; r < N_RUNGS; r++)
		if (text_columns(label_of(bench, &rung_titles[r])) > name)
			name = text_columns(label_of(bench, &rung_titles[r]));
	const int col = MARGIN + name + 2;
	fit_columns(bench, canvas->cols - col - 1, width);
	draw_text(canvas, 0, MARGIN, INK_DIM, tell(bench, "层级", "Rung"));
	draw_rung(overview, canvas, 0, N_RUNGS, col, width);
	list_fit(list, N_RUNGS, canvas->rows - 1);
	for (unsigned i = list->first; i < list_end(list); i++) {
		const int row = 1 + (int)(i - list->first);
		draw_text(canvas, row, MARGIN, i == board->own ? INK_TITLE : INK_TEXT,
			  label_of(bench, &rung_titles[i]));
		draw_rung(overview, canvas, row, (enum rung)i, col, width);
		if (i == list->at)
			overview_draw_selection(overview, canvas, ZONE_RUNGS, row);
	}
}

/* ---- balance ---- */

static struct value signed_amount(const struct board_amount *amount)
{
	struct value out = amount->value;
	if (amount->is_subtracted && out.state == VALUE_NUMBER)
		value_negate(&amount->value, &out);
	return out;
}

static void draw_amount(const struct workbench *bench, const struct canvas *canvas, int row,
			const char *title, const struct value *value, enum ink ink)
{
	char text[FIGURE_TEXT];
	const int end = canvas->cols - 2;
	/* "at least 0" says nothing: nothing was entered */
	const bool is_open = value->lo_unbounded || value->hi_unbounded;
	const int at = draw_right(canvas, row, end, is_open ? INK_DIM : ink,
				  is_open ? "-" : figure_value(value, 1, bench->lang, text));
	draw_cut(canvas, row, 0, at - 1, INK_DIM, title);
}

/* What several amounts come to; n/a ones are left out. */
static struct value sum_of(const struct board_balance *balance, unsigned from)
{
	struct value sum = value_exact(VALUE_ZERO);
	for (unsigned i = from; i < balance->n_terms; i++) {
		const struct value term = signed_amount(&balance->terms[i]);
		struct value next;
		if (term.state == VALUE_NUMBER && value_add(&sum, &term, &next))
			sum = next;
	}
	return sum;
}

static enum ink net_ink(const struct value *net)
{
	if (net->state != VALUE_NUMBER || net->hi_unbounded || net->lo_unbounded)
		return INK_TEXT;
	return net->hi.units <= 0 ? INK_OK : INK_WARN;
}

/* The net of the years up to the one assessed, "2023 ▇▅▂ 2025 年". */
static void draw_balance_years(const struct workbench *bench, const struct canvas *part, int col,
			       int end)
{
	const struct board_balance *balance = &bench->board->balance;
	struct spark sparks[SPARK_YEARS];
	char line[4 * SPARK_YEARS + 1];
	unsigned n = 0;
	for (unsigned i = 0; i < balance->n_years && n < SPARK_YEARS; i++)
		if (strcmp(balance->years[i].year, bench->board->ref->year) <= 0)
			sparks[n++] = (struct spark){ true, balance->years[i].net };
	if (n > 1) {
		const char *first = balance->years[0].year;
		const int cols = sparkline(sparks, n, bench->grid.twins, line, sizeof(line));
		if (col + text_columns(first) + cols + 10 < end)
			col = draw_text(part, 0, col, INK_DIM, first) + 1;
		if (col + cols + 8 < end)
			col = draw_text(part, 0, col, INK_POSSIBLE, line) + 1;
	}
	draw_format(part, 0, col, INK_DIM, bench->lang == LT_ZH ? "%s 年" : "%s",
		    bench->board->ref->year);
}

void overview_draw_balance(struct overview *overview, const struct canvas *canvas)
{
	const struct workbench *bench = overview->bench;
	const struct board *board = bench->board;
	const struct board_balance *balance = &board->balance;
	const unsigned room = canvas->rows > 2 ? (unsigned)canvas->rows - 2 : 0;
	if (!balance->has_balance || room == 0)
		return;
	const struct canvas part = canvas_part(canvas, 0, MARGIN, 0, 0);
	int col = draw_text(&part, 0, 0, INK_TITLE, tell(bench, "碳平衡", "Carbon balance")) + 2;
	const int end = draw_right(&part, 0, part.cols - 2, INK_DIM, balance->unit);
	if (board->ref->year && board->ref->year[0] && col + 8 < end)
		draw_balance_years(bench, &part, col, end);
	const unsigned shown = balance->n_terms > room ? room - 1 : balance->n_terms;
	int row = 1;
	for (unsigned i = 0; i < shown; i++) {
		const struct value value = signed_amount(&balance->terms[i]);
		draw_amount(bench, &part, row++, label_of(bench, balance->terms[i].title), &value,
			    INK_TEXT);
	}
	if (shown > 0 && shown < balance->n_terms) {
		const struct value rest = sum_of(balance, shown);
		char title[64];
		snprintf(title, sizeof(title), tell(bench, "其余 %u 项", "%u others"),
			 balance->n_terms - shown);
		draw_amount(bench, &part, row++, title, &rest, INK_TEXT);
	}
	draw_amount(bench, &part, row, tell(bench, "净排放", "Net"), &balance->net,
		    net_ink(&balance->net));
}

/* ---- amounts and conditions ---- */

/* Three or four digits that tell: tonnes with one place, shares with two, ratios with four. */
static int places_of(const struct value *value)
{
	const lt_int128 most = value->hi.units < 0 ? -value->hi.units : value->hi.units;
	if (most >= (lt_int128)1000 * LT_DECIMAL_ONE)
		return -1;
	return most >= (lt_int128)10 * LT_DECIMAL_ONE ? -2 : -4;
}

static void draw_outcome(const struct workbench *bench, const struct canvas *canvas, int row,
			 uint32_t slot)
{
	const struct board *board = bench->board;
	const struct board_rung *rung = &board->rungs[board->own];
	const struct plan_node *node = plan_node_at(board->plan, slot);
	const struct value *value = &rung->result->values[slot];
	char text[FIGURE_TEXT];
	enum ink ink = INK_TEXT;
	int end = canvas->cols - 2;
	if (node->decl->op == OP_LADDER) {
		const char *grade = headline_grade(bench, &rung->grade, &ink, text);
		end = draw_right(canvas, row, end, ink, grade);
	} else if (node->truth) {
		const char *word = truth_text(value, bench->lang, &ink);
		end = draw_right(canvas, row, end, ink, word);
	} else {
		if (node->decl->unit && strcmp(node->decl->unit, "1") != 0)
			end = draw_right(canvas, row, end, INK_DIM,
					 figure_unit(node->decl->unit, bench->lang, text)) - 1;
		end = draw_right(canvas, row, end, INK_TEXT,
				 figure_value(value, places_of(value), bench->lang, text));
	}
	draw_cut(canvas, row, MARGIN, end - 1 - MARGIN, INK_DIM, label_of(bench, &node->title));
}

void overview_draw_outcomes(struct overview *overview, const struct canvas *canvas)
{
	const struct workbench *bench = overview->bench;
	const struct board *board = bench->board;
	struct list *list = &overview->lists[ZONE_OUTCOMES];
	draw_text(canvas, 0, MARGIN, INK_TITLE,
		  tell(bench, "指标与条件", "Amounts and conditions"));
	if (bench->hides_score) {
		draw_text(canvas, 1, MARGIN, INK_DIM, tell(bench, "F12 显示", "F12 shows them"));
		return;
	}
	list_fit(list, board->n_outcomes, canvas->rows - 1);
	for (unsigned i = list->first; i < list_end(list); i++) {
		const int row = 1 + (int)(i - list->first);
		draw_outcome(bench, canvas, row, board->outcomes[i]);
		if (i == list->at)
			overview_draw_selection(overview, canvas, ZONE_OUTCOMES, row);
	}
}
