#include "written.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))

/* "5", "[0, inf]", "[-inf, 3]?" as show() writes them. */
static struct value value(const char *text)
{
	struct value out = { 0 };
	char lo[80], hi[80];
	const char *end = text + strlen(text);
	if (end[-1] == '?') {
		out.maybe_none = true;
		out.none_at = 9;
	}
	if (sscanf(text, "[%79[^,], %79[^]]]", lo, hi) != 2) {
		snprintf(lo, sizeof(lo), "%.*s", (int)strcspn(text, "?"), text);
		strcpy(hi, lo);
	}
	out.lo_unbounded = strcmp(lo, "-inf") == 0;
	out.hi_unbounded = strcmp(hi, "inf") == 0;
	if (!out.lo_unbounded)
		assert_int_equal(lt_decimal_parse(lo, strlen(lo), &out.lo), LT_DECIMAL_OK);
	if (!out.hi_unbounded)
		assert_int_equal(lt_decimal_parse(hi, strlen(hi), &out.hi), LT_DECIMAL_OK);
	return out;
}

typedef bool (*operation)(const struct value *a, const struct value *b, struct value *out);

struct row {
	const char *a, *b, *expected; /* NULL = refused */
};

static void run(operation op, const struct row *rows, size_t n)
{
	unsigned wrong = 0;
	for (size_t i = 0; i < n; i++) {
		const struct value a = value(rows[i].a), b = value(rows[i].b);
		struct value out = value_na();
		char got[SHOWN] = "refused";
		if (op(&a, &b, &out))
			show(&out, got);
		else
			assert_int_equal(out.state, VALUE_NA); /* left alone */
		if (strcmp(got, rows[i].expected ? rows[i].expected : "refused") != 0) {
			print_error("%s with %s: expected %s, got %s\n", rows[i].a, rows[i].b, rows[i].expected ? rows[i].expected : "refused", got);
			wrong++;
		}
		if (out.maybe_none)
			assert_int_equal(out.none_at, 9);
	}
	assert_int_equal(wrong, 0);
}

#define MOST "170141183460469231731687303.715884105727"
#define LEAST "-170141183460469231731687303.715884105728"

static void test_value__add_moves_both_ends(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "2", "3", "5" },
		{ "[1, 2]", "[10, 20]", "[11, 22]" },
		{ "[-5, 2]", "[-1, 1]", "[-6, 3]" },
		{ "[-inf, 2]", "3", "[-inf, 5]" },
		{ "[0, inf]", "[-inf, 1]", "[-inf, inf]" },
		{ "[0, 1]?", "2", "[2, 3]?" },
		{ "2", "[0, 1]?", "[2, 3]?" },
		{ MOST, "0.000000000001", NULL },
		{ LEAST, "-0.000000000001", NULL },
		{ "[0, inf]", MOST, "[" MOST ", inf]" },
		{ "[1, inf]", MOST, NULL }, /* the lower end does not fit */
	};
	run(value_add, rows, N(rows));
}

static void test_value__multiply_takes_the_corners(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "-2", "3", "-6" },
		{ "[1, 2]", "[3, 4]", "[3, 8]" },
		{ "[-2, 3]", "[4, 5]", "[-10, 15]" },
		{ "[-2, 3]", "[-5, 4]", "[-15, 12]" },
		{ "[-3, -2]", "[-5, -4]", "[8, 15]" },
		{ "[-3, -2]", "[4, 5]", "[-15, -8]" },
		{ "[0, 1]", "-7", "[-7, 0]" },
		{ "0.000001", "0.0000005", "0" }, /* a tie at the 13th place, to even */
		{ "0.000003", "0.0000005", "0.000000000002" },
		{ "0", "[0, inf]", "0" },
		{ "0", "[-inf, inf]", "0" },
		{ "[0, 1]", "[0, inf]", "[0, inf]" },
		{ "2", "[0, inf]", "[0, inf]" },
		{ "-2", "[0, inf]", "[-inf, 0]" },
		{ "-2", "[3, inf]", "[-inf, -6]" },
		{ "[-1, 1]", "[0, inf]", "[-inf, inf]" },
		{ "[-inf, -1]", "[-inf, -2]", "[2, inf]" },
		{ "0", "[0, 1]?", "0?" },
		{ "2?", "[0, 1]", "[0, 2]?" },
		{ MOST, "2", NULL },
		{ "[0, " MOST "]", "[0, 2]", NULL },
		{ MOST, "0", "0" },
	};
	run(value_multiply, rows, N(rows));
}

static void test_value__an_exact_factor_keeps_the_doubt_of_the_other(void **state)
{
	(void)state;
	static const struct row rows[] = { { "2?", "3", "6?" }, { "3", "2?", "6?" } };
	run(value_multiply, rows, N(rows));
}

