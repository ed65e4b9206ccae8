/* Where a number of the own rung comes from: lines that a screen unfolds one by one. */
#include <string.h>
#include "board_parts.h"
#include "board_explain.h"

/* ---- one line ---- */

static const struct label nothing = { "", "" };

static enum lt_status fill_trace(struct board *board, struct lt_err *err)
{
	struct board_private *private = board->private;
	enum lt_status status = LT_OK;
	if (!private->trace.nodes)
		status = trace_init(&private->trace, board->plan, &private->standing, err);
	if (!status && !private->has_trace)
		status = trace_fill(&private->trace, board->rungs[board->own].result, err);
	private->has_trace = !status;
	return status ? status : board_read_journal(board, err);
}

static const struct trace_node *trace_of(const struct board *board, uint32_t slot)
{
	return &board->private->trace.nodes[slot - board->plan->first_node];
}

static const struct label *title_of(const struct board *board, uint32_t slot)
{
	const struct plan *plan = board->plan;
	const struct plan_node *node = plan_node_at(plan, slot);
	const struct section *section =
		node && node->section ? ruleset_find_section(plan->ruleset, node->section) : NULL;
	if (section)
		return &section->title;
	const struct label *title = board_title(plan, slot);
	return title->zh && title->en ? title : &nothing;
}

/* The weakest of the tiers that the value can be of. */
static enum origin origin_of_tiers(const struct board *board, uint32_t slot)
{
	const struct plan_item *item = &board->plan->items[slot];
	const struct value *value = &board_mark(board, slot)->value;
	enum origin weakest = item->points_origin;
	for (unsigned i = 0; i < item->decl->n_tiers; i++)
		if (value->lo.units <= item->tier_points[i].units &&
		    item->tier_points[i].units <= value->hi.units &&
		    item->decl->tiers[i].origin > weakest)
			weakest = item->decl->tiers[i].origin;
	return weakest;
}

/* The scale decides what an item's points rest on, its answer what a truth rests on. */
static enum origin origin_of_item(const struct board *board, uint32_t slot)
{
	const struct plan_item *item = &board->plan->items[slot];
	if (!board_mark(board, slot)->is_answered)
		return ORIGIN_UNSTATED;
	if (item->truth)
		return ORIGIN_USER;
	return item->decl->linear.from ? item->decl->linear.origin : origin_of_tiers(board, slot);
}

static enum origin origin_of(const struct board *board, uint32_t slot)
{
	const struct plan *plan = board->plan;
	switch (plan_slot_kind(plan, slot)) {
	case SLOT_ITEM:
		return origin_of_item(board, slot);
	case SLOT_QUANTITY:
		return board->rungs[board->own].answers->quantities[slot - plan->first_quantity]
					       .state == MEASURE_OPEN
			       ? ORIGIN_UNSTATED
			       : ORIGIN_USER;
	case SLOT_PARAMETER:
	case SLOT_CONSTANT:
		return plan->numbers[slot - plan->first_parameter].unset
			       ? ORIGIN_UNSTATED
			       : plan->numbers[slot - plan->first_parameter].origin;
	case SLOT_NODE:
		break;
	}
	return plan_node_at(plan, slot)->decl->origin;
}

static void fill_place(const struct board *board, uint32_t slot, struct board_explained *out)
{
	const struct plan *plan = board->plan;
	const struct plan_node *node = plan_node_at(plan, slot);
	switch (out->kind) {
	case EXPLAINED_ITEM:
		out->clause = plan->items[slot].decl->clause ? plan->items[slot].decl->clause
							     : plan->items[slot].decl->id;
		out->cite = plan->items[slot].decl->cite;
		break;
	case EXPLAINED_QUANTITY:
		out->cite = plan->quantities[slot - plan->first_quantity].decl->cite;
		break;
	case EXPLAINED_NUMBER:
		out->cite = plan->numbers[slot - plan->first_parameter].cite;
		break;
	case EXPLAINED_NODE:
		out->clause = node->decl->clause;
		out->cite = node->decl->cite;
		break;
	case EXPLAINED_LINE:
		break;
	}
}

