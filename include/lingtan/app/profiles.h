/*
 * profiles - the profiles of a project: which of them its assessments are scored with, and a draft
 * in which the numbers of a licensed copy are entered one at a time.
 *
 * A profile lies in the file as its canonical text, under the digest of it, and never changes
 * there: whoever changes a number makes another profile. The draft of a ruleset is the one that is
 * being worked on; it counts for nothing until it is pinned to an assessment, which needs all of it
 * to be right, sums included. What calls give back lives in the session's arena.
 */
#ifndef LINGTAN_APP_PROFILES_H
#define LINGTAN_APP_PROFILES_H

#include "lingtan/app/profile.h"
#include "lingtan/app/session.h"

struct held_profile {
	const char *digest, *id, *ruleset, *responsible;
	const char *text;       /* SHA-256 of the canonical text, under which its bytes lie */
	bool is_draft;          /* of its ruleset */
	const char **pinned_by; /* names of the assessments that are scored with it */
	unsigned n_pinned_by;
};

/* All profiles of the project that are pinned or a draft; with `all` also those that were. */
enum lt_status session_profiles(struct session *session, bool all, struct held_profile **out,
				unsigned *n, struct lt_err *err);

/**
 * session_find_profile - by its digest, the beginning of it (6 digits) or its id; NULL: the draft
 * of the assessment's ruleset, else what is pinned to it. Errors: LT_EDATA (none, or several: err
 * gives their digests).
 */
enum lt_status session_find_profile(struct session *session, const struct assessment_ref *ref,
				    const char *which, struct held_profile *out,
				    struct lt_err *err);

enum lt_status session_read_profile(struct session *session, const struct held_profile *held,
				    struct profile **out, struct lt_findings *findings,
				    struct lt_err *err);

/* What editing starts from: the draft, else what is pinned, else an empty one for the ruleset (its
 * id and title NULL). A copy; session_keep_profile() keeps what is made of it. */
enum lt_status session_draft_profile(struct session *session, const struct assessment_ref *ref,
				     struct profile **out, struct lt_findings *findings,
				     struct lt_err *err);

/**
 * session_keep_profile - a changed profile becomes the draft of its ruleset, as one entry; *done is
 * false where it is the draft already. Errors: LT_EDATA (it has no id, title or responsible; or an
 * entry names what the ruleset has not, or is out of its range: findings), LT_ESPACE.
 */
enum lt_status session_keep_profile(struct session *session, const struct assessment_ref *ref,
				    const struct profile *changed, struct lt_findings *findings,
				    char digest[LT_SHA256_HEX], bool *done, struct lt_err *err);

/* A file, whole and right, as the draft of the ruleset that it names. Errors: LT_EFILE (it cannot
 * be read or is no profile: findings), LT_EDATA (it does not fit: findings; no assessment of the
 * project is under that ruleset), LT_ESPACE. */
enum lt_status session_import_profile(struct session *session, const char *path,
				      struct lt_findings *findings, char digest[LT_SHA256_HEX],
				      bool *done, struct lt_err *err);

/* Its canonical text as a new file. Errors: LT_EDATA (there is such a file), LT_ESPACE. */
enum lt_status session_export_profile(struct session *session, const struct held_profile *held,
				      const char *to, struct lt_err *err);

/* Everything that is wrong with it, beside the ruleset that the assessment has, as findings. */
enum lt_status session_check_profile(struct session *session, const struct assessment_ref *ref,
				     const struct profile *profile, struct lt_findings *findings,
				     struct lt_err *err);

/**
 * session_pin_profile - the assessment is scored with it from now on; NULL: with the ruleset's own
 * numbers. Errors: LT_EDATA (it is not right, or an answer no longer fits its numbers: findings; or
 * it is of another ruleset).
 */
enum lt_status session_pin_profile(struct session *session, const struct assessment_ref *ref,
				   const struct held_profile *held, struct lt_findings *findings,
				   bool *done, struct lt_err *err);

/**
 * session_score_with - session_score() with these numbers in the place of what is pinned; NULL: the
 * ruleset's own. Answers that they refuse count as open (out->refused), so that what a change moves
 * can be seen before it is made. Close `out` in any case. Errors: those of session_score(), and
 * LT_EDATA where the numbers leave nothing to compute with.
 */
enum lt_status session_score_with(struct session *session, const struct assessment_ref *ref,
				  const char *rung, const struct profile *profile,
				  struct assessment *out, struct lt_findings *findings,
				  struct lt_err *err);

/* ---- one entry of a profile through its form (forms/profile.yaml) ---- */

/* The form of an entry by its id or what stands behind its dot ("points"), or the head's ("head").
 * NULL where there is none. */
const struct form *profile_form_find(const struct form *profile, const char *name);

/**
 * profile_row_get - the entry that the key fields of values[n_fields] name (of tiers also id, from
 * or above): the other empty values are filled in, none where there is no such entry. Texts are
 * borrowed from the profile, joined lists from the arena. Errors: LT_ESPACE; values untouched.
 */
enum lt_status profile_row_get(const struct profile *profile, const struct form *form,
			       const char **values, struct lt_arena *arena, struct lt_err *err);

/* Puts an entry in, or takes it out. Errors: those of profile_set_parameter() and its like. */
enum lt_status profile_row_put(struct profile *profile, const struct form *form,
			       const char *const *values, bool takes_out, struct lt_arena *arena,
			       struct lt_err *err);

/* How many entries of a list there are, and the values of one of them. Errors: LT_ESPACE. */
unsigned profile_rows(const struct profile *profile, const struct form *form);
enum lt_status profile_row_at(const struct profile *profile, const struct form *form, unsigned at,
			      const char **values, struct lt_arena *arena, struct lt_err *err);

#endif
