/* Verdicts on the documents and on site, apart, and the methods that were used. */
#include <stdlib.h>
#include <string.h>
#include "session_parts.h"
#include "lingtan/app/site.h"
#include "lingtan/app/writers.h"
#include "visit_parts.h"

const struct label visit_method_titles[N_METHODS] = {
	[METHOD_DOCUMENT] = { "查阅文件", "documents" },
	[METHOD_OBSERVATION] = { "现场观察", "observation" },
	[METHOD_INTERVIEW] = { "访谈", "interview" },
	[METHOD_RECALCULATION] = { "复算", "recalculation" },
	[METHOD_TRIAL] = { "试运行", "trial" },
};

const char *const visit_verdict_names[] = { "conforms", "not", "unclear", "na", NULL };
static const struct label verdict_titles[] = { { "符合", "conforms" },
					       { "不符合", "does not conform" },
					       { "待核实", "unclear" },
					       { "不适用", "not applicable" } };

static int verdict_number(const char *verdict)
{
	for (int i = 0; visit_verdict_names[i]; i++)
		if (strcmp(visit_verdict_names[i], verdict) == 0)
			return i;
	return -1;
}

struct label visit_verdict_title(const char *verdict)
{
	const int at = verdict_number(verdict);
	return at >= 0 ? verdict_titles[at] : (struct label){ verdict, verdict };
}

/* METHOD_... of a word; N_METHODS where there is none. */
static enum item_method find_method(const char *word)
{
	unsigned at = 0;
	while (at < N_METHODS && strcmp(item_method_names[at], word) != 0)
		at++;
	return (enum item_method)at;
}

enum lt_status visit_check_method(const char *word, struct lt_err *err)
{
	if (find_method(word) < N_METHODS)
		return LT_OK;
	return lt_err_set(
		err, LT_EDATA,
		"方法只有 document、observation、interview、recalculation、trial，没有“%s”",
		"a method is document, observation, interview, recalculation or trial, not '%s'",
		word);
}

/* ---- reading ---- */

struct listing {
	struct session *session;
	const char *assessment;
	struct inspection_info *at;
	unsigned n, cap;
	bool has_verdicts;
	struct lt_err *err;
};

static struct inspection_info *at_item(struct listing *list, const char *item)
{
	void *at = list->at;
	for (unsigned i = 0; i < list->n; i++)
		if (strcmp(list->at[i].item, item) == 0)
			return &list->at[i];
	struct inspection_info *to =
		list_grow(&list->session->arena, &at, &list->n, &list->cap, sizeof(*to));
	list->at = at;
	if (!to) {
		lt_err_memory(list->err);
		return NULL;
	}
	*to = inspection_nothing(list->assessment, item);
	return to;
}

static enum lt_status take_inspection(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	if (strcmp(row->parts[0], list->assessment) != 0)
		return LT_OK;
	struct inspection_info *to = at_item(list, row->parts[1]);
	if (!to)
		return LT_ESPACE;
	to->document = row_text(row, "document", 0);
	to->document_text = row_text(row, "document", 1);
	to->document_on = row_text(row, "document", 2);
	to->to_site = row_text(row, "to_site", 0);
	to->to_stop = row_text(row, "to_site", 1);
	to->site = row_text(row, "site", 0);
	to->site_text = row_text(row, "site", 1);
	to->site_on = row_text(row, "site", 2);
	to->site_stop = row_text(row, "site", 3);
	list->has_verdicts |= to->document[0] || to->site[0];
	return LT_OK;
}

static const char *writer_of(const struct writers *writers, const char *key, const char *group)
{
	const struct writer *writer = writers_find(writers, "inspection", key, group);
	return writer ? writer->by : "";
}

/* The journal is read only where there is somebody to name. */
static enum lt_status name_writers(struct listing *list)
{
	struct lt_arena *arena = &list->session->arena;
	struct writers writers;
	if (!list->has_verdicts)
		return LT_OK;
	enum lt_status status =
		writers_read(list->session, " inspection ", arena, &writers, list->err);
	for (unsigned i = 0; i < list->n && !status; i++) {
		struct inspection_info *at = &list->at[i];
		const char *const parts[] = { at->assessment, at->item };
		const char *key = cell_key_join(arena, parts, 2);
		if (!key)
			return lt_err_memory(list->err);
		if (at->document[0])
			at->document_by = writer_of(&writers, key, "document");
		if (at->site[0])
			at->site_by = writer_of(&writers, key, "site");
	}
	return status;
}

static enum lt_status take_method(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	const enum item_method method = find_method(row->parts[2]);
	if (strcmp(row->parts[0], list->assessment) != 0 || row_is_removed(row) ||
	    method == N_METHODS)
		return LT_OK;
	struct inspection_info *to = at_item(list, row->parts[1]);
	if (!to)
		return LT_ESPACE;
	to->methods |= 1U << method;
	return LT_OK;
}

