/* The tree of an explanation on the screen, and what is said of the number under the cursor. */
#include <stdio.h>
#include <string.h>
#include "explain.h"
#include "figure.h"
#include "frame.h"
#include "headline.h"
#include "wrap.h"

#define LEAST_OF_TITLE 12 /* columns, less of a document's name says nothing */

#define MARGIN 3
#define STEP 3 /* columns a level */

/* ---- words ---- */

/* Points and what they sum to; hidden with the score. */
static bool is_score(const struct board_explained *why)
{
	return (why->kind == EXPLAINED_NODE || why->kind == EXPLAINED_ITEM) && !why->is_truth &&
	       !why->unit;
}

static const char *role_text(const struct workbench *bench, enum explained_role role)
{
	static const struct label roles[N_EXPLAINED_ROLES] = {
		[EXPLAINED_LIMIT] = { "起于", "from" },
		[EXPLAINED_THEN] = { "则取", "then" },
		[EXPLAINED_COUNT] = { "须成立数", "needed" },
		[EXPLAINED_IF_ZERO] = { "分母为零时", "over nothing" },
		[EXPLAINED_FROM] = { "起点", "from" },
		[EXPLAINED_TO] = { "终点", "to" },
		[EXPLAINED_POINTS] = { "满分", "points" },
		[EXPLAINED_FLOOR] = { "下限", "floor" },
		[EXPLAINED_CEILING] = { "上限", "ceiling" },
	};
	return label_of(bench, &roles[role]);
}

static const char *grade_text(const struct workbench *bench, const char *id)
{
	const struct ruleset *ruleset = bench->board->ruleset;
	const struct term *term = id ? term_find(ruleset->grades, ruleset->n_grades, id) : NULL;
	return term ? label_of(bench, &term->title) : "";
}

/* The section whose points a node sums, or NULL. */
static const struct section *section_of(const struct board *board,
					const struct board_explained *why)
{
	for (unsigned i = 0; i < board->n_sections && why->kind == EXPLAINED_NODE; i++)
		if (board->sections[i].slot == why->slot)
			return board->sections[i].decl;
	return NULL;
}

/* What stands before the title: of a condition the grade, of other numbers what they are for. */
static const char *role_of(const struct workbench *bench, const struct board_explained *why,
			   bool has_title)
{
	const bool says_it = why->role == EXPLAINED_FLOOR || why->role == EXPLAINED_CEILING ||
			     why->role == EXPLAINED_POINTS;
	if (why->role == EXPLAINED_CONDITION)
		return grade_text(bench, why->grade);
	return has_title && says_it ? "" : role_text(bench, why->role);
}

/* "7.2.1 可再生能源利用率", "三星 基础：综合得分", "下限" */
static void name_text(const struct workbench *bench, const struct board_explained *why, char *out,
		      size_t cap)
{
	const struct section *section = section_of(bench->board, why);
	const char *title = section      ? label_of(bench, &section->title)
			    : why->title ? label_of(bench, why->title)
					 : "";
	const char *id = section                       ? shown_id(section->id)
			 : why->kind == EXPLAINED_ITEM ? shown_id(why->id)
						       : "";
	const char *role = role_of(bench, why, title[0] != '\0');
	if (!title[0] && !role[0])
		title = why->id ? why->id : "";
	const char *between = !role[0] || !title[0]              ? ""
			      : why->role == EXPLAINED_CONDITION ? tell(bench, "：", ": ")
								 : " ";
	snprintf(out, cap, "%s%s%s%s%s", role, between, id, id[0] ? " " : "", title);
}

static const char *truth_word(const struct workbench *bench, const struct board_explained *why,
			      enum ink *ink)
{
	const bool is_item = why->kind == EXPLAINED_ITEM;
	if (!value_is_exact(&why->value)) {
		*ink = INK_WARN;
		return is_item ? tell(bench, "未评", "open") : tell(bench, "未定", "not settled");
	}
	if (why->value.lo.units == 0) {
		*ink = INK_VETO;
		return is_item ? tell(bench, "不符合", "not met") : tell(bench, "不成立", "fails");
	}
	return is_item ? tell(bench, "符合", "met") : tell(bench, "成立", "holds");
}

