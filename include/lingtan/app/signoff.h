/*
 * signoff - who puts their name under an assessment, in which order; the decision on it.
 *
 * A signature is of a state: what the signer's rung and those below say, ruleset and profile, park,
 * evidence, findings. Whatever changes of it later makes the signature void, which shows until the
 * same step is signed again. Steps are roles; their order is the body's setting `sign_off` (roles,
 * separated by commas), else the ruleset's, else that of db/roles.yaml.
 */
#ifndef LINGTAN_APP_SIGNOFF_H
#define LINGTAN_APP_SIGNOFF_H

#include "lingtan/app/rung.h"
#include "lingtan/app/session.h"
#include "lingtan/core/role.h"

enum sign_state {
	SIGN_WAITING, /* for the steps before it */
	SIGN_DUE,     /* its turn */
	SIGN_VALID,
	SIGN_VOID, /* what was signed has changed since */
	N_SIGN_STATES
};

extern const char *const sign_state_names[]; /* NULL ends the list */
extern const struct label sign_state_titles[N_SIGN_STATES];

struct sign_step {
	const struct role *role;
	enum sign_state state;
	const char *by, *at, *head, *state_hash; /* NULL where nobody signed */
	/* of a void one: what changed first, and who did it; NULL = not known */
	const char *changed_table, *changed_key, *changed_by, *changed_at;
};

/* In their order; owned by the session's arena. Errors: LT_EDATA (the order names a role that there
 * is not, or one twice), LT_EFILE, LT_ESPACE. */
enum lt_status session_sign_steps(struct session *session, const struct assessment_ref *ref,
				  struct sign_step **out, unsigned *n, struct lt_findings *findings,
				  struct lt_err *err);

/**
 * session_put_signature - the step of the session's role, by its person. Errors: LT_EDATA (no step
 * of this role, an earlier one is not valid, it is signed and valid, the person signed another
 * step).
 */
enum lt_status session_put_signature(struct session *session, const struct assessment_ref *ref,
				     char state_hash[LT_SHA256_HEX], struct lt_findings *findings,
				     struct lt_err *err);

/* ---- the decision ---- */

struct decision_info {
	unsigned number;
	const char *outcome, *reason, *conditions; /* conditions "" = none */
	const char *by, *at, *head, *state_hash;
	bool holds; /* what was decided on is what there is */
};

/* In order. Errors: LT_EFILE, LT_ESPACE. */
enum lt_status session_decisions(struct session *session, const struct assessment_ref *ref,
				 struct decision_info **out, unsigned *n, struct lt_err *err);

/**
 * session_decide - grant, refuse, conditions or ask-again, for session->reason; conditions only
 * with "conditions". To grant, with or without conditions, no error of readiness (ready.h) may be
 * left but the decision maker's own signature. Errors: LT_EDATA (no reason; not outside the team:
 * whoever answered, evaluated, led or reviewed in this project; not ready: findings say why).
 */
enum lt_status session_decide(struct session *session, const struct assessment_ref *ref,
			      const char *outcome, const char *conditions, unsigned *number,
			      struct lt_findings *findings, struct lt_err *err);

#endif
