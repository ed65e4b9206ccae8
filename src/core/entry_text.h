/*
 * entry_text - how a journal entry writes strings and values: canonical JSON. Shared by the body of an
 * entry, the state hash of a fold and the record of a certificate, not for anyone else.
 */
#ifndef LINGTAN_CORE_ENTRY_TEXT_H
#define LINGTAN_CORE_ENTRY_TEXT_H

#include "lingtan/base/sha256.h"
#include "lingtan/core/ruleset.h"

/* Where the text goes. With neither `to` nor `sha` it is only counted. */
struct entry_text {
	char *to;              /* borrowed, with room for what was counted; or NULL */
	struct lt_sha256 *sha; /* borrowed; or NULL */
	size_t len;            /* bytes so far */
	const char *refused;   /* the first string that is not UTF-8; NULL = none */
};

void entry_text_put(struct entry_text *text, const char *bytes, size_t len);

/* A string with its escapes, without quotes; escaped strings hold no control character. */
void entry_text_escaped(struct entry_text *text, const char *string);

/* The same in quotes. */
void entry_text_string(struct entry_text *text, const char *string);

/* null or ["a","b"]. */
void entry_text_value(struct entry_text *text, const struct words *value);

#endif
