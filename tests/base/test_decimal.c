#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "lingtan/base/decimal.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))
#define MOST "170141183460469231731687303.715884105727"
#define LEAST "-170141183460469231731687303.715884105728"

static struct lt_decimal dec(const char *text)
{
	struct lt_decimal value = { 0 };
	if (lt_decimal_parse(text, strlen(text), &value) != LT_DECIMAL_OK)
		fail_msg("the test's own number is refused: %s", text);
	return value;
}

static const char *text_of(struct lt_decimal value)
{
	static char buf[LT_DECIMAL_TEXT];
	size_t len = lt_decimal_format(value, buf);
	assert_int_equal(len, strlen(buf));
	return buf;
}

static void test_decimal__parse_refuses_what_is_not_canonical_enough(void **state)
{
	static const struct {
		const char *text;
		enum lt_decimal_fault fault;
	} cases[] = {
		{ "", LT_DECIMAL_NOT_A_NUMBER },
		{ "-", LT_DECIMAL_NOT_A_NUMBER },
		{ "+1", LT_DECIMAL_NOT_A_NUMBER },
		{ "--1", LT_DECIMAL_NOT_A_NUMBER },
		{ "12abc", LT_DECIMAL_NOT_A_NUMBER },
		{ "0.35kg", LT_DECIMAL_NOT_A_NUMBER },
		{ "1,5", LT_DECIMAL_NOT_A_NUMBER },
		{ "1e3", LT_DECIMAL_NOT_A_NUMBER },
		{ "0x10", LT_DECIMAL_NOT_A_NUMBER },
		{ "nan", LT_DECIMAL_NOT_A_NUMBER },
		{ "inf", LT_DECIMAL_NOT_A_NUMBER },
		{ "010", LT_DECIMAL_NOT_A_NUMBER },
		{ "00", LT_DECIMAL_NOT_A_NUMBER },
		{ "-01", LT_DECIMAL_NOT_A_NUMBER },
		{ ".5", LT_DECIMAL_NOT_A_NUMBER },
		{ "-.5", LT_DECIMAL_NOT_A_NUMBER },
		{ "5.", LT_DECIMAL_NOT_A_NUMBER },
		{ ".", LT_DECIMAL_NOT_A_NUMBER },
		{ "1.2.3", LT_DECIMAL_NOT_A_NUMBER },
		{ "1..2", LT_DECIMAL_NOT_A_NUMBER },
		{ "1.-2", LT_DECIMAL_NOT_A_NUMBER },
		{ " 1", LT_DECIMAL_NOT_A_NUMBER },
		{ "1 ", LT_DECIMAL_NOT_A_NUMBER },
		{ "1\n", LT_DECIMAL_NOT_A_NUMBER },
		{ "１２", LT_DECIMAL_NOT_A_NUMBER },
		{ "1.", LT_DECIMAL_NOT_A_NUMBER },
		{ "99999999999999999999999999999999999999999999x", LT_DECIMAL_NOT_A_NUMBER },
		{ "0.1234567890123x", LT_DECIMAL_NOT_A_NUMBER },
		{ "0.1234567890123", LT_DECIMAL_TOO_PRECISE },
		{ "1.0000000000000", LT_DECIMAL_TOO_PRECISE },
		{ "170141183460469231731687303.715884105728", LT_DECIMAL_TOO_LARGE },
		{ "-170141183460469231731687303.715884105729", LT_DECIMAL_TOO_LARGE },
		{ "170141183460469231731687304", LT_DECIMAL_TOO_LARGE },
		{ "340282366920938463463374607.431768211455", LT_DECIMAL_TOO_LARGE },
		{ "340282366920938463463374607.431768211456", LT_DECIMAL_TOO_LARGE },
		{ "340282366920938463463374607.999999999999", LT_DECIMAL_TOO_LARGE },
		{ "999999999999999999999999999.999999999999", LT_DECIMAL_TOO_LARGE },
		{ "1000000000000000000000000000", LT_DECIMAL_TOO_LARGE },
		{ "340282366920938463463374607431768211457", LT_DECIMAL_TOO_LARGE },
		{ "-99999999999999999999999999999999999999999999999999999999999999999", LT_DECIMAL_TOO_LARGE },
	};
	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		struct lt_decimal value = { 77 };
		enum lt_decimal_fault fault = lt_decimal_parse(cases[i].text, strlen(cases[i].text), &value);
		if (fault != cases[i].fault)
			fail_msg("\"%s\": fault %d, wanted %d", cases[i].text, fault, cases[i].fault);
		assert_true(value.units == 77);
	}
}

