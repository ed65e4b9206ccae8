/* What is wrong with a profile, beside its ruleset. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/profile.h"
#include "lingtan/core/check.h"

struct checking {
	const struct profile *profile;
	const struct ruleset *ruleset;
	struct lt_findings *findings;
};

static void place(const struct checking *checking, struct lt_finding *finding)
{
	if (finding)
		yaml_positions_find(&checking->profile->positions, finding->path, &finding->line,
				    &finding->column);
}

/* At a member of an entry; the texts take three strings at most. */
static void complain(const struct checking *checking, const char *list, unsigned at,
		     const char *member, const char *zh, const char *en, const char *a,
		     const char *b, const char *c)
{
	char path[80];
	snprintf(path, sizeof(path), "%s[%u].%s", list, at, member);
	place(checking, lt_findings_add(checking->findings, LT_ERROR, path, zh, en, a ? a : "-",
					b ? b : "-", c ? c : "-"));
}

static bool is_blank(const char *text)
{
	return !text || !text[strspn(text, " ")];
}

static bool is_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static bool parse(const char *text, struct lt_decimal *out)
{
	return text && lt_decimal_parse(text, strlen(text), out) == LT_DECIMAL_OK;
}

/* Numbers of a file were seen to by its reading; those that a form put in were not. */
static bool check_number(const struct checking *checking, const char *list, unsigned at,
			 const char *member, const char *of, const char *text,
			 struct lt_decimal *out)
{
	if (parse(text, out))
		return true;
	complain(checking, list, at, member, "%s：“%s”不是数；写成 12.5 这样",
		 "%s: '%s' is not a number; write it like 12.5", of, text, NULL);
	return false;
}

static void check_page(const struct checking *checking, const char *list, unsigned at,
		       const char *of, const char *cite)
{
	if (is_blank(cite))
		complain(checking, list, at, "cite", "%s 没有写明出处（cite），如“第 12 页”",
			 "%s has no page; write in cite where the number stands, such as 'p. 12'",
			 of, NULL, NULL);
}

/* ---- parameters ---- */

bool parameter_accepts(const struct parameter *parameter, const char *value)
{
	struct lt_decimal at, bound;
	if (!parse(value, &at))
		return false;
	if (parse(parameter->min, &bound) && at.units < bound.units)
		return false;
	return !parse(parameter->max, &bound) || at.units <= bound.units;
}

static void check_parameters(const struct checking *checking)
{
	const struct profile *profile = checking->profile;
	for (unsigned i = 0; i < profile->n_parameters; i++) {
		const struct profile_parameter *said = &profile->parameters[i];
		const struct parameter *parameter =
			ruleset_find_parameter(checking->ruleset, said->id);
		struct lt_decimal value;
		if (!parameter)
			complain(checking, "parameters", i, "id", "没有参数 %s（值 %s）",
				 "there is no parameter %s (value %s)", said->id, said->value,
				 NULL);
		else if (check_number(checking, "parameters", i, "value", said->id, said->value,
				      &value) &&
			 !parameter_accepts(parameter, said->value))
			complain(checking, "parameters", i, "value", "参数 %s 的值 %s 超出所定范围",
				 "parameter %s: value %s is outside its range", said->id,
				 said->value, NULL);
		for (unsigned j = 0; j < i; j++)
			if (is_same(profile->parameters[j].id, said->id)) {
				complain(checking, "parameters", i, "id",
					 "参数 %s 写了两次（值 %s）",
					 "parameter %s is given twice (value %s)", said->id,
					 said->value, NULL);
				break;
			}
		check_page(checking, "parameters", i, said->id, said->cite);
	}
}

/* ---- points ---- */

static bool has_tiers(const struct profile *profile, const char *item)
{
	for (unsigned i = 0; i < profile->n_tiers; i++)
		if (is_same(profile->tiers[i].item, item))
			return true;
	return false;
}

