/* keys - what a person pressed, typed, pasted or clicked, whatever the terminal called it. */
#ifndef LINGTAN_TUI_KEYS_H
#define LINGTAN_TUI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "lingtan/base/err.h"

enum key {
	K_NONE,
	K_TEXT,  /* one character: event.text, event.code */
	K_PASTE, /* event.paste */
	K_ENTER,
	K_ESC,
	K_TAB,
	K_BACKTAB,
	K_BACKSPACE,
	K_DELETE,
	K_INSERT,
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PAGE_UP,
	K_PAGE_DOWN,
	K_SHIFT_LEFT,
	K_SHIFT_RIGHT,
	K_SHIFT_UP,
	K_SHIFT_DOWN,
	K_SHIFT_HOME,
	K_SHIFT_END,
	K_WORD_LEFT,
	K_WORD_RIGHT,
	K_SHIFT_WORD_LEFT,
	K_SHIFT_WORD_RIGHT,
	K_CTRL_HOME,
	K_CTRL_END,
	K_CTRL_UP,
	K_CTRL_DOWN,
	K_F1,
	K_F2,
	K_F3,
	K_F4,
	K_F5,
	K_F6,
	K_F7,
	K_F8,
	K_F9,
	K_F10,
	K_F11,
	K_F12,
	/* those that are other keys (H, I, J, M) never come */
	K_CTRL_A,
	K_CTRL_B,
	K_CTRL_C,
	K_CTRL_D,
	K_CTRL_E,
	K_CTRL_F,
	K_CTRL_G,
	K_CTRL_H,
	K_CTRL_I,
	K_CTRL_J,
	K_CTRL_K,
	K_CTRL_L,
	K_CTRL_M,
	K_CTRL_N,
	K_CTRL_O,
	K_CTRL_P,
	K_CTRL_Q,
	K_CTRL_R,
	K_CTRL_S,
	K_CTRL_T,
	K_CTRL_U,
	K_CTRL_V,
	K_CTRL_W,
	K_CTRL_X,
	K_CTRL_Y,
	K_CTRL_Z,
	K_MOUSE, /* a click at event.row, event.col */
	K_WHEEL_UP,
	K_WHEEL_DOWN,
	K_RESIZE,
	K_PAUSE, /* nothing came for a while */
	K_GONE,  /* the terminal went away, or the program is asked to end */
	N_KEYS
};

struct event {
	enum key key;
	uint32_t code;     /* of K_TEXT */
	char text[8];      /* of K_TEXT, UTF-8 */
	const char *paste; /* of K_PASTE; lives until the next event */
	size_t paste_len;
	int row, col; /* of the mouse */
};

/* The ASCII that a typed character stands for outside of text: full-width ones as their twins; 0
 * where it is none. */
char key_ascii(const struct event *event);

/* The digit that was typed, or -1. */
int key_digit(const struct event *event);

/* What words begin with: a letter of ASCII, and whatever has no twin there, be it a letter of any
 * script, a mark such as "·" or a picture; no digit, blank or mark of ASCII, narrow or wide. */
bool key_is_letter(const struct event *event);

/* As it is written for people: "Enter", "F5", "Ctrl-R", "上"; "" for what no action has. */
const char *key_title(enum key key, enum lt_lang lang);

#endif
