/* Writes out the nodes of a plan and resolves what they name. */
#include <string.h>
#include "plan_build.h"

/* ---- writing out `each` ---- */

const char *plan_fill_in(struct lt_arena *arena, const char *text, const char *key)
{
	if (!text || !key || !strchr(text, '*'))
		return text;
	size_t stars = 0, len = strlen(text), key_len = strlen(key);
	for (const char *at = text; *at; at++)
		stars += *at == '*';
	char *filled = lt_arena_alloc(arena, len + stars * key_len + 1, 1);
	char *to = filled;
	for (const char *at = text; filled && *at; at++) {
		if (*at == '*') {
			memcpy(to, key, key_len);
			to += key_len;
		} else {
			*to++ = *at;
		}
	}
	return filled;
}

enum lt_status plan_expand_nodes(struct plan_build *build)
{
	const struct ruleset *ruleset = build->ruleset;
	size_t n = 0;
	for (unsigned i = 0; i < ruleset->n_plan; i++) {
		const struct node *decl = &ruleset->plan[i];
		n += strchr(decl->id, '*') ? decl->each.n : 1;
	}
	if (n > PLAN_MAX_NODES)
		return lt_err_set(build->err, LT_EDATA, "%s：计算节点 %zu 个，上限 %d 个",
				  "%s: %zu nodes in the plan, the limit is %d", ruleset->id, n,
				  PLAN_MAX_NODES);
	struct plan *plan = build->plan;
	plan->nodes = lt_arena_alloc(build->arena, n + 1, sizeof(*plan->nodes));
	if (!plan->nodes)
		return lt_err_memory(build->err);
	for (unsigned i = 0; i < ruleset->n_plan; i++) {
		const struct node *decl = &ruleset->plan[i];
		bool many = strchr(decl->id, '*') != NULL;
		for (unsigned e = 0; e < (many ? decl->each.n : 1); e++) {
			struct plan_node *node = &plan->nodes[plan->n_nodes++];
			node->decl = decl;
			node->key = many ? decl->each.at[e] : NULL;
			node->id = plan_fill_in(build->arena, decl->id, node->key);
			node->title.zh = plan_fill_in(build->arena, decl->title.zh, node->key);
			node->title.en = plan_fill_in(build->arena, decl->title.en, node->key);
			if (!node->id || (decl->title.zh && (!node->title.zh || !node->title.en)))
				return lt_err_memory(build->err);
		}
	}
	return LT_OK;
}

/* Calls use(text) for a list entry: once as it is, or once for each entry of `each` where a star is
 * left in it. */
struct each_text {
	struct plan_build *build;
	const struct plan_node *node;
	const char *text;
	unsigned at;
};

static const char *each_next(struct each_text *each)
{
	const struct words *keys = &each->node->decl->each;
	if (each->node->key || !keys->n || !each->text || !strchr(each->text, '*'))
		return each->at++ ? NULL
				  : plan_fill_in(each->build->arena, each->text, each->node->key);
	if (each->at >= keys->n)
		return NULL;
	return plan_fill_in(each->build->arena, each->text, keys->at[each->at++]);
}

/* ---- operands ---- */

static enum lt_status resolve(struct plan_build *build, const struct plan_node *node,
			      const char *text, uint32_t *slot)
{
	*slot = NO_SLOT;
	if (!text)
		return LT_OK;
	const char *name = plan_fill_in(build->arena, text, node->key);
	if (!name)
		return lt_err_memory(build->err);
	*slot = plan_find(build->plan, name);
	if (*slot != NO_SLOT)
		return LT_OK;
	enum lt_status status =
		plan_add_constant(build, name, node->decl->origin, node->decl->cite, slot);
	if (status == LT_EDATA)
		lt_err_prefix(build->err, node->id);
	return status;
}

/* Room for a node's terms; a plan as a whole has a limit, so that a few lines cannot ask for all
 * memory. */
