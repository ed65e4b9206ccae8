/* log - changes in words and as JSON; for src/cli alone. */
#ifndef LINGTAN_CLI_LOG_H
#define LINGTAN_CLI_LOG_H

#include "command.h"

/* "  条款 7.2.1（评价）结论：points 8 → points 10" */
void print_change(const struct invocation *in, const struct change *change, int indent);
void json_change(struct lt_json *json, const struct change *change);

#endif
