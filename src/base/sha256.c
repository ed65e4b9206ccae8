#include "lingtan/base/sha256.h"

#include <openssl/evp.h>

static void give_up(struct lt_sha256 *sha)
{
	EVP_MD_CTX_free(sha->context);
	sha->context = NULL;
}

void lt_sha256_init(struct lt_sha256 *sha)
{
	sha->context = EVP_MD_CTX_new();
	if (sha->context && EVP_DigestInit_ex(sha->context, EVP_sha256(), NULL) != 1)
		give_up(sha);
}

void lt_sha256_add(struct lt_sha256 *sha, const void *bytes, size_t len)
{
	if (sha->context && EVP_DigestUpdate(sha->context, bytes, len) != 1)
		give_up(sha);
}

bool lt_sha256_finish(struct lt_sha256 *sha, char hex[LT_SHA256_HEX])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	const bool done = sha->context && EVP_DigestFinal_ex(sha->context, digest, &n) == 1;
	give_up(sha);
	for (unsigned i = 0; done && i < n; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[done ? 2 * n : 0] = 0;
	return done;
}
