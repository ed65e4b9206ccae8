#include "lingtan/app/remark.h"

#include <stdlib.h>
#include <string.h>
#include "field_parts.h"
#include "lingtan/app/role.h"
#include "lingtan/app/writers.h"
#include "lingtan/base/random.h"
#include "round_parts.h"

/* ---- reading ---- */

struct listing {
	struct session *session;
	const char *assessment, *item;
	struct remark *at;
	unsigned n, cap;
	struct writers writers;
	struct lt_err *err;
};

static void fill_writer(const struct listing *list, const char *key, struct remark *remark)
{
	const struct writer *writer = writers_find(&list->writers, "remark", key, "text");
	remark->by = writer ? writer->by : "";
	remark->role = writer ? writer->role : "";
	remark->at = writer ? writer->at : "";
}

static enum lt_status take_remark(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	const struct words *place = fact_row_get(row, "place"), *text = fact_row_get(row, "text"),
			   *settled = fact_row_get(row, "settled");
	if (!place->at || !text->at || row_is_removed(row) ||
	    (list->assessment && strcmp(place->at[0], list->assessment) != 0) ||
	    (list->item && strcmp(place->at[1], list->item) != 0))
		return LT_OK;
	list->at = lt_arena_room(&list->session->arena, list->at, list->n, &list->cap,
				 sizeof(*list->at));
	if (!list->at)
		return lt_err_memory(list->err);
	struct remark *remark = &list->at[list->n++];
	*remark = (struct remark){ .id = row->parts[0],
				   .assessment = place->at[0],
				   .item = place->at[1],
				   .rung = place->at[2],
				   .reply_to = place->at[3],
				   .text = text->at[0],
				   .is_settled = settled->at && settled->at[0][0],
				   .settled_by = settled->at ? settled->at[1] : NULL };
	fill_writer(list, row->key, remark);
	return LT_OK;
}

static struct remark *find_remark(const struct listing *list, const char *id)
{
	for (unsigned i = 0; i < list->n; i++)
		if (strcmp(list->at[i].id, id) == 0)
			return &list->at[i];
	return NULL;
}

static enum lt_status take_ask(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	const struct words *ask = fact_row_get(row, "ask");
	struct remark *remark = ask->at ? find_remark(list, ask->at[0]) : NULL;
	if (!remark)
		return LT_OK;
	remark->sent_back = (unsigned)strtoul(row->parts[2], NULL, 10);
	return LT_OK;
}

struct placed {
	struct remark remark;
	unsigned order; /* of what wrote it */
};

static int by_arrival(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	return (x->order > y->order) - (x->order < y->order);
}

/* Replies behind what they reply to; a reply whose remark is not there begins a thread. `seen` keeps
 * a chain that a hostile file closed into a ring from going round. */
static void put_thread(const struct placed *from, unsigned n, const char *reply_to, unsigned depth,
		       bool *seen, struct remark *to, unsigned *n_to)
{
	for (unsigned i = 0; i < n; i++) {
		if (seen[i] || strcmp(from[i].remark.reply_to, reply_to) != 0)
			continue;
		seen[i] = true;
		to[*n_to] = from[i].remark;
		to[(*n_to)++].depth = depth;
		if (depth < 100)
			put_thread(from, n, from[i].remark.id, depth + 1, seen, to, n_to);
	}
}

static enum lt_status sort_threads(struct listing *list)
{
	struct lt_arena *arena = &list->session->arena;
	struct placed *placed = lt_arena_alloc(arena, list->n + 1, sizeof(*placed));
	bool *seen = lt_arena_alloc(arena, list->n + 1, sizeof(*seen));
	unsigned n = 0;
	if (!placed || !seen)
		return lt_err_memory(list->err);
	for (unsigned i = 0; i < list->n; i++) {
		const char *key = cell_key_join(arena, &list->at[i].id, 1);
		if (!key)
			return lt_err_memory(list->err);
		placed[i] = (struct placed){
			list->at[i], writers_order(&list->writers, "remark", key, "text")
		};
	}
	if (list->n)
		qsort(placed, list->n, sizeof(*placed), by_arrival);
	put_thread(placed, list->n, "", 0, seen, list->at, &n);
	for (unsigned i = 0; i < list->n; i++) {
		if (seen[i])
			continue;
		seen[i] = true;
		list->at[n] = placed[i].remark;
		list->at[n++].depth = 0;
		put_thread(placed, list->n, placed[i].remark.id, 1, seen, list->at, &n);
	}
	return LT_OK;
}

