/* Another file of the project before it comes in: what is taken by itself, and where both said
 * something else, decided by digits. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/catalogue.h"
#include "figure.h"
#include "frame.h"
#include "list.h"
#include "merge_decided.h"
#include "merge_draw.h"
#include "path.h"
#include "screens.h"

struct merge_screen {
	struct merging merging;
	char path[PATH_TEXT];
	unsigned *rows;     /* cells that are told */
	const char **items; /* what each cell of the plan is about; "" = no item */
	const char **written; /* what was written anew for each, taken or not; NULL = nothing */
	unsigned n_rows, n_taken, n_decided;
	unsigned *steps; /* rows that were decided, in order */
	unsigned n_steps;
	struct list list;
	bool is_warned; /* of decisions that go with the screen */
};

static struct merge_screen *merge_of(const struct screen *screen)
{
	return screen->data;
}

static struct merge_cell *cell_at(const struct merge_screen *merge, unsigned row)
{
	return &merge->merging.plan.cells[merge->rows[row]];
}

static bool is_told(const struct merge_cell *cell)
{
	return cell->why >= MERGE_BLANK || cell->refused;
}

/* The item of a row may be known to one side only. */
static bool list_items(const struct workbench *bench, struct merge_screen *merge)
{
	struct lt_arena *arena = &merge->merging.arena;
	const struct merge_plan *plan = &merge->merging.plan;
	const struct vocabulary *vocabulary = bench->sitting->workspace->vocabulary;
	merge->items = lt_arena_alloc(arena, plan->n_cells + 1, sizeof(*merge->items));
	for (unsigned i = 0; merge->items && i < plan->n_cells; i++)
		for (int side = MERGE_SIDES - 1; side >= 0; side--)
			if (!merge->items[i] || !merge->items[i][0])
				merge->items[i] = cell_item(&plan->folds[side], vocabulary,
							    &plan->cells[i], arena);
	return merge->items != NULL;
}

static bool list_rows(struct merge_screen *merge)
{
	struct lt_arena *arena = &merge->merging.arena;
	const struct merge_plan *plan = &merge->merging.plan;
	merge->rows = lt_arena_alloc(arena, plan->n_cells + 1, sizeof(*merge->rows));
	merge->steps = lt_arena_alloc(arena, plan->n_cells + 1, sizeof(*merge->steps));
	merge->written = lt_arena_alloc(arena, plan->n_cells + 1, sizeof(*merge->written));
	for (unsigned i = 0; merge->rows && merge->steps && i < plan->n_cells; i++) {
		if (is_told(&plan->cells[i]))
			merge->rows[merge->n_rows++] = i;
		else
			merge->n_taken += plan->cells[i].take == TAKE_THEIRS;
	}
	return merge->rows && merge->steps && merge->written;
}

/* ---- drawing: the head ---- */

static const char *name_of_head(const struct merge_screen *merge, const char *hash)
{
	const struct past_entry *head = history_find(&merge->merging.all, hash);
	return head ? head->entry.by : "";
}

