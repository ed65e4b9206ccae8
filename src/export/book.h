/* book - a workbook being written: sheets cell by cell, formulas beside their values; for
 * src/export/book*.c alone. */
#ifndef LINGTAN_SRC_EXPORT_BOOK_H
#define LINGTAN_SRC_EXPORT_BOOK_H

#include "lingtan/export/input.h"
#include "pack.h"

#define BOOK_MAX_SHEETS 40u
#define BOOK_MAX_COLUMNS 63u

/* Numbers of the formats in styles.xml. */
enum style {
	STYLE_PLAIN,
	STYLE_TITLE,
	STYLE_HEADER,
	STYLE_TEXT,
	STYLE_INPUT,
	STYLE_NUMBER,
	STYLE_INPUT_NUMBER,
	STYLE_RESULT,
	STYLE_NOTE,
	STYLE_GROUP,
};

struct sheet {
	char name[96]; /* at most 31 characters, none that a name may not have */
	struct text_out columns, rows, cells, checks; /* cells: of the row at hand */
	unsigned widths[BOOK_MAX_COLUMNS + 1];        /* 0 ends them */
	unsigned n_checks, row, column;               /* row from 1; column from 0 */
	unsigned lines;                               /* of text in the row at hand */
	unsigned frozen;                              /* rows that stay in sight */
	bool is_hidden, in_row;
};

struct book {
	const struct lt_json_node *report;
	enum lt_lang lang;
	const char *lang_key, *rung;
	struct lt_arena *arena;
	struct sheet sheets[BOOK_MAX_SHEETS];
	unsigned n_sheets;
	/* where each slot of the plan stands, as a reference; NULL = nowhere */
	/* [n_slots]: the cell on its section's sheet that says what counts; of what a figure measures,
	 * the one with the reason why it is not applicable */
	const char **items;
	const char **cells; /* [n_slots]: on the sheet of calculations */
	const char **given; /* [n_slots]: of a quantity, the cell that was typed in */
	const char **values; /* [n_slots]: what the cell holds: a decimal, or a word for nothing */
	unsigned n_slots;
	bool failed;       /* no memory */
	bool has_too_many; /* sheets: there is no workbook, rather than one without some */
};

typedef const struct lt_json_node *node;

static inline const char *book_say(const struct book *book, const char *zh, const char *en)
{
	return book->lang == LT_ZH ? zh : en;
}

const char *book_label(const struct book *book, node of, const char *key);
const char *book_text(struct book *book, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* NULL when there are too many. widths: in characters, 0 ends the list. */
struct sheet *book_sheet(struct book *book, const char *name, const unsigned *widths);
void book_row(struct sheet *sheet);
void book_skip(struct sheet *sheet); /* a cell that stays empty */
void book_put(struct sheet *sheet, enum style style, const char *text);
void book_put_number(struct sheet *sheet, enum style style, const char *decimal);
/* cached: a decimal, or a word where is_text; "" = not known. The formula is ours alone: no user text in it. */
void book_put_formula(struct sheet *sheet, enum style style, const char *formula,
		      const char *cached, bool is_text);
/* "B12" of the cell that comes next; 'Sheet'!$B$12 of it seen from another sheet. */
void book_here(const struct sheet *sheet, char out[16]);
const char *book_reference(struct book *book, const struct sheet *sheet);

/* A row of titles that stays in sight. */
void book_header(struct book *book, struct sheet *sheet, const char *const (*titles)[2], unsigned n);

/* What may stand in the cell that comes next: one of a list (joined by commas, or a reference), or
 * a number within bounds. */
void book_check_list(struct sheet *sheet, const char *list);
void book_check_range(struct book *book, struct sheet *sheet, const char *min, const char *max);

/* Sheets: answers by section, figures, inventory with factors, summary and calculation. */
void book_sections(struct book *book);
void book_quantities(struct book *book);
void book_inventory(struct book *book);
void book_plan(struct book *book);

/* What a node's formula comes to, and whether that is a word: a node is open where the formula says
 * so, even where the program knows that what is open cannot matter. */
const char *book_value_of(struct book *book, node of, bool *is_word);

/* Words that stand for no number: open, not applicable, none. Each comes from one place in memory, by
 * which a value is known to be it and not a text that says the same. */
const char *book_word_open(const struct book *book);
const char *book_word_na(const struct book *book);
const char *book_word_none(const struct book *book);
bool book_is_word(const struct book *book, const char *value);

/* Whether the plan has such a slot: what the report says is not taken for granted. */
static inline bool book_has_slot(const struct book *book, int slot)
{
	return slot >= 0 && (unsigned)slot < book->n_slots;
}

#endif
