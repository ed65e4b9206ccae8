/* The trial: what the total would be if some items were answered otherwise. Nothing of it is kept.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "headline.h"
#include "result.h"
#include "wrap.h"

#define NO_ROW UINT_MAX

static const struct plan_item *item_of(const struct result_screen *result,
				       const struct trial_row *row)
{
	return result->bench->board->items[row->item].plan;
}

static bool is_typed(const struct plan_item *item)
{
	return item->decl->form == FORM_POINTS || item->decl->form == FORM_MEASURED;
}

/* ---- rows ---- */

static struct trial_row *find_row(struct trial_row *rows, unsigned n, uint32_t item)
{
	for (unsigned i = 0; i < n; i++)
		if (rows[i].item == item)
			return &rows[i];
	return NULL;
}

/* What gives all points: the number to type, of points or of the quantity that measures. */
static void fill_in_full(const struct result_screen *result, struct answers *scratch,
			 struct trial_row *row)
{
	const struct board *board = result->bench->board;
	const struct plan_item *item = item_of(result, row);
	char text[LT_DECIMAL_TEXT];
	if (item->decl->form == FORM_POINTS) {
		lt_decimal_format(item->points, text);
	} else if (item->decl->form == FORM_MEASURED && item->quantity != NO_SLOT) {
		answers_set_in_full(board->plan, row->item, scratch);
		const uint32_t index = item->quantity - board->plan->first_quantity;
		lt_decimal_format(scratch->quantities[index].value, text);
	} else {
		return;
	}
	if (strlen(text) < sizeof(row->typed))
		text_format(row->typed, sizeof(row->typed), "%s", text);
}

static bool can_be_tried(const struct board *board, uint32_t item)
{
	const struct plan_item *plan = board->items[item].plan;
	if (board->items[item].is_outside || board_mark(board, item)->value.state == VALUE_NA)
		return false;
	return plan->decl->form != FORM_MEASURED || plan->quantity != NO_SLOT;
}

struct trial_fill {
	struct result_screen *result;
	struct trial_row *rows;
	const struct trial_row *old;
	unsigned n_old, n;
	struct answers scratch;
};

static void add_row(struct trial_fill *fill, uint32_t item, bool is_on)
{
	const struct board *board = fill->result->bench->board;
	if (!can_be_tried(board, item) || find_row(fill->rows, fill->n, item))
		return;
	struct trial_row *row = &fill->rows[fill->n++];
	for (unsigned i = 0; i < fill->n_old; i++)
		if (fill->old[i].item == item) {
			*row = fill->old[i];
			row->has_effect = false;
			return;
		}
	*row = (struct trial_row){ .item = item, .is_on = is_on };
	fill_in_full(fill->result, &fill->scratch, row);
}

/* What leads to the grade first, switched on when the screen opens; then what else can be got. */
static void add_rows(struct trial_fill *fill)
{
	const struct result_screen *result = fill->result;
	const struct board *board = result->bench->board;
	const bool is_first = fill->n_old == 0;
	for (unsigned i = 0; i < result->gap.gap.n_steps; i++)
		add_row(fill, result->gap.gap.steps[i].item, is_first);
	for (unsigned i = 0; i < result->n_lines; i++)
		if (result->lines[i].kind == LINE_GAIN || result->lines[i].kind == LINE_STEP)
			add_row(fill, result->lines[i].slot, false);
	for (uint32_t i = 0; i < board->n_items; i++)
		add_row(fill, i, false);
}

bool result_fill_trial(struct result_screen *result)
{
	const struct board *board = result->bench->board;
	struct lt_err err = LT_ERR_INIT;
	struct trial_fill fill = { .result = result,
				   .old = result->trials,
				   .n_old = result->n_trials };
	fill.rows = calloc((size_t)board->n_items + 1, sizeof(*fill.rows));
	lt_arena_reset(&result->trial_arena);
	if (!fill.rows ||
	    answers_init(&fill.scratch, board->ruleset, &result->trial_arena, &err) != LT_OK) {
		free(fill.rows);
		return false;
	}
	add_rows(&fill);
	free(result->trials);
	result->trials = fill.rows;
	result->n_trials = fill.n;
	result_try(result);
	return true;
}

/* ---- in the words of answers ---- */

/* Tiers from the one with most points; the number of the chosen one. */
static unsigned tier_at(const struct plan_item *item, unsigned choice)
{
	unsigned best = 0;
	for (unsigned i = 0; i < item->decl->n_tiers; i++) {
		unsigned better = 0;
		for (unsigned j = 0; j < item->decl->n_tiers; j++)
			better +=
				item->tier_points[j].units > item->tier_points[i].units ||
				(j < i && item->tier_points[j].units == item->tier_points[i].units);
		if (better == choice)
			best = i;
	}
	return best;
}

