#include "lingtan/core/check.h"

#include <stdio.h>
#include <string.h>
#include "check_build.h"

void check_at(struct check *check, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vsnprintf(check->path, sizeof(check->path), format, args);
	va_end(args);
}

void check_failure(struct check *check, const struct lt_err *err)
{
	check_error(check, "%s%.0s", "%.0s%s", err->text[LT_ZH], err->text[LT_EN]);
}

bool check_number(struct check *check, const char *text, struct lt_decimal *out)
{
	if (lt_decimal_parse(text, strlen(text), out) == LT_DECIMAL_OK)
		return true;
	check_error(check, "“%s”不是数", "'%s' is not a number", text);
	return false;
}

void check_origin(struct check *check, const char *field, enum origin origin, const char *cite,
		  const struct label *note)
{
	const struct mark *mark = ruleset_find_mark(check->ruleset, field);
	check_cite(check, cite);
	if (origin == ORIGIN_UNSTATED)
		check_error(
			check,
			"%s 没有写明来源：origin 写 sourced（并写 cite）、user、inferred、proposed 或 illustrative",
			"%s: no origin; write sourced (with cite), user, inferred, proposed or illustrative",
			field);
	else if (origin == ORIGIN_SOURCED && !cite)
		check_error(check, "来源为 sourced，却没有 cite（文件与位置）",
			    "it is sourced but cites nothing (document and place)");
	else if (origin > ORIGIN_USER && !note->zh && !mark)
		check_error(check, "来源为 %s，须有 note 说明，或为 %s 写一条 mark",
			    "its origin is %s: it needs a note, or a mark for %s",
			    origin_names[origin], field);
}

/* "S003:61, S003:75; N1": each part that begins with a letter names a document of `sources`. */
void check_cite(struct check *check, const char *cite)
{
	const struct ruleset *ruleset = check->ruleset;
	for (const char *at = cite; at && *at && ruleset->n_sources;) {
		at += strspn(at, " ,;");
		const size_t part = strcspn(at, ",;"), len = strcspn(at, ":,; ");
		const bool names = (at[0] >= 'A' && at[0] <= 'Z') || (at[0] >= 'a' && at[0] <= 'z');
		bool found = !names;
		for (unsigned i = 0; i < ruleset->n_sources && !found; i++)
			found = strlen(ruleset->sources[i].id) == len &&
				memcmp(ruleset->sources[i].id, at, len) == 0;
		if (!found)
			check_error(check, "sources 中没有“%.*s”", "sources has no '%.*s'",
				    (int)len, at);
		at += part;
	}
}

/* ---- ids ---- */

struct named {
	const char *id, *list;
	unsigned index;
};

static void check_unique_ids(struct check *check, const struct named *names, unsigned n)
{
	/* a few hundred ids: the simple way takes a fraction of a millisecond, and names both
	 * places */
	for (unsigned i = 0; i < n; i++)
		for (unsigned j = 0; j < i; j++)
			if (names[i].id[0] == names[j].id[0] &&
			    strcmp(names[i].id, names[j].id) == 0) {
				check_at(check, "%s[%u].id", names[i].list, names[i].index);
				check_error(check, "标识 %s 重复，%s 中已有",
					    "id %s is taken already, in %s", names[i].id,
					    names[j].list);
				break;
			}
}