static enum lt_status room_for_terms(struct plan_build *build, struct plan_node *node, size_t n)
{
	build->n_terms += n;
	if (build->n_terms > PLAN_MAX_TERMS)
		return lt_err_set(build->err, LT_EDATA, "%s：计算式的操作数合计超过 %d 个",
				  "%s: the operands of the plan are more than %d", node->id,
				  PLAN_MAX_TERMS);
	node->terms = lt_arena_alloc(build->arena, n + 1, sizeof(*node->terms));
	return node->terms ? LT_OK : lt_err_memory(build->err);
}

static void add_term(struct plan_node *node, uint32_t slot, uint32_t weight)
{
	node->terms[node->n_terms++] = (struct plan_term){ .slot = slot, .weight = weight };
}

/* The row of a table that a term takes its weight from: the entry its node was written out for, or
 * its item's section. */
static const char *table_key(const struct plan_build *build, const struct table *table,
			     uint32_t slot)
{
	const struct plan *plan = build->plan;
	if (slot & NODE_MARK) {
		const char *dot = strrchr(plan->nodes[slot & ~NODE_MARK].id, '.');
		return dot ? dot + 1 : plan->nodes[slot & ~NODE_MARK].id;
	}
	const char *key = slot < plan->n_items ? plan->items[slot].decl->section : NULL;
	for (int level = 0; key && level < 8; level++) {
		/* the nearest section with a row of its own decides, also when it says "not
		 * evaluated" */
		if (table_has_row(table, key))
			return key;
		const struct section *section = ruleset_find_section(build->ruleset, key);
		key = section ? section->parent : NULL;
	}
	return NULL;
}

/* A number of a table, and where it comes from. */
struct table_entry {
	const char *key, *value; /* value NULL = not evaluated */
	enum origin origin;
	const char *cite;
};

static struct table_entry table_entry(const struct plan_build *build, const struct table *table,
				      uint32_t slot)
{
	const struct selection *selection = &build->plan->selection;
	const struct overrides *overrides = build->overrides;
	struct table_entry entry = { .key = table_key(build, table, slot),
				     .origin = table->origin,
				     .cite = table->cite };
	if (!entry.key)
		return entry;
	entry.value = table_find_value(table, entry.key, selection->park_type, selection->stage);
	for (unsigned i = 0; overrides && i < overrides->n_weights; i++) {
		const struct weight_override *said = &overrides->weights[i];
		const unsigned column =
			table_find_column(table, selection->park_type, selection->stage);
		if (strcmp(said->table, table->id) != 0 || strcmp(said->row, entry.key) != 0 ||
		    column >= table->columns.n || column >= said->values.n)
			continue;
		entry.value =
			strcmp(said->values.at[column], "-") == 0 ? NULL : said->values.at[column];
		entry.origin = said->origin;
		entry.cite = said->cite;
	}
	return entry;
}

/* weight: $parameter for all terms, or $table with an entry a term; a term without an entry is not
 * evaluated. */
static enum lt_status weigh_terms(struct plan_build *build, struct plan_node *node)
{
	const char *name = node->decl->weight;
	if (!name)
		return LT_OK;
	if (name[0] != '$')
		return lt_err_set(build->err, LT_EDATA, "%s：weight 应为 $参数或 $权重表，不是 %s",
				  "%s: weight is a $parameter or $table, not %s", node->id, name);
	const struct table *table = ruleset_find_table(build->ruleset, name + 1);
	uint32_t parameter = table ? NO_SLOT : plan_find(build->plan, name);
	if (!table && parameter == NO_SLOT)
		return lt_err_set(build->err, LT_EDATA, "%s：没有权重表 %s", "%s: no table %s",
				  node->id, name);
	unsigned kept = 0;
	for (unsigned i = 0; i < node->n_terms; i++) {
		struct plan_term term = node->terms[i];
		term.weight = parameter;
		if (table) {
			const struct table_entry entry = table_entry(build, table, term.slot);
			if (!entry.value)
				continue;
			enum lt_status status = plan_add_constant(build, entry.value, entry.origin,
								  entry.cite, &term.weight);
			if (status)
				return status;
			struct plan_number *number =
				&build->plan->numbers[build->plan->n_parameters +
						      build->plan->n_constants - 1];
			number->table = table;
			number->table_key = entry.key;
		}
		node->terms[kept++] = term;
	}
	node->n_terms = kept;
	return LT_OK;
}

