/* Rows through the forms that people fill in: read, changed, refused, saved as one entry. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lingtan/app/record.h"

extern const struct embedded_file embedded_files[];

static char folder[64], path[128];
static struct library library;
static struct workspace workspace;
static struct lt_findings findings;
static struct lt_err err;
static struct session session;
static const struct who who = { .name = "李工", .role = "evaluator" };

#define STATUS(expected, call)                                                                                                                       \
	do {                                                                                                                                         \
		err = (struct lt_err)LT_ERR_INIT;                                                                                                    \
		const enum lt_status got_status = (call);                                                                                            \
		if (got_status != (expected))                                                                                                        \
			fail_msg("%s: %d and not %d: %s", #call, got_status, expected, err.text[LT_EN]);                                             \
	} while (0)
#define OK(call) STATUS(LT_OK, call)

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/lt-record-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/p.lingtan", folder);
	err = (struct lt_err)LT_ERR_INIT;
	if (library_open(&library, embedded_files, NULL, NULL, &err))
		return -1;
	lt_findings_init(&findings, &library.arena);
	if (workspace_open(&workspace, &library, &findings, &err))
		return -1;
	const struct new_project wish = {
		.park = "示例园区", .standard = "t-csus-66-2023", .stage = "operation", .year = "2025", .park_type = "production"
	};
	return session_new(&session, &workspace, path, &who, &wish, &findings, &err) ? -1 : 0;
}

static int tear_down(void **state)
{
	(void)state;
	session_close(&session);
	workspace_release(&workspace);
	library_release(&library);
	unlink(path);
	return rmdir(folder);
}

static const struct form *form_of(const char *id)
{
	const struct form *form = NULL;
	OK(record_form(&workspace, id, &findings, &form, &err));
	return form;
}

static unsigned field(const struct record *record, const char *id)
{
	const struct form_field *found = form_find_field(record->form, id);
	if (!found)
		fail_msg("no field %s", id);
	return (unsigned)(found - record->form->fields);
}

static const char *value(const struct record *record, const char *id)
{
	return record->values[field(record, id)];
}

static struct record *find(const char *form, const char *which)
{
	struct record *record = NULL;
	OK(record_find(&session, form_of(form), which, &record, &err));
	return record;
}

static struct record *made(const char *form)
{
	struct record *record = NULL;
	OK(record_new(&session, form_of(form), &record, &err));
	return record;
}

static void set(struct record *record, const char *id, const char *text)
{
	OK(record_set(&session, record, field(record, id), text, &err));
}

static void save(struct record *record, bool expected)
{
	bool done = !expected;
	OK(record_save(&session, record, &findings, &done, &err));
	assert_int_equal(done, expected);
}

static void refuse(struct record *record, const char *id)
{
	bool done = true;
	struct lt_findings found;
	bool named = false;
	lt_findings_init(&found, &session.arena);
	const unsigned depth = project_depth(session.project);
	STATUS(LT_EDATA, record_save(&session, record, &found, &done, &err));
	assert_false(done);
	assert_int_equal(project_depth(session.project), depth);
	for (const struct lt_finding *at = found.first; at; at = at->next)
		named |= at->severity == LT_ERROR && strcmp(at->path, id) == 0;
	if (id[0] && !named)
		fail_msg("nothing is said of %s: %s", id, err.text[LT_EN]);
}

static void test_record__what_was_set_is_one_entry(void **state)
{
	(void)state;
	struct record *park = find("park", NULL);
	const unsigned depth = project_depth(session.project);
	assert_true(park->exists);
	assert_string_equal(value(park, "name"), "示例园区");
	set(park, "area", " ３．２ ");
	set(park, "city", "示例市");
	set(park, "operating_since", "2019年3月1日");
	assert_string_equal(value(park, "area"), "3.2");
	save(park, true);
	assert_int_equal(project_depth(session.project), depth + 1);
	save(park, false);
	park = find("park", NULL);
	assert_string_equal(value(park, "name"), "示例园区");
	assert_string_equal(value(park, "area"), "3.2");
	assert_string_equal(value(park, "operating_since"), "2019-03-01");
}

static void test_record__what_is_refused_changes_nothing(void **state)
{
	(void)state;
	struct record *park = find("park", NULL);
	STATUS(LT_EDATA, record_set(&session, park, field(park, "area"), "-1", &err));
	STATUS(LT_EDATA, record_set(&session, park, field(park, "area"), "large", &err));
	STATUS(LT_EDATA, record_set(&session, park, field(park, "city"), "a\x1b[31m", &err));
	STATUS(LT_EDATA, record_set(&session, park, field(park, "city"), "\xff", &err));
	STATUS(LT_EDATA, record_set(&session, park, field(park, "longitude"), "181", &err));
	assert_string_equal(value(park, "area"), "");
	save(park, false);
	/* a probable slip is kept and told */
	STATUS(LT_NO, record_set(&session, park, field(park, "credit_code"), "12990000EXAMPLE00C", &err));
	save(park, true);
	/* what was needed cannot be emptied */
	set(park, "name", "");
	refuse(park, "name");
}

