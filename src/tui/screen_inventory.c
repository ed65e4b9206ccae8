/* The inventory as a grid: moved in by cells, typed into, followed by totals and balance. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "field.h"
#include "frame.h"
#include "inventory.h"
#include "screens.h"

#define DRAFT "inventory"

/* ---- what was typed and not taken ---- */

/* The line, the cell and the text, a line each. */
static void keep_draft(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	struct lt_arena arena;
	if (!view->is_editing || !edit_length(&view->edit)) {
		draft_drop(screen->bench->session, DRAFT);
		return;
	}
	lt_arena_init(&arena, 0);
	const char *text = lt_arena_printf(&arena, "%s\n%d\n%s", view->saved.id, (int)view->cell,
					   edit_text(&view->edit));
	if (text)
		draft_keep(screen->bench->session, DRAFT, text, strlen(text));
	lt_arena_release(&arena);
}

static void offer_draft(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	struct workbench *bench = screen->bench;
	const char *draft = draft_find(bench->session, DRAFT, &bench->session->arena);
	const char *cell = draft ? strchr(draft, '\n') : NULL;
	const char *text = cell ? strchr(cell + 1, '\n') : NULL;
	const unsigned long number = cell ? strtoul(cell + 1, NULL, 10) : N_CELLS;
	unsigned row;
	if (!text || cell == draft || !text[1])
		return;
	snprintf(view->go_id, sizeof(view->go_id), "%.*s", (int)(cell - draft), draft);
	inventory_arrange(screen);
	if (!inventory_row(view, &row) ||
	    strncmp(view->inventory.ledger.rows[row].line.id, draft, (size_t)(cell - draft)) != 0 ||
	    number >= N_CELLS)
		return;
	view->cell = (enum cell_column)number;
	view->is_by_month = is_month_cell(view->cell);
	cell_open(screen, true);
	if (!view->is_editing)
		return; /* only read: it waits in the state folder */
	edit_set(&view->edit, text + 1, strlen(text + 1));
	cell_follow(screen);
	workbench_tell(bench, NOTICE_DONE, "%s",
		       tell(bench, "接着上次没填完的", "this is what you typed the last time"));
}

/* ---- the line above the grid ---- */

static void filter_chosen(struct workbench *bench, void *context, unsigned number)
{
	struct screen *screen = workbench_top(bench);
	struct inventory_screen *view = context;
	if (screen->data != context || number >= N_FILTERS)
		return;
	view->filter = (enum row_filter)number;
	inventory_arrange(screen);
}

static void sort_chosen(struct workbench *bench, void *context, unsigned number)
{
	struct screen *screen = workbench_top(bench);
	struct inventory_screen *view = context;
	if (screen->data != context || number >= N_SORTS)
		return;
	view->sort = (enum row_sort)number;
	inventory_arrange(screen);
}

static void labels_open(struct screen *screen, const struct label *labels, unsigned n,
			unsigned selected, const char *title, menu_chosen chosen)
{
	struct menu_row rows[8];
	for (unsigned i = 0; i < n && i < 8; i++)
		rows[i] = (struct menu_row){ label_of(screen->bench, &labels[i]), NULL, (int)i + 1,
					     false };
	menu_open(screen->bench, title, rows, n, selected, chosen, screen->data);
}

static void filter_open(struct screen *screen)
{
	labels_open(screen, row_filters, N_FILTERS, inventory_of(screen)->filter,
		    tell(screen->bench, "筛选", "Show"), filter_chosen);
}

static void sort_open(struct screen *screen)
{
	labels_open(screen, row_sorts, N_SORTS, inventory_of(screen)->sort,
		    tell(screen->bench, "排序", "Order"), sort_chosen);
}

static void register_chosen(struct workbench *bench, void *context, unsigned number)
{
	const struct inventory_screen *view = context;
	if (workbench_top(bench)->data != context)
		return;
	if (number < N_REGISTERS)
		register_open(bench, (enum ledger_register)number);
	else if (number == N_REGISTERS)
		ranking_open(bench, view->year);
	else if (number == N_REGISTERS + 1)
		checks_open(bench, view->year);
	else if (number == N_REGISTERS + 2)
		accounts_open_screen(bench, view->year);
	else
		conclusion_open(bench, view->year);
}

