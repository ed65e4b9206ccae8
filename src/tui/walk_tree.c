/* The tree of the walk: sections, the items of the one that is unfolded, marks and points. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "figure.h"
#include "walk.h"

unsigned walk_top_section(const struct board *board, unsigned section)
{
	while (board->sections[section].depth > 0)
		section = board->sections[section].parent;
	return section;
}

static bool is_shown(const struct board *board, unsigned section)
{
	return board->sections[section].depth == 0 && board->sections[section].n_items > 0;
}

/* Rows from nothing: they are few, and the board may be another one than before. */
bool walk_fill_rows(struct walk *walk)
{
	const struct board *board = walk->bench->board;
	struct walk_row *rows =
		realloc(walk->rows, (board->n_sections + board->n_items + 1) * sizeof(*rows));
	if (!rows)
		return false;
	walk->rows = rows;
	walk->n_rows = 0;
	for (unsigned i = 0; i < board->n_rows; i++) {
		const struct board_row *row = &board->rows[i];
		const unsigned section = row->is_section ? row->at : board->items[row->at].section;
		const bool unfolded =
			!walk->at_section && walk_top_section(board, section) == walk->section;
		if (row->is_section ? !is_shown(board, row->at)
				    : !unfolded || board->items[row->at].is_outside)
			continue;
		const bool here = row->is_section ? walk->at_section && row->at == walk->section
						  : board->items[row->at].slot == walk->item;
		if (here)
			walk->tree.at = walk->n_rows;
		rows[walk->n_rows++] = (struct walk_row){ row->is_section, row->at };
	}
	return true;
}

void walk_select(struct walk *walk, uint32_t item)
{
	const struct board *board = walk->bench->board;
	if (item >= board->n_items || (item == walk->item && !walk->at_section))
		return;
	if (!walk_leave_cell(walk))
		return;
	walk->item = item;
	walk->at_section = false;
	walk->section = walk_top_section(board, board->items[item].section);
	walk->evidence.at = 0;
	walk_fill_rows(walk);
	walk_load(walk);
	walk_go_to_draft(walk);
}

/* ---- moving ---- */

/* The item before or after in the order of the ruleset, of those that apply. */
static uint32_t neighbour(const struct walk *walk, int by)
{
	const struct board *board = walk->bench->board;
	uint32_t before = NO_SLOT;
	bool passed = false;
	for (unsigned i = 0; i < board->n_rows; i++) {
		const struct board_row *row = &board->rows[i];
		if (row->is_section || board->items[row->at].is_outside)
			continue;
		const uint32_t slot = board->items[row->at].slot;
		if (passed)
			return slot;
		if (slot == walk->item && by < 0)
			return before;
		passed = slot == walk->item;
		before = slot;
	}
	return NO_SLOT;
}

static void step_items(struct walk *walk, int by, int times)
{
	for (int i = 0; i < times; i++) {
		const uint32_t next = neighbour(walk, by);
		if (next == NO_SLOT)
			return;
		walk_select(walk, next);
	}
}

static void step_sections(struct walk *walk, int by)
{
	const unsigned to = walk->tree.at + (unsigned)by; /* wraps below 0, and is refused */
	if (to >= walk->n_rows)
		return;
	walk->section = walk->rows[to].at;
	walk_fill_rows(walk);
}

static void fold(struct walk *walk)
{
	if (walk->at_section || !walk_leave_cell(walk))
		return;
	walk->at_section = true;
	walk_fill_rows(walk);
}

/* The first item of the section that is to be done, else its first. */
static void unfold(struct walk *walk)
{
	const struct board *board = walk->bench->board;
	uint32_t first = NO_SLOT, open = NO_SLOT;
	for (unsigned i = board->n_rows; i > 0; i--) {
		const struct board_row *row = &board->rows[i - 1];
		if (row->is_section || board->items[row->at].is_outside ||
		    walk_top_section(board, board->items[row->at].section) != walk->section)
			continue;
		first = board->items[row->at].slot;
		if (board_mark(board, first)->state == STATE_OPEN)
			open = first;
	}
	walk_select(walk, open != NO_SLOT ? open : first);
}

/* ---- jumping by number ---- */

static void jump_to(struct walk *walk)
{
	const struct board *board = walk->bench->board;
	const size_t len = strlen(walk->jump);
	const char *found = NULL;
	uint32_t item = NO_SLOT;
	for (unsigned i = 0; i < board->n_items; i++) {
		const struct board_item *at = &board->items[i];
		const char *number = item_number_like(at->plan->decl, walk->jump);
		/* one that ends here before one that goes on, 7.2.1 before 7.2.10; else the first */
		if (at->is_outside || !number ||
		    (found && (strcmp(number, walk->jump) != 0 || strcmp(found, walk->jump) == 0)))
			continue;
		found = number;
		item = at->slot;
	}
	if (item != NO_SLOT) {
		walk_select(walk, item);
		return;
	}
	workbench_tell(walk->bench, NOTICE_WARN,
		       tell(walk->bench, "没有编号以 %s 开头的条款；F7 查找",
			    "no item's number begins with %s; F7 finds"),
		       walk->jump);
	walk->jump[len - 1] = '\0';
}