#define COLLECT(list_name)                                                                         \
	do {                                                                                       \
		for (unsigned i = 0; i < ruleset->n_##list_name; i++)                              \
			names[n++] = (struct named){ .id = ruleset->list_name[i].id,               \
						     .list = #list_name,                           \
						     .index = i };                                 \
	} while (0)

#define CHECK_LIST(list_name)                                                                      \
	do {                                                                                       \
		n = 0;                                                                             \
		COLLECT(list_name);                                                                \
		check_unique_ids(check, names, n);                                                 \
	} while (0)

static void check_ids(struct check *check)
{
	const struct ruleset *ruleset = check->ruleset;
	size_t room = (size_t)ruleset->n_sections + ruleset->n_items + ruleset->n_parameters +
		      ruleset->n_tables + ruleset->n_quantities + ruleset->n_plan +
		      ruleset->n_grades + ruleset->n_na_reasons + ruleset->n_park_types +
		      ruleset->n_stages + ruleset->n_places + ruleset->n_sources + 1;
	struct named *names = lt_arena_alloc(check->arena, room, sizeof(*names));
	unsigned n;
	if (!names) {
		check->findings->out_of_memory = true;
		return;
	}
	CHECK_LIST(sections);
	CHECK_LIST(grades);
	CHECK_LIST(na_reasons);
	CHECK_LIST(park_types);
	CHECK_LIST(stages);
	CHECK_LIST(places);
	CHECK_LIST(sources);
	/* what $ can name */
	n = 0;
	COLLECT(parameters);
	COLLECT(tables);
	check_unique_ids(check, names, n);
	/* what an operand can name */
	n = 0;
	COLLECT(plan);
	COLLECT(items);
	COLLECT(quantities);
	check_unique_ids(check, names, n);
}

/* ---- references ---- */

static void check_words_known(struct check *check, const struct words *words,
			      const struct term *terms, unsigned n, const char *zh, const char *en)
{
	for (unsigned i = 0; i < words->n; i++)
		if (!term_find(terms, n, words->at[i]))
			check_error(check, "没有%s“%s”", en, zh, words->at[i]);
}

static void check_na(struct check *check, const struct words *na)
{
	for (unsigned i = 0; i < na->n; i++)
		if (!ruleset_find_na_reason(check->ruleset, na->at[i]))
			check_error(check, "na_reasons 中没有“%s”", "na_reasons has no '%s'",
				    na->at[i]);
}

static void check_sections(struct check *check)
{
	const struct ruleset *ruleset = check->ruleset;
	for (unsigned i = 0; i < ruleset->n_sections; i++) {
		const struct section *section = &ruleset->sections[i];
		unsigned level = 1;
		check_at(check, "sections[%u].cite", i);
		check_cite(check, section->cite);
		check_at(check, "sections[%u].parent", i);
		for (const struct section *at = section; at && at->parent && level <= 4; level++) {
			const struct section *parent = ruleset_find_section(ruleset, at->parent);
			if (!parent && at == section)
				check_error(check, "没有板块“%s”", "there is no section '%s'",
					    section->parent);
			at = parent;
		}
		if (level > 3)
			check_error(
				check, "板块 %s 超过三层，或上级成环",
				"section %s lies deeper than three levels, or its parents form a cycle",
				section->id);
	}
}

static bool part_known(const char *part, size_t len, const struct term *terms, unsigned n)
{
	if (len == 1 && part[0] == '*')
		return true;
	for (unsigned i = 0; i < n; i++)
		if (strlen(terms[i].id) == len && memcmp(terms[i].id, part, len) == 0)
			return true;
	return false;
}

static void check_column(struct check *check, const char *column)
{
	const struct ruleset *ruleset = check->ruleset;
	const char *slash = strchr(column, '/');
	size_t len = slash ? (size_t)(slash - column) : strlen(column);
	if (!part_known(column, len, ruleset->park_types, ruleset->n_park_types) ||
	    (slash &&
	     !part_known(slash + 1, strlen(slash + 1), ruleset->stages, ruleset->n_stages)))
		check_error(check, "列“%s”不是 类型/阶段",
			    "column '%s' is not type/stage of this ruleset", column);
}

static void check_column_sum(struct check *check, const struct table *table, unsigned at,
			     unsigned column)
{
	struct lt_decimal sum = VALUE_ZERO, wanted;
	for (unsigned r = 0; r < table->n_rows; r++) {
		struct lt_decimal value;
		if (column >= table->rows[r].values.n ||
		    strcmp(table->rows[r].values.at[column], "-") == 0)
			continue;
		check_at(check, "tables[%u].rows[%u].values[%u]", at, r, column);
		if (!check_number(check, table->rows[r].values.at[column], &value) ||
		    !lt_decimal_add(sum, value, &sum))
			return;
	}
	check_at(check, "tables[%u].columns[%u]", at, column);
	if (!table->sums_to || !check_number(check, table->sums_to, &wanted) ||
	    lt_decimal_compare(sum, wanted) == 0)
		return;
	char text[LT_DECIMAL_TEXT];
	lt_decimal_format(sum, text);
	check_error(check, "表 %s 的 %s 列合计 %s，应为 %s",
		    "table %s: column %s sums to %s, declared is %s", table->id,
		    table->columns.at[column], text, table->sums_to);
}

static void check_tables(struct check *check)
{
	const struct ruleset *ruleset = check->ruleset;
	for (unsigned i = 0; i < ruleset->n_tables; i++) {
		const struct table *table = &ruleset->tables[i];
		check_at(check, "tables[%u]", i);
		check_origin(check, "tables", table->origin, table->cite, &table->note);
		for (unsigned r = 0; r < table->n_rows; r++) {
			check_at(check, "tables[%u].rows[%u].key", i, r);
			if (!ruleset_find_section(ruleset, table->rows[r].key))
				check_error(check, "没有板块“%s”", "there is no section '%s'",
					    table->rows[r].key);
			check_at(check, "tables[%u].rows[%u].values", i, r);
			for (unsigned j = 0; j < r; j++)
				if (strcmp(table->rows[j].key, table->rows[r].key) == 0)
					check_error(check, "表 %s 中 %s 有两行",
						    "table %s has two rows for %s", table->id,
						    table->rows[r].key);
			if (table->rows[r].values.n != table->columns.n)
				check_error(check, "有 %u 个值，列有 %u 个",
					    "%u values for %u columns", table->rows[r].values.n,
					    table->columns.n);
		}
		for (unsigned c = 0; c < table->columns.n; c++) {
			check_at(check, "tables[%u].columns[%u]", i, c);
			check_column(check, table->columns.at[c]);
			check_column_sum(check, table, i, c);
		}
	}
}

/* ---- numbers that bound ---- */

static void check_unit(struct check *check, const char *unit)
{
	struct unit_ratio ratio;
	if (check->units && unit && !units_parse(check->units, unit, &ratio))
		check_error(check, "单位表（units.yaml）中没有“%s”；计数用 count，比值用 1 或 %%",
			    "units.yaml has no unit '%s'; counts are count, ratios 1 or %%", unit);
}

static void check_range(struct check *check, const char *min, const char *value, const char *max)
{
	struct lt_decimal low = VALUE_ZERO, at = VALUE_ZERO, high = VALUE_ZERO;
	if ((min && !check_number(check, min, &low)) ||
	    (value && !check_number(check, value, &at)) ||
	    (max && !check_number(check, max, &high)))
		return;
	if (min && max && low.units > high.units)
		check_error(check, "min %s 大于 max %s", "min %s is above max %s", min, max);
	else if ((min && value && at.units < low.units) || (max && value && at.units > high.units))
		check_error(check, "数值 %s 不在 %s 到 %s 之间",
			    "value %s is not between %s and %s", value ? value : "-",
			    min ? min : "-∞", max ? max : "∞");
}

static void check_parameters(struct check *check)
{
	const struct ruleset *ruleset = check->ruleset;
	for (unsigned i = 0; i < ruleset->n_parameters; i++) {
		const struct parameter *parameter = &ruleset->parameters[i];
		check_at(check, "parameters[%u]", i);
		check_range(check, parameter->min, parameter->value, parameter->max);
		check_unit(check, parameter->unit);
		if (parameter->value)
			check_origin(check, "parameters", parameter->origin, parameter->cite,
				     &parameter->note);
		else if (!parameter->note.zh)
			check_error(check, "参数 %s 未设值，须有 note 说明",
				    "parameter %s is unset: a note must say why", parameter->id);
	}
}

static void check_quantities(struct check *check)
{
	const struct ruleset *ruleset = check->ruleset;
	for (unsigned i = 0; i < ruleset->n_quantities; i++) {
		const struct quantity *quantity = &ruleset->quantities[i];
		check_at(check, "quantities[%u]", i);
		const bool percent = strcmp(quantity->unit, "%") == 0;
		check_range(check, quantity->min ? quantity->min : "0", NULL,
			    quantity->max || !percent ? quantity->max : "100");
		check_unit(check, quantity->unit);
		check_cite(check, quantity->cite);
		check_at(check, "quantities[%u].na", i);
		check_na(check, &quantity->na);
		check_derivation(check, i);
	}
}

static void check_na_reasons(struct check *check)
{
	const struct ruleset *ruleset = check->ruleset;
	for (unsigned i = 0; i < ruleset->n_na_reasons; i++) {
		check_at(check, "na_reasons[%u].stages", i);
		check_words_known(check, &ruleset->na_reasons[i].stages, ruleset->stages,
				  ruleset->n_stages, "阶段", "there is no %.0sstage '%s'");
	}
}

/* Terms of every list: what they cite. */
static void check_terms(struct check *check, const char *list, const struct term *terms, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		check_at(check, "%s[%u].cite", list, i);
		check_cite(check, terms[i].cite);
	}
}

