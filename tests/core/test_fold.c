/* The state of a project by its journal: against a plain list of cells, there and back, and refusing what does not fit. */
#include "lingtan/core/fold.h"
#include "written.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))
#define HASH_OF_NOTHING "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static struct lt_arena arena;
static struct fold fold;
static struct lt_err err;

static int open_fold(void **state)
{
	(void)state;
	lt_arena_init(&arena, 0);
	err = (struct lt_err)LT_ERR_INIT;
	return fold_init(&fold, &arena, &err) == LT_OK ? 0 : -1;
}

static int close_fold(void **state)
{
	(void)state;
	lt_arena_release(&arena);
	return 0;
}

/* An empty fold, in the same arena. */
static void begin_again(void)
{
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(fold_init(&fold, &arena, &err), LT_OK);
}

/* Hashes by their first letter: "d7..." has depth 7, all others are not known. */
static unsigned depth_of(void *context, const char *hash)
{
	(void)context;
	return hash[0] == 'd' ? (unsigned)(hash[1] - '0') : 0;
}

static enum lt_status apply(struct change *changes, unsigned n, unsigned depth, const char *hash)
{
	const struct entry entry = { .depth = depth, .changes = changes, .n_changes = n };
	return fold_apply(&fold, &entry, hash, depth_of, NULL, &err);
}

static void must_apply(struct change *changes, unsigned n, unsigned depth, const char *hash)
{
	if (apply(changes, n, depth, hash))
		fail_msg("%s", err.text[LT_EN]);
}

static struct words value(const char *a, const char *b)
{
	struct words words = { lt_arena_alloc(&arena, 2, sizeof(char *)), b ? 2 : 1 };
	words.at[0] = a;
	words.at[1] = b;
	return words;
}

static struct change change(const char *key, struct words old, struct words new)
{
	return (struct change){ .table = "answer", .key = key, .group = "verdict", .old = old, .new = new };
}

static const struct words nothing;

static bool is_wanted(void *context, const struct fold_cell *cell)
{
	return !context || strcmp(cell->table, context) == 0;
}

static void state_hash(const char *table, char hex[LT_SHA256_HEX])
{
	char wanted[20];
	snprintf(wanted, sizeof(wanted), "%s", table ? table : "");
	if (fold_state_hash(&fold, is_wanted, table ? wanted : NULL, hex, &err))
		fail_msg("%s", err.text[LT_EN]);
}

/* ---- random journals against a plain list ---- */

#define N_CELLS 240
#define N_ENTRIES 4000

struct plain {
	const char *table, *key, *group;
	struct words value;
	struct cell_stamp writer;
	bool was_set;
};

static void fill_plain(struct plain cells[N_CELLS])
{
	static const char *const tables[] = { "answer", "quantity", "line" }, *const groups[] = { "verdict", "remark" };
	for (unsigned i = 0; i < N_CELLS; i++)
		cells[i] = (struct plain){ .table = tables[i % 3], .group = groups[i / 3 % 2], .key = lt_arena_printf(&arena, "键%u|x", i / 6) };
}

static struct words random_value(struct random *random)
{
	const uint32_t kind = random_below(random, 5);
	if (kind == 0)
		return nothing;
	return value(lt_arena_printf(&arena, "%u", random_below(random, 3)), kind == 1 ? NULL : "");
}

/* An entry of some cells, each once, put into the plain list too. */
static struct entry random_entry(struct random *random, struct plain cells[N_CELLS], unsigned depth, const char *hash)
{
	struct entry entry = { .depth = depth, .n_changes = 1 + random_below(random, 6) };
	const uint32_t first = random_below(random, N_CELLS);
	entry.changes = lt_arena_alloc(&arena, entry.n_changes, sizeof(*entry.changes));
	for (unsigned i = 0; i < entry.n_changes; i++) {
		struct plain *cell = &cells[(first + i * 7) % N_CELLS];
		entry.changes[i] = (struct change){ .table = cell->table, .key = cell->key, .group = cell->group,
						    .old = cell->value, .new = random_value(random) };
		if (random_below(random, 10) == 0)
			entry.changes[i].writer = lt_arena_printf(&arena, "d%u%u", 1 + random_below(random, 9), depth);
		const char *writer = entry.changes[i].writer;
		cell->value = entry.changes[i].new;
		cell->writer = (struct cell_stamp){ writer ? depth_of(NULL, writer) : depth, writer ? writer : hash };
		cell->was_set = true;
	}
	return entry;
}

