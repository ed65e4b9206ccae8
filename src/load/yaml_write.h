/*
 * yaml_write - a document as YAML, by the same schema tables that read it.
 *
 * The shape is fixed, so that equal documents are equal bytes: keys in the order of the schema,
 * what is absent left out, an entry of a top list on one line, every value in double quotes (no
 * reader takes "1.10" for a number or "no" for a truth), Chinese as it is. By libyaml's emitter:
 * libcyaml would write escapes and binary fractions.
 */
#ifndef LINGTAN_LOAD_YAML_WRITE_H
#define LINGTAN_LOAD_YAML_WRITE_H

#include <stddef.h>
#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"
#include "schema.h"

/**
 * yaml_write - schema is that of the document's top mapping; it holds strings, mappings and lists
 * alone. *text is NUL-terminated and lives in the arena.
 * Errors: LT_EDATA (a text is not UTF-8 or has control characters; err names its key), LT_ESPACE.
 * Outputs untouched.
 */
enum lt_status yaml_write(const cyaml_schema_value_t *schema, const void *document,
			  struct lt_arena *arena, char **text, size_t *len, struct lt_err *err);

#endif
