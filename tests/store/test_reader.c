/* One connection reads file after file: whatever it read before, it tells of each what a connection
 * of its own tells. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "database.h"
#include "lingtan/app/session.h"

#define N_KINDS 18

extern const struct embedded_file embedded_files[];

static char folder[64];
static struct library library;
static struct workspace own, reading; /* a connection for each file; one for all */
static struct lt_findings findings;
static struct lt_err err;

/* ---- making files ---- */

static char *path_of(const char *name)
{
	static char paths[4][160];
	static unsigned n;
	char *path = paths[n++ % 4];
	snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
	return path;
}

static void must(enum lt_status status)
{
	if (status)
		fail_msg("%s", err.text[LT_EN]);
}

static struct entry entry_of(const char *kind)
{
	return (struct entry){ .kind = kind, .by = "林静", .role = "evaluator", .at = "2026-03-01T14:03:22+08:00", .command = kind, .reason = "" };
}

static enum lt_status fill(void *context, struct project *made, struct entry *first, struct lt_err *error)
{
	const char *project = first->project;
	(void)context;
	(void)made;
	(void)error;
	*first = entry_of("new");
	first->project = project;
	return LT_OK;
}

static void remark(struct project *project, const char *key, const char *text)
{
	struct entry entry = entry_of("set");
	struct change change = { .table = "remark", .key = key, .group = "text", .new = { .at = &text, .n = 1 } };
	entry.changes = &change;
	entry.n_changes = 1;
	must(journal_commit(project, &entry, NULL, &err));
}

/* Files made alike have been changed as often, so that their headers do not differ. */
static void make(const char *path, const char *text, unsigned n)
{
	struct project *project;
	char key[16];
	must(project_create(own.store, path, fill, NULL, &project, &err));
	must(project_begin(project, true, &err));
	for (unsigned i = 0; i < n; i++) {
		snprintf(key, sizeof(key), "%u", i);
		remark(project, key, text);
	}
	must(project_end(project, true, &err));
	project_close(project);
}

static sqlite3 *open_sql(const char *path)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	return db;
}

static void run(sqlite3 *db, const char *text)
{
	if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", text, sqlite3_errmsg(db));
}

static void sql(const char *path, const char *text)
{
	sqlite3 *db = open_sql(path);
	run(db, text);
	sqlite3_close(db);
}

