/* The walk: tree at the left, the item under the cursor at the right. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "lingtan/app/evidence.h"
#include "path.h"
#include "viewer.h"
#include "walk.h"

static struct walk *walk_of(const struct screen *screen)
{
	return screen->data;
}

/* ---- drawing ---- */

static void draw_narrow_head(struct walk *walk, const struct canvas *canvas)
{
	const struct workbench *bench = walk->bench;
	const struct board *board = bench->board;
	const struct board_section *section = &board->sections[walk->section];
	const struct board_tally *tally = board_tally(board, walk->section);
	unsigned at = 0, n = 0;
	for (unsigned i = 0; i < board->n_items; i++) {
		if (board->items[i].is_outside ||
		    walk_top_section(board, board->items[i].section) != walk->section)
			continue;
		n++;
		if (board->items[i].slot == walk->item)
			at = n;
	}
	const bool focused = walk->zone == ZONE_TREE;
	int col = draw_text(canvas, 0, 1, INK_KEY, "‹ ");
	const char *id = shown_id(section->decl->id);
	if (id[0])
		col = draw_cut(canvas, 0, col, 26, focused ? INK_TITLE : INK_TEXT, id) + 1;
	col = draw_cut(canvas, 0, col, 26, focused ? INK_TITLE : INK_TEXT,
		       label_of(bench, &section->decl->title));
	col = draw_format(canvas, 0, col, INK_DIM, " %u/%u", at, n);
	col = draw_text(canvas, 0, col, INK_KEY, " ›");
	if (focused)
		draw_ground(canvas, 0, 1, col - 1, GROUND_SELECTION);
	char text[64];
	snprintf(text, sizeof(text), tell(bench, "%u/%u 已评", "%u/%u done"),
		 tally->must.answered + tally->innovation.answered,
		 tally->must.items + tally->innovation.items);
	draw_right(canvas, 0, canvas->cols - 2, INK_DIM, text);
}

static void draw_narrow(struct walk *walk, const struct canvas *canvas)
{
	if (walk->at_section) {
		walk_draw_tree(walk, canvas);
		return;
	}
	draw_narrow_head(walk, canvas);
	const struct canvas pane = canvas_part(canvas, 1, 2, 0, 0);
	walk_draw_item(walk, &pane);
}

static void draw_section_pane(struct walk *walk, const struct canvas *canvas)
{
	const struct workbench *bench = walk->bench;
	const struct board_section *section = &bench->board->sections[walk->section];
	const struct board_tally *tally = board_tally(bench->board, walk->section);
	int row = 1;
	const char *id = shown_id(section->decl->id);
	const int col = id[0] ? draw_text(canvas, row, 0, INK_ACCENT, id) + 2 : 0;
	draw_cut(canvas, row, col, canvas->cols - col - 2, INK_TITLE,
		 label_of(bench, &section->decl->title));
	row += 2;
	draw_format(canvas, row++, 0, INK_TEXT, tell(bench, "已评 %u/%u", "%u of %u done"),
		    tally->must.answered, tally->must.items);
	if (tally->controls > 0)
		draw_format(canvas, row++, 0, tally->controls_failed ? INK_VETO : INK_TEXT,
			    tell(bench, "控制项 %u/%u", "controls %u of %u met"),
			    tally->controls_met, tally->controls);
	if (tally->unproven > 0)
		draw_format(canvas, row++, 0, INK_WARN,
			    tell(bench, "! 缺佐证 %u", "! %u without evidence"), tally->unproven);
	draw_text(canvas, row + 1, 0, INK_DIM,
		  tell(bench, "Enter 或右键展开", "Enter or right arrow unfolds"));
}

static void walk_changed(struct screen *screen);

/* A screen above may have looked at another item. */
static void refresh(struct screen *screen)
{
	const struct walk *walk = walk_of(screen);
	if (walk->has_detail && !board_detail_lives(walk->bench->board, &walk->detail))
		walk_changed(screen);
}

