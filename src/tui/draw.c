#include "draw.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "lingtan/base/text.h"
#include "wrap.h"

struct canvas canvas_whole(struct grid *grid)
{
	return (struct canvas){ grid, 0, 0, grid->rows, grid->cols };
}

struct canvas canvas_part(const struct canvas *canvas, int row, int col, int rows, int cols)
{
	struct canvas part = { canvas->grid, canvas->row + row, canvas->col + col, rows, cols };
	const int rows_left = canvas->rows - row, cols_left = canvas->cols - col;
	if (rows <= 0)
		part.rows = rows_left + rows;
	if (cols <= 0)
		part.cols = cols_left + cols;
	if (part.rows > rows_left)
		part.rows = rows_left;
	if (part.cols > cols_left)
		part.cols = cols_left;
	if (part.rows < 0)
		part.rows = 0;
	if (part.cols < 0)
		part.cols = 0;
	return part;
}

int text_columns(const char *text)
{
	return cluster_columns(text, strlen(text));
}

size_t text_format_list(char *out, size_t cap, const char *format, va_list args)
{
	static const char mark[] = "..";
	const int wanted = vsnprintf(out, cap, format, args);
	if (wanted < 0 || (size_t)wanted < cap)
		return wanted < 0 ? 0 : (size_t)wanted;
	/* room for the mark, then back over what the end has cut through */
	size_t len = cap > sizeof(mark) ? cap - sizeof(mark) : 0;
	while (len > 0 && !cluster_begins(out, cap - 1, len))
		len--;
	uint32_t code;
	for (size_t last = len; last > 0;) {
		last = cluster_back(out, len, last);
		if (lt_text_decode(out + last, len - last, &code) > 0)
			break;
		len = last; /* bytes of a character whose rest is gone */
	}
	if (cap > sizeof(mark))
		memcpy(out + len, mark, sizeof(mark));
	else if (cap > 0)
		out[len] = '\0';
	return strlen(out);
}

size_t text_format(char *out, size_t cap, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const size_t len = text_format_list(out, cap, format, args);
	va_end(args);
	return len;
}

/* ---- the program's own signs ---- */

static const struct {
	const char *sign, *twin;
} twins[] = {
	{ "✓", "v" }, { "◦", "." }, { "✗", "x" }, { "‹", "<" }, { "›", ">" }, { "━", "=" },
	{ "─", "-" }, { "╌", "." }, { "┿", "|" }, { "┼", "|" }, { "│", "|" }, { "┌", "+" },
	{ "┐", "+" }, { "└", "+" }, { "┘", "+" }, { "├", "|" }, { "▏", "|" },
};

/* Braille of the radar and the ring: what was got, what is possible, the rim. */
static const char *braille_twin(enum ink ink)
{
	if (ink == INK_ACCENT || ink == INK_TITLE)
		return "*";
	return ink == INK_POSSIBLE ? "o" : ".";
}

static const char *twin_of(const char *text, size_t len, enum ink ink)
{
	if (len != 3 || (unsigned char)text[0] != 0xe2)
		return NULL;
	for (size_t i = 0; i < sizeof(twins) / sizeof(twins[0]); i++)
		if (memcmp(twins[i].sign, text, 3) == 0)
			return twins[i].twin;
	const unsigned char second = (unsigned char)text[1];
	if (second >= 0xa0 && second <= 0xa3)
		return braille_twin(ink);
	return NULL;
}

/* ---- text ---- */

static void copy(char *to, const char *from, size_t len)
{
	for (size_t i = 0; i < len; i++)
		to[i] = from[i];
	to[len] = '\0';
}

static int put_clusters(const struct canvas *canvas, int row, int col, enum ink ink,
			const char *text, size_t len, bool own)
{
	char drawn[CLUSTER_DRAWN];
	const bool inside = row >= 0 && row < canvas->rows;
	for (size_t at = 0; at < len;) {
		struct cluster cluster = cluster_next(text, len, at);
		const char *twin =
			own && canvas->grid->twins ? twin_of(text + at, cluster.len, ink) : NULL;
		if (twin)
			cluster.width = 1;
		if (col + cluster.width > canvas->cols)
			break;
		if (inside && col >= 0) {
			if (cluster.is_plain)
				copy(drawn, text + at, cluster.len);
			else if (!twin)
				cluster_draw(text + at, cluster.len, drawn);
			grid_put(canvas->grid, canvas->row + row, canvas->col + col, ink,
				 twin ? twin : drawn, cluster.width);
		}
		col += cluster.width;
		at += cluster.len;
	}
	return col;
}

int draw_bytes(const struct canvas *canvas, int row, int col, enum ink ink, const char *text,
	       size_t len)
{
	return put_clusters(canvas, row, col, ink, text, len, true);
}

int draw_text(const struct canvas *canvas, int row, int col, enum ink ink, const char *text)
{
	return draw_bytes(canvas, row, col, ink, text, strlen(text));
}

