/*
 * A body's own numbers in the place of the standard's: all that can be replaced, what is, and what
 * it moves. They are a draft until they are used for the assessment at hand.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "frame.h"
#include "list.h"
#include "path.h"
#include "profile_parts.h"
#include "screens.h"

struct profile_screen {
	struct lt_arena arena;
	struct profile *work; /* in the session's arena */
	struct number_row *rows;
	unsigned n, n_replaced, n_wrong;
	bool is_used;                /* what is worked on is what the assessment is scored with */
	char wrong[LT_N_LANGS][300]; /* the first thing that keeps it from being used */
	struct number_effect after;
	struct list list;
};

static const struct label kind_words[N_NUMBER_KINDS] = {
	[NUMBER_PARAMETER] = { "参数", "param." }, [NUMBER_WEIGHTS] = { "权重", "weight" },
	[NUMBER_POINTS] = { "分值", "points" },    [NUMBER_TIERS] = { "分档", "tiers" },
	[NUMBER_LINE] = { "计分线", "line" },
};

static struct profile_screen *profile_of(const struct screen *screen)
{
	return screen->data;
}

/* ---- reading ---- */

static void see_what_is_wrong(struct profile_screen *profile, struct workbench *bench)
{
	struct lt_findings findings;
	struct lt_err err = LT_ERR_INIT;
	lt_findings_init(&findings, &profile->arena);
	profile->n_wrong = 0;
	if (profile->n_replaced == 0 ||
	    session_check_profile(bench->session, bench->ref, profile->work, &findings, &err))
		return;
	for (const struct lt_finding *at = findings.first; at; at = at->next)
		if (at->severity == LT_ERROR && profile->n_wrong++ == 0)
			for (int lang = 0; lang < LT_N_LANGS; lang++)
				snprintf(profile->wrong[lang], sizeof(profile->wrong[lang]), "%s",
					 at->text[lang]);
}

static bool is_in_use(struct workbench *bench)
{
	struct held_profile held;
	struct lt_err ignored = LT_ERR_INIT;
	const struct assessment_ref *now;
	if (session_find_profile(bench->session, bench->ref, NULL, &held, &ignored) != LT_OK)
		return true;
	ignored = (struct lt_err)LT_ERR_INIT;
	return session_find_assessment(bench->session, bench->ref->name, NULL, &now,
				       &bench->findings, &ignored) == LT_OK &&
	       strcmp(now->profile, held.digest) == 0;
}

