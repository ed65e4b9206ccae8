/* Forms held against what they fill, and against themselves. */
#include "form_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "lingtan/base/arena.h"

struct checker {
	const struct vocabulary *vocabulary;
	const struct units *units;
	struct lt_findings *findings;
	struct lt_arena scratch;
	const struct form *form;            /* the whole */
	const struct form *part;            /* the form itself, or one of its entries */
	const struct fact_table *table;     /* what it fills: a table, */
	const cyaml_schema_value_t *schema; /* or a mapping of a document; NULL = not known */
	const char *leave; /* the one being looked at, and whether a place was met that it names */
	bool met;
	char prefix[40], path[160];
};

/* Where the next findings stand. */
__attribute__((format(printf, 2, 3))) static void at(struct checker *checker, const char *format,
						     ...)
{
	va_list args;
	const int used = snprintf(checker->path, sizeof(checker->path), "%s", checker->prefix);
	va_start(args, format);
	vsnprintf(checker->path + used, sizeof(checker->path) - (size_t)used, format, args);
	va_end(args);
}

#define COMPLAIN(checker, ...)                                                                     \
	lt_findings_add((checker)->findings, LT_ERROR, (checker)->path, __VA_ARGS__)

static bool is_blank(const char *text)
{
	return !text[strspn(text, " \t")];
}

/* Both languages say something. */
static void check_label(struct checker *checker, const struct label *label)
{
	if (label->zh && (is_blank(label->zh) || is_blank(label->en)))
		COMPLAIN(checker, "中文和英文都要写，%s 是空的",
			 "both languages are needed, and %s is empty",
			 is_blank(label->zh) ? "zh" : "en");
}

static bool is_too_long(struct checker *checker, const char *list, unsigned n, unsigned most)
{
	if (n <= most)
		return false;
	at(checker, "%s", list);
	COMPLAIN(checker, "%s 有 %u 条，最多 %u 条", "%s has %u entries, the most is %u", list, n,
		 most);
	return true;
}

/* ---- places: what a field can fill. Group NULL = part of a key, or key of a document's head ----
 */

struct place {
	const char *group, *name;
};

static struct place place_of(const struct form_field *field)
{
	return (struct place){ field->group, field->key ? field->key : field->member };
}

static bool is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool is_same_place(struct place a, struct place b)
{
	return is_same(a.group, b.group) && is_same(a.name, b.name);
}

/* A place as people write it: group.member. */
static const char *place_text(struct place place, char *buf, size_t cap)
{
	snprintf(buf, cap, "%s%s%s", place.group ? place.group : "", place.group ? "." : "",
		 place.name);
	return buf;
}

static bool is_filled(const struct form *part, struct place place)
{
	for (unsigned i = 0; i < part->n_fields; i++)
		if (is_same_place(place_of(&part->fields[i]), place))
			return true;
	return false;
}

/* Whether an entry of leaves names the place, alone or with its group. */
static bool names_place(const char *leave, struct place place)
{
	char text[260];
	if (!place.name)
		return false;
	return is_same(leave, place.group) ||
	       strcmp(leave, place_text(place, text, sizeof(text))) == 0;
}

static bool is_left(const struct form *form, struct place place)
{
	for (unsigned i = 0; i < form->leaves.n; i++)
		if (names_place(form->leaves.at[i], place))
			return true;
	return false;
}

static const cyaml_schema_field_t *find_key(const cyaml_schema_value_t *mapping, const char *key)
{
	for (const cyaml_schema_field_t *field = mapping->mapping.fields; field->key; field++)
		if (strcmp(field->key, key) == 0)
			return field;
	return NULL;
}

static bool is_scalar(const cyaml_schema_field_t *key)
{
	return key->value.type == CYAML_STRING || key->value.type == CYAML_ENUM;
}

/* A list of plain texts is filled by one text with commas between. */
static bool is_list_of_texts(const cyaml_schema_field_t *key)
{
	return key->value.type == CYAML_SEQUENCE && key->value.sequence.entry->type == CYAML_STRING;
}

typedef void (*place_function)(struct checker *checker, struct place place, bool must);

