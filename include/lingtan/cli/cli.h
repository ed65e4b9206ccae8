/*
 * cli - the command line: options, the table of commands, and their output as text and JSON.
 */
#ifndef LINGTAN_CLI_CLI_H
#define LINGTAN_CLI_CLI_H

#include "lingtan/app/sitting.h"

/* Runs the program for these arguments; returns the exit code (lingtan/base/err.h). `screens` is
 * what runs where no command is given. */
int cli_run(int argc, char **argv, const struct embedded_file *embedded, sit_down screens);

#endif
