/* What a board shows of answers that are not the record: what an item would move, the way to a
 * grade, suppositions, another rung's answer. */
#include <string.h>
#include "board_parts.h"

/* ---- trials: the own rung's answers with one thing changed ---- */

enum lt_status board_make_trial(struct board *board, struct lt_err *err)
{
	struct board_private *private = board->private;
	struct lt_arena *arena = &private->standing;
	enum lt_status status = answers_init(&private->trial_answers, board->ruleset, arena, err);
	return status ? status : result_init(&private->trial, board->plan, arena, err);
}

/* The trial becomes what `from` is. */
static void start_trial(const struct board *board, enum rung from)
{
	struct board_private *private = board->private;
	const struct plan *plan = board->plan;
	const struct result *result = board->rungs[from].result;
	answers_copy(&private->trial_answers, board->rungs[from].answers, board->ruleset);
	memcpy(private->trial.values, result->values, plan->n_slots * sizeof(*result->values));
	memcpy(private->trial.unknown, result->unknown,
	       (size_t)plan->n_slots * plan->n_words * sizeof(*result->unknown));
}

/* Figure and grade of a result; the grade's slots live in the arena. */
static enum lt_status read_outcome(const struct board *board, const struct result *result,
				   struct lt_arena *arena, struct value *figure,
				   struct board_grade *grade, struct lt_err *err)
{
	uint32_t *slots = lt_arena_alloc(arena, board->plan->n_slots + 1, sizeof(*slots));
	if (!slots)
		return lt_err_memory(err);
	*figure = board_figure(board, result);
	board_read_grade(board, result, slots, grade);
	return LT_OK;
}

/* ---- consequences ---- */

static enum lt_status try_answer(struct board *board, uint32_t item, bool is_full,
				 struct board_consequence *out, struct lt_err *err)
{
	struct board_private *private = board->private;
	const struct plan *plan = board->plan;
	const struct plan_item *at = &plan->items[item];
	const struct value *now = &board->rungs[board->own].result->values[item];
	const struct lt_decimal full = at->truth ? VALUE_ONE : at->points;
	const struct lt_decimal goal = is_full ? full : VALUE_ZERO;
	start_trial(board, board->own);
	/* a quantity that gives just this already stays as it was measured */
	if (!value_is_exact(now) || now->lo.units != goal.units) {
		const uint32_t input =
			is_full ? answer_set_in_full(plan, item, &private->trial_answers)
				: answer_set_to_nothing(plan, item, &private->trial_answers);
		enum lt_status status =
			score_change(plan, &private->trial_answers, input, &private->trial, err);
		if (status)
			return status;
	}
	out->is_known = true;
	return read_outcome(board, &private->trial, &private->detail, &out->figure, &out->grade,
			    err);
}

/* A measured item without tiers and line gives nothing that could be tried. */
static bool can_be_tried(const struct board *board, uint32_t item)
{
	const struct plan_item *at = &board->plan->items[item];
	if (board->items[item].is_outside || board_mark(board, item)->value.state == VALUE_NA)
		return false;
	return at->quantity == NO_SLOT || at->decl->linear.from || at->decl->n_tiers;
}

enum lt_status board_fill_consequences(struct board *board, struct board_detail *out,
				       struct lt_err *err)
{
	const struct board_rung *own = &board->rungs[board->own];
	out->now = (struct board_consequence){ .is_known = true,
					       .figure = own->figure,
					       .grade = own->grade };
	if (!can_be_tried(board, out->item))
		return LT_OK;
	enum lt_status status = try_answer(board, out->item, true, &out->if_full, err);
	return status ? status : try_answer(board, out->item, false, &out->if_failed, err);
}
