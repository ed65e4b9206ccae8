/* log - changes in words and as JSON; for src/cli alone. */
#ifndef LINGTAN_CLI_LOG_H
#define LINGTAN_CLI_LOG_H

#include "command.h"

/* "  条款 7.2.1（评价）结论：points 8 → points 10" */
void print_change(const struct invocation *in, const struct change *change, int indent);
/* "  条款 7.2.1（评价）结论" */
void print_cell_name(const struct invocation *in, const struct change *change);
/* The members that say something, a dash for nothing; a text with nothing that disturbs a terminal.
 */
void print_members(const struct words *value);
void print_text(const char *text);
/* null or a list. */
void json_value(struct lt_json *json, const char *key, const struct words *value);
void json_change(struct lt_json *json, const struct change *change);

#endif
