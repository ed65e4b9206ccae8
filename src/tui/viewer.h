/*
 * viewer - the system's program for a document, on a copy of it.
 *
 * Only kinds of a short list, by content, whatever the name says; the copy has a name of ours and
 * lies in a folder that nobody else can enter, which goes when the workbench ends.
 */
#ifndef LINGTAN_TUI_VIEWER_H
#define LINGTAN_TUI_VIEWER_H

#include "lingtan/app/merging.h"
#include "workbench.h"

/* A file of the disk. Errors: LT_EFILE, LT_EDATA (of a kind that is not opened, no desktop),
 * LT_ESPACE. */
enum lt_status viewer_open_file(const char *path, struct lt_err *err);
/* A file of the project, by its hash. */
enum lt_status viewer_open_evidence(struct workbench *bench, const char *sha256,
				    struct lt_err *err);
/* The same of the other file of a merge. */
enum lt_status viewer_open_theirs(struct merging *merging, const char *sha256, struct lt_err *err);

/* After one of them: that a copy was opened, or why not. */
void viewer_tell(struct workbench *bench, enum lt_status status, const struct lt_err *err);

/* Removes the copies. */
void viewer_close(void);

#endif