static const char *all_checks(const struct item *decl, struct lt_arena *arena)
{
	const char *text = "checks:";
	for (unsigned i = 0; i < decl->n_checks && text; i++)
		text = lt_arena_printf(arena, "%s%s%s", text, i ? "," : "", decl->checks[i].id);
	return text;
}

/* false without memory. */
static bool make_change(const struct result_screen *result, const struct trial_row *row,
			struct lt_arena *arena, struct supposed_change *out)
{
	const struct board *board = result->bench->board;
	const struct plan_item *item = item_of(result, row);
	*out = (struct supposed_change){ .id = item->decl->id };
	switch (item->decl->form) {
	case FORM_MEASURED:
		out->id = plan_slot_name(board->plan, item->quantity);
		out->value = row->typed;
		out->is_quantity = true;
		break;
	case FORM_POINTS:
		out->value = lt_arena_printf(arena, "points:%s", row->typed);
		break;
	case FORM_TIERS:
		out->value = lt_arena_printf(arena, "tier:%s",
					     item->decl->tiers[tier_at(item, row->choice)].id);
		break;
	case FORM_CHECKLIST:
		out->value = row->choice ? "checks:" : all_checks(item->decl, arena);
		break;
	case FORM_JUDGEMENT:
		out->value = row->choice ? "no" : "yes";
		break;
	case FORM_MET:
	case N_ITEM_FORMS:
		out->value = row->choice ? "not-met" : "met";
		break;
	}
	return out->value != NULL;
}

static unsigned n_choices(const struct plan_item *item)
{
	return item->decl->form == FORM_TIERS ? item->decl->n_tiers : 2;
}

/* ---- computing ---- */

/* The figure under the rows that are on, up to one, and under that one in any case. */
static bool suppose(struct result_screen *result, unsigned up_to, unsigned also,
		    struct lt_arena *arena, struct board_supposed *out, struct lt_err *err)
{
	unsigned n = 0;
	struct supposed_change *changes =
		lt_arena_alloc(arena, (size_t)result->n_trials + 1, sizeof(*changes));
	for (unsigned i = 0; changes && i < result->n_trials; i++) {
		const struct trial_row *row = &result->trials[i];
		if (((row->is_on && i < up_to) || i == also) &&
		    make_change(result, row, arena, &changes[n]))
			n++;
	}
	return changes &&
	       board_suppose(result->bench->board, changes, n, arena, out, NULL, err) == LT_OK;
}

/* What a row that is on adds to those above it, so that all of them add up to the trial; what
 * another would add to the trial. */
static void find_effect(struct result_screen *result, unsigned at)
{
	struct trial_row *row = &result->trials[at];
	const unsigned others = row->is_on ? at : result->n_trials;
	struct lt_err err = LT_ERR_INIT;
	struct board_supposed without, with;
	struct lt_arena scratch;
	lt_arena_init(&scratch, 0);
	row->has_effect = true;
	row->effect = VALUE_ZERO;
	if (suppose(result, others, NO_ROW, &scratch, &without, &err) &&
	    suppose(result, others, at, &scratch, &with, &err) &&
	    without.figure.state == VALUE_NUMBER && with.figure.state == VALUE_NUMBER &&
	    !without.figure.lo_unbounded && !with.figure.lo_unbounded)
		lt_decimal_subtract(with.figure.lo, without.figure.lo, &row->effect);
	lt_arena_release(&scratch);
}

void result_try(struct result_screen *result)
{
	struct lt_err err = LT_ERR_INIT;
	const char *wrong = err.text[result->bench->lang];
	lt_arena_reset(&result->trial_arena);
	result->trial_wrong = NULL;
	for (unsigned i = 0; i < result->n_trials; i++)
		result->trials[i].has_effect = false;
	if (suppose(result, result->n_trials, NO_ROW, &result->trial_arena, &result->supposed,
		    &err))
		return;
	result->supposed = (struct board_supposed){ .figure = value_na() };
	result->trial_wrong = lt_arena_strndup(&result->trial_arena, wrong, strlen(wrong));
}

/* ---- keys ---- */

static struct trial_row *current(struct result_screen *result)
{
	return result->trial_list.at < result->n_trials ? &result->trials[result->trial_list.at]
							: NULL;
}

static void change_row(struct result_screen *result, struct trial_row *row)
{
	row->is_on = true;
	result_try(result);
}