static const char *unit_of(const struct plan *plan, uint32_t slot)
{
	const char *unit = NULL;
	switch (plan_slot_kind(plan, slot)) {
	case SLOT_QUANTITY:
		unit = plan->quantities[slot - plan->first_quantity].decl->unit;
		break;
	case SLOT_PARAMETER:
		unit = plan->numbers[slot - plan->first_parameter].parameter->unit;
		break;
	case SLOT_NODE:
		unit = plan_node_at(plan, slot)->decl->unit;
		break;
	case SLOT_ITEM:
	case SLOT_CONSTANT:
		break;
	}
	return unit && strcmp(unit, "1") != 0 ? unit : NULL;
}

/* The grade that a settled ladder gives. */
static const struct label *grade_of(const struct board *board, uint32_t slot)
{
	const struct ruleset *ruleset = board->ruleset;
	const struct plan_node *node = plan_node_at(board->plan, slot);
	struct grade_view view;
	if (!node || node->decl->op != OP_LADDER)
		return NULL;
	result_grade(board->rungs[board->own].result, node, &view);
	const char *id = view.is_certain && view.certain ? view.certain : view.otherwise;
	const struct term *term = id ? term_find(ruleset->grades, ruleset->n_grades, id) : NULL;
	return term ? &term->title : NULL;
}

static struct board_writer writer_of(const struct board *board, uint32_t slot)
{
	const struct plan *plan = board->plan;
	if (slot < plan->n_items)
		return board_find_writer(board, slot, "verdict", board->own, NULL);
	for (int r = (int)board->own; r >= 0; r--)
		if (board->private->facts->given[r][slot - plan->first_quantity])
			return board_find_writer(board, slot, "value", (enum rung)r, NULL);
	return (struct board_writer){ 0 };
}

static enum explained_kind kind_of(const struct plan *plan, uint32_t slot)
{
	switch (plan_slot_kind(plan, slot)) {
	case SLOT_ITEM:
		return EXPLAINED_ITEM;
	case SLOT_QUANTITY:
		return EXPLAINED_QUANTITY;
	case SLOT_PARAMETER:
	case SLOT_CONSTANT:
		return EXPLAINED_NUMBER;
	case SLOT_NODE:
		break;
	}
	return EXPLAINED_NODE;
}

static enum lt_status fill_line(const struct board *board, uint32_t slot, struct lt_arena *arena,
				struct board_explained *out, struct lt_err *err)
{
	const struct plan *plan = board->plan;
	const struct board_rung *own = &board->rungs[board->own];
	*out = (struct board_explained){
		.kind = kind_of(plan, slot),
		.slot = slot,
		.weight = NO_SLOT,
		.id = plan_slot_name(plan, slot),
		.title = title_of(board, slot),
		.value = own->result->values[slot],
		.is_truth = plan_slot_is_truth(plan, slot),
		.result = grade_of(board, slot),
		.unit = unit_of(plan, slot),
		.origin = origin_of(board, slot),
		.rests_on = result_origin(own->result, slot),
		.n_below = board_explain_count(board, slot),
	};
	out->counts = out->value.state != VALUE_NA;
	fill_place(board, slot, out);
	if (out->kind == EXPLAINED_ITEM || out->kind == EXPLAINED_QUANTITY)
		out->writer = writer_of(board, slot);
	if (out->kind == EXPLAINED_QUANTITY)
		out->source = own->answers->quantities[slot - plan->first_quantity].source;
	return board_explain_words(
		board, out->kind == EXPLAINED_NODE ? trace_of(board, slot) : NULL, arena, out, err);
}

enum lt_status board_explain(struct board *board, uint32_t slot, struct lt_arena *arena,
			     struct board_explained *out, struct lt_err *err)
{
	enum lt_status status = fill_trace(board, err);
	return status ? status : fill_line(board, slot, arena, out, err);
}

/* ---- what stands below ---- */

struct below_line {
	uint32_t slot; /* NO_SLOT = a line of the ledger */
	unsigned ledger;
	enum explained_role role;
	const char *grade;
};

struct search;

struct below {
	const struct board *board;
	void (*take)(struct below *below, const struct below_line *line);
	struct lt_arena *arena;
	struct board_explained *list;
	unsigned n;
	struct search *search; /* of reach() */
	uint32_t wanted;       /* of look_for() */
	enum lt_status status;
	struct lt_err *err;
};

