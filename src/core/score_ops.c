#include "score_ops.h"

#include <string.h>

/* ---- items ---- */

/* points x (x - from) / (to - from), held in 0..points. */
static bool score_linear(const struct value *x, struct lt_decimal from, struct lt_decimal to,
		  struct lt_decimal points, struct value *out)
{
	const bool falling = from.units > to.units;
	struct lt_decimal ends[2];
	struct lt_decimal span;
	if (!lt_decimal_subtract(to, from, &span))
		return false;
	for (int end = 0; end < 2; end++) {
		const bool unbounded = end ? x->hi_unbounded : x->lo_unbounded;
		struct lt_decimal at = end ? x->hi : x->lo, distance, part;
		if (unbounded) {
			ends[end] = (end == 1) != falling ? points : VALUE_ZERO;
			continue;
		}
		const bool before = falling ? at.units >= from.units : at.units <= from.units;
		const bool beyond = falling ? at.units <= to.units : at.units >= to.units;
		if (beyond) {
			ends[end] = points;
		} else if (before) {
			ends[end] = VALUE_ZERO;
		} else {
			if (!lt_decimal_subtract(at, from, &distance) ||
			    !lt_decimal_multiply_divide(points, distance, span, &part))
				return false;
			ends[end] = part;
		}
	}
	*out = ends[0].units <= ends[1].units ? value_range(ends[0], ends[1])
					      : value_range(ends[1], ends[0]);
	out->maybe_none = x->maybe_none;
	out->none_at = x->none_at;
	return true;
}

/* Points of the tiers that an interval meets; below the first tier an item has 0 points. */
static struct value score_tiers(const struct plan_item *item, const struct value *x)
{
	const struct item *decl = item->decl;
	struct value hull = value_exact(VALUE_ZERO);
	for (unsigned i = 0; i < decl->n_tiers; i++) {
		const struct lt_decimal limit = item->tier_limits[i];
		const bool above = decl->tiers[i].above != NULL;
		const bool certain = !x->lo_unbounded && (above ? x->lo.units > limit.units
								: x->lo.units >= limit.units);
		const bool possible = x->hi_unbounded || (above ? x->hi.units > limit.units
								: x->hi.units >= limit.units);
		if (!possible)
			break;
		struct value points = value_exact(item->tier_points[i]);
		hull = certain ? points : value_hull(&hull, &points);
	}
	return hull;
}

static bool score_checks(const struct plan_item *item, uint64_t checks, struct value *out)
{
	struct lt_decimal sum = VALUE_ZERO;
	for (unsigned i = 0; i < item->decl->n_checks; i++)
		if ((checks >> i & 1) && !lt_decimal_add(sum, item->check_points[i], &sum))
			return false;
	*out = value_exact(sum);
	return true;
}

bool score_item(const struct plan *plan, unsigned index, const struct answer *answer,
		const struct value *values, struct value *out)
{
	const struct plan_item *item = &plan->items[index];
	const struct lt_decimal full = item->truth ? VALUE_ONE : item->points;
	if (!item->applies || answer->state == ANSWER_NA) {
		*out = value_na();
		return true;
	}
	if (item->quantity != NO_SLOT) {
		const struct value *x = &values[item->quantity];
		if (x->state != VALUE_NUMBER)
			*out = *x;
		else if (item->decl->linear.from)
			return score_linear(x, item->from, item->to, item->points, out);
		else
			*out = score_tiers(item, x);
		return true;
	}
	switch (answer->state) {
	case ANSWER_MET:
		*out = value_exact(full);
		break;
	case ANSWER_NOT_MET:
		*out = value_exact(VALUE_ZERO);
		break;
	case ANSWER_POINTS:
		*out = value_exact(answer->points);
		break;
	case ANSWER_TIER:
		*out = value_exact(item->tier_points[answer->tier]);
		break;
	case ANSWER_CHECKS:
		return score_checks(item, answer->checks, out);
	case ANSWER_OPEN:
	case ANSWER_NA:
		*out = value_range(VALUE_ZERO, full);
		break;
	}
	return true;
}

/* ---- sum ---- */

bool score_contribution(const struct plan_term *term, const struct value *values, struct value *out)
{
	if (term->weight == NO_SLOT) {
		*out = values[term->slot];
		return true;
	}
	return value_multiply(&values[term->slot], &values[term->weight], out);
}

