#include "lingtan/app/board.h"

#include <stdlib.h>
#include <string.h>
#include "board_parts.h"
#include "session_parts.h"

/* ---- memory ---- */

static struct board_private *private_new(void)
{
	struct board_private *private = calloc(1, sizeof(*private));
	if (!private)
		return NULL;
	lt_arena_init(&private->standing, 0);
	lt_arena_init(&private->derived, 0);
	lt_arena_init(&private->detail, 0);
	lt_arena_init(&private->warnings, 0);
	for (int i = 0; i < 2; i++) {
		lt_arena_init(&private->facts_rooms[i].arena, 0);
		lt_arena_init(&private->evidence_rooms[i], 0);
	}
	return private;
}

static void private_free(struct board_private *private)
{
	if (!private)
		return;
	for (int r = 0; r < N_RUNGS; r++) {
		assessment_close(&private->assessments[r]);
		assessment_close(&private->spare[r]);
	}
	assessment_close(&private->frame);
	for (int i = 0; i < 2; i++) {
		lt_arena_release(&private->facts_rooms[i].arena);
		lt_arena_release(&private->evidence_rooms[i]);
	}
	lt_arena_release(&private->standing);
	lt_arena_release(&private->derived);
	lt_arena_release(&private->detail);
	lt_arena_release(&private->warnings);
	free(private);
}

/* ---- computing ---- */

/* Into the spare room, so that a failure leaves what is shown. What is refused is told by the
 * marks; warnings about figures of other years would come again with each reload, and are no matter
 * of the assessment's. */
static enum lt_status answer_rungs(struct board *board, const struct board_facts *facts,
				   const bool *which, struct lt_err *err)
{
	struct board_private *private = board->private;
	struct lt_findings warnings;
	enum lt_status status = LT_OK;
	lt_arena_reset(&private->warnings);
	lt_findings_init(&warnings, &private->warnings);
	for (int r = 0; r < N_RUNGS && !status; r++)
		if (which[r])
			status = session_answer(board->session, board->ref, rung_names[r],
						&private->frame, &facts->evidence,
						&private->spare[r], &warnings, err);
	return status;
}

/* Rungs that were answered take the place of what they were. */
static void take_over(struct board *board, const bool *which)
{
	struct board_private *private = board->private;
	for (int r = 0; r < N_RUNGS; r++) {
		struct board_rung *rung = &board->rungs[r];
		if (which[r]) {
			const struct assessment before = private->assessments[r];
			private->assessments[r] = private->spare[r];
			private->spare[r] = before;
			private->has_basis[r] = false;
			rung->is_computed = true;
		}
		rung->has_answers = private->facts->has_answers[r];
		if (!rung->has_answers && r != (int)board->own)
			rung->is_computed = false;
		if (!rung->is_computed) {
			*rung = (struct board_rung){ .has_answers = rung->has_answers };
			board_fill_round(board, (enum rung)r);
			continue;
		}
		rung->answers = &private->assessments[r].answers;
		rung->result = &private->assessments[r].result;
	}
}

static const bool all_rungs[N_RUNGS] = { true, true, true, true };

/* What follows from facts and from the rungs whose answers or facts changed. */
static enum lt_status derive(struct board *board, const bool *which, struct lt_err *err)
{
	struct board_private *private = board->private;
	lt_arena_reset(&private->derived);
	memset(private->people, 0, sizeof(private->people));
	private->has_trace = private->has_kept = false;
	memset(&board->balance, 0, sizeof(board->balance));
	board->todo = NULL;
	board->n_todo = 0;
	board_describe_items(board);
	for (int r = 0; r < N_RUNGS; r++)
		if (which[r] && board->rungs[r].is_computed)
			board_fill_rung(board, (enum rung)r);
	enum lt_status status = board_list_todo(board, err);
	return status ? status : board_balance_fill(board, err);
}

static void describe(struct board *board)
{
	const struct assessment *frame = &board->private->frame;
	const struct ruleset *ruleset = frame->ruleset;
	const struct selection *chosen = &frame->plan->selection;
	board->ruleset = ruleset;
	board->profile = frame->profile;
	board->plan = frame->plan;
	board->edition_unknown = frame->edition_unknown;
	board->park_type = board->stage = board->place = NULL;
	if (chosen->park_type)
		board->park_type =
			term_find(ruleset->park_types, ruleset->n_park_types, chosen->park_type);
	if (chosen->stage)
		board->stage = term_find(ruleset->stages, ruleset->n_stages, chosen->stage);
	if (chosen->place)
		board->place = term_find(ruleset->places, ruleset->n_places, chosen->place);
}

