#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "workbook_number.h"

struct row {
	const char *text;
	enum cell_style style;
	bool from_1904;
	const char *expected; /* NULL = refused */
};

static void run(const struct row *rows, size_t n)
{
	unsigned wrong = 0;
	for (size_t i = 0; i < n; i++) {
		char out[NUMBER_TEXT] = "untouched";
		const bool good = number_print(rows[i].text, rows[i].style, rows[i].from_1904, out);
		if (good != (rows[i].expected != NULL) || strcmp(out, good ? rows[i].expected : "untouched") != 0) {
			wrong++;
			print_error("%s: %s, expected %s\n", rows[i].text, out, rows[i].expected ? rows[i].expected : "refusal");
		}
	}
	assert_int_equal(wrong, 0);
}

#define N(array) (sizeof(array) / sizeof((array)[0]))

static void test_workbook_number__fifteen_digits_without_exponent(void **state)
{
	static const struct row rows[] = {
		{ "0", 0, false, "0" },
		{ "-0", 0, false, "0" },
		{ "0.0", 0, false, "0" },
		{ "8.5", 0, false, "8.5" },
		{ "12000000", 0, false, "12000000" },
		{ "-3.250", 0, false, "-3.25" },
		/* as office suites write 0.1+0.2, 1.1, 23.4 and 0.7 x 3 */
		{ "0.30000000000000004", 0, false, "0.3" },
		{ "1.1000000000000001", 0, false, "1.1" },
		{ "23.399999999999999", 0, false, "23.4" },
		{ "2.0999999999999996", 0, false, "2.1" },
		{ "0.33333333333333331", 0, false, "0.333333333333333" },
		{ "0.99999999999999989", 0, false, "1" },
		{ "999999999999999.6", 0, false, "1000000000000000" },
		{ "1.5E-3", 0, false, "0.0015" },
		{ "1.2E+7", 0, false, "12000000" },
		{ "1e20", 0, false, "100000000000000000000" },
		{ "9.9999999999999995E-8", 0, false, "0.0000001" },
		{ "12345678901234567890", 0, false, "12345678901234600000" },
		/* half to even at the 15th digit, and what lies behind tells a half from more */
		{ "1.000000000000005", 0, false, "1" },
		{ "1.000000000000015", 0, false, "1.00000000000002" },
		{ "1.0000000000000050000000000000000001", 0, false, "1.00000000000001" },
		{ "1e99", 0, false, NULL },
		{ "1e-99", 0, false, NULL },
		{ "", 0, false, NULL },
		{ "-", 0, false, NULL },
		{ ".", 0, false, NULL },
		{ "1.2.3", 0, false, NULL },
		{ "12abc", 0, false, NULL },
		{ "nan", 0, false, NULL },
		{ "0x10", 0, false, NULL },
		{ "1e", 0, false, NULL },
		{ "1e 5", 0, false, NULL },
		{ "1e99999999999999999999", 0, false, NULL },
	};
	(void)state;
	run(rows, N(rows));
}

static void test_workbook_number__percent_moves_the_point_exactly(void **state)
{
	static const struct row rows[] = {
		{ "0.23400000000000001", STYLE_PERCENT, false, "23.4%" },
		{ "1", STYLE_PERCENT, false, "100%" },
		{ "0", STYLE_PERCENT, false, "0%" },
		{ "-0.005", STYLE_PERCENT, false, "-0.5%" },
		{ "0.1234567", STYLE_PERCENT, false, "12.34567%" },
	};
	(void)state;
	run(rows, N(rows));
}

static void test_workbook_number__dates_of_both_calendars(void **state)
{
	static const struct row rows[] = {
		{ "46108", STYLE_DATE, false, "2026-03-27" },
		{ "46108.570949074077", STYLE_DATE, false, "2026-03-27T13:42:10" },
		{ "1", STYLE_DATE, false, "1900-01-01" },
		{ "59", STYLE_DATE, false, "1900-02-28" },
		{ "60", STYLE_DATE, false, "60" }, /* 29 February 1900 never was */
		{ "61", STYLE_DATE, false, "1900-03-01" },
		{ "0.5", STYLE_DATE, false, "12:00:00" },
		{ "36525", STYLE_DATE, false, "1999-12-31" },
		{ "36585", STYLE_DATE, false, "2000-02-29" },
		{ "45291.999999999", STYLE_DATE, false, "2024-01-01" },
		{ "2958465", STYLE_DATE, false, "9999-12-31" },
		{ "2958466", STYLE_DATE, false, "2958466" },
		{ "-1", STYLE_DATE, false, "-1" },
		{ "0", STYLE_DATE, true, "1904-01-01" },
		{ "44646", STYLE_DATE, true, "2026-03-27" },
	};
	(void)state;
	run(rows, N(rows));
}

static void test_workbook_number__formats_that_are_dates_and_percentages(void **state)
{
	static const struct {
		const char *code;
		enum cell_style style;
	} rows[] = {
		{ "General", STYLE_PLAIN },
		{ "0.00", STYLE_PLAIN },
		{ "0.00E+00", STYLE_PLAIN },
		{ "#,##0.00_ ;[Red]\\-#,##0.00\\ ", STYLE_PLAIN },
		{ "0.0%", STYLE_PERCENT },
		{ "0\"%\"", STYLE_PLAIN },
		{ "yyyy/m/d", STYLE_DATE },
		{ "yyyy\"年\"m\"月\"d\"日\"", STYLE_DATE },
		{ "[$-804]yyyy\"年\"m\"月\"d\"日\";@", STYLE_DATE },
		{ "[DBNum1][$-804]General", STYLE_PLAIN },
		{ "h:mm AM/PM", STYLE_DATE },
		{ "[h]:mm:ss", STYLE_PLAIN },
		{ "#,##0\" days\"", STYLE_PLAIN },
		{ "0\\d", STYLE_PLAIN },
		{ "0;yyyy", STYLE_PLAIN },
		{ "\"unclosed d", STYLE_PLAIN },
		{ "[unclosed d", STYLE_PLAIN },
		{ "0\\", STYLE_PLAIN },
		{ "", STYLE_PLAIN },
	};
	(void)state;
	for (size_t i = 0; i < N(rows); i++)
		if (style_of_format(rows[i].code) != rows[i].style)
			fail_msg("%s", rows[i].code);
	assert_int_equal(style_of_builtin(0), STYLE_PLAIN);
	assert_int_equal(style_of_builtin(4), STYLE_PLAIN);
	assert_int_equal(style_of_builtin(10), STYLE_PERCENT);
	assert_int_equal(style_of_builtin(14), STYLE_DATE);
	assert_int_equal(style_of_builtin(31), STYLE_DATE);
	assert_int_equal(style_of_builtin(46), STYLE_PLAIN);
	assert_int_equal(style_of_builtin(57), STYLE_DATE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_workbook_number__fifteen_digits_without_exponent),
		cmocka_unit_test(test_workbook_number__percent_moves_the_point_exactly),
		cmocka_unit_test(test_workbook_number__dates_of_both_calendars),
		cmocka_unit_test(test_workbook_number__formats_that_are_dates_and_percentages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