static void test_value__divide_by_what_is_above_zero(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "6", "3", "2" },
		{ "1", "3", "0.333333333333" },
		{ "-2", "3", "-0.666666666667" },
		{ "[6, 12]", "[2, 3]", "[2, 6]" },
		{ "[-6, 12]", "[2, 3]", "[-3, 6]" },
		{ "[-12, -6]", "[2, 3]", "[-6, -2]" },
		{ "6", "[2, inf]", "[0, 3]" },
		{ "-6", "[2, inf]", "[-3, 0]" },
		{ "0", "[2, 3]", "0" },
		{ "[0, inf]", "[2, 3]", "[0, inf]" },
		{ "[-inf, 6]", "[2, 3]", "[-inf, 3]" },
		{ "[0, inf]", "[2, inf]", "[0, inf]" },
		{ "[0, 6]?", "2", "[0, 3]?" },
		{ MOST, "0.1", NULL },
	};
	run(value_divide, rows, N(rows));
}

static void test_value__negate_turns_the_ends(void **state)
{
	(void)state;
	static const struct {
		const char *a, *expected;
	} rows[] = { { "5", "-5" }, { "[-2, 3]", "[-3, 2]" }, { "[0, inf]", "[-inf, 0]" }, { "[-inf, 4]?", "[-4, inf]?" }, { "[1, inf]", "[-inf, -1]" } };
	for (size_t i = 0; i < N(rows); i++) {
		const struct value a = value(rows[i].a);
		struct value out;
		char got[SHOWN];
		assert_true(value_negate(&a, &out));
		assert_string_equal(show(&out, got), rows[i].expected);
	}
	const struct value least = value(LEAST);
	struct value out = value_na();
	assert_false(value_negate(&least, &out));
	assert_int_equal(out.state, VALUE_NA);
}

static bool hull(const struct value *a, const struct value *b, struct value *out)
{
	*out = value_hull(a, b);
	return true;
}

static bool floor_at(const struct value *a, const struct value *b, struct value *out)
{
	*out = value_at_least(a, b);
	return true;
}

static bool cap_at(const struct value *a, const struct value *b, struct value *out)
{
	*out = value_at_most(a, b);
	return true;
}

static void test_value__hull_and_limits(void **state)
{
	(void)state;
	static const struct row hulls[] = {
		{ "1", "3", "[1, 3]" },		    { "[1, 2]", "[5, 6]", "[1, 6]" },	  { "[0, 9]", "[5, 6]", "[0, 9]" },
		{ "[-inf, 2]", "5", "[-inf, 5]" }, { "[3, inf]", "1", "[1, inf]" }, { "1?", "1", "1?" },
		{ "1", "[1, 2]?", "[1, 2]?" },
	};
	static const struct row floors[] = {
		{ "-3", "0", "0" },		    { "3", "0", "3" },		      { "[-3, 3]", "0", "[0, 3]" },
		{ "[-inf, inf]", "0", "[0, inf]" }, { "[-5, -3]", "[-4, 1]", "[-4, 1]" }, { "2", "[0, inf]", "[2, inf]" },
		{ "2?", "3", "3?" },
	};
	static const struct row caps[] = {
		{ "130", "120", "120" },	      { "[100, 130]", "120", "[100, 120]" }, { "[-inf, inf]", "5", "[-inf, 5]" },
		{ "[0, 10]", "[3, 5]", "[0, 5]" }, { "[4, 10]", "[3, 5]", "[3, 5]" },	    { "7", "[-inf, 5]", "[-inf, 5]" },
		{ "7", "5?", "5?" },
	};
	run(hull, hulls, N(hulls));
	run(floor_at, floors, N(floors));
	run(cap_at, caps, N(caps));
}

static void test_value__round_both_ends(void **state)
{
	(void)state;
	static const struct {
		const char *a;
		int places;
		enum lt_rounding mode;
		const char *expected;
	} rows[] = {
		{ "59.95", 1, LT_HALF_EVEN, "60" },	  { "59.85", 1, LT_HALF_EVEN, "59.8" },
		{ "59.85", 1, LT_HALF_UP, "59.9" },	  { "-0.5", 0, LT_HALF_EVEN, "0" },
		{ "-0.5", 0, LT_HALF_UP, "-1" },	  { "[0.4, 1.5]", 0, LT_HALF_EVEN, "[0, 2]" },
		{ "[0.6, 0.7]", 0, LT_HALF_UP, "1" },	  { "[2.25, inf]", 1, LT_HALF_EVEN, "[2.2, inf]" },
		{ "[-inf, 2.35]?", 1, LT_HALF_UP, "[-inf, 2.4]?" }, { "1.000000000001", 12, LT_HALF_UP, "1.000000000001" },
	};
	for (size_t i = 0; i < N(rows); i++) {
		const struct value a = value(rows[i].a);
		struct value out;
		char got[SHOWN];
		assert_true(value_round(&a, rows[i].places, rows[i].mode, &out));
		assert_string_equal(show(&out, got), rows[i].expected);
	}
	const struct value most = value(MOST);
	struct value out = value_na();
	assert_false(value_round(&most, 0, LT_HALF_UP, &out));
	assert_int_equal(out.state, VALUE_NA);
}

static int sign(int order)
{
	return (order > 0) - (order < 0);
}

