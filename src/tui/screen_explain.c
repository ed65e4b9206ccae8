/* Where a number comes from: its tree down to clauses, people and evidence. */
#include <stdlib.h>
#include "explain.h"
#include "figure.h"

static struct explain *explain_of(const struct screen *screen)
{
	return screen->data;
}

static struct explain_node *node_here(const struct screen *screen)
{
	const struct explain_row *here = explain_here(explain_of(screen));
	return here ? here->node : NULL;
}

/* ---- drawing ---- */

static void explain_draw(struct screen *screen, const struct canvas *canvas)
{
	struct explain *explain = explain_of(screen);
	const int lines = canvas->rows >= 28 ? 6 : canvas->rows >= 20 ? 5 : 4;
	const int gap = canvas->rows >= 20;
	const int rule = canvas->rows - lines - 1;
	const struct canvas upper = canvas_part(canvas, 1, 0, rule - 1 - gap, 0);
	const struct canvas lower = canvas_part(canvas, rule + 1, 0, lines, 0);
	explain_draw_tree(explain, &upper);
	draw_fill(canvas, rule, 3, canvas->cols - 6, INK_FAINT, "─");
	explain_draw_lines(explain, &lower);
}

/* ---- moving in the tree ---- */

static void tell_failure(struct explain *explain, bool done, const struct lt_err *err)
{
	if (!done && err->status)
		workbench_tell_err(explain->bench, err);
}

static void unfold(struct screen *screen)
{
	struct explain *explain = explain_of(screen);
	const struct explain_row *here = explain_here(explain);
	struct lt_err err = LT_ERR_INIT;
	if (!here)
		return;
	if (here->n_rest) {
		here->node->shows_all = true;
		/* onto the first of those that come into view */
		explain_fill_rows(explain);
		return;
	}
	if (here->node->is_open && here->node->why.n_below > 0) {
		if (explain->list.at + 1 < explain->n_rows)
			explain->list.at++;
		return;
	}
	tell_failure(explain, explain_unfold(explain, here->node, &err), &err);
	explain_fill_rows(explain);
}

static void go_to_row(struct explain *explain, const struct explain_node *node)
{
	for (unsigned i = 0; i < explain->n_rows; i++)
		if (explain->rows[i].node == node && !explain->rows[i].n_rest)
			explain->list.at = i;
}

static void fold(struct screen *screen)
{
	struct explain *explain = explain_of(screen);
	const struct explain_row *here = explain_here(explain);
	if (!here)
		return;
	struct explain_node *node = here->node;
	if (here->n_rest) {
		go_to_row(explain, node);
	} else if (node->is_open) {
		node->is_open = false;
		node->shows_all = false;
		explain_fill_rows(explain);
	} else if (node->parent) {
		go_to_row(explain, node->parent);
	}
}

static bool explain_key(struct screen *screen, const struct event *event)
{
	const char typed = key_ascii(event);
	if (event->key == K_RIGHT || typed == 'l' || typed == '+') {
		unfold(screen);
		return true;
	}
	if (event->key == K_LEFT || typed == 'h' || typed == '-') {
		fold(screen);
		return true;
	}
	return list_key(&explain_of(screen)->list, event);
}

/* ---- to the field ---- */

/* The item in whose pane a quantity is typed; NO_SLOT = none. */
static uint32_t item_of_quantity(const struct board *board, uint32_t quantity)
{
	for (uint32_t i = 0; i < board->n_items; i++)
		if (board->items[i].plan->quantity == quantity && !board->items[i].is_outside)
			return i;
	for (uint32_t i = 0; i < board->n_items; i++) {
		const char *named = board->items[i].plan->decl->quantity;
		if (named && !board->items[i].is_outside &&
		    plan_find(board->plan, named) == quantity)
			return i;
	}
	return NO_SLOT;
}

static void enter(struct screen *screen)
{
	struct explain *explain = explain_of(screen);
	struct workbench *bench = explain->bench;
	const struct explain_row *here = explain_here(explain);
	if (!here)
		return;
	const struct board_explained *why = &here->node->why;
	uint32_t item = NO_SLOT;
	if (here->n_rest || why->kind == EXPLAINED_NODE) {
		if (here->node->is_open && !here->n_rest)
			fold(screen);
		else
			unfold(screen);
		return;
	}
	if (why->kind == EXPLAINED_ITEM)
		item = why->slot;
	else if (why->kind == EXPLAINED_QUANTITY && why->n_below == 0)
		item = item_of_quantity(bench->board, why->slot);
	if (item != NO_SLOT)
		walk_goto(bench, item);
	else if (why->kind == EXPLAINED_NUMBER)
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "这个数出自标准或参数集，不在这里填写",
				    "this number is of the standard or a profile"));
	else
		page_open(bench, 2); /* figures of the inventory stand there */
}

static void evidence(struct screen *screen)
{
	struct explain *explain = explain_of(screen);
	const struct explain_node *node = node_here(screen);
	const uint32_t item = node ? explain_item(node) : NO_SLOT;
	if (item != NO_SLOT)
		attach_open(explain->bench, item);
}

static bool has_item(const struct screen *screen)
{
	const struct explain_node *node = node_here(screen);
	return node && explain_item(node) != NO_SLOT;
}

