/* The part of ruleset_check() that looks at the plan: keys, operands, grades, units, n/a, and that
 * it compiles. */
#include <string.h>
#include "check_build.h"
#include "plan_build.h"

/* ---- keys that an operation takes ---- */

struct key_use {
	const char *key;
	bool given;
	unsigned ops; /* bit per operation that takes it */
	bool needed;  /* by each of those operations */
};

#define BIT(op) (1u << (op))

static void check_keys(struct check *check, const struct node *node, unsigned at)
{
	const struct key_use uses[] = {
		{ "weights", node->weights.n > 0, BIT(OP_SUM), false },
		{ "weight", node->weight != NULL, BIT(OP_SUM), false },
		{ "na", node->na != NA_UNSTATED, BIT(OP_SUM), false },
		{ "when_zero", node->when_zero != NULL, BIT(OP_RATIO), false },
		{ "at", node->n_at > 0, BIT(OP_STEPS), true },
		{ "from", node->from != NULL, BIT(OP_LINEAR), true },
		{ "to", node->to != NULL, BIT(OP_LINEAR), true },
		{ "points", node->points != NULL, BIT(OP_LINEAR), true },
		{ "is", node->is != IS_UNSTATED, BIT(OP_COMPARE), true },
		{ "k", node->k != NULL, BIT(OP_AT_LEAST), true },
		{ "grades", node->n_grades > 0, BIT(OP_LADDER), true },
		{ "otherwise", node->n_otherwise > 0, BIT(OP_LADDER), false },
		{ "section", node->section != NULL && !node->items, 0, false },
	};
	check_at(check, "plan[%u]", at);
	for (size_t i = 0; i < sizeof(uses) / sizeof(uses[0]); i++) {
		const bool takes = uses[i].ops & BIT(node->op);
		if (uses[i].given && !takes)
			check_error(check, "%s 不用 %s", "%s takes no %s", node_op_names[node->op],
				    uses[i].key);
		if (!uses[i].given && takes && uses[i].needed)
			check_error(check, "%s 缺少 %s", "%s needs %s", node_op_names[node->op],
				    uses[i].key);
	}
	const int inputs = (node->in.n > 0) + (node->items != NULL) + (node->nodes != NULL);
	if (inputs != (node->op == OP_LADDER ? 0 : 1))
		check_error(check, "节点 %s：in、items、nodes 须恰有一个（ladder 没有）",
			    "node %s: exactly one of in, items and nodes (a ladder has none)",
			    node->id);
	const unsigned wanted = plan_n_operands(node->op);
	if (wanted && node->in.n && node->in.n != wanted)
		check_error(check, "节点 %s：%s 需要 %u 个操作数，现有 %u 个",
			    "node %s: %s takes %u operands, here are %u", node->id,
			    node_op_names[node->op], wanted, node->in.n);
	if (node->weights.n && node->weights.n != node->in.n)
		check_error(check, "weights 有 %u 个，in 有 %u 个", "%u weights for %u operands",
			    node->weights.n, node->in.n);
	if (strchr(node->id, '*') && !node->each.n)
		check_error(check, "节点 %s 带 *，却没有 each", "node %s has a * but no each",
			    node->id);
	check_origin(check, "plan", node->origin, node->cite, &node->note);
}

/* ---- operands ---- */

struct operand_check {
	struct check *check;
	const struct plan *plan; /* only its index of names */
	bool *used;              /* [n_parameters + n_tables] */
};

static void check_dollar(struct operand_check *oc, const char *name)
{
	const struct ruleset *ruleset = oc->check->ruleset;
	const struct parameter *parameter = ruleset_find_parameter(ruleset, name + 1);
	const struct table *table = ruleset_find_table(ruleset, name + 1);
	if (parameter)
		oc->used[parameter - ruleset->parameters] = true;
	else if (table)
		oc->used[ruleset->n_parameters + (unsigned)(table - ruleset->tables)] = true;
	else
		check_error(oc->check, "没有参数或权重表 %s", "there is no parameter or table %s",
			    name);
}

