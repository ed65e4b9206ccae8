/* Two rounds of a rung: their scores, and everything that the rung says otherwise. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "board_parts.h"
#include "frozen.h"
#include "round_parts.h"

/* ---- the score of a round ---- */

static enum lt_status head_of(struct session *session, const char *assessment, const char *rung,
			      unsigned number, const char **head, struct lt_err *err)
{
	char text[16];
	struct words state;
	snprintf(text, sizeof(text), "%u", number);
	const char *const parts[] = { assessment, rung, text };
	const char *key = cell_key_join(&session->arena, parts, 3);
	enum lt_status status = key ? project_get(session->project, "round", key, "state",
						  &session->arena, &state, err)
				    : lt_err_memory(err);
	if (!status && !state.at)
		status = lt_err_set(err, LT_EDATA, "%s 的层级 %s 没有第 %u 轮；见 lingtan rounds",
				    "%s: rung %s has no round %u; see lingtan rounds", assessment,
				    rung, number);
	if (!status)
		*head = state.at[1];
	return status;
}

/* The facts of a round; 0 = as they are. */
static enum lt_status freeze(struct session *session, const char *assessment, const char *rung,
			     unsigned number, struct frozen *out, struct lt_err *err)
{
	const char *head;
	/* of the facts as they are, too, the journal knows who wrote them */
	if (!number)
		return frozen_at(session, project_head(session->project), out, err);
	enum lt_status status = head_of(session, assessment, rung, number, &head, err);
	return status ? status : frozen_at(session, head, out, err);
}

enum lt_status session_score_round(struct session *session, const struct assessment_ref *ref,
				   const char *rung, unsigned number, struct round_score *out,
				   struct lt_findings *findings, struct lt_err *err)
{
	*out = (struct round_score){ .frozen = calloc(1, sizeof(*out->frozen)) };
	if (!out->frozen)
		return lt_err_memory(err);
	enum lt_status status = freeze(session, ref->name, rung, number, out->frozen, err);
	if (!status)
		status = frozen_assessment(out->frozen, ref->name, &out->ref, err);
	return status ? status
		      : session_score_frozen(session, out->frozen, &out->ref, rung,
					     &out->assessment, findings, err);
}

void round_score_close(struct round_score *score)
{
	assessment_close(&score->assessment);
	if (score->frozen)
		frozen_release(score->frozen);
	free(score->frozen);
	*score = (struct round_score){ 0 };
}

/* ---- comparing ---- */

/* No part of the key is the rung: it is that which entered the line; all of them share the row. */
enum { OF_WHO_ENTERED = -1, OF_ANY = -2 };

/* What a rung says of things: which part of the key is the rung, which the thing. */
static const struct {
	const char *table, *group;
	int rung; /* or OF_WHO_ENTERED, OF_ANY */
	unsigned id;
	int year; /* -1: none */
	bool of_assessment;
} said[] = {
	{ "answer", "verdict", 1, 2, -1, true },    { "answer", "remark", 1, 2, -1, true },
	{ "answer", "unsupported", 1, 2, -1, true }, { "quantity", "value", 0, 2, 1, false },
	{ "quantity", "reason", 0, 2, 1, false },
	{ "line", "activity", OF_WHO_ENTERED, 0, -1, false },
	{ "line", "factor", OF_WHO_ENTERED, 0, -1, false },
	{ "line", "removed", OF_WHO_ENTERED, 0, -1, false },
	{ "claim", "activity", 1, 0, -1, false },   { "claim", "factor", 1, 0, -1, false },
	{ "tie", "locator", OF_ANY, 1, -1, true },  { "tie", "removed", OF_ANY, 1, -1, true },
};

#define N_SAID (sizeof(said) / sizeof(said[0]))

struct comparing {
	struct session *session;
	const char *assessment, *rung, *year;
	struct frozen from, to;
	struct round_comparison *out;
	unsigned cap;
	struct round_info *rounds;
	unsigned n_rounds;
	struct lt_err *err;
};

