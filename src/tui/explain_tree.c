/* The tree of an explanation: what is unfolded, what is seen of it. */
#include <stdlib.h>
#include <string.h>
#include "explain.h"

#define MANY 8        /* numbers below one, beyond which only those that matter are seen */
#define MATTER_MOST 6 /* of these */
#define MOST_ROWS 20  /* unfolded without being asked */

/* ---- what matters among many ---- */

/* Fails, or is still open: a truth that does not hold for certain, a number that is an interval. */
static bool is_unsettled(const struct board_explained *why)
{
	if (why->value.state != VALUE_NUMBER || !why->counts)
		return false;
	return !value_is_exact(&why->value) || (why->is_truth && why->value.lo.units == 0);
}

static void mark_what_matters(struct explain_node *node)
{
	unsigned n = 0;
	for (unsigned i = 0; i < node->why.n_below && n < MATTER_MOST; i++) {
		node->below[i].matters = is_unsettled(&node->below[i].why);
		n += node->below[i].matters;
	}
	if (n == 0)
		node->shows_all = true;
}

bool explain_is_seen(const struct explain_node *node)
{
	const struct explain_node *parent = node->parent;
	return parent->why.n_below <= MANY || parent->shows_all || node->matters || node->is_open;
}

/* ---- growing ---- */

bool explain_unfold(struct explain *explain, struct explain_node *node, struct lt_err *err)
{
	struct board_explained *below;
	unsigned n;
	node->is_open = node->why.n_below > 0;
	if (node->below || node->why.n_below == 0)
		return true;
	if (board_explain_below(explain->bench->board, &node->why, &explain->arena, &below, &n,
				err))
		return false;
	node->below = lt_arena_alloc(&explain->arena, n + 1, sizeof(*node->below));
	if (!node->below) {
		lt_err_memory(err);
		return false;
	}
	node->why.n_below = n;
	for (unsigned i = 0; i < n; i++)
		node->below[i] = (struct explain_node){ .why = below[i],
							.parent = node,
							.depth = node->depth + 1 };
	mark_what_matters(node);
	return true;
}

static bool set_root(struct explain *explain, uint32_t slot, struct lt_err *err)
{
	lt_arena_reset(&explain->arena);
	explain->detailed = NULL;
	explain->n_rows = 0;
	explain->root_slot = slot;
	explain->root = lt_arena_alloc(&explain->arena, 1, sizeof(*explain->root));
	if (!explain->root) {
		lt_err_memory(err);
		return false;
	}
	*explain->root = (struct explain_node){ .parent = NULL };
	if (board_explain(explain->bench->board, slot, &explain->arena, &explain->root->why, err)) {
		explain->root = NULL;
		return false;
	}
	return explain_unfold(explain, explain->root, err);
}

static struct explain_node *child_of(struct explain_node *node, uint32_t slot)
{
	for (unsigned i = 0; node->below && i < node->why.n_below; i++)
		if (node->below[i].why.slot == slot)
			return &node->below[i];
	return NULL;
}

static void put_cursor(struct explain *explain, const struct explain_node *node)
{
	for (unsigned i = 0; i < explain->n_rows; i++)
		if (explain->rows[i].node == node && explain->rows[i].n_rest == 0)
			explain->list.at = i;
}

/* Opened on the whole, the parts of its parts are seen, as far as they stay on the screen. */
static bool unfold_parts(struct explain *explain, struct lt_err *err)
{
	struct explain_node *root = explain->root;
	unsigned rows = 1 + root->why.n_below;
	for (unsigned i = 0; i < root->why.n_below; i++) {
		struct explain_node *part = &root->below[i];
		if (!part->why.n_below)
			continue;
		if (!explain_unfold(explain, part, err))
			return false;
		unsigned n = 0;
		for (unsigned k = 0; k < part->why.n_below; k++)
			n += explain_is_seen(&part->below[k]);
		n += n < part->why.n_below;
		part->is_open = rows + n <= MOST_ROWS;
		rows += part->is_open ? n : 0;
	}
	return true;
}

bool explain_show(struct explain *explain, uint32_t slot, struct lt_err *err)
{
	uint32_t *slots;
	unsigned n;
	struct lt_arena scratch;
	lt_arena_init(&scratch, 0);
	bool found = board_explain_path(explain->bench->board, explain->root_slot, slot, &scratch,
					&slots, &n, err) == LT_OK &&
		     n > 0;
	struct explain_node *node = explain->root;
	for (unsigned i = 1; found && i < n; i++) {
		found = explain_unfold(explain, node, err);
		node = found ? child_of(node, slots[i]) : NULL;
		found = node != NULL;
		if (node)
			node->matters = true;
	}
	lt_arena_release(&scratch);
	if (found && node)
		explain_unfold(explain, node, err);
	if (!explain_fill_rows(explain) || !found)
		return false;
	put_cursor(explain, node);
	return true;
}

