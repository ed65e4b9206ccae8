/* certificate_matters - what is in the way of a certificate: a row for each kind of matter, so that
 * five open items are one row; item by item it is the readiness screen's. */
#ifndef LINGTAN_TUI_CERTIFICATE_MATTERS_H
#define LINGTAN_TUI_CERTIFICATE_MATTERS_H

#include "draw.h"
#include "lingtan/app/certificate.h"
#include "lingtan/app/ready.h"
#include "list.h"
#include "workbench.h"

struct cert_matter {
	const struct ready_check *check;   /* NULL: the decision */
	const struct ready_finding *first; /* that is to be cured; NULL: the decision */
	const char *text[LT_N_LANGS];      /* the sentence */
	unsigned n, n_ticked;
	enum ready_severity severity;
};

struct cert_matters {
	struct cert_matter *rows; /* errors, then warnings, then notes */
	unsigned n;
	unsigned n_block, n_confirm; /* rows; a warning with every tick is met */
	unsigned n_met;
	const struct ready_checks *checks;
	const struct ready *ready;
};

/* Owned by the arena; borrows both. false: memory ran out. */
bool cert_matters_gather(const struct ready *ready, const struct certificate_case *of,
			 struct lt_arena *arena, struct cert_matters *out);

/* With the whole sentence of the one under the cursor at the foot, where there is room. */
void cert_matters_draw(const struct workbench *bench, const struct cert_matters *matters,
		       struct list *list, const struct canvas *canvas, bool has_focus);

/* "26/37 met", its bar, and what comes first. Returns the column behind it. */
int cert_matters_sum(const struct workbench *bench, const struct cert_matters *matters,
		     const struct canvas *row, int col);

#endif
