/*
 * load/profile - a body's own numbers for a ruleset, copied from its licensed copy of the standard,
 * and who answers for them: read, and written in one canonical form.
 *
 * Numbers are text as typed; each has the page it stands on. Everything is owned by the arena it
 * was loaded into, and no list is ever changed in place, so a struct profile may be copied and the
 * copy edited (app/profile.h).
 */
#ifndef LINGTAN_LOAD_PROFILE_H
#define LINGTAN_LOAD_PROFILE_H

#include "lingtan/base/finding.h"
#include "lingtan/base/sha256.h"
#include "lingtan/core/ruleset.h"
#include "lingtan/load/yaml.h"

#define PROFILE_MAX_ENTRIES 5000 /* of each list */

struct profile_parameter {
	const char *id, *value, *cite, *note;
};

struct profile_points {
	const char *item, *value, *cite, *note;
};

/* One tier. Those of an item together stand in the place of all tiers that it has, in the order of
 * the list. */
struct profile_tier {
	const char *item;
	const char *id;           /* of tiers that are chosen by hand */
	const char *from, *above; /* of tiers that a quantity picks: one of the two */
	const char *then;         /* points */
	struct label title;       /* left out: that of the ruleset's tier of the same id */
	const char *cite, *note;
};

/* Ends of a measured item's line: no points at from, all at to. */
struct profile_line {
	const char *item, *from, *to, *cite, *note;
};

/* A row of a table. */
struct profile_weight {
	const char *table, *row;
	struct words values; /* one a column, "-" = not evaluated */
	const char *cite, *note;
};

struct profile {
	const char *id, *ruleset, *responsible;
	const char *edition; /* the copy that the numbers are from; of a draft: the number of the
				published standard */
	const char *date;    /* when the numbers were taken over */
	struct label title;
	const char *made_up; /* "yes": the numbers are nobody's standard, for tests and rehearsals;
				"no" or NULL */
	struct profile_parameter *parameters;
	struct profile_points *points;
	struct profile_tier *tiers;
	struct profile_line *lines;
	struct profile_weight *weights;
	unsigned n_parameters, n_points, n_tiers, n_lines, n_weights;
	struct yaml_positions positions; /* of what was read; empty after a change */
};

/* Errors: LT_EFILE (findings say why), LT_ESPACE. What it names is not looked at: app/profile.h. */
enum lt_status profile_load(const struct yaml_source *source, struct lt_arena *arena,
			    struct lt_findings *findings, struct profile **out, struct lt_err *err);

/**
 * profile_write - the canonical text: keys in the order of the struct, an entry a line, every value
 * in double quotes. The same profile always gives the same bytes, and loading them gives the same
 * profile, or says what no profile can have.
 * Owns: *text, NUL-terminated, lives in the arena.
 * Errors: LT_EDATA (a text is not UTF-8 or has control characters), LT_ESPACE. Outputs untouched.
 */
enum lt_status profile_write(const struct profile *profile, struct lt_arena *arena, char **text,
			     size_t *len, struct lt_err *err);

/* The digest by which a profile is pinned: SHA-256 of its canonical text. */
void profile_digest(const char *text, size_t len, char hex[LT_SHA256_HEX]);

#endif
