/* The words about forms: form, show, fill, remove. */
#include <string.h>
#include "lingtan/base/ids.h"
#include "lingtan/app/record.h"
#include "command.h"
#include "log.h"
#include "lingtan/base/text.h"

/* ---- form ---- */

static void json_label(struct lt_json *json, const char *key, const struct label *label)
{
	lt_json_open_object(json, key);
	lt_json_string(json, "zh", label->zh);
	lt_json_string(json, "en", label->en);
	lt_json_close(json);
}

static void json_field(struct lt_json *json, const struct form_field *field)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", field->id);
	json_label(json, "label", &field->label);
	json_label(json, "help", &field->help);
	lt_json_string(json, "type", field_type_names[field->type]);
	lt_json_string(json, "unit", field->unit);
	lt_json_string(json, "min", field->min);
	lt_json_string(json, "max", field->max);
	lt_json_bool(json, "needed", form_field_is_needed(field));
	lt_json_bool(json, "several", field->several);
	lt_json_open_list(json, "choices");
	for (unsigned i = 0; i < field->n_choices; i++) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", field->choices[i].id);
		json_label(json, "title", &field->choices[i].title);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_close(json);
}

static void json_form(struct lt_json *json, const struct form *form)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "form", form->id);
	json_label(json, "title", &form->title);
	json_label(json, "help", &form->help);
	lt_json_string(json, "table", form->table);
	lt_json_string(json, "document", form->document);
	lt_json_open_list(json, "fields");
	for (unsigned i = 0; i < form->n_fields; i++)
		json_field(json, &form->fields[i]);
	lt_json_close(json);
	lt_json_open_list(json, "entries");
	for (unsigned i = 0; i < form->n_entries; i++)
		json_form(json, &form->entries[i]);
	lt_json_close(json);
	lt_json_close(json);
}

/* "number, km2, at least 0" */
static void print_type(const struct invocation *in, const struct form_field *field)
{
	printf("%s", label_text(in, &field_type_titles[field->type]));
	if (field->unit)
		printf(" %s", field->unit);
	if (field->min)
		printf(" ≥ %s", field->min);
	if (field->max)
		printf(" ≤ %s", field->max);
	for (unsigned i = 0; i < field->n_choices; i++)
		printf("%s%s=%s", i ? " " : ": ", field->choices[i].id,
		       label_text(in, &field->choices[i].title));
	if (field->several)
		printf("%s", say(in, "（可多选，逗号隔开）", " (several, commas between)"));
}

static void print_form(const struct invocation *in, const struct form *form)
{
	printf("%s  %s\n%s\n\n", form->id, label_text(in, &form->title),
	       label_text(in, &form->help));
	for (unsigned i = 0; i < form->n_fields; i++) {
		const struct form_field *field = &form->fields[i];
		printf("%c ", form_field_is_needed(field) ? '*' : ' ');
		print_padded(stdout, field->id, 18);
		print_padded(stdout, label_text(in, &field->label), 26);
		print_type(in, field);
		printf("\n%*s%s\n", 20, "", label_text(in, &field->help));
	}
	for (unsigned i = 0; i < form->n_entries; i++) {
		printf("\n");
		print_form(in, &form->entries[i]);
	}
}

enum lt_status command_form(struct invocation *in)
{
	const struct form_set *set;
	const struct form *form = NULL;
	struct lt_json json;
	enum lt_status status = open_workspace(in);
	if (!status)
		status = record_forms(&in->workspace, &in->findings, &set, &in->err);
	if (!status && in->n_words)
		status = record_form(&in->workspace, in->words[0], &in->findings, &form, &in->err);
	if (status)
		return status;
	if (in->json) {
		lt_json_init(&json);
		if (!form)
			lt_json_open_list(&json, NULL);
		for (unsigned i = 0; i < set->n; i++)
			if (!form || form == set->at[i])
				json_form(&json, set->at[i]);
		if (!form)
			lt_json_close(&json);
		return print_json(in, &json);
	}
	if (form)
		print_form(in, form);
	for (unsigned i = 0; i < set->n && !form; i++) {
		print_padded(stdout, set->at[i]->id, 12);
		print_padded(stdout, label_text(in, &set->at[i]->title), 22);
		printf("%s\n", label_text(in, &set->at[i]->help));
	}
	return LT_OK;
}

