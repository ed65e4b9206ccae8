/*
 * workbook - the sheets of an XLSX workbook as CSV text.
 *
 * For each sheet that can be seen, a line "#sheet NAME" and then its rows as RFC 4180 has them, in
 * UTF-8, each at its own line, so that rows can be counted; nothing behind the last cell of a row
 * or the last row of a sheet. Numbers are plain decimals of at most 15 digits, as the office suite
 * shows and compares them; one in a cell formatted as a date is an ISO date (or date and time, or
 * time), as a percentage a number with %. TRUE and FALSE; formulas by the value that was saved with
 * them, one that has none as it stands; shared and inline strings without their reading aids; of
 * merged cells the first alone.
 */
#ifndef LINGTAN_EXPORT_WORKBOOK_H
#define LINGTAN_EXPORT_WORKBOOK_H

#include <stdio.h>
#include "lingtan/base/err.h"

#define WORKBOOK_MAX_FILE ((size_t)20 << 20)
#define WORKBOOK_MAX_INFLATED ((size_t)64 << 20) /* of all parts that are read */
#define WORKBOOK_MAX_RATIO 200u
#define WORKBOOK_MAX_ROWS 100000u /* of all sheets, the lines with their names included */
#define WORKBOOK_MAX_COLUMNS 200u
#define WORKBOOK_MAX_TEXT ((size_t)16 << 20) /* of what is printed */

/**
 * workbook_print - the whole workbook, read from an open regular file.
 * Errors: LT_EFILE (no workbook, damaged, over a limit; what was printed till then is void),
 * LT_ESPACE.
 */
enum lt_status workbook_print(int fd, FILE *out, struct lt_err *err);

#endif
