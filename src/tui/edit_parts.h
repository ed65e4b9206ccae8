/* edit_parts - what the files of edit share. */
#ifndef LINGTAN_TUI_EDIT_PARTS_H
#define LINGTAN_TUI_EDIT_PARTS_H

#include "edit.h"

/* What made a change, for joining it to the one before. */
enum edit_kind { EDIT_TYPED, EDIT_ERASED_BACK, EDIT_ERASED_AHEAD, EDIT_OTHER };

/* Bytes [at, at + n_removed) gave way to others. */
struct edit_change {
	size_t at, n_removed, n_inserted;
	const char *inserted;
	enum edit_kind kind;
};

/* Notes a change that is about to be made; false without memory, and nothing is noted. */
bool edit_history_note(struct edit *edit, const struct edit_change *change);
void edit_history_clear(struct edit_history *history);

/* Makes a change, notes it, and puts the cursor behind it. */
enum edit_status edit_change(struct edit *edit, const struct edit_change *change);

/* Bytes of the text alone; room must be there. */
void edit_splice(struct edit *edit, size_t at, size_t n_removed, const char *inserted,
		 size_t n_inserted);

/* The border at `at` or the next one behind it. */
size_t edit_border(const struct edit *edit, size_t at);

/* Where a move leads; *hangs as in struct edit. */
size_t edit_target(struct edit *edit, enum edit_move move, bool *hangs);

/* Kinds that words are made of. */
enum edit_class { EDIT_BLANK, EDIT_LINE, EDIT_MARK, EDIT_HAN, EDIT_LETTER };
enum edit_class edit_class_at(const char *text, size_t len, size_t at);

/* Columns that rows of prose wrap at. */
int edit_columns(const struct edit *edit);
/* Where the row begins that holds a byte, and the row n above it, at most the first. Rows are
 * remembered as far as memory allows, and wrapped again from where the text has changed. */
size_t edit_row_at(struct edit *edit, size_t at);
size_t edit_row_above(struct edit *edit, size_t row, int n);
void edit_forget_rows(struct edit *edit, size_t changed_at);
/* Where the row begins that the cursor stands in, and its column there. */
size_t edit_cursor_row(struct edit *edit);
int edit_column_in(const struct edit *edit, size_t row, size_t at);
/* Place in the row that is nearest to the column. */
size_t edit_at_column(const struct edit *edit, size_t row, int column, bool *hangs);

#endif