static void test_record__a_new_row_must_be_whole(void **state)
{
	(void)state;
	struct record *request = made("request"), **all;
	unsigned n;
	set(request, "topic", "基本情况");
	refuse(request, "title");
	set(request, "title", "逐月用电结算单");
	set(request, "state", "已索取");
	save(request, true);
	assert_true(request->exists);
	assert_int_equal(strlen(request->key), 32);
	request = find("request", "逐月用电结算单");
	assert_string_equal(value(request, "state"), "asked");
	set(request, "state", "insufficient");
	set(request, "note", "缺 7 月\n缺 8 月");
	save(request, true);
	bool done;
	OK(record_remove(&session, request, &done, &err));
	assert_true(done);
	OK(record_list(&session, form_of("request"), &all, &n, &err));
	assert_int_equal(n, 0);
}

static void test_record__a_name_is_taken_once(void **state)
{
	(void)state;
	struct record *person = made("person"), *again = made("person");
	set(person, "name", "王工");
	set(person, "organisation", "示例机构");
	set(person, "roles", "evaluator,leader");
	save(person, true);
	set(again, "name", "王工");
	set(again, "post", "组长");
	refuse(again, "");
	person = find("person", "王工");
	assert_string_equal(value(person, "organisation"), "示例机构");
	STATUS(LT_EDATA, record_set(&session, person, field(person, "name"), "张工", &err));
	STATUS(LT_EDATA, record_find(&session, form_of("person"), "赵工", &person, &err));
}

static void test_record__who_was_taken_out_comes_back_empty(void **state)
{
	(void)state;
	struct record *person = made("person"), **all;
	unsigned n, before;
	bool done;
	OK(record_list(&session, form_of("person"), &all, &before, &err));
	set(person, "name", "王工");
	set(person, "organisation", "示例机构");
	set(person, "roles", "evaluator");
	save(person, true);
	OK(record_remove(&session, person, &done, &err));
	assert_true(done);
	STATUS(LT_EDATA, record_find(&session, form_of("person"), "王工", &person, &err));
	OK(record_open(&session, form_of("person"), "王工", &person, &err));
	assert_string_equal(value(person, "organisation"), "");
	set(person, "post", "组长");
	save(person, true);
	person = find("person", "王工");
	assert_string_equal(value(person, "post"), "组长");
	assert_string_equal(value(person, "organisation"), "");
	assert_string_equal(value(person, "roles"), "");
	OK(record_list(&session, form_of("person"), &all, &n, &err));
	assert_int_equal(n, before + 1);
}

static void test_record__what_is_usually_asked_is_asked_once(void **state)
{
	(void)state;
	struct record *request;
	bool done;
	OK(record_open(&session, form_of("request"), "land-use", &request, &err));
	assert_false(request->exists);
	assert_string_equal(value(request, "state"), "asked");
	set(request, "owner", "周工");
	save(request, true);
	assert_string_equal(request->key, "land-use");
	OK(record_open(&session, form_of("request"), "land-use", &request, &err));
	assert_true(request->exists);
	assert_string_equal(value(request, "owner"), "周工");
	OK(record_remove(&session, request, &done, &err));
	OK(record_open(&session, form_of("request"), "land-use", &request, &err));
	assert_false(request->exists);
	save(request, true);
	assert_true(find("request", "land-use")->exists);
	STATUS(LT_EDATA, record_open(&session, form_of("request"), "nothing-known", &request, &err));
}

static void test_record__a_figure_is_held_against_the_rulesets(void **state)
{
	(void)state;
	struct record *quantity = made("quantity");
	set(quantity, "rung", "evaluator");
	set(quantity, "year", "2025年");
	set(quantity, "quantity", "land.green_cover");
	set(quantity, "value", "30.5");
	set(quantity, "unit", "kWh");
	refuse(quantity, "");
	set(quantity, "unit", "%");
	set(quantity, "source", "总体规划 第61页");
	save(quantity, true);
	quantity = find("quantity", "评价/2025/land.green_cover");
	assert_string_equal(value(quantity, "value"), "30.5");
	set(quantity, "na", "没有");
	refuse(quantity, "value");
	set(quantity, "na", "");
	set(quantity, "quantity", "land.green_cover");
	quantity = made("quantity");
	set(quantity, "rung", "evaluator");
	set(quantity, "year", "2025");
	set(quantity, "quantity", "nothing.known");
	set(quantity, "value", "1");
	refuse(quantity, "");
}

