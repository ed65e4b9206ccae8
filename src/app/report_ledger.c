/* The document of an assessment: the inventory line by line, what the registers behind it hold, what
 * was declared beside what was verified. */
#include <stddef.h>
#include <string.h>
#include "board_parts.h"
#include "lingtan/app/inventory.h"
#include "lingtan/app/record.h"
#include "lingtan/base/text.h"
#include "report_parts.h"

/* ---- what one owner owes ---- */

enum lt_status report_read_duties(struct report *report)
{
	const struct duty_filter filter = { .assessment = report->ref->name,
					    .owner = report->wish.owner,
					    .with_done = true };
	struct duty_info *list = NULL;
	unsigned n = 0;
	if (!report->wish.owner)
		return LT_OK;
	const enum lt_status status = session_duties(report->session, &filter, &list, &n,
						     report->findings, report->err);
	report->duties = list;
	report->n_duties = n;
	if (!status && !n)
		return lt_err_set(report->err, LT_EDATA,
				  "没有什么交给“%.*s”；谁负责什么见 lingtan owes --all",
				  "nothing is assigned to '%.*s'; lingtan owes --all says who owes what",
				  LT_CUT(report->wish.owner, 60));
	return status;
}

bool report_is_owed(const struct report *report, enum duty_kind kind, const char *id,
		    const char *year)
{
	if (!report->wish.owner)
		return true;
	for (unsigned i = 0; i < report->n_duties; i++) {
		const struct duty_info *duty = &report->duties[i];
		if (duty->kind == kind && strcmp(duty->id, id) == 0 &&
		    (!year || !duty->year[0] || strcmp(duty->year, year) == 0))
			return true;
	}
	return false;
}

/* ---- lines ---- */

/* How the line entered the result: its factor as it was resolved, and what it comes to. */
static const struct ledger_entry *find_entry(const struct assessment *assessment,
					     const struct sheet_line *line)
{
	for (unsigned i = 0; i < assessment->n_ledger; i++) {
		const struct ledger_entry *entry = &assessment->ledger[i];
		/* what it comes to in tonnes, not the energy that another quantity takes of it */
		if (entry->line == line &&
		    (!entry->unit || strncmp(entry->unit, "tCO2", strlen("tCO2")) == 0))
			return entry;
	}
	return NULL;
}

/* Members that few lines have: written where they say something. */
static const struct {
	const char *key;
	size_t at;
} members[] = {
	{ "place", offsetof(struct sheet_line, place) },
	{ "meter", offsetof(struct sheet_line, meter) },
	{ "quality", offsetof(struct sheet_line, quality) },
	{ "purpose", offsetof(struct sheet_line, purpose) },
	{ "flow", offsetof(struct sheet_line, flow) },
	{ "carrier", offsetof(struct sheet_line, carrier) },
	{ "attributes", offsetof(struct sheet_line, attributes) },
	{ "gas", offsetof(struct sheet_line, gas) },
	{ "biogenic", offsetof(struct sheet_line, biogenic) },
	{ "accounts", offsetof(struct sheet_line, accounts) },
	{ "terminal", offsetof(struct sheet_line, terminal) },
	{ "boundary", offsetof(struct sheet_line, boundary) },
	{ "heating_value", offsetof(struct sheet_line, heating_value) },
	{ "heating_unit", offsetof(struct sheet_line, heating_unit) },
	{ "carbon", offsetof(struct sheet_line, carbon) },
	{ "carbon_unit", offsetof(struct sheet_line, carbon_unit) },
	{ "oxidation", offsetof(struct sheet_line, oxidation) },
	{ "fuel_cite", offsetof(struct sheet_line, fuel_cite) },
	{ "scope_1", offsetof(struct sheet_line, shares[0]) },
	{ "scope_2", offsetof(struct sheet_line, shares[1]) },
	{ "scope_3", offsetof(struct sheet_line, shares[2]) },
	{ "m01", offsetof(struct sheet_line, months[0]) },
	{ "m02", offsetof(struct sheet_line, months[1]) },
	{ "m03", offsetof(struct sheet_line, months[2]) },
	{ "m04", offsetof(struct sheet_line, months[3]) },
	{ "m05", offsetof(struct sheet_line, months[4]) },
	{ "m06", offsetof(struct sheet_line, months[5]) },
	{ "m07", offsetof(struct sheet_line, months[6]) },
	{ "m08", offsetof(struct sheet_line, months[7]) },
	{ "m09", offsetof(struct sheet_line, months[8]) },
	{ "m10", offsetof(struct sheet_line, months[9]) },
	{ "m11", offsetof(struct sheet_line, months[10]) },
	{ "m12", offsetof(struct sheet_line, months[11]) },
};

