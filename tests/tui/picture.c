/*
 * picture - draws the cells of a screen as a PNG, on an exact grid. Usage: picture dark|light|plain FILE.png <CELLS
 * CELLS is what Screen.cells_for_picture() writes: "COLUMNS ROWS CURSOR_ROW CURSOR_COLUMN SHOWN", then a line for each run of
 * one style: "ROW COLUMN FOREGROUND BACKGROUND FLAGS TEXT". Lines, bars and braille are drawn, not set, so that they join.
 * A character that no font has is an error: silent boxes would pass for text.
 */
#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <pango/pangocairo.h>

enum { CELL_W = 10, CELL_H = 22, MARGIN = 10, COLUMNS = 4096 };

struct colour {
	double r, g, b;
};

struct theme {
	const char *name;
	unsigned fg, bg;
};

static const struct theme themes[] = {{"dark", 0xd0d0d0, 0x121417}, {"light", 0x303030, 0xffffff}, {"plain", 0xcdcdcd, 0x101010}};

static const unsigned first_sixteen[16] = {0x000000, 0xcd3131, 0x0dbc79, 0xe5e510, 0x2472c8, 0xbc3fbc, 0x11a8cd, 0xe5e5e5, 0x666666,
	0xf14c4c, 0x23d18b, 0xf5f543, 0x3b8eea, 0xd670d6, 0x29b8db, 0xffffff};

struct picture {
	cairo_t *cairo;
	PangoLayout *layout;
	PangoFontDescription *narrow[2], *wide[2]; /* plain, bold */
	const struct theme *theme;
	int cols, rows;
	unsigned n_unknown;
};

/* ---- colours ---- */

static struct colour of_rgb(unsigned rgb)
{
	return (struct colour){(rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0};
}

static unsigned of_palette(unsigned i)
{
	static const unsigned steps[6] = {0, 0x5f, 0x87, 0xaf, 0xd7, 0xff};
	if (i < 16)
		return first_sixteen[i];
	if (i >= 232)
		return (8 + 10 * (i - 232)) * 0x010101u;
	i -= 16;
	return steps[i / 36 % 6] << 16 | steps[i / 6 % 6] << 8 | steps[i % 6];
}

static struct colour parse_colour(const char *text, unsigned own)
{
	if (text[0] == '#')
		return of_rgb((unsigned)strtoul(text + 1, NULL, 16));
	return of_rgb(text[0] == '-' ? own : of_palette((unsigned)strtoul(text, NULL, 10) & 255));
}

static struct colour between(struct colour a, struct colour b)
{
	return (struct colour){a.r * 0.6 + b.r * 0.4, a.g * 0.6 + b.g * 0.4, a.b * 0.6 + b.b * 0.4};
}

static void set_colour(cairo_t *cairo, struct colour c)
{
	cairo_set_source_rgb(cairo, c.r, c.g, c.b);
}

/* ---- what is drawn ---- */

struct line {
	wchar_t character;
	const char *arms; /* left, right, up, down: thickness 0, 1 or 2 */
};

static const struct line lines[] = {{L'─', "1100"}, {L'━', "2200"}, {L'│', "0011"}, {L'┃', "0022"}, {L'┌', "0101"}, {L'┐', "1001"},
	{L'└', "0110"}, {L'┘', "1010"}, {L'├', "0111"}, {L'┤', "1011"}, {L'┬', "1101"}, {L'┴', "1110"}, {L'┼', "1111"}, {L'┿', "2211"},
	{L'╂', "1122"}, {L'╋', "2222"}};

static void box(cairo_t *cairo, double x, double y, double w, double h)
{
	cairo_rectangle(cairo, x, y, w, h);
	cairo_fill(cairo);
}

static bool draw_line(cairo_t *cairo, wchar_t c, double x, double y)
{
	static const double thick[3] = {0, 1, 4};
	double mid_x = x + CELL_W / 2.0, mid_y = y + CELL_H / 2.0;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		if (lines[i].character != c)
			continue;
		double left = thick[lines[i].arms[0] - '0'], right = thick[lines[i].arms[1] - '0'];
		double up = thick[lines[i].arms[2] - '0'], down = thick[lines[i].arms[3] - '0'];
		double across = up > down ? up : down, along = left > right ? left : right;
		if (left > 0)
			box(cairo, x, floor(mid_y - left / 2), CELL_W / 2.0 + ceil(across / 2), left);
		if (right > 0)
			box(cairo, mid_x, floor(mid_y - right / 2), CELL_W / 2.0, right);
		if (up > 0)
			box(cairo, floor(mid_x - up / 2), y, up, CELL_H / 2.0 + ceil(along / 2));
		if (down > 0)
			box(cairo, floor(mid_x - down / 2), mid_y, down, CELL_H / 2.0);
		return true;
	}
	return false;
}

