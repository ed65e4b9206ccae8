/*
 * check - lints a ruleset: everything that its words and numbers must satisfy beyond being
 * well-formed.
 *
 * Findings carry a path into the documents ("items[3].points", "plan[2].in"); the reader turns it
 * into line and column. Paths that begin with "items[" point into items.yaml, all others into
 * ruleset.yaml.
 *
 * What is checked: ids (unique, one namespace for what a plan can name), references, table columns
 * and sums, section maxima, tiers and check points that meet their item's points exactly, ranges,
 * origins (a sourced number cites, another has a note), the keys that an operation takes, operands,
 * units that are added or compared, n/a without a policy, cycles, and that the plan compiles for
 * each type and stage.
 */
#ifndef LINGTAN_CORE_CHECK_H
#define LINGTAN_CORE_CHECK_H

#include "lingtan/base/finding.h"
#include "lingtan/core/ruleset.h"
#include "lingtan/core/unit.h"

/* units NULL: units are not checked. scratch is used while checking and may be reset afterwards. */
void ruleset_check(const struct ruleset *ruleset, const struct units *units,
		   struct lt_arena *scratch, struct lt_findings *findings);

/* Only that the points of each section reach its maximum exactly, and each column of a table its
 * sum; for a ruleset with a profile's numbers in it. */
void ruleset_check_sums(const struct ruleset *ruleset, struct lt_arena *scratch,
			struct lt_findings *findings);

#endif
