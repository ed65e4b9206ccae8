/* A report's blocks on pages. */
#include <stdlib.h>
#include <string.h>
#include "paper.h"

#define MOST_COLUMNS 12u
#define CELL_SIZE 9.0
#define PAD_X 5.0
#define PAD_Y 3.6

static const char *const tone_colours[] = { [TONE_PLAIN] = "#1c2826", [TONE_GOOD] = "#17714f",
					    [TONE_BAD] = "#b3362b",   [TONE_WARN] = "#9a6208",
					    [TONE_MUTED] = "#66756f" };

static const char *say(const struct paper *paper, const char *zh, const char *en)
{
	return paper->document->lang == LT_ZH ? zh : en;
}

/* ---- how much room a block needs to begin ---- */

/* About how high a text is: a Chinese character is as wide as the font is high, another about half.
 * Layouts are dear, and where pages end a line more or less does not matter. */
static double guess_height(const char *text, double size, double width)
{
	double lines = 0, at = 0;
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		const double wide = *c < 0x80 ? size * 0.56 : (*c & 0xc0) == 0xc0 ? size : 0;
		if (*c == '\n' || at + wide > width) {
			lines++;
			at = 0;
		}
		at += *c == '\n' ? 0 : wide;
	}
	return (lines + 1) * size * 1.55;
}

static double guess_row(const struct table *table, const struct row *row)
{
	unsigned all = 0;
	double height = 12;
	for (unsigned i = 0; i < table->n_columns; i++)
		all += table->columns[i].share;
	for (unsigned i = 0; i < table->n_columns && row->kind != ROW_GROUP; i++) {
		const double width = TEXT_WIDTH * table->columns[i].share / (all ? all : 1) - 2 * PAD_X;
		const double cell = guess_height(row->cells[i].text, CELL_SIZE, width);
		height = cell > height ? cell : height;
	}
	return height + 2 * PAD_Y;
}

#define WHOLE_ROWS 6u         /* of a table that is not parted */
#define WHOLE_HEIGHT 320.0    /* unless it is higher than that */

/* Caption, titles and the first rows: all of a short table, of another two. */
static double table_room(const struct block *block)
{
	const struct table *table = block->table;
	const double head = (table->caption && table->caption[0] ? 22 : 0) +
			    (block->kind == BLOCK_FIELDS ? 0 : 22);
	double all = head, begin = head;
	for (unsigned i = 0; i < table->n_rows && i < WHOLE_ROWS; i++) {
		const double row = guess_row(table, &table->rows[i]);
		all += row;
		begin += i < 2 ? row : 0;
	}
	return table->n_rows <= WHOLE_ROWS && all <= WHOLE_HEIGHT ? all : begin;
}

/* What must fit below on the page where this block begins. */
static double block_room(const struct block *block)
{
	switch (block ? block->kind : BLOCK_BREAK) {
	case BLOCK_HEADING:
		return 34 + block_room(block->next);
	case BLOCK_PARAGRAPH:
	case BLOCK_NOTE: {
		const double height = guess_height(block->text, 10.5, TEXT_WIDTH);
		const bool leads = block->next && (block->next->kind == BLOCK_TABLE ||
						   block->next->kind == BLOCK_FIELDS);
		return height > 120 ? 60 : height + 8 + (leads ? block_room(block->next) : 0);
	}
	case BLOCK_STUB:
		return guess_height(block->text, 9.5, TEXT_WIDTH - 60) + 22;
	case BLOCK_FIELDS:
	case BLOCK_TABLE:
		return block->table->n_rows ? table_room(block) : block_room(block->next);
	case BLOCK_CHART:
		return 220;
	case BLOCK_VERDICT:
		return 110;
	case BLOCK_TREE:
		return 80;
	case BLOCK_BREAK:
		break;
	}
	return 0;
}

/* ---- headings ---- */

static void keep_place(struct paper *paper)
{
	if (paper->n_headings == paper->cap_headings) {
		const unsigned cap = paper->cap_headings * 2 + 64;
		struct place *grown = lt_arena_alloc(paper->arena, cap, sizeof(*grown));
		if (!grown) {
			paper->failed = true;
			return;
		}
		if (paper->n_headings)
			memcpy(grown, paper->headings, paper->n_headings * sizeof(*grown));
		paper->headings = grown;
		paper->cap_headings = cap;
	}
	paper->headings[paper->n_headings++] =
		(struct place){ .page = paper->n_pages, .y = paper->y };
}

