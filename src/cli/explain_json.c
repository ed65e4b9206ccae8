/* What lingtan explain tells, as one JSON document. */
#include <string.h>
#include "explain.h"

static void json_ends(struct lt_json *json, const struct value *value)
{
	static const char *const states[] = { "number", "na", "none" };
	lt_json_string(json, "state", states[value->state]);
	value_write_ends(json, value);
}

static void json_origin(struct lt_json *json, enum origin origin, const char *cite)
{
	lt_json_string(json, "origin", origin == ORIGIN_UNSTATED ? NULL : origin_names[origin]);
	lt_json_string(json, "cite", cite);
}

static void json_checks(struct lt_json *json, const struct plan_item *item,
			const struct answer *answer)
{
	if (!item->decl->n_checks)
		return;
	lt_json_open_list(json, "checks");
	for (unsigned i = 0; i < item->decl->n_checks; i++) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", item->decl->checks[i].id);
		lt_json_decimal(json, "points", item->check_points[i]);
		lt_json_bool(json, "holds",
			     answer->state == ANSWER_CHECKS && answer->checks >> i & 1);
		lt_json_close(json);
	}
	lt_json_close(json);
}

static void json_item_scale(struct lt_json *json, const struct plan_item *item,
			    const struct answer *answer)
{
	const struct item *decl = item->decl;
	if (decl->linear.from) {
		lt_json_open_object(json, "line");
		lt_json_string(json, "from", decl->linear.from);
		lt_json_string(json, "to", decl->linear.to);
		json_origin(json, decl->linear.origin, decl->linear.cite);
		lt_json_close(json);
	}
	json_checks(json, item, answer);
	if (!decl->n_tiers)
		return;
	lt_json_open_list(json, "tiers");
	for (unsigned i = 0; i < decl->n_tiers; i++) {
		const struct step *tier = &decl->tiers[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", tier->id);
		lt_json_string(json, "from", tier->from);
		lt_json_string(json, "above", tier->above);
		lt_json_string(json, "then", tier->then);
		if (tier->id)
			lt_json_bool(json, "chosen", explain_is_chosen(answer, i));
		json_origin(json, tier->origin, tier->cite);
		lt_json_close(json);
	}
	lt_json_close(json);
}

static void json_more_evidence(const struct explain_view *view, const char *item)
{
	const struct sheet *sheet = view->assessment.sheet;
	struct lt_json *json = view->json;
	lt_json_open_list(json, "more_evidence");
	for (unsigned i = 0; i < sheet->n_more_ties; i++) {
		const struct sheet_tie *tie = &sheet->more_ties[i];
		if (strcmp(tie->item, item) != 0)
			continue;
		lt_json_open_object(json, NULL);
		lt_json_string(json, "evidence", tie->file);
		lt_json_bool(json, "evidence_purged", tie->is_purged);
		lt_json_string(json, "locator", tie->locator);
		lt_json_close(json);
	}
	lt_json_close(json);
}

static void json_item(struct explain_view *view, uint32_t slot)
{
	const struct plan *plan = view->assessment.plan;
	const struct plan_item *item = &plan->items[slot];
	const struct answer *answer = &view->assessment.answers.items[slot];
	struct lt_json *json = view->json;
	lt_json_string(json, "clause", item->decl->clause ? item->decl->clause : item->decl->id);
	lt_json_string(json, "cite", item->decl->cite);
	lt_json_bool(json, "applies", item->applies);
	if (!item->truth)
		lt_json_decimal(json, "points", item->points);
	lt_json_string(json, "origin", item->truth ? NULL : origin_names[item->points_origin]);
	lt_json_string(json, "points_cite", item->truth ? NULL : item->points_cite);
	json_item_scale(json, item, answer);
	lt_json_string(json, "reason",
		       explain_reason(view->in, plan, answer->reason, answer->reason_text));
	lt_json_string(json, "remark", answer->remark);
	lt_json_string(json, "evidence", answer->evidence);
	if (answer->evidence)
		lt_json_bool(json, "evidence_purged", answer->is_purged);
	lt_json_string(json, "locator", answer->locator);
	json_more_evidence(view, item->decl->id);
	if (item->quantity == NO_SLOT)
		return;
	lt_json_open_list(json, "inputs");
	explain_json_slot(view, item->quantity);
	lt_json_close(json);
}

/* Where a weight stands; NULL for none, and for one that is computed. */
static const char *weight_cite(const struct explain_view *view, uint32_t weight)
{
	const struct plan *plan = view->assessment.plan;
	if (weight == NO_SLOT || weight < plan->first_parameter || weight >= plan->first_node)
		return NULL;
	return plan->numbers[weight - plan->first_parameter].cite;
}

static void json_limits(struct explain_view *view, const struct trace_node *entry, bool repeated)
{
	struct lt_json *json = view->json;
	struct other_operand others[N_OTHER_OPERANDS];
	const unsigned n_others = explain_other_operands(entry->node, others);
	lt_json_open_list(json, "limits");
	for (unsigned i = 0; i < n_others && !repeated; i++) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "role", others[i].role);
		lt_json_open_list(json, "inputs");
		explain_json_slot(view, others[i].slot);
		lt_json_close(json);
		lt_json_close(json);
	}
	for (unsigned i = 0; i < entry->node->n_steps && !repeated; i++) {
		const struct plan_step *step = &entry->node->steps[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "role", step->above ? "above" : "from");
		lt_json_open_list(json, "inputs");
		explain_json_slot(view, step->limit);
		explain_json_slot(view, step->then);
		lt_json_close(json);
		lt_json_close(json);
	}
	lt_json_close(json);
}

