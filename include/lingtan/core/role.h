/*
 * role - what each role may change in a project, as declared in db/roles.yaml: the roles, the rung
 * that each writes on, and rules over the tables and groups of the vocabulary.
 *
 * Rules that name the row's first key part (keys) stand before those that do not; of the rules that
 * then speak of a change, one that permits it is enough. A change that no rule speaks of is
 * permitted to nobody. Pure: what the row's rung is, and whether a rung above has spoken, the
 * caller tells. Loaded once, immutable.
 */
#ifndef LINGTAN_CORE_ROLE_H
#define LINGTAN_CORE_ROLE_H

#include "lingtan/core/entry.h"
#include "lingtan/core/vocabulary.h"

/* Which rows, by their rung against the role's. */
enum rung_relation {
	RUNG_OF_ANY,  /* rows have none, or it does not matter */
	RUNG_IS_OWN,  /* the one that the role writes on */
	RUNG_IS_BELOW /* the one just under it */
};

struct role {
	const char *role;
	struct label title;
	const char *rung; /* that it writes on; NULL = on none */
};

struct role_rule {
	const char *table;
	struct words groups; /* of the table */
	struct words keys;   /* first parts of the row's key; none = all rows */
	const char *when;    /* first member of the new value; NULL = any value, also nothing */
	struct words roles;  /* who may; none = nobody */
	enum rung_relation rung;
	bool once;  /* what stands is not replaced by something else */
	bool alone; /* only as long as no rung above the role's has spoken */
};

struct roles {
	struct role *roles;
	struct role_rule *rules;
	struct words rungs;    /* from the lowest */
	struct words apart;    /* roles that are different people */
	struct words sign_off; /* whose signatures an assessment needs, in this order, where neither
				  its ruleset nor the body says otherwise */
	unsigned n_roles, n_rules;
};

/* NULL where there is none. */
const struct role *roles_find(const struct roles *roles, const char *role);

/* What is meant: a role called by its title by its word, anything else as it is. */
const char *roles_named(const struct roles *roles, const char *typed);

/* The rung just under another; NULL under the lowest and where there is no such rung. */
const char *roles_rung_below(const struct roles *roles, const char *rung);
/* From 0, the lowest; -1 where there is none. */
int roles_rung_rank(const struct roles *roles, const char *rung);

/* What is to be judged. */
struct role_case {
	const char *role;
	const char *table, *group;
	const char *first_key;        /* first part of the row's key */
	const char *row_rung;         /* rung of the row; NULL = it has none */
	const struct words *old, *new; /* at NULL = nothing */
	bool is_alone;                /* no rung above the role's has spoken */
};

enum role_verdict {
	ROLE_MAY,
	ROLE_NOBODY,    /* no rule speaks of it, or one says that nobody may */
	ROLE_OTHERS,    /* other roles may */
	ROLE_WRONG_RUNG, /* the role may, on another rung */
	ROLE_STANDS,    /* what stands is not replaced */
	ROLE_TOO_LATE   /* a rung above has spoken */
};

/* *rule is the one that the verdict rests on, the last that comes closest to permitting; NULL where
 * none speaks of it. */
enum role_verdict roles_judge(const struct roles *roles, const struct role_case *of,
			      const struct role_rule **rule);

#endif
