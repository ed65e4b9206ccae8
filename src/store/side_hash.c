#include "side_hash.h"

#include <signal.h>

static char *piece(const struct side_hash *side, unsigned n)
{
	return side->room + n % SIDE_PIECES * side->size;
}

/* Under the lock: the worker, unless it is as far behind as it may be. */
static void choose_sender(struct side_hash *side)
{
	side->tray.is_open = side->has_worker && side->n_given - side->n_done < SIDE_PIECES - 1;
}

static void *work(void *context)
{
	struct side_hash *side = context;
	pthread_mutex_lock(&side->lock);
	for (;;) {
		while (side->n_done == side->n_given && !side->is_last)
			pthread_cond_wait(&side->changed, &side->lock);
		if (side->n_done == side->n_given)
			break;
		const unsigned n = side->n_done;
		pthread_mutex_unlock(&side->lock);
		lt_sha256_add(&side->sha, piece(side, n), side->len[n % SIDE_PIECES]);
		write_out_send(&side->tray);
		pthread_mutex_lock(&side->lock);
		side->n_done++;
		choose_sender(side);
		pthread_cond_signal(&side->changed);
	}
	pthread_mutex_unlock(&side->lock);
	write_out_send(&side->tray);
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

void side_hash_init(struct side_hash *side, char *room, size_t size)
{
	*side = (struct side_hash){ .room = room, .size = size };
	lt_sha256_init(&side->sha);
	pthread_mutex_init(&side->lock, NULL);
	pthread_cond_init(&side->changed, NULL);
	write_out_by(&side->tray);
}

char *side_hash_room(struct side_hash *side)
{
	pthread_mutex_lock(&side->lock);
	while (side->n_given - side->n_done == SIDE_PIECES)
		pthread_cond_wait(&side->changed, &side->lock);
	pthread_mutex_unlock(&side->lock);
	return piece(side, side->n_given);
}

void side_hash_add(struct side_hash *side, size_t len, bool more)
{
	if (!side->has_worker && more)
		start_worker(side);
	if (!side->has_worker)
		lt_sha256_add(&side->sha, piece(side, side->n_given), len);
	pthread_mutex_lock(&side->lock);
	side->len[side->n_given % SIDE_PIECES] = len;
	side->n_given++;
	side->n_done += !side->has_worker;
	choose_sender(side);
	pthread_cond_signal(&side->changed);
	pthread_mutex_unlock(&side->lock);
}

void side_hash_finish(struct side_hash *side, char hex[LT_SHA256_HEX])
{
	write_out_by(NULL);
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