static int places_of(const struct board_explained *why)
{
	if (!why->unit)
		return why->kind == EXPLAINED_NODE || why->weight != NO_SLOT ? 2 : -4;
	const bool is_large = why->value.hi.units >= (lt_int128)1000 * LT_DECIMAL_ONE ||
			      why->value.lo.units <= -(lt_int128)1000 * LT_DECIMAL_ONE;
	return is_large ? 1 : -4;
}

static const char *value_text(const struct workbench *bench, const struct board_explained *why,
			      enum ink *ink, char buf[FIGURE_TEXT])
{
	char number[FIGURE_TEXT], unit[FIGURE_TEXT];
	*ink = why->counts ? INK_TEXT : INK_DIM;
	if (bench->hides_score && (is_score(why) || why->result))
		return "";
	if (why->result)
		return label_of(bench, why->result);
	if (why->value.state == VALUE_NA)
		return tell(bench, "不适用", "n/a");
	if (why->is_truth && why->value.state == VALUE_NUMBER)
		return truth_word(bench, why, ink);
	const char *text = figure_value(&why->value, places_of(why), bench->lang, number);
	if (strcmp(text, "-") == 0)
		*ink = INK_DIM;
	text_format(buf, FIGURE_TEXT, "%s%s%s", text, why->unit ? " " : "",
		    figure_unit(why->unit, bench->lang, unit));
	return buf;
}

static const char *operation_text(const struct workbench *bench, const struct board_explained *why,
				  char buf[FIGURE_TEXT])
{
	char at[FIGURE_TEXT];
	if (bench->hides_score && is_score(why))
		return "";
	if (why->writer.by && why->kind == EXPLAINED_ITEM) {
		char by[60];
		cluster_cut(why->writer.by, strlen(why->writer.by), MOST_NAME, by, sizeof(by));
		text_format(buf, FIGURE_TEXT, "%s %s", by,
			    figure_time(why->writer.at, bench->lang, at));
		if (why->is_truth || !why->operation[bench->lang])
			return buf;
	}
	return why->operation[bench->lang] ? why->operation[bench->lang] : "";
}

static const char *origin_text(const struct workbench *bench, const struct board_explained *why,
			       enum ink *ink)
{
	*ink = INK_DIM;
	if (why->origin == ORIGIN_UNSTATED)
		return "-";
	if (why->origin == ORIGIN_USER)
		*ink = INK_TEXT;
	else if (why->origin != ORIGIN_SOURCED)
		*ink = INK_WARN;
	return label_of(bench, origin_title(why->origin));
}

/* ---- what many numbers come to together ---- */

/* Those below a node that are not seen; at most cap. */
static unsigned rest_of(const struct explain_node *node, const struct board_explained **out,
			unsigned cap)
{
	unsigned n = 0;
	for (unsigned i = 0; i < node->why.n_below && n < cap; i++)
		if (!explain_is_seen(&node->below[i]))
			out[n++] = &node->below[i].why;
	return n;
}

#define MOST_REST 256

static const char *rest_value(const struct workbench *bench, const struct explain_node *node,
			      char buf[FIGURE_TEXT])
{
	const struct board_explained *rest[MOST_REST];
	const unsigned n = rest_of(node, rest, MOST_REST);
	struct value sum;
	bool all_hold = n > 0;
	for (unsigned i = 0; i < n; i++)
		all_hold &= rest[i]->is_truth && rest[i]->value.lo.units > 0;
	if (all_hold)
		return rest[0]->kind == EXPLAINED_ITEM ? tell(bench, "符合", "met")
						       : tell(bench, "成立", "hold");
	if (n == 0 || n == MOST_REST || (bench->hides_score && is_score(rest[0])) ||
	    !board_explain_sum(bench->board, &node->why, rest, n, &sum))
		return "";
	return figure_value(&sum, places_of(rest[0]), bench->lang, buf);
}

