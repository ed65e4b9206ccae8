/* What one line of the inventory amounts to. */
#include "lingtan/core/ledger.h"

#include <string.h>
#include "lingtan/core/unit_slip.h"

const char *const ledger_kind_names[N_LEDGER_KINDS] = { "emission", "absorption", "offset",
							"memo" };
const char *const ledger_system_names[N_LEDGER_SYSTEMS] = {
	"energy", "building", "production", "transport", "waste", "water", "ecology"
};
const char *const ledger_flow_names[N_LEDGER_FLOWS] = { "purchased", "generated",   "sold",
							"direct",    "certificate", "trade", "used" };
const char *const ledger_carrier_names[N_LEDGER_CARRIERS] = { "power", "heat" };

unsigned ledger_word(const char *const *names, unsigned n, const char *word)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(names[i], word) == 0)
			return i;
	return n;
}

void ledger_line_init(struct ledger_line *line)
{
	/* every member is a text: said once, and none can be forgotten */
	const char *const nothing = "";
	const size_t n = sizeof(*line) / sizeof(nothing);
	for (size_t i = 0; i < n; i++)
		memcpy((char *)line + i * sizeof(nothing), &nothing, sizeof(nothing));
}

const char *ledger_line_name(const struct ledger_line *line)
{
	return line->name[0] ? line->name : line->source[0] ? line->source : line->id;
}

static bool is_carbon(const char *dimension)
{
	return strcmp(dimension, "co2") == 0 || strcmp(dimension, "co2e") == 0;
}

static bool parse(const char *text, struct lt_decimal *out)
{
	return lt_decimal_parse(text, strlen(text), out) == LT_DECIMAL_OK;
}

/* ---- activity x factor ---- */

static enum lt_status check_units(const struct units *units, const char *unit,
				  const char *factor_unit, struct unit_ratio *of_activity,
				  struct unit_ratio *of_factor, struct lt_err *err)
{
	if (!units_parse(units, unit, of_activity))
		return unit_unknown(units, unit, err);
	if (!units_parse(units, factor_unit, of_factor))
		return unit_unknown(units, factor_unit, err);
	if (!of_factor->per || !is_carbon(of_factor->dimension))
		return lt_err_set(err, LT_EDATA, "因子单位“%s”不是每单位活动量的二氧化碳",
				  "factor unit '%s' is not carbon dioxide per activity",
				  factor_unit);
	if (of_activity->per || strcmp(of_activity->dimension, of_factor->per) != 0)
		return unit_mismatch(units, unit, factor_unit, err);
	return LT_OK;
}

enum lt_status ledger_amount(const struct units *units, struct lt_decimal activity,
			     const char *unit, struct lt_decimal factor, const char *factor_unit,
			     struct lt_decimal *out, struct lt_err *err)
{
	struct unit_ratio of_activity, of_factor, tonne;
	enum lt_status status =
		check_units(units, unit, factor_unit, &of_activity, &of_factor, err);
	if (status)
		return status;
	if (!units_parse(units, strcmp(of_factor.dimension, "co2") == 0 ? "tCO2" : "tCO2e", &tonne))
		return lt_err_set(err, LT_EDATA, "单位表缺少 %s", "the unit table lacks %s",
				  "tCO2");
	/* activity x (its unit / the factor's denominator), times factor, times (the factor's
	 * numerator / one tonne) */
	struct lt_decimal amount;
	if (!lt_decimal_multiply_divide(activity, of_activity.numerator, of_factor.denominator,
					&amount) ||
	    !lt_decimal_multiply(amount, factor, &amount) ||
	    !lt_decimal_multiply_divide(amount, of_factor.numerator, tonne.numerator, &amount))
		return lt_err_set(err, LT_EDATA, "排放量过大：%s", "the amount is too large: %s",
				  unit);
	*out = amount;
	return LT_OK;
}

/* ---- fuels ---- */

static enum lt_status fuel_number(const char *text, const char *zh, const char *en,
				  struct lt_decimal *out, struct lt_err *err)
{
	if (parse(text, out) && out->units >= 0)
		return LT_OK;
	return lt_err_set(err, LT_EDATA, "%s“%s”%.0s不是不小于 0 的数",
			  "%.0s'%s' is no %s of 0 or more", zh, text, en);
}

