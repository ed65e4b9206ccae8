/* The table of the result: what each section adds to the total, beside another rung. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "headline.h"
#include "result.h"

#define MARGIN 3
#define WIDEST_VALUE 26 /* of a grade in words */
#define HUNDREDTH (LT_DECIMAL_ONE / 100)

static int widest(int a, int b)
{
	return a > b ? a : b;
}

/* ---- rows ---- */

static bool is_scored(const struct board *board, unsigned section)
{
	return board->sections[section].depth == 0 && board->sections[section].maximum.units > 0;
}

static void add_row(struct result_screen *result, enum result_row_kind kind, unsigned at)
{
	result->rows[result->n_rows++] = (struct result_row){ kind, at };
}

/* Sections that must be done, the parts beside them, then sections that only add. */
bool result_fill_rows(struct result_screen *result)
{
	const struct board *board = result->bench->board;
	const size_t most = (size_t)board->n_sections + board->n_parts + board->n_outcomes + 1;
	struct result_row *rows = realloc(result->rows, most * sizeof(*rows));
	if (!rows)
		return false;
	result->rows = rows;
	result->n_rows = 0;
	for (int adds = 0; adds < 2; adds++) {
		for (unsigned i = 0; i < board->n_sections; i++)
			if (is_scored(board, i) && (board_tally(board, i)->must.items == 0) == adds)
				add_row(result, ROW_SECTION, i);
		for (unsigned i = 0; i < board->n_parts && !adds; i++)
			add_row(result, ROW_PART, i);
	}
	const bool has_points = result->n_rows > board->n_parts;
	for (unsigned i = 0; i < board->n_outcomes && !has_points; i++)
		if (board->outcomes[i] != board->headline.slot)
			add_row(result, ROW_OUTCOME, i);
	return true;
}

uint32_t result_row_slot(const struct result_screen *result, unsigned row)
{
	const struct board *board = result->bench->board;
	if (row >= result->n_rows)
		return board->headline.slot;
	const struct result_row *at = &result->rows[row];
	switch (at->kind) {
	case ROW_SECTION:
		return board->sections[at->at].slot;
	case ROW_PART:
		return board->parts[at->at].slot;
	case ROW_OUTCOME:
		break;
	}
	return board->outcomes[at->at];
}

int result_table_rows(const struct result_screen *result)
{
	return 3 + (int)result->n_rows;
}

/* ---- what stands in a row ---- */

/* A number that is not there is n/a. */
static struct value row_value(const struct result_screen *result, const struct result_row *row,
			      enum rung which)
{
	const struct board *board = result->bench->board;
	const struct board_rung *rung = &board->rungs[which];
	if (!rung->result)
		return value_na();
	switch (row->kind) {
	case ROW_SECTION:
		return rung->sections[row->at].weighted;
	case ROW_PART:
		return rung->result->values[board->parts[row->at].slot];
	case ROW_OUTCOME:
		break;
	}
	return rung->result->values[board->outcomes[row->at]];
}

static const struct plan_node *outcome_node(const struct board *board, const struct result_row *row)
{
	return row->kind == ROW_OUTCOME ? plan_node_at(board->plan, board->outcomes[row->at])
					: NULL;
}

/* The lower ends: what is sure on this rung and on the other. */
static bool difference(const struct value *own, const struct value *other, struct lt_decimal *out)
{
	return own->state == VALUE_NUMBER && other->state == VALUE_NUMBER && !own->lo_unbounded &&
	       !other->lo_unbounded && lt_decimal_subtract(own->lo, other->lo, out);
}

static const char *signed_text(struct lt_decimal value, int places, char buf[FIGURE_TEXT])
{
	buf[0] = '+'; /* written over where it is none */
	figure_decimal(value, places, value.units > 0 ? buf + 1 : buf);
	return buf;
}