/* ---- the tree ---- */

struct tree_columns {
	int value, operation, operation_cols, origin; /* value: right end */
};

static void place_columns(const struct explain *explain, int cols, struct tree_columns *out)
{
	const struct workbench *bench = explain->bench;
	const enum breadth breadth = frame_breadth(bench);
	const int origin = bench->lang == LT_ZH ? 6 : 14;
	out->origin = cols - origin - 1;
	out->operation_cols = breadth == BREADTH_60    ? 0
			      : breadth == BREADTH_80  ? 18
			      : breadth == BREADTH_100 ? 28
						       : 44;
	out->operation = out->origin - 1 - out->operation_cols;
	out->value = (out->operation_cols ? out->operation : out->origin) - 2;
}

/* Upright lines of the levels above, then the branch; gives the column of the name. Deep levels
 * move together where the pane is narrow. */
static int draw_branches(const struct canvas *canvas, int row, const struct explain_node *node,
			 unsigned depth, bool is_last, int most)
{
	const unsigned skipped = (int)depth * STEP > most ? depth - (unsigned)(most / STEP) : 0;
	const int col = MARGIN + (int)(depth - skipped) * STEP;
	if (depth == 0)
		return MARGIN;
	draw_text(canvas, row, col - STEP, INK_FAINT, is_last ? "└─" : "├─");
	for (const struct explain_node *at = node; at && at->depth > skipped; at = at->parent)
		if (!at->is_last)
			draw_text(canvas, row, MARGIN + (int)(at->depth - 1 - skipped) * STEP,
				  INK_FAINT, "│");
	return col;
}

static void draw_rest(const struct explain *explain, const struct canvas *canvas, int row,
		      const struct explain_row *which, const struct tree_columns *at)
{
	const struct workbench *bench = explain->bench;
	const struct explain_node *node = which->node;
	char text[FIGURE_TEXT];
	const int col = draw_branches(canvas, row, node, node->depth + 1, true, at->value - 30);
	snprintf(text, sizeof(text), tell(bench, "其余 %u 项", "%u others"), which->n_rest);
	draw_cut(canvas, row, col, at->value - 8 - col, INK_DIM, text);
	draw_right(canvas, row, at->value, INK_TEXT, rest_value(bench, node, text));
}

static void draw_node(const struct explain *explain, const struct canvas *canvas, int row,
		      const struct explain_node *node, const struct tree_columns *at)
{
	const struct workbench *bench = explain->bench;
	const struct board_explained *why = &node->why;
	char text[FIGURE_TEXT], name[400];
	enum ink ink;
	int col = draw_branches(canvas, row, node->parent, node->depth, node->is_last,
				at->value - 30);
	const char *value = value_text(bench, why, &ink, text);
	const int from = draw_right(canvas, row, at->value, node->depth ? ink : INK_TITLE, value);
	name_text(bench, why, name, sizeof(name));
	col = draw_cut(canvas, row, col, from - 4 - col, node->depth ? INK_TEXT : INK_TITLE, name);
	if (why->n_below > 0 && !node->is_open)
		draw_text(canvas, row, col + 1, INK_DIM, "+");
	if (at->operation_cols)
		draw_cut(canvas, row, at->operation, at->operation_cols, INK_DIM,
			 operation_text(bench, why, text));
	const char *origin = origin_text(bench, why, &ink);
	draw_cut(canvas, row, at->origin, canvas->cols - at->origin - 1, ink, origin);
}

