/* The blanks of a new project: what they offer, what is wrong in them, and the project made of
 * them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "figure.h"
#include "lingtan/app/glance.h"
#include "lingtan/base/text.h"
#include "new_parts.h"
#include "path.h"

#define DEFAULT_STAGES 2

static bool new_is_ticked(const struct new_form *form, unsigned standard)
{
	return form->standard->options[standard].is_on;
}

/* ---- the blanks ---- */

static struct blank *add_heading(struct new_form *form, const char *zh, const char *en)
{
	return blanks_add(&form->blanks, BLANK_HEADING, "", zh, en);
}

/* Label, help and unit of a blank are those of the form that it fills. */
static struct blank *add_field(struct new_form *form, const struct form *of, const char *id,
			       const char *blank_id, bool is_needed)
{
	const struct form_field *field = form_find_field(of, id);
	struct blank *blank =
		field ? blanks_add(&form->blanks,
				   field->type == FIELD_WORDS ? BLANK_PROSE : BLANK_LINE, blank_id,
				   field->label.zh, field->label.en)
		      : NULL;
	if (!blank)
		return NULL;
	blank->help = field->help;
	blank->unit = field->unit;
	blank->is_needed = is_needed;
	return blank;
}

static void add_terms(struct blank *blank, const struct term *terms, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		blank_add_option(blank, terms[i].id, terms[i].title.zh, terms[i].title.en);
}

static struct blank *add_choice(struct new_form *form, const char *kind,
				const struct ruleset *ruleset, const struct term *terms, unsigned n,
				const char *zh, const char *en)
{
	if (n == 0)
		return NULL;
	const char *id = lt_arena_printf(&form->arena, "%s.%s", kind, ruleset->id);
	struct blank *blank = id ? blanks_add(&form->blanks, BLANK_ONE, id, zh, en) : NULL;
	if (!blank)
		return NULL;
	blank->is_needed = blank->is_hidden = true;
	blank->help = (struct label){ "评价按此取权重和条款", "weights and items go by it" };
	add_terms(blank, terms, n);
	return blank;
}

/* Of several standards: the first word of the code tells whose kinds they are. */
static struct label name_types(struct new_form *form, const struct ruleset *ruleset)
{
	const int len = (int)strcspn(ruleset->code, " ");
	const char *zh = lt_arena_printf(&form->arena, "类型 %.*s", len, ruleset->code);
	const char *en = lt_arena_printf(&form->arena, "Kind, %.*s", len, ruleset->code);
	return (struct label){ zh ? zh : "类型", en ? en : "Kind" };
}

static bool add_standards(struct new_form *form)
{
	form->standard = blanks_add(&form->blanks, BLANK_SEVERAL, "standard", "标准", "Standard");
	if (!form->standard)
		return false;
	form->standard->is_needed = form->standard->is_column = true;
	form->standard->help =
		(struct label){ "空格勾选；勾几套就建几个评价，佐证共用",
				"Space ticks; each makes an assessment, evidence is shared" };
	for (unsigned i = 0; i < form->n_standards; i++) {
		const struct ruleset *ruleset = form->standards[i].ruleset;
		const enum origin weakest = catalogue_weakest(ruleset);
		struct blank_option *option =
			blank_add_option(form->standard, ruleset->id, ruleset->code, ruleset->code);
		if (!option)
			return false;
		option->detail = ruleset->title;
		option->remark_warns = weakest >= ORIGIN_PROPOSED;
		option->remark = weakest == ORIGIN_SOURCED ? (struct label){ "有据", "sourced" }
				 : weakest == ORIGIN_INFERRED ? (struct label){ "推断", "inferred" }
							      : (struct label){ "示例", "example" };
	}
	for (unsigned i = 0; i < form->n_standards; i++) {
		struct new_standard *standard = &form->standards[i];
		const struct ruleset *ruleset = standard->ruleset;
		standard->type = add_choice(form, "type", ruleset, ruleset->park_types,
					    ruleset->n_park_types, "园区类型", "Kind of park");
		standard->type_of = name_types(form, ruleset);
		standard->place = add_choice(form, "place", ruleset, ruleset->places,
					     ruleset->n_places, "地点类别", "Place");
	}
	return true;
}

static bool add_assessment(struct new_form *form)
{
	add_heading(form, "评价", "Assessment");
	if (!add_standards(form))
		return false;
	form->stage = blanks_add(&form->blanks, BLANK_ONE, "stage", "阶段", "Stage");
	form->year = add_field(form, form->quantity, "year", "year", true);
	if (!form->stage || !form->year)
		return false;
	form->stage->is_needed = true;
	form->stage->help =
		(struct label){ "规划设计看文件，实施运管看实绩",
				"planning is judged by documents, operation by results" };
	form->year->label = (struct label){ "评价年度", "Year" };
	return true;
}

