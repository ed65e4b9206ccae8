/* The tables of cases, answer sheets, profiles, units and factor sets. */
#include "lingtan/load/ruleset.h"
#include "schema_fields.h"

/* ---- answers and quantities, shared by sheets and cases ---- */

static const cyaml_schema_field_t answer_fields[] = {
	STRING_FIELD("item", MUST, struct sheet_answer, item, STRING_ITEM),
	STRING_FIELD("result", MAYBE, struct sheet_answer, result, STRING_WORD),
	STRING_FIELD("points", MAYBE, struct sheet_answer, points, STRING_POINTS),
	STRING_FIELD("na", MAYBE, struct sheet_answer, na, STRING_TEXT),
	STRING_FIELD("reason", MAYBE, struct sheet_answer, reason, STRING_WORDS),
	STRING_FIELD("tier", MAYBE, struct sheet_answer, tier, STRING_ID),
	/* an empty list would look like no answer; for "none of them" there is result: not-met */
	CYAML_FIELD_SEQUENCE_COUNT("checks", CYAML_FLAG_POINTER | MAYBE, struct sheet_answer,
				   checks.at, checks.n, &id_entry, 1, 64),
	STRING_FIELD("remark", MAYBE, struct sheet_answer, remark, STRING_WORDS),
	STRING_FIELD("evidence", MAYBE, struct sheet_answer, evidence, STRING_TEXT),
	STRING_FIELD("locator", MAYBE, struct sheet_answer, locator, STRING_TEXT),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t answer_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct sheet_answer, answer_fields) };

static const cyaml_schema_field_t measured_fields[] = {
	STRING_FIELD("id", MUST, struct sheet_quantity, id, STRING_ID),
	STRING_FIELD("value", MAYBE, struct sheet_quantity, value, STRING_NUMBER),
	STRING_FIELD("unit", MAYBE, struct sheet_quantity, unit, STRING_WORD),
	STRING_FIELD("year", MAYBE, struct sheet_quantity, year, STRING_YEAR),
	STRING_FIELD("na", MAYBE, struct sheet_quantity, na, STRING_TEXT),
	STRING_FIELD("reason", MAYBE, struct sheet_quantity, reason, STRING_WORDS),
	STRING_FIELD("source", MAYBE, struct sheet_quantity, source, STRING_TEXT),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t measured_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct sheet_quantity, measured_fields) };

static const cyaml_schema_field_t set_fields[] = {
	STRING_FIELD("id", MUST, struct sheet_parameter, id, STRING_ID),
	STRING_FIELD("value", MAYBE, struct sheet_parameter, value, STRING_NUMBER),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t set_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct sheet_parameter, set_fields) };

/* ---- sheet ---- */

