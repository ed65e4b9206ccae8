/* What a cell of the inventory's grid may hold, to choose from; and what can be done with its line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "form_parts.h"
#include "inventory.h"
#include "lingtan/app/record.h"

static void add_choice(struct inventory_screen *view, const char *value, const char *title,
		       const char *detail)
{
	struct cell_choices *choices = &view->choices;
	if (choices->n == MOST_CHOICES)
		return;
	choices->values[choices->n] = value;
	choices->rows[choices->n] = (struct menu_row){
		title, detail, choices->n < 9 ? (int)choices->n + 1 : -1, false
	};
	choices->n++;
}

enum deed { DEED_FACTOR, DEED_COPY_DOWN, DEED_INSERT, DEED_REMOVE, DEED_MONTHS, DEED_FORM, N_DEEDS };
static const struct label deeds[N_DEEDS] = { { "选这一行的因子", "choose the line's factor" },
					     { "同上一行", "as the line above" },
					     { "插一行", "insert a line" },
					     { "移除这一行", "take this line out" },
					     { "逐月 / 全年", "by month / by year" },
					     { "整行各栏", "all fields of the line" } };

static void open_form(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	struct workbench *bench = screen->bench;
	const struct form *form;
	struct record *record;
	struct lt_err err = LT_ERR_INIT;
	unsigned row;
	if (!inventory_row(view, &row) || !view->inventory.ledger.rows[row].line.id[0])
		return;
	enum lt_status status =
		record_form(bench->session->workspace, "line", &bench->findings, &form, &err);
	if (!status)
		status = record_find(bench->session, form,
				     view->inventory.ledger.rows[row].line.id, &record, &err);
	if (status)
		workbench_tell_err(bench, &err);
	else
		form_open(bench, record);
}

static void open_choices(struct screen *screen, enum cell_column cell, unsigned first_deed);

static void do_deed(struct screen *screen, unsigned deed)
{
	if (deed == DEED_FACTOR)
		open_choices(screen, CELL_FACTOR, N_DEEDS);
	else if (deed == DEED_COPY_DOWN)
		cells_copy_down(screen);
	else if (deed == DEED_INSERT)
		row_insert(screen);
	else if (deed == DEED_REMOVE)
		row_remove(screen);
	else if (deed == DEED_MONTHS)
		months_toggle(screen);
	else
		open_form(screen);
}

static void choice_made(struct workbench *bench, void *context, unsigned number)
{
	struct screen *screen = workbench_top(bench);
	struct inventory_screen *view = context;
	const struct cell_choices *choices = &view->choices;
	if (screen->data != context || number >= choices->n)
		return;
	const char *value = choices->values[number];
	if (!value) {
		do_deed(screen, N_DEEDS - (choices->n - number));
		return;
	}
	const enum cell_column cell = view->cell;
	view->cell = choices->cell;
	cell_put(screen, value);
	view->cell = cell;
}

static void choose_scope(struct inventory_screen *view, const struct workbench *bench)
{
	static const char *const scopes[] = { "1", "2", "3" };
	static const struct label details[] = { { "范围 1  直接排放", "scope 1, direct" },
						{ "范围 2  外购电和热", "scope 2, power and heat bought" },
						{ "范围 3  其他间接", "scope 3, other indirect" } };
	for (int i = 0; i < 3; i++)
		add_choice(view, scopes[i], label_of(bench, &details[i]), NULL);
	for (unsigned i = LEDGER_ABSORPTION; i < N_LEDGER_KINDS; i++)
		add_choice(view, ledger_kind_names[i], label_of(bench, &ledger_kind_titles[i]), NULL);
}

static void choose_system(struct inventory_screen *view, const struct workbench *bench)
{
	for (unsigned i = 0; i < N_LEDGER_SYSTEMS; i++)
		add_choice(view, ledger_system_names[i], label_of(bench, &ledger_system_titles[i]), NULL);
}

/* What activities are measured in; of the factor's dimension where it has one. */
static void choose_unit(const struct workbench *bench, struct inventory_screen *view,
			const struct ledger_line *line)
{
	static const char *const dimensions[] = { "energy", "mass", "gas_volume", "volume",
						  "area",   "length" };
	const struct units *units = view->inventory.ledger.units;
	struct unit_ratio of_factor;
	const bool has = line->factor.unit[0] && units_parse(units, line->factor.unit, &of_factor) &&
			 of_factor.per;
	for (unsigned i = 0; i < units->n; i++) {
		bool fits = has && strcmp(units->at[i].dimension, of_factor.per) == 0;
		for (size_t d = 0; d < sizeof(dimensions) / sizeof(dimensions[0]) && !has; d++)
			fits |= strcmp(units->at[i].dimension, dimensions[d]) == 0;
		if (fits)
			add_choice(view, units->at[i].id, units->at[i].id,
				   label_of(bench, &units->at[i].title));
	}
}

/* Of other provinces none is offered; it can be typed. */
static bool is_offered(const struct inventory_screen *view, const struct ledger_line *line,
		       const struct factor *factor)
{
	struct unit_ratio of_factor, of_unit;
	const struct units *units = view->inventory.ledger.units;
	const char *region = factor->region;
	if (!units_parse(units, factor->unit, &of_factor) || !of_factor.per ||
	    strncmp(of_factor.dimension, "co2", 3) != 0)
		return false;
	if (line->unit[0] && units_parse(units, line->unit, &of_unit) &&
	    strcmp(of_unit.dimension, of_factor.per) != 0)
		return false;
	return !region || strcmp(region, "全国") == 0 || strstr(factor->id, "region") ||
	       (view->province[0] && strncmp(view->province, region, strlen(region)) == 0);
}

