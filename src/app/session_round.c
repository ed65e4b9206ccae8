/* Rounds: what was submitted is frozen, and changed afterwards only with a reason. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/core/fold.h"
#include "session_parts.h"

struct round_search {
	const char *assessment, *rung;
	unsigned last;
	bool submitted;
};

static enum lt_status see_round(void *context, const struct fact_row *row)
{
	struct round_search *search = context;
	const unsigned number = (unsigned)strtoul(row->parts[2], NULL, 10);
	const struct words *state = fact_row_get(row, "state");
	if (strcmp(row->parts[0], search->assessment) != 0 ||
	    strcmp(row->parts[1], search->rung) != 0 || !state->at || number < search->last)
		return LT_OK;
	search->last = number;
	search->submitted = strcmp(state->at[0], "submitted") == 0;
	return LT_OK;
}

enum lt_status session_round(struct session *session, const char *assessment, const char *rung,
			     unsigned *round, bool *submitted, struct lt_err *err)
{
	struct round_search search = { .assessment = assessment, .rung = rung };
	enum lt_status status =
		project_visit(session->project, "round", NULL, see_round, &search, err);
	*round = search.last;
	*submitted = search.submitted;
	return status;
}

/* ---- what may be changed ---- */

/* Whether a round of this rung stands submitted: of the assessment, or (for quantities) of any of
 * that year. */
struct lock_search {
	const char *assessment, *year, *rung;
	bool locked;
};

static enum lt_status see_lock(void *context, const struct fact_row *row)
{
	struct lock_search *search = context;
	const struct words *state = fact_row_get(row, "state");
	const char *year = strrchr(row->parts[0], '/');
	const bool here = search->assessment ? strcmp(row->parts[0], search->assessment) == 0
					     : year && strcmp(year + 1, search->year) == 0;
	if (here && strcmp(row->parts[1], search->rung) == 0 && state->at)
		search->locked = strcmp(state->at[0], "submitted") == 0;
	return LT_OK;
}

static enum lt_status is_locked(struct session *session, const struct change *change, bool *locked,
				struct lt_err *err)
{
	const char *parts[3];
	struct lock_search search = { 0 };
	const bool answer = strcmp(change->table, "answer") == 0;
	*locked = false;
	if (!answer && strcmp(change->table, "quantity") != 0)
		return LT_OK;
	if (!cell_key_split(&session->arena, change->key, parts, 3))
		return LT_OK;
	search.assessment = answer ? parts[0] : NULL;
	search.rung = answer ? parts[1] : parts[0];
	search.year = parts[1];
	enum lt_status status =
		project_visit(session->project, "round", NULL, see_lock, &search, err);
	*locked = search.locked;
	return status;
}

enum lt_status round_permits(struct session *session, const struct changes *changes,
			     struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < changes->n && !status && !session->reason[0]; i++) {
		bool locked;
		status = is_locked(session, &changes->at[i], &locked, err);
		if (!status && locked)
			status = lt_err_set(
				err, LT_EDATA,
				"这一轮已提交；更正要写明原因（--reason），两个值都会留下（%s）",
				"this round was submitted: a correction needs --reason, both values stay (%s)",
				changes->at[i].key);
	}
	return status;
}

/* ---- submitting ---- */

struct freezing {
	struct fold fold;
	struct lt_arena arena;
	struct entry now; /* all facts as the changes of one entry */
	unsigned cap;
	const struct fact_table *table;
	struct lt_err *err;
	const char *assessment, *rung;
	size_t assessment_len;
};

static enum lt_status take_row(void *context, const struct fact_row *row)
{
	struct freezing *freeze = context;
	struct entry *now = &freeze->now;
	for (unsigned g = 0; g < freeze->table->n_groups; g++) {
		if (!row->values[g].at)
			continue;
		if (now->n_changes == freeze->cap) {
			freeze->cap = freeze->cap * 2 + 256;
			now->changes = lt_arena_resize(&freeze->arena, now->changes,
						       freeze->cap * sizeof(*now->changes));
		}
		if (!now->changes)
			return lt_err_memory(freeze->err);
		now->changes[now->n_changes++] =
			(struct change){ .table = freeze->table->table,
					 .key = row->key,
					 .group = freeze->table->groups[g].group,
					 .new = row->values[g] };
	}
	return LT_OK;
}

