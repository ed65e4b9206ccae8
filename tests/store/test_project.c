/* One project file below its commands: making, transactions, facts, entries, bytes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "lingtan/app/session.h"
#include "lingtan/store/blob.h"
#include "lingtan/store/join.h"
#include "lingtan/store/keep.h"
#include "lingtan/store/verify.h"
#include "rebuild.h"

extern const struct embedded_file embedded_files[];

static char folder[64], path[128];
static struct library library;
static struct workspace workspace;
static struct lt_findings findings;
static struct lt_arena arena;
static struct lt_err err;
static struct project *project;

static bool folders_fail;

/* Stands before the C library's: no folder of a sound disk fails to be flushed. */
int fsync(int fd)
{
	struct stat status;
	if (folders_fail && fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fsync, fd);
}

#define OK(call)                                                                                                                                     \
	do {                                                                                                                                         \
		err = (struct lt_err)LT_ERR_INIT;                                                                                                    \
		if ((call) != LT_OK)                                                                                                                 \
			fail_msg("%s: %s", #call, err.text[LT_EN]);                                                                                  \
	} while (0)
#define FAILS(wanted, call)                                                                                                                          \
	do {                                                                                                                                         \
		err = (struct lt_err)LT_ERR_INIT;                                                                                                    \
		assert_int_equal(call, wanted);                                                                                                      \
		assert_int_equal(err.status, wanted);                                                                                                \
		assert_true(err.text[LT_ZH][0] && err.text[LT_EN][0]);                                                                               \
	} while (0)

/* ---- entries ---- */

/* An entry that sets one remark, from what it holds now. */
static enum lt_status put(struct project *to, const char *remark, const char *text)
{
	const char *const values[] = { text };
	struct change change = { .table = "remark", .key = remark, .group = "text", .new = { .at = (const char **)(uintptr_t)values, .n = text ? 1 : 0 } };
	struct entry entry = { .kind = "set", .by = "林静", .role = "evaluator", .at = "2026-03-01T14:03:22+08:00", .command = "set", .reason = "", .changes = &change, .n_changes = 1 };
	if (!text)
		change.new.at = NULL;
	enum lt_status status = project_get(to, "remark", remark, "text", &arena, &change.old, &err);
	return status ? status : journal_commit(to, &entry, NULL, &err);
}

static const char *text_of(struct project *from, const char *remark)
{
	struct words value;
	OK(project_get(from, "remark", remark, "text", &arena, &value, &err));
	return value.at ? value.at[0] : NULL;
}

static void assert_holds(void)
{
	struct verify_report report;
	const struct verify_wish wish = { 0 };
	OK(project_verify(project, &wish, &report, &err));
	if (!report.holds)
		fail_msg("%s", report.what.text[LT_EN]);
}

/* ---- making ---- */

static enum lt_status fill(void *context, struct project *made, struct entry *first, struct lt_err *error)
{
	(void)made;
	*first = (struct entry){ .project = first->project, .kind = "new", .by = "林静", .role = "leader", .at = "2026-03-01T14:03:22+08:00", .command = "new", .reason = "" };
	return context ? lt_err_set(error, LT_EDATA, "不行", "no") : LT_OK;
}

static void make(void)
{
	OK(project_create(workspace.store, path, fill, NULL, &project, &err));
}

static void test_project__is_made_as_a_whole_or_not_at_all(void **state)
{
	struct project *other;
	char yes;
	(void)state;
	FAILS(LT_EDATA, project_create(workspace.store, path, fill, &yes, &other, &err));
	assert_null(other);
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(rmdir(folder), 0); /* not even a draft is left */
	FAILS(LT_ESPACE, project_create(workspace.store, path, fill, NULL, &other, &err));
	assert_non_null(mkdtemp(strcpy(folder, "/tmp/lt-project-XXXXXX")));
	snprintf(path, sizeof(path), "%s/p.lingtan", folder);
	make();
	assert_int_equal(strlen(project_id(project)), 32);
	assert_int_equal(project_depth(project), 1);
	FAILS(LT_EDATA, project_create(workspace.store, path, fill, NULL, &other, &err));
	FAILS(LT_EUSAGE, project_create(workspace.store, "", fill, NULL, &other, &err));
	assert_holds();
}

/* A power cut would take it, and all that is written into it meanwhile. */
static void test_project__one_whose_name_is_not_on_the_disk_is_not_said_to_be_made(void **state)
{
	struct project *other;
	(void)state;
	folders_fail = true;
	FAILS(LT_ESPACE, project_create(workspace.store, path, fill, NULL, &other, &err));
	assert_non_null(strstr(err.text[LT_EN], "folder cannot be flushed"));
	folders_fail = false;
	assert_null(other);
	unlink(path);
	make();
}

/* ---- transactions ---- */

static void test_project__transactions_lie_within_each_other(void **state)
{
	(void)state;
	make();
	OK(project_begin(project, true, &err));
	OK(put(project, "a", "一"));
	OK(project_begin(project, true, &err));
	OK(put(project, "b", "二"));
	OK(project_end(project, true, &err));
	OK(project_end(project, true, &err));
	assert_string_equal(text_of(project, "b"), "二");
	assert_int_equal(project_depth(project), 3);
	/* a part that is dropped drops the whole, and who keeps it is told */
	OK(project_begin(project, true, &err));
	OK(put(project, "a", "三"));
	OK(project_begin(project, true, &err));
	OK(put(project, "b", "四"));
	OK(project_end(project, false, &err));
	FAILS(LT_EBUG, project_end(project, true, &err));
	assert_string_equal(text_of(project, "a"), "一");
	assert_string_equal(text_of(project, "b"), "二");
	assert_int_equal(project_depth(project), 3);
	OK(put(project, "a", "五"));
	assert_int_equal(project_depth(project), 4);
	assert_holds();
}

static void test_project__a_reader_sees_one_state_until_it_ends(void **state)
{
	struct project *reader;
	bool changed;
	(void)state;
	make();
	OK(put(project, "a", "一"));
	OK(project_open(workspace.store, path, PROJECT_READ, &reader, &err));
	assert_true(project_is_readonly(reader));
	OK(put(project, "a", "二"));
	OK(journal_refresh(reader, &changed, &err));
	assert_true(changed);
	assert_string_equal(text_of(reader, "a"), "二");
	OK(journal_refresh(reader, &changed, &err));
	assert_false(changed);
	FAILS(LT_ESPACE, project_begin(reader, true, &err));
	FAILS(LT_ESPACE, put(reader, "a", "三"));
	project_close(reader);
	assert_string_equal(text_of(project, "a"), "二");
}

static void test_project__another_programs_entry_is_built_on(void **state)
{
	struct project *other;
	struct words nothing = { 0 };
	const char *const values[] = { "三" };
	struct change change = { .table = "remark", .key = "a", .group = "text", .old = nothing, .new = { .at = (const char **)(uintptr_t)values, .n = 1 } };
	struct entry stale = { .kind = "set", .by = "x", .role = "leader", .at = "", .command = "", .reason = "", .changes = &change, .n_changes = 1 };
	char hash[LT_SHA256_HEX] = "untouched";
	(void)state;
	make();
	OK(project_open(workspace.store, path, PROJECT_WRITE, &other, &err));
	OK(put(other, "a", "一"));
	OK(put(project, "b", "二"));
	assert_int_equal(project_depth(project), 3);
	/* it believes that nothing was there */
	FAILS(LT_ESPACE, journal_commit(project, &stale, hash, &err));
	assert_non_null(strstr(err.text[LT_EN], "remark a"));
	assert_string_equal(hash, "untouched");
	assert_string_equal(text_of(project, "a"), "一");
	project_close(other);
	assert_holds();
}

/* ---- facts ---- */

static void test_project__cells_are_named_or_refused(void **state)
{
	struct words value;
	(void)state;
	make();
	FAILS(LT_EBUG, project_get(project, "nonsense", "a", "text", &arena, &value, &err));
	FAILS(LT_EBUG, project_get(project, "remark", "a", "nonsense", &arena, &value, &err));
	FAILS(LT_EDATA, project_get(project, "remark", "a|b", "text", &arena, &value, &err));
	FAILS(LT_EDATA, project_get(project, "remark", "a%zz", "text", &arena, &value, &err));
	OK(put(project, "a%7Cb%25", "键里有 | 和 %"));
	assert_string_equal(text_of(project, "a%7Cb%25"), "键里有 | 和 %");
	OK(put(project, "a%7Cb%25", ""));
	assert_string_equal(text_of(project, "a%7Cb%25"), "");
	/* nothing is not the empty text */
	OK(put(project, "a%7Cb%25", NULL));
	assert_null(text_of(project, "a%7Cb%25"));
	assert_holds();
}

struct seen {
	char keys[200];
	unsigned n, stop_after;
};

static enum lt_status see_row(void *context, const struct fact_row *row)
{
	struct seen *seen = context;
	const size_t len = strlen(seen->keys);
	snprintf(seen->keys + len, sizeof(seen->keys) - len, "%s ", row->key);
	return ++seen->n == seen->stop_after ? LT_NO : LT_OK;
}

static void test_project__rows_come_in_the_order_of_their_keys(void **state)
{
	struct seen seen = { .n = 0 }, two = { .stop_after = 2 };
	(void)state;
	make();
	static const char *const keys[] = { "c", "a", "b%7C", "B" };
	for (int i = 0; i < 4; i++)
		OK(put(project, keys[i], "x"));
	OK(project_visit(project, "remark", NULL, see_row, &seen, &err));
	assert_string_equal(seen.keys, "B a b%7C c ");
	assert_int_equal(project_visit(project, "remark", NULL, see_row, &two, &err), LT_NO);
	assert_string_equal(two.keys, "B a ");
}

/* ---- the journal ---- */

static enum lt_status see_entry(void *context, const char *hash, const struct entry *entry)
{
	struct seen *seen = context;
	assert_int_equal(strlen(hash), 64);
	assert_int_equal(entry->depth, ++seen->n);
	return seen->n == seen->stop_after ? LT_NO : LT_OK;
}

static void test_journal__entries_come_in_order_and_by_hash(void **state)
{
	struct seen seen = { .n = 0 }, one = { .stop_after = 1 };
	struct entry entry;
	bool found;
	(void)state;
	make();
	for (int i = 0; i < 5; i++)
		OK(put(project, "a", i % 2 ? "x" : "y"));
	OK(journal_visit(project, NULL, see_entry, &seen, &err));
	assert_int_equal(seen.n, 6);
	assert_int_equal(journal_visit(project, &arena, see_entry, &one, &err), LT_NO);
	OK(journal_get(project, project_head(project), &arena, &entry, &found, &err));
	assert_true(found);
	assert_int_equal(entry.depth, 6);
	assert_string_equal(entry.changes[0].new.at[0], "y");
	OK(journal_get(project, entry.parents[0], &arena, &entry, &found, &err));
	assert_true(found && entry.depth == 5);
	OK(journal_get(project, "nonsense", &arena, &entry, &found, &err));
	assert_false(found);
}

static enum lt_status keep_depth(void *context, const char *hash, const struct entry *entry)
{
	unsigned *depths = context;
	(void)hash;
	depths[++depths[0]] = entry->depth;
	return LT_OK;
}

static void test_journal__what_came_after_an_entry_leaves_it_out(void **state)
{
	const char *const role = "evaluator";
	const struct words roles = { .at = (const char **)(uintptr_t)&role, .n = 1 };
	char second[LT_SHA256_HEX];
	unsigned after[8] = { 0 }, by[8] = { 0 }, all[8] = { 0 }, none[8] = { 0 };
	(void)state;
	make();
	OK(put(project, "a", "x"));
	snprintf(second, sizeof(second), "%s", project_head(project));
	OK(put(project, "a", "y"));
	OK(put(project, "a", "z"));
	OK(journal_visit_after(project, second, NULL, keep_depth, after, &err));
	assert_memory_equal(after, ((unsigned[]){ 2, 3, 4 }), 3 * sizeof(*after));
	OK(journal_visit_by(project, "林静", &roles, second, NULL, keep_depth, by, &err));
	assert_memory_equal(by, after, sizeof(by));
	/* of what is not there nothing comes after, and a person's entries are all of them */
	OK(journal_visit_after(project, "nonsense", NULL, keep_depth, none, &err));
	assert_int_equal(none[0], 0);
	OK(journal_visit_by(project, "林静", &roles, "nonsense", NULL, keep_depth, all, &err));
	assert_memory_equal(all, ((unsigned[]){ 3, 2, 3, 4 }), 4 * sizeof(*all));
}

static void test_journal__a_hundred_thousand_characters_and_every_plane(void **state)
{
	static char text[350001];
	(void)state;
	make();
	for (size_t i = 0; i + 7 < sizeof(text); i += 7)
		memcpy(text + i, "碳\xf0\x9f\x8c\xb1", 7);
	OK(put(project, "a", text));
	assert_string_equal(text_of(project, "a"), text);
	OK(put(project, "a", "\"\\\n\t\x7f\xe2\x80\xae"));
	assert_string_equal(text_of(project, "a"), "\"\\\n\t\x7f\xe2\x80\xae");
	/* not UTF-8: refused, and nothing is written */
	FAILS(LT_EDATA, put(project, "a", "\xff"));
	assert_int_equal(project_depth(project), 3);
	assert_holds();
}

/* ---- bytes ---- */

struct source {
	size_t left, most; /* at most so many at a time */
	unsigned state;
	bool breaks;
};

static long give(void *context, void *buf, size_t cap, struct lt_err *error)
{
	struct source *source = context;
	unsigned char *to = buf;
	size_t n = source->left < cap ? source->left : cap;
	if (source->breaks && !source->left)
		return lt_err_set(error, LT_EFILE, "读不出", "cannot be read"), -1;
	n = n < source->most ? n : source->most;
	for (size_t i = 0; i < n; i++)
		to[i] = (unsigned char)((source->state = source->state * 1664525u + 1013904223u) >> 24);
	source->left -= n;
	return (long)n;
}

struct sink {
	struct lt_sha256 sha;
	size_t len;
};

static enum lt_status take(void *context, const void *bytes, size_t len, struct lt_err *error)
{
	struct sink *sink = context;
	(void)error;
	lt_sha256_add(&sink->sha, bytes, len);
	sink->len += len;
	return LT_OK;
}

static void assert_given_back(const char *sha256, size_t size)
{
	struct sink sink = { .len = 0 };
	char real[LT_SHA256_HEX];
	lt_sha256_init(&sink.sha);
	OK(blob_get(project, sha256, take, &sink, &err));
	lt_sha256_finish(&sink.sha, real);
	assert_int_equal(sink.len, size);
	assert_string_equal(real, sha256);
}

static void test_blob__any_size_comes_back_the_same(void **state)
{
	static const size_t sizes[] = { 0, 1, BLOB_CHUNK - 1, BLOB_CHUNK, BLOB_CHUNK + 1, 3 * BLOB_CHUNK, 3 * BLOB_CHUNK + 17 };
	char sha256[7][LT_SHA256_HEX];
	uint64_t size;
	(void)state;
	make();
	for (int i = 0; i < 7; i++) {
		struct source source = { .left = sizes[i], .most = 10007, .state = 1 };
		OK(project_begin(project, true, &err));
		OK(blob_put(project, give, &source, sha256[i], &size, &err));
		OK(project_end(project, true, &err));
		assert_int_equal(size, sizes[i]);
	}
	for (int i = 0; i < 7; i++)
		assert_given_back(sha256[i], sizes[i]);
	assert_holds();
}

static void test_blob__the_same_bytes_are_stored_once(void **state)
{
	struct verify_report report;
	const struct verify_wish wish = { 0 };
	char a[LT_SHA256_HEX], b[LT_SHA256_HEX];
	uint64_t size;
	(void)state;
	make();
	for (int i = 0; i < 3; i++) {
		struct source source = { .left = 300000, .most = (size_t)7 << i, .state = 5 };
		OK(project_begin(project, true, &err));
		OK(blob_put(project, give, &source, i ? b : a, &size, &err));
		OK(blob_put_bytes(project, "text", 4, i ? b : a, &err));
		OK(project_end(project, true, &err));
	}
	assert_string_equal(a, b);
	OK(project_verify(project, &wish, &report, &err));
	assert_int_equal(report.n_blobs, 2);
}

static void test_blob__what_breaks_off_leaves_nothing(void **state)
{
	struct verify_report report;
	const struct verify_wish wish = { 0 };
	struct source source = { .left = 600000, .most = 65536, .breaks = true };
	char sha256[LT_SHA256_HEX];
	uint64_t size;
	(void)state;
	make();
	OK(project_begin(project, true, &err));
	FAILS(LT_EFILE, blob_put(project, give, &source, sha256, &size, &err));
	OK(put(project, "a", "weiter"));
	OK(project_end(project, true, &err));
	OK(project_verify(project, &wish, &report, &err));
	assert_true(report.holds);
	assert_int_equal(report.n_blobs, 0);
	assert_string_equal(text_of(project, "a"), "weiter");
}

struct watching {
	unsigned calls, most;
};

static bool watch(void *context, bool in_transaction)
{
	struct watching *watching = context;
	assert_true(in_transaction);
	return ++watching->calls != watching->most;
}

static void test_blob__what_is_stopped_leaves_nothing(void **state)
{
	struct verify_report report;
	const struct verify_wish wish = { 0 };
	struct watching watching = { .most = 3 };
	char sha256[LT_SHA256_HEX];
	uint64_t size;
	(void)state;
	make();
	OK(put(project, "a", "vorher"));
	for (int i = 0; i < 2; i++) {
		struct source source = { .left = (size_t)20 << 20, .most = BLOB_CHUNK };
		project_set_watch(project, watch, &watching);
		OK(project_begin(project, true, &err));
		if (i == 0) {
			FAILS(LT_EDATA, blob_put(project, give, &source, sha256, &size, &err));
			assert_true(source.left > 0);
		} else {
			OK(blob_put(project, give, &source, sha256, &size, &err));
		}
		OK(project_end(project, i == 1, &err));
		project_set_watch(project, NULL, NULL);
		OK(project_verify(project, &wish, &report, &err));
		assert_true(report.holds);
		assert_int_equal(report.n_blobs, i);
		assert_string_equal(text_of(project, "a"), "vorher");
	}
	assert_true(watching.calls > watching.most);
}

static bool stops_at_once(void *context, bool in_transaction)
{
	unsigned *calls = context;
	(void)in_transaction;
	++*calls;
	return false;
}

static void test_verify__who_stops_it_has_found_nothing(void **state)
{
	struct verify_report report;
	const struct verify_wish wish = { 0 };
	struct source source = { .left = (size_t)4 << 20, .most = BLOB_CHUNK };
	char sha256[LT_SHA256_HEX];
	unsigned calls = 0;
	uint64_t size;
	(void)state;
	make();
	OK(project_begin(project, true, &err));
	OK(blob_put(project, give, &source, sha256, &size, &err));
	OK(project_end(project, true, &err));
	project_set_watch(project, stops_at_once, &calls);
	FAILS(LT_EDATA, project_verify(project, &wish, &report, &err));
	assert_true(calls > 0);
	/* what is on disk by half is carried through, whoever would stop it */
	calls = 0;
	project_must_finish(project, true);
	OK(project_verify(project, &wish, &report, &err));
	assert_true(calls > 0 && report.holds);
	project_must_finish(project, false);
	project_set_watch(project, NULL, NULL);
	OK(project_verify(project, &wish, &report, &err));
	assert_true(report.holds);
}

static void test_blob__purged_bytes_are_gone(void **state)
{
	char sha256[LT_SHA256_HEX];
	struct sink sink;
	uint64_t size;
	bool found;
	const char *text;
	size_t len;
	(void)state;
	make();
	OK(project_begin(project, true, &err));
	OK(blob_put_bytes(project, "geheim", 6, sha256, &err));
	OK(project_end(project, true, &err));
	OK(blob_get_text(project, sha256, 6, &arena, &text, &len, &err));
	assert_string_equal(text, "geheim");
	FAILS(LT_EFILE, blob_get_text(project, sha256, 5, &arena, &text, &len, &err));
	OK(project_begin(project, true, &err));
	OK(blob_purge(project, sha256, &err));
	OK(project_end(project, true, &err));
	OK(blob_find(project, sha256, &found, &size, &err));
	assert_false(found);
	lt_sha256_init(&sink.sha);
	FAILS(LT_EDATA, blob_get(project, sha256, take, &sink, &err));
	project_close(project);
	project = NULL;
	/* nor is any of it left in the file */
	static char bytes[1 << 20];
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	const size_t n = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	assert_null(memmem(bytes, n, "geheim", 6));
}

/* ---- what verify finds ---- */

static void assert_found(char check, bool side_lines)
{
	struct verify_report report;
	const struct verify_wish wish = { .side_lines = side_lines };
	OK(project_verify(project, &wish, &report, &err));
	assert_int_equal(report.holds ? 0 : report.check, check);
}

static void test_verify__a_head_that_is_named_must_be_there(void **state)
{
	char head[LT_SHA256_HEX], other[LT_SHA256_HEX];
	const char *round[] = { "submitted", NULL, "x" }, *mark[] = { "林静", "2026-03-01T14:03:22+08:00", NULL, "x" };
	const char *outcome[] = { "pass", "", "", "林静", "2026-03-01T14:03:22+08:00", NULL, "x" };
	struct change subject = { .table = "assessment", .key = "x", .group = "subject", .new = { .at = (const char *[]){ "production", "", "" }, .n = 3 } };
	const struct {
		const char *table, *key, *group;
		const char **values;
		unsigned n, head;
	} named[] = { { "round", "x|self|1", "state", round, 3, 1 }, { "sign_off", "x|leader", "mark", mark, 4, 2 }, { "decision", "x|1", "outcome", outcome, 7, 5 } };
	struct entry entry = { .kind = "sign", .by = "林静", .role = "evaluator", .at = "2026-03-01T14:03:22+08:00", .command = "sign", .reason = "", .n_changes = 1 };
	(void)state;
	make();
	snprintf(head, sizeof(head), "%s", project_head(project));
	memset(other, 'f', sizeof(other) - 1);
	other[sizeof(other) - 1] = 0;
	entry.changes = &subject;
	OK(journal_commit(project, &entry, NULL, &err));
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		const char *before[7] = { NULL };
		struct change change = { .table = named[i].table, .key = named[i].key, .group = named[i].group, .new = { .at = named[i].values, .n = named[i].n } };
		entry.changes = &change;
		for (int step = 0; step < 3; step++) {
			named[i].values[named[i].head] = step == 1 ? other : head;
			OK(journal_commit(project, &entry, NULL, &err));
			assert_found(step == 1 ? 'g' : 0, step != 1);
			memcpy(before, named[i].values, named[i].n * sizeof(*before));
			change.old = (struct words){ .at = before, .n = named[i].n };
		}
	}
}

