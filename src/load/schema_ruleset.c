/* The tables of ruleset.yaml and items.yaml; rulesets/README.md says in words what they say here.
 */
#include "lingtan/core/ruleset.h"
#include "lingtan/load/ruleset.h"
#include "schema_fields.h"

const cyaml_schema_field_t label_fields[] = {
	STRING_FIELD("zh", MUST, struct label, zh, STRING_TEXT),
	STRING_FIELD("en", MUST, struct label, en, STRING_TEXT),
	CYAML_FIELD_END,
};

const cyaml_schema_value_t id_entry = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0,
							   STRING_ID) };
const cyaml_schema_value_t operand_entry = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0,
								STRING_OPERAND) };
const cyaml_schema_value_t number_entry = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0,
							       STRING_NUMBER) };
const cyaml_schema_value_t word_entry = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0,
							     STRING_WORD) };
static const cyaml_schema_value_t label_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT,
								      struct label, label_fields) };

const cyaml_strval_t origin_words[5] = {
	{ "sourced", ORIGIN_SOURCED },           { "user", ORIGIN_USER },
	{ "inferred", ORIGIN_INFERRED },         { "proposed", ORIGIN_PROPOSED },
	{ "illustrative", ORIGIN_ILLUSTRATIVE },
};
static const cyaml_strval_t status_words[] = { { "published", RULESET_PUBLISHED },
					       { "draft", RULESET_DRAFT } };
const cyaml_strval_t yes_no_words[2] = { { "no", 0 }, { "yes", 1 } };
static const cyaml_strval_t kind_words[] = {
	{ "control", ITEM_CONTROL },       { "scoring", ITEM_SCORING },
	{ "innovation", ITEM_INNOVATION }, { "judgement", ITEM_JUDGEMENT },
	{ "checklist", ITEM_CHECKLIST },
};
static const cyaml_strval_t form_words[] = {
	{ "met", FORM_MET },
	{ "points", FORM_POINTS },
	{ "tiers", FORM_TIERS },
	{ "measured", FORM_MEASURED },
	{ "checklist", FORM_CHECKLIST },
	{ "judgement", FORM_JUDGEMENT },
};
static const cyaml_strval_t modal_words[] = { { "shall", MODAL_SHALL },
					      { "should", MODAL_SHOULD },
					      { "may", MODAL_MAY },
					      { "stated", MODAL_STATED } };
static const cyaml_strval_t dimension_words[] = { { "carbon", DIMENSION_CARBON },
						  { "smart", DIMENSION_SMART },
						  { "both", DIMENSION_BOTH } };
static const cyaml_strval_t method_words[] = {
	{ "document", METHOD_DOCUMENT },   { "observation", METHOD_OBSERVATION },
	{ "interview", METHOD_INTERVIEW }, { "recalculation", METHOD_RECALCULATION },
	{ "trial", METHOD_TRIAL },
};
static const cyaml_strval_t planning_words[] = {
	{ "document", PLANNING_DOCUMENT },
	{ "design", PLANNING_DESIGN },
	{ "existing_only", PLANNING_EXISTING_ONLY },
	{ "none", PLANNING_NONE },
};
static const cyaml_strval_t direction_words[] = { { "up", DIRECTION_UP },
						  { "down", DIRECTION_DOWN } };
static const cyaml_strval_t op_words[] = {
	{ "sum", OP_SUM },           { "product", OP_PRODUCT }, { "ratio", OP_RATIO },
	{ "steps", OP_STEPS },       { "linear", OP_LINEAR },   { "compare", OP_COMPARE },
	{ "at_least", OP_AT_LEAST }, { "ladder", OP_LADDER },
};
static const cyaml_strval_t is_words[] = {
	{ "ge", IS_GE }, { "gt", IS_GT }, { "le", IS_LE }, { "lt", IS_LT }
};
static const cyaml_strval_t na_words[] = { { "drop", NA_DROP },
					   { "rescale", NA_RESCALE },
					   { "refuse", NA_REFUSE } };
static const cyaml_strval_t publish_words[] = { { "outcome", PUBLISH_OUTCOME },
						{ "total", PUBLISH_TOTAL },
						{ "grade", PUBLISH_GRADE },
						{ "net", PUBLISH_NET } };
