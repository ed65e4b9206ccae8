#include "reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOMINAL "./reader" /* what the connection takes its file to be called */
#define HEADER 100         /* bytes of SQLite's file header */

/* What must be the same in the header for what was parsed and compiled to hold: the size of a page
 * and how the file is read; the cookie of the schema, its format, how texts are written
 * (sqlite.org/fileformat2.html, 1.3). */
static const struct part {
	int from, to;
} settled[] = { { 16, 24 }, { 40, 72 } };

struct reader {
	struct store *store; /* borrowed */
	sqlite3_vfs vfs;     /* where the connection opens its file */
	sqlite3_vfs *real;   /* where files are */
	char name[40];
	sqlite3 *db; /* NULL until the first file */
	sqlite3_stmt **statements;
	sqlite3_filename target; /* of the file that is open now, or NULL */
	sqlite3_file *file;      /* the real one, within the connection's, which may be closed */
	bool is_out;             /* a project has the connection */
	bool has_log;            /* it was asked for the memory of a WAL */
	unsigned data_version;   /* of the file when its schema was looked at */
	unsigned char header[HEADER];
	struct shape shape; /* its digest is "" until it is known */
};

/* What SQLite has for a file: the real one follows, and becomes another. */
struct passed_file {
	sqlite3_file base;
	struct reader *reader; /* SQLite tells a file nothing of its VFS */
};

#define FRONT ((sizeof(struct passed_file) + 15) & ~(size_t)15)

static sqlite3_file *real_of(sqlite3_file *file)
{
	return (sqlite3_file *)((char *)file + FRONT);
}

/* ---- the file below ---- */

static int open_below(struct reader *reader)
{
	int told;
	const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB;
	reader->has_log = false;
	memset(reader->file, 0, (size_t)reader->real->szOsFile);
	return reader->real->xOpen(reader->real, reader->target, reader->file, flags, &told);
}

static void close_below(struct reader *reader)
{
	if (reader->file) {
		if (reader->file->pMethods)
			reader->file->pMethods->xClose(reader->file);
		reader->file->pMethods = NULL;
	}
	sqlite3_free_filename(reader->target);
	reader->target = NULL;
}

/* The names of a file and of what may lie beside it, as SQLite's own connection would have them,
 * and no longer than it takes them. */
static bool set_target(struct reader *reader, const char *path)
{
	char full[4096], journal[4200], wal[4200];
	const int most = reader->real->mxPathname;
	if (most + 1 > (int)sizeof(full))
		return false;
	const int code = reader->real->xFullPathname(reader->real, path, most + 1, full);
	if ((code != SQLITE_OK && code != SQLITE_OK_SYMLINK) ||
	    strlen(full) + sizeof("-journal") - 1 > (size_t)most)
		return false;
	snprintf(journal, sizeof(journal), "%s-journal", full);
	snprintf(wal, sizeof(wal), "%s-wal", full);
	reader->target = sqlite3_create_filename(full, journal, wal, 0, NULL);
	return reader->target != NULL;
}

static bool read_header(struct reader *reader, unsigned char header[HEADER])
{
	return reader->file->pMethods->xRead(reader->file, header, HEADER, 0) == SQLITE_OK;
}

static bool has_same_header(struct reader *reader)
{
	unsigned char header[HEADER];
	bool same = read_header(reader, header);
	for (size_t i = 0; i < sizeof(settled) / sizeof(settled[0]) && same; i++)
		same = memcmp(header + settled[i].from, reader->header + settled[i].from,
			      (size_t)(settled[i].to - settled[i].from)) == 0;
	return same;
}

/* ---- what SQLite asks of its file; between two files there is none ---- */

static int passed_close(sqlite3_file *file)
{
	close_below(((struct passed_file *)file)->reader);
	((struct passed_file *)file)->reader->file = NULL;
	return SQLITE_OK;
}