/* Every place of what the form fills, lists of a document left out. */
static void each_place(struct checker *checker, place_function visit)
{
	const struct fact_table *table = checker->table;
	for (unsigned i = 0; table && i < table->key.n; i++)
		visit(checker, (struct place){ NULL, table->key.at[i] }, true);
	for (unsigned g = 0; table && g < table->n_groups; g++)
		for (unsigned m = 0; m < table->groups[g].members.n; m++)
			visit(checker,
			      (struct place){ table->groups[g].group,
					      table->groups[g].members.at[m] },
			      false);
	const cyaml_schema_field_t *key = checker->schema ? checker->schema->mapping.fields : NULL;
	for (; key && key->key; key++) {
		const bool must = !(key->value.flags & CYAML_FLAG_OPTIONAL);
		if (is_scalar(key))
			visit(checker, (struct place){ NULL, key->key }, must);
		if (key->value.type != CYAML_MAPPING)
			continue;
		for (const cyaml_schema_field_t *in = key->value.mapping.fields; in->key; in++)
			if (is_scalar(in))
				visit(checker, (struct place){ key->key, in->key },
				      must && !(in->value.flags & CYAML_FLAG_OPTIONAL));
	}
}

/* ---- one field ---- */

/* The place it names must be there. */
static void check_table_place(struct checker *checker, unsigned i)
{
	const struct form_field *field = &checker->part->fields[i];
	const struct fact_table *table = checker->table;
	const struct cell_group *group =
		field->group ? fact_table_find_group(table, field->group) : NULL;
	if (field->key) {
		at(checker, "fields[%u].key", i);
		if (!words_have(&table->key, field->key))
			COMPLAIN(checker, "表 %s 的键里没有 %s",
				 "the key of table %s has no part %s", table->table, field->key);
		return;
	}
	at(checker, "fields[%u].group", i);
	if (!field->group)
		COMPLAIN(checker, "%s：要写明 group，它属于表 %s 的哪一组",
			 "%s: it needs its group in table %s", field->id, table->table);
	else if (!group)
		COMPLAIN(checker, "表 %s 没有字段组 %s", "table %s has no group %s", table->table,
			 field->group);
	at(checker, "fields[%u].member", i);
	if (group && cell_group_find_member(group, field->member) < 0)
		COMPLAIN(checker, "%s.%s 没有成员 %s", "%s.%s has no member %s", table->table,
			 field->group, field->member);
}

static void check_document_place(struct checker *checker, unsigned i)
{
	const struct form_field *field = &checker->part->fields[i];
	const struct place place = place_of(field);
	const cyaml_schema_value_t *mapping = checker->schema;
	char text[260];
	at(checker, "fields[%u].%s", i, field->key ? "key" : "member");
	if (place.group) {
		const cyaml_schema_field_t *group = find_key(mapping, place.group);
		mapping = group && group->value.type == CYAML_MAPPING ? &group->value : NULL;
	}
	const cyaml_schema_field_t *key = mapping ? find_key(mapping, place.name) : NULL;
	if (!key || !(is_scalar(key) || (field->type == FIELD_TEXT && is_list_of_texts(key))))
		COMPLAIN(checker, "%s 文件里没有 %s 这个键", "a %s has no key %s",
			 checker->form->document, place_text(place, text, sizeof(text)));
}

static void check_place(struct checker *checker, unsigned i)
{
	const struct form_field *field = &checker->part->fields[i];
	char text[260];
	at(checker, "fields[%u]", i);
	if (!field->key == !field->member || (field->key && field->group)) {
		COMPLAIN(checker, "%s：要么写 key，要么写 group 和 member",
			 "%s: either key, or group and member", field->id);
		return;
	}
	for (unsigned j = 0; j < i; j++)
		if (is_same_place(place_of(field), place_of(&checker->part->fields[j])) &&
		    is_same(field->row, checker->part->fields[j].row))
			COMPLAIN(checker, "%s 和 %s 填的是同一处：%s",
				 "%s and %s fill the same: %s", checker->part->fields[j].id,
				 field->id, place_text(place_of(field), text, sizeof(text)));
	at(checker, "fields[%u].row", i);
	if (!field->row != !checker->part->fields[0].row ||
	    (field->row && (field->key || !checker->table || checker->table->key.n != 1)))
		COMPLAIN(
			checker,
			"%s：row 用于每一栏填表中一行的表单，要么各栏都写，要么都不写；表的键只能有一部分",
			"%s: row is for a form whose fields fill a row each: in all of them or in none, and the table's key has one part",
			field->id);
	if (checker->table)
		check_table_place(checker, i);
	else if (checker->schema)
		check_document_place(checker, i);
}

