#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdalign.h>
#include <string.h>
#include "lingtan/base/arena.h"

static void test_arena__memory_is_zeroed_aligned_and_apart(void **state)
{
	static const size_t sizes[] = { 1, 7, 16, 0, 100, 4000, 5000, 1, 300000, 3, 4096 };
	enum { N = sizeof(sizes) / sizeof(sizes[0]) };
	unsigned char *pieces[N];
	struct lt_arena arena;
	(void)state;

	lt_arena_init(&arena, 0);
	for (int turn = 0; turn < 3; turn++) {
		for (size_t i = 0; i < N; i++) {
			pieces[i] = lt_arena_alloc(&arena, sizes[i], 1);
			assert_non_null(pieces[i]);
			assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
			for (size_t at = 0; at < sizes[i]; at++)
				assert_int_equal(pieces[i][at], 0);
			memset(pieces[i], (int)i + 1, sizes[i]);
		}
		for (size_t i = 0; i < N; i++) {
			for (size_t at = 0; at < sizes[i]; at++)
				assert_int_equal(pieces[i][at], i + 1);
		}
		lt_arena_reset(&arena);
	}
	lt_arena_release(&arena);
}

static void test_arena__count_times_size_overflow_is_refused(void **state)
{
	static const struct {
		size_t count, size;
	} cases[] = {
		{ SIZE_MAX, 1 },	   { 1, SIZE_MAX },	{ SIZE_MAX, SIZE_MAX }, { SIZE_MAX / 2 + 2, 2 },
		{ SIZE_MAX / 16 + 1, 16 }, { SIZE_MAX - 15, 1 }, { SIZE_MAX / 2 + 1, 1 },
	};
	struct lt_arena arena;
	(void)state;

	lt_arena_init(&arena, 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_null(lt_arena_alloc(&arena, cases[i].count, cases[i].size));
	assert_null(lt_arena_resize(&arena, NULL, SIZE_MAX));
	assert_null(lt_arena_resize(&arena, NULL, SIZE_MAX - 16));
	assert_int_equal(arena.held, 0);
	assert_non_null(lt_arena_alloc(&arena, 1, 1));
	lt_arena_release(&arena);
}

static void fill(struct lt_arena *arena)
{
	for (size_t i = 0; i < 500; i++)
		assert_non_null(lt_arena_alloc(arena, i % 97, i % 13 + 1));
	assert_non_null(lt_arena_printf(arena, "%01000d", 7));
	assert_non_null(lt_arena_alloc(arena, 1, 1000000));
	assert_non_null(lt_arena_alloc(arena, 1, 10));
}

static void test_arena__reset_and_refill_takes_no_more_memory(void **state)
{
	struct lt_arena arena;
	(void)state;

	lt_arena_init(&arena, 0);
	lt_arena_reset(&arena);
	fill(&arena);
	size_t held = arena.held;
	for (int turn = 0; turn < 10; turn++) {
		lt_arena_reset(&arena);
		fill(&arena);
		assert_int_equal(arena.held, held);
	}
	lt_arena_release(&arena);
	assert_int_equal(arena.held, 0);
	assert_non_null(lt_arena_alloc(&arena, 1, 1));
	lt_arena_release(&arena);
	lt_arena_release(&arena);
}

static void test_arena__limit_is_kept_and_what_was_given_stays(void **state)
{
	static const size_t limits[] = { 1, 64, 1000, 4096, 10000, 1000000 };
	(void)state;

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		struct lt_arena arena;
		unsigned char *last = NULL, *piece;
		size_t total = 0;

		lt_arena_init(&arena, limits[i]);
		while ((piece = lt_arena_alloc(&arena, 1, 32))) {
			last = memset(piece, 0x5a, 32);
			total += 32;
			assert_true(arena.held <= limits[i]);
		}
		assert_true(total <= limits[i]);
		/* A limit is there to be used: bookkeeping may take a little of it only. */
		assert_true(total + 64 + limits[i] / 10 >= limits[i]);
		assert_null(lt_arena_alloc(&arena, 1, limits[i] + 1));
		assert_null(lt_arena_strndup(&arena, "0123456789012345678901234567890123456789", 40));
		assert_null(lt_arena_printf(&arena, "%0100d", 1));
		assert_null(lt_arena_resize(&arena, NULL, 40));
		if (last)
			assert_int_equal(last[31], 0x5a);
		lt_arena_reset(&arena);
		assert_true((lt_arena_alloc(&arena, 1, 32) != NULL) == (total > 0));
		lt_arena_release(&arena);
		assert_int_equal(arena.limit, limits[i]);
	}
}

static void test_arena__strndup_stops_at_len_and_at_nul(void **state)
{
	struct lt_arena arena;
	(void)state;

	lt_arena_init(&arena, 0);
	assert_string_equal(lt_arena_strndup(&arena, "零碳园区", 6), "零碳");
	assert_string_equal(lt_arena_strndup(&arena, "abc", 100), "abc");
	assert_string_equal(lt_arena_strndup(&arena, "abc", SIZE_MAX), "abc");
	assert_string_equal(lt_arena_strndup(&arena, "abc", 0), "");
	lt_arena_release(&arena);
}

static void test_arena__printf_takes_any_length(void **state)
{
	struct lt_arena arena;
	char *text;
	(void)state;

	lt_arena_init(&arena, 0);
	assert_string_equal(lt_arena_printf(&arena, "%s: %d%%", "用电", 42), "用电: 42%");
	assert_string_equal(lt_arena_printf(&arena, "%s", ""), "");
	text = lt_arena_printf(&arena, "%0100000d", 1);
	assert_non_null(text);
	assert_int_equal(strlen(text), 100000);
	assert_int_equal(text[99999], '1');
	lt_arena_release(&arena);
}