static int passed_read(sqlite3_file *file, void *out, int n, sqlite3_int64 at)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods ? real->pMethods->xRead(real, out, n, at) : SQLITE_IOERR;
}

static int passed_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
	(void)file;
	(void)bytes;
	(void)n;
	(void)at;
	return SQLITE_READONLY;
}

static int passed_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	(void)file;
	(void)size;
	return SQLITE_READONLY;
}

static int passed_sync(sqlite3_file *file, int flags)
{
	(void)file;
	(void)flags;
	return SQLITE_READONLY;
}

static int passed_size(sqlite3_file *file, sqlite3_int64 *size)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods ? real->pMethods->xFileSize(real, size) : SQLITE_IOERR;
}

static int passed_lock(sqlite3_file *file, int level)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods ? real->pMethods->xLock(real, level) : SQLITE_IOERR;
}

static int passed_unlock(sqlite3_file *file, int level)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods ? real->pMethods->xUnlock(real, level) : SQLITE_OK;
}

static int passed_check_reserved(sqlite3_file *file, int *reserved)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods ? real->pMethods->xCheckReservedLock(real, reserved) : SQLITE_IOERR;
}

static int passed_control(sqlite3_file *file, int what, void *value)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods ? real->pMethods->xFileControl(real, what, value) : SQLITE_NOTFOUND;
}

static int passed_sector(sqlite3_file *file)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods ? real->pMethods->xSectorSize(real) : 4096;
}

static int passed_traits(sqlite3_file *file)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods ? real->pMethods->xDeviceCharacteristics(real) : 0;
}

/* Another program may put the file into WAL mode while it is open. */
static int passed_map(sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
	sqlite3_file *real = real_of(file);
	((struct passed_file *)file)->reader->has_log = true;
	return real->pMethods && real->pMethods->iVersion >= 2
		       ? real->pMethods->xShmMap(real, region, size, extend, out)
		       : SQLITE_IOERR;
}

static int passed_lock_log(sqlite3_file *file, int offset, int n, int flags)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods ? real->pMethods->xShmLock(real, offset, n, flags) : SQLITE_IOERR;
}

static void passed_barrier(sqlite3_file *file)
{
	sqlite3_file *real = real_of(file);
	if (real->pMethods)
		real->pMethods->xShmBarrier(real);
}

static int passed_unmap(sqlite3_file *file, int remove)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods ? real->pMethods->xShmUnmap(real, remove) : SQLITE_OK;
}

/* version 2: without pages that are looked at where they lie */
static const sqlite3_io_methods passed_methods = { .iVersion = 2,
						   .xClose = passed_close,
						   .xRead = passed_read,
						   .xWrite = passed_write,
						   .xTruncate = passed_truncate,
						   .xSync = passed_sync,
						   .xFileSize = passed_size,
						   .xLock = passed_lock,
						   .xUnlock = passed_unlock,
						   .xCheckReservedLock = passed_check_reserved,
						   .xFileControl = passed_control,
						   .xSectorSize = passed_sector,
						   .xDeviceCharacteristics = passed_traits,
						   .xShmMap = passed_map,
						   .xShmLock = passed_lock_log,
						   .xShmBarrier = passed_barrier,
						   .xShmUnmap = passed_unmap };

/* ---- what it asks of the place ---- */

/* A name beside the connection's is one beside the file that is open now. */
static const char *target_of(const struct reader *reader, const char *name)
{
	const size_t len = strlen(NOMINAL);
	if (!name || !reader->target || strncmp(name, NOMINAL, len) != 0)
		return NULL;
	if (strcmp(name + len, "-journal") == 0)
		return sqlite3_filename_journal(reader->target);
	return strcmp(name + len, "-wal") == 0 ? sqlite3_filename_wal(reader->target) : NULL;
}

