/* The way to a grade: the steps with the total after each, what they leave open, what else can be
 * got. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "headline.h"
#include "result.h"
#include "wrap.h"

#define MARGIN 3
#define MOST_GAINS 12

static int widest(int a, int b)
{
	return a > b ? a : b;
}

/* ---- lines ---- */

static struct gap_line *add_line(struct result_screen *result, enum gap_line_kind kind)
{
	struct gap_line *line = &result->lines[result->n_lines++];
	*line = (struct gap_line){ .kind = kind, .slot = NO_SLOT };
	return line;
}

static const char *grade_text(const struct result_screen *result, const char *id)
{
	const struct ruleset *ruleset = result->bench->board->ruleset;
	const struct term *term = id ? term_find(ruleset->grades, ruleset->n_grades, id) : NULL;
	return term ? label_of(result->bench, &term->title) : "";
}

static bool is_moved(const struct value *from, const struct value *to, struct lt_decimal *by)
{
	return from->state == VALUE_NUMBER && to->state == VALUE_NUMBER && !from->lo_unbounded &&
	       !to->lo_unbounded && lt_decimal_subtract(to->lo, from->lo, by);
}

static void add_steps(struct result_screen *result, const struct board_gap *gap, unsigned first)
{
	const struct board *board = result->bench->board;
	for (unsigned i = first; i < gap->gap.n_steps; i++) {
		struct gap_line *line = add_line(result, LINE_STEP);
		const struct value *before =
			i > 0 ? &gap->after[i - 1].figure : &board->rungs[board->own].figure;
		line->number = i + 1;
		line->slot = gap->gap.steps[i].item;
		line->step = &gap->gap.steps[i];
		line->after = &gap->after[i];
		is_moved(before, &gap->after[i].figure, &line->gain);
	}
}

static void add_conditions(struct result_screen *result, const struct board_gap *gap)
{
	for (unsigned i = 0; i < gap->gap.n_conditions; i++) {
		if (gap->gap.conditions[i].holds)
			continue;
		struct gap_line *line = add_line(result, LINE_CONDITION);
		line->slot = gap->gap.conditions[i].slot;
		line->condition = &gap->gap.conditions[i];
	}
}

static void add_remark(struct result_screen *result, const char *text)
{
	add_line(result, LINE_REMARK)->text = text;
}

static void add_heading(struct result_screen *result, const struct board_gap *gap, unsigned first)
{
	struct gap_line *line = add_line(result, LINE_HEADING);
	line->text = grade_text(result, gap->gap.grade);
	line->number = gap->gap.n_steps > first ? gap->gap.n_steps - first : 0;
}

/* Steps that the way to the lower grade holds already are not said twice. */
static unsigned shared_steps(const struct board_gap *a, const struct board_gap *b)
{
	unsigned n = 0;
	while (n < a->gap.n_steps && n < b->gap.n_steps &&
	       a->gap.steps[n].item == b->gap.steps[n].item)
		n++;
	return n;
}

static bool is_step(const struct result_screen *result, uint32_t item)
{
	for (unsigned i = 0; i < result->n_lines; i++)
		if (result->lines[i].kind == LINE_STEP && result->lines[i].slot == item)
			return true;
	return false;
}

static void add_gains(struct result_screen *result, const struct board_gains *gains)
{
	const unsigned heading = result->n_lines;
	unsigned n = 0;
	add_line(result, LINE_BLANK);
	add_line(result, LINE_GAINS);
	for (unsigned i = 0; i < gains->n && n < MOST_GAINS; i++) {
		if (gains->at[i].low.units <= 0 || is_step(result, gains->at[i].item))
			continue;
		struct gap_line *line = add_line(result, LINE_GAIN);
		line->slot = gains->at[i].item;
		line->gain = gains->at[i].low;
		n++;
	}
	if (n == 0)
		result->n_lines = heading;
}

/* ---- what is asked of the board ---- */

/* The grade above the one that the first way leads to; NULL where there is none. */
static const char *grade_above(const struct result_screen *result, const char *grade)
{
	const struct plan_node *ladder = plan_ladder(result->bench->board->plan);
	for (unsigned g = 0; ladder && grade && g + 1 < ladder->n_grades; g++)
		if (strcmp(ladder->grades[g].id, grade) == 0)
			return ladder->grades[g + 1].id;
	return NULL;
}

