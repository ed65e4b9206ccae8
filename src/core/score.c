#include "lingtan/core/score.h"

#include <string.h>
#include "score_ops.h"

static uint64_t *unknown_of(const struct result *result, uint32_t slot)
{
	return result->unknown + (size_t)slot * result->plan->n_words;
}

static void mark_unknown(const struct result *result, uint32_t slot, uint32_t input)
{
	unknown_of(result, slot)[input / 64] |= (uint64_t)1 << (input % 64);
}

enum lt_status result_init(struct result *result, const struct plan *plan, struct lt_arena *arena,
			   struct lt_err *err)
{
	result->plan = plan;
	result->values = lt_arena_alloc(arena, plan->n_slots + 1, sizeof(*result->values));
	result->unknown = lt_arena_alloc(arena, (size_t)plan->n_slots * plan->n_words + 1,
					 sizeof(*result->unknown));
	result->seen = lt_arena_alloc(arena, plan->n_slots + 1, sizeof(*result->seen));
	if (!result->values || !result->unknown || !result->seen)
		return lt_err_memory(err);
	for (unsigned i = 0; i < plan->n_parameters + plan->n_constants; i++) {
		uint32_t slot = plan->first_parameter + i;
		result->values[slot] = plan->numbers[i].value;
		if (plan->numbers[i].unset && !value_is_certain(&result->values[slot]))
			mark_unknown(result, slot, slot);
	}
	return LT_OK;
}

static void score_quantity(const struct plan *plan, unsigned index, const struct measure *measure,
			   struct result *result)
{
	const uint32_t slot = plan->first_quantity + index;
	memset(unknown_of(result, slot), 0, plan->n_words * sizeof(uint64_t));
	switch (measure->state) {
	case MEASURE_VALUE:
		result->values[slot] = value_exact(measure->value);
		break;
	case MEASURE_NA:
		result->values[slot] = value_na();
		break;
	case MEASURE_OPEN:
		result->values[slot] = plan->quantities[index].range;
		mark_unknown(result, slot, slot);
		break;
	}
}

static bool update_item(const struct plan *plan, uint32_t slot, const struct answer *answer,
			struct result *result)
{
	struct value *value = &result->values[slot];
	if (!score_item(plan, slot, answer, result->values, value))
		return false;
	memset(unknown_of(result, slot), 0, plan->n_words * sizeof(uint64_t));
	if (!value_is_certain(value))
		mark_unknown(result, slot,
			     plan->items[slot].quantity != NO_SLOT ? plan->items[slot].quantity
								   : slot);
	return true;
}

static void unite(const struct result *result, uint64_t *into, uint32_t slot)
{
	if (slot == NO_SLOT)
		return;
	const uint64_t *from = unknown_of(result, slot);
	for (unsigned w = 0; w < result->plan->n_words; w++)
		into[w] |= from[w];
}

/* Only the conditions between the certain and the possible grade can still move it. */
static void unite_ladder(const struct result *result, const struct plan_node *node,
			 const struct value *value, uint64_t *into)
{
	const unsigned certain = (unsigned)(value->lo.units / LT_DECIMAL_ONE),
		       possible = (unsigned)(value->hi.units / LT_DECIMAL_ONE);
	for (unsigned g = certain; g < possible; g++)
		for (unsigned w = 0; w < node->grades[g].n_when; w++)
			unite(result, into, node->grades[g].when[w]);
}

/* What stands under min and max: only the side that can still be the smaller, or the greater,
 * matters. */
static bool unite_limits(const struct plan *plan, unsigned index, const struct result *result,
			 uint64_t *into)
{
	const struct plan_node *node = &plan->nodes[index];
	struct value inner;
	bool inner_matters = true;
	if (node->min == NO_SLOT && node->max == NO_SLOT)
		return true;
	if (!score_node_raw(plan, index, result->values, &inner) || inner.state != VALUE_NUMBER)
		return true;
	if (node->min != NO_SLOT) {
		const struct value *floor = &result->values[node->min];
		if (value_compare_lo_hi(&inner, floor) < 0)
			unite(result, into, node->min);
		inner_matters = value_compare_lo_hi(floor, &inner) < 0;
		inner = value_at_least(&inner, floor);
	}
	if (node->max != NO_SLOT) {
		const struct value *ceiling = &result->values[node->max];
		if (value_compare_lo_hi(ceiling, &inner) < 0)
			unite(result, into, node->max);
		inner_matters = inner_matters && value_compare_lo_hi(&inner, ceiling) < 0;
	}
	return inner_matters || inner.maybe_none;
}

/* Of steps only those that can still be the last one reached: what lies below a step that is
 * reached for sure, or above one that cannot be, changes nothing. */
