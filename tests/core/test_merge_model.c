/*
 * The journal against a plain model: two to four people with a file each, random edits, undos, submissions, patches that are
 * taken in part, and merges across; every file is folded and compared with what the set of its entries says by itself.
 *
 * 1,000 runs; 10,000 with LINGTAN_FULL=1.
 */
#include "merge_world.h"

/* ---- merging ---- */

static const char *lock_of(void *context, const struct merge_plan *plan, enum merge_side side, const struct merge_cell *cell)
{
	(void)context;
	if (strcmp(cell->table, "answer") != 0)
		return NULL;
	const char *bar = strrchr(cell->key, '|');
	const char *key = lt_arena_printf(&arena, "%.*s|1", (int)(bar - cell->key), cell->key);
	const struct fold_cell *round = fold_find(&plan->folds[side], "round", key, "state");
	return round && round->value.at ? round->writer.hash : NULL;
}

static const struct merge_rules rules = { .vocabulary = &vocabulary, .lock_of = lock_of };

static void plan_merge(struct world *world, const char *mine, const char *theirs, struct merge_plan *plan)
{
	if (merge_make(&world->all, mine, theirs, &rules, plan, &err))
		fail_msg("%s", err.text[LT_EN]);
}

/* The head after a merge that is decided; asks nothing when done again. */
static const char *write_merge(struct world *world, unsigned user, const char *mine, const char *theirs, struct merge_plan *plan)
{
	struct entry entry = { .kind = "merge", .by = names[user] };
	struct merge_plan again;
	if (plan->kind != MERGE_JOIN)
		return plan->kind == MERGE_ADOPT ? theirs : mine;
	if (merge_changes(plan, &entry, &err))
		fail_msg("%s", err.text[LT_EN]);
	const char *head = add_entry(world, &entry, mine, theirs);
	plan_merge(world, head, theirs, &again);
	assert_int_equal(again.kind, MERGE_NOTHING);
	plan_merge(world, theirs, head, &again);
	assert_int_equal(again.kind, MERGE_ADOPT);
	return head;
}

static void check_questions(struct world *world, const struct merge_plan *plan, const char *mine, const char *theirs);

static void count(struct world *world, const struct merge_plan *plan, const char *mine, const char *theirs)
{
	world->n_merges++;
	for (unsigned i = 0; i < plan->n_cells; i++) {
		world->n_conflicts += plan->cells[i].why == MERGE_CONFLICT || plan->cells[i].why == MERGE_EXCLUSIVE;
		world->n_locked += plan->cells[i].why == MERGE_LOCKED;
		world->n_joined += plan->cells[i].why == MERGE_JOINED;
		if (plan->cells[i].why == MERGE_JOINED && plan->cells[i].mine.at && plan->cells[i].theirs.at)
			assert_true(merge_value(&plan->cells[i])->at[1][0] || !(plan->cells[i].mine.at[1][0] || plan->cells[i].theirs.at[1][0]));
		world->n_blanked += plan->cells[i].why == MERGE_BLANK;
	}
	if (!world->twice && !world->reopened)
		check_questions(world, plan, mine, theirs);
}

/* A person decides here and there; else the deepest stays, which is no decision. */
static void merge(struct world *world, unsigned user, unsigned other, bool may_decide)
{
	struct merge_plan plan;
	plan_merge(world, world->heads[user], world->heads[other], &plan);
	count(world, &plan, world->heads[user], world->heads[other]);
	for (unsigned i = 0; i < plan.n_cells && may_decide; i++)
		if (random_below(&dice, 2) == 0 && plan.cells[i].why > MERGE_BLANK) {
			merge_decide(&plan, i, (enum merge_take)(TAKE_ORIGINAL + random_below(&dice, 3)));
			world->human |= plan.cells[i].decided;
		}
	merge_prefer(&plan, PREFER_DEEPEST);
	world->heads[user] = write_merge(world, user, world->heads[user], world->heads[other], &plan);
}

/* As against a value that they did not take, and we have. */
static bool brings_a_value(struct world *world, const struct merge_plan *plan, const struct merge_cell *cell)
{
	const char *hash = cell->writers[MERGE_THEIRS].hash;
	return strcmp(cell->table, "evidence") != 0 && hash && plan->sides[at(world, hash) - world->all.at] == 2;
}

