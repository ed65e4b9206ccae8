/*
 * fuzz_entry - any bytes as the body of a journal entry.
 *
 * What decodes must encode to the very same bytes; what does not must leave its output alone and say why. Applied to an empty
 * project it is taken or refused; taken and then turned round, nothing is left.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/core/fold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool holds)
{
	if (!holds)
		abort();
}

static unsigned depth_of(void *context, const char *hash)
{
	(void)context;
	return hash[0] < '8' ? 1 : 0;
}

static bool is_wanted(void *context, const struct fold_cell *cell)
{
	(void)context;
	return cell->table[0] != '-';
}

static void turn_round(struct entry *entry)
{
	for (unsigned i = 0; i < entry->n_changes; i++) {
		const struct words new = entry->changes[i].new;
		entry->changes[i].new = entry->changes[i].old;
		entry->changes[i].old = new;
		entry->changes[i].writer = NULL;
	}
}

static void fold_there_and_back(struct entry *entry, const char *hash, struct lt_arena *arena)
{
	struct lt_err err = LT_ERR_INIT;
	struct fold fold;
	char before[LT_SHA256_HEX], after[LT_SHA256_HEX];
	need(fold_init(&fold, arena, &err) == LT_OK);
	need(fold_state_hash(&fold, is_wanted, NULL, before, &err) == LT_OK);
	const enum lt_status status = fold_apply(&fold, entry, hash, depth_of, NULL, &err);
	if (status) {
		need(status == LT_NO && err.status == LT_NO && err.text[LT_ZH][0] && err.text[LT_EN][0]);
		return;
	}
	need(fold.n_cells == entry->n_changes);
	for (unsigned i = 0; i < entry->n_changes; i++) {
		const struct change *change = &entry->changes[i];
		const struct fold_cell *cell = fold_find(&fold, change->table, change->key, change->group);
		need(cell && cell_value_equals(&cell->value, &change->new));
	}
	turn_round(entry);
	need(fold_apply(&fold, entry, "back", depth_of, NULL, &err) == LT_OK);
	need(fold_state_hash(&fold, is_wanted, NULL, after, &err) == LT_OK);
	need(strcmp(before, after) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lt_arena arena;
	struct lt_err err = LT_ERR_INIT;
	struct entry entry = { .depth = 77 };
	const char *body;
	char hash[LT_SHA256_HEX];
	size_t len;

	lt_arena_init(&arena, 0);
	const enum lt_status status = entry_decode((const char *)data, size, &arena, &entry, &err);
	if (status) {
		need(status == LT_EFILE && err.text[LT_ZH][0] && err.text[LT_EN][0] && entry.depth == 77 && !entry.kind);
		goto out;
	}
	need(entry_encode(&entry, &arena, &body, &len, &err) == LT_OK);
	need(len == size && memcmp(body, data, size) == 0);
	entry_hash(body, len, hash);
	fold_there_and_back(&entry, hash, &arena);
out:
	lt_arena_release(&arena);
	return 0;
}
