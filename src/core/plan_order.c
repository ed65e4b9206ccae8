/* Puts the nodes of a plan into an order in which operands come first, and finds what depends on
 * which input. */
#include "plan_build.h"

/* Calls visit for each slot that the node reads; stops at the first false. */
static bool plan_node_visit(struct plan_node *node,
			    bool (*visit)(uint32_t *slot, void *context), void *context)
{
	uint32_t *const single[] = { &node->k,    &node->when_zero, &node->min,   &node->max,
				     &node->from, &node->to,        &node->points };
	for (unsigned i = 0; i < node->n_terms; i++)
		if (!visit(&node->terms[i].slot, context) ||
		    !visit(&node->terms[i].weight, context))
			return false;
	for (size_t i = 0; i < sizeof(single) / sizeof(single[0]); i++) {
		bool is_k = single[i] == &node->k;
		if ((!is_k || (node->decl->op == OP_AT_LEAST && !node->k_all)) &&
		    !visit(single[i], context))
			return false;
	}
	for (unsigned i = 0; i < node->n_steps; i++)
		if (!visit(&node->steps[i].limit, context) || !visit(&node->steps[i].then, context))
			return false;
	for (unsigned i = 0; i < node->n_grades; i++)
		for (unsigned w = 0; w < node->grades[i].n_when; w++)
			if (!visit(&node->grades[i].when[w], context))
				return false;
	for (unsigned i = 0; i < node->n_otherwise; i++)
		if (!visit(&node->otherwise[i].unless, context))
			return false;
	return true;
}

/* ---- topological order ---- */

struct sorter {
	struct plan_build *build;
	uint32_t *position; /* [n_nodes] by index as written: 0 = not seen, 1 = being visited, else
			       2 + place in the order */
	unsigned n_placed, level;
	unsigned depth; /* of the operands of the node being visited */
};

static bool place_node(struct sorter *sorter, uint32_t index);

static bool place_operand(uint32_t *slot, void *context)
{
	struct sorter *sorter = context;
	if (*slot == NO_SLOT || !(*slot & NODE_MARK))
		return true;
	uint32_t index = *slot & ~NODE_MARK;
	if (!place_node(sorter, index))
		return false;
	unsigned depth = sorter->build->plan->nodes[index].depth;
	if (depth > sorter->depth)
		sorter->depth = depth;
	return true;
}

static bool place_node(struct sorter *sorter, uint32_t index)
{
	struct plan_node *node = &sorter->build->plan->nodes[index];
	if (sorter->position[index] >= 2)
		return true;
	if (sorter->position[index] == 1) {
		lt_err_set(sorter->build->err, LT_EDATA, "%s：计算成环，它的值取决于它自己",
			   "%s: a cycle: its value depends on itself", node->id);
		return false;
	}
	if (sorter->level >= PLAN_MAX_DEPTH) {
		lt_err_set(sorter->build->err, LT_EDATA, "%s：计算层数超过 %d",
			   "%s: the plan is more than %d levels deep", node->id, PLAN_MAX_DEPTH);
		return false;
	}
	unsigned outer_depth = sorter->depth;
	sorter->build->current = node->decl;
	sorter->position[index] = 1;
	sorter->level++;
	sorter->depth = 0;
	bool placed = plan_node_visit(node, place_operand, sorter);
	node->depth = sorter->depth + 1;
	if (placed && node->depth > PLAN_MAX_DEPTH) {
		lt_err_set(sorter->build->err, LT_EDATA, "%s：计算层数超过 %d",
			   "%s: the plan is more than %d levels deep", node->id, PLAN_MAX_DEPTH);
		placed = false;
	}
	sorter->depth = outer_depth;
	sorter->level--;
	sorter->position[index] = 2 + sorter->n_placed;
	sorter->n_placed += placed;
	return placed;
}

struct renumber {
	const struct plan *plan;
	const uint32_t *position;
};

static bool renumber_slot(uint32_t *slot, void *context)
{
	const struct renumber *renumber = context;
	if (*slot != NO_SLOT && (*slot & NODE_MARK))
		*slot = renumber->plan->first_node + renumber->position[*slot & ~NODE_MARK] - 2;
	return true;
}

