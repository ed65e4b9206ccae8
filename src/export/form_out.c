/* Sheets of a printed form: what stands round the blocks, and the file. */
#include "lingtan/export/form_out.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>
#include "form.h"
#include "lingtan/export/box.h"
#include "lingtan/export/input.h"
#include "lingtan/base/text.h"

#define MOST_PAGES 2000u
#define SMALLEST 0.62 /* of a sheet that is to be one page */
#define STEP 0.04
#define SMALLER 0.88 /* of a sheet that comes to one page less by it */
#define NEARLY_EMPTY 0.4

static const struct {
	const char *name;
	double width, height, side, top, bottom, size;
} sizes[] = {
	{ "a4", 595.28, 841.89, 50, 46, 50, 10 },
	{ "a4_landscape", 841.89, 595.28, 46, 42, 46, 9.5 },
	{ "a5", 419.53, 595.28, 30, 28, 36, 9 },
};

/* ---- pages ---- */

static void end_page(struct press *press)
{
	cairo_t *cr = press->painter.cr;
	if (!cr)
		return;
	if (!press->missing)
		press->missing = press->painter.missing;
	press->failed |= cairo_status(cr) != CAIRO_STATUS_SUCCESS || press->painter.held->failed;
	painter_end(&press->painter);
	cairo_destroy(cr);
}

static void draw_on(struct press *press, struct form_page *page)
{
	end_page(press);
	painter_begin(&press->painter, cairo_create(page->surface));
	press->painter.held = &page->text;
	press->painter.cut = &press->cut;
}

static bool grow(struct press *press)
{
	if (press->n_pages == MOST_PAGES)
		return false;
	if (press->n_pages < press->cap_pages)
		return true;
	const unsigned cap = press->cap_pages * 2 + 16;
	struct form_page *grown = realloc(press->pages, cap * sizeof(*grown));
	if (!grown)
		return false;
	press->pages = grown;
	press->cap_pages = cap;
	return true;
}

/* On every page of a sheet but its first: what it goes on with. */
static void draw_again(struct press *press)
{
	const struct text_style left = { .size = press_size(press, -1), .colour = FORM_QUIET };
	const struct text_style right = { .size = left.size, .colour = FORM_QUIET, .anchor = ANCHOR_END };
	const char *title =
		lt_arena_printf(press->arena, "%s%s", lt_json_get_text(press->form, "title"),
				press_say(press, "（续）", " (continued)"));
	press->failed |= !title;
	if (title)
		press->y += paint_text(&press->painter, title, &left, press_left(press), press->y);
	paint_text(&press->painter, lt_json_get_text(press->sheet, "number"), &right,
		   press->width - press->side, press->top);
	press->y += 5;
}

void press_new_page(struct press *press)
{
	const cairo_rectangle_t whole = { 0, 0, press->width, press->height };
	end_page(press);
	/* what does not fit is drawn over the last page, and the whole refused */
	press->failed |= !grow(press);
	if (!press->failed) {
		press->pages[press->n_pages] = (struct form_page){
			.surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &whole),
			.number = press->n_pages - press->first + 1
		};
		press->n_pages++;
	}
	if (!press->n_pages)
		return;
	draw_on(press, &press->pages[press->n_pages - 1]);
	press->y = press->top;
	if (press->n_pages - press->first > 1)
		draw_again(press);
}

bool press_need(struct press *press, double height)
{
	/* what is taller than a page begins one all the same */
	if (press->y + height <= press_end(press) || press->y <= press->top + 30)
		return false;
	press_new_page(press);
	return true;
}

/* ---- lines ---- */

static void press_rule(struct press *press, double x0, double y0, double x1, double y1, double width,
		const char *colour)
{
	cairo_t *cr = press->painter.cr;
	paint_colour(cr, colour, 1);
	cairo_set_line_width(cr, width);
	cairo_move_to(cr, x0, y0);
	cairo_line_to(cr, x1, y1);
	cairo_stroke(cr);
}

void press_frame(struct press *press, double x, double y, double width, double height)
{
	cairo_t *cr = press->painter.cr;
	paint_colour(cr, FORM_RULE, 1);
	cairo_set_line_width(cr, 0.6);
	cairo_rectangle(cr, x, y, width, height);
	cairo_stroke(cr);
}

void press_shade(struct press *press, double x, double y, double width, double height)
{
	paint_colour(press->painter.cr, FORM_SHADE, 1);
	cairo_rectangle(press->painter.cr, x, y, width, height);
	cairo_fill(press->painter.cr);
}

