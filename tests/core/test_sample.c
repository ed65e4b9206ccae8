/* Drawing samples: the same seed draws the same, whoever lists the members how. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "lingtan/base/sha256.h"
#include "lingtan/core/sample.h"

#define N 40

static struct lt_arena arena;
static struct lt_err err;
static char names[N][16];

static int set_up(void **state)
{
	(void)state;
	lt_arena_init(&arena, 0);
	for (unsigned i = 0; i < N; i++)
		snprintf(names[i], sizeof(names[i]), "T%02u", i + 1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	lt_arena_release(&arena);
	return 0;
}

/* The ids in the order of the draw, those of the members `from` up to `to`, listed backwards if asked. */
static void draw(const char *seed, unsigned n, bool backwards, const char **out)
{
	struct sample_member members[N] = { { .id = NULL } };
	unsigned order[N];
	for (unsigned i = 0; i < n; i++)
		members[i] = (struct sample_member){ .id = names[backwards ? n - 1 - i : i] };
	assert_int_equal(sample_order(seed, "企业", members, n, &arena, order, &err), LT_OK);
	for (unsigned i = 0; i < n; i++)
		out[i] = members[order[i]].id;
}

static void test_sample__a_seed_draws_the_same_again(void **state)
{
	const char *first[N], *again[N], *backwards[N], *other[N];
	unsigned same = 0;
	(void)state;
	draw("20260318", N, false, first);
	draw("20260318", N, false, again);
	draw("20260318", N, true, backwards);
	draw("20260319", N, false, other);
	for (unsigned i = 0; i < N; i++) {
		assert_string_equal(first[i], again[i]);
		assert_string_equal(first[i], backwards[i]);
		same += strcmp(first[i], other[i]) == 0;
		/* each member once */
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(first[i], first[k]);
	}
	assert_true(same < N / 2);
}

static void test_sample__a_member_more_moves_no_other(void **state)
{
	const char *few[N], *many[N];
	unsigned at = 0;
	(void)state;
	draw("s", N - 5, false, few);
	draw("s", N, false, many);
	for (unsigned i = 0; i < N && at < N - 5; i++)
		if (strcmp(many[i], few[at]) == 0)
			at++;
	assert_int_equal(at, N - 5);
}

/* Written from the header, not from the code. */
static void test_sample__the_order_is_that_of_the_hashes(void **state)
{
	const char *order[N];
	char before[LT_SHA256_HEX] = "", text[200], hex[LT_SHA256_HEX];
	(void)state;
	draw("7", N, false, order);
	for (unsigned i = 0; i < N; i++) {
		struct lt_sha256 sha;
		snprintf(text, sizeof(text), "lingtan sample 1\n7\n企业\n%s", order[i]);
		lt_sha256_init(&sha);
		lt_sha256_add(&sha, text, strlen(text));
		lt_sha256_finish(&sha, hex);
		assert_true(strcmp(before, hex) < 0);
		memcpy(before, hex, sizeof(hex));
	}
}

static void test_sample__what_is_always_taken_comes_first(void **state)
{
	struct sample_member members[N];
	unsigned order[N];
	(void)state;
	for (unsigned i = 0; i < N; i++)
		members[i] = (struct sample_member){ .id = names[i], .must = i % 10 == 3 };
	assert_int_equal(sample_order("x", "企业", members, N, &arena, order, &err), LT_OK);
	for (unsigned i = 0; i < 4; i++)
		assert_int_equal(order[i], 3 + 10 * i);
	for (unsigned i = 4; i < N; i++)
		assert_false(members[order[i]].must);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sample__a_seed_draws_the_same_again),
		cmocka_unit_test(test_sample__a_member_more_moves_no_other),
		cmocka_unit_test(test_sample__the_order_is_that_of_the_hashes),
		cmocka_unit_test(test_sample__what_is_always_taken_comes_first),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