static bool is_here(struct comparing *compare, size_t kind, const char *key,
		    const char *const *parts)
{
	if (said[kind].of_assessment && strcmp(parts[0], compare->assessment) != 0)
		return false;
	if (said[kind].rung >= 0)
		return strcmp(parts[said[kind].rung], compare->rung) == 0;
	if (said[kind].rung == OF_ANY)
		return true;
	const struct words *entered = frozen_get(&compare->to, "line", key, "entered");
	return strcmp(entered->at ? entered->at[0] : rung_names[RUNG_SELF], compare->rung) == 0;
}

static bool was_asked(const struct comparing *compare, const char *id)
{
	const struct round_comparison *out = compare->out;
	for (unsigned i = 0; i < compare->n_rounds; i++) {
		const struct round_info *info = &compare->rounds[i];
		if (info->number < out->from || (out->to && info->number >= out->to))
			continue;
		if (strcmp(info->state, "reopened") == 0)
			return true;
		for (unsigned a = 0; a < info->n_asks; a++)
			if (strcmp(info->asks[a].item, id) == 0)
				return true;
	}
	return false;
}

/* Who wrote what stands there at the later one. */
static enum lt_status fill_writer(struct comparing *compare, struct round_change *change)
{
	const struct fold_cell *cell = fold_find(&compare->to.fold, change->table, change->key,
						 change->group);
	struct entry entry;
	bool found = false;
	if (!cell || !cell->writer.hash)
		return LT_OK;
	enum lt_status status = journal_get(compare->session->project, cell->writer.hash,
					    &compare->session->arena, &entry, &found, compare->err);
	if (status || !found)
		return status;
	change->by = entry.by;
	change->at = entry.at;
	change->reason = entry.reason;
	change->is_correction = entry.reason[0] && !was_asked(compare, change->id);
	return LT_OK;
}

static bool keep_words(struct lt_arena *arena, const struct words *from, struct words *to)
{
	*to = (struct words){ 0 };
	if (!from->at)
		return true;
	to->at = lt_arena_alloc(arena, from->n, sizeof(*to->at));
	to->n = from->n;
	for (unsigned i = 0; to->at && i < from->n; i++) {
		to->at[i] = lt_arena_strndup(arena, from->at[i], strlen(from->at[i]));
		if (!to->at[i])
			return false;
	}
	return to->at != NULL;
}

static enum lt_status add_change(struct comparing *compare, size_t kind, const char *key,
				 const char *const *parts, const struct words *from,
				 const struct words *to)
{
	struct round_comparison *out = compare->out;
	struct lt_arena *arena = &compare->session->arena;
	out->at = lt_arena_room(arena, out->at, out->n, &compare->cap, sizeof(*out->at));
	if (!out->at)
		return lt_err_memory(compare->err);
	struct round_change *change = &out->at[out->n++];
	*change = (struct round_change){
		.table = said[kind].table,
		.group = said[kind].group,
		.id = parts[said[kind].id],
		.year = said[kind].year >= 0 ? parts[said[kind].year] : NULL,
		.key = lt_arena_strndup(arena, key, strlen(key)),
	};
	if (!change->key || !keep_words(arena, from, &change->from) ||
	    !keep_words(arena, to, &change->to))
		return lt_err_memory(compare->err);
	return fill_writer(compare, change);
}

static int kind_of(const struct fold_cell *cell)
{
	for (size_t i = 0; i < N_SAID; i++)
		if (strcmp(said[i].table, cell->table) == 0 &&
		    strcmp(said[i].group, cell->group) == 0)
			return (int)i;
	return -1;
}

