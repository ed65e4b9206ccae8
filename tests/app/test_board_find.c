/* Finding items by number, words, pinyin initials, answers and evidence. */
#include "scene.h"

static struct board_found_list found;

static const char *first(const char *query)
{
	OK(board_find(board, query, &arena, &found, &err));
	return found.n ? board->items[found.at[0].item].plan->decl->id : "";
}

static unsigned count(const char *query)
{
	OK(board_find(board, query, &arena, &found, &err));
	return found.n;
}

static void assert_shown(const char *part)
{
	assert_int_equal(found.at[0].len, strlen(part));
	assert_memory_equal(found.at[0].text + found.at[0].at, part, found.at[0].len);
}

static void test_board_find__by_number_title_and_initials(void **state)
{
	(void)state;
	make_project(0, "李工");
	open_board(RUNG_EVALUATOR);
	assert_string_equal(first("7.2.1"), "7.2.1");
	assert_int_equal(found.at[0].by, FOUND_NUMBER);
	assert_string_equal(first("８．２．１"), "8.2.1");
	assert_true(count("7.2.") >= 5);
	for (unsigned i = 0; i < found.n; i++)
		assert_memory_equal(board->items[found.at[i].item].plan->decl->id, "7.2.", 4);
	/* the whole number before those that begin with it */
	assert_string_equal(first("12-1"), "12-1");
	assert_true(count("12-1") > 1);
	assert_string_equal(first("废热"), "7.2.2");
	assert_int_equal(found.at[0].by, FOUND_TITLE);
	assert_shown("废热");
	assert_string_equal(first("waste-HEAT"), "7.2.2");
	assert_string_equal(first("yrfr"), "7.2.2");
	assert_int_equal(found.at[0].by, FOUND_INITIALS);
	assert_shown("余热废热");
	assert_string_equal(first("SWSZH"), "8.1.1");
	assert_int_equal(count(""), 0);
	assert_int_equal(count("  　"), 0);
	assert_int_equal(count("没有这样的词"), 0);
}

static void test_board_find__every_word_must_be_found(void **state)
{
	(void)state;
	make_project(0, "李工");
	open_board(RUNG_EVALUATOR);
	const unsigned n_wide = count("能源"), n_narrow = count("能源 计量");
	assert_true(n_narrow > 0 && n_narrow < n_wide);
	assert_int_equal(count("能源 没有这样的词"), 0);
	/* the section says what an item is about */
	assert_true(count("能源体系") >= 7);
}

static void test_board_find__by_what_was_written_about_it(void **state)
{
	(void)state;
	make_project(0, "李工");
	answer(RUNG_EVALUATOR, "5.2.2", "points:9", "排水泵站未接入");
	answer(RUNG_EVALUATOR, "7.2.2", "na:园内没有锅炉", NULL);
	become("周敏", "park");
	answer(RUNG_SELF, "6.2.1", "points:9", "慢行道已贯通");
	attach("4.2.1", "第 17 页", NULL);
	static const char *const thread[] = { "0123456789abcdef0123456789abcdef" };
	put("remark", thread, "place", (const char *const[]){ ref->name, "9.2.1", "evaluator", "" });
	put("remark", thread, "text", (const char *const[]){ "星级证书何时到期？" });
	open_board(RUNG_EVALUATOR);
	assert_string_equal(first("到期"), "9.2.1");
	assert_int_equal(found.at[0].by, FOUND_ANSWER);
	assert_string_equal(first("泵站"), "5.2.2");
	assert_int_equal(found.at[0].by, FOUND_ANSWER);
	assert_int_equal(found.at[0].rung, RUNG_EVALUATOR);
	assert_string_equal(found.at[0].text, "排水泵站未接入");
	assert_shown("泵站");
	assert_string_equal(first("锅炉"), "7.2.2");
	assert_string_equal(first("贯通"), "6.2.1");
	assert_int_equal(found.at[0].rung, RUNG_SELF);
	assert_string_equal(first("统计表.csv"), "4.2.1");
	assert_int_equal(found.at[0].by, FOUND_EVIDENCE);
	assert_string_equal(first("17 页"), "4.2.1");
}

static void test_board_find__leaves_out_what_does_not_apply(void **state)
{
	(void)state;
	uint32_t outside = 0;
	const struct sample planning = { "t-csus-66-2023", "planning", "production" };
	make_project_in(&planning, "李工");
	open_board(RUNG_EVALUATOR);
	while (outside < board->n_items && !board->items[outside].is_outside)
		outside++;
	assert_true(outside < board->n_items);
	count(board->items[outside].plan->decl->id);
	for (unsigned i = 0; i < found.n; i++)
		assert_int_not_equal(found.at[i].item, outside);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_board_find__by_number_title_and_initials),
		TEST(test_board_find__every_word_must_be_found),
		TEST(test_board_find__by_what_was_written_about_it),
		TEST(test_board_find__leaves_out_what_does_not_apply),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
