/* A popup to name a file: a path to type, and under it what is in the folder. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include "field.h"
#include "figure.h"
#include "frame.h"
#include "lingtan/base/file.h"
#include "lingtan/base/text.h"
#include "list.h"
#include "path.h"
#include "screens.h"

#define MOST_NAMES 5000

struct pick_name {
	const char *name;
	bool is_folder;
};

struct pick {
	struct lt_arena arena; /* of the folder's names */
	char title[160];
	const char *const *endings;
	struct edit edit;
	char folder[PATH_TEXT]; /* whose names are listed, as it was typed */
	bool is_listed;
	struct pick_name *names;
	unsigned *seen;                  /* numbers of the names that go on as the path does */
	unsigned n_names, n_seen, n_odd; /* odd: names that are no text */
	struct list list;
	bool in_list;
	char wrong[400];
	bool can_look;
	pick_given given;
	void *context;
};

/* ---- the folder ---- */

static void add_name(struct pick *pick, const char *folder, const char *name)
{
	char path[PATH_TEXT];
	size_t at;
	if (pick->n_names == MOST_NAMES ||
	    snprintf(path, sizeof(path), "%s/%s", folder, name) >= (int)sizeof(path))
		return;
	if (lt_text_check(name, strlen(name), &at) != LT_TEXT_OK || name[strcspn(name, "\n\t\r")]) {
		pick->n_odd++;
		return;
	}
	const bool is_folder = lt_is_folder(path);
	if (is_folder || path_has_ending(name, pick->endings))
		pick->names[pick->n_names++] = (struct pick_name){ name, is_folder };
}

static int by_kind(const void *a, const void *b)
{
	const struct pick_name *one = a, *other = b;
	if (one->is_folder != other->is_folder)
		return one->is_folder ? -1 : 1;
	return strverscmp(one->name, other->name);
}

static void read_folder(struct pick *pick)
{
	struct lt_err err = LT_ERR_INIT;
	char folder[PATH_TEXT];
	const char **names;
	size_t n;
	lt_arena_reset(&pick->arena);
	pick->n_names = pick->n_odd = 0;
	pick->names = lt_arena_alloc(&pick->arena, MOST_NAMES, sizeof(*pick->names));
	pick->seen = lt_arena_alloc(&pick->arena, MOST_NAMES, sizeof(*pick->seen));
	if (!pick->names || !pick->seen || !path_expand(pick->folder, folder) ||
	    lt_dir_list(folder[0] ? folder : ".", &pick->arena, &names, &n, &err) != LT_OK)
		return;
	for (size_t i = 0; i < n; i++)
		add_name(pick, folder[0] ? folder : ".", names[i]);
	qsort(pick->names, pick->n_names, sizeof(*pick->names), by_kind);
}

/* After each key: which names go on as what was typed. */
static void follow(struct pick *pick)
{
	char folder[PATH_TEXT];
	const char *typed = edit_text(&pick->edit);
	path_folder(typed, folder);
	if (!pick->is_listed || strcmp(folder, pick->folder) != 0) {
		snprintf(pick->folder, sizeof(pick->folder), "%s", folder);
		pick->is_listed = true;
		read_folder(pick);
	}
	const char *name = path_name(typed);
	pick->n_seen = 0;
	for (unsigned i = 0; i < pick->n_names; i++)
		if (strncasecmp(pick->names[i].name, name, strlen(name)) == 0)
			pick->seen[pick->n_seen++] = i;
	if (pick->n_seen == 0)
		pick->in_list = false;
}

static const struct pick_name *selected(const struct pick *pick)
{
	return pick->in_list && pick->list.at < pick->n_seen
		       ? &pick->names[pick->seen[pick->list.at]]
		       : NULL;
}

static void type_path(struct pick *pick, const char *folder, const char *name, size_t len,
		      const char *end)
{
	char path[PATH_TEXT];
	const int used = snprintf(path, sizeof(path), "%s%.*s%s", folder, (int)len, name, end);
	if (used >= 0 && used < (int)sizeof(path))
		edit_replace_all(&pick->edit, path, (size_t)used);
	pick->list.at = 0;
	follow(pick);
}

/* ---- drawing ---- */

static void draw_name(const struct workbench *bench, const struct pick *pick,
		      const struct canvas *inside, int row, const struct pick_name *name)
{
	char path[PATH_TEXT], folder[PATH_TEXT], size[FIGURE_TEXT], bytes[32], at[32],
		day[FIGURE_TEXT];
	struct stat found;
	struct tm local;
	const bool has_facts =
		path_expand(pick->folder, folder) &&
		snprintf(path, sizeof(path), "%s%s", folder, name->name) < (int)sizeof(path) &&
		stat(path, &found) == 0;
	const int facts = inside->cols >= 56 ? 22 : 0;
	const int col = draw_cut(inside, row, 3, inside->cols - facts - 6,
				 name->is_folder ? INK_ACCENT : INK_TEXT, name->name);
	if (name->is_folder)
		draw_text(inside, row, col, INK_DIM, "/");
	if (!has_facts || !facts)
		return;
	if (!name->is_folder) {
		snprintf(bytes, sizeof(bytes), "%lld", (long long)found.st_size);
		draw_right(inside, row, inside->cols - 14, INK_DIM, figure_size(bytes, size));
	}
	/* a file's time may be any number */
	if (!localtime_r(&found.st_mtime, &local) ||
	    !strftime(at, sizeof(at), "%Y-%m-%dT%H:%M:%S", &local))
		return;
	draw_right(inside, row, inside->cols - 2, INK_DIM, figure_day(at, bench->lang, day));
}