static const char *row_text(const struct result_screen *result, const struct result_row *row,
			    enum rung which, enum ink *ink, char buf[FIGURE_TEXT])
{
	const struct workbench *bench = result->bench;
	const struct board *board = bench->board;
	const struct plan_node *node = outcome_node(board, row);
	const struct value value = row_value(result, row, which);
	*ink = INK_TEXT;
	if (node && node->decl->op == OP_LADDER)
		return headline_grade(bench, &board->rungs[which].grade, ink, buf);
	if (node && node->truth)
		return truth_text(&value, bench->lang, ink);
	if (value.state == VALUE_NA && row->kind != ROW_OUTCOME)
		return "-";
	return figure_value(&value, node ? -4 : 2, bench->lang, buf);
}

/* ---- columns ---- */

/* Right ends, but for name and bar; 0 = the column is left out. */
struct table_columns {
	int number, name, name_end, mark, weight, progress, points, own, other, less, bar,
		bar_width;
};

struct table_widths {
	int number, name, weight, progress, points, own, other, less;
};

static const char *row_number(const struct board *board, const struct result_row *row)
{
	return row->kind == ROW_SECTION ? shown_id(board->sections[row->at].decl->id) : "";
}

static const char *row_title(const struct result_screen *result, const struct result_row *row)
{
	const struct workbench *bench = result->bench;
	const struct board *board = bench->board;
	if (row->kind == ROW_SECTION)
		return label_of(bench, &board->sections[row->at].decl->title);
	if (row->kind == ROW_PART)
		return label_of(bench, board->parts[row->at].title);
	return label_of(bench, &outcome_node(board, row)->title);
}

static const char *weight_text(const struct board *board, const struct result_row *row,
			       char buf[FIGURE_TEXT])
{
	if (row->kind != ROW_SECTION || !board->sections[row->at].has_weight)
		return "-";
	const struct lt_decimal weight = board->sections[row->at].weight;
	return figure_decimal(weight, weight.units % HUNDREDTH == 0 ? 2 : -4, buf);
}

static const char *progress_text(const struct board *board, const struct result_row *row,
				 char buf[FIGURE_TEXT])
{
	if (row->kind != ROW_SECTION)
		return "";
	const struct board_tally *tally = board_tally(board, row->at);
	const struct board_count *count = tally->must.items ? &tally->must : &tally->innovation;
	text_format(buf, FIGURE_TEXT, "%u/%u", count->answered, count->items);
	return buf;
}

static const char *points_text(const struct result_screen *result, const struct result_row *row,
			       char buf[FIGURE_TEXT])
{
	const struct board *board = result->bench->board;
	if (row->kind == ROW_OUTCOME)
		return "";
	const struct value value = row->kind == ROW_SECTION ? board_tally(board, row->at)->points
							    : row_value(result, row, board->own);
	return figure_value(&value, -2, result->bench->lang, buf);
}

static const char *less_text(const struct result_screen *result, const struct result_row *row,
			     char buf[FIGURE_TEXT])
{
	const struct plan_node *node = outcome_node(result->bench->board, row);
	const struct value own = row_value(result, row, result->bench->board->own);
	const struct value other = row_value(result, row, result->compared);
	struct lt_decimal by;
	if ((node && (node->truth || node->decl->op == OP_LADDER)) ||
	    !difference(&own, &other, &by))
		return "-";
	return signed_text(by, node ? -4 : 2, buf);
}

static void measure_figures(const struct result_screen *result, struct table_widths *out)
{
	const struct board *board = result->bench->board;
	const struct board_rung *own = &board->rungs[board->own];
	char text[FIGURE_TEXT];
	out->own = text_columns(figure_value(&own->figure, 2, result->bench->lang, text));
	for (unsigned i = 0; i < result->n_rows; i++) {
		const struct result_row *row = &result->rows[i];
		enum ink ink;
		out->own = widest(out->own,
				  text_columns(row_text(result, row, board->own, &ink, text)));
		if (result->compared == N_RUNGS)
			continue;
		out->other =
			widest(out->other,
			       text_columns(row_text(result, row, result->compared, &ink, text)));
		out->less = widest(out->less, text_columns(less_text(result, row, text)));
	}
}

