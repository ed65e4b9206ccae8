/* A run of commands on a disk that fails: whatever fails, and wherever the power goes, what was reported as done is there,
 * nothing half done is, and the file holds. LINGTAN_FULL=1 tries every operation and many ways of losing what was not flushed. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "faulty.h"
#include "lingtan/app/evidence.h"
#include "lingtan/app/session.h"
#include "lingtan/store/blob.h"
#include "lingtan/store/verify.h"

extern const struct embedded_file embedded_files[];

#define ID "t-csus-66-2023"
#define NAME ID "/operation/2025"
#define PHOTO ((size_t)600 << 10)
#define VIDEO ((size_t)11 << 20) /* more than the cache holds */

static char folder[64], base[128], path[128], photo[128], video[128];
static const char *evidence;
static struct library library;
static struct workspace workspace;
static struct lt_findings findings;
static struct lt_err err;
static const struct who who = { .name = "林静", .role = "evaluator" };
static bool is_full;
/* Every operation costs the sanitizers ten times as much: they take every fourth. */
#if defined(__SANITIZE_ADDRESS__)
#define SPARSE 4u
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SPARSE 4u
#endif
#endif
#ifndef SPARSE
#define SPARSE 1u
#endif

/* How far apart the operations lie that are tried. */
static unsigned stride(unsigned wide)
{
	return is_full ? 1 : wide * SPARSE;
}

#define OK(call)                                                                                                                                     \
	do {                                                                                                                                         \
		err = (struct lt_err)LT_ERR_INIT;                                                                                                    \
		if ((call) != LT_OK)                                                                                                                 \
			fail_msg("%s: %s", #call, err.text[LT_EN]);                                                                                  \
	} while (0)

/* ---- files ---- */

static void write_file(const char *to, const unsigned char *bytes, size_t len)
{
	const int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), (ssize_t)len);
	close(fd);
}

static void copy_base(void)
{
	static unsigned char bytes[1 << 20];
	char journal[160];
	const int fd = open(base, O_RDONLY);
	const ssize_t len = read(fd, bytes, sizeof(bytes));
	assert_true(len > 0 && len < (ssize_t)sizeof(bytes));
	close(fd);
	write_file(path, bytes, (size_t)len);
	snprintf(journal, sizeof(journal), "%s-journal", path);
	unlink(journal);
}

/* ---- the run of commands ---- */

/* How long a fault lasts: for one operation, until the command that met it has ended, for good. */
enum lasting { ONCE, A_COMMAND, FOR_GOOD, N_LASTING };

static const char *const lasting_names[N_LASTING] = { "once", "for a command", "for good" };

struct run {
	struct session session;
	const struct assessment_ref *ref;
	int report; /* where each success is told at once; -1 = nowhere */
	unsigned n_reported, n_failed;
	enum lt_status worst; /* the last that was not LT_OK */
	char before[LT_SHA256_HEX], head[LT_SHA256_HEX]; /* of the file; as last reported */
	char text[LT_ERR_TEXT]; /* of the first */
	char sha256[LT_SHA256_HEX]; /* of the photo, once it was reported as attached */
};

static enum lt_status answer(struct run *run, const char *item, const char *result, const char *remark)
{
	bool done;
	const struct new_answer wish = { .item = item, .result = result, .remark = remark, .rung = "evaluator" };
	return session_set(&run->session, run->ref, &wish, &findings, &done, &err);
}

static enum lt_status attach_photo(struct run *run)
{
	struct attached file;
	const struct new_evidence wish = { .item = "4.2.1", .path = evidence, .locator = "第3页" };
	enum lt_status status = session_attach(&run->session, run->ref, &wish, &file, &findings, &err);
	if (!status)
		memcpy(run->sha256, file.sha256, sizeof(run->sha256));
	return status;
}