static void registers_open(struct screen *screen)
{
	static const struct label titles[N_REGISTERS + 4] = {
		{ "碳抵消", "Offsets" },
		{ "绿证绿电", "Green certificates" },
		{ "计量器具", "Meters" },
		{ "检定", "Calibrations" },
		{ "排行与难易", "Ranking and difficulty" },
		{ "核对", "Checks" },
		{ "各标准对照", "Standards side by side" },
		{ "申报与核定", "Declared and verified" }
	};
	labels_open(screen, titles, N_REGISTERS + 4, 0, tell(screen->bench, "更多", "More"),
		    register_chosen);
}

static void choose_year(struct screen *screen, const char *year)
{
	struct inventory_screen *view = inventory_of(screen);
	snprintf(view->year, sizeof(view->year), "%.4s", year);
	view->at = view->first = 0;
	inventory_arrange(screen);
}

/* What the cursor stands on above the grid. */
static void top_choose(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	if (view->top_at < view->n_years)
		choose_year(screen, view->years[view->top_at]);
	else if (view->top_at == view->n_years)
		filter_open(screen);
	else if (view->top_at == view->n_years + 1)
		sort_open(screen);
	else if (view->top_at == view->n_years + 2)
		months_toggle(screen);
	else
		registers_open(screen);
}

static bool top_key(struct screen *screen, const struct event *event)
{
	struct inventory_screen *view = inventory_of(screen);
	const unsigned n = view->n_years + 4;
	const char typed = key_ascii(event);
	if (event->key == K_DOWN || event->key == K_TAB) {
		view->zone = ZONE_GRID;
	} else if (event->key == K_LEFT || event->key == K_BACKTAB) {
		view->top_at = view->top_at ? view->top_at - 1 : 0;
	} else if (event->key == K_RIGHT) {
		view->top_at = view->top_at + 1 < n ? view->top_at + 1 : view->top_at;
	} else if (typed == ' ') {
		top_choose(screen);
	} else {
		return false;
	}
	return true;
}

static void go_to_top(struct inventory_screen *view)
{
	view->zone = ZONE_TOP;
	view->top_at = 0;
	for (unsigned i = 0; i < view->n_years; i++)
		if (strcmp(view->years[i], view->year) == 0)
			view->top_at = i;
}

/* ---- the grid ---- */

/* To the next cell that is shown; at the end of a line to the next one. */
static void step(struct screen *screen, int way)
{
	struct inventory_screen *view = inventory_of(screen);
	enum cell_column cell = cell_beside(screen, view->cell, way);
	if (cell == N_CELLS) {
		const unsigned was = view->at;
		inventory_move(view, way);
		if (view->at == was)
			return;
		cell = cell_beside(screen, N_CELLS, way);
	}
	view->cell = cell;
}

/* Left and right stay on the line. */
static void slide(struct screen *screen, int way)
{
	struct inventory_screen *view = inventory_of(screen);
	const enum cell_column cell = cell_beside(screen, view->cell, way);
	if (cell != N_CELLS)
		view->cell = cell;
}

static bool editing_key(struct screen *screen, const struct event *event)
{
	struct inventory_screen *view = inventory_of(screen);
	switch (event->key) {
	case K_ENTER:
	case K_DOWN:
		if (cell_close(screen))
			inventory_move(view, 1);
		return true;
	case K_UP:
		if (cell_close(screen))
			inventory_move(view, -1);
		return true;
	case K_TAB:
		if (cell_close(screen))
			step(screen, 1);
		return true;
	case K_BACKTAB:
		if (cell_close(screen))
			step(screen, -1);
		return true;
	default:
		break;
	}
	const unsigned long before = view->edit.version;
	const enum field_result result = field_type(screen->bench, &view->edit, event);
	if (view->edit.version != before)
		cell_follow(screen);
	return result != FIELD_IGNORED;
}

static bool is_block(const struct event *event)
{
	for (size_t i = 0; i < event->paste_len; i++)
		if (event->paste[i] == '\t' || event->paste[i] == '\n' || event->paste[i] == '\r')
			return true;
	return false;
}

static bool begins_typing(struct screen *screen, const struct event *event)
{
	struct inventory_screen *view = inventory_of(screen);
	unsigned row;
	if (!inventory_row(view, &row) || (event->key == K_TEXT && event->code < ' '))
		return false;
	cell_open(screen, true);
	return view->is_editing ? editing_key(screen, event) : true;
}

