/* Medians of what the core promises, each beside its limit and beside the plain C loop of the same sum. Prints, judges nothing. */
#include <fcntl.h>
#include <malloc.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include "lingtan/core/check.h"
#include "lingtan/core/score.h"
#include "lingtan/core/trace.h"
#include "lingtan/load/library.h"

extern const struct embedded_file embedded_files[];

#define RUNS 31

static double now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Median over RUNS of the mean of `loops` calls, in microseconds. */
static double median_us(void (*work)(void *), void *context, int loops)
{
	double times[RUNS];
	work(context);
	for (int r = 0; r < RUNS; r++) {
		const double start = now_us();
		for (int i = 0; i < loops; i++)
			work(context);
		times[r] = (now_us() - start) / loops;
	}
	qsort(times, RUNS, sizeof(times[0]), by_size);
	return times[RUNS / 2];
}

static void print_row(const char *what, double us, const char *limit)
{
	printf("%-52s %12.3f us   limit %s\n", what, us, limit);
}

/* ---- one assessment ---- */

#define N_SECTIONS 8

struct scene {
	struct library library;
	struct lt_arena arena;
	struct lt_findings findings;
	struct lt_err err;
	struct ruleset *ruleset;
	struct plan *plan;
	struct answers answers;
	struct result result;
	struct trace trace;
	uint32_t changed;
	volatile long double peer_total;
};

static void fail(const struct scene *scene, const char *what)
{
	fprintf(stderr, "bench: %s: %s\n", what, scene->err.text[LT_EN]);
	exit(1);
}

static void do_score(void *context)
{
	struct scene *scene = context;
	if (score_all(scene->plan, &scene->answers, &scene->result, &scene->err))
		fail(scene, "score");
}

static void do_score_and_trace(void *context)
{
	struct scene *scene = context;
	do_score(scene);
	if (trace_fill(&scene->trace, &scene->result, &scene->err))
		fail(scene, "trace");
}

static void do_change(void *context)
{
	struct scene *scene = context;
	struct answer *answer = &scene->answers.items[scene->changed];
	answer->points.units = answer->points.units ? 0 : scene->plan->items[scene->changed].points.units;
	if (score_change(scene->plan, &scene->answers, scene->changed, &scene->result, &scene->err))
		fail(scene, "change");
}

/* What scoring takes once it has all it needs: mallinfo2 sees a block more or less. */
static void tell_allocation(struct scene *scene)
{
	do_score_and_trace(scene);
	const struct mallinfo2 before = mallinfo2();
	for (int i = 0; i < 100000; i++)
		do_score_and_trace(scene);
	const struct mallinfo2 after = mallinfo2();
	printf("%-52s %12zu B    limit 0\n", "memory that 100,000 scores take after the first",
	       (after.uordblks + after.hblkhd) - (before.uordblks + before.hblkhd));
}

/* The same sum without intervals, origins, n/a: what a throw-away program would do with doubles. */
static void do_peer(void *context)
{
	struct scene *scene = context;
	static const double weights[N_SECTIONS] = { 0.15, 0.15, 0.05, 0.20, 0.10, 0.10, 0.20, 0.05 };
	double total = 20, sums[16] = { 0 };
	for (unsigned i = 0; i < scene->plan->n_items; i++) {
		const struct plan_item *item = &scene->plan->items[i];
		const int section = atoi(item->decl->section);
		if (!item->truth && section >= 4 && section < 12)
			sums[section - 4] += (double)(scene->answers.items[i].points.units / 1000000) / 1e6;
	}
	for (int s = 0; s < N_SECTIONS; s++)
		total += weights[s] * sums[s];
	scene->peer_total = total;
}

static void answer_all(struct scene *scene)
{
	char points[LT_DECIMAL_TEXT + 8] = "points:";
	for (unsigned i = 0; i < scene->plan->n_items; i++) {
		const struct plan_item *item = &scene->plan->items[i];
		const char *words = item->decl->form == FORM_JUDGEMENT ? "yes" : "met";
		if (!item->applies)
			continue;
		if (item->decl->form == FORM_POINTS) {
			lt_decimal_format(item->points, points + 7);
			words = points;
			scene->changed = i;
		}
		if (answers_set(&scene->answers, scene->plan, item->decl->id, words, &scene->err))
			fail(scene, "answer");
	}
}

static void prepare(struct scene *scene, const char *id)
{
	const struct selection selection = { .park_type = "production", .stage = "operation" };
	lt_arena_init(&scene->arena, 0);
	lt_findings_init(&scene->findings, &scene->arena);
	if (library_open(&scene->library, embedded_files, NULL, NULL, &scene->err) ||
	    library_load(&scene->library, id, &scene->findings, &scene->ruleset, &scene->err) ||
	    plan_compile(scene->ruleset, &selection, NULL, &scene->arena, &scene->plan, &scene->err) ||
	    answers_init(&scene->answers, scene->ruleset, &scene->arena, &scene->err) ||
	    result_init(&scene->result, scene->plan, &scene->arena, &scene->err) ||
	    trace_init(&scene->trace, scene->plan, &scene->arena, &scene->err))
		fail(scene, id);
	answer_all(scene);
}