static void check_operand_name(struct operand_check *oc, const char *name)
{
	struct lt_decimal number;
	const bool is_number = lt_decimal_parse(name, strlen(name), &number) == LT_DECIMAL_OK;
	const bool is_name = plan_find(oc->plan, name) != NO_SLOT;
	if (name[0] == '$')
		check_dollar(oc, name);
	else if (is_name && is_number)
		check_error(oc->check, "“%s”既是标识又像数，请改标识",
			    "'%s' is an id and reads as a number: rename it", name);
	else if (!is_name && !is_number)
		check_error(oc->check, "没有节点、条款或基础量“%s”",
			    "there is no node, item or quantity '%s'", name);
}

/* Each text that the operand stands for. */
static void check_operand(struct operand_check *oc, const struct node *node, const char *text)
{
	if (!text)
		return;
	if (!strchr(text, '*') || !node->each.n) {
		check_operand_name(oc, text);
		return;
	}
	for (unsigned e = 0; e < node->each.n; e++) {
		const char *name = plan_fill_in(oc->check->arena, text, node->each.at[e]);
		if (name)
			check_operand_name(oc, name);
	}
}

static void check_group(struct operand_check *oc, const struct node *node, const char *key)
{
	const struct ruleset *ruleset = oc->check->ruleset;
	struct lt_arena *arena = oc->check->arena;
	const char *group = plan_fill_in(arena, node->items, key),
		   *section = plan_fill_in(arena, node->section, key);
	if (!group || (node->section && !section))
		return;
	if (section && !ruleset_find_section(ruleset, section)) {
		check_error(oc->check, "没有板块“%s”", "there is no section '%s'", section);
		return;
	}
	for (unsigned i = 0; i < ruleset->n_items; i++)
		if (item_is_in_group(&ruleset->items[i], group) &&
		    (!section ||
		     ruleset_section_is_within(ruleset, ruleset->items[i].section, section)))
			return;
	check_error(oc->check, "没有条款属于 %s（板块 %s）",
		    "no item is of kind or tag %s (section %s)", group, section ? section : "*");
}

static bool some_node_begins(const struct ruleset *ruleset, const char *prefix)
{
	const size_t len = strlen(prefix);
	for (unsigned i = 0; i < ruleset->n_plan; i++)
		if (strncmp(ruleset->plan[i].id, prefix, len) == 0 &&
		    ruleset->plan[i].id[len] == '.')
			return true;
	return false;
}

static void check_grade_id(struct check *check, const char *grade)
{
	if (!term_find(check->ruleset->grades, check->ruleset->n_grades, grade))
		check_error(check, "grades 中没有“%s”", "grades has no '%s'", grade);
}

static void check_ladder(struct operand_check *oc, const struct node *node, unsigned at)
{
	struct check *check = oc->check;
	for (unsigned g = 0; g < node->n_grades; g++) {
		const struct grade_rule *rule = &node->grades[g];
		check_at(check, "plan[%u].grades[%u]", at, g);
		for (unsigned e = 0; strchr(rule->grade, '*') && e < node->each.n; e++) {
			const char *grade =
				plan_fill_in(check->arena, rule->grade, node->each.at[e]);
			if (grade)
				check_grade_id(check, grade);
		}
		if (!strchr(rule->grade, '*'))
			check_grade_id(check, rule->grade);
		if (rule->stage &&
		    !term_find(check->ruleset->stages, check->ruleset->n_stages, rule->stage))
			check_error(check, "没有阶段“%s”", "there is no stage '%s'", rule->stage);
		if (!rule->when.n)
			check_error(check, "等级 %s 没有条件（when）",
				    "grade %s has no condition (when)", rule->grade);
		for (unsigned w = 0; w < rule->when.n; w++)
			check_operand(oc, node, rule->when.at[w]);
	}
	for (unsigned i = 0; i < node->n_otherwise; i++) {
		check_at(check, "plan[%u].otherwise[%u]", at, i);
		check_grade_id(check, node->otherwise[i].grade);
		check_operand(oc, node, node->otherwise[i].unless);
	}
}