static void walk_draw(struct screen *screen, const struct canvas *canvas)
{
	struct walk *walk = walk_of(screen);
	refresh(screen);
	const enum breadth breadth = frame_breadth(walk->bench);
	if (walk->n_rows == 0)
		return;
	if (breadth == BREADTH_60) {
		draw_narrow(walk, canvas);
		return;
	}
	const int tree = breadth == BREADTH_80 ? 28 : 36;
	const int gap = breadth == BREADTH_80 ? 2 : 3;
	const int side = breadth == BREADTH_132 ? 102 : canvas->cols;
	const struct canvas left = canvas_part(canvas, 0, 0, 0, tree);
	const struct canvas pane = canvas_part(canvas, 0, tree + gap, 0, side - tree - gap);
	walk_draw_tree(walk, &left);
	const int top = frame_is_tall(walk->bench) ? 1 : 0;
	draw_upright(canvas, tree, top, canvas->rows - 2 * top);
	if (walk->at_section)
		draw_section_pane(walk, &pane);
	else
		walk_draw_item(walk, &pane);
	if (side == canvas->cols || walk->at_section)
		return;
	const struct canvas third = canvas_part(canvas, 0, side + 3, 0, 0);
	draw_upright(canvas, side, top, canvas->rows - 2 * top);
	walk_draw_side(walk, &third);
}

/* ---- keys ---- */

static void to_zone(struct walk *walk, int by)
{
	if (walk->at_section || !walk_leave_cell(walk))
		return;
	walk->zone = (enum walk_zone)(((int)walk->zone + by + N_ZONES) % N_ZONES);
	walk->finding = 0;
	if (walk->zone == ZONE_FINDING && !walk_asks_finding(walk))
		to_zone(walk, by);
}

/* ---- what can be done with a piece of evidence ---- */

static void untie(struct walk *walk, unsigned number)
{
	struct workbench *bench = walk->bench;
	struct lt_err err = LT_ERR_INIT;
	char command[200];
	bool done = false;
	const struct board_tie *tie = &walk->detail.ties[number];
	const char *id = bench->board->items[walk->item].plan->decl->id;
	const struct tie_place place = { .item = id,
					 .sha256 = tie->sha256,
					 .locator = tie->locator,
					 .page = tie->page,
					 .table = tie->table,
					 .note = tie->note };
	if (!workbench_may_write(bench))
		return;
	snprintf(command, sizeof(command), "untie %s", id);
	workbench_begin(bench, command);
	const enum lt_status status =
		session_untie(bench->session, bench->ref, &place, &done, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "已取下，文件仍在档；F8 撤销",
				    "taken off, the file stays; F8 undoes"));
}

static void extract_given(struct workbench *bench, void *context, const char *text)
{
	const struct walk *walk = walk_on_top(bench);
	char path[PATH_TEXT];
	struct lt_err err = LT_ERR_INIT;
	(void)context;
	if (!walk || walk->evidence.at >= walk->detail.n_ties || !typed_path(bench, text, path))
		return;
	if (session_extract(bench->session, walk->detail.ties[walk->evidence.at].sha256, path,
			    &err) != LT_OK)
		workbench_tell_err(bench, &err);
	else
		workbench_tell(bench, NOTICE_DONE, tell(bench, "已取出到 %s", "written to %s"),
			       text);
}

static void tie_chosen(struct workbench *bench, void *context, unsigned number)
{
	struct walk *walk = walk_on_top(bench);
	struct lt_err err = LT_ERR_INIT;
	(void)context;
	if (!walk || walk->evidence.at >= walk->detail.n_ties)
		return;
	const unsigned at = walk->evidence.at;
	const struct board_tie *tie = &walk->detail.ties[at];
	switch (number) {
	case 0:
		retie_open(bench, walk->item, at);
		break;
	case 1:
		ask_open(bench, tell(bench, "取出一份", "Write it to a file"),
			 tell(bench, "存成哪个文件；已有的文件不会被覆盖",
			      "path of a new file; nothing is overwritten"),
			 tie->name, true, NULL, extract_given, NULL);
		break;
	case 2:
		untie(walk, at);
		break;
	default:
		viewer_tell(bench, viewer_open_evidence(bench, tie->sha256, &err), &err);
		break;
	}
}

static void tie_menu(struct walk *walk)
{
	struct workbench *bench = walk->bench;
	const struct menu_row rows[] = {
		{ tell(bench, "改定位、用途", "another place or purpose"), NULL, 1, false },
		{ tell(bench, "取出看", "write it to a file"), NULL, 2, false },
		{ tell(bench, "从本条取下", "take it off this item"), NULL, 3, false },
		{ tell(bench, "用系统程序看", "look at it in the system's program"), NULL, 4,
		  false },
	};
	menu_open(bench, walk->detail.ties[walk->evidence.at].name, rows, 4, 0, tie_chosen, NULL);
}

