/* score_ops - the eight operations and the forms of items, on values that are already there; shared
 * inside core. */
#ifndef LINGTAN_CORE_SCORE_OPS_H
#define LINGTAN_CORE_SCORE_OPS_H

#include "lingtan/core/answers.h"
#include "lingtan/core/plan.h"

/* Each returns false when a number goes beyond the range of decimals. values[] is indexed by slot.
 */
bool score_item(const struct plan *plan, unsigned index, const struct answer *answer,
		const struct value *values, struct value *out);
/* A number held between the node's min and max; what is no number stays as it is. */
struct value score_bounded(const struct plan_node *node, const struct value *values,
			   const struct value *raw);

bool score_node_raw(const struct plan *plan, unsigned index, const struct value *values,
		    struct value *out); /* before min, max, round */
bool score_node(const struct plan *plan, unsigned index, const struct value *values,
		struct value *out);

/* What rescaling multiplies and divides by: points of all items of a sum, and of those that are
 * left. */
bool score_rescale_bases(const struct plan *plan, const struct plan_node *node,
			 const struct value *values, struct lt_decimal *all,
			 struct lt_decimal *left);

/* A sum's term before rescaling: w x. */
bool score_contribution(const struct plan_term *term, const struct value *values,
			struct value *out);

/* Whether a step is reached whatever x and its limit turn out to be; whether it can be. */
static inline bool step_is_certain(const struct plan_step *step, const struct value *x,
				   const struct value *limit)
{
	const int low = value_compare_lo_hi(x, limit);
	return step->above ? low > 0 : low >= 0;
}

static inline bool step_is_possible(const struct plan_step *step, const struct value *x,
				    const struct value *limit)
{
	const int high = -value_compare_lo_hi(limit, x);
	return step->above ? high > 0 : high >= 0;
}

#endif
