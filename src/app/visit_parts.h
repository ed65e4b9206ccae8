/* visit_parts - what the parts of the visit share; for src/app/visit*.c and coverage.c alone. */
#ifndef LINGTAN_APP_VISIT_PARTS_H
#define LINGTAN_APP_VISIT_PARTS_H

#include "field_parts.h"
#include "lingtan/app/visit.h"

/* Of an item of which nothing is written down. */
struct inspection_info inspection_nothing(const char *assessment, const char *item);

/* An item on the list of a stop. Errors: LT_EDATA. */
enum lt_status visit_put_item(struct changes *changes, const char *stop,
			      const struct assessment_ref *ref, const char *item, const char *ask,
			      const char *origin, struct lt_findings *findings, struct lt_err *err);

/* Of a list of stops, those that a time falls into: the actual time of a stop, else the planned. Ids
 * with commas between; *n_fits how many. NULL when memory ran out. */
const char *visit_stops_at(const struct stop_info *stops, unsigned n, const char *time,
			   struct lt_arena *arena, unsigned *n_fits);

/* Order of ids of items and places: 7.2.10 comes after 7.2.9. */
int visit_compare_ids(const char *a, const char *b);

/* Errors: LT_EDATA (it is none: err lists them). */
enum lt_status visit_check_method(const char *word, struct lt_err *err);

#endif
