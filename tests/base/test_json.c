#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/json.h"

static void test_json__document_is_indented_by_two(void **state)
{
	static const char wanted[] = "{\n"
				     "  \"standard\": \"t-csus-66-2023\",\n"
				     "  \"items\": [\n"
				     "    {\n"
				     "      \"id\": \"4.1\",\n"
				     "      \"points\": \"12.5\",\n"
				     "      \"met\": true\n"
				     "    },\n"
				     "    7,\n"
				     "    null,\n"
				     "    [\n"
				     "      false\n"
				     "    ]\n"
				     "  ],\n"
				     "  \"open\": [],\n"
				     "  \"sets\": {},\n"
				     "  \"grade\": null,\n"
				     "  \"reason\": null\n"
				     "}\n";
	struct lt_json json;
	(void)state;

	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "standard", "t-csus-66-2023");
	lt_json_open_list(&json, "items");
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "id", "4.1");
	lt_json_decimal(&json, "points", (struct lt_decimal){ LT_DECIMAL_ONE * 25 / 2 });
	lt_json_bool(&json, "met", true);
	lt_json_close(&json);
	lt_json_int(&json, NULL, 7);
	lt_json_null(&json, NULL);
	lt_json_open_list(&json, NULL);
	lt_json_bool(&json, NULL, false);
	lt_json_close(&json);
	lt_json_close(&json);
	lt_json_open_list(&json, "open");
	lt_json_close(&json);
	lt_json_open_object(&json, "sets");
	lt_json_close(&json);
	lt_json_null(&json, "grade");
	lt_json_string(&json, "reason", NULL);
	lt_json_close(&json);
	assert_string_equal(lt_json_finish(&json), wanted);
	assert_string_equal(lt_json_finish(&json), wanted);
	lt_json_release(&json);
}

static void test_json__strings_are_escaped(void **state)
{
	static const struct {
		const char *value, *written;
	} cases[] = {
		{ "", "\"\"\n" },
		{ "零碳 tCO₂ / 100%", "\"零碳 tCO₂ / 100%\"\n" },
		{ "say \"hi\"", "\"say \\\"hi\\\"\"\n" },
		{ "C:\\dir", "\"C:\\\\dir\"\n" },
		{ "a\nb\tc\r", "\"a\\u000Ab\\u0009c\\u000D\"\n" },
		{ "\x01\x1b\x1f\x7f", "\"\\u0001\\u001B\\u001F\\u007F\"\n" },
		{ "\xc2\x9b", "\"\\u009B\"\n" },
		{ "\xf0\x9f\x8c\xb3", "\"\xf0\x9f\x8c\xb3\"\n" },
		/* Not meant to reach this far, but never a document that nobody can read. */
		{ "a\xff" "b\xe9", "\"a\\uFFFDb\\uFFFD\"\n" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct lt_json json;
		lt_json_init(&json);
		lt_json_string(&json, NULL, cases[i].value);
		assert_string_equal(lt_json_finish(&json), cases[i].written);
		lt_json_release(&json);
	}
}

static void test_json__keys_are_escaped(void **state)
{
	struct lt_json json;
	(void)state;

	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_int(&json, "a\"b\\\n", 1);
	lt_json_close(&json);
	assert_string_equal(lt_json_finish(&json), "{\n  \"a\\\"b\\\\\\u000A\": 1\n}\n");
	lt_json_release(&json);
}

static void test_json__numbers_keep_every_digit(void **state)
{
	struct lt_json json;
	struct lt_decimal least = { 0 };
	(void)state;

	assert_int_equal(lt_decimal_parse("-170141183460469231731687303.715884105728", 41, &least), LT_DECIMAL_OK);
	lt_json_init(&json);
	lt_json_open_list(&json, NULL);
	lt_json_decimal(&json, NULL, least);
	lt_json_decimal(&json, NULL, (struct lt_decimal){ 0 });
	lt_json_int(&json, NULL, LLONG_MIN);
	lt_json_int(&json, NULL, LLONG_MAX);
	lt_json_close(&json);
	assert_string_equal(lt_json_finish(&json), "[\n  \"-170141183460469231731687303.715884105728\",\n  \"0\",\n"
						   "  -9223372036854775808,\n  9223372036854775807\n]\n");
	lt_json_release(&json);
}

static void test_json__nests_to_its_depth(void **state)
{
	struct lt_json json;
	(void)state;

	lt_json_init(&json);
	for (int i = 0; i < LT_JSON_DEPTH; i++)
		lt_json_open_list(&json, NULL);
	for (int i = 0; i < LT_JSON_DEPTH; i++)
		lt_json_close(&json);
	const char *text = lt_json_finish(&json);
	assert_non_null(text);
	assert_non_null(strstr(text, "[]"));
	assert_int_equal(text[0], '[');
	assert_string_equal(text + strlen(text) - 3, "\n]\n");
	lt_json_release(&json);
}

static void test_json__long_text_survives_growth(void **state)
{
	enum { LEN = 100000 };
	char *value = malloc(LEN + 1);
	struct lt_json json;
	(void)state;

	assert_non_null(value);
	memset(value, 'x', LEN);
	value[LEN] = '\0';
	lt_json_init(&json);
	lt_json_open_list(&json, NULL);
	for (int i = 0; i < 5; i++)
		lt_json_string(&json, NULL, value);
	lt_json_close(&json);
	const char *text = lt_json_finish(&json);
	assert_non_null(text);
	assert_int_equal(strlen(text), strlen("[") + 5 * (strlen("\n  \"\"") + LEN) + strlen(",,,,") + strlen("\n]\n"));
	assert_int_equal(json.len, strlen(text));
	lt_json_release(&json);
	assert_null(json.text);
	lt_json_release(&json);
	free(value);
}

static void test_json__failure_is_sticky_and_told_at_the_end(void **state)
{
	struct lt_json json;
	(void)state;

	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	/* What a refused realloc leaves behind. */
	json.failed = true;
	lt_json_open_list(&json, "items");
	lt_json_int(&json, NULL, 1);
	lt_json_close(&json);
	lt_json_string(&json, "a", "b");
	lt_json_close(&json);
	assert_null(lt_json_finish(&json));
	lt_json_release(&json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json__document_is_indented_by_two),
		cmocka_unit_test(test_json__strings_are_escaped),
		cmocka_unit_test(test_json__keys_are_escaped),
		cmocka_unit_test(test_json__numbers_keep_every_digit),
		cmocka_unit_test(test_json__nests_to_its_depth),
		cmocka_unit_test(test_json__long_text_survives_growth),
		cmocka_unit_test(test_json__failure_is_sticky_and_told_at_the_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
