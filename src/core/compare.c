/* Pairs the slots of two plans by id, then tells the nodes that came out differently and what was
 * put in differently. */
#include "lingtan/core/compare.h"

#include <string.h>

/* One of the two, and where each of its slots is found in the other. */
struct side {
	const struct result *result;
	const struct plan *plan;
	const struct answers *answers;
	uint32_t *twin; /* [plan->n_slots], NO_SLOT = not there; constants have no id and stay
			   without */
};

struct comparing {
	struct side a, b;
	struct difference *at; /* NULL while they are only counted */
	unsigned n;
};

static bool same_text(const char *x, const char *y)
{
	return x == y || (x && y && strcmp(x, y) == 0);
}

static void add(struct comparing *comparing, struct difference difference)
{
	if (comparing->at)
		comparing->at[comparing->n] = difference;
	comparing->n++;
}

/* A difference of two slots with their values; a slot may be NO_SLOT. */
static struct difference between(const struct comparing *comparing, enum difference_kind kind,
				 uint32_t a, uint32_t b)
{
	struct difference difference = { .kind = kind, .in_a = a != NO_SLOT, .in_b = b != NO_SLOT };
	if (difference.in_a) {
		difference.id = plan_slot_name(comparing->a.plan, a);
		difference.a = comparing->a.result->values[a];
	}
	if (difference.in_b) {
		difference.b = comparing->b.result->values[b];
		if (!difference.id)
			difference.id = plan_slot_name(comparing->b.plan, b);
	}
	return difference;
}

/* ---- pairs ---- */

static void pair(struct comparing *comparing, uint32_t a, uint32_t b)
{
	comparing->a.twin[a] = b;
	comparing->b.twin[b] = a;
}

static void pair_all(struct comparing *comparing)
{
	const struct plan *a = comparing->a.plan, *b = comparing->b.plan;
	for (unsigned i = 0; i < a->n_items; i++) {
		const struct item *item = ruleset_find_item(b->ruleset, a->items[i].decl->id);
		if (item)
			pair(comparing, i, (uint32_t)(item - b->ruleset->items));
	}
	for (unsigned i = 0; i < a->n_quantities; i++) {
		const struct quantity *quantity =
			ruleset_find_quantity(b->ruleset, a->quantities[i].decl->id);
		if (quantity)
			pair(comparing, a->first_quantity + i,
			     b->first_quantity + (uint32_t)(quantity - b->ruleset->quantities));
	}
	for (unsigned i = 0; i < a->n_parameters; i++) {
		const struct parameter *parameter =
			ruleset_find_parameter(b->ruleset, a->numbers[i].id);
		if (parameter)
			pair(comparing, a->first_parameter + i,
			     b->first_parameter + (uint32_t)(parameter - b->ruleset->parameters));
	}
	for (unsigned i = 0; i < a->n_nodes; i++) {
		uint32_t slot = plan_find(b, a->nodes[i].id);
		if (plan_node_at(b, slot))
			pair(comparing, a->first_node + i, slot);
	}
}

static bool side_init(struct side *side, const struct result *result, const struct answers *answers,
		      struct lt_arena *arena)
{
	*side = (struct side){ .result = result, .plan = result->plan, .answers = answers };
	side->twin = lt_arena_alloc(arena, side->plan->n_slots + 1, sizeof(*side->twin));
	for (uint32_t slot = 0; side->twin && slot < side->plan->n_slots; slot++)
		side->twin[slot] = NO_SLOT;
	return side->twin != NULL;
}

/* ---- outcomes ---- */

/* By name: a rank means another grade in another ladder, and a miss may be called differently. */
static bool same_grade(const struct comparing *comparing, const struct plan_node *a,
		       const struct plan_node *b)
{
	struct grade_view left, right;
	result_grade(comparing->a.result, a, &left);
	result_grade(comparing->b.result, b, &right);
	return same_text(left.certain, right.certain) && same_text(left.possible, right.possible) &&
	       same_text(left.otherwise, right.otherwise);
}

static bool same_outcome(const struct comparing *comparing, uint32_t a, uint32_t b)
{
	const struct plan_node *left = plan_node_at(comparing->a.plan, a),
			       *right = plan_node_at(comparing->b.plan, b);
	const bool is_grade = left->decl->op == OP_LADDER;
	if (is_grade != (right->decl->op == OP_LADDER))
		return false;
	if (is_grade)
		return same_grade(comparing, left, right);
	return value_equals(&comparing->a.result->values[a], &comparing->b.result->values[b]);
}

