/*
 * unit_slip - what was probably meant where a unit is unknown or two units do not go together.
 *
 * Nothing is converted here: the slip is refused, and the words say what to write instead.
 */
#ifndef LINGTAN_CORE_UNIT_SLIP_H
#define LINGTAN_CORE_UNIT_SLIP_H

#include "lingtan/base/err.h"
#include "lingtan/core/unit.h"

/* LT_EDATA: there is no such unit; names the one that is spelt almost so, where there is one. */
enum lt_status unit_unknown(const struct units *units, const char *unit, struct lt_err *err);

/* The unit whose id, title or alias differs from the text in case, width and blanks alone; NULL where
 * there is none. */
const struct unit *unit_guess(const struct units *units, const char *text, size_t len);

/* LT_EDATA: an activity in `unit` does not go with a factor in `factor_unit`; names the conversion
 * that was probably meant. */
enum lt_status unit_mismatch(const struct units *units, const char *unit, const char *factor_unit,
			     struct lt_err *err);

/**
 * unit_factor_plausible - refuses a factor of CO2 that no matter allows, which is one of a thousand
 * times too large a unit (kg taken for t): more than 44/12 t of CO2 from a tonne of anything, more
 * than 1 kg from a MJ. Errors: LT_EDATA, with the unit that was probably meant.
 */
enum lt_status unit_factor_plausible(const struct units *units, struct lt_decimal factor,
				     const char *text, const char *factor_unit, struct lt_err *err);

#endif
