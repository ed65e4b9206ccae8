/* Sources and sinks of a year by size: share of each, how hard it is to cut, and what it costs; below
 * them how the years went. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "form_parts.h"
#include "frame.h"
#include "inventory.h"
#include "lingtan/app/record.h"
#include "list.h"
#include "screens.h"
#include "sparkline.h"

#define BAR_COLS 16

struct ranked {
	enum ledger_kind kind;
	struct ledger_share share;
	const struct record *appraisal; /* NULL = nothing was said */
};

struct ranking_screen {
	struct inventory inventory;
	const struct form *form;
	struct record **appraisals;
	unsigned n_appraisals;
	struct ranked *at;
	unsigned n;
	struct list list;
	char year[8];
};

static struct ranking_screen *ranking_of(const struct screen *screen)
{
	return screen->data;
}

/* ---- reading ---- */

static const struct record *appraisal_of(const struct ranking_screen *ranking,
					 enum ledger_kind kind, const char *source)
{
	for (unsigned i = 0; i < ranking->n_appraisals; i++)
		if (strcmp(record_text(ranking->appraisals[i], "kind"), ledger_kind_names[kind]) ==
			    0 &&
		    strcmp(record_text(ranking->appraisals[i], "source"), source) == 0)
			return ranking->appraisals[i];
	return NULL;
}

static enum lt_status add_kind(struct ranking_screen *ranking, enum ledger_kind kind,
			       struct lt_err *err)
{
	struct ledger_share *shares;
	unsigned n;
	struct lt_arena *arena = &ranking->inventory.arena;
	enum lt_status status = ledger_ranking(&ranking->inventory.ledger, ranking->year, kind,
					       true, arena, &shares, &n, err);
	if (status)
		return status;
	ranking->at = lt_arena_resize(arena, ranking->at, (ranking->n + n + 1) * sizeof(*ranking->at));
	if (!ranking->at)
		return lt_err_memory(err);
	for (unsigned i = 0; i < n; i++)
		ranking->at[ranking->n++] = (struct ranked){
			kind, shares[i], appraisal_of(ranking, kind, shares[i].source)
		};
	return LT_OK;
}

static void load(struct screen *screen)
{
	struct ranking_screen *ranking = ranking_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	inventory_close(&ranking->inventory);
	ranking->at = NULL;
	ranking->n = 0;
	enum lt_status status = inventory_open(bench->session, workbench_rung(bench),
					       &ranking->inventory, &bench->findings, &err);
	if (!status)
		status = record_list(bench->session, ranking->form, &ranking->appraisals,
				     &ranking->n_appraisals, &err);
	for (int kind = LEDGER_EMISSION; kind < LEDGER_MEMO && !status; kind++)
		status = add_kind(ranking, (enum ledger_kind)kind, &err);
	if (status)
		workbench_tell_err(bench, &err);
}

/* ---- drawing ---- */

static const char *difficulty_of(const struct workbench *bench, const struct ranked *of)
{
	const struct form_choice *choice =
		of->appraisal ? form_find_choice(of->appraisal->form, "difficulty",
						 record_text(of->appraisal, "difficulty"))
			      : NULL;
	return choice ? label_of(bench, &choice->title) : "-";
}

/* Where the tonnes end; behind them share, bar, difficulty and, where there is room, why. */
static int tonnes_end(const struct workbench *bench, int cols)
{
	static const int behind[] = { 20, 38, 50, 64 };
	return cols - behind[frame_breadth(bench)];
}

static void draw_row(const struct workbench *bench, const struct ranking_screen *ranking,
		     const struct canvas *canvas, int row, unsigned number)
{
	const struct ranked *of = &ranking->at[number];
	const bool is_narrow = frame_breadth(bench) == BREADTH_60;
	const int tonnes = tonnes_end(bench, canvas->cols);
	const struct lt_decimal part = ledger_sum_value(&of->share.sum, true);
	const struct lt_decimal whole = ledger_sum_value(
		&ledger_totals(&ranking->inventory.ledger, ranking->year)->kind[of->kind], true);
	char text[FIGURE_TEXT];
	struct lt_decimal percent;
	if (!number || ranking->at[number - 1].kind != of->kind)
		draw_cut(canvas, row, 3, 6, INK_DIM, label_of(bench, &ledger_kind_titles[of->kind]));
	/* one line alone bears its name */
	draw_cut(canvas, row, 10, tonnes - 23, INK_TEXT,
		 of->share.n_lines == 1
			 ? line_title(&ranking->inventory.ledger.rows[of->share.row].line)
			 : of->share.source);
	draw_right(canvas, row, tonnes, INK_TEXT, figure_decimal(part, 2, text));
	if (whole.units > 0 &&
	    lt_decimal_multiply_divide(part, lt_decimal_from_int(100), whole, &percent)) {
		char share[FIGURE_TEXT + 4];
		lt_decimal_format_places(percent, 1, text);
		snprintf(share, sizeof(share), "%s %%", text);
		draw_right(canvas, row, tonnes + 10, INK_TEXT, share);
	}
	const struct bar bar = { .low = part, .high = part, .full = whole, .got = INK_ACCENT };
	if (!is_narrow)
		draw_bar(canvas, row, tonnes + 12, BAR_COLS, &bar);
	draw_cut(canvas, row, is_narrow ? tonnes + 12 : tonnes + 14 + BAR_COLS, 6, INK_DIM,
		 difficulty_of(bench, of));
	if (frame_breadth(bench) >= BREADTH_100 && of->appraisal)
		draw_cut(canvas, row, tonnes + 20 + BAR_COLS, canvas->cols - tonnes - 22 - BAR_COLS,
			 INK_DIM, record_text(of->appraisal, "why"));
}

