/* The rows of the inventory's grid: reading, filter, order, running sums. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "inventory.h"

const struct label row_filters[N_FILTERS] = {
	{ "全部", "all" },		 { "未填", "open" },	 { "因子未说明", "factor not stated" },
	{ "因子待换", "factor to renew" }, { "有核定", "verified" },
};
const struct label row_sorts[N_SORTS] = {
	{ "范围", "scope" }, { "排放量", "tonnes" }, { "系统", "system" }, { "地点", "place" }
};
const struct label ledger_system_titles[N_LEDGER_SYSTEMS + 1] = {
	{ "能源", "energy" },	 { "建筑", "building" }, { "生产", "production" }, { "交通", "transport" },
	{ "废弃物", "waste" }, { "水", "water" },	 { "生态", "ecology" },	   { "-", "-" },
};
const struct label ledger_kind_titles[N_LEDGER_KINDS] = { { "排放", "emission" },
							  { "吸收", "absorb" },
							  { "抵消", "offset" },
							  { "备忘", "memo" } };

bool inventory_row(const struct inventory_screen *view, unsigned *row)
{
	if (view->at >= view->n_items || view->items[view->at].sort != ITEM_LINE)
		return false;
	*row = view->items[view->at].row;
	return true;
}

/* ---- filter and order ---- */

static bool is_wanted(const struct inventory_screen *view, unsigned row)
{
	const struct ledger_row *at = &view->inventory.ledger.rows[row];
	const struct factor *newer;
	switch (view->filter) {
	case FILTER_OPEN:
		return at->result.state == LEDGER_OPEN;
	case FILTER_UNSTATED:
		return at->result.state == LEDGER_UNSTATED || at->result.state == LEDGER_WRONG;
	case FILTER_OLD: {
		const enum factor_age age =
			factor_age(&view->factors, &at->line, view->province, &newer);
		return age != FACTOR_GOOD && age != FACTOR_NOT_STATED;
	}
	case FILTER_CLAIMED:
		return view->inventory.claims[row].rung != NULL;
	case FILTER_ALL:
	case N_FILTERS:
		break;
	}
	return true;
}

static int by_sort(const void *a, const void *b, void *context)
{
	const struct inventory_screen *view = context;
	const struct ledger_row *left = &view->inventory.ledger.rows[*(const unsigned *)a],
				*right = &view->inventory.ledger.rows[*(const unsigned *)b];
	int order = (int)left->result.kind - (int)right->result.kind;
	if (!order && view->sort == SORT_TONNES)
		order = lt_decimal_compare(right->result.tonnes, left->result.tonnes);
	if (!order && view->sort == SORT_SYSTEM)
		order = (int)ledger_word(ledger_system_names, N_LEDGER_SYSTEMS, left->line.system) -
			(int)ledger_word(ledger_system_names, N_LEDGER_SYSTEMS, right->line.system);
	if (!order && view->sort == SORT_PLACE)
		order = strcmp(left->line.place, right->line.place);
	if (!order)
		order = strcmp(left->line.scope, right->line.scope);
	return order ? order : strcmp(left->line.id, right->line.id);
}

static bool add_item(struct inventory_screen *view, enum item_sort sort, unsigned row)
{
	if (view->n_items == view->cap_items)
		return false;
	struct grid_item *item = &view->items[view->n_items++];
	*item = (struct grid_item){ .sort = sort, .row = row };
	if (sort == ITEM_LINE)
		item->number = ++view->n_lines;
	return true;
}

void inventory_sums(struct inventory_screen *view)
{
	struct lt_decimal sum = { 0 };
	for (unsigned i = 0; i < view->n_items; i++) {
		struct grid_item *item = &view->items[i];
		if (item->sort == ITEM_LINE) {
			const struct ledger_result *result =
				&view->inventory.ledger.rows[item->row].result;
			const bool counts = result->state == LEDGER_COUNTED &&
					    result->bucket == LEDGER_IN;
			if (counts && result->kind == LEDGER_EMISSION)
				lt_decimal_add(sum, result->tonnes, &sum);
			else if (counts)
				lt_decimal_subtract(sum, result->tonnes, &sum);
		}
		item->sum = sum;
	}
}

const char *inventory_total(const struct inventory_screen *view, bool is_net,
			    char buf[FIGURE_TEXT])
{
	const struct ledger_totals *totals = ledger_totals(&view->inventory.ledger, view->year);
	if (!totals->n_emissions)
		return "-";
	return figure_decimal(is_net ? ledger_net(totals, true)
				     : ledger_sum_value(&totals->kind[LEDGER_EMISSION], true),
			      2, buf);
}

static unsigned item_of_line(const struct inventory_screen *view, const char *id)
{
	for (unsigned i = 0; i < view->n_items; i++)
		if (view->items[i].sort == ITEM_LINE &&
		    strcmp(view->inventory.ledger.rows[view->items[i].row].line.id, id) == 0)
			return i;
	return view->n_items;
}

