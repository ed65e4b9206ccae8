/*
 * word_out - a report as a Word file: headings, tables, charts and stubs for what people write; on
 * a plain file of ours, or on the body's own file, whose styles, letterhead and footers stay.
 *
 * In the body's own file the report takes the place of the paragraph that says {{report}}, or stands
 * at the end; {{park}}, {{title}}, {{standard}}, {{date}} and {{version}} are filled in wherever
 * they stand in one piece.
 */
#ifndef LINGTAN_EXPORT_WORD_OUT_H
#define LINGTAN_EXPORT_WORD_OUT_H

#include <stdio.h>
#include "lingtan/base/err.h"

#define WORD_MAX_PARTS 2000u
#define WORD_MAX_INFLATED ((size_t)64 << 20) /* of all parts of the body's own file */
#define WORD_MAX_RATIO 200u

/* From the input that input.h describes. Closes the box. Errors: LT_EFILE (the body's own file is
 * none, is damaged, over a limit, with macros), LT_ESPACE. */
enum lt_status word_print(int fd, FILE *out, struct lt_err *err);

#endif
