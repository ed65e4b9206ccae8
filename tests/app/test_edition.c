/* Files that brought a ruleset which the program does not carry: it is made ready once, whoever opens them how often. */
#include "scene.h"

#define MOST 400

static struct embedded_file shelf[MOST];

/* The built-in files with other items in one ruleset: as another release of the program carries them. */
static void take_other_items(const char *of)
{
	char name[80];
	unsigned n = 0;
	snprintf(name, sizeof(name), "%s/items.yaml", of);
	for (const struct embedded_file *file = library.embedded; file->path && n < MOST - 1; file++) {
		shelf[n] = *file;
		if (strcmp(file->path, name) == 0) {
			shelf[n].text = lt_arena_printf(&arena, "%.*s# another release\n", (int)file->len, file->text);
			shelf[n].len = strlen(shelf[n].text);
			shelf[n].sha256 = "";
		}
		if (strncmp(file->path, of, strlen(of)) == 0)
			shelf[n].image = NULL;
		n++;
	}
	assert_null(library.embedded[n].path);
	library.embedded = shelf;
}

static void score(const char *file, struct assessment *out)
{
	const struct who who = { .name = "甲", .role = "evaluator" };
	const struct assessment_options options = { 0 };
	OK(session_open(&session, &workspace, file, PROJECT_READ, &who, &err));
	OK(session_find_assessment(&session, NULL, NULL, &ref, &findings, &err));
	OK(session_score(&session, ref, "evaluator", &options, out, &findings, &err));
	assert_non_null(out->edition_unknown);
	session_close(&session);
}

static void test_edition__is_made_ready_once_for_all_files(void **state)
{
	const struct embedded_file *own = library.embedded;
	char copy[140];
	struct assessment first, second;
	(void)state;
	take_other_items(samples[0].id);
	make_project(0, "甲");
	import_sample(0);
	snprintf(copy, sizeof(copy), "%s/copy.lingtan", folder);
	OK(project_copy(session.project, copy, &err));
	session_close(&session);
	library.embedded = own;
	score(path, &first);
	score(copy, &second);
	assert_ptr_equal(first.ruleset, second.ruleset);
	assert_ptr_equal(first.units, second.units);
	assert_ptr_equal(first.plan, second.plan);
	for (uint32_t slot = 0; slot < first.plan->n_slots; slot++) {
		const struct value *a = &first.result.values[slot], *b = &second.result.values[slot];
		assert_true(a->lo.units == b->lo.units && a->hi.units == b->hi.units && a->state == b->state);
	}
	assessment_close(&first);
	assessment_close(&second);
	unlink(copy);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_edition__is_made_ready_once_for_all_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
