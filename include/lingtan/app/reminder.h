/*
 * reminder - letters to those who still owe something (duty.h), one an owner, as plain text to send:
 * what, until when, what came and will not do.
 */
#ifndef LINGTAN_APP_REMINDER_H
#define LINGTAN_APP_REMINDER_H

#include "lingtan/app/duty.h"

struct reminder {
	const char *owner;
	const char *text; /* lines */
	unsigned n_owed, n_overdue;
	const char *reminded_on; /* the last reminder about material of this owner, or "" */
	const char *times;       /* how many there were, or "" */
};

/* owner NULL = all; on NULL = today. In the order of debts, the largest first; owned by the session's
 * arena. Errors: LT_EDATA (`on` is no day), LT_EFILE, LT_ESPACE. */
enum lt_status session_reminders(struct session *session, const char *owner, const char *on,
				 struct reminder **out, unsigned *n,
				 struct lt_findings *findings, struct lt_err *err);

/* Writes down that they went out: of all material that an owner (NULL: anybody) owes; *n is how much.
 * on NULL = today. Errors: LT_EDATA (`on` is no day), those of session_commit(). */
enum lt_status session_reminded(struct session *session, const char *owner, const char *on,
				unsigned *n, bool *done, struct lt_err *err);

#endif