static enum lt_status command(struct run *run, unsigned number)
{
	static char remark[30000];
	const char *what;
	bool done;
	const struct new_quantity quantity = { .id = "emission", .value = "100", .unit = "tCO2", .year = "2025", .rung = "evaluator" };
	memset(remark, 'x', sizeof(remark) - 1);
	switch (number) {
	case 0:
		return answer(run, "4.2.1", "points:8", NULL);
	case 1:
		return attach_photo(run);
	case 2:
		return session_set_quantity(&run->session, &quantity, &findings, &done, &err);
	case 3:
		return session_undo(&run->session, &what, &err);
	case 4:
		return answer(run, "4.2.2", NULL, remark);
	default:
		return answer(run, "4.2.3", "points:1", NULL);
	}
}

#define N_COMMANDS 6

/* Every command once, whatever became of the one before. */
static void do_run_telling(struct run *run, enum lasting lasting, int report)
{
	*run = (struct run){ .worst = LT_OK, .report = report };
	err = (struct lt_err)LT_ERR_INIT;
	enum lt_status status = session_open(&run->session, &workspace, path, PROJECT_WRITE, &who, &err);
	if (!status)
		status = session_find_assessment(&run->session, NAME, NULL, &run->ref, &findings, &err);
	for (unsigned i = 0; i < N_COMMANDS && run->ref; i++) {
		err = (struct lt_err)LT_ERR_INIT;
		status = command(run, i);
		if (!status) {
			run->n_reported++;
			memcpy(run->head, project_head(run->session.project), sizeof(run->head));
			if (report >= 0 && write(report, run->head, sizeof(run->head)) != (ssize_t)sizeof(run->head))
				_exit(1);
			continue;
		}
		if (lasting == A_COMMAND)
			faulty_disarm();
		run->worst = status;
		if (!run->n_failed++)
			memcpy(run->text, err.text[LT_EN], sizeof(run->text));
	}
	if (!run->ref)
		run->worst = status;
	session_close(&run->session);
}

static void do_run(struct run *run, enum lasting lasting)
{
	do_run_telling(run, lasting, -1);
}

/* ---- what must be true afterwards ---- */

static void check_holds(struct session *session, const char *anchor, const char *what)
{
	struct verify_report report;
	const char *const anchors[] = { anchor };
	const struct verify_wish wish = { .anchors = anchors, .n_anchors = anchor[0] ? 1 : 0 };
	OK(project_verify(session->project, &wish, &report, &err));
	if (!report.holds)
		fail_msg("%s: %s", what, report.what.text[LT_EN]);
}

static enum lt_status count_bytes(void *context, const void *bytes, size_t len, struct lt_err *unused)
{
	(void)context;
	(void)bytes;
	(void)len;
	(void)unused;
	return LT_OK;
}

static unsigned before_depth;

static void check_file(const struct run *run, const char *what)
{
	struct session session;
	const struct assessment_ref *ref;
	struct run next = { 0 };
	OK(session_open(&session, &workspace, path, PROJECT_WRITE, &who, &err));
	check_holds(&session, run->head, what);
	const unsigned n = project_depth(session.project) - before_depth;
	if (n < run->n_reported || n > run->n_reported + run->n_failed)
		fail_msg("%s: %u entries, %u reported, %u failed", what, n, run->n_reported, run->n_failed);
	if (n > run->n_reported && strstr(run->text, "nothing was"))
		fail_msg("%s: the change is there that it says is not: %s", what, run->text);
	/* the bytes stay, even where the tie was taken back */
	if (run->sha256[0])
		OK(blob_get(session.project, run->sha256, count_bytes, NULL, &err));
	/* and it goes on as if nothing had been */
	OK(session_find_assessment(&session, NAME, NULL, &ref, &findings, &err));
	next.session = session;
	next.ref = ref;
	OK(answer(&next, "4.2.6", "points:3", NULL));
	check_holds(&next.session, project_head(next.session.project), what);
	session_close(&next.session);
}

/* Where the program could tell that it failed, it says so in one sentence about the file. */
static void check_words(const struct run *run, const char *what)
{
	if (run->worst != LT_OK && run->worst != LT_ESPACE && run->worst != LT_EFILE && run->worst != LT_EDATA)
		fail_msg("%s: status %d", what, (int)run->worst);
	if (run->n_failed && run->worst != LT_EDATA && !strstr(run->text, "p.lingtan"))
		fail_msg("%s: '%s' does not name the file", what, run->text);
	if (strstr(run->text, "nothing was changed") && !strstr(run->text, "again"))
		fail_msg("%s: '%s' does not say what to do about it", what, run->text);
}

