/* merge_decided - what was decided in a merge or a patch and is not written yet, kept beside the project as drafts
 * are: the same question with the same values is answered when the file is looked at again. */
#ifndef LINGTAN_TUI_MERGE_DECIDED_H
#define LINGTAN_TUI_MERGE_DECIDED_H

#include "lingtan/app/patching.h"
#include "workbench.h"

/* A cell of the plan as it is decided now, or no more; false where no draft can be kept. */
bool merge_decided_keep(struct merging *merging, unsigned cell);
/* What was written anew for it, even where a side was taken since; NULL = nothing. */
const char *merge_decided_written(struct merging *merging, unsigned cell);
/* Decides it as it was decided at an earlier time, if it was. What was written then and cannot be taken
 * now stays kept. */
enum lt_status merge_decided_again(struct merging *merging, unsigned cell, struct lt_err *err);
/* With what was written anew; false where it stays. */
bool merge_decided_drop(const struct merging *merging, unsigned cell);

/* The same of an item of a patch: that it is refused, and why, or taken where both wrote. */
bool patch_is_decided(const struct patching *patching, const struct patch_item *item);
bool patch_decided_keep(const struct patching *patching, const struct patch_item *item);
bool patch_decided_again(struct patching *patching, const struct patch_item *item);
void patch_decided_drop(const struct patching *patching, const struct patch_item *item);

/* Leaves the screen: what was decided (n) is there again the next time, which `kept` says; where no draft
 * could be kept `lost` warns once, and who leaves presses once more. *is_warned is gone with the screen. */
void decided_leave(struct workbench *bench, unsigned n, bool is_kept, bool *is_warned,
		   const struct label *lost, const struct label *kept);

#endif
