#include "lingtan/app/duty.h"

#include <stdlib.h>
#include <string.h>
#include "field_parts.h"
#include "finding_parts.h"
#include "lingtan/app/inventory.h"
#include "round_parts.h"

const char *const duty_kind_names[] = { "item", "quantity", "line", "finding", "request", NULL };
const struct label duty_kind_titles[N_DUTY_KINDS] = {
	[DUTY_ITEM] = { "条款", "item" },
	[DUTY_QUANTITY] = { "基础数据", "quantity" },
	[DUTY_LINE] = { "碳盘查", "inventory line" },
	[DUTY_FINDING] = { "整改", "finding" },
	[DUTY_REQUEST] = { "资料", "material" },
};

struct listing {
	struct session *session;
	struct duty_info *at;
	unsigned n, cap;
	struct lt_findings *findings;
	struct lt_err *err;
};

static struct duty_info *add_duty(struct listing *list)
{
	list->at = lt_arena_room(&list->session->arena, list->at, list->n, &list->cap,
				 sizeof(*list->at));
	if (!list->at)
		return NULL;
	struct duty_info *duty = &list->at[list->n++];
	*duty = (struct duty_info){ .assessment = "", .year = "", .due = "", .owner = "" };
	return duty;
}

static enum lt_status get_value(struct listing *list, const char *table, const char *const *parts,
				unsigned n, const char *group, struct words *out)
{
	struct session *session = list->session;
	const char *key = cell_key_join(&session->arena, parts, n);
	return key ? project_get(session->project, table, key, group, &session->arena, out,
				 list->err)
		   : lt_err_memory(list->err);
}

/* ---- what is done ---- */

static enum lt_status is_given(struct listing *list, const char *year, const char *quantity,
			       bool *given)
{
	enum lt_status status = LT_OK;
	*given = false;
	for (unsigned r = 0; r < N_RUNGS && !status && !*given; r++) {
		const char *const parts[] = { rung_names[r], year, quantity };
		struct words value;
		status = get_value(list, "quantity", parts, 3, "value", &value);
		*given = !status && value.at;
	}
	return status;
}

static enum lt_status is_answered(struct listing *list, const struct assessment_ref *ref,
				  const struct item *item, bool *answered)
{
	enum lt_status status = LT_OK;
	*answered = false;
	for (unsigned r = 0; r < N_RUNGS && !status && !*answered; r++) {
		const char *const parts[] = { ref->name, rung_names[r], item->id };
		struct words verdict;
		status = get_value(list, "answer", parts, 3, "verdict", &verdict);
		*answered = !status && verdict.at;
	}
	if (!status && !*answered && item->quantity && (item->n_tiers || item->linear.from))
		status = is_given(list, ref->year, item->quantity, answered);
	return status;
}

/* ---- rows of the table ---- */

static enum lt_status fill_item(struct listing *list, struct duty_info *duty)
{
	struct session *session = list->session;
	struct lt_err missing = LT_ERR_INIT;
	const struct assessment_ref *ref;
	struct trial *trial;
	enum lt_status status = session_find_assessment(session, duty->assessment, NULL, &ref,
							list->findings, &missing);
	/* an assessment that was taken out owes nothing */
	duty->is_done = status == LT_EDATA;
	if (status == LT_EDATA)
		return LT_OK;
	if (status) {
		*list->err = missing;
		return status;
	}
	status = session_trial(session, ref, &trial, list->findings, list->err);
	const struct item *item = status ? NULL : ruleset_find_item(trial->ruleset, duty->id);
	if (!item)
		return status;
	duty->title = item->title;
	return is_answered(list, ref, item, &duty->is_done);
}

/* The title of a figure is that of the first ruleset that knows it. */
static enum lt_status fill_quantity(struct listing *list, struct duty_info *duty, const char *id)
{
	struct session *session = list->session;
	const struct assessment_ref *all;
	unsigned n;
	const char *slash = strchr(id, '/');
	duty->id = slash ? slash + 1 : id;
	duty->year = slash ? lt_arena_strndup(&session->arena, id, (size_t)(slash - id)) : "";
	if (!duty->year)
		return lt_err_memory(list->err);
	enum lt_status status = session_assessments(session, &all, &n, list->err);
	for (unsigned i = 0; i < n && !status && !duty->title.zh; i++) {
		struct trial *trial;
		status = session_trial(session, &all[i], &trial, list->findings, list->err);
		const struct quantity *quantity =
			status ? NULL : ruleset_find_quantity(trial->ruleset, duty->id);
		if (quantity)
			duty->title = quantity->title;
	}
	return status ? status : is_given(list, duty->year, duty->id, &duty->is_done);
}

