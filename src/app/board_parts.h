/* board_parts - what the parts of a board share; for src/app/board*.c alone. */
#ifndef LINGTAN_APP_BOARD_PARTS_H
#define LINGTAN_APP_BOARD_PARTS_H

#include "lingtan/app/board.h"

/* Allocated once for a plan and filled anew by every reload. */
struct rung_room {
	struct board_tally *sections;
	struct board_mark *items;
	const char **failed_controls; /* [n_items] */
	uint32_t *withheld_by;        /* [n_slots] */
};

struct board_private {
	struct lt_arena standing; /* ruleset, plan, tree, and room for what is computed */
	struct lt_arena derived;  /* to-do list, balance: made anew by every reload */
	struct lt_arena detail;   /* of one item */
	struct rung_room rooms[N_RUNGS];
	struct assessment assessments[N_RUNGS];
	const char **unsupported[N_RUNGS]; /* [n_items]: why an award stands on nothing, or NULL */
	struct result blank;               /* with nothing answered */
	struct answers none;
};

/* ---- board_plan.c: what follows from the plan alone ---- */

/* Items, sections, rows, headline, parts, outcomes; in the standing arena. */
enum lt_status board_lay_out(struct board *board, struct lt_err *err);

/* Whether a kind of evidence is asked for in the stage of the plan. */
bool board_slot_counts(const struct plan *plan, const struct evidence_slot *slot);

/* Title of any slot; its texts are empty for a bare number. */
const struct label *board_title(const struct plan *plan, uint32_t slot);

/* ---- board_rung.c: what follows from a result ---- */

enum lt_status board_make_rooms(struct board *board, struct lt_err *err);

/* Marks, tallies, counts and grade of a rung whose answers and result are set. */
void board_fill_rung(struct board *board, enum rung rung);

/* The grade of any result of the board's plan; withheld_by is room for n_slots. */
void board_read_grade(const struct board *board, const struct result *result, uint32_t *withheld_by,
		      struct board_grade *out);

/* The headline's value; n/a where there is none. */
struct value board_figure(const struct board *board, const struct result *result);

/* Whether an answer gives anything that evidence must bear out. */
bool board_is_award(const struct answer *answer);

/* ---- board_todo.c: what follows from the own rung ---- */

enum lt_status board_list_todo(struct board *board, struct lt_err *err);
enum lt_status board_balance_fill(struct board *board, struct lt_err *err);

#endif
