/*
 * balance - the quantities of a standard, computed from the one ledger as the standard counts.
 *
 * What a standard takes of a line is data: the `ledger` of its quantities (core/ruleset.h). Of the
 * takes of a quantity the first that fits a line has it, so a line enters a quantity once at most.
 * Every line that entered, and every one that was left out on purpose or cannot be counted, is
 * kept with the take that decided: that is what tells two methods apart, line by line.
 *
 * Pure and exact: a line rounds where it is multiplied (core/ledger.h), a mean or share once more
 * at its division, sums never. The order of lines changes nothing.
 */
#ifndef LINGTAN_CORE_BALANCE_H
#define LINGTAN_CORE_BALANCE_H

#include "lingtan/core/ledger.h"
#include "lingtan/core/plan.h"

/* What the register says of the offset of a line; texts "" = not said. */
struct balance_offset {
	const char *line;       /* its id */
	const char *kind;       /* ccer, phcer, own, funded */
	const char *commitment; /* whole years that an own project is to run */
	const char *local;      /* yes, no */
};

struct balance_input {
	const struct ledger *ledger;
	const struct plan *plan; /* its parameters, a profile's among them */
	const char *year;        /* the one judged */
	const struct balance_offset *offsets;
	unsigned n_offsets;
	/* [ledger->n], or NULL: properties of the fuel whose factor of a set a line names; NULL = none */
	const struct ledger_fuel *const *fuels;
	/* [ruleset->n_quantities]: what was entered, for `per`; NULL = nothing */
	const struct lt_decimal *const *entered;
};

/* A line as it entered a figure, or did not. */
struct balance_part {
	unsigned row; /* of the ledger */
	const struct take *take;
	bool is_over;            /* it entered the denominator */
	bool has_tonnes;         /* what it amounts to under this method is known */
	struct lt_decimal value; /* in the quantity's unit, weighted; 0 if nothing is taken */
	struct lt_decimal tonnes;
};

enum balance_state {
	BALANCE_NONE,  /* the quantity is only entered */
	BALANCE_OPEN,  /* the ledger does not say enough; why tells */
	BALANCE_VALUE,
};

struct balance_figure {
	enum balance_state state;
	struct lt_decimal value; /* in the quantity's unit */
	unsigned years;          /* that it is the mean of */
	bool is_empty;           /* no line: when_empty */
	struct label why;        /* made in the arena, or NULL texts */
	const char *needs;       /* parameter that is not set, or NULL */
	enum origin origin;      /* weakest of what computed it */
	const char *part_unit; /* of each part: of a ratio what stands above its stroke, of a share
				  the base unit of its lines; NULL where there are no parts */
	struct balance_part *parts;
	unsigned n_parts;
};

struct balance_result {
	struct balance_figure *figures; /* [ruleset->n_quantities] */
};

/* Whether any quantity of the ruleset is computed from the ledger. */
bool balance_is_for(const struct ruleset *ruleset);

/**
 * balance_compute - every quantity that has a derivation, in the arena given. A figure that cannot
 * be had is BALANCE_OPEN and says why; that is no error. Errors: LT_ESPACE.
 */
enum lt_status balance_compute(const struct balance_input *input, struct lt_arena *arena,
			       struct balance_result *out, struct lt_err *err);

#endif
