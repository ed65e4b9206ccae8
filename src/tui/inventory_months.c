/* The inventory's grid by month: source, unit, as many months as there is room for, the year. */
#include <stdio.h>
#include <string.h>
#include "figure.h"
#include "frame.h"
#include "inventory.h"

#define LEAST_MONTH_COLS 7 /* six digits and a gap */

struct month_columns {
	int number, source, source_cols, unit, unit_cols, months, month_cols, amount;
	unsigned first, n; /* months that are shown */
};

/* All twelve, or the half, third or quarter of the year in which the cursor is. */
static struct month_columns columns_of(const struct screen *screen, int cols)
{
	static const unsigned pages[] = { 12, 6, 4, 3 };
	const struct inventory_screen *view = inventory_of(screen);
	const enum breadth breadth = frame_breadth(screen->bench);
	const int source_cols = breadth == BREADTH_60 ? 10 : breadth == BREADTH_80 ? 14 : 18,
		  unit_cols = breadth == BREADTH_60 && screen->bench->lang == LT_ZH ? 5 : 7,
		  amount_cols = breadth == BREADTH_60 ? 9 : 11;
	struct month_columns at = { .number = 5,
				    .source = 7,
				    .source_cols = source_cols,
				    .unit = 8 + source_cols,
				    .unit_cols = unit_cols,
				    .months = 8 + source_cols + unit_cols,
				    .amount = cols - 2 };
	const int room = at.amount - amount_cols - at.months;
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]) && !at.n; i++)
		if (room / (int)pages[i] >= LEAST_MONTH_COLS || pages[i] == 3)
			at.n = pages[i];
	at.month_cols = room / (int)at.n < 10 ? room / (int)at.n : 10;
	/* what is left over goes to the names */
	at.source_cols += room - at.month_cols * (int)at.n;
	at.unit += room - at.month_cols * (int)at.n;
	at.months += room - at.month_cols * (int)at.n;
	if (is_month_cell(view->cell))
		at.first = (unsigned)(view->cell - CELL_M01) / at.n * at.n;
	else if (view->cell == CELL_AMOUNT)
		at.first = LEDGER_MONTHS - at.n;
	return at;
}

void months_toggle(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	view->is_by_month = !view->is_by_month;
	view->cell = view->is_by_month ? CELL_M01 : CELL_AMOUNT;
}

void months_headings(const struct screen *screen, const struct canvas *canvas, int row)
{
	static const struct label names[LEDGER_MONTHS] = {
		{ "1月", "Jan" }, { "2月", "Feb" }, { "3月", "Mar" },	 { "4月", "Apr" },
		{ "5月", "May" }, { "6月", "Jun" }, { "7月", "Jul" },	 { "8月", "Aug" },
		{ "9月", "Sep" }, { "10月", "Oct" }, { "11月", "Nov" }, { "12月", "Dec" }
	};
	const struct workbench *bench = screen->bench;
	const struct month_columns at = columns_of(screen, canvas->cols);
	draw_text(canvas, row, at.source, INK_DIM, tell(bench, "排放源", "source"));
	draw_text(canvas, row, at.unit, INK_DIM, tell(bench, "单位", "unit"));
	for (unsigned m = 0; m < at.n; m++)
		draw_right(canvas, row, at.months + (int)(m + 1) * at.month_cols, INK_DIM,
			   label_of(bench, &names[at.first + m]));
	draw_right(canvas, row, at.amount, INK_DIM, tell(bench, "全年", "year"));
}

/* As it is, without commas where they do not fit; never a part of a number. */
static void draw_number(const struct canvas *canvas, int row, int end, int cols, enum ink ink,
			const char *typed)
{
	char text[FIGURE_TEXT];
	struct lt_decimal value;
	if (lt_decimal_parse(typed, strlen(typed), &value) != LT_DECIMAL_OK) {
		draw_right(canvas, row, end, INK_WARN, "?");
		return;
	}
	const char *shown = figure_decimal(value, -6, text);
	if (text_columns(shown) > cols)
		shown = typed;
	draw_right(canvas, row, end, ink, text_columns(shown) > cols ? "###" : shown);
}

/* How many months a line has, and what they come to. */
static unsigned sum_of(const struct ledger_line *line, struct lt_decimal *sum)
{
	struct lt_decimal month;
	unsigned n = 0;
	*sum = (struct lt_decimal){ 0 };
	for (unsigned m = 0; m < LEDGER_MONTHS; m++)
		if (lt_decimal_parse(line->months[m], strlen(line->months[m]), &month) ==
		    LT_DECIMAL_OK)
			n += lt_decimal_add(*sum, month, sum);
	return n;
}

enum cell_column months_missing(const struct ledger_line *line)
{
	struct lt_decimal sum;
	const unsigned n = sum_of(line, &sum);
	for (unsigned m = 0; m < LEDGER_MONTHS && n && n < LEDGER_MONTHS; m++)
		if (!line->months[m][0])
			return (enum cell_column)(CELL_M01 + m);
	return N_CELLS;
}

