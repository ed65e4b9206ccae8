/* tui - the workbench: the screens on a terminal. */
#ifndef LINGTAN_TUI_TUI_H
#define LINGTAN_TUI_TUI_H

#include "lingtan/app/sitting.h"

/**
 * tui_run - runs until the person leaves. Everything entered is in the project, or kept as a draft
 * in the state folder, when it returns. Errors: LT_EUSAGE (no terminal), those of session_open().
 */
enum lt_status tui_run(const struct sitting *sitting, struct lt_err *err);

#endif
