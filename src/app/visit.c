/* The timetable of the visit: stops with their people, items and places. */
#include "lingtan/app/visit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/ids.h"
#include "field_parts.h"
#include "lingtan/app/site.h"
#include "visit_parts.h"
#include "visit_year.h"

static const struct {
	const char *kind;
	struct label title;
} kinds[] = {
	{ "opening", { "首次会议", "opening meeting" } }, { "site", { "现场查看", "on site" } },
	{ "documents", { "查阅文件", "documents" } },	  { "meeting", { "组内会议", "team meeting" } },
	{ "closing", { "末次会议", "closing meeting" } },
};

struct label stop_kind_title(const char *kind)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return kinds[i].title;
	return (struct label){ kind, kind };
}

/* ---- reading ---- */

struct listing {
	struct session *session;
	const char *day;
	struct stop_info *at;
	unsigned n, cap;
	struct site_info *sites;
	unsigned n_sites;
	struct lt_err *err;
};

static enum lt_status take_stop(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	void *at = list->at;
	if (row_is_removed(row) ||
	    (!fact_row_get(row, "what")->at && !fact_row_get(row, "when")->at) ||
	    (list->day && strcmp(list->day, row_text(row, "when", 0)) != 0))
		return LT_OK;
	struct stop_info *to =
		list_grow(&list->session->arena, &at, &list->n, &list->cap, sizeof(*to));
	list->at = at;
	if (!to)
		return lt_err_memory(list->err);
	*to = (struct stop_info){ .id = row->parts[0],
				  .day = row_text(row, "when", 0),
				  .from = row_text(row, "when", 1),
				  .to = row_text(row, "when", 2),
				  .kind = row_text(row, "what", 0),
				  .title = row_text(row, "what", 1),
				  .purpose = row_text(row, "what", 2),
				  .done_from = row_text(row, "done", 0),
				  .done_to = row_text(row, "done", 1),
				  .done_note = row_text(row, "done", 2),
				  .present = row_text(row, "sign_in", 0),
				  .sheet = row_text(row, "sign_in", 1) };
	to->is_done = to->done_from[0] || to->done_to[0];
	to->has_sign_in = to->present[0] || to->sheet[0];
	return LT_OK;
}

static struct stop_info *find(const struct listing *list, const char *id)
{
	for (unsigned i = 0; i < list->n; i++)
		if (strcmp(list->at[i].id, id) == 0)
			return &list->at[i];
	return NULL;
}

/* One element more behind the n of a stop's list. */
static void *extend(struct listing *list, void *from, unsigned n, size_t size)
{
	void *to = lt_arena_resize(&list->session->arena, from, ((size_t)n + 1) * size);
	if (!to)
		lt_err_memory(list->err);
	return to;
}

static enum lt_status take_presence(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	struct stop_info *stop = find(list, row->parts[0]);
	if (!stop || row_is_removed(row))
		return LT_OK;
	struct stop_person *people =
		extend(list, stop->people, stop->n_people, sizeof(*people));
	if (!people)
		return LT_ESPACE;
	people[stop->n_people++] = (struct stop_person){
		.person = row->parts[1],
		.is_planned = strcmp(row_text(row, "planned", 0), "yes") == 0,
		.has_signed = fact_row_get(row, "signed")->at != NULL,
		.organisation = row_text(row, "signed", 0),
		.post = row_text(row, "signed", 1),
		.signed_at = row_text(row, "signed", 2),
	};
	stop->has_sign_in |= people[stop->n_people - 1].has_signed;
	stop->people = people;
	return LT_OK;
}

static enum lt_status take_item(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	struct stop_info *stop = find(list, row->parts[0]);
	if (!stop || row_is_removed(row))
		return LT_OK;
	struct stop_item *items = extend(list, stop->items, stop->n_items, sizeof(*items));
	if (!items)
		return LT_ESPACE;
	items[stop->n_items++] = (struct stop_item){ .assessment = row->parts[1],
						     .item = row->parts[2],
						     .ask = row_text(row, "ask", 0),
						     .origin = row_text(row, "ask", 1) };
	stop->items = items;
	return LT_OK;
}

