/* merge_draw - what the screens of a merge and of a patch draw alike. */
#ifndef LINGTAN_TUI_MERGE_DRAW_H
#define LINGTAN_TUI_MERGE_DRAW_H

#include "lingtan/app/patching.h"
#include "said.h"
#include "workbench.h"

/* What a cell of the plan is about: item or row, title, field. */
void merge_say_cell(const struct workbench *bench, const struct merging *merging,
		    const struct merge_cell *cell, struct lt_arena *arena, struct change_text *out);

/* What a side or the original has of some cells, for merge_draw_sides(). */
struct merge_sides {
	const struct merging *merging;
	const unsigned *cells; /* numbers in the plan */
	unsigned n_cells;
	bool with_original;
	bool has_digits;  /* 1, 2, 3 before the headings */
	const char *item; /* whose evidence is shown as each side has it; NULL = of none */
};

/* The value in words; where prose has no room, how much there is of it: "26 字". */
void merge_say_short(const struct workbench *bench, const struct merge_cell *cell,
		     const struct words *value, int room, char out[SAID_VALUE]);

/* The evidence of an item, as a side has it. */
struct merge_tie {
	const char *sha256, *name, *locator;
};

/* How many; *out is in the arena. */
unsigned merge_list_ties(const struct fold *fold, const char *item, struct lt_arena *arena,
			 struct merge_tie **out);

/* Offers the item's evidence, mine and what only the other file has, and opens what is chosen. */
void merge_open_evidence(struct workbench *bench, struct merging *merging, const char *item);

/* The sides beside each other, under a heading each, from a row of the canvas on. */
void merge_draw_sides(const struct workbench *bench, const struct canvas *canvas, int row,
		      const struct merge_sides *sides);

/* What was written anew for a cell, above row `end` of the canvas; gives its first row. */
int merge_draw_written(const struct workbench *bench, const struct canvas *canvas, int end,
		       const struct merge_cell *cell, const char *text);

/* A row of chips: " 1 原值  [2 我方] "; chosen counts from 1, 0 = none. */
int merge_draw_chips(const struct workbench *bench, const struct canvas *canvas, int row,
		     const char *label, const struct label *chips, int n, int chosen);

#endif
