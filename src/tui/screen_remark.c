/* Words on an item: prose over the lower right, so that what they are about stays readable. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "external.h"
#include "field.h"
#include "figure.h"
#include "frame.h"
#include "lingtan/base/sha256.h"
#include "screens.h"
#include "wait.h"
#include "wrap.h"

struct remark {
	uint32_t item;
	struct edit edit;
	unsigned long kept_version;  /* of the text that the state folder has */
	unsigned long asked_version; /* of the text for which a reason was asked, when is_asked */
	unsigned long refused_version; /* of the text that the project did not take, when is_refused */
	bool is_asked, is_refused;
	bool in_phrases;            /* Tab: digits insert a stock phrase */
	bool is_draft;              /* it began with what was typed before and never saved */
	bool is_done;               /* the project has it all: no draft is kept */
	bool is_unkept;             /* a draft was to be kept and could not be */
	char stood[LT_SHA256_HEX];  /* of what the project had when it was opened, or when that was told */
	char zone[32];              /* where the cursor is, for the place file */
};

#define N_PHRASES 3
#define LEAST_LINES 7
#define POPUP_COLS 62
#define MOST_SHOWN 14 /* columns of what somebody else wrote */
static const struct label phrases[N_PHRASES] = {
	{ "按已发生的数据计，在建部分不计入。",
	  "Counted as it happened; what is being built is left out." },
	{ "现场抽查与台账一致。", "Samples on site agree with the ledger." },
	{ "资料期限早于评价年度，须补当年数据。",
	  "The documents are older than the year; data of the year is needed." },
};

static struct remark *remark_of(const struct screen *screen)
{
	return screen->data;
}

static const char *item_id(const struct screen *screen)
{
	return screen->bench->board->items[remark_of(screen)->item].plan->decl->id;
}

static void draft_name(const struct screen *screen, char *out, size_t cap)
{
	snprintf(out, cap, "remark.%s.%s.%s", screen->bench->ref->name,
		 workbench_rung(screen->bench), item_id(screen));
}

/* ---- drawing ---- */

static void remark_draw(struct screen *screen, const struct canvas *canvas)
{
	struct remark *remark = remark_of(screen);
	struct workbench *bench = screen->bench;
	const struct item *decl = bench->board->items[remark->item].plan->decl;
	char title[300], who[200], count[80];
	text_format(title, sizeof(title), "%s  %s %s", tell(bench, "意见", "Words"), decl->id,
		    label_of(bench, &decl->title));
	text_format(who, sizeof(who), "%s %s", label_of(bench, &rung_titles[bench->board->own]),
		    bench->session->name);
	/* as long as the words, from seven rows on: what lies above stays readable */
	const int lines = 1 + wrap_count(edit_text(&remark->edit), edit_length(&remark->edit),
					 POPUP_COLS - 5);
	const int rows = (lines < LEAST_LINES ? LEAST_LINES : lines) + N_PHRASES + 3;
	const struct canvas inside =
		frame_popup(bench, canvas, rows, POPUP_COLS, true, title, who);
	const int foot = inside.rows >= 12 ? N_PHRASES + 2 : 1;
	const struct canvas text =
		canvas_part(&inside, 1, 3, inside.rows - foot - 1, inside.cols - 5);
	for (int row = 0; row <= text.rows; row++)
		draw_ground(&inside, row, 1, inside.cols - 2, GROUND_INPUT);
	field_draw(&remark->edit, &text, INK_TEXT, !remark->in_phrases);
	if (foot > 1) {
		const int row = inside.rows - N_PHRASES - 1;
		draw_text(&inside, row, 3, INK_DIM, tell(bench, "常用语", "Phrases"));
		for (int i = 0; i < N_PHRASES; i++) {
			draw_format(&inside, row + i, 11, remark->in_phrases ? INK_KEY : INK_DIM,
				    "%d", i + 1);
			draw_cut(&inside, row + i, 13, inside.cols - 15,
				 INK_TEXT, label_of(bench, &phrases[i]));
		}
		if (remark->in_phrases)
			draw_cursor(&inside, row, 11);
	}
	const bool saved = remark->edit.version == remark->kept_version;
	snprintf(count, sizeof(count), tell(bench, "%zu 字  %s", "%zu characters  %s"),
		 cluster_count(edit_text(&remark->edit), edit_length(&remark->edit)),
		 saved		     ? tell(bench, "已存", "kept")
		 : remark->is_unkept ? tell(bench, "草稿存不下", "no draft can be kept")
				     : tell(bench, "在写", "typing"));
	const int end = draw_right(&inside, inside.rows - 1, inside.cols - 2,
				   saved	       ? INK_OK
				   : remark->is_unkept ? INK_WARN
						       : INK_DIM,
				   count);
	if (remark->is_draft)
		draw_cut(&inside, inside.rows - 1, 3, end - 4, INK_WARN,
			 tell(bench, "这是上次没写完的", "unfinished, from last time"));
}

