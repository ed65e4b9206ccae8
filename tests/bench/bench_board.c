/* Medians of the board, which screens wait for: opening, and reloading after one answer, in every standard with four rungs answered,
 * and in a file with a long inventory, many years and a long journal. Prints, judges nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "lingtan/app/board.h"

extern const struct embedded_file embedded_files[];

#define RUNS 41

struct scene {
	struct library library;
	struct workspace workspace;
	struct session session;
	const struct assessment_ref *ref;
	struct board *board;
	struct lt_arena arena;
	struct lt_findings findings;
	struct lt_err err;
	char path[300];
};

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

static void need(struct scene *scene, bool done, const char *what)
{
	if (done)
		return;
	fprintf(stderr, "bench: %s: %s %s\n", what, scene->err.text[LT_EN],
		scene->findings.first ? scene->findings.first->text[LT_EN] : "");
	exit(1);
}

static void make(struct scene *scene, const char *id, const char *stage, const char *type)
{
	const struct who who = { .name = "bench", .role = "evaluator" };
	const struct new_project wish = { .park = "bench", .standard = id, .stage = stage, .year = "2025", .park_type = type };
	unlink(scene->path);
	need(scene, session_new(&scene->session, &scene->workspace, scene->path, &who, &wish, &scene->findings, &scene->err) == LT_OK, "new");
	need(scene, session_find_assessment(&scene->session, NULL, NULL, &scene->ref, &scene->findings, &scene->err) == LT_OK, "new");
}

/* The rows of many answers are one import, which a person would make of a sheet. */
static void commit(struct scene *scene, struct changes *changes)
{
	bool done;
	scene->session.command = "import";
	need(scene, session_commit(&scene->session, "import", changes, &done, &scene->err) == LT_OK && done, "import");
}

static const char *full_marks(const struct item *item)
{
	return item->points.value && item->points.value[0] != '$' ? item->points.value : "0";
}

static void answer_all(struct scene *scene, const struct ruleset *ruleset)
{
	static const char *const roles[N_RUNGS] = { "park", "evaluator", "reviewer", "approver" };
	for (int r = 0; r < N_RUNGS; r++) {
		struct changes changes = { .session = &scene->session };
		scene->session.name = scene->session.role = roles[r];
		for (unsigned i = 0; i < ruleset->n_items; i++) {
			const struct item *item = &ruleset->items[i];
			const char *const key[] = { scene->ref->name, rung_names[r], item->id };
			const char *const points[] = { "points", full_marks(item), "" }, *const met[] = { "met", "", "" };
			const char *remark = "现场核对，运行记录齐全，与台账一致；详见附件第 3 页表 2。";
			if (item->form == FORM_MEASURED || !scene->board->items[i].plan->applies)
				continue;
			need(scene,
			     changes_add(&changes, "answer", key, "verdict", item->form == FORM_POINTS ? points : met, &scene->err) == LT_OK &&
				     changes_add(&changes, "answer", key, "remark", &remark, &scene->err) == LT_OK,
			     "answers");
		}
		commit(scene, &changes);
	}
	struct changes changes = { .session = &scene->session };
	scene->session.name = scene->session.role = "evaluator";
	for (unsigned i = 0; i < ruleset->n_quantities; i++) {
		const struct quantity *quantity = &ruleset->quantities[i];
		const char *const key[] = { "evaluator", "2025", quantity->id }, *const value[] = { "1", quantity->unit, "", "抄表" };
		if (!strncmp(quantity->id, "emission", 8))
			continue;
		need(scene, changes_add(&changes, "quantity", key, "value", value, &scene->err) == LT_OK, "quantities");
	}
	if (changes.n)
		commit(scene, &changes);
}

static void open_board(struct scene *scene)
{
	need(scene, board_open(&scene->session, scene->ref, RUNG_EVALUATOR, &scene->findings, &scene->board, &scene->err) == LT_OK, "open");
}

