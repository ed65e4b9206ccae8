/*
 * grid - the cells of one frame, as they are meant: a cluster, an ink and a ground each.
 *
 * Screens draw into a grid from nothing, every frame; terminal.c sends what differs from the frame
 * before. A wide cluster stands in its left cell, the right one has `columns` 0. Where the terminal
 * cannot draw the program's own signs one column wide, draw.c writes their twins of ASCII.
 */
#ifndef LINGTAN_TUI_GRID_H
#define LINGTAN_TUI_GRID_H

#include <stdbool.h>
#include <stdint.h>
#include "cluster.h"
#include "style.h"

struct cell {
	char text[CLUSTER_DRAWN]; /* "" = a blank */
	uint8_t columns;          /* 1, 2, or 0 for the right half of a wide one */
	uint8_t ink, ground;
	bool is_picture;      /* two pixels, one above the other, in place of text, ink and ground */
	uint8_t upper, lower; /* their colours, of 256 */
};

struct grid {
	int rows, cols;
	struct cell *cells; /* owned, [rows * cols] */
	int cursor_row, cursor_col;
	bool cursor_shown;
	bool twins;        /* own signs as ASCII */
	bool has_pixels;   /* the terminal has 256 colours and half blocks; else signs stand for them */
};

void grid_init(struct grid *grid);
void grid_release(struct grid *grid);

/* Makes room, and blanks it; false without memory, and the grid stays as it was. */
bool grid_resize(struct grid *grid, int rows, int cols);
void grid_clear(struct grid *grid);

/* NULL outside. */
struct cell *grid_at(const struct grid *grid, int row, int col);

/* Puts a cluster at a place; what it overlaps of wide ones becomes blank. Keeps the ground. */
void grid_put(struct grid *grid, int row, int col, enum ink ink, const char *text, int columns);

/* Two pixels in one cell, where the terminal has them. */
void grid_put_pixels(struct grid *grid, int row, int col, uint8_t upper, uint8_t lower);

bool cell_equals(const struct cell *a, const struct cell *b);

#endif
