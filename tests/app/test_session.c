/* Undo and redo, groups, several people, several programs; what this machine remembers: the newest head, a copy a day. */
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include "lingtan/store/blob.h"
#include "lingtan/store/verify.h"
#include "scene.h"

#define CSUS 0
#define KEY(item) ((const char *const[]){ "t-csus-66-2023/operation/2025", "evaluator", item })

/* Noon of a day of January 2026; 0 = the true time. */
static int day_of_january;

/* Stands before the C library's: a test may take days, and be run at midnight. */
time_t time(time_t *out)
{
	struct timespec now;
	struct tm noon = { .tm_year = 126, .tm_mday = day_of_january, .tm_hour = 12, .tm_isdst = -1 };
	clock_gettime(CLOCK_REALTIME, &now);
	const time_t at = day_of_january ? mktime(&noon) : now.tv_sec;
	if (out)
		*out = at;
	return at;
}

/* ---- looking ---- */

/* The first member of a cell of an answer, "" where nothing is set. */
static const char *cell(const char *item, const char *group, unsigned member)
{
	struct words value;
	const char *key = cell_key_join(&session.arena, KEY(item), 3);
	OK(project_get(session.project, "answer", key, group, &session.arena, &value, &err));
	return value.at ? value.at[member] : "";
}

static void assert_holds(void)
{
	struct verify_report report;
	const struct verify_wish wish = { 0 };
	OK(project_verify(session.project, &wish, &report, &err));
	if (!report.holds)
		fail_msg("%s", report.what.text[LT_EN]);
}

static enum lt_status undo(void)
{
	const char *what;
	err = (struct lt_err)LT_ERR_INIT;
	return session_undo(&session, &what, &err);
}

static enum lt_status redo(void)
{
	const char *what;
	err = (struct lt_err)LT_ERR_INIT;
	return session_redo(&session, &what, &err);
}

static void set(const char *item, const char *result)
{
	answer(RUNG_EVALUATOR, item, result, NULL);
}

/* Refused, and nothing happened. */
static void assert_refused(enum lt_status status, enum lt_status wanted)
{
	static char before[LT_SHA256_HEX];
	bool changed;
	memcpy(before, project_head(session.project), sizeof(before));
	assert_int_equal(status, wanted);
	assert_true(err.text[LT_ZH][0] && err.text[LT_EN][0]);
	err = (struct lt_err)LT_ERR_INIT;
	OK(journal_refresh(session.project, &changed, &err));
	assert_false(changed);
	assert_string_equal(project_head(session.project), before);
}

/* ---- undo, redo ---- */

static void test_undo__takes_back_what_one_command_did(void **state)
{
	(void)state;
	make_project(CSUS, "林静");
	set("4.2.1", "points:5");
	answer(RUNG_EVALUATOR, "4.2.1", NULL, "待核对");
	set("4.2.1", "points:6");
	assert_int_equal(undo(), LT_OK);
	assert_string_equal(cell("4.2.1", "verdict", 1), "5");
	assert_string_equal(cell("4.2.1", "remark", 0), "待核对");
	assert_int_equal(undo(), LT_OK);
	assert_string_equal(cell("4.2.1", "verdict", 1), "5");
	assert_string_equal(cell("4.2.1", "remark", 0), "");
	assert_int_equal(undo(), LT_OK);
	assert_string_equal(cell("4.2.1", "verdict", 1), "");
	assert_refused(undo(), LT_EDATA);
	assert_holds();
}

static void test_undo__redo_brings_back_in_order_until_something_new_is_done(void **state)
{
	(void)state;
	make_project(CSUS, "林静");
	assert_refused(redo(), LT_EDATA);
	set("4.2.1", "points:5");
	set("4.2.2", "points:6");
	set("4.2.3", "points:7");
	for (int i = 0; i < 3; i++)
		assert_int_equal(undo(), LT_OK);
	assert_int_equal(redo(), LT_OK);
	assert_string_equal(cell("4.2.1", "verdict", 1), "5");
	assert_string_equal(cell("4.2.2", "verdict", 1), "");
	assert_int_equal(redo(), LT_OK);
	assert_string_equal(cell("4.2.2", "verdict", 1), "6");
	/* and taken back again */
	assert_int_equal(undo(), LT_OK);
	assert_string_equal(cell("4.2.2", "verdict", 1), "");
	assert_int_equal(redo(), LT_OK);
	set("4.2.4", "points:1");
	assert_refused(redo(), LT_EDATA);
	assert_string_equal(cell("4.2.3", "verdict", 1), "");
	assert_holds();
}

