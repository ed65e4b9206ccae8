/*
 * basis - on which weak numbers a result rests: why it is a specimen, and which conditions it is
 * printed with.
 */
#ifndef LINGTAN_APP_BASIS_H
#define LINGTAN_APP_BASIS_H

#include "lingtan/app/assessment.h"

struct basis {
	enum origin origin;    /* the weakest of all published nodes */
	const char **specimen; /* "illustrative: $points", "draft: CODE" ... each once */
	unsigned n_specimen;
	const char **conditions; /* "inferred: $section_points" ... */
	unsigned n_conditions;
};

/* Collects over the published nodes. Owned by the arena of the assessment. */
enum lt_status basis_collect(struct assessment *assessment, struct basis *out, struct lt_err *err);

#endif
