/* Medians of the project file beside their limits and beside plain code that does the same: see run.sh. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "lingtan/app/evidence.h"
#include "lingtan/app/merging.h"
#include "lingtan/app/session.h"
#include "lingtan/store/blob.h"
#include "lingtan/store/verify.h"

extern const struct embedded_file embedded_files[];

#define ID "t-csus-66-2023"
#define NAME ID "/operation/2025"
#define PHOTO ((size_t)3 << 20)

struct scene {
	struct library library;
	struct workspace workspace;
	struct lt_arena arena;
	struct lt_findings findings;
	struct lt_err err;
	char folder[PATH_MAX], program[PATH_MAX];
};

static double now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* What counts where others use the machine as well. */
static double processor_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *times, int n)
{
	qsort(times, (size_t)n, sizeof(times[0]), by_size);
	return times[n / 2];
}

static void need(struct scene *scene, bool done, const char *what)
{
	if (done)
		return;
	fprintf(stderr, "bench: %s: %s\n", what, scene->err.text[LT_EN]);
	exit(1);
}

static const struct who who = { .name = "bench", .role = "evaluator" };

static const char *path_of(struct scene *scene, const char *name)
{
	return lt_arena_printf(&scene->arena, "%s/%s", scene->folder, name);
}

static void make(struct scene *scene, const char *path, struct session *session)
{
	const struct new_project wish = {
		.park = "bench", .standard = ID, .stage = "operation", .year = "2025", .park_type = "production"
	};
	unlink(path);
	need(scene, session_new(session, &scene->workspace, path, &who, &wish, &scene->findings, &scene->err) == LT_OK, path);
}

/* ---- one set beside a plain upsert, log row and commit ---- */

static sqlite3 *plain_open(struct scene *scene, const char *path)
{
	sqlite3 *db;
	unlink(path);
	need(scene, sqlite3_open(path, &db) == SQLITE_OK, path);
	sqlite3_exec(db,
		     "PRAGMA page_size = 8192; PRAGMA journal_mode = PERSIST; PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
		     "CREATE TABLE answer (item TEXT PRIMARY KEY, result TEXT, value TEXT, reason TEXT) STRICT, WITHOUT ROWID;"
		     "CREATE TABLE log (n INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT;",
		     NULL, NULL, NULL);
	return db;
}

static void run(sqlite3_stmt *statement)
{
	if (sqlite3_step(statement) == SQLITE_ERROR)
		exit(1);
	sqlite3_reset(statement);
}

static void bench_set(struct scene *scene, int n)
{
	static const char line[] =
		"{\"v\":1,\"project\":\"00112233445566778899aabbccddeeff\",\"parents\":[\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"],"
		"\"depth\":12,\"kind\":\"set\",\"by\":\"bench\",\"role\":\"evaluator\",\"at\":\"2026-03-01T14:03:22+08:00\",\"command\":\"set 4.2.1 points:8\","
		"\"reason\":\"\",\"undoes\":null,\"changes\":[[\"answer\",\"t-csus-66-2023/operation/2025|evaluator|4.2.1\",\"verdict\",[\"points\",\"7\",\"\"],"
		"[\"points\",\"8\",\"\"]]],\"rejects\":[]}";
	struct session session;
	const struct assessment_ref *ref;
	double *ours = malloc((size_t)n * sizeof(double)), *plain = malloc((size_t)n * sizeof(double));
	sqlite3_stmt *begin, *upsert, *log, *commit;
	make(scene, path_of(scene, "set.lingtan"), &session);
	need(scene, session_find_assessment(&session, NAME, NULL, &ref, &scene->findings, &scene->err) == LT_OK, "set");
	sqlite3 *db = plain_open(scene, path_of(scene, "plain.db"));
	sqlite3_prepare_v2(db, "BEGIN IMMEDIATE", -1, &begin, NULL);
	sqlite3_prepare_v2(db, "INSERT INTO answer VALUES ('4.2.1', 'points', ?1, '') ON CONFLICT (item) DO UPDATE SET value = excluded.value", -1, &upsert, NULL);
	sqlite3_prepare_v2(db, "INSERT INTO log (line) VALUES (?1)", -1, &log, NULL);
	sqlite3_prepare_v2(db, "COMMIT", -1, &commit, NULL);
	for (int i = 0; i < n; i++) {
		char result[32];
		bool done;
		snprintf(result, sizeof(result), "points:%d", i % 2 ? 8 : 7);
		const struct new_answer wish = { .item = "4.2.1", .result = result, .rung = "evaluator" };
		double start = now_us();
		need(scene, session_set(&session, ref, &wish, &scene->findings, &done, &scene->err) == LT_OK && done, "set");
		ours[i] = now_us() - start;
		start = now_us();
		run(begin);
		sqlite3_bind_text(upsert, 1, i % 2 ? "8" : "7", -1, SQLITE_STATIC);
		run(upsert);
		sqlite3_bind_text(log, 1, line, -1, SQLITE_STATIC);
		run(log);
		run(commit);
		plain[i] = now_us() - start;
	}
	const double a = median(ours, n), b = median(plain, n);
	printf("%-52s %12.3f ms   peer %.3f ms, %.2f times, limit 1.2\n", "one committed set in a running session", a / 1000, b / 1000, a / b);
	session_close(&session);
	free(ours);
	free(plain);
}

