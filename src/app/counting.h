/* counting - the figures of an assessment that are counted over the places of the park. For
 * assessment_inventory.c alone. */
#ifndef LINGTAN_SRC_APP_COUNTING_H
#define LINGTAN_SRC_APP_COUNTING_H

#include "lingtan/app/assessment.h"

/**
 * counting_take - computes them and takes them into the answers: a computed figure stands, and one
 * that was entered and differs is a finding; where the places are not all there, what was entered
 * stays, and that is told. Errors: those of library_counts().
 */
enum lt_status counting_take(struct assessment *assessment, struct library *library,
			     struct lt_findings *findings, struct lt_err *err);

#endif