static bool jump_key(struct walk *walk, const struct event *event)
{
	const char typed = key_ascii(event);
	const size_t len = strlen(walk->jump);
	if (event->key == K_BACKSPACE && len > 0) {
		walk->jump[len - 1] = '\0';
		return true;
	}
	const bool begins = typed >= '0' && typed <= '9';
	if (!begins && !(len > 0 && (typed == '.' || typed == '-')))
		return false;
	if (len + 1 >= sizeof(walk->jump))
		return true;
	walk->jump[len] = typed;
	walk->jump[len + 1] = '\0';
	jump_to(walk);
	return true;
}

bool walk_tree_key(struct walk *walk, const struct event *event)
{
	if (jump_key(walk, event))
		return true;
	const char typed = key_ascii(event);
	const int page = walk->tree.rows > 2 ? (int)walk->tree.rows - 2 : 1;
	walk->jump[0] = '\0';
	if (event->key == K_UP || typed == 'k')
		walk->at_section ? step_sections(walk, -1) : step_items(walk, -1, 1);
	else if (event->key == K_DOWN || typed == 'j')
		walk->at_section ? step_sections(walk, 1) : step_items(walk, 1, 1);
	else if (event->key == K_PAGE_UP || event->key == K_WHEEL_UP)
		walk->at_section ? step_sections(walk, -1) : step_items(walk, -1, page);
	else if (event->key == K_PAGE_DOWN || event->key == K_WHEEL_DOWN)
		walk->at_section ? step_sections(walk, 1) : step_items(walk, 1, page);
	else if (event->key == K_LEFT || typed == 'h')
		fold(walk);
	else if (walk->at_section &&
		 (event->key == K_RIGHT || event->key == K_ENTER || typed == 'l'))
		unfold(walk);
	else
		return false;
	return true;
}

/* ---- drawing ---- */

struct tree_columns {
	int end;       /* where the right column ends */
	bool has_full; /* points as 10/15 rather than 10 */
};

static void draw_section_row(const struct walk *walk, const struct canvas *canvas, int row,
			     const struct tree_columns *columns, unsigned number)
{
	const struct workbench *bench = walk->bench;
	const struct board_section *section = &bench->board->sections[number];
	const struct board_tally *tally = board_tally(bench->board, number);
	char count[32];
	const struct board_count *counted =
		tally->must.items > 0 ? &tally->must : &tally->innovation;
	snprintf(count, sizeof(count), "%u/%u", counted->answered, counted->items);
	const bool is_full = counted->items > 0 && counted->answered == counted->items;
	const int right = draw_right(canvas, row, columns->end, is_full ? INK_OK : INK_DIM, count);
	int title_end = right - 2;
	if (tally->controls_failed > 0)
		title_end = draw_right(canvas, row, right - 2, INK_VETO, "✗") - 1;
	const char *id = shown_id(section->decl->id);
	const int id_cols = text_columns(id);
	int col = 5;
	if (id_cols <= 2)
		draw_right(canvas, row, 4, INK_DIM, id);
	else if (id_cols <= 6 && id_cols > 0)
		col = draw_text(canvas, row, 2, INK_DIM, id) + 1;
	const bool is_unfolded = !walk->at_section && number == walk->section;
	draw_cut(canvas, row, col, title_end - col, is_unfolded ? INK_TITLE : INK_TEXT,
		 label_of(bench, &section->decl->title));
}

static void item_value(const struct walk *walk, const struct tree_columns *columns,
		       const struct board_item *item, char *out, size_t cap)
{
	const struct workbench *bench = walk->bench;
	const struct board_mark *mark = board_mark(bench->board, item->slot);
	char got[FIGURE_TEXT], full[FIGURE_TEXT];
	out[0] = '\0';
	if (mark->state == STATE_FAILED)
		snprintf(out, cap, "%s", label_of(bench, state_title(STATE_FAILED)));
	else if (mark->state == STATE_NA)
		snprintf(out, cap, "%s", tell(bench, "不适用", "n/a"));
	else if (item->is_scored && mark->is_answered && !bench->hides_score)
		snprintf(out, cap, columns->has_full ? "%s/%s" : "%s",
			 figure_value(&mark->value, -2, bench->lang, got),
			 figure_decimal(item->plan->points, -2, full));
}