/* ---- whole process ---- */

extern char **environ;

static double run_process(const char *program, const char *sheet, long *peak_kib)
{
	char *arguments[] = { (char *)(uintptr_t)program, (char *)(uintptr_t)"score", (char *)(uintptr_t)sheet, (char *)(uintptr_t)"--json",
			      NULL };
	posix_spawn_file_actions_t actions;
	struct rusage usage;
	int status;
	pid_t child;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	const double start = now_us();
	if (posix_spawn(&child, program, &actions, NULL, arguments, environ) != 0 || wait4(child, &status, 0, &usage) < 0 || status != 0) {
		fprintf(stderr, "bench: %s score %s failed\n", program, sheet);
		exit(1);
	}
	const double us = now_us() - start;
	posix_spawn_file_actions_destroy(&actions);
	*peak_kib = usage.ru_maxrss > *peak_kib ? usage.ru_maxrss : *peak_kib;
	return us;
}

/* Called first, while this process is small: a child's peak counts from its parent's. */
static void bench_process(const char *program, const char *sheet)
{
	double times[RUNS];
	long peak_kib = 0;
	for (int r = 0; r < RUNS; r++)
		times[r] = run_process(program, sheet, &peak_kib);
	qsort(times, RUNS, sizeof(times[0]), by_size);
	printf("%-52s %12.3f ms   limit 5\n", sheet, times[RUNS / 2] / 1000);
	printf("%-52s %12.1f MiB  limit 10\n", "  its peak memory", (double)peak_kib / 1024);
}

/* ---- loading ---- */

struct ruleset_place {
	const char *id, *folder; /* NULL = built in */
};

static void load_one(void *context)
{
	const char *id = ((const struct ruleset_place *)context)->id;
	struct scene scene = { 0 };
	lt_arena_init(&scene.arena, 0);
	lt_findings_init(&scene.findings, &scene.arena);
	const char *folder = ((const struct ruleset_place *)context)->folder;
	if (library_open(&scene.library, embedded_files, folder, NULL, &scene.err) ||
	    library_load(&scene.library, id, &scene.findings, &scene.ruleset, &scene.err))
		fail(&scene, id);
	library_release(&scene.library);
	lt_arena_release(&scene.arena);
}

static void load_all_checked(void *context)
{
	const char *folder = context;
	struct scene scene = { 0 };
	lt_arena_init(&scene.arena, 0);
	lt_findings_init(&scene.findings, &scene.arena);
	if (library_open(&scene.library, embedded_files, folder, NULL, &scene.err))
		fail(&scene, folder);
	struct library_result results[64];
	if (scene.library.n_entries > 64 || library_load_all(&scene.library, &scene.findings, results, &scene.err))
		fail(&scene, folder);
	for (unsigned i = 0; i < scene.library.n_entries; i++)
		if (results[i].status)
			fail(&scene, scene.library.entries[i].id);
	library_release(&scene.library);
	lt_arena_release(&scene.arena);
}

static void compile_plan(void *context)
{
	struct scene *scene = context;
	const struct selection selection = { .park_type = "production", .stage = "operation" };
	struct lt_arena arena;
	struct plan *plan;
	lt_arena_init(&arena, 0);
	if (plan_compile(scene->ruleset, &selection, NULL, &arena, &plan, &scene->err))
		fail(scene, "compile");
	lt_arena_release(&arena);
}

/* bench LINGTAN RULESETS SHEET... */
int main(int argc, char **argv)
{
	static struct scene scene;
	char id[] = "t-csus-66-2023";
	char folder[256];
	printf("lingtan score, whole process:\n");
	for (int i = 3; i < argc; i++)
		bench_process(argv[1], argv[i]);
	snprintf(folder, sizeof(folder), "%s", argc > 2 ? argv[2] : "rulesets");
	prepare(&scene, id);
	print_row("one assessment, answers to totals", median_us(do_score, &scene, 2000), "5");
	print_row("the same with its trace", median_us(do_score_and_trace, &scene, 2000), "25");
	tell_allocation(&scene);
	print_row("one changed answer", median_us(do_change, &scene, 5000), "2");
	print_row("peer: plain C loop of the same sum, in doubles", median_us(do_peer, &scene, 5000), "-");
	print_row("a plan for one type and stage", median_us(compile_plan, &scene, 50), "-");
	struct ruleset_place built_in = { id, NULL }, text = { id, folder };
	print_row("loading one ruleset, from the program's image", median_us(load_one, &built_in, 10), "3000");
	print_row("the same from YAML in a folder, with every check", median_us(load_one, &text, 10), "-");
	print_row("loading all of a folder, with every check", median_us(load_all_checked, folder, 3), "10000");
	library_release(&scene.library);
	lt_arena_release(&scene.arena);
	return 0;
}
