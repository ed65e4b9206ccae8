/*
 * vocabulary - what a project holds, as declared in db/groups.yaml: tables, what names a row of
 * each, and the groups of members that a person decides at once.
 *
 * A cell is (table, key, group); its value is one string a member, or nothing. Loaded once,
 * immutable.
 */
#ifndef LINGTAN_CORE_VOCABULARY_H
#define LINGTAN_CORE_VOCABULARY_H

#include "lingtan/base/arena.h"
#include "lingtan/core/ruleset.h"

#define CELL_MAX_MEMBERS 16
#define CELL_MAX_KEY 8
#define TABLE_MAX_GROUPS 32

struct cell_group {
	const char *group;
	struct label title;
	struct words members;
	struct words blobs; /* members that name bytes by SHA-256; empty text names none */
	const char *merge;  /* of two that were written apart: "exclusive" = always a conflict,
			       "joined" = the fuller one, never a conflict; NULL = by value */
};

struct fact_table {
	const char *table;
	struct label title;
	struct words key; /* names of the parts */
	struct cell_group *groups;
	unsigned n_groups;
};

struct vocabulary {
	struct fact_table *tables;
	unsigned n_tables;
};

/* NULL where there is none. */
const struct fact_table *vocabulary_find_table(const struct vocabulary *vocabulary,
					       const char *table);
const struct cell_group *fact_table_find_group(const struct fact_table *table, const char *group);

/* Number of a member in its group; -1 where there is none. */
int cell_group_find_member(const struct cell_group *group, const char *member);

/**
 * cell_key_join - the key of a row from its parts: joined by |, with % and | written as %25 and
 * %7C. NULL when memory runs out.
 */
const char *cell_key_join(struct lt_arena *arena, const char *const *parts, unsigned n);

/* The parts again; false where there are not exactly n, or a % that is none of the two. */
bool cell_key_split(struct lt_arena *arena, const char *key, const char **parts, unsigned n);

#endif
