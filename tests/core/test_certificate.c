/* The record of a certificate, its statement, and the code printed beside it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "lingtan/base/text.h"
#include "lingtan/core/certificate.h"

static struct lt_arena arena;
static struct lt_err err;
static struct certificate certificate;
static struct lt_key *key;

static int set_up(void **state)
{
	(void)state;
	err = (struct lt_err)LT_ERR_INIT;
	lt_arena_init(&arena, 0);
	certificate = (struct certificate){ .at = { [CERT_FORMAT] = CERTIFICATE_FORMAT,
						    [CERT_KIND] = "specimen",
						    [CERT_NUMBER] = "S-2026-0001",
						    [CERT_PARK] = "示例园区",
						    [CERT_CODE] = "T/X 1-2023",
						    [CERT_YEAR] = "2025",
						    [CERT_GRADE_ZH] = "零碳",
						    [CERT_ISSUED] = "2026-03-01",
						    [CERT_VALID_UNTIL] = "2029-02-28" } };
	key = lt_key_make();
	return key ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	lt_key_free(key);
	lt_arena_release(&arena);
	return 0;
}

static void encode(const char **text, size_t *len)
{
	if (certificate_encode(&certificate, &arena, text, len, &err))
		fail_msg("%s", err.text[LT_EN]);
}

/* What the code of the certificate says; its text stays in `printed`. */
static struct code code_of(char printed[CODE_MAX])
{
	const char *text;
	size_t len;
	struct code code;
	encode(&text, &len);
	assert_true(code_make(key, &certificate, text, len, &arena, printed));
	assert_true(code_read(printed, strlen(printed), &arena, &code));
	return code;
}

static void test_certificate__what_is_written_is_read(void **state)
{
	const char *text, *again;
	size_t len, again_len;
	struct certificate read;
	(void)state;
	certificate.at[CERT_ADDRESS] = "\"甲\"\\乙\n丙\x7f";
	encode(&text, &len);
	assert_int_equal(certificate_decode(text, len, &arena, &read, &err), LT_OK);
	assert_string_equal(read.at[CERT_ADDRESS], certificate.at[CERT_ADDRESS]);
	assert_null(read.at[CERT_TITLE]);
	certificate = read;
	encode(&again, &again_len);
	assert_int_equal(again_len, len);
	assert_memory_equal(again, text, len);
	/* the last member alone may be left out, and is where it says nothing */
	certificate.at[CERT_TITLE] = "";
	encode(&again, &again_len);
	assert_int_equal(again_len, len);
	certificate.at[CERT_TITLE] = "题名";
	encode(&again, &again_len);
	assert_int_equal(certificate_decode(again, again_len, &arena, &read, &err), LT_OK);
	assert_string_equal(read.at[CERT_TITLE], "题名");
}

static void test_certificate__another_spelling_is_none(void **state)
{
	static const char *const spellings[][2] = {
		{ "\\u000a", "\\u000A" },   { "\\u000a", "\\n" },		 { "\\u000a", "\n" },	      { "\\\"", "\\u0022" },	  { "\",\"kind", "\", \"kind" },
		{ "\"}", "\",\"title\":\"\"}" }, { "\"}", "\"} " }, { "\"year\"", "\"Year\"" }, { "{\"format", " {\"format" },
	};
	const char *text;
	size_t len;
	struct certificate read;
	(void)state;
	certificate.at[CERT_ADDRESS] = "\"甲\"\n";
	encode(&text, &len);
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		const char *at = strstr(text, spellings[i][0]);
		assert_non_null(at);
		const char *other = lt_arena_printf(&arena, "%.*s%s%s", (int)(at - text), text, spellings[i][1], at + strlen(spellings[i][0]));
		err = (struct lt_err)LT_ERR_INIT;
		if (certificate_decode(other, strlen(other), &arena, &read, &err) != LT_EFILE)
			fail_msg("taken: %s for %s", spellings[i][1], spellings[i][0]);
	}
}

/* However long a name is and wherever it is cut, what the code says is whole characters. */
static void test_certificate__a_code_cuts_between_characters(void **state)
{
	static const char *const starts[] = { "", "A", "AB", "ABC" };
	char printed[CODE_MAX], name[200];
	size_t at;
	(void)state;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		const size_t n = strlen(starts[i]);
		snprintf(name, sizeof(name), "%s", starts[i]);
		while (strlen(name) < 150)
			strcat(name, "园");
		certificate.at[CERT_PARK] = name;
		const struct code code = code_of(printed);
		assert_int_equal(lt_text_check(code.park, strlen(code.park), &at), LT_TEXT_OK);
		assert_int_equal(strlen(code.park), n + (120 - n) / 3 * 3);
		assert_memory_equal(code.park, name, strlen(code.park));
		assert_true(code_holds(&code, lt_key_public(key)));
	}
	/* one that just fits is not cut, and a line end is none */
	memset(name, 'a', 121);
	name[60] = '\n';
	name[120] = 0;
	certificate.at[CERT_PARK] = name;
	const struct code code = code_of(printed);
	name[60] = ' ';
	assert_string_equal(code.park, name);
	assert_string_equal(code.kind, "specimen");
	assert_string_equal(code.number, "S-2026-0001");
	assert_string_equal(code.valid_until, "2029-02-28");
}

static void test_certificate__a_code_that_was_changed_holds_no_more(void **state)
{
	char printed[CODE_MAX];
	struct code code = code_of(printed);
	(void)state;
	assert_true(code_holds(&code, lt_key_public(key)));
	for (size_t i = 3; printed[i]; i++) {
		const char was = printed[i];
		printed[i] = was == 'A' ? 'B' : 'A';
		assert_false(code_read(printed, strlen(printed), &arena, &code) && code_holds(&code, lt_key_public(key)));
		printed[i] = was;
	}
	assert_false(code_read(printed, strlen(printed) - 1, &arena, &code) && code_holds(&code, lt_key_public(key)));
}

static void test_statement__is_over_its_body_and_its_purpose(void **state)
{
	struct statement statement;
	size_t len;
	const char *text = statement_make(key, "one", "{}", 2, &arena, &len);
	(void)state;
	assert_true(statement_read(text, len, &statement));
	assert_true(statement_holds(&statement, "one"));
	assert_false(statement_holds(&statement, "two"));
	assert_false(statement_read(text, len - 1, &statement));
	text = statement_make(NULL, "one", "{}", 2, &arena, &len);
	assert_true(statement_read(text, len, &statement));
	assert_string_equal(statement.public, "");
	assert_false(statement_holds(&statement, "one"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_certificate__what_is_written_is_read),
		TEST(test_certificate__another_spelling_is_none),
		TEST(test_certificate__a_code_cuts_between_characters),
		TEST(test_certificate__a_code_that_was_changed_holds_no_more),
		TEST(test_statement__is_over_its_body_and_its_purpose),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
