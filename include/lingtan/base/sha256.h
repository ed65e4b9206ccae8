/*
 * sha256 - SHA-256 of bytes that come in pieces, as lower-case hexadecimal text. No allocation; it
 * cannot fail.
 *
 * By nettle, which takes the processor's own instructions where it has them: a third of the time of
 * libsodium, whose code is plain C. libcrypto has them too, and costs every short command 0.5 ms
 * before main.
 */
#ifndef LINGTAN_BASE_SHA256_H
#define LINGTAN_BASE_SHA256_H

#include <nettle/sha2.h>
#include <stddef.h>

#define LT_SHA256_HEX 65 /* 64 digits and NUL */

/* Copied by value, it goes on from there. */
struct lt_sha256 {
	struct sha256_ctx state;
};

void lt_sha256_init(struct lt_sha256 *sha);
void lt_sha256_add(struct lt_sha256 *sha, const void *bytes, size_t len);
void lt_sha256_finish(struct lt_sha256 *sha, char hex[LT_SHA256_HEX]);

#endif
