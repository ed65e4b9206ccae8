/*
 * What libvterm 0.1 cannot do is done before it sees it. Faint text (SGR 2), which it drops, becomes the tenth
 * font (SGR 19), which no program uses; SGR 22 also goes back to the first font, SGR 0 does by itself. The last character
 * repeated (REP), on which it can hang, is written out. Of several modes in one sequence, of which it takes the first, each gets
 * its own.
 */
#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* after 38, 48: the numbers that belong to a colour, so that its 2 is not taken for faint */
static int colour_numbers(const char *after)
{
	if (strncmp(after, ";5;", 3) == 0)
		return 2;
	return strncmp(after, ";2;", 3) == 0 ? 4 : 0;
}

static size_t rewrite(const char *sequence, size_t len, char *out)
{
	size_t n = 0;
	int skip = 0;
	out[n++] = '\033';
	out[n++] = '[';
	for (size_t i = 2; i + 1 <= len;) {
		size_t end = i + strcspn(sequence + i, ";m");
		long number = strtol(sequence + i, NULL, 10);
		const char *written = NULL;
		if (skip > 0)
			skip--;
		else if (number == 2)
			written = "19";
		else if (number == 22)
			written = "22;10";
		else if (number == 38 || number == 48)
			skip = colour_numbers(sequence + end);
		n += (size_t)(written ? sprintf(out + n, "%s", written) : sprintf(out + n, "%.*s", (int)(end - i), sequence + i));
		out[n++] = sequence[end];
		i = end + 1;
	}
	return n;
}

static void flush(struct terminal *t)
{
	vterm_input_write(t->vterm, t->held, t->n_held);
	t->n_held = 0;
}

static bool may_be_style(const char *held, size_t n, char b)
{
	if (n == 1)
		return b == '[' || b == ']';
	if (n == 2 && b == '?')
		return held[1] == '[';
	return n > 1 && held[1] == '[' && n < sizeof(((struct terminal *)0)->held) - 1 && held[0] == '\033' && strchr("0123456789;", b) != NULL && b;
}

/* ESC [ ? 1006 ; 1000 h */
static void set_modes(struct terminal *t, char final)
{
	t->held[t->n_held] = 0;
	for (char *number = strtok(t->held + 3, ";"); number; number = strtok(NULL, ";")) {
		char one[32];
		int len = snprintf(one, sizeof(one), "\033[?%.10s%c", number, final);
		vterm_input_write(t->vterm, one, (size_t)len);
	}
	t->n_held = 0;
}

static void remember(struct terminal *t, char b)
{
	bool continues = ((unsigned char)b & 0xc0) == 0x80;
	if (!continues)
		t->n_last = 0;
	if (t->n_last < sizeof(t->last) && (unsigned char)b >= 0x20)
		t->last[t->n_last++] = b;
}

static void repeat(struct terminal *t)
{
	t->held[t->n_held] = 0;
	long n = strtol(t->held + 2, NULL, 10);
	for (long i = 0; i < (n > 0 ? n : 1) && i < t->cols && t->n_last > 0; i++)
		vterm_input_write(t->vterm, t->last, t->n_last);
	t->n_held = 0;
}

void terminal_draw(struct terminal *t, const char *bytes, size_t len)
{
	size_t from = 0;
	for (size_t i = 0; i < len; i++) {
		char b = bytes[i];
		if (t->n_held == 0) {
			if (b != '\033') {
				remember(t, b);
				continue;
			}
			vterm_input_write(t->vterm, bytes + from, i - from);
			t->held[t->n_held++] = b;
		} else if (may_be_style(t->held, t->n_held, b)) {
			t->held[t->n_held++] = b;
		} else if (b == 'R' && t->n_held == 2 && t->held[1] == ']') {
			t->n_held = 0; /* the Linux console takes its palette back; to others it would begin a title */
		} else if (b == 'm' && t->n_held > 1 && t->held[1] == '[' && t->held[2] != '?') {
			/* a number is at most three times as long afterwards */
			char out[4 * sizeof(t->held)];
			t->held[t->n_held++] = b;
			t->held[t->n_held] = 0;
			vterm_input_write(t->vterm, out, rewrite(t->held, t->n_held, out));
			t->n_held = 0;
		} else if ((b == 'h' || b == 'l') && t->n_held > 3 && t->held[2] == '?') {
			set_modes(t, b);
		} else if (b == 'b' && t->n_held > 1 && t->held[1] == '[') {
			repeat(t);
		} else {
			flush(t);
			i--; /* may itself begin a sequence */
		}
		from = i + 1;
	}
	if (from < len)
		vterm_input_write(t->vterm, bytes + from, len - from);
}
