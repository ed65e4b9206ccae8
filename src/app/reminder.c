#include "lingtan/app/reminder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "field_parts.h"
#include "session_parts.h"

struct writing {
	struct session *session;
	const char *on;
	struct reminder *at;
	unsigned n;
	struct lt_err *err;
};

static const char *say(const struct session *session, const char *zh, const char *en)
{
	return session->lang == LT_ZH ? zh : en;
}

static const char *owner_of(const struct fact_row *row)
{
	return request_owner(row_text(row, "ask", 2), row_text(row, "ask", 3));
}

static bool is_owed(const struct fact_row *row)
{
	return !row_is_removed(row) && fact_row_get(row, "ask")->at && owner_of(row)[0] &&
	       request_is_open(row_text(row, "state", 0));
}

static enum lt_status see_request(void *context, const struct fact_row *row)
{
	struct writing *writing = context;
	const char *on = row_text(row, "reminded", 0);
	if (!is_owed(row))
		return LT_OK;
	for (unsigned i = 0; i < writing->n; i++) {
		struct reminder *at = &writing->at[i];
		if (strcmp(at->owner, owner_of(row)) != 0 || strcmp(on, at->reminded_on) <= 0)
			continue;
		at->reminded_on = on;
		at->times = row_text(row, "reminded", 1);
	}
	return LT_OK;
}

/* What came and will not do says what is missing. */
static const char *note_of(struct session *session, const struct duty_info *duty,
			   struct lt_err *err)
{
	struct words state = { 0 };
	if (duty->kind != DUTY_REQUEST)
		return "";
	const char *key = cell_key_join(&session->arena, &duty->id, 1);
	if (!key || project_get(session->project, "request", key, "state", &session->arena, &state,
				err) != LT_OK ||
	    !state.at || strcmp(state.at[0], "insufficient") != 0)
		return "";
	return state.at[1];
}

static const char *line_of(struct session *session, const struct duty_info *duty, unsigned number,
			   struct lt_err *err)
{
	const struct label *kind = &duty_kind_titles[duty->kind];
	const char *note = note_of(session, duty, err);
	const bool has_number = duty->kind != DUTY_REQUEST && duty->kind != DUTY_LINE;
	const char *due = duty->due[0]
				  ? lt_arena_printf(&session->arena,
						    say(session, "，%s 前%s", ", by %s%s"), duty->due,
						    duty->is_overdue ? say(session, "（已逾期）",
									   " (overdue)")
								     : "")
				  : "";
	if (!due)
		return NULL;
	return lt_arena_printf(&session->arena, "%u. %s %s%s%s%s%s%s%s\n", number,
			       say(session, kind->zh, kind->en), has_number ? duty->id : "",
			       has_number ? " " : "", say(session, duty->title.zh, duty->title.en),
			       note[0] ? say(session, "（还缺：", " (missing: ") : "", note,
			       note[0] ? say(session, "）", ")") : "", due);
}

static enum lt_status write_letter(struct writing *writing, const struct debtor *debtor,
				   const struct duty_info *list, unsigned n, struct reminder *to)
{
	struct session *session = writing->session;
	struct words park = { 0 };
	unsigned number = 0;
	enum lt_status status = project_get(session->project, "park", "park", "identity",
					    &session->arena, &park, writing->err);
	const char *text =
		status ? NULL
		       : lt_arena_printf(&session->arena,
					 say(session, "%s：\n%s的评价还缺下列各项，请在期限前提交。\n",
					     "%s:\nThe assessment of %s still lacks the following; please hand it over in time.\n"),
					 debtor->owner, park.at ? park.at[0] : "");
	for (unsigned i = 0; i < n && text; i++) {
		if (strcmp(list[i].owner, debtor->owner) != 0)
			continue;
		const char *line = line_of(session, &list[i], ++number, writing->err);
		text = line ? lt_arena_printf(&session->arena, "%s%s", text, line) : NULL;
	}
	if (text)
		text = lt_arena_printf(&session->arena, "%s%s  %s\n", text, session->name,
				       writing->on);
	*to = (struct reminder){ .owner = debtor->owner,
				 .text = text,
				 .n_owed = debtor->n_owed,
				 .n_overdue = debtor->n_overdue,
				 .reminded_on = "",
				 .times = "" };
	return status ? status : text ? LT_OK : lt_err_memory(writing->err);
}

enum lt_status session_reminders(struct session *session, const char *owner, const char *on,
				 struct reminder **out, unsigned *n,
				 struct lt_findings *findings, struct lt_err *err)
{
	struct writing writing = { .session = session, .on = on, .err = err };
	struct duty_info *list = NULL;
	struct debtor *debtors = NULL;
	unsigned n_duties = 0, n_debtors = 0;
	enum lt_status status = on ? LT_OK : session_today(session, &writing.on, err);
	const struct duty_filter filter = { .owner = owner, .on = writing.on };
	if (!status)
		status = session_duties(session, &filter, &list, &n_duties, findings, err);
	if (!status)
		status = duty_count(list, n_duties, &session->arena, &debtors, &n_debtors, err);
	if (!status)
		writing.at = lt_arena_alloc(&session->arena, n_debtors + 1, sizeof(*writing.at));
	if (!status && !writing.at)
		return lt_err_memory(err);
	for (; writing.n < n_debtors && !status; writing.n++)
		status = write_letter(&writing, &debtors[writing.n], list, n_duties,
				      &writing.at[writing.n]);
	if (!status)
		status = project_visit(session->project, "request", &session->arena, see_request,
				       &writing, err);
	*out = writing.at;
	*n = writing.n;
	return status;
}

struct noting {
	struct changes *changes;
	const char *owner, *on;
	unsigned n;
	struct lt_err *err;
};

static enum lt_status note_request(void *context, const struct fact_row *row)
{
	struct noting *noting = context;
	char times[16];
	if (!is_owed(row) || (noting->owner && strcmp(noting->owner, owner_of(row)) != 0))
		return LT_OK;
	snprintf(times, sizeof(times), "%lu", strtoul(row_text(row, "reminded", 1), NULL, 10) + 1);
	const char *kept = lt_arena_strndup(&noting->changes->session->arena, times, sizeof(times));
	if (!kept)
		return lt_err_memory(noting->err);
	const char *const values[] = { noting->on, kept };
	noting->n++;
	return changes_add(noting->changes, "request", row->parts, "reminded", values, noting->err);
}

enum lt_status session_reminded(struct session *session, const char *owner, const char *on,
				unsigned *n, bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct noting noting = { .changes = &changes, .owner = owner, .on = on, .err = err };
	*n = 0;
	*done = false;
	enum lt_status status = on ? session_check_day("--on", on, err)
				   : session_today(session, &noting.on, err);
	if (!status)
		status = project_visit(session->project, "request", &session->arena, note_request,
				       &noting, err);
	*n = noting.n;
	return status ? status : session_commit(session, "remind", &changes, done, err);
}
