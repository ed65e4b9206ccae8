/*
 * trace - how each number of a result came about: per node its terms, weights, rescaling, limits
 * and rounding.
 *
 * A trace is allocated once for a plan and filled for a result as often as wanted; filling
 * allocates nothing. It borrows plan and result. The tree under a node is walked by following the
 * slots of its terms.
 */
#ifndef LINGTAN_CORE_TRACE_H
#define LINGTAN_CORE_TRACE_H

#include "lingtan/core/score.h"

struct trace_term {
	uint32_t slot;
	uint32_t weight;           /* NO_SLOT = 1 */
	struct value contribution; /* w x; what it adds to a sum, before rescaling */
	bool counted;              /* false: n/a and left out */
};

struct trace_node {
	const struct plan_node *node;
	struct trace_term *terms; /* [node->n_terms] */
	struct value raw;         /* before min, max and round */
	bool rescaled;
	struct lt_decimal all, left; /* points of all items and of those left, of a rescaled sum */
	bool limited;                /* min or max moved it */
	bool rounded;                /* round moved it */
};

struct trace {
	struct trace_node *nodes; /* [plan->n_nodes] */
};

enum lt_status trace_init(struct trace *trace, const struct plan *plan, struct lt_arena *arena,
			  struct lt_err *err);

/* Errors: LT_EDATA on overflow, which score_all() would have met before. */
enum lt_status trace_fill(struct trace *trace, const struct result *result, struct lt_err *err);

#endif
