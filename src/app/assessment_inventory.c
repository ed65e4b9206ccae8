/* What the inventory of a sheet enters: each line its quantity, or a ledger from which they are
 * computed. */
#include <string.h>
#include "accounting.h"
#include "assessment_parts.h"
#include "counting.h"
#include "lingtan/core/ledger.h"

/* Tonnes of CO2 in the unit that the quantity is measured in. */
static enum lt_status in_unit_of(const struct units *units, const struct quantity *quantity,
				 struct lt_decimal tonnes, struct lt_decimal *out,
				 struct lt_err *err)
{
	struct unit_ratio from, to;
	if (!units_parse(units, quantity->unit, &to) || to.per ||
	    (strcmp(to.dimension, "co2") != 0 && strcmp(to.dimension, "co2e") != 0) ||
	    !units_parse(units, strcmp(to.dimension, "co2") == 0 ? "tCO2" : "tCO2e", &from))
		return lt_err_set(err, LT_EDATA, "%s 的单位 %s 不是二氧化碳的量",
				  "%s is measured in %s, not in carbon dioxide", quantity->id,
				  quantity->unit);
	if (!unit_convert(&from, &to, tonnes, out))
		return lt_err_set(err, LT_EDATA, "%s：合计过大（%s）",
				  "%s: the sum is too large (%s)", quantity->id, quantity->unit);
	return LT_OK;
}

/* Adds an amount to a quantity that the ruleset has and that the sheet did not give as a figure of
 * its own. */
static enum lt_status add_amount(struct assessment *assessment, const struct units *units,
				 const char *id, const struct ledger_entry *line,
				 struct lt_err *err)
{
	const struct quantity *quantity = ruleset_find_quantity(assessment->ruleset, id);
	struct unit_ratio of_factor, of_quantity;
	if (!quantity)
		return LT_OK;
	assessment->ledger_entered = true;
	/* a tonne of CO2 is a tonne of CO2e; the other way round it is another gas */
	if (units_parse(units, line->factor_unit, &of_factor) &&
	    units_parse(units, quantity->unit, &of_quantity) &&
	    strcmp(of_factor.dimension, "co2e") == 0 && strcmp(of_quantity.dimension, "co2e") != 0)
		return lt_err_set(err, LT_EDATA, "%s 只计 CO2（%s），因子 %s 是当量",
				  "%s counts CO2 only (%s); the factor is in %s", id,
				  quantity->unit, line->factor_unit);
	const unsigned at = (unsigned)(quantity - assessment->ruleset->quantities);
	struct measure *measure = &assessment->answers.quantities[at];
	if (measure->typed || measure->state == MEASURE_NA)
		return lt_err_set(
			err, LT_EDATA, "%s 既在 quantities 中给出，又由 inventory 合计；请删去一处",
			"%s is given under quantities and also summed from inventory: take one out",
			id);
	struct lt_decimal amount;
	enum lt_status status = in_unit_of(units, quantity, line->amount, &amount, err);
	if (status)
		return status;
	if (!lt_decimal_add(measure->value, amount, &measure->value))
		return lt_err_set(err, LT_EDATA, "%s：合计过大", "%s: the sum is too large", id);
	measure->state = MEASURE_VALUE;
	assessment->ledger[assessment->n_ledger] = *line;
	assessment->ledger[assessment->n_ledger++].quantity = at;
	return LT_OK;
}

/* The factor of a line: its own, or the one it names. */
static enum lt_status find_line_factor(struct library *library, struct lt_findings *findings,
				       struct ledger_entry *entry, const struct factor **out,
				       struct lt_err *err)
{
	const struct sheet_line *line = entry->line;
	const struct factor *factor = NULL;
	/* a line that carries the value of its factor keeps it, whatever the sets say today */
	enum lt_status status =
		line->factor && !line->factor_value
			? library_find_factor(library, line->factor, findings, &factor, err)
			: LT_OK;
	if (status)
		return status;
	*out = factor;
	entry->factor_value = factor ? factor->value : line->factor_value;
	entry->factor_unit = factor ? factor->unit : line->factor_unit;
	entry->factor_cite = factor ? factor->cite : line->factor_cite;
	if (entry->factor_value)
		return LT_OK;
	return lt_err_set(err, LT_EDATA, "没有排放因子“%s”", "there is no factor '%s'",
			  line->factor);
}

