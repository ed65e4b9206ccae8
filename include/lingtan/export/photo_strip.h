/*
 * photo_strip - a JPEG photo or a PNG screenshot without time, place, camera, preview, texts and
 * comments: the picture alone, bit for bit, and of a photo which side is up.
 */
#ifndef LINGTAN_EXPORT_PHOTO_STRIP_H
#define LINGTAN_EXPORT_PHOTO_STRIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include "lingtan/base/err.h"

/* From an open regular file. Closes the box. Errors: LT_EFILE, LT_ESPACE. */
enum lt_status photo_strip_print(int fd, FILE *out, struct lt_err *err);

#endif
