/*
 * readiness - the checks that an assessment must pass before it leaves the file, as declared in
 * db/readiness.yaml: how grave each is, where its cure is, its sentence. Loaded once, immutable.
 */
#ifndef LINGTAN_CORE_READINESS_H
#define LINGTAN_CORE_READINESS_H

#include "lingtan/base/arena.h"
#include "lingtan/core/ruleset.h"

enum ready_severity {
	READY_ERROR,   /* blocks */
	READY_WARNING, /* needs the tick of a person */
	READY_NOTE,    /* is told */
	N_READY_SEVERITIES
};

extern const char *const ready_severity_names[]; /* error, warning, note; NULL ends the list */

/* What kind of thing holds the field that cures it. */
enum ready_jump {
	JUMP_ITEM,
	JUMP_EVIDENCE,
	JUMP_FINDING,
	JUMP_ROUND,
	JUMP_SIGNATURE,
	JUMP_SETTING,
	JUMP_ASSESSMENT,
	JUMP_LINE,
	JUMP_METER,
	JUMP_ENGAGEMENT,
	N_READY_JUMPS
};

extern const char *const ready_jump_names[]; /* item, evidence ...; NULL ends the list */

struct ready_check {
	const char *check;
	enum ready_severity severity;
	enum ready_jump jump;
	const char *field;
	struct label title, text; /* text has {what} and {more} */
};

struct ready_checks {
	struct ready_check *checks;
	unsigned n_checks;
};

/* NULL where there is none. */
const struct ready_check *ready_checks_find(const struct ready_checks *checks, const char *check);

/* A sentence with {what} and {more} filled in, in the arena; NULL when memory runs out. */
const char *ready_sentence(const char *text, const char *what, const char *more,
			   struct lt_arena *arena);

#endif
