/*
 * merge_world - people who work on a file each, for test_merge_model.c: what a project holds, the world with every entry there
 * is, and what somebody may do in it but merge.
 */
#ifndef LINGTAN_TESTS_MERGE_WORLD_H
#define LINGTAN_TESTS_MERGE_WORLD_H

#include <stdlib.h>
#include "lingtan/core/merge.h"
#include "written.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))
#define MAX_USERS 4
#define N_ITEMS 5
#define N_FILES 2
#define MAX_REFUSALS 400
#define N_STEPS 40
#define PROJECT "00112233445566778899aabbccddeeff"

static const char *const rungs[] = { "evaluator", "evaluator", "reviewer", "self" };
static const char *const names[] = { "李工", "陈工", "王审", "周敏" };

static struct lt_arena arena;
static struct lt_err err;
static struct random dice;

/* ---- what a project holds here ---- */

static const char *verdict_members[] = { "result", "value", "reason" }, *state_members[] = { "state", "head", "state_hash" };
static const char *answer_key[] = { "assessment", "rung", "item" }, *round_key[] = { "assessment", "rung", "round" };
static struct cell_group verdict_group = { .group = "verdict", .members = { verdict_members, 3 } };
static struct cell_group state_group = { .group = "state", .members = { state_members, 3 }, .merge = "exclusive" };
static const char *file_members[] = { "name", "blob" }, *blob_members[] = { "blob" }, *locator_members[] = { "text" };
static const char *evidence_key[] = { "sha256" }, *tie_key[] = { "item", "sha256" };
static struct cell_group file_group = { .group = "file", .members = { file_members, 2 }, .blobs = { blob_members, 1 }, .merge = "joined" };
static struct cell_group locator_group = { .group = "locator", .members = { locator_members, 1 } };
static struct fact_table tables[] = { { .table = "answer", .key = { answer_key, 3 }, .groups = &verdict_group, .n_groups = 1 },
				      { .table = "round", .key = { round_key, 3 }, .groups = &state_group, .n_groups = 1 },
				      { .table = "evidence", .key = { evidence_key, 1 }, .groups = &file_group, .n_groups = 1 },
				      { .table = "tie", .key = { tie_key, 2 }, .groups = &locator_group, .n_groups = 1 } };
static const struct vocabulary vocabulary = { tables, N(tables) };

/* A cell of which somebody did not take what another brought, and the entry that says so. */
struct refusal {
	const char *merge, *key;
};

/* ---- the world: every entry there is, and a head for each file ---- */

struct world {
	struct history all;
	const char *heads[MAX_USERS];
	unsigned n_users;
	bool human;     /* somebody decided something, so the order may matter */
	bool submitted; /* one person of this run does */
	bool twice;     /* rounds are submitted by several */
	bool took_back; /* somebody took a file back: under which name it stays with those who rest on it is no matter */
	bool reopened;  /* somebody did not take a submission, or took it back: what is locked is no longer one thing */
	struct refusal refusals[MAX_REFUSALS];
	unsigned n_refusals;
	unsigned n_attached, n_blanks, n_joined, n_blanked, n_checked;
	unsigned n_merges, n_conflicts, n_refused, n_locked, n_undos, n_patches;
};

static struct past_entry *at(struct world *world, const char *hash)
{
	const struct past_entry *found = history_find(&world->all, hash);
	assert_non_null(found);
	return &world->all.at[found - world->all.at];
}

static const char *add_entry(struct world *world, struct entry *entry, const char *first, const char *second)
{
	const char *body;
	size_t len;
	char hash[LT_SHA256_HEX];
	struct entry read;
	bool added;
	entry->project = PROJECT;
	entry->parents[0] = first;
	entry->parents[1] = second;
	entry->n_parents = !first ? 0 : second ? 2 : 1;
	entry->depth = 1 + (first ? at(world, first)->entry.depth : 0);
	if (second && at(world, second)->entry.depth >= entry->depth)
		entry->depth = 1 + at(world, second)->entry.depth;
	entry->role = "";
	entry->at = lt_arena_printf(&arena, "%u", random_below(&dice, 1000)); /* clocks tell nothing */
	entry->command = entry->command ? entry->command : "";
	entry->reason = "";
	if (entry_encode(entry, &arena, &body, &len, &err) || entry_decode(body, len, &arena, &read, &err))
		fail_msg("%s", err.text[LT_EN]);
	entry_hash(body, len, hash);
	const char *kept = lt_arena_strndup(&arena, hash, sizeof(hash));
	if (history_add(&world->all, kept, &read, &added, &err))
		fail_msg("%s", err.text[LT_EN]);
	return kept;
}

static void fold_of(struct world *world, const char *head, struct fold *fold)
{
	if (history_fold(&world->all, at(world, head), fold, &err))
		fail_msg("a file does not verify: %s", err.text[LT_EN]);
}

static struct words held(const struct fold *fold, const char *table, const char *key, const char *group)
{
	static const struct words nothing;
	const struct fold_cell *cell = fold_find(fold, table, key, group);
	return cell ? cell->value : nothing;
}

static const char *key_of(const char *rung, const char *item)
{
	return lt_arena_printf(&arena, "a|%s|%s", rung, item);
}

static struct words verdict(const char *points)
{
	static const char *const empty = "";
	struct words value = { lt_arena_alloc(&arena, 3, sizeof(char *)), 3 };
	value.at[0] = "points";
	value.at[1] = points;
	value.at[2] = empty;
	return value;
}

/* ---- what people do ---- */

