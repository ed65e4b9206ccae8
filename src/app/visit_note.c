/* Notes, which are written first and filed later, and interviews. */
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/ids.h"
#include "lingtan/app/site.h"
#include "lingtan/app/writers.h"
#include "lingtan/base/random.h"
#include "visit_parts.h"

/* ---- reading notes ---- */

struct listing {
	struct session *session;
	const struct note_filter *filter;
	struct note_info *at;
	unsigned n, cap;
	struct writers writers;
	struct lt_err *err;
};

static bool lets_through(const struct note_filter *filter, const struct note_info *note)
{
	if (!filter)
		return true;
	return (!filter->unfiled || !note->is_filed) &&
	       (!filter->stop || strcmp(filter->stop, note->stop) == 0) &&
	       (!filter->item || lt_ids_have(note->items, filter->item)) &&
	       (!filter->assessment || !note->assessment[0] ||
		strcmp(filter->assessment, note->assessment) == 0);
}

static enum lt_status take_note(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	struct lt_arena *arena = &list->session->arena;
	void *at = list->at;
	if (row_is_removed(row) || !fact_row_get(row, "text")->at)
		return LT_OK;
	const struct note_info note = { .id = row->parts[0],
					.text = row_text(row, "text", 0),
					.stop = row_text(row, "where", 0),
					.place = row_text(row, "where", 1),
					.at = row_text(row, "where", 2),
					.by = "",
					.assessment = row_text(row, "filed", 0),
					.items = row_text(row, "filed", 1),
					.method = row_text(row, "filed", 2),
					.dropped = row_text(row, "filed", 3),
					.is_filed = row_text(row, "filed", 1)[0] ||
						    row_text(row, "filed", 3)[0] };
	if (!lets_through(list->filter, &note))
		return LT_OK;
	struct note_info *to = list_grow(arena, &at, &list->n, &list->cap, sizeof(*to));
	list->at = at;
	if (!to)
		return lt_err_memory(list->err);
	*to = note;
	return LT_OK;
}

/* The journal knows which was written before which; the order of a random id says nothing. */
static enum lt_status sort_notes(struct listing *list)
{
	struct lt_arena *arena = &list->session->arena;
	struct note_info *sorted = lt_arena_alloc(arena, list->n + 1, sizeof(*sorted));
	unsigned *orders = lt_arena_alloc(arena, list->n + 1, sizeof(*orders));
	if (!sorted || !orders)
		return lt_err_memory(list->err);
	for (unsigned i = 0; i < list->n; i++) {
		const char *key = cell_key_join(arena, &list->at[i].id, 1);
		const unsigned order =
			key ? writers_order(&list->writers, "note", key, "text") : 0;
		const struct writer *writer =
			key ? writers_find(&list->writers, "note", key, "text") : NULL;
		unsigned k = i;
		list->at[i].by = writer ? writer->by : "";
		for (; k > 0 && orders[k - 1] > order; k--) {
			orders[k] = orders[k - 1];
			sorted[k] = sorted[k - 1];
		}
		orders[k] = order;
		sorted[k] = list->at[i];
	}
	list->at = sorted;
	return LT_OK;
}

enum lt_status session_notes(struct session *session, const struct note_filter *filter,
			     struct note_info **out, unsigned *n, struct lt_err *err)
{
	struct listing list = { .session = session, .filter = filter, .err = err };
	enum lt_status status = project_visit(session->project, "note", &session->arena, take_note,
					      &list, err);
	/* the journal is read only where there is somebody to name */
	if (!status && list.n)
		status = writers_read(session, " note ", &session->arena, &list.writers, err);
	if (!status && list.n)
		status = sort_notes(&list);
	*out = list.at;
	*n = list.n;
	return status;
}

/* ---- writing notes ---- */

/* The one stop that the time falls into. */
static enum lt_status stop_of_time(struct session *session, const char *at, const char **stop,
				   struct lt_err *err)
{
	struct stop_info *stops = NULL;
	unsigned n = 0, n_fits = 0;
	*stop = "";
	enum lt_status status = session_stops(session, NULL, &stops, &n, err);
	const char *fits =
		status ? "" : visit_stops_at(stops, n, at, &session->arena, &n_fits);
	if (!status && !fits)
		status = lt_err_memory(err);
	if (!status && n_fits == 1)
		*stop = fits;
	return status;
}

enum lt_status session_add_note(struct session *session, const struct new_note *wish,
				const char **id, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct stop_info *found = NULL;
	const struct site_info *site = NULL;
	char random[LT_RANDOM_ID];
	const char *stop = "", *at = wish->at ? wish->at : session_moment(session);
	bool done;
	enum lt_status status = LT_OK;
	if (!at)
		return lt_err_memory(err);
	if (is_blank(wish->text))
		return lt_err_set(err, LT_EDATA, "记录是空的", "the note is empty");
	if (wish->at)
		status = field_time(session, &at, err);
	if (status)
		return status;
	if (wish->stop && wish->stop[0])
		status = session_find_stop(session, wish->stop, &found, err);
	else if (!wish->stop)
		status = stop_of_time(session, at, &stop, err);
	if (!status && wish->place && wish->place[0])
		status = session_find_site(session, wish->place, &site, err);
	lt_random_id(random);
	*id = lt_arena_strndup(&session->arena, random, sizeof(random));
	if (!status && !*id)
		status = lt_err_memory(err);
	if (status)
		return status;
	const char *const where[] = { found ? found->id : stop, site ? site->id : "", at };
	status = changes_add(&changes, "note", id, "text", &wish->text, err);
	if (!status)
		status = changes_add(&changes, "note", id, "where", where, err);
	return status ? status : session_commit(session, "note", &changes, &done, err);
}

