/* Reads a result: grades, what withholds them, why there is no value, and on which numbers it
 * rests. */
#include <string.h>
#include "lingtan/core/score.h"
#include "score_ops.h"

const char *result_none_reason(const struct result *result, uint32_t slot, enum lt_lang lang)
{
	const bool zh = lang == LT_ZH;
	const struct plan_node *node = plan_node_at(result->plan, result->values[slot].none_at);
	const struct label *said = node ? &node->decl->none : NULL;
	if (said && said->zh && said->en)
		return label_in(lang, said);
	if (node && node->decl->op == OP_RATIO)
		return zh ? "分母为零" : "the divisor is zero";
	if (node && node->decl->op == OP_SUM)
		return zh ? "此处不接受“不适用”" : "not applicable is not allowed here";
	return zh ? "低于最低一级，未定义" : "below the lowest step: not defined";
}

/* ---- grades ---- */

static const char *grade_at(const struct plan_node *ladder, unsigned rank)
{
	return rank ? ladder->grades[rank - 1].id : NULL;
}

void result_grade(const struct result *result, const struct plan_node *ladder,
		  struct grade_view *out)
{
	const struct plan *plan = result->plan;
	const struct value *value =
		&result->values[plan->first_node + (uint32_t)(ladder - plan->nodes)];
	*out = (struct grade_view){
		.rank_certain = (unsigned)(value->lo.units / LT_DECIMAL_ONE),
		.rank_possible = (unsigned)(value->hi.units / LT_DECIMAL_ONE),
	};
	out->certain = grade_at(ladder, out->rank_certain);
	out->possible = grade_at(ladder, out->rank_possible);
	out->is_certain = out->rank_certain == out->rank_possible;
	if (!out->is_certain || out->rank_certain)
		return;
	for (unsigned i = 0; i < ladder->n_otherwise; i++) {
		const struct plan_otherwise *otherwise = &ladder->otherwise[i];
		const struct value *unless =
			otherwise->unless == NO_SLOT ? NULL : &result->values[otherwise->unless];
		if (!unless || (unless->state == VALUE_NUMBER && !unless->hi_unbounded &&
				unless->hi.units <= 0)) {
			out->otherwise = otherwise->grade;
			return;
		}
		/* an open condition leaves the name open too */
		if (!value_is_certain(unless))
			return;
	}
}

static bool is_certainly_false(const struct value *value)
{
	return value->state == VALUE_NONE ||
	       (value->state == VALUE_NUMBER && !value->hi_unbounded && value->hi.units <= 0);
}

struct blockers {
	const struct result *result;
	uint32_t *slots;
	unsigned n, cap;
	bool items; /* collect items in this pass, else the rest */
};

static void collect_blocker(struct blockers *blockers, uint32_t slot)
{
	const struct result *result = blockers->result;
	const struct plan_node *node = plan_node_at(result->plan, slot);
	if (!is_certainly_false(&result->values[slot]) || result->seen[slot])
		return;
	result->seen[slot] = 1;
	if (node && node->decl->op == OP_AT_LEAST) {
		for (unsigned i = 0; i < node->n_terms; i++)
			collect_blocker(blockers, node->terms[i].slot);
		return;
	}
	if ((slot < result->plan->n_items) != blockers->items)
		return;
	if (blockers->n < blockers->cap)
		blockers->slots[blockers->n] = slot;
	blockers->n++;
}

unsigned result_withheld_by(const struct result *result, const struct plan_node *ladder,
			    uint32_t *slots, unsigned cap)
{
	struct grade_view view;
	result_grade(result, ladder, &view);
	if (view.rank_certain >= ladder->n_grades)
		return 0;
	const struct plan_grade *next = &ladder->grades[view.rank_certain];
	struct blockers blockers = { .result = result, .slots = slots, .cap = cap };
	for (int pass = 0; pass < 2; pass++) {
		blockers.items = pass == 0;
		memset(result->seen, 0, result->plan->n_slots);
		for (unsigned w = 0; w < next->n_when; w++)
			collect_blocker(&blockers, next->when[w]);
	}
	return blockers.n;
}

/* ---- origins ---- */

struct origin_walk {
	const struct result *result;
	void (*visit)(const struct origin_use *use, void *context);
	void *context;
};

static void walk_slot(const struct origin_walk *walk, uint32_t slot);

static void report(const struct origin_walk *walk, enum origin origin, uint32_t slot, bool is_scale,
		   const char *cite)
{
	const struct origin_use use = {
		.origin = origin, .slot = slot, .is_scale = is_scale, .cite = cite
	};
	if (origin != ORIGIN_UNSTATED)
		walk->visit(&use, walk->context);
}

static void walk_item(const struct origin_walk *walk, uint32_t slot)
{
	const struct plan_item *item = &walk->result->plan->items[slot];
	const struct item *decl = item->decl;
	if (walk->result->values[slot].state != VALUE_NUMBER)
		return;
	report(walk, decl->origin, slot, false, decl->cite);
	if (item->truth)
		return;
	report(walk, item->points_origin, slot, true, item->points_cite);
	if (decl->linear.from)
		report(walk, decl->linear.origin, slot, true, decl->linear.cite);
	for (unsigned i = 0; i < decl->n_tiers; i++) {
		const struct value *value = &walk->result->values[slot];
		bool reached = value->lo.units <= item->tier_points[i].units &&
			       item->tier_points[i].units <= value->hi.units;
		if (reached)
			report(walk, decl->tiers[i].origin, slot, true, decl->tiers[i].cite);
	}
}

