/* What printed forms name beside the fields of forms. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/catalogue.h"
#include "lingtan/app/duty.h"
#include "lingtan/app/finding.h"
#include "lingtan/app/register.h"
#include "lingtan/app/signoff.h"
#include "lingtan/app/site.h"
#include "lingtan/base/date.h"
#include "lingtan/base/ids.h"
#include "paper_parts.h"
#include "session_parts.h"

/* ---- the sheet itself ---- */

const char *const paper_sheet_fields[] = { "date", "file", "head", NULL };

enum lt_status paper_gather_sheet(struct paper_data *data, struct paper_table *table)
{
	struct paper_row *row = paper_row_add(data, table);
	const char *path = project_path(data->session->project);
	const char *slash = strrchr(path, '/');
	const char *head = lt_arena_printf(&data->session->arena, "%.12s",
					   project_head(data->session->project));
	if (!row || !head)
		return lt_err_memory(data->err);
	paper_put(table, row, "date", data->day, NULL);
	paper_put(table, row, "file", slash ? slash + 1 : path, NULL);
	paper_put(table, row, "head", head, NULL);
	return LT_OK;
}

/* ---- the assessment ---- */

const char *const paper_assessment_fields[] = { "name",  "code", "title", "edition", "criteria",
						 "stage", "type", "year",  "reason",  NULL };

enum lt_status paper_ruleset(struct paper_data *data, const struct assessment_ref *ref,
				 const struct ruleset **out)
{
	struct assessment assessment = { 0 };
	const enum lt_status status =
		session_ruleset(data->session, ref->ruleset, &data->session->arena, &assessment,
				data->findings, data->err);
	*out = assessment.ruleset;
	return status;
}

/* "T/X 1-2023《...》"; NULL when memory runs out. */
static const char *criteria_of(const struct paper_data *data, const struct ruleset *ruleset)
{
	return lt_arena_printf(&data->session->arena, data->lang == LT_ZH ? "%s《%s》" : "%s, %s",
			       ruleset->code, paper_label(data->lang, &ruleset->title));
}

const char *paper_criteria(struct paper_data *data, const char *ids)
{
	const struct assessment_ref *all;
	unsigned n;
	const char *text = "", *one;
	size_t len;
	if (session_assessments(data->session, &all, &n, data->err))
		return NULL;
	while (text && lt_ids_next(&ids, &one, &len)) {
		const char *id = lt_arena_strndup(&data->session->arena, one, len);
		const struct ruleset *ruleset = NULL;
		for (unsigned i = 0; id && i < n && !ruleset; i++)
			if (strcmp(all[i].standard, id) == 0 && paper_ruleset(data, &all[i], &ruleset))
				return NULL;
		if (id && !ruleset)
			ruleset = catalogue_find(data->session->workspace, id);
		const char *title = ruleset ? criteria_of(data, ruleset) : id;
		text = title ? lt_arena_printf(&data->session->arena, "%s%s%s", text,
					       text[0] ? "\n" : "", title)
			     : NULL;
	}
	return text;
}

static const char *title_of(const struct paper_data *data, const struct term *terms, unsigned n,
			    const char *id)
{
	const struct term *term = id ? term_find(terms, n, id) : NULL;
	return term ? paper_label(data->lang, &term->title) : id ? id : "";
}

enum lt_status paper_gather_assessment(struct paper_data *data, struct paper_table *table)
{
	const struct ruleset *ruleset;
	struct paper_row *row = paper_row_add(data, table);
	if (!row)
		return lt_err_memory(data->err);
	if (!data->ref)
		return LT_OK;
	enum lt_status status = paper_ruleset(data, data->ref, &ruleset);
	if (status)
		return status;
	const char *title = paper_label(data->lang, &ruleset->title);
	const char *criteria = criteria_of(data, ruleset);
	if (!criteria)
		return lt_err_memory(data->err);
	paper_put(table, row, "name", data->ref->name, NULL);
	paper_put(table, row, "code", ruleset->code, NULL);
	paper_put(table, row, "title", title, NULL);
	paper_put(table, row, "edition", ruleset->edition, NULL);
	paper_put(table, row, "criteria", criteria, NULL);
	paper_put(table, row, "stage", data->ref->stage,
		  title_of(data, ruleset->stages, ruleset->n_stages, data->ref->stage));
	paper_put(table, row, "type", data->ref->park_type,
		  title_of(data, ruleset->park_types, ruleset->n_park_types, data->ref->park_type));
	paper_put(table, row, "year", data->ref->year, NULL);
	return LT_OK;
}

