#include "lingtan/core/plan.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/base/text.h"
#include "plan_build.h"

uint32_t plan_find(const struct plan *plan, const char *name)
{
	if (!name || !plan->index_size)
		return NO_SLOT;
	for (uint32_t i = lt_text_hash(name) & (plan->index_size - 1);;
	     i = (i + 1) & (plan->index_size - 1)) {
		if (!plan->index[i].name)
			return NO_SLOT;
		if (strcmp(plan->index[i].name, name) == 0)
			return plan->index[i].slot;
	}
}

static void index_add(struct plan *plan, const char *name, uint32_t slot)
{
	if (plan_find(plan, name) != NO_SLOT)
		return;
	uint32_t i = lt_text_hash(name) & (plan->index_size - 1);
	while (plan->index[i].name)
		i = (i + 1) & (plan->index_size - 1);
	plan->index[i] = (struct plan_slot_name){ .name = name, .slot = slot };
}

enum lt_status plan_index_names(struct plan_build *build)
{
	struct plan *plan = build->plan;
	unsigned wanted = 2 * (plan->n_nodes + plan->n_inputs) + 8, size = 16;
	while (size < wanted)
		size *= 2;
	plan->index = lt_arena_alloc(build->arena, size, sizeof(*plan->index));
	if (!plan->index)
		return lt_err_memory(build->err);
	plan->index_size = size;
	for (unsigned i = 0; i < plan->n_nodes; i++)
		index_add(plan, plan->nodes[i].id, NODE_MARK | i);
	for (unsigned i = 0; i < plan->n_items; i++)
		index_add(plan, plan->items[i].decl->id, i);
	for (unsigned i = 0; i < plan->n_quantities; i++)
		index_add(plan, plan->quantities[i].decl->id, plan->first_quantity + i);
	for (unsigned i = 0; i < plan->n_parameters; i++) {
		const char *name = lt_arena_printf(build->arena, "$%s", plan->numbers[i].id);
		if (!name)
			return lt_err_memory(build->err);
		index_add(plan, name, plan->first_parameter + i);
	}
	return LT_OK;
}

enum slot_kind plan_slot_kind(const struct plan *plan, uint32_t slot)
{
	if (slot < plan->first_quantity)
		return SLOT_ITEM;
	if (slot < plan->first_parameter)
		return SLOT_QUANTITY;
	if (slot < plan->first_constant)
		return SLOT_PARAMETER;
	return slot < plan->first_node ? SLOT_CONSTANT : SLOT_NODE;
}

const char *plan_slot_name(const struct plan *plan, uint32_t slot)
{
	switch (plan_slot_kind(plan, slot)) {
	case SLOT_ITEM:
		return plan->items[slot].decl->id;
	case SLOT_QUANTITY:
		return plan->quantities[slot - plan->first_quantity].decl->id;
	case SLOT_PARAMETER:
	case SLOT_CONSTANT:
		return plan->numbers[slot - plan->first_parameter].id;
	case SLOT_NODE:
		break;
	}
	return plan->nodes[slot - plan->first_node].id;
}

bool plan_slot_is_truth(const struct plan *plan, uint32_t slot)
{
	if (slot < plan->n_items)
		return plan->items[slot].truth;
	const struct plan_node *node = plan_node_at(plan, slot);
	return node && node->truth;
}

const struct plan_node *plan_published(const struct plan *plan, enum publish publish)
{
	for (unsigned i = 0; i < plan->n_nodes; i++)
		if (plan->nodes[i].decl->publish == publish)
			return &plan->nodes[i];
	return NULL;
}

const struct plan_node *plan_ladder(const struct plan *plan)
{
	const struct plan_node *published = plan_published(plan, PUBLISH_GRADE);
	for (unsigned i = 0; !published && i < plan->n_nodes; i++)
		if (plan->nodes[i].decl->op == OP_LADDER)
			published = &plan->nodes[i];
	return published && published->decl->op == OP_LADDER ? published : NULL;
}