static char *text_of(const char *path, const char *query)
{
	sqlite3 *db = open_sql(path);
	sqlite3_stmt *statement;
	assert_int_equal(sqlite3_prepare_v2(db, query, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	char *text = strdup((const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return text;
}

static void copy_file(const char *from, const char *to, long most)
{
	FILE *in = fopen(from, "r"), *out = fopen(to, "w");
	assert_non_null(in);
	assert_non_null(out);
	for (int c; most-- && (c = getc(in)) != EOF;)
		putc(c, out);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

static void write_byte(const char *path, long at, int byte)
{
	FILE *file = fopen(path, "r+");
	assert_non_null(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	putc(byte, file);
	assert_int_equal(fclose(file), 0);
}

/* The table of remarks lies on another page, and stands elsewhere in the schema. */
static void make_moved(const char *path)
{
	char *cookie = text_of(path, "PRAGMA schema_version"), *made = text_of(path, "SELECT sql FROM sqlite_schema WHERE name = 'remark'");
	char *script = sqlite3_mprintf("CREATE TABLE kept AS SELECT * FROM remark; DROP TABLE remark; CREATE TABLE filler (x); %s; INSERT INTO remark SELECT * FROM kept;"
				       "DROP TABLE kept; DROP TABLE filler; PRAGMA schema_version = %s",
				       made, cookie);
	sql(path, script);
	sqlite3_free(script);
	free(made);
	free(cookie);
}

/* The schema says something else of a table, and the cookie is as before. */
static void forge(const char *path, const char *set)
{
	char *cookie = text_of(path, "PRAGMA schema_version");
	char *script = sqlite3_mprintf("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET %s WHERE name = 'remark'; PRAGMA schema_version = %s", set, cookie);
	sql(path, script);
	sqlite3_free(script);
	free(cookie);
}

/* The table of remarks is read from where that of notes was, and the other way. */
static void swap_roots(const char *path)
{
	char *cookie = text_of(path, "PRAGMA schema_version");
	char *script = sqlite3_mprintf("PRAGMA writable_schema = ON; CREATE TEMP TABLE roots AS SELECT name, rootpage FROM sqlite_schema;"
				       "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM roots WHERE name = 'note') WHERE name = 'remark';"
				       "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM roots WHERE name = 'remark') WHERE name = 'note';"
				       "PRAGMA schema_version = %s",
				       cookie);
	sql(path, script);
	sqlite3_free(script);
	free(cookie);
}

/* ---- reading them ---- */

static enum lt_status take_row(void *context, const struct fact_row *row)
{
	char *told = context;
	const size_t len = strlen(told);
	const struct words *text = fact_row_get(row, "text");
	snprintf(told + len, 4000 - len, "%s %s\n", row->key, text->at ? text->at[0] : "nothing");
	return LT_OK;
}

/* What opening gave, and what stands in the file. */
static void tell(struct workspace *workspace, const char *path, char told[4000])
{
	struct project *project;
	struct lt_err said = LT_ERR_INIT;
	struct lt_err *const error = &said;
	enum lt_status status = project_open(workspace->store, path, PROJECT_READ, &project, error);
	snprintf(told, 4000, "%d\n", (int)status);
	if (!status) {
		snprintf(told, 4000, "%s %u %s %d\n", project_head(project), project_depth(project), project_id(project), project_is_copied(project));
		status = project_visit(project, "remark", NULL, take_row, told, error);
	}
	const size_t len = strlen(told);
	snprintf(told + len, 4000 - len, "%d %s\n", (int)status, status ? said.text[LT_EN] : "");
	project_close(project);
}

static void compare(const char *path)
{
	char expected[4000], told[4000];
	tell(&own, path, expected);
	tell(&reading, path, told);
	assert_string_equal(told, expected);
}

static unsigned make_kinds(char paths[N_KINDS][160])
{
	static const char *const names[] = { "a", "b", "longer", "pages", "moved", "forged", "short", "foreign", "text", "torn", "utf16", "none", "logged", "cookie", "few", "tables", "swapped", "rootless" };
	for (unsigned i = 0; i < N_KINDS; i++)
		snprintf(paths[i], 160, "%s/%s", folder, names[i]);
	make(paths[0], "甲", 3);
	make(paths[1], "乙", 3);
	make(paths[2], "丙", 60);
	make(paths[3], "丁", 3);
	sql(paths[3], "PRAGMA page_size = 1024; VACUUM");
	make(paths[4], "戊", 3);
	make_moved(paths[4]);
	make(paths[5], "己", 3);
	forge(paths[5], "sql = replace(sql, '-- ', '--  ')");
	copy_file(paths[1], paths[6], 100000);
	sql(paths[7], "CREATE TABLE remark (x)");
	copy_file("/proc/self/status", paths[8], 100);
	copy_file(paths[0], paths[9], -1);
	/* the page of the newest entry's index is none any more */
	char *root = text_of(paths[9], "SELECT rootpage FROM sqlite_schema WHERE name = 'remark'");
	write_byte(paths[9], (atol(root) - 1) * 8192, 0x55);
	free(root);
	copy_file(paths[0], paths[10], -1);
	write_byte(paths[10], 59, 2);
	make(paths[12], "庚", 3);
	sql(paths[12], "PRAGMA journal_mode = wal");
	make(paths[13], "辛", 3);
	sql(paths[13], "PRAGMA schema_version = 500");
	/* it says that it has fewer pages than its schema speaks of */
	copy_file(paths[0], paths[14], -1);
	root = text_of(paths[14], "SELECT max(rootpage) - 1 FROM sqlite_schema");
	write_byte(paths[14], 31, atoi(root));
	free(root);
	make(paths[15], "壬", 3);
	forge(paths[15], "tbl_name = 'x'");
	/* two tables have each other's page, and nothing but that tells the file from the others */
	make(paths[16], "癸", 3);
	swap_roots(paths[16]);
	make(paths[17], "子", 3);
	forge(paths[17], "rootpage = rootpage || 'x'");
	return N_KINDS;
}

static void test_reader__each_file_after_each_other_is_told_as_alone(void **state)
{
	char paths[N_KINDS][160];
	(void)state;
	const unsigned n = make_kinds(paths);
	for (unsigned i = 0; i < n; i++)
		for (unsigned k = 0; k < n; k++) {
			compare(paths[i]);
			compare(paths[k]);
		}
}

/* Or all the rest would prove nothing. */
static void test_reader__the_connection_is_passed_on(void **state)
{
	struct project *project;
	(void)state;
	make(path_of("a"), "甲", 1);
	make(path_of("b"), "乙", 1);
	must(project_open(reading.store, path_of("a"), PROJECT_READ, &project, &err));
	assert_false(project->is_set_up);
	project_close(project);
	must(project_open(reading.store, path_of("b"), PROJECT_READ, &project, &err));
	assert_true(project->is_set_up);
	project_close(project);
	must(project_open(own.store, path_of("b"), PROJECT_READ, &project, &err));
	assert_null(project->reader);
	project_close(project);
}

static void test_reader__two_files_that_are_open_at_once(void **state)
{
	struct project *first, *second;
	char told[4000] = "";
	(void)state;
	make(path_of("a"), "甲", 1);
	make(path_of("b"), "乙", 1);
	must(project_open(reading.store, path_of("a"), PROJECT_READ, &first, &err));
	must(project_open(reading.store, path_of("b"), PROJECT_READ, &second, &err));
	must(project_visit(first, "remark", NULL, take_row, told, &err));
	must(project_visit(second, "remark", NULL, take_row, told, &err));
	assert_string_equal(told, "0 甲\n0 乙\n");
	project_close(first);
	compare(path_of("a"));
	must(project_visit(second, "remark", NULL, take_row, told, &err));
	assert_string_equal(told, "0 甲\n0 乙\n0 乙\n");
	project_close(second);
	compare(path_of("b"));
}

/* Others write while it is open, and it is another file the next time. */
static void test_reader__what_others_write_is_read(void **state)
{
	struct project *project, *writer;
	char told[4000] = "";
	(void)state;
	make(path_of("a"), "甲", 1);
	make(path_of("b"), "乙", 1);
	compare(path_of("b"));
	must(project_open(reading.store, path_of("a"), PROJECT_READ, &project, &err));
	must(project_open(own.store, path_of("a"), PROJECT_WRITE, &writer, &err));
	remark(writer, "1", "增");
	project_close(writer);
	must(project_visit(project, "remark", NULL, take_row, told, &err));
	assert_string_equal(told, "0 甲\n1 增\n");
	project_close(project);
	assert_int_equal(rename(path_of("b"), path_of("a")), 0);
	compare(path_of("a"));
	tell(&reading, path_of("a"), told);
	assert_non_null(strstr(told, "0 乙\n"));
}

static void set_cookie(const char *path, int cookie)
{
	char text[60];
	snprintf(text, sizeof(text), "PRAGMA schema_version = %d", cookie);
	sql(path, text);
}

/* What the connection takes for the schema is then not that of the files before. */
static void test_reader__a_schema_that_others_change_is_not_passed_on(void **state)
{
	struct project *project;
	char told[4000] = "";
	(void)state;
	make(path_of("a"), "甲", 1);
	make(path_of("b"), "乙", 1);
	char *cookie = text_of(path_of("a"), "PRAGMA schema_version");
	must(project_open(reading.store, path_of("a"), PROJECT_READ, &project, &err));
	must(project_visit(project, "remark", NULL, take_row, told, &err));
	swap_roots(path_of("a"));
	set_cookie(path_of("a"), atoi(cookie) + 1);
	must(project_visit(project, "remark", NULL, take_row, told, &err));
	set_cookie(path_of("a"), atoi(cookie));
	must(project_visit(project, "remark", NULL, take_row, told, &err));
	assert_string_equal(told, "0 甲\n");
	project_close(project);
	free(cookie);
	compare(path_of("b"));
}

/* It is read on, and the next file without it. */
static void test_reader__others_put_an_open_file_into_wal_mode(void **state)
{
	struct project *project;
	char told[4000] = "";
	(void)state;
	make(path_of("a"), "甲", 1);
	make(path_of("b"), "乙", 1);
	must(project_open(reading.store, path_of("a"), PROJECT_READ, &project, &err));
	sqlite3 *db = open_sql(path_of("a"));
	run(db, "PRAGMA journal_mode = wal; UPDATE remark SET text_text = '换'");
	must(project_visit(project, "remark", NULL, take_row, told, &err));
	assert_string_equal(told, "0 换\n");
	project_close(project);
	compare(path_of("b"));
	/* its log is read even where the file says that it has none, and let go of */
	write_byte(path_of("a"), 18, 1);
	write_byte(path_of("a"), 19, 1);
	compare(path_of("a"));
	compare(path_of("b"));
	compare(path_of("a"));
	sqlite3_close(db);
	compare(path_of("a"));
	compare(path_of("b"));
}

static void test_reader__nobody_writes_into_what_is_being_read(void **state)
{
	struct project *project;
	char told[4000] = "";
	(void)state;
	make(path_of("a"), "甲", 1);
	make(path_of("b"), "乙", 1);
	compare(path_of("b"));
	must(project_open(reading.store, path_of("a"), PROJECT_READ, &project, &err));
	must(project_begin(project, false, &err));
	must(project_visit(project, "remark", NULL, take_row, told, &err));
	sqlite3 *db = open_sql(path_of("a"));
	assert_int_equal(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_BUSY);
	must(project_end(project, true, &err));
	run(db, "BEGIN EXCLUSIVE; COMMIT");
	sqlite3_close(db);
	project_close(project);
}

static unsigned count_open_files(void)
{
	unsigned n = 0;
	DIR *dir = opendir("/proc/self/fd");
	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

static void test_reader__a_closed_file_is_let_go_of(void **state)
{
	(void)state;
	make(path_of("a"), "甲", 1);
	make(path_of("b"), "乙", 1);
	const unsigned n = count_open_files();
	compare(path_of("a"));
	assert_int_equal(count_open_files(), n);
	compare(path_of("b"));
	assert_int_equal(count_open_files(), n);
	sql(path_of("b"), "PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE; COMMIT");
}

/* SQLite's own limit of a name, with the journal's beside it: what is too long is refused as alone. */
static void test_reader__a_long_name(void **state)
{
	char long_path[700], journal[710];
	(void)state;
	make(path_of("a"), "甲", 1);
	make(path_of("b"), "乙", 1);
	snprintf(long_path, sizeof(long_path), "%s", path_of(""));
	while (strlen(long_path) < 480) {
		strcat(long_path, "0123456789/");
		mkdir(long_path, 0777);
	}
	const size_t len = strlen(long_path);
	for (size_t n = 495; n < 530; n++) {
		memset(long_path + len, 'n', n - len);
		long_path[n] = '\0';
		copy_file(path_of("b"), long_path, -1);
		snprintf(journal, sizeof(journal), "%s-journal", long_path);
		copy_file("/proc/self/status", journal, 100);
		compare(path_of("a"));
		compare(long_path);
		unlink(journal);
		compare(path_of("a"));
		compare(long_path);
	}
}

/* Its journal lies beside what the name stands for. */
static void test_reader__a_link_to_a_file_that_was_left_half_written(void **state)
{
	char told[4000];
	(void)state;
	make(path_of("a"), "甲", 1);
	make(path_of("b"), "乙", 40);
	sqlite3 *db = open_sql(path_of("b"));
	run(db, "PRAGMA cache_size = 1; PRAGMA synchronous = off; BEGIN; UPDATE remark SET text_text = 'half'; INSERT INTO blob (sha256, size) VALUES (printf('%064d', 1), 600000);"
		"INSERT INTO chunk (blob, n, data) VALUES (1, 0, zeroblob(600000))");
	assert_int_equal(mkdir(path_of("far"), 0777), 0);
	copy_file(path_of("b"), path_of("far/c"), -1);
	copy_file(path_of("b-journal"), path_of("far/c-journal"), -1);
	sqlite3_close(db);
	assert_int_equal(symlink("far/c", path_of("c")), 0);
	compare(path_of("a"));
	tell(&reading, path_of("c"), told);
	assert_non_null(strstr(told, "39 乙\n"));
	assert_null(strstr(told, "half"));
	compare(path_of("c"));
	assert_int_equal(access(path_of("far/c-journal"), F_OK), -1);
}

static int refuse(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *told)
{
	(void)vfs;
	(void)name;
	(void)flags;
	(void)told;
	file->pMethods = NULL;
	return SQLITE_CANTOPEN;
}

static void test_reader__a_file_that_cannot_be_opened_just_then(void **state)
{
	sqlite3_vfs *real = sqlite3_vfs_find(NULL);
	int (*const opens)(sqlite3_vfs *, sqlite3_filename, sqlite3_file *, int, int *) = real->xOpen;
	(void)state;
	make(path_of("a"), "甲", 1);
	for (int i = 0; i < 3; i++) {
		real->xOpen = refuse;
		compare(path_of("a"));
		compare(path_of("a"));
		real->xOpen = opens;
		compare(path_of("a"));
	}
}

/* ---- the scene ---- */

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/lt-reader-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	err = (struct lt_err)LT_ERR_INIT;
	if (library_open(&library, embedded_files, NULL, NULL, &err))
		return -1;
	lt_findings_init(&findings, &library.arena);
	if (workspace_open(&own, &library, &findings, &err) || workspace_open(&reading, &library, &findings, &err))
		return -1;
	store_read_many(reading.store);
	return 0;
}

static int tear_down(void **state)
{
	char command[100];
	(void)state;
	workspace_release(&own);
	workspace_release(&reading);
	library_release(&library);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_reader__each_file_after_each_other_is_told_as_alone),
		TEST(test_reader__the_connection_is_passed_on),
		TEST(test_reader__two_files_that_are_open_at_once),
		TEST(test_reader__what_others_write_is_read),
		TEST(test_reader__a_schema_that_others_change_is_not_passed_on),
		TEST(test_reader__others_put_an_open_file_into_wal_mode),
		TEST(test_reader__nobody_writes_into_what_is_being_read),
		TEST(test_reader__a_long_name),
		TEST(test_reader__a_closed_file_is_let_go_of),
		TEST(test_reader__a_file_that_cannot_be_opened_just_then),
		TEST(test_reader__a_link_to_a_file_that_was_left_half_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
