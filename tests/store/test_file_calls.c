/* The calls that stand between SQLite and its files: whose name is flushed into its folder, and when; and who sends out what was written. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "file_calls.h"
#include "folder_flush.h"
#include "write_out.h"

static char folder[64], file[96];
static unsigned n_opened;

static int count_opened(const char *path, int *fd)
{
	(void)path;
	n_opened++;
	*fd = open(folder, O_RDONLY | O_CLOEXEC);
	return *fd < 0 ? SQLITE_CANTOPEN : SQLITE_OK;
}

/* A pipe's end, which cannot be flushed. */
static int open_unflushable(const char *path, int *fd)
{
	int ends[2];
	(void)path;
	n_opened++;
	assert_int_equal(pipe(ends), 0);
	close(ends[1]);
	*fd = ends[0];
	return SQLITE_OK;
}

static void create(const char *path)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(fd >= 0);
	close(fd);
}

/* Where the file system does not tell when a file was born, a name is flushed every time. */
static bool births_are_told(void)
{
	struct statx found;
	assert_int_equal(statx(AT_FDCWD, folder, 0, STATX_BTIME, &found), 0);
	return found.stx_mask & STATX_BTIME;
}

/* How often the folder is opened for a flush that SQLite asks for; whoever opened it, it is closed. */
static unsigned flushes(const char *path)
{
	int fd = -1;
	const unsigned before = n_opened;
	if (folder_flush_open(path, &fd) == SQLITE_OK)
		close(fd);
	return n_opened - before;
}

/* Until it is old enough to be told from one that takes its place, a name is flushed each time. */
static void flush_until_known(const char *path)
{
	while (births_are_told() && flushes(path))
		;
}

/* What two births of one time on a slow clock lie apart at most (folder_flush.c). */
#define STEP 20000000LL

static long long now_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* As a copy of links does it, whose names are new: another folder of the same files. */
static void stand_in_for_folder(void)
{
	char aside[96], name[128];
	snprintf(aside, sizeof(aside), "%s-aside", folder);
	snprintf(name, sizeof(name), "%s/p.lingtan", aside);
	assert_int_equal(rename(folder, aside), 0);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(link(name, file), 0);
	unlink(name);
	assert_int_equal(rmdir(aside), 0);
}

static void test_folder_flush__a_name_is_flushed_once(void **state)
{
	char other[128];
	(void)state;
	const unsigned again = births_are_told() ? 0 : 1;
	folder_flush_instead_of(count_opened);
	create(file);
	assert_int_equal(flushes(file), 1);
	flush_until_known(file);
	assert_int_equal(flushes(file), again);
	/* another name of the same file, and then the first again */
	snprintf(other, sizeof(other), "%s-2", file);
	assert_int_equal(link(file, other), 0);
	assert_int_equal(flushes(other), 1);
	flush_until_known(other);
	assert_int_equal(flushes(file), 1);
	assert_int_equal(flushes(file), again);
	unlink(other);
	/* moved away and back: the same file under a name that is not on the disk */
	flush_until_known(file);
	const long long moved = now_ns();
	assert_int_equal(rename(file, other), 0);
	assert_int_equal(rename(other, file), 0);
	assert_int_equal(flushes(file), 1);
	const unsigned once_more = flushes(file);
	assert_true(once_more == 1 || now_ns() - moved > STEP);
	flush_until_known(file);
	assert_int_equal(flushes(file), again);
	/* and a folder of the same names in place of its own */
	stand_in_for_folder();
	assert_int_equal(flushes(file), 1);
	flush_until_known(file);
	/* one that took its place, and its inode as a rule, however fast; and nothing so young is known */
	for (int i = 0; i < 50; i++) {
		unlink(file);
		const long long born = now_ns();
		create(file);
		assert_int_equal(flushes(file), 1);
		const unsigned twice = flushes(file);
		assert_true(twice == 1 || now_ns() - born > STEP);
	}
	flush_until_known(file);
	assert_int_equal(flushes(file), again);
	/* a removal has no name left to know it by */
	unlink(file);
	assert_int_equal(flushes(file), 1);
	assert_int_equal(flushes(file), 1);
}

static void test_folder_flush__one_that_fails_is_not_taken_for_done(void **state)
{
	int fd = -1;
	char other[128];
	(void)state;
	snprintf(other, sizeof(other), "%s-2", file);
	create(file);
	create(other);
	folder_flush_instead_of(count_opened);
	flush_until_known(file);
	/* another is the last that is known */
	assert_int_equal(flushes(other), 1);
	flush_until_known(other);
	folder_flush_instead_of(open_unflushable);
	assert_int_equal(folder_flush_open(file, &fd), SQLITE_OK); /* SQLite's to flush */
	close(fd);
	assert_int_equal(flushes(file), 1);
	folder_flush_instead_of(count_opened);
	assert_int_equal(flushes(file), 1);
	unlink(other);
}

