#include "side_hash.h"

#include <signal.h>

static void *work(void *context)
{
	struct side_hash *side = context;
	pthread_mutex_lock(&side->lock);
	for (;;) {
		while (!side->bytes && !side->is_last)
			pthread_cond_wait(&side->changed, &side->lock);
		if (!side->bytes)
			break;
		pthread_mutex_unlock(&side->lock);
		lt_sha256_add(&side->sha, side->bytes, side->len);
		pthread_mutex_lock(&side->lock);
		side->bytes = NULL;
		pthread_cond_signal(&side->changed);
	}
	pthread_mutex_unlock(&side->lock);
	return NULL;
}

/* Signals stay with the thread that waits for them. Where there can be no worker there is none. */
static void start_worker(struct side_hash *side)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	side->has_worker = pthread_create(&side->worker, NULL, work, side) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void side_hash_init(struct side_hash *side)
{
	*side = (struct side_hash){ 0 };
	lt_sha256_init(&side->sha);
	pthread_mutex_init(&side->lock, NULL);
	pthread_cond_init(&side->changed, NULL);
}

void side_hash_add(struct side_hash *side, const void *bytes, size_t len, bool more)
{
	if (!side->has_worker && more)
		start_worker(side);
	if (!side->has_worker) {
		lt_sha256_add(&side->sha, bytes, len);
		return;
	}
	pthread_mutex_lock(&side->lock);
	while (side->bytes)
		pthread_cond_wait(&side->changed, &side->lock);
	side->bytes = bytes;
	side->len = len;
	pthread_cond_signal(&side->changed);
	pthread_mutex_unlock(&side->lock);
}

void side_hash_finish(struct side_hash *side, char hex[LT_SHA256_HEX])
{
	if (side->has_worker) {
		pthread_mutex_lock(&side->lock);
		side->is_last = true;
		pthread_cond_signal(&side->changed);
		pthread_mutex_unlock(&side->lock);
		pthread_join(side->worker, NULL);
	}
	pthread_cond_destroy(&side->changed);
	pthread_mutex_destroy(&side->lock);
	lt_sha256_finish(&side->sha, hex);
}
