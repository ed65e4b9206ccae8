/* sheet_rows - what the two readers of sheets, sheet.c and sheet_rows.c, ask of each other. */
#ifndef LINGTAN_LOAD_SHEET_ROWS_H
#define LINGTAN_LOAD_SHEET_ROWS_H

#include "lingtan/load/ruleset.h"

/* Limits of a sheet: above any standard, and low enough to compare everything with everything. */
#define SHEET_MOST_ANSWERS 5000u
#define SHEET_MOST_QUANTITIES 5000u
#define SHEET_MOST_LINES 20000u

/* Whether the first line of the text is that of a table as CSV. */
bool rows_look_like_sheet(const char *text, size_t len);

/**
 * sheet_finish - what a sheet needs once its entries are read, whatever file they came from: the
 * parts of its assessment, limits, nothing said twice. positions are set.
 * Errors: LT_EFILE (findings since errors_before say why), LT_ESPACE.
 */
enum lt_status sheet_finish(struct sheet *sheet, const char *name, struct lt_arena *arena,
			    struct lt_findings *findings, size_t errors_before, struct lt_err *err);

#endif
