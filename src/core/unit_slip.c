#include "lingtan/core/unit_slip.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/base/text.h"

/* ---- spelt almost so ---- */

#define FOLDED 64

static const struct {
	const char *from, *to;
} spellings[] = { { "³", "3" }, { "²", "2" }, { "₂", "2" }, { "₄", "4" }, { "^", "" }, { "·", "" },
		  { " ", "" },  { "\t", "" } };

/* Small letters, ASCII twins, no blanks, plain digits. */
static void fold(const char *text, size_t len, char *out)
{
	char twins[FOLDED];
	size_t n = 0;
	lt_text_fold_twins(text, len, twins, sizeof(twins));
	for (const char *at = twins; *at && n + 4 < FOLDED;) {
		size_t skip = 0;
		for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]) && !skip; i++) {
			const size_t from = strlen(spellings[i].from);
			if (strncmp(at, spellings[i].from, from) != 0)
				continue;
			for (const char *to = spellings[i].to; *to; to++)
				out[n++] = *to;
			skip = from;
		}
		if (!skip) {
			out[n++] = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
			skip = 1;
		}
		at += skip;
	}
	out[n] = '\0';
}

static bool folds_to(const char *name, const char *folded)
{
	char other[FOLDED];
	fold(name, strlen(name), other);
	return strcmp(other, folded) == 0;
}

const struct unit *unit_guess(const struct units *units, const char *text, size_t len)
{
	char folded[FOLDED];
	if (!len || len >= FOLDED)
		return NULL;
	fold(text, len, folded);
	for (unsigned i = 0; i < units->n; i++) {
		const struct unit *unit = &units->at[i];
		bool same = folds_to(unit->id, folded) ||
			    (unit->title.zh && folds_to(unit->title.zh, folded)) ||
			    (unit->title.en && folds_to(unit->title.en, folded));
		for (unsigned a = 0; a < unit->aliases.n && !same; a++)
			same = folds_to(unit->aliases.at[a], folded);
		if (same)
			return unit;
	}
	return NULL;
}

enum lt_status unit_unknown(const struct units *units, const char *unit, struct lt_err *err)
{
	const char *slash = strchr(unit, '/');
	const struct unit *first =
		unit_guess(units, unit, slash ? (size_t)(slash - unit) : strlen(unit));
	const struct unit *per = slash ? unit_guess(units, slash + 1, strlen(slash + 1)) : NULL;
	if (!unit[0])
		return lt_err_set(err, LT_EDATA, "没有填单位", "the unit is missing");
	if (!first || (slash && !per))
		return lt_err_set(err, LT_EDATA, "没有单位“%s”", "there is no unit '%s'", unit);
	return lt_err_set(err, LT_EDATA, "没有单位“%s”；是不是 %s%s%s？",
			  "there is no unit '%s'; is it %s%s%s?", unit, first->id, per ? "/" : "",
			  per ? per->id : "");
}

/* ---- two units that do not go together ---- */

/* What stands between two dimensions. %s: the unit of the activity, then what the factor is per. */
static const struct slip {
	const char *activity, *factor;
	const char *zh, *en;
} slips[] = {
	{ "volume", "gas_volume", "%s 是工况体积，%s 是标准状态体积：先按温度、压力折成标准状态",
	  "%s is volume at working conditions, %s at standard ones: convert by temperature and pressure first" },
	{ "gas_volume", "volume", "%s 是标准状态体积，因子却按工况 %s：因子单位大概应按标准状态写",
	  "%s is volume at standard conditions, the factor is per %s: its unit was probably meant at standard conditions" },
	{ "mass", "gas_volume", "%s 要按密度折成体积（%s），或改用按质量的因子",
	  "%s becomes volume (%s) by density; or take a factor per mass" },
	{ "mass", "volume", "%s 要按密度折成体积（%s），或改用按质量的因子",
	  "%s becomes volume (%s) by density; or take a factor per mass" },
	{ "gas_volume", "mass", "%s 要按密度折成质量（%s），或改用按体积的因子",
	  "%s becomes mass (%s) by density; or take a factor per volume" },
	{ "volume", "mass", "%s 要按密度折成质量（%s），或改用按体积的因子",
	  "%s becomes mass (%s) by density; or take a factor per volume" },
	{ "mass", "energy", "%s 要乘低位发热量才是热量（%s）：在燃料特性里填热值",
	  "%s becomes heat (%s) by its heating value: give it with the fuel's properties" },
	{ "gas_volume", "energy", "%s 要乘低位发热量才是热量（%s）：在燃料特性里填热值",
	  "%s becomes heat (%s) by its heating value: give it with the fuel's properties" },
	{ "energy", "mass", "%s 要除以低位发热量才是燃料量（%s），或改用按热量的因子",
	  "%s divided by the heating value is fuel (%s); or take a factor per energy" },
	{ "energy", "gas_volume", "%s 要除以低位发热量才是燃料量（%s），或改用按热量的因子",
	  "%s divided by the heating value is fuel (%s); or take a factor per energy" },
	{ "power", "energy", "%s 是功率：乘运行小时数才是电量（%s），或者单位漏写了 h",
	  "%s is power: times hours it is energy (%s), or the unit lost its h" },
	{ "standard_coal", "energy", "%s 是标准煤：先除以折标系数，换成实物量（%s）",
	  "%s is standard coal: divide by its coefficient to have the amount itself (%s)" },
	{ "standard_coal", "mass", "%s 是标准煤：先除以折标系数，换成实物量（%s）",
	  "%s is standard coal: divide by its coefficient to have the amount itself (%s)" },
	{ "energy", "standard_coal", "%s 要先乘折标系数才是标准煤（%s）",
	  "%s becomes standard coal (%s) by its coefficient" },
	{ "mass", "co2", "%s 是实物量，这里要的是 %s", "%s is an amount of matter, here %s is asked for" },
	{ "carbon", "co2", "%s 是碳：乘 44/12 才是二氧化碳（%s）", "%s is carbon: times 44/12 it is carbon dioxide (%s)" },
	{ "money", "energy", "%s 是金额：按单价折成电量或热量（%s）", "%s is money: divide by the price to have energy (%s)" },
	{ "money", "mass", "%s 是金额：按单价折成数量（%s）", "%s is money: divide by the price to have the amount (%s)" },
};