static void try_one(enum fault kind, unsigned n, enum lasting lasting, unsigned seed)
{
	struct run run;
	char what[200];
	copy_base();
	faulty_reset();
	faulty_arm(kind, n, lasting != ONCE);
	do_run(&run, lasting);
	snprintf(what, sizeof(what), "%s %u %s, seed %u, %u reported, %u failed", fault_names[kind], n, lasting_names[lasting], seed, run.n_reported,
		 run.n_failed);
	if (!faulty_struck())
		fail_msg("%s: there is no such operation", what);
	check_words(&run, what);
	if (kind == FAULT_POWER)
		faulty_cut_power(seed);
	else
		faulty_reset();
	check_file(&run, what);
	/* a fault that passes costs what met it, and nothing after */
	if (lasting != FOR_GOOD && run.n_failed > 1)
		fail_msg("%s: %s", what, run.text);
	faulty_reset();
}

static unsigned operations(enum fault kind)
{
	struct run run;
	copy_base();
	faulty_reset();
	do_run(&run, ONCE);
	const unsigned n = faulty_count(kind);
	assert_int_equal(run.n_reported, N_COMMANDS);
	faulty_reset();
	return n;
}

static void try_all(enum fault kind)
{
	const unsigned n = operations(kind), step = n < 20 ? 1 : stride(n / 20);
	assert_true(n > 0);
	for (enum lasting lasting = ONCE; lasting < N_LASTING; lasting++)
		for (unsigned i = 1; i <= n; i += step)
			try_one(kind, i, lasting, 0);
}

static void test_faults__nothing_fails(void **state)
{
	struct run run;
	(void)state;
	copy_base();
	faulty_reset();
	do_run(&run, ONCE);
	assert_int_equal(run.n_reported, N_COMMANDS);
	faulty_reset();
	check_file(&run, "no fault");
}

static void test_faults__each_operation_fails(void **state)
{
	(void)state;
	for (enum fault kind = FAULT_READ; kind < FAULT_POWER; kind++)
		if (kind != FAULT_TRUNCATE || operations(kind))
			try_all(kind);
}

static void test_faults__the_power_goes(void **state)
{
	const unsigned n = operations(FAULT_POWER);
	(void)state;
	assert_true(n > 50);
	for (unsigned i = 1; i <= n; i += stride(1))
		for (unsigned seed = 0; seed < (is_full ? 40 : 2); seed++)
			try_one(FAULT_POWER, i, FOR_GOOD, i * 100 + seed);
}

/* Pages reach the file before the transaction ends. */
static void test_faults__the_power_goes_in_a_large_attach(void **state)
{
	(void)state;
	evidence = video;
	const unsigned n = operations(FAULT_POWER), step = n / (is_full ? 400 : 10 / SPARSE);
	for (unsigned i = 1; i <= n; i += step)
		try_one(FAULT_POWER, i, FOR_GOOD, i);
	evidence = photo;
}

static void test_faults__operations_fail_in_a_large_attach(void **state)
{
	static const enum fault kinds[] = { FAULT_WRITE, FAULT_FULL, FAULT_SYNC, FAULT_LOCK };
	(void)state;
	evidence = video;
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		const unsigned n = operations(kinds[k]), tries = is_full ? 100 : 3, step = n < tries ? 1 : n / tries;
		for (unsigned i = 1 + step / 2; i <= n; i += step)
			try_one(kinds[k], i, k % 2 ? FOR_GOOD : ONCE, 0);
	}
	evidence = photo;
}

/* ---- a file of an older version ---- */

/* tests/cli/older: what it holds, and how many entries. */
static const struct old_file {
	const char *path;
	unsigned n_entries;
} old_files[] = { { "tests/cli/older/v2.sql", 3 }, { "tests/cli/older/v3.sql", 12 }, { "tests/cli/older/v4.sql", 16 } };
#define N_OLD (sizeof(old_files) / sizeof(*old_files))

