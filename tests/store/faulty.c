#include "faulty.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_TRACKED 16
#define SECTOR 512

const char *const fault_names[N_FAULTS] = { "none", "read", "write", "short write", "disk full", "flush", "truncate", "delete", "open", "lock", "power", "kill" };

/* Without it nothing that a test says would hold; it may not jump out of SQLite, which is half way through something. */
static void need(bool holds)
{
	if (!holds)
		abort();
}

/* ---- what would survive ---- */

struct bytes {
	unsigned char *at;
	size_t len, cap;
};

/* A write, or (bytes.at NULL) a truncation to `offset`, that was not flushed yet. */
struct operation {
	size_t offset;
	struct bytes bytes;
};

struct tracked {
	char *path;
	struct bytes safe; /* what was flushed */
	bool safe_exists;  /* its name was flushed */
	bool exists;
	struct operation *pending;
	unsigned n_pending, cap;
};

static struct tracked tracked[MAX_TRACKED];
static unsigned n_tracked;

static void drop_pending(struct tracked *file)
{
	for (unsigned i = 0; i < file->n_pending; i++)
		free(file->pending[i].bytes.at);
	file->n_pending = 0;
}

static void resize(struct bytes *bytes, size_t len)
{
	if (!bytes->at || len > bytes->cap) {
		/* page by page a large file would be moved once for each page */
		bytes->cap = len > 2 * bytes->cap ? len : 2 * bytes->cap;
		bytes->at = realloc(bytes->at, bytes->cap + 1);
		need(bytes->at);
	}
	if (len > bytes->len)
		memset(bytes->at + bytes->len, 0, len - bytes->len);
	bytes->len = len;
}

static void put(struct bytes *to, size_t offset, const void *from, size_t len)
{
	if (!to->at || offset + len > to->len)
		resize(to, offset + len > to->len ? offset + len : to->len);
	memcpy(to->at + offset, from, len);
}

static void apply(struct bytes *to, const struct operation *operation)
{
	if (operation->bytes.at)
		put(to, operation->offset, operation->bytes.at, operation->bytes.len);
	else
		resize(to, operation->offset);
}

static void remember(struct tracked *file, size_t offset, const void *bytes, size_t len)
{
	if (file->n_pending == file->cap) {
		file->cap = file->cap * 2 + 64;
		file->pending = realloc(file->pending, file->cap * sizeof(*file->pending));
		need(file->pending);
	}
	struct operation *operation = &file->pending[file->n_pending++];
	*operation = (struct operation){ .offset = offset };
	if (bytes)
		put(&operation->bytes, 0, bytes, len);
}

static void flush_pending(struct tracked *file)
{
	for (unsigned i = 0; i < file->n_pending; i++)
		apply(&file->safe, &file->pending[i]);
	drop_pending(file);
	file->safe_exists = file->exists;
}

static void read_whole(const char *path, struct bytes *out)
{
	struct stat st;
	const int fd = open(path, O_RDONLY);
	out->len = 0;
	if (fd < 0)
		return;
	need(fstat(fd, &st) == 0);
	resize(out, (size_t)st.st_size);
	need(pread(fd, out->at, out->len, 0) == (ssize_t)out->len);
	close(fd);
}

static struct tracked *find(const char *path)
{
	for (unsigned i = 0; i < n_tracked; i++)
		if (strcmp(tracked[i].path, path) == 0)
			return &tracked[i];
	return NULL;
}

static struct tracked *track(const char *path)
{
	struct tracked *file = find(path);
	if (file)
		return file;
	need(n_tracked < MAX_TRACKED);
	file = &tracked[n_tracked++];
	*file = (struct tracked){ .path = strdup(path) };
	need(file->path);
	file->exists = file->safe_exists = access(path, F_OK) == 0;
	read_whole(path, &file->safe);
	return file;
}

/* ---- what fails ---- */

static unsigned counts[N_FAULTS];
static enum fault armed;
static unsigned strike_at;
static bool strike_forever, struck, no_power;

/* Whether this operation fails. */
static bool strikes(enum fault kind)
{
	counts[kind]++;
	if (kind != armed || counts[kind] < strike_at || (counts[kind] > strike_at && !strike_forever))
		return false;
	struck = true;
	return true;
}

/* An operation that changes the disk: the power may go before it, or the process. */
static bool loses_power(void)
{
	if (strikes(FAULT_KILL))
		raise(SIGKILL);
	if (!no_power && strikes(FAULT_POWER))
		no_power = true;
	return no_power;
}

void faulty_arm(enum fault kind, unsigned n, bool forever)
{
	armed = kind;
	strike_at = counts[kind] + n;
	strike_forever = forever;
	struck = false;
}