bool explain_plant(struct explain *explain, uint32_t root, uint32_t to, struct lt_err *err)
{
	if (!set_root(explain, root, err))
		return false;
	if (to != NO_SLOT && to != root)
		return explain_show(explain, to, err);
	return unfold_parts(explain, err) && explain_fill_rows(explain);
}

/* ---- after a change ---- */

struct kept_tree {
	uint8_t *open; /* [n_slots]: 1 unfolded, 2 shows all */
	uint32_t cursor;
	unsigned n_slots;
};

static void keep_node(const struct explain_node *node, struct kept_tree *kept)
{
	if (!node->is_open || !node->below || node->why.slot >= kept->n_slots)
		return;
	kept->open[node->why.slot] = node->shows_all ? 2 : 1;
	for (unsigned i = 0; i < node->why.n_below; i++)
		keep_node(&node->below[i], kept);
}

static bool regrow(struct explain *explain, struct explain_node *node, const struct kept_tree *kept,
		   struct lt_err *err)
{
	if (node->why.slot >= kept->n_slots || !kept->open[node->why.slot])
		return true;
	if (!explain_unfold(explain, node, err))
		return false;
	node->shows_all = kept->open[node->why.slot] == 2;
	for (unsigned i = 0; i < node->why.n_below; i++)
		if (!regrow(explain, &node->below[i], kept, err))
			return false;
	return true;
}

bool explain_replant(struct explain *explain, struct lt_err *err)
{
	const struct plan *plan = explain->bench->board->plan;
	const struct explain_row *here = explain_here(explain);
	struct kept_tree kept = { .cursor = here ? here->node->why.slot : NO_SLOT,
				  .n_slots = plan->n_slots };
	const unsigned at = explain->list.at;
	kept.open = calloc((size_t)plan->n_slots + 1, 1);
	if (!kept.open) {
		lt_err_memory(err);
		return false;
	}
	if (explain->root)
		keep_node(explain->root, &kept);
	const uint32_t root = explain->root_slot < plan->n_slots ? explain->root_slot : 0;
	const bool done = set_root(explain, root, err) &&
			  regrow(explain, explain->root, &kept, err) && explain_fill_rows(explain);
	free(kept.open);
	explain->list.at = at;
	return done;
}

/* ---- rows ---- */

static bool add_row(struct explain *explain, struct explain_node *node, unsigned n_rest)
{
	if (explain->n_rows == explain->cap) {
		const unsigned cap = explain->cap ? 2 * explain->cap : 64;
		struct explain_row *rows = realloc(explain->rows, cap * sizeof(*rows));
		if (!rows)
			return false;
		explain->rows = rows;
		explain->cap = cap;
	}
	explain->rows[explain->n_rows++] = (struct explain_row){ node, n_rest };
	return true;
}

static bool add_rows(struct explain *explain, struct explain_node *node)
{
	struct explain_node *last = NULL;
	unsigned n_rest = 0;
	if (!add_row(explain, node, 0))
		return false;
	if (!node->is_open || !node->below)
		return true;
	for (unsigned i = 0; i < node->why.n_below; i++) {
		node->below[i].is_last = false;
		if (explain_is_seen(&node->below[i]))
			last = &node->below[i];
		else
			n_rest++;
	}
	if (last)
		last->is_last = n_rest == 0;
	for (unsigned i = 0; i < node->why.n_below; i++)
		if (explain_is_seen(&node->below[i]) && !add_rows(explain, &node->below[i]))
			return false;
	return n_rest == 0 || add_row(explain, node, n_rest);
}

bool explain_fill_rows(struct explain *explain)
{
	const struct explain_row *here = explain_here(explain);
	const struct explain_row was = here ? *here : (struct explain_row){ 0 };
	explain->n_rows = 0;
	if (!explain->root || !add_rows(explain, explain->root))
		return false;
	for (unsigned i = 0; i < explain->n_rows && was.node; i++)
		if (explain->rows[i].node == was.node && !explain->rows[i].n_rest == !was.n_rest)
			explain->list.at = i;
	if (explain->list.at >= explain->n_rows)
		explain->list.at = explain->n_rows - 1;
	return true;
}

const struct explain_row *explain_here(const struct explain *explain)
{
	return explain->list.at < explain->n_rows ? &explain->rows[explain->list.at] : NULL;
}

uint32_t explain_item(const struct explain_node *node)
{
	for (; node; node = node->parent)
		if (node->why.kind == EXPLAINED_ITEM)
			return node->why.slot;
	return NO_SLOT;
}
