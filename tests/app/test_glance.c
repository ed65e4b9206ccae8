/* What is told of a project file from outside: whole, gone or damaged, what is in it, what falls due. */
#include "scene.h"
#include "lingtan/app/glance.h"
#include "lingtan/app/record.h"

static struct glance look(const char *at)
{
	struct glance glance;
	OK(glance_file(&workspace, at, &library.arena, &glance, &err));
	return glance;
}

static void ask_for(const char *title, const char *due, const char *state)
{
	const struct form *form;
	struct record *record;
	bool done;
	const char *const fields[][2] = { { "title", title }, { "due", due }, { "state", state } };
	OK(record_form(&workspace, "request", &findings, &form, &err));
	OK(record_new(&session, form, &record, &err));
	for (size_t i = 0; i < 3; i++)
		OK(record_set(&session, record, (unsigned)(form_find_field(form, fields[i][0]) - form->fields), fields[i][1], &err));
	OK(record_save(&session, record, &findings, &done, &err));
}

static void test_glance__tells_what_is_in_a_file(void **state)
{
	(void)state;
	make_project(0, "李工");
	const struct glance before = look(path);
	assert_int_equal(before.state, GLANCE_FINE);
	assert_int_equal(before.n_evidence, 0);
	assert_int_equal(before.n_due, 0);
	ask_for("用电结算单", "2026-04-10", "asked");
	ask_for("红线图", "2026-03-31", "insufficient");
	ask_for("台账", "2026-03-01", "received");
	struct glance glance = look(path);
	assert_int_equal(glance.n_entries, before.n_entries + 3);
	assert_int_equal(glance.n_due, 2);
	assert_string_equal(glance.due[0].date, "2026-03-31");
	assert_string_equal(glance.due[0].title, "红线图");
	assert_string_equal(glance.due[1].title, "用电结算单");
	assert_false(glance.is_verified);
	OK(glance_verify(&workspace, path, glance.n_entries - 1, &library.arena, &glance, &err));
	assert_false(glance.is_verified);
	OK(glance_verify(&workspace, path, 1000, &library.arena, &glance, &err));
	assert_true(glance.is_verified && glance.holds);
}

static void test_glance__a_repair_is_due_until_its_answer_was_accepted(void **state)
{
	(void)state;
	make_project(0, "李工");
	const char *const key[] = { "0123456789abcdef0123456789abcdef" }, *const number[] = { "F01" };
	const char *const fact[] = { "缺台账", "李工" }, *const due[] = { "2026-04-10" };
	const char *const rejected[] = { "rejected", "还缺一页", "2026-04-09", "李工" }, *const accepted[] = { "accepted", "", "2026-04-12", "李工" };
	put("finding", key, "number", number);
	put("finding", key, "fact", fact);
	put("finding", key, "due", due);
	assert_int_equal(look(path).n_due, 1);
	put("finding", key, "verification", rejected);
	assert_int_equal(look(path).n_due, 1);
	put("finding", key, "verification", accepted);
	assert_int_equal(look(path).n_due, 0);
}

static void test_glance__gone_and_damaged_are_no_errors(void **state)
{
	(void)state;
	make_project(0, "李工");
	assert_int_equal(look("/nowhere/at/all.lingtan").state, GLANCE_GONE);
	assert_int_equal(truncate(path, 5000), 0);
	const struct glance glance = look(path);
	assert_int_equal(glance.state, GLANCE_DAMAGED);
	assert_non_null(glance.why[LT_ZH]);
	assert_true(glance.why[LT_EN][0]);
}

static void test_glance__a_place_that_will_not_do_says_what_will(void **state)
{
	(void)state;
	char deep[5000];
	unsigned long long room;
	memset(deep, 'x', sizeof(deep) - 2);
	deep[0] = deep[sizeof(deep) - 3] = '/';
	memcpy(deep + sizeof(deep) - 2, "p", 2);
	assert_int_equal(glance_place(deep, &room, &err), LT_EDATA);
	assert_string_equal(err.text[LT_EN], "the path is too long; take a shorter one");
	make_project(0, "李工");
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(glance_place(path, &room, &err), LT_EDATA);
	assert_non_null(strstr(err.text[LT_EN], "take another name"));
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(glance_place("/proc/p.lingtan", &room, &err), LT_ESPACE);
	assert_non_null(strstr(err.text[LT_EN], "take another folder"));
}

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_glance__tells_what_is_in_a_file), TEST(test_glance__a_repair_is_due_until_its_answer_was_accepted), TEST(test_glance__gone_and_damaged_are_no_errors),
					    TEST(test_glance__a_place_that_will_not_do_says_what_will) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
