/*
 * cycle - the next assessment after an earlier one, of the same file or of another: a re-assessment,
 * or the surveillance of what was awarded. It starts with nothing answered. What the earlier one said
 * last is shown as a hint, never as an answer; what of the park has changed since is listed; evidence
 * of then counts again once somebody has confirmed that it is still valid.
 *
 * "Then" is the entry that the earlier assessment was taken at (assessment.cycle): hints are read
 * from the journal at that entry, so later corrections of the earlier one do not change them.
 */
#ifndef LINGTAN_APP_CYCLE_H
#define LINGTAN_APP_CYCLE_H

#include "lingtan/app/evidence.h"
#include "lingtan/app/rung.h"
#include "lingtan/app/session.h"

enum cycle_kind { CYCLE_REASSESSMENT, CYCLE_SURVEILLANCE, N_CYCLE_KINDS };

extern const char *const cycle_kind_names[]; /* reassessment, surveillance; NULL ends the list */
extern const struct label cycle_kind_titles[N_CYCLE_KINDS];

/* Which assessment one follows. */
struct cycle_link {
	enum cycle_kind kind; /* N_CYCLE_KINDS: it follows none */
	const char *of;       /* the earlier assessment; "" = none */
	const char *head;
};

enum lt_status session_cycle_link(struct session *session, const struct assessment_ref *ref,
				  struct cycle_link *out, struct lt_err *err);

/* ---- opening one ---- */

struct new_cycle {
	enum cycle_kind kind;
	const char *year;         /* NULL = the year after the earlier one's */
	const char *stage, *park_type, *place, *reason; /* NULL = as the earlier one */
	const char *const *must;  /* what must be assessed: as session_oblige() takes it */
	unsigned n_must;
};

/**
 * session_follow - a further assessment that follows another, by the edition of the ruleset that is
 * at hand and with the profile that is pinned to the earlier one. *name is owned by the session.
 * Errors: LT_EDATA (there is such an assessment; nothing was answered in the earlier one).
 */
enum lt_status session_follow(struct session *session, const struct assessment_ref *earlier,
			      const struct new_cycle *wish, const char **name,
			      struct lt_findings *findings, struct lt_err *err);

/**
 * session_follow_file - the same of an assessment (NULL = the only one) of another project file. A
 * copy of that file without the bytes of its evidence is kept in this one as evidence, for what was
 * said then. Errors: LT_EDATA (it is the same project), those of session_open().
 */
enum lt_status session_follow_file(struct session *session, const char *path,
				   const char *assessment, const struct new_cycle *wish,
				   const char **name, struct lt_findings *findings,
				   struct lt_err *err);

/**
 * session_oblige - these must be assessed in this cycle, or (off) need not: items, sections, and
 * the words `controls`, `findings` (items that had one, in the assessment before) and `all`. *n
 * counts what changed. Errors: LT_EDATA (no such item).
 */
enum lt_status session_oblige(struct session *session, const struct assessment_ref *ref,
			      const char *const *what, unsigned n_what, bool off, unsigned *n,
			      struct lt_findings *findings, struct lt_err *err);

/* ---- what was said then ---- */

/* Of one item; texts that were not said are "". */
struct cycle_hint {
	const char *item;
	const struct label *title;
	enum rung rung;                       /* the highest that answered it; N_RUNGS = none */
	const char *result, *value, *na_reason; /* the verdict */
	const char *remark;
	const char *by, *at;
	bool is_must;    /* it is obligatory in this cycle */
	bool is_changed; /* the clause does not read as it did: the hint is of other words */
	unsigned n_findings; /* of then, that were not withdrawn */
};

/* One for each item of the ruleset, in its order; nothing where the assessment follows none. Owned
 * by the arena. Errors: LT_EDATA (the entry of then is not in the file), LT_EFILE, LT_ESPACE. */
enum lt_status cycle_hints_read(struct session *session, const struct assessment_ref *ref,
				struct lt_arena *arena, struct cycle_hint **out, unsigned *n,
				struct lt_findings *findings, struct lt_err *err);

/* ---- what has changed ---- */

enum park_change_kind {
	PARK_CELL,   /* name, area, boundary, administration, meters: a group of the park */
	PARK_FIGURE, /* a quantity, year against year */
	PARK_SOURCE, /* a source of the inventory that there was or is */
	PARK_CORRECTED, /* a quantity of the earlier year that was changed since */
	N_PARK_CHANGES
};

struct park_change {
	enum park_change_kind kind;
	const char *id;           /* table.group, quantity, source */
	struct label title;
	const char *unit;         /* of figures; NULL = none */
	const char *from, *to;    /* members in one line; "" = nothing */
	const char *by, *at;      /* who wrote what is there now; "" = not known */
};

enum evidence_standing {
	STANDS_CONFIRMED, /* by somebody, since the earlier assessment, and not past its day */
	STANDS_DATED,     /* has a day until which it is valid, not past; not confirmed since */
	STANDS_UNCONFIRMED,
	STANDS_EXPIRED,
	N_EVIDENCE_STANDINGS
};

extern const char *const evidence_standing_names[]; /* NULL ends the list */
extern const struct label evidence_standing_titles[N_EVIDENCE_STANDINGS];

struct cycle_evidence {
	const struct evidence_file *file;
	enum evidence_standing standing;
	unsigned n_items;   /* that it was tied to then */
	unsigned n_carried; /* that it is tied to in this one */
};

struct finding_info;

struct cycle {
	struct cycle_link link;
	struct cycle_hint *hints;
	struct park_change *changes;
	struct cycle_evidence *evidence; /* of the earlier assessment; expired first */
	struct finding_info *old_findings; /* of the earlier assessment (finding.h) */
	unsigned n_hints, n_changes, n_evidence, n_old_findings;
	unsigned n_must, n_must_open; /* no verdict on any rung yet */
};

/**
 * session_cycle - all that is known of the cycle, on a day (NULL = today). Owned by the session's
 * arena. Errors: LT_EDATA (it follows none; no such day), those of cycle_hints_read().
 */
enum lt_status session_cycle(struct session *session, const struct assessment_ref *ref,
			     const char *on, struct cycle *out, struct lt_findings *findings,
			     struct lt_err *err);

/* ---- evidence again ---- */

struct confirmation {
	const char *until; /* day; NULL or "" = without end */
	const char *dated; /* day of the document itself; NULL = as it is */
	bool carry;        /* its ties of the earlier assessment count in this one too */
};

/**
 * session_confirm - the session's person has seen that a piece of evidence is still valid. *n counts
 * the ties that were carried over. Errors: LT_EDATA (no such evidence, no such day, a day that is
 * past; carry where the assessment follows none).
 */
enum lt_status session_confirm(struct session *session, const struct assessment_ref *ref,
			       const char *which, const struct confirmation *wish, unsigned *n,
			       struct lt_findings *findings, struct lt_err *err);

#endif
