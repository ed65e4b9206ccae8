/* check_build - what the parts of ruleset_check() share; not for anyone else. */
#ifndef LINGTAN_CORE_CHECK_BUILD_H
#define LINGTAN_CORE_CHECK_BUILD_H

#include "lingtan/core/check.h"
#include "lingtan/core/plan.h"

struct check {
	const struct ruleset *ruleset;
	const struct units *units;
	struct lt_arena *arena;
	struct lt_findings *findings;
	size_t errors_before; /* of other documents in the same list */
	char path[160];
};

/* Sets the path of the findings that follow. */
void check_at(struct check *check, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define check_error(check, zh, ...)                                                                \
	lt_findings_add((check)->findings, LT_ERROR, (check)->path, zh, __VA_ARGS__)
#define check_warning(check, zh, ...)                                                              \
	lt_findings_add((check)->findings, LT_WARNING, (check)->path, zh, __VA_ARGS__)

/* A failed call, as a finding in both languages. */
void check_failure(struct check *check, const struct lt_err *err);

/* A number with an origin: present ones cite or explain, by themselves or by a mark for `field`. */
void check_origin(struct check *check, const char *field, enum origin origin, const char *cite,
		  const struct label *note);

/* Every document that a citation names stands in `sources`. */
void check_cite(struct check *check, const char *cite);

bool check_number(struct check *check, const char *text, struct lt_decimal *out);

void check_plan(struct check *check);

/* What the quantity takes of the ledger; and whether any quantity asks the ledger with this
 * parameter. */
void check_derivation(struct check *check, unsigned at);
bool derivations_use(const struct ruleset *ruleset, const char *parameter);

#endif
