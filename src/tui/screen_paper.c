/* The forms that people sign, in two keys: a form is chosen, and written as a PDF beside the project
 * under a name that no other file bears. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/paper.h"
#include "lingtan/base/file.h"
#include "path.h"
#include "visit.h"

#define MOST_NAMES 200u

struct paper_screen {
	struct lt_arena arena;
	struct paper_info *forms;
	unsigned n;
	struct list list;
	char only[200], day[16], path[PATH_TEXT];
	const char *each; /* what `only` is one of; NULL = nothing was stood on */
	enum lt_lang lang;
};

static struct paper_screen *paper_of(const struct screen *screen)
{
	return screen->data;
}

/* The one that the screen below stood on; of a form of stops no population, and the other way round. */
static bool takes_only(const struct paper_screen *at, unsigned number)
{
	return at->only[0] && at->each && at->forms[number].each &&
	       strcmp(at->forms[number].each, at->each) == 0;
}

/* A name as a piece of a file's: it leads to no other folder, and hides no file. */
static void name_piece(const char *name, char *out, size_t cap)
{
	text_format(out, cap, "%s", name);
	for (char *c = out; *c; c++)
		if (*c == '/' || (unsigned char)*c < ' ' || *c == 0x7f || (c == out && *c == '.'))
			*c = '-';
}

/* "park-plan-2026-03-24.pdf", a number behind it where there is such a file. */
static void offer(struct workbench *bench, struct paper_screen *at, unsigned number)
{
	char folder[PATH_TEXT], stem[PATH_TEXT], title[200], only[sizeof(at->only)];
	const char *name = strrchr(bench->path, '/');
	path_folder(bench->path, folder);
	name_piece(label_of(bench, &at->forms[number].title), title, sizeof(title));
	name_piece(at->only, only, sizeof(only));
	name = name ? name + 1 : bench->path;
	const size_t len = strcspn(name, ".");
	text_format(stem, sizeof(stem), "%.3000s%.*s-%s%s%s-%s", folder, (int)len, name, title,
		    takes_only(at, number) ? "-" : "", takes_only(at, number) ? only : "", at->day);
	text_format(at->path, sizeof(at->path), "%.4000s.pdf", stem);
	for (unsigned i = 2; (lt_is_file(at->path) || lt_is_folder(at->path)) && i < MOST_NAMES; i++)
		text_format(at->path, sizeof(at->path), "%.4000s-%u.pdf", stem, i);
}

static enum lt_status print(struct workbench *bench, struct paper_screen *at, unsigned number,
			    struct exported *out, struct lt_err *err)
{
	struct paper_template *template = NULL;
	struct paper_wish wish = { .lang = at->lang,
				   .date = at->day,
				   .only = takes_only(at, number) ? at->only : NULL,
				   .path = at->path };
	enum lt_status status =
		paper_find(bench->session->workspace, at->forms[number].id, NULL,
			   bench->sitting->templates, &at->arena, &bench->findings, &template, err);
	wish.template = template;
	return status ? status
		      : session_print(bench->session, bench->ref, &wish, out, &bench->findings, err);
}

static void write_out(struct workbench *bench, struct paper_screen *at, unsigned number)
{
	struct exported out;
	struct lt_err err = LT_ERR_INIT;
	char shown[PATH_TEXT];
	workbench_wait_begin(bench, "paper");
	const enum lt_status status = print(bench, at, number, &out, &err);
	if (!workbench_wait_end(bench))
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "已取消，没有写出文件", "stopped; no file was written"));
	else if (status)
		workbench_tell_err(bench, &err);
	else {
		path_shorten(at->path, shown);
		workbench_tell(bench, NOTICE_DONE, tell(bench, "已写出 %s", "%s written"), shown);
	}
	workbench_wait_once(bench);
}

/* ---- drawing ---- */

static void draw_row(const struct workbench *bench, const struct paper_screen *at,
		     const struct canvas *inside, int row, unsigned number)
{
	const int detail = bench->lang == LT_ZH ? 26 : 44;
	if (number < 9)
		draw_format(inside, row, 3, INK_KEY, "%u", number + 1);
	draw_cut(inside, row, 6, detail - 8, INK_TEXT, label_of(bench, &at->forms[number].title));
	draw_cut(inside, row, detail, inside->cols - detail - 2, INK_DIM,
		 takes_only(at, number) ? at->only : label_of(bench, &at->forms[number].help));
	if (number == at->list.at)
		draw_selection(inside, row, true);
}