static void put_heading(struct paper *paper, const struct block *block)
{
	static const double sizes[] = { 17, 13, 11 }, above[] = { 26, 16, 10 };
	const unsigned level = block->level < 1 ? 0 : block->level > 3 ? 2 : block->level - 1;
	const struct text_style style = { .size = sizes[level],
					  .bold = true,
					  .colour = level == 1 ? "#0f6b4f" : "#1c2826",
					  .width = TEXT_WIDTH };
	paper_skip(paper, above[level]);
	/* a heading does not stand alone at the foot of a page */
	const double room = block_room(block);
	paper_need(paper, room < 80 ? 80 : room);
	keep_place(paper);
	paper->y += paint_text(&paper->painter, block->text, &style, MARGIN_SIDE, paper->y);
	if (!level) {
		paint_colour(paper->painter.cr, "#0f6b4f", 1);
		cairo_rectangle(paper->painter.cr, MARGIN_SIDE, paper->y + 5, TEXT_WIDTH, 1.4);
		cairo_fill(paper->painter.cr);
		paper->y += 7;
	}
	paper->y += 8;
}

static void put_paragraph(struct paper *paper, const struct block *block)
{
	const bool note = block->kind == BLOCK_NOTE;
	const struct text_style style = { .size = note ? 9 : 10.5,
					  .colour = note ? "#66756f" : "#1c2826" };
	if (block->next && block->next->kind == BLOCK_TABLE)
		paper_need(paper, block_room(block));
	paper_flow(paper, block->text, &style, MARGIN_SIDE, TEXT_WIDTH);
	paper->y += 8;
}

static void put_stub(struct paper *paper, const char *text)
{
	const char *whole =
		lt_arena_printf(paper->arena, say(paper, "〔待填〕%s", "[to be written] %s"), text);
	const struct text_style style = { .size = 9.5, .colour = "#7a6a3c", .width = TEXT_WIDTH - 24 };
	if (!whole) {
		paper->failed = true;
		return;
	}
	const double height = paint_measure(&paper->painter, whole, &style, NULL) + 12;
	paper_need(paper, height);
	cairo_t *cr = paper->painter.cr;
	paint_colour(cr, "#fdf9ee", 1);
	cairo_rectangle(cr, MARGIN_SIDE, paper->y, TEXT_WIDTH, height);
	cairo_fill(cr);
	paint_colour(cr, "#d8c48f", 1);
	cairo_rectangle(cr, MARGIN_SIDE, paper->y, 2.5, height);
	cairo_fill(cr);
	paint_text(&paper->painter, whole, &style, MARGIN_SIDE + 12, paper->y + 6);
	paper->y += height + 10;
}

/* ---- tables ---- */

struct grid {
	const struct table *table;
	double x[MOST_COLUMNS + 1];
	unsigned n;
	bool is_fields;
};

static void lay_grid(struct grid *grid, const struct block *block)
{
	const struct table *table = block->table;
	unsigned all = 0;
	*grid = (struct grid){ .table = table,
			       .n = table->n_columns < MOST_COLUMNS ? table->n_columns : MOST_COLUMNS,
			       .is_fields = block->kind == BLOCK_FIELDS };
	for (unsigned i = 0; i < grid->n; i++)
		all += table->columns[i].share;
	grid->x[0] = MARGIN_SIDE;
	for (unsigned i = 0; i < grid->n; i++)
		grid->x[i + 1] =
			grid->x[i] + TEXT_WIDTH * table->columns[i].share / (all ? all : 1);
}

static struct text_style cell_style(const struct grid *grid, const struct row *row, unsigned i,
				    unsigned span)
{
	const bool key = grid->is_fields && i == 0;
	return (struct text_style){ .size = CELL_SIZE,
				    .bold = row->kind != ROW_PLAIN,
				    .colour = key ? "#66756f" : tone_colours[row->cells[i].tone],
				    .width = grid->x[i + span] - grid->x[i] - 2 * PAD_X,
				    .anchor = grid->table->columns[i].is_number && span == 1
						      ? ANCHOR_END
						      : ANCHOR_START };
}

static unsigned span_of(const struct grid *grid, const struct row *row, unsigned i)
{
	const unsigned span = row_span(row, grid->n, i);
	return i + span > grid->n ? grid->n - i : span;
}