/* Emissions and their sum, then what is taken off, then what is left. */
static void fill_items(struct inventory_screen *view, const unsigned *order, unsigned n)
{
	const struct ledger *ledger = &view->inventory.ledger;
	bool summed = false;
	view->n_items = view->n_lines = 0;
	for (unsigned i = 0; i < n; i++) {
		const enum ledger_kind kind = ledger->rows[order[i]].result.kind;
		if (kind != LEDGER_EMISSION && !summed) {
			add_item(view, ITEM_EMISSION, 0);
			add_item(view, ITEM_BLANK, 0);
			summed = true;
		}
		add_item(view, ITEM_LINE, order[i]);
	}
	if (n && !summed)
		add_item(view, ITEM_EMISSION, 0);
	if (n)
		add_item(view, ITEM_NET, 0);
}

void inventory_arrange(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	char id[80] = "";
	unsigned row, n = 0, kept = 0;
	if (view->go_id[0])
		snprintf(id, sizeof(id), "%s", view->go_id);
	else if (inventory_row(view, &row))
		snprintf(id, sizeof(id), "%.79s", view->inventory.ledger.rows[row].line.id);
	view->go_id[0] = '\0';
	lt_arena_reset(&view->rows);
	unsigned *order = inventory_order(&view->inventory, view->year, &view->rows, &n);
	view->cap_items = n + 4;
	view->items = lt_arena_alloc(&view->rows, view->cap_items, sizeof(*view->items));
	if (!order || !view->items) {
		struct lt_err err = LT_ERR_INIT;
		lt_err_memory(&err);
		workbench_tell_err(screen->bench, &err);
		view->n_items = view->n_lines = 0;
		return;
	}
	for (unsigned i = 0; i < n; i++)
		if (is_wanted(view, order[i]))
			order[kept++] = order[i];
	if (view->sort != SORT_ORDER)
		qsort_r(order, kept, sizeof(*order), by_sort, view);
	fill_items(view, order, kept);
	inventory_sums(view);
	const unsigned was = item_of_line(view, id);
	if (was < view->n_items)
		view->at = was;
	inventory_move(view, 0);
}

/* To the nearest line, so many lines on. */
void inventory_move(struct inventory_screen *view, int lines)
{
	if (view->at >= view->n_items)
		view->at = view->n_items ? view->n_items - 1 : 0;
	int at = (int)view->at, last = -1;
	for (int i = at; i >= 0 && last < 0; i--)
		if ((unsigned)i < view->n_items && view->items[i].sort == ITEM_LINE)
			last = i;
	for (unsigned i = view->at; i < view->n_items && last < 0; i++)
		if (view->items[i].sort == ITEM_LINE)
			last = (int)i;
	for (; lines > 0 && last >= 0; lines--)
		for (unsigned i = (unsigned)last + 1; i < view->n_items; i++)
			if (view->items[i].sort == ITEM_LINE) {
				last = (int)i;
				break;
			}
	for (; lines < 0 && last >= 0; lines++)
		for (int i = last - 1; i >= 0; i--)
			if (view->items[i].sort == ITEM_LINE) {
				last = i;
				break;
			}
	view->at = last < 0 ? 0 : (unsigned)last;
}

/* ---- reading ---- */

static void choose_year(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	view->years = inventory_years(&view->inventory, &view->n_years);
	if (!view->year[0])
		snprintf(view->year, sizeof(view->year), "%.4s",
			 screen->bench->ref ? screen->bench->ref->year : "");
	if (!view->year[0] && view->n_years)
		snprintf(view->year, sizeof(view->year), "%.4s", view->years[view->n_years - 1]);
}

static enum lt_status read_all(struct screen *screen, struct lt_err *err)
{
	struct inventory_screen *view = inventory_of(screen);
	struct workbench *bench = screen->bench;
	struct words location = { 0 };
	enum lt_status status = inventory_open(bench->session, workbench_rung(bench),
					       &view->inventory, &bench->findings, err);
	view->is_open = true;
	if (!status)
		status = factor_sets(bench->session, &view->inventory.arena, &bench->findings,
				     &view->factors, err);
	view->n_evidence = 0;
	if (!status)
		status = inventory_evidence(bench->session, &view->inventory, &view->evidence,
					    &view->n_evidence, err);
	if (!status)
		status = project_get(bench->session->project, "park", "park", "location",
				     &view->inventory.arena, &location, err);
	view->province = location.at ? location.at[0] : "";
	return status;
}

void inventory_load(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	struct lt_err err = LT_ERR_INIT;
	unsigned row;
	const char *head = project_head(screen->bench->session->project);
	if (!view->go_id[0] && inventory_row(view, &row))
		snprintf(view->go_id, sizeof(view->go_id), "%.79s",
			 view->inventory.ledger.rows[row].line.id);
	const unsigned was = view->at;
	if (view->is_open)
		inventory_close(&view->inventory);
	view->n_items = view->n_lines = 0;
	view->items = NULL;
	if (read_all(screen, &err) != LT_OK) {
		workbench_tell_err(screen->bench, &err);
		return;
	}
	snprintf(view->head, sizeof(view->head), "%s", head);
	choose_year(screen);
	view->at = was;
	inventory_arrange(screen);
}
