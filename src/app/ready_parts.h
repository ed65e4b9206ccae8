/* ready_parts - what the checks of readiness share; for src/app/ready*.c alone. */
#ifndef LINGTAN_APP_READY_PARTS_H
#define LINGTAN_APP_READY_PARTS_H

#include "lingtan/app/board.h"
#include "lingtan/app/ready.h"
#include "session_parts.h"

struct looking {
	struct session *session;
	const struct assessment_ref *ref;
	const struct ready_checks *checks;
	const char *on; /* day */
	struct board *board;
	bool is_surveillance;
	const char *idle, *first_idle; /* open items that decide nothing: ids, and the first of them */
	unsigned n_idle;
	struct ready *out;
	unsigned cap;
	struct lt_findings *findings;
	struct lt_err *err;
};

/* Texts of a finding; those that are NULL are "", but zh stands in both languages where en is. */
struct matter {
	const char *check, *what, *target;
	const char *zh, *en; /* particulars */
};

/* Errors: LT_EBUG (no such check), LT_ESPACE. */
enum lt_status ready_add(struct looking *look, const struct matter *matter);

/* Items, answers, grade. */
enum lt_status ready_look_at_result(struct looking *look);
/* Evidence and its dates. */
enum lt_status ready_look_at_evidence(struct looking *look);
/* Lines of the inventory and their factors, meters. */
enum lt_status ready_look_at_ledger(struct looking *look);
/* Findings, what was sent back, rounds, signatures, what is owed. */
enum lt_status ready_look_at_record(struct looking *look);
/* Edition, standard, weak numbers, words. */
enum lt_status ready_look_at_numbers(struct looking *look);

#endif