void faulty_disarm(void)
{
	armed = FAULT_NONE;
}

unsigned faulty_count(enum fault kind)
{
	return counts[kind];
}

bool faulty_struck(void)
{
	return struck;
}

void faulty_reset(void)
{
	for (unsigned i = 0; i < n_tracked; i++) {
		drop_pending(&tracked[i]);
		free(tracked[i].pending);
		free(tracked[i].safe.at);
		free(tracked[i].path);
	}
	n_tracked = 0;
	memset(counts, 0, sizeof(counts));
	armed = FAULT_NONE;
	struck = no_power = false;
}

/* ---- after the power came back ---- */

static uint64_t draw_state;

static unsigned draw(unsigned below)
{
	draw_state ^= draw_state << 13;
	draw_state ^= draw_state >> 7;
	draw_state ^= draw_state << 17;
	return (unsigned)(draw_state >> 33) % below;
}

/* Some sectors of a write that was under way. */
static void apply_torn(struct bytes *to, const struct operation *operation)
{
	if (!operation->bytes.at)
		return;
	for (size_t at = 0; at < operation->bytes.len; at += SECTOR) {
		const size_t left = operation->bytes.len - at;
		if (draw(2))
			put(to, operation->offset + at, operation->bytes.at + at, left < SECTOR ? left : SECTOR);
	}
}

static void survive(const struct tracked *file, struct bytes *out)
{
	const unsigned manner = draw(5);
	const unsigned first = file->n_pending ? draw(file->n_pending + 1) : 0;
	put(out, 0, file->safe.at ? file->safe.at : (unsigned char *)"", file->safe.len);
	for (unsigned i = 0; i < file->n_pending; i++) {
		const struct operation *operation = &file->pending[i];
		if (manner == 1 || (manner == 2 && i < first) || (manner == 3 && draw(2)))
			apply(out, operation);
		else if (manner == 4 || (manner == 2 && i == first))
			apply_torn(out, operation);
	}
}

static void write_whole(const char *path, const struct bytes *bytes)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	need(fd >= 0);
	need(pwrite(fd, bytes->at, bytes->len, 0) == (ssize_t)bytes->len);
	close(fd);
}

void faulty_cut_power(unsigned seed)
{
	draw_state = seed * 0x9e3779b97f4a7c15u + 1;
	draw(2);
	for (unsigned i = 0; i < n_tracked; i++) {
		const struct tracked *file = &tracked[i];
		const bool there = file->exists == file->safe_exists ? file->exists : draw(2) != 0;
		struct bytes bytes = { 0 };
		survive(file, &bytes);
		if (there)
			write_whole(file->path, &bytes);
		else
			unlink(file->path);
		free(bytes.at);
	}
	faulty_reset();
}

/* ---- between SQLite and its files ---- */

struct file {
	sqlite3_file base;
	struct tracked *tracked; /* NULL: a temporary file */
	sqlite3_file *real;      /* behind this struct */
};

static sqlite3_vfs *real_vfs;

static struct file *of(sqlite3_file *base)
{
	return (struct file *)(void *)base;
}

static int file_close(sqlite3_file *base)
{
	struct file *file = of(base);
	return file->real->pMethods ? file->real->pMethods->xClose(file->real) : SQLITE_OK;
}

static int file_read(sqlite3_file *base, void *bytes, int len, sqlite3_int64 offset)
{
	struct file *file = of(base);
	if (no_power || strikes(FAULT_READ))
		return SQLITE_IOERR_READ;
	return file->real->pMethods->xRead(file->real, bytes, len, offset);
}

static int write_through(struct file *file, const void *bytes, int len, sqlite3_int64 offset)
{
	if (file->tracked && len)
		remember(file->tracked, (size_t)offset, bytes, (size_t)len);
	return file->real->pMethods->xWrite(file->real, bytes, len, offset);
}

static int file_write(sqlite3_file *base, const void *bytes, int len, sqlite3_int64 offset)
{
	struct file *file = of(base);
	if (armed == FAULT_KILL && counts[FAULT_KILL] + 1 == strike_at && strike_at % 2)
		write_through(file, bytes, len / 2, offset);
	if (loses_power() || strikes(FAULT_WRITE))
		return SQLITE_IOERR_WRITE;
	const bool is_short = strikes(FAULT_SHORT_WRITE), full = strikes(FAULT_FULL);
	if (is_short || full) {
		write_through(file, bytes, len / 2, offset);
		return full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
	}
	return write_through(file, bytes, len, offset);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
	struct file *file = of(base);
	if (loses_power() || strikes(FAULT_TRUNCATE))
		return SQLITE_IOERR_TRUNCATE;
	if (file->tracked)
		remember(file->tracked, (size_t)size, NULL, 0);
	return file->real->pMethods->xTruncate(file->real, size);
}

