/* The document of an assessment: what it is of, by what it was judged, what came out. */
#include "report_parts.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/base/ids.h"
#include "lingtan/app/basis.h"
#include "lingtan/app/record.h"
#include "lingtan/app/round.h"
#include "lingtan/core/role.h"
#include "lingtan/app/summary.h"

#define FORMAT "lingtan-report"
#define FORMAT_VERSION 1

const char *const report_kind_names[] = { "self", "third", "statement", NULL };

/* ---- what all parts write ---- */

void report_label(struct report *report, const char *key, const struct label *label)
{
	if (!label || (!label->zh && !label->en)) {
		lt_json_null(report->json, key);
		return;
	}
	lt_json_open_object(report->json, key);
	lt_json_string(report->json, "zh", label->zh ? label->zh : label->en);
	lt_json_string(report->json, "en", label->en ? label->en : label->zh);
	lt_json_close(report->json);
}

void report_text(struct report *report, const char *key, const char *text)
{
	lt_json_string(report->json, key, text && text[0] ? text : NULL);
}

void report_name(struct report *report, const char *key, const char *name)
{
	report_text(report, key, report->wish.without_names ? NULL : name);
}

static const struct label *title_of_role(const struct report *report, const char *role)
{
	const struct role *found =
		role ? roles_find(report->session->workspace->roles, role) : NULL;
	return found ? &found->title : NULL;
}

void report_writer(struct report *report, const char *key, const struct board_writer *writer)
{
	if (!writer->by) {
		lt_json_null(report->json, key);
		return;
	}
	lt_json_open_object(report->json, key);
	report_name(report, "by", writer->by);
	report_text(report, "role", writer->role);
	report_label(report, "role_title", title_of_role(report, writer->role));
	report_text(report, "at", writer->at);
	lt_json_close(report->json);
}

void report_value(struct report *report, const char *key, const struct value *value)
{
	static const char *const states[] = {
		[VALUE_NUMBER] = "number", [VALUE_NA] = "na", [VALUE_NONE] = "none"
	};
	struct lt_json *json = report->json;
	lt_json_open_object(json, key);
	lt_json_string(json, "state", states[value->state]);
	value_write(json, value, true);
	lt_json_close(json);
}

/* ---- the park, as its form has it ---- */

/* Whom to ask is nobody's business where names are left out. */
static bool is_private(const struct form_field *field)
{
	return field->group && strcmp(field->group, "contact") == 0;
}

static void write_field(struct report *report, const struct form_field *field, const char *value)
{
	struct lt_json *json = report->json;
	const struct form_choice *choice =
		field->n_choices ? form_field_find_choice(field, value) : NULL;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", field->id);
	lt_json_string(json, "group", field->group);
	report_label(report, "label", &field->label);
	report_text(report, "value", value);
	report_label(report, "title", choice ? &choice->title : NULL);
	lt_json_string(json, "unit", field->unit);
	lt_json_close(json);
}

static enum lt_status write_park(struct report *report)
{
	const struct form *form;
	struct record *record;
	enum lt_status status = record_form(report->session->workspace, "park", report->findings,
					    &form, report->err);
	if (!status)
		status = record_find(report->session, form, NULL, &record, report->err);
	if (status)
		return status;
	lt_json_open_object(report->json, "park");
	report_text(report, "name", report->board->park);
	lt_json_open_list(report->json, "fields");
	for (unsigned i = 0; i < form->n_fields; i++)
		if (!report->wish.without_names || !is_private(&form->fields[i]))
			write_field(report, &form->fields[i], record->values[i]);
	lt_json_close(report->json);
	lt_json_close(report->json);
	return LT_OK;
}

