/*
 * Memory that runs out, at every place: this program's own malloc fails at its Nth call and at all later ones (or at the Nth
 * alone), counts what is not given back, and counts the calls of a scoring loop.
 */
#include <errno.h>
#include <stdlib.h>
#include "lingtan/load/form.h"
#include "written.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#if !SANITIZED && defined(__GLIBC__)
#define INJECTS 1
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *pointer, size_t size);
extern void __libc_free(void *pointer);

static long calls, fail_at; /* 0 = never */
static bool fails_once;
static long held; /* pointers that are out, while counting */
static bool counting;

static bool refuse(void)
{
	if (!counting)
		return false;
	calls++;
	if (!fail_at || (fails_once ? calls != fail_at : calls < fail_at))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	void *pointer = refuse() ? NULL : __libc_malloc(size);
	held += counting && pointer;
	return pointer;
}

void *calloc(size_t n, size_t size)
{
	void *pointer = refuse() ? NULL : __libc_calloc(n, size);
	held += counting && pointer;
	return pointer;
}

void *realloc(void *old, size_t size)
{
	void *pointer = refuse() ? NULL : __libc_realloc(old, size);
	held += counting && pointer && !old;
	return pointer;
}

void free(void *pointer)
{
	held -= counting && pointer;
	__libc_free(pointer);
}

static void count_from(long nth, bool once)
{
	calls = held = 0;
	fail_at = nth;
	fails_once = once;
	counting = true;
}

static void count_no_more(void)
{
	counting = false;
	fail_at = 0;
}
#else
#define INJECTS 0
#endif

/* ---- from text to a score ---- */

/* Makes a few blocks of every arena, so that many places can fail. */
static char *long_plan(void)
{
	char *text = malloc(40000), *at = text;
	at += sprintf(at, "- {id: y.*, each: [a, b, d, e], op: sum, in: [\"*\", $five], title: {zh: 题 *, en: title *}, " USER "}\n"
			  "- {id: all, op: at_least, k: all, items: control, " USER "}\n"
			  "- {id: total, op: sum, items: scoring, na: rescale, publish: total, " USER "}\n"
			  "- {id: grade, op: ladder, publish: grade, grades: [{grade: low, when: [all]}], otherwise: [{grade: missed}], " USER "}\n");
	for (int i = 0; i < 60; i++)
		at += sprintf(at, "- {id: n%d, op: sum, in: [a, \"%d\"], weights: [\"1\", $part], title: {zh: 题, en: a title of some length}, " USER "}\n", i, i);
	return text;
}

#if INJECTS
/* The status of the first step that fails; everything goes back. */
static enum lt_status whole_way(const char *head, const char *items, const char **fault)
{
	struct written written;
	const struct selection selection = { .stage = "operation" };
	struct trace trace;
	written_init(&written);
	enum lt_status status = written_read(&written, head, items);
	if (!status)
		status = plan_compile(written.ruleset, &selection, NULL, &written.arena, &written.plan, &written.err);
	if (!status)
		status = answers_init(&written.answers, written.ruleset, &written.arena, &written.err);
	if (!status)
		status = result_init(&written.result, written.plan, &written.arena, &written.err);
	if (!status)
		status = trace_init(&trace, written.plan, &written.arena, &written.err);
	if (!status)
		status = score_all(written.plan, &written.answers, &written.result, &written.err);
	if (!status)
		status = trace_fill(&trace, &written.result, &written.err);
	*fault = status && (!written.err.status || !written.err.text[LT_EN][0] || !written.err.text[LT_ZH][0]) ? "no words" : NULL;
	for (const struct lt_finding *at = written.findings.first; at; at = at->next)
		if (!at->text[LT_EN] || !at->text[LT_ZH] || !at->path)
			*fault = "a finding that cannot be printed";
	written_release(&written);
	return status;
}

/* The first hundred calls, the last fifty, and some of the many that libyaml makes in between. */
static long next_call(long nth, long all)
{
	return nth < 100 || nth > all - 150 ? nth + 1 : nth + 101;
}

