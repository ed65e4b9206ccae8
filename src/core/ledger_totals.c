/* Lines of the inventory with totals that move by the difference of one line. */
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"
#include "lingtan/core/ledger.h"

enum lt_status ledger_init(struct ledger *ledger, const struct units *units, struct lt_arena *arena,
			   struct lt_err *err)
{
	*ledger = (struct ledger){ .arena = arena, .units = units, .n_source_table = 256 };
	ledger->n_row_table = 256;
	ledger->source_table = lt_arena_alloc(arena, ledger->n_source_table, sizeof(unsigned));
	ledger->row_table = lt_arena_alloc(arena, ledger->n_row_table, sizeof(unsigned));
	return ledger->source_table && ledger->row_table ? LT_OK : lt_err_memory(err);
}

/* ---- years and sources ---- */

static bool year_of(struct ledger *ledger, const char *year, unsigned *out)
{
	for (*out = 0; *out < ledger->n_years; ++*out)
		if (strcmp(ledger->years[*out].year, year) == 0)
			return true;
	struct ledger_year *years = lt_arena_room(ledger->arena, ledger->years, ledger->n_years,
						  &ledger->cap_years, sizeof(*years));
	if (!years)
		return false;
	ledger->years = years;
	ledger->years[ledger->n_years++] = (struct ledger_year){ .year = year };
	return true;
}

static bool grow_table(struct ledger *ledger)
{
	const unsigned n = ledger->n_source_table * 2;
	unsigned *table = lt_arena_alloc(ledger->arena, n, sizeof(*table));
	if (!table)
		return false;
	for (unsigned i = 0; i < ledger->n_sources; i++) {
		unsigned slot = lt_text_hash(ledger->sources[i]) & (n - 1);
		while (table[slot])
			slot = (slot + 1) & (n - 1);
		table[slot] = i + 1;
	}
	ledger->source_table = table;
	ledger->n_source_table = n;
	return true;
}

static bool source_of(struct ledger *ledger, const char *source, unsigned *out)
{
	if (ledger->n_sources * 2 >= ledger->n_source_table && !grow_table(ledger))
		return false;
	unsigned slot = lt_text_hash(source) & (ledger->n_source_table - 1);
	for (; ledger->source_table[slot]; slot = (slot + 1) & (ledger->n_source_table - 1)) {
		*out = ledger->source_table[slot] - 1;
		if (strcmp(ledger->sources[*out], source) == 0)
			return true;
	}
	const char **sources = lt_arena_room(ledger->arena, ledger->sources, ledger->n_sources,
					     &ledger->cap_sources, sizeof(*sources));
	if (!sources)
		return false;
	ledger->sources = sources;
	*out = ledger->n_sources;
	ledger->sources[ledger->n_sources++] = source;
	ledger->source_table[slot] = ledger->n_sources;
	return true;
}

/* ---- rows by id ---- */

static void put_row(unsigned *table, unsigned n, const char *id, unsigned at)
{
	unsigned slot = lt_text_hash(id) & (n - 1);
	while (table[slot])
		slot = (slot + 1) & (n - 1);
	table[slot] = at + 1;
}

static bool index_row(struct ledger *ledger, unsigned at)
{
	if (++ledger->n_in_row_table * 2 > ledger->n_row_table) {
		const unsigned n = ledger->n_row_table * 2;
		unsigned *table = lt_arena_alloc(ledger->arena, n, sizeof(*table));
		if (!table)
			return false;
		ledger->n_in_row_table = ledger->n;
		for (unsigned i = 0; i < ledger->n; i++)
			put_row(table, n, ledger->rows[i].line.id, i);
		ledger->row_table = table;
		ledger->n_row_table = n;
		return true;
	}
	put_row(ledger->row_table, ledger->n_row_table, ledger->rows[at].line.id, at);
	return true;
}

/* ---- a line in its totals ---- */

static unsigned scope_of(const char *scope)
{
	return scope[0] >= '1' && scope[0] <= '3' && !scope[1] ? (unsigned)(scope[0] - '0') : 0;
}

/* Which way: 1 puts a line in, -1 takes it out. What was put in comes out again exactly. */
static void add(struct lt_decimal *to, struct lt_decimal amount, int way)
{
	to->units += way < 0 ? -amount.units : amount.units; /* it fits: LEDGER_MOST */
}

