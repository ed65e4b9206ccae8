/* The material asked of the park, with what became of each piece, as a table. */
#include <string.h>
#include "export_parts.h"
#include "session_parts.h"
#include "lingtan/app/duty.h"
#include "lingtan/app/record.h"
#include "lingtan/base/csv_out.h"

struct asked_table {
	struct session *session;
	const struct form *form;
	enum lt_lang lang;
	struct lt_csv csv;
};

static void put_titles(struct asked_table *table)
{
	const bool zh = table->lang == LT_ZH;
	lt_csv_text(&table->csv, zh ? "编号" : "No.");
	for (unsigned f = 0; f < table->form->n_fields; f++)
		lt_csv_text(&table->csv, label_in(table->lang, &table->form->fields[f].label));
	lt_csv_text(&table->csv, zh ? "催交日期" : "Reminded on");
	lt_csv_text(&table->csv, zh ? "催交次数" : "Reminders");
	lt_csv_end_row(&table->csv);
}

/* A choice in words, anything else as it is kept. */
static const char *shown(const struct asked_table *table, const struct record *record, unsigned at)
{
	const struct form_field *field = &table->form->fields[at];
	const struct form_choice *choice =
		field->n_choices ? form_field_find_choice(field, record->values[at]) : NULL;
	return choice ? label_in(table->lang, &choice->title) : record->values[at];
}

static enum lt_status put_request(struct asked_table *table, const struct record *record,
				  struct lt_err *err)
{
	struct words reminded = { 0 };
	struct session *session = table->session;
	const char *key = cell_key_join(&session->arena, &record->key, 1);
	enum lt_status status = key ? project_get(session->project, "request", key, "reminded",
						  &session->arena, &reminded, err)
				    : lt_err_memory(err);
	if (status)
		return status;
	lt_csv_text(&table->csv, record->key);
	for (unsigned f = 0; f < table->form->n_fields; f++)
		lt_csv_text(&table->csv, shown(table, record, f));
	lt_csv_text(&table->csv, reminded.at ? reminded.at[0] : "");
	lt_csv_text(&table->csv, reminded.at ? reminded.at[1] : "");
	lt_csv_end_row(&table->csv);
	return LT_OK;
}

static bool is_owed_by(const struct record *record, const char *owner)
{
	const char *person = record_text(record, "owner"), *department = record_text(record, "department");
	return !owner || strcmp(request_owner(person, department), owner) == 0;
}

enum lt_status export_requests(struct session *session, const struct export_wish *wish,
			       struct lt_arena *arena, const char **out,
			       struct lt_findings *findings, struct lt_err *err)
{
	struct asked_table table = { .session = session, .lang = wish->report.lang };
	struct record **all = NULL;
	unsigned n = 0;
	if (wish->report.without_names)
		return lt_err_set(err, LT_EDATA, "资料清单写着谁交、谁交来的，人名去不掉：不要 --without-names",
				  "the list of material says who owes what, so names cannot be left out: without --without-names");
	enum lt_status status = record_form(session->workspace, "request", findings, &table.form, err);
	if (!status)
		status = record_list(session, table.form, &all, &n, err);
	if (status)
		return status;
	lt_csv_init(&table.csv, arena);
	put_titles(&table);
	for (unsigned i = 0; i < n && !status; i++)
		if (is_owed_by(all[i], wish->report.owner))
			status = put_request(&table, all[i], err);
	*out = lt_csv_finish(&table.csv, NULL);
	return status || *out ? status : lt_err_memory(err);
}
