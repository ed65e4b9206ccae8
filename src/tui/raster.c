#include "raster.h"

struct colour {
	unsigned red, green, blue;
};

/* The mean of the pixels under one of cols x rows squares. */
static struct colour mean_of(const struct preview *picture, int cols, int rows, int col, int row)
{
	const unsigned w = picture->width, h = picture->height;
	const unsigned x0 = (unsigned)col * w / (unsigned)cols,
		       y0 = (unsigned)row * h / (unsigned)rows;
	unsigned x1 = (unsigned)(col + 1) * w / (unsigned)cols,
		 y1 = (unsigned)(row + 1) * h / (unsigned)rows;
	struct colour sum = { 0 };
	x1 = x1 > x0 ? x1 : x0 + 1;
	y1 = y1 > y0 ? y1 : y0 + 1;
	for (unsigned y = y0; y < y1; y++)
		for (unsigned x = x0; x < x1; x++) {
			const unsigned char *pixel = picture->rgb + 3 * ((size_t)y * w + x);
			sum.red += pixel[0];
			sum.green += pixel[1];
			sum.blue += pixel[2];
		}
	const unsigned n = (x1 - x0) * (y1 - y0);
	return (struct colour){ sum.red / n, sum.green / n, sum.blue / n };
}

static unsigned step_of(unsigned value)
{
	return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;
}

static unsigned distance(struct colour a, struct colour b)
{
	const int red = (int)a.red - (int)b.red, green = (int)a.green - (int)b.green,
		  blue = (int)a.blue - (int)b.blue;
	return (unsigned)(red * red + green * green + blue * blue);
}

/* The nearest of xterm's cube of 216 colours and its 24 greys. */
static uint8_t number_of(struct colour colour)
{
	static const unsigned levels[] = { 0, 95, 135, 175, 215, 255 };
	const unsigned r = step_of(colour.red), g = step_of(colour.green), b = step_of(colour.blue);
	const struct colour cube = { levels[r], levels[g], levels[b] };
	const unsigned mean = (colour.red + colour.green + colour.blue) / 3;
	const unsigned grey = mean < 8 ? 0 : mean > 238 ? 23 : (mean - 8) / 10;
	const struct colour plain = { 8 + 10 * grey, 8 + 10 * grey, 8 + 10 * grey };
	return (uint8_t)(distance(colour, plain) < distance(colour, cube) ? 232 + grey
									    : 16 + 36 * r + 6 * g + b);
}

/* Brighter pixels are denser signs: the ground is taken to be dark. */
static void put_sign(const struct canvas *canvas, int row, int col, struct colour upper,
		     struct colour lower)
{
	static const char ramp[] = " .:-=+*#%@";
	const unsigned light = (3 * (upper.red + lower.red) + 6 * (upper.green + lower.green) +
				upper.blue + lower.blue) /
			       20;
	const char sign[2] = { ramp[light * 9 / 255], '\0' };
	draw_text(canvas, row, col, INK_TEXT, sign);
}

int raster_draw(const struct canvas *canvas, const struct preview *picture)
{
	const struct colour none = { 0 };
	int cols = canvas->cols, rows = 2 * canvas->rows; /* of squares */
	if (cols < 1 || rows < 2 || !picture->width || !picture->height)
		return 0;
	if ((long)cols * (long)picture->height > (long)rows * (long)picture->width)
		cols = (int)((long)rows * (long)picture->width / (long)picture->height);
	else
		rows = (int)((long)cols * (long)picture->height / (long)picture->width);
	cols = cols < 1 ? 1 : cols;
	rows = rows < 1 ? 1 : rows;
	for (int row = 0; row < (rows + 1) / 2; row++)
		for (int col = 0; col < cols; col++) {
			const struct colour upper = mean_of(picture, cols, rows, col, 2 * row);
			const struct colour lower =
				2 * row + 1 < rows
					? mean_of(picture, cols, rows, col, 2 * row + 1)
					: none;
			if (canvas->grid->has_pixels)
				grid_put_pixels(canvas->grid, canvas->row + row, canvas->col + col,
						number_of(upper), number_of(lower));
			else
				put_sign(canvas, row, col, upper, lower);
		}
	return (rows + 1) / 2;
}