static void check_choices(struct checker *checker, unsigned i)
{
	const struct form_field *field = &checker->part->fields[i];
	at(checker, "fields[%u]", i);
	if (field->type != FIELD_CHOICE) {
		if (field->choices || field->several)
			COMPLAIN(checker, "%s：choices 和 several 只用于 type: choice（此处为 %s）",
				 "%s: choices and several are for type: choice (it is %s)",
				 field->id, field_type_names[field->type]);
		return;
	}
	if (!field->n_choices)
		COMPLAIN(checker, "%s：type: choice 要有 choices",
			 "%s: type: choice needs its choices", field->id);
	if (field->n_choices > FORM_MAX_CHOICES) {
		COMPLAIN(checker, "%s 有 %u 个选项，最多 %d 个",
			 "%s has %u choices, the most is %d", field->id, field->n_choices,
			 FORM_MAX_CHOICES);
		return;
	}
	for (unsigned c = 0; c < field->n_choices; c++) {
		const struct form_choice *choice = &field->choices[c];
		at(checker, "fields[%u].choices[%u]", i, c);
		check_label(checker, &choice->title);
		for (unsigned d = 0; d < c; d++)
			if (strcmp(field->choices[d].id, choice->id) == 0 ||
			    strcmp(field->choices[d].title.zh, choice->title.zh) == 0 ||
			    strcmp(field->choices[d].title.en, choice->title.en) == 0)
				COMPLAIN(checker, "选项 %s 与 %s 的标识或名称相同",
					 "choice %s has the id or a title of %s", choice->id,
					 field->choices[d].id);
	}
}

static bool parse(const char *text, struct lt_decimal *value)
{
	return text && lt_decimal_parse(text, strlen(text), value) == LT_DECIMAL_OK;
}

static void check_number(struct checker *checker, unsigned i)
{
	const struct form_field *field = &checker->part->fields[i];
	const bool number = field->type == FIELD_NUMBER || field->type == FIELD_INTEGER;
	struct lt_decimal min, max;
	struct unit_ratio ratio;
	at(checker, "fields[%u].%s", i, field->min ? "min" : "max");
	if ((field->min || field->max) && !number && field->type != FIELD_YEAR)
		COMPLAIN(checker, "%s：min 和 max 只用于 number、integer 和 year（此处为 %s）",
			 "%s: min and max are for number, integer and year (it is %s)", field->id,
			 field_type_names[field->type]);
	if (parse(field->min, &min) && parse(field->max, &max) && lt_decimal_compare(min, max) > 0)
		COMPLAIN(checker, "%s：min %s 大于 max %s", "%s: min %s is above max %s", field->id,
			 field->min, field->max);
	at(checker, "fields[%u].unit", i);
	if (field->unit && !number)
		COMPLAIN(checker, "%s：unit 只用于 number 和 integer（此处为 %s）",
			 "%s: unit is for number and integer (it is %s)", field->id,
			 field_type_names[field->type]);
	else if (field->unit && !units_parse(checker->units, field->unit, &ratio))
		COMPLAIN(checker, "%s：没有单位“%s”", "%s: there is no unit '%s'", field->id,
			 field->unit);
}

static void check_example(struct checker *checker, unsigned i)
{
	const struct form_field *field = &checker->part->fields[i];
	const char *const examples[] = { field->example.zh, field->example.en };
	at(checker, "fields[%u].example", i);
	for (int lang = 0; lang < LT_N_LANGS && examples[lang]; lang++) {
		struct lt_err err = LT_ERR_INIT;
		const char *kept = form_normalise_value(field, examples[lang], &checker->scratch);
		if (!kept)
			checker->findings->out_of_memory = true;
		else if (form_check_value(field, kept, &err))
			COMPLAIN(checker, "例子自己就填不进去：%s%.0s",
				 "the example itself is refused: %.0s%s", err.text[LT_ZH],
				 err.text[LT_EN]);
	}
}

