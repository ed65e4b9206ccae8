/* db/: every statement prepares, reads by keys, and writes facts only where the journal does; the tables follow
 * db/groups.yaml, and every column says what it holds. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "database.h"
#include "lingtan/app/session.h"

extern const struct embedded_file embedded_files[];

static struct library library;
static struct lt_findings findings;
static const struct vocabulary *vocabulary;
static sqlite3 *db;

static const char *text_of(const char *path)
{
	const struct embedded_file *file = library_embedded(&library, path);
	assert_non_null(file);
	return file->text;
}

/* ---- one statement after another: "-- name: X" and the text up to the next ---- */

struct statement {
	char name[80];
	const char *text;
	int len;
};

static const char marker[] = "-- name: ";

static bool next_statement(const char **at, struct statement *out)
{
	const char *from = *at ? strstr(*at, marker) : NULL;
	if (!from)
		return false;
	const char *name = from + sizeof(marker) - 1, *text = name + strcspn(name, "\n");
	const char *next = strstr(text, marker);
	snprintf(out->name, sizeof(out->name), "%.*s", (int)(text - name), name);
	out->text = text;
	out->len = next ? (int)(next - text) : (int)strlen(text);
	*at = next;
	return true;
}

static bool is_script(const struct statement *statement)
{
	return strncmp(statement->name, "script.", 7) == 0;
}

static bool ends_with(const char *name, const char *end)
{
	const size_t n = strlen(name), m = strlen(end);
	return n >= m && strcmp(name + n - m, end) == 0;
}

static const char *const files[] = { "db/store.sql", "db/facts.sql" };

/* Calls see for each that is no script; how many there were. */
static unsigned each(void (*see)(const struct statement *statement))
{
	unsigned n = 0;
	for (int f = 0; f < 2; f++) {
		const char *at = text_of(files[f]);
		struct statement statement;
		while (next_statement(&at, &statement))
			if (!is_script(&statement)) {
				see(&statement);
				n++;
			}
	}
	return n;
}

/* ---- they prepare ---- */

static void see_prepared(const struct statement *statement)
{
	sqlite3_stmt *prepared = NULL;
	const char *tail = NULL;
	if (sqlite3_prepare_v2(db, statement->text, statement->len, &prepared, &tail) != SQLITE_OK)
		fail_msg("%s: %s", statement->name, sqlite3_errmsg(db));
	sqlite3_finalize(prepared);
	/* one statement, comments and blanks behind it */
	while (tail < statement->text + statement->len && (*tail == '\n' || *tail == ' ' || strncmp(tail, "--", 2) == 0))
		tail += *tail == '-' ? (int)strcspn(tail, "\n") : 1;
	if (tail < statement->text + statement->len)
		fail_msg("%s: there is more than one statement: %.30s", statement->name, tail);
}

static void test_store__every_statement_prepares(void **state)
{
	(void)state;
	assert_true(each(see_prepared) > 80);
}

/* ---- they read by keys ---- */

static void see_plan(const struct statement *statement)
{
	char text[8000];
	sqlite3_stmt *plan = NULL;
	/* those that are asked for all there is */
	if (ends_with(statement->name, ".all") || strcmp(statement->name, "chunk.orphans") == 0 || strcmp(statement->name, "schema.roots") == 0 || strcmp(statement->name, "schema.written") == 0 || strncmp(statement->name, "file.", 5) == 0 || strncmp(statement->name, "copy.", 5) == 0)
		return;
	snprintf(text, sizeof(text), "EXPLAIN QUERY PLAN %.*s", statement->len, statement->text);
	if (sqlite3_prepare_v2(db, text, -1, &plan, NULL) != SQLITE_OK)
		fail_msg("%s: %s", statement->name, sqlite3_errmsg(db));
	while (sqlite3_step(plan) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(plan, 3);
		/* the last entry is read from the end of its table, no further */
		if (strncmp(step, "SCAN", 4) == 0 && strcmp(statement->name, "head.get") != 0)
			fail_msg("%s: %s", statement->name, step);
		if (strstr(step, "TEMP B-TREE"))
			fail_msg("%s sorts: %s", statement->name, step);
	}
	sqlite3_finalize(plan);
}

static void test_store__no_statement_scans_a_table(void **state)
{
	(void)state;
	each(see_plan);
}

/* ---- only the journal's way leads into the fact tables ---- */

static bool writes(const struct statement *statement, const char *verb, const char *table)
{
	char wanted[100];
	snprintf(wanted, sizeof(wanted), "%s %s", verb, table);
	const size_t len = strlen(wanted);
	for (int i = 0; i + (int)len <= statement->len; i++)
		if (strncmp(statement->text + i, wanted, len) == 0 && !strchr("abcdefghijklmnopqrstuvwxyz_", statement->text[i + (int)len]))
			return true;
	return false;
}