/* Cells are only ever added, so those of the later state are all there are. */
static enum lt_status compare_cells(struct comparing *compare)
{
	struct lt_arena *arena = &compare->session->arena;
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < compare->to.fold.n_cells && !status; i++) {
		const struct fold_cell *cell = compare->to.cells[i];
		const char *parts[CELL_MAX_KEY];
		const int kind = kind_of(cell);
		if (kind < 0)
			continue;
		const struct fact_table *table =
			vocabulary_find_table(compare->to.vocabulary, cell->table);
		if (!cell_key_split(arena, cell->key, parts, table->key.n) ||
		    !is_here(compare, (size_t)kind, cell->key, parts))
			continue;
		const struct words *before =
			frozen_get(&compare->from, cell->table, cell->key, cell->group);
		if (!cell_value_equals(before, &cell->value))
			status = add_change(compare, (size_t)kind, cell->key, parts, before,
					    &cell->value);
	}
	return status;
}

/* ---- totals of both ---- */

static const char *decimal_text(struct session *session, bool unbounded, struct lt_decimal value)
{
	char text[LT_DECIMAL_TEXT];
	if (unbounded)
		return NULL;
	lt_decimal_format(value, text);
	return lt_arena_strndup(&session->arena, text, sizeof(text));
}

enum lt_status frozen_total(struct session *session, struct frozen *frozen,
			    const char *assessment, const char *rung,
			    struct assessment_total *out, struct lt_findings *findings,
			    struct lt_err *err)
{
	struct assessment_ref ref;
	struct assessment scored;
	*out = (struct assessment_total){ 0 };
	enum lt_status status = frozen_assessment(frozen, assessment, &ref, err);
	if (status)
		return status;
	status = session_score_frozen(session, frozen, &ref, rung, &scored, findings, err);
	if (!status) {
		const struct plan *plan = scored.plan;
		const struct plan_node *ladder = plan_ladder(plan);
		uint32_t slot;
		const struct value *value = plan_headline(plan, &slot) == FIGURE_NONE
						    ? NULL
						    : &scored.result.values[slot];
		if (value && value->state == VALUE_NUMBER) {
			out->low = decimal_text(session, value->lo_unbounded, value->lo);
			out->high = decimal_text(session, value->hi_unbounded, value->hi);
		}
		struct grade_view view = { 0 };
		if (ladder)
			result_grade(&scored.result, ladder, &view);
		if (view.certain)
			out->grade = lt_arena_strndup(&session->arena, view.certain,
						      strlen(view.certain));
	}
	assessment_close(&scored);
	return status;
}

static enum lt_status compare(struct comparing *comparing, struct lt_findings *findings)
{
	struct session *session = comparing->session;
	struct round_comparison *out = comparing->out;
	const char *name = comparing->assessment, *rung = comparing->rung;
	struct lt_err *err = comparing->err;
	enum lt_status status = freeze(session, name, rung, out->from, &comparing->from, err);
	if (!status)
		status = freeze(session, name, rung, out->to, &comparing->to, err);
	if (!status)
		status = session_rounds(session, name, rung, &comparing->rounds,
					&comparing->n_rounds, err);
	if (!status)
		status = compare_cells(comparing);
	if (!status)
		status = frozen_total(session, &comparing->from, name, rung, &out->before, findings,
				  err);
	return status ? status
		      : frozen_total(session, &comparing->to, name, rung, &out->after, findings, err);
}

enum lt_status session_compare_rounds(struct session *session, const struct assessment_ref *ref,
				      const char *rung, unsigned from, unsigned to,
				      struct round_comparison *out, struct lt_findings *findings,
				      struct lt_err *err)
{
	struct comparing comparing = {
		.session = session, .assessment = ref->name, .rung = rung, .out = out, .err = err
	};
	*out = (struct round_comparison){ .from = from, .to = to };
	if (!from || (to && to <= from))
		return lt_err_set(err, LT_EDATA, "先写早的一轮，再写晚的一轮",
				  "name the earlier round first");
	enum lt_status status = project_begin(session->project, false, err);
	if (status)
		return status;
	status = compare(&comparing, findings);
	struct lt_err ignored = LT_ERR_INIT;
	project_end(session->project, true, &ignored);
	frozen_release(&comparing.from);
	frozen_release(&comparing.to);
	return status;
}
