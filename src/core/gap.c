/* Looks for the steps to a grade on a copy of the answers: what must hold first, then points,
 * largest gain first. */
#include "lingtan/core/gap.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/core/title.h"
#include "score_ops.h"

struct search {
	const struct plan *plan;
	const struct plan_node *ladder;
	const struct answers *given;
	struct answers answers; /* given, with the steps on top */
	struct result now;      /* of answers */
	struct result trial;    /* of answers with one item more; its values alone are kept up */
	unsigned target;        /* rank of the grade that is looked for */
	bool *taken;            /* [plan->n_items]: is a step already */
	bool *demanded;         /* [plan->n_slots]: looked at already */
	uint32_t *conditions;   /* [plan->n_nodes]: slots of the compare nodes demanded */
	unsigned n_conditions;
	struct gap_step *steps; /* [plan->n_items] */
	unsigned n_steps;
	struct lt_err *err;
};

static bool holds(const struct value *value)
{
	return value->state == VALUE_NUMBER && value->lo.units > 0 && !value->maybe_none;
}

static unsigned certain_rank(const struct result *result, const struct plan_node *ladder)
{
	struct grade_view view;
	result_grade(result, ladder, &view);
	return view.rank_certain;
}

/* ---- candidates ---- */

/* Applicable and not n/a, not at its full marks for sure, and not a step already. */
static bool can_be_raised(const struct search *search, uint32_t slot)
{
	const struct plan_item *item = &search->plan->items[slot];
	const struct value *value = &search->now.values[slot];
	const struct lt_decimal full = item->truth ? VALUE_ONE : item->points;
	if (search->taken[slot] || value->state != VALUE_NUMBER || value->lo.units >= full.units)
		return false;
	return item->quantity == NO_SLOT || item->decl->linear.from || item->decl->n_tiers;
}

/* ---- how far a condition is from holding ---- */

/* What can be relied on beyond the limit, negative while it is missed; not known where an end is
 * unbounded or there is none. */
struct margin {
	bool known;
	struct lt_decimal amount;
};

static struct margin margin_between(const struct plan_node *node, const struct value *first,
				    const struct value *second)
{
	const bool at_most = node->decl->is == IS_LE || node->decl->is == IS_LT;
	const struct value *low = at_most ? second : first, *high = at_most ? first : second;
	struct margin margin = { 0 };
	if (low->state == VALUE_NUMBER && high->state == VALUE_NUMBER && !low->maybe_none &&
	    !high->maybe_none && !low->lo_unbounded && !high->hi_unbounded)
		margin.known = lt_decimal_subtract(low->lo, high->hi, &margin.amount);
	return margin;
}

/* Rounding hides small gains, so that a few of them together would never be tried. */
static struct value before_rounding(const struct result *result, uint32_t slot)
{
	const struct plan *plan = result->plan;
	const struct plan_node *node = plan_node_at(plan, slot);
	struct value value;
	if (!node || node->round_places < 0 ||
	    !score_node_raw(plan, slot - plan->first_node, result->values, &value))
		return result->values[slot];
	return score_bounded(node, result->values, &value);
}

static struct margin margin_of(const struct result *result, uint32_t condition)
{
	const struct plan_node *node = plan_node_at(result->plan, condition);
	const struct value first = before_rounding(result, node->terms[0].slot);
	const struct value second = before_rounding(result, node->terms[1].slot);
	return margin_between(node, &first, &second);
}

static bool margin_is_less(struct margin a, struct margin b)
{
	return b.known && (!a.known || a.amount.units < b.amount.units);
}

/* ---- steps ---- */

static enum lt_status take_step(struct search *search, uint32_t item, enum gap_reason reason,
				uint32_t condition)
{
	struct gap_step step = { .item = item,
				 .reason = reason,
				 .condition = condition,
				 .from = search->now.values[item] };
	struct margin before = { 0 };
	if (condition != NO_SLOT)
		before = margin_of(&search->now, condition);
	const uint32_t input = answers_set_in_full(search->plan, item, &search->answers);
	enum lt_status status =
		score_change(search->plan, &search->answers, input, &search->now, search->err);
	if (status)
		return status;
	step.to = search->now.values[item];
	if (condition != NO_SLOT) {
		const struct margin after = margin_of(&search->now, condition);
		if (before.known && after.known)
			lt_decimal_subtract(after.amount, before.amount, &step.gain);
	}
	search->taken[item] = true;
	search->steps[search->n_steps++] = step;
	return LT_OK;
}

/* ---- what must hold ---- */

static enum lt_status demand(struct search *search, uint32_t slot);

