/* SQLite's memory: what it is given keeps what is written into it, whatever is taken, resized and let go of meanwhile. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>
#include "pieces.h"

#define MANY 400
#define LARGEST 3000 /* several times what is kept */

static unsigned draw(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 8) % below;
}

static bool holds(const unsigned char *piece, unsigned size, unsigned char mark)
{
	for (unsigned i = 0; i < size; i++)
		if (piece[i] != mark)
			return false;
	return true;
}

/* Returns a word for what is wrong, for threads that may not assert. */
static void *use(void *context)
{
	unsigned char *pieces[MANY] = { NULL };
	unsigned sizes[MANY] = { 0 }, seed = *(const unsigned *)context;
	for (int round = 0; round < 20000; round++) {
		const unsigned at = draw(&seed, MANY), size = 1 + draw(&seed, draw(&seed, 8) ? 300 : LARGEST);
		const unsigned char mark = (unsigned char)at;
		if (pieces[at] && draw(&seed, 2)) {
			sqlite3_free(pieces[at]);
			pieces[at] = NULL;
			continue;
		}
		const unsigned kept = pieces[at] ? (size < sizes[at] ? size : sizes[at]) : 0;
		pieces[at] = pieces[at] ? sqlite3_realloc(pieces[at], (int)size) : sqlite3_malloc((int)size);
		if (!pieces[at] || sqlite3_msize(pieces[at]) < size)
			return "too small";
		if ((uintptr_t)pieces[at] % 8)
			return "not aligned";
		if (!holds(pieces[at], kept, mark))
			return "changed when it was resized";
		memset(pieces[at], mark, sizes[at] = size);
	}
	for (unsigned i = 0; i < MANY; i++) {
		if (pieces[i] && !holds(pieces[i], sizes[i], (unsigned char)i))
			return "changed by another";
		sqlite3_free(pieces[i]);
	}
	return NULL;
}

/* Else malloc would be what is tested here. */
static void test_pieces__are_what_sqlite_is_given(void **state)
{
	(void)state;
	void *piece = sqlite3_malloc(1);
	assert_int_equal(sqlite3_msize(piece), 32);
	sqlite3_free(piece);
	void *again = sqlite3_malloc(20);
	assert_ptr_equal(again, piece);
	sqlite3_free(again);
}

static void test_pieces__keep_what_is_written_into_them(void **state)
{
	unsigned seed = 7;
	(void)state;
	const char *wrong = use(&seed);
	if (wrong)
		fail_msg("%s", wrong);
}

static void *let_go(void *piece)
{
	sqlite3_free(piece);
	return NULL;
}

static void test_pieces__pass_from_thread_to_thread(void **state)
{
	pthread_t threads[4];
	unsigned seeds[4];
	void *wrong;
	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		seeds[i] = i + 1;
		assert_int_equal(pthread_create(&threads[i], NULL, use, &seeds[i]), 0);
	}
	for (unsigned i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(threads[i], &wrong), 0);
		if (wrong)
			fail_msg("%s", (const char *)wrong);
	}
	void *piece = sqlite3_malloc(40);
	assert_non_null(piece);
	assert_int_equal(pthread_create(&threads[0], NULL, let_go, piece), 0);
	assert_int_equal(pthread_join(threads[0], NULL), 0);
	/* it went with the thread that let go of it */
	void *other = sqlite3_malloc(40);
	assert_non_null(other);
	memset(other, 1, 40);
	sqlite3_free(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces__are_what_sqlite_is_given),
		cmocka_unit_test(test_pieces__keep_what_is_written_into_them),
		cmocka_unit_test(test_pieces__pass_from_thread_to_thread),
	};
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	pieces_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