/* ---- saving ---- */

static void remark_pause(struct screen *screen)
{
	struct remark *remark = remark_of(screen);
	char field[300];
	if (remark->edit.version == remark->kept_version)
		return;
	draft_name(screen, field, sizeof(field));
	edit_seal(&remark->edit);
	/* a text without a letter is a draft, too: it took words out */
	remark->is_unkept = !draft_keep(screen->bench->session, field,
					edit_length(&remark->edit) ? edit_text(&remark->edit) : " ",
					edit_length(&remark->edit) ? edit_length(&remark->edit) : 1);
	if (!remark->is_unkept)
		remark->kept_version = remark->edit.version;
}

/* NULL: they cannot be read. */
static const char *saved_words(const struct screen *screen)
{
	struct board_detail detail;
	struct lt_err err = LT_ERR_INIT;
	struct board *board = screen->bench->board;
	if (board_detail(board, remark_of(screen)->item, &detail, &err) != LT_OK)
		return NULL;
	const char *words = detail.answers[board->own].remark;
	return words ? words : "";
}

static void hash_words(const char *words, char hex[LT_SHA256_HEX])
{
	struct lt_sha256 sha;
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, words, strlen(words));
	lt_sha256_finish(&sha, hex);
}

/* Blanks and line ends after the last word are left out. */
static char *trimmed(const struct edit *edit)
{
	char *text = strdup(edit_text(edit));
	size_t len = text ? strlen(text) : 0;
	while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == ' '))
		text[--len] = '\0';
	return text;
}

static bool commit(struct screen *screen, const char *reason)
{
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	char command[200], field[300], id[64];
	bool done = false;
	char *text = trimmed(&remark_of(screen)->edit);
	if (!text) {
		lt_err_memory(&err);
		workbench_tell_err(bench, &err);
		return false;
	}
	snprintf(id, sizeof(id), "%.60s", item_id(screen));
	draft_name(screen, field, sizeof(field));
	snprintf(command, sizeof(command), "set %s --remark", id);
	workbench_begin(bench, command);
	workbench_because(bench, reason);
	const struct new_answer wish = { .item = item_id(screen),
					 .remark = text,
					 .rung = workbench_rung(bench) };
	const enum lt_status status =
		session_set(bench->session, bench->ref, &wish, &bench->findings, &done, &err);
	free(text);
	if (!workbench_end(bench, status, &err, done))
		return false;
	draft_drop(bench->session, field);
	remark_of(screen)->is_done = true;
	return true;
}

static bool is_changed(const struct screen *screen)
{
	char *text = trimmed(&remark_of(screen)->edit);
	const char *saved = saved_words(screen);
	/* where nobody can tell it counts as changed, and stays */
	const bool changed = !text || !saved || strcmp(text, saved) != 0;
	free(text);
	return changed;
}

/* Somebody else wrote here since: those words are shown before they give way. */
static bool stops_for_others(struct screen *screen)
{
	struct remark *remark = remark_of(screen);
	struct workbench *bench = screen->bench;
	struct board_detail detail;
	struct lt_err err = LT_ERR_INIT;
	workbench_changed(bench);
	if (board_detail(bench->board, remark->item, &detail, &err) != LT_OK)
		return false;
	const struct board_answer *own = &detail.answers[bench->board->own];
	const char *now = own->remark ? own->remark : "";
	char stands[LT_SHA256_HEX], by[120], words[80];
	hash_words(now, stands);
	if (strcmp(stands, remark->stood) == 0)
		return false;
	memcpy(remark->stood, stands, sizeof(stands));
	cluster_cut(now, strcspn(now, "\n"), MOST_SHOWN, words, sizeof(words));
	text_format(by, sizeof(by), "%s", own->writer.by ? own->writer.by : tell(bench, "别人", "somebody"));
	if (!is_changed(screen))
		return false;
	remark_pause(screen);
	workbench_tell(bench, NOTICE_WARN,
		       tell(bench, "%s刚写了“%s”；再按 Esc 换掉，历史里有", "%s wrote \"%s\"; Esc again replaces it"),
		       by, words[0] ? words : tell(bench, "（清空）", "(nothing)"));
	return true;
}

