/*
 * form_out - a form that people print, write on and sign, as a PDF: one or more sheets, each with
 * its own page numbers, drawn from texts that are already composed (app/paper.h).
 *
 * What is empty stays open to be written on. A character that no font has refuses the whole. Bytes
 * are the same for the same input and fonts.
 */
#ifndef LINGTAN_EXPORT_FORM_OUT_H
#define LINGTAN_EXPORT_FORM_OUT_H

#include <stdio.h>
#include "lingtan/base/err.h"

/* Errors: LT_EFILE (also: a font lacks a character), LT_ESPACE. */
enum lt_status form_print(int fd, FILE *out, struct lt_err *err);

#endif