/* What another did comes as a patch, and some of it is not taken. */
static void take_patch(struct world *world, unsigned user, unsigned other)
{
	struct merge_plan plan;
	plan_merge(world, world->heads[user], world->heads[other], &plan);
	count(world, &plan, world->heads[user], world->heads[other]);
	world->n_patches++;
	const unsigned before = world->n_refusals;
	for (unsigned i = 0; i < plan.n_cells; i++)
		if (plan.cells[i].why == MERGE_NEWER && brings_a_value(world, &plan, &plan.cells[i]) && random_below(&dice, 3) == 0) {
			merge_refuse(&plan, i, "not borne out");
			assert_true(world->n_refusals < MAX_REFUSALS);
			world->refusals[world->n_refusals++] = (struct refusal){ NULL, plan.cells[i].key };
			world->n_refused++;
			world->reopened |= strcmp(plan.cells[i].table, "round") == 0;
			world->human = true;
		}
	merge_prefer(&plan, PREFER_DEEPEST);
	world->heads[user] = write_merge(world, user, world->heads[user], world->heads[other], &plan);
	for (unsigned i = before; i < world->n_refusals; i++)
		world->refusals[i].merge = world->heads[user];
}

/* ---- the plain model: what a set of entries says by itself ---- */

struct writing {
	unsigned entry;
	const struct change *change;
	bool dropped;
};

/* [number]: whether an entry is this one or rests on it. */
static const bool *after_entry(const struct history *all, unsigned first)
{
	bool *after = lt_arena_alloc(&arena, all->n + 1, sizeof(*after));
	assert_non_null(after);
	after[first] = true;
	for (unsigned i = first + 1; i < all->n; i++)
		for (unsigned p = 0; p < 2; p++)
			if (all->at[i].parents[p])
				after[i] |= after[all->at[i].parents[p] - 1];
	return after;
}

static bool follows(const bool *const *after, unsigned earlier, unsigned later)
{
	return after[earlier][later];
}

static const bool *const *all_after(struct world *world)
{
	const bool **after = lt_arena_alloc(&arena, world->all.n, sizeof(*after));
	for (unsigned i = 0; i < world->all.n; i++)
		after[i] = after_entry(&world->all, i);
	return after;
}

static bool rejects(const struct entry *entry, const char *key)
{
	for (unsigned r = 0; r < entry->n_rejects; r++)
		if (strcmp(entry->rejects[r].key, key) == 0)
			return true;
	return false;
}

/* Everything that people wrote into a cell, as far as a file knows, or two; what merges took over is none. */
static unsigned list_writings(struct world *world, const char *const heads[2], const char *table, const char *key, struct writing *list)
{
	unsigned char *known = lt_arena_alloc(&arena, world->all.n, 1);
	unsigned n = 0;
	for (unsigned h = 0; h < 2 && heads[h]; h++)
		history_mark(&world->all, heads[h], known, 1);
	for (unsigned i = 0; i < world->all.n; i++)
		for (unsigned c = 0; known[i] && c < world->all.at[i].entry.n_changes; c++) {
			const struct change *change = &world->all.at[i].entry.changes[c];
			if (!change->writer && !rejects(&world->all.at[i].entry, key) && strcmp(change->table, table) == 0 && strcmp(change->key, key) == 0)
				list[n++] = (struct writing){ i, change, false };
		}
	return n;
}

/* Who wrote in ignorance of a submission of the rung is not heard. */
static void drop_locked(struct world *world, const bool *const *after, const char *const heads[2], const char *key, struct writing *list, unsigned n)
{
	struct writing rounds[200];
	const char *bar = strrchr(key, '|');
	const char *round = lt_arena_printf(&arena, "%.*s|1", (int)(bar - key), key);
	const unsigned n_rounds = list_writings(world, heads, "round", round, rounds);
	for (unsigned r = 0; r < n_rounds; r++)
		for (unsigned i = 0; i < n; i++)
			list[i].dropped |= !follows(after, rounds[r].entry, list[i].entry) && !follows(after, list[i].entry, rounds[r].entry);
}

static bool is_last(const bool *const *after, const struct writing *list, unsigned n, unsigned i)
{
	for (unsigned j = 0; j < n; j++)
		if (j != i && !list[j].dropped && list[i].entry != list[j].entry && follows(after, list[i].entry, list[j].entry))
			return false;
	return !list[i].dropped;
}

/* Whether a merge brought an entry in: the other side had it, and this one not. */
static bool is_brought(struct world *world, const struct past_entry *merge, const struct past_entry *entry)
{
	unsigned char *sides = lt_arena_alloc(&arena, world->all.n, 1);
	for (unsigned p = 0; p < merge->entry.n_parents; p++)
		history_mark(&world->all, merge->entry.parents[p], sides, (unsigned char)(1 << p));
	return sides[entry - world->all.at] == 2;
}

