/* The timetable of the visit: stops by day, who and what is at each, and where the plan does not work. */
#include <stdio.h>
#include <string.h>
#include "visit.h"

#define MOST_CONFLICTS 4

struct plan_screen {
	struct stop_info *stops; /* in the session's arena, as what follows */
	struct visit_conflict *conflicts;
	unsigned n, n_conflicts;
	struct list list;
};

static struct plan_screen *plan_of(const struct screen *screen)
{
	return screen->data;
}

static const struct stop_info *stop_at(const struct screen *screen)
{
	const struct plan_screen *plan = plan_of(screen);
	return plan->list.at < plan->n ? &plan->stops[plan->list.at] : NULL;
}

static void load(struct screen *screen)
{
	struct plan_screen *plan = plan_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	enum lt_status status = session_stops_of_year(bench->session, visit_year(bench), NULL,
						      &plan->stops, &plan->n, &err);
	if (!status)
		status = session_visit_conflicts(bench->session, visit_year(bench), &plan->conflicts,
						 &plan->n_conflicts, &bench->findings, &err);
	if (!status)
		return;
	plan->n = plan->n_conflicts = 0;
	workbench_tell_err(bench, &err);
}

/* ---- drawing ---- */

static bool has_conflict(const struct plan_screen *plan, const struct stop_info *stop)
{
	for (unsigned i = 0; i < plan->n_conflicts; i++)
		if (strcmp(plan->conflicts[i].stop, stop->id) == 0 ||
		    strcmp(plan->conflicts[i].other, stop->id) == 0)
			return true;
	return false;
}

static const struct column_spec specs[] = {
	{ { "地点", "Where" }, 12, BREADTH_60, false, 34 },
	{ { "内容", "What for" }, 14, BREADTH_80, false, 0 },
	{ { "人员", "Who" }, 24, BREADTH_132, false, 0 },
	{ { "条款", "items" }, 5, BREADTH_60, true, 0 },
	{ { "处数", "seen" }, 4, BREADTH_60, true, 0 },
	{ { "签到", "in" }, 4, BREADTH_60, true, 0 },
};

static const char *people_of(const struct stop_info *stop, char out[200])
{
	size_t used = 0;
	out[0] = '\0';
	for (unsigned i = 0; i < stop->n_people && used < 150; i++)
		used += text_format(out + used, 200 - used, "%s%s", i ? " " : "",
				    stop->people[i].person);
	return out;
}

static const char *number_text(unsigned n, char out[12])
{
	snprintf(out, 12, n ? "%u" : "-", n);
	return out;
}

static void draw_stop(const struct workbench *bench, const struct plan_screen *plan,
		      const struct columns *columns, const struct canvas *canvas, int row,
		      unsigned number)
{
	const struct stop_info *stop = &plan->stops[number];
	const bool same_day = number > plan->list.first &&
			      strcmp(plan->stops[number - 1].day, stop->day) == 0;
	char text[200], count[12];
	const bool bad = has_conflict(plan, stop);
	draw_text(canvas, row, 3, bad ? INK_VETO : stop->is_done ? INK_OK : INK_DIM,
		  bad ? "✗" : stop->is_done ? "✓" : "◦");
	draw_cut(canvas, row, 5, 4, INK_ACCENT, stop->id);
	if (!same_day)
		draw_cut(canvas, row, 10, 5, INK_TITLE, strlen(stop->day) == 10 ? stop->day + 5 : "-");
	const bool with_end = stop->to[0] && frame_breadth(bench) > BREADTH_60;
	snprintf(text, sizeof(text), "%.5s%s%.5s", stop->from[0] ? stop->from : "-",
		 with_end ? "-" : "", with_end ? stop->to : "");
	draw_text(canvas, row, 17, INK_TEXT, text);
	columns_cell(columns, canvas, row, 0, INK_TEXT, stop->title);
	columns_cell(columns, canvas, row, 1, INK_DIM, stop->purpose);
	columns_cell(columns, canvas, row, 2, INK_DIM, people_of(stop, text));
	columns_cell(columns, canvas, row, 3, INK_TEXT, number_text(stop->n_items, count));
	columns_cell(columns, canvas, row, 4, INK_TEXT, number_text(stop->n_places, count));
	columns_cell(columns, canvas, row, 5, stop->has_sign_in ? INK_OK : INK_DIM,
		     stop->has_sign_in ? "✓" : "-");
}

