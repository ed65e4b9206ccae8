/*
 * ready - whether an assessment may leave the file: everything that speaks against it, each with an
 * id, how grave it is, a sentence with its cure, and the field where the cure is. Which checks there
 * are, and what they say, is data (db/readiness.yaml).
 *
 * Errors block. A warning is answered by the tick of a person, in the journal; a tick is of the
 * particulars that were seen (until which day, which number), so it lapses when these change. Notes
 * are told.
 */
#ifndef LINGTAN_APP_READY_H
#define LINGTAN_APP_READY_H

#include "lingtan/app/rung.h"
#include "lingtan/app/session.h"
#include "lingtan/core/readiness.h"

struct ready_finding {
	const char *id;                 /* CHECK or CHECK:WHAT: the same as long as the matter is */
	const struct ready_check *check; /* severity, where its cure is */
	const char *what;               /* item, finding, file name, role ... */
	const char *more;               /* particulars, of the language that has no words: "" = none */
	const char *target;             /* of the jump: id of the item, hash of the evidence, number of
					   the finding, rung, role, setting; "" = the assessment */
	const char *text[LT_N_LANGS];
	const char *ticked_by, *ticked_at; /* of a warning; NULL = nobody, or not of this */
};

struct ready {
	struct ready_finding *findings; /* errors, then warnings, then notes; of each in the order
					   of the checks, then of the items */
	unsigned n_findings;
	unsigned n_errors, n_warnings, n_notes;
	unsigned n_unticked; /* warnings that nobody has ticked */
	bool is_ready;       /* no error, and no warning unticked */
	enum rung rung;      /* whose result it is: the highest that has answers, from evaluator on */
	const char *grade;   /* id; NULL = none is certain, or the ruleset has none */
	const struct ready_checks *checks; /* that were made */
};

/**
 * session_ready - of an assessment as it stands, on a day (NULL = today: what has expired by it).
 * Owned by the session's arena. Errors: LT_EDATA (`on` is no day), LT_EFILE, LT_ESPACE.
 */
enum lt_status session_ready(struct session *session, const struct assessment_ref *ref,
			     const char *on, struct ready *out, struct lt_findings *findings,
			     struct lt_err *err);

/**
 * session_tick - the session's person has seen a warning, by its id, and answers for it. *done is
 * false where it is ticked already. Errors: LT_EDATA (there is no such warning now; an error or a
 * note, which no tick answers; a role that may not).
 */
enum lt_status session_tick(struct session *session, const struct assessment_ref *ref,
			    const char *id, const char *on, bool *done,
			    struct lt_findings *findings, struct lt_err *err);

#endif
