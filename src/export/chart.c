#include "chart.h"

#include <math.h>
#include <string.h>

#define WIDTH 640.0
#define LABEL_WIDTH 190.0
#define VALUE_WIDTH 92.0
#define ROW_HEIGHT 30.0
#define BAR_HEIGHT 13.0
#define TEXT_SIZE 13.0
#define TITLE_HEIGHT 34.0

const char *ink_colour(enum ink ink)
{
	static const char *const colours[] = {
		[INK_TEXT] = "#1c2826",	 [INK_MUTED] = "#66756f",    [INK_GRID] = "#dde5e1",
		[INK_TRACK] = "#eef3f0", [INK_FILL] = "#14805e",     [INK_POSSIBLE] = "#b9dccd",
		[INK_WARM] = "#c9752e",	 [INK_VEIL] = "#14805e",
	};
	return colours[ink];
}

struct drawing {
	struct picture *picture;
	unsigned cap;
	struct lt_arena *arena;
	bool failed;
};

static struct shape *add(struct drawing *drawing, enum shape_kind kind, enum ink ink)
{
	static struct shape lost;
	if (!drawing->picture->shapes || drawing->picture->n_shapes == drawing->cap) {
		drawing->failed = true;
		return &lost;
	}
	struct shape *shape = &drawing->picture->shapes[drawing->picture->n_shapes++];
	*shape = (struct shape){ .kind = kind, .ink = ink };
	return shape;
}

static void add_rect(struct drawing *drawing, enum ink ink, double x, double y, double width,
		     double height)
{
	struct shape *shape = add(drawing, SHAPE_RECT, ink);
	shape->x = x;
	shape->y = y;
	shape->width = width > 0 ? width : 0;
	shape->height = height;
}

static void add_line(struct drawing *drawing, enum ink ink, double x, double y, double dx,
		     double dy)
{
	struct shape *shape = add(drawing, SHAPE_LINE, ink);
	shape->x = x;
	shape->y = y;
	shape->width = dx;
	shape->height = dy;
}

static void add_text(struct drawing *drawing, enum ink ink, double x, double y, enum anchor anchor,
		     double size, const char *text)
{
	struct shape *shape = add(drawing, SHAPE_TEXT, ink);
	shape->x = x;
	shape->y = y;
	shape->anchor = anchor;
	shape->size = size;
	shape->text = text;
}

static double within(double value, double least, double most)
{
	return value < least || isnan(value) ? least : value > most ? most : value;
}

static void add_title(struct drawing *drawing, const char *title)
{
	add_text(drawing, INK_TEXT, 0, 16, ANCHOR_START, TEXT_SIZE + 1, title);
}

/* ---- bars: what was got, what can still be got ---- */

static void draw_bars(struct drawing *drawing, const struct chart *chart, unsigned n)
{
	const double room = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
	drawing->picture->height = TITLE_HEIGHT + ROW_HEIGHT * n + 22;
	add_title(drawing, chart->title);
	for (int percent = 0; percent <= 100; percent += 25) {
		static const char *const marks[] = { "0", "25", "50", "75", "100" };
		const double x = LABEL_WIDTH + room * percent / 100;
		add_line(drawing, INK_GRID, x, TITLE_HEIGHT - 6, 0, ROW_HEIGHT * n + 6);
		add_text(drawing, INK_MUTED, x, TITLE_HEIGHT + ROW_HEIGHT * n + 16, ANCHOR_MIDDLE,
			 TEXT_SIZE - 2, marks[percent / 25]);
	}
	for (unsigned i = 0; i < n; i++) {
		const struct bar *bar = &chart->bars[i];
		const double full = bar->full > 0 ? bar->full : 1, y = TITLE_HEIGHT + ROW_HEIGHT * i;
		const double got = within(bar->amount / full, 0, 1),
			     possible = within(bar->possible / full, got, 1);
		const double top = y + (ROW_HEIGHT - BAR_HEIGHT) / 2;
		add_text(drawing, INK_TEXT, LABEL_WIDTH - 12, top + BAR_HEIGHT - 2, ANCHOR_END,
			 TEXT_SIZE, bar->label);
		add_rect(drawing, INK_TRACK, LABEL_WIDTH, top, room, BAR_HEIGHT);
		if (possible > got)
			add_rect(drawing, INK_POSSIBLE, LABEL_WIDTH + room * got, top,
				 room * (possible - got), BAR_HEIGHT);
		add_rect(drawing, INK_FILL, LABEL_WIDTH, top, room * got, BAR_HEIGHT);
		add_text(drawing, INK_TEXT, WIDTH, top + BAR_HEIGHT - 2, ANCHOR_END, TEXT_SIZE,
			 bar->text);
	}
}

/* ---- radar ---- */

#define RADIUS 118.0

