/*
 * merge - what becomes of two lines of work on one project: which cells are taken from theirs,
 * which are in conflict, which are refused because a round was submitted meanwhile.
 *
 * Cells (table, key, group) are merged, never members of one. The order of two values is that of
 * the entries that first wrote them: who had seen the other wins; neither had: the same value is
 * one, another is a conflict. Without decisions of people the result does not depend on who merges
 * whom, in what order, or how often. Pure. Source: the journal's design, "Merge".
 */
#ifndef LINGTAN_CORE_MERGE_H
#define LINGTAN_CORE_MERGE_H

#include "lingtan/core/history.h"
#include "lingtan/core/vocabulary.h"

enum merge_side { MERGE_MINE, MERGE_THEIRS, MERGE_SIDES };

/* Where the value of a cell comes from; OPEN = somebody must decide; WRITTEN = anew, by who merges.
 */
enum merge_take { TAKE_OPEN, TAKE_ORIGINAL, TAKE_MINE, TAKE_THEIRS, TAKE_WRITTEN };

enum merge_why {
	MERGE_NEWER,  /* theirs was written with mine in view, or mine is empty */
	MERGE_SAME,   /* both wrote the same; the greater stamp stays */
	MERGE_JOINED, /* both described the same thing; the fuller, then the greater stamp stays */
	MERGE_BLANK,  /* one side's blank of an import, which never beats what stands */
	MERGE_LOCKED, /* one side's round was submitted, which the other's author had not seen */
	MERGE_CONFLICT, /* both wrote, each something else */
	MERGE_EXCLUSIVE /* both did what can be done once: the same round, the same signature */
};

struct merge_cell {
	const char *table, *key, *group;
	struct words original, mine, theirs;    /* at NULL = nothing */
	struct words written;                   /* of TAKE_WRITTEN */
	struct cell_stamp writers[MERGE_SIDES]; /* hash NULL = never set */
	enum merge_why why;
	enum merge_take take;
	bool decided;           /* by somebody: becomes a write of its own, deeper than both */
	const char *lock;       /* of MERGE_LOCKED: the entry that submitted the round */
	enum merge_side locked; /* whose round it is */
	const char *refused;    /* why somebody does not take it; NULL = nobody refused it */
};

enum merge_kind {
	MERGE_NOTHING, /* theirs is in mine */
	MERGE_ADOPT,   /* mine is in theirs: its head becomes mine, without an entry */
	MERGE_JOIN     /* an entry with both as parents */
};

struct merge_plan {
	enum merge_kind kind;
	const struct history *all;
	const struct vocabulary *vocabulary; /* borrowed */
	const unsigned char *sides;    /* by number: bit 1 = mine rests on it, bit 2 = theirs */
	const struct past_entry *base; /* the deepest that both rest on */
	struct fold folds[MERGE_SIDES], original;
	struct merge_cell *cells; /* sorted by table, key, group; of MERGE_ADOPT all NEWER */
	unsigned n_cells, cap_cells;
	unsigned n_entries[MERGE_SIDES]; /* that the other side has not */
	unsigned char *marks;            /* by number: the entry in `marked` rests on it */
	const struct past_entry *marked;
};

/* What the caller knows of the project. */
struct merge_rules {
	const struct vocabulary *vocabulary;
	bool again; /* ask about every cell in which they differ */
	/* The entry that submitted the round which keeps a cell from being changed on a side; NULL
	 * = it is free. May be NULL as a whole. */
	const char *(*lock_of)(void *context, const struct merge_plan *plan, enum merge_side side,
			       const struct merge_cell *cell);
	void *context;
};

/**
 * merge_make - the plan; all in the history's arena. Errors: LT_NO (one of the lines does not fold:
 * err says where), LT_EBUG (a head that is not in the history), LT_ESPACE.
 */
enum lt_status merge_make(const struct history *all, const char *mine, const char *theirs,
			  const struct merge_rules *rules, struct merge_plan *out,
			  struct lt_err *err);

enum merge_prefer { PREFER_NONE, PREFER_MINE, PREFER_THEIRS, PREFER_DEEPEST };

/* Decides everything that is open; the deepest is no decision of anybody: its stamp stays. */
void merge_prefer(struct merge_plan *plan, enum merge_prefer prefer);

/* Decides one cell; TAKE_OPEN takes the decision back (a locked one returns to its default). */
void merge_decide(struct merge_plan *plan, unsigned cell, enum merge_take take);

/* Whether a person decides the cell: it is in conflict, exclusive, or kept by a round. */
bool merge_is_question(const struct merge_cell *cell);

/* Decides a conflict by a value that neither side has; its texts must live as long as the plan.
 * What is done once, or kept by a round, is not written anew: nothing happens. */
void merge_write_anew(struct merge_plan *plan, unsigned cell, struct words value);

/* What theirs brings is not taken, for a reason, and not offered again; NULL takes the refusal
 * back. */
void merge_refuse(struct merge_plan *plan, unsigned cell, const char *why);

unsigned merge_count_open(const struct merge_plan *plan);

const struct words *merge_value(const struct merge_cell *cell);

/**
 * merge_changes - changes and rejects of the entry that writes the plan down (of MERGE_ADOPT: what
 * changes in the tables). Errors: LT_EDATA (something is open), LT_ESPACE.
 */
enum lt_status merge_changes(struct merge_plan *plan, struct entry *entry, struct lt_err *err);

#endif
