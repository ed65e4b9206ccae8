/*
 * duty - who owes what until when: items of an assessment, figures of the park and lines of its
 * inventory that were given to somebody, findings with an owner, material that was asked for.
 *
 * An owner is a name as typed: a person, a department, a tenant. What is done is not stored, it
 * follows: an item by an answer of any rung (or of the figure that measures it) as long as it was
 * not sent back since, a figure by a value of its year, a line by an amount, a finding by its
 * answer, material by its arrival.
 */
#ifndef LINGTAN_APP_DUTY_H
#define LINGTAN_APP_DUTY_H

#include "lingtan/app/session.h"

enum duty_kind {
	DUTY_ITEM,
	DUTY_QUANTITY, /* of the park and a year; its id in the file is YEAR/QUANTITY */
	DUTY_LINE,
	DUTY_FINDING,
	DUTY_REQUEST,
	N_DUTY_KINDS
};

extern const char *const duty_kind_names[]; /* item, quantity ...; NULL ends the list */
extern const struct label duty_kind_titles[N_DUTY_KINDS];

/* Texts that were not said are "". */
struct duty_info {
	enum duty_kind kind;
	const char *id;         /* of item, quantity, line; number of a finding; id of a request */
	const char *assessment; /* of items and findings */
	const char *year;       /* of quantities and lines */
	struct label title;     /* of a finding its fact, of a request what is asked */
	const char *owner, *due;
	bool is_done;
	bool is_sent_back; /* it was done, and went back with words since */
	bool is_overdue;   /* not done, and past its day */
};

struct duty_filter {
	const char *assessment, *owner; /* NULL = all; what belongs to the park is in every one */
	const char *on;                 /* day that "overdue" is held against; NULL = today */
	bool with_done;
	bool overdue; /* only those */
};

/* The earliest due first, what has no date last. Owned by the session's arena. Errors: LT_EDATA
 * (`on` is no day), LT_EFILE, LT_ESPACE. */
enum lt_status session_duties(struct session *session, const struct duty_filter *filter,
			      struct duty_info **out, unsigned *n, struct lt_findings *findings,
			      struct lt_err *err);

/* Of material: the person, else the department ("" = nobody); whether it is still to come. */
const char *request_owner(const char *person, const char *department);
bool request_is_open(const char *state);

/* How much each owes, who owes most first; of a list without what is done. */
struct debtor {
	const char *owner;
	unsigned n_owed, n_overdue;
	const char *due; /* the earliest, or "" */
};
enum lt_status duty_count(const struct duty_info *list, unsigned n, struct lt_arena *arena,
			  struct debtor **out, unsigned *n_out, struct lt_err *err);

/**
 * session_assign - gives an item, a section (all of its items that stand in the ruleset), a figure,
 * a finding or a line to an owner; owner "" takes it back. due NULL = without a day. *n counts what
 * was given otherwise than before. Errors: LT_EDATA (no such thing, no such day).
 */
enum lt_status session_assign(struct session *session, const struct assessment_ref *ref,
			      const char *what, const char *owner, const char *due, unsigned *n,
			      struct lt_findings *findings, struct lt_err *err);

#endif
