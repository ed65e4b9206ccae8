/*
 * book_out - an assessment as a workbook that people fill in and hand back: a sheet a section, with
 * lists and ranges from the ruleset; figures, inventory and factors; and the plan as formulas with
 * the values that the program computed, which compute to the same again.
 *
 * import reads it (sheet.h of load): what is no answer, figure or line of the inventory stands in
 * rows that begin with "#".
 */
#ifndef LINGTAN_EXPORT_BOOK_OUT_H
#define LINGTAN_EXPORT_BOOK_OUT_H

#include <stdio.h>
#include "lingtan/base/err.h"

/* From the input that input.h describes. Closes the box. Errors: LT_EFILE, LT_ESPACE. */
enum lt_status book_print(int fd, FILE *out, struct lt_err *err);

#endif
