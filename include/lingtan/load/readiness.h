/* load/readiness - db/readiness.yaml as a struct ready_checks: no check twice, and sentences that
 * name what they are about. In the arena. Errors: LT_EFILE (findings say why), LT_ESPACE.
 */
#ifndef LINGTAN_LOAD_READINESS_H
#define LINGTAN_LOAD_READINESS_H

#include "lingtan/base/finding.h"
#include "lingtan/core/readiness.h"
#include "lingtan/load/yaml.h"

enum lt_status readiness_load(const struct yaml_source *source, struct lt_arena *arena,
			      struct lt_findings *findings, struct ready_checks **out,
			      struct lt_err *err);

#endif
