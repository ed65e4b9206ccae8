/* Readiness: items, answers, what measures them, the grade. */
#include <string.h>
#include "lingtan/base/text.h"
#include "ready_parts.h"

static const char *id_of(const struct looking *look, uint32_t item)
{
	return look->board->plan->items[item].decl->id;
}

static enum lt_status about_item(struct looking *look, const char *check, uint32_t item,
				 const char *zh, const char *en)
{
	const char *id = id_of(look, item);
	const struct matter matter = { check, id, id, zh, en };
	return ready_add(look, &matter);
}

/* ---- answers ---- */

/* Whether what leads, or the grade, rests on an item at all. */
static enum lt_status decides(struct looking *look, uint32_t item, bool *yes)
{
	const struct board *board = look->board;
	const struct plan_node *ladder = board->rungs[board->own].grade.ladder;
	const uint32_t from[] = {
		board->headline.slot,
		ladder ? board->plan->first_node + (uint32_t)(ladder - board->plan->nodes) : NO_SLOT,
	};
	enum lt_status status = LT_OK;
	*yes = false;
	for (size_t i = 0; i < sizeof(from) / sizeof(from[0]) && !status && !*yes; i++) {
		uint32_t *path;
		unsigned n = 0;
		if (from[i] != NO_SLOT)
			status = board_explain_path(board, from[i], item, &look->session->arena,
						    &path, &n, look->err);
		*yes = n > 0;
	}
	return status;
}

/* They are one matter together. */
static enum lt_status keep_idle(struct looking *look, uint32_t item)
{
	const char *id = id_of(look, item);
	if (!look->n_idle++)
		look->first_idle = id;
	look->idle = lt_arena_printf(&look->session->arena, "%s%s%s", look->idle ? look->idle : "",
				     look->idle ? ", " : "", id);
	return look->idle ? LT_OK : lt_err_memory(look->err);
}

static enum lt_status add_idle(struct looking *look)
{
	const struct matter matter = { .check = "open-guidance",
				       .target = look->first_idle,
				       .zh = lt_arena_printf(&look->session->arena, "%u: %s",
							     look->n_idle, look->idle) };
	return !look->n_idle ? LT_OK
	       : matter.zh   ? ready_add(look, &matter)
			     : lt_err_memory(look->err);
}

static enum lt_status look_at_open(struct looking *look, uint32_t item)
{
	const struct board_item *at = &look->board->items[item];
	bool matters = true;
	enum lt_status status = at->is_veto ? LT_OK : decides(look, item, &matters);
	if (status)
		return status;
	if (!matters && !look->is_surveillance && at->plan->decl->kind != ITEM_INNOVATION)
		return keep_idle(look, item);
	return about_item(look,
			  look->is_surveillance ? "not-looked-at"
			  : at->is_veto		? "open-control"
			  : at->plan->decl->kind == ITEM_INNOVATION ? "open-innovation"
								    : "open-item",
			  item, NULL, NULL);
}

static enum lt_status look_at_item(struct looking *look, uint32_t item)
{
	const struct board_rung *rung = &look->board->rungs[look->board->own];
	const struct board_mark *mark = &rung->items[item];
	const struct answer *answer = &rung->answers->items[item];
	if (mark->state == STATE_OUTSIDE)
		return LT_OK;
	if (mark->refused[LT_EN])
		return about_item(look, "refused-answer", item, mark->refused[LT_ZH],
				  mark->refused[LT_EN]);
	if (!mark->is_answered)
		return look_at_open(look, item);
	if (mark->state == STATE_FAILED)
		return about_item(look, "veto", item, NULL, NULL);
	if (answer->state == ANSWER_NA && is_blank(answer->reason) &&
	    is_blank(answer->reason_text))
		return about_item(look, "na-without-reason", item, NULL, NULL);
	return LT_OK;
}

/* ---- items against figures ---- */

/* The tier that a value reaches: of those with a limit the one with most points; n_tiers = none. */
static unsigned tier_reached(const struct plan_item *item, struct lt_decimal value)
{
	unsigned best = item->decl->n_tiers;
	for (unsigned t = 0; t < item->decl->n_tiers; t++) {
		const struct step *tier = &item->decl->tiers[t];
		const bool reached =
			tier->above ? value.units > item->tier_limits[t].units
				    : tier->from && value.units >= item->tier_limits[t].units;
		if (reached && (best == item->decl->n_tiers ||
				item->tier_points[t].units > item->tier_points[best].units))
			best = t;
	}
	return best;
}

static bool is_same_answer(const struct answer *a, const struct answer *b)
{
	return a->state == b->state && a->points.units == b->points.units && a->tier == b->tier &&
	       a->checks == b->checks;
}