/* Who did not take a value has none of what the other side brought to that cell, nor has whoever merged with them since. How many
 * refusals that were. */
static unsigned drop_refused(struct world *world, const char *const heads[2], const char *key, struct writing *list, unsigned n)
{
	unsigned char *known = lt_arena_alloc(&arena, world->all.n, 1);
	unsigned n_refusals = 0;
	for (unsigned h = 0; h < 2 && heads[h]; h++)
		history_mark(&world->all, heads[h], known, 1);
	for (unsigned r = 0; r < world->n_refusals; r++) {
		const struct refusal *refusal = &world->refusals[r];
		if (strcmp(refusal->key, key) != 0 || !refusal->merge || !known[at(world, refusal->merge) - world->all.at])
			continue;
		n_refusals++;
		for (unsigned i = 0; i < n; i++)
			list[i].dropped |= is_brought(world, at(world, refusal->merge), &world->all.at[list[i].entry]);
	}
	return n_refusals;
}

static bool is_blank_import(const struct world *world, const struct writing *writing)
{
	return !writing->change->new.at && strcmp(world->all.at[writing->entry].entry.kind, "import") == 0;
}

/* A blank was imported over one of two answers between which somebody has to decide first. */
static bool is_contested(const struct world *world, const bool *const *after, const struct writing *list, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		for (unsigned x = 0; is_blank_import(world, &list[i]) && x < n; x++) {
			if (x == i || follows(after, list[i].entry, list[x].entry) || follows(after, list[x].entry, list[i].entry))
				continue;
			for (unsigned p = 0; p < n; p++)
				if (p != x && p != i && follows(after, list[p].entry, list[i].entry) && !follows(after, list[p].entry, list[x].entry))
					return true;
		}
	return false;
}

/* What a cell should hold, and how sure that is. */
struct plain {
	struct words value;
	unsigned n_last;     /* that nobody wrote over; blanks of imports do not count beside another */
	bool differ;         /* they are not all the same */
	unsigned n_refused;
	bool contested, locked;
};

/* The deepest of those that nobody wrote over. */
static struct plain plain_value(struct world *world, const bool *const *after, const char *const heads[2], const char *key)
{
	struct plain out = { 0 };
	struct writing list[400];
	const unsigned n = list_writings(world, heads, "answer", key, list);
	const struct writing *best = NULL;
	unsigned n_locked = 0, n_before = 0;
	bool only_blanks = true;
	assert_true(n < N(list));
	out.contested = is_contested(world, after, list, n);
	drop_locked(world, after, heads, key, list, n);
	for (unsigned i = 0; i < n; i++)
		n_locked += list[i].dropped, n_before += is_last(after, list, n, i);
	out.n_refused = drop_refused(world, heads, key, list, n);
	/* what was submitted stands, also where somebody had refused it before; of two, what won before one was refused */
	out.locked = n_locked && out.n_refused;
	out.contested |= out.locked || (n_before > 1 && out.n_refused);
	/* the same said by two is one, of which it depends on who met whom whether it was refused */
	for (unsigned i = 0; i < n; i++)
		for (unsigned j = 0; j < n; j++)
			out.contested |= list[i].dropped && !list[j].dropped && cell_value_equals(&list[i].change->new, &list[j].change->new);
	for (unsigned i = 0; i < n; i++)
		only_blanks &= !is_last(after, list, n, i) || is_blank_import(world, &list[i]);
	for (unsigned i = 0; i < n; i++) {
		if (!is_last(after, list, n, i) || (!only_blanks && is_blank_import(world, &list[i])))
			continue;
		out.n_last++;
		out.differ |= best && !cell_value_equals(&best->change->new, &list[i].change->new);
		const struct past_entry *this = &world->all.at[list[i].entry], *that = best ? &world->all.at[best->entry] : NULL;
		if (!best || this->entry.depth > that->entry.depth ||
		    (this->entry.depth == that->entry.depth && strcmp(this->hash, that->hash) > 0))
			best = &list[i];
	}
	if (best)
		out.value = best->change->new;
	return out;
}

/* ---- what must hold ---- */

