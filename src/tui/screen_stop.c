/*
 * One stop of the visit: what is checked there, where, with whom, what was noted. Each thing is
 * recorded in two keys: the row, then a digit or Enter.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/ids.h"
#include "stop.h"

unsigned stop_count(const struct stop_screen *at, enum stop_group group)
{
	switch (group) {
	case STOP_ITEMS:
		return at->stop->n_items;
	case STOP_PLACES:
		return at->stop->n_places;
	case STOP_PEOPLE:
		return at->stop->n_people;
	case STOP_NOTES:
		return at->n_notes;
	case STOP_INTERVIEWS:
		return at->n_interviews;
	case STOP_PHOTOS:
		return at->n_photos;
	case N_STOP_GROUPS:
		break;
	}
	return 0;
}

const struct site_info *stop_site(const struct stop_screen *at, const char *place)
{
	for (unsigned i = 0; i < at->n_sites; i++)
		if (strcmp(at->sites[i].id, place) == 0)
			return &at->sites[i];
	return NULL;
}

/* ---- reading ---- */

/* Those before and after it are of the year, unless the stop itself is of another. */
static enum lt_status find_stop(struct stop_screen *at, struct session *session, const char *year,
				struct lt_err *err)
{
	struct stop_info *stops;
	unsigned n;
	enum lt_status status = session_stops_of_year(session, year, NULL, &stops, &n, err);
	at->stop = NULL;
	at->before = at->after = NULL;
	at->n_stops = n;
	for (unsigned i = 0; i < n && !status; i++)
		if (strcmp(stops[i].id, at->id) == 0) {
			at->stop = &stops[i];
			at->number = i;
			at->before = i ? stops[i - 1].id : NULL;
			at->after = i + 1 < n ? stops[i + 1].id : NULL;
		}
	return status || at->stop || !year ? status : find_stop(at, session, NULL, err);
}

/* Those of the stop, and those without one that were taken while it lasted. */
static enum lt_status read_photos(struct stop_screen *at, struct session *session,
				  struct lt_err *err)
{
	struct photo_info *all;
	unsigned n;
	enum lt_status status = session_photos(session, &all, &n, err);
	at->photos = all;
	at->n_photos = 0;
	for (unsigned i = 0; i < n && !status; i++)
		if (strcmp(all[i].stop, at->id) == 0 ||
		    (!all[i].stop[0] && lt_ids_have(all[i].fits, at->id)))
			all[at->n_photos++] = all[i];
	return status;
}

static enum lt_status name_items(struct stop_screen *at, struct workbench *bench, struct lt_err *err)
{
	const struct ruleset *ruleset = NULL;
	const char *of = "";
	at->titles = lt_arena_alloc(&bench->session->arena, at->stop->n_items + 1u, sizeof(*at->titles));
	if (!at->titles)
		return lt_err_memory(err);
	for (unsigned i = 0; i < at->stop->n_items; i++) {
		const struct stop_item *item = &at->stop->items[i];
		const bool is_own = strcmp(item->assessment, bench->ref->name) == 0;
		struct lt_err ignored = LT_ERR_INIT;
		if (strcmp(item->assessment, of) != 0 &&
		    session_ruleset_of(bench->session, item->assessment, &ruleset, &bench->findings, &ignored))
			ruleset = NULL;
		of = item->assessment;
		const struct item *decl = ruleset ? ruleset_find_item(ruleset, item->item) : NULL;
		at->titles[i] = (struct stop_title){ decl ? &decl->title : NULL,
						     is_own || !decl ? "" : ruleset->code };
	}
	return LT_OK;
}