/* Which items a node takes. Those of a section stand together: whether it lies in the other is asked
 * once for all of them. */
struct choice {
	const struct ruleset *ruleset;
	const char *group, *section; /* section NULL = any */
	const char *last;            /* of the item before */
	bool last_is_within;
};

static bool takes_item(struct choice *choice, const struct item *item)
{
	if (!item_is_in_group(item, choice->group))
		return false;
	if (!choice->section)
		return true;
	if (!choice->last || strcmp(choice->last, item->section) != 0) {
		choice->last = item->section;
		choice->last_is_within = ruleset_section_is_within(
			choice->ruleset, item->section, choice->section);
	}
	return choice->last_is_within;
}

static enum lt_status take_items(struct plan_build *build, struct plan_node *node)
{
	const struct plan *plan = build->plan;
	const char *group = plan_fill_in(build->arena, node->decl->items, node->key);
	const char *section = plan_fill_in(build->arena, node->decl->section, node->key);
	struct choice choice = { .ruleset = build->ruleset, .group = group, .section = section };
	enum lt_status status = LT_OK;
	unsigned n = 0;
	if (!group || (node->decl->section && !section))
		return lt_err_memory(build->err);
	node->section = section;
	if (!build->taken)
		build->taken = lt_arena_alloc(build->arena, plan->n_items + 1,
					      sizeof(*build->taken));
	if (!build->taken)
		return lt_err_memory(build->err);
	for (unsigned i = 0; i < plan->n_items; i++)
		if (takes_item(&choice, plan->items[i].decl))
			build->taken[n++] = i;
	status = room_for_terms(build, node, n);
	for (unsigned i = 0; i < n && !status; i++)
		add_term(node, build->taken[i], NO_SLOT);
	return status;
}

static enum lt_status take_nodes(struct plan_build *build, struct plan_node *node)
{
	const struct plan *plan = build->plan;
	const char *prefix = plan_fill_in(build->arena, node->decl->nodes, node->key);
	size_t n = 0;
	if (!prefix)
		return lt_err_memory(build->err);
	const size_t len = strlen(prefix);
	for (unsigned i = 0; i < plan->n_nodes; i++)
		n += strncmp(plan->nodes[i].id, prefix, len) == 0 && plan->nodes[i].id[len] == '.';
	enum lt_status status = room_for_terms(build, node, n);
	for (unsigned i = 0; i < plan->n_nodes && !status; i++)
		if (strncmp(plan->nodes[i].id, prefix, len) == 0 && plan->nodes[i].id[len] == '.')
			add_term(node, NODE_MARK | i, NO_SLOT);
	return status;
}

static enum lt_status take_list(struct plan_build *build, struct plan_node *node)
{
	const struct node *decl = node->decl;
	size_t n = 0;
	for (unsigned i = 0; i < decl->in.n; i++)
		n += !node->key && decl->each.n && strchr(decl->in.at[i], '*') ? decl->each.n : 1;
	enum lt_status status = room_for_terms(build, node, n);
	for (unsigned i = 0; i < decl->in.n && !status; i++) {
		struct each_text each = { .build = build, .node = node, .text = decl->in.at[i] };
		for (const char *text; !status && (text = each_next(&each));) {
			uint32_t slot = NO_SLOT, weight = NO_SLOT;
			status = resolve(build, node, text, &slot);
			if (!status)
				status = resolve(build, node,
						 i < decl->weights.n ? decl->weights.at[i] : NULL,
						 &weight);
			if (!status)
				add_term(node, slot, weight);
		}
	}
	return status;
}

/* ---- what single operations read ---- */

