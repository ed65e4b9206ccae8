/* One number of a profile, or its head: the body's own beside the standard's, and what it moves. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "blanks.h"
#include "figure.h"
#include "frame.h"
#include "lingtan/app/record.h"
#include "profile_parts.h"
#include "screens.h"

#define MOST_NUMBERS 64

struct number_screen {
	struct lt_arena arena;
	struct profile *work;  /* as it is kept */
	struct number_row row; /* n 0: the head */
	struct blanks blanks;
	unsigned long seen_at; /* version of the blanks that the effect is of */
	struct number_effect after;
	unsigned n_wrong;
	bool is_readonly;
	bool is_done; /* the profile has it all: no draft is kept */
};

static struct number_screen *number_of(const struct screen *screen)
{
	return screen->data;
}

static bool is_head(const struct number_screen *number)
{
	return number->row.n == 0;
}

/* ---- the work ---- */

struct number_effect number_effect_find(struct workbench *bench, const struct profile *profile)
{
	const struct board *board = bench->board;
	struct number_effect effect = { .is_known = false };
	struct assessment scored;
	struct lt_err ignored = LT_ERR_INIT;
	struct lt_findings findings;
	struct lt_arena arena;
	if (board->headline.slot == NO_SLOT)
		return effect;
	const char *name = plan_slot_name(board->plan, board->headline.slot);
	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	if (session_score_with(bench->session, bench->ref, workbench_rung(bench), profile, &scored,
			       &findings, &ignored) == LT_OK) {
		const uint32_t slot = plan_find(scored.plan, name);
		effect.is_known = slot != NO_SLOT;
		if (effect.is_known)
			effect.figure = scored.result.values[slot];
		effect.n_refused = scored.n_refused;
	}
	assessment_close(&scored);
	lt_arena_release(&arena);
	return effect;
}

int number_effect_draw(const struct workbench *bench, const struct canvas *row, int col,
		       const struct number_effect *after)
{
	const struct board *board = bench->board;
	char text[FIGURE_TEXT];
	if (bench->hides_score || !after->is_known)
		return col;
	col = draw_format(row, 0, col, INK_DIM, "%s %s ", label_of(bench, board->headline.title),
			  tell(bench, "现", "now"));
	col = draw_text(row, 0, col, INK_TEXT,
			figure_value(&board->rungs[board->own].figure, 1, bench->lang, text));
	col = draw_text(row, 0, col, INK_DIM, tell(bench, "  改后 ", "  then "));
	return draw_text(row, 0, col, INK_TITLE,
			 figure_value(&after->figure, 1, bench->lang, text)) +
	       3;
}