static void check_all_terms(struct check *check)
{
	const struct ruleset *ruleset = check->ruleset;
	check_terms(check, "park_types", ruleset->park_types, ruleset->n_park_types);
	check_terms(check, "stages", ruleset->stages, ruleset->n_stages);
	check_terms(check, "places", ruleset->places, ruleset->n_places);
	check_terms(check, "basis", ruleset->basis, ruleset->n_basis);
	check_terms(check, "workflow", ruleset->workflow, ruleset->n_workflow);
	check_terms(check, "certificate", ruleset->certificate, ruleset->n_certificate);
	check_terms(check, "grades", ruleset->grades, ruleset->n_grades);
}

/* ---- items ---- */

static void check_item_points_met(struct check *check, const struct item *item,
				  struct lt_decimal reached, const char *what)
{
	struct lt_decimal points;
	if (!item->points.value || !check_number(check, item->points.value, &points) ||
	    lt_decimal_compare(points, reached) == 0)
		return;
	char text[LT_DECIMAL_TEXT];
	lt_decimal_format(reached, text);
	check_error(check, "条款 %s：%s最多 %s 分，而满分为 %s",
		    "item %s: its %s reach %s points, its maximum is %s", item->id, what, text,
		    item->points.value);
}

static void check_tiers(struct check *check, const struct item *item, unsigned at)
{
	struct lt_decimal best = VALUE_ZERO, last = VALUE_ZERO;
	for (unsigned i = 0; i < item->n_tiers; i++) {
		const struct step *tier = &item->tiers[i];
		const char *limit = tier->from ? tier->from : tier->above;
		struct lt_decimal then, bound;
		check_at(check, "items[%u].tiers[%u]", at, i);
		if (!check_number(check, tier->then, &then))
			return;
		if (then.units < 0)
			check_error(check, "分值不能为负", "points cannot be negative");
		for (unsigned j = 0; j < i; j++)
			if (tier->id && item->tiers[j].id &&
			    strcmp(tier->id, item->tiers[j].id) == 0)
				check_error(check, "档次 %s 重复", "tier %s stands here twice",
					    tier->id);
		check_cite(check, tier->cite);
		if (tier->origin == ORIGIN_SOURCED && !tier->cite)
			check_error(check, "来源为 sourced，却没有 cite（文件与位置）",
				    "it is sourced but cites nothing (document and place)");
		else if (tier->origin > ORIGIN_USER && !item->points.note.zh &&
			 !ruleset_find_mark(check->ruleset, "tiers") &&
			 !ruleset_find_mark(check->ruleset, "points"))
			check_error(check, "来源为 %s，须为 tiers 写一条 mark",
				    "its origin is %s: it needs a mark for tiers",
				    origin_names[tier->origin]);
		if (then.units > best.units)
			best = then;
		if (tier->from && tier->above)
			check_error(check, "from 与 above 只能有一个",
				    "from or above, not both");
		if (item->form == FORM_TIERS && !tier->id)
			check_error(check, "人工选档的档次要有 id",
				    "a tier that is chosen by hand needs an id");
		if (item->form == FORM_MEASURED && !limit)
			check_error(check, "按量定档的档次要有 from 或 above",
				    "a tier that a quantity picks needs from or above");
		if (!limit || !check_number(check, limit, &bound))
			continue;
		if (i && bound.units <= last.units)
			check_error(check, "档次须由低到高", "tiers must ascend");
		last = bound;
	}
	check_at(check, "items[%u].tiers", at);
	if (item->n_tiers)
		check_item_points_met(check, item, best, "tiers");
}

