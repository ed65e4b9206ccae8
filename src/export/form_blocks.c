/* The blocks of a printed form: framed cells that stand on each other without a gap. */
#include <math.h>
#include <string.h>
#include "form.h"

#define PAD_X 5.0
#define PAD_Y 4.0
#define MOST_ACROSS 6u

static double height_of(struct press *press, const struct lt_json_node *block);
static double most_height(const struct press *press);

/* ---- headings and texts ---- */

static void put_heading(struct press *press, const struct lt_json_node *block)
{
	const struct text_style style = { .size = press_size(press, 0.5),
					  .bold = true,
					  .colour = FORM_INK,
					  .width = press_breadth(press) - 2 * PAD_X };
	const char *text = lt_json_get_text(block, "text");
	const double height =
		paint_measure(&press->painter, text, &style, NULL) + 2 * PAD_Y * press->scale;
	press_need(press, height + 3 * press_line(press));
	press_shade(press, press_left(press), press->y, press_breadth(press), height);
	paint_text(&press->painter, text, &style, press_left(press) + PAD_X,
		   press->y + PAD_Y * press->scale);
	press_frame(press, press_left(press), press->y, press_breadth(press), height);
	press->y += height;
}

/* A text that may go on over pages, from x on. */
static void flow(struct press *press, const char *text, const struct text_style *style, double x)
{
	double all;
	PangoLayout *layout = paint_lay_out(&press->painter, text, style, &all);
	PangoLayoutIter *at = pango_layout_get_iter(layout);
	do {
		const double height = paint_line_height(at, style);
		press_need(press, height);
		paint_line(&press->painter, at, style, x, press->y);
		press->y += height + style->size * 0.3;
	} while (pango_layout_iter_next_line(at));
	pango_layout_iter_free(at);
	g_object_unref(layout);
}

static void put_text(struct press *press, const struct lt_json_node *block)
{
	const struct text_style style = { .size = press_size(press, 0),
					  .colour = FORM_INK,
					  .width = press_breadth(press) };
	const double tail = form_tail(press, block->next);
	const double all = height_of(press, block) + tail;
	if (tail > 0 && all <= most_height(press))
		press_need(press, all);
	press->y += 6 * press->scale;
	flow(press, lt_json_get_text(block, "text"), &style, press_left(press));
	press->y += 5 * press->scale;
}

/* ---- text in a frame of its own ---- */

static void put_box_title(struct press *press, const char *title)
{
	const struct text_style style = { .size = press_size(press, -0.5),
					  .bold = true,
					  .colour = FORM_LABEL,
					  .width = press_breadth(press) - 2 * PAD_X };
	press->y += PAD_Y * press->scale;
	press->y += paint_text(&press->painter, title, &style, press_left(press) + PAD_X, press->y);
	press->y += 2 * press->scale;
}

/* Text that is longer than a page: framed on each. */
static void put_long_box(struct press *press, const char *text, const struct text_style *style,
			 double top)
{
	PangoLayout *layout;
	double all;
	layout = paint_lay_out(&press->painter, text, style, &all);
	PangoLayoutIter *at = pango_layout_get_iter(layout);
	do {
		const double height = paint_line_height(at, style);
		if (press->y + height + PAD_Y > press_end(press)) {
			press_frame(press, press_left(press), top, press_breadth(press),
				    press->y + PAD_Y - top);
			press_new_page(press);
			top = press->y;
			press->y += PAD_Y;
		}
		paint_line(&press->painter, at, style, press_left(press) + PAD_X, press->y);
		press->y += height + style->size * 0.18;
	} while (pango_layout_iter_next_line(at) && !press->failed);
	pango_layout_iter_free(at);
	g_object_unref(layout);
	press->y += PAD_Y;
	press_frame(press, press_left(press), top, press_breadth(press), press->y - top);
}

/* ---- pairs of title and value ---- */

struct pair {
	const char *title, *text;
	double x, label, width; /* of the whole, the label in it */
	unsigned lines;
};

