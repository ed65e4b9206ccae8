/* progress - a line on the terminal while something takes long, and Ctrl-C that takes it back; for
 * src/cli alone. */
#ifndef LINGTAN_CLI_PROGRESS_H
#define LINGTAN_CLI_PROGRESS_H

#include "command.h"

/*
 * Between the two, work on the open project is watched: after half a second a line on standard error
 * says for how long it is at work and on which piece of how many, where that is a terminal and no
 * JSON was asked for; an interrupt stops it, which then fails as cancelled with nothing changed. The
 * end takes the line away.
 */
void progress_begin(struct invocation *in);
void progress_end(struct invocation *in);

#endif
