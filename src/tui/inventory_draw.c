/* The inventory's grid: the line of years and filters, headings, rows, what is typed. */
#include <stdio.h>
#include <string.h>
#include "field.h"
#include "figure.h"
#include "frame.h"
#include "inventory.h"

/* Where columns stand: the left end, of numbers the end. 0 = left out. */
struct grid_columns {
	int number, scope, system, source, source_cols, amount, unit, unit_cols, factor, cite, cite_cols,
		tonnes, sum;
};

static struct grid_columns columns_of(const struct workbench *bench, int cols)
{
	const enum breadth breadth = frame_breadth(bench);
	const int unit_cols = bench->lang == LT_ZH ? 5 : 7; /* of the narrow one: 万kWh, 10^4kWh */
	if (breadth == BREADTH_60)
		return (struct grid_columns){ .number = 5,
					 .scope = 7,
					 .source = 12,
					 .source_cols = cols - 29 - unit_cols - 7,
					 .amount = cols - 13 - unit_cols,
					 .unit = cols - 12 - unit_cols,
					 .unit_cols = unit_cols,
					 .tonnes = cols - 2 };
	if (breadth == BREADTH_80)
		return (struct grid_columns){ .number = 5,
					 .scope = 7,
					 .system = 13,
					 .source = 21,
					 .source_cols = cols - 21 - 42,
					 .amount = cols - 31,
					 .unit = cols - 30,
					 .unit_cols = 7,
					 .factor = cols - 14,
					 .tonnes = cols - 2 };
	/* the name column takes what is left, but for what shows a document's whole number */
	const int more = cols >= 130 ? 16 : cols > 112 ? 10 : 0, right = cols - 100 - more;
	return (struct grid_columns){ .number = 5,
				 .scope = 7,
				 .system = 13,
				 .source = 21,
				 .source_cols = 18 + right,
				 .amount = 48 + right,
				 .unit = 49 + right,
				 .unit_cols = 7,
				 .factor = 64 + right,
				 .cite = 65 + right,
				 .cite_cols = 13 + more,
				 .tonnes = 88 + right + more,
				 .sum = 98 + right + more };
}

bool cell_is_shown(const struct screen *screen, enum cell_column cell)
{
	/* which columns there are is a matter of the frame's breadth alone */
	const struct grid_columns at = columns_of(screen->bench, 100);
	if (inventory_of(screen)->is_by_month)
		return is_month_cell(cell) || cell == CELL_SOURCE || cell == CELL_UNIT ||
		       cell == CELL_AMOUNT;
	switch (cell) {
	case CELL_SYSTEM:
		return at.system > 0;
	case CELL_FACTOR:
		return at.factor > 0;
	case CELL_CITE:
		return at.cite > 0;
	default:
		return !is_month_cell(cell);
	}
}

enum cell_column cell_beside(const struct screen *screen, enum cell_column cell, int way)
{
	/* the year's amount stands behind the months, its unit before them */
	static const enum cell_column by_month[] = {
		CELL_SOURCE,  CELL_UNIT,    CELL_M01,	  CELL_M01 + 1, CELL_M01 + 2, CELL_M01 + 3,
		CELL_M01 + 4, CELL_M01 + 5, CELL_M01 + 6, CELL_M01 + 7, CELL_M01 + 8, CELL_M01 + 9,
		CELL_M01 + 10, CELL_M12,    CELL_AMOUNT
	};
	static const enum cell_column by_year[] = { CELL_SCOPE, CELL_SYSTEM, CELL_SOURCE, CELL_AMOUNT,
						    CELL_UNIT,	CELL_FACTOR, CELL_CITE };
	const bool months = inventory_of(screen)->is_by_month;
	const enum cell_column *cells = months ? by_month : by_year;
	const int n = months ? (int)(sizeof(by_month) / sizeof(by_month[0]))
			     : (int)(sizeof(by_year) / sizeof(by_year[0]));
	int at = way > 0 ? -1 : n;
	for (int i = 0; i < n && cell != N_CELLS; i++)
		if (cells[i] == cell)
			at = i;
	for (at += way; at >= 0 && at < n; at += way)
		if (cell_is_shown(screen, cells[at]))
			return cells[at];
	return N_CELLS;
}

/* ---- the line above ---- */