static void draw_names(const struct workbench *bench, struct pick *pick,
		       const struct canvas *inside)
{
	const int rows = inside->rows - 5;
	list_fit(&pick->list, pick->n_seen, rows);
	for (unsigned i = pick->list.first; i < list_end(&pick->list); i++) {
		const int row = 4 + (int)(i - pick->list.first);
		draw_name(bench, pick, inside, row, &pick->names[pick->seen[i]]);
		if (!pick->in_list || i != pick->list.at)
			continue;
		draw_selection(inside, row, true);
	}
	if (pick->n_seen == 0)
		draw_text(inside, 4, 3, INK_DIM,
			  pick->n_names ? tell(bench, "没有这样开头的", "nothing begins like this")
					: tell(bench, "这里没有可选的文件", "no such file here"));
	if (pick->list.n > pick->list.rows)
		draw_format(inside, inside->rows - 1, 3, INK_DIM,
			    tell(bench, "共 %u 件", "%u in all"), pick->n_seen);
	else if (pick->n_odd > 0)
		draw_format(inside, inside->rows - 1, 3, INK_DIM,
			    tell(bench, "另有 %u 个名称不是 UTF-8，未列出",
				 "%u more whose names are not UTF-8"),
			    pick->n_odd);
}

static void pick_draw(struct screen *screen, const struct canvas *canvas)
{
	struct pick *pick = screen->data;
	struct workbench *bench = screen->bench;
	const int rows = canvas->rows - 8 > 18 ? 18 : canvas->rows - 4;
	const struct canvas inside =
		frame_popup(bench, canvas, rows < 9 ? 9 : rows, 72, false, pick->title, NULL);
	const struct canvas line = canvas_part(&inside, 1, 3, 1, inside.cols - 5);
	draw_names(bench, pick, &inside);
	if (pick->wrong[0])
		draw_cut(&inside, 2, 3, inside.cols - 5, INK_WARN, pick->wrong);
	draw_ground(&line, 0, 0, line.cols, pick->in_list ? GROUND_FIELD : GROUND_INPUT);
	field_draw(&pick->edit, &line, INK_TITLE, !pick->in_list);
}

/* ---- taking ---- */

static void refuse(struct screen *screen, const char *zh, const char *en, const char *what)
{
	struct pick *pick = screen->data;
	char shown[200];
	cluster_cut_middle(what, strlen(what), 60, shown, sizeof(shown));
	text_format(pick->wrong, sizeof(pick->wrong), "%s%s", tell(screen->bench, zh, en), shown);
}

static void take_path(struct screen *screen, bool readonly)
{
	struct pick *pick = screen->data;
	struct workbench *bench = screen->bench;
	const pick_given given = pick->given;
	void *context = pick->context;
	char path[PATH_TEXT];
	const char *typed = edit_text(&pick->edit);
	if (!path_expand(typed, path) || !path[0])
		return;
	if (lt_is_folder(path)) {
		const bool has_slash = typed[strlen(typed) - 1] == '/';
		type_path(pick, typed, "", 0, has_slash ? "" : "/");
		pick->in_list = pick->n_seen > 0;
		return;
	}
	if (!lt_is_file(path)) {
		refuse(screen, "没有这个文件：", "there is no such file: ", path_name(path));
		return;
	}
	workbench_pop(bench);
	given(bench, context, path, readonly);
}

/* The one name that is left of the list, where what was typed is its beginning and no file itself. */
static const struct pick_name *only_one(const struct pick *pick)
{
	char path[PATH_TEXT];
	const char *typed = edit_text(&pick->edit);
	const bool is_there = path_expand(typed, path) && (lt_is_folder(path) || lt_is_file(path));
	return pick->n_seen == 1 && path_name(typed)[0] && !is_there ? &pick->names[pick->seen[0]] : NULL;
}

static void take(struct screen *screen, bool readonly)
{
	struct pick *pick = screen->data;
	const struct pick_name *name = selected(pick);
	if (!name)
		name = only_one(pick);
	if (name) {
		type_path(pick, pick->folder, name->name, strlen(name->name),
			  name->is_folder ? "/" : "");
		if (name->is_folder) {
			pick->in_list = pick->n_seen > 0;
			return;
		}
	}
	take_path(screen, readonly);
}

static void enter(struct screen *screen)
{
	take(screen, false);
}

static void look(struct screen *screen)
{
	take(screen, true);
}

/* ---- keys ---- */

