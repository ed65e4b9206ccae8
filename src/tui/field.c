#include "field.h"

#include <string.h>

#define MOST_ROWS 200

/* One for all fields of the program. */
static struct edit_clipboard clipboard;

static const struct {
	enum key key;
	enum edit_move move;
	bool extends;
} moves[] = {
	{ K_LEFT, EDIT_LEFT, false },
	{ K_RIGHT, EDIT_RIGHT, false },
	{ K_HOME, EDIT_ROW_HOME, false },
	{ K_END, EDIT_ROW_END, false },
	{ K_CTRL_A, EDIT_LINE_HOME, false },
	{ K_CTRL_E, EDIT_LINE_END, false },
	{ K_WORD_LEFT, EDIT_WORD_LEFT, false },
	{ K_WORD_RIGHT, EDIT_WORD_RIGHT, false },
	{ K_CTRL_HOME, EDIT_TEXT_HOME, false },
	{ K_CTRL_END, EDIT_TEXT_END, false },
	{ K_SHIFT_LEFT, EDIT_LEFT, true },
	{ K_SHIFT_RIGHT, EDIT_RIGHT, true },
	{ K_SHIFT_HOME, EDIT_ROW_HOME, true },
	{ K_SHIFT_END, EDIT_ROW_END, true },
	{ K_SHIFT_WORD_LEFT, EDIT_WORD_LEFT, true },
	{ K_SHIFT_WORD_RIGHT, EDIT_WORD_RIGHT, true },
};

static const struct {
	enum key key;
	enum edit_move move;
	bool extends;
} moves_of_prose[] = {
	{ K_UP, EDIT_UP, false },           { K_DOWN, EDIT_DOWN, false },
	{ K_PAGE_UP, EDIT_PAGE_UP, false }, { K_PAGE_DOWN, EDIT_PAGE_DOWN, false },
	{ K_SHIFT_UP, EDIT_UP, true },      { K_SHIFT_DOWN, EDIT_DOWN, true },
};

static const struct {
	enum key key;
	enum edit_move to;
} deletions[] = {
	{ K_BACKSPACE, EDIT_LEFT },  { K_DELETE, EDIT_RIGHT },     { K_CTRL_W, EDIT_WORD_LEFT },
	{ K_CTRL_K, EDIT_LINE_END }, { K_CTRL_U, EDIT_LINE_HOME },
};

static enum field_result result_of(enum edit_status status, enum field_result done)
{
	switch (status) {
	case EDIT_DONE:
		return done;
	case EDIT_FULL:
		return FIELD_FULL;
	case EDIT_NOMEM:
		return FIELD_NOMEM;
	default:
		return FIELD_EDGE;
	}
}

static bool find_move(const struct edit *edit, enum key key, enum edit_move *move, bool *extends)
{
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		if (moves[i].key == key) {
			*move = moves[i].move;
			*extends = moves[i].extends;
			return true;
		}
	for (size_t i = 0;
	     edit->options.is_multiline && i < sizeof(moves_of_prose) / sizeof(moves_of_prose[0]);
	     i++)
		if (moves_of_prose[i].key == key) {
			*move = moves_of_prose[i].move;
			*extends = moves_of_prose[i].extends;
			return true;
		}
	return false;
}

