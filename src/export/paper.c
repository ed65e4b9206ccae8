/* Pages of a PDF: what goes round the blocks. */
#include "paper.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"
#include "lingtan/export/box.h"
#include "lingtan/export/paper_out.h"

#define ENTRY_HEIGHT 17.0 /* the 39 of a report are one page */
#define CONTENTS_TOP (MARGIN_TOP + 46)
#define PER_PAGE ((unsigned)((PAGE_HEIGHT - CONTENTS_TOP - MARGIN_BOTTOM) / ENTRY_HEIGHT))

static const char *say(const struct paper *paper, const char *zh, const char *en)
{
	return paper->document->lang == LT_ZH ? zh : en;
}

/* ---- filling pages ---- */

static void end_page(struct paper *paper)
{
	cairo_t *cr = paper->painter.cr;
	if (!cr)
		return;
	if (!paper->missing)
		paper->missing = paper->painter.missing;
	paper->failed |= cairo_status(cr) != CAIRO_STATUS_SUCCESS || paper->painter.held->failed;
	painter_end(&paper->painter);
	cairo_destroy(cr);
}

static void draw_on(struct paper *paper, struct page *page)
{
	end_page(paper);
	painter_begin(&paper->painter, cairo_create(page->drawn));
	paper->painter.held = &page->text;
	paper->painter.cut = &paper->cut;
}

static struct page blank_page(void)
{
	const cairo_rectangle_t whole = { 0, 0, PAGE_WIDTH, PAGE_HEIGHT };
	return (struct page){
		.drawn = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &whole)
	};
}

static void release_page(struct page *page)
{
	cairo_surface_destroy(page->drawn);
	held_text_release(&page->text);
}

/* The page that is drawn on from here, which stays where it was if memory runs out. */
static void add_page(struct paper *paper)
{
	end_page(paper);
	if (paper->n_pages == paper->cap_pages) {
		const unsigned cap = paper->cap_pages * 2 + 64;
		struct page *grown = realloc(paper->pages, cap * sizeof(*grown));
		paper->failed |= !grown;
		if (grown) {
			paper->pages = grown;
			paper->cap_pages = cap;
		}
	}
	if (!paper->failed)
		paper->pages[paper->n_pages++] = blank_page();
	if (paper->n_pages)
		draw_on(paper, &paper->pages[paper->n_pages - 1]);
}

void paper_new_page(struct paper *paper)
{
	/* what does not fit is drawn over the last page, and the whole refused */
	paper->failed |= paper->n_pages == MOST_PAGES;
	add_page(paper);
	paper->y = MARGIN_TOP;
}

void paper_need(struct paper *paper, double height)
{
	if (paper->y + height > PAGE_HEIGHT - MARGIN_BOTTOM && paper->y > MARGIN_TOP)
		paper_new_page(paper);
}

void paper_skip(struct paper *paper, double height)
{
	if (paper->y > MARGIN_TOP)
		paper->y += height;
}

void paper_flow(struct paper *paper, const char *text, const struct text_style *style, double x,
		double width)
{
	struct text_style wrapped = *style;
	double all;
	wrapped.width = width;
	PangoLayout *layout = paint_lay_out(&paper->painter, text, &wrapped, &all);
	if (paper->y + all <= PAGE_HEIGHT - MARGIN_BOTTOM) {
		paint_laid_out(&paper->painter, layout, &wrapped, x, paper->y);
		paper->y += all;
		g_object_unref(layout);
		return;
	}
	/* line by line over the end of the page; the layout outlives the page */
	PangoLayoutIter *at = pango_layout_get_iter(layout);
	do {
		const double height = paint_line_height(at, style);
		paper_need(paper, height);
		paint_line(&paper->painter, at, style, x, paper->y);
		paper->y += height + style->size * 0.18;
	} while (pango_layout_iter_next_line(at));
	pango_layout_iter_free(at);
	g_object_unref(layout);
}

/* ---- cover ---- */

