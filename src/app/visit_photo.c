/* Photos and the stops that they were taken at. */
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/evidence.h"
#include "lingtan/app/site.h"
#include "visit_parts.h"

/* The clock of a time as it was taken: 2026-03-25T14:03:10 -> 14:03; "" where only a day is known. */
static const char *clock_of(const char *time)
{
	return strlen(time) >= 16 && time[10] == 'T' ? time + 11 : "";
}

static bool falls_into(const struct stop_info *stop, const char *time)
{
	const char *clock = clock_of(time);
	const bool is_done = stop->done_from[0] && stop->done_to[0];
	const char *from = is_done ? stop->done_from : stop->from;
	const char *to = is_done ? stop->done_to : stop->to;
	return stop->day[0] && clock[0] && from[0] && to[0] && strncmp(time, stop->day, 10) == 0 &&
	       strncmp(clock, from, 5) >= 0 && strncmp(clock, to, 5) <= 0;
}

const char *visit_stops_at(const struct stop_info *stops, unsigned n, const char *time,
			   struct lt_arena *arena, unsigned *n_fits)
{
	const char *list = "";
	*n_fits = 0;
	for (unsigned i = 0; i < n && list; i++)
		if (falls_into(&stops[i], time)) {
			list = list_join(arena, list, stops[i].id);
			++*n_fits;
		}
	return list;
}

struct listing {
	struct session *session;
	const struct stop_info *stops;
	unsigned n_stops;
	struct photo_info *at;
	unsigned n, cap;
	struct lt_err *err;
};

static enum lt_status take_file(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	struct lt_arena *arena = &list->session->arena;
	void *at = list->at;
	const char *taken = row_text(row, "taken", 0), *type = row_text(row, "file", 2);
	const bool is_photo = strncmp(type, "image/", 6) == 0 ||
			      strcmp(row_text(row, "provenance", 2), "photo") == 0;
	if (!fact_row_get(row, "file")->at || fact_row_get(row, "purged")->at ||
	    (!is_photo && !clock_of(taken)[0]))
		return LT_OK;
	struct photo_info *to = list_grow(arena, &at, &list->n, &list->cap, sizeof(*to));
	list->at = at;
	if (!to)
		return lt_err_memory(list->err);
	*to = (struct photo_info){ .sha256 = row->parts[0],
				   .name = row_text(row, "file", 0),
				   .taken_at = taken,
				   .stop = row_text(row, "visit", 0),
				   .place = row_text(row, "visit", 1) };
	to->fits = visit_stops_at(list->stops, list->n_stops, taken, arena, &to->n_fits);
	return to->fits ? LT_OK : lt_err_memory(list->err);
}

static int by_time(const void *a, const void *b)
{
	const struct photo_info *x = a, *y = b;
	const int order = strcmp(x->taken_at, y->taken_at);
	return order ? order : strcmp(x->sha256, y->sha256);
}

enum lt_status session_photos(struct session *session, struct photo_info **out, unsigned *n,
			      struct lt_err *err)
{
	struct listing list = { .session = session, .err = err };
	struct stop_info *stops = NULL;
	enum lt_status status = session_stops(session, NULL, &stops, &list.n_stops, err);
	list.stops = stops;
	if (!status)
		status = project_visit(session->project, "evidence", &session->arena, take_file,
				       &list, err);
	if (!status && list.n)
		qsort(list.at, list.n, sizeof(*list.at), by_time);
	*out = list.at;
	*n = list.n;
	return status;
}

enum lt_status session_assign_photos(struct session *session, unsigned *n_assigned, bool *done,
				     struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct photo_info *all = NULL;
	unsigned n = 0;
	*n_assigned = 0;
	*done = false;
	enum lt_status status = session_photos(session, &all, &n, err);
	for (unsigned i = 0; i < n && !status; i++) {
		const char *const values[] = { all[i].fits, all[i].place };
		if (all[i].stop[0] || all[i].n_fits != 1)
			continue;
		status = changes_add(&changes, "evidence", &all[i].sha256, "visit", values, err);
		++*n_assigned;
	}
	return status ? status : session_commit(session, "photos", &changes, done, err);
}

enum lt_status session_place_photo(struct session *session, const char *which, const char *stop,
				   const char *place, bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct evidence_file *file = NULL;
	const struct stop_info *found = NULL;
	const struct site_info *site = NULL;
	struct words now = { 0 };
	*done = false;
	enum lt_status status = session_find_evidence(session, which, &file, err);
	const char *key = status ? NULL : cell_key_join(&session->arena, &file->sha256, 1);
	if (!status && !key)
		status = lt_err_memory(err);
	if (!status)
		status = project_get(session->project, "evidence", key, "visit", &session->arena,
				     &now, err);
	if (!status && stop && stop[0])
		status = session_find_stop(session, stop, &found, err);
	if (!status && place && place[0])
		status = session_find_site(session, place, &site, err);
	if (status)
		return status;
	const char *const values[] = { found ? found->id : stop ? "" : now.at ? now.at[0] : "",
				       site ? site->id : place ? "" : now.at ? now.at[1] : "" };
	const bool nothing = !values[0][0] && !values[1][0];
	status = changes_add(&changes, "evidence", &file->sha256, "visit", nothing ? NULL : values,
			     err);
	return status ? status : session_commit(session, "photos", &changes, done, err);
}
