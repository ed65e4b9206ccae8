/* workbook_parts - the parts of a workbook: XML files in a ZIP archive. For workbook*.c alone. */
#ifndef LINGTAN_SRC_EXPORT_WORKBOOK_PARTS_H
#define LINGTAN_SRC_EXPORT_WORKBOOK_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <zip.h>
#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"
#include "workbook_number.h"

#define PATH_TEXT 256

struct sheet_part {
	const char *name;     /* as people see it */
	const char *relation; /* id among the workbook's relations */
	const char *path;     /* of its part; NULL = it is no sheet of cells */
	bool is_hidden;
};

/* Texts one behind the other, each ended by NUL. */
struct string_pool {
	char *bytes;      /* owned */
	uint32_t *starts; /* owned; [n] */
	size_t len, cap, n, cap_starts;
};

struct book {
	zip_t *zip;
	struct lt_arena arena; /* names and lists */
	struct lt_err *err;    /* set = reading has stopped */
	size_t inflated;       /* of the parts that were opened */
	bool from_1904;
	struct sheet_part *sheets;
	unsigned n_sheets;
	char workbook[PATH_TEXT], strings[PATH_TEXT], styles[PATH_TEXT]; /* "" = there is none */
	struct string_pool pool;
	uint8_t *cell_styles; /* enum cell_style by the number that cells give */
	unsigned n_cell_styles;
};

/* The attributes of an element, as the parser hands them out. */
struct attributes {
	const void *at;
	int n;
};

struct part_reader {
	void (*begin)(void *context, const char *name, const struct attributes *attributes);
	void (*end)(void *context, const char *name);
	void (*text)(void *context, const char *text, size_t len);
};

/**
 * part_read - one part through a reader, in pieces; stops when book->err is set. again: it was read
 * before, so its size does not count once more. Errors: LT_EFILE (missing, damaged, over a limit,
 * with a DTD), LT_ESPACE, what the reader set.
 */
enum lt_status part_read(struct book *book, const char *path, const struct part_reader *reader,
			 void *context, bool again);

/* The value of an attribute without its prefix, in buf; false if there is none or it does not fit. */
bool attribute_text(const struct attributes *attributes, const char *name, char *buf, size_t cap);
/* A whole number that it is; false if it is none. */
bool attribute_number(const struct attributes *attributes, const char *name, unsigned *out);

/* The sentence for a file that is not as it should be. */
enum lt_status book_is_damaged(struct book *book);

/* ---- workbook_book.c: what the workbook says of itself ---- */

enum lt_status book_open(struct book *book);
void book_release(struct book *book);

/* ---- workbook_sheet.c ---- */

struct rows_out {
	FILE *file;
	size_t n_bytes;
	unsigned n_lines;
};

enum lt_status sheet_print(struct book *book, const struct sheet_part *sheet, struct rows_out *out);

#endif
