/*
 * compare - two results side by side, and why they differ: types, stages, years, rungs, profiles or
 * standards.
 */
#ifndef LINGTAN_CORE_COMPARE_H
#define LINGTAN_CORE_COMPARE_H

#include "lingtan/core/score.h"

enum difference_kind {
	DIFFERENCE_OUTCOME,       /* a node has another value */
	DIFFERENCE_ANSWER,        /* an item was answered differently */
	DIFFERENCE_QUANTITY,      /* a quantity was measured differently */
	DIFFERENCE_APPLICABILITY, /* evaluated on one side only, by type, stage or place */
	DIFFERENCE_POINTS,        /* the item's maximum differs */
	DIFFERENCE_WEIGHT, /* the term of a node weighs differently, or is not evaluated on one side
			    */
	DIFFERENCE_PARAMETER,   /* another number, or unset */
	DIFFERENCE_ONLY_IN_ONE, /* the other ruleset has no node, item or quantity of this id */
	DIFFERENCE_SCALE,       /* the item's tiers or line differ; a and b are its values */
};

struct difference {
	enum difference_kind kind;
	const char *id;   /* node, item, quantity or parameter; of a weight: the term */
	const char *node; /* of a weight: the node it stands in */
	bool in_a, in_b;  /* false: not there, or not evaluated */
	struct value a, b;
	struct lt_decimal effect; /* of outcomes: b - a where both are exact, else 0 */
};

struct comparison {
	bool same_ruleset;
	struct difference *at; /* outcomes first, in the order of plan a; then reasons, in the order
				  of items */
	unsigned n;
};

/**
 * compare_results - the differences of two results; nodes are matched by id. Without any difference
 * n is 0. Owns: everything lives in the arena and borrows the two plans.
 */
enum lt_status compare_results(const struct result *a, const struct answers *answers_a,
			       const struct result *b, const struct answers *answers_b,
			       struct lt_arena *arena, struct comparison *out, struct lt_err *err);

#endif
