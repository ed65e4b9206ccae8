/* medium - what lies around a project file: is it ours, can it be written, is a transaction of it
 * left half done; for src/store alone. Speaks to the file system, not to SQLite. */
#ifndef LINGTAN_STORE_MEDIUM_H
#define LINGTAN_STORE_MEDIUM_H

#include <stdbool.h>
#include <stddef.h>
#include "lingtan/base/err.h"

struct medium {
	char path[4096]; /* for SQLite: with ./ before one of its own names, and what a link leads to */
	bool writable;   /* file and folder */
	bool wal;        /* another program put it into WAL mode: SQLite writes to read it */
};

/* Errors: LT_EFILE (missing; no regular file, or such a thing in the place of its journal; unless any
 * is true also not ours, or newer than this program). */
enum lt_status medium_look(const char *path, bool any, struct medium *out, struct lt_err *err);

/* Copies a file as it is between two transactions of others, and the journal of one that was left
 * half done or the log of WAL mode, to a temporary folder; *copy is owned by the caller. Errors:
 * LT_ESPACE (another program does not stop writing, no room). */
enum lt_status medium_copy(const char *path, char **copy, struct lt_err *err);
/* Removes such a copy with its folder, and frees the name; NULL is fine. */
void medium_remove_copy(char *copy);

/* A name beside `path` for a file in the making; the file is made, empty. Errors: LT_EDATA (there
 * is a file at path), LT_EFILE (the journal of an earlier one is), LT_ESPACE. */
enum lt_status medium_reserve(const char *path, char *draft, size_t cap, struct lt_err *err);

/* Gives the finished file its real name, never over another one, and flushes the folder; where that
 * alone fails (LT_ESPACE) the file stands under its name, whole. Errors: LT_EDATA (there is a file
 * at path), LT_ESPACE. */
enum lt_status medium_give_name(const char *draft, const char *path, struct lt_err *err);

/* Takes a file in the making away, with its journal or log. */
void medium_discard(const char *draft);

#endif