static void draw_item_row(const struct walk *walk, const struct canvas *canvas, int row,
			  const struct tree_columns *columns, unsigned number)
{
	const struct board_item *item = &walk->bench->board->items[number];
	const struct board_mark *mark = board_mark(walk->bench->board, item->slot);
	char value[2 * FIGURE_TEXT + 2];
	enum ink ink;
	const char *sign = state_mark(mark->state, &ink);
	draw_text(canvas, row, 3, ink, sign);
	item_value(walk, columns, item, value, sizeof(value));
	const int end =
		value[0] ? draw_right(canvas, row, columns->end,
				      mark->state == STATE_FAILED ? INK_VETO : INK_DIM, value) -
				   1
			 : columns->end;
	const char *id = shown_id(item->plan->decl->id);
	const int col = id[0] ? draw_cut(canvas, row, 5, 10, INK_DIM, id) + 1 : 5;
	draw_cut(canvas, row, col, end - col, INK_TEXT,
		 label_of(walk->bench, &item->plan->decl->title));
}

static void draw_section_foot(const struct walk *walk, const struct canvas *canvas, int row,
			      int end)
{
	const struct workbench *bench = walk->bench;
	const struct board_section *section = &bench->board->sections[walk->section];
	const struct board_tally *tally = board_tally(bench->board, walk->section);
	char text[FIGURE_TEXT], line[FIGURE_TEXT + 32];
	int title_end = end;
	if (section->has_weight) {
		snprintf(line, sizeof(line), "%s %s", tell(bench, "权重", "weight"),
			 figure_decimal(section->weight, 2, text));
		title_end = draw_right(canvas, row, end, INK_DIM, line) - 1;
	}
	draw_cut(canvas, row, 2, title_end - 2, INK_TITLE, label_of(bench, &section->decl->title));
	int col = draw_text(canvas, row + 1, 2, INK_DIM, tell(bench, "得分 ", "points "));
	col = draw_text(canvas, row + 1, col, INK_TITLE,
			figure_value(&tally->points, -2, bench->lang, text)) +
	      2;
	const struct bar bar = { .low = tally->points.lo,
				 .high = tally->points.hi,
				 .full = section->maximum,
				 .got = INK_ACCENT };
	if (end - col >= 4)
		draw_bar(canvas, row + 1, col, end - col, &bar);
	if (!section->has_weight)
		return;
	col = draw_text(canvas, row + 2, 2, INK_DIM, tell(bench, "加权 ", "weighted "));
	draw_text(canvas, row + 2, col, INK_TEXT,
		  figure_value(&tally->weighted, 2, bench->lang, text));
	snprintf(line, sizeof(line), "%s %s", tell(bench, "满额", "of"),
		 figure_decimal(section->weighted, 2, text));
	draw_right(canvas, row + 2, end, INK_DIM, line);
}

static void draw_legend(const struct walk *walk, const struct canvas *canvas, int row)
{
	static const enum board_state shown[] = { STATE_DONE, STATE_OPEN, STATE_UNPROVEN,
						  STATE_FAILED };
	int col = 2;
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		enum ink ink;
		const char *mark = state_mark(shown[i], &ink);
		const char *title = label_of(walk->bench, state_title(shown[i]));
		if (col + 2 + text_columns(title) > canvas->cols - 1)
			return;
		col = draw_text(canvas, row, col, ink, mark) + 1;
		col = draw_text(canvas, row, col, INK_DIM, title) + 2;
	}
}

void walk_draw_tree(struct walk *walk, const struct canvas *canvas)
{
	const struct tree_columns columns = { canvas->cols - 2, canvas->cols >= 34 };
	const bool has_sum = !walk->bench->hides_score &&
			     walk->bench->board->sections[walk->section].maximum.units != 0;
	const int foot = canvas->rows >= 22 && canvas->cols >= 34 ? (has_sum ? 6 : 2) : 0;
	const int room = canvas->rows - 1 - foot;
	list_fit(&walk->tree, walk->n_rows, room);
	const bool focused = walk->zone == ZONE_TREE;
	const int top = frame_is_tall(walk->bench) ? 1 : 0;
	for (unsigned i = walk->tree.first; i < list_end(&walk->tree); i++) {
		const int row = top + (int)(i - walk->tree.first);
		if (walk->rows[i].is_section)
			draw_section_row(walk, canvas, row, &columns, walk->rows[i].at);
		else
			draw_item_row(walk, canvas, row, &columns, walk->rows[i].at);
		if (i != walk->tree.at)
			continue;
		draw_text(canvas, row, 1, INK_ACCENT, "›");
		draw_ground(canvas, row, 1, canvas->cols - 1,
			    focused ? GROUND_SELECTION : GROUND_STANDING);
	}
	if (foot == 0)
		return;
	if (has_sum)
		draw_section_foot(walk, canvas, canvas->rows - foot, columns.end);
	draw_legend(walk, canvas, canvas->rows - 2);
}
