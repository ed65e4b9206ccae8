/* write_out - pages on their way to the disk while others are still computed: without it all of a photo
 * waits for the flush at the end of its transaction, which then takes as long as the disk takes for 3 MB.
 *
 * It is a hint to the kernel and nothing else: order, errors and flushes of the writes are SQLite's own.
 */
#ifndef LINGTAN_STORE_WRITE_OUT_H
#define LINGTAN_STORE_WRITE_OUT_H

#include <stdatomic.h>
#include <sys/types.h>

#define TRAY_RUNS 8u

/* Runs of bytes that one thread wrote and another one sends out: sending takes about as long as writing
 * them did. One puts, one takes. */
struct write_out_tray {
	atomic_bool is_open; /* closed: who writes sends by itself */
	atomic_uint n_put, n_sent;
	struct {
		int fd; /* stays open until the tray is given up */
		off_t from, len;
	} runs[TRAY_RUNS];
};

/* In place of SQLite's pwrite: sends out runs of consecutive bytes as they grow. */
ssize_t write_out_at(int fd, const void *bytes, size_t len, off_t offset);

/* From now on what this thread writes goes into the tray, while that is open and has room; NULL: no more. */
void write_out_by(struct write_out_tray *tray);

/* Sends what is in the tray. */
void write_out_send(struct write_out_tray *tray);

#endif