static int draw_head(const struct screen *screen, const struct canvas *canvas, int row)
{
	const struct workbench *bench = screen->bench;
	const struct merge_screen *merge = merge_of(screen);
	const struct merge_plan *plan = &merge->merging.plan;
	char when[FIGURE_TEXT];
	const bool wide = canvas->cols >= 80; /* who wrote the other side says more than when it began */
	int col = draw_text(canvas, row, 3, INK_DIM, tell(bench, "共同起点 ", wide ? "both from " : "from "));
	if (plan->base)
		col = draw_format(canvas, row, col, INK_TEXT, tell(bench, "第 %u 条%s%s", "entry %u%s%s"),
				  plan->base->entry.depth, wide ? tell(bench, " ", ", ") : "",
				  wide ? figure_time(plan->base->entry.at, bench->lang, when) : "") + 3;
	const char *const heads[] = { merge->merging.head, merge->merging.their_head };
	for (int side = 0; side < MERGE_SIDES && col < canvas->cols - 16; side++) {
		col = draw_text(canvas, row, col, INK_DIM,
				side ? tell(bench, "对方 ", "theirs ")
				     : tell(bench, "我方 ", "mine "));
		col = draw_cut(canvas, row, col, 12, INK_TEXT, name_of_head(merge, heads[side])) +
		      1;
		col = draw_format(canvas, row, col, INK_TITLE, "+%u", plan->n_entries[side]) + 3;
	}
	row++;
	col = draw_text(canvas, row, 3, INK_DIM, tell(bench, "自动合入 ", "taken "));
	col = draw_format(canvas, row, col, INK_OK, tell(bench, "%u 处", "%u"), merge->n_taken) + 3;
	const unsigned open = merge_count_open(plan);
	col = draw_text(canvas, row, col, INK_DIM, tell(bench, "冲突 ", "conflicts "));
	col = draw_format(canvas, row, col, open ? INK_WARN : INK_TEXT, "%u",
			  open + merge->n_decided) +
	      3;
	col = draw_text(canvas, row, col, INK_DIM, tell(bench, "已定 ", "decided "));
	col = draw_format(canvas, row, col, INK_TEXT, "%u", merge->n_decided) + 3;
	if (col + 30 < canvas->cols)
		draw_format(
			canvas, row, col, INK_DIM,
			tell(bench, "佐证 新增 %u，重复 %u 已并", "evidence: %u new, %u joined"),
			merge->merging.n_evidence_new, merge->merging.n_evidence_joined);
	row++;
	if (merge->merging.n_evidence_purged)
		draw_format(canvas, row++, 3, INK_WARN,
			    tell(bench, "对方清除的佐证 %u 份，这里也一并销毁，撤销找不回",
				 "purged there: %u; destroyed here too, no undo brings it back"),
			    merge->merging.n_evidence_purged);
	return row;
}

/* ---- drawing: the list ---- */

struct merge_columns {
	int title, what, original, mine, theirs, take; /* 0 = left out */
};

static struct merge_columns columns_of(const struct workbench *bench, int cols)
{
	switch (frame_breadth(bench)) {
	case BREADTH_60:
		return (struct merge_columns){ 0, 14, 0, 24, 36, cols - 10 };
	case BREADTH_80:
		return (struct merge_columns){ 14, 30, 0, 40, 55, cols - 10 };
	default:
		return (struct merge_columns){ 14, 36, 47, cols - 40, cols - 26, cols - 11 };
	}
}

static void draw_titles(const struct workbench *bench, const struct canvas *canvas, int row,
			const struct merge_columns *at)
{
	draw_text(canvas, row, 5, INK_DIM, tell(bench, "条款", "item"));
	if (at->title)
		draw_text(canvas, row, at->title, INK_DIM, tell(bench, "名称", "title"));
	draw_text(canvas, row, at->what, INK_DIM, tell(bench, "字段", "field"));
	if (at->original)
		draw_text(canvas, row, at->original, INK_DIM, tell(bench, "原值", "original"));
	draw_text(canvas, row, at->mine, INK_DIM, tell(bench, "我方", "mine"));
	draw_text(canvas, row, at->theirs, INK_DIM, tell(bench, "对方", "theirs"));
	draw_text(canvas, row, at->take, INK_DIM, tell(bench, "取", "take"));
}

/* Two texts become one, a number another. */
static const char *merge_anew_words(const struct workbench *bench, const struct merging *merging,
				    const struct merge_cell *cell)
{
	return merging_can_write(merging, cell) == MERGE_ANEW_TEXT ? tell(bench, "合写", "combined")
								   : tell(bench, "另写", "anew");
}

static const char *take_words(const struct workbench *bench, const struct merging *merging,
			      const struct merge_cell *cell)
{
	if (cell->refused)
		return tell(bench, "无权 不取", "not theirs");
	if (cell->why == MERGE_LOCKED && !cell->decided)
		return tell(bench, "已提交", "locked");
	if (cell->why == MERGE_BLANK)
		return tell(bench, "空白不取", "no blank");
	switch (cell->take) {
	case TAKE_ORIGINAL:
		return tell(bench, "原值", "original");
	case TAKE_MINE:
		return tell(bench, "我方", "mine");
	case TAKE_THEIRS:
		return tell(bench, "对方", "theirs");
	case TAKE_WRITTEN:
		return merge_anew_words(bench, merging, cell);
	case TAKE_OPEN:
		break;
	}
	return tell(bench, "未定", "open");
}