static void drop_draft(struct screen *screen)
{
	char field[300];
	draft_name(screen, field, sizeof(field));
	draft_drop(screen->bench->session, field);
	remark_of(screen)->is_done = true;
}

static void reason_given(struct workbench *bench, void *context, const char *text)
{
	struct screen *top = workbench_top(bench);
	(void)context;
	if (top && strcmp(top->kind->id, "remark") == 0 && commit(top, text))
		workbench_pop(bench);
}

/* What told why the project does not take the words tells as well where they are. */
static void leave_as_draft(struct screen *screen)
{
	const struct remark *remark = remark_of(screen);
	struct workbench *bench = screen->bench;
	remark_pause(screen);
	const bool is_kept = remark->edit.version == remark->kept_version;
	workbench_pop(bench);
	workbench_tell(bench, NOTICE_WARN,
		       is_kept ? tell(bench, "%s；这些话留作草稿", "%s; your words stay a draft")
			       : tell(bench, "%s；这些话没有存下，草稿也存不下",
				      "%s; your words are lost, no draft could be kept"),
		       bench->notice);
}

/* Who gave none for these words, and would leave again, may. */
static void ask_reason(struct screen *screen)
{
	struct remark *remark = remark_of(screen);
	struct workbench *bench = screen->bench;
	if (remark->is_asked && remark->asked_version == remark->edit.version) {
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "没写更正的原因，项目未改",
				    "without a reason nothing is changed"));
		leave_as_draft(screen);
		return;
	}
	remark->is_asked = true;
	remark->asked_version = remark->edit.version;
	remark_pause(screen);
	ask_open_words(bench, bench->board->items[remark->item].plan->decl->id, tell(bench, "更正已提交的一轮", "Correct what was submitted"),
		 tell(bench, "写明为什么改；原来的话也留在记录里",
		      "say why; the record keeps the old words"),
		 "", true, NULL, reason_given, NULL);
}

/* Everything typed is in the project, or it stays a draft; false where it is not. */
static bool finish(struct screen *screen)
{
	struct remark *remark = remark_of(screen);
	struct workbench *bench = screen->bench;
	if (!is_changed(screen)) {
		drop_draft(screen);
		workbench_pop(bench);
		return true;
	}
	if (!workbench_may_write(bench)) {
		leave_as_draft(screen);
		return false;
	}
	if (stops_for_others(screen))
		return false;
	if (workbench_needs_reason(bench, item_id(screen))) {
		ask_reason(screen);
		return false;
	}
	if (commit(screen, NULL)) {
		workbench_pop(bench);
		return true;
	}
	/* who would leave again with the same words may */
	if (remark->is_refused && remark->refused_version == remark->edit.version) {
		leave_as_draft(screen);
		return false;
	}
	remark->is_refused = true;
	remark->refused_version = remark->edit.version;
	return false;
}

/* ---- keys ---- */

static void back(struct screen *screen)
{
	finish(screen);
}

static void save_and_next(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	if (!finish(screen))
		return;
	struct screen *below = workbench_top(bench);
	const struct event next = { .key = K_F5 };
	actions_key(below, below->kind->actions, below->kind->n_actions, &next);
}

static void edit_outside(struct screen *screen)
{
	struct remark *remark = remark_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	char *text = NULL;
	size_t len = 0;
	remark_pause(screen);
	if (external_edit(edit_text(&remark->edit), edit_length(&remark->edit), &text, &len,
			  &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		return;
	}
	const enum edit_status status = edit_replace_all(&remark->edit, text, len);
	free(text);
	if (status == EDIT_NOMEM) {
		lt_err_memory(&err);
		workbench_tell_err(bench, &err);
	}
	if (status == EDIT_FULL)
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "编辑器里的文字太长，只放进了前面的部分",
				    "the editor's text is too long, only its beginning was taken"));
	remark_pause(screen);
}

static void to_phrases(struct screen *screen)
{
	struct remark *remark = remark_of(screen);
	remark->in_phrases = !remark->in_phrases;
}

static bool remark_key(struct screen *screen, const struct event *event)
{
	struct remark *remark = remark_of(screen);
	const int digit = key_digit(event);
	if (remark->in_phrases) {
		if (digit >= 1 && digit <= N_PHRASES && !wait_begins_words(screen->bench, event)) {
			const char *text = label_of(screen->bench, &phrases[digit - 1]);
			edit_paste(&remark->edit, text, strlen(text));
			remark->in_phrases = false;
			return true;
		}
		/* whoever goes on typing is back in the text */
		remark->in_phrases = false;
		if (event->key == K_ENTER || event->key == K_DOWN || event->key == K_UP)
			return true;
	}
	return field_type(screen->bench, &remark->edit, event) != FIELD_IGNORED;
}