static bool add_person(struct new_form *form)
{
	const struct form_field *roles = form_find_field(form->person, "roles");
	add_heading(form, "人员", "Person");
	form->who = add_field(form, form->person, "name", "who", true);
	form->role = roles ? blanks_add(&form->blanks, BLANK_ONE, "role", "角色", "Role") : NULL;
	if (!form->who || !form->role)
		return false;
	form->role->is_needed = true;
	form->role->help = roles->help;
	for (unsigned i = 0; i < roles->n_choices; i++)
		blank_add_option(form->role, roles->choices[i].id, roles->choices[i].title.zh,
				 roles->choices[i].title.en);
	return add_field(form, form->person, "organisation", "organisation", false) != NULL;
}

static bool add_file(struct new_form *form)
{
	add_heading(form, "文件", "File");
	form->path = blanks_add(&form->blanks, BLANK_LINE, "path", "存到", "Save as");
	form->start = blanks_add(&form->blanks, BLANK_ONE, "start", "起点", "Begin with");
	if (!form->path || !form->start)
		return false;
	form->path->is_needed = true;
	form->path->help =
		(struct label){ "新文件的路径，~ 是个人文件夹；已有的文件不会覆盖",
				"path of a new file, ~ is your own folder; what is there "
				"is never written over" };
	form->start->help = (struct label){ "带入：建好后选一份自评表，先看再写",
					    "a sheet is chosen once the project is there" };
	blank_add_option(form->start, "empty", "空白", "nothing");
	blank_add_option(form->start, "sheet", "带入自评文件", "an answer sheet");
	blank_set(form->start, "empty");
	return true;
}

bool new_add_blanks(struct new_form *form, const struct workbench *bench)
{
	(void)bench;
	add_heading(form, "园区", "Park");
	form->name = add_field(form, form->park, "name", "name", true);
	struct blank *area = NULL;
	if (form->name && add_field(form, form->park, "address", "address", false))
		area = add_field(form, form->park, "area", "area", false);
	if (!area)
		return false;
	area->label = (struct label){ "用地面积", "Area" };
	return add_assessment(form) && add_person(form) && add_file(form);
}

/* ---- what follows ---- */

/* The stages of the first standard that has some; else the two that every assessment is named by.
 */
static void offer_stages(struct new_form *form)
{
	static const struct label usual[DEFAULT_STAGES] = { { "规划设计", "Planning" },
							    { "实施运管", "Operation" } };
	static const char *const usual_ids[DEFAULT_STAGES] = { "planning", "operation" };
	char chosen[80];
	const struct ruleset *from = NULL;
	for (unsigned i = 0; i < form->n_standards && !from; i++)
		if (new_is_ticked(form, i) && form->standards[i].ruleset->n_stages > 0)
			from = form->standards[i].ruleset;
	blank_value(form->stage, chosen, sizeof(chosen));
	form->stage->n_options = 0;
	if (from)
		add_terms(form->stage, from->stages, from->n_stages);
	for (int i = 0; !from && i < DEFAULT_STAGES; i++)
		blank_add_option(form->stage, usual_ids[i], usual[i].zh, usual[i].en);
	if (form->stage->at >= form->stage->n_options)
		form->stage->at = 0;
	blank_set(form->stage, chosen);
}

/* With several standards each list is named by the standard that it belongs to. */
static void show_choices(struct new_form *form)
{
	static const struct label alone = { "园区类型", "Kind of park" };
	unsigned n = 0;
	for (unsigned i = 0; i < form->n_standards; i++)
		n += new_is_ticked(form, i) && form->standards[i].type;
	for (unsigned i = 0; i < form->n_standards; i++) {
		struct new_standard *standard = &form->standards[i];
		if (standard->type) {
			standard->type->is_hidden = !new_is_ticked(form, i);
			standard->type->label = n > 1 ? standard->type_of : alone;
		}
		if (standard->place)
			standard->place->is_hidden = !new_is_ticked(form, i);
	}
}

static const char *chosen_id(const struct blank *blank)
{
	for (unsigned i = 0; blank && i < blank->n_options; i++)
		if (blank->options[i].is_on)
			return blank->options[i].id;
	return NULL;
}

bool new_is_settled(const struct new_form *form, unsigned standard)
{
	const struct new_standard *of = &form->standards[standard];
	return (!of->type || chosen_id(of->type)) && (!of->place || chosen_id(of->place)) &&
	       (of->ruleset->n_stages == 0 || chosen_id(form->stage));
}