/* ---- all of it ---- */

static void want_rungs(const struct board *board, const struct board_facts *facts, bool *which)
{
	for (int r = 0; r < N_RUNGS; r++)
		which[r] = facts->has_answers[r] || r == (int)board->own;
}

static enum lt_status build(struct board *board, struct lt_findings *findings, struct lt_err *err)
{
	struct board_private *private = board->private;
	bool which[N_RUNGS];
	enum lt_status status =
		session_prepare(board->session, board->ref, &private->frame, findings, err);
	if (status)
		return status;
	describe(board);
	status = board_lay_out(board, err);
	if (!status)
		status = board_make_rooms(board, err);
	if (!status)
		status = board_make_trial(board, err);
	private->facts = &private->facts_rooms[0];
	if (!status)
		status = board_read_facts(board, private->facts, NULL, err);
	if (status)
		return status;
	want_rungs(board, private->facts, which);
	status = answer_rungs(board, private->facts, which, err);
	if (!status)
		take_over(board, which);
	return status ? status : derive(board, all_rungs, err);
}

/* A second board of the same, which takes the place of the first once it stands. */
static enum lt_status rebuild(struct board *board, const struct assessment_ref *ref,
			      struct lt_findings *findings, struct lt_err *err)
{
	struct board fresh = { .session = board->session, .ref = ref, .own = board->own };
	fresh.private = private_new();
	if (!fresh.private)
		return lt_err_memory(err);
	enum lt_status status = build(&fresh, findings, err);
	if (status) {
		private_free(fresh.private);
		return status;
	}
	if (board->private) {
		fresh.private->journal = board->private->journal;
		private_free(board->private);
	}
	fresh.replanned = true;
	*board = fresh;
	return LT_OK;
}

/* One state of the file, whoever writes meanwhile. */
static enum lt_status begin_reading(struct board *board, struct lt_err *err)
{
	bool changed;
	enum lt_status status = project_begin(board->session->project, false, err);
	if (status)
		return status;
	status = journal_refresh(board->session->project, &changed, err);
	if (status) {
		struct lt_err second = LT_ERR_INIT;
		project_end(board->session->project, true, &second);
	}
	return status;
}

static void end_reading(struct board *board)
{
	struct lt_err ignored = LT_ERR_INIT;
	project_end(board->session->project, true, &ignored);
}

enum lt_status board_open(struct session *session, const struct assessment_ref *ref, enum rung own,
			  struct lt_findings *findings, struct board **out, struct lt_err *err)
{
	struct board *board = calloc(1, sizeof(*board));
	*out = NULL;
	if (!board)
		return lt_err_memory(err);
	*board = (struct board){ .session = session, .ref = ref, .own = own };
	enum lt_status status = begin_reading(board, err);
	if (!status) {
		status = rebuild(board, ref, findings, err);
		end_reading(board);
	}
	if (status)
		free(board);
	else
		*out = board;
	return status;
}

void board_close(struct board *board)
{
	if (!board)
		return;
	board_drop_journal(board);
	private_free(board->private);
	free(board);
}

/* ---- again ---- */

/* Facts anew, and the rungs that were touched. */
static enum lt_status update(struct board *board, struct board_touched *touched, struct lt_err *err)
{
	bool *which = touched->rungs;
	struct board_private *private = board->private;
	private->n_again = 0;
	struct board_facts *next =
		&private->facts_rooms[private->facts == &private->facts_rooms[0]];
	enum lt_status status = board_read_facts(
		board, next, touched->evidence ? NULL : private->facts, err);
	if (status)
		return status;
	for (int r = 0; r < N_RUNGS; r++) {
		const bool wanted = next->has_answers[r] || r == (int)board->own;
		which[r] = wanted && (which[r] || !board->rungs[r].is_computed);
	}
	status = answer_rungs(board, next, which, err);
	if (status)
		return status;
	private->facts = next;
	take_over(board, which);
	board->replanned = false;
	return derive(board, all_rungs, err);
}

/* Answers taken alone leave their texts in the arenas until all are read again. */
enum { MAX_AGAIN = 32 };