static void check_points_of_checks(struct check *check, const struct item *item, unsigned at)
{
	struct lt_decimal sum = VALUE_ZERO;
	check_at(check, "items[%u].checks", at);
	if (item->form == FORM_CHECKLIST && (!item->n_checks || item->n_checks > 64))
		check_error(check, "条款 %s：检查点应为 1 到 64 个",
			    "item %s: 1 to 64 check points are needed", item->id);
	for (unsigned i = 0; i < item->n_checks; i++) {
		struct lt_decimal points;
		if (!check_number(check, item->checks[i].points, &points) ||
		    !lt_decimal_add(sum, points, &sum))
			return;
		if (points.units < 0)
			check_error(check, "分值不能为负", "points cannot be negative");
		for (unsigned j = 0; j < i && i < 64; j++)
			if (strcmp(item->checks[i].id, item->checks[j].id) == 0)
				check_error(check, "检查点 %s 重复",
					    "check point %s stands here twice", item->checks[i].id);
	}
	if (item->n_checks)
		check_item_points_met(check, item, sum, "checks");
}

static void check_form(struct check *check, const struct item *item, unsigned at)
{
	const bool scored = item->kind == ITEM_SCORING || item->kind == ITEM_INNOVATION;
	const bool graded = item->form != FORM_MET && item->form != FORM_JUDGEMENT;
	check_at(check, "items[%u]", at);
	if (scored && item->form == FORM_JUDGEMENT)
		check_error(check, "条款 %s 计分，form 不能是 judgement",
			    "item %s has points: its form cannot be judgement", item->id);
	if ((scored || graded) && !item->points.value)
		check_error(check, "条款 %s 没有分值（points）", "item %s has no points", item->id);
	if (item->form == FORM_TIERS && !item->n_tiers)
		check_error(check, "条款 %s 没有档次（tiers）", "item %s has no tiers", item->id);
	if (item->form == FORM_MEASURED &&
	    (!item->quantity || (!item->n_tiers && !item->linear.from)))
		check_error(check, "条款 %s 由量计分，须有 quantity，以及 tiers 或 linear",
			    "item %s is measured: it needs a quantity, and tiers or linear",
			    item->id);
	if (item->kind == ITEM_JUDGEMENT && item->form != FORM_JUDGEMENT)
		check_error(check, "条款 %s 为判定项，form 应为 judgement",
			    "item %s is a judgement: its form must be judgement", item->id);
	if (item->quantity && !ruleset_find_quantity(check->ruleset, item->quantity))
		check_error(check, "条款 %s：没有基础量“%s”", "item %s: there is no quantity '%s'",
			    item->id, item->quantity);
	if (item->points.value) {
		struct lt_decimal points;
		check_at(check, "items[%u].points", at);
		check_origin(check, "points", item->points.origin, item->points.cite,
			     &item->points.note);
		if (check_number(check, item->points.value, &points) && points.units < 0)
			check_error(check, "分值不能为负", "points cannot be negative");
	}
	if (item->linear.from) {
		check_at(check, "items[%u].linear", at);
		check_origin(check, "linear", item->linear.origin, item->linear.cite,
			     &item->linear.note);
		struct lt_decimal from, to;
		if (check_number(check, item->linear.from, &from) &&
		    check_number(check, item->linear.to, &to) && from.units == to.units)
			check_error(check, "from 与 to 相同", "from equals to");
	}
}

