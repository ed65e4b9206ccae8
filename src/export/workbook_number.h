/* workbook_number - what a number in a cell says, as text. Pure. */
#ifndef LINGTAN_SRC_EXPORT_WORKBOOK_NUMBER_H
#define LINGTAN_SRC_EXPORT_WORKBOOK_NUMBER_H

#include <stdbool.h>

#define NUMBER_TEXT 80

enum cell_style { STYLE_PLAIN, STYLE_DATE, STYLE_PERCENT };

/* What a number format of the workbook ("yyyy/m/d", "0.0%") or a built-in one makes of numbers. */
enum cell_style style_of_format(const char *code);
enum cell_style style_of_builtin(unsigned id);

/**
 * number_print - the text of a cell's number, rounded to the 15 digits that office suites keep,
 * with neither exponent nor trailing zeros. from_1904: dates count from 1904. False, and out
 * untouched, where the text is no number or cannot be shown like that; then it is best shown as it
 * is.
 */
bool number_print(const char *text, enum cell_style style, bool from_1904, char out[NUMBER_TEXT]);

#endif