static enum lt_status demand_item(struct search *search, uint32_t slot)
{
	if (holds(&search->now.values[slot]) || !can_be_raised(search, slot))
		return LT_OK;
	const bool judged = search->plan->items[slot].decl->kind == ITEM_JUDGEMENT;
	return take_step(search, slot, judged ? GAP_JUDGEMENT : GAP_VETO, NO_SLOT);
}

static enum lt_status demand_all(struct search *search, const struct plan_node *node)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < node->n_terms && !status; i++)
		status = demand(search, node->terms[i].slot);
	return status;
}

static bool are_enough(const struct search *search, const struct plan_node *node, long long held)
{
	const struct value *k = &search->now.values[node->k];
	return !k->hi_unbounded && lt_decimal_from_int(held).units >= k->hi.units;
}

/* Items first: one step each. A group may be many, and a comparison may be out of reach of any
 * step. */
static int burden(const struct plan *plan, uint32_t slot)
{
	const struct plan_node *node = plan_node_at(plan, slot);
	if (!node)
		return 0;
	return node->decl->op == OP_COMPARE ? 2 : 1;
}

/* The first that fail, until k hold. */
static enum lt_status demand_some(struct search *search, const struct plan_node *node)
{
	const struct value *values = search->now.values;
	long long held = 0;
	for (unsigned i = 0; i < node->n_terms; i++)
		held += holds(&values[node->terms[i].slot]);
	for (int pass = 0; pass < 3; pass++) {
		for (unsigned i = 0; i < node->n_terms && !are_enough(search, node, held); i++) {
			const uint32_t slot = node->terms[i].slot;
			if (burden(search->plan, slot) != pass || values[slot].state == VALUE_NA ||
			    holds(&values[slot]))
				continue;
			enum lt_status status = demand(search, slot);
			if (status)
				return status;
			held++;
		}
	}
	return LT_OK;
}

static void add_condition(struct search *search, uint32_t slot)
{
	for (unsigned i = 0; i < search->n_conditions; i++)
		if (search->conditions[i] == slot)
			return;
	search->conditions[search->n_conditions++] = slot;
}

/* Takes the steps without which a truth cannot hold, and notes the amounts that it compares. */
static enum lt_status demand(struct search *search, uint32_t slot)
{
	const struct plan_node *node = plan_node_at(search->plan, slot);
	if (search->now.values[slot].state == VALUE_NA || search->demanded[slot])
		return LT_OK;
	search->demanded[slot] = true;
	if (slot < search->plan->n_items)
		return demand_item(search, slot);
	if (node && node->decl->op == OP_COMPARE)
		add_condition(search, slot);
	if (node &&
	    (node->decl->op == OP_PRODUCT || (node->decl->op == OP_AT_LEAST && node->k_all)))
		return demand_all(search, node);
	if (node && node->decl->op == OP_AT_LEAST)
		return demand_some(search, node);
	return LT_OK;
}

static enum lt_status demand_grades(struct search *search)
{
	enum lt_status status = LT_OK;
	for (unsigned g = 0; g < search->target; g++) {
		const struct plan_grade *grade = &search->ladder->grades[g];
		for (unsigned w = 0; w < grade->n_when && !status; w++)
			status = demand(search, grade->when[w]);
	}
	return status;
}

/* ---- points ---- */

static bool can_move(const struct plan *plan, uint32_t item, uint32_t condition)
{
	const uint32_t input =
		plan->items[item].quantity != NO_SLOT ? plan->items[item].quantity : item;
	const struct plan_dependents *dependents = &plan->dependents[input];
	for (unsigned i = 0; i < dependents->n; i++)
		if (dependents->nodes[i] == condition - plan->first_node)
			return true;
	return false;
}

static enum lt_status try_item(struct search *search, uint32_t item, uint32_t condition,
			       struct margin *margin)
{
	const struct plan *plan = search->plan;
	struct answer *answer = &search->answers.items[item];
	const uint32_t quantity = plan->items[item].quantity;
	struct measure *measure =
		quantity == NO_SLOT ? NULL
				    : &search->answers.quantities[quantity - plan->first_quantity];
	const struct answer answer_before = *answer;
	const struct measure measure_before = measure ? *measure : (struct measure){ 0 };
	memcpy(search->trial.values, search->now.values, plan->n_slots * sizeof(struct value));
	const uint32_t input = answers_set_in_full(plan, item, &search->answers);
	enum lt_status status =
		score_change(plan, &search->answers, input, &search->trial, search->err);
	*margin = margin_of(&search->trial, condition);
	*answer = answer_before;
	if (measure)
		*measure = measure_before;
	return status;
}

/* The item whose full marks move the condition most, the first of equals; NO_SLOT if none moves it.
 */