static void below_node(struct below *below, const struct plan_node *node)
{
	const struct {
		uint32_t slot;
		enum explained_role role;
	} others[] = {
		{ node->decl->op == OP_AT_LEAST && !node->k_all ? node->k : NO_SLOT,
		  EXPLAINED_COUNT },
		{ node->when_zero, EXPLAINED_IF_ZERO },
		{ node->from, EXPLAINED_FROM },
		{ node->to, EXPLAINED_TO },
		{ node->points, EXPLAINED_POINTS },
		{ node->min, EXPLAINED_FLOOR },
		{ node->max, EXPLAINED_CEILING },
	};
	for (unsigned t = 0; t < node->n_terms; t++)
		below->take(below, &(struct below_line){ .slot = node->terms[t].slot });
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i].slot != NO_SLOT)
			below->take(below, &(struct below_line){ .slot = others[i].slot,
								 .role = others[i].role });
	for (unsigned i = 0; i < node->n_steps; i++) {
		below->take(below, &(struct below_line){ .slot = node->steps[i].limit,
							 .role = EXPLAINED_LIMIT });
		below->take(below, &(struct below_line){ .slot = node->steps[i].then,
							 .role = EXPLAINED_THEN });
	}
	for (unsigned g = 0; g < node->n_grades; g++)
		for (unsigned w = 0; w < node->grades[g].n_when; w++)
			below->take(below, &(struct below_line){ .slot = node->grades[g].when[w],
								 .role = EXPLAINED_CONDITION,
								 .grade = node->grades[g].id });
}

static void below_quantity(struct below *below, unsigned quantity)
{
	const struct assessment *own = &below->board->private->assessments[below->board->own];
	for (unsigned i = 0; i < own->n_ledger; i++)
		if (own->ledger[i].quantity == quantity)
			below->take(below, &(struct below_line){ .slot = NO_SLOT, .ledger = i });
}

static void visit_below(struct below *below, uint32_t slot)
{
	const struct plan *plan = below->board->plan;
	const struct plan_node *node = plan_node_at(plan, slot);
	const uint32_t quantity = slot < plan->n_items ? board_quantity_of(plan, slot) : NO_SLOT;
	if (node)
		below_node(below, node);
	else if (quantity != NO_SLOT)
		below->take(below, &(struct below_line){ .slot = quantity });
	else if (plan_slot_kind(plan, slot) == SLOT_QUANTITY)
		below_quantity(below, slot - plan->first_quantity);
}

static void count_line(struct below *below, const struct below_line *line)
{
	(void)line;
	below->n++;
}

unsigned board_explain_count(const struct board *board, uint32_t slot)
{
	struct below below = { .board = board, .take = count_line };
	visit_below(&below, slot);
	return below.n;
}

static void add_line(struct below *below, const struct below_line *line)
{
	const struct board *board = below->board;
	struct board_explained *out = &below->list[below->n++];
	if (below->status)
		return;
	if (line->slot == NO_SLOT)
		below->status =
			board_explain_ledger(board, line->ledger, below->arena, out, below->err);
	else
		below->status = fill_line(board, line->slot, below->arena, out, below->err);
	out->role = line->role;
	out->grade = line->grade;
}

/* What a term adds, by its weight. */
static enum lt_status weigh(const struct board *board, const struct trace_node *above, unsigned at,
			    struct lt_arena *arena, struct board_explained *out, struct lt_err *err)
{
	const struct trace_term *term = &above->terms[at];
	out->weight = term->weight;
	out->counts = term->counted;
	if (term->weight == NO_SLOT || !term->counted)
		return LT_OK;
	const struct value *weight = &board->rungs[board->own].result->values[term->weight];
	out->value = term->contribution;
	/* added or taken off as it is: the sign of the value says which */
	if (value_is_exact(weight) &&
	    (weight->lo.units == LT_DECIMAL_ONE || weight->lo.units == -LT_DECIMAL_ONE))
		return LT_OK;
	return board_explain_weighted(board, out, arena, err);
}