static bool moving_key(struct screen *screen, const struct event *event)
{
	struct inventory_screen *view = inventory_of(screen);
	const unsigned was = view->at;
	switch (event->key) {
	case K_UP:
	case K_WHEEL_UP:
		inventory_move(view, -1);
		if (view->at == was && event->key == K_UP)
			go_to_top(view);
		return true;
	case K_DOWN:
	case K_WHEEL_DOWN:
		inventory_move(view, 1);
		return true;
	case K_PAGE_UP:
		inventory_move(view, -10);
		return true;
	case K_PAGE_DOWN:
		inventory_move(view, 10);
		return true;
	case K_CTRL_HOME:
		inventory_move(view, -(int)view->n_items);
		return true;
	case K_CTRL_END:
		inventory_move(view, (int)view->n_items);
		return true;
	case K_LEFT:
		slide(screen, -1);
		return true;
	case K_RIGHT:
		slide(screen, 1);
		return true;
	case K_HOME:
		view->cell = cell_beside(screen, N_CELLS, 1);
		return true;
	case K_END:
		view->cell = cell_beside(screen, N_CELLS, -1);
		return true;
	case K_TAB:
		step(screen, 1);
		return true;
	case K_BACKTAB:
		step(screen, -1);
		return true;
	default:
		return false;
	}
}

static bool inventory_key(struct screen *screen, const struct event *event)
{
	struct inventory_screen *view = inventory_of(screen);
	if (event->key == K_PASTE && is_block(event)) {
		if (view->is_editing)
			cell_leave(screen);
		view->zone = ZONE_GRID;
		cells_paste(screen, event->paste, event->paste_len);
		return true;
	}
	if (view->is_editing)
		return editing_key(screen, event);
	if (view->zone == ZONE_TOP && top_key(screen, event))
		return true;
	if (key_ascii(event) == '+') {
		view->zone = ZONE_GRID;
		row_insert(screen);
		return true;
	}
	if (view->zone == ZONE_TOP)
		return false;
	if (moving_key(screen, event))
		return true;
	if (event->key == K_DELETE || event->key == K_BACKSPACE) {
		if (view->cell != CELL_SOURCE && view->cell != CELL_SCOPE)
			cell_put(screen, "");
		return true;
	}
	if (event->key == K_TEXT || event->key == K_PASTE)
		return begins_typing(screen, event);
	return false;
}

static bool inventory_is_typing(const struct screen *screen)
{
	const struct inventory_screen *view = inventory_of(screen);
	return view->is_editing || view->zone == ZONE_GRID;
}

/* ---- actions ---- */

static void edit_cell(struct screen *screen)
{
	cell_open(screen, false);
}

static bool can_edit(const struct screen *screen)
{
	const struct inventory_screen *view = inventory_of(screen);
	unsigned row;
	return !view->is_editing && view->zone == ZONE_GRID && inventory_row(view, &row);
}

static bool is_editing(const struct screen *screen)
{
	return inventory_of(screen)->is_editing;
}

static bool can_choose(const struct screen *screen)
{
	return is_editing(screen) || can_edit(screen);
}

static bool is_above(const struct screen *screen)
{
	return inventory_of(screen)->zone == ZONE_TOP;
}

static bool is_in_grid(const struct screen *screen)
{
	return !is_above(screen);
}

/* What cannot be taken stays as a draft; the old value counts. */
static void escape(struct screen *screen)
{
	if (cell_close(screen))
		return;
	keep_draft(screen);
	cell_leave(screen);
	workbench_tell(screen->bench, NOTICE_WARN, "%s",
		       tell(screen->bench, "没有存入，原值仍算；所填留着，F5 可回来",
			    "not saved, the old value counts; what was typed is kept"));
}

static bool needs_work(const struct inventory_screen *view, unsigned item)
{
	const struct ledger_row *row = &view->inventory.ledger.rows[view->items[item].row];
	const struct factor *newer;
	if (view->is_by_month)
		return months_missing(&row->line) != N_CELLS;
	return row->result.state != LEDGER_COUNTED
		       ? row->result.kind != LEDGER_MEMO || row->result.state == LEDGER_WRONG
		       : factor_age(&view->factors, &row->line, view->province, &newer) !=
				 FACTOR_GOOD;
}

