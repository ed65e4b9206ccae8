#include "lingtan/load/roles.h"

#include <string.h>
#include "document.h"
#include "schema_fields.h"

static const cyaml_strval_t relation_words[] = { { "any", RUNG_OF_ANY },
						 { "own", RUNG_IS_OWN },
						 { "below", RUNG_IS_BELOW } };

static const cyaml_schema_field_t role_fields[] = {
	STRING_FIELD("role", MUST, struct role, role, STRING_ID),
	LABEL_FIELD("title", MUST, struct role, title),
	STRING_FIELD("rung", MAYBE, struct role, rung, STRING_ID), CYAML_FIELD_END
};
static const cyaml_schema_value_t role_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT,
								     struct role, role_fields) };

static const cyaml_schema_field_t rule_fields[] = {
	STRING_FIELD("table", MUST, struct role_rule, table, STRING_ID),
	WORDS_FIELD("groups", MUST, struct role_rule, groups, &id_entry),
	WORDS_FIELD("keys", MAYBE, struct role_rule, keys, &id_entry),
	STRING_FIELD("when", MAYBE, struct role_rule, when, STRING_ID),
	WORDS_FIELD("roles", MUST, struct role_rule, roles, &id_entry),
	ENUM_FIELD("rung", MAYBE, struct role_rule, rung, relation_words),
	YES_NO_FIELD("once", MAYBE, struct role_rule, once),
	YES_NO_FIELD("alone", MAYBE, struct role_rule, alone),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t rule_entry = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct role_rule, rule_fields) };

static const cyaml_schema_field_t roles_fields[] = {
	LIST_FIELD("roles", MUST, struct roles, roles, n_roles, &role_entry),
	WORDS_FIELD("rungs", MUST, struct roles, rungs, &id_entry),
	WORDS_FIELD("apart", MUST, struct roles, apart, &id_entry),
	WORDS_FIELD("sign_off", MUST, struct roles, sign_off, &id_entry),
	LIST_FIELD("rules", MUST, struct roles, rules, n_rules, &rule_entry), CYAML_FIELD_END
};
const cyaml_schema_value_t roles_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct roles,
								roles_fields) };

/* ---- what it must hold ---- */

#define MOST 400 /* rules, and words of one */

struct roles_check {
	const struct roles *roles;
	const struct vocabulary *vocabulary;
	const struct yaml_positions *positions;
	struct lt_findings *findings;
};

static void complain(const struct roles_check *check, const char *list, unsigned at, const char *zh,
		     const char *en, const char *id)
{
	document_complain(check->findings, check->positions, list, at, zh, en, id);
}

static void check_role(const struct roles_check *check, unsigned at)
{
	const struct role *role = &check->roles->roles[at];
	if (roles_find(check->roles, role->role) != role)
		complain(check, "roles", at, "角色 %s 重复", "role %s stands there twice",
			 role->role);
	if (role->rung && roles_rung_rank(check->roles, role->rung) < 0)
		complain(check, "roles", at, "rungs 里没有层级 %s", "rungs has no %s", role->rung);
}

static void check_names(const struct roles_check *check, const char *list,
			const struct words *names)
{
	for (unsigned i = 0; i < names->n; i++)
		if (!roles_find(check->roles, names->at[i]))
			complain(check, list, i, "没有角色 %s", "there is no role %s",
				 names->at[i]);
}

/* A rung is a part of the key, or a member of one of the table's groups. */
static bool has_rung(const struct fact_table *table)
{
	for (unsigned i = 0; i < table->key.n; i++)
		if (strcmp(table->key.at[i], "rung") == 0)
			return true;
	for (unsigned g = 0; g < table->n_groups; g++)
		if (cell_group_find_member(&table->groups[g], "rung") >= 0)
			return true;
	return false;
}

