/*
 * helper - the programs beside lingtan that open files from elsewhere and draw documents. A program
 * for each set of libraries: what only looks at a photo does not wait for those that draw.
 *
 * Each takes one word, a file on standard input, and answers on standard output; or a word that stands
 * by has a socket there on which files come (base/standby.h). They share main.c and differ in their
 * words alone.
 */
#ifndef LINGTAN_SRC_HELPER_HELPER_H
#define LINGTAN_SRC_HELPER_HELPER_H

#include <stdbool.h>
#include <stdio.h>
#include "lingtan/base/err.h"

struct helper_word {
	const char *word;
	enum lt_status (*run)(int fd, FILE *out, struct lt_err *err);
	bool stands_by;
};

/* Of this program; ends with a word that is NULL. */
extern const struct helper_word helper_words[];

#endif
