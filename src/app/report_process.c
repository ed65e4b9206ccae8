/* The document of an assessment: how it went: findings, rounds, signatures, decisions, what is in
 * the way, what changed after a review; and where its numbers come from. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/finding.h"
#include "lingtan/app/ladder.h"
#include "lingtan/app/round.h"
#include "lingtan/app/ready.h"
#include "lingtan/app/record.h"
#include "lingtan/app/signoff.h"
#include "lingtan/store/blob.h"
#include "report_parts.h"

#define MOST_BLOB_TEXT ((size_t)8 << 20)

/* ---- findings ---- */

static void write_finding(struct report *report, const struct finding_info *finding)
{
	struct lt_json *json = report->json;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "number", finding->number);
	report_text(report, "item", finding->item);
	report_text(report, "place", finding->place);
	lt_json_string(json, "grade", finding_grade_names[finding->grade]);
	report_label(report, "grade_title", &finding_grade_titles[finding->grade]);
	lt_json_string(json, "state", finding_state_names[finding->state]);
	report_label(report, "state_title", &finding_state_titles[finding->state]);
	report_text(report, "fact", finding->fact);
	report_name(report, "fact_by", finding->fact_by);
	report_text(report, "due", finding->due);
	report_name(report, "owner", finding->owner);
	report_text(report, "cause", finding->cause);
	report_text(report, "correction", finding->correction);
	report_text(report, "answer", finding->answer);
	report_name(report, "answer_by", finding->answer_by);
	report_text(report, "objection", finding->objection);
	report_text(report, "ruling", finding->ruling);
	report_text(report, "ruling_text", finding->ruling_text);
	report_text(report, "verification", finding->verification);
	report_text(report, "verification_text", finding->verification_text);
	report_text(report, "verification_on", finding->verification_on);
	report_name(report, "verification_by", finding->verification_by);
	report_text(report, "withdrawn", finding->withdrawn);
	lt_json_open_list(json, "evidence");
	for (unsigned i = 0; i < finding->n_evidence; i++) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "sha256", finding->evidence[i].sha256);
		report_file_name(report, "name", finding->evidence[i].name);
		report_text(report, "locator", finding->evidence[i].locator);
		lt_json_bool(json, "is_closing", finding->evidence[i].is_closing);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_close(json);
}

static enum lt_status write_findings(struct report *report)
{
	const struct finding_filter filter = { .assessment = report->ref->name,
					       .grade = N_FINDING_GRADES,
					       .state = N_FINDING_STATES,
					       .on = report->wish.date };
	struct finding_info *list;
	unsigned n;
	enum lt_status status =
		session_findings(report->session, &filter, &list, &n, report->err);
	if (status)
		return status;
	lt_json_open_list(report->json, "findings");
	for (unsigned i = 0; i < n; i++)
		write_finding(report, &list[i]);
	lt_json_close(report->json);
	return LT_OK;
}

/* ---- rounds, and what changed between the last two ---- */

static void write_round(struct report *report, const struct round_info *round)
{
	struct lt_json *json = report->json;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "rung", round->rung);
	lt_json_int(json, "number", round->number);
	lt_json_string(json, "state", round->state);
	lt_json_string(json, "head", round->head);
	lt_json_string(json, "state_hash", round->state_hash);
	lt_json_bool(json, "holds", round->holds);
	lt_json_open_list(json, "events");
	for (unsigned i = 0; i < round->n_events; i++) {
		const struct round_event *event = &round->events[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "state", event->state);
		report_name(report, "by", event->by);
		lt_json_string(json, "role", event->role);
		lt_json_string(json, "at", event->at);
		report_text(report, "reason", event->reason);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_open_list(json, "asks");
	for (unsigned i = 0; i < round->n_asks; i++) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "item", round->asks[i].item);
		report_text(report, "text", round->asks[i].text);
		report_name(report, "by", round->asks[i].by);
		lt_json_bool(json, "is_changed", round->asks[i].is_changed);
		lt_json_bool(json, "is_answered", round->asks[i].is_answered);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_close(json);
}

