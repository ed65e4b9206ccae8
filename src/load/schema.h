/*
 * schema - the libcyaml tables of all documents, and what a string in them may be.
 *
 * libcyaml knows only "string"; what kind of string is told by its greatest length, which the first
 * pass (yaml_check.c) turns into a check of its own. Each kind has a length that no other has.
 */
#ifndef LINGTAN_LOAD_SCHEMA_H
#define LINGTAN_LOAD_SCHEMA_H

#include <cyaml/cyaml.h>
#include <stdbool.h>

enum string_kind {
	STRING_DATE = 10,     /* 2026-03-01 */
	STRING_YEAR = 4,      /* 2026 */
	STRING_SCOPE = 1,     /* 1, 2, 3 */
	STRING_NUMBER = 60,   /* an exact decimal */
	STRING_POINTS = 80,   /* the same, perhaps with 分 */
	STRING_ID = 100,      /* letters, digits, . _ - */
	STRING_OPERAND = 120, /* an id, a number, $parameter; with * where a node is written out */
	STRING_ITEM = 190,    /* an id, 第4.1.1条, a title: what ruleset_name_item() takes */
	STRING_WORD = 200,    /* short text: units, kinds, places */
	STRING_TEXT = 4000,   /* on one line */
	STRING_WORDS = 20000, /* what a person wrote; may have lines */
};

extern const cyaml_schema_value_t ruleset_schema;
extern const cyaml_schema_value_t items_schema;
extern const cyaml_schema_value_t cases_schema;
extern const cyaml_schema_value_t sheet_schema;
extern const cyaml_schema_value_t profile_schema;
extern const cyaml_schema_value_t units_schema;
extern const cyaml_schema_value_t factors_schema;
extern const cyaml_schema_value_t vocabulary_schema;
extern const cyaml_schema_value_t roles_schema;
extern const cyaml_schema_value_t readiness_schema;
extern const cyaml_schema_value_t counts_schema;
extern const cyaml_schema_value_t form_schema;
extern const cyaml_schema_value_t requests_schema;
extern const cyaml_schema_value_t paper_schema;

/* Whether people type such documents, perhaps with an input method on: string_kind_fold() is of
 * them. */
bool schema_is_typed(const cyaml_schema_value_t *schema);

/* The table of the document with this first key; NULL where there is none. */
const cyaml_schema_value_t *document_schema(const char *first_key);

#endif
