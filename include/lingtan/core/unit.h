/*
 * unit - units of measure, their dimensions, and exact conversion.
 *
 * Units are data (rulesets/units.yaml). A unit expression is UNIT or UNIT/UNIT ("tCO2/MWh",
 * "1/km2"); two expressions convert into each other when their dimensions agree, by an exact ratio,
 * rounded once to 12 places.
 */
#ifndef LINGTAN_CORE_UNIT_H
#define LINGTAN_CORE_UNIT_H

#include <stdbool.h>
#include "lingtan/base/decimal.h"
#include "lingtan/core/ruleset.h"

struct unit {
	const char *id, *dimension, *base;
	const char *factor_text;  /* units of the base in one of this */
	struct lt_decimal factor; /* parsed by units_prepare */
	struct label title;
	struct words aliases;
};

struct units {
	struct unit *at;
	unsigned n;
};

/* A unit expression taken apart: value_in_base = value x numerator / denominator. */
struct unit_ratio {
	const char *dimension, *per; /* per NULL = no denominator */
	struct lt_decimal numerator, denominator;
};

/* Parses the factors; false, and *bad the first of them, if a factor is not a positive decimal (it
 * is then 0). */
bool units_prepare(struct units *units, const struct unit **bad);

/* By id, alias or Chinese title (千瓦时). */
const struct unit *units_find(const struct units *units, const char *id);

/* Takes an expression apart; false if a part of it is no known unit. */
bool units_parse(const struct units *units, const char *expression, struct unit_ratio *out);

bool unit_ratio_same_dimension(const struct unit_ratio *a, const struct unit_ratio *b);

/* Of one dimension, or a mass of CO2 where equivalents are asked for: a tonne of CO2 is a tonne of
 * CO2e; the other way round it is another gas. */
bool unit_ratio_goes_into(const struct unit_ratio *from, const struct unit_ratio *to);

/* value in `from` expressed in `to`; false on overflow. The dimensions must agree. */
bool unit_convert(const struct unit_ratio *from, const struct unit_ratio *to,
		  struct lt_decimal value, struct lt_decimal *out);

#endif
