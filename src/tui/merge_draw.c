#include "merge_draw.h"

#include <stdio.h>
#include <string.h>
#include "figure.h"
#include "frame.h"
#include "wrap.h"

/* ---- words ---- */

static struct change as_change(const struct merge_cell *cell)
{
	return (struct change){ .table = cell->table,
				.key = cell->key,
				.group = cell->group,
				.old = cell->mine,
				.new = cell->theirs };
}

void merge_say_cell(const struct workbench *bench, const struct merging *merging,
		    const struct merge_cell *cell, struct lt_arena *arena, struct change_text *out)
{
	const struct change change = as_change(cell);
	say_change(bench, arena, &change, out);
	if (strcmp(cell->table, "answer") == 0 || strcmp(cell->table, "quantity") == 0)
		return;
	const char *item = cell_item(&merging->plan.folds[MERGE_THEIRS],
				     bench->sitting->workspace->vocabulary, cell, arena);
	if (!item[0])
		item = cell_item(&merging->plan.folds[MERGE_MINE],
				 bench->sitting->workspace->vocabulary, cell, arena);
	/* a row that is about an item is named by it; the kind of row says the rest */
	const uint32_t slot = item[0] ? board_find_item(bench->board, item) : NO_SLOT;
	out->what = out->title[0] ? out->title : out->what;
	out->id = item;
	out->title = slot != NO_SLOT ? label_of(bench, &bench->board->items[slot].plan->decl->title)
				     : out->what;
}

static void say_cell_value(const struct workbench *bench, const struct merge_cell *cell,
			   const struct words *value, char out[SAID_VALUE])
{
	const struct change change = as_change(cell);
	say_value(bench, &change, value, out);
}

/* A text that is cut tells less than how much there is of it. */
void merge_say_short(const struct workbench *bench, const struct merge_cell *cell,
		     const struct words *value, int room, char out[SAID_VALUE])
{
	say_cell_value(bench, cell, value, out);
	const char *text = value->at && value->n ? value->at[0] : "";
	unsigned n = 0;
	if (text_columns(out) <= room || strcmp(cell->group, "verdict") == 0)
		return;
	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	if (n > 8)
		text_format(out, SAID_VALUE, tell(bench, "%u 字", "%u signs"), n);
}

/* ---- sides ---- */

#define MOST_LINES 3 /* of one value */

struct side_place {
	int col, cols;
};

/* Behind the names of fields, which English ones need more of. */
static int first_column(const struct workbench *bench, const struct canvas *canvas)
{
	const int narrow = bench->lang == LT_ZH ? 10 : 14;
	return canvas->cols >= 100 ? 18 : canvas->cols >= 80 ? 15 : narrow;
}

static int side_places(const struct workbench *bench, const struct canvas *canvas,
		       const struct merge_sides *sides, struct side_place out[3])
{
	const int n = sides->with_original ? 3 : 2;
	const int left = first_column(bench, canvas);
	const int each = (canvas->cols - left - 1) / n;
	for (int i = 0; i < n; i++)
		out[i] = (struct side_place){ left + i * each, each - 2 };
	return n;
}

static void draw_heading(const struct workbench *bench, const struct canvas *canvas, int row,
			 const struct merge_sides *sides, int side, struct side_place at)
{
	static const struct label titles[] = { { "原值", "original" },
					       { "我方", "mine" },
					       { "对方", "theirs" } };
	const int which = sides->with_original ? side : side + 1;
	const struct merge_plan *plan = &sides->merging->plan;
	const struct merge_cell *cell = &plan->cells[sides->cells[0]];
	char text[FIGURE_TEXT];
	int col = at.col;
	if (sides->has_digits)
		col = draw_format(canvas, row, col, INK_TITLE, "%d ", which + 1);
	col = draw_text(canvas, row, col, INK_TITLE, label_of(bench, &titles[which])) + 1;
	const int room = at.col + at.cols - col;
	if (which == 0) {
		if (plan->base && room > 6)
			draw_format(canvas, row, col, INK_DIM, tell(bench, "第 %u 条", "entry %u"),
				    plan->base->entry.depth);
		return;
	}
	const struct entry *writer =
		merging_writer(sides->merging, cell, which == 1 ? MERGE_MINE : MERGE_THEIRS);
	if (!writer)
		return;
	/* without room the day goes first, then the time */
	const char *time = figure_time(writer->at, bench->lang, text);
	const char *clock = strrchr(time, ' ');
	if (text_columns(writer->by) + 1 + text_columns(time) > room && clock)
		time = clock + 1;
	col = draw_cut(canvas, row, col, room, INK_DIM, writer->by) + 1;
	if (text_columns(time) <= at.col + at.cols - col)
		draw_text(canvas, row, col, INK_DIM, time);
}