static void draw_row(const struct screen *screen, const struct canvas *canvas, int row,
		     const struct merge_columns *at, const struct merge_cell *cell)
{
	const struct workbench *bench = screen->bench;
	const struct merge_screen *merge = merge_of(screen);
	const bool open = cell->take == TAKE_OPEN;
	struct lt_arena arena;
	struct change_text text;
	char said[SAID_VALUE];
	lt_arena_init(&arena, 0);
	merge_say_cell(bench, &merge->merging, cell, &arena, &text);
	draw_text(canvas, row, 3, open ? INK_DIM : INK_OK, open ? "◦" : "✓");
	draw_cut(canvas, row, 5, (at->title ? at->title : at->what) - 6, INK_TEXT,
		 shown_id(text.id));
	if (at->title)
		draw_cut(canvas, row, at->title, at->what - at->title - 2, INK_TEXT, text.title);
	draw_cut(canvas, row, at->what, (at->original ? at->original : at->mine) - at->what - 2,
		 INK_DIM, text.what);
	if (at->original) {
		merge_say_short(bench, cell, &cell->original, at->mine - at->original - 2, said);
		draw_cut(canvas, row, at->original, at->mine - at->original - 2, INK_DIM, said);
	}
	merge_say_short(bench, cell, &cell->mine, at->theirs - at->mine - 2, said);
	draw_cut(canvas, row, at->mine, at->theirs - at->mine - 2, INK_TEXT, said);
	merge_say_short(bench, cell, &cell->theirs, at->take - at->theirs - 2, said);
	draw_cut(canvas, row, at->theirs, at->take - at->theirs - 2, INK_TEXT, said);
	draw_cut(canvas, row, at->take, canvas->cols - at->take - 1,
		 open            ? INK_WARN
		 : cell->decided ? INK_OK
				 : INK_DIM,
		 take_words(bench, &merge->merging, cell));
	lt_arena_release(&arena);
}

/* ---- drawing: one question ---- */

static const struct label chips[] = { { "取原值", "original" },
				      { "取我方", "mine" },
				      { "取对方", "theirs" },
				      { "另写", "anew" } };

static const char *note_of(const struct workbench *bench, const struct merge_cell *cell)
{
	if (cell->refused)
		return tell(bench, "写的人没有这个权限，不取",
			    "whoever wrote it may not, so it is not taken");
	switch (cell->why) {
	case MERGE_BLANK:
		return tell(bench, "导入的空白不覆盖结论",
			    "a blank of an import does not beat a verdict");
	case MERGE_LOCKED:
		return tell(
			bench, "这一轮已提交，改的人没有看到；默认保留提交的，可另取",
			"its round was submitted unseen by whoever changed it; what was submitted stays unless you say so");
	case MERGE_EXCLUSIVE:
		return tell(bench, "只能做一次的事两边都做了，必须定一方",
			    "both did what is done once: one of them must count");
	case MERGE_NEWER:
	case MERGE_SAME:
	case MERGE_JOINED:
	case MERGE_CONFLICT:
		break;
	}
	return tell(bench, "未取的一方留在日志里，可查", "the other side stays in the journal");
}

/* What belongs to the same row, or is about the same item on the same rung. */
static bool is_beside(const struct merge_screen *merge, unsigned a, unsigned b)
{
	const struct merge_cell *one = &merge->merging.plan.cells[a],
				*other = &merge->merging.plan.cells[b];
	const bool same_table = strcmp(one->table, other->table) == 0;
	if (a == b)
		return false;
	if (same_table && strcmp(one->key, other->key) == 0)
		return true;
	/* another rung's answer to it is another matter */
	return merge->items[a][0] && strcmp(merge->items[a], merge->items[b]) == 0 && !same_table &&
	       strcmp(other->table, "seen") != 0;
}

/* The current one first. */
static unsigned gather_item(const struct merge_screen *merge, unsigned cells[8])
{
	const unsigned current = merge->rows[merge->list.at];
	unsigned n = 0;
	cells[n++] = current;
	for (unsigned i = 0; i < merge->merging.plan.n_cells && n < 8; i++)
		if (is_beside(merge, current, i))
			cells[n++] = i;
	return n;
}

