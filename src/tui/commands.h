/* commands - what can be done by name: the table behind the prompt of F9. */
#ifndef LINGTAN_TUI_COMMANDS_H
#define LINGTAN_TUI_COMMANDS_H

#include "workbench.h"

struct named_command {
	struct label title; /* what an evaluator would type */
	struct label help;
	const char *cli; /* the command line's word for the same, or NULL */
	bool needs_project;
	void (*run)(struct workbench *bench);
};

extern const struct named_command named_commands[];
extern const unsigned n_named_commands;

/* The one that opens a page; there is one. */
const struct named_command *command_that_runs(void (*run)(struct workbench *bench));

/* How well a query fits a command: 0 = not at all; more is better. By its title, the command line's
 * word, or pinyin initials. */
int command_match(const struct workbench *bench, const struct named_command *command,
		  const char *query);

/* Without a project: the command that the query would find in one, or NULL. */
const struct named_command *command_of_projects(const struct workbench *bench, const char *query);

#endif
