/* profile_parts - what the list of replaceable numbers and the form of one of them share. */
#ifndef LINGTAN_TUI_PROFILE_PARTS_H
#define LINGTAN_TUI_PROFILE_PARTS_H

#include "lingtan/app/numbers.h"
#include "lingtan/app/profiles.h"
#include "workbench.h"

/* The figure that leads, on the own rung, with other numbers. */
struct number_effect {
	bool is_known;
	struct value figure;
	unsigned n_refused; /* answers that these numbers do not take */
};

/* NULL: the ruleset's own numbers. */
struct number_effect number_effect_find(struct workbench *bench, const struct profile *profile);

/* "总分 现 63.2~72.8  改后 60.1~70.0"; gives the column after it. Nothing while totals are hidden. */
int number_effect_draw(const struct workbench *bench, const struct canvas *row, int col,
		       const struct number_effect *after);

/* The profile that is worked on, with the head that it must have; false: told. */
bool profile_work_find(struct workbench *bench, struct profile **out);

/* A changed one becomes what is worked on, as one entry. */
bool profile_work_keep(struct workbench *bench, const struct profile *changed, const char *command);

/* One row by its number in numbers_list(); NUMBER_HEAD = what the profile says of itself. */
#define NUMBER_HEAD UINT32_MAX
void number_open(struct workbench *bench, unsigned row);

#endif
