/* The figures of a year that a standard needs: what is there, from which rung, and what is missing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "form_parts.h"
#include "frame.h"
#include "list.h"
#include "screens.h"
#include "sparkline.h"

struct quantities {
	const struct form *form;
	struct record **at; /* all figures of the project; in the session's arena */
	unsigned n;
	struct list list;
};

/* A figure as the own rung has it, else as one below it gave it. */
struct found_quantity {
	const struct record *record; /* NULL = there is none */
	enum rung rung;
};

static struct quantities *quantities_of(const struct screen *screen)
{
	return screen->data;
}

static struct found_quantity find(const struct workbench *bench,
				  const struct quantities *quantities, const char *id)
{
	struct found_quantity found = { NULL, N_RUNGS };
	for (unsigned i = 0; i < quantities->n; i++) {
		const struct record *record = quantities->at[i];
		const enum rung rung = rung_find(record_text(record, "rung"));
		if (rung > bench->board->own || strcmp(record_text(record, "quantity"), id) != 0 ||
		    strcmp(record_text(record, "year"), bench->ref->year) != 0)
			continue;
		if (found.record && rung < found.rung)
			continue;
		found = (struct found_quantity){ record, rung };
	}
	return found;
}

/* ---- drawing ---- */

struct quantity_columns {
	int value, unit, rung, years, source; /* value: right end; 0 = left out */
};

#define MOST_YEARS 6

static struct quantity_columns columns_of(const struct workbench *bench, int cols)
{
	switch (frame_breadth(bench)) {
	case BREADTH_60:
		return (struct quantity_columns){ cols - 12, cols - 11, 0, 0, 0 };
	case BREADTH_80:
		return (struct quantity_columns){ cols - 33, cols - 32, cols - 20, cols - 9, 0 };
	default:
		return (struct quantity_columns){ cols - 56, cols - 55, cols - 43, cols - 36,
						  cols - 28 };
	}
}

static void draw_headings(const struct workbench *bench, const struct canvas *canvas)
{
	const struct quantity_columns at = columns_of(bench, canvas->cols);
	draw_format(canvas, 1, 6, INK_DIM, tell(bench, "指标  %s 年", "figure, %s"),
		    bench->ref->year);
	draw_right(canvas, 1, at.value, INK_DIM, tell(bench, "数值", "value"));
	draw_text(canvas, 1, at.unit, INK_DIM, tell(bench, "单位", "unit"));
	if (at.rung)
		draw_text(canvas, 1, at.rung, INK_DIM, tell(bench, "层级", "rung"));
	if (at.years)
		draw_text(canvas, 1, at.years, INK_DIM, tell(bench, "历年", "years"));
	if (at.source)
		draw_text(canvas, 1, at.source, INK_DIM, tell(bench, "出处", "source"));
}

/* ---- over the years ---- */

struct year_value {
	char year[8];
	enum rung rung;
	struct spark value;
};

/* Values of a figure by year, the nearest rung's of each; how many, of the last years. */
static unsigned list_years(const struct workbench *bench, const struct quantities *quantities,
			   const char *id, struct year_value years[MOST_YEARS])
{
	const unsigned last = (unsigned)strtoul(bench->ref->year, NULL, 10);
	unsigned first = MOST_YEARS;
	for (unsigned y = 0; y < MOST_YEARS; y++) {
		years[y] = (struct year_value){ .rung = N_RUNGS };
		snprintf(years[y].year, sizeof(years[y].year), "%u", last + 1 + y - MOST_YEARS);
	}
	for (unsigned i = 0; i < quantities->n; i++) {
		const struct record *record = quantities->at[i];
		const enum rung rung = rung_find(record_text(record, "rung"));
		if (rung > bench->board->own || strcmp(record_text(record, "quantity"), id) != 0)
			continue;
		for (unsigned y = 0; y < MOST_YEARS; y++) {
			struct year_value *year = &years[y];
			const char *typed = record_text(record, "value");
			if (strcmp(record_text(record, "year"), year->year) != 0 ||
			    (year->rung != N_RUNGS && rung < year->rung))
				continue;
			year->rung = rung;
			year->value.has = lt_decimal_parse(typed, strlen(typed),
							   &year->value.value) == LT_DECIMAL_OK;
			first = y < first ? y : first;
		}
	}
	return MOST_YEARS - first;
}

