/*
 * plan - a ruleset made ready to score one park type, stage and place: names resolved, numbers
 * parsed, order fixed.
 *
 * Everything that can hold a value has a *slot*, numbered in this order: items, quantities,
 * parameters, constants, nodes. Nodes stand in an order in which operands come first. A plan
 * borrows the ruleset (and the overrides) and lives in the arena given; it is immutable and may be
 * shared by any number of answers and results.
 *
 * At most PLAN_MAX_NODES nodes, PLAN_MAX_DEPTH levels and PLAN_MAX_TERMS operands; anything beyond
 * is refused.
 */
#ifndef LINGTAN_CORE_PLAN_H
#define LINGTAN_CORE_PLAN_H

#include <stdbool.h>
#include <stdint.h>
#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"
#include "lingtan/core/ruleset.h"
#include "lingtan/core/value.h"

#define PLAN_MAX_NODES 4096
#define PLAN_MAX_DEPTH 32
#define PLAN_MAX_TERMS 100000 /* operands of all nodes together */
#define NO_SLOT UINT32_MAX

/* What an assessment is about. NULL where the ruleset has no such list. */
struct selection {
	const char *park_type, *stage, *place;
};

/* A number that takes the place of the ruleset's own: from a profile, or from a case. value NULL =
 * make it unset. */
struct parameter_override {
	const char *parameter, *value;
	enum origin origin;
	const char *cite;
};
struct points_override {
	const char *item, *value;
	enum origin origin;
	const char *cite;
};
/* One of the tiers that stand in the place of all tiers (or of the line) of an item, which then has
 * the points of the best of them. In ascending order. */
struct tier_override {
	const char *item;
	struct step tier;
};
/* A line in the place of a measured item's line or tiers. */
struct line_override {
	const char *item;
	struct line line;
};
/* A row of a table: one value a column, "-" = not evaluated. */
struct weight_override {
	const char *table, *row;
	struct words values;
	enum origin origin;
	const char *cite;
};
struct overrides {
	const struct parameter_override *parameters;
	unsigned n_parameters;
	const struct points_override *points;
	unsigned n_points;
	const struct tier_override *tiers;
	unsigned n_tiers;
	const struct line_override *lines;
	unsigned n_lines;
	const struct weight_override *weights;
	unsigned n_weights;
};

enum slot_kind { SLOT_ITEM, SLOT_QUANTITY, SLOT_PARAMETER, SLOT_CONSTANT, SLOT_NODE };

struct plan_step {
	uint32_t limit, then; /* slots */
	bool above;           /* reached at > limit rather than >= */
};

struct plan_item {
	const struct item *decl; /* the ruleset's; where its tiers or line are overridden a copy
				    that has the others */
	bool applies;
	bool truth; /* 0 or 1 rather than points */
	struct lt_decimal points;
	enum origin points_origin;
	const char *points_cite;
	uint32_t quantity;                            /* slot of a measured item, else NO_SLOT */
	struct lt_decimal *tier_limits, *tier_points; /* [decl->n_tiers] */
	struct lt_decimal from, to;                   /* of linear */
	struct lt_decimal *check_points;              /* [decl->n_checks] */
};

struct plan_quantity {
	const struct quantity *decl;
	struct value range; /* while it is unset */
};

/* A parameter, or a number written in the plan or in a table. */
struct plan_number {
	const char *id;                    /* parameter's id, or the number as written */
	const struct parameter *parameter; /* NULL for constants */
	const struct table *table;         /* the table it stands in, or NULL */
	const char *table_key;
	struct value value;
	bool unset;
	enum origin origin;
	const char *cite;
};

struct plan_term {
	uint32_t slot;
	uint32_t weight; /* slot, NO_SLOT = 1 */
};

struct plan_grade {
	const char *id;
	uint32_t *when; /* slots */
	unsigned n_when;
	bool awarded; /* in this stage */
};

struct plan_otherwise {
	const char *grade;
	uint32_t unless; /* slot, NO_SLOT = always */
};

struct plan_node {
	const struct node *decl;
	const char *id;
	const char *key; /* the entry of `each` it was written out for, or NULL */
	struct label title;  /* the entry in place of the star; NULL texts where there is none */
	const char *section; /* whose items it takes, or NULL */
	unsigned depth;
	struct plan_term *terms;
	unsigned n_terms;
	bool k_all;
	uint32_t k, when_zero, min, max, from, to, points;
	struct plan_step *steps;
	unsigned n_steps;
	struct plan_grade *grades;
	unsigned n_grades;
	struct plan_otherwise *otherwise;
	unsigned n_otherwise;
	int round_places; /* -1 = not rounded */
	bool truth;       /* its values are 0 and 1 */
};

/* The nodes to recompute, in order, when an input changes. */
struct plan_dependents {
	uint32_t *nodes; /* indices into nodes[] */
	unsigned n;
};

struct plan {
	const struct ruleset *ruleset; /* borrowed */
	struct selection selection;
	struct plan_item *items;          /* [ruleset->n_items], same order */
	struct plan_quantity *quantities; /* [ruleset->n_quantities], same order */
	struct plan_number *numbers;      /* parameters (same order), then constants */
	struct plan_node *nodes;
	unsigned n_items, n_quantities, n_parameters, n_constants, n_nodes, n_slots;
	uint32_t first_quantity, first_parameter, first_constant, first_node;
	unsigned n_inputs; /* items, quantities, parameters */
	unsigned n_words;  /* 64-bit words of a set of them */
	struct plan_dependents *dependents; /* [first_parameter]: of each item and quantity */
	struct plan_slot_name *index;       /* hash of ids */
	unsigned index_size;
};

struct plan_slot_name {
	const char *name; /* parameters with their $ */
	uint32_t slot;
};

/**
 * plan_compile - a plan for one selection.
 * Overrides that name nothing of the ruleset are passed over.
 * Errors: LT_EDATA (an unknown type or stage, a reference to nothing, a cycle, a number that is
 * none, tiers for an item that is not scored by any; err names the place), LT_ESPACE. A ruleset
 * that core/check passes without an error compiles for each of its types and stages.
 */
enum lt_status plan_compile(const struct ruleset *ruleset, const struct selection *selection,
			    const struct overrides *overrides, struct lt_arena *arena,
			    struct plan **out, struct lt_err *err);

/* Whether points, tiers or line of an item are overridden. */
bool overrides_replace_item(const struct overrides *overrides, const char *item);

/* Slot of a node, item, quantity or $parameter by name; NO_SLOT if there is none. */
uint32_t plan_find(const struct plan *plan, const char *name);

enum slot_kind plan_slot_kind(const struct plan *plan, uint32_t slot);
const char *plan_slot_name(const struct plan *plan, uint32_t slot);

/* Whether the slot holds a truth (0, 1) rather than an amount. */
bool plan_slot_is_truth(const struct plan *plan, uint32_t slot);

/* The first node with this `publish`, or NULL. */
const struct plan_node *plan_published(const struct plan *plan, enum publish publish);

/* The ladder that gives the grade: the published one, else the first; NULL = there are no grades.
 */
const struct plan_node *plan_ladder(const struct plan *plan);

static inline const struct plan_node *plan_node_at(const struct plan *plan, uint32_t slot)
{
	return slot >= plan->first_node && slot < plan->n_slots
		       ? &plan->nodes[slot - plan->first_node]
		       : NULL;
}

#endif
