/*
 * sheet_file - an answer sheet from a file of any kind; workbooks are opened by the second program.
 */
#ifndef LINGTAN_APP_SHEET_FILE_H
#define LINGTAN_APP_SHEET_FILE_H

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

/**
 * sheet_file_rows - the cells of a CSV file or workbook as CSV text (csv.h), in the arena; a workbook
 * has a row "#sheet NAME" before each of its sheets. watched: the same. Errors: LT_EFILE (neither, or
 * the second program is missing), LT_ESPACE.
 */
enum lt_status sheet_file_rows(const char *path, struct project *watched, struct lt_arena *arena,
			       const char **text, size_t *len, struct lt_err *err);

#endif