static enum lt_status make_rows(struct stop_screen *at, struct session *session, struct lt_err *err)
{
	unsigned n = N_STOP_GROUPS;
	for (unsigned g = 0; g < N_STOP_GROUPS; g++)
		n += stop_count(at, (enum stop_group)g);
	at->rows = lt_arena_alloc(&session->arena, n, sizeof(*at->rows));
	at->n_rows = 0;
	if (!at->rows)
		return lt_err_memory(err);
	for (unsigned g = 0; g < N_STOP_GROUPS; g++)
		for (unsigned i = 0; i <= stop_count(at, (enum stop_group)g); i++)
			at->rows[at->n_rows++] = (struct stop_row){ (enum stop_group)g, i };
	return LT_OK;
}

static void load(struct screen *screen)
{
	struct stop_screen *at = stop_of(screen);
	struct session *session = screen->bench->session;
	const struct site_filter all = { .year = visit_year(screen->bench) };
	const struct note_filter here = { .stop = at->id };
	struct lt_err err = LT_ERR_INIT;
	at->n_rows = 0;
	enum lt_status status = find_stop(at, session, visit_year(screen->bench), &err);
	if (!status && !at->stop)
		return;
	if (!status)
		status = session_stop_inspections(session, at->stop, &at->inspections, &err);
	if (!status)
		status = name_items(at, screen->bench, &err);
	if (!status)
		status = session_sites(session, &all, &at->sites, &at->n_sites, &err);
	if (!status)
		status = session_notes(session, &here, &at->notes, &at->n_notes, &err);
	if (!status)
		status = session_interviews(session, at->id, &at->interviews, &at->n_interviews,
					    &err);
	if (!status)
		status = read_photos(at, session, &err);
	if (!status)
		status = make_rows(at, session, &err);
	if (!status)
		return;
	at->stop = NULL;
	workbench_tell_err(screen->bench, &err);
}

/* ---- what is under the cursor ---- */

static struct stop_screen *stop_on_top(struct workbench *bench);

static bool is_on(const struct screen *screen, enum stop_group group)
{
	const struct stop_screen *at = stop_of(screen);
	const struct stop_row *row = stop_row(at);
	return row && row->group == group && row->at < stop_count(at, group);
}

static bool is_item(const struct screen *screen)
{
	return is_on(screen, STOP_ITEMS) && screen_is_writable(screen);
}

static bool is_entry(const struct screen *screen)
{
	const struct stop_row *row = stop_row(stop_of(screen));
	return row && row->at < stop_count(stop_of(screen), row->group) &&
	       row->group < STOP_NOTES && screen_is_writable(screen);
}

/* The assessment of an item at the stop: its own, which need not be the one at hand. */
static enum lt_status ref_of(struct workbench *bench, const struct stop_item *item,
			     const struct assessment_ref **ref, struct lt_err *err)
{
	*ref = bench->ref;
	if (strcmp(item->assessment, bench->ref->name) == 0)
		return LT_OK;
	return session_find_assessment(bench->session, item->assessment, NULL, ref,
				       &bench->findings, err);
}

/* Two assessments at a stop may number their items alike. */
static void name_item(const struct stop_item *item, char *name, size_t cap)
{
	text_format(name, cap, "%s:%s", item->assessment, item->item);
}

static const struct stop_item *find_item(const struct stop_screen *at, const char *name)
{
	char one[sizeof(at->about)];
	for (unsigned i = 0; at->stop && i < at->stop->n_items; i++) {
		name_item(&at->stop->items[i], one, sizeof(one));
		if (strcmp(one, name) == 0)
			return &at->stop->items[i];
	}
	return NULL;
}

/* ---- verdicts and methods ---- */

static void judge(struct workbench *bench, const struct stop_screen *at,
		  const struct stop_item *item, const char *verdict, const char *text)
{
	const struct new_verdict wish = { .item = item->item, .verdict = verdict, .text = text, .stop = at->id };
	const struct label title = visit_verdict_title(verdict);
	const struct assessment_ref *ref;
	struct lt_err err = LT_ERR_INIT;
	char command[200];
	bool done = false;
	snprintf(command, sizeof(command), "site %.100s %.40s", item->item, verdict);
	workbench_begin(bench, command);
	enum lt_status status = ref_of(bench, item, &ref, &err);
	if (!status)
		status = session_judge_site(bench->session, ref, &wish, &done, &bench->findings,
					    &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE, tell(bench, "%s 现场：%s", "%s on site: %s"), wish.item,
			       label_of(bench, &title));
}