static int draw_chip(const struct canvas *canvas, int col, bool is_on, bool has_focus,
		     const char *text)
{
	char chip[80];
	snprintf(chip, sizeof(chip), is_on ? "[%s]" : " %s ", text);
	const int end = draw_text(canvas, 1, col, is_on ? INK_TITLE : INK_DIM, chip);
	if (has_focus)
		draw_ground(canvas, 1, col, end - col, GROUND_SELECTION);
	else if (is_on)
		draw_ground(canvas, 1, col, end - col, GROUND_CHIP);
	return end + 1;
}

static int draw_choice(const struct workbench *bench, const struct canvas *canvas, int col,
		       const struct label *label, const char *value, bool has_focus)
{
	col = draw_text(canvas, 1, col, INK_DIM, label_of(bench, label)) + 2;
	const int end = draw_text(canvas, 1, col, INK_TEXT, value);
	if (has_focus)
		draw_ground(canvas, 1, col - 1, end - col + 2, GROUND_SELECTION);
	return end + 3;
}

static void draw_counts(const struct workbench *bench, const struct inventory_screen *view,
			const struct canvas *canvas, int from)
{
	const struct ledger_totals *totals = ledger_totals(&view->inventory.ledger, view->year);
	char text[120];
	const unsigned open = totals->n_state[LEDGER_OPEN];
	int end = canvas->cols - 2;
	if (open) {
		snprintf(text, sizeof(text), tell(bench, "未填 %u", "open %u"), open);
		end = draw_right(canvas, 1, end, INK_WARN, text) - 2;
	}
	const unsigned unstated = totals->n_state[LEDGER_UNSTATED];
	snprintf(text, sizeof(text), tell(bench, "因子未说明 %u", "no factor %u"), unstated);
	if (unstated && end - text_columns(text) > from)
		end = draw_right(canvas, 1, end, INK_WARN, text) - 2;
	snprintf(text, sizeof(text), tell(bench, "%u 行", "%u lines"), totals->n_lines);
	if (end - text_columns(text) > from)
		draw_right(canvas, 1, end, INK_DIM, text);
}

static void draw_top(const struct workbench *bench, const struct inventory_screen *view,
		     const struct canvas *canvas)
{
	static const struct label filter = { "筛选", "Show" }, sort = { "排序", "Order" },
				  columns = { "列", "By" }, registers = { "更多", "More" };
	const bool here = view->zone == ZONE_TOP;
	int col = draw_text(canvas, 1, 3, INK_DIM, tell(bench, "年度", "Year")) + 1;
	bool has_year = false;
	for (unsigned i = 0; i < view->n_years; i++) {
		const bool is_on = strcmp(view->years[i], view->year) == 0;
		has_year |= is_on;
		if (view->n_years > 5 && !is_on && frame_breadth(bench) < BREADTH_132)
			continue;
		col = draw_chip(canvas, col, is_on, here && view->top_at == i, view->years[i]) - 1;
	}
	if (!has_year)
		col = draw_chip(canvas, col, true, false, view->year);
	col += 2;
	const unsigned n = view->n_years;
	col = draw_choice(bench, canvas, col, &filter, label_of(bench, &row_filters[view->filter]),
			  here && view->top_at == n);
	if (frame_breadth(bench) > BREADTH_60) {
		col = draw_choice(bench, canvas, col, &sort,
				  label_of(bench, &row_sorts[view->sort]),
				  here && view->top_at == n + 1);
		col = draw_choice(bench, canvas, col, &columns,
				  view->is_by_month ? tell(bench, "逐月", "months")
						    : tell(bench, "全年", "year"),
				  here && view->top_at == n + 2);
		col = draw_choice(bench, canvas, col, &registers, ">", here && view->top_at == n + 3);
	}
	draw_counts(bench, view, canvas, col - 1);
}

static void draw_headings(const struct workbench *bench, const struct canvas *canvas, int row)
{
	const struct grid_columns at = columns_of(bench, canvas->cols);
	draw_text(canvas, row, at.scope, INK_DIM,
		  tell(bench, "范围", at.system ? "scope" : "sc."));
	if (at.system)
		draw_text(canvas, row, at.system, INK_DIM, tell(bench, "系统", "system"));
	draw_text(canvas, row, at.source, INK_DIM, tell(bench, "排放源", "source"));
	draw_right(canvas, row, at.amount, INK_DIM, tell(bench, "活动量", "amount"));
	draw_text(canvas, row, at.unit, INK_DIM, tell(bench, "单位", "unit"));
	if (at.factor)
		draw_right(canvas, row, at.factor, INK_DIM, tell(bench, "因子", "factor"));
	if (at.cite)
		draw_text(canvas, row, at.cite, INK_DIM, tell(bench, "因子出处", "its source"));
	draw_right(canvas, row, at.tonnes, INK_DIM, "tCO2e");
	if (at.sum)
		draw_right(canvas, row, at.sum, INK_DIM, tell(bench, "累计", "so far"));
}

