#include "lingtan/core/ledger.h"

#include <string.h>

static bool is_carbon(const char *dimension)
{
	return strcmp(dimension, "co2") == 0 || strcmp(dimension, "co2e") == 0;
}

enum lt_status ledger_amount(const struct units *units, struct lt_decimal activity,
			     const char *unit, struct lt_decimal factor, const char *factor_unit,
			     struct lt_decimal *out, struct lt_err *err)
{
	struct unit_ratio of_activity, of_factor, tonne;
	if (!units_parse(units, unit, &of_activity))
		return lt_err_set(err, LT_EDATA, "没有单位“%s”", "there is no unit '%s'", unit);
	if (!units_parse(units, factor_unit, &of_factor) || !of_factor.per ||
	    !is_carbon(of_factor.dimension))
		return lt_err_set(err, LT_EDATA, "因子单位“%s”不是每单位活动量的二氧化碳",
				  "factor unit '%s' is not carbon dioxide per activity",
				  factor_unit);
	if (of_activity.per || strcmp(of_activity.dimension, of_factor.per) != 0)
		return lt_err_set(err, LT_EDATA, "活动量单位 %s 与因子单位 %s 不配",
				  "activity unit %s does not go with factor unit %s", unit,
				  factor_unit);
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