static void check_operands(struct operand_check *oc, const struct node *node, unsigned at)
{
	struct check *check = oc->check;
	for (unsigned i = 0; i < node->in.n; i++) {
		check_at(check, "plan[%u].in[%u]", at, i);
		check_operand(oc, node, node->in.at[i]);
	}
	for (unsigned i = 0; i < node->weights.n; i++) {
		check_at(check, "plan[%u].weights[%u]", at, i);
		check_operand(oc, node, node->weights.at[i]);
	}
	for (unsigned i = 0; i < node->n_at; i++) {
		check_at(check, "plan[%u].at[%u]", at, i);
		check_operand(oc, node, node->at[i].from ? node->at[i].from : node->at[i].above);
		check_operand(oc, node, node->at[i].then);
		if (!node->at[i].from == !node->at[i].above)
			check_error(check, "每一级须有 from 或 above 之一",
				    "each step has one of from and above");
	}
	const struct {
		const char *key, *text;
	} single[] = {
		{ "weight", node->weight },
		{ "from", node->from },
		{ "to", node->to },
		{ "points", node->points },
		{ "min", node->min },
		{ "max", node->max },
		{ "when_zero", node->when_zero },
		{ "k", node->k && strcmp(node->k, "all") != 0 ? node->k : NULL },
	};
	for (size_t i = 0; i < sizeof(single) / sizeof(single[0]); i++) {
		check_at(check, "plan[%u].%s", at, single[i].key);
		check_operand(oc, node, single[i].text);
	}
	check_at(check, "plan[%u].items", at);
	if (node->items && strchr(node->section ? node->section : node->items, '*'))
		for (unsigned e = 0; e < node->each.n; e++)
			check_group(oc, node, node->each.at[e]);
	else if (node->items)
		check_group(oc, node, NULL);
	check_at(check, "plan[%u].nodes", at);
	if (node->nodes && strchr(node->nodes, '*') && !strchr(node->id, '*'))
		check_error(check, "nodes 只写前缀，不写星号：%.*s",
			    "nodes takes the prefix alone, without a star: %.*s",
			    (int)strcspn(node->nodes, ".*"), node->nodes);
	else if (node->nodes && !strchr(node->nodes, '*') &&
		 !some_node_begins(check->ruleset, node->nodes))
		check_error(check, "没有以“%s.”开头的节点", "no node begins with '%s.'",
			    node->nodes);
	check_ladder(oc, node, at);
}

static void check_unused(struct operand_check *oc)
{
	struct check *check = oc->check;
	const struct ruleset *ruleset = check->ruleset;
	for (unsigned i = 0; i < ruleset->n_sections; i++) {
		const char *maximum = ruleset->sections[i].maximum;
		const struct parameter *parameter =
			maximum && maximum[0] == '$' ? ruleset_find_parameter(ruleset, maximum + 1)
						     : NULL;
		if (parameter)
			oc->used[parameter - ruleset->parameters] = true;
	}
	for (unsigned i = 0; i < ruleset->n_parameters; i++) {
		check_at(check, "parameters[%u]", i);
		if (!oc->used[i] && !derivations_use(ruleset, ruleset->parameters[i].id))
			check_warning(check, "参数 %s 没有用到", "parameter %s is used nowhere",
				      ruleset->parameters[i].id);
	}
	for (unsigned i = 0; i < ruleset->n_tables; i++) {
		check_at(check, "tables[%u]", i);
		if (!oc->used[ruleset->n_parameters + i])
			check_warning(check, "权重表 %s 没有用到", "table %s is used nowhere",
				      ruleset->tables[i].id);
	}
}

/* ---- what can be seen only in a compiled plan: n/a, units ---- */

static unsigned declared_at(const struct check *check, const struct plan_node *node)
{
	return (unsigned)(node->decl - check->ruleset->plan);
}

static bool term_may_be_na(const struct plan *plan, const bool *may_be_na, uint32_t slot)
{
	if (slot == NO_SLOT)
		return false;
	if (slot < plan->n_items)
		return !plan->items[slot].applies || plan->items[slot].decl->na.n > 0 ||
		       (plan->items[slot].quantity != NO_SLOT &&
			term_may_be_na(plan, may_be_na, plan->items[slot].quantity));
	if (slot < plan->first_parameter)
		return plan->quantities[slot - plan->first_quantity].decl->na.n > 0;
	return slot >= plan->first_node && may_be_na[slot - plan->first_node];
}

static bool leaves_out_na(const struct plan_node *node)
{
	return node->decl->op == OP_AT_LEAST || node->decl->op == OP_LADDER ||
	       node->decl->na == NA_DROP || node->decl->na == NA_RESCALE;
}