static bool is_ledger_kind(const char *kind)
{
	return strcmp(kind, "emission") == 0 || strcmp(kind, "absorption") == 0 ||
	       strcmp(kind, "offset") == 0;
}

/* A line without an amount, or whose factor was not stated: not zero, so that what it would enter
 * is not known either. Of absorption and offsets only what is known counts. */
static bool is_line_open(const struct sheet_line *line)
{
	return !line->activity || !line->activity[0] || (!line->factor && !line->factor_value);
}

static void leave_open(struct assessment *assessment, const struct sheet_line *line,
		       const char *kind)
{
	assessment->ledger_entered = true;
	for (unsigned i = 0; i < assessment->ruleset->n_quantities; i++) {
		const char *id = assessment->ruleset->quantities[i].id;
		const size_t len = strlen(kind);
		const bool is_scope = line->scope && strncmp(id, kind, len) == 0 &&
				      id[len] == '.' && strcmp(id + len + 1, line->scope) == 0;
		if (strcmp(kind, "emission") == 0 && (strcmp(id, kind) == 0 || is_scope))
			assessment->ledger_open[i] = true;
	}
}

/* Of documents the first pass saw to it; a project may have been written by somebody else. */
static enum lt_status read_number(const char *text, struct lt_decimal *out, struct lt_err *err)
{
	return lt_decimal_parse(text, strlen(text), out) == LT_DECIMAL_OK
		       ? LT_OK
		       : lt_err_set(err, LT_EDATA, "“%s”不是数；写成 12.5 这样",
				    "'%s' is not a number; write it like 12.5", text);
}

/* What the line amounts to; its factor. */
static enum lt_status weigh_line(struct assessment *assessment, struct library *library,
				 struct ledger_entry *entry, const struct factor **factor,
				 struct lt_findings *findings, struct lt_err *err)
{
	const struct sheet_line *line = entry->line;
	const char *kind = line->kind ? line->kind : "emission";
	struct lt_decimal activity, value;
	if (!is_ledger_kind(kind))
		return lt_err_set(err, LT_EDATA,
				  "kind “%s”应为 emission、absorption、offset 或 memo",
				  "kind '%s' should be emission, absorption, offset or memo", kind);
	/* fuel properties stand in the place of a factor; what is not known yet is left open */
	if (line->heating_value || is_line_open(line))
		return LT_OK;
	enum lt_status status = find_line_factor(library, findings, entry, factor, err);
	if (status)
		return status;
	status = read_number(line->activity, &activity, err);
	if (!status)
		status = read_number(entry->factor_value, &value, err);
	if (status)
		return status;
	if (value.units < 0)
		return lt_err_set(err, LT_EDATA, "因子 %s 不能为负",
				  "factor %s: it cannot be negative", entry->factor_value);
	return ledger_amount(assessment->units, activity, line->unit, value, entry->factor_unit,
			     &entry->amount, err);
}

/* The fuel's factor that a line of a conversion names, where its value is still that of the line:
 * its properties tell what all carbon comes to. */
static enum lt_status find_fuel_behind(struct library *library, const struct sheet_line *line,
				       struct lt_findings *findings, const struct factor **behind,
				       struct lt_err *err)
{
	if (*behind || !line->factor || !line->factor_value || !line->purpose ||
	    strncmp(line->purpose, "conversion", strlen("conversion")) != 0)
		return LT_OK;
	enum lt_status status = library_find_factor(library, line->factor, findings, behind, err);
	if (!status && *behind &&
	    (strcmp((*behind)->value, line->factor_value) != 0 || !line->factor_unit ||
	     strcmp((*behind)->unit, line->factor_unit) != 0))
		*behind = NULL;
	return status;
}