static enum lt_status fuel_unit(const struct units *units, const char *text, const char *dimension,
				const char *zh, const char *en, struct unit_ratio *out,
				struct lt_err *err)
{
	if (!units_parse(units, text, out))
		return unit_unknown(units, text, err);
	if (out->per && strcmp(out->dimension, dimension) == 0)
		return LT_OK;
	return lt_err_set(err, LT_EDATA, "单位“%s”不是%s%.0s", "unit '%s' is %.0sno %s", text, zh, en);
}

enum lt_status ledger_fuel_factor(const struct units *units, const struct ledger_fuel *fuel,
				  struct lt_arena *arena, struct lt_decimal *out,
				  const char **factor_unit, struct lt_err *err)
{
	struct lt_decimal heating, carbon, oxidation, product, up, down;
	struct unit_ratio of_heating, of_carbon;
	enum lt_status status =
		fuel_number(fuel->heating_value, "热值", "heating value", &heating, err);
	if (!status)
		status = fuel_number(fuel->carbon, "单位热值含碳量", "carbon content", &carbon, err);
	if (!status)
		status = fuel_number(fuel->oxidation, "氧化率", "oxidised fraction", &oxidation, err);
	if (!status && lt_decimal_compare(oxidation, lt_decimal_from_int(1)) > 0)
		status = lt_err_set(err, LT_EDATA, "氧化率 %s 大于 1；百分数请写成小数，如 0.98",
				    "oxidised fraction %s is above 1; write per cent as 0.98",
				    fuel->oxidation);
	if (!status)
		status = fuel_unit(units, fuel->heating_unit, "energy", "热值", "heating value",
				   &of_heating, err);
	if (!status)
		status = fuel_unit(units, fuel->carbon_unit, "carbon", "单位热值含碳量",
				   "carbon content", &of_carbon, err);
	if (!status && strcmp(of_carbon.per, "energy") != 0)
		status = unit_mismatch(units, fuel->heating_unit, fuel->carbon_unit, err);
	if (status)
		return status;
	/* 44/12, the units of the two, and kilograms to tonnes as one ratio: rounded once */
	if (!lt_decimal_multiply(heating, carbon, &product) ||
	    !lt_decimal_multiply(product, oxidation, &product) ||
	    !lt_decimal_multiply(of_heating.numerator, of_carbon.numerator, &up) ||
	    !lt_decimal_multiply(up, lt_decimal_from_int(44), &up) ||
	    !lt_decimal_multiply(of_carbon.denominator, lt_decimal_from_int(12000), &down) ||
	    !lt_decimal_multiply_divide(product, up, down, &product))
		return lt_err_set(err, LT_EDATA, "燃料因子过大", "the fuel's factor is too large");
	const char *unit = lt_arena_printf(arena, "tCO2/%s", strchr(fuel->heating_unit, '/') + 1);
	if (!unit)
		return lt_err_memory(err);
	*out = product;
	*factor_unit = unit;
	return LT_OK;
}

/* ---- a line ---- */

static bool has_fuel(const struct ledger_fuel *fuel)
{
	return fuel->heating_value[0] && fuel->carbon[0] && fuel->oxidation[0];
}

bool ledger_line_is_biogenic(const struct ledger_line *line)
{
	return strcmp(line->biogenic, "yes") == 0 &&
	       (!line->gas[0] || strcmp(line->gas, "CO2") == 0);
}

static enum ledger_bucket bucket_of(const struct ledger_line *line, enum ledger_kind kind)
{
	if (kind == LEDGER_MEMO || kind == N_LEDGER_KINDS)
		return LEDGER_ASIDE;
	if (ledger_line_is_biogenic(line))
		return LEDGER_BIOGENIC;
	if (strcmp(line->purpose, "feedstock") == 0)
		return LEDGER_FEEDSTOCK;
	return strcmp(line->purpose, "bunker") == 0 ? LEDGER_BUNKER : LEDGER_IN;
}

static enum ledger_kind kind_of(const struct ledger_line *line)
{
	/* a reading of what was used is no emission: what came in is */
	if (strcmp(line->flow, ledger_flow_names[LEDGER_USED]) == 0)
		return LEDGER_MEMO;
	return line->kind[0] ? ledger_word(ledger_kind_names, N_LEDGER_KINDS, line->kind)
			     : LEDGER_EMISSION;
}

