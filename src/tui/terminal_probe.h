/*
 * terminal_probe - is a line one column wide, or two? The terminal is asked where its cursor is after
 * one, and what the person types before it has answered is kept, however much it is.
 *
 * The question may be asked before what takes time; in between the terminal does not echo.
 */
#ifndef LINGTAN_TUI_TERMINAL_PROBE_H
#define LINGTAN_TUI_TERMINAL_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

struct probe {
	char *typed; /* owned: what the person typed meanwhile */
	size_t n_typed, cap;
	int column; /* 0 = no answer */
};

void probe_release(struct probe *probe);

/* Columns that were said, 0 = nothing was. */
int probe_told_columns(void);

/* Once, on a terminal that is one to ask. */
void probe_put_question(void);
bool probe_is_open(void);
/* Waits for the answer, and gives the settings back; *before is what they are. */
void probe_take_answer(struct probe *probe, struct termios *before);

#endif
