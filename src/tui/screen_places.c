/* Places of the park, and samples drawn from them. Tab goes from one to the other. */
#include <stdio.h>
#include <string.h>
#include "visit.h"

struct places_screen {
	struct site_info *sites; /* in the session's arena, as what follows */
	struct population_info *populations;
	unsigned n_sites, n_populations;
	struct list sites_list, populations_list;
	bool on_populations;
	/* what a draw was asked for so far */
	char population[200], n[24], seed[80];
};

static struct places_screen *places_of(const struct screen *screen)
{
	return screen->data;
}

static void load(struct screen *screen)
{
	struct places_screen *at = places_of(screen);
	struct workbench *bench = screen->bench;
	const struct site_filter all = { .year = visit_year(bench) };
	struct lt_err err = LT_ERR_INIT;
	enum lt_status status =
		session_sites(bench->session, &all, &at->sites, &at->n_sites, &err);
	if (!status)
		status = session_populations(bench->session, visit_year(bench), &at->populations,
					     &at->n_populations, &err);
	if (!status)
		return;
	at->n_sites = at->n_populations = 0;
	workbench_tell_err(bench, &err);
}

static const struct population_info *population_at(const struct screen *screen)
{
	const struct places_screen *at = places_of(screen);
	return at->on_populations && at->populations_list.at < at->n_populations
		       ? &at->populations[at->populations_list.at]
		       : NULL;
}

static const struct site_info *site_at(const struct screen *screen)
{
	const struct places_screen *at = places_of(screen);
	return !at->on_populations && at->sites_list.at < at->n_sites ? &at->sites[at->sites_list.at]
								       : NULL;
}

/* ---- drawing ---- */

static const struct column_spec site_specs[] = {
	{ { "名称", "Name" }, 14, BREADTH_60, false, 40 },
	{ { "种类", "Kind" }, 12, BREADTH_80, false, 0 },
	{ { "能耗 %", "energy %" }, 8, BREADTH_60, true, 0 },
	{ { "检定至", "calibrated" }, 12, BREADTH_80, false, 0 },
	{ { "抽样", "sampled" }, 14, BREADTH_100, false, 0 },
	{ { "停留点", "stops" }, 8, BREADTH_60, false, 0 },
};

static void draw_sites(const struct screen *screen, const struct canvas *canvas)
{
	const struct workbench *bench = screen->bench;
	struct places_screen *at = places_of(screen);
	struct columns columns;
	columns_lay(&columns, site_specs, 6, bench, canvas, 13);
	draw_text(canvas, 0, 5, INK_DIM, tell(bench, "编号", "no."));
	columns_titles(&columns, bench, canvas, 0);
	list_fit(&at->sites_list, at->n_sites, canvas->rows - 2);
	for (unsigned i = at->sites_list.first; i < list_end(&at->sites_list); i++) {
		const struct site_info *site = &at->sites[i];
		const int row = 1 + (int)(i - at->sites_list.first);
		const struct label kind = site_kind_title(site->kind);
		draw_text(canvas, row, 3, site->is_visited ? INK_OK : INK_DIM,
			  site->is_visited ? "✓" : "◦");
		draw_cut(canvas, row, 5, 7, INK_ACCENT, site->id);
		columns_cell(&columns, canvas, row, 0, INK_TEXT, site->name);
		columns_cell(&columns, canvas, row, 1, INK_DIM, label_of(bench, &kind));
		columns_cell(&columns, canvas, row, 2, INK_TEXT,
			     site->energy_share[0] ? site->energy_share : "-");
		columns_cell(&columns, canvas, row, 3, INK_DIM,
			     site->calibrated_to[0] ? site->calibrated_to : "-");
		columns_cell(&columns, canvas, row, 4, INK_DIM,
			     site->populations[0] ? site->populations : "-");
		columns_cell(&columns, canvas, row, 5, INK_DIM, site->stops[0] ? site->stops : "-");
		if (i == at->sites_list.at)
			draw_selection(canvas, row, !at->on_populations);
	}
	if (!at->n_sites)
		draw_cut(canvas, 2, 5, canvas->cols - 7, INK_DIM,
			 tell(bench, "还没有登记地点；F5 新增", "no place is entered yet; F5 adds"));
	if (at->n_sites > list_end(&at->sites_list))
		draw_format(canvas, canvas->rows - 1, 5, INK_DIM, tell(bench, "其余 %u 处", "%u more"),
			    at->n_sites - list_end(&at->sites_list));
}

