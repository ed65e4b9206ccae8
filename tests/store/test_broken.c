/* Broken files, in one process and so in great number: nothing crashes, hangs or believes what it reads, and what is saved
 * holds. 300 of them, half as many with sanitizers; LINGTAN_FULL=1: 10,000. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>
#include "faulty.h"
#include "lingtan/app/evidence.h"
#include "lingtan/app/session.h"
#include "lingtan/store/blob.h"
#include "lingtan/store/verify.h"

extern const struct embedded_file embedded_files[];

#define ID "t-csus-66-2023"
#define NAME ID "/operation/2025"
#define TOLD 20000 /* bytes of what reading a file tells */
#define SECONDS 20 /* of computing, which no other program lengthens: a single broken file never takes as long */

/* Each costs the sanitizers three times as much. */
#if defined(__SANITIZE_ADDRESS__)
#define SHORT 150u
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SHORT 150u
#endif
#endif
#ifndef SHORT
#define SHORT 300u
#endif

static char folder[64], base[128], path[128], saved[128], photo[128];
static unsigned char *whole;
static size_t whole_len;
static struct library library;
static struct workspace workspace, passing; /* passing: one connection reads file after file */
static struct lt_findings findings;
static struct lt_err err;
static const struct who who = { .name = "林静", .role = "evaluator" };

#define OK(call)                                                                                                                                     \
	do {                                                                                                                                         \
		err = (struct lt_err)LT_ERR_INIT;                                                                                                    \
		if ((call) != LT_OK)                                                                                                                 \
			fail_msg("%s: %s", #call, err.text[LT_EN]);                                                                                  \
	} while (0)

/* ---- breaking ---- */

static uint64_t draw_state;

static size_t draw(size_t below)
{
	draw_state ^= draw_state << 13;
	draw_state ^= draw_state >> 7;
	draw_state ^= draw_state << 17;
	return (size_t)(draw_state >> 20) % below;
}

static size_t flip_bits(unsigned char *bytes, size_t len, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		bytes[draw(len)] ^= (unsigned char)(1u << draw(8));
	return len;
}

/* Where the structure of pages is told, a byte does most harm. */
static size_t spoil_heads(unsigned char *bytes, size_t len)
{
	const size_t page = draw(len / 8192) * 8192;
	for (unsigned i = 0; i < 3; i++)
		bytes[page + draw(page ? 40 : 140)] = (unsigned char)draw(256);
	return len;
}

static size_t spoil(unsigned char *bytes, size_t len)
{
	const size_t a = draw(len / 8192) * 8192, b = draw(len / 8192) * 8192;
	switch (draw(8)) {
	case 0:
		return flip_bits(bytes, len, 1);
	case 1:
		return flip_bits(bytes, len, 40);
	case 2:
		return draw(len);
	case 3:
		memset(bytes + draw(len / 512) * 512, 0, 512);
		return len;
	case 4:
		memmove(bytes + a, bytes + b, 8192);
		return len;
	case 5:
		for (size_t i = 0; i < 8192; i++)
			bytes[a + i] = (unsigned char)draw(256);
		return len;
	default:
		return spoil_heads(bytes, len);
	}
}

static void write_file(const char *to, const void *bytes, size_t len)
{
	const int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), (ssize_t)len);
	close(fd);
}

/* ---- what is done with it ---- */

static enum lt_status see_row(void *context, const struct fact_row *row)
{
	(void)context;
	return row->key ? LT_OK : LT_EBUG;
}

static enum lt_status see_entry(void *context, const char *hash, const struct entry *entry)
{
	(void)context;
	return hash && entry->depth ? LT_OK : LT_EBUG;
}

static void check_status(enum lt_status status, unsigned seed, const char *what)
{
	if (status != LT_OK && status != LT_EFILE && status != LT_ESPACE && status != LT_EDATA)
		fail_msg("%u: %s ends with %d: %s", seed, what, (int)status, err.text[LT_EN]);
	if (status && !err.text[LT_EN][0])
		fail_msg("%u: %s fails and says nothing", seed, what);
	err = (struct lt_err)LT_ERR_INIT;
}