enum lt_status board_explain_below(struct board *board, const struct board_explained *of,
				   struct lt_arena *arena, struct board_explained **list,
				   unsigned *n, struct lt_err *err)
{
	struct below below = { .board = board, .take = add_line, .arena = arena, .err = err };
	enum lt_status status = fill_trace(board, err);
	*list = NULL;
	*n = 0;
	if (status || of->kind == EXPLAINED_LINE)
		return status;
	below.list = lt_arena_alloc(arena, (size_t)of->n_below + 1, sizeof(*below.list));
	if (!below.list)
		return lt_err_memory(err);
	visit_below(&below, of->slot);
	const struct trace_node *above =
		of->kind == EXPLAINED_NODE ? trace_of(board, of->slot) : NULL;
	for (unsigned t = 0; above && t < above->node->n_terms && !below.status; t++)
		below.status = weigh(board, above, t, arena, &below.list[t], err);
	*list = below.list;
	*n = below.n;
	return below.status;
}

bool board_explain_sum(const struct board *board, const struct board_explained *above,
		       const struct board_explained *const *of, unsigned n, struct value *out)
{
	const struct plan_node *node = plan_node_at(board->plan, above->slot);
	struct value sum = value_exact(VALUE_ZERO);
	if (!node || node->decl->op != OP_SUM)
		return false;
	for (unsigned i = 0; i < n; i++) {
		if (of[i]->role != EXPLAINED_TERM || !of[i]->counts)
			continue;
		if (of[i]->value.state != VALUE_NUMBER || !value_add(&sum, &of[i]->value, &sum))
			return false;
	}
	*out = sum;
	return true;
}

/* ---- the way to a number ---- */

struct search {
	uint32_t *from; /* [n_slots]: the slot above, NO_SLOT = not seen */
	uint32_t *queue;
	uint32_t at;
	unsigned n;
};

static void reach(struct below *below, const struct below_line *line)
{
	struct search *search = below->search;
	if (line->slot == NO_SLOT || search->from[line->slot] != NO_SLOT)
		return;
	search->from[line->slot] = search->at;
	search->queue[search->n++] = line->slot;
}

static enum lt_status tell_path(const struct search *search, uint32_t from, uint32_t to,
				struct lt_arena *arena, uint32_t **slots, unsigned *n,
				struct lt_err *err)
{
	unsigned length = 1;
	for (uint32_t at = to; at != from; at = search->from[at])
		length++;
	*slots = lt_arena_alloc(arena, length, sizeof(**slots));
	if (!*slots)
		return lt_err_memory(err);
	*n = length;
	for (uint32_t at = to; length > 0; at = search->from[at])
		(*slots)[--length] = at;
	return LT_OK;
}

enum lt_status board_explain_path(const struct board *board, uint32_t from, uint32_t to,
				  struct lt_arena *arena, uint32_t **slots, unsigned *n,
				  struct lt_err *err)
{
	const unsigned n_slots = board->plan->n_slots;
	struct search search = { .from = lt_arena_alloc(arena, n_slots + 1, sizeof(uint32_t)),
				 .queue = lt_arena_alloc(arena, n_slots + 1, sizeof(uint32_t)) };
	struct below below = { .board = board, .take = reach, .search = &search };
	*n = 0;
	*slots = NULL;
	if (!search.from || !search.queue)
		return lt_err_memory(err);
	for (unsigned i = 0; i < n_slots; i++)
		search.from[i] = NO_SLOT;
	search.from[from] = from;
	search.queue[search.n++] = from;
	for (unsigned i = 0; i < search.n && search.from[to] == NO_SLOT; i++) {
		search.at = search.queue[i];
		visit_below(&below, search.at);
	}
	return search.from[to] == NO_SLOT ? LT_OK
					  : tell_path(&search, from, to, arena, slots, n, err);
}

/* ---- where a number is used ---- */

static void look_for(struct below *below, const struct below_line *line)
{
	below->n += line->slot == below->wanted;
}

enum lt_status board_used_by(const struct board *board, uint32_t slot, struct lt_arena *arena,
			     uint32_t **slots, unsigned *n, struct lt_err *err)
{
	const unsigned n_slots = board->plan->n_slots;
	*n = 0;
	*slots = lt_arena_alloc(arena, n_slots + 1, sizeof(**slots));
	if (!*slots)
		return lt_err_memory(err);
	for (uint32_t s = 0; s < n_slots; s++) {
		struct below below = { .board = board, .take = look_for, .wanted = slot };
		const struct plan_node *node = plan_node_at(board->plan, s);
		visit_below(&below, s);
		for (unsigned t = 0; node && t < node->n_terms; t++)
			below.n += node->terms[t].weight == slot;
		if (below.n)
			(*slots)[(*n)++] = s;
	}
	return LT_OK;
}
