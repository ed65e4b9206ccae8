/*
 * terminal - the one place that knows curses: takes over the terminal, shows grids, reads keys, and
 * gives the terminal back as it was, whatever happens.
 *
 * One terminal a process. Signals: TERM, HUP and INT become K_GONE; a change of size becomes
 * K_RESIZE. Traps that are taken care of: characters of ambiguous width are measured at start by
 * asking the terminal where its cursor is; keys typed meanwhile are not lost.
 */
#ifndef LINGTAN_TUI_TERMINAL_H
#define LINGTAN_TUI_TERMINAL_H

#include "grid.h"
#include "keys.h"
#include "theme.h"

struct terminal_wish {
	bool mouse, no_color, no_unicode;
};

/* Asks a terminal how wide its lines are, if it is one to ask: before what takes time, for the answer
 * comes meanwhile. Then terminal_open(), or where it comes to nothing terminal_unask(): the answer is
 * not left to the shell. */
void terminal_ask(const struct terminal_wish *wish);
void terminal_unask(void);

/* Errors: LT_EUSAGE (no terminal there, or an unknown TERM), LT_ESPACE. */
enum lt_status terminal_open(const struct terminal_wish *wish, struct lt_err *err);

/* Any number of times. */
void terminal_close(void);

void terminal_size(int *rows, int *cols);
enum theme_kind terminal_theme(void);
void terminal_set_theme(enum theme_kind theme);
bool terminal_wants_twins(void);

/* Half blocks in any two of 256 colours. */
bool terminal_has_pixels(void);

/* Sends what differs from what was shown; the cursor last. */
void terminal_show(const struct grid *grid);

/* Everything anew at the next show. */
void terminal_forget(void);

/* Waits for a key, at most so many milliseconds (-1 = any time); K_PAUSE when they are over. */
void terminal_read(struct event *event, int milliseconds);

/* Whether bytes wait to be read. */
bool terminal_is_pending(void);

/* For another program on the same terminal; terminal_return() takes it over again. */
void terminal_leave(void);
void terminal_return(void);

/* Stops the process as Ctrl-Z does in a shell. */
void terminal_suspend(void);

#endif