static void write_members(struct report *report, const struct sheet_line *line)
{
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		const char *text;
		memcpy(&text, (const char *)line + members[i].at, sizeof(text));
		if (text && text[0])
			lt_json_string(report->json, members[i].key, text);
	}
}

/* What the inventory of this rung says beside: who claims what, how sure it is. */
static void write_claim(struct report *report, const struct inventory *inventory, const char *id)
{
	const unsigned at = inventory ? ledger_find(&inventory->ledger, id) : 0;
	if (!inventory || at >= inventory->ledger.n)
		return;
	const struct ledger_line *line = &inventory->ledger.rows[at].line;
	const struct inventory_claim *claim = &inventory->claims[at];
	if (line->grade[0])
		lt_json_string(report->json, "grade", line->grade);
	if (line->uncertainty[0])
		lt_json_string(report->json, "uncertainty", line->uncertainty);
	if (!claim->rung)
		return;
	report_text(report, "declared", claim->declared);
	report_text(report, "declared_unit", claim->declared_unit);
	report_text(report, "claim_reason", claim->reason);
}

static void write_line(struct report *report, const struct assessment *assessment,
		       const struct inventory *inventory, const struct sheet_line *line)
{
	const struct ledger_entry *entry = find_entry(assessment, line);
	const struct plan *plan = report->board->plan;
	struct lt_json *json = report->json;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", line->id);
	lt_json_string(json, "year", line->year);
	lt_json_string(json, "kind", line->kind);
	report_text(report, "scope", line->scope);
	report_text(report, "system", line->system);
	report_text(report, "source", line->source);
	report_text(report, "name", line->name);
	lt_json_string(json, "activity", line->activity);
	lt_json_string(json, "unit", line->unit);
	report_text(report, "factor", line->factor);
	/* as it was entered: a green kilowatt-hour of no emission counts with the grid's by location */
	report_text(report, "own_value", line->factor ? NULL : line->factor_value);
	report_text(report, "own_unit", line->factor ? NULL : line->factor_unit);
	report_text(report, "factor_value", entry ? entry->factor_value : line->factor_value);
	report_text(report, "factor_unit", entry ? entry->factor_unit : line->factor_unit);
	report_text(report, "factor_cite",
		    entry && entry->factor_cite ? entry->factor_cite : line->factor_cite);
	report_text(report, "note", line->note);
	if (entry)
		lt_json_decimal(json, "amount", entry->amount);
	else
		lt_json_null(json, "amount");
	lt_json_string(json, "quantity",
		       entry ? plan_slot_name(plan, plan->first_quantity + entry->quantity) : NULL);
	write_members(report, line);
	write_claim(report, inventory, line->id);
	lt_json_close(json);
}

static void write_lines(struct report *report, const struct inventory *inventory)
{
	const struct assessment *assessment =
		&report->board->private->assessments[report->wish.rung];
	const struct sheet *sheet = assessment->sheet;
	lt_json_open_list(report->json, "inventory");
	for (unsigned i = 0; sheet && i < sheet->n_inventory; i++)
		if (report_is_owed(report, DUTY_LINE, sheet->inventory[i].id, NULL))
			write_line(report, assessment, inventory, &sheet->inventory[i]);
	lt_json_close(report->json);
}

/* ---- the factors that they name ---- */

static bool is_named_before(const struct sheet *sheet, unsigned at)
{
	for (unsigned i = 0; i < at; i++)
		if (sheet->inventory[i].factor &&
		    strcmp(sheet->inventory[i].factor, sheet->inventory[at].factor) == 0)
			return true;
	return false;
}

static void write_factor(struct report *report, const struct factor_list *list, const char *id)
{
	unsigned set;
	const struct factor *factor = factor_list_find(list, id, &set);
	if (!factor)
		return;
	lt_json_open_object(report->json, NULL);
	lt_json_string(report->json, "id", id);
	report_label(report, "title", &factor->title);
	report_text(report, "cite", factor->cite);
	lt_json_string(report->json, "set", list->sets[set]->id);
	report_label(report, "set_title", &list->sets[set]->title);
	report_label(report, "set_source", &list->sets[set]->source);
	lt_json_string(report->json, "origin", origin_names[factor->origin]);
	lt_json_close(report->json);
}

/* What each is called and what its set says of its documents: a line says only "N12". */
static enum lt_status write_factors(struct report *report)
{
	const struct sheet *sheet = report->board->private->assessments[report->wish.rung].sheet;
	struct factor_list list;
	enum lt_status status = factor_sets(report->session, &report->arena, report->findings,
					    &list, report->err);
	if (status)
		return status;
	lt_json_open_list(report->json, "factors");
	for (unsigned i = 0; sheet && i < sheet->n_inventory; i++)
		if (sheet->inventory[i].factor && !is_named_before(sheet, i))
			write_factor(report, &list, sheet->inventory[i].factor);
	lt_json_close(report->json);
	return LT_OK;
}

