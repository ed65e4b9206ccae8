#include "visit_year.h"

#include <stdlib.h>
#include <string.h>
#include "lingtan/base/ids.h"

/* A year that is assessed, and when. Texts "" = not said. */
struct span {
	const char *year, *from, *to; /* days on site */
	const char *begins;
};

struct reading {
	struct session *session;
	const char *year; /* NULL = all */
	struct span *spans;
	unsigned n, cap;
	struct visit_calendar *out;
	struct lt_err *err;
};

/* ---- the years ---- */

static struct span *span_of(struct reading *reading, const char *year)
{
	struct lt_arena *arena = &reading->session->arena;
	void *list = reading->spans;
	for (unsigned i = 0; i < reading->n; i++)
		if (strcmp(reading->spans[i].year, year) == 0)
			return &reading->spans[i];
	struct span *to = list_grow(arena, &list, &reading->n, &reading->cap, sizeof(*to));
	reading->spans = list;
	if (!to)
		return NULL;
	*to = (struct span){ .year = year, .from = "", .to = "" };
	to->begins = lt_arena_printf(arena, "%04ld-01-01", strtol(year, NULL, 10) + 1);
	return to->begins ? to : NULL;
}

static enum lt_status take_engagement(void *context, const struct fact_row *row)
{
	enum { N_DATES = 8, SITE_FROM = 3, SITE_TO = 4 };
	struct reading *reading = context;
	if (row_is_removed(row))
		return LT_OK;
	struct span *to = span_of(reading, row->parts[0]);
	if (!to)
		return lt_err_memory(reading->err);
	to->from = row_text(row, "dates", SITE_FROM);
	to->to = row_text(row, "dates", SITE_TO);
	for (unsigned i = 0; i < N_DATES; i++) {
		const char *date = row_text(row, "dates", i);
		if (date[0] && strcmp(date, to->begins) < 0)
			to->begins = date;
	}
	return LT_OK;
}

static enum lt_status read_spans(struct reading *reading)
{
	struct session *session = reading->session;
	const struct assessment_ref *all = NULL;
	unsigned n = 0;
	enum lt_status status = project_visit(session->project, "engagement", &session->arena,
					      take_engagement, reading, reading->err);
	if (!status)
		status = session_assessments(session, &all, &n, reading->err);
	for (unsigned i = 0; i < n && !status; i++)
		status = span_of(reading, all[i].year) ? LT_OK : lt_err_memory(reading->err);
	return status;
}

static bool is_on_site(const struct span *span, const char *day)
{
	return day[0] && span->from[0] && span->to[0] && strcmp(span->from, day) <= 0 &&
	       strcmp(day, span->to) <= 0;
}

static const char *join_on_site(const struct reading *reading, const char *years, const char *day)
{
	for (unsigned i = 0; i < reading->n && years; i++)
		if (is_on_site(&reading->spans[i], day))
			years = list_join(&reading->session->arena, years, reading->spans[i].year);
	return years;
}

/* The last that had begun; where none had, the first there is. "" = there is none. */
static const char *begun_on(const struct reading *reading, const char *day)
{
	const struct span *first = NULL, *best = NULL;
	for (unsigned i = 0; i < reading->n; i++) {
		const struct span *at = &reading->spans[i];
		if (!first || strcmp(at->year, first->year) < 0)
			first = at;
		if ((!day[0] || strcmp(at->begins, day) <= 0) &&
		    (!best || strcmp(at->year, best->year) > 0))
			best = at;
	}
	return best ? best->year : first ? first->year : "";
}

/* ---- the stops ---- */

static enum lt_status take_stop(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	struct visit_calendar *out = reading->out;
	void *list = out->at;
	if (row_is_removed(row) ||
	    (!fact_row_get(row, "what")->at && !fact_row_get(row, "when")->at))
		return LT_OK;
	struct visit_day *to = list_grow(&reading->session->arena, &list, &out->n, &out->cap,
					 sizeof(*to));
	out->at = list;
	if (!to)
		return lt_err_memory(reading->err);
	*to = (struct visit_day){ .stop = row->parts[0],
				  .day = row_text(row, "when", 0),
				  .years = "",
				  .is_done = row_text(row, "done", 0)[0] ||
					     row_text(row, "done", 1)[0] };
	return LT_OK;
}

static enum lt_status take_item(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	const char *slash = strrchr(row->parts[1], '/');
	if (row_is_removed(row) || !slash)
		return LT_OK;
	for (unsigned i = 0; i < reading->out->n; i++) {
		struct visit_day *at = &reading->out->at[i];
		if (strcmp(at->stop, row->parts[0]) != 0)
			continue;
		at->years = list_join(&reading->session->arena, at->years, slash + 1);
		return at->years ? LT_OK : lt_err_memory(reading->err);
	}
	return LT_OK;
}

static enum lt_status keep_year(struct reading *reading)
{
	struct visit_calendar *out = reading->out;
	unsigned kept = 0;
	for (unsigned i = 0; i < out->n; i++) {
		struct visit_day *at = &out->at[i];
		at->years = join_on_site(reading, at->years, at->day);
		if (!at->years)
			return lt_err_memory(reading->err);
		if (!at->years[0])
			at->years = begun_on(reading, at->day);
		if (!at->years[0] || lt_ids_have(at->years, reading->year))
			out->at[kept++] = *at;
	}
	out->n = kept;
	return LT_OK;
}

enum lt_status visit_calendar_read(struct session *session, const char *year,
				   struct visit_calendar *out, struct lt_err *err)
{
	struct reading reading = { .session = session, .year = year, .out = out, .err = err };
	*out = (struct visit_calendar){ 0 };
	enum lt_status status = project_visit(session->project, "stop", &session->arena, take_stop,
					      &reading, err);
	if (status || !year || !out->n)
		return status;
	status = read_spans(&reading);
	if (!status)
		status = project_visit(session->project, "stop_item", &session->arena, take_item,
				       &reading, err);
	return status ? status : keep_year(&reading);
}

const struct visit_day *visit_calendar_find(const struct visit_calendar *calendar,
					    const char *stop)
{
	for (unsigned i = 0; i < calendar->n; i++)
		if (strcmp(calendar->at[i].stop, stop) == 0)
			return &calendar->at[i];
	return NULL;
}

enum lt_status visit_day_is_of(struct session *session, const char *day, const char *year,
			       bool *is_of, struct lt_err *err)
{
	struct reading reading = { .session = session, .err = err };
	enum lt_status status = read_spans(&reading);
	const char *years = status ? NULL : join_on_site(&reading, "", day);
	if (status || !years)
		return status ? status : lt_err_memory(err);
	if (!years[0])
		years = begun_on(&reading, day);
	*is_of = !years[0] || lt_ids_have(years, year);
	return LT_OK;
}
