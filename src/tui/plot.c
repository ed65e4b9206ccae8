#include "plot.h"

#include <math.h>
#include <string.h>

#define TURN 6.283185307179586
#define DOTS_WIDE 2
#define DOTS_HIGH 4
#define FULL 1000

void plot_init(struct plot *plot, int rows, int cols)
{
	memset(plot, 0, sizeof(*plot));
	plot->rows = rows < 0 ? 0 : rows > PLOT_MOST_ROWS ? PLOT_MOST_ROWS : rows;
	plot->cols = cols < 0 ? 0 : cols > PLOT_MOST_COLS ? PLOT_MOST_COLS : cols;
}

static void put_dot(struct plot *plot, enum plot_layer layer, double x, double y)
{
	static const uint8_t bits[DOTS_HIGH][DOTS_WIDE] = {
		{ 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 }
	};
	const long col = lround(x), row = lround(y);
	if (col < 0 || row < 0 || col >= (long)plot->cols * DOTS_WIDE ||
	    row >= (long)plot->rows * DOTS_HIGH)
		return;
	plot->dots[layer][row / DOTS_HIGH][col / DOTS_WIDE] |=
		bits[row % DOTS_HIGH][col % DOTS_WIDE];
}

void plot_line(struct plot *plot, enum plot_layer layer, double x, double y, double to_x,
	       double to_y, int every)
{
	const int n = (int)ceil(fmax(fabs(to_x - x), fabs(to_y - y)));
	for (int i = 0; i <= n; i += every) {
		const double part = n > 0 ? (double)i / n : 0;
		put_dot(plot, layer, x + (to_x - x) * part, y + (to_y - y) * part);
	}
}

static void draw_circle(struct plot *plot, enum plot_layer layer, double x, double y, double radius,
			int every)
{
	const int n = (int)ceil(radius * TURN);
	for (int i = 0; i < n; i += every) {
		const double angle = TURN * i / n;
		put_dot(plot, layer, x + radius * sin(angle), y - radius * cos(angle));
	}
}

void plot_sign(const struct plot *plot, int row, int col, int twins, char sign[PLOT_SIGN],
	       enum plot_layer *layer)
{
	static const char twin[PLOT_LAYERS] = { '.', 'o', '*' };
	sign[0] = '\0';
	for (int i = PLOT_LAYERS - 1; i >= 0; i--) {
		const unsigned dots = plot->dots[i][row][col];
		if (!dots)
			continue;
		*layer = (enum plot_layer)i;
		if (twins) {
			sign[0] = twin[i];
			sign[1] = '\0';
			return;
		}
		sign[0] = (char)0xe2; /* U+2800 and the dots */
		sign[1] = (char)(0xa0 | dots >> 6);
		sign[2] = (char)(0x80 | (dots & 0x3f));
		sign[3] = '\0';
		return;
	}
}

/* ---- the radar ---- */

struct circle {
	double x, y, radius;
};

/* The largest circle whose dots all lie inside. */
static struct circle circle_of(const struct plot *plot)
{
	const double wide = plot->cols * DOTS_WIDE - 1, high = plot->rows * DOTS_HIGH - 1;
	return (struct circle){ wide / 2, high / 2, fmin(wide, high) / 2 };
}

static double angle_of(int i, int n_axes)
{
	return i * TURN / n_axes;
}

static void draw_shape(struct plot *plot, enum plot_layer layer, const int *shares, int n_axes,
		       int every)
{
	const struct circle circle = circle_of(plot);
	double last_x = 0, last_y = 0;
	for (int i = 0; i <= n_axes; i++) {
		const int share = shares[i % n_axes];
		const double length = circle.radius * fmin(fmax(share, 0), FULL) / FULL;
		const double angle = angle_of(i % n_axes, n_axes);
		const double x = circle.x + length * sin(angle);
		const double y = circle.y - length * cos(angle);
		if (i > 0)
			plot_line(plot, layer, last_x, last_y, x, y, every);
		last_x = x;
		last_y = y;
	}
}

#define MOST_AXES 24

void radar_draw(struct plot *plot, const struct radar_axis *axes, int n_axes)
{
	const struct circle circle = circle_of(plot);
	int low[MOST_AXES], high[MOST_AXES];
	if (n_axes < 3 || n_axes > MOST_AXES)
		return;
	for (int i = 0; i < n_axes; i++) {
		low[i] = axes[i].low;
		high[i] = axes[i].high;
	}
	draw_circle(plot, PLOT_RIM, circle.x, circle.y, circle.radius, 2);
	draw_shape(plot, PLOT_POSSIBLE, high, n_axes, 2);
	draw_shape(plot, PLOT_GOT, low, n_axes, 1);
}

/* Half the columns that the rim takes in a row of cells, 0 outside. */
static double half_width(const struct plot *plot, int row)
{
	const struct circle circle = circle_of(plot);
	double widest = 0;
	for (int i = 0; i < DOTS_HIGH; i++) {
		const double y = row * DOTS_HIGH + i - circle.y;
		const double square = circle.radius * circle.radius - y * y;
		if (square > widest * widest)
			widest = sqrt(square);
	}
	return (widest + 0.5) / DOTS_WIDE;
}

void radar_place_label(const struct plot *plot, int i, int n_axes, int columns, int *row, int *col)
{
	const struct circle circle = circle_of(plot);
	const double angle = angle_of(i, n_axes);
	const double middle = plot->cols / 2.0, across = sin(angle), up = cos(angle);

	if (fabs(across) < 0.2) {
		*row = up > 0 ? -1 : plot->rows;
		*col = (int)lround(middle - columns / 2.0);
		return;
	}
	*row = (int)floor((circle.y - circle.radius * up) / DOTS_HIGH + 0.5 * (1 - fabs(up)));
	if (*row < 0)
		*row = 0;
	if (*row >= plot->rows)
		*row = plot->rows - 1;
	const double half = half_width(plot, *row);
	*col = across > 0 ? (int)ceil(middle + half) + 1 : (int)floor(middle - half) - 1 - columns;
}
