/*
 * cases - runs the cases that come with a ruleset: inputs, and the results that must come out.
 */
#ifndef LINGTAN_APP_CASES_H
#define LINGTAN_APP_CASES_H

#include "lingtan/core/score.h"
#include "lingtan/load/library.h"

struct case_tally {
	unsigned passed, failed;
};

/* Told of each case; text is empty if it passed, else says node, expected and got. Both borrowed
 * for the call. */
typedef void (*case_report)(const char *file, const char *name, const char *text, void *context);

/**
 * cases_run - all cases of a ruleset of the library. report may be NULL.
 * Errors: LT_EFILE (a case file is wrong: findings), LT_ESPACE. A failing case is no error: the
 * tally counts it.
 */
enum lt_status cases_run(struct library *library, const struct ruleset *ruleset,
			 struct lt_findings *findings, case_report report, void *context,
			 struct case_tally *tally, struct lt_err *err);

/**
 * cases_check - whether a case file speaks of what its ruleset has: items, quantities, parameters,
 * nodes, answers that are accepted. Findings with line and column; values are not compared. Errors:
 * LT_ESPACE.
 */
enum lt_status cases_check(const struct units *units, const struct ruleset *ruleset,
			   const struct cases_file *file, const char *name,
			   struct lt_findings *findings, struct lt_err *err);

#endif