/* ---- show ---- */

/* Choices by their titles, numbers with their unit; a dash for nothing. */
static void print_value(const struct invocation *in, const struct form_field *field,
			const char *value)
{
	const char *at = value, *one;
	size_t len;
	if (!value[0])
		printf("—");
	if (field->type == FIELD_YES_NO && value[0])
		printf("%s", strcmp(value, "yes") == 0 ? say(in, "是", "yes") : say(in, "否", "no"));
	else if (field->type != FIELD_CHOICE)
		print_remark(value);
	while (field->type == FIELD_CHOICE && lt_ids_next(&at, &one, &len)) {
		char id[80];
		snprintf(id, sizeof(id), "%.*s", (int)len, one);
		const struct form_choice *choice = form_field_find_choice(field, id);
		printf("%s", one > value ? say(in, "、", ", ") : "");
		print_remark(choice ? label_text(in, &choice->title) : id);
	}
	if (value[0] && field->unit)
		printf(" %s", field->unit);
}

static void json_record(struct invocation *in, struct lt_json *json, const struct record *record)
{
	const struct form *form = record->form;
	lt_json_open_object(json, "values");
	for (unsigned i = 0; i < form->n_fields; i++)
		lt_json_string(json, form->fields[i].id,
			       record->values[i][0] ? record->values[i] : NULL);
	lt_json_close(json);
	const char *name = record_name(&in->session, record);
	lt_json_string(json, "row", name && name[0] ? name : NULL);
}

static enum lt_status show_as_json(struct invocation *in, const struct record *record,
				   const struct lt_findings *found)
{
	struct lt_json json;
	unsigned n_filled;
	const unsigned n_needed = form_count_needed(record->form, record->values, &n_filled);
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "form", record->form->id);
	json_record(in, &json, record);
	lt_json_int(&json, "needed", n_needed);
	lt_json_int(&json, "filled", n_filled);
	lt_json_open_list(&json, "findings");
	for (const struct lt_finding *at = found->first; at; at = at->next) {
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "field", at->path);
		lt_json_string(&json, "severity", lt_severity_name(at->severity, LT_EN));
		lt_json_string(&json, "text", at->text[in->lang]);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

static enum lt_status show_row(struct invocation *in, const struct record *record)
{
	const struct form *form = record->form;
	struct lt_findings found;
	int width = 0;
	lt_findings_init(&found, &in->findings_arena);
	enum lt_status status = record_check(&in->session, record, &found, &in->err);
	if (status)
		return status;
	if (in->json)
		return show_as_json(in, record, &found);
	for (unsigned i = 0; i < form->n_fields; i++) {
		const int columns = lt_text_width(label_text(in, &form->fields[i].label));
		width = columns > width ? columns : width;
	}
	printf("%s\n", label_text(in, &form->title));
	for (unsigned i = 0; i < form->n_fields; i++) {
		printf("  ");
		print_padded(stdout, label_text(in, &form->fields[i].label), width + 2);
		print_value(in, &form->fields[i], record->values[i]);
		printf("\n");
	}
	for (const struct lt_finding *at = found.first; at; at = at->next) {
		printf("%s: ", lt_severity_name(at->severity, in->lang));
		print_remark(at->text[in->lang]);
		printf("\n");
	}
	return LT_OK;
}

static void print_line(const struct invocation *in, const struct record *record, const char *name)
{
	const struct form *form = record->form;
	unsigned n = 0;
	print_padded(stdout, name, 20);
	for (unsigned i = 0; i < form->n_fields && n < 4; i++) {
		if (form->fields[i].key || !record->values[i][0])
			continue;
		printf("%s", n++ ? "  " : "");
		print_value(in, &form->fields[i], record->values[i]);
	}
	printf("\n");
}

