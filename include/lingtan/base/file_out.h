/*
 * file_out - a file that appears whole or not at all: written under a temporary name beside it,
 * brought to disk, then given its name.
 *
 * Life cycle: lt_file_begin(), any number of lt_file_add(), then lt_file_finish(); or
 * lt_file_abandon(), which is also right after a failure and after the end.
 */
#ifndef LINGTAN_BASE_FILE_OUT_H
#define LINGTAN_BASE_FILE_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "lingtan/base/err.h"

struct lt_file_out {
	int fd; /* -1 = nothing is open */
	bool replace;
	char *path, *temporary; /* owned */
};

/**
 * lt_file_begin - replace: whether a file of that name may give way; a database never does. Errors:
 * LT_EDATA (there is such a file, and it may not), LT_ESPACE (no room, no permission, no such folder).
 */
enum lt_status lt_file_begin(struct lt_file_out *out, const char *path, bool replace,
			     struct lt_err *err);
enum lt_status lt_file_add(struct lt_file_out *out, const void *bytes, size_t len,
			   struct lt_err *err);

/* Writes over bytes that were added before. */
enum lt_status lt_file_amend(struct lt_file_out *out, uint64_t at, const void *bytes, size_t len,
			     struct lt_err *err);

/* Lets go of what stands behind so many bytes. */
enum lt_status lt_file_cut(struct lt_file_out *out, uint64_t len, struct lt_err *err);

/* Errors: LT_ESPACE; LT_EDATA where somebody made a file of that name meanwhile. Nothing is left
 * then. */
enum lt_status lt_file_finish(struct lt_file_out *out, struct lt_err *err);
void lt_file_abandon(struct lt_file_out *out);

#endif
