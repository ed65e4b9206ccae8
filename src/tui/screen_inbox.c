/* The inbox: a folder of the phone or a stick, what is in its files, and where they are tied. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "field.h"
#include "file_list.h"
#include "frame.h"
#include "screens.h"
#include "viewer.h"

struct inbox {
	struct file_list files;
};

static struct inbox *inbox_of(const struct screen *screen)
{
	return screen->data;
}

static void inbox_draw(struct screen *screen, const struct canvas *canvas)
{
	struct inbox *inbox = inbox_of(screen);
	const struct workbench *bench = screen->bench;
	const struct attach_folder *folder = &inbox->files.folder;
	char counts[120], where[400];
	text_format(counts, sizeof(counts), tell(bench, "%u 件  未挂 %u", "%u files, %u not tied"),
		    folder->n_files, folder->n_untied);
	const int top = frame_is_tall(bench) ? 1 : 0;
	const int end = draw_right(canvas, top, canvas->cols - 2, INK_DIM, counts) - 2;
	const int col = draw_text(canvas, top, 3, INK_DIM, tell(bench, "文件夹  ", "Folder  "));
	where[cluster_cut_front(folder->path, strlen(folder->path), end - col, where,
				sizeof(where) - 1)] = '\0';
	draw_text(canvas, top, col, INK_TITLE, where);
	const struct canvas body = canvas_part(canvas, 2 + top, 1, -1, -2);
	file_list_draw_both(&inbox->files, bench, &body, true);
}

/* ---- to which item ---- */

static const char *check_item(struct workbench *bench, void *context, const char *text)
{
	(void)context;
	return board_find_item(bench->board, text) == NO_SLOT
		       ? tell(bench, "没有这一条；写条款号，如 7.2.1",
			      "there is no such item; type its number, such as 7.2.1")
		       : NULL;
}

static void item_given(struct workbench *bench, void *context, const char *text)
{
	struct screen *top = workbench_top(bench);
	(void)context;
	if (!top || strcmp(top->kind->id, "inbox") != 0)
		return;
	const struct attach_file *file = file_list_at(&inbox_of(top)->files);
	const uint32_t item = board_find_item(bench->board, text);
	if (!file || item == NO_SLOT)
		return;
	char name[400];
	snprintf(name, sizeof(name), "%s", file->name);
	snprintf(bench->left_item, sizeof(bench->left_item), "%s", text);
	file_list_keep(&inbox_of(top)->files, bench);
	attach_open_at(bench, item, name);
}

static void attach(struct screen *screen)
{
	struct inbox *inbox = inbox_of(screen);
	struct workbench *bench = screen->bench;
	const struct attach_file *file = file_list_at(&inbox->files);
	if (!file || file_list_enter(&inbox->files, bench))
		return;
	if (!workbench_may_write(bench))
		return;
	ask_open(bench, tell(bench, "挂到哪一条", "To which item"),
		 tell(bench, "条款号，如 7.2.1；上一次的已填好",
		      "its number, such as 7.2.1; that of the last time stands there"),
		 bench->left_item, true, check_item, item_given, NULL);
}

/* ---- the folder, the order, the viewer ---- */

static void folder_given(struct workbench *bench, void *context, const char *text)
{
	struct screen *top = workbench_top(bench);
	(void)context;
	if (top && strcmp(top->kind->id, "inbox") == 0)
		file_list_go(&inbox_of(top)->files, bench, text);
}

static void change_folder(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	ask_open(bench, tell(bench, "换文件夹", "Another folder"),
		 tell(bench, "文件夹的路径，如 /media/usb 或 ~/现场",
		      "path of a folder, such as /media/usb or ~/visit"),
		 inbox_of(screen)->files.folder.path, true, NULL, folder_given, NULL);
}

static void turn_preview(struct screen *screen)
{
	struct inbox *inbox = inbox_of(screen);
	inbox->files.shows_preview = !inbox->files.shows_preview;
}

static bool has_one_pane(const struct screen *screen)
{
	return frame_breadth(screen->bench) == BREADTH_60;
}

static void turn_order(struct screen *screen)
{
	file_list_turn_order(&inbox_of(screen)->files, screen->bench);
}

static void view(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	const struct attach_file *file = file_list_at(&inbox_of(screen)->files);
	struct lt_err err = LT_ERR_INIT;
	char path[PATH_TEXT];
	if (!file || file->is_folder)
		return;
	const enum lt_status status =
		file_list_path(&inbox_of(screen)->files, path, sizeof(path))
			? viewer_open_file(path, &err)
			: path_too_long(&err);
	viewer_tell(bench, status, &err);
}

static bool inbox_key(struct screen *screen, const struct event *event)
{
	const int digit = key_digit(event);
	if (digit == 0 || digit == 9) {
		(digit ? view : turn_order)(screen);
		return true;
	}
	/* several at once are chosen where they get their place */
	return key_ascii(event) == ' ' ||
	       file_list_key(&inbox_of(screen)->files, screen->bench, event);
}

static void inbox_changed(struct screen *screen)
{
	file_list_read_again(&inbox_of(screen)->files, screen->bench);
}

static void inbox_pause(struct screen *screen)
{
	if (workbench_top(screen->bench) == screen)
		file_list_pause(&inbox_of(screen)->files, screen->bench);
}

static void inbox_close(struct screen *screen)
{
	struct inbox *inbox = inbox_of(screen);
	file_list_keep(&inbox->files, screen->bench);
	file_list_release(&inbox->files);
	free(inbox);
}

static void inbox_describe(const struct screen *screen, struct place *place)
{
	(void)screen;
	place->screen = "inbox";
}

static const struct action inbox_actions[] = {
	{ .key = K_ENTER,
	  .title = { "挂上", "attach" },
	  .help = { "挂到一条；在文件夹上进入", "attach to an item; enters a folder" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = attach },
	{ .key = K_F4,
	  .title = { "文件夹", "folder" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = change_folder },
	{ .keys = { "0", "0" },
	  .title = { "排序", "order" },
	  .help = { "按时间、名称、大小、类型", "by time, name, size, kind" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .keys = { "9", "9" },
	  .title = { "系统打开", "open" },
	  .help = { "用系统程序看一份副本", "a copy in the system's program" },
	  .group = GROUP_SCREEN,
	  .in_foot = true },
	{ .key = K_F3,
	  .title = { "预览", "preview" },
	  .help = { "在清单和预览之间换", "list or preview" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .is_live = has_one_pane,
	  .run = turn_preview },
	{ .keys = { "左", "left" }, .title = { "上一层", "folder above" }, .group = GROUP_MOVE },
};

static const struct screen_kind inbox_kind = {
	.id = "inbox",
	.title = { "收件", "Inbox" },
	.size = SIZE_WHOLE,
	.actions = inbox_actions,
	.n_actions = sizeof(inbox_actions) / sizeof(inbox_actions[0]),
	.has_score_line = true,
	.needs_project = true,
	.draw = inbox_draw,
	.key = inbox_key,
	.changed = inbox_changed,
	.pause = inbox_pause,
	.close = inbox_close,
	.describe = inbox_describe,
};

void inbox_open(struct workbench *bench)
{
	struct inbox *inbox = workbench_room(bench, sizeof(*inbox));
	if (!inbox)
		return;
	file_list_init(&inbox->files, "");
	if (workbench_push(bench, &inbox_kind, inbox))
		file_list_open(&inbox->files, bench);
}
