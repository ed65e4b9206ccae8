/* Rows of one item: measured values, tiers, verdicts, rungs, evidence, words, history. */
#include <stdio.h>
#include <string.h>
#include "figure.h"
#include "lingtan/app/cycle.h"
#include "walk.h"

static const struct board_item *item_of(const struct pen *pen)
{
	return &pen->walk->bench->board->items[pen->walk->item];
}

static int values_end(const struct pen *pen)
{
	return pen->canvas->cols - 2;
}

/* ---- numbers that are typed ---- */

#define MOST_DIGITS 16 /* columns of a cell */

/* The cell that is being typed in, or would be: filled, with the cursor behind the digits. */
static int draw_cell(struct pen *pen, int col, int width, bool has_focus, const char *saved)
{
	struct walk *walk = pen->walk;
	const bool typing = has_focus && walk->is_typing;
	const char *text = typing ? walk->typed : saved;
	/* typed is ASCII; of what is longer than any number its end is seen, and room is left to say so */
	const bool is_cut = typing && strlen(text) > MOST_DIGITS;
	if (is_cut)
		text += strlen(text) - (MOST_DIGITS - 1);
	const int cols = text_columns(text) + is_cut;
	if (cols > width)
		width = cols;
	draw_fill(pen->canvas, pen->row, col, width + 2, INK_TEXT, " ");
	const int from = col + 1 + width - cols;
	if (is_cut)
		draw_text(pen->canvas, pen->row, from, INK_FAINT, "‹");
	draw_text(pen->canvas, pen->row, from + is_cut,
		  typing && walk->typed_wrong ? INK_WARN : INK_TITLE, text);
	draw_ground(pen->canvas, pen->row, col, width + 2, has_focus ? GROUND_INPUT : GROUND_FIELD);
	if (has_focus)
		draw_cursor(pen->canvas, pen->row, col + 1 + width);
	return col + width + 2;
}

static bool cell_has_focus(const struct walk *walk, unsigned cell)
{
	const enum item_form form = walk->bench->board->items[walk->item].plan->decl->form;
	return walk->zone == ZONE_ANSWER && walk->cell == cell &&
	       (form == FORM_POINTS || form == FORM_MEASURED);
}

static unsigned cell_of_quantity(const struct walk *walk, unsigned quantity)
{
	for (unsigned i = 0; i < walk->n_cells; i++)
		if (!walk->cells[i].is_points && walk->cells[i].quantity == quantity)
			return i;
	return walk->n_cells;
}

/* ---- what was measured ---- */

static bool own_is_na(const struct walk *walk)
{
	const struct answer *answer = walk->detail.answers[walk->bench->board->own].answer;
	return answer && answer->state == ANSWER_NA;
}

/* A figure that decides an item which may be not applicable says by which key. */
static bool says_how_na(const struct walk *walk, const struct board_quantity *quantity)
{
	const struct item *decl = walk->bench->board->items[walk->item].plan->decl;
	return decl->form == FORM_MEASURED && decl->na.n > 0 && quantity->n_lines == 0;
}

static void draw_quantity(struct pen *pen, unsigned number)
{
	struct walk *walk = pen->walk;
	const struct workbench *bench = walk->bench;
	const struct board_quantity *quantity = &walk->detail.quantities[number];
	const unsigned cell = cell_of_quantity(walk, number);
	char value[FIGURE_TEXT], unit[FIGURE_TEXT], counted[40];
	const char *lines = "";
	const int end = values_end(pen), width = 12;
	const int title_cols = pen->is_narrow ? 18 : 22;
	draw_cut(pen->canvas, pen->row, pen->indent, title_cols, INK_TEXT,
		 label_of(bench, quantity->title));
	int col = pen->indent + title_cols;
	figure_value(&quantity->value, -4, bench->lang, value);
	const char *shown = quantity->value.state == VALUE_NUMBER &&
					    !value_is_exact(&quantity->value)
				    ? tell(bench, "未填", "not set")
				    : value[0] ? value : "-";
	if (quantity->value.state == VALUE_NONE)
		shown = "-";
	if (quantity->value.state == VALUE_NA)
		shown = tell(bench, "不适用", "n/a");
	if (cell < walk->n_cells && cell_has_focus(walk, cell))
		col = draw_cell(pen, col - 1, width - 1, true,
				value_is_exact(&quantity->value) ? value : "");
	else
		col = draw_right(pen->canvas, pen->row, col + width, INK_TITLE, shown) +
		      text_columns(shown);
	if (quantity->unit)
		col = draw_format(pen->canvas, pen->row, col, INK_DIM, " %s",
				  figure_unit(quantity->unit, bench->lang, unit));
	if (quantity->n_lines > 0)
		text_format(counted, sizeof(counted), tell(bench, "台账 %u 行", "%u ledger lines"),
			    quantity->n_lines);
	if (says_how_na(walk, quantity))
		lines = own_is_na(walk) ? tell(bench, "Delete 清空", "Delete empties")
					: tell(bench, "- 不适用", "- for n/a");
	if (quantity->n_lines > 0)
		lines = counted;
	else if (quantity->measure && quantity->measure->source)
		lines = quantity->measure->source;
	if (walk->typed_wrong && cell < walk->n_cells && cell_has_focus(walk, cell))
		draw_cut(pen->canvas, pen->row, col + 2, end - col - 2, INK_WARN,
			 walk->typed_wrong);
	else
		draw_cut(pen->canvas, pen->row, col + 2, end - col - 2, INK_DIM, lines);
	pen->row++;
	pen_draft(pen, cell);
}