/* Everyone who works on it, with what the person may do. */
static enum lt_status write_people(struct report *report)
{
	const struct form *form;
	struct record **rows;
	const char *one;
	size_t len;
	unsigned n;
	enum lt_status status = record_form(report->session->workspace, "person", report->findings,
					    &form, report->err);
	if (!status)
		status = record_list(report->session, form, &rows, &n, report->err);
	if (status)
		return status;
	lt_json_open_list(report->json, "people");
	for (unsigned r = 0; r < n && !report->wish.without_names; r++) {
		lt_json_open_object(report->json, NULL);
		for (unsigned i = 0; i < form->n_fields; i++)
			report_text(report, form->fields[i].id, rows[r]->values[i]);
		lt_json_open_list(report->json, "titles");
		const char *roles = record_text(rows[r], "roles");
		while (lt_ids_next(&roles, &one, &len)) {
			const char *role = lt_arena_strndup(&report->arena, one, len);
			if (role)
				report_label(report, NULL, title_of_role(report, role));
		}
		lt_json_close(report->json);
		lt_json_close(report->json);
	}
	lt_json_close(report->json);
	return LT_OK;
}

/* ---- by what it was judged ---- */

static void write_term(struct report *report, const char *key, const struct term *term)
{
	if (!term) {
		lt_json_null(report->json, key);
		return;
	}
	lt_json_open_object(report->json, key);
	lt_json_string(report->json, "id", term->id);
	report_label(report, "title", &term->title);
	lt_json_close(report->json);
}

static void write_assessment(struct report *report)
{
	const struct board *board = report->board;
	struct lt_json *json = report->json;
	lt_json_open_object(json, "assessment");
	lt_json_string(json, "name", report->ref->name);
	lt_json_string(json, "year", report->ref->year);
	write_term(report, "stage", board->stage);
	write_term(report, "park_type", board->park_type);
	write_term(report, "place", board->place);
	lt_json_close(json);
}

static void write_sources(struct report *report)
{
	const struct ruleset *ruleset = report->board->ruleset;
	lt_json_open_list(report->json, "sources");
	for (unsigned i = 0; i < ruleset->n_sources; i++) {
		lt_json_open_object(report->json, NULL);
		lt_json_string(report->json, "id", ruleset->sources[i].id);
		report_label(report, "title", &ruleset->sources[i].title);
		lt_json_close(report->json);
	}
	lt_json_close(report->json);
}

static void write_ruleset(struct report *report)
{
	const struct board *board = report->board;
	const struct ruleset *ruleset = board->ruleset;
	struct lt_json *json = report->json;
	lt_json_open_object(json, "ruleset");
	lt_json_string(json, "id", ruleset->id);
	lt_json_string(json, "code", ruleset->code);
	lt_json_string(json, "edition", ruleset->edition);
	report_label(report, "title", &ruleset->title);
	report_label(report, "publisher", &ruleset->publisher);
	lt_json_string(json, "status", ruleset_status_names[ruleset->status]);
	lt_json_string(json, "published", ruleset->published);
	lt_json_string(json, "in_force", ruleset->in_force);
	lt_json_string(json, "digest", report->ref->ruleset);
	lt_json_bool(json, "edition_known", !board->edition_unknown);
	write_sources(report);
	lt_json_close(json);
	if (!board->profile) {
		lt_json_null(json, "profile");
		return;
	}
	lt_json_open_object(json, "profile");
	lt_json_string(json, "id", board->profile->id);
	report_label(report, "title", &board->profile->title);
	lt_json_string(json, "edition", board->profile->edition);
	lt_json_string(json, "date", board->profile->date);
	lt_json_bool(json, "made_up",
		     board->profile->made_up && strcmp(board->profile->made_up, "yes") == 0);
	lt_json_string(json, "responsible", board->profile->responsible);
	lt_json_string(json, "digest", report->ref->profile);
	lt_json_close(json);
}

/* ---- what came out ---- */