static void use_method(struct workbench *bench, const struct stop_screen *at, unsigned number,
		       enum item_method method)
{
	const struct stop_item *item = &at->stop->items[number];
	const bool used = !(at->inspections[number].methods & 1u << method);
	const struct assessment_ref *ref;
	struct lt_err err = LT_ERR_INIT;
	char command[200];
	bool done = false;
	snprintf(command, sizeof(command), "method %.100s %s", item->item,
		 item_method_names[method]);
	workbench_begin(bench, command);
	enum lt_status status = ref_of(bench, item, &ref, &err);
	if (!status)
		status = session_use_method(bench->session, ref, item->item,
					    item_method_names[method], used, at->id, NULL, &done,
					    &bench->findings, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE,
			       used ? tell(bench, "%s 用了：%s", "%s: %s used")
				    : tell(bench, "%s 没有用：%s", "%s: %s not used"),
			       item->item, label_of(bench, &visit_method_titles[method]));
}

static void words_given(struct workbench *bench, void *context, const char *text)
{
	const struct stop_screen *at = stop_on_top(bench);
	const struct stop_item *item = at ? find_item(at, at->about) : NULL;
	(void)context;
	if (!item)
		return;
	const struct inspection_info *now = &at->inspections[item - at->stop->items];
	judge(bench, at, item, now->site[0] ? now->site : "unclear", text);
}

static void ask_words(struct screen *screen, unsigned number)
{
	struct stop_screen *at = stop_of(screen);
	struct workbench *bench = screen->bench;
	name_item(&at->stop->items[number], at->about, sizeof(at->about));
	ask_open_words(bench, at->about, at->stop->items[number].item, tell(bench, "现场看到了什么", "what was seen on site"),
		 at->inspections[number].site_text, true, NULL, words_given, NULL);
}

/* ---- people ---- */

static void sign_in(struct screen *screen, unsigned number)
{
	struct stop_screen *at = stop_of(screen);
	struct workbench *bench = screen->bench;
	const char *person = at->stop->people[number].person;
	struct lt_err err = LT_ERR_INIT;
	char command[300];
	bool done = false;
	if (at->stop->people[number].has_signed) {
		workbench_tell(bench, NOTICE_WARN,
			       tell(bench, "%s 已经签过到，没有改动", "%s has signed in before; nothing was changed"),
			       person);
		return;
	}
	text_format(command, sizeof(command), "sign-in %s %s", at->id, person);
	workbench_begin(bench, command);
	const enum lt_status status = session_sign_in(bench->session, at->id, person, NULL, NULL,
						      NULL, &done, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE, tell(bench, "%s 已签到", "%s signed in"), person);
}

/* ---- adding ---- */

/* Ids joined behind those that the stop has; in the session's arena. */
static const char *behind(struct workbench *bench, const char *list, const char *more)
{
	return list && more ? lt_arena_printf(&bench->session->arena, "%s%s%s", list, list[0] ? "," : "", more)
		    : NULL;
}

