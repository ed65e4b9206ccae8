/* yaml_check - the first pass of yaml_load(); for yaml.c and the tests of the tables. */
#ifndef LINGTAN_LOAD_YAML_CHECK_H
#define LINGTAN_LOAD_YAML_CHECK_H

#include "lingtan/load/yaml.h"
#include "schema.h"

/* meant: the source, but where schema_is_typed() with its text as string_kind_fold() has it; in the
 * arena, and to be read only where nothing was found. */
void yaml_check(const struct yaml_source *source, const cyaml_schema_value_t *schema,
		struct yaml_positions *positions, struct lt_findings *findings,
		struct lt_arena *arena, struct yaml_source *meant);

#endif
