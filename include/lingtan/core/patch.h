/*
 * patch - what one person did to a project, as one small file: entries of the journal from one on,
 * the bytes they name where they were asked for, a signature over all of it.
 *
 *     lingtan patch 1
 *     project P
 *     base HASH
 *     head HASH
 *     by NAME
 *     role ROLE
 *     at TIME
 *     entries N
 *     blobs M
 *     BODY                     N times; where it is signed with TAB and its signature behind it
 *     blob SHA256 SIZE         M times; its bytes and a line end follow
 *     signed PUBLIC SIGNATURE  or: unsigned
 *
 * Every line ends in one line feed and nothing stands behind the last. Whatever is not written
 * exactly so is refused. The entries are one line of work: each rests on the one before it, the
 * first on the base. Pure: what the project knows of base, author and roles is the caller's to ask.
 */
#ifndef LINGTAN_CORE_PATCH_H
#define LINGTAN_CORE_PATCH_H

#include "lingtan/core/history.h"

#define PATCH_MAX_BYTES ((size_t)256 << 20)
#define PATCH_MAX_ENTRIES 20000
#define PATCH_MAX_BLOBS 10000
#define PATCH_MAX_CHANGES 200000 /* of all entries together */

struct patch_blob {
	const char *sha256;
	const char *bytes;
	size_t size;
};

struct patch {
	const char *project, *base, *head, *by, *role, *at;
	struct carried carried; /* in order; bodies without their line end */
	struct entry *entries;  /* of the same numbers */
	struct patch_blob *blobs;
	unsigned n_blobs;
	const char *signature;      /* "PUBLIC SIGNATURE", NULL = it is unsigned */
	char digest[LT_SHA256_HEX]; /* of everything before the last line: what is signed */
};

/* Bytes within which the head of a patch ends. */
#define PATCH_HEAD_BYTES ((size_t)4096)

/* Whether a text begins with the head of a patch that is within bounds: asked of its first bytes,
 * before all of a large file is read. Errors as patch_read(). */
enum lt_status patch_check_head(const char *text, size_t len, struct lt_arena *arena,
				struct lt_err *err);

/**
 * patch_read - checks form, hashes, chain, one author, kinds of entries and counts; everything in
 * the arena but bytes and bodies, which borrow `text`. Errors: LT_EFILE (err says at which line and
 * why), LT_ESPACE.
 */
enum lt_status patch_read(const char *text, size_t len, struct lt_arena *arena, struct patch *out,
			  struct lt_err *err);

/* The text of a patch up to its last line; patch->digest is filled in. Errors: LT_EDATA (more than
 * a patch holds), LT_ESPACE. */
enum lt_status patch_write(struct patch *patch, struct lt_arena *arena, const char **text,
			   size_t *len, struct lt_err *err);

/* Whether an entry of this kind may travel in a patch: merges and repairs stay with their file. */
bool patch_takes_kind(const char *kind);

#endif
