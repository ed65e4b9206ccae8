#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "lingtan/base/err.h"
#include "lingtan/base/finding.h"
#include "lingtan/base/text.h"

static void test_err__set_fills_both_languages(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	(void)state;

	assert_int_equal(lt_err_set(&err, LT_EDATA, "%s：第 %d 行", "%s: line %d", "a.yaml", 7),
			 LT_EDATA);
	assert_int_equal(err.status, LT_EDATA);
	assert_string_equal(err.text[LT_ZH], "a.yaml：第 7 行");
	assert_string_equal(err.text[LT_EN], "a.yaml: line 7");
}

static void test_err__arguments_may_change_places(void **state)
{
	/* In variables, because gcc -Wpedantic refuses %n$ in a literal. */
	const char *zh = "%2$s中有%1$d处", *en = "%1$d in %2$s";
	struct lt_err err = LT_ERR_INIT;
	(void)state;

	lt_err_set(&err, LT_EDATA, zh, en, 3, "甲");
	assert_string_equal(err.text[LT_ZH], "甲中有3处");
	assert_string_equal(err.text[LT_EN], "3 in 甲");
}

static void test_err__first_cause_stays(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	(void)state;

	lt_err_set(&err, LT_EFILE, "一", "first");
	assert_int_equal(lt_err_set(&err, LT_EBUG, "二", "second"), LT_EBUG);
	assert_int_equal(lt_err_memory(&err), LT_ESPACE);
	assert_int_equal(err.status, LT_EFILE);
	assert_string_equal(err.text[LT_ZH], "一");
	assert_string_equal(err.text[LT_EN], "first");
}

static void test_err__memory_says_so(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	(void)state;

	assert_int_equal(lt_err_memory(&err), LT_ESPACE);
	assert_int_equal(err.status, LT_ESPACE);
	assert_non_null(strstr(err.text[LT_EN], "out of memory"));
	assert_non_null(strstr(err.text[LT_ZH], "内存不足"));
}

static void test_err__prefix_goes_in_front(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	(void)state;

	lt_err_prefix(&err, "unused");
	assert_int_equal(err.status, LT_OK);
	assert_string_equal(err.text[LT_EN], "");
	lt_err_set(&err, LT_EDATA, "权重大于 1", "weight is above 1");
	lt_err_prefix(&err, "rulesets/x.yaml:41");
	assert_string_equal(err.text[LT_ZH], "rulesets/x.yaml:41: 权重大于 1");
	assert_string_equal(err.text[LT_EN], "rulesets/x.yaml:41: weight is above 1");
	assert_int_equal(err.status, LT_EDATA);
}

/* The cure stays whole, whatever of the rest must go. */
static void test_err__suffix_goes_behind(void **state)
{
	char text[LT_ERR_TEXT + 64];
	struct lt_err err = LT_ERR_INIT;
	(void)state;

	lt_err_suffix(&err, "；不用", "; unused");
	assert_string_equal(err.text[LT_EN], "");
	lt_err_set(&err, LT_EDATA, "权重大于 1", "weight is above 1");
	lt_err_suffix(&err, "；请改小", "; make it less");
	assert_string_equal(err.text[LT_ZH], "权重大于 1；请改小");
	assert_string_equal(err.text[LT_EN], "weight is above 1; make it less");
	for (size_t len = LT_ERR_TEXT - 20; len < sizeof(text); len++) {
		memset(text, 'x', len);
		text[len] = '\0';
		err = (struct lt_err)LT_ERR_INIT;
		lt_err_set(&err, LT_EFILE, "%s", "%s", text);
		lt_err_suffix(&err, "；请改小", "; make it less");
		assert_true(strlen(err.text[LT_EN]) < LT_ERR_TEXT);
		assert_non_null(strstr(err.text[LT_EN], "x; make it less"));
		assert_non_null(strstr(err.text[LT_ZH], "x；请改小"));
	}
}