static void compare_outcomes(struct comparing *comparing)
{
	const struct plan *plan = comparing->a.plan;
	for (uint32_t slot = plan->first_node; slot < plan->n_slots; slot++) {
		const uint32_t twin = comparing->a.twin[slot];
		if (twin == NO_SLOT || same_outcome(comparing, slot, twin))
			continue;
		struct difference difference = between(comparing, DIFFERENCE_OUTCOME, slot, twin);
		if (value_is_exact(&difference.a) && value_is_exact(&difference.b))
			lt_decimal_subtract(difference.b.lo, difference.a.lo, &difference.effect);
		add(comparing, difference);
	}
}

/* ---- items ---- */

static bool has_check(const struct item *item, uint64_t checks, const char *id)
{
	for (unsigned i = 0; i < item->n_checks && i < 64; i++)
		if ((checks >> i & 1) && strcmp(item->checks[i].id, id) == 0)
			return true;
	return false;
}

static bool checks_are_within(const struct item *item, uint64_t checks, const struct item *other,
			      uint64_t others)
{
	for (unsigned i = 0; i < item->n_checks && i < 64; i++)
		if ((checks >> i & 1) && !has_check(other, others, item->checks[i].id))
			return false;
	return true;
}

/* What counts: remarks and evidence may differ. */
static bool same_answer(const struct item *item_a, const struct answer *a,
			const struct item *item_b, const struct answer *b)
{
	if (a->state != b->state)
		return false;
	switch (a->state) {
	case ANSWER_POINTS:
		return a->points.units == b->points.units;
	case ANSWER_TIER:
		return same_text(item_a->tiers[a->tier].id, item_b->tiers[b->tier].id);
	case ANSWER_CHECKS:
		return checks_are_within(item_a, a->checks, item_b, b->checks) &&
		       checks_are_within(item_b, b->checks, item_a, a->checks);
	case ANSWER_NA:
		return same_text(a->reason, b->reason) && same_text(a->reason_text, b->reason_text);
	case ANSWER_OPEN:
	case ANSWER_MET:
	case ANSWER_NOT_MET:
		break;
	}
	return true;
}

static struct value full_marks(const struct plan_item *item)
{
	return value_exact(item->truth ? VALUE_ONE : item->points);
}

static void compare_points(struct comparing *comparing, uint32_t a, uint32_t b)
{
	struct difference points = between(comparing, DIFFERENCE_POINTS, a, b);
	points.a = full_marks(&comparing->a.plan->items[a]);
	points.b = full_marks(&comparing->b.plan->items[b]);
	if (!value_equals(&points.a, &points.b))
		add(comparing, points);
}

static bool same_tier(const struct plan_item *a, const struct plan_item *b, unsigned i)
{
	const struct step *left = &a->decl->tiers[i], *right = &b->decl->tiers[i];
	return same_text(left->id, right->id) && !left->above == !right->above &&
	       !left->from == !right->from && a->tier_limits[i].units == b->tier_limits[i].units &&
	       a->tier_points[i].units == b->tier_points[i].units;
}

/* By what they say, not by what they are worth: that is told as the points. */
static bool same_scale(const struct plan_item *a, const struct plan_item *b)
{
	if (a->decl->n_tiers != b->decl->n_tiers ||
	    !a->decl->linear.from != !b->decl->linear.from || a->from.units != b->from.units ||
	    a->to.units != b->to.units)
		return false;
	for (unsigned i = 0; i < a->decl->n_tiers; i++)
		if (!same_tier(a, b, i))
			return false;
	return true;
}

static void compare_item(struct comparing *comparing, uint32_t a, uint32_t b)
{
	const struct plan_item *left = &comparing->a.plan->items[a],
			       *right = &comparing->b.plan->items[b];
	if (left->applies != right->applies) {
		struct difference difference = between(comparing, DIFFERENCE_APPLICABILITY, a, b);
		difference.in_a = left->applies;
		difference.in_b = right->applies;
		add(comparing, difference);
	}
	/* also of what is evaluated in neither: rescaling spreads those points */
	compare_points(comparing, a, b);
	if (left->applies && right->applies && !same_scale(left, right))
		add(comparing, between(comparing, DIFFERENCE_SCALE, a, b));
	const struct answer *said_a = &comparing->a.answers->items[a],
			    *said_b = &comparing->b.answers->items[b];
	if (left->applies && right->applies &&
	    !same_answer(left->decl, said_a, right->decl, said_b))
		add(comparing, between(comparing, DIFFERENCE_ANSWER, a, b));
}

