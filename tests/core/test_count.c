/* Counts and ratios over places. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "lingtan/core/count.h"

static const char *vehicles[] = { "vehicles" }, *own[] = { "own" }, *clean[] = { "new-energy" }, *odd[] = { "smelly" };

static const struct counted_place places[] = {
	{ .id = "V1", .kind = "vehicles", .marks = "own,new-energy", .count = "44", .area = "", .energy = "" },
	{ .id = "V2", .kind = "vehicles", .marks = "own", .count = "20", .area = "", .energy = "" },
	{ .id = "V3", .kind = "vehicles", .marks = "public", .count = "6", .area = "", .energy = "" },
	{ .id = "B1", .kind = "building", .marks = "new-energy", .count = "", .area = "100", .energy = "" },
};

static struct count_rule rule(bool base, enum count_weight weigh, unsigned share)
{
	return (struct count_rule){ .quantity = "q", .kinds = { vehicles, 1 }, .among = { own, base }, .of = { clean, 1 }, .weigh = weigh, .share = share };
}

static const char *frame_marks = "";

static struct count_result compute(const struct count_rule *of, unsigned n, const char *size)
{
	const struct counted_frame frame = { .kind = "vehicles", .marks = frame_marks, .size = size };
	struct count_result result;
	count_compute(of, places, n, &frame, size ? 1 : 0, &result);
	return result;
}

static void expect(struct lt_decimal value, const char *text)
{
	char is[LT_DECIMAL_TEXT];
	lt_decimal_format(value, is);
	assert_string_equal(is, text);
}

static void test_count__shares_and_sums(void **state)
{
	(void)state;
	const struct count_rule share = rule(true, COUNT_NUMBER, 1), sum = rule(true, COUNT_NUMBER, 0), all = rule(false, COUNT_NUMBER, 1);
	struct count_result found = compute(&share, 4, NULL);
	assert_int_equal(found.state, COUNT_VALUE);
	expect(found.value, "68.75");
	expect(found.counted, "44");
	expect(found.base, "64");
	assert_int_equal(found.n_base, 2);
	expect(compute(&sum, 4, NULL).value, "44");
	expect(compute(&all, 4, NULL).base, "70");
}

static void test_count__nothing_is_said_of_what_nobody_marked(void **state)
{
	(void)state;
	struct count_rule none = rule(false, COUNT_NUMBER, 1);
	none.of.at = odd;
	assert_int_equal(compute(&none, 4, NULL).state, COUNT_NOTHING);
	/* but none of those that the base names is none */
	none.among.n = 1;
	assert_int_equal(compute(&none, 4, NULL).state, COUNT_VALUE);
	expect(compute(&none, 4, NULL).value, "0");
	const struct count_rule share = rule(true, COUNT_NUMBER, 1);
	assert_int_equal(compute(&share, 0, NULL).state, COUNT_NOTHING);
}

static void test_count__a_base_that_is_not_whole(void **state)
{
	(void)state;
	const struct count_rule share = rule(true, COUNT_NUMBER, 1), by_area = rule(true, COUNT_AREA, 1);
	assert_int_equal(compute(&share, 4, "70").state, COUNT_VALUE);
	struct count_result found = compute(&share, 4, "71");
	assert_int_equal(found.state, COUNT_INCOMPLETE);
	assert_null(found.missing);
	/* the first two are all that is entered of seventy */
	assert_int_equal(compute(&share, 2, "70").state, COUNT_INCOMPLETE);
	/* a population of the base alone, and one of others */
	frame_marks = "own";
	assert_int_equal(compute(&share, 4, "64").state, COUNT_VALUE);
	assert_true(compute(&share, 4, "64").is_proved);
	assert_false(compute(&share, 4, NULL).is_proved);
	assert_int_equal(compute(&share, 4, "65").state, COUNT_INCOMPLETE);
	/* blanks around a mark are none of it */
	frame_marks = " own , ";
	assert_int_equal(compute(&share, 4, "65").state, COUNT_INCOMPLETE);
	frame_marks = "public";
	assert_false(compute(&share, 4, "500").is_proved);
	assert_int_equal(compute(&share, 4, "500").state, COUNT_VALUE);
	frame_marks = "";
	struct count_rule area = by_area;
	area.among.n = 0;
	found = compute(&area, 4, NULL);
	assert_int_equal(found.state, COUNT_NOTHING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_count__shares_and_sums),
		cmocka_unit_test(test_count__nothing_is_said_of_what_nobody_marked),
		cmocka_unit_test(test_count__a_base_that_is_not_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
