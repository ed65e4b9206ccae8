/* database - a connection and its named statements; for src/store alone. */
#ifndef LINGTAN_STORE_DATABASE_H
#define LINGTAN_STORE_DATABASE_H

#include <sqlite3.h>
#include "lingtan/store/journal.h"

#define APPLICATION_ID 1819566446 /* "ltan" */
#define SCHEMA_VERSION 5
#define BUSY_MS 5000 /* how long to wait for another program's transaction */

/* One statement of db/, by name. */
struct named_sql {
	const char *name, *text;
	size_t name_len, text_len;
};

/* Statements of one fact table: numbers in store->sql. */
struct table_sql {
	unsigned get, all;
	unsigned put[TABLE_MAX_GROUPS]; /* of each group */
};

/* What stands in a schema: "type name" and its text, sorted. */
struct schema_object {
	const char *type, *name, *sql;
};

struct schema {
	struct schema_object *at;
	unsigned n;
};

/* A table as db/schema.sql makes it. */
struct written_table {
	const char *name, *sql;
	size_t name_len, sql_len;
};

struct store {
	struct lt_arena arena;
	const struct vocabulary *vocabulary;
	const char *schema_text;
	struct written_table *written; /* what it makes, in its order */
	unsigned n_written;
	struct named_sql *sql; /* sorted by name */
	unsigned n_sql;
	struct table_sql *tables; /* as in the vocabulary */
	struct schema expected;   /* n is 0 until it is asked for: schema_expected() */
	struct reader *reader;    /* of who reads many files, or NULL */
};

struct project {
	struct store *store; /* borrowed */
	sqlite3 *db;
	sqlite3_stmt **statements;           /* [store->n_sql], prepared when first used */
	struct reader *reader;               /* whose connection it is, or NULL */
	bool is_set_up;                      /* the connection has read another file before */
	char *path;                          /* as given */
	char *copy;                          /* temporary copy that is open instead, or NULL */
	bool recovered, converted, unlogged; /* why it is a copy */
	struct lt_err trouble; /* what kept a suspect file from being brought up to date */
	char id[33];
	char head[LT_SHA256_HEX];
	char head_before[LT_SHA256_HEX]; /* of the transaction */
	unsigned depth, depth_before;
	project_watch watch;
	void *watch_context;
	bool was_stopped;         /* by who watches, since it was last looked at */
	bool must_finish;         /* who watches is told, and stops nothing */
	bool is_new;              /* its first entry is still to be written */
	bool keeps_journal;       /* emptied after each transaction, removed at the end */
	bool has_purged;          /* the journal holds bytes that must go */
	unsigned n_open;          /* transactions within each other */
	const struct lt_key *key; /* signs new entries; borrowed, or NULL */
	bool readonly, failed;    /* failed: an inner transaction was not kept */
};

/* Number of a statement; LT_EBUG-asserts that it is there, since tests prepare every one. */
unsigned store_find_sql(const struct store *store, const char *name);

/* A statement ready to be bound; reset it with sql_done(). NULL with err set where it cannot be
 * prepared. */
sqlite3_stmt *sql_prepare(struct project *project, unsigned number, struct lt_err *err);
sqlite3_stmt *sql_named(struct project *project, const char *name, struct lt_err *err);
void sql_done(sqlite3_stmt *statement);

/* Runs a bound statement that gives no row, and resets it. */
enum lt_status sql_run(struct project *project, sqlite3_stmt *statement, struct lt_err *err);

/* Steps: LT_OK with *row telling whether there is one. */
enum lt_status sql_step(struct project *project, sqlite3_stmt *statement, bool *row,
			struct lt_err *err);

/* A script of db/store.sql on any connection. */
enum lt_status sql_script(const struct store *store, sqlite3 *db, const char *path,
			  const char *name, struct lt_err *err);

/* Text of a column as it is, "" for NULL; borrowed until the next step. */
const char *sql_text(sqlite3_stmt *statement, int column);

/* What SQLite says, in words of ours. */
enum lt_status sql_failed(sqlite3 *db, int code, const char *path, struct lt_err *err);

/* The objects of a connection's schema, sorted, in the arena. */
enum lt_status schema_read(const struct store *store, sqlite3 *db, const char *path,
			   struct lt_arena *arena, struct schema *out, struct lt_err *err);

/* The schema of a fresh file. */
enum lt_status schema_expected(struct store *store, const struct schema **out, struct lt_err *err);

/* Where the objects of a file lie. */
struct shape {
	char digest[LT_SHA256_HEX]; /* of their types, names, tables and first pages in their order */
	sqlite3_int64 last;         /* of these pages */
};

/* Whether the schema of a file is, table by table, the text of db/schema.sql: true is certain and
 * cheap; where it is false schema_difference() tells, or schema_read() why nobody can. */
bool schema_is_as_written(struct project *project, struct shape *shape);

/* Name of the first object that differs, NULL where the schema is as expected. */
const char *schema_difference(const struct schema *expected, const struct schema *found);

/* Writes the new value of a cell; for journal.c and the making of tables from the journal. */
enum lt_status facts_put(struct project *project, const struct change *change, struct lt_err *err);
/* The changes of an entry, in the tables; refuses (LT_ESPACE) where a cell no longer holds what its
 * change says. */
enum lt_status journal_put(struct project *project, const struct change *changes, unsigned n,
			   struct lt_arena *scratch, struct lt_err *err);
enum lt_status entry_put(struct project *project, const char *hash, const char *body, size_t len,
			 const char *signature, struct lt_err *err);
/* An entry whose place in the history is filled in: encoded, hashed, signed where there is a key,
 * put. */
enum lt_status entry_write(struct project *project, const struct entry *entry,
			   struct lt_arena *scratch, char hash[LT_SHA256_HEX], struct lt_err *err);

/* A connection on a path with our settings and no fact in it yet, or on an existing file. */
enum lt_status database_open(struct store *store, const char *path, int flags, struct project **out,
			     struct lt_err *err);
/* The same, by the name that it has in a VFS of SQLite's; NULL = where files are. */
enum lt_status database_open_in(struct store *store, const char *path, const char *name,
				const char *vfs, int flags, struct project **out,
				struct lt_err *err);
/* A new file with our schema and nothing in it; close *out in any case. */
enum lt_status database_make(struct store *store, const char *path, struct project **out,
			     struct lt_err *err);
/* The version of the schema that a file says it has. */
enum lt_status version_read(struct project *project, unsigned *version, struct lt_err *err);

/* The newest entry, into project->head, depth and id. Errors: LT_EFILE (there is none, or it is
 * damaged), LT_ESPACE. */
enum lt_status head_read(struct project *project, struct lt_err *err);

#endif