static bool evidence_key(struct walk *walk, const struct event *event)
{
	if (walk->detail.n_ties == 0) {
		if (event->key != K_ENTER)
			return false;
		attach_open(walk->bench, walk->item);
		return true;
	}
	if (event->key == K_ENTER) {
		tie_menu(walk);
		return true;
	}
	if (event->key == K_DELETE) {
		untie(walk, walk->evidence.at);
		return true;
	}
	return list_key(&walk->evidence, event);
}

static bool walk_key(struct screen *screen, const struct event *event)
{
	struct walk *walk = walk_of(screen);
	refresh(screen);
	/* what can stand is saved on the way out */
	if (event->key == K_ESC && walk_drop_wrong(walk))
		return true;
	if (event->key == K_TAB || event->key == K_BACKTAB) {
		to_zone(walk, event->key == K_TAB ? 1 : -1);
		return true;
	}
	if (walk->zone == ZONE_FINDING && !walk_asks_finding(walk))
		walk->zone = ZONE_ANSWER; /* that of another item */
	if (walk_draft_key(walk, event))
		return true;
	switch (walk->zone) {
	case ZONE_TREE:
		if (walk_tree_key(walk, event))
			return true;
		if (event->key == K_ENTER || event->key == K_RIGHT) {
			walk->zone = ZONE_ANSWER;
			return true;
		}
		return false;
	case ZONE_ANSWER:
		if (walk_answer_key(walk, event))
			return true;
		break;
	case ZONE_FINDING:
		if (walk_finding_key(walk, event))
			return true;
		break;
	case ZONE_EVIDENCE:
		if (evidence_key(walk, event))
			return true;
		break;
	default:
		break;
	}
	/* Esc goes back to the tree before it leaves the screen */
	if (event->key == K_ESC || (event->key == K_LEFT && walk->zone != ZONE_ANSWER)) {
		if (walk_leave_cell(walk))
			walk->zone = ZONE_TREE;
		return true;
	}
	if (event->key == K_ENTER && walk->zone == ZONE_WORDS) {
		remark_open(walk->bench, walk->item);
		return true;
	}
	if (event->key == K_PAGE_UP || event->key == K_PAGE_DOWN || event->key == K_WHEEL_UP ||
	    event->key == K_WHEEL_DOWN)
		return walk_tree_key(walk, event);
	return false;
}

static void next(struct screen *screen)
{
	struct walk *walk = walk_of(screen);
	struct workbench *bench = walk->bench;
	if (!walk_leave_cell(walk))
		return;
	const struct todo *todo =
		board_next(bench->board, walk->at_section ? NO_SLOT : walk->item, BY_PLACE);
	if (!todo) {
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "这一层级没有待办了", "nothing is left to do here"));
		return;
	}
	if (todo->item == NO_SLOT) {
		material_open_at(bench, todo->title);
		return;
	}
	if (todo->item == walk->item && !walk->at_section)
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "只剩这一件", "this is the last one"));
	walk_select(walk, todo->item);
	walk->zone = todo->kind == TODO_UNPROVEN ? ZONE_EVIDENCE : ZONE_ANSWER;
}

static bool on_item(const struct screen *screen)
{
	return !walk_of(screen)->at_section;
}

static void words(struct screen *screen)
{
	struct walk *walk = walk_of(screen);
	if (walk_leave_cell(walk))
		remark_open(walk->bench, walk->item);
}

static void evidence(struct screen *screen)
{
	struct walk *walk = walk_of(screen);
	if (walk_leave_cell(walk))
		attach_open(walk->bench, walk->item);
}

static bool is_choosing(const struct screen *screen)
{
	const struct walk *walk = walk_of(screen);
	return walk->zone == ZONE_ANSWER && walk->n_choices > 2;
}

/* Where the points of the item come from, or the quantity in the cell under the cursor. */
static void explain(struct screen *screen)
{
	struct walk *walk = walk_of(screen);
	const struct board *board = walk->bench->board;
	const struct board_quantity *quantity = walk_cell_quantity(walk, walk->cell);
	if (!walk_leave_cell(walk))
		return;
	if (walk->at_section)
		explain_open(walk->bench, board->sections[walk->section].slot);
	else if (walk->zone == ZONE_ANSWER && quantity)
		explain_open(walk->bench, quantity->slot);
	else
		explain_open(walk->bench, walk->item);
}

