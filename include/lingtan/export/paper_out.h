/*
 * paper_out - a report as a PDF on A4: cover, contents with page numbers, outline, charts, at the
 * foot of each page what it is and where it stands. Texts can be searched and copied; a character
 * that no font has refuses the whole.
 */
#ifndef LINGTAN_EXPORT_PAPER_OUT_H
#define LINGTAN_EXPORT_PAPER_OUT_H

#include <stdio.h>
#include "lingtan/base/err.h"

/* From the input that input.h describes. Errors: LT_EFILE (also: a font lacks a character),
 * LT_ESPACE. */
enum lt_status paper_print(int fd, FILE *out, struct lt_err *err);

#endif