/* Those of the stop with the cursor first. */
static void draw_conflicts(const struct screen *screen, const struct canvas *canvas, int row, int rows)
{
	const struct workbench *bench = screen->bench;
	const struct plan_screen *plan = plan_of(screen);
	const struct stop_info *stop = stop_at(screen);
	int used = 0;
	for (int pass = 0; pass < 2; pass++)
		for (unsigned i = 0; i < plan->n_conflicts && used < rows; i++) {
			const struct visit_conflict *at = &plan->conflicts[i];
			const bool own = stop && strcmp(at->stop, stop->id) == 0;
			if (own != (pass == 0))
				continue;
			draw_text(canvas, row + used, 3, INK_VETO, "✗");
			draw_cut(canvas, row + used, 5, 4, INK_ACCENT, at->stop);
			draw_cut(canvas, row + used, 10, canvas->cols - 12,
				 own ? INK_TEXT : INK_DIM, label_of(bench, &at->text));
			used++;
		}
}

/* A label and texts behind it, over as many rows as they need. Gives the next row. */
static int draw_detail(const struct canvas *canvas, int row, const char *label, const char *const *texts,
		       unsigned n, enum ink ink)
{
	int col = 11;
	if (!n || row >= canvas->rows)
		return row;
	draw_text(canvas, row, 3, INK_DIM, label);
	for (unsigned i = 0; i < n; i++) {
		const int cols = text_columns(texts[i]);
		if (col > 11 && col + cols > canvas->cols - 2) {
			col = 11;
			row++;
		}
		if (row >= canvas->rows)
			return row;
		draw_cut(canvas, row, col, canvas->cols - col - 2, ink, texts[i]);
		col += cols + 2;
	}
	return row + 1;
}

/* Of the stop with the cursor: who, what, where. */
static void draw_details(const struct screen *screen, const struct canvas *canvas)
{
	const struct workbench *bench = screen->bench;
	const struct stop_info *stop = stop_at(screen);
	const char *texts[100];
	unsigned n = 0;
	int row = 1;
	if (!stop || canvas->rows < 4)
		return;
	draw_fill(canvas, 0, 3, canvas->cols - 5, INK_FAINT, "─");
	const char *const head[] = { stop->id, stop->title, stop->purpose };
	row = draw_detail(canvas, row, tell(bench, "本站", "stop"), head, 3, INK_TITLE);
	for (unsigned i = 0; i < stop->n_people && n < 100; i++)
		texts[n++] = stop->people[i].person;
	row = draw_detail(canvas, row, tell(bench, "人员", "who"), texts, n, INK_TEXT);
	n = 0;
	for (unsigned i = 0; i < stop->n_items && n < 100; i++)
		texts[n++] = stop->items[i].item;
	row = draw_detail(canvas, row, tell(bench, "条款", "items"), texts, n, INK_ACCENT);
	n = 0;
	for (unsigned i = 0; i < stop->n_places && n < 100; i++)
		texts[n++] = stop->places[i].name[0] ? stop->places[i].name : stop->places[i].place;
	draw_detail(canvas, row, tell(bench, "看哪里", "places"), texts, n, INK_TEXT);
}

static void plan_draw(struct screen *screen, const struct canvas *canvas)
{
	struct plan_screen *plan = plan_of(screen);
	const struct workbench *bench = screen->bench;
	const unsigned shown =
		plan->n_conflicts > MOST_CONFLICTS ? MOST_CONFLICTS : plan->n_conflicts;
	const int below = shown ? (int)shown + 2 : 0;
	const int left = canvas->rows - below - 4 - (int)plan->n;
	struct columns columns;
	columns_lay(&columns, specs, 6, bench, canvas, frame_breadth(bench) > BREADTH_60 ? 30 : 24);
	draw_text(canvas, 1, 5, INK_DIM, tell(bench, "编号", "no."));
	draw_text(canvas, 1, 10, INK_DIM, tell(bench, "日期", "day"));
	draw_text(canvas, 1, 17, INK_DIM, tell(bench, "时间", "time"));
	columns_titles(&columns, bench, canvas, 1);
	list_fit(&plan->list, plan->n, canvas->rows - 3 - below);
	for (unsigned i = plan->list.first; i < list_end(&plan->list); i++) {
		const int row = 2 + (int)(i - plan->list.first);
		draw_stop(bench, plan, &columns, canvas, row, i);
		if (i == plan->list.at)
			draw_selection(canvas, row, true);
	}
	if (!plan->n)
		draw_cut(canvas, 3, 5, canvas->cols - 7, INK_DIM,
			 tell(bench, "还没有停留点；F5 新增一站", "there is no stop yet; F5 adds one"));
	if (plan->n > list_end(&plan->list))
		draw_format(canvas, canvas->rows - 1 - below, 5, INK_DIM,
			    tell(bench, "其余 %u 站", "%u more"), plan->n - list_end(&plan->list));
	if (left >= 4) {
		const struct canvas details =
			canvas_part(canvas, (int)plan->n + 3, 0, left > 10 ? 10 : left, 0);
		draw_details(screen, &details);
	}
	if (shown) {
		draw_format(canvas, canvas->rows - below, 3, INK_TITLE,
			    tell(bench, "冲突  %u", "conflicts  %u"), plan->n_conflicts);
		draw_conflicts(screen, canvas, canvas->rows - below + 1, (int)shown);
	}
}