/* ---- rows ---- */

const char *factor_words(struct screen *screen, const struct ledger_row *row, enum ink *ink)
{
	const struct workbench *bench = screen->bench;
	struct inventory_screen *view = inventory_of(screen);
	const struct ledger_factor *factor = &row->line.factor;
	const struct factor *newer;
	unsigned set;
	*ink = INK_DIM;
	if (row->result.is_fuel)
		return row->line.fuel.cite[0] ? row->line.fuel.cite
					      : tell(bench, "燃料特性", "fuel data");
	if (!factor->value[0])
		return tell(bench, "未选", "none yet");
	const enum factor_age age = factor_age(&view->factors, &row->line, view->province, &newer);
	if (age != FACTOR_GOOD)
		*ink = INK_WARN;
	if (!factor->id[0]) {
		*ink = INK_WARN;
		return factor->cite[0] ? factor->cite : tell(bench, "自有因子", "own factor");
	}
	if (factor->year[0])
		return lt_arena_printf(&view->frame, "%s %s", factor->region, factor->year);
	const struct factor *found = factor_list_find(&view->factors, factor->id, &set);
	if (!found)
		return factor->cite;
	/* a line of a sheet names the factor alone */
	if (found->year)
		return lt_arena_printf(&view->frame, "%s %s", found->region ? found->region : "",
				       found->year);
	const char *words = factor_source(view->factors.sets[set], factor->cite, bench->lang,
					  &view->frame);
	/* the year of a standard goes first where it does not fit */
	const size_t len = words ? strlen(words) : 0;
	if (frame_breadth(bench) < BREADTH_132 && len > 5 && words[len - 5] == '-' &&
	    strspn(words + len - 4, "0123456789") == 4)
		return lt_arena_strndup(&view->frame, words, len - 5);
	return words;
}

/* Of the first row of a scope or kind alone, as a table in a report has it. */
static bool begins_group(const struct inventory_screen *view, unsigned item)
{
	const struct ledger_row *row = &view->inventory.ledger.rows[view->items[item].row];
	if (item == 0 || item == view->first || view->sort != SORT_ORDER ||
	    view->items[item - 1].sort != ITEM_LINE)
		return true;
	const struct ledger_row *before =
		&view->inventory.ledger.rows[view->items[item - 1].row];
	return row->result.kind != before->result.kind ||
	       strcmp(row->line.scope, before->line.scope) != 0;
}

/* As wide as their column. */
static const struct label short_kinds[N_LEDGER_KINDS] = { { "排放", "emit" },
							   { "吸收", "sink" },
							   { "抵消", "offs." },
							   { "备忘", "memo" } };

static void draw_scope(const struct workbench *bench, const struct inventory_screen *view,
		       const struct canvas *canvas, int row, int col, unsigned item)
{
	const struct ledger_row *of = &view->inventory.ledger.rows[view->items[item].row];
	const bool begins = begins_group(view, item);
	const enum ink ink = begins ? INK_TEXT : INK_FAINT;
	if (of->result.kind != LEDGER_EMISSION)
		draw_cut(canvas, row, col, 5, ink,
			 label_of(bench, &short_kinds[of->result.kind]));
	else if (begins || view->at == item)
		draw_text(canvas, row, col, ink, of->line.scope[0] ? of->line.scope : "-");
}

static void draw_amount(const struct workbench *bench, const struct ledger_row *of,
			const struct canvas *canvas, int row, int end)
{
	char text[FIGURE_TEXT];
	struct lt_decimal amount;
	if (!of->line.amount[0])
		draw_right(canvas, row, end, INK_WARN, tell(bench, "未填", "open"));
	else if (lt_decimal_parse(of->line.amount, strlen(of->line.amount), &amount) == LT_DECIMAL_OK)
		draw_right(canvas, row, end, of->result.state == LEDGER_WRONG ? INK_WARN : INK_TEXT,
			   figure_decimal(amount, -6, text));
	else
		draw_right(canvas, row, end, INK_WARN, "?");
}

