/* What was declared beside what was verified: scopes and balance, then the lines that differ, against
 * the limit of materiality; quality of the data and uncertainty where they are switched on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "frame.h"
#include "inventory.h"
#include "list.h"
#include "wrap.h"

struct concluding {
	struct inventory declared, verified;
	struct conclusion found;
	struct list list; /* of totals and lines */
	char year[8];
	bool is_stale;
};

static struct concluding *concluding_of(const struct screen *screen)
{
	return screen->data;
}

/* ---- reading ---- */

/* The park looks at what was verified so far; who verifies, at the own rung. */
static const char *upper_rung(const struct workbench *bench)
{
	const char *own = workbench_rung(bench);
	return strcmp(own, "self") == 0 ? "evaluator" : own;
}

static void load(struct screen *screen)
{
	struct concluding *at = concluding_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	inventory_close(&at->declared);
	inventory_close(&at->verified);
	at->found = (struct conclusion){ .uncertainty = "", .limit = "" };
	at->is_stale = false;
	enum lt_status status =
		inventory_open(bench->session, "self", &at->declared, &bench->findings, &err);
	if (!status)
		status = inventory_open(bench->session, upper_rung(bench), &at->verified,
					&bench->findings, &err);
	if (!status)
		status = inventory_conclude(bench->session, &at->declared, &at->verified, at->year,
					    &at->found, &err);
	if (!status)
		return;
	at->found = (struct conclusion){ .uncertainty = "", .limit = "" };
	workbench_tell_err(bench, &err);
}

static unsigned n_rows(const struct concluding *at)
{
	return at->found.n_totals + at->found.n_lines;
}

static const struct conclusion_row *row_at(const struct concluding *at, unsigned i)
{
	return i < at->found.n_totals ? &at->found.totals[i]
				      : &at->found.lines[i - at->found.n_totals];
}

static const struct ledger_line *line_at(const struct concluding *at, unsigned i)
{
	return i < at->found.n_totals
		       ? NULL
		       : &at->verified.ledger.rows[row_at(at, i)->row].line;
}

/* ---- drawing ---- */

/* Where columns end, from the right: share, difference (0 = left out), verified, declared. */
struct ends {
	int declared, verified, difference, share;
};

static struct ends ends_of(const struct workbench *bench, int cols)
{
	if (frame_breadth(bench) == BREADTH_60)
		return (struct ends){ .share = cols - 2, .verified = cols - 12, .declared = cols - 26 };
	const int wide = 16;
	const struct ends ends = { .share = cols - 2,
				   .difference = cols - 14,
				   .verified = cols - 14 - wide,
				   .declared = cols - 14 - 2 * wide };
	return ends;
}

static const char *title_of(const struct workbench *bench, const struct concluding *at, unsigned i)
{
	static const struct {
		const char *what;
		struct label title;
	} titles[] = { { "1", { "范围 1", "scope 1" } },	{ "2", { "范围 2", "scope 2" } },
		       { "3", { "范围 3", "scope 3" } },	{ "emission", { "排放合计", "emissions" } },
		       { "absorption", { "吸收", "absorption" } }, { "offset", { "抵消", "offset" } },
		       { "net", { "净排放", "net" } } };
	const struct ledger_line *line = line_at(at, i);
	for (size_t t = 0; t < sizeof(titles) / sizeof(titles[0]) && !line; t++)
		if (strcmp(titles[t].what, row_at(at, i)->what) == 0)
			return label_of(bench, &titles[t].title);
	return line ? line_title(line) : row_at(at, i)->what;
}

