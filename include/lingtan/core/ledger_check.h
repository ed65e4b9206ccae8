/*
 * ledger_check - what a verifier finds wrong with a ledger and its registers.
 *
 * Pure: the day in question is given. A finding has a rule's id, a severity, the row it is about
 * (table and key, for who jumps there) and one sentence. Source: the practice of verifiers
 * (ISO 14064-3) and what the standards ask of offsets and certificates.
 */
#ifndef LINGTAN_CORE_LEDGER_CHECK_H
#define LINGTAN_CORE_LEDGER_CHECK_H

#include "lingtan/base/finding.h"
#include "lingtan/core/ledger.h"

/* An offset or a green certificate; texts "" = not said. */
struct check_instrument {
	const char *table; /* offset, green_certificate */
	const char *id, *kind, *from, *to, *issued, *cancelled_on, *cancelled_year, *years, *line,
		*route;
};
struct check_meter {
	const char *id;
};
struct check_calibration {
	const char *meter, *on, *until;
};
/* A factor that someone published, to hold an implied one against. */
struct check_factor {
	const char *id, *value, *unit;
};

struct ledger_check {
	const struct ledger *ledger;
	const char *year;
	const char *day; /* on which the statement is issued, or "" */
	const struct check_instrument *instruments;
	unsigned n_instruments;
	const struct check_meter *meters;
	unsigned n_meters;
	const struct check_calibration *calibrations;
	unsigned n_calibrations;
	const struct check_factor *factors;
	unsigned n_factors;
	const char *commitment; /* least years of an own project, or "" = no standard asks */
	unsigned jump_percent;  /* change of a source from one year to the next that is asked after */
	struct lt_arena *arena;
	struct ledger_finding **last; /* where the next one goes */
	bool no_memory;
};

struct ledger_finding {
	const char *rule;
	enum lt_severity severity;
	const char *table, *key; /* line, offset, green_certificate, meter, quantity */
	struct label text;
	struct ledger_finding *next;
};

/* Adds one; the texts take the same arguments. */
void ledger_found(struct ledger_check *check, const char *rule, enum lt_severity severity,
		  const char *table, const char *key, const char *zh, const char *en, ...)
	__attribute__((format(printf, 6, 8), format(printf, 7, 8)));

/**
 * ledger_check_run - every rule over the year; *out in the order of rules. Errors: LT_ESPACE.
 */
enum lt_status ledger_check_run(struct ledger_check *check, struct ledger_finding **out,
				struct lt_err *err);

/* The registers' part of it. */
void ledger_check_registers(struct ledger_check *check);

#endif
