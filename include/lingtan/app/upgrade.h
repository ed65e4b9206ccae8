/*
 * upgrade - another edition of an assessment's ruleset, where this machine has one: which items are
 * the same in both, and what becomes of the answers to the others.
 *
 * Answers stay where the item's digest is the same. The others are taken back on every rung, in the
 * entry that changes the ruleset, and stand in a queue with old and new side by side until they are
 * answered again. The queue is read from the journal, so undoing the upgrade empties it. What calls
 * give back lives in the session's arena.
 */
#ifndef LINGTAN_APP_UPGRADE_H
#define LINGTAN_APP_UPGRADE_H

#include "lingtan/app/session.h"

/* An answer that an upgrade takes back, or took. */
struct upgrade_answer {
	const char *rung, *item;
	struct words verdict; /* result, value, reason: what it said */
};

struct upgrade {
	const struct ruleset *from, *to;
	const char *from_digest, *to_digest;
	const char **changed, **gone, **added; /* ids of items */
	unsigned n_changed, n_gone, n_added;
	struct upgrade_answer *answers; /* to items that changed or are gone */
	unsigned n_answers;
	bool drops_profile; /* what is pinned does not fit the other edition; it becomes the draft
			     */
};

/* The digest of a ruleset as this machine has it. Errors: LT_EDATA (it has none of that id). */
enum lt_status ruleset_at_hand(struct session *session, const char *id, char digest[LT_SHA256_HEX],
			       struct lt_err *err);

/**
 * upgrade_plan - what an upgrade would do; from_digest equals to_digest where there is nothing to
 * do. Errors: LT_EDATA (no such ruleset here; it has not the stage or type of the assessment).
 */
enum lt_status upgrade_plan(struct session *session, const struct assessment_ref *ref,
			    struct upgrade *out, struct lt_findings *findings, struct lt_err *err);

/**
 * upgrade_commit - does it, as one entry. Errors: LT_EDATA (a submitted round is in the way and no
 * reason is given; a role may not; a figure does not fit the other edition: findings), LT_ESPACE.
 */
enum lt_status upgrade_commit(struct session *session, const struct assessment_ref *ref,
			      const struct upgrade *upgrade, struct lt_findings *findings,
			      bool *done, struct lt_err *err);

/* Answers that upgrades took back and that were not given again, by item. */
struct upgrade_queue {
	struct upgrade_answer *answers;
	unsigned n_answers;
	const struct ruleset *from; /* that the first of them were for; `to` where there are none */
	const struct ruleset *to;   /* of the assessment now */
};

enum lt_status upgrade_queue_read(struct session *session, const struct assessment_ref *ref,
				  struct upgrade_queue *out, struct lt_findings *findings,
				  struct lt_err *err);

#endif
