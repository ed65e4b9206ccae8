/* What a board shows that follows from the plan alone: the tree, the figure that leads, the parts
 * of a total. */
#include <string.h>
#include "board_parts.h"

static struct lt_arena *standing(struct board *board)
{
	return &board->private->standing;
}

/* ---- sections ---- */

static bool is_below(const struct section *section, const struct section *parent)
{
	return parent ? section->parent && strcmp(section->parent, parent->id) == 0
		      : !section->parent;
}

/* Which sections of the ruleset hold an item that applies, at any depth. NULL without memory. */
static bool *find_holding(struct board *board)
{
	const struct ruleset *ruleset = board->ruleset;
	const struct plan *plan = board->plan;
	bool *holds = lt_arena_alloc(standing(board), ruleset->n_sections + 1, sizeof(*holds));
	for (unsigned i = 0; i < plan->n_items && holds; i++) {
		const char *id = plan->items[i].applies ? plan->items[i].decl->section : NULL;
		const struct section *section = id ? ruleset_find_section(ruleset, id) : NULL;
		/* what is marked has marked those above it */
		while (section && !holds[section - ruleset->sections]) {
			holds[section - ruleset->sections] = true;
			section = section->parent ? ruleset_find_section(ruleset, section->parent)
						  : NULL;
		}
	}
	return holds;
}

/* A section that holds something, then those below it, in the order of the ruleset. */
static void add_sections(struct board *board, const bool *holds, const struct section *parent,
			 unsigned depth, unsigned parent_at)
{
	const struct ruleset *ruleset = board->ruleset;
	for (unsigned i = 0; i < ruleset->n_sections; i++) {
		const struct section *section = &ruleset->sections[i];
		if (!is_below(section, parent) || !holds[i])
			continue;
		const unsigned at = board->n_sections++;
		board->sections[at] = (struct board_section){ .decl = section,
							      .depth = depth,
							      .parent = depth ? parent_at : at };
		add_sections(board, holds, section, depth + 1, at);
	}
}

/* board->n_sections where its section is left out, because nothing of it applies. */
static unsigned find_section(const struct board *board, const char *id)
{
	unsigned at = 0;
	while (at < board->n_sections && strcmp(board->sections[at].decl->id, id) != 0)
		at++;
	return at;
}

/* ---- items ---- */

static unsigned count_slots(const struct plan *plan, const struct item *decl)
{
	unsigned n = 0;
	for (unsigned i = 0; i < decl->n_evidence; i++)
		n += board_slot_counts(plan, &decl->evidence[i]);
	return n;
}

bool board_slot_counts(const struct plan *plan, const struct evidence_slot *slot)
{
	return strcmp(slot->stage, "both") == 0 || !plan->selection.stage ||
	       strcmp(slot->stage, plan->selection.stage) == 0;
}

uint32_t board_quantity_of(const struct plan *plan, uint32_t item)
{
	const char *id = plan->items[item].decl->quantity;
	const uint32_t slot = id ? plan_find(plan, id) : NO_SLOT;
	return slot != NO_SLOT && plan_slot_kind(plan, slot) == SLOT_QUANTITY ? slot : NO_SLOT;
}

static bool reaches(const struct plan_item *item, unsigned tier, struct lt_decimal value)
{
	const int order = lt_decimal_compare(value, item->tier_limits[tier]);
	return item->decl->tiers[tier].above ? order > 0 : order >= 0;
}

unsigned board_tier_of(const struct plan_item *item, struct lt_decimal value)
{
	unsigned found = item->decl->n_tiers;
	for (unsigned i = 0; i < item->decl->n_tiers && reaches(item, i, value); i++)
		found = i;
	return found;
}

static void lay_out_item(struct board *board, uint32_t slot)
{
	const struct plan_item *item = &board->plan->items[slot];
	struct board_item *out = &board->items[slot];
	*out = (struct board_item){
		.plan = item,
		.slot = slot,
		.section = find_section(board, item->decl->section),
		.is_outside = !item->applies,
		.is_veto = item->decl->kind == ITEM_CONTROL,
		.is_scored = !item->truth,
		.n_slots = count_slots(board->plan, item->decl),
	};
	if (out->section == board->n_sections || out->is_outside)
		return;
	for (unsigned s = out->section;; s = board->sections[s].parent) {
		struct board_section *section = &board->sections[s];
		section->n_items++;
		/* a sum of declared points cannot leave the range once the ruleset was checked */
		if (out->is_scored)
			lt_decimal_add(section->maximum, item->points, &section->maximum);
		if (!section->depth)
			return;
	}
}

