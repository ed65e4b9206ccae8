/* What a board shows of the own rung: what is left to do, and the balance. */
#include <stdlib.h>
#include <string.h>
#include "board_parts.h"

/* ---- to do ---- */

/* N_TODO_KINDS: there is nothing to do. */
static enum todo_kind kind_of(const struct board *board, uint32_t item)
{
	switch (board_mark(board, item)->state) {
	case STATE_FAILED:
		return TODO_FAILED;
	case STATE_OPEN:
		return board->items[item].is_veto ? TODO_CONTROL : TODO_OPEN;
	case STATE_UNPROVEN:
		return TODO_UNPROVEN;
	case STATE_SENT_BACK:
		return TODO_SENT_BACK;
	case STATE_DONE:
	case STATE_NA:
	case STATE_OUTSIDE:
	case N_BOARD_STATES:
		break;
	}
	return N_TODO_KINDS;
}

static void add_kind(struct board *board, enum todo_kind kind)
{
	for (unsigned r = 0; r < board->n_rows; r++) {
		const struct board_row *row = &board->rows[r];
		if (row->is_section || kind_of(board, row->at) != kind)
			continue;
		board->todo[board->n_todo++] = (struct todo){ .kind = kind,
							      .item = row->at,
							      .who = board->items[row->at].owner,
							      .due = board->items[row->at].due };
		board->n_todo_of[kind]++;
	}
}

/* What is due first; what has no day comes last. */
static bool is_due_before(const struct todo *a, const struct todo *b)
{
	if (!a->due || !b->due)
		return a->due && !b->due;
	return strcmp(a->due, b->due) < 0;
}

static void add_owed(struct board *board)
{
	const unsigned first = board->n_todo;
	for (const struct owed *owed = board->private->facts->owed; owed; owed = owed->next) {
		const struct todo todo = { .kind = TODO_OWED,
					   .item = NO_SLOT,
					   .title = owed->title,
					   .who = owed->who,
					   .due = owed->due };
		unsigned at = board->n_todo++;
		for (; at > first && is_due_before(&todo, &board->todo[at - 1]); at--)
			board->todo[at] = board->todo[at - 1];
		board->todo[at] = todo;
		board->n_todo_of[TODO_OWED]++;
	}
}

enum lt_status board_list_todo(struct board *board, struct lt_err *err)
{
	board->n_todo = 0;
	memset(board->n_todo_of, 0, sizeof(board->n_todo_of));
	board->todo = lt_arena_alloc(&board->private->derived,
				     (size_t)board->n_items + board->private->facts->n_owed + 1,
				     sizeof(*board->todo));
	if (!board->todo)
		return lt_err_memory(err);
	for (int kind = 0; kind < N_TODO_KINDS; kind++)
		add_kind(board, (enum todo_kind)kind);
	add_owed(board);
	return LT_OK;
}

/* Where the item's row stands; n_rows for one that has none. */
static unsigned row_of(const struct board *board, uint32_t item)
{
	unsigned r = 0;
	while (r < board->n_rows && (board->rows[r].is_section || board->rows[r].at != item))
		r++;
	return r;
}

/* What is owed has no item, so it is not what stands before or after one. */
static const struct todo *todo_of(const struct board *board, uint32_t item)
{
	for (unsigned i = 0; item != NO_SLOT && i < board->n_todo; i++)
		if (board->todo[i].item == item)
			return &board->todo[i];
	return NULL;
}

const struct todo *board_next(const struct board *board, uint32_t after, enum todo_order order)
{
	if (!board->n_todo)
		return NULL;
	if (order == BY_URGENCY) {
		const struct todo *at = todo_of(board, after);
		const unsigned next = at ? (unsigned)(at - board->todo) + 1 : 0;
		return &board->todo[next < board->n_todo ? next : 0];
	}
	const unsigned from = after == NO_SLOT ? board->n_rows : row_of(board, after);
	for (unsigned i = 1; i <= board->n_rows + 1; i++) {
		const unsigned r = (from + i) % (board->n_rows + 1);
		const struct todo *todo = r < board->n_rows && !board->rows[r].is_section
						  ? todo_of(board, board->rows[r].at)
						  : NULL;
		if (todo)
			return todo;
	}
	return board->todo;
}

/* ---- balance ---- */

/* A weight that is no number of the ruleset takes nothing off. */
static bool is_negative(const struct plan *plan, uint32_t weight)
{
	return weight >= plan->first_parameter && weight < plan->first_node &&
	       plan->numbers[weight - plan->first_parameter].value.lo.units < 0;
}

static bool has_minus(const struct plan *plan, const struct plan_node *node)
{
	for (unsigned t = 0; t < node->n_terms; t++)
		if (is_negative(plan, node->terms[t].weight))
			return true;
	return false;
}

/* The terms of a difference, and of the differences that it is taken from in turn. */
static void add_terms(struct board *board, const struct plan_node *node, bool is_subtracted)
{
	const struct plan *plan = board->plan;
	struct board_balance *balance = &board->balance;
	for (unsigned t = 0; t < node->n_terms; t++) {
		const struct plan_term *term = &node->terms[t];
		const struct plan_node *inner = plan_node_at(plan, term->slot);
		const bool minus = is_subtracted != is_negative(plan, term->weight);
		if (inner && inner->decl->op == OP_SUM && has_minus(plan, inner)) {
			add_terms(board, inner, minus);
			continue;
		}
		balance->terms[balance->n_terms++] = (struct board_amount){
			.slot = term->slot,
			.is_subtracted = minus,
			.title = board_title(plan, term->slot),
			.value = board->rungs[board->own].result->values[term->slot],
		};
	}
}