static void add_list(struct workbench *bench, const struct stop_screen *at, enum stop_group group,
		     const char *text)
{
	struct changes changes = { .session = bench->session };
	struct stop_lists lists = { .assessment = bench->ref ? bench->ref->name : NULL };
	struct lt_err err = LT_ERR_INIT;
	const char *list = "";
	char command[200];
	bool done = false;
	for (unsigned i = 0; group == STOP_ITEMS && i < at->stop->n_items; i++)
		list = behind(bench, list,
			      lt_arena_printf(&bench->session->arena, "%s:%s",
					      at->stop->items[i].assessment, at->stop->items[i].item));
	for (unsigned i = 0; group == STOP_PLACES && i < at->stop->n_places; i++)
		list = behind(bench, list, at->stop->places[i].place);
	/* whoever signed without being planned stays so */
	for (unsigned i = 0; group == STOP_PEOPLE && i < at->stop->n_people; i++)
		if (at->stop->people[i].is_planned || !at->stop->people[i].has_signed)
			list = behind(bench, list, at->stop->people[i].person);
	list = behind(bench, list, text);
	lists.items = group == STOP_ITEMS ? list : NULL;
	lists.places = group == STOP_PLACES ? list : NULL;
	lists.people = group == STOP_PEOPLE ? list : NULL;
	text_format(command, sizeof(command), "stop %s", at->id);
	workbench_begin(bench, command);
	enum lt_status status = list ? session_change_stop_lists(bench->session, at->id, &lists,
								 &changes, &bench->findings, &err)
				     : lt_err_memory(&err);
	if (!status)
		status = session_commit(bench->session, "plan", &changes, &done, &err);
	workbench_end(bench, status, &err, done);
}

/* What stands before a comma, full-width ones as people type them, or a blank where names have none. */
static const char *take_one(struct workbench *bench, const char **text, bool with_blanks)
{
	const char *at = *text;
	while (*at && *at != ',' && strncmp(at, "，", 3) != 0 && strncmp(at, "、", 3) != 0 &&
	       (with_blanks || *at != ' '))
		at++;
	const char *one = lt_arena_strndup(&bench->session->arena, *text, (size_t)(at - *text));
	*text = at + (*at == ',' || *at == ' ' ? 1 : *at ? 3 : 0);
	return one;
}

static void given_list(struct workbench *bench, enum stop_group group, const char *text)
{
	const struct stop_screen *at = stop_on_top(bench);
	const char *list = "";
	while (*text) {
		const char *one = take_one(bench, &text, group == STOP_PEOPLE);
		if (one && one[0])
			list = behind(bench, list, one);
	}
	if (at && at->stop && list)
		add_list(bench, at, group, list);
}

static void items_given(struct workbench *bench, void *context, const char *text)
{
	(void)context;
	given_list(bench, STOP_ITEMS, text);
}

static void places_given(struct workbench *bench, void *context, const char *text)
{
	(void)context;
	given_list(bench, STOP_PLACES, text);
}

static void people_given(struct workbench *bench, void *context, const char *text)
{
	(void)context;
	given_list(bench, STOP_PEOPLE, text);
}

/* Who of the team is not here yet, as one line to be changed. */
static const char *team_missing(struct workbench *bench, const struct stop_screen *at)
{
	struct engagement_info engagement;
	struct lt_err ignored = LT_ERR_INIT;
	const char *list = "";
	if (session_engagement(bench->session, visit_year(bench), &engagement, &ignored) != LT_OK)
		return list;
	for (unsigned i = 0; i < engagement.n_team && list; i++) {
		const struct team_member *member = &engagement.team[i];
		bool is_here = strcmp(member->role, "leader") != 0 &&
			       strcmp(member->role, "member") != 0 &&
			       strcmp(member->role, "expert") != 0;
		for (unsigned k = 0; k < at->stop->n_people && !is_here; k++)
			is_here = strcmp(at->stop->people[k].person, member->person) == 0;
		if (!is_here)
			list = behind(bench, list, member->person);
	}
	return list ? list : "";
}

/* Who asks is whoever sits here. */
static void add_interview(struct screen *screen)
{
	const struct stop_screen *at = stop_of(screen);
	const char *const fields[] = { "stop", at->id, "on", at->stop->day, "asker", screen->bench->session->name, NULL };
	form_open_row(screen->bench, "interview", NULL, fields);
}