/* ---- weights ---- */

static bool is_within(const struct board *board, unsigned section, unsigned ancestor)
{
	while (section != ancestor && board->sections[section].depth)
		section = board->sections[section].parent;
	return section == ancestor;
}

static unsigned count_scored(const struct board *board, const struct board_section *section)
{
	unsigned n = 0;
	for (unsigned i = 0; i < board->n_items; i++)
		n += board->items[i].is_scored && !board->items[i].is_outside &&
		     is_within(board, board->items[i].section,
			       (unsigned)(section - board->sections));
	return n;
}

static bool is_number(const struct plan *plan, uint32_t slot, struct lt_decimal *out)
{
	if (slot < plan->first_parameter || slot >= plan->first_node)
		return false;
	const struct plan_number *number = &plan->numbers[slot - plan->first_parameter];
	*out = number->value.lo;
	return !number->unset && value_is_exact(&number->value);
}

/* The weight with which a node takes a term in: of a sum its own, of a product with one number that
 * number. */
static bool find_weight(const struct plan *plan, const struct plan_node *node, uint32_t slot,
			struct lt_decimal *weight)
{
	for (unsigned t = 0; t < node->n_terms; t++) {
		if (node->terms[t].slot != slot)
			continue;
		if (node->terms[t].weight != NO_SLOT)
			return is_number(plan, node->terms[t].weight, weight);
		if (node->decl->op == OP_PRODUCT && node->n_terms == 2)
			return is_number(plan, node->terms[1 - t].slot, weight);
	}
	return false;
}

static bool takes(const struct plan_node *node, uint32_t slot)
{
	for (unsigned t = 0; t < node->n_terms; t++)
		if (node->terms[t].slot == slot)
			return true;
	return false;
}

static void weigh(struct board *board, struct board_section *section)
{
	const struct plan *plan = board->plan;
	const unsigned n = count_scored(board, section);
	section->slot = n ? section_find_sum(plan, section->decl, n) : NO_SLOT;
	section->is_evaluated = section->slot == NO_SLOT;
	section->weighted = section->maximum;
	for (unsigned i = 0; i < plan->n_nodes && section->slot != NO_SLOT && !section->has_weight;
	     i++) {
		section->is_evaluated |= takes(&plan->nodes[i], section->slot);
		section->has_weight =
			find_weight(plan, &plan->nodes[i], section->slot, &section->weight);
	}
	/* a section within a weighted one counts by its weight */
	if (section->slot == NO_SLOT && section->depth) {
		section->has_weight = board->sections[section->parent].has_weight;
		section->weight = board->sections[section->parent].weight;
	}
	if (section->has_weight)
		lt_decimal_multiply(section->maximum, section->weight, &section->weighted);
}

/* ---- rows ---- */

static void add_rows(struct board *board)
{
	for (unsigned s = 0; s < board->n_sections; s++) {
		const unsigned depth = board->sections[s].depth;
		board->rows[board->n_rows++] =
			(struct board_row){ .is_section = true, .at = s, .depth = depth };
		for (unsigned i = 0; i < board->n_items; i++)
			if (board->items[i].section == s && !board->items[i].is_outside)
				board->rows[board->n_rows++] =
					(struct board_row){ .at = i, .depth = depth + 1 };
	}
}

/* ---- the figure that leads ---- */

static uint32_t slot_of(const struct plan *plan, const struct plan_node *node)
{
	return plan->first_node + (uint32_t)(node - plan->nodes);
}

static const char *unit_of(const struct plan *plan, uint32_t slot)
{
	const struct plan_node *node = plan_node_at(plan, slot);
	const char *unit = NULL;
	if (node)
		unit = node->decl->unit;
	else if (plan_slot_kind(plan, slot) == SLOT_QUANTITY)
		unit = plan->quantities[slot - plan->first_quantity].decl->unit;
	return unit && strcmp(unit, "1") != 0 ? unit : NULL;
}