static void must_be_plain(const struct plain cells[N_CELLS])
{
	unsigned n = 0;
	for (unsigned i = 0; i < N_CELLS; i++) {
		/* other copies of the names: found by what they say, not by where they lie */
		char key[30];
		snprintf(key, sizeof(key), "%s", cells[i].key);
		const struct fold_cell *cell = fold_find(&fold, cells[i].table, key, cells[i].group);
		assert_int_equal(cell != NULL, cells[i].was_set);
		if (!cell)
			continue;
		assert_true(cell_value_equals(&cell->value, &cells[i].value));
		assert_int_equal(cell->writer.depth, cells[i].writer.depth);
		assert_string_equal(cell->writer.hash, cells[i].writer.hash);
		n++;
	}
	assert_int_equal(fold.n_cells, n);
}

static void test_fold__random_journals_agree_with_a_plain_list_there_and_back(void **state)
{
	(void)state;
	static struct entry entries[N_ENTRIES];
	static struct plain cells[N_CELLS];
	for (unsigned seed = 1; seed <= 5; seed++) {
		struct random random = { seed };
		char before[LT_SHA256_HEX], after[LT_SHA256_HEX];
		fill_plain(cells);
		begin_again();
		for (unsigned i = 0; i < N_ENTRIES; i++) {
			const char *hash = lt_arena_printf(&arena, "e%u", i);
			if (i == N_ENTRIES / 2)
				state_hash(NULL, before);
			entries[i] = random_entry(&random, cells, i + 1, hash);
			must_apply(entries[i].changes, entries[i].n_changes, i + 1, hash);
			if (i % 500 == 0)
				must_be_plain(cells);
		}
		must_be_plain(cells);
		/* and all of them turned round, the last first */
		for (unsigned i = N_ENTRIES; i-- > 0;) {
			for (unsigned k = 0; k < entries[i].n_changes; k++) {
				struct change *turned = &entries[i].changes[k];
				const struct words new = turned->new;
				turned->new = turned->old;
				turned->old = new;
				turned->writer = NULL;
			}
			must_apply(entries[i].changes, entries[i].n_changes, 2 * N_ENTRIES - i, lt_arena_printf(&arena, "u%u", i));
			if (i == N_ENTRIES / 2) {
				state_hash(NULL, after);
				assert_string_equal(after, before);
			}
		}
		for (unsigned i = 0; i < N_CELLS; i++) {
			cells[i].value = nothing;
			const struct fold_cell *cell = fold_find(&fold, cells[i].table, cells[i].key, cells[i].group);
			assert_true(!cell || !cell->value.at);
		}
		state_hash(NULL, after);
		assert_string_equal(after, HASH_OF_NOTHING);
	}
}

static void test_fold__a_wrong_old_is_refused_and_named(void **state)
{
	(void)state;
	struct change first = change("a|7.2.1", nothing, value("met", NULL));
	must_apply(&first, 1, 1, "e1");
	const struct words wrong[] = { nothing, value("not_met", NULL), value("met", "") };
	for (size_t i = 0; i < N(wrong); i++) {
		struct change bad = change("a|7.2.1", wrong[i], value("x", NULL));
		err = (struct lt_err)LT_ERR_INIT;
		assert_int_equal(apply(&bad, 1, 2, "e2"), LT_NO);
		assert_non_null(strstr(err.text[LT_EN], "answer a|7.2.1 verdict does not hold"));
		assert_non_null(strstr(err.text[LT_ZH], "answer a|7.2.1 verdict "));
		const struct fold_cell *cell = fold_find(&fold, "answer", "a|7.2.1", "verdict");
		assert_true(cell_value_equals(&cell->value, &first.new));
		assert_string_equal(cell->writer.hash, "e1");
	}
	/* where nothing was ever set, nothing is what it holds */
	struct change unset = change("b", value("met", NULL), nothing);
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(apply(&unset, 1, 2, "e2"), LT_NO);
	assert_null(fold_find(&fold, "answer", "b", "verdict"));
}