static void test_arena__resize_keeps_the_bytes(void **state)
{
	struct lt_arena arena;
	unsigned char *list = NULL;
	(void)state;

	lt_arena_init(&arena, 0);
	for (size_t n = 1; n <= 3000; n++) {
		list = lt_arena_resize(&arena, list, n);
		assert_non_null(list);
		assert_int_equal((uintptr_t)list % alignof(max_align_t), 0);
		list[n - 1] = (unsigned char)(n * 7);
		/* Something else in between, as a reader has it. */
		assert_non_null(lt_arena_alloc(&arena, 1, 1));
	}
	for (size_t n = 1; n <= 3000; n++)
		assert_int_equal(list[n - 1], (unsigned char)(n * 7));
	assert_ptr_equal(lt_arena_resize(&arena, list, 10), list);
	assert_int_equal(list[9], 70);
	assert_null(lt_arena_resize(&arena, list, 0));
	assert_null(lt_arena_resize(&arena, NULL, 0));
	lt_arena_release(&arena);
}

static void test_arena__growing_one_by_one_does_not_cost_the_square(void **state)
{
	struct lt_arena arena;
	void *list = NULL;
	(void)state;

	lt_arena_init(&arena, 0);
	for (size_t n = 1; n <= 10000; n++) {
		list = lt_arena_resize(&arena, list, n * 100);
		assert_non_null(list);
	}
	assert_true(arena.held < 8 * 10000 * 100);
	lt_arena_release(&arena);
}

static void test_arena__what_was_given_last_grows_where_it_is(void **state)
{
	struct lt_arena arena;
	(void)state;

	lt_arena_init(&arena, 0);
	char *list = lt_arena_resize(&arena, NULL, 10);
	assert_non_null(list);
	memset(list, 'a', 10);
	assert_ptr_equal(lt_arena_resize(&arena, list, 300), list);
	for (size_t i = 0; i < 300; i++)
		assert_int_equal(list[i], i < 10 ? 'a' : 0);
	memset(list, 'b', 300);
	char *text = lt_arena_strndup(&arena, "next", 4);
	assert_string_equal(text, "next");
	assert_int_equal(list[299], 'b');
	/* no longer the last, and no longer in one block */
	char *moved = lt_arena_resize(&arena, list, 310);
	assert_ptr_not_equal(moved, list);
	assert_int_equal(moved[299], 'b');
	assert_string_equal(text, "next");
	assert_ptr_not_equal(lt_arena_resize(&arena, moved, 100000), moved);
	lt_arena_release(&arena);
}

static void test_arena__texts_lie_close(void **state)
{
	struct lt_arena arena;
	(void)state;

	lt_arena_init(&arena, 0);
	const char *first = lt_arena_strndup(&arena, "ab", 2);
	const char *second = lt_arena_strndup(&arena, "c", 1);
	assert_ptr_equal(second, first + 3);
	assert_int_equal((uintptr_t)lt_arena_alloc(&arena, 1, 1) % alignof(max_align_t), 0);
	assert_string_equal(first, "ab");
	assert_string_equal(second, "c");
	lt_arena_release(&arena);
}

static void test_arena__resize_refused_leaves_the_old_bytes(void **state)
{
	struct lt_arena arena;
	(void)state;

	lt_arena_init(&arena, 3000);
	char *text = lt_arena_resize(&arena, NULL, 1000);
	assert_non_null(text);
	memset(text, 'a', 1000);
	assert_non_null(lt_arena_alloc(&arena, 1, 1)); /* or it would grow where it is */
	assert_null(lt_arena_resize(&arena, text, 5000));
	assert_int_equal(text[999], 'a');
	/* Twice the old size no longer fits, what was asked for does. */
	char *more = lt_arena_resize(&arena, text, 1900);
	assert_non_null(more);
	assert_int_equal(more[999], 'a');
	assert_null(lt_arena_resize(&arena, more, 2000));
	lt_arena_release(&arena);
}

static void test_arena__room_for_one_more(void **state)
{
	struct lt_arena arena;
	unsigned *list = NULL, n = 0, cap = 0;
	(void)state;

	lt_arena_init(&arena, 20000);
	for (unsigned *more; (more = lt_arena_room(&arena, list, n, &cap, sizeof(*list))); n++) {
		list = more;
		assert_true(cap > n);
		list[n] = n;
	}
	/* it ended at the arena's limit, and nothing is lost */
	assert_true(n > 500);
	assert_int_equal(cap, n);
	for (unsigned i = 0; i < n; i++)
		assert_int_equal(list[i], i);
	unsigned huge = UINT_MAX - 1;
	assert_null(lt_arena_room(&arena, list, huge, &huge, sizeof(*list)));
	lt_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arena__memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(test_arena__count_times_size_overflow_is_refused),
		cmocka_unit_test(test_arena__reset_and_refill_takes_no_more_memory),
		cmocka_unit_test(test_arena__limit_is_kept_and_what_was_given_stays),
		cmocka_unit_test(test_arena__strndup_stops_at_len_and_at_nul),
		cmocka_unit_test(test_arena__printf_takes_any_length),
		cmocka_unit_test(test_arena__resize_keeps_the_bytes),
		cmocka_unit_test(test_arena__growing_one_by_one_does_not_cost_the_square),
		cmocka_unit_test(test_arena__what_was_given_last_grows_where_it_is),
		cmocka_unit_test(test_arena__texts_lie_close),
		cmocka_unit_test(test_arena__resize_refused_leaves_the_old_bytes),
		cmocka_unit_test(test_arena__room_for_one_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
