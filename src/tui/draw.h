/*
 * draw - text and lines on a part of a grid.
 *
 * A canvas is a box of the grid; rows and columns count from its top left corner, and what does not
 * fit is left out. Text keeps the ground it is drawn on. Texts are valid UTF-8; whatever else they
 * hold is drawn as visible signs (cluster.h).
 */
#ifndef LINGTAN_TUI_DRAW_H
#define LINGTAN_TUI_DRAW_H

#include <stdarg.h>
#include "grid.h"

struct canvas {
	struct grid *grid;
	int row, col, rows, cols; /* of the box, in the grid */
};

struct canvas canvas_whole(struct grid *grid);

/* A box inside a box; negative rows or cols count from its lower right end: -1 = up to one short of
 * it, 0 = up to the end. */
struct canvas canvas_part(const struct canvas *canvas, int row, int col, int rows, int cols);

/* All of these give the column after what was drawn. */
int draw_text(const struct canvas *canvas, int row, int col, enum ink ink, const char *text);
int draw_bytes(const struct canvas *canvas, int row, int col, enum ink ink, const char *text,
	       size_t len);
int draw_format(const struct canvas *canvas, int row, int col, enum ink ink, const char *format,
		...) __attribute__((format(printf, 5, 6)));

/* At most so many columns, cut with "..". */
int draw_cut(const struct canvas *canvas, int row, int col, int cols, enum ink ink,
	     const char *text);

/* Whole and one column short of the right end, or not at all; gives the column after it, or col. */
int draw_if_whole(const struct canvas *canvas, int row, int col, enum ink ink, const char *text);

/* Wrapped to so many columns (wrap.h), at most so many rows of it; gives the row after it. */
int draw_wrapped(const struct canvas *canvas, int row, int col, int cols, int rows, enum ink ink,
		 const char *text);

/* Ends before column `end`; gives the column where it began. */
int draw_right(const struct canvas *canvas, int row, int end, enum ink ink, const char *text);

/* What a person typed, cluster for cluster as it is measured: never a twin. */
int draw_typed(const struct canvas *canvas, int row, int col, enum ink ink, const char *text,
	       size_t len);

/* A sign again and again. */
void draw_fill(const struct canvas *canvas, int row, int col, int cols, enum ink ink,
	       const char *sign);
void draw_upright(const struct canvas *canvas, int col, int row, int rows);

/* The ground under what is drawn. On a selection text becomes title and dim becomes text. */
void draw_ground(const struct canvas *canvas, int row, int col, int cols, enum ground ground);
/* Mark and ground of the row of a list on which one stands; has_focus: its zone is the one in use. */
void draw_selection(const struct canvas *canvas, int row, bool has_focus);

/* Blanks, with this ground. */
void draw_clear(const struct canvas *canvas, enum ground ground);

/* Takes the colour out of everything: what lies under a popup. */
void draw_quieten(const struct canvas *canvas, enum ink ink);

void draw_cursor(const struct canvas *canvas, int row, int col);

int text_columns(const char *text);

/* snprintf for what people read: where it does not fit it ends with "..", never inside a character.
 * Returns the bytes that stand in out. */
size_t text_format(char *out, size_t cap, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
size_t text_format_list(char *out, size_t cap, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));

#endif
