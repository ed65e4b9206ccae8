/* paint - charts and texts with cairo and pango; for src/export alone. Opens fonts when it first
 * draws: whoever closes the box draws before. */
#ifndef LINGTAN_SRC_EXPORT_PAINT_H
#define LINGTAN_SRC_EXPORT_PAINT_H

#include <pango/pangocairo.h>
#include "chart.h"
#include "held_text.h"

struct text_style {
	double size; /* points */
	bool bold;
	const char *colour; /* RRGGBB with #; NULL = black */
	double width;       /* wraps at; 0 = one line */
	enum anchor anchor; /* of the box or line at x */
};

/* One for a whole document: layouts are costly to make. */
struct painter {
	cairo_t *cr; /* borrowed */
	PangoLayout *layout;
	PangoFontDescription *font;
	const char *missing; /* a text with a character that no font has; NULL = none */
	struct held_text *held; /* texts go there instead of onto the canvas; NULL = onto pixels */
	struct cut_fonts *cut;	/* and their glyphs there */
};

void painter_begin(struct painter *painter, cairo_t *cr);
void painter_end(struct painter *painter);
/* Gives back what cairo and pango keep of fonts between two painters; at the end. */
void paint_finish(void);

void paint_colour(cairo_t *cr, const char *colour, double alpha);
/* Height of a text, and its width; what paint_text() will take. */
double paint_measure(struct painter *painter, const char *text, const struct text_style *style,
		     double *width);
/* Draws with its upper edge at y; returns its height. */
double paint_text(struct painter *painter, const char *text, const struct text_style *style,
		  double x, double y);

/* The same in two steps, for what is measured before it is drawn: a text laid out, then drawn as it
 * is. Owned by the caller (g_object_unref). */
PangoLayout *paint_lay_out(struct painter *painter, const char *text, const struct text_style *style,
			   double *height);
void paint_laid_out(struct painter *painter, PangoLayout *layout, const struct text_style *style,
		    double x, double y);

/* In the ink that is set, with its upper left corner where the canvas has been moved to. */
void paint_here(struct painter *painter, const char *text, const struct text_style *style);

/* Line by line, for what goes on over pages. */
double paint_line_height(PangoLayoutIter *at, const struct text_style *style);
void paint_line(struct painter *painter, PangoLayoutIter *at, const struct text_style *style,
		double x, double y);

/* A chart with its upper left corner at x, y, so many points wide. */
void paint_picture(struct painter *painter, const struct picture *picture, double x, double y,
		   double width);

/* The same as a PNG of `scale` pixels a point; *png is owned by the caller. Errors: LT_ESPACE,
 * LT_EFILE (a character that no font has). */
enum lt_status paint_png(const struct picture *picture, double scale, char **png, size_t *len,
			 struct lt_err *err);

#endif
