/* The pane of one item: what is asked, what was measured, how it can be answered. */
#include <stdio.h>
#include <string.h>
#include "figure.h"
#include "walk.h"
#include "wrap.h"

/* ---- the pen ---- */

void pen_label(struct pen *pen, const char *zh, const char *en)
{
	draw_text(pen->canvas, pen->row, 0, INK_DIM, tell(pen->walk->bench, zh, en));
}

#define LINE_BYTES 1024

/* The line and "..", also where all of it would fit. */
static size_t cut_open(const char *text, size_t len, int columns, char out[LINE_BYTES])
{
	size_t n = cluster_fit(text, len, columns - 2, NULL);
	while (n + 3 > LINE_BYTES)
		n = cluster_back(text, len, n);
	memcpy(out, text, n);
	memcpy(out + n, "..", 3);
	return n + 2;
}

void pen_text(struct pen *pen, enum ink ink, const char *text, int most)
{
	const int cols = pen->canvas->cols - pen->indent - 1;
	const size_t len = strlen(text);
	char cut[LINE_BYTES];
	size_t at = 0;
	for (int i = 0; i < most; i++) {
		const struct wrap_line line = wrap_line(text, len, at, cols);
		const bool is_cut = i + 1 == most && !line.is_last;
		if (is_cut && line.ends_paragraph) /* it fits, but what follows does not */
			draw_bytes(pen->canvas, pen->row, pen->indent, ink, cut,
				   cut_open(text + line.from, line.to - line.from, cols, cut));
		else if (is_cut)
			draw_cut(pen->canvas, pen->row, pen->indent, cols, ink, text + line.from);
		else
			draw_bytes(pen->canvas, pen->row, pen->indent, ink, text + line.from,
				   line.to - line.from);
		pen->row++;
		at = line.next;
		if (line.is_last)
			break;
	}
}

void pen_gap(struct pen *pen, int thrift)
{
	if (pen->thrift < thrift)
		pen->row++;
}

/* What was half typed at an earlier time stands below its cell, never in it. */
void pen_draft(struct pen *pen, unsigned cell)
{
	const struct walk *walk = pen->walk;
	const struct workbench *bench = walk->bench;
	const char *draft = cell < walk->n_cells ? walk->cells[cell].draft : NULL;
	char text[NUMBER_TYPED + 100];
	if (!draft || (walk->is_typing && walk->cell == cell))
		return;
	text_format(text, sizeof(text),
		    walk->cell == cell && walk_offered(walk)
			    ? tell(bench, "草稿 %s 没有记下：Enter 接着填，Delete 不要",
				   "draft %s was not saved: Enter goes on, Delete drops it")
			    : tell(bench, "草稿 %s 没有记下", "draft %s was not saved"),
		    draft);
	pen_text(pen, INK_WARN, text, 2);
}

/* ---- what is asked ---- */

static const struct board_item *item_of(const struct pen *pen)
{
	return &pen->walk->bench->board->items[pen->walk->item];
}

static void kind_text(const struct pen *pen, char *out, size_t cap)
{
	static const struct label kinds[N_ITEM_KINDS] = {
		[ITEM_CONTROL] = { "控制项", "control" },
		[ITEM_SCORING] = { "评分项", "scored" },
		[ITEM_INNOVATION] = { "加分项", "bonus" },
		[ITEM_JUDGEMENT] = { "判定项", "judged" },
		[ITEM_CHECKLIST] = { "核查项", "checklist" },
	};
	const struct workbench *bench = pen->walk->bench;
	const struct board_item *item = item_of(pen);
	char points[FIGURE_TEXT];
	const char *kind = label_of(bench, &kinds[item->plan->decl->kind]);
	if (item->is_veto)
		snprintf(out, cap, "%s %s", kind, tell(bench, "一票否决", "must be met"));
	else if (item->is_scored)
		snprintf(out, cap, tell(bench, "%s %s 分", "%s, %s points"), kind,
			 figure_decimal(item->plan->points, -4, points));
	else
		snprintf(out, cap, "%s", kind);
}

static void draw_title(struct pen *pen)
{
	const struct item *decl = item_of(pen)->plan->decl;
	char kind[80];
	kind_text(pen, kind, sizeof(kind));
	const int end = draw_right(pen->canvas, pen->row, pen->canvas->cols - 2,
				   item_of(pen)->is_veto ? INK_VETO : INK_DIM, kind) -
			2;
	const char *id = shown_id(decl->id);
	const int col = id[0] ? draw_cut(pen->canvas, pen->row, 0, 12, INK_ACCENT, id) + 2 : 0;
	draw_cut(pen->canvas, pen->row, col, end - col, INK_TITLE,
		 label_of(pen->walk->bench, &decl->title));
	pen->row++;
}

