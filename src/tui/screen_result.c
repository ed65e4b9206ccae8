/* The result: the table of what each section adds, the way to the next grade, and a trial. */
#include <stdlib.h>
#include "headline.h"
#include "lingtan/app/advice.h"
#include "result.h"

static struct result_screen *result_of(const struct screen *screen)
{
	return screen->data;
}

/* ---- loading ---- */

static void load(struct result_screen *result)
{
	struct lt_err err = LT_ERR_INIT;
	result_fill_rows(result);
	result->has_advice = false;
	if (advice_is_shown(result->bench->session, &result->has_advice, &err))
		workbench_tell_err(result->bench, &err);
	result->n_lines = 0;
	if (!result->has_advice)
		return;
	if (!result_fill_gap(result, &err)) {
		result->n_lines = 0;
		workbench_tell_err(result->bench, &err);
	}
	result_fill_trial(result);
}

static bool speaks(const struct board *board, int rung)
{
	return rung >= 0 && rung < N_RUNGS && rung != (int)board->own &&
	       board->rungs[rung].has_answers;
}

/* The rung below the own one that has answers, else the one above it. */
static enum rung choose_compared(const struct board *board)
{
	for (int r = (int)board->own - 1; r >= 0; r--)
		if (speaks(board, r))
			return (enum rung)r;
	for (int r = (int)board->own + 1; r < N_RUNGS; r++)
		if (speaks(board, r))
			return (enum rung)r;
	return N_RUNGS;
}

/* ---- drawing ---- */

/* Rows of the table: what it wants, as long as the panes below keep some. */
static int table_rows(const struct result_screen *result, int rows)
{
	const int wanted = result_table_rows(result), least = 7, panes = 7;
	if (wanted + panes + 1 <= rows)
		return wanted;
	return rows - panes - 1 > least ? rows - panes - 1 : least;
}

/* What the gap is for, where it is not shown. */
static void draw_closed(const struct result_screen *result, const struct canvas *canvas)
{
	const struct workbench *bench = result->bench;
	draw_text(canvas, 0, 3, INK_TITLE, tell(bench, "差距  试算", "Gap, what if"));
	draw_cut(canvas, 1, 3, canvas->cols - 4, INK_DIM,
		 tell(bench, "是给园区的建议；为保公正，评价方默认不看",
		      "advice for the park; who assesses does not see it"));
	const int col = draw_text(canvas, 3, 3, INK_KEY, "Enter") + 1;
	draw_cut(canvas, 3, col, canvas->cols - col - 1, INK_TEXT,
		 tell(bench, "写明理由后开启，记入日志",
		      "shows it, with a reason that is recorded"));
	if (result->zone != ZONE_TABLE)
		draw_selection(canvas, 3, true);
}

static void draw_panes(struct result_screen *result, const struct canvas *canvas)
{
	const int half = canvas->cols >= 132 ? 72 : canvas->cols >= 100 ? 57 : 43;
	const struct canvas left = canvas_part(canvas, 0, 0, 0, half);
	const struct canvas right = canvas_part(canvas, 0, half + 3, 0, 0);
	if (!result->has_advice) {
		draw_closed(result, canvas);
		return;
	}
	result_draw_gap(result, &left);
	draw_upright(canvas, half, 0, canvas->rows);
	result_draw_trial(result, &right);
}

static void draw_hidden(const struct result_screen *result, const struct canvas *canvas)
{
	draw_text(canvas, 2, 3, INK_DIM,
		  tell(result->bench, "结果已隐藏，按 F12 显示",
		       "the result is hidden, F12 shows it"));
}

static void draw_one_pane(struct result_screen *result, const struct canvas *canvas)
{
	const struct canvas trial = canvas_part(canvas, 0, 3, 0, 0);
	if (result->zone == ZONE_TABLE)
		result_draw_table(result, canvas);
	else if (!result->has_advice)
		draw_closed(result, canvas);
	else if (result->zone == ZONE_GAP)
		result_draw_gap(result, canvas);
	else
		result_draw_trial(result, &trial);
}

static void result_draw(struct screen *screen, const struct canvas *canvas)
{
	struct result_screen *result = result_of(screen);
	const struct canvas body = canvas_part(canvas, 1, 0, -1, 0);
	if (result->bench->hides_score) {
		draw_hidden(result, canvas);
		return;
	}
	if (frame_breadth(result->bench) == BREADTH_60 || body.rows < 16) {
		draw_one_pane(result, &body);
		return;
	}
	const int rows = table_rows(result, body.rows);
	const int gap = rows + 2 + 10 <= body.rows ? 2 : 1;
	const struct canvas table = canvas_part(&body, 0, 0, rows, 0);
	const struct canvas panes = canvas_part(&body, rows + gap, 0, 0, 0);
	result_draw_table(result, &table);
	draw_panes(result, &panes);
}

/* ---- keys ---- */

