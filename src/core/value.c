#include "lingtan/core/value.h"

/* One end of an interval: a number, or minus or plus infinity. */
struct end {
	int infinite;
	struct lt_decimal number;
};

static struct end end_lo(const struct value *v)
{
	return v->lo_unbounded ? (struct end){ .infinite = -1 } : (struct end){ .number = v->lo };
}

static struct end end_hi(const struct value *v)
{
	return v->hi_unbounded ? (struct end){ .infinite = 1 } : (struct end){ .number = v->hi };
}

static int end_compare(struct end a, struct end b)
{
	if (a.infinite || b.infinite)
		return (a.infinite > b.infinite) - (a.infinite < b.infinite);
	return lt_decimal_compare(a.number, b.number);
}

static struct value from_ends(struct end lo, struct end hi)
{
	return (struct value){
		.lo = lo.infinite ? VALUE_ZERO : lo.number,
		.hi = hi.infinite ? VALUE_ZERO : hi.number,
		.lo_unbounded = lo.infinite != 0,
		.hi_unbounded = hi.infinite != 0,
	};
}

static void carry_none(struct value *out, const struct value *a, const struct value *b)
{
	out->maybe_none = a->maybe_none || b->maybe_none;
	out->none_at = a->maybe_none ? a->none_at : b->none_at;
}

int value_compare_lo(const struct value *a, const struct value *b)
{
	return end_compare(end_lo(a), end_lo(b));
}

int value_compare_hi(const struct value *a, const struct value *b)
{
	return end_compare(end_hi(a), end_hi(b));
}

int value_compare_lo_hi(const struct value *a, const struct value *b)
{
	return end_compare(end_lo(a), end_hi(b));
}

bool value_equals(const struct value *a, const struct value *b)
{
	if (a->state != b->state)
		return false;
	if (a->state != VALUE_NUMBER)
		return true;
	return a->maybe_none == b->maybe_none && value_compare_lo(a, b) == 0 &&
	       value_compare_hi(a, b) == 0;
}

bool value_add(const struct value *a, const struct value *b, struct value *out)
{
	struct value sum = { .lo_unbounded = a->lo_unbounded || b->lo_unbounded,
			     .hi_unbounded = a->hi_unbounded || b->hi_unbounded };
	if (!sum.lo_unbounded && !lt_decimal_add(a->lo, b->lo, &sum.lo))
		return false;
	if (!sum.hi_unbounded && !lt_decimal_add(a->hi, b->hi, &sum.hi))
		return false;
	carry_none(&sum, a, b);
	*out = sum;
	return true;
}

bool value_negate(const struct value *a, struct value *out)
{
	struct value negated = *a;
	if (!lt_decimal_subtract(VALUE_ZERO, a->hi, &negated.lo) ||
	    !lt_decimal_subtract(VALUE_ZERO, a->lo, &negated.hi))
		return false;
	negated.lo_unbounded = a->hi_unbounded;
	negated.hi_unbounded = a->lo_unbounded;
	*out = negated;
	return true;
}

static int sign_of(struct end e)
{
	if (e.infinite)
		return e.infinite;
	return (e.number.units > 0) - (e.number.units < 0);
}

static bool end_multiply(struct end a, struct end b, struct end *out)
{
	struct end product = { 0 };
	if (a.infinite || b.infinite)
		product.infinite = sign_of(a) * sign_of(b); /* 0 x unbounded = 0 */
	else if (!lt_decimal_multiply(a.number, b.number, &product.number))
		return false;
	*out = product;
	return true;
}

bool value_multiply(const struct value *a, const struct value *b, struct value *out)
{
	if (value_is_exact(a) && value_is_exact(b)) {
		struct lt_decimal product;
		if (!lt_decimal_multiply(a->lo, b->lo, &product))
			return false;
		*out = value_exact(product);
		return true;
	}
	const struct end as[2] = { end_lo(a), end_hi(a) }, bs[2] = { end_lo(b), end_hi(b) };
	struct end lo = { 0 }, hi = { 0 };
	for (int i = 0; i < 4; i++) {
		struct end corner;
		if (!end_multiply(as[i >> 1], bs[i & 1], &corner))
			return false;
		if (i == 0 || end_compare(corner, lo) < 0)
			lo = corner;
		if (i == 0 || end_compare(corner, hi) > 0)
			hi = corner;
	}
	struct value product = from_ends(lo, hi);
	carry_none(&product, a, b);
	*out = product;
	return true;
}

static bool end_divide(struct end a, struct end b, struct end *out)
{
	struct end quotient = { 0 };
	if (a.infinite)
		quotient.infinite = a.infinite;
	else if (!b.infinite && !lt_decimal_divide(a.number, b.number, &quotient.number))
		return false;
	*out = quotient;
	return true;
}

bool value_divide(const struct value *a, const struct value *b, struct value *out)
{
	struct end lo = end_lo(a), hi = end_hi(a);
	if (!end_divide(lo, sign_of(lo) < 0 ? end_lo(b) : end_hi(b), &lo))
		return false;
	if (!end_divide(hi, sign_of(hi) < 0 ? end_hi(b) : end_lo(b), &hi))
		return false;
	struct value quotient = from_ends(lo, hi);
	carry_none(&quotient, a, b);
	*out = quotient;
	return true;
}

struct value value_hull(const struct value *a, const struct value *b)
{
	struct value hull = from_ends(value_compare_lo(a, b) <= 0 ? end_lo(a) : end_lo(b),
				      value_compare_hi(a, b) >= 0 ? end_hi(a) : end_hi(b));
	carry_none(&hull, a, b);
	return hull;
}

struct value value_at_least(const struct value *a, const struct value *floor)
{
	struct value out = from_ends(value_compare_lo(a, floor) >= 0 ? end_lo(a) : end_lo(floor),
				     value_compare_hi(a, floor) >= 0 ? end_hi(a) : end_hi(floor));
	carry_none(&out, a, floor);
	return out;
}

struct value value_at_most(const struct value *a, const struct value *ceiling)
{
	struct value out =
		from_ends(value_compare_lo(a, ceiling) <= 0 ? end_lo(a) : end_lo(ceiling),
			  value_compare_hi(a, ceiling) <= 0 ? end_hi(a) : end_hi(ceiling));
	carry_none(&out, a, ceiling);
	return out;
}

bool value_round(const struct value *a, int places, enum lt_rounding mode, struct value *out)
{
	struct value rounded = *a;
	if (!a->lo_unbounded && !lt_decimal_round(a->lo, places, mode, &rounded.lo))
		return false;
	if (!a->hi_unbounded && !lt_decimal_round(a->hi, places, mode, &rounded.hi))
		return false;
	*out = rounded;
	return true;
}

static void write_end(struct lt_json *json, const char *key, bool is_known, struct lt_decimal end)
{
	if (is_known)
		lt_json_decimal(json, key, end);
	else
		lt_json_null(json, key);
}

void value_write_ends(struct lt_json *json, const struct value *value)
{
	const bool is_number = value->state == VALUE_NUMBER;
	write_end(json, "low", is_number && !value->lo_unbounded, value->lo);
	write_end(json, "high", is_number && !value->hi_unbounded, value->hi);
}

void value_write(struct lt_json *json, const struct value *value, bool is_known)
{
	write_end(json, "value", is_known && value_is_exact(value), value->lo);
	value_write_ends(json, value);
}