/* A figure that the rung corrected, while what rests on it stayed as the rung below had it. */
static bool was_corrected_alone(const struct looking *look, uint32_t item, uint32_t quantity)
{
	const struct board *board = look->board;
	for (unsigned r = board->own; r-- > 0;) {
		const struct board_rung *below = &board->rungs[r], *own = &board->rungs[board->own];
		if (!below->has_answers || !below->is_computed)
			continue;
		const struct measure *x = &below->answers->quantities[quantity],
				     *y = &own->answers->quantities[quantity];
		return x->state == MEASURE_VALUE && y->state == MEASURE_VALUE &&
		       x->value.units != y->value.units &&
		       own->answers->items[item].state != ANSWER_OPEN &&
		       is_same_answer(&below->answers->items[item], &own->answers->items[item]);
	}
	return false;
}

static enum lt_status look_at_figure(struct looking *look, uint32_t item)
{
	const struct board *board = look->board;
	const struct plan_item *of = &board->plan->items[item];
	const struct answers *answers = board->rungs[board->own].answers;
	const uint32_t slot = of->decl->quantity ? plan_find(board->plan, of->decl->quantity)
						 : NO_SLOT;
	if (!of->applies || slot == NO_SLOT || plan_slot_kind(board->plan, slot) != SLOT_QUANTITY)
		return LT_OK;
	const uint32_t quantity = slot - board->plan->first_quantity;
	const struct measure *measure = &answers->quantities[quantity];
	const struct answer *answer = &answers->items[item];
	const struct label *title = &board->plan->ruleset->quantities[quantity].title;
	const char *zh = NULL, *en = NULL;
	if (answer->state == ANSWER_NA && measure->state == MEASURE_VALUE) {
		zh = "判为不适用，而%s有数值 %s";
		en = "it is said not to apply, but %s has the value %s";
	} else if (answer->state == ANSWER_MET && measure->state == MEASURE_NA) {
		zh = "判为符合，而%s不适用%s";
		en = "it is met, but %s is said not to apply%s";
	} else if (answer->state == ANSWER_TIER && measure->state == MEASURE_VALUE &&
		   tier_reached(of, measure->value) < of->decl->n_tiers &&
		   tier_reached(of, measure->value) != answer->tier) {
		zh = "选的档不是%s %s 所落的档";
		en = "the tier chosen is not the one that %s of %s reaches";
	} else if (was_corrected_alone(look, item, quantity)) {
		zh = "%s已核定为 %s，而结论仍照下一层级";
		en = "%s was corrected to %s, and the verdict is still that of the rung below";
	}
	if (!zh)
		return LT_OK;
	const char *value = measure->typed ? measure->typed : "";
	return about_item(look, "contradiction", item,
			  lt_arena_printf(&look->session->arena, zh, title->zh, value),
			  lt_arena_printf(&look->session->arena, en, title->en, value));
}

/* ---- what this cycle must look at ---- */

static enum lt_status see_obligation(void *context, const struct fact_row *row)
{
	struct looking *look = context;
	const uint32_t item = board_find_item(look->board, row->parts[1]);
	if (strcmp(row->parts[0], look->ref->name) != 0 || !fact_row_get(row, "must")->at ||
	    item == NO_SLOT || look->board->items[item].is_outside ||
	    board_mark(look->board, item)->is_answered)
		return LT_OK;
	return about_item(look, "obligatory-open", item, NULL, NULL);
}

/* A ruleset without grades asks for none. */
static enum lt_status look_at_grade(struct looking *look)
{
	struct lt_arena *arena = &look->session->arena;
	const struct board *board = look->board;
	const struct board_grade *grade = &board->rungs[board->own].grade;
	if (!grade->ladder)
		return LT_OK;
	/* a surveillance keeps or takes away; it need not come to a grade of its own */
	if (!grade->view.certain && look->is_surveillance && !grade->is_withheld)
		return LT_OK;
	if (grade->view.certain) {
		look->out->grade = lt_arena_strndup(arena, grade->view.certain,
						    strlen(grade->view.certain));
		return look->out->grade ? LT_OK : lt_err_memory(look->err);
	}
	const char *by = grade->n_withheld_by ? plan_slot_name(board->plan, grade->withheld_by[0])
					      : NULL;
	const struct matter matter = {
		.check = "no-grade",
		.zh = by ? lt_arena_printf(arena, "（因 %s）", by) : "",
		.en = by ? lt_arena_printf(arena, " (because of %s)", by) : "",
	};
	return ready_add(look, &matter);
}

enum lt_status ready_look_at_result(struct looking *look)
{
	const struct board *board = look->board;
	enum lt_status status = LT_OK;
	for (unsigned r = 0; r < board->n_rows && !status; r++) {
		if (board->rows[r].is_section)
			continue;
		status = look_at_item(look, board->rows[r].at);
		if (!status)
			status = look_at_figure(look, board->rows[r].at);
	}
	if (!status)
		status = add_idle(look);
	if (!status)
		status = project_visit(look->session->project, "obligation", NULL, see_obligation,
				       look, look->err);
	return status ? status : look_at_grade(look);
}
