/*
 * decimal - exact signed decimals: a 128-bit integer counting 10^-12.
 *
 * Range about +-1.7 x 10^26 with 12 places. Adding, subtracting and comparing are exact;
 * multiplying and dividing round once, half to even, at the 12th place. Nothing else rounds unless
 * lt_decimal_round() is called. A result outside the range is refused (false), never wrapped. No
 * binary float, no locale, no allocation. Source: scoring rules "Decimals"; half-even is the
 * rounding of GB/T 8170.
 */
#ifndef LINGTAN_BASE_DECIMAL_H
#define LINGTAN_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

__extension__ typedef __int128 lt_int128;
__extension__ typedef unsigned __int128 lt_uint128;

#define LT_DECIMAL_PLACES 12
#define LT_DECIMAL_ONE ((lt_int128)1000000000000)
/* Longest canonical text: sign, 27 digits, point, 12 digits, NUL. */
#define LT_DECIMAL_TEXT 48

struct lt_decimal {
	lt_int128 units; /* value x 10^12 */
};

enum lt_rounding {
	LT_HALF_EVEN, /* GB/T 8170 */
	LT_HALF_UP,   /* half away from zero */
};

enum lt_decimal_fault {
	LT_DECIMAL_OK = 0,
	LT_DECIMAL_NOT_A_NUMBER, /* "", "12abc", "1,5", "1e3", "nan", "010", ".5", "5.", "+1" */
	LT_DECIMAL_TOO_PRECISE,  /* more than 12 places */
	LT_DECIMAL_TOO_LARGE,
};

/**
 * lt_decimal_parse - read text[0..len) as a decimal; the whole text must be one.
 * Accepts -?(0|[1-9][0-9]*)(\.[0-9]{1,12})? and nothing else. Output untouched on a fault.
 */
enum lt_decimal_fault lt_decimal_parse(const char *text, size_t len, struct lt_decimal *out);

/**
 * lt_decimal_format - canonical text: no trailing zeros, no "-0", no exponent.
 * Returns the length; buf[LT_DECIMAL_TEXT] is NUL-terminated.
 */
size_t lt_decimal_format(struct lt_decimal value, char *buf);

/**
 * lt_decimal_format_places - text with exactly `places` (0..12) places, rounded half-even: for
 * people, never for files.
 */
size_t lt_decimal_format_places(struct lt_decimal value, int places, char *buf);

/* Each returns false, and leaves *out alone, when the result does not fit (or the divisor is zero).
 */
bool lt_decimal_multiply(struct lt_decimal a, struct lt_decimal b, struct lt_decimal *out);
bool lt_decimal_divide(struct lt_decimal a, struct lt_decimal b, struct lt_decimal *out);
bool lt_decimal_multiply_divide(struct lt_decimal a, struct lt_decimal b, struct lt_decimal c,
				struct lt_decimal *out); /* a x b / c, rounded once */
bool lt_decimal_round(struct lt_decimal value, int places, enum lt_rounding mode,
		      struct lt_decimal *out);

static inline bool lt_decimal_add(struct lt_decimal a, struct lt_decimal b, struct lt_decimal *out)
{
	struct lt_decimal sum;
	if (__builtin_add_overflow(a.units, b.units, &sum.units))
		return false;
	*out = sum;
	return true;
}

static inline bool lt_decimal_subtract(struct lt_decimal a, struct lt_decimal b,
				       struct lt_decimal *out)
{
	struct lt_decimal difference;
	if (__builtin_sub_overflow(a.units, b.units, &difference.units))
		return false;
	*out = difference;
	return true;
}

static inline int lt_decimal_compare(struct lt_decimal a, struct lt_decimal b)
{
	return (a.units > b.units) - (a.units < b.units);
}

static inline struct lt_decimal lt_decimal_from_int(long long whole)
{
	return (struct lt_decimal){ (lt_int128)whole * LT_DECIMAL_ONE };
}

#endif
