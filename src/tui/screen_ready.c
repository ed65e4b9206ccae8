/* What speaks against an assessment: blockers first, each with one key to the field that cures it;
 * a warning is answered by the tick of whoever sits here. */
#include <stdio.h>
#include <string.h>
#include "form_parts.h"
#include "inventory.h"
#include "lingtan/app/ready.h"
#include "list.h"
#include "screens.h"

struct readying {
	struct ready ready; /* in the session's arena */
	struct list list;
};

static struct readying *readying_of(const struct screen *screen)
{
	return screen->data;
}

static const struct ready_finding *selected(const struct screen *screen)
{
	const struct readying *at = readying_of(screen);
	return at->list.at < at->ready.n_findings ? &at->ready.findings[at->list.at] : NULL;
}

static void load(struct screen *screen)
{
	struct readying *at = readying_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	if (!bench->session || !bench->ref)
		return;
	if (session_ready(bench->session, bench->ref, NULL, &at->ready, &bench->findings, &err) ==
	    LT_OK)
		return;
	at->ready = (struct ready){ 0 };
	workbench_tell_err(bench, &err);
}

/* ---- drawing ---- */

static const char *mark_of(const struct ready_finding *finding, enum ink *ink)
{
	static const struct {
		const char *mark;
		enum ink ink;
	} marks[N_READY_SEVERITIES] = { [READY_ERROR] = { "✗", INK_VETO },
					[READY_WARNING] = { "!", INK_WARN },
					[READY_NOTE] = { "-", INK_DIM } };
	*ink = finding->ticked_by ? INK_OK : marks[finding->check->severity].ink;
	return finding->ticked_by ? "✓" : marks[finding->check->severity].mark;
}

static void draw_row(const struct workbench *bench, const struct canvas *canvas, int row,
		     const struct ready_finding *finding)
{
	enum ink ink;
	const char *mark = mark_of(finding, &ink);
	draw_text(canvas, row, 3, ink, mark);
	draw_cut(canvas, row, 5, 16, INK_DIM, label_of(bench, &finding->check->title));
	draw_cut(canvas, row, 22, canvas->cols - 24,
		 finding->check->severity == READY_NOTE ? INK_DIM : INK_TEXT,
		 finding->text[bench->lang]);
}

/* What becomes of a finding, and by which key. */
static const char *way_out(const struct workbench *bench, const struct ready_finding *finding)
{
	switch (finding->check->severity) {
	case READY_ERROR:
		return tell(bench, "阻止出证；Enter 去处理", "blocks the certificate; Enter goes there");
	case READY_WARNING:
		return tell(bench, "须有人确认：空格以自己的名义确认", "somebody must answer for it: Space confirms in your name");
	case READY_NOTE:
	case N_READY_SEVERITIES:
		break;
	}
	return tell(bench, "提示，不妨碍出证", "a note, which blocks nothing");
}

/* The whole sentence of the one that is selected, and who answers for it. */
static void draw_whole(const struct screen *screen, const struct canvas *canvas, int row)
{
	const struct workbench *bench = screen->bench;
	const struct ready_finding *finding = selected(screen);
	if (!finding)
		return;
	draw_wrapped(canvas, row, 5, canvas->cols - 8, 2, INK_TITLE, finding->text[bench->lang]);
	if (finding->ticked_by)
		draw_format(canvas, row + 2, 5, INK_DIM, tell(bench, "%s 于 %.10s 确认", "confirmed by %s on %.10s"),
			    finding->ticked_by, finding->ticked_at);
	else
		draw_cut(canvas, row + 2, 5, canvas->cols - 8, INK_DIM, way_out(bench, finding));
}

#define BELOW 4 /* rows for what is selected */

static void ready_draw(struct screen *screen, const struct canvas *canvas)
{
	struct readying *at = readying_of(screen);
	const struct workbench *bench = screen->bench;
	if (at->ready.n_findings == 0)
		draw_text(canvas, 2, 5, INK_OK, tell(bench, "没有要处理的，可以出证", "nothing is in the way"));
	const unsigned n = at->ready.n_findings;
	const int rows = canvas->rows - 2 - BELOW;
	list_fit(&at->list, n, (int)n > rows ? rows - 1 : rows);
	for (unsigned i = at->list.first; i < list_end(&at->list); i++) {
		const int row = 1 + (int)(i - at->list.first);
		draw_row(bench, canvas, row, &at->ready.findings[i]);
		if (i != at->list.at)
			continue;
		draw_selection(canvas, row, true);
		draw_cursor(canvas, row, 3);
	}
	if (list_end(&at->list) < n)
		draw_format(canvas, rows, 5, INK_DIM, tell(bench, "其余 %u 条", "%u more"),
			    n - list_end(&at->list));
	draw_whole(screen, canvas, canvas->rows - BELOW);
}