/* "评分项 10 分", and at the right the figure with either side's value. */
static void draw_subject(const struct workbench *bench, const struct canvas *canvas, int col,
			 const struct merge_screen *merge, const struct change_text *text)
{
	const struct merge_cell *cell = cell_at(merge, merge->list.at);
	const uint32_t slot =
		board_find_item(bench->board, merge->items[merge->rows[merge->list.at]]);
	const struct board_item *item = slot != NO_SLOT ? &bench->board->items[slot] : NULL;
	struct value figures[MERGE_SIDES];
	struct lt_arena arena;
	char mine[FIGURE_TEXT], theirs[FIGURE_TEXT], points[FIGURE_TEXT];
	int end = canvas->cols - 2;
	lt_arena_init(&arena, 0);
	if (!bench->hides_score && merging_figures(bench->board, cell, &arena, figures)) {
		char line[3 * FIGURE_TEXT];
		text_format(line, sizeof(line),
			    tell(bench, "%s 我方 %s  对方 %s", "%s mine %s  theirs %s"),
			    label_of(bench, bench->board->headline.title),
			    figure_value(&figures[MERGE_MINE], 1, bench->lang, mine),
			    figure_value(&figures[MERGE_THEIRS], 1, bench->lang, theirs));
		if (text_columns(line) + col + 4 < end)
			end = draw_right(canvas, 0, end, INK_DIM, line) - 2;
	}
	lt_arena_release(&arena);
	col = draw_cut(canvas, 0, col, end - col, INK_TITLE, text->title) + 4;
	if (!item || !item->is_scored)
		return;
	char kind[FIGURE_TEXT + 40];
	text_format(kind, sizeof(kind), tell(bench, "%s %s 分", "%s, %s points"),
		    label_of(bench, &item_kind_titles[item->plan->decl->kind]),
		    figure_decimal(item->plan->points, -4, points));
	const struct board_section *section = &bench->board->sections[item->section];
	if (text_columns(kind) + col < end)
		col = draw_text(canvas, 0, col, INK_DIM, kind) + 2;
	if (section->has_weight && col + 12 < end)
		draw_format(canvas, 0, col, INK_DIM, tell(bench, "权重 %s", "weight %s"),
			    figure_decimal(section->weight, 2, points));
}

static void draw_question(struct screen *screen, const struct canvas *canvas)
{
	const struct workbench *bench = screen->bench;
	const struct merge_screen *merge = merge_of(screen);
	const struct merge_cell *cell = cell_at(merge, merge->list.at);
	struct lt_arena arena;
	struct change_text text;
	unsigned cells[8];
	lt_arena_init(&arena, 0);
	merge_say_cell(bench, &merge->merging, cell, &arena, &text);
	const int col = text.id[0] ? draw_text(canvas, 0, 3, INK_ACCENT, shown_id(text.id)) + 3 : 3;
	draw_subject(bench, canvas, col, merge, &text);
	const bool roomy = canvas->rows >= 11;
	const int end = canvas->rows - (roomy ? 3 : 2);
	const char *written = merge->written[merge->rows[merge->list.at]];
	const int first = written ? merge_draw_written(bench, canvas, end, cell, written) : end;
	const struct canvas middle = canvas_part(canvas, roomy ? 2 : 1, 0, first - canvas->rows, 0);
	const struct merge_sides sides = { .merging = &merge->merging,
					   .cells = cells,
					   .n_cells = gather_item(merge, cells),
					   .with_original = true,
					   .has_digits = merge_is_question(cell),
					   .item = merge->items[merge->rows[merge->list.at]] };
	merge_draw_sides(bench, &middle, 0, &sides);
	const int row = canvas->rows - 2;
	if (merge_is_question(cell))
		merge_draw_chips(bench, canvas, row, tell(bench, "处置", "Do"), chips,
				 merging_can_write(&merge->merging, cell) ? 4 : 3,
				 cell->decided ? (int)cell->take : 0);
	draw_cut(canvas, row + 1,
		 canvas->cols >= 100  ? 19
		 : canvas->cols >= 80 ? 16
				      : 3,
		 canvas->cols - (canvas->cols >= 80 ? 21 : 5), INK_FAINT, note_of(bench, cell));
	lt_arena_release(&arena);
}