enum field_result field_key(struct edit *edit, const struct event *event)
{
	enum edit_move move;
	bool extends;
	if (find_move(edit, event->key, &move, &extends))
		return result_of(edit_move(edit, move, extends), FIELD_MOVED);
	for (size_t i = 0; i < sizeof(deletions) / sizeof(deletions[0]); i++)
		if (deletions[i].key == event->key)
			return result_of(edit_delete(edit, deletions[i].to), FIELD_CHANGED);
	switch (event->key) {
	case K_TEXT:
		return result_of(edit_insert(edit, event->text, strlen(event->text)),
				 FIELD_CHANGED);
	case K_PASTE:
		return result_of(edit_paste(edit, event->paste, event->paste_len), FIELD_CHANGED);
	case K_ENTER:
		if (!edit->options.is_multiline)
			return FIELD_IGNORED;
		return result_of(edit_insert(edit, "\n", 1), FIELD_CHANGED);
	case K_F8:
	case K_CTRL_Z:
		return result_of(edit_undo(edit), FIELD_CHANGED);
	case K_CTRL_R:
	case K_CTRL_Y:
		return result_of(edit_redo(edit), FIELD_CHANGED);
	case K_CTRL_X:
		return result_of(edit_cut(edit, &clipboard), FIELD_CHANGED);
	case K_CTRL_C:
		return result_of(edit_copy(edit, &clipboard), FIELD_MOVED);
	case K_CTRL_V:
		return clipboard.text ? result_of(edit_paste(edit, clipboard.text, clipboard.len),
						  FIELD_CHANGED)
				      : FIELD_EDGE;
	default:
		return FIELD_IGNORED;
	}
}

enum field_result field_type(struct workbench *bench, struct edit *edit, const struct event *event)
{
	const enum field_result result = field_key(edit, event);
	if (result == FIELD_FULL)
		workbench_tell(bench, NOTICE_WARN, "%s",
			       edit->options.is_multiline
				       ? tell(bench, "这里写不下了，多出的没有放进去；长文字写在附件里",
					      "this takes no more, the rest was left out; long texts go into an attachment")
				       : tell(bench, "这一行写不下了，多出的没有放进去",
					      "this line takes no more, the rest was left out"));
	if (result == FIELD_NOMEM)
		workbench_tell(bench, NOTICE_ERROR, "%s",
			       tell(bench, "内存不足，这一下没有算数；写好的都在",
				    "out of memory, that key did not count; what was typed is all there"));
	return result;
}

static void draw_row(const struct edit *edit, const struct canvas *canvas, int row,
		     const struct edit_row *shown, enum ink ink)
{
	const char *text = edit_text(edit);
	int col = draw_typed(canvas, row, 0, ink, text + shown->from,
			     (shown->select_from > shown->from ? shown->select_from : shown->from) -
				     shown->from);
	if (shown->select_to <= shown->select_from) {
		draw_typed(canvas, row, 0, ink, text + shown->from, shown->to - shown->from);
		return;
	}
	const int from = col;
	col = draw_typed(canvas, row, col, ink, text + shown->select_from,
			 shown->select_to - shown->select_from);
	draw_typed(canvas, row, col, ink, text + shown->select_to, shown->to - shown->select_to);
	draw_ground(canvas, row, from, col - from + (shown->selects_end ? 1 : 0), GROUND_SELECTION);
}

/* A single line that is longer than its place, with the cursor behind it. */
static bool scrolls(const struct edit *edit, const struct canvas *canvas)
{
	return !edit->options.is_multiline && canvas->cols > 4 &&
	       cluster_columns(edit_text(edit), edit_length(edit)) >= canvas->cols;
}

void field_draw(struct edit *edit, const struct canvas *canvas, enum ink ink, bool has_focus)
{
	struct edit_row rows[MOST_ROWS];
	struct edit_view view;
	/* what scrolls has a column at either side for the marks: they hide nothing */
	const int side = scrolls(edit, canvas) ? 1 : 0;
	const struct canvas text = canvas_part(canvas, 0, side, 0, -side);
	edit_resize(edit, text.cols, text.rows);
	edit_view(edit, rows, MOST_ROWS, &view);
	for (int i = 0; i < view.n_rows; i++)
		draw_row(edit, &text, i, &rows[i], ink);
	if (side && view.has_before)
		draw_text(canvas, 0, 0, INK_FAINT, "‹");
	if (side && view.has_after)
		draw_text(canvas, 0, canvas->cols - 1, INK_FAINT, "›");
	if (has_focus)
		draw_cursor(&text, view.cursor_row, view.cursor_column);
}
