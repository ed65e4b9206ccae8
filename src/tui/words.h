/*
 * words - what becomes of words where letters and digits are keys: those that came all at once, from an input
 * method or a terminal that knows no pastes, press nothing, and the person is told where words go.
 *
 * Screens that begin a text with a character, or tell of words themselves, say so (takes_words).
 */
#ifndef LINGTAN_TUI_WORDS_H
#define LINGTAN_TUI_WORDS_H

#include "workbench.h"

/* Hands a key to the screen on top, unless it begins such words: then they are dropped and that is told. */
void words_press(struct workbench *bench, const struct event *event);

/* That words had no place here, in words of the screen, and which key leads to one. */
void words_tell_unused(const struct screen *top, const char *told);

#endif