static void merge_draw(struct screen *screen, const struct canvas *canvas)
{
	struct merge_screen *merge = merge_of(screen);
	const struct workbench *bench = screen->bench;
	const struct merge_columns at = columns_of(bench, canvas->cols);
	const bool is_written = merge->n_rows && merge->written[merge->rows[merge->list.at]];
	const int lower = canvas->rows >= 26 ? 13 : canvas->rows >= 20 ? 10 : is_written ? 8 : 7;
	const bool tall = frame_is_tall(bench);
	int row = draw_head(screen, canvas, tall ? 1 : 0) + (tall ? 1 : 0);
	if (merge->n_rows == 0) {
		draw_text(canvas, row + 1, 3, INK_DIM,
			  merge->merging.plan.n_cells || merge->merging.plan.kind != MERGE_NOTHING
				  ? tell(bench, "没有要定的，Enter 写入",
					 "nothing to decide; Enter writes it")
				  : tell(bench, "对方的记录这里都有，没有新的",
					 "everything of theirs is here already"));
		return;
	}
	draw_titles(bench, canvas, row++, &at);
	const int room = canvas->rows - lower - row - 1;
	list_fit(&merge->list, merge->n_rows, room);
	for (unsigned i = merge->list.first; i < list_end(&merge->list); i++) {
		const int r = row + (int)(i - merge->list.first);
		draw_row(screen, canvas, r, &at, cell_at(merge, i));
		if (i == merge->list.at)
			draw_selection(canvas, r, true);
	}
	draw_fill(canvas, row + room, 3, canvas->cols - 5, INK_FAINT, "─");
	const struct canvas below = canvas_part(canvas, row + room + 1, 0, lower, 0);
	draw_question(screen, &below);
}

static void merge_header(struct screen *screen, const struct canvas *row)
{
	preview_header(screen->bench, row, merge_of(screen)->path);
}

static void merge_score_line(struct screen *screen, const struct canvas *row)
{
	const struct merge_screen *merge = merge_of(screen);
	const struct workbench *bench = screen->bench;
	const unsigned open = merge_count_open(&merge->merging.plan);
	const unsigned all = open + merge->n_decided;
	int col = draw_text(row, 0, 1, INK_DIM, tell(bench, "冲突 ", "conflicts "));
	col = draw_format(row, 0, col, INK_TITLE, "%u/%u", merge->n_decided, all) + 2;
	const struct bar bar = { .low = lt_decimal_from_int(merge->n_decided),
				 .high = lt_decimal_from_int(merge->n_decided),
				 .full = lt_decimal_from_int(all ? all : 1),
				 .got = INK_ACCENT };
	if (row->cols >= 80 && all) {
		draw_bar(row, 0, col, 20, &bar);
		col += 22;
	}
	draw_cut(row, 0, col, row->cols - col - 1, INK_DIM,
		 open ? tell(bench, "定完即可写入，一次撤销可全部退回",
			     "decide them all to write; one undo takes all of it back")
		      : tell(bench, "Enter 写入，一次撤销可全部退回",
			     "Enter writes; one undo takes all of it back"));
}

/* ---- deciding ---- */

static void count_decided(struct merge_screen *merge)
{
	merge->n_decided = 0;
	for (unsigned i = 0; i < merge->n_rows; i++)
		merge->n_decided += cell_at(merge, i)->decided;
}

static bool go_to_open(struct merge_screen *merge)
{
	for (unsigned i = 0; i < merge->n_rows; i++) {
		const unsigned at = (merge->list.at + i) % merge->n_rows;
		if (cell_at(merge, at)->take == TAKE_OPEN) {
			merge->list.at = at;
			return true;
		}
	}
	return false;
}

/* Also where it is not taken, or cannot be any more: it is somebody's work. */
static void find_written(struct merge_screen *merge, unsigned cell)
{
	const struct merge_cell *at = &merge->merging.plan.cells[cell];
	merge->written[cell] = at->take == TAKE_WRITTEN ? merging_draft(&merge->merging, at)
							: merge_decided_written(&merge->merging, cell);
}