static void measure(const struct result_screen *result, struct table_widths *out)
{
	const struct board *board = result->bench->board;
	char text[FIGURE_TEXT];
	bool is_weighted = false; /* all by 1 is no weight worth a column */
	*out = (struct table_widths){ 0 };
	for (unsigned i = 0; i < result->n_rows; i++) {
		const struct result_row *row = &result->rows[i];
		const bool is_section = row->kind == ROW_SECTION;
		out->number = widest(out->number, text_columns(row_number(board, row)));
		out->name = widest(out->name, text_columns(row_title(result, row)));
		out->weight = widest(out->weight, text_columns(weight_text(board, row, text)));
		out->progress =
			widest(out->progress, text_columns(progress_text(board, row, text)));
		out->points = widest(out->points, text_columns(points_text(result, row, text)));
		is_weighted |= is_section && board->sections[row->at].has_weight &&
			       board->sections[row->at].weight.units != LT_DECIMAL_ONE;
	}
	if (!is_weighted)
		out->weight = 0;
	measure_figures(result, out);
	if (out->own > WIDEST_VALUE)
		out->own = WIDEST_VALUE;
	if (out->other > WIDEST_VALUE)
		out->other = WIDEST_VALUE;
}

/* Columns of a bar by what the row can add: a hundredth of weight or a point each. */
static int bar_length(const struct board *board, const struct result_row *row)
{
	if (row->kind == ROW_OUTCOME)
		return 0;
	if (row->kind == ROW_PART)
		return (int)(board->parts[row->at].maximum.units / LT_DECIMAL_ONE);
	const struct board_section *section = &board->sections[row->at];
	if (section->has_weight && section->weight.units < LT_DECIMAL_ONE)
		return (int)(section->weight.units / HUNDREDTH);
	return (int)(section->weighted.units / LT_DECIMAL_ONE);
}

static int longest_bar(const struct result_screen *result)
{
	int most = 0;
	for (unsigned i = 0; i < result->n_rows; i++)
		most = widest(most, bar_length(result->bench->board, &result->rows[i]));
	return most;
}

static const char *less_title(const struct result_screen *result, char buf[FIGURE_TEXT])
{
	const struct workbench *bench = result->bench;
	text_format(buf, FIGURE_TEXT, tell(bench, "较%s", "to %s"),
		    label_of(bench, &rung_titles[result->compared]));
	return buf;
}

static int column(int width, const char *title)
{
	return width > 0 ? 2 + widest(width, text_columns(title)) : 0;
}

static void place_columns(const struct result_screen *result, int cols, struct table_columns *out)
{
	const struct workbench *bench = result->bench;
	const enum breadth breadth = frame_breadth(bench);
	const int bars = longest_bar(result);
	struct table_widths w;
	char text[FIGURE_TEXT];
	measure(result, &w);
	const bool compares = result->compared != N_RUNGS && breadth > BREADTH_80;
	const int weight = column(w.weight, tell(bench, "权重", "Weight"));
	const int progress =
		column(breadth > BREADTH_60 ? w.progress : 0, tell(bench, "进度", "Done"));
	const int points =
		column(breadth > BREADTH_60 ? w.points : 0, tell(bench, "得分", "Points"));
	const int own = column(w.own, tell(bench, "加权", "Weighted"));
	const int other =
		compares ? column(w.other, label_of(bench, &rung_titles[result->compared])) : 0;
	const int less = compares ? column(w.less, less_title(result, text)) : 0;
	*out = (struct table_columns){ .number = MARGIN + w.number };
	out->name = w.number ? widest(MARGIN + w.number + 1, 6) : MARGIN;
	const int fixed = 2 + weight + progress + points + own + other + less;
	int room = cols - 2 - out->name - fixed - (bars ? 3 : 0);
	const int name = room - bars < w.name ? widest(room - bars, 12) : w.name;
	room -= name;
	out->bar_width = bars > 0 && room > 0 ? (bars < room ? bars : room) : 0;
	out->name_end = out->name + name;
	out->mark = out->name_end + 1;
	out->weight = out->mark + 1 + weight;
	out->progress = out->weight + progress;
	out->points = out->progress + points;
	out->own = out->points + own;
	out->other = out->own + other;
	out->less = out->other + less;
	out->bar = out->less + 3;
	if (!weight)
		out->weight = 0;
	if (!progress)
		out->progress = 0;
	if (!points)
		out->points = 0;
	if (!other)
		out->other = out->less = 0;
}

