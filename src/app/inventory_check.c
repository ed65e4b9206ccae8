#include "lingtan/app/inventory_check.h"

#include <stdlib.h>
#include <string.h>
#include "field_parts.h"
#include "lingtan/app/accounts.h"

struct reading {
	struct lt_arena *arena;
	struct check_instrument *instruments;
	struct check_meter *meters;
	struct check_calibration *calibrations;
	unsigned n_instruments, cap_instruments, n_meters, cap_meters, n_calibrations,
		cap_calibrations;
	const char *table;
	struct lt_err *err;
};

static enum lt_status read_instrument(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	const bool is_offset = strcmp(reading->table, "offset") == 0;
	if (row_is_removed(row))
		return LT_OK;
	reading->instruments =
		lt_arena_room(reading->arena, reading->instruments, reading->n_instruments,
			      &reading->cap_instruments, sizeof(*reading->instruments));
	if (!reading->instruments)
		return lt_err_memory(reading->err);
	const char *serials = is_offset ? "serials" : "codes";
	reading->instruments[reading->n_instruments++] = (struct check_instrument){
		.table = reading->table,
		.id = row->parts[0],
		.kind = row_text(row, is_offset ? "project" : "kind", 0),
		.from = row_text(row, serials, 0),
		.to = row_text(row, serials, 1),
		.issued = row_text(row, "holder", 1),
		.cancelled_on = row_text(row, "cancelled", 0),
		.cancelled_year = row_text(row, "cancelled", 2),
		.years = is_offset ? row_text(row, "commitment", 1) : "",
		.line = row_text(row, "use", 0),
		.route = row_text(row, "use", 1),
	};
	return LT_OK;
}

static enum lt_status read_meter(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	if (row_is_removed(row))
		return LT_OK;
	reading->meters = lt_arena_room(reading->arena, reading->meters, reading->n_meters,
					&reading->cap_meters, sizeof(*reading->meters));
	if (!reading->meters)
		return lt_err_memory(reading->err);
	reading->meters[reading->n_meters++].id = row->parts[0];
	return LT_OK;
}

static enum lt_status read_calibration(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	if (row_is_removed(row))
		return LT_OK;
	reading->calibrations =
		lt_arena_room(reading->arena, reading->calibrations, reading->n_calibrations,
			      &reading->cap_calibrations, sizeof(*reading->calibrations));
	if (!reading->calibrations)
		return lt_err_memory(reading->err);
	reading->calibrations[reading->n_calibrations++] = (struct check_calibration){
		.meter = row->parts[0], .on = row->parts[1], .until = row_text(row, "result", 0)
	};
	return LT_OK;
}

static enum lt_status read_registers(struct session *session, struct reading *reading,
				     struct lt_err *err)
{
	struct project *project = session->project;
	struct lt_arena *arena = reading->arena;
	reading->table = "offset";
	enum lt_status status =
		project_visit(project, "offset", arena, read_instrument, reading, err);
	reading->table = "green_certificate";
	if (!status)
		status = project_visit(project, "green_certificate", arena, read_instrument,
				       reading, err);
	if (!status)
		status = project_visit(project, "meter", arena, read_meter, reading, err);
	return status ? status
		      : project_visit(project, "calibration", arena, read_calibration, reading,
				      err);
}

/* ---- factors ---- */

static enum lt_status list_factors(struct ledger_check *check, const struct factor_list *list,
				   struct lt_err *err)
{
	size_t n = 0;
	for (unsigned s = 0; s < list->n; s++)
		n += list->sets[s]->n_factors;
	struct check_factor *factors = lt_arena_alloc(check->arena, n + 1, sizeof(*factors));
	if (!factors)
		return lt_err_memory(err);
	for (unsigned s = 0; s < list->n; s++)
		for (unsigned f = 0; f < list->sets[s]->n_factors; f++) {
			const struct factor *factor = &list->sets[s]->factors[f];
			factors[check->n_factors++] = (struct check_factor){ factor->id, factor->value,
									     factor->unit };
		}
	check->factors = factors;
	return LT_OK;
}

