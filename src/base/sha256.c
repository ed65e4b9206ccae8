#include "lingtan/base/sha256.h"

void lt_sha256_init(struct lt_sha256 *sha)
{
	crypto_hash_sha256_init(&sha->state);
}

void lt_sha256_add(struct lt_sha256 *sha, const void *bytes, size_t len)
{
	crypto_hash_sha256_update(&sha->state, bytes, len);
}

void lt_sha256_finish(struct lt_sha256 *sha, char hex[LT_SHA256_HEX])
{
	unsigned char digest[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_final(&sha->state, digest);
	sodium_bin2hex(hex, LT_SHA256_HEX, digest, sizeof(digest));
}
