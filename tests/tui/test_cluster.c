#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "cluster.h"
#include "lingtan/base/text.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))
#define FAMILY "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"
#define THUMB "\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd"
#define FLAG "\xf0\x9f\x87\xa8\xf0\x9f\x87\xb3"
#define SUN "\xe2\x98\x80\xef\xb8\x8f"
#define KEYCAP "1\xef\xb8\x8f\xe2\x83\xa3"
#define RARE "\xf0\xa0\xae\xb7" /* U+20BB7 */
#define E_ACUTE "e\xcc\x81"
#define LRO "\xe2\x80\xae"

struct cluster_case {
	const char *text;
	size_t len; /* of the first cluster */
	int width;
	const char *drawn;
};

static const struct cluster_case cases[] = {
	{ "ab", 1, 1, "a" },
	{ "零碳", 3, 2, "零" },
	{ RARE "野", 4, 2, RARE },
	{ E_ACUTE "x", 3, 1, E_ACUTE },
	{ "零\xcc\x81x", 5, 2, "零\xcc\x81" },
	{ "\xcc\x81x", 2, 1, " \xcc\x81" },
	{ FAMILY "x", sizeof(FAMILY) - 1, 2, "\xf0\x9f\x91\xa8" },
	{ THUMB "x", sizeof(THUMB) - 1, 2, "\xf0\x9f\x91\x8d" },
	{ FLAG FLAG, sizeof(FLAG) - 1, 2, "CN" },
	{ "\xf0\x9f\x87\xa8x", 4, 1, "\xf0\x9f\x87\xa8" },
	{ SUN "x", sizeof(SUN) - 1, 2, "\xe2\x98\x80 " },
	{ KEYCAP "2", sizeof(KEYCAP) - 1, 2, "1\xe2\x83\xa3 " },
	{ "\x1b[2J", 1, 2, "^[" },
	{ "\x7f", 1, 2, "^?" },
	{ "\t", 1, 1, " " },
	{ "\n\n", 1, 1, " " },
	{ "\r\n", 2, 1, " " },
	{ "\rx", 1, 2, "^M" },
	{ "\xc2\x9b" "31m", 2, 1, "\xef\xbf\xbd" },
	{ LRO "abc", 3, 1, "\xef\xbf\xbd" },
	{ "\xe2\x80\x8b", 3, 1, "\xef\xbf\xbd" },
	{ "\xff\xfe", 1, 1, "\xef\xbf\xbd" },
	{ "\xe9\x9b", 1, 1, "\xef\xbf\xbd" },
	{ "\xed\xa0\x80", 1, 1, "\xef\xbf\xbd" },
	{ "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8x", 9, 2, "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8" },
	{ "\xe0\xa4\x95\xe0\xa4\xbfx", 6, 2, "\xe0\xa4\x95\xe0\xa4\xbf" },
	{ "“中", 3, 1, "“" },
};

static void test_cluster__next_keeps_what_a_reader_sees_as_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		const struct cluster_case *c = &cases[i];
		char drawn[CLUSTER_DRAWN];
		const struct cluster cluster = cluster_next(c->text, strlen(c->text), 0);
		if (cluster.len != c->len || cluster.width != c->width)
			fail_msg("case %zu: %zu bytes, %d columns", i, cluster.len, cluster.width);
		const size_t n = cluster_draw(c->text, cluster.len, drawn);
		assert_int_equal(n, strlen(drawn));
		assert_string_equal(drawn, c->drawn);
		assert_int_equal(cluster_back(c->text, strlen(c->text), cluster.len), 0);
	}
}

static void test_cluster__ambiguous_characters_have_twins_where_they_are_wide(void **state)
{
	static const struct {
		const char *text, *drawn;
	} twins[] = {
		{ "“", "\" " }, { "…", ".." }, { "①", "1 " }, { "⑳", "20" }, { "→", "->" }, { "℃", "oC" }, { "я", "? " },
	};
	char drawn[CLUSTER_DRAWN];

	(void)state;
	cluster_set_ambiguous(2);
	for (size_t i = 0; i < N_OF(twins); i++) {
		assert_int_equal(cluster_columns(twins[i].text, strlen(twins[i].text)), 2);
		cluster_draw(twins[i].text, strlen(twins[i].text), drawn);
		assert_string_equal(drawn, twins[i].drawn);
	}
	cluster_draw("\xff", 1, drawn);
	assert_string_equal(drawn, "?");
	assert_int_equal(cluster_columns("中a", 4), 3);
	cluster_set_ambiguous(1);
	assert_int_equal(cluster_columns("“→", 6), 2);
}