static void draw_cover(struct paper *paper)
{
	const struct document *document = paper->document;
	const struct text_style code = { .size = 12, .colour = "#cfe8dc" };
	const struct text_style title = { .size = 34, .bold = true, .colour = "#ffffff",
					  .width = PAGE_WIDTH - 140 };
	const struct text_style park = { .size = 17, .colour = "#ffffff", .width = PAGE_WIDTH - 140 };
	const struct text_style key = { .size = 11, .colour = "#66756f" };
	const struct text_style value = { .size = 12, .colour = "#1c2826", .width = PAGE_WIDTH - 250 };
	double y = 150;
	add_page(paper);
	struct painter *painter = &paper->painter;
	cairo_t *cr = painter->cr;
	if (!cr)
		return;
	cairo_pattern_t *band = cairo_pattern_create_linear(0, 0, PAGE_WIDTH, 360);
	cairo_pattern_add_color_stop_rgb(band, 0, 0.043, 0.29, 0.22);
	cairo_pattern_add_color_stop_rgb(band, 1, 0.07, 0.50, 0.37);
	cairo_rectangle(cr, 0, 0, PAGE_WIDTH, 360);
	cairo_set_source(cr, band);
	cairo_fill(cr);
	cairo_pattern_destroy(band);
	y += paint_text(painter, document->code, &code, 70, y) + 10;
	y += paint_text(painter, document->title, &title, 70, y) + 14;
	paint_text(painter, document->park, &park, 70, y);
	y = 410;
	for (unsigned i = 0; i < document->n_cover; i++) {
		paint_text(painter, document->cover[i][0].text, &key, 70, y + 1);
		y += paint_text(painter, document->cover[i][1].text, &value, 170, y) + 9;
		paint_colour(cr, "#dde5e1", 1);
		cairo_set_line_width(cr, 0.6);
		cairo_move_to(cr, 70, y);
		cairo_line_to(cr, PAGE_WIDTH - 70, y);
		cairo_stroke(cr);
		y += 9;
	}
	if (document->mark) {
		const struct text_style mark = { .size = 13, .bold = true, .colour = "#b3362b" };
		const struct text_style reason = { .size = 10.5, .colour = "#7a4e05",
						   .width = PAGE_WIDTH - 140 };
		y += 14;
		y += paint_text(painter, document->mark, &mark, 70, y) + 5;
		paint_text(painter, document->mark_reason, &reason, 70, y);
	}
}

/* ---- contents ---- */

/* No links from here: those of cairo 1.16 have no target and leave holes in the list of objects. The
 * outline leads to the headings. */

static unsigned count_entries(const struct document *document)
{
	unsigned n = 0;
	for (const struct block *block = document->first; block; block = block->next)
		n += block->kind == BLOCK_HEADING && block->level <= 2;
	return n;
}

static void draw_entry(struct painter *painter, const struct block *block, unsigned page, double y)
{
	cairo_t *cr = painter->cr;
	char number[16];
	double title_width, number_width;
	const double x = MARGIN_SIDE + (block->level == 2 ? 20 : 0);
	const struct text_style style = { .size = block->level == 1 ? 11.5 : 10.5,
					  .colour = block->level == 1 ? "#1c2826" : "#66756f" };
	const struct text_style right = { .size = style.size, .colour = style.colour,
					  .anchor = ANCHOR_END };
	snprintf(number, sizeof(number), "%u", page);
	paint_text(painter, block->text, &style, x, y);
	paint_text(painter, number, &right, PAGE_WIDTH - MARGIN_SIDE, y);
	paint_measure(painter, block->text, &style, &title_width);
	paint_measure(painter, number, &right, &number_width);
	const double dash[] = { 0.8, 3.2 };
	const double from = x + title_width + 6, to = PAGE_WIDTH - MARGIN_SIDE - number_width - 6;
	if (to <= from)
		return;
	paint_colour(cr, "#b8c6bf", 1);
	cairo_set_line_width(cr, 0.8);
	cairo_set_dash(cr, dash, 2, 0);
	cairo_move_to(cr, from, y + 12);
	cairo_line_to(cr, to, y + 12);
	cairo_stroke(cr);
	cairo_set_dash(cr, NULL, 0, 0);
}

/* ---- foot and mark ---- */

static void draw_foot_line(cairo_t *cr)
{
	paint_colour(cr, "#dde5e1", 1);
	cairo_set_line_width(cr, 0.6);
	cairo_move_to(cr, MARGIN_SIDE, PAGE_HEIGHT - 44);
	cairo_line_to(cr, PAGE_WIDTH - MARGIN_SIDE, PAGE_HEIGHT - 44);
	cairo_stroke(cr);
}