/* The factor that is used; the state where there is none. */
static enum lt_status factor_of(const struct units *units, const struct ledger_line *line,
				struct lt_arena *arena, struct ledger_result *out,
				struct lt_err *err)
{
	out->is_fuel = has_fuel(&line->fuel);
	if (out->is_fuel)
		return ledger_fuel_factor(units, &line->fuel, arena, &out->factor,
					  &out->factor_unit, err);
	if (!line->factor.value[0]) {
		out->state = LEDGER_UNSTATED;
		return LT_OK;
	}
	out->factor_unit = line->factor.unit;
	if (!parse(line->factor.value, &out->factor))
		return lt_err_set(err, LT_EDATA, "因子“%s”不是数", "factor '%s' is not a number",
				  line->factor.value);
	if (out->factor.units < 0)
		return lt_err_set(err, LT_EDATA, "因子 %s 不能为负",
				  "factor %s: it cannot be negative", line->factor.value);
	return unit_factor_plausible(units, out->factor, line->factor.value, out->factor_unit, err);
}

static bool is_co2(const struct units *units, const struct ledger_line *line, const char *unit)
{
	struct unit_ratio of_factor;
	if (line->gas[0])
		return strcmp(line->gas, "CO2") == 0;
	return units_parse(units, unit, &of_factor) && strcmp(of_factor.dimension, "co2") == 0;
}

static enum lt_status too_large(const struct ledger_line *line, struct lt_err *err)
{
	return lt_err_set(err, LT_EDATA, "活动量过大：%s", "the amount is too large: %s",
			  line->amount);
}

static bool energy_of(struct lt_decimal activity, const struct unit_ratio *unit,
		      struct lt_decimal *out)
{
	struct lt_decimal energy;
	if (!lt_decimal_multiply(activity, unit->numerator, &energy) ||
	    lt_decimal_compare(energy, LEDGER_MOST) > 0)
		return false;
	*out = energy;
	return true;
}

static enum lt_status amount_of(const struct units *units, const struct ledger_line *line,
				struct lt_arena *arena, struct ledger_result *out,
				struct lt_err *err)
{
	struct lt_decimal activity;
	struct unit_ratio of_activity;
	if (!line->amount[0]) {
		out->state = LEDGER_OPEN;
		return LT_OK;
	}
	if (!parse(line->amount, &activity))
		return lt_err_set(err, LT_EDATA, "活动量“%s”不是数", "amount '%s' is not a number",
				  line->amount);
	if (activity.units < 0)
		return lt_err_set(
			err, LT_EDATA, "活动量 %s 不能为负；外送填流向 sold",
			"amount %s: it cannot be negative; what is sold has the flow 'sold'",
			line->amount);
	/* a number alone is no amount yet */
	if (!line->unit[0]) {
		out->state = LEDGER_OPEN;
		return LT_OK;
	}
	if (!units_parse(units, line->unit, &of_activity))
		return unit_unknown(units, line->unit, err);
	if (line->flow[0] && !of_activity.per && strcmp(of_activity.dimension, "energy") == 0 &&
	    !energy_of(activity, &of_activity, &out->energy))
		return too_large(line, err);
	/* a memo need not have a factor at all */
	enum lt_status status = factor_of(units, line, arena, out, err);
	if (status || out->state == LEDGER_UNSTATED)
		return status;
	out->is_co2 = is_co2(units, line, out->factor_unit);
	status = ledger_amount(units, activity, line->unit, out->factor, out->factor_unit,
			       &out->tonnes, err);
	if (!status && lt_decimal_compare(out->tonnes, LEDGER_MOST) > 0)
		status = too_large(line, err);
	if (!status && out->is_negative)
		out->tonnes.units = -out->tonnes.units;
	return status;
}

enum lt_status ledger_line_result(const struct units *units, const struct ledger_line *line,
				  struct lt_arena *arena, struct ledger_result *out,
				  struct lt_err *err)
{
	const enum ledger_kind kind = kind_of(line);
	*out = (struct ledger_result){
		.state = LEDGER_COUNTED,
		.kind = kind == N_LEDGER_KINDS ? LEDGER_MEMO : kind,
		.bucket = bucket_of(line, kind),
		.is_co2 = true,
		.is_negative = strcmp(line->flow, "sold") == 0 ||
			       strcmp(line->purpose, "conversion-out") == 0,
		.factor_unit = "",
	};
	enum lt_status status = LT_OK;
	if (kind == N_LEDGER_KINDS)
		status = lt_err_set(err, LT_EDATA,
				    "kind “%s”应为 emission、absorption、offset 或 memo",
				    "kind '%s' should be emission, absorption, offset or memo",
				    line->kind);
	if (!status)
		status = amount_of(units, line, arena, out, err);
	if (status == LT_EDATA)
		out->state = LEDGER_WRONG;
	if (out->state != LEDGER_COUNTED)
		out->tonnes.units = 0;
	return status;
}