/* Ids of one ruleset: the same words are the same texts, but for those of a stage. */
static bool is_same_selection(const struct selection *a, const struct selection *b)
{
	const bool same_stage =
		a->stage == b->stage || (a->stage && b->stage && strcmp(a->stage, b->stage) == 0);
	return a->park_type == b->park_type && a->place == b->place && same_stage;
}

/* What is laid out anew only when it is another choice: typing a name must not wait for it. */
static void lay_out_prospects(struct new_form *form)
{
	for (unsigned i = 0; i < form->n_standards; i++) {
		struct new_standard *standard = &form->standards[i];
		struct lt_err ignored = LT_ERR_INIT;
		const struct selection selection = { .park_type = chosen_id(standard->type),
						     .stage = chosen_id(form->stage),
						     .place = chosen_id(standard->place) };
		const bool is_ticked = new_is_ticked(form, i);
		if (is_ticked == (standard->prospect != NULL) &&
		    (!is_ticked || is_same_selection(&selection, &standard->laid_out)))
			continue;
		board_close(standard->prospect);
		standard->prospect = NULL;
		standard->laid_out = selection;
		if (is_ticked)
			catalogue_prospect(standard->ruleset, &selection, NULL, &standard->prospect,
					   &ignored);
	}
}

/* A name that a file can have. */
static void suggest_path(struct new_form *form)
{
	char path[PATH_TEXT];
	const char *name = edit_text(&form->name->edit);
	if (form->path_is_own)
		return;
	const size_t len = lt_text_cut(name, strlen(name), 120);
	const int used =
		snprintf(path, sizeof(path), "%s%.*s.lingtan", form->folder, (int)len, name);
	if (used < 0 || used >= (int)sizeof(path))
		return;
	for (char *at = path + strlen(form->folder); *at; at++)
		if (*at == '/' || *at == '\\' || *at == ':')
			*at = '-';
	blank_set(form->path, len ? path : form->folder);
}

/* ---- what is wrong ---- */

static void check_field(struct new_form *form, const struct form *of, const char *id,
			struct blank *blank)
{
	struct lt_err err = LT_ERR_INIT;
	struct lt_arena scratch;
	const struct form_field *field = form_find_field(of, id);
	(void)form;
	blank_tell(blank, INK_WARN, "", "");
	if (!field || blank_is_empty(blank))
		return;
	lt_arena_init(&scratch, 0);
	const char *value = form_normalise_value(field, edit_text(&blank->edit), &scratch);
	if (value && form_check_value(field, value, &err) != LT_OK)
		blank_tell(blank, INK_WARN, blank_without_label(err.text[LT_ZH], field->label.zh),
			   blank_without_label(err.text[LT_EN], field->label.en));
	lt_arena_release(&scratch);
}

static void check_path(struct new_form *form)
{
	char path[PATH_TEXT], zh[160], en[160], bytes[40], size[FIGURE_TEXT];
	struct lt_err err = LT_ERR_INIT;
	unsigned long long room;
	blank_tell(form->path, INK_WARN, "", "");
	if (!path_expand(edit_text(&form->path->edit), path) ||
	    (blank_is_empty(form->name) && !form->path_is_own))
		return;
	if (glance_place(path, &room, &err) != LT_OK) {
		blank_tell(form->path, INK_WARN, err.text[LT_ZH], err.text[LT_EN]);
		return;
	}
	snprintf(bytes, sizeof(bytes), "%llu", room);
	figure_size(bytes, size);
	snprintf(zh, sizeof(zh), "此处可写，余 %s", size);
	snprintf(en, sizeof(en), "can be written, %s left", size);
	blank_tell(form->path, INK_OK, zh, en);
}

void new_follow(struct new_form *form, const struct workbench *bench)
{
	(void)bench;
	blanks_clear_messages(&form->blanks);
	offer_stages(form);
	show_choices(form);
	lay_out_prospects(form);
	suggest_path(form);
	check_field(form, form->park, "area", blanks_find(&form->blanks, "area"));
	check_field(form, form->quantity, "year", form->year);
	check_path(form);
	blank_tell(form->who, INK_WARN, "", "");
	if (strchr(edit_text(&form->who->edit), ':'))
		blank_tell(form->who, INK_WARN, "姓名里不能有冒号", "a name has no colon");
}

/* ---- making it ---- */

