/* load/counts - db/counts.yaml as a struct count_rules: no quantity twice, and something to count. In
 * the arena. Errors: LT_EFILE (findings say why), LT_ESPACE. */
#ifndef LINGTAN_LOAD_COUNTS_H
#define LINGTAN_LOAD_COUNTS_H

#include "lingtan/base/finding.h"
#include "lingtan/core/count.h"
#include "lingtan/load/yaml.h"

enum lt_status counts_load(const struct yaml_source *source, struct lt_arena *arena,
			   struct lt_findings *findings, struct count_rules **out,
			   struct lt_err *err);

#endif