static void origin_text(const struct pen *pen, char *out, size_t cap, enum ink *ink)
{
	const struct workbench *bench = pen->walk->bench;
	const struct plan_item *item = item_of(pen)->plan;
	const enum origin origin =
		item_of(pen)->is_scored && item->points_origin != ORIGIN_UNSTATED
			? item->points_origin
			: item->decl->origin;
	out[0] = '\0';
	*ink = INK_DIM;
	if (origin == ORIGIN_ILLUSTRATIVE || origin == ORIGIN_PROPOSED)
		*ink = INK_WARN;
	if (origin == ORIGIN_UNSTATED || (origin == ORIGIN_SOURCED && !item_of(pen)->is_scored))
		return;
	snprintf(out, cap, "%s %s%s", tell(bench, "分值", "points"),
		 label_of(bench, origin_title(origin)),
		 origin == ORIGIN_ILLUSTRATIVE ? tell(bench, " 未核实", ", unverified") : "");
}

static void draw_basis(struct pen *pen)
{
	const struct board *board = pen->walk->bench->board;
	const struct item *decl = item_of(pen)->plan->decl;
	char origin[80];
	enum ink ink;
	origin_text(pen, origin, sizeof(origin), &ink);
	pen_label(pen, "依据", "Clause");
	char clause[200];
	text_format(clause, sizeof(clause), "%s  %s", board->ruleset->code,
		 decl->clause ? decl->clause : shown_id(decl->id));
	/* the clause whole, then as much of where its points come from as has room */
	const int right = pen->canvas->cols - 2, room = right - pen->indent - text_columns(clause) - 2;
	if (text_columns(origin) > room)
		origin[strcspn(origin, ",")] = '\0';
	if (text_columns(origin) > room && strchr(origin, ' '))
		memmove(origin, strchr(origin, ' ') + 1, strlen(strchr(origin, ' ')));
	const int end = draw_right(pen->canvas, pen->row, right, ink, origin) - 2;
	draw_cut(pen->canvas, pen->row, pen->indent, end - pen->indent, INK_TEXT, clause);
	pen->row++;
}

static const struct label method_titles[N_METHODS] = {
	[METHOD_DOCUMENT] = { "查文件", "documents" },
	[METHOD_OBSERVATION] = { "看现场", "observation" },
	[METHOD_INTERVIEW] = { "访谈", "interview" },
	[METHOD_RECALCULATION] = { "复算", "recalculation" },
	[METHOD_TRIAL] = { "试用", "trial" },
};

/* What to look at on site: kinds of evidence, else methods. */
static void draw_check(struct pen *pen)
{
	const struct workbench *bench = pen->walk->bench;
	const struct board_detail *detail = &pen->walk->detail;
	const struct item *decl = item_of(pen)->plan->decl;
	char text[400];
	size_t len = 0;
	text[0] = '\0';
	for (unsigned i = 0; i < detail->n_slots; i++)
		len += text_format(text + len, sizeof(text) - len, "%s%s",
				   i ? tell(bench, "；", "; ") : "",
				   label_of(bench, &detail->slots[i].decl->title));
	for (unsigned i = 0; detail->n_slots == 0 && i < decl->n_methods; i++)
		len += text_format(text + len, sizeof(text) - len, "%s%s",
				   i ? tell(bench, "；", "; ") : "",
				   label_of(bench, &method_titles[decl->methods[i]]));
	if (!text[0])
		return;
	pen_label(pen, "查证", "Check");
	pen_text(pen, INK_TEXT, text, pen->is_narrow && pen->thrift >= CUT_CHECK_LINE ? 1 : 2);
}

/* How the park arrives at the quantity, in words. */
static void draw_formula(struct pen *pen)
{
	const struct workbench *bench = pen->walk->bench;
	const struct plan *plan = bench->board->plan;
	const struct board_detail *detail = &pen->walk->detail;
	if (detail->n_quantities == 0 ||
	    plan_slot_kind(plan, detail->quantities[0].slot) != SLOT_QUANTITY)
		return;
	const struct quantity *decl =
		plan->quantities[detail->quantities[0].slot - plan->first_quantity].decl;
	if (!label_of(bench, &decl->formula)[0])
		return;
	pen_label(pen, "算法", "Formula");
	pen_text(pen, INK_TEXT, label_of(bench, &decl->formula), 2);
}

static void draw_note(struct pen *pen)
{
	const struct workbench *bench = pen->walk->bench;
	const char *note = label_of(bench, &item_of(pen)->plan->decl->note);
	if (!note[0])
		return;
	pen_label(pen, "提示", "Note");
	pen_text(pen, INK_DIM, note, pen->thrift < CUT_GAPS ? 3 : 1);
}

