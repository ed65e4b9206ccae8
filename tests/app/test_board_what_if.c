/* What a board says of answers that are not the record, held against the record after these answers were given. */
#include "scene.h"

static struct value figure_now(enum rung rung)
{
	reload();
	return board->rungs[rung].figure;
}

static double moved(struct lt_decimal after, struct lt_decimal before)
{
	return number(after) - number(before);
}

/* In the words of answers_set; the caller's buffer is per item. */
static const char *words_in_full(uint32_t item, char *buf, size_t cap)
{
	char points[LT_DECIMAL_TEXT];
	const struct plan_item *at = &board->plan->items[item];
	if (at->truth)
		return at->decl->form == FORM_JUDGEMENT ? "yes" : "met";
	if (at->decl->form == FORM_MET)
		return "met";
	lt_decimal_format(at->points, points);
	snprintf(buf, cap, "points:%s", points);
	return buf;
}

static void test_board_gap__each_step_tells_what_the_record_then_says(void **state)
{
	(void)state;
	for (size_t s = 0; s < 2; s++) {
		struct board_gap gap;
		char words[80];
		make_project(s, "李工");
		import_sample(s);
		if (s == 0) {
			answer(RUNG_EVALUATOR, "8.1.1", "not-met", NULL);
			answer(RUNG_EVALUATOR, "11.1.1", "unset", NULL);
			answer(RUNG_EVALUATOR, "5.2.1", "points:0", NULL);
			answer(RUNG_EVALUATOR, "10.2.1", "points:0", NULL);
		}
		open_board(RUNG_EVALUATOR);
		const struct plan_node *ladder = plan_ladder(board->plan);
		OK(board_gap(board, ladder->grades[ladder->n_grades - 1].id, &arena, &gap, &err));
		assert_non_null(gap.gap.grade);
		if (s == 0)
			assert_true(gap.gap.n_steps >= 2);
		for (unsigned i = 0; i < gap.gap.n_steps; i++) {
			const uint32_t item = gap.gap.steps[i].item;
			answer(RUNG_EVALUATOR, board->items[item].plan->decl->id, words_in_full(item, words, sizeof(words)), NULL);
			const struct value now = figure_now(RUNG_EVALUATOR);
			assert_true(value_equals(&now, &gap.after[i].figure));
			assert_int_equal(board->rungs[RUNG_EVALUATOR].grade.view.rank_certain, gap.after[i].grade.view.rank_certain);
		}
		assert_int_equal(board->rungs[RUNG_EVALUATOR].grade.view.rank_certain == ladder->n_grades, gap.gap.reached);
		drop_project();
	}
}

static void test_board_gap__is_empty_where_there_are_no_grades_or_the_highest_is_reached(void **state)
{
	(void)state;
	struct board_gap gap;
	make_project(0, "李工");
	import_sample(0);
	open_board(RUNG_EVALUATOR);
	assert_int_equal(board->rungs[RUNG_EVALUATOR].grade.view.rank_certain, plan_ladder(board->plan)->n_grades);
	OK(board_gap(board, NULL, &arena, &gap, &err));
	assert_null(gap.gap.grade);
	assert_int_equal(gap.gap.n_steps, 0);
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(board_gap(board, "no-such-grade", &arena, &gap, &err), LT_EDATA);
}

static void test_board_suppose__tells_what_the_record_would_say_and_leaves_it(void **state)
{
	(void)state;
	struct board_supposed supposed;
	struct board_effect alone[2];
	const struct supposed_change changes[] = {
		{ .id = "1.1.1", .value = "not-met" },
		{ .id = "building.energy_intensity", .value = "0.12", .unit = "MWh/m2", .is_quantity = true },
	};
	make_project(3, "李工");
	import_sample(3);
	open_board(RUNG_EVALUATOR);
	const struct value before = board->rungs[RUNG_EVALUATOR].figure;
	OK(board_suppose(board, changes, 2, &arena, &supposed, alone, &err));
	assert_true(value_equals(&board->rungs[RUNG_EVALUATOR].figure, &before));
	answer(RUNG_EVALUATOR, "1.1.1", "not-met", NULL);
	struct value now = figure_now(RUNG_EVALUATOR);
	assert_true(is_near(moved(now.lo, before.lo), number(alone[0].low)) && is_near(moved(now.hi, before.hi), number(alone[0].high)));
	assert_true(alone[0].low.units < 0);
	measure(RUNG_EVALUATOR, "building.energy_intensity", "120", "kWh/m2");
	now = figure_now(RUNG_EVALUATOR);
	assert_true(value_equals(&now, &supposed.figure));
	assert_int_equal(board->rungs[RUNG_EVALUATOR].grade.view.rank_certain, supposed.grade.view.rank_certain);
	err = (struct lt_err)LT_ERR_INIT;
	const struct supposed_change refused = { .id = "1.1.1", .value = "points:99" };
	assert_int_equal(board_suppose(board, &refused, 1, &arena, &supposed, NULL, &err), LT_EDATA);
}

