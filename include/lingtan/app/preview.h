/*
 * preview - what a file looks like, as the second program sees it: a text, or a small picture. The
 * file is never decoded in this program.
 */
#ifndef LINGTAN_APP_PREVIEW_H
#define LINGTAN_APP_PREVIEW_H

#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"

enum preview_kind { PREVIEW_NONE, PREVIEW_TEXT, PREVIEW_PICTURE };

struct preview {
	enum preview_kind kind;
	unsigned n_pages; /* 0 = it has none */
	const char *text; /* valid UTF-8, of the first page where there are pages */
	size_t len;
	unsigned width, height; /* of a picture, at most 160 either way */
	const unsigned char *rgb; /* [height][width][3] */
};

/**
 * preview_file - of an open regular file, whatever its read position; text and picture in the
 * arena. A file that is of no kind that can be shown, or is damaged, is PREVIEW_NONE. Gives up
 * after two seconds. Errors: LT_EFILE (the program is missing, took too long, or cannot read the
 * file), LT_ESPACE, LT_EBUG (its answer is none).
 */
enum lt_status preview_file(int fd, struct lt_arena *arena, struct preview *out,
			    struct lt_err *err);

#endif
