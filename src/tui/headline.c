#include "headline.h"

#include <stdio.h>
#include <string.h>

#define MOST_PLACES 4

static int side(struct lt_decimal value, struct lt_decimal limit)
{
	return (value.units > limit.units) - (value.units < limit.units);
}

static bool is_moved(struct lt_decimal value, int places, struct lt_decimal limit)
{
	struct lt_decimal rounded;
	return lt_decimal_round(value, places, LT_HALF_EVEN, &rounded) &&
	       side(rounded, limit) != side(value, limit);
}

/* One place, or as many as keep the figure on its side of every line: 59.96 is not 60.0 beside a
 * line at 60. */
static int places_of(const struct workbench *bench, const struct value *value)
{
	const struct board *board = bench->board;
	const struct result *result = board->rungs[board->own].result;
	int places = 1;
	for (unsigned i = 0; result && i < board->headline.n_lines; i++) {
		const struct value *limit = &result->values[board->headline.lines[i].limit];
		while (value_is_exact(limit) && places < MOST_PLACES &&
		       (is_moved(value->lo, places, limit->lo) ||
			is_moved(value->hi, places, limit->lo)))
			places++;
	}
	return places;
}

const char *headline_figure(const struct workbench *bench, const struct value *value,
			    char buf[FIGURE_TEXT])
{
	const bool is_ratio = bench->board->headline.kind == FIGURE_GRADED;
	return figure_value(value, is_ratio ? -MOST_PLACES : places_of(bench, value), bench->lang,
			    buf);
}

/* ---- the line to reach ---- */

static bool is_reached(const struct result *result, const struct board_line *line)
{
	const struct value *holds = &result->values[line->condition];
	return value_is_exact(holds) && holds->lo.units != 0;
}

static const struct label *grade_title(const struct board *board, const char *id)
{
	const struct term *term = term_find(board->ruleset->grades, board->ruleset->n_grades, id);
	return term ? &term->title : NULL;
}

static void name_line(const struct workbench *bench, const struct board_line *line, char *out)
{
	const struct board *board = bench->board;
	const struct label *grade = grade_title(board, line->grade);
	const bool is_ceiling = line->is == IS_LE || line->is == IS_LT;
	if (board->headline.n_lines > 1 && grade)
		text_format(out, FIGURE_TEXT, "%s", label_of(bench, grade));
	else if (is_ceiling)
		snprintf(out, FIGURE_TEXT, "%s", tell(bench, "不超过", "at most"));
	else
		snprintf(out, FIGURE_TEXT, "%s", tell(bench, "及格", "line"));
}

void headline_line(const struct workbench *bench, const struct board_rung *rung,
		   struct headline_line *out)
{
	const struct board_headline *headline = &bench->board->headline;
	unsigned at = 0;
	*out = (struct headline_line){ .is_known = false };
	if (!rung->result || headline->n_lines == 0)
		return;
	while (at + 1 < headline->n_lines && is_reached(rung->result, &headline->lines[at]))
		at++;
	const struct value *limit = &rung->result->values[headline->lines[at].limit];
	out->is_known = value_is_exact(limit);
	out->limit = limit->lo;
	name_line(bench, &headline->lines[at], out->title);
}

struct bar headline_bar(const struct workbench *bench, const struct value *figure,
			const struct headline_line *line)
{
	return (struct bar){ .low = figure->lo,
			     .high = figure->hi,
			     .full = bench->board->headline.full,
			     .high_unbounded = figure->hi_unbounded,
			     .line = line->is_known ? &line->limit : NULL,
			     .got = INK_ACCENT };
}

/* ---- grade ---- */

const char *headline_grade(const struct workbench *bench, const struct board_grade *grade,
			   enum ink *ink, char buf[FIGURE_TEXT])
{
	*ink = INK_TEXT;
	if (grade->view.certain && grade->title)
		*ink = INK_OK;
	else if (grade->title)
		*ink = INK_VETO;
	if (grade->title)
		text_format(buf, FIGURE_TEXT, "%s", label_of(bench, grade->title));
	else if (grade->ladder && grade->possible)
		text_format(buf, FIGURE_TEXT, tell(bench, "未定，最高 %s", "open, at most %s"),
			    label_of(bench, grade->possible));
	else
		text_format(buf, FIGURE_TEXT, "-");
	return buf;
}