/* Members joined as a person reads them; "" for nothing. */
static const char *joined(struct report *report, const struct words *value)
{
	const char *text = "";
	for (unsigned i = 0; value->at && i < value->n && text; i++)
		if (value->at[i][0])
			text = lt_arena_printf(&report->arena, "%s%s%s", text, text[0] ? " " : "",
					       value->at[i]);
	return text;
}

static void write_change(struct report *report, const struct round_change *change)
{
	struct lt_json *json = report->json;
	const struct fact_table *table = vocabulary_find_table(
		report->session->workspace->vocabulary, change->table);
	const struct cell_group *group = fact_table_find_group(table, change->group);
	lt_json_open_object(json, NULL);
	lt_json_string(json, "table", change->table);
	lt_json_string(json, "group", change->group);
	report_label(report, "what", &table->title);
	report_label(report, "part", group ? &group->title : NULL);
	lt_json_string(json, "id", change->id);
	lt_json_string(json, "year", change->year);
	report_text(report, "from", joined(report, &change->from));
	report_text(report, "to", joined(report, &change->to));
	report_name(report, "by", change->by);
	report_text(report, "at", change->at);
	report_text(report, "reason", change->reason);
	lt_json_bool(json, "is_correction", change->is_correction);
	lt_json_close(json);
}

/* Between the last two rounds of the rung. */
static enum lt_status write_changes(struct report *report, const struct round_info *rounds,
				    unsigned n)
{
	const char *rung = rung_names[report->wish.rung];
	struct round_comparison comparison = { 0 };
	unsigned last = 0;
	for (unsigned i = 0; i < n; i++)
		if (strcmp(rounds[i].rung, rung) == 0 && rounds[i].number > last)
			last = rounds[i].number;
	lt_json_open_object(report->json, "changes");
	if (last > 1) {
		enum lt_status status =
			session_compare_rounds(report->session, report->ref, rung, last - 1, last,
					       &comparison, report->findings, report->err);
		if (status)
			return status;
		lt_json_int(report->json, "from", last - 1);
		lt_json_int(report->json, "to", last);
		report_text(report, "low_before", comparison.before.low);
		report_text(report, "high_before", comparison.before.high);
		report_text(report, "grade_before", comparison.before.grade);
		report_text(report, "low_after", comparison.after.low);
		report_text(report, "high_after", comparison.after.high);
		report_text(report, "grade_after", comparison.after.grade);
	}
	lt_json_open_list(report->json, "list");
	for (unsigned i = 0; i < comparison.n; i++)
		write_change(report, &comparison.at[i]);
	lt_json_close(report->json);
	lt_json_close(report->json);
	return LT_OK;
}

static enum lt_status write_rounds(struct report *report)
{
	struct round_info *rounds;
	unsigned n;
	enum lt_status status = session_rounds(report->session, report->ref->name, NULL, &rounds,
					       &n, report->err);
	if (status)
		return status;
	lt_json_open_list(report->json, "rounds");
	for (unsigned i = 0; i < n; i++)
		write_round(report, &rounds[i]);
	lt_json_close(report->json);
	return write_changes(report, rounds, n);
}

/* ---- where the rungs differ ---- */

static void write_side(struct report *report, const char *key, const struct ladder_side *side)
{
	struct lt_json *json = report->json;
	if (!side->is_given) {
		lt_json_null(json, key);
		return;
	}
	lt_json_open_object(json, key);
	report_text(report, "text", side->text);
	report_text(report, "reason", side->reason);
	report_name(report, "by", side->by);
	lt_json_close(json);
}