static enum lt_status read_remarks(struct listing *list, struct lt_err *err)
{
	struct session *session = list->session;
	list->err = err;
	enum lt_status status = project_begin(session->project, false, err);
	if (status)
		return status;
	status = writers_read(session, " remark ", &session->arena, &list->writers, err);
	if (!status)
		status = project_visit(session->project, "remark", &session->arena, take_remark,
				       list, err);
	if (!status)
		status = project_visit(session->project, "sent_back", &session->arena, take_ask,
				       list, err);
	struct lt_err ignored = LT_ERR_INIT;
	project_end(session->project, true, &ignored);
	return status ? status : sort_threads(list);
}

enum lt_status session_remarks(struct session *session, const char *assessment, const char *item,
			       struct remark **out, unsigned *n, struct lt_err *err)
{
	struct listing list = { .session = session, .assessment = assessment, .item = item };
	enum lt_status status = read_remarks(&list, err);
	*out = list.at;
	*n = list.n;
	return status;
}

/* ---- writing ---- */

enum lt_status remark_add(struct session *session, const char *assessment, const char *item,
			  const char *reply_to, const char *text, struct changes *changes,
			  const char **id, struct lt_err *err)
{
	char random[LT_RANDOM_ID];
	const char *rung = role_rung(session->workspace, session->role);
	if (is_blank(text))
		return lt_err_set(err, LT_EDATA, "意见不能是空的", "a remark needs words");
	lt_random_id(random);
	*id = lt_arena_strndup(&session->arena, random, sizeof(random));
	if (!*id)
		return lt_err_memory(err);
	const char *const place[] = { assessment, item, rung, reply_to };
	enum lt_status status = changes_add(changes, "remark", id, "place", place, err);
	return status ? status : changes_add(changes, "remark", id, "text", &text, err);
}

/* A remark by its id or its beginning. */
static enum lt_status find_by_prefix(struct session *session, const char *which,
				     const struct remark **out, struct lt_err *err)
{
	struct listing list = { .session = session };
	const size_t len = strlen(which);
	unsigned n_fit = 0;
	enum lt_status status = read_remarks(&list, err);
	for (unsigned i = 0; i < list.n && !status; i++)
		if (len >= 6 && strncmp(list.at[i].id, which, len) == 0) {
			n_fit++;
			*out = &list.at[i];
		}
	if (status || n_fit == 1)
		return status;
	return n_fit ? lt_err_set(err, LT_EDATA, "有几条意见以“%s”开头，请写全",
				  "several remarks begin with '%s', give more of it", which)
		     : lt_err_set(err, LT_EDATA, "没有意见“%s”；见 lingtan remarks",
				  "there is no remark '%s'; see lingtan remarks", which);
}

enum lt_status session_remark(struct session *session, const struct assessment_ref *ref,
			      const char *item, const char *text, const char *reply_to,
			      const char **id, struct lt_findings *findings, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct remark *to = NULL;
	bool done;
	enum lt_status status = round_check_subject(session, ref, item, findings, err);
	if (!status && reply_to)
		status = find_by_prefix(session, reply_to, &to, err);
	if (!status && to &&
	    (strcmp(to->item, item) != 0 || strcmp(to->assessment, ref->name) != 0))
		status = lt_err_set(err, LT_EDATA, "意见 %.8s 是关于 %s 的，不是 %s",
				    "remark %.8s is about %s, not %s", to->id, to->item, item);
	if (!status)
		status = remark_add(session, ref->name, item, to ? to->id : "", text, &changes, id,
				    err);
	return status ? status : session_commit(session, "remark", &changes, &done, err);
}

enum lt_status session_settle(struct session *session, const char *remark, bool *done,
			      struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct remark *found = NULL;
	const char *const values[] = { "yes", session->name };
	*done = false;
	enum lt_status status = find_by_prefix(session, remark, &found, err);
	if (status || found->is_settled)
		return status;
	status = changes_add(&changes, "remark", &found->id, "settled", values, err);
	return status ? status : session_commit(session, "settle", &changes, done, err);
}