/* The cells of a row, laid out once: measured, then drawn. */
struct laid_row {
	PangoLayout *cells[MOST_COLUMNS];
	double height;
};

static void lay_row(struct paper *paper, const struct grid *grid, const struct row *row,
		    struct laid_row *laid)
{
	*laid = (struct laid_row){ .height = 0 };
	for (unsigned i = 0, span; i < grid->n; i += span) {
		span = span_of(grid, row, i);
		const struct text_style style = cell_style(grid, row, i, span);
		double height;
		if (!row->cells[i].text[0])
			continue;
		laid->cells[i] =
			paint_lay_out(&paper->painter, row->cells[i].text, &style, &height);
		laid->height = height > laid->height ? height : laid->height;
	}
	laid->height = (laid->height > 12 ? laid->height : 12) + 2 * PAD_Y;
}

static void release_row(struct laid_row *laid)
{
	for (unsigned i = 0; i < MOST_COLUMNS; i++)
		if (laid->cells[i])
			g_object_unref(laid->cells[i]);
}

static void fill(cairo_t *cr, const char *colour, double x, double y, double width, double height)
{
	paint_colour(cr, colour, 1);
	cairo_rectangle(cr, x, y, width, height);
	cairo_fill(cr);
}

static void draw_row(struct paper *paper, const struct grid *grid, const struct row *row,
		     const struct laid_row *laid)
{
	cairo_t *cr = paper->painter.cr;
	const double height = laid->height;
	if (row->kind != ROW_PLAIN)
		fill(cr, "#f4f8f6", MARGIN_SIDE, paper->y, TEXT_WIDTH, height);
	else if (grid->is_fields)
		fill(cr, "#f4f8f6", MARGIN_SIDE, paper->y, grid->x[1] - grid->x[0], height);
	for (unsigned i = 0, span; i < grid->n; i += span) {
		span = span_of(grid, row, i);
		const struct text_style style = cell_style(grid, row, i, span);
		const double x = style.anchor == ANCHOR_END ? grid->x[i + span] - PAD_X
							    : grid->x[i] + PAD_X;
		if (laid->cells[i])
			paint_laid_out(&paper->painter, laid->cells[i], &style, x, paper->y + PAD_Y);
	}
	fill(cr, "#dde5e1", MARGIN_SIDE, paper->y + height - 0.5, TEXT_WIDTH, 0.5);
	paper->y += height;
}

static double draw_titles(struct paper *paper, const struct grid *grid, bool draws)
{
	struct text_style style = { .size = CELL_SIZE, .bold = true, .colour = "#0d4a38" };
	double height = 0;
	if (grid->is_fields)
		return 0;
	for (int pass = 0; pass < (draws ? 2 : 1); pass++)
		for (unsigned i = 0; i < grid->n; i++) {
			const struct column *column = &grid->table->columns[i];
			style.width = grid->x[i + 1] - grid->x[i] - 2 * PAD_X;
			style.anchor = column->is_number ? ANCHOR_END : ANCHOR_START;
			if (!pass) {
				const double h =
					paint_measure(&paper->painter, column->title, &style, NULL);
				height = h + 2 * PAD_Y > height ? h + 2 * PAD_Y : height;
				continue;
			}
			if (i == 0)
				fill(paper->painter.cr, "#e3f1ea", MARGIN_SIDE, paper->y, TEXT_WIDTH,
				     height);
			paint_text(&paper->painter, column->title, &style,
				   column->is_number ? grid->x[i + 1] - PAD_X : grid->x[i] + PAD_X,
				   paper->y + PAD_Y);
		}
	if (draws)
		paper->y += height;
	return height;
}

/* A row that is taller than a page: cell by cell, each under its column's title. */
static void flow_row(struct paper *paper, const struct grid *grid, const struct row *row)
{
	const struct text_style key = { .size = CELL_SIZE, .bold = true, .colour = "#66756f" };
	for (unsigned i = 0; i < grid->n; i++) {
		const struct text_style style = { .size = CELL_SIZE,
						  .colour = tone_colours[row->cells[i].tone] };
		if (!row->cells[i].text[0])
			continue;
		paper_flow(paper, grid->table->columns[i].title, &key, MARGIN_SIDE + PAD_X,
			   TEXT_WIDTH - 2 * PAD_X);
		paper_flow(paper, row->cells[i].text, &style, MARGIN_SIDE + PAD_X,
			   TEXT_WIDTH - 2 * PAD_X);
		paper->y += 3;
	}
}