static void draw_tonnes(const struct ledger_row *of, const struct canvas *canvas, int row, int end)
{
	char text[FIGURE_TEXT];
	struct lt_decimal tonnes = of->result.tonnes;
	if (of->result.state != LEDGER_COUNTED) {
		draw_right(canvas, row, end, INK_DIM, "-");
		return;
	}
	if (of->result.kind == LEDGER_ABSORPTION || of->result.kind == LEDGER_OFFSET)
		tonnes.units = -tonnes.units;
	const bool counts = of->result.bucket == LEDGER_IN;
	draw_right(canvas, row, end, counts ? INK_TEXT : INK_FAINT, figure_decimal(tonnes, 2, text));
}

static void draw_factor(const struct ledger_row *of, const struct canvas *canvas, int row, int end)
{
	char text[FIGURE_TEXT];
	if (of->result.state == LEDGER_COUNTED || of->result.factor.units)
		draw_right(canvas, row, end, INK_TEXT, figure_decimal(of->result.factor, -4, text));
	else if (of->line.factor.value[0])
		draw_right(canvas, row, end, INK_WARN, of->line.factor.value);
}

static void draw_line(struct screen *screen, const struct canvas *canvas, int row, unsigned item)
{
	struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	const struct grid_columns at = columns_of(bench, canvas->cols);
	const struct grid_item *of = &view->items[item];
	const struct ledger_row *line = &view->inventory.ledger.rows[of->row];
	char text[FIGURE_TEXT];
	enum ink ink;
	snprintf(text, sizeof(text), "%u", of->number);
	draw_right(canvas, row, at.number, INK_FAINT, text);
	draw_scope(bench, view, canvas, row, at.scope, item);
	if (at.system) {
		const unsigned system = ledger_word(ledger_system_names, N_LEDGER_SYSTEMS,
						    line->line.system);
		draw_cut(canvas, row, at.system, 7, INK_DIM,
			 label_of(bench, &ledger_system_titles[system]));
	}
	const char *name = line_title(&line->line);
	draw_cut(canvas, row, at.source, at.source_cols, name[0] ? INK_TEXT : INK_WARN,
		 name[0] ? name : tell(bench, "新行", "new line"));
	draw_amount(bench, line, canvas, row, at.amount);
	draw_cut(canvas, row, at.unit, at.unit_cols, INK_DIM,
		 figure_unit(line->line.unit, bench->lang, text));
	if (at.factor)
		draw_factor(line, canvas, row, at.factor);
	if (at.cite) {
		const char *words = factor_words(screen, line, &ink);
		draw_cut(canvas, row, at.cite, at.cite_cols, ink, words ? words : "");
	}
	draw_tonnes(line, canvas, row, at.tonnes);
	if (at.sum)
		draw_right(canvas, row, at.sum, INK_DIM, figure_decimal(of->sum, 2, text));
}

static void draw_total(const struct workbench *bench, const struct inventory_screen *view,
		       const struct canvas *canvas, int row, const struct grid_item *item)
{
	const struct grid_columns at = columns_of(bench, canvas->cols);
	char text[FIGURE_TEXT];
	const bool is_net = item->sort == ITEM_NET;
	draw_text(canvas, row, at.source, INK_TITLE,
		  is_net ? tell(bench, "净排放", "Net") : tell(bench, "排放合计", "Emissions"));
	draw_right(canvas, row, at.tonnes, INK_TITLE, inventory_total(view, is_net, text));
	if (at.sum && view->filter == FILTER_ALL)
		draw_right(canvas, row, at.sum, INK_DIM, figure_decimal(item->sum, 2, text));
}

/* ---- the cell with the cursor ---- */

static void place_cell(const struct screen *screen, int cols, enum cell_column cell, int *col,
		       int *width)
{
	if (inventory_of(screen)->is_by_month) {
		months_place(screen, cols, cell, col, width);
		return;
	}
	const struct grid_columns at = columns_of(screen->bench, cols);
	const int left[CELL_M01] = { at.scope,
				    at.system,
				    at.source,
				    at.source + at.source_cols + 1,
				    at.unit,
				    at.unit + at.unit_cols + 1,
				    at.cite };
	const int right[CELL_M01] = { at.system ? at.system - 1 : at.source - 1,
				     at.source - 1,
				     at.source + at.source_cols,
				     at.amount,
				     at.unit + at.unit_cols,
				     at.factor,
				     at.cite + at.cite_cols };
	*col = left[cell];
	*width = right[cell] - left[cell];
}

