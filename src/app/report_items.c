/* The document of an assessment: sections and items with what each rung says, the evidence, the
 * figures and the inventory behind them. */
#include <string.h>
#include "lingtan/app/evidence.h"
#include "board_parts.h"
#include "report_parts.h"

/* ---- what an item is ---- */

static void write_step(struct report *report, const struct step *step, const struct lt_decimal *points)
{
	struct lt_json *json = report->json;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", step->id);
	lt_json_string(json, "from", step->from);
	lt_json_string(json, "above", step->above);
	if (points)
		lt_json_decimal(json, "points", *points);
	report_label(report, "title", &step->title);
	lt_json_string(json, "origin", origin_names[step->origin]);
	lt_json_close(json);
}

static void write_check(struct report *report, const struct check_point *check,
			struct lt_decimal points)
{
	lt_json_open_object(report->json, NULL);
	lt_json_string(report->json, "id", check->id);
	report_label(report, "title", &check->title);
	lt_json_decimal(report->json, "points", points);
	lt_json_close(report->json);
}

/* What may be answered: tiers, check points, reasons why it does not apply. */
static void write_choices(struct report *report, const struct plan_item *item)
{
	const struct ruleset *ruleset = report->board->ruleset;
	struct lt_json *json = report->json;
	lt_json_open_list(json, "tiers");
	for (unsigned i = 0; i < item->decl->n_tiers; i++)
		write_step(report, &item->decl->tiers[i],
			   item->tier_points ? &item->tier_points[i] : NULL);
	lt_json_close(json);
	lt_json_open_list(json, "checks");
	for (unsigned i = 0; i < item->decl->n_checks; i++)
		write_check(report, &item->decl->checks[i], item->check_points[i]);
	lt_json_close(json);
	lt_json_open_list(json, "na");
	for (unsigned i = 0; i < item->decl->na.n; i++) {
		const struct na_reason *reason =
			ruleset_find_na_reason(ruleset, item->decl->na.at[i]);
		const struct selection *selection = &report->board->plan->selection;
		if (!reason || (reason->stages.n && selection->stage &&
				!words_have(&reason->stages, selection->stage)))
			continue;
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", reason->id);
		report_label(report, "title", &reason->title);
		lt_json_bool(json, "needs_text", reason->needs_text);
		lt_json_close(json);
	}
	lt_json_close(json);
}

static const char *state_name(enum board_state state)
{
	static const char *const names[] = {
		[STATE_OPEN] = "open",	     [STATE_DONE] = "done",
		[STATE_UNPROVEN] = "unproven", [STATE_FAILED] = "failed",
		[STATE_SENT_BACK] = "sent-back", [STATE_NA] = "na",
		[STATE_OUTSIDE] = "outside",
	};
	return names[state];
}

static void write_declaration(struct report *report, const struct board_item *item)
{
	const struct item *decl = item->plan->decl;
	struct lt_json *json = report->json;
	lt_json_string(json, "id", decl->id);
	lt_json_string(json, "clause", decl->clause ? decl->clause : decl->id);
	report_label(report, "title", &decl->title);
	report_label(report, "ask", &decl->ask);
	lt_json_string(json, "kind", item_kind_names[decl->kind]);
	lt_json_string(json, "form", item_form_names[decl->form]);
	lt_json_bool(json, "is_veto", item->is_veto);
	lt_json_bool(json, "is_truth", item->plan->truth);
	if (item->is_scored) {
		lt_json_decimal(json, "maximum", item->plan->points);
		report_write_scale(report, item->plan);
	} else {
		lt_json_null(json, "maximum");
	}
	lt_json_string(json, "quantity", decl->quantity);
	lt_json_string(json, "state",
		       state_name(board_mark(report->board, item->slot)->state));
	report_name(report, "owner", item->owner);
	report_text(report, "due", item->due);
	write_choices(report, item->plan);
}

/* ---- what was answered ---- */

static void write_reason(struct report *report, const struct answer *answer)
{
	const struct na_reason *reason =
		answer->reason ? ruleset_find_na_reason(report->board->ruleset, answer->reason)
			       : NULL;
	lt_json_string(report->json, "na", answer->reason);
	report_label(report, "na_title", reason ? &reason->title : NULL);
	report_text(report, "reason", answer->reason_text);
}