static bool has_line(const struct profile *profile, const char *item)
{
	for (unsigned i = 0; i < profile->n_lines; i++)
		if (is_same(profile->lines[i].item, item))
			return true;
	return false;
}

/* Its tiers say what the item is worth: the profile's, or the ruleset's own. */
static bool has_points_from_tiers(const struct profile *profile, const struct item *item)
{
	return has_tiers(profile, item->id) || (item->n_tiers && !has_line(profile, item->id));
}

static void check_one_points(const struct checking *checking, unsigned i)
{
	const struct profile_points *said = &checking->profile->points[i];
	const struct item *item = ruleset_find_item(checking->ruleset, said->item);
	struct lt_decimal value;
	if (!item)
		complain(checking, "points", i, "item", "没有条款 %s（%s 分）",
			 "there is no item %s (%s points)", said->item, said->value, NULL);
	else if (!item->points.value)
		complain(checking, "points", i, "item", "条款 %s 不计分，不能给 %s 分",
			 "item %s has no points, it cannot have %s", said->item, said->value, NULL);
	else if (item->n_checks)
		complain(checking, "points", i, "item", "条款 %s 的分值来自检查点，不能另给 %s 分",
			 "item %s has its points from its check points, it cannot have %s",
			 said->item, said->value, NULL);
	else if (has_points_from_tiers(checking->profile, item))
		complain(checking, "points", i, "item",
			 "条款 %s 的分值来自档次，不能另给 %s 分；请写它的 tiers",
			 "item %s has its points from its tiers, it cannot have %s: write tiers",
			 said->item, said->value, NULL);
	else if (check_number(checking, "points", i, "value", said->item, said->value, &value) &&
		 value.units < 0)
		complain(checking, "points", i, "value", "条款 %s 的分值 %s 不能为负",
			 "item %s: %s points, below 0", said->item, said->value, NULL);
}

static void check_points(const struct checking *checking)
{
	const struct profile *profile = checking->profile;
	for (unsigned i = 0; i < profile->n_points; i++) {
		const struct profile_points *said = &profile->points[i];
		check_one_points(checking, i);
		for (unsigned j = 0; j < i; j++)
			if (is_same(profile->points[j].item, said->item)) {
				complain(checking, "points", i, "item", "条款 %s 写了两次（%s 分）",
					 "item %s is given twice (%s points)", said->item,
					 said->value, NULL);
				break;
			}
		check_page(checking, "points", i, said->item, said->cite);
	}
}

/* ---- tiers ---- */

static const char *limit_of(const struct profile_tier *tier)
{
	return tier->from ? tier->from : tier->above;
}

/* The item that an entry of tiers or lines is about, if it can have such a scale. */
static const struct item *scaled_item(const struct checking *checking, const char *list, unsigned i,
				      const char *id, bool by_hand)
{
	const struct item *item = ruleset_find_item(checking->ruleset, id);
	if (!item) {
		complain(checking, list, i, "item", "没有条款 %s", "there is no item %s", id, NULL,
			 NULL);
		return NULL;
	}
	if (item->form == FORM_MEASURED || (by_hand && item->form == FORM_TIERS))
		return item;
	complain(
		checking, list, i, "item",
		by_hand ? "条款 %s 不按档次或量计分（form 是 %s），不能换档次"
			: "条款 %s 不由量计分（form 是 %s），不能换直线",
		by_hand ? "item %s is not scored by tiers or a quantity (its form is %s): it takes "
			  "no tiers"
			: "item %s is not scored by a quantity (its form is %s): it takes no line",
		id, item_form_names[item->form], NULL);
	return NULL;
}