static void test_undo__is_each_persons_own(void **state)
{
	(void)state;
	make_project(CSUS, "林静");
	set("4.2.1", "points:5");
	become("王工", "evaluator");
	assert_refused(undo(), LT_EDATA);
	set("4.2.2", "points:6");
	become("林静", "evaluator");
	assert_int_equal(undo(), LT_OK);
	assert_string_equal(cell("4.2.1", "verdict", 1), "");
	assert_string_equal(cell("4.2.2", "verdict", 1), "6");
	become("王工", "evaluator");
	assert_refused(redo(), LT_EDATA);
	assert_int_equal(undo(), LT_OK);
	assert_string_equal(cell("4.2.2", "verdict", 1), "");
	assert_holds();
}

static void test_undo__not_over_what_somebody_wrote_since(void **state)
{
	(void)state;
	make_project(CSUS, "林静");
	set("4.2.1", "points:5");
	become("王工", "evaluator");
	set("4.2.1", "points:6");
	become("林静", "evaluator");
	assert_refused(undo(), LT_EDATA);
	assert_string_equal(cell("4.2.1", "verdict", 1), "6");
}

static void test_undo__stops_at_a_barrier(void **state)
{
	unsigned round;
	(void)state;
	make_project(CSUS, "林静");
	set("4.1.1", "met");
	session.reason = "完成";
	session.command = "submit";
	OK(session_submit(&session, ref, "evaluator", &round, &findings, &err));
	session.reason = "";
	assert_int_equal(round, 1);
	assert_refused(undo(), LT_EDATA);
	assert_string_equal(cell("4.1.1", "verdict", 0), "met");
}

static void test_undo__of_an_import_and_of_evidence(void **state)
{
	struct evidence_list list;
	uint64_t size;
	bool found;
	char sha256[LT_SHA256_HEX];
	(void)state;
	make_project(CSUS, "林静");
	import_sample(CSUS);
	assert_string_not_equal(cell("4.2.1", "verdict", 1), "");
	attach("4.2.1", "第1页", NULL);
	OK(session_evidence(&session, &list, &err));
	assert_int_equal(list.n_ties, 1);
	snprintf(sha256, sizeof(sha256), "%s", list.files[0].sha256);
	assert_int_equal(undo(), LT_OK);
	OK(session_evidence(&session, &list, &err));
	assert_int_equal(list.n_ties, 0);
	/* the tie goes, the bytes stay */
	OK(blob_find(session.project, sha256, &found, &size, &err));
	assert_true(found);
	assert_int_equal(undo(), LT_OK);
	assert_string_equal(cell("4.2.1", "verdict", 1), "");
	assert_int_equal(redo(), LT_OK);
	assert_int_equal(redo(), LT_OK);
	OK(session_evidence(&session, &list, &err));
	assert_int_equal(list.n_ties, 1);
	assert_holds();
}

static void test_commit__of_what_is_so_already_is_no_entry(void **state)
{
	const struct new_answer same = { .item = "4.2.1", .result = "points:5", .rung = "evaluator" };
	bool done = true;
	(void)state;
	make_project(CSUS, "林静");
	set("4.2.1", "points:5");
	const unsigned depth = project_depth(session.project);
	OK(session_set(&session, ref, &same, &findings, &done, &err));
	assert_false(done);
	assert_int_equal(project_depth(session.project), depth);
}

/* ---- two programs at once ---- */

static void test_commit__what_another_program_did_meanwhile_is_seen(void **state)
{
	const struct who who = { .name = "王工", .role = "evaluator" };
	const struct new_answer wish = { .item = "4.2.2", .result = "points:6", .rung = "evaluator" };
	const struct assessment_ref *its;
	struct session other;
	bool done;
	(void)state;
	make_project(CSUS, "林静");
	set("4.2.1", "points:5");
	OK(session_open(&other, &workspace, path, PROJECT_WRITE, &who, &err));
	OK(session_find_assessment(&other, NULL, NULL, &its, &findings, &err));
	OK(session_set(&other, its, &wish, &findings, &done, &err));
	/* this one knows nothing of it yet */
	assert_string_not_equal(project_head(session.project), project_head(other.project));
	set("4.2.3", "points:7");
	assert_int_equal(project_depth(session.project), project_depth(other.project) + 1);
	assert_string_equal(cell("4.2.2", "verdict", 1), "6");
	/* and its undo is still its own */
	const char *what;
	OK(session_undo(&other, &what, &err));
	session_close(&other);
	assert_string_equal(cell("4.2.2", "verdict", 1), "");
	assert_string_equal(cell("4.2.3", "verdict", 1), "7");
	assert_int_equal(undo(), LT_OK);
	assert_string_equal(cell("4.2.3", "verdict", 1), "");
	assert_holds();
}

