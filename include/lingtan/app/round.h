/*
 * round - what a rung submitted: numbered, frozen by the head and the hash of its state, sent back
 * with words for some of its items, reopened, compared with another.
 *
 * A rung is free until it is submitted; then what it says changes only with a reason (a slip, both
 * values stay in the journal). What was sent back is free again, and nothing else; a rung that was
 * reopened is free as a whole. The next submission is the next round.
 */
#ifndef LINGTAN_APP_ROUND_H
#define LINGTAN_APP_ROUND_H

#include "lingtan/app/rung.h"
#include "lingtan/app/session.h"

/* What a state is called; NULL where there is no such state. */
const struct label *round_state_title(const char *state);

/* One thing that happened to a round. */
struct round_event {
	const char *state; /* submitted, returned, reopened */
	const char *by, *role, *at, *reason;
};

/* What is to be done about an item, figure or line of a round. */
struct round_ask {
	const char *item;   /* id of the item, quantity or line */
	const char *remark; /* id of the remark that says it */
	const char *text, *by, *at;
	bool is_changed;  /* the rung has changed it since */
	bool is_answered; /* or somebody of the rung answered the remark */
};

struct round_info {
	const char *rung;
	unsigned number;
	const char *state; /* submitted, returned or reopened */
	const char *head, *state_hash;
	bool holds; /* what the rung says now is what was frozen */
	const struct round_event *events; /* in order */
	unsigned n_events;
	const struct round_ask *asks; /* in order of items */
	unsigned n_asks;
};

/* Rounds of an assessment, by rung and number; rung NULL = of all. Owned by the session's arena.
 * Errors: LT_EFILE, LT_ESPACE. */
enum lt_status session_rounds(struct session *session, const char *assessment, const char *rung,
			      struct round_info **out, unsigned *n, struct lt_err *err);

/* What an item must be changed to, in words. */
struct new_ask {
	const char *item; /* id of an item, quantity or line */
	const char *text; /* never blank */
};

/**
 * session_send_back - the last round of the rung below the session's role goes back for these
 * items. Words become remarks of their threads. Errors: LT_EDATA (nothing was submitted, no such
 * item, no words, the role has no rung below).
 */
enum lt_status session_send_back(struct session *session, const struct assessment_ref *ref,
				 const struct new_ask *asks, unsigned n, unsigned *round,
				 struct lt_findings *findings, struct lt_err *err);

/* The last round of a rung (NULL: the one below the role's) is opened as a whole, for
 * session->reason. Errors: LT_EDATA. */
enum lt_status session_reopen(struct session *session, const struct assessment_ref *ref,
			      const char *rung, unsigned *round, struct lt_err *err);

/**
 * round_is_free - whether a rung may change an item, quantity or line without a reason. Errors:
 * LT_EFILE, LT_ESPACE.
 */
enum lt_status round_is_free(struct session *session, const struct assessment_ref *ref,
			     const char *rung, const char *item, bool *is_free,
			     struct lt_err *err);

/* ---- looking back ---- */

/* A score of what a round froze (number 0: of what stands now); round_score_close() in any case.
 * Errors: LT_EDATA (no such round), those of session_score(). */
struct frozen;
struct round_score {
	struct frozen *frozen; /* owned */
	struct assessment_ref ref;
	struct assessment assessment;
};
enum lt_status session_score_round(struct session *session, const struct assessment_ref *ref,
				   const char *rung, unsigned number, struct round_score *out,
				   struct lt_findings *findings, struct lt_err *err);
void round_score_close(struct round_score *score);

/* What differs between two rounds of a rung. */
struct round_change {
	const char *table, *group;
	const char *id;   /* of the item, quantity or line */
	const char *year; /* of a quantity; else NULL */
	const char *key;
	struct words from, to;          /* members as in the vocabulary; at NULL = nothing */
	const char *by, *at, *reason;   /* of the entry that wrote `to`; NULL = not known */
	bool is_correction;             /* it was locked and changed with a reason */
};

struct round_comparison {
	unsigned from, to; /* numbers; to 0 = as it is now */
	struct round_change *at;
	unsigned n;
	struct assessment_total {
		const char *low, *high, *grade; /* NULL = open or none */
	} before, after;
};

/**
 * session_compare_rounds - everything the rung says that is not the same, in the order of keys.
 * Errors: LT_EDATA (no such round), LT_EFILE, LT_ESPACE.
 */
enum lt_status session_compare_rounds(struct session *session, const struct assessment_ref *ref,
				      const char *rung, unsigned from, unsigned to,
				      struct round_comparison *out, struct lt_findings *findings,
				      struct lt_err *err);

#endif
