/* The board of projects of all five standards: what screens show, held against what the command line scores. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lingtan/app/board.h"

extern const struct embedded_file embedded_files[];

static char folder[64], path[128];
static struct library library;
static struct workspace workspace;
static struct lt_findings findings;
static struct lt_err err;
static struct session session;
static struct board *board;
static const struct assessment_ref *ref;

#define OK(call)                                                                                                                                     \
	do {                                                                                                                                         \
		err = (struct lt_err)LT_ERR_INIT;                                                                                                    \
		if ((call) != LT_OK)                                                                                                                 \
			fail_msg("%s: %s %s", #call, err.text[LT_EN], findings.first ? findings.first->text[LT_EN] : "");                            \
	} while (0)

static const struct {
	const char *id, *stage, *type;
} samples[] = {
	{ "t-csus-66-2023", "operation", "production" }, { "t-ipif-2023", "", "industrial" }, { "t-cers-2025", "operation", NULL },
	{ "t-seesa-2024", "operation", NULL },           { "ndrc-910-2025", "", NULL },
};

#define N_SAMPLES (sizeof(samples) / sizeof(samples[0]))

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/lt-board-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/p.lingtan", folder);
	err = (struct lt_err)LT_ERR_INIT;
	if (library_open(&library, embedded_files, NULL, NULL, &err))
		return -1;
	lt_findings_init(&findings, &library.arena);
	return workspace_open(&workspace, &library, &findings, &err) ? -1 : 0;
}

static int tear_down(void **state)
{
	(void)state;
	board_close(board);
	board = NULL;
	session_close(&session);
	workspace_release(&workspace);
	library_release(&library);
	unlink(path);
	return rmdir(folder);
}

static void make_project(size_t sample, const char *name)
{
	const struct who who = { .name = name, .role = "evaluator" };
	const struct new_project wish = { .park = "示例",
					  .standard = samples[sample].id,
					  .stage = samples[sample].stage,
					  .year = "2025",
					  .park_type = samples[sample].type };
	OK(session_new(&session, &workspace, path, &who, &wish, &findings, &err));
	OK(session_find_assessment(&session, NULL, NULL, &ref, &findings, &err));
}

static void import_sample(size_t sample)
{
	char from[100];
	bool done;
	struct changes changes = { .session = &session };
	snprintf(from, sizeof(from), "tests/sample/%s.yaml", samples[sample].id);
	session.command = "import";
	OK(session_import(&session, from, NULL, NULL, false, &changes, &done, &findings, &err));
	assert_true(done);
}

static double number(struct lt_decimal value)
{
	return (double)value.units / 1e12;
}

/* What the made-up park comes to under each standard, as the rulesets' own cases and the second evaluator have it. */
static const struct {
	enum board_figure_kind kind;
	const char *slot, *unit;
	double low, high, full;
	unsigned n_lines;
	const char *grade;
	unsigned n_rows_at_top;
} expected[] = {
	{ FIGURE_TOTAL, "total", NULL, 89.65, 89.65, 120, 1, "智慧零碳园区", 10 },
	{ FIGURE_NET, "net", "tCO2", -0.592, -0.592, 0, 1, "智慧零碳园区", 3 },
	{ FIGURE_NET, "net", "tCO2", 1671.194, 1671.194, 0, 0, "A 级", 2 },
	{ FIGURE_TOTAL, "composite", NULL, 58.5, 85.2, 100, 3, NULL, 6 },
	{ FIGURE_GRADED, "intensity", "tCO2/tce", 0.420, 0.420, 0, 1, "核心指标未达到", 2 },
};

static void test_board__the_figure_that_leads_is_found_in_every_standard(void **state)
{
	(void)state;
	for (size_t s = 0; s < N_SAMPLES; s++) {
		make_project(s, "李工");
		import_sample(s);
		OK(board_open(&session, ref, RUNG_EVALUATOR, &findings, &board, &err));
		const struct board_rung *own = &board->rungs[RUNG_EVALUATOR];
		const struct board_headline *headline = &board->headline;
		unsigned n_top = 0;
		assert_true(own->has_answers);
		assert_false(board->rungs[RUNG_SELF].has_answers || board->rungs[RUNG_SELF].is_computed);
		assert_int_equal(headline->kind, expected[s].kind);
		assert_string_equal(plan_slot_name(board->plan, headline->slot), expected[s].slot);
		assert_true(expected[s].unit ? strcmp(headline->unit, expected[s].unit) == 0 : !headline->unit);
		assert_float_equal(number(own->figure.lo), expected[s].low, 0.001);
		assert_float_equal(number(own->figure.hi), expected[s].high, 0.001);
		assert_int_equal(headline->has_full, expected[s].full > 0);
		assert_true((headline->has_full ? number(headline->full) : 0) == expected[s].full);
		assert_int_equal(headline->n_lines, expected[s].n_lines);
		if (expected[s].grade)
			assert_string_equal(own->grade.title->zh, expected[s].grade);
		else
			assert_null(own->grade.title);
		for (unsigned i = 0; i < board->n_rows; i++)
			n_top += board->rows[i].is_section && !board->rows[i].depth;
		assert_int_equal(n_top, expected[s].n_rows_at_top);
		board_close(board);
		board = NULL;
		session_close(&session);
		unlink(path);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_board__the_figure_that_leads_is_found_in_every_standard, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
