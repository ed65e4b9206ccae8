/* A new project: the form at the left, what follows from it at the right. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "frame.h"
#include "new_parts.h"
#include "path.h"
#include "screens.h"

#define DRAFT "project"
#define PANE_COLS 34 /* with its divider */
/* what the longest label takes that may come up: that of a standard's kinds */
#define LABEL_COLS 11

static struct new_form *form_of(const struct screen *screen)
{
	return screen->data;
}

/* ---- drawing ---- */

static bool has_room_for_both(const struct workbench *bench)
{
	return frame_breadth(bench) >= BREADTH_100;
}

static void new_draw(struct screen *screen, const struct canvas *canvas)
{
	struct new_form *form = form_of(screen);
	const struct workbench *bench = screen->bench;
	const int top = frame_is_tall(bench) ? 1 : 0;
	const bool both = has_room_for_both(bench);
	const int form_cols = canvas->cols - PANE_COLS;
	if (!both && form->shows_pane) {
		const struct canvas pane = canvas_part(canvas, top, 3, 0, -2);
		new_draw_pane(form, bench, &pane);
		return;
	}
	const struct canvas left = canvas_part(canvas, top, 0, -top, both ? form_cols : 0);
	if (both) {
		const struct canvas pane = canvas_part(canvas, top, form_cols + 4, -top, -2);
		draw_upright(canvas, form_cols + 1, top, canvas->rows - 2 * top);
		new_draw_pane(form, bench, &pane);
	}
	blanks_draw(&form->blanks, bench, &left);
}

static void new_header(struct screen *screen, const struct canvas *row)
{
	const struct workbench *bench = screen->bench;
	draw_text(row, 0, 1, INK_TITLE, tell(bench, "新建项目", "New project"));
	draw_right(row, 0, row->cols - 1, INK_WARN, tell(bench, "未存", "not saved"));
}

static void new_score_line(struct screen *screen, const struct canvas *row)
{
	const struct new_form *form = form_of(screen);
	const struct workbench *bench = screen->bench;
	unsigned filled, wrong = 0;
	const unsigned needed = blanks_count_needed(&form->blanks, &filled);
	for (unsigned i = 0; i < form->blanks.n; i++)
		wrong += form->blanks.at[i]->message[LT_ZH][0] &&
			 form->blanks.at[i]->message_ink != INK_OK;
	int col = draw_text(row, 0, 1, INK_DIM, tell(bench, "必填 ", "needed "));
	col = draw_format(row, 0, col, filled == needed ? INK_OK : INK_TITLE, "%u/%u", filled,
			  needed) +
	      3;
	if (wrong > 0)
		col = draw_format(row, 0, col, INK_WARN, tell(bench, "有误 %u", "wrong %u"), wrong);
	else if (filled == needed)
		col = draw_text(row, 0, col, INK_TEXT, tell(bench, "可建立", "ready"));
	draw_right(row, 0, row->cols - 1, INK_DIM, tell(bench, "* 为必填", "* is needed"));
}

/* ---- drafts ---- */

static void new_pause(struct screen *screen)
{
	struct new_form *form = form_of(screen);
	if (form->blanks.version == form->kept_at)
		return;
	char *text = blanks_write(&form->blanks);
	if (text &&
	    loose_draft_keep(screen->bench->sitting->who.state_home, DRAFT, text, strlen(text)))
		form->kept_at = form->blanks.version;
	free(text);
}

static void back(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	const bool is_touched = form_of(screen)->blanks.version != form_of(screen)->opened_at;
	new_pause(screen);
	const bool is_kept = form_of(screen)->kept_at == form_of(screen)->blanks.version;
	if (!blanks_may_go(&form_of(screen)->blanks, bench, is_kept || !is_touched))
		return;
	workbench_pop(bench);
	if (is_touched)
		workbench_tell(bench, NOTICE_DONE, "%s",
			       is_kept ? tell(bench, "没有建立；所填都留着，下次接着填",
					      "not made; what was filled in is kept for the next time")
				       : tell(bench, "没有建立，所填没有留下",
					      "not made, and what was filled in is not kept"));
}

