/*
 * A sample as it was drawn: place by place, who was always taken, who came by chance, who gave way to
 * another and why. A place is replaced in two keys and a reason.
 */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/sampling.h"
#include "visit.h"

struct sample_screen {
	char year[8], population[200];
	const struct population_info *of; /* in the session's arena, as what follows; NULL = it is gone */
	struct site_info *sites;
	unsigned n_sites;
	struct list list;
	/* what a replacement was asked for so far */
	char place[200], with[200];
};

static struct sample_screen *sample_of(const struct screen *screen)
{
	return screen->data;
}

static void load(struct screen *screen)
{
	struct sample_screen *at = sample_of(screen);
	struct workbench *bench = screen->bench;
	const struct site_filter all = { .year = at->year };
	struct lt_err err = LT_ERR_INIT;
	enum lt_status status = session_find_population(bench->session, at->year, at->population, &at->of, &err);
	if (!status)
		status = session_sites(bench->session, &all, &at->sites, &at->n_sites, &err);
	if (!status)
		return;
	at->of = NULL;
	at->n_sites = 0;
	workbench_tell_err(bench, &err);
}

static unsigned count(const struct sample_screen *at)
{
	return at->of ? at->of->n_sample : 0;
}

static const struct sampled *one_at(const struct screen *screen)
{
	const struct sample_screen *at = sample_of(screen);
	return at->list.at < count(at) ? &at->of->sample[at->list.at] : NULL;
}

static const struct site_info *site_of(const struct sample_screen *at, const char *place)
{
	for (unsigned i = 0; i < at->n_sites; i++)
		if (strcmp(at->sites[i].id, place) == 0)
			return &at->sites[i];
	return NULL;
}

/* ---- drawing ---- */

static const struct column_spec specs[] = {
	{ { "名称", "Name" }, 14, BREADTH_60, false, 44 },
	{ { "怎样抽", "How" }, 9, BREADTH_60, false, 0 },
	{ { "能耗 %", "energy %" }, 8, BREADTH_80, true, 0 },
	{ { "停留点", "stops" }, 8, BREADTH_80, false, 0 },
	{ { "换成", "instead" }, 12, BREADTH_60, false, 0 },
};

static const char *way_of(const struct workbench *bench, const char *how)
{
	const struct label *way = sampled_way(how);
	return way ? label_of(bench, way) : how;
}

/* A number on the population's list is known by it alone. */
static const char *short_place(const struct sample_screen *at, const char *place)
{
	const size_t len = strlen(at->population);
	return strncmp(place, at->population, len) == 0 && place[len] == '#' ? place + len : place;
}

static void draw_one(const struct workbench *bench, const struct sample_screen *at,
		     const struct columns *columns, const struct canvas *canvas, int row, unsigned number)
{
	const struct sampled *one = &at->of->sample[number];
	const struct site_info *site = site_of(at, one->place);
	const bool gone = one->with[0] != '\0';
	draw_text(canvas, row, 3, gone ? INK_DIM : one->is_visited ? INK_OK : INK_WARN,
		  gone ? "-" : one->is_visited ? "✓" : "◦");
	draw_format(canvas, row, 5, INK_DIM, "%3u", number + 1);
	draw_cut(canvas, row, 10, 8, gone ? INK_DIM : INK_ACCENT, short_place(at, one->place));
	columns_cell(columns, canvas, row, 0, gone ? INK_DIM : INK_TEXT, one->name[0] ? one->name : "-");
	columns_cell(columns, canvas, row, 1, strcmp(one->how, "must") == 0 ? INK_TITLE : INK_DIM,
		     way_of(bench, one->how));
	columns_cell(columns, canvas, row, 2, INK_TEXT, site && site->energy_share[0] ? site->energy_share : "-");
	columns_cell(columns, canvas, row, 3, INK_DIM, site && site->stops[0] ? site->stops : "-");
	columns_cell(columns, canvas, row, 4, gone ? INK_WARN : INK_DIM, gone ? short_place(at, one->with) : "-");
}