static void test_commit__a_cell_that_changed_meanwhile_is_not_overwritten(void **state)
{
	const struct who who = { .name = "王工", .role = "evaluator" };
	const char *const mine[] = { "points", "5", "" }, *const its_value[] = { "points", "6", "" };
	struct session other;
	bool done;
	(void)state;
	make_project(CSUS, "林静");
	OK(session_open(&other, &workspace, path, PROJECT_WRITE, &who, &err));
	struct changes changes = { .session = &session }, its = { .session = &other };
	OK(changes_add(&changes, "answer", KEY("4.2.1"), "verdict", mine, &err));
	OK(changes_add(&its, "answer", KEY("4.2.1"), "verdict", its_value, &err));
	OK(session_commit(&other, "set", &its, &done, &err));
	session_close(&other);
	assert_int_equal(session_commit(&session, "set", &changes, &done, &err), LT_ESPACE);
	assert_non_null(strstr(err.text[LT_EN], "4.2.1"));
	assert_false(done);
	assert_string_equal(cell("4.2.1", "verdict", 1), "6");
	assert_holds();
}

/* ---- what this machine remembers ---- */

static char state_home[96];

static int set_up_state(void **state)
{
	if (set_up(state))
		return -1;
	snprintf(state_home, sizeof(state_home), "%s/state", folder);
	return 0;
}

static int tear_down_state(void **state)
{
	char command[140];
	snprintf(command, sizeof(command), "rm -rf %s", state_home);
	if (system(command))
		return -1;
	return tear_down(state);
}

static void reopen(void)
{
	const struct who who = { .name = "林静", .role = "evaluator", .state_home = state_home };
	session_close(&session);
	OK(session_open(&session, &workspace, path, PROJECT_WRITE, &who, &err));
	OK(session_find_assessment(&session, NULL, NULL, &ref, &findings, &err));
}

/* What this machine remembers of a project is nobody else's to read. */
static void assert_private(const char *kind, const char *name, mode_t mode)
{
	char at[300];
	struct stat st;
	snprintf(at, sizeof(at), "%s/%s/%s", state_home, kind, name);
	assert_int_equal(stat(at, &st), 0);
	assert_int_equal(st.st_mode & 0777, mode);
}

static void test_state__an_older_file_is_noticed(void **state)
{
	char old[160];
	(void)state;
	snprintf(old, sizeof(old), "%s/old.lingtan", folder);
	make_project(CSUS, "林静");
	reopen();
	set("4.2.1", "points:5");
	OK(session_remember(&session, &err));
	assert_private("heads", "", 0700);
	assert_private("heads", project_id(session.project), 0600);
	assert_private("copies", project_id(session.project), 0700);
	OK(project_copy(session.project, old, &err));
	set("4.2.1", "points:6");
	OK(session_remember(&session, &err));
	reopen();
	assert_null(session.older);
	assert_int_equal(rename(old, path), 0);
	reopen();
	assert_non_null(session.older);
	/* an anchor that verify holds it against */
	struct verify_report report;
	const struct verify_wish wish = { .anchors = &session.older, .n_anchors = 1 };
	OK(project_verify(session.project, &wish, &report, &err));
	assert_false(report.holds);
	assert_int_equal(report.check, 'g');
}

/* Names in the folder of day copies, in order; how many. */
static unsigned copies(char names[8][32])
{
	char of_project[200];
	unsigned n = 0;
	snprintf(of_project, sizeof(of_project), "%s/copies/%s", state_home, project_id(session.project));
	struct dirent **found;
	const int n_found = scandir(of_project, &found, NULL, alphasort);
	for (int i = 0; i < n_found; i++) {
		if (found[i]->d_name[0] != '.' && n < 8)
			snprintf(names[n++], 32, "%.31s", found[i]->d_name);
		free(found[i]);
	}
	if (n_found >= 0)
		free(found);
	return n;
}