static const struct column_spec population_specs[] = {
	{ { "总体", "Population" }, 10, BREADTH_60, false, 34 },
	{ { "办法", "Rule" }, 28, BREADTH_100, false, 0 },
	{ { "总数", "size" }, 5, BREADTH_60, true, 0 },
	{ { "抽取", "drawn" }, 5, BREADTH_60, true, 0 },
	{ { "能耗 %", "energy %" }, 8, BREADTH_80, true, 0 },
	{ { "已查", "seen" }, 7, BREADTH_60, true, 0 },
	{ { "种子", "seed" }, 10, BREADTH_80, false, 0 },
};

static void draw_populations(const struct screen *screen, const struct canvas *canvas)
{
	const struct workbench *bench = screen->bench;
	struct places_screen *at = places_of(screen);
	struct columns columns;
	char text[40];
	columns_lay(&columns, population_specs, 7, bench, canvas, 5);
	columns_titles(&columns, bench, canvas, 0);
	list_fit(&at->populations_list, at->n_populations, canvas->rows - 1);
	for (unsigned i = at->populations_list.first; i < list_end(&at->populations_list); i++) {
		const struct population_info *of = &at->populations[i];
		const int row = 1 + (int)(i - at->populations_list.first);
		columns_cell(&columns, canvas, row, 0, INK_TEXT, of->population);
		columns_cell(&columns, canvas, row, 1, INK_DIM, of->basis);
		snprintf(text, sizeof(text), "%u", of->n_members);
		columns_cell(&columns, canvas, row, 2, INK_TEXT, text);
		columns_cell(&columns, canvas, row, 3, of->n[0] ? INK_TEXT : INK_WARN,
			     of->n[0] ? of->n : tell(bench, "未抽", "none"));
		snprintf(text, sizeof(text), "%s%s", of->energy_is_floor ? ">=" : "",
			 of->energy_share);
		columns_cell(&columns, canvas, row, 4, INK_TEXT, of->energy_share[0] ? text : "-");
		snprintf(text, sizeof(text), "%u/%u", of->n_visited, of->n_to_visit);
		columns_cell(&columns, canvas, row, 5,
			     !of->n_to_visit                    ? INK_DIM
			     : of->n_visited < of->n_to_visit ? INK_WARN
							      : INK_OK,
			     of->n_to_visit ? text : "-");
		columns_cell(&columns, canvas, row, 6, INK_DIM, of->seed);
		if (i == at->populations_list.at)
			draw_selection(canvas, row, at->on_populations);
	}
	if (!at->n_populations)
		draw_cut(canvas, 1, 5, canvas->cols - 7, INK_DIM,
			 tell(bench, "还没有总体；Tab 到这里，F5 新增", "no population yet; Tab, then F5"));
}

/* What was drawn of the population with the cursor. */
static void draw_sample(const struct screen *screen, const struct canvas *canvas)
{
	const struct workbench *bench = screen->bench;
	const struct population_info *of = population_at(screen);
	int row = 0, col = 10;
	if (!of || !of->n_sample)
		return;
	draw_text(canvas, 0, 3, INK_DIM, tell(bench, "抽中", "drawn"));
	for (unsigned i = 0; i < of->n_sample && row < canvas->rows; i++) {
		const struct sampled *one = &of->sample[i];
		char text[120];
		text_format(text, sizeof(text), "%s%s%s", one->place, one->with[0] ? ">" : "", one->with);
		const int cols = text_columns(text);
		if (col + cols + 2 > canvas->cols - 2) {
			col = 10;
			row++;
		}
		if (row >= canvas->rows)
			break;
		draw_text(canvas, row, col,
			  one->is_visited             ? INK_OK
			  : strcmp(one->how, "must") == 0 ? INK_TITLE
							  : INK_TEXT,
			  text);
		col += cols + 2;
	}
}

