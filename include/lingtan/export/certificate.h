/*
 * certificate - draws certificates, each on one A4 page, as PDF, SVG or PNG from the same drawing.
 *
 * Standard input holds {"pages": [PAGE, ...]}, each page with its texts in one language, already
 * composed; all in the font of the first, which alone bears the logo. First one line is written that
 * names fonts and libraries, because the records that are signed name them too; then {"answers":
 * [{"code": CODE, "record": STATEMENT}, ...]} is read from descriptor 3, one for each page, and each
 * drawing is written behind a line with its length. Bytes are the same for the same page, answer,
 * fonts and libraries.
 */
#ifndef LINGTAN_EXPORT_CERTIFICATE_H
#define LINGTAN_EXPORT_CERTIFICATE_H

#include <stdio.h>
#include "lingtan/base/err.h"

#define CERTIFICATE_ANSWER_FD 3

/* Errors: LT_EFILE (a character that the font has not, a page that does not fit, a picture that is
 * none, the font is not installed), LT_ESPACE. */
enum lt_status certificate_print(int fd, FILE *out, struct lt_err *err);

#endif
