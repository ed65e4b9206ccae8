/*
 * store - what all project files of one run share: the statements of db/, the schema a file must
 * have, the vocabulary of its facts.
 *
 * Made once from the embedded files (or those of a test), then used by any number of projects.
 */
#ifndef LINGTAN_STORE_STORE_H
#define LINGTAN_STORE_STORE_H

#include "lingtan/core/vocabulary.h"

/* Texts of db/, NUL-terminated, borrowed for the life of the store. */
struct store_texts {
	const char *schema;        /* schema.sql */
	const char *statements[2]; /* store.sql, facts.sql */
	const struct vocabulary *vocabulary;
};

struct store;

/* Errors: LT_EBUG (a statement that a table of the vocabulary needs is missing, or the schema does
 * not run), LT_ESPACE. *out is owned by the caller; store_free(NULL) is fine. */
enum lt_status store_new(const struct store_texts *texts, struct store **out, struct lt_err *err);
void store_free(struct store *store);

/* For who reads many files one after the other in one thread: a file that is opened with PROJECT_READ
 * is read by the connection that read the one before, if it may. */
void store_read_many(struct store *store);

/* Version of the database library. */
const char *store_library_version(void);

#endif