static void draw_detail(const struct screen *screen, const struct canvas *canvas)
{
	const struct workbench *bench = screen->bench;
	const struct sample_screen *at = sample_of(screen);
	const struct sampled *one = one_at(screen);
	int row = 1;
	if (canvas->rows < 2)
		return;
	draw_fill(canvas, 0, 3, canvas->cols - 5, INK_FAINT, "─");
	if (one && one->with[0]) {
		draw_text(canvas, row, 3, INK_DIM, tell(bench, "为何替换", "why"));
		draw_cut(canvas, row++, 13, canvas->cols - 15, INK_TITLE, one->reason);
	}
	const char *const lines[][3] = { { "办法", "rule", at->of->basis },
					 { "抽样理由", "reason", at->of->reason },
					 { "种子", "seed", at->of->seed } };
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]) && row < canvas->rows; i++) {
		if (!lines[i][2][0])
			continue;
		draw_text(canvas, row, 3, INK_DIM, tell(bench, lines[i][0], lines[i][1]));
		draw_cut(canvas, row++, 13, canvas->cols - 15, INK_TEXT, lines[i][2]);
	}
}

static void sample_draw(struct screen *screen, const struct canvas *canvas)
{
	struct sample_screen *at = sample_of(screen);
	const struct workbench *bench = screen->bench;
	const int detail = canvas->rows > 20 ? 6 : 4;
	const unsigned n = count(at);
	struct columns columns;
	if (!n) {
		draw_text(canvas, 1, 5, INK_DIM, tell(bench, "还没有抽样；回到地点屏按 F4", "not drawn yet; F4 on the places"));
		return;
	}
	columns_lay(&columns, specs, 5, bench, canvas, 20);
	draw_text(canvas, 1, 5, INK_DIM, tell(bench, "次序 编号", "no.  place"));
	columns_titles(&columns, bench, canvas, 1);
	list_fit(&at->list, n, canvas->rows - 3 - detail);
	for (unsigned i = at->list.first; i < list_end(&at->list); i++) {
		const int row = 2 + (int)(i - at->list.first);
		draw_one(bench, at, &columns, canvas, row, i);
		if (i == at->list.at)
			draw_selection(canvas, row, true);
	}
	const int below = 3 + (int)(list_end(&at->list) - at->list.first);
	if (list_end(&at->list) < n)
		draw_format(canvas, below - 1, 5, INK_DIM, tell(bench, "其余 %u 处", "%u more"), n - list_end(&at->list));
	const struct canvas part = canvas_part(canvas, below, 0, canvas->rows - below, 0);
	draw_detail(screen, &part);
}

static void sample_header(struct screen *screen, const struct canvas *row)
{
	const struct sample_screen *at = sample_of(screen);
	char text[100];
	if (!at->of)
		return;
	text_format(text, sizeof(text), tell(screen->bench, "抽 %u，总数 %u  已查 %u/%u", "%u of %u drawn  seen %u of %u"),
		    at->of->n_sample, at->of->n_members, at->of->n_visited, at->of->n_to_visit);
	const int end = draw_right(row, 0, row->cols - 1, INK_DIM, text);
	draw_cut(row, 0, 1, end - 3, INK_TITLE, at->population);
}

/* ---- replacing ---- */

static struct sample_screen *sample_on_top(struct workbench *bench);

static void reason_given(struct workbench *bench, void *context, const char *text)
{
	const struct sample_screen *at = sample_on_top(bench);
	struct lt_err err = LT_ERR_INIT;
	const char *took = NULL;
	char command[300];
	(void)context;
	if (!at)
		return;
	text_format(command, sizeof(command), "replace %s", at->place);
	workbench_begin(bench, command);
	workbench_because(bench, text);
	const enum lt_status status = session_replace(bench->session, at->year, at->population, at->place,
						      at->with[0] ? at->with : NULL, &took, &err);
	if (workbench_end(bench, status, &err, true) && took)
		workbench_tell(bench, NOTICE_DONE, tell(bench, "%s 换成 %s", "%s gave way to %s"), at->place, took);
}

static void ask_reason(struct workbench *bench, const struct sample_screen *at)
{
	char title[460];
	text_format(title, sizeof(title), tell(bench, "替换 %s", "Instead of %s"), at->place);
	ask_open_words(bench, at->population, title, tell(bench, "为什么换；和换成谁一起留在记录里", "why; the record keeps it with what was taken instead"),
		 "", true, NULL, reason_given, NULL);
}

static void with_given(struct workbench *bench, void *context, const char *text)
{
	struct sample_screen *at = sample_on_top(bench);
	(void)context;
	if (!at)
		return;
	text_format(at->with, sizeof(at->with), "%s%s", text[0] == '#' ? at->population : "", text);
	ask_reason(bench, at);
}

