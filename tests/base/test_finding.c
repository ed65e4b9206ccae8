/* Findings that are copied from one list to another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "lingtan/base/finding.h"

struct lists {
	struct lt_arena arena, other_arena;
	struct lt_findings to, from;
};

static void lists_open(struct lists *lists)
{
	lt_arena_init(&lists->arena, 0);
	lt_arena_init(&lists->other_arena, 0);
	lt_findings_init(&lists->to, &lists->arena);
	lt_findings_init(&lists->from, &lists->other_arena);
}

static void lists_close(struct lists *lists)
{
	lt_arena_release(&lists->arena);
	lt_arena_release(&lists->other_arena);
}

static void add(struct lt_findings *findings, const char *file, unsigned line, enum lt_severity severity, const char *zh, const char *en)
{
	findings->file = file;
	lt_findings_add(findings, severity, "a.b", "%s%.0s", "%.0s%s", zh, en)->line = line;
}

static void test_finding__what_is_copied_outlives_where_it_came_from(void **state)
{
	(void)state;
	struct lists lists;
	char file[] = "park.yaml", words[] = "wrong";
	lists_open(&lists);
	add(&lists.from, file, 3, LT_ERROR, "不对", words);
	lt_findings_add_new(&lists.to, &lists.from);
	lt_arena_release(&lists.other_arena);
	memset(file, 'x', 4);
	memset(words, 'x', 4);
	const struct lt_finding *copy = lists.to.first;
	assert_ptr_equal(lists.to.last, copy);
	assert_string_equal(copy->file, "park.yaml");
	assert_string_equal(copy->path, "a.b");
	assert_string_equal(copy->text[LT_ZH], "不对");
	assert_string_equal(copy->text[LT_EN], "wrong");
	assert_int_equal(copy->line, 3);
	assert_int_equal(lists.to.n_errors, 1);
	assert_null(lists.to.file);
	lists_close(&lists);
}

static void test_finding__one_that_is_there_is_not_copied_again(void **state)
{
	(void)state;
	struct lists lists;
	lists_open(&lists);
	add(&lists.to, "a", 1, LT_WARNING, "一", "one");
	add(&lists.from, "a", 1, LT_WARNING, "一", "one");
	add(&lists.from, "a", 2, LT_WARNING, "一", "one");
	add(&lists.from, "b", 1, LT_WARNING, "一", "one");
	add(&lists.from, "a", 1, LT_ERROR, "二", "two");
	lt_findings_add_new(&lists.to, &lists.from);
	assert_int_equal(lists.to.n_kept, 4);
	assert_int_equal(lists.to.n_warnings, 3);
	assert_int_equal(lists.to.n_errors, 1);
	assert_string_equal(lists.to.first->next->next->file, "b");
	assert_string_equal(lists.to.last->text[LT_EN], "two");
	lists_close(&lists);
}

static void test_finding__those_that_were_only_counted_stay_counted(void **state)
{
	(void)state;
	struct lists lists;
	lists_open(&lists);
	for (unsigned i = 0; i < LT_FINDINGS_MAX; i++)
		add(&lists.from, "a", i + 1, LT_ERROR, "一", "one");
	assert_null(lt_findings_add(&lists.from, LT_ERROR, "", "二", "two"));
	assert_null(lt_findings_add(&lists.from, LT_WARNING, "", "三", "three"));
	add(&lists.to, "b", 1, LT_NOTE, "零", "zero");
	lt_findings_add_new(&lists.to, &lists.from);
	assert_int_equal(lists.to.n_kept, LT_FINDINGS_MAX);
	assert_int_equal(lists.to.n_errors, LT_FINDINGS_MAX + 1);
	assert_int_equal(lists.to.n_warnings, 1);
	lists_close(&lists);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finding__what_is_copied_outlives_where_it_came_from),
		cmocka_unit_test(test_finding__one_that_is_there_is_not_copied_again),
		cmocka_unit_test(test_finding__those_that_were_only_counted_stay_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