static void check_rule(const struct roles_check *check, unsigned at)
{
	const struct role_rule *rule = &check->roles->rules[at];
	const struct fact_table *table = vocabulary_find_table(check->vocabulary, rule->table);
	if (!table) {
		complain(check, "rules", at, "没有表 %s；有哪些表见 db/groups.yaml",
			 "there is no table %s; db/groups.yaml lists them", rule->table);
		return;
	}
	for (unsigned i = 0; i < rule->groups.n; i++)
		if (!fact_table_find_group(table, rule->groups.at[i]))
			complain(check, "rules", at, "表里没有字段组 %s",
				 "the table has no group %s", rule->groups.at[i]);
	if (!rule->groups.n)
		complain(check, "rules", at, "%s：groups 是空的", "%s: groups is empty",
			 rule->table);
	for (unsigned i = 0; i < rule->roles.n; i++)
		if (!roles_find(check->roles, rule->roles.at[i]))
			complain(check, "rules", at, "没有角色 %s", "there is no role %s",
				 rule->roles.at[i]);
	if (rule->rung != RUNG_OF_ANY && !has_rung(table))
		complain(check, "rules", at, "表 %s 的行没有层级，rung 只能是 any",
			 "rows of %s have no rung, so rung can only be any", rule->table);
}

/* Groups that nobody thought of would be nobody's to change. */
static void check_cover(const struct roles_check *check, const struct fact_table *table)
{
	for (unsigned g = 0; g < table->n_groups; g++) {
		bool covered = false;
		for (unsigned r = 0; r < check->roles->n_rules; r++) {
			const struct role_rule *rule = &check->roles->rules[r];
			for (unsigned i = 0; i < rule->groups.n; i++)
				covered |= !rule->keys.n &&
					   strcmp(rule->table, table->table) == 0 &&
					   strcmp(rule->groups.at[i], table->groups[g].group) == 0;
		}
		if (!covered)
			lt_findings_add(check->findings, LT_ERROR, "rules",
					"%s.%s 没有规则，谁也不能改；请加一条，没有人可改则写 roles: []",
					"%s.%s has no rule; add one, with roles: [] where nobody may",
					table->table, table->groups[g].group);
	}
}

static bool check_size(const struct roles_check *check)
{
	const struct roles *roles = check->roles;
	bool good = roles->n_roles <= MOST && roles->n_rules <= MOST && roles->rungs.n <= MOST &&
		    roles->apart.n <= MOST && roles->sign_off.n <= MOST;
	for (unsigned i = 0; good && i < roles->n_rules; i++)
		good = roles->rules[i].groups.n <= MOST && roles->rules[i].keys.n <= MOST &&
		       roles->rules[i].roles.n <= MOST;
	if (!good)
		lt_findings_add(check->findings, LT_ERROR, "", "角色或规则过多，至多 %d 个",
				"too many roles or rules, the most is %d", MOST);
	return good;
}

enum lt_status roles_load(const struct yaml_source *source, const struct vocabulary *vocabulary,
			  struct lt_arena *arena, struct lt_findings *findings, struct roles **out,
			  struct lt_err *err)
{
	const size_t errors_before = findings->n_errors;
	struct yaml_positions positions = { 0 };
	void *loaded;
	enum lt_status status =
		yaml_load(source, &roles_schema, arena, &positions, findings, &loaded, err);
	if (status)
		return status;
	const struct roles_check check = { loaded, vocabulary, &positions, findings };
	/* a built-in file was looked at when it was built in */
	if (!source->proven && check_size(&check)) {
		for (unsigned i = 0; i < check.roles->n_roles; i++)
			check_role(&check, i);
		check_names(&check, "apart", &check.roles->apart);
		check_names(&check, "sign_off", &check.roles->sign_off);
		for (unsigned i = 0; i < check.roles->n_rules; i++)
			check_rule(&check, i);
		for (unsigned t = 0; t < vocabulary->n_tables; t++)
			check_cover(&check, &vocabulary->tables[t]);
	}
	status = document_refuse(source->name, findings, errors_before, err);
	if (!status)
		*out = loaded;
	return status;
}