enum lt_status plan_parse_number(struct plan_build *build, const char *text, const char *what,
				 const char *id, struct lt_decimal *out)
{
	if (lt_decimal_parse(text, strlen(text), out) == LT_DECIMAL_OK)
		return LT_OK;
	return lt_err_set(build->err, LT_EDATA, "%s %s：“%s”不是数", "%s %s: '%s' is not a number",
			  what, id, text);
}

/* ---- selection ---- */

/* The ids with their titles, as many as there is room for. */
static void list_terms(const struct term *terms, unsigned n, enum lt_lang lang, char *out, size_t cap)
{
	size_t used = 0;
	out[0] = 0;
	for (unsigned i = 0; i < n; i++) {
		const int len = snprintf(out + used, cap - used, lang == LT_ZH ? "%s%s（%s）" : "%s%s (%s)",
					 i ? (lang == LT_ZH ? "、" : ", ") : "", terms[i].id,
					 label_in(lang, &terms[i].title));
		if (len < 0 || (size_t)len >= cap - used) {
			out[used] = 0;
			break;
		}
		used += (size_t)len;
	}
}

/* `what` is the key of an answer sheet; zh_what is what it is called, too. */
static enum lt_status check_choice(struct plan_build *build, const struct term *terms, unsigned n,
				   const char *zh_what, const char *what, const char *chosen)
{
	char zh[250], en[250];
	if (!n || (chosen && term_find(terms, n, chosen)))
		return LT_OK;
	list_terms(terms, n, LT_ZH, zh, sizeof(zh));
	list_terms(terms, n, LT_EN, en, sizeof(en));
	if (!chosen)
		return lt_err_set(build->err, LT_EDATA, "%s：缺少%s（%s），可选：%s%.0s",
				  "%s: %.0s%s is missing; one of: %.0s%s", build->ruleset->id, zh_what, what,
				  zh, en);
	return lt_err_set(build->err, LT_EDATA, "%s：%s（%s）没有“%s”，可选：%s%.0s",
			  "%s: %.0s%s has no '%s'; one of: %.0s%s", build->ruleset->id, zh_what, what, chosen,
			  zh, en);
}

static enum lt_status check_selection(struct plan_build *build)
{
	const struct ruleset *ruleset = build->ruleset;
	const struct selection *selection = &build->plan->selection;
	enum lt_status status = check_choice(build, ruleset->park_types, ruleset->n_park_types,
					     "园区类型", "park_type", selection->park_type);
	if (!status)
		status = check_choice(build, ruleset->stages, ruleset->n_stages, "阶段", "stage",
				      selection->stage);
	if (!status)
		status = check_choice(build, ruleset->places, ruleset->n_places, "地点", "place",
				      selection->place);
	return status;
}

/* ---- items, quantities, parameters ---- */

static bool applies(const struct words *words, const char *chosen)
{
	return !words->n || !chosen || words_have(words, chosen);
}

static enum lt_status compile_tiers(struct plan_build *build, struct plan_item *item)
{
	const struct item *decl = item->decl;
	item->tier_limits =
		lt_arena_alloc(build->arena, decl->n_tiers + 1, sizeof(*item->tier_limits));
	item->tier_points =
		lt_arena_alloc(build->arena, decl->n_tiers + 1, sizeof(*item->tier_points));
	item->check_points =
		lt_arena_alloc(build->arena, decl->n_checks + 1, sizeof(*item->check_points));
	if (!item->tier_limits || !item->tier_points || !item->check_points)
		return lt_err_memory(build->err);
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < decl->n_tiers && !status; i++) {
		const struct step *tier = &decl->tiers[i];
		const char *limit = tier->from ? tier->from : tier->above;
		if (limit)
			status = plan_parse_number(build, limit, "item", decl->id,
						   &item->tier_limits[i]);
		if (!status && tier->then)
			status = plan_parse_number(build, tier->then, "item", decl->id,
						   &item->tier_points[i]);
	}
	for (unsigned i = 0; i < decl->n_checks && !status; i++)
		status = plan_parse_number(build, decl->checks[i].points, "item", decl->id,
					   &item->check_points[i]);
	if (!status && decl->linear.from) {
		status = plan_parse_number(build, decl->linear.from, "item", decl->id, &item->from);
		if (!status)
			status = plan_parse_number(build, decl->linear.to, "item", decl->id,
						   &item->to);
	}
	return status;
}

