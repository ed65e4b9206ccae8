/*
 * frozen - the facts of a project as they were at an entry, in memory: what a round froze, what a
 * signature was put under. Read like the project itself.
 */
#ifndef LINGTAN_APP_FROZEN_H
#define LINGTAN_APP_FROZEN_H

#include "lingtan/app/session.h"
#include "lingtan/core/fold.h"

struct frozen {
	struct lt_arena arena; /* owned */
	struct fold fold;
	const struct fold_cell **cells; /* sorted: table, key, group */
	const struct vocabulary *vocabulary;
};

/* The facts as they are, or as they were at an entry. Errors: LT_EDATA (the head does not rest on
 * it), LT_EFILE, LT_ESPACE. Release in any case. */
enum lt_status frozen_now(struct session *session, struct frozen *out, struct lt_err *err);
enum lt_status frozen_at(struct session *session, const char *head, struct frozen *out,
			 struct lt_err *err);
void frozen_release(struct frozen *frozen);

/* As project_get() and project_visit(); values live as long as the frozen facts. */
const struct words *frozen_get(const struct frozen *frozen, const char *table, const char *key,
			       const char *group);
enum lt_status frozen_visit(const struct frozen *frozen, const char *table, struct lt_arena *arena,
			    enum lt_status (*visit)(void *context, const struct fact_row *row),
			    void *context, struct lt_err *err);

/* What a state is of. */
struct state_scope {
	const char *assessment;
	const char *rung;
	bool with_below; /* answers of the rungs below as well */
	bool with_findings;
};

/**
 * frozen_state_hash - of what an assessment rests on, on a rung: its own rows, the ties and their
 * evidence, figures and inventory up to its year and rung, ruleset and profile, the park. Errors:
 * LT_ESPACE.
 */
enum lt_status frozen_state_hash(const struct frozen *frozen, const struct state_scope *scope,
				 char hex[LT_SHA256_HEX], struct lt_err *err);

/* Of what the scope holds, a cell that is not the same in both, of those the one that was written
 * first; NULL = none. Both must be facts at an entry (frozen_at()). */
const struct fold_cell *frozen_first_change(const struct frozen *then, const struct frozen *now,
					    const struct state_scope *scope,
					    struct lt_arena *scratch);

/* session_score() of frozen facts, which must live as long as `out`; ref is of the frozen facts too
 * (frozen_assessment()). */
enum lt_status session_score_frozen(struct session *session, const struct frozen *frozen,
				    const struct assessment_ref *ref, const char *rung,
				    struct assessment *out, struct lt_findings *findings,
				    struct lt_err *err);

/* The assessment as it was. Errors: LT_EDATA (there was none), LT_ESPACE. */
enum lt_status frozen_assessment(struct frozen *frozen, const char *name,
				 struct assessment_ref *out, struct lt_err *err);

#endif
