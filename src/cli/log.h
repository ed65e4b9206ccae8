/* log - changes in words and as JSON; for src/cli alone. */
#ifndef LINGTAN_CLI_LOG_H
#define LINGTAN_CLI_LOG_H

#include "command.h"
#include "lingtan/app/narrate.h"

/* "  4.2.1 绿化覆盖率 结论：8 分 → 10 分", a line a change. Errors: LT_EFILE, LT_ESPACE. */
enum lt_status print_changes(struct invocation *in, const struct change *changes, unsigned n,
			     int indent);
/* The same by a narrator that is at hand; role: of who made the changes. Errors: LT_ESPACE. */
enum lt_status print_told(struct invocation *in, const struct narrator *narrator, const char *role,
			  const struct change *changes, unsigned n, int indent);
/* What --dry-run says of changes: print_changes(), and how many there would be. */
enum lt_status print_planned(struct invocation *in, const struct changes *changes);
/* "条款 7.2.1（评价）结论" */
void print_cell_name(const struct invocation *in, const struct change *change);
/* The members that say something, a dash for nothing; a text with nothing that disturbs a terminal.
 */
void print_members(const struct words *value);
void print_text(const char *text);
/* A value of the cell as the journal tells it: "8 分"; as it is written where narrator is NULL. */
void print_value_of(const struct narrator *narrator, const struct change *of,
		    const struct words *value);
/* What is said of an item: "8 分"; result, value and reason, "" where there is none. */
void print_verdict(const struct narrator *narrator, const char *assessment, enum rung rung,
		   const char *item, const char *verdict[3]);
/* null or a list. */
void json_value(struct lt_json *json, const char *key, const struct words *value);
void json_change(struct lt_json *json, const struct change *change);
/* "changed", "dry_run", "head" and the list "changes", into an open object. */
void json_changes(const struct invocation *in, struct lt_json *json, const struct changes *changes,
		  bool done);

#endif
