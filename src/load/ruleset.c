#include "lingtan/load/ruleset.h"

#include <string.h>
#include "lingtan/core/check.h"
#include "document.h"
#include "image.h"

/* ---- which kind of document ---- */

static const struct {
	const char *key;
	enum document_kind kind;
} first_keys[] = {
	{ "ruleset", DOCUMENT_RULESET },   { "items", DOCUMENT_ITEMS },
	{ "cases", DOCUMENT_CASES },       { "profile", DOCUMENT_PROFILE },
	{ "units", DOCUMENT_UNITS },       { "factor_set", DOCUMENT_FACTORS },
	{ "assessment", DOCUMENT_SHEET },  { "rung", DOCUMENT_SHEET },
	{ "park", DOCUMENT_SHEET },        { "park_type", DOCUMENT_SHEET },
	{ "answers", DOCUMENT_SHEET },     { "note", DOCUMENT_SHEET },
	{ "tables", DOCUMENT_VOCABULARY }, { "form", DOCUMENT_FORM },
	{ "requests", DOCUMENT_REQUESTS }, { "roles", DOCUMENT_ROLES },
	{ "checks", DOCUMENT_CHECKS },     { "paper", DOCUMENT_PAPER },
	{ "counts", DOCUMENT_COUNTS },
	{ "certificate", DOCUMENT_CERTIFICATE },
};

static const cyaml_schema_value_t *const schemas[] = {
	[DOCUMENT_RULESET] = &ruleset_schema, [DOCUMENT_ITEMS] = &items_schema,
	[DOCUMENT_CASES] = &cases_schema,     [DOCUMENT_SHEET] = &sheet_schema,
	[DOCUMENT_PROFILE] = &profile_schema, [DOCUMENT_UNITS] = &units_schema,
	[DOCUMENT_FACTORS] = &factors_schema, [DOCUMENT_VOCABULARY] = &vocabulary_schema,
	[DOCUMENT_FORM] = &form_schema,       [DOCUMENT_REQUESTS] = &requests_schema,
	[DOCUMENT_ROLES] = &roles_schema,     [DOCUMENT_CHECKS] = &readiness_schema,
	[DOCUMENT_COUNTS] = &counts_schema,   [DOCUMENT_PAPER] = &paper_schema,     [DOCUMENT_CERTIFICATE] = NULL,
};

static enum document_kind kind_of_key(const char *key, size_t len)
{
	for (size_t i = 0; i < sizeof(first_keys) / sizeof(first_keys[0]); i++)
		if (strlen(first_keys[i].key) == len && memcmp(first_keys[i].key, key, len) == 0)
			return first_keys[i].kind;
	return DOCUMENT_UNKNOWN;
}

const cyaml_schema_value_t *document_schema(const char *first_key)
{
	return schemas[kind_of_key(first_key, strlen(first_key))];
}

/* The first key of the top mapping, without reading the document: skips comments, a byte order
 * mark, {, quotes and ---. */