static void test_store__facts_are_written_by_puts_alone(void **state)
{
	static const char *const verbs[] = { "INSERT INTO", "UPDATE", "DELETE FROM", "REPLACE INTO", "INSERT OR REPLACE INTO" };
	unsigned n_puts = 0;
	(void)state;
	for (int f = 0; f < 2; f++) {
		const char *at = text_of(files[f]);
		struct statement statement;
		while (next_statement(&at, &statement))
			for (unsigned t = 0; t < vocabulary->n_tables; t++)
				for (int v = 0; v < 5; v++) {
					if (!writes(&statement, verbs[v], vocabulary->tables[t].table))
						continue;
					n_puts++;
					if (!ends_with(statement.name, ".put") || v)
						fail_msg("%s writes facts", statement.name);
				}
	}
	assert_true(n_puts > 30);
}

/* ---- the tables follow the vocabulary ---- */

static void check_column(sqlite3_stmt *info, const char *table, const char *wanted, unsigned key)
{
	if (sqlite3_step(info) != SQLITE_ROW)
		fail_msg("%s has no column %s", table, wanted);
	assert_string_equal((const char *)sqlite3_column_text(info, 1), wanted);
	assert_string_equal((const char *)sqlite3_column_text(info, 2), "TEXT");
	assert_int_equal(sqlite3_column_int(info, 5), key);
}

static void test_store__columns_follow_the_groups(void **state)
{
	(void)state;
	for (unsigned t = 0; t < vocabulary->n_tables; t++) {
		const struct fact_table *table = &vocabulary->tables[t];
		char text[200];
		sqlite3_stmt *info = NULL;
		snprintf(text, sizeof(text), "PRAGMA table_info(%s)", table->table);
		assert_int_equal(sqlite3_prepare_v2(db, text, -1, &info, NULL), SQLITE_OK);
		for (unsigned k = 0; k < table->key.n; k++)
			check_column(info, table->table, table->key.at[k], k + 1);
		for (unsigned g = 0; g < table->n_groups; g++)
			for (unsigned m = 0; m < table->groups[g].members.n; m++) {
				snprintf(text, sizeof(text), "%s_%s", table->groups[g].group, table->groups[g].members.at[m]);
				check_column(info, table->table, text, 0);
			}
		if (sqlite3_step(info) == SQLITE_ROW)
			fail_msg("%s has a column %s more", table->table, (const char *)sqlite3_column_text(info, 1));
		sqlite3_finalize(info);
	}
}

/* A snapshot, and a migration, must know every table. */
static void test_store__scripts_know_every_table(void **state)
{
	char copied[120], dropped[120];
	const char *snapshot = strstr(text_of("db/store.sql"), "-- name: script.snapshot");
	(void)state;
	assert_non_null(snapshot);
	for (unsigned t = 0; t < vocabulary->n_tables; t++) {
		const char *table = vocabulary->tables[t].table;
		snprintf(copied, sizeof(copied), "INSERT INTO kept.%s SELECT * FROM main.%s;", table, table);
		snprintf(dropped, sizeof(dropped), "DROP TABLE IF EXISTS %s;", table);
		if (!strstr(text_of("db/store.sql"), copied))
			fail_msg("script.snapshot leaves out %s", table);
		if (!strstr(text_of("db/store.sql"), dropped))
			fail_msg("script.clear leaves out %s", table);
		/* of the bytes that facts name the copy leaves out those of evidence alone */
		for (unsigned g = 0; g < vocabulary->tables[t].n_groups; g++) {
			const struct cell_group *group = &vocabulary->tables[t].groups[g];
			for (unsigned b = 0; b < group->blobs.n; b++) {
				snprintf(copied, sizeof(copied), "SELECT %s_%s FROM main.%s", group->group, group->blobs.at[b], table);
				if (!strstr(snapshot, copied) != (strcmp(table, "evidence") == 0))
					fail_msg("script.snapshot: %s", copied);
			}
		}
	}
}

/* ---- every column says what it holds ---- */

static void test_store__every_column_has_a_comment(void **state)
{
	unsigned n_columns = 0;
	char line[2000];
	(void)state;
	for (const char *at = text_of("db/schema.sql"); *at; at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n')) {
		snprintf(line, sizeof(line), "%.*s", (int)strcspn(at, "\n"), at);
		const bool is_column = line[0] == '\t' && line[1] >= 'a' && line[1] <= 'z';
		const char *comment = strstr(line, "-- ");
		n_columns += is_column;
		if (is_column && (!comment || strlen(comment) < 6))
			fail_msg("no comment: %s", line);
	}
	assert_true(n_columns > 80);
}