/* No two fields go by one name. */
static void check_names(struct checker *checker, unsigned i)
{
	const struct form_field *field = &checker->part->fields[i];
	for (unsigned j = 0; j < i; j++) {
		const struct form_field *other = &checker->part->fields[j];
		at(checker, "fields[%u].id", i);
		if (strcmp(field->id, other->id) == 0)
			COMPLAIN(checker, "标识 %s 重复", "id %s stands there twice", field->id);
		at(checker, "fields[%u].label", i);
		if (strcmp(field->label.zh, other->label.zh) == 0 ||
		    strcmp(field->label.en, other->label.en) == 0)
			COMPLAIN(checker, "%s 的名称与 %s 的相同", "%s has the label of %s",
				 field->id, other->id);
	}
}

static void check_field(struct checker *checker, unsigned i)
{
	const struct form_field *field = &checker->part->fields[i];
	check_names(checker, i);
	at(checker, "fields[%u].label", i);
	check_label(checker, &field->label);
	at(checker, "fields[%u].help", i);
	check_label(checker, &field->help);
	at(checker, "fields[%u].example", i);
	check_label(checker, &field->example);
	check_place(checker, i);
	check_choices(checker, i);
	check_number(checker, i);
	check_example(checker, i);
	at(checker, "fields[%u].offer", i);
	if (field->offer && field->type != FIELD_TEXT && field->type != FIELD_ID &&
	    field->type != FIELD_DIGEST)
		COMPLAIN(checker, "%s：offer 只用于 text、id 和 digest（此处为 %s）",
			 "%s: offer is for text, id and digest (it is %s)", field->id,
			 field_type_names[field->type]);
}

/* ---- rules ---- */

static const struct form_field *find_id(const struct form *form, const char *id)
{
	const struct form_field *field = id ? form_find_field(form, id) : NULL;
	return field && strcmp(field->id, id) == 0 ? field : NULL;
}

static bool is_number(const struct form_field *field)
{
	return field->type == FIELD_NUMBER || field->type == FIELD_INTEGER;
}

/* Whether the one's unit converts into the other's. */
static bool agree(const struct checker *checker, const struct form_field *a,
		  const struct form_field *b)
{
	struct unit_ratio from, to;
	if (!a->unit || !b->unit)
		return a->unit == b->unit;
	return units_parse(checker->units, a->unit, &from) &&
	       units_parse(checker->units, b->unit, &to) && unit_ratio_same_dimension(&from, &to);
}

static void check_sum(struct checker *checker, unsigned r)
{
	const struct form_rule *rule = &checker->part->rules[r];
	const struct form_field *of = find_id(checker->part, rule->of);
	at(checker, "rules[%u]", r);
	if (!rule->of || !rule->title.zh) {
		COMPLAIN(checker, "%s 要写 of（哪一栏）和 title",
			 "%s needs of (a field) and title", form_rule_names[rule->kind]);
		return;
	}
	check_label(checker, &rule->title);
	at(checker, "rules[%u].of", r);
	if (!of) {
		COMPLAIN(checker, "没有 %s 这一栏", "there is no field %s", rule->of);
		return;
	}
	at(checker, "rules[%u]", r);
	for (unsigned i = 0; i < rule->fields.n; i++) {
		const struct form_field *field = find_id(checker->part, rule->fields.at[i]);
		if (!field)
			continue;
		if (field == of || !is_number(field) || !is_number(of))
			COMPLAIN(checker, "%s 与 %s 不能比：要两个不同的数",
				 "%s and %s: these are not two numbers", field->id, of->id);
		else if (!agree(checker, field, of))
			COMPLAIN(checker, "%s 与 %s 的单位不能换算",
				 "the units of %s and %s do not agree", field->id, of->id);
	}
}