static void make_old(const struct old_file *old)
{
	static char text[200000];
	sqlite3 *db;
	char command_line[200];
	const int fd = open(old->path, O_RDONLY);
	const ssize_t len = read(fd, text, sizeof(text) - 1);
	assert_true(len > 0 && len < (ssize_t)sizeof(text) - 1);
	text[len] = 0;
	close(fd);
	snprintf(command_line, sizeof(command_line), "rm -f %s*", path);
	assert_int_equal(system(command_line), 0);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	faulty_reset();
}

/* Whatever happens while it is brought up to date: it is old or new, and says the same. */
static bool try_old(const struct old_file *old, enum fault kind, unsigned n, unsigned seed)
{
	struct session session;
	char what[80];
	make_old(old);
	faulty_arm(kind, n, true);
	err = (struct lt_err)LT_ERR_INIT;
	const enum lt_status status = session_open(&session, &workspace, path, PROJECT_WRITE, &who, &err);
	session_close(&session);
	const bool struck = faulty_struck();
	assert_int_equal(status != LT_OK, struck);
	snprintf(what, sizeof(what), "%s, %s %u, seed %u", old->path, fault_names[kind], n, seed);
	if (kind == FAULT_POWER && struck)
		faulty_cut_power(seed);
	faulty_reset();
	OK(session_open(&session, &workspace, path, PROJECT_WRITE, &who, &err));
	check_holds(&session, "", what);
	assert_int_equal(project_depth(session.project), old->n_entries);
	session_close(&session);
	faulty_reset();
	return struck;
}

static void test_faults__an_old_file_is_made_anew(void **state)
{
	static const enum fault kinds[] = { FAULT_POWER, FAULT_FULL, FAULT_SYNC, FAULT_DELETE };
	const unsigned step = stride(23);
	(void)state;
	for (unsigned k = 0; k < N_OLD * 4; k++) {
		const enum fault kind = kinds[k / N_OLD];
		unsigned n = 1;
		while (try_old(&old_files[k % N_OLD], kind, n, n))
			n += kind == FAULT_DELETE ? 1 : step;
		assert_true(n > 1);
	}
}

/* ---- killed ---- */

/* The commands in a process of its own, killed at its n-th operation, or (n 0) after a while. */
static bool run_killed(struct run *run, unsigned n, unsigned delay_us)
{
	int ends[2], status;
	const struct timespec delay = { 0, delay_us * 1000L };
	char head[LT_SHA256_HEX];
	copy_base();
	faulty_reset();
	assert_int_equal(pipe(ends), 0);
	const pid_t child = fork();
	assert_true(child >= 0);
	if (!child) {
		close(ends[0]);
		if (n)
			faulty_arm(FAULT_KILL, n, true);
		do_run_telling(run, ONCE, ends[1]);
		_exit(0);
	}
	close(ends[1]);
	if (!n) {
		nanosleep(&delay, NULL);
		kill(child, SIGKILL);
	}
	*run = (struct run){ .n_failed = 1 };
	while (read(ends[0], head, sizeof(head)) == (ssize_t)sizeof(head)) {
		run->n_reported++;
		memcpy(run->head, head, sizeof(head));
	}
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status);
}

static void test_faults__killed_at_any_operation(void **state)
{
	const unsigned n = operations(FAULT_KILL), step = stride(3);
	struct run run;
	char what[80];
	(void)state;
	assert_true(n > 50);
	for (unsigned i = 1; i <= n; i += step) {
		assert_true(run_killed(&run, i, 0));
		snprintf(what, sizeof(what), "killed at operation %u, %u reported", i, run.n_reported);
		check_file(&run, what);
	}
}

static void test_faults__killed_at_any_moment(void **state)
{
	const unsigned times = is_full ? 2000 : 40 / SPARSE;
	struct run run;
	struct timespec start, end;
	unsigned n_killed = 0;
	char what[80];
	(void)state;
	clock_gettime(CLOCK_MONOTONIC, &start);
	run_killed(&run, 1000000, 0);
	clock_gettime(CLOCK_MONOTONIC, &end);
	assert_int_equal(run.n_reported, N_COMMANDS);
	const unsigned length_us = (unsigned)((end.tv_sec - start.tv_sec) * 1000000 + (end.tv_nsec - start.tv_nsec) / 1000);
	for (unsigned i = 0; i < times; i++) {
		n_killed += run_killed(&run, 0, (unsigned)((uint64_t)length_us * 3 / 2 * i / times));
		snprintf(what, sizeof(what), "killed in round %u, %u reported", i, run.n_reported);
		check_file(&run, what);
	}
	assert_true(n_killed > 0);
}

