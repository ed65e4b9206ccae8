/* terminal_keys - what curses reads from the terminal, as keys of the program. No state. */
#ifndef LINGTAN_TUI_TERMINAL_KEYS_H
#define LINGTAN_TUI_TERMINAL_KEYS_H

#include <curses.h>
#include <wchar.h>
#include "terminal.h"

/* Keys that terminfo does not name in the same way everywhere. */
enum terminal_code {
	CODE_PASTE_BEGIN = KEY_MAX + 1,
	CODE_PASTE_END,
	CODE_WORD_LEFT,
	CODE_WORD_RIGHT,
	CODE_SHIFT_WORD_LEFT,
	CODE_SHIFT_WORD_RIGHT,
	CODE_CTRL_HOME,
	CODE_CTRL_END,
	CODE_CTRL_UP,
	CODE_CTRL_DOWN,
	CODE_SHIFT_UP,
	CODE_SHIFT_DOWN,
	CODE_SHIFT_HOME,
	CODE_SHIFT_END,
};

/* Once curses has begun: the sequences of these codes. */
void terminal_define_keys(void);

/* A code of get_wch(), K_NONE where the program has no use for it. */
enum key terminal_key_of_code(wint_t code);
/* A character; its text goes to the event. */
enum key terminal_key_of_character(wint_t wide, struct event *event);
/* What getmouse() says; its place goes to the event. */
enum key terminal_key_of_mouse(struct event *event);

#endif