/* The kind of tier that the item takes: one that is chosen, or one that a quantity picks. */
static void check_tier_kind(const struct checking *checking, const struct item *item, unsigned i)
{
	const struct profile_tier *said = &checking->profile->tiers[i];
	if (said->from && said->above)
		complain(checking, "tiers", i, "above", "条款 %s：from %s 与 above %s 只能有一个",
			 "item %s: from %s or above %s, not both", said->item, said->from,
			 said->above);
	if (item->form == FORM_TIERS && !said->id)
		complain(checking, "tiers", i, "item", "条款 %s 由人工选档，每档要有 id",
			 "item %s: a tier that is chosen by hand needs an id", said->item, NULL,
			 NULL);
	if (item->form == FORM_MEASURED && !limit_of(said))
		complain(checking, "tiers", i, "item", "条款 %s 按量定档，每档要有 from 或 above",
			 "item %s: a tier that a quantity picks needs from or above", said->item,
			 NULL, NULL);
}

/* Beside the tiers of the same item that stand before it. */
static void check_tier_order(const struct checking *checking, unsigned i)
{
	const struct profile *profile = checking->profile;
	const struct profile_tier *said = &profile->tiers[i];
	struct lt_decimal limit, before;
	const bool has_limit =
		limit_of(said) && check_number(checking, "tiers", i, said->from ? "from" : "above",
					       said->item, limit_of(said), &limit);
	bool compared = false;
	for (unsigned j = i; j-- > 0;) {
		const struct profile_tier *other = &profile->tiers[j];
		if (!is_same(other->item, said->item))
			continue;
		if (is_same(other->id, said->id))
			complain(checking, "tiers", i, "id", "条款 %s 的档次 %s 写了两次",
				 "item %s: tier %s is given twice", said->item, said->id, NULL);
		if (compared || !has_limit || !parse(limit_of(other), &before))
			continue;
		compared = true;
		if (limit.units <= before.units)
			complain(checking, "tiers", i, said->from ? "from" : "above",
				 "条款 %s 的档次须由低到高：%s 写在 %s 之后",
				 "item %s: its tiers must ascend, %s stands after %s", said->item,
				 limit_of(said), limit_of(other));
	}
}

static void check_tiers(const struct checking *checking)
{
	const struct profile *profile = checking->profile;
	for (unsigned i = 0; i < profile->n_tiers; i++) {
		const struct profile_tier *said = &profile->tiers[i];
		const struct item *item = scaled_item(checking, "tiers", i, said->item, true);
		struct lt_decimal then;
		if (item)
			check_tier_kind(checking, item, i);
		if (check_number(checking, "tiers", i, "then", said->item, said->then, &then) &&
		    then.units < 0)
			complain(checking, "tiers", i, "then", "条款 %s：一档 %s 分，不能为负",
				 "item %s: a tier of %s points, below 0", said->item, said->then,
				 NULL);
		check_tier_order(checking, i);
		check_page(checking, "tiers", i, said->item, said->cite);
	}
}

/* ---- lines ---- */

static void check_lines(const struct checking *checking)
{
	const struct profile *profile = checking->profile;
	for (unsigned i = 0; i < profile->n_lines; i++) {
		const struct profile_line *said = &profile->lines[i];
		struct lt_decimal from, to;
		scaled_item(checking, "lines", i, said->item, false);
		const bool has_from = check_number(checking, "lines", i, "from", said->item,
						   said->from, &from),
			   has_to = check_number(checking, "lines", i, "to", said->item, said->to,
						 &to);
		if (has_from && has_to && from.units == to.units)
			complain(checking, "lines", i, "to", "条款 %s：from 与 to 相同（%s）",
				 "item %s: from equals to (%s)", said->item, said->to, NULL);
		if (has_tiers(profile, said->item))
			complain(checking, "lines", i, "item",
				 "条款 %s 既写了档次又写了直线，只能留一种",
				 "item %s is given both tiers and a line: keep one", said->item,
				 NULL, NULL);
		for (unsigned j = 0; j < i; j++)
			if (is_same(profile->lines[j].item, said->item)) {
				complain(checking, "lines", i, "item", "条款 %s 的直线写了两次",
					 "item %s: its line is given twice", said->item, NULL,
					 NULL);
				break;
			}
		check_page(checking, "lines", i, said->item, said->cite);
	}
}

/* ---- weights ---- */

