#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <string.h>
#include "lingtan/base/text.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))
/* The bytes of a literal, NULs inside included. */
#define BYTES(literal) literal, sizeof(literal) - 1

struct check_case {
	const char *name, *text;
	size_t len;
	enum lt_text_fault fault;
	size_t at;
};

static void check_all(const struct check_case *cases, size_t n_cases)
{
	for (size_t i = 0; i < n_cases; i++) {
		size_t at = 999;
		enum lt_text_fault fault = lt_text_check(cases[i].text, cases[i].len, &at);
		if (fault != cases[i].fault)
			fail_msg("%s: fault %d, wanted %d", cases[i].name, fault, cases[i].fault);
		if (fault != LT_TEXT_OK && at != cases[i].at)
			fail_msg("%s: at %zu, wanted %zu", cases[i].name, at, cases[i].at);
	}
}

static void test_text__check_accepts_plain_utf8(void **state)
{
	static const struct check_case cases[] = {
		{ "empty", BYTES(""), LT_TEXT_OK, 0 },
		{ "ascii", BYTES("a: b\n\tc ~"), LT_TEXT_OK, 0 },
		{ "chinese", BYTES("零碳园区评价"), LT_TEXT_OK, 0 },
		{ "rare han and emoji", BYTES("\xf0\xa0\xae\xb7\xf0\x9f\x8c\xb3"), LT_TEXT_OK, 0 },
		{ "first and last of each length",
		  BYTES("\xc2\xa0\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbd\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"),
		  LT_TEXT_OK, 0 },
		{ "combining", BYTES("e\xcc\x81"), LT_TEXT_OK, 0 },
		{ "lines that end in CRLF", BYTES("a: b\r\nc: d\r\n"), LT_TEXT_OK, 0 },
		{ "byte order mark in front", BYTES("\xef\xbb\xbfid: x\n"), LT_TEXT_OK, 0 },
	};
	(void)state;
	check_all(cases, N_OF(cases));
}

static void test_text__check_refuses_controls(void **state)
{
	static const struct check_case cases[] = {
		{ "NUL", BYTES("ab\0c"), LT_TEXT_CONTROL, 2 },
		{ "ESC", BYTES("\x1b[2J"), LT_TEXT_CONTROL, 0 },
		{ "CR", BYTES("a\rb"), LT_TEXT_CONTROL, 1 },
		{ "CR at the end", BYTES("a\r"), LT_TEXT_CONTROL, 1 },
		{ "BS", BYTES("a\b"), LT_TEXT_CONTROL, 1 },
		{ "US", BYTES("\x1f"), LT_TEXT_CONTROL, 0 },
		{ "DEL", BYTES("ab\x7f"), LT_TEXT_CONTROL, 2 },
		{ "U+0080", BYTES("\xc2\x80"), LT_TEXT_CONTROL, 0 },
		{ "CSI U+009B", BYTES("零\xc2\x9b" "31m"), LT_TEXT_CONTROL, 3 },
		{ "U+009F", BYTES("\xc2\x9f"), LT_TEXT_CONTROL, 0 },
		{ "LRM", BYTES("a\xe2\x80\x8e"), LT_TEXT_CONTROL, 1 },
		{ "RLM", BYTES("a\xe2\x80\x8f"), LT_TEXT_CONTROL, 1 },
		{ "ALM", BYTES("a\xd8\x9c"), LT_TEXT_CONTROL, 1 },
		{ "LRE", BYTES("\xe2\x80\xaa"), LT_TEXT_CONTROL, 0 },
		{ "RLO", BYTES("\xe2\x80\xae"), LT_TEXT_CONTROL, 0 },
		{ "LRI", BYTES("\xe2\x81\xa6"), LT_TEXT_CONTROL, 0 },
		{ "PDI", BYTES("\xe2\x81\xa9"), LT_TEXT_CONTROL, 0 },
		{ "byte order mark inside", BYTES("a\xef\xbb\xbf"), LT_TEXT_CONTROL, 1 },
		{ "second byte order mark", BYTES("\xef\xbb\xbf\xef\xbb\xbf"), LT_TEXT_CONTROL, 3 },
		{ "neighbours of the bidi controls", BYTES("\xe2\x80\x8d\xe2\x80\x90\xe2\x80\xaf\xe2\x81\xa5"),
		  LT_TEXT_OK, 0 },
		{ "the first fault counts", BYTES("a\x01\xff"), LT_TEXT_CONTROL, 1 },
	};
	(void)state;
	check_all(cases, N_OF(cases));
}