/* On the page at hand. */
static void draw_foot(struct paper *paper, unsigned page, unsigned n)
{
	struct painter *painter = &paper->painter;
	const struct text_style left = { .size = 8, .colour = "#66756f" };
	const struct text_style right = { .size = 8, .colour = "#66756f", .anchor = ANCHOR_END };
	const struct text_style mark = { .size = 8.5, .bold = true, .colour = "#b3362b",
					 .anchor = ANCHOR_END };
	char number[32];
	snprintf(number, sizeof(number), "%u / %u", page, n);
	paint_text(painter, paper->document->footer, &left, MARGIN_SIDE, PAGE_HEIGHT - 38);
	paint_text(painter, number, &right, PAGE_WIDTH - MARGIN_SIDE, PAGE_HEIGHT - 38);
	if (paper->document->mark)
		paint_text(painter, paper->document->mark, &mark, PAGE_WIDTH - MARGIN_SIDE, 30);
}

/* Under what is on a page, from corner to corner. */
static void draw_mark(struct paper *paper, struct page *page)
{
	const char *mark = paper->document->mark;
	struct text_style style = { .size = 150, .bold = true, .anchor = ANCHOR_START };
	double width;
	if (!mark)
		return;
	draw_on(paper, page);
	struct painter *painter = &paper->painter;
	cairo_t *cr = painter->cr;
	paint_measure(painter, mark, &style, &width);
	if (width > 560)
		style.size = 150 * 560 / width;
	const double height = paint_measure(painter, mark, &style, &width);
	cairo_translate(cr, PAGE_WIDTH / 2, PAGE_HEIGHT / 2);
	cairo_rotate(cr, -0.6);
	cairo_translate(cr, -width / 2, -height / 2);
	paint_colour(cr, "#8a1c12", 0.055);
	paint_here(painter, mark, &style);
	end_page(paper);
}

/* ---- the whole ---- */

static void put_outline(struct paper *paper, cairo_surface_t *surface, unsigned first)
{
	unsigned n = 0;
	int above = CAIRO_PDF_OUTLINE_ROOT;
	for (const struct block *block = paper->document->first; block; block = block->next) {
		char link[96];
		if (block->kind != BLOCK_HEADING)
			continue;
		const struct place *place = &paper->headings[n++];
		if (block->level > 2)
			continue;
		snprintf(link, sizeof(link), "page=%u pos=[%.1f %.1f]", first + place->page,
			 MARGIN_SIDE, place->y);
		const int id = cairo_pdf_surface_add_outline(
			surface, block->level == 1 ? CAIRO_PDF_OUTLINE_ROOT : above, block->text, link,
			0);
		above = block->level == 1 ? id : above;
	}
}

static void draw_contents(struct paper *paper, unsigned n_contents, unsigned all)
{
	const struct text_style title = { .size = 20, .bold = true, .colour = "#1c2826" };
	unsigned n = 0, entry = 0;
	for (const struct block *block = paper->document->first; block; block = block->next) {
		if (block->kind != BLOCK_HEADING)
			continue;
		const struct place *place = &paper->headings[n++];
		if (block->level > 2)
			continue;
		if (entry % PER_PAGE == 0) {
			if (entry)
				draw_foot(paper, 1 + entry / PER_PAGE, all);
			add_page(paper);
			if (!entry)
				paint_text(&paper->painter, say(paper, "目录", "Contents"), &title,
					   MARGIN_SIDE, MARGIN_TOP);
		}
		draw_entry(&paper->painter, block, 1 + n_contents + place->page,
			   CONTENTS_TOP + ENTRY_HEIGHT * (entry % PER_PAGE));
		entry++;
	}
	if (entry)
		draw_foot(paper, 1 + n_contents, all);
}

static void put_metadata(const struct document *document, cairo_surface_t *surface,
			 struct lt_arena *arena)
{
	const char *date = lt_arena_printf(arena, "%sT00:00:00", document->date);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, document->title);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, document->park);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "lingtan");
	if (date)
		cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