static void write_difference(struct report *report, const struct ladder_difference *difference)
{
	static const char *const kinds[] = { [LADDER_ITEM] = "item",
					     [LADDER_QUANTITY] = "quantity",
					     [LADDER_LINE] = "line" };
	struct lt_json *json = report->json;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "kind", kinds[difference->kind]);
	lt_json_string(json, "id", difference->id);
	lt_json_string(json, "year", difference->year);
	report_label(report, "title", difference->title);
	write_side(report, "lower", &difference->lower);
	write_side(report, "upper", &difference->upper);
	lt_json_decimal(json, "effect_low", difference->effect_low);
	lt_json_decimal(json, "effect_high", difference->effect_high);
	lt_json_close(json);
}

/* What the rung has otherwise than the one below it: declared against verified. */
static enum lt_status write_differences(struct report *report)
{
	struct ladder_differences differences = { 0 };
	const enum rung upper = report->wish.rung;
	enum rung lower = upper;
	while (lower > RUNG_SELF && (lower == upper || !report->board->rungs[lower].has_answers))
		lower--;
	if (lower < upper && report->board->rungs[lower].has_answers &&
	    report->board->rungs[upper].has_answers) {
		enum lt_status status =
			ladder_compare(report->session, report->ref, lower, upper, &report->arena,
				       &differences, report->findings, report->err);
		if (status)
			return status;
	}
	lt_json_open_object(report->json, "differences");
	lt_json_string(report->json, "lower", lower < upper ? rung_names[lower] : NULL);
	lt_json_string(report->json, "upper", rung_names[upper]);
	lt_json_string(report->json, "unit", differences.figure_unit);
	lt_json_open_list(report->json, "list");
	for (unsigned i = 0; i < differences.n_different; i++)
		if (differences.at[i].is_seen && differences.at[i].lower.is_given)
			write_difference(report, &differences.at[i]);
	lt_json_close(report->json);
	lt_json_close(report->json);
	return LT_OK;
}

/* ---- signatures, decisions, what is in the way ---- */

static enum lt_status write_signatures(struct report *report)
{
	struct lt_json *json = report->json;
	struct sign_step *steps;
	unsigned n;
	enum lt_status status = session_sign_steps(report->session, report->ref, &steps, &n,
						   report->findings, report->err);
	if (status)
		return status;
	lt_json_open_list(json, "signatures");
	for (unsigned i = 0; i < n; i++) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "role", steps[i].role->role);
		report_label(report, "title", &steps[i].role->title);
		lt_json_string(json, "state", sign_state_names[steps[i].state]);
		report_label(report, "state_title", &sign_state_titles[steps[i].state]);
		report_name(report, "by", steps[i].by);
		lt_json_string(json, "at", steps[i].at);
		lt_json_string(json, "head", steps[i].head);
		lt_json_string(json, "state_hash", steps[i].state_hash);
		lt_json_close(json);
	}
	lt_json_close(json);
	return LT_OK;
}

static enum lt_status write_decisions(struct report *report)
{
	struct lt_json *json = report->json;
	struct decision_info *list;
	const struct form *form;
	unsigned n;
	enum lt_status status =
		session_decisions(report->session, report->ref, &list, &n, report->err);
	if (!status)
		status = record_form(report->session->workspace, "decision", report->findings,
				     &form, report->err);
	if (status)
		return status;
	lt_json_open_list(json, "decisions");
	for (unsigned i = 0; i < n; i++) {
		const struct form_choice *outcome =
			form_find_choice(form, "outcome", list[i].outcome);
		lt_json_open_object(json, NULL);
		lt_json_int(json, "number", list[i].number);
		lt_json_string(json, "outcome", list[i].outcome);
		report_label(report, "outcome_title", outcome ? &outcome->title : NULL);
		report_text(report, "reason", list[i].reason);
		report_text(report, "conditions", list[i].conditions);
		report_name(report, "by", list[i].by);
		lt_json_string(json, "at", list[i].at);
		lt_json_bool(json, "holds", list[i].holds);
		lt_json_close(json);
	}
	lt_json_close(json);
	return LT_OK;
}