static void plan_header(struct screen *screen, const struct canvas *row)
{
	const struct plan_screen *plan = plan_of(screen);
	unsigned done = 0;
	char text[120];
	for (unsigned i = 0; i < plan->n; i++)
		done += plan->stops[i].is_done;
	text_format(text, sizeof(text), tell(screen->bench, "%u 站  已到 %u  冲突 %u", "%u stops  done %u  conflicts %u"),
		    plan->n, done, plan->n_conflicts);
	visit_header(screen->bench, row, text);
}

/* ---- keys ---- */

static void enter(struct screen *screen)
{
	const struct stop_info *stop = stop_at(screen);
	if (stop)
		stop_open(screen->bench, stop->id);
}

static void add(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	const struct plan_screen *plan = plan_of(screen);
	const char *id = NULL;
	struct lt_err err = LT_ERR_INIT;
	const struct stop_info *last = plan->n ? &plan->stops[plan->n - 1] : NULL;
	if (session_next_stop(bench->session, &id, &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		return;
	}
	/* one goes on where the last stop ended */
	const char *const fields[] = { "day", last ? last->day : "", "from", last ? last->to : "", NULL };
	form_open_row(bench, "stop", id, fields);
}

static void edit(struct screen *screen)
{
	const struct stop_info *stop = stop_at(screen);
	if (stop)
		form_open_row(screen->bench, "stop", stop->id, NULL);
}

static void to_coverage(struct screen *screen)
{
	coverage_open(screen->bench);
}

static void print(struct screen *screen)
{
	paper_open(screen->bench, "plan", NULL);
}

static bool has_stop(const struct screen *screen)
{
	return stop_at(screen) != NULL;
}

static bool plan_key(struct screen *screen, const struct event *event)
{
	struct plan_screen *plan = plan_of(screen);
	const int digit = key_digit(event);
	if (list_key(&plan->list, event))
		return true;
	if (digit < 1 || (unsigned)digit > plan->n)
		return false;
	plan->list.at = (unsigned)digit - 1;
	enter(screen);
	return true;
}

static const struct action plan_actions[] = {
	{ .key = K_ENTER,
	  .title = { "进入停留点", "open stop" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_stop,
	  .run = enter },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "加一站", "add stop" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = screen_is_writable,
	  .run = add },
	{ .key = K_F4,
	  .letter = 'r',
	  .title = { "改时间地点", "time, place" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_stop,
	  .run = edit },
	{ .key = K_F3,
	  .letter = 'x',
	  .title = { "打印", "print" },
	  .help = { "打印计划、口袋单、签到表", "plan, pocket lists, sign-in sheets on paper" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = print },
	{ .key = K_F2,
	  .letter = 'e',
	  .title = { "覆盖", "coverage" },
	  .help = { "哪些条款、地点、记录还漏着", "what the visit has left out" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = to_coverage },
};

static const struct screen_kind plan_kind = {
	.id = "plan",
	.title = { "计划", "Plan" },
	.size = SIZE_WHOLE,
	.actions = plan_actions,
	.n_actions = sizeof(plan_actions) / sizeof(plan_actions[0]),
	.needs_project = true,
	.draw = plan_draw,
	.header = plan_header,
	.key = plan_key,
	.changed = load,
};

void plan_open(struct workbench *bench)
{
	struct plan_screen *plan = workbench_room(bench, sizeof(*plan));
	struct screen *screen = plan ? workbench_push(bench, &plan_kind, plan) : NULL;
	if (screen)
		load(screen);
}
