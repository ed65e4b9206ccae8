/*
 * One row of a project by its form: park, person, quantity, request, settings. What is typed is
 * held against the form at once, and goes into the project as one entry when the screen is left.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "blanks.h"
#include "form_parts.h"
#include "frame.h"
#include "lingtan/base/sha256.h"
#include "screens.h"

struct form_screen {
	struct record *record; /* in the session's arena */
	struct blanks blanks;
	struct lt_arena scratch; /* of one check */
	unsigned long kept_at;   /* version of the blanks that the draft has */
	unsigned n_changed, n_wrong;
	const char *park; /* what stands in the header beside the form's title, or NULL */
	bool is_readonly;
	bool is_leaving; /* when it is saved the screen closes */
};

static struct form_screen *form_of(const struct screen *screen)
{
	return screen->data;
}

/* ---- blanks ---- */

static enum blank_kind kind_of(const struct form_field *field)
{
	if (field->type == FIELD_WORDS)
		return BLANK_PROSE;
	if (field->type == FIELD_CHOICE)
		return field->several ? BLANK_SEVERAL : BLANK_ONE;
	return field->type == FIELD_YES_NO ? BLANK_ONE : BLANK_LINE;
}

static void add_options(struct blank *blank, const struct form_field *field)
{
	if (field->type == FIELD_YES_NO) {
		blank_add_option(blank, "yes", "是", "yes");
		blank_add_option(blank, "no", "否", "no");
	}
	for (unsigned i = 0; field->type == FIELD_CHOICE && i < field->n_choices; i++)
		blank_add_option(blank, field->choices[i].id, field->choices[i].title.zh,
				 field->choices[i].title.en);
}

/* The title of the group that a field belongs to, where the form has several. */
static const struct label *group_title(const struct workbench *bench, const struct form *form,
				       unsigned field)
{
	const struct fact_table *table =
		vocabulary_find_table(bench->sitting->workspace->vocabulary, form->table);
	const char *group = form->fields[field].group;
	const char *before = field > 0 ? form->fields[field - 1].group : NULL;
	bool has_several = false;
	for (unsigned i = 1; i < form->n_fields; i++)
		has_several |= form->fields[i].group && form->fields[i - 1].group &&
			       strcmp(form->fields[i].group, form->fields[i - 1].group) != 0;
	if (!has_several || !group || (before && strcmp(group, before) == 0))
		return NULL;
	const struct cell_group *found = table ? fact_table_find_group(table, group) : NULL;
	return found ? &found->title : NULL;
}

static bool add_blank(struct form_screen *form, const struct workbench *bench, unsigned field)
{
	const struct form_field *of = &form->record->form->fields[field];
	const struct label *heading = group_title(bench, form->record->form, field);
	if (heading && !blanks_add(&form->blanks, BLANK_HEADING, "", heading->zh, heading->en))
		return false;
	struct blank *blank =
		blanks_add(&form->blanks, kind_of(of), of->id, of->label.zh, of->label.en);
	if (!blank)
		return false;
	blank->help = of->help;
	blank->unit = of->unit;
	blank->is_needed = form_field_is_needed(of);
	add_options(blank, of);
	blank_set(blank, form->record->values[field]);
	/* what names the row is not changed once it names one */
	blank->is_locked = form->is_readonly || (of->key && form->record->values[field][0]);
	return true;
}

/* ---- checking ---- */

static const char *typed_value(struct form_screen *form, unsigned field)
{
	const struct form_field *of = &form->record->form->fields[field];
	const struct blank *blank = blanks_find(&form->blanks, of->id);
	char ids[600];
	const char *value = blank ? form_normalise_value(of, blank_value(blank, ids, sizeof(ids)),
							 &form->scratch)
				  : NULL;
	return value ? value : "";
}

/* What is wrong only because nothing stands there yet. */
static bool is_gap(const struct form_screen *form, const struct lt_finding *finding,
		   const char *const *values)
{
	const struct form *of = form->record->form;
	const struct form_field *field = form_find_field(of, finding->path);
	return field && finding->severity == LT_ERROR && !values[field - of->fields][0];
}

