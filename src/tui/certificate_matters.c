#include "certificate_matters.h"

#include <string.h>
#include "figure.h"
#include "wrap.h"

#define WORD_COLS 8   /* "须确认", "confirm" */
#define WHERE_COLS 12 /* "10.2.4 等" */
#define SENTENCE_ROWS 3
#define SUM_BAR 24
#define MET_ROWS 4 /* enough to see that they were looked at */

/* ---- gathering ---- */

static bool is_done(const struct cert_matter *matter)
{
	return matter->severity == READY_WARNING && matter->n_ticked == matter->n;
}

static void take(struct cert_matters *out, const struct ready_finding *finding)
{
	unsigned i = 0;
	while (i < out->n && out->rows[i].check != finding->check)
		i++;
	struct cert_matter *row = &out->rows[i];
	if (i == out->n) {
		*row = (struct cert_matter){ .check = finding->check,
					     .severity = finding->check->severity };
		out->n++;
	}
	/* the first that nobody answered for is the one to go to */
	if (!row->first || (row->first->ticked_by && !finding->ticked_by)) {
		row->first = finding;
		memcpy(row->text, finding->text, sizeof(row->text));
	}
	row->n++;
	row->n_ticked += finding->ticked_by != NULL;
}

static void count(struct cert_matters *out)
{
	unsigned n_found = 0;
	for (unsigned i = 0; i < out->n; i++) {
		const struct cert_matter *row = &out->rows[i];
		out->n_block += row->severity == READY_ERROR;
		out->n_confirm += row->severity == READY_WARNING && !is_done(row);
		n_found += row->severity != READY_NOTE && !is_done(row);
	}
	for (unsigned i = 0; i < out->checks->n_checks; i++)
		out->n_met += out->checks->checks[i].severity != READY_NOTE;
	out->n_met += 1 - n_found; /* the decision is one more */
}

bool cert_matters_gather(const struct ready *ready, const struct certificate_case *of,
			 struct lt_arena *arena, struct cert_matters *out)
{
	const unsigned n_more = of->n_blockers - of->n_of_ready;
	unsigned i = 0;
	*out = (struct cert_matters){ .checks = ready->checks, .ready = ready };
	out->rows = lt_arena_alloc(arena, ready->n_findings + n_more + 1, sizeof(*out->rows));
	if (!out->rows)
		return false;
	while (i < ready->n_findings && ready->findings[i].check->severity == READY_ERROR)
		take(out, &ready->findings[i++]);
	for (unsigned b = of->n_of_ready; b < of->n_blockers; b++)
		out->rows[out->n++] = (struct cert_matter){
			.text = { of->blockers[LT_ZH][b], of->blockers[LT_EN][b] },
			.n = 1,
			.severity = READY_ERROR
		};
	while (i < ready->n_findings)
		take(out, &ready->findings[i++]);
	count(out);
	return true;
}

/* ---- drawing ---- */

static const struct label decision_title = { .zh = "没有认定决定", .en = "no decision" };

static const struct {
	const char *mark;
	enum ink ink;
	struct label word;
} severities[N_READY_SEVERITIES] = {
	[READY_ERROR] = { "✗", INK_VETO, { .zh = "阻止", .en = "blocks" } },
	[READY_WARNING] = { "!", INK_WARN, { .zh = "须确认", .en = "confirm" } },
	[READY_NOTE] = { "-", INK_DIM, { .zh = "提示", .en = "note" } },
};

/* Which thing it is, where that is a name that people know it by. */
static void say_where(const struct workbench *bench, const struct cert_matter *matter, char *out,
		      size_t cap)
{
	out[0] = '\0';
	/* the id of an item that has no number says nothing to a person */
	if (!matter->check || (matter->check->jump == JUMP_ITEM && !shown_id(matter->first->what)[0]))
		return;
	switch (matter->check->jump) {
	case JUMP_ITEM:
	case JUMP_FINDING:
	case JUMP_LINE:
	case JUMP_METER:
		text_format(out, cap, matter->n > 1 ? tell(bench, "%s 等", "%s ..") : "%s",
			    matter->first->what);
		break;
	default:
		break;
	}
}

static void draw_matter(const struct workbench *bench, const struct canvas *canvas, int row,
			const struct cert_matter *matter)
{
	char title[200], where[60];
	const bool done = is_done(matter);
	const enum ink ink = done ? INK_OK : severities[matter->severity].ink;
	const int word = canvas->cols - 1 - WORD_COLS, at = word - WHERE_COLS - 1;
	const char *name =
		label_of(bench, matter->check ? &matter->check->title : &decision_title);
	text_format(title, sizeof(title), matter->n > 1 ? tell(bench, "%s %u 项", "%s (%u)") : "%s",
		    name, matter->n);
	say_where(bench, matter, where, sizeof(where));
	draw_text(canvas, row, 3, ink, done ? "✓" : severities[matter->severity].mark);
	draw_cut(canvas, row, 5, at - 6, INK_TEXT, title);
	draw_cut(canvas, row, at, WHERE_COLS, INK_DIM, where);
	draw_right(canvas, row, canvas->cols - 1, ink,
		   done ? tell(bench, "已确认", "done")
			: label_of(bench, &severities[matter->severity].word));
}

