#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "lingtan/base/key.h"

static const char passphrase[] = "four unrelated words here";
static const struct lt_key_label label = { .person = "示例·李工",
					   .made = "2026-03-01T14:03:22+08:00" };

/* RFC 8032, section 7.1, test 3. */
static void test_key__verifies_what_the_standard_gives(void **state)
{
	static const char public[] =
		"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";
	char signature[LT_SIGNATURE_HEX] =
		"6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
		"18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";
	(void)state;
	assert_true(lt_key_verify(public, NULL, "\xaf\x82", 2, signature));
	assert_false(lt_key_verify(public, NULL, "\xaf\x83", 2, signature));
	assert_false(lt_key_verify(public, "purpose", "\xaf\x82", 2, signature));
	signature[40] ^= 1;
	assert_false(lt_key_verify(public, NULL, "\xaf\x82", 2, signature));
}

static void test_key__a_signature_is_for_its_purpose_alone(void **state)
{
	char signature[LT_SIGNATURE_HEX];
	struct lt_key *key = lt_key_make();
	(void)state;
	assert_non_null(key);
	lt_key_sign(key, "one", "bytes", 5, signature);
	assert_true(lt_is_signature(signature));
	assert_true(lt_is_public_key(lt_key_public(key)));
	assert_true(lt_key_verify(lt_key_public(key), "one", "bytes", 5, signature));
	assert_false(lt_key_verify(lt_key_public(key), "two", "bytes", 5, signature));
	assert_false(lt_key_verify(lt_key_public(key), "one", "byte", 4, signature));
	signature[0] = 'A';
	assert_false(lt_is_signature(signature));
	assert_false(lt_key_verify(lt_key_public(key), "one", "bytes", 5, signature));
	assert_false(lt_key_verify("", "one", "bytes", 5, signature));
	lt_key_free(key);
}

static void test_key__sealed_and_opened_it_is_the_same(void **state)
{
	char text[LT_KEY_SEALED], before[LT_SIGNATURE_HEX], after[LT_SIGNATURE_HEX];
	struct lt_err err = LT_ERR_INIT;
	struct lt_key_label read;
	struct lt_key *key = lt_key_make(), *opened = NULL;
	(void)state;
	assert_int_equal(lt_key_seal(key, &label, passphrase, text, &err), LT_OK);
	lt_key_sign(key, "p", "x", 1, before);
	assert_int_equal(lt_key_read_label(text, &read, &err), LT_OK);
	assert_string_equal(read.person, label.person);
	assert_string_equal(read.made, label.made);
	assert_string_equal(read.public, lt_key_public(key));
	assert_int_equal(lt_key_open(text, passphrase, &opened, &err), LT_OK);
	lt_key_sign(opened, "p", "x", 1, after);
	assert_string_equal(before, after);
	lt_key_free(key);
	lt_key_free(opened);
}

/* Whatever is changed of the text, it does not open, and what is legible cannot be altered. */
static void test_key__a_changed_text_does_not_open(void **state)
{
	static const char *const lines[] = { "lingtan", "person", "made",  "public",
					     "salt",    "nonce",  "secret" };
	char text[LT_KEY_SEALED], changed[LT_KEY_SEALED];
	struct lt_err err = LT_ERR_INIT;
	struct lt_key *key = lt_key_make(), *opened = NULL;
	(void)state;
	assert_int_equal(lt_key_seal(key, &label, passphrase, text, &err), LT_OK);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		memcpy(changed, text, sizeof(text));
		char *at = strchr(strstr(changed, lines[i]), '\n') - 1;
		*at = *at == '1' ? '2' : '1';
		err = (struct lt_err)LT_ERR_INIT;
		assert_int_not_equal(lt_key_open(changed, passphrase, &opened, &err), LT_OK);
	}
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(lt_key_open(text, "four unrelated words hers", &opened, &err), LT_NO);
	assert_null(opened);
	lt_key_free(key);
}

static void test_key__refuses_what_no_key_file_says(void **state)
{
	static const char *const costs[] = { "argon2id 3 99999999999\n", "argon2id 1000 67108864\n",
					     "argon2id 3 1\n", "argon2id 3\n", "argon2id\n" };
	char text[LT_KEY_SEALED], changed[2 * LT_KEY_SEALED];
	struct lt_err err = LT_ERR_INIT;
	struct lt_key_label read;
	struct lt_key *key = lt_key_make();
	(void)state;
	assert_int_equal(lt_key_seal(key, &label, passphrase, text, &err), LT_OK);
	const char *cost = strstr(text, "argon2id"), *rest = strchr(cost, '\n') + 1;
	for (size_t i = 0; i < sizeof(costs) / sizeof(costs[0]); i++) {
		snprintf(changed, sizeof(changed), "%.*s%s%s", (int)(cost - text), text, costs[i],
			 rest);
		err = (struct lt_err)LT_ERR_INIT;
		assert_int_equal(lt_key_read_label(changed, &read, &err), LT_EFILE);
	}
	snprintf(changed, sizeof(changed), "%s\n", text);
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(lt_key_read_label(changed, &read, &err), LT_EFILE);
	/* it would reach the terminal with the question for the passphrase */
	const char *made = strstr(text, "\nmade ");
	snprintf(changed, sizeof(changed), "lingtan key 1\nperson \x1b[31m%s", made);
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(lt_key_read_label(changed, &read, &err), LT_EFILE);
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(lt_key_seal(key, &label, "short", changed, &err), LT_EDATA);
	/* the same to who asks before it is typed a second time */
	struct lt_err before = LT_ERR_INIT;
	assert_int_equal(lt_passphrase_check("short", &before), LT_EDATA);
	assert_string_equal(before.text[LT_ZH], err.text[LT_ZH]);
	assert_int_equal(lt_passphrase_check("1234567", &before), LT_EDATA);
	assert_int_equal(lt_passphrase_check("12345678", &before), LT_OK);
	const struct lt_key_label nobody = { .made = "2026-03-01T14:03:22+08:00" };
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(lt_key_seal(key, &nobody, passphrase, changed, &err), LT_EDATA);
	const struct lt_key_label red = { .person = "\x1b[31m", .made = "2026-03-01T14:03:22+08:00" };
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(lt_key_seal(key, &red, passphrase, changed, &err), LT_EDATA);
	lt_key_free(key);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key__verifies_what_the_standard_gives),
		cmocka_unit_test(test_key__a_signature_is_for_its_purpose_alone),
		cmocka_unit_test(test_key__sealed_and_opened_it_is_the_same),
		cmocka_unit_test(test_key__a_changed_text_does_not_open),
		cmocka_unit_test(test_key__refuses_what_no_key_file_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