static void add_way(struct result_screen *result, const struct board_gap *gap, unsigned first)
{
	const struct workbench *bench = result->bench;
	add_heading(result, gap, first);
	if (gap->gap.never) {
		add_remark(result, tell(bench, "本阶段不授予这一等级",
					"this stage does not award the grade"));
		return;
	}
	add_steps(result, gap, first);
	add_conditions(result, gap);
	if (gap->gap.n_steps == first && gap->gap.reached)
		add_remark(result,
			   first ? tell(bench, "以上各步即可达到", "the steps above suffice")
				 : tell(bench, "条件都已满足", "all conditions hold"));
}

static void add_all(struct result_screen *result, const struct board_gains *gains)
{
	const struct workbench *bench = result->bench;
	if (!plan_ladder(bench->board->plan)) {
		add_remark(result, tell(bench, "这个标准不分等级", "this standard has no grades"));
	} else if (!result->gap.gap.grade) {
		add_remark(result, tell(bench, "已达最高等级", "the highest grade is reached"));
	} else {
		add_way(result, &result->gap, 0);
		if (result->next.gap.grade) {
			add_line(result, LINE_BLANK);
			add_way(result, &result->next, shared_steps(&result->gap, &result->next));
		}
	}
	add_gains(result, gains);
}

bool result_fill_gap(struct result_screen *result, struct lt_err *err)
{
	const struct board *board = result->bench->board;
	struct board_gains gains;
	lt_arena_reset(&result->arena);
	result->n_lines = 0;
	result->next = (struct board_gap){ 0 };
	if (board_gap(board, NULL, &result->arena, &result->gap, err))
		return false;
	const char *above = grade_above(result, result->gap.gap.grade);
	if (above && board_gap(board, above, &result->arena, &result->next, err))
		return false;
	if (board_gains(board, &result->arena, &gains, err))
		return false;
	const size_t most = 8 + MOST_GAINS + result->gap.gap.n_steps + result->next.gap.n_steps +
			    result->gap.gap.n_conditions + result->next.gap.n_conditions;
	result->lines = lt_arena_alloc(&result->arena, most, sizeof(*result->lines));
	if (!result->lines) {
		lt_err_memory(err);
		return false;
	}
	add_all(result, &gains);
	return true;
}

/* ---- keys ---- */

static bool can_stand_on(const struct result_screen *result, unsigned line)
{
	return line < result->n_lines && result->lines[line].slot != NO_SLOT;
}

/* From a line on which nothing stands to the nearest that has something, first in the direction of
 * the move. */
static void settle(struct result_screen *result, bool is_up)
{
	struct list *list = &result->gap_list;
	for (int turn = 0; turn < 2; turn++, is_up = !is_up)
		for (unsigned at = list->at; at < result->n_lines; is_up ? at-- : at++)
			if (can_stand_on(result, at)) {
				list->at = at;
				return;
			}
}

bool result_gap_key(struct result_screen *result, const struct event *event)
{
	struct list *list = &result->gap_list;
	const unsigned before = list->at;
	list->n = result->n_lines;
	if (!list_key(list, event))
		return false;
	settle(result, list->at < before || event->key == K_END);
	return true;
}

/* ---- drawing ---- */

/* What is to be done: 整改, 补评, 得 16. */
static void action_text(const struct result_screen *result, const struct gap_line *line,
			char out[FIGURE_TEXT])
{
	const struct workbench *bench = result->bench;
	const struct board_item *item = &bench->board->items[line->slot];
	const struct board_mark *mark = board_mark(bench->board, line->slot);
	char text[FIGURE_TEXT];
	if (line->kind == LINE_STEP && item->is_scored)
		text_format(out, FIGURE_TEXT, tell(bench, "得 %s", "get %s"),
			    figure_value(&line->step->to, -2, bench->lang, text));
	else if (item->is_scored)
		text_format(out, FIGURE_TEXT, tell(bench, "满分 %s", "in full %s"),
			    figure_decimal(item->plan->points, -2, text));
	else if (mark->is_answered && mark->value.state == VALUE_NUMBER)
		text_format(out, FIGURE_TEXT, "%s", tell(bench, "整改", "repair"));
	else
		text_format(out, FIGURE_TEXT, "%s", tell(bench, "补评", "answer"));
}

struct gap_columns {
	int number, mark, id, title, action, gain, after; /* gain, after: right ends */
	int title_cols, action_cols;                      /* 0: no room for what is to be done */
};