static bool same_unit(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* The first comparison that a grade demands outright. */
static const struct plan_node *first_comparison(const struct plan *plan,
						const struct plan_grade *grade)
{
	for (unsigned w = 0; w < grade->n_when; w++) {
		const struct plan_node *node = plan_node_at(plan, grade->when[w]);
		if (node && node->decl->op == OP_COMPARE)
			return node;
	}
	return NULL;
}

enum board_figure_kind plan_headline(const struct plan *plan, uint32_t *slot)
{
	const struct plan_node *ladder = plan_ladder(plan);
	const struct plan_node *total = plan_published(plan, PUBLISH_TOTAL),
			       *net = plan_published(plan, PUBLISH_NET), *compared = NULL;
	for (unsigned g = 0; ladder && g < ladder->n_grades && !compared; g++)
		compared = first_comparison(plan, &ladder->grades[g]);
	*slot = NO_SLOT;
	if (total || net) {
		*slot = slot_of(plan, total ? total : net);
		return total ? FIGURE_TOTAL : FIGURE_NET;
	}
	if (!compared)
		return FIGURE_NONE;
	*slot = compared->terms[0].slot;
	return FIGURE_GRADED;
}

static void choose_headline(struct board *board)
{
	const struct plan *plan = board->plan;
	struct board_headline *headline = &board->headline;
	*headline = (struct board_headline){ 0 };
	headline->kind = plan_headline(plan, &headline->slot);
	if (headline->kind == FIGURE_NONE)
		return;
	headline->title = board_title(plan, headline->slot);
	headline->unit = unit_of(plan, headline->slot);
	const struct value *most = &board->private->blank.values[headline->slot];
	headline->has_full = headline->kind == FIGURE_TOTAL && most->state == VALUE_NUMBER &&
			     !most->hi_unbounded;
	headline->full = most->hi;
}

/* The line of a grade: a comparison of the figure itself, else the first of an amount in the same
 * unit that rests on what the figure rests on ("points without the innovation ones"). */
static const struct plan_node *find_line(const struct board *board, const struct plan_grade *grade)
{
	const struct plan *plan = board->plan;
	const struct plan_node *like = NULL;
	for (unsigned w = 0; w < grade->n_when; w++) {
		const struct plan_node *node = plan_node_at(plan, grade->when[w]);
		if (!node || node->decl->op != OP_COMPARE)
			continue;
		if (node->terms[0].slot == board->headline.slot)
			return node;
		if (!like && plan_node_at(plan, node->terms[0].slot) &&
		    plan_node_at(plan, node->terms[0].slot)->decl->op == OP_SUM &&
		    same_unit(unit_of(plan, node->terms[0].slot), board->headline.unit))
			like = node;
	}
	return like;
}

static enum lt_status find_lines(struct board *board, struct lt_err *err)
{
	const struct plan *plan = board->plan;
	const struct plan_node *ladder = plan_ladder(plan);
	struct board_headline *headline = &board->headline;
	if (!ladder || headline->slot == NO_SLOT)
		return LT_OK;
	headline->lines =
		lt_arena_alloc(standing(board), ladder->n_grades + 1, sizeof(*headline->lines));
	if (!headline->lines)
		return lt_err_memory(err);
	for (unsigned g = 0; g < ladder->n_grades; g++) {
		const struct plan_node *node = find_line(board, &ladder->grades[g]);
		if (node)
			headline->lines[headline->n_lines++] =
				(struct board_line){ .grade = ladder->grades[g].id,
						     .condition = slot_of(plan, node),
						     .amount = node->terms[0].slot,
						     .limit = node->terms[1].slot,
						     .is = node->decl->is };
	}
	return LT_OK;
}

/* ---- parts of the total ---- */

/* Whether a slot sums sections, or is made of nothing else. */
static bool is_of_sections(const struct board *board, uint32_t slot)
{
	const struct plan *plan = board->plan;
	const struct plan_node *node = plan_node_at(plan, slot);
	for (unsigned s = 0; s < board->n_sections; s++)
		if (board->sections[s].slot == slot)
			return true;
	if (!node || (node->decl->op != OP_SUM && node->decl->op != OP_PRODUCT))
		return false;
	bool any = false;
	for (unsigned t = 0; t < node->n_terms; t++) {
		struct lt_decimal number;
		if (is_number(plan, node->terms[t].slot, &number))
			continue;
		if (!is_of_sections(board, node->terms[t].slot))
			return false;
		any = true;
	}
	return any;
}

static enum lt_status find_parts(struct board *board, struct lt_err *err)
{
	const struct plan *plan = board->plan;
	const struct plan_node *total = plan_published(plan, PUBLISH_TOTAL);
	if (!total || total->decl->op != OP_SUM)
		return LT_OK;
	board->parts = lt_arena_alloc(standing(board), total->n_terms + 1, sizeof(*board->parts));
	if (!board->parts)
		return lt_err_memory(err);
	for (unsigned t = 0; t < total->n_terms; t++) {
		const uint32_t slot = total->terms[t].slot;
		if (!is_of_sections(board, slot))
			board->parts[board->n_parts++] = (struct board_part){
				.slot = slot,
				.title = board_title(plan, slot),
				.maximum = board->private->blank.values[slot].hi
			};
	}
	return LT_OK;
}

/* ---- the whole ---- */

const struct label *board_title(const struct plan *plan, uint32_t slot)
{
	static const struct label nothing = { "", "" };
	switch (plan_slot_kind(plan, slot)) {
	case SLOT_ITEM:
		return &plan->items[slot].decl->title;
	case SLOT_QUANTITY:
		return &plan->quantities[slot - plan->first_quantity].decl->title;
	case SLOT_PARAMETER:
		return &plan->numbers[slot - plan->first_parameter].parameter->title;
	case SLOT_CONSTANT:
		return &nothing;
	case SLOT_NODE:
		break;
	}
	return &plan->nodes[slot - plan->first_node].title;
}

static enum lt_status list_outcomes(struct board *board, struct lt_err *err)
{
	const struct plan *plan = board->plan;
	board->outcomes = lt_arena_alloc(standing(board), plan->n_nodes + 1, sizeof(uint32_t));
	if (!board->outcomes)
		return lt_err_memory(err);
	for (unsigned i = 0; i < plan->n_nodes; i++)
		if (plan->nodes[i].decl->publish != PUBLISH_NO)
			board->outcomes[board->n_outcomes++] = plan->first_node + i;
	return LT_OK;
}

static bool has_radar(const struct board *board)
{
	unsigned n = 0;
	for (unsigned s = 0; s < board->n_sections; s++)
		n += !board->sections[s].depth && board->sections[s].maximum.units > 0;
	return n >= 3;
}

/* What everything is with nothing answered: its upper ends are the full marks. */
static enum lt_status score_blank(struct board *board, struct lt_err *err)
{
	struct board_private *private = board->private;
	enum lt_status status = answers_init(&private->none, board->ruleset, standing(board), err);
	if (!status)
		status = result_init(&private->blank, board->plan, standing(board), err);
	return status ? status : score_all(board->plan, &private->none, &private->blank, err);
}

enum lt_status board_lay_out(struct board *board, struct lt_err *err)
{
	const struct ruleset *ruleset = board->ruleset;
	board->n_items = board->plan->n_items;
	board->n_sections = board->n_rows = board->n_parts = board->n_outcomes = 0;
	board->items = lt_arena_alloc(standing(board), board->n_items + 1, sizeof(*board->items));
	board->sections =
		lt_arena_alloc(standing(board), ruleset->n_sections + 1, sizeof(*board->sections));
	board->rows =
		lt_arena_alloc(standing(board), (size_t)ruleset->n_sections + board->n_items + 1,
			       sizeof(*board->rows));
	const bool *holds = find_holding(board);
	if (!board->items || !board->sections || !board->rows || !holds)
		return lt_err_memory(err);
	enum lt_status status = score_blank(board, err);
	if (status)
		return status;
	add_sections(board, holds, NULL, 0, 0);
	for (uint32_t i = 0; i < board->n_items; i++)
		lay_out_item(board, i);
	for (unsigned s = 0; s < board->n_sections; s++)
		weigh(board, &board->sections[s]);
	add_rows(board);
	board->has_radar = has_radar(board);
	choose_headline(board);
	status = find_lines(board, err);
	if (!status)
		status = find_parts(board, err);
	return status ? status : list_outcomes(board, err);
}
