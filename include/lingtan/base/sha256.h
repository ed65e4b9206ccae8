/*
 * sha256 - SHA-256 of bytes that come in pieces, as lower-case hexadecimal text. No allocation; it
 * cannot fail.
 *
 * By libsodium: 0.5 ms less than libcrypto before main, which every short command would pay.
 */
#ifndef LINGTAN_BASE_SHA256_H
#define LINGTAN_BASE_SHA256_H

#include <sodium.h>
#include <stddef.h>

#define LT_SHA256_HEX 65 /* 64 digits and NUL */

struct lt_sha256 {
	crypto_hash_sha256_state state;
};

void lt_sha256_init(struct lt_sha256 *sha);
void lt_sha256_add(struct lt_sha256 *sha, const void *bytes, size_t len);
void lt_sha256_finish(struct lt_sha256 *sha, char hex[LT_SHA256_HEX]);

#endif