static void load(struct screen *screen)
{
	struct profile_screen *profile = profile_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	lt_arena_reset(&profile->arena);
	profile->n = profile->n_replaced = 0;
	if (!profile_work_find(bench, &profile->work))
		return;
	if (numbers_list(bench->board->ruleset, profile->work, &profile->arena, &profile->rows,
			 &profile->n, &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		return;
	}
	for (unsigned i = 0; i < profile->n; i++)
		profile->n_replaced += profile->rows[i].is_replaced;
	profile->is_used = is_in_use(bench);
	see_what_is_wrong(profile, bench);
	profile->after = profile->is_used ? (struct number_effect){ 0 }
					  : number_effect_find(bench, profile->work);
}

/* ---- drawing ---- */

struct profile_columns {
	int kind, id, title, title_end, own, origin, value, page; /* 0 = left out */
};

static struct profile_columns columns_of(const struct workbench *bench, int cols)
{
	switch (frame_breadth(bench)) {
	case BREADTH_60:
		return (struct profile_columns){ 0, 3, 16, cols - 30, cols - 28, 0, cols - 14, 0 };
	case BREADTH_80:
		return (struct profile_columns){ 3,         11,        24,        cols - 38,
						 cols - 36, cols - 22, cols - 14, 0 };
	case BREADTH_132:
		return (struct profile_columns){ 3,         11,        34,        cols - 61,
						 cols - 59, cols - 47, cols - 34, cols - 13 };
	default:
		return (struct profile_columns){ 3,         11,        28,        cols - 49,
						 cols - 47, cols - 35, cols - 26, cols - 13 };
	}
}

static void draw_headings(const struct workbench *bench, const struct canvas *canvas)
{
	const struct profile_columns at = columns_of(bench, canvas->cols);
	if (at.kind)
		draw_text(canvas, 1, at.kind, INK_DIM, tell(bench, "种类", "kind"));
	draw_text(canvas, 1, at.id, INK_DIM, tell(bench, "编号", "id"));
	draw_text(canvas, 1, at.title, INK_DIM, tell(bench, "名称", "title"));
	draw_text(canvas, 1, at.own, INK_DIM, tell(bench, "标准", "standard"));
	if (at.origin)
		draw_text(canvas, 1, at.origin, INK_DIM, tell(bench, "来源", "origin"));
	draw_text(canvas, 1, at.value, INK_DIM, tell(bench, "本机构", "own"));
	if (at.page)
		draw_text(canvas, 1, at.page, INK_DIM, tell(bench, "页码", "page"));
}

/* Of a row of weights the one that the assessment goes by. */
static const char *shown_text(const struct workbench *bench, const struct number_row *number,
			      bool own, char *buf, size_t cap)
{
	const struct board *board = bench->board;
	const struct table *table =
		number->table ? ruleset_find_table(board->ruleset, number->table) : NULL;
	const unsigned column =
		table ? table_find_column(table, board->park_type ? board->park_type->id : NULL,
					  board->stage ? board->stage->id : NULL)
		      : number->n;
	if (column >= number->n)
		return number_row_text(number, own, buf, cap);
	const char *text = own ? number->numbers[column].own : number->numbers[column].value;
	snprintf(buf, cap, "%s", text ? text : "");
	return buf;
}

static void draw_number(const struct workbench *bench, const struct canvas *canvas, int row,
			const struct number_row *number)
{
	const struct profile_columns at = columns_of(bench, canvas->cols);
	char text[300];
	if (at.kind)
		draw_text(canvas, row, at.kind, INK_DIM,
			  label_of(bench, &kind_words[number->kind]));
	/* where there is little room a name of words has it all: the id would be cut, and the title */
	const bool has_id = at.kind || shown_id(number->id)[0];
	const int title = has_id ? at.title : at.id;
	/* ids that belong together begin alike */
	text[cluster_cut_middle(number->id, strlen(number->id), at.title - at.id - 1, text,
				sizeof(text) - 1)] = '\0';
	if (has_id)
		draw_text(canvas, row, at.id, INK_ACCENT, text);
	draw_cut(canvas, row, title, at.title_end - title, INK_TEXT,
		 label_of(bench, &number->title));
	shown_text(bench, number, true, text, sizeof(text));
	draw_cut(canvas, row, at.own, (at.origin ? at.origin : at.value) - at.own - 1,
		 text[0] ? INK_TEXT : INK_WARN, text[0] ? text : tell(bench, "未定", "unset"));
	if (at.origin)
		draw_cut(canvas, row, at.origin, at.value - at.origin - 1,
			 number->origin >= ORIGIN_PROPOSED ? INK_WARN : INK_DIM,
			 text[0] ? label_of(bench, origin_title(number->origin)) : "");
	shown_text(bench, number, false, text, sizeof(text));
	draw_cut(canvas, row, at.value, (at.page ? at.page : canvas->cols - 1) - at.value - 1,
		 number->is_replaced ? INK_TITLE : INK_FAINT, number->is_replaced ? text : "-");
	if (at.page && number->is_replaced)
		draw_cut(canvas, row, at.page, canvas->cols - at.page - 2, INK_DIM,
			 number->page ? number->page : "");
}

/* Where the selected one stands, and what keeps the whole from being used. */
static void draw_foot(const struct workbench *bench, const struct profile_screen *profile,
		      const struct canvas *canvas)
{
	const int row = canvas->rows - 2;
	if (profile->n_wrong > 0)
		draw_cut(canvas, row, 3, canvas->cols - 5, INK_VETO, profile->wrong[bench->lang]);
	if (profile->list.at >= profile->n)
		return;
	const struct number_row *number = &profile->rows[profile->list.at];
	const char *note = label_of(bench, &number->note);
	int col = 3;
	if (number->cite) {
		const char *title = title_of_cited(bench, number->cite);
		col = draw_text(canvas, row + 1, col, INK_DIM, tell(bench, "出自 ", "from "));
		col = draw_cut(canvas, row + 1, col, 30, INK_DIM, number->cite) + 2;
		/* the note is about this number, the title about many */
		const int rest = canvas->cols - col - 2;
		const int noted = note[0] ? text_columns(note) + 3 : 0;
		const int room = noted < rest / 2 ? rest - noted : rest / 2;
		col = title[0] ? draw_cut(canvas, row + 1, col, room, INK_DIM, title) + 3 : col + 1;
	}
	draw_cut(canvas, row + 1, col, canvas->cols - col - 2, INK_DIM, note);
}

static void profile_draw(struct screen *screen, const struct canvas *canvas)
{
	struct profile_screen *profile = profile_of(screen);
	const struct workbench *bench = screen->bench;
	draw_headings(bench, canvas);
	list_fit(&profile->list, profile->n, canvas->rows - 5);
	for (unsigned i = profile->list.first; i < list_end(&profile->list); i++) {
		const int row = 2 + (int)(i - profile->list.first);
		draw_number(bench, canvas, row, &profile->rows[i]);
		if (i == profile->list.at)
			draw_selection(canvas, row, true);
	}
	if (profile->n == 0)
		draw_text(canvas, 3, 3, INK_DIM,
			  tell(bench, "这套标准没有可替换的数值",
			       "nothing of this standard can be replaced"));
	draw_foot(bench, profile, canvas);
}

static void profile_header(struct screen *screen, const struct canvas *row)
{
	const struct profile_screen *profile = profile_of(screen);
	const struct workbench *bench = screen->bench;
	char title[400];
	const bool is_own = profile->n_replaced == 0 && profile->is_used;
	const char *state = is_own ? tell(bench, "用标准的数值", "the standard's numbers")
			    : profile->is_used ? tell(bench, "已采用", "in use")
					       : tell(bench, "草稿，未采用", "draft, not in use");
	const int end = draw_right(row, 0, row->cols - 1,
				   is_own             ? INK_DIM
				   : profile->is_used ? INK_OK
						      : INK_WARN,
				   state);
	snprintf(title, sizeof(title), "%.80s  %.200s", bench->board->ruleset->code,
		 profile->work ? label_of(bench, &profile->work->title) : "");
	draw_cut(row, 0, 1, end - 3, INK_TITLE, title);
}

static void profile_score_line(struct screen *screen, const struct canvas *row)
{
	const struct profile_screen *profile = profile_of(screen);
	const struct workbench *bench = screen->bench;
	int col = draw_format(row, 0, 1, INK_TITLE, tell(bench, "替换 %u 项", "replaced %u"),
			      profile->n_replaced) +
		  3;
	if (profile->n_wrong > 0)
		col = draw_format(row, 0, col, INK_VETO,
				  tell(bench, "✗ 还不能采用 %u", "✗ not usable yet %u"),
				  profile->n_wrong) +
		      3;
	col = number_effect_draw(bench, row, col, &profile->after);
	if (profile->after.is_known && profile->after.n_refused > 0)
		draw_format(row, 0, col, INK_WARN,
			    tell(bench, "! 不合的答案 %u", "! answers that no longer fit %u"),
			    profile->after.n_refused);
}

/* ---- changing ---- */

static void enter(struct screen *screen)
{
	number_open(screen->bench, profile_of(screen)->list.at);
}

static void edit_head(struct screen *screen)
{
	number_open(screen->bench, NUMBER_HEAD);
}

static void take_back(struct screen *screen)
{
	struct profile_screen *profile = profile_of(screen);
	struct workbench *bench = screen->bench;
	struct profile changed = *profile->work;
	struct lt_err err = LT_ERR_INIT;
	char command[160];
	const struct number_row *row = &profile->rows[profile->list.at];
	snprintf(command, sizeof(command), "profile drop %.100s", row->id);
	if (numbers_put(&changed, row, NULL, NULL, NULL, &bench->session->arena, &err) != LT_OK)
		workbench_tell_err(bench, &err);
	else
		profile_work_keep(bench, &changed, command);
}

static void pin(struct screen *screen, bool takes_off)
{
	struct workbench *bench = screen->bench;
	struct held_profile held;
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	workbench_begin(bench, takes_off ? "profile unpin" : "profile pin");
	enum lt_status status =
		takes_off ? LT_OK
			  : session_find_profile(bench->session, bench->ref, NULL, &held, &err);
	if (!status)
		status = session_pin_profile(bench->session, bench->ref, takes_off ? NULL : &held,
					     &bench->findings, &done, &err);
	if (workbench_end(bench, status, &err, done) && done)
		workbench_tell(
			bench, NOTICE_DONE, "%s",
			takes_off ? tell(bench, "改用标准的数值，F8 撤销",
					 "the standard's numbers again; F8 undoes")
				  : tell(bench, "已采用，本评价按这些数值计分，F8 撤销",
					 "in use: this assessment is scored with them; F8 undoes"));
}

static void use(struct screen *screen)
{
	pin(screen, false);
}

/* ---- files ---- */

static struct screen *own_screen(struct workbench *bench)
{
	struct screen *top = workbench_top(bench);
	return top && strcmp(top->kind->id, "profile") == 0 ? top : NULL;
}

static void export_to(struct workbench *bench, void *context, const char *text)
{
	struct held_profile held;
	struct lt_err err = LT_ERR_INIT;
	char path[PATH_TEXT];
	(void)context;
	if (!typed_path(bench, text, path))
		return;
	if (session_find_profile(bench->session, bench->ref, NULL, &held, &err) ||
	    session_export_profile(bench->session, &held, path, &err))
		workbench_tell_err(bench, &err);
	else
		workbench_tell(bench, NOTICE_DONE, tell(bench, "已存成 %s", "saved as %s"), text);
}

static void import_from(struct workbench *bench, void *context, const char *path, bool readonly)
{
	struct lt_err err = LT_ERR_INIT;
	char digest[LT_SHA256_HEX], command[300];
	bool done = false;
	(void)context;
	(void)readonly;
	text_format(command, sizeof(command), "profile import %s", path_name(path));
	workbench_begin(bench, command);
	const enum lt_status status =
		session_import_profile(bench->session, path, &bench->findings, digest, &done, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "已读入，作为草稿；F5 采用",
				    "read in as the draft; F5 uses it"));
}

