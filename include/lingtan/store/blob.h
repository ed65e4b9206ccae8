/*
 * blob - bytes of any size in the project file, kept once by SHA-256 in chunks of 256 KiB, and
 * given back exactly. Memory is bounded whatever the size.
 */
#ifndef LINGTAN_STORE_BLOB_H
#define LINGTAN_STORE_BLOB_H

#include <stdint.h>
#include "lingtan/store/project.h"

#define BLOB_CHUNK ((size_t)256 << 10)

/* Where bytes come from: fills buf, returns how many (0 = end), or -1 with err set. */
typedef long (*blob_read)(void *context, void *buf, size_t cap, struct lt_err *err);
/* Where they go. */
typedef enum lt_status (*blob_write)(void *context, const void *bytes, size_t len,
				     struct lt_err *err);

/**
 * blob_put - stores what `read` gives, inside the caller's write transaction. Bytes that are there
 * already are not stored again. Errors: those of read; LT_ESPACE.
 */
enum lt_status blob_put(struct project *project, blob_read read, void *context,
			char sha256[LT_SHA256_HEX], uint64_t *size, struct lt_err *err);

/* The same from memory. */
enum lt_status blob_put_bytes(struct project *project, const void *bytes, size_t len,
			      char sha256[LT_SHA256_HEX], struct lt_err *err);

/* From one project into another, hashed on the way, inside the caller's write transaction. Errors:
 * LT_EFILE (what is there has another hash), LT_ESPACE. */
enum lt_status blob_copy(struct project *from, const char *sha256, struct project *to,
			 struct lt_err *err);

enum lt_status blob_find(struct project *project, const char *sha256, bool *found, uint64_t *size,
			 struct lt_err *err);

/* Gives the bytes to `write`, hashing them on the way. Errors: LT_EDATA (not there), LT_EFILE (what
 * is there has another hash; everything has been written then), those of write. */
enum lt_status blob_get(struct project *project, const char *sha256, blob_write write,
			void *context, struct lt_err *err);

/* The whole of a small blob in the arena, NUL-terminated; more than limit is LT_EFILE. */
enum lt_status blob_get_text(struct project *project, const char *sha256, size_t limit,
			     struct lt_arena *arena, const char **text, size_t *len,
			     struct lt_err *err);

/* Destroys the bytes, inside the caller's write transaction; the entry that says so is the
 * caller's. */
enum lt_status blob_purge(struct project *project, const char *sha256, struct lt_err *err);

#endif