static struct text_style label_style(const struct press *press, double width)
{
	return (struct text_style){ .size = press_size(press, -0.5),
				    .colour = FORM_LABEL,
				    .width = fmax(width - 2 * PAD_X, 8) };
}

static struct text_style value_style(const struct press *press, double width)
{
	return (struct text_style){ .size = press_size(press, 0),
				    .colour = FORM_INK,
				    .width = fmax(width - 2 * PAD_X, 8) };
}

static double pair_height(struct press *press, const struct pair *pair)
{
	const struct text_style label = label_style(press, pair->label);
	const struct text_style value = value_style(press, pair->width - pair->label);
	double height = paint_measure(&press->painter, pair->title, &label, NULL);
	if (pair->text[0])
		height = fmax(height, paint_measure(&press->painter, pair->text, &value, NULL));
	return fmax(height + 2 * PAD_Y * press->scale, pair->lines * press_line(press));
}

static void draw_pair(struct press *press, const struct pair *pair, double height)
{
	const struct text_style label = label_style(press, pair->label);
	const struct text_style value = value_style(press, pair->width - pair->label);
	const double title = paint_measure(&press->painter, pair->title, &label, NULL);
	const double x = pair->x + pair->label;
	press_shade(press, pair->x, press->y, pair->label, height);
	paint_text(&press->painter, pair->title, &label, pair->x + PAD_X,
		   press->y + (height - title) / 2);
	if (pair->text[0]) {
		const double text = paint_measure(&press->painter, pair->text, &value, NULL);
		paint_text(&press->painter, pair->text, &value, x + PAD_X,
			   press->y + (height - text) / 2);
	} else if (pair->lines > 1) {
		press_write_lines(press, x + PAD_X, press->y, pair->width - pair->label - 2 * PAD_X,
				  pair->lines - 1);
	}
	press_frame(press, pair->x, press->y, pair->label, height);
	press_frame(press, x, press->y, pair->width - pair->label, height);
}

/* What fits on a page beside its head. */
static double most_height(const struct press *press)
{
	return press_end(press) - press->top - 40;
}

void form_put_long(struct press *press, const char *title, const char *text)
{
	const struct text_style style = value_style(press, press_breadth(press));
	press_need(press, 5 * press_line(press));
	const double top = press->y;
	put_box_title(press, title);
	put_long_box(press, text, &style, top);
}

static void put_row(struct press *press, const struct pair *pairs, unsigned n)
{
	double height = 0;
	for (unsigned i = 0; i < n; i++)
		height = fmax(height, pair_height(press, &pairs[i]));
	if (height > most_height(press)) {
		for (unsigned i = 0; i < n; i++)
			form_put_long(press, pairs[i].title, pairs[i].text);
		return;
	}
	press_need(press, height);
	for (unsigned i = 0; i < n; i++)
		draw_pair(press, &pairs[i], height);
	press->y += height;
}

/* The breadth of labels: that of the longest, within reason; four Han at least, so that labels
 * below each other end alike. */
static double label_breadth(struct press *press, const struct lt_json_node *cells, const char *title,
			    double pair)
{
	const struct text_style style = { .size = press_size(press, -0.5) };
	double most, width;
	paint_measure(&press->painter, "四字标题", &style, &most);
	paint_measure(&press->painter, title, &style, &width);
	most = fmax(most, width);
	for (const struct lt_json_node *cell = cells->first; cell; cell = cell->next) {
		paint_measure(&press->painter, lt_json_get_text(cell, "title"), &style, &width);
		most = fmax(most, width);
	}
	most += 2 * PAD_X + 2;
	const double cap = pair * (pair < 130 ? 0.5 : 0.42);
	return most > cap ? cap : most;
}