/* What was looked at and is as it must be; the rest is a number. */
static void draw_met(const struct workbench *bench, const struct cert_matters *matters,
		     const struct canvas *canvas, int row, int end)
{
	unsigned n = 0, shown = 0;
	for (unsigned c = 0; c < matters->checks->n_checks; c++) {
		const struct ready_check *check = &matters->checks->checks[c];
		bool is_met = check->severity != READY_NOTE;
		for (unsigned i = 0; i < matters->n && is_met; i++)
			is_met = matters->rows[i].check != check;
		if (!is_met)
			continue;
		if (shown < MET_ROWS && row + (int)shown < end - 1) {
			draw_text(canvas, row + (int)shown, 3, INK_OK, "✓");
			draw_cut(canvas, row + (int)shown, 5, canvas->cols - 16, INK_DIM,
				 label_of(bench, &check->title));
			draw_right(canvas, row + (int)shown, canvas->cols - 1, INK_OK,
				   tell(bench, "无", "none"));
			shown++;
		}
		n++;
	}
	if (n > shown && row + (int)shown < end)
		draw_format(canvas, row + (int)shown, 5, INK_DIM,
			    tell(bench, "其余 %u 条满足", "%u more are met"), n - shown);
}

static void draw_sentence(const struct workbench *bench, const struct canvas *canvas, int row,
			  const struct cert_matter *matter)
{
	const char *text = matter->text[bench->lang];
	const size_t len = strlen(text);
	size_t at = 0;
	for (int i = 0; i < SENTENCE_ROWS - 1; i++) {
		const struct wrap_line line = wrap_line(text, len, at, canvas->cols - 6);
		draw_bytes(canvas, row + i, 5, INK_TEXT, text + line.from, line.to - line.from);
		at = line.next;
		if (line.is_last)
			break;
	}
}

void cert_matters_draw(const struct workbench *bench, const struct cert_matters *matters,
		       struct list *list, const struct canvas *canvas, bool has_focus)
{
	int col = draw_text(canvas, 0, 3, INK_TITLE, tell(bench, "出证条件", "In the way")) + 4;
	col = draw_format(canvas, 0, col, matters->n_block ? INK_VETO : INK_DIM,
			  tell(bench, "阻止 %u", "%u block"), matters->n_block) +
	      3;
	col = draw_format(canvas, 0, col, matters->n_confirm ? INK_WARN : INK_DIM,
			  tell(bench, "须确认 %u", "%u to confirm"), matters->n_confirm) +
	      3;
	draw_format(canvas, 0, col, INK_DIM, tell(bench, "已满足 %u", "%u met"), matters->n_met);
	const bool has_sentence = matters->n && canvas->rows >= 10;
	const int foot = canvas->rows - (has_sentence ? SENTENCE_ROWS : 0);
	const int rows = foot - 2;
	list_fit(list, matters->n, (int)matters->n > rows ? rows - 1 : rows);
	int row = 2;
	for (unsigned i = list->first; i < list_end(list); i++, row++) {
		draw_matter(bench, canvas, row, &matters->rows[i]);
		if (i != list->at)
			continue;
		draw_text(canvas, row, 1, INK_ACCENT, "›");
		if (!has_focus)
			continue;
		draw_ground(canvas, row, 1, canvas->cols - 1, GROUND_SELECTION);
		draw_cursor(canvas, row, 3);
	}
	if (list_end(list) < matters->n)
		draw_format(canvas, row, 5, INK_DIM, tell(bench, "其余 %u 条", "%u more"),
			    matters->n - list_end(list));
	else
		draw_met(bench, matters, canvas, row, foot);
	if (has_sentence)
		draw_sentence(bench, canvas, foot + 1, &matters->rows[list->at]);
}

static struct lt_decimal whole(unsigned n)
{
	return (struct lt_decimal){ n * LT_DECIMAL_ONE };
}

int cert_matters_sum(const struct workbench *bench, const struct cert_matters *matters,
		     const struct canvas *row, int col)
{
	const unsigned n = matters->n_met + matters->n_confirm + matters->n_block;
	const struct bar bar = { .low = whole(matters->n_met),
				 .high = whole(matters->n_met + matters->n_confirm),
				 .full = whole(n),
				 .got = INK_OK };
	if (row->cols >= 80) {
		draw_bar(row, 0, col, SUM_BAR, &bar);
		col += SUM_BAR + 3;
	}
	col = draw_format(row, 0, col, INK_TEXT, tell(bench, "%u/%u 条满足", "%u/%u met"),
			  matters->n_met, n) +
	      3;
	if (matters->n_block)
		return draw_format(row, 0, col, INK_DIM,
				   tell(bench, "先消 %u 条阻止", "%u blockers first"),
				   matters->n_block) +
		       3;
	return draw_format(row, 0, col, INK_DIM,
			   tell(bench, "再确认 %u 条", "%u to confirm"), matters->n_confirm) +
	       3;
}