bool profile_work_find(struct workbench *bench, struct profile **out)
{
	struct lt_err err = LT_ERR_INIT;
	struct session *session = bench->session;
	if (session_draft_profile(session, bench->ref, out, &bench->findings, &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		return false;
	}
	struct profile *work = *out;
	/* a new one is called something, so that a number can be entered at once */
	if (!work->id)
		work->id = lt_arena_printf(&session->arena, "%s-own", work->ruleset);
	if (!work->responsible)
		work->responsible = session->name;
	if (!work->title.zh)
		work->title = (struct label){ "本机构参数", "Own numbers" };
	return work->id != NULL;
}

bool profile_work_keep(struct workbench *bench, const struct profile *changed, const char *command)
{
	struct lt_err err = LT_ERR_INIT;
	char digest[LT_SHA256_HEX];
	bool done = false;
	workbench_begin(bench, command);
	const enum lt_status status = session_keep_profile(bench->session, bench->ref, changed,
							   &bench->findings, digest, &done, &err);
	return workbench_end(bench, status, &err, done);
}

/* ---- blanks ---- */

static const char *blank_text(const struct number_screen *number, const char *id)
{
	const struct blank *blank = blanks_find(&number->blanks, id);
	return blank ? edit_text(&blank->edit) : "";
}

static bool add_blank(struct number_screen *number, enum blank_kind kind, const char *id,
		      const struct label *label, const char *value, bool is_needed)
{
	struct blank *blank = id ? blanks_add(&number->blanks, kind, id, label->zh, label->en) : NULL;
	if (!blank)
		return false;
	if (kind == BLANK_ONE) {
		blank_add_option(blank, "yes", "是", "yes");
		blank_add_option(blank, "no", "否", "no");
	}
	blank->is_needed = is_needed;
	blank->is_locked = number->is_readonly;
	blank_set(blank, value ? value : "");
	return true;
}

static bool add_line(struct number_screen *number, const char *id, const struct label *label,
		     const char *value, bool is_needed)
{
	return add_blank(number, BLANK_LINE, id, label, value, is_needed);
}

static const struct label page_help = { "正版文本的页、条、表，如 第 12 页 表 3",
					"page, clause or table of the printed copy, like p. 12, table 3" };
static const struct label remark_help = { "读法、换算等，可不填",
					  "how it was read or converted; may stay empty" };

static bool add_page(struct number_screen *number)
{
	static const struct label page = { "页码", "Page" }, remark = { "说明", "Note" };
	if (number->row.is_paged)
		return true;
	if (!add_line(number, "page", &page, number->row.page, true) ||
	    !add_line(number, "remark", &remark, number->row.remark, false))
		return false;
	blanks_find(&number->blanks, "page")->help = page_help;
	blanks_find(&number->blanks, "remark")->help = remark_help;
	return true;
}

/* What stands behind a number: the standard's. Its line is said once. */
static const char *aside_of(struct number_screen *number, const struct workbench *bench,
			    const struct number *of)
{
	const struct number_row *row = &number->row;
	if (row->own_line)
		return of == row->numbers
			       ? lt_arena_printf(&number->arena, "%s %s",
						 tell(bench, "标准为计分线", "standard: line"), row->own_line)
			       : NULL;
	return lt_arena_printf(&number->arena, "%s %s", tell(bench, "标准", "standard"),
			       of->own ? of->own : tell(bench, "未定", "unset"));
}

static bool add_numbers(struct number_screen *number, const struct workbench *bench)
{
	const struct number_row *row = &number->row;
	if (!blanks_add(&number->blanks, BLANK_HEADING, "", row->title.zh, row->title.en))
		return false;
	for (unsigned i = 0; i < row->n; i++) {
		const struct number *of = &row->numbers[i];
		const char *id = lt_arena_printf(&number->arena, "n%u", i);
		if (!add_line(number, id, &of->label,
			      of->value ? of->value
			      : of->own ? of->own
					: "",
			      !of->is_free))
			return false;
		struct blank *blank = blanks_find(&number->blanks, id);
		if (of->is_text) {
			blank->help = of->is_free ? remark_help : page_help;
			continue;
		}
		blank->unit = of->unit;
		blank->aside = aside_of(number, bench, of);
		blank->help = row->note;
	}
	return add_page(number);
}

/* What a profile says of itself, by its form. */
static bool add_head(struct number_screen *number, struct workbench *bench)
{
	const struct form *form;
	struct lt_err err = LT_ERR_INIT;
	const struct profile *work = number->work;
	const struct {
		const char *id, *value;
	} fields[] = { { "id", work->id },
		       { "responsible", work->responsible },
		       { "edition", work->edition },
		       { "date", work->date },
		       { "title_zh", work->title.zh },
		       { "title_en", work->title.en },
		       { "made_up", work->made_up } };
	if (record_form(bench->sitting->workspace, "profile", &bench->findings, &form, &err)) {
		workbench_tell_err(bench, &err);
		return false;
	}
	blanks_add(&number->blanks, BLANK_HEADING, "", form->title.zh, form->title.en);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const struct form_field *field = form_find_field(form, fields[i].id);
		if (!field)
			continue;
		if (!add_blank(number, field->type == FIELD_YES_NO ? BLANK_ONE : BLANK_LINE, field->id,
			       &field->label, fields[i].value, form_field_is_needed(field)))
			return false;
		blanks_find(&number->blanks, field->id)->help = field->help;
	}
	return true;
}

/* ---- checking ---- */

static bool is_number_of(const struct number_screen *number, const char *text)
{
	struct lt_decimal value;
	if (number->row.kind == NUMBER_WEIGHTS && strcmp(text, "-") == 0)
		return true;
	return lt_decimal_parse(text, strlen(text), &value) == LT_DECIMAL_OK;
}

