/* Tables of a printed form. */
#include "form.h"

#define MOST_COLUMNS 12u
#define PAD_X 4.0
#define PAD_Y 3.5

struct grid {
	const struct lt_json_node *columns[MOST_COLUMNS];
	double x[MOST_COLUMNS + 1];
	unsigned n;
	double least; /* height of a row */
};

static void lay_grid(struct press *press, struct grid *grid, const struct lt_json_node *block)
{
	const struct lt_json_node *list = lt_json_get(block, "columns");
	const int lines = lt_json_get_int(block, "lines");
	double all = 0;
	*grid = (struct grid){ .least = (lines > 0 ? lines : 1) * press_line(press) };
	for (const struct lt_json_node *column = list->first; column && grid->n < MOST_COLUMNS;
	     column = column->next) {
		grid->columns[grid->n++] = column;
		all += lt_json_get_int(column, "share");
	}
	grid->x[0] = press_left(press);
	for (unsigned i = 0; i < grid->n; i++)
		grid->x[i + 1] = grid->x[i] + press_breadth(press) *
						      lt_json_get_int(grid->columns[i], "share") /
						      (all > 0 ? all : 1);
}

static struct text_style cell_style(const struct press *press, const struct grid *grid, unsigned i,
				    bool head)
{
	const double width = grid->x[i + 1] - grid->x[i] - 2 * PAD_X;
	return (struct text_style){ .size = press_size(press, head ? -0.5 : -0.3),
				    .bold = head,
				    .colour = head ? FORM_LABEL : FORM_INK,
				    .width = width > 6 ? width : 6,
				    .anchor = !head && lt_json_get_bool(grid->columns[i], "number")
						      ? ANCHOR_END
						      : ANCHOR_START };
}

static double head_height(struct press *press, const struct grid *grid)
{
	double height = press_line(press);
	for (unsigned i = 0; i < grid->n; i++) {
		const struct text_style style = cell_style(press, grid, i, true);
		const double one = paint_measure(&press->painter,
						 lt_json_get_text(grid->columns[i], "title"),
						 &style, NULL) +
				   2 * PAD_Y * press->scale;
		height = one > height ? one : height;
	}
	return height;
}

static void draw_head(struct press *press, const struct grid *grid)
{
	const double height = head_height(press, grid);
	for (unsigned i = 0; i < grid->n; i++) {
		const struct text_style style = cell_style(press, grid, i, true);
		const char *title = lt_json_get_text(grid->columns[i], "title");
		const double text = paint_measure(&press->painter, title, &style, NULL);
		press_shade(press, grid->x[i], press->y, grid->x[i + 1] - grid->x[i], height);
		paint_text(&press->painter, title, &style, grid->x[i] + PAD_X,
			   press->y + (height - text) / 2);
		press_frame(press, grid->x[i], press->y, grid->x[i + 1] - grid->x[i], height);
	}
	press->y += height;
}

/* A row's cells, laid out once: measured, then drawn, perhaps on another page. */
struct laid {
	PangoLayout *cells[MOST_COLUMNS];
	double heights[MOST_COLUMNS];
	double height;
};

static void lay_row(struct press *press, const struct grid *grid, const struct lt_json_node *row,
		    struct laid *laid)
{
	const struct lt_json_node *cell = row->first;
	*laid = (struct laid){ .height = grid->least };
	for (unsigned i = 0; i < grid->n && cell; i++, cell = cell->next) {
		const struct text_style style = cell_style(press, grid, i, false);
		if (!cell->text[0] || lt_json_get_bool(grid->columns[i], "tick"))
			continue;
		laid->cells[i] =
			paint_lay_out(&press->painter, cell->text, &style, &laid->heights[i]);
		const double height = laid->heights[i] + 2 * PAD_Y * press->scale;
		laid->height = height > laid->height ? height : laid->height;
	}
}

static void draw_tick(struct press *press, const struct grid *grid, unsigned i, bool ticked,
		      double height)
{
	const double side = press_size(press, -1);
	const double x = (grid->x[i] + grid->x[i + 1] - side) / 2;
	press_tick(press, x, press->y + (height - side) / 2, side, ticked);
}