static void test_decimal__parse_uses_only_len_bytes(void **state)
{
	struct lt_decimal value = { 0 };
	(void)state;
	assert_int_equal(lt_decimal_parse("12.5t", 4, &value), LT_DECIMAL_OK);
	assert_string_equal(text_of(value), "12.5");
	assert_int_equal(lt_decimal_parse("12.5t", 2, &value), LT_DECIMAL_OK);
	assert_string_equal(text_of(value), "12");
	assert_int_equal(lt_decimal_parse("12.5t", 3, &value), LT_DECIMAL_NOT_A_NUMBER);
	assert_int_equal(lt_decimal_parse("1\0002", 3, &value), LT_DECIMAL_NOT_A_NUMBER);
	assert_int_equal(lt_decimal_parse(NULL, 0, &value), LT_DECIMAL_NOT_A_NUMBER);
}

static void test_decimal__format_is_canonical(void **state)
{
	static const struct {
		const char *typed, *canonical;
	} cases[] = {
		{ "0", "0" },
		{ "-0", "0" },
		{ "-0.000000000000", "0" },
		{ "0.0", "0" },
		{ "1.50", "1.5" },
		{ "100", "100" },
		{ "100.00", "100" },
		{ "-7.250", "-7.25" },
		{ "0.000000000001", "0.000000000001" },
		{ "-0.000000000001", "-0.000000000001" },
		{ "0.123456789012", "0.123456789012" },
		{ "0.00003412", "0.00003412" },
		{ "999999999999999999", "999999999999999999" },
		{ "1000000000000000000", "1000000000000000000" },
		{ "1000000000000000000.5", "1000000000000000000.5" },
		{ "100000000000000000000000001", "100000000000000000000000001" },
		{ MOST, MOST },
		{ LEAST, LEAST },
	};
	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_string_equal(text_of(dec(cases[i].typed)), cases[i].canonical);
	assert_string_equal(text_of(lt_decimal_from_int(-42)), "-42");
	assert_string_equal(text_of(lt_decimal_from_int(INT64_MIN)), "-9223372036854775808");
}

static void test_decimal__format_places_rounds_half_even(void **state)
{
	static const struct {
		const char *value;
		int places;
		const char *text;
	} cases[] = {
		{ "0", 0, "0" },
		{ "0", 2, "0.00" },
		{ "12", 1, "12.0" },
		{ "0.125", 2, "0.12" },
		{ "0.135", 2, "0.14" },
		{ "-0.125", 2, "-0.12" },
		{ "-0.135", 2, "-0.14" },
		{ "0.1250000001", 2, "0.13" },
		{ "2.5", 0, "2" },
		{ "3.5", 0, "4" },
		{ "9.995", 2, "10.00" },
		{ "-0.004", 2, "0.00" },
		{ "-0.006", 2, "-0.01" },
		{ "0.05", 12, "0.050000000000" },
		{ MOST, 12, MOST },
		{ LEAST, 12, LEAST },
		/* Rounded up these leave the range; as text for people they are still right. */
		{ MOST, 0, "170141183460469231731687304" },
		{ LEAST, 1, "-170141183460469231731687303.7" },
		{ LEAST, 11, "-170141183460469231731687303.71588410573" },
	};
	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		char buf[LT_DECIMAL_TEXT];
		size_t len = lt_decimal_format_places(dec(cases[i].value), cases[i].places, buf);
		assert_string_equal(buf, cases[i].text);
		assert_int_equal(len, strlen(buf));
	}
}

