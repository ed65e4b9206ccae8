/*
 * writers - who wrote what stands in a project: for each cell the entry that gave it its value, read
 * from the journal once. A value that a merge took is its first writer's.
 */
#ifndef LINGTAN_APP_WRITERS_H
#define LINGTAN_APP_WRITERS_H

#include "lingtan/app/session.h"

struct writer {
	const char *hash, *by, *role, *at, *kind, *reason; /* of the entry */
};

struct written_cell;
struct entry_place;

struct writers {
	struct lt_arena *arena; /* borrowed */
	struct written_cell **buckets;
	struct writer *entries;    /* in order of arrival */
	struct entry_place *places; /* the same */
	unsigned n_buckets, n_cells, n_entries, cap_entries;
	unsigned at; /* entry whose changes are taken */
	unsigned n_changes;
	const char *tables; /* names of the tables kept, between spaces; NULL = all */
	struct lt_err *err;
};

/* tables: which to keep, as " answer quantity "; NULL = all. Everything lives in the arena. Errors:
 * LT_EFILE, LT_ESPACE. */
enum lt_status writers_read(struct session *session, const char *tables, struct lt_arena *arena,
			    struct writers *out, struct lt_err *err);

/* NULL where nobody ever wrote. */
const struct writer *writers_find(const struct writers *writers, const char *table,
				  const char *key, const char *group);

/* When it was written, among all changes: greater is later; 0 where nobody ever wrote. */
unsigned writers_order(const struct writers *writers, const char *table, const char *key,
		       const char *group);

#endif
