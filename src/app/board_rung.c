/* What a board shows of one rung: marks, tallies, counts, grade. */
#include <string.h>
#include "board_parts.h"

enum lt_status board_make_rooms(struct board *board, struct lt_err *err)
{
	struct lt_arena *arena = &board->private->standing;
	for (int r = 0; r < N_RUNGS; r++) {
		struct rung_room *room = &board->private->rooms[r];
		room->sections =
			lt_arena_alloc(arena, board->n_sections + 1, sizeof(*room->sections));
		room->items = lt_arena_alloc(arena, board->n_items + 1, sizeof(*room->items));
		room->failed_controls =
			lt_arena_alloc(arena, board->n_items + 1, sizeof(*room->failed_controls));
		room->withheld_by =
			lt_arena_alloc(arena, board->plan->n_slots + 1, sizeof(*room->withheld_by));
		if (!room->sections || !room->items || !room->failed_controls || !room->withheld_by)
			return lt_err_memory(err);
	}
	return LT_OK;
}

/* ---- grade ---- */

static const struct label *grade_label(const struct ruleset *ruleset, const char *id)
{
	const struct term *term = id ? term_find(ruleset->grades, ruleset->n_grades, id) : NULL;
	return term ? &term->title : NULL;
}

/* An item, or a comparison of an item's own points, that fails. */
static bool is_of_item(const struct plan *plan, uint32_t slot)
{
	const struct plan_node *node = plan_node_at(plan, slot);
	return slot < plan->n_items ||
	       (node && node->decl->op == OP_COMPARE && node->terms[0].slot < plan->n_items);
}

void board_read_grade(const struct board *board, const struct result *result, uint32_t *withheld_by,
		      struct board_grade *out)
{
	const struct ruleset *ruleset = board->ruleset;
	*out = (struct board_grade){ .ladder = plan_ladder(board->plan) };
	if (!out->ladder)
		return;
	result_grade(result, out->ladder, &out->view);
	const char *settled = out->view.certain ? out->view.certain : out->view.otherwise;
	out->title = grade_label(ruleset, settled);
	out->possible = grade_label(ruleset, out->view.possible);
	out->withheld_by = withheld_by;
	out->n_withheld_by =
		result_withheld_by(result, out->ladder, withheld_by, board->plan->n_slots);
	for (unsigned i = 0; i < out->n_withheld_by && !out->view.rank_possible; i++)
		out->is_withheld |= is_of_item(board->plan, withheld_by[i]);
}

struct value board_figure(const struct board *board, const struct result *result)
{
	return board->headline.slot == NO_SLOT ? value_na() : result->values[board->headline.slot];
}

/* ---- marks ---- */

/* Whether an answer gives anything that evidence must bear out. */
static bool is_award(const struct answer *answer)
{
	switch (answer->state) {
	case ANSWER_MET:
	case ANSWER_TIER:
		return true;
	case ANSWER_POINTS:
		return answer->points.units != 0;
	case ANSWER_CHECKS:
		return answer->checks != 0;
	case ANSWER_OPEN:
	case ANSWER_NOT_MET:
	case ANSWER_NA:
		break;
	}
	return false;
}

static bool fails(const struct value *value)
{
	return value->state == VALUE_NUMBER && !value->hi_unbounded && value->hi.units <= 0;
}

static enum board_state state_of(const struct board *board, enum rung rung, uint32_t slot,
				 const struct board_mark *mark)
{
	const struct board_item *item = &board->items[slot];
	if (item->is_outside)
		return STATE_OUTSIDE;
	if (mark->value.state == VALUE_NA)
		return STATE_NA;
	if (!mark->is_answered)
		return STATE_OPEN;
	if (item->is_veto && fails(&mark->value))
		return STATE_FAILED;
	if (board_is_sent_back(board, rung, slot))
		return STATE_SENT_BACK;
	if (is_award(&board->rungs[rung].answers->items[slot]) && !item->n_close &&
	    !board->private->facts->unsupported[rung][slot])
		return STATE_UNPROVEN;
	return STATE_DONE;
}

/* ---- tallies ---- */

static void count_item(struct board_count *count, const struct board_mark *mark)
{
	count->items++;
	count->na += mark->state == STATE_NA;
	count->answered += mark->state == STATE_NA || mark->is_answered;
}

static void tally_item(struct board_tally *tally, const struct board_item *item,
		       const struct board_mark *mark)
{
	const bool adds = item->plan->decl->kind == ITEM_INNOVATION;
	count_item(adds ? &tally->innovation : &tally->must, mark);
	if (item->is_veto && mark->state != STATE_NA) {
		tally->controls++;
		if (mark->state == STATE_OPEN)
			tally->controls_open++;
		else if (mark->state == STATE_FAILED)
			tally->controls_failed++;
		else
			tally->controls_met++;
	}
	tally->unproven += mark->state == STATE_UNPROVEN;
	tally->sent_back += mark->state == STATE_SENT_BACK;
	struct value sum;
	if (item->is_scored && mark->value.state == VALUE_NUMBER &&
	    value_add(&tally->points, &mark->value, &sum))
		tally->points = sum;
}

