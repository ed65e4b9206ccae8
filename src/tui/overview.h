/* overview - the parts of the first screen of a project; for overview_*.c and screen_overview.c
 * alone. */
#ifndef LINGTAN_TUI_OVERVIEW_H
#define LINGTAN_TUI_OVERVIEW_H

#include "frame.h"
#include "list.h"
#include "screens.h"

enum overview_zone { ZONE_SECTIONS, ZONE_OUTCOMES, ZONE_TODO, ZONE_RUNGS, N_OVERVIEW_ZONES };

struct overview {
	struct workbench *bench;
	enum overview_zone zone;
	struct list lists[N_OVERVIEW_ZONES];
	unsigned *sections; /* owned, [n_sections]: numbers of those that are shown */
	unsigned n_sections;
	bool has_outcomes; /* amounts and conditions are listed: the sections have no points */
	char people[N_RUNGS][80]; /* who wrote last on a rung; the journal is read when the person pauses */
	uint32_t handled;  /* item of the task that F5 opened last; NO_SLOT = none */
};

/* What the rows of a zone are, and how many. */
unsigned overview_count(const struct overview *overview, enum overview_zone zone);

/* Rows of a block, with its heading; first: the canvas row of the heading. rows 0: not shown. */
struct overview_block {
	int first, rows;
};

/* Where the blocks stand in a canvas of so many rows. One pane: only the one with the focus. */
struct overview_layout {
	bool is_one_pane;
	struct overview_block sections, todo, rungs;
	int side; /* column where the right half begins; 0 = there is none */
};
void overview_fit(const struct overview *overview, const struct canvas *canvas,
		  struct overview_layout *out);

/* Each draws into a canvas that begins with its heading. */
void overview_draw_head(struct overview *overview, const struct canvas *canvas);
void overview_draw_sections(struct overview *overview, const struct canvas *canvas);
void overview_draw_outcomes(struct overview *overview, const struct canvas *canvas);
void overview_draw_todo(struct overview *overview, const struct canvas *canvas);
void overview_draw_rungs(struct overview *overview, const struct canvas *canvas);
bool overview_has_radar(const struct overview *overview);
void overview_draw_radar(struct overview *overview, const struct canvas *canvas);
void overview_draw_balance(struct overview *overview, const struct canvas *canvas);

/* The selected row of a zone: its bar and mark, where the zone has the focus. */
void overview_draw_selection(const struct overview *overview, const struct canvas *canvas,
			     enum overview_zone zone, int row);

#endif
