/* round_parts - what the parts of rounds and remarks share; for src/app alone. */
#ifndef LINGTAN_APP_ROUND_PARTS_H
#define LINGTAN_APP_ROUND_PARTS_H

#include "lingtan/app/remark.h"
#include "lingtan/app/round.h"
#include "session_parts.h"

/* The last round of a rung. */
struct round_lock {
	const char *assessment, *rung;
	unsigned number;
	const char *state;
};

struct round_locks {
	struct round_lock *at;
	unsigned n, cap;
};

enum lt_status round_locks_read(struct session *session, struct round_locks *out,
				struct lt_err *err);

/* Adds what makes a remark; *id is its new id. */
enum lt_status remark_add(struct session *session, const char *assessment, const char *item,
			  const char *reply_to, const char *text, struct changes *changes,
			  const char **id, struct lt_err *err);

/* An item of the ruleset, a quantity of it, or a line of the inventory. Errors: LT_EDATA (none). */
enum lt_status round_check_subject(struct session *session, const struct assessment_ref *ref,
				   const char *id, struct lt_findings *findings,
				   struct lt_err *err);

struct frozen;
/* Total and grade of frozen facts on a rung. */
enum lt_status frozen_total(struct session *session, struct frozen *frozen,
			    const char *assessment, const char *rung, struct assessment_total *out,
			    struct lt_findings *findings, struct lt_err *err);

#endif
