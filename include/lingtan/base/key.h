/*
 * key - a person's or a body's Ed25519 key: made, sealed under a passphrase, opened, signed with.
 *
 * The secret half lives in memory that is locked and fenced (libsodium), and leaves the program only
 * sealed: XChaCha20-Poly1305 under a key that Argon2id makes of the passphrase. What stands beside
 * it in the sealed text (whose it is, since when, the public half, the cost) is under the same seal.
 *
 * Every signature is over a purpose, a line end and the bytes, so that what was signed for one thing
 * never passes for another. Public halves and signatures are lower-case hexadecimal.
 */
#ifndef LINGTAN_BASE_KEY_H
#define LINGTAN_BASE_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include "lingtan/base/err.h"

#define LT_PUBLIC_HEX 65     /* 64 digits and NUL */
#define LT_SIGNATURE_HEX 129 /* 128 digits and NUL */
#define LT_PUBLIC_BYTES 32
#define LT_SIGNATURE_BYTES 64
#define LT_KEY_PERSON 200 /* bytes of a name, with NUL */
#define LT_KEY_SEALED 1024
#define LT_PASSPHRASE_LEAST 8 /* bytes */
#define LT_PASSPHRASE_MOST 1024

struct lt_key; /* a secret half, unlocked */

/* A new key; NULL when memory that can be locked runs out. Free it. */
struct lt_key *lt_key_make(void);
void lt_key_free(struct lt_key *key); /* NULL-safe; overwrites it */
const char *lt_key_public(const struct lt_key *key);

/* purpose NULL: over the bytes alone, where a foreign format says so. Cannot fail. */
void lt_key_sign(const struct lt_key *key, const char *purpose, const void *bytes, size_t len,
		 char signature[LT_SIGNATURE_HEX]);

/* False also where the public half or the signature is malformed. */
bool lt_key_verify(const char *public, const char *purpose, const void *bytes, size_t len,
		   const char *signature);

/* Whether a text is a public half; a signature. */
bool lt_is_public_key(const char *text);
bool lt_is_signature(const char *text);

/* ---- sealed: six lines of text ---- */

/* What can be read of a sealed key without its passphrase. */
struct lt_key_label {
	char person[LT_KEY_PERSON];
	char made[26]; /* 2026-03-01T14:03:22+08:00 */
	char public[LT_PUBLIC_HEX];
};

/* Whether a passphrase is long enough for a key: lt_key_seal() asks it as well, who has it typed twice
 * asks before. Errors: LT_EDATA (fewer than LT_PASSPHRASE_LEAST bytes). */
enum lt_status lt_passphrase_check(const char *passphrase, struct lt_err *err);

/**
 * lt_key_seal - the text of a key file. label->public is not read. Errors: LT_EDATA (a passphrase of
 * fewer than LT_PASSPHRASE_LEAST bytes, a name that is empty, too long or has line ends), LT_ESPACE.
 */
enum lt_status lt_key_seal(const struct lt_key *key, const struct lt_key_label *label,
			   const char *passphrase, char text[LT_KEY_SEALED], struct lt_err *err);

/* What is legible in a sealed text. Errors: LT_EFILE (it is none). */
enum lt_status lt_key_read_label(const char *text, struct lt_key_label *label, struct lt_err *err);

/**
 * lt_key_open - the key of a sealed text; free it. Errors: LT_NO (wrong passphrase, or the text was
 * changed), LT_EFILE (no sealed key, or one that asks for more memory than any of ours), LT_ESPACE.
 */
enum lt_status lt_key_open(const char *text, const char *passphrase, struct lt_key **out,
			   struct lt_err *err);

/* Overwrites a passphrase that is needed no more. */
void lt_forget(void *bytes, size_t len);

#endif
