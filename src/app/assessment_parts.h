/* assessment_parts - what the files of an assessment share; for src/app/assessment*.c alone. */
#ifndef LINGTAN_SRC_APP_ASSESSMENT_PARTS_H
#define LINGTAN_SRC_APP_ASSESSMENT_PARTS_H

#include "lingtan/app/assessment.h"

/* An entry that is not accepted, by its number in a list of the sheet: a finding at its line, or
 * kept beside the answers for who shows what is there; the rest is still read. */
void assessment_refuse(struct assessment *assessment, struct lt_findings *findings,
		       const char *list, unsigned at, const struct lt_err *err);

/* A warning at one entry. */
void assessment_warn(struct assessment *assessment, struct lt_findings *findings, const char *list,
		     unsigned at, const char *zh, const char *en, const char *a, const char *b,
		     const char *c);

/* Whether it is the year that is assessed. */
bool assessment_is_year(const struct sheet *sheet, const char *year);

/**
 * assessment_take_inventory - the lines of the sheet into the answers; where the ruleset computes
 * its figures from a ledger, by way of that. path: what messages call the sheet. Errors: LT_EFILE,
 * LT_ESPACE, those of library_counts().
 */
enum lt_status assessment_take_inventory(struct assessment *assessment, struct library *library,
					 const char *path, struct lt_findings *findings,
					 struct lt_err *err);

#endif
