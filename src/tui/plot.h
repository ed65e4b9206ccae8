/*
 * plot - lines of braille dots, two by four in a cell, in three layers; the radar is drawn on
 * it.
 *
 * A cell has one colour: where layers meet, it shows the dots of the highest alone. Dots outside
 * are left out. Coordinates are dots from the top left, x to the right, y down; a cell is about
 * twice as high as wide, so dots stand about square.
 */
#ifndef LINGTAN_TUI_PLOT_H
#define LINGTAN_TUI_PLOT_H

#include <stdint.h>

#define PLOT_MOST_ROWS 32
#define PLOT_MOST_COLS 80
#define PLOT_SIGN 4 /* bytes of a sign, with NUL */

enum plot_layer { PLOT_RIM, PLOT_POSSIBLE, PLOT_GOT, PLOT_LAYERS };

struct plot {
	int rows, cols;
	uint8_t dots[PLOT_LAYERS][PLOT_MOST_ROWS][PLOT_MOST_COLS];
};

/* Empty, of this size or the most there is. */
void plot_init(struct plot *plot, int rows, int cols);

/* Dots of a straight line, the first and then every nth. */
void plot_line(struct plot *plot, enum plot_layer layer, double x, double y, double to_x,
	       double to_y, int every);

/* The cell as UTF-8, a braille sign, or with twins * o . by its layer; "" where it is empty. */
void plot_sign(const struct plot *plot, int row, int col, int twins, char sign[PLOT_SIGN],
	       enum plot_layer *layer);

/* ---- what is drawn ---- */

/* What an axis has got and can still get, in thousandths of its full mark. */
struct radar_axis {
	int low, high;
};

/* The first axis points up, the others follow clockwise. Fewer than three axes have no shape:
 * nothing is drawn. */
void radar_draw(struct plot *plot, const struct radar_axis *axes, int n_axes);

/* Where a label of so many columns stands beside axis i; rows and columns of the plot, also above,
 * below or left of it: rows -1 and plot->rows, one column free beside the rim. */
void radar_place_label(const struct plot *plot, int i, int n_axes, int columns, int *row, int *col);

#endif
