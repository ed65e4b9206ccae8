#include "keys.h"

#include "lingtan/base/text.h"
#include "lingtan/core/ruleset.h"

char key_ascii(const struct event *event)
{
	const uint32_t code = event->key == K_TEXT ? lt_text_twin(event->code) : 0;
	return code >= 0x20 && code < 0x7f ? (char)code : '\0';
}

int key_digit(const struct event *event)
{
	const char typed = key_ascii(event);
	return typed >= '0' && typed <= '9' ? typed - '0' : -1;
}

bool key_is_letter(const struct event *event)
{
	const char typed = key_ascii(event);
	return event->key == K_TEXT &&
	       (!typed || (typed >= 'a' && typed <= 'z') || (typed >= 'A' && typed <= 'Z'));
}

const char *key_title(enum key key, enum lt_lang lang)
{
	static const struct label titles[N_KEYS] = {
		[K_ENTER] = { "Enter", "Enter" },
		[K_ESC] = { "Esc", "Esc" },
		[K_TAB] = { "Tab", "Tab" },
		[K_BACKTAB] = { "Shift-Tab", "Shift-Tab" },
		[K_BACKSPACE] = { "退格", "Backspace" },
		[K_DELETE] = { "Delete", "Delete" },
		[K_UP] = { "上", "Up" },
		[K_DOWN] = { "下", "Down" },
		[K_LEFT] = { "左", "Left" },
		[K_RIGHT] = { "右", "Right" },
		[K_HOME] = { "Home", "Home" },
		[K_END] = { "End", "End" },
		[K_PAGE_UP] = { "PgUp", "PgUp" },
		[K_PAGE_DOWN] = { "PgDn", "PgDn" },
		[K_F1] = { "F1", "F1" },
		[K_F2] = { "F2", "F2" },
		[K_F3] = { "F3", "F3" },
		[K_F4] = { "F4", "F4" },
		[K_F5] = { "F5", "F5" },
		[K_F6] = { "F6", "F6" },
		[K_F7] = { "F7", "F7" },
		[K_F8] = { "F8", "F8" },
		[K_F9] = { "F9", "F9" },
		[K_F12] = { "F12", "F12" },
		[K_INSERT] = { "Insert", "Insert" },
		[K_CTRL_C] = { "Ctrl-C", "Ctrl-C" },
		[K_CTRL_D] = { "Ctrl-D", "Ctrl-D" },
		[K_CTRL_G] = { "Ctrl-G", "Ctrl-G" },
		[K_CTRL_K] = { "Ctrl-K", "Ctrl-K" },
		[K_CTRL_L] = { "Ctrl-L", "Ctrl-L" },
		[K_CTRL_N] = { "Ctrl-N", "Ctrl-N" },
		[K_CTRL_P] = { "Ctrl-P", "Ctrl-P" },
		[K_CTRL_R] = { "Ctrl-R", "Ctrl-R" },
		[K_CTRL_T] = { "Ctrl-T", "Ctrl-T" },
		[K_CTRL_Z] = { "Ctrl-Z", "Ctrl-Z" },
	};
	if ((unsigned)key >= N_KEYS)
		return "";
	return label_in(lang, &titles[key]);
}