static void test_text__check_refuses_what_is_not_utf8(void **state)
{
	static const struct check_case cases[] = {
		{ "stray continuation", BYTES("ab\x80"), LT_TEXT_NOT_UTF8, 2 },
		{ "0xff", BYTES("\xff"), LT_TEXT_NOT_UTF8, 0 },
		{ "latin-1", BYTES("caf\xe9 noir"), LT_TEXT_NOT_UTF8, 3 },
		{ "cut after 1 of 2", BYTES("a\xc3"), LT_TEXT_NOT_UTF8, 1 },
		{ "cut after 1 of 3", BYTES("零\xe7"), LT_TEXT_NOT_UTF8, 3 },
		{ "cut after 2 of 3", BYTES("零\xe7\xa2"), LT_TEXT_NOT_UTF8, 3 },
		{ "cut after 2 of 4", BYTES("\xf0\x9f"), LT_TEXT_NOT_UTF8, 0 },
		{ "cut after 3 of 4", BYTES("ab\xf0\x9f\x8c"), LT_TEXT_NOT_UTF8, 2 },
		{ "overlong 3", BYTES("\xe0\x80\xaf"), LT_TEXT_NOT_UTF8, 0 },
		{ "overlong 3, greatest", BYTES("\xe0\x9f\xbf\n"), LT_TEXT_NOT_UTF8, 0 },
		{ "overlong 4", BYTES("\xf0\x80\x80\xaf"), LT_TEXT_NOT_UTF8, 0 },
		{ "surrogate", BYTES("\xed\xa0\x80"), LT_TEXT_NOT_UTF8, 0 },
		{ "above U+10FFFF", BYTES("\xf4\x90\x80\x80"), LT_TEXT_NOT_UTF8, 0 },
		{ "five bytes", BYTES("\xf8\x88\x80\x80\x80"), LT_TEXT_NOT_UTF8, 0 },
		{ "UTF-16", BYTES("\xff\xfe" "a\0"), LT_TEXT_NOT_UTF8, 0 },
	};
	(void)state;
	check_all(cases, N_OF(cases));
}

static void test_text__check_recognises_gbk(void **state)
{
	static const struct check_case cases[] = {
		{ "零碳园区", BYTES("\xc1\xe3\xcc\xbc\xd4\xb0\xc7\xf8"), LT_TEXT_GBK, 0 },
		{ "name: 中文", BYTES("name: \xd6\xd0\xce\xc4\n"), LT_TEXT_GBK, 6 },
		{ "联通, the old trap", BYTES("\xc1\xaa\xcd\xa8\n"), LT_TEXT_GBK, 0 },
		{ "镕, second byte is ASCII", BYTES("\xe9\x46\n"), LT_TEXT_GBK, 0 },
		{ "good UTF-8, then a GBK line", BYTES("碳\n\xd6\xd0\xce\xc4\n"), LT_TEXT_GBK, 4 },
		/* 岚常 is E1B0 B3A3, and E1B0B3 by itself a good UTF-8 character. */
		{ "GBK with UTF-8 by chance", BYTES("\xd6\xd0\n\xe1\xb0\xb3\xa3\n"), LT_TEXT_GBK, 0 },
		{ "one byte that no pair explains", BYTES("\xd6\xd0\xce\xc4 \xff\n"), LT_TEXT_NOT_UTF8, 0 },
		{ "odd number of bytes", BYTES("\xd6\xd0\xce\n"), LT_TEXT_NOT_UTF8, 0 },
	};
	(void)state;
	check_all(cases, N_OF(cases));
}

static void test_text__decode(void **state)
{
	static const struct {
		const char *text;
		size_t len, n;
		uint32_t code;
	} cases[] = {
		{ "a", 1, 1, 'a' },
		{ "\0", 1, 1, 0 },
		{ "零碳", 6, 3, 0x96f6 },
		{ "零", 2, 0, 0 },
		{ "\xc2\xa9", 2, 2, 0xa9 },
		{ "\xf0\x9f\x8c\xb3", 4, 4, 0x1f333 },
		{ "\xc0\x80", 2, 0, 0 },
		{ "\xc1\xbf", 2, 0, 0 },
		{ "\xe0\x9f\xbf", 3, 0, 0 },
		{ "\xf0\x8f\xbf\xbf", 4, 0, 0 },
		{ "\xed\xbf\xbf", 3, 0, 0 },
		{ "\xf4\x90\x80\x80", 4, 0, 0 },
		{ "\xe9z\x80", 3, 0, 0 },
		{ "\x80", 1, 0, 0 },
	};
	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		uint32_t code = 0;
		assert_int_equal(lt_text_decode(cases[i].text, cases[i].len, &code), cases[i].n);
		assert_int_equal(code, cases[i].code);
	}
}

static void test_text__width_counts_columns(void **state)
{
	static const struct {
		const char *text;
		int width;
	} cases[] = {
		{ "", 0 },
		{ "abc", 3 },
		{ "零碳", 4 },
		{ "a零b", 4 },
		{ "（１）", 6 },
		{ "e\xcc\x81", 1 },
		{ "tCO₂", 4 },
		{ "①", 1 },
		{ "—", 1 },
		{ "\xf0\xa0\xae\xb7", 2 },
	};
	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_int_equal(lt_text_width(cases[i].text), cases[i].width);
}