/* What a note or an interview is about counts as looked at with its method. */
static enum lt_status take_items(struct listing *list, const char *assessment, const char *items,
				 enum item_method method, bool is_note)
{
	const char *item;
	if (assessment[0] && strcmp(assessment, list->assessment) != 0)
		return LT_OK;
	while ((item = list_take(&list->session->arena, &items)) != NULL) {
		struct inspection_info *to = at_item(list, item);
		if (!to)
			return LT_ESPACE;
		to->methods |= method < N_METHODS ? 1U << method : 0;
		to->n_notes += is_note;
		to->n_interviews += !is_note;
	}
	return LT_OK;
}

static enum lt_status take_note(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	return row_is_removed(row)
		       ? LT_OK
		       : take_items(list, row_text(row, "filed", 0), row_text(row, "filed", 1),
				    find_method(row_text(row, "filed", 2)), true);
}

static enum lt_status take_interview(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	return row_is_removed(row)
		       ? LT_OK
		       : take_items(list, row_text(row, "about", 0), row_text(row, "about", 1),
				    METHOD_INTERVIEW, false);
}

int visit_compare_ids(const char *a, const char *b)
{
	while (*a && *b) {
		const size_t m = strspn(a, "0123456789"), n = strspn(b, "0123456789");
		if (m && n && m != n)
			return m < n ? -1 : 1;
		if (*a != *b)
			return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
		a++;
		b++;
	}
	return (*a != 0) - (*b != 0);
}

static int by_item(const void *a, const void *b)
{
	const struct inspection_info *x = a, *y = b;
	return visit_compare_ids(x->item, y->item);
}

enum lt_status session_inspections(struct session *session, const char *assessment,
				   struct inspection_info **out, unsigned *n, struct lt_err *err)
{
	struct listing list = { .session = session, .assessment = assessment, .err = err };
	static const struct {
		const char *table;
		enum lt_status (*take)(void *context, const struct fact_row *row);
	} parts[] = { { "inspection", take_inspection },
		      { "method", take_method },
		      { "note", take_note },
		      { "interview", take_interview } };
	enum lt_status status = LT_OK;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && !status; i++)
		status = project_visit(session->project, parts[i].table, &session->arena,
				       parts[i].take, &list, err);
	if (!status)
		status = name_writers(&list);
	if (!status && list.n)
		qsort(list.at, list.n, sizeof(*list.at), by_item);
	*out = list.at;
	*n = list.n;
	return status;
}

enum lt_status session_inspection(struct session *session, const char *assessment,
				  const char *item, struct inspection_info *out, struct lt_err *err)
{
	struct inspection_info *all = NULL;
	unsigned n = 0;
	enum lt_status status = session_inspections(session, assessment, &all, &n, err);
	for (unsigned i = 0; i < n && !status; i++)
		if (strcmp(all[i].item, item) == 0) {
			*out = all[i];
			return LT_OK;
		}
	if (!status)
		*out = inspection_nothing(assessment, item);
	return status;
}

/* ---- judging ---- */

/* What was seen at a stop was seen on its day, whenever it is typed; what is typed before, today. */
static enum lt_status day_at(struct session *session, const struct stop_info *stop, const char **on,
			     struct lt_err *err)
{
	enum lt_status status = session_today(session, on, err);
	if (!status && stop && stop->day[0] && strcmp(stop->day, *on) < 0)
		*on = stop->day;
	return status;
}

/* stop NULL: of the documents, or at no stop. */
static enum lt_status check_verdict(struct session *session, const struct new_verdict *wish,
				    const struct stop_info *stop, const char **on,
				    struct lt_err *err)
{
	if (wish->verdict[0] && verdict_number(wish->verdict) < 0)
		return lt_err_set(err, LT_EDATA, "结论只有 conforms、not、unclear、na，没有“%s”",
				  "a verdict is conforms, not, unclear or na, not '%s'",
				  wish->verdict);
	*on = wish->on;
	return wish->on ? session_check_day("--on", wish->on, err)
			: day_at(session, stop, on, err);
}

/* Where an item at a stop came from; "" = it is not there. */
static const char *origin_at(struct session *session, const char *id,
			     const struct assessment_ref *ref, const char *item)
{
	const struct stop_info *stop = NULL;
	struct lt_err ignored = LT_ERR_INIT;
	if (!id[0] || session_find_stop(session, id, &stop, &ignored) != LT_OK)
		return "";
	for (unsigned i = 0; i < stop->n_items; i++)
		if (strcmp(stop->items[i].assessment, ref->name) == 0 &&
		    strcmp(stop->items[i].item, item) == 0)
			return stop->items[i].origin;
	return "";
}

/* The item leaves the list of the stop that it was sent to before, and comes to that of the new one.
 * What the plan itself has at a stop stays there, whatever the documents sent to it. */