static void replace(struct screen *screen, bool is_named)
{
	struct sample_screen *at = sample_of(screen);
	struct workbench *bench = screen->bench;
	const struct sampled *one = one_at(screen);
	char title[460];
	if (!one)
		return;
	if (one->with[0]) {
		workbench_tell(bench, NOTICE_WARN, tell(bench, "%s 已经换成 %s", "%s gave way to %s before"), one->place,
			       one->with);
		return;
	}
	text_format(at->place, sizeof(at->place), "%s", one->place);
	at->with[0] = '\0';
	if (!is_named) {
		ask_reason(bench, at);
		return;
	}
	text_format(title, sizeof(title), tell(bench, "替换 %s", "Instead of %s"), at->place);
	ask_open(bench, title, tell(bench, "换成哪一个：地点编号，或名单上的 #号", "by which: number of the place, or #number on the list"),
		 "", true, NULL, with_given, NULL);
}

/* ---- keys ---- */

static void enter(struct screen *screen)
{
	const struct sampled *one = one_at(screen);
	const struct site_info *site = one ? site_of(sample_of(screen), one->place) : NULL;
	if (site)
		visit_open_place(screen->bench, site);
	else if (one)
		workbench_tell(screen->bench, NOTICE_WARN, "%s",
			       tell(screen->bench, "这是名单上的号，没有登记为地点", "a number on a list, not entered as a place"));
}

static void to_form(struct screen *screen)
{
	const struct sample_screen *at = sample_of(screen);
	const char *row = lt_arena_printf(&screen->bench->session->arena, "%s/%s", at->year, at->population);
	if (row)
		form_open_row(screen->bench, "population", row, NULL);
}

static void next(struct screen *screen)
{
	struct sample_screen *at = sample_of(screen);
	for (unsigned i = 1; i <= count(at); i++) {
		const unsigned number = (at->list.at + i) % count(at);
		if (at->of->sample[number].with[0] || at->of->sample[number].is_visited)
			continue;
		at->list.at = number;
		return;
	}
	workbench_tell(screen->bench, NOTICE_DONE, "%s", tell(screen->bench, "抽中的都看过了", "all that was drawn was seen"));
}

static void print(struct screen *screen)
{
	paper_open(screen->bench, "sampling", sample_of(screen)->population);
}

static bool can_replace(const struct screen *screen)
{
	return one_at(screen) && screen_is_writable(screen);
}

static bool sample_key(struct screen *screen, const struct event *event)
{
	const int digit = key_digit(event);
	if (list_key(&sample_of(screen)->list, event))
		return true;
	if ((digit == 1 || digit == 2) && can_replace(screen))
		replace(screen, digit == 2);
	return digit >= 0;
}

static const struct action sample_actions[] = {
	{ .keys = { "1 2", "1 2" },
	  .title = { "换下一个、指定", "replace: next, named" },
	  .help = { "1 换成抽样次序里的下一个 2 指定换成谁；都要写理由",
		    "1 by the next in the order of the draw 2 by one that is named; both with a reason" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = can_replace },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "下一处没看的", "next not seen" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = next },
	{ .key = K_ENTER, .title = { "地点", "place" }, .group = GROUP_ANSWER, .in_foot = true, .run = enter },
	{ .key = K_F4,
	  .letter = 'r',
	  .title = { "总体", "population" },
	  .help = { "总体的表：办法、总数、必查", "its form: rule, size, who is always taken" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = to_form },
	{ .key = K_F3, .letter = 'x', .title = { "打印", "print" }, .group = GROUP_SCREEN, .in_foot = true, .run = print },
};

static const struct screen_kind sample_kind = {
	.id = "sample",
	.title = { "抽样", "Sample" },
	.size = SIZE_WHOLE,
	.actions = sample_actions,
	.n_actions = sizeof(sample_actions) / sizeof(sample_actions[0]),
	.needs_project = true,
	.draw = sample_draw,
	.header = sample_header,
	.key = sample_key,
	.changed = load,
};

static struct sample_screen *sample_on_top(struct workbench *bench)
{
	struct screen *top = workbench_top(bench);
	return top && top->kind == &sample_kind ? top->data : NULL;
}

void sample_open(struct workbench *bench, const char *year, const char *population)
{
	struct sample_screen *at = workbench_room(bench, sizeof(*at));
	if (!at)
		return;
	text_format(at->year, sizeof(at->year), "%s", year);
	text_format(at->population, sizeof(at->population), "%s", population);
	struct screen *screen = workbench_push(bench, &sample_kind, at);
	if (screen)
		load(screen);
}