static void test_text__visible_shows_what_a_terminal_would_obey(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		const char *shown;
	} cases[] = {
		{ BYTES(""), "" },
		{ BYTES("rulesets/零碳.yaml"), "rulesets/零碳.yaml" },
		{ BYTES("\x1b[31m"), "\\x1B[31m" },
		{ BYTES("a\nb\tc\0d\x7f"), "a\\x0Ab\\x09c\\x00d\\x7F" },
		{ BYTES("\xc2\x9b" "2J"), "\\u{009B}2J" },
		{ BYTES("gpj.\xe2\x80\xae"), "gpj.\\u{202E}" },
		{ BYTES("\xd8\x9c\xef\xbb\xbf"), "\\u{061C}\\u{FEFF}" },
		{ BYTES("\xff零\xe9"), "\\xFF零\\xE9" },
		{ BYTES("C:\\x"), "C:\\x" },
	};
	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		char out[64];
		assert_int_equal(lt_text_visible(cases[i].text, cases[i].len, out, sizeof(out)), strlen(cases[i].shown));
		assert_string_equal(out, cases[i].shown);
	}
}

static void test_text__visible_never_cuts_inside_a_character(void **state)
{
	static const char text[] = "a零\x1b\xe2\x80\xae";
	static const char *const shown[] = { "", "", "a", "a", "a", "a零", "a零", "a零", "a零", "a零\\x1B" };
	char out[64];
	(void)state;

	for (size_t cap = 1; cap < N_OF(shown); cap++) {
		memset(out, '#', sizeof(out));
		assert_int_equal(lt_text_visible(text, sizeof(text) - 1, out, cap), strlen(shown[cap]));
		assert_string_equal(out, shown[cap]);
		assert_int_equal(out[cap], '#');
	}
	memset(out, '#', sizeof(out));
	assert_int_equal(lt_text_visible(text, sizeof(text) - 1, out, 0), 0);
	assert_int_equal(out[0], '#');
}

static void test_text__cut_falls_between_characters(void **state)
{
	static const struct {
		const char *text;
		size_t cap, cut;
	} cases[] = {
		{ "", 0, 0 },	 { "", 5, 0 },	  { "abc", 2, 2 },  { "abc", 3, 3 },  { "abc", 9, 3 },	{ "零碳", 0, 0 },
		{ "零碳", 2, 0 }, { "零碳", 3, 3 }, { "零碳", 5, 3 }, { "零碳", 6, 6 }, { "a\xf0\x9f\x8c\xb3", 4, 1 },
	};
	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++)
		assert_int_equal(lt_text_cut(cases[i].text, strlen(cases[i].text), cases[i].cap), cases[i].cut);
}

static void test_text__twins_are_the_keys_under_an_input_method(void **state)
{
	static const struct {
		const char *text, *folded;
	} twins[] = {
		{ "：ｇａｐ　７．２．１", ":gap 7.2.1" },
		{ "０１２３４５６７８９", "0123456789" },
		{ "ＡＺａｚ", "AZaz" },
		{ "；，。？！（）／－～％", ";,.?!()/-~%" },
		{ "、《》【】“”￥—", "/<>[]\"\"$-" },
		{ "能源 7.2.1 é", "能源 7.2.1 é" },
		{ "\xff７", "\xff" "7" },
		{ "", "" },
	};
	char out[64];
	(void)state;
	for (uint32_t code = 0x21; code < 0x7f; code++) {
		assert_int_equal(lt_text_twin(code), code);
		assert_int_equal(lt_text_twin(code + 0xfee0), code);
	}
	for (size_t i = 0; i < N_OF(twins); i++) {
		const size_t n = lt_text_fold_twins(twins[i].text, strlen(twins[i].text), out, sizeof(out));
		assert_int_equal(n, strlen(out));
		assert_string_equal(out, twins[i].folded);
	}
	strcpy(out, "７能８");
	lt_text_fold_twins(out, strlen(out), out, sizeof(out));
	assert_string_equal(out, "7能8");
	assert_int_equal(lt_text_fold_twins("７能", 6, out, 4), 1);
	assert_string_equal(out, "7");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text__check_accepts_plain_utf8),
		cmocka_unit_test(test_text__check_refuses_controls),
		cmocka_unit_test(test_text__check_refuses_what_is_not_utf8),
		cmocka_unit_test(test_text__check_recognises_gbk),
		cmocka_unit_test(test_text__decode),
		cmocka_unit_test(test_text__width_counts_columns),
		cmocka_unit_test(test_text__visible_shows_what_a_terminal_would_obey),
		cmocka_unit_test(test_text__visible_never_cuts_inside_a_character),
		cmocka_unit_test(test_text__cut_falls_between_characters),
		cmocka_unit_test(test_text__twins_are_the_keys_under_an_input_method),
	};
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