static void check_rule(struct checker *checker, unsigned r)
{
	const struct form_rule *rule = &checker->part->rules[r];
	const bool is_sum = rule->kind == RULE_SUM_AT_MOST || rule->kind == RULE_SUM_INTO;
	at(checker, "rules[%u].fields", r);
	if (rule->fields.n < (is_sum ? 1u : 2u) ||
	    rule->fields.n > FORM_MAX_FIELDS) {
		COMPLAIN(checker, "%s 的栏目过少或过多", "%s has too few or too many fields",
			 form_rule_names[rule->kind]);
		return;
	}
	for (unsigned i = 0; i < rule->fields.n; i++) {
		at(checker, "rules[%u].fields[%u]", r, i);
		if (!find_id(checker->part, rule->fields.at[i]))
			COMPLAIN(checker, "没有 %s 这一栏", "there is no field %s",
				 rule->fields.at[i]);
		for (unsigned j = 0; j < i; j++)
			if (strcmp(rule->fields.at[i], rule->fields.at[j]) == 0)
				COMPLAIN(checker, "%s 写了两次", "%s stands there twice",
					 rule->fields.at[i]);
	}
	if (is_sum) {
		check_sum(checker, r);
		return;
	}
	at(checker, "rules[%u]", r);
	if (rule->of || rule->title.zh)
		COMPLAIN(checker, "of 和 title 只用于 sum_at_most 和 sum_into（此处为 %s）",
			 "of and title are for sum_at_most and sum_into (it is %s)",
			 form_rule_names[rule->kind]);
}

/* ---- the whole ---- */

/* What nothing fills and nothing leaves. */
static void check_covered(struct checker *checker, struct place place, bool must)
{
	char text[260];
	(void)must;
	if (is_filled(checker->part, place) ||
	    (checker->part == checker->form && is_left(checker->form, place)))
		return;
	COMPLAIN(checker, "%s 没有一栏来填；请加一栏，或写进 leaves",
		 "no field fills %s; add one, or name it in leaves",
		 place_text(place, text, sizeof(text)));
}

/* What the document cannot do without, the form must not let pass empty. */
static void check_needed(struct checker *checker, struct place place, bool must)
{
	for (unsigned i = 0; must && i < checker->part->n_fields; i++) {
		const struct form_field *field = &checker->part->fields[i];
		at(checker, "fields[%u]", i);
		if (is_same_place(place_of(field), place) && !form_field_is_needed(field))
			COMPLAIN(checker, "%s：%s 文件里不能缺它，要写 required: yes",
				 "%s: a %s cannot do without it; write required: yes", field->id,
				 checker->form->document ? checker->form->document
							 : checker->form->table);
	}
}

static bool has_entry(const struct form *form, const char *list)
{
	for (unsigned i = 0; i < form->n_entries; i++)
		if (strcmp(form->entries[i].list, list) == 0)
			return true;
	return false;
}

static void check_lists_covered(struct checker *checker)
{
	const cyaml_schema_field_t *key = checker->schema ? checker->schema->mapping.fields : NULL;
	for (; key && key->key; key++)
		if (key->value.type == CYAML_SEQUENCE && !has_entry(checker->form, key->key) &&
		    !words_have(&checker->form->leaves, key->key))
			COMPLAIN(checker, "列表 %s 没有 entries 来填；请补上，或写进 leaves",
				 "no entries fill the list %s; add them, or name it in leaves",
				 key->key);
}

static void meet(struct checker *checker, struct place place, bool must)
{
	(void)must;
	checker->met |= names_place(checker->leave, place);
}

/* What is left to the program must be there, and no field may fill it. */
static void check_leave(struct checker *checker, unsigned i)
{
	const struct form *form = checker->form;
	checker->leave = form->leaves.at[i];
	checker->met = checker->schema && find_key(checker->schema, checker->leave);
	each_place(checker, meet);
	at(checker, "leaves[%u]", i);
	if (!checker->met)
		COMPLAIN(checker, "leaves：没有 %s", "leaves: there is no %s", checker->leave);
	for (unsigned f = 0; f < form->n_fields; f++)
		if (names_place(checker->leave, place_of(&form->fields[f])))
			COMPLAIN(checker, "%s 既写进 leaves，又有一栏 %s 来填",
				 "%s is named in leaves, and field %s fills it", checker->leave,
				 form->fields[f].id);
}