static int place_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags,
		      int *told)
{
	struct reader *reader = vfs->pAppData;
	file->pMethods = NULL;
	if (!(flags & SQLITE_OPEN_MAIN_DB)) {
		const char *beside = target_of(reader, name);
		return beside ? reader->real->xOpen(reader->real, beside, file, flags, told)
			      : SQLITE_CANTOPEN;
	}
	/* it has one file, and what else is attached is none of it */
	if (reader->file || strcmp(name, NOMINAL) != 0)
		return SQLITE_CANTOPEN;
	((struct passed_file *)file)->reader = reader;
	reader->file = real_of(file);
	const int code = open_below(reader);
	if (code != SQLITE_OK) {
		/* SQLite frees it */
		close_below(reader);
		reader->file = NULL;
		return code;
	}
	file->pMethods = &passed_methods;
	if (told)
		*told = flags;
	return SQLITE_OK;
}

static int place_delete(sqlite3_vfs *vfs, const char *name, int flush)
{
	struct reader *reader = vfs->pAppData;
	const char *beside = target_of(reader, name);
	return beside ? reader->real->xDelete(reader->real, beside, flush) : SQLITE_READONLY;
}

static int place_access(sqlite3_vfs *vfs, const char *name, int flags, int *is)
{
	struct reader *reader = vfs->pAppData;
	const char *beside = target_of(reader, name);
	*is = 0;
	return beside ? reader->real->xAccess(reader->real, beside, flags, is) : SQLITE_OK;
}

static int place_name(sqlite3_vfs *vfs, const char *name, int n, char *out)
{
	(void)vfs;
	snprintf(out, (size_t)n, "%s", name);
	return SQLITE_OK;
}

static int place_chance(sqlite3_vfs *vfs, int n, char *out)
{
	sqlite3_vfs *real = ((struct reader *)vfs->pAppData)->real;
	return real->xRandomness(real, n, out);
}

static int place_sleep(sqlite3_vfs *vfs, int us)
{
	sqlite3_vfs *real = ((struct reader *)vfs->pAppData)->real;
	return real->xSleep(real, us);
}

static int place_time(sqlite3_vfs *vfs, double *now)
{
	sqlite3_vfs *real = ((struct reader *)vfs->pAppData)->real;
	return real->xCurrentTime(real, now);
}

static int place_error(sqlite3_vfs *vfs, int n, char *out)
{
	sqlite3_vfs *real = ((struct reader *)vfs->pAppData)->real;
	return real->xGetLastError ? real->xGetLastError(real, n, out) : 0;
}

/* ---- life ---- */

struct reader *reader_new(struct store *store)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	sqlite3_vfs *real = sqlite3_initialize() == SQLITE_OK ? sqlite3_vfs_find(NULL) : NULL;
	if (!reader || !real) {
		free(reader);
		return NULL;
	}
	snprintf(reader->name, sizeof(reader->name), "reader-%p", (void *)reader);
	reader->store = store;
	reader->real = real;
	reader->vfs = (sqlite3_vfs){ .iVersion = 1,
				     .szOsFile = (int)FRONT + real->szOsFile,
				     .mxPathname = real->mxPathname,
				     .zName = reader->name,
				     .pAppData = reader,
				     .xOpen = place_open,
				     .xDelete = place_delete,
				     .xAccess = place_access,
				     .xFullPathname = place_name,
				     .xRandomness = place_chance,
				     .xSleep = place_sleep,
				     .xCurrentTime = place_time,
				     .xGetLastError = place_error };
	if (sqlite3_vfs_register(&reader->vfs, 0) == SQLITE_OK)
		return reader;
	free(reader);
	return NULL;
}

static void forget(struct reader *reader)
{
	reader->db = NULL;
	reader->statements = NULL;
	reader->shape.digest[0] = '\0';
}

/* Nobody has its connection. */
static void close_connection(struct reader *reader)
{
	for (unsigned i = 0; reader->statements && i < reader->store->n_sql; i++)
		sqlite3_finalize(reader->statements[i]);
	sqlite3_close(reader->db);
	free(reader->statements);
	forget(reader);
}