/* Where there is more than one year to compare. */
static void draw_years(const struct workbench *bench, const struct quantities *quantities,
		       const struct canvas *canvas, int row, int col, const char *id)
{
	struct year_value years[MOST_YEARS];
	struct spark values[MOST_YEARS];
	char text[4 * MOST_YEARS + 1];
	const unsigned n = list_years(bench, quantities, id, years);
	if (n < 2)
		return;
	for (unsigned y = 0; y < n; y++)
		values[y] = years[MOST_YEARS - n + y].value;
	sparkline(values, n, bench->grid.twins, text, sizeof(text));
	draw_text(canvas, row, col, INK_POSSIBLE, text);
}

/* ---- rows ---- */

/* Nobody typed it: it follows from the inventory, or is not there. */
static void draw_missing(const struct workbench *bench, const struct canvas *canvas, int row,
			 const struct quantity_columns *at, const struct quantity *decl)
{
	const struct board *board = bench->board;
	const struct board_rung *rung = &board->rungs[board->own];
	const size_t number = (size_t)(decl - board->ruleset->quantities);
	const bool follows =
		rung->answers && rung->answers->quantities[number].state != MEASURE_OPEN;
	char text[FIGURE_TEXT];
	draw_cut(canvas, row, at->unit, 11, INK_DIM, figure_unit(decl->unit, bench->lang, text));
	if (!follows) {
		draw_right(canvas, row, at->value, INK_WARN, tell(bench, "未填", "unset"));
		return;
	}
	const uint32_t slot = board->plan->first_quantity + (uint32_t)number;
	draw_right(canvas, row, at->value, INK_TEXT,
		   figure_value(&rung->result->values[slot], -12, bench->lang, text));
	if (at->rung)
		draw_text(canvas, row, at->rung, INK_DIM, tell(bench, "盘查", "lines"));
}

static void draw_quantity(const struct workbench *bench, const struct quantities *quantities,
			  const struct canvas *canvas, int row, const struct quantity *decl)
{
	const struct quantity_columns at = columns_of(bench, canvas->cols);
	const struct found_quantity found = find(bench, quantities, decl->id);
	const bool is_own = found.rung == bench->board->own;
	struct lt_decimal value;
	char text[FIGURE_TEXT];
	if (at.years)
		draw_years(bench, quantities, canvas, row, at.years, decl->id);
	draw_cut(canvas, row, 6, at.value - 22, found.record ? INK_TEXT : INK_DIM,
		 label_of(bench, &decl->title));
	if (!found.record) {
		draw_missing(bench, canvas, row, &at, decl);
		return;
	}
	const char *typed = record_text(found.record, "value");
	const char *unit = record_text(found.record, "unit");
	if (!typed[0])
		draw_right(canvas, row, at.value, INK_DIM, tell(bench, "不适用", "n/a"));
	else if (lt_decimal_parse(typed, strlen(typed), &value) == LT_DECIMAL_OK)
		draw_right(canvas, row, at.value, is_own ? INK_TITLE : INK_TEXT,
			   figure_decimal(value, -12, text));
	draw_cut(canvas, row, at.unit, 11, INK_DIM,
		 figure_unit(unit[0] ? unit : decl->unit, bench->lang, text));
	if (at.rung)
		draw_text(canvas, row, at.rung, is_own ? INK_TEXT : INK_DIM,
			  label_of(bench, &rung_titles[found.rung]));
	if (at.source)
		draw_cut(canvas, row, at.source, canvas->cols - at.source - 2, INK_DIM,
			 record_text(found.record, typed[0] ? "source" : "na"));
}

static void quantities_draw(struct screen *screen, const struct canvas *canvas)
{
	struct quantities *quantities = quantities_of(screen);
	const struct workbench *bench = screen->bench;
	const struct ruleset *ruleset = bench->board->ruleset;
	draw_headings(bench, canvas);
	list_fit(&quantities->list, ruleset->n_quantities, canvas->rows - 4);
	for (unsigned i = quantities->list.first; i < list_end(&quantities->list); i++) {
		const int row = 2 + (int)(i - quantities->list.first);
		draw_quantity(bench, quantities, canvas, row, &ruleset->quantities[i]);
		if (i == quantities->list.at)
			draw_selection(canvas, row, true);
	}
	if (ruleset->n_quantities == 0) {
		draw_text(canvas, 3, 6, INK_DIM,
			  tell(bench, "这套标准不要基础数据", "this standard needs no figures"));
		return;
	}
	const struct quantity *at = &ruleset->quantities[quantities->list.at];
	draw_cut(canvas, canvas->rows - 1, 6, canvas->cols - 8, INK_DIM,
		 at->formula.zh ? label_of(bench, &at->formula) : at->id);
}

