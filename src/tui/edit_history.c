#include "edit_parts.h"

#include <stdlib.h>
#include <string.h>
#include "cluster.h"

#define MOST_STEPS 1000
#define MOST_BYTES (2 * EDIT_MOST_BYTES) /* of steps but the last */
#define LONGEST_TYPED 120 /* bytes that are typed in one step: forty Han characters */

struct edit_step {
	size_t at, n_removed, n_inserted;
	size_t cursor, anchor; /* before */
	enum edit_kind kind;
	char bytes[]; /* removed, then inserted */
};

static size_t step_bytes(const struct edit_step *step)
{
	return sizeof(*step) + step->n_removed + step->n_inserted;
}

static void forget(struct edit_history *history, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		history->bytes -= step_bytes(history->steps[i]);
		free(history->steps[i]);
	}
	if (to < history->n)
		memmove(history->steps + from, history->steps + to,
			(history->n - to) * sizeof(*history->steps));
	history->n -= to - from;
	if (history->done > history->n)
		history->done = history->n;
}

void edit_history_clear(struct edit_history *history)
{
	forget(history, 0, history->n);
	history->done = 0;
	history->is_sealed = false;
}

void edit_seal(struct edit *edit)
{
	edit->history.is_sealed = true;
}

static bool is_separator(const char *text, size_t len)
{
	const enum edit_class class = edit_class_at(text, len, 0);
	return class == EDIT_BLANK || class == EDIT_LINE || class == EDIT_MARK;
}

/* Typing goes on: up to a mark or blank, which still belongs to what is before it. */
static bool goes_on_typing(const struct edit_step *last, const struct edit_change *change)
{
	const char *typed = last->bytes + last->n_removed;
	if (change->n_removed > 0 || change->at != last->at + last->n_inserted)
		return false;
	if (last->n_inserted + change->n_inserted > LONGEST_TYPED)
		return false;
	const size_t tail = cluster_back(typed, last->n_inserted, last->n_inserted);
	return !is_separator(typed + tail, last->n_inserted - tail) ||
	       is_separator(change->inserted, change->n_inserted);
}

static bool joins(const struct edit_history *history, const struct edit_change *change)
{
	if (history->is_sealed || history->done == 0)
		return false;
	const struct edit_step *last = history->steps[history->done - 1];
	if (last->kind != change->kind)
		return false;
	switch (change->kind) {
	case EDIT_TYPED:
		return last->n_inserted > 0 && change->n_inserted > 0 &&
		       goes_on_typing(last, change);
	case EDIT_ERASED_BACK:
		return change->at + change->n_removed == last->at &&
		       last->n_removed + change->n_removed <= LONGEST_TYPED;
	case EDIT_ERASED_AHEAD:
		return change->at == last->at &&
		       last->n_removed + change->n_removed <= LONGEST_TYPED;
	default:
		return false;
	}
}

static bool join(struct edit *edit, const struct edit_change *change)
{
	struct edit_step **place = &edit->history.steps[edit->history.done - 1];
	const size_t before = step_bytes(*place);
	struct edit_step *step = realloc(*place, before + change->n_removed + change->n_inserted);
	if (!step)
		return false;
	*place = step;
	if (change->kind == EDIT_TYPED) {
		memcpy(step->bytes + step->n_removed + step->n_inserted, change->inserted,
		       change->n_inserted);
		step->n_inserted += change->n_inserted;
	} else {
		const char *removed = edit->text + change->at;
		char *end = step->bytes + step->n_removed;
		if (change->kind == EDIT_ERASED_BACK) {
			memmove(step->bytes + change->n_removed, step->bytes, step->n_removed);
			end = step->bytes;
		}
		memcpy(end, removed, change->n_removed);
		step->at = change->at;
		step->n_removed += change->n_removed;
	}
	edit->history.bytes += step_bytes(step) - before;
	return true;
}

static bool add(struct edit *edit, const struct edit_change *change)
{
	struct edit_history *history = &edit->history;
	if (history->done == history->cap) {
		const size_t cap = history->cap ? 2 * history->cap : 16;
		struct edit_step **steps = realloc(history->steps, cap * sizeof(*steps));
		if (!steps)
			return false;
		history->steps = steps;
		history->cap = cap;
	}
	struct edit_step *step = malloc(sizeof(*step) + change->n_removed + change->n_inserted);
	if (!step)
		return false;
	*step = (struct edit_step){ .at = change->at,
				    .n_removed = change->n_removed,
				    .n_inserted = change->n_inserted,
				    .cursor = edit->cursor,
				    .anchor = edit->anchor,
				    .kind = change->kind };
	if (change->n_removed > 0)
		memcpy(step->bytes, edit->text + change->at, change->n_removed);
	if (change->n_inserted > 0)
		memcpy(step->bytes + change->n_removed, change->inserted, change->n_inserted);
	forget(history, history->done, history->n);
	history->steps[history->n++] = step;
	history->done = history->n;
	history->bytes += step_bytes(step);
	return true;
}

bool edit_history_note(struct edit *edit, const struct edit_change *change)
{
	struct edit_history *history = &edit->history;
	size_t n_old = 0, bytes;

	if (history->done == history->n && joins(history, change))
		return join(edit, change);
	if (!add(edit, change))
		return false;
	history->is_sealed = change->kind == EDIT_OTHER;
	for (bytes = history->bytes;
	     n_old + 1 < history->n && (history->n - n_old > MOST_STEPS || bytes > MOST_BYTES);
	     n_old++)
		bytes -= step_bytes(history->steps[n_old]);
	forget(history, 0, n_old);
	return true;
}

enum edit_status edit_undo(struct edit *edit)
{
	struct edit_history *history = &edit->history;
	if (history->done == 0)
		return EDIT_NOTHING;
	const struct edit_step *step = history->steps[history->done - 1];
	/* the text was as long once, and its room never shrinks */
	edit_splice(edit, step->at, step->n_inserted, step->bytes, step->n_removed);
	edit_set_cursor(edit, step->cursor);
	edit->anchor = edit_border(edit, step->anchor);
	history->done--;
	return EDIT_DONE;
}

enum edit_status edit_redo(struct edit *edit)
{
	struct edit_history *history = &edit->history;
	if (history->done == history->n)
		return EDIT_NOTHING;
	const struct edit_step *step = history->steps[history->done++];
	edit_splice(edit, step->at, step->n_removed, step->bytes + step->n_removed,
		    step->n_inserted);
	edit_set_cursor(edit, step->at + step->n_inserted);
	return EDIT_DONE;
}