static void compare_with(struct result_screen *result, int digit)
{
	struct workbench *bench = result->bench;
	const int rung = digit - 1;
	if (speaks(bench->board, rung)) {
		result->compared = (enum rung)rung;
		return;
	}
	workbench_tell(bench, NOTICE_WARN,
		       rung == (int)bench->board->own
			       ? tell(bench, "%s就是本层级", "%s is the own rung")
			       : tell(bench, "%s还没有作答", "%s has no answers yet"),
		       label_of(bench, &rung_titles[rung]));
}

static bool result_key(struct screen *screen, const struct event *event)
{
	struct result_screen *result = result_of(screen);
	const int digit = key_digit(event);
	if (result->bench->hides_score)
		return false;
	if (event->key == K_TAB || event->key == K_BACKTAB) {
		const int n = result->has_advice ? N_RESULT_ZONES : ZONE_GAP + 1;
		const int by = event->key == K_TAB ? 1 : n - 1;
		result->zone = (enum result_zone)(((int)result->zone + by) % n);
		return true;
	}
	switch (result->zone) {
	case ZONE_TABLE:
		if (digit >= 1 && digit <= N_RUNGS) {
			compare_with(result, digit);
			return true;
		}
		return list_key(&result->table, event);
	case ZONE_GAP:
		return result->has_advice && result_gap_key(result, event);
	case ZONE_TRIAL:
	case N_RESULT_ZONES:
		break;
	}
	return result_trial_key(result, event);
}

/* ---- actions ---- */

/* The item under the cursor, in the panes below the table; NO_SLOT = none. */
static uint32_t item_here(const struct result_screen *result)
{
	const struct board *board = result->bench->board;
	uint32_t slot = NO_SLOT;
	if (result->zone == ZONE_GAP && result->gap_list.at < result->n_lines)
		slot = result->lines[result->gap_list.at].slot;
	else if (result->zone == ZONE_TRIAL && result->trial_list.at < result->n_trials)
		slot = result->trials[result->trial_list.at].item;
	return slot < board->n_items ? slot : NO_SLOT;
}

/* The first item of what a row of the table is made of: open ones before others. */
static uint32_t item_of_row(const struct result_screen *result)
{
	const struct board *board = result->bench->board;
	const struct result_row *row =
		result->table.at < result->n_rows ? &result->rows[result->table.at] : NULL;
	uint32_t first = NO_SLOT, open = NO_SLOT;
	for (unsigned i = board->n_items; row && i > 0; i--) {
		const struct board_item *item = &board->items[i - 1];
		unsigned at = item->section;
		bool is_of = item->is_veto;
		while (at < board->n_sections && board->sections[at].depth > 0)
			at = board->sections[at].parent;
		if (row->kind == ROW_SECTION)
			is_of = at == row->at;
		else if (row->kind == ROW_OUTCOME)
			is_of = result_is_open(board->rungs[board->own].result,
					       board->outcomes[row->at], item->slot);
		if (item->is_outside || !is_of)
			continue;
		first = item->slot;
		const enum board_state state = board_mark(board, first)->state;
		if (state == STATE_OPEN || state == STATE_FAILED)
			open = first;
	}
	return open != NO_SLOT ? open : first;
}

static void allow_advice(struct workbench *bench, void *context, const char *reason)
{
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	(void)context;
	workbench_begin(bench, "advice on");
	workbench_because(bench, reason);
	const enum lt_status status = advice_allow(bench->session, true, &done, &err);
	workbench_end(bench, status, &err, done);
}

static void ask_for_advice(struct workbench *bench)
{
	ask_open_words(bench, "", tell(bench, "让评价方看差距和试算", "Show gap and what if"),
		 tell(bench, "写明为什么；姓名、时间和理由都记入日志",
		      "say why; name, time and reason go into the journal"),
		 "", true, NULL, allow_advice, NULL);
}

void advice_switch(struct workbench *bench)
{
	struct lt_err err = LT_ERR_INIT;
	bool shown = false, done = false;
	enum lt_status status = advice_is_shown(bench->session, &shown, &err);
	if (!status && !shown) {
		ask_for_advice(bench);
		return;
	}
	workbench_begin(bench, "advice off");
	status = status ? status : advice_allow(bench->session, false, &done, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "评价方不再看差距和试算",
				    "gap and what if are the park's again"));
}

static void enter(struct screen *screen)
{
	const struct result_screen *result = result_of(screen);
	if (result->zone != ZONE_TABLE && !result->has_advice) {
		ask_for_advice(result->bench);
		return;
	}
	const uint32_t item = result->zone == ZONE_TABLE ? item_of_row(result) : item_here(result);
	if (item == NO_SLOT)
		workbench_tell(result->bench, NOTICE_WARN, "%s",
			       tell(result->bench, "这里没有可打开的条款",
				    "there is no item to open here"));
	else
		walk_goto(result->bench, item);
}

