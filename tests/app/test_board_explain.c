/* Where a number comes from: lines that add up, ways that lead there, texts that carry the digits. */
#include "scene.h"

static struct board_explained explain(uint32_t slot)
{
	struct board_explained line;
	OK(board_explain(board, slot, &arena, &line, &err));
	return line;
}

static struct board_explained *below(const struct board_explained *of, unsigned *n)
{
	struct board_explained *list;
	OK(board_explain_below(board, of, &arena, &list, n, &err));
	assert_int_equal(*n, of->n_below);
	return list;
}

static uint32_t slot_of(const char *id)
{
	const uint32_t slot = plan_find(board->plan, id);
	assert_int_not_equal(slot, NO_SLOT);
	return slot;
}

/* A sum that is not rescaled, held or rounded. */
static bool is_plain_sum(const struct board_explained *line, const struct board_explained *list, unsigned n)
{
	const struct plan_node *node = plan_node_at(board->plan, line->slot);
	bool is = node && node->decl->op == OP_SUM && node->min == NO_SLOT && node->max == NO_SLOT && node->round_places < 0 &&
		  line->value.state == VALUE_NUMBER;
	for (unsigned i = 0; i < n; i++)
		is = is && (list[i].counts || node->decl->na != NA_RESCALE);
	return is;
}

static bool is_used(uint32_t slot, uint32_t by)
{
	uint32_t *slots;
	unsigned n;
	OK(board_used_by(board, slot, &arena, &slots, &n, &err));
	for (unsigned i = 0; i < n; i++)
		if (slots[i] == by)
			return true;
	return false;
}

static void check_line(uint32_t slot, unsigned *n_sums)
{
	unsigned n;
	struct value sum;
	const struct board_explained line = explain(slot);
	struct board_explained *list = below(&line, &n);
	const struct board_explained **all = lt_arena_alloc(&arena, n + 1, sizeof(*all));
	assert_non_null(line.operation[LT_ZH]);
	assert_true(line.operation[LT_EN][0] && line.operation[LT_ZH][0]);
	assert_true(line.id[0]);
	for (unsigned i = 0; i < n; i++) {
		all[i] = &list[i];
		if (list[i].kind != EXPLAINED_LINE)
			assert_true(is_used(list[i].slot, slot));
	}
	if (!is_plain_sum(&line, list, n))
		return;
	++*n_sums;
	assert_true(board_explain_sum(board, &line, all, n, &sum));
	assert_true(sum.lo.units == line.value.lo.units && sum.hi.units == line.value.hi.units);
}

static void test_board_explain__sums_add_up_in_every_standard(void **state)
{
	(void)state;
	for (size_t s = 0; s < N_SAMPLES; s++) {
		unsigned n_sums = 0;
		make_project(s, "李工");
		import_sample(s);
		open_board(RUNG_EVALUATOR);
		for (uint32_t slot = 0; slot < board->plan->n_slots; slot++)
			check_line(slot, &n_sums);
		assert_true(n_sums >= 2 || s == 1);
		drop_project();
	}
}

static void test_board_explain__the_way_from_the_total_to_a_figure(void **state)
{
	(void)state;
	uint32_t *slots;
	unsigned n, n_below;
	make_project(3, "李工");
	import_sample(3);
	open_board(RUNG_EVALUATOR);
	const uint32_t total = board->headline.slot, pue = slot_of("ict.pue");
	OK(board_explain_path(board, total, pue, &arena, &slots, &n, &err));
	assert_int_equal(n, 4);
	assert_int_equal(slots[0], total);
	assert_int_equal(slots[2], item_of("1.1.8"));
	assert_int_equal(slots[3], pue);
	for (unsigned i = 0; i + 1 < n; i++) {
		const struct board_explained line = explain(slots[i]);
		const struct board_explained *list = below(&line, &n_below);
		unsigned at = 0;
		while (at < n_below && list[at].slot != slots[i + 1])
			at++;
		assert_true(at < n_below);
	}
	OK(board_explain_path(board, pue, total, &arena, &slots, &n, &err));
	assert_int_equal(n, 0);
}

static void test_board_explain__a_line_says_what_was_done_with_all_digits(void **state)
{
	(void)state;
	make_project(3, "李工");
	import_sample(3);
	open_board(RUNG_EVALUATOR);
	const struct board_explained total = explain(board->headline.slot), item = explain(item_of("1.1.8")), quantity = explain(slot_of("ict.pue"));
	assert_string_equal(total.operation[LT_ZH], "合计");
	assert_non_null(strstr(total.formula[LT_ZH], "，取 1 位小数，四舍六入五成双，得 "));
	assert_string_equal(item.operation[LT_ZH], "1.32 在 1.6 至 1.25 间按直线计");
	assert_string_equal(item.formula[LT_EN], "1.11 * (1.32 - 1.6) / (1.25 - 1.6), within 0 and full points");
	assert_int_equal(item.origin, ORIGIN_ILLUSTRATIVE);
	assert_int_equal(quantity.origin, ORIGIN_USER);
	assert_string_equal(quantity.writer.by, "李工");
	assert_string_equal(item.cite, "S003:61");
}