static bool is_typing_number(const struct screen *screen)
{
	return walk_of(screen)->is_typing;
}

static bool awaits_number(const struct screen *screen)
{
	const struct walk *walk = walk_of(screen);
	return walk->zone == ZONE_ANSWER && walk_has_number(walk) && !walk->is_typing && !walk_offered(walk);
}

static bool can_go_in(const struct screen *screen)
{
	return on_item(screen) && !is_typing_number(screen) && !awaits_number(screen) &&
	       !walk_offered(walk_of(screen));
}

static bool has_offer(const struct screen *screen)
{
	return walk_offered(walk_of(screen)) != NULL;
}

static const struct action walk_actions[] = {
	{ .keys = { "1-9", "1-9" },
	  .title = { "结论", "verdict" },
	  .help = { "选结论或分档，立即存", "choose verdict or tier; saved at once" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = is_choosing },
	{ .keys = { "0-9", "0-9" },
	  .title = { "填数", "number" },
	  .help = { "填一个数，Enter 记下；Delete 清空", "type a number, Enter saves it; Delete empties" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = awaits_number },
	{ .keys = { "Enter", "Enter" },
	  .title = { "作答", "answer" },
	  .help = { "进入作答，再按存", "go in to answer, again saves" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = can_go_in },
	{ .keys = { "Enter", "Enter" },
	  .title = { "接着填", "go on" },
	  .help = { "上次没填完的数放回格里；再按才记下", "puts back the number that was half typed; once more saves" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_offer },
	{ .keys = { "Delete", "Delete" },
	  .title = { "不要草稿", "drop draft" },
	  .help = { "上次没填完的数不要了", "drops the number that was half typed" },
	  .group = GROUP_ANSWER,
	  .is_live = has_offer },
	{ .keys = { "Enter", "Enter" },
	  .title = { "存", "save" },
	  .help = { "记下所填的数；Esc 也记下并回到树", "takes the number; Esc too, back to the tree" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = is_typing_number },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "下一项", "next" },
	  .help = { "下一件待办", "the next thing to do" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = next },
	{ .key = K_F2,
	  .letter = 'e',
	  .title = { "佐证", "evidence" },
	  .help = { "挂佐证", "attach evidence" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = on_item,
	  .run = evidence },
	{ .key = K_F3,
	  .letter = 'x',
	  .title = { "追溯", "explain" },
	  .help = { "这个数从哪里来", "where the number comes from" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = explain },
	{ .key = K_F4,
	  .letter = 'r',
	  .title = { "意见", "words" },
	  .help = { "写意见", "write words on this item" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_for_words = true,
	  .is_live = on_item,
	  .run = words },
	{ .keys = { "Tab", "Tab" },
	  .title = { "换区", "zone" },
	  .help = { "树、作答、佐证、意见", "tree, answer, evidence, words" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .is_live = on_item },
	{ .keys = { "上下", "arrows" },
	  .title = { "移动", "move" },
	  .help = { "上一项 下一项", "item before, item after" },
	  .group = GROUP_MOVE },
	{ .keys = { "左右", "left, right" },
	  .title = { "板块", "section" },
	  .help = { "收起 展开板块", "fold and unfold a section" },
	  .group = GROUP_MOVE },
	{ .keys = { "7.2.1", "7.2.1" },
	  .title = { "直达", "jump" },
	  .help = { "树上输编号直达", "type a number in the tree" },
	  .group = GROUP_MOVE },
};

/* ---- life ---- */

static void walk_changed(struct screen *screen)
{
	struct walk *walk = walk_of(screen);
	const struct board *board = walk->bench->board;
	char typed[NUMBER_TYPED];
	const bool was_typing = walk->is_typing;
	const unsigned cell = walk->cell, choice = walk->choice;
	memcpy(typed, walk->typed, sizeof(typed));
	if (walk->item >= board->n_items)
		walk->item = 0;
	walk_fill_rows(walk);
	walk_load(walk);
	walk->cell = cell < walk->n_cells ? cell : 0;
	walk->choice = choice < walk->n_choices ? choice : 0;
	if (!was_typing)
		return;
	memcpy(walk->typed, typed, sizeof(typed));
	walk->is_typing = walk->n_cells > 0;
}

static void walk_pause(struct screen *screen)
{
	const struct walk *walk = walk_of(screen);
	char field[256];
	if (!walk->is_typing)
		return;
	walk_number_draft(walk, field, sizeof(field));
	draft_keep(walk->bench->session, field, walk->typed, strlen(walk->typed));
}

static void walk_close(struct screen *screen)
{
	struct walk *walk = walk_of(screen);
	walk_pause(screen);
	lt_arena_release(&walk->arena);
	free(walk->rows);
	free(walk);
}

static const char *const zone_names[N_ZONES] = { "tree", "answer", "finding", "evidence", "words" };

static void walk_describe(const struct screen *screen, struct place *place)
{
	const struct walk *walk = walk_of(screen);
	place->item = walk->bench->board->items[walk->item].plan->decl->id;
	place->zone = zone_names[walk->zone];
}

/* Also before the first digit: where the cursor waits for a number no letter does anything. */
static bool walk_is_typing(const struct screen *screen)
{
	const struct walk *walk = walk_of(screen);
	return walk->is_typing || (walk->zone == ZONE_ANSWER && walk_has_number(walk));
}

static const struct screen_kind walk_kind = {
	.id = "walk",
	.title = { "逐项", "Items" },
	.size = SIZE_WHOLE,
	.actions = walk_actions,
	.n_actions = sizeof(walk_actions) / sizeof(walk_actions[0]),
	.has_score_line = true,
	.needs_project = true,
	.draw = walk_draw,
	.key = walk_key,
	.is_typing = walk_is_typing,
	.changed = walk_changed,
	.pause = walk_pause,
	.close = walk_close,
	.describe = walk_describe,
};

struct walk *walk_on_top(struct workbench *bench)
{
	struct screen *top = workbench_top(bench);
	return top && top->kind == &walk_kind ? top->data : NULL;
}

static uint32_t first_item(const struct board *board)
{
	const struct todo *todo = board_next(board, NO_SLOT, BY_PLACE);
	if (todo && todo->item != NO_SLOT)
		return todo->item;
	for (unsigned i = 0; i < board->n_items; i++)
		if (!board->items[i].is_outside)
			return board->items[i].slot;
	return NO_SLOT;
}

void walk_open(struct workbench *bench, uint32_t item)
{
	if (item == NO_SLOT)
		item = first_item(bench->board);
	if (item == NO_SLOT) {
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "没有可打开的条款", "there is no item to open"));
		return;
	}
	struct walk *walk = workbench_room(bench, sizeof(*walk));
	if (!walk)
		return;
	walk->bench = bench;
	walk->item = NO_SLOT;
	lt_arena_init(&walk->arena, 0);
	walk_select(walk, item);
	workbench_push(bench, &walk_kind, walk);
}

void walk_goto(struct workbench *bench, uint32_t item)
{
	for (unsigned i = bench->n_screens; i > 0; i--) {
		if (bench->stack[i - 1].kind != &walk_kind)
			continue;
		while (bench->n_screens > i)
			workbench_pop(bench);
		walk_select(bench->stack[i - 1].data, item);
		return;
	}
	walk_open(bench, item);
}

void walk_show(struct workbench *bench, uint32_t item)
{
	struct walk *walk = walk_on_top(bench);
	if (!walk || walk->is_typing || (item == walk->item && !walk->at_section))
		return;
	walk_select(walk, item);
	/* the next digit was meant for the item where the cursor stood */
	walk->zone = ZONE_TREE;
}

/* Never where digits answer: who sits down again types what he believes to be the number of an item. */
static void resume_zone(struct workbench *bench, const char *zone)
{
	struct screen *top = workbench_top(bench);
	size_t cursor;
	for (unsigned i = 0; zone && top->kind == &walk_kind && i < N_ZONES; i++)
		if (i != ZONE_ANSWER && strcmp(zone_names[i], zone) == 0)
			walk_of(top)->zone = (enum walk_zone)i;
	/* in the middle of a sentence */
	if (zone && top->kind == &walk_kind && sscanf(zone, "remark:%zu", &cursor) == 1)
		remark_open_at(bench, walk_of(top)->item, cursor);
}

void walk_resume(struct workbench *bench)
{
	struct place place;
	struct lt_arena arena;
	lt_arena_init(&arena, 0);
	uint32_t item = NO_SLOT;
	if (place_find(bench->session, &arena, &place) && place.item)
		item = board_find_item(bench->board, place.item);
	walk_open(bench, item);
	if (item != NO_SLOT)
		resume_zone(bench, place.zone);
	lt_arena_release(&arena);
}
