/* The start: recent projects, one digit each. */
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "frame.h"
#include "list.h"
#include "screens.h"

struct start {
	struct lt_arena arena;
	struct recent *recent;
	unsigned n;
	struct list list;
};

static void start_draw(struct screen *screen, const struct canvas *canvas)
{
	struct start *start = screen->data;
	const struct workbench *bench = screen->bench;
	char at[FIGURE_TEXT];
	draw_text(canvas, 2, 3, INK_TITLE, tell(bench, "零碳  一项一证，一分一据", "lingtan"));
	draw_text(canvas, 4, 3, INK_DIM, tell(bench, "最近项目", "Recent projects"));
	list_fit(&start->list, start->n, canvas->rows - 7);
	for (unsigned i = start->list.first; i < list_end(&start->list); i++) {
		const struct recent *recent = &start->recent[i];
		const int row = 5 + (int)(i - start->list.first);
		if (i == start->list.at)
			draw_text(canvas, row, 1, INK_ACCENT, "›");
		if (i < 9)
			draw_format(canvas, row, 3, INK_KEY, "%u", i + 1);
		draw_cut(canvas, row, 6, 32, INK_TEXT, recent->park ? recent->park : recent->path);
		draw_cut(canvas, row, 40, 20, INK_DIM, recent->standard ? recent->standard : "");
		draw_right(canvas, row, canvas->cols - 2, INK_DIM,
			   figure_time(recent->at, bench->lang, at));
		if (i == start->list.at)
			draw_ground(canvas, row, 1, canvas->cols - 2, GROUND_SELECTION);
	}
	if (start->n == 0)
		draw_text(canvas, 5, 3, INK_DIM,
			  tell(bench, "还没有打开过项目。新建：lingtan new FILE --park 园区名称 ...",
			       "none yet. A new one: lingtan new FILE --park NAME ..."));
}

static void open_recent(struct screen *screen, unsigned i)
{
	struct start *start = screen->data;
	char path[4096];
	if (i >= start->n || strlen(start->recent[i].path) >= sizeof(path))
		return;
	strcpy(path, start->recent[i].path);
	struct workbench *bench = screen->bench;
	workbench_open(bench, path, NULL, false);
}

static bool start_key(struct screen *screen, const struct event *event)
{
	struct start *start = screen->data;
	const int digit = key_digit(event);
	if (list_key(&start->list, event))
		return true;
	if (digit < 1)
		return false;
	open_recent(screen, (unsigned)digit - 1);
	return true;
}

static void start_enter(struct screen *screen)
{
	open_recent(screen, ((struct start *)screen->data)->list.at);
}

static void start_close(struct screen *screen)
{
	struct start *start = screen->data;
	lt_arena_release(&start->arena);
	free(start);
}

static const struct action start_actions[] = {
	{ .key = K_ENTER,
	  .title = { "打开", "open" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = start_enter },
	{ .keys = { "1-9", "1-9" },
	  .title = { "直达", "at once" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
};

static const struct screen_kind start_kind = {
	.id = "start",
	.title = { "零碳", "lingtan" },
	.size = SIZE_WHOLE,
	.actions = start_actions,
	.n_actions = sizeof(start_actions) / sizeof(start_actions[0]),
	.draw = start_draw,
	.key = start_key,
	.close = start_close,
};

void screens_start(struct workbench *bench)
{
	struct start *start = calloc(1, sizeof(*start));
	if (!start) {
		bench->is_leaving = true;
		return;
	}
	lt_arena_init(&start->arena, 0);
	recent_list(bench->sitting->who.state_home, &start->arena, &start->recent, &start->n);
	workbench_push(bench, &start_kind, start);
}
