/* state - files of this program's own, outside of any project; for src/app alone. */
#ifndef LINGTAN_APP_STATE_H
#define LINGTAN_APP_STATE_H

#include "lingtan/app/session.h"

/* STATE/KIND/NAME; false where no state is kept. */
bool state_path(const struct session *session, const char *kind, const char *name, char *out,
		size_t cap);

/* Writes a small file as a whole: the new text or the old one, never half. Makes its folders. */
bool state_write(const char *path, const char *text, size_t len);

/* The same without waiting for the disk: what may be lost with the machine, not with the program. */
bool state_write_light(const char *path, const char *text, size_t len);

/* Writes a text of which half does no harm, since whoever reads it compares the whole: without a draft
 * and its renaming, which threads that write into one folder wait for. */
bool state_write_mark(const char *path, const char *text, size_t len);

/* The folders that a path lies in. */
void state_make_folders(const char *path);

#endif