/* ---- attaching beside plain files ---- */

static void write_photo(struct scene *scene, const char *path, unsigned seed)
{
	static const unsigned char head[] = "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0"; /* and a NUL */
	unsigned *bytes = malloc(PHOTO);
	for (size_t i = 0; i < PHOTO / sizeof(*bytes); i++)
		bytes[i] = seed = seed * 1664525u + 1013904223u;
	memcpy(bytes, head, sizeof(head));
	const int fd = open(path, O_WRONLY | O_CREAT, 0666); /* over the one before: nothing is freed */
	need(scene, fd >= 0 && write(fd, bytes, PHOTO) == (ssize_t)PHOTO && fsync(fd) == 0, path);
	close(fd);
	free(bytes);
}

/* Reading, hashing as we do or by libsodium, which has no use for the processor's instructions, writing, flushing. */
static void plain_copy(struct scene *scene, const char *from, const char *to, bool by_sodium)
{
	static char buf[BLOB_CHUNK];
	struct lt_sha256 sha;
	crypto_hash_sha256_state state;
	unsigned char digest[crypto_hash_sha256_BYTES];
	char hex[LT_SHA256_HEX];
	const int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	ssize_t got;
	lt_sha256_init(&sha);
	crypto_hash_sha256_init(&state);
	while ((got = read(in, buf, sizeof(buf))) > 0) {
		if (by_sodium)
			crypto_hash_sha256_update(&state, (const unsigned char *)buf, (unsigned long long)got);
		else
			lt_sha256_add(&sha, buf, (size_t)got);
		need(scene, write(out, buf, (size_t)got) == got, to);
	}
	lt_sha256_finish(&sha, hex);
	crypto_hash_sha256_final(&state, digest);
	need(scene, fsync(out) == 0, to);
	close(in);
	close(out);
}

static void bench_attach(struct scene *scene, int n)
{
	struct session session;
	const struct assessment_ref *ref;
	double *ours = calloc((size_t)n, sizeof(*ours)), *plain = calloc((size_t)n, sizeof(*plain)),
	       *slow = calloc((size_t)n, sizeof(*slow));
	const int n_slow = n < 60 ? n : 60;
	const char *photo = path_of(scene, "photo.jpg");
	make(scene, path_of(scene, "attach.lingtan"), &session);
	need(scene, session_find_assessment(&session, NAME, NULL, &ref, &scene->findings, &scene->err) == LT_OK, "attach");
	for (int i = 0; i < n; i++) {
		struct attached file;
		const struct new_evidence wish = { .item = "4.2.1", .path = photo, .locator = "1" };
		write_photo(scene, photo, (unsigned)i + 1);
		double start = now_us();
		need(scene, session_attach(&session, ref, &wish, &file, &scene->findings, &scene->err) == LT_OK, "attach");
		ours[i] = now_us() - start;
		/* they stay, as our photos do: where a file system tells its disk what was freed (discard), the next
		 * who flushes waits for that, and blocks that were just freed are quicker to write again; and they lie
		 * apart: beside a new file the project's folder would be flushed each time, as nobody's day has it */
		const char *copy = lt_arena_printf(&scene->arena, "%s/plain/copy%d.jpg", scene->folder, i);
		start = now_us();
		plain_copy(scene, photo, copy, false);
		plain[i] = now_us() - start;
		if (i < n_slow) {
			const char *other = lt_arena_printf(&scene->arena, "%s/plain/other%d.jpg", scene->folder, i);
			start = now_us();
			plain_copy(scene, photo, other, true);
			slow[i] = now_us() - start;
		}
	}
	const double a = median(ours, n), b = median(plain, n), c = median(slow, n_slow);
	printf("%-52s %12.0f MB/s peer %.0f MB/s, %.0f %%, limit 75 %%\n", "attaching photos of 3 MB, each a command of its own", PHOTO / a, PHOTO / b, 100 * b / a);
	printf("%-52s %12.0f MB/s %.0f %%\n", "  beside plain files that libsodium hashes", PHOTO / c, 100 * c / a);
	session_close(&session);
	free(slow);
	free(ours);
	free(plain);
}

