/*
 * plan_build - what the parts of plan_compile() share; not for anyone else.
 *
 * While names are being resolved a node is known by NODE_MARK | its index in `nodes`, because
 * constants, which stand before the nodes, are still being found, and the order of the nodes is not
 * known yet. plan_order() puts the final slots in.
 */
#ifndef LINGTAN_CORE_PLAN_BUILD_H
#define LINGTAN_CORE_PLAN_BUILD_H

#include "lingtan/core/plan.h"

#define NODE_MARK 0x80000000u

struct plan_build {
	struct plan *plan;
	const struct ruleset *ruleset;
	const struct overrides *overrides; /* NULL = none */
	struct lt_arena *arena;
	struct lt_err *err;
	unsigned constants_cap;
	unsigned *taken;            /* room for the places of all items, made when first needed */
	size_t n_terms;             /* of all nodes so far */
	const struct node *current; /* the node at work, for whoever reports what went wrong */
};

/* Index of names; nodes come first, so that a node wins over an item or quantity of the same name.
 */
enum lt_status plan_index_names(struct plan_build *build);

/* A number as a constant slot; origin and cite from the table or node it stands in. */
enum lt_status plan_add_constant(struct plan_build *build, const char *text, enum origin origin,
				 const char *cite, uint32_t *slot);

/* plan_compile(), with the state left for a look at `current`. build->ruleset, arena and err are
 * set by the caller. */
enum lt_status plan_compile_with(struct plan_build *build, const struct selection *selection,
				 const struct overrides *overrides);

/* Slots of items, quantities and parameters. */
enum lt_status plan_lay_out(struct plan_build *build);

/* `text` with key in place of each star; NULL when memory ran out. */
const char *plan_fill_in(struct lt_arena *arena, const char *text, const char *key);

/* How many operands an operation takes; 0 = any number. */
unsigned plan_n_operands(enum node_op op);

/* Writes out `each`, resolves all operands. */
enum lt_status plan_expand_nodes(struct plan_build *build);
enum lt_status plan_resolve_nodes(struct plan_build *build);

/* Sorts the nodes, refuses cycles, gives final slots, finds dependents. */
enum lt_status plan_order(struct plan_build *build);

/* A strict decimal, or an error that names what and where. */
enum lt_status plan_parse_number(struct plan_build *build, const char *text, const char *what,
				 const char *id, struct lt_decimal *out);

#endif
