#include "lingtan/core/history.h"

#include <string.h>
#include "lingtan/base/text.h"

void history_init(struct history *history, struct lt_arena *arena)
{
	*history = (struct history){ .arena = arena };
}

static unsigned slot_of(const struct history *history, const char *hash)
{
	unsigned slot = lt_text_hash(hash) & (history->index_size - 1);
	while (history->index[slot] &&
	       strcmp(history->at[history->index[slot] - 1].hash, hash) != 0)
		slot = (slot + 1) & (history->index_size - 1);
	return slot;
}

static unsigned number_of(const struct history *history, const char *hash)
{
	return history->index_size ? history->index[slot_of(history, hash)] : 0;
}

const struct past_entry *history_find(const struct history *history, const char *hash)
{
	const unsigned number = number_of(history, hash);
	return number ? &history->at[number - 1] : NULL;
}

/* The depth of an entry, 0 = there is none; context is the history: for fold_apply(). */
static unsigned history_depth(void *history, const char *hash)
{
	const struct past_entry *found = history_find(history, hash);
	return found ? found->entry.depth : 0;
}

static bool grow(struct history *history)
{
	if (history->n < history->cap)
		return true;
	const unsigned cap = history->cap * 2 + 256;
	unsigned size = 1;
	while (size < cap * 2)
		size *= 2;
	struct past_entry *at =
		lt_arena_resize(history->arena, history->at, cap * sizeof(*history->at));
	unsigned *index = lt_arena_alloc(history->arena, size, sizeof(*index));
	if (!at || !index)
		return false;
	history->at = at;
	history->cap = cap;
	history->index = index;
	history->index_size = size;
	for (unsigned i = 0; i < history->n; i++)
		index[slot_of(history, at[i].hash)] = i + 1;
	return true;
}

static enum lt_status find_parents(const struct history *history, struct past_entry *to,
				   struct lt_err *err)
{
	const struct entry *entry = &to->entry;
	unsigned deepest = 0;
	if (!entry->n_parents && history->n)
		return lt_err_set(err, LT_NO, "记录 %.12s 没有上一条，却不是第一条",
				  "entry %.12s has no parent and is not the first", to->hash);
	for (unsigned p = 0; p < entry->n_parents; p++) {
		to->parents[p] = number_of(history, entry->parents[p]);
		if (!to->parents[p])
			return lt_err_set(err, LT_NO, "记录 %.12s 的上一条 %.12s 不在其中",
					  "entry %.12s: its parent %.12s is not there", to->hash,
					  entry->parents[p]);
		const unsigned depth = history->at[to->parents[p] - 1].entry.depth;
		deepest = depth > deepest ? depth : deepest;
	}
	if (entry->depth != deepest + 1)
		return lt_err_set(err, LT_NO, "记录 %.12s 的深度 %u 不对，应为 %u",
				  "entry %.12s: depth %u should be %u", to->hash, entry->depth,
				  deepest + 1);
	return LT_OK;
}

enum lt_status history_add(struct history *history, const char *hash, const struct entry *entry,
			   bool *added, struct lt_err *err)
{
	struct past_entry to = { .hash = hash, .entry = *entry };
	if (added)
		*added = false;
	if (number_of(history, hash))
		return LT_OK;
	const enum lt_status status = find_parents(history, &to, err);
	if (status)
		return status;
	if (!grow(history))
		return lt_err_memory(err);
	history->at[history->n++] = to;
	history->index[slot_of(history, hash)] = history->n;
	if (added)
		*added = true;
	return LT_OK;
}

void history_mark(const struct history *history, const char *head, unsigned char *marks,
		  unsigned char bit)
{
	const unsigned number = number_of(history, head);
	if (!number)
		return;
	marks[number - 1] |= bit;
	for (unsigned i = number; i-- > 0;)
		for (unsigned p = 0; (marks[i] & bit) && p < 2; p++)
			if (history->at[i].parents[p])
				marks[history->at[i].parents[p] - 1] |= bit;
}

enum lt_status history_fold(const struct history *history, const struct past_entry *head,
			    struct fold *fold, struct lt_err *err)
{
	unsigned n = 0;
	enum lt_status status = fold_init(fold, history->arena, err);
	unsigned *line = lt_arena_alloc(history->arena, head->entry.depth + 1, sizeof(*line));
	if (status || !line)
		return status ? status : lt_err_memory(err);
	/* a first parent may be less deep by more than one, never by less */
	for (unsigned at = (unsigned)(head - history->at) + 1; at;
	     at = history->at[at - 1].parents[0])
		line[n++] = at - 1;
	while (!status && n--)
		status = fold_apply(fold, &history->at[line[n]].entry, history->at[line[n]].hash,
				    history_depth, (void *)(uintptr_t)history, err);
	return status;
}