static void draw_row(const struct workbench *bench, const struct concluding *at,
		     const struct canvas *canvas, int row, unsigned i)
{
	const struct conclusion_row *of = row_at(at, i);
	const struct ends ends = ends_of(bench, canvas->cols);
	const bool is_total = i < at->found.n_totals;
	const enum ink ink = strcmp(of->what, "net") == 0 || strcmp(of->what, "emission") == 0
				     ? INK_TITLE
				     : INK_TEXT;
	char text[FIGURE_TEXT], share[FIGURE_TEXT + 4];
	draw_cut(canvas, row, is_total ? 3 : 5, ends.declared - 19, ink, title_of(bench, at, i));
	draw_right(canvas, row, ends.declared, ink,
		   of->has_declared ? figure_decimal(of->declared, 2, text) : "-");
	draw_right(canvas, row, ends.verified, ink,
		   of->has_verified ? figure_decimal(of->verified, 2, text) : "-");
	if (ends.difference)
		draw_right(canvas, row, ends.difference,
			   !of->difference.units ? INK_FAINT : of->is_material ? INK_VETO : INK_WARN,
			   of->has_difference ? figure_decimal(of->difference, 2, text) : "-");
	if (!of->has_share) {
		draw_right(canvas, row, ends.share, INK_FAINT, "-");
		return;
	}
	/* of next to nothing: how often as much says nothing any more */
	if (lt_decimal_compare(of->share, lt_decimal_from_int(1000)) >= 0)
		snprintf(text, sizeof(text), "> 999");
	else
		lt_decimal_format_places(of->share, 2, text);
	snprintf(share, sizeof(share), "%s %%", text);
	draw_right(canvas, row, ends.share, of->is_material ? INK_VETO : INK_TEXT, share);
}

static void draw_headings(const struct screen *screen, const struct canvas *canvas)
{
	const struct workbench *bench = screen->bench;
	const struct concluding *at = concluding_of(screen);
	const struct ends ends = ends_of(bench, canvas->cols);
	draw_format(canvas, 1, 3, INK_DIM, tell(bench, "%s 年 tCO2e", "%s, tCO2e"), at->year);
	draw_right(canvas, 1, ends.declared, INK_DIM, tell(bench, "申报值", "declared"));
	draw_right(canvas, 1, ends.verified, INK_DIM, tell(bench, "核定值", "verified"));
	if (ends.difference)
		draw_right(canvas, 1, ends.difference, INK_DIM, tell(bench, "差异", "difference"));
	draw_right(canvas, 1, ends.share, INK_DIM, tell(bench, "占比", "share"));
}

/* 92.5 -> 96 t  漏计 2 张加油卡 */
static void draw_reason(const struct workbench *bench, const struct concluding *at,
			const struct canvas *canvas, int row)
{
	const struct ledger_line *line = line_at(at, at->list.at);
	char unit[FIGURE_TEXT], undeclared[INVENTORY_UNDECLARED_TEXT];
	if (at->list.at >= n_rows(at) || !line)
		return;
	const struct inventory_claim *claim = &at->verified.claims[row_at(at, at->list.at)->row];
	const char *const amount = line->amount[0] ? line->amount : "-";
	figure_unit(line->unit, bench->lang, unit);
	int col = inventory_is_declared(line)
			  ? draw_format(canvas, row, 3, INK_TEXT, "%s -> %s %s",
					claim->declared[0] ? claim->declared : "-", amount, unit)
			  : draw_format(canvas, row, 3, INK_TEXT, "%s%s %s",
					inventory_undeclared(line, bench->lang, undeclared), amount,
					unit);
	col += 2;
	col = draw_cut(canvas, row, col, canvas->cols - col - 24, INK_TITLE, claim->reason) + 2;
	if (at->found.with_quality && line->grade[0])
		draw_cut(canvas, row, col, canvas->cols - col - 2, INK_DIM, line->grade);
}

static void draw_limit(const struct workbench *bench, const struct concluding *at,
		       const struct canvas *canvas, int row)
{
	if (at->found.limit[0])
		draw_format(canvas, row, 3, INK_DIM, tell(bench, "实质性限值 %s %%", "Materiality %s %%"),
			    at->found.limit);
	else
		draw_cut(canvas, row, 3, canvas->cols - 5, INK_WARN,
			 tell(bench, "实质性限值未定；在机构设置里填", "no materiality limit is set; it belongs into the settings"));
}

