/* stop - the screen of one stop of the visit; for src/tui/screen_stop.c and stop_*.c alone. */
#ifndef LINGTAN_TUI_STOP_H
#define LINGTAN_TUI_STOP_H

#include "visit.h"

enum stop_group {
	STOP_ITEMS,
	STOP_PLACES,
	STOP_PEOPLE,
	STOP_NOTES,
	STOP_INTERVIEWS,
	STOP_PHOTOS,
	N_STOP_GROUPS
};

/* A line of the screen that the cursor can stand on: an entry of a group, or its end, where one is
 * added. */
struct stop_row {
	enum stop_group group;
	unsigned at; /* of the group; its count = where one is added */
};

/* What an item at the stop is called; another assessment's with the code of its standard. */
struct stop_title {
	const struct label *title; /* NULL = it is not known */
	const char *code;          /* "" = of the assessment at hand */
};

struct stop_screen {
	char id[110];
	const struct stop_info *stop; /* in the session's arena, as what follows; NULL = it is gone */
	struct inspection_info *inspections; /* [stop->n_items] */
	struct stop_title *titles; /* [stop->n_items] */
	struct site_info *sites;
	struct note_info *notes;
	struct interview_info *interviews;
	struct photo_info *photos; /* of this stop, then those that would fit */
	unsigned n_sites, n_notes, n_interviews, n_photos, n_stops, number;
	const char *before, *after; /* stops; NULL = none */
	struct stop_row *rows;
	unsigned n_rows;
	struct list list;
	char about[600]; /* the item that a question was asked about, as ASSESSMENT:ITEM */
};

static inline struct stop_screen *stop_of(const struct screen *screen)
{
	return screen->data;
}

static inline const struct stop_row *stop_row(const struct stop_screen *at)
{
	return at->list.at < at->n_rows ? &at->rows[at->list.at] : NULL;
}

/* How many entries a group has. */
unsigned stop_count(const struct stop_screen *at, enum stop_group group);
const struct site_info *stop_site(const struct stop_screen *at, const char *place);

void stop_draw(struct screen *screen, const struct canvas *canvas);

extern const struct label stop_group_titles[N_STOP_GROUPS];

#endif