static void add_sum(struct ledger_sum *to, const struct ledger_result *result, int way)
{
	add(result->is_co2 ? &to->co2 : &to->other, result->tonnes, way);
}

static void add_energy(struct ledger_totals *totals, const struct ledger_row *row, int way)
{
	const unsigned flow =
		ledger_word(ledger_flow_names, N_LEDGER_FLOWS, row->line.flow);
	const unsigned carrier =
		ledger_word(ledger_carrier_names, N_LEDGER_CARRIERS, row->line.carrier);
	if (flow < N_LEDGER_FLOWS && carrier < N_LEDGER_CARRIERS)
		add(&totals->energy[carrier][flow], row->result.energy, way);
}

static void count_row(struct ledger *ledger, const struct ledger_row *row, int way)
{
	struct ledger_totals *totals = &ledger->years[row->year].totals;
	const struct ledger_result *result = &row->result;
	totals->n_lines += (unsigned)way;
	totals->n_state[result->state] += (unsigned)way;
	add_energy(totals, row, way);
	if (result->state != LEDGER_COUNTED || result->bucket == LEDGER_ASIDE)
		return;
	if (result->bucket != LEDGER_IN) {
		add_sum(&totals->aside[result->bucket], result, way);
		return;
	}
	add_sum(&totals->kind[result->kind], result, way);
	if (result->kind != LEDGER_EMISSION)
		return;
	totals->n_emissions += (unsigned)way;
	const unsigned scope = scope_of(row->line.scope);
	const unsigned system =
		ledger_word(ledger_system_names, N_LEDGER_SYSTEMS, row->line.system);
	add_sum(&totals->scope[scope], result, way);
	add_sum(&totals->system[system], result, way);
	add_sum(&totals->scope_system[scope][system], result, way);
}

static enum lt_status fill_row(struct ledger *ledger, const struct ledger_line *line,
			       struct ledger_row *row, struct lt_err *err)
{
	struct lt_err wrong = LT_ERR_INIT;
	*row = (struct ledger_row){ .line = *line, .is_there = true };
	if (!year_of(ledger, line->year, &row->year) ||
	    !source_of(ledger, line->source, &row->source))
		return lt_err_memory(err);
	/* what is wrong with it is its state, and is told when it is asked for */
	return ledger_line_result(ledger->units, line, ledger->arena, &row->result, &wrong) ==
			       LT_ESPACE
		       ? lt_err_memory(err)
		       : LT_OK;
}

enum lt_status ledger_add(struct ledger *ledger, const struct ledger_line *line, unsigned *at,
			  struct lt_err *err)
{
	struct ledger_row row;
	enum lt_status status = fill_row(ledger, line, &row, err);
	if (status)
		return status;
	struct ledger_row *rows =
		lt_arena_room(ledger->arena, ledger->rows, ledger->n, &ledger->cap, sizeof(row));
	if (!rows)
		return lt_err_memory(err);
	ledger->rows = rows;
	*at = ledger->n++;
	ledger->rows[*at] = row;
	count_row(ledger, &row, 1);
	return index_row(ledger, *at) ? LT_OK : lt_err_memory(err);
}

enum lt_status ledger_set(struct ledger *ledger, unsigned at, const struct ledger_line *line,
			  struct lt_err *err)
{
	struct ledger_row row;
	enum lt_status status = fill_row(ledger, line, &row, err);
	if (status)
		return status;
	const bool is_renamed = strcmp(ledger->rows[at].line.id, line->id) != 0;
	ledger_remove(ledger, at);
	ledger->rows[at] = row;
	count_row(ledger, &row, 1);
	return !is_renamed || index_row(ledger, at) ? LT_OK : lt_err_memory(err);
}

void ledger_remove(struct ledger *ledger, unsigned at)
{
	if (ledger->rows[at].is_there)
		count_row(ledger, &ledger->rows[at], -1);
	ledger->rows[at].is_there = false;
}

/* ---- reading ---- */

const struct ledger_totals *ledger_totals(const struct ledger *ledger, const char *year)
{
	static const struct ledger_totals nothing = { 0 };
	for (unsigned i = 0; i < ledger->n_years; i++)
		if (strcmp(ledger->years[i].year, year) == 0)
			return &ledger->years[i].totals;
	return &nothing;
}