static void add_to(struct screen *screen, enum stop_group group)
{
	struct workbench *bench = screen->bench;
	const char *title = label_of(bench, &stop_group_titles[group]), *stop = stop_of(screen)->id;
	switch (group) {
	case STOP_ITEMS:
		ask_open_words(bench, stop, title,
			 tell(bench, "条款号，几条用逗号分开", "numbers of items, with commas between"),
			 "", true, NULL, items_given, NULL);
		break;
	case STOP_PLACES:
		ask_open_words(bench, stop, title,
			 tell(bench, "地点或器具的编号，用逗号分开", "numbers of places or meters, with commas"),
			 "", true, NULL, places_given, NULL);
		break;
	case STOP_PEOPLE:
		ask_open_words(bench, stop, title, tell(bench, "姓名，用逗号分开", "names, with commas between"),
			 team_missing(bench, stop_of(screen)), true, NULL, people_given, NULL);
		break;
	case STOP_NOTES:
		note_ask(bench);
		break;
	case STOP_INTERVIEWS:
		add_interview(screen);
		break;
	case STOP_PHOTOS:
		photos_by_time(bench);
		break;
	case N_STOP_GROUPS:
		break;
	}
}

static void add(struct screen *screen)
{
	const struct stop_row *row = stop_row(stop_of(screen));
	if (row)
		add_to(screen, row->group);
}

static void note(struct screen *screen)
{
	note_ask(screen->bench);
}

/* ---- photos, places ---- */

static void turn_photo(struct screen *screen, unsigned number)
{
	struct workbench *bench = screen->bench;
	const struct photo_info *photo = &stop_of(screen)->photos[number];
	struct lt_err err = LT_ERR_INIT;
	bool done = false;
	workbench_begin(bench, "photo");
	const enum lt_status status = session_place_photo(
		bench->session, photo->sha256, photo->stop[0] ? "" : stop_of(screen)->id, NULL,
		&done, &err);
	workbench_end(bench, status, &err, done);
}

static void open_place(struct screen *screen, unsigned number)
{
	const struct stop_screen *at = stop_of(screen);
	const struct site_info *site = stop_site(at, at->stop->places[number].place);
	if (site)
		visit_open_place(screen->bench, site);
}

/* ---- keys ---- */

static void enter(struct screen *screen)
{
	struct stop_screen *at = stop_of(screen);
	const struct stop_row *row = stop_row(at);
	if (!row)
		return;
	if (row->at >= stop_count(at, row->group)) {
		if (screen_is_writable(screen))
			add_to(screen, row->group);
		return;
	}
	switch (row->group) {
	case STOP_ITEMS:
		ask_words(screen, row->at);
		break;
	case STOP_PLACES:
		open_place(screen, row->at);
		break;
	case STOP_PEOPLE:
		sign_in(screen, row->at);
		break;
	case STOP_NOTES:
		note_ask_items(screen->bench, &at->notes[row->at]);
		break;
	case STOP_INTERVIEWS:
		form_open_row(screen->bench, "interview", at->interviews[row->at].id, NULL);
		break;
	case STOP_PHOTOS:
		turn_photo(screen, row->at);
		break;
	case N_STOP_GROUPS:
		break;
	}
}

static void to_walk(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	const struct stop_screen *at = stop_of(screen);
	const struct stop_item *item = &at->stop->items[stop_row(at)->at];
	const struct assessment_ref *ref;
	struct lt_err err = LT_ERR_INIT;
	if (ref_of(bench, item, &ref, &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		return;
	}
	/* another assessment's takes its place, and this screen goes with what was at hand */
	const bool is_own = ref == bench->ref;
	if (!is_own && !workbench_choose(bench, ref))
		return;
	const uint32_t slot = board_find_item(bench->board, item->item);
	if (slot != NO_SLOT)
		walk_goto(bench, slot);
	if (!is_own)
		workbench_tell(bench, NOTICE_DONE, tell(bench, "已换到 %s %s 年", "%s %s is at hand now"),
			       bench->board->ruleset->code, ref->year);
}

static bool is_own_photo(const struct screen *screen)
{
	const struct stop_screen *at = stop_of(screen);
	return is_on(screen, STOP_PHOTOS) && at->photos[stop_row(at)->at].stop[0] &&
	       screen_is_writable(screen);
}

static void say_place(struct screen *screen)
{
	const struct stop_screen *at = stop_of(screen);
	photo_ask_place(screen->bench, &at->photos[stop_row(at)->at], at->stop);
}

static void arrive(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct stop_screen *at = stop_of(screen);
	struct lt_err err = LT_ERR_INIT;
	char command[160];
	bool done = false;
	if (!at->stop)
		return;
	text_format(command, sizeof(command), "done %s", at->id);
	workbench_begin(bench, command);
	const enum lt_status status =
		session_stop_done(bench->session, at->id, NULL, NULL, NULL, &done, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "已记到场；时间不同的，计划屏 F4 改", "it took place; other times: F4 on the plan"));
}