/* Whether somebody of the rung ever wrote this. */
static bool is_of_rung(struct world *world, const char *rung, const char *key, const struct words *value)
{
	for (unsigned i = 0; i < world->all.n; i++)
		for (unsigned c = 0; c < world->all.at[i].entry.n_changes; c++) {
			const struct change *change = &world->all.at[i].entry.changes[c];
			bool own = false;
			for (unsigned user = 0; user < MAX_USERS; user++)
				own |= strcmp(world->all.at[i].entry.by, names[user]) == 0 && strcmp(rungs[user], rung) == 0;
			if (own && strcmp(change->key, key) == 0 && cell_value_equals(&change->new, value))
				return true;
		}
	return !value->at;
}

/* Whether somebody wrote the value, as against a refusal that reads like one. */
static bool is_said(struct world *world, const char *const heads[2], const char *key, const struct words *value)
{
	struct writing list[400];
	const unsigned n = list_writings(world, heads, "answer", key, list);
	for (unsigned i = 0; i < n; i++)
		if (cell_value_equals(&list[i].change->new, value))
			return true;
	return false;
}

/* One side says no to what the other holds, and nobody else did: it is not asked again. */
static bool is_asked_again(struct world *world, const struct merge_plan *plan, const struct merge_cell *cell)
{
	const struct refusal *only = NULL;
	unsigned n = 0; /* of a round that kept it out, too */
	for (unsigned i = 0; i < world->all.n; i++)
		n += plan->sides[i] && rejects(&world->all.at[i].entry, cell->key);
	for (unsigned r = 0; r < world->n_refusals; r++) {
		const struct refusal *refusal = &world->refusals[r];
		if (strcmp(refusal->key, cell->key) != 0 || !refusal->merge || !plan->sides[at(world, refusal->merge) - world->all.at])
			continue;
		only = refusal;
	}
	if (n != 1)
		return false;
	const unsigned char side = only ? plan->sides[at(world, only->merge) - world->all.at] : 3;
	const char *other = side == 3 ? NULL : cell->writers[side == 1 ? MERGE_THEIRS : MERGE_MINE].hash;
	const char *own = side == 3 ? NULL : cell->writers[side == 1 ? MERGE_MINE : MERGE_THEIRS].hash;
	return other && is_brought(world, at(world, only->merge), at(world, other)) && (!own || plan->sides[at(world, own) - world->all.at] == 3);
}

/* Nobody is asked about what only one side has something new to say of. */
static void check_questions(struct world *world, const struct merge_plan *plan, const char *mine, const char *theirs)
{
	const char *const heads[2] = { mine, theirs };
	const bool *const *after = NULL;
	for (unsigned i = 0; i < plan->n_cells; i++) {
		const struct merge_cell *cell = &plan->cells[i];
		assert_true(strcmp(cell->table, "evidence") != 0 || cell->take != TAKE_OPEN);
		if (cell->why != MERGE_CONFLICT || strcmp(cell->table, "answer") != 0)
			continue;
		assert_false(is_asked_again(world, plan, cell));
		after = after ? after : all_after(world);
		const struct plain plain = plain_value(world, after, heads, cell->key);
		/* two values of which somebody refused one, and somebody kept it */
		const bool both = is_said(world, heads, cell->key, &cell->mine) && is_said(world, heads, cell->key, &cell->theirs);
		if (!plain.differ && plain.n_refused < 2 && !plain.locked && !both)
			fail_msg("%s is asked about, and nobody wrote against anybody", cell->key);
	}
}

/* What a merge takes stands in the entry it names. */
static void check_writers(struct world *world)
{
	for (unsigned i = 0; i < world->all.n; i++)
		for (unsigned c = 0; c < world->all.at[i].entry.n_changes; c++) {
			const struct change *change = &world->all.at[i].entry.changes[c];
			if (!change->writer)
				continue;
			const struct past_entry *writer = at(world, change->writer);
			bool sets = false;
			for (unsigned w = 0; w < writer->entry.n_changes; w++)
				sets |= strcmp(writer->entry.changes[w].key, change->key) == 0 &&
					cell_value_equals(&writer->entry.changes[w].new, &change->new);
			assert_true(sets);
		}
}

/* No tie without its file, whoever took what back. */
static void check_ties(const struct fold *fold)
{
	for (unsigned i = 0; i < N_ITEMS; i++)
		for (unsigned f = 0; f < N_FILES; f++)
			if (held(fold, "tie", lt_arena_printf(&arena, "%u|f%u", i, f), "locator").at && !held(fold, "evidence", file_key(f), "file").at)
				fail_msg("item %u rests on file %u, which is gone", i, f);
}