static void check_range(struct number_screen *number, const struct workbench *bench,
			struct blank *blank)
{
	const struct number_row *row = &number->row;
	const struct parameter *parameter =
		row->kind == NUMBER_PARAMETER
			? ruleset_find_parameter(bench->board->ruleset, row->id)
			: NULL;
	if (!parameter || parameter_accepts(parameter, edit_text(&blank->edit)))
		return;
	char zh[200] = "这个数不能用", en[200] = "this number is not accepted";
	if (row->min && row->max) {
		snprintf(zh, sizeof(zh), "应在 %s 到 %s 之间", row->min, row->max);
		snprintf(en, sizeof(en), "between %s and %s", row->min, row->max);
	} else if (row->min) {
		snprintf(zh, sizeof(zh), "不能小于 %s", row->min);
		snprintf(en, sizeof(en), "at least %s", row->min);
	} else if (row->max) {
		snprintf(zh, sizeof(zh), "不能大于 %s", row->max);
		snprintf(en, sizeof(en), "at most %s", row->max);
	}
	blank_tell(blank, INK_VETO, zh, en);
	number->n_wrong++;
}

static void check(struct number_screen *number, const struct workbench *bench)
{
	blanks_clear_messages(&number->blanks);
	number->n_wrong = 0;
	for (unsigned i = 0; i < number->row.n; i++) {
		char id[16];
		snprintf(id, sizeof(id), "n%u", i);
		struct blank *blank = blanks_find(&number->blanks, id);
		if (!blank || blank_is_empty(blank) || number->row.numbers[i].is_text)
			continue;
		if (is_number_of(number, edit_text(&blank->edit))) {
			check_range(number, bench, blank);
			continue;
		}
		blank_tell(blank, INK_VETO, "不是数；写成 12.5 这样",
			   "not a number; write it like 12.5");
		number->n_wrong++;
	}
}

static bool is_whole(const struct number_screen *number)
{
	unsigned filled;
	const unsigned needed = blanks_count_needed(&number->blanks, &filled);
	return filled == needed && number->n_wrong == 0;
}

/* ---- taking over ---- */

static const char *kept(struct number_screen *number, const char *id)
{
	char chosen[16];
	const struct blank *blank = blanks_find(&number->blanks, id);
	const char *text = blank && blank->kind == BLANK_ONE
				   ? blank_value(blank, chosen, sizeof(chosen))
				   : blank_text(number, id);
	return text[0] ? lt_arena_strndup(&number->arena, text, strlen(text)) : NULL;
}

static enum lt_status put(struct number_screen *number, struct profile *changed, struct lt_err *err)
{
	const char *values[MOST_NUMBERS];
	if (is_head(number)) {
		changed->id = kept(number, "id");
		changed->responsible = kept(number, "responsible");
		changed->edition = kept(number, "edition");
		changed->date = kept(number, "date");
		changed->title =
			(struct label){ kept(number, "title_zh"), kept(number, "title_en") };
		changed->made_up = kept(number, "made_up");
		return LT_OK;
	}
	for (unsigned i = 0; i < number->row.n; i++) {
		char id[16];
		snprintf(id, sizeof(id), "n%u", i);
		values[i] = kept(number, id);
	}
	return numbers_put(changed, &number->row, values, kept(number, "page"),
			   kept(number, "remark"), &number->arena, err);
}

static bool is_touched(const struct number_screen *number)
{
	for (unsigned i = 0; i < number->row.n; i++) {
		char id[16];
		const struct number *of = &number->row.numbers[i];
		const char *before = of->value ? of->value : of->own ? of->own : "";
		snprintf(id, sizeof(id), "n%u", i);
		if (strcmp(blank_text(number, id), before) != 0)
			return true;
	}
	if (number->row.is_paged)
		return false;
	const char *page = number->row.page ? number->row.page : "";
	const char *remark = number->row.remark ? number->row.remark : "";
	return is_head(number) ? number->blanks.version > 0
			       : strcmp(blank_text(number, "page"), page) != 0 ||
					 strcmp(blank_text(number, "remark"), remark) != 0;
}

static void tell_missing(struct number_screen *number)
{
	for (unsigned i = 0; i < number->blanks.n; i++) {
		struct blank *blank = number->blanks.at[i];
		if (blank->is_needed && blank_is_empty(blank))
			blank_tell(blank, INK_WARN, "这一栏必填", "this is needed");
	}
}

static void draft_name(const struct screen *screen, char out[300])
{
	const struct number_row *row = &number_of(screen)->row;
	snprintf(out, 300, "number.%.80s.%d.%.80s.%.80s", screen->bench->ref->name, row->kind,
		 row->table ? row->table : "", is_head(number_of(screen)) ? "head" : row->id);
}