static void take_off(struct screen *screen)
{
	struct workbench *bench = screen->bench;
	struct stop_screen *at = stop_of(screen);
	const struct stop_row *row = stop_row(at);
	const struct stop_item *item = row->group == STOP_ITEMS ? &at->stop->items[row->at] : NULL;
	const struct assessment_ref *ref = NULL;
	struct lt_err err = LT_ERR_INIT;
	char command[160];
	bool done = false;
	text_format(command, sizeof(command), "stop %s", at->id);
	workbench_begin(bench, command);
	enum lt_status status = item ? ref_of(bench, item, &ref, &err) : LT_OK;
	if (!status)
		status = session_take_from_stop(
			bench->session, at->id,
			row->group == STOP_PEOPLE ? at->stop->people[row->at].person : NULL, ref,
			item ? item->item : NULL,
			row->group == STOP_PLACES ? at->stop->places[row->at].place : NULL, &done,
			&err);
	workbench_end(bench, status, &err, done);
}

static void print(struct screen *screen)
{
	paper_open(screen->bench, "pocket", stop_of(screen)->id);
}

static void turn(struct screen *screen, const char *id)
{
	struct stop_screen *at = stop_of(screen);
	if (!id)
		return;
	text_format(at->id, sizeof(at->id), "%s", id);
	at->list = (struct list){ 0 };
	load(screen);
}

static void next_group(struct stop_screen *at, int by)
{
	const struct stop_row *here = stop_row(at);
	if (!here)
		return;
	const unsigned wanted =
		(here->group + (unsigned)(by + N_STOP_GROUPS)) % (unsigned)N_STOP_GROUPS;
	for (unsigned i = 0; i < at->n_rows; i++)
		if (at->rows[i].group == wanted) {
			at->list.at = i;
			return;
		}
}

static bool digit_key(struct screen *screen, int digit)
{
	struct stop_screen *at = stop_of(screen);
	const struct stop_row *row = stop_row(at);
	if (!is_item(screen) || digit < 1 || digit > 9)
		return digit >= 0;
	if (digit <= 4)
		judge(screen->bench, at, &at->stop->items[row->at], visit_verdict_names[digit - 1],
		      NULL);
	else
		use_method(screen->bench, at, row->at, (enum item_method)(digit - 5));
	return true;
}

static bool stop_key(struct screen *screen, const struct event *event)
{
	struct stop_screen *at = stop_of(screen);
	if (list_key(&at->list, event))
		return true;
	if (event->key == K_LEFT || event->key == K_RIGHT) {
		turn(screen, event->key == K_LEFT ? at->before : at->after);
		return true;
	}
	if (event->key == K_TAB || event->key == K_BACKTAB) {
		next_group(at, event->key == K_TAB ? 1 : -1);
		return true;
	}
	return digit_key(screen, key_digit(event));
}

static void stop_header(struct screen *screen, const struct canvas *row)
{
	const struct stop_screen *at = stop_of(screen);
	char text[60];
	if (!at->stop)
		return;
	snprintf(text, sizeof(text), tell(screen->bench, "第 %u 站，共 %u", "%u of %u"), at->number + 1,
		 at->n_stops);
	const int end = draw_right(row, 0, row->cols - 1, INK_DIM, text);
	const int col = draw_cut(row, 0, 1, end - 2, INK_ACCENT, at->id);
	draw_cut(row, 0, col + 2, end - col - 4, INK_TITLE, at->stop->title);
}