static void draw_asked(struct pen *pen)
{
	const struct item *decl = item_of(pen)->plan->decl;
	const char *ask = label_of(pen->walk->bench, &decl->ask);
	draw_title(pen);
	if (!pen->is_narrow)
		pen_gap(pen, CUT_GAPS);
	if (ask[0]) {
		pen_label(pen, "要求", "Ask");
		pen_text(pen, INK_TEXT, ask, pen->thrift < CUT_ASK ? 4 : 1);
	}
	draw_basis(pen);
	if (pen->thrift < CUT_CHECK) {
		draw_check(pen);
		draw_formula(pen);
		draw_note(pen);
	}
	pen_gap(pen, CUT_GAPS);
}

/* ---- the whole pane ---- */

static int draw_rows(struct walk *walk, const struct canvas *canvas, int thrift)
{
	struct pen pen = { .walk = walk,
			   .canvas = canvas,
			   .thrift = thrift,
			   .indent = walk->bench->lang == LT_ZH ? 6 : 9,
			   .is_narrow = frame_breadth(walk->bench) < BREADTH_100 };
	if (frame_is_tall(walk->bench))
		pen.row = 1;
	draw_asked(&pen);
	if (walk_draw_answer(&pen) > 0)
		pen_gap(&pen, CUT_GAPS);
	walk_draw_rungs(&pen);
	pen_gap(&pen, CUT_GAPS);
	walk_draw_finding(&pen);
	walk_draw_evidence(&pen);
	pen_gap(&pen, CUT_GAPS);
	walk_draw_words(&pen);
	if (thrift < CUT_HISTORY && walk->detail.n_events > 0) {
		pen_gap(&pen, CUT_GAPS);
		walk_draw_history(&pen);
	}
	return pen.row;
}

void walk_draw_item(struct walk *walk, const struct canvas *canvas)
{
	struct canvas nothing = *canvas;
	int thrift = 0;
	nothing.rows = 0;
	const bool had_cursor = canvas->grid->cursor_shown;
	while (thrift < MOST_THRIFT && draw_rows(walk, &nothing, thrift) > canvas->rows)
		thrift++;
	canvas->grid->cursor_shown = had_cursor;
	draw_rows(walk, canvas, thrift);
}

/* ---- the third pane ---- */

static int draw_side_history(const struct walk *walk, const struct canvas *canvas, int row)
{
	const struct workbench *bench = walk->bench;
	char at[FIGURE_TEXT], what[200];
	draw_text(canvas, row++, 0, INK_DIM, tell(bench, "历史", "History"));
	for (unsigned i = 0; i < walk->detail.n_history && row < canvas->rows - 6; i++) {
		const struct board_event *event = &walk->detail.history[i];
		draw_cut(canvas, row, 0, 11, INK_DIM, figure_time(event->at, bench->lang, at));
		walk_event_text(bench, event, what, sizeof(what));
		draw_cut(canvas, row++, 12, canvas->cols - 13, INK_TEXT, what);
	}
	return row + 1;
}

static int draw_side_slots(const struct walk *walk, const struct canvas *canvas, int row)
{
	const struct workbench *bench = walk->bench;
	if (walk->detail.n_slots == 0)
		return row;
	draw_text(canvas, row++, 0, INK_DIM, tell(bench, "应有佐证", "Evidence asked for"));
	for (unsigned i = 0; i < walk->detail.n_slots && row < canvas->rows / 2; i++) {
		const struct board_slot *slot = &walk->detail.slots[i];
		draw_text(canvas, row, 0, slot->n_ties ? INK_OK : INK_DIM, slot->n_ties ? "✓" : "◦");
		draw_cut(canvas, row++, 2, canvas->cols - 3, INK_TEXT,
			 label_of(bench, &slot->decl->title));
	}
	return row + 1;
}

/* Other items that the same quantity decides or informs. */
static int draw_side_uses(const struct walk *walk, const struct canvas *canvas, int row)
{
	const struct board *board = walk->bench->board;
	const uint32_t quantity = board->items[walk->item].plan->quantity;
	bool said = false;
	for (unsigned i = 0; quantity != NO_SLOT && i < board->n_items && row < canvas->rows; i++) {
		const struct board_item *item = &board->items[i];
		if (item->slot == walk->item || item->is_outside ||
		    item->plan->quantity != quantity)
			continue;
		if (!said)
			draw_text(canvas, row++, 0, INK_DIM,
				  tell(walk->bench, "他处用此数", "Also used by"));
		said = true;
		const char *id = shown_id(item->plan->decl->id);
		const int col = id[0] ? draw_text(canvas, row, 0, INK_DIM, id) + 2 : 0;
		draw_cut(canvas, row++, col, canvas->cols - col - 1, INK_TEXT,
			 label_of(walk->bench, &item->plan->decl->title));
	}
	return row;
}

void walk_draw_side(struct walk *walk, const struct canvas *canvas)
{
	int row = 1;
	row = draw_side_slots(walk, canvas, row);
	row = draw_side_history(walk, canvas, row);
	draw_side_uses(walk, canvas, row);
}
