/*
 * ledger - what one line of the inventory amounts to: activity x factor, in tCO2.
 */
#ifndef LINGTAN_CORE_LEDGER_H
#define LINGTAN_CORE_LEDGER_H

#include "lingtan/base/err.h"
#include "lingtan/core/unit.h"

/**
 * ledger_amount - activity in `unit` times a factor in `factor_unit` ("kgCO2/kWh", "tCO2/t"), in
 * tCO2 or tCO2e. The activity is converted into the factor's own unit by an exact ratio; each
 * multiplication and division rounds once at 12 places. Errors: LT_EDATA (an unknown unit, an
 * activity that the factor is not per, a result too large); *out untouched.
 */
enum lt_status ledger_amount(const struct units *units, struct lt_decimal activity,
			     const char *unit, struct lt_decimal factor, const char *factor_unit,
			     struct lt_decimal *out, struct lt_err *err);

#endif
