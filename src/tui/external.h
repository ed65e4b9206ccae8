/* external - a text in the person's own editor, on the same terminal. */
#ifndef LINGTAN_TUI_EXTERNAL_H
#define LINGTAN_TUI_EXTERNAL_H

#include <stddef.h>
#include "lingtan/base/err.h"

/**
 * external_edit - writes the text to a private file, runs $VISUAL, $EDITOR or a usual editor on it,
 * and reads it back. *out is the caller's to free. Errors: LT_EFILE (no editor runs, it fails, the
 * file is gone or is no UTF-8: the text stays as it was, and what the editor wrote where err says),
 * LT_ESPACE.
 */
enum lt_status external_edit(const char *text, size_t len, char **out, size_t *out_len,
			     struct lt_err *err);

#endif