static void test_value__order_of_ends_with_infinities(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		int lo, hi, lo_hi;
	} rows[] = {
		{ "1", "1", 0, 0, 0 },
		{ "1", "2", -1, -1, -1 },
		{ "[0, 5]", "[1, 4]", -1, 1, -1 },
		{ "[-inf, 5]", "[-inf, 4]", 0, 1, -1 },
		{ "[0, inf]", "[1, inf]", -1, 0, -1 },
		{ "[-inf, inf]", "[-inf, inf]", 0, 0, -1 },
		{ "[5, inf]", "[0, 5]", 1, 1, 0 },
		{ "[6, inf]", "[0, 5]", 1, 1, 1 },
		{ "[0, 1]", "[0, inf]", 0, -1, -1 },
	};
	for (size_t i = 0; i < N(rows); i++) {
		const struct value a = value(rows[i].a), b = value(rows[i].b);
		assert_int_equal(sign(value_compare_lo(&a, &b)), rows[i].lo);
		assert_int_equal(sign(value_compare_hi(&a, &b)), rows[i].hi);
		assert_int_equal(sign(value_compare_lo_hi(&a, &b)), rows[i].lo_hi);
		assert_int_equal(sign(value_compare_lo(&b, &a)), -rows[i].lo);
		assert_int_equal(sign(value_compare_hi(&b, &a)), -rows[i].hi);
	}
}

static void test_value__equality_and_certainty(void **state)
{
	(void)state;
	const struct value five = value("5"), open = value("[0, inf]"), doubt = value("5?"), na = value_na(), none = value_none(3);
	assert_true(value_equals(&five, &five) && value_equals(&open, &open) && value_equals(&na, &na) && value_equals(&none, &none));
	assert_false(value_equals(&five, &doubt) || value_equals(&five, &open) || value_equals(&five, &na) || value_equals(&na, &none));
	assert_true(value_is_certain(&five) && value_is_certain(&na) && value_is_certain(&none));
	assert_false(value_is_certain(&open) || value_is_certain(&doubt));
	assert_true(value_is_exact(&five));
	assert_false(value_is_exact(&na) || value_is_exact(&none) || value_is_exact(&doubt));
	/* the two unbounded ends keep 0 inside; that must not look like a number */
	const struct value all = value("[-inf, inf]"), zero = value("0");
	assert_false(value_is_certain(&all) || value_equals(&all, &zero));
}

/* Whatever the intervals: the result encloses every result of numbers in them. */
static void test_value__intervals_enclose_their_members(void **state)
{
	(void)state;
	struct random random = { 20260301 };
	for (int turn = 0; turn < 20000; turn++) {
		struct value v[2], product, sum, quotient;
		struct lt_decimal at[2], exact;
		for (int i = 0; i < 2; i++) {
			const long long lo = (long long)random_below(&random, 41) - 20, width = random_below(&random, 12);
			v[i] = value_range(lt_decimal_from_int(lo), lt_decimal_from_int(lo + width));
			at[i] = lt_decimal_from_int(lo + (long long)random_below(&random, (uint32_t)width + 1));
			v[i].lo_unbounded = random_below(&random, 8) == 0;
			v[i].hi_unbounded = random_below(&random, 8) == 0;
			v[i].lo = v[i].lo_unbounded ? VALUE_ZERO : v[i].lo;
			v[i].hi = v[i].hi_unbounded ? VALUE_ZERO : v[i].hi;
		}
		assert_true(value_multiply(&v[0], &v[1], &product) && value_add(&v[0], &v[1], &sum));
		assert_true(lt_decimal_multiply(at[0], at[1], &exact));
		assert_true(product.lo_unbounded || product.lo.units <= exact.units);
		assert_true(product.hi_unbounded || product.hi.units >= exact.units);
		assert_true(lt_decimal_add(at[0], at[1], &exact));
		assert_true(sum.lo_unbounded || sum.lo.units <= exact.units);
		assert_true(sum.hi_unbounded || sum.hi.units >= exact.units);
		if (v[1].lo_unbounded || v[1].lo.units <= 0)
			continue;
		assert_true(value_divide(&v[0], &v[1], &quotient) && lt_decimal_divide(at[0], at[1], &exact));
		assert_true(quotient.lo_unbounded || quotient.lo.units <= exact.units);
		assert_true(quotient.hi_unbounded || quotient.hi.units >= exact.units);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_value__add_moves_both_ends),
		cmocka_unit_test(test_value__multiply_takes_the_corners),
		cmocka_unit_test(test_value__an_exact_factor_keeps_the_doubt_of_the_other),
		cmocka_unit_test(test_value__divide_by_what_is_above_zero),
		cmocka_unit_test(test_value__negate_turns_the_ends),
		cmocka_unit_test(test_value__hull_and_limits),
		cmocka_unit_test(test_value__round_both_ends),
		cmocka_unit_test(test_value__order_of_ends_with_infinities),
		cmocka_unit_test(test_value__equality_and_certainty),
		cmocka_unit_test(test_value__intervals_enclose_their_members),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
