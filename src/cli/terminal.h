/* terminal - standard output as the last place at which text from a file can be looked at; for
 * src/cli alone. Whatever a hostile file holds, control and bidi characters leave the program as
 * visible text. */
#ifndef LINGTAN_CLI_TERMINAL_H
#define LINGTAN_CLI_TERMINAL_H

#include <stdbool.h>

/* Puts the guard in the place of stdout; without memory the plain stdout stays, and false is given.
 */
bool terminal_guard(void);

#endif
