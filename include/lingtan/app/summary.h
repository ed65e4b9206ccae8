/*
 * summary - a result as people and scripts read it: controls counted, a row a section, the balance.
 */
#ifndef LINGTAN_APP_SUMMARY_H
#define LINGTAN_APP_SUMMARY_H

#include "lingtan/core/score.h"

struct control_count {
	unsigned met, not_met, open, na;
	const char **failed; /* ids of the controls not met */
	unsigned n_failed;
};

struct section_row {
	const struct section *section;
	uint32_t slot;            /* the node that sums the section, NO_SLOT if none does */
	const char *weight;       /* as written; NULL = not weighted, or not evaluated */
	struct value maximum;     /* points of its items that apply */
	unsigned answered, items; /* scored items that apply */
};

struct balance {
	uint32_t net; /* slot of the node with publish: net; NO_SLOT = the ruleset has none */
	uint32_t emission, absorption, offset; /* slots; NO_SLOT = it has none */
	const char *unit;
};

struct summary {
	struct control_count controls;
	struct section_row *sections; /* those at the top level that hold scored items */
	unsigned n_sections;
	struct balance balance;
};

/* Whether the item counts as answered: by itself, or through the quantity that measures it. */
bool item_is_answered(const struct plan *plan, const struct answers *answers, unsigned item);

/* Counts the controls; count->failed is the caller's, with room for every item. */
void control_count_fill(const struct result *result, const struct answers *answers,
			struct control_count *count);

/* The node that sums just the scored items of a section; n_items of them apply. NO_SLOT if there is
 * none. */
uint32_t section_find_sum(const struct plan *plan, const struct section *section, unsigned n_items);

/* Owned by the arena; borrows the result's plan. Errors: LT_ESPACE. */
enum lt_status summary_collect(const struct result *result, const struct answers *answers,
			       struct lt_arena *arena, struct summary *out, struct lt_err *err);

#endif
