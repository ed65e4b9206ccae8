/*
 * value - what a number of an assessment can be: an interval, "not applicable", or none.
 *
 * An interval [lo, hi] encloses every value that the open inputs still allow; an end may be
 * unbounded. Truths are 0 and 1, grades are ranks from 0. `maybe_none` says that some completion
 * has no value at all ("no threshold defined"). Source: scoring rules "Values". All functions are
 * pure; those that can overflow return false and leave *out alone.
 */
#ifndef LINGTAN_CORE_VALUE_H
#define LINGTAN_CORE_VALUE_H

#include <stdbool.h>
#include <stdint.h>
#include "lingtan/base/decimal.h"
#include "lingtan/base/json.h"

enum value_state { VALUE_NUMBER, VALUE_NA, VALUE_NONE };

struct value {
	struct lt_decimal lo, hi; /* 0 where the end is unbounded, or where there is no number */
	uint8_t state;
	bool lo_unbounded, hi_unbounded;
	bool maybe_none;
	uint32_t none_at; /* slot of the node at which "none" arose */
};

#define VALUE_ZERO ((struct lt_decimal){ 0 })
#define VALUE_ONE ((struct lt_decimal){ LT_DECIMAL_ONE })

static inline struct value value_exact(struct lt_decimal number)
{
	return (struct value){ .lo = number, .hi = number };
}

static inline struct value value_range(struct lt_decimal lo, struct lt_decimal hi)
{
	return (struct value){ .lo = lo, .hi = hi };
}

static inline struct value value_truth(bool certain, bool possible)
{
	return value_range(certain ? VALUE_ONE : VALUE_ZERO, possible ? VALUE_ONE : VALUE_ZERO);
}

static inline struct value value_na(void)
{
	return (struct value){ .state = VALUE_NA };
}

static inline struct value value_none(uint32_t at)
{
	return (struct value){ .state = VALUE_NONE, .none_at = at };
}

/* Nothing that is still open can change it: one number for sure, n/a, or none. */
static inline bool value_is_certain(const struct value *v)
{
	if (v->state != VALUE_NUMBER)
		return true;
	return !v->lo_unbounded && !v->hi_unbounded && !v->maybe_none && v->lo.units == v->hi.units;
}

/* A number, and exactly one. */
static inline bool value_is_exact(const struct value *v)
{
	return v->state == VALUE_NUMBER && value_is_certain(v);
}

bool value_equals(const struct value *a, const struct value *b);

/* The operands are numbers; maybe_none is handed on by all of them. */
bool value_add(const struct value *a, const struct value *b, struct value *out);
bool value_multiply(const struct value *a, const struct value *b,
		    struct value *out); /* corners; 0 x unbounded = 0 */

bool value_negate(const struct value *a, struct value *out);

/* a / b for b > 0 everywhere. */
bool value_divide(const struct value *a, const struct value *b, struct value *out);

/* The smallest interval around both. */
struct value value_hull(const struct value *a, const struct value *b);

/* Both ends not below floor, not above ceiling, rounded. */
struct value value_at_least(const struct value *a, const struct value *floor);
struct value value_at_most(const struct value *a, const struct value *ceiling);
bool value_round(const struct value *a, int places, enum lt_rounding mode, struct value *out);

/* Order of the ends, unbounded ones included: <0, 0, >0. */
int value_compare_lo(const struct value *a, const struct value *b); /* a.lo with b.lo */
int value_compare_hi(const struct value *a, const struct value *b);
int value_compare_lo_hi(const struct value *a, const struct value *b); /* a.lo with b.hi */

/* Members "low" and "high" of an object: null = unbounded, or no number. */
void value_write_ends(struct lt_json *json, const struct value *value);

/* The same after "value": null = an interval, or (is_known false) not settled yet. */
void value_write(struct lt_json *json, const struct value *value, bool is_known);

#endif