/* A value in at most so many lines; how many it took. */
static int draw_value(const struct canvas *canvas, int row, struct side_place at, int most,
		      enum ink ink, const char *text)
{
	const size_t len = strlen(text);
	size_t from = 0;
	for (int n = 1;; n++) {
		const struct wrap_line line = wrap_line(text, len, from, at.cols);
		if (n == most || line.is_last) {
			draw_cut(canvas, row + n - 1, at.col, at.cols, ink, text + from);
			return n;
		}
		draw_bytes(canvas, row + n - 1, at.col, ink, text + line.from, line.to - line.from);
		from = line.next;
	}
}

static int draw_cell(const struct workbench *bench, const struct canvas *canvas, int row,
		     const struct merge_sides *sides, const struct merge_cell *cell,
		     const struct side_place *places, int n)
{
	const struct words *const values[] = { &cell->original, &cell->mine, &cell->theirs };
	struct lt_arena arena;
	struct change_text text;
	int lines = 1;
	lt_arena_init(&arena, 0);
	merge_say_cell(bench, sides->merging, cell, &arena, &text);
	const int end = draw_cut(canvas, row, 3, places[0].col - 6, INK_DIM, text.what);
	if (cell->take == TAKE_OPEN)
		draw_text(canvas, row, end + 1, INK_WARN, "!");
	for (int i = 0; i < n; i++) {
		const int which = sides->with_original ? i : i + 1;
		char said[SAID_VALUE];
		say_cell_value(bench, cell, values[which], said);
		const bool taken = cell->take == (enum merge_take)(TAKE_ORIGINAL + which);
		const int took = draw_value(canvas, row, places[i], MOST_LINES,
					    taken        ? INK_OK
					    : which == 0 ? INK_DIM
							 : INK_TEXT,
					    said);
		lines = took > lines ? took : lines;
	}
	lt_arena_release(&arena);
	return lines;
}

/* ---- evidence of an item, as a side has it ---- */

static bool is_tie_of(const struct fold *fold, const struct fold_cell *cell, const char *item,
		      struct lt_arena *arena, const char **sha256)
{
	const char *parts[CELL_MAX_KEY];
	if (strcmp(cell->table, "tie") != 0 || strcmp(cell->group, "locator") != 0 ||
	    !cell->value.at || !cell_key_split(arena, cell->key, parts, 4) ||
	    strcmp(parts[1], item) != 0)
		return false;
	const struct fold_cell *removed = fold_find(fold, "tie", cell->key, "removed");
	*sha256 = parts[2];
	return !removed || !removed->value.at;
}

unsigned merge_list_ties(const struct fold *fold, const char *item, struct lt_arena *arena,
			 struct merge_tie **out)
{
	unsigned n = 0, cap = 0;
	*out = NULL;
	for (unsigned b = 0; b < fold->n_buckets; b++)
		for (const struct fold_cell *cell = fold->buckets[b]; cell; cell = cell->next) {
			const char *sha256;
			if (!is_tie_of(fold, cell, item, arena, &sha256))
				continue;
			const struct fold_cell *file = fold_find(fold, "evidence", sha256, "file");
			*out = lt_arena_room(arena, *out, n, &cap, sizeof(**out));
			if (!*out)
				return 0;
			(*out)[n++] = (struct merge_tie){
				sha256, file && file->value.at ? file->value.at[0] : "",
				cell->value.at[0]
			};
		}
	return n;
}

/* "办法.pdf 第2页；台账.xlsx 表3"; "-" for none. */
static void say_ties(const struct workbench *bench, const struct fold *fold, const char *item,
		     char out[SAID_VALUE])
{
	struct lt_arena arena;
	struct merge_tie *ties;
	size_t used = 0;
	lt_arena_init(&arena, 0);
	const unsigned n = merge_list_ties(fold, item, &arena, &ties);
	for (unsigned i = 0; i < n && used < SAID_VALUE - 1; i++)
		used += text_format(out + used, SAID_VALUE - used, "%s%s %s",
				    used ? tell(bench, "；", "; ") : "", ties[i].name,
				    ties[i].locator);
	lt_arena_release(&arena);
	if (!used)
		snprintf(out, SAID_VALUE, "-");
}

