/* Photos of the visit: when taken, at which stop, of which place. Enter gives the stop, F4 the place. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "visit.h"

struct photos_screen {
	struct photo_info *photos; /* in the session's arena, as what follows */
	struct stop_info *stops;
	unsigned n, n_stops;
	struct list list;
};

static struct photos_screen *photos_of(const struct screen *screen)
{
	return screen->data;
}

static void load(struct screen *screen)
{
	struct photos_screen *at = photos_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	enum lt_status status = session_photos(bench->session, &at->photos, &at->n, &err);
	if (!status)
		status = session_stops(bench->session, NULL, &at->stops, &at->n_stops, &err);
	if (!status)
		return;
	at->n = at->n_stops = 0;
	workbench_tell_err(bench, &err);
}

static const struct photo_info *photo_at(const struct screen *screen)
{
	const struct photos_screen *at = photos_of(screen);
	return at->list.at < at->n ? &at->photos[at->list.at] : NULL;
}

static const struct stop_info *find_stop(const struct stop_info *stops, unsigned n, const char *id)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(stops[i].id, id) == 0)
			return &stops[i];
	return NULL;
}

/* ---- which place a photo shows; for this screen and that of a stop ---- */

struct place_question {
	char *sha256; /* in the session's arena, as the rest */
	const char **places;
	unsigned n;
};

static void write_down(struct workbench *bench, const char *sha256, const char *stop, const char *place)
{
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	workbench_begin(bench, "photo");
	const enum lt_status status = session_place_photo(bench->session, sha256, stop, place, &done, &err);
	workbench_end(bench, status, &err, done);
}

static void named_given(struct workbench *bench, void *context, const char *text)
{
	write_down(bench, context, NULL, text);
}

static void place_chosen(struct workbench *bench, void *context, unsigned number)
{
	const struct place_question *question = context;
	if (number < question->n)
		write_down(bench, question->sha256, NULL, question->places[number]);
	else if (number == question->n)
		ask_open(bench, tell(bench, "拍的哪里", "What it shows"),
			 tell(bench, "地点或器具的编号", "number of a place or meter"), "", true, NULL, named_given,
			 question->sha256);
	else
		write_down(bench, question->sha256, NULL, "");
}

void photo_ask_place(struct workbench *bench, const struct photo_info *photo, const struct stop_info *stop)
{
	struct lt_arena *arena = &bench->session->arena;
	const unsigned most = stop ? stop->n_places : 0;
	struct menu_row *rows = lt_arena_alloc(arena, most + 2, sizeof(*rows));
	struct place_question *question = lt_arena_alloc(arena, 1, sizeof(*question));
	const char **places = lt_arena_alloc(arena, most + 1, sizeof(*places));
	char *sha256 = lt_arena_strndup(arena, photo->sha256, strlen(photo->sha256));
	unsigned n = 0, at = 0;
	if (!rows || !question || !places || !sha256)
		return;
	/* what stands on a list alone is no place that could be written down */
	for (unsigned i = 0; stop && i < stop->n_places; i++) {
		if (!stop->places[i].name[0])
			continue;
		places[n] = stop->places[i].place;
		rows[n] = (struct menu_row){ places[n], stop->places[i].name, n < 9 ? (int)n + 1 : -1, false };
		if (strcmp(places[n], photo->place) == 0)
			at = n;
		n++;
	}
	rows[n] = (struct menu_row){ tell(bench, "另一处", "another"), tell(bench, "写编号", "by its number"),
				     n < 9 ? (int)n + 1 : -1, false };
	rows[n + 1] = (struct menu_row){ tell(bench, "不写", "none"), NULL, 0, false };
	*question = (struct place_question){ sha256, places, n };
	menu_open(bench, tell(bench, "拍的哪里", "What it shows"), rows, n + 2, at, place_chosen, question);
}

/* ---- drawing ---- */

static const struct column_spec specs[] = {
	{ { "照片", "Photo" }, 14, BREADTH_60, false, 56 },
	{ { "停留点", "Stop" }, 20, BREADTH_60, false, 0 },
	{ { "拍的哪里", "Place" }, 12, BREADTH_80, false, 0 },
};
static const struct column_spec narrow_specs[] = {
	{ { "照片", "Photo" }, 14, BREADTH_60, false, 0 },
	{ { "停留点", "Stop" }, 8, BREADTH_60, false, 0 },
	{ { "哪里", "Place" }, 8, BREADTH_60, false, 0 },
};

