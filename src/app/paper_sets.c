/* The sets of printed forms: forms with their rows, and what is gathered beside them. */
#include <stdio.h>
#include <string.h>
#include "lingtan/base/ids.h"
#include "lingtan/app/record.h"
#include "paper_parts.h"

static const struct paper_gathered gathered_sets[] = {
	{ "sheet", paper_sheet_fields, true, paper_gather_sheet },
	{ "assessment", paper_assessment_fields, true, paper_gather_assessment },
	{ "finding", paper_finding_fields, false, paper_gather_findings },
	{ "owed", paper_owed_fields, false, paper_gather_owed },
	{ "owner", paper_owner_fields, false, paper_gather_owners },
	{ "decision", paper_decision_fields, false, paper_gather_decisions },
	{ "signature", paper_signature_fields, false, paper_gather_signatures },
	{ "certificate", paper_certificate_fields, false, paper_gather_certificates },
	{ "stop", paper_stop_fields, false, paper_gather_stops },
	{ "visit_item", paper_visit_item_fields, false, paper_gather_visit_items },
	{ "visit_place", paper_visit_place_fields, false, paper_gather_visit_places },
	{ "visit_person", paper_visit_person_fields, false, paper_gather_visit_people },
	{ "population", paper_population_fields, false, paper_gather_populations },
	{ "sampled", paper_sampled_fields, false, paper_gather_sampled },
	{ "review_point", paper_review_point_fields, false, paper_gather_review_points },
};
#define N_GATHERED (sizeof(gathered_sets) / sizeof(gathered_sets[0]))

/* Forms whose rows are of a year: only that of the assessment is meant. */
static const struct {
	const char *form;
	bool is_single;
} of_a_year[] = { { "engagement", true }, { "team", false } };

static int find_of_a_year(const char *form)
{
	for (size_t i = 0; i < sizeof(of_a_year) / sizeof(of_a_year[0]); i++)
		if (strcmp(of_a_year[i].form, form) == 0)
			return (int)i;
	return -1;
}

/* ---- names ---- */

bool paper_name_split(const char *name, char set[64], const char **field)
{
	const size_t len = strcspn(name, ".");
	if (!name[len] || !name[len + 1] || len >= 64)
		return false;
	memcpy(set, name, len);
	set[len] = 0;
	*field = name + len + 1;
	return true;
}

static const struct paper_gathered *find_gathered(const char *set)
{
	for (unsigned i = 0; i < N_GATHERED; i++)
		if (strcmp(gathered_sets[i].id, set) == 0)
			return &gathered_sets[i];
	return NULL;
}

const char *paper_gathered_names(char *buf, size_t cap)
{
	size_t used = 0;
	buf[0] = 0;
	for (unsigned i = 0; i < N_GATHERED && used < cap; i++)
		used += (size_t)snprintf(buf + used, cap - used, "%s%s", i ? ", " : "",
					 gathered_sets[i].id);
	return buf;
}

struct paper_name paper_name_find(const struct form_set *forms, const char *set,
				  const char *field)
{
	const struct paper_gathered *gathered = find_gathered(set);
	const struct form *form = gathered ? NULL : form_set_find(forms, set);
	struct paper_name found = { 0 };
	if (gathered) {
		found = (struct paper_name){ true, !field, gathered->is_single };
		for (unsigned i = 0; field && gathered->fields[i] && !found.has_field; i++)
			found.has_field = strcmp(gathered->fields[i], field) == 0;
	} else if (form && form->table) {
		found = (struct paper_name){ true, !field || strcmp(field, "key") == 0,
					     record_form_is_single(form) ||
						     (find_of_a_year(set) >= 0 &&
						      of_a_year[find_of_a_year(set)].is_single) };
		for (unsigned i = 0; i < form->n_fields && !found.has_field; i++)
			found.has_field = strcmp(form->fields[i].id, field) == 0;
	}
	return found;
}

const struct form_field *paper_field_form(const struct form_set *forms, const char *set,
					  const char *field)
{
	const struct form *form = form_set_find(forms, set);
	for (unsigned i = 0; form && i < form->n_fields; i++)
		if (strcmp(form->fields[i].id, field) == 0)
			return &form->fields[i];
	return NULL;
}

/* ---- tables ---- */

int paper_table_field(const struct paper_table *table, const char *field)
{
	for (unsigned i = 0; i < table->n_fields; i++)
		if (strcmp(table->fields[i], field) == 0)
			return (int)i;
	return -1;
}

struct paper_row *paper_row_add(struct paper_data *data, struct paper_table *table)
{
	struct lt_arena *arena = &data->session->arena;
	table->rows = lt_arena_room(arena, table->rows, table->n_rows, &table->cap_rows,
				    sizeof(*table->rows));
	const char **texts = lt_arena_alloc(arena, 2 * (size_t)table->n_fields, sizeof(*texts));
	if (!table->rows || !texts)
		return NULL;
	for (unsigned i = 0; i < 2 * table->n_fields; i++)
		texts[i] = "";
	struct paper_row *row = &table->rows[table->n_rows++];
	*row = (struct paper_row){ texts, texts + table->n_fields };
	return row;
}

void paper_put(const struct paper_table *table, struct paper_row *row, const char *field,
	       const char *raw, const char *shown)
{
	const int at = paper_table_field(table, field);
	if (at < 0)
		return;
	row->raw[at] = raw ? raw : "";
	row->shown[at] = shown ? shown : row->raw[at];
}

