/* What follows from the choices of a new project: weights, counts, the line, on what it rests. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/catalogue.h"
#include "figure.h"
#include "frame.h"
#include "new_parts.h"

#define TITLE_COLS 14
#define CELLS_OF_ONE 40 /* a weight of 1 */

struct pane {
	const struct workbench *bench;
	const struct canvas *canvas;
	const struct board *of;
	int row;
};

/* Whether a section holds bonus items alone: it is no part of the whole. */
static bool only_adds(const struct board *board, unsigned section)
{
	bool any = false;
	for (unsigned i = 0; i < board->n_items; i++) {
		unsigned at = board->items[i].section;
		if (board->items[i].is_outside || at >= board->n_sections)
			continue;
		while (board->sections[at].depth > 0)
			at = board->sections[at].parent;
		if (at != section)
			continue;
		if (board->items[i].plan->decl->kind != ITEM_INNOVATION)
			return false;
		any = true;
	}
	return any;
}

/* A weight of 1 says nothing: then sections tell apart by their points. */
static bool is_weighted(const struct board_section *section)
{
	return section->has_weight &&
	       lt_decimal_compare(section->weight, lt_decimal_from_int(1)) != 0;
}

static struct lt_decimal share_of(const struct board_section *section)
{
	return is_weighted(section) ? section->weight : section->maximum;
}

static struct lt_decimal largest_share(const struct board *board, bool weighted)
{
	struct lt_decimal largest = { 0 };
	for (unsigned i = 0; i < board->n_sections; i++) {
		const struct board_section *section = &board->sections[i];
		if (section->depth == 0 && is_weighted(section) == weighted &&
		    lt_decimal_compare(share_of(section), largest) > 0)
			largest = share_of(section);
	}
	return largest;
}

static int cells_of(const struct pane *pane, const struct board_section *section, int room)
{
	const struct lt_decimal largest = largest_share(pane->of, is_weighted(section));
	const struct lt_decimal share = share_of(section), one = lt_decimal_from_int(1);
	lt_int128 scale = room;
	/* weights have one scale on all screens, as long as the largest has room */
	if (is_weighted(section) && largest.units * CELLS_OF_ONE <= one.units * room)
		return (int)((share.units * CELLS_OF_ONE + one.units / 2) / one.units);
	if (largest.units <= 0)
		return 0;
	return (int)((share.units * scale + largest.units / 2) / largest.units);
}

static void draw_section(struct pane *pane, unsigned number)
{
	const struct board_section *section = &pane->of->sections[number];
	const struct canvas *canvas = pane->canvas;
	const int room = canvas->cols - TITLE_COLS - 7;
	const bool adds = only_adds(pane->of, number);
	char text[FIGURE_TEXT];
	draw_cut(canvas, pane->row, 0, TITLE_COLS, INK_TEXT,
		 label_of(pane->bench, &section->decl->title));
	draw_right(canvas, pane->row, TITLE_COLS + 5, INK_TEXT,
		   is_weighted(section) ? figure_decimal(section->weight, 2, text)
					: figure_decimal(section->maximum, -1, text));
	if (room > 0)
		draw_fill(canvas, pane->row, TITLE_COLS + 6, cells_of(pane, section, room),
			  adds ? INK_POSSIBLE : INK_ACCENT, adds ? "─" : "━");
	pane->row++;
}

static void draw_sections(struct pane *pane)
{
	for (unsigned i = 0; i < pane->of->n_sections; i++) {
		const struct board_section *section = &pane->of->sections[i];
		if (section->depth == 0 && section->n_items > 0 &&
		    (section->has_weight || section->maximum.units > 0))
			draw_section(pane, i);
	}
}

static void draw_fact(struct pane *pane, const char *label, enum ink ink, const char *text)
{
	const int left = pane->bench->lang == LT_ZH ? 8 : 12;
	draw_text(pane->canvas, pane->row, 0, INK_DIM, label);
	draw_cut(pane->canvas, pane->row++, left, pane->canvas->cols - left, ink, text);
}

static void draw_counts(struct pane *pane)
{
	unsigned n[N_ITEM_KINDS] = { 0 };
	char text[80];
	for (unsigned i = 0; i < pane->of->n_items; i++)
		if (!pane->of->items[i].is_outside)
			n[pane->of->items[i].plan->decl->kind]++;
	for (int kind = 0; kind < N_ITEM_KINDS; kind++) {
		if (!n[kind])
			continue;
		text_format(text, sizeof(text), tell(pane->bench, "%u 项%s", "%u%s"), n[kind],
			    kind == ITEM_CONTROL ? tell(pane->bench, " 一票否决", ", each a veto")
						 : "");
		draw_fact(pane, label_of(pane->bench, &item_kind_titles[kind]), INK_TEXT,
			  text);
	}
}