int draw_typed(const struct canvas *canvas, int row, int col, enum ink ink, const char *text,
	       size_t len)
{
	return put_clusters(canvas, row, col, ink, text, len, false);
}

int draw_format(const struct canvas *canvas, int row, int col, enum ink ink, const char *format,
		...)
{
	char text[512];
	va_list args;
	va_start(args, format);
	text_format_list(text, sizeof(text), format, args);
	va_end(args);
	return draw_text(canvas, row, col, ink, text);
}

int draw_cut(const struct canvas *canvas, int row, int col, int cols, enum ink ink,
	     const char *text)
{
	char shown[1024];
	if (cols <= 0)
		return col;
	/* only the first line: a cut text stands in one row */
	const size_t len = cluster_cut(text, strcspn(text, "\n"), cols, shown, sizeof(shown));
	return draw_bytes(canvas, row, col, ink, shown, len);
}

int draw_if_whole(const struct canvas *canvas, int row, int col, enum ink ink, const char *text)
{
	return col + text_columns(text) < canvas->cols ? draw_text(canvas, row, col, ink, text) : col;
}

int draw_wrapped(const struct canvas *canvas, int row, int col, int cols, int rows, enum ink ink,
		 const char *text)
{
	const size_t len = strlen(text);
	struct wrap_line line = { .is_last = false };
	for (; rows > 0 && !line.is_last; rows--) {
		line = wrap_line(text, len, line.next, cols);
		draw_bytes(canvas, row++, col, ink, text + line.from, line.to - line.from);
	}
	return row;
}

int draw_right(const struct canvas *canvas, int row, int end, enum ink ink, const char *text)
{
	const int begin = end - text_columns(text);
	draw_text(canvas, row, begin, ink, text);
	return begin;
}

void draw_fill(const struct canvas *canvas, int row, int col, int cols, enum ink ink,
	       const char *sign)
{
	for (int i = 0; i < cols; i++)
		draw_text(canvas, row, col + i, ink, sign);
}

void draw_upright(const struct canvas *canvas, int col, int row, int rows)
{
	for (int i = 0; i < rows; i++)
		draw_text(canvas, row + i, col, INK_FAINT, "│");
}

/* ---- grounds ---- */

static enum ink ink_on_selection(enum ink ink)
{
	if (ink == INK_TEXT)
		return INK_TITLE;
	return ink == INK_DIM || ink == INK_FAINT ? INK_TEXT : ink;
}

void draw_ground(const struct canvas *canvas, int row, int col, int cols, enum ground ground)
{
	if (row < 0 || row >= canvas->rows)
		return;
	for (int i = col < 0 ? 0 : col; i < col + cols && i < canvas->cols; i++) {
		struct cell *cell = grid_at(canvas->grid, canvas->row + row, canvas->col + i);
		if (!cell)
			continue;
		cell->ground = (uint8_t)ground;
		if (ground == GROUND_SELECTION)
			cell->ink = (uint8_t)ink_on_selection((enum ink)cell->ink);
		/* a line to write on is fainter than what is written */
		if (ground == GROUND_FIELD && (!cell->text[0] || strcmp(cell->text, " ") == 0))
			cell->ink = INK_FAINT;
	}
}

void draw_selection(const struct canvas *canvas, int row, bool has_focus)
{
	if (has_focus)
		draw_text(canvas, row, 1, INK_ACCENT, "›");
	draw_ground(canvas, row, 1, canvas->cols - 2, has_focus ? GROUND_SELECTION : GROUND_STANDING);
}

void draw_clear(const struct canvas *canvas, enum ground ground)
{
	for (int row = 0; row < canvas->rows; row++)
		for (int col = 0; col < canvas->cols; col++) {
			grid_put(canvas->grid, canvas->row + row, canvas->col + col, INK_TEXT, "",
				 1);
			struct cell *cell =
				grid_at(canvas->grid, canvas->row + row, canvas->col + col);
			if (cell)
				cell->ground = (uint8_t)ground;
		}
}

void draw_quieten(const struct canvas *canvas, enum ink ink)
{
	for (int row = 0; row < canvas->rows; row++)
		for (int col = 0; col < canvas->cols; col++) {
			struct cell *cell =
				grid_at(canvas->grid, canvas->row + row, canvas->col + col);
			if (!cell)
				continue;
			cell->ink = (uint8_t)ink;
			cell->is_picture = false;
			if (cell->ground != GROUND_BAR)
				cell->ground = GROUND_NONE;
		}
	canvas->grid->cursor_shown = false;
}

void draw_cursor(const struct canvas *canvas, int row, int col)
{
	if (row < 0 || col < 0 || row >= canvas->rows)
		return;
	if (col >= canvas->cols)
		col = canvas->cols - 1;
	canvas->grid->cursor_row = canvas->row + row;
	canvas->grid->cursor_col = canvas->col + col;
	canvas->grid->cursor_shown = true;
}