/* ---- the rows of a form ---- */

/* Choices by their titles, yes as a word, a number with its unit. */
static const char *show(const struct paper_data *data, const struct form_field *field,
			const char *value)
{
	struct lt_arena *arena = &data->session->arena;
	const bool zh = data->lang == LT_ZH;
	const char *text = "", *one;
	size_t len;
	if (!value[0])
		return value;
	if (field->type == FIELD_YES_NO)
		return strcmp(value, "yes") == 0 ? (zh ? "是" : "yes") : (zh ? "否" : "no");
	if (field->type == FIELD_TIME) {
		char *time = lt_arena_strndup(arena, value, strlen(value));
		char *t = time ? strchr(time, 'T') : NULL;
		if (t)
			*t = ' ';
		return time;
	}
	if (field->unit)
		return lt_arena_printf(arena, "%s %s", value, field->unit);
	if (field->type != FIELD_CHOICE)
		return value;
	while (text && lt_ids_next(&value, &one, &len)) {
		const char *id = lt_arena_strndup(arena, one, len);
		const struct form_choice *choice = id ? form_field_find_choice(field, id) : NULL;
		text = lt_arena_printf(arena, "%s%s%s", text, text[0] ? (zh ? "、" : ", ") : "",
				       choice ? paper_label(data->lang, &choice->title)
				       : id   ? id
					      : "");
	}
	return text;
}

/* Whether a row is of the assessment that is meant, or of none; of its year (NULL = any). */
static bool is_meant(const struct paper_data *data, const struct record *record, const char *year)
{
	if (year && strcmp(record->values[0], year) != 0)
		return false;
	for (unsigned i = 0; i < record->form->n_fields; i++)
		if (strcmp(record->form->fields[i].id, "assessment") == 0)
			return !data->ref || !record->values[i][0] ||
			       strcmp(record->values[i], data->ref->name) == 0;
	return true;
}

/* Ids of rulesets, which say nothing to whoever reads the sheet. */
static bool is_criteria(const struct form_field *field, const struct form *form)
{
	return strcmp(form->id, "engagement") == 0 && strcmp(field->id, "criteria") == 0;
}

static enum lt_status gather_form(struct paper_data *data, const struct form *form,
				  struct paper_table *table)
{
	struct session *session = data->session;
	struct record **records;
	unsigned n;
	const char **fields = lt_arena_alloc(&session->arena, form->n_fields + 1u, sizeof(*fields));
	if (!fields)
		return lt_err_memory(data->err);
	for (unsigned i = 0; i < form->n_fields; i++)
		fields[i] = form->fields[i].id;
	fields[form->n_fields] = "key";
	table->fields = fields;
	table->n_fields = form->n_fields + 1;
	const char *year = NULL;
	enum lt_status status = record_list(session, form, &records, &n, data->err);
	if (!status && find_of_a_year(form->id) >= 0)
		status = paper_year(data, &year);
	for (unsigned i = 0; i < n && !status; i++) {
		if (!is_meant(data, records[i], year))
			continue;
		struct paper_row *row = paper_row_add(data, table);
		if (!row)
			return lt_err_memory(data->err);
		for (unsigned f = 0; f < form->n_fields; f++) {
			row->raw[f] = records[i]->values[f];
			row->shown[f] = is_criteria(&form->fields[f], form)
						? paper_criteria(data, records[i]->values[f])
						: show(data, &form->fields[f], records[i]->values[f]);
			/* a ruleset that cannot be read was told already */
			if (!row->shown[f])
				return data->err->status ? data->err->status
							 : lt_err_memory(data->err);
		}
		if (!record_form_is_single(form) && records[i]->key)
			row->raw[form->n_fields] = row->shown[form->n_fields] = records[i]->key;
	}
	return status;
}

/* ---- getting one ---- */

static unsigned count(const char *const *fields)
{
	unsigned n = 0;
	while (fields[n])
		n++;
	return n;
}

enum lt_status paper_table_get(struct paper_data *data, const char *set,
			       const struct paper_table **out)
{
	for (unsigned i = 0; i < data->n_tables; i++)
		if (strcmp(data->tables[i].set, set) == 0) {
			*out = &data->tables[i];
			return LT_OK;
		}
	const struct paper_gathered *gathered = find_gathered(set);
	const struct form *form = gathered ? NULL : form_set_find(data->forms, set);
	if (!gathered && (!form || !form->table))
		return lt_err_set(data->err, LT_EDATA, "没有数据“%s”可印",
				  "there is no data '%s' to print", set);
	/* gathering may ask for other sets, which then come before it */
	struct paper_table table = { .set = gathered ? gathered->id : form->id };
	if (gathered) {
		table.fields = gathered->fields;
		table.n_fields = count(gathered->fields);
	}
	const enum lt_status status =
		gathered ? gathered->gather(data, &table) : gather_form(data, form, &table);
	if (status)
		return status;
	if (data->n_tables == PAPER_MOST_SETS)
		return lt_err_set(data->err, LT_EDATA, "一张表至多用 %d 种数据",
				  "a form uses at most %d sets", PAPER_MOST_SETS);
	data->tables[data->n_tables] = table;
	*out = &data->tables[data->n_tables++];
	return LT_OK;
}
