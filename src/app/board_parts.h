/* board_parts - what the parts of a board share; for src/app/board*.c alone. */
#ifndef LINGTAN_APP_BOARD_PARTS_H
#define LINGTAN_APP_BOARD_PARTS_H

#include "lingtan/app/board.h"
#include "lingtan/app/evidence.h"
#include "lingtan/core/trace.h"

/* Allocated once for a plan and filled anew by every reload. */
struct rung_room {
	struct board_tally *sections;
	struct board_mark *items;
	const char **failed_controls; /* [n_items] */
	uint32_t *withheld_by;        /* [n_slots] */
};

struct board_journal;

/* One change of the journal that concerns an item or a quantity of the assessment. */
struct kept_change {
	uint32_t entry;   /* number */
	uint32_t subject; /* slot of the item or quantity */
	uint32_t before;  /* number of the change before it of the same subject */
	enum rung rung;   /* N_RUNGS: of none */
	const char *table, *group, *key;
	struct words from, to;
	const char *writer; /* hash of the entry that set it first, or NULL */
};

/* A request that was not answered. */
struct owed {
	const char *title, *who, *due;
	struct owed *next;
};

/* Numbers of groups, in the order of db/groups.yaml, which only grows at its end. */
enum { GROUP_REMARK_PLACE, GROUP_REMARK_TEXT, GROUP_REMARK_REMOVED, GROUP_REMARK_SETTLED };
enum {
	GROUP_FINDING_NUMBER,
	GROUP_FINDING_PLACE,
	GROUP_FINDING_FACT,
	GROUP_FINDING_GRADE,
	GROUP_FINDING_DUE,
	GROUP_FINDING_CAUSE,
	GROUP_FINDING_CORRECTION,
	GROUP_FINDING_ANSWER,
	GROUP_FINDING_OBJECTION,
	GROUP_FINDING_RULING,
	GROUP_FINDING_VERIFICATION,
	GROUP_FINDING_WITHDRAWN
};

/* A row of a table that speaks of an item. */
struct item_row {
	uint32_t item;
	const char *key;
	const struct words *values; /* as in the vocabulary */
	struct item_row *next;
};

/* In the order of keys. */
struct item_rows {
	struct item_row *first, **end;
};

/* Where the ties of an item stand in the list of evidence, and what they come to. */
struct item_ties {
	unsigned first, n, n_close;
};

/* What was read of the file beside answers and results. Owned by the arena. */
struct board_facts {
	struct lt_arena arena;
	const char *head, *park;
	bool has_answers[N_RUNGS];
	const char **unsupported[N_RUNGS]; /* [n_items]: why an award stands on nothing, or NULL */
	bool *given[N_RUNGS];              /* [n_quantities]: the rung gives it itself */
	struct evidence_list evidence;     /* of all assessments, in one of the evidence rooms */
	unsigned evidence_room;
	unsigned round[N_RUNGS];
	enum board_round round_state[N_RUNGS];
	struct item_ties *ties; /* [n_items] */
	struct item_rows remarks, findings;
	struct item_row **duties;             /* [n_items]: owner and due date, or NULL */
	struct item_row **sent_back[N_RUNGS]; /* [n_items]: in the round that stands, or NULL */
	struct owed *owed, **owed_end;
	unsigned n_owed;
};

struct other_assessment {
	const struct assessment_ref *ref;
	const struct ruleset *ruleset;
};

struct board_private {
	struct lt_arena standing;  /* tree, and room for what is computed */
	struct lt_arena derived;   /* to-do list, balance: made anew by every reload */
	struct lt_arena detail;    /* of one item */
	struct lt_arena warnings;  /* of reading answers; dropped */
	struct assessment frame;   /* ruleset, profile, plan */
	struct board_facts *facts; /* one of the two rooms; the other is for the next reload */
	struct board_facts facts_rooms[2];
	struct lt_arena evidence_rooms[2]; /* the same, but read again only where it changed */
	struct assessment assessments[N_RUNGS]; /* answers and results; borrow the frame */
	struct assessment spare[N_RUNGS];       /* room for those of the next reload */
	struct rung_room rooms[N_RUNGS];
	struct basis basis[N_RUNGS]; /* in the arena of the rung's assessment */
	bool has_basis[N_RUNGS];
	bool is_stale;                       /* a reload failed: the next one reads everything */
	unsigned n_again; /* answers taken alone since all of them were read */
	struct board_people people[N_RUNGS]; /* names NULL = not asked for yet */
	struct board_journal *journal;       /* NULL = not read yet */
	struct result blank;                 /* with nothing answered */
	struct answers none;
	struct trace trace; /* of the own rung, once it was asked for */
	bool has_trace;
	struct board_detail kept; /* the last detail, until a reload or another item */
	bool has_kept;
	unsigned n_details; /* that were filled */
	struct other_assessment *others; /* of the same year, once they were asked for */
	unsigned n_others;
	bool has_others;
	struct cycle_hint *hints; /* of the assessment before, in the standing arena, once one was
				     asked for */
	unsigned n_hints;
	bool has_hints;
	struct result trial; /* scratch: of trial_answers */
	struct answers trial_answers;
};