/* The year says something else than its months, which are all there or more than it. */
static bool is_off(const struct ledger_line *line)
{
	struct lt_decimal sum, amount;
	const unsigned n = sum_of(line, &sum);
	if (!n || lt_decimal_parse(line->amount, strlen(line->amount), &amount) != LT_DECIMAL_OK)
		return false;
	const int order = lt_decimal_compare(sum, amount);
	return order > 0 || (order && n == LEDGER_MONTHS);
}

void months_line(struct screen *screen, const struct canvas *canvas, int row, unsigned item)
{
	struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	const struct month_columns at = columns_of(screen, canvas->cols);
	const struct grid_item *of = &view->items[item];
	const struct ledger_line *line = &view->inventory.ledger.rows[of->row].line;
	const bool lacks = months_missing(line) != N_CELLS;
	char text[FIGURE_TEXT];
	snprintf(text, sizeof(text), "%u", of->number);
	draw_right(canvas, row, at.number, INK_FAINT, text);
	const char *name = line_title(line);
	draw_cut(canvas, row, at.source, at.source_cols, name[0] ? INK_TEXT : INK_WARN,
		 name[0] ? name : tell(bench, "新行", "new line"));
	draw_cut(canvas, row, at.unit, at.unit_cols, INK_DIM,
		 figure_unit(line->unit, bench->lang, text));
	for (unsigned m = 0; m < at.n; m++) {
		const char *month = line->months[at.first + m];
		const int end = at.months + (int)(m + 1) * at.month_cols;
		if (month[0])
			draw_number(canvas, row, end, at.month_cols - 1, INK_TEXT, month);
		else
			draw_right(canvas, row, end, lacks ? INK_WARN : INK_FAINT, "-");
	}
	if (line->amount[0])
		draw_number(canvas, row, at.amount, at.amount - at.months - (int)at.n * at.month_cols - 1,
			    is_off(line) ? INK_WARN : INK_TEXT, line->amount);
	else
		draw_right(canvas, row, at.amount, INK_WARN, tell(bench, "未填", "open"));
}

void months_total(const struct screen *screen, const struct canvas *canvas, int row,
		  const struct grid_item *item)
{
	const struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	const bool is_net = item->sort == ITEM_NET;
	char text[FIGURE_TEXT];
	int col = draw_text(canvas, row, columns_of(screen, canvas->cols).source, INK_TITLE,
			    is_net ? tell(bench, "净排放", "Net")
				   : tell(bench, "排放合计", "Emissions"));
	col = draw_text(canvas, row, col + 2, INK_TITLE, inventory_total(view, is_net, text));
	draw_text(canvas, row, col + 1, INK_DIM, "tCO2e");
}

void months_place(const struct screen *screen, int cols, enum cell_column cell, int *col, int *width)
{
	const struct month_columns at = columns_of(screen, cols);
	if (cell == CELL_SOURCE || cell == CELL_UNIT) {
		*col = cell == CELL_SOURCE ? at.source : at.unit;
		*width = cell == CELL_SOURCE ? at.source_cols : at.unit_cols;
	} else if (cell == CELL_AMOUNT) {
		*col = at.months + (int)at.n * at.month_cols + 1;
		*width = at.amount - *col;
	} else {
		*col = at.months + ((int)(cell - CELL_M01) - (int)at.first) * at.month_cols + 1;
		*width = at.month_cols - 1;
	}
}

void months_check(struct screen *screen, const struct canvas *canvas, int row, int cols)
{
	const struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	const int left = bench->lang == LT_ZH ? 9 : 12;
	struct lt_decimal sum, amount, rest;
	char figure[FIGURE_TEXT], more[FIGURE_TEXT], text[200];
	unsigned at;
	if (!inventory_row(view, &at))
		return;
	const struct ledger_line *line = &view->inventory.ledger.rows[at].line;
	const unsigned n = sum_of(line, &sum);
	draw_text(canvas, row, 3, INK_DIM, tell(bench, "逐月", "Months"));
	if (!n) {
		draw_cut(canvas, row, left, cols - left, INK_DIM,
			 tell(bench, "还没有逐月的数", "no month has a figure yet"));
		return;
	}
	size_t len = text_format(text, sizeof(text), tell(bench, "%u 个月 合计 %s", "%u months, %s"), n,
				 figure_decimal(sum, -6, figure));
	const bool has = lt_decimal_parse(line->amount, strlen(line->amount), &amount) == LT_DECIMAL_OK &&
			 lt_decimal_subtract(amount, sum, &rest) && rest.units != 0;
	if (has)
		text_format(text + len, sizeof(text) - len,
			    tell(bench, "，全年 %s，差 %s", "; the year has %s, %s apart"),
			    figure_decimal(amount, -6, figure), figure_decimal(rest, -6, more));
	draw_cut(canvas, row, left, cols - left,
		 is_off(line)		   ? INK_WARN
		 : n < LEDGER_MONTHS ? INK_TEXT
					   : INK_OK,
		 text);
}