static void test_store__tables_are_strict_and_nothing_acts_by_itself(void **state)
{
	sqlite3_stmt *list = NULL;
	unsigned n = 0;
	(void)state;
	assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA table_list", -1, &list, NULL), SQLITE_OK);
	while (sqlite3_step(list) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(list, 1);
		if (strncmp(name, "sqlite_", 7) == 0)
			continue;
		n++;
		assert_string_equal((const char *)sqlite3_column_text(list, 2), "table");
		if (!sqlite3_column_int(list, 5))
			fail_msg("%s is not strict", name);
	}
	sqlite3_finalize(list);
	assert_true(n >= 17);
	static const char *const none[] = { "TRIGGER", "CREATE VIEW", "CASCADE", "GENERATED", "AUTOINCREMENT" };
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_null(strstr(text_of("db/schema.sql"), none[i]));
}

/* Of a connection that is nobody's project. */
static bool is_as_written(struct store *store, sqlite3 *of)
{
	struct shape shape;
	struct project project = { .store = store, .db = of, .path = "x", .statements = calloc(store->n_sql, sizeof(sqlite3_stmt *)) };
	assert_non_null(project.statements);
	const bool is = schema_is_as_written(&project, &shape);
	for (unsigned i = 0; i < store->n_sql; i++)
		sqlite3_finalize(project.statements[i]);
	free(project.statements);
	return is;
}

/* Without this a start would make all tables once more in memory, only to compare. */
static void test_store__a_schema_as_written_is_known_by_its_text(void **state)
{
	struct lt_arena arena;
	struct lt_err err = LT_ERR_INIT;
	struct workspace workspace;
	struct schema found;
	(void)state;
	static const char *const changes[] = { "CREATE TABLE other (a TEXT) STRICT", "DROP TABLE other", "CREATE INDEX other ON chunk (n)",
					       "DROP INDEX other", "ALTER TABLE park ADD COLUMN other TEXT" };
	lt_arena_init(&arena, 0);
	assert_int_equal(workspace_open(&workspace, &library, &findings, &err), LT_OK);
	for (size_t i = 0; i <= sizeof(changes) / sizeof(changes[0]); i++) {
		const bool expected = i % 2 == 0 && i < 5;
		assert_int_equal(schema_read(workspace.store, db, "x", &arena, &found, &err), LT_OK);
		assert_int_equal(is_as_written(workspace.store, db), expected);
		const struct schema *fresh;
		assert_int_equal(schema_expected(workspace.store, &fresh, &err), LT_OK);
		assert_int_equal(schema_difference(fresh, &found) == NULL, expected);
		if (i < sizeof(changes) / sizeof(changes[0]))
			assert_int_equal(sqlite3_exec(db, changes[i], NULL, NULL, NULL), SQLITE_OK);
	}
	workspace_release(&workspace);
	lt_arena_release(&arena);
}

/* A file that was brought up to date has its tables in another order. */
static void test_store__the_order_of_tables_is_nothing(void **state)
{
	struct lt_arena arena;
	struct lt_err err = LT_ERR_INIT;
	struct workspace workspace;
	struct schema found;
	sqlite3 *other;
	(void)state;
	lt_arena_init(&arena, 0);
	assert_int_equal(workspace_open(&workspace, &library, &findings, &err), LT_OK);
	assert_int_equal(schema_read(workspace.store, db, "x", &arena, &found, &err), LT_OK);
	assert_int_equal(sqlite3_open(":memory:", &other), SQLITE_OK);
	assert_false(is_as_written(workspace.store, other));
	for (unsigned i = found.n; i-- > 0;) {
		if (!found.at[i].sql[0])
			continue;
		assert_false(is_as_written(workspace.store, other));
		assert_int_equal(sqlite3_exec(other, found.at[i].sql, NULL, NULL, NULL), SQLITE_OK);
	}
	assert_true(is_as_written(workspace.store, other));
	assert_int_equal(sqlite3_close(other), SQLITE_OK);
	workspace_release(&workspace);
	lt_arena_release(&arena);
}

static int set_up(void **state)
{
	struct lt_err err = LT_ERR_INIT;
	(void)state;
	if (library_open(&library, embedded_files, NULL, NULL, &err))
		return -1;
	lt_findings_init(&findings, &library.arena);
	if (library_vocabulary(&library, &findings, &vocabulary, &err))
		return -1;
	if (sqlite3_open(":memory:", &db) != SQLITE_OK)
		return -1;
	return sqlite3_exec(db, text_of("db/schema.sql"), NULL, NULL, NULL) == SQLITE_OK ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	library_release(&library);
	return sqlite3_close(db) == SQLITE_OK ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_store__every_statement_prepares),
		cmocka_unit_test(test_store__no_statement_scans_a_table),
		cmocka_unit_test(test_store__facts_are_written_by_puts_alone),
		cmocka_unit_test(test_store__columns_follow_the_groups),
		cmocka_unit_test(test_store__scripts_know_every_table),
		cmocka_unit_test(test_store__every_column_has_a_comment),
		cmocka_unit_test(test_store__tables_are_strict_and_nothing_acts_by_itself),
		cmocka_unit_test(test_store__the_order_of_tables_is_nothing),
		cmocka_unit_test(test_store__a_schema_as_written_is_known_by_its_text), /* changes the tables: the last one */
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