static void check_values(const struct checking *checking, const struct table *table, unsigned i,
			 const char *name)
{
	const struct profile_weight *said = &checking->profile->weights[i];
	char member[40], has[24], wants[24];
	struct lt_decimal value;
	snprintf(has, sizeof(has), "%u", said->values.n);
	snprintf(wants, sizeof(wants), "%u", table->columns.n);
	if (said->values.n != table->columns.n)
		complain(checking, "weights", i, "values", "%s：有 %s 个值，表有 %s 列",
			 "%s: values: %s, columns of the table: %s", name, has, wants);
	for (unsigned v = 0; v < said->values.n; v++) {
		if (is_same(said->values.at[v], "-"))
			continue;
		snprintf(member, sizeof(member), "values[%u]", v);
		if (check_number(checking, "weights", i, member, name, said->values.at[v],
				 &value) &&
		    value.units < 0)
			complain(checking, "weights", i, member, "%s：权重 %s 不能为负",
				 "%s: weight %s is below 0", name, said->values.at[v], NULL);
	}
}

static void check_weights(const struct checking *checking)
{
	const struct profile *profile = checking->profile;
	for (unsigned i = 0; i < profile->n_weights; i++) {
		const struct profile_weight *said = &profile->weights[i];
		const struct table *table = ruleset_find_table(checking->ruleset, said->table);
		char name[210];
		snprintf(name, sizeof(name), "%s/%s", said->table ? said->table : "-",
			 said->row ? said->row : "-");
		if (!table)
			complain(checking, "weights", i, "table", "没有权重表 %s",
				 "there is no table %s", said->table, NULL, NULL);
		else if (!said->row || !table_has_row(table, said->row))
			complain(checking, "weights", i, "row", "表 %s 没有 %s 这一行",
				 "table %s has no row %s", said->table, said->row, NULL);
		else
			check_values(checking, table, i, name);
		for (unsigned j = 0; j < i; j++)
			if (is_same(profile->weights[j].table, said->table) &&
			    is_same(profile->weights[j].row, said->row)) {
				complain(checking, "weights", i, "row", "表 %s 的 %s 行写了两次",
					 "table %s: row %s is given twice", said->table, said->row,
					 NULL);
				break;
			}
		check_page(checking, "weights", i, name, said->cite);
	}
}

void profile_check_entries(const struct profile *profile, const char *file,
			   const struct ruleset *ruleset, struct lt_findings *findings)
{
	const struct checking checking = { profile, ruleset, findings };
	findings->file = file;
	if (is_blank(profile->responsible))
		place(&checking,
		      lt_findings_add(findings, LT_ERROR, "responsible", "没有写明由谁负责",
				      "it does not say who answers for the numbers"));
	/* an empty number would make a draft a standard */
	if (profile->edition && is_blank(profile->edition))
		place(&checking, lt_findings_add(findings, LT_ERROR, "edition",
						 "edition 是空的；没有就删去这个键",
						 "edition is empty; leave the key out"));
	if (profile->made_up && strcmp(profile->made_up, "yes") != 0 &&
	    strcmp(profile->made_up, "no") != 0)
		place(&checking,
		      lt_findings_add(findings, LT_ERROR, "made_up",
				      "made_up 只能是 yes 或 no；真实的参数集可不写",
				      "made_up is yes or no; a real profile may leave it out"));
	check_parameters(&checking);
	check_points(&checking);
	check_tiers(&checking);
	check_lines(&checking);
	check_weights(&checking);
}

/* ---- all numbers together ---- */

/* Points of the best of an item's tiers in the profile. */
static const char *best_tier_points(const struct profile *profile, const char *item)
{
	const char *best = NULL;
	struct lt_decimal most = VALUE_ZERO, then;
	for (unsigned i = 0; i < profile->n_tiers; i++)
		if (is_same(profile->tiers[i].item, item) && parse(profile->tiers[i].then, &then) &&
		    (!best || then.units > most.units)) {
			best = profile->tiers[i].then;
			most = then;
		}
	return best;
}