/* ---- drawing ---- */

static void draw_heading(const struct result_screen *result, const struct canvas *canvas,
			 const struct table_columns *at)
{
	const struct workbench *bench = result->bench;
	const bool is_scored_board = result->n_rows > 0 && result->rows[0].kind != ROW_OUTCOME;
	char text[FIGURE_TEXT];
	draw_text(canvas, 0, MARGIN, INK_DIM,
		  is_scored_board ? tell(bench, "板块", "Section")
				  : tell(bench, "指标与条件", "Amounts and conditions"));
	if (at->weight)
		draw_right(canvas, 0, at->weight, INK_DIM, tell(bench, "权重", "Weight"));
	if (at->progress)
		draw_right(canvas, 0, at->progress, INK_DIM, tell(bench, "进度", "Done"));
	if (at->points)
		draw_right(canvas, 0, at->points, INK_DIM, tell(bench, "得分", "Points"));
	draw_right(canvas, 0, at->own, INK_DIM,
		   is_scored_board ? tell(bench, "加权", "Weighted")
				   : label_of(bench, &rung_titles[bench->board->own]));
	if (at->other)
		draw_right(canvas, 0, at->other, INK_DIM,
			   label_of(bench, &rung_titles[result->compared]));
	if (at->less)
		draw_right(canvas, 0, at->less, INK_DIM, less_title(result, text));
	if (at->bar_width >= 14 && at->weight)
		draw_text(canvas, 0, at->bar, INK_DIM, tell(bench, "条长为权重", "length: weight"));
}

static void draw_row_bar(const struct result_screen *result, const struct canvas *canvas, int row,
			 const struct result_row *which, const struct table_columns *at)
{
	const struct board *board = result->bench->board;
	const int longest = longest_bar(result);
	int width = bar_length(board, which);
	if (at->bar_width == 0 || width <= 0)
		return;
	if (longest > at->bar_width)
		width = width * at->bar_width / longest;
	const struct value value = row_value(result, which, board->own);
	const struct bar bar = { .low = value.lo,
				 .high = value.hi,
				 .full = which->kind == ROW_SECTION
						 ? board->sections[which->at].weighted
						 : board->parts[which->at].maximum,
				 .high_unbounded = value.hi_unbounded,
				 .got = INK_ACCENT };
	draw_bar(canvas, row, at->bar, width > 0 ? width : 1, &bar);
}

/* Failed and open controls: of a section its own, of a part those of all. */
static void draw_row_mark(const struct result_screen *result, const struct canvas *canvas, int row,
			  const struct result_row *which, int col)
{
	const struct board *board = result->bench->board;
	const struct control_count *all = &board->rungs[board->own].controls;
	if (which->kind == ROW_OUTCOME)
		return;
	const struct board_tally *tally =
		which->kind == ROW_SECTION ? board_tally(board, which->at) : NULL;
	if (tally ? tally->controls_failed > 0 : all->not_met > 0)
		draw_text(canvas, row, col, INK_VETO, "✗");
	else if (tally ? tally->controls_open > 0 : all->open > 0)
		draw_text(canvas, row, col, INK_DIM, "◦");
}

/* At the right end, and cut where it is wider than any number. */
static void draw_value(const struct canvas *canvas, int row, int end, enum ink ink,
		       const char *text)
{
	if (text_columns(text) > WIDEST_VALUE)
		draw_cut(canvas, row, end - WIDEST_VALUE, WIDEST_VALUE, ink, text);
	else
		draw_right(canvas, row, end, ink, text);
}

/* A part that is nothing because a control fails. */
static bool is_lost_to_controls(const struct result_screen *result, const struct result_row *which)
{
	const struct board *board = result->bench->board;
	const struct value value = row_value(result, which, board->own);
	return which->kind == ROW_PART && board->rungs[board->own].controls.not_met > 0 &&
	       value_is_exact(&value) && value.lo.units == 0;
}

