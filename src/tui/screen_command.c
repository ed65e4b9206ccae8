/* The prompt: commands by name, in Chinese, English, the command line's words, pinyin initials. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"
#include "commands.h"
#include "field.h"
#include "frame.h"
#include "list.h"
#include "screens.h"

#define ROWS_SHOWN 7
#define MOST_COMMANDS 100

struct prompt {
	struct edit edit;
	const struct named_command *found[MOST_COMMANDS];
	struct list list;
	bool is_full; /* not all of the last key went in */
};

static struct prompt *prompt_of(const struct screen *screen)
{
	return screen->data;
}

/* Best first; those that fit alike stay in the order of the table. */
static void match(struct screen *screen)
{
	struct prompt *prompt = prompt_of(screen);
	const char *query = edit_text(&prompt->edit);
	unsigned n = 0;
	query += strspn(query, ": ");
	for (int fit = 5; fit > 0; fit--)
		for (unsigned i = 0; i < n_named_commands && n < MOST_COMMANDS; i++)
			if (command_match(screen->bench, &named_commands[i], query) == fit)
				prompt->found[n++] = &named_commands[i];
	prompt->list = (struct list){ .n = n };
}

/* What Enter would do instead, or what is lacking. */
static void draw_nothing(const struct prompt *prompt, const struct workbench *bench,
			 const struct canvas *canvas)
{
	const char *query = edit_text(&prompt->edit);
	const struct named_command *other =
		command_of_projects(bench, query + strspn(query, ": "));
	if (prompt->is_full)
		draw_cut(canvas, 0, 3, canvas->cols - 5, INK_WARN,
			 tell(bench, "这一行写不下了，多出的没有放进去",
			      "this line takes no more, the rest was left out"));
	else if (other)
		draw_format(canvas, 0, 3, INK_WARN,
			    tell(bench, "“%s”要先打开一个项目", "'%s' needs an open project"),
			    label_of(bench, &other->title));
	else
		draw_cut(canvas, 0, 3, canvas->cols - 5, INK_DIM,
			 bench->board ? tell(bench, "没有这个命令；Enter 在条款里查找这些字",
					     "no such command; Enter looks for it in the items")
				      : tell(bench, "没有这个命令", "no such command"));
}

static void draw_rows(struct screen *screen, const struct canvas *canvas)
{
	struct prompt *prompt = prompt_of(screen);
	const struct workbench *bench = screen->bench;
	const bool has_cli = canvas->cols >= 80;
	list_fit(&prompt->list, prompt->list.n, canvas->rows);
	for (unsigned i = prompt->list.first; i < list_end(&prompt->list); i++) {
		const struct named_command *command = prompt->found[i];
		const int row = (int)(i - prompt->list.first);
		draw_cut(canvas, row, 3, 15, INK_TEXT, label_of(bench, &command->title));
		draw_cut(canvas, row, 18, (has_cli ? canvas->cols - 20 : canvas->cols) - 20,
			 INK_DIM, label_of(bench, &command->help));
		if (has_cli && command->cli)
			draw_cut(canvas, row, canvas->cols - 20, 18, INK_DIM, command->cli);
		if (i == prompt->list.at)
			draw_selection(canvas, row, true);
	}
	if (prompt->list.n == 0)
		draw_nothing(prompt, bench, canvas);
}

/* What is left of the best match stands dim behind the cursor. */
static void draw_rest(const struct screen *screen, const struct canvas *line)
{
	const struct prompt *prompt = prompt_of(screen);
	const char *typed = edit_text(&prompt->edit);
	if (!typed[0] || prompt->list.n == 0)
		return;
	const char *title = label_of(screen->bench, &prompt->found[0]->title);
	if (strncmp(title, typed, strlen(typed)) == 0)
		draw_text(line, 0, text_columns(typed), INK_FAINT, title + strlen(typed));
}