static void test_fold__names_in_a_refusal_are_harmless(void **state)
{
	(void)state;
	char key[3000];
	memset(key, 'k', sizeof(key) - 1);
	key[sizeof(key) - 1] = '\0';
	memcpy(key, "\x1b[2J", 4);
	struct change bad = change(key, value("met", NULL), nothing);
	assert_int_equal(apply(&bad, 1, 1, "e1"), LT_NO);
	assert_null(strchr(err.text[LT_EN], '\x1b'));
	assert_non_null(strstr(err.text[LT_EN], "answer \\x1B[2Jkkk"));
	assert_non_null(strstr(err.text[LT_EN], "use a backup"));
}

static void test_fold__an_entry_changes_a_cell_once(void **state)
{
	(void)state;
	const struct words a = value("a", NULL), b = value("b", NULL);
	struct change twice[] = { change("k", nothing, a), change("l", nothing, a), change("k", a, b) };
	assert_int_equal(apply(twice, 3, 1, "e1"), LT_NO);
	assert_non_null(strstr(err.text[LT_EN], "changes answer k verdict twice"));
	/* a cell that was there before is no other case, nor is one that a writer stamps */
	begin_again();
	must_apply(twice, 2, 1, "e1");
	struct change taken[] = { change("k", a, b), change("k", b, a) };
	taken[0].writer = "d1";
	assert_int_equal(apply(taken, 2, 2, "e2"), LT_NO);
	assert_non_null(strstr(err.text[LT_EN], "twice"));
	/* two entries may */
	begin_again();
	must_apply(&twice[0], 1, 1, "e1");
	must_apply(&twice[2], 1, 2, "e2");
}

static void test_fold__a_change_with_a_writer_keeps_its_stamp(void **state)
{
	(void)state;
	const struct words a = value("a", NULL), b = value("b", NULL);
	struct change own[] = { change("k", nothing, a), change("l", nothing, a), change("m", nothing, a) };
	must_apply(own, 3, 4, "e4");
	struct change taken[] = { change("k", a, b), change("l", a, a), change("m", a, b) };
	taken[0].writer = "d7";
	taken[1].writer = "d9"; /* the value stays, who first said it is another */
	must_apply(taken, 3, 10, "e10");
	static const struct {
		const char *key, *value, *hash;
		unsigned depth;
	} rows[] = { { "k", "b", "d7", 7 }, { "l", "a", "d9", 9 }, { "m", "b", "e10", 10 } };
	for (size_t i = 0; i < N(rows); i++) {
		const struct fold_cell *cell = fold_find(&fold, "answer", rows[i].key, "verdict");
		assert_string_equal(cell->value.at[0], rows[i].value);
		assert_string_equal(cell->writer.hash, rows[i].hash);
		assert_int_equal(cell->writer.depth, rows[i].depth);
	}
	struct change unknown = change("k", b, a);
	unknown.writer = "f";
	assert_int_equal(apply(&unknown, 1, 11, "e11"), LT_NO);
	assert_non_null(strstr(err.text[LT_EN], "answer k verdict is said to come from"));
}

static void test_fold__sorted_gives_every_cell_once_in_order_of_bytes(void **state)
{
	(void)state;
	static const char *const expected[][3] = {
		{ "a", "", "" }, { "a", "k", "g" }, { "a", "k", "h" }, { "a", "k\x01", "g" }, { "a", "k1", "g" },
		{ "a", "k10", "g" }, { "a", "k2", "g" }, { "a", "零", "g" }, { "ab", "a", "a" }, { "b", "", "g" },
	};
	struct change changes[N(expected)];
	for (size_t i = 0; i < N(expected); i++) {
		const char *const *names = expected[(i * 7 + 3) % N(expected)];
		changes[i] = (struct change){ .table = names[0], .key = names[1], .group = names[2], .new = i % 3 ? value("x", NULL) : nothing };
	}
	must_apply(changes, N(changes), 1, "e1");
	const struct fold_cell **cells = fold_sorted(&fold);
	assert_int_equal(fold.n_cells, N(expected));
	for (size_t i = 0; i < N(expected); i++) {
		assert_string_equal(cells[i]->table, expected[i][0]);
		assert_string_equal(cells[i]->key, expected[i][1]);
		assert_string_equal(cells[i]->group, expected[i][2]);
	}
}

