/*
 * Every file that is opened makes SQLite take some two thousand small pieces for its schema and let
 * go of them at the end. Debian builds SQLite without its own pool for such pieces
 * (OMIT_LOOKASIDE), and malloc() keeps seven of a size at hand: a fifth of what scoring many files
 * took. Here each thread keeps what it lets go of, by size, until it ends.
 */
#include "pieces.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define STEP 32
#define N_SIZES 24 /* what is larger is malloc's own */

/* SQLite is given what stands behind `size`, which malloc() leaves aligned for it. */
struct piece {
	size_t size; /* in bytes, of what is given */
	struct piece *next;
};

#define HEAD offsetof(struct piece, next)

static _Thread_local struct piece *kept[N_SIZES];
static pthread_key_t ending;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool has_ending;

static size_t number_of(size_t size)
{
	return (size + STEP - 1) / STEP;
}

static struct piece *piece_of(void *given)
{
	return (struct piece *)(void *)((char *)given - HEAD);
}

static void *give(struct piece *piece, size_t size)
{
	if (!piece)
		return NULL;
	piece->size = size;
	return (char *)piece + HEAD;
}

/* ---- as SQLite asks ---- */

static int round_up(int size)
{
	return (int)number_of((size_t)size) * STEP;
}

static void *take_piece(int wanted)
{
	const size_t number = number_of((size_t)wanted), size = number * STEP;
	if (number < N_SIZES && kept[number]) {
		struct piece *piece = kept[number];
		kept[number] = piece->next;
		return give(piece, size);
	}
	return give(malloc(HEAD + size), size);
}

static void keep_piece(void *given)
{
	struct piece *piece = piece_of(given);
	const size_t number = number_of(piece->size);
	if (number >= N_SIZES) {
		free(piece);
		return;
	}
	if (!kept[number])
		pthread_setspecific(ending, kept);
	piece->next = kept[number];
	kept[number] = piece;
}

static int size_of(void *given)
{
	return (int)piece_of(given)->size;
}

static void *resize_piece(void *given, int wanted)
{
	const size_t before = piece_of(given)->size;
	const size_t size = number_of((size_t)wanted) * STEP;
	if (size == before)
		return given;
	void *other = take_piece(wanted);
	if (!other)
		return NULL;
	memcpy(other, given, size < before ? size : before);
	keep_piece(given);
	return other;
}

/* ---- life ---- */

static void let_go(void *of_thread)
{
	struct piece **list = of_thread;
	for (int i = 0; i < N_SIZES; i++)
		while (list[i]) {
			struct piece *piece = list[i];
			list[i] = piece->next;
			free(piece);
		}
}

static void make_key(void)
{
	has_ending = pthread_key_create(&ending, let_go) == 0;
}

static int begin(void *nothing)
{
	(void)nothing;
	return pthread_once(&once, make_key) == 0 && has_ending ? SQLITE_OK : SQLITE_NOMEM;
}

static void end(void *nothing)
{
	(void)nothing;
}

void pieces_install(void)
{
	static const sqlite3_mem_methods methods = { take_piece, keep_piece, resize_piece, size_of,
						     round_up,   begin,      end,          NULL };
	sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}
