#include "lingtan/core/trace.h"

#include "score_ops.h"

enum lt_status trace_init(struct trace *trace, const struct plan *plan, struct lt_arena *arena,
			  struct lt_err *err)
{
	trace->nodes = lt_arena_alloc(arena, plan->n_nodes + 1, sizeof(*trace->nodes));
	if (!trace->nodes)
		return lt_err_memory(err);
	for (unsigned i = 0; i < plan->n_nodes; i++) {
		const struct plan_node *node = &plan->nodes[i];
		trace->nodes[i].node = node;
		trace->nodes[i].terms =
			lt_arena_alloc(arena, node->n_terms + 1, sizeof(struct trace_term));
		if (!trace->nodes[i].terms)
			return lt_err_memory(err);
		for (unsigned t = 0; t < node->n_terms; t++) {
			trace->nodes[i].terms[t].slot = node->terms[t].slot;
			trace->nodes[i].terms[t].weight = node->terms[t].weight;
		}
	}
	return LT_OK;
}

static bool fill_node(struct trace_node *entry, const struct result *result, unsigned index)
{
	const struct plan *plan = result->plan;
	const struct plan_node *node = entry->node;
	bool any_na = false;
	for (unsigned t = 0; t < node->n_terms; t++) {
		struct trace_term *term = &entry->terms[t];
		const struct value *value = &result->values[term->slot];
		term->counted = value->state == VALUE_NUMBER;
		any_na |= value->state == VALUE_NA;
		term->contribution = *value;
		if (term->counted && term->weight != NO_SLOT &&
		    !score_contribution(&node->terms[t], result->values, &term->contribution))
			return false;
	}
	entry->rescaled = node->decl->op == OP_SUM && node->decl->na == NA_RESCALE && any_na;
	if (entry->rescaled &&
	    !score_rescale_bases(plan, node, result->values, &entry->all, &entry->left))
		return false;
	entry->limited = entry->rounded = false;
	entry->raw = result->values[plan->first_node + index];
	if (node->min == NO_SLOT && node->max == NO_SLOT && node->round_places < 0)
		return true;
	/* the value again without its attributes */
	if (!score_node_raw(plan, index, result->values, &entry->raw))
		return false;
	const struct value limited = score_bounded(node, result->values, &entry->raw);
	if (limited.state != VALUE_NUMBER)
		return true;
	entry->limited = !value_equals(&limited, &entry->raw);
	entry->rounded = node->round_places >= 0 &&
			 !value_equals(&limited, &result->values[plan->first_node + index]);
	return true;
}

enum lt_status trace_fill(struct trace *trace, const struct result *result, struct lt_err *err)
{
	for (unsigned i = 0; i < result->plan->n_nodes; i++)
		if (!fill_node(&trace->nodes[i], result, i))
			return lt_err_set(err, LT_EDATA, "%s：数值超出可精确表示的范围",
					  "%s: a number beyond what can be held exactly",
					  result->plan->nodes[i].id);
	return LT_OK;
}