static void check_ages(struct ledger_check *check, const struct factor_list *list,
		       const char *province)
{
	static const struct {
		const char *rule;
		struct label text;
	} rules[N_FACTOR_AGES] = {
		[FACTOR_NO_YEAR] = { "factor-no-year", { "外购电的因子没有年份",
							 "the factor of power bought has no year" } },
		[FACTOR_STALE] = { "factor-stale", { "因子不是适用的最近一年",
						     "a later year of the factor applies" } },
		[FACTOR_TOO_NEW] = { "factor-too-new", { "因子年份晚于数据年份",
							 "the factor is of a later year" } },
		[FACTOR_EXPIRED] = { "factor-expired", { "因子在当年已失效",
							 "the factor is not valid in that year" } },
		[FACTOR_ELSEWHERE] = { "factor-elsewhere", { "因子属于别的省份",
							     "the factor is of another province" } },
	};
	for (unsigned i = 0; i < check->ledger->n; i++) {
		const struct ledger_row *row = &check->ledger->rows[i];
		const struct factor *newer = NULL;
		if (!row->is_there || strcmp(row->line.year, check->year) != 0)
			continue;
		const enum factor_age age = factor_age(list, &row->line, province, &newer);
		if (!rules[age].rule)
			continue;
		ledger_found(check, rules[age].rule, LT_WARNING, "line", row->line.id,
			     "%s：%.0s%s%s%s", "%s: %s%.0s%s%s",
			     row->line.name[0] ? row->line.name : row->line.source,
			     rules[age].text.en, rules[age].text.zh, newer ? " " : "",
			     newer ? newer->id : "");
	}
}

/* ---- what the standards make of it ---- */

/* False where the operand of a take is unset, or there is none. */
static bool get_years(const struct plan *plan, const char *operand, struct lt_decimal *out)
{
	if (!operand || operand[0] != '$')
		return operand && lt_decimal_parse(operand, strlen(operand), out) == LT_DECIMAL_OK;
	for (unsigned i = 0; i < plan->n_parameters; i++)
		if (strcmp(plan->numbers[i].id, operand + 1) == 0) {
			*out = plan->numbers[i].value.lo;
			return !plan->numbers[i].unset;
		}
	return false;
}

/* A project of the park's own is held against the longest commitment that any standard asks: with
 * fewer years at least that one passes it over. */
static enum lt_status ask_commitment(struct ledger_check *check, const struct account *account,
				     struct lt_decimal *longest, struct lt_err *err)
{
	const struct assessment *assessment = &account->assessment;
	for (unsigned q = 0; q < assessment->ruleset->n_quantities; q++) {
		const struct derivation *ledger = &assessment->ruleset->quantities[q].ledger;
		for (unsigned t = 0; t < ledger->n_takes; t++) {
			char text[LT_DECIMAL_TEXT];
			struct lt_decimal years;
			if (!get_years(assessment->plan, ledger->takes[t].commitment, &years) ||
			    (check->commitment[0] && lt_decimal_compare(years, *longest) <= 0))
				continue;
			*longest = years;
			lt_decimal_format(years, text);
			check->commitment = lt_arena_printf(check->arena, "%s", text);
			if (!check->commitment)
				return lt_err_memory(err);
		}
	}
	return LT_OK;
}

static void check_entered(struct ledger_check *check, const struct account *account)
{
	const struct assessment *assessment = &account->assessment;
	for (unsigned q = 0; q < assessment->ruleset->n_quantities; q++) {
		const struct balance_figure *figure =
			&assessment->accounting->balance.figures[q];
		const struct quantity *quantity = &assessment->ruleset->quantities[q];
		const struct lt_decimal *entered = assessment->accounting->entered[q];
		char said[LT_DECIMAL_TEXT], given[LT_DECIMAL_TEXT];
		if (figure->state != BALANCE_VALUE || !entered || figure->is_empty ||
		    lt_decimal_compare(*entered, figure->value) == 0 ||
		    (quantity->ledger.at_least && lt_decimal_compare(*entered, figure->value) > 0))
			continue;
		lt_decimal_format(*entered, said);
		lt_decimal_format(figure->value, given);
		ledger_found(check, "entered-differs", LT_ERROR, "quantity", quantity->id,
			     "%s：填报 %s %s，由台账算得 %s（%s）",
			     "%s: %s %s was entered, the ledger gives %s (%s)", quantity->title.zh,
			     said, quantity->unit, given, account->ref->standard);
	}
}

/* The value of "x_year" beside a parameter x; false where there is no such parameter. */
static bool find_year_of(const struct plan *plan, const char *id, const struct plan_number **out)
{
	const size_t len = strlen(id);
	for (unsigned i = 0; i < plan->n_parameters; i++) {
		const char *other = plan->numbers[i].id;
		if (strncmp(other, id, len) == 0 && strcmp(other + len, "_year") == 0) {
			*out = &plan->numbers[i];
			return true;
		}
	}
	return false;
}

/* Whether a figure of the ledger was worked out with the parameter. */
static bool figures_use(const struct assessment *assessment, const char *id)
{
	for (unsigned q = 0; q < assessment->ruleset->n_quantities; q++) {
		const struct balance_figure *figure =
			&assessment->accounting->balance.figures[q];
		for (unsigned p = 0; p < figure->n_parts && figure->state == BALANCE_VALUE; p++) {
			const char *operand = figure->parts[p].take->factor;
			if (operand && operand[0] == '$' && strcmp(operand + 1, id) == 0)
				return true;
		}
	}
	return false;
}

