/* new_parts - the form of a new project, and what follows from it; for screen_new.c and new_*.c. */
#ifndef LINGTAN_TUI_NEW_PARTS_H
#define LINGTAN_TUI_NEW_PARTS_H

#include "blanks.h"
#include "lingtan/app/catalogue.h"
#include "lingtan/app/record.h"

#define MOST_STANDARDS 16

/* One standard at hand, and what it asks to be chosen. */
struct new_standard {
	const struct ruleset *ruleset;
	struct blank *type, *place; /* NULL = it has no such list */
	struct label type_of;       /* label of type where several standards have one */
	struct board *prospect;     /* owned; NULL = not ticked, or nothing to be told */
	struct selection laid_out;  /* that the prospect is of */
};

struct new_form {
	struct lt_arena arena;
	struct lt_findings findings; /* of the last try */
	struct session draft;        /* holds the records; without a project */
	const struct form *park, *person, *quantity;
	struct new_standard standards[MOST_STANDARDS];
	unsigned n_standards;
	struct blanks blanks;
	struct blank *name, *standard, *stage, *year, *who, *role, *path, *start;
	bool path_is_own; /* typed, no longer made of the park's name */
	char folder[4096];
	unsigned long opened_at, kept_at; /* version of the blanks: as it began, in the draft */
	bool shows_pane;                  /* in place of the form, where both have no room */
};

/* Whether everything was chosen that the standard asks to be chosen. */
bool new_is_settled(const struct new_form *form, unsigned standard);

/* The blanks; false without memory. */
bool new_add_blanks(struct new_form *form, const struct workbench *bench);

/* After any change: what is shown, what follows, what is wrong. */
void new_follow(struct new_form *form, const struct workbench *bench);

/* What would be made, at the right. */
void new_draw_pane(const struct new_form *form, const struct workbench *bench,
		   const struct canvas *canvas);

/* Makes the project; false where something is wrong, which is told under its blank or in err. */
bool new_make(struct new_form *form, struct workbench *bench, char path[4096], struct lt_err *err);

#endif