static void check_item(struct check *check, unsigned at)
{
	const struct ruleset *ruleset = check->ruleset;
	const struct item *item = &ruleset->items[at];
	check_at(check, "items[%u].section", at);
	if (!ruleset_find_section(ruleset, item->section))
		check_error(check, "没有板块“%s”", "there is no section '%s'", item->section);
	check_at(check, "items[%u].cite", at);
	check_cite(check, item->cite);
	check_at(check, "items[%u].types", at);
	check_words_known(check, &item->types, ruleset->park_types, ruleset->n_park_types,
			  "园区类型", "there is no %.0spark type '%s'");
	check_at(check, "items[%u].stages", at);
	check_words_known(check, &item->stages, ruleset->stages, ruleset->n_stages, "阶段",
			  "there is no %.0sstage '%s'");
	check_at(check, "items[%u].places", at);
	check_words_known(check, &item->places, ruleset->places, ruleset->n_places, "地区",
			  "there is no %.0splace '%s'");
	check_at(check, "items[%u].na", at);
	check_na(check, &item->na);
	for (unsigned i = 0; i < item->n_evidence; i++) {
		check_at(check, "items[%u].evidence[%u]", at, i);
		const struct evidence_slot *slot = &item->evidence[i];
		if (strcmp(slot->stage, "both") != 0 &&
		    !term_find(ruleset->stages, ruleset->n_stages, slot->stage))
			check_error(check, "没有阶段“%s”", "there is no stage '%s'", slot->stage);
		for (unsigned j = 0; j < i; j++)
			if (strcmp(item->evidence[j].slot, slot->slot) == 0)
				check_error(check, "佐证位 %s 重复",
					    "evidence slot %s stands here twice", slot->slot);
	}
	check_form(check, item, at);
	check_tiers(check, item, at);
	check_points_of_checks(check, item, at);
}