static const cyaml_schema_field_t line_fields[] = {
	STRING_FIELD("id", MAYBE, struct sheet_line, id, STRING_TEXT),
	STRING_FIELD("year", MAYBE, struct sheet_line, year, STRING_YEAR),
	STRING_FIELD("kind", MAYBE, struct sheet_line, kind, STRING_ID),
	STRING_FIELD("scope", MAYBE, struct sheet_line, scope, STRING_SCOPE),
	STRING_FIELD("system", MAYBE, struct sheet_line, system, STRING_ID),
	STRING_FIELD("source", MAYBE, struct sheet_line, source, STRING_TEXT),
	STRING_FIELD("activity", MAYBE, struct sheet_line, activity, STRING_NUMBER),
	STRING_FIELD("unit", MAYBE, struct sheet_line, unit, STRING_WORD),
	STRING_FIELD("factor", MAYBE, struct sheet_line, factor, STRING_ID),
	STRING_FIELD("factor_value", MAYBE, struct sheet_line, factor_value, STRING_NUMBER),
	STRING_FIELD("factor_unit", MAYBE, struct sheet_line, factor_unit, STRING_WORD),
	STRING_FIELD("note", MAYBE, struct sheet_line, note, STRING_WORDS),
	STRING_FIELD("name", MAYBE, struct sheet_line, name, STRING_TEXT),
	STRING_FIELD("gas", MAYBE, struct sheet_line, gas, STRING_WORD),
	STRING_FIELD("biogenic", MAYBE, struct sheet_line, biogenic, STRING_ID),
	STRING_FIELD("flow", MAYBE, struct sheet_line, flow, STRING_ID),
	STRING_FIELD("carrier", MAYBE, struct sheet_line, carrier, STRING_ID),
	STRING_FIELD("attributes", MAYBE, struct sheet_line, attributes, STRING_ID),
	STRING_FIELD("purpose", MAYBE, struct sheet_line, purpose, STRING_ID),
	STRING_FIELD("accounts", MAYBE, struct sheet_line, accounts, STRING_TEXT),
	STRING_FIELD("terminal", MAYBE, struct sheet_line, terminal, STRING_ID),
	STRING_FIELD("place", MAYBE, struct sheet_line, place, STRING_TEXT),
	STRING_FIELD("meter", MAYBE, struct sheet_line, meter, STRING_TEXT),
	STRING_FIELD("quality", MAYBE, struct sheet_line, quality, STRING_ID),
	STRING_FIELD("boundary", MAYBE, struct sheet_line, boundary, STRING_WORDS),
	STRING_FIELD("heating_value", MAYBE, struct sheet_line, heating_value, STRING_NUMBER),
	STRING_FIELD("heating_unit", MAYBE, struct sheet_line, heating_unit, STRING_WORD),
	STRING_FIELD("carbon", MAYBE, struct sheet_line, carbon, STRING_NUMBER),
	STRING_FIELD("carbon_unit", MAYBE, struct sheet_line, carbon_unit, STRING_WORD),
	STRING_FIELD("oxidation", MAYBE, struct sheet_line, oxidation, STRING_NUMBER),
	STRING_FIELD("fuel_cite", MAYBE, struct sheet_line, fuel_cite, STRING_TEXT),
	STRING_FIELD("scope_1", MAYBE, struct sheet_line, shares[0], STRING_NUMBER),
	STRING_FIELD("scope_2", MAYBE, struct sheet_line, shares[1], STRING_NUMBER),
	STRING_FIELD("scope_3", MAYBE, struct sheet_line, shares[2], STRING_NUMBER),
	STRING_FIELD("m01", MAYBE, struct sheet_line, months[0], STRING_NUMBER),
	STRING_FIELD("m02", MAYBE, struct sheet_line, months[1], STRING_NUMBER),
	STRING_FIELD("m03", MAYBE, struct sheet_line, months[2], STRING_NUMBER),
	STRING_FIELD("m04", MAYBE, struct sheet_line, months[3], STRING_NUMBER),
	STRING_FIELD("m05", MAYBE, struct sheet_line, months[4], STRING_NUMBER),
	STRING_FIELD("m06", MAYBE, struct sheet_line, months[5], STRING_NUMBER),
	STRING_FIELD("m07", MAYBE, struct sheet_line, months[6], STRING_NUMBER),
	STRING_FIELD("m08", MAYBE, struct sheet_line, months[7], STRING_NUMBER),
	STRING_FIELD("m09", MAYBE, struct sheet_line, months[8], STRING_NUMBER),
	STRING_FIELD("m10", MAYBE, struct sheet_line, months[9], STRING_NUMBER),
	STRING_FIELD("m11", MAYBE, struct sheet_line, months[10], STRING_NUMBER),
	STRING_FIELD("m12", MAYBE, struct sheet_line, months[11], STRING_NUMBER),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t line_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct sheet_line, line_fields) };