static void prompt_draw(struct screen *screen, const struct canvas *canvas)
{
	struct prompt *prompt = prompt_of(screen);
	struct workbench *bench = screen->bench;
	const struct canvas whole = canvas_whole(&bench->grid);
	const struct canvas above = canvas_part(&whole, 1, 0, -1, 0);
	const int rows = ROWS_SHOWN + 3;
	/* over everything down to the foot */
	const struct canvas box = canvas_part(&whole, whole.rows - rows - 1, 0, rows, 0);
	char count[60];
	(void)canvas;
	draw_quieten(&above, INK_DIM);
	draw_clear(&box, GROUND_POPUP);
	draw_fill(&box, 0, 0, box.cols, INK_FAINT, "─");
	draw_format(&box, 0, 2, INK_TITLE, " %s ", tell(bench, "命令", "Command"));
	snprintf(count, sizeof(count), tell(bench, " %u 条匹配 ", " %u match "), prompt->list.n);
	draw_right(&box, 0, box.cols - 2, INK_DIM, count);
	const struct canvas list = canvas_part(&box, 1, 0, ROWS_SHOWN, 0);
	draw_rows(screen, &list);
	draw_text(&box, rows - 1, 1, INK_KEY, ":");
	const char *hint =
		tell(bench, "中文、英文、拼音首字母均可", "Chinese, English, pinyin initials");
	const struct canvas line = canvas_part(&box, rows - 1, 3, 1, -text_columns(hint) - 3);
	draw_right(&box, rows - 1, box.cols - 1, INK_DIM, hint);
	draw_rest(screen, &line);
	field_draw(&prompt->edit, &line, INK_TITLE, true);
}

static void take(struct screen *screen)
{
	struct prompt *prompt = prompt_of(screen);
	struct workbench *bench = screen->bench;
	char query[512];
	const char *typed = edit_text(&prompt->edit);
	const size_t len = lt_text_cut(typed, strlen(typed), sizeof(query) - 1);
	memcpy(query, typed, len);
	query[len] = '\0';
	const struct named_command *command =
		prompt->list.at < prompt->list.n ? prompt->found[prompt->list.at] : NULL;
	if (!command && !bench->board)
		return;
	workbench_pop(bench);
	if (command)
		command->run(bench);
	else
		find_open_with(bench, query);
}

static void complete(struct screen *screen)
{
	struct prompt *prompt = prompt_of(screen);
	if (prompt->list.at >= prompt->list.n)
		return;
	const char *title = label_of(screen->bench, &prompt->found[prompt->list.at]->title);
	edit_replace_all(&prompt->edit, title, strlen(title));
	match(screen);
}

static bool prompt_key(struct screen *screen, const struct event *event)
{
	struct prompt *prompt = prompt_of(screen);
	if (event->key == K_UP || event->key == K_DOWN)
		return list_key(&prompt->list, event);
	/* an emptied prompt goes away, as in other programs */
	if (event->key == K_BACKSPACE && edit_length(&prompt->edit) == 0) {
		workbench_pop(screen->bench);
		return true;
	}
	const unsigned long before = prompt->edit.version;
	/* where a notice would stand is the line itself: what did not go in is told in the list */
	const enum field_result result = field_key(&prompt->edit, event);
	prompt->is_full = result == FIELD_FULL;
	if (prompt->edit.version != before)
		match(screen);
	return result != FIELD_IGNORED;
}

static bool prompt_is_typing(const struct screen *screen)
{
	(void)screen;
	return true;
}

static void prompt_close(struct screen *screen)
{
	edit_release(&prompt_of(screen)->edit);
	free(screen->data);
}

static const struct action prompt_actions[] = {
	{ .key = K_ENTER,
	  .title = { "执行", "run" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = take },
	{ .key = K_TAB,
	  .title = { "补全", "complete" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = complete },
	{ .keys = { "上下", "arrows" },
	  .title = { "选", "choose" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
};

static const struct screen_kind prompt_kind = {
	.id = "command",
	.title = { "命令", "Command" },
	.size = SIZE_POPUP,
	.actions = prompt_actions,
	.n_actions = sizeof(prompt_actions) / sizeof(prompt_actions[0]),
	.draw = prompt_draw,
	.key = prompt_key,
	.is_typing = prompt_is_typing,
	.close = prompt_close,
};

void command_open(struct workbench *bench)
{
	struct prompt *prompt = workbench_room(bench, sizeof(*prompt));
	const struct edit_options options = { .max_clusters = MOST_LINE };
	if (!prompt)
		return;
	edit_init(&prompt->edit, &options);
	struct screen *screen = workbench_push(bench, &prompt_kind, prompt);
	if (screen)
		match(screen);
}