/* What is missing is told when it is to be saved, not while it is filled in. */
static void check(struct form_screen *form, const struct workbench *bench, bool is_saving)
{
	const struct form *of = form->record->form;
	const struct units *units = NULL;
	const char *values[FORM_MAX_FIELDS];
	struct lt_findings findings;
	struct lt_err ignored = LT_ERR_INIT;
	lt_arena_reset(&form->scratch);
	lt_findings_init(&findings, &form->scratch);
	form->n_changed = form->n_wrong = 0;
	blanks_clear_messages(&form->blanks);
	for (unsigned i = 0; i < of->n_fields; i++) {
		values[i] = typed_value(form, i);
		form->n_changed += strcmp(values[i], form->record->values[i]) != 0;
	}
	if (library_units(bench->sitting->workspace->library, &findings, &units, &ignored) == LT_OK)
		form_check_row(of, units, values, &findings);
	for (const struct lt_finding *at = findings.first; at; at = at->next) {
		struct blank *blank = at->path ? blanks_find(&form->blanks, at->path) : NULL;
		if (!blank || blank->message[LT_ZH][0] || (!is_saving && is_gap(form, at, values)))
			continue;
		blank_tell(blank, at->severity == LT_ERROR ? INK_VETO : INK_WARN,
			   blank_without_label(at->text[LT_ZH], blank->label.zh),
			   blank_without_label(at->text[LT_EN], blank->label.en));
		form->n_wrong += at->severity == LT_ERROR;
	}
}

/* ---- drafts ---- */

static void draft_name(const struct form_screen *form, char out[100])
{
	struct lt_sha256 sha;
	char hex[LT_SHA256_HEX];
	const struct form *of = form->record->form;
	lt_sha256_init(&sha);
	for (unsigned i = 0; i < of->n_fields; i++)
		if (of->fields[i].key)
			lt_sha256_add(&sha, form->record->before[i],
				      strlen(form->record->before[i]) + 1);
	/* a row that is still to be made has a name of chance, another one each time */
	if (form->record->key && form->record->exists)
		lt_sha256_add(&sha, form->record->key, strlen(form->record->key));
	lt_sha256_finish(&sha, hex);
	snprintf(out, 100, "form.%.20s.%.16s", of->id, hex);
}

static void form_pause(struct screen *screen)
{
	struct form_screen *form = form_of(screen);
	char name[100];
	if (form->blanks.version == form->kept_at)
		return;
	draft_name(form, name);
	char *text = form->n_changed > 0 ? blanks_write(&form->blanks) : NULL;
	if (!text)
		draft_drop(screen->bench->session, name);
	if (!text || draft_keep(screen->bench->session, name, text, strlen(text)))
		form->kept_at = form->blanks.version;
	free(text);
}

static void take_draft(struct screen *screen)
{
	struct form_screen *form = form_of(screen);
	struct workbench *bench = screen->bench;
	char name[100];
	draft_name(form, name);
	const char *draft = draft_find(bench->session, name, &form->scratch);
	if (!draft || form->is_readonly)
		return;
	blanks_read(&form->blanks, draft);
	machine_show(&form->blanks, bench);
	workbench_tell(bench, NOTICE_DONE, "%s",
		       tell(bench, "接着上次没填完的", "this is what you filled in the last time"));
}

/* ---- saving ---- */

static enum lt_status take_over(struct form_screen *form, struct session *session,
				struct lt_err *err)
{
	const struct form *of = form->record->form;
	for (unsigned i = 0; i < of->n_fields; i++) {
		struct blank *blank = blanks_find(&form->blanks, of->fields[i].id);
		char ids[600];
		if (!blank || strcmp(typed_value(form, i), form->record->values[i]) == 0)
			continue;
		const enum lt_status status = record_set(session, form->record, i,
							 blank_value(blank, ids, sizeof(ids)), err);
		if (status == LT_OK || status == LT_NO) {
			/* a probable slip is kept, and stays told under its field */
			*err = (struct lt_err)LT_ERR_INIT;
			continue;
		}
		blank_tell(blank, INK_VETO, blank_without_label(err->text[LT_ZH], blank->label.zh),
			   blank_without_label(err->text[LT_EN], blank->label.en));
		return status;
	}
	return LT_OK;
}

