/* path - paths as people type and read them: ~ for the home folder, the end of a long one. */
#ifndef LINGTAN_TUI_PATH_H
#define LINGTAN_TUI_PATH_H

#include "draw.h"
#include "lingtan/base/err.h"

#define PATH_TEXT 4096

/* ~/x as /home/of/the/person/x; blanks around it go. False where it does not fit. */
bool path_expand(const char *text, char out[PATH_TEXT]);

/* What to say of a path for which there is no room: sets err to LT_EFILE and returns it. */
enum lt_status path_too_long(struct lt_err *err);

/* The other way round; out may be path. */
void path_shorten(const char *path, char out[PATH_TEXT]);

/* The folder that a path lies in, with its slash; "" = none is named. */
void path_folder(const char *path, char out[PATH_TEXT]);

/* Behind the last slash. */
const char *path_name(const char *path);

/* Whether a name ends with one of these, whatever the case; NULL = any does. NULL ends the list. */
bool path_has_ending(const char *path, const char *const *endings);

/* In at most so many columns; of a path that is too long the end, behind "..". Bytes that are no
 * text are made visible. */
int draw_path(const struct canvas *canvas, int row, int col, int cols, enum ink ink,
	      const char *path);

#endif
