/*
 * libvterm 0.1 loses its memory when it is resized on the alternate screen. So a screen of another size is a new one: what was
 * on it is written onto the new one, cut at its edge, with the modes, the pen and the cursor; the scroll region is the whole.
 */
#include "terminal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t encode_utf8(uint32_t c, char text[4])
{
	int n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char first[5] = {0, 0, 0xc0, 0xe0, 0xf0};
	for (int i = n - 1; i > 0; i--, c >>= 6)
		text[i] = (char)(0x80 | (c & 0x3f));
	text[0] = (char)(first[n] | c);
	return (size_t)n;
}

static void put(VTerm *to, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(VTerm *to, const char *format, ...)
{
	char text[128];
	va_list args;
	va_start(args, format);
	int len = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	vterm_input_write(to, text, (size_t)len);
}

static void put_colour(VTerm *to, const VTermColor *c, bool foreground)
{
	int base = foreground ? 38 : 48;
	if (foreground ? VTERM_COLOR_IS_DEFAULT_FG(c) : VTERM_COLOR_IS_DEFAULT_BG(c))
		put(to, "\033[%dm", base + 1);
	else if (VTERM_COLOR_IS_INDEXED(c))
		put(to, "\033[%d;5;%dm", base, c->indexed.idx);
	else
		put(to, "\033[%d;2;%d;%d;%dm", base, c->rgb.red, c->rgb.green, c->rgb.blue);
}

static void put_style(VTerm *to, const VTermScreenCellAttrs *a, const VTermColor *fg, const VTermColor *bg)
{
	put(to, "\033[0%s%s%s%s%s%s;%dm", a->bold ? ";1" : "", a->italic ? ";3" : "", a->underline ? ";4" : "", a->blink ? ";5" : "",
		a->reverse ? ";7" : "", a->strike ? ";9" : "", 10 + (int)a->font);
	put_colour(to, fg, true);
	put_colour(to, bg, false);
}

static void put_characters(VTerm *to, const VTermScreenCell *cell)
{
	char text[VTERM_MAX_CHARS_PER_CELL * 4];
	size_t n = 0;
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
		n += encode_utf8(cell->chars[i], text + n);
	if (n == 0)
		text[n++] = ' ';
	vterm_input_write(to, text, n);
}

static void put_row(VTerm *to, const VTermScreen *from, int row, int cols)
{
	VTermScreenCell cell;
	put(to, "\033[%d;1H", row + 1);
	for (int col = 0; col < cols; col += cell.width > 1 ? 2 : 1) {
		if (!vterm_screen_get_cell(from, (VTermPos){.row = row, .col = col}, &cell))
			return;
		if (cell.chars[0] == (uint32_t)-1 || (cell.width > 1 && col + 2 > cols)) {
			cell.chars[0] = ' '; /* half of a character */
			cell.chars[1] = 0;
			cell.width = 1;
		}
		put_style(to, &cell.attrs, &cell.fg, &cell.bg);
		put_characters(to, &cell);
	}
}

static void put_modes(const struct terminal *t, VTerm *to, bool pastes, bool application, int mouse)
{
	if (t->alternate)
		put(to, "\033[?1049h");
	if (pastes)
		put(to, "\033[?2004h");
	if (application)
		put(to, "\033[?1h");
	if (t->watch.mouse_in_digits)
		put(to, "\033[?1006h");
	if (mouse > 0)
		put(to, "\033[?%dh", mouse == VTERM_PROP_MOUSE_CLICK ? 1000 : mouse == VTERM_PROP_MOUSE_DRAG ? 1002 : 1003);
}

static void put_pen(VTerm *to, const VTermState *from)
{
	VTermValue v[VTERM_N_ATTRS];
	for (int i = VTERM_ATTR_BOLD; i < VTERM_N_ATTRS; i++)
		vterm_state_get_penattr(from, (VTermAttr)i, &v[i]);
	VTermScreenCellAttrs a = {.bold = v[VTERM_ATTR_BOLD].boolean != 0, .underline = (unsigned)v[VTERM_ATTR_UNDERLINE].number & 3u,
		.italic = v[VTERM_ATTR_ITALIC].boolean != 0, .blink = v[VTERM_ATTR_BLINK].boolean != 0,
		.reverse = v[VTERM_ATTR_REVERSE].boolean != 0, .strike = v[VTERM_ATTR_STRIKE].boolean != 0,
		.font = (unsigned)v[VTERM_ATTR_FONT].number & 15u};
	put_style(to, &a, &v[VTERM_ATTR_FOREGROUND].color, &v[VTERM_ATTR_BACKGROUND].color);
}

void terminal_change_screen(struct terminal *t, int cols, int rows)
{
	bool pastes = terminal_brackets_paste(t), application = terminal_cursor_keys_are_application(t);
	int mouse = t->mouse;
	VTerm *before = t->vterm;
	VTermScreen *screen_before = t->screen;
	VTermPos at;
	int old_rows, old_cols;
	vterm_get_size(before, &old_rows, &old_cols);
	vterm_state_get_cursorpos(vterm_obtain_state(before), &at);
	t->rows = rows;
	t->cols = cols;
	bool alternate = t->alternate;
	terminal_open_screen(t);
	t->alternate = alternate;
	put_modes(t, t->vterm, pastes, application, mouse);
	for (int row = 0; row < old_rows && row < rows; row++)
		put_row(t->vterm, screen_before, row, old_cols < cols ? old_cols : cols);
	put_pen(t->vterm, vterm_obtain_state(before));
	put(t->vterm, "\033[%d;%dH", at.row < rows ? at.row + 1 : rows, at.col < cols ? at.col + 1 : cols);
	vterm_free(before);
}