/* Percent of the maximum; beyond what a decimal holds it stays 0, which no ruleset reaches. */
static struct lt_decimal percent(struct lt_decimal part, struct lt_decimal whole)
{
	struct lt_decimal out = VALUE_ZERO;
	if (whole.units > 0)
		lt_decimal_multiply_divide(part, lt_decimal_from_int(100), whole, &out);
	return out;
}

static void finish_tally(const struct result *result, const struct board_section *section,
			 struct board_tally *tally)
{
	if (section->slot != NO_SLOT)
		tally->points = result->values[section->slot];
	tally->weighted = tally->points;
	const struct value weight = value_exact(section->weight);
	if (section->has_weight && tally->points.state == VALUE_NUMBER)
		value_multiply(&tally->points, &weight, &tally->weighted);
	if (tally->points.state != VALUE_NUMBER || tally->points.hi_unbounded)
		return;
	tally->rate_got = percent(tally->points.lo, section->maximum);
	tally->rate_possible = percent(tally->points.hi, section->maximum);
}

/* ---- the whole ---- */

static void fill_item(struct board *board, enum rung rung, uint32_t slot)
{
	struct board_rung *at = &board->rungs[rung];
	struct rung_room *room = &board->private->rooms[rung];
	const struct board_item *item = &board->items[slot];
	struct board_mark *mark = &room->items[slot];
	*mark = (struct board_mark){ .value = at->result->values[slot] };
	mark->is_answered = item_is_answered(board->plan, at->answers, slot);
	mark->state = state_of(board, rung, slot, mark);
	at->by_state[mark->state]++;
	if (item->is_outside)
		return;
	count_item(&at->by_kind[item->plan->decl->kind], mark);
	if (item->plan->decl->kind != ITEM_INNOVATION)
		count_item(&at->must, mark);
	if (item->section == board->n_sections)
		return;
	for (unsigned s = item->section;; s = board->sections[s].parent) {
		tally_item(&room->sections[s], item, mark);
		if (!board->sections[s].depth)
			return;
	}
}

void board_fill_round(struct board *board, enum rung rung)
{
	const struct board_facts *facts = board->private->facts;
	struct board_rung *at = &board->rungs[rung];
	at->round = facts->round[rung];
	at->round_state = at->round         ? facts->round_state[rung]
			  : at->has_answers ? ROUND_WORKING
					    : ROUND_NONE;
}

/* Why answers of the file are not among the answers. */
static void mark_refused(struct board *board, enum rung rung)
{
	const struct assessment *assessment = &board->private->assessments[rung];
	const struct refusal *refusal = assessment->refused;
	board->rungs[rung].n_refused = assessment->n_refused;
	for (; refusal; refusal = refusal->next) {
		if (strcmp(refusal->list, "answers") != 0)
			continue;
		const uint32_t item =
			board_find_item(board, assessment->sheet->answers[refusal->at].item);
		for (int lang = 0; lang < LT_N_LANGS && item != NO_SLOT; lang++)
			board->private->rooms[rung].items[item].refused[lang] = refusal->text[lang];
	}
}

void board_fill_rung(struct board *board, enum rung rung)
{
	struct board_rung *at = &board->rungs[rung];
	struct rung_room *room = &board->private->rooms[rung];
	memset(at->by_kind, 0, sizeof(at->by_kind));
	memset(at->by_state, 0, sizeof(at->by_state));
	at->must = (struct board_count){ 0 };
	for (unsigned s = 0; s < board->n_sections; s++)
		room->sections[s] = (struct board_tally){ 0 };
	for (uint32_t i = 0; i < board->n_items; i++)
		fill_item(board, rung, i);
	for (unsigned s = 0; s < board->n_sections; s++)
		finish_tally(at->result, &board->sections[s], &room->sections[s]);
	mark_refused(board, rung);
	board_fill_round(board, rung);
	at->sections = room->sections;
	at->items = room->items;
	at->figure = board_figure(board, at->result);
	at->controls = (struct control_count){ .failed = room->failed_controls };
	control_count_fill(at->result, at->answers, &at->controls);
	board_read_grade(board, at->result, room->withheld_by, &at->grade);
}

enum lt_status board_basis(struct board *board, struct basis *out, struct lt_err *err)
{
	struct board_private *private = board->private;
	const enum rung own = board->own;
	enum lt_status status = LT_OK;
	if (!private->has_basis[own])
		status = basis_collect(&private->assessments[own], &private->basis[own], err);
	private->has_basis[own] = !status;
	*out = private->basis[own];
	return status;
}
