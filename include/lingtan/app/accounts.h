/*
 * accounts - what each standard of a park makes of its one ledger, side by side, and line by line
 * why they differ.
 *
 * Life cycle: accounts_open() scores every assessment of the year once, accounts_close() in any case.
 */
#ifndef LINGTAN_APP_ACCOUNTS_H
#define LINGTAN_APP_ACCOUNTS_H

#include "lingtan/app/session.h"

enum account_fate {
	ACCOUNT_COUNTED,
	ACCOUNT_LEFT_OUT,  /* on purpose: why says so */
	ACCOUNT_REFUSED,   /* cannot be counted: why says so */
	ACCOUNT_ELSEWHERE, /* the line itself says that it counts in other accounts */
	ACCOUNT_NOT_TAKEN, /* the standard does not ask for such lines */
};

/* What became of a line's emission under one standard. */
struct account_line {
	enum account_fate fate;
	struct lt_decimal tonnes; /* 0 unless counted */
	const struct take *take;  /* that decided; NULL for the last two */
};

struct account {
	const struct assessment_ref *ref;
	struct assessment assessment; /* owned */
	bool has_emission; /* of what no line makes there is none, nor where the score has none */
	struct lt_decimal emission; /* what the lines come to, in tCO2 or tCO2e */
	unsigned years;             /* that it is the mean of; 1 = the year itself */
	struct account_line *lines; /* of each row of its ledger; of other years none is taken */
};

struct accounts {
	struct lt_arena arena; /* owned */
	const char *year, *rung;
	struct account *at; /* in the order of their names; of one standard the last stage alone */
	unsigned n;
};

/* Lines that two standards count differently for one reason; or, without lines, what a mean of
 * several years, or a figure of another year, differs from the year itself. */
struct account_difference {
	const struct account_line *from, *to; /* of the first such line; NULL without one */
	struct lt_decimal tonnes;             /* to - from */
	unsigned *rows, n;
	bool is_mean; /* without lines: one of the two is a mean */
};

/**
 * accounts_open - year NULL: the last that an assessment is of; rung NULL: the highest with answers.
 * Errors: LT_EDATA (no assessment of that year), those of session_score().
 */
enum lt_status accounts_open(struct session *session, const char *year, const char *rung,
			     struct accounts *out, struct lt_findings *findings, struct lt_err *err);
/* The same for who does not need all of them: an assessment that cannot be scored is left out, and a
 * finding says why; n is 0 where there is none of that year. */
enum lt_status accounts_open_scored(struct session *session, const char *year, const char *rung,
				    struct accounts *out, struct lt_findings *findings,
				    struct lt_err *err);
void accounts_close(struct accounts *accounts);

/* Why two of them differ, in the order of lines. In the arena of the accounts; the tonnes add up to
 * the difference of their emissions where both have one. Errors: LT_ESPACE. */
enum lt_status accounts_differ(struct accounts *accounts, const struct account *from,
			       const struct account *to, struct account_difference **out, unsigned *n,
			       struct lt_err *err);

/* Why lines of a difference count differently, in words; borrowed from the rulesets, or static. */
const struct label *account_reason(const struct account_difference *found);

/* Whether a node of the plan rests on the ledger and parameters alone; false where there is no
 * ledger. */
bool account_rests_on_ledger(const struct account *account, unsigned node);

#endif