static cairo_status_t write_bytes(void *context, const unsigned char *bytes, unsigned len)
{
	return fwrite(bytes, 1, len, context) == len ? CAIRO_STATUS_SUCCESS
						     : CAIRO_STATUS_WRITE_ERROR;
}

/* What stands round the body, once it is known how many pages it has; the fonts are cut to the
 * texts of all pages when the first is shown. */
static void finish_pages(struct paper *paper, unsigned n_contents, struct page *mark)
{
	const unsigned n = paper->n_pages, all = 1 + n_contents + n;
	for (unsigned i = 0; i < n; i++) {
		draw_on(paper, &paper->pages[i]);
		draw_foot(paper, 2 + n_contents + i, all);
	}
	draw_cover(paper);
	draw_contents(paper, n_contents, all);
	end_page(paper);
	draw_mark(paper, mark);
}

/* mark: under it; NULL on the cover, which has no foot either. */
static void show_page(struct paper *paper, cairo_t *cr, const struct page *page,
		      const struct page *mark)
{
	if (mark)
		held_text_show(&mark->text, &paper->cut, cr);
	cairo_set_source_surface(cr, page->drawn, 0, 0);
	cairo_paint(cr);
	if (mark)
		draw_foot_line(cr);
	held_text_show(&page->text, &paper->cut, cr);
	cairo_show_page(cr);
}

static void print_pages(struct paper *paper, unsigned n_body, const struct page *mark, FILE *out)
{
	const unsigned n_front = paper->n_pages - n_body;
	cairo_surface_t *surface =
		cairo_pdf_surface_create_for_stream(write_bytes, out, PAGE_WIDTH, PAGE_HEIGHT);
	cairo_t *cr = cairo_create(surface);
	put_metadata(paper->document, surface, paper->arena);
	for (unsigned i = 0; i < paper->n_pages; i++)
		show_page(paper, cr, &paper->pages[i < n_front ? n_body + i : i - n_front],
			  i ? mark : NULL);
	put_outline(paper, surface, n_front);
	paper->failed |= cairo_status(cr) != CAIRO_STATUS_SUCCESS;
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	paper->failed |= cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(surface);
}

static void write_pages(struct paper *paper, FILE *out)
{
	const unsigned n_body = paper->n_pages, entries = count_entries(paper->document);
	struct page mark = blank_page();
	finish_pages(paper, (entries + PER_PAGE - 1) / PER_PAGE, &mark);
	if (!paper->failed)
		print_pages(paper, n_body, &mark, out);
	release_page(&mark);
}

static void release(struct paper *paper)
{
	for (unsigned i = 0; i < paper->n_pages; i++)
		release_page(&paper->pages[i]);
	free(paper->pages);
	cut_fonts_release(&paper->cut);
}

static enum lt_status write_paper(struct paper *paper, FILE *out, struct lt_err *err)
{
	enum lt_status status = paper_write_blocks(paper, err);
	end_page(paper);
	if (!status && !paper->failed)
		write_pages(paper, out);
	if (!status && paper->failed)
		status = paper->n_pages < MOST_PAGES
				 ? lt_err_memory(err)
				 : lt_err_set(err, LT_EFILE,
					      "报告正文超过 %u 页，没有写出；请改用 --format docx 或 html",
					      "the report has more than %u pages and was not written; take --format docx or html",
					      MOST_PAGES);
	if (!status && paper->missing)
		status = lt_err_set(err, LT_EFILE,
				    "本机字体缺字，不能印成方框：“%.*s”；请安装 fonts-noto-cjk，或换用字体里有的字",
				    "no font here has a character of '%.*s', and boxes are not printed; "
				    "install fonts-noto-cjk, or write it otherwise",
				    LT_CUT(paper->missing, 60));
	return status;
}

enum lt_status paper_print(int fd, FILE *out, struct lt_err *err)
{
	struct render_input input;
	struct document *document;
	box_close_to_fonts();
	enum lt_status status = render_input_read(fd, &input, err);
	if (!status)
		status = document_build(&input, &input.arena, &document, err);
	if (!status) {
		struct paper paper = { .document = document, .arena = &input.arena };
		status = write_paper(&paper, out, err);
		release(&paper);
		paint_finish();
	}
	render_input_release(&input);
	return status;
}
