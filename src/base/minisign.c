#include "lingtan/base/minisign.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define ID_BYTES 8
#define PUBLIC_BYTES (2 + ID_BYTES + LT_PUBLIC_BYTES)
#define SIGNED_BYTES (2 + ID_BYTES + LT_SIGNATURE_BYTES)
#define BASE64(n) (((n) + 2) / 3 * 4 + 1)
#define HASH_BYTES 64
#define VARIANT sodium_base64_VARIANT_ORIGINAL

static void unhex(const char *hex, unsigned char *out, size_t n)
{
	sodium_hex2bin(out, n, hex, 2 * n, NULL, NULL, NULL);
}

static bool unbase64(const char *text, size_t len, unsigned char *out, size_t n)
{
	size_t got;
	return len == BASE64(n) - 1 &&
	       sodium_base642bin(out, n, text, len, NULL, &got, NULL, VARIANT) == 0 && got == n;
}

/* What public half and signature begin with: the kind ("Ed", "ED") and the id of the key. */
static void begin(const char *public, const char *kind, unsigned char *out)
{
	unsigned char point[LT_PUBLIC_BYTES], hash[crypto_hash_sha256_BYTES];
	unhex(public, point, sizeof(point));
	crypto_hash_sha256(hash, point, sizeof(point));
	memcpy(out, kind, 2);
	memcpy(out + 2, hash, ID_BYTES);
}

void lt_minisign_public(const char *public, const char *comment, char out[LT_MINISIGN_PUBLIC])
{
	unsigned char bytes[PUBLIC_BYTES];
	char text[BASE64(PUBLIC_BYTES)];
	begin(public, "Ed", bytes);
	unhex(public, bytes + 2 + ID_BYTES, LT_PUBLIC_BYTES);
	sodium_bin2base64(text, sizeof(text), bytes, sizeof(bytes), VARIANT);
	snprintf(out, LT_MINISIGN_PUBLIC, "untrusted comment: %.300s\n%s\n", comment, text);
}

bool lt_minisign_read_public(const char *text, char public[LT_PUBLIC_HEX])
{
	unsigned char bytes[PUBLIC_BYTES];
	char hex[LT_PUBLIC_HEX];
	text += strspn(text, " \t\r\n");
	if (strncmp(text, "untrusted comment:", 18) == 0)
		text += strcspn(text, "\n");
	text += strspn(text, " \t\r\n");
	const size_t len = strcspn(text, " \t\r\n");
	if (text[len + strspn(text + len, " \t\r\n")])
		return false;
	if (len == LT_PUBLIC_HEX - 1) {
		memcpy(hex, text, len);
		hex[len] = 0;
	} else if (unbase64(text, len, bytes, sizeof(bytes)) && memcmp(bytes, "Ed", 2) == 0) {
		sodium_bin2hex(hex, sizeof(hex), bytes + 2 + ID_BYTES, LT_PUBLIC_BYTES);
	} else {
		return false;
	}
	if (!lt_is_public_key(hex))
		return false;
	memcpy(public, hex, sizeof(hex));
	return true;
}

/* ---- signatures ---- */

static void hash_bytes(const void *bytes, size_t len, unsigned char hash[HASH_BYTES])
{
	crypto_generichash(hash, HASH_BYTES, bytes, len, NULL, 0);
}

/* The first signature and the comment: what the second one is over. */
static size_t seal_text(const unsigned char *signature, const char *comment, unsigned char *out)
{
	const size_t len = strlen(comment);
	memcpy(out, signature, LT_SIGNATURE_BYTES);
	memcpy(out + LT_SIGNATURE_BYTES, comment, len);
	return LT_SIGNATURE_BYTES + len;
}

void lt_minisign_sign(const struct lt_key *key, const void *bytes, size_t len, const char *comment,
		      char out[LT_MINISIGN_SIGNATURE])
{
	unsigned char hash[HASH_BYTES], head[SIGNED_BYTES], second[LT_SIGNATURE_BYTES];
	unsigned char both[LT_SIGNATURE_BYTES + LT_MINISIGN_COMMENT];
	char hex[LT_SIGNATURE_HEX], line[LT_MINISIGN_COMMENT];
	char first64[BASE64(SIGNED_BYTES)], second64[BASE64(LT_SIGNATURE_BYTES)];
	snprintf(line, sizeof(line), "%s", comment);
	hash_bytes(bytes, len, hash);
	begin(lt_key_public(key), "ED", head);
	lt_key_sign(key, NULL, hash, sizeof(hash), hex);
	unhex(hex, head + 2 + ID_BYTES, LT_SIGNATURE_BYTES);
	const size_t n = seal_text(head + 2 + ID_BYTES, line, both);
	lt_key_sign(key, NULL, both, n, hex);
	unhex(hex, second, sizeof(second));
	sodium_bin2base64(first64, sizeof(first64), head, sizeof(head), VARIANT);
	sodium_bin2base64(second64, sizeof(second64), second, sizeof(second), VARIANT);
	snprintf(out, LT_MINISIGN_SIGNATURE,
		 "untrusted comment: signature by lingtan\n%s\ntrusted comment: %s\n%s\n", first64,
		 line, second64);
}
