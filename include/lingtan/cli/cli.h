/*
 * cli - the command line: options, the table of commands, and their output as text and JSON.
 */
#ifndef LINGTAN_CLI_CLI_H
#define LINGTAN_CLI_CLI_H

#include "lingtan/load/library.h"

/* Runs the program for these arguments; returns the exit code (lingtan/base/err.h). */
int cli_run(int argc, char **argv, const struct embedded_file *embedded);

#endif