/* ---- making it ---- */

static void keep_habits(const struct new_form *form, struct workbench *bench, const char *path)
{
	char folder[PATH_TEXT], role[40];
	const char *state_home = bench->sitting->who.state_home;
	path_folder(path, folder);
	if (folder[0] == '/')
		setting_keep(state_home, "folder", folder);
	setting_keep(state_home, "name", edit_text(&form->who->edit));
	setting_keep(state_home, "role", blank_value(form->role, role, sizeof(role)));
	loose_draft_keep(state_home, DRAFT, "", 0);
}

static void create(struct screen *screen)
{
	struct new_form *form = form_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	char path[PATH_TEXT], role[40], start[40];
	form->shows_pane = false;
	if (!new_make(form, bench, path, &err)) {
		if (err.status)
			workbench_tell_err(bench, &err);
		return;
	}
	keep_habits(form, bench, path);
	form->kept_at = form->blanks.version;
	blank_value(form->start, start, sizeof(start));
	workbench_be(bench, edit_text(&form->who->edit),
		     blank_value(form->role, role, sizeof(role)));
	const bool brings_sheet = strcmp(start, "sheet") == 0;
	/* opening closes this screen */
	if (workbench_open(bench, path, NULL, false) && brings_sheet)
		import_open(bench);
}

/* ---- keys ---- */

static bool new_key(struct screen *screen, const struct event *event)
{
	struct new_form *form = form_of(screen);
	const struct blank *focused = blanks_focused(&form->blanks);
	if (form->shows_pane && !has_room_for_both(screen->bench)) {
		if (event->key == K_TEXT || event->key == K_PASTE)
			workbench_tell(screen->bench, NOTICE_WARN, "%s",
				       tell(screen->bench, "表单在后面，打的字没有用上；F3 回到表单",
					    "the form is behind this, what was typed was not used; F3 shows it"));
		return event->key == K_TEXT || event->key == K_PASTE;
	}
	const enum blanks_result result = blanks_key(&form->blanks, screen->bench, event);
	if (result == BLANKS_CHANGED) {
		form->path_is_own |= focused == form->path;
		new_follow(form, screen->bench);
	}
	return result != BLANKS_IGNORED;
}

static bool new_is_typing(const struct screen *screen)
{
	return blanks_is_typing(&form_of(screen)->blanks);
}

static bool lacks_pane(const struct screen *screen)
{
	return !has_room_for_both(screen->bench);
}

static void turn(struct screen *screen)
{
	form_of(screen)->shows_pane = !form_of(screen)->shows_pane;
}

static bool on_choice(const struct screen *screen)
{
	return blanks_on_choice(&form_of(screen)->blanks);
}

static bool on_ticks(const struct screen *screen)
{
	const struct blank *blank = blanks_focused(&form_of(screen)->blanks);
	return blank && blank->kind == BLANK_SEVERAL;
}

static void new_close(struct screen *screen)
{
	struct new_form *form = form_of(screen);
	new_pause(screen);
	for (unsigned i = 0; i < form->n_standards; i++)
		board_close(form->standards[i].prospect);
	blanks_release(&form->blanks);
	session_close(&form->draft);
	lt_arena_release(&form->arena);
	free(form);
}