static const cyaml_schema_field_t offset_fields[] = {
	STRING_FIELD("id", MUST, struct sheet_offset, id, STRING_TEXT),
	STRING_FIELD("kind", MUST, struct sheet_offset, kind, STRING_ID),
	STRING_FIELD("project", MAYBE, struct sheet_offset, project, STRING_TEXT),
	STRING_FIELD("project_number", MAYBE, struct sheet_offset, project_number, STRING_TEXT),
	STRING_FIELD("vintage", MAYBE, struct sheet_offset, vintage, STRING_YEAR),
	STRING_FIELD("serial_from", MAYBE, struct sheet_offset, serial_from, STRING_TEXT),
	STRING_FIELD("serial_to", MAYBE, struct sheet_offset, serial_to, STRING_TEXT),
	STRING_FIELD("count", MAYBE, struct sheet_offset, count, STRING_NUMBER),
	STRING_FIELD("holder", MAYBE, struct sheet_offset, holder, STRING_TEXT),
	STRING_FIELD("issued", MAYBE, struct sheet_offset, issued, STRING_DATE),
	STRING_FIELD("cancelled_on", MAYBE, struct sheet_offset, cancelled_on, STRING_DATE),
	STRING_FIELD("cancelled_for", MAYBE, struct sheet_offset, cancelled_for, STRING_TEXT),
	STRING_FIELD("cancelled_year", MAYBE, struct sheet_offset, cancelled_year, STRING_YEAR),
	STRING_FIELD("cancelled_number", MAYBE, struct sheet_offset, cancelled_number, STRING_TEXT),
	STRING_FIELD("local", MAYBE, struct sheet_offset, local, STRING_ID),
	STRING_FIELD("region", MAYBE, struct sheet_offset, region, STRING_TEXT),
	STRING_FIELD("commitment_since", MAYBE, struct sheet_offset, commitment_since, STRING_DATE),
	STRING_FIELD("commitment_years", MAYBE, struct sheet_offset, commitment_years, STRING_NUMBER),
	STRING_FIELD("line", MAYBE, struct sheet_offset, line, STRING_TEXT),
	STRING_FIELD("route", MAYBE, struct sheet_offset, route, STRING_ID),
	STRING_FIELD("note", MAYBE, struct sheet_offset, note, STRING_WORDS),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t offset_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct sheet_offset, offset_fields) };

static const cyaml_schema_value_t set_text_entry = { CYAML_VALUE_STRING(
	CYAML_FLAG_POINTER, char, 0, STRING_WORDS) };
static const cyaml_schema_field_t row_fields[] = {
	STRING_FIELD("form", MUST, struct sheet_row, form, STRING_ID),
	STRING_FIELD("row", MAYBE, struct sheet_row, row, STRING_TEXT),
	WORDS_FIELD("set", MUST, struct sheet_row, set, &set_text_entry),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t row_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct sheet_row, row_fields) };

static const cyaml_schema_field_t sheet_fields[] = {
	STRING_FIELD("rung", MAYBE, struct sheet, rung, STRING_ID),
	STRING_FIELD("assessment", MUST, struct sheet, assessment, STRING_WORD),
	STRING_FIELD("park", MAYBE, struct sheet, park, STRING_TEXT),
	STRING_FIELD("park_type", MAYBE, struct sheet, park_type, STRING_ID),
	STRING_FIELD("place", MAYBE, struct sheet, place, STRING_ID),
	STRING_FIELD("owner", MAYBE, struct sheet, owner, STRING_TEXT),
	STRING_FIELD("note", MAYBE, struct sheet, note, STRING_WORDS),
	LIST_FIELD("parameters", MAYBE, struct sheet, parameters, n_parameters, &set_entry),
	LIST_FIELD("answers", MAYBE, struct sheet, answers, n_answers, &answer_entry),
	LIST_FIELD("quantities", MAYBE, struct sheet, quantities, n_quantities, &measured_entry),
	LIST_FIELD("inventory", MAYBE, struct sheet, inventory, n_inventory, &line_entry),
	LIST_FIELD("offsets", MAYBE, struct sheet, offsets, n_offsets, &offset_entry),
	LIST_FIELD("rows", MAYBE, struct sheet, rows, n_rows, &row_entry),
	CYAML_FIELD_END,
};
const cyaml_schema_value_t sheet_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct sheet,
								sheet_fields) };

/* ---- cases ---- */

static const cyaml_schema_field_t group_fields[] = {
	STRING_FIELD("items", MUST, struct case_group, items, STRING_ID),
	STRING_FIELD("section", MAYBE, struct case_group, section, STRING_ID),
	STRING_FIELD("answer", MUST, struct case_group, answer, STRING_WORD),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t group_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct case_group, group_fields) };

static const cyaml_schema_field_t expect_fields[] = {
	STRING_FIELD("node", MUST, struct case_expect, node, STRING_ID),
	STRING_FIELD("value", MAYBE, struct case_expect, value, STRING_NUMBER),
	STRING_FIELD("low", MAYBE, struct case_expect, low, STRING_OPERAND),
	STRING_FIELD("high", MAYBE, struct case_expect, high, STRING_OPERAND),
	STRING_FIELD("state", MAYBE, struct case_expect, state, STRING_ID),
	STRING_FIELD("grade", MAYBE, struct case_expect, grade, STRING_ID),
	STRING_FIELD("open", MAYBE, struct case_expect, open, STRING_NUMBER),
	/* nothing is [none] */
	CYAML_FIELD_SEQUENCE_COUNT("needs", CYAML_FLAG_POINTER | MAYBE, struct case_expect,
				   needs.at, needs.n, &id_entry, 1, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t expect_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct case_expect, expect_fields) };