/* What must follow on the same page: behind a title over rows the first of them, behind the last but
 * one the last, which does not stand alone. */
static double room_behind(const struct table *table, unsigned i)
{
	const bool is_last = i + 1 == table->n_rows;
	if (!is_last && (table->rows[i].kind == ROW_GROUP || i + 2 == table->n_rows))
		return guess_row(table, &table->rows[i + 1]);
	return 0;
}

static void put_row(struct paper *paper, const struct grid *grid, const struct row *row, double behind)
{
	const double whole = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM;
	struct laid_row laid;
	lay_row(paper, grid, row, &laid);
	const double room = laid.height + behind;
	if (laid.height > whole - 60) {
		flow_row(paper, grid, row);
	} else {
		/* layouts outlive the page on which they were measured */
		if (paper->y + room > PAGE_HEIGHT - MARGIN_BOTTOM) {
			paper_new_page(paper);
			draw_titles(paper, grid, true);
		}
		draw_row(paper, grid, row, &laid);
	}
	release_row(&laid);
}

static void put_table(struct paper *paper, const struct block *block)
{
	const struct table *table = block->table;
	const struct text_style caption = { .size = 10, .bold = true, .colour = "#1c2826",
					    .width = TEXT_WIDTH };
	struct grid grid;
	if (!table->n_rows)
		return;
	lay_grid(&grid, block);
	paper_need(paper, table_room(block));
	if (table->caption && table->caption[0])
		paper->y += paint_text(&paper->painter, table->caption, &caption, MARGIN_SIDE,
				       paper->y) + 5;
	draw_titles(paper, &grid, true);
	for (unsigned i = 0; i < table->n_rows; i++)
		put_row(paper, &grid, &table->rows[i], room_behind(table, i));
	paper->y += 14;
}

/* ---- charts, verdict, tree ---- */

static enum lt_status put_chart(struct paper *paper, const struct chart *chart, struct lt_err *err)
{
	struct picture picture;
	enum lt_status status = chart_picture(chart, paper->arena, &picture, err);
	if (status)
		return status;
	const double width = TEXT_WIDTH * 0.9, height = width * picture.height / picture.width;
	paper_need(paper, height + 12);
	paint_picture(&paper->painter, &picture, MARGIN_SIDE + TEXT_WIDTH * 0.05, paper->y + 6, width);
	paper->y += height + 20;
	return LT_OK;
}

static void put_verdict(struct paper *paper, const struct verdict *verdict)
{
	static const char *const colours[] = { [TONE_PLAIN] = "#0f6b4f", [TONE_GOOD] = "#0f6b4f",
					       [TONE_BAD] = "#b3362b", [TONE_WARN] = "#d39a2d",
					       [TONE_MUTED] = "#66756f" };
	const struct text_style label = { .size = 9.5, .colour = "#66756f" };
	const struct text_style figure = { .size = 30, .bold = true, .colour = "#1c2826" };
	const struct text_style grade = { .size = 19, .bold = true, .colour = "#1c2826",
					  .width = TEXT_WIDTH / 2 - 24 };
	const struct text_style why = { .size = 9.5, .colour = "#66756f", .width = TEXT_WIDTH - 40 };
	const bool has_full = verdict->full[0] && strcmp(verdict->full, "—") != 0;
	const char *unit = lt_arena_printf(paper->arena, "%s%s%s%s", verdict->unit,
					   has_full ? say(paper, "（满分 ", " (of ") : "",
					   has_full ? verdict->full : "",
					   has_full ? say(paper, "）", ")") : "");
	const double because =
		verdict->because[0]
			? paint_measure(&paper->painter, verdict->because, &why, NULL) + 10
			: 0;
	const double grade_height = paint_measure(&paper->painter, verdict->grade, &grade, NULL);
	const double height = (grade_height > 44 ? grade_height : 44) + 42 + because;
	const double left = MARGIN_SIDE + 20, right = MARGIN_SIDE + TEXT_WIDTH / 2 + 16;
	double width;
	paper_need(paper, height + 14);
	cairo_t *cr = paper->painter.cr;
	fill(cr, "#f4f8f6", MARGIN_SIDE, paper->y, TEXT_WIDTH, height);
	fill(cr, colours[verdict->tone], MARGIN_SIDE, paper->y, 4, height);
	paint_text(&paper->painter, verdict->figure_title, &label, left, paper->y + 12);
	paint_text(&paper->painter, verdict->figure, &figure, left, paper->y + 26);
	paint_measure(&paper->painter, verdict->figure, &figure, &width);
	paint_text(&paper->painter, unit ? unit : "", &label, left + width + 8, paper->y + 48);
	if (verdict->grade[0]) {
		paint_text(&paper->painter, say(paper, "等级", "Grade"), &label, right, paper->y + 12);
		paint_text(&paper->painter, verdict->grade, &grade, right, paper->y + 34);
	}
	if (because > 0)
		paint_text(&paper->painter, verdict->because, &why, left, paper->y + height - because);
	paper->y += height + 14;
}

