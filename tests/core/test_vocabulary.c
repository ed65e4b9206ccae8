/* What a project holds, as db/groups.yaml declares it, and the keys of its rows. */
#include "lingtan/core/vocabulary.h"
#include "lingtan/load/vocabulary.h"
#include "written.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))

static struct written written;
static struct vocabulary *vocabulary;

static int load(void **state)
{
	(void)state;
	written_init(&written);
	for (const struct embedded_file *file = embedded_files; file->path; file++)
		if (strcmp(file->path, "db/groups.yaml") == 0) {
			const struct yaml_source source = { .name = file->path, .text = file->text, .len = file->len };
			return vocabulary_load(&source, &written.arena, &written.findings, &vocabulary, &written.err) == LT_OK ? 0 : -1;
		}
	return -1;
}

static int release(void **state)
{
	(void)state;
	written_release(&written);
	return 0;
}

static void test_vocabulary__tables_groups_and_members_are_found_by_name(void **state)
{
	(void)state;
	const struct fact_table *answer = vocabulary_find_table(vocabulary, "answer");
	assert_non_null(answer);
	assert_string_equal(answer->table, "answer");
	assert_int_equal(answer->key.n, 3);
	assert_string_equal(answer->key.at[2], "item");
	const struct cell_group *verdict = fact_table_find_group(answer, "verdict");
	assert_non_null(verdict);
	assert_int_equal(verdict->members.n, 3);
	assert_int_equal(cell_group_find_member(verdict, "result"), 0);
	assert_int_equal(cell_group_find_member(verdict, "reason"), 2);
	assert_int_equal(cell_group_find_member(verdict, "points"), -1);
	assert_null(fact_table_find_group(answer, "removed"));
	assert_null(fact_table_find_group(answer, "verdic"));
	assert_null(vocabulary_find_table(vocabulary, "answers"));
	assert_null(vocabulary_find_table(vocabulary, ""));
}

/* Every name stands in keys, columns and statements as it is; a cell's value fits an entry. */
static void test_vocabulary__every_table_is_usable(void **state)
{
	(void)state;
	for (unsigned t = 0; t < vocabulary->n_tables; t++) {
		const struct fact_table *table = &vocabulary->tables[t];
		assert_ptr_equal(vocabulary_find_table(vocabulary, table->table), table);
		assert_true(table->title.zh && table->title.en);
		assert_in_range(table->key.n, 1, CELL_MAX_KEY);
		for (unsigned g = 0; g < table->n_groups; g++) {
			const struct cell_group *group = &table->groups[g];
			assert_ptr_equal(fact_table_find_group(table, group->group), group);
			assert_in_range(group->members.n, 1, CELL_MAX_MEMBERS);
			for (unsigned m = 0; m < group->members.n; m++)
				assert_int_equal(cell_group_find_member(group, group->members.at[m]), m);
		}
	}
}

static void test_vocabulary__a_key_is_its_parts_joined(void **state)
{
	(void)state;
	static const struct {
		const char *parts[4];
		unsigned n;
		const char *key;
	} rows[] = {
		{ { "t/operation/2025", "evaluator", "7.2.1" }, 3, "t/operation/2025|evaluator|7.2.1" },
		{ { "李明" }, 1, "李明" },
		{ { "" }, 1, "" },
		{ { "", "", "" }, 3, "||" },
		{ { "a|b", "50%", "%7C" }, 3, "a%7Cb|50%25|%257C" },
		{ { "|", "%", "||%%", "x" }, 4, "%7C|%25|%7C%7C%25%25|x" },
	};
	for (size_t i = 0; i < N(rows); i++) {
		const char *parts[CELL_MAX_KEY + 1];
		assert_string_equal(cell_key_join(&written.arena, rows[i].parts, rows[i].n), rows[i].key);
		for (unsigned n = 0; n <= CELL_MAX_KEY; n++) {
			parts[n] = "nobody's";
			assert_int_equal(cell_key_split(&written.arena, rows[i].key, parts, n), n == rows[i].n);
			assert_string_equal(parts[n], "nobody's");
		}
		assert_true(cell_key_split(&written.arena, rows[i].key, parts, rows[i].n));
		for (unsigned p = 0; p < rows[i].n; p++)
			assert_string_equal(parts[p], rows[i].parts[p]);
	}
}

static void test_vocabulary__a_key_has_one_spelling(void **state)
{
	(void)state;
	static const char *const wrong[] = { "%", "a%", "%2", "%7c", "%41", "%%25", "a%2|b", "%7" };
	const char *parts[2];
	for (size_t i = 0; i < N(wrong); i++)
		for (unsigned n = 1; n <= 2; n++)
			if (cell_key_split(&written.arena, wrong[i], parts, n))
				fail_msg("%s: taken for %u parts", wrong[i], n);
}

static void test_vocabulary__any_parts_come_back(void **state)
{
	(void)state;
	static const char letters[] = "a%|257C";
	struct random random = { 3 };
	for (int turn = 0; turn < 20000; turn++) {
		char texts[3][6];
		const char *const in[] = { texts[0], texts[1], texts[2] };
		const char *out[3];
		for (int p = 0; p < 3; p++) {
			const uint32_t len = random_below(&random, sizeof(texts[p]));
			for (uint32_t i = 0; i < len; i++)
				texts[p][i] = letters[random_below(&random, sizeof(letters) - 1)];
			texts[p][len] = '\0';
		}
		const char *key = cell_key_join(&written.arena, in, 3);
		assert_true(cell_key_split(&written.arena, key, out, 3));
		for (int p = 0; p < 3; p++)
			assert_string_equal(out[p], in[p]);
	}
}

static void test_vocabulary__memory_that_runs_out_is_said(void **state)
{
	(void)state;
	struct lt_arena small;
	const char *parts[] = { "a", "b" };
	lt_arena_init(&small, 1);
	assert_null(cell_key_join(&small, parts, 2));
	assert_false(cell_key_split(&small, "a|b", parts, 2));
	lt_arena_release(&small);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vocabulary__tables_groups_and_members_are_found_by_name),
		cmocka_unit_test(test_vocabulary__every_table_is_usable),
		cmocka_unit_test(test_vocabulary__a_key_is_its_parts_joined),
		cmocka_unit_test(test_vocabulary__a_key_has_one_spelling),
		cmocka_unit_test(test_vocabulary__any_parts_come_back),
		cmocka_unit_test(test_vocabulary__memory_that_runs_out_is_said),
	};
	return cmocka_run_group_tests(tests, load, release);
}
