/*
 * profile - a body's own numbers for a ruleset, held against it: what it names must be there, its
 * numbers in range, and the sections must still reach their maxima exactly.
 */
#ifndef LINGTAN_APP_PROFILE_H
#define LINGTAN_APP_PROFILE_H

#include "lingtan/core/plan.h"
#include "lingtan/load/library.h"

/**
 * profile_check - findings with line and column in the profile.
 */
void profile_check(const struct profile *profile, const char *file, const struct ruleset *ruleset,
		   struct lt_arena *arena, struct lt_findings *findings);

/* Whether a value is a number within the range that the parameter declares. */
bool parameter_accepts(const struct parameter *parameter, const char *value);

/* The profile's numbers as overrides of a plan; they count as the user's. Errors: LT_ESPACE. */
enum lt_status profile_overrides(const struct profile *profile, struct lt_arena *arena,
				 struct overrides *out, struct lt_err *err);

/**
 * profile_read - a profile file, checked against a ruleset (NULL: against the one it names, from
 * the library). Errors: LT_EFILE (it cannot be read or is no profile: findings), LT_EDATA (it does
 * not fit the ruleset: findings).
 */
enum lt_status profile_read(struct library *library, const char *path,
			    const struct ruleset *ruleset, struct lt_arena *arena,
			    struct lt_findings *findings, struct profile **out, struct lt_err *err);

#endif