static void draw_quantities(struct pen *pen)
{
	const struct board_detail *detail = &pen->walk->detail;
	if (detail->n_quantities == 0)
		return;
	pen_label(pen, "取数", "Data");
	for (unsigned i = 0; i < detail->n_quantities; i++)
		draw_quantity(pen, i);
	pen_gap(pen, CUT_GAPS);
}

/* ---- tiers by quantity ---- */

static void limit_text(const struct pen *pen, unsigned number, char *out, size_t cap)
{
	const struct board_detail *detail = &pen->walk->detail;
	const struct board_tier *tier = &detail->tiers[number];
	char limit[FIGURE_TEXT], unit[FIGURE_TEXT];
	const char *sign = tier->decl->above ? ">" : ">=";
	struct lt_decimal shown = tier->limit;
	/* the lowest begins at nothing: it is what lies below the one before */
	if (number > 0 && (!tier->has_limit || tier->limit.units == 0) &&
	    detail->tiers[number - 1].has_limit) {
		sign = detail->tiers[number - 1].decl->above ? "<=" : "<";
		shown = detail->tiers[number - 1].limit;
	}
	figure_unit(detail->n_quantities ? detail->quantities[0].unit : NULL, pen->walk->bench->lang, unit);
	snprintf(out, cap, "%s%s%s%s", sign, figure_decimal(shown, -6, limit), unit[0] ? " " : "",
		 unit);
}

static void draw_next_tier(struct pen *pen, int col)
{
	const struct board_detail *detail = &pen->walk->detail;
	const struct workbench *bench = pen->walk->bench;
	char distance[FIGURE_TEXT], points[FIGURE_TEXT], unit[FIGURE_TEXT], text[300];
	if (!detail->next_tier.is_known || detail->next_tier.tier >= detail->n_tiers)
		return;
	figure_unit(detail->n_quantities ? detail->quantities[0].unit : NULL, bench->lang, unit);
	snprintf(text, sizeof(text), tell(bench, "差 %s%s%s 得 %s", "%s%s%s more gives %s"),
		 figure_decimal(detail->next_tier.distance, -4, distance), unit[0] ? " " : "",
		 strcmp(unit, "%") == 0 ? tell(bench, "个百分点", "points") : unit,
		 figure_decimal(detail->tiers[detail->next_tier.tier].points, -2, points));
	draw_cut(pen->canvas, pen->row, col, values_end(pen) - col, INK_DIM, text);
}

static int limit_columns(const struct pen *pen)
{
	char limit[200];
	int most = 8;
	for (unsigned i = 0; i < pen->walk->detail.n_tiers; i++) {
		limit_text(pen, i, limit, sizeof(limit));
		const int cols = text_columns(limit);
		most = cols > most ? cols : most;
	}
	return most;
}

static void draw_measured_tiers(struct pen *pen)
{
	const struct board_detail *detail = &pen->walk->detail;
	const struct workbench *bench = pen->walk->bench;
	const int cols = limit_columns(pen);
	char limit[200], points[FIGURE_TEXT];
	pen_label(pen, "分档", "Tiers");
	for (unsigned i = 0; i < detail->n_tiers; i++) {
		const struct board_tier *tier = &detail->tiers[i];
		const enum ink ink = tier->is_reached ? INK_ACCENT : INK_TEXT;
		limit_text(pen, i, limit, sizeof(limit));
		if (tier->is_reached)
			draw_text(pen->canvas, pen->row, pen->indent, INK_ACCENT, "›");
		draw_format(pen->canvas, pen->row, pen->indent + 1, INK_DIM, "%u", i + 1);
		draw_right(pen->canvas, pen->row, pen->indent + 4 + cols, ink, limit);
		int col = pen->indent + 4 + cols + 3;
		figure_decimal(tier->points, -2, points);
		col += 5;
		draw_right(pen->canvas, pen->row, col, ink, points);
		col = draw_text(pen->canvas, pen->row, col + 1, INK_DIM, tell(bench, "分", "pt")) + 3;
		if (tier->is_reached)
			draw_next_tier(pen, col);
		pen->row++;
	}
}