static void write_verdict(struct report *report, const struct item *decl,
			  const struct answer *answer)
{
	static const char *const states[] = {
		[ANSWER_OPEN] = "open",	  [ANSWER_MET] = "met",	      [ANSWER_NOT_MET] = "not-met",
		[ANSWER_POINTS] = "points", [ANSWER_TIER] = "tier",   [ANSWER_CHECKS] = "checks",
		[ANSWER_NA] = "na",
	};
	struct lt_json *json = report->json;
	lt_json_string(json, "verdict", states[answer->state]);
	if (answer->state == ANSWER_POINTS)
		lt_json_decimal(json, "points", answer->points);
	if (answer->state == ANSWER_TIER && answer->tier < decl->n_tiers) {
		lt_json_string(json, "tier", decl->tiers[answer->tier].id);
		report_label(report, "tier_title", &decl->tiers[answer->tier].title);
	}
	if (answer->state == ANSWER_CHECKS) {
		lt_json_open_list(json, "checks");
		for (unsigned i = 0; i < decl->n_checks; i++)
			if (answer->checks >> i & 1)
				lt_json_string(json, NULL, decl->checks[i].id);
		lt_json_close(json);
	}
	if (answer->state == ANSWER_NA)
		write_reason(report, answer);
}

static void write_answer(struct report *report, enum rung rung, const struct item *decl,
			 const struct board_answer *answer)
{
	struct lt_json *json = report->json;
	if (!answer->answer) {
		lt_json_null(json, rung_names[rung]);
		return;
	}
	lt_json_open_object(json, rung_names[rung]);
	write_verdict(report, decl, answer->answer);
	report_value(report, "value", &answer->value);
	report_text(report, "remark", answer->remark);
	report_text(report, "unsupported", answer->unsupported);
	const struct label refused = { answer->refused[LT_ZH], answer->refused[LT_EN] };
	report_label(report, "refused", &refused);
	report_writer(report, "writer", &answer->writer);
	lt_json_close(json);
}

void report_file_name(struct report *report, const char *key, const char *name)
{
	const bool hides = report->wish.without_names && report->wish.bundle;
	report_text(report, key, hides ? NULL : name);
}

