#include "write_out.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <sys/types.h>
#include <unistd.h>

/* Large enough for the disk to work at its full speed, small enough that it works while the rest of a
 * photo is hashed. */
#define RUN ((off_t)256 << 10)

/* Consecutive bytes that were written and not yet sent out. */
static _Thread_local struct {
	int fd;
	off_t from, to;
} run;

static ssize_t write_at(int fd, const void *bytes, size_t len, off_t offset)
{
	const ssize_t n = pwrite(fd, bytes, len, offset);
	if (n <= 0)
		return n;
	if (fd != run.fd || offset != run.to) {
		run.fd = fd;
		run.from = offset;
	}
	run.to = offset + n;
	if (run.to - run.from < RUN)
		return n;
	const int before = errno;
	sync_file_range(fd, run.from, run.to - run.from, SYNC_FILE_RANGE_WRITE);
	errno = before;
	run.from = run.to;
	return n;
}

static void install(void)
{
	static const char *const names[] = { "pwrite64", "pwrite" };
	sqlite3_vfs *vfs = sqlite3_initialize() == SQLITE_OK ? sqlite3_vfs_find("unix") : NULL;
	if (!vfs || vfs->iVersion < 3 || !vfs->xSetSystemCall)
		return;
	/* the one that this build does not use is not known, or never called */
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (vfs->xGetSystemCall(vfs, names[i]))
			vfs->xSetSystemCall(vfs, names[i], (sqlite3_syscall_ptr)write_at);
}

void write_out_early(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, install);
}