enum lt_status unit_mismatch(const struct units *units, const char *unit, const char *factor_unit,
			     struct lt_err *err)
{
	struct unit_ratio of_activity, of_factor;
	const char *slash = strchr(factor_unit, '/'), *per = slash ? slash + 1 : factor_unit;
	lt_err_set(err, LT_EDATA, "活动量单位 %s 与因子单位 %s 不配",
		   "activity unit %s does not go with factor unit %s", unit, factor_unit);
	if (!units_parse(units, unit, &of_activity) || !units_parse(units, factor_unit, &of_factor) ||
	    !of_factor.per)
		return LT_EDATA;
	for (size_t i = 0; i < sizeof(slips) / sizeof(slips[0]); i++) {
		char zh[300] = "；", en[300] = ": ";
		if (strcmp(slips[i].activity, of_activity.dimension) != 0 ||
		    strcmp(slips[i].factor, of_factor.per) != 0)
			continue;
		const size_t used = strlen(zh);
		snprintf(zh + used, sizeof(zh) - used, slips[i].zh, unit, per);
		snprintf(en + 2, sizeof(en) - 2, slips[i].en, unit, per);
		lt_err_suffix(err, zh, en);
		break;
	}
	return LT_EDATA;
}

/* ---- a thousand times too large ---- */

/* The most CO2 that matter allows, in kg per base unit of a dimension: pure carbon burnt; and ten
 * times what the worst fuel gives per MJ. Only slips of a thousand are meant to be caught. */
static const struct {
	const char *per, *most;
} limits[] = { { "mass", "3.7" }, { "energy", "1" }, { "gas_volume", "20" } };

/* The unit of CO2 that is a thousandth of the one in the expression. */
static const char *a_thousandth(const char *factor_unit)
{
	if (strncmp(factor_unit, "tCO2/", 5) == 0)
		return "kgCO2";
	return strncmp(factor_unit, "kgCO2/", 6) == 0 ? "gCO2" : NULL;
}

enum lt_status unit_factor_plausible(const struct units *units, struct lt_decimal factor,
				     const char *text, const char *factor_unit, struct lt_err *err)
{
	struct unit_ratio ratio;
	struct lt_decimal kilograms, most;
	const char *smaller = a_thousandth(factor_unit);
	if (!smaller || !units_parse(units, factor_unit, &ratio) || !ratio.per)
		return LT_OK;
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		if (strcmp(limits[i].per, ratio.per) != 0)
			continue;
		if (!lt_decimal_multiply_divide(factor, ratio.numerator, ratio.denominator,
						&kilograms) ||
		    lt_decimal_parse(limits[i].most, strlen(limits[i].most), &most) != LT_DECIMAL_OK ||
		    lt_decimal_compare(kilograms, most) > 0)
			return lt_err_set(err, LT_EDATA,
					  "因子 %s %s 大得不可能；是不是 %s%s？",
					  "factor %s %s is impossibly large; is it %s%s?", text,
					  factor_unit, smaller, strchr(factor_unit, '/'));
	}
	return LT_OK;
}
