#include "lingtan/app/board.h"

#include <stdlib.h>
#include <string.h>
#include "board_parts.h"
#include "lingtan/app/evidence.h"

/* ---- reading ---- */

struct reading {
	struct board *board;
	bool answers[N_RUNGS];
};

static enum lt_status see_answer(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	const enum rung rung = rung_find(row->parts[1]);
	if (rung < N_RUNGS && row->values[0].at &&
	    strcmp(row->parts[0], reading->board->ref->name) == 0)
		reading->answers[rung] = true;
	return LT_OK;
}

static enum lt_status read_rung(struct board *board, enum rung rung, struct lt_findings *findings,
				struct lt_err *err)
{
	const struct assessment_options options = { 0 };
	struct assessment *assessment = &board->private->assessments[rung];
	enum lt_status status = session_score(board->session, board->ref, rung_names[rung],
					      &options, assessment, findings, err);
	board->rungs[rung].answers = &assessment->answers;
	board->rungs[rung].result = &assessment->result;
	board->rungs[rung].is_computed = !status;
	return status;
}

static void take_ties(struct board *board, const struct evidence_list *list)
{
	for (unsigned i = 0; i < list->n_ties; i++) {
		const struct evidence_tie *tie = &list->ties[i];
		const uint32_t slot = board_find_item(board, tie->item);
		if (strcmp(tie->assessment, board->ref->name) != 0 || slot == NO_SLOT)
			continue;
		board->items[slot].n_ties++;
		board->items[slot].n_close += !tie->vague;
	}
}

static enum lt_status read_all(struct board *board, struct lt_findings *findings,
			       struct lt_err *err)
{
	struct board_private *private = board->private;
	struct reading reading = { .board = board };
	struct evidence_list list;
	enum lt_status status =
		project_visit(board->session->project, "answer", NULL, see_answer, &reading, err);
	reading.answers[board->own] |= false;
	for (int r = 0; r < N_RUNGS && !status; r++) {
		board->rungs[r] = (struct board_rung){ .has_answers = reading.answers[r] };
		if (reading.answers[r] || r == (int)board->own)
			status = read_rung(board, (enum rung)r, findings, err);
	}
	if (status)
		return status;
	const struct assessment *own = &private->assessments[board->own];
	board->ruleset = own->ruleset;
	board->profile = own->profile;
	board->plan = own->plan;
	board->edition_unknown = own->edition_unknown;
	board->park = own->sheet->park ? own->sheet->park : "";
	status = board_lay_out(board, err);
	if (!status)
		status = board_make_rooms(board, err);
	for (int r = 0; r < N_RUNGS && !status; r++) {
		private->unsupported[r] = lt_arena_alloc(&private->standing, board->n_items + 1,
							 sizeof(*private->unsupported[r]));
		status = private->unsupported[r] ? LT_OK : lt_err_memory(err);
	}
	if (!status)
		status = session_evidence(board->session, &list, err);
	if (!status)
		take_ties(board, &list);
	for (int r = 0; r < N_RUNGS && !status; r++)
		if (board->rungs[r].is_computed)
			board_fill_rung(board, (enum rung)r);
	if (!status)
		status = board_list_todo(board, err);
	return status ? status : board_balance_fill(board, err);
}

/* ---- life ---- */

enum lt_status board_open(struct session *session, const struct assessment_ref *ref, enum rung own,
			  struct lt_findings *findings, struct board **out, struct lt_err *err)
{
	struct board *board = calloc(1, sizeof(*board));
	*out = NULL;
	if (!board)
		return lt_err_memory(err);
	board->private = calloc(1, sizeof(*board->private));
	if (!board->private) {
		free(board);
		return lt_err_memory(err);
	}
	lt_arena_init(&board->private->standing, 0);
	lt_arena_init(&board->private->derived, 0);
	lt_arena_init(&board->private->detail, 0);
	board->session = session;
	board->ref = ref;
	board->own = own;
	enum lt_status status = read_all(board, findings, err);
	if (status)
		board_close(board);
	else
		*out = board;
	return status;
}

static void drop(struct board *board)
{
	for (int r = 0; r < N_RUNGS; r++)
		assessment_close(&board->private->assessments[r]);
	lt_arena_reset(&board->private->standing);
	lt_arena_reset(&board->private->derived);
}

enum lt_status board_reload(struct board *board, struct lt_findings *findings, struct lt_err *err)
{
	drop(board);
	board->replanned = true;
	return read_all(board, findings, err);
}

void board_close(struct board *board)
{
	if (!board)
		return;
	drop(board);
	lt_arena_release(&board->private->standing);
	lt_arena_release(&board->private->derived);
	lt_arena_release(&board->private->detail);
	free(board->private);
	free(board);
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