/* Every length around the end of the text, so that each way of splitting a character occurs. */
static void test_err__long_text_is_cut_at_a_character(void **state)
{
	char text[LT_ERR_TEXT + 64];
	(void)state;

	for (size_t shift = 0; shift < 8; shift++) {
		struct lt_err err = LT_ERR_INIT;
		size_t at;

		memset(text, 'a', shift);
		for (size_t i = shift; i < sizeof(text); i++)
			text[i] = "零"[(i - shift) % 3];
		text[sizeof(text) - 1] = '\0';
		lt_err_set(&err, LT_EDATA, "%s", "%s", text);
		size_t len = strlen(err.text[LT_ZH]);
		assert_true(len < LT_ERR_TEXT && len >= LT_ERR_TEXT - 3);
		assert_int_equal(lt_text_check(err.text[LT_ZH], len, &at), LT_TEXT_OK);

		lt_err_prefix(&err, "x");
		len = strlen(err.text[LT_EN]);
		assert_true(len < LT_ERR_TEXT && len >= LT_ERR_TEXT - 3);
		assert_int_equal(lt_text_check(err.text[LT_EN], len, &at), LT_TEXT_OK);
		assert_memory_equal(err.text[LT_EN], "x: ", 3);
	}
}

static void test_err__text_that_fits_exactly_is_whole(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	char text[LT_ERR_TEXT];
	(void)state;

	memset(text, 'b', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	lt_err_set(&err, LT_EDATA, "%s", "%s", text);
	assert_string_equal(err.text[LT_EN], text);
}

static void test_finding__keeps_what_was_said(void **state)
{
	struct lt_arena arena;
	struct lt_findings findings;
	char path[] = "items[3].points";
	(void)state;

	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	findings.file = "a.yaml";
	struct lt_finding *first =
		lt_findings_add(&findings, LT_ERROR, path, "%s 太大", "%s is too large", "1.2");
	memset(path, '#', 5);
	findings.file = NULL;
	struct lt_finding *second = lt_findings_add(&findings, LT_NOTE, NULL, "注", "note");

	assert_non_null(first);
	assert_non_null(second);
	assert_ptr_equal(findings.first, first);
	assert_ptr_equal(first->next, second);
	assert_ptr_equal(findings.last, second);
	assert_int_equal(first->severity, LT_ERROR);
	assert_string_equal(first->file, "a.yaml");
	assert_string_equal(first->path, "items[3].points");
	assert_string_equal(first->text[LT_ZH], "1.2 太大");
	assert_string_equal(first->text[LT_EN], "1.2 is too large");
	assert_int_equal(first->line, 0);
	assert_null(second->file);
	assert_string_equal(second->path, "");
	assert_int_equal(findings.n_kept, 2);
	assert_int_equal(findings.n_errors, 1);
	assert_int_equal(findings.n_warnings, 0);
	lt_arena_release(&arena);
}

static void test_finding__counts_those_it_drops(void **state)
{
	struct lt_arena arena;
	struct lt_findings findings;
	size_t n = 0;
	(void)state;

	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	for (int i = 0; i < LT_FINDINGS_MAX + 10; i++) {
		struct lt_finding *added = lt_findings_add(&findings, i % 2 ? LT_WARNING : LT_ERROR,
							   "", "甲 %d", "a %d", i);
		assert_true((added != NULL) == (i < LT_FINDINGS_MAX));
	}
	for (struct lt_finding *finding = findings.first; finding; finding = finding->next)
		n++;
	assert_int_equal(n, LT_FINDINGS_MAX);
	assert_int_equal(findings.n_kept, LT_FINDINGS_MAX);
	assert_int_equal(findings.n_errors, LT_FINDINGS_MAX / 2 + 5);
	assert_int_equal(findings.n_warnings, LT_FINDINGS_MAX / 2 + 5);
	assert_false(findings.out_of_memory);
	lt_arena_release(&arena);
}

static void test_finding__no_memory_is_noted_and_counted(void **state)
{
	(void)state;
	for (size_t limit = 1; limit < 400; limit += 16) {
		struct lt_arena arena;
		struct lt_findings findings;
		size_t n = 0;

		lt_arena_init(&arena, limit);
		lt_findings_init(&findings, &arena);
		for (int i = 0; i < 5; i++)
			lt_findings_add(&findings, LT_ERROR, "items[3].points", "权重太大",
					"weight too large");
		for (struct lt_finding *finding = findings.first; finding;
		     finding = finding->next) {
			assert_string_equal(finding->text[LT_EN], "weight too large");
			n++;
		}
		assert_int_equal(n, findings.n_kept);
		assert_true(n < 5);
		assert_true(findings.out_of_memory);
		assert_int_equal(findings.n_errors, 5);
		lt_arena_release(&arena);
	}
}

static void test_finding__severity_has_a_name_in_both_languages(void **state)
{
	(void)state;
	assert_string_equal(lt_severity_name(LT_ERROR, LT_ZH), "错误");
	assert_string_equal(lt_severity_name(LT_ERROR, LT_EN), "error");
	assert_string_equal(lt_severity_name(LT_WARNING, LT_ZH), "警告");
	assert_string_equal(lt_severity_name(LT_WARNING, LT_EN), "warning");
	assert_string_equal(lt_severity_name(LT_NOTE, LT_ZH), "提示");
	assert_string_equal(lt_severity_name(LT_NOTE, LT_EN), "note");
}

struct place {
	const char *file;
	unsigned line, column;
	const char *name;
};

static void add_places(struct lt_findings *findings, const struct place *places, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		findings->file = places[i].file;
		struct lt_finding *added =
			lt_findings_add(findings, LT_ERROR, "", "%s", "%s", places[i].name);
		assert_non_null(added);
		added->line = places[i].line;
		added->column = places[i].column;
	}
}