static enum lt_status take_place(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	struct stop_info *stop = find(list, row->parts[0]);
	const char *name = "";
	if (!stop || row_is_removed(row))
		return LT_OK;
	struct stop_place *places = extend(list, stop->places, stop->n_places, sizeof(*places));
	if (!places)
		return LT_ESPACE;
	for (unsigned i = 0; i < list->n_sites; i++)
		if (site_stands_for(list->sites[i].id, row->parts[1]))
			name = list->sites[i].name;
	places[stop->n_places++] = (struct stop_place){ .place = row->parts[1],
							.name = name,
							.note = row_text(row, "planned", 1) };
	stop->places = places;
	return LT_OK;
}

/* A sign-in sheet that was given to a stop; another signed paper, a nonconformity report, says
 * nothing of who was there. */
static enum lt_status take_paper(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	struct stop_info *stop = find(list, row_text(row, "visit", 0));
	if (!stop || strcmp(row_text(row, "provenance", 2), "sign-in") != 0 ||
	    fact_row_get(row, "purged")->at)
		return LT_OK;
	stop->has_sign_in = true;
	if (!stop->sheet[0])
		stop->sheet = row_text(row, "file", 0);
	return LT_OK;
}

/* Why the documents sent an item to the site, where the plan says nothing itself. */
static enum lt_status take_inspection(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	const char *ask = row_text(row, "to_site", 0);
	for (unsigned s = 0; s < list->n && ask[0]; s++)
		for (unsigned i = 0; i < list->at[s].n_items; i++) {
			struct stop_item *item = &list->at[s].items[i];
			if (!item->ask[0] && strcmp(item->assessment, row->parts[0]) == 0 &&
			    strcmp(item->item, row->parts[1]) == 0)
				item->ask = ask;
		}
	return LT_OK;
}

/* Stops without a day come last. */
static int by_time(const void *a, const void *b)
{
	const struct stop_info *x = a, *y = b;
	if (!x->day[0] != !y->day[0])
		return x->day[0] ? -1 : 1;
	int order = strcmp(x->day, y->day);
	if (!order)
		order = strcmp(x->from, y->from);
	return order ? order : strcmp(x->id, y->id);
}

static int by_item(const void *a, const void *b)
{
	const struct stop_item *x = a, *y = b;
	const int order = strcmp(x->assessment, y->assessment);
	return order ? order : visit_compare_ids(x->item, y->item);
}

static int by_place(const void *a, const void *b)
{
	const struct stop_place *x = a, *y = b;
	return visit_compare_ids(x->place, y->place);
}

static void sort_lists(struct stop_info *stop)
{
	if (stop->n_items)
		qsort(stop->items, stop->n_items, sizeof(*stop->items), by_item);
	if (stop->n_places)
		qsort(stop->places, stop->n_places, sizeof(*stop->places), by_place);
}

enum lt_status session_stops(struct session *session, const char *day, struct stop_info **out,
			     unsigned *n, struct lt_err *err)
{
	struct listing list = { .session = session, .day = day, .err = err };
	static const struct {
		const char *table;
		enum lt_status (*take)(void *context, const struct fact_row *row);
	} parts[] = { { "stop", take_stop },
		      { "presence", take_presence },
		      { "stop_item", take_item },
		      { "inspection", take_inspection },
		      { "evidence", take_paper },
		      { "stop_place", take_place } };
	enum lt_status status = session_sites(session, NULL, &list.sites, &list.n_sites, err);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && !status; i++)
		status = project_visit(session->project, parts[i].table, &session->arena,
				       parts[i].take, &list, err);
	for (unsigned i = 0; i < list.n && !status; i++)
		sort_lists(&list.at[i]);
	if (!status && list.n)
		qsort(list.at, list.n, sizeof(*list.at), by_time);
	*out = list.at;
	*n = list.n;
	return status;
}

enum lt_status session_stops_of_year(struct session *session, const char *year, const char *day,
				     struct stop_info **out, unsigned *n, struct lt_err *err)
{
	struct visit_calendar calendar;
	unsigned kept = 0;
	enum lt_status status = session_stops(session, day, out, n, err);
	if (!status)
		status = visit_calendar_read(session, year, &calendar, err);
	if (status)
		return status;
	for (unsigned i = 0; i < *n; i++)
		if (visit_calendar_find(&calendar, (*out)[i].id))
			(*out)[kept++] = (*out)[i];
	*n = kept;
	return LT_OK;
}