/* The real disk is not waited for: only what this one loses counts. */
static int file_sync(sqlite3_file *base, int flags)
{
	struct file *file = of(base);
	(void)flags;
	if (loses_power() || strikes(FAULT_SYNC))
		return SQLITE_IOERR_FSYNC;
	if (file->tracked)
		flush_pending(file->tracked);
	return SQLITE_OK;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size)
{
	struct file *file = of(base);
	return no_power ? SQLITE_IOERR_FSTAT : file->real->pMethods->xFileSize(file->real, size);
}

static int file_lock(sqlite3_file *base, int level)
{
	struct file *file = of(base);
	if (no_power || strikes(FAULT_LOCK))
		return SQLITE_IOERR_LOCK;
	return file->real->pMethods->xLock(file->real, level);
}

static int file_unlock(sqlite3_file *base, int level)
{
	struct file *file = of(base);
	return file->real->pMethods->xUnlock(file->real, level);
}

static int file_check_reserved(sqlite3_file *base, int *out)
{
	struct file *file = of(base);
	return file->real->pMethods->xCheckReservedLock(file->real, out);
}

static int file_control(sqlite3_file *base, int op, void *argument)
{
	struct file *file = of(base);
	/* would write past this disk */
	if (op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE)
		return SQLITE_OK;
	return file->real->pMethods->xFileControl(file->real, op, argument);
}

static int file_sector_size(sqlite3_file *base)
{
	struct file *file = of(base);
	return file->real->pMethods->xSectorSize(file->real);
}

static int file_characteristics(sqlite3_file *base)
{
	struct file *file = of(base);
	return file->real->pMethods->xDeviceCharacteristics(file->real);
}

static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_check_reserved,
	.xFileControl = file_control,
	.xSectorSize = file_sector_size,
	.xDeviceCharacteristics = file_characteristics,
};

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out_flags)
{
	struct file *file = of(base);
	(void)vfs;
	*file = (struct file){ .real = (sqlite3_file *)(void *)(file + 1) };
	if (no_power || strikes(FAULT_OPEN))
		return SQLITE_CANTOPEN;
	file->tracked = path ? track(path) : NULL;
	const int code = real_vfs->xOpen(real_vfs, path, file->real, flags, out_flags);
	if (file->real->pMethods)
		base->pMethods = &methods;
	if (file->tracked && code == SQLITE_OK && !file->tracked->exists) {
		file->tracked->exists = true;
		drop_pending(file->tracked);
		/* a deletion that was not flushed may be undone: the old bytes come back */
		if (file->tracked->safe_exists)
			remember(file->tracked, 0, NULL, 0);
		else
			resize(&file->tracked->safe, 0);
	}
	return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
	(void)vfs;
	if (loses_power() || strikes(FAULT_DELETE))
		return SQLITE_IOERR_DELETE;
	struct tracked *file = track(path);
	const int code = real_vfs->xDelete(real_vfs, path, 0);
	if (code != SQLITE_OK)
		return code;
	file->exists = false;
	if (!sync_folder)
		return SQLITE_OK;
	if (loses_power() || strikes(FAULT_SYNC))
		return SQLITE_IOERR_DIR_FSYNC;
	file->safe_exists = false;
	drop_pending(file);
	resize(&file->safe, 0);
	return SQLITE_OK;
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
	(void)vfs;
	return no_power ? SQLITE_IOERR_ACCESS : real_vfs->xAccess(real_vfs, path, flags, out);
}

void faulty_install(void)
{
	static sqlite3_vfs vfs;
	real_vfs = sqlite3_vfs_find(NULL);
	need(real_vfs);
	vfs = *real_vfs;
	vfs.iVersion = 2;
	vfs.pNext = NULL;
	vfs.zName = "faulty";
	vfs.szOsFile = (int)sizeof(struct file) + real_vfs->szOsFile;
	vfs.xOpen = vfs_open;
	vfs.xDelete = vfs_delete;
	vfs.xAccess = vfs_access;
	sqlite3_vfs_register(&vfs, 1);
}

bool faulty_make_folder(char *folder, size_t cap)
{
	const char *above = getenv("TMPDIR");
	if (!above || !above[0] || strlen(above) + sizeof("/lt-store-XXXXXX") > cap)
		above = "/tmp";
	snprintf(folder, cap, "%s/lt-store-XXXXXX", above);
	return mkdtemp(folder) != NULL;
}
