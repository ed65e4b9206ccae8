/* terminal_type - whether screens can be drawn on the terminal that $TERM names. For terminal.c. */
#ifndef LINGTAN_TUI_TERMINAL_TYPE_H
#define LINGTAN_TUI_TERMINAL_TYPE_H

#include "lingtan/base/err.h"

/* Writes nothing to the terminal. Errors: LT_EUSAGE, a type that is not known or cannot move its
 * cursor: curses would draw one long row on it. */
enum lt_status terminal_type_check(struct lt_err *err);

#endif