static void places_draw(struct screen *screen, const struct canvas *canvas)
{
	const struct places_screen *at = places_of(screen);
	const struct workbench *bench = screen->bench;
	const int sample = canvas->rows > 20 ? 4 : 2;
	const int wanted = (int)at->n_populations + 1 < 3 ? 3 : (int)at->n_populations + 1;
	const int low = wanted < canvas->rows / 3 ? wanted : canvas->rows / 3;
	const int from = canvas->rows - low - sample - 1;
	char text[60];
	const struct canvas sites = canvas_part(canvas, 2, 0, from - 3, 0);
	const struct canvas populations = canvas_part(canvas, from + 1, 0, low, 0);
	const struct canvas drawn = canvas_part(canvas, from + 1 + low, 0, sample, 0);
	snprintf(text, sizeof(text), "%u", at->n_sites);
	visit_title(canvas, 1, !at->on_populations, tell(bench, "地点和器具", "places and meters"), text);
	draw_sites(screen, &sites);
	snprintf(text, sizeof(text), "%u", at->n_populations);
	visit_title(canvas, from, at->on_populations, tell(bench, "抽样总体", "populations"), text);
	draw_populations(screen, &populations);
	draw_sample(screen, &drawn);
}

static void places_header(struct screen *screen, const struct canvas *row)
{
	const struct places_screen *at = places_of(screen);
	unsigned seen = 0;
	char text[60];
	for (unsigned i = 0; i < at->n_sites; i++)
		seen += at->sites[i].is_visited;
	snprintf(text, sizeof(text), tell(screen->bench, "%u 处  已看 %u", "%u places  seen %u"),
		 at->n_sites, seen);
	visit_header(screen->bench, row, text);
}

/* ---- drawing a sample: how many, seed, why ---- */

static struct places_screen *places_on_top(struct workbench *bench);

static void reason_given(struct workbench *bench, void *context, const char *text)
{
	struct places_screen *at = places_on_top(bench);
	const struct population_info *drawn = NULL;
	struct lt_err err = LT_ERR_INIT;
	char command[300];
	bool done = false;
	(void)context;
	if (!at)
		return;
	const struct draw_wish wish = { .n = at->n, .seed = at->seed[0] ? at->seed : NULL };
	text_format(command, sizeof(command), "draw %s %s", at->population, at->n);
	workbench_begin(bench, command);
	workbench_because(bench, text);
	const enum lt_status status = session_draw(bench->session, visit_year(bench), at->population,
						   &wish, &drawn, &done, &err);
	struct label unranked = { "", "" };
	if (!workbench_end(bench, status, &err, done) || !drawn ||
	    population_tell_unranked(drawn, &bench->session->arena, &unranked, &err))
		return;
	workbench_tell(bench, unranked.zh[0] ? NOTICE_WARN : NOTICE_DONE,
		       tell(bench, "抽了 %u 个，种子 %s%s%s", "%u drawn, seed %s%s%s"), drawn->n_sample,
		       drawn->seed, unranked.zh[0] ? tell(bench, "；", "; ") : "",
		       label_of(bench, &unranked));
}

static void seed_given(struct workbench *bench, void *context, const char *text)
{
	struct places_screen *at = places_on_top(bench);
	(void)context;
	if (!at)
		return;
	text_format(at->seed, sizeof(at->seed), "%s", text);
	ask_open_words(bench, visit_year(bench), at->population,
		 tell(bench, "抽样理由；和种子一起留在记录里", "why so; kept with the seed"), "", true,
		 NULL, reason_given, NULL);
}

