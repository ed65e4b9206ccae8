/* What a board shows of answers that are not the record: what an item would move, the way to a
 * grade, suppositions, another rung's answer. */
#include <stdlib.h>
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

static bool gives_just(const struct board *board, uint32_t item, struct lt_decimal points)
{
	const struct value *now = &board->rungs[board->own].result->values[item];
	return value_is_exact(now) && now->lo.units == points.units;
}

static bool is_in_full(const struct board *board, uint32_t item)
{
	const struct plan_item *at = &board->plan->items[item];
	return gives_just(board, item, at->truth ? VALUE_ONE : at->points);
}

/* The trial with the item met or at its full points, or with nothing. A quantity that gives just
 * that stays as it was measured. */
static enum lt_status try_answer(const struct board *board, uint32_t item, bool is_full,
				 struct lt_err *err)
{
	struct board_private *private = board->private;
	const struct plan *plan = board->plan;
	start_trial(board, board->own);
	if (is_full ? is_in_full(board, item) : gives_just(board, item, VALUE_ZERO))
		return LT_OK;
	const uint32_t input = is_full ? answers_set_in_full(plan, item, &private->trial_answers)
				       : answers_set_to_nothing(plan, item, &private->trial_answers);
	return score_change(plan, &private->trial_answers, input, &private->trial, err);
}

static enum lt_status find_consequence(struct board *board, uint32_t item, bool is_full,
				       struct board_consequence *out, struct lt_err *err)
{
	enum lt_status status = try_answer(board, item, is_full, err);
	out->is_known = !status;
	return status ? status
		      : read_outcome(board, &board->private->trial, &board->private->detail,
				     &out->figure, &out->grade, err);
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
	enum lt_status status = find_consequence(board, out->item, true, &out->if_full, err);
	return status ? status : find_consequence(board, out->item, false, &out->if_failed, err);
}

/* ---- the way to a grade ---- */

static enum lt_status follow_steps(const struct board *board, struct lt_arena *arena,
				   struct board_gap *out, struct lt_err *err)
{
	struct board_private *private = board->private;
	const struct plan *plan = board->plan;
	enum lt_status status = LT_OK;
	out->after = lt_arena_alloc(arena, out->gap.n_steps + 1, sizeof(*out->after));
	if (!out->after)
		return lt_err_memory(err);
	start_trial(board, board->own);
	for (unsigned i = 0; i < out->gap.n_steps && !status; i++) {
		const uint32_t input =
			answers_set_in_full(plan, out->gap.steps[i].item, &private->trial_answers);
		status = score_change(plan, &private->trial_answers, input, &private->trial, err);
		if (!status)
			status = read_outcome(board, &private->trial, arena, &out->after[i].figure,
					      &out->after[i].grade, err);
	}
	return status;
}

enum lt_status board_gap(const struct board *board, const char *grade, struct lt_arena *arena,
			 struct board_gap *out, struct lt_err *err)
{
	const struct plan_node *ladder = plan_ladder(board->plan);
	*out = (struct board_gap){ 0 };
	if (!ladder)
		return LT_OK;
	enum lt_status status = gap_find(board->plan, board->rungs[board->own].answers, ladder,
					 grade, arena, &out->gap, err);
	return status ? status : follow_steps(board, arena, out, err);
}

/* ---- suppositions ---- */

/* How far both ends of a figure move; an end that is unbounded before or after does not. */
static void find_effect(const struct value *before, const struct value *after,
			struct lt_decimal *low, struct lt_decimal *high)
{
	*low = *high = VALUE_ZERO;
	if (before->state != VALUE_NUMBER || after->state != VALUE_NUMBER)
		return;
	if (!before->lo_unbounded && !after->lo_unbounded)
		lt_decimal_subtract(after->lo, before->lo, low);
	if (!before->hi_unbounded && !after->hi_unbounded)
		lt_decimal_subtract(after->hi, before->hi, high);
}

static enum lt_status find_units(const struct board *board, const struct supposed_change *changes,
				 unsigned n, struct lt_arena *arena, const struct units **units,
				 struct lt_err *err)
{
	struct lt_findings findings;
	bool needed = false;
	*units = board->private->frame.units;
	for (unsigned i = 0; i < n; i++)
		needed |= changes[i].is_quantity && changes[i].unit;
	if (!needed || *units)
		return LT_OK;
	lt_findings_init(&findings, arena);
	return library_units(board->session->workspace->library, &findings, units, err);
}

static enum lt_status suppose(const struct board *board, enum rung rung, const struct units *units,
			      const struct supposed_change *changes, unsigned n,
			      struct lt_arena *arena, struct board_supposed *out,
			      struct lt_err *err)
{
	struct answers answers;
	struct result result;
	enum lt_status status = what_if(board->plan, units, board->rungs[rung].answers, changes, n,
					arena, &answers, &result, err);
	return status ? status
		      : read_outcome(board, &result, arena, &out->figure, &out->grade, err);
}

enum lt_status board_suppose(const struct board *board, const struct supposed_change *changes,
			     unsigned n, struct lt_arena *arena, struct board_supposed *out,
			     struct board_effect *alone, struct lt_err *err)
{
	const struct units *units;
	enum lt_status status = find_units(board, changes, n, arena, &units, err);
	if (!status)
		status = suppose(board, board->own, units, changes, n, arena, out, err);
	for (unsigned i = 0; i < n && alone && !status; i++) {
		struct board_supposed one;
		status = suppose(board, board->own, units, &changes[i], 1, arena, &one, err);
		if (!status)
			find_effect(&board->rungs[board->own].figure, &one.figure, &alone[i].low,
				    &alone[i].high);
	}
	return status;
}

