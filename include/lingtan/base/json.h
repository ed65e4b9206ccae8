/*
 * json - writes one JSON document, indented, to a growing buffer. Numbers that must stay exact are
 * written as strings.
 *
 * The writer counts depth and refuses misuse by assertion. Memory failure is sticky and told by
 * lt_json_finish().
 */
#ifndef LINGTAN_BASE_JSON_H
#define LINGTAN_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include "lingtan/base/decimal.h"

#define LT_JSON_DEPTH 160

struct lt_json {
	char *text; /* owned */
	size_t len, cap;
	int depth;
	bool failed;
	bool has_member[LT_JSON_DEPTH];
	char closer[LT_JSON_DEPTH];
};

void lt_json_init(struct lt_json *json);
void lt_json_release(struct lt_json *json);

/* key NULL inside a list and at the top. */
void lt_json_open_object(struct lt_json *json, const char *key);
void lt_json_open_list(struct lt_json *json, const char *key);
void lt_json_close(struct lt_json *json);
void lt_json_string(struct lt_json *json, const char *key,
		    const char *value); /* NULL value writes null */
void lt_json_int(struct lt_json *json, const char *key, long long value);
void lt_json_bool(struct lt_json *json, const char *key, bool value);
void lt_json_null(struct lt_json *json, const char *key);
void lt_json_decimal(struct lt_json *json, const char *key,
		     struct lt_decimal value); /* as a string, exact */

/* Ends the document with a newline; returns its text (borrowed until release), or NULL when memory
 * ran out. */
const char *lt_json_finish(struct lt_json *json);

#endif
