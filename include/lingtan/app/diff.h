/*
 * diff - what is not the same in two states: of two files, two rounds, two rungs, two stages or
 * years of the same park, or of one file at two entries.
 */
#ifndef LINGTAN_APP_DIFF_H
#define LINGTAN_APP_DIFF_H

#include "lingtan/app/round.h"

/* What of a file is meant; NULL and 0 = all of it, as it is now. */
struct diff_spec {
	const char *assessment; /* standard/stage/year */
	const char *rung;
	unsigned round;    /* as it was submitted; needs the rung, or takes the evaluator's */
	const char *entry; /* as it was at this entry: its hash or the beginning of it */
};

/**
 * diff_spec_parse - from words joined by @: round:N, a rung, an assessment, the beginning of a hash
 * (6 digits). Strings in the arena. Errors: LT_EUSAGE (err names the word).
 */
enum lt_status diff_spec_parse(const char *text, struct lt_arena *arena, struct diff_spec *out,
			       struct lt_err *err);

struct diff_change {
	const char *table, *group;
	const char *key;   /* of the side that has it; where both do, of A */
	struct words a, b; /* at NULL = nothing there */
};

struct diff {
	struct diff_change *at; /* sorted by table, key, group */
	unsigned n;
	struct diff_side {
		const char *assessment,
			*rung; /* that the total is of; NULL = there is none to tell */
		struct assessment_total total;
	} a, b;
};

/**
 * diff_make - rows of another assessment or rung are held against each other where both sides name
 * one; what a side did not ask for is left out. Everything in a's arena. Errors: LT_EDATA (no such
 * round, entry or assessment), LT_EFILE, LT_ESPACE.
 */
enum lt_status diff_make(struct session *a, const struct diff_spec *spec_a, struct session *b,
			 const struct diff_spec *spec_b, struct diff *out,
			 struct lt_findings *findings, struct lt_err *err);

#endif