void explain_draw_tree(struct explain *explain, const struct canvas *canvas)
{
	const struct workbench *bench = explain->bench;
	struct tree_columns at;
	place_columns(explain, canvas->cols, &at);
	draw_text(canvas, 0, MARGIN, INK_DIM, tell(bench, "节点", "Number"));
	draw_right(canvas, 0, at.value, INK_DIM, tell(bench, "值", "Value"));
	if (at.operation_cols)
		draw_text(canvas, 0, at.operation, INK_DIM, tell(bench, "算法", "How"));
	draw_text(canvas, 0, at.origin, INK_DIM, tell(bench, "来源", "Origin"));
	list_fit(&explain->list, explain->n_rows, canvas->rows - 1);
	for (unsigned i = explain->list.first; i < list_end(&explain->list); i++) {
		const int row = 1 + (int)(i - explain->list.first);
		const struct explain_row *which = &explain->rows[i];
		if (which->n_rest)
			draw_rest(explain, canvas, row, which, &at);
		else
			draw_node(explain, canvas, row, which->node, &at);
		if (i != explain->list.at)
			continue;
		draw_selection(canvas, row, true);
	}
}

/* ---- the number under the cursor ---- */

static void load_detail(struct explain *explain, const struct explain_node *node)
{
	struct lt_err err = LT_ERR_INIT;
	const uint32_t item = explain_item(node);
	if (explain->detailed == node && (!explain->has_detail || board_detail_lives(explain->bench->board, &explain->detail)))
		return;
	explain->detailed = node;
	explain->has_detail = item != NO_SLOT && board_detail(explain->bench->board, item,
							      &explain->detail, &err) == LT_OK;
}

static int draw_label(const struct explain *explain, const struct canvas *canvas, int row,
		      const char *zh, const char *en)
{
	const int value = explain->bench->lang == LT_ZH ? MARGIN + 6 : MARGIN + 10;
	draw_text(canvas, row, MARGIN, INK_DIM, tell(explain->bench, zh, en));
	return value;
}

/* In as many rows as are left for it, at most three. Gives the row after it. */
static int draw_formula(const struct explain *explain, const struct canvas *canvas, int row,
			const struct explain_node *node, int most)
{
	const struct workbench *bench = explain->bench;
	const int col = draw_label(explain, canvas, row, "算式", "Formula");
	const char *text = node->why.formula[bench->lang];
	const bool is_hidden = bench->hides_score && is_score(&node->why);
	if (is_hidden || !text) {
		draw_text(canvas, row, col, INK_DIM,
			  is_hidden ? tell(bench, "F12 显示分数", "F12 shows the score")
				    : tell(bench, "没有算式", "none"));
		return row + 1;
	}
	const size_t len = strlen(text);
	size_t at = 0;
	for (int i = 0; i < most; i++) {
		const struct wrap_line line = wrap_line(text, len, at, canvas->cols - col - 2);
		if (i + 1 == most && !line.is_last)
			draw_cut(canvas, row, col, canvas->cols - col - 2, INK_TEXT, text + at);
		else
			draw_bytes(canvas, row, col, INK_TEXT, text + line.from,
				   line.to - line.from);
		row++;
		if (line.is_last)
			break;
		at = line.next;
	}
	return row;
}