static void draw_cell(struct screen *screen, const struct canvas *canvas, int row)
{
	struct inventory_screen *view = inventory_of(screen);
	int col, width;
	place_cell(screen, canvas->cols, view->cell, &col, &width);
	if (width < 1)
		return;
	if (!view->is_editing) {
		draw_ground(canvas, row, col, width, GROUND_SELECTION);
		draw_cursor(canvas, row, col + width);
		return;
	}
	/* what is typed is longer than its place: it takes what it needs to the left of it */
	const int wanted = text_columns(edit_text(&view->edit)) + 1;
	int more = wanted - width;
	if (more > 0 && (view->cell == CELL_AMOUNT || is_month_cell(view->cell)))
		col -= more < col - 8 ? more : col - 8;
	if (more > 0)
		width = wanted < canvas->cols - col - 2 ? wanted : canvas->cols - col - 2;
	const struct canvas cell = canvas_part(canvas, row, col, 1, width);
	draw_clear(&cell, GROUND_INPUT);
	field_draw(&view->edit, &cell, view->is_wrong ? INK_WARN : INK_TITLE, true);
}

/* ---- the whole ---- */

/* Two rows of context around the cursor. */
static void scroll(struct inventory_screen *view, int rows)
{
	const int at = (int)view->at, n = (int)view->n_items;
	int first = (int)view->first;
	if (at - 2 < first)
		first = at - 2;
	if (at + 3 > first + rows)
		first = at + 3 - rows;
	if (first > n - rows)
		first = n - rows;
	view->first = first < 0 ? 0 : (unsigned)first;
}

static void draw_item(struct screen *screen, const struct canvas *canvas, int row, unsigned item)
{
	struct inventory_screen *view = inventory_of(screen);
	const struct grid_item *of = &view->items[item];
	if (of->sort == ITEM_LINE && view->is_by_month)
		months_line(screen, canvas, row, item);
	else if (of->sort == ITEM_LINE)
		draw_line(screen, canvas, row, item);
	else if (of->sort != ITEM_BLANK && view->is_by_month)
		months_total(screen, canvas, row, of);
	else if (of->sort != ITEM_BLANK)
		draw_total(screen->bench, view, canvas, row, of);
}

/* Lines of the ledger from an item on: totals and blanks are none. */
static unsigned n_lines_from(const struct inventory_screen *view, unsigned item)
{
	unsigned n = 0;
	for (; item < view->n_items; item++)
		n += view->items[item].sort == ITEM_LINE;
	return n;
}

static void draw_grid(struct screen *screen, const struct canvas *canvas, int top, int rows)
{
	struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	int cursor = -1;
	scroll(view, rows);
	for (int i = 0; i < rows && view->first + (unsigned)i < view->n_items; i++) {
		const unsigned item = view->first + (unsigned)i;
		const struct grid_item *of = &view->items[item];
		const int row = top + i;
		draw_item(screen, canvas, row, item);
		if (item != view->at || of->sort != ITEM_LINE)
			continue;
		cursor = row;
		draw_text(canvas, row, 1, INK_ACCENT, "›");
		draw_ground(canvas, row, 1, canvas->cols - 2, GROUND_STANDING);
	}
	if (cursor >= 0 && view->zone == ZONE_GRID)
		draw_cell(screen, canvas, cursor);
	const unsigned below = n_lines_from(view, view->first + (unsigned)rows);
	if (below)
		draw_format(canvas, top + rows, 3, INK_DIM, tell(bench, "其余 %u 行", "%u more"),
			    below);
}

void inventory_draw(struct screen *screen, const struct canvas *canvas)
{
	struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	const int heading = canvas->rows > 18 ? 3 : 2, top = heading + 1;
	const int below = inventory_detail_rows(canvas->rows);
	lt_arena_reset(&view->frame);
	draw_top(bench, view, canvas);
	if (view->is_by_month)
		months_headings(screen, canvas, heading);
	else
		draw_headings(bench, canvas, heading);
	if (!view->n_items)
		draw_text(canvas, top + 1, 12, INK_DIM,
			  view->filter == FILTER_ALL
				  ? tell(bench, "这一年还没有盘查数据；+ 插行，或把表格里的行粘贴进来",
					 "nothing is entered for this year; + adds a line, or paste rows of a spreadsheet")
				  : tell(bench, "没有这样的行", "there is no such line"));
	draw_grid(screen, canvas, top, canvas->rows - top - below - 1);
	const struct canvas detail = canvas_part(canvas, canvas->rows - below, 0, below, 0);
	inventory_detail(screen, &detail);
}