/* ---- findings ---- */

const char *const paper_finding_fields[] = {
	"number",       "assessment", "item",        "clause",     "place",        "where",
	"fact",         "fact_by",    "fact_on",     "grade",      "due",          "owner",
	"cause",        "correction", "answer",      "answer_by",  "answer_on",    "objection",
	"objection_by", "ruling",     "ruling_text", "ruling_by",  "verification", "verification_text",
	"verified_on",  "verified_by", "state",      "evidence",   "closing",      "criteria", NULL,
};

/* Names of the pieces of evidence, with their places. */
static const char *evidence_of(struct paper_data *data, const struct finding_info *finding,
			       bool closing)
{
	const char *text = "";
	for (unsigned i = 0; i < finding->n_evidence && text; i++) {
		const struct finding_evidence *piece = &finding->evidence[i];
		if (piece->is_closing == closing)
			text = lt_arena_printf(&data->session->arena, "%s%s%s%s%s", text,
					       text[0] ? "\n" : "", piece->name,
					       piece->locator[0] ? "  " : "", piece->locator);
	}
	return text;
}

static const char *day_of(struct paper_data *data, const char *at)
{
	return lt_arena_strndup(&data->session->arena, at, strlen(at) < 10 ? strlen(at) : 10);
}

static const char *clause_of(struct paper_data *data, const struct ruleset *ruleset,
			     const struct finding_info *finding)
{
	const struct item *item =
		ruleset && finding->item[0] ? ruleset_find_item(ruleset, finding->item) : NULL;
	return item ? lt_arena_printf(&data->session->arena, "%s %s", item->id,
				      paper_label(data->lang, &item->title))
		    : finding->item;
}

/* "accepted", as the form of a finding calls it. */
static const char *choice_title(const struct paper_data *data, const char *field, const char *id)
{
	const struct form_field *form = paper_field_form(data->forms, "finding", field);
	const struct form_choice *choice = form && id[0] ? form_field_find_choice(form, id) : NULL;
	return choice ? paper_label(data->lang, &choice->title) : id;
}

/* A place of the project with its name behind its id, what else was written as it is. */
static const char *place_of(struct paper_data *data, const struct site_info *sites, unsigned n,
			    const char *place)
{
	for (unsigned i = 0; place[0] && i < n; i++)
		if (strcmp(sites[i].id, place) == 0 && sites[i].name[0])
			return lt_arena_printf(&data->session->arena, "%s %s", place,
					       sites[i].name);
	return place;
}

static void put_finding(struct paper_data *data, const struct paper_table *table,
			struct paper_row *row, const struct finding_info *finding)
{
	paper_put(table, row, "number", finding->number, NULL);
	paper_put(table, row, "assessment", finding->assessment, NULL);
	paper_put(table, row, "item", finding->item, NULL);
	paper_put(table, row, "fact", finding->fact, NULL);
	paper_put(table, row, "fact_by", finding->fact_by, NULL);
	paper_put(table, row, "grade", finding_grade_names[finding->grade],
		  paper_label(data->lang, &finding_grade_titles[finding->grade]));
	paper_put(table, row, "due", finding->due, NULL);
	paper_put(table, row, "owner", finding->owner, NULL);
	paper_put(table, row, "cause", finding->cause, NULL);
	paper_put(table, row, "correction", finding->correction, NULL);
	paper_put(table, row, "answer", finding->answer, NULL);
	paper_put(table, row, "answer_by", finding->answer_by, NULL);
	paper_put(table, row, "objection", finding->objection, NULL);
	paper_put(table, row, "objection_by", finding->objection_by, NULL);
	paper_put(table, row, "ruling", finding->ruling,
		  choice_title(data, "ruling", finding->ruling));
	paper_put(table, row, "ruling_text", finding->ruling_text, NULL);
	paper_put(table, row, "ruling_by", finding->ruling_by, NULL);
	paper_put(table, row, "verification", finding->verification,
		  choice_title(data, "verification", finding->verification));
	paper_put(table, row, "verification_text", finding->verification_text, NULL);
	paper_put(table, row, "verified_on", finding->verification_on, NULL);
	paper_put(table, row, "verified_by", finding->verification_by, NULL);
	paper_put(table, row, "state", finding_state_names[finding->state],
		  paper_label(data->lang, &finding_state_titles[finding->state]));
}

