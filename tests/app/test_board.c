/* The board of projects of all five standards: what screens show, held against what the command line scores. */
#include "scene.h"

/* What the made-up park comes to under each standard, as the rulesets' own cases and the second evaluator have it. */
static const struct {
	enum board_figure_kind kind;
	const char *slot, *unit;
	double low, high, full;
	unsigned n_lines;
	const char *grade;
	unsigned n_rows_at_top;
} expected[] = {
	{ FIGURE_TOTAL, "total", NULL, 89.65, 89.65, 120, 1, "智慧零碳园区", 10 },
	{ FIGURE_NET, "net", "tCO2", -0.592, -0.592, 0, 1, "智慧零碳园区", 3 },
	{ FIGURE_NET, "net", "tCO2e", 1671.194, 1671.194, 0, 0, "A 级", 2 },
	{ FIGURE_TOTAL, "composite", NULL, 58.5, 85.2, 100, 3, NULL, 6 },
	{ FIGURE_GRADED, "intensity", "tCO2/tce", 0.420, 0.420, 0, 1, "核心指标未达到", 2 },
};

static void test_board__the_figure_that_leads_is_found_in_every_standard(void **state)
{
	(void)state;
	for (size_t s = 0; s < N_SAMPLES; s++) {
		make_project(s, "李工");
		import_sample(s);
		open_board(RUNG_EVALUATOR);
		const struct board_rung *own = &board->rungs[RUNG_EVALUATOR];
		const struct board_headline *headline = &board->headline;
		unsigned n_top = 0;
		assert_true(own->has_answers);
		assert_false(board->rungs[RUNG_SELF].has_answers || board->rungs[RUNG_SELF].is_computed);
		assert_int_equal(headline->kind, expected[s].kind);
		assert_string_equal(plan_slot_name(board->plan, headline->slot), expected[s].slot);
		assert_true(expected[s].unit ? strcmp(headline->unit, expected[s].unit) == 0 : !headline->unit);
		assert_true(is_near(number(own->figure.lo), expected[s].low));
		assert_true(is_near(number(own->figure.hi), expected[s].high));
		assert_int_equal(headline->has_full, expected[s].full > 0);
		assert_true((headline->has_full ? number(headline->full) : 0) == expected[s].full);
		assert_int_equal(headline->n_lines, expected[s].n_lines);
		if (expected[s].grade)
			assert_string_equal(own->grade.title->zh, expected[s].grade);
		else
			assert_null(own->grade.title);
		for (unsigned i = 0; i < board->n_rows; i++)
			n_top += board->rows[i].is_section && !board->rows[i].depth;
		assert_int_equal(n_top, expected[s].n_rows_at_top);
		drop_project();
	}
}

/* The same amounts in another year, typed in another unit, come to the same net. */
static void test_board__years_of_the_balance_are_in_its_unit(void **state)
{
	(void)state;
	make_project(1, "李工");
	open_board(RUNG_EVALUATOR);
	const struct board_balance *balance = &board->balance;
	const char *ids[8];
	const unsigned n = balance->n_terms;
	assert_true(n >= 2 && n <= 8);
	for (unsigned t = 0; t < n; t++)
		ids[t] = plan_slot_name(board->plan, balance->terms[t].slot);
	for (unsigned t = 0; t < n; t++) {
		const char *const before[] = { "evaluator", "2024", ids[t] }, *const now[] = { "evaluator", "2025", ids[t] };
		const char *const kilograms[] = { t ? "20000" : "70000", "kgCO2", "", "抄表" }, *const tonnes[] = { t ? "20" : "70", "tCO2", "", "抄表" };
		put("quantity", before, "value", kilograms);
		put("quantity", now, "value", tonnes);
	}
	reload();
	balance = &board->balance;
	assert_int_equal(balance->n_years, 2);
	assert_string_equal(balance->years[0].year, "2024");
	assert_true(is_near(number(balance->years[0].net), 70 - 20 * (double)(n - 1)));
	assert_true(is_near(number(balance->years[1].net), 70 - 20 * (double)(n - 1)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_board__the_figure_that_leads_is_found_in_every_standard),
		TEST(test_board__years_of_the_balance_are_in_its_unit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
