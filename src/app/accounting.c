#include "accounting.h"

#include <stdio.h>
#include <string.h>

static const char *text_of(const char *text)
{
	return text ? text : "";
}

/* A line of a sheet as the ledger has it: NULL becomes "", a line without a year has that of the
 * sheet, one that names a fuel's factor is fuel unless it says something else. */
static struct ledger_line accounting_line(const struct sheet *sheet, const struct sheet_line *from,
				   const struct factor *factor)
{
	struct ledger_line line;
	ledger_line_init(&line);
	line.id = text_of(from->id);
	line.year = from->year ? from->year : text_of(sheet->year);
	line.kind = from->kind ? from->kind : ledger_kind_names[LEDGER_EMISSION];
	line.scope = text_of(from->scope);
	line.system = text_of(from->system);
	line.source = text_of(from->source);
	line.amount = text_of(from->activity);
	line.unit = text_of(from->unit);
	line.name = text_of(from->name);
	line.note = text_of(from->note);
	line.boundary = text_of(from->boundary);
	line.factor.id = text_of(from->factor);
	line.factor.value = text_of(from->factor_value ? from->factor_value
				    : factor	       ? factor->value
						       : NULL);
	line.factor.unit = text_of(from->factor_unit ? from->factor_unit
				   : factor	     ? factor->unit
						     : NULL);
	line.factor.cite = text_of(from->factor_cite ? from->factor_cite
				   : factor	     ? factor->cite
						     : NULL);
	line.fuel = (struct ledger_fuel){ text_of(from->heating_value), text_of(from->heating_unit),
					  text_of(from->carbon),	text_of(from->carbon_unit),
					  text_of(from->oxidation),	text_of(from->fuel_cite) };
	for (unsigned m = 0; m < LEDGER_MONTHS; m++)
		line.months[m] = text_of(from->months[m]);
	for (unsigned s = 0; s < 3; s++)
		line.allocation[s] = text_of(from->shares[s]);
	line.place = text_of(from->place);
	line.meter = text_of(from->meter);
	line.gas = text_of(from->gas);
	line.biogenic = text_of(from->biogenic);
	line.quality = text_of(from->quality);
	line.flow = text_of(from->flow);
	line.carrier = text_of(from->carrier);
	line.attributes = text_of(from->attributes);
	line.purpose = from->purpose			  ? from->purpose
		       : factor && factor->lhv && !line.flow[0] ? "fuel"
								: "";
	line.accounts = text_of(from->accounts);
	line.terminal = text_of(from->terminal);
	return line;
}

enum lt_status accounting_open(struct assessment *assessment, struct lt_err *err)
{
	struct accounting *accounting =
		lt_arena_alloc(&assessment->arena, 1, sizeof(*assessment->accounting));
	if (accounting)
		accounting->lines = lt_arena_alloc(&assessment->arena,
						   assessment->sheet->n_inventory + 1,
						   sizeof(*accounting->lines));
	if (accounting)
		accounting->fuels = lt_arena_alloc(&assessment->arena,
						   assessment->sheet->n_inventory + 1,
						   sizeof(const struct ledger_fuel *));
	if (!accounting || !accounting->lines || !accounting->fuels)
		return lt_err_memory(err);
	assessment->accounting = accounting;
	return ledger_init(&accounting->ledger, assessment->units, &assessment->arena, err);
}

/* What stands behind a fuel's factor, for who counts all its carbon as oxidised. */
static enum lt_status take_fuel(struct assessment *assessment, unsigned row,
				const struct factor *factor, struct lt_err *err)
{
	const char *per = factor && factor->lhv && factor->cc && factor->of
				  ? strchr(factor->unit, '/')
				  : NULL;
	if (!per)
		return LT_OK;
	struct ledger_fuel *fuel = lt_arena_alloc(&assessment->arena, 1, sizeof(*fuel));
	const char *unit = lt_arena_printf(&assessment->arena, "GJ%s", per);
	if (!fuel || !unit)
		return lt_err_memory(err);
	*fuel = (struct ledger_fuel){ factor->lhv, unit, factor->cc, "tC/TJ", factor->of,
				      text_of(factor->cite) };
	assessment->accounting->fuels[row] = fuel;
	return LT_OK;
}

enum lt_status accounting_add(struct assessment *assessment, unsigned at,
			      const struct factor *factor, const struct factor *behind,
			      struct lt_err *err)
{
	struct accounting *accounting = assessment->accounting;
	const struct ledger_line line =
		accounting_line(assessment->sheet, &assessment->sheet->inventory[at], factor);
	unsigned row;
	enum lt_status status = ledger_add(&accounting->ledger, &line, &row, err);
	if (status)
		return status;
	accounting->lines[row] = at;
	return take_fuel(assessment, row, behind, err);
}

/* ---- the register of offsets ---- */