static void write_cell(struct world *world, unsigned user, const char *kind, const char *table, const char *key, const char *group, struct words new)
{
	struct fold fold;
	fold_of(world, world->heads[user], &fold);
	struct change change = { .table = table, .key = key, .group = group, .old = held(&fold, table, key, group), .new = new };
	struct entry entry = { .kind = kind, .by = names[user], .changes = &change, .n_changes = 1 };
	if (!cell_value_equals(&change.old, &change.new))
		world->heads[user] = add_entry(world, &entry, world->heads[user], NULL);
}

static void edit(struct world *world, unsigned user)
{
	static const struct words nothing;
	const char *item = lt_arena_printf(&arena, "%u", random_below(&dice, N_ITEMS));
	const bool clear = random_below(&dice, 4) == 0;
	write_cell(world, user, "set", "answer", key_of(rungs[user], item), "verdict",
		   clear ? nothing : verdict(lt_arena_printf(&arena, "%u", random_below(&dice, 5))));
}

/* A sheet that leaves an item open which was answered. */
static void import_blank(struct world *world, unsigned user)
{
	static const struct words nothing;
	struct fold fold;
	const char *key = key_of(rungs[user], lt_arena_printf(&arena, "%u", random_below(&dice, N_ITEMS)));
	fold_of(world, world->heads[user], &fold);
	world->n_blanks += held(&fold, "answer", key, "verdict").at != NULL;
	write_cell(world, user, "import", "answer", key, "verdict", nothing);
}

static const char *file_key(unsigned file)
{
	return lt_arena_printf(&arena, "f%u", file);
}

static struct words words_of(const char *first, const char *second)
{
	struct words value = { lt_arena_alloc(&arena, 2, sizeof(char *)), second ? 2 : 1 };
	value.at[0] = first;
	value.at[1] = second;
	return value;
}

/* One of two files, whole or as a link, tied to an item; who has it already keeps the row that there is, unless the bytes come. */
static void attach(struct world *world, unsigned user)
{
	const unsigned number = random_below(&dice, N_FILES);
	const char *file = file_key(number), *item = lt_arena_printf(&arena, "%u", random_below(&dice, N_ITEMS));
	const char *key = lt_arena_printf(&arena, "%s|%s", item, file);
	const bool whole = random_below(&dice, 2);
	struct fold fold;
	struct change changes[2];
	struct entry entry = { .kind = "attach", .by = names[user], .changes = changes };
	fold_of(world, world->heads[user], &fold);
	const struct words row = held(&fold, "evidence", file, "file"), tie = held(&fold, "tie", key, "locator");
	if (!row.at || (whole && !row.at[1][0]))
		changes[entry.n_changes++] = (struct change){ .table = "evidence", .key = file, .group = "file", .old = row,
							      .new = words_of(names[user], whole ? file : "") };
	if (!tie.at)
		changes[entry.n_changes++] = (struct change){ .table = "tie", .key = key, .group = "locator", .old = tie, .new = words_of("3", NULL) };
	if (!entry.n_changes)
		return;
	world->n_attached++;
	world->heads[user] = add_entry(world, &entry, world->heads[user], NULL);
}

/* As undo has it: a file stays that another tie rests on. */
static bool is_tied(const struct fold *fold, const char *file, const struct entry *but)
{
	for (unsigned i = 0; i < N_ITEMS; i++) {
		const char *key = lt_arena_printf(&arena, "%u|%s", i, file);
		bool goes = false;
		for (unsigned c = 0; c < but->n_changes; c++)
			goes |= strcmp(but->changes[c].table, "tie") == 0 && strcmp(but->changes[c].key, key) == 0;
		if (!goes && held(fold, "tie", key, "locator").at)
			return true;
	}
	return false;
}

static void submit(struct world *world, unsigned user)
{
	struct words state = { lt_arena_alloc(&arena, 3, sizeof(char *)), 3 };
	state.at[0] = "submitted";
	state.at[1] = world->heads[user];
	state.at[2] = "";
	struct fold fold;
	fold_of(world, world->heads[user], &fold);
	const char *key = lt_arena_printf(&arena, "a|%s|1", rungs[user]);
	if (!held(&fold, "round", key, "state").at)
		write_cell(world, user, "submit", "round", key, "state", state);
	world->submitted = true;
}

/* Takes the newest entry back where it is one's own and no barrier. */
static void undo(struct world *world, unsigned user)
{
	const struct past_entry *last = at(world, world->heads[user]);
	struct fold fold;
	if (strcmp(last->entry.by, names[user]) != 0 || strcmp(last->entry.kind, "submit") == 0 || !last->entry.n_parents)
		return;
	struct entry entry = { .kind = "undo", .by = names[user], .undoes = last->hash };
	entry.changes = lt_arena_alloc(&arena, last->entry.n_changes + 1, sizeof(*entry.changes));
	fold_of(world, world->heads[user], &fold);
	for (unsigned i = 0; i < last->entry.n_changes; i++) {
		struct change turned = last->entry.changes[i];
		turned.old = last->entry.changes[i].new;
		turned.new = last->entry.changes[i].old;
		turned.writer = NULL;
		world->reopened |= strcmp(turned.table, "round") == 0;
		if (strcmp(turned.table, "evidence") == 0 && !turned.new.at && is_tied(&fold, turned.key, &last->entry))
			continue;
		world->took_back |= strcmp(turned.table, "evidence") == 0;
		if (!cell_value_equals(&turned.old, &turned.new))
			entry.changes[entry.n_changes++] = turned;
	}
	if (!entry.n_changes)
		return;
	/* who takes a merge back decides about what both sides wrote */
	world->human |= last->entry.n_parents == 2;
	world->n_undos++;
	world->heads[user] = add_entry(world, &entry, world->heads[user], NULL);
}

#endif
