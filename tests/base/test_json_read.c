/* Documents that are JSON, and those that are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "lingtan/base/json_read.h"

static enum lt_status read_document(const char *text, struct lt_arena *arena,
				    const struct lt_json_node **out)
{
	struct lt_err err = LT_ERR_INIT;
	lt_arena_init(arena, 0);
	return lt_json_read(text, strlen(text), arena, out, &err);
}

static void test_json_read__tree(void **state)
{
	const struct lt_json_node *root;
	struct lt_arena arena;
	(void)state;
	assert_int_equal(read_document(" {\"a\": [1, -2.50e3, true, null], \"零\": {\"b\": \"x\\n\\u96f6\\ud83d\\ude00\"}, \"n\": 12} \n",
				       &arena, &root),
			 LT_OK);
	const struct lt_json_node *list = lt_json_get(root, "a");
	assert_int_equal(list->n, 4);
	assert_string_equal(list->first->next->text, "-2.50e3");
	assert_int_equal(list->first->next->next->kind, LT_JSON_TRUE);
	assert_string_equal(lt_json_get_text(lt_json_get(root, "零"), "b"), "x\n零\xf0\x9f\x98\x80");
	assert_int_equal(lt_json_get_int(root, "n"), 12);
	assert_int_equal(lt_json_get(lt_json_get(root, "none"), "deeper")->kind, LT_JSON_NULL);
	assert_string_equal(lt_json_get_text(root, "none"), "");
	lt_arena_release(&arena);
}

static void test_json_read__refused(void **state)
{
	static const char *const wrong[] = { "",	  "{",	     "[1,]",	 "{\"a\"}", "01",
					     "1.",	  "nul",     "\"\\x\"",	 "\"a",	    "[1] 2",
					     "\"\\ud800\"", "\"\\u0000\"", "\"\xff\"", "\"\n\"",  "[1 2]",
					     "{\"a\":1,}", "\"\\", "-", "\"\\u12" };
	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		const struct lt_json_node *root;
		struct lt_arena arena;
		if (read_document(wrong[i], &arena, &root) != LT_EFILE)
			fail_msg("taken: %s", wrong[i]);
		assert_int_equal(root->kind, LT_JSON_NULL);
		lt_arena_release(&arena);
	}
}

/* Neither too deep nor a NUL inside ends anything but the reading. */
static void test_json_read__bounds(void **state)
{
	char deep[2 * LT_JSON_DEPTH + 16];
	const struct lt_json_node *root;
	struct lt_arena arena;
	struct lt_err err = LT_ERR_INIT;
	(void)state;
	memset(deep, '[', LT_JSON_DEPTH);
	memset(deep + LT_JSON_DEPTH, ']', LT_JSON_DEPTH);
	deep[2 * LT_JSON_DEPTH] = 0;
	assert_int_equal(read_document(deep, &arena, &root), LT_OK);
	lt_arena_release(&arena);
	memset(deep, '[', LT_JSON_DEPTH + 1);
	assert_int_equal(read_document(deep, &arena, &root), LT_EFILE);
	lt_arena_release(&arena);
	lt_arena_init(&arena, 0);
	assert_int_equal(lt_json_read("[1]\0", 4, &arena, &root, &err), LT_EFILE);
	lt_arena_release(&arena);
}

/* What the writer writes, the reader reads. */
static void test_json_read__writer(void **state)
{
	static const char hard[] = "\"\\\n\t\x7f 零碳 \xe2\x80\xae";
	const struct lt_json_node *root;
	struct lt_arena arena;
	struct lt_err err = LT_ERR_INIT;
	struct lt_json json;
	(void)state;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "a", hard);
	lt_json_close(&json);
	const char *text = lt_json_finish(&json);
	lt_arena_init(&arena, 0);
	assert_int_equal(lt_json_read(text, strlen(text), &arena, &root, &err), LT_OK);
	assert_string_equal(lt_json_get_text(root, "a"), hard);
	lt_arena_release(&arena);
	lt_json_release(&json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json_read__tree),
		cmocka_unit_test(test_json_read__refused),
		cmocka_unit_test(test_json_read__bounds),
		cmocka_unit_test(test_json_read__writer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