/* All on one line, where rows are few: 1 >=30 15  [2 >=20 10]  3 ... */
static void draw_tiers_in_line(struct pen *pen)
{
	const struct board_detail *detail = &pen->walk->detail;
	char limit[200], points[FIGURE_TEXT], text[400];
	int col = pen->indent;
	pen_label(pen, "分档", "Tiers");
	for (unsigned i = 0; i < detail->n_tiers; i++) {
		const struct board_tier *tier = &detail->tiers[i];
		limit_text(pen, i, limit, sizeof(limit));
		/* without the unit: it stands beside the measured value */
		limit[strcspn(limit, " ")] = '\0';
		snprintf(text, sizeof(text), tier->is_reached ? "[%u %s %s]" : "%u %s %s", i + 1,
			 limit, figure_decimal(tier->points, -2, points));
		if (col + text_columns(text) > values_end(pen)) {
			draw_text(pen->canvas, pen->row, col, INK_DIM, "..");
			break;
		}
		col = draw_text(pen->canvas, pen->row, col,
				tier->is_reached ? INK_ACCENT : INK_TEXT, text) +
		      2;
	}
	pen->row++;
}

/* ---- choices ---- */

static void draw_choice(struct pen *pen, int *col, unsigned number)
{
	const struct walk *walk = pen->walk;
	const struct walk_choice *choice = &walk->choices[number];
	const bool here = walk->zone == ZONE_ANSWER && walk->choice == number;
	char text[400], title[380];
	/* the closing bracket is the mark where there is no colour: the title yields */
	cluster_cut(choice->title, strlen(choice->title), values_end(pen) - pen->indent - 4, title,
		    sizeof(title));
	text_format(text, sizeof(text), choice->is_chosen ? "[%u %s]" : " %u %s ", number + 1,
		    title);
	const int cols = text_columns(text);
	if (*col > pen->indent && *col + cols > values_end(pen)) {
		pen->row++;
		*col = pen->indent - 1;
	}
	enum ink ink = choice->is_dim ? INK_FAINT : choice->is_chosen ? INK_TITLE : INK_TEXT;
	enum ground ground = GROUND_NONE;
	if (choice->is_chosen) {
		ground = choice->is_veto ? GROUND_VETO_CHIP : GROUND_CHIP;
		ink = choice->is_veto ? INK_VETO : ink;
	}
	const int from = *col;
	*col = draw_cut(pen->canvas, pen->row, *col, values_end(pen) - *col, ink, text);
	if (here && ground != GROUND_VETO_CHIP)
		ground = GROUND_SELECTION;
	if (ground != GROUND_NONE)
		draw_ground(pen->canvas, pen->row, from, *col - from, ground);
	if (here)
		draw_cursor(pen->canvas, pen->row, from + 1);
	*col += 1;
}

/* One below the other where their titles are long: check points, tiers by hand. */
static void draw_choice_rows(struct pen *pen)
{
	const struct walk *walk = pen->walk;
	const bool is_list = item_of(pen)->plan->decl->form == FORM_CHECKLIST;
	for (unsigned i = 0; i + 2 < walk->n_choices; i++) {
		const struct walk_choice *choice = &walk->choices[i];
		const bool here = walk->zone == ZONE_ANSWER && walk->choice == i;
		if (!is_list && choice->is_chosen)
			draw_text(pen->canvas, pen->row, pen->indent, INK_ACCENT, "›");
		draw_format(pen->canvas, pen->row, pen->indent + 1, INK_DIM, "%u", i + 1);
		int col = pen->indent + 4;
		if (is_list)
			col = draw_text(pen->canvas, pen->row, col, INK_TEXT,
					choice->is_chosen ? "[x] " : "[ ] ");
		char points[FIGURE_TEXT] = "";
		if (!is_list && i < walk->detail.n_tiers)
			figure_decimal(walk->detail.tiers[i].points, -2, points);
		else if (is_list && item_of(pen)->is_scored)
			figure_decimal(item_of(pen)->plan->check_points[i], -2, points);
		const int end = points[0] ? draw_right(pen->canvas, pen->row, values_end(pen),
						       INK_TEXT, points) - 2
					  : values_end(pen);
		draw_cut(pen->canvas, pen->row, col, end - col,
			 choice->is_chosen ? INK_ACCENT : INK_TEXT, choice->title);
		if (here) {
			draw_ground(pen->canvas, pen->row, pen->indent,
				    values_end(pen) - pen->indent, GROUND_SELECTION);
			draw_cursor(pen->canvas, pen->row, pen->indent + 1);
		}
		pen->row++;
	}
}

