/* The cases that come with rulesets: all shipped ones pass, and one that expects something else is reported. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lingtan/app/cases.h"
#include "written.h"

struct told {
	unsigned n;
	char name[20][80], text[20][300];
};

static void tell(const char *file, const char *name, const char *text, void *context)
{
	struct told *told = context;
	assert_non_null(strstr(file, ".yaml"));
	if (told->n == 20)
		return;
	snprintf(told->name[told->n], sizeof(told->name[0]), "%s", name);
	snprintf(told->text[told->n++], sizeof(told->text[0]), "%s", text);
}

static void tell_failures(const char *file, const char *name, const char *text, void *context)
{
	++*(unsigned *)context;
	if (text[0])
		print_error("%s: %s: %s\n", file, name, text);
}

static void test_cases__all_cases_of_all_shipped_rulesets_pass(void **state)
{
	(void)state;
	struct library library;
	struct lt_err err = LT_ERR_INIT;
	struct lt_findings findings;
	assert_int_equal(library_open(&library, embedded_files, NULL, NULL, &err), LT_OK);
	lt_findings_init(&findings, &library.arena);
	assert_int_equal(library.n_entries, 5);
	for (unsigned i = 0; i < library.n_entries; i++) {
		struct ruleset *ruleset;
		struct case_tally tally = { 0 };
		unsigned reported = 0;
		assert_int_equal(library_load(&library, library.entries[i].id, &findings, &ruleset, &err), LT_OK);
		assert_int_equal(cases_run(&library, ruleset, &findings, tell_failures, &reported, &tally, &err), LT_OK);
		assert_int_equal(tally.failed, 0);
		assert_true(tally.passed >= 10);
		assert_int_equal(reported, tally.passed);
	}
	assert_null(findings.first);
	library_release(&library);
}

/* ---- a ruleset in a folder, with cases of its own ---- */

static char folder[] = "/tmp/lingtan-cases-XXXXXX";

static void write_file(const char *name, const char *text)
{
	char path[200];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int make_folder(void **state)
{
	(void)state;
	static const char *const folders[] = { "written", "written/cases" };
	char path[200];
	if (!mkdtemp(folder))
		return -1;
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, folders[i]);
		if (mkdir(path, 0700))
			return -1;
	}
	write_file("written/ruleset.yaml",
		   WRITTEN_HEAD "- {id: total, op: sum, items: scoring, na: rescale, " USER "}\n"
				"- {id: enough, op: compare, in: [a, $r24], is: ge, " USER "}\n"
				"- {id: two, op: product, in: [$part, $r24], " USER "}\n"
				"- {id: grade, op: ladder, " USER ", grades: [{grade: low, when: [c1]}, {grade: high, when: [enough]}], otherwise: [{grade: missed}]}\n");
	write_file("written/items.yaml", WRITTEN_ITEMS);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	static const char *const names[] = { "/written/cases/c.yaml", "/written/cases", "/written/ruleset.yaml", "/written/items.yaml", "/written", "" };
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[200];
		snprintf(path, sizeof(path), "%s%s", folder, names[i]);
		remove(path);
	}
	return 0;
}

static enum lt_status run_cases(const char *cases, struct told *told, struct case_tally *tally, char *finding, unsigned *line)
{
	struct library library;
	struct lt_err err = LT_ERR_INIT;
	struct lt_findings findings;
	struct ruleset *ruleset;
	*told = (struct told){ 0 };
	*tally = (struct case_tally){ 0 };
	write_file("written/cases/c.yaml", cases);
	assert_int_equal(library_open(&library, embedded_files, folder, NULL, &err), LT_OK);
	lt_findings_init(&findings, &library.arena);
	if (library_load(&library, "written", &findings, &ruleset, &err))
		fail_msg("%s", findings.first ? findings.first->text[LT_EN] : err.text[LT_EN]);
	findings.first = findings.last = NULL; /* warnings of numbers that this plan does not use */
	const enum lt_status status = cases_run(&library, ruleset, &findings, tell, told, tally, &err);
	if (findings.first) {
		snprintf(finding, 200, "%s", findings.first->text[LT_EN]);
		*line = findings.first->line;
	}
	library_release(&library);
	return status;
}

struct expectation {
	const char *expect, *text; /* "" = passes */
};

