/* The ornaments of a certificate: fine lines that follow from a few sines, drawn by curves so that
 * they stay fine at any size. */
#include <math.h>
#include "sheet.h"

#define TURN (2 * M_PI)
#define OUTER 26.0 /* from the paper's edge */
#define BAND 17.0  /* of waves */
#define WAVE 15.0  /* length of one */

static void ink(struct sheet *sheet, struct colour colour, double alpha, double width)
{
	cairo_set_source_rgba(sheet->cr, colour.r, colour.g, colour.b, alpha);
	cairo_set_line_width(sheet->cr, width);
}

/* A sine as cubic curves, one each half wave: handles that give it its height and its slope. */
static void wave(cairo_t *cr, double length, double height, bool falls)
{
	const unsigned n = (unsigned)(length / WAVE + 0.5) * 2;
	const double half = length / n, handle = half * 4 / 3 / M_PI;
	cairo_move_to(cr, 0, 0);
	for (unsigned i = 0; i < n; i++) {
		const double peak = height * 4 / 3 * (i % 2 == falls ? 1 : -1);
		cairo_curve_to(cr, half * i + handle, peak, half * (i + 1) - handle, peak,
			       half * (i + 1), 0);
	}
}

static void side(struct sheet *sheet, double x, double y, double angle, double length,
		 const struct frame_inks *inks)
{
	static const double heights[] = { 1.0, 0.62, 0.3 };
	cairo_t *cr = sheet->cr;
	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_rotate(cr, angle);
	for (unsigned h = 0; h < 3; h++)
		for (unsigned p = 0; p < 2; p++) {
			wave(cr, length, BAND / 2 * heights[h], p);
			ink(sheet, p ? inks->gold : inks->accent, p ? 0.75 : 0.6, 0.45);
			cairo_stroke(cr);
		}
	cairo_restore(cr);
}

/* A closed curve that winds round a circle: r = radius x (1 - depth + depth x cos(petals x t)). */
static void rosette(cairo_t *cr, double radius, double depth, unsigned petals, double turn)
{
	const unsigned n = petals * 4;
	double last_x = 0, last_y = 0, last_dx = 0, last_dy = 0;
	for (unsigned i = 0; i <= n; i++) {
		const double t = TURN * i / n, d = TURN / n / 3;
		const double r = radius * (1 - depth + depth * cos(petals * t));
		const double dr = -radius * depth * petals * sin(petals * t);
		const double x = r * cos(t + turn), y = r * sin(t + turn);
		const double dx = dr * cos(t + turn) - y, dy = dr * sin(t + turn) + x;
		if (!i)
			cairo_move_to(cr, x, y);
		else
			cairo_curve_to(cr, last_x + last_dx * d, last_y + last_dy * d, x - dx * d,
				       y - dy * d, x, y);
		last_x = x;
		last_y = y;
		last_dx = dx;
		last_dy = dy;
	}
}

static void corner(struct sheet *sheet, double x, double y, const struct frame_inks *inks)
{
	cairo_t *cr = sheet->cr;
	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_arc(cr, 0, 0, BAND * 0.86, 0, TURN);
	cairo_fill(cr);
	for (unsigned i = 0; i < 4; i++) {
		rosette(cr, BAND * (0.84 - 0.13 * i), 0.2, 8, TURN / 32 * (i % 2));
		ink(sheet, i % 2 ? inks->gold : inks->accent, 0.85, 0.5);
		cairo_stroke(cr);
	}
	cairo_arc(cr, 0, 0, BAND * 0.16, 0, TURN);
	ink(sheet, inks->gold, 1, 0.5);
	cairo_fill(cr);
	cairo_restore(cr);
}

static void box(struct sheet *sheet, double inset, double width, struct colour colour)
{
	ink(sheet, colour, 1, width);
	cairo_rectangle(sheet->cr, inset, inset, A4_WIDTH - 2 * inset, A4_HEIGHT - 2 * inset);
	cairo_stroke(sheet->cr);
}

/* So faint that it is seen and not read: what a copier loses. */
static void ground(struct sheet *sheet, const struct frame_inks *inks)
{
	cairo_t *cr = sheet->cr;
	cairo_save(cr);
	cairo_translate(cr, A4_WIDTH / 2, A4_HEIGHT * 0.545);
	for (unsigned i = 0; i < 12; i++) {
		const unsigned pair = i / 2;
		rosette(cr, 190 - 11 * pair, 0.11, 24, i % 2 ? TURN / 48 : 0);
		ink(sheet, i % 4 < 2 ? inks->accent : inks->gold, 0.15, 0.4);
		cairo_stroke(cr);
	}
	cairo_restore(cr);
}

void frame_draw(struct sheet *sheet, const struct frame_inks *inks)
{
	const double middle = OUTER + 4 + BAND / 2, inner = OUTER + 8 + BAND;
	const double width = A4_WIDTH - 2 * middle, height = A4_HEIGHT - 2 * middle;
	ground(sheet, inks);
	box(sheet, OUTER, 0.8, inks->gold);
	box(sheet, inner, 1.1, inks->accent);
	box(sheet, inner + 3, 0.35, inks->gold);
	side(sheet, middle, middle, 0, width, inks);
	side(sheet, middle, A4_HEIGHT - middle, 0, width, inks);
	side(sheet, middle, middle, M_PI / 2, height, inks);
	side(sheet, A4_WIDTH - middle, middle, M_PI / 2, height, inks);
	for (unsigned i = 0; i < 4; i++)
		corner(sheet, i % 2 ? A4_WIDTH - middle : middle,
		       i / 2 ? A4_HEIGHT - middle : middle, inks);
}

/* One leaf: two curves from foot to tip. */
static void leaf(cairo_t *cr, double length, double breadth)
{
	cairo_move_to(cr, 0, 0);
	cairo_curve_to(cr, breadth, -length * 0.25, breadth, -length * 0.75, 0, -length);
	cairo_curve_to(cr, -breadth, -length * 0.75, -breadth, -length * 0.25, 0, 0);
}

/* A ring that is a zero, and two leaves that grow out of its foot. */
void frame_emblem(struct sheet *sheet, double x, double y, double radius,
		  const struct frame_inks *inks)
{
	cairo_t *cr = sheet->cr;
	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_arc(cr, 0, 0, radius, 0, TURN);
	ink(sheet, inks->accent, 1, radius * 0.13);
	cairo_stroke(cr);
	cairo_arc(cr, 0, 0, radius * 1.17, 0, TURN);
	ink(sheet, inks->gold, 1, radius * 0.035);
	cairo_stroke(cr);
	for (int i = -1; i <= 1; i += 2) {
		cairo_save(cr);
		cairo_translate(cr, 0, radius * 0.58);
		cairo_rotate(cr, i * 0.52);
		leaf(cr, radius * 1.12, radius * 0.3);
		cairo_restore(cr);
		const struct colour colour = i < 0 ? inks->accent : inks->gold;
		ink(sheet, colour, 1, 1);
		cairo_fill(cr);
	}
	cairo_restore(cr);
}