static enum lt_status put_made(struct paper_data *data, const struct paper_table *table,
			       struct paper_row *row, const struct ruleset *ruleset,
			       const char *place, const struct finding_info *finding)
{
	const char *clause = clause_of(data, ruleset, finding);
	const char *fact_on = day_of(data, finding->fact_at);
	const char *answer_on = day_of(data, finding->answer_at);
	const char *evidence = evidence_of(data, finding, false);
	const char *closing = evidence_of(data, finding, true);
	const char *criteria = ruleset ? criteria_of(data, ruleset) : "";
	const char *where = clause && place
				    ? lt_arena_printf(&data->session->arena, "%s%s%s", clause,
						      clause[0] && place[0] ? "\n" : "", place)
				    : NULL;
	if (!where || !fact_on || !answer_on || !evidence || !closing || !criteria)
		return lt_err_memory(data->err);
	paper_put(table, row, "clause", clause, NULL);
	paper_put(table, row, "where", where, NULL);
	paper_put(table, row, "place", finding->place, place);
	paper_put(table, row, "fact_on", fact_on, NULL);
	paper_put(table, row, "answer_on", answer_on, NULL);
	paper_put(table, row, "evidence", evidence, NULL);
	paper_put(table, row, "closing", closing, NULL);
	paper_put(table, row, "criteria", criteria, NULL);
	return LT_OK;
}

/* NULL where it is of no assessment that there is. */
static enum lt_status ruleset_of_finding(struct paper_data *data,
					 const struct finding_info *finding,
					 const struct ruleset **out)
{
	const struct assessment_ref *all;
	unsigned n;
	enum lt_status status = session_assessments(data->session, &all, &n, data->err);
	*out = NULL;
	for (unsigned i = 0; i < n && !status; i++)
		if (strcmp(all[i].name, finding->assessment) == 0 ||
		    (!finding->assessment[0] && data->ref &&
		     strcmp(all[i].name, data->ref->name) == 0))
			return paper_ruleset(data, &all[i], out);
	return status;
}

enum lt_status paper_gather_findings(struct paper_data *data, struct paper_table *table)
{
	const struct finding_filter filter = { .assessment = data->ref ? data->ref->name : NULL,
					       .grade = N_FINDING_GRADES,
					       .state = N_FINDING_STATES,
					       .on = data->day };
	const struct site_filter all = { 0 };
	struct finding_info *list;
	struct site_info *sites;
	unsigned n, n_sites;
	enum lt_status status = session_findings(data->session, &filter, &list, &n, data->err);
	if (!status)
		status = session_sites(data->session, &all, &sites, &n_sites, data->err);
	for (unsigned i = 0; i < n && !status; i++) {
		const struct ruleset *ruleset;
		struct paper_row *row;
		if (list[i].state == FINDING_WITHDRAWN)
			continue;
		row = paper_row_add(data, table);
		if (!row)
			return lt_err_memory(data->err);
		put_finding(data, table, row, &list[i]);
		status = ruleset_of_finding(data, &list[i], &ruleset);
		if (!status)
			status = put_made(data, table, row, ruleset,
					  place_of(data, sites, n_sites, list[i].place), &list[i]);
	}
	return status;
}

