/*
 * fold - the state of a project at an entry: every cell that was ever set, with its value and who
 * set it, by applying entries from the first one on.
 *
 * Pure and in memory: 50,000 entries in well under a second. Cells are kept in a hash table of the
 * fold's arena; values are borrowed from the entries, which must live as long.
 */
#ifndef LINGTAN_CORE_FOLD_H
#define LINGTAN_CORE_FOLD_H

#include "lingtan/core/entry.h"

/* Which entry gave a cell its value; orders values of a merge. */
struct cell_stamp {
	unsigned depth;
	const char *hash;
};

struct fold_cell {
	const char *table, *key, *group;
	unsigned number;    /* from 0, in the order in which the cells came */
	struct words value; /* at NULL = taken back to nothing */
	struct cell_stamp writer;
	struct fold_cell *next; /* of the same bucket */
};

struct fold {
	struct lt_arena *arena; /* borrowed */
	struct fold_cell **buckets;
	unsigned n_buckets, n_cells;
	unsigned n_set; /* of them, those that hold something */
};

enum lt_status fold_init(struct fold *fold, struct lt_arena *arena, struct lt_err *err);

/* NULL where nothing was ever set. */
const struct fold_cell *fold_find(const struct fold *fold, const char *table, const char *key,
				  const char *group);

/**
 * fold_apply - one entry on top; hash is its own (borrowed). Each change's `old` must be what the
 * cell holds (nothing where it was never set), and no cell is changed twice. A change with a writer
 * keeps that one's stamp: `depth_of` gives the depth of a known hash, 0 for one that is not known.
 * Errors: LT_NO (an `old` does not hold, a cell comes twice, or a writer is not known; err names
 * table, key, group; the fold is then unusable), LT_ESPACE.
 */
enum lt_status fold_apply(struct fold *fold, const struct entry *entry, const char *hash,
			  unsigned (*depth_of)(void *context, const char *hash), void *context,
			  struct lt_err *err);

/* Every cell once, sorted by table, key, group (bytes); in the arena. NULL when memory runs out. */
const struct fold_cell **fold_sorted(const struct fold *fold);

/**
 * fold_state_hash - SHA-256 of the sorted lines "table TAB key TAB group TAB value NEWLINE" (value
 * as in an entry's body, names with its escapes but no quotes) of the cells that `wanted` accepts
 * and that hold something: what a round freezes.
 */
enum lt_status fold_state_hash(const struct fold *fold,
			       bool (*wanted)(void *context, const struct fold_cell *cell),
			       void *context, char hex[LT_SHA256_HEX], struct lt_err *err);

#endif