/* The next line that something is missing of, at the cell where. */
static void next(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	view->zone = ZONE_GRID;
	for (unsigned i = 1; i <= view->n_items; i++) {
		const unsigned item = (view->at + i) % view->n_items;
		if (view->items[item].sort != ITEM_LINE || !needs_work(view, item))
			continue;
		const enum ledger_state state =
			view->inventory.ledger.rows[view->items[item].row].result.state;
		view->at = item;
		view->cell = view->is_by_month
				     ? months_missing(&view->inventory.ledger
							       .rows[view->items[item].row]
							       .line)
			     : state == LEDGER_OPEN ? CELL_AMOUNT
			     : cell_is_shown(screen, CELL_FACTOR) ? CELL_FACTOR
									 : CELL_AMOUNT;
		return;
	}
	workbench_tell(screen->bench, NOTICE_DONE, "%s",
		       tell(screen->bench, "各行都齐了", "nothing is missing"));
}

/* The figure of the standard assessed that the line under the cursor enters; else what it calls its emission. */
static void explain_line(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	struct workbench *bench = screen->bench;
	uint32_t slot = NO_SLOT;
	unsigned row;
	if (!is_above(screen) && inventory_row(view, &row))
		slot = beside_slot(screen, view->inventory.ledger.rows[row].line.id);
	if (slot == NO_SLOT && bench->board && bench->board->plan)
		slot = plan_find(bench->board->plan, "emission");
	explain_open(bench, slot);
}

static void check_year(struct screen *screen)
{
	checks_open(screen->bench, inventory_of(screen)->year);
}

static bool is_still(const struct screen *screen)
{
	return !inventory_of(screen)->is_editing;
}

