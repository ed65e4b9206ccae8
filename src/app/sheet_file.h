/*
 * sheet_file - an answer sheet from a file of any kind; workbooks are opened by the second program.
 */
#ifndef LINGTAN_APP_SHEET_FILE_H
#define LINGTAN_APP_SHEET_FILE_H

#include "lingtan/core/ruleset.h"
#include "lingtan/load/sheet.h"

struct project;

/**
 * sheet_file_read - sheet_read() with workbooks; the sheet lives in the arena. watched: whose watcher
 * can stop it, which then fails as cancelled (LT_EDATA); NULL = nobody.
 * Errors: LT_EFILE (findings or err say why; also where the second program is missing), LT_ESPACE.
 */
enum lt_status sheet_file_read(const char *path, struct project *watched, struct lt_arena *arena,
			       struct lt_findings *findings, struct sheet **out,
			       struct lt_err *err);

/* An answer that names its item by the standard's number, as who fills a sheet in reads it there, is
 * called by the item's id from then on; one after another. Errors: LT_EDATA (several items have the
 * number, or an answer before it is of the same item). */
enum lt_status sheet_name_item(const struct sheet *sheet, unsigned at, const struct ruleset *ruleset,
			       struct lt_err *err);

/**
 * sheet_file_rows - the cells of a CSV file or workbook as CSV text (csv.h), in the arena; a workbook
 * has a row "#sheet NAME" before each of its sheets. watched: the same. Errors: LT_EFILE (neither, or
 * the second program is missing), LT_ESPACE.
 */
enum lt_status sheet_file_rows(const char *path, struct project *watched, struct lt_arena *arena,
			       const char **text, size_t *len, struct lt_err *err);

#endif
