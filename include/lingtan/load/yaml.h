/*
 * yaml - reads one YAML document into C structs, and says everything that is wrong with it.
 *
 * Two passes over the same schema tables. The first is ours: libyaml's events against the tables,
 * every finding with line and column, nothing lenient (unknown, repeated and missing keys, words
 * that are no enum's, numbers that are none, anchors, tags, second documents, depth, control
 * characters). Only a document without an error goes to libcyaml, which builds the structs in the
 * caller's arena. The first pass also remembers where each key stands, so that a later check that
 * knows only a path ("items[3].points.value") can be given line and column.
 */
#ifndef LINGTAN_LOAD_YAML_H
#define LINGTAN_LOAD_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include "lingtan/base/arena.h"
#include "lingtan/base/finding.h"

#define YAML_MAX_BYTES ((size_t)4 << 20)
#define YAML_MAX_DEPTH 24
#define YAML_MAX_NODES 400000

/* A document as text, and what to call it. Everything is borrowed. */
struct yaml_source {
	const char *name; /* file name for messages */
	const char *text;
	size_t len;
	bool proven; /* built in: these very bytes passed every check when the program was made, so
			only structure is read again */
	const void *image; /* of a proven file: what was read of it then, or NULL */
};

struct yaml_position {
	const char *key;        /* NULL in lists */
	unsigned parent, index; /* of the list or mapping it stands in; its number there */
	unsigned line, column;
};

/* Where the keys of one document stand. */
struct yaml_positions {
	struct lt_arena *arena; /* borrowed */
	struct yaml_position *at;
	unsigned n, cap;
};

struct cyaml_schema_value;

/**
 * yaml_load - the whole way: check, then build.
 * Findings (errors among them) go to the list; then *out stays NULL and the return is LT_EFILE.
 * positions may be NULL. *out is owned by the arena.
 * Errors: LT_EFILE (findings say why), LT_ESPACE.
 */
enum lt_status yaml_load(const struct yaml_source *source, const struct cyaml_schema_value *schema,
			 struct lt_arena *arena, struct yaml_positions *positions,
			 struct lt_findings *findings, void **out, struct lt_err *err);

/* Line and column of a path such as "items[3].points"; the nearest thing above it if the path
 * itself is not there. */
void yaml_positions_find(const struct yaml_positions *positions, const char *path, unsigned *line,
			 unsigned *column);

/* Gives line and column to the findings from `first` on that name this file and have none. */
void yaml_positions_apply(const struct yaml_positions *positions, struct lt_finding *first,
			  const char *file);

#endif
