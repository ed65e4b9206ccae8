/* Initials of Chinese characters, from the table that is built in. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/core/pinyin.h"
#include "lingtan/load/library.h"

extern const struct embedded_file embedded_files[];

static struct pinyin pinyin;

static const struct embedded_file *table(void)
{
	const struct embedded_file *file = embedded_files;
	while (strcmp(file->path, "db/pinyin.txt") != 0)
		file++;
	return file;
}

static int set_up(void **state)
{
	(void)state;
	return pinyin_read(&pinyin, table()->text, table()->len) ? 0 : -1;
}

static void test_pinyin__characters_begin_as_they_are_read(void **state)
{
	(void)state;
	static const struct {
		uint32_t code;
		const char *yes, *no;
	} cases[] = {
		{ 0x80FD, "n", "yx" }, /* 能 */
		{ 0x884C, "hx", "s" }, /* 行 háng, xíng */
		{ 0x91CD, "cz", "d" }, /* 重 */
		{ 0x7387, "ls", "y" }, /* 率 */
		{ 0x4E00, "y", "e" }, /* the first of the table */
		{ 0x9FFF, "", "az" },  /* the last, which has no reading */
		{ 0x3007, "", "l" },   /* outside of it */
		{ 'n', "", "n" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		for (const char *c = cases[i].yes; *c; c++)
			assert_true(pinyin_begins(&pinyin, cases[i].code, *c));
		for (const char *c = cases[i].no; *c; c++)
			assert_false(pinyin_begins(&pinyin, cases[i].code, *c));
	}
}

static void test_pinyin_find__letters_follow_each_other(void **state)
{
	(void)state;
	static const struct {
		const char *text, *letters;
		int at, len; /* at -1 = not found */
	} cases[] = {
		{ "智慧水务管理系统", "zhswglxt", 0, 24 },
		{ "智慧水务管理系统", "swgl", 6, 12 },
		{ "智慧水务管理系统", "zgl", -1, 0 },
		{ "智慧水务管理系统", "xtx", -1, 0 },
		{ "5G 基站", "5gjz", 0, 9 },
		{ "余热、废热利用", "rfr", 3, 12 },
		{ "进行监测", "hj", 3, 6 },
		{ "进行监测", "xj", 3, 6 },
		{ "A 级", "aj", 0, 5 },
		{ "能", "", -1, 0 },
		{ "", "a", -1, 0 },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t at = 99, len = 99;
		const bool found = pinyin_find(&pinyin, cases[i].text, cases[i].letters, &at, &len);
		assert_int_equal(found, cases[i].at >= 0);
		if (found)
			assert_true((int)at == cases[i].at && (int)len == cases[i].len);
	}
}

static void test_pinyin_read__takes_only_a_whole_table(void **state)
{
	(void)state;
	struct pinyin other;
	const struct embedded_file *file = table();
	char *copy = malloc(file->len);
	memcpy(copy, file->text, file->len);
	assert_true(pinyin_read(&other, copy, file->len));
	assert_false(pinyin_read(&other, copy, file->len - 1));
	assert_null(other.rows);
	copy[file->len - 10] = 'A';
	assert_false(pinyin_read(&other, copy, file->len));
	copy[file->len - 10] = '.';
	copy[file->len - 70] = '8';
	assert_false(pinyin_read(&other, copy, file->len));
	assert_false(pinyin_read(&other, "# nothing", 9));
	free(copy);
	size_t at, len;
	/* without a table letters stand for themselves */
	assert_true(pinyin_find(&other, "PUE 值", "pue", &at, &len) && !pinyin_find(&other, "能源", "ny", &at, &len));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pinyin__characters_begin_as_they_are_read),
		cmocka_unit_test(test_pinyin_find__letters_follow_each_other),
		cmocka_unit_test(test_pinyin_read__takes_only_a_whole_table),
	};
	return cmocka_run_group_tests(tests, set_up, NULL);
}