static void test_board_compare__effects_are_those_of_taking_the_other_answer_over(void **state)
{
	(void)state;
	struct board_comparison comparison;
	make_project(0, "李工");
	import_sample(0);
	become("王审", "reviewer");
	answer(RUNG_REVIEWER, "10.2.4", "points:4", "仅 31 台在线");
	answer(RUNG_REVIEWER, "5.2.2", "points:14", NULL);
	answer(RUNG_REVIEWER, "4.2.2", "points:8", NULL);
	answer(RUNG_REVIEWER, "8.1.1", "not-met", NULL);
	open_board(RUNG_REVIEWER);
	OK(board_compare(board, RUNG_EVALUATOR, RUNG_REVIEWER, &arena, &comparison, &err));
	assert_int_equal(comparison.n_different, 3);
	assert_int_equal(comparison.n_seen, 4);
	assert_string_equal(board->items[comparison.at[0].item].plan->decl->id, "8.1.1");
	assert_true(number(comparison.at[0].effect_low) == -20);
	assert_string_equal(board->items[comparison.at[1].item].plan->decl->id, "10.2.4");
	assert_string_equal(board->items[comparison.at[2].item].plan->decl->id, "5.2.2");
	assert_string_equal(board->items[comparison.at[3].item].plan->decl->id, "4.2.2");
	assert_true(comparison.at[3].is_seen && !comparison.at[4].is_seen);
	const struct value before = board->rungs[RUNG_EVALUATOR].figure;
	const double expected = number(comparison.at[1].effect_low);
	assert_true(expected < 0);
	become("李工", "evaluator");
	answer(RUNG_EVALUATOR, "10.2.4", "points:4", NULL);
	const struct value now = figure_now(RUNG_EVALUATOR);
	assert_true(is_near(moved(now.lo, before.lo), expected));
	OK(board_compare(board, RUNG_EVALUATOR, RUNG_SELF, &arena, &comparison, &err));
	assert_int_equal(comparison.n, 0);
}

static void test_board_gains__the_largest_stands_first_and_comes_true(void **state)
{
	(void)state;
	struct board_gains gains;
	char words[80];
	make_project(0, "李工");
	import_sample(0);
	open_board(RUNG_EVALUATOR);
	OK(board_gains(board, &arena, &gains, &err));
	assert_true(gains.n > 10);
	for (unsigned i = 1; i < gains.n; i++)
		assert_true(gains.at[i].low.units <= gains.at[i - 1].low.units && gains.at[i].low.units > 0);
	const struct value before = board->rungs[RUNG_EVALUATOR].figure;
	answer(RUNG_EVALUATOR, board->items[gains.at[0].item].plan->decl->id, words_in_full(gains.at[0].item, words, sizeof(words)), NULL);
	const struct value now = figure_now(RUNG_EVALUATOR);
	assert_true(is_near(moved(now.lo, before.lo), number(gains.at[0].low)));
}

static void test_board_basis__names_the_weak_numbers_of_the_rung(void **state)
{
	(void)state;
	struct basis basis, again;
	make_project(0, "李工");
	import_sample(0);
	open_board(RUNG_EVALUATOR);
	OK(board_basis(board, &basis, &err));
	assert_int_equal(basis.origin, ORIGIN_ILLUSTRATIVE);
	assert_true(basis.n_specimen > 0);
	OK(board_basis(board, &again, &err));
	assert_ptr_equal(basis.specimen, again.specimen);
	OK(board_look_from(board, RUNG_SELF, &err));
	OK(board_basis(board, &again, &err));
	assert_ptr_not_equal(basis.specimen, again.specimen);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_board_gap__each_step_tells_what_the_record_then_says),
		TEST(test_board_gap__is_empty_where_there_are_no_grades_or_the_highest_is_reached),
		TEST(test_board_suppose__tells_what_the_record_would_say_and_leaves_it),
		TEST(test_board_compare__effects_are_those_of_taking_the_other_answer_over),
		TEST(test_board_gains__the_largest_stands_first_and_comes_true),
		TEST(test_board_basis__names_the_weak_numbers_of_the_rung),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
