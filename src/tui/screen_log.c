/* The journal: who changed what, when and why, newest first; below, all of one entry. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "frame.h"
#include "lingtan/app/narrate.h"
#include "lingtan/store/journal.h"
#include "list.h"
#include "screens.h"

struct log_entry {
	char *hash;
	struct entry entry; /* in the arena */
};

struct log {
	struct lt_arena arena, scratch; /* scratch: of one change that is drawn */
	struct narrator narrator;
	struct log_entry *at; /* in order of arrival */
	unsigned n, cap;
	struct list list;    /* 0 = the newest */
	struct list changes; /* of the entry under the cursor */
	bool in_changes;
};

static struct log *log_of(const struct screen *screen)
{
	return screen->data;
}

/* ---- reading ---- */

struct reading {
	struct log *log;
	bool failed;
};

static enum lt_status keep(void *context, const char *hash, const struct entry *entry)
{
	struct reading *reading = context;
	struct log *log = reading->log;
	if (log->n == log->cap) {
		log->cap = log->cap * 2 + 256;
		log->at = lt_arena_resize(&log->arena, log->at, log->cap * sizeof(*log->at));
		if (!log->at) {
			reading->failed = true;
			return LT_ESPACE;
		}
	}
	log->at[log->n++] = (struct log_entry){ lt_arena_printf(&log->arena, "%s", hash), *entry };
	return LT_OK;
}

static void read_log(struct screen *screen)
{
	struct log *log = log_of(screen);
	struct reading reading = { .log = log };
	struct lt_err err = LT_ERR_INIT;
	lt_arena_reset(&log->arena);
	log->at = NULL;
	log->n = log->cap = 0;
	enum lt_status status =
		narrator_init(&log->narrator, screen->bench->session, screen->bench->lang,
			      &log->arena, &screen->bench->findings, &err);
	if (!status)
		status = journal_visit(screen->bench->session->project, &log->arena, keep, &reading,
				       &err);
	if (status) {
		if (reading.failed)
			lt_err_memory(&err);
		workbench_tell_err(screen->bench, &err);
	}
}

static const struct log_entry *current(const struct log *log)
{
	return log->list.at < log->n ? &log->at[log->n - 1 - log->list.at] : NULL;
}

/* ---- drawing ---- */

static void draw_entry(const struct workbench *bench, const struct canvas *canvas, int row,
		       const struct log_entry *at)
{
	char text[FIGURE_TEXT], words[600];
	const bool wide = canvas->cols >= 100;
	draw_cut(canvas, row, 3, 11, INK_DIM, figure_time(at->entry.at, bench->lang, text));
	draw_cut(canvas, row, 16, 10, INK_TEXT, at->entry.by);
	command_words(bench, at->entry.command, words, sizeof(words));
	int col = draw_cut(canvas, row, 28, canvas->cols - 28 - (wide ? 22 : 2), INK_TEXT, words);
	if (at->entry.reason[0])
		draw_cut(canvas, row, col + 2, canvas->cols - col - (wide ? 24 : 4), INK_WARN,
			 at->entry.reason);
	if (wide)
		draw_cut(canvas, row, canvas->cols - 10, 8, INK_FAINT, at->hash);
}

/* Above each other, each in as many rows as there are. */
static void draw_before_and_after(const struct workbench *bench, const struct canvas *canvas,
				  int row, int rows, const char *from, const char *to)
{
	draw_text(canvas, row, 3, INK_DIM, tell(bench, "改前", "before"));
	row = draw_wrapped(canvas, row, 16, canvas->cols - 18, rows / 2, INK_DIM, from);
	draw_text(canvas, row, 3, INK_DIM, tell(bench, "改后", "after"));
	draw_wrapped(canvas, row, 16, canvas->cols - 18, rows - rows / 2, INK_TITLE, to);
}

