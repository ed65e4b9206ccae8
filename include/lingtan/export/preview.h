/* preview - what a file from elsewhere looks like: a text, or a small picture. */
#ifndef LINGTAN_EXPORT_PREVIEW_H
#define LINGTAN_EXPORT_PREVIEW_H

#include <stdio.h>
#include "lingtan/base/err.h"

#define PREVIEW_MAX_FILE ((size_t)64 << 20)
#define PREVIEW_MAX_TEXT ((size_t)16 << 10)
#define PREVIEW_MAX_PIXELS 50000000u /* of a photo, before it is made small */
#define PREVIEW_SIDE 160u            /* pixels of a picture, at most, either way */

/**
 * preview_print - by what its first bytes say: the words of a text (UTF-8 or GB18030), the words of
 * the first page of a PDF or, where it has none, the page as a picture, a photo (JPEG, PNG) turned
 * as its camera was held. Shuts the program in (box.h) before anything is decoded.
 *
 * One line, then bytes: "text PAGES" and UTF-8; "picture PAGES WIDTH HEIGHT" and WIDTH * HEIGHT * 3
 * bytes of red, green and blue; "none 0" for every other file, also a damaged one. PAGES is 0 where
 * there are none. Errors: LT_EFILE (cannot be read), LT_ESPACE.
 */
enum lt_status preview_print(int fd, FILE *out, struct lt_err *err);

#endif
