#include "lingtan/app/site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/ids.h"
#include "visit_year.h"

bool site_has_mark(const struct site_info *site, const char *mark)
{
	return lt_ids_have(site->marks, mark);
}

bool site_stands_for(const char *place, const char *member)
{
	const size_t len = strlen(place);
	return strncmp(place, member, len) == 0 && (!member[len] || member[len] == '#');
}

static const struct {
	const char *kind;
	struct label title;
} kinds[] = {
	{ "tenant", { "企业", "tenant" } },   { "building", { "建筑", "building" } },
	{ "plant", { "电站或装置", "plant" } }, { "vehicles", { "车辆组", "vehicles" } },
	{ "meter", { "计量器具", "meter" } }, { "other", { "其他", "other" } },
};

#define N_KINDS (sizeof(kinds) / sizeof(kinds[0]))

static size_t kind_number(const char *kind)
{
	size_t at = 0;
	while (at < N_KINDS && strcmp(kinds[at].kind, kind) != 0)
		at++;
	return at;
}

struct label site_kind_title(const char *kind)
{
	const size_t at = kind_number(kind);
	return at < N_KINDS ? kinds[at].title : (struct label){ kind, kind };
}

/* ---- reading ---- */

struct listing {
	struct session *session;
	const char *year;
	struct site_info *at;
	unsigned n, cap;
	struct visit_calendar calendar; /* of the year */
	struct lt_err *err;
};

static struct site_info *add_site(struct listing *list)
{
	void *at = list->at;
	struct site_info *to =
		list_grow(&list->session->arena, &at, &list->n, &list->cap, sizeof(*to));
	list->at = at;
	if (to)
		*to = (struct site_info){ .address = "", .part_of = "", .energy_share = "",
					  .count = "", .area = "", .power = "", .marks = "",
					  .contact = "", .phone = "", .note = "", .carrier = "",
					  .accuracy = "", .calibrated_on = "", .calibrated_to = "",
					  .certificates = "", .stops = "", .populations = "" };
	return to;
}

static struct site_info *find(const struct listing *list, const char *id)
{
	for (unsigned i = 0; i < list->n; i++)
		if (strcmp(list->at[i].id, id) == 0)
			return &list->at[i];
	return NULL;
}

static struct site_info *find_whole(const struct listing *list, const char *member)
{
	for (unsigned i = 0; i < list->n; i++)
		if (site_stands_for(list->at[i].id, member))
			return &list->at[i];
	return NULL;
}

static enum lt_status take_place(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	if (row_is_removed(row) || !fact_row_get(row, "place")->at)
		return LT_OK;
	struct site_info *to = add_site(list);
	if (!to)
		return lt_err_memory(list->err);
	to->id = row->parts[0];
	to->kind = row_text(row, "place", 0);
	to->name = row_text(row, "place", 1);
	to->address = row_text(row, "place", 2);
	to->part_of = row_text(row, "place", 3);
	to->energy_share = row_text(row, "share", 0);
	to->count = row_text(row, "size", 0);
	to->area = row_text(row, "size", 1);
	to->power = row_text(row, "size", 2);
	to->marks = row_text(row, "marks", 0);
	to->contact = row_text(row, "contact", 0);
	to->phone = row_text(row, "contact", 1);
	to->note = row_text(row, "note", 0);
	return LT_OK;
}

static enum lt_status take_meter(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	if (row_is_removed(row) || !fact_row_get(row, "meter")->at)
		return LT_OK;
	struct site_info *to = add_site(list);
	if (!to)
		return lt_err_memory(list->err);
	to->id = row->parts[0];
	to->kind = "meter";
	to->name = row_text(row, "meter", 0);
	to->carrier = row_text(row, "meter", 1);
	to->accuracy = row_text(row, "meter", 2);
	to->address = to->part_of = row_text(row, "place", 0);
	to->note = row_text(row, "note", 0);
	return LT_OK;
}

static enum lt_status take_calibration(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	struct site_info *to = find(list, row->parts[0]);
	if (!to || row_is_removed(row) || strcmp(row->parts[1], to->calibrated_on) < 0)
		return LT_OK;
	to->calibrated_on = row->parts[1];
	to->calibrated_to = row_text(row, "result", 0);
	return LT_OK;
}

