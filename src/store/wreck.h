/* wreck - the rows of a broken project file, read from its pages without SQLite; for src/store
 * alone. Whoever takes a row proves it by its hash: here nothing is believed. Source: the database
 * file format of SQLite, "B-tree Pages", "Record Format". */
#ifndef LINGTAN_STORE_WRECK_H
#define LINGTAN_STORE_WRECK_H

#include <stdbool.h>
#include <stdint.h>
#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"

#define WRECK_COLUMNS 4

struct wreck {
	int fd;
	unsigned page_size;
	uint64_t n_pages;
	unsigned char *page; /* the one at hand */
	unsigned char *next; /* one of a chain */
};

enum wreck_type { WRECK_NULL, WRECK_INTEGER, WRECK_TEXT, WRECK_BLOB, WRECK_REAL };

struct wreck_column {
	enum wreck_type type;
	int64_t number;
	size_t offset, len; /* in the payload */
};

/* A row as it lies in a page: at most WRECK_COLUMNS columns. */
struct wreck_row {
	int64_t rowid;
	uint64_t page; /* from 1 */
	unsigned cell; /* offset of the payload in it */
	size_t len;    /* of the payload */
	struct wreck_column columns[WRECK_COLUMNS];
	unsigned n_columns;
};

/* Errors: LT_EFILE (it cannot be read), LT_ESPACE. Close in any case. */
enum lt_status wreck_open(struct wreck *wreck, const char *path, struct lt_err *err);
void wreck_close(struct wreck *wreck);

/* Calls visit for every row of every page that looks like a leaf of a table, and once for the page
 * after its rows (row NULL), whatever it looks like. Stops at the first status that is not LT_OK.
 * Pages that cannot be read are left out. */
enum lt_status wreck_visit(struct wreck *wreck,
			   enum lt_status (*visit)(void *context, const unsigned char *page,
						   const struct wreck_row *row),
			   void *context);

/* The whole payload of a row, len bytes; false where its chain of pages is broken. */
bool wreck_payload(struct wreck *wreck, const struct wreck_row *row, unsigned char *out);

#endif