static void n_given(struct workbench *bench, void *context, const char *text)
{
	struct places_screen *at = places_on_top(bench);
	(void)context;
	if (!at)
		return;
	text_format(at->n, sizeof(at->n), "%s", text);
	ask_open(bench, at->population,
		 tell(bench, "随机种子；空着由程序取，同一种子抽出同样的", "seed; empty = by chance. The same seed draws the same"),
		 "", false, NULL, seed_given, NULL);
}

static void draw_now(struct screen *screen)
{
	struct places_screen *at = places_of(screen);
	const struct population_info *of = population_at(screen);
	if (!of)
		return;
	text_format(at->population, sizeof(at->population), "%s", of->population);
	ask_open(screen->bench, at->population,
		 tell(screen->bench, "抽几个，必查的也算在内", "how many, those always taken included"), of->n,
		 true, NULL, n_given, NULL);
}

/* ---- keys ---- */

static void enter(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	const struct population_info *of = population_at(screen);
	const struct site_info *site = site_at(screen);
	if (site)
		visit_open_place(bench, site);
	if (of && of->n_sample)
		sample_open(bench, of->year, of->population);
	if (!of || of->n_sample)
		return;
	const char *row = lt_arena_printf(&bench->session->arena, "%s/%s", of->year, of->population);
	if (row)
		form_open_row(bench, "population", row, NULL);
}

static void add(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	const char *const fields[] = { "year", visit_year(bench), NULL };
	if (places_of(screen)->on_populations)
		form_open_row(bench, "population", NULL, fields);
	else
		form_open_row(bench, "place", NULL, NULL);
}

static void to_meters(struct screen *screen)
{
	register_open(screen->bench, REGISTER_METERS);
}

static void print(struct screen *screen)
{
	const struct population_info *of = population_at(screen);
	paper_open(screen->bench, "sampling", of ? of->population : NULL);
}

static bool has_population(const struct screen *screen)
{
	return population_at(screen) && screen_is_writable(screen);
}

static bool places_key(struct screen *screen, const struct event *event)
{
	struct places_screen *at = places_of(screen);
	if (list_key(at->on_populations ? &at->populations_list : &at->sites_list, event))
		return true;
	if (event->key != K_TAB && event->key != K_BACKTAB)
		return false;
	at->on_populations = !at->on_populations;
	return true;
}

static const struct action places_actions[] = {
	{ .key = K_ENTER,
	  .title = { "打开", "open" },
	  .help = { "地点的表；抽过样的总体看抽中谁、替换",
		    "the form of a place; who was drawn of a population, replacing" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = enter },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "新增", "add" },
	  .help = { "新增一处地点，或一个抽样总体", "another place, or population" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = screen_is_writable,
	  .run = add },
	{ .key = K_F4,
	  .letter = 'r',
	  .title = { "抽样", "draw" },
	  .help = { "从这个总体抽样：几个、种子、理由",
		    "a sample of this population: how many, seed, why" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_population,
	  .run = draw_now },
	{ .keys = { "Tab", "Tab" },
	  .title = { "地点、总体", "places, samples" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .key = K_F2,
	  .letter = 'e',
	  .title = { "计量器具", "meters" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = to_meters },
	{ .key = K_F3,
	  .letter = 'x',
	  .title = { "打印", "print" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .run = print },
};

static const struct screen_kind places_kind = {
	.id = "places",
	.title = { "地点", "Places" },
	.size = SIZE_WHOLE,
	.actions = places_actions,
	.n_actions = sizeof(places_actions) / sizeof(places_actions[0]),
	.needs_project = true,
	.draw = places_draw,
	.header = places_header,
	.key = places_key,
	.changed = load,
};

static struct places_screen *places_on_top(struct workbench *bench)
{
	struct screen *top = workbench_top(bench);
	return top && top->kind == &places_kind ? top->data : NULL;
}

void places_open(struct workbench *bench)
{
	struct places_screen *at = workbench_room(bench, sizeof(*at));
	struct screen *screen = at ? workbench_push(bench, &places_kind, at) : NULL;
	if (screen)
		load(screen);
}
