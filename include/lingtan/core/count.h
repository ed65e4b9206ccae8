/*
 * count - figures that are counts or ratios over the places of a park, as declared in
 * db/counts.yaml. Pure; exact.
 */
#ifndef LINGTAN_CORE_COUNT_H
#define LINGTAN_CORE_COUNT_H

#include "lingtan/base/decimal.h"
#include "lingtan/core/ruleset.h"

enum count_weight { COUNT_NUMBER, COUNT_AREA, COUNT_ENERGY };

struct count_rule {
	const char *quantity; /* id, in whatever rulesets have it */
	struct words kinds;
	struct words among, of; /* marks: all of among make the base, all of both are counted */
	enum count_weight weigh;
	unsigned share; /* 1: of 100 of the base; 0: the sum itself */
};

struct count_rules {
	struct count_rule *rules;
	unsigned n_rules;
};

/* A place of a park; texts "" or NULL = not said. */
struct counted_place {
	const char *id, *name, *kind, *marks; /* marks: ids with commas between */
	const char *count, *area, *energy;
};

/* How many there are of a kind with marks, as a population has it. */
struct counted_frame {
	const char *kind, *marks, *size;
};

enum count_state {
	COUNT_NOTHING,    /* no place says anything of it */
	COUNT_INCOMPLETE, /* a place of the base lacks what is weighed, or places are missing */
	COUNT_VALUE
};

struct count_result {
	enum count_state state;
	struct lt_decimal value, counted, base;
	unsigned n_counted, n_base; /* places */
	bool is_proved; /* populations say that the places of the base are all there are */
	const char *missing;        /* COUNT_INCOMPLETE: the place that lacks it; NULL = places are missing */
};

/* The first rule of a quantity; NULL where there is none. */
const struct count_rule *count_rules_find(const struct count_rules *rules, const char *quantity);

/* Whether a place is of the base; and whether it is counted. */
bool count_is_in_base(const struct count_rule *rule, const struct counted_place *place);
bool count_is_counted(const struct count_rule *rule, const struct counted_place *place);

void count_compute(const struct count_rule *rule, const struct counted_place *places, unsigned n,
		   const struct counted_frame *frames, unsigned n_frames, struct count_result *out);

#endif