/* ---- who owes material ---- */

const char *const paper_owed_fields[] = { "owner", "topic", "title", "department",
					   "due",   "state", "note",  "person", "late", NULL };

static const char *raw_of(const struct paper_table *table, const struct paper_row *row,
			  const char *field)
{
	const int i = paper_table_field(table, field);
	return i < 0 ? "" : row->raw[i];
}

/* "12 days late", "" before the day or without one. */
static const char *late_of(struct paper_data *data, const char *due)
{
	if (!lt_date_is(due) || strcmp(due, data->day) >= 0)
		return "";
	return lt_arena_printf(&data->session->arena,
			       data->lang == LT_ZH ? "逾期 %ld 天" : "%ld d late",
			       lt_date_number(data->day) - lt_date_number(due));
}

/* What was asked of somebody and has not come, in the order of the requests. */
enum lt_status paper_gather_owed(struct paper_data *data, struct paper_table *table)
{
	const struct paper_table *requests;
	enum lt_status status = paper_table_get(data, "request", &requests);
	for (unsigned i = 0; !status && i < requests->n_rows; i++) {
		const struct paper_row *from = &requests->rows[i];
		const char *owner = request_owner(raw_of(requests, from, "owner"),
						  raw_of(requests, from, "department"));
		if (!owner[0] || !request_is_open(raw_of(requests, from, "state")))
			continue;
		struct paper_row *row = paper_row_add(data, table);
		const char *late = late_of(data, raw_of(requests, from, "due"));
		if (!row || !late)
			return lt_err_memory(data->err);
		paper_put(table, row, "owner", owner, NULL);
		paper_put(table, row, "person", raw_of(requests, from, "owner"), NULL);
		paper_put(table, row, "late", late, NULL);
		for (unsigned f = 1; paper_owed_fields[f]; f++) {
			const int at = paper_table_field(requests, paper_owed_fields[f]);
			if (at >= 0)
				paper_put(table, row, paper_owed_fields[f], from->raw[at],
					  from->shown[at]);
		}
	}
	return status;
}

const char *const paper_owner_fields[] = { "name", "person", "department", NULL };

/* One row a person, else a department, that still owes something. */
enum lt_status paper_gather_owners(struct paper_data *data, struct paper_table *table)
{
	const struct paper_table *owed;
	enum lt_status status = paper_table_get(data, "owed", &owed);
	for (unsigned i = 0; !status && i < owed->n_rows; i++) {
		const char *name = raw_of(owed, &owed->rows[i], "owner");
		struct paper_row *row = NULL;
		for (unsigned o = 0; o < table->n_rows && !row; o++)
			if (strcmp(table->rows[o].raw[0], name) == 0)
				row = &table->rows[o];
		if (row)
			continue;
		row = paper_row_add(data, table);
		if (!row)
			return lt_err_memory(data->err);
		paper_put(table, row, "name", name, NULL);
		paper_put(table, row, "person", raw_of(owed, &owed->rows[i], "person"), NULL);
		paper_put(table, row, "department", raw_of(owed, &owed->rows[i], "department"),
			  NULL);
	}
	return status;
}

/* ---- decisions ---- */

const char *const paper_decision_fields[] = { "number", "outcome", "reason",
					       "conditions", "by", "on", NULL };

enum lt_status paper_gather_decisions(struct paper_data *data, struct paper_table *table)
{
	struct decision_info *list = NULL;
	unsigned n = 0;
	if (!data->ref)
		return LT_OK;
	enum lt_status status =
		session_decisions(data->session, data->ref, &list, &n, data->err);
	for (unsigned i = 0; i < n && !status; i++) {
		const struct form_field *form =
			paper_field_form(data->forms, "decision", "outcome");
		const struct form_choice *choice =
			form ? form_field_find_choice(form, list[i].outcome) : NULL;
		const char *number =
			lt_arena_printf(&data->session->arena, "%u", list[i].number);
		const char *on = day_of(data, list[i].at);
		struct paper_row *row = paper_row_add(data, table);
		if (!row || !number || !on)
			return lt_err_memory(data->err);
		paper_put(table, row, "number", number, NULL);
		paper_put(table, row, "outcome", list[i].outcome,
			  choice ? paper_label(data->lang, &choice->title) : NULL);
		paper_put(table, row, "reason", list[i].reason, NULL);
		paper_put(table, row, "conditions", list[i].conditions, NULL);
		paper_put(table, row, "by", list[i].by, NULL);
		paper_put(table, row, "on", on, NULL);
	}
	return status;
}

