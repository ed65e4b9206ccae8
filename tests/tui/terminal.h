/*
 * terminal - a program in a pseudo-terminal, and the screen it draws, kept by libvterm.
 *
 * The program is the session leader on its own terminal. All it writes is read by terminal_read(), checked (struct watch)
 * and drawn on the screen; what the terminal has to answer (cursor position, identity) goes back at once.
 * Rows and columns count from 0, times are CLOCK_MONOTONIC in nanoseconds.
 */
#ifndef LINGTAN_TESTS_TUI_TERMINAL_H
#define LINGTAN_TESTS_TUI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

#include <vterm.h>

#include "watch.h"

struct terminal {
	pid_t child;
	int master; /* -1 after terminal_hang_up() */
	bool exited;
	int status; /* of waitpid(), once exited */
	bool ended; /* nothing more can come from the terminal */
	int rows, cols;
	struct termios before; /* as the program found it */
	VTerm *vterm;
	VTermScreen *screen;
	bool alternate;
	int mouse; /* VTERM_PROP_MOUSE_* */
	unsigned bells;
	uint64_t n_bytes; /* from the program, all */
	int64_t sent_ns, first_ns, last_ns; /* last input; first and last output after it, 0 while there is none */
	uint64_t n_bytes_sent_at; /* n_bytes when the last input went out */
	uint64_t switches_sent_at; /* how often the program had been scheduled by then */
	bool woke; /* the last input has reached the program */
	int64_t short_ns; /* since when it was seen to wait with a short alarm, 0 where it does not */
	struct watch watch;
	char replies[256]; /* what libvterm answers */
	size_t n_replies;
	bool capture; /* replies are kept and not sent */
	char last[4]; /* the last character, for the sequence that repeats it */
	size_t n_last;
	char held[128]; /* a sequence under way, see draw.c */
	size_t n_held;
	char marker[32]; /* the barrier under way, see settle.c */
	size_t marker_len, marker_seen;
	unsigned n_markers;
	int log; /* raw output is appended here, or -1 */
};

int64_t now_ns(void);

/** terminal_start - runs argv in a new terminal; false with errno when that fails. */
bool terminal_start(struct terminal *t, int cols, int rows, char **argv);
void terminal_release(struct terminal *t);
/** terminal_kill - SIGKILL; a program that counts its lines writes them first. */
bool terminal_kill(const struct terminal *t);

/** terminal_send - input as if typed; waits where the program does not read. False once the terminal is gone. */
bool terminal_send(struct terminal *t, const char *bytes, size_t len);

/** terminal_read - takes what has been written; waits up to wait_ms for something to come. Returns the bytes of the program. */
size_t terminal_read(struct terminal *t, int wait_ms);

/** terminal_open_screen - a new, empty screen of the terminal's size. */
void terminal_open_screen(struct terminal *t);
/** terminal_change_screen - the same in another size, with what was on it; the program is not told. */
void terminal_change_screen(struct terminal *t, int cols, int rows);
size_t encode_utf8(uint32_t c, char text[4]);

/** terminal_resize - changes the size and tells the program. */
void terminal_resize(struct terminal *t, int cols, int rows);
void terminal_hang_up(struct terminal *t);

/** terminal_open_program_end - the program's own end of the terminal, or -1; the caller closes it. */
int terminal_open_program_end(const struct terminal *t);

/** terminal_reap - whether the program has ended; takes its status. */
bool terminal_reap(struct terminal *t);

/** terminal_draw - bytes of the program onto the screen, with faint text as libvterm can keep it: font 9. */
void terminal_draw(struct terminal *t, const char *bytes, size_t len);

/** terminal_paste - text between the marks of bracketed paste where the program has asked for them. */
void terminal_paste(struct terminal *t, const char *bytes, size_t len);
/** terminal_mouse - reports only what the program has asked for. */
void terminal_mouse(struct terminal *t, int button, int row, int col, bool pressed);
bool terminal_brackets_paste(struct terminal *t);
bool terminal_cursor_keys_are_application(struct terminal *t);

/**
 * terminal_settle - waits until the program has read all input, sleeps waiting for more, and all its output is on the screen.
 * quiet_ms: how long nothing may come after that; rest: nor is anything to come, no alarm is set. False at the deadline; true as
 * well when the program has ended.
 */
bool terminal_settle(struct terminal *t, int quiet_ms, int deadline_ms, bool rest);

/**
 * program_switches - how often the program and its children have been scheduled; *idle: all of them wait for input; *alarm_ms: how
 * long at most, -1 for ever.
 */
uint64_t program_switches(pid_t pid, bool *idle, int64_t *alarm_ms);

/** key_bytes - what a key sends, by the terminal description of the program ($TERM); NULL when there is no such key. */
const char *key_bytes(const char *name, size_t *len);

#endif