static enum lt_status take_line(struct assessment *assessment, struct library *library, unsigned at,
				struct lt_findings *findings, struct lt_err *err)
{
	const struct sheet_line *line = &assessment->sheet->inventory[at];
	const char *kind = line->kind ? line->kind : "emission";
	const bool is_memo = strcmp(kind, "memo") == 0;
	struct ledger_entry entry = { .line = line };
	const struct factor *factor = NULL;
	if (!assessment->accounting &&
	    (is_memo || !assessment_is_year(assessment->sheet, line->year)))
		return LT_OK;
	enum lt_status status =
		is_memo ? LT_OK : weigh_line(assessment, library, &entry, &factor, findings, err);
	if (status)
		return status;
	if (assessment->accounting) {
		const struct factor *behind = factor;
		status = find_fuel_behind(library, line, findings, &behind, err);
		return status ? status : accounting_add(assessment, at, factor, behind, err);
	}
	if (!entry.factor_value) {
		leave_open(assessment, line, kind);
		return LT_OK;
	}
	assessment->ledger_entered = false;
	status = add_amount(assessment, assessment->units, kind, &entry, err);
	if (status || !line->scope)
		return status;
	const char *scoped = lt_arena_printf(&assessment->arena, "%s.%s", kind, line->scope);
	return scoped ? add_amount(assessment, assessment->units, scoped, &entry, err)
		      : lt_err_memory(err);
}

/* A line of the year that found no quantity to enter: the ruleset does not know its kind, or wants
 * its scope. */
static bool is_line_lost(const struct assessment *assessment, const struct sheet_line *line)
{
	return !(line->kind && strcmp(line->kind, "memo") == 0) &&
	       assessment_is_year(assessment->sheet, line->year) && !assessment->ledger_entered;
}

enum lt_status assessment_take_inventory(struct assessment *assessment, struct library *library,
					 const char *path, struct lt_findings *findings,
					 struct lt_err *err)
{
	const unsigned n = assessment->sheet->n_inventory;
	/* a line enters its kind and its kind by scope */
	assessment->ledger =
		lt_arena_alloc(&assessment->arena, 2 * (size_t)n + 1, sizeof(*assessment->ledger));
	assessment->ledger_open = lt_arena_alloc(
		&assessment->arena, assessment->ruleset->n_quantities + 1, sizeof(bool));
	if (!assessment->ledger || !assessment->ledger_open)
		return lt_err_memory(err);
	enum lt_status opened =
		n && balance_is_for(assessment->ruleset) ? accounting_open(assessment, err) : LT_OK;
	if (opened)
		return opened;
	for (unsigned i = 0; i < n; i++) {
		struct lt_err refused = LT_ERR_INIT;
		enum lt_status status = take_line(assessment, library, i, findings, &refused);
		findings->file = path;
		if (!status && !assessment->accounting &&
		    is_line_lost(assessment, &assessment->sheet->inventory[i]))
			assessment_warn(
				assessment, findings, "inventory", i,
				"%s 不按此分列排放，这一行未计入%s%s",
				"%s has no quantity that this line could enter; it is not counted%s%s",
				assessment->ruleset->id, "", "");
		if (status == LT_EDATA)
			assessment_refuse(assessment, findings, "inventory", i, &refused);
		else if (status) {
			*err = refused;
			return status;
		}
	}
	for (unsigned i = 0; i < assessment->ruleset->n_quantities; i++)
		if (assessment->ledger_open[i] && !assessment->answers.quantities[i].typed)
			assessment->answers.quantities[i] =
				(struct measure){ .state = MEASURE_OPEN };
	enum lt_status status =
		assessment->accounting ? accounting_close(assessment, findings, err) : LT_OK;
	return status ? status : counting_take(assessment, library, findings, err);
}
