/* side_hash - the hash of bytes on their way into the file, computed beside the writing of them: the
 * hash is most of what storing a photo takes. Whoever of the two is ahead also sends out what was
 * written (write_out.h). */
#ifndef LINGTAN_STORE_SIDE_HASH_H
#define LINGTAN_STORE_SIDE_HASH_H

#include <pthread.h>
#include <stdbool.h>
#include "lingtan/base/sha256.h"
#include "write_out.h"

/* Pieces that may wait for the worker: so it has work while the writer waits for the disk. */
#define SIDE_PIECES 4

struct side_hash {
	struct lt_sha256 sha; /* the worker's, until it has ended */
	pthread_t worker;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	char *room; /* [SIDE_PIECES] of `size` bytes, borrowed */
	size_t size, len[SIDE_PIECES];
	unsigned n_given, n_done; /* pieces so far */
	struct write_out_tray tray;
	bool has_worker, is_last;
};

/* room: SIDE_PIECES times `size` bytes. */
void side_hash_init(struct side_hash *side, char *room, size_t size);

/* Where the next piece goes; waits until its place is free. */
char *side_hash_room(struct side_hash *side);

/* Hashes what was put there. Where more will follow it may return before it has; the bytes stay as
 * they are until as many pieces have followed as have room. */
void side_hash_add(struct side_hash *side, size_t len, bool more);

/* Ends the worker; call it in any case. */
void side_hash_finish(struct side_hash *side, char hex[LT_SHA256_HEX]);

#endif
