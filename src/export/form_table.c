/* Tables of a printed form. */
#include "form.h"

#include <math.h>
#include <string.h>

#define MOST_COLUMNS 12u
#define MOST_MEASURED 400u /* rows by which columns are made to fit */
#define PAD_X 4.0
#define PAD_Y 3.5
#define HAND 23.0 /* height of a row that is written on by hand: eight millimetres */

struct grid {
	const struct lt_json_node *columns[MOST_COLUMNS];
	unsigned cells[MOST_COLUMNS]; /* which cell of a row stands in a column */
	double x[MOST_COLUMNS + 1];
	unsigned n;
	double least; /* height of a row */
};

/* A row's cell in a column; NULL where there is none. */
static const struct lt_json_node *cell_at(const struct grid *grid, const struct lt_json_node *row,
					  unsigned i)
{
	const struct lt_json_node *cell = row->first;
	for (unsigned k = 0; cell && k < grid->cells[i]; k++)
		cell = cell->next;
	return cell;
}

static const char *text_at(const struct grid *grid, const struct lt_json_node *row, unsigned i)
{
	const struct lt_json_node *cell = cell_at(grid, row, i);
	return cell && cell->text ? cell->text : "";
}

/* ---- columns ---- */

/* What the columns of a table want of its breadth. */
struct wants {
	double width[MOST_COLUMNS]; /* as the template shares it out, then as it fits */
	double whole[MOST_COLUMNS]; /* of the longest text on one line; 0 = of no text */
	double least[MOST_COLUMNS]; /* of the longest word that is not to be broken */
};

static bool has_text(const struct grid *grid, const struct lt_json_node *rows, unsigned i)
{
	for (const struct lt_json_node *row = rows->first; row; row = row->next)
		if (text_at(grid, row, i)[0])
			return true;
	return false;
}

#define LONGEST_WORD 16u

/* The longest word of Latin letters and digits that is not to be broken: a day, a time, a number, an
 * id are read wrong where they are. False where there is none. */
static bool find_word(const char *text, char word[LONGEST_WORD + 1])
{
	size_t most = 0;
	for (const char *at = text; *at;) {
		const size_t len = strcspn(at, " \n");
		bool is_plain = len > most && len <= LONGEST_WORD;
		for (size_t i = 0; i < len && is_plain; i++)
			is_plain = (unsigned char)at[i] < 0x80;
		if (is_plain) {
			memcpy(word, at, len);
			most = len;
		}
		at += len + (at[len] != 0);
	}
	word[most] = 0;
	return most;
}

static void want(struct press *press, const struct grid *grid, const struct lt_json_node *rows,
		 unsigned i, struct wants *wants)
{
	const struct text_style head = { .size = press_size(press, -0.5), .bold = true };
	const struct text_style style = { .size = press_size(press, -0.3) };
	const bool is_tick = lt_json_get_bool(grid->columns[i], "tick");
	char word[LONGEST_WORD + 1];
	double width;
	unsigned n = 0;
	paint_measure(&press->painter, lt_json_get_text(grid->columns[i], "title"), &head, &width);
	wants->least[i] = width + 2 * PAD_X + 1;
	wants->whole[i] = is_tick ? wants->least[i] : 0;
	for (const struct lt_json_node *row = rows->first; row && !is_tick && n < MOST_MEASURED;
	     row = row->next, n++) {
		const char *text = text_at(grid, row, i);
		if (!text[0])
			continue;
		paint_measure(&press->painter, text, &style, &width);
		wants->whole[i] = fmax(wants->whole[i], width + 2 * PAD_X + 1);
		if (!find_word(text, word))
			continue;
		paint_measure(&press->painter, word, &style, &width);
		wants->least[i] = fmax(wants->least[i], width + 2 * PAD_X + 1);
	}
}

/* What a column can do without: nothing where people write. */
static double spare_of(const struct wants *wants, unsigned i)
{
	const double needs = fmax(wants->whole[i], wants->least[i]);
	return wants->whole[i] > 0 && wants->width[i] > needs ? wants->width[i] - needs : 0;
}

static double lack_of(const struct wants *wants, unsigned i)
{
	const double lack = wants->whole[i] - wants->width[i];
	return lack > 0 ? lack : 0;
}

/* Breadth goes from columns that do not need theirs to those whose texts do not fit: little wants
 * first. */
static void give_spare(struct wants *wants, unsigned n)
{
	double lacks[MOST_COLUMNS], spare = 0, all = 0, left;
	unsigned n_lacks = 0;
	for (unsigned i = 0; i < n; i++) {
		spare += spare_of(wants, i);
		lacks[i] = lack_of(wants, i);
		all += lacks[i];
		n_lacks += lacks[i] > 0;
	}
	if (spare <= 0 || all <= 0)
		return;
	left = spare < all ? spare : all;
	for (unsigned i = 0; i < n; i++)
		wants->width[i] -= spare_of(wants, i) * left / spare;
	while (n_lacks) {
		unsigned least = n;
		for (unsigned i = 0; i < n; i++)
			if (lacks[i] > 0 && (least == n || lacks[i] < lacks[least]))
				least = i;
		const double share = left / n_lacks--;
		const double given = lacks[least] < share ? lacks[least] : share;
		wants->width[least] += given;
		left -= given;
		lacks[least] = 0;
	}
}