static void json_weights(const struct explain_view *view, const struct trace_node *entry)
{
	const struct plan *plan = view->assessment.plan;
	struct lt_json *json = view->json;
	lt_json_open_list(json, "weights");
	for (unsigned t = 0; t < entry->node->n_terms; t++)
		lt_json_string(json, NULL,
			       entry->terms[t].weight == NO_SLOT
				       ? NULL
				       : plan_slot_name(plan, entry->terms[t].weight));
	lt_json_close(json);
	lt_json_open_list(json, "weights_cite");
	for (unsigned t = 0; t < entry->node->n_terms; t++)
		lt_json_string(json, NULL, weight_cite(view, entry->terms[t].weight));
	lt_json_close(json);
}

static void json_node(struct explain_view *view, uint32_t slot)
{
	const struct trace_node *entry = explain_trace_of(view, slot);
	const struct node *decl = entry->node->decl;
	struct lt_json *json = view->json;
	lt_json_string(json, "op", node_op_names[decl->op]);
	lt_json_string(json, "clause", decl->clause);
	lt_json_string(json, "cite", decl->cite);
	lt_json_string(json, "origin", origin_names[decl->origin]);
	lt_json_string(json, "unit", decl->unit);
	if (decl->round.places) {
		lt_json_open_object(json, "round");
		lt_json_string(json, "places", decl->round.places);
		lt_json_string(json, "mode", round_mode_names[decl->round.mode]);
		lt_json_close(json);
	}
	if (entry->rescaled) {
		lt_json_decimal(json, "rescaled_from", entry->left);
		lt_json_decimal(json, "rescaled_to", entry->all);
	}
	if (entry->limited || entry->rounded) {
		lt_json_open_object(json, "before");
		json_ends(json, &entry->raw);
		lt_json_close(json);
	}
	/* a node that stands above already is named, not repeated */
	const bool repeated = view->shown[slot];
	view->shown[slot] = 1;
	lt_json_bool(json, "repeated", repeated);
	lt_json_open_list(json, "inputs");
	for (unsigned t = 0; t < entry->node->n_terms && !repeated; t++)
		explain_json_slot(view, entry->terms[t].slot);
	for (unsigned g = 0; g < entry->node->n_grades && !repeated; g++)
		for (unsigned w = 0; w < entry->node->grades[g].n_when; w++)
			explain_json_slot(view, entry->node->grades[g].when[w]);
	lt_json_close(json);
	json_limits(view, entry, repeated);
	if (!repeated && entry->node->n_terms)
		json_weights(view, entry);
}

