/* fonts - whether this machine can draw documents in Chinese. */
#ifndef LINGTAN_EXPORT_FONTS_H
#define LINGTAN_EXPORT_FONTS_H

#include <stdio.h>
#include "lingtan/base/err.h"

/* One line: the family of a font that has Chinese, or an empty one where there is none. fd: not read.
 * Errors: LT_ESPACE. */
enum lt_status fonts_print(int fd, FILE *out, struct lt_err *err);

#endif
