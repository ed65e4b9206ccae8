/* merge_lock - what the parts of a merge and of a patch share: the rounds that it meets, the roles and
 * keys of whoever wrote what it brings; for src/app/merg*.c and patch*.c alone. */
#ifndef LINGTAN_APP_MERGE_LOCK_H
#define LINGTAN_APP_MERGE_LOCK_H

#include "lingtan/app/merging.h"

/* The value of a cell in a state; never NULL, at NULL where nothing is set. */
const struct words *merge_held(const struct fold *fold, const char *table, const char *key,
			       const char *group);

/* Fills in what the plan must know of rounds. */
enum lt_status merge_locks_new(struct merging *merging, struct merge_rules *rules,
			       struct lt_err *err);
/* What went wrong while the plan asked. */
enum lt_status merge_locks_check(const struct merging *merging, struct lt_err *err);

/* Whether these bytes may come in: what was destroyed for cause on either side does not come back. */
bool merge_takes_bytes(const struct merging *merging, const char *sha256);

/* Whether an entry's time is one, and not to come: two clocks may differ by a day. */
bool is_past_time(const char *at);

/* Takes out of the plan what its author's role may not write; counts it. Errors: LT_EDATA (more
 * than can be listed), LT_EFILE, LT_ESPACE. */
enum lt_status merge_roles(struct merging *merging, struct lt_err *err);

/* Whose words a cell of theirs holds, through the merges and patches that passed them on. */
struct merge_origin {
	const struct entry *entry; /* NULL = nobody ever wrote there */
	unsigned number;
	const struct change *change; /* of the entry */
	bool decided;                /* somebody chose between it and another */
};
struct merge_origins;
enum lt_status merge_origins_new(struct merging *merging, struct merge_origins **out,
				 struct lt_err *err);
struct merge_origin merge_origin(struct merge_origins *origins, unsigned cell);

/* Who there said no to what stands here, so that an older value comes back; NULL = nobody, or a
 * round there did that the writer of mine had not seen. */
const struct entry *merge_refuser(struct merge_origins *origins, unsigned cell);

/* Asks about a key of somebody who has another here that did not sign it; counts what claims the
 * name of somebody with a key. Errors: LT_EDATA (it stands on top of the known one). */
enum lt_status merge_keys(struct merging *merging, struct lt_err *err);

/* Refuses a patch that has anything in it that its author's role may not write. Errors: LT_EDATA.
 */
enum lt_status patch_roles(struct merging *merging, struct lt_err *err);

struct patch;
/* Whether a patch brings these bytes. */
bool patch_has_blob(const struct patch *patch, const char *sha256);
/* The last line of a patch: signed where the session's person has an unlocked key. NULL when memory
 * runs out. */
const char *patch_last_line(const struct session *session, const struct patch *patch,
			    struct lt_arena *arena);
/* Whether a patch is signed by whom it says, with the key that the project knows. Errors: LT_EDATA.
 */
enum lt_status patch_check_signature(struct session *session, const struct patch *patch,
				     struct lt_err *err);

#endif
