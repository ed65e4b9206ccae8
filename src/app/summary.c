#include "lingtan/app/summary.h"

#include <string.h>

static bool is_scored(const struct plan_item *item)
{
	return !item->truth && item->decl->points.value;
}

bool item_is_answered(const struct plan *plan, const struct answers *answers, unsigned at)
{
	const struct plan_item *item = &plan->items[at];
	if (item->quantity != NO_SLOT && answers->items[at].state == ANSWER_OPEN)
		return answers->quantities[item->quantity - plan->first_quantity].state !=
		       MEASURE_OPEN;
	return answers->items[at].state != ANSWER_OPEN;
}

void control_count_fill(const struct result *result, const struct answers *answers,
			struct control_count *count)
{
	const struct plan *plan = result->plan;
	for (unsigned i = 0; i < plan->n_items; i++) {
		const struct value *value = &result->values[i];
		if (plan->items[i].decl->kind != ITEM_CONTROL)
			continue;
		if (value->state == VALUE_NA)
			count->na++;
		else if (!item_is_answered(plan, answers, i))
			count->open++;
		else if (value->lo.units > 0)
			count->met++;
		else
			count->failed[count->n_failed++] = plan->items[i].decl->id;
	}
	count->not_met = count->n_failed;
}

/* Items of a section stand together: whether it lies in another is asked once for all of them. */
struct within {
	const struct ruleset *ruleset;
	const char *ancestor;
	const char *last; /* section of the item before */
	bool last_is_within;
};

static bool is_within(struct within *within, const struct plan_item *item)
{
	const char *section = item->decl->section;
	if (!within->last || strcmp(within->last, section) != 0) {
		within->last = section;
		within->last_is_within =
			ruleset_section_is_within(within->ruleset, section, within->ancestor);
	}
	return within->last_is_within;
}

/* Whether a node sums all scored items of a section that apply, and nothing else. */
static bool sums_section(const struct plan *plan, const struct plan_node *node,
			 const struct section *section, unsigned n_items)
{
	struct within within = { .ruleset = plan->ruleset, .ancestor = section->id };
	unsigned n = 0;
	if (node->decl->op != OP_SUM || !node->decl->items)
		return false;
	if (node->section)
		return strcmp(node->section, section->id) == 0;
	if (node->n_terms < n_items)
		return false;
	for (unsigned t = 0; t < node->n_terms; t++) {
		const struct plan_item *item = &plan->items[node->terms[t].slot];
		if (!is_within(&within, item))
			return false;
		n += item->applies;
	}
	return n == n_items && n > 0;
}

uint32_t section_find_sum(const struct plan *plan, const struct section *section, unsigned n_items)
{
	for (unsigned i = 0; i < plan->n_nodes; i++)
		if (sums_section(plan, &plan->nodes[i], section, n_items))
			return plan->first_node + i;
	return NO_SLOT;
}

/* The node that sums just this section, and the weight with which another node takes it in. */
static void find_section_node(const struct plan *plan, struct section_row *row)
{
	row->slot = section_find_sum(plan, row->section, row->items);
	for (unsigned i = 0; row->slot != NO_SLOT && i < plan->n_nodes; i++)
		for (unsigned t = 0; t < plan->nodes[i].n_terms; t++) {
			const struct plan_term *term = &plan->nodes[i].terms[t];
			if (term->slot == row->slot && term->weight != NO_SLOT && !row->weight)
				row->weight = plan_slot_name(plan, term->weight);
		}
}

/* Of each item the section at the top that it lies in. */
static const struct section **find_tops(const struct plan *plan, struct lt_arena *arena)
{
	const struct ruleset *ruleset = plan->ruleset;
	const struct section **tops = lt_arena_alloc(arena, plan->n_items + 1, sizeof(*tops));
	for (unsigned i = 0; tops && i < plan->n_items; i++) {
		const char *section = plan->items[i].decl->section;
		/* items of a section stand together */
		if (i && strcmp(plan->items[i - 1].decl->section, section) == 0)
			tops[i] = tops[i - 1];
		else
			tops[i] = ruleset_section_top(ruleset, section);
	}
	return tops;
}

/* Whether the row's section has scored items; those that apply are counted. */
static bool fill_row(const struct result *result, const struct answers *answers,
		     const struct section *const *tops, struct section_row *row)
{
	const struct plan *plan = result->plan;
	struct lt_decimal maximum = VALUE_ZERO;
	bool has_scored = false;
	for (unsigned i = 0; i < plan->n_items; i++) {
		const struct plan_item *item = &plan->items[i];
		if (tops[i] != row->section || !is_scored(item))
			continue;
		has_scored = true;
		if (!item->applies)
			continue;
		row->items++;
		row->answered += item_is_answered(plan, answers, i);
		/* a sum of declared points cannot leave the range once the ruleset was checked */
		lt_decimal_add(maximum, item->points, &maximum);
	}
	row->maximum = value_exact(maximum);
	return has_scored;
}

static void find_balance(const struct plan *plan, struct balance *balance)
{
	const struct plan_node *net = plan_published(plan, PUBLISH_NET);
	*balance = (struct balance){ .net = NO_SLOT,
				     .emission = NO_SLOT,
				     .absorption = NO_SLOT,
				     .offset = NO_SLOT,
				     .unit = "tCO2" };
	if (!net)
		return;
	balance->net = plan->first_node + (uint32_t)(net - plan->nodes);
	balance->emission = plan_find(plan, "emission");
	balance->absorption = plan_find(plan, "absorption");
	balance->offset = plan_find(plan, "offset");
	if (net->decl->unit)
		balance->unit = net->decl->unit;
}

enum lt_status summary_collect(const struct result *result, const struct answers *answers,
			       struct lt_arena *arena, struct summary *out, struct lt_err *err)
{
	const struct plan *plan = result->plan;
	const struct ruleset *ruleset = plan->ruleset;
	*out = (struct summary){ 0 };
	out->controls.failed =
		lt_arena_alloc(arena, plan->n_items + 1, sizeof(*out->controls.failed));
	out->sections = lt_arena_alloc(arena, ruleset->n_sections + 1, sizeof(*out->sections));
	if (!out->controls.failed || !out->sections)
		return lt_err_memory(err);
	const struct section **tops = find_tops(plan, arena);
	if (!tops)
		return lt_err_memory(err);
	control_count_fill(result, answers, &out->controls);
	for (unsigned i = 0; i < ruleset->n_sections; i++) {
		struct section_row row = { .section = &ruleset->sections[i] };
		if (row.section->parent || !fill_row(result, answers, tops, &row))
			continue;
		find_section_node(plan, &row);
		out->sections[out->n_sections++] = row;
	}
	find_balance(plan, &out->balance);
	return LT_OK;
}
