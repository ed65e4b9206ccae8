/*
 * sha256 - SHA-256 of bytes that come in pieces, as lower-case hexadecimal text (libcrypto).
 */
#ifndef LINGTAN_BASE_SHA256_H
#define LINGTAN_BASE_SHA256_H

#include <stdbool.h>
#include <stddef.h>

#define LT_SHA256_HEX 65 /* 64 digits and NUL */

struct lt_sha256 {
	void *context; /* owned; NULL once anything failed */
};

void lt_sha256_init(struct lt_sha256 *sha);
void lt_sha256_add(struct lt_sha256 *sha, const void *bytes, size_t len);

/* Writes the digest and releases the state; false, with an empty text, when memory ran out on the way. */
bool lt_sha256_finish(struct lt_sha256 *sha, char hex[LT_SHA256_HEX]);

#endif
