/*
 * csv_out - writes a table as RFC 4180 says it, for spreadsheets: UTF-8 behind a byte order mark,
 * rows that end with CR LF.
 *
 * A text that a spreadsheet would compute gets an apostrophe in front (also one that has such
 * apostrophes already, so that the reader can take off exactly one). Memory failure is sticky and
 * told by lt_csv_finish().
 */
#ifndef LINGTAN_BASE_CSV_OUT_H
#define LINGTAN_BASE_CSV_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include "lingtan/base/arena.h"

struct lt_csv {
	struct lt_arena *arena;
	char *text;
	size_t len, cap;
	bool failed, in_row;
};

/* Begins with the mark; the text grows in the arena. */
void lt_csv_init(struct lt_csv *csv, struct lt_arena *arena);

/* A cell of the row at hand. */
void lt_csv_text(struct lt_csv *csv, const char *text);

/* A decimal of ours: a minus in front is no formula. */
void lt_csv_number(struct lt_csv *csv, const char *number);

void lt_csv_end_row(struct lt_csv *csv);

/* A whole row. */
void lt_csv_row(struct lt_csv *csv, const char *const *cells, size_t n);

/* The text, which ends with a zero byte at *len (NULL: not asked for); NULL when memory ran out. */
const char *lt_csv_finish(struct lt_csv *csv, size_t *len);

/*
 * Whether a spreadsheet would compute it, apostrophes in front left aside: = + - @, also full-width
 * as Chinese and Japanese editions take them, and what begins with a tab or a line's end.
 */
bool lt_csv_is_formula(const char *text, size_t len);

#endif