#define TWELVE 12u

/* The photos of one item in one command and one transaction, beside as many files each flushed for itself. */
static void bench_attach_twelve(struct scene *scene, int n)
{
	struct session session;
	const struct assessment_ref *ref;
	struct new_evidence wishes[TWELVE] = { 0 };
	struct attached files[TWELVE];
	const char *copies[TWELVE];
	double *ours = calloc((size_t)n, sizeof(*ours)), *plain = calloc((size_t)n, sizeof(*plain));
	make(scene, path_of(scene, "twelve.lingtan"), &session);
	need(scene, session_find_assessment(&session, NAME, NULL, &ref, &scene->findings, &scene->err) == LT_OK, "attach");
	for (unsigned k = 0; k < TWELVE; k++) {
		const char *photo = lt_arena_printf(&scene->arena, "%s/photo%u.jpg", scene->folder, k);
		wishes[k] = (struct new_evidence){ .item = "4.2.1", .path = photo, .locator = "1" };
	}
	for (int i = 0; i < n; i++) {
		for (unsigned k = 0; k < TWELVE; k++)
			copies[k] = lt_arena_printf(&scene->arena, "%s/plain/round%d-%u.jpg", scene->folder, i, k);
		for (unsigned k = 0; k < TWELVE; k++)
			write_photo(scene, wishes[k].path, (unsigned)i * TWELVE + k + 1);
		/* by turns the first, which has the disk to itself */
		for (int turn = 0; turn < 2; turn++) {
			const double start = now_us();
			const bool is_ours = (turn + i) % 2 == 0;
			if (is_ours)
				need(scene, session_attach_all(&session, ref, wishes, TWELVE, files, &scene->findings, &scene->err) == LT_OK, "attach");
			for (unsigned k = 0; k < TWELVE && !is_ours; k++)
				plain_copy(scene, wishes[k].path, copies[k], false);
			*(is_ours ? &ours[i] : &plain[i]) = now_us() - start;
		}
	}
	const double a = median(ours, n), b = median(plain, n);
	printf("%-52s %12.0f MB/s peer %.0f MB/s, %.0f %%, limit 75 %%\n", "  twelve of them in one command", TWELVE * PHOTO / a, TWELVE * PHOTO / b, 100 * b / a);
	session_close(&session);
	free(ours);
	free(plain);
}

static double open_ms(struct scene *scene, const char *path)
{
	double times[41];
	for (int i = 0; i < 41; i++) {
		struct session session;
		const double start = now_us();
		need(scene, session_open(&session, &scene->workspace, path, PROJECT_WRITE, &who, &scene->err) == LT_OK, path);
		times[i] = now_us() - start;
		session_close(&session);
	}
	return median(times, 41) / 1000;
}

static void bench_open(struct scene *scene, const char *empty, const char *full, const char *what)
{
	const double a = open_ms(scene, empty), b = open_ms(scene, full);
	printf("%-52s %12.3f ms   empty %.3f ms, limit 2 ms more\n", what, b, a);
}

/* ---- a long journal ---- */