static void check_na_policies(struct check *check, const struct plan *plan)
{
	bool *may_be_na = lt_arena_alloc(check->arena, plan->n_nodes + 1, sizeof(*may_be_na));
	for (unsigned i = 0; may_be_na && i < plan->n_nodes; i++) {
		const struct plan_node *node = &plan->nodes[i];
		bool any = false, all = node->n_terms > 0;
		for (unsigned t = 0; t < node->n_terms; t++) {
			const bool na = term_may_be_na(plan, may_be_na, node->terms[t].slot);
			any |= na;
			all &= na;
		}
		may_be_na[i] = leaves_out_na(node) ? all : any && node->decl->na != NA_REFUSE;
		check_at(check, "plan[%u]", declared_at(check, node));
		if (node->decl->op == OP_SUM && node->decl->na == NA_UNSTATED && any)
			check_error(
				check,
				"节点 %s：有成员可能不适用，须写明 na（drop、rescale 或 refuse）",
				"node %s: a member can be not applicable; say na: drop, rescale or refuse",
				node->id);
		for (unsigned t = 0; node->decl->na == NA_RESCALE && t < node->n_terms; t++) {
			const uint32_t weight = node->terms[t].weight;
			if (weight != NO_SLOT &&
			    (weight < plan->first_parameter || weight >= plan->first_node ||
			     plan->numbers[weight - plan->first_parameter].unset)) {
				check_error(check, "节点 %s：rescale 的权重须为定值",
					    "node %s: rescale needs weights that are set",
					    node->id);
				break;
			}
			if (node->terms[t].slot >= plan->n_items) {
				check_error(check, "节点 %s：rescale 只用于条款",
					    "node %s: rescale is for items only", node->id);
				break;
			}
		}
	}
}

static const char *unit_of(const struct plan *plan, const char *const *node_units, uint32_t slot)
{
	switch (plan_slot_kind(plan, slot)) {
	case SLOT_ITEM:
		return plan->items[slot].truth ? NULL : "points";
	case SLOT_QUANTITY:
		return plan->quantities[slot - plan->first_quantity].decl->unit;
	case SLOT_PARAMETER:
		return plan->numbers[slot - plan->first_parameter].parameter->unit;
	case SLOT_CONSTANT:
		return NULL;
	case SLOT_NODE:
		break;
	}
	return node_units[slot - plan->first_node];
}

static bool units_agree(const struct units *units, const char *a, const char *b)
{
	struct unit_ratio ua, ub;
	if (!a || !b || strcmp(a, b) == 0)
		return true;
	return units && units_parse(units, a, &ua) && units_parse(units, b, &ub) &&
	       unit_ratio_same_dimension(&ua, &ub) &&
	       lt_decimal_compare(ua.numerator, ub.numerator) == 0 &&
	       lt_decimal_compare(ua.denominator, ub.denominator) == 0;
}

static void check_units_of_node(struct check *check, const struct plan *plan,
				const char **node_units, unsigned at)
{
	const struct plan_node *node = &plan->nodes[at];
	const enum node_op op = node->decl->op;
	const char *common = op == OP_SUM ? node->decl->unit : NULL;
	node_units[at] = node->decl->unit;
	check_at(check, "plan[%u]", declared_at(check, node));
	if (op != OP_SUM && op != OP_COMPARE && op != OP_STEPS)
		return;
	for (unsigned t = 0; t < node->n_terms; t++) {
		const uint32_t weight = node->terms[t].weight;
		/* a weight with a unit of its own, or from a table, may change the unit */
		const bool plain =
			weight == NO_SLOT || plan_slot_kind(plan, weight) == SLOT_CONSTANT;
		const char *unit = plain ? unit_of(plan, node_units, node->terms[t].slot) : NULL;
		if (!units_agree(check->units, common, unit))
			check_error(check, "节点 %s：单位 %s 与 %s 不能相加或比较",
				    "node %s: unit %s and unit %s cannot be added or compared",
				    node->id, common, unit);
		common = common ? common : unit;
	}
	for (unsigned i = 0; i < node->n_steps; i++) {
		const char *unit = unit_of(plan, node_units, node->steps[i].limit);
		if (!units_agree(check->units, common, unit))
			check_error(check, "节点 %s：界限单位 %s 与 %s 不同",
				    "node %s: its limits are in %s, its value in %s", node->id,
				    unit, common);
	}
	if (op == OP_SUM && !node_units[at])
		node_units[at] = common;
}