static enum lt_status take_tables(struct session *session, struct freezing *freeze,
				  struct lt_err *err)
{
	const struct vocabulary *vocabulary = session->workspace->vocabulary;
	enum lt_status status = LT_OK;
	for (unsigned t = 0; t < vocabulary->n_tables && !status; t++) {
		freeze->table = &vocabulary->tables[t];
		status = project_visit(session->project, freeze->table->table, &freeze->arena,
				       take_row, freeze, err);
	}
	freeze->now.depth = 1;
	return status ? status
		      : fold_apply(&freeze->fold, &freeze->now, project_head(session->project),
				   NULL, NULL, err);
}

static bool starts_with(const char *key, const char *part, size_t len)
{
	return strncmp(key, part, len) == 0 && (key[len] == '|' || !key[len]);
}

/* What an assessment rests on, on one rung: its own rows, the park's figures, the inventory. */
static bool is_in_scope(void *context, const struct fold_cell *cell)
{
	const struct freezing *freeze = context;
	if (strcmp(cell->table, "answer") == 0)
		return starts_with(cell->key, freeze->assessment, freeze->assessment_len) &&
		       starts_with(cell->key + freeze->assessment_len + 1, freeze->rung,
				   strlen(freeze->rung));
	if (strcmp(cell->table, "tie") == 0 || strcmp(cell->table, "assessment") == 0)
		return starts_with(cell->key, freeze->assessment, freeze->assessment_len);
	return strcmp(cell->table, "park") == 0 || strcmp(cell->table, "quantity") == 0 ||
	       strcmp(cell->table, "line") == 0 || strcmp(cell->table, "ruleset") == 0 ||
	       strcmp(cell->table, "profile") == 0 || strcmp(cell->table, "evidence") == 0;
}

static enum lt_status freeze_state(struct session *session, const char *assessment,
				   const char *rung, char state[LT_SHA256_HEX], struct lt_err *err)
{
	struct freezing freeze = { .err = err, .rung = rung };
	lt_arena_init(&freeze.arena, 0);
	/* keys are written with % and | escaped */
	freeze.assessment = cell_key_join(&freeze.arena, &assessment, 1);
	enum lt_status status = freeze.assessment ? fold_init(&freeze.fold, &freeze.arena, err)
						  : lt_err_memory(err);
	if (!status) {
		freeze.assessment_len = strlen(freeze.assessment);
		status = take_tables(session, &freeze, err);
	}
	if (!status)
		status = fold_state_hash(&freeze.fold, is_in_scope, &freeze, state, err);
	lt_arena_release(&freeze.arena);
	return status;
}

enum lt_status session_submit(struct session *session, const struct assessment_ref *ref,
			      const char *rung, unsigned *round, struct lt_findings *findings,
			      struct lt_err *err)
{
	struct changes changes = { .session = session };
	char number[16], state[LT_SHA256_HEX], head[LT_SHA256_HEX];
	bool submitted, done, changed;
	enum lt_status status = journal_refresh(session->project, &changed, err);
	if (!status)
		status = session_round(session, ref->name, rung, round, &submitted, err);
	if (!status && submitted)
		status = lt_err_set(err, LT_EDATA, "%s 的这一层级已提交第 %u 轮",
				    "%s: round %u of this rung is submitted already", ref->name,
				    *round);
	if (!status)
		status = evidence_permits(session, ref, rung, &changes, findings, err);
	if (!status)
		status = freeze_state(session, ref->name, rung, state, err);
	if (status)
		return status;
	snprintf(number, sizeof(number), "%u", ++*round);
	snprintf(head, sizeof(head), "%s", project_head(session->project));
	const char *const key[] = { ref->name, rung, number };
	const char *const values[] = { "submitted", head, state };
	status = changes_add(&changes, "round", key, "state", values, err);
	return status ? status : session_commit(session, "submit", &changes, &done, err);
}