static void unite_steps(const struct result *result, const struct plan_node *node, uint64_t *into)
{
	const struct value *x = node->n_steps ? &result->values[node->terms[0].slot] : NULL;
	unsigned first = 0;
	for (unsigned i = 0; i < node->n_steps; i++)
		if (step_is_certain(&node->steps[i], x, &result->values[node->steps[i].limit]))
			first = i;
	for (unsigned i = first; i < node->n_steps; i++) {
		const struct plan_step *step = &node->steps[i];
		const struct value *limit = &result->values[step->limit];
		if (!step_is_possible(step, x, limit))
			break;
		unite(result, into, step->then);
		if (!step_is_certain(step, x, limit))
			unite(result, into, step->limit);
	}
}

static void unite_operands(const struct result *result, const struct plan_node *node,
			   uint64_t *into)
{
	/* over a divisor that is 0 for sure only what holds at 0 counts */
	const struct value *divisor =
		node->decl->op == OP_RATIO ? &result->values[node->terms[1].slot] : NULL;
	const bool at_zero = divisor && value_is_exact(divisor) && divisor->lo.units == 0;
	for (unsigned i = 0; i < node->n_terms && !at_zero; i++) {
		unite(result, into, node->terms[i].slot);
		unite(result, into, node->terms[i].weight);
	}
	unite_steps(result, node, into);
	const uint32_t others[] = { node->when_zero, node->from, node->to, node->points,
				    node->decl->op == OP_AT_LEAST && !node->k_all ? node->k
										  : NO_SLOT };
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		unite(result, into, others[i]);
}

static void update_unknown(const struct plan *plan, unsigned index, struct result *result)
{
	const struct plan_node *node = &plan->nodes[index];
	const uint32_t slot = plan->first_node + index;
	const struct value *value = &result->values[slot];
	uint64_t *into = unknown_of(result, slot);
	memset(into, 0, plan->n_words * sizeof(uint64_t));
	if (value_is_certain(value))
		return;
	if (node->decl->op == OP_LADDER)
		unite_ladder(result, node, value, into);
	else if (unite_limits(plan, index, result, into))
		unite_operands(result, node, into);
}

static enum lt_status update_node(const struct plan *plan, unsigned index, struct result *result,
				  struct lt_err *err)
{
	if (!score_node(plan, index, result->values, &result->values[plan->first_node + index]))
		return lt_err_set(err, LT_EDATA, "%s：数值超出可精确表示的范围（约 1.7×10²⁶）",
				  "%s: a number beyond what can be held exactly (about 1.7e26)",
				  plan->nodes[index].id);
	update_unknown(plan, index, result);
	return LT_OK;
}

static enum lt_status item_too_large(const struct plan *plan, uint32_t slot, struct lt_err *err)
{
	return lt_err_set(err, LT_EDATA, "条款 %s：数值超出可精确表示的范围",
			  "item %s: a number beyond what can be held exactly",
			  plan_slot_name(plan, slot));
}

enum lt_status score_all(const struct plan *plan, const struct answers *answers,
			 struct result *result, struct lt_err *err)
{
	for (unsigned i = 0; i < plan->n_quantities; i++)
		score_quantity(plan, i, &answers->quantities[i], result);
	for (unsigned i = 0; i < plan->n_items; i++)
		if (!update_item(plan, i, &answers->items[i], result))
			return item_too_large(plan, i, err);
	for (unsigned i = 0; i < plan->n_nodes; i++) {
		enum lt_status status = update_node(plan, i, result, err);
		if (status)
			return status;
	}
	return LT_OK;
}

enum lt_status score_change(const struct plan *plan, const struct answers *answers, uint32_t slot,
			    struct result *result, struct lt_err *err)
{
	if (slot < plan->n_items) {
		if (!update_item(plan, slot, &answers->items[slot], result))
			return item_too_large(plan, slot, err);
	} else {
		const unsigned quantity = slot - plan->first_quantity;
		score_quantity(plan, quantity, &answers->quantities[quantity], result);
		for (unsigned i = 0; i < plan->n_items; i++)
			if (plan->items[i].quantity == slot &&
			    !update_item(plan, i, &answers->items[i], result))
				return item_too_large(plan, i, err);
	}
	const struct plan_dependents *dependents = &plan->dependents[slot];
	for (unsigned i = 0; i < dependents->n; i++) {
		enum lt_status status = update_node(plan, dependents->nodes[i], result, err);
		if (status)
			return status;
	}
	return LT_OK;
}

bool result_is_open(const struct result *result, uint32_t slot, uint32_t input)
{
	return unknown_of(result, slot)[input / 64] >> (input % 64) & 1;
}

static unsigned count_unknown(const struct result *result, uint32_t slot, uint32_t from,
			      uint32_t to)
{
	unsigned n = 0;
	for (uint32_t input = from; input < to; input++)
		n += result_is_open(result, slot, input);
	return n;
}

unsigned result_count_open(const struct result *result, uint32_t slot)
{
	return count_unknown(result, slot, 0, result->plan->first_parameter);
}

unsigned result_count_needs(const struct result *result, uint32_t slot)
{
	return count_unknown(result, slot, result->plan->first_parameter,
			     result->plan->first_constant);
}