static enum lt_status show_rows(struct invocation *in, const struct form *form)
{
	struct record **all;
	unsigned n;
	struct lt_json json;
	enum lt_status status = record_list(&in->session, form, &all, &n, &in->err);
	if (status)
		return status;
	if (!in->json) {
		for (unsigned i = 0; i < n; i++) {
			char shown[400];
			const char *name = record_name(&in->session, all[i]);
			if (!name)
				return lt_err_memory(&in->err);
			/* hashes and random ids are known by their beginning */
			lt_text_visible(name,
					strspn(name, "0123456789abcdef") >= 32 ? 12 : strlen(name),
					shown, sizeof(shown));
			print_line(in, all[i], shown);
		}
		if (!n)
			printf("%s\n", say(in, "还没有填", "nothing is filled in"));
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "form", form->id);
	lt_json_open_list(&json, "rows");
	for (unsigned i = 0; i < n; i++) {
		lt_json_open_object(&json, NULL);
		json_record(in, &json, all[i]);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

/* The form that a command names, of a table. */
static enum lt_status find_form(struct invocation *in, const struct form **form)
{
	enum lt_status status =
		record_form(&in->workspace, in->words[1], &in->findings, form, &in->err);
	if (status || (*form)->table)
		return status;
	return lt_err_set(&in->err, LT_EDATA, "“%s”是一份文件的表单；见 lingtan profile",
			  "form '%s' is of a file; see lingtan profile", in->words[1]);
}

enum lt_status command_show(struct invocation *in)
{
	const struct form *form;
	struct record *record;
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = find_form(in, &form);
	if (status)
		return status;
	if (in->n_words < 3 && !record_form_is_single(form))
		return show_rows(in, form);
	status = record_find(&in->session, form, in->n_words > 2 ? in->words[2] : NULL, &record,
			     &in->err);
	return status ? status : show_row(in, record);
}

/* ---- fill ---- */

static enum lt_status tell_planned(struct invocation *in, const struct changes *changes)
{
	struct lt_json json;
	if (!in->json)
		return print_planned(in, changes);
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	json_changes(in, &json, changes, false);
	lt_json_close(&json);
	return print_json(in, &json);
}

static enum lt_status save(struct invocation *in, struct record *record)
{
	struct changes changes = { .session = &in->session };
	bool done;
	enum lt_status status;
	if (in->dry_run) {
		status = record_changes(&in->session, record, &changes, &in->findings, &in->err);
		return status ? status : tell_planned(in, &changes);
	}
	status = record_save(&in->session, record, &in->findings, &done, &in->err);
	if (status)
		return status;
	if (!done)
		return tell_change(in, false, "%s 本来就是这样，没有改动", "%s is so already",
				   label_text(in, &record->form->title));
	remember_project(in);
	return tell_change(in, true, "%s 已记下", "%s written down",
			   label_text(in, &record->form->title));
}

enum lt_status command_fill(struct invocation *in)
{
	const struct form *form;
	struct record *record;
	enum lt_status status =
		open_project(in, in->words[0], in->dry_run ? PROJECT_READ : PROJECT_WRITE);
	if (!status)
		status = find_form(in, &form);
	if (status)
		return status;
	const bool named = !strchr(in->words[2], '=') && !record_form_is_single(form);
	status = record_open(&in->session, form, named ? in->words[2] : NULL, &record, &in->err);
	for (int i = named ? 3 : 2; i < in->n_words && !status; i++)
		status = record_set_word(&in->session, record, in->words[i], &in->err);
	return status ? status : save(in, record);
}

enum lt_status command_remove(struct invocation *in)
{
	const struct form *form;
	struct record *record;
	bool done;
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = find_form(in, &form);
	if (!status)
		status = record_find(&in->session, form, in->words[2], &record, &in->err);
	if (!status)
		status = record_remove(&in->session, record, &done, &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, done, "已移除 %s", "%s taken out", in->words[2]);
}
