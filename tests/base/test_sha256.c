/* SHA-256 in pieces: the examples of FIPS 180-4, and the same as libsodium makes at once for every length and every seam. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <sodium.h>
#include "lingtan/base/sha256.h"

static void take(const unsigned char *bytes, size_t len, size_t seam, char hex[LT_SHA256_HEX])
{
	struct lt_sha256 sha, copy;
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, bytes, seam);
	copy = sha;
	lt_sha256_add(&copy, bytes + seam, len - seam);
	lt_sha256_finish(&copy, hex);
}

static void test_sha256__examples(void **state)
{
	static const struct {
		const char *text, *hex;
	} examples[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	};
	char hex[LT_SHA256_HEX];
	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		take((const unsigned char *)examples[i].text, strlen(examples[i].text), 0, hex);
		assert_string_equal(hex, examples[i].hex);
	}
}

static void test_sha256__every_seam(void **state)
{
	enum { LONGEST = 200 };
	unsigned char bytes[LONGEST], digest[crypto_hash_sha256_BYTES];
	char hex[LT_SHA256_HEX], expected[LT_SHA256_HEX];
	(void)state;
	for (size_t i = 0; i < LONGEST; i++)
		bytes[i] = (unsigned char)(i * 151 + 7);
	for (size_t len = 0; len <= LONGEST; len++) {
		crypto_hash_sha256(digest, bytes, len);
		sodium_bin2hex(expected, sizeof(expected), digest, sizeof(digest));
		for (size_t seam = 0; seam <= len; seam++) {
			take(bytes, len, seam, hex);
			assert_string_equal(hex, expected);
		}
	}
}

/* Many blocks at once, from an address that is no multiple of anything. */
static void test_sha256__long(void **state)
{
	const size_t len = (size_t)3 << 20;
	unsigned char digest[crypto_hash_sha256_BYTES], *bytes = malloc(len + 1);
	char hex[LT_SHA256_HEX], expected[LT_SHA256_HEX];
	(void)state;
	assert_non_null(bytes);
	for (size_t i = 0; i <= len; i++)
		bytes[i] = (unsigned char)(i >> 3 ^ i * 11);
	crypto_hash_sha256(digest, bytes + 1, len);
	sodium_bin2hex(expected, sizeof(expected), digest, sizeof(digest));
	take(bytes + 1, len, 77, hex);
	free(bytes);
	assert_string_equal(hex, expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sha256__examples),
		cmocka_unit_test(test_sha256__every_seam),
		cmocka_unit_test(test_sha256__long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