/* Fails at each call of a run that would end in `expected`; tells how many calls that takes. */
static long inject(const char *head, const char *items, enum lt_status expected, bool once)
{
	const char *fault;
	count_from(0, false);
	assert_int_equal(whole_way(head, items, &fault), expected);
	const long all = calls;
	count_no_more();
	for (long nth = 1; nth <= all; nth = next_call(nth, all)) {
		count_from(nth, once);
		const enum lt_status status = whole_way(head, items, &fault);
		const long out = held;
		count_no_more();
		if (out != 0)
			fail_msg("call %ld failing: %ld pointers are not given back (status %d)", nth, out, (int)status);
		if (fault)
			fail_msg("call %ld of %ld failing%s: status %d, %s", nth, all, once ? " alone" : "", (int)status, fault);
		/* LT_EFILE: libyaml or libcyaml said so in their own words */
		if (status != LT_ESPACE && status != LT_EFILE)
			fail_msg("call %ld of %ld failing%s: status %d", nth, all, once ? " alone" : "", (int)status);
	}
	return all;
}
#endif

static void skip_if_sanitized(void)
{
	if (INJECTS)
		return;
	print_message("memory faults cannot be injected here: the sanitizer has its own malloc\n");
	skip();
}

static void test_memory__every_failure_from_text_to_score_is_told(void **state)
{
	(void)state;
	skip_if_sanitized();
#if INJECTS
	char *plan = long_plan();
	char *head = malloc(strlen(plan) + sizeof(WRITTEN_HEAD));
	strcat(strcpy(head, WRITTEN_HEAD), plan);
	const long all = inject(head, WRITTEN_ITEMS, LT_OK, false), single = inject(head, WRITTEN_ITEMS, LT_OK, true);
	free(head);
	free(plan);
	assert_true(all > 100);
	assert_int_equal(single, all);
#endif
}

/* A check that could not get memory must not pass what it did not look at. */
static void test_memory__a_ruleset_with_errors_never_loads(void **state)
{
	(void)state;
	skip_if_sanitized();
#if INJECTS
	static const char *const plans[] = {
		"- {id: x, op: sum, in: [a, n], " USER "}\n", /* n/a without a policy */
		"- {id: x, op: sum, in: [p, a], " USER "}\n", /* units */
		"- {id: x.*, each: [a, gone], op: sum, in: [\"*\"], " USER "}\n",
		"- {id: x, op: sum, in: [x], " USER "}\n",
		"- {id: missing, op: sum, in: [a], " USER "}\n",
	};
	for (size_t i = 0; i < sizeof(plans) / sizeof(plans[0]); i++) {
		char *more = long_plan();
		char *head = malloc(strlen(more) + strlen(plans[i]) + sizeof(WRITTEN_HEAD));
		strcat(strcat(strcpy(head, WRITTEN_HEAD), more), plans[i]);
		inject(head, WRITTEN_ITEMS, LT_EFILE, false);
		inject(head, WRITTEN_ITEMS, LT_EFILE, true);
		free(head);
		free(more);
	}
#endif
}

/* Each failure of yaml_load must end in memory, or in a finding: never in a document half read. */
static void test_memory__documents_with_many_findings(void **state)
{
	(void)state;
	skip_if_sanitized();
#if INJECTS
	char *head = malloc(60000), *at = head + sprintf(head, "%s", WRITTEN_TOP);
	for (int i = 0; i < 1200; i++)
		at += sprintf(at, "colour%d: {a: [b, c]}\n", i);
	inject(head, "items: 3\n", LT_EFILE, false);
	inject(head, "items: [&x a]\n", LT_EFILE, true);
	free(head);
#endif
}