static void draw_row(struct press *press, const struct grid *grid, const struct lt_json_node *row,
		     const struct laid *laid)
{
	const struct lt_json_node *cell = row->first;
	for (unsigned i = 0; i < grid->n; i++) {
		const struct text_style style = cell_style(press, grid, i, false);
		const double x = style.anchor == ANCHOR_END ? grid->x[i + 1] - PAD_X
							    : grid->x[i] + PAD_X;
		/* short texts stand in the middle of a row that is high to be written on */
		if (laid->cells[i])
			paint_laid_out(&press->painter, laid->cells[i], &style, x,
				       press->y + (laid->height - laid->heights[i]) / 2);
		if (lt_json_get_bool(grid->columns[i], "tick"))
			draw_tick(press, grid, i, cell && cell->text[0], laid->height);
		press_frame(press, grid->x[i], press->y, grid->x[i + 1] - grid->x[i], laid->height);
		cell = cell ? cell->next : NULL;
	}
	press->y += laid->height;
}

static void put_column_title(struct press *press, const struct lt_json_node *column)
{
	const struct text_style style = { .size = press_size(press, -0.5),
					  .bold = true,
					  .colour = FORM_LABEL,
					  .width = press_breadth(press) };
	press_need(press, 3 * press_line(press));
	press->y += PAD_Y * press->scale;
	press->y += paint_text(&press->painter, lt_json_get_text(column, "title"), &style,
			       press_left(press), press->y) +
		    2 * press->scale;
}

/* A row that is taller than a page: cell by cell, each under its column's title. */
static void flow_row(struct press *press, const struct grid *grid, const struct lt_json_node *row)
{
	const struct lt_json_node *cell = row->first;
	for (unsigned i = 0; i < grid->n && cell; i++, cell = cell->next) {
		const struct text_style style = { .size = press_size(press, -0.3),
						  .colour = FORM_INK,
						  .width = press_breadth(press) };
		double height;
		if (!cell->text[0])
			continue;
		put_column_title(press, grid->columns[i]);
		PangoLayout *layout = paint_lay_out(&press->painter, cell->text, &style, &height);
		PangoLayoutIter *at = pango_layout_get_iter(layout);
		do {
			const double line = paint_line_height(at, &style);
			press_need(press, line);
			paint_line(&press->painter, at, &style, press_left(press), press->y);
			press->y += line + 1;
		} while (pango_layout_iter_next_line(at) && !press->failed);
		pango_layout_iter_free(at);
		g_object_unref(layout);
	}
}

static void put_row(struct press *press, const struct grid *grid, const struct lt_json_node *row)
{
	struct laid laid;
	lay_row(press, grid, row, &laid);
	if (laid.height > press_end(press) - press->top - 60) {
		flow_row(press, grid, row);
		press->y += PAD_Y * press->scale;
		if (row->next) {
			press_need(press, 3 * press_line(press) + head_height(press, grid));
			draw_head(press, grid);
		}
	} else {
		if (press_need(press, laid.height))
			draw_head(press, grid);
		draw_row(press, grid, row, &laid);
	}
	for (unsigned i = 0; i < grid->n; i++)
		if (laid.cells[i])
			g_object_unref(laid.cells[i]);
}

/* Where there is nothing, one empty row says so. */
static void put_nothing(struct press *press, const struct grid *grid)
{
	const struct text_style style = { .size = press_size(press, -0.3), .colour = FORM_QUIET };
	const char *text = press_say(press, "（无）", "(none)");
	const double height = paint_measure(&press->painter, text, &style, NULL);
	if (press_need(press, grid->least))
		draw_head(press, grid);
	paint_text(&press->painter, text, &style, press_left(press) + PAD_X,
		   press->y + (grid->least - height) / 2);
	press_frame(press, press_left(press), press->y, press_breadth(press), grid->least);
	press->y += grid->least;
}

void form_put_table(struct press *press, const struct lt_json_node *block)
{
	const struct lt_json_node *rows = lt_json_get(block, "rows");
	const char *title = lt_json_get_text(block, "title");
	struct grid grid;
	lay_grid(press, &grid, block);
	press_need(press, 3 * press_line(press) + head_height(press, &grid));
	if (title[0]) {
		const struct text_style style = { .size = press_size(press, 0.5),
						  .bold = true,
						  .colour = FORM_INK,
						  .width = press_breadth(press) };
		press->y += 7 * press->scale;
		press->y += paint_text(&press->painter, title, &style, press_left(press), press->y) +
			    4 * press->scale;
	}
	draw_head(press, &grid);
	for (const struct lt_json_node *row = rows->first; row && !press->failed; row = row->next)
		put_row(press, &grid, row);
	if (!rows->first)
		put_nothing(press, &grid);
}