static enum lt_status fill(struct new_form *form, const struct form *of, struct record *record,
			   const char *id, const char *text, struct lt_err *err)
{
	const struct form_field *field = form_find_field(of, id);
	if (!field || !text[0])
		return LT_OK;
	const enum lt_status status =
		record_set(&form->draft, record, (unsigned)(field - of->fields), text, err);
	/* a probable slip is told, not refused */
	return status == LT_NO ? LT_OK : status;
}

static const char *type_title(const struct new_form *form)
{
	for (unsigned i = 0; i < form->n_standards; i++) {
		const struct board *prospect = form->standards[i].prospect;
		if (prospect && prospect->park_type)
			return prospect->park_type->title.zh;
	}
	return "-";
}

static enum lt_status describe_park(struct new_form *form, struct record **out, struct lt_err *err)
{
	static const char *const ids[] = { "name", "address", "area" };
	enum lt_status status = record_new(&form->draft, form->park, out, err);
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]) && !status; i++)
		status = fill(form, form->park, *out, ids[i],
			      edit_text(&blanks_find(&form->blanks, ids[i])->edit), err);
	return status ? status : fill(form, form->park, *out, "type", type_title(form), err);
}

static enum lt_status describe_person(struct new_form *form, struct record **out,
				      struct lt_err *err)
{
	enum lt_status status = record_new(&form->draft, form->person, out, err);
	if (!status)
		status = fill(form, form->person, *out, "name", edit_text(&form->who->edit), err);
	return status ? status
		      : fill(form, form->person, *out, "organisation",
			     edit_text(&blanks_find(&form->blanks, "organisation")->edit), err);
}

static unsigned list_wishes(struct new_form *form, const char *year,
			    struct new_project wishes[MOST_STANDARDS])
{
	unsigned n = 0;
	for (unsigned i = 0; i < form->n_standards; i++)
		if (new_is_ticked(form, i))
			wishes[n++] = (struct new_project){
				.standard = form->standards[i].ruleset->id,
				.stage = chosen_id(form->stage),
				.year = year,
				.park_type = chosen_id(form->standards[i].type),
				.place = chosen_id(form->standards[i].place),
			};
	return n;
}

static enum lt_status make(struct new_form *form, struct workbench *bench, const char *path,
			   struct lt_err *err)
{
	struct record *records[2];
	struct new_project wishes[MOST_STANDARDS] = { { 0 } };
	struct session session;
	char role[40];
	const char *year = form_normalise_value(form_find_field(form->quantity, "year"),
						edit_text(&form->year->edit), &form->draft.arena);
	enum lt_status status = year ? describe_park(form, &records[0], err) : lt_err_memory(err);
	if (!status)
		status = describe_person(form, &records[1], err);
	if (status)
		return status;
	const unsigned n = list_wishes(form, year, wishes);
	const bool has_organisation = !blank_is_empty(blanks_find(&form->blanks, "organisation"));
	wishes[0].records = records;
	wishes[0].n_records = has_organisation ? 2 : 1;
	wishes[0].further = wishes + 1;
	wishes[0].n_further = n - 1;
	const struct who who = { .name = edit_text(&form->who->edit),
				 .role = blank_value(form->role, role, sizeof(role)),
				 .state_home = bench->sitting->who.state_home };
	status = session_new(&session, bench->sitting->workspace, path, &who, &wishes[0],
			     &form->findings, err);
	session_close(&session);
	return status;
}

/* The first that is missing or wrong gets the focus. */
static bool is_ready(struct new_form *form)
{
	for (unsigned i = 0; i < form->blanks.n; i++) {
		struct blank *blank = form->blanks.at[i];
		const bool is_missing =
			blank->is_needed && !blank->is_hidden && blank_is_empty(blank);
		const bool is_wrong = blank->message[LT_ZH][0] && blank->message_ink != INK_OK;
		if (!is_missing && !is_wrong)
			continue;
		form->blanks.focus = i;
		if (is_missing)
			blank_tell(blank, INK_WARN, "这一栏必填", "this is needed");
		return false;
	}
	return true;
}

bool new_make(struct new_form *form, struct workbench *bench, char path[4096], struct lt_err *err)
{
	new_follow(form, bench);
	if (!is_ready(form) || !path_expand(edit_text(&form->path->edit), path))
		return false;
	lt_findings_init(&form->findings, &form->arena);
	if (make(form, bench, path, err) == LT_OK)
		return true;
	for (const struct lt_finding *at = form->findings.first; at; at = at->next) {
		struct blank *blank = at->severity == LT_ERROR && at->path
					      ? blanks_find(&form->blanks, at->path)
					      : NULL;
		if (blank)
			blank_tell(blank, INK_VETO, at->text[LT_ZH], at->text[LT_EN]);
	}
	return false;
}
