/* sparkline - values over years as a row of upright bars, one column a year. */
#ifndef LINGTAN_TUI_SPARKLINE_H
#define LINGTAN_TUI_SPARKLINE_H

#include <stdbool.h>
#include <stddef.h>
#include "lingtan/base/decimal.h"

struct spark {
	bool has; /* false: no number for this year, drawn as "-" */
	struct lt_decimal value;
};

/*
 * Writes n signs (cap bytes with NUL, whole signs), eighth blocks or with twins _ . : |; returns
 * the columns. The height is the share of the largest value, from zero: twice the bar is twice the
 * amount. Where values are below zero, the lowest is the foot.
 */
int sparkline(const struct spark *values, size_t n, bool twins, char *out, size_t cap);

#endif
