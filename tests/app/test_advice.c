/* Gap, trial and gains are the park's: who sees them, and what the record tells of it. */
#include "lingtan/app/advice.h"
#include "scene.h"

static bool shown_to(const char *name, const char *role)
{
	bool shown = false;
	become(name, role);
	OK(advice_is_shown(&session, &shown, &err));
	return shown;
}

static void test_advice__is_the_parks(void **state)
{
	(void)state;
	make_project(0, "建档");
	assert_true(shown_to("示例·周工", "park"));
	assert_false(shown_to("示例·李工", "evaluator"));
	assert_false(shown_to("示例·赵工", "reviewer"));
	assert_false(shown_to("示例·陈总", "approver"));
	drop_project();
}

static void test_advice__is_allowed_with_a_reason_that_the_journal_keeps(void **state)
{
	bool done = false, found = false;
	struct entry entry;
	(void)state;
	make_project(0, "建档");
	become("示例·李工", "evaluator");
	session.reason = "";
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(advice_allow(&session, true, &done, &err), LT_EDATA);
	assert_false(done);
	session.reason = "合同约定的预评价";
	session.command = "advice on";
	OK(advice_allow(&session, true, &done, &err));
	assert_true(done);
	OK(journal_get(session.project, project_head(session.project), &session.arena, &entry, &found, &err));
	assert_true(found);
	assert_string_equal(entry.reason, "合同约定的预评价");
	assert_true(shown_to("示例·赵工", "reviewer"));
	become("示例·李工", "evaluator");
	session.reason = "";
	OK(advice_allow(&session, false, &done, &err));
	assert_false(shown_to("示例·赵工", "reviewer"));
	drop_project();
}

static void test_advice__who_reviews_cannot_allow_it(void **state)
{
	bool done = false;
	(void)state;
	make_project(0, "建档");
	become("示例·赵工", "reviewer");
	session.reason = "想看";
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(advice_allow(&session, true, &done, &err), LT_EDATA);
	assert_false(done);
	drop_project();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_advice__is_the_parks),
		TEST(test_advice__is_allowed_with_a_reason_that_the_journal_keeps),
		TEST(test_advice__who_reviews_cannot_allow_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
