/* The project of a built-in standard with a made-up park, and its board. */
#include "scene.h"

extern const struct embedded_file embedded_files[];

char folder[64], path[128];
struct library library;
struct workspace workspace;
struct lt_findings findings;
struct lt_err err;
struct session session;
struct board *board;
const struct assessment_ref *ref;
struct lt_arena arena;

const struct sample samples[N_SAMPLES] = {
	{ "t-csus-66-2023", "operation", "production" }, { "t-ipif-2023", "", "industrial" }, { "t-cers-2025", "operation", NULL },
	{ "t-seesa-2024", "operation", NULL },           { "ndrc-910-2025", "", NULL },
};

int set_up(void **state)
{
	(void)state;
	lt_arena_init(&arena, 0);
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

int tear_down(void **state)
{
	(void)state;
	board_close(board);
	board = NULL;
	session_close(&session);
	workspace_release(&workspace);
	library_release(&library);
	lt_arena_release(&arena);
	unlink(path);
	return rmdir(folder);
}

void make_project_in(const struct sample *of, const char *name)
{
	const struct who who = { .name = name, .role = "evaluator" };
	const struct new_project wish = {
		.park = "示例", .standard = of->id, .stage = of->stage, .year = "2025", .park_type = of->type
	};
	OK(session_new(&session, &workspace, path, &who, &wish, &findings, &err));
	OK(session_find_assessment(&session, NULL, NULL, &ref, &findings, &err));
}

void make_project(size_t sample, const char *name)
{
	make_project_in(&samples[sample], name);
}

void import_sample(size_t sample)
{
	char from[100];
	bool done;
	struct changes changes = { .session = &session };
	snprintf(from, sizeof(from), "tests/sample/%s.yaml", samples[sample].id);
	session.command = "import";
	OK(session_import(&session, from, NULL, NULL, false, &changes, &done, &findings, &err));
	assert_true(done);
}

double number(struct lt_decimal value)
{
	return (double)value.units / 1e12;
}

void open_board(enum rung own)
{
	OK(board_open(&session, ref, own, &findings, &board, &err));
}

void reload(void)
{
	OK(board_reload(board, &findings, &err));
}

/* Who is at work from here on. */
void become(const char *name, const char *role)
{
	session.name = name;
	session.role = role;
}

void answer(enum rung rung, const char *item, const char *result, const char *remark)
{
	const struct new_answer wish = { .item = item, .result = result, .remark = remark, .rung = rung_names[rung] };
	bool done;
	session.command = "set";
	OK(session_set(&session, ref, &wish, &findings, &done, &err));
	assert_true(done);
}

uint32_t item_of(const char *id)
{
	const uint32_t slot = board_find_item(board, id);
	assert_int_not_equal(slot, NO_SLOT);
	return slot;
}

void attach(const char *item, const char *locator, const char *slot)
{
	char from[160];
	struct attached attached;
	const struct new_evidence wish = { .item = item, .path = from, .locator = locator, .slot = slot };
	snprintf(from, sizeof(from), "%s/统计表.csv", folder);
	FILE *file = fopen(from, "w");
	assert_non_null(file);
	fprintf(file, "月,MWh\n1,742.6\n");
	fclose(file);
	session.command = "attach";
	OK(session_attach(&session, ref, &wish, &attached, &findings, &err));
	unlink(from);
}

void measure(enum rung rung, const char *id, const char *value, const char *unit)
{
	const struct new_quantity wish = { .id = id, .value = value, .unit = unit, .year = "2025", .source = "抄表", .rung = rung_names[rung] };
	bool done;
	session.command = "quantity";
	OK(session_set_quantity(&session, &wish, &findings, &done, &err));
}

void drop_project(void)
{
	board_close(board);
	board = NULL;
	session_close(&session);
	unlink(path);
}

bool is_near(double a, double b)
{
	return a - b < 0.001 && b - a < 0.001;
}

void put(const char *table, const char *const *key, const char *group, const char *const *values)
{
	struct changes changes = { .session = &session };
	bool done;
	session.command = "put";
	OK(changes_add(&changes, table, key, group, values, &err));
	OK(session_commit(&session, "put", &changes, &done, &err));
	assert_true(done);
}
