/*
 * numbers - what of a ruleset a body may put its own numbers in the place of: parameters, rows of
 * weights, points, tiers and lines of items, each beside what the profile at hand says.
 *
 * A row is what is decided at once, with one page: all tiers of an item, both ends of a line, all
 * columns of a weight. Tiers that were entered with pages of their own keep them: these stand among the
 * numbers. Everything lives in the arena given and borrows ruleset and profile.
 */
#ifndef LINGTAN_APP_NUMBERS_H
#define LINGTAN_APP_NUMBERS_H

#include "lingtan/app/profile.h"
#include "lingtan/app/session.h"

enum number_kind {
	NUMBER_PARAMETER,
	NUMBER_WEIGHTS,
	NUMBER_POINTS,
	NUMBER_TIERS,
	NUMBER_LINE,
	N_NUMBER_KINDS
};

struct number {
	struct label label;
	const char *unit;  /* NULL = none */
	const char *own;   /* the ruleset's; NULL = unset, or it has no such number */
	const char *value; /* the profile's; NULL = not replaced */
	bool is_text;      /* page or note of a tier, no number */
	bool is_free;      /* may stay empty */
};

struct number_row {
	enum number_kind kind;
	const char *id, *table; /* parameter, item, or row of a table (NULL for the others) */
	struct label title;
	const char *min, *max; /* of a parameter, or NULL */
	enum origin origin;    /* of the ruleset's numbers */
	const char *cite;      /* where they stand, or NULL */
	struct label note;
	struct number *numbers;
	unsigned n;
	bool is_replaced;
	const char *page, *remark;        /* of the profile's; NULL = none */
	const struct profile_tier *tiers; /* [n_tiers]: which number is a limit, which are points */
	unsigned n_tiers;
	bool is_paged; /* each tier has its own page and note, page and remark are those of the first */
	const char *own_line; /* "120 ~ 40", where the ruleset has a line and the profile tiers */
};

/* All rows in the order of the ruleset; profile NULL = nothing is replaced. Errors: LT_ESPACE. */
enum lt_status numbers_list(const struct ruleset *ruleset, const struct profile *profile,
			    struct lt_arena *arena, struct number_row **out, unsigned *n,
			    struct lt_err *err);

/**
 * numbers_put - values[row->n] with their page in the place of the ruleset's, or (values NULL) the
 * ruleset's again. Texts are copied into the arena. Errors: LT_EDATA (there was nothing to take
 * out), LT_ESPACE. What is put in is not judged: session_keep_profile() does. Of a row that is_paged
 * page and remark are not looked at.
 */
enum lt_status numbers_put(struct profile *profile, const struct number_row *row,
			   const char *const *values, const char *page, const char *remark,
			   struct lt_arena *arena, struct lt_err *err);

/* In one line: "60", "0 / 4 / 8", "5 ~ 40", "0.20 0.15 -"; "" where there is none. */
const char *number_row_text(const struct number_row *row, bool own, char *buf, size_t cap);

#endif