enum document_kind document_kind(const struct yaml_source *source)
{
	const char *at = source->text, *end = at + source->len;
	if (source->len >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
		at += 3;
	while (at < end) {
		if (*at == '#') {
			while (at < end && *at != '\n')
				at++;
		} else if ((*at && strchr(" \t\r\n{\"'", *at)) ||
			   (end - at >= 3 && memcmp(at, "---", 3) == 0)) {
			at += *at == '-' ? 3 : 1;
		} else {
			break;
		}
	}
	size_t len = 0;
	while (at + len < end && !strchr(":\"' \t\r\n", at[len]))
		len++;
	return kind_of_key(at, len);
}

enum lt_status document_image(const struct yaml_source *source, struct lt_arena *arena,
			      struct lt_findings *findings, const void **image, size_t *len,
			      struct lt_err *err)
{
	const cyaml_schema_value_t *schema = schemas[document_kind(source)];
	void *document;
	if (!schema)
		return lt_err_set(err, LT_EFILE, "%s：看不出是哪一种文件",
				  "%s: it does not say what kind of file it is", source->name);
	enum lt_status status = yaml_load(source, schema, arena, NULL, findings, &document, err);
	return status ? status : image_make(schema, document, arena, image, len, err);
}

/* ---- rulesets ---- */

/* Paths that core speaks of, back to the two files. */
static void place_findings(struct lt_finding *first, const struct yaml_source *head,
			   const struct yaml_positions *head_positions,
			   const struct yaml_source *items,
			   const struct yaml_positions *item_positions)
{
	for (struct lt_finding *finding = first; finding; finding = finding->next)
		finding->file = strncmp(finding->path, "items[", 6) == 0 ? items->name : head->name;
	yaml_positions_apply(head_positions, first, head->name);
	yaml_positions_apply(item_positions, first, items->name);
}

static void check_whole(const struct ruleset *ruleset, const struct units *units,
			const struct yaml_source *head, const struct yaml_positions *head_positions,
			const struct yaml_source *items,
			const struct yaml_positions *item_positions, struct lt_findings *findings)
{
	struct lt_finding *const last = findings->last;
	struct lt_arena scratch;
	lt_arena_init(&scratch, 0);
	findings->file = head->name;
	ruleset_check(ruleset, units, &scratch, findings);
	lt_arena_release(&scratch);
	place_findings(document_findings_since(findings, last), head, head_positions, items,
		       item_positions);
}

/* Evidence slots that say no more are documents, numbered in their order. */
static void fill_in_evidence(struct ruleset *ruleset)
{
	static const char *const names[] = { "e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9" };
	for (unsigned i = 0; i < ruleset->n_items; i++)
		for (unsigned e = 0; e < ruleset->items[i].n_evidence; e++) {
			struct evidence_slot *slot = &ruleset->items[i].evidence[e];
			if (!slot->slot)
				slot->slot = names[e < 9 ? e : 8];
			if (!slot->kind)
				slot->kind = "doc";
		}
}

enum lt_status ruleset_load(const struct yaml_source *head, const struct yaml_source *items,
			    const struct units *units, struct lt_arena *arena,
			    struct lt_findings *findings, struct ruleset **out, struct lt_err *err)
{
	struct yaml_positions head_positions = { 0 }, item_positions = { 0 };
	const size_t errors_before = findings->n_errors;
	void *loaded, *loaded_items;
	/* both are read even if the first has errors: all findings at once */
	enum lt_status status =
		yaml_load(head, &ruleset_schema, arena, &head_positions, findings, &loaded, err);
	if (status == LT_ESPACE)
		return status;
	struct lt_err second = LT_ERR_INIT;
	enum lt_status status_items = yaml_load(items, &items_schema, arena, &item_positions,
						findings, &loaded_items, &second);
	if (status_items == LT_ESPACE) {
		*err = second;
		return status_items;
	}
	if (status)
		return status;
	if (status_items) {
		*err = second;
		return status_items;
	}
	struct ruleset *ruleset = loaded;
	ruleset->items = ((struct items_file *)loaded_items)->items;
	ruleset->n_items = ((struct items_file *)loaded_items)->n_items;
	fill_in_evidence(ruleset);

