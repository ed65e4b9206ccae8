#include "lingtan/base/sha256.h"

#include <sodium.h>

void lt_sha256_init(struct lt_sha256 *sha)
{
	sha256_init(&sha->state);
}

void lt_sha256_add(struct lt_sha256 *sha, const void *bytes, size_t len)
{
	sha256_update(&sha->state, len, bytes);
}

void lt_sha256_finish(struct lt_sha256 *sha, char hex[LT_SHA256_HEX])
{
	unsigned char digest[SHA256_DIGEST_SIZE];
	sha256_digest(&sha->state, sizeof(digest), digest);
	sodium_bin2hex(hex, LT_SHA256_HEX, digest, sizeof(digest));
}
