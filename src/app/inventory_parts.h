/* inventory_parts - what the parts of the inventory share; for src/app/inventory*.c alone. */
#ifndef LINGTAN_APP_INVENTORY_PARTS_H
#define LINGTAN_APP_INVENTORY_PARTS_H

#include "lingtan/app/inventory.h"
#include "lingtan/app/role.h"
#include "lingtan/app/rung.h"

/* A member of table line, where it stands in struct ledger_line, and whether a rung may claim it of a
 * line that another one entered. In the order of groups, and in a group of its members. */
struct line_member {
	const char *field, *group, *member;
	size_t offset;
	bool claimable;
};
extern const struct line_member line_members[];
extern const unsigned n_line_members;

const char **line_at(struct ledger_line *line, const struct line_member *member);

/* What the months of a line come to; *any false: none has a figure. False: the sum is too large. */
bool line_sum_months(const struct ledger_line *line, struct lt_decimal *sum, bool *any);

/* Room for one claim a row; false when memory ran out. */
bool inventory_has_claims(struct inventory *inventory);

/* The rung that who is at work writes on. Errors: LT_EDATA (a role without one). */
enum lt_status inventory_own_rung(struct session *session, const char **rung, struct lt_err *err);

/* The changes that make `line` of `before` (NULL: a new line), by whoever is at work. */
enum lt_status inventory_changes(struct session *session, const struct ledger_line *before,
				 const struct ledger_line *line, struct changes *changes,
				 struct lt_err *err);

/* inventory_put(), on top of changes that were made already: one entry. */
enum lt_status inventory_put_with(struct session *session, struct inventory *inventory,
				  const struct ledger_line *lines, unsigned n, bool dry_run,
				  struct changes *changes, bool *done, struct lt_err *err);

/* A finding at a row of a file that is imported: why it is refused. */
struct cell_row;
void import_refuse_row(struct lt_findings *findings, const char *path, const struct cell_row *row,
		       const struct lt_err *why);

/* Registers as tables of the same files (inventory_registers.c): adds what they say to changes.
 * lines: those of the files, which a register may name by source or name. n_refused counts rows that
 * findings tell of. Errors: LT_EFILE, LT_ESPACE. */
struct register_import {
	struct session *session;
	struct changes *changes;
	const struct ledger_line *lines;
	unsigned n_lines;
	struct lt_findings *findings;
	unsigned n_rows, n_refused;
};
enum lt_status registers_import(struct register_import *import, const char *path,
				const char *place, struct lt_err *err);

#endif