/* ---- section maxima ---- */

static const char *parameter_or_number(const struct ruleset *ruleset, const char *text)
{
	if (text[0] != '$')
		return text;
	const struct parameter *parameter = ruleset_find_parameter(ruleset, text + 1);
	return parameter ? parameter->value : NULL;
}

static void check_maximum(struct check *check, unsigned at)
{
	const struct ruleset *ruleset = check->ruleset;
	const struct section *section = &ruleset->sections[at];
	check_at(check, "sections[%u].maximum", at);
	const char *text = parameter_or_number(ruleset, section->maximum);
	struct lt_decimal maximum, sum = VALUE_ZERO, points;
	if (!text && !ruleset_find_parameter(ruleset, section->maximum + 1)) {
		check_error(check, "没有参数“%s”", "there is no parameter '%s'", section->maximum);
		return;
	}
	if (!text || !check_number(check, text, &maximum))
		return;
	for (unsigned i = 0; i < ruleset->n_items; i++) {
		const struct item *item = &ruleset->items[i];
		if ((item->kind == ITEM_SCORING || item->kind == ITEM_INNOVATION) &&
		    item->points.value &&
		    ruleset_section_is_within(ruleset, item->section, section->id) &&
		    lt_decimal_parse(item->points.value, strlen(item->points.value), &points) ==
			    LT_DECIMAL_OK)
			if (!lt_decimal_add(sum, points, &sum))
				return;
	}
	if (lt_decimal_compare(sum, maximum) == 0)
		return;
	char reached[LT_DECIMAL_TEXT];
	lt_decimal_format(sum, reached);
	check_error(check, "板块 %s 的分值合计 %s，应恰为 %s",
		    "section %s: its points sum to %s, they must be exactly %s", section->id,
		    reached, text);
}