/* An entry put in behind the program's back, with its hash; the newest is the head. */
static void force_entry(struct entry *entry, char hash[LT_SHA256_HEX])
{
	const char *body;
	size_t len;
	sqlite3 *db;
	sqlite3_stmt *statement;
	OK(entry_encode(entry, &arena, &body, &len, &err));
	entry_hash(body, len, hash);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "INSERT INTO entry (hash, body) VALUES (?1, ?2)", -1, &statement, NULL), SQLITE_OK);
	sqlite3_bind_text(statement, 1, hash, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, body, (int)len, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
	sqlite3_finalize(statement);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void test_verify__the_lines_that_merges_brought_in_are_folded_when_asked(void **state)
{
	char root[LT_SHA256_HEX], mine[LT_SHA256_HEX], theirs[LT_SHA256_HEX], merged[LT_SHA256_HEX];
	struct change never = { .table = "remark", .key = "a", .group = "text", .old = { .at = (const char *[]){ "never" }, .n = 1 }, .new = { .at = (const char *[]){ "y" }, .n = 1 } };
	(void)state;
	make();
	snprintf(root, sizeof(root), "%s", project_head(project));
	OK(put(project, "b", "mine"));
	snprintf(mine, sizeof(mine), "%s", project_head(project));
	struct entry entry = { .project = project_id(project), .parents = { root }, .n_parents = 1, .depth = 2, .kind = "set", .by = "王工", .role = "evaluator", .at = "2026-03-01T14:03:22+08:00", .command = "", .reason = "", .changes = &never, .n_changes = 1 };
	force_entry(&entry, theirs);
	entry = (struct entry){ .project = project_id(project), .parents = { mine, theirs }, .n_parents = 2, .depth = 3, .kind = "merge", .by = "王工", .role = "evaluator", .at = "2026-03-01T14:03:22+08:00", .command = "", .reason = "" };
	force_entry(&entry, merged);
	assert_found(0, false);
	assert_found('c', true);
}

/* ---- another program's mode ---- */

/* How the header says that a file is read: 1 is a rollback journal, 2 a log. */
static int read_version(const char *of)
{
	unsigned char header[20] = { 0 };
	FILE *file = fopen(of, "rb");
	assert_non_null(file);
	assert_int_equal(fread(header, 1, sizeof(header), file), sizeof(header));
	fclose(file);
	return header[19];
}

static void put_into_wal_mode(void)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA journal_mode = WAL; PRAGMA wal_checkpoint", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	assert_int_equal(read_version(path), 2);
}

