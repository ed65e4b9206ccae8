/* Which texts are days. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "lingtan/base/date.h"

static void test_date__days_that_are(void **state)
{
	static const char *const days[] = { "2026-03-01", "2024-02-29", "2000-02-29", "2026-12-31", "0001-01-01", "9999-12-31" };
	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
		if (!lt_date_is(days[i]))
			fail_msg("%s is refused", days[i]);
}

static void test_date__days_that_are_not(void **state)
{
	static const char *const days[] = { "",	     "2026-3-1",   "2026-03-01 ", "2026-03-011", "2026-02-29", "1900-02-29", "2026-04-31",
					    "2026-00-10", "2026-13-10", "2026-01-00",  "2026-01-32", "2026/03/01", "20260301",	 "2026-03",
					    "２026-03-01", "-026-03-01", "2026-03-0a" };
	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
		if (lt_date_is(days[i]))
			fail_msg("%s is taken", days[i]);
	assert_false(lt_date_exists(10000, 1, 1));
	assert_false(lt_date_exists(-1, 1, 1));
	assert_false(lt_date_exists(2026, -1, 1));
}

static void test_date__months_after(void **state)
{
	static const struct {
		const char *from;
		int months;
		bool day_before;
		const char *day;
	} cases[] = { { "2026-03-30", 12, false, "2027-03-30" }, { "2026-03-30", 36, true, "2029-03-29" }, { "2026-01-31", 1, false, "2026-02-28" },
		      { "2024-02-29", 12, true, "2025-02-27" },  { "2025-12-01", 3, true, "2026-02-28" },  { "2025-01-01", 12, true, "2025-12-31" },
		      { "2026-12-31", 0, false, "2026-12-31" } };
	char day[LT_DATE_TEXT];
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(lt_date_after(cases[i].from, cases[i].months, cases[i].day_before, day));
		assert_string_equal(day, cases[i].day);
	}
	assert_false(lt_date_after("9999-12-31", 12, true, day));
	assert_false(lt_date_after("2026-02-30", 1, false, day));
	assert_false(lt_date_after("2026-01-01", -1, false, day));
	assert_false(lt_date_after("0000-01-01", 0, true, day));
}

static void test_date__days_are_counted(void **state)
{
	(void)state;
	assert_int_equal(lt_date_number("2026-03-01") - lt_date_number("2026-02-28"), 1);
	assert_int_equal(lt_date_number("2024-03-01") - lt_date_number("2024-02-28"), 2);
	assert_int_equal(lt_date_number("2027-01-01") - lt_date_number("2026-01-01"), 365);
	assert_int_equal(lt_date_number("2026-13-01"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_date__days_that_are),
		cmocka_unit_test(test_date__days_that_are_not),
		cmocka_unit_test(test_date__months_after),
		cmocka_unit_test(test_date__days_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