static void add_factor(struct screen *screen, const struct factor_set *set,
		       const struct factor *factor)
{
	struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	struct lt_arena *arena = &bench->session->arena;
	const char *value = lt_arena_printf(arena, "%s:%s", set->id, factor->id);
	const char *detail = lt_arena_printf(arena, "%s %s", factor->value, factor->unit);
	if (value && detail && view->choices.n + N_DEEDS < MOST_CHOICES)
		add_choice(view, value, label_of(bench, &factor->title), detail);
}

/* Whether the factor is called what the line is called, or the line after it: 天然气, 锅炉天然气. */
static bool is_called_alike(const struct ledger_line *line, const struct factor *factor)
{
	const char *names[] = { line->source, line->name };
	for (int lang = 0; lang < LT_N_LANGS; lang++) {
		const char *title = label_in((enum lt_lang)lang, &factor->title);
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && title[0]; i++)
			if (names[i][0] && (strstr(names[i], title) || strstr(title, names[i])))
				return true;
	}
	return false;
}

/* Sets of the project, and those that the standard assessed names. */
static bool is_at_home(const struct screen *screen, unsigned set)
{
	const struct inventory_screen *view = inventory_of(screen);
	const struct board *board = screen->bench->board;
	const struct words *named =
		board && board->plan ? &board->plan->ruleset->factor_sets : NULL;
	return view->factors.digests[set][0] || !named || !named->n ||
	       words_have(named, view->factors.sets[set]->id);
}

/* By their names: fuels before fuels-older. */
static int by_set_id(const void *a, const void *b, void *context)
{
	const struct factor_list *list = context;
	return strcmp(list->sets[*(const unsigned *)a]->id, list->sets[*(const unsigned *)b]->id);
}

enum factor_pass { PASS_ALIKE, PASS_HOME, PASS_REST, N_PASSES };

static enum factor_pass pass_of(const struct screen *screen, const struct ledger_line *line,
				unsigned set, const struct factor *factor)
{
	const bool home = is_at_home(screen, set);
	return home && is_called_alike(line, factor) ? PASS_ALIKE : home ? PASS_HOME : PASS_REST;
}

/* What is called as the line is, then the sets of the standard, then others; in each the park's own
 * province and the country before regions, years from the last. */
static void choose_factor(struct screen *screen, const struct ledger_line *line)
{
	struct inventory_screen *view = inventory_of(screen);
	const unsigned n_sets = view->factors.n;
	unsigned *order = lt_arena_alloc(&screen->bench->session->arena, n_sets + 1, sizeof(*order));
	for (unsigned i = 0; i < n_sets && order; i++)
		order[i] = i;
	if (order)
		qsort_r(order, n_sets, sizeof(*order), by_set_id, &view->factors);
	for (int pass = 0; pass < 2 * N_PASSES && order; pass++)
		for (unsigned k = 0; k < n_sets; k++) {
			const unsigned s = order[k];
			const struct factor_set *set = view->factors.sets[s];
			const bool has_years = set->n_factors && set->factors[0].year;
			for (unsigned i = 0; i < set->n_factors; i++) {
				const struct factor *factor =
					&set->factors[has_years ? set->n_factors - 1 - i : i];
				const bool is_region = strstr(factor->id, "region") != NULL;
				if ((int)pass_of(screen, line, s, factor) == pass / 2 &&
				    is_region == (pass % 2 == 1) && is_offered(view, line, factor))
					add_factor(screen, set, factor);
			}
		}
}

/* With deeds from one on: N_DEEDS = without. */
static void open_choices(struct screen *screen, enum cell_column cell, unsigned first_deed)
{
	struct inventory_screen *view = inventory_of(screen);
	struct workbench *bench = screen->bench;
	unsigned row;
	view->choices.n = 0;
	view->choices.cell = cell;
	if (!inventory_row(view, &row) || !inventory_may_edit(screen))
		return;
	const struct ledger_line *line = &view->inventory.ledger.rows[row].line;
	if (cell == CELL_SCOPE)
		choose_scope(view, bench);
	else if (cell == CELL_SYSTEM)
		choose_system(view, bench);
	else if (cell == CELL_UNIT)
		choose_unit(bench, view, line);
	else if (cell == CELL_FACTOR)
		choose_factor(screen, line);
	for (unsigned i = first_deed; i < N_DEEDS; i++)
		add_choice(view, NULL, label_of(bench, &deeds[i]), NULL);
	if (view->choices.n == 0)
		workbench_tell(bench, NOTICE_WARN, tell(bench, "没有按 %s 计的因子；整行各栏里可自填", "no factor is per %s; all fields of the line take one of your own"),
			       line->unit);
	else
		menu_open(bench,
			  first_deed == N_DEEDS ? tell(bench, "这一行的因子", "The line's factor")
						: tell(bench, "这一格", "This cell"),
			  view->choices.rows, view->choices.n, 0, choice_made, view);
}

void cell_choose(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	if (view->is_editing && !cell_close(screen))
		cell_leave(screen);
	if (view->cell == CELL_CITE)
		view->cell = CELL_FACTOR;
	/* where the factor has no column, as on small screens, it is chosen from any other cell */
	open_choices(screen, view->cell, cell_is_shown(screen, CELL_FACTOR) ? DEED_COPY_DOWN : DEED_FACTOR);
}
