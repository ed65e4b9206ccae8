/* side_hash - the hash of bytes on their way into the file, computed beside the writing of them: the
 * hash is most of what storing a photo takes. */
#ifndef LINGTAN_STORE_SIDE_HASH_H
#define LINGTAN_STORE_SIDE_HASH_H

#include <pthread.h>
#include <stdbool.h>
#include "lingtan/base/sha256.h"

struct side_hash {
	struct lt_sha256 sha; /* the worker's, until it has ended */
	pthread_t worker;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	const void *bytes; /* to be hashed, NULL: none */
	size_t len;
	bool has_worker, is_last;
};

void side_hash_init(struct side_hash *side);

/* Hashes a piece. Where more will follow it may return before it has: the bytes must stay until the
 * next call. */
void side_hash_add(struct side_hash *side, const void *bytes, size_t len, bool more);

/* Ends the worker; call it in any case. */
void side_hash_finish(struct side_hash *side, char hex[LT_SHA256_HEX]);

#endif