/* Everything typed is in the project; false where something keeps it from being. */
static bool save(struct screen *screen, const char *reason)
{
	struct form_screen *form = form_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	char command[100], name[100];
	bool done = false;
	check(form, bench, true);
	if (form->n_changed == 0)
		return true;
	/* the draft goes by the name of the row as it was, and only when all of it is on disk */
	draft_name(form, name);
	snprintf(command, sizeof(command), "fill %.60s", form->record->form->id);
	workbench_begin(bench, command);
	workbench_because(bench, reason);
	enum lt_status status = take_over(form, bench->session, &err);
	if (!status)
		status = record_save(bench->session, form->record, &bench->findings, &done, &err);
	if (!workbench_end(bench, status, &err, done)) {
		form->kept_at = form->blanks.version - 1;
		return false;
	}
	draft_drop(bench->session, name);
	form->kept_at = form->blanks.version;
	for (unsigned i = 0; i < form->record->form->n_fields; i++) {
		const struct form_field *of = &form->record->form->fields[i];
		struct blank *blank = blanks_find(&form->blanks, of->id);
		if (blank)
			blank_set(blank, form->record->values[i]);
		if (blank && of->key)
			blank->is_locked = true;
	}
	check(form, bench, false);
	return true;
}

static void finish(struct screen *screen, const char *reason)
{
	struct workbench *bench = screen->bench;
	struct form_screen *form = form_of(screen);
	const bool had_changes = form->n_changed > 0;
	const bool is_saved = save(screen, reason);
	if (!form->is_leaving) {
		if (is_saved)
			workbench_tell(bench, NOTICE_DONE, "%s",
				       had_changes
					       ? tell(bench, "已存入项目", "saved into the project")
					       : tell(bench, "没有改动", "nothing was changed"));
		return;
	}
	/* never a dead end: what cannot be saved stays as it was typed, for the next time */
	if (!is_saved)
		form_pause(screen);
	const bool is_kept = is_saved || form->kept_at == form->blanks.version;
	if (!blanks_may_go(&form->blanks, bench, is_kept))
		return;
	workbench_pop(bench);
	if (!is_saved)
		workbench_tell(
			bench, NOTICE_WARN, "%s",
			is_kept ? tell(bench, "有几处要改，没有存入项目；所填留着，下次接着填",
				       "not saved, something is to be mended; what was filled in is kept")
				: tell(bench, "没有存入项目，所填没有留下",
				       "not saved, and what was filled in is not kept"));
}

static void reason_given(struct workbench *bench, void *context, const char *text)
{
	struct screen *top = workbench_top(bench);
	(void)context;
	if (top && form_is_kind(top->kind))
		finish(top, text);
}

/* The figure that the row is of, where its form is that of figures; else NULL. */
static const char *figure_id(const struct form_screen *form)
{
	const struct record *record = form->record;
	for (unsigned i = 0; i < record->form->n_fields; i++)
		if (record->form->fields[i].key &&
		    strcmp(record->form->fields[i].key, "quantity") == 0)
			return record->values[i];
	return NULL;
}

static void save_or_ask(struct screen *screen, bool is_leaving)
{
	struct workbench *bench = screen->bench;
	struct form_screen *form = form_of(screen);
	const char *id = figure_id(form);
	form->is_leaving = is_leaving;
	if (form->n_changed == 0 || !id || !workbench_needs_reason(bench, id)) {
		finish(screen, NULL);
		return;
	}
	form_pause(screen);
	ask_open_words(bench, id, tell(bench, "更正已提交的一轮", "Correct what was submitted"),
		 tell(bench, "写明为什么改；原值和新值都留在记录里",
		      "say why; the record keeps both values"),
		 "", true, NULL, reason_given, NULL);
}

static void save_and_stay(struct screen *screen)
{
	save_or_ask(screen, false);
}

static void back(struct screen *screen)
{
	save_or_ask(screen, true);
}

/* ---- what a field offers ---- */

static void offer_taken(struct workbench *bench, void *context, unsigned number)
{
	struct screen *top = workbench_top(bench);
	(void)context;
	if (!top || !form_is_kind(top->kind))
		return;
	struct form_screen *form = form_of(top);
	struct blank *blank = blanks_focused(&form->blanks);
	struct form_offer offer;
	const struct form_field *field = form_find_field(form->record->form, blank->id);
	if (!field || !form_find_offer(bench, field, &form->scratch, &offer) || number >= offer.n)
		return;
	edit_replace_all(&blank->edit, offer.at[number].value, strlen(offer.at[number].value));
	form->blanks.version++;
	check(form, bench, false);
}

static const struct form_field *field_with_offer(const struct screen *screen)
{
	const struct form_screen *form = form_of(screen);
	const struct blank *blank = blanks_focused(&form->blanks);
	const struct form_field *field =
		blank && !blank->is_locked ? form_find_field(form->record->form, blank->id) : NULL;
	return field && form_has_offer(field) ? field : NULL;
}