static struct point at_angle(unsigned i, unsigned n, double radius)
{
	const double angle = 2 * 3.14159265358979 * i / n - 3.14159265358979 / 2;
	return (struct point){ WIDTH / 2 + radius * cos(angle),
			       TITLE_HEIGHT + 30 + RADIUS + radius * sin(angle) };
}

static void add_ring(struct drawing *drawing, const struct chart *chart, unsigned n, enum ink ink,
		     double share)
{
	struct shape *shape = add(drawing, SHAPE_POLYGON, ink);
	struct point *points = lt_arena_alloc(drawing->arena, n, sizeof(*points));
	if (!points) {
		drawing->failed = true;
		return;
	}
	for (unsigned i = 0; i < n; i++) {
		const double full = chart->bars[i].full > 0 ? chart->bars[i].full : 1;
		const double part =
			ink == INK_VEIL ? within(chart->bars[i].amount / full, 0, 1) : share;
		points[i] = at_angle(i, n, RADIUS * part);
	}
	shape->points = points;
	shape->n_points = n;
}

static void draw_radar(struct drawing *drawing, const struct chart *chart, unsigned n)
{
	drawing->picture->height = TITLE_HEIGHT + 60 + 2 * RADIUS;
	add_title(drawing, chart->title);
	for (int ring = 1; ring <= 4; ring++)
		add_ring(drawing, chart, n, INK_GRID, ring / 4.0);
	for (unsigned i = 0; i < n; i++) {
		const struct point end = at_angle(i, n, RADIUS), centre = at_angle(i, n, 0),
				   label = at_angle(i, n, RADIUS + 14);
		add_line(drawing, INK_GRID, centre.x, centre.y, end.x - centre.x,
			 end.y - centre.y);
		const double side = label.x - WIDTH / 2;
		add_text(drawing, INK_TEXT, label.x, label.y + 4,
			 side > 8    ? ANCHOR_START
			 : side < -8 ? ANCHOR_END
				     : ANCHOR_MIDDLE,
			 TEXT_SIZE, chart->bars[i].label);
	}
	add_ring(drawing, chart, n, INK_VEIL, 0);
	for (unsigned i = 0; i < n; i++) {
		const double full = chart->bars[i].full > 0 ? chart->bars[i].full : 1;
		const struct point at =
			at_angle(i, n, RADIUS * within(chart->bars[i].amount / full, 0, 1));
		struct shape *dot = add(drawing, SHAPE_DOT, INK_FILL);
		dot->x = at.x;
		dot->y = at.y;
		dot->width = 3;
	}
}

/* ---- balance: what comes in, what is taken off ---- */

static void draw_balance(struct drawing *drawing, const struct chart *chart, unsigned n)
{
	const double room = WIDTH - LABEL_WIDTH - VALUE_WIDTH - 20;
	const double most = chart->most;
	drawing->picture->height = TITLE_HEIGHT + ROW_HEIGHT * n + 6;
	add_title(drawing, chart->title);
	add_line(drawing, INK_MUTED, LABEL_WIDTH, TITLE_HEIGHT - 4, 0, ROW_HEIGHT * n + 4);
	for (unsigned i = 0; i < n; i++) {
		const struct bar *bar = &chart->bars[i];
		const double top = TITLE_HEIGHT + ROW_HEIGHT * i + (ROW_HEIGHT - BAR_HEIGHT) / 2;
		const double width = most > 0 ? room * within(fabs(bar->amount) / most, 0, 1) : 0;
		add_text(drawing, INK_TEXT, LABEL_WIDTH - 12, top + BAR_HEIGHT - 2, ANCHOR_END,
			 TEXT_SIZE, bar->label);
		add_rect(drawing, bar->is_subtracted ? INK_FILL : INK_WARM, LABEL_WIDTH, top, width,
			 BAR_HEIGHT);
		add_text(drawing, INK_TEXT, LABEL_WIDTH + width + 8, top + BAR_HEIGHT - 2,
			 ANCHOR_START, TEXT_SIZE, bar->text);
	}
}

enum lt_status chart_picture(const struct chart *chart, struct lt_arena *arena,
			     struct picture *out, struct lt_err *err)
{
	const unsigned n = chart->n_bars;
	/* a bar takes five, what goes round them eleven */
	struct drawing drawing = { .picture = out, .cap = 16 + 5 * n, .arena = arena };
	*out = (struct picture){ .width = WIDTH,
				 .shapes = lt_arena_alloc(arena, drawing.cap,
							  sizeof(struct shape)) };
	switch (chart->kind) {
	case CHART_BARS:
		draw_bars(&drawing, chart, n);
		break;
	case CHART_RADAR:
		draw_radar(&drawing, chart, n);
		break;
	case CHART_BALANCE:
		draw_balance(&drawing, chart, n);
		break;
	}
	return drawing.failed ? lt_err_memory(err) : LT_OK;
}
