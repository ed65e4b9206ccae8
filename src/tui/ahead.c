#include "ahead.h"

#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"

#define MOST_KEYS 65536 /* whoever rests an elbow on a key, or pastes into a terminal without brackets */
#define MOST_PASTED ((size_t)8 << 20)
/* No hand is as fast; a line that stood still brings a few keys at once. */
#define FEWEST_SIGNS 8
#define DIFFERENT_SIGNS 4
#define FEWEST_CHINESE 2

void ahead_release(struct ahead *ahead)
{
	ahead_drop_all(ahead);
	free(ahead->at);
	free(ahead->handed_paste);
	*ahead = (struct ahead){ .at = NULL };
}

bool ahead_is_empty(const struct ahead *ahead)
{
	return ahead->first == ahead->n;
}

bool ahead_is_full(struct ahead *ahead)
{
	if (ahead->n_pasted >= MOST_PASTED)
		return true;
	if (ahead->n < ahead->cap)
		return false;
	const unsigned cap = ahead->cap ? ahead->cap * 2 : 64;
	struct typed *more = cap > MOST_KEYS ? NULL : realloc(ahead->at, cap * sizeof(*more));
	if (!more)
		return true;
	ahead->at = more;
	ahead->cap = cap;
	return false;
}

bool ahead_keep(struct ahead *ahead, const struct event *event)
{
	if (ahead_is_full(ahead))
		return false;
	struct typed *typed = &ahead->at[ahead->n];
	*typed = (struct typed){ .event = *event };
	if (event->paste) {
		typed->paste = malloc(event->paste_len + 1);
		if (!typed->paste)
			return false;
		memcpy(typed->paste, event->paste, event->paste_len + 1);
		typed->event.paste = typed->paste;
		ahead->n_pasted += event->paste_len;
	}
	ahead->n++;
	return true;
}

void ahead_mark_at_once(struct ahead *ahead)
{
	for (unsigned i = ahead->first; i < ahead->n; i++)
		ahead->at[i].came_at_once = true;
}

struct event ahead_take(struct ahead *ahead)
{
	const struct typed typed = ahead->at[ahead->first++];
	free(ahead->handed_paste);
	ahead->handed_paste = typed.paste;
	ahead->handed_at_once = typed.came_at_once;
	ahead->n_pasted -= typed.event.paste_len;
	if (ahead_is_empty(ahead))
		ahead->first = ahead->n = 0;
	return typed.event;
}

static bool is_letter(const struct event *event)
{
	const char ascii = key_ascii(event);
	return event->key == K_TEXT && (!ascii || (ascii >= 'a' && ascii <= 'z') || (ascii >= 'A' && ascii <= 'Z'));
}

bool ahead_has_words(const struct ahead *ahead)
{
	for (unsigned i = ahead->first; i < ahead->n; i++)
		if (ahead->at[i].paste || is_letter(&ahead->at[i].event))
			return true;
	return false;
}

static bool is_sign(const struct event *event)
{
	return event->key == K_TEXT || event->key == K_ENTER || event->key == K_TAB;
}

/* What the signs are up to the first key that types none; no more of them than make words. */
struct signs {
	unsigned n, n_different;
	bool are_on_keys;
};

static struct signs signs_behind(const struct ahead *ahead, const struct event *first)
{
	uint32_t different[DIFFERENT_SIGNS];
	struct signs signs = { .are_on_keys = true };
	const struct event *event = first;
	/* cells of a table as well; Enter ends what a script types at once */
	for (unsigned i = ahead->first; event->key == K_TEXT || event->key == K_TAB; event = &ahead->at[i++].event) {
		unsigned same = 0;
		signs.n++;
		signs.are_on_keys &= event->key == K_TAB || key_ascii(event) != '\0';
		while (same < signs.n_different && different[same] != event->code)
			same++;
		if (same == signs.n_different && signs.n_different < DIFFERENT_SIGNS)
			different[signs.n_different++] = event->code;
		if (i == ahead->n || signs.n == FEWEST_SIGNS)
			break;
	}
	return signs;
}

bool ahead_has_words_behind(const struct ahead *ahead, const struct event *first)
{
	const struct signs signs = signs_behind(ahead, first);
	return signs.are_on_keys ? signs.n == FEWEST_SIGNS && signs.n_different == DIFFERENT_SIGNS
				 : signs.n >= FEWEST_CHINESE;
}

bool ahead_has_signs_behind(const struct ahead *ahead, const struct event *first)
{
	const struct signs signs = signs_behind(ahead, first);
	return !signs.are_on_keys && signs.n >= FEWEST_CHINESE;
}

bool ahead_has_sign_next(const struct ahead *ahead)
{
	const struct event *next = ahead_is_empty(ahead) ? NULL : &ahead->at[ahead->first].event;
	return next && next->key == K_TEXT && !key_ascii(next);
}

void ahead_drop_words(struct ahead *ahead)
{
	while (!ahead_is_empty(ahead) && is_sign(&ahead->at[ahead->first].event))
		ahead_take(ahead);
}

void ahead_drop_all(struct ahead *ahead)
{
	for (unsigned i = ahead->first; i < ahead->n; i++)
		free(ahead->at[i].paste);
	ahead->first = ahead->n = 0;
	ahead->n_pasted = 0;
}

void ahead_drop_repeats(struct ahead *ahead, const struct event *event)
{
	while (!ahead_is_empty(ahead)) {
		const struct event *next = &ahead->at[ahead->first].event;
		if (next->paste || next->key != event->key || next->code != event->code ||
		    next->row != event->row || next->col != event->col)
			return;
		ahead_take(ahead);
	}
}