static void ready_header(struct screen *screen, const struct canvas *row)
{
	const struct workbench *bench = screen->bench;
	const struct ready *ready = &readying_of(screen)->ready;
	char count[100];
	snprintf(count, sizeof(count),
		 tell(bench, "阻止 %u  须确认 %u  提示 %u", "%u block  %u to confirm  %u notes"),
		 ready->n_errors, ready->n_unticked, ready->n_notes);
	draw_right(row, 0, row->cols - 1, ready->n_errors ? INK_VETO : INK_DIM, count);
	draw_cut(row, 0, 1, row->cols - text_columns(count) - 4, INK_TITLE,
		 bench->board ? bench->board->park : "");
}

/* ---- to the field that cures it ---- */

/* A row of a form, or the list of them where it is not found. */
static void open_record(struct workbench *bench, const char *form_id, const char *which,
			void (*otherwise)(struct workbench *bench))
{
	const struct form *form;
	struct record *record;
	struct lt_err err = LT_ERR_INIT;
	if (record_form(bench->sitting->workspace, form_id, &bench->findings, &form, &err) ==
		    LT_OK &&
	    record_find(bench->session, form, which, &record, &err) == LT_OK)
		form_open(bench, record);
	else if (otherwise)
		otherwise(bench);
	else
		workbench_tell_err(bench, &err);
}

static void open_item(struct workbench *bench, const struct ready_finding *finding)
{
	const uint32_t item = board_find_item(bench->board, finding->target);
	if (item == NO_SLOT) {
		quantities_open(bench);
		return;
	}
	walk_open(bench, item);
	if (strcmp(finding->check->field, "evidence") == 0 &&
	    workbench_may_write(bench))
		attach_open(bench, item);
}

void ready_jump(struct workbench *bench, const struct ready_finding *finding)
{
	switch (finding->check->jump) {
	case JUMP_ITEM:
		open_item(bench, finding);
		break;
	case JUMP_EVIDENCE:
		open_record(bench, "evidence", finding->target, NULL);
		break;
	case JUMP_FINDING:
		open_record(bench, "finding", finding->target, findings_open);
		break;
	case JUMP_SIGNATURE:
		sign_off_open(bench);
		break;
	case JUMP_SETTING:
		settings_open(bench);
		break;
	case JUMP_ASSESSMENT:
		if (strcmp(finding->check->field, "grade") == 0)
			result_open(bench);
		else
			profile_open(bench);
		break;
	case JUMP_METER:
		open_record(bench, "meter", finding->target, NULL);
		break;
	case JUMP_ENGAGEMENT:
		open_record(bench, "engagement", finding->target, NULL);
		break;
	case JUMP_LINE:
		inventory_open_at(bench, bench->ref->year, finding->target);
		break;
	case JUMP_ROUND:
	case N_READY_JUMPS:
		workbench_tell(bench, NOTICE_WARN, "%s",
			       tell(bench, "按 F9 用“提交本轮”", "F9, submit this round"));
		break;
	}
}

static void jump(struct screen *screen)
{
	ready_jump(screen->bench, selected(screen));
}

void ready_tick(struct workbench *bench, const struct ready_finding *finding)
{
	struct lt_err err = LT_ERR_INIT;
	char command[200];
	bool done = false;
	text_format(command, sizeof(command), "ready --tick %s", finding->id);
	workbench_begin(bench, command);
	const enum lt_status status = session_tick(bench->session, bench->ref, finding->id, NULL,
						   &done, &bench->findings, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE, tell(bench, "已由 %s 确认", "confirmed by %s"),
			       bench->session->name);
}

static bool has_finding(const struct screen *screen)
{
	return selected(screen) != NULL;
}

static bool can_tick(const struct screen *screen)
{
	const struct ready_finding *finding = selected(screen);
	return finding && finding->check->severity == READY_WARNING && !finding->ticked_by &&
	       screen_is_writable(screen);
}

static bool ready_key(struct screen *screen, const struct event *event)
{
	if (list_key(&readying_of(screen)->list, event))
		return true;
	if (event->key != K_TEXT || key_ascii(event) != ' ' || !can_tick(screen))
		return false;
	ready_tick(screen->bench, selected(screen));
	return true;
}

static const struct action ready_actions[] = {
	{ .key = K_ENTER,
	  .title = { "去处理", "go there" },
	  .help = { "去能处理它的那一栏", "to the field that cures it" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_finding,
	  .run = jump },
	{ .key = K_NONE,
	  .keys = { "空格", "Space" },
	  .title = { "确认", "confirm" },
	  .help = { "以自己的名义确认这处提示，记入日志", "answers for the warning in your name, in the journal" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = can_tick },
};

static const struct screen_kind ready_kind = {
	.id = "ready",
	.title = { "检查", "Ready" },
	.size = SIZE_WHOLE,
	.actions = ready_actions,
	.n_actions = sizeof(ready_actions) / sizeof(ready_actions[0]),
	.needs_project = true,
	.draw = ready_draw,
	.header = ready_header,
	.key = ready_key,
	.changed = load,
};

void ready_open(struct workbench *bench)
{
	struct readying *at = workbench_room(bench, sizeof(*at));
	struct screen *screen = at ? workbench_push(bench, &ready_kind, at) : NULL;
	if (screen)
		load(screen);
}