static bool same_measure(const struct quantity *decl_a, const struct measure *a,
			 const struct quantity *decl_b, const struct measure *b)
{
	if (a->state != b->state)
		return false;
	if (a->state == MEASURE_VALUE) /* a number says nothing across units */
		return a->value.units == b->value.units && same_text(decl_a->unit, decl_b->unit);
	return a->state == MEASURE_OPEN ||
	       (same_text(a->reason, b->reason) && same_text(a->reason_text, b->reason_text));
}

static void compare_quantity(struct comparing *comparing, uint32_t a, uint32_t b)
{
	const unsigned i = a - comparing->a.plan->first_quantity,
		       j = b - comparing->b.plan->first_quantity;
	if (!same_measure(
		    comparing->a.plan->quantities[i].decl, &comparing->a.answers->quantities[i],
		    comparing->b.plan->quantities[j].decl, &comparing->b.answers->quantities[j]))
		add(comparing, between(comparing, DIFFERENCE_QUANTITY, a, b));
}

static void compare_parameter(struct comparing *comparing, uint32_t a, uint32_t b)
{
	const struct plan_number *left =
		&comparing->a.plan->numbers[a - comparing->a.plan->first_parameter];
	const struct plan_number *right =
		&comparing->b.plan->numbers[b - comparing->b.plan->first_parameter];
	if (left->unset != right->unset || !value_equals(&left->value, &right->value))
		add(comparing, between(comparing, DIFFERENCE_PARAMETER, a, b));
}

/* ---- terms and their weights ---- */

static bool same_operand(const struct comparing *comparing, uint32_t a, uint32_t b)
{
	if (plan_slot_kind(comparing->a.plan, a) == SLOT_CONSTANT &&
	    plan_slot_kind(comparing->b.plan, b) == SLOT_CONSTANT)
		return value_equals(&comparing->a.result->values[a],
				    &comparing->b.result->values[b]);
	return comparing->a.twin[a] == b;
}

/* A node may name the same operand twice: the first goes with the first, the second with the
 * second. */
static unsigned count_before(const struct plan_node *node, unsigned at)
{
	unsigned n = 0;
	for (unsigned i = 0; i < at; i++)
		n += node->terms[i].slot == node->terms[at].slot;
	return n;
}

static const struct plan_term *find_in_b(const struct comparing *comparing,
					 const struct plan_node *a, unsigned at,
					 const struct plan_node *b)
{
	unsigned before = count_before(a, at);
	for (unsigned i = 0; i < b->n_terms; i++)
		if (same_operand(comparing, a->terms[at].slot, b->terms[i].slot) && before-- == 0)
			return &b->terms[i];
	return NULL;
}

static bool is_in_a(const struct comparing *comparing, const struct plan_node *b, unsigned at,
		    const struct plan_node *a)
{
	unsigned before = count_before(b, at);
	for (unsigned i = 0; i < a->n_terms; i++)
		if (same_operand(comparing, a->terms[i].slot, b->terms[at].slot) && before-- == 0)
			return true;
	return false;
}

static struct value weight_of(const struct side *side, const struct plan_term *term)
{
	return term->weight == NO_SLOT ? value_exact(VALUE_ONE)
				       : side->result->values[term->weight];
}

/* Weights that are one and the same parameter are told once, as that parameter. */
static bool same_weight(const struct comparing *comparing, const struct plan_term *a,
			const struct plan_term *b)
{
	const struct value left = weight_of(&comparing->a, a), right = weight_of(&comparing->b, b);
	if (value_equals(&left, &right))
		return true;
	return a->weight != NO_SLOT && b->weight != NO_SLOT &&
	       comparing->a.twin[a->weight] == b->weight;
}

static void add_weight(struct comparing *comparing, const struct plan_node *node,
		       const struct plan_term *a, const struct plan_term *b)
{
	struct difference difference = {
		.kind = DIFFERENCE_WEIGHT, .node = node->id, .in_a = a != NULL, .in_b = b != NULL
	};
	difference.id = a ? plan_slot_name(comparing->a.plan, a->slot)
			  : plan_slot_name(comparing->b.plan, b->slot);
	if (a)
		difference.a = weight_of(&comparing->a, a);
	if (b)
		difference.b = weight_of(&comparing->b, b);
	add(comparing, difference);
}