static enum lt_status fill_line(struct listing *list, struct duty_info *duty)
{
	struct words activity, removed, name, claim = { 0 };
	enum lt_status status = get_value(list, "line", &duty->id, 1, "activity", &activity);
	if (!status)
		status = get_value(list, "line", &duty->id, 1, "name", &name);
	if (!status)
		status = get_value(list, "line", &duty->id, 1, "removed", &removed);
	bool has_amount = !status && activity.at && activity.at[5][0];
	for (unsigned r = 0; r < N_RUNGS && !status && !has_amount; r++) {
		const char *const parts[] = { duty->id, rung_names[r] };
		status = get_value(list, "claim", parts, 2, "activity", &claim);
		has_amount = !status && claim.at && claim.at[0][0];
	}
	if (status)
		return status;
	duty->year = activity.at ? activity.at[0] : "";
	const char *title = name.at && name.at[0][0] ? name.at[0] : activity.at ? activity.at[4] : "";
	duty->title = (struct label){ title, title };
	duty->is_done = has_amount || (removed.at && removed.at[0][0]);
	return LT_OK;
}

static enum lt_status take_row(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	const struct words *owner = fact_row_get(row, "owner");
	unsigned kind = 0;
	while (kind < N_DUTY_KINDS && strcmp(duty_kind_names[kind], row->parts[0]) != 0)
		kind++;
	/* the owner of a finding is read with the finding */
	if (!owner->at || !owner->at[0][0] || kind >= DUTY_FINDING)
		return LT_OK;
	struct duty_info *duty = add_duty(list);
	if (!duty)
		return lt_err_memory(list->err);
	duty->kind = (enum duty_kind)kind;
	duty->assessment = row->parts[1];
	duty->id = row->parts[2];
	duty->owner = owner->at[0];
	duty->due = owner->at[1];
	return LT_OK;
}

static enum lt_status fill_rows(struct listing *list)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < list->n && !status; i++) {
		struct duty_info *duty = &list->at[i];
		status = duty->kind == DUTY_ITEM ? fill_item(list, duty)
			 : duty->kind == DUTY_LINE
				 ? fill_line(list, duty)
				 : fill_quantity(list, duty, duty->id);
		if (!duty->title.zh)
			duty->title = (struct label){ "", "" };
	}
	return status;
}

static void mark_item(struct listing *list, const char *assessment, const char *item)
{
	for (unsigned i = 0; i < list->n; i++)
		if (list->at[i].kind == DUTY_ITEM &&
		    strcmp(list->at[i].assessment, assessment) == 0 &&
		    strcmp(list->at[i].id, item) == 0)
			list->at[i].is_sent_back = true;
}

/* What stands sent back is owed again, whatever was answered before. */
static enum lt_status mark_sent_back(struct listing *list, const char *assessment)
{
	struct round_info *rounds;
	unsigned n;
	enum lt_status status =
		session_rounds(list->session, assessment, NULL, &rounds, &n, list->err);
	for (unsigned r = 0; r < n && !status; r++) {
		if (strcmp(rounds[r].state, "returned") != 0)
			continue;
		for (unsigned a = 0; a < rounds[r].n_asks; a++)
			if (!rounds[r].asks[a].is_changed && !rounds[r].asks[a].is_answered)
				mark_item(list, assessment, rounds[r].asks[a].item);
	}
	return status;
}

/* ---- findings and requests ---- */

static enum lt_status take_findings(struct listing *list)
{
	const struct finding_filter all = { .grade = N_FINDING_GRADES, .state = N_FINDING_STATES };
	struct finding_info *found;
	unsigned n;
	enum lt_status status = session_findings(list->session, &all, &found, &n, list->err);
	for (unsigned i = 0; i < n && !status; i++) {
		if (!found[i].owner[0])
			continue;
		struct duty_info *duty = add_duty(list);
		if (!duty)
			return lt_err_memory(list->err);
		duty->kind = DUTY_FINDING;
		duty->id = found[i].number;
		duty->assessment = found[i].assessment;
		duty->title = (struct label){ found[i].fact, found[i].fact };
		duty->owner = found[i].owner;
		duty->due = found[i].due;
		duty->is_done = found[i].state != FINDING_OPEN;
	}
	return status;
}

const char *request_owner(const char *person, const char *department)
{
	return person[0] ? person : department;
}

bool request_is_open(const char *state)
{
	return !state[0] || strcmp(state, "asked") == 0 || strcmp(state, "insufficient") == 0;
}