/* As a running session has it: kept from one transaction to the next, and removed where a DELETE mode begins. */
static void test_folder_flush__a_kept_journal_is_known_again(void **state)
{
	sqlite3 *db = NULL;
	char journal[128];
	(void)state;
	const unsigned again = births_are_told() ? 0 : 1;
	file_calls_install();
	folder_flush_instead_of(count_opened);
	snprintf(journal, sizeof(journal), "%s-journal", file);
	assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA synchronous = EXTRA; PRAGMA journal_mode = PERSIST; CREATE TABLE t (a)", NULL, NULL, NULL), SQLITE_OK);
	flush_until_known(journal);
	n_opened = 0;
	assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES (1)", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES (2)", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(n_opened, 2 * again);
	/* another program removed it */
	assert_int_equal(unlink(journal), 0);
	assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES (3)", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(n_opened, 1 + 2 * again);
	assert_int_equal(sqlite3_exec(db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL), SQLITE_OK);
	n_opened = 0;
	/* its birth and its removal, each time */
	assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES (4)", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES (5)", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(n_opened, 4);
	sqlite3_close(db);
}

/* ---- who sends out what was written ---- */

#define RUN ((size_t)256 << 10)

static void test_write_out__the_tray_takes_what_it_has_room_for(void **state)
{
	static char bytes[RUN];
	struct write_out_tray tray = { .is_open = true };
	(void)state;
	const int fd = open(file, O_RDWR | O_CREAT | O_EXCL, 0600);
	assert_true(fd >= 0);
	write_out_by(&tray);
	for (unsigned i = 0; i < TRAY_RUNS + 2; i++) {
		memset(bytes, (int)i + 1, sizeof(bytes));
		/* in halves: a run grows until it is worth sending */
		assert_int_equal(write_out_at(fd, bytes, RUN / 2, (off_t)(i * RUN)), RUN / 2);
		assert_int_equal(write_out_at(fd, bytes, RUN / 2, (off_t)(i * RUN + RUN / 2)), RUN / 2);
		assert_int_equal(tray.n_put, i < TRAY_RUNS ? i + 1 : TRAY_RUNS);
	}
	for (unsigned i = 0; i < TRAY_RUNS; i++) {
		assert_int_equal(tray.runs[i].from, i * RUN);
		assert_int_equal(tray.runs[i].len, RUN);
	}
	write_out_send(&tray);
	assert_int_equal(tray.n_sent, TRAY_RUNS);
	tray.is_open = false;
	assert_int_equal(write_out_at(fd, bytes, RUN, 0), RUN);
	assert_int_equal(tray.n_put, TRAY_RUNS);
	tray.is_open = true;
	write_out_by(NULL);
	assert_int_equal(write_out_at(fd, bytes, RUN, 0), RUN);
	assert_int_equal(tray.n_put, TRAY_RUNS);
	/* whoever sends it, every byte is there */
	for (unsigned i = 1; i < TRAY_RUNS + 2; i++) {
		char byte;
		assert_int_equal(pread(fd, &byte, 1, (off_t)(i * RUN + RUN - 1)), 1);
		assert_int_equal(byte, i + 1);
	}
	close(fd);
}

static void test_write_out__a_failed_write_is_told_and_no_run(void **state)
{
	struct write_out_tray tray = { .is_open = true };
	static char bytes[RUN];
	(void)state;
	create(file);
	const int fd = open(file, O_RDONLY);
	write_out_by(&tray);
	assert_int_equal(write_out_at(fd, bytes, RUN, 0), -1);
	assert_int_equal(tray.n_put, 0);
	write_out_by(NULL);
	close(fd);
}

static int set_up(void **state)
{
	(void)state;
	n_opened = 0;
	snprintf(folder, sizeof(folder), "/tmp/lt-calls-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(file, sizeof(file), "%s/p.lingtan", folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(file);
	return rmdir(folder);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_folder_flush__a_name_is_flushed_once),
		TEST(test_folder_flush__one_that_fails_is_not_taken_for_done),
		TEST(test_folder_flush__a_kept_journal_is_known_again),
		TEST(test_write_out__the_tray_takes_what_it_has_room_for),
		TEST(test_write_out__a_failed_write_is_told_and_no_run),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