static bool remark_is_typing(const struct screen *screen)
{
	return !remark_of(screen)->in_phrases;
}

/* However it is left, what was typed is in the project or in a draft. */
static void remark_close(struct screen *screen)
{
	struct remark *remark = remark_of(screen);
	if (!remark->is_done)
		remark_pause(screen);
	edit_release(&remark->edit);
	free(remark);
}

static void remark_describe(const struct screen *screen, struct place *place)
{
	struct remark *remark = remark_of(screen);
	snprintf(remark->zone, sizeof(remark->zone), "remark:%zu", edit_cursor(&remark->edit));
	place->item = item_id(screen);
	place->zone = remark->zone;
}

static const struct action remark_actions[] = {
	{ .key = K_ESC,
	  .title = { "收起", "close" },
	  .help = { "存入项目并收起", "saves into the project and closes" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = back },
	{ .key = K_TAB,
	  .title = { "常用语", "phrases" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = to_phrases },
	{ .key = K_F5,
	  .title = { "收起并下一项", "close, next" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = save_and_next },
	{ .keys = { "F8", "F8" },
	  .title = { "撤销", "undo" },
	  .help = { "撤销刚才打的字，Ctrl-R 重做", "undo typing; Ctrl-R redoes" },
	  .group = GROUP_CHANGE,
	  .in_foot = true },
	{ .key = K_F4,
	  .title = { "外部编辑器", "editor" },
	  .help = { "用 $EDITOR 写", "write in $EDITOR" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = edit_outside },
	{ .keys = { "Ctrl-X C V", "Ctrl-X C V" },
	  .title = { "剪切 复制 粘贴", "cut, copy, paste" },
	  .help = { "剪切 复制 粘贴；Shift 加方向键选取",
		    "cut, copy, paste; Shift and arrows select" },
	  .group = GROUP_CHANGE },
};

static const struct screen_kind remark_kind = {
	.id = "remark",
	.title = { "意见", "Words" },
	.size = SIZE_POPUP,
	.actions = remark_actions,
	.n_actions = sizeof(remark_actions) / sizeof(remark_actions[0]),
	.needs_project = true,
	.draw = remark_draw,
	.key = remark_key,
	.is_typing = remark_is_typing,
	.takes_words = true,
	.pause = remark_pause,
	.close = remark_close,
	.describe = remark_describe,
};

/* False: the words are not all there, and must not be written over. */
static bool load(struct screen *screen)
{
	bool is_whole = true;
	struct remark *remark = remark_of(screen);
	struct lt_arena arena;
	char field[300];
	workbench_changed(screen->bench); /* another program may have written since */
	const char *words = saved_words(screen);
	if (!words || edit_set(&remark->edit, words, strlen(words)) != EDIT_DONE)
		return false;
	hash_words(words, remark->stood);
	remark->kept_version = remark->edit.version;
	draft_name(screen, field, sizeof(field));
	lt_arena_init(&arena, 0);
	const char *draft = draft_find(screen->bench->session, field, &arena);
	if (draft && strcmp(draft, words) != 0) {
		is_whole = edit_replace_all(&remark->edit, draft, strlen(draft)) == EDIT_DONE;
		remark->kept_version = remark->edit.version;
		remark->is_draft = true;
	}
	lt_arena_release(&arena);
	return is_whole;
}

void remark_open_at(struct workbench *bench, uint32_t item, size_t cursor)
{
	remark_open(bench, item);
	const struct screen *top = workbench_top(bench);
	if (top && top->kind == &remark_kind)
		edit_set_cursor(&remark_of(top)->edit, cursor);
}

void remark_open(struct workbench *bench, uint32_t item)
{
	struct remark *remark = workbench_room(bench, sizeof(*remark));
	struct lt_err err = LT_ERR_INIT;
	const struct edit_options options = { .is_multiline = true };
	if (!remark)
		return;
	remark->item = item;
	edit_init(&remark->edit, &options);
	struct screen *screen = workbench_push(bench, &remark_kind, remark);
	if (screen && load(screen)) {
		if (project_is_readonly(bench->session->project))
			workbench_tell(bench, NOTICE_WARN, "%s",
				       tell(bench, "只读打开：这里写的只留作草稿，进不了项目",
					    "opened for reading only: what is written here stays a draft"));
		return;
	}
	if (!screen)
		return;
	remark->is_done = true; /* no draft of half a text */
	workbench_pop(bench);
	lt_err_memory(&err);
	workbench_tell_err(bench, &err);
}