static const cyaml_strval_t round_words[] = { { "half_even", ROUND_HALF_EVEN },
					      { "half_up", ROUND_HALF_UP } };

static const cyaml_schema_field_t figure_fields[] = {
	STRING_FIELD("value", MUST, struct figure, value, STRING_NUMBER),
	ORIGIN_FIELD("origin", struct figure, origin),
	STRING_FIELD("cite", MAYBE, struct figure, cite, STRING_TEXT),
	LABEL_FIELD("note", MAYBE, struct figure, note),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t term_fields[] = {
	STRING_FIELD("id", MUST, struct term, id, STRING_ID),
	LABEL_FIELD("title", MUST, struct term, title),
	STRING_FIELD("cite", MAYBE, struct term, cite, STRING_TEXT),
	LABEL_FIELD("note", MAYBE, struct term, note),
	CYAML_FIELD_END,
};
const cyaml_schema_value_t term_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct term,
							      term_fields) };

static const cyaml_schema_field_t mark_fields[] = {
	STRING_FIELD("field", MUST, struct mark, field, STRING_ID),
	ORIGIN_FIELD("origin", struct mark, origin),
	LABEL_FIELD("note", MUST, struct mark, note),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t mark_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT,
								     struct mark, mark_fields) };

static const cyaml_schema_field_t section_fields[] = {
	STRING_FIELD("id", MUST, struct section, id, STRING_ID),
	STRING_FIELD("parent", MAYBE, struct section, parent, STRING_ID),
	LABEL_FIELD("title", MUST, struct section, title),
	STRING_FIELD("cite", MAYBE, struct section, cite, STRING_TEXT),
	STRING_FIELD("maximum", MAYBE, struct section, maximum, STRING_OPERAND),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t section_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct section, section_fields) };

static const cyaml_schema_field_t na_reason_fields[] = {
	STRING_FIELD("id", MUST, struct na_reason, id, STRING_ID),
	LABEL_FIELD("title", MUST, struct na_reason, title),
	WORDS_FIELD("stages", MAYBE, struct na_reason, stages, &id_entry),
	YES_NO_FIELD("needs_text", MAYBE, struct na_reason, needs_text),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t na_reason_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct na_reason, na_reason_fields) };

static const cyaml_schema_field_t parameter_fields[] = {
	STRING_FIELD("id", MUST, struct parameter, id, STRING_ID),
	LABEL_FIELD("title", MUST, struct parameter, title),
	STRING_FIELD("value", MAYBE, struct parameter, value, STRING_NUMBER),
	STRING_FIELD("unit", MAYBE, struct parameter, unit, STRING_WORD),
	STRING_FIELD("min", MAYBE, struct parameter, min, STRING_NUMBER),
	STRING_FIELD("max", MAYBE, struct parameter, max, STRING_NUMBER),
	ORIGIN_FIELD("origin", struct parameter, origin),
	STRING_FIELD("cite", MAYBE, struct parameter, cite, STRING_TEXT),
	LABEL_FIELD("note", MAYBE, struct parameter, note),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t parameter_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct parameter, parameter_fields) };

static const cyaml_schema_field_t table_row_fields[] = {
	STRING_FIELD("key", MUST, struct table_row, key, STRING_ID),
	WORDS_FIELD("values", MUST, struct table_row, values, &operand_entry),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t table_row_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct table_row, table_row_fields) };

static const cyaml_schema_field_t table_fields[] = {
	STRING_FIELD("id", MUST, struct table, id, STRING_ID),
	LABEL_FIELD("title", MUST, struct table, title),
	STRING_FIELD("sums_to", MAYBE, struct table, sums_to, STRING_NUMBER),
	ORIGIN_FIELD("origin", struct table, origin),
	STRING_FIELD("cite", MAYBE, struct table, cite, STRING_TEXT),
	LABEL_FIELD("note", MAYBE, struct table, note),
	WORDS_FIELD("columns", MUST, struct table, columns, &word_entry),
	LIST_FIELD("rows", MUST, struct table, rows, n_rows, &table_row_entry),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t table_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT,
								      struct table, table_fields) };

