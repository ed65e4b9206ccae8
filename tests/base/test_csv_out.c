#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "lingtan/base/csv_out.h"

#define MARK "\xef\xbb\xbf"

/* One cell as it is written. */
static const char *cell(struct lt_arena *arena, const char *text)
{
	struct lt_csv csv;
	lt_csv_init(&csv, arena);
	lt_csv_text(&csv, text);
	return lt_csv_finish(&csv, NULL) + strlen(MARK);
}

static void test_csv_out__rows(void **state)
{
	(void)state;
	struct lt_arena arena;
	struct lt_csv csv;
	size_t len;
	static const char *const titles[] = { "编号", "", "a,b" };
	lt_arena_init(&arena, 1 << 20);
	lt_csv_init(&csv, &arena);
	lt_csv_row(&csv, titles, 3);
	lt_csv_number(&csv, "-2.5");
	lt_csv_text(&csv, "he said \"no\"\nand went");
	lt_csv_end_row(&csv);
	const char *text = lt_csv_finish(&csv, &len);
	assert_string_equal(text, MARK "编号,,\"a,b\"\r\n-2.5,\"he said \"\"no\"\"\nand went\"\r\n");
	assert_int_equal(len, strlen(text));
	lt_arena_release(&arena);
}

static void test_csv_out__formulas(void **state)
{
	(void)state;
	struct lt_arena arena;
	static const char *const formulas[] = { "=1+2", "+1", "-2",  "@SUM(A1)", "\t=1",
						"\r=1", "'=x", "''-", "＝1",	"＋1",
						"－1",	"＠A1" };
	static const char *const plain[] = { "", "1-2", "' x", "'", " =1", "“=1”", "a=b", "2026-03-01" };
	lt_arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < sizeof(formulas) / sizeof(formulas[0]); i++) {
		const char *text = cell(&arena, formulas[i]);
		assert_memory_equal(text, "\"'", 2);
		assert_memory_equal(text + 2, formulas[i], strlen(formulas[i]));
	}
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		assert_string_equal(cell(&arena, plain[i]), plain[i]);
	lt_arena_release(&arena);
}

static void test_csv_out__no_memory(void **state)
{
	(void)state;
	struct lt_arena arena;
	struct lt_csv csv;
	lt_arena_init(&arena, 5000);
	lt_csv_init(&csv, &arena);
	for (unsigned i = 0; i < 1000; i++)
		lt_csv_text(&csv, "words that fill it");
	assert_null(lt_csv_finish(&csv, NULL));
	lt_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv_out__rows),
		cmocka_unit_test(test_csv_out__formulas),
		cmocka_unit_test(test_csv_out__no_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
