/* explain - the parts of the screen that shows where a number comes from; for explain_*.c and
 * screen_explain.c alone. */
#ifndef LINGTAN_TUI_EXPLAIN_H
#define LINGTAN_TUI_EXPLAIN_H

#include "frame.h"
#include "list.h"
#include "screens.h"

/* A number in the tree; the same number may stand in more than one place. Owned by the arena. */
struct explain_node {
	struct board_explained why;
	struct explain_node *parent; /* NULL = the root */
	struct explain_node *below;  /* [why.n_below]; NULL = not asked for yet */
	unsigned depth;
	bool is_open;
	bool shows_all; /* of many numbers below it, all rather than those that matter */
	bool matters;   /* shown among many */
	bool is_last;   /* of those that are seen below its parent */
};

/* What is seen: a number, or what its parent holds beside the numbers that are shown. */
struct explain_row {
	struct explain_node *node; /* of a rest: the parent */
	unsigned n_rest;           /* 0: the number itself */
};

struct explain {
	struct workbench *bench;
	struct lt_arena arena; /* of the tree */
	struct explain_node *root;
	uint32_t root_slot;
	struct explain_row *rows; /* owned */
	unsigned n_rows, cap;
	struct list list;
	/* of the row under the cursor; the item's detail lives until it is asked for again */
	const struct explain_node *detailed;
	struct board_detail detail;
	bool has_detail;
};

/* ---- explain_tree.c ---- */

/* The tree of a number, unfolded down to another (NO_SLOT: the root alone). */
bool explain_plant(struct explain *explain, uint32_t root, uint32_t to, struct lt_err *err);
/* The same after a change: what was unfolded stays so. */
bool explain_replant(struct explain *explain, struct lt_err *err);
/* Unfolds down to a number and puts the cursor there; false: it is not below the root. */
bool explain_show(struct explain *explain, uint32_t slot, struct lt_err *err);
bool explain_unfold(struct explain *explain, struct explain_node *node, struct lt_err *err);
/* What is seen anew; the cursor stays on its row. */
bool explain_fill_rows(struct explain *explain);
/* NULL where there is nothing; of a rest its parent. */
const struct explain_row *explain_here(const struct explain *explain);
/* Whether the row of a child is seen while its parent is unfolded. */
bool explain_is_seen(const struct explain_node *node);

/* The item that a number belongs to: itself, or the nearest above it; NO_SLOT = none. */
uint32_t explain_item(const struct explain_node *node);

/* ---- explain_draw.c ---- */
void explain_draw_tree(struct explain *explain, const struct canvas *canvas);
/* Formula, clause, evidence, what it moves; rows of the canvas. */
void explain_draw_lines(struct explain *explain, const struct canvas *canvas);

#endif