#if INJECTS
/* A profile read, written and read again; the status of the first step that fails. */
static enum lt_status there_and_back(const char *text, const char **fault)
{
	struct lt_arena arena;
	struct lt_findings findings;
	struct lt_err err = LT_ERR_INIT;
	struct profile *profile;
	struct yaml_source source = written_source("profile.yaml", text);
	char *written_text = NULL;
	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	enum lt_status status = profile_load(&source, &arena, &findings, &profile, &err);
	if (!status)
		status = profile_write(profile, &arena, &written_text, &source.len, &err);
	*fault = status ? NULL : strcmp(written_text, text) != 0 ? "another text" : NULL;
	source.text = written_text;
	if (!status)
		status = profile_load(&source, &arena, &findings, &profile, &err);
	if (status && !err.text[LT_EN][0])
		*fault = "no words";
	lt_arena_release(&arena);
	return status;
}
#endif

static void test_memory__a_profile_is_written_whole_or_not_at_all(void **state)
{
	(void)state;
	skip_if_sanitized();
#if INJECTS
	char *text = malloc(20000), *at = text;
	const char *fault;
	at += sprintf(at, "profile: \"p\"\nruleset: \"r\"\nresponsible: \"甲\"\ntitle: {zh: \"题\", en: \"title\"}\ntiers:\n");
	for (int i = 0; i < 60; i++)
		at += sprintf(at, "- {item: \"i%d\", from: \"%d\", then: \"1\", title: {zh: \"题\", en: \"title\"}, cite: \"第 %d 页\", note: \"注\"}\n", i, i, i);
	at += sprintf(at, "weights:\n- {table: \"w\", row: \"s\", values: [\"1\", \"-\"], cite: \"第 1 页\"}\n");
	for (int once = 0; once < 2; once++) {
		count_from(0, false);
		assert_int_equal(there_and_back(text, &fault), LT_OK);
		const long all = calls;
		count_no_more();
		assert_null(fault);
		assert_true(all > 100);
		for (long nth = 1; nth <= all; nth = next_call(nth, all)) {
			count_from(nth, once);
			const enum lt_status status = there_and_back(text, &fault);
			const long out = held;
			count_no_more();
			if (out || fault || (status != LT_ESPACE && status != LT_EFILE))
				fail_msg("call %ld of %ld failing%s: status %d, %ld pointers out, %s", nth, all, once ? " alone" : "", (int)status, out, fault ? fault : "-");
		}
	}
	free(text);
#endif
}

static void test_memory__the_shipped_rulesets(void **state)
{
	(void)state;
	skip_if_sanitized();
#if INJECTS
	for (const struct embedded_file *file = embedded_files; file->path; file++) {
		const char *slash = strchr(file->path, '/');
		if (!slash || strcmp(slash, "/ruleset.yaml") != 0)
			continue;
		/* twice: from their text, and from the images that the program carries */
		const struct embedded_file *files = embedded_texts();
		for (long nth = 1;; nth += 1 + nth / 50) {
			struct library library;
			struct lt_err err = LT_ERR_INIT;
			struct lt_findings findings;
			struct ruleset *ruleset = NULL;
			char id[64];
			snprintf(id, sizeof(id), "%.*s", (int)(slash - file->path), file->path);
			count_from(nth, false);
			enum lt_status status = library_open(&library, files, NULL, NULL, &err);
			lt_findings_init(&findings, &library.arena);
			if (!status)
				status = library_load(&library, id, &findings, &ruleset, &err);
			library_release(&library);
			const long out = held, made = calls;
			count_no_more();
			assert_int_equal(out, 0);
			if (made < nth) {
				assert_int_equal(status, LT_OK);
				if (files == embedded_files)
					break;
				files = embedded_files;
				nth = 0;
				continue;
			}
			if (status != LT_ESPACE && status != LT_EFILE)
				fail_msg("%s, call %ld: status %d", id, nth, (int)status);
		}
	}
#endif
}

#if INJECTS
/* Reads a form or list from its text; what comes out is whole or nothing. */
static enum lt_status read_form(const struct embedded_file *file, const struct vocabulary *vocabulary, const struct units *units)
{
	const struct yaml_source source = { .name = file->path, .text = file->text, .len = file->len };
	struct lt_arena arena;
	struct lt_findings findings;
	struct lt_err err = LT_ERR_INIT;
	struct form *form = NULL;
	struct request_list *list = NULL;
	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	const enum lt_status status = document_kind(&source) == DOCUMENT_REQUESTS
					      ? requests_load(&source, &arena, &findings, &list, &err)
					      : form_load(&source, vocabulary, units, &arena, &findings, &form, &err);
	assert_int_equal(status == LT_OK, form || list);
	assert_int_equal(status, err.status);
	lt_arena_release(&arena);
	return status;
}
#endif

