/*
 * gap - the fewest items to a grade, and what would be if: both are the answers with a list of
 * changes on top.
 *
 * Order of the steps: vetoes first (truths that the grade demands and that do not hold, unanswered
 * ones included), then items by what they gain for the failing condition, largest first, recomputed
 * after each step; no claim of an optimum where rescaling acts. A condition that no item can move
 * (a balance, an unset parameter) is left with what it is short by. Source: scoring rules, "gap".
 */
#ifndef LINGTAN_CORE_GAP_H
#define LINGTAN_CORE_GAP_H

#include "lingtan/core/score.h"

enum gap_reason {
	GAP_VETO,      /* a control or another truth that must hold */
	GAP_JUDGEMENT, /* a person must say yes */
	GAP_GAIN,      /* points */
};

struct gap_step {
	uint32_t item; /* slot */
	enum gap_reason reason;
	struct value from, to;  /* the item's value before and after */
	struct lt_decimal gain; /* of the condition being raised; 0 for vetoes and judgements */
	uint32_t condition;     /* slot of the compare node it is for; NO_SLOT for vetoes */
};

struct gap_condition {
	uint32_t slot;              /* of a compare node that the grade demands */
	bool holds;                 /* after the steps */
	struct value amount, limit; /* its two sides after the steps, in the order of the plan */
	bool known; /* false: an unset parameter or open quantity keeps it open; short_by is then of
		       the worst case */
	struct lt_decimal short_by; /* how far it is off; 0 if it holds */
};

struct gap {
	const char *grade; /* the one asked for; NULL if the highest is reached already */
	bool reached;      /* by the steps */
	bool never;        /* the stage does not award this grade */
	struct gap_step *steps;
	unsigned n_steps;
	struct gap_condition *conditions;
	unsigned n_conditions;
};

/**
 * gap_find - steps to `grade` (NULL: the next above what is certain) of a ladder node.
 * Owns: steps and conditions live in the arena; answers and result are not changed.
 * Errors: LT_EDATA (no such grade in this ladder), LT_ESPACE.
 */
enum lt_status gap_find(const struct plan *plan, const struct answers *answers,
			const struct plan_node *ladder, const char *grade, struct lt_arena *arena,
			struct gap *out, struct lt_err *err);

/* One change of a what-if: an item in the words of answers_set, or a quantity (then unit may be
 * NULL). */
struct supposed_change {
	const char *id, *value, *unit;
	bool is_quantity;
};

/**
 * what_if - the result of the answers with the changes on top; the answers themselves stay as they
 * are. Errors: LT_EDATA (a change that answers_set refuses), LT_ESPACE. *out and *changed live in
 * the arena.
 */
enum lt_status what_if(const struct plan *plan, const struct units *units,
		       const struct answers *answers, const struct supposed_change *changes,
		       unsigned n_changes, struct lt_arena *arena, struct answers *changed,
		       struct result *out, struct lt_err *err);

#endif
