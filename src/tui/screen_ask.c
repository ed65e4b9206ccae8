/* A popup with one line to type: a reason, a name, a place; or a few lines of prose. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "field.h"
#include "frame.h"
#include "lingtan/base/key.h"
#include "screens.h"

#define PROSE_LINES 8
#define MOST_PROSE 20000 /* letters */

struct ask {
	char title[160], help[300];
	struct edit edit;
	bool is_needed, is_prose;
	const char *wrong; /* what keeps it from being taken, or NULL */
	char draft[40];             /* field of a draft that survives the end of the program, or "" */
	unsigned long kept_version; /* of the text that the draft has, or that it began with */
	unsigned long warned;       /* the version of which it was told that no draft is kept */
	ask_check check;
	ask_given given;
	void *context;
};

/* A mark for each letter, and the cursor behind them. */
static void draw_secret(const struct canvas *line, const char *text)
{
	int n = 0;
	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	n = n < line->cols - 1 ? n : line->cols - 1;
	draw_fill(line, 0, 0, n, INK_TITLE, "*");
	draw_cursor(line, 0, n);
}

static void ask_draw(struct screen *screen, const struct canvas *canvas)
{
	struct ask *ask = screen->data;
	const struct workbench *bench = screen->bench;
	const int lines = ask->is_prose ? PROSE_LINES : 1;
	const struct canvas inside =
		frame_popup(screen->bench, canvas, 5 + lines, 66, false, ask->title,
			    bench->board ? bench->session->name : NULL);
	draw_cut(&inside, 1, 2, inside.cols - 4, INK_DIM, ask->help);
	const struct canvas line = canvas_part(&inside, 3, 2, lines, -2);
	for (int i = 0; i < lines; i++)
		draw_ground(&line, i, 0, line.cols, GROUND_INPUT);
	if (ask->edit.options.is_secret)
		draw_secret(&line, edit_text(&ask->edit));
	else
		field_draw(&ask->edit, &line, INK_TITLE, true);
	if (ask->wrong)
		draw_cut(&inside, 3 + lines, 2, inside.cols - 4, INK_WARN, ask->wrong);
}

/* Blanks are no words. */
static bool is_blank(const char *text)
{
	while (*text == ' ' || *text == '\t' || strncmp(text, "\xe3\x80\x80", 3) == 0)
		text += *text == ' ' || *text == '\t' ? 1 : 3;
	return !*text;
}

static struct ask *open_text(struct workbench *bench, bool is_prose, const char *title,
			     const char *help, const char *text, ask_given given, void *context);

/* What it was asked for cannot be written now: the words are there to be taken again, or left. */
static void ask_again(struct workbench *bench, const struct ask *was, const char *text)
{
	struct ask *ask = open_text(bench, was->is_prose, was->title, was->help, text, was->given,
				    was->context);
	if (!ask)
		return;
	ask->is_needed = was->is_needed;
	ask->check = was->check;
	memcpy(ask->draft, was->draft, sizeof(ask->draft));
}

static void give(struct workbench *bench, const struct ask *was, const char *text)
{
	const unsigned below = bench->n_screens;
	bench->failed = LT_OK;
	was->given(bench, was->context, text);
	if (bench->failed == LT_ESPACE && bench->n_screens == below && !was->edit.options.is_secret)
		ask_again(bench, was, text);
	else if (bench->failed || !was->draft[0])
		return;
	else if (bench->n_screens > below)
		/* more is asked before it is done, and may be left */
		text_format(bench->unused_draft, sizeof(bench->unused_draft), "%s", was->draft);
	else
		draft_drop(bench->session, was->draft);
}

static void take(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct ask *ask = screen->data;
	ask->wrong = NULL;
	if (ask->is_needed && is_blank(edit_text(&ask->edit)))
		ask->wrong = tell(bench, "要写几个字", "this needs a few words");
	else if (ask->check)
		ask->wrong = ask->check(bench, ask->context, edit_text(&ask->edit));
	if (ask->wrong)
		return;
	char *text = strdup(edit_text(&ask->edit));
	if (!text)
		return;
	const struct ask was = *ask;
	workbench_pop(bench);
	give(bench, &was, text);
	lt_forget(text, strlen(text));
	free(text);
}

static bool ask_key(struct screen *screen, const struct event *event)
{
	struct ask *ask = screen->data;
	const enum field_result result = field_type(screen->bench, &ask->edit, event);
	if (result == FIELD_CHANGED || result == FIELD_FULL)
		ask->wrong = NULL;
	return result != FIELD_IGNORED;
}

static void ask_pause(struct screen *screen)
{
	struct ask *ask = screen->data;
	const char *text = edit_text(&ask->edit);
	if (ask->draft[0] && ask->edit.version != ask->kept_version &&
	    draft_keep(screen->bench->session, ask->draft, text, strlen(text)))
		ask->kept_version = ask->edit.version;
}

/* Where no draft of the words can be kept that is told first; who leaves all the same presses once more. */
static void leave(struct screen *screen)
{
	struct ask *ask = screen->data;
	ask_pause(screen);
	if (!ask->draft[0] || ask->edit.version == ask->kept_version ||
	    ask->edit.version == ask->warned) {
		workbench_pop(screen->bench);
		return;
	}
	ask->warned = ask->edit.version;
	ask->wrong = tell(screen->bench, "草稿存不下；再按 Esc 就丢掉这些话",
			  "no draft can be kept; Esc again drops these words");
}