static void test_memory__the_shipped_forms(void **state)
{
	(void)state;
	skip_if_sanitized();
#if INJECTS
	struct library library;
	struct lt_err err = LT_ERR_INIT;
	struct lt_findings findings;
	const struct vocabulary *vocabulary;
	const struct units *units;
	assert_int_equal(library_open(&library, embedded_files, NULL, NULL, &err), LT_OK);
	lt_findings_init(&findings, &library.arena);
	assert_int_equal(library_vocabulary(&library, &findings, &vocabulary, &err), LT_OK);
	assert_int_equal(library_units(&library, &findings, &units, &err), LT_OK);
	for (const struct embedded_file *file = embedded_files; file->path; file++) {
		if (strncmp(file->path, "forms/", 6) != 0)
			continue;
		for (long nth = 1;; nth += 1 + nth / 50) {
			count_from(nth, false);
			const enum lt_status status = read_form(file, vocabulary, units);
			const long out = held, made = calls;
			count_no_more();
			assert_int_equal(out, 0);
			if (made < nth) {
				assert_int_equal(status, LT_OK);
				break;
			}
			if (status != LT_ESPACE && status != LT_EFILE)
				fail_msg("%s, call %ld: status %d", file->path, nth, (int)status);
		}
	}
	library_release(&library);
#endif
}

static void test_memory__scoring_allocates_nothing(void **state)
{
	(void)state;
	struct written written;
	struct trace trace;
	char *plan = long_plan();
	written_init(&written);
	written_run(&written, plan, "operation", "p1=points:3 c1=met a:=4");
	assert_int_equal(trace_init(&trace, written.plan, &written.arena, &written.err), LT_OK);
	const uint32_t slots[] = { written_slot(&written, "a"), written_slot(&written, "p1") };
#if INJECTS
	count_from(0, false);
#endif
	for (int i = 0; i < 100000; i++)
		if (i % 100 == 0 || i < 2000)
			assert_int_equal(score_all(written.plan, &written.answers, &written.result, &written.err), LT_OK);
		else
			assert_int_equal(score_change(written.plan, &written.answers, slots[i & 1], &written.result, &written.err), LT_OK);
	assert_int_equal(trace_fill(&trace, &written.result, &written.err), LT_OK);
	result_origin(&written.result, written_slot(&written, "total"));
#if INJECTS
	const long made = calls;
	count_no_more();
	assert_int_equal(made, 0);
#endif
	written_release(&written);
	free(plan);
}

static void test_memory__a_hundred_thousand_scores_allocate_nothing(void **state)
{
	(void)state;
	struct written written;
	written_init(&written);
	written_run(&written, "- {id: x, op: sum, items: scoring, na: rescale, " USER "}\n", "operation", "p1=points:3 p2=na:absent");
#if INJECTS
	count_from(0, false);
#endif
	for (int i = 0; i < 100000; i++)
		if (score_all(written.plan, &written.answers, &written.result, &written.err))
			fail_msg("%s", written.err.text[LT_EN]);
#if INJECTS
	const long made = calls;
	count_no_more();
	assert_int_equal(made, 0);
#endif
	written_expect(&written, "x", "4.5");
	written_release(&written);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory__every_failure_from_text_to_score_is_told),
		cmocka_unit_test(test_memory__a_ruleset_with_errors_never_loads),
		cmocka_unit_test(test_memory__documents_with_many_findings),
		cmocka_unit_test(test_memory__a_profile_is_written_whole_or_not_at_all),
		cmocka_unit_test(test_memory__the_shipped_rulesets),
		cmocka_unit_test(test_memory__the_shipped_forms),
		cmocka_unit_test(test_memory__scoring_allocates_nothing),
		cmocka_unit_test(test_memory__a_hundred_thousand_scores_allocate_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
