/* help - what the program says of its words, from the tables of commands and options. */
#ifndef LINGTAN_CLI_HELP_H
#define LINGTAN_CLI_HELP_H

#include "command.h"

/* All commands and options, or of one command its usage, its options and an example. Errors: LT_EUSAGE, there is no such
 * command. */
enum lt_status print_help(struct invocation *in, const char *word);

/* What an option is to a command: the piece of its help that is about it, within the text; *len 0 = nothing. An option whose
 * help names no command goes with every one of them. */
const char *option_help_for(const struct command *command, const struct option_row *option, enum lt_lang lang, size_t *len);

/* Whether an option is the command's own: its usage or the option's help names it. */
bool is_option_of(const struct command *command, const struct option_row *option);

/* LT_EUSAGE, by name */
enum lt_status find_command(struct invocation *in, const char *name, const struct command **out);

#endif