static void write_grade(struct report *report, const char *key, const struct board_grade *grade)
{
	const struct plan *plan = report->board->plan;
	struct lt_json *json = report->json;
	if (!grade->ladder) {
		lt_json_null(json, key);
		return;
	}
	lt_json_open_object(json, key);
	lt_json_bool(json, "is_certain", grade->view.is_certain);
	lt_json_string(json, "certain", grade->view.certain);
	lt_json_string(json, "possible", grade->view.possible);
	report_label(report, "title", grade->title);
	report_label(report, "possible_title", grade->possible);
	lt_json_bool(json, "is_withheld", grade->is_withheld);
	lt_json_open_list(json, "withheld_by");
	for (unsigned i = 0; i < grade->n_withheld_by; i++) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", plan_slot_name(plan, grade->withheld_by[i]));
		report_label(report, "title", board_title(plan, grade->withheld_by[i]));
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_close(json);
}

static void write_controls(struct report *report, const struct control_count *controls)
{
	struct lt_json *json = report->json;
	lt_json_open_object(json, "controls");
	lt_json_int(json, "met", controls->met);
	lt_json_int(json, "not_met", controls->not_met);
	lt_json_int(json, "open", controls->open);
	lt_json_int(json, "na", controls->na);
	lt_json_open_list(json, "failed");
	for (unsigned i = 0; i < controls->n_failed; i++)
		lt_json_string(json, NULL, controls->failed[i]);
	lt_json_close(json);
	lt_json_close(json);
}

static void write_rung(struct report *report, enum rung rung)
{
	static const char *const states[] = { [ROUND_NONE] = "none",
					      [ROUND_WORKING] = "working",
					      [ROUND_SUBMITTED] = "submitted",
					      [ROUND_RETURNED] = "returned" };
	const struct board_rung *at = &report->board->rungs[rung];
	struct lt_json *json = report->json;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "rung", rung_names[rung]);
	report_label(report, "title", &rung_titles[rung]);
	lt_json_bool(json, "has_answers", at->has_answers);
	lt_json_string(json, "round_state", states[at->round_state]);
	lt_json_int(json, "round", at->round);
	lt_json_int(json, "answered", at->must.answered);
	lt_json_int(json, "items", at->must.items);
	if (at->is_computed) {
		report_value(report, "figure", &at->figure);
		write_grade(report, "grade", &at->grade);
		write_controls(report, &at->controls);
	}
	lt_json_close(json);
}

static void write_headline(struct report *report)
{
	const struct board_headline *headline = &report->board->headline;
	struct lt_json *json = report->json;
	if (headline->kind == FIGURE_NONE) {
		lt_json_null(json, "headline");
		return;
	}
	lt_json_open_object(json, "headline");
	lt_json_string(json, "kind",
		       headline->kind == FIGURE_TOTAL ? "total"
		       : headline->kind == FIGURE_NET ? "net"
						      : "graded");
	report_label(report, "title", headline->title);
	lt_json_string(json, "unit", headline->unit);
	if (headline->has_full)
		lt_json_decimal(json, "full", headline->full);
	else
		lt_json_null(json, "full");
	lt_json_close(json);
}

static void write_outcome(struct report *report, uint32_t slot)
{
	const struct plan *plan = report->board->plan;
	const struct result *result = report->board->rungs[report->wish.rung].result;
	const struct plan_node *node = plan_node_at(plan, slot);
	const struct value *value = &result->values[slot];
	const bool none = value->state == VALUE_NONE || value->maybe_none;
	struct lt_json *json = report->json;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", node->id);
	lt_json_string(json, "kind",
		       node->decl->op == OP_LADDER ? "grade"
		       : node->truth               ? "truth"
						   : "number");
	report_label(report, "title", &node->title);
	lt_json_string(json, "unit", node->decl->unit);
	report_value(report, "value", value);
	const struct label reason = { result_none_reason(result, slot, LT_ZH),
				      result_none_reason(result, slot, LT_EN) };
	report_label(report, "none", none ? &reason : NULL);
	lt_json_int(json, "open", result_count_open(result, slot));
	lt_json_open_list(json, "needs");
	for (uint32_t input = plan->first_parameter; input < plan->first_constant; input++)
		if (result_is_open(result, slot, input))
			lt_json_string(json, NULL, plan_slot_name(plan, input));
	lt_json_close(json);
	lt_json_string(json, "origin", origin_names[result_origin(result, slot)]);
	lt_json_string(json, "clause", node->decl->clause);
	lt_json_close(json);
}