static struct balance_offset *offsets_of(struct assessment *assessment)
{
	const struct sheet *sheet = assessment->sheet;
	struct balance_offset *offsets =
		lt_arena_alloc(&assessment->arena, sheet->n_offsets + 1, sizeof(*offsets));
	for (unsigned i = 0; offsets && i < sheet->n_offsets; i++) {
		const struct sheet_offset *from = &sheet->offsets[i];
		offsets[i] = (struct balance_offset){ .line = text_of(from->line),
						      .kind = text_of(from->kind),
						      .commitment = text_of(from->commitment_years),
						      .local = text_of(from->local) };
	}
	return offsets;
}

static const struct lt_decimal **entered_of(struct assessment *assessment)
{
	const unsigned n = assessment->ruleset->n_quantities;
	const struct lt_decimal **entered =
		lt_arena_alloc(&assessment->arena, n + 1, sizeof(const struct lt_decimal *));
	for (unsigned i = 0; entered && i < n; i++)
		if (assessment->answers.quantities[i].state == MEASURE_VALUE) {
			struct lt_decimal *copy = lt_arena_alloc(&assessment->arena, 1, sizeof(*copy));
			if (!copy)
				return NULL;
			*copy = assessment->answers.quantities[i].value;
			entered[i] = copy;
		}
	return entered;
}

/* ---- what the figures come to ---- */

/* At the figure that was entered, where there is one. */
static void tell(const struct assessment *assessment, struct lt_findings *findings,
		 const char *quantity, const char *zh, const char *en, const char *a, const char *b)
{
	const struct sheet *sheet = assessment->sheet;
	char path[64] = "quantities";
	for (unsigned i = 0; i < sheet->n_quantities; i++)
		if (strcmp(sheet->quantities[i].id, quantity) == 0 &&
		    (!sheet->quantities[i].year || !sheet->year ||
		     strcmp(sheet->quantities[i].year, sheet->year) == 0))
			snprintf(path, sizeof(path), "quantities[%u]", i);
	struct lt_finding *finding =
		lt_findings_add(findings, LT_WARNING, "", zh, en, quantity, a, b);
	if (finding)
		yaml_positions_find(&sheet->positions, path, &finding->line, &finding->column);
}

bool accounting_is_in_range(const struct assessment *assessment, unsigned quantity,
			    struct lt_decimal value)
{
	const struct value *range = &assessment->plan->quantities[quantity].range;
	return (range->lo_unbounded || lt_decimal_compare(value, range->lo) >= 0) &&
	       (range->hi_unbounded || lt_decimal_compare(value, range->hi) <= 0);
}

/* Whether anything that is shown depends on the quantity. */
static bool reaches_outcome(const struct plan *plan, unsigned quantity)
{
	const struct plan_dependents *found = &plan->dependents[plan->first_quantity + quantity];
	for (unsigned i = 0; i < found->n; i++)
		if (plan->nodes[found->nodes[i]].decl->publish != PUBLISH_NO)
			return true;
	return false;
}

static void take_figure(struct assessment *assessment, unsigned at, struct lt_findings *findings)
{
	const struct quantity *quantity = &assessment->ruleset->quantities[at];
	const struct balance_figure *figure = &assessment->accounting->balance.figures[at];
	struct measure *measure = &assessment->answers.quantities[at];
	char computed[LT_DECIMAL_TEXT];
	if (figure->state == BALANCE_OPEN && measure->state == MEASURE_OPEN &&
	    !figure->needs && reaches_outcome(assessment->plan, at)) {
		struct lt_finding *finding =
			lt_findings_add(findings, LT_WARNING, "", "%s（%s）未能由台账算出：%s",
					"%s (%s) cannot be computed from the ledger: %s",
					quantity->title.zh, quantity->id, figure->why.zh);
		if (finding)
			finding->text[LT_EN] = lt_arena_printf(
				findings->arena, "%s (%s) cannot be computed from the ledger: %s",
				quantity->title.en, quantity->id, figure->why.en);
		if (finding && !finding->text[LT_EN])
			findings->out_of_memory = true;
	}
	/* a ledger without such lines says less than a figure that was entered */
	if (figure->state != BALANCE_VALUE || measure->state == MEASURE_NA ||
	    (figure->is_empty && measure->state == MEASURE_VALUE))
		return;
	lt_decimal_format(figure->value, computed);
	if (!accounting_is_in_range(assessment, at, figure->value)) {
		tell(assessment, findings, quantity->id, "%s：由台账算得 %s %s，超出所定范围，未采用",
		     "%s: the ledger gives %s %s, outside its range; it is not used", computed,
		     quantity->unit);
		return;
	}
	/* what was entered may rest on more than the ledger shows */
	if (quantity->ledger.at_least && measure->state == MEASURE_VALUE &&
	    lt_decimal_compare(measure->value, figure->value) >= 0)
		return;
	if (measure->state == MEASURE_VALUE && measure->typed &&
	    lt_decimal_compare(measure->value, figure->value) != 0)
		tell(assessment, findings, quantity->id, "%s：填的是 %s，由台账算得 %s，以台账为准",
		     "%s: %s was entered, the ledger gives %s; the ledger counts", measure->typed,
		     computed);
	measure->value = figure->value;
	measure->state = MEASURE_VALUE;
}