static void draw_choices_from(struct pen *pen, unsigned first)
{
	int col = pen->indent - 1;
	for (unsigned i = first; i < pen->walk->n_choices; i++)
		draw_choice(pen, &col, i);
	pen->row++;
}

static void draw_points_cell(struct pen *pen)
{
	struct walk *walk = pen->walk;
	const struct workbench *bench = walk->bench;
	const struct answer *answer = walk->detail.answers[bench->board->own].answer;
	char saved[FIGURE_TEXT] = "", full[FIGURE_TEXT];
	if (answer && answer->state == ANSWER_POINTS)
		figure_decimal(answer->points, -4, saved);
	pen_label(pen, "得分", "Points");
	int col = draw_cell(pen, pen->indent, 8, cell_has_focus(walk, walk->n_cells - 1), saved);
	col = draw_format(pen->canvas, pen->row, col, INK_DIM, " / %s",
			  figure_decimal(item_of(pen)->plan->points, -4, full)) +
	      3;
	if (walk->typed_wrong && walk->cells[walk->cell].is_points)
		draw_cut(pen->canvas, pen->row, col, values_end(pen) - col, INK_WARN,
			 walk->typed_wrong);
	else if (answer && answer->state == ANSWER_NA)
		draw_text(pen->canvas, pen->row, col, INK_TITLE, tell(bench, "不适用", "n/a"));
	else if (!walk_offered(walk)) /* else Delete drops what is offered */
		draw_cut(pen->canvas, pen->row, col, values_end(pen) - col, INK_FAINT,
			 item_of(pen)->plan->decl->na.n
				 ? tell(bench, "- 不适用  Delete 清空", "- for n/a, Delete empties")
				 : tell(bench, "Delete 清空", "Delete empties"));
	pen->row++;
	pen_draft(pen, walk->n_cells - 1);
}

/* ---- what it would move ---- */

static void draw_refused(struct pen *pen)
{
	const struct workbench *bench = pen->walk->bench;
	const struct board_answer *own = &pen->walk->detail.answers[bench->board->own];
	if (own->refused[bench->lang])
		pen_text(pen, INK_WARN, own->refused[bench->lang], 2);
}

static const char *grade_word(const struct workbench *bench, const struct board_grade *grade)
{
	if (grade->is_withheld)
		return tell(bench, "暂不评级", "no grade");
	if (grade->title)
		return label_of(bench, grade->title);
	return "";
}

/* Whether two grades would be read as the same. */
static bool same_grade(const struct board_grade *a, const struct board_grade *b)
{
	return a->is_withheld == b->is_withheld && a->title == b->title;
}

static int draw_outcome(struct pen *pen, int col, const char *word, bool says_grade,
			const struct board_consequence *outcome)
{
	const struct workbench *bench = pen->walk->bench;
	char figure[FIGURE_TEXT];
	col = draw_format(pen->canvas, pen->row, col, INK_DIM, "%s ", word);
	col = draw_text(pen->canvas, pen->row, col, INK_TEXT,
			figure_value(&outcome->figure, 1, bench->lang, figure)) +
	      1;
	if (says_grade)
		col = draw_cut(pen->canvas, pen->row, col, values_end(pen) - col,
			       outcome->grade.is_withheld ? INK_VETO : INK_DIM,
			       grade_word(bench, &outcome->grade)) +
		      1;
	return col + (pen->canvas->cols < 60 ? 1 : 2);
}

static int outcome_columns(const struct pen *pen, const char *word, bool says_grade,
			   const struct board_consequence *outcome)
{
	const struct workbench *bench = pen->walk->bench;
	char figure[FIGURE_TEXT];
	return text_columns(word) + 1 +
	       text_columns(figure_value(&outcome->figure, 1, bench->lang, figure)) +
	       (says_grade ? 1 + text_columns(grade_word(bench, &outcome->grade)) : 0);
}