static enum lt_status send_to_site(struct changes *changes, const struct assessment_ref *ref,
				   const struct new_verdict *wish,
				   const struct inspection_info *now, struct lt_findings *findings,
				   struct lt_err *err)
{
	const char *const key[] = { ref->name, wish->item };
	const char *stop = wish->stop ? wish->stop : now->to_stop;
	const struct stop_info *found = NULL;
	const char *ask = wish->to_site ? wish->to_site : now->to_site;
	if (!ask[0] && wish->stop && wish->stop[0])
		return lt_err_set(err, LT_EDATA, "%s 转到停留点要写明到现场看什么（--to-site）",
				  "%s: say what to check on site (--to-site)", wish->item);
	if (!ask[0])
		stop = "";
	enum lt_status status =
		stop[0] ? session_find_stop(changes->session, stop, &found, err) : LT_OK;
	if (status)
		return status;
	const char *const values[] = { ask, found ? found->id : "" };
	const char *const left[] = { now->to_stop, ref->name, wish->item };
	if (strcmp(now->to_stop, values[1]) != 0 &&
	    strcmp(origin_at(changes->session, now->to_stop, ref, wish->item), "document") == 0)
		status = field_drop(changes, "stop_item", left, err);
	if (!status)
		status = changes_add(changes, "inspection", key, "to_site", ask[0] ? values : NULL,
				     err);
	const char *origin = found ? origin_at(changes->session, found->id, ref, wish->item) : "";
	if (!status && found)
		status = visit_put_item(changes, found->id, ref, wish->item, ask,
					strcmp(origin, "plan") == 0 ? "plan" : "document", findings,
					err);
	return status;
}

enum lt_status session_judge_documents(struct session *session, const struct assessment_ref *ref,
				       const struct new_verdict *wish, bool *done,
				       struct lt_findings *findings, struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct inspection_info now;
	const char *on = NULL;
	*done = false;
	enum lt_status status = field_check_item(session, ref, wish->item, findings, err);
	if (!status)
		status = check_verdict(session, wish, NULL, &on, err);
	if (!status)
		status = session_inspection(session, ref->name, wish->item, &now, err);
	if (status)
		return status;
	const char *const key[] = { ref->name, wish->item };
	const char *const values[] = { wish->verdict, wish->text ? wish->text : now.document_text,
				       on };
	status = changes_add(&changes, "inspection", key, "document",
			     wish->verdict[0] ? values : NULL, err);
	if (!status && (wish->to_site || wish->stop))
		status = send_to_site(&changes, ref, wish, &now, findings, err);
	return status ? status : session_commit(session, "judge", &changes, done, err);
}

enum lt_status session_judge_site(struct session *session, const struct assessment_ref *ref,
				  const struct new_verdict *wish, bool *done,
				  struct lt_findings *findings, struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct inspection_info now;
	const struct stop_info *stop = NULL;
	struct lt_err unfound = LT_ERR_INIT;
	const char *on = NULL;
	*done = false;
	enum lt_status status = field_check_item(session, ref, wish->item, findings, err);
	if (!status)
		status = session_inspection(session, ref->name, wish->item, &now, err);
	const char *at = status	      ? ""
			 : wish->stop ? wish->stop
			 : now.site_stop[0] ? now.site_stop
					    : now.to_stop;
	if (!status && at[0])
		status = session_find_stop(session, at, &stop, wish->stop ? err : &unfound);
	/* a stop that was taken out since */
	if (unfound.status == LT_EDATA)
		status = LT_OK;
	else if (unfound.status)
		*err = unfound;
	if (!status)
		status = check_verdict(session, wish, stop, &on, err);
	if (status)
		return status;
	const char *const key[] = { ref->name, wish->item };
	const char *const values[] = { wish->verdict, wish->text ? wish->text : now.site_text, on,
				       stop ? stop->id : at };
	status = changes_add(&changes, "inspection", key, "site", wish->verdict[0] ? values : NULL,
			     err);
	return status ? status : session_commit(session, "judge", &changes, done, err);
}

enum lt_status session_use_method(struct session *session, const struct assessment_ref *ref,
				  const char *item, const char *method, bool used,
				  const char *stop, const char *text, bool *done,
				  struct lt_findings *findings, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct stop_info *found = NULL;
	const char *on = NULL;
	*done = false;
	enum lt_status status = field_check_item(session, ref, item, findings, err);
	if (!status)
		status = visit_check_method(method, err);
	if (!status && stop && stop[0])
		status = session_find_stop(session, stop, &found, err);
	if (!status)
		status = day_at(session, found, &on, err);
	if (status)
		return status;
	const char *const key[] = { ref->name, item, method };
	const char *const values[] = { on, found ? found->id : "", text ? text : "" };
	status = used ? field_put(&changes, "method", key, "used", values, err)
		      : field_drop(&changes, "method", key, err);
	return status ? status : session_commit(session, "method", &changes, done, err);
}
