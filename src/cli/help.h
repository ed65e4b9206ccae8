/* help - what the program says of its words, from the tables of commands and options. */
#ifndef LINGTAN_CLI_HELP_H
#define LINGTAN_CLI_HELP_H

#include "command.h"

/* All commands and options, or of one command its usage, its options and an example. Errors: LT_EUSAGE, there is no such
 * command. */
enum lt_status print_help(struct invocation *in, const char *word);

/* Whether an option is the command's own: its usage or the option's help names it. */
bool is_option_of(const struct command *command, const struct option_row *option);

/* LT_EUSAGE, by name */
enum lt_status find_command(struct invocation *in, const char *name, const struct command **out);

/* Term and explanation, until a term is NULL. */
struct note_row {
	const char *term;
	struct label text;
};

/* What the program ends with, and what that says. */
extern const struct note_row exit_codes[];

#endif
