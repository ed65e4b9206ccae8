/* form_parts - what the screens of records share: the form of one row, the settings of this machine, what
 * fields offer. */
#ifndef LINGTAN_TUI_FORM_PARTS_H
#define LINGTAN_TUI_FORM_PARTS_H

#include "blanks.h"
#include "lingtan/app/record.h"

/* A row to be filled in; it must live in the session. */
void form_open(struct workbench *bench, struct record *record);
/* The same by a form's id and the row's key, its parts with / between; NULL = a new one, of which
 * fields may be said before (pairs of id and text, NULL ends them). What keeps it from being opened
 * is told. */
void form_open_row(struct workbench *bench, const char *form, const char *row,
		   const char *const *fields);
bool form_is_kind(const struct screen_kind *kind);

/* ---- settings of a person on this machine, in no project ---- */

bool machine_add_blanks(struct blanks *blanks, struct workbench *bench);
/* As they are kept. */
void machine_show(struct blanks *blanks, const struct workbench *bench);
/* What was chosen holds at once. */
void machine_follow(const struct blanks *blanks, struct workbench *bench);

/* ---- what a field offers to pick from ---- */

struct form_offered {
	const char *value, *title, *detail;
};

struct form_offer {
	struct form_offered *at;
	unsigned n;
};

/* Whether a screen knows what to offer for a field. */
bool form_has_offer(const struct form_field *field);

/* In the arena; false without memory, or where the project cannot be read (told). */
bool form_find_offer(struct workbench *bench, const struct form_field *field,
		     struct lt_arena *arena, struct form_offer *out);

#endif