void reader_free(struct reader *reader)
{
	if (!reader)
		return;
	close_connection(reader);
	sqlite3_vfs_unregister(&reader->vfs);
	free(reader);
}

/* ---- file after file ---- */

/* The connection that there is, on the file that is named now. */
static struct project *pass_on(struct reader *reader)
{
	struct project *project = NULL;
	if (open_below(reader) == SQLITE_OK && has_same_header(reader))
		project = calloc(1, sizeof(*project));
	if (!project)
		return NULL;
	project->store = reader->store;
	project->db = reader->db;
	project->statements = reader->statements;
	project->is_set_up = true;
	return project;
}

/* A connection on the file that is named now. */
static struct project *begin(struct reader *reader)
{
	struct lt_err ignored = LT_ERR_INIT;
	struct project *project;
	if (database_open_in(reader->store, NOMINAL, NOMINAL, reader->name, SQLITE_OPEN_READONLY,
			     &project, &ignored) != LT_OK)
		return NULL;
	if (!read_header(reader, reader->header)) {
		project_close(project);
		return NULL;
	}
	reader->db = project->db;
	reader->statements = project->statements;
	return project;
}

struct project *reader_open(struct reader *reader, const char *path)
{
	if (!reader || reader->is_out || !set_target(reader, path))
		return NULL;
	struct project *project = reader->db ? pass_on(reader) : begin(reader);
	if (!project) {
		close_below(reader);
		close_connection(reader);
		return NULL;
	}
	project->reader = reader;
	reader->is_out = true;
	/* one of its own waits for whoever is writing */
	sqlite3_busy_timeout(project->db, 0);
	return project;
}

/* A new connection refuses a file whose schema speaks of more pages than it has. */
static bool has_pages(struct project *project, sqlite3_int64 least)
{
	struct lt_err ignored = LT_ERR_INIT;
	bool row = false;
	sqlite3_stmt *statement = sql_named(project, "file.pages", &ignored);
	const bool is_read = statement && sql_step(project, statement, &row, &ignored) == LT_OK;
	const bool has = is_read && row && sqlite3_column_int64(statement, 0) >= least;
	sql_done(statement);
	return has;
}

/* It moves on when the connection sees that others have written. */
static unsigned data_version(sqlite3 *db)
{
	unsigned version = 0;
	sqlite3_file_control(db, "main", SQLITE_FCNTL_DATA_VERSION, &version);
	return version;
}

bool reader_knows(struct project *project, const struct shape *shape)
{
	struct reader *reader = project->reader;
	if (!reader->shape.digest[0])
		reader->shape = *shape;
	reader->data_version = data_version(project->db);
	return strcmp(reader->shape.digest, shape->digest) == 0 && has_pages(project, shape->last);
}

void reader_let_go(struct project *project)
{
	struct reader *reader = project->reader;
	forget(reader);
	reader->is_out = false;
	project->reader = NULL;
}

/* Nothing of the file is left in it but the schema, which nobody has touched meanwhile. */
static bool may_be_passed_on(const struct project *project)
{
	const struct reader *reader = project->reader;
	return reader->shape.digest[0] && !reader->has_log && sqlite3_get_autocommit(project->db) &&
	       sqlite3_txn_state(project->db, NULL) == SQLITE_TXN_NONE &&
	       data_version(project->db) == reader->data_version &&
	       sqlite3_file_control(project->db, "main", SQLITE_FCNTL_RESET_CACHE, NULL) ==
		       SQLITE_OK;
}

void reader_take_back(struct project *project)
{
	struct reader *reader = project->reader;
	if (!may_be_passed_on(project)) {
		reader_let_go(project);
		return;
	}
	sqlite3_progress_handler(project->db, 0, NULL, NULL);
	close_below(reader);
	reader->is_out = false;
	project->reader = NULL;
	project->db = NULL;
	project->statements = NULL;
}