static void test_board_explain__a_term_shows_its_weight_and_what_is_taken_off_is_negative(void **state)
{
	(void)state;
	unsigned n;
	make_project(0, "李工");
	import_sample(0);
	open_board(RUNG_EVALUATOR);
	const struct board_explained body = explain(slot_of("body")), *sections = below(&body, &n);
	assert_string_equal(body.operation[LT_ZH], "按权重合计");
	assert_string_equal(sections[3].title->zh, "能源体系");
	assert_string_equal(sections[3].operation[LT_ZH], "64 * 0.2");
	assert_true(number(sections[3].value.lo) == 12.8);
	assert_string_equal(explain(slot_of("base")).operation[LT_ZH], "控制项全部符合，成立得 20");
	drop_project();
	make_project(2, "李工");
	import_sample(2);
	open_board(RUNG_EVALUATOR);
	const struct board_explained net = explain(slot_of("net")), *parts = below(&net, &n);
	assert_string_equal(net.formula[LT_ZH], "净排放量 = 70,008.1944 - 1,740 - 66,597 = 1,671.1944");
	assert_true(number(parts[1].value.lo) == -1740);
	assert_string_equal(parts[1].operation[LT_ZH], "合计");
}

static void test_board_explain__what_is_open_failed_or_left_out_says_so(void **state)
{
	(void)state;
	make_project(0, "李工");
	answer(RUNG_EVALUATOR, "8.1.1", "not-met", NULL);
	answer(RUNG_EVALUATOR, "7.2.2", "na:无余热资源", NULL);
	answer(RUNG_EVALUATOR, "7.2.1", "points:9", NULL);
	open_board(RUNG_EVALUATOR);
	assert_string_equal(explain(item_of("8.1.1")).operation[LT_ZH], "不符合");
	assert_string_equal(explain(item_of("8.1.1")).writer.by, "李工");
	assert_string_equal(explain(item_of("7.2.2")).operation[LT_ZH], "不适用：无余热资源");
	assert_false(explain(item_of("7.2.2")).counts);
	assert_string_equal(explain(item_of("7.2.1")).operation[LT_ZH], "评定，满分 14");
	assert_string_equal(explain(item_of("7.2.3")).operation[LT_ZH], "未评");
	assert_int_equal(explain(item_of("7.2.3")).origin, ORIGIN_UNSTATED);
	assert_string_equal(explain(slot_of("energy.renewable_share")).operation[LT_EN], "open");
	drop_project();
	/* a value that may fall in several steps names them in the language of the line */
	unsigned n_several = 0;
	make_project(4, "李工");
	open_board(RUNG_EVALUATOR);
	for (uint32_t slot = board->plan->first_node; slot < board->plan->n_slots; slot++) {
		const struct board_explained line = explain(slot);
		assert_null(strstr(line.operation[LT_EN], "或"));
		n_several += strstr(line.operation[LT_EN], " or >=") != NULL;
	}
	assert_true(n_several > 0);
}

static void test_board_explain__lines_of_the_inventory_stand_under_their_quantity(void **state)
{
	(void)state;
	unsigned n;
	make_project(1, "李工");
	import_sample(1);
	open_board(RUNG_EVALUATOR);
	unsigned n_lines = 0;
	for (uint32_t slot = board->plan->first_quantity; slot < board->plan->first_parameter; slot++) {
		const struct board_explained line = explain(slot);
		const struct board_explained *list = below(&line, &n);
		double sum = 0;
		for (unsigned i = 0; i < n; i++)
			sum += number(list[i].value.lo);
		n_lines += n;
		if (n)
			assert_true(is_near(sum, number(line.value.lo)));
	}
	assert_true(n_lines > 0);
}

static void test_board_elsewhere__names_items_of_other_standards_that_share_a_figure(void **state)
{
	(void)state;
	struct board_use *uses;
	unsigned n;
	make_project(3, "李工");
	open_board(RUNG_EVALUATOR);
	const uint32_t audits = slot_of("industry.cleaner_audit_share");
	OK(board_elsewhere(board, audits, &arena, &uses, &n, &err));
	assert_int_equal(n, 0);
	const struct new_project other = { .standard = "t-csus-66-2023", .stage = "operation", .year = "2025", .park_type = "production" };
	const struct new_project later = { .standard = "t-csus-66-2023", .stage = "operation", .year = "2026", .park_type = "production" };
	session.command = "add";
	OK(session_add_assessment(&session, &other, &findings, &err));
	OK(session_add_assessment(&session, &later, &findings, &err));
	reload();
	OK(board_elsewhere(board, slot_of("industry.cleaner_audit_share"), &arena, &uses, &n, &err));
	assert_int_equal(n, 1);
	assert_string_equal(uses[0].ref->name, "t-csus-66-2023/operation/2025");
	assert_string_equal(uses[0].item->id, "5.2.3");
	assert_false(uses[0].is_measuring);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_board_explain__sums_add_up_in_every_standard),
		TEST(test_board_explain__the_way_from_the_total_to_a_figure),
		TEST(test_board_explain__a_line_says_what_was_done_with_all_digits),
		TEST(test_board_explain__a_term_shows_its_weight_and_what_is_taken_off_is_negative),
		TEST(test_board_explain__what_is_open_failed_or_left_out_says_so),
		TEST(test_board_explain__lines_of_the_inventory_stand_under_their_quantity),
		TEST(test_board_elsewhere__names_items_of_other_standards_that_share_a_figure),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