static void test_project__a_copy_is_in_our_mode_whatever_became_of_the_file(void **state)
{
	char to[sizeof(path) + 8];
	(void)state;
	make();
	project_close(project);
	OK(project_open(workspace.store, path, PROJECT_READ, &project, &err));
	put_into_wal_mode();
	snprintf(to, sizeof(to), "%s.copy", path);
	OK(project_copy(project, to, &err));
	assert_int_equal(read_version(to), 1);
	assert_int_equal(unlink(to), 0);
	project_close(project);
	OK(project_open(workspace.store, path, PROJECT_WRITE, &project, &err));
	assert_int_equal(read_version(path), 1);
	assert_holds();
}

/* ---- the journal beside it ---- */

/* Of the first byte of SQLite's journal: -1 there is none, 0 it is emptied. */
static int journal_head(void)
{
	char name[sizeof(path) + 8];
	snprintf(name, sizeof(name), "%s-journal", path);
	FILE *file = fopen(name, "rb");
	const int head = file ? fgetc(file) : -1;
	if (file)
		fclose(file);
	return head;
}

static void test_project__its_journal_is_emptied_and_goes_with_the_session(void **state)
{
	int status;
	(void)state;
	make();
	OK(put(project, "a", "一"));
	assert_int_equal(journal_head(), 0);
	OK(put(project, "a", "二"));
	assert_int_equal(journal_head(), 0);
	project_close(project);
	assert_int_equal(journal_head(), -1);
	const pid_t child = fork();
	assert_true(child >= 0);
	if (!child) {
		project = NULL;
		const bool done = project_open(workspace.store, path, PROJECT_WRITE, &project, &err) == LT_OK && put(project, "a", "三") == LT_OK;
		_exit(done ? 0 : 1); /* without closing it, as if killed */
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(journal_head(), 0);
	OK(project_open(workspace.store, path, PROJECT_READ, &project, &err));
	assert_string_equal(text_of(project, "a"), "三");
	project_close(project);
	OK(project_open(workspace.store, path, PROJECT_WRITE, &project, &err));
	assert_holds();
	project_close(project);
	project = NULL;
	assert_int_equal(journal_head(), -1);
}

/* Old bytes of a change stay in the journal until the next one; purged ones may not. */
static void test_project__what_is_purged_is_not_left_in_the_journal(void **state)
{
	static const char bytes[] = "a photo that must go";
	char sha256[LT_SHA256_HEX];
	(void)state;
	make();
	OK(project_begin(project, true, &err));
	OK(blob_put_bytes(project, bytes, sizeof(bytes), sha256, &err));
	OK(project_end(project, true, &err));
	assert_int_equal(journal_head(), 0);
	OK(project_begin(project, true, &err));
	OK(blob_purge(project, sha256, &err));
	OK(project_end(project, true, &err));
	assert_int_equal(journal_head(), -1);
	OK(put(project, "a", "一"));
	assert_int_equal(journal_head(), 0);
	assert_holds();
}

/* ---- the scene ---- */

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/lt-project-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/p.lingtan", folder);
	err = (struct lt_err)LT_ERR_INIT;
	lt_arena_init(&arena, 0);
	if (library_open(&library, embedded_files, NULL, NULL, &err))
		return -1;
	lt_findings_init(&findings, &library.arena);
	return workspace_open(&workspace, &library, &findings, &err) ? -1 : 0;
}