#define MOST_ENTRIES 5000

static bool check_length(struct check *check, const char *list, unsigned n)
{
	if (n <= MOST_ENTRIES)
		return true;
	check_error(check, "%s 超过 %d 项", "%s has more than %d entries", list, MOST_ENTRIES);
	return false;
}

/* Those within an entry of another list. */
static bool check_inner_sizes(struct check *check)
{
	const struct ruleset *ruleset = check->ruleset;
	bool good = true;
	for (unsigned i = 0; i < ruleset->n_tables && good; i++) {
		check_at(check, "tables[%u].rows", i);
		good = check_length(check, "rows", ruleset->tables[i].n_rows);
	}
	for (unsigned i = 0; i < ruleset->n_items && good; i++) {
		check_at(check, "items[%u].evidence", i);
		good = check_length(check, "evidence", ruleset->items[i].n_evidence);
		check_at(check, "items[%u].tiers", i);
		good = good && check_length(check, "tiers", ruleset->items[i].n_tiers);
	}
	return good;
}

/* Lists longer than any standard's are refused before anything is compared with anything. */
static bool check_size(struct check *check)
{
	const struct ruleset *ruleset = check->ruleset;
	const struct {
		const char *list;
		unsigned n;
	} lists[] = {
		{ "items", ruleset->n_items },
		{ "sections", ruleset->n_sections },
		{ "plan", ruleset->n_plan },
		{ "quantities", ruleset->n_quantities },
		{ "parameters", ruleset->n_parameters },
		{ "grades", ruleset->n_grades },
		{ "tables", ruleset->n_tables },
		{ "na_reasons", ruleset->n_na_reasons },
		{ "park_types", ruleset->n_park_types },
		{ "stages", ruleset->n_stages },
		{ "places", ruleset->n_places },
		{ "sources", ruleset->n_sources },
	};
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		check_at(check, "%s", lists[i].list);
		if (!check_length(check, lists[i].list, lists[i].n))
			return false;
	}
	return check_inner_sizes(check);
}

static void check_maxima(struct check *check)
{
	for (unsigned i = 0; i < check->ruleset->n_sections; i++)
		if (check->ruleset->sections[i].maximum)
			check_maximum(check, i);
}

void ruleset_check_sums(const struct ruleset *ruleset, struct lt_arena *scratch,
			struct lt_findings *findings)
{
	struct check check = { .ruleset = ruleset, .arena = scratch, .findings = findings };
	for (unsigned i = 0; i < ruleset->n_tables; i++)
		for (unsigned c = 0; c < ruleset->tables[i].columns.n; c++)
			check_column_sum(&check, &ruleset->tables[i], i, c);
	check_maxima(&check);
}

void ruleset_check(const struct ruleset *ruleset, const struct units *units,
		   struct lt_arena *scratch, struct lt_findings *findings)
{
	struct check check = { .ruleset = ruleset,
			       .units = units,
			       .arena = scratch,
			       .findings = findings,
			       .errors_before = findings->n_errors };
	if (!check_size(&check))
		return;
	check_ids(&check);
	check_sections(&check);
	check_tables(&check);
	check_parameters(&check);
	check_quantities(&check);
	check_na_reasons(&check);
	check_all_terms(&check);
	for (unsigned i = 0; i < ruleset->n_items; i++)
		check_item(&check, i);
	check_maxima(&check);
	check_plan(&check);
}