/* Emissions of the years, for as many as fit. */
static void draw_years(const struct workbench *bench, struct ranking_screen *ranking,
		       const struct canvas *canvas, int row)
{
	struct spark sparks[16];
	char line[200], text[FIGURE_TEXT];
	unsigned n;
	const char **years = inventory_years(&ranking->inventory, &n);
	if (!years || !n)
		return;
	const unsigned first = n > 6 ? n - 6 : 0;
	int col = draw_text(canvas, row, 3, INK_DIM, tell(bench, "各年排放", "Emissions by year")) + 2;
	for (unsigned i = first; i < n; i++) {
		const struct lt_decimal value = ledger_sum_value(
			&ledger_totals(&ranking->inventory.ledger, years[i])->kind[LEDGER_EMISSION],
			true);
		sparks[i - first] = (struct spark){ true, value };
		snprintf(line, sizeof(line), "%s %s", years[i], figure_decimal(value, 0, text));
		if (col + text_columns(line) + 10 < canvas->cols)
			col = draw_text(canvas, row, col, INK_TEXT, line) + 2;
	}
	sparkline(sparks, n - first, bench->grid.twins, line, sizeof(line));
	draw_text(canvas, row, col, INK_ACCENT, line);
}

static void ranking_draw(struct screen *screen, const struct canvas *canvas)
{
	struct ranking_screen *ranking = ranking_of(screen);
	const struct workbench *bench = screen->bench;
	const bool is_narrow = frame_breadth(bench) == BREADTH_60;
	const int tonnes = tonnes_end(bench, canvas->cols);
	draw_format(canvas, 1, 3, INK_DIM, tell(bench, "%s 年  排放源和吸收源", "%s  sources and sinks"),
		    ranking->year);
	draw_right(canvas, 1, tonnes, INK_DIM, "tCO2e");
	draw_right(canvas, 1, tonnes + 10, INK_DIM, tell(bench, "占比", "share"));
	draw_text(canvas, 1, is_narrow ? tonnes + 12 : tonnes + 14 + BAR_COLS, INK_DIM,
		  tell(bench, "难易", "effort"));
	list_fit(&ranking->list, ranking->n, canvas->rows - 5);
	for (unsigned i = ranking->list.first; i < list_end(&ranking->list); i++) {
		const int row = 2 + (int)(i - ranking->list.first);
		draw_row(bench, ranking, canvas, row, i);
		if (i == ranking->list.at)
			draw_selection(canvas, row, true);
	}
	if (!ranking->n)
		draw_text(canvas, 3, 10, INK_DIM,
			  tell(bench, "这一年还没有盘查数据", "nothing is entered for this year"));
	draw_years(bench, ranking, canvas, canvas->rows - 1);
}

/* ---- keys ---- */

static void appraise(struct screen *screen)
{
	struct ranking_screen *ranking = ranking_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	struct record *record;
	if (ranking->list.at >= ranking->n)
		return;
	const struct ranked *of = &ranking->at[ranking->list.at];
	const char *which = lt_arena_printf(&bench->session->arena, "%s/%s",
					    ledger_kind_names[of->kind], of->share.source);
	enum lt_status status = which ? record_open(bench->session, ranking->form, which, &record, &err)
				      : lt_err_memory(&err);
	if (status)
		workbench_tell_err(bench, &err);
	else
		form_open(bench, record);
}

static bool has_row(const struct screen *screen)
{
	return ranking_of(screen)->list.at < ranking_of(screen)->n;
}

static bool ranking_key(struct screen *screen, const struct event *event)
{
	return list_key(&ranking_of(screen)->list, event);
}

static void ranking_close(struct screen *screen)
{
	inventory_close(&ranking_of(screen)->inventory);
	free(screen->data);
}

static const struct action ranking_actions[] = {
	{ .key = K_ENTER,
	  .title = { "填难易", "appraise" },
	  .help = { "这个源的难易、措施和经济性", "difficulty, means and economics of the source" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_row,
	  .run = appraise },
};

static const struct screen_kind ranking_kind = {
	.id = "ranking",
	.title = { "排行", "Ranking" },
	.size = SIZE_WHOLE,
	.actions = ranking_actions,
	.n_actions = sizeof(ranking_actions) / sizeof(ranking_actions[0]),
	.needs_project = true,
	.draw = ranking_draw,
	.key = ranking_key,
	.changed = load,
	.close = ranking_close,
};

void ranking_open(struct workbench *bench, const char *year)
{
	struct ranking_screen *ranking = workbench_room(bench, sizeof(*ranking));
	struct lt_err err = LT_ERR_INIT;
	if (!ranking)
		return;
	snprintf(ranking->year, sizeof(ranking->year), "%.4s", year);
	if (record_form(bench->session->workspace, "appraisal", &bench->findings, &ranking->form,
			&err) != LT_OK) {
		workbench_tell_err(bench, &err);
		free(ranking);
		return;
	}
	struct screen *screen = workbench_push(bench, &ranking_kind, ranking);
	if (screen)
		load(screen);
}