static const struct action stop_actions[] = {
	{ .keys = { "1-4", "1-4" },
	  .title = { "现场结论", "verdict" },
	  .help = { "1 符合 2 不符合 3 待核实 4 不适用",
		    "1 conforms 2 not 3 unclear 4 not applicable" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = is_item },
	{ .keys = { "5-9", "5-9" },
	  .title = { "方法", "method" },
	  .help = { "5 文件 6 观察 7 访谈 8 复算 9 试运行",
		    "5 documents 6 observation 7 interview 8 recalculation 9 trial" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = is_item },
	{ .key = K_ENTER,
	  .title = { "写、签、归", "write, sign, file" },
	  .help = { "条款写所见；人签到；记录归条款；末行新增",
		    "words of an item, sign-in, filing; the last row adds" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .run = enter },
	{ .key = K_F4,
	  .letter = 'r',
	  .title = { "记一笔", "note" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_for_words = true,
	  .is_live = screen_is_writable,
	  .run = note },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "加", "add" },
	  .help = { "在这一组里加一个", "one more in this group" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = screen_is_writable,
	  .run = add },
	{ .key = K_F2,
	  .letter = 'e',
	  .title = { "到场", "took place" },
	  .help = { "记下实际时间，按计划；没有计划就记现在",
		    "the actual time, as planned; else now" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = screen_is_writable,
	  .run = arrive },
	{ .key = K_F3,
	  .letter = 'x',
	  .title = { "到逐项", "to the item" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .is_live = is_item,
	  .run = to_walk },
	{ .key = K_F3,
	  .letter = 'x',
	  .title = { "拍的哪里", "its place" },
	  .help = { "照片拍的是本站的哪一处", "which of the stop's places a photo shows" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = is_own_photo,
	  .run = say_place },
	{ .keys = { "左右", "left, right" },
	  .title = { "前后站", "other stop" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .keys = { "Tab", "Tab" }, .title = { "下一组", "next group" }, .group = GROUP_MOVE },
	{ .key = K_DELETE,
	  .title = { "去掉", "take off" },
	  .group = GROUP_CHANGE,
	  .is_live = is_entry,
	  .run = take_off },
	{ .key = K_CTRL_P,
	  .title = { "打印", "print" },
	  .help = { "打印本站的口袋单、签到表、现场记录",
		    "pocket list, sign-in sheet, record of this stop" },
	  .group = GROUP_SCREEN,
	  .run = print },
};

static const struct screen_kind stop_kind = {
	.id = "stop",
	.title = { "停留点", "Stop" },
	.size = SIZE_WHOLE,
	.actions = stop_actions,
	.n_actions = sizeof(stop_actions) / sizeof(stop_actions[0]),
	.needs_project = true,
	.draw = stop_draw,
	.header = stop_header,
	.key = stop_key,
	.changed = load,
};

static struct stop_screen *stop_on_top(struct workbench *bench)
{
	struct screen *top = workbench_top(bench);
	return top && top->kind == &stop_kind ? top->data : NULL;
}

const char *stop_on_screen(const struct workbench *bench)
{
	for (unsigned i = bench->n_screens; i > 0; i--)
		if (bench->stack[i - 1].kind == &stop_kind)
			return ((struct stop_screen *)bench->stack[i - 1].data)->id;
	return NULL;
}

void stop_open(struct workbench *bench, const char *id)
{
	struct stop_screen *at = workbench_room(bench, sizeof(*at));
	if (!at)
		return;
	text_format(at->id, sizeof(at->id), "%s", id);
	struct screen *screen = workbench_push(bench, &stop_kind, at);
	if (screen)
		load(screen);
}