static void test_finding__sort_by_file_line_column(void **state)
{
	static const struct place places[] = {
		{ "z.yaml", 9, 1, "z9" },   { "a.yaml", 0, 0, "a?" },  { "z.yaml", 0, 0, "z?1" },
		{ "z.yaml", 2, 8, "z2.8" }, { "a.yaml", 5, 0, "a5" },  { NULL, 3, 0, "none3" },
		{ "z.yaml", 2, 3, "z2.3" }, { "z.yaml", 0, 0, "z?2" }, { "z.yaml", 2, 8, "z2.8b" },
		{ "a.yaml", 1, 1, "a1" },   { NULL, 1, 0, "none1" },
	};
	static const char *const sorted[] = { "z2.3", "z2.8", "z2.8b", "z9",    "z?1",  "z?2",
					      "a1",   "a5",   "a?",    "none1", "none3" };
	char copy[] = "z.yaml"; /* the same name at another address */
	struct lt_arena arena;
	struct lt_findings findings;
	size_t n = 0;
	(void)state;

	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	lt_findings_sort(&findings);
	assert_null(findings.first);
	add_places(&findings, places, sizeof(places) / sizeof(places[0]));
	findings.first->file = copy;
	for (int turn = 0; turn < 2; turn++) {
		lt_findings_sort(&findings);
		n = 0;
		for (struct lt_finding *finding = findings.first; finding;
		     finding = finding->next, n++) {
			assert_true(n < sizeof(sorted) / sizeof(sorted[0]));
			assert_string_equal(finding->text[LT_EN], sorted[n]);
		}
		assert_int_equal(n, sizeof(sorted) / sizeof(sorted[0]));
		assert_string_equal(findings.last->text[LT_EN], "none3");
	}
	/* The list can go on growing after it was sorted. */
	add_places(&findings, places, 1);
	assert_string_equal(findings.last->text[LT_EN], "z9");
	assert_int_equal(findings.n_kept, n + 1);
	lt_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_err__set_fills_both_languages),
		cmocka_unit_test(test_err__arguments_may_change_places),
		cmocka_unit_test(test_err__first_cause_stays),
		cmocka_unit_test(test_err__memory_says_so),
		cmocka_unit_test(test_err__prefix_goes_in_front),
		cmocka_unit_test(test_err__suffix_goes_behind),
		cmocka_unit_test(test_err__long_text_is_cut_at_a_character),
		cmocka_unit_test(test_err__text_that_fits_exactly_is_whole),
		cmocka_unit_test(test_finding__keeps_what_was_said),
		cmocka_unit_test(test_finding__counts_those_it_drops),
		cmocka_unit_test(test_finding__no_memory_is_noted_and_counted),
		cmocka_unit_test(test_finding__severity_has_a_name_in_both_languages),
		cmocka_unit_test(test_finding__sort_by_file_line_column),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
