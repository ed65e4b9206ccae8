#include "lingtan/load/form.h"

#include <string.h>
#include "document.h"
#include "form_check.h"
#include "schema_fields.h"

/* ---- schema ---- */

/* A name that has to find room on a screen. */
static const cyaml_schema_field_t name_fields[] = {
	STRING_FIELD("zh", MUST, struct label, zh, STRING_WORD),
	STRING_FIELD("en", MUST, struct label, en, STRING_WORD),
	CYAML_FIELD_END,
};
#define NAME_FIELD(key, how, type, member) PART_FIELD(key, how, type, member, name_fields)

static const cyaml_strval_t type_words[] = {
	{ "text", FIELD_TEXT },
	{ "words", FIELD_WORDS },
	{ "number", FIELD_NUMBER },
	{ "integer", FIELD_INTEGER },
	{ "year", FIELD_YEAR },
	{ "date", FIELD_DATE },
	{ "time", FIELD_TIME },
	{ "choice", FIELD_CHOICE },
	{ "yes_no", FIELD_YES_NO },
	{ "phone", FIELD_PHONE },
	{ "email", FIELD_EMAIL },
	{ "credit_code", FIELD_CREDIT_CODE },
	{ "longitude", FIELD_LONGITUDE },
	{ "latitude", FIELD_LATITUDE },
	{ "id", FIELD_ID },
	{ "digest", FIELD_DIGEST },
	{ "clock", FIELD_CLOCK },
};
static const cyaml_strval_t offer_words[] = {
	{ "rulesets", OFFER_RULESETS }, { "parameters", OFFER_PARAMETERS },
	{ "items", OFFER_ITEMS },       { "quantities", OFFER_QUANTITIES },
	{ "units", OFFER_UNITS },       { "people", OFFER_PEOPLE },
	{ "evidence", OFFER_EVIDENCE }, { "topics", OFFER_TOPICS },
	{ "places", OFFER_PLACES },     { "stops", OFFER_STOPS },
};
static const cyaml_strval_t rule_words[] = { { "sum_at_most", RULE_SUM_AT_MOST },
					     { "one_of", RULE_ONE_OF },
					     { "together", RULE_TOGETHER },
					     { "sum_into", RULE_SUM_INTO } };

static const cyaml_schema_field_t choice_fields[] = {
	STRING_FIELD("id", MUST, struct form_choice, id, STRING_ID),
	NAME_FIELD("title", MUST, struct form_choice, title),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t choice_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct form_choice, choice_fields) };

static const cyaml_schema_field_t field_fields[] = {
	STRING_FIELD("id", MUST, struct form_field, id, STRING_ID),
	STRING_FIELD("key", MAYBE, struct form_field, key, STRING_ID),
	STRING_FIELD("row", MAYBE, struct form_field, row, STRING_ID),
	STRING_FIELD("group", MAYBE, struct form_field, group, STRING_ID),
	STRING_FIELD("member", MAYBE, struct form_field, member, STRING_ID),
	NAME_FIELD("label", MUST, struct form_field, label),
	LABEL_FIELD("help", MUST, struct form_field, help),
	NAME_FIELD("example", MAYBE, struct form_field, example),
	ENUM_FIELD("type", MUST, struct form_field, type, type_words),
	ENUM_FIELD("offer", MAYBE, struct form_field, offer, offer_words),
	STRING_FIELD("unit", MAYBE, struct form_field, unit, STRING_WORD),
	STRING_FIELD("min", MAYBE, struct form_field, min, STRING_NUMBER),
	STRING_FIELD("max", MAYBE, struct form_field, max, STRING_NUMBER),
	LIST_FIELD("choices", MAYBE, struct form_field, choices, n_choices, &choice_entry),
	YES_NO_FIELD("several", MAYBE, struct form_field, several),
	YES_NO_FIELD("required", MAYBE, struct form_field, required),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t field_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct form_field, field_fields) };

static const cyaml_schema_field_t rule_fields[] = {
	ENUM_FIELD("rule", MUST, struct form_rule, kind, rule_words),
	WORDS_FIELD("fields", MUST, struct form_rule, fields, &id_entry),
	STRING_FIELD("of", MAYBE, struct form_rule, of, STRING_ID),
	NAME_FIELD("title", MAYBE, struct form_rule, title),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t rule_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct form_rule, rule_fields) };

/* The form of one row of a list: the same struct, without what only the whole has. */
static const cyaml_schema_field_t entry_fields[] = {
	STRING_FIELD("form", MUST, struct form, id, STRING_ID),
	NAME_FIELD("title", MUST, struct form, title),
	LABEL_FIELD("help", MUST, struct form, help),
	STRING_FIELD("list", MUST, struct form, list, STRING_ID),
	LIST_FIELD("fields", MUST, struct form, fields, n_fields, &field_entry),
	LIST_FIELD("rules", MAYBE, struct form, rules, n_rules, &rule_entry),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t entry_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT,
								      struct form, entry_fields) };

