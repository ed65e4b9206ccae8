/* A popup with a list to choose from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "frame.h"
#include "list.h"
#include "screens.h"
#include "wait.h"

#define MENU_ROWS 200

struct menu_entry {
	char *title, *detail; /* owned by the arena */
	int digit;
	bool is_dim;
};

struct menu {
	struct lt_arena arena;
	char *title;
	struct menu_entry *rows;
	unsigned n;
	struct list list;
	bool is_in_words; /* words are typed: a digit among them chooses nothing */
	menu_chosen chosen;
	void *context;
};

static void menu_draw(struct screen *screen, const struct canvas *canvas)
{
	struct menu *menu = screen->data;
	int width = text_columns(menu->title) + 8, titles = 0;
	for (unsigned i = 0; i < menu->n; i++) {
		const int cols = text_columns(menu->rows[i].title);
		titles = cols > titles ? cols : titles;
	}
	for (unsigned i = 0; i < menu->n; i++) {
		const int cols = titles + 11 +
				 (menu->rows[i].detail[0] ? text_columns(menu->rows[i].detail) : 0);
		width = cols > width ? cols : width;
	}
	const struct canvas inside = frame_popup(screen->bench, canvas, (int)menu->n + 2,
						 width < 36 ? 36 : width, false, menu->title, NULL);
	list_fit(&menu->list, menu->n, inside.rows - 2);
	for (unsigned i = menu->list.first; i < list_end(&menu->list); i++) {
		const struct menu_entry *entry = &menu->rows[i];
		const int row = 1 + (int)(i - menu->list.first);
		if (entry->digit >= 0)
			draw_format(&inside, row, 3, entry->is_dim ? INK_FAINT : INK_KEY, "%d",
				    entry->digit);
		draw_cut(&inside, row, 6, inside.cols - 8, entry->is_dim ? INK_FAINT : INK_TEXT,
			 entry->title);
		draw_cut(&inside, row, 6 + titles + 3, inside.cols - titles - 11, INK_DIM,
			 entry->detail);
		if (i == menu->list.at)
			draw_selection(&inside, row, true);
	}
	if (menu->n > list_end(&menu->list))
		draw_format(&inside, inside.rows - 1, 6, INK_DIM, tell(screen->bench, "其余 %u 行", "%u more"),
			    menu->n - list_end(&menu->list));
}

static void choose(struct screen *screen, unsigned number)
{
	struct workbench *bench = screen->bench;
	const struct menu *menu = screen->data;
	const menu_chosen chosen = menu->chosen;
	void *context = menu->context;
	if (number >= menu->n || menu->rows[number].is_dim)
		return;
	workbench_pop(bench);
	chosen(bench, context, number);
}

static bool menu_key(struct screen *screen, const struct event *event)
{
	struct menu *menu = screen->data;
	const int digit = key_digit(event);
	const char typed = key_ascii(event);
	/* a popup keeps the letters to itself, but for those that move and the way out */
	const bool is_way_out = !menu->is_in_words && (typed == 'q' || typed == '?');
	const bool is_move = !menu->is_in_words && (typed == 'j' || typed == 'k');
	const bool is_at_once = wait_begins_words(screen->bench, event);
	if (is_at_once)
		wait_drop_words(screen->bench);
	if (is_at_once || (event->key == K_TEXT && !is_way_out && !is_move &&
			   (menu->is_in_words || key_is_letter(event)))) {
		menu->is_in_words = true;
		workbench_tell_words(screen->bench);
		return true;
	}
	menu->is_in_words = false;
	if (list_key(&menu->list, event))
		return true;
	if (digit >= 0) {
		for (unsigned i = 0; i < menu->n; i++)
			if (menu->rows[i].digit == digit) {
				choose(screen, i);
				return true;
			}
		return true;
	}
	return event->key == K_TEXT && !is_way_out;
}

static void menu_take(struct screen *screen)
{
	choose(screen, ((struct menu *)screen->data)->list.at);
}

static void menu_close(struct screen *screen)
{
	struct menu *menu = screen->data;
	lt_arena_release(&menu->arena);
	free(menu);
}

static const struct action menu_actions[] = {
	{ .key = K_ENTER,
	  .title = { "选定", "choose" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = menu_take },
	{ .keys = { "上下", "arrows" },
	  .title = { "移动", "move" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .keys = { "数字", "digits" },
	  .title = { "直接选", "choose at once" },
	  .group = GROUP_ANSWER,
	  .in_foot = true },
};

static const struct screen_kind menu_kind = {
	.id = "menu",
	.title = { "选择", "Choose" },
	.size = SIZE_POPUP,
	.actions = menu_actions,
	.n_actions = sizeof(menu_actions) / sizeof(menu_actions[0]),
	.draw = menu_draw,
	.key = menu_key,
	.takes_words = true,
	.close = menu_close,
};

static bool fill(struct menu *menu, const char *title, const struct menu_row *rows, unsigned n)
{
	menu->title = lt_arena_printf(&menu->arena, "%s", title);
	menu->rows = lt_arena_alloc(&menu->arena, n ? n : 1, sizeof(*menu->rows));
	if (!menu->title || !menu->rows)
		return false;
	for (unsigned i = 0; i < n; i++) {
		menu->rows[i] =
			(struct menu_entry){ lt_arena_printf(&menu->arena, "%s", rows[i].title),
					     lt_arena_printf(&menu->arena, "%s",
							     rows[i].detail ? rows[i].detail : ""),
					     rows[i].digit, rows[i].is_dim };
		if (!menu->rows[i].title || !menu->rows[i].detail)
			return false;
	}
	menu->n = n;
	return true;
}

void menu_open(struct workbench *bench, const char *title, const struct menu_row *rows, unsigned n,
	       unsigned selected, menu_chosen chosen, void *context)
{
	struct menu *menu = workbench_room(bench, sizeof(*menu));
	struct lt_err err = LT_ERR_INIT;
	if (!menu)
		return;
	lt_arena_init(&menu->arena, 0);
	if (!fill(menu, title, rows, n < MENU_ROWS ? n : MENU_ROWS)) {
		lt_err_memory(&err);
		workbench_tell_err(bench, &err);
		lt_arena_release(&menu->arena);
		free(menu);
		return;
	}
	menu->chosen = chosen;
	menu->context = context;
	menu->list.at = selected;
	workbench_push(bench, &menu_kind, menu);
}