static bool draw_dashes(cairo_t *cairo, wchar_t c, double x, double y)
{
	if (c != L'╌')
		return false;
	for (int i = 0; i < 2; i++)
		box(cairo, x + 1 + 5 * i, floor(y + CELL_H / 2.0 - 0.5), 3, 1);
	return true;
}

static bool draw_braille(cairo_t *cairo, wchar_t c, double x, double y)
{
	/* bits 0-2 and 6 are the left column from above, 3-5 and 7 the right one */
	static const int left[4] = {0, 1, 2, 6}, right[4] = {3, 4, 5, 7};
	if (c < 0x2800 || c > 0x28ff)
		return false;
	unsigned dots = (unsigned)c - 0x2800;
	for (int i = 0; i < 4; i++) {
		double at = y + 2.5 + i * CELL_H / 4.0;
		if (dots >> left[i] & 1)
			box(cairo, x + 1, floor(at), 3, 3);
		if (dots >> right[i] & 1)
			box(cairo, x + 6, floor(at), 3, 3);
	}
	return true;
}

static bool draw_block(cairo_t *cairo, wchar_t c, double x, double y)
{
	if (c == L'▀')
		box(cairo, x, y, CELL_W, CELL_H / 2.0);
	else if (c >= L'▁' && c <= L'█')
		box(cairo, x, y + CELL_H - CELL_H * (c - L'▀') / 8.0, CELL_W, CELL_H * (c - L'▀') / 8.0);
	else if (c > L'█' && c <= L'▏')
		box(cairo, x, y, CELL_W * (8 - (c - L'█')) / 8.0, CELL_H);
	else
		return false;
	return true;
}

/* ---- what is set ---- */

static void draw_text(struct picture *p, const char *text, int len, double x, double y, int width, bool bold)
{
	int w, h;
	pango_layout_set_font_description(p->layout, (width > 1 ? p->wide : p->narrow)[bold]);
	pango_layout_set_text(p->layout, text, len);
	if (pango_layout_get_unknown_glyphs_count(p->layout) > 0 && p->n_unknown++ < 5)
		fprintf(stderr, "picture: no font has %.*s\n", len, text);
	pango_layout_get_size(p->layout, &w, &h);
	int baseline = pango_layout_get_baseline(p->layout);
	/* all on one baseline; each in the middle of its cells */
	cairo_move_to(p->cairo, x + (width * CELL_W - (double)w / PANGO_SCALE) / 2, y + CELL_H - 6 - (double)baseline / PANGO_SCALE);
	pango_cairo_show_layout(p->cairo, p->layout);
}

static void draw_cell(struct picture *p, const char *text, int len, wchar_t c, int col, int row, int width, bool bold)
{
	double x = MARGIN + col * CELL_W, y = MARGIN + row * CELL_H;
	if (c == L' ' || c == 0x3000)
		return;
	if (!draw_line(p->cairo, c, x, y) && !draw_dashes(p->cairo, c, x, y) && !draw_braille(p->cairo, c, x, y) && !draw_block(p->cairo, c, x, y))
		draw_text(p, text, len, x, y, width, bold);
}

/* The bytes and columns of the next character with its combining marks. */
static int next_cluster(const char *text, wchar_t *first, int *width)
{
	int len = 0;
	*width = 1;
	*first = 0;
	while (text[len]) {
		wchar_t c;
		int n = mbtowc(&c, text + len, MB_CUR_MAX);
		if (n <= 0)
			return len > 0 ? len : 1;
		int w = wcwidth(c);
		if (len > 0 && w != 0)
			break;
		if (len == 0) {
			*first = c;
			*width = w == 2 ? 2 : 1;
		}
		len += n;
	}
	return len;
}