/* What blocks it; warnings and notes are for those at work. */
static enum lt_status write_readiness(struct report *report)
{
	struct lt_json *json = report->json;
	struct ready ready;
	enum lt_status status = session_ready(report->session, report->ref, report->wish.date, &ready,
					      report->findings, report->err);
	if (status)
		return status;
	lt_json_open_list(json, "blockers");
	for (unsigned i = 0; i < ready.n_findings; i++) {
		const struct ready_finding *at = &ready.findings[i];
		const struct label text = { at->text[LT_ZH], at->text[LT_EN] };
		if (at->check->severity != READY_ERROR)
			continue;
		lt_json_open_object(json, NULL);
		lt_json_string(json, "kind", at->check->check);
		lt_json_string(json, "what", at->what);
		report_label(report, "text", &text);
		lt_json_close(json);
	}
	lt_json_close(json);
	return LT_OK;
}

enum lt_status report_write_process(struct report *report)
{
	enum lt_status status = write_findings(report);
	if (!status)
		status = write_rounds(report);
	if (!status)
		status = write_differences(report);
	if (!status)
		status = write_signatures(report);
	if (!status)
		status = write_decisions(report);
	return status ? status : write_readiness(report);
}

/* ---- where numbers come from ---- */

struct explaining {
	struct report *report;
	bool *is_told; /* [n_slots]: its lines stand somewhere above already */
};

static enum lt_status write_explained(struct explaining *explaining,
				      const struct board_explained *line)
{
	struct report *report = explaining->report;
	struct board *board = report->board;
	struct lt_json *json = report->json;
	struct board_explained *below = NULL;
	unsigned n = 0;
	const bool again = line->slot != NO_SLOT && explaining->is_told[line->slot];
	lt_json_open_object(json, NULL);
	report_text(report, "id", line->id);
	report_label(report, "title", line->title);
	report_value(report, "value", &line->value);
	lt_json_bool(json, "is_truth", line->is_truth);
	report_label(report, "result", line->result);
	lt_json_string(json, "unit", line->unit);
	lt_json_bool(json, "counts", line->counts);
	const struct label operation = { line->operation[LT_ZH], line->operation[LT_EN] };
	const struct label formula = { line->formula[LT_ZH], line->formula[LT_EN] };
	report_label(report, "operation", &operation);
	report_label(report, "formula", &formula);
	lt_json_string(json, "clause", line->clause);
	lt_json_string(json, "cite", line->cite);
	lt_json_string(json, "origin", origin_names[line->origin]);
	report_text(report, "source", line->source);
	enum lt_status status = LT_OK;
	if (!again && line->n_below)
		status = board_explain_below(board, line, &report->arena, &below, &n, report->err);
	if (line->slot != NO_SLOT && line->n_below)
		explaining->is_told[line->slot] = true;
	lt_json_bool(json, "again", again && line->n_below);
	lt_json_open_list(json, "below");
	for (unsigned i = 0; i < n && !status; i++)
		status = write_explained(explaining, &below[i]);
	lt_json_close(json);
	lt_json_close(json);
	return status;
}

enum lt_status report_write_explanation(struct report *report)
{
	struct board *board = report->board;
	struct explaining explaining = {
		.report = report,
		.is_told = lt_arena_alloc(&report->arena, board->plan->n_slots + 1, sizeof(bool)),
	};
	enum lt_status status = explaining.is_told ? LT_OK : lt_err_memory(report->err);
	lt_json_open_list(report->json, "explanation");
	for (unsigned i = 0; i < board->n_outcomes && !status; i++) {
		struct board_explained line;
		status = board_explain(board, board->outcomes[i], &report->arena, &line,
				       report->err);
		/* what is a part of an outcome before it stands there */
		if (!status && !explaining.is_told[board->outcomes[i]])
			status = write_explained(&explaining, &line);
	}
	lt_json_close(report->json);
	return status;
}

