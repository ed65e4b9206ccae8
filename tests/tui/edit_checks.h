/* edit_checks - what holds for an edit field after every call; NEED(holds) is the includer's way to fail. */
#ifndef EDIT_CHECKS_H
#define EDIT_CHECKS_H

#include <string.h>
#include "cluster.h"
#include "edit.h"
#include "wrap.h"

#define MOST_ROWS 64

static void check_rows(const struct edit *edit, const struct edit_row *rows, const struct edit_view *view)
{
	const char *text = edit_text(edit);
	size_t from, to;
	const bool selects = edit_selection(edit, &from, &to);

	NEED(view->n_rows >= 1 && view->n_rows <= edit->height);
	for (int i = 0; i < view->n_rows; i++) {
		const struct edit_row *row = &rows[i];
		NEED(row->from <= row->to && row->to <= edit->len);
		NEED(i == 0 || row->from >= rows[i - 1].to);
		NEED(cluster_begins(text, edit->len, row->from) && cluster_begins(text, edit->len, row->to));
		NEED(cluster_columns(text + row->from, row->to - row->from) <= edit->width);
		NEED(row->from <= row->select_from && row->select_from <= row->select_to && row->select_to <= row->to);
		for (size_t at = row->from; at < row->to; at++)
			NEED((selects && at >= from && at < to) == (at >= row->select_from && at < row->select_to));
	}
	NEED(view->has_before == (rows[0].from > 0));
	NEED(view->has_after || rows[view->n_rows - 1].to == edit->len || edit->options.is_multiline);
}

/* What is remembered of the rows is what they are. */
static void check_starts(const struct edit *edit)
{
	struct wrap_line line = { .next = 0 };
	for (size_t i = 0; i < edit->starts.n && edit->starts.columns == edit->width - 1; i++) {
		NEED(edit->starts.at[i] == line.next);
		line = wrap_line(edit_text(edit), edit->len, line.next, edit->width - 1);
		NEED(!line.is_last || i + 1 == edit->starts.n);
	}
}

static void check_cursor(const struct edit *edit, const struct edit_row *rows, const struct edit_view *view)
{
	const char *text = edit_text(edit);
	NEED(view->cursor_row >= 0 && view->cursor_row < view->n_rows);
	NEED(view->cursor_column >= 0 && view->cursor_column < edit->width);
	const struct edit_row *row = &rows[view->cursor_row];
	NEED(row->from <= edit->cursor);
	if (edit->cursor <= row->to)
		NEED(cluster_columns(text + row->from, edit->cursor - row->from) == view->cursor_column);
	else if (view->cursor_row + 1 < view->n_rows)
		NEED(edit->cursor < rows[view->cursor_row + 1].from);
	if (edit->cursor < row->to) /* the whole cluster under the cursor is seen */
		NEED(view->cursor_column + cluster_next(text, edit->len, edit->cursor).width <= edit->width);
}

static void check_edit(struct edit *edit)
{
	struct edit_row rows[MOST_ROWS];
	struct edit_view view;
	const char *text = edit_text(edit);

	NEED(strlen(text) <= edit->len && text[edit->len] == '\0');
	NEED(edit->cursor <= edit->len && cluster_begins(text, edit->len, edit->cursor));
	NEED(edit->anchor <= edit->len && cluster_begins(text, edit->len, edit->anchor));
	NEED(!edit->options.max_clusters || cluster_count(text, edit->len) <= edit->options.max_clusters);
	edit_view(edit, rows, MOST_ROWS, &view);
	check_rows(edit, rows, &view);
	check_starts(edit);
	check_cursor(edit, rows, &view);
}

#endif