bool overrides_replace_item(const struct overrides *overrides, const char *item)
{
	bool found = false;
	for (unsigned i = 0; i < overrides->n_points && !found; i++)
		found = strcmp(overrides->points[i].item, item) == 0;
	for (unsigned i = 0; i < overrides->n_tiers && !found; i++)
		found = strcmp(overrides->tiers[i].item, item) == 0;
	for (unsigned i = 0; i < overrides->n_lines && !found; i++)
		found = strcmp(overrides->lines[i].item, item) == 0;
	return found;
}

/* The tier; without a title of its own it is called as the item's own tier of the same id. */
static struct step with_title(const struct item *item, const struct step *tier)
{
	struct step titled = *tier;
	for (unsigned i = 0; i < item->n_tiers && tier->id && !titled.title.zh; i++)
		if (item->tiers[i].id && strcmp(item->tiers[i].id, tier->id) == 0)
			titled.title = item->tiers[i].title;
	return titled;
}

/* The tiers that stand in the place of an item's own; their best says what it is worth. */
static enum lt_status replace_tiers(struct plan_build *build, struct item *item, unsigned n)
{
	const struct overrides *overrides = build->overrides;
	const struct item own = *item;
	struct lt_decimal best = VALUE_ZERO, then;
	item->tiers = lt_arena_alloc(build->arena, n, sizeof(*item->tiers));
	if (!item->tiers)
		return lt_err_memory(build->err);
	item->n_tiers = 0;
	item->linear = (struct line){ 0 };
	for (unsigned i = 0; i < overrides->n_tiers; i++) {
		const struct step *tier = &overrides->tiers[i].tier;
		if (strcmp(overrides->tiers[i].item, item->id) != 0)
			continue;
		enum lt_status status =
			plan_parse_number(build, tier->then, "item", item->id, &then);
		if (status)
			return status;
		item->tiers[item->n_tiers++] = with_title(&own, tier);
		if (item->n_tiers > 1 && then.units <= best.units)
			continue;
		best = then;
		item->points = (struct figure){ .value = tier->then,
						.origin = tier->origin,
						.cite = tier->cite };
	}
	return LT_OK;
}

/* The item, or a copy that has other tiers or another line. */
static enum lt_status item_with_overrides(struct plan_build *build, const struct item **decl)
{
	const struct overrides *overrides = build->overrides;
	const struct line *line = NULL;
	unsigned n_tiers = 0;
	for (unsigned i = 0; overrides && i < overrides->n_tiers; i++)
		n_tiers += strcmp(overrides->tiers[i].item, (*decl)->id) == 0;
	for (unsigned i = 0; overrides && i < overrides->n_lines; i++)
		if (strcmp(overrides->lines[i].item, (*decl)->id) == 0)
			line = &overrides->lines[i].line;
	if (!n_tiers && !line)
		return LT_OK;
	if ((*decl)->form != FORM_MEASURED && (line || (*decl)->form != FORM_TIERS))
		return lt_err_set(
			build->err, LT_EDATA, "条款 %s 不按档次或直线计分，不能另给",
			"item %s is not scored by tiers or a line: it cannot be given any",
			(*decl)->id);
	struct item *copy = lt_arena_alloc(build->arena, 1, sizeof(*copy));
	if (!copy)
		return lt_err_memory(build->err);
	*copy = **decl;
	*decl = copy;
	if (n_tiers)
		return replace_tiers(build, copy, n_tiers);
	copy->linear = *line;
	copy->n_tiers = 0;
	return LT_OK;
}