static enum lt_status take_request(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	const struct words *ask = fact_row_get(row, "ask"), *state = fact_row_get(row, "state");
	if (!ask->at || row_is_removed(row) || !request_owner(ask->at[2], ask->at[3])[0])
		return LT_OK;
	struct duty_info *duty = add_duty(list);
	if (!duty)
		return lt_err_memory(list->err);
	duty->kind = DUTY_REQUEST;
	duty->id = row->parts[0];
	duty->title = (struct label){ ask->at[1], ask->at[1] };
	duty->owner = request_owner(ask->at[2], ask->at[3]);
	duty->due = ask->at[4];
	duty->is_done = state->at && !request_is_open(state->at[0]);
	return LT_OK;
}

/* ---- listing ---- */

static int by_due(const void *a, const void *b)
{
	const struct duty_info *x = a, *y = b;
	if (!x->due[0] != !y->due[0])
		return x->due[0] ? -1 : 1;
	int order = strcmp(x->due, y->due);
	if (!order)
		order = strcmp(x->owner, y->owner);
	if (!order)
		order = (int)x->kind - (int)y->kind;
	if (!order)
		order = strcmp(x->assessment, y->assessment);
	return order ? order : strcmp(x->id, y->id);
}

static bool lets_through(const struct duty_filter *filter, const struct duty_info *duty)
{
	return (filter->with_done || !duty->is_done) && (!filter->overdue || duty->is_overdue) &&
	       (!filter->owner || strcmp(filter->owner, duty->owner) == 0) &&
	       (!filter->assessment || !duty->assessment[0] ||
		strcmp(filter->assessment, duty->assessment) == 0);
}

static enum lt_status read_all(struct listing *list)
{
	struct session *session = list->session;
	struct project *project = session->project;
	const struct assessment_ref *all;
	unsigned n;
	enum lt_status status = project_visit(project, "duty", &session->arena, take_row, list,
					      list->err);
	if (!status)
		status = fill_rows(list);
	if (!status)
		status = session_assessments(session, &all, &n, list->err);
	for (unsigned i = 0; !status && list->n && i < n; i++)
		status = mark_sent_back(list, all[i].name);
	if (!status)
		status = take_findings(list);
	if (!status)
		status = project_visit(project, "request", &session->arena, take_request, list,
				       list->err);
	return status;
}

enum lt_status session_duties(struct session *session, const struct duty_filter *filter,
			      struct duty_info **out, unsigned *n, struct lt_findings *findings,
			      struct lt_err *err)
{
	struct listing list = { .session = session, .findings = findings, .err = err };
	const char *on = filter->on;
	*out = NULL;
	*n = 0;
	enum lt_status status = on ? session_check_day("--on", on, err)
				   : session_today(session, &on, err);
	if (!status)
		status = project_begin(session->project, false, err);
	if (status)
		return status;
	status = read_all(&list);
	struct lt_err ignored = LT_ERR_INIT;
	project_end(session->project, true, &ignored);
	if (status)
		return status;
	for (unsigned i = 0; i < list.n; i++) {
		struct duty_info *duty = &list.at[i];
		duty->is_done &= !duty->is_sent_back;
		duty->is_overdue = !duty->is_done && duty->due[0] && strcmp(duty->due, on) < 0;
		if (lets_through(filter, duty))
			list.at[(*n)++] = *duty;
	}
	if (*n)
		qsort(list.at, *n, sizeof(*list.at), by_due);
	*out = list.at;
	return LT_OK;
}

static int by_debt(const void *a, const void *b)
{
	const struct debtor *x = a, *y = b;
	if (x->n_owed != y->n_owed)
		return x->n_owed > y->n_owed ? -1 : 1;
	return strcmp(x->owner, y->owner);
}

enum lt_status duty_count(const struct duty_info *list, unsigned n, struct lt_arena *arena,
			  struct debtor **out, unsigned *n_out, struct lt_err *err)
{
	*out = lt_arena_alloc(arena, n + 1, sizeof(**out));
	*n_out = 0;
	if (!*out)
		return lt_err_memory(err);
	for (unsigned i = 0; i < n; i++) {
		unsigned at = 0;
		while (at < *n_out && strcmp((*out)[at].owner, list[i].owner) != 0)
			at++;
		if (list[i].is_done)
			continue;
		if (at == *n_out)
			(*out)[(*n_out)++] = (struct debtor){ .owner = list[i].owner, .due = "" };
		struct debtor *debtor = &(*out)[at];
		debtor->n_owed++;
		debtor->n_overdue += list[i].is_overdue;
		if (list[i].due[0] && (!debtor->due[0] || strcmp(list[i].due, debtor->due) < 0))
			debtor->due = list[i].due;
	}
	if (*n_out)
		qsort(*out, *n_out, sizeof(**out), by_debt);
	return LT_OK;
}