/* Before anyone asks: the total and the grade with this item alone answered otherwise. */
static void draw_consequence(struct pen *pen)
{
	const struct workbench *bench = pen->walk->bench;
	const struct board_detail *detail = &pen->walk->detail;
	if (!detail->if_failed.is_known || !detail->if_full.is_known || pen->thrift >= CUT_CHECK)
		return;
	const bool is_scored = item_of(pen)->is_scored;
	const bool says_grade = !same_grade(&detail->if_failed.grade, &detail->if_full.grade);
	if (bench->hides_score || bench->board->headline.kind == FIGURE_NONE) {
		if (detail->if_failed.grade.is_withheld && !detail->if_full.grade.is_withheld)
			draw_text(pen->canvas, pen->row++, pen->indent, INK_DIM,
				  tell(bench, "不符合则暂不评级，整改后再评",
				       "not met means no grade until it is mended"));
		return;
	}
	if (!says_grade && value_equals(&detail->if_failed.figure, &detail->if_full.figure))
		return;
	const int col = draw_outcome(pen, pen->indent,
				     is_scored ? tell(bench, "得满分", "all points")
					       : tell(bench, "符合则", "met"),
				     says_grade, &detail->if_full);
	const char *failed =
		is_scored ? tell(bench, "不得分", "none") : tell(bench, "不符合则", "not met");
	/* in a row of its own where it would be cut and there are rows */
	const bool fits = col + outcome_columns(pen, failed, says_grade, &detail->if_failed) <=
			  values_end(pen);
	const bool is_under = !fits && pen->thrift < CUT_CHECK_LINE;
	pen->row += is_under;
	draw_outcome(pen, is_under ? pen->indent : col, failed, says_grade, &detail->if_failed);
	pen->row++;
}

int walk_draw_answer(struct pen *pen)
{
	struct walk *walk = pen->walk;
	const int before = pen->row;
	const enum item_form form = item_of(pen)->plan->decl->form;
	if (!walk->has_detail)
		return 0;
	draw_quantities(pen);
	if (form == FORM_MEASURED && walk->detail.n_tiers > 0) {
		if (pen->is_narrow || pen->thrift >= CUT_TIERS)
			draw_tiers_in_line(pen);
		else
			draw_measured_tiers(pen);
	}
	if (form == FORM_POINTS) {
		draw_points_cell(pen);
	} else if (form == FORM_TIERS || form == FORM_CHECKLIST) {
		pen_label(pen, form == FORM_TIERS ? "分档" : "核查",
			  form == FORM_TIERS ? "Tiers" : "Points");
		draw_choice_rows(pen);
		draw_choices_from(pen, walk->n_choices - 2);
	} else if (form != FORM_MEASURED ||
		   (walk->n_cells == 0 && item_of(pen)->plan->decl->na.n > 0)) {
		pen_label(pen, "结论", "Verdict");
		draw_choices_from(pen, 0);
	}
	draw_refused(pen);
	draw_consequence(pen);
	return pen->row - before;
}

/* ---- rungs ---- */

static const char *first_words(const struct pen *pen, const struct board_answer *answer)
{
	const struct workbench *bench = pen->walk->bench;
	if (answer->answer && answer->answer->state == ANSWER_NA) {
		if (answer->answer->reason_text)
			return answer->answer->reason_text;
		const struct na_reason *reason =
			answer->answer->reason
				? ruleset_find_na_reason(bench->board->ruleset,
							 answer->answer->reason)
				: NULL;
		if (reason)
			return label_of(bench, &reason->title);
	}
	return answer->remark ? answer->remark : "";
}

static const char *verdict_of(const struct pen *pen, enum rung rung, char buf[FIGURE_TEXT])
{
	const struct workbench *bench = pen->walk->bench;
	const struct board_rung *on = &bench->board->rungs[rung];
	const struct board_answer *answer = &pen->walk->detail.answers[rung];
	if (!on->is_computed || !on->items)
		return "-";
	const struct board_mark *mark = &on->items[pen->walk->item];
	if (bench->hides_score && item_of(pen)->is_scored && rung != bench->board->own &&
	    answer->is_given)
		return tell(bench, "已评", "done");
	return figure_verdict(item_of(pen), mark, bench->lang, buf);
}

/* A verdict in the colour of what it means; numbers have none. */
static enum ink verdict_ink(const struct pen *pen, enum rung rung)
{
	const struct workbench *bench = pen->walk->bench;
	const struct board_rung *on = &bench->board->rungs[rung];
	const bool own = rung == bench->board->own;
	if (!on->is_computed || !on->items)
		return INK_DIM;
	const struct board_mark *mark = &on->items[pen->walk->item];
	if (!mark->is_answered)
		return own ? INK_TITLE : INK_DIM;
	if (!item_of(pen)->is_scored && value_is_exact(&mark->value))
		return mark->value.lo.units != 0 ? INK_OK : INK_VETO;
	return own ? INK_TITLE : INK_TEXT;
}