static enum lt_status compile_item(struct plan_build *build, unsigned at)
{
	const struct item *decl = &build->ruleset->items[at];
	const struct selection *selection = &build->plan->selection;
	const struct overrides *overrides = build->overrides;
	struct plan_item *item = &build->plan->items[at];
	enum lt_status status = item_with_overrides(build, &decl);
	if (status)
		return status;
	item->decl = decl;
	item->applies = applies(&decl->types, selection->park_type) &&
			applies(&decl->stages, selection->stage) &&
			applies(&decl->places, selection->place);
	item->quantity = NO_SLOT;
	item->points_origin = decl->points.origin;
	item->points_cite = decl->points.cite;
	const char *points = decl->points.value;
	for (unsigned i = 0; overrides && i < overrides->n_points; i++) {
		if (strcmp(overrides->points[i].item, decl->id) != 0)
			continue;
		points = overrides->points[i].value;
		item->points_origin = overrides->points[i].origin;
		item->points_cite = overrides->points[i].cite;
	}
	item->truth = decl->form == FORM_JUDGEMENT || (decl->form == FORM_MET && !points);
	if (points)
		status = plan_parse_number(build, points, "item", decl->id, &item->points);
	if (status)
		return status;
	if (decl->form == FORM_MEASURED) {
		const struct quantity *quantity =
			ruleset_find_quantity(build->ruleset, decl->quantity);
		if (!quantity)
			return lt_err_set(build->err, LT_EDATA, "条款 %s：没有基础量 %s",
					  "item %s: no quantity %s", decl->id,
					  decl->quantity ? decl->quantity : "-");
		item->quantity = build->plan->first_quantity +
				 (uint32_t)(quantity - build->ruleset->quantities);
	}
	return compile_tiers(build, item);
}

static enum lt_status parse_range(struct plan_build *build, const char *id, const char *min,
				  const char *max, struct value *range)
{
	enum lt_status status = LT_OK;
	range->lo_unbounded = !min;
	range->hi_unbounded = !max;
	if (min)
		status = plan_parse_number(build, min, "min", id, &range->lo);
	if (!status && max)
		status = plan_parse_number(build, max, "max", id, &range->hi);
	return status;
}

static enum lt_status compile_quantity(struct plan_build *build, unsigned at)
{
	const struct quantity *decl = &build->ruleset->quantities[at];
	bool percent = decl->unit && strcmp(decl->unit, "%") == 0;
	struct plan_quantity *quantity = &build->plan->quantities[at];
	quantity->decl = decl;
	return parse_range(build, decl->id, decl->min ? decl->min : "0",
			   decl->max || !percent ? decl->max : "100", &quantity->range);
}

static enum lt_status compile_parameter(struct plan_build *build, unsigned at)
{
	const struct overrides *overrides = build->overrides;
	const struct parameter *decl = &build->ruleset->parameters[at];
	struct plan_number *number = &build->plan->numbers[at];
	const char *value = decl->value;
	number->id = decl->id;
	number->parameter = decl;
	number->origin = decl->origin;
	number->cite = decl->cite;
	for (unsigned i = 0; overrides && i < overrides->n_parameters; i++) {
		if (strcmp(overrides->parameters[i].parameter, decl->id) != 0)
			continue;
		value = overrides->parameters[i].value;
		number->origin = overrides->parameters[i].origin;
		number->cite = overrides->parameters[i].cite;
	}
	number->unset = !value;
	if (!value)
		return parse_range(build, decl->id, decl->min, decl->max, &number->value);
	struct lt_decimal parsed;
	enum lt_status status = plan_parse_number(build, value, "parameter", decl->id, &parsed);
	if (!status)
		number->value = value_exact(parsed);
	return status;
}

