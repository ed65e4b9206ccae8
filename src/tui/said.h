/* said - what a change of the journal is about, and its values as people say them. */
#ifndef LINGTAN_TUI_SAID_H
#define LINGTAN_TUI_SAID_H

#include "workbench.h"

#define SAID_VALUE 200

struct change_text {
	const char *id, *title, *what;
	char old[SAID_VALUE], new[SAID_VALUE];
};

/* Strings are the board's, the vocabulary's or in the arena. */
void say_change(const struct workbench *bench, struct lt_arena *arena, const struct change *change,
		struct change_text *out);
/* "-" for nothing. */
void say_value(const struct workbench *bench, const struct change *change,
	       const struct words *value, char out[SAID_VALUE]);

#endif
