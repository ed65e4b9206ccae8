/* load/vocabulary - db/groups.yaml as a struct vocabulary; in the arena. Errors: LT_EFILE (findings
 * say why: also a table, group or member that stands there twice, or too many members), LT_ESPACE.
 */
#ifndef LINGTAN_LOAD_VOCABULARY_H
#define LINGTAN_LOAD_VOCABULARY_H

#include "lingtan/base/finding.h"
#include "lingtan/core/vocabulary.h"
#include "lingtan/load/yaml.h"

enum lt_status vocabulary_load(const struct yaml_source *source, struct lt_arena *arena,
			       struct lt_findings *findings, struct vocabulary **out,
			       struct lt_err *err);

#endif