static enum lt_status find_best(struct search *search, uint32_t condition, uint32_t *best)
{
	struct margin most = margin_of(&search->now, condition);
	*best = NO_SLOT;
	for (uint32_t item = 0; item < search->plan->n_items; item++) {
		struct margin margin;
		if (!can_be_raised(search, item) || !can_move(search->plan, item, condition))
			continue;
		enum lt_status status = try_item(search, item, condition, &margin);
		if (status)
			return status;
		if (margin_is_less(most, margin)) {
			most = margin;
			*best = item;
		}
	}
	return LT_OK;
}

static enum lt_status raise_condition(struct search *search, uint32_t condition)
{
	while (!holds(&search->now.values[condition])) {
		uint32_t best;
		enum lt_status status = find_best(search, condition, &best);
		if (!status && best != NO_SLOT)
			status = take_step(search, best, GAP_GAIN, condition);
		if (status || best == NO_SLOT)
			return status;
	}
	return LT_OK;
}

/* ---- leaving out what later steps made needless ---- */

static enum lt_status rank_without(struct search *search, unsigned left_out, unsigned *rank)
{
	answers_copy(&search->answers, search->given, search->plan->ruleset);
	for (unsigned i = 0; i < search->n_steps; i++)
		if (i != left_out)
			answers_set_in_full(search->plan, search->steps[i].item, &search->answers);
	enum lt_status status =
		score_all(search->plan, &search->answers, &search->trial, search->err);
	if (!status)
		*rank = certain_rank(&search->trial, search->ladder);
	return status;
}

/* Again from the answers given, because each step's gain rests on those before it. */
static enum lt_status take_steps_again(struct search *search)
{
	const unsigned n = search->n_steps;
	answers_copy(&search->answers, search->given, search->plan->ruleset);
	search->n_steps = 0;
	enum lt_status status =
		score_all(search->plan, &search->answers, &search->now, search->err);
	for (unsigned i = 0; i < n && !status; i++) {
		const struct gap_step step = search->steps[i];
		status = take_step(search, step.item, step.reason, step.condition);
	}
	return status;
}

/* What one condition needed may turn out needless after the steps for the next one. */
static enum lt_status drop_needless(struct search *search)
{
	for (unsigned i = search->n_steps; i-- > 0;) {
		unsigned rank;
		if (search->steps[i].reason != GAP_GAIN)
			continue;
		enum lt_status status = rank_without(search, i, &rank);
		if (status)
			return status;
		if (rank < search->target)
			continue;
		search->n_steps--;
		memmove(&search->steps[i], &search->steps[i + 1],
			(search->n_steps - i) * sizeof(*search->steps));
	}
	return take_steps_again(search);
}

static enum lt_status find_steps(struct search *search)
{
	enum lt_status status = demand_grades(search);
	for (unsigned i = 0; i < search->n_conditions && !status; i++)
		status = raise_condition(search, search->conditions[i]);
	if (!status && certain_rank(&search->now, search->ladder) >= search->target)
		status = drop_needless(search);
	return status;
}

/* ---- what is told ---- */

static void describe_condition(const struct result *result, uint32_t slot,
			       struct gap_condition *out)
{
	const struct plan_node *node = plan_node_at(result->plan, slot);
	*out = (struct gap_condition){
		.slot = slot,
		.holds = holds(&result->values[slot]),
		.amount = result->values[node->terms[0].slot],
		.limit = result->values[node->terms[1].slot],
	};
	out->known =
		out->holds || (value_is_certain(&out->amount) && value_is_certain(&out->limit));
	const struct margin margin = margin_between(node, &out->amount, &out->limit);
	if (!out->holds && margin.known)
		lt_decimal_subtract(VALUE_ZERO, margin.amount, &out->short_by);
}

static enum lt_status describe(const struct search *search, struct lt_arena *arena, struct gap *out)
{
	out->steps = search->steps;
	out->n_steps = search->n_steps;
	out->reached = certain_rank(&search->now, search->ladder) >= search->target;
	out->conditions = lt_arena_alloc(arena, search->n_conditions + 1, sizeof(*out->conditions));
	if (!out->conditions)
		return lt_err_memory(search->err);
	for (unsigned i = 0; i < search->n_conditions; i++)
		describe_condition(&search->now, search->conditions[i],
				   &out->conditions[out->n_conditions++]);
	return LT_OK;
}

/* ---- the grade ---- */

static enum lt_status no_such_grade(const struct plan_node *ladder, const char *grade,
				    struct lt_err *err)
{
	char known[200] = "";
	size_t used = 0;
	for (unsigned i = 0; i < ladder->n_grades; i++) {
		int len = snprintf(known + used, sizeof(known) - used, "%s%s", i ? ", " : "",
				   ladder->grades[i].id);
		if (len < 0 || (size_t)len >= sizeof(known) - used)
			break;
		used += (size_t)len;
	}
	return lt_err_set(err, LT_EDATA, "%s：没有等级“%s”，可选：%s",
			  "%s: there is no grade '%s'; one of: %s", ladder->id, grade, known);
}