static void draw_photo(const struct workbench *bench, const struct photos_screen *at,
		       const struct columns *columns, const struct canvas *canvas, int row, unsigned number)
{
	const struct photo_info *photo = &at->photos[number];
	const struct stop_info *stop = find_stop(at->stops, at->n_stops, photo->stop);
	char text[200];
	draw_text(canvas, row, 3, photo->stop[0] ? INK_OK : INK_WARN, photo->stop[0] ? "✓" : "◦");
	if (photo->taken_at[0])
		draw_format(canvas, row, 5, INK_DIM, "%.5s %.5s", photo->taken_at + 5, photo->taken_at + 11);
	else
		draw_text(canvas, row, 5, INK_WARN, tell(bench, "时间不明", "no time"));
	columns_cell(columns, canvas, row, 0, INK_TEXT, photo->name);
	const bool is_narrow = frame_breadth(bench) == BREADTH_60;
	if (photo->stop[0])
		text_format(text, sizeof(text), "%s %s", photo->stop, stop && !is_narrow ? stop->title : "");
	else if (photo->n_fits && is_narrow)
		text_format(text, sizeof(text), "%s ?", photo->fits);
	else if (photo->n_fits)
		text_format(text, sizeof(text), tell(bench, "时间合于 %s", "fits %s"), photo->fits);
	else
		text_format(text, sizeof(text), "%s", tell(bench, "未归", "none"));
	columns_cell(columns, canvas, row, 1, photo->stop[0] ? INK_TEXT : INK_WARN, text);
	columns_cell(columns, canvas, row, 2, photo->place[0] ? INK_ACCENT : INK_DIM,
		     photo->place[0] ? photo->place : "-");
}

static void photos_draw(struct screen *screen, const struct canvas *canvas)
{
	struct photos_screen *at = photos_of(screen);
	const struct workbench *bench = screen->bench;
	struct columns columns;
	columns_lay(&columns, frame_breadth(bench) == BREADTH_60 ? narrow_specs : specs, 3, bench, canvas, 18);
	draw_text(canvas, 1, 5, INK_DIM, tell(bench, "拍摄时间", "taken"));
	columns_titles(&columns, bench, canvas, 1);
	list_fit(&at->list, at->n, canvas->rows - 4);
	for (unsigned i = at->list.first; i < list_end(&at->list); i++) {
		const int row = 2 + (int)(i - at->list.first);
		draw_photo(bench, at, &columns, canvas, row, i);
		if (i == at->list.at)
			draw_selection(canvas, row, true);
	}
	if (!at->n)
		draw_cut(canvas, 3, 5, canvas->cols - 7, INK_DIM,
			 tell(bench, "佐证里还没有照片；收件屏里挂", "there is no photo among the evidence; the inbox attaches"));
	if (at->n > list_end(&at->list))
		draw_format(canvas, canvas->rows - 1, 5, INK_DIM, tell(bench, "其余 %u 张", "%u more"),
			    at->n - list_end(&at->list));
}

static void photos_header(struct screen *screen, const struct canvas *row)
{
	const struct photos_screen *at = photos_of(screen);
	unsigned stops = 0, places = 0;
	char text[100];
	for (unsigned i = 0; i < at->n; i++) {
		stops += at->photos[i].stop[0] != '\0';
		places += at->photos[i].place[0] != '\0';
	}
	text_format(text, sizeof(text), tell(screen->bench, "%u 张  已归站 %u  有地点 %u", "%u photos  at a stop %u  of a place %u"),
		    at->n, stops, places);
	visit_header(screen->bench, row, text);
}

/* ---- keys ---- */

static struct photos_screen *photos_on_top(struct workbench *bench);

static void stop_chosen(struct workbench *bench, void *context, unsigned number)
{
	const struct photos_screen *at = photos_on_top(bench);
	if (at)
		write_down(bench, context, number < at->n_stops ? at->stops[number].id : "", NULL);
}

