/* turned - what an undo or a redo came back to, for who pressed the key on something else. */
#ifndef LINGTAN_TUI_TURNED_H
#define LINGTAN_TUI_TURNED_H

#include "workbench.h"

#define TURNED_WORDS 400

/* Reads the newest entry: puts the cursor of the walk or the inventory, where one of them is on top, on what
 * it changed, and says what that is now, behind what the command is called: "；结论现为 8", "；10.2.7 结论现为 8";
 * "" where it is not one value. */
void turned_show(struct workbench *bench, const char *command, char words[TURNED_WORDS]);

#endif