enum lt_status session_find_note(struct session *session, const char *which,
				 const struct note_info **out, struct lt_err *err)
{
	struct note_info *all = NULL;
	unsigned n = 0, n_fit = 0;
	const size_t len = strlen(which);
	enum lt_status status = session_notes(session, NULL, &all, &n, err);
	for (unsigned i = 0; i < n && !status; i++)
		if ((len >= 6 && strncmp(all[i].id, which, len) == 0) ||
		    strcmp(all[i].text, which) == 0) {
			*out = &all[i];
			n_fit++;
		}
	if (status || n_fit == 1)
		return status;
	return n_fit ? lt_err_set(err, LT_EDATA, "有几条记录都是“%s”，请写得更全",
				  "several notes are '%s', say more of it", which)
		     : lt_err_set(err, LT_EDATA, "没有记录“%s”；见 lingtan notes",
				  "there is no note '%s'; see lingtan notes", which);
}

/* moves: whatever assessment it was filed to, it goes to ref. */
static enum lt_status file_note(struct session *session, const struct assessment_ref *ref,
				bool moves, const struct note_info *note, const char *items,
				const char *method, const char *dropped, bool *done,
				struct lt_findings *findings, struct lt_err *err)
{
	struct changes changes = { .session = session };
	enum lt_status status = method && method[0] ? visit_check_method(method, err) : LT_OK;
	if (!status && note->assessment[0] && !moves)
		status = session_find_assessment(session, note->assessment, NULL, &ref, findings,
						 err);
	if (!status)
		status = field_name_items(session, ref ? ref->name : NULL, &items, findings,
					  err);
	if (status)
		return status;
	const char *const values[] = { items[0] ? ref->name : "", items,
				       method ? method : items[0] ? note->method : "",
				       dropped && !items[0] ? dropped : "" };
	const bool nothing = !items[0] && !values[3][0];
	status = changes_add(&changes, "note", &note->id, "filed", nothing ? NULL : values, err);
	return status ? status : session_commit(session, "file", &changes, done, err);
}

enum lt_status session_file_note(struct session *session, const struct assessment_ref *ref,
				 const char *which, const char *items, const char *method,
				 const char *dropped, bool *done, struct lt_findings *findings,
				 struct lt_err *err)
{
	const struct note_info *note = NULL;
	*done = false;
	enum lt_status status = session_find_note(session, which, &note, err);
	return status ? status
		      : file_note(session, ref, false, note, items, method, dropped, done,
				  findings, err);
}

enum lt_status session_move_note(struct session *session, const struct assessment_ref *ref,
				 const char *which, const char *items, const char *method,
				 bool *done, struct lt_findings *findings, struct lt_err *err)
{
	const struct note_info *note = NULL;
	*done = false;
	enum lt_status status = session_find_note(session, which, &note, err);
	return status ? status
		      : file_note(session, ref, true, note, items, method, NULL, done, findings,
				  err);
}

/* ---- interviews ---- */

struct interviews {
	struct session *session;
	const char *stop;
	struct interview_info *at;
	unsigned n, cap;
	struct lt_err *err;
};

static enum lt_status take_interview(void *context, const struct fact_row *row)
{
	struct interviews *list = context;
	void *at = list->at;
	if (row_is_removed(row) || !fact_row_get(row, "who")->at ||
	    (list->stop && strcmp(list->stop, row_text(row, "when", 1)) != 0))
		return LT_OK;
	struct interview_info *to =
		list_grow(&list->session->arena, &at, &list->n, &list->cap, sizeof(*to));
	list->at = at;
	if (!to)
		return lt_err_memory(list->err);
	*to = (struct interview_info){ .id = row->parts[0],
				       .person = row_text(row, "who", 0),
				       .organisation = row_text(row, "who", 1),
				       .post = row_text(row, "who", 2),
				       .on = row_text(row, "when", 0),
				       .stop = row_text(row, "when", 1),
				       .asker = row_text(row, "when", 2),
				       .assessment = row_text(row, "about", 0),
				       .items = row_text(row, "about", 1),
				       .text = row_text(row, "text", 0),
				       .agreed_on = row_text(row, "agreed", 0) };
	return LT_OK;
}

static int by_day(const void *a, const void *b)
{
	const struct interview_info *x = a, *y = b;
	const int order = strcmp(x->on, y->on);
	return order ? order : strcmp(x->id, y->id);
}

enum lt_status session_interviews(struct session *session, const char *stop,
				  struct interview_info **out, unsigned *n, struct lt_err *err)
{
	struct interviews list = { .session = session, .stop = stop, .err = err };
	enum lt_status status = project_visit(session->project, "interview", &session->arena,
					      take_interview, &list, err);
	if (!status && list.n)
		qsort(list.at, list.n, sizeof(*list.at), by_day);
	*out = list.at;
	*n = list.n;
	return status;
}
