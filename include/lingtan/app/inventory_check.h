/*
 * inventory_check - what a verifier finds wrong with the inventory of a project: the ledger and its
 * registers (core/ledger_check.h), factors that are stale, figures that were entered and differ
 * from what the ledger gives, standards whose lowest band is not reached.
 */
#ifndef LINGTAN_APP_INVENTORY_CHECK_H
#define LINGTAN_APP_INVENTORY_CHECK_H

#include "lingtan/app/inventory.h"
#include "lingtan/core/ledger_check.h"

/* A change of a source from one year to the next beyond which a reason is asked for, in per cent:
 * the program's own choice, no standard has one. */
#define INVENTORY_JUMP_PERCENT 30

/**
 * inventory_check - findings of a year (NULL: the last that has lines) on a rung, in the
 * inventory's arena; *checked is the year. day "": none is known, cancellations are not held
 * against it. Errors: LT_ESPACE, LT_EFILE.
 */
enum lt_status inventory_check(struct session *session, struct inventory *inventory,
			       const char *year, const char *day, struct lt_findings *findings,
			       struct ledger_finding **out, const char **checked,
			       struct lt_err *err);

#endif