bool score_rescale_bases(const struct plan *plan, const struct plan_node *node,
			 const struct value *values, struct lt_decimal *all,
			 struct lt_decimal *left)
{
	*all = *left = VALUE_ZERO;
	for (unsigned i = 0; i < node->n_terms; i++) {
		const struct plan_term *term = &node->terms[i];
		struct lt_decimal points =
			term->slot < plan->n_items ? plan->items[term->slot].points : VALUE_ZERO;
		/* an unset weight is one for all, which cancels out; the lint refuses others */
		const bool fixed = term->weight != NO_SLOT && value_is_exact(&values[term->weight]);
		if (fixed && !lt_decimal_multiply(points, values[term->weight].lo, &points))
			return false;
		if (!lt_decimal_add(*all, points, all))
			return false;
		if (values[term->slot].state != VALUE_NA && !lt_decimal_add(*left, points, left))
			return false;
	}
	return true;
}

static bool rescale(const struct plan *plan, const struct plan_node *node,
		    const struct value *values, struct value *sum)
{
	struct lt_decimal all, left;
	if (!score_rescale_bases(plan, node, values, &all, &left))
		return false;
	if (left.units == 0) {
		*sum = value_na();
		return true;
	}
	return (sum->lo_unbounded || lt_decimal_multiply_divide(sum->lo, all, left, &sum->lo)) &&
	       (sum->hi_unbounded || lt_decimal_multiply_divide(sum->hi, all, left, &sum->hi));
}

static bool op_sum(const struct plan *plan, const struct plan_node *node,
		   const struct value *values, struct value *out)
{
	struct value sum = value_exact(VALUE_ZERO);
	unsigned n_na = 0;
	for (unsigned i = 0; i < node->n_terms; i++) {
		const struct plan_term *term = &node->terms[i];
		const struct value *x = &values[term->slot];
		struct value weighted;
		if (x->state == VALUE_NONE) {
			*out = *x;
			return true;
		}
		if (x->state == VALUE_NA) {
			n_na++;
			continue;
		}
		if (term->weight != NO_SLOT) {
			if (!score_contribution(term, values, &weighted))
				return false;
			x = &weighted;
		}
		if (!value_add(&sum, x, &sum))
			return false;
	}
	const enum na_policy policy = node->decl->na;
	if (n_na == node->n_terms)
		sum = value_na();
	else if (n_na && policy == NA_RESCALE && !rescale(plan, node, values, &sum))
		return false;
	else if (n_na && policy != NA_DROP && policy != NA_RESCALE)
		sum = value_none(plan->first_node + (uint32_t)(node - plan->nodes));
	*out = sum;
	return true;
}

/* ---- product, ratio, linear, steps ---- */

/* The first operand that is none, or else n/a, decides; NULL when all are numbers. */
static const struct value *first_without_number(const struct plan_node *node,
						const struct value *values)
{
	const struct value *na = NULL;
	for (unsigned i = 0; i < node->n_terms; i++) {
		const struct value *x = &values[node->terms[i].slot];
		if (x->state == VALUE_NONE)
			return x;
		if (x->state == VALUE_NA && !na)
			na = x;
	}
	return na;
}

static bool op_product(const struct plan *plan, const struct plan_node *node,
		       const struct value *values, struct value *out)
{
	(void)plan;
	struct value product = value_exact(VALUE_ONE);
	for (unsigned i = 0; i < node->n_terms; i++)
		if (!value_multiply(&product, &values[node->terms[i].slot], &product))
			return false;
	*out = product;
	return true;
}

/* What a quotient becomes where the divisor may also be 0: joined by the value that holds then, or
 * perhaps none. */
static struct value or_at_zero(struct value quotient, const struct value *when_zero, uint32_t self)
{
	if (when_zero && when_zero->state == VALUE_NUMBER)
		return value_hull(&quotient, when_zero);
	quotient.maybe_none = true;
	quotient.none_at = when_zero ? when_zero->none_at : self;
	return quotient;
}

/* 0 <= b with 0 possible: each end runs to infinity on its own side of zero, else to the end over
 * the greatest b. */
static bool divide_by_small(const struct value *a, const struct value *b, struct value *out)
{
	struct value quotient = { .lo_unbounded = a->lo_unbounded || a->lo.units < 0,
				  .hi_unbounded = a->hi_unbounded || a->hi.units > 0,
				  .maybe_none = a->maybe_none || b->maybe_none,
				  .none_at = a->maybe_none ? a->none_at : b->none_at };
	if (!quotient.lo_unbounded && !b->hi_unbounded &&
	    !lt_decimal_divide(a->lo, b->hi, &quotient.lo))
		return false;
	if (!quotient.hi_unbounded && !b->hi_unbounded &&
	    !lt_decimal_divide(a->hi, b->hi, &quotient.hi))
		return false;
	*out = quotient;
	return true;
}

