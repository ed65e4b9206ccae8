#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "lingtan/core/readiness.h"

static void test_readiness__a_sentence_takes_values_as_they_are(void **state)
{
	(void)state;
	static const struct {
		const char *text, *what, *more, *said;
	} rows[] = {
		{ "条款 {what} 过期：{more}", "4.2.1", "2026-01-01", "条款 4.2.1 过期：2026-01-01" },
		{ "{what}{what}{more}", "a", "b", "aab" },
		/* what a value says is not read again */
		{ "<{what}>", "{more}{what}", "x", "<{more}{what}>" },
		{ "{wha} {what", "a", "b", "{wha} {what" },
		{ "", "a", "b", "" },
		{ "{more}", "", "", "" },
	};
	struct lt_arena arena;
	lt_arena_init(&arena, 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(ready_sentence(rows[i].text, rows[i].what, rows[i].more, &arena), rows[i].said);
	lt_arena_release(&arena);
}

static void test_readiness__a_check_by_its_name(void **state)
{
	(void)state;
	struct ready_check list[] = { { .check = "veto" }, { .check = "open-item" } };
	const struct ready_checks checks = { list, 2 };
	assert_ptr_equal(ready_checks_find(&checks, "open-item"), &list[1]);
	assert_null(ready_checks_find(&checks, "open"));
	assert_null(ready_severity_names[N_READY_SEVERITIES]);
	assert_null(ready_jump_names[N_READY_JUMPS]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_readiness__a_sentence_takes_values_as_they_are),
		cmocka_unit_test(test_readiness__a_check_by_its_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