unsigned ledger_find(const struct ledger *ledger, const char *id)
{
	const unsigned last = ledger->n_row_table - 1;
	for (unsigned slot = lt_text_hash(id) & last; ledger->row_table[slot]; slot = (slot + 1) & last) {
		const unsigned at = ledger->row_table[slot] - 1;
		if (ledger->rows[at].is_there && strcmp(ledger->rows[at].line.id, id) == 0)
			return at;
	}
	return ledger->n;
}

/* Sources are numbers: most rows are passed over without reading a text. */
static bool is_called_alike(const struct ledger_row *a, const struct ledger_row *b)
{
	return a->is_there && a->year == b->year &&
	       (a->source == b->source || a->line.name[0] || b->line.name[0]) &&
	       strcmp(ledger_line_name(&a->line), ledger_line_name(&b->line)) == 0;
}

const char *ledger_line_called(const struct ledger *ledger, const struct ledger_line *line,
			       struct lt_arena *arena)
{
	const size_t most = 120, short_id = 8, hash = 32; /* bytes */
	const char *name = ledger_line_name(line);
	const unsigned at = ledger_find(ledger, line->id);
	unsigned other = at < ledger->n ? 0 : ledger->n;
	while (other < ledger->n &&
	       (other == at || !is_called_alike(&ledger->rows[other], &ledger->rows[at])))
		other++;
	if (other < ledger->n)
		return lt_arena_printf(arena, "%.*s (%.*s)", LT_CUT(name, most - 40),
				       LT_CUT(line->id, strlen(line->id) == hash ? short_id : 36));
	return strlen(name) > most ? lt_arena_printf(arena, "%.*s", LT_CUT(name, most)) : name;
}

struct lt_decimal ledger_sum_value(const struct ledger_sum *sum, bool with_other)
{
	return (struct lt_decimal){ sum->co2.units + (with_other ? sum->other.units : 0) };
}

bool ledger_supply(const struct ledger_totals *totals, enum ledger_carrier carrier,
		   struct lt_decimal *out)
{
	bool any = false;
	*out = (struct lt_decimal){ 0 };
	for (unsigned flow = 0; flow < LEDGER_USED; flow++) {
		const struct lt_decimal energy = totals->energy[carrier][flow];
		any |= energy.units != 0;
		add(out, energy, flow == LEDGER_SOLD ? -1 : 1);
	}
	return any;
}

struct lt_decimal ledger_net(const struct ledger_totals *totals, bool with_other)
{
	const struct lt_decimal emission =
		ledger_sum_value(&totals->kind[LEDGER_EMISSION], with_other);
	const struct lt_decimal absorption =
		ledger_sum_value(&totals->kind[LEDGER_ABSORPTION], with_other);
	const struct lt_decimal offset =
		ledger_sum_value(&totals->kind[LEDGER_OFFSET], with_other);
	return (struct lt_decimal){ emission.units - absorption.units - offset.units };
}

static int by_size(const void *a, const void *b, void *with_other)
{
	const struct ledger_share *left = a, *right = b;
	const bool all = *(const bool *)with_other;
	const int order = lt_decimal_compare(ledger_sum_value(&right->sum, all),
					     ledger_sum_value(&left->sum, all));
	return order ? order : strcmp(left->source, right->source);
}

enum lt_status ledger_ranking(const struct ledger *ledger, const char *year, enum ledger_kind kind,
			      bool with_other, struct lt_arena *arena, struct ledger_share **out,
			      unsigned *n, struct lt_err *err)
{
	struct ledger_share *all = lt_arena_alloc(arena, ledger->n_sources + 1, sizeof(*all));
	if (!all)
		return lt_err_memory(err);
	for (unsigned i = 0; i < ledger->n; i++) {
		const struct ledger_row *row = &ledger->rows[i];
		struct ledger_share *share = &all[row->source];
		if (!row->is_there || row->result.state != LEDGER_COUNTED ||
		    row->result.bucket != LEDGER_IN || row->result.kind != kind ||
		    strcmp(row->line.year, year) != 0 ||
		    (!with_other && !row->result.is_co2))
			continue;
		if (!share->n_lines++)
			share->row = i;
		share->source = row->line.source;
		add_sum(&share->sum, &row->result, 1);
	}
	*n = 0;
	for (unsigned i = 0; i < ledger->n_sources; i++)
		if (all[i].n_lines)
			all[(*n)++] = all[i];
	qsort_r(all, *n, sizeof(*all), by_size, &with_other);
	*out = all;
	return LT_OK;
}
