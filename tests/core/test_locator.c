/* Where in a document: what is vague, and which page is named. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "lingtan/core/locator.h"

static void test_locator__the_page_that_is_named(void **state)
{
	static const struct {
		const char *text;
		unsigned page;
	} cases[] = {
		{ "第3页", 3 },	   { "第 12 页 表 2", 12 }, { "表2 第4页", 4 },	    { "第3-5页", 5 },	{ "p. 7", 7 },
		{ "page 8, table 2", 8 }, { "pp. 9", 9 },	    { "表2", 0 },	    { "第三页", 0 },	{ "", 0 },
		{ "页", 0 },		   { "p.", 0 },		    { "第 9999999 页", 0 }, { "p. 12345678", 0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (locator_page(cases[i].text) != cases[i].page)
			fail_msg("%s: page %u, not %u", cases[i].text, locator_page(cases[i].text), cases[i].page);
}

static void test_locator__a_place_is_named_or_vague(void **state)
{
	(void)state;
	assert_true(locator_is_vague("全文", "application/pdf"));
	assert_true(locator_is_vague("  ", "image/jpeg"));
	assert_false(locator_is_vague("逆变器铭牌", "image/jpeg"));
	assert_false(locator_is_vague("第三章", "application/pdf"));
	assert_false(locator_is_vague("封面", "application/pdf"));
	assert_false(locator_is_vague("表１", ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_locator__the_page_that_is_named),
		cmocka_unit_test(test_locator__a_place_is_named_or_vague),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
