/* schema_fields - short names for the rows of the schema tables; for src/load alone. */
#ifndef LINGTAN_LOAD_SCHEMA_FIELDS_H
#define LINGTAN_LOAD_SCHEMA_FIELDS_H

#include "schema.h"

#define MAYBE (CYAML_FLAG_OPTIONAL)
#define MUST (CYAML_FLAG_DEFAULT)

/* A string of a kind; how is MUST or MAYBE. */
#define STRING_FIELD(key, how, type, member, kind)                                                 \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (how), type, member, 0, kind)

/* A mapping inside the struct itself. */
#define PART_FIELD(key, how, type, member, fields)                                                 \
	CYAML_FIELD_MAPPING(key, how, type, member, fields)

/* {zh, en} */
#define LABEL_FIELD(key, how, type, member) PART_FIELD(key, how, type, member, label_fields)

/* A list of strings in a struct words. */
#define WORDS_FIELD(key, how, type, member, entry)                                                 \
	CYAML_FIELD_SEQUENCE_COUNT(key, CYAML_FLAG_POINTER | (how), type, member.at, member.n,     \
				   entry, 0, CYAML_UNLIMITED)

/* A list of structs: pointer and count. */
#define LIST_FIELD(key, how, type, member, count, entry)                                           \
	CYAML_FIELD_SEQUENCE_COUNT(key, CYAML_FLAG_POINTER | (how), type, member, count, entry, 0, \
				   CYAML_UNLIMITED)

#define ENUM_FIELD(key, how, type, member, words)                                                  \
	CYAML_FIELD_ENUM(key, CYAML_FLAG_STRICT | (how), type, member, words,                      \
			 CYAML_ARRAY_LEN(words))

extern const cyaml_schema_field_t label_fields[];
extern const cyaml_schema_value_t term_entry;
extern const cyaml_schema_value_t id_entry, operand_entry, number_entry, word_entry;
extern const cyaml_strval_t origin_words[5], yes_no_words[2];
#define ORIGIN_FIELD(key, type, member) ENUM_FIELD(key, MAYBE, type, member, origin_words)
#define YES_NO_FIELD(key, how, type, member) ENUM_FIELD(key, how, type, member, yes_no_words)

#endif