static void ask_stop(struct screen *screen)
{
	struct photos_screen *at = photos_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_arena *arena = &bench->session->arena;
	const struct photo_info *photo = photo_at(screen);
	struct menu_row *rows = lt_arena_alloc(arena, at->n_stops + 1, sizeof(*rows));
	char *sha256 = photo ? lt_arena_strndup(arena, photo->sha256, strlen(photo->sha256)) : NULL;
	unsigned now = 0;
	if (!rows || !sha256)
		return;
	for (unsigned i = 0; i < at->n_stops; i++) {
		rows[i] = (struct menu_row){ lt_arena_printf(arena, "%s %s", at->stops[i].id, at->stops[i].title),
					     lt_arena_printf(arena, "%s %s", at->stops[i].day, at->stops[i].from),
					     i < 9 ? (int)i + 1 : -1, false };
		if (strcmp(at->stops[i].id, photo->stop[0] ? photo->stop : photo->fits) == 0)
			now = i;
	}
	rows[at->n_stops] = (struct menu_row){ tell(bench, "哪站都不是", "of no stop"), NULL, 0, false };
	menu_open(bench, tell(bench, "在哪一站拍的", "Taken at which stop"), rows, at->n_stops + 1, now, stop_chosen, sha256);
}

static void ask_place(struct screen *screen)
{
	const struct photos_screen *at = photos_of(screen);
	const struct photo_info *photo = photo_at(screen);
	if (photo)
		photo_ask_place(screen->bench, photo, find_stop(at->stops, at->n_stops, photo->stop));
}

void photos_by_time(struct workbench *bench)
{
	struct lt_err err = LT_ERR_INIT;
	unsigned n = 0;
	bool done = false;
	workbench_begin(bench, "photos");
	const enum lt_status status = session_assign_photos(bench->session, &n, &done, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, n ? NOTICE_DONE : NOTICE_WARN,
			       tell(bench, "按时间归入 %u 张", "%u photos by their time"), n);
}

static void by_time(struct screen *screen)
{
	photos_by_time(screen->bench);
}

static void next(struct screen *screen)
{
	struct photos_screen *at = photos_of(screen);
	for (unsigned i = 1; i <= at->n; i++)
		if (!at->photos[(at->list.at + i) % at->n].stop[0]) {
			at->list.at = (at->list.at + i) % at->n;
			return;
		}
	workbench_tell(screen->bench, NOTICE_DONE, "%s", tell(screen->bench, "照片都归了站", "each photo has its stop"));
}

static bool has_photo(const struct screen *screen)
{
	return photo_at(screen) && screen_is_writable(screen);
}

static bool photos_key(struct screen *screen, const struct event *event)
{
	return list_key(&photos_of(screen)->list, event);
}

static const struct action photos_actions[] = {
	{ .key = K_ENTER,
	  .title = { "归站", "stop" },
	  .help = { "这张在哪一站拍的", "at which stop it was taken" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_photo,
	  .run = ask_stop },
	{ .key = K_F4,
	  .letter = 'r',
	  .title = { "拍的哪里", "place" },
	  .help = { "那一站的地点里选，或写编号", "one of the stop's places, or by number" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_photo,
	  .run = ask_place },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "下一张未归", "next without" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .run = next },
	{ .key = K_F2,
	  .letter = 'e',
	  .title = { "全部按时间归站", "all by time" },
	  .help = { "拍摄时间落在哪一站就归哪一站；合于两站的不动",
		    "to the stop whose time each falls into, where it is one alone" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = screen_is_writable,
	  .run = by_time },
};

static const struct screen_kind photos_kind = {
	.id = "photos",
	.title = { "照片", "Photos" },
	.size = SIZE_WHOLE,
	.actions = photos_actions,
	.n_actions = sizeof(photos_actions) / sizeof(photos_actions[0]),
	.needs_project = true,
	.draw = photos_draw,
	.header = photos_header,
	.key = photos_key,
	.changed = load,
};

static struct photos_screen *photos_on_top(struct workbench *bench)
{
	struct screen *top = workbench_top(bench);
	return top && top->kind == &photos_kind ? top->data : NULL;
}

void photos_open(struct workbench *bench)
{
	struct photos_screen *at = workbench_room(bench, sizeof(*at));
	struct screen *screen = at ? workbench_push(bench, &photos_kind, at) : NULL;
	if (screen)
		load(screen);
}