enum lt_status board_suppose_on(const struct board *board, enum rung rung,
				const struct supposed_change *changes, unsigned n,
				struct lt_arena *arena, struct board_supposed *out,
				struct lt_err *err)
{
	const struct units *units;
	if (!board->rungs[rung].answers)
		return lt_err_set(err, LT_EDATA, "这一层没有作答", "this rung has no answers");
	enum lt_status status = find_units(board, changes, n, arena, &units, err);
	return status ? status : suppose(board, rung, units, changes, n, arena, out, err);
}

/* ---- another answer to one item ---- */

/* What the rung's figure would be with the item answered as `with` has it. */
static enum lt_status swap_answer(const struct board *board, enum rung rung, uint32_t item,
				  const struct answers *with, struct value *figure,
				  struct lt_err *err)
{
	struct board_private *private = board->private;
	const struct plan *plan = board->plan;
	const uint32_t quantity = plan->items[item].quantity;
	start_trial(board, rung);
	private->trial_answers.items[item] = with->items[item];
	enum lt_status status =
		score_change(plan, &private->trial_answers, item, &private->trial, err);
	if (!status && quantity != NO_SLOT) {
		private->trial_answers.quantities[quantity - plan->first_quantity] =
			with->quantities[quantity - plan->first_quantity];
		status =
			score_change(plan, &private->trial_answers, quantity, &private->trial, err);
	}
	*figure = board_figure(board, &private->trial);
	return status;
}

static struct lt_decimal size_of(struct lt_decimal low, struct lt_decimal high)
{
	const lt_int128 a = low.units < 0 ? -low.units : low.units;
	const lt_int128 b = high.units < 0 ? -high.units : high.units;
	return (struct lt_decimal){ a > b ? a : b };
}

/* ---- two rungs ---- */

static bool differs(const struct board_difference *difference)
{
	return difference->is_seen && !value_equals(&difference->a, &difference->b);
}

/* 0 differs, 1 agrees, 2 was not answered on both. */
static int class_of(const struct board_difference *difference)
{
	return !difference->is_seen ? 2 : !differs(difference);
}

static int by_effect(const void *a, const void *b)
{
	const struct board_difference *x = a, *y = b;
	const struct lt_decimal p = size_of(x->effect_low, x->effect_high),
				q = size_of(y->effect_low, y->effect_high);
	if (class_of(x) != class_of(y))
		return class_of(x) - class_of(y);
	if (p.units != q.units)
		return p.units < q.units ? 1 : -1;
	return (x->item > y->item) - (x->item < y->item);
}

static enum lt_status compare_item(const struct board *board, enum rung a, enum rung b,
				   uint32_t item, struct board_difference *out, struct lt_err *err)
{
	const struct board_mark *marks[] = { &board->rungs[a].items[item],
					     &board->rungs[b].items[item] };
	struct value figure;
	*out = (struct board_difference){
		.item = item,
		.a = marks[0]->value,
		.b = marks[1]->value,
		.is_seen = marks[0]->is_answered && marks[1]->is_answered,
	};
	if (!differs(out))
		return LT_OK;
	enum lt_status status = swap_answer(board, a, item, board->rungs[b].answers, &figure, err);
	find_effect(&board->rungs[a].figure, &figure, &out->effect_low, &out->effect_high);
	return status;
}

enum lt_status board_compare(const struct board *board, enum rung a, enum rung b,
			     struct lt_arena *arena, struct board_comparison *out,
			     struct lt_err *err)
{
	enum lt_status status = LT_OK;
	*out = (struct board_comparison){ 0 };
	/* of the own rung nothing need be there yet: who begins a review sees what is to be done */
	if (!board->rungs[a].has_answers || (!board->rungs[b].has_answers && b != board->own))
		return LT_OK;
	out->at = lt_arena_alloc(arena, board->n_items + 1, sizeof(*out->at));
	if (!out->at)
		return lt_err_memory(err);
	for (uint32_t i = 0; i < board->n_items && !status; i++) {
		struct board_difference *at = &out->at[out->n];
		if (board->items[i].is_outside)
			continue;
		status = compare_item(board, a, b, i, at, err);
		out->n_seen += at->is_seen;
		out->n_different += differs(at);
		out->n++;
	}
	if (!status && out->n)
		qsort(out->at, out->n, sizeof(*out->at), by_effect);
	return status;
}

/* ---- what each item could still bring ---- */

static int by_gain(const void *a, const void *b)
{
	const struct board_gain *x = a, *y = b;
	const struct lt_decimal p = size_of(x->low, x->high), q = size_of(y->low, y->high);
	if (p.units != q.units)
		return p.units < q.units ? 1 : -1;
	return (x->item > y->item) - (x->item < y->item);
}

enum lt_status board_gains(const struct board *board, struct lt_arena *arena,
			   struct board_gains *out, struct lt_err *err)
{
	const struct board_rung *own = &board->rungs[board->own];
	*out = (struct board_gains){ .at = lt_arena_alloc(arena, board->n_items + 1,
							  sizeof(*out->at)) };
	if (!out->at)
		return lt_err_memory(err);
	for (uint32_t i = 0; i < board->n_items; i++) {
		struct board_gain gain = { .item = i };
		struct value figure;
		if (!can_be_tried(board, i) || is_in_full(board, i))
			continue;
		enum lt_status status = try_answer(board, i, true, err);
		if (status)
			return status;
		figure = board_figure(board, &board->private->trial);
		find_effect(&own->figure, &figure, &gain.low, &gain.high);
		if (gain.low.units || gain.high.units)
			out->at[out->n++] = gain;
	}
	if (out->n)
		qsort(out->at, out->n, sizeof(*out->at), by_gain);
	return LT_OK;
}
