/* The overview: the figure that leads, the sections, what is left to do, the rungs. */
#include <stdio.h>
#include <stdlib.h>
#include "overview.h"

static struct overview *overview_of(const struct screen *screen)
{
	return screen->data;
}

/* ---- what is listed ---- */

static bool has_points(const struct board *board)
{
	for (unsigned i = 0; i < board->n_sections; i++)
		if (board->sections[i].maximum.units > 0)
			return true;
	return false;
}

/* Sections at the top level; where they have no points also those below them. */
static bool collect(struct overview *overview)
{
	const struct board *board = overview->bench->board;
	unsigned *sections =
		realloc(overview->sections, (board->n_sections + 1) * sizeof(*sections));
	if (!sections)
		return false;
	overview->sections = sections;
	overview->n_sections = 0;
	overview->has_outcomes = !has_points(board) && board->n_outcomes > 0;
	const unsigned deepest = has_points(board) ? 0 : 1;
	for (unsigned i = 0; i < board->n_sections; i++)
		if (board->sections[i].depth <= deepest && board->sections[i].n_items > 0)
			sections[overview->n_sections++] = i;
	return true;
}

unsigned overview_count(const struct overview *overview, enum overview_zone zone)
{
	const struct board *board = overview->bench->board;
	switch (zone) {
	case ZONE_SECTIONS:
		return overview->n_sections;
	case ZONE_OUTCOMES:
		return overview->has_outcomes ? board->n_outcomes : 0;
	case ZONE_TODO:
		return board->n_todo;
	case ZONE_RUNGS:
		return N_RUNGS;
	case N_OVERVIEW_ZONES:
		break;
	}
	return 0;
}

/* ---- drawing ---- */

static void draw_block(struct overview *overview, const struct canvas *canvas,
		       const struct overview_block *block, int col, int cols,
		       void (*draw)(struct overview *overview, const struct canvas *canvas))
{
	if (block->rows <= 0)
		return;
	const struct canvas part = canvas_part(canvas, block->first, col, block->rows, cols);
	draw(overview, &part);
}

static void draw_one_pane(struct overview *overview, const struct canvas *canvas,
			  const struct overview_layout *layout)
{
	static void (*const draws[N_OVERVIEW_ZONES])(struct overview *, const struct canvas *) = {
		[ZONE_SECTIONS] = overview_draw_sections,
		[ZONE_OUTCOMES] = overview_draw_outcomes,
		[ZONE_TODO] = overview_draw_todo,
		[ZONE_RUNGS] = overview_draw_rungs,
	};
	struct overview_block block = layout->sections;
	if (overview->zone == ZONE_RUNGS) {
		block.rows = 1 + N_RUNGS;
		const struct overview_block below = { block.first + block.rows + 1,
						      layout->sections.rows - block.rows - 1 };
		draw_block(overview, canvas, &below, 0, 36, overview_draw_balance);
	}
	draw_block(overview, canvas, &block, 0, 0, draws[overview->zone]);
}

static void overview_draw(struct screen *screen, const struct canvas *canvas)
{
	struct overview *overview = overview_of(screen);
	struct overview_layout layout;
	if (!collect(overview))
		return;
	overview_fit(overview, canvas, &layout);
	overview_draw_head(overview, canvas);
	if (layout.is_one_pane) {
		draw_one_pane(overview, canvas, &layout);
		return;
	}
	const int end = layout.side ? layout.side : canvas->cols;
	draw_block(overview, canvas, &layout.sections, 0, end, overview_draw_sections);
	draw_block(overview, canvas, &layout.todo, 0, end, overview_draw_todo);
	const bool has_balance = overview->bench->board->balance.has_balance;
	const int rungs_end = has_balance ? canvas->cols - 30 : canvas->cols;
	draw_block(overview, canvas, &layout.rungs, 0, rungs_end, overview_draw_rungs);
	if (has_balance)
		draw_block(overview, canvas, &layout.rungs, rungs_end, 0, overview_draw_balance);
	const struct overview_block side = { layout.sections.first,
					     layout.rungs.first - layout.sections.first - 1 };
	if (overview->has_outcomes)
		draw_block(overview, canvas, &side, layout.side, 0, overview_draw_outcomes);
	else if (layout.side)
		draw_block(overview, canvas, &side, layout.side, 0, overview_draw_radar);
}

