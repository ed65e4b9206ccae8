/*
 * ahead - what was typed while the workbench was at work, kept in order until it can be handed on.
 *
 * Whole keys and pastes, not bytes: the terminal has put them together already. Nothing is dropped for
 * want of room: once ahead_is_full(), the next is left where it is, in the terminal's line.
 */
#ifndef LINGTAN_TUI_AHEAD_H
#define LINGTAN_TUI_AHEAD_H

#include "keys.h"

struct typed {
	struct event event;
	char *paste; /* owned; event.paste */
	bool came_at_once;
};

struct ahead {
	struct typed *at; /* owned; those from first on are still to be handed on */
	unsigned first, n, cap;
	size_t n_pasted;    /* bytes */
	char *handed_paste; /* owned; of the event that was taken last */
	bool handed_at_once; /* that one was marked */
};

void ahead_release(struct ahead *ahead);

bool ahead_is_empty(const struct ahead *ahead);
/* Also where there is no memory for one more. */
bool ahead_is_full(struct ahead *ahead);
/* Copies the paste. False: no memory for it. */
bool ahead_keep(struct ahead *ahead, const struct event *event);
/* Those that are kept now came at once with one another; else each came by itself, while something was done. */
void ahead_mark_at_once(struct ahead *ahead);
/* The oldest. What it points to lives until the next is taken. */
struct event ahead_take(struct ahead *ahead);

/* Whether there are words among them: a letter of any script, or a paste. */
bool ahead_has_words(const struct ahead *ahead);
/* Whether they go on with a character so as only words do that came all at once: two with one among them that
 * is on no key, such as a Chinese one, or eight, if they are not a key or two that are held down. */
bool ahead_has_words_behind(const struct ahead *ahead, const struct event *first);
/* The same of keys that came one by one: with such a character among them only. */
bool ahead_has_signs_behind(const struct ahead *ahead, const struct event *first);
/* Whether a character that is on no key comes next. */
bool ahead_has_sign_next(const struct ahead *ahead);
/* The words at the beginning, with their ends of lines and tabs. */
void ahead_drop_words(struct ahead *ahead);
void ahead_drop_all(struct ahead *ahead);
/* Those at the beginning that are this key again. */
void ahead_drop_repeats(struct ahead *ahead, const struct event *event);

#endif