/* An operand that the other ruleset does not have at all is told elsewhere. */
static bool is_known_to_other(const struct side *side, uint32_t slot)
{
	return side->twin[slot] != NO_SLOT || plan_slot_kind(side->plan, slot) == SLOT_CONSTANT;
}

static void compare_terms(struct comparing *comparing, const struct plan_node *a,
			  const struct plan_node *b)
{
	for (unsigned i = 0; i < a->n_terms; i++) {
		const struct plan_term *term = &a->terms[i], *twin = find_in_b(comparing, a, i, b);
		if (twin ? !same_weight(comparing, term, twin)
			 : is_known_to_other(&comparing->a, term->slot))
			add_weight(comparing, a, term, twin);
	}
	for (unsigned i = 0; i < b->n_terms; i++)
		if (is_known_to_other(&comparing->b, b->terms[i].slot) &&
		    !is_in_a(comparing, b, i, a))
			add_weight(comparing, a, NULL, &b->terms[i]);
}

static void compare_node(struct comparing *comparing, uint32_t a, uint32_t b)
{
	compare_terms(comparing, plan_node_at(comparing->a.plan, a),
		      plan_node_at(comparing->b.plan, b));
}

/* ---- all of one kind ---- */

/* First those of a, with their twins or without; then those that b alone has. */
static void compare_range(struct comparing *comparing, const uint32_t a[2], const uint32_t b[2],
			  enum difference_kind when_missing,
			  void (*compare)(struct comparing *comparing, uint32_t a, uint32_t b))
{
	for (uint32_t slot = a[0]; slot < a[1]; slot++) {
		if (comparing->a.twin[slot] == NO_SLOT)
			add(comparing, between(comparing, when_missing, slot, NO_SLOT));
		else
			compare(comparing, slot, comparing->a.twin[slot]);
	}
	for (uint32_t slot = b[0]; slot < b[1]; slot++)
		if (comparing->b.twin[slot] == NO_SLOT)
			add(comparing, between(comparing, when_missing, NO_SLOT, slot));
}

static void compare_all(struct comparing *comparing)
{
	const struct plan *a = comparing->a.plan, *b = comparing->b.plan;
	const uint32_t items_a[] = { 0, a->n_items }, items_b[] = { 0, b->n_items };
	const uint32_t quantities_a[] = { a->first_quantity, a->first_parameter };
	const uint32_t quantities_b[] = { b->first_quantity, b->first_parameter };
	const uint32_t parameters_a[] = { a->first_parameter, a->first_constant };
	const uint32_t parameters_b[] = { b->first_parameter, b->first_constant };
	const uint32_t nodes_a[] = { a->first_node, a->n_slots },
		       nodes_b[] = { b->first_node, b->n_slots };
	comparing->n = 0;
	compare_outcomes(comparing);
	compare_range(comparing, items_a, items_b, DIFFERENCE_ONLY_IN_ONE, compare_item);
	compare_range(comparing, quantities_a, quantities_b, DIFFERENCE_ONLY_IN_ONE,
		      compare_quantity);
	compare_range(comparing, parameters_a, parameters_b, DIFFERENCE_PARAMETER,
		      compare_parameter);
	compare_range(comparing, nodes_a, nodes_b, DIFFERENCE_ONLY_IN_ONE, compare_node);
}

enum lt_status compare_results(const struct result *a, const struct answers *answers_a,
			       const struct result *b, const struct answers *answers_b,
			       struct lt_arena *arena, struct comparison *out, struct lt_err *err)
{
	const struct ruleset *left = a->plan->ruleset, *right = b->plan->ruleset;
	struct comparing comparing = { 0 };
	if (!side_init(&comparing.a, a, answers_a, arena) ||
	    !side_init(&comparing.b, b, answers_b, arena))
		return lt_err_memory(err);
	pair_all(&comparing);
	compare_all(&comparing);
	comparing.at = lt_arena_alloc(arena, comparing.n + 1, sizeof(*comparing.at));
	if (!comparing.at)
		return lt_err_memory(err);
	compare_all(&comparing);
	*out = (struct comparison){
		.same_ruleset = left == right || (same_text(left->id, right->id) &&
						  same_text(left->edition, right->edition)),
		.at = comparing.at,
		.n = comparing.n,
	};
	return LT_OK;
}