static void check_is_truth(struct check *check, const struct plan *plan,
			   const struct plan_node *node, uint32_t slot)
{
	if (!plan_slot_is_truth(plan, slot))
		check_error(check, "节点 %s：%s 是数，不是真假；请先用 compare",
			    "node %s: %s is a number, not a truth; compare it first", node->id,
			    plan_slot_name(plan, slot));
}

/* Conditions are truths, amounts are not; and "at least k of n" can come out either way. */
static void check_truths(struct check *check, const struct plan *plan)
{
	for (unsigned i = 0; i < plan->n_nodes; i++) {
		const struct plan_node *node = &plan->nodes[i];
		check_at(check, "plan[%u]", declared_at(check, node));
		for (unsigned g = 0; g < node->n_grades; g++)
			for (unsigned w = 0; w < node->grades[g].n_when; w++)
				check_is_truth(check, plan, node, node->grades[g].when[w]);
		for (unsigned o = 0; o < node->n_otherwise; o++)
			if (node->otherwise[o].unless != NO_SLOT)
				check_is_truth(check, plan, node, node->otherwise[o].unless);
		for (unsigned t = 0; node->decl->op == OP_AT_LEAST && t < node->n_terms; t++)
			check_is_truth(check, plan, node, node->terms[t].slot);
		if (node->decl->op != OP_AT_LEAST || node->k_all ||
		    plan_slot_kind(plan, node->k) != SLOT_CONSTANT)
			continue;
		const struct lt_decimal k = plan->numbers[node->k - plan->first_parameter].value.lo;
		if (k.units <= 0 || k.units > lt_decimal_from_int(node->n_terms).units)
			check_error(check, "节点 %s：k 是 %s，而成员有 %u 个，结果恒定",
				    "node %s: k is %s of %u members, it always comes out the same",
				    node->id, node->decl->k, node->n_terms);
	}
}

static void check_units_of_plan(struct check *check, const struct plan *plan)
{
	const char **node_units =
		lt_arena_alloc(check->arena, plan->n_nodes + 1, sizeof(*node_units));
	for (unsigned i = 0; node_units && i < plan->n_nodes; i++)
		check_units_of_node(check, plan, node_units, i);
}

/* ---- compiling for each type and stage ---- */

static bool compile_one(struct check *check, const struct selection *selection, bool first)
{
	struct lt_err err = LT_ERR_INIT;
	struct plan_build build = { .ruleset = check->ruleset, .arena = check->arena, .err = &err };
	check_at(check, "plan");
	lt_arena_reset(check->arena);
	const enum lt_status status = plan_compile_with(&build, selection, NULL);
	if (status == LT_ESPACE) {
		check->findings->out_of_memory = true;
		return false;
	}
	if (status) {
		if (build.current)
			check_at(check, "plan[%u]",
				 (unsigned)(build.current - check->ruleset->plan));
		check_failure(check, &err);
		return false;
	}
	/* n/a differs by selection; a finding is wanted once */
	const size_t before = check->findings->n_errors;
	check_na_policies(check, build.plan);
	if (first) {
		check_units_of_plan(check, build.plan);
		check_truths(check, build.plan);
	}
	return check->findings->n_errors == before;
}

#define MAX_SELECTIONS 400

static const char *term_id(const struct term *terms, unsigned n, unsigned at)
{
	return n ? terms[at].id : NULL;
}

static void compile_all(struct check *check)
{
	const struct ruleset *ruleset = check->ruleset;
	const unsigned n_types = ruleset->n_park_types ? ruleset->n_park_types : 1,
		       n_stages = ruleset->n_stages ? ruleset->n_stages : 1,
		       n_places = ruleset->n_places ? ruleset->n_places : 1;
	if ((size_t)n_types * n_stages * n_places > MAX_SELECTIONS) {
		check_at(check, "park_types");
		check_error(check, "类型、阶段、地区的组合超过 %d 种",
			    "more than %d combinations of park type, stage and place",
			    MAX_SELECTIONS);
		return;
	}
	for (unsigned i = 0; i < n_types * n_stages * n_places; i++) {
		const struct selection selection = {
			.park_type = term_id(ruleset->park_types, ruleset->n_park_types,
					     i / n_places / n_stages),
			.stage = term_id(ruleset->stages, ruleset->n_stages,
					 i / n_places % n_stages),
			.place = term_id(ruleset->places, ruleset->n_places, i % n_places),
		};
		if (!compile_one(check, &selection, i == 0))
			return;
	}
}