static void draw_clause(const struct explain *explain, const struct canvas *canvas, int row,
			const struct explain_node *node)
{
	const struct board_explained *why = &node->why;
	const struct workbench *bench = explain->bench;
	const int end = canvas->cols - 2;
	int col = draw_label(explain, canvas, row, "条款", "Clause");
	const char *clause = why->clause                   ? why->clause
			     : why->kind == EXPLAINED_ITEM ? shown_id(why->id)
							   : "";
	col = draw_cut(canvas, row, col, end - col, INK_TEXT, bench->board->ruleset->code) + 2;
	if (clause[0])
		col = draw_cut(canvas, row, col, end - col, INK_TEXT, clause) + 3;
	const bool is_weak = why->rests_on > why->origin && why->rests_on > ORIGIN_USER;
	const char *word = tell(bench, "所依数值最弱为", "rests on");
	const char *origin = label_of(bench, origin_title(why->rests_on));
	const int weak = is_weak ? text_columns(word) + 1 + text_columns(origin) : 0;
	if (why->cite) {
		col = draw_text(canvas, row, col, INK_DIM, tell(bench, "出自 ", "from "));
		col = draw_cut(canvas, row, col, end - col, INK_DIM, why->cite) + 2;
		const int room = end - col - (weak ? weak + 3 : 0);
		if (room >= LEAST_OF_TITLE)
			col = draw_cut(canvas, row, col, room, INK_DIM,
				       title_of_cited(bench, why->cite));
		col += room >= LEAST_OF_TITLE ? 3 : 1;
	}
	if (!is_weak || col + weak > end)
		return;
	col = draw_text(canvas, row, col, INK_DIM, word) + 1;
	draw_text(canvas, row, col, INK_WARN, origin);
}

/* Who set it, and when. */
static int draw_writer(const struct explain *explain, const struct canvas *canvas, int row, int col,
		       const struct board_writer *writer)
{
	const struct workbench *bench = explain->bench;
	const int end = canvas->cols - 2;
	char at[FIGURE_TEXT];
	if (!writer->by)
		return col;
	col = draw_cut(canvas, row, col, end - col, INK_DIM, tell(bench, "录入", "by")) + 2;
	col = draw_cut(canvas, row, col, end - col, INK_TEXT, writer->by) + 2;
	return draw_cut(canvas, row, col, end - col, INK_DIM,
			figure_time(writer->at, bench->lang, at)) +
	       3;
}

static void draw_evidence(const struct explain *explain, const struct canvas *canvas, int row,
			  const struct explain_node *node)
{
	const struct workbench *bench = explain->bench;
	const int end = canvas->cols - 2;
	int col = draw_label(explain, canvas, row, "佐证", "Evidence");
	const unsigned n = explain->has_detail ? explain->detail.n_ties : 0;
	const char *source = node->why.source ? node->why.source : "";
	if (source[0] && (n == 0 || strcmp(source, explain->detail.ties[0].name) != 0))
		col = draw_cut(canvas, row, col, (end - col) / 2, INK_TEXT, source) + 3;
	if (n > 0) {
		const struct board_tie *tie = &explain->detail.ties[0];
		col = draw_cut(canvas, row, col, (end - col) / 2, INK_TEXT, tie->name) + 2;
		col = draw_cut(canvas, row, col, end - col, tie->is_vague ? INK_WARN : INK_TEXT,
			       tie->locator) +
		      2;
		if (n > 1)
			col = draw_format(canvas, row, col, INK_DIM,
					  tell(bench, "等 %u 份", "of %u"), n);
		col += 2;
	} else if (explain->has_detail && !source[0]) {
		col = draw_text(canvas, row, col, INK_DIM, tell(bench, "没有", "none")) + 3;
	} else if (!source[0]) {
		col = draw_text(canvas, row, col, INK_DIM,
				tell(bench, "见下层各数", "of the numbers below")) +
		      3;
	}
	draw_writer(explain, canvas, row, col, &node->why.writer);
}

/* 7.2.1 得满则总分 +2.6 */
static int draw_consequence(const struct explain *explain, const struct canvas *canvas, int row,
			    int col)
{
	const struct workbench *bench = explain->bench;
	const struct board_detail *detail = &explain->detail;
	const char *title = label_of(bench, bench->board->headline.title);
	char text[FIGURE_TEXT], by[FIGURE_TEXT];
	struct lt_decimal change;
	if (!explain->has_detail || !detail->if_full.is_known || bench->hides_score)
		return col;
	const struct value *now = &detail->now.figure, *full = &detail->if_full.figure;
	if (now->state == VALUE_NUMBER && full->state == VALUE_NUMBER && !now->lo_unbounded &&
	    !full->lo_unbounded && lt_decimal_subtract(full->lo, now->lo, &change) &&
	    change.units != 0) {
		text_format(text, sizeof(text),
			    tell(bench, "%s 得满则%s %s", "%s in full: %s %s"),
			    shown_id(bench->board->items[detail->item].plan->decl->id), title,
			    figure_change(change, by));
		return draw_cut(canvas, row, col, canvas->cols - col - 2, INK_TEXT, text) + 3;
	}
	return col;
}

