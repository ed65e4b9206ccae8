/* plain - the walk as numbered questions on plain lines: for screen readers, for pipes, for
 * terminals that can do nothing. */
#ifndef LINGTAN_TUI_PLAIN_H
#define LINGTAN_TUI_PLAIN_H

#include "workbench.h"

/* Asks on standard output and reads answers from standard input until its end or "q". The project
 * is open. Errors: LT_ESPACE (standard output takes no more). */
enum lt_status plain_run(struct workbench *bench, struct lt_err *err);

#endif
