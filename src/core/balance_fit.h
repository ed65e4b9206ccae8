/* balance_fit - which lines a take fits; for balance*.c alone. */
#ifndef LINGTAN_CORE_BALANCE_FIT_H
#define LINGTAN_CORE_BALANCE_FIT_H

#include "lingtan/core/balance.h"

/* What the register says of a line, all its offsets together: the shortest commitment, local only
 * if every one is. kind is the line's source where no register names the line. */
struct line_offset {
	const char *kind, *local;
	bool has_commitment;
	struct lt_decimal commitment;
};
struct line_offset offset_of_line(const struct balance_input *input,
				  const struct ledger_line *line);

/* Whether the line's amount is shared out to scopes, in place of lying in one. */
bool is_shared_out(const struct ledger_line *line);

/* least: what `commitment` of the take comes to, where it has one. */
bool take_fits(const struct take *take, const struct balance_input *input,
	       const struct ledger_row *row, struct lt_decimal least);

#endif