static void put_fields(struct press *press, const struct lt_json_node *block)
{
	const struct lt_json_node *cells = lt_json_get(block, "cells");
	const int wanted = lt_json_get_int(block, "across");
	const unsigned across = wanted < 1 ? 1 : wanted > (int)MOST_ACROSS ? MOST_ACROSS : (unsigned)wanted;
	const double breadth = press_breadth(press), one = breadth / across;
	const double label = label_breadth(press, cells, "", one);
	struct pair pairs[MOST_ACROSS];
	unsigned n = 0;
	for (const struct lt_json_node *cell = cells->first; cell; cell = cell->next) {
		const bool wide = lt_json_get_bool(cell, "wide");
		if (wide && n) {
			pairs[n - 1].width = press_left(press) + breadth - pairs[n - 1].x;
			put_row(press, pairs, n);
			n = 0;
		}
		pairs[n] = (struct pair){ .title = lt_json_get_text(cell, "title"),
					  .text = lt_json_get_text(cell, "text"),
					  .x = press_left(press) + one * n,
					  .label = label,
					  .width = wide ? breadth : one,
					  .lines = (unsigned)lt_json_get_int(cell, "lines") };
		n++;
		if (!cell->next) /* the last one takes what is left of its row */
			pairs[n - 1].width = press_left(press) + breadth - pairs[n - 1].x;
		if (wide || n == across || !cell->next) {
			put_row(press, pairs, n);
			n = 0;
		}
	}
}

/* ---- a box ---- */

static double box_title_height(const struct press *press)
{
	return press_size(press, -0.5) * 1.5 + (PAD_Y + 2) * press->scale;
}

static double box_body(struct press *press, const struct lt_json_node *block)
{
	const struct text_style style = value_style(press, press_breadth(press));
	const char *text = lt_json_get_text(block, "text");
	const double all = text[0] ? paint_measure(&press->painter, text, &style, NULL) : 0;
	return fmax(all + 2 * PAD_Y * press->scale,
		      lt_json_get_int(block, "lines") * press_line(press));
}

/* As many lines as its page has room for above what is signed. */
static unsigned lines_to_end(const struct press *press, double title, double tail)
{
	const double room = press_end(press) - press->y - title - tail - 2;
	return room > 0 ? (unsigned)(room / press_line(press)) : 0;
}

static void put_box(struct press *press, const struct lt_json_node *block)
{
	const struct text_style style = value_style(press, press_breadth(press));
	const char *text = lt_json_get_text(block, "text");
	const double title = box_title_height(press);
	double body = box_body(press, block);
	const bool is_small = title + body < most_height(press) * 0.3;
	const double tail = is_small || lt_json_get_bool(block, "fill") ? form_tail(press, block->next)
									  : 0;
	unsigned lines = (unsigned)lt_json_get_int(block, "lines");
	const bool fits = title + body <= most_height(press);
	press_need(press, fits ? title + body + tail : title + 4 * press_line(press));
	if (lt_json_get_bool(block, "fill") && fits) {
		const unsigned more = lines_to_end(press, title, tail);
		lines = more > lines ? more : lines;
		body = fmax(body, lines * press_line(press));
	}
	const double top = press->y;
	put_box_title(press, lt_json_get_text(block, "title"));
	if (!fits) {
		put_long_box(press, text, &style, top);
		return;
	}
	if (text[0])
		paint_text(&press->painter, text, &style, press_left(press) + PAD_X, press->y);
	else
		press_write_lines(press, press_left(press) + PAD_X, press->y,
				  press_breadth(press) - 2 * PAD_X, lines);
	press->y = top + title + body;
	press_frame(press, press_left(press), top, press_breadth(press), press->y - top);
}

/* ---- boxes to tick ---- */

void press_tick(struct press *press, double x, double y, double side, bool ticked)
{
	cairo_t *cr = press->painter.cr;
	paint_colour(cr, FORM_INK, 1);
	cairo_set_line_width(cr, 0.7);
	cairo_rectangle(cr, x, y, side, side);
	cairo_stroke(cr);
	if (!ticked)
		return;
	cairo_set_line_width(cr, 1.3);
	cairo_move_to(cr, x + side * 0.18, y + side * 0.52);
	cairo_line_to(cr, x + side * 0.42, y + side * 0.78);
	cairo_line_to(cr, x + side * 0.86, y + side * 0.2);
	cairo_stroke(cr);
}

