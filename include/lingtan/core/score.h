/*
 * score - the values of all slots of a plan for given answers, and what is still open behind each
 * of them.
 *
 * Pure: no I/O, no clock, no allocation after result_init. The values of a result are a function of
 * plan and answers alone; score_change() gives exactly what score_all() would.
 */
#ifndef LINGTAN_CORE_SCORE_H
#define LINGTAN_CORE_SCORE_H

#include "lingtan/core/answers.h"
#include "lingtan/core/plan.h"

struct result {
	const struct plan *plan; /* borrowed */
	struct value *values;    /* [plan->n_slots] */
	uint64_t *unknown; /* [n_slots][n_words] of the plan: inputs that can still change a slot */
	uint8_t *seen;     /* [plan->n_slots] scratch of the walks below */
};

/* Allocates a result for this plan in the arena and fills in what never changes. */
enum lt_status result_init(struct result *result, const struct plan *plan, struct lt_arena *arena,
			   struct lt_err *err);

/**
 * score_all - every item, quantity and node.
 * Errors: LT_EDATA (a number beyond the range of decimals; err names the node). The result is then
 * unusable.
 */
enum lt_status score_all(const struct plan *plan, const struct answers *answers,
			 struct result *result, struct lt_err *err);

/* The same after the answer of one slot (item or quantity) changed. */
enum lt_status score_change(const struct plan *plan, const struct answers *answers, uint32_t slot,
			    struct result *result, struct lt_err *err);

/* Whether input `input` (slot of an item, quantity or parameter) can still change `slot`. */
bool result_is_open(const struct result *result, uint32_t slot, uint32_t input);

/* How many items and quantities (open) or unset parameters (needs) can still change `slot`. */
unsigned result_count_open(const struct result *result, uint32_t slot);
unsigned result_count_needs(const struct result *result, uint32_t slot);

/* Why the slot has no value, from the node at which that arose; never NULL. */
const char *result_none_reason(const struct result *result, uint32_t slot,
			       enum lt_lang lang);

/* One number, rule or scale on which a value rests. */
struct origin_use {
	enum origin origin;
	uint32_t slot; /* item, parameter, constant or node */
	bool is_scale; /* the points, tiers or limits of an item */
	const char *cite;
};

/**
 * result_visit_origins - calls visit for each number that reached the slot's value: the zero
 * factors of a zero product, the failing members of a failed "all of", the conditions up to the one
 * that stops a ladder, the step that was taken. What did not reach it is not visited, so an unused
 * illustrative tier makes no specimen.
 */
void result_visit_origins(const struct result *result, uint32_t slot,
			  void (*visit)(const struct origin_use *use, void *context),
			  void *context);

/* The weakest origin among them. */
enum origin result_origin(const struct result *result, uint32_t slot);

struct grade_view {
	const char *certain, *possible; /* ids; NULL = below the first grade */
	const char *otherwise;          /* what a certain miss is called, or NULL */
	unsigned rank_certain, rank_possible;
	bool is_certain;
};

/* Reads a ladder node's value. */
void result_grade(const struct result *result, const struct plan_node *ladder,
		  struct grade_view *out);

/* Slots (items, quantities, nodes that nothing explains further) because of which the grade above
 * the certain one is not reached; at most cap; returns how many there are. Failing items come
 * before failing amounts. */
unsigned result_withheld_by(const struct result *result, const struct plan_node *ladder,
			    uint32_t *slots, unsigned cap);

#endif