static void put_tree_line(struct paper *paper, const struct tree_line *line)
{
	const double x = MARGIN_SIDE + 12.0 * (line->depth < 14 ? line->depth : 14);
	const struct text_style title = { .size = line->depth ? 9 : 11.5, .bold = !line->depth,
					  .colour = "#1c2826", .width = PAGE_WIDTH - MARGIN_SIDE - x - 110 };
	const struct text_style value = { .size = line->depth ? 9 : 11, .bold = true,
					  .colour = "#1c2826", .anchor = ANCHOR_END, .width = 106 };
	const struct text_style small = { .size = 7.8, .colour = "#66756f",
					  .width = PAGE_WIDTH - MARGIN_SIDE - x - 8 };
	const char *name = line->origin[0] ? lt_arena_printf(paper->arena, say(paper, "%s  〔%s〕", "%s  [%s]"), line->title,
							     line->origin)
					   : line->title;
	if (!name) {
		paper->failed = true;
		return;
	}
	if (!line->depth)
		paper_skip(paper, 10);
	double name_height, value_height;
	PangoLayout *left = paint_lay_out(&paper->painter, name, &title, &name_height);
	PangoLayout *right = paint_lay_out(&paper->painter, line->value, &value, &value_height);
	const double first = name_height > value_height ? name_height : value_height;
	paper_need(paper, first + (line->depth ? 24 : 60));
	paint_laid_out(&paper->painter, left, &title, x, paper->y);
	paint_laid_out(&paper->painter, right, &value, PAGE_WIDTH - MARGIN_SIDE, paper->y);
	g_object_unref(left);
	g_object_unref(right);
	paper->y += first;
	if (line->formula[0])
		paper_flow(paper, line->formula, &small, x + 8, small.width);
	if (line->cite[0])
		paper_flow(paper, line->cite, &small, x + 8, small.width);
	fill(paper->painter.cr, "#edf2ef", MARGIN_SIDE, paper->y + 1.5, TEXT_WIDTH,
	     line->depth ? 0.4 : 1);
	paper->y += 4;
}

/* ---- blocks ---- */

static enum lt_status put_block(struct paper *paper, const struct block *block, struct lt_err *err)
{
	switch (block->kind) {
	case BLOCK_HEADING:
		put_heading(paper, block);
		break;
	case BLOCK_PARAGRAPH:
	case BLOCK_NOTE:
		put_paragraph(paper, block);
		break;
	case BLOCK_STUB:
		put_stub(paper, block->text);
		break;
	case BLOCK_FIELDS:
	case BLOCK_TABLE:
		put_table(paper, block);
		break;
	case BLOCK_CHART:
		return put_chart(paper, block->chart, err);
	case BLOCK_VERDICT:
		put_verdict(paper, block->verdict);
		break;
	case BLOCK_TREE:
		for (unsigned i = 0; i < block->tree->n_lines && !paper->failed; i++)
			put_tree_line(paper, &block->tree->lines[i]);
		break;
	case BLOCK_BREAK:
		if (paper->y > MARGIN_TOP)
			paper_new_page(paper);
		break;
	}
	return LT_OK;
}

enum lt_status paper_write_blocks(struct paper *paper, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	paper_new_page(paper);
	for (const struct block *block = paper->document->first;
	     block && !status && !paper->failed; block = block->next)
		status = put_block(paper, block, err);
	return status;
}