static void after_deciding(struct merge_screen *merge)
{
	if (merge->n_steps < merge->merging.plan.n_cells)
		merge->steps[merge->n_steps++] = merge->list.at;
	merge->is_warned = false;
	/* that it cannot be kept is told on leaving, when it is tried again */
	merge_decided_keep(&merge->merging, merge->rows[merge->list.at]);
	find_written(merge, merge->rows[merge->list.at]);
	count_decided(merge);
	go_to_open(merge);
}

static void decide(struct screen *screen, enum merge_take take)
{
	struct merge_screen *merge = merge_of(screen);
	if (!merge->n_rows)
		return;
	if (!merge_is_question(cell_at(merge, merge->list.at))) {
		workbench_tell(screen->bench, NOTICE_WARN, "%s",
			       note_of(screen->bench, cell_at(merge, merge->list.at)));
		return;
	}
	merge_decide(&merge->merging.plan, merge->rows[merge->list.at], take);
	after_deciding(merge);
}

/* ---- a third value ---- */

static void written_given(struct workbench *bench, void *context, const char *text)
{
	struct screen *top = workbench_top(bench);
	struct lt_err err = LT_ERR_INIT;
	(void)context;
	if (!top || strcmp(top->kind->id, "merge") != 0)
		return;
	struct merge_screen *merge = merge_of(top);
	if (merging_write_anew(&merge->merging, merge->rows[merge->list.at], text, &err))
		workbench_tell_err(bench, &err);
	else
		after_deciding(merge);
}

static void write_anew(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct merge_screen *merge = merge_of(screen);
	if (!merge->n_rows)
		return;
	const struct merge_cell *cell = cell_at(merge, merge->list.at);
	const enum merge_anew kind = merging_can_write(&merge->merging, cell);
	const char *written = merge->written[merge->rows[merge->list.at]];
	const char *draft = written ? written : merging_draft(&merge->merging, cell);
	struct lt_arena arena;
	struct change_text text;
	char title[160];
	if (kind == MERGE_ANEW_NOT || !draft) {
		workbench_tell(bench, NOTICE_WARN,
			       written ? tell(bench, "这一处只能取一方；上次另写的：%s",
					      "take one side here; written anew the last time: %s")
				       : tell(bench, "这一处不能另写，只能取一方",
					      "this is not written anew; take one side"),
			       written);
		return;
	}
	lt_arena_init(&arena, 0);
	merge_say_cell(bench, &merge->merging, cell, &arena, &text);
	text_format(title, sizeof(title), "%s  %s  %s",
		    merge_anew_words(bench, &merge->merging, cell), text.title, text.what);
	lt_arena_release(&arena);
	if (kind == MERGE_ANEW_TEXT)
		ask_open_prose(bench, title,
			       tell(bench, "两方的话都在下面，改成一段；F2 确定",
				    "both texts are below; make them one; F2 takes it"),
			       draft, written_given, NULL);
	else
		ask_open(bench, title,
			 tell(bench, "写一个数，记在你名下；单位、出处照旧",
			      "a number, under your name; unit and source stay"),
			 draft, true, NULL, written_given, NULL);
}

/* The item that the cell under the cursor is about; NO_SLOT = none. */
static uint32_t item_here(const struct screen *screen)
{
	const struct merge_screen *merge = merge_of(screen);
	return merge->n_rows ? board_find_item(screen->bench->board,
					       merge->items[merge->rows[merge->list.at]])
			     : NO_SLOT;
}

static void explain(struct screen *screen)
{
	explain_open(screen->bench, item_here(screen));
}

static bool has_item(const struct screen *screen)
{
	return item_here(screen) != NO_SLOT;
}

static void see_evidence(struct screen *screen)
{
	struct merge_screen *merge = merge_of(screen);
	merge_open_evidence(screen->bench, &merge->merging, merge->items[merge->rows[merge->list.at]]);
}

static void take_back(struct screen *screen)
{
	struct merge_screen *merge = merge_of(screen);
	if (!merge->n_steps)
		return;
	merge->list.at = merge->steps[--merge->n_steps];
	const unsigned cell = merge->rows[merge->list.at];
	const struct merge_cell *at = &merge->merging.plan.cells[cell];
	/* a side that was taken after all leaves what was written before it */
	const bool is_side = at->decided && at->take != TAKE_WRITTEN;
	merge_decide(&merge->merging.plan, cell, TAKE_OPEN);
	if (!(is_side ? merge_decided_keep(&merge->merging, cell)
		      : merge_decided_drop(&merge->merging, cell)))
		workbench_tell(screen->bench, NOTICE_WARN, "%s",
			       tell(screen->bench, "收回了，但草稿删不掉，下次合并时还会出现",
				    "taken back, but its draft cannot be removed: it is there again when this file is merged"));
	find_written(merge, cell);
	count_decided(merge);
}