static const cyaml_schema_field_t case_fields[] = {
	STRING_FIELD("name", MUST, struct ruleset_case, name, STRING_TEXT),
	STRING_FIELD("park_type", MAYBE, struct ruleset_case, park_type, STRING_ID),
	STRING_FIELD("stage", MAYBE, struct ruleset_case, stage, STRING_ID),
	STRING_FIELD("place", MAYBE, struct ruleset_case, place, STRING_ID),
	LIST_FIELD("parameters", MAYBE, struct ruleset_case, parameters, n_parameters, &set_entry),
	LIST_FIELD("all", MAYBE, struct ruleset_case, all, n_all, &group_entry),
	LIST_FIELD("answers", MAYBE, struct ruleset_case, answers, n_answers, &answer_entry),
	LIST_FIELD("quantities", MAYBE, struct ruleset_case, quantities, n_quantities,
		   &measured_entry),
	/* a case that expects nothing tests nothing */
	CYAML_FIELD_SEQUENCE_COUNT("expect", CYAML_FLAG_POINTER | MUST, struct ruleset_case, expect,
				   n_expect, &expect_entry, 1, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t case_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct ruleset_case, case_fields) };

static const cyaml_schema_field_t cases_fields[] = {
	LIST_FIELD("cases", MUST, struct cases_file, cases, n_cases, &case_entry),
	CYAML_FIELD_END,
};
const cyaml_schema_value_t cases_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER,
								struct cases_file, cases_fields) };

/* ---- profile ---- */

/* Where a number stands in the body's copy, and what there is to say about it. */
#define CITE_FIELDS(type)                                                                          \
	STRING_FIELD("cite", MUST, type, cite, STRING_TEXT),                                       \
		STRING_FIELD("note", MAYBE, type, note, STRING_TEXT)

static const cyaml_schema_field_t profile_parameter_fields[] = {
	STRING_FIELD("id", MUST, struct profile_parameter, id, STRING_ID),
	STRING_FIELD("value", MUST, struct profile_parameter, value, STRING_NUMBER),
	CITE_FIELDS(struct profile_parameter),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t profile_parameter_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct profile_parameter, profile_parameter_fields) };

static const cyaml_schema_field_t profile_points_fields[] = {
	STRING_FIELD("item", MUST, struct profile_points, item, STRING_ID),
	STRING_FIELD("value", MUST, struct profile_points, value, STRING_NUMBER),
	CITE_FIELDS(struct profile_points),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t profile_points_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct profile_points, profile_points_fields) };

static const cyaml_schema_field_t profile_tier_fields[] = {
	STRING_FIELD("item", MUST, struct profile_tier, item, STRING_ID),
	STRING_FIELD("id", MAYBE, struct profile_tier, id, STRING_ID),
	STRING_FIELD("from", MAYBE, struct profile_tier, from, STRING_NUMBER),
	STRING_FIELD("above", MAYBE, struct profile_tier, above, STRING_NUMBER),
	STRING_FIELD("then", MUST, struct profile_tier, then, STRING_NUMBER),
	LABEL_FIELD("title", MAYBE, struct profile_tier, title),
	CITE_FIELDS(struct profile_tier),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t profile_tier_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct profile_tier, profile_tier_fields) };

static const cyaml_schema_field_t profile_line_fields[] = {
	STRING_FIELD("item", MUST, struct profile_line, item, STRING_ID),
	STRING_FIELD("from", MUST, struct profile_line, from, STRING_NUMBER),
	STRING_FIELD("to", MUST, struct profile_line, to, STRING_NUMBER),
	CITE_FIELDS(struct profile_line),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t profile_line_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct profile_line, profile_line_fields) };

static const cyaml_schema_field_t profile_weight_fields[] = {
	STRING_FIELD("table", MUST, struct profile_weight, table, STRING_ID),
	STRING_FIELD("row", MUST, struct profile_weight, row, STRING_ID),
	WORDS_FIELD("values", MUST, struct profile_weight, values, &operand_entry),
	CITE_FIELDS(struct profile_weight),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t profile_weight_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct profile_weight, profile_weight_fields) };

