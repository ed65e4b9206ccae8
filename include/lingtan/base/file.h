/*
 * file - files and folders of a path: read one that came from somewhere else, write a new one, give
 * one its name; every refusal is one sentence.
 *
 * Reading never blocks on a FIFO, never follows a device, never reads more than the limit. A file
 * that is written piece by piece is file_out.h's.
 */
#ifndef LINGTAN_BASE_FILE_H
#define LINGTAN_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"

/**
 * lt_file_read - the bytes of a regular file, NUL-terminated, in the arena. "-" reads standard
 * input. Errors: LT_EFILE (missing, directory, FIFO, device, unreadable, over limit bytes),
 * LT_ESPACE.
 */
enum lt_status lt_file_read(const char *path, size_t limit, struct lt_arena *arena,
			    const char **text, size_t *len, struct lt_err *err);

/**
 * lt_file_open - a regular file to read from, with the same refusals as lt_file_read; closed on
 * exec, never blocking. The caller closes *fd. Errors: LT_EFILE.
 */
enum lt_status lt_file_open(const char *path, int *fd, size_t *size, struct lt_err *err);

/**
 * lt_file_write_new - a new file with these bytes, on disk when it returns; never over another
 * file. Errors: LT_EDATA (there is such a file), LT_ESPACE (no room, no permission). Nothing is left
 * on a failure.
 */
enum lt_status lt_file_write_new(const char *path, const char *bytes, size_t len,
				 struct lt_err *err);

/* All of the bytes, to whatever a descriptor leads to; false: errno says why not. */
bool lt_file_put(int fd, const char *bytes, size_t len);

/**
 * lt_file_give_name - renames, but never over another file; where a file system knows no such
 * rename, by a link, and where it knows no link either, after looking. Returns 0, or what errno
 * says (EEXIST: there is such a file).
 */
int lt_file_give_name(const char *from, const char *to);

/* Brings the names in the folder of a path to disk. Returns 0, or what errno says; 0 too where the
 * file system cannot, or this account may not, since nothing more can be done then. */
int lt_file_flush_folder(const char *path);

/* Whether a path leads to a folder; to anything else that exists; is itself a symbolic link. */
bool lt_is_folder(const char *path);
bool lt_is_file(const char *path);
bool lt_is_link(const char *path);

/**
 * lt_dir_list - the names in a directory that do not begin with a dot, sorted by bytes, in the
 * arena. Errors: LT_EFILE, LT_ESPACE.
 */
enum lt_status lt_dir_list(const char *path, struct lt_arena *arena, const char ***names,
			   size_t *n_names, struct lt_err *err);

#endif
