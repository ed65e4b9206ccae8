/* report_sheet - a report's own document read back as an answer sheet; for sheet_file.c alone. */
#ifndef LINGTAN_SRC_APP_REPORT_SHEET_H
#define LINGTAN_SRC_APP_REPORT_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"

/* Whether a file begins like a document of lingtan export --format json. */
bool report_sheet_is(const char *path);

/**
 * report_sheet_write - what the document's rung says, as the text of a sheet in the arena: answers,
 * figures that were typed in, inventory, offsets. Errors: LT_EFILE (it is broken), LT_ESPACE.
 */
enum lt_status report_sheet_write(const char *path, struct lt_arena *arena, const char **text,
				  size_t *len, struct lt_err *err);

#endif
