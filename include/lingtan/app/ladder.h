/*
 * ladder - the four rungs against each other: where two differ and what that moves, taking over
 * what a lower rung says, evidence that was looked at.
 */
#ifndef LINGTAN_APP_LADDER_H
#define LINGTAN_APP_LADDER_H

#include "lingtan/app/board.h"
#include "lingtan/app/writers.h"

enum ladder_kind { LADDER_ITEM, LADDER_QUANTITY, LADDER_LINE };

/* What one rung has for it. */
struct ladder_side {
	bool is_given;
	const char *text;           /* "points 8", "23.4 %", "96 t"; "" where nothing is given */
	const char *reason;         /* remark, source or reason as typed; "" = none */
	const char *by, *role, *at; /* who wrote it, when; NULL = not known */
	bool is_taken;              /* taken over from the rung below */
	bool is_bulk;               /* and with many others at once */
};

struct ladder_difference {
	enum ladder_kind kind;
	const char *id;    /* of the item, quantity or line */
	const char *year;  /* of a quantity or line; else NULL */
	const struct label *title;
	struct ladder_side lower, upper;
	bool is_seen;                              /* the upper rung has said something of it */
	struct lt_decimal effect_low, effect_high; /* on the lower rung's figure, if this alone
						      were the upper's */
	unsigned n_evidence;                       /* ties of the item */
	unsigned place;                            /* in the order of ruleset and keys */
};

struct ladder_differences {
	enum rung lower, upper;
	struct ladder_difference *at; /* largest effect first; what the upper rung has not seen
					 last */
	unsigned n, n_different;      /* n_different: those that both said */
	const struct label *figure;   /* of what the effects are; NULL = nothing leads */
	const char *figure_unit;      /* NULL = points */
};

/**
 * ladder_compare - where two rungs differ: items, figures of the park, lines of the inventory.
 * Owns: the arena. Errors: LT_EDATA (the lower is not below the upper), LT_EFILE, LT_ESPACE.
 */
enum lt_status ladder_compare(struct session *session, const struct assessment_ref *ref,
			      enum rung lower, enum rung upper, struct lt_arena *arena,
			      struct ladder_differences *out, struct lt_findings *findings,
			      struct lt_err *err);

/* ---- taking over ---- */

/* From the assessment that this one follows: only what need not be looked at in this cycle. */
#define TAKE_LAST "last"

struct ladder_take {
	const char *const *items; /* NULL with all */
	unsigned n_items;
	bool all;         /* every item that a lower rung answered and the own did not */
	const char *from; /* rung; TAKE_LAST; NULL = the nearest below that answered the item */
};

/**
 * ladder_take_over - the verdicts of a lower rung become those of the session's own. One item by
 * itself needs no more; several at once (or all) are bulk: the journal calls them so, and of each
 * the person must have seen the evidence as it stands (ladder_see()). *n counts what was taken. An
 * item that the own rung has answered otherwise is refused. Errors: LT_EDATA (also: findings name
 * items whose evidence was not seen, or awards without any; then nothing is taken), LT_EFILE.
 */
enum lt_status ladder_take_over(struct session *session, const struct assessment_ref *ref,
				const struct ladder_take *wish, unsigned *n,
				struct lt_findings *findings, struct lt_err *err);

/* Writes down that the session's person has looked at the evidence of items, as it stands, for the
 * own rung. Errors: LT_EDATA (no such item, a role without a rung), LT_EFILE. */
enum lt_status ladder_see(struct session *session, const struct assessment_ref *ref,
			  const char *const *items, unsigned n, bool *done,
			  struct lt_findings *findings, struct lt_err *err);

#endif
