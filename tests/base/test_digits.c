/* Thousands in groups: only before the point, never behind the sign. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "lingtan/base/digits.h"

static void test_digits__thousands_stand_in_groups(void **state)
{
	static const char *const numbers[][2] = {
		{ "", "" },
		{ "0", "0" },
		{ "-1", "-1" },
		{ "999", "999" },
		{ "-999", "-999" },
		{ "1000", "1,000" },
		{ "-1000.0001", "-1,000.0001" },
		{ "123456", "123,456" },
		{ "-123456.7", "-123,456.7" },
		{ "0.123456", "0.123456" },
		{ "1234567.891011", "1,234,567.891011" },
		{ "-12345678901234567890", "-12,345,678,901,234,567,890" },
	};
	char out[80];
	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		const size_t len = lt_digits_group(numbers[i][0], out);
		assert_string_equal(out, numbers[i][1]);
		assert_int_equal(len, strlen(out));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_digits__thousands_stand_in_groups),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
