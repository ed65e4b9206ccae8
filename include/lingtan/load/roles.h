/* load/roles - db/roles.yaml as a struct roles, held against the vocabulary: every group of every
 * table has a rule, and every name in a rule is one. In the arena. Errors: LT_EFILE (findings say
 * why), LT_ESPACE.
 */
#ifndef LINGTAN_LOAD_ROLES_H
#define LINGTAN_LOAD_ROLES_H

#include "lingtan/base/finding.h"
#include "lingtan/core/role.h"
#include "lingtan/load/yaml.h"

enum lt_status roles_load(const struct yaml_source *source, const struct vocabulary *vocabulary,
			  struct lt_arena *arena, struct lt_findings *findings, struct roles **out,
			  struct lt_err *err);

#endif