/* Coefficients that differ by year, where they are of another year than the ledger. */
static void check_coefficients(struct ledger_check *check, const struct account *account)
{
	const struct plan *plan = account->assessment.plan;
	for (unsigned i = 0; i < plan->n_parameters; i++) {
		const struct plan_number *number = &plan->numbers[i], *year;
		char said[LT_DECIMAL_TEXT];
		if (number->unset || !find_year_of(plan, number->id, &year) ||
		    !figures_use(&account->assessment, number->id))
			continue;
		if (year->unset) {
			ledger_found(check, "coefficient-no-year", LT_WARNING, "profile", year->id,
				     "%s：%s 没有写年份（%s）",
				     "%s: %s does not say its year (%s)", account->ref->standard,
				     number->id, year->id);
			continue;
		}
		lt_decimal_format(year->value.lo, said);
		if (strcmp(said, check->year) != 0)
			ledger_found(check, "coefficient-year", LT_WARNING, "profile", year->id,
				     "%s：%s 是 %s 年的，台账是 %s 年",
				     "%s: %s is of %s, the ledger of %s", account->ref->standard,
				     number->id, said, check->year);
	}
}

/* Steps below whose first the ledger stays: no threshold is defined there. */
static void check_bands(struct ledger_check *check, const struct account *account)
{
	const struct plan *plan = account->assessment.plan;
	for (unsigned i = 0; i < plan->n_nodes; i++) {
		const struct plan_node *node = &plan->nodes[i];
		if (node->decl->op == OP_STEPS && node->decl->none.zh &&
		    account_rests_on_ledger(account, i) &&
		    account->assessment.result.values[plan->first_node + i].state == VALUE_NONE)
			ledger_found(check, "below-first-band", LT_WARNING, "quantity",
				     plan_slot_name(plan, node->terms[0].slot), "%s：%.0s%s",
				     "%s: %s%.0s", account->ref->standard, node->decl->none.en,
				     node->decl->none.zh);
	}
}

static enum lt_status check_standards(struct session *session, struct ledger_check *check,
				      const char *rung, struct accounts *accounts,
				      struct lt_findings *findings, struct lt_err *err)
{
	struct lt_decimal longest = { 0 };
	/* no assessment of that year, or none that can be scored: the ledger is checked alone */
	enum lt_status status =
		accounts_open_scored(session, check->year, rung, accounts, findings, err);
	for (unsigned i = 0; i < accounts->n && !status; i++)
		status = ask_commitment(check, &accounts->at[i], &longest, err);
	return status;
}

static const char *last_year(struct inventory *inventory)
{
	unsigned n;
	const char **years = inventory_years(inventory, &n);
	return years && n ? years[n - 1] : "";
}

enum lt_status inventory_check(struct session *session, struct inventory *inventory,
			       const char *year, const char *day, struct lt_findings *findings,
			       struct ledger_finding **out, const char **checked,
			       struct lt_err *err)
{
	struct reading reading = { .arena = &inventory->arena, .err = err };
	struct ledger_check check = { .ledger = &inventory->ledger,
				      .year = year ? year : last_year(inventory),
				      .day = day,
				      .commitment = "",
				      .jump_percent = INVENTORY_JUMP_PERCENT,
				      .arena = &inventory->arena };
	struct accounts accounts = { 0 };
	struct factor_list factors;
	struct words location = { 0 };
	*checked = check.year;
	enum lt_status status = read_registers(session, &reading, err);
	if (!status)
		status = factor_sets(session, &inventory->arena, findings, &factors, err);
	if (!status)
		status = list_factors(&check, &factors, err);
	if (!status)
		status = project_get(session->project, "park", "park", "location", &inventory->arena,
				     &location, err);
	if (!status)
		status = check_standards(session, &check, inventory->rung, &accounts, findings, err);
	check.instruments = reading.instruments;
	check.n_instruments = reading.n_instruments;
	check.meters = reading.meters;
	check.n_meters = reading.n_meters;
	check.calibrations = reading.calibrations;
	check.n_calibrations = reading.n_calibrations;
	if (!status)
		status = ledger_check_run(&check, out, err);
	if (!status)
		check_ages(&check, &factors, location.at ? location.at[0] : "");
	for (unsigned i = 0; i < accounts.n && !status; i++)
		if (accounts.at[i].assessment.accounting) {
			check_entered(&check, &accounts.at[i]);
			check_bands(&check, &accounts.at[i]);
			check_coefficients(&check, &accounts.at[i]);
		}
	accounts_close(&accounts);
	return !status && check.no_memory ? lt_err_memory(err) : status;
}
