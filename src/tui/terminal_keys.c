#define NCURSES_WIDECHAR 1
#include "terminal_keys.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"

void terminal_define_keys(void)
{
	static const struct {
		const char *bytes;
		int code;
	} keys[] = {
		{ "\033[200~", CODE_PASTE_BEGIN },
		{ "\033[201~", CODE_PASTE_END },
		{ "\033[1;5D", CODE_WORD_LEFT },
		{ "\033[1;5C", CODE_WORD_RIGHT },
		{ "\033[1;3D", CODE_WORD_LEFT },
		{ "\033[1;3C", CODE_WORD_RIGHT },
		{ "\033[1;6D", CODE_SHIFT_WORD_LEFT },
		{ "\033[1;6C", CODE_SHIFT_WORD_RIGHT },
		{ "\033[1;5H", CODE_CTRL_HOME },
		{ "\033[1;5F", CODE_CTRL_END },
		{ "\033[1;5A", CODE_CTRL_UP },
		{ "\033[1;5B", CODE_CTRL_DOWN },
		{ "\033[1;2A", CODE_SHIFT_UP },
		{ "\033[1;2B", CODE_SHIFT_DOWN },
		{ "\033[1;2H", CODE_SHIFT_HOME },
		{ "\033[1;2F", CODE_SHIFT_END },
		{ "\033[1;2D", KEY_SLEFT },
		{ "\033[1;2C", KEY_SRIGHT },
		{ "\033[H", KEY_HOME },
		{ "\033[F", KEY_END },
		{ "\033[1~", KEY_HOME },
		{ "\033[4~", KEY_END },
		{ "\033OH", KEY_HOME },
		{ "\033OF", KEY_END },
		{ "\033[A", KEY_UP },
		{ "\033[B", KEY_DOWN },
		{ "\033[C", KEY_RIGHT },
		{ "\033[D", KEY_LEFT },
		{ "\033[Z", KEY_BTAB },
		{ "\033[11~", KEY_F(1) },
		{ "\033[12~", KEY_F(2) },
		{ "\033[13~", KEY_F(3) },
		{ "\033[14~", KEY_F(4) },
		{ "\033OP", KEY_F(1) },
		{ "\033OQ", KEY_F(2) },
		{ "\033OR", KEY_F(3) },
		{ "\033OS", KEY_F(4) },
	};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		define_key(keys[i].bytes, keys[i].code);
}

enum key terminal_key_of_code(wint_t code)
{
	static const struct {
		int code;
		enum key key;
	} keys[] = {
		{ KEY_ENTER, K_ENTER },
		{ KEY_BTAB, K_BACKTAB },
		{ KEY_BACKSPACE, K_BACKSPACE },
		{ KEY_DC, K_DELETE },
		{ KEY_IC, K_INSERT },
		{ KEY_UP, K_UP },
		{ KEY_DOWN, K_DOWN },
		{ KEY_LEFT, K_LEFT },
		{ KEY_RIGHT, K_RIGHT },
		{ KEY_HOME, K_HOME },
		{ KEY_END, K_END },
		{ KEY_PPAGE, K_PAGE_UP },
		{ KEY_NPAGE, K_PAGE_DOWN },
		{ KEY_SLEFT, K_SHIFT_LEFT },
		{ KEY_SRIGHT, K_SHIFT_RIGHT },
		{ KEY_SR, K_SHIFT_UP },
		{ KEY_SF, K_SHIFT_DOWN },
		{ KEY_SHOME, K_SHIFT_HOME },
		{ KEY_SEND, K_SHIFT_END },
		{ KEY_RESIZE, K_RESIZE },
		{ CODE_WORD_LEFT, K_WORD_LEFT },
		{ CODE_WORD_RIGHT, K_WORD_RIGHT },
		{ CODE_SHIFT_WORD_LEFT, K_SHIFT_WORD_LEFT },
		{ CODE_SHIFT_WORD_RIGHT, K_SHIFT_WORD_RIGHT },
		{ CODE_CTRL_HOME, K_CTRL_HOME },
		{ CODE_CTRL_END, K_CTRL_END },
		{ CODE_CTRL_UP, K_CTRL_UP },
		{ CODE_CTRL_DOWN, K_CTRL_DOWN },
		{ CODE_SHIFT_UP, K_SHIFT_UP },
		{ CODE_SHIFT_DOWN, K_SHIFT_DOWN },
		{ CODE_SHIFT_HOME, K_SHIFT_HOME },
		{ CODE_SHIFT_END, K_SHIFT_END },
	};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if ((wint_t)keys[i].code == code)
			return keys[i].key;
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return (enum key)(K_F1 + (int)(code - KEY_F(1)));
	return K_NONE;
}

enum key terminal_key_of_mouse(struct event *event)
{
	MEVENT mouse;
	if (getmouse(&mouse) != OK)
		return K_NONE;
	event->row = mouse.y;
	event->col = mouse.x;
	if (mouse.bstate & BUTTON4_PRESSED)
		return K_WHEEL_UP;
	if (mouse.bstate & BUTTON5_PRESSED)
		return K_WHEEL_DOWN;
	return mouse.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED) ? K_MOUSE : K_NONE;
}

enum key terminal_key_of_character(wint_t wide, struct event *event)
{
	mbstate_t state = { 0 };
	char bytes[MB_LEN_MAX + 1];
	switch (wide) {
	case '\r':
	case '\n':
		return K_ENTER;
	case '\t':
		return K_TAB;
	case '\b':
	case 0x7f:
		return K_BACKSPACE;
	case 0x1b:
		return K_ESC;
	default:
		break;
	}
	if (wide >= 1 && wide <= 26)
		return (enum key)(K_CTRL_A + (int)wide - 1);
	const size_t n = wide < 0x20 ? (size_t)-1 : wcrtomb(bytes, (wchar_t)wide, &state);
	/* a failure is the largest of all numbers */
	if (n >= sizeof(event->text))
		return K_NONE;
	memcpy(event->text, bytes, n);
	event->text[n] = '\0';
	event->code = (uint32_t)wide;
	size_t at;
	/* what may not stand in a text is not typed either */
	return lt_text_check(event->text, n, &at) == LT_TEXT_OK ? K_TEXT : K_NONE;
}
