/*
 * sheet - answer sheets from whatever people keep them in: YAML, JSON, CSV, a workbook.
 *
 * Tables of a CSV file or workbook. A row whose first cell is "#rung", "#assessment", "#park",
 * "#park_type", "#place", "#owner" or "#note" says that of the sheet in its second cell. The header
 * row names the columns by the keys of the YAML sheet or by Chinese titles
 * (src/load/sheet_words.c); by its columns it is known for a table of answers (item), of quantities
 * (id), of the inventory (activity) or of offsets (serial_from). Several tables are parted by rows
 * "#sheet NAME"; in a workbook each sheet is a part. What is not in a column we know is left alone,
 * with a warning. A cell is text, whatever it begins with: nothing is ever computed.
 */
#ifndef LINGTAN_LOAD_SHEET_H
#define LINGTAN_LOAD_SHEET_H

#include "lingtan/load/ruleset.h"

enum sheet_format { SHEET_YAML, SHEET_CSV, SHEET_WORKBOOK };

/**
 * sheet_format_of - told by the content, and by ".csv" at the end of the name: "PK" is a workbook,
 * the first line of a table is CSV, all else YAML (JSON is read as YAML). "-" is SHEET_YAML.
 * Errors: LT_EFILE (cannot be read; a workbook of the old .xls kind, or with a password).
 */
enum lt_status sheet_format_of(const char *path, enum sheet_format *out, struct lt_err *err);

/**
 * sheet_from_rows - tables as CSV text (csv.h) to a sheet. In a workbook a place is the row and
 * column of its cell, and the finding names the sheet and cell.
 * Errors: LT_EFILE (findings say why), LT_ESPACE.
 */
enum lt_status sheet_from_rows(const struct yaml_source *source, bool is_workbook,
			       struct lt_arena *arena, struct lt_findings *findings,
			       struct sheet **out, struct lt_err *err);

/* A result or value as people type it, in the words of answers_set, in the arena: 符合 is met, full
 * width becomes ASCII, 不适用：未建成 is na:未建成, whose reason stays as it is. What is none of the
 * words stays. NULL when memory ran out. */
const char *sheet_word_typed(const char *text, struct lt_arena *arena);
/* The same of the value of a quantity, which of the words has only 不适用：… and 未填, and of its
 * unit, which has none. */
const char *sheet_number_typed(const char *text, struct lt_arena *arena);
const char *sheet_unit_typed(const char *text, struct lt_arena *arena);

/* Turns a workbook, open at fd, into CSV text in the arena. */
typedef enum lt_status (*sheet_rows_fn)(void *context, const char *path, int fd,
					struct lt_arena *arena, const char **text, size_t *len,
					struct lt_err *err);

/**
 * sheet_read - a sheet of any kind from a file; "-" reads standard input, which is no workbook.
 * rows_of opens workbooks. Errors: LT_EFILE (findings or err say why), LT_ESPACE, those of rows_of.
 */
enum lt_status sheet_read(const char *path, sheet_rows_fn rows_of, void *context,
			  struct lt_arena *arena, struct lt_findings *findings, struct sheet **out,
			  struct lt_err *err);

#endif