/* As far as all names that are left go on alike; a single one as a whole. */
static void complete(struct screen *screen)
{
	struct pick *pick = screen->data;
	const struct pick_name *name = selected(pick);
	if (!name && pick->n_seen > 0)
		name = &pick->names[pick->seen[0]];
	if (!name)
		return;
	size_t len = strlen(name->name);
	for (unsigned i = 0; !pick->in_list && i < pick->n_seen; i++) {
		const char *other = pick->names[pick->seen[i]].name;
		size_t same = 0;
		while (same < len && other[same] == name->name[same])
			same++;
		len = lt_text_cut(name->name, len, same);
	}
	const bool is_whole = len == strlen(name->name);
	if (len > strlen(path_name(edit_text(&pick->edit))) || is_whole)
		type_path(pick, pick->folder, name->name, len,
			  is_whole && name->is_folder ? "/" : "");
	pick->in_list = false;
}

static void go_up(struct pick *pick)
{
	char folder[PATH_TEXT];
	size_t len = strlen(pick->folder);
	while (len > 1 && pick->folder[len - 1] == '/')
		len--;
	snprintf(folder, sizeof(folder), "%.*s", (int)len, pick->folder);
	const size_t keep = (size_t)(path_name(folder) - folder);
	if (strcmp(folder, "~") == 0 && path_expand("~", folder))
		type_path(pick, folder, "", 0, "/");
	else if (keep > 0)
		type_path(pick, "", folder, keep, "");
	pick->in_list = pick->n_seen > 0;
}

static bool list_has_key(struct pick *pick, const struct event *event)
{
	switch (event->key) {
	case K_DOWN:
		if (!pick->in_list) {
			pick->in_list = pick->n_seen > 0;
			pick->list.at = 0;
			return true;
		}
		break;
	case K_UP:
		if (pick->in_list && pick->list.at == 0)
			pick->in_list = false;
		if (!pick->in_list)
			return true;
		break;
	case K_LEFT:
		if (pick->in_list)
			go_up(pick);
		return pick->in_list;
	case K_RIGHT:
		return pick->in_list;
	case K_HOME:
	case K_END:
		if (!pick->in_list)
			return false;
		break;
	case K_PAGE_UP:
	case K_PAGE_DOWN:
		break;
	default:
		return false;
	}
	return list_key(&pick->list, event);
}

static bool pick_key(struct screen *screen, const struct event *event)
{
	struct pick *pick = screen->data;
	pick->wrong[0] = '\0';
	if (list_has_key(pick, event))
		return true;
	const unsigned long before = pick->edit.version;
	const enum field_result result = field_type(screen->bench, &pick->edit, event);
	if (pick->edit.version != before) {
		pick->in_list = false;
		pick->list.at = 0;
		follow(pick);
	}
	return result != FIELD_IGNORED;
}

static bool pick_is_typing(const struct screen *screen)
{
	(void)screen;
	return true;
}

static bool can_look(const struct screen *screen)
{
	return ((const struct pick *)screen->data)->can_look;
}

static void pick_close(struct screen *screen)
{
	struct pick *pick = screen->data;
	edit_release(&pick->edit);
	lt_arena_release(&pick->arena);
	free(pick);
}

static const struct action pick_actions[] = {
	{ .key = K_ENTER,
	  .title = { "选定", "take" },
	  .help = { "选定文件，或进入文件夹", "takes the file, or enters the folder" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = enter },
	{ .key = K_TAB,
	  .title = { "补全", "complete" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = complete },
	{ .keys = { "上下", "arrows" },
	  .title = { "列表", "list" },
	  .help = { "在列表里选；左键到上一层文件夹",
		    "in the list; Left goes to the folder above" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .key = K_F3,
	  .title = { "只读打开", "read only" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = can_look,
	  .run = look },
};

static const struct screen_kind pick_kind = {
	.id = "pick",
	.title = { "选文件", "Choose a file" },
	.size = SIZE_POPUP,
	.actions = pick_actions,
	.n_actions = sizeof(pick_actions) / sizeof(pick_actions[0]),
	.draw = pick_draw,
	.key = pick_key,
	.is_typing = pick_is_typing,
	.close = pick_close,
};

void pick_open(struct workbench *bench, const char *title, const char *path,
	       const char *const *endings, bool can_be_looked_at, pick_given given, void *context)
{
	struct pick *pick = workbench_room(bench, sizeof(*pick));
	const struct edit_options options = { .max_clusters = MOST_LINE };
	if (!pick)
		return;
	lt_arena_init(&pick->arena, 0);
	text_format(pick->title, sizeof(pick->title), "%s", title);
	edit_init(&pick->edit, &options);
	edit_set(&pick->edit, path, strlen(path));
	pick->endings = endings;
	pick->can_look = can_be_looked_at;
	pick->given = given;
	pick->context = context;
	if (workbench_push(bench, &pick_kind, pick))
		follow(pick);
}

void pick_open_beside(struct workbench *bench, const char *title, const char *const *endings,
		      pick_given given, void *context)
{
	char folder[PATH_TEXT];
	path_folder(bench->path, folder);
	path_shorten(folder, folder);
	pick_open(bench, title, folder, endings, false, given, context);
}