static void place_columns(const struct result_screen *result, int cols, struct gap_columns *out)
{
	const struct board *board = result->bench->board;
	int id = 0, title = 0, action = 0;
	for (unsigned i = 0; i < result->n_lines; i++) {
		const struct gap_line *line = &result->lines[i];
		char text[FIGURE_TEXT];
		if (line->slot >= board->n_items)
			continue;
		const struct item *item = board->items[line->slot].plan->decl;
		id = widest(id, text_columns(shown_id(item->id)));
		title = widest(title, text_columns(label_of(result->bench, &item->title)));
		action_text(result, line, text);
		action = widest(action, text_columns(text));
	}
	const int numbers = result->gap.gap.n_steps + result->next.gap.n_steps > 9 ? 3 : 2;
	*out = (struct gap_columns){ .number = MARGIN, .mark = MARGIN + numbers };
	out->id = out->mark + 2;
	out->title = out->id + (id ? id + 1 : 0);
	out->after = cols - 2;
	out->gain = out->after - (result->bench->board->headline.kind == FIGURE_TOTAL ? 6 : 0);
	const int room = out->gain - 9 - out->title;
	out->action_cols = room - action - 2 >= 10 ? action : 0;
	out->title_cols = room - (out->action_cols ? out->action_cols + 2 : 0);
	if (out->title_cols > title)
		out->title_cols = title;
	out->action = out->title + out->title_cols + 2;
}

static void draw_step(const struct result_screen *result, const struct canvas *canvas, int row,
		      const struct gap_line *line, const struct gap_columns *at)
{
	const struct workbench *bench = result->bench;
	const struct item *item = bench->board->items[line->slot].plan->decl;
	const enum board_state state = board_mark(bench->board, line->slot)->state;
	char text[FIGURE_TEXT];
	enum ink ink;
	if (line->number)
		draw_format(canvas, row, at->number, INK_DIM, "%u", line->number);
	const char *mark = state_mark(state, &ink);
	if (state == STATE_FAILED || state == STATE_OPEN || state == STATE_SENT_BACK)
		draw_text(canvas, row, at->mark, ink, mark);
	draw_text(canvas, row, at->id, INK_TEXT, shown_id(item->id));
	draw_cut(canvas, row, at->title, at->title_cols, INK_TEXT, label_of(bench, &item->title));
	action_text(result, line, text);
	int end = at->title + at->title_cols;
	if (at->action_cols)
		end = draw_cut(canvas, row, at->action, at->action_cols, INK_DIM, text);
	if (line->gain.units == 0 && state == STATE_FAILED) {
		const char *word = tell(bench, "解除否决", "lifts veto");
		if (end + 1 + text_columns(word) <= at->gain)
			draw_right(canvas, row, at->gain, INK_OK, word);
	}
	if (line->gain.units != 0)
		draw_right(canvas, row, at->gain, INK_OK, figure_change(line->gain, text));
	if (line->after && line->after->figure.state == VALUE_NUMBER &&
	    !line->after->figure.lo_unbounded && line->gain.units != 0)
		draw_right(canvas, row, at->after, INK_TITLE,
			   figure_decimal(line->after->figure.lo, 1, text));
}

/* 净排放 6,314.0 tCO2，应 <= 0 */
static void condition_text(const struct result_screen *result, const struct gap_line *line,
			   char *out, size_t cap)
{
	static const char *const signs[N_COMPARISONS] = { "", ">=", ">", "<=", "<" };
	const struct workbench *bench = result->bench;
	const struct plan_node *node = plan_node_at(bench->board->plan, line->slot);
	const struct gap_condition *condition = line->condition;
	const bool is_large = condition->amount.hi.units >= (lt_int128)1000 * LT_DECIMAL_ONE;
	char amount[FIGURE_TEXT], limit[FIGURE_TEXT], unit[FIGURE_TEXT];
	const struct plan_node *what = plan_node_at(bench->board->plan, node->terms[0].slot);
	const char *title = label_of(bench, board_title(bench->board->plan, node->terms[0].slot));
	figure_unit(what ? what->decl->unit : NULL, bench->lang, unit);
	if (condition->amount.state != VALUE_NUMBER || condition->limit.state != VALUE_NUMBER) {
		text_format(out, cap, tell(bench, "%s 无从判断", "%s cannot be judged"),
			    label_of(bench, &node->title));
		return;
	}
	text_format(out, cap, tell(bench, "%s %s%s%s，应 %s %s", "%s is %s%s%s, should be %s %s"),
		    title[0] ? title : label_of(bench, &node->title),
		    figure_value(&condition->amount, is_large ? 1 : -4, bench->lang, amount),
		    unit[0] ? " " : "", unit, signs[node->decl->is],
		    figure_value(&condition->limit, -4, bench->lang, limit));
}