/* ---- every fact, to make the project again ---- */

static enum lt_status write_row(void *context, const struct fact_row *row)
{
	struct report *report = context;
	struct lt_json *json = report->json;
	bool any = false;
	for (unsigned g = 0; g < row->table->n_groups; g++)
		any |= row->values[g].at != NULL;
	if (!any)
		return LT_OK;
	lt_json_open_object(json, NULL);
	lt_json_open_list(json, "key");
	for (unsigned i = 0; i < row->table->key.n; i++)
		lt_json_string(json, NULL, row->parts[i]);
	lt_json_close(json);
	lt_json_open_object(json, "groups");
	for (unsigned g = 0; g < row->table->n_groups; g++) {
		const struct words *value = &row->values[g];
		if (!value->at)
			continue;
		lt_json_open_list(json, row->table->groups[g].group);
		for (unsigned i = 0; i < value->n; i++)
			lt_json_string(json, NULL, value->at[i]);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_close(json);
	return LT_OK;
}

/* Bytes that a cell names: of what is text. Those of evidence are another export. */
struct named_texts {
	struct report *report;
	const char **seen;
	unsigned n, cap;
};

static enum lt_status write_blob(struct named_texts *texts, const char *sha256)
{
	struct report *report = texts->report;
	const char *text;
	size_t len;
	for (unsigned i = 0; i < texts->n; i++)
		if (strcmp(texts->seen[i], sha256) == 0)
			return LT_OK;
	enum lt_status status = blob_get_text(report->session->project, sha256, MOST_BLOB_TEXT,
					      &report->arena, &text, &len, report->err);
	if (status)
		return status;
	texts->seen = lt_arena_room(&report->arena, texts->seen, texts->n, &texts->cap,
				    sizeof(*texts->seen));
	if (!texts->seen)
		return lt_err_memory(report->err);
	texts->seen[texts->n] = lt_arena_strndup(&report->arena, sha256, strlen(sha256));
	if (!texts->seen[texts->n++])
		return lt_err_memory(report->err);
	lt_json_open_object(report->json, NULL);
	lt_json_string(report->json, "sha256", sha256);
	lt_json_string(report->json, "text", text);
	lt_json_close(report->json);
	return LT_OK;
}

static enum lt_status write_texts_of(void *context, const struct fact_row *row)
{
	struct named_texts *texts = context;
	enum lt_status status = LT_OK;
	for (unsigned g = 0; g < row->table->n_groups && !status; g++) {
		const struct cell_group *group = &row->table->groups[g];
		for (unsigned i = 0; i < group->blobs.n && row->values[g].at && !status; i++) {
			const int member = cell_group_find_member(group, group->blobs.at[i]);
			if (row->values[g].at[member][0])
				status = write_blob(texts, row->values[g].at[member]);
		}
	}
	return status;
}

enum lt_status report_write_facts(struct report *report)
{
	static const char *const of_texts[] = { "ruleset", "profile", "factor_set" };
	const struct vocabulary *vocabulary = report->session->workspace->vocabulary;
	struct project *project = report->session->project;
	struct named_texts texts = { .report = report };
	enum lt_status status = LT_OK;
	lt_json_open_object(report->json, "facts");
	for (unsigned t = 0; t < vocabulary->n_tables && !status; t++) {
		lt_json_open_list(report->json, vocabulary->tables[t].table);
		status = project_visit(project, vocabulary->tables[t].table, NULL, write_row,
				       report, report->err);
		lt_json_close(report->json);
	}
	lt_json_close(report->json);
	lt_json_open_list(report->json, "texts");
	for (size_t i = 0; i < sizeof(of_texts) / sizeof(of_texts[0]) && !status; i++)
		status = project_visit(project, of_texts[i], NULL, write_texts_of, &texts,
				       report->err);
	lt_json_close(report->json);
	return status;
}