static void draw_rungs_in_line(struct pen *pen)
{
	const struct workbench *bench = pen->walk->bench;
	char verdict[FIGURE_TEXT];
	int col = pen->indent;
	pen_label(pen, "层级", "Rungs");
	for (unsigned i = 0; i < N_RUNGS; i++) {
		const bool own = i == bench->board->own;
		const char *title = label_of(bench, &rung_titles[i]);
		const char *said = verdict_of(pen, (enum rung)i, verdict);
		/* whole or not at all */
		if (col + text_columns(title) + 1 + text_columns(said) > pen->canvas->cols)
			break;
		col = draw_text(pen->canvas, pen->row, col, INK_DIM, title) + 1;
		col = draw_text(pen->canvas, pen->row, col, own ? INK_TITLE : INK_TEXT, said) + 3;
	}
	pen->row++;
}

struct rung_columns {
	int verdict, words, who, when; /* where they begin */
};

/* Names as wide as the longest of them, within bounds. */
static struct rung_columns rung_columns(const struct pen *pen)
{
	const bool zh = pen->walk->bench->lang == LT_ZH;
	int names = 4;
	for (unsigned i = 0; i < N_RUNGS; i++) {
		const char *by = pen->walk->detail.answers[i].writer.by;
		const int cols = by ? text_columns(by) : 0;
		names = cols > names ? cols : names;
	}
	names = names > 10 ? 10 : names;
	const int when = values_end(pen) - 11;
	return (struct rung_columns){ zh ? 6 : 11, zh ? 14 : 19, when - names - 1, when };
}

static void draw_rung_row(struct pen *pen, const struct rung_columns *columns, enum rung rung)
{
	const struct workbench *bench = pen->walk->bench;
	const struct board_answer *answer = &pen->walk->detail.answers[rung];
	const bool own = rung == bench->board->own;
	char verdict[FIGURE_TEXT], at[FIGURE_TEXT];
	draw_text(pen->canvas, pen->row, 0, own ? INK_TITLE : INK_DIM,
		  label_of(bench, &rung_titles[rung]));
	const char *said = verdict_of(pen, rung, verdict);
	const enum ink ink = verdict_ink(pen, rung);
	if (item_of(pen)->is_scored && text_columns(said) < 4)
		draw_right(pen->canvas, pen->row, columns->verdict + 4, ink, said);
	else
		draw_cut(pen->canvas, pen->row, columns->verdict, 7, ink, said);
	draw_cut(pen->canvas, pen->row, columns->words, columns->who - columns->words - 1,
		 INK_TEXT, first_words(pen, answer));
	if (answer->is_given) {
		draw_cut(pen->canvas, pen->row, columns->who, columns->when - columns->who - 1,
			 INK_TEXT, answer->writer.by ? answer->writer.by : "");
		draw_cut(pen->canvas, pen->row, columns->when, 11, INK_DIM,
			 figure_time(answer->writer.at, bench->lang, at));
	}
	pen->row++;
}

/* "points 6" as people say it; what it was worth then is the profile's of then. */
static const char *last_verdict(const struct workbench *bench, const struct cycle_hint *last)
{
	static const struct {
		const char *result;
		struct label title;
	} words[] = {
		{ "met", { "符合", "met" } },	{ "not-met", { "不符合", "not met" } },
		{ "yes", { "是", "yes" } },	{ "no", { "否", "no" } },
		{ "na", { "不适用", "n/a" } },	{ "points", { "得分", "points" } },
		{ "tier", { "档", "tier" } },	{ "checks", { "核查", "checks" } },
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].result, last->result) == 0)
			return label_of(bench, &words[i].title);
	return last->result;
}

/* What the assessment before said: a hint, dim, never an answer. */
static void draw_last(struct pen *pen)
{
	const struct workbench *bench = pen->walk->bench;
	const struct cycle_hint *last = pen->walk->detail.last;
	char at[FIGURE_TEXT], text[400];
	if (!last)
		return;
	pen_label(pen, "上次", "Before");
	if (last->rung == N_RUNGS)
		text_format(text, sizeof(text), "%s", tell(bench, "无结论", "no verdict"));
	else
		text_format(text, sizeof(text), "%s %s%s%s  %s %s", label_of(bench, &rung_titles[last->rung]),
			    last_verdict(bench, last), last->value[0] ? " " : "", last->value,
			    last->by, figure_time(last->at, bench->lang, at));
	int col = pen->indent;
	if (last->is_must)
		col = draw_text(pen->canvas, pen->row, col, INK_WARN,
				tell(bench, "! 必查", "! obligatory")) + 2;
	if (last->is_changed)
		col = draw_text(pen->canvas, pen->row, col, INK_WARN,
				tell(bench, "! 条文已变", "! clause changed")) + 2;
	col = draw_cut(pen->canvas, pen->row, col, values_end(pen) - col, INK_DIM, text) + 2;
	if (last->n_findings && col < values_end(pen) - 8)
		draw_format(pen->canvas, pen->row, col, INK_DIM, tell(bench, "发现 %u", "findings %u"),
			    last->n_findings);
	pen->row++;
}

