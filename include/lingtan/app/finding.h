/*
 * finding - what an assessment found wrong: major or minor nonconformities, observations,
 * clarifications; from the fact to the verification, with the park's answer and objection.
 *
 * The evaluator's side finds and grades, the park answers (or objects), somebody else than who
 * answered verifies. A state is not stored, it follows:
 *   open       nobody has answered, or the answer was rejected and not given anew
 *   answered   waits for its verification
 *   closed     the verification accepted the answer
 *   withdrawn  taken back, or the objection was upheld
 * A major one that is neither closed nor withdrawn blocks readiness.
 */
#ifndef LINGTAN_APP_FINDING_H
#define LINGTAN_APP_FINDING_H

#include "lingtan/app/evidence.h"
#include "lingtan/app/session.h"

enum finding_grade { FINDING_MAJOR, FINDING_MINOR, FINDING_OBSERVATION, FINDING_CLARIFICATION, N_FINDING_GRADES };
enum finding_state { FINDING_OPEN, FINDING_ANSWERED, FINDING_CLOSED, FINDING_WITHDRAWN, N_FINDING_STATES };

extern const char *const finding_grade_names[];  /* major, minor ...; NULL ends the list */
extern const char *const finding_state_names[];
extern const struct label finding_grade_titles[N_FINDING_GRADES];
extern const struct label finding_state_titles[N_FINDING_STATES];

/* The counts where the word is none. */
enum finding_grade finding_grade_find(const char *name);
enum finding_state finding_state_find(const char *name);

/* A piece of evidence: of the fact, or of its closing. */
struct finding_evidence {
	const char *sha256, *name, *locator;
	bool is_closing;
	bool is_purged;
};

/* Texts that were not said are "". */
struct finding_info {
	const char *id;     /* of the row */
	const char *number; /* F01 */
	const char *assessment, *item, *place;
	const char *fact, *fact_by, *fact_at;
	enum finding_grade grade;
	const char *grade_before; /* grade that it had first, if it was changed; "" = never */
	const char *due, *owner;
	const char *cause, *correction;
	const char *answer, *answer_by, *answer_at;
	const char *objection, *objection_by;
	const char *ruling, *ruling_text, *ruling_by; /* upheld or rejected */
	const char *verification, *verification_text, *verification_on, *verification_by;
	const char *withdrawn, *withdrawn_by;
	enum finding_state state;
	bool is_overdue; /* against the day that was asked for */
	const struct finding_evidence *evidence;
	unsigned n_evidence;
};

/* Which to list; NULL, and the counts of grades and states, let all through. */
struct finding_filter {
	const char *assessment, *item, *owner;
	enum finding_grade grade; /* N_FINDING_GRADES = any */
	enum finding_state state; /* N_FINDING_STATES = any */
	bool overdue;             /* only those past due and not closed */
	const char *on;           /* day that "overdue" is held against; NULL = today */
};

/* In the order of their numbers; owned by the session's arena. Errors: LT_EDATA (`on` is no day),
 * LT_EFILE, LT_ESPACE. */
enum lt_status session_findings(struct session *session, const struct finding_filter *filter,
				struct finding_info **out, unsigned *n, struct lt_err *err);

/* One by its number, or the beginning of its id (6 digits). Errors: LT_EDATA (none, or several). */
enum lt_status session_find_finding(struct session *session, const char *which,
				    const struct finding_info **out, struct lt_err *err);

/* ---- the evaluator's side ---- */

struct new_finding {
	enum finding_grade grade;
	const char *fact;        /* never blank */
	const char *item;        /* a clause, or NULL */
	const char *place;       /* where, or NULL; one of the two must be said */
	const char *due;         /* day, or NULL */
	const char *owner;       /* who answers for the correction, or NULL */
};

/* *number is that of the new one. Errors: LT_EDATA. */
enum lt_status session_add_finding(struct session *session, const struct assessment_ref *ref,
				   const struct new_finding *wish, const char **number,
				   struct lt_findings *findings, struct lt_err *err);

/* Another grade needs session->reason; the first stays visible. A due date, an owner. NULL leaves
 * as it is. Errors: LT_EDATA. */
struct finding_edit {
	const char *grade, *due, *owner;
};
enum lt_status session_edit_finding(struct session *session, const char *which,
				    const struct finding_edit *wish, bool *done,
				    struct lt_err *err);

/**
 * session_verify_finding - accepts or rejects the answer ("accepted", "rejected"); on NULL = today.
 * Errors: LT_EDATA (no answer yet; by who answered; a major or minor one is accepted only with
 * closing evidence or session->reason).
 */
enum lt_status session_verify_finding(struct session *session, const char *which,
				      const char *outcome, const char *text, const char *on,
				      struct lt_err *err);

/* Taken back, with words. */
enum lt_status session_withdraw_finding(struct session *session, const char *which,
					const char *text, struct lt_err *err);

/* ---- the park's side ---- */

/* NULL leaves as it is. Errors: LT_EDATA (closed or withdrawn). */
struct finding_answer {
	const char *cause, *correction, *answer;
};
enum lt_status session_answer_finding(struct session *session, const char *which,
				      const struct finding_answer *wish, bool *done,
				      struct lt_err *err);

enum lt_status session_object_to_finding(struct session *session, const char *which,
					 const char *text, struct lt_err *err);

/* "upheld" withdraws it, "rejected" lets it stand. Errors: LT_EDATA (no objection). */
enum lt_status session_rule_on_finding(struct session *session, const char *which,
				       const char *outcome, const char *text, struct lt_err *err);

/* ---- both ---- */

/**
 * session_tie_finding - evidence of the fact or of the closing: a file of the project by hash or
 * name, else a path that is put in first. Errors: LT_EDATA, LT_EFILE.
 */
enum lt_status session_tie_finding(struct session *session, const char *which,
				   const char *evidence, const char *locator, bool is_closing,
				   struct lt_findings *findings, struct lt_err *err);

/**
 * finding_plan_csv - findings as an action plan: UTF-8 with a mark, CRLF, one row each, with a row
 * of titles; nothing in it is taken for a formula. `form` is that of findings, for its words. Owned
 * by the arena; NULL when memory runs out.
 */
const char *finding_plan_csv(const struct form *form, const struct finding_info *list, unsigned n,
			     enum lt_lang lang, struct lt_arena *arena);

/* The same as a table of Markdown; nothing in it is taken for markup. */
const char *finding_plan_markdown(const struct finding_info *list, unsigned n, enum lt_lang lang,
				  struct lt_arena *arena);

/* Whether a finding keeps an assessment from being ready. */
bool finding_blocks(const struct finding_info *finding);

#endif