static enum lt_status take_line(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	const char *attributes = row_text(row, "flow", 2);
	if (row_is_removed(row))
		return LT_OK;
	for (unsigned m = 0; m < 2; m++) {
		const char *where = row_text(row, "place", m);
		struct site_info *to = where[0] ? find(list, where) : NULL;
		if (!to || (m && strcmp(where, row_text(row, "place", 0)) == 0))
			continue;
		to->n_lines++;
		/* one line whose certificates are sold is enough to be told */
		if (attributes[0] && strcmp(to->certificates, "sold") != 0)
			to->certificates = attributes;
	}
	return LT_OK;
}

static enum lt_status take_stop(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	struct site_info *to = find_whole(list, row->parts[1]);
	const struct visit_day *stop = visit_calendar_find(&list->calendar, row->parts[0]);
	if (!to || !stop || row_is_removed(row))
		return LT_OK;
	to->stops = list_join(&list->session->arena, to->stops, row->parts[0]);
	/* one of a group was seen, not the group */
	to->is_visited |= stop->is_done && strcmp(to->id, row->parts[1]) == 0;
	return to->stops ? LT_OK : lt_err_memory(list->err);
}

static enum lt_status take_sample(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	struct site_info *to = find_whole(list, row->parts[2]);
	if (!to || row_is_removed(row) || row_text(row, "replaced", 0)[0] ||
	    (list->year && strcmp(list->year, row->parts[0]) != 0))
		return LT_OK;
	to->populations = list_join(&list->session->arena, to->populations, row->parts[1]);
	return to->populations ? LT_OK : lt_err_memory(list->err);
}

static int by_kind(const void *a, const void *b)
{
	const struct site_info *x = a, *y = b;
	const size_t m = kind_number(x->kind), n = kind_number(y->kind);
	return m != n ? (m < n ? -1 : 1) : strcmp(x->id, y->id);
}

static enum lt_status read_all(struct listing *list)
{
	static const struct {
		const char *table;
		enum lt_status (*take)(void *context, const struct fact_row *row);
	} parts[] = { { "place", take_place },	     { "meter", take_meter },
		      { "calibration", take_calibration }, { "line", take_line },
		      { "stop_place", take_stop },   { "sample", take_sample } };
	enum lt_status status =
		visit_calendar_read(list->session, list->year, &list->calendar, list->err);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && !status; i++)
		status = project_visit(list->session->project, parts[i].table,
				       &list->session->arena, parts[i].take, list, list->err);
	return status;
}

enum lt_status session_sites(struct session *session, const struct site_filter *filter,
			     struct site_info **out, unsigned *n, struct lt_err *err)
{
	struct listing list = { .session = session,
				.year = filter ? filter->year : NULL,
				.err = err };
	enum lt_status status = read_all(&list);
	unsigned kept = 0;
	if (status)
		return status;
	for (unsigned i = 0; i < list.n; i++)
		if (!filter || ((!filter->kind || strcmp(filter->kind, list.at[i].kind) == 0) &&
				(!filter->mark || site_has_mark(&list.at[i], filter->mark))))
			list.at[kept++] = list.at[i];
	if (kept)
		qsort(list.at, kept, sizeof(*list.at), by_kind);
	*out = list.at;
	*n = kept;
	return LT_OK;
}

enum lt_status session_find_site(struct session *session, const char *which,
				 const struct site_info **out, struct lt_err *err)
{
	struct site_info *all = NULL;
	unsigned n = 0, n_fit = 0;
	enum lt_status status = session_sites(session, NULL, &all, &n, err);
	for (unsigned i = 0; i < n && !status; i++) {
		if (strcmp(all[i].id, which) == 0) {
			*out = &all[i];
			return LT_OK;
		}
		if (strcmp(all[i].name, which) == 0) {
			*out = &all[i];
			n_fit++;
		}
	}
	if (status || n_fit == 1)
		return status;
	return n_fit ? lt_err_set(err, LT_EDATA, "有几个地点都叫“%s”，请写编号",
				  "several places are called '%s'; say the number", which)
		     : lt_err_set(err, LT_EDATA, "没有地点或计量器具“%s”；见 lingtan places，计量器具用 lingtan fill FILE meter 登记",
				  "there is no place or meter '%s'; see lingtan places, meters are entered with lingtan fill FILE meter",
				  which);
}