static bool has_offer(const struct screen *screen)
{
	return field_with_offer(screen) != NULL;
}

static void show_offer(struct screen *screen)
{
	struct form_screen *form = form_of(screen);
	struct workbench *bench = screen->bench;
	const struct form_field *field = field_with_offer(screen);
	struct form_offer offer;
	lt_arena_reset(&form->scratch);
	if (!form_find_offer(bench, field, &form->scratch, &offer) || offer.n == 0) {
		workbench_tell(
			bench, NOTICE_WARN, "%s",
			tell(bench, "没有可选的，请直接填", "nothing to choose from; type it"));
		return;
	}
	struct menu_row *rows = lt_arena_alloc(&form->scratch, offer.n, sizeof(*rows));
	for (unsigned i = 0; rows && i < offer.n; i++)
		rows[i] = (struct menu_row){ .title = offer.at[i].title,
					     .detail = offer.at[i].detail,
					     .digit = i < 9 ? (int)i + 1 : -1 };
	if (rows)
		menu_open(bench, label_of(bench, &field->label), rows, offer.n, 0, offer_taken,
			  NULL);
}

/* ---- drawing and keys ---- */

static void form_draw(struct screen *screen, const struct canvas *canvas)
{
	struct form_screen *form = form_of(screen);
	const int top = frame_is_tall(screen->bench) ? 1 : 0;
	const struct canvas body = canvas_part(canvas, top, 0, -top, 0);
	blanks_draw(&form->blanks, screen->bench, &body);
}

static void form_header(struct screen *screen, const struct canvas *row)
{
	const struct form_screen *form = form_of(screen);
	const struct workbench *bench = screen->bench;
	const bool is_saved = form->n_changed == 0;
	const char *state = form->is_readonly ? tell(bench, "只读", "read-only")
			    : is_saved        ? tell(bench, "已存", "saved")
					      : tell(bench, "未存", "not saved yet");
	char who[120];
	cluster_cut(bench->session->name, strlen(bench->session->name), MOST_NAME, who, sizeof(who));
	const int end = draw_right(row, 0, row->cols - 1, is_saved ? INK_OK : INK_WARN, state);
	const int from = draw_right(row, 0, end - 2, INK_TEXT, who);
	draw_cut(row, 0, 1, from - 3, INK_TITLE, bench->board->park);
}

static void form_score_line(struct screen *screen, const struct canvas *row)
{
	const struct form_screen *form = form_of(screen);
	const struct workbench *bench = screen->bench;
	unsigned filled;
	const unsigned needed = blanks_count_needed(&form->blanks, &filled);
	int col = 1;
	if (needed > 0)
		col = draw_format(row, 0, col, filled == needed ? INK_OK : INK_TITLE, "%s %u/%u",
				  tell(bench, "必填", "needed"), filled, needed) +
		      3;
	if (form->n_changed > 0)
		col = draw_format(row, 0, col, INK_TEXT, tell(bench, "改动 %u 栏", "changed %u"),
				  form->n_changed) +
		      3;
	if (form->n_wrong > 0)
		draw_format(row, 0, col, INK_VETO, tell(bench, "✗ 有误 %u", "✗ wrong %u"),
			    form->n_wrong);
	if (needed > 0)
		draw_right(row, 0, row->cols - 1, INK_DIM, tell(bench, "* 为必填", "* is needed"));
}

static bool form_key(struct screen *screen, const struct event *event)
{
	struct form_screen *form = form_of(screen);
	const enum blanks_result result = blanks_key(&form->blanks, screen->bench, event);
	if (result == BLANKS_CHANGED) {
		machine_follow(&form->blanks, screen->bench);
		check(form, screen->bench, false);
	}
	return result != BLANKS_IGNORED;
}

static bool form_is_typing(const struct screen *screen)
{
	return blanks_is_typing(&form_of(screen)->blanks);
}

static bool on_choice(const struct screen *screen)
{
	return blanks_on_choice(&form_of(screen)->blanks);
}

static bool can_save(const struct screen *screen)
{
	return !form_of(screen)->is_readonly;
}

static void form_close(struct screen *screen)
{
	struct form_screen *form = form_of(screen);
	form_pause(screen);
	blanks_release(&form->blanks);
	lt_arena_release(&form->scratch);
	free(form);
}