static void check_file(struct world *world, const bool *const *after, const char *head)
{
	static const char *const all_rungs[] = { "evaluator", "reviewer", "self" };
	struct fold fold;
	fold_of(world, head, &fold);
	for (unsigned r = 0; r < N(all_rungs); r++)
		for (unsigned i = 0; i < N_ITEMS; i++) {
			const char *key = key_of(all_rungs[r], lt_arena_printf(&arena, "%u", i));
			const struct words now = held(&fold, "answer", key, "verdict");
			const char *const heads[2] = { head, NULL };
			const struct plain plain = plain_value(world, after, heads, key);
			assert_true(is_of_rung(world, all_rungs[r], key, &now));
			/* nobody else spoke: whoever spoke last stands, decided or not */
			if (plain.contested || (world->human && plain.n_last > 1) || plain.n_refused > 1)
				continue;
			world->n_checked++;
			if (!cell_value_equals(&now, &plain.value))
				fail_msg("%s holds %s, and should hold %s", key, now.at ? now.at[1] : "nothing", plain.value.at ? plain.value.at[1] : "nothing");
		}
	check_ties(&fold);
}

static void shuffle(unsigned *order, unsigned n)
{
	for (unsigned i = n; i > 1; i--) {
		const unsigned j = random_below(&dice, i), kept = order[i - 1];
		order[i - 1] = order[j];
		order[j] = kept;
	}
}

/* All files into one, in some order and some way of putting brackets. */
static const char *merge_all(struct world *world)
{
	const char *heads[MAX_USERS];
	unsigned order[MAX_USERS] = { 0, 1, 2, 3 }, n = world->n_users;
	shuffle(order, n);
	for (unsigned i = 0; i < n; i++)
		heads[i] = world->heads[order[i]];
	while (n > 1) {
		const unsigned i = random_below(&dice, n - 1);
		const bool turned = random_below(&dice, 2);
		const char *mine = heads[turned ? i + 1 : i], *theirs = heads[turned ? i : i + 1];
		struct merge_plan plan;
		plan_merge(world, mine, theirs, &plan);
		merge_prefer(&plan, PREFER_DEEPEST);
		heads[i] = write_merge(world, 0, mine, theirs, &plan);
		memmove(&heads[i + 1], &heads[i + 2], (n - i - 2) * sizeof(*heads));
		n--;
	}
	return heads[0];
}

static void must_be_equal(const struct fold *x, const struct fold *y, const char *table, const char *key, const char *group)
{
	const struct words left = held(x, table, key, group), right = held(y, table, key, group);
	if (!cell_value_equals(&left, &right))
		fail_msg("%s: %s in one order, %s in another", key, left.at ? left.at[left.n > 1] : "nothing", right.at ? right.at[right.n > 1] : "nothing");
}

static void must_hold_the_same(struct world *world, const bool *const *after, const char *a, const char *b)
{
	struct fold x, y;
	const char *const heads[2] = { a, b };
	fold_of(world, a, &x);
	fold_of(world, b, &y);
	for (unsigned f = 0; f < N_FILES; f++) {
		if (!world->took_back)
			must_be_equal(&x, &y, "evidence", file_key(f), "file");
		for (unsigned i = 0; i < N_ITEMS; i++)
			must_be_equal(&x, &y, "tie", lt_arena_printf(&arena, "%u|f%u", i, f), "locator");
	}
	for (unsigned r = 0; r < N(rungs); r++)
		for (unsigned i = 0; i < N_ITEMS; i++) {
			const char *key = key_of(rungs[r], lt_arena_printf(&arena, "%u", i));
			if (!plain_value(world, after, heads, key).contested)
				must_be_equal(&x, &y, "answer", key, "verdict");
		}
}

/* ---- runs ---- */

static void begin(struct world *world, uint32_t seed, bool twice)
{
	struct entry first = { .kind = "new", .by = names[0] };
	*world = (struct world){ .n_users = 2 + seed % 3, .twice = twice };
	history_init(&world->all, &arena);
	const char *root = add_entry(world, &first, NULL, NULL);
	for (unsigned i = 0; i < MAX_USERS; i++)
		world->heads[i] = root;
}