/* Items of the park's other assessments that a figure informs, too. Gives the column after them. */
static int draw_uses_elsewhere(const struct explain *explain, const struct canvas *canvas, int row,
			       int col, const struct explain_node *node, unsigned n_shown)
{
	const struct workbench *bench = explain->bench;
	const int end = canvas->cols - 2;
	struct lt_err err = LT_ERR_INIT;
	struct lt_arena scratch;
	struct board_use *uses;
	unsigned n = 0;
	char text[160];
	if (node->why.kind != EXPLAINED_QUANTITY)
		return col;
	lt_arena_init(&scratch, 0);
	if (board_elsewhere(bench->board, node->why.slot, &scratch, &uses, &n, &err) != LT_OK)
		n = 0;
	for (unsigned i = 0; i < n && col < end - 8; i++) {
		col = draw_text(canvas, row, col, INK_DIM,
				n_shown++ ? tell(bench, "、", ", ")
					  : tell(bench, "另供  ", "also for "));
		text_format(text, sizeof(text), "%s %s", uses[i].ruleset->code,
			    uses[i].item->id);
		col = draw_cut(canvas, row, col, end - col, INK_TEXT, text);
	}
	lt_arena_release(&scratch);
	return col;
}

/* Gives the column after it. */
static int draw_uses(const struct explain *explain, const struct canvas *canvas, int row, int col,
		     const struct explain_node *node)
{
	const struct workbench *bench = explain->bench;
	const int end = canvas->cols - 2;
	struct lt_err err = LT_ERR_INIT;
	struct lt_arena scratch;
	uint32_t *slots;
	unsigned n = 0, shown = 0;
	lt_arena_init(&scratch, 0);
	if (node->why.slot != NO_SLOT &&
	    board_used_by(bench->board, node->why.slot, &scratch, &slots, &n, &err) != LT_OK)
		n = 0;
	for (unsigned i = 0; i < n && col < end - 8; i++) {
		const char *title = label_of(bench, board_title(bench->board->plan, slots[i]));
		const char *id = slots[i] < bench->board->n_items
					 ? shown_id(plan_slot_name(bench->board->plan, slots[i]))
					 : "";
		const bool is_above = node->parent && node->parent->why.slot == slots[i];
		if (is_above || (!title[0] && !id[0]))
			continue;
		col = draw_text(canvas, row, col, INK_DIM,
				shown++ ? tell(bench, "、", ", ")
					: tell(bench, "另供  ", "also for "));
		col = draw_cut(canvas, row, col, end - col, INK_TEXT, id[0] ? id : title);
	}
	lt_arena_release(&scratch);
	return draw_uses_elsewhere(explain, canvas, row, col, node, shown);
}

void explain_draw_lines(struct explain *explain, const struct canvas *canvas)
{
	const struct explain_row *here = explain_here(explain);
	if (!here)
		return;
	const struct explain_node *node = here->node;
	load_detail(explain, node);
	int row = draw_formula(explain, canvas, 0, node, canvas->rows - 3);
	draw_clause(explain, canvas, row++, node);
	draw_evidence(explain, canvas, row++, node);
	const int value = draw_label(explain, canvas, row, "影响", "Moves");
	int col = value;
	if (node->why.kind != EXPLAINED_NODE)
		col = draw_consequence(explain, canvas, row, col);
	if (draw_uses(explain, canvas, row, col, node) == value)
		draw_text(canvas, row, value, INK_DIM, "-");
}
