#include "edit_parts.h"

#include "cluster.h"
#include "wrap.h"

void edit_resize(struct edit *edit, int width, int height)
{
	edit->width = width > 3 ? width : 3;
	edit->height = height > 1 ? height : 1;
}

int edit_columns(const struct edit *edit)
{
	return edit->width - 1;
}

size_t edit_cursor_row(struct edit *edit)
{
	const size_t row = edit_row_at(edit, edit->cursor);
	return edit->hangs && row == edit->cursor && row > 0 ? edit_row_at(edit, row - 1) : row;
}

int edit_column_in(const struct edit *edit, size_t row, size_t at)
{
	const int columns = cluster_columns(edit_text(edit) + row, at - row);
	return columns < edit_columns(edit) ? columns : edit_columns(edit);
}

size_t edit_at_column(const struct edit *edit, size_t row, int column, bool *hangs)
{
	const struct wrap_line line =
		wrap_line(edit_text(edit), edit->len, row, edit_columns(edit));
	const size_t at = row + cluster_fit(edit_text(edit) + row, line.to - row, column, NULL);
	*hangs = at == line.next && !line.ends_paragraph;
	return at;
}

static void select_in(const struct edit *edit, struct edit_row *row, size_t next)
{
	size_t from, to;
	if (!edit_selection(edit, &from, &to))
		return;
	row->select_from = from < row->from ? row->from : from > row->to ? row->to : from;
	row->select_to = to > row->to ? row->to : to < row->from ? row->from : to;
	row->selects_end = from <= row->to && to > row->to && next > row->to;
}

/* ---- one line ---- */

static void scroll_line(struct edit *edit)
{
	const char *text = edit_text(edit);
	const int under_cursor =
		edit->cursor < edit->len ? cluster_next(text, edit->len, edit->cursor).width : 1;
	const size_t least = cluster_fit_end(text, edit->cursor, edit->width - under_cursor, NULL);
	const size_t most = cluster_fit_end(text, edit->len, edit->width - 1, NULL);

	edit->first = edit_border(edit, edit->first);
	if (edit->first < least)
		edit->first = least;
	if (edit->first > edit->cursor)
		edit->first = edit->cursor;
	if (edit->first > most)
		edit->first = most;
}

static void view_line(struct edit *edit, struct edit_row *rows, int n_most, struct edit_view *view)
{
	const char *text = edit_text(edit);

	scroll_line(edit);
	struct edit_row row = { .from = edit->first };
	row.to = row.from + cluster_fit(text + row.from, edit->len - row.from, edit->width, NULL);
	row.select_from = row.select_to = row.from;
	select_in(edit, &row, row.to);
	view->cursor_column = cluster_columns(text + row.from, edit->cursor - row.from);
	view->has_before = row.from > 0;
	view->has_after = row.to < edit->len;
	view->n_rows = 1;
	if (n_most > 0)
		rows[0] = row;
}

/* ---- prose ---- */

/* Whether the text ends before the field does. */
static bool leaves_rows(const struct edit *edit)
{
	struct wrap_line line = { .next = edit->first };
	for (int n = 0; n < edit->height; n++) {
		line = wrap_line(edit_text(edit), edit->len, line.next, edit_columns(edit));
		if (line.is_last)
			return n + 1 < edit->height;
	}
	return false;
}

static void scroll_prose(struct edit *edit)
{
	const size_t row = edit_cursor_row(edit);
	const size_t least = edit_row_above(edit, row, edit->height - 1);

	if (edit->first > edit->len)
		edit->first = edit->len;
	edit->first = edit_row_at(edit, edit->first);
	if (edit->first < least)
		edit->first = least;
	if (edit->first > row)
		edit->first = row;
	if (edit->first > 0 && leaves_rows(edit))
		edit->first = edit_row_above(edit, edit_row_at(edit, edit->len), edit->height - 1);
}

static void view_prose(struct edit *edit, struct edit_row *rows, int n_most, struct edit_view *view)
{
	const char *text = edit_text(edit);

	scroll_prose(edit);
	const size_t cursor_row = edit_cursor_row(edit);
	struct wrap_line line = { .next = edit->first };
	while (!line.is_last && view->n_rows < edit->height && view->n_rows < n_most) {
		line = wrap_line(text, edit->len, line.next, edit_columns(edit));
		struct edit_row *row = &rows[view->n_rows];
		*row = (struct edit_row){ line.from, line.to, line.from, line.from, false };
		select_in(edit, row, line.next);
		if (line.from == cursor_row)
			view->cursor_row = view->n_rows;
		view->n_rows++;
	}
	view->cursor_column = edit_column_in(edit, cursor_row, edit->cursor);
	view->has_before = edit->first > 0;
	view->has_after = !line.is_last;
}

void edit_view(struct edit *edit, struct edit_row *rows, int n_most, struct edit_view *view)
{
	*view = (struct edit_view){ 0 };
	if (edit->options.is_multiline)
		view_prose(edit, rows, n_most, view);
	else
		view_line(edit, rows, n_most, view);
}

void edit_place(struct edit *edit, int row, int column, bool extends)
{
	size_t start = edit->first;
	bool hangs = false;

	edit_seal(edit);
	if (edit->options.is_multiline) {
		struct wrap_line line =
			wrap_line(edit_text(edit), edit->len, start, edit_columns(edit));
		for (; row > 0 && !line.is_last; row--)
			line = wrap_line(edit_text(edit), edit->len, line.next, edit_columns(edit));
		start = line.from;
		edit->cursor = edit_at_column(edit, start, column, &hangs);
	} else {
		edit->cursor = start + cluster_fit(edit_text(edit) + start, edit->len - start,
						   column, NULL);
	}
	edit->hangs = hangs;
	edit->goal = -1;
	if (!extends)
		edit->anchor = edit->cursor;
}