static bool op_ratio(const struct plan *plan, const struct plan_node *node,
		     const struct value *values, struct value *out)
{
	const struct value *a = &values[node->terms[0].slot], *b = &values[node->terms[1].slot];
	const struct value *when_zero =
		node->when_zero == NO_SLOT ? NULL : &values[node->when_zero];
	const uint32_t self = plan->first_node + (uint32_t)(node - plan->nodes);
	struct value quotient = { .lo_unbounded = true, .hi_unbounded = true };
	const bool doubtful = a->maybe_none || b->maybe_none;
	if (!b->lo_unbounded && b->lo.units > 0)
		return value_divide(a, b, out);
	if (!b->hi_unbounded && b->hi.units < 0) {
		struct value minus_a, minus_b;
		return value_negate(a, &minus_a) && value_negate(b, &minus_b) &&
		       value_divide(&minus_a, &minus_b, out);
	}
	if (value_is_exact(b)) {
		*out = when_zero ? *when_zero : value_none(self);
		return true;
	}
	if (value_is_exact(a) && a->lo.units == 0)
		quotient = value_exact(VALUE_ZERO);
	else if (!b->lo_unbounded && b->lo.units >= 0 && !divide_by_small(a, b, &quotient))
		return false;
	*out = or_at_zero(quotient, when_zero, self);
	if (doubtful && out->state == VALUE_NUMBER) {
		out->maybe_none = true;
		out->none_at = a->maybe_none ? a->none_at : b->none_at;
	}
	return true;
}

/* With limits that do not cross, the points rise or fall in each of the three, so the corners bound
 * them. */
static bool linear_corners(const struct value *x, const struct value *from, const struct value *to,
			   const struct value *points, struct value *out)
{
	for (int corner = 0; corner < 8; corner++) {
		struct value at;
		if (!score_linear(x, corner & 1 ? from->hi : from->lo, corner & 2 ? to->hi : to->lo,
				  corner & 4 ? points->hi : points->lo, &at))
			return false;
		*out = corner ? value_hull(out, &at) : at;
	}
	return true;
}

static bool is_bounded(const struct value *v)
{
	return !v->lo_unbounded && !v->hi_unbounded;
}

static bool op_linear(const struct plan *plan, const struct plan_node *node,
		      const struct value *values, struct value *out)
{
	(void)plan;
	const struct value *from = &values[node->from], *to = &values[node->to],
			   *points = &values[node->points];
	const struct value *x = &values[node->terms[0].slot];
	const bool apart = value_compare_lo_hi(from, to) > 0 || value_compare_lo_hi(to, from) > 0;
	if (is_bounded(from) && is_bounded(to) && is_bounded(points) && apart)
		return linear_corners(x, from, to, points, out);
	/* limits that are unset: anything between nothing and all; nothing for sure where x stands
	 * before from */
	struct value zero = value_exact(VALUE_ZERO);
	const bool rising = value_compare_lo_hi(to, from) > 0,
		   falling = value_compare_lo_hi(from, to) > 0;
	const bool before = (rising && -value_compare_lo_hi(from, x) <= 0) ||
			    (falling && value_compare_lo_hi(x, from) >= 0);
	*out = before ? zero : value_hull(&zero, points);
	out->maybe_none = x->maybe_none;
	out->none_at = x->none_at;
	return true;
}

static bool op_steps(const struct plan *plan, const struct plan_node *node,
		     const struct value *values, struct value *out)
{
	const struct value *x = &values[node->terms[0].slot];
	const uint32_t self = plan->first_node + (uint32_t)(node - plan->nodes);
	struct value hull = value_none(self);
	bool sure = false, some_without = x->maybe_none;
	for (unsigned i = 0; i < node->n_steps; i++) {
		const struct plan_step *step = &node->steps[i];
		const struct value *limit = &values[step->limit], *then = &values[step->then];
		if (!step_is_possible(step, x, limit))
			break;
		if (step_is_certain(step, x, limit)) {
			/* what stands below can no longer be the last step reached */
			hull = *then;
			sure = true;
			some_without = x->maybe_none || then->state != VALUE_NUMBER;
		} else if (then->state != VALUE_NUMBER) {
			some_without = true;
		} else {
			hull = hull.state == VALUE_NUMBER ? value_hull(&hull, then) : *then;
		}
	}
	if (hull.state == VALUE_NUMBER) {
		hull.maybe_none = hull.maybe_none || some_without || !sure;
		hull.none_at = self;
	}
	*out = hull;
	return true;
}