void press_write_lines(struct press *press, double x, double y, double width, unsigned n)
{
	static const double dots[] = { 0.6, 2.2 };
	cairo_t *cr = press->painter.cr;
	cairo_set_dash(cr, dots, 2, 0);
	for (unsigned i = 1; i <= n; i++)
		press_rule(press, x, y + i * press_line(press) - 2, x + width,
			   y + i * press_line(press) - 2, 0.6, FORM_WRITE);
	cairo_set_dash(cr, NULL, 0, 0);
}

/* ---- sheets ---- */

static void draw_head(struct press *press)
{
	const double breadth = press_breadth(press);
	const struct text_style quiet = { .size = press_size(press, -1), .colour = FORM_QUIET };
	const struct text_style number = { .size = press_size(press, 0),
					   .colour = FORM_INK,
					   .anchor = ANCHOR_END };
	const struct text_style title = { .size = press_size(press, 7),
					  .bold = true,
					  .colour = FORM_INK,
					  .width = breadth,
					  .anchor = ANCHOR_MIDDLE };
	const struct text_style below = { .size = press_size(press, -1.5),
					  .colour = FORM_QUIET,
					  .width = breadth,
					  .anchor = ANCHOR_MIDDLE };
	const char *no = lt_json_get_text(press->sheet, "number");
	const double middle = press->width / 2;
	paint_text(&press->painter, lt_json_get_text(press->form, "body"), &quiet,
		   press_left(press), press->y);
	if (no[0]) {
		const char *text = lt_arena_printf(press->arena, press_say(press, "编号 %s", "No. %s"), no);
		press->failed |= !text;
		if (text)
			paint_text(&press->painter, text, &number, press->width - press->side,
				   press->y);
	}
	press->y += press_size(press, 6) * 1.1;
	press->y += paint_text(&press->painter, lt_json_get_text(press->form, "title"), &title,
			       middle, press->y);
	if (lt_json_get_text(press->form, "subtitle")[0])
		press->y += 1 + paint_text(&press->painter,
					   lt_json_get_text(press->form, "subtitle"), &below,
					   middle, press->y);
	press->y += 8 * press->scale;
}

static void drop_pages(struct press *press, unsigned from)
{
	while (press->n_pages > from) {
		struct form_page *page = &press->pages[--press->n_pages];
		cairo_surface_destroy(page->surface);
		held_text_release(&page->text);
	}
}

static void put_once(struct press *press)
{
	press_new_page(press);
	if (press->failed)
		return;
	draw_head(press);
	form_put_blocks(press, press->sheet);
	end_page(press);
}

static void put_again(struct press *press, double scale)
{
	drop_pages(press, press->first);
	press->scale = scale;
	put_once(press);
}

/* A last page with little on it is saved where slightly smaller type does so. */
static void spare_page(struct press *press)
{
	const unsigned pages = press->n_pages - press->first;
	const double used = (press->y - press->top) / (press_end(press) - press->top);
	if (pages < 2 || used > NEARLY_EMPTY)
		return;
	for (double scale = 1 - STEP; scale >= SMALLER && !press->failed; scale -= STEP) {
		put_again(press, scale);
		if (press->n_pages - press->first < pages)
			return;
	}
	if (!press->failed)
		put_again(press, 1);
}

static void put_sheet(struct press *press, const struct lt_json_node *sheet)
{
	const bool one = lt_json_get_bool(press->form, "one_page");
	press->sheet = sheet;
	press->first = press->n_pages;
	press->scale = 1;
	put_once(press);
	while (one && press->n_pages - press->first > 1 && press->scale - STEP >= SMALLEST &&
	       !press->failed) {
		put_again(press, press->scale - STEP);
	}
	if (!one)
		spare_page(press);
	for (unsigned i = press->first; i < press->n_pages; i++) {
		press->pages[i].of = press->n_pages - press->first;
		press->pages[i].back = lt_json_get_text(sheet, "back");
	}
}

/* ---- the file ---- */