static void check_whole(struct checker *checker)
{
	const struct form *form = checker->form;
	at(checker, "%s", form->whole ? "whole" : "leaves");
	if (!form->whole && form->leaves.at) {
		COMPLAIN(checker, "leaves 只用于 whole: yes", "leaves is for whole: yes");
		return;
	}
	if (!form->whole)
		return;
	each_place(checker, check_covered);
	if (checker->part == form)
		check_lists_covered(checker);
}

/* The fields and rules of the form itself, or of one of its entries. */
static void check_part(struct checker *checker, const struct form *part)
{
	checker->part = part;
	at(checker, "title");
	check_label(checker, &part->title);
	at(checker, "help");
	check_label(checker, &part->help);
	at(checker, "fields");
	if (!part->n_fields)
		COMPLAIN(checker, "%s 没有栏目", "%s has no fields", part->id);
	/* longer than any screen is refused before anything is compared with anything */
	if (is_too_long(checker, "fields", part->n_fields, FORM_MAX_FIELDS) ||
	    is_too_long(checker, "rules", part->n_rules, FORM_MAX_RULES))
		return;
	for (unsigned i = 0; i < part->n_fields; i++)
		check_field(checker, i);
	for (unsigned i = 0; i < part->n_rules; i++)
		check_rule(checker, i);
	if (checker->schema)
		each_place(checker, check_needed);
	check_whole(checker);
}

static void check_entry(struct checker *checker, unsigned e, const cyaml_schema_value_t *document)
{
	const struct form *entry = &checker->form->entries[e];
	const cyaml_schema_field_t *list = find_key(document, entry->list);
	snprintf(checker->prefix, sizeof(checker->prefix), "entries[%u].", e);
	at(checker, "list");
	for (unsigned i = 0; i < e; i++)
		if (strcmp(checker->form->entries[i].list, entry->list) == 0)
			COMPLAIN(checker, "列表 %s 重复", "list %s stands there twice",
				 entry->list);
	checker->schema = NULL;
	if (!list || list->value.type != CYAML_SEQUENCE ||
	    list->value.sequence.entry->type != CYAML_MAPPING)
		COMPLAIN(checker, "%s 文件里没有列表 %s", "a %s has no list %s",
			 checker->form->document, entry->list);
	else
		checker->schema = list->value.sequence.entry;
	check_part(checker, entry);
}

/* What the form fills, or NULL for both where it is not there. */
static void find_target(struct checker *checker)
{
	const struct form *form = checker->form;
	if (!form->table == !form->document) {
		at(checker, "form");
		COMPLAIN(checker, "%s：要么写 table，要么写 document",
			 "%s: either table or document", form->id);
	} else if (form->table) {
		checker->table = vocabulary_find_table(checker->vocabulary, form->table);
		at(checker, "table");
		if (!checker->table)
			COMPLAIN(checker, "没有表 %s；有哪些表见 db/groups.yaml",
				 "there is no table %s; db/groups.yaml lists them", form->table);
	} else {
		checker->schema = document_schema(form->document);
		at(checker, "document");
		if (!checker->schema)
			COMPLAIN(checker, "没有 %s 这种文件；写它的第一个键，如 profile",
				 "there is no document %s; write its first key, as in profile",
				 form->document);
	}
}

void form_check(const struct form *form, const struct vocabulary *vocabulary,
		const struct units *units, struct lt_findings *findings)
{
	struct checker checker = {
		.vocabulary = vocabulary, .units = units, .findings = findings, .form = form
	};
	lt_arena_init(&checker.scratch, 0);
	find_target(&checker);
	const cyaml_schema_value_t *document = checker.schema;
	if (!is_too_long(&checker, "leaves", form->leaves.n, 100)) {
		check_part(&checker, form);
		for (unsigned i = 0; (checker.table || document) && i < form->leaves.n; i++)
			check_leave(&checker, i);
	}
	checker.table = NULL;
	at(&checker, "entries");
	if (form->n_entries && form->table)
		COMPLAIN(&checker, "entries 只用于 document", "entries are for a document");
	if (document && !is_too_long(&checker, "entries", form->n_entries, FORM_MAX_ENTRIES))
		for (unsigned e = 0; e < form->n_entries; e++)
			check_entry(&checker, e, document);
	lt_arena_release(&checker.scratch);
}