static void bench_journal(struct scene *scene, int n)
{
	struct session session;
	const char *path = path_of(scene, "long.lingtan");
	make(scene, path, &session);
	/* in one transaction, so that making it takes no hour */
	need(scene, project_begin(session.project, true, &scene->err) == LT_OK, path);
	for (int i = 0; i < n; i++) {
		struct changes changes = { .session = &session };
		char value[16], item[16];
		bool done;
		snprintf(value, sizeof(value), "%d", i);
		snprintf(item, sizeof(item), "item.%d", i % 500);
		const char *const key[] = { NAME, "evaluator", item };
		const char *const values[] = { "points", value, "" };
		session.command = "set";
		need(scene, changes_add(&changes, "answer", key, "verdict", values, &scene->err) == LT_OK, path);
		need(scene, session_commit(&session, "set", &changes, &done, &scene->err) == LT_OK, path);
	}
	need(scene, project_end(session.project, true, &scene->err) == LT_OK, path);
	session_close(&session);
	char what[80];
	snprintf(what, sizeof(what), "opening a journal of %d entries", n);
	bench_open(scene, path_of(scene, "empty.lingtan"), path, what);
	struct verify_wish wish = { 0 };
	struct verify_report report;
	need(scene, session_open(&session, &scene->workspace, path, PROJECT_READ, &who, &scene->err) == LT_OK, path);
	const double start = now_us(), processor = processor_us();
	need(scene, project_verify(session.project, &wish, &report, &scene->err) == LT_OK, path);
	printf("%-52s %12.3f s    limit 1 (%.3f s of processor time)%s\n", "verifying it", (now_us() - start) / 1e6, (processor_us() - processor) / 1e6, report.holds ? "" : " DOES NOT HOLD");
	session_close(&session);
}

/* ---- many files ---- */

static void make_scored(struct scene *scene, const char *path)
{
	struct session session;
	struct changes changes;
	bool done;
	make(scene, path, &session);
	need(scene, session_import(&session, "tests/bench/sheet.yaml", NAME, NULL, false, &changes, &done, &scene->findings, &scene->err) == LT_OK, path);
	session_close(&session);
}

/* The command itself with all files, its start and its document too. */
static void score_files(struct scene *scene, const char *what, char **words, int n, const char *limit)
{
	int code;
	struct rusage use;
	fflush(stdout);
	const double start = now_us();
	const pid_t pid = fork();
	if (pid == 0) {
		if (freopen("/dev/null", "w", stdout) && setenv("XDG_STATE_HOME", path_of(scene, "state"), 1) == 0)
			execv(words[0], words);
		_exit(127);
	}
	need(scene, pid > 0 && wait4(pid, &code, 0, &use) == pid && code == 0, "lingtan score");
	const double passed = now_us() - start;
	const double worked = (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1e6 + (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec);
	printf("%-52s %12.0f /s   %s(%.0f a second of processor time)\n", what, n * 1e6 / passed, limit, n * 1e6 / worked);
}

static void bench_scores(struct scene *scene, int n)
{
	char **words = lt_arena_alloc(&scene->arena, (size_t)n + 4, sizeof(*words));
	char name[40];
	words[0] = scene->program;
	words[1] = "score";
	words[2] = "--json";
	make_scored(scene, path_of(scene, "scored.lingtan"));
	mkdir(path_of(scene, "parks"), 0777);
	for (int i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "parks/%05d.lingtan", i);
		words[3 + i] = (char *)(uintptr_t)path_of(scene, name);
		make_scored(scene, words[3 + i]);
	}
	/* what the making of them left to be written is not the command's */
	sync();
	score_files(scene, "scoring project files, each for the first time", words, n, "");
	score_files(scene, "scoring project files in one process", words, n, "limit 1000 ");
	for (int i = 0; i < n; i++)
		unlink(words[3 + i]);
}

/* ---- two files of 20,000 entries and 300 pieces of evidence each into one ---- */

/* Entries from `from` to `to`, each of one answer of its own, and pieces of 100 kB. */
static void work_on(struct scene *scene, struct session *session, int from, int to, int pieces)
{
	static char bytes[100000];
	need(scene, project_begin(session->project, true, &scene->err) == LT_OK, "merge");
	for (int i = from; i < to; i++) {
		const char *members[] = { "points", "7", "" }, *file[] = { "photo.jpg", "100000", "image/jpeg", "", "" };
		struct change changes[2] = { { .table = "answer", .group = "verdict", .new = { members, 3 } } };
		struct entry entry = { .kind = "set", .by = "bench", .role = "evaluator", .at = "2026-03-01T14:03:22+08:00", .command = "set", .reason = "",
				       .changes = changes, .n_changes = 1 };
		char sha256[LT_SHA256_HEX];
		changes[0].key = lt_arena_printf(&scene->arena, NAME "|evaluator|%d.%d", i / 500 + 20, i % 500);
		if (i - from < pieces) {
			snprintf(bytes, sizeof(bytes), "piece %d", i);
			need(scene, blob_put_bytes(session->project, bytes, sizeof(bytes), sha256, &scene->err) == LT_OK, "merge");
			file[3] = sha256;
			changes[1] = (struct change){ .table = "evidence", .key = sha256, .group = "file", .new = { file, 5 } };
			entry.n_changes = 2;
		}
		need(scene, journal_commit(session->project, &entry, NULL, &scene->err) == LT_OK, "merge");
	}
	need(scene, project_end(session->project, true, &scene->err) == LT_OK, "merge");
}