/* ---- reading and opening ---- */

static void load(struct screen *screen)
{
	struct quantities *quantities = quantities_of(screen);
	struct lt_err err = LT_ERR_INIT;
	if (record_list(screen->bench->session, quantities->form, &quantities->at, &quantities->n,
			&err) == LT_OK)
		return;
	quantities->n = 0;
	workbench_tell_err(screen->bench, &err);
}

static enum lt_status set(struct workbench *bench, struct record *record, const char *field,
			  const char *text, struct lt_err *err)
{
	const struct form_field *found = form_find_field(record->form, field);
	return found ? record_set(bench->session, record, (unsigned)(found - record->form->fields),
				  text, err)
		     : LT_OK;
}

/* The own rung's row, or one that is still to be made, under the same name. */
static void enter(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct quantities *quantities = quantities_of(screen);
	const struct ruleset *ruleset = bench->board->ruleset;
	struct lt_err err = LT_ERR_INIT;
	struct record *record;
	if (quantities->list.at >= ruleset->n_quantities)
		return;
	const char *id = ruleset->quantities[quantities->list.at].id;
	const struct found_quantity found = find(bench, quantities, id);
	for (unsigned i = 0; i < quantities->n && found.rung == bench->board->own; i++)
		if (quantities->at[i] == found.record) {
			form_open(bench, quantities->at[i]);
			return;
		}
	enum lt_status status = record_new(bench->session, quantities->form, &record, &err);
	if (!status)
		status = set(bench, record, "rung", workbench_rung(bench), &err);
	if (!status)
		status = set(bench, record, "year", bench->ref->year, &err);
	if (!status)
		status = set(bench, record, "quantity", id, &err);
	if (status)
		workbench_tell_err(bench, &err);
	else
		form_open(bench, record);
}

static bool has_row(const struct screen *screen)
{
	return screen->bench->board->ruleset->n_quantities > 0;
}

/* The next one that nobody has given yet. */
static void next(struct screen *screen)
{
	struct quantities *quantities = quantities_of(screen);
	const struct ruleset *ruleset = screen->bench->board->ruleset;
	for (unsigned i = 1; i <= ruleset->n_quantities; i++) {
		const unsigned at = (quantities->list.at + i) % ruleset->n_quantities;
		if (find(screen->bench, quantities, ruleset->quantities[at].id).record)
			continue;
		quantities->list.at = at;
		return;
	}
	workbench_tell(screen->bench, NOTICE_DONE, "%s",
		       tell(screen->bench, "各项都有数", "all figures are there"));
}

static bool quantities_key(struct screen *screen, const struct event *event)
{
	return list_key(&quantities_of(screen)->list, event);
}

static const struct action quantities_actions[] = {
	{ .key = K_ENTER,
	  .title = { "填写", "fill in" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_row,
	  .run = enter },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "下一个未填", "next unset" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .is_live = has_row,
	  .run = next },
};

static const struct screen_kind quantities_kind = {
	.id = "quantities",
	.title = { "数据", "Figures" },
	.size = SIZE_WHOLE,
	.actions = quantities_actions,
	.n_actions = sizeof(quantities_actions) / sizeof(quantities_actions[0]),
	.has_score_line = true,
	.needs_project = true,
	.draw = quantities_draw,
	.key = quantities_key,
	.changed = load,
};

void quantities_open(struct workbench *bench)
{
	struct quantities *quantities = workbench_room(bench, sizeof(*quantities));
	struct lt_err err = LT_ERR_INIT;
	if (!quantities)
		return;
	if (record_form(bench->sitting->workspace, "quantity", &bench->findings, &quantities->form,
			&err)) {
		workbench_tell_err(bench, &err);
		free(quantities);
		return;
	}
	struct screen *screen = workbench_push(bench, &quantities_kind, quantities);
	if (screen)
		load(screen);
}
