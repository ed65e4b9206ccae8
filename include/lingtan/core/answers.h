/*
 * answers - what was answered to each item and what was measured: the input of a score, on one
 * rung.
 *
 * Borrowed text (remarks, sources, reasons) must live as long as the answers do.
 * Each setter checks the answer against its item: form, range, listed reasons; it refuses with
 * LT_EDATA and changes nothing.
 */
#ifndef LINGTAN_CORE_ANSWERS_H
#define LINGTAN_CORE_ANSWERS_H

#include <stdint.h>
#include "lingtan/core/plan.h"
#include "lingtan/core/unit.h"

enum answer_state {
	ANSWER_OPEN,
	ANSWER_MET,
	ANSWER_NOT_MET,
	ANSWER_POINTS,
	ANSWER_TIER,
	ANSWER_CHECKS,
	ANSWER_NA
};

struct answer {
	enum answer_state state;
	struct lt_decimal points; /* of ANSWER_POINTS */
	unsigned tier;            /* index, of ANSWER_TIER */
	uint64_t checks;          /* bit i: check point i holds */
	const char *reason;       /* id of the n/a reason */
	const char *reason_text;  /* the reason written out */
	const char *remark, *evidence, *locator;
	bool is_purged; /* the bytes of that evidence are gone, for cause */
};

enum measure_state { MEASURE_OPEN, MEASURE_VALUE, MEASURE_NA };

struct measure {
	enum measure_state state;
	struct lt_decimal value;        /* in the quantity's own unit */
	const char *typed, *typed_unit; /* as it came in */
	const char *reason, *reason_text, *source;
};

struct answers {
	struct answer *items;       /* [plan->n_items] */
	struct measure *quantities; /* [plan->n_quantities] */
};

enum lt_status answers_init(struct answers *answers, const struct ruleset *ruleset,
			    struct lt_arena *arena, struct lt_err *err);

/* `from` must have been made for the same ruleset. */
void answers_copy(struct answers *to, const struct answers *from, const struct ruleset *ruleset);

/* Points as they are said, 8 or 8分 in whatever width, as the number alone; whether they are that. */
bool answers_points_said(const char *typed, char number[LT_DECIMAL_TEXT]);

/**
 * answers_set - one answer in the words of the command line: met, not-met, yes, no, unset,
 * points:8.5, tier:ID, checks:ID,ID, na:REASON (a listed reason by id or title; any other text
 * where the item lists a reason that is written out). An item that does not apply to this park
 * type, stage or place refuses every answer but unset.
 */
enum lt_status answers_set(struct answers *answers, const struct plan *plan, const char *item,
			   const char *result, struct lt_err *err);
/* The same for an item of the plan's ruleset. */
enum lt_status answers_set_item(struct answers *answers, const struct plan *plan,
				const struct item *item, const char *result, struct lt_err *err);

/**
 * answers_set_quantity - a measured value, converted from its unit (NULL = the quantity's own) by
 * an exact ratio. Errors: LT_EDATA (unknown quantity, not a number, a unit of another dimension,
 * outside the declared range).
 */
enum lt_status answers_set_quantity(struct answers *answers, const struct plan *plan,
				    const struct units *units, const char *quantity,
				    const char *value, const char *unit, struct lt_err *err);

/* na NULL takes the value back to open. */
enum lt_status answers_set_quantity_na(struct answers *answers, const struct plan *plan,
				       const char *quantity, const char *na, struct lt_err *err);

/* An item answered with all its points (met, every check, the best tier; a quantity at the least
 * that gives them), or with none of them, within the declared range of its quantity. Returns the
 * slot of the input that was changed: the item, or the quantity that measures it. */
uint32_t answers_set_in_full(const struct plan *plan, uint32_t item, struct answers *answers);
uint32_t answers_set_to_nothing(const struct plan *plan, uint32_t item, struct answers *answers);

#endif