/* ---- who signed ---- */

const char *const paper_signature_fields[] = { "step", "by", "on", "state", NULL };

enum lt_status paper_gather_signatures(struct paper_data *data, struct paper_table *table)
{
	struct sign_step *steps = NULL;
	unsigned n = 0;
	if (!data->ref)
		return LT_OK;
	enum lt_status status = session_sign_steps(data->session, data->ref, &steps, &n,
						   data->findings, data->err);
	for (unsigned i = 0; i < n && !status; i++) {
		struct paper_row *row = paper_row_add(data, table);
		const char *on = day_of(data, steps[i].at ? steps[i].at : "");
		if (!row || !on)
			return lt_err_memory(data->err);
		paper_put(table, row, "step", steps[i].role->role,
			  paper_label(data->lang, &steps[i].role->title));
		paper_put(table, row, "by", steps[i].by, NULL);
		paper_put(table, row, "on", on, NULL);
		paper_put(table, row, "state", sign_state_names[steps[i].state],
			  paper_label(data->lang, &sign_state_titles[steps[i].state]));
	}
	return status;
}

/* ---- certificates of a register ---- */

const char *const paper_certificate_fields[] = {
	"number", "park",  "grade",  "standard", "day", "valid_until", "state",
	"since",  "until", "reason", "other",    "by",  "due",         "body", NULL
};

/* What was signed is in both languages; where it cannot be read the grade is as the register has it. */
static void put_signed(struct paper_data *data, const struct paper_table *table,
		       struct paper_row *row, const struct registered *of)
{
	struct issued issued;
	struct lt_err ignored = LT_ERR_INIT;
	const bool en = data->lang == LT_EN;
	if (register_read_issued(data->session, of, &issued, &ignored)) {
		paper_put(table, row, "grade", of->grade, NULL);
		return;
	}
	const char *const *at = issued.certificate.at;
	paper_put(table, row, "grade", at[en ? CERT_GRADE_EN : CERT_GRADE_ZH], NULL);
	paper_put(table, row, "body", at[en ? CERT_BODY_EN : CERT_BODY_ZH], NULL);
}

enum lt_status paper_gather_certificates(struct paper_data *data, struct paper_table *table)
{
	struct registered *list;
	unsigned n;
	enum lt_status status = register_list(data->session, data->day, &list, &n, data->err);
	for (unsigned i = 0; i < n && !status; i++) {
		struct paper_row *row = paper_row_add(data, table);
		if (!row)
			return lt_err_memory(data->err);
		paper_put(table, row, "number", list[i].number, NULL);
		paper_put(table, row, "park", list[i].park, NULL);
		put_signed(data, table, row, &list[i]);
		paper_put(table, row, "standard", list[i].standard, NULL);
		paper_put(table, row, "day", list[i].day, NULL);
		paper_put(table, row, "valid_until", list[i].valid_until, NULL);
		paper_put(table, row, "state", registered_state_names[list[i].state],
			  paper_label(data->lang, &registered_state_titles[list[i].state]));
		paper_put(table, row, "since", list[i].since, NULL);
		paper_put(table, row, "until", list[i].until, NULL);
		paper_put(table, row, "reason", list[i].reason, NULL);
		paper_put(table, row, "other", list[i].other, NULL);
		paper_put(table, row, "by", list[i].by, NULL);
		paper_put(table, row, "due", list[i].due, NULL);
	}
	return status;
}
