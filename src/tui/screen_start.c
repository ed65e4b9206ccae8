/* The start: recent projects and the ways to others, one digit each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "figure.h"
#include "path.h"
#include "screens.h"
#include "start_parts.h"

#define DUE_WITHIN 30     /* days: what falls due by then is told */
#define MOST_CHECKED 2000 /* entries of a journal that are checked while a person looks */
#define SECONDS_OF_A_DAY 86400

const struct start_door start_doors[START_DOORS] = {
	{ { "新建项目", "New project" },
	  { "选标准、园区类型、阶段", "standard, kind of park, stage" } },
	{ { "打开文件", "Open a file" }, { ".lingtan 项目，可只读", "a .lingtan project" } },
	{ { "导入", "Import" },
	  { "自评表 XLSX、CSV，答题单 YAML", "an answer sheet: XLSX, CSV or YAML" } },
	{ { "标准库", "Standards" }, { "标准、版本、尚缺的数值", "editions and what they lack" } },
};

static struct start *start_of(const struct screen *screen)
{
	return screen->data;
}

unsigned start_shown(const struct start *start)
{
	return start->n < START_RECENT ? start->n : START_RECENT;
}

bool start_has_more(const struct start *start)
{
	return start->n > START_RECENT;
}

unsigned start_n_rows(const struct start *start)
{
	return start_shown(start) + start_has_more(start) + START_DOORS;
}

/* ---- looking at the files ---- */

void start_see(struct screen *screen, unsigned project)
{
	struct start *start = start_of(screen);
	struct lt_err err = LT_ERR_INIT;
	if (project >= start->n || start->is_seen[project])
		return;
	start->is_seen[project] = true;
	if (glance_file(screen->bench->sitting->workspace, start->recent[project].path,
			&start->arena, &start->glances[project], &err) != LT_OK)
		workbench_tell_err(screen->bench, &err);
}

static void verify(struct screen *screen, unsigned project)
{
	struct start *start = start_of(screen);
	struct lt_err err = LT_ERR_INIT;
	if (project >= start->n || start->glances[project].is_verified)
		return;
	if (glance_verify(screen->bench->sitting->workspace, start->recent[project].path,
			  MOST_CHECKED, &start->arena, &start->glances[project], &err) != LT_OK)
		workbench_tell_err(screen->bench, &err);
}

static void add_due(struct screen *screen, unsigned project, const struct glance_due *due)
{
	static const struct label kinds[] = {
		[DUE_REPAIR] = { "整改", "repair" }, [DUE_REQUEST] = { "资料", "material" }
	};
	struct start *start = start_of(screen);
	const struct recent *recent = &start->recent[project];
	const struct workbench *bench = screen->bench;
	const char *name = recent->park ? recent->park : path_name(recent->path);
	char park[120], title[80];
	const size_t used = strlen(start->due);
	start->n_due++;
	cluster_cut(name, strlen(name), 24, park, sizeof(park));
	cluster_cut(due->title, strlen(due->title), 16, title, sizeof(title));
	if (used + 100 < sizeof(start->due))
		text_format(start->due + used, sizeof(start->due) - used, "%s%s %s%s%s %.5s",
			    used ? tell(bench, "，", ", ") : "", park,
			    label_of(bench, &kinds[due->kind]), due->title[0] ? " " : "", title,
			    due->date + 5);
}

static void day_in(int days, char out[16])
{
	const time_t then = time(NULL) + (time_t)days * SECONDS_OF_A_DAY;
	struct tm local;
	localtime_r(&then, &local);
	strftime(out, 16, "%Y-%m-%d", &local);
}

/* What falls due from one day to the next, the second included. Returns how many there are. */
static unsigned add_due_between(struct screen *screen, const char *from, const char *until)
{
	struct start *start = start_of(screen);
	const unsigned before = start->n_due;
	for (unsigned i = 0; i < start_shown(start); i++)
		for (unsigned d = 0; d < start->glances[i].n_due; d++) {
			const struct glance_due *due = &start->glances[i].due[d];
			if (strlen(due->date) == 10 && strcmp(due->date, from) > 0 &&
			    strcmp(due->date, until) <= 0)
				add_due(screen, i, due);
		}
	return start->n_due - before;
}

