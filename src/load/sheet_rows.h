/* sheet_rows - what sheet.c asks of the reader of tables. */
#ifndef LINGTAN_LOAD_SHEET_ROWS_H
#define LINGTAN_LOAD_SHEET_ROWS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the first line of the text is that of a table as CSV. */
bool rows_look_like_sheet(const char *text, size_t len);

#endif