/* Writes a mark, and the power goes; how often of twenty ways of losing what was not flushed the mark was lost. */
static unsigned times_lost(const char *synchronous)
{
	unsigned n_lost = 0;
	for (unsigned seed = 1; seed <= 20; seed++) {
		sqlite3 *db;
		unsigned char head[64] = { 0 };
		copy_base();
		faulty_reset();
		assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
		assert_int_equal(sqlite3_exec(db, synchronous, NULL, NULL, NULL), SQLITE_OK);
		assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 77", NULL, NULL, NULL), SQLITE_OK);
		assert_int_equal(sqlite3_close(db), SQLITE_OK);
		faulty_cut_power(seed);
		int fd = open(path, O_RDONLY);
		assert_int_equal(read(fd, head, sizeof(head)), (ssize_t)sizeof(head));
		close(fd);
		n_lost += head[63] != 77; /* where the version stands */
	}
	return n_lost;
}

/* The disk of these tests loses what was not flushed, so that a flush left out is found; what was flushed it keeps. */
static void test_faults__unflushed_writes_are_lost(void **state)
{
	(void)state;
	const unsigned n_lost = times_lost("PRAGMA synchronous = OFF");
	assert_true(n_lost > 0 && n_lost < 20);
	assert_int_equal(times_lost("PRAGMA synchronous = FULL"), 0);
}

static int set_up(void **state)
{
	struct session session;
	const struct new_project wish = { .park = "云澜湾", .standard = ID, .stage = "operation", .year = "2025", .park_type = "production" };
	const char *full = getenv("LINGTAN_FULL");
	unsigned char *bytes = malloc(VIDEO);
	(void)state;
	is_full = full && full[0] == '1';
	setenv("LINGTAN_RENDER", "/nonexistent", 1);
	if (!bytes || !faulty_make_folder(folder, sizeof(folder)))
		return -1;
	snprintf(base, sizeof(base), "%s/base.lingtan", folder);
	snprintf(path, sizeof(path), "%s/p.lingtan", folder);
	snprintf(photo, sizeof(photo), "%s/photo.jpg", folder);
	snprintf(video, sizeof(video), "%s/video.mp4", folder);
	evidence = photo;
	for (size_t i = 0; i < VIDEO; i++)
		bytes[i] = (unsigned char)(i * i >> 8);
	write_file(photo, bytes, PHOTO);
	write_file(video, bytes, VIDEO);
	free(bytes);
	err = (struct lt_err)LT_ERR_INIT;
	if (library_open(&library, embedded_files, NULL, NULL, &err))
		return -1;
	lt_findings_init(&findings, &library.arena);
	if (workspace_open(&workspace, &library, &findings, &err))
		return -1;
	faulty_install();
	enum lt_status status = session_new(&session, &workspace, base, &who, &wish, &findings, &err);
	before_depth = status ? 0 : project_depth(session.project);
	session_close(&session);
	faulty_reset();
	return status ? -1 : 0;
}

static int tear_down(void **state)
{
	char command_line[100];
	(void)state;
	workspace_release(&workspace);
	library_release(&library);
	snprintf(command_line, sizeof(command_line), "rm -rf %s", folder);
	return system(command_line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults__nothing_fails),
		cmocka_unit_test(test_faults__each_operation_fails),
		cmocka_unit_test(test_faults__the_power_goes),
		cmocka_unit_test(test_faults__the_power_goes_in_a_large_attach),
		cmocka_unit_test(test_faults__operations_fail_in_a_large_attach),
		cmocka_unit_test(test_faults__an_old_file_is_made_anew),
		cmocka_unit_test(test_faults__killed_at_any_operation),
		cmocka_unit_test(test_faults__killed_at_any_moment),
		cmocka_unit_test(test_faults__unflushed_writes_are_lost),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