/* Who owes it, and until when. */
static void draw_owner(struct pen *pen)
{
	const struct workbench *bench = pen->walk->bench;
	const struct board_item *item = item_of(pen);
	if (!item->owner || pen->thrift >= CUT_CHECK)
		return;
	pen_label(pen, "责任", "Owner");
	int col = draw_cut(pen->canvas, pen->row, pen->indent, 30, INK_TEXT, item->owner) + 2;
	if (item->due)
		draw_format(pen->canvas, pen->row, col, INK_DIM, tell(bench, "期限 %s", "due %s"),
			    item->due);
	pen->row++;
}

void walk_draw_rungs(struct pen *pen)
{
	const struct workbench *bench = pen->walk->bench;
	if (!pen->walk->has_detail)
		return;
	draw_owner(pen);
	draw_last(pen);
	if (pen->is_narrow || pen->thrift >= CUT_RUNGS) {
		draw_rungs_in_line(pen);
		return;
	}
	const struct rung_columns columns = rung_columns(pen);
	pen_label(pen, "层级", "Rungs");
	draw_text(pen->canvas, pen->row, columns.verdict, INK_DIM,
		  item_of(pen)->is_scored ? tell(bench, "得分", "points")
					  : tell(bench, "结论", "verdict"));
	draw_text(pen->canvas, pen->row, columns.words, INK_DIM, tell(bench, "理由", "reason"));
	draw_text(pen->canvas, pen->row, columns.who, INK_DIM, tell(bench, "人员", "who"));
	draw_text(pen->canvas, pen->row, columns.when, INK_DIM, tell(bench, "时间", "when"));
	pen->row++;
	for (unsigned i = 0; i < N_RUNGS; i++)
		draw_rung_row(pen, &columns, (enum rung)i);
}

/* ---- evidence ---- */

static void draw_tie(struct pen *pen, unsigned number)
{
	const struct walk *walk = pen->walk;
	const struct board_tie *tie = &walk->detail.ties[number];
	const bool here = walk->zone == ZONE_EVIDENCE && walk->evidence.at == number;
	const int end = values_end(pen), name = pen->is_narrow ? 22 : 25;
	char at[FIGURE_TEXT], place[300], cut[200];
	draw_format(pen->canvas, pen->row, pen->indent, INK_ACCENT, "%u", number + 1);
	cut[cluster_cut_middle(tie->name, strlen(tie->name), name, cut, sizeof(cut) - 1)] = '\0';
	draw_text(pen->canvas, pen->row, pen->indent + 2, tie->is_purged ? INK_FAINT : INK_TEXT,
		  cut);
	const int when = pen->is_narrow ? end : end - 11;
	text_format(place, sizeof(place), "%s%s%s%s%s", tie->locator ? tie->locator : "",
		    tie->page && tie->page[0] ? "  " : "", tie->page ? tie->page : "",
		    tie->table && tie->table[0] ? "  " : "", tie->table ? tie->table : "");
	const int col = pen->indent + 2 + name + 2;
	draw_cut(pen->canvas, pen->row, col, when - col - 1, tie->is_vague ? INK_WARN : INK_TEXT,
		 place[0] ? place : tell(walk->bench, "! 无定位", "! no place"));
	if (when < end)
		draw_cut(pen->canvas, pen->row, when, end - when, INK_DIM,
			 figure_time(tie->writer.at, walk->bench->lang, at));
	if (here) {
		draw_ground(pen->canvas, pen->row, pen->indent - 1, end - pen->indent + 2,
			    GROUND_SELECTION);
		draw_cursor(pen->canvas, pen->row, pen->indent);
	}
	pen->row++;
}

void walk_draw_evidence(struct pen *pen)
{
	struct walk *walk = pen->walk;
	const struct workbench *bench = walk->bench;
	const unsigned n = walk->detail.n_ties;
	const unsigned most = pen->thrift >= CUT_EVIDENCE ? 2 : 4;
	pen_label(pen, "佐证", "Proof");
	if (n == 0) {
		const struct board_mark *mark = board_mark(bench->board, walk->item);
		const bool missing = mark->state == STATE_UNPROVEN;
		draw_cut(pen->canvas, pen->row, pen->indent, values_end(pen) - pen->indent,
			 missing ? INK_WARN : INK_FAINT,
			 missing ? tell(bench, "! 缺佐证，F2 挂", "! missing, F2 attaches")
				 : tell(bench, "未挂，F2 挂", "none, F2 attaches"));
		if (walk->zone == ZONE_EVIDENCE)
			draw_cursor(pen->canvas, pen->row, pen->indent);
		pen->row++;
		return;
	}
	list_fit(&walk->evidence, n, (int)(n < most ? n : most));
	for (unsigned i = walk->evidence.first; i < list_end(&walk->evidence); i++)
		draw_tie(pen, i);
	if (n > most)
		draw_format(pen->canvas, pen->row - 1, values_end(pen) - 8, INK_DIM,
			    tell(bench, "共 %u 份", "of %u"), n);
}