static enum lt_status answer_again(struct board *board, const char *key, bool *taken,
				   struct lt_err *err)
{
	struct board_private *private = board->private;
	const char *parts[3];
	struct fact_row row;
	*taken = false;
	if (!cell_key_split(&private->facts->arena, key, parts, 3))
		return LT_OK;
	const enum rung rung = rung_find(parts[1]);
	const uint32_t item = board_find_item(board, parts[2]);
	if (rung == N_RUNGS || item == NO_SLOT || !board->rungs[rung].is_computed)
		return LT_OK;
	const struct evidence_list ties = board_ties_of(board, item);
	enum lt_status status =
		session_answer_again(board->session, board->ref, key, &ties,
				     &private->assessments[rung], &row, taken, err);
	if (status || !*taken)
		return status;
	private->has_basis[rung] = false;
	return board_note_answer(board, private->facts, &row) ? LT_OK : lt_err_memory(err);
}

/* Where new entries changed a few answers and nothing else, these alone are read and scored: what an
 * answer costs on the screen. *done is false where all must be read. */
static enum lt_status update_answers(struct board *board, const struct board_touched *touched,
				     bool *done, struct lt_err *err)
{
	static const bool none[N_RUNGS];
	struct board_facts *facts = board->private->facts;
	const char *head = project_head(board->session->project);
	*done = false;
	if (touched->more || board->private->n_again + touched->n_answers > MAX_AGAIN)
		return LT_OK;
	board->private->n_again += touched->n_answers;
	for (unsigned i = 0; i < touched->n_answers; i++) {
		enum lt_status status = answer_again(board, touched->answers[i], done, err);
		if (status || !*done)
			return status;
	}
	*done = true;
	facts->head = lt_arena_strndup(&facts->arena, head, strlen(head));
	if (!facts->head)
		return lt_err_memory(err);
	take_over(board, none);
	board->replanned = false;
	return derive(board, touched->rungs, err);
}

static enum lt_status reload(struct board *board, struct lt_findings *findings, struct lt_err *err)
{
	bool done;
	struct board_touched touched;
	const struct assessment_ref *ref = board->ref;
	enum lt_status status = board_find_touched(board, &touched, err);
	if (status)
		return status;
	if (touched.nothing && !board->private->is_stale) {
		board->replanned = false;
		return LT_OK;
	}
	if (!touched.plan && !board->private->is_stale) {
		status = update_answers(board, &touched, &done, err);
		return status || done ? status : update(board, &touched, err);
	}
	/* the subject, its ruleset or profile may be others now */
	status = session_find_assessment(board->session, ref->name, NULL, &ref, findings, err);
	return status ? status : rebuild(board, ref, findings, err);
}

enum lt_status board_reload(struct board *board, struct lt_findings *findings, struct lt_err *err)
{
	enum lt_status status = begin_reading(board, err);
	if (status)
		return status;
	status = reload(board, findings, err);
	if (!status && board->private->journal)
		status = board_read_journal(board, err);
	end_reading(board);
	board->private->is_stale = status != LT_OK;
	return status;
}

static enum lt_status look_from(struct board *board, enum rung own, struct lt_findings *findings,
				struct lt_err *err)
{
	bool which[N_RUNGS] = { false };
	const enum rung before = board->own;
	enum lt_status status = begin_reading(board, err);
	if (status)
		return status;
	/* a rung without answers was not computed, and is now: of the state that the others show */
	status = reload(board, findings, err);
	board->private->is_stale = status != LT_OK;
	which[own] = !board->rungs[own].is_computed;
	if (!status && which[own])
		status = answer_rungs(board, board->private->facts, which, err);
	end_reading(board);
	if (status)
		return status;
	board->own = own;
	take_over(board, which);
	status = derive(board, all_rungs, err);
	if (status)
		board->own = before;
	return status;
}

enum lt_status board_look_from(struct board *board, enum rung own, struct lt_err *err)
{
	struct lt_findings findings;
	struct lt_arena scratch;
	if (own == board->own)
		return LT_OK;
	lt_arena_init(&scratch, 0);
	lt_findings_init(&findings, &scratch);
	const enum lt_status status = look_from(board, own, &findings, err);
	lt_arena_release(&scratch);
	return status;
}

/* ---- finding ---- */

uint32_t board_find_item(const struct board *board, const char *id)
{
	const uint32_t slot = plan_find(board->plan, id);
	return slot < board->n_items ? slot : NO_SLOT;
}

const struct board_mark *board_mark(const struct board *board, uint32_t item)
{
	return &board->rungs[board->own].items[item];
}

const struct board_tally *board_tally(const struct board *board, unsigned section)
{
	return &board->rungs[board->own].sections[section];
}