/* ---- what is selected ---- */

static unsigned top_section(const struct board *board, unsigned at, unsigned depth)
{
	while (board->sections[at].depth > depth)
		at = board->sections[at].parent;
	return at;
}

/* The first open item of a section, else its first. */
static uint32_t item_to_open(const struct board *board, unsigned section)
{
	const unsigned depth = board->sections[section].depth;
	uint32_t first = NO_SLOT, open = NO_SLOT;
	for (unsigned i = board->n_rows; i > 0; i--) {
		const struct board_row *row = &board->rows[i - 1];
		if (row->is_section || board->items[row->at].is_outside ||
		    top_section(board, board->items[row->at].section, depth) != section)
			continue;
		first = board->items[row->at].slot;
		if (board_mark(board, first)->state == STATE_OPEN)
			open = first;
	}
	return open != NO_SLOT ? open : first;
}

static void open_task(struct overview *overview, const struct todo *todo)
{
	struct workbench *bench = overview->bench;
	if (!todo) {
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "这一层级没有待办了", "nothing is left to do here"));
	} else if (todo->item == NO_SLOT) {
		overview->handled = NO_SLOT; /* it stands at the end; F5 then begins again */
		material_open_at(bench, todo->title);
	} else {
		overview->handled = todo->item;
		walk_open(bench, todo->item);
	}
}

/* The first open item that the node rests on, to answer it. */
static void open_outcome(struct overview *overview, uint32_t slot)
{
	struct workbench *bench = overview->bench;
	const struct board *board = bench->board;
	const struct result *result = board->rungs[board->own].result;
	for (uint32_t i = 0; result && i < board->n_items; i++) {
		if (!result_is_open(result, slot, i))
			continue;
		walk_open(bench, i);
		return;
	}
	workbench_tell(bench, NOTICE_DONE, "%s",
		       tell(bench, "没有未评的条款影响它", "no open item can change it"));
}

static void enter(struct screen *screen)
{
	struct overview *overview = overview_of(screen);
	const struct board *board = overview->bench->board;
	const unsigned at = overview->lists[overview->zone].at;
	if (at >= overview_count(overview, overview->zone))
		return;
	switch (overview->zone) {
	case ZONE_SECTIONS:
		walk_open(overview->bench, item_to_open(board, overview->sections[at]));
		break;
	case ZONE_OUTCOMES:
		open_outcome(overview, board->outcomes[at]);
		break;
	case ZONE_TODO:
		open_task(overview, &board->todo[at]);
		break;
	case ZONE_RUNGS:
		result_open_beside(overview->bench, (enum rung)at);
		break;
	case N_OVERVIEW_ZONES:
		break;
	}
}

static void next(struct screen *screen)
{
	struct overview *overview = overview_of(screen);
	open_task(overview, board_next(overview->bench->board, overview->handled, BY_URGENCY));
}

/* Where the number under the cursor comes from. */
static void explain(struct screen *screen)
{
	const struct overview *overview = overview_of(screen);
	const struct board *board = overview->bench->board;
	const unsigned at = overview->lists[overview->zone].at;
	uint32_t slot = NO_SLOT;
	if (at < overview_count(overview, overview->zone)) {
		if (overview->zone == ZONE_SECTIONS)
			slot = board->sections[overview->sections[at]].slot;
		else if (overview->zone == ZONE_OUTCOMES)
			slot = board->outcomes[at];
		else if (overview->zone == ZONE_TODO)
			slot = board->todo[at].item;
	}
	explain_open(overview->bench, slot);
}

/* ---- keys ---- */

/* The zone before or after that has rows. */
static enum overview_zone neighbour(const struct overview *overview, int by)
{
	int zone = (int)overview->zone;
	do
		zone = (zone + by + N_OVERVIEW_ZONES) % N_OVERVIEW_ZONES;
	while (overview_count(overview, (enum overview_zone)zone) == 0);
	return (enum overview_zone)zone;
}