static void draw_run(struct picture *p, int row, int col, struct colour fg, struct colour bg, const char *flags, const char *text)
{
	wchar_t first;
	int width, cells = 0;
	for (const char *at = text; *at; at += next_cluster(at, &first, &width))
		cells += (next_cluster(at, &first, &width), width);
	if (strchr(flags, 'r')) {
		struct colour swap = fg;
		fg = bg;
		bg = swap;
	}
	if (strchr(flags, 'd'))
		fg = between(fg, bg);
	set_colour(p->cairo, bg);
	box(p->cairo, MARGIN + col * CELL_W, MARGIN + row * CELL_H, cells * CELL_W, CELL_H);
	set_colour(p->cairo, fg);
	if (strchr(flags, 'u'))
		box(p->cairo, MARGIN + col * CELL_W, MARGIN + row * CELL_H + CELL_H - 3, cells * CELL_W, 1);
	for (const char *at = text; *at && col < p->cols;) {
		int len = next_cluster(at, &first, &width);
		draw_cell(p, at, len, first, col, row, width, strchr(flags, 'b') != NULL);
		col += width;
		at += len;
	}
}

static PangoFontDescription *font(const char *families, double size, bool bold)
{
	PangoFontDescription *f = pango_font_description_new();
	pango_font_description_set_family(f, families);
	pango_font_description_set_absolute_size(f, size * PANGO_SCALE);
	pango_font_description_set_weight(f, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	return f;
}

static void open_picture(struct picture *p, cairo_surface_t *surface)
{
	p->cairo = cairo_create(surface);
	set_colour(p->cairo, of_rgb(p->theme->bg));
	cairo_paint(p->cairo);
	cairo_set_antialias(p->cairo, CAIRO_ANTIALIAS_GRAY);
	p->layout = pango_cairo_create_layout(p->cairo);
	for (int bold = 0; bold < 2; bold++) {
		/* 0.602 em wide: a size of 16.6 fills ten pixels; the Han characters have air around them */
		p->narrow[bold] = font("DejaVu Sans Mono, Noto Sans Mono CJK SC", 16.6, bold);
		p->wide[bold] = font("Noto Sans Mono CJK SC, Noto Sans CJK SC", 18.5, bold);
	}
}

static void draw_cursor(const struct picture *p, int row, int col)
{
	set_colour(p->cairo, of_rgb(p->theme->fg));
	box(p->cairo, MARGIN + col * CELL_W, MARGIN + row * CELL_H + 2, 2, CELL_H - 4);
}

static void draw_runs(struct picture *p)
{
	char line[COLUMNS], fg[16], bg[16], flags[16];
	int row, col, text;
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = 0;
		if (sscanf(line, "%d %d %15s %15s %15s%n", &row, &col, fg, bg, flags, &text) == 5 && line[text] == ' ')
			draw_run(p, row, col, parse_colour(fg, p->theme->fg), parse_colour(bg, p->theme->bg), flags, line + text + 1);
	}
}

static const struct theme *find_theme(const char *name)
{
	for (size_t i = 0; i < sizeof(themes) / sizeof(themes[0]); i++)
		if (strcmp(themes[i].name, name) == 0)
			return &themes[i];
	return NULL;
}

int main(int argc, char **argv)
{
	struct picture p = {.theme = argc == 3 ? find_theme(argv[1]) : NULL};
	char line[128];
	int row, col, shown;
	setlocale(LC_ALL, "C.UTF-8");
	if (!p.theme || !fgets(line, sizeof(line), stdin) || sscanf(line, "%d %d %d %d %d", &p.cols, &p.rows, &row, &col, &shown) != 5) {
		fprintf(stderr, "usage: picture dark|light|plain FILE.png <CELLS\n");
		return 2;
	}
	cairo_surface_t *surface =
		cairo_image_surface_create(CAIRO_FORMAT_RGB24, p.cols * CELL_W + 2 * MARGIN, p.rows * CELL_H + 2 * MARGIN);
	open_picture(&p, surface);
	draw_runs(&p);
	if (shown)
		draw_cursor(&p, row, col);
	cairo_status_t status = cairo_surface_write_to_png(surface, argv[2]);
	if (status != CAIRO_STATUS_SUCCESS)
		fprintf(stderr, "picture: %s: %s\n", argv[2], cairo_status_to_string(status));
	for (int bold = 0; bold < 2; bold++) {
		pango_font_description_free(p.narrow[bold]);
		pango_font_description_free(p.wide[bold]);
	}
	g_object_unref(p.layout);
	cairo_destroy(p.cairo);
	cairo_surface_destroy(surface);
	return status != CAIRO_STATUS_SUCCESS || p.n_unknown > 0;
}
