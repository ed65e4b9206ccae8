/* An item answered with all its points, or with none. */
#include "lingtan/core/answers.h"

/* ---- all ---- */

/* Of tiers with the same points the lower one, which asks for less. */
static unsigned best_tier(const struct plan_item *item)
{
	unsigned best = 0;
	for (unsigned i = 1; i < item->decl->n_tiers; i++)
		if (item->tier_points[i].units > item->tier_points[best].units)
			best = i;
	return best;
}

/* Nobody can measure anything beyond the declared range. */
static struct lt_decimal hold_in(const struct value *range, struct lt_decimal wanted)
{
	if (!range->lo_unbounded && wanted.units < range->lo.units)
		return range->lo;
	return !range->hi_unbounded && wanted.units > range->hi.units ? range->hi : wanted;
}

static struct lt_decimal quantity_in_full(const struct plan_item *item, const struct value *range)
{
	struct lt_decimal wanted = item->to;
	if (!item->decl->linear.from) {
		const unsigned best = best_tier(item);
		wanted = item->tier_limits[best];
		/* the least step beyond a limit that must be passed */
		if (item->decl->tiers[best].above &&
		    !lt_decimal_add(wanted, (struct lt_decimal){ 1 }, &wanted))
			wanted = item->tier_limits[best];
	}
	return hold_in(range, wanted);
}

uint32_t answers_set_in_full(const struct plan *plan, uint32_t slot, struct answers *answers)
{
	const struct plan_item *item = &plan->items[slot];
	struct answer *answer = &answers->items[slot];
	switch (item->decl->form) {
	case FORM_POINTS:
		answer->state = ANSWER_POINTS;
		answer->points = item->points;
		break;
	case FORM_TIERS:
		answer->state = ANSWER_TIER;
		answer->tier = best_tier(item);
		break;
	case FORM_CHECKLIST:
		answer->state = ANSWER_CHECKS;
		answer->checks = item->decl->n_checks < 64
					 ? ((uint64_t)1 << item->decl->n_checks) - 1
					 : UINT64_MAX;
		break;
	case FORM_MEASURED: {
		const uint32_t index = item->quantity - plan->first_quantity;
		answers->quantities[index].state = MEASURE_VALUE;
		answers->quantities[index].value =
			quantity_in_full(item, &plan->quantities[index].range);
		return item->quantity;
	}
	case FORM_MET:
	case FORM_JUDGEMENT:
	case N_ITEM_FORMS:
		answer->state = ANSWER_MET;
		break;
	}
	return slot;
}

/* ---- none ---- */

static bool is_exact_limit(const struct plan_item *item, unsigned tier)
{
	return item->decl->tiers[tier].above == NULL;
}

/* The tier that gives least; n_tiers where what lies below the first one, with its 0 points, can be
 * measured and gives no more. */
static unsigned worst_tier(const struct plan_item *item, const struct value *range)
{
	const unsigned n = item->decl->n_tiers;
	unsigned worst = 0;
	for (unsigned i = 1; i < n; i++)
		if (item->tier_points[i].units < item->tier_points[worst].units)
			worst = i;
	const struct lt_decimal first = item->tier_limits[0];
	const bool below =
		range->lo_unbounded || (is_exact_limit(item, 0) ? range->lo.units < first.units
								: range->lo.units <= first.units);
	return below && item->tier_points[worst].units >= 0 ? n : worst;
}

static struct lt_decimal quantity_of_nothing(const struct plan_item *item,
					     const struct value *range)
{
	struct lt_decimal wanted = item->from;
	if (item->decl->n_tiers) {
		const unsigned worst = worst_tier(item, range);
		const bool below = worst == item->decl->n_tiers;
		const struct lt_decimal limit = item->tier_limits[below ? 0 : worst];
		wanted = limit;
		/* the least step below the first limit, or beyond one that must be passed */
		if (below && is_exact_limit(item, 0))
			lt_decimal_subtract(limit, (struct lt_decimal){ 1 }, &wanted);
		else if (!below && !is_exact_limit(item, worst))
			lt_decimal_add(limit, (struct lt_decimal){ 1 }, &wanted);
	}
	return hold_in(range, wanted);
}

uint32_t answers_set_to_nothing(const struct plan *plan, uint32_t slot, struct answers *answers)
{
	const struct plan_item *item = &plan->items[slot];
	if (item->quantity == NO_SLOT) {
		answers->items[slot] = (struct answer){ .state = ANSWER_NOT_MET };
		return slot;
	}
	const uint32_t index = item->quantity - plan->first_quantity;
	answers->quantities[index].state = MEASURE_VALUE;
	answers->quantities[index].value =
		quantity_of_nothing(item, &plan->quantities[index].range);
	return item->quantity;
}
