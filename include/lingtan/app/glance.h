/*
 * glance - what can be told of a project file without sitting down to work on it: is it there, is
 * it whole, how much is in it, what falls due. It never writes a byte beside or into the file.
 */
#ifndef LINGTAN_APP_GLANCE_H
#define LINGTAN_APP_GLANCE_H

#include "lingtan/app/session.h"

enum glance_state {
	GLANCE_FINE,
	GLANCE_GONE,    /* nothing stands at the path */
	GLANCE_DAMAGED, /* it cannot be opened: why says it */
};

enum due_kind { DUE_REPAIR, DUE_REQUEST };

/* Something that a person has promised for a day and that is not settled yet. */
struct glance_due {
	enum due_kind kind;
	const char *title; /* number of a finding, what was asked for; "" = none */
	const char *date;  /* 2026-03-01 */
};

struct glance {
	enum glance_state state;
	const char *why[LT_N_LANGS]; /* of GLANCE_DAMAGED */
	const char *size;            /* bytes, as decimal */
	const char *park;            /* as typed; "" = not said */
	unsigned n_evidence, n_entries;
	struct glance_due *due; /* by date, the first one first */
	unsigned n_due;
	/* of glance_verify() */
	bool is_verified, holds;
};

/* Reads a file; all texts live in the arena. Errors: LT_ESPACE. What is wrong with the file is no
 * error. */
enum lt_status glance_file(struct workspace *workspace, const char *path, struct lt_arena *arena,
			   struct glance *out, struct lt_err *err);

/**
 * glance_verify - holds the journal and the facts of a file that is fine against each other, but
 * not the bytes of its evidence. A journal of more than `most` entries is left alone, and is not
 * verified then. Errors: LT_ESPACE; what does not hold is told in why.
 */
enum lt_status glance_verify(struct workspace *workspace, const char *path, unsigned most,
			     struct lt_arena *arena, struct glance *glance, struct lt_err *err);

/**
 * glance_place - whether a new project file can be written at a path; *room tells how much space is
 * left there (bytes). Nothing is written. Errors: LT_EDATA (no name, or something stands there
 * already: it is never written over), LT_EFILE (there is no such folder), LT_ESPACE (the folder, or
 * its medium, is not to be written to).
 */
enum lt_status glance_place(const char *path, unsigned long long *room, struct lt_err *err);

#endif