/* ---- words, history ---- */

void walk_draw_words(struct pen *pen)
{
	const struct walk *walk = pen->walk;
	const struct workbench *bench = walk->bench;
	const struct board_answer *own = &walk->detail.answers[bench->board->own];
	const int from = pen->row;
	pen_label(pen, "意见", "Words");
	if (own->remark && own->remark[0])
		pen_text(pen, INK_TEXT, own->remark, pen->thrift >= CUT_WORDS ? 1 : 3);
	else
		draw_text(pen->canvas, pen->row++, pen->indent, INK_FAINT,
			  tell(bench, "F4 写", "F4 writes"));
	if (walk->zone == ZONE_WORDS) {
		draw_ground(pen->canvas, from, pen->indent - 1, values_end(pen) - pen->indent + 2,
			    GROUND_SELECTION);
		draw_cursor(pen->canvas, from, pen->indent);
	}
}

/* The value that a change of a verdict or a quantity brought: the number, else the word. */
static const char *event_value(const struct workbench *bench, const struct words *value)
{
	static const struct {
		const char *word;
		struct label title;
	} words[] = {
		{ "met", { "符合", "met" } },	     { "not-met", { "不符合", "not met" } },
		{ "yes", { "符合", "yes" } },	     { "no", { "不符合", "no" } },
		{ "na", { "不适用", "n/a" } },	     { "checks", { "核查点", "checks" } },
	};
	if (!value || !value->at || value->n == 0 || !value->at[0] || !value->at[0][0])
		return tell(bench, "未评", "open");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].word, value->at[0]) == 0)
			return label_of(bench, &words[i].title);
	return value->n > 1 && value->at[1] && value->at[1][0] ? value->at[1] : value->at[0];
}

void walk_event_text(const struct workbench *bench, const struct board_event *event, char *out,
		     size_t cap)
{
	const char *rung = event->rung < N_RUNGS ? label_of(bench, &rung_titles[event->rung]) : "";
	const char *group = event->group ? event->group : "", *table = event->table ? event->table : "";
	if (strcmp(group, "verdict") == 0)
		text_format(out, cap, "%s %s", rung, event_value(bench, event->to));
	else if (strcmp(group, "remark") == 0)
		snprintf(out, cap, "%s", event->to && event->to->at ? tell(bench, "写意见", "words")
								    : tell(bench, "删意见", "words out"));
	else if (strcmp(group, "unsupported") == 0)
		snprintf(out, cap, "%s", tell(bench, "无佐证的理由", "why no evidence"));
	else if (strcmp(table, "tie") == 0)
		text_format(out, cap, "%s %s", tell(bench, "佐证", "evidence"),
			 event->name ? event->name : "");
	else if (strcmp(table, "quantity") == 0)
		text_format(out, cap, "%s %s", tell(bench, "取数", "data"),
			 event->to && event->to->at && event->to->at[0] ? event->to->at[0] : "-");
	else
		command_words(bench, event->command ? event->command : "", out, cap);
}

void walk_draw_history(struct pen *pen)
{
	const struct workbench *bench = pen->walk->bench;
	const struct board_detail *detail = &pen->walk->detail;
	char at[FIGURE_TEXT], what[200], text[600];
	if (detail->n_history == 0)
		return;
	const struct board_event *last = &detail->history[0];
	if (last->group && strcmp(last->group, "verdict") == 0)
		text_format(what, sizeof(what), tell(bench, "%s 改为 %s", "%s to %s"),
			    event_value(bench, last->from), event_value(bench, last->to));
	else
		walk_event_text(bench, last, what, sizeof(what));
	const char *by = last->by ? last->by : "", *when = figure_time(last->at, bench->lang, at);
	const int room = values_end(pen) - pen->indent;
	text_format(text, sizeof(text),
		 tell(bench, "%u 次修改  上次 %s %s  %s", "%u changes  last %s %s  %s"),
		 detail->n_events, by, when, what);
	/* what it was changed to is told before how the rest is called */
	if (text_columns(text) > room)
		text_format(text, sizeof(text), tell(bench, "%u 次  %s %s  %s", "%u: %s %s  %s"),
			    detail->n_events, by, when, what);
	pen_label(pen, "历史", "Log");
	draw_cut(pen->canvas, pen->row++, pen->indent, room, INK_DIM, text);
}
