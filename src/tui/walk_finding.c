/* What an item was found wrong with: its findings under the rungs, and a new one where it is not met. */
#include <string.h>
#include "figure.h"
#include "lingtan/app/finding.h"
#include "visit.h"
#include "walk.h"

/* What happens all day in the walk changes no finding. */
static bool leaves_findings(const char *command)
{
	static const char *const words[] = { "set", "quantity", "attach", "untie", "retie", "see" };
	const size_t len = strcspn(command, " ");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == len && strncmp(words[i], command, len) == 0)
			return true;
	return false;
}

void walk_load_findings(struct walk *walk)
{
	struct workbench *bench = walk->bench;
	const struct finding_filter all = { .assessment = bench->ref->name,
					    .grade = N_FINDING_GRADES,
					    .state = N_FINDING_STATES };
	struct lt_err ignored = LT_ERR_INIT;
	if (walk->has_findings && leaves_findings(bench->command))
		return;
	walk->has_findings = session_findings(bench->session, &all, &walk->findings, &walk->n_findings, &ignored) == LT_OK;
	if (!walk->has_findings)
		walk->n_findings = 0;
}

static const char *item_id(const struct walk *walk)
{
	return walk->bench->board->items[walk->item].plan->decl->id;
}

/* The item's finding of a number, from 0; NULL = it has none of that number. */
static const struct finding_info *finding_at(const struct walk *walk, unsigned number)
{
	for (unsigned i = 0; i < walk->n_findings; i++)
		if (strcmp(walk->findings[i].item, item_id(walk)) == 0 && number-- == 0)
			return &walk->findings[i];
	return NULL;
}

bool walk_asks_finding(const struct walk *walk)
{
	return !walk->at_section && (finding_at(walk, 0) || board_mark(walk->bench->board, walk->item)->state == STATE_FAILED);
}

static enum ink state_ink(const struct finding_info *finding)
{
	return finding->state == FINDING_CLOSED || finding->state == FINDING_WITHDRAWN ? INK_DIM
	       : finding->grade == FINDING_MAJOR				       ? INK_VETO
										       : INK_WARN;
}

static void draw_one(struct pen *pen, const struct finding_info *finding, bool is_chosen)
{
	const struct workbench *bench = pen->walk->bench;
	const int end = pen->canvas->cols - 2;
	char due[80];
	int col = draw_text(pen->canvas, pen->row, pen->indent, INK_ACCENT, finding->number) + 2;
	col = draw_text(pen->canvas, pen->row, col, state_ink(finding), label_of(bench, &finding_grade_titles[finding->grade])) + 2;
	text_format(due, sizeof(due), "%s%s%s", label_of(bench, &finding_state_titles[finding->state]),
		    finding->due[0] ? tell(bench, "  限 ", "  due ") : "",
		    strlen(finding->due) == 10 ? finding->due + 5 : finding->due);
	const int from = draw_right(pen->canvas, pen->row, end, finding->is_overdue ? INK_WARN : INK_DIM, due);
	draw_cut(pen->canvas, pen->row, col, from - col - 2, INK_TEXT, finding->fact);
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
	const struct finding_info *finding = finding_at(walk, 0);
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
	const struct finding_info *finding = finding_at(walk, walk->finding);
	const bool is_control = !walk->bench->board->items[walk->item].is_scored;
	const char *const fields[] = { "assessment", walk->bench->ref->name, "item", item_id(walk), "grade",
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
		visit_form_open(walk->bench, "finding", finding->number, NULL);
	else if (workbench_may_write(walk->bench))
		visit_form_open(walk->bench, "finding", NULL, fields);
	return true;
}
