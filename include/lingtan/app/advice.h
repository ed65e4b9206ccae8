/*
 * advice - whether the way to a grade, trials and what else could be got are shown.
 *
 * They are the park's. Who evaluates, reviews or decides does not see them unless it was allowed in
 * this project, which the journal tells with name and reason: who assesses must not have advised
 * (impartiality).
 */
#ifndef LINGTAN_APP_ADVICE_H
#define LINGTAN_APP_ADVICE_H

#include "lingtan/app/session.h"

/* Errors: LT_EFILE, LT_ESPACE. */
enum lt_status advice_is_shown(struct session *session, bool *shown, struct lt_err *err);

/* Allows it to those who assess, or takes that back; session->reason says why. Errors: LT_EDATA (no
 * reason for allowing it; a role that may not), those of session_commit(). */
enum lt_status advice_allow(struct session *session, bool allowed, bool *done, struct lt_err *err);

#endif