/* ---- registers ---- */

static enum lt_status write_registers(struct report *report)
{
	static const char *const forms[] = { "offset", "greencert", "meter", "calibration" };
	enum lt_status status = LT_OK;
	lt_json_open_object(report->json, "registers");
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]) && !status; i++)
		status = report_write_form(report, forms[i]);
	lt_json_close(report->json);
	return status;
}

/* ---- declared and verified ---- */

static void write_compared(struct report *report, const struct inventory *verified,
			   const struct conclusion_row *row, bool is_line)
{
	struct lt_json *json = report->json;
	const struct ledger_line *line = is_line ? &verified->ledger.rows[row->row].line : NULL;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "what", row->what);
	if (line)
		report_text(report, "name", line->name[0] ? line->name : line->source);
	if (row->has_declared)
		lt_json_decimal(json, "declared", row->declared);
	if (row->has_verified)
		lt_json_decimal(json, "verified", row->verified);
	if (row->has_difference)
		lt_json_decimal(json, "difference", row->difference);
	if (row->has_share)
		lt_json_decimal(json, "share", row->share);
	lt_json_bool(json, "is_material", row->is_material);
	if (line)
		report_text(report, "reason", verified->claims[row->row].reason);
	lt_json_close(json);
}

static enum lt_status write_conclusion(struct report *report, struct inventory *verified)
{
	struct inventory declared = { 0 };
	struct conclusion conclusion;
	struct lt_json *json = report->json;
	enum lt_status status = inventory_open(report->session, rung_names[RUNG_SELF], &declared,
					       report->findings, report->err);
	if (!status)
		status = inventory_conclude(report->session, &declared, verified,
					    report->ref->year, &conclusion, report->err);
	if (!status) {
		lt_json_open_object(json, "conclusion");
		report_text(report, "limit", conclusion.limit);
		report_text(report, "uncertainty", conclusion.uncertainty);
		lt_json_open_list(json, "totals");
		for (unsigned i = 0; i < conclusion.n_totals; i++)
			write_compared(report, verified, &conclusion.totals[i], false);
		lt_json_close(json);
		lt_json_open_list(json, "lines");
		for (unsigned i = 0; i < conclusion.n_lines; i++)
			write_compared(report, verified, &conclusion.lines[i], true);
		lt_json_close(json);
		lt_json_close(json);
	}
	inventory_close(&declared);
	return status;
}

/* Of the conclusion, what stands below the lines of a workbook. */
static enum lt_status write_uncertainty(struct report *report)
{
	bool is_shown;
	const char *note;
	enum lt_status status = inventory_uncertainty(report->session, &report->session->arena,
						      &is_shown, &note, report->err);
	if (status)
		return status;
	lt_json_open_object(report->json, "conclusion");
	report_text(report, "uncertainty", note);
	lt_json_close(report->json);
	return LT_OK;
}

/* What the choices of a line are called, for sheets that people fill in: what is in the form is what
 * an import reads. */
static enum lt_status write_words(struct report *report)
{
	const struct form *form;
	struct lt_json *json = report->json;
	enum lt_status status = record_form(report->session->workspace, "line", report->findings,
					    &form, report->err);
	if (status)
		return status;
	lt_json_open_object(json, "line_words");
	for (unsigned f = 0; f < form->n_fields; f++) {
		const struct form_field *field = &form->fields[f];
		lt_json_open_list(json, field->id);
		for (unsigned c = 0; c < field->n_choices; c++) {
			lt_json_open_object(json, NULL);
			lt_json_string(json, "id", field->choices[c].id);
			report_label(report, "title", &field->choices[c].title);
			lt_json_close(json);
		}
		lt_json_close(json);
	}
	lt_json_close(json);
	return LT_OK;
}

enum lt_status report_write_inventory(struct report *report)
{
	struct inventory inventory = { 0 };
	if (report->wish.extent == REPORT_SHEETS) {
		const enum lt_status written = write_words(report);
		if (written)
			return written;
		write_lines(report, NULL);
		return report->wish.rung == RUNG_SELF ? LT_OK : write_uncertainty(report);
	}
	enum lt_status status = inventory_open(report->session, rung_names[report->wish.rung],
					       &inventory, report->findings, report->err);
	if (!status) {
		write_lines(report, &inventory);
		status = write_factors(report);
	}
	if (!status)
		status = write_registers(report);
	if (!status && report->wish.rung != RUNG_SELF && inventory.ledger.n)
		status = write_conclusion(report, &inventory);
	inventory_close(&inventory);
	return status;
}