static void draw_condition(const struct result_screen *result, const struct canvas *canvas, int row,
			   const struct gap_line *line, const struct gap_columns *at)
{
	const struct workbench *bench = result->bench;
	char text[400];
	draw_text(canvas, row, at->mark, INK_WARN, "!");
	condition_text(result, line, text, sizeof(text));
	const char *more =
		line->condition->known ? "" : tell(bench, "尚有未填", "something is open");
	const int room = at->after - at->id - (more[0] ? text_columns(more) + 2 : 0);
	draw_cut(canvas, row, at->id, room, INK_TEXT, text);
	draw_right(canvas, row, at->after, INK_DIM, more);
}

static void draw_grade_heading(const struct result_screen *result, const struct canvas *canvas,
			       int row, const struct gap_line *line, const struct gap_columns *at)
{
	const struct workbench *bench = result->bench;
	const bool is_first = line == &result->lines[0];
	const char *right = is_first && bench->board->headline.kind == FIGURE_TOTAL
				    ? tell(bench, "到此总分", "total then")
				    : "";
	char text[2 * FIGURE_TEXT];
	int col =
		draw_text(canvas, row, MARGIN, INK_TITLE,
			  is_first ? tell(bench, "差距", "Gap") : tell(bench, "再到", "Then to")) +
		2;
	if (line->number > 0)
		text_format(text, sizeof(text),
			    is_first ? tell(bench, "到 %s，至少 %u 步", "to %s: %u steps")
				     : tell(bench, "%s，再 %u 步", "%s: %u more"),
			    line->text, line->number);
	else
		text_format(text, sizeof(text), is_first ? tell(bench, "到 %s", "to %s") : "%s",
			    line->text);
	col = draw_cut(canvas, row, col, at->after - col, INK_TEXT, text);
	if (col + 2 + text_columns(right) <= at->after)
		draw_right(canvas, row, at->after, INK_DIM, right);
}

static void draw_line(const struct result_screen *result, const struct canvas *canvas, int row,
		      const struct gap_line *line, const struct gap_columns *at)
{
	const struct workbench *bench = result->bench;
	switch (line->kind) {
	case LINE_BLANK:
		break;
	case LINE_HEADING:
		draw_grade_heading(result, canvas, row, line, at);
		break;
	case LINE_STEP:
	case LINE_GAIN:
		draw_step(result, canvas, row, line, at);
		break;
	case LINE_CONDITION:
		draw_condition(result, canvas, row, line, at);
		break;
	case LINE_GAINS: {
		const int col = draw_text(canvas, row, MARGIN, INK_TITLE,
					  tell(bench, "还能加分", "More points")) +
				2;
		draw_cut(canvas, row, col, at->after - col, INK_DIM,
			 tell(bench, "加得多的在前", "largest first"));
		break;
	}
	case LINE_REMARK: {
		/* where there is no way to go it stands in the place of the heading */
		int col = at->id;
		if (line == &result->lines[0])
			col = draw_text(canvas, row, MARGIN, INK_TITLE,
					tell(bench, "差距", "Gap")) +
			      2;
		draw_cut(canvas, row, col, at->after - col, INK_DIM, line->text);
		break;
	}
	}
}

void result_draw_gap(struct result_screen *result, const struct canvas *canvas)
{
	struct list *list = &result->gap_list;
	struct gap_columns at;
	place_columns(result, canvas->cols, &at);
	list_fit(list, result->n_lines, canvas->rows);
	if (!can_stand_on(result, list->at))
		settle(result, false);
	/* nothing stands above the first step but its heading: keep it in view */
	if (list->at <= 2)
		list->first = 0;
	for (unsigned i = list->first; i < list_end(list); i++) {
		const int row = (int)(i - list->first);
		draw_line(result, canvas, row, &result->lines[i], &at);
		if (i != list->at || result->zone != ZONE_GAP || !can_stand_on(result, i))
			continue;
		draw_selection(canvas, row, true);
	}
}