	if (!head->proven || !items->proven)
		check_whole(ruleset, units, head, &head_positions, items, &item_positions,
			    findings);
	status = document_refuse(head->name, findings, errors_before, err);
	if (!status)
		*out = ruleset;
	return status;
}

/* ---- the small documents ---- */

enum lt_status cases_load(const struct yaml_source *source, struct lt_arena *arena,
			  struct lt_findings *findings, struct cases_file **out, struct lt_err *err)
{
	struct yaml_positions positions = { 0 };
	void *loaded;
	enum lt_status status =
		yaml_load(source, &cases_schema, arena, &positions, findings, &loaded, err);
	*out = loaded;
	if (!status)
		(*out)->positions = positions;
	return status;
}

/* ---- units, factors ---- */

#define MOST_UNITS 2000
#define MOST_UNIT_NAMES 10000 /* each is looked for among all of them */

static enum lt_status check_units_size(const struct yaml_source *source, const struct units *units,
				       struct lt_err *err)
{
	size_t n_names = units->n;
	for (unsigned i = 0; i < units->n; i++)
		n_names += units->at[i].aliases.n;
	if (units->n > MOST_UNITS)
		return lt_err_set(err, LT_EFILE, "%s：单位超过 %d 个", "%s: more than %d units",
				  source->name, MOST_UNITS);
	if (n_names > MOST_UNIT_NAMES)
		return lt_err_set(err, LT_EFILE, "%s：单位和别名超过 %d 个",
				  "%s: more than %d units and aliases", source->name,
				  MOST_UNIT_NAMES);
	return LT_OK;
}

enum lt_status units_load(const struct yaml_source *source, struct lt_arena *arena,
			  struct lt_findings *findings, struct units **out, struct lt_err *err)
{
	struct yaml_positions positions = { 0 };
	const size_t errors_before = findings->n_errors;
	void *loaded;
	enum lt_status status =
		yaml_load(source, &units_schema, arena, &positions, findings, &loaded, err);
	if (status)
		return status;
	struct units *units = loaded;
	const struct unit *bad;
	status = check_units_size(source, units, err);
	if (status)
		return status;
	if (!units_prepare(units, &bad))
		for (unsigned i = 0; i < units->n; i++)
			if (units->at[i].factor.units <= 0)
				document_complain(
					findings, &positions, "units", i, "单位 %s 的系数须大于 0",
					"unit %s: its factor must be above 0", units->at[i].id);
	for (unsigned i = 0; i < units->n; i++) {
		const struct unit *unit = &units->at[i], *base = units_find(units, unit->base);
		if (units_find(units, unit->id) != unit)
			document_complain(findings, &positions, "units", i, "单位 %s 重复",
					  "unit %s stands here twice", unit->id);
		for (unsigned a = 0; a < unit->aliases.n; a++)
			if (units_find(units, unit->aliases.at[a]) != unit)
				document_complain(findings, &positions, "units", i,
						  "别名 %s 已被占用", "alias %s is taken already",
						  unit->aliases.at[a]);
		if (!base || strcmp(base->dimension, unit->dimension) != 0 ||
		    strcmp(base->factor_text, "1") != 0)
			document_complain(
				findings, &positions, "units", i,
				"单位 %s 的基准单位不是同一量纲中系数为 1 的单位",
				"unit %s: its base is not the unit of factor 1 of its dimension",
				unit->id);
	}
	status = document_refuse(source->name, findings, errors_before, err);
	*out = status ? NULL : units;
	return status;
}

/* lhv x cc x of x 44/12 / 1000, rounded half up to the places of the value as written. */
static bool fuel_value_fits(const struct factor *factor)
{
	struct lt_decimal lhv, cc, of, value, product;
	const char *point = strchr(factor->value, '.');
	const int places = point ? (int)strlen(point + 1) : 0;
	return lt_decimal_parse(factor->lhv, strlen(factor->lhv), &lhv) == LT_DECIMAL_OK &&
	       lt_decimal_parse(factor->cc, strlen(factor->cc), &cc) == LT_DECIMAL_OK &&
	       lt_decimal_parse(factor->of, strlen(factor->of), &of) == LT_DECIMAL_OK &&
	       lt_decimal_parse(factor->value, strlen(factor->value), &value) == LT_DECIMAL_OK &&
	       lt_decimal_multiply(lhv, cc, &product) &&
	       lt_decimal_multiply(product, of, &product) &&
	       lt_decimal_multiply_divide(product, lt_decimal_from_int(44),
					  lt_decimal_from_int(12000), &product) &&
	       lt_decimal_round(product, places, LT_HALF_UP, &product) &&
	       lt_decimal_compare(product, value) == 0;
}

enum lt_status factors_load(const struct yaml_source *source, const struct units *units,
			    struct lt_arena *arena, struct lt_findings *findings,
			    struct factor_set **out, struct lt_err *err)
{
	struct yaml_positions positions = { 0 };
	const size_t errors_before = findings->n_errors;
	void *loaded;
	enum lt_status status =
		yaml_load(source, &factors_schema, arena, &positions, findings, &loaded, err);
	if (status)
		return status;
	struct factor_set *set = loaded;
	for (unsigned i = 0; i < set->n_factors; i++) {
		const struct factor *factor = &set->factors[i];
		struct unit_ratio ratio;
		if (units && !units_parse(units, factor->unit, &ratio))
			document_complain(findings, &positions, "factors", i, "单位表中没有“%s”",
					  "the unit table has no '%s'", factor->unit);
		if (factor->lhv && factor->cc && factor->of && !fuel_value_fits(factor))
			document_complain(findings, &positions, "factors", i,
					  "因子 %s 与 lhv × cc × of × 44/12 不符",
					  "factor %s is not lhv x cc x of x 44/12", factor->id);
		if (factor->origin > ORIGIN_USER && !factor->note.zh && !set->note.zh)
			document_complain(findings, &positions, "factors", i,
					  "因子 %s 不是 sourced，须有 note",
					  "factor %s is not sourced: it needs a note", factor->id);
		for (unsigned j = 0; j < i; j++)
			if (strcmp(set->factors[j].id, factor->id) == 0)
				document_complain(findings, &positions, "factors", i,
						  "因子 %s 重复", "factor %s stands here twice",
						  factor->id);
	}
	status = document_refuse(source->name, findings, errors_before, err);
	*out = status ? NULL : set;
	return status;
}
