/* rescue - what was found in a broken file, before it is written into a new one; for
 * src/store/rescue*.c alone. */
#ifndef LINGTAN_STORE_RESCUE_H
#define LINGTAN_STORE_RESCUE_H

#include "lingtan/store/keep.h"
#include "rebuild.h"
#include "wreck.h"

/* An entry that decodes. */
struct found_entry {
	const char *hash, *body;
	size_t len;
	struct entry entry;
	bool certain; /* it stood in a row, with its hash beside it */
	bool proven;  /* the hash beside it is its own */
	bool kept;    /* in the chain */
};

struct found_blob {
	int64_t id;
	char sha256[LT_SHA256_HEX];
};

struct found_chunk {
	int64_t blob, n;
	struct wreck_row row;
};

struct findings_of_wreck {
	struct lt_arena *arena;
	struct lt_err *err;
	struct wreck wreck;
	struct found_entry *entries; /* by depth, once sorted */
	unsigned n_entries, cap_entries;
	struct found_blob *blobs;
	unsigned n_blobs, cap_blobs;
	struct found_chunk *chunks; /* by blob and number, once sorted */
	unsigned n_chunks, cap_chunks;
	unsigned page_first; /* entries before those of the page at hand */
	unsigned n_unread;   /* rows of entries that are none any more */
	char project[33];    /* whose entries these are */
	bool head_known;     /* the database itself knows its newest entry, and it is whole */
	struct kept_entries kept;
	unsigned n_missing; /* depths of which no entry was found */
};

/* Everything in a file, in order; `head` is the newest entry as the database knows it, or "".
 * Entries that hang together from the first one on are `kept`, the others of the project are not.
 * Errors: LT_EFILE (it cannot be read), LT_ESPACE. Close in any case. */
enum lt_status rescue_find(struct findings_of_wreck *found, const char *path, const char *head,
			   struct lt_err *err);

#endif
