/* narrate_parts - what the parts of a narrator share; for src/app/narrate*.c alone. */
#ifndef LINGTAN_APP_NARRATE_PARTS_H
#define LINGTAN_APP_NARRATE_PARTS_H

#include "lingtan/app/narrate.h"

struct known_assessment {
	const struct assessment_ref *ref;
	const struct ruleset *ruleset; /* NULL where it cannot be read */
};

/* NULL where the project has none of that name. */
const struct known_assessment *narrator_find(const struct narrator *narrator, const char *name);

const char *narrate_label(const struct narrator *narrator, const struct label *label);
const char *narrate_say(const struct narrator *narrator, const char *zh, const char *en);

/* An assessment by its standard's code, stage and year; items of it, one or several with commas
 * between, by number and title. The ids where they are not known. NULL when memory ran out. */
const char *narrate_assessment(const struct narrator *narrator, const char *name,
			       struct lt_arena *arena);
const char *narrate_items(const struct narrator *narrator, const char *assessment,
			  const char *items, struct lt_arena *arena);

/* Standards by their codes, one or several with commas between; the ids where they are not known.
 * NULL when memory ran out. */
const char *narrate_standards(const struct narrator *narrator, const char *ids,
			      struct lt_arena *arena);

/* Whether something stands in the cell today. */
bool narrator_reads(const struct narrator *narrator, const char *table, const char *key,
		    const char *group, struct lt_arena *arena, struct words *out);

/* The row that a change is about. */
struct subject {
	const struct fact_table *table;
	const char *key;
	const char *parts[CELL_MAX_KEY];
	const char *assessment; /* the part of the key, or NULL */
	const char *item;       /* the same */
	const char *own_rung;   /* of who made the change, or NULL */
};

/* NULL when memory ran out. */
const char *narrate_subject(const struct narrator *narrator, const struct subject *of,
			    struct lt_arena *arena);

#endif