/* 0 = there is no such grade. */
static unsigned rank_of(const struct plan_node *ladder, const char *grade)
{
	for (unsigned g = 0; g < ladder->n_grades; g++)
		if (strcmp(ladder->grades[g].id, grade) == 0)
			return g + 1;
	return 0;
}

/* The rank asked for, or the one above what is certain, which may lie beyond the highest grade. */
static enum lt_status choose_target(struct search *search, const char *grade)
{
	const struct plan_node *ladder = search->ladder;
	const struct ruleset *ruleset = search->plan->ruleset;
	struct titled titled = { .typed = grade };
	if (!grade) {
		search->target = certain_rank(&search->now, ladder) + 1;
		return LT_OK;
	}
	search->target = rank_of(ladder, grade);
	for (unsigned g = 0; g < ruleset->n_grades && !search->target; g++)
		titled_offer(&titled, ruleset->grades[g].id, &ruleset->grades[g].title);
	const char *meant = grade;
	const enum lt_status status = titled_take(&titled, &meant, search->err);
	if (!search->target)
		search->target = rank_of(ladder, meant);
	if (status)
		return status;
	return search->target ? LT_OK : no_such_grade(ladder, grade, search->err);
}

static bool is_awarded(const struct plan_node *ladder, unsigned rank)
{
	for (unsigned g = 0; g < rank; g++)
		if (!ladder->grades[g].awarded)
			return false;
	return true;
}

static enum lt_status start(struct search *search, struct lt_arena *arena)
{
	const struct plan *plan = search->plan;
	search->taken = lt_arena_alloc(arena, plan->n_items + 1, sizeof(*search->taken));
	search->steps = lt_arena_alloc(arena, plan->n_items + 1, sizeof(*search->steps));
	search->conditions = lt_arena_alloc(arena, plan->n_nodes + 1, sizeof(*search->conditions));
	search->demanded = lt_arena_alloc(arena, plan->n_slots + 1, sizeof(*search->demanded));
	if (!search->taken || !search->steps || !search->conditions || !search->demanded)
		return lt_err_memory(search->err);
	enum lt_status status = answers_init(&search->answers, plan->ruleset, arena, search->err);
	if (!status)
		status = result_init(&search->now, plan, arena, search->err);
	if (!status)
		status = result_init(&search->trial, plan, arena, search->err);
	if (status)
		return status;
	answers_copy(&search->answers, search->given, plan->ruleset);
	return score_all(plan, &search->answers, &search->now, search->err);
}

enum lt_status gap_find(const struct plan *plan, const struct answers *answers,
			const struct plan_node *ladder, const char *grade, struct lt_arena *arena,
			struct gap *out, struct lt_err *err)
{
	struct search search = { .plan = plan, .ladder = ladder, .given = answers, .err = err };
	struct gap found = { 0 };
	enum lt_status status = start(&search, arena);
	if (!status)
		status = choose_target(&search, grade);
	if (status)
		return status;
	if (search.target > ladder->n_grades) {
		found.reached = true;
	} else {
		found.grade = ladder->grades[search.target - 1].id;
		found.never = !is_awarded(ladder, search.target);
		if (!found.never)
			status = find_steps(&search);
		if (!status)
			status = describe(&search, arena, &found);
	}
	if (!status)
		*out = found;
	return status;
}

/* ---- what if ---- */

static enum lt_status apply(const struct plan *plan, const struct units *units,
			    const struct supposed_change *change, struct answers *answers,
			    struct lt_err *err)
{
	if (change->is_quantity)
		return answers_set_quantity(answers, plan, units, change->id, change->value,
					    change->unit, err);
	return answers_set(answers, plan, change->id, change->value, err);
}

enum lt_status what_if(const struct plan *plan, const struct units *units,
		       const struct answers *answers, const struct supposed_change *changes,
		       unsigned n_changes, struct lt_arena *arena, struct answers *changed,
		       struct result *out, struct lt_err *err)
{
	struct answers copy;
	struct result result;
	enum lt_status status = answers_init(&copy, plan->ruleset, arena, err);
	if (!status)
		status = result_init(&result, plan, arena, err);
	if (status)
		return status;
	answers_copy(&copy, answers, plan->ruleset);
	for (unsigned i = 0; i < n_changes && !status; i++)
		status = apply(plan, units, &changes[i], &copy, err);
	if (!status)
		status = score_all(plan, &copy, &result, err);
	if (status)
		return status;
	*changed = copy;
	*out = result;
	return LT_OK;
}