enum lt_status session_find_stop(struct session *session, const char *which,
				 const struct stop_info **out, struct lt_err *err)
{
	struct stop_info *all = NULL;
	unsigned n = 0, n_fit = 0;
	enum lt_status status = session_stops(session, NULL, &all, &n, err);
	for (unsigned i = 0; i < n && !status; i++) {
		if (strcmp(all[i].id, which) == 0) {
			*out = &all[i];
			return LT_OK;
		}
		if (strcmp(all[i].title, which) == 0) {
			*out = &all[i];
			n_fit++;
		}
	}
	if (status || n_fit == 1)
		return status;
	return n_fit ? lt_err_set(err, LT_EDATA, "有几站都叫“%s”，请写编号",
				  "several stops are called '%s'; say the number", which)
		     : lt_err_set(err, LT_EDATA, "没有停留点“%s”；见 lingtan plan",
				  "there is no stop '%s'; see lingtan plan", which);
}

struct numbers {
	unsigned long highest;
};

/* Those that were taken out count: a number is not given twice. */
static enum lt_status see_number(void *context, const struct fact_row *row)
{
	struct numbers *numbers = context;
	const char *id = row->parts[0];
	if (id[0] == 'S' && id[1] && strlen(id) < 8 &&
	    strspn(id + 1, "0123456789") == strlen(id + 1)) {
		const unsigned long number = strtoul(id + 1, NULL, 10);
		numbers->highest = number > numbers->highest ? number : numbers->highest;
	}
	return LT_OK;
}

enum lt_status session_next_stop(struct session *session, const char **id, struct lt_err *err)
{
	struct numbers numbers = { 0 };
	enum lt_status status = project_visit(session->project, "stop", &session->arena,
					      see_number, &numbers, err);
	*id = status ? NULL : lt_arena_printf(&session->arena, "S%02lu", numbers.highest + 1);
	return status || *id ? status : lt_err_memory(err);
}

/* ---- what a stop has ---- */

/* A place, a meter, or a number on a list of a population. */
static enum lt_status check_place(struct session *session, const char *place, struct lt_err *err)
{
	const struct site_info *found;
	if (strchr(place, '#'))
		return LT_OK;
	return session_find_site(session, place, &found, err);
}

static const struct stop_person *person_at(const struct stop_info *stop, const char *person)
{
	for (unsigned i = 0; stop && i < stop->n_people; i++)
		if (strcmp(stop->people[i].person, person) == 0)
			return &stop->people[i];
	return NULL;
}

/* Who comes anew has not signed, whatever a row that was taken out still says. */
static enum lt_status put_person(struct changes *changes, const struct stop_info *now,
				 const char *stop, const char *person, struct lt_err *err)
{
	static const char *const yes = "yes";
	const char *const key[] = { stop, person };
	enum lt_status status = person_at(now, person)
					? LT_OK
					: changes_add(changes, "presence", key, "signed", NULL, err);
	return status ? status : field_put(changes, "presence", key, "planned", &yes, err);
}

/* Who signed was there, whatever was planned. */
static enum lt_status drop_person(struct changes *changes, const char *stop,
				  const struct stop_person *person, struct lt_err *err)
{
	const char *const key[] = { stop, person->person };
	return person->has_signed ? changes_add(changes, "presence", key, "planned", NULL, err)
				  : field_drop(changes, "presence", key, err);
}

static enum lt_status put_place(struct changes *changes, const char *stop, const char *place,
				struct lt_err *err)
{
	static const char *const planned[] = { "yes", "" };
	const char *const key[] = { stop, place };
	enum lt_status status = check_place(changes->session, place, err);
	return status ? status : field_put(changes, "stop_place", key, "planned", planned, err);
}

enum lt_status visit_put_item(struct changes *changes, const char *stop,
			      const struct assessment_ref *ref, const char *item, const char *ask,
			      const char *origin, struct lt_findings *findings, struct lt_err *err)
{
	const char *const key[] = { stop, ref->name, item };
	const char *const values[] = { ask, origin };
	enum lt_status status = field_check_item(changes->session, ref, item, findings, err);
	return status ? status : field_put(changes, "stop_item", key, "ask", values, err);
}