static bool has_steps(const struct screen *screen)
{
	return merge_of(screen)->n_steps > 0;
}

static void next(struct screen *screen)
{
	struct merge_screen *merge = merge_of(screen);
	if (merge->n_rows)
		merge->list.at = (merge->list.at + 1) % merge->n_rows;
	if (!merge->n_rows || !go_to_open(merge))
		workbench_tell(
			screen->bench, NOTICE_DONE, "%s",
			tell(screen->bench, "都定了，Enter 写入", "all are decided; Enter writes"));
}

static bool can_write(const struct screen *screen)
{
	const struct merge_plan *plan = &merge_of(screen)->merging.plan;
	return (plan->kind != MERGE_NOTHING || plan->n_cells) && screen_is_writable(screen);
}

static void write_it(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct merge_screen *merge = merge_of(screen);
	struct lt_err err = LT_ERR_INIT;
	char command[300];
	bool done = false;
	if (merge_count_open(&merge->merging.plan)) {
		workbench_tell(bench, NOTICE_WARN, tell(bench, "还有 %u 处未定", "%u are open"),
			       merge_count_open(&merge->merging.plan));
		go_to_open(merge);
		return;
	}
	text_format(command, sizeof(command), "merge %s", path_name(merge->path));
	workbench_begin(bench, command);
	const enum lt_status status = merging_write(&merge->merging, &done, &err);
	if (!workbench_end(bench, status, &err, done))
		return;
	const bool adopted = merge->merging.plan.kind == MERGE_ADOPT;
	for (unsigned i = 0; i < merge->n_rows; i++)
		merge_decided_drop(&merge->merging, merge->rows[i]);
	workbench_pop(bench);
	/* what came together may still lack evidence, a method, a place for its notes */
	coverage_open(bench);
	workbench_tell(
		bench, NOTICE_DONE, "%s",
		adopted ? tell(bench, "已采用对方的全部记录；还缺什么如下",
			       "theirs was taken as it is; what is missing stands here")
			: tell(bench, "已合并，F8 可整个撤销；还缺什么如下",
			       "merged, F8 takes all of it back; what is missing stands here"));
}

/* Where no draft could be made it may be possible by now. */
static bool keep_all(struct merge_screen *merge)
{
	bool is_kept = true;
	for (unsigned i = 0; i < merge->n_rows; i++)
		if (cell_at(merge, i)->decided)
			is_kept &= merge_decided_keep(&merge->merging, merge->rows[i]);
	return is_kept;
}

static bool leave(struct screen *screen)
{
	static const struct label lost = { "已定的 %u 处还没有写入，也存不下；再按 Esc 放弃合并",
					   "%u decisions are not written and cannot be kept; Esc again leaves the merge" };
	static const struct label kept = { "还没有写入；已定的 %u 处留着，再合并这份文件时接着定",
					   "not written; what was decided (%u) is there again when this file is merged" };
	struct merge_screen *merge = merge_of(screen);
	decided_leave(screen->bench, merge->n_decided, keep_all(merge), &merge->is_warned, &lost, &kept);
	return true;
}

static bool merge_key(struct screen *screen, const struct event *event)
{
	struct merge_screen *merge = merge_of(screen);
	const int digit = key_digit(event);
	if (digit >= 1 && digit <= 3) {
		decide(screen, (enum merge_take)(TAKE_ORIGINAL + digit - 1));
		return true;
	}
	if (digit == 4) {
		write_anew(screen);
		return true;
	}
	if (event->key == K_ESC && merge->n_decided)
		return leave(screen);
	return list_key(&merge->list, event);
}

static void merge_screen_close(struct screen *screen)
{
	struct merge_screen *merge = merge_of(screen);
	merging_close(&merge->merging);
	free(merge);
}