/* The year's amount is what the months come to, until somebody says a figure of his own. */
static void test_record__a_sum_follows_its_fields(void **state)
{
	static const char *const steps[][3] = { { "m01", "10", "10" },	   { "m02", "5.5", "15.5" }, { "m01", "", "5.5" },
						{ "m02", "", "" },	   { "m12", "7", "7" },	     { "amount", "9", "9" },
						{ "m11", "1", "9" },	   { "amount", "8", "8" },   { "m11", "2", "9" } };
	struct record *line = made("line");
	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		set(line, steps[i][0], steps[i][1]);
		assert_string_equal(line->values[field(line, "amount")], steps[i][2]);
	}
}

static void test_record__what_another_changed_is_not_overwritten(void **state)
{
	(void)state;
	struct record *mine = find("park", NULL), *theirs = find("park", NULL);
	set(theirs, "city", "示例市");
	save(theirs, true);
	set(mine, "city", "另一市");
	refuse(mine, "");
	/* another member of the group: a decision about all of it */
	mine = find("park", NULL);
	theirs = find("park", NULL);
	set(theirs, "city", "示例市示例区");
	save(theirs, true);
	set(mine, "province", "广东");
	refuse(mine, "");
	set(mine = find("park", NULL), "province", "广东");
	save(mine, true);
}

static void test_record__settings_fill_a_row_each(void **state)
{
	(void)state;
	struct record *settings = find("settings", NULL);
	struct words kept;
	set(settings, "daily_copy", "关");
	save(settings, true);
	OK(project_get(session.project, "setting", "daily_copy", "value", &session.arena, &kept, &err));
	assert_string_equal(kept.at[0], "off");
	settings = find("settings", NULL);
	set(settings, "daily_copy", "");
	save(settings, true);
	OK(project_get(session.project, "setting", "daily_copy", "value", &session.arena, &kept, &err));
	assert_null(kept.at);
}

static void test_record__a_new_project_takes_what_was_filled_in(void **state)
{
	(void)state;
	struct session draft, second;
	char other[140];
	struct record *records[2];
	const struct assessment_ref *all;
	unsigned n;
	snprintf(other, sizeof(other), "%s/q.lingtan", folder);
	session_draft(&draft, &workspace, &who);
	OK(record_new(&draft, form_of("park"), &records[0], &err));
	OK(record_new(&draft, form_of("person"), &records[1], &err));
	OK(record_set(&draft, records[0], field(records[0], "name"), "新园区", &err));
	OK(record_set(&draft, records[1], field(records[1], "name"), "李工", &err));
	OK(record_set(&draft, records[1], field(records[1], "organisation"), "示例机构", &err));
	const struct new_project further = { .standard = "ndrc-910-2025", .stage = "", .year = "2025" };
	struct new_project wish = { .standard = "t-csus-66-2023",
				    .stage = "operation",
				    .year = "2025",
				    .park_type = "production",
				    .further = &further,
				    .n_further = 1,
				    .records = records,
				    .n_records = 2 };
	/* a park needs its kind */
	STATUS(LT_EDATA, session_new(&second, &workspace, other, &who, &wish, &findings, &err));
	session_close(&second);
	assert_int_not_equal(access(other, F_OK), 0);
	OK(record_set(&draft, records[0], field(records[0], "type"), "生产制造", &err));
	OK(session_new(&second, &workspace, other, &who, &wish, &findings, &err));
	session_close(&draft);
	assert_int_equal(project_depth(second.project), 1);
	OK(session_assessments(&second, &all, &n, &err));
	assert_int_equal(n, 2);
	struct record *park, *person;
	OK(record_find(&second, form_of("park"), NULL, &park, &err));
	assert_string_equal(value(park, "type"), "生产制造");
	OK(record_find(&second, form_of("person"), "李工", &person, &err));
	assert_string_equal(value(person, "organisation"), "示例机构");
	assert_string_equal(value(person, "roles"), "evaluator");
	session_close(&second);
	unlink(other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_record__what_was_set_is_one_entry),
		TEST(test_record__what_is_refused_changes_nothing),
		TEST(test_record__a_new_row_must_be_whole),
		TEST(test_record__a_name_is_taken_once),
		TEST(test_record__who_was_taken_out_comes_back_empty),
		TEST(test_record__what_is_usually_asked_is_asked_once),
		TEST(test_record__a_figure_is_held_against_the_rulesets),
		TEST(test_record__a_sum_follows_its_fields),
		TEST(test_record__what_another_changed_is_not_overwritten),
		TEST(test_record__settings_fill_a_row_each),
		TEST(test_record__a_new_project_takes_what_was_filled_in),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
