/*
 * title - what people call by the title that the program itself shows.
 *
 * An id is found first and by whoever knows the ids; what is none may be a title, in either
 * language. Several things may have one title: then they are named, and none is taken.
 */
#ifndef LINGTAN_CORE_TITLE_H
#define LINGTAN_CORE_TITLE_H

#include <stdbool.h>
#include "lingtan/base/err.h"
#include "lingtan/core/ruleset.h"

enum { TITLED_NAMED = 4 };

struct titled {
	const char *typed;             /* set by the caller; the rest begins as 0 */
	const char *ids[TITLED_NAMED]; /* the first that are called so; borrowed */
	unsigned n;
};

/* Takes note of the id if it is called what was typed: by its title, or by id and title as they are
 * shown side by side. Width, blanks and the case of letters make no difference. */
void titled_offer(struct titled *titled, const char *id, const struct label *title);

/* *id: of what was noted; untouched where nothing was. Errors: LT_EDATA (several; err names them). */
enum lt_status titled_take(const struct titled *titled, const char **id, struct lt_err *err);

/* What was nearly typed: those of the names offered that differ least from it, and by little. */
struct nearly {
	const char *typed; /* set by the caller; the rest begins as 0 */
	unsigned n, typos; /* of each of the n */
	char told[200];    /* their ids after one another; "" = nothing is near */
};

/* By id, which is told with the sign before it, and by title in either language. */
void nearly_offer(struct nearly *nearly, const char *sign, const char *id,
		  const struct label *title);

/* One more of a list that is told, of which n are in it: so many are named, the rest is "…". False:
 * there is no room for it, the list is as it was. */
enum { MOST_TOLD = 3 };
bool tell_one_more(char *told, size_t cap, unsigned n, const char *sign, const char *id);

/* What is meant: the id of the term called so; anything else, or what several are called, as it is. */
const char *term_named(const struct term *terms, unsigned n, const char *typed);

#endif