static const cyaml_strval_t measure_words[] = {
	{ "amount", TAKE_AMOUNT },         { "oxidised", TAKE_OXIDISED },
	{ "activity", TAKE_ACTIVITY },     { "commitment", TAKE_COMMITMENT },
	{ "nothing", TAKE_NOTHING },       { "refused", TAKE_REFUSED },
	{ "months", TAKE_MONTHS },
};
static const cyaml_strval_t wanted_words[] = { { "yes", WANT_YES }, { "no", WANT_NO } };

static const cyaml_schema_field_t take_fields[] = {
	ENUM_FIELD("measure", MUST, struct take, measure, measure_words),
	WORDS_FIELD("accounts", MAYBE, struct take, accounts, &id_entry),
	WORDS_FIELD("kinds", MAYBE, struct take, kinds, &id_entry),
	WORDS_FIELD("scopes", MAYBE, struct take, scopes, &word_entry),
	WORDS_FIELD("systems", MAYBE, struct take, systems, &id_entry),
	WORDS_FIELD("sources", MAYBE, struct take, sources, &word_entry),
	WORDS_FIELD("flows", MAYBE, struct take, flows, &id_entry),
	WORDS_FIELD("carriers", MAYBE, struct take, carriers, &id_entry),
	WORDS_FIELD("attributes", MAYBE, struct take, attributes, &id_entry),
	WORDS_FIELD("purposes", MAYBE, struct take, purposes, &id_entry),
	WORDS_FIELD("gases", MAYBE, struct take, gases, &word_entry),
	WORDS_FIELD("factors", MAYBE, struct take, factors, &id_entry),
	WORDS_FIELD("projects", MAYBE, struct take, projects, &id_entry),
	ENUM_FIELD("biogenic", MAYBE, struct take, biogenic, wanted_words),
	ENUM_FIELD("zero", MAYBE, struct take, zero, wanted_words),
	ENUM_FIELD("fuel", MAYBE, struct take, fuel, wanted_words),
	ENUM_FIELD("own", MAYBE, struct take, own, wanted_words),
	ENUM_FIELD("local", MAYBE, struct take, local, wanted_words),
	ENUM_FIELD("terminal", MAYBE, struct take, terminal, wanted_words),
	STRING_FIELD("commitment", MAYBE, struct take, commitment, STRING_OPERAND),
	STRING_FIELD("factor", MAYBE, struct take, factor, STRING_OPERAND),
	STRING_FIELD("weight", MAYBE, struct take, weight, STRING_NUMBER),
	STRING_FIELD("emits", MAYBE, struct take, emits, STRING_OPERAND),
	ORIGIN_FIELD("origin", struct take, origin),
	STRING_FIELD("cite", MAYBE, struct take, cite, STRING_TEXT),
	LABEL_FIELD("note", MAYBE, struct take, note),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t take_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT,
								     struct take, take_fields) };

static const cyaml_schema_field_t derivation_fields[] = {
	LIST_FIELD("take", MUST, struct derivation, takes, n_takes, &take_entry),
	LIST_FIELD("over", MAYBE, struct derivation, over, n_over, &take_entry),
	STRING_FIELD("per", MAYBE, struct derivation, per, STRING_ID),
	STRING_FIELD("times", MAYBE, struct derivation, times, STRING_NUMBER),
	STRING_FIELD("years", MAYBE, struct derivation, years, STRING_OPERAND),
	STRING_FIELD("back", MAYBE, struct derivation, back, STRING_NUMBER),
	YES_NO_FIELD("at_least", MAYBE, struct derivation, at_least),
	STRING_FIELD("when_empty", MAYBE, struct derivation, when_empty, STRING_NUMBER),
	ORIGIN_FIELD("origin", struct derivation, origin),
	STRING_FIELD("cite", MAYBE, struct derivation, cite, STRING_TEXT),
	LABEL_FIELD("note", MAYBE, struct derivation, note),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t quantity_fields[] = {
	STRING_FIELD("id", MUST, struct quantity, id, STRING_ID),
	LABEL_FIELD("title", MUST, struct quantity, title),
	STRING_FIELD("unit", MUST, struct quantity, unit, STRING_WORD),
	STRING_FIELD("min", MAYBE, struct quantity, min, STRING_NUMBER),
	STRING_FIELD("max", MAYBE, struct quantity, max, STRING_NUMBER),
	ENUM_FIELD("direction", MAYBE, struct quantity, direction, direction_words),
	LABEL_FIELD("formula", MAYBE, struct quantity, formula),
	WORDS_FIELD("na", MAYBE, struct quantity, na, &id_entry),
	STRING_FIELD("cite", MAYBE, struct quantity, cite, STRING_TEXT),
	LABEL_FIELD("note", MAYBE, struct quantity, note),
	PART_FIELD("ledger", MAYBE, struct quantity, ledger, derivation_fields),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t quantity_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct quantity, quantity_fields) };