static void write_ties(struct report *report, const struct board_detail *detail)
{
	struct lt_json *json = report->json;
	lt_json_open_list(json, "evidence");
	for (unsigned i = 0; i < detail->n_ties; i++) {
		const struct board_tie *tie = &detail->ties[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "sha256", tie->sha256);
		report_file_name(report, "name", tie->name);
		report_text(report, "locator", tie->locator);
		report_text(report, "page", tie->page);
		report_text(report, "table", tie->table);
		report_text(report, "note", tie->note);
		report_text(report, "slot", tie->slot);
		lt_json_bool(json, "is_vague", tie->is_vague);
		report_text(report, "vague_reason", tie->vague_reason);
		lt_json_bool(json, "is_purged", tie->is_purged);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_open_list(json, "slots");
	for (unsigned i = 0; i < detail->n_slots; i++) {
		const struct evidence_slot *slot = detail->slots[i].decl;
		lt_json_open_object(json, NULL);
		lt_json_string(json, "slot", slot->slot);
		report_label(report, "title", &slot->title);
		lt_json_int(json, "n", detail->slots[i].n_ties);
		lt_json_close(json);
	}
	lt_json_close(json);
}

static void write_remarks(struct report *report, const struct board_detail *detail)
{
	struct lt_json *json = report->json;
	lt_json_open_list(json, "remarks");
	for (unsigned i = 0; i < detail->n_remarks; i++) {
		const struct board_remark *remark = &detail->remarks[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", remark->id);
		report_text(report, "reply_to", remark->reply_to);
		report_text(report, "text", remark->text);
		lt_json_string(json, "rung",
			       remark->rung < N_RUNGS ? rung_names[remark->rung] : NULL);
		lt_json_bool(json, "is_settled", remark->is_settled);
		report_name(report, "settled_by", remark->settled_by);
		report_writer(report, "writer", &remark->writer);
		lt_json_close(json);
	}
	lt_json_close(json);
}

/* Figures that measure or inform the item. */
static void write_figures(struct report *report, const struct board_detail *detail)
{
	struct lt_json *json = report->json;
	lt_json_open_list(json, "figures");
	for (unsigned i = 0; i < detail->n_quantities; i++) {
		const struct board_quantity *quantity = &detail->quantities[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", plan_slot_name(report->board->plan, quantity->slot));
		report_label(report, "title", quantity->title);
		lt_json_string(json, "unit", quantity->unit);
		report_value(report, "value", &quantity->value);
		report_text(report, "source", quantity->measure ? quantity->measure->source : NULL);
		lt_json_bool(json, "is_measuring", quantity->is_measuring);
		lt_json_close(json);
	}
	lt_json_close(json);
}

/* What was answered, without asking the journal by whom. */
static void read_answers(const struct board *board, uint32_t item, struct board_detail *detail)
{
	*detail = (struct board_detail){ .item = item };
	for (int rung = 0; rung < N_RUNGS; rung++) {
		const struct board_rung *at = &board->rungs[rung];
		struct board_answer *answer = &detail->answers[rung];
		answer->value = value_na();
		if (!at->is_computed)
			continue;
		answer->answer = &at->answers->items[item];
		answer->value = at->items[item].value;
		answer->remark = answer->answer->remark;
	}
}

static enum lt_status write_item(struct report *report, const struct board_item *item)
{
	struct board_detail detail;
	enum lt_status status = LT_OK;
	if (report->wish.extent == REPORT_SHEETS)
		read_answers(report->board, item->slot, &detail);
	else
		status = board_detail(report->board, item->slot, &detail, report->err);
	if (status)
		return status;
	lt_json_open_object(report->json, NULL);
	write_declaration(report, item);
	lt_json_open_object(report->json, "answers");
	for (int rung = 0; rung < N_RUNGS; rung++)
		write_answer(report, (enum rung)rung, item->plan->decl, &detail.answers[rung]);
	lt_json_close(report->json);
	write_figures(report, &detail);
	write_ties(report, &detail);
	write_remarks(report, &detail);
	lt_json_close(report->json);
	return LT_OK;
}

/* ---- sections ---- */

static void write_section(struct report *report, unsigned number)
{
	const struct board *board = report->board;
	const struct board_section *section = &board->sections[number];
	const struct board_tally *tally = board_tally(board, number);
	struct lt_json *json = report->json;
	lt_json_string(json, "id", section->decl->id);
	report_label(report, "title", &section->decl->title);
	lt_json_int(json, "depth", section->depth);
	lt_json_bool(json, "is_evaluated", section->is_evaluated);
	if (section->has_weight)
		lt_json_decimal(json, "weight", section->weight);
	else
		lt_json_null(json, "weight");
	lt_json_decimal(json, "maximum", section->maximum);
	lt_json_decimal(json, "weighted_maximum", section->weighted);
	report_value(report, "points", &tally->points);
	report_value(report, "weighted", &tally->weighted);
	lt_json_decimal(json, "rate", tally->rate_got);
	lt_json_decimal(json, "rate_possible", tally->rate_possible);
	lt_json_int(json, "items_in_all", tally->must.items);
	lt_json_int(json, "answered", tally->must.answered);
	lt_json_int(json, "not_applicable", tally->must.na);
	lt_json_int(json, "controls", tally->controls);
	lt_json_int(json, "controls_met", tally->controls_met);
	lt_json_open_object(json, "by_rung");
	for (int rung = 0; rung < N_RUNGS; rung++)
		if (board->rungs[rung].is_computed)
			report_value(report, rung_names[rung],
				     &board->rungs[rung].sections[number].points);
	lt_json_close(json);
}

static bool is_wanted(const struct report *report, const struct board_item *item)
{
	const char *owner = report->wish.owner;
	return !owner || (item->owner && strcmp(item->owner, owner) == 0);
}

enum lt_status report_write_sections(struct report *report)
{
	const struct board *board = report->board;
	enum lt_status status = LT_OK;
	bool is_open = false;
	lt_json_open_list(report->json, "sections");
	for (unsigned i = 0; i < board->n_rows && !status; i++) {
		const struct board_row *row = &board->rows[i];
		if (row->is_section) {
			if (is_open) {
				lt_json_close(report->json);
				lt_json_close(report->json);
			}
			is_open = true;
			lt_json_open_object(report->json, NULL);
			write_section(report, row->at);
			lt_json_open_list(report->json, "items");
		} else if (is_wanted(report, &board->items[row->at])) {
			status = write_item(report, &board->items[row->at]);
		}
	}
	if (is_open) {
		lt_json_close(report->json);
		lt_json_close(report->json);
	}
	lt_json_close(report->json);
	return status;
}

/* ---- evidence: every file that is tied, once ---- */

static bool is_tied(const struct report *report, const struct evidence_list *list,
		    const struct evidence_file *file)
{
	for (unsigned i = 0; i < list->n_ties; i++)
		if (strcmp(list->ties[i].sha256, file->sha256) == 0 &&
		    strcmp(list->ties[i].assessment, report->ref->name) == 0)
			return true;
	return false;
}

static void write_bundled(struct report *report, const char *sha256)
{
	for (unsigned i = 0; i < report->wish.n_bundle; i++) {
		const struct report_bundle_entry *entry = &report->wish.bundle[i];
		if (strcmp(entry->sha256, sha256) != 0)
			continue;
		lt_json_string(report->json, "path", entry->path);
		lt_json_string(report->json, "file_sha256", entry->file_sha256);
		report_label(report, "note", &entry->note);
	}
}

static void write_file(struct report *report, const struct evidence_list *list,
		       const struct evidence_file *file)
{
	struct lt_json *json = report->json;
	const bool shows_place = !report->wish.without_names;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "sha256", file->sha256);
	write_bundled(report, file->sha256);
	report_file_name(report, "name", file->name);
	report_text(report, "size", file->size);
	report_text(report, "type", file->type);
	lt_json_bool(json, "is_linked", file->linked);
	report_text(report, "purged", file->purged);
	report_text(report, "kind", file->kind);
	report_text(report, "received", file->received);
	report_text(report, "version_of", file->version_of);
	report_name(report, "sender", file->sender);
	report_text(report, "taken_at", file->taken_at);
	report_text(report, "taken_from", file->taken_from);
	report_text(report, "latitude", shows_place ? file->latitude : NULL);
	report_text(report, "longitude", shows_place ? file->longitude : NULL);
	lt_json_open_list(json, "items");
	for (unsigned i = 0; i < list->n_ties; i++)
		if (strcmp(list->ties[i].sha256, file->sha256) == 0 &&
		    strcmp(list->ties[i].assessment, report->ref->name) == 0)
			lt_json_string(json, NULL, list->ties[i].item);
	lt_json_close(json);
	lt_json_close(json);
}

enum lt_status report_write_evidence(struct report *report)
{
	struct evidence_list list;
	enum lt_status status = evidence_list_read(report->session->project, &report->arena, &list,
						   report->err);
	if (status)
		return status;
	lt_json_open_list(report->json, "evidence");
	for (unsigned i = 0; i < list.n_files; i++)
		if (is_tied(report, &list, &list.files[i]))
			write_file(report, &list, &list.files[i]);
	lt_json_close(report->json);
	return LT_OK;
}

/* ---- figures of the park ---- */

static void write_measure(struct report *report, enum rung rung, unsigned number)
{
	const struct board_rung *at = &report->board->rungs[rung];
	struct lt_json *json = report->json;
	if (!at->is_computed) {
		lt_json_null(json, rung_names[rung]);
		return;
	}
	const struct measure *measure = &at->answers->quantities[number];
	lt_json_open_object(json, rung_names[rung]);
	lt_json_bool(json, "is_own", report->board->private->facts->given[rung] &&
					     report->board->private->facts->given[rung][number]);
	lt_json_string(json, "state",
		       measure->state == MEASURE_VALUE ? "value"
		       : measure->state == MEASURE_NA  ? "na"
						       : "open");
	if (measure->state == MEASURE_VALUE)
		lt_json_decimal(json, "value", measure->value);
	else
		lt_json_null(json, "value");
	report_text(report, "typed", measure->typed);
	report_text(report, "typed_unit", measure->typed_unit);
	report_text(report, "na", measure->reason);
	report_text(report, "reason", measure->reason_text);
	report_text(report, "source", measure->source);
	lt_json_close(json);
}

void report_write_quantities(struct report *report)
{
	const struct plan *plan = report->board->plan;
	struct lt_json *json = report->json;
	lt_json_open_list(json, "quantities");
	for (unsigned i = 0; i < plan->n_quantities; i++) {
		const struct quantity *decl = plan->quantities[i].decl;
		if (!report_is_owed(report, DUTY_QUANTITY, decl->id, report->ref->year))
			continue;
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", decl->id);
		report_label(report, "title", &decl->title);
		lt_json_string(json, "unit", decl->unit);
		lt_json_string(json, "min", decl->min);
		lt_json_string(json, "max", decl->max);
		report_label(report, "formula", &decl->formula);
		lt_json_open_object(json, "rungs");
		for (int rung = 0; rung < N_RUNGS; rung++)
			write_measure(report, (enum rung)rung, i);
		lt_json_close(json);
		lt_json_close(json);
	}
	lt_json_close(json);
}