static const cyaml_schema_field_t profile_fields[] = {
	STRING_FIELD("profile", MUST, struct profile, id, STRING_ID),
	STRING_FIELD("ruleset", MUST, struct profile, ruleset, STRING_ID),
	STRING_FIELD("edition", MAYBE, struct profile, edition, STRING_WORD),
	STRING_FIELD("responsible", MUST, struct profile, responsible, STRING_TEXT),
	STRING_FIELD("date", MAYBE, struct profile, date, STRING_DATE),
	LABEL_FIELD("title", MUST, struct profile, title),
	STRING_FIELD("made_up", MAYBE, struct profile, made_up, STRING_ID),
	LIST_FIELD("parameters", MAYBE, struct profile, parameters, n_parameters,
		   &profile_parameter_entry),
	LIST_FIELD("points", MAYBE, struct profile, points, n_points, &profile_points_entry),
	LIST_FIELD("tiers", MAYBE, struct profile, tiers, n_tiers, &profile_tier_entry),
	LIST_FIELD("lines", MAYBE, struct profile, lines, n_lines, &profile_line_entry),
	LIST_FIELD("weights", MAYBE, struct profile, weights, n_weights, &profile_weight_entry),
	CYAML_FIELD_END,
};
const cyaml_schema_value_t profile_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER,
								  struct profile, profile_fields) };

bool schema_is_typed(const cyaml_schema_value_t *schema)
{
	return schema == &sheet_schema || schema == &profile_schema;
}

/* ---- units, factors ---- */

static const cyaml_schema_field_t unit_fields[] = {
	STRING_FIELD("id", MUST, struct unit, id, STRING_WORD),
	STRING_FIELD("dimension", MUST, struct unit, dimension, STRING_ID),
	STRING_FIELD("factor", MUST, struct unit, factor_text, STRING_NUMBER),
	STRING_FIELD("base", MUST, struct unit, base, STRING_WORD),
	LABEL_FIELD("title", MUST, struct unit, title),
	WORDS_FIELD("aliases", MAYBE, struct unit, aliases, &word_entry),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t unit_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT,
								     struct unit, unit_fields) };

static const cyaml_schema_field_t units_fields[] = {
	LIST_FIELD("units", MUST, struct units, at, n, &unit_entry),
	CYAML_FIELD_END,
};
const cyaml_schema_value_t units_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct units,
								units_fields) };

static const cyaml_schema_field_t factor_fields[] = {
	STRING_FIELD("id", MUST, struct factor, id, STRING_ID),
	LABEL_FIELD("title", MUST, struct factor, title),
	STRING_FIELD("value", MUST, struct factor, value, STRING_NUMBER),
	STRING_FIELD("unit", MUST, struct factor, unit, STRING_WORD),
	STRING_FIELD("year", MAYBE, struct factor, year, STRING_YEAR),
	STRING_FIELD("region", MAYBE, struct factor, region, STRING_WORD),
	STRING_FIELD("gas", MAYBE, struct factor, gas, STRING_WORD),
	STRING_FIELD("lhv", MAYBE, struct factor, lhv, STRING_NUMBER),
	STRING_FIELD("cc", MAYBE, struct factor, cc, STRING_NUMBER),
	STRING_FIELD("of", MAYBE, struct factor, of, STRING_NUMBER),
	ORIGIN_FIELD("origin", struct factor, origin),
	STRING_FIELD("cite", MUST, struct factor, cite, STRING_TEXT),
	STRING_FIELD("valid_from", MAYBE, struct factor, valid_from, STRING_DATE),
	STRING_FIELD("valid_to", MAYBE, struct factor, valid_to, STRING_DATE),
	LABEL_FIELD("note", MAYBE, struct factor, note),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t factor_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct factor, factor_fields) };

static const cyaml_schema_field_t factors_fields[] = {
	STRING_FIELD("factor_set", MUST, struct factor_set, id, STRING_ID),
	LABEL_FIELD("title", MUST, struct factor_set, title),
	LABEL_FIELD("source", MUST, struct factor_set, source),
	LABEL_FIELD("note", MAYBE, struct factor_set, note),
	LIST_FIELD("factors", MUST, struct factor_set, factors, n_factors, &factor_entry),
	CYAML_FIELD_END,
};
const cyaml_schema_value_t factors_schema = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_POINTER, struct factor_set, factors_fields) };
