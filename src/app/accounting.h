/*
 * accounting - the lines of a sheet as a ledger, and the quantities that a ruleset computes from it.
 * For assessment_inventory.c and counting.c alone.
 */
#ifndef LINGTAN_SRC_APP_ACCOUNTING_H
#define LINGTAN_SRC_APP_ACCOUNTING_H

#include "lingtan/app/assessment.h"
#include "lingtan/core/balance.h"

/**
 * accounting_open - an empty ledger in the assessment's arena; lines are added with
 * accounting_add(), `at` being their number in the sheet; `behind` tells of the fuel where all its
 * carbon is to be counted. Errors: LT_ESPACE.
 */
enum lt_status accounting_open(struct assessment *assessment, struct lt_err *err);
enum lt_status accounting_add(struct assessment *assessment, unsigned at,
			      const struct factor *factor, const struct factor *behind,
			      struct lt_err *err);

/**
 * accounting_close - computes the quantities and takes them into the answers: a computed figure
 * stands, and one that was entered and differs is a finding; what the ledger cannot give stays as it
 * was. Lines that entered nothing are told. Errors: LT_ESPACE.
 */
enum lt_status accounting_close(struct assessment *assessment, struct lt_findings *findings,
				struct lt_err *err);

/* Whether a quantity could have been entered as this: a computed figure that could not is not taken. */
bool accounting_is_in_range(const struct assessment *assessment, unsigned quantity,
			    struct lt_decimal value);

#endif
