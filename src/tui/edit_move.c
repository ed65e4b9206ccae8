#include "edit_parts.h"

#include <string.h>
#include <utf8proc.h>
#include "cluster.h"
#include "lingtan/base/text.h"
#include "wrap.h"

enum edit_class edit_class_at(const char *text, size_t len, size_t at)
{
	uint32_t code;

	if (text[at] == ' ' || text[at] == '\t')
		return EDIT_BLANK;
	if (text[at] == '\n' || text[at] == '\r')
		return EDIT_LINE;
	if (lt_text_decode(text + at, len - at, &code) == 0)
		return EDIT_MARK;
	if (code == '_')
		return EDIT_LETTER;
	const utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
	if (category == UTF8PROC_CATEGORY_ZS)
		return EDIT_BLANK;
	if (category > UTF8PROC_CATEGORY_NO || category == UTF8PROC_CATEGORY_CN)
		return EDIT_MARK;
	return code >= 0x2e80 && cluster_code_columns(code) == 2 ? EDIT_HAN : EDIT_LETTER;
}

static size_t back(const struct edit *edit, size_t at)
{
	return cluster_back(edit_text(edit), edit->len, at);
}

static size_t ahead(const struct edit *edit, size_t at)
{
	return at < edit->len ? at + cluster_next(edit->text, edit->len, at).len : at;
}

static size_t word_left(const struct edit *edit)
{
	const char *text = edit_text(edit);
	size_t at = edit->cursor;

	while (at > 0 && edit_class_at(text, edit->len, back(edit, at)) == EDIT_BLANK)
		at = back(edit, at);
	if (at == 0)
		return 0;
	const enum edit_class class = edit_class_at(text, edit->len, back(edit, at));
	if (class == EDIT_LINE)
		return at < edit->cursor ? at : back(edit, at);
	while (at > 0 && edit_class_at(text, edit->len, back(edit, at)) == class)
		at = back(edit, at);
	return at;
}

static size_t word_right(const struct edit *edit)
{
	const char *text = edit_text(edit);
	size_t at = edit->cursor;

	if (at == edit->len)
		return at;
	const enum edit_class class = edit_class_at(text, edit->len, at);
	at = ahead(edit, at);
	if (class == EDIT_LINE)
		return at;
	while (at < edit->len && edit_class_at(text, edit->len, at) == class)
		at = ahead(edit, at);
	while (at < edit->len && edit_class_at(text, edit->len, at) == EDIT_BLANK)
		at = ahead(edit, at);
	return at;
}

static size_t line_end(const struct edit *edit)
{
	const char *text = edit_text(edit);
	const char *end = memchr(text + edit->cursor, '\n', edit->len - edit->cursor);
	size_t at = end ? (size_t)(end - text) : edit->len;
	if (at > edit->cursor && at < edit->len && text[at - 1] == '\r')
		at--;
	return at;
}

/* n rows up or down, as far as there are rows. */
static size_t rows_away(struct edit *edit, int n, bool *hangs)
{
	const char *text = edit_text(edit);
	size_t row = edit_cursor_row(edit);
	const size_t first = row;
	const int column = edit->goal >= 0 ? edit->goal : edit_column_in(edit, row, edit->cursor);

	if (n < 0)
		row = edit_row_above(edit, row, -n);
	for (; n > 0; n--) {
		const struct wrap_line line = wrap_line(text, edit->len, row, edit_columns(edit));
		if (line.is_last)
			break;
		row = line.next;
	}
	if (row == first)
		return edit->cursor;
	edit->goal = column;
	return edit_at_column(edit, row, column, hangs);
}

static size_t row_home(struct edit *edit)
{
	const size_t row = edit->options.is_multiline ? edit_cursor_row(edit) : 0;
	return row == edit->cursor ? wrap_paragraph_start(edit_text(edit), row) : row;
}

static size_t row_end(struct edit *edit, bool *hangs)
{
	if (!edit->options.is_multiline)
		return edit->len;
	const size_t row = edit_cursor_row(edit);
	const size_t at = edit_at_column(edit, row, edit->width, hangs);
	if (at != edit->cursor || *hangs != edit->hangs)
		return at;
	*hangs = false;
	return line_end(edit);
}

size_t edit_target(struct edit *edit, enum edit_move move, bool *hangs)
{
	const int page = edit->height > 1 ? edit->height - 1 : 1;

	*hangs = false;
	switch (move) {
	case EDIT_LEFT:
		return back(edit, edit->cursor);
	case EDIT_RIGHT:
		return ahead(edit, edit->cursor);
	case EDIT_WORD_LEFT:
		return word_left(edit);
	case EDIT_WORD_RIGHT:
		return word_right(edit);
	case EDIT_ROW_HOME:
		return row_home(edit);
	case EDIT_ROW_END:
		return row_end(edit, hangs);
	case EDIT_LINE_HOME:
		return wrap_paragraph_start(edit_text(edit), edit->cursor);
	case EDIT_LINE_END:
		return line_end(edit);
	case EDIT_TEXT_HOME:
		return 0;
	case EDIT_TEXT_END:
		return edit->len;
	default:
		break;
	}
	if (!edit->options.is_multiline)
		return edit->cursor;
	return rows_away(edit,
			 move == EDIT_UP        ? -1
			 : move == EDIT_DOWN    ? 1
			 : move == EDIT_PAGE_UP ? -page
						: page,
			 hangs);
}

static bool is_vertical(enum edit_move move)
{
	return move >= EDIT_UP && move <= EDIT_PAGE_DOWN;
}

enum edit_status edit_move(struct edit *edit, enum edit_move move, bool extends)
{
	size_t from, to;
	bool hangs = false;
	size_t target;

	edit_seal(edit);
	const bool is_selected = edit_selection(edit, &from, &to);
	if (is_selected && !extends && (move == EDIT_LEFT || move == EDIT_RIGHT))
		target = move == EDIT_LEFT ? from : to;
	else
		target = edit_target(edit, move, &hangs);
	const bool moves =
		target != edit->cursor || hangs != edit->hangs || (is_selected && !extends);
	if (!moves)
		return EDIT_NOTHING;
	edit->cursor = edit_border(edit, target);
	edit->hangs = hangs;
	if (!is_vertical(move))
		edit->goal = -1;
	if (!extends)
		edit->anchor = edit->cursor;
	return EDIT_DONE;
}

void edit_select_all(struct edit *edit)
{
	edit_seal(edit);
	edit->anchor = 0;
	edit->cursor = edit->len;
	edit->hangs = false;
	edit->goal = -1;
}