/* ---- board_read.c: what is in the file ---- */

/* before: the facts whose evidence is still what the file holds, or NULL. Errors: LT_EFILE,
 * LT_ESPACE. */
enum lt_status board_read_facts(struct board *board, struct board_facts *facts,
				const struct board_facts *before, struct lt_err *err);

/* What a row of the answers says beside the answer: that its rung speaks, and its reason. False where
 * memory ran out. */
bool board_note_answer(const struct board *board, struct board_facts *facts,
		       const struct fact_row *row);

/* What facts say of items: ties, owners, findings; park and head as well. */
void board_describe_items(struct board *board);

/* Whether the rung has to do an item again: sent back, and what was said of it not settled. */
bool board_is_sent_back(const struct board *board, enum rung rung, uint32_t item);

/* NULL where the file has none of this hash. */
const struct evidence_file *board_find_file(const struct board *board, const char *sha256);

/* A member of a value as it was said; NULL = nothing was. */
const char *board_said(const struct words *value, unsigned member);

/* The list of evidence with the ties of an item alone. */
struct evidence_list board_ties_of(const struct board *board, uint32_t item);

/* What the entries since board->head changed. */
enum { MAX_TOUCHED = 4, TOUCHED_KEY = 256 };
struct board_touched {
	bool nothing;
	bool evidence;
	bool more; /* than the answers whose keys are kept */
	char answers[MAX_TOUCHED][TOUCHED_KEY];
	unsigned n_answers;
	bool plan; /* the subject, its ruleset or profile; or we cannot tell */
	bool rungs[N_RUNGS];
};
enum lt_status board_find_touched(const struct board *board, struct board_touched *out,
				  struct lt_err *err);

/* ---- board_plan.c: what follows from the plan alone ---- */

/* Items, sections, rows, headline, parts, outcomes; in the standing arena. */
enum lt_status board_lay_out(struct board *board, struct lt_err *err);

/* The slot that leads, and what it is; NO_SLOT for FIGURE_NONE. */
enum board_figure_kind plan_headline(const struct plan *plan, uint32_t *slot);

/* The quantity that measures an item, or by which it is judged; NO_SLOT = none. */
uint32_t board_quantity_of(const struct plan *plan, uint32_t item);

/* The tier that a measured value falls in: the last one whose limit it reaches; n_tiers below the
 * first. */
unsigned board_tier_of(const struct plan_item *item, struct lt_decimal value);

/* Whether a kind of evidence is asked for in the stage of the plan. */
bool board_slot_counts(const struct plan *plan, const struct evidence_slot *slot);

/* ---- board_rung.c: what follows from a result ---- */

enum lt_status board_make_rooms(struct board *board, struct lt_err *err);

/* Where the rung's rounds stand; of any rung. */
void board_fill_round(struct board *board, enum rung rung);

/* Marks, tallies, counts and grade of a rung whose answers and result are set. */
void board_fill_rung(struct board *board, enum rung rung);

/* The grade of any result of the board's plan; withheld_by is room for n_slots. */
void board_read_grade(const struct board *board, const struct result *result, uint32_t *withheld_by,
		      struct board_grade *out);

/* The headline's value; n/a where there is none. */
struct value board_figure(const struct board *board, const struct result *result);

/* ---- board_todo.c: what follows from the own rung ---- */

enum lt_status board_list_todo(struct board *board, struct lt_err *err);
enum lt_status board_balance_fill(struct board *board, struct lt_err *err);

/* ---- board_journal.c: who, when, why ---- */

/* Up to the head of the board. Errors: LT_EFILE, LT_ESPACE. */
enum lt_status board_read_journal(struct board *board, struct lt_err *err);
void board_drop_journal(struct board *board);

/* Who set a cell of an item or quantity last; key NULL = of any row of it. */
struct board_writer board_find_writer(const struct board *board, uint32_t subject,
				      const char *group, enum rung rung, const char *key);

/* Changes of an item or quantity, newest first; NULL where there is none before. */
const struct kept_change *board_last_change(const struct board *board, uint32_t subject);
const struct kept_change *board_change_before(const struct board *board,
					      const struct kept_change *change);
void board_fill_event(const struct board *board, const struct kept_change *change,
		      struct board_event *out);

/* ---- board_what_if.c: the same with other answers ---- */

/* Room for the answers and result of one trial; in the standing arena. */
enum lt_status board_make_trial(struct board *board, struct lt_err *err);

enum lt_status board_fill_consequences(struct board *board, struct board_detail *out,
				       struct lt_err *err);

#endif
