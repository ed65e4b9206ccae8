/* The numbers that a body may put its own in the place of: of every standard, there and back, and what they move. */
#include "scene.h"
#include "lingtan/app/numbers.h"
#include "lingtan/app/profiles.h"
#include "lingtan/app/record.h"

static const struct ruleset *ruleset_of(const char *id)
{
	struct ruleset *ruleset;
	OK(library_load_built_in(&library, id, &findings, &ruleset, &err));
	return ruleset;
}

static bool is_whole(const struct number_row *row)
{
	for (unsigned i = 0; i < row->n; i++)
		if (!row->numbers[i].own)
			return false;
	return true;
}

static unsigned put_own(struct profile *profile, const struct number_row *rows, unsigned n)
{
	unsigned n_put = 0;
	for (unsigned r = 0; r < n; r++) {
		const char *values[64];
		assert_true(rows[r].n > 0 && rows[r].n < 64);
		if (!is_whole(&rows[r]))
			continue;
		for (unsigned i = 0; i < rows[r].n; i++)
			values[i] = rows[r].numbers[i].own;
		OK(numbers_put(profile, &rows[r], values, "第 1 页", NULL, &library.arena, &err));
		n_put++;
	}
	return n_put;
}

/* The ruleset's own numbers, said by a profile, are accepted and are the same numbers. */
static void test_numbers__there_and_back(void **state)
{
	(void)state;
	for (size_t s = 0; s < N_SAMPLES; s++) {
		const struct ruleset *ruleset = ruleset_of(samples[s].id);
		struct profile profile = { .id = "own", .ruleset = ruleset->id, .responsible = "示例机构", .title = { "示例", "Sample" } }, *settled;
		struct number_row *rows, *again;
		unsigned n, n_again, n_found = 0;
		char *text;
		size_t len;
		OK(numbers_list(ruleset, NULL, &library.arena, &rows, &n, &err));
		for (unsigned r = 0; r < n; r++)
			assert_false(rows[r].is_replaced);
		const unsigned n_put = put_own(&profile, rows, n);
		OK(profile_settle(&profile, &library.arena, &findings, &settled, &text, &len, &err));
		profile_check(settled, "own", ruleset, &library.arena, &findings);
		if (findings.n_errors)
			fail_msg("%s: %s", samples[s].id, findings.first->text[LT_EN]);
		OK(numbers_list(ruleset, settled, &library.arena, &again, &n_again, &err));
		assert_int_equal(n_again, n);
		for (unsigned r = 0; r < n; r++) {
			n_found += again[r].is_replaced;
			for (unsigned i = 0; again[r].is_replaced && i < again[r].n; i++) {
				assert_string_equal(again[r].numbers[i].value, rows[r].numbers[i].own);
				assert_string_equal(again[r].numbers[i].own, rows[r].numbers[i].own);
			}
			if (again[r].is_replaced)
				OK(numbers_put(&profile, &again[r], NULL, NULL, NULL, &library.arena, &err));
		}
		assert_int_equal(n_found, n_put);
		assert_int_equal(profile.n_parameters + profile.n_points + profile.n_tiers + profile.n_lines + profile.n_weights, 0);
	}
}

static const struct number_row *row_of(const struct number_row *rows, unsigned n, enum number_kind kind, const char *id)
{
	for (unsigned r = 0; r < n; r++)
		if (rows[r].kind == kind && strcmp(rows[r].id, id) == 0)
			return &rows[r];
	fail_msg("no row %s", id);
	return NULL;
}

static struct value total_with(const struct profile *profile)
{
	struct assessment scored;
	OK(session_score_with(&session, ref, "evaluator", profile, &scored, &findings, &err));
	const struct plan_node *total = plan_published(scored.plan, PUBLISH_TOTAL);
	assert_non_null(total);
	const struct value value = scored.result.values[scored.plan->first_node + (size_t)(total - scored.plan->nodes)];
	assessment_close(&scored);
	return value;
}

/* What a number would move is seen without anything being written. */
static void test_numbers__move_the_total_before_they_count(void **state)
{
	(void)state;
	size_t csus = 0;
	while (strcmp(samples[csus].id, "t-csus-66-2023") != 0)
		csus++;
	make_project(csus, "示例·李工");
	import_sample(csus);
	const struct ruleset *ruleset = ruleset_of(samples[csus].id);
	struct profile profile = { .id = "own", .ruleset = ruleset->id, .responsible = "示例机构", .title = { "示例", "Sample" } };
	struct number_row *rows;
	unsigned n;
	char head[LT_SHA256_HEX], text[200];
	snprintf(head, sizeof(head), "%s", project_head(session.project));
	OK(numbers_list(ruleset, NULL, &library.arena, &rows, &n, &err));
	const struct number_row *base = row_of(rows, n, NUMBER_PARAMETER, "base_points");
	assert_string_equal(number_row_text(base, true, text, sizeof(text)), "20");
	const struct value before = total_with(NULL);
	const char *const less[] = { "10" };
	OK(numbers_put(&profile, base, less, "第 2 页", NULL, &library.arena, &err));
	const struct value after = total_with(&profile);
	assert_true(is_near(number(before.lo) - number(after.lo), 10));
	assert_string_equal(head, project_head(session.project));
	const struct number_row *weight = row_of(rows, n, NUMBER_WEIGHTS, "4");
	assert_string_equal(number_row_text(weight, true, text, sizeof(text)), "0.20 0.15 0.20 0.15 0.20 0.15");
	assert_int_equal(weight->n, 6);
	assert_string_equal(weight->numbers[1].label.zh, "生产制造 实施运管");
}

/* Who changes one field of an entry keeps the others: all of them are there, or it is said that memory ran out. */
static void test_numbers__an_entry_is_read_whole_or_not_at_all(void **state)
{
	(void)state;
	const char *columns[] = { "0.15", "0.1", "-" };
	struct profile_weight weight = { "w", "4", { columns, 3 }, "第 18 页", "说明" };
	const struct profile profile = { .weights = &weight, .n_weights = 1 };
	const struct form *whole;
	unsigned n_refused = 0;
	enum lt_status status;
	OK(record_form(&workspace, "profile", &findings, &whole, &err));
	const struct form *form = profile_form_find(whole, "weight");
	assert_int_equal(form->n_fields, 5);
	for (size_t limit = 1; limit < 1000; limit++) {
		const char *values[5] = { "w", "4" };
		struct lt_arena narrow;
		lt_arena_init(&narrow, limit);
		err = (struct lt_err)LT_ERR_INIT;
		status = profile_row_get(&profile, form, values, &narrow, &err);
		n_refused += status == LT_ESPACE;
		for (unsigned i = 2; i < 5; i++)
			assert_int_equal(!values[i], status != LT_OK);
		if (!status)
			assert_string_equal(values[2], "0.15,0.1,-");
		lt_arena_release(&narrow);
	}
	assert_int_equal(status, LT_OK);
	/* also where the row was at hand and its list was not */
	assert_in_range(n_refused, sizeof(const char *[5]) + 1, 900);
}

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_numbers__there_and_back), TEST(test_numbers__move_the_total_before_they_count),
					    TEST(test_numbers__an_entry_is_read_whole_or_not_at_all) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