static int drawn_columns(const char *drawn)
{
	size_t at = 0, len = strlen(drawn);
	int columns = 0;
	while (at < len) {
		uint32_t code;
		const size_t n = lt_text_decode(drawn + at, len - at, &code);
		assert_true(n > 0 && code >= 0x20 && (code < 0x7f || code > 0x9f));
		const int more = wcwidth((wchar_t)code);
		assert_true(more >= 0);
		columns += more;
		at += n;
	}
	return columns;
}

/* Bits of text that grow together with their neighbours, or break them. */
static const char *const pieces[] = {
	"a", " ", "零", "。", RARE, "\xcc\x81", "\xe2\x80\x8d", "\xef\xb8\x8f", "\xf0\x9f\x91\xa8", "\xf0\x9f\x8f\xbd",
	"\xf0\x9f\x87\xa8", "\r", "\n", "\xff", "\xe9", "\x9b", "\xe1\x84\x80", "\xe1\x85\xa1", "\xe0\xa4\x95", "\xe0\xa4\xbf",
	"\xe0\xb5\x8e", "1", "\xe2\x83\xa3", "“", "\xd8\x80", "\xf3\xa0\x81\xa7",
};

static size_t random_text(char *text, unsigned n_pieces)
{
	size_t len = 0;
	for (unsigned i = 0; i < n_pieces; i++) {
		const char *piece = pieces[(size_t)rand() % N_OF(pieces)];
		memcpy(text + len, piece, strlen(piece));
		len += strlen(piece);
	}
	text[len] = '\0';
	return len;
}

static void test_cluster__back_goes_where_next_came_from(void **state)
{
	(void)state;
	srand(7);
	for (unsigned round = 0; round < 20000; round++) {
		char text[256], drawn[CLUSTER_DRAWN];
		bool begins[256] = { false };
		const size_t len = random_text(text, 1 + round % 24);
		size_t before = 0;
		cluster_set_ambiguous(1 + (int)(round & 1));
		for (size_t at = 0; at < len;) {
			const struct cluster cluster = cluster_next(text, len, at);
			assert_true(cluster.len >= 1 && at + cluster.len <= len);
			assert_true(cluster.width == 1 || cluster.width == 2);
			assert_int_equal(cluster_back(text, len, at + cluster.len), at);
			cluster_draw(text + at, cluster.len, drawn);
			assert_int_equal(drawn_columns(drawn), cluster.width);
			begins[at] = true;
			before = at;
			at += cluster.len;
		}
		begins[len] = true;
		assert_int_equal(cluster_back(text, len, len), before);
		for (size_t at = 0; at <= len; at++)
			assert_int_equal(cluster_begins(text, len, at), begins[at]);
	}
	cluster_set_ambiguous(1);
}

/* Every character of Unicode by itself, the ones that are drawn as they are among them. */
static void test_cluster__what_is_drawn_of_each_character_is_as_wide_as_it_is_said_to_be(void **state)
{
	(void)state;
	unsigned n_plain = 0;
	for (uint32_t code = 1; code <= 0x10ffff; code++) {
		char text[8], drawn[CLUSTER_DRAWN];
		mbstate_t none = { 0 };
		const size_t len = wcrtomb(text, (wchar_t)code, &none);
		if (len == (size_t)-1)
			continue;
		const struct cluster cluster = cluster_next(text, len, 0);
		assert_int_equal(cluster.len, len);
		cluster_draw(text, len, drawn);
		assert_int_equal(drawn_columns(drawn), cluster.width);
		n_plain += cluster.is_plain;
		if (cluster.is_plain)
			assert_memory_equal(drawn, text, len);
	}
	/* letters of ASCII, Han, marks of Chinese prose, full-width twins */
	assert_int_equal(n_plain, (0x7f - 0x20) + (0xa000 - 0x4e00) + (0x302a - 0x3000) + (0xff61 - 0xff01));
}