/* The options in rows; draws them, or only says how high they are. */
static double options(struct press *press, const struct lt_json_node *list, double x0, double width,
		      double y, bool draws)
{
	const struct text_style style = { .size = press_size(press, 0), .colour = FORM_INK };
	const double side = press_size(press, -1), line = press_line(press);
	double x = x0, used = line;
	for (const struct lt_json_node *option = list->first; option; option = option->next) {
		double text, height;
		const char *title = lt_json_get_text(option, "title");
		height = paint_measure(&press->painter, title, &style, &text);
		if (x > x0 && x + side + 5 + text > x0 + width) {
			x = x0;
			used += line;
		}
		if (draws) {
			const double top = y + used - line;
			press_tick(press, x, top + (line - side) / 2, side,
				   lt_json_get_bool(option, "ticked"));
			paint_text(&press->painter, title, &style, x + side + 5,
				   top + (line - height) / 2);
		}
		x += side + 5 + text + 18;
	}
	return used;
}

static void put_choice(struct press *press, const struct lt_json_node *block)
{
	const char *title = lt_json_get_text(block, "title");
	const struct lt_json_node *list = lt_json_get(block, "options");
	const double breadth = press_breadth(press);
	const double label =
		label_breadth(press, lt_json_get(block, "cells"), title, breadth / 2);
	const double x = press_left(press) + label, width = breadth - label;
	const struct text_style style = label_style(press, label);
	const double text = paint_measure(&press->painter, title, &style, NULL);
	const double used = options(press, list, x + PAD_X, width - 2 * PAD_X, 0, false);
	const double height = fmax(used, text + 2 * PAD_Y * press->scale);
	press_need(press, height);
	press_shade(press, press_left(press), press->y, label, height);
	paint_text(&press->painter, title, &style, press_left(press) + PAD_X,
		   press->y + (height - text) / 2);
	options(press, list, x + PAD_X, width - 2 * PAD_X, press->y + (height - used) / 2, true);
	press_frame(press, press_left(press), press->y, label, height);
	press_frame(press, x, press->y, width, height);
	press->y += height;
}

/* ---- where people sign ---- */

#define SIGN_LINES 3.4 /* to sign on, at least */
#define SIGN_DATE(press) press_say(press, "年      月      日", "Date:                     ")

static struct text_style day_style(const struct press *press)
{
	return (struct text_style){ .size = press_size(press, -1),
				    .colour = FORM_QUIET,
				    .anchor = ANCHOR_END };
}

static double sum_shares(const struct lt_json_node *cells)
{
	double all = 0;
	for (const struct lt_json_node *cell = cells->first; cell; cell = cell->next)
		all += lt_json_get_int(cell, "share");
	return fmax(all, 1);
}

/* Room to sign, and for what is printed there. */
static double sign_height(struct press *press, const struct lt_json_node *cell, double width)
{
	const struct text_style title = label_style(press, width), name = value_style(press, width),
				day = day_style(press);
	const char *text = lt_json_get_text(cell, "text");
	const double all =
		paint_measure(&press->painter, lt_json_get_text(cell, "title"), &title, NULL) +
		(text[0] ? paint_measure(&press->painter, text, &name, NULL) : 0) +
		paint_measure(&press->painter, SIGN_DATE(press), &day, NULL) +
		(3 * PAD_Y + 3) * press->scale;
	return fmax(all, SIGN_LINES * press_line(press));
}

static void draw_sign(struct press *press, const struct lt_json_node *cell, const char *text,
		      double x, double width, double height)
{
	const struct text_style title = label_style(press, width), name = value_style(press, width),
				day = day_style(press);
	const double above = paint_text(&press->painter, lt_json_get_text(cell, "title"), &title,
					x + PAD_X, press->y + PAD_Y * press->scale);
	if (text[0])
		paint_text(&press->painter, text, &name, x + PAD_X,
			   press->y + above + (PAD_Y + 3) * press->scale);
	const char *date = SIGN_DATE(press);
	const double foot = paint_measure(&press->painter, date, &day, NULL);
	paint_text(&press->painter, date, &day, x + width - PAD_X,
		   press->y + height - foot - PAD_Y * press->scale);
	press_frame(press, x, press->y, width, height);
}

