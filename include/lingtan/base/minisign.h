/*
 * minisign - public halves and detached signatures in the text format of minisign, so that anyone
 * can check with `minisign -V` what was signed here.
 *
 * A signature is over the BLAKE2b-512 hash of the bytes ("ED"), and a second one over the first and
 * the trusted comment. Key ids are the first 8 bytes of the SHA-256 of the public half.
 */
#ifndef LINGTAN_BASE_MINISIGN_H
#define LINGTAN_BASE_MINISIGN_H

#include "lingtan/base/key.h"

#define LT_MINISIGN_PUBLIC 400
#define LT_MINISIGN_SIGNATURE 1000
#define LT_MINISIGN_COMMENT 300

/* Two lines: an untrusted comment, and the public half. */
void lt_minisign_public(const char *public, const char *comment, char out[LT_MINISIGN_PUBLIC]);

/* The public half in such a text, with or without its comment, as hexadecimal; or of a text that is
 * hexadecimal already. Blanks around it do not matter. False where it is none. */
bool lt_minisign_read_public(const char *text, char public[LT_PUBLIC_HEX]);

/* Four lines. The comment is one line of at most LT_MINISIGN_COMMENT bytes. */
void lt_minisign_sign(const struct lt_key *key, const void *bytes, size_t len, const char *comment,
		      char out[LT_MINISIGN_SIGNATURE]);

#endif
