/* chart - a chart as shapes on a plane, for whoever draws them: SVG here, cairo for pages. y goes
 * down; a text stands on its y as its base line. */
#ifndef LINGTAN_SRC_EXPORT_CHART_H
#define LINGTAN_SRC_EXPORT_CHART_H

#include "lingtan/export/document.h"

enum shape_kind { SHAPE_RECT, SHAPE_LINE, SHAPE_POLYGON, SHAPE_TEXT, SHAPE_DOT };
enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };
/* Roles of colour; who draws gives them one. */
enum ink {
	INK_TEXT,
	INK_MUTED,
	INK_GRID,
	INK_TRACK,
	INK_FILL,
	INK_POSSIBLE,
	INK_WARM,
	INK_VEIL, /* the fill of a radar, seen through */
};

/* #RRGGBB */
const char *ink_colour(enum ink ink);

struct point {
	double x, y;
};

struct shape {
	enum shape_kind kind;
	enum ink ink;
	double x, y, width, height; /* rect; line: to x + width, y + height; dot: width = radius */
	struct point *points;
	unsigned n_points;
	const char *text;
	double size; /* of a text */
	enum anchor anchor;
};

struct picture {
	double width, height;
	struct shape *shapes;
	unsigned n_shapes;
};

/* Errors: LT_ESPACE. Owned by the arena. */
enum lt_status chart_picture(const struct chart *chart, struct lt_arena *arena,
			     struct picture *out, struct lt_err *err);

#endif