/* ---- the plan ---- */

static const cyaml_schema_field_t node_step_fields[] = {
	STRING_FIELD("from", MAYBE, struct step, from, STRING_OPERAND),
	STRING_FIELD("above", MAYBE, struct step, above, STRING_OPERAND),
	STRING_FIELD("then", MUST, struct step, then, STRING_OPERAND),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t node_step_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct step, node_step_fields) };

static const cyaml_schema_field_t rounding_fields[] = {
	STRING_FIELD("places", MUST, struct rounding_rule, places, STRING_NUMBER),
	ENUM_FIELD("mode", MUST, struct rounding_rule, mode, round_words),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t grade_rule_fields[] = {
	STRING_FIELD("grade", MUST, struct grade_rule, grade, STRING_OPERAND),
	WORDS_FIELD("when", MUST, struct grade_rule, when, &operand_entry),
	STRING_FIELD("stage", MAYBE, struct grade_rule, stage, STRING_ID),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t grade_rule_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct grade_rule, grade_rule_fields) };

static const cyaml_schema_field_t otherwise_fields[] = {
	STRING_FIELD("grade", MUST, struct grade_otherwise, grade, STRING_ID),
	STRING_FIELD("unless", MAYBE, struct grade_otherwise, unless, STRING_OPERAND),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t otherwise_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct grade_otherwise, otherwise_fields) };

static const cyaml_schema_field_t node_fields[] = {
	STRING_FIELD("id", MUST, struct node, id, STRING_OPERAND),
	LABEL_FIELD("title", MAYBE, struct node, title),
	ENUM_FIELD("op", MUST, struct node, op, op_words),
	WORDS_FIELD("each", MAYBE, struct node, each, &operand_entry),
	WORDS_FIELD("in", MAYBE, struct node, in, &operand_entry),
	STRING_FIELD("items", MAYBE, struct node, items, STRING_OPERAND),
	STRING_FIELD("section", MAYBE, struct node, section, STRING_OPERAND),
	STRING_FIELD("nodes", MAYBE, struct node, nodes, STRING_OPERAND),
	WORDS_FIELD("weights", MAYBE, struct node, weights, &operand_entry),
	STRING_FIELD("weight", MAYBE, struct node, weight, STRING_OPERAND),
	ENUM_FIELD("na", MAYBE, struct node, na, na_words),
	STRING_FIELD("k", MAYBE, struct node, k, STRING_OPERAND),
	ENUM_FIELD("is", MAYBE, struct node, is, is_words),
	LIST_FIELD("at", MAYBE, struct node, at, n_at, &node_step_entry),
	STRING_FIELD("from", MAYBE, struct node, from, STRING_OPERAND),
	STRING_FIELD("to", MAYBE, struct node, to, STRING_OPERAND),
	STRING_FIELD("points", MAYBE, struct node, points, STRING_OPERAND),
	STRING_FIELD("when_zero", MAYBE, struct node, when_zero, STRING_OPERAND),
	LIST_FIELD("grades", MAYBE, struct node, grades, n_grades, &grade_rule_entry),
	LIST_FIELD("otherwise", MAYBE, struct node, otherwise, n_otherwise, &otherwise_entry),
	STRING_FIELD("min", MAYBE, struct node, min, STRING_OPERAND),
	STRING_FIELD("max", MAYBE, struct node, max, STRING_OPERAND),
	PART_FIELD("round", MAYBE, struct node, round, rounding_fields),
	LABEL_FIELD("none", MAYBE, struct node, none),
	STRING_FIELD("unit", MAYBE, struct node, unit, STRING_WORD),
	STRING_FIELD("clause", MAYBE, struct node, clause, STRING_WORD),
	STRING_FIELD("cite", MAYBE, struct node, cite, STRING_TEXT),
	ORIGIN_FIELD("origin", struct node, origin),
	LABEL_FIELD("note", MAYBE, struct node, note),
	ENUM_FIELD("publish", MAYBE, struct node, publish, publish_words),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t node_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT,
								     struct node, node_fields) };

