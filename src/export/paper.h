/* paper - pages that fill from the top, kept until the contents can name their numbers; for
 * src/export/paper*.c alone. Lengths are points. */
#ifndef LINGTAN_SRC_EXPORT_PAPER_H
#define LINGTAN_SRC_EXPORT_PAPER_H

#include "paint.h"

#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define MARGIN_SIDE 54.0
#define MARGIN_TOP 58.0
#define MARGIN_BOTTOM 60.0
#define TEXT_WIDTH (PAGE_WIDTH - 2 * MARGIN_SIDE)
#define MOST_PAGES 3000u

struct place {
	unsigned page; /* from 1, of the body */
	double y;
};

/* What is on a page: a recording of all but its texts, which stand on top of it. */
struct page {
	cairo_surface_t *drawn;
	struct held_text text;
};

struct paper {
	const struct document *document;
	struct lt_arena *arena;
	struct cut_fonts cut;
	struct painter painter; /* of the page at hand */
	struct page *pages;	/* owned: of the body, then the cover and the contents */
	unsigned n_pages, cap_pages;
	double y;
	struct place *headings; /* in order */
	unsigned n_headings, cap_headings;
	const char *missing;
	bool failed; /* memory ran out, or pages did */
};

void paper_new_page(struct paper *paper);
/* Room for so much on this page, or a new one. */
void paper_need(struct paper *paper, double height);
void paper_skip(struct paper *paper, double height); /* never at the top of a page */
/* A text that may go on over pages. */
void paper_flow(struct paper *paper, const char *text, const struct text_style *style, double x,
		double width);

/* The blocks of the document, page by page. Errors: LT_ESPACE. */
enum lt_status paper_write_blocks(struct paper *paper, struct lt_err *err);

#endif
