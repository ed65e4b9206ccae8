#include "balance_fit.h"

#include <string.h>
#include "lingtan/base/ids.h"

/* "unsaid" fits a line that leaves the word out. */
static bool fits_word(const struct words *asked, const char *said)
{
	return !asked->n || words_have(asked, said[0] ? said : "unsaid");
}

static bool fits_wanted(enum wanted wanted, bool is)
{
	return wanted == WANT_EITHER || (wanted == WANT_YES) == is;
}

/* A line that says which accounts it counts in counts in no other; one that does not counts where
 * the other conditions let it. */
static bool fits_accounts(const struct words *asked, const char *said)
{
	if (!asked->n || !said[0])
		return true;
	for (unsigned i = 0; i < asked->n; i++)
		if (lt_ids_have(said, asked->at[i]))
			return true;
	return false;
}

bool is_shared_out(const struct ledger_line *line)
{
	return line->allocation[0][0] || line->allocation[1][0] || line->allocation[2][0];
}

static bool is_scope(const struct take *take, const struct ledger_line *line)
{
	if (!take->scopes.n)
		return true;
	/* an amount that is shared out belongs to every scope that has a share */
	for (unsigned s = 0; s < 3; s++) {
		const char name[] = { (char)('1' + s), '\0' };
		if (line->allocation[s][0] && words_have(&take->scopes, name))
			return true;
	}
	return !is_shared_out(line) && fits_word(&take->scopes, line->scope);
}

struct line_offset offset_of_line(const struct balance_input *input, const struct ledger_line *line)
{
	struct line_offset found = { .kind = line->source, .local = "" };
	bool is_first = true;
	for (unsigned i = 0; i < input->n_offsets; i++) {
		const struct balance_offset *offset = &input->offsets[i];
		struct lt_decimal years;
		if (strcmp(offset->line, line->id) != 0)
			continue;
		found.kind = offset->kind[0] ? offset->kind : found.kind;
		if (is_first || strcmp(offset->local, "yes") != 0)
			found.local = offset->local;
		is_first = false;
		if (lt_decimal_parse(offset->commitment, strlen(offset->commitment), &years) !=
		    LT_DECIMAL_OK)
			continue;
		if (!found.has_commitment || lt_decimal_compare(years, found.commitment) < 0)
			found.commitment = years;
		found.has_commitment = true;
	}
	return found;
}

static bool fits_register(const struct take *take, const struct balance_input *input,
			  const struct ledger_line *line, struct lt_decimal least)
{
	if (!take->projects.n && take->local == WANT_EITHER && !take->commitment)
		return true;
	const struct line_offset offset = offset_of_line(input, line);
	const bool is_own = strcmp(offset.kind, "own") == 0;
	return fits_word(&take->projects, offset.kind) &&
	       fits_wanted(take->local, strcmp(offset.local, "yes") == 0) &&
	       (!take->commitment || !is_own ||
		(offset.has_commitment && lt_decimal_compare(offset.commitment, least) >= 0));
}

static bool has_own_factor(const struct ledger_line *line)
{
	return line->factor.value[0] && !line->factor.id[0];
}

static bool is_fuel(const struct ledger_row *row)
{
	return row->result.is_fuel || strcmp(row->line.purpose, "fuel") == 0 ||
	       strcmp(row->line.purpose, "bunker") == 0;
}

bool take_fits(const struct take *take, const struct balance_input *input,
	       const struct ledger_row *row, struct lt_decimal least)
{
	const struct ledger_line *line = &row->line;
	/* what leaves most lines out first; a reading beside what came in: no standard takes it twice */
	return fits_word(&take->kinds, line->kind) &&
	       strcmp(line->flow, ledger_flow_names[LEDGER_USED]) != 0 && is_scope(take, line) &&
	       fits_word(&take->systems, line->system) &&
	       fits_word(&take->sources, line->source) && fits_word(&take->flows, line->flow) &&
	       fits_word(&take->carriers, line->carrier) &&
	       fits_word(&take->attributes, line->attributes) &&
	       fits_word(&take->purposes, line->purpose) &&
	       fits_word(&take->gases, line->gas[0] ? line->gas : "CO2") &&
	       fits_word(&take->factors, line->factor.id) &&
	       fits_accounts(&take->accounts, line->accounts) &&
	       fits_wanted(take->biogenic == WANT_EITHER ? WANT_NO : take->biogenic,
			   ledger_line_is_biogenic(line)) &&
	       fits_wanted(take->zero, row->result.state == LEDGER_COUNTED &&
					       row->result.factor.units == 0) &&
	       fits_wanted(take->fuel, is_fuel(row)) &&
	       fits_wanted(take->own, has_own_factor(line)) &&
	       fits_wanted(take->terminal, strcmp(line->terminal, "yes") == 0) &&
	       fits_register(take, input, line, least);
}
