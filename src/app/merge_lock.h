/* merge_lock - the rounds that a merge meets; for src/app alone. */
#ifndef LINGTAN_APP_MERGE_LOCK_H
#define LINGTAN_APP_MERGE_LOCK_H

#include "lingtan/app/merging.h"

/* Fills in what the plan must know of rounds. */
enum lt_status merge_locks_new(struct merging *merging, struct merge_rules *rules,
			       struct lt_err *err);
/* What went wrong while the plan asked. */
enum lt_status merge_locks_check(const struct merging *merging, struct lt_err *err);

/* Takes out of the plan what its author's role may not write; counts it. Errors: LT_EDATA (more
 * than can be listed), LT_EFILE, LT_ESPACE. */
enum lt_status merge_roles(struct merging *merging, struct lt_err *err);

#endif