static void test_state__a_copy_a_day_three_are_kept(void **state)
{
	char names[8][32], at[300];
	struct stat before, after;
	(void)state;
	make_project(CSUS, "林静");
	reopen();
	day_of_january = 9;
	set("4.2.1", "points:5");
	OK(session_remember(&session, &err));
	assert_int_equal(copies(names), 1);
	assert_string_equal(names[0], "2026-01-09.lingtan");
	/* the day's second change makes none */
	snprintf(at, sizeof(at), "%s/copies/%s/%s", state_home, project_id(session.project), names[0]);
	assert_int_equal(stat(at, &before), 0);
	set("4.2.1", "points:6");
	OK(session_remember(&session, &err));
	assert_int_equal(stat(at, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(copies(names), 1);
	for (day_of_january = 10; day_of_january < 13; day_of_january++) {
		set("4.2.1", day_of_january % 2 ? "points:6" : "points:7");
		OK(session_remember(&session, &err));
	}
	day_of_january = 0;
	assert_int_equal(copies(names), 3);
	assert_string_equal(names[0], "2026-01-10.lingtan");
	assert_string_equal(names[1], "2026-01-11.lingtan");
	assert_string_equal(names[2], "2026-01-12.lingtan");
}

static void test_state__the_copy_has_no_evidence_and_scores(void **state)
{
	char names[8][32], at[300];
	struct verify_report report;
	const struct verify_wish wish = { .skip_bytes = true };
	const struct who who = { .name = "林静", .role = "evaluator" };
	struct evidence_list list;
	struct assessment assessment;
	const struct assessment_options options = { 0 };
	uint64_t size;
	bool found;
	(void)state;
	make_project(CSUS, "林静");
	reopen();
	attach("4.2.1", "第1页", NULL);
	OK(session_remember(&session, &err));
	assert_int_equal(copies(names), 1);
	snprintf(at, sizeof(at), "%s/copies/%s/%s", state_home, project_id(session.project), names[0]);
	session_close(&session);
	OK(session_open(&session, &workspace, at, PROJECT_READ, &who, &err));
	OK(session_find_assessment(&session, NULL, NULL, &ref, &findings, &err));
	OK(project_verify(session.project, &wish, &report, &err));
	assert_true(report.holds);
	OK(session_evidence(&session, &list, &err));
	assert_int_equal(list.n_files, 1);
	OK(blob_find(session.project, list.files[0].sha256, &found, &size, &err));
	assert_false(found);
	OK(session_score(&session, ref, "evaluator", &options, &assessment, &findings, &err));
	assessment_close(&assessment);
}

static void test_state__copies_are_off_by_a_setting(void **state)
{
	static const char *const name = "daily_copy";
	static const char *const off = "off";
	char names[8][32];
	bool done;
	(void)state;
	make_project(CSUS, "林静");
	reopen();
	become("林静", "leader");
	struct changes changes = { .session = &session };
	OK(changes_add(&changes, "setting", &name, "value", &off, &err));
	session.command = "fill";
	OK(session_commit(&session, "fill", &changes, &done, &err));
	OK(session_remember(&session, &err));
	assert_int_equal(copies(names), 0);
	/* the head is remembered all the same */
	set("4.2.1", "points:5");
	OK(session_remember(&session, &err));
	assert_int_equal(copies(names), 0);
	reopen();
	assert_null(session.older);
}

int main(void)
{
#define IN_STATE(name) cmocka_unit_test_setup_teardown(name, set_up_state, tear_down_state)
	const struct CMUnitTest tests[] = {
		TEST(test_undo__takes_back_what_one_command_did),
		TEST(test_undo__redo_brings_back_in_order_until_something_new_is_done),
		TEST(test_undo__is_each_persons_own),
		TEST(test_undo__not_over_what_somebody_wrote_since),
		TEST(test_undo__stops_at_a_barrier),
		TEST(test_undo__of_an_import_and_of_evidence),
		TEST(test_commit__of_what_is_so_already_is_no_entry),
		TEST(test_commit__what_another_program_did_meanwhile_is_seen),
		TEST(test_commit__a_cell_that_changed_meanwhile_is_not_overwritten),
		IN_STATE(test_state__an_older_file_is_noticed),
		IN_STATE(test_state__a_copy_a_day_three_are_kept),
		IN_STATE(test_state__the_copy_has_no_evidence_and_scores),
		IN_STATE(test_state__copies_are_off_by_a_setting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