static const struct action inventory_actions[] = {
	{ .key = K_ESC,
	  .title = { "存入", "take" },
	  .group = GROUP_ANSWER,
	  .is_live = is_editing,
	  .run = escape },
	{ .key = K_ENTER,
	  .title = { "改", "edit" },
	  .help = { "改这一格；直接打字则替换", "edits the cell; typing replaces it" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = can_edit,
	  .run = edit_cell },
	{ .key = K_ENTER,
	  .title = { "选", "choose" },
	  .help = { "看这一年，或筛选、排序、逐月、登记", "shows the year, or filters, orders, goes by month, leads to registers" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = is_above,
	  .run = top_choose },
	{ .keys = { "Tab", "Tab" },
	  .title = { "下一格", "next cell" },
	  .help = { "右边一格，行末到下一行；上下左右按格移动，最上面是年度、筛选、排序、登记",
		    "the cell at the right, then the next line; arrows move by cell, above are year, filter, order, registers" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .is_live = is_in_grid },
	{ .keys = { "Tab", "Tab" },
	  .title = { "到表格", "to the grid" },
	  .help = { "回到表格，下键也一样；左右在年度、筛选、排序、逐月、登记之间移动",
		    "back to the grid, as Down; Left and Right go between years, filter, order, months, registers" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .is_live = is_above },
	{ .key = K_F2,
	  .title = { "佐证", "evidence" },
	  .help = { "给这一行挂一份佐证，或取下", "ties a piece of evidence to the line, or takes it off" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = can_edit,
	  .run = evidence_choose },
	{ .key = K_F3,
	  .title = { "追溯", "explain" },
	  .help = { "这一行进到所评标准的哪个数，从哪里来",
		    "the figure of the standard that the line enters, and where it comes from" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .is_live = is_still,
	  .run = explain_line },
	{ .key = K_CTRL_K,
	  .title = { "核对", "checks" },
	  .help = { "核查员会问的：缺月、重复、跳变、不平、过期、两头算",
		    "what a verifier asks: months missing, lines doubled, jumps, what does not add up, what counts twice" },
	  .group = GROUP_SCREEN,
	  .is_live = is_still,
	  .run = check_year },
	{ .key = K_F4,
	  .title = { "选", "choose" },
	  .help = { "这一格可选的值；还有同上、插行、移除、整行各栏",
		    "what the cell may hold; copy down, insert, take out, all fields" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = can_choose,
	  .run = cell_choose },
	{ .key = K_F5,
	  .title = { "下一处", "next" },
	  .help = { "下一个未填、因子未说明或因子待换的行", "the next line that lacks something" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .is_live = is_still,
	  .run = next },
	{ .key = K_CTRL_D,
	  .title = { "同上", "copy down" },
	  .help = { "这一格同上一行", "the cell as in the line above" },
	  .group = GROUP_CHANGE,
	  .is_live = can_edit,
	  .run = cells_copy_down },
	{ .key = K_CTRL_G,
	  .title = { "逐月", "months" },
	  .help = { "十二个月各一列，或回到全年；各月合计就是全年的活动量，另填过全年数的不动",
		    "a column for each month, or the year again; the months' sum is the year's amount unless that was typed otherwise" },
	  .group = GROUP_MOVE,
	  .is_live = is_still,
	  .run = months_toggle },
	{ .key = K_INSERT,
	  .keys = { "+", "+" },
	  .title = { "插行", "insert" },
	  .help = { "在下面插一行；也可把表格里的行粘贴进来",
		    "a line below; rows of a spreadsheet can be pasted, too" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = is_still,
	  .run = row_insert },
};

/* ---- life ---- */

/* Nobody types: what takes a moment is done now. */
static void inventory_pause(struct screen *screen)
{
	keep_draft(screen);
	if (!inventory_of(screen)->is_editing)
		beside_load(screen);
}

static void inventory_changed(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	if (view->is_open && strcmp(view->head, project_head(screen->bench->session->project)) == 0 &&
	    strcmp(view->inventory.rung, workbench_rung(screen->bench)) == 0)
		return;
	if (view->is_editing) {
		keep_draft(screen);
		cell_leave(screen);
	}
	inventory_load(screen);
}

static void inventory_close_screen(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	if (view->is_editing) {
		keep_draft(screen);
		edit_release(&view->edit);
	}
	if (view->is_open)
		inventory_close(&view->inventory);
	beside_release(view);
	lt_arena_release(&view->rows);
	lt_arena_release(&view->frame);
	free(view);
}

static const struct screen_kind inventory_kind = {
	.id = "inventory",
	.title = { "盘查", "Inventory" },
	.size = SIZE_WHOLE,
	.actions = inventory_actions,
	.n_actions = sizeof(inventory_actions) / sizeof(inventory_actions[0]),
	.has_score_line = true,
	.needs_project = true,
	.draw = inventory_draw,
	.header = inventory_header,
	.score_line = inventory_score_line,
	.key = inventory_key,
	.is_typing = inventory_is_typing,
	.changed = inventory_changed,
	.pause = inventory_pause,
	.close = inventory_close_screen,
};

static struct screen *push(struct workbench *bench, const char *year, const char *id)
{
	struct inventory_screen *view = workbench_room(bench, sizeof(*view));
	if (!view)
		return NULL;
	view->cell = CELL_AMOUNT;
	snprintf(view->year, sizeof(view->year), "%.4s", year);
	snprintf(view->go_id, sizeof(view->go_id), "%.79s", id);
	lt_arena_init(&view->rows, 0);
	lt_arena_init(&view->frame, 0);
	struct screen *screen = workbench_push(bench, &inventory_kind, view);
	if (screen)
		inventory_load(screen);
	return screen;
}

void inventory_open_at(struct workbench *bench, const char *year, const char *id)
{
	push(bench, year, id);
}

void inventory_show(struct workbench *bench, const char *id)
{
	struct screen *top = workbench_top(bench);
	struct inventory_screen *view = top->kind == &inventory_kind ? top->data : NULL;
	const struct ledger *ledger = view ? &view->inventory.ledger : NULL;
	for (unsigned i = 0; ledger && !view->is_editing && i < ledger->n; i++) {
		const struct ledger_line *line = &ledger->rows[i].line;
		if (strcmp(line->id, id) != 0)
			continue;
		snprintf(view->go_id, sizeof(view->go_id), "%.79s", id);
		snprintf(view->year, sizeof(view->year), "%.4s", line->year);
		inventory_arrange(top);
		return;
	}
}

void inventory_open_screen(struct workbench *bench)
{
	struct screen *screen = push(bench, "", "");
	if (screen)
		offer_draft(screen);
}
