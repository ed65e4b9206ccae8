/* held_text - what is written on a page, held back until all texts of the document are known and its
 * fonts can be cut to them (cut_font.h); for src/export alone. */
#ifndef LINGTAN_SRC_EXPORT_HELD_TEXT_H
#define LINGTAN_SRC_EXPORT_HELD_TEXT_H

#include <stdbool.h>
#include "cut_font.h"

struct held_piece;

/* Of one page; all zero to begin with. */
struct held_text {
	struct held_piece *pieces; /* owned */
	unsigned n, cap;
	bool failed; /* memory ran out */
};

/* A layout, or one line of it (NULL = all), to be shown where cr stands, in its ink and scale: a line
 * with its baseline there, a layout with its upper left corner. The layout is not changed from then on. */
void held_text_add(struct held_text *held, struct cut_fonts *cut, cairo_t *cr, PangoLayout *layout,
		   PangoLayoutLine *line);

/* In the order in which they were added. */
void held_text_show(const struct held_text *held, struct cut_fonts *cut, cairo_t *cr);

void held_text_release(struct held_text *held);

#endif