static void json_counted(const struct explain_view *view, unsigned at)
{
	const struct counted_figure *figure = assessment_find_counted(&view->assessment, at);
	const struct sheet *sheet = view->assessment.sheet;
	struct lt_json *json = view->json;
	if (!figure)
		return;
	lt_json_open_object(json, "counted");
	lt_json_decimal(json, "counted", figure->result.counted);
	lt_json_decimal(json, "base", figure->result.base);
	lt_json_open_list(json, "places");
	for (unsigned i = 0; i < sheet->n_places; i++) {
		if (!count_is_in_base(figure->rule, &sheet->places[i]))
			continue;
		lt_json_open_object(json, NULL);
		lt_json_string(json, "place", sheet->places[i].id);
		lt_json_bool(json, "counts", count_is_counted(figure->rule, &sheet->places[i]));
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_close(json);
}

static void json_quantity(const struct explain_view *view, unsigned at)
{
	const struct assessment *assessment = &view->assessment;
	const struct measure *measure = &assessment->answers.quantities[at];
	struct lt_json *json = view->json;
	lt_json_string(json, "unit", assessment->plan->quantities[at].decl->unit);
	lt_json_string(json, "typed", measure->typed);
	lt_json_string(json, "typed_unit", measure->typed_unit);
	lt_json_string(json, "source", measure->source);
	lt_json_string(
		json, "reason",
		explain_reason(view->in, assessment->plan, measure->reason, measure->reason_text));
	lt_json_open_list(json, "lines");
	for (unsigned i = 0; i < assessment->n_ledger; i++) {
		const struct ledger_entry *entry = &assessment->ledger[i];
		if (entry->quantity != at)
			continue;
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", entry->line->id);
		lt_json_string(json, "source", entry->line->source);
		lt_json_string(json, "activity", entry->line->activity);
		lt_json_string(json, "unit", entry->line->unit);
		lt_json_string(json, "factor", entry->line->factor);
		lt_json_string(json, "factor_value", entry->factor_value);
		lt_json_string(json, "factor_unit", entry->factor_unit);
		lt_json_string(json, "cite", entry->factor_cite);
		lt_json_decimal(json, "amount", entry->amount);
		lt_json_close(json);
	}
	lt_json_close(json);
	json_counted(view, at);
}

void explain_json_slot(struct explain_view *view, uint32_t slot)
{
	static const char *const kinds[] = { "item", "quantity", "parameter", "number", "node" };
	const struct plan *plan = view->assessment.plan;
	const enum slot_kind kind = plan_slot_kind(plan, slot);
	const char *title = slot_title(view->in, plan, slot);
	struct lt_json *json = view->json;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", plan_slot_name(plan, slot));
	lt_json_string(json, "kind", kinds[kind]);
	json_text(json, "title", title);
	json_ends(json, &view->assessment.result.values[slot]);
	if (kind == SLOT_ITEM) {
		json_item(view, slot);
	} else if (kind == SLOT_NODE) {
		json_node(view, slot);
	} else if (kind == SLOT_QUANTITY) {
		json_quantity(view, slot - plan->first_quantity);
	} else {
		const struct plan_number *number = &plan->numbers[slot - plan->first_parameter];
		lt_json_bool(json, "unset", number->unset);
		lt_json_string(json, "origin", number->unset ? NULL : origin_names[number->origin]);
		lt_json_string(json, "cite", number->cite);
	}
	lt_json_close(json);
}