static void test_decimal__round_knows_both_modes(void **state)
{
	static const struct {
		const char *value;
		int places;
		const char *half_even, *half_up;
	} cases[] = {
		{ "0.5", 0, "0", "1" },
		{ "1.5", 0, "2", "2" },
		{ "2.5", 0, "2", "3" },
		{ "-0.5", 0, "0", "-1" },
		{ "-1.5", 0, "-2", "-2" },
		{ "-2.5", 0, "-2", "-3" },
		{ "89.95", 1, "90", "90" },
		{ "89.85", 1, "89.8", "89.9" },
		{ "59.999999999999", 1, "60", "60" },
		{ "59.949999999999", 1, "59.9", "59.9" },
		{ "2.500000000001", 0, "3", "3" },
		{ "2.499999999999", 0, "2", "2" },
		{ "0.000000000005", 11, "0", "0.00000000001" },
		{ "0.000000000015", 11, "0.00000000002", "0.00000000002" },
		{ "0.123456789012", 12, "0.123456789012", "0.123456789012" },
		{ "7", 0, "7", "7" },
		{ MOST, 12, MOST, MOST },
		{ LEAST, 12, LEAST, LEAST },
		{ LEAST, 1, "-170141183460469231731687303.7", "-170141183460469231731687303.7" },
	};
	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		struct lt_decimal value = dec(cases[i].value), rounded = { 0 };
		assert_true(lt_decimal_round(value, cases[i].places, LT_HALF_EVEN, &rounded));
		assert_string_equal(text_of(rounded), cases[i].half_even);
		assert_true(lt_decimal_round(value, cases[i].places, LT_HALF_UP, &rounded));
		assert_string_equal(text_of(rounded), cases[i].half_up);
	}
}

static void test_decimal__round_out_of_range_is_refused(void **state)
{
	static const enum lt_rounding modes[] = { LT_HALF_EVEN, LT_HALF_UP };
	(void)state;
	for (size_t i = 0; i < N_OF(modes); i++) {
		struct lt_decimal out = { 77 };
		assert_false(lt_decimal_round(dec(MOST), 0, modes[i], &out));
		assert_false(lt_decimal_round(dec(LEAST), 0, modes[i], &out));
		assert_false(lt_decimal_round(dec(LEAST), 11, modes[i], &out));
		assert_true(out.units == 77);
	}
}

struct binary_case {
	const char *a, *b, *result; /* NULL = refused */
};

typedef bool (*binary_fn)(struct lt_decimal a, struct lt_decimal b, struct lt_decimal *out);

static void check_one(binary_fn fn, const char *name, const char *a, const char *b, const char *wanted)
{
	struct lt_decimal out = { 77 };
	bool fits = fn(dec(a), dec(b), &out);

	if (!wanted) {
		if (fits)
			fail_msg("%s %s %s = %s, wanted a refusal", name, a, b, text_of(out));
		assert_true(out.units == 77);
	} else if (!fits || strcmp(text_of(out), wanted) != 0) {
		fail_msg("%s %s %s = %s, wanted %s", name, a, b, fits ? text_of(out) : "refused", wanted);
	}
}

