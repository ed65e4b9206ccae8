/* The document of an assessment: the assessment as a job. Whom for, by whom and when, what was looked
 * at where, what was drawn, asked and reviewed; each row as its form has it. */
#include <string.h>
#include "lingtan/app/catalogue.h"
#include "lingtan/app/record.h"
#include "lingtan/app/sampling.h"
#include "lingtan/base/ids.h"
#include "lingtan/load/library.h"
#include "report_parts.h"

/* Names and how to reach their bearers, where names are left out. */
static bool is_private(const struct form_field *field)
{
	return field->offer == OFFER_PEOPLE || field->type == FIELD_PHONE;
}

static void write_cell(struct report *report, const struct form_field *field, const char *value)
{
	const struct form_choice *choice =
		field->n_choices ? form_field_find_choice(field, value) : NULL;
	if (!choice) {
		report_text(report, field->id,
			    strcmp(field->id, "criteria") == 0
				    ? catalogue_codes(report->session->workspace, value, &report->arena)
				    : value);
		return;
	}
	lt_json_open_object(report->json, field->id);
	lt_json_string(report->json, "id", choice->id);
	lt_json_string(report->json, "zh", choice->title.zh);
	lt_json_string(report->json, "en", choice->title.en);
	lt_json_close(report->json);
}

/* A row of another year's job, or of another assessment. */
static bool is_of_another(const struct report *report, const struct form_field *field,
			  const char *value)
{
	if (strcmp(field->id, "year") == 0 && field->key)
		return strcmp(value, report->ref->year) != 0;
	if (strcmp(field->id, "assessment") == 0 && value[0])
		return strcmp(value, report->ref->name) != 0;
	return false;
}

static void write_row(struct report *report, const struct form *form, const struct record *row)
{
	for (unsigned f = 0; f < form->n_fields; f++)
		if (is_of_another(report, &form->fields[f], row->values[f]))
			return;
	lt_json_open_object(report->json, NULL);
	for (unsigned f = 0; f < form->n_fields; f++)
		if (row->values[f][0] &&
		    !(report->wish.without_names && is_private(&form->fields[f])))
			write_cell(report, &form->fields[f], row->values[f]);
	lt_json_close(report->json);
}

enum lt_status report_write_form(struct report *report, const char *id)
{
	const struct form *form;
	struct record **rows = NULL;
	unsigned n = 0;
	enum lt_status status = record_form(report->session->workspace, id, report->findings, &form,
					    report->err);
	if (!status)
		status = record_list(report->session, form, &rows, &n, report->err);
	if (status)
		return status;
	lt_json_open_list(report->json, id);
	for (unsigned i = 0; i < n; i++)
		write_row(report, form, rows[i]);
	lt_json_close(report->json);
	return LT_OK;
}

static void write_sampled(struct report *report, const struct population_info *of,
			  const struct sampled *sampled)
{
	const struct label *way = sampled_way(sampled->how);
	struct lt_json *json = report->json;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "population", of->population);
	lt_json_int(json, "order", sampled->order);
	lt_json_string(json, "place", sampled->place);
	report_text(report, "name", sampled->name);
	if (way) {
		lt_json_open_object(json, "how");
		lt_json_string(json, "id", sampled->how);
		lt_json_string(json, "zh", way->zh);
		lt_json_string(json, "en", way->en);
		lt_json_close(json);
	}
	report_text(report, "with", sampled->with);
	report_text(report, "reason", sampled->reason);
	lt_json_bool(json, "visited", sampled->is_visited);
	lt_json_close(json);
}

/* What was drawn of each population, in the order of the draw; with which seed. */
static enum lt_status write_samples(struct report *report)
{
	struct population_info *all = NULL;
	unsigned n = 0;
	struct lt_json *json = report->json;
	const enum lt_status status = session_populations(report->session, report->ref->year, &all,
							  &n, report->err);
	if (status)
		return status;
	lt_json_open_list(json, "draw");
	for (unsigned i = 0; i < n; i++) {
		if (!all[i].n[0])
			continue;
		lt_json_open_object(json, NULL);
		lt_json_string(json, "population", all[i].population);
		lt_json_string(json, "n", all[i].n);
		lt_json_string(json, "seed", all[i].seed);
		report_text(report, "reason", all[i].reason);
		report_text(report, "energy_share", all[i].energy_share);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_open_list(json, "sample");
	for (unsigned i = 0; i < n; i++)
		for (unsigned k = 0; k < all[i].n_sample; k++)
			write_sampled(report, &all[i], &all[i].sample[k]);
	lt_json_close(json);
	return LT_OK;
}

enum lt_status report_write_visit(struct report *report)
{
	static const char *const forms[] = { "engagement", "team",	"place",     "population",
					     "stop",	   "presence",	"inspection", "method",
					     "interview",  "review_point", "note" };
	enum lt_status status = LT_OK;
	lt_json_open_object(report->json, "visit");
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]) && !status; i++)
		status = report_write_form(report, forms[i]);
	if (!status)
		status = write_samples(report);
	lt_json_close(report->json);
	return status;
}