static void check_published(struct check *check)
{
	const struct ruleset *ruleset = check->ruleset;
	unsigned n_ladders = 0, n_grades = 0, n_totals = 0;
	for (unsigned i = 0; i < ruleset->n_plan; i++) {
		n_ladders += ruleset->plan[i].op == OP_LADDER;
		n_grades += ruleset->plan[i].publish == PUBLISH_GRADE;
		n_totals += ruleset->plan[i].publish == PUBLISH_TOTAL;
	}
	check_at(check, "plan");
	if (n_ladders && !n_grades)
		check_warning(check, "没有节点以 publish: grade 给出结论",
			      "no node gives the conclusion (publish: grade)");
	if (n_grades > 1 || n_totals > 1)
		check_error(check, "publish: grade 与 total 各只能有一个节点",
			    "publish: grade and total are for one node each");
}

/* Ids of nodes once `each` is written out: one that comes up twice would count twice. */
static void check_written_out_ids(struct check *check, const struct plan *plan)
{
	for (unsigned i = 0; i < plan->n_nodes; i++) {
		const uint32_t first = plan_find(plan, plan->nodes[i].id);
		if (first == (NODE_MARK | i))
			continue;
		check_at(check, "plan[%u].id",
			 (unsigned)(plan->nodes[i].decl - check->ruleset->plan));
		check_error(check, "节点 %s 写出后重复",
			    "node %s comes up twice once `each` is written out", plan->nodes[i].id);
	}
	for (uint32_t slot = 0; slot < plan->first_parameter; slot++) {
		const bool is_item = slot < plan->n_items;
		const char *id = is_item ? plan->items[slot].decl->id
					 : plan->quantities[slot - plan->first_quantity].decl->id;
		const uint32_t found = plan_find(plan, id);
		if (!(found & NODE_MARK))
			continue;
		check_at(check, is_item ? "items[%u].id" : "quantities[%u].id",
			 is_item ? slot : slot - plan->first_quantity);
		check_error(check, "标识 %s 与写出的节点重名",
			    "id %s is also a node once `each` is written out", id);
	}
}

void check_plan(struct check *check)
{
	const struct ruleset *ruleset = check->ruleset;
	struct lt_err err = LT_ERR_INIT;
	struct plan *plan = lt_arena_alloc(check->arena, 1, sizeof(*plan));
	struct plan_build build = {
		.plan = plan, .ruleset = ruleset, .arena = check->arena, .err = &err
	};
	struct operand_check oc = { .check = check, .plan = plan };
	oc.used =
		lt_arena_alloc(check->arena, (size_t)ruleset->n_parameters + ruleset->n_tables + 1,
			       sizeof(*oc.used));
	if (!plan || !oc.used || plan_lay_out(&build)) {
		check->findings->out_of_memory = true;
		return;
	}
	/* names alone are needed to tell every dangling operand, not only the first */
	for (unsigned i = 0; i < ruleset->n_items; i++)
		plan->items[i].decl = &ruleset->items[i];
	for (unsigned i = 0; i < ruleset->n_quantities; i++)
		plan->quantities[i].decl = &ruleset->quantities[i];
	for (unsigned i = 0; i < ruleset->n_parameters; i++)
		plan->numbers[i].id = ruleset->parameters[i].id;
	check_at(check, "plan");
	const enum lt_status status =
		plan_expand_nodes(&build) ? err.status : plan_index_names(&build);
	if (status == LT_ESPACE) {
		check->findings->out_of_memory = true;
		return;
	}
	if (status) {
		check_failure(check, &err);
		return;
	}
	check_written_out_ids(check, plan);
	for (unsigned i = 0; i < ruleset->n_plan; i++) {
		check_keys(check, &ruleset->plan[i], i);
		check_operands(&oc, &ruleset->plan[i], i);
	}
	check_unused(&oc);
	check_published(check);
	if (check->findings->n_errors == check->errors_before)
		compile_all(check);
}