static void test_decimal__multiply(void **state)
{
	static const struct binary_case cases[] = {
		{ "0", "5", "0" },
		{ "0", LEAST, "0" },
		{ "2", "3.5", "7" },
		{ "-2", "3.5", "-7" },
		{ "-2", "-3.5", "7" },
		{ "30000000000", "0.5306", "15918000000" },
		/* Ties at the 12th place go to the even digit, on both sides of zero. */
		{ "0.000000000001", "0.5", "0" },
		{ "0.000000000003", "0.5", "0.000000000002" },
		{ "0.000000000005", "0.5", "0.000000000002" },
		{ "-0.000000000001", "0.5", "0" },
		{ "-0.000000000003", "0.5", "-0.000000000002" },
		{ "-0.000000000005", "0.5", "-0.000000000002" },
		{ "0.000000000001", "0.500000000001", "0.000000000001" },
		{ "0.000000000001", "0.499999999999", "0" },
		{ "0.000000000001", "0.000000000001", "0" },
		{ "3.666666666667", "0.333333333333", "1.222222222221" },
		/* Just below and just above a product of 2^128, where the wide path begins. */
		{ "18446744.073709551615", "18446744.073709551615", "340282366920938.463426481119" },
		{ "18446744.073709551616", "18446744.073709551616", "340282366920938.463463374607" },
		{ "18446744.073709551617", "-18446744.073709551616", "-340282366920938.463481821352" },
		/* The wide path, ties included. */
		{ "1000000000000000", "1.5", "1500000000000000" },
		{ "29000000000000000", "0.00003412", "989480000000" },
		{ "123456789012345678.000000000001", "0.5", "61728394506172839" },
		{ "123456789012345678.000000000003", "0.5", "61728394506172839.000000000002" },
		{ "-123456789012345678.000000000003", "0.5", "-61728394506172839.000000000002" },
		{ "10000000000000", "10000000000000", "100000000000000000000000000" },
		{ "-10000000000000", "-10000000000000", "100000000000000000000000000" },
		/* The ends of the range. */
		{ MOST, "1", MOST },
		{ MOST, "-1", "-" MOST },
		{ LEAST, "1", LEAST },
		{ LEAST, "-1", NULL },
		{ LEAST, LEAST, NULL },
		{ MOST, MOST, NULL },
		{ MOST, "1.000000000001", NULL },
		{ "85070591730234615865843651.857942052864", "2", NULL },
		{ "-85070591730234615865843651.857942052864", "2", LEAST },
		{ "85070591730234615865843651.857942052864", "-2", LEAST },
		{ "85070591730234615865843651.857942052863", "2", "170141183460469231731687303.715884105726" },
		{ "100000000000000", "10000000000000", NULL },
		{ LEAST, "0.5", "-85070591730234615865843651.857942052864" },
		{ MOST, "0.5", "85070591730234615865843651.857942052864" },
	};
	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		check_one(lt_decimal_multiply, "multiply", cases[i].a, cases[i].b, cases[i].result);
		check_one(lt_decimal_multiply, "multiply", cases[i].b, cases[i].a, cases[i].result);
	}
}

static void test_decimal__divide(void **state)
{
	static const struct binary_case cases[] = {
		{ "1", "0", NULL },
		{ "0", "0", NULL },
		{ "0", "-3", "0" },
		{ "44", "12", "3.666666666667" },
		{ "-44", "12", "-3.666666666667" },
		{ "44", "-12", "-3.666666666667" },
		{ "-44", "-12", "3.666666666667" },
		{ "1", "3", "0.333333333333" },
		{ "2", "3", "0.666666666667" },
		{ "7", "7", "1" },
		/* Ties. */
		{ "0.000000000001", "2", "0" },
		{ "0.000000000003", "2", "0.000000000002" },
		{ "0.000000000005", "2", "0.000000000002" },
		{ "-0.000000000003", "2", "-0.000000000002" },
		{ "0.000000000005", "-2", "-0.000000000002" },
		{ "0.000000000001", MOST, "0" },
		{ "0.000000000001", "0.000000000001", "1" },
		/* Past 2^128 before the division: the wide path. */
		{ "340282366920938", "1", "340282366920938" },
		{ "340282366920939", "1", "340282366920939" },
		{ "1000000000000000", "3", "333333333333333.333333333333" },
		{ "-2000000000000000", "3", "-666666666666666.666666666667" },
		{ "1000000000000000.000000000001", "2", "500000000000000" },
		{ "1000000000000000.000000000003", "2", "500000000000000.000000000002" },
		{ "-1000000000000000.000000000003", "2", "-500000000000000.000000000002" },
		{ "100000000000000000000000000", "100000000000000000000000000", "1" },
		{ "100000000000000", "0.000000000001", "100000000000000000000000000" },
		/* The ends of the range. */
		{ MOST, "1", MOST },
		{ LEAST, "1", LEAST },
		{ LEAST, "-1", NULL },
		{ MOST, "-1", "-" MOST },
		{ MOST, MOST, "1" },
		{ LEAST, LEAST, "1" },
		{ LEAST, MOST, "-1" },
		{ MOST, LEAST, "-1" },
		{ "85070591730234615865843651.857942052864", LEAST, "-0.5" },
		{ MOST, "0.999999999999", NULL },
		{ MOST, "0.000000000001", NULL },
		{ LEAST, "0.000000000001", NULL },
		{ LEAST, "-0.000000000001", NULL },
		{ "-85070591730234615865843651.857942052864", "0.5", LEAST },
		{ "85070591730234615865843651.857942052864", "0.5", NULL },
		{ "1000000000000000", "0.000000000001", NULL },
	};
	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		check_one(lt_decimal_divide, "divide", cases[i].a, cases[i].b, cases[i].result);
}