/* ---- giving ---- */

struct giving {
	struct changes changes;
	const char *owner, *due;
	struct lt_err *err;
};

static enum lt_status give(struct giving *giving, enum duty_kind kind, const char *assessment,
			   const char *id)
{
	const char *const key[] = { duty_kind_names[kind], assessment, id };
	const char *const values[] = { giving->owner, giving->due };
	return changes_add(&giving->changes, "duty", key, "owner",
			   giving->owner[0] ? values : NULL, giving->err);
}

static enum lt_status give_section(struct giving *giving, const struct assessment_ref *ref,
				   const struct ruleset *ruleset, const char *section)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < ruleset->n_items && !status; i++)
		if (ruleset_section_is_within(ruleset, ruleset->items[i].section, section))
			status = give(giving, DUTY_ITEM, ref->name, ruleset->items[i].id);
	return status;
}

/* A line as people call it: by the beginning of its id, its source or name. */
static enum lt_status give_line(struct giving *giving, const struct assessment_ref *ref,
				const char *what, struct lt_findings *findings)
{
	struct session *session = giving->changes.session;
	struct inventory inventory = { 0 };
	unsigned at = 0;
	enum lt_status status = inventory_open(session, rung_names[RUNG_AWARDED], &inventory,
					       findings, giving->err);
	if (!status)
		status = inventory_find(&inventory, what, ref->year, &at, giving->err);
	/* it names lines alone; what was meant may be anything that can be owed */
	if (status == LT_EDATA && !inventory.ledger.n) {
		*giving->err = (struct lt_err)LT_ERR_INIT;
		status = lt_err_set(
			giving->err, LT_EDATA,
			"%s 没有条款、板块、基础数据、发现或碳盘查行“%s”",
			"%s has no item, section, quantity, finding or inventory line '%s'",
			ref->name, what);
	}
	if (!status)
		status = give(giving, DUTY_LINE, "", inventory.ledger.rows[at].line.id);
	inventory_close(&inventory);
	return status;
}

/* A finding by its number, else a line of the inventory. */
static enum lt_status give_other(struct giving *giving, const struct assessment_ref *ref,
				 const char *what, struct lt_findings *findings)
{
	struct session *session = giving->changes.session;
	const struct finding_info *finding = NULL;
	struct lt_err none = LT_ERR_INIT;
	enum lt_status status = session_find_finding(session, what, &finding, &none);
	if (!status) {
		const struct finding_edit edit = { .owner = giving->owner,
						   .due = giving->due[0] ? giving->due : NULL };
		return finding_change_edit(finding, &edit, &giving->changes, giving->err);
	}
	if (status != LT_EDATA) {
		*giving->err = none;
		return status;
	}
	status = round_check_subject(session, ref, what, findings, &none);
	return status ? give_line(giving, ref, what, findings) : give(giving, DUTY_LINE, "", what);
}

enum lt_status session_assign(struct session *session, const struct assessment_ref *ref,
			      const char *what, const char *owner, const char *due, unsigned *n,
			      struct lt_findings *findings, struct lt_err *err)
{
	struct giving giving = { .changes = { .session = session },
				 .owner = is_blank(owner) ? "" : owner,
				 .due = due ? due : "",
				 .err = err };
	struct trial *trial;
	bool done;
	*n = 0;
	enum lt_status status = due ? session_check_day("--due", due, err) : LT_OK;
	if (!status)
		status = session_trial(session, ref, &trial, findings, err);
	if (status)
		return status;
	if (ruleset_find_item(trial->ruleset, what)) {
		status = give(&giving, DUTY_ITEM, ref->name, what);
	} else if (ruleset_find_section(trial->ruleset, what)) {
		status = give_section(&giving, ref, trial->ruleset, what);
	} else if (ruleset_find_quantity(trial->ruleset, what)) {
		const char *id = lt_arena_printf(&session->arena, "%s/%s", ref->year, what);
		status = id ? give(&giving, DUTY_QUANTITY, "", id) : lt_err_memory(err);
	} else {
		status = give_other(&giving, ref, what, findings);
	}
	*n = giving.changes.n;
	return status ? status : session_commit(session, "assign", &giving.changes, &done, err);
}
