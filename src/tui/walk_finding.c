/* What an item was found wrong with: its findings under the rungs, and a new one where it is not met. */
#include <string.h>
#include "figure.h"
#include "lingtan/app/finding.h"
#include "visit.h"
#include "walk.h"

/* The item's finding of a number, from 0; NULL = it has none of that number. */
static const struct board_finding *finding_at(const struct walk *walk, unsigned number)
{
	return number < walk->detail.n_findings ? &walk->detail.findings[number] : NULL;
}

static enum finding_state state_of(const struct board_finding *finding)
{
	if (finding->is_withdrawn)
		return FINDING_WITHDRAWN;
	if (finding->verified && strcmp(finding->verified, "accepted") == 0)
		return FINDING_CLOSED;
	return finding->answer && finding->answer[0] && !(finding->verified && finding->verified[0])
		       ? FINDING_ANSWERED
		       : FINDING_OPEN;
}

bool walk_asks_finding(const struct walk *walk)
{
	return !walk->at_section && (finding_at(walk, 0) || board_mark(walk->bench->board, walk->item)->state == STATE_FAILED);
}

static void draw_one(struct pen *pen, const struct board_finding *finding, bool is_chosen)
{
	const struct workbench *bench = pen->walk->bench;
	const enum finding_grade grade = finding_grade_find(finding->grade ? finding->grade : "");
	const enum finding_state state = state_of(finding);
	const char *due = finding->due ? finding->due : "";
	const enum ink ink = state >= FINDING_CLOSED ? INK_DIM : grade == FINDING_MAJOR ? INK_VETO : INK_WARN;
	const int end = pen->canvas->cols - 2;
	char text[120];
	int col = draw_text(pen->canvas, pen->row, pen->indent, INK_ACCENT, finding->number ? finding->number : "-") + 2;
	if (grade < N_FINDING_GRADES)
		col = draw_text(pen->canvas, pen->row, col, ink, label_of(bench, &finding_grade_titles[grade])) + 2;
	text_format(text, sizeof(text), "%s%s%s", label_of(bench, &finding_state_titles[state]),
		    due[0] ? tell(bench, "  限 ", "  due ") : "", strlen(due) == 10 ? due + 5 : due);
	const int from = draw_right(pen->canvas, pen->row, end, INK_DIM, text);
	draw_cut(pen->canvas, pen->row, col, from - col - 2, INK_TEXT, finding->fact ? finding->fact : "");
	if (is_chosen) {
		draw_ground(pen->canvas, pen->row, pen->indent - 1, end - pen->indent + 2, GROUND_SELECTION);
		draw_cursor(pen->canvas, pen->row, pen->indent);
	}
	pen->row++;
}

void walk_draw_finding(struct pen *pen)
{
	const struct walk *walk = pen->walk;
	const struct workbench *bench = walk->bench;
	const bool here = walk->zone == ZONE_FINDING;
	const struct board_finding *finding = finding_at(walk, 0);
	if (!walk_asks_finding(walk))
		return;
	pen_label(pen, "整改", "Cure");
	if (!finding) {
		draw_text(pen->canvas, pen->row, pen->indent, here ? INK_TEXT : INK_FAINT,
			  tell(bench, "没有开不符合项，Tab 到这里 Enter 开", "no finding yet; Tab here, Enter writes one"));
		if (here)
			draw_cursor(pen->canvas, pen->row, pen->indent);
		pen->row++;
	}
	for (unsigned i = 0; (finding = finding_at(walk, i)); i++)
		draw_one(pen, finding, here && walk->finding == i);
	pen_gap(pen, CUT_GAPS);
}

bool walk_finding_key(struct walk *walk, const struct event *event)
{
	const struct board_finding *finding = finding_at(walk, walk->finding);
	const bool is_control = !walk->bench->board->items[walk->item].is_scored;
	const char *const fields[] = { "assessment", walk->bench->ref->name, "item", walk->bench->board->items[walk->item].plan->decl->id, "grade",
				       is_control ? "major" : "minor", NULL };
	if (event->key == K_UP || event->key == K_DOWN) {
		const unsigned to = walk->finding + (event->key == K_UP ? -1u : 1u);
		if (finding_at(walk, to))
			walk->finding = to;
		return true;
	}
	if (event->key != K_ENTER)
		return false;
	if (finding)
		form_open_row(walk->bench, "finding", finding->number, NULL);
	else if (workbench_may_write(walk->bench))
		form_open_row(walk->bench, "finding", NULL, fields);
	return true;
}