/* Arrows go on into the next zone, as long as it lies that way. */
static bool step_over(struct overview *overview, const struct event *event)
{
	const struct list *list = &overview->lists[overview->zone];
	const bool down = event->key == K_DOWN && (list->n == 0 || list->at + 1 >= list->n);
	const bool up = event->key == K_UP && list->at == 0;
	const bool is_one_pane = frame_breadth(overview->bench) == BREADTH_60;
	if ((!down && !up) || is_one_pane)
		return false;
	const enum overview_zone to = neighbour(overview, down ? 1 : -1);
	if (down ? to <= overview->zone : to >= overview->zone)
		return false;
	overview->zone = to;
	overview->lists[to].at = down ? 0 : overview_count(overview, to) - 1;
	return true;
}

static bool overview_key(struct screen *screen, const struct event *event)
{
	struct overview *overview = overview_of(screen);
	const int digit = key_digit(event);
	if (event->key == K_TAB || event->key == K_BACKTAB) {
		overview->zone = neighbour(overview, event->key == K_TAB ? 1 : -1);
		return true;
	}
	if (digit > 0)
		return page_open(overview->bench, (unsigned)digit);
	return step_over(overview, event) || list_key(&overview->lists[overview->zone], event);
}

/* ---- actions ---- */

static bool has_rows(const struct screen *screen)
{
	const struct overview *overview = overview_of(screen);
	return overview_count(overview, overview->zone) > 0;
}

#define PAGE(digit, zh, en)                                                                        \
	{                                                                                          \
		.keys = { #digit, #digit }, .title = { zh, en }, .group = GROUP_SCREEN,            \
		.in_foot = true                                                                    \
	}

static const struct action overview_actions[] = {
	{ .key = K_ENTER,
	  .title = { "进入", "open" },
	  .help = { "打开首个未评条款、待办，或与层级比较",
		    "the first open item, the task, or the rung compared" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .is_live = has_rows,
	  .run = enter },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "下一项", "next" },
	  .help = { "逐件处理待办", "one task after the other" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = next },
	{ .key = K_F3,
	  .letter = 'x',
	  .title = { "追溯", "explain" },
	  .help = { "这个数从哪里来", "where the number comes from" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = explain },
	PAGE(1, "逐项", "items"),
	PAGE(2, "盘查", "inventory"),
	PAGE(3, "结果", "result"),
	PAGE(4, "复核", "review"),
	PAGE(5, "证书", "certificate"),
	{ .keys = { "Tab", "Tab" },
	  .title = { "换区", "zone" },
	  .help = { "板块、待办、层级", "sections, tasks, rungs" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
};

/* ---- life ---- */

static void overview_close(struct screen *screen)
{
	struct overview *overview = overview_of(screen);
	free(overview->sections);
	free(overview);
}

/* Names come from the whole journal: not before the first frame. */
static void overview_pause(struct screen *screen)
{
	struct overview *overview = screen->data;
	if (workbench_top(screen->bench) != screen)
		return;
	for (int r = 0; r < N_RUNGS; r++) {
		struct board_people people;
		struct lt_err ignored = LT_ERR_INIT;
		const bool known = board_people(screen->bench->board, (enum rung)r, &people,
						&ignored) == LT_OK;
		snprintf(overview->people[r], sizeof(overview->people[r]), "%s",
			 known && people.n ? people.names[0] : "-");
	}
}

static const struct screen_kind overview_kind = {
	.id = "overview",
	.title = { "总览", "Overview" },
	.size = SIZE_WHOLE,
	.actions = overview_actions,
	.n_actions = sizeof(overview_actions) / sizeof(overview_actions[0]),
	.needs_project = true,
	.draw = overview_draw,
	.key = overview_key,
	.pause = overview_pause,
	.close = overview_close,
};

void overview_open(struct workbench *bench)
{
	struct overview *overview = workbench_room(bench, sizeof(*overview));
	if (!overview)
		return;
	overview->bench = bench;
	overview->handled = NO_SLOT;
	workbench_push(bench, &overview_kind, overview);
}
