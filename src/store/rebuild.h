/* rebuild - the fact tables anew from a list of entries; for src/store alone. */
#ifndef LINGTAN_STORE_REBUILD_H
#define LINGTAN_STORE_REBUILD_H

#include "database.h"
#include "lingtan/core/fold.h"

/* An entry as it was read. Parents stand before their children. */
struct kept_entry {
	const char *hash, *body, *signature;
	size_t len;
	struct entry entry;
};

struct kept_entries {
	struct lt_arena *arena;
	struct kept_entry *at;
	unsigned n, cap;
};

/* Adds a copy of what was read where it is an entry under its right hash whose parents are there;
 * *taken tells. */
enum lt_status kept_add(struct kept_entries *kept, const char *hash, const char *body, size_t len,
			const char *signature, bool *taken, struct lt_err *err);
/* By hash, looked for backwards from the one before `from` (NULL: from the newest): parents stand
 * most often right before their children. NULL where it is not there. */
const struct kept_entry *kept_find(const struct kept_entries *kept, const struct kept_entry *from,
				   const char *hash);

/* The cells that follow from the line that ends at `head`. Errors: LT_EFILE (a change did not find
 * what it says was there), LT_ESPACE. */
enum lt_status rebuild_fold(const struct kept_entries *kept, const struct kept_entry *head,
			    struct fold *fold, struct lt_err *err);

/* Writes them into a project whose fact tables are empty, inside the caller's transaction. */
enum lt_status rebuild_put(struct project *project, const struct fold *fold, struct lt_err *err);

/* Both. */
enum lt_status rebuild_facts(struct project *project, const struct kept_entries *kept,
			     const struct kept_entry *head, struct lt_err *err);

/* Brings a file of an older version to this one, in one transaction, after a copy of it was laid
 * beside it (PATH.vN), unless it is itself a temporary copy. */
enum lt_status migrate(struct project *project, bool is_copy, struct lt_err *err);

#endif