/* ITEM, or ASSESSMENT:ITEM; an item alone is of the one that is meant, if that has it. */
static enum lt_status find_named(struct session *session, const char *word, const char *meant,
				 const struct assessment_ref **ref, const char **item,
				 struct lt_findings *findings, struct lt_err *err)
{
	struct lt_err ignored = LT_ERR_INIT;
	const char *colon = strrchr(word, ':');
	const char *assessment =
		colon ? lt_arena_strndup(&session->arena, word, (size_t)(colon - word)) : NULL;
	*item = colon ? colon + 1 : word;
	if (colon && !assessment)
		return lt_err_memory(err);
	if (!colon && meant) {
		const enum lt_status status =
			session_find_assessment(session, meant, NULL, ref, findings, err);
		if (status)
			return status;
		if (!field_name_item(session, *ref, item, findings, &ignored))
			return LT_OK;
	}
	const enum lt_status status =
		session_find_assessment(session, assessment, *item, ref, findings, err);
	return status ? status : session_name_item(session, *ref, item, findings, err);
}

static const struct stop_info *stop_at(struct session *session, const char *id)
{
	const struct stop_info *found = NULL;
	struct lt_err ignored = LT_ERR_INIT;
	return session_find_stop(session, id, &found, &ignored) == LT_OK ? found : NULL;
}

static bool has_item(const struct stop_info *stop, const char *assessment, const char *item)
{
	for (unsigned i = 0; stop && i < stop->n_items; i++)
		if (strcmp(stop->items[i].assessment, assessment) == 0 &&
		    strcmp(stop->items[i].item, item) == 0)
			return true;
	return false;
}

static enum lt_status change_people(struct changes *changes, const struct stop_info *now,
				    const char *stop, const char *list, struct lt_err *err)
{
	struct lt_arena *arena = &changes->session->arena;
	const char *at = list, *person;
	enum lt_status status = LT_OK;
	for (unsigned i = 0; now && i < now->n_people && !status; i++)
		if (!lt_ids_have(list, now->people[i].person))
			status = drop_person(changes, stop, &now->people[i], err);
	while (!status && (person = list_take(arena, &at)) != NULL)
		status = put_person(changes, now, stop, person, err);
	return status;
}

static enum lt_status change_items(struct changes *changes, const struct stop_info *now,
				   const char *stop, const char *list, const char *meant,
				   struct lt_findings *findings, struct lt_err *err)
{
	struct session *session = changes->session;
	const char *at = list, *word, *kept = "";
	enum lt_status status = LT_OK;
	while (!status && (word = list_take(&session->arena, &at)) != NULL) {
		const struct assessment_ref *ref;
		const char *item;
		status = find_named(session, word, meant, &ref, &item, findings, err);
		if (status)
			break;
		const char *name = lt_arena_printf(&session->arena, "%s:%s", ref->name, item);
		kept = name ? list_join(&session->arena, kept, name) : NULL;
		if (!kept)
			return lt_err_memory(err);
		if (!has_item(now, ref->name, item))
			status = visit_put_item(changes, stop, ref, item, "", "plan", findings,
						err);
	}
	for (unsigned i = 0; now && i < now->n_items && !status; i++) {
		const char *const key[] = { stop, now->items[i].assessment, now->items[i].item };
		const char *name = lt_arena_printf(&session->arena, "%s:%s", key[1], key[2]);
		if (!name)
			return lt_err_memory(err);
		if (!lt_ids_have(kept, name))
			status = field_drop(changes, "stop_item", key, err);
	}
	return status;
}

static enum lt_status change_places(struct changes *changes, const struct stop_info *now,
				    const char *stop, const char *list, struct lt_err *err)
{
	struct lt_arena *arena = &changes->session->arena;
	const char *at = list, *place;
	enum lt_status status = LT_OK;
	for (unsigned i = 0; now && i < now->n_places && !status; i++) {
		const char *const key[] = { stop, now->places[i].place };
		if (!lt_ids_have(list, now->places[i].place))
			status = field_drop(changes, "stop_place", key, err);
	}
	while (!status && (place = list_take(arena, &at)) != NULL) {
		bool is_there = false;
		for (unsigned i = 0; now && i < now->n_places; i++)
			is_there |= strcmp(now->places[i].place, place) == 0;
		if (!is_there)
			status = put_place(changes, stop, place, err);
	}
	return status;
}

enum lt_status session_change_stop_lists(struct session *session, const char *stop,
					 const struct stop_lists *lists, struct changes *changes,
					 struct lt_findings *findings, struct lt_err *err)
{
	const struct stop_info *now = stop_at(session, stop);
	enum lt_status status = LT_OK;
	if (lists->people)
		status = change_people(changes, now, stop, lists->people, err);
	if (!status && lists->items)
		status = change_items(changes, now, stop, lists->items, lists->assessment, findings,
				      err);
	if (!status && lists->places)
		status = change_places(changes, now, stop, lists->places, err);
	return status;
}

