#include "lingtan/load/counts.h"

#include <string.h>
#include "document.h"
#include "schema_fields.h"

static const cyaml_strval_t weigh_words[] = { { "number", COUNT_NUMBER },
					      { "area", COUNT_AREA },
					      { "energy", COUNT_ENERGY } };

static const cyaml_schema_field_t rule_fields[] = {
	STRING_FIELD("quantity", MUST, struct count_rule, quantity, STRING_ID),
	WORDS_FIELD("kinds", MUST, struct count_rule, kinds, &id_entry),
	WORDS_FIELD("among", MUST, struct count_rule, among, &id_entry),
	WORDS_FIELD("of", MUST, struct count_rule, of, &id_entry),
	ENUM_FIELD("weigh", MUST, struct count_rule, weigh, weigh_words),
	YES_NO_FIELD("share", MUST, struct count_rule, share),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t rule_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct count_rule, rule_fields) };

static const cyaml_schema_field_t counts_fields[] = {
	LIST_FIELD("counts", MUST, struct count_rules, rules, n_rules, &rule_entry),
	CYAML_FIELD_END,
};
const cyaml_schema_value_t counts_schema = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_POINTER, struct count_rules, counts_fields) };

static void check_rules(const struct count_rules *rules, const struct yaml_positions *positions,
			struct lt_findings *findings)
{
	for (unsigned i = 0; i < rules->n_rules; i++) {
		const struct count_rule *rule = &rules->rules[i];
		if (count_rules_find(rules, rule->quantity) != rule)
			document_complain(findings, positions, "counts", i, "%s 重复",
					  "%s stands there twice", rule->quantity);
		if (!rule->kinds.n || !rule->of.n)
			document_complain(findings, positions, "counts", i,
					  "%s：没有写数哪些地点（kinds、of）",
					  "%s: it does not say which places count (kinds, of)",
					  rule->quantity);
	}
}

enum lt_status counts_load(const struct yaml_source *source, struct lt_arena *arena,
			   struct lt_findings *findings, struct count_rules **out,
			   struct lt_err *err)
{
	const size_t errors_before = findings->n_errors;
	struct yaml_positions positions = { 0 };
	void *loaded;
	enum lt_status status =
		yaml_load(source, &counts_schema, arena, &positions, findings, &loaded, err);
	if (status)
		return status;
	if (!source->proven)
		check_rules(loaded, &positions, findings);
	status = document_refuse(source->name, findings, errors_before, err);
	if (!status)
		*out = loaded;
	return status;
}