static bool ask_is_typing(const struct screen *screen)
{
	(void)screen;
	return true;
}

static void ask_close(struct screen *screen)
{
	struct ask *ask = screen->data;
	ask_pause(screen);
	edit_release(&ask->edit);
	free(ask);
}

static const struct action ask_actions[] = {
	{ .key = K_ENTER,
	  .title = { "确定", "take" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = take },
	{ .key = K_ESC,
	  .title = { "返回", "back" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = leave },
};

static const struct action prose_actions[] = {
	{ .key = K_F2,
	  .title = { "确定", "take" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = take },
	{ .key = K_ESC,
	  .title = { "返回", "back" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = leave },
};

static const struct screen_kind prose_kind = {
	.id = "prose",
	.title = { "填写", "Fill in" },
	.size = SIZE_POPUP,
	.actions = prose_actions,
	.n_actions = 2,
	.draw = ask_draw,
	.key = ask_key,
	.is_typing = ask_is_typing,
	.pause = ask_pause,
	.close = ask_close,
};

static const struct screen_kind ask_kind = {
	.id = "ask",
	.title = { "填写", "Fill in" },
	.size = SIZE_POPUP,
	.actions = ask_actions,
	.n_actions = 2,
	.draw = ask_draw,
	.key = ask_key,
	.is_typing = ask_is_typing,
	.pause = ask_pause,
	.close = ask_close,
};

static struct ask *open_text(struct workbench *bench, bool is_prose, const char *title,
			     const char *help, const char *text, ask_given given, void *context)
{
	struct ask *ask = workbench_room(bench, sizeof(*ask));
	struct lt_err err = LT_ERR_INIT;
	/* four bytes a letter at most: it fits where a reason is kept */
	const struct edit_options options = { .is_multiline = is_prose,
					      .max_clusters =
						      is_prose ? MOST_PROSE : MOST_REASON / 5 };
	if (!ask)
		return NULL;
	text_format(ask->title, sizeof(ask->title), "%s", title);
	text_format(ask->help, sizeof(ask->help), "%s", help);
	edit_init(&ask->edit, &options);
	if (edit_set(&ask->edit, text, strlen(text)) != EDIT_DONE) {
		free(ask);
		lt_err_memory(&err);
		workbench_tell_err(bench, &err);
		return NULL;
	}
	ask->kept_version = ask->edit.version;
	ask->is_prose = is_prose;
	ask->given = given;
	ask->context = context;
	return workbench_push(bench, is_prose ? &prose_kind : &ask_kind, ask) ? ask : NULL;
}

/* Of the assessment, by what is asked about what, and what it began with. */
static void name_draft(const struct workbench *bench, const char *about, const char *title,
		       const char *help, const char *text, char out[40])
{
	const char *const parts[] = { bench->ref->name, about, title, help, text };
	char hex[LT_SHA256_HEX];
	struct lt_sha256 sha;
	lt_sha256_init(&sha);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		lt_sha256_add(&sha, parts[i], strlen(parts[i]) + 1);
	lt_sha256_finish(&sha, hex);
	snprintf(out, 40, "prose.%.16s", hex);
}

static struct ask *open_kept(struct workbench *bench, bool is_prose, const char *name,
			     const char *title, const char *help, const char *text, ask_given given,
			     void *context)
{
	struct lt_arena arena;
	lt_arena_init(&arena, 0);
	const char *draft = draft_find(bench->session, name, &arena);
	struct ask *ask =
		open_text(bench, is_prose, title, help, draft ? draft : text, given, context);
	if (ask)
		text_format(ask->draft, sizeof(ask->draft), "%s", name);
	if (ask && draft)
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "接着上次没写完的", "this is what you typed the last time"));
	lt_arena_release(&arena);
	return ask;
}

void ask_open_prose(struct workbench *bench, const char *title, const char *help, const char *text,
		    ask_given given, void *context)
{
	char name[40];
	name_draft(bench, "", title, help, text, name);
	struct ask *ask = open_kept(bench, true, name, title, help, text, given, context);
	if (ask)
		ask->is_needed = true;
}

void ask_open_words(struct workbench *bench, const char *about, const char *title, const char *help,
		    const char *text, bool is_needed, ask_check check, ask_given given, void *context)
{
	char name[40];
	name_draft(bench, about, title, help, text, name);
	struct ask *ask = open_kept(bench, false, name, title, help, text, given, context);
	if (!ask)
		return;
	ask->is_needed = is_needed;
	ask->check = check;
}

void ask_open(struct workbench *bench, const char *title, const char *help, const char *text,
	      bool is_needed, ask_check check, ask_given given, void *context)
{
	struct ask *ask = open_text(bench, false, title, help, text, given, context);
	if (!ask)
		return;
	ask->is_needed = is_needed;
	ask->check = check;
}

void ask_open_kept(struct workbench *bench, const char *draft, const char *title, const char *help,
		   ask_given given, void *context)
{
	struct ask *ask = open_kept(bench, false, draft, title, help, "", given, context);
	if (ask)
		ask->is_needed = true;
}

void ask_open_secret(struct workbench *bench, const char *title, const char *help, ask_given given,
		     void *context)
{
	struct ask *ask = open_text(bench, false, title, help, "", given, context);
	if (ask)
		ask->is_needed = ask->edit.options.is_secret = true;
}
