/*
 * watch - looks at every byte that a program sends to its terminal, and notes what a well-behaved one never sends:
 * bytes that are not UTF-8, control characters out of place, bidi controls, cursor addresses outside the screen.
 */
#ifndef LINGTAN_TESTS_TUI_WATCH_H
#define LINGTAN_TESTS_TUI_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WATCH_NOTES = 8, WATCH_NOTE_SIZE = 96, WATCH_PARAMETERS = 8 };

struct watch {
	int state;
	uint32_t code; /* the character under way */
	int more; /* bytes of it still to come */
	uint32_t least; /* below it the character is written too long */
	bool is_private; /* ? before the parameters */
	bool cursor_hidden; /* libvterm 0.1 takes its visibility back with its position, real terminals do not */
	bool mouse_in_digits; /* mode 1006 */
	long parameters[WATCH_PARAMETERS];
	int n_parameters;
	int rows, cols; /* the largest size of late */
	uint64_t at; /* bytes seen */
	unsigned n_notes; /* all; the first WATCH_NOTES are kept */
	char notes[WATCH_NOTES][WATCH_NOTE_SIZE];
};

void watch_bytes(struct watch *w, const char *bytes, size_t len);

/** watch_is_between - no sequence and no character is under way. */
bool watch_is_between(const struct watch *w);

#endif

