/*
 * json_read - a JSON document as a tree, for documents that this program wrote and for those that
 * claim so.
 *
 * Strict RFC 8259: one value, UTF-8 without stray bytes, no NUL in a text. Of a key that stands twice
 * the first counts. Numbers stay as they are written; ours are texts. Depth is bounded
 * (LT_JSON_DEPTH), memory by the length of the text.
 */
#ifndef LINGTAN_BASE_JSON_READ_H
#define LINGTAN_BASE_JSON_READ_H

#include <stdbool.h>
#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"
#include "lingtan/base/json.h"

enum lt_json_kind {
	LT_JSON_NULL,
	LT_JSON_FALSE,
	LT_JSON_TRUE,
	LT_JSON_NUMBER,
	LT_JSON_TEXT,
	LT_JSON_LIST,
	LT_JSON_OBJECT,
};

/* Members or entries: for (n = of->first; n; n = n->next). */
struct lt_json_node {
	enum lt_json_kind kind;
	unsigned n;       /* members or entries */
	const char *key;  /* of a member; else NULL */
	const char *text; /* of a text or number; "" for all others; never NULL */
	const struct lt_json_node *first, *next;
};

/* Errors: LT_EFILE (no JSON: err names line and column), LT_ESPACE. Owned by the arena. */
enum lt_status lt_json_read(const char *text, size_t len, struct lt_arena *arena,
			    const struct lt_json_node **out, struct lt_err *err);

/* A member by its key; where there is none, a null node. Never NULL. */
const struct lt_json_node *lt_json_get(const struct lt_json_node *object, const char *key);

/* Its text, "" where it has none; whether it is true; its number, 0 where it is none. */
const char *lt_json_get_text(const struct lt_json_node *object, const char *key);
bool lt_json_get_bool(const struct lt_json_node *object, const char *key);
int lt_json_get_int(const struct lt_json_node *object, const char *key);

#endif