static const cyaml_schema_field_t form_fields[] = {
	STRING_FIELD("form", MUST, struct form, id, STRING_ID),
	NAME_FIELD("title", MUST, struct form, title),
	LABEL_FIELD("help", MUST, struct form, help),
	STRING_FIELD("table", MAYBE, struct form, table, STRING_ID),
	STRING_FIELD("document", MAYBE, struct form, document, STRING_ID),
	YES_NO_FIELD("whole", MAYBE, struct form, whole),
	WORDS_FIELD("leaves", MAYBE, struct form, leaves, &id_entry),
	LIST_FIELD("fields", MUST, struct form, fields, n_fields, &field_entry),
	LIST_FIELD("rules", MAYBE, struct form, rules, n_rules, &rule_entry),
	LIST_FIELD("entries", MAYBE, struct form, entries, n_entries, &entry_entry),
	CYAML_FIELD_END,
};
const cyaml_schema_value_t form_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct form,
							       form_fields) };

static const cyaml_schema_field_t request_fields[] = {
	STRING_FIELD("id", MUST, struct request_entry, id, STRING_ID),
	STRING_FIELD("topic", MUST, struct request_entry, topic, STRING_ID),
	LABEL_FIELD("title", MUST, struct request_entry, title),
	ORIGIN_FIELD("origin", struct request_entry, origin),
	STRING_FIELD("cite", MAYBE, struct request_entry, cite, STRING_TEXT),
	LABEL_FIELD("note", MAYBE, struct request_entry, note),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t request_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct request_entry, request_fields) };

static const cyaml_schema_field_t requests_fields[] = {
	STRING_FIELD("requests", MUST, struct request_list, id, STRING_ID),
	NAME_FIELD("title", MUST, struct request_list, title),
	LABEL_FIELD("note", MUST, struct request_list, note),
	STRING_FIELD("stated_topics", MAYBE, struct request_list, stated_topics, STRING_NUMBER),
	STRING_FIELD("stated_entries", MAYBE, struct request_list, stated_entries, STRING_NUMBER),
	LIST_FIELD("sources", MUST, struct request_list, sources, n_sources, &term_entry),
	LIST_FIELD("topics", MUST, struct request_list, topics, n_topics, &term_entry),
	LIST_FIELD("entries", MUST, struct request_list, entries, n_entries, &request_entry),
	CYAML_FIELD_END,
};
const cyaml_schema_value_t requests_schema = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_POINTER, struct request_list, requests_fields) };

/* ---- loading ---- */

enum lt_status form_load(const struct yaml_source *source, const struct vocabulary *vocabulary,
			 const struct units *units, struct lt_arena *arena,
			 struct lt_findings *findings, struct form **out, struct lt_err *err)
{
	struct yaml_positions positions = { 0 };
	const size_t errors_before = findings->n_errors;
	void *loaded;
	*out = NULL;
	enum lt_status status =
		yaml_load(source, &form_schema, arena, &positions, findings, &loaded, err);
	struct lt_finding *last = findings->last;
	if (status)
		return status;
	if (!source->proven) {
		findings->file = source->name;
		form_check(loaded, vocabulary, units, findings);
	}
	yaml_positions_apply(&positions, document_findings_since(findings, last), source->name);
	status = document_refuse(source->name, findings, errors_before, err);
	*out = status ? NULL : loaded;
	return status;
}

enum lt_status requests_load(const struct yaml_source *source, struct lt_arena *arena,
			     struct lt_findings *findings, struct request_list **out,
			     struct lt_err *err)
{
	struct yaml_positions positions = { 0 };
	const size_t errors_before = findings->n_errors;
	void *loaded;
	*out = NULL;
	enum lt_status status =
		yaml_load(source, &requests_schema, arena, &positions, findings, &loaded, err);
	struct lt_finding *last = findings->last;
	if (status)
		return status;
	if (!source->proven) {
		findings->file = source->name;
		requests_check(loaded, findings);
	}
	yaml_positions_apply(&positions, document_findings_since(findings, last), source->name);
	status = document_refuse(source->name, findings, errors_before, err);
	*out = status ? NULL : loaded;
	return status;
}

/* ---- what is built in ---- */

enum lt_status form_set_load(const struct library *library, struct lt_arena *arena,
			     struct lt_findings *findings, struct form_set *out, struct lt_err *err)
{
	unsigned n = 0;
	for (const struct embedded_file *file = library->embedded; file && file->path; file++)
		n += strncmp(file->path, "forms/", 6) == 0;
	*out = (struct form_set){ .at = lt_arena_alloc(arena, n + 1, sizeof(*out->at)) };
	if (!out->at)
		return lt_err_memory(err);
	enum lt_status status = LT_OK;
	for (const struct embedded_file *file = library->embedded; file && file->path && !status;
	     file++) {
		const struct yaml_source source = { .name = file->path,
						    .text = file->text,
						    .len = file->len,
						    .image = file->image,
						    .proven = true };
		if (strncmp(file->path, "forms/", 6) != 0)
			continue;
		if (document_kind(&source) == DOCUMENT_REQUESTS)
			status = requests_load(&source, arena, findings, &out->requests, err);
		else
			status = form_load(&source, NULL, NULL, arena, findings, &out->at[out->n++],
					   err);
	}
	return status;
}

const struct form *form_set_find(const struct form_set *set, const char *id)
{
	for (unsigned i = 0; i < set->n; i++)
		if (strcmp(set->at[i]->id, id) == 0)
			return set->at[i];
	return NULL;
}
