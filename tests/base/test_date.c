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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_date__days_that_are),
		cmocka_unit_test(test_date__days_that_are_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
