/* merge_words - a merge that is planned, in words and as JSON; for src/cli alone. */
#ifndef LINGTAN_CLI_MERGE_WORDS_H
#define LINGTAN_CLI_MERGE_WORDS_H

#include "command.h"
#include "lingtan/app/merging.h"

/* What it comes to; with all, every cell that is taken. */
void print_merge(const struct invocation *in, const struct merging *merging);
/* Members of the object that is open. */
void json_merge(struct lt_json *json, const struct merging *merging, bool all);

/* --prefer. Errors: LT_EUSAGE. */
enum lt_status read_prefer(struct invocation *in, enum merge_prefer *out);
/* Says on stderr that nothing was written, since conflicts are open. */
void note_open(const struct invocation *in);

#endif
