/* export_parts - the parts of an export; for src/app/export*.c alone. */
#ifndef LINGTAN_APP_EXPORT_PARTS_H
#define LINGTAN_APP_EXPORT_PARTS_H

#include "lingtan/app/export.h"
#include "lingtan/base/file_out.h"
#include "lingtan/base/json_read.h"

/**
 * export_csv - the document's answers, figures and inventory of its rung as tables that import
 * reads again: UTF-8 with a mark, CRLF; a text that a spreadsheet would take for a formula begins
 * with an apostrophe. Owned by the arena; NULL when memory runs out.
 */
const char *export_csv(const struct lt_json_node *report, struct lt_arena *arena);

#endif