enum lt_status plan_add_constant(struct plan_build *build, const char *text, enum origin origin,
				 const char *cite, uint32_t *slot)
{
	struct plan *plan = build->plan;
	unsigned used = plan->n_parameters + plan->n_constants;
	if (used == build->constants_cap) {
		unsigned cap = 2 * build->constants_cap + 32;
		struct plan_number *grown = lt_arena_alloc(build->arena, cap, sizeof(*grown));
		if (!grown)
			return lt_err_memory(build->err);
		if (used)
			memcpy(grown, plan->numbers, used * sizeof(*grown));
		plan->numbers = grown;
		build->constants_cap = cap;
	}
	struct lt_decimal parsed;
	if (lt_decimal_parse(text, strlen(text), &parsed) != LT_DECIMAL_OK)
		return lt_err_set(build->err, LT_EDATA,
				  "“%s”不是节点、条款、基础量、参数，也不是数",
				  "'%s' is no node, item, quantity, parameter or number", text);
	plan->numbers[used] = (struct plan_number){
		.id = text, .value = value_exact(parsed), .origin = origin, .cite = cite
	};
	plan->n_constants++;
	*slot = plan->first_constant + plan->n_constants - 1;
	return LT_OK;
}

enum lt_status plan_lay_out(struct plan_build *build)
{
	struct plan *plan = build->plan;
	const struct ruleset *ruleset = build->ruleset;
	plan->n_items = ruleset->n_items;
	plan->n_quantities = ruleset->n_quantities;
	plan->n_parameters = ruleset->n_parameters;
	plan->first_quantity = plan->n_items;
	plan->first_parameter = plan->first_quantity + plan->n_quantities;
	plan->first_constant = plan->first_parameter + plan->n_parameters;
	plan->n_inputs = plan->first_constant;
	plan->n_words = (plan->n_inputs + 63) / 64;
	build->constants_cap = plan->n_parameters + 64;
	plan->items = lt_arena_alloc(build->arena, plan->n_items + 1, sizeof(*plan->items));
	plan->quantities =
		lt_arena_alloc(build->arena, plan->n_quantities + 1, sizeof(*plan->quantities));
	plan->numbers = lt_arena_alloc(build->arena, build->constants_cap, sizeof(*plan->numbers));
	if (!plan->items || !plan->quantities || !plan->numbers)
		return lt_err_memory(build->err);
	return LT_OK;
}

enum lt_status plan_compile_with(struct plan_build *build, const struct selection *selection,
				 const struct overrides *overrides)
{
	const struct ruleset *ruleset = build->ruleset;
	struct plan *plan = lt_arena_alloc(build->arena, 1, sizeof(*plan));
	if (!plan)
		return lt_err_memory(build->err);
	build->plan = plan;
	build->overrides = overrides;
	plan->ruleset = ruleset;
	plan->selection = *selection;

	enum lt_status status = check_selection(build);
	if (!status)
		status = plan_lay_out(build);
	for (unsigned i = 0; i < ruleset->n_items && !status; i++)
		status = compile_item(build, i);
	for (unsigned i = 0; i < ruleset->n_quantities && !status; i++)
		status = compile_quantity(build, i);
	for (unsigned i = 0; i < ruleset->n_parameters && !status; i++)
		status = compile_parameter(build, i);
	if (!status)
		status = plan_expand_nodes(build);
	if (!status)
		status = plan_index_names(build);
	if (!status)
		status = plan_resolve_nodes(build);
	if (!status)
		status = plan_order(build);
	return status;
}

enum lt_status plan_compile(const struct ruleset *ruleset, const struct selection *selection,
			    const struct overrides *overrides, struct lt_arena *arena,
			    struct plan **out, struct lt_err *err)
{
	struct plan_build build = { .ruleset = ruleset, .arena = arena, .err = err };
	enum lt_status status = plan_compile_with(&build, selection, overrides);
	if (!status)
		*out = build.plan;
	return status;
}
