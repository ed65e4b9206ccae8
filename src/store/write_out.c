#include "write_out.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Large enough for the disk to work at its full speed, small enough that it works while the rest of a
 * photo is hashed. */
#define RUN ((off_t)256 << 10)

/* Consecutive bytes that were written and not yet sent out. */
static _Thread_local struct {
	int fd;
	off_t from, to;
} run;

static _Thread_local struct write_out_tray *tray_of_thread;

void write_out_by(struct write_out_tray *tray)
{
	tray_of_thread = tray;
}

static void send(int fd, off_t from, off_t len)
{
	const int before = errno;
	sync_file_range(fd, from, len, SYNC_FILE_RANGE_WRITE);
	errno = before;
}

void write_out_send(struct write_out_tray *tray)
{
	for (unsigned n = tray->n_sent; n != tray->n_put; tray->n_sent = ++n)
		send(tray->runs[n % TRAY_RUNS].fd, tray->runs[n % TRAY_RUNS].from,
		     tray->runs[n % TRAY_RUNS].len);
}

static void pass_on(int fd, off_t from, off_t len)
{
	struct write_out_tray *tray = tray_of_thread;
	if (!tray || !tray->is_open || tray->n_put - tray->n_sent == TRAY_RUNS) {
		send(fd, from, len);
		return;
	}
	const unsigned n = tray->n_put;
	tray->runs[n % TRAY_RUNS].fd = fd;
	tray->runs[n % TRAY_RUNS].from = from;
	tray->runs[n % TRAY_RUNS].len = len;
	tray->n_put = n + 1;
}

ssize_t write_out_at(int fd, const void *bytes, size_t len, off_t offset)
{
	const ssize_t n = pwrite(fd, bytes, len, offset);
	if (n <= 0)
		return n;
	if (fd != run.fd || offset != run.to) {
		run.fd = fd;
		run.from = offset;
	}
	run.to = offset + n;
	if (run.to - run.from >= RUN) {
		pass_on(fd, run.from, run.to - run.from);
		run.from = run.to;
	}
	return n;
}
