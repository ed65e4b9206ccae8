/*
 * register - which certificates a body has issued, and how each stands.
 *
 * A register is a file of the body's own, of the same kind as a project: every change is an entry of
 * its journal. What the public sees of it is a signed list of states.
 */
#ifndef LINGTAN_APP_REGISTER_H
#define LINGTAN_APP_REGISTER_H

#include "lingtan/app/certificate.h"

#define LIST_FORMAT "lingtan status list 1"
#define LIST_PURPOSE "lingtan status list 1"

/* ---- how one certificate stands, by a list ---- */

struct standing {
	bool holds;                  /* the list is good, and by it the certificate is valid */
	const char *why[LT_N_LANGS]; /* why not; NULL */
	const char *day;             /* of the list */
	const char *state, *since, *until, *reason; /* NULL = the list does not know it */
};

/**
 * status_list_read - the standing of a proven certificate on a day, by a list that must be signed
 * with the same key. Strings in the arena. Errors: LT_EFILE (it is no list), LT_ESPACE.
 */
enum lt_status status_list_read(const char *text, size_t len, const struct proof *proof,
				const char *day, struct lt_arena *arena, struct standing *out,
				struct lt_err *err);

#endif