static const struct action form_actions[] = {
	{ .key = K_ESC,
	  .title = { "存入并返回", "save, back" },
	  .help = { "存入项目并返回；有误的留作草稿",
		    "saves and goes back; what is wrong is kept as a draft" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = back },
	{ .keys = { "Tab", "Tab" },
	  .title = { "下一栏", "next" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .keys = { "1-9", "1-9" },
	  .title = { "选项", "choose" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = on_choice },
	{ .key = K_F4,
	  .title = { "从列表选", "from a list" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_offer,
	  .run = show_offer },
	{ .key = K_F5,
	  .title = { "存入", "save" },
	  .help = { "存入项目，留在这里", "saves into the project and stays" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = can_save,
	  .run = save_and_stay },
};

#define FORM_KIND(form_id, zh, en)                                                                 \
	{                                                                                          \
		.id = form_id, .title = { zh, en }, .size = SIZE_WHOLE, .actions = form_actions,   \
		.n_actions = sizeof(form_actions) / sizeof(form_actions[0]),                       \
		.has_score_line = true, .needs_project = true, .draw = form_draw,                  \
		.header = form_header, .score_line = form_score_line, .key = form_key,             \
		.is_typing = form_is_typing, .takes_words = true, .pause = form_pause,               \
		.close = form_close                                                                \
	}

/* One a form, so that the header says which it is; the last for any other. */
static const struct screen_kind form_kinds[] = {
	FORM_KIND("park", "园区", "Park"),           FORM_KIND("person", "人员", "Person"),
	FORM_KIND("quantity", "基础数据", "Figure"), FORM_KIND("settings", "设置", "Settings"),
	FORM_KIND("request", "资料", "Material"),    FORM_KIND("form", "填写", "Form"),
};
#define N_FORM_KINDS (sizeof(form_kinds) / sizeof(form_kinds[0]))

bool form_is_kind(const struct screen_kind *kind)
{
	return kind >= form_kinds && kind < form_kinds + N_FORM_KINDS;
}

static const struct screen_kind *kind_for(const struct form *form)
{
	size_t i = 0;
	while (i + 1 < N_FORM_KINDS && strcmp(form_kinds[i].id, form->id) != 0)
		i++;
	return &form_kinds[i];
}

/* ---- opening ---- */

void form_open(struct workbench *bench, struct record *record)
{
	struct form_screen *form = workbench_room(bench, sizeof(*form));
	struct lt_err err = LT_ERR_INIT;
	if (!form)
		return;
	lt_arena_init(&form->scratch, 0);
	form->record = record;
	form->is_readonly = project_is_readonly(bench->session->project);
	struct screen *screen = workbench_push(bench, kind_for(record->form), form);
	bool is_whole = screen != NULL;
	for (unsigned i = 0; i < record->form->n_fields && is_whole; i++)
		is_whole = add_blank(form, bench, i);
	if (is_whole && strcmp(record->form->id, "settings") == 0)
		is_whole = machine_add_blanks(&form->blanks, bench);
	if (screen && !is_whole) {
		workbench_pop(bench);
		lt_err_memory(&err);
		workbench_tell_err(bench, &err);
		return;
	}
	if (!screen)
		return;
	for (unsigned i = 0; i < form->blanks.n && blanks_focused(&form->blanks)->is_locked; i++)
		form->blanks.focus = (form->blanks.focus + 1) % form->blanks.n;
	take_draft(screen);
	check(form, bench, false);
}

void form_open_row(struct workbench *bench, const char *form_id, const char *row,
		   const char *const *fields)
{
	const struct form *form;
	struct record *record = NULL;
	struct lt_err err = LT_ERR_INIT;
	workbench_begin(bench, "fill");
	enum lt_status status =
		record_form(bench->sitting->workspace, form_id, &bench->findings, &form, &err);
	if (!status)
		status = row ? record_open(bench->session, form, row, &record, &err)
			     : record_new(bench->session, form, &record, &err);
	for (; !status && fields && fields[0]; fields += 2) {
		const struct form_field *field = form_find_field(form, fields[0]);
		if (field)
			status = record_set(bench->session, record,
					    (unsigned)(field - form->fields), fields[1], &err);
	}
	if (status)
		workbench_tell_err(bench, &err);
	else
		form_open(bench, record);
}

void park_open(struct workbench *bench)
{
	form_open_row(bench, "park", NULL, NULL);
}

void settings_open(struct workbench *bench)
{
	form_open_row(bench, "settings", NULL, NULL);
}