/* Whether verify holds. */
static bool try_verify(unsigned seed)
{
	struct project *project;
	struct verify_report report = { 0 };
	const struct verify_wish wish = { 0 };
	enum lt_status status = project_open(workspace.store, path, PROJECT_SUSPECT, &project, &err);
	if (!status) {
		status = project_verify(project, &wish, &report, &err);
		project_close(project);
	}
	if (!status && !report.holds)
		assert_true(report.check >= 'a' && report.check <= 'g' && report.what.text[LT_ZH][0]);
	check_status(status, seed, "verify");
	return !status && report.holds;
}

/* What a step came to, at the end of what was told before. */
static void tell(char told[TOLD], enum lt_status status, unsigned seed, const char *what)
{
	const size_t len = strlen(told);
	snprintf(told + len, TOLD - len, "%s %d %s\n", what, (int)status, err.text[LT_EN]);
	check_status(status, seed, what);
}

static void read_with(struct store *store, unsigned seed, char told[TOLD])
{
	struct project *project;
	const struct vocabulary *vocabulary = workspace.vocabulary;
	told[0] = '\0';
	enum lt_status status = project_open(store, path, PROJECT_READ, &project, &err);
	tell(told, status, seed, "open");
	if (status)
		return;
	bool all;
	tell(told, project_trust(project, 2000, &all, &err), seed, "trust");
	for (unsigned t = 0; t < vocabulary->n_tables; t++)
		tell(told, project_visit(project, vocabulary->tables[t].table, NULL, see_row, NULL, &err), seed, vocabulary->tables[t].table);
	tell(told, journal_visit(project, NULL, see_entry, NULL, &err), seed, "log");
	project_close(project);
}

/* By a connection of its own, and by one that has just read a file that is whole. */
static void try_reading(unsigned seed)
{
	static char alone[TOLD], after[TOLD];
	struct project *project;
	read_with(workspace.store, seed, alone);
	OK(project_open(passing.store, base, PROJECT_READ, &project, &err));
	project_close(project);
	read_with(passing.store, seed, after);
	if (strcmp(alone, after) != 0)
		fail_msg("%u: read after another file it is\n%sand alone\n%s", seed, after, alone);
}

static void try_writing(unsigned seed)
{
	struct session session;
	const struct assessment_ref *ref;
	const struct new_answer wish = { .item = "4.2.1", .result = "points:3", .rung = "evaluator" };
	const char *what;
	bool done;
	enum lt_status status = session_open(&session, &workspace, path, PROJECT_WRITE, &who, &err);
	if (!status)
		status = session_find_assessment(&session, NULL, NULL, &ref, &findings, &err);
	if (!status)
		status = session_set(&session, ref, &wish, &findings, &done, &err);
	if (!status)
		status = session_undo(&session, &what, &err);
	session_close(&session);
	check_status(status, seed, "set");
}

static void try_rescue(unsigned seed)
{
	struct session session;
	struct rescue_report report;
	struct verify_report verified;
	struct project *project;
	const struct verify_wish wish = { .skip_bytes = true };
	unlink(saved);
	enum lt_status status = session_rescue(&session, &workspace, path, saved, &who, &report, &err);
	session_close(&session);
	check_status(status, seed, "rescue");
	assert_int_equal(status == LT_OK, access(saved, F_OK) == 0);
	if (status)
		return;
	OK(project_open(workspace.store, saved, PROJECT_READ, &project, &err));
	OK(project_verify(project, &wish, &verified, &err));
	if (!verified.holds)
		fail_msg("%u: what was saved does not hold: %s", seed, verified.what.text[LT_EN]);
	project_close(project);
}

static bool same_as(const unsigned char *bytes, size_t len)
{
	struct stat st;
	unsigned char *now = malloc(len + 1);
	const int fd = open(path, O_RDONLY);
	assert_true(now && fd >= 0 && fstat(fd, &st) == 0);
	const bool same = (size_t)st.st_size == len && pread(fd, now, len, 0) == (ssize_t)len && memcmp(now, bytes, len) == 0;
	close(fd);
	free(now);
	return same;
}

/* Beyond them SIGPROF ends the test; 0 = no limit. */
static void limit_computing(unsigned seconds)
{
	const struct itimerval limit = { .it_value.tv_sec = seconds };
	assert_int_equal(setitimer(ITIMER_PROF, &limit, NULL), 0);
}

