/*
 * The points of the technical review: the process as the reviewer goes through it. A digit decides
 * the point under the cursor; a comment asks for its words, the team answers it, the reviewer closes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "visit.h"

enum { RESULT_SATISFIED, RESULT_COMMENT, RESULT_NA, N_RESULTS };

struct points_screen {
	const struct form *form;
	const struct form_field *points, *results;
	struct record **at; /* [points->n_choices], in the session's arena; NULL = nothing is written */
	struct list list;
	unsigned about; /* the point that a question was asked about */
};

static struct points_screen *points_of(const struct screen *screen)
{
	return screen->data;
}

static const char *said(const struct points_screen *points, unsigned number, const char *field)
{
	return points->at && points->at[number] ? record_text(points->at[number], field) : "";
}

static void load(struct screen *screen)
{
	struct points_screen *points = points_of(screen);
	struct workbench *bench = screen->bench;
	struct record **all;
	struct lt_err err = LT_ERR_INIT;
	unsigned n;
	points->at = lt_arena_alloc(&bench->session->arena, points->points->n_choices + 1u,
				    sizeof(*points->at));
	if (!points->at || record_list(bench->session, points->form, &all, &n, &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		points->at = NULL;
		return;
	}
	memset(points->at, 0, (points->points->n_choices + 1u) * sizeof(*points->at));
	for (unsigned i = 0; i < n; i++)
		for (unsigned p = 0; p < points->points->n_choices; p++)
			if (strcmp(record_text(all[i], "assessment"), bench->ref->name) == 0 &&
			    strcmp(record_text(all[i], "point"), points->points->choices[p].id) == 0)
				points->at[p] = all[i];
}

/* Whether something is still to be done about it. */
static bool is_open(const struct points_screen *points, unsigned number)
{
	const char *result = said(points, number, "result");
	return !result[0] || (strcmp(result, "comment") == 0 &&
			      strcmp(said(points, number, "closed"), "yes") != 0);
}

/* ---- drawing ---- */

static const struct column_spec specs[] = {
	{ { "复核内容", "Point" }, 16, BREADTH_60, false, 26 },
	{ { "结论", "Verdict" }, 14, BREADTH_60, false, 0 },
	{ { "意见", "Comment" }, 16, BREADTH_80, false, 0 },
	{ { "答复", "Answer" }, 16, BREADTH_100, false, 0 },
	{ { "关闭", "Closed" }, 6, BREADTH_60, true, 0 },
};

static const char *mark_of(const struct points_screen *points, unsigned number, enum ink *ink)
{
	const char *result = said(points, number, "result");
	*ink = !result[0]                        ? INK_DIM
	       : is_open(points, number)         ? INK_WARN
	       : strcmp(result, "na") == 0       ? INK_DIM
						 : INK_OK;
	return !result[0] ? "◦" : is_open(points, number) ? "!" : strcmp(result, "na") == 0 ? "-" : "✓";
}

static void draw_point(const struct workbench *bench, const struct points_screen *points,
		       const struct columns *columns, const struct canvas *canvas, int row, unsigned number)
{
	const char *result = said(points, number, "result");
	const struct form_choice *choice = form_field_find_choice(points->results, result);
	const bool is_comment = strcmp(result, "comment") == 0;
	enum ink ink;
	const char *mark = mark_of(points, number, &ink);
	draw_text(canvas, row, 3, ink, mark);
	columns_cell(columns, canvas, row, 0, INK_TEXT, label_of(bench, &points->points->choices[number].title));
	columns_cell(columns, canvas, row, 1, ink, choice ? label_of(bench, &choice->title) : tell(bench, "未看", "open"));
	columns_cell(columns, canvas, row, 2, INK_TEXT, said(points, number, "text"));
	columns_cell(columns, canvas, row, 3, INK_DIM, said(points, number, "answer"));
	columns_cell(columns, canvas, row, 4, is_open(points, number) ? INK_WARN : INK_OK,
		     !is_comment                 ? "-"
		     : is_open(points, number) ? tell(bench, "未关", "no")
						 : tell(bench, "已关", "yes"));
}

/* A label and its words, over as many rows as there are. Gives the next row. */
static int draw_words(const struct canvas *canvas, int row, const char *label, const char *text, enum ink ink)
{
	const int left = 13;
	draw_text(canvas, row, 3, INK_DIM, label);
	return draw_wrapped(canvas, row, left, canvas->cols - left - 2, canvas->rows - row, ink,
			    text);
}

static void draw_detail(const struct workbench *bench, const struct points_screen *points,
			const struct canvas *canvas)
{
	const unsigned number = points->list.at;
	if (number >= points->points->n_choices || canvas->rows < 2)
		return;
	const char *text = said(points, number, "text"), *answer = said(points, number, "answer"),
		   *closed = said(points, number, "closed_text");
	int row = 1;
	draw_fill(canvas, 0, 3, canvas->cols - 5, INK_FAINT, "─");
	row = draw_words(canvas, row, tell(bench, "意见", "comment"),
			 text[0] ? text : tell(bench, "没有", "none"), text[0] ? INK_TITLE : INK_DIM);
	if (strcmp(said(points, number, "result"), "comment") != 0)
		return;
	const bool waits = is_open(points, number);
	row = draw_words(canvas, row, tell(bench, "评价组", "team"),
			 answer[0] ? answer
			 : waits   ? tell(bench, "还没有答复，F4 写", "no answer yet; F4 writes it")
				   : tell(bench, "没有答复", "no answer"),
			 answer[0] ? INK_TEXT : waits ? INK_WARN : INK_DIM);
	if (closed[0])
		draw_words(canvas, row, tell(bench, "关闭", "closed"), closed, INK_DIM);
}

static void points_draw(struct screen *screen, const struct canvas *canvas)
{
	struct points_screen *points = points_of(screen);
	const struct workbench *bench = screen->bench;
	const unsigned n = points->points->n_choices;
	const int detail = canvas->rows > 22 ? 8 : canvas->rows / 3;
	struct columns columns;
	columns_lay(&columns, specs, 5, bench, canvas, 5);
	columns_titles(&columns, bench, canvas, 1);
	list_fit(&points->list, n, canvas->rows - detail - 3);
	for (unsigned i = points->list.first; i < list_end(&points->list); i++) {
		const int row = 2 + (int)(i - points->list.first);
		draw_point(bench, points, &columns, canvas, row, i);
		if (i == points->list.at)
			draw_selection(canvas, row, true);
	}
	const int below = 3 + (int)(list_end(&points->list) - points->list.first);
	if (list_end(&points->list) < n)
		draw_format(canvas, below - 1, 5, INK_DIM, tell(bench, "其余 %u 项", "%u more"),
			    n - list_end(&points->list));
	const struct canvas part = canvas_part(canvas, below, 0, canvas->rows - below, 0);
	draw_detail(bench, points, &part);
}

static void points_header(struct screen *screen, const struct canvas *row)
{
	const struct points_screen *points = points_of(screen);
	unsigned seen = 0, open = 0;
	char text[80];
	for (unsigned i = 0; i < points->points->n_choices; i++) {
		seen += said(points, i, "result")[0] != '\0';
		open += said(points, i, "result")[0] && is_open(points, i);
	}
	text_format(text, sizeof(text), tell(screen->bench, "已看 %u/%u  意见未关 %u", "seen %u of %u  comments open %u"),
		    seen, points->points->n_choices, open);
	visit_header(screen->bench, row, text);
}

/* ---- keys ---- */

static struct record *record_of(struct workbench *bench, struct points_screen *points, unsigned number,
				struct lt_err *err)
{
	struct record *record = points->at ? points->at[number] : NULL;
	const char *const keys[] = { "assessment", bench->ref->name, "point", points->points->choices[number].id };
	if (record)
		return record;
	enum lt_status status = record_new(bench->session, points->form, &record, err);
	for (unsigned i = 0; i < 4 && !status; i += 2)
		status = record_set(bench->session, record,
				    (unsigned)(form_find_field(points->form, keys[i]) - points->form->fields),
				    keys[i + 1], err);
	return status ? NULL : record;
}

/* Pairs of field and text, NULL ends them, as one entry. */
static void write_down(struct screen *screen, unsigned number, const char *const *fields)
{
	struct points_screen *points = points_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	workbench_begin(bench, "fill review_point");
	struct record *record = record_of(bench, points, number, &err);
	enum lt_status status = record ? LT_OK : err.status;
	for (; fields[0] && !status; fields += 2)
		status = record_set(bench->session, record,
				    (unsigned)(form_find_field(points->form, fields[0]) - points->form->fields),
				    fields[1], &err);
	if (!status)
		status = record_save(bench->session, record, &bench->findings, &done, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE, "%s",
			       label_of(bench, &points->points->choices[number].title));
	else if (status) /* the record that is listed was changed, the project was not */
		load(screen);
}

static struct screen *points_on_top(struct workbench *bench);

static void comment_given(struct workbench *bench, void *context, const char *text)
{
	struct screen *screen = points_on_top(bench);
	const char *const fields[] = { "result", "comment", "text", text, NULL };
	(void)context;
	if (screen)
		write_down(screen, points_of(screen)->about, fields);
}

static void answer_given(struct workbench *bench, void *context, const char *text)
{
	struct screen *screen = points_on_top(bench);
	const char *const fields[] = { "answer", text, NULL };
	(void)context;
	if (screen)
		write_down(screen, points_of(screen)->about, fields);
}

static void ask_comment(struct screen *screen)
{
	struct points_screen *points = points_of(screen);
	struct workbench *bench = screen->bench;
	points->about = points->list.at;
	ask_open_prose(bench, label_of(bench, &points->points->choices[points->about].title),
		       tell(bench, "缺什么，要补什么；评价组答复后再关闭", "what is missing; the team answers, then it is closed"),
		       said(points, points->about, "text"), comment_given, NULL);
}

static void ask_answer(struct screen *screen)
{
	struct points_screen *points = points_of(screen);
	struct workbench *bench = screen->bench;
	points->about = points->list.at;
	ask_open_prose(bench, label_of(bench, &points->points->choices[points->about].title),
		       tell(bench, "评价组的答复：补了什么", "the team's answer: what was done about it"),
		       said(points, points->about, "answer"), answer_given, NULL);
}

/* The reviewer's words are the comment, the team's the answer. */
static void words(struct screen *screen)
{
	if (strcmp(screen->bench->session->role, "reviewer") == 0)
		ask_comment(screen);
	else
		ask_answer(screen);
}

static void enter(struct screen *screen)
{
	struct points_screen *points = points_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	struct record *record = record_of(bench, points, points->list.at, &err);
	if (record)
		form_open(bench, record);
	else
		workbench_tell_err(bench, &err);
}

static void next(struct screen *screen)
{
	struct points_screen *points = points_of(screen);
	const unsigned n = points->points->n_choices;
	for (unsigned i = 1; i <= n; i++)
		if (is_open(points, (points->list.at + i) % n)) {
			points->list.at = (points->list.at + i) % n;
			return;
		}
	workbench_tell(screen->bench, NOTICE_DONE, "%s",
		       tell(screen->bench, "各项都看过，意见都已关闭", "all points are seen, all comments closed"));
}

static void print(struct screen *screen)
{
	paper_open(screen->bench, "review", NULL);
}

static bool points_key(struct screen *screen, const struct event *event)
{
	struct points_screen *points = points_of(screen);
	const int digit = key_digit(event);
	if (list_key(&points->list, event))
		return true;
	if (digit < 1 || digit > 4 || !screen_is_writable(screen))
		return digit >= 0;
	const char *const close[] = { "closed", "yes", NULL };
	if (digit == 4) {
		write_down(screen, points->list.at, close);
	} else if (digit - 1 == RESULT_COMMENT) {
		ask_comment(screen);
	} else {
		const char *const fields[] = { "result", points->results->choices[digit - 1].id, NULL };
		write_down(screen, points->list.at, fields);
	}
	return true;
}

static const struct action points_actions[] = {
	{ .keys = { "1-4", "1-4" },
	  .title = { "复核", "review" },
	  .help = { "1 符合 2 有意见 3 不适用 4 意见关闭",
		    "1 satisfied 2 comment 3 not applicable 4 comment closed" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = screen_is_writable },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "下一项", "next" },
	  .help = { "没看的，意见没关的", "what is not seen, comments that are open" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = next },
	{ .key = K_F4,
	  .letter = 'r',
	  .title = { "意见、答复", "words" },
	  .help = { "复核人写意见，评价组写答复", "the reviewer's comment, the team's answer" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_for_words = true,
	  .is_live = screen_is_writable,
	  .run = words },
	{ .key = K_ENTER,
	  .title = { "整张表", "whole form" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = enter },
	{ .key = K_F3,
	  .letter = 'x',
	  .title = { "打印", "print" },
	  .help = { "技术复核表", "the list of the technical review" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = print },
};

static const struct screen_kind points_kind = {
	.id = "points",
	.title = { "复核要点", "Points" },
	.size = SIZE_WHOLE,
	.actions = points_actions,
	.n_actions = sizeof(points_actions) / sizeof(points_actions[0]),
	.needs_project = true,
	.draw = points_draw,
	.header = points_header,
	.key = points_key,
	.changed = load,
};

static struct screen *points_on_top(struct workbench *bench)
{
	struct screen *top = workbench_top(bench);
	return top && top->kind == &points_kind ? top : NULL;
}

void points_open(struct workbench *bench)
{
	struct points_screen *points = workbench_room(bench, sizeof(*points));
	struct lt_err err = LT_ERR_INIT;
	if (!points)
		return;
	if (record_form(bench->sitting->workspace, "review_point", &bench->findings, &points->form, &err)) {
		workbench_tell_err(bench, &err);
		free(points);
		return;
	}
	points->points = form_find_field(points->form, "point");
	points->results = form_find_field(points->form, "result");
	if (!points->points || !points->results || points->results->n_choices < N_RESULTS) {
		free(points);
		return;
	}
	struct screen *screen = workbench_push(bench, &points_kind, points);
	if (screen)
		load(screen);
}