static void draw_row(const struct result_screen *result, const struct canvas *canvas, int row,
		     const struct result_row *which, const struct table_columns *at)
{
	const struct board *board = result->bench->board;
	char text[FIGURE_TEXT];
	enum ink ink;
	draw_right(canvas, row, at->name - 1, INK_DIM, row_number(board, which));
	draw_cut(canvas, row, at->name, at->name_end - at->name, INK_TEXT,
		 row_title(result, which));
	draw_row_mark(result, canvas, row, which, at->mark);
	if (at->weight)
		draw_right(canvas, row, at->weight, INK_DIM, weight_text(board, which, text));
	if (at->progress)
		draw_right(canvas, row, at->progress, INK_DIM, progress_text(board, which, text));
	if (at->points)
		draw_right(canvas, row, at->points, INK_TEXT, points_text(result, which, text));
	const bool is_lost = is_lost_to_controls(result, which);
	const char *own = row_text(result, which, board->own, &ink, text);
	draw_value(canvas, row, at->own, is_lost ? INK_VETO : ink == INK_TEXT ? INK_TITLE : ink,
		   own);
	if (at->other)
		draw_value(canvas, row, at->other, INK_DIM,
			   row_text(result, which, result->compared, &ink, text));
	if (at->less)
		draw_right(canvas, row, at->less, is_lost ? INK_VETO : INK_DIM,
			   less_text(result, which, text));
	draw_row_bar(result, canvas, row, which, at);
}

static void draw_total(const struct result_screen *result, const struct canvas *canvas, int row,
		       const struct table_columns *at)
{
	const struct workbench *bench = result->bench;
	const struct board *board = bench->board;
	const struct board_rung *own = &board->rungs[board->own];
	const int places = board->headline.kind == FIGURE_GRADED ? -4 : 2;
	char text[FIGURE_TEXT];
	enum ink ink;
	draw_text(canvas, row, at->name, INK_TITLE, label_of(bench, board->headline.title));
	draw_right(canvas, row, at->own, INK_TITLE,
		   figure_value(&own->figure, places, bench->lang, text));
	if (at->other) {
		const struct value *other = &board->rungs[result->compared].figure;
		struct lt_decimal by;
		draw_right(canvas, row, at->other, INK_TEXT,
			   figure_value(other, places, bench->lang, text));
		if (difference(&own->figure, other, &by))
			draw_right(canvas, row, at->less, INK_DIM, signed_text(by, places, text));
	}
	const char *grade = headline_grade(bench, &own->grade, &ink, text);
	const int from = (at->less ? at->less : at->own) + 3;
	if (own->grade.ladder && result->n_rows > 0 && result->rows[0].kind != ROW_OUTCOME)
		draw_cut(canvas, row, from, canvas->cols - from - 1, ink, grade);
}

void result_draw_table(struct result_screen *result, const struct canvas *canvas)
{
	const struct workbench *bench = result->bench;
	const bool has_total = bench->board->headline.kind != FIGURE_NONE;
	const bool has_rule = canvas->rows >= result_table_rows(result);
	struct table_columns at;
	place_columns(result, canvas->cols, &at);
	draw_heading(result, canvas, &at);
	list_fit(&result->table, result->n_rows, canvas->rows - 1 - has_total - has_rule);
	int row = 1;
	for (unsigned i = result->table.first; i < list_end(&result->table); i++, row++) {
		draw_row(result, canvas, row, &result->rows[i], &at);
		if (i != result->table.at || result->zone != ZONE_TABLE)
			continue;
		draw_text(canvas, row, 1, INK_ACCENT, "›");
		const int end = at.less ? at.less : at.own;
		draw_ground(canvas, row, 1, end, GROUND_SELECTION);
	}
	if (!has_total)
		return;
	if (has_rule)
		draw_fill(canvas, row++, MARGIN, (at.less ? at.less : at.own) - MARGIN, INK_FAINT,
			  "─");
	draw_total(result, canvas, row, &at);
}
