/*
 * ids - texts that hold several ids with commas between: marks, items, roles, choices.
 *
 * Blanks around an id and nothing between two commas do not count; a comma is also what a Chinese
 * input method gives for one: ， and 、.
 */
#ifndef LINGTAN_BASE_IDS_H
#define LINGTAN_BASE_IDS_H

#include <stdbool.h>
#include <stddef.h>

/* The next id: *id[0..*len), *at behind it. False at the end; *at may be NULL. */
bool lt_ids_next(const char **at, const char **id, size_t *len);

/* Whether one of them is this. */
bool lt_ids_have(const char *ids, const char *id);

/* Whether people know an item or section by its number; the id of one that has none, j.maximised, says nothing
 * to them: it is called by its title. */
bool lt_id_is_numbered(const char *id);

#endif