static enum lt_status resolve_steps(struct plan_build *build, struct plan_node *node)
{
	const struct node *decl = node->decl;
	node->steps = lt_arena_alloc(build->arena, decl->n_at + 1, sizeof(*node->steps));
	if (!node->steps)
		return lt_err_memory(build->err);
	for (unsigned i = 0; i < decl->n_at; i++) {
		const struct step *step = &decl->at[i];
		struct plan_step *to = &node->steps[node->n_steps++];
		to->above = step->above != NULL;
		enum lt_status status =
			resolve(build, node, step->above ? step->above : step->from, &to->limit);
		if (!status)
			status = resolve(build, node, step->then, &to->then);
		if (status)
			return status;
		if (to->limit == NO_SLOT || to->then == NO_SLOT)
			return lt_err_set(build->err, LT_EDATA,
					  "%s：at 的每一级都要有 from 或 above，以及 then",
					  "%s: each entry of at needs from or above, and then",
					  node->id);
	}
	return LT_OK;
}

/* Limits whose values are known must ascend: a step that stands out of order would never be
 * reached. */
static enum lt_status check_ascending(struct plan_build *build, const struct plan_node *node)
{
	const struct plan *plan = build->plan;
	const struct value *last = NULL;
	for (unsigned i = 0; i < node->n_steps; i++) {
		const uint32_t slot = node->steps[i].limit;
		if ((slot & NODE_MARK) || slot < plan->first_parameter)
			return LT_OK;
		const struct value *limit = &plan->numbers[slot - plan->first_parameter].value;
		if (last && value_is_exact(last) && value_is_exact(limit) &&
		    last->lo.units >= limit->lo.units)
			return lt_err_set(build->err, LT_EDATA, "%s：at 的界限须由低到高",
					  "%s: the limits of at must ascend", node->id);
		last = limit;
	}
	return LT_OK;
}

static enum lt_status resolve_grade(struct plan_build *build, struct plan_node *node,
				    const struct grade_rule *rule, const char *key)
{
	struct plan_grade *grade = &node->grades[node->n_grades++];
	const char *stage = build->plan->selection.stage;
	struct plan_node scope = *node; /* the grade's own key stands in for the node's */
	scope.key = key;
	grade->id = plan_fill_in(build->arena, rule->grade, key);
	grade->awarded = !rule->stage || (stage && strcmp(rule->stage, stage) == 0);
	grade->when = lt_arena_alloc(build->arena, rule->when.n + 1, sizeof(*grade->when));
	if (!grade->id || !grade->when)
		return lt_err_memory(build->err);
	for (unsigned i = 0; i < rule->when.n; i++) {
		enum lt_status status =
			resolve(build, &scope, rule->when.at[i], &grade->when[grade->n_when++]);
		if (status)
			return status;
	}
	return LT_OK;
}

static enum lt_status resolve_ladder(struct plan_build *build, struct plan_node *node)
{
	const struct node *decl = node->decl;
	node->grades = lt_arena_alloc(build->arena, (size_t)decl->n_grades * (decl->each.n + 1) + 1,
				      sizeof(*node->grades));
	node->otherwise =
		lt_arena_alloc(build->arena, decl->n_otherwise + 1, sizeof(*node->otherwise));
	if (!node->grades || !node->otherwise)
		return lt_err_memory(build->err);
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < decl->n_grades && !status; i++) {
		const struct grade_rule *rule = &decl->grades[i];
		bool many = !node->key && decl->each.n && strchr(rule->grade, '*');
		for (unsigned e = 0; e < (many ? decl->each.n : 1) && !status; e++)
			status = resolve_grade(build, node, rule,
					       many ? decl->each.at[e] : node->key);
	}
	for (unsigned i = 0; i < decl->n_otherwise && !status; i++) {
		struct plan_otherwise *otherwise = &node->otherwise[node->n_otherwise++];
		otherwise->grade = decl->otherwise[i].grade;
		status = resolve(build, node, decl->otherwise[i].unless, &otherwise->unless);
	}
	return status;
}

static enum lt_status resolve_k(struct plan_build *build, struct plan_node *node)
{
	if (!node->decl->k)
		return lt_err_set(build->err, LT_EDATA, "%s：缺少 k（个数、$参数或 all）",
				  "%s: k is missing (a number, $parameter or all)", node->id);
	node->k_all = strcmp(node->decl->k, "all") == 0;
	node->k = NO_SLOT;
	return node->k_all ? LT_OK : resolve(build, node, node->decl->k, &node->k);
}

