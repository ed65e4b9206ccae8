/* sheet - a page that is being drawn: text and lines with cairo and pango; for src/export alone. */
#ifndef LINGTAN_SRC_EXPORT_SHEET_H
#define LINGTAN_SRC_EXPORT_SHEET_H

#include <pango/pangocairo.h>
#include <stdbool.h>
#include "cut_font.h"
#include "lingtan/base/err.h"

#define A4_WIDTH 595.276
#define A4_HEIGHT 841.89

struct colour {
	double r, g, b;
};

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct style {
	double size; /* points */
	bool bold;
	struct colour colour;
	double alpha; /* 0 counts as 1 */
	enum align align;
	double width;   /* wraps at; 0 = one line */
	double spacing; /* between letters, points */
	double leading; /* between lines, points more than the font's own */
};

struct sheet {
	cairo_t *cr; /* NULL: only measured */
	struct cut_fonts *cut;
	bool notes_glyphs; /* for the cut fonts, and nothing is drawn */
	PangoContext *context;
	const char *family;
	struct lt_err *err; /* the first failure stays */
};

/* RRGGBB; black where it is none. */
struct colour colour_of(const char *text);

/* Draws at the top left (or middle, or right) of the box; returns its height. A character that no
 * font has is a failure in sheet->err, never a box on paper. */
double sheet_text(struct sheet *sheet, const char *text, const struct style *style, double x,
		  double y);
double sheet_measure(struct sheet *sheet, const char *text, const struct style *style,
		     double *width);

void sheet_line(struct sheet *sheet, double x0, double y0, double x1, double y1, double width,
		struct colour colour, double alpha);

/* The frame of a certificate: waves between two lines, rosettes in the corners and behind. */
struct frame_inks {
	struct colour accent, gold;
};
void frame_draw(struct sheet *sheet, const struct frame_inks *inks);
void frame_emblem(struct sheet *sheet, double x, double y, double radius,
		  const struct frame_inks *inks);

#endif