/* ---- truths ---- */

static bool op_compare(const struct plan *plan, const struct plan_node *node,
		       const struct value *values, struct value *out)
{
	(void)plan;
	const enum compare_is is = node->decl->is;
	/* a le b is b ge a */
	const bool turned = is == IS_LE || is == IS_LT, strict = is == IS_GT || is == IS_LT;
	const struct value *a = &values[node->terms[turned ? 1 : 0].slot],
			   *b = &values[node->terms[turned ? 0 : 1].slot];
	const int worst = value_compare_lo_hi(a, b), best = -value_compare_lo_hi(b, a);
	*out = value_truth(strict ? worst > 0 : worst >= 0, strict ? best > 0 : best >= 0);
	out->maybe_none = a->maybe_none || b->maybe_none;
	out->none_at = a->maybe_none ? a->none_at : b->none_at;
	return true;
}

struct truth_count {
	long long left;              /* members that are not n/a */
	long long certain, possible; /* that hold for sure, that can hold */
	long long true_or_none;      /* that cannot come out false */
	long long none, maybe_none;  /* without a value for sure; perhaps, and false otherwise */
	const struct value *first_none;
};

static bool can_be_true(const struct value *x)
{
	return x->hi_unbounded || x->hi.units > 0;
}

static struct truth_count count_truths(const struct plan_node *node, const struct value *values)
{
	struct truth_count count = { 0 };
	for (unsigned i = 0; i < node->n_terms; i++) {
		const struct value *x = &values[node->terms[i].slot];
		if (x->state == VALUE_NA)
			continue;
		const bool is_none = x->state == VALUE_NONE;
		count.left++;
		count.none += is_none;
		count.true_or_none += is_none || x->lo.units > 0;
		count.maybe_none += !is_none && x->maybe_none && !can_be_true(x);
		count.certain += !is_none && !x->maybe_none && x->lo.units > 0;
		count.possible += !is_none && can_be_true(x);
		if ((is_none || x->maybe_none) && !count.first_none)
			count.first_none = x;
	}
	return count;
}

/* A member without a value stands in the way only where it would have decided. */
static bool op_at_least(const struct plan *plan, const struct plan_node *node,
			const struct value *values, struct value *out)
{
	(void)plan;
	const struct truth_count count = count_truths(node, values);
	if (!count.left) {
		*out = value_na();
		return true;
	}
	const struct value all = value_exact(lt_decimal_from_int(count.left));
	const struct value *k = node->k_all ? &all : &values[node->k];
	const struct value certain = value_exact(lt_decimal_from_int(count.certain));
	const struct value possible = value_exact(lt_decimal_from_int(count.possible));
	const struct value never_false = value_exact(lt_decimal_from_int(count.true_or_none));
	const struct value with_all =
		value_exact(lt_decimal_from_int(count.possible + count.none + count.maybe_none));
	const bool holds = value_compare_lo_hi(&certain, k) >= 0,
		   can_hold = value_compare_lo(&possible, k) >= 0;
	*out = value_truth(holds, can_hold);
	if (holds || !count.first_none || value_compare_lo(&with_all, k) < 0)
		return true;
	const bool cannot_fail = value_compare_lo_hi(&never_false, k) >= 0;
	if (!can_hold && cannot_fail) {
		*out = value_none(count.first_none->none_at);
		return true;
	}
	*out = value_truth(cannot_fail, can_hold);
	out->maybe_none = true;
	out->none_at = count.first_none->none_at;
	return true;
}

/* ---- ladder ---- */

static bool all_conditions_na(const struct plan_node *node, const struct value *values)
{
	bool any = false;
	for (unsigned g = 0; g < node->n_grades; g++)
		for (unsigned w = 0; w < node->grades[g].n_when; w++) {
			any = true;
			if (values[node->grades[g].when[w]].state != VALUE_NA)
				return false;
		}
	return any;
}