static void file_chosen(struct workbench *bench, void *context, unsigned number)
{
	static const char *const endings[] = { ".yaml", ".yml", NULL };
	struct screen *screen = own_screen(bench);
	char folder[PATH_TEXT], name[PATH_TEXT];
	(void)context;
	if (!screen)
		return;
	path_folder(bench->path, folder);
	path_shorten(folder, folder);
	snprintf(name, sizeof(name), "%.3000s%.200s.yaml", folder, profile_of(screen)->work->id);
	if (number == 0)
		ask_open(bench, tell(bench, "存成参数集文件", "Save as a profile file"),
			 tell(bench, "新文件的路径；已有的不会覆盖",
			      "path of a new file; what is there is never written over"),
			 name, true, NULL, export_to, NULL);
	else if (number == 1)
		pick_open_beside(bench, tell(bench, "读入参数集", "Read a profile"), endings, import_from,
				 NULL);
	else
		pin(screen, true);
}

static void files(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	const bool has_own = profile_of(screen)->n_replaced > 0;
	const struct menu_row rows[] = {
		{ .title = tell(bench, "存成文件", "save as a file"),
		  .digit = 1,
		  .is_dim = !has_own },
		{ .title = tell(bench, "从文件读入", "read from a file"), .digit = 2 },
		{ .title = tell(bench, "改用标准的数值", "the standard's numbers again"),
		  .detail = tell(bench, "草稿留着", "the draft stays"),
		  .digit = 3,
		  .is_dim = !bench->ref->profile[0] && !bench->board->profile },
	};
	menu_open(bench, tell(bench, "参数集", "Profile"), rows, 3, 0, file_chosen, NULL);
}

