/* Finding items: by number, words of either language, pinyin initials, answers, evidence. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "field.h"
#include "figure.h"
#include "frame.h"
#include "list.h"
#include "screens.h"

struct find {
	struct edit edit;
	struct lt_arena arena;
	struct board_found_list found;
	struct list list;
};

static struct find *find_of(const struct screen *screen)
{
	return screen->data;
}

static void search(struct screen *screen)
{
	struct find *find = find_of(screen);
	struct lt_err err = LT_ERR_INIT;
	lt_arena_reset(&find->arena);
	find->found = (struct board_found_list){ 0 };
	find->list.at = 0;
	if (board_find(screen->bench->board, edit_text(&find->edit), &find->arena, &find->found,
		       &err) != LT_OK) {
		find->found.n = 0;
		workbench_tell_err(screen->bench, &err);
	}
}

/* Where it was found, when that is neither number nor title: the words around it. */
static void context_of(const struct workbench *bench, const struct board_found *found, char *out,
		       size_t cap)
{
	static const struct label kinds[N_FOUND_BY] = {
		[FOUND_ANSWER] = { "意见", "words" },
		[FOUND_EVIDENCE] = { "佐证", "evidence" },
		[FOUND_WORDS] = { "条文", "text" },
	};
	out[0] = '\0';
	if (!kinds[found->by].zh || !found->text)
		return;
	const size_t from = cluster_fit_end(found->text, found->at, 16, NULL);
	text_format(out, cap, "%s  %s", label_of(bench, &kinds[found->by]), found->text + from);
}

static void draw_row(const struct screen *screen, const struct canvas *canvas, int row,
		     const struct board_found *found)
{
	const struct workbench *bench = screen->bench;
	const struct board_item *item = &bench->board->items[found->item];
	char context[400];
	enum ink ink;
	const char *mark = state_mark(board_mark(bench->board, found->item)->state, &ink);
	draw_text(canvas, row, 3, ink, mark);
	int col = draw_cut(canvas, row, 5, 10, INK_DIM, shown_id(item->plan->decl->id));
	col = col < 12 ? 12 : col + 1;
	context_of(bench, found, context, sizeof(context));
	const int room = context[0] ? (canvas->cols - col) / 2 : canvas->cols - col - 2;
	draw_cut(canvas, row, col, room, INK_TEXT, label_of(bench, &item->plan->decl->title));
	col += room + 2;
	draw_cut(canvas, row, col, canvas->cols - col - 2, INK_DIM, context);
}

static void find_draw(struct screen *screen, const struct canvas *canvas)
{
	struct find *find = find_of(screen);
	struct workbench *bench = screen->bench;
	char count[60];
	text_format(count, sizeof(count), tell(bench, "%u 条", find->found.n == 1 ? "%u item" : "%u items"), find->found.n);
	const struct canvas inside =
		frame_popup(bench, canvas, canvas->rows - 8 > 12 ? canvas->rows - 8 : 12, 76, false,
			    tell(bench, "查找", "Find"), edit_length(&find->edit) ? count : NULL);
	const struct canvas line = canvas_part(&inside, 1, 3, 1, -3);
	draw_ground(&line, 0, 0, line.cols, GROUND_INPUT);
	field_draw(&find->edit, &line, INK_TITLE, true);
	const struct canvas rows = canvas_part(&inside, 3, 0, -1, 0);
	list_fit(&find->list, find->found.n, rows.rows);
	for (unsigned i = find->list.first; i < list_end(&find->list); i++) {
		const int row = (int)(i - find->list.first);
		draw_row(screen, &rows, row, &find->found.at[i]);
		if (i == find->list.at)
			draw_selection(&rows, row, true);
	}
	if (find->found.n == 0)
		draw_cut(
			&rows, 0, 3, rows.cols - 5, INK_DIM,
			edit_length(&find->edit)
				? tell(bench, "没有找到", "nothing found")
				: tell(bench, "编号、名称、意见、佐证里的文字、拼音首字母",
				       "number, title, words of answers and evidence, pinyin initials"));
}

static void take(struct screen *screen)
{
	struct find *find = find_of(screen);
	struct workbench *bench = screen->bench;
	if (find->list.at >= find->found.n)
		return;
	const uint32_t item = find->found.at[find->list.at].item;
	workbench_pop(bench);
	walk_goto(bench, item);
}

static bool find_key(struct screen *screen, const struct event *event)
{
	struct find *find = find_of(screen);
	if (event->key == K_UP || event->key == K_DOWN || event->key == K_PAGE_UP ||
	    event->key == K_PAGE_DOWN)
		return list_key(&find->list, event);
	const unsigned long before = find->edit.version;
	const enum field_result result = field_type(screen->bench, &find->edit, event);
	if (find->edit.version != before)
		search(screen);
	return result != FIELD_IGNORED;
}

static bool find_is_typing(const struct screen *screen)
{
	(void)screen;
	return true;
}

static void find_changed(struct screen *screen)
{
	const unsigned at = find_of(screen)->list.at;
	search(screen);
	find_of(screen)->list.at = at;
}

static void find_close(struct screen *screen)
{
	struct find *find = find_of(screen);
	edit_release(&find->edit);
	lt_arena_release(&find->arena);
	free(find);
}

static const struct action find_actions[] = {
	{ .key = K_ENTER,
	  .title = { "到该条", "go there" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = take },
	{ .keys = { "上下", "arrows" },
	  .title = { "移动", "move" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
};

static const struct screen_kind find_kind = {
	.id = "find",
	.title = { "查找", "Find" },
	.size = SIZE_POPUP,
	.actions = find_actions,
	.n_actions = sizeof(find_actions) / sizeof(find_actions[0]),
	.needs_project = true,
	.draw = find_draw,
	.key = find_key,
	.is_typing = find_is_typing,
	.changed = find_changed,
	.close = find_close,
};

void find_open_with(struct workbench *bench, const char *query)
{
	struct find *find = workbench_room(bench, sizeof(*find));
	const struct edit_options options = { .max_clusters = MOST_LINE };
	if (!find)
		return;
	edit_init(&find->edit, &options);
	edit_set(&find->edit, query, strlen(query));
	lt_arena_init(&find->arena, 0);
	struct screen *screen = workbench_push(bench, &find_kind, find);
	if (screen && query[0])
		search(screen);
}

void find_open(struct workbench *bench)
{
	find_open_with(bench, "");
}