static const struct action new_actions[] = {
	{ .key = K_F5,
	  .title = { "建立", "make it" },
	  .help = { "建立项目并打开", "makes the project and opens it" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = create },
	{ .keys = { "Tab", "Tab" },
	  .title = { "下一栏", "next" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .keys = { "上下", "arrows" },
	  .title = { "换栏", "move" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .keys = { "空格", "Space" },
	  .title = { "勾选", "tick" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = on_ticks },
	{ .keys = { "1-9", "1-9" },
	  .title = { "选项", "choose" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = on_choice },
	{ .key = K_F3,
	  .title = { "由此确定", "what follows" },
	  .help = { "看选定的标准评什么，再按回来", "what the standards ask; again: back" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .is_live = lacks_pane,
	  .run = turn },
	{ .key = K_ESC,
	  .title = { "取消", "leave" },
	  .help = { "不建立；所填留到下次", "makes nothing; what was filled in is kept" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = back },
};

static const struct screen_kind new_kind = {
	.id = "new",
	.title = { "新建", "New" },
	.size = SIZE_WHOLE,
	.actions = new_actions,
	.n_actions = sizeof(new_actions) / sizeof(new_actions[0]),
	.has_score_line = true,
	.draw = new_draw,
	.header = new_header,
	.score_line = new_score_line,
	.key = new_key,
	.is_typing = new_is_typing,
	.takes_words = true,
	.pause = new_pause,
	.close = new_close,
};

/* ---- opening ---- */

static bool load_standards(struct new_form *form, struct workbench *bench, struct lt_err *err)
{
	const struct library_result *results;
	unsigned n;
	if (catalogue_rulesets(bench->sitting->workspace, &results, &n, err) != LT_OK)
		return false;
	for (unsigned i = 0; i < n && form->n_standards < MOST_STANDARDS; i++)
		if (results[i].ruleset)
			form->standards[form->n_standards++].ruleset = results[i].ruleset;
	return true;
}

static bool load_forms(struct new_form *form, struct workbench *bench, struct lt_err *err)
{
	struct workspace *workspace = bench->sitting->workspace;
	return record_form(workspace, "park", &form->findings, &form->park, err) == LT_OK &&
	       record_form(workspace, "person", &form->findings, &form->person, err) == LT_OK &&
	       record_form(workspace, "quantity", &form->findings, &form->quantity, err) == LT_OK;
}

/* Who sits here, and where they keep their projects. */
static void set_defaults(struct new_form *form, const struct workbench *bench)
{
	const char *state_home = bench->sitting->who.state_home;
	const char *folder = setting_find(state_home, "folder", &form->arena);
	const time_t now = time(NULL);
	struct tm local;
	char year[16], name[200];
	localtime_r(&now, &local);
	/* an assessment speaks of the last whole year */
	snprintf(year, sizeof(year), "%d", local.tm_year + 1900 - 1);
	blank_set(form->year, year);
	snprintf(form->folder, sizeof(form->folder), "%s", folder ? folder : "~/");
	path_shorten(form->folder, form->folder);
	const char *who = bench->who.name ? bench->who.name : "";
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(who, ":"), who);
	blank_set(form->who, name);
	blank_set(form->role, bench->who.role    ? bench->who.role
			      : strchr(who, ':') ? strchr(who, ':') + 1
						 : "evaluator");
}

static void take_draft(struct new_form *form, struct workbench *bench)
{
	char path[PATH_TEXT];
	const char *draft = loose_draft_find(bench->sitting->who.state_home, DRAFT, &form->arena);
	if (!draft)
		return;
	blanks_read(&form->blanks, draft);
	snprintf(path, sizeof(path), "%s", edit_text(&form->path->edit));
	new_follow(form, bench);
	form->path_is_own = strcmp(path, edit_text(&form->path->edit)) != 0;
	blank_set(form->path, path);
	workbench_tell(bench, NOTICE_DONE, "%s",
		       tell(bench, "接着上次没建完的", "this is what you filled in the last time"));
}

void new_open(struct workbench *bench)
{
	struct new_form *form = workbench_room(bench, sizeof(*form));
	struct lt_err err = LT_ERR_INIT;
	if (!form)
		return;
	lt_arena_init(&form->arena, 0);
	lt_findings_init(&form->findings, &form->arena);
	session_draft(&form->draft, bench->sitting->workspace, &bench->who);
	struct screen *screen = workbench_push(bench, &new_kind, form);
	if (!screen)
		return;
	if (!load_standards(form, bench, &err) || !load_forms(form, bench, &err) ||
	    !new_add_blanks(form, bench)) {
		if (!err.status)
			lt_err_memory(&err);
		workbench_pop(bench);
		workbench_tell_err(bench, &err);
		return;
	}
	form->blanks.least_label = LABEL_COLS;
	set_defaults(form, bench);
	take_draft(form, bench);
	new_follow(form, bench);
	form->opened_at = form->kept_at = form->blanks.version;
}