/* ---- keys ---- */

static bool has_row(const struct screen *screen)
{
	return profile_of(screen)->list.at < profile_of(screen)->n;
}

static bool is_replaced(const struct screen *screen)
{
	const struct profile_screen *profile = profile_of(screen);
	return has_row(screen) && screen_is_writable(screen) &&
	       profile->rows[profile->list.at].is_replaced;
}

static bool can_use(const struct screen *screen)
{
	return screen_is_writable(screen) && !profile_of(screen)->is_used;
}

/* The next one of another kind, from the top again after the last. */
static void turn(struct screen *screen)
{
	struct profile_screen *profile = profile_of(screen);
	unsigned at = profile->list.at;
	while (at < profile->n && profile->rows[at].kind == profile->rows[profile->list.at].kind)
		at++;
	profile->list.at = at < profile->n ? at : 0;
}

static bool profile_key(struct screen *screen, const struct event *event)
{
	return list_key(&profile_of(screen)->list, event);
}

static void profile_close(struct screen *screen)
{
	struct profile_screen *profile = profile_of(screen);
	lt_arena_release(&profile->arena);
	free(profile);
}

static const struct action profile_actions[] = {
	{ .key = K_ENTER,
	  .title = { "填写", "fill in" },
	  .help = { "填本机构的数值和页码", "the body's own number, with its page" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_row,
	  .run = enter },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "采用", "use" },
	  .help = { "本评价从此按这些数值计分，可撤销",
		    "this assessment is scored with them from now on; can be undone" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = can_use,
	  .run = use },
	{ .key = K_DELETE,
	  .title = { "还用标准值", "standard's" },
	  .help = { "这一项还用标准的数值", "the standard's own number again" },
	  .group = GROUP_CHANGE,
	  .in_foot = true,
	  .is_live = is_replaced,
	  .run = take_back },
	{ .key = K_F4,
	  .letter = 'r',
	  .title = { "名称与责任方", "head" },
	  .help = { "参数集的标识、名称、责任方、所据版本",
		    "id, title, who answers for it, edition" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = edit_head },
	{ .key = K_F2,
	  .letter = 'e',
	  .title = { "文件", "file" },
	  .help = { "存成文件，从文件读入，停用", "save as a file, read one, stop using it" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .is_live = screen_is_writable,
	  .run = files },
	{ .key = K_TAB,
	  .title = { "下一类", "next kind" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = turn },
};

static const struct screen_kind profile_kind = {
	.id = "profile",
	.title = { "参数集", "Profile" },
	.size = SIZE_WHOLE,
	.actions = profile_actions,
	.n_actions = sizeof(profile_actions) / sizeof(profile_actions[0]),
	.has_score_line = true,
	.needs_project = true,
	.draw = profile_draw,
	.header = profile_header,
	.score_line = profile_score_line,
	.key = profile_key,
	.changed = load,
	.close = profile_close,
};

void profile_open(struct workbench *bench)
{
	struct profile_screen *profile = workbench_room(bench, sizeof(*profile));
	if (!profile)
		return;
	lt_arena_init(&profile->arena, 0);
	struct screen *screen = workbench_push(bench, &profile_kind, profile);
	if (screen)
		load(screen);
}