static void bench_merge(struct scene *scene)
{
	struct session mine, theirs;
	struct merging merging;
	bool done;
	const char *path = path_of(scene, "mine.lingtan"), *other = path_of(scene, "theirs.lingtan");
	make(scene, path, &mine);
	work_on(scene, &mine, 0, 10000, 150);
	unlink(other);
	need(scene, project_copy(mine.project, other, &scene->err) == LT_OK, "merge");
	need(scene, session_open(&theirs, &scene->workspace, other, PROJECT_WRITE, &who, &scene->err) == LT_OK, "merge");
	work_on(scene, &mine, 10000, 20000, 150);
	work_on(scene, &theirs, 20000, 30000, 150);
	session_close(&theirs);
	double times[3];
	const double start = now_us();
	need(scene, merging_open(&mine, other, false, &merging, &scene->err) == LT_OK, "merge");
	times[0] = (now_us() - start) / 1000;
	need(scene, merging_write(&merging, &done, &scene->err) == LT_OK && done, "merge");
	times[1] = (now_us() - start) / 1000;
	merging_close(&merging);
	session_close(&mine);
	printf("%-52s %12.1f ms\n", "merge of 20,000 and 20,000 entries: the preview", times[0]);
	printf("%-52s %12.1f ms  limit 2000\n", "  and written, with 300 pieces of evidence each", times[1]);
}

/* bench_store FOLDER [full|attach|merge|scores] */
int main(int argc, char **argv)
{
	static struct scene scene;
	struct session session;
	const bool full = argc > 2 && strcmp(argv[2], "full") == 0;
	mkdir(argc > 1 ? argv[1] : "build", 0777);
	need(&scene, realpath(argc > 1 ? argv[1] : "build", scene.folder), "the folder");
	/* beside tests/bench/bench_store */
	need(&scene, realpath(argv[0], scene.program), argv[0]);
	for (int up = 0; up < 3; up++)
		*strrchr(scene.program, '/') = '\0';
	strcat(scene.program, "/lingtan");
	lt_arena_init(&scene.arena, 0);
	mkdir(path_of(&scene, "plain"), 0777);
	lt_findings_init(&scene.findings, &scene.arena);
	need(&scene, library_open(&scene.library, embedded_files, NULL, NULL, &scene.err) == LT_OK, "library");
	need(&scene, workspace_open(&scene.workspace, &scene.library, &scene.findings, &scene.err) == LT_OK, "workspace");
	make(&scene, path_of(&scene, "empty.lingtan"), &session);
	session_close(&session);
	if (argc > 2 && strcmp(argv[2], "attach") == 0) {
		bench_attach(&scene, 300);
		bench_attach_twelve(&scene, 25);
		return 0;
	}
	if (argc > 2 && strcmp(argv[2], "merge") == 0) {
		bench_merge(&scene);
		return 0;
	}
	if (argc > 2 && strcmp(argv[2], "scores") == 0) {
		bench_scores(&scene, 500);
		return 0;
	}
	bench_merge(&scene);
	bench_set(&scene, 400);
	bench_scores(&scene, full ? 10000 : 500);
	bench_attach(&scene, full ? 1000 : 60);
	bench_attach_twelve(&scene, full ? 25 : 7);
	bench_open(&scene, path_of(&scene, "empty.lingtan"), path_of(&scene, "attach.lingtan"),
		   full ? "opening a file with 1,000 photos" : "opening a file with 60 photos (full: 1,000)");
	bench_journal(&scene, 50000);
	workspace_release(&scene.workspace);
	library_release(&scene.library);
	lt_arena_release(&scene.arena);
	return 0;
}
