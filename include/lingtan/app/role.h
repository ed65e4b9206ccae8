/*
 * role - whether a person in a role may make changes: db/roles.yaml, one person on one rung of an
 * item, and the roles that are different people. session_commit() and undo ask it of every change;
 * a patch or a merge asks it for whoever made its entries.
 */
#ifndef LINGTAN_APP_ROLE_H
#define LINGTAN_APP_ROLE_H

#include "lingtan/app/session.h"
#include "lingtan/core/role.h"

/* The rung that a role writes on; NULL where it writes on none, or is none. */
const char *role_rung(const struct workspace *workspace, const char *role);

/* Who would change what. */
struct deed {
	const char *by, *role;
	const struct change *changes;
	unsigned n_changes;
	bool is_undo; /* values that stood before come back: who wrote them need not be `by` */
	const struct change *beside; /* changes that go with them but are not judged here */
	unsigned n_beside;
	const unsigned *order; /* of a long deed, role_permits()'s own: its changes by cell; else NULL */
};

/**
 * role_permits - against the project as it stands. Errors: LT_EDATA (err names role, thing and who
 * may instead), LT_EFILE, LT_ESPACE.
 */
enum lt_status role_permits(struct session *session, const struct deed *deed, struct lt_err *err);

/* Whether the body let one person hold roles that are kept apart (setting `separation`). */
enum lt_status separation_is_relaxed(struct session *session, bool *relaxed, struct lt_err *err);

/* The role, of those in `roles`, in which a person has a part in this project: is registered with it,
 * or wrote anything in it but administration (people, settings, keys, which assessment by which
 * ruleset and profile); NULL = none. */
enum lt_status role_part_of(struct session *session, const char *by, const struct words *roles,
			    const char **part, struct lt_err *err);

#endif