static const struct action merge_actions[] = {
	{ .keys = { "1-4", "1-4" },
	  .title = { "处置", "decide" },
	  .help = { "1 取原值 2 取我方 3 取对方 4 另写",
		    "1 the original, 2 mine, 3 theirs, 4 write anew" },
	  .group = GROUP_ANSWER,
	  .in_foot = true },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "下一冲突", "next" },
	  .help = { "下一处未定的", "the next that is open" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = next },
	{ .key = K_F3,
	  .letter = 'x',
	  .title = { "追溯", "explain" },
	  .help = { "这一条现在的得分从哪里来", "where the item's points come from now" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .is_live = has_item,
	  .run = explain },
	{ .key = K_ENTER,
	  .title = { "写入", "write" },
	  .help = { "定完后写入，成为一步，可整个撤销",
		    "when all is decided, as one step that can be undone" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = can_write,
	  .run = write_it },
	{ .key = K_F2,
	  .letter = 'e',
	  .title = { "佐证", "evidence" },
	  .help = { "打开这一条的佐证，两方的都列出", "opens the item's evidence, of either side" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .is_live = has_item,
	  .run = see_evidence },
	{ .key = K_F8,
	  .letter = 'u',
	  .title = { "收回所定", "take back" },
	  .help = { "收回最后定的一处", "the last decision is taken back" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_steps,
	  .run = take_back },
};

static const struct screen_kind merge_kind = {
	.id = "merge",
	.title = { "合并", "Merge" },
	.size = SIZE_WHOLE,
	.actions = merge_actions,
	.n_actions = sizeof(merge_actions) / sizeof(merge_actions[0]),
	.has_score_line = true,
	.needs_project = true,
	.draw = merge_draw,
	.header = merge_header,
	.score_line = merge_score_line,
	.key = merge_key,
	.close = merge_screen_close,
};

/* What was decided at an earlier time and not written; how many of it cannot be taken now, and why not
 * the first. */
static unsigned take_again(struct merge_screen *merge, struct lt_err *first)
{
	unsigned n_refused = 0;
	for (unsigned i = 0; i < merge->n_rows; i++) {
		struct lt_err err = LT_ERR_INIT;
		if (merge_decided_again(&merge->merging, merge->rows[i], &err) && !n_refused++)
			*first = err;
		find_written(merge, merge->rows[i]);
		if (cell_at(merge, i)->decided)
			merge->steps[merge->n_steps++] = i;
	}
	count_decided(merge);
	return n_refused;
}

static void tell_again(struct workbench *bench, unsigned n, unsigned n_refused, const struct lt_err *err)
{
	if (n_refused)
		workbench_tell(bench, NOTICE_WARN,
			       tell(bench, "上次另写的 %u 处现在用不上，所写的留着：%s",
				    "what was written the last time (%u) cannot be taken now and is kept: %s"),
			       n_refused, err->text[bench->lang]);
	else if (n)
		workbench_tell(bench, NOTICE_DONE,
			       tell(bench, "上次定的 %u 处还在，接着定；F8 逐处收回",
				    "what was decided the last time (%u) is here again; F8 takes it back one by one"),
			       n);
}

static void preview(struct workbench *bench, void *context, const char *path, bool readonly)
{
	struct merge_screen *merge = workbench_room(bench, sizeof(*merge));
	struct lt_err err = LT_ERR_INIT;
	(void)context;
	(void)readonly;
	if (!merge)
		return;
	snprintf(merge->path, sizeof(merge->path), "%s", path);
	workbench_wait_begin(bench, "merge");
	enum lt_status status = merging_open(bench->session, path, false, &merge->merging, &err);
	if (!status && (!list_items(bench, merge) || !list_rows(merge)))
		status = lt_err_memory(&err);
	if (!workbench_wait_read(bench, status, &err)) {
		merging_close(&merge->merging);
		free(merge);
		return;
	}
	const unsigned n_refused = take_again(merge, &err), n = merge->n_decided;
	go_to_open(merge);
	if (workbench_push(bench, &merge_kind, merge))
		tell_again(bench, n, n_refused, &err);
}

void merge_open_screen(struct workbench *bench)
{
	static const char *const endings[] = { ".lingtan", NULL };
	pick_open_beside(bench, tell(bench, "合并：对方的文件", "Merge: the other's file"), endings,
			 preview, NULL);
}
