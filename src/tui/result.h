/* result - the parts of the result screen: the table, the way to a grade, the trial; for result_*.c
 * and screen_result.c alone. */
#ifndef LINGTAN_TUI_RESULT_H
#define LINGTAN_TUI_RESULT_H

#include "frame.h"
#include "list.h"
#include "screens.h"

enum result_zone { ZONE_TABLE, ZONE_GAP, ZONE_TRIAL, N_RESULT_ZONES };

/* ---- the table ---- */

enum result_row_kind {
	ROW_SECTION, /* at: number in board->sections */
	ROW_PART,    /* at: number in board->parts */
	ROW_OUTCOME, /* at: number in board->outcomes; where the sections have no points */
};

struct result_row {
	enum result_row_kind kind;
	unsigned at;
};

/* ---- the way to a grade ---- */

enum gap_line_kind {
	LINE_BLANK,
	LINE_HEADING, /* of a grade */
	LINE_STEP,
	LINE_CONDITION, /* that the steps leave open */
	LINE_GAINS,     /* heading of what else can be got */
	LINE_GAIN,
	LINE_REMARK, /* a sentence */
};

struct gap_line {
	enum gap_line_kind kind;
	unsigned number;  /* of a step, from 1; of a heading: how many steps */
	uint32_t slot;    /* the item, or the condition's node; NO_SLOT = none */
	const char *text; /* grade, remark */
	const struct gap_step *step;
	const struct gap_condition *condition;
	struct lt_decimal gain; /* on the figure's lower end, by this step or gain */
	const struct board_supposed *after;
};

/* ---- the trial ---- */

#define TRIAL_TYPED 24

/* An item and what it would be. */
struct trial_row {
	uint32_t item;
	bool is_on;
	unsigned choice;         /* of a truth or tiers: from 0 */
	char typed[TRIAL_TYPED]; /* of points or a measured quantity */
	bool is_touched;         /* the next digit adds to what was typed, else it begins anew */
	bool has_effect;
	struct lt_decimal effect; /* of it alone, on the figure's lower end */
};

struct result_screen {
	struct workbench *bench;
	enum result_zone zone;
	struct list table, gap_list, trial_list;
	enum rung compared;      /* N_RUNGS = none */
	bool has_advice;         /* gap and trial may be shown to who is at work (advice.h) */
	struct result_row *rows; /* owned */
	unsigned n_rows;
	struct lt_arena arena; /* of the gap, its lines and the gains */
	struct board_gap gap, next;
	struct gap_line *lines;
	unsigned n_lines;
	struct trial_row *trials; /* owned; keep what was typed when the record changes */
	unsigned n_trials;
	struct lt_arena trial_arena;
	struct board_supposed supposed;
	const char *trial_wrong; /* why the trial cannot be computed, or NULL */
};

/* ---- result_table.c ---- */
bool result_fill_rows(struct result_screen *result);
uint32_t result_row_slot(const struct result_screen *result, unsigned row); /* or NO_SLOT */
void result_draw_table(struct result_screen *result, const struct canvas *canvas);
/* The rows that the table wants, with heading, rule and total. */
int result_table_rows(const struct result_screen *result);

/* ---- result_gap.c ---- */
bool result_fill_gap(struct result_screen *result, struct lt_err *err);
bool result_gap_key(struct result_screen *result, const struct event *event);
void result_draw_gap(struct result_screen *result, const struct canvas *canvas);

/* ---- result_trial.c ---- */
/* Rows for the steps of the gap, the gains, then all other items; what was set stays. */
bool result_fill_trial(struct result_screen *result);
void result_try(struct result_screen *result);
bool result_trial_key(struct result_screen *result, const struct event *event);
void result_draw_trial(struct result_screen *result, const struct canvas *canvas);

#endif