static int tear_down(void **state)
{
	(void)state;
	project_close(project);
	project = NULL;
	workspace_release(&workspace);
	library_release(&library);
	lt_arena_release(&arena);
	unlink(path);
	return rmdir(folder);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* ---- what comes from elsewhere ---- */

static void test_join__a_plan_that_is_too_old_writes_nothing(void **state)
{
	const char *const values[] = { "三" };
	struct change change = { .table = "remark", .key = "b", .group = "text", .new = { .at = (const char **)(uintptr_t)values, .n = 1 } };
	struct entry entry = { .kind = "merge", .by = "林静", .role = "leader", .at = "2026-03-01T14:03:22+08:00", .command = "merge", .reason = "", .changes = &change, .n_changes = 1 };
	const struct carried none = { 0 };
	char planned_on[LT_SHA256_HEX];
	struct join join = { .head = planned_on, .fresh = &none, .entry = &entry, .changes = &change, .n_changes = 1 };
	(void)state;
	make();
	OK(put(project, "a", "一"));
	snprintf(planned_on, sizeof(planned_on), "%s", project_head(project));
	OK(put(project, "a", "二"));
	FAILS(LT_ESPACE, journal_join(project, &join, NULL, &err));
	assert_int_equal(project_depth(project), 3);
	assert_null(text_of(project, "b"));
	snprintf(planned_on, sizeof(planned_on), "%s", project_head(project));
	OK(journal_join(project, &join, NULL, &err));
	assert_int_equal(project_depth(project), 4);
	assert_string_equal(text_of(project, "b"), "三");
	assert_holds();
}

static void test_trust__a_journal_is_looked_through_up_to_the_most(void **state)
{
	bool whole;
	(void)state;
	make();
	OK(put(project, "a", "一"));
	OK(put(project, "a", "二"));
	OK(project_trust(project, 3, &whole, &err));
	assert_true(whole);
	OK(project_trust(project, 2, &whole, &err));
	assert_false(whole);
}

/* What is kept of a file hangs together from its first entry on, and there is one. */
static void test_kept__a_second_beginning_is_none(void **state)
{
	struct kept_entries kept = { .arena = &arena };
	struct entry entry = { .project = "0123456789abcdef0123456789abcdef", .depth = 1, .kind = "new", .by = "林静", .role = "leader", .at = "2026-03-01T14:03:22+08:00", .command = "new", .reason = "" };
	(void)state;
	for (int i = 0; i < 2; i++) {
		const char *body;
		size_t len;
		char hash[LT_SHA256_HEX];
		bool taken;
		entry.reason = i ? "又一次" : "";
		OK(entry_encode(&entry, &arena, &body, &len, &err));
		entry_hash(body, len, hash);
		OK(kept_add(&kept, hash, body, len, NULL, &taken, &err));
		assert_int_equal(taken, i == 0);
	}
	assert_int_equal(kept.n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_project__is_made_as_a_whole_or_not_at_all),
		TEST(test_project__one_whose_name_is_not_on_the_disk_is_not_said_to_be_made),
		TEST(test_project__transactions_lie_within_each_other),
		TEST(test_project__a_reader_sees_one_state_until_it_ends),
		TEST(test_project__another_programs_entry_is_built_on),
		TEST(test_project__cells_are_named_or_refused),
		TEST(test_project__rows_come_in_the_order_of_their_keys),
		TEST(test_journal__entries_come_in_order_and_by_hash),
		TEST(test_journal__what_came_after_an_entry_leaves_it_out),
		TEST(test_journal__a_hundred_thousand_characters_and_every_plane),
		TEST(test_blob__any_size_comes_back_the_same),
		TEST(test_blob__the_same_bytes_are_stored_once),
		TEST(test_blob__what_breaks_off_leaves_nothing),
		TEST(test_blob__what_is_stopped_leaves_nothing),
		TEST(test_verify__who_stops_it_has_found_nothing),
		TEST(test_blob__purged_bytes_are_gone),
		TEST(test_verify__a_head_that_is_named_must_be_there),
		TEST(test_verify__the_lines_that_merges_brought_in_are_folded_when_asked),
		TEST(test_project__a_copy_is_in_our_mode_whatever_became_of_the_file),
		TEST(test_project__its_journal_is_emptied_and_goes_with_the_session),
		TEST(test_project__what_is_purged_is_not_left_in_the_journal),
		TEST(test_join__a_plan_that_is_too_old_writes_nothing),
		TEST(test_trust__a_journal_is_looked_through_up_to_the_most),
		TEST(test_kept__a_second_beginning_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