/* False: it cannot be kept. */
static bool keep_draft(struct screen *screen)
{
	struct number_screen *number = number_of(screen);
	char name[300];
	bool is_kept = !is_touched(number);
	char *text = is_kept ? NULL : blanks_write(&number->blanks);
	draft_name(screen, name);
	if (text)
		is_kept = draft_keep(screen->bench->session, name, text, strlen(text));
	else if (is_kept)
		draft_drop(screen->bench->session, name);
	free(text);
	return is_kept;
}

static bool save(struct screen *screen)
{
	struct number_screen *number = number_of(screen);
	struct workbench *bench = screen->bench;
	struct profile changed = *number->work;
	struct lt_err err = LT_ERR_INIT;
	char command[160], name[300];
	check(number, bench);
	if (!is_touched(number))
		return true;
	if (!is_whole(number)) {
		tell_missing(number);
		return false;
	}
	if (put(number, &changed, &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		return false;
	}
	snprintf(command, sizeof(command), "profile set %.100s",
		 is_head(number) ? "head" : number->row.id);
	draft_name(screen, name);
	if (!profile_work_keep(bench, &changed, command))
		return false;
	draft_drop(bench->session, name);
	number->is_done = true;
	return true;
}

static void back(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	if (number_of(screen)->is_readonly || save(screen)) {
		workbench_pop(bench);
		return;
	}
	char why[sizeof(bench->notice)];
	snprintf(why, sizeof(why), "%s", bench->notice);
	const bool is_kept = keep_draft(screen);
	if (!blanks_may_go(&number_of(screen)->blanks, bench, is_kept))
		return;
	workbench_pop(bench);
	workbench_tell(bench, NOTICE_WARN, "%s%s%s",
		       is_kept ? tell(bench, "没有存入，所填留着", "not saved, what was filled in is kept")
			       : tell(bench, "没有存入，所填没有留下", "not saved, and not kept"),
		       why[0] ? tell(bench, "：", ": ") : "", why);
}

/* ---- drawing and keys ---- */

static void number_draw(struct screen *screen, const struct canvas *canvas)
{
	struct number_screen *number = number_of(screen);
	const struct workbench *bench = screen->bench;
	const int top = frame_is_tall(bench) ? 1 : 0;
	const struct canvas body = canvas_part(canvas, top, 0, -4, 0);
	blanks_draw(&number->blanks, bench, &body);
	if (is_head(number))
		return;
	const int row = canvas->rows - 3;
	draw_text(canvas, row, 3, INK_DIM, tell(bench, "来源", "Source"));
	const enum origin origin = number->row.origin;
	int col = draw_text(canvas, row, bench->lang == LT_ZH ? 9 : 11,
			    origin >= ORIGIN_PROPOSED || origin == ORIGIN_UNSTATED ? INK_WARN
										   : INK_TEXT,
			    label_of(bench, origin_title(origin))) +
		  2;
	if (number->row.cite) {
		col = draw_cut(canvas, row, col, 24, INK_DIM, number->row.cite) + 2;
		col = draw_cut(canvas, row, col, (canvas->cols - col) / 2, INK_DIM,
			       title_of_cited(bench, number->row.cite)) + 2;
	}
	if (number->row.note.zh)
		draw_cut(canvas, row, col, canvas->cols - col - 2, INK_DIM,
			 label_of(bench, &number->row.note));
}

static void number_header(struct screen *screen, const struct canvas *row)
{
	const struct number_screen *number = number_of(screen);
	const struct workbench *bench = screen->bench;
	char title[400];
	const char *state = number->is_readonly  ? tell(bench, "只读", "read-only")
			    : is_touched(number) ? tell(bench, "未存", "not saved yet")
						 : tell(bench, "已存", "saved");
	const int end =
		draw_right(row, 0, row->cols - 1, is_touched(number) ? INK_WARN : INK_OK, state);
	snprintf(title, sizeof(title), "%.80s  %.200s", bench->board->ruleset->code,
		 is_head(number) ? "" : number->row.id);
	draw_cut(row, 0, 1, end - 3, INK_TITLE, title);
}

static void number_score_line(struct screen *screen, const struct canvas *row)
{
	const struct number_screen *number = number_of(screen);
	const struct workbench *bench = screen->bench;
	unsigned filled;
	const unsigned needed = blanks_count_needed(&number->blanks, &filled);
	int col = draw_format(row, 0, 1, filled == needed ? INK_OK : INK_TITLE, "%s %u/%u",
			      tell(bench, "必填", "needed"), filled, needed) +
		  3;
	if (number->n_wrong > 0)
		col = draw_format(row, 0, col, INK_VETO, tell(bench, "✗ 有误 %u", "✗ wrong %u"),
				  number->n_wrong) +
		      3;
	col = number_effect_draw(bench, row, col, &number->after);
	if (number->after.is_known && number->after.n_refused > 0)
		draw_format(row, 0, col, INK_WARN,
			    tell(bench, "! 不合的答案 %u", "! answers that no longer fit %u"),
			    number->after.n_refused);
}

/* What it moves takes a reading of the project: once nobody types. */
static void number_pause(struct screen *screen)
{
	struct number_screen *number = number_of(screen);
	struct profile changed = *number->work;
	struct lt_err ignored = LT_ERR_INIT;
	if (number->is_readonly || number->seen_at == number->blanks.version)
		return;
	number->seen_at = number->blanks.version;
	keep_draft(screen);
	if (is_head(number) || !is_whole(number)) {
		number->after.is_known = false;
		return;
	}
	if (put(number, &changed, &ignored) == LT_OK)
		number->after = number_effect_find(screen->bench, &changed);
}

static bool number_key(struct screen *screen, const struct event *event)
{
	struct number_screen *number = number_of(screen);
	const enum blanks_result result = blanks_key(&number->blanks, screen->bench, event);
	if (result == BLANKS_CHANGED)
		check(number, screen->bench);
	return result != BLANKS_IGNORED;
}

static bool number_is_typing(const struct screen *screen)
{
	return blanks_is_typing(&number_of(screen)->blanks);
}

static void number_close(struct screen *screen)
{
	struct number_screen *number = number_of(screen);
	if (!number->is_readonly && !number->is_done)
		keep_draft(screen);
	blanks_release(&number->blanks);
	lt_arena_release(&number->arena);
	free(number);
}

static const struct action number_actions[] = {
	{ .key = K_ESC,
	  .title = { "存入并返回", "save, back" },
	  .help = { "存为草稿并返回；采用之前不改任何分数",
		    "into the draft, and back; no score changes before it is used" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = back },
	{ .keys = { "Tab", "Tab" },
	  .title = { "下一栏", "next" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
};

static const struct screen_kind number_kind = {
	.id = "number",
	.title = { "取值", "Number" },
	.size = SIZE_WHOLE,
	.actions = number_actions,
	.n_actions = sizeof(number_actions) / sizeof(number_actions[0]),
	.has_score_line = true,
	.needs_project = true,
	.draw = number_draw,
	.header = number_header,
	.score_line = number_score_line,
	.key = number_key,
	.is_typing = number_is_typing,
	.takes_words = true,
	.pause = number_pause,
	.close = number_close,
};

/* ---- opening ---- */

static bool load(struct number_screen *number, struct workbench *bench, unsigned at)
{
	struct number_row *rows;
	struct lt_err err = LT_ERR_INIT;
	unsigned n;
	if (!profile_work_find(bench, &number->work))
		return false;
	if (at == NUMBER_HEAD)
		return add_head(number, bench);
	if (numbers_list(bench->board->ruleset, number->work, &number->arena, &rows, &n, &err) !=
	    LT_OK) {
		workbench_tell_err(bench, &err);
		return false;
	}
	if (at >= n || rows[at].n > MOST_NUMBERS)
		return false;
	number->row = rows[at];
	return add_numbers(number, bench);
}

void number_open(struct workbench *bench, unsigned row)
{
	struct number_screen *number = workbench_room(bench, sizeof(*number));
	char name[300];
	if (!number)
		return;
	lt_arena_init(&number->arena, 0);
	number->is_readonly = project_is_readonly(bench->session->project);
	struct screen *screen = workbench_push(bench, &number_kind, number);
	if (!screen)
		return;
	if (!load(number, bench, row)) {
		workbench_pop(bench);
		return;
	}
	draft_name(screen, name);
	const char *draft = draft_find(bench->session, name, &number->arena);
	number->seen_at = number->blanks.version;
	if (draft && !number->is_readonly) {
		blanks_read(&number->blanks, draft);
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "接着上次没填完的",
				    "this is what you filled in the last time"));
	}
	check(number, bench);
}