static void draw_foot(struct press *press, struct form_page *page)
{
	const struct text_style left = { .size = 7.5, .colour = FORM_QUIET };
	const struct text_style right = { .size = 7.5, .colour = FORM_QUIET, .anchor = ANCHOR_END };
	const double y = press->height - press->bottom + 14;
	const char *head = lt_json_get_text(press->form, "head");
	const char *foot = lt_arena_printf(
		press->arena, "%s  %s%s%s", lt_json_get_text(press->form, "date"),
		lt_json_get_text(press->form, "file"), head[0] ? "  " : "", head);
	/* whatever the sheet is about may be long */
	const size_t cut = lt_text_cut(page->back, strlen(page->back), 80);
	const char *number = lt_arena_printf(
		press->arena,
		press_say(press, "归档号 %.*s%s    第 %u 页  共 %u 页", "file as %.*s%s    page %u of %u"),
		(int)cut, page->back, page->back[cut] ? "…" : "", page->number, page->of);
	press->failed |= !foot || !number;
	if (press->failed)
		return;
	draw_on(press, page);
	paint_text(&press->painter, foot, &left, press->side, y);
	paint_text(&press->painter, number, &right, press->width - press->side, y);
	end_page(press);
}

static cairo_status_t write_bytes(void *context, const unsigned char *bytes, unsigned len)
{
	return fwrite(bytes, 1, len, context) == len ? CAIRO_STATUS_SUCCESS
						     : CAIRO_STATUS_WRITE_ERROR;
}

static void print_pages(struct press *press, FILE *out)
{
	cairo_surface_t *surface =
		cairo_pdf_surface_create_for_stream(write_bytes, out, press->width, press->height);
	cairo_t *cr = cairo_create(surface);
	const char *date = lt_arena_printf(press->arena, "%sT00:00:00",
					   lt_json_get_text(press->form, "date"));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
				       lt_json_get_text(press->form, "title"));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT,
				       lt_json_get_text(press->form, "park"));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "lingtan");
	if (date)
		cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
	for (unsigned i = 0; i < press->n_pages; i++) {
		cairo_set_source_surface(cr, press->pages[i].surface, 0, 0);
		cairo_paint(cr);
		held_text_show(&press->pages[i].text, &press->cut, cr);
		cairo_show_page(cr);
	}
	press->failed |= cairo_status(cr) != CAIRO_STATUS_SUCCESS;
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	press->failed |= cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(surface);
}

static void take_size(struct press *press)
{
	const char *wanted = lt_json_get_text(press->form, "size");
	size_t at = 0;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		if (strcmp(sizes[i].name, wanted) == 0)
			at = i;
	press->width = sizes[at].width;
	press->height = sizes[at].height;
	press->side = sizes[at].side;
	press->top = sizes[at].top;
	press->bottom = sizes[at].bottom;
	press->size = sizes[at].size;
}

static enum lt_status print(struct press *press, FILE *out, struct lt_err *err)
{
	const struct lt_json_node *sheets = lt_json_get(press->form, "sheets");
	take_size(press);
	for (const struct lt_json_node *sheet = sheets->first; sheet && !press->failed;
	     sheet = sheet->next)
		put_sheet(press, sheet);
	for (unsigned i = 0; i < press->n_pages && !press->failed; i++)
		draw_foot(press, &press->pages[i]);
	if (!press->failed && !press->missing)
		print_pages(press, out);
	if (press->failed && press->n_pages == MOST_PAGES)
		return lt_err_set(err, LT_EFILE, "“%s”超过 %u 页，没有印；请减少模板里的块和行，或分开印",
				  "'%s' has more than %u pages and was not printed; take blocks and rows out of the template, or print it in parts",
				  lt_json_get_text(press->form, "title"), MOST_PAGES);
	if (press->failed)
		return lt_err_memory(err);
	if (press->missing)
		return lt_err_set(err, LT_EFILE,
				  "本机字体缺字，不能印成方框：“%.*s”；请安装 fonts-noto-cjk，或换用字体里有的字",
				  "no font here has a character of '%.*s', and boxes are not printed; "
				  "install fonts-noto-cjk, or write it otherwise",
				  LT_CUT(press->missing, 60));
	return LT_OK;
}

enum lt_status form_print(int fd, FILE *out, struct lt_err *err)
{
	struct render_input input;
	box_close_to_fonts();
	enum lt_status status = render_input_read_as(fd, "lingtan-paper", &input, err);
	if (!status) {
		struct press press = { .form = input.report,
				       .arena = &input.arena,
				       .lang = input.lang };
		status = print(&press, out, err);
		end_page(&press);
		drop_pages(&press, 0);
		free(press.pages);
		cut_fonts_release(&press.cut);
		paint_finish();
	}
	render_input_release(&input);
	return status;
}