/* A digit, a point or a sign into the number; the first one begins it anew. */
static bool type_into(struct result_screen *result, struct trial_row *row, char typed)
{
	const bool is_sign = typed == '-';
	if (!((typed >= '0' && typed <= '9') || typed == '.' || is_sign))
		return false;
	if (!row->is_touched)
		row->typed[0] = '\0';
	row->is_touched = true;
	const size_t len = strlen(row->typed);
	if ((is_sign && len > 0) || (typed == '.' && strchr(row->typed, '.')) ||
	    len + 1 >= sizeof(row->typed))
		return true;
	row->typed[len] = typed;
	row->typed[len + 1] = '\0';
	change_row(result, row);
	return true;
}

static bool erase(struct result_screen *result, struct trial_row *row)
{
	const size_t len = strlen(row->typed);
	if (!is_typed(item_of(result, row)))
		return false;
	row->is_touched = true;
	if (len > 0)
		row->typed[len - 1] = '\0';
	change_row(result, row);
	return true;
}

static bool choose(struct result_screen *result, struct trial_row *row, int digit)
{
	if (digit < 1 || (unsigned)digit > n_choices(item_of(result, row)))
		return false;
	row->choice = (unsigned)digit - 1;
	change_row(result, row);
	return true;
}

bool result_trial_key(struct result_screen *result, const struct event *event)
{
	struct trial_row *row = current(result);
	if (!row)
		return false;
	if (event->key == K_TEXT && key_ascii(event) == ' ') {
		row->is_on = !row->is_on;
		result_try(result);
		return true;
	}
	if (event->key == K_BACKSPACE)
		return erase(result, row);
	if (is_typed(item_of(result, row)) ? type_into(result, row, key_ascii(event))
					   : choose(result, row, key_digit(event)))
		return true;
	result->trial_list.n = result->n_trials;
	if (!list_key(&result->trial_list, event))
		return false;
	row->is_touched = false;
	return true;
}

/* ---- drawing ---- */

static void value_text(const struct result_screen *result, const struct trial_row *row,
		       char out[FIGURE_TEXT])
{
	const struct workbench *bench = result->bench;
	const struct plan_item *item = item_of(result, row);
	char full[FIGURE_TEXT], shown[FIGURE_TEXT];
	const char *unit;
	switch (item->decl->form) {
	case FORM_POINTS:
		text_format(out, FIGURE_TEXT, "%s/%s", row->typed,
			    figure_decimal(item->points, -2, full));
		break;
	case FORM_MEASURED:
		unit = bench->board->plan
			       ->quantities[item->quantity - bench->board->plan->first_quantity]
			       .decl->unit;
		text_format(out, FIGURE_TEXT, "%s %s", row->typed,
			    strcmp(unit, "1") ? figure_unit(unit, bench->lang, shown) : "");
		break;
	case FORM_TIERS: {
		const unsigned tier = tier_at(item, row->choice);
		const char *title = label_of(bench, &item->decl->tiers[tier].title);
		text_format(out, FIGURE_TEXT, "%s", title[0] ? title : item->decl->tiers[tier].id);
		break;
	}
	case FORM_CHECKLIST:
		text_format(out, FIGURE_TEXT, "%s",
			    row->choice ? tell(bench, "全无", "none") : tell(bench, "全有", "all"));
		break;
	default:
		text_format(out, FIGURE_TEXT, "%s",
			    row->choice ? tell(bench, "不符合", "not met")
					: tell(bench, "符合", "met"));
		break;
	}
}

struct trial_columns {
	int id, title, title_cols, value, effect; /* effect: right end */
};

static void place_columns(const struct result_screen *result, int cols, struct trial_columns *out)
{
	const struct board *board = result->bench->board;
	int id = 0, value = 0;
	for (unsigned i = result->trial_list.first; i < list_end(&result->trial_list); i++) {
		const struct trial_row *row = &result->trials[i];
		const int wide = text_columns(shown_id(board->items[row->item].plan->decl->id));
		char text[FIGURE_TEXT];
		value_text(result, row, text);
		if (wide > id)
			id = wide;
		if (text_columns(text) > value)
			value = text_columns(text);
	}
	if (value > cols / 3)
		value = cols / 3;
	*out = (struct trial_columns){ .id = 4,
				       .title = 4 + (id ? id + 1 : 0),
				       .effect = cols - 2 };
	out->value = out->effect - 6 - value;
	out->title_cols = out->value - 2 - out->title;
}

