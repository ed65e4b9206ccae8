/* What a library keeps: rulesets that files brought, each loaded once, and plans. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "lingtan/load/library.h"

#define ID "t-csus-66-2023"

extern const struct embedded_file embedded_files[];

static struct library library;
static struct lt_arena arena;
static struct lt_findings findings;
static struct lt_err err;

static int set_up(void **state)
{
	(void)state;
	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	err = (struct lt_err)LT_ERR_INIT;
	return library_open(&library, embedded_files, NULL, NULL, &err) == LT_OK ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	library_release(&library);
	lt_arena_release(&arena);
	return 0;
}

/* The built-in texts with a line behind the items; the hashes are those of nothing, but no others'. */
static enum lt_status load(const char *line, unsigned number, const struct library_edition **out)
{
	static char sha256[3][LT_SHA256_HEX];
	const char *const hashes[] = { sha256[0], sha256[1], sha256[2] };
	struct yaml_source texts[3];
	for (unsigned i = 0; i < 3; i++)
		snprintf(sha256[i], sizeof(sha256[i]), "%064x", number * 3 + i);
	assert_null(library_find_edition(&library, hashes));
	assert_int_equal(library_ruleset_texts(&library, ID, texts, &err), LT_OK);
	texts[1].text = lt_arena_printf(&arena, "%.*s%s\n", (int)texts[1].len, texts[1].text, line);
	texts[1].len += strlen(line) + 1;
	for (int i = 0; i < 3; i++)
		texts[i].image = NULL;
	const enum lt_status status = library_load_edition(&library, hashes, texts, &arena, &findings, out, &err);
	assert_ptr_equal(library_find_edition(&library, hashes), !status && (*out)->kept ? *out : NULL);
	/* nothing of it lives in what the caller gave */
	memset((char *)(uintptr_t)texts[1].text, 'x', texts[1].len);
	memset(sha256, 'x', sizeof(sha256));
	return status;
}

static void test_edition__is_found_by_its_hashes(void **state)
{
	const struct library_edition *one, *other;
	(void)state;
	assert_int_equal(load("# one", 1, &one), LT_OK);
	assert_int_equal(load("# other", 2, &other), LT_OK);
	assert_ptr_not_equal(one->ruleset, other->ruleset);
	assert_string_equal(one->ruleset->id, ID);
	assert_non_null(ruleset_find_item(one->ruleset, "4.1.1"));
	assert_string_equal(other->sha256[1], "0000000000000000000000000000000000000000000000000000000000000007");
}

static void test_edition__that_cannot_be_read_is_told_and_not_kept(void **state)
{
	const struct library_edition *out;
	(void)state;
	for (unsigned i = 1; i < 3; i++) {
		const size_t before = findings.n_errors;
		assert_int_equal(load("- {item: [", i, &out), LT_EFILE);
		assert_true(findings.n_errors > before);
	}
	assert_int_equal(load("# good", 3, &out), LT_OK);
}

static void test_edition__more_than_are_kept_live_with_the_caller(void **state)
{
	const struct library_edition *out;
	(void)state;
	for (unsigned i = 1; i <= LIBRARY_MOST_EDITIONS; i++) {
		assert_int_equal(load("# kept", i, &out), LT_OK);
		assert_true(out->kept);
	}
	assert_int_equal(load("# one more", 1000, &out), LT_OK);
	assert_false(out->kept);
	assert_non_null(ruleset_find_item(out->ruleset, "4.1.1"));
}

static const struct plan *plan(const struct ruleset *ruleset, const char *type, const char *stage)
{
	const struct plan *out;
	char words[2][40] = { "", "" };
	struct selection selection = { type ? words[0] : NULL, words[1], NULL };
	snprintf(words[0], sizeof(words[0]), "%s", type ? type : "");
	snprintf(words[1], sizeof(words[1]), "%s", stage);
	assert_int_equal(library_plan(&library, ruleset, &selection, &out, &err), LT_OK);
	return out;
}

static void test_plan__one_for_each_selection(void **state)
{
	struct ruleset *built_in;
	const struct library_edition *edition;
	struct plan *anew;
	(void)state;
	assert_int_equal(library_load_built_in(&library, ID, &findings, &built_in, &err), LT_OK);
	assert_int_equal(load("# one", 1, &edition), LT_OK);
	const struct plan *operation = plan(built_in, "production", "operation"), *planning = plan(built_in, "production", "planning"),
			  *office = plan(built_in, "office", "operation"), *edited = plan(edition->ruleset, "production", "operation");
	assert_ptr_equal(plan(built_in, "production", "operation"), operation);
	assert_ptr_equal(plan(built_in, "production", "planning"), planning);
	assert_ptr_equal(plan(built_in, "office", "operation"), office);
	assert_ptr_equal(plan(edition->ruleset, "production", "operation"), edited);
	assert_ptr_not_equal(operation, planning);
	assert_ptr_not_equal(operation, office);
	assert_ptr_not_equal(operation, edited);
	assert_string_equal(operation->selection.stage, "operation");
	assert_string_equal(office->selection.park_type, "office");
	assert_ptr_equal(edited->ruleset, edition->ruleset);
	const struct selection selection = { "office", "operation", NULL };
	assert_int_equal(plan_compile(built_in, &selection, NULL, &arena, &anew, &err), LT_OK);
	assert_int_equal(office->n_slots, anew->n_slots);
	for (uint32_t slot = 0; slot < anew->n_slots; slot++)
		assert_string_equal(plan_slot_name(office, slot), plan_slot_name(anew, slot));
}

static void test_plan__of_a_selection_that_is_none_is_refused_each_time(void **state)
{
	struct ruleset *built_in;
	const struct plan *out;
	const struct selection wrong = { "production", "dreaming", NULL };
	(void)state;
	assert_int_equal(library_load_built_in(&library, ID, &findings, &built_in, &err), LT_OK);
	for (int i = 0; i < 2; i++) {
		err = (struct lt_err)LT_ERR_INIT;
		assert_int_equal(library_plan(&library, built_in, &wrong, &out, &err), LT_EDATA);
		assert_true(err.text[LT_ZH][0] && err.text[LT_EN][0]);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_edition__is_found_by_its_hashes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_edition__that_cannot_be_read_is_told_and_not_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_edition__more_than_are_kept_live_with_the_caller, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_plan__one_for_each_selection, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_plan__of_a_selection_that_is_none_is_refused_each_time, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