static const cyaml_schema_field_t ruleset_fields[] = {
	STRING_FIELD("ruleset", MUST, struct ruleset, id, STRING_ID),
	STRING_FIELD("edition", MUST, struct ruleset, edition, STRING_WORD),
	STRING_FIELD("code", MUST, struct ruleset, code, STRING_WORD),
	LABEL_FIELD("title", MUST, struct ruleset, title),
	LABEL_FIELD("publisher", MUST, struct ruleset, publisher),
	ENUM_FIELD("status", MUST, struct ruleset, status, status_words),
	STRING_FIELD("published", MAYBE, struct ruleset, published, STRING_DATE),
	STRING_FIELD("in_force", MAYBE, struct ruleset, in_force, STRING_DATE),
	LIST_FIELD("notes", MAYBE, struct ruleset, notes, n_notes, &label_entry),
	LIST_FIELD("sources", MAYBE, struct ruleset, sources, n_sources, &term_entry),
	LIST_FIELD("not_found", MAYBE, struct ruleset, not_found, n_not_found, &label_entry),
	LIST_FIELD("marks", MAYBE, struct ruleset, marks, n_marks, &mark_entry),
	LIST_FIELD("park_types", MAYBE, struct ruleset, park_types, n_park_types, &term_entry),
	LIST_FIELD("stages", MAYBE, struct ruleset, stages, n_stages, &term_entry),
	LIST_FIELD("places", MAYBE, struct ruleset, places, n_places, &term_entry),
	WORDS_FIELD("gases", MAYBE, struct ruleset, gases, &word_entry),
	WORDS_FIELD("factor_sets", MAYBE, struct ruleset, factor_sets, &id_entry),
	WORDS_FIELD("sign_off", MAYBE, struct ruleset, sign_off, &id_entry),
	LIST_FIELD("basis", MAYBE, struct ruleset, basis, n_basis, &term_entry),
	LIST_FIELD("workflow", MAYBE, struct ruleset, workflow, n_workflow, &term_entry),
	LIST_FIELD("certificate", MAYBE, struct ruleset, certificate, n_certificate, &term_entry),
	LIST_FIELD("sections", MUST, struct ruleset, sections, n_sections, &section_entry),
	LIST_FIELD("na_reasons", MAYBE, struct ruleset, na_reasons, n_na_reasons, &na_reason_entry),
	LIST_FIELD("parameters", MAYBE, struct ruleset, parameters, n_parameters, &parameter_entry),
	LIST_FIELD("tables", MAYBE, struct ruleset, tables, n_tables, &table_entry),
	LIST_FIELD("quantities", MAYBE, struct ruleset, quantities, n_quantities, &quantity_entry),
	LIST_FIELD("plan", MUST, struct ruleset, plan, n_plan, &node_entry),
	LIST_FIELD("grades", MAYBE, struct ruleset, grades, n_grades, &term_entry),
	CYAML_FIELD_END,
};
const cyaml_schema_value_t ruleset_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER,
								  struct ruleset, ruleset_fields) };

/* ---- items.yaml ---- */

static const cyaml_schema_value_t modal_entry = { CYAML_VALUE_ENUM(
	CYAML_FLAG_STRICT, enum item_modal, modal_words, CYAML_ARRAY_LEN(modal_words)) };
static const cyaml_schema_value_t method_entry = { CYAML_VALUE_ENUM(
	CYAML_FLAG_STRICT, enum item_method, method_words, CYAML_ARRAY_LEN(method_words)) };

