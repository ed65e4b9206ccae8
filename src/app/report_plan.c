/* The document of an assessment: its plan as numbers that refer to each other, so that a workbook
 * can compute what the program computed. */
#include <string.h>
#include "report_parts.h"

static void write_slot(struct report *report, const char *key, uint32_t slot)
{
	if (slot == NO_SLOT)
		lt_json_null(report->json, key);
	else
		lt_json_int(report->json, key, slot);
}

static void write_terms(struct report *report, const struct plan_node *node)
{
	struct lt_json *json = report->json;
	lt_json_open_list(json, "terms");
	for (unsigned i = 0; i < node->n_terms; i++) {
		lt_json_open_object(json, NULL);
		lt_json_int(json, "slot", node->terms[i].slot);
		write_slot(report, "weight", node->terms[i].weight);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_open_list(json, "steps");
	for (unsigned i = 0; i < node->n_steps; i++) {
		lt_json_open_object(json, NULL);
		lt_json_int(json, "limit", node->steps[i].limit);
		lt_json_int(json, "then", node->steps[i].then);
		lt_json_bool(json, "above", node->steps[i].above);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_open_list(json, "grades");
	for (unsigned i = 0; i < node->n_grades; i++) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "grade", node->grades[i].id);
		lt_json_bool(json, "awarded", node->grades[i].awarded);
		lt_json_open_list(json, "when");
		for (unsigned w = 0; w < node->grades[i].n_when; w++)
			lt_json_int(json, NULL, node->grades[i].when[w]);
		lt_json_close(json);
		lt_json_close(json);
	}
	lt_json_close(json);
}

static void write_node(struct report *report, const struct plan_node *node, uint32_t slot)
{
	const struct result *result = report->board->rungs[report->wish.rung].result;
	struct lt_json *json = report->json;
	lt_json_open_object(json, NULL);
	lt_json_int(json, "slot", slot);
	lt_json_string(json, "id", node->id);
	report_label(report, "title", &node->title);
	lt_json_string(json, "op", node_op_names[node->decl->op]);
	lt_json_string(json, "na", na_policy_names[node->decl->na]);
	lt_json_string(json, "is", compare_is_names[node->decl->is]);
	lt_json_bool(json, "k_all", node->k_all);
	write_slot(report, "k", node->k);
	write_slot(report, "when_zero", node->when_zero);
	write_slot(report, "min", node->min);
	write_slot(report, "max", node->max);
	write_slot(report, "from", node->from);
	write_slot(report, "to", node->to);
	write_slot(report, "points", node->points);
	lt_json_int(json, "places", node->round_places);
	lt_json_string(json, "rounding", round_mode_names[node->decl->round.mode]);
	lt_json_string(json, "unit", node->decl->unit);
	lt_json_bool(json, "is_published", node->decl->publish != PUBLISH_NO);
	write_terms(report, node);
	report_value(report, "value", &result->values[slot]);
	lt_json_close(json);
}

static void write_number(struct report *report, const struct plan_number *number, uint32_t slot)
{
	struct lt_json *json = report->json;
	lt_json_open_object(json, NULL);
	lt_json_int(json, "slot", slot);
	lt_json_string(json, "id", number->id);
	report_label(report, "title",
		     number->parameter ? &number->parameter->title
		     : number->table   ? &number->table->title
				       : NULL);
	lt_json_string(json, "key", number->table_key);
	if (number->unset || !value_is_exact(&number->value))
		lt_json_null(json, "value");
	else
		lt_json_decimal(json, "value", number->value.lo);
	lt_json_string(json, "origin", origin_names[number->origin]);
	lt_json_close(json);
}

/* An item's way from what is typed to what counts. */
static void write_item_plan(struct report *report, const struct plan_item *item, uint32_t slot)
{
	struct lt_json *json = report->json;
	lt_json_open_object(json, NULL);
	lt_json_int(json, "slot", slot);
	lt_json_string(json, "id", item->decl->id);
	lt_json_bool(json, "applies", item->applies);
	write_slot(report, "quantity", item->quantity);
	lt_json_decimal(json, "points", item->truth ? VALUE_ONE : item->points);
	lt_json_bool(json, "is_linear", item->decl->linear.from != NULL);
	if (item->decl->linear.from) {
		lt_json_decimal(json, "from", item->from);
		lt_json_decimal(json, "to", item->to);
	}
	lt_json_open_list(json, "tiers");
	for (unsigned i = 0; i < item->decl->n_tiers; i++) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", item->decl->tiers[i].id);
		lt_json_bool(json, "above", item->decl->tiers[i].above != NULL);
		if (item->quantity != NO_SLOT && item->tier_limits)
			lt_json_decimal(json, "limit", item->tier_limits[i]);
		lt_json_decimal(json, "points", item->tier_points[i]);
		lt_json_close(json);
	}
	lt_json_close(json);
	report_value(report, "value", &report->board->rungs[report->wish.rung].result->values[slot]);
	lt_json_close(json);
}

void report_write_plan(struct report *report)
{
	const struct plan *plan = report->board->plan;
	struct lt_json *json = report->json;
	lt_json_open_object(json, "plan");
	lt_json_open_list(json, "items");
	for (unsigned i = 0; i < plan->n_items; i++)
		write_item_plan(report, &plan->items[i], i);
	lt_json_close(json);
	lt_json_int(json, "first_quantity", plan->first_quantity);
	lt_json_open_list(json, "numbers");
	for (uint32_t slot = plan->first_parameter; slot < plan->first_node; slot++)
		write_number(report, &plan->numbers[slot - plan->first_parameter], slot);
	lt_json_close(json);
	lt_json_open_list(json, "nodes");
	for (unsigned i = 0; i < plan->n_nodes; i++)
		write_node(report, &plan->nodes[i], plan->first_node + i);
	lt_json_close(json);
	lt_json_close(json);
}