/* Of a truth over several truths only those that decide: the failing ones of a failure, else all.
 */
static void walk_deciding(const struct origin_walk *walk, const struct plan_node *node,
			  const struct value *value)
{
	bool failed = is_certainly_false(value);
	for (unsigned i = 0; i < node->n_terms; i++) {
		uint32_t slot = node->terms[i].slot;
		if (!failed || is_certainly_false(&walk->result->values[slot]))
			walk_slot(walk, slot);
	}
}

static void walk_ladder(const struct origin_walk *walk, const struct plan_node *node,
			const struct value *value)
{
	unsigned possible = (unsigned)(value->hi.units / LT_DECIMAL_ONE);
	for (unsigned g = 0; g < node->n_grades && g <= possible; g++) {
		const struct plan_grade *grade = &node->grades[g];
		for (unsigned w = 0; w < grade->n_when; w++)
			if (g < possible ||
			    is_certainly_false(&walk->result->values[grade->when[w]]))
				walk_slot(walk, grade->when[w]);
	}
}

static void walk_steps(const struct origin_walk *walk, const struct plan_node *node,
		       const struct value *value)
{
	const struct value *values = walk->result->values, *x = &values[node->terms[0].slot];
	walk_slot(walk, node->terms[0].slot);
	for (unsigned i = 0; i < node->n_steps; i++) {
		/* reached by some completion, and not certainly passed by the next */
		const struct plan_step *step = &node->steps[i];
		const struct plan_step *next = i + 1 < node->n_steps ? step + 1 : NULL;
		const bool taken = step_is_possible(step, x, &values[step->limit]) &&
				   !(next && step_is_certain(next, x, &values[next->limit]));
		if (!taken && value->state == VALUE_NUMBER)
			continue;
		walk_slot(walk, step->limit);
		walk_slot(walk, step->then);
	}
}

static void walk_terms(const struct origin_walk *walk, const struct plan_node *node)
{
	for (unsigned i = 0; i < node->n_terms; i++) {
		if (walk->result->values[node->terms[i].slot].state == VALUE_NA)
			continue;
		walk_slot(walk, node->terms[i].slot);
		walk_slot(walk, node->terms[i].weight);
	}
	walk_slot(walk, node->from);
	walk_slot(walk, node->to);
	walk_slot(walk, node->points);
	if (node->decl->op == OP_RATIO && walk->result->values[node->terms[1].slot].lo.units <= 0)
		walk_slot(walk, node->when_zero);
}

static void walk_attribute(const struct origin_walk *walk, uint32_t limit,
			   const struct value *value, bool is_rounded)
{
	if (limit == NO_SLOT || value->state != VALUE_NUMBER)
		return;
	const struct value *bound = &walk->result->values[limit];
	/* rounding may have moved the value off its bound: then the bound is named rather than
	 * missed */
	if (is_rounded || value_compare_lo(value, bound) == 0 ||
	    value_compare_hi(value, bound) == 0)
		walk_slot(walk, limit);
}

static void walk_node(const struct origin_walk *walk, uint32_t slot)
{
	const struct plan_node *node = plan_node_at(walk->result->plan, slot);
	const struct value *value = &walk->result->values[slot];
	if (value->state == VALUE_NA)
		return;
	report(walk, node->decl->origin, slot, false, node->decl->cite);
	switch (node->decl->op) {
	case OP_PRODUCT:
		if (value_is_exact(value) && value->lo.units == 0) {
			walk_deciding(walk, node, value);
			break;
		}
		walk_terms(walk, node);
		break;
	case OP_AT_LEAST:
		walk_deciding(walk, node, value);
		if (!node->k_all)
			walk_slot(walk, node->k);
		break;
	case OP_LADDER:
		walk_ladder(walk, node, value);
		break;
	case OP_STEPS:
		walk_steps(walk, node, value);
		break;
	case OP_SUM:
	case OP_RATIO:
	case OP_LINEAR:
	case OP_COMPARE:
	case N_OPS:
		walk_terms(walk, node);
		break;
	}
	walk_attribute(walk, node->min, value, node->round_places >= 0);
	walk_attribute(walk, node->max, value, node->round_places >= 0);
}

static void walk_slot(const struct origin_walk *walk, uint32_t slot)
{
	const struct plan *plan = walk->result->plan;
	if (slot == NO_SLOT || walk->result->seen[slot])
		return;
	walk->result->seen[slot] = 1;
	switch (plan_slot_kind(plan, slot)) {
	case SLOT_ITEM:
		walk_item(walk, slot);
		break;
	case SLOT_QUANTITY:
		break;
	case SLOT_PARAMETER:
	case SLOT_CONSTANT: {
		const struct plan_number *number = &plan->numbers[slot - plan->first_parameter];
		if (!number->unset)
			report(walk, number->origin, slot, false, number->cite);
		break;
	}
	case SLOT_NODE:
		walk_node(walk, slot);
		break;
	}
}

void result_visit_origins(const struct result *result, uint32_t slot,
			  void (*visit)(const struct origin_use *use, void *context), void *context)
{
	const struct origin_walk walk = { .result = result, .visit = visit, .context = context };
	memset(result->seen, 0, result->plan->n_slots);
	walk_slot(&walk, slot);
}

static void keep_weakest(const struct origin_use *use, void *context)
{
	enum origin *weakest = context;
	if (use->origin > *weakest)
		*weakest = use->origin;
}

enum origin result_origin(const struct result *result, uint32_t slot)
{
	enum origin weakest = ORIGIN_SOURCED;
	result_visit_origins(result, slot, keep_weakest, &weakest);
	return weakest;
}