static void run_expectations(const struct expectation *rows, size_t n)
{
	unsigned wrong = 0;
	for (size_t i = 0; i < n; i++) {
		struct told told;
		struct case_tally tally;
		char cases[900], finding[200] = "";
		unsigned line = 0;
		snprintf(cases, sizeof(cases),
			 "cases:\n- name: first\n  stage: operation\n  answers: [{item: c1, result: met}, {item: p1, points: \"5\"}, {item: p2, na: absent}]\n"
			 "  quantities: [{id: e, value: \"5\"}]\n  expect:\n  - %s\n", rows[i].expect);
		const enum lt_status status = run_cases(cases, &told, &tally, finding, &line);
		const bool fails = rows[i].text[0] != '\0';
		if (status || strcmp(told.text[0], rows[i].text) != 0 || tally.failed != fails || tally.passed != !fails || told.n != 1 ||
		    strcmp(told.name[0], "first") != 0) {
			print_error("%s: expected '%s', got '%s' %s (status %d)\n", rows[i].expect, rows[i].text, told.text[0], finding, (int)status);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void test_cases__a_wrong_expectation_names_node_expected_and_got(void **state)
{
	(void)state;
	static const struct expectation rows[] = {
		{ "{node: total, value: \"7.5\"}", "" },
		{ "{node: total, value: \"7.50\"}", "" },
		{ "{node: total, value: \"8\"}", "total: value expected 8, got 7.5" },
		{ "{node: total, value: \"7.499999999999\"}", "total: value expected 7.499999999999, got 7.5" },
		{ "{node: total, low: \"7\", high: \"9\"}", "total: low expected 7, got 7.5" },
		{ "{node: total, state: na}", "total: state expected na, got value" },
		{ "{node: p2, state: na}", "" },
		{ "{node: p2, value: \"0\"}", "p2: value expected 0, got na" },
		{ "{node: missing, state: none}", "" },
		{ "{node: missing, state: maybe_none}", "missing: state expected maybe_none, got none" },
		{ "{node: a, low: \"0\", high: unbounded}", "" },
		{ "{node: a, low: \"0\", high: \"100\"}", "a: high expected 100, got unbounded" },
		{ "{node: a, low: unbounded}", "a: low expected unbounded, got 0" },
		{ "{node: total, open: \"0\"}", "" },
		{ "{node: a, open: \"0\"}", "a: open expected 0, got 1" },
		{ "{node: enough, low: \"0\", high: \"1\", open: \"1\", needs: [r24]}", "" },
		{ "{node: enough, needs: [r24, part]}", "enough: needs expected part, got 1" },
		{ "{node: two, needs: [r24, part]}", "" },
		{ "{node: two, needs: [r24]}", "two: needs expected just the listed, got 2" },
		{ "{node: total, needs: [r24]}", "total: needs expected r24, got 0" },
		{ "{node: grade, low: low, high: high}", "" },
		{ "{node: grade, grade: high}", "grade: grade expected high, got open" },
		{ "{node: grade, low: missed, high: high}", "grade: low expected missed, got low" },
		{ "{node: gone, value: \"1\"}", "gone: node expected to exist, got nothing of this name" },
	};
	run_expectations(rows, sizeof(rows) / sizeof(rows[0]));
}

/* "needs: [none]" is refused or held against the result; it must not pass unread. */
static void test_cases__an_empty_list_of_needs_does_not_pass_unread(void **state)
{
	(void)state;
	struct told told;
	struct case_tally tally;
	char finding[200] = "";
	unsigned line = 0;
	const enum lt_status status = run_cases("cases:\n- {name: a, stage: operation, expect: [{node: two, needs: [none]}]}\n", &told, &tally, finding, &line);
	assert_true(status == LT_EFILE ? finding[0] && line == 2 : status == LT_OK && tally.failed == 1);
}

static void test_cases__an_answer_that_is_refused_fails_only_its_case(void **state)
{
	(void)state;
	struct told told;
	struct case_tally tally;
	char finding[200] = "";
	unsigned line = 0;
	assert_int_equal(run_cases("cases:\n"
				   "- {name: a, stage: operation, answers: [{item: p1, points: \"11\"}], expect: [{node: p1, low: \"0\"}]}\n"
				   "- {name: b, stage: operation, answers: [{item: gone, result: met}], expect: [{node: p1, low: \"0\"}]}\n"
				   "- {name: c, stage: design, expect: [{node: p1, low: \"0\"}]}\n"
				   "- {name: d, stage: operation, parameters: [{id: gone, value: \"1\"}], expect: [{node: p1, low: \"0\"}]}\n"
				   "- {name: e, stage: operation, quantities: [{id: p, value: \"101\"}], expect: [{node: p1, low: \"0\"}]}\n"
				   "- {name: f, stage: operation, parameters: [{id: r24}, {id: part, value: \"1\"}], expect: [{node: $part, value: \"1\"}]}\n",
				   &told, &tally, finding, &line),
			 LT_EFILE); /* $part is no id: the case file is wrong, with a line */
	assert_int_equal(line, 7);
	assert_int_equal(run_cases("cases:\n"
				   "- {name: a, stage: operation, answers: [{item: p1, points: \"11\"}], expect: [{node: p1, low: \"0\"}]}\n"
				   "- {name: b, stage: operation, answers: [{item: gone, result: met}], expect: [{node: p1, low: \"0\"}]}\n"
				   "- {name: c, stage: design, expect: [{node: p1, low: \"0\"}]}\n"
				   "- {name: d, stage: operation, parameters: [{id: gone, value: \"1\"}], expect: [{node: p1, low: \"0\"}]}\n"
				   "- {name: e, stage: operation, quantities: [{id: p, value: \"101\"}], expect: [{node: p1, low: \"0\"}]}\n"
				   "- {name: f, stage: operation, all: [{items: control, answer: met}, {items: scoring, answer: full}], expect: [{node: total, value: \"15\"}]}\n"
				   "- {name: g, stage: operation, all: [{items: scoring, section: s1, answer: zero}], expect: [{node: p2, value: \"0\"}, {node: p1, high: \"10\"}]}\n",
				   &told, &tally, finding, &line),
			 LT_OK);
	static const char *const words[] = { "11 points", "gone", "design", "gone", "101" };
	for (unsigned i = 0; i < 5; i++)
		if (!strstr(told.text[i], words[i]))
			fail_msg("%s: expected '%s' in: %s", told.name[i], words[i], told.text[i]);
	assert_string_equal(told.text[5], "");
	assert_string_equal(told.text[6], "");
	assert_int_equal(tally.failed, 5);
	assert_int_equal(tally.passed, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases__all_cases_of_all_shipped_rulesets_pass),
		cmocka_unit_test(test_cases__a_wrong_expectation_names_node_expected_and_got),
		cmocka_unit_test(test_cases__an_empty_list_of_needs_does_not_pass_unread),
		cmocka_unit_test(test_cases__an_answer_that_is_refused_fails_only_its_case),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
