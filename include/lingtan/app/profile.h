/*
 * profile - a body's own numbers for a ruleset: held against it, put in the place of its numbers,
 * and changed one number at a time.
 *
 * What a profile names must be there, its numbers in range, each with its page; and with all of
 * them in place the sections must still reach their maxima, and the columns of a table their sum,
 * exactly. While numbers are being entered the sums do not hold yet, so they are checked apart.
 */
#ifndef LINGTAN_APP_PROFILE_H
#define LINGTAN_APP_PROFILE_H

#include "lingtan/core/plan.h"
#include "lingtan/load/library.h"

/* ---- checking ---- */

/* Findings name the file and a path ("tiers[3].from"), with line and column where the profile was
 * read. Each entry by itself and beside the others: what it names, its numbers, its page. */
void profile_check_entries(const struct profile *profile, const char *file,
			   const struct ruleset *ruleset, struct lt_findings *findings);

/* What only all entries together can miss: section maxima, sums of tables, and that the ruleset can
 * still be computed. Only for a profile whose entries have no errors. */
void profile_check_sums(const struct profile *profile, const char *file,
			const struct ruleset *ruleset, struct lt_arena *arena,
			struct lt_findings *findings);

/* Both; the sums where the entries are all right. */
void profile_check(const struct profile *profile, const char *file, const struct ruleset *ruleset,
		   struct lt_arena *arena, struct lt_findings *findings);

/* Whether a value is a number within the range that the parameter declares. */
bool parameter_accepts(const struct parameter *parameter, const char *value);

/* ---- using ---- */

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

/* ---- changing ---- */

/*
 * Each puts one entry in: in the place of the entry with the same key, else as a new one. Without
 * its number (value, then, from and to, values) it takes the entry of that key out. Keys: id; item;
 * item and tier (its id, else its limit); item; table and row. A new tier goes in by its limit, in
 * ascending order; one without a limit last of its item.
 *
 * Owns: texts are copied into the arena; a copy of the struct made before stays as it was.
 * Errors: LT_EDATA (nothing to take out; a tier with neither id nor limit), LT_ESPACE. The profile
 * is untouched on an error. What is put in is not judged: profile_settle(), then profile_check().
 */
enum lt_status profile_set_parameter(struct profile *profile, const struct profile_parameter *said,
				     struct lt_arena *arena, struct lt_err *err);
enum lt_status profile_set_points(struct profile *profile, const struct profile_points *said,
				  struct lt_arena *arena, struct lt_err *err);
enum lt_status profile_set_tier(struct profile *profile, const struct profile_tier *said,
				struct lt_arena *arena, struct lt_err *err);
enum lt_status profile_set_line(struct profile *profile, const struct profile_line *said,
				struct lt_arena *arena, struct lt_err *err);
enum lt_status profile_set_weight(struct profile *profile, const struct profile_weight *said,
				  struct lt_arena *arena, struct lt_err *err);

/**
 * profile_settle - a changed profile as its file would be read: the canonical text, and what strict
 * reading makes of it, with positions in that text. So a number or text from a form is held to the
 * same rules as one from a file.
 * Owns: both outputs live in the arena.
 * Errors: LT_EFILE (findings say what no profile can have), LT_EDATA (a text is not UTF-8 or has
 * control characters), LT_ESPACE.
 */
enum lt_status profile_settle(const struct profile *changed, struct lt_arena *arena,
			      struct lt_findings *findings, struct profile **out, char **text,
			      size_t *len, struct lt_err *err);

#endif
