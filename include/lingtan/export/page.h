/*
 * page - a report as one HTML page that needs nothing else: no network, no script, charts as SVG;
 * reads on a phone, prints on A4.
 */
#ifndef LINGTAN_EXPORT_PAGE_H
#define LINGTAN_EXPORT_PAGE_H

#include <stdio.h>
#include "lingtan/base/err.h"

/* From the input that input.h describes. Closes the box. Errors: LT_EFILE, LT_ESPACE. */
enum lt_status page_print(int fd, FILE *out, struct lt_err *err);

/* The index of an evidence bundle: what is in it, and for which clause. */
enum lt_status index_print(int fd, FILE *out, struct lt_err *err);

#endif