static bool op_ladder(const struct plan *plan, const struct plan_node *node,
		      const struct value *values, struct value *out)
{
	(void)plan;
	unsigned certain = 0, possible = 0;
	bool sure = true;
	if (all_conditions_na(node, values)) {
		*out = value_na();
		return true;
	}
	for (unsigned g = 0; g < node->n_grades; g++) {
		const struct plan_grade *grade = &node->grades[g];
		bool can_hold = grade->awarded;
		for (unsigned w = 0; w < grade->n_when; w++) {
			const struct value *x = &values[grade->when[w]];
			if (x->state == VALUE_NA)
				continue;
			can_hold = can_hold && x->state == VALUE_NUMBER && can_be_true(x);
			sure = sure && x->state == VALUE_NUMBER && x->lo.units > 0 &&
			       !x->maybe_none;
		}
		if (!can_hold)
			break;
		possible = g + 1;
		if (sure)
			certain = g + 1;
	}
	*out = value_range(lt_decimal_from_int(certain), lt_decimal_from_int(possible));
	return true;
}

/* ---- a node with its attributes ---- */

static bool (*const ops[N_OPS])(const struct plan *, const struct plan_node *, const struct value *,
				struct value *) = {
	[OP_SUM] = op_sum,           [OP_PRODUCT] = op_product, [OP_RATIO] = op_ratio,
	[OP_STEPS] = op_steps,       [OP_LINEAR] = op_linear,   [OP_COMPARE] = op_compare,
	[OP_AT_LEAST] = op_at_least, [OP_LADDER] = op_ladder,
};

static bool passes_without_number(enum node_op op)
{
	return op != OP_SUM && op != OP_AT_LEAST && op != OP_LADDER;
}

/* Looks at one operand beside the terms: none beats n/a, and either stands for the whole node. */
static void look_at_limit(const struct value *values, uint32_t slot, const struct value **missing,
			  const struct value **doubtful)
{
	if (slot == NO_SLOT)
		return;
	const struct value *limit = &values[slot];
	if (limit->state == VALUE_NONE || (limit->state == VALUE_NA && !*missing))
		*missing = *missing && (*missing)->state == VALUE_NONE ? *missing : limit;
	else if (limit->state == VALUE_NUMBER && limit->maybe_none)
		*doubtful = limit;
}

/* The limit that has no value, if any; *doubtful is one that may have none. */
static const struct value *missing_limit(const struct plan_node *node, const struct value *values,
					 const struct value **doubtful)
{
	const struct value *missing = NULL;
	*doubtful = NULL;
	look_at_limit(values, node->min, &missing, doubtful);
	look_at_limit(values, node->max, &missing, doubtful);
	look_at_limit(values, node->from, &missing, doubtful);
	look_at_limit(values, node->to, &missing, doubtful);
	look_at_limit(values, node->points, &missing, doubtful);
	if (node->decl->op == OP_AT_LEAST && !node->k_all)
		look_at_limit(values, node->k, &missing, doubtful);
	for (unsigned i = 0; i < node->n_steps; i++)
		look_at_limit(values, node->steps[i].limit, &missing, doubtful);
	for (unsigned i = 0; i < node->n_terms; i++)
		look_at_limit(values, node->terms[i].weight, &missing, doubtful);
	return missing;
}

bool score_node_raw(const struct plan *plan, unsigned index, const struct value *values,
		    struct value *out)
{
	const struct plan_node *node = &plan->nodes[index];
	const struct value *doubtful;
	const struct value *limit = missing_limit(node, values, &doubtful);
	const struct value *missing =
		passes_without_number(node->decl->op) ? first_without_number(node, values) : NULL;
	if (limit && (!missing || missing->state == VALUE_NA))
		missing = limit;
	if (missing) {
		*out = *missing;
		return true;
	}
	if (!ops[node->decl->op](plan, node, values, out))
		return false;
	if (doubtful && out->state == VALUE_NUMBER) {
		out->maybe_none = true;
		out->none_at = doubtful->none_at;
	}
	return true;
}

struct value score_bounded(const struct plan_node *node, const struct value *values,
			   const struct value *raw)
{
	struct value value = *raw;
	if (value.state != VALUE_NUMBER)
		return value;
	if (node->min != NO_SLOT)
		value = value_at_least(&value, &values[node->min]);
	if (node->max != NO_SLOT)
		value = value_at_most(&value, &values[node->max]);
	return value;
}

bool score_node(const struct plan *plan, unsigned index, const struct value *values,
		struct value *out)
{
	const struct plan_node *node = &plan->nodes[index];
	struct value value;
	if (!score_node_raw(plan, index, values, &value))
		return false;
	value = score_bounded(node, values, &value);
	if (value.state == VALUE_NUMBER && node->round_places >= 0) {
		enum lt_rounding mode =
			node->decl->round.mode == ROUND_HALF_UP ? LT_HALF_UP : LT_HALF_EVEN;
		if (!value_round(&value, node->round_places, mode, &value))
			return false;
	}
	*out = value;
	return true;
}
