/* yaml_check - the first pass of yaml_load(); for yaml.c and the tests of the tables. */
#ifndef LINGTAN_LOAD_YAML_CHECK_H
#define LINGTAN_LOAD_YAML_CHECK_H

#include "lingtan/load/yaml.h"
#include "schema.h"

void yaml_check(const struct yaml_source *source, const cyaml_schema_value_t *schema,
		struct yaml_positions *positions, struct lt_findings *findings);

#endif
