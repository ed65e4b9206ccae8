/*
 * sample - drawing places from a population, so that anyone can draw again and get the same.
 *
 * The rule (its name is kept with the draw): each member that is not always taken gets the SHA-256
 * of
 *     "lingtan sample 1" LF seed LF population LF member
 * and they are taken in ascending order of these. Before them stand the members that are always
 * taken, in the order given. So the order in which members are listed decides nothing, a member
 * that is added or taken out moves no other against the rest, and what replaces a sampled place is
 * the next in this order. Anybody can check it with sha256sum.
 */
#ifndef LINGTAN_CORE_SAMPLE_H
#define LINGTAN_CORE_SAMPLE_H

#include <stdbool.h>
#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"

/* Of a draw that is made now: the members are app/sampling.h's. In the first, whose draws are drawn
 * again as they were, a place that stands for several was one member. */
#define SAMPLE_METHOD "lingtan-sample-2"
#define SAMPLE_METHOD_FIRST "lingtan-sample-1"

struct sample_member {
	const char *id;
	bool must; /* is always taken */
};

/**
 * sample_order - the indices of the members in the order of drawing, into order[n]: who draws k
 * takes the first k. arena: for the call's own. Errors: LT_ESPACE.
 */
enum lt_status sample_order(const char *seed, const char *population,
			    const struct sample_member *members, unsigned n,
			    struct lt_arena *arena, unsigned *order, struct lt_err *err);

#endif
