/* inventory_sources - sources and sinks of a year by size, with what people say of them; for
 * src/cli/inventory*.c alone. */
#ifndef LINGTAN_CLI_INVENTORY_SOURCES_H
#define LINGTAN_CLI_INVENTORY_SOURCES_H

#include "command.h"
#include "lingtan/app/inventory.h"
#include "lingtan/app/record.h"

struct source_lists {
	struct ledger_share *shares[LEDGER_MEMO]; /* by kind, largest first */
	unsigned n[LEDGER_MEMO];
	struct lt_decimal whole[LEDGER_MEMO];
	struct record **appraisals;
	unsigned n_appraisals;
};

/* In the inventory's and the session's arenas. Errors: LT_ESPACE, those of record_list(). */
enum lt_status sources_open(struct invocation *in, struct inventory *inventory, const char *year,
			    struct source_lists *out);

/* Members sources, sinks and offsets of the open object. */
void sources_json(struct lt_json *json, const struct source_lists *lists);
void sources_print(const struct invocation *in, const struct source_lists *lists);

/* 15,429.21 (inventory.c); out holds 2 * LT_DECIMAL_TEXT. */
const char *tonnes_text(struct lt_decimal value, char *out);

#endif