static enum lt_status sort_nodes(struct plan_build *build)
{
	struct plan *plan = build->plan;
	struct sorter sorter = { .build = build };
	struct plan_node *ordered =
		lt_arena_alloc(build->arena, plan->n_nodes + 1, sizeof(*ordered));
	sorter.position = lt_arena_alloc(build->arena, plan->n_nodes + 1, sizeof(*sorter.position));
	if (!ordered || !sorter.position)
		return lt_err_memory(build->err);
	for (uint32_t i = 0; i < plan->n_nodes; i++)
		if (!place_node(&sorter, i))
			return build->err->status;

	plan->first_node = plan->first_constant + plan->n_constants;
	plan->n_slots = plan->first_node + plan->n_nodes;
	struct renumber renumber = { .plan = plan, .position = sorter.position };
	for (uint32_t i = 0; i < plan->n_nodes; i++) {
		plan_node_visit(&plan->nodes[i], renumber_slot, &renumber);
		ordered[sorter.position[i] - 2] = plan->nodes[i];
	}
	plan->nodes = ordered;
	for (unsigned i = 0; i < plan->index_size; i++)
		if (plan->index[i].name)
			renumber_slot(&plan->index[i].slot, &renumber);
	return LT_OK;
}

/* ---- dependents ---- */

struct reach {
	const struct plan *plan;
	const uint64_t *of; /* [n_nodes][n_words]: inputs that reach each node */
	uint64_t *into;
};

static void reach_input(const struct reach *reach, uint32_t input)
{
	reach->into[input / 64] |= (uint64_t)1 << (input % 64);
}

static bool reach_slot(uint32_t *slot, void *context)
{
	const struct reach *reach = context;
	const struct plan *plan = reach->plan;
	if (*slot == NO_SLOT)
		return true;
	if (*slot < plan->first_parameter)
		reach_input(reach, *slot);
	if (*slot < plan->n_items && plan->items[*slot].quantity != NO_SLOT)
		reach_input(reach, plan->items[*slot].quantity);
	if (*slot >= plan->first_node)
		for (unsigned w = 0; w < plan->n_words; w++)
			reach->into[w] |=
				reach->of[(size_t)(*slot - plan->first_node) * plan->n_words + w];
	return true;
}

static enum lt_status list_dependents(struct plan_build *build, const uint64_t *of, uint32_t input)
{
	struct plan *plan = build->plan;
	struct plan_dependents *dependents = &plan->dependents[input];
	unsigned n = 0;
	for (unsigned i = 0; i < plan->n_nodes; i++)
		n += (of[(size_t)i * plan->n_words + input / 64] >> (input % 64) & 1) != 0;
	dependents->nodes = lt_arena_alloc(build->arena, n + 1, sizeof(*dependents->nodes));
	if (!dependents->nodes)
		return lt_err_memory(build->err);
	for (uint32_t i = 0; i < plan->n_nodes; i++)
		if (of[(size_t)i * plan->n_words + input / 64] >> (input % 64) & 1)
			dependents->nodes[dependents->n++] = i;
	return LT_OK;
}

static enum lt_status find_dependents(struct plan_build *build)
{
	struct plan *plan = build->plan;
	plan->dependents =
		lt_arena_alloc(build->arena, plan->first_parameter + 1, sizeof(*plan->dependents));
	uint64_t *of = lt_arena_alloc(build->arena, (size_t)plan->n_nodes * plan->n_words + 1,
				      sizeof(*of));
	if (!plan->dependents || !of)
		return lt_err_memory(build->err);
	for (unsigned i = 0; i < plan->n_nodes; i++) {
		struct reach reach = { .plan = plan,
				       .of = of,
				       .into = of + (size_t)i * plan->n_words };
		plan_node_visit(&plan->nodes[i], reach_slot, &reach);
	}
	for (uint32_t input = 0; input < plan->first_parameter; input++) {
		enum lt_status status = list_dependents(build, of, input);
		if (status)
			return status;
	}
	return LT_OK;
}

enum lt_status plan_order(struct plan_build *build)
{
	enum lt_status status = sort_nodes(build);
	return status ? status : find_dependents(build);
}