static void draw_trial_row(struct result_screen *result, const struct canvas *canvas, int row,
			   unsigned number, const struct trial_columns *at, bool is_here)
{
	const struct workbench *bench = result->bench;
	const struct trial_row *trial = &result->trials[number];
	const struct item *item = bench->board->items[trial->item].plan->decl;
	const enum ink ink = trial->is_on ? INK_TEXT : INK_DIM;
	char text[FIGURE_TEXT];
	draw_text(canvas, row, 0, trial->is_on ? INK_WARN : INK_DIM, trial->is_on ? "[x]" : "[ ]");
	draw_text(canvas, row, at->id, ink, shown_id(item->id));
	draw_cut(canvas, row, at->title, at->title_cols, ink, label_of(bench, &item->title));
	value_text(result, trial, text);
	draw_cut(canvas, row, at->value, at->effect - 6 - at->value,
		 is_here && result->trial_wrong ? INK_WARN : ink, text);
	if (!trial->has_effect)
		find_effect(result, number);
	if (trial->effect.units != 0) {
		const enum ink effect = trial->effect.units < 0 ? INK_VETO : INK_OK;
		draw_right(canvas, row, at->effect, trial->is_on ? effect : INK_DIM,
			   figure_change(trial->effect, text));
	}
	if (is_here)
		draw_ground(canvas, row, 0, canvas->cols - 1, GROUND_SELECTION);
	if (is_here && is_typed(item_of(result, trial)))
		draw_cursor(canvas, row, at->value + text_columns(trial->typed));
}

/* Figure and grade as they would be, in the colour of what is no record. */
static void draw_outcome(const struct result_screen *result, const struct canvas *canvas, int row)
{
	const struct workbench *bench = result->bench;
	const struct board *board = bench->board;
	const struct board_headline *headline = &board->headline;
	const struct board_rung *own = &board->rungs[board->own];
	char text[FIGURE_TEXT];
	enum ink ink;
	const int end = canvas->cols - 2;
	int col = draw_text(canvas, row, 0, INK_DIM, tell(bench, "试算", "Trial "));
	if (headline->kind != FIGURE_NONE) {
		col = draw_text(canvas, row, col, INK_DIM, label_of(bench, headline->title)) + 2;
		col = draw_text(canvas, row, col, INK_TITLE,
				headline_figure(bench, &result->supposed.figure, text));
	}
	if (result->supposed.grade.ladder) {
		const char *grade = headline_grade(bench, &result->supposed.grade, &ink, text);
		const int at = end - text_columns(grade);
		draw_cut(canvas, row, at > col + 2 ? at : col + 2, end - col - 2, ink, grade);
	}
	if (headline->has_full) {
		struct headline_line line;
		headline_line(bench, own, &line);
		struct bar bar = headline_bar(bench, &result->supposed.figure, &line);
		bar.is_trial = true;
		draw_bar(canvas, row + 1, 0, end, &bar);
	}
	if (headline->kind != FIGURE_NONE) {
		col = draw_text(canvas, row + 2, 0, INK_DIM, tell(bench, "原 ", "now "));
		draw_text(canvas, row + 2, col, INK_DIM,
			  headline_figure(bench, &own->figure, text));
	}
	draw_right(canvas, row + 2, end, INK_DIM, tell(bench, "Esc 弃去", "Esc discards"));
}

/* Why there is no outcome, in the place of it. */
static void draw_wrong(const struct result_screen *result, const struct canvas *canvas, int row)
{
	const char *text = result->trial_wrong;
	const size_t len = strlen(text);
	size_t at = 0;
	for (; row < canvas->rows && at < len; row++) {
		const struct wrap_line line = wrap_line(text, len, at, canvas->cols - 2);
		draw_bytes(canvas, row, 0, INK_WARN, text + line.from, line.to - line.from);
		at = line.is_last ? len : line.next;
	}
}

void result_draw_trial(struct result_screen *result, const struct canvas *canvas)
{
	const struct workbench *bench = result->bench;
	struct list *list = &result->trial_list;
	struct trial_columns at;
	const int gap = canvas->rows >= 12, foot = 3 + gap;
	int col = draw_text(canvas, 0, 0, INK_TITLE, tell(bench, "试算", "What if")) + 2;
	draw_cut(canvas, 0, col, canvas->cols - col, INK_WARN,
		 tell(bench, "不入档案", "not the record"));
	list_fit(list, result->n_trials, canvas->rows - 1 - gap - foot);
	place_columns(result, canvas->cols, &at);
	for (unsigned i = list->first; i < list_end(list); i++) {
		const bool is_here = i == list->at && result->zone == ZONE_TRIAL;
		draw_trial_row(result, canvas, 1 + gap + (int)(i - list->first), i, &at, is_here);
	}
	if (result->trial_wrong)
		draw_wrong(result, canvas, canvas->rows - 3);
	else
		draw_outcome(result, canvas, canvas->rows - 3);
}