static double open_us(struct scene *scene)
{
	double times[RUNS];
	for (int i = 0; i < RUNS; i++) {
		board_close(scene->board);
		const double start = now_us();
		open_board(scene);
		times[i] = now_us() - start;
	}
	qsort(times, RUNS, sizeof(times[0]), by_size);
	return times[RUNS / 2];
}

static uint32_t first_item(const struct scene *scene)
{
	uint32_t item = 0;
	while (scene->board->items[item].is_outside || scene->board->plan->items[item].decl->form == FORM_JUDGEMENT || scene->board->plan->items[item].quantity != NO_SLOT)
		item++;
	return item;
}

static void print_row(const char *what, double us, const char *limit)
{
	printf("%-52s %12.3f ms   limit %s\n", what, us / 1000, limit);
}

static void reload_after_answers(struct scene *scene, const char *name)
{
	double times[RUNS], details[RUNS];
	char what[100];
	const uint32_t item = first_item(scene);
	const struct plan_item *at = &scene->board->plan->items[item];
	const bool scored = at->decl->form == FORM_POINTS;
	for (int i = 0; i < RUNS; i++) {
		bool done;
		struct board_detail detail;
		const struct new_answer wish = {
			.item = at->decl->id, .rung = "evaluator", .result = i % 2 ? (scored ? "points:0" : "met") : scored ? "points:0.5" : "not-met"
		};
		scene->session.command = "set";
		need(scene, session_set(&scene->session, scene->ref, &wish, &scene->findings, &done, &scene->err) == LT_OK && done, "set");
		double start = now_us();
		need(scene, board_reload(scene->board, &scene->findings, &scene->err) == LT_OK, "reload");
		times[i] = now_us() - start;
		start = now_us();
		need(scene, board_detail(scene->board, item, &detail, &scene->err) == LT_OK, "detail");
		details[i] = now_us() - start;
	}
	qsort(times, RUNS, sizeof(times[0]), by_size);
	qsort(details, RUNS, sizeof(details[0]), by_size);
	snprintf(what, sizeof(what), "board: reload after one answer, %s", name);
	print_row(what, times[RUNS / 2], "10");
	snprintf(what, sizeof(what), "board: detail after it, %s", name);
	print_row(what, details[RUNS / 2], "-");
}

/* What touches more than an answer: all facts are read, and every rung above is scored. */
static void reload_after_figures(struct scene *scene, const char *name)
{
	double times[RUNS];
	char what[100];
	const char *const key[] = { "evaluator", "2024", scene->board->ruleset->quantities[0].id };
	for (int i = 0; i < RUNS; i++) {
		struct changes changes = { .session = &scene->session };
		const char *const value[] = { i % 2 ? "1" : "2", scene->board->ruleset->quantities[0].unit, "", "抄表" };
		need(scene, changes_add(&changes, "quantity", key, "value", value, &scene->err) == LT_OK, "figure");
		commit(scene, &changes);
		const double start = now_us();
		need(scene, board_reload(scene->board, &scene->findings, &scene->err) == LT_OK, "reload");
		times[i] = now_us() - start;
	}
	qsort(times, RUNS, sizeof(times[0]), by_size);
	snprintf(what, sizeof(what), "board: reload after one figure, %s", name);
	print_row(what, times[RUNS / 2], "-");
}

static void bench_standard(struct scene *scene, const char *id, const char *stage, const char *type)
{
	char what[100];
	make(scene, id, stage, type);
	open_board(scene);
	answer_all(scene, scene->board->ruleset);
	snprintf(what, sizeof(what), "board: open, %s", id);
	print_row(what, open_us(scene), "-");
	reload_after_answers(scene, id);
	board_close(scene->board);
	session_close(&scene->session);
}

/* ---- a file that has grown ---- */

