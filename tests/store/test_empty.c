/* Which tables are empty is told from their pages: held here against what SQL says of each. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lingtan/app/session.h"

#define TABLE_MOST 100 /* tables, and some */

extern const struct embedded_file embedded_files[];

static char folder[64], path[128];
static struct library library;
static struct workspace workspace;
static struct lt_findings findings;
static struct lt_err err;
static struct project *project;

static void must(enum lt_status status)
{
	if (status)
		fail_msg("%s", err.text[LT_EN]);
}

static enum lt_status fill(void *context, struct project *made, struct entry *first, struct lt_err *error)
{
	(void)context;
	(void)made;
	(void)error;
	*first = (struct entry){ .project = first->project, .kind = "new", .by = "林静", .role = "leader", .at = "2026-03-01T14:03:22+08:00", .command = "new", .reason = "" };
	return LT_OK;
}

/* Sets n remarks, each for the first time. */
static void put(unsigned first, unsigned n)
{
	static char keys[1000][16];
	static struct change changes[1000];
	static const char *const values[] = { "三通一平" };
	struct entry entry = { .kind = "set", .by = "林静", .role = "evaluator", .at = "2026-03-01T14:03:22+08:00", .command = "set", .reason = "", .changes = changes, .n_changes = n };
	for (unsigned i = 0; i < n; i++) {
		snprintf(keys[i], sizeof(keys[i]), "%u", first + i);
		changes[i] = (struct change){ .table = "remark", .key = keys[i], .group = "text", .new = { .at = (const char **)(uintptr_t)values, .n = 1 } };
	}
	must(journal_commit(project, &entry, NULL, &err));
}

static void sql(const char *text)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", text, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static bool has_row(const char *table)
{
	sqlite3 *db;
	sqlite3_stmt *statement;
	char text[100];
	snprintf(text, sizeof(text), "SELECT EXISTS (SELECT 1 FROM %s)", table);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, text, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	const bool found = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return found;
}

static unsigned number_of(const char *table)
{
	return (unsigned)(vocabulary_find_table(workspace.vocabulary, table) - workspace.vocabulary->tables);
}

static bool *ask_for_all(void)
{
	static bool empty[TABLE_MOST];
	assert_true(workspace.vocabulary->n_tables <= TABLE_MOST);
	memset(empty, true, sizeof(empty));
	must(project_find_empty(project, empty, &err));
	return empty;
}

/* Every table, and how many of them are empty. */
static unsigned compare_with_sql(void)
{
	unsigned n = 0;
	const bool *empty = ask_for_all();
	for (unsigned t = 0; t < workspace.vocabulary->n_tables; t++) {
		const char *table = workspace.vocabulary->tables[t].table;
		if (empty[t] == has_row(table))
			fail_msg("%s is said to be %s", table, empty[t] ? "empty" : "filled");
		n += empty[t];
	}
	return n;
}

static void test_empty__what_the_pages_say_is_what_sql_says(void **state)
{
	(void)state;
	const unsigned n = workspace.vocabulary->n_tables;
	assert_int_equal(compare_with_sql(), n);
	put(0, 1);
	assert_int_equal(compare_with_sql(), n - 1);
	/* so many that the first page has others below it */
	put(1, 1000);
	assert_int_equal(compare_with_sql(), n - 1);
	/* by another program, while this one has it open */
	sql("DELETE FROM remark");
	assert_int_equal(compare_with_sql(), n);
	sql("INSERT INTO remark (remark, text_text) VALUES ('a', 'b')");
	assert_int_equal(compare_with_sql(), n - 1);
	/* their first pages move */
	sql("PRAGMA page_size = 65536; VACUUM");
	assert_int_equal(compare_with_sql(), n - 1);
	sql("PRAGMA page_size = 512; VACUUM");
	assert_int_equal(compare_with_sql(), n - 1);
}

static void test_empty__a_table_that_nobody_asked_for_is_not_said_to_be(void **state)
{
	bool empty[TABLE_MOST] = { false };
	(void)state;
	empty[number_of("evidence")] = true;
	must(project_find_empty(project, empty, &err));
	for (unsigned t = 0; t < workspace.vocabulary->n_tables; t++)
		assert_int_equal(empty[t], t == number_of("evidence"));
}

/* What is written and not committed is in no page of the file. */
static void test_empty__nothing_is_said_in_a_transaction_that_has_written(void **state)
{
	(void)state;
	must(project_begin(project, true, &err));
	put(0, 1);
	const bool *empty = ask_for_all();
	for (unsigned t = 0; t < workspace.vocabulary->n_tables; t++)
		assert_false(empty[t]);
	must(project_end(project, true, &err));
	assert_false(ask_for_all()[number_of("remark")]);
	assert_true(ask_for_all()[number_of("evidence")]);
}

/* A WAL beside a file is read whatever the file says of itself: the row is in no page of the file. */
static void test_empty__nothing_is_said_where_a_wal_is_read(void **state)
{
	static const unsigned char rollback[2] = { 1, 1 };
	sqlite3 *other;
	struct project *again;
	bool empty[TABLE_MOST];
	(void)state;
	project_close(project);
	project = NULL;
	assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0; INSERT INTO remark (remark, text_text) VALUES ('a', 'b')", NULL, NULL, NULL), SQLITE_OK);
	FILE *file = fopen(path, "r+");
	assert_non_null(file);
	assert_int_equal(fseek(file, 18, SEEK_SET), 0);
	assert_int_equal(fwrite(rollback, 1, sizeof(rollback), file), sizeof(rollback));
	assert_int_equal(fclose(file), 0);
	must(project_open(workspace.store, path, PROJECT_SUSPECT, &again, &err));
	memset(empty, true, sizeof(empty));
	must(project_find_empty(again, empty, &err));
	for (unsigned t = 0; t < workspace.vocabulary->n_tables; t++)
		assert_false(empty[t]);
	project_close(again);
	sqlite3_close(other);
}

/* ---- the scene ---- */

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/lt-empty-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/p.lingtan", folder);
	err = (struct lt_err)LT_ERR_INIT;
	if (library_open(&library, embedded_files, NULL, NULL, &err))
		return -1;
	lt_findings_init(&findings, &library.arena);
	if (workspace_open(&workspace, &library, &findings, &err))
		return -1;
	return project_create(workspace.store, path, fill, NULL, &project, &err) ? -1 : 0;
}

static int tear_down(void **state)
{
	(void)state;
	project_close(project);
	project = NULL;
	workspace_release(&workspace);
	library_release(&library);
	unlink(path);
	return rmdir(folder);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_empty__what_the_pages_say_is_what_sql_says),
		TEST(test_empty__a_table_that_nobody_asked_for_is_not_said_to_be),
		TEST(test_empty__nothing_is_said_in_a_transaction_that_has_written),
		TEST(test_empty__nothing_is_said_where_a_wal_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