/* What is overdue stands first; how many of each before the first of them, since the line is cut. */
static void count_due(struct screen *screen)
{
	struct start *start = start_of(screen);
	const struct workbench *bench = screen->bench;
	char yesterday[16], until[16], late[40] = "", soon[40] = "", rest[sizeof(start->due)];
	day_in(-1, yesterday);
	day_in(DUE_WITHIN, until);
	start->n_due = 0;
	start->due[0] = '\0';
	const unsigned n_late = add_due_between(screen, "", yesterday);
	const unsigned n_soon = add_due_between(screen, yesterday, until);
	memcpy(rest, start->due, sizeof(rest));
	if (n_late)
		snprintf(late, sizeof(late), tell(bench, "已逾期 %u 件", "overdue: %u"), n_late);
	if (n_soon)
		snprintf(soon, sizeof(soon), tell(bench, "近期 %u 件到期", "due soon: %u"), n_soon);
	text_format(start->due, sizeof(start->due), "%s%s%s%s%s", late,
		    n_late && n_soon ? tell(bench, "，", ", ") : "", soon,
		    tell(bench, "：", ": "), rest);
	start->due_lang = bench->lang;
}

/* What takes longer than a key may: done once nobody types. */
static void start_pause(struct screen *screen)
{
	struct start *start = start_of(screen);
	if (!start->has_looked)
		for (unsigned i = 0; i < start_shown(start); i++)
			start_see(screen, i);
	if (!start->has_looked || start->due_lang != screen->bench->lang)
		count_due(screen);
	start->has_looked = true;
	if (start->list.at < start_shown(start))
		verify(screen, start->list.at);
}

/* ---- opening ---- */

static void open_picked(struct workbench *bench, void *context, const char *path, bool readonly)
{
	(void)context;
	workbench_open(bench, path, NULL, readonly);
}

static void open_file(struct screen *screen)
{
	static const char *const endings[] = { ".lingtan", NULL };
	const struct start *start = start_of(screen);
	char folder[PATH_TEXT] = "";
	/* where the project lies that was looked at last */
	if (start->project < start->n)
		path_folder(start->recent[start->project].path, folder);
	path_shorten(folder, folder);
	pick_open(screen->bench, tell(screen->bench, "打开文件", "Open a file"), folder, endings,
		  true, open_picked, NULL);
}

static bool open_project(struct screen *screen, unsigned project, bool readonly)
{
	const struct start *start = start_of(screen);
	char path[PATH_TEXT];
	if (project >= start->n || strlen(start->recent[project].path) >= sizeof(path))
		return false;
	/* opening closes this screen, and with it the list */
	snprintf(path, sizeof(path), "%s", start->recent[project].path);
	return workbench_open(screen->bench, path, NULL, readonly);
}

static void open_other(struct workbench *bench, void *context, unsigned number)
{
	struct screen *top = workbench_top(bench);
	(void)context;
	if (top && strcmp(top->kind->id, "start") == 0)
		open_project(top, START_RECENT + number, false);
}

static void list_others(struct screen *screen)
{
	const struct start *start = start_of(screen);
	struct menu_row rows[RECENT_KEPT];
	char at[RECENT_KEPT][FIGURE_TEXT];
	unsigned n = 0;
	for (unsigned i = START_RECENT; i < start->n && n < RECENT_KEPT; i++, n++) {
		const struct recent *recent = &start->recent[i];
		rows[n] = (struct menu_row){
			.title = recent->park ? recent->park : path_name(recent->path),
			.detail = figure_day(recent->at, screen->bench->lang, at[n]),
			.digit = n < 9 ? (int)n + 1 : -1,
		};
	}
	menu_open(screen->bench, tell(screen->bench, "更早的项目", "Earlier projects"), rows, n, 0,
		  open_other, NULL);
}

/* Into the project that the list stood on last. */
static void import_sheet(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	const struct start *start = start_of(screen);
	if (start->n == 0)
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "先有项目才能导入：6 新建，7 打开",
				    "a sheet needs a project: 6 makes one, 7 opens one"));
	else if (open_project(screen, start->project, false))
		import_open(bench);
}

static void go_through(struct screen *screen, unsigned door)
{
	struct workbench *bench = screen->bench;
	if (door == 1)
		open_file(screen);
	else if (door == 2)
		import_sheet(screen);
	else if (door == 3)
		standards_open(bench);
	else
		new_open(bench);
}