/* ---- one less ---- */

enum lt_status session_take_from_stop(struct session *session, const char *stop,
				      const char *person, const struct assessment_ref *ref,
				      const char *item, const char *place, bool *done,
				      struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct stop_info *now = NULL;
	*done = false;
	enum lt_status status = session_find_stop(session, stop, &now, err);
	const char *id = status ? "" : now->id;
	const char *const items[] = { id, ref ? ref->name : "", item };
	const char *const places[] = { id, place };
	const struct stop_person *leaves = status || !person ? NULL : person_at(now, person);
	if (leaves && leaves->has_signed && !leaves->is_planned)
		return lt_err_set(err, LT_EDATA, "%s 已在 %s 签到，不能拿掉；签错了请撤销",
				  "%s has signed at %s and stays; undo a signature that was wrong",
				  person, id);
	if (leaves)
		status = drop_person(&changes, id, leaves, err);
	if (!status && item)
		status = field_drop(&changes, "stop_item", items, err);
	if (!status && place)
		status = field_drop(&changes, "stop_place", places, err);
	return status ? status : session_commit(session, "plan", &changes, done, err);
}

/* ---- what took place ---- */

static bool is_clock(const char *text)
{
	return strlen(text) == 5 && text[2] == ':' && strncmp(text, "24", 2) < 0 &&
	       strcmp(text + 3, "60") < 0 && strspn(text, "0123456789:") == 5;
}

static enum lt_status check_times(const char *from, const char *to, struct lt_err *err)
{
	if ((from[0] && !is_clock(from)) || (to[0] && !is_clock(to)))
		return lt_err_set(err, LT_EDATA, "时刻写成 09:05（%s %s）",
				  "a time of day is written 09:05 (%s %s)", from, to);
	if (from[0] && to[0] && strcmp(to, from) < 0)
		return lt_err_set(err, LT_EDATA, "结束 %s 早于开始 %s；过零点的请分成两站",
				  "%s is before the beginning, %s; what goes past midnight makes two stops",
				  to, from);
	return LT_OK;
}

static const char *first_said(const char *const *texts)
{
	while (*texts && !**texts)
		texts++;
	return *texts ? *texts : "";
}

enum lt_status session_stop_done(struct session *session, const char *stop, const char *from,
				 const char *to, const char *note, bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct stop_info *now = NULL;
	*done = false;
	enum lt_status status = session_find_stop(session, stop, &now, err);
	const char *moment = session_moment(session);
	if (!moment)
		return lt_err_memory(err);
	if (status)
		return status;
	const char *clock = strlen(moment) > 11 ? moment + 11 : "";
	const char *const begins[] = { now->done_from, now->from, clock, NULL };
	const char *const ends[] = { now->done_to, now->to, NULL };
	const char *const values[] = { from ? from : first_said(begins), to ? to : first_said(ends),
				       note ? note : now->done_note };
	status = check_times(values[0], values[1], err);
	if (!status)
		status = changes_add(&changes, "stop", &now->id, "done", values, err);
	return status ? status : session_commit(session, "visit", &changes, done, err);
}

enum lt_status session_sign_in(struct session *session, const char *stop, const char *person,
			       const char *organisation, const char *post, const char *at,
			       bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct stop_info *now = NULL;
	*done = false;
	enum lt_status status = session_find_stop(session, stop, &now, err);
	if (!status && is_blank(person))
		status = lt_err_set(err, LT_EDATA, "签到要写姓名", "signing in needs a name");
	const struct stop_person *signer = status ? NULL : person_at(now, person);
	const bool again = signer && signer->has_signed;
	if (!at)
		at = again ? signer->signed_at : session_moment(session);
	if (!at)
		return lt_err_memory(err);
	if (!status)
		status = field_time(session, &at, err);
	if (status)
		return status;
	const char *const key[] = { now->id, person };
	const char *const values[] = { organisation ? organisation : again ? signer->organisation : "",
				       post ? post : again ? signer->post : "", at };
	status = field_put(&changes, "presence", key, "signed", values, err);
	return status ? status : session_commit(session, "sign-in", &changes, done, err);
}