/* The first step to the grade, else the most urgent task. */
static void next(struct screen *screen)
{
	const struct result_screen *result = result_of(screen);
	struct workbench *bench = result->bench;
	const struct todo *todo = board_next(bench->board, NO_SLOT, BY_URGENCY);
	for (unsigned i = 0; i < result->n_lines; i++)
		if (result->lines[i].kind == LINE_STEP) {
			walk_goto(bench, result->lines[i].slot);
			return;
		}
	if (todo && todo->item != NO_SLOT)
		walk_goto(bench, todo->item);
	else if (todo)
		material_open_at(bench, todo->title);
	else
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "这一层级没有待办了", "nothing is left to do here"));
}

static void explain(struct screen *screen)
{
	const struct result_screen *result = result_of(screen);
	uint32_t slot = item_here(result);
	if (result->zone == ZONE_TABLE)
		slot = result_row_slot(result, result->table.at);
	else if (result->zone == ZONE_GAP && result->gap_list.at < result->n_lines)
		slot = result->lines[result->gap_list.at].slot;
	explain_open(result->bench, slot);
}

static bool is_shown(const struct screen *screen)
{
	return !screen->bench->hides_score;
}

static bool in_trial(const struct screen *screen)
{
	return is_shown(screen) && result_of(screen)->has_advice &&
	       result_of(screen)->zone == ZONE_TRIAL;
}

static bool in_table(const struct screen *screen)
{
	return is_shown(screen) && result_of(screen)->zone == ZONE_TABLE;
}

static bool at_closed_advice(const struct screen *screen)
{
	return is_shown(screen) && !in_table(screen) && !result_of(screen)->has_advice;
}

static bool has_item(const struct screen *screen)
{
	return is_shown(screen) && !at_closed_advice(screen);
}

static const struct action result_actions[] = {
	{ .key = K_ENTER,
	  .title = { "展开", "open" },
	  .help = { "打开光标处的条款", "the item at the cursor" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .is_live = has_item,
	  .run = enter },
	{ .key = K_ENTER,
	  .title = { "写理由开启", "show, with a reason" },
	  .help = { "开启差距和试算，理由记入日志", "gap and trial are shown; the reason is recorded" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = at_closed_advice,
	  .run = enter },
	{ .key = K_F3,
	  .letter = 'x',
	  .title = { "追溯", "explain" },
	  .help = { "这个数从哪里来", "where the number comes from" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = explain },
	{ .keys = { "空格", "Space" },
	  .title = { "试算勾选", "try" },
	  .help = { "试算里勾上或去掉", "in or out of the trial" },
	  .group = GROUP_CHANGE,
	  .in_foot = true,
	  .is_live = in_trial },
	{ .keys = { "数字", "digits" },
	  .title = { "改值", "value" },
	  .help = { "试算的数值；1、2 选符合、不符合", "the value tried; 1 met, 2 not met" },
	  .group = GROUP_CHANGE,
	  .in_foot = true,
	  .is_live = in_trial },
	{ .keys = { "Tab", "Tab" },
	  .title = { "换区", "zone" },
	  .help = { "表、差距、试算", "table, gap, trial" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .is_live = is_shown },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "下一项", "next" },
	  .help = { "到等级的第一步", "the first step to the grade" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = next },
	{ .keys = { "1-4", "1-4" },
	  .title = { "换层级", "compare" },
	  .help = { "与自评、评价、复核、认定比较", "with self, evaluator, reviewer, awarded" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .is_live = in_table },
};

/* ---- life ---- */

static void result_changed(struct screen *screen)
{
	struct result_screen *result = result_of(screen);
	if (result->compared != N_RUNGS && !speaks(result->bench->board, (int)result->compared))
		result->compared = choose_compared(result->bench->board);
	load(result);
}

static void result_close(struct screen *screen)
{
	struct result_screen *result = result_of(screen);
	lt_arena_release(&result->arena);
	lt_arena_release(&result->trial_arena);
	free(result->rows);
	free(result->trials);
	free(result);
}

/* That it was here is enough. */
static void result_describe(const struct screen *screen, struct place *place)
{
	(void)screen;
	place->zone = NULL;
}

static const struct screen_kind result_kind = {
	.id = "result",
	.title = { "结果", "Result" },
	.size = SIZE_WHOLE,
	.actions = result_actions,
	.n_actions = sizeof(result_actions) / sizeof(result_actions[0]),
	.has_score_line = true,
	.needs_project = true,
	.draw = result_draw,
	.key = result_key,
	.changed = result_changed,
	.close = result_close,
	.describe = result_describe,
};

void result_open(struct workbench *bench)
{
	result_open_beside(bench, N_RUNGS);
}

void result_open_gap(struct workbench *bench)
{
	result_open_beside(bench, N_RUNGS);
	struct screen *top = workbench_top(bench);
	if (top->kind == &result_kind)
		result_of(top)->zone = ZONE_GAP;
}

void result_open_beside(struct workbench *bench, enum rung rung)
{
	struct result_screen *result = workbench_room(bench, sizeof(*result));
	if (!result)
		return;
	result->bench = bench;
	lt_arena_init(&result->arena, 0);
	lt_arena_init(&result->trial_arena, 0);
	result->compared = speaks(bench->board, (int)rung) ? rung : choose_compared(bench->board);
	load(result);
	workbench_push(bench, &result_kind, result);
}
