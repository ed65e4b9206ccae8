/* reader - one connection that reads file after file; for src/store alone. One thread, and one file
 * at a time.
 *
 * Before SQLite tells anything of a file it reads its schema, which for a file of ours takes as
 * long as scoring the park. A connection expects that others change its file between two
 * transactions; here the file below it becomes another one. What it knew of the pages is forgotten.
 * The schema it keeps, and the statements made for it, which is right for a file with the same
 * cookie and row by row the same sqlite_schema: that is asked of every file before a fact is read,
 * with what SQLite asks of these rows when it parses them. Where it does not hold, or anything else
 * goes wrong, the file gets a connection of its own.
 */
#ifndef LINGTAN_STORE_READER_H
#define LINGTAN_STORE_READER_H

#include "database.h"

/* For the projects of a store; NULL without memory. */
struct reader *reader_new(struct store *store);
void reader_free(struct reader *reader);

/* A project on what lies at `path`, only to be read, which waits for nobody until BUSY_MS is set;
 * NULL = it takes a connection of its own: there is no reader, a project has its connection, or the
 * file cannot be read, and the other tells why. */
struct project *reader_open(struct reader *reader, const char *path);

/* Whether the connection knows the schema of this file, which is as written: it is the first that
 * it reads, or has the same shape, and all pages that it speaks of are there. */
bool reader_knows(struct project *project, const struct shape *shape);

/* Takes connection and statements back from a project that is closed, and lets go of the file; one
 * that others have written to keeps them. */
void reader_take_back(struct project *project);
/* The project keeps the connection, and closes it; the next file gets a new one. */
void reader_let_go(struct project *project);

#endif