static void take_row(struct screen *screen, unsigned row)
{
	const struct start *start = start_of(screen);
	const unsigned shown = start_shown(start), doors = start_n_rows(start) - START_DOORS;
	if (row < shown)
		open_project(screen, row, false);
	else if (row < doors)
		list_others(screen);
	else
		go_through(screen, row - doors);
}

/* ---- keys ---- */

static bool start_key(struct screen *screen, const struct event *event)
{
	struct start *start = start_of(screen);
	const int digit = key_digit(event);
	if (list_key(&start->list, event)) {
		if (start->list.at < start_shown(start))
			start->project = start->list.at;
		return true;
	}
	if (digit < 1)
		return false;
	if (digit <= START_RECENT && (unsigned)digit > start_shown(start))
		return true;
	const unsigned row = digit <= START_RECENT
				     ? (unsigned)digit - 1
				     : start_n_rows(start) - START_DOORS + (unsigned)digit - 6;
	start->list.at = row;
	take_row(screen, row);
	return true;
}

static void enter(struct screen *screen)
{
	take_row(screen, start_of(screen)->list.at);
}

static bool on_project(const struct screen *screen)
{
	const struct start *start = start_of(screen);
	return start->list.at < start_shown(start);
}

static void look(struct screen *screen)
{
	open_project(screen, start_of(screen)->list.at, true);
}

static void load(struct screen *screen)
{
	struct start *start = start_of(screen);
	const char *state_home = screen->bench->sitting->who.state_home;
	lt_arena_reset(&start->arena);
	recent_list(state_home, &start->arena, &start->recent, &start->n);
	start->glances = lt_arena_alloc(&start->arena, RECENT_KEPT, sizeof(*start->glances));
	start->is_seen = lt_arena_alloc(&start->arena, RECENT_KEPT, sizeof(*start->is_seen));
	if (!start->glances || !start->is_seen)
		start->n = 0;
	start->hides = setting_find(state_home, "hide-score", &start->arena);
	start->has_looked = false;
}

static void forget(struct screen *screen)
{
	struct start *start = start_of(screen);
	struct workbench *bench = screen->bench;
	if (!recent_drop(bench->sitting->who.state_home, start->recent[start->list.at].path))
		return;
	load(screen);
	workbench_tell(
		bench, NOTICE_DONE, "%s",
		tell(bench, "已从列表移除，文件没有动", "off the list; the file is untouched"));
}

static void hide_totals(struct screen *screen)
{
	struct start *start = start_of(screen);
	const bool is_hidden = !start->hides || strcmp(start->hides, "on") == 0;
	start->hides = is_hidden ? "off" : "on";
	setting_keep(screen->bench->sitting->who.state_home, "hide-score", start->hides);
}

static void leave(struct screen *screen)
{
	screen->bench->is_leaving = true;
}

static void start_close(struct screen *screen)
{
	struct start *start = start_of(screen);
	lt_arena_release(&start->arena);
	free(start);
}

static const struct action start_actions[] = {
	{ .key = K_ENTER,
	  .title = { "打开", "open" },
	  .help = { "打开，回到上次停下的地方", "opens, where you stopped last" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = enter },
	{ .keys = { "1-9", "1-9" },
	  .title = { "直达", "at once" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .key = K_F3,
	  .letter = 'x',
	  .title = { "只读打开", "read only" },
	  .help = { "只看，不改文件", "to look at it, without changes" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = on_project,
	  .run = look },
	{ .key = K_DELETE,
	  .title = { "移出列表", "off the list" },
	  .help = { "从列表移除，不动文件", "takes it off the list; the file stays" },
	  .group = GROUP_CHANGE,
	  .in_foot = true,
	  .is_live = on_project,
	  .run = forget },
	{ .key = K_F12,
	  .title = { "显隐分数", "score" },
	  .help = { "显示或隐藏总分", "show or hide the totals" },
	  .group = GROUP_SCREEN,
	  .is_live = on_project,
	  .run = hide_totals },
	{ .key = K_ESC,
	  .letter = 'q',
	  .title = { "退出", "leave" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = leave },
};

static const struct screen_kind start_kind = {
	.id = "start",
	.title = { "零碳", "lingtan" },
	.size = SIZE_WHOLE,
	.actions = start_actions,
	.n_actions = sizeof(start_actions) / sizeof(start_actions[0]),
	.draw = start_draw,
	.header = start_header,
	.key = start_key,
	.pause = start_pause,
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
	struct screen *screen = workbench_push(bench, &start_kind, start);
	if (screen)
		load(screen);
}
