/*
 * fuzz_patch - any bytes as a patch.
 *
 * What is read must be written again as the very same bytes, up to the line of the signature; its entries are a chain that goes
 * into a history behind its base. What is refused says why and leaves its output alone.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/core/patch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool holds)
{
	if (!holds)
		abort();
}

/* Behind an entry that passes for the base, each has its parent. */
static void put_in_history(const struct patch *patch, struct lt_arena *arena)
{
	struct lt_err err = LT_ERR_INIT;
	struct history history;
	bool added;
	const unsigned depth = patch->carried.n ? patch->entries[0].depth - 1 : 1;
	struct entry base = { .depth = 1 };
	history_init(&history, arena);
	need(history_add(&history, patch->base, &base, &added, &err) == LT_OK && added);
	history.at[0].entry.depth = depth;
	for (unsigned i = 0; i < patch->carried.n; i++) {
		need(strcmp(patch->entries[i].by, patch->by) == 0 && patch_takes_kind(patch->entries[i].kind));
		need(history_add(&history, patch->carried.at[i].hash, &patch->entries[i], &added, &err) == LT_OK && added);
	}
	need(history_find(&history, patch->head) != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lt_arena arena;
	struct lt_err err = LT_ERR_INIT;
	struct patch patch = { .n_blobs = 77 }, again;
	const char *text;
	size_t len;

	lt_arena_init(&arena, 0);
	const enum lt_status status = patch_read((const char *)data, size, &arena, &patch, &err);
	if (status) {
		need(status == LT_EFILE && err.text[LT_ZH][0] && err.text[LT_EN][0] && patch.n_blobs == 77 && !patch.by);
		goto out;
	}
	again = patch;
	need(patch_write(&again, &arena, &text, &len, &err) == LT_OK);
	need(len < size && memcmp(text, data, len) == 0 && strcmp(again.digest, patch.digest) == 0);
	put_in_history(&patch, &arena);
out:
	lt_arena_release(&arena);
	return 0;
}