/* The lines and their hash, by Python's hashlib:
 * 'answer\ta\\u0009b\tverdict\t["points","10",""]\nanswer\tk1\tremark\t["零碳 \\"x\\""]\nanswer\tk1\tverdict\t["met"]\nsetting\tz\tvalue\t["1"]\n' */
#define STATE_HASH "c5a1ab17a94daa987e9473ee2b7ad15d62ee9d23ee48d748aa72490407dafca6"

static void test_fold__state_hash_is_of_the_state_not_of_the_way_to_it(void **state)
{
	(void)state;
	const char *points[] = { "points", "10", "" };
	struct change changes[] = {
		change("k1", nothing, value("met", NULL)),
		{ .table = "answer", .key = "k1", .group = "remark", .new = value("零碳 \"x\"", NULL) },
		change("a\tb", nothing, (struct words){ points, 3 }),
		{ .table = "setting", .key = "z", .group = "value", .new = value("1", NULL) },
		change("gone", nothing, nothing),
	};
	const size_t n = N(changes);
	char hex[LT_SHA256_HEX];
	state_hash(NULL, hex);
	assert_string_equal(hex, HASH_OF_NOTHING);
	/* one by one in each of the orders that begin elsewhere, forwards and backwards, then all at once */
	for (size_t turn = 0; turn < 2 * n; turn++) {
		begin_again();
		for (size_t i = 0; i < n; i++) {
			const size_t at = (turn / 2 + (turn % 2 ? i : n - i)) % n;
			must_apply(&changes[at], 1, (unsigned)i + 1, lt_arena_printf(&arena, "e%zu", i));
		}
		state_hash(NULL, hex);
		assert_string_equal(hex, STATE_HASH);
	}
	begin_again();
	must_apply(changes, (unsigned)n, 1, "e1");
	state_hash(NULL, hex);
	assert_string_equal(hex, STATE_HASH);
	/* a cell outside what is wanted does not count, one inside does */
	char scoped[LT_SHA256_HEX], again[LT_SHA256_HEX];
	state_hash("answer", scoped);
	assert_string_not_equal(scoped, hex);
	struct change setting = { .table = "setting", .key = "z", .group = "value", .old = value("1", NULL), .new = value("2", NULL) };
	must_apply(&setting, 1, 2, "e2");
	state_hash("answer", again);
	assert_string_equal(again, scoped);
	struct change answer = change("k1", value("met", NULL), value("met", ""));
	must_apply(&answer, 1, 3, "e3");
	state_hash("answer", again);
	assert_string_not_equal(again, scoped);
}

/* A name with a TAB or a line's end must not pass for other cells. */
static void test_fold__no_name_or_value_passes_for_another_state(void **state)
{
	(void)state;
	struct change pairs[][2] = {
		{ { .table = "a", .key = "b\tc", .group = "d" }, { .table = "a\tb", .key = "c", .group = "d" } },
		{ { .table = "a", .key = "b", .group = "c\td" }, { .table = "a", .key = "b\tc", .group = "d" } },
		{ { .table = "a", .key = "b\\u0009", .group = "d" }, { .table = "a", .key = "b\t", .group = "d" } },
		{ { .table = "a", .key = "b", .group = "g", .new = value("x\",\"y", NULL) }, { .table = "a", .key = "b", .group = "g", .new = value("x", "y") } },
	};
	for (size_t i = 0; i < N(pairs); i++) {
		char hex[2][LT_SHA256_HEX];
		for (int side = 0; side < 2; side++) {
			if (!pairs[i][side].new.at)
				pairs[i][side].new = value("x", NULL);
			begin_again();
			must_apply(&pairs[i][side], 1, 1, "e1");
			state_hash(NULL, hex[side]);
		}
		assert_string_not_equal(hex[0], hex[1]);
	}
	begin_again();
	struct change two[] = { change("k", nothing, value("x", NULL)), change("l", nothing, value("x", NULL)) };
	char hex[2][LT_SHA256_HEX];
	must_apply(two, 2, 1, "e1");
	state_hash(NULL, hex[0]);
	begin_again();
	struct change one = change("k\tverdict\t[\"x\"]\nanswer\tl", nothing, value("x", NULL));
	must_apply(&one, 1, 1, "e1");
	state_hash(NULL, hex[1]);
	assert_string_not_equal(hex[0], hex[1]);
}