static enum lt_status resolve_scalars(struct plan_build *build, struct plan_node *node)
{
	const struct node *decl = node->decl;
	const struct {
		const char *text;
		uint32_t *slot;
	} scalars[] = {
		{ decl->when_zero, &node->when_zero },
		{ decl->min, &node->min },
		{ decl->max, &node->max },
		{ decl->from, &node->from },
		{ decl->to, &node->to },
		{ decl->points, &node->points },
	};
	for (size_t i = 0; i < sizeof(scalars) / sizeof(scalars[0]); i++) {
		enum lt_status status = resolve(build, node, scalars[i].text, scalars[i].slot);
		if (status)
			return status;
	}
	node->round_places = -1;
	if (decl->round.places) {
		struct lt_decimal places;
		enum lt_status status =
			plan_parse_number(build, decl->round.places, "round", node->id, &places);
		if (status)
			return status;
		if (places.units < 0 || places.units > LT_DECIMAL_PLACES * LT_DECIMAL_ONE ||
		    places.units % LT_DECIMAL_ONE)
			return lt_err_set(build->err, LT_EDATA, "%s：places 应为 0 到 12 的整数",
					  "%s: places is a whole number from 0 to 12", node->id);
		node->round_places = (int)(places.units / LT_DECIMAL_ONE);
	}
	return LT_OK;
}

unsigned plan_n_operands(enum node_op op)
{
	static const unsigned n_operands[N_OPS] = {
		[OP_RATIO] = 2, [OP_STEPS] = 1, [OP_LINEAR] = 1, [OP_COMPARE] = 2
	};
	return n_operands[op];
}

static enum lt_status check_operands(struct plan_build *build, const struct plan_node *node)
{
	enum node_op op = node->decl->op;
	const unsigned wanted = plan_n_operands(op);
	if (wanted && node->n_terms != wanted)
		return lt_err_set(build->err, LT_EDATA, "%s：%s 需要 %u 个操作数，现有 %u 个",
				  "%s: %s takes %u operands, here are %u", node->id,
				  node_op_names[op], wanted, node->n_terms);
	if (op == OP_LINEAR &&
	    (node->from == NO_SLOT || node->to == NO_SLOT || node->points == NO_SLOT))
		return lt_err_set(build->err, LT_EDATA, "%s：linear 需要 from、to 和 points",
				  "%s: linear needs from, to and points", node->id);
	return LT_OK;
}

static enum lt_status resolve_node(struct plan_build *build, struct plan_node *node)
{
	const struct node *decl = node->decl;
	enum lt_status status;
	build->current = decl;
	if (decl->items)
		status = take_items(build, node);
	else if (decl->nodes)
		status = take_nodes(build, node);
	else
		status = take_list(build, node);
	if (!status)
		status = weigh_terms(build, node);
	if (!status)
		status = resolve_scalars(build, node);
	if (!status && decl->op == OP_STEPS)
		status = resolve_steps(build, node);
	if (!status && decl->op == OP_LADDER)
		status = resolve_ladder(build, node);
	if (!status && decl->op == OP_AT_LEAST)
		status = resolve_k(build, node);
	if (!status)
		status = check_ascending(build, node);
	if (!status)
		status = check_operands(build, node);
	node->truth = decl->op == OP_COMPARE || decl->op == OP_AT_LEAST;
	const bool limited =
		node->min != NO_SLOT || node->max != NO_SLOT || node->round_places >= 0;
	if (!status && limited && (node->truth || decl->op == OP_LADDER))
		status = lt_err_set(
			build->err, LT_EDATA, "%s：min、max、round 只用于数，不用于真假与等级",
			"%s: min, max and round are for numbers, not for truths and grades",
			node->id);
	return status;
}

enum lt_status plan_resolve_nodes(struct plan_build *build)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < build->plan->n_nodes && !status; i++)
		status = resolve_node(build, &build->plan->nodes[i]);
	return status;
}
