/* Which tables are empty, told from the first page of each: a leaf of an index without cells, since
 * every fact table is WITHOUT ROWID (sqlite.org/fileformat2.html, 1.6 and 2.4). The same asked in
 * SQL is a statement of 48 subqueries; to compile it takes an eighth of the time of scoring a file.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "database.h"
#include "lingtan/store/project.h"

#define HEADER 100   /* bytes of the file's own header */
#define PAGE_SIZE 16 /* where it says how large a page is: two bytes, 1 for 65536 */
#define LEAF_OF_INDEX 0x0a
#define N_CELLS 3 /* where a page says how many cells it has: two bytes */

/* The file below a connection that reads: what lies there is what the connection would find. */
struct pages {
	sqlite3_file *file; /* NULL = what is there cannot be told from its pages */
	sqlite3_int64 size;
};

static unsigned two_bytes(const unsigned char *at)
{
	return (unsigned)at[0] << 8 | at[1];
}

static bool read_at(sqlite3_file *file, void *out, int n, sqlite3_int64 at)
{
	return file->pMethods->xRead(file, out, n, at) == SQLITE_OK;
}

/* SQLite reads a WAL that lies beside the file whatever the file says of itself. */
static bool is_in_wal(struct project *project)
{
	struct lt_err ignored = LT_ERR_INIT;
	bool row = false;
	sqlite3_stmt *statement = sql_named(project, "file.journal_mode", &ignored);
	const bool told = statement && sql_step(project, statement, &row, &ignored) == LT_OK && row;
	const bool is_wal = !told || strcmp(sql_text(statement, 0), "wal") == 0;
	sql_done(statement);
	return is_wal;
}

/* What the connection has changed and not committed, or reads from a WAL, is in none of them. */
static struct pages pages_of(struct project *project)
{
	unsigned char header[HEADER];
	struct pages pages = { NULL, 0 };
	sqlite3_file *file = NULL;
	sqlite3 *db = project->db;
	if (sqlite3_txn_state(db, "main") != SQLITE_TXN_READ || is_in_wal(project) ||
	    sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
	    !file || !file->pMethods || !read_at(file, header, sizeof(header), 0))
		return pages;
	const unsigned size = two_bytes(header + PAGE_SIZE);
	pages.file = file;
	pages.size = size == 1 ? 65536 : size;
	return pages;
}

static bool is_empty(const struct pages *pages, sqlite3_int64 root)
{
	unsigned char page[N_CELLS + 2];
	return pages->file && root > 1 && root <= UINT32_MAX &&
	       read_at(pages->file, page, sizeof(page), (root - 1) * pages->size) &&
	       page[0] == LEAF_OF_INDEX && two_bytes(page + N_CELLS) == 0;
}

enum lt_status project_find_empty(struct project *project, bool *empty, struct lt_err *err)
{
	const struct vocabulary *vocabulary = project->store->vocabulary;
	struct pages pages = { NULL, 0 };
	bool is_first = true;
	bool *asked = calloc(vocabulary->n_tables + 1, sizeof(*asked));
	sqlite3_stmt *statement = asked ? sql_named(project, "schema.roots", err) : NULL;
	enum lt_status status = statement ? LT_OK : asked ? err->status : lt_err_memory(err);
	for (unsigned t = 0; t < vocabulary->n_tables && asked; t++) {
		asked[t] = empty[t];
		empty[t] = false;
	}
	while (!status) {
		bool row;
		status = sql_step(project, statement, &row, err);
		if (status || !row)
			break;
		/* the step has begun to read: nobody writes from now on */
		if (is_first)
			pages = pages_of(project);
		is_first = false;
		const struct fact_table *table =
			vocabulary_find_table(vocabulary, sql_text(statement, 0));
		const size_t t = table ? (size_t)(table - vocabulary->tables) : 0;
		if (table && asked[t])
			empty[t] = is_empty(&pages, sqlite3_column_int64(statement, 1));
	}
	sql_done(statement);
	free(asked);
	return status;
}
