/*
 * join - entries that come from elsewhere: out of another file of the project, or out of a patch.
 * What they are worth has been judged before (core/merge.h, verify.h); here they are read, and
 * written down with what follows from them, all or nothing.
 */
#ifndef LINGTAN_STORE_JOIN_H
#define LINGTAN_STORE_JOIN_H

#include "lingtan/core/history.h"
#include "lingtan/store/journal.h"

/**
 * journal_read - adds every entry to the history, in its arena; those that were not there already
 * also to `fresh` (NULL = not wanted). Errors: LT_EFILE (an entry was tampered with), LT_ESPACE.
 */
enum lt_status journal_read(struct project *project, struct history *history, struct carried *fresh,
			    struct lt_err *err);

/* Where a joined file comes from, and what it comes to. */
struct join {
	const char *head;            /* the head that the plan was made on */
	const struct carried *fresh; /* entries that the file has not */
	struct project *bytes;       /* whose blobs are taken over; NULL = none */
	bool (*takes_bytes)(void *context, const char *sha256); /* NULL = all */
	void *context;
	/* puts bytes that come from no file, inside the transaction; NULL = none */
	enum lt_status (*put_bytes)(void *context, struct project *project, struct lt_err *err);
	void *put_context;
	struct entry *entry; /* of a merge: its second parent is set; NULL = the last fresh entry
				becomes the head */
	const struct change *changes; /* what changes in the tables; also of the entry */
	unsigned n_changes;
};

/**
 * journal_join - in one transaction: the fresh entries, the bytes (hashed again), the facts, the
 * entry. hash may be NULL. Errors: LT_ESPACE (somebody wrote since the plan was made; no room),
 * LT_EFILE (bytes that are not what their hash says). The file is then as it was.
 */
enum lt_status journal_join(struct project *project, const struct join *join,
			    char hash[LT_SHA256_HEX], struct lt_err *err);

#endif