/* The next item, quantity or parameter behind the root that is not settled yet. */
static void next(struct screen *screen)
{
	struct explain *explain = explain_of(screen);
	struct workbench *bench = explain->bench;
	const struct board *board = bench->board;
	const struct explain_node *node = node_here(screen);
	const uint32_t n = board->plan->n_inputs;
	const uint32_t from = node && node->why.slot < n ? node->why.slot : n - 1;
	struct lt_err err = LT_ERR_INIT;
	for (uint32_t i = 1; i <= n; i++) {
		const uint32_t slot = (from + i) % n;
		if (!result_is_open(board->rungs[board->own].result, explain->root_slot, slot))
			continue;
		tell_failure(explain, explain_show(explain, slot, &err), &err);
		return;
	}
	workbench_tell(bench, NOTICE_DONE, "%s",
		       tell(bench, "这个数已无未定之处", "nothing is open behind this number"));
}

static const struct action explain_actions[] = {
	{ .keys = { "左右", "left, right" },
	  .title = { "收展", "fold" },
	  .help = { "收起 展开一层", "fold and unfold" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .key = K_ENTER,
	  .title = { "到录入处", "to the field" },
	  .help = { "到填写这个数的地方", "where the number is entered" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = enter },
	{ .key = K_F2,
	  .letter = 'e',
	  .title = { "佐证", "evidence" },
	  .help = { "所属条款的佐证", "evidence of its item" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .is_live = has_item,
	  .run = evidence },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "下一处未定", "next open" },
	  .help = { "下一个还会改变它的输入", "the next input that can still change it" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = next },
	{ .keys = { "上下", "arrows" }, .title = { "移动", "move" }, .group = GROUP_MOVE },
};

/* ---- life ---- */

static void explain_changed(struct screen *screen)
{
	struct explain *explain = explain_of(screen);
	struct lt_err err = LT_ERR_INIT;
	if (!explain_replant(explain, &err))
		workbench_tell_err(explain->bench, &err);
}

static void explain_close(struct screen *screen)
{
	struct explain *explain = explain_of(screen);
	struct workbench *bench = explain->bench;
	const bool has_asked = explain->detailed != NULL;
	lt_arena_release(&explain->arena);
	free(explain->rows);
	free(explain);
	/* the detail that a screen below keeps lived until this one asked for another */
	if (has_asked)
		workbench_tell_screens(bench);
}

static void explain_describe(const struct screen *screen, struct place *place)
{
	const struct explain_row *row = explain_here(explain_of(screen));
	/* a line of the ledger has no slot */
	const bool has_name = row && row->node && row->node->why.slot != NO_SLOT;
	place->zone =
		has_name ? plan_slot_name(screen->bench->board->plan, row->node->why.slot) : NULL;
}

static const struct screen_kind explain_kind = {
	.id = "explain",
	.title = { "追溯", "Explain" },
	.size = SIZE_WHOLE,
	.actions = explain_actions,
	.n_actions = sizeof(explain_actions) / sizeof(explain_actions[0]),
	.needs_project = true,
	.draw = explain_draw,
	.key = explain_key,
	.changed = explain_changed,
	.close = explain_close,
	.describe = explain_describe,
};

/* Below which number the wanted one stands: the figure that leads, the grade, else itself. */
static uint32_t find_root(const struct board *board, uint32_t slot)
{
	const struct plan_node *ladder = plan_ladder(board->plan);
	const uint32_t roots[] = {
		board->headline.slot,
		ladder ? board->plan->first_node + (uint32_t)(ladder - board->plan->nodes)
		       : NO_SLOT,
	};
	struct lt_err err = LT_ERR_INIT;
	struct lt_arena scratch;
	uint32_t found = slot;
	lt_arena_init(&scratch, 0);
	for (unsigned i = 0; i < 2 && found == slot; i++) {
		uint32_t *slots;
		unsigned n = 0;
		if (roots[i] == NO_SLOT)
			continue;
		if (slot == NO_SLOT)
			found = roots[i];
		else if (board_explain_path(board, roots[i], slot, &scratch, &slots, &n, &err) ==
				 LT_OK &&
			 n > 0)
			found = roots[i];
	}
	lt_arena_release(&scratch);
	return found;
}

void explain_open(struct workbench *bench, uint32_t slot)
{
	struct lt_err err = LT_ERR_INIT;
	const uint32_t root = find_root(bench->board, slot);
	if (root == NO_SLOT) {
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "这里没有可追溯的数", "there is no number to explain"));
		return;
	}
	struct explain *explain = workbench_room(bench, sizeof(*explain));
	if (!explain)
		return;
	explain->bench = bench;
	lt_arena_init(&explain->arena, 0);
	if (!explain_plant(explain, root, slot, &err) && err.status) {
		lt_arena_release(&explain->arena);
		free(explain->rows);
		free(explain);
		workbench_tell_err(bench, &err);
		return;
	}
	workbench_push(bench, &explain_kind, explain);
}

void explain_resume(struct workbench *bench)
{
	struct place place;
	struct lt_arena arena;
	lt_arena_init(&arena, 0);
	uint32_t slot = NO_SLOT;
	if (place_find(bench->session, &arena, &place) && place.zone)
		slot = plan_find(bench->board->plan, place.zone);
	explain_open(bench, slot);
	lt_arena_release(&arena);
}