struct cut_case {
	const char *text;
	int columns;
	const char *end, *front, *middle;
};

static void test_cluster__cut_keeps_whole_clusters(void **state)
{
	static const struct cut_case cuts[] = {
		{ "零碳园区", 8, "零碳园区", "零碳园区", "零碳园区" },
		{ "零碳园区", 7, "零碳..", "..园区", "零..区" },
		{ "零碳园区", 6, "零碳..", "..园区", "零..区" },
		{ "零碳园区", 5, "零..", "..区", "..区" },
		{ "零碳园区", 3, "..", "..", ".." },
		{ "零碳园区", 2, "零", "区", "零" },
		{ "零碳园区", 1, "", "", "" },
		{ "零碳园区", 0, "", "", "" },
		{ "ab" E_ACUTE "defg", 6, "ab" E_ACUTE "d..", "..defg", "ab..fg" },
		{ "a" FAMILY "bcd", 4, "a..", "..cd", "a..d" },
		{ "", 4, "", "", "" },
	};
	char out[64];
	(void)state;
	for (size_t i = 0; i < N_OF(cuts); i++) {
		const struct cut_case *c = &cuts[i];
		const size_t len = strlen(c->text);
		const size_t n = cluster_cut(c->text, len, c->columns, out, sizeof(out));
		assert_int_equal(n, strlen(out));
		assert_string_equal(out, c->end);
		cluster_cut_front(c->text, len, c->columns, out, sizeof(out));
		assert_string_equal(out, c->front);
		cluster_cut_middle(c->text, len, c->columns, out, sizeof(out));
		assert_string_equal(out, c->middle);
	}
}

static void test_cluster__cut_stays_in_its_buffer(void **state)
{
	(void)state;
	srand(11);
	for (unsigned round = 0; round < 20000; round++) {
		char text[256];
		const size_t len = random_text(text, round % 20);
		const size_t cap = 1 + (size_t)rand() % 24;
		const int columns = rand() % 24;
		for (unsigned way = 0; way < 3; way++) {
			char *out = malloc(cap);
			assert_non_null(out);
			const size_t n = way == 0   ? cluster_cut(text, len, columns, out, cap)
					 : way == 1 ? cluster_cut_front(text, len, columns, out, cap)
						    : cluster_cut_middle(text, len, columns, out, cap);
			assert_true(n < cap && n == strlen(out));
			assert_true(cluster_columns(out, n) <= columns);
			free(out);
		}
	}
}

static void test_cluster__counts(void **state)
{
	int used;
	(void)state;
	assert_int_equal(cluster_count("零" E_ACUTE FAMILY, strlen("零" E_ACUTE FAMILY)), 3);
	assert_int_equal(cluster_columns("零碳 2025 年", strlen("零碳 2025 年")), 12);
	assert_int_equal(cluster_fit("a零b", 5, 2, &used), 1); /* 零 does not fit in the other half */
	assert_int_equal(used, 1);
	assert_int_equal(cluster_fit_end("a零b", 5, 2, &used), 4);
	assert_int_equal(used, 1);
	assert_int_equal(cluster_fit_end("a零b", 5, 9, &used), 0);
	assert_int_equal(used, 4);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cluster__next_keeps_what_a_reader_sees_as_one),
		cmocka_unit_test(test_cluster__ambiguous_characters_have_twins_where_they_are_wide),
		cmocka_unit_test(test_cluster__back_goes_where_next_came_from),
		cmocka_unit_test(test_cluster__what_is_drawn_of_each_character_is_as_wide_as_it_is_said_to_be),
		cmocka_unit_test(test_cluster__cut_keeps_whole_clusters),
		cmocka_unit_test(test_cluster__cut_stays_in_its_buffer),
		cmocka_unit_test(test_cluster__counts),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