/* ---- requested materials ---- */

static void check_terms(struct checker *checker, const char *list, const struct term *terms,
			unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		at(checker, "%s[%u].title", list, i);
		check_label(checker, &terms[i].title);
		at(checker, "%s[%u].id", list, i);
		if (term_find(terms, n, terms[i].id) != &terms[i])
			COMPLAIN(checker, "标识 %s 重复", "id %s stands there twice", terms[i].id);
	}
}

static void check_cite(struct checker *checker, const struct request_list *list, const char *cite)
{
	char source[120];
	snprintf(source, sizeof(source), "%.*s", (int)strcspn(cite, ":"), cite);
	if (!term_find(list->sources, list->n_sources, source))
		COMPLAIN(checker, "sources 中没有“%s”", "sources has no '%s'", source);
}

static void check_request(struct checker *checker, const struct request_list *list, unsigned i)
{
	const struct request_entry *entry = &list->entries[i];
	at(checker, "entries[%u].id", i);
	if (request_list_find(list, entry->id) != entry)
		COMPLAIN(checker, "标识 %s 重复", "id %s stands there twice", entry->id);
	at(checker, "entries[%u].topic", i);
	if (!term_find(list->topics, list->n_topics, entry->topic))
		COMPLAIN(checker, "没有类别 %s", "there is no topic %s", entry->topic);
	at(checker, "entries[%u].title", i);
	check_label(checker, &entry->title);
	at(checker, "entries[%u].note", i);
	check_label(checker, &entry->note);
	at(checker, "entries[%u].origin", i);
	if (entry->origin == ORIGIN_UNSTATED)
		COMPLAIN(
			checker,
			"%s 没有写明来源：origin 写 sourced（并写 cite）、user、inferred、proposed 或 illustrative",
			"%s: no origin; write sourced (with cite), user, inferred, proposed or illustrative",
			entry->id);
	else if (entry->origin == ORIGIN_SOURCED && !entry->cite)
		COMPLAIN(checker, "%s：来源为 sourced，却没有 cite（文件与位置）",
			 "%s: it is sourced but cites nothing (document and place)", entry->id);
	else if (entry->origin > ORIGIN_USER && !entry->note.zh)
		COMPLAIN(checker, "%s：来源为 %s，须有 note 说明",
			 "%s: its origin is %s: it needs a note", entry->id,
			 origin_names[entry->origin]);
	at(checker, "entries[%u].cite", i);
	if (entry->cite)
		check_cite(checker, list, entry->cite);
}

/* No more may stand here than the source speaks of. */
static void check_stated(struct checker *checker, const char *key, const char *stated, unsigned n)
{
	struct lt_decimal most;
	at(checker, "%s", key);
	if (parse(stated, &most) && lt_decimal_compare(lt_decimal_from_int(n), most) > 0)
		COMPLAIN(checker, "%s 为 %s，却列了 %u 条", "%s is %s, but %u are listed", key,
			 stated, n);
}

void requests_check(const struct request_list *list, struct lt_findings *findings)
{
	struct checker checker = { .findings = findings };
	at(&checker, "title");
	check_label(&checker, &list->title);
	at(&checker, "note");
	check_label(&checker, &list->note);
	if (is_too_long(&checker, "sources", list->n_sources, 100) ||
	    is_too_long(&checker, "topics", list->n_topics, 100) ||
	    is_too_long(&checker, "entries", list->n_entries, 1000))
		return;
	check_terms(&checker, "sources", list->sources, list->n_sources);
	check_terms(&checker, "topics", list->topics, list->n_topics);
	for (unsigned i = 0; i < list->n_entries; i++)
		check_request(&checker, list, i);
	check_stated(&checker, "stated_topics", list->stated_topics, list->n_topics);
	check_stated(&checker, "stated_entries", list->stated_entries, list->n_entries);
}
