#include "lingtan/core/role.h"

#include <string.h>
#include "lingtan/core/title.h"

const struct role *roles_find(const struct roles *roles, const char *role)
{
	for (unsigned i = 0; i < roles->n_roles; i++)
		if (strcmp(roles->roles[i].role, role) == 0)
			return &roles->roles[i];
	return NULL;
}

const char *roles_named(const struct roles *roles, const char *typed)
{
	struct titled titled = { .typed = typed };
	struct lt_err ignored = LT_ERR_INIT;
	for (unsigned i = 0; i < roles->n_roles; i++)
		titled_offer(&titled, roles->roles[i].role, &roles->roles[i].title);
	/* of two with one title neither is taken: the word is refused as it is */
	titled_take(&titled, &typed, &ignored);
	return typed;
}

int roles_rung_rank(const struct roles *roles, const char *rung)
{
	for (unsigned i = 0; i < roles->rungs.n; i++)
		if (strcmp(roles->rungs.at[i], rung) == 0)
			return (int)i;
	return -1;
}

const char *roles_rung_below(const struct roles *roles, const char *rung)
{
	const int rank = roles_rung_rank(roles, rung);
	return rank > 0 ? roles->rungs.at[rank - 1] : NULL;
}

/* ---- judging ---- */

static bool speaks_of(const struct role_rule *rule, const struct role_case *of)
{
	if (strcmp(rule->table, of->table) != 0 || !words_have(&rule->groups, of->group))
		return false;
	if (rule->keys.n && !words_have(&rule->keys, of->first_key))
		return false;
	return !rule->when || (of->new->at && strcmp(of->new->at[0], rule->when) == 0);
}

static bool is_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static bool fits_rung(const struct roles *roles, const struct role_rule *rule,
		      const struct role *role, const char *row_rung)
{
	switch (rule->rung) {
	case RUNG_OF_ANY:
		return true;
	case RUNG_IS_OWN:
		return is_same(row_rung, role->rung);
	case RUNG_IS_BELOW:
		return role->rung && is_same(row_rung, roles_rung_below(roles, role->rung));
	}
	return false;
}

static enum role_verdict judge_by(const struct roles *roles, const struct role_rule *rule,
				  const struct role_case *of)
{
	const struct role *role = roles_find(roles, of->role);
	if (!rule->roles.n)
		return ROLE_NOBODY;
	if (!role || !words_have(&rule->roles, of->role))
		return ROLE_OTHERS;
	if (!fits_rung(roles, rule, role, of->row_rung))
		return ROLE_WRONG_RUNG;
	if (rule->once && of->old->at && of->new->at && !cell_value_equals(of->old, of->new))
		return ROLE_STANDS;
	return rule->alone && !of->is_alone ? ROLE_TOO_LATE : ROLE_MAY;
}

enum role_verdict roles_judge(const struct roles *roles, const struct role_case *of,
			      const struct role_rule **rule)
{
	enum role_verdict verdict = ROLE_NOBODY;
	bool by_key = false;
	*rule = NULL;
	for (unsigned i = 0; i < roles->n_rules; i++)
		by_key |= roles->rules[i].keys.n && speaks_of(&roles->rules[i], of);
	for (unsigned i = 0; i < roles->n_rules && (verdict != ROLE_MAY || !*rule); i++) {
		const struct role_rule *at = &roles->rules[i];
		if (!speaks_of(at, of) || (by_key && !at->keys.n))
			continue;
		const enum role_verdict said = judge_by(roles, at, of);
		if (*rule && said != ROLE_MAY && said < verdict)
			continue;
		*rule = at;
		verdict = said;
	}
	return verdict;
}