static int draw_ties(const struct workbench *bench, const struct canvas *canvas, int row,
		     const struct merge_sides *sides, const struct side_place *places, int n)
{
	const struct merge_plan *plan = &sides->merging->plan;
	const struct fold *const folds[] = { &plan->original, &plan->folds[MERGE_MINE],
					     &plan->folds[MERGE_THEIRS] };
	char said[3][SAID_VALUE];
	bool any = false;
	int lines = 1;
	for (int i = 0; i < n; i++) {
		say_ties(bench, folds[sides->with_original ? i : i + 1], sides->item, said[i]);
		any |= strcmp(said[i], "-") != 0;
	}
	if (!any)
		return 0;
	draw_cut(canvas, row, 3, places[0].col - 4, INK_DIM, tell(bench, "佐证", "evidence"));
	for (int i = 0; i < n; i++) {
		const int took =
			draw_value(canvas, row, places[i], MOST_LINES,
				   sides->with_original && i == 0 ? INK_DIM : INK_TEXT, said[i]);
		lines = took > lines ? took : lines;
	}
	return lines;
}

/* Where a remark or a finding stands is said by the item above; what was seen is a digest; of the
 * evidence each side's whole list is drawn. */
static bool is_content(const struct merge_sides *sides, const struct merge_cell *cell)
{
	return strcmp(cell->group, "place") != 0 && strcmp(cell->table, "seen") != 0 &&
	       (!sides->item || strcmp(cell->table, "tie") != 0);
}

void merge_draw_sides(const struct workbench *bench, const struct canvas *canvas, int row,
		      const struct merge_sides *sides)
{
	struct side_place places[3];
	const int n = side_places(bench, canvas, sides, places);
	const int top = row;
	if (sides->n_cells == 0)
		return;
	for (int i = 0; i < n; i++)
		draw_heading(bench, canvas, row, sides, i, places[i]);
	row += canvas->rows >= 12 ? 2 : 1;
	for (unsigned i = 0; i < sides->n_cells && row < canvas->rows; i++)
		if ((i == 0 && (sides->with_original || sides->n_cells == 1)) ||
		    is_content(sides, &sides->merging->plan.cells[sides->cells[i]]))
			row += draw_cell(bench, canvas, row, sides,
					 &sides->merging->plan.cells[sides->cells[i]], places, n);
	if (sides->item && sides->item[0] && row < canvas->rows)
		row += draw_ties(bench, canvas, row, sides, places, n);
	for (int i = 1; i < n; i++)
		draw_upright(canvas, places[i].col - 2, top,
			     (row < canvas->rows ? row : canvas->rows) - top);
}

int merge_draw_written(const struct workbench *bench, const struct canvas *canvas, int end,
		       const struct merge_cell *cell, const char *text)
{
	const bool taken = cell->take == TAKE_WRITTEN;
	const char *label = taken ? tell(bench, "所写", "written") : tell(bench, "另写未取", "not taken");
	const int left = first_column(bench, canvas) + (canvas->cols < 80 && !taken ? 2 : 0);
	const struct side_place place = { left, canvas->cols - left - 2 };
	const int most = canvas->rows >= 10 ? MOST_LINES : MOST_LINES - 1;
	struct wrap_line line = { .is_last = false };
	char flat[1024]; /* what was added to both texts stands behind them */
	const size_t len = text_format(flat, sizeof(flat), "%s", text);
	int n = 0;
	for (char *at = flat; *at; at++)
		*at = *at == '\n' ? ' ' : *at;
	for (; n < most && !line.is_last; n++)
		line = wrap_line(flat, len, line.next, place.cols);
	draw_text(canvas, end - n, 3, INK_DIM, label);
	draw_value(canvas, end - n, place, n, taken ? INK_OK : INK_TEXT, flat);
	return end - n;
}

int merge_draw_chips(const struct workbench *bench, const struct canvas *canvas, int row,
		     const char *label, const struct label *chips, int n, int chosen)
{
	int col = first_column(bench, canvas);
	draw_text(canvas, row, 3, INK_DIM, label);
	for (int i = 0; i < n; i++) {
		const bool is = i + 1 == chosen;
		const int from = col;
		col = draw_format(canvas, row, col, is ? INK_TITLE : INK_TEXT,
				  is ? "[%d %s]" : " %d %s ", i + 1, label_of(bench, &chips[i]));
		if (is)
			draw_ground(canvas, row, from, col - from, GROUND_CHIP);
		col += 1;
	}
	return col;
}