/* No day and no title is broken as long as another column has more than its own need. */
static void keep_words(struct wants *wants, unsigned n)
{
	double lack = 0, over = 0;
	for (unsigned i = 0; i < n; i++) {
		const double more = wants->width[i] - wants->least[i];
		lack += more < 0 ? -more : 0;
		over += more > 0 ? more : 0;
	}
	if (lack <= 0 || over < lack)
		return;
	for (unsigned i = 0; i < n; i++) {
		const double more = wants->width[i] - wants->least[i];
		wants->width[i] = more < 0 ? wants->least[i] : wants->width[i] - more * lack / over;
	}
}

static void lay_grid(struct press *press, struct grid *grid, const struct lt_json_node *block)
{
	const struct lt_json_node *list = lt_json_get(block, "columns");
	const struct lt_json_node *rows = lt_json_get(block, "rows");
	const int lines = lt_json_get_int(block, "lines");
	struct wants wants = { 0 };
	double all = 0;
	unsigned cell = 0;
	*grid = (struct grid){ .least = (lines > 0 ? lines : 1) * press_line(press) };
	for (const struct lt_json_node *column = list->first; column && grid->n < MOST_COLUMNS;
	     column = column->next, cell++) {
		grid->columns[grid->n] = column;
		grid->cells[grid->n] = cell;
		if (lt_json_get_bool(column, "if_any") && !has_text(grid, rows, grid->n))
			continue;
		grid->n++;
		all += lt_json_get_int(column, "share");
		if (lt_json_get_bool(column, "by_hand"))
			grid->least = fmax(grid->least, HAND * press->scale);
	}
	for (unsigned i = 0; i < grid->n; i++) {
		wants.width[i] = press_breadth(press) *
				 lt_json_get_int(grid->columns[i], "share") / (all > 0 ? all : 1);
		want(press, grid, rows, i, &wants);
	}
	give_spare(&wants, grid->n);
	keep_words(&wants, grid->n);
	grid->x[0] = press_left(press);
	for (unsigned i = 0; i < grid->n; i++)
		grid->x[i + 1] = grid->x[i] + wants.width[i];
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

/* ---- titles ---- */

static double head_height(struct press *press, const struct grid *grid)
{
	double height = press_line(press);
	for (unsigned i = 0; i < grid->n; i++) {
		const struct text_style style = cell_style(press, grid, i, true);
		const double one = paint_measure(&press->painter,
						 lt_json_get_text(grid->columns[i], "title"),
						 &style, NULL) +
				   2 * PAD_Y * press->scale;
		height = fmax(one, height);
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

/* ---- rows ---- */

/* A row's cells, laid out once: measured, then drawn, perhaps on another page. */
struct laid {
	PangoLayout *cells[MOST_COLUMNS];
	double heights[MOST_COLUMNS];
	double height;
};

static void lay_row(struct press *press, const struct grid *grid, const struct lt_json_node *row,
		    struct laid *laid)
{
	bool is_empty = true;
	*laid = (struct laid){ .height = grid->least };
	for (unsigned i = 0; i < grid->n; i++) {
		const struct text_style style = cell_style(press, grid, i, false);
		const char *text = text_at(grid, row, i);
		if (!text[0] || lt_json_get_bool(grid->columns[i], "tick"))
			continue;
		laid->cells[i] = paint_lay_out(&press->painter, text, &style, &laid->heights[i]);
		laid->height =
			fmax(laid->heights[i] + 2 * PAD_Y * press->scale, laid->height);
		is_empty &= i == 0; /* a running number is nothing yet */
	}
	if (is_empty)
		laid->height = fmax(laid->height, HAND * press->scale);
}

static void release_row(const struct grid *grid, struct laid *laid)
{
	for (unsigned i = 0; i < grid->n; i++)
		if (laid->cells[i])
			g_object_unref(laid->cells[i]);
}

static void draw_tick(struct press *press, const struct grid *grid, unsigned i, bool ticked,
		      double height)
{
	const double side = press_size(press, -1);
	const double x = (grid->x[i] + grid->x[i + 1] - side) / 2;
	press_tick(press, x, press->y + (height - side) / 2, side, ticked);
}

static void frame_cells(struct press *press, const struct grid *grid, double height)
{
	for (unsigned i = 0; i < grid->n; i++)
		press_frame(press, grid->x[i], press->y, grid->x[i + 1] - grid->x[i], height);
	press->y += height;
}

static void draw_row(struct press *press, const struct grid *grid, const struct lt_json_node *row,
		     const struct laid *laid)
{
	for (unsigned i = 0; i < grid->n; i++) {
		const struct text_style style = cell_style(press, grid, i, false);
		const double x = style.anchor == ANCHOR_END ? grid->x[i + 1] - PAD_X
							    : grid->x[i] + PAD_X;
		/* short texts stand in the middle of a row that is high to be written on */
		if (laid->cells[i])
			paint_laid_out(&press->painter, laid->cells[i], &style, x,
				       press->y + (laid->height - laid->heights[i]) / 2);
		if (lt_json_get_bool(grid->columns[i], "tick"))
			draw_tick(press, grid, i, text_at(grid, row, i)[0], laid->height);
	}
	frame_cells(press, grid, laid->height);
}

/* A text that would make its row too tall stands below it, over the whole breadth. */
static double most_in_cell(const struct press *press)
{
	return (press_end(press) - press->top) * 0.3;
}

/* The same row with a hint in place of what is too long. */
static void hint_long(struct press *press, const struct grid *grid, struct laid *laid,
		      bool is_below[MOST_COLUMNS])
{
	const double most = most_in_cell(press);
	laid->height = grid->least;
	for (unsigned i = 0; i < grid->n; i++) {
		const struct text_style style = cell_style(press, grid, i, false);
		is_below[i] = laid->cells[i] && laid->heights[i] > most;
		if (is_below[i]) {
			g_object_unref(laid->cells[i]);
			laid->cells[i] = paint_lay_out(&press->painter,
						       press_say(press, "（见下）", "(below)"),
						       &style, &laid->heights[i]);
		}
		laid->height =
			fmax(laid->heights[i] + 2 * PAD_Y * press->scale, laid->height);
	}
}

/* "F05 Fact": what the text below a row is of. */
static void put_below(struct press *press, const struct grid *grid, const struct lt_json_node *row,
		      unsigned i)
{
	const char *title = lt_json_get_text(grid->columns[i], "title");
	const char *first = i ? text_at(grid, row, 0) : "";
	const char *whole = strlen(first) > 60 ? title
					       : lt_arena_printf(press->arena, "%s%s%s", first,
								 first[0] ? "  " : "", title);
	press->failed |= !whole;
	if (whole)
		form_put_long(press, whole, text_at(grid, row, i));
}

/* tail: what is to stand on the same page below it. */
static void put_row(struct press *press, const struct grid *grid, const struct lt_json_node *row,
		    double tail)
{
	struct laid laid;
	bool is_below[MOST_COLUMNS] = { false };
	lay_row(press, grid, row, &laid);
	if (laid.height > most_in_cell(press) * 1.5)
		hint_long(press, grid, &laid, is_below);
	if (press_need(press, laid.height + tail))
		draw_head(press, grid);
	draw_row(press, grid, row, &laid);
	release_row(grid, &laid);
	const unsigned page = press->n_pages;
	for (unsigned i = 0; i < grid->n; i++)
		if (is_below[i])
			put_below(press, grid, row, i);
	if (press->n_pages != page && row->next)
		draw_head(press, grid);
}

/* Where there is nothing, one empty row says so. */
static void put_nothing(struct press *press, const struct grid *grid, double tail)
{
	const struct text_style style = { .size = press_size(press, -0.3), .colour = FORM_QUIET };
	const char *text = press_say(press, "（无）", "(none)");
	const double height = paint_measure(&press->painter, text, &style, NULL);
	if (press_need(press, grid->least + tail))
		draw_head(press, grid);
	paint_text(&press->painter, text, &style, press_left(press) + PAD_X,
		   press->y + (grid->least - height) / 2);
	press_frame(press, press_left(press), press->y, press_breadth(press), grid->least);
	press->y += grid->least;
}

static void put_title(struct press *press, const char *title)
{
	const struct text_style style = { .size = press_size(press, 0.5),
					  .bold = true,
					  .colour = FORM_INK,
					  .width = press_breadth(press) };
	press->y += 7 * press->scale;
	press->y += paint_text(&press->painter, title, &style, press_left(press), press->y) +
		    4 * press->scale;
}

void form_put_table(struct press *press, const struct lt_json_node *block)
{
	const struct lt_json_node *rows = lt_json_get(block, "rows");
	const char *title = lt_json_get_text(block, "title");
	const double tail = form_tail(press, block->next);
	struct grid grid;
	if (!rows->first && lt_json_get_bool(block, "if_any"))
		return;
	lay_grid(press, &grid, block);
	press_need(press, 3 * press_line(press) + head_height(press, &grid));
	if (title[0])
		put_title(press, title);
	draw_head(press, &grid);
	/* nobody signs a page on which nothing stands */
	for (const struct lt_json_node *row = rows->first; row && !press->failed; row = row->next)
		put_row(press, &grid, row, row->next ? 0 : tail);
	if (!rows->first)
		put_nothing(press, &grid, tail);
}
