#include "terminal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* term.h defines short names as macros, so it comes last */
#include <curses.h>
#include <term.h>

static const struct {
	const char *name, *capability, *bytes; /* bytes: where the terminal's description has none, as xterm does */
} keys[] = {
	{"Up", "kcuu1", "\033[A"},
	{"Down", "kcud1", "\033[B"},
	{"Right", "kcuf1", "\033[C"},
	{"Left", "kcub1", "\033[D"},
	{"Home", "khome", "\033[H"},
	{"End", "kend", "\033[F"},
	{"PageUp", "kpp", "\033[5~"},
	{"PageDown", "knp", "\033[6~"},
	{"Insert", "kich1", "\033[2~"},
	{"Delete", "kdch1", "\033[3~"},
	{"Backspace", "kbs", "\177"},
	{"S-Tab", "kcbt", "\033[Z"},
	{"S-Up", "kri", "\033[1;2A"},
	{"S-Down", "kind", "\033[1;2B"},
	{"S-Right", "kRIT", "\033[1;2C"},
	{"S-Left", "kLFT", "\033[1;2D"},
	{"S-Home", "kHOM", "\033[1;2H"},
	{"S-End", "kEND", "\033[1;2F"},
	{"C-Up", "kUP5", "\033[1;5A"},
	{"C-Down", "kDN5", "\033[1;5B"},
	{"C-Right", "kRIT5", "\033[1;5C"},
	{"C-Left", "kLFT5", "\033[1;5D"},
	{"C-Home", "kHOM5", "\033[1;5H"},
	{"C-End", "kEND5", "\033[1;5F"},
	{"F1", "kf1", "\033OP"},
	{"F2", "kf2", "\033OQ"},
	{"F3", "kf3", "\033OR"},
	{"F4", "kf4", "\033OS"},
	{"F5", "kf5", "\033[15~"},
	{"F6", "kf6", "\033[17~"},
	{"F7", "kf7", "\033[18~"},
	{"F8", "kf8", "\033[19~"},
	{"F9", "kf9", "\033[20~"},
	{"F10", "kf10", "\033[21~"},
	{"F11", "kf11", "\033[23~"},
	{"F12", "kf12", "\033[24~"},
	{"Enter", NULL, "\r"},
	{"Tab", NULL, "\t"},
	{"Esc", NULL, "\033"},
	{"Space", NULL, " "},
	{"FocusIn", NULL, "\033[I"},
	{"FocusOut", NULL, "\033[O"},
};

static const char *by_description(const char *capability)
{
	static int known = -1;
	int error;
	if (known < 0)
		known = setupterm(getenv("TERM"), 1, &error) == OK;
	if (!known || !capability)
		return NULL;
	char name[16];
	strncpy(name, capability, sizeof(name) - 1);
	name[sizeof(name) - 1] = 0;
	const char *bytes = tigetstr(name);
	return bytes && bytes != (const char *)-1 ? bytes : NULL; /* -1 is how terminfo says that the name is not one of strings */
}

/* C-r, M-x: control takes the low five bits, meta sends Esc before */
static const char *modified(const char *name, size_t *len)
{
	static char bytes[3];
	if (strlen(name) != 3 || name[1] != '-')
		return NULL;
	*len = name[0] == 'M' ? 2 : 1;
	bytes[0] = name[0] == 'M' ? '\033' : (char)(toupper((unsigned char)name[2]) & 0x1f);
	bytes[1] = name[0] == 'M' ? name[2] : 0;
	return name[0] == 'M' || name[0] == 'C' ? bytes : NULL;
}

const char *key_bytes(const char *name, size_t *len)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(keys[i].name, name) == 0) {
			const char *bytes = by_description(keys[i].capability);
			bytes = bytes ? bytes : keys[i].bytes;
			*len = strlen(bytes);
			return bytes;
		}
	return modified(name, len);
}