static void step(struct world *world, bool human, bool twice)
{
	const unsigned user = random_below(&dice, world->n_users);
	const unsigned other = (user + 1 + random_below(&dice, world->n_users - 1)) % world->n_users;
	const uint32_t what = random_below(&dice, 28);
	if (what > 23)
		attach(world, user);
	else if (what > 20)
		import_blank(world, user);
	else if (what > 19)
		undo(world, user);
	else if (what < 11)
		edit(world, user);
	else if (what < 13)
		undo(world, user);
	else if (what < 14 && (twice || (!world->submitted && user == 0)))
		submit(world, user);
	else if (what < 17 || !human)
		merge(world, user, other, human);
	else
		take_patch(world, user, other);
}

static void run(uint32_t seed, struct world *world)
{
	const bool human = seed % 2, twice = human && seed % 4 == 1;
	dice = (struct random){ seed * 2654435761u + 1 };
	begin(world, seed, twice);
	for (unsigned i = 0; i < N_STEPS; i++)
		step(world, human, twice);
	const bool *const *after = all_after(world);
	check_writers(world);
	for (unsigned i = 0; i < world->n_users && !twice && !world->reopened; i++)
		check_file(world, after, world->heads[i]);
	const char *one = merge_all(world), *another = merge_all(world), *third = merge_all(world);
	if (world->human || twice)
		return;
	after = all_after(world);
	must_hold_the_same(world, after, one, another);
	must_hold_the_same(world, after, one, third);
	check_file(world, after, one);
}

static void test_merge__agrees_with_a_plain_model_in_every_order(void **state)
{
	const char *full = getenv("LINGTAN_FULL");
	const uint32_t n_runs = full && full[0] == '1' ? 10000 : 1000;
	unsigned sums[11] = { 0 };
	(void)state;
	for (uint32_t seed = 1; seed <= n_runs; seed++) {
		struct world world;
		lt_arena_init(&arena, 0);
		err = (struct lt_err)LT_ERR_INIT;
		run(seed, &world);
		const unsigned counts[] = { world.n_merges, world.n_conflicts, world.n_refused, world.n_locked, world.n_undos, world.n_patches,
					    world.n_attached, world.n_blanks, world.n_joined, world.n_blanked, world.n_checked };
		for (unsigned i = 0; i < N(sums); i++)
			sums[i] += counts[i];
		lt_arena_release(&arena);
	}
	/* the dice threw everything that there is to throw */
	for (unsigned i = 0; i < N(sums); i++)
		assert_true(sums[i] > n_runs / 20);
}

/* One took an answer out, a sheet left it blank, a third wrote another: what was taken out by hand stands, whoever meets whom first. */
static void test_merge__a_blank_of_an_import_gives_way_to_what_somebody_took_out(void **state)
{
	static const struct words nothing;
	static struct world world;
	(void)state;
	lt_arena_init(&arena, 0);
	dice = (struct random){ 1 };
	begin(&world, 1, false);
	const char *key = key_of("evaluator", "0");
	write_cell(&world, 0, "set", "answer", key, "verdict", verdict("3"));
	world.heads[1] = world.heads[2] = world.heads[0];
	write_cell(&world, 2, "set", "answer", key, "verdict", verdict("4"));
	write_cell(&world, 1, "set", "answer", key_of("evaluator", "1"), "verdict", verdict("1"));
	write_cell(&world, 1, "set", "answer", key, "verdict", nothing);
	for (unsigned i = 0; i < 3; i++)
		write_cell(&world, 0, "set", "answer", key_of("evaluator", "2"), "verdict", verdict(i % 2 ? "1" : "2"));
	write_cell(&world, 0, "import", "answer", key, "verdict", nothing);
	const char *const heads[] = { world.heads[0], world.heads[1], world.heads[2] };
	static const unsigned orders[][3] = { { 0, 1, 2 }, { 1, 2, 0 }, { 0, 2, 1 }, { 1, 0, 2 } };
	for (size_t i = 0; i < N(orders); i++) {
		const char *head = heads[orders[i][0]];
		for (unsigned at = 1; at < 3; at++) {
			struct merge_plan plan;
			plan_merge(&world, head, heads[orders[i][at]], &plan);
			merge_prefer(&plan, PREFER_DEEPEST);
			head = write_merge(&world, 0, head, heads[orders[i][at]], &plan);
		}
		struct fold fold;
		fold_of(&world, head, &fold);
		assert_null(held(&fold, "answer", key, "verdict").at);
	}
	lt_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_merge__agrees_with_a_plain_model_in_every_order),
					    cmocka_unit_test(test_merge__a_blank_of_an_import_gives_way_to_what_somebody_took_out) };
	return cmocka_run_group_tests_name("merge_model", tests, NULL, NULL);
}