static void draw_line(struct pane *pane)
{
	const struct board_headline *headline = &pane->of->headline;
	char text[200], number[FIGURE_TEXT];
	for (unsigned i = 0; i < headline->n_lines; i++) {
		struct lt_decimal limit;
		if (!catalogue_limit(pane->of, &headline->lines[i], &limit))
			continue;
		const enum compare_is is = headline->lines[i].is;
		text_format(text, sizeof(text), "%s%s %s", is == IS_LE || is == IS_LT ? "<= " : "",
			    figure_decimal(limit, -4, number),
			    headline->unit ? headline->unit : tell(pane->bench, "分", "points"));
		draw_fact(pane, tell(pane->bench, "及格", "line"), INK_TEXT, text);
		return;
	}
}

static void draw_grades(struct pane *pane)
{
	const struct plan_node *ladder = plan_ladder(pane->of->plan);
	const struct ruleset *ruleset = pane->of->ruleset;
	char text[300] = "";
	for (unsigned g = 0; ladder && g < ladder->n_grades; g++) {
		const struct term *grade =
			term_find(ruleset->grades, ruleset->n_grades, ladder->grades[g].id);
		const size_t used = strlen(text);
		if (grade && ladder->grades[g].awarded)
			text_format(text + used, sizeof(text) - used, "%s%s", used ? "  " : "",
				    label_of(pane->bench, &grade->title));
	}
	if (text[0])
		draw_fact(pane, tell(pane->bench, "等级", "grades"), INK_TEXT, text);
}

static void draw_origin(struct pane *pane)
{
	const struct ruleset *ruleset = pane->of->ruleset;
	const enum origin weakest = catalogue_weakest(ruleset);
	const bool is_specimen = weakest >= ORIGIN_PROPOSED || ruleset->status == RULESET_DRAFT;
	char text[200];
	text_format(text, sizeof(text), "%s%s%s",
		    weakest == ORIGIN_SOURCED ? tell(pane->bench, "标准原值", "as printed")
					      : label_of(pane->bench, origin_title(weakest)),
		    ruleset->status == RULESET_DRAFT ? tell(pane->bench, "，草案", ", draft") : "",
		    is_specimen ? tell(pane->bench, "，只出样张", ", specimens only") : "");
	draw_fact(pane, tell(pane->bench, "分值", "numbers"), is_specimen ? INK_WARN : INK_TEXT,
		  text);
	const unsigned unset = catalogue_count_unset(ruleset);
	if (unset == 0)
		return;
	text_format(text, sizeof(text), tell(pane->bench, "%u 个数值", "numbers: %u"), unset);
	draw_fact(pane, tell(pane->bench, "未定", "unset"), INK_WARN, text);
}

static void draw_prospect(struct pane *pane, bool is_settled)
{
	const struct board *board = pane->of;
	const struct workbench *bench = pane->bench;
	char head[300];
	text_format(head, sizeof(head), "%s%s%s%s%s", board->ruleset->code,
		    board->park_type ? "  " : "",
		    board->park_type ? label_of(bench, &board->park_type->title) : "",
		    board->stage ? "  " : "",
		    board->stage ? label_of(bench, &board->stage->title) : "");
	draw_cut(pane->canvas, pane->row++, 0, pane->canvas->cols, INK_DIM, head);
	if (!is_settled)
		draw_cut(pane->canvas, pane->row++, 0, pane->canvas->cols, INK_WARN,
			 tell(bench, "类型或阶段未选，先按第一种",
			      "not chosen yet: the first is shown"));
	const int gap = frame_is_tall(bench);
	pane->row += gap;
	const int before = pane->row;
	draw_sections(pane);
	pane->row += pane->row > before ? gap : 0;
	draw_counts(pane);
	draw_line(pane);
	draw_grades(pane);
	draw_origin(pane);
	pane->row += 1 + gap;
}

void new_draw_pane(const struct new_form *form, const struct workbench *bench,
		   const struct canvas *canvas)
{
	struct pane pane = { .bench = bench, .canvas = canvas };
	draw_text(canvas, pane.row++, 0, INK_TITLE, tell(bench, "由此确定", "What follows"));
	for (unsigned i = 0; i < form->n_standards; i++) {
		pane.of = form->standards[i].prospect;
		if (pane.of)
			draw_prospect(&pane, new_is_settled(form, i));
	}
	if (pane.row == 1)
		draw_text(canvas, 2, 0, INK_DIM,
			  tell(bench, "勾选标准，这里说明评什么",
			       "tick a standard to see what is asked"));
	/* what had no room is said to be there */
	if (pane.row - 2 > canvas->rows)
		draw_right(canvas, canvas->rows - 1, canvas->cols, INK_DIM, "..");
}