static void write_balance(struct report *report)
{
	const struct board_balance *balance = &report->board->balance;
	struct lt_json *json = report->json;
	if (!balance->has_balance) {
		lt_json_null(json, "balance");
		return;
	}
	lt_json_open_object(json, "balance");
	lt_json_string(json, "unit", balance->unit);
	report_value(report, "net", &balance->net);
	lt_json_open_list(json, "terms");
	for (unsigned i = 0; i < balance->n_terms; i++) {
		lt_json_open_object(json, NULL);
		report_label(report, "title", balance->terms[i].title);
		lt_json_bool(json, "is_subtracted", balance->terms[i].is_subtracted);
		report_value(report, "value", &balance->terms[i].value);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_close(json);
}

/* What a number rests on that the result is not certain of: its words, and what it is called. */
static void write_basis_entry(struct report *report, const char *entry)
{
	const struct ruleset *ruleset = report->board->ruleset;
	const char *colon = strchr(entry, ':');
	const char *name = colon ? colon + 2 : entry;
	const struct label title = { basis_words(ruleset, entry, LT_ZH, &report->arena),
				     basis_words(ruleset, entry, LT_EN, &report->arena) };
	lt_json_open_object(report->json, NULL);
	lt_json_string(
		report->json, "origin",
		lt_arena_strndup(&report->arena, entry, colon ? (size_t)(colon - entry) : 0));
	lt_json_string(report->json, "name", name);
	report_label(report, "title", &title);
	lt_json_close(report->json);
}

static enum lt_status write_basis(struct report *report)
{
	struct basis basis;
	enum lt_status status = board_basis(report->board, &basis, report->err);
	if (status)
		return status;
	lt_json_string(report->json, "origin", origin_names[basis.origin]);
	lt_json_open_list(report->json, "specimen_because");
	for (unsigned i = 0; i < basis.n_specimen; i++)
		write_basis_entry(report, basis.specimen[i]);
	lt_json_close(report->json);
	lt_json_open_list(report->json, "conditions");
	for (unsigned i = 0; i < basis.n_conditions; i++)
		write_basis_entry(report, basis.conditions[i]);
	lt_json_close(report->json);
	return LT_OK;
}

/* Parameters that nobody has set, whether or not they reached the result. */
static void write_unset(struct report *report)
{
	const struct plan *plan = report->board->plan;
	lt_json_open_list(report->json, "unset");
	for (uint32_t slot = plan->first_parameter; slot < plan->first_constant; slot++) {
		const struct plan_number *number = &plan->numbers[slot - plan->first_parameter];
		if (!number->unset)
			continue;
		lt_json_open_object(report->json, NULL);
		lt_json_string(report->json, "id", number->id);
		report_label(report, "title", &number->parameter->title);
		lt_json_close(report->json);
	}
	lt_json_close(report->json);
}

static enum lt_status write_result(struct report *report)
{
	const struct board *board = report->board;
	write_headline(report);
	lt_json_open_list(report->json, "rungs");
	for (int rung = 0; rung < N_RUNGS; rung++)
		write_rung(report, (enum rung)rung);
	lt_json_close(report->json);
	lt_json_open_list(report->json, "outcomes");
	for (unsigned i = 0; i < board->n_outcomes; i++)
		write_outcome(report, board->outcomes[i]);
	lt_json_close(report->json);
	write_balance(report);
	write_unset(report);
	return write_basis(report);
}

/* ---- the whole ---- */

static void write_head(struct report *report)
{
	const struct report_wish *wish = &report->wish;
	struct lt_json *json = report->json;
	lt_json_string(json, "format", FORMAT);
	lt_json_int(json, "version", FORMAT_VERSION);
	lt_json_string(json, "kind", report_kind_names[wish->kind]);
	lt_json_string(json, "rung", rung_names[wish->rung]);
	lt_json_string(json, "lang", wish->lang == LT_ZH ? "zh" : "en");
	lt_json_string(json, "state", wish->is_final ? "final" : "draft");
	lt_json_bool(json, "without_names", wish->without_names);
	lt_json_string(json, "date", wish->date);
	lt_json_string(json, "owner", wish->owner);
	lt_json_open_object(json, "project");
	lt_json_string(json, "id", project_id(report->session->project));
	lt_json_string(json, "head", report->board->head);
	lt_json_int(json, "depth", project_depth(report->session->project));
	lt_json_close(json);
}

static enum lt_status write_parts(struct report *report)
{
	write_head(report);
	write_assessment(report);
	enum lt_status status = report_read_duties(report);
	if (!status)
		status = write_park(report);
	if (!status)
		status = write_people(report);
	if (status)
		return status;
	write_ruleset(report);
	status = write_result(report);
	if (!status)
		status = report_write_sections(report);
	if (status)
		return status;
	report_write_quantities(report);
	status = report_write_inventory(report);
	if (status)
		return status;
	report_write_plan(report);
	if (report->wish.extent == REPORT_SHEETS)
		return LT_OK;
	report_write_numbers(report);
	status = report_write_evidence(report);
	if (!status)
		status = report_write_form(report, "settings");
	if (!status)
		status = report_write_visit(report);
	if (!status)
		status = report_write_process(report);
	if (!status)
		status = report_write_explanation(report);
	if (!status && report->wish.with_facts)
		status = report_write_facts(report);
	return status;
}

/* Kind and rung where they were not said. */
static enum lt_status decide(struct report *report)
{
	struct report_wish *wish = &report->wish;
	const char *highest;
	if (wish->rung == N_RUNGS && wish->kind == REPORT_SELF)
		wish->rung = RUNG_SELF;
	if (wish->rung == N_RUNGS) {
		enum lt_status status = session_highest_rung(report->session, report->ref->name,
							     &highest, report->err);
		if (status)
			return status;
		wish->rung = rung_find(highest);
	}
	if (wish->kind == N_REPORT_KINDS)
		wish->kind = wish->rung == RUNG_SELF ? REPORT_SELF : REPORT_THIRD;
	return LT_OK;
}

/* A final document is of what was submitted, and is not open again. */
static enum lt_status permit_final(const struct report *report)
{
	const struct board_rung *at = &report->board->rungs[report->wish.rung];
	const struct label *title = &rung_titles[report->wish.rung];
	if (!report->wish.is_final || at->round_state == ROUND_SUBMITTED)
		return LT_OK;
	return lt_err_set(
		report->err, LT_NO, "层级“%s%.0s”还没有提交，只能出草稿；先 lingtan submit",
		"the rung %.0s%s is not submitted, so there is only a draft; lingtan submit first",
		title->zh, title->en);
}

enum lt_status report_write(struct session *session, const struct assessment_ref *ref,
			    const struct report_wish *wish, struct lt_json *json,
			    struct lt_findings *findings, struct lt_err *err)
{
	struct report report = { .session = session,
				 .ref = ref,
				 .wish = *wish,
				 .json = json,
				 .findings = findings,
				 .err = err };
	lt_arena_init(&report.arena, 0);
	enum lt_status status = decide(&report);
	if (!status)
		status = board_open(session, ref, report.wish.rung, findings, &report.board, err);
	if (!status)
		status = permit_final(&report);
	if (!status) {
		lt_json_open_object(json, NULL);
		status = write_parts(&report);
		if (!status)
			lt_json_close(json);
	}
	board_close(report.board);
	lt_arena_release(&report.arena);
	return status;
}
