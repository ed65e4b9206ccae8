/*
 * catalogue - what is told of a ruleset before anyone works with it: how much it asks, on which
 * numbers it rests, which it lacks.
 */
#ifndef LINGTAN_APP_CATALOGUE_H
#define LINGTAN_APP_CATALOGUE_H

#include "lingtan/app/board.h"

/**
 * catalogue_rulesets - everything at hand, in the order of the library's entries; loaded once. One
 * that cannot be read has no ruleset, and an error of its own. Errors: LT_ESPACE.
 */
enum lt_status catalogue_rulesets(struct workspace *workspace, const struct library_result **out,
				  unsigned *n, struct lt_err *err);

/* The ruleset at hand of this id; NULL where there is none, or it cannot be read. */
const struct ruleset *catalogue_find(struct workspace *workspace, const char *id);

/* Ids of rulesets, with commas between, as the codes of their standards; what is no such id stays. In
 * the arena; NULL when memory runs out. */
const char *catalogue_codes(struct workspace *workspace, const char *ids, struct lt_arena *arena);

/* The weakest origin among all numbers that the ruleset declares; what is unset does not count. */
enum origin catalogue_weakest(const struct ruleset *ruleset);

/* Parameters, points and lines of items, and tables with this origin. */
unsigned catalogue_count_origin(const struct ruleset *ruleset, enum origin origin);

/* What items of a kind are called where they are counted. */
extern const struct label item_kind_titles[N_ITEM_KINDS];

unsigned catalogue_count_kind(const struct ruleset *ruleset, enum item_kind kind);

/* Parameters without a value. */
unsigned catalogue_count_unset(const struct ruleset *ruleset);

/**
 * catalogue_prospect - the board of an assessment that is still to be made: ruleset, plan, items,
 * sections, headline, lines and outcomes, as nothing were answered. It has no session, no rungs and
 * no reload. A part of the selection that the ruleset does not have is left out; one that it has
 * and that is not said is its first. Owns: *out is the caller's, board_close(). Borrows the ruleset
 * and the overrides (NULL = none). Errors: LT_EDATA, LT_ESPACE. *out is NULL then.
 */
enum lt_status catalogue_prospect(const struct ruleset *ruleset, const struct selection *selection,
				  const struct overrides *overrides, struct board **out,
				  struct lt_err *err);

/* What a line of the headline demands, where it is a number; false where it is not. */
bool catalogue_limit(const struct board *prospect, const struct board_line *line,
		     struct lt_decimal *out);

#endif
