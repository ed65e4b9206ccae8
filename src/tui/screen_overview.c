/* The overview: the sections with what was got in each. */
#include <stdlib.h>
#include "figure.h"
#include "frame.h"
#include "list.h"
#include "screens.h"

struct overview {
	struct list list;
	unsigned *sections; /* numbers of those at the top level; owned */
};

static unsigned collect(struct overview *overview, const struct board *board)
{
	unsigned n = 0;
	free(overview->sections);
	overview->sections = calloc(board->n_sections + 1, sizeof(*overview->sections));
	for (unsigned i = 0; overview->sections && i < board->n_sections; i++)
		if (board->sections[i].depth == 0 && board->sections[i].n_items > 0)
			overview->sections[n++] = i;
	return n;
}

static void draw_section(const struct workbench *bench, const struct canvas *canvas, int row,
			 unsigned number)
{
	const struct board_section *section = &bench->board->sections[number];
	const struct board_tally *tally = board_tally(bench->board, number);
	char text[FIGURE_TEXT];
	draw_right(canvas, row, 5, INK_DIM, section->decl->id);
	draw_cut(canvas, row, 6, 24, INK_TEXT, label_of(bench, &section->decl->title));
	draw_format(canvas, row, 34, INK_TEXT, "%u/%u", tally->must.answered, tally->must.items);
	if (section->maximum.units == 0 || bench->hides_score)
		return;
	draw_right(canvas, row, 50, INK_TITLE, figure_value(&tally->points, -2, bench->lang, text));
	const struct bar bar = { .low = tally->points.lo,
				 .high = tally->points.hi,
				 .full = section->maximum,
				 .got = INK_ACCENT };
	draw_bar(canvas, row, 53, canvas->cols - 56, &bar);
}

static void overview_draw(struct screen *screen, const struct canvas *canvas)
{
	struct overview *overview = screen->data;
	const struct workbench *bench = screen->bench;
	const unsigned n = collect(overview, bench->board);
	list_fit(&overview->list, n, canvas->rows - 2);
	for (unsigned i = overview->list.first; overview->sections && i < list_end(&overview->list);
	     i++) {
		const int row = 1 + (int)(i - overview->list.first);
		if (i == overview->list.at)
			draw_text(canvas, row, 1, INK_ACCENT, "›");
		draw_section(bench, canvas, row, overview->sections[i]);
		if (i == overview->list.at)
			draw_ground(canvas, row, 1, canvas->cols - 2, GROUND_SELECTION);
	}
}

static void enter(struct screen *screen)
{
	const struct overview *overview = screen->data;
	const struct board *board = screen->bench->board;
	if (!overview->sections || overview->list.at >= overview->list.n)
		return;
	const unsigned section = overview->sections[overview->list.at];
	uint32_t first = NO_SLOT;
	for (unsigned i = board->n_items; i > 0; i--) {
		unsigned at = board->items[i - 1].section;
		while (board->sections[at].depth > 0)
			at = board->sections[at].parent;
		if (at == section && !board->items[i - 1].is_outside)
			first = board->items[i - 1].slot;
	}
	walk_open(screen->bench, first);
}

static void next(struct screen *screen)
{
	walk_open(screen->bench, NO_SLOT);
}

static bool overview_key(struct screen *screen, const struct event *event)
{
	struct overview *overview = screen->data;
	if (key_digit(event) == 1) {
		walk_resume(screen->bench);
		return true;
	}
	return list_key(&overview->list, event);
}

static void overview_close(struct screen *screen)
{
	struct overview *overview = screen->data;
	free(overview->sections);
	free(overview);
}

static const struct action overview_actions[] = {
	{ .key = K_ENTER,
	  .title = { "进入板块", "enter" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = enter },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "下一项", "next" },
	  .help = { "下一件待办", "the next thing to do" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = next },
	{ .keys = { "1", "1" },
	  .title = { "逐项", "items" },
	  .group = GROUP_SCREEN,
	  .in_foot = true },
};

static const struct screen_kind overview_kind = {
	.id = "overview",
	.title = { "总览", "Overview" },
	.size = SIZE_WHOLE,
	.actions = overview_actions,
	.n_actions = sizeof(overview_actions) / sizeof(overview_actions[0]),
	.has_score_line = true,
	.needs_project = true,
	.draw = overview_draw,
	.key = overview_key,
	.close = overview_close,
};

void overview_open(struct workbench *bench)
{
	struct overview *overview = calloc(1, sizeof(*overview));
	struct lt_err err = LT_ERR_INIT;
	if (!overview) {
		lt_err_memory(&err);
		workbench_tell_err(bench, &err);
		return;
	}
	workbench_push(bench, &overview_kind, overview);
}
