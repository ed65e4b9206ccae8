/*
 * project - one open project file: its head, its facts, its journal.
 *
 * A project file is the journal (entry.h) and what follows from it. Facts are written by
 * journal_commit() alone, one durable transaction a command. Nothing is ever half done: what fails
 * leaves the file as it was.
 *
 * Life cycle: project_create() or project_open(), then any number of calls, then project_close() in
 * any case. One thread.
 */
#ifndef LINGTAN_STORE_PROJECT_H
#define LINGTAN_STORE_PROJECT_H

#include "lingtan/core/entry.h"
#include "lingtan/store/store.h"

struct project;

enum project_mode {
	PROJECT_WRITE,   /* for changes; where the medium is read-only this falls back to reading */
	PROJECT_READ,    /* writes nothing, but for rolling back what a program that died left half
			    done, where that may be */
	PROJECT_LOOK,    /* never writes a byte beside or into the file */
	PROJECT_SUSPECT, /* the same, whatever its schema: verify */
	PROJECT_WRECK,   /* the same, whatever its version and number: rescue */
};

/**
 * project_create - a new file with its first entry. `fill` is called inside the transaction that
 * makes the file, with an entry that has only its project: it fills in kind, by, role, at, command,
 * changes, and may put bytes. Errors: LT_EDATA (the path exists), LT_ESPACE (no room, read-only),
 * those of fill. On an error no file is left, but a whole one may be where all that failed came
 * after it had its name: flushing its folder, opening it.
 */
typedef enum lt_status (*project_fill)(void *context, struct project *project, struct entry *first,
				       struct lt_err *err);
enum lt_status project_create(struct store *store, const char *path, project_fill fill,
			      void *context, struct project **out, struct lt_err *err);

/**
 * project_open - Errors: LT_EFILE (missing, not ours, newer than this program, damaged), LT_ESPACE.
 * A transaction that a program left half done is rolled back in place, or on a temporary copy where
 * nothing may be written: project_is_recovered(). A file of an older version is brought up to date,
 * on a temporary copy where nothing may be written: project_is_converted(). A file that another
 * program put into WAL mode is put back into this program's, or read from a temporary copy with what
 * its log holds: project_is_unlogged().
 */
enum lt_status project_open(struct store *store, const char *path, enum project_mode mode,
			    struct project **out, struct lt_err *err);
void project_close(struct project *project);

const char *project_path(const struct project *project);
const char *project_id(const struct project *project);   /* 32 hexadecimal digits */
const char *project_head(const struct project *project); /* hash; as of the last look */
unsigned project_depth(const struct project *project);
bool project_is_readonly(const struct project *project);
/* Errors: LT_ESPACE where it is read-only, with what to do. */
enum lt_status project_permits(const struct project *project, struct lt_err *err);
bool project_is_recovered(const struct project *project);
bool project_is_converted(const struct project *project);
bool project_is_unlogged(const struct project *project);
bool project_is_copied(const struct project *project); /* for one of these reasons */

/* Whether the file has pages that nothing uses: what is put there by a transaction that is taken
 * back stays in it as it is. Where that cannot be read it counts as true. */
bool project_has_free_pages(struct project *project);

/* ---- facts ---- */

/**
 * project_get - the value of one cell; out->at is NULL where nothing is set. Strings in the arena.
 * Errors: LT_EBUG (no such table or group), LT_EDATA (the key has another number of parts),
 * LT_EFILE (damaged), LT_ESPACE.
 */
enum lt_status project_get(struct project *project, const char *table, const char *key,
			   const char *group, struct lt_arena *arena, struct words *out,
			   struct lt_err *err);

/* One row of a table, in the order of keys: values[group] in the order of the vocabulary. */
struct fact_row {
	const char *key;            /* joined */
	const char *const *parts;   /* [table->key.n] */
	const struct words *values; /* [table->n_groups]; at NULL = nothing set */
	const struct fact_table *table;
};

/* The value of a group by its name: the order of groups is the vocabulary's business. Never NULL;
 * a group that there is not holds nothing. */
const struct words *fact_row_get(const struct fact_row *row, const char *group);

/* The row of a key, all in the arena; one that there is not has nothing set. Errors: LT_EBUG (no such
 * table), LT_EDATA (the key has another number of parts), LT_EFILE (damaged), LT_ESPACE. */
enum lt_status project_find(struct project *project, const char *table, const char *key,
			    struct lt_arena *arena, struct fact_row *out, struct lt_err *err);

/* Calls visit for each row of a table; stops at the first status that is not LT_OK and returns it.
 * The row lives until visit returns, unless arena is given, which then owns it. */
enum lt_status project_visit(struct project *project, const char *table, struct lt_arena *arena,
			     enum lt_status (*visit)(void *context, const struct fact_row *row),
			     void *context, struct lt_err *err);

/* Of the tables that are marked, by their place in the vocabulary: what stays marked is empty, for as
 * long as the transaction that is open; what does not may be either. Costs less than to prepare the
 * reading of them; in a transaction that writes, or where a WAL is read, none stays marked. */
enum lt_status project_find_empty(struct project *project, bool *empty, struct lt_err *err);

/* project_visit() for the rows of all tables, in the vocabulary's order; an empty table costs next to
 * nothing. */
enum lt_status project_visit_all(struct project *project,
				 enum lt_status (*visit)(void *context, const struct fact_row *row),
				 void *context, struct lt_err *err);

/* Whether any item is answered on a rung. */
enum lt_status project_has_answers(struct project *project, const char *assessment,
				   const char *rung, bool *out, struct lt_err *err);

/* ---- transactions: reads that belong together, or bytes and their entry ---- */

/* Nested calls count. project_end() with keep false rolls back, and with it all that it lies in:
 * who then keeps the whole is told (LT_EBUG). A read transaction never waits for the disk. Errors:
 * LT_ESPACE (another program writes, the file is read-only). */
enum lt_status project_begin(struct project *project, bool write, struct lt_err *err);
enum lt_status project_end(struct project *project, bool keep, struct lt_err *err);
bool project_has_begun(const struct project *project);

/* Called now and then while the database is at work: false stops what is being done, which fails as
 * cancelled (LT_EDATA) with nothing changed. in_transaction: what is done now is not on disk yet. */
typedef bool (*project_watch)(void *context, bool in_transaction);
/* watch: NULL = nobody watches any more. Borrows the context. */
void project_set_watch(struct project *project, project_watch watch, void *context);
/* Whoever watches one project watches another as well: both take part in one deed. */
void project_watch_too(struct project *project, const struct project *watched);
/* What follows belongs to something that is on disk already: who watches can no longer stop it. */
void project_must_finish(struct project *project, bool must);
/* The same question asked by whoever does long work that is not the database's, and has written
 * nothing that counts yet. */
bool project_may_go_on(const struct project *project);

#endif