static bool put_points(const struct profile *profile, struct ruleset *copy, struct lt_arena *arena)
{
	struct item *items = lt_arena_alloc(arena, copy->n_items + 1, sizeof(*items));
	if (!items)
		return false;
	memcpy(items, copy->items, copy->n_items * sizeof(*items));
	for (unsigned i = 0; i < profile->n_points; i++) {
		const struct item *item = ruleset_find_item(copy, profile->points[i].item);
		items[item - copy->items].points.value = profile->points[i].value;
	}
	for (unsigned i = 0; i < profile->n_tiers; i++) {
		const struct item *item = ruleset_find_item(copy, profile->tiers[i].item);
		items[item - copy->items].points.value = best_tier_points(profile, item->id);
	}
	copy->items = items;
	return true;
}

static bool put_parameters(const struct profile *profile, struct ruleset *copy,
			   struct lt_arena *arena)
{
	struct parameter *parameters =
		lt_arena_alloc(arena, copy->n_parameters + 1, sizeof(*parameters));
	if (!parameters)
		return false;
	if (copy->n_parameters)
		memcpy(parameters, copy->parameters, copy->n_parameters * sizeof(*parameters));
	for (unsigned i = 0; i < profile->n_parameters; i++) {
		const struct parameter *parameter =
			ruleset_find_parameter(copy, profile->parameters[i].id);
		parameters[parameter - copy->parameters].value = profile->parameters[i].value;
	}
	copy->parameters = parameters;
	return true;
}

static bool put_rows(const struct profile *profile, struct table *table, struct lt_arena *arena)
{
	struct table_row *rows = lt_arena_alloc(arena, table->n_rows + 1, sizeof(*rows));
	if (!rows)
		return false;
	if (table->n_rows)
		memcpy(rows, table->rows, table->n_rows * sizeof(*rows));
	for (unsigned i = 0; i < profile->n_weights; i++)
		for (unsigned r = 0;
		     is_same(profile->weights[i].table, table->id) && r < table->n_rows; r++)
			if (is_same(rows[r].key, profile->weights[i].row))
				rows[r].values = profile->weights[i].values;
	table->rows = rows;
	return true;
}

static bool put_weights(const struct profile *profile, struct ruleset *copy, struct lt_arena *arena)
{
	struct table *tables = lt_arena_alloc(arena, copy->n_tables + 1, sizeof(*tables));
	if (!tables)
		return false;
	if (copy->n_tables)
		memcpy(tables, copy->tables, copy->n_tables * sizeof(*tables));
	for (unsigned i = 0; i < copy->n_tables; i++)
		if (!put_rows(profile, &tables[i], arena))
			return false;
	copy->tables = tables;
	return true;
}

/* The entry that a reader would look at first to mend a section's sum. */
static void path_of_section(const struct checking *checking, unsigned at, char *path, size_t cap)
{
	const struct profile *profile = checking->profile;
	const struct ruleset *ruleset = checking->ruleset;
	const struct section *section = &ruleset->sections[at];
	for (unsigned i = 0; i < profile->n_points + profile->n_tiers; i++) {
		const bool is_tier = i >= profile->n_points;
		const unsigned n = is_tier ? i - profile->n_points : i;
		const struct item *item = ruleset_find_item(
			ruleset, is_tier ? profile->tiers[n].item : profile->points[n].item);
		if (!ruleset_section_is_within(ruleset, item->section, section->id))
			continue;
		snprintf(path, cap, "%s[%u]", is_tier ? "tiers" : "points", n);
		return;
	}
	for (unsigned i = 0; i < profile->n_parameters; i++)
		if (section->maximum[0] == '$' &&
		    is_same(section->maximum + 1, profile->parameters[i].id))
			snprintf(path, cap, "parameters[%u]", i);
}

static void path_of_table(const struct checking *checking, unsigned at, char *path, size_t cap)
{
	for (unsigned i = checking->profile->n_weights; i-- > 0;)
		if (is_same(checking->profile->weights[i].table, checking->ruleset->tables[at].id))
			snprintf(path, cap, "weights[%u]", i);
}