/* How the emissions' data were had; the note on uncertainty. */
static void draw_quality(const struct workbench *bench, const struct concluding *at,
			 const struct canvas *canvas, int row)
{
	static const struct label titles[CONCLUSION_LEVELS] = { { "实测", "measured" },
								{ "计算", "calculated" },
								{ "估算", "estimated" },
								{ "未说明", "not said" } };
	char text[FIGURE_TEXT];
	int col = draw_text(canvas, row, 3, INK_DIM, tell(bench, "数据质量", "Quality")) + 2;
	for (unsigned i = 0; i < CONCLUSION_LEVELS; i++) {
		const struct conclusion_level *level = &at->found.levels[i];
		if (!level->n_lines || !level->has_share || col + 16 > canvas->cols)
			continue;
		lt_decimal_format_places(level->share, 1, text);
		col = draw_format(canvas, row, col, INK_TEXT, "%s %s %%",
				  label_of(bench, &titles[i]), text) + 2;
	}
	col = draw_text(canvas, row + 1, 3, INK_DIM, tell(bench, "不确定性", "Uncertainty")) + 2;
	draw_cut(canvas, row + 1, col, canvas->cols - col - 2, INK_TEXT,
		 at->found.uncertainty[0] ? at->found.uncertainty : "-");
}

static void conclusion_draw(struct screen *screen, const struct canvas *canvas)
{
	struct concluding *at = concluding_of(screen);
	const struct workbench *bench = screen->bench;
	if (at->is_stale)
		load(screen);
	const int below = at->found.with_quality ? 5 : 3;
	draw_headings(screen, canvas);
	list_fit(&at->list, n_rows(at), canvas->rows - 2 - below);
	for (unsigned i = at->list.first; i < list_end(&at->list); i++) {
		const int row = 2 + (int)(i - at->list.first);
		draw_row(bench, at, canvas, row, i);
		if (i != at->list.at)
			continue;
		draw_selection(canvas, row, true);
		draw_cursor(canvas, row, 3);
	}
	draw_reason(bench, at, canvas, canvas->rows - below);
	draw_limit(bench, at, canvas, canvas->rows - below + 1);
	if (at->found.with_quality)
		draw_quality(bench, at, canvas, canvas->rows - below + 2);
}

/* ---- keys ---- */

static bool has_line(const struct screen *screen)
{
	const struct concluding *at = concluding_of(screen);
	return at->list.at < n_rows(at) && at->list.at >= at->found.n_totals;
}

static void go(struct screen *screen)
{
	const struct concluding *at = concluding_of(screen);
	inventory_open_at(screen->bench, at->year, line_at(at, at->list.at)->id);
}

static bool conclusion_key(struct screen *screen, const struct event *event)
{
	return list_key(&concluding_of(screen)->list, event);
}

static void conclusion_changed(struct screen *screen)
{
	concluding_of(screen)->is_stale = true;
}

static void conclusion_close(struct screen *screen)
{
	struct concluding *at = concluding_of(screen);
	inventory_close(&at->declared);
	inventory_close(&at->verified);
	free(at);
}

static const struct action conclusion_actions[] = {
	{ .key = K_ENTER,
	  .title = { "到该行", "to the line" },
	  .help = { "到盘查的这一行，Esc 回到这里", "to the line of the inventory; Esc comes back" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .is_live = has_line,
	  .run = go },
};

static const struct screen_kind conclusion_kind = {
	.id = "conclusion",
	.title = { "申报与核定", "Conclusion" },
	.size = SIZE_WHOLE,
	.actions = conclusion_actions,
	.n_actions = sizeof(conclusion_actions) / sizeof(conclusion_actions[0]),
	.needs_project = true,
	.draw = conclusion_draw,
	.key = conclusion_key,
	.changed = conclusion_changed,
	.close = conclusion_close,
};

void conclusion_open(struct workbench *bench, const char *year)
{
	struct concluding *at = workbench_room(bench, sizeof(*at));
	if (!at)
		return;
	snprintf(at->year, sizeof(at->year), "%.4s", year);
	struct screen *screen = workbench_push(bench, &conclusion_kind, at);
	if (screen)
		load(screen);
}