static void test_broken__never_crashes_and_what_is_saved_holds(void **state)
{
	const char *full = getenv("LINGTAN_FULL");
	const unsigned times = full && full[0] == '1' ? 10000 : SHORT;
	unsigned char *bytes = malloc(whole_len);
	unsigned n_held = 0;
	(void)state;
	assert_non_null(bytes);
	for (unsigned seed = 0; seed < times; seed++) {
		memcpy(bytes, whole, whole_len);
		draw_state = (seed + 1) * 0x9e3779b97f4a7c15u;
		draw(2);
		const size_t len = spoil(bytes, whole_len);
		write_file(path, bytes, len);
		limit_computing(SECONDS);
		n_held += try_verify(seed);
		try_reading(seed);
		try_rescue(seed);
		assert_true(same_as(bytes, len));
		try_writing(seed);
		limit_computing(0);
		faulty_reset();
		lt_findings_init(&findings, &library.arena);
	}
	free(bytes);
	/* a bit in a hole of a page changes nothing; most others are found */
	assert_true(n_held < times / 4);
}

/* ---- the scene ---- */

static void make_base(void)
{
	struct session session;
	const struct assessment_ref *ref;
	struct attached file;
	const struct new_project wish = { .park = "云澜湾", .standard = ID, .stage = "operation", .year = "2025", .park_type = "production" };
	const struct new_evidence evidence = { .item = "4.2.1", .path = photo, .locator = "第3页" };
	const char *what;
	bool done;
	OK(session_new(&session, &workspace, base, &who, &wish, &findings, &err));
	OK(session_find_assessment(&session, NAME, NULL, &ref, &findings, &err));
	for (unsigned i = 0; i < 30; i++) {
		char item[16], result[16], remark[400];
		snprintf(item, sizeof(item), "4.2.%u", i % 6 + 1);
		snprintf(result, sizeof(result), "points:%u", i % 10);
		snprintf(remark, sizeof(remark), "第%u次核对，%0200u", i, i);
		const struct new_answer answer = { .item = item, .result = result, .remark = remark, .rung = "evaluator" };
		OK(session_set(&session, ref, &answer, &findings, &done, &err));
		if (i % 5 == 0)
			OK(session_undo(&session, &what, &err));
	}
	OK(session_attach(&session, ref, &evidence, &file, &findings, &err));
	session_close(&session);
}

static int set_up(void **state)
{
	struct stat st;
	static unsigned char bytes[300000];
	(void)state;
	setenv("LINGTAN_RENDER", "/nonexistent", 1);
	if (!faulty_make_folder(folder, sizeof(folder)))
		return -1;
	snprintf(base, sizeof(base), "%s/base.lingtan", folder);
	snprintf(path, sizeof(path), "%s/p.lingtan", folder);
	snprintf(saved, sizeof(saved), "%s/saved.lingtan", folder);
	snprintf(photo, sizeof(photo), "%s/photo.jpg", folder);
	draw_state = 1;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)draw(256);
	write_file(photo, bytes, sizeof(bytes));
	err = (struct lt_err)LT_ERR_INIT;
	if (library_open(&library, embedded_files, NULL, NULL, &err))
		return -1;
	lt_findings_init(&findings, &library.arena);
	if (workspace_open(&workspace, &library, &findings, &err) || workspace_open(&passing, &library, &findings, &err))
		return -1;
	store_read_many(passing.store);
	/* for its speed: it does not wait for the real disk */
	faulty_install();
	make_base();
	faulty_reset();
	const int fd = open(base, O_RDONLY);
	if (fd < 0 || fstat(fd, &st) != 0)
		return -1;
	whole_len = (size_t)st.st_size;
	whole = malloc(whole_len);
	const bool done = whole && read(fd, whole, whole_len) == (ssize_t)whole_len;
	close(fd);
	return done ? 0 : -1;
}

static int tear_down(void **state)
{
	char command_line[100];
	(void)state;
	free(whole);
	workspace_release(&workspace);
	workspace_release(&passing);
	library_release(&library);
	snprintf(command_line, sizeof(command_line), "rm -rf %s", folder);
	return system(command_line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_broken__never_crashes_and_what_is_saved_holds),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