/* Core speaks of places in the ruleset; the reader has the profile before him. */
static void place_sums(const struct checking *checking, struct lt_finding *first)
{
	for (struct lt_finding *finding = first; finding; finding = finding->next) {
		char path[60] = "";
		unsigned at;
		if (sscanf(finding->path, "sections[%u]", &at) == 1)
			path_of_section(checking, at, path, sizeof(path));
		else if (sscanf(finding->path, "tables[%u]", &at) == 1)
			path_of_table(checking, at, path, sizeof(path));
		finding->path = lt_arena_strndup(checking->findings->arena, path, sizeof(path));
		if (!finding->path) {
			checking->findings->out_of_memory = true;
			return;
		}
		place(checking, finding);
	}
}

/* That a plan still comes of it, for each type and stage: limits that no longer ascend, say. */
static enum lt_status try_plans(const struct checking *checking, struct lt_arena *scratch,
				struct lt_err *err)
{
	const struct ruleset *ruleset = checking->ruleset;
	struct overrides overrides;
	enum lt_status status = profile_overrides(checking->profile, scratch, &overrides, err);
	const unsigned n_types = ruleset->n_park_types ? ruleset->n_park_types : 1,
		       n_stages = ruleset->n_stages ? ruleset->n_stages : 1;
	for (unsigned i = 0; i < n_types * n_stages && !status; i++) {
		const struct selection selection = {
			.park_type =
				ruleset->n_park_types ? ruleset->park_types[i / n_stages].id : NULL,
			.stage = ruleset->n_stages ? ruleset->stages[i % n_stages].id : NULL,
			.place = ruleset->n_places ? ruleset->places[0].id : NULL,
		};
		struct plan *plan;
		status = plan_compile(ruleset, &selection, &overrides, scratch, &plan, err);
	}
	return status;
}

static void check_plans(const struct checking *checking)
{
	struct lt_arena scratch;
	struct lt_err err = LT_ERR_INIT;
	lt_arena_init(&scratch, 0);
	const enum lt_status status = try_plans(checking, &scratch, &err);
	lt_arena_release(&scratch);
	if (status == LT_ESPACE)
		checking->findings->out_of_memory = true;
	if (status != LT_EDATA)
		return;
	struct lt_finding *finding = lt_findings_add(
		checking->findings, LT_ERROR, checking->profile->n_parameters ? "parameters" : "",
		"换上这些数之后无法计算：%s", "with these numbers it cannot be computed: %s",
		err.text[LT_ZH]);
	if (finding)
		finding->text[LT_EN] = lt_arena_printf(
			checking->findings->arena, "with these numbers it cannot be computed: %s",
			err.text[LT_EN]);
	if (finding && !finding->text[LT_EN])
		checking->findings->out_of_memory = true;
	else
		place(checking, finding);
}

void profile_check_sums(const struct profile *profile, const char *file,
			const struct ruleset *ruleset, struct lt_arena *arena,
			struct lt_findings *findings)
{
	const struct checking checking = { profile, ruleset, findings };
	struct ruleset copy = *ruleset;
	struct lt_finding *last = findings->last;
	findings->file = file;
	if (!put_points(profile, &copy, arena) || !put_parameters(profile, &copy, arena) ||
	    !put_weights(profile, &copy, arena)) {
		findings->out_of_memory = true;
		return;
	}
	ruleset_check_sums(&copy, arena, findings);
	place_sums(&checking, last ? last->next : findings->first);
	check_plans(&checking);
}

void profile_check(const struct profile *profile, const char *file, const struct ruleset *ruleset,
		   struct lt_arena *arena, struct lt_findings *findings)
{
	const size_t errors_before = findings->n_errors;
	profile_check_entries(profile, file, ruleset, findings);
	if (findings->n_errors == errors_before && !findings->out_of_memory)
		profile_check_sums(profile, file, ruleset, arena, findings);
}