static void grow(struct scene *scene)
{
	struct changes lines = { .session = &scene->session };
	char id[40], sha256[65], activity[20];
	for (int i = 0; i < 2000; i++) {
		snprintf(id, sizeof(id), "%032d", i);
		snprintf(activity, sizeof(activity), "%d", i + 1);
		const char *key = id;
		const char *const values[] = { "2025", "emission", "1", "", "锅炉", activity, "kWh" };
		const char *const factor[] = { "", "0.5", "kgCO2/kWh", "第 3 页" }, *const entered[] = { "evaluator" };
		need(scene,
		     changes_add(&lines, "line", &key, "entered", entered, &scene->err) == LT_OK &&
			     changes_add(&lines, "line", &key, "activity", values, &scene->err) == LT_OK &&
			     changes_add(&lines, "line", &key, "factor", factor, &scene->err) == LT_OK,
		     "lines");
	}
	commit(scene, &lines);
	struct changes ties = { .session = &scene->session };
	for (int i = 0; i < 500; i++) {
		snprintf(sha256, sizeof(sha256), "%064d", i);
		const struct item *item = &scene->board->ruleset->items[i % (int)scene->board->ruleset->n_items];
		const char *key = sha256;
		const char *const file[] = { "照片.jpg", "3145728", "image/jpeg", "", "/photos" };
		const char *const tie[] = { scene->ref->name, item->id, sha256, "0123456789abcdef" }, *const locator[] = { "第 3 页", "", "", "" };
		need(scene,
		     changes_add(&ties, "evidence", &key, "file", file, &scene->err) == LT_OK &&
			     changes_add(&ties, "tie", tie, "locator", locator, &scene->err) == LT_OK,
		     "ties");
	}
	commit(scene, &ties);
}

static void bench_grown(struct scene *scene, int n_entries)
{
	struct board_detail detail;
	make(scene, "t-csus-66-2023", "operation", "production");
	open_board(scene);
	answer_all(scene, scene->board->ruleset);
	grow(scene);
	for (int i = 0; i < n_entries; i++) {
		struct changes changes = { .session = &scene->session };
		const char *const key[] = { scene->ref->name, "evaluator", scene->board->ruleset->items[3 + i % 8].id };
		const char *const value[] = { "points", i / 8 % 2 ? "1" : "2", "" };
		bool done;
		scene->session.command = "set";
		need(scene, changes_add(&changes, "answer", key, "verdict", value, &scene->err) == LT_OK, "entry");
		need(scene, session_commit(&scene->session, "set", &changes, &done, &scene->err) == LT_OK, "entry");
	}
	print_row("board: open, 2,000 lines, 500 ties", open_us(scene), "-");
	const double start = now_us();
	need(scene, board_detail(scene->board, first_item(scene), &detail, &scene->err) == LT_OK, "detail");
	char what[100];
	snprintf(what, sizeof(what), "board: first detail, %d entries", n_entries);
	print_row(what, now_us() - start, "-");
	reload_after_answers(scene, "2,000 lines, 500 ties");
	reload_after_figures(scene, "2,000 lines, 500 ties");
	board_close(scene->board);
	session_close(&scene->session);
}

int main(int argc, char **argv)
{
	static struct scene scene;
	scene.err = (struct lt_err)LT_ERR_INIT;
	snprintf(scene.path, sizeof(scene.path), "%s/board.lingtan", argc > 1 ? argv[1] : ".");
	need(&scene, library_open(&scene.library, embedded_files, NULL, NULL, &scene.err) == LT_OK, "library");
	lt_findings_init(&scene.findings, &scene.library.arena);
	need(&scene, workspace_open(&scene.workspace, &scene.library, &scene.findings, &scene.err) == LT_OK, "workspace");
	bench_standard(&scene, "t-csus-66-2023", "operation", "production");
	bench_standard(&scene, "t-ipif-2023", "", "industrial");
	bench_standard(&scene, "t-seesa-2024", "operation", NULL);
	bench_grown(&scene, argc > 2 ? atoi(argv[2]) : 500);
	unlink(scene.path);
	workspace_release(&scene.workspace);
	library_release(&scene.library);
	return 0;
}