static void put_signs(struct press *press, const struct lt_json_node *block)
{
	const struct lt_json_node *cells = lt_json_get(block, "cells");
	double x = press_left(press), height = SIGN_LINES * press_line(press);
	const double share = press_breadth(press) / sum_shares(cells);
	/* what is longer than a page stands above the cells */
	for (const struct lt_json_node *cell = cells->first; cell; cell = cell->next) {
		const double one = sign_height(press, cell, share * lt_json_get_int(cell, "share"));
		if (one > most_height(press))
			form_put_long(press, lt_json_get_text(cell, "title"),
				      lt_json_get_text(cell, "text"));
		else
			height = fmax(height, one);
	}
	press_need(press, height);
	for (const struct lt_json_node *cell = cells->first; cell; cell = cell->next) {
		const double width = share * lt_json_get_int(cell, "share");
		const bool fits = sign_height(press, cell, width) <= most_height(press);
		draw_sign(press, cell, fits ? lt_json_get_text(cell, "text") : "", x, width, height);
		x += width;
	}
	press->y += height;
}

/* ---- all ---- */

static double signs_height(struct press *press, const struct lt_json_node *block)
{
	const struct lt_json_node *cells = lt_json_get(block, "cells");
	const double share = press_breadth(press) / sum_shares(cells);
	double height = SIGN_LINES * press_line(press);
	for (const struct lt_json_node *cell = cells->first; cell; cell = cell->next)
		height = fmax(height, sign_height(press, cell, share * lt_json_get_int(cell, "share")));
	return height;
}

/* The height of a block that may stand between a table and its signatures; below 0 for others. */
static double height_of(struct press *press, const struct lt_json_node *block)
{
	const char *kind = lt_json_get_text(block, "block");
	const struct text_style style = { .size = press_size(press, 0),
					  .width = press_breadth(press) };
	if (strcmp(kind, "gap") == 0)
		return 10 * press->scale;
	if (strcmp(kind, "text") == 0)
		return paint_measure(&press->painter, lt_json_get_text(block, "text"), &style, NULL) *
			       1.15 +
		       12 * press->scale;
	if (strcmp(kind, "box") == 0)
		return box_title_height(press) + box_body(press, block);
	return strcmp(kind, "sign") == 0 ? signs_height(press, block) : -1;
}

double form_tail(struct press *press, const struct lt_json_node *block)
{
	double all = 0;
	for (; block; block = block->next) {
		const double height = height_of(press, block);
		if (height < 0)
			return 0;
		all += height;
		if (strcmp(lt_json_get_text(block, "block"), "sign") == 0)
			/* more than this would leave too much of a page empty */
			return all < (press_end(press) - press->top) * 0.4 ? all : 0;
	}
	return 0;
}

void form_put_blocks(struct press *press, const struct lt_json_node *sheet)
{
	static const struct {
		const char *name;
		void (*put)(struct press *press, const struct lt_json_node *block);
	} kinds[] = { { "heading", put_heading }, { "text", put_text },     { "fields", put_fields },
		      { "box", put_box },         { "choice", put_choice }, { "table", form_put_table },
		      { "sign", put_signs } };
	const struct lt_json_node *blocks = lt_json_get(sheet, "blocks");
	for (const struct lt_json_node *block = blocks->first; block && !press->failed;
	     block = block->next) {
		const char *kind = lt_json_get_text(block, "block");
		if (strcmp(kind, "break") == 0)
			press_new_page(press);
		if (strcmp(kind, "gap") == 0)
			press->y += 10 * press->scale;
		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			if (strcmp(kind, kinds[i].name) == 0)
				kinds[i].put(press, block);
	}
}