static void paper_draw(struct screen *screen, const struct canvas *canvas)
{
	struct paper_screen *at = paper_of(screen);
	struct workbench *bench = screen->bench;
	char shown[PATH_TEXT];
	const struct canvas inside = frame_popup(bench, canvas, (int)at->n + 4, 84, false,
						 tell(bench, "打印表单", "Forms to print"),
						 at->lang == LT_ZH ? "中文" : "English");
	if (at->list.at < at->n)
		offer(bench, at, at->list.at);
	list_fit(&at->list, at->n, inside.rows - 3);
	for (unsigned i = at->list.first; i < list_end(&at->list); i++)
		draw_row(bench, at, &inside, (int)(i - at->list.first) + 1, i);
	path_shorten(at->path, shown);
	const int col = draw_text(&inside, inside.rows - 1, 3, INK_DIM, tell(bench, "写到 ", "to "));
	draw_path(&inside, inside.rows - 1, col, inside.cols - col - 2, INK_TITLE, shown);
}

/* ---- keys ---- */

static void take(struct screen *screen)
{
	struct paper_screen *at = paper_of(screen);
	if (at->list.at < at->n) {
		offer(screen->bench, at, at->list.at);
		write_out(screen->bench, at, at->list.at);
	}
}

static bool paper_key(struct screen *screen, const struct event *event)
{
	struct paper_screen *at = paper_of(screen);
	const int digit = key_digit(event);
	if (list_key(&at->list, event))
		return true;
	if (digit >= 1 && (unsigned)digit <= at->n) {
		at->list.at = (unsigned)digit - 1;
		take(screen);
		return true;
	}
	if (event->key == K_LEFT || event->key == K_RIGHT) {
		at->lang = at->lang == LT_ZH ? LT_EN : LT_ZH;
		return true;
	}
	/* a popup keeps the letters to itself, but for the way out */
	return event->key == K_TEXT && key_ascii(event) != 'q' && key_ascii(event) != '?';
}

static void paper_close(struct screen *screen)
{
	struct paper_screen *at = paper_of(screen);
	lt_arena_release(&at->arena);
	free(at);
}

static const struct action paper_actions[] = {
	{ .key = K_ENTER,
	  .title = { "写出", "write" },
	  .help = { "写成 PDF；不会覆盖已有的文件", "as a PDF; no other file is replaced" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = take },
	{ .keys = { "数字", "digits" }, .title = { "直接写出", "at once" }, .group = GROUP_ANSWER, .in_foot = true },
	{ .keys = { "左右", "left, right" }, .title = { "语言", "language" }, .group = GROUP_ANSWER, .in_foot = true },
};

static const struct screen_kind paper_kind = {
	.id = "paper",
	.title = { "表单", "Forms" },
	.size = SIZE_POPUP,
	.actions = paper_actions,
	.n_actions = sizeof(paper_actions) / sizeof(paper_actions[0]),
	.needs_project = true,
	.draw = paper_draw,
	.key = paper_key,
	.close = paper_close,
};

void paper_open(struct workbench *bench, const char *form, const char *only)
{
	struct paper_screen *at = workbench_room(bench, sizeof(*at));
	struct lt_err err = LT_ERR_INIT;
	if (!at)
		return;
	lt_arena_init(&at->arena, 0);
	at->lang = bench->lang;
	text_format(at->only, sizeof(at->only), "%s", only ? only : "");
	workbench_today(at->day);
	if (paper_list(bench->sitting->workspace, bench->sitting->templates, &at->arena, &bench->findings,
		       &at->forms, &at->n, &err)) {
		workbench_tell_err(bench, &err);
		lt_arena_release(&at->arena);
		free(at);
		return;
	}
	for (unsigned i = 0; form && i < at->n; i++)
		if (strcmp(at->forms[i].id, form) == 0) {
			at->list.at = i;
			at->each = at->forms[i].each;
		}
	workbench_push(bench, &paper_kind, at);
}

void paper_open_list(struct workbench *bench)
{
	paper_open(bench, NULL, NULL);
}
