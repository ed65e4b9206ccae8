/*
 * edit - the text under the cursor: one line that scrolls sideways, or prose that wraps and
 * scrolls.
 *
 * Knows no keys and no screen: a field maps keys to these calls, and draws the rows that edit_view
 * gives. The cursor always stands between two clusters. A call that needs memory and gets none
 * changes nothing and says EDIT_NOMEM: what was in the field stays, also what could be undone.
 *
 * Life: edit_init, which cannot fail; edit_set for text from the record; calls; edit_release. Text
 * borrowed from edit_text is good until the next call that changes it.
 */
#ifndef LINGTAN_TUI_EDIT_H
#define LINGTAN_TUI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#define EDIT_MOST_BYTES ((size_t)1 << 20)

enum edit_status {
	EDIT_DONE,
	EDIT_NOTHING, /* nothing to do: the place for a beep, or for going to the next field */
	EDIT_FULL,    /* the field takes no more: only what fits was put in, perhaps nothing */
	EDIT_NOMEM,
};

struct edit_options {
	bool is_multiline;   /* keeps line ends; else they become a blank */
	bool folds_twins;    /* numbers and commands: full-width digits and marks become ASCII */
	bool is_secret;      /* its bytes are overwritten before they are given back; nothing of it
				is kept to undo, nor copied */
	size_t max_clusters; /* 0: EDIT_MOST_BYTES alone limits */
};

enum edit_move {
	EDIT_LEFT,
	EDIT_RIGHT,
	EDIT_WORD_LEFT, /* over blanks, then over a run of one kind: Han, letters, marks */
	EDIT_WORD_RIGHT,
	EDIT_UP, /* rows as they stand on the screen */
	EDIT_DOWN,
	EDIT_PAGE_UP,
	EDIT_PAGE_DOWN,
	EDIT_ROW_HOME, /* there already: of the line */
	EDIT_ROW_END,
	EDIT_LINE_HOME, /* a line ends with a line end, however many rows it takes */
	EDIT_LINE_END,
	EDIT_TEXT_HOME,
	EDIT_TEXT_END,
};

/* Fields are read through the functions below. */
struct edit {
	struct edit_options options;
	char *text; /* owned, NUL-terminated; NULL while nothing was put in */
	size_t len, cap;
	size_t cursor, anchor; /* bytes; equal: nothing selected */
	bool hangs;            /* at the end of a full row, not at the head of the next */
	int goal;              /* column that moves up and down aim at, -1: the cursor's */
	int width, height;     /* of the field, columns and rows */
	size_t first;          /* where the first visible row, or the visible part, begins */
	unsigned long version; /* grows with every change of the text */
	struct edit_starts {
		size_t *at; /* owned: where the first n rows begin, as far as was asked */
		size_t n, cap;
		int columns; /* that they wrap at */
	} starts;
	struct edit_history {
		struct edit_step **steps; /* owned, each with its bytes */
		size_t n, cap, done;      /* steps[0..done) can be undone, the rest redone */
		size_t bytes;
		bool is_sealed; /* the next change begins a step */
	} history;
};

/* What was cut or copied last, for all fields of the program. {0} is empty. */
struct edit_clipboard {
	char *text; /* owned */
	size_t len;
};

void edit_init(struct edit *edit, const struct edit_options *options);
void edit_release(struct edit *edit);
void edit_clipboard_release(struct edit_clipboard *clipboard);

/* Text from the record as it is, cursor at its end, nothing to undo. */
enum edit_status edit_set(struct edit *edit, const char *text, size_t len);

const char *edit_text(const struct edit *edit); /* "" for none */
size_t edit_length(const struct edit *edit);
size_t edit_cursor(const struct edit *edit);
bool edit_selection(const struct edit *edit, size_t *from, size_t *to);

/* Puts the cursor at a byte (that of an earlier edit_cursor), brought to a cluster's border. */
void edit_set_cursor(struct edit *edit, size_t at);

/*
 * Typed, pasted, or all new (from an external editor). What is selected is replaced. Cleaned: line
 * ends become LF, or in one line a blank; a tab becomes a blank; controls, bidi controls and
 * invisible blanks go; broken UTF-8 becomes U+FFFD: so the text passes lt_text_check. Typing goes
 * on in one undo step up to a mark or blank; a paste is a step of its own.
 */
enum edit_status edit_insert(struct edit *edit, const char *text, size_t len);
enum edit_status edit_paste(struct edit *edit, const char *text, size_t len);
enum edit_status edit_replace_all(struct edit *edit, const char *text, size_t len);

/* Deletes the selection, else from the cursor to where the move would lead; or the whole line with
 * its line end. */
enum edit_status edit_delete(struct edit *edit, enum edit_move to);
enum edit_status edit_delete_line(struct edit *edit);

/* Moves; extends the selection, or ends it (EDIT_LEFT and EDIT_RIGHT then go to its ends). */
enum edit_status edit_move(struct edit *edit, enum edit_move move, bool extends);
void edit_select_all(struct edit *edit);

enum edit_status edit_copy(const struct edit *edit, struct edit_clipboard *clipboard);
enum edit_status edit_cut(struct edit *edit, struct edit_clipboard *clipboard);

enum edit_status edit_undo(struct edit *edit);
enum edit_status edit_redo(struct edit *edit);
/* The next change begins a new step: at a pause, when the field is left. */
void edit_seal(struct edit *edit);

/* ---- on the screen ---- */

struct edit_row {
	size_t from, to;               /* bytes to show */
	size_t select_from, select_to; /* those of them that are selected; equal: none */
	bool selects_end;              /* the selection goes on behind the row's last byte */
};

struct edit_view {
	int n_rows; /* at least 1 */
	int cursor_row, cursor_column;
	bool has_before, has_after; /* text above and below, or left and right */
};

/* The field's size, at least 3 columns and 1 row. Prose wraps one column earlier than the width, so
 * that the cursor has a place behind a full row. */
void edit_resize(struct edit *edit, int width, int height);

/* Scrolls as little as brings the cursor in, and gives the visible rows: rows[0..n_rows), n_rows at
 * most the height and n_most. */
void edit_view(struct edit *edit, struct edit_row *rows, int n_most, struct edit_view *view);

/* Puts the cursor where the mouse points, in the rows of the last view. */
void edit_place(struct edit *edit, int row, int column, bool extends);

#endif