/* What the line is multiplied with in this quantity: its own factor, a parameter, or nothing. */
static void name_factor(struct assessment *assessment, const struct balance_part *part,
			const struct ledger_row *row, struct ledger_entry *entry)
{
	const struct take *take = part->take;
	if (take->measure == TAKE_AMOUNT || take->measure == TAKE_OXIDISED) {
		entry->factor_value = row->line.factor.value;
		entry->factor_unit = row->line.factor.unit;
		entry->factor_cite = row->line.factor.cite[0] ? row->line.factor.cite : NULL;
		return;
	}
	const char *operand = take->factor;
	for (unsigned i = 0; operand && operand[0] == '$' && i < assessment->plan->n_parameters;
	     i++) {
		const struct plan_number *number = &assessment->plan->numbers[i];
		if (number->unset || strcmp(number->id, operand + 1) != 0)
			continue;
		char *text = lt_arena_alloc(&assessment->arena, LT_DECIMAL_TEXT, 1);
		if (text)
			lt_decimal_format(number->value.lo, text);
		entry->factor_value = text;
		entry->factor_unit = number->parameter->unit;
		entry->factor_cite = number->cite;
	}
}

/* The lines behind each quantity, for who explains it. */
static enum lt_status list_lines(struct assessment *assessment, struct lt_err *err)
{
	const struct accounting *accounting = assessment->accounting;
	const unsigned n_quantities = assessment->ruleset->n_quantities;
	size_t n = 0;
	for (unsigned q = 0; q < n_quantities; q++)
		n += accounting->balance.figures[q].n_parts;
	assessment->ledger = lt_arena_alloc(&assessment->arena, n + 1, sizeof(*assessment->ledger));
	if (!assessment->ledger)
		return lt_err_memory(err);
	for (unsigned q = 0; q < n_quantities; q++) {
		const struct balance_figure *figure = &accounting->balance.figures[q];
		for (unsigned p = 0; p < figure->n_parts && figure->state == BALANCE_VALUE; p++) {
			const struct balance_part *part = &figure->parts[p];
			const struct ledger_row *row = &accounting->ledger.rows[part->row];
			if (part->take->measure == TAKE_NOTHING || part->is_over)
				continue;
			struct ledger_entry *entry = &assessment->ledger[assessment->n_ledger++];
			*entry = (struct ledger_entry){
				.quantity = q,
				.line = &assessment->sheet->inventory[accounting->lines[part->row]],
				.amount = part->value,
				.unit = figure->part_unit ? figure->part_unit : ""
			};
			name_factor(assessment, part, row, entry);
		}
	}
	return LT_OK;
}

/* Lines of the year that no quantity of the ruleset took or left out on purpose. */
static enum lt_status tell_lost(struct assessment *assessment, struct lt_findings *findings,
				struct lt_err *err)
{
	const struct accounting *accounting = assessment->accounting;
	const struct sheet *sheet = assessment->sheet;
	bool *is_met = lt_arena_alloc(&assessment->arena, accounting->ledger.n + 1, sizeof(bool));
	if (!is_met)
		return lt_err_memory(err);
	for (unsigned q = 0; q < assessment->ruleset->n_quantities; q++)
		for (unsigned p = 0; p < accounting->balance.figures[q].n_parts; p++)
			is_met[accounting->balance.figures[q].parts[p].row] = true;
	for (unsigned row = 0; row < accounting->ledger.n; row++) {
		const struct ledger_line *line = &accounting->ledger.rows[row].line;
		char path[64];
		if (is_met[row] || line->accounts[0] ||
		    strcmp(line->kind, ledger_kind_names[LEDGER_MEMO]) == 0 ||
		    strcmp(line->year, text_of(sheet->year)) != 0)
			continue;
		struct lt_finding *finding = lt_findings_add(
			findings, LT_WARNING, "", "%s 不按此分列排放，这一行未计入",
			"%s has no quantity that this line could enter; it is not counted",
			assessment->ruleset->id);
		snprintf(path, sizeof(path), "inventory[%u]", accounting->lines[row]);
		if (finding)
			yaml_positions_find(&sheet->positions, path, &finding->line,
					    &finding->column);
	}
	return LT_OK;
}

enum lt_status accounting_close(struct assessment *assessment, struct lt_findings *findings,
				struct lt_err *err)
{
	struct accounting *accounting = assessment->accounting;
	const struct balance_offset *offsets = offsets_of(assessment);
	const struct lt_decimal **entered = entered_of(assessment);
	if (!offsets || !entered)
		return lt_err_memory(err);
	accounting->entered = entered;
	const struct balance_input input = { .ledger = &accounting->ledger,
					     .plan = assessment->plan,
					     .year = text_of(assessment->sheet->year),
					     .offsets = offsets,
					     .n_offsets = assessment->sheet->n_offsets,
					     .fuels = accounting->fuels,
					     .entered = entered };
	enum lt_status status =
		balance_compute(&input, &assessment->arena, &accounting->balance, err);
	if (status)
		return status;
	for (unsigned q = 0; q < assessment->ruleset->n_quantities; q++)
		take_figure(assessment, q, findings);
	status = tell_lost(assessment, findings, err);
	return status ? status : list_lines(assessment, err);
}