/* ---- the years before ---- */

enum { MOST_YEARS = 6 };

static int by_year(const void *a, const void *b)
{
	return strcmp(((const struct board_year *)a)->year, ((const struct board_year *)b)->year);
}

static void ledger_years(const struct ledger *ledger, struct board_year *out, unsigned *n)
{
	for (unsigned i = 0; i < ledger->n_years; i++)
		if (ledger->years[i].totals.n_emissions)
			out[(*n)++] = (struct board_year){ ledger->years[i].year,
							   ledger_net(&ledger->years[i].totals, true) };
}

static bool convert(const struct units *units, const char *from, const char *to,
		    struct lt_decimal *value)
{
	struct unit_ratio typed, wanted;
	if (!from || !to || strcmp(from, to) == 0)
		return true;
	return units && units_parse(units, from, &typed) && units_parse(units, to, &wanted) &&
	       unit_ratio_goes_into(&typed, &wanted) &&
	       unit_convert(&typed, &wanted, *value, value);
}

/* What the file gives for a quantity in a year, in its unit; false where that is no number. */
static bool given_in(const struct assessment *own, const struct quantity *quantity,
		     const char *year, struct lt_decimal *out)
{
	for (unsigned i = 0; i < own->sheet->n_quantities; i++) {
		const struct sheet_quantity *given = &own->sheet->quantities[i];
		if (given->year && given->value && strcmp(given->id, quantity->id) == 0 &&
		    strcmp(given->year, year) == 0)
			return lt_decimal_parse(given->value, strlen(given->value), out) ==
				       LT_DECIMAL_OK &&
			       convert(own->units, given->unit, quantity->unit, out);
	}
	return false;
}

static bool net_in(const struct board *board, const struct assessment *own, const char *year,
		   struct lt_decimal *net)
{
	const struct plan *plan = board->plan;
	*net = VALUE_ZERO;
	for (unsigned t = 0; t < board->balance.n_terms; t++) {
		const struct board_amount *term = &board->balance.terms[t];
		struct lt_decimal value;
		if (plan_slot_kind(plan, term->slot) != SLOT_QUANTITY ||
		    !given_in(own, plan->quantities[term->slot - plan->first_quantity].decl, year,
			      &value) ||
		    !(term->is_subtracted ? lt_decimal_subtract(*net, value, net)
					  : lt_decimal_add(*net, value, net)))
			return false;
	}
	return board->balance.n_terms > 0;
}

static void sheet_years(const struct board *board, const struct assessment *own,
			struct board_year *out, unsigned *n)
{
	const struct sheet *sheet = own->sheet;
	for (unsigned i = 0; i < sheet->n_quantities; i++) {
		const char *year = sheet->quantities[i].year;
		bool is_known = !year;
		for (unsigned k = 0; k < *n && !is_known; k++)
			is_known = strcmp(out[k].year, year) == 0;
		if (!is_known && net_in(board, own, year, &out[*n].net))
			out[(*n)++].year = year;
	}
}

static enum lt_status fill_years(struct board *board, struct lt_err *err)
{
	const struct assessment *own = &board->private->assessments[board->own];
	struct board_balance *balance = &board->balance;
	const struct ledger *ledger = own->accounting ? &own->accounting->ledger : NULL;
	const unsigned most = own->sheet->n_quantities + (ledger ? ledger->n_years : 0);
	unsigned n = 0;
	struct board_year *years =
		lt_arena_alloc(&board->private->derived, most + 1, sizeof(*years));
	if (!years)
		return lt_err_memory(err);
	if (ledger)
		ledger_years(ledger, years, &n);
	else
		sheet_years(board, own, years, &n);
	if (n < 2)
		return LT_OK;
	qsort(years, n, sizeof(*years), by_year);
	balance->years = years + (n > MOST_YEARS ? n - MOST_YEARS : 0);
	balance->n_years = n > MOST_YEARS ? MOST_YEARS : n;
	return LT_OK;
}

enum lt_status board_balance_fill(struct board *board, struct lt_err *err)
{
	const struct plan *plan = board->plan;
	const struct plan_node *net = plan_published(plan, PUBLISH_NET);
	unsigned n = 0;
	board->balance = (struct board_balance){ .unit = "tCO2" };
	if (!net || net->decl->op != OP_SUM)
		return LT_OK;
	for (unsigned i = 0; i < plan->n_nodes; i++)
		n += plan->nodes[i].n_terms;
	board->balance.terms =
		lt_arena_alloc(&board->private->derived, n + 1, sizeof(*board->balance.terms));
	if (!board->balance.terms)
		return lt_err_memory(err);
	board->balance.has_balance = true;
	board->balance.net =
		board->rungs[board->own]
			.result->values[plan->first_node + (uint32_t)(net - plan->nodes)];
	if (net->decl->unit)
		board->balance.unit = net->decl->unit;
	add_terms(board, net, false);
	return fill_years(board, err);
}