/* In one row; in the rows below it where they are the change's and one would cut it. */
static void draw_change(struct log *log, const struct workbench *bench, const struct canvas *canvas,
			int row, int rows, const struct log_entry *at, const struct change *change)
{
	struct telling tellings[CELL_MAX_MEMBERS];
	struct lt_err ignored = LT_ERR_INIT;
	unsigned n;
	log->narrator.lang = bench->lang;
	lt_arena_reset(&log->scratch);
	if (narrate_change(&log->narrator, change, at->entry.role, &log->scratch, tellings, &n,
			   &ignored) != LT_OK)
		return;
	const struct telling *said = &tellings[0];
	const char *from = narrate_side(tellings, n, false, &log->scratch);
	const char *to = narrate_side(tellings, n, true, &log->scratch);
	const int half = canvas->cols >= 100 ? 40 : 24;
	draw_cut(canvas, row, 3, 12, INK_DIM, said->what);
	draw_cut(canvas, row, 16, half, INK_TEXT, said->subject);
	int col = 16 + half + 2;
	const int room = (canvas->cols - col - 4) / 2;
	const char *before = from ? from : "-", *after = to ? to : "-";
	if (rows >= 2 && (text_columns(before) > room || text_columns(after) > room)) {
		draw_before_and_after(bench, canvas, row + 1, rows, before, after);
		return;
	}
	col = draw_cut(canvas, row, col, room, INK_DIM, before);
	col = draw_text(canvas, row, col, INK_FAINT, tell(bench, " 改为 ", " to "));
	draw_cut(canvas, row, col, canvas->cols - col - 2, INK_TITLE, after);
}

static void draw_changes(struct screen *screen, const struct canvas *canvas)
{
	struct log *log = log_of(screen);
	const struct workbench *bench = screen->bench;
	const struct log_entry *at = current(log);
	if (!at)
		return;
	const unsigned n = at->entry.n_changes;
	draw_format(canvas, 0, 3, INK_DIM, tell(bench, "%u 处改动", n == 1 ? "%u change" : "%u changes"), n);
	draw_cut(canvas, 0, 16, canvas->cols - 18, INK_DIM, at->entry.reason);
	list_fit(&log->changes, n, canvas->rows - 1);
	for (unsigned i = log->changes.first; i < list_end(&log->changes); i++) {
		const int row = 1 + (int)(i - log->changes.first);
		draw_change(log, bench, canvas, row, n == 1 ? canvas->rows - 2 : 0, at,
			    &at->entry.changes[i]);
		if (log->in_changes && i == log->changes.at)
			draw_selection(canvas, row, true);
	}
}

static void log_draw(struct screen *screen, const struct canvas *canvas)
{
	struct log *log = log_of(screen);
	const struct workbench *bench = screen->bench;
	const int lower = canvas->rows >= 24 ? 9 : 5, top = frame_is_tall(bench) ? 1 : 0;
	const int room = canvas->rows - lower - top - 1;
	list_fit(&log->list, log->n, room);
	for (unsigned i = log->list.first; i < list_end(&log->list); i++) {
		const int row = top + (int)(i - log->list.first);
		draw_entry(bench, canvas, row, &log->at[log->n - 1 - i]);
		if (i == log->list.at)
			draw_selection(canvas, row, !log->in_changes);
	}
	draw_fill(canvas, top + room, 3, canvas->cols - 5, INK_FAINT, "─");
	const struct canvas changes = canvas_part(canvas, top + room + 1, 0, lower, 0);
	draw_changes(screen, &changes);
}

static bool log_key(struct screen *screen, const struct event *event)
{
	struct log *log = log_of(screen);
	if (event->key == K_TAB || event->key == K_BACKTAB || event->key == K_ENTER) {
		log->in_changes = !log->in_changes;
		return true;
	}
	if (event->key == K_ESC && log->in_changes) {
		log->in_changes = false;
		return true;
	}
	if (log->in_changes)
		return list_key(&log->changes, event);
	log->changes.at = 0;
	return list_key(&log->list, event);
}

static void log_close(struct screen *screen)
{
	struct log *log = log_of(screen);
	lt_arena_release(&log->arena);
	lt_arena_release(&log->scratch);
	free(log);
}

static const struct action log_actions[] = {
	{ .keys = { "上下", "arrows" },
	  .title = { "移动", "move" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .keys = { "Tab", "Tab" },
	  .title = { "换区", "zone" },
	  .help = { "记录、改动", "entries, changes" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
};

static const struct screen_kind log_kind = {
	.id = "log",
	.title = { "日志", "Journal" },
	.size = SIZE_WHOLE,
	.actions = log_actions,
	.n_actions = sizeof(log_actions) / sizeof(log_actions[0]),
	.has_score_line = true,
	.needs_project = true,
	.draw = log_draw,
	.key = log_key,
	.changed = read_log,
	.close = log_close,
};

void log_open(struct workbench *bench)
{
	struct log *log = workbench_room(bench, sizeof(*log));
	if (!log)
		return;
	lt_arena_init(&log->arena, 0);
	lt_arena_init(&log->scratch, 0);
	struct screen *screen = workbench_push(bench, &log_kind, log);
	if (screen)
		read_log(screen);
}