static void test_decimal__add_and_subtract_refuse_overflow(void **state)
{
	static const struct binary_case sums[] = {
		{ "0.1", "0.2", "0.3" },
		{ "1.5", "-1.5", "0" },
		{ MOST, "0.000000000001", NULL },
		{ MOST, LEAST, "-0.000000000001" },
		{ LEAST, "-0.000000000001", NULL },
		{ MOST, MOST, NULL },
	};
	static const struct binary_case differences[] = {
		{ "0.3", "0.1", "0.2" },
		{ "0", MOST, "-" MOST },
		{ "0", LEAST, NULL },
		{ LEAST, LEAST, "0" },
		{ LEAST, "0.000000000001", NULL },
	};
	(void)state;
	for (size_t i = 0; i < N_OF(sums); i++)
		check_one(lt_decimal_add, "add", sums[i].a, sums[i].b, sums[i].result);
	for (size_t i = 0; i < N_OF(differences); i++)
		check_one(lt_decimal_subtract, "subtract", differences[i].a, differences[i].b, differences[i].result);
}

static void test_decimal__output_may_be_an_input(void **state)
{
	struct lt_decimal value = dec("1.5");
	(void)state;
	assert_true(lt_decimal_multiply(value, value, &value));
	assert_true(lt_decimal_divide(value, dec("0.3"), &value));
	assert_true(lt_decimal_round(value, 0, LT_HALF_EVEN, &value));
	assert_string_equal(text_of(value), "8");
}

static void test_decimal__compare_orders(void **state)
{
	static const char *const ascending[] = { LEAST, "-2", "-0.000000000001", "0", "0.000000000001", "1.999", "2", MOST };
	(void)state;
	for (size_t i = 0; i < N_OF(ascending); i++) {
		for (size_t j = 0; j < N_OF(ascending); j++)
			assert_int_equal(lt_decimal_compare(dec(ascending[i]), dec(ascending[j])), (i > j) - (i < j));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decimal__parse_refuses_what_is_not_canonical_enough),
		cmocka_unit_test(test_decimal__parse_uses_only_len_bytes),
		cmocka_unit_test(test_decimal__format_is_canonical),
		cmocka_unit_test(test_decimal__format_places_rounds_half_even),
		cmocka_unit_test(test_decimal__round_knows_both_modes),
		cmocka_unit_test(test_decimal__round_out_of_range_is_refused),
		cmocka_unit_test(test_decimal__multiply),
		cmocka_unit_test(test_decimal__divide),
		cmocka_unit_test(test_decimal__add_and_subtract_refuse_overflow),
		cmocka_unit_test(test_decimal__output_may_be_an_input),
		cmocka_unit_test(test_decimal__compare_orders),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