static void test_fold__many_cells_are_all_found(void **state)
{
	(void)state;
	const unsigned n = 100000;
	struct change *changes = lt_arena_alloc(&arena, n, sizeof(*changes));
	const struct words x = value("x", NULL);
	for (unsigned i = 0; i < n; i++)
		changes[i] = change(lt_arena_printf(&arena, "%u", i), nothing, x);
	must_apply(changes, n, 1, "e1");
	assert_int_equal(fold.n_cells, n);
	assert_true(fold.n_buckets >= n); /* else finding a cell is a walk */
	for (unsigned i = 0; i < n; i++) {
		const struct fold_cell *cell = fold_find(&fold, "answer", changes[i].key, "verdict");
		assert_true(cell && cell->key == changes[i].key);
	}
	assert_null(fold_find(&fold, "answer", "100000", "verdict"));
	assert_null(fold_find(&fold, "answer", "1", "remark"));
	assert_null(fold_find(&fold, "line", "1", "verdict"));
	unsigned longest = 0;
	for (unsigned i = 0; i < fold.n_buckets; i++) {
		unsigned length = 0;
		for (const struct fold_cell *cell = fold.buckets[i]; cell; cell = cell->next)
			length++;
		longest = length > longest ? length : longest;
	}
	assert_true(longest < 20);
}

static void test_fold__memory_that_runs_out_is_said(void **state)
{
	(void)state;
	static struct change changes[200];
	char keys[N(changes)][8];
	enum lt_status status = LT_ESPACE;
	unsigned n_short = 0;
	for (size_t i = 0; i < N(changes); i++) {
		snprintf(keys[i], sizeof(keys[i]), "%zu", i);
		changes[i] = change(keys[i], nothing, nothing);
	}
	for (size_t limit = 1; status; limit += 64, n_short++) {
		struct lt_arena small;
		char hex[LT_SHA256_HEX];
		err = (struct lt_err)LT_ERR_INIT;
		lt_arena_init(&small, limit);
		status = fold_init(&fold, &small, &err);
		if (!status)
			status = apply(changes, N(changes), 1, "e1");
		if (!status)
			status = fold_state_hash(&fold, is_wanted, NULL, hex, &err);
		assert_true(status == LT_OK || (status == LT_ESPACE && err.status == LT_ESPACE));
		lt_arena_release(&small);
	}
	assert_true(n_short > 100);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fold, close_fold)
	const struct CMUnitTest tests[] = {
		TEST(test_fold__random_journals_agree_with_a_plain_list_there_and_back),
		TEST(test_fold__a_wrong_old_is_refused_and_named),
		TEST(test_fold__names_in_a_refusal_are_harmless),
		TEST(test_fold__an_entry_changes_a_cell_once),
		TEST(test_fold__a_change_with_a_writer_keeps_its_stamp),
		TEST(test_fold__sorted_gives_every_cell_once_in_order_of_bytes),
		TEST(test_fold__state_hash_is_of_the_state_not_of_the_way_to_it),
		TEST(test_fold__no_name_or_value_passes_for_another_state),
		TEST(test_fold__many_cells_are_all_found),
		TEST(test_fold__memory_that_runs_out_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
