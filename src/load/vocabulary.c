#include "lingtan/load/vocabulary.h"

#include <string.h>
#include "document.h"
#include "schema_fields.h"

static const cyaml_schema_field_t group_fields[] = {
	STRING_FIELD("group", MUST, struct cell_group, group, STRING_ID),
	LABEL_FIELD("title", MUST, struct cell_group, title),
	WORDS_FIELD("members", MUST, struct cell_group, members, &id_entry),
	WORDS_FIELD("blobs", MAYBE, struct cell_group, blobs, &id_entry),
	STRING_FIELD("merge", MAYBE, struct cell_group, merge, STRING_ID), CYAML_FIELD_END
};
static const cyaml_schema_value_t group_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct cell_group, group_fields) };

static const cyaml_schema_field_t table_fields[] = {
	STRING_FIELD("table", MUST, struct fact_table, table, STRING_ID),
	LABEL_FIELD("title", MUST, struct fact_table, title),
	WORDS_FIELD("key", MUST, struct fact_table, key, &id_entry),
	LIST_FIELD("groups", MUST, struct fact_table, groups, n_groups, &group_entry),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t table_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct fact_table, table_fields) };

static const cyaml_schema_field_t vocabulary_fields[] = {
	LIST_FIELD("tables", MUST, struct vocabulary, tables, n_tables, &table_entry),
	CYAML_FIELD_END
};
const cyaml_schema_value_t vocabulary_schema = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_POINTER, struct vocabulary, vocabulary_fields) };

static void complain(struct lt_findings *findings, const char *zh, const char *en, const char *a,
		     const char *b)
{
	lt_findings_add(findings, LT_ERROR, "tables", zh, en, a, b);
}

static void check_group(const struct fact_table *table, unsigned at, struct lt_findings *findings)
{
	const struct cell_group *group = &table->groups[at];
	if (fact_table_find_group(table, group->group) != group)
		complain(findings, "%s：字段组 %s 重复", "%s: group %s stands there twice",
			 table->table, group->group);
	if (!group->members.n || group->members.n > CELL_MAX_MEMBERS) {
		complain(findings, "%s.%s：成员个数不对", "%s.%s: too few or too many members",
			 table->table, group->group);
		return;
	}
	if (group->merge && strcmp(group->merge, "exclusive") != 0 &&
	    strcmp(group->merge, "joined") != 0)
		complain(findings, "%s：merge 只有 exclusive 和 joined，没有 %s",
			 "%s: merge is exclusive or joined, not %s", group->group, group->merge);
	for (unsigned i = 0; i < group->blobs.n && i < CELL_MAX_MEMBERS; i++)
		if (cell_group_find_member(group, group->blobs.at[i]) < 0)
			complain(findings, "%s：没有成员 %s", "%s: there is no member %s",
				 group->group, group->blobs.at[i]);
	for (unsigned i = 0; i < group->members.n; i++)
		if (cell_group_find_member(group, group->members.at[i]) != (int)i)
			complain(findings, "%s：成员 %s 重复", "%s: member %s stands there twice",
				 group->group, group->members.at[i]);
}

#define MOST 200

/* Longer than any project needs is refused before anything is compared with anything. */
static bool check_size(const struct vocabulary *vocabulary, struct lt_findings *findings)
{
	bool good = vocabulary->n_tables <= MOST;
	for (unsigned t = 0; t < vocabulary->n_tables && good; t++)
		good = vocabulary->tables[t].n_groups <= MOST;
	if (!good)
		lt_findings_add(findings, LT_ERROR, "tables", "表或字段组过多，至多 %d 个",
				"too many tables or groups, the most is %d", MOST);
	return good;
}

static void check_tables(const struct vocabulary *vocabulary, struct lt_findings *findings)
{
	for (unsigned t = 0; t < vocabulary->n_tables; t++) {
		const struct fact_table *table = &vocabulary->tables[t];
		if (vocabulary_find_table(vocabulary, table->table) != table)
			complain(findings, "表 %s 重复%s", "table %s stands there twice%s",
				 table->table, "");
		if (!table->key.n || table->key.n > CELL_MAX_KEY)
			complain(findings, "表 %s 的键不对%s", "table %s has no usable key%s",
				 table->table, "");
		for (unsigned g = 0; g < table->n_groups; g++)
			check_group(table, g, findings);
	}
}

enum lt_status vocabulary_load(const struct yaml_source *source, struct lt_arena *arena,
			       struct lt_findings *findings, struct vocabulary **out,
			       struct lt_err *err)
{
	const size_t errors_before = findings->n_errors;
	void *loaded;
	enum lt_status status =
		yaml_load(source, &vocabulary_schema, arena, NULL, findings, &loaded, err);
	if (status)
		return status;
	struct vocabulary *vocabulary = loaded;
	if (check_size(vocabulary, findings))
		check_tables(vocabulary, findings);
	status = document_refuse(source->name, findings, errors_before, err);
	if (!status)
		*out = vocabulary;
	return status;
}
