#include "watch.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum state { GROUND, ESCAPE, ESCAPE_MORE, CSI, TITLE, STRING, STRING_ESCAPE };

__attribute__((format(printf, 2, 3))) static void note(struct watch *w, const char *format, ...)
{
	if (w->n_notes++ >= WATCH_NOTES)
		return;
	char *line = w->notes[w->n_notes - 1];
	int len = snprintf(line, WATCH_NOTE_SIZE, "byte %llu: ", (unsigned long long)w->at);
	va_list args;
	va_start(args, format);
	vsnprintf(line + len, (size_t)(WATCH_NOTE_SIZE - len), format, args);
	va_end(args);
}

static void character(struct watch *w, uint32_t c)
{
	if ((c >= 0x80 && c < 0xa0) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f)
		note(w, "control character U+%04X", c);
	if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000) || c < w->least)
		note(w, "not UTF-8: U+%04X", c);
}

static void begin_character(struct watch *w, unsigned char b)
{
	if (b >= 0xc2 && b < 0xe0) {
		w->code = b & 0x1fu;
		w->more = 1;
		w->least = 0x80;
	} else if (b >= 0xe0 && b < 0xf0) {
		w->code = b & 0x0fu;
		w->more = 2;
		w->least = 0x800;
	} else if (b >= 0xf0 && b < 0xf5) {
		w->code = b & 0x07u;
		w->more = 3;
		w->least = 0x10000;
	} else {
		note(w, "not UTF-8: byte %02x", b);
	}
}

static void control(struct watch *w, unsigned char b)
{
	/* back, tab, newline, return, bell, the two character sets, and padding that terminals ignore */
	static const char allowed[] = "\b\t\n\r\a\x0e\x0f";
	if (b == 0x1b)
		w->state = ESCAPE;
	else if (b == 0 || !strchr(allowed, b))
		note(w, "control character %02x", b);
}

static void ground(struct watch *w, unsigned char b)
{
	if (w->more > 0) {
		if (b >= 0x80 && b < 0xc0) {
			w->code = w->code << 6 | (b & 0x3fu);
			if (--w->more == 0)
				character(w, w->code);
			return;
		}
		note(w, "a character is cut off before byte %02x", b);
		w->more = 0;
	}
	if (b < 0x20 || b == 0x7f)
		control(w, b);
	else if (b >= 0x80)
		begin_character(w, b);
}

static long parameter(const struct watch *w, int i)
{
	return i < w->n_parameters && w->parameters[i] > 0 ? w->parameters[i] : 1;
}

static void end_csi(struct watch *w, unsigned char final)
{
	long row = 1, col = 1;
	for (int i = 0; w->is_private && (final == 'h' || final == 'l') && i < w->n_parameters; i++) {
		if (w->parameters[i] == 25)
			w->cursor_hidden = final == 'l';
		else if (w->parameters[i] == 1006)
			w->mouse_in_digits = final == 'h';
	}
	if (final == 'H' || final == 'f') {
		row = parameter(w, 0);
		col = parameter(w, 1);
	} else if (final == 'd') {
		row = parameter(w, 0);
	} else if (final == 'G' || final == '`') {
		col = parameter(w, 0);
	} else if (final == 'r' && w->n_parameters == 2) {
		row = parameter(w, 1);
	}
	if (row > w->rows || col > w->cols)
		note(w, "cursor sent to row %ld column %ld of %d rows and %d columns", row, col, w->rows, w->cols);
	w->state = GROUND;
}

static void csi(struct watch *w, unsigned char b)
{
	if (b >= '0' && b <= '9') {
		if (w->n_parameters == 0)
			w->n_parameters = 1;
		long *value = &w->parameters[w->n_parameters - 1];
		if (*value < 100000)
			*value = *value * 10 + (b - '0');
	} else if (b == '?') {
		w->is_private = true;
	} else if (b == ';' || b == ':') {
		if (w->n_parameters == 0)
			w->n_parameters = 1;
		if (w->n_parameters < WATCH_PARAMETERS)
			w->parameters[w->n_parameters++] = 0;
	} else if (b >= 0x40 && b < 0x7f) {
		end_csi(w, b);
	} else if (b < 0x20 || b >= 0x7f) {
		note(w, "byte %02x within a control sequence", b);
		w->state = b == 0x1b ? ESCAPE : GROUND;
	}
}

static void escape(struct watch *w, unsigned char b)
{
	w->state = GROUND;
	if (b == '[') {
		w->state = CSI;
		w->n_parameters = 0;
		w->is_private = false;
		memset(w->parameters, 0, sizeof(w->parameters));
	} else if (b && strchr("]PX^_", b)) {
		w->state = b == ']' ? TITLE : STRING;
	} else if (b && strchr("()*+-./#% ", b)) {
		w->state = ESCAPE_MORE;
	} else if (b < 0x30 || b >= 0x7f) {
		note(w, "byte %02x after an escape", b);
	}
}

static void string(struct watch *w, unsigned char b)
{
	if (b == '\a')
		w->state = GROUND;
	else if (b == 0x1b)
		w->state = STRING_ESCAPE;
	else if (b < 0x20 || b == 0x7f)
		note(w, "control character %02x within a title", b);
}

void watch_bytes(struct watch *w, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++, w->at++) {
		unsigned char b = (unsigned char)bytes[i];
		switch (w->state) {
		case ESCAPE:
			escape(w, b);
			break;
		case ESCAPE_MORE:
			w->state = GROUND;
			break;
		case CSI:
			csi(w, b);
			break;
		case TITLE: /* the Linux console takes its palette back with R alone */
			w->state = b == 'R' ? GROUND : STRING;
			if (b != 'R')
				string(w, b);
			break;
		case STRING:
			string(w, b);
			break;
		case STRING_ESCAPE:
			w->state = GROUND;
			if (b != '\\')
				note(w, "byte %02x after an escape within a title", b);
			break;
		default:
			ground(w, b);
		}
	}
}

bool watch_is_between(const struct watch *w)
{
	return w->state == GROUND && w->more == 0;
}