static const cyaml_schema_field_t tier_fields[] = {
	STRING_FIELD("id", MAYBE, struct step, id, STRING_ID),
	STRING_FIELD("from", MAYBE, struct step, from, STRING_NUMBER),
	STRING_FIELD("above", MAYBE, struct step, above, STRING_NUMBER),
	STRING_FIELD("then", MUST, struct step, then, STRING_NUMBER),
	LABEL_FIELD("title", MAYBE, struct step, title),
	ORIGIN_FIELD("origin", struct step, origin),
	STRING_FIELD("cite", MAYBE, struct step, cite, STRING_TEXT),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t tier_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT,
								     struct step, tier_fields) };

static const cyaml_schema_field_t line_fields[] = {
	STRING_FIELD("from", MUST, struct line, from, STRING_NUMBER),
	STRING_FIELD("to", MUST, struct line, to, STRING_NUMBER),
	ORIGIN_FIELD("origin", struct line, origin),
	STRING_FIELD("cite", MAYBE, struct line, cite, STRING_TEXT),
	LABEL_FIELD("note", MAYBE, struct line, note),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t check_point_fields[] = {
	STRING_FIELD("id", MUST, struct check_point, id, STRING_ID),
	LABEL_FIELD("title", MUST, struct check_point, title),
	STRING_FIELD("points", MUST, struct check_point, points, STRING_NUMBER),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t check_point_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct check_point, check_point_fields) };

static const cyaml_schema_field_t evidence_fields[] = {
	STRING_FIELD("slot", MAYBE, struct evidence_slot, slot, STRING_ID),
	STRING_FIELD("stage", MUST, struct evidence_slot, stage, STRING_ID),
	STRING_FIELD("kind", MAYBE, struct evidence_slot, kind, STRING_ID),
	LABEL_FIELD("title", MUST, struct evidence_slot, title),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t evidence_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct evidence_slot, evidence_fields) };

static const cyaml_schema_field_t item_fields[] = {
	STRING_FIELD("id", MUST, struct item, id, STRING_ID),
	STRING_FIELD("clause", MAYBE, struct item, clause, STRING_WORD),
	STRING_FIELD("section", MUST, struct item, section, STRING_ID),
	ENUM_FIELD("kind", MUST, struct item, kind, kind_words),
	ENUM_FIELD("form", MUST, struct item, form, form_words),
	WORDS_FIELD("tags", MAYBE, struct item, tags, &id_entry),
	LABEL_FIELD("title", MUST, struct item, title),
	LABEL_FIELD("ask", MAYBE, struct item, ask),
	LIST_FIELD("modal", MAYBE, struct item, modal, n_modal, &modal_entry),
	ENUM_FIELD("dimension", MAYBE, struct item, dimension, dimension_words),
	LIST_FIELD("methods", MAYBE, struct item, methods, n_methods, &method_entry),
	WORDS_FIELD("types", MAYBE, struct item, types, &id_entry),
	WORDS_FIELD("stages", MAYBE, struct item, stages, &id_entry),
	WORDS_FIELD("places", MAYBE, struct item, places, &id_entry),
	ENUM_FIELD("planning", MAYBE, struct item, planning, planning_words),
	PART_FIELD("points", MAYBE, struct item, points, figure_fields),
	STRING_FIELD("quantity", MAYBE, struct item, quantity, STRING_ID),
	LIST_FIELD("tiers", MAYBE, struct item, tiers, n_tiers, &tier_entry),
	PART_FIELD("linear", MAYBE, struct item, linear, line_fields),
	LIST_FIELD("checks", MAYBE, struct item, checks, n_checks, &check_point_entry),
	LIST_FIELD("evidence", MAYBE, struct item, evidence, n_evidence, &evidence_entry),
	WORDS_FIELD("na", MAYBE, struct item, na, &id_entry),
	ORIGIN_FIELD("origin", struct item, origin),
	STRING_FIELD("cite", MAYBE, struct item, cite, STRING_TEXT),
	LABEL_FIELD("note", MAYBE, struct item, note),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t item_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT,
								     struct item, item_fields) };

static const cyaml_schema_field_t items_fields[] = {
	LIST_FIELD("items", MUST, struct items_file, items, n_items, &item_entry),
	CYAML_FIELD_END,
};
const cyaml_schema_value_t items_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER,
								struct items_file, items_fields) };
