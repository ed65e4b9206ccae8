/*
 * wait - what takes long in the workbench: it is shown, Esc stops it, and what is typed meanwhile is
 * handed on afterwards, as vim and a shell do. Screens know workbench_wait_begin() and its like alone;
 * the loop reads through here.
 *
 * Esc drops the keys that were typed before it, as the interrupt key of a terminal does, so that
 * nothing begins that was asked for before "stop". Not where words are among them: a key is soon
 * pressed again, a sentence is not. An Esc that was typed before the wait was shown stops nothing.
 */
#ifndef LINGTAN_TUI_WAIT_H
#define LINGTAN_TUI_WAIT_H

#include "workbench.h"

/* Of a clock that nobody sets. */
long wait_clock_ms(void);

/* What is done from here on has not taken any time yet. */
void wait_restart(struct workbench *bench);
bool wait_was_shown(const struct workbench *bench);

/* A project_watch; the context is the workbench. */
bool wait_watch(void *context, bool in_transaction);

/* The work is over: what came since it was last looked at was typed during it, too. */
void wait_is_over(struct workbench *bench);

/* Whether something was typed that is still to be read. */
bool wait_is_typed(const struct workbench *bench);
/* Whether a character is the first of words that came all at once, as an input method sends them or a terminal
 * pastes that knows no pastes. */
bool wait_begins_words(struct workbench *bench, const struct event *first);
/* The rest of such words: what is here of them and what still comes. */
void wait_drop_words(struct workbench *bench);
/* As terminal_read(). */
void wait_read(struct workbench *bench, struct event *event, int milliseconds);

#endif
