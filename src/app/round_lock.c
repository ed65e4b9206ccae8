/* What a submitted round keeps from being changed: everything its rung says, but for what was sent
 * back; a slip is corrected with a reason. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/role.h"
#include "lingtan/base/text.h"
#include "round_parts.h"

/* ---- the last round of each rung ---- */

struct gather {
	struct session *session;
	struct round_locks *locks;
	struct lt_err *err;
};

static struct round_lock *find_lock(const struct round_locks *locks, const char *assessment,
				    const char *rung)
{
	for (unsigned i = 0; i < locks->n; i++)
		if (strcmp(locks->at[i].assessment, assessment) == 0 &&
		    strcmp(locks->at[i].rung, rung) == 0)
			return &locks->at[i];
	return NULL;
}

static enum lt_status see_round(void *context, const struct fact_row *row)
{
	struct gather *gather = context;
	struct round_locks *locks = gather->locks;
	const struct words *state = fact_row_get(row, "state");
	const unsigned number = (unsigned)strtoul(row->parts[2], NULL, 10);
	struct round_lock *lock = find_lock(locks, row->parts[0], row->parts[1]);
	if (!state->at || (lock && lock->number >= number))
		return LT_OK;
	if (!lock) {
		locks->at = lt_arena_room(&gather->session->arena, locks->at, locks->n, &locks->cap,
					  sizeof(*locks->at));
		if (!locks->at)
			return lt_err_memory(gather->err);
		lock = &locks->at[locks->n++];
	}
	*lock = (struct round_lock){ row->parts[0], row->parts[1], number, state->at[0] };
	return LT_OK;
}

enum lt_status round_locks_read(struct session *session, struct round_locks *out,
				struct lt_err *err)
{
	struct gather gather = { session, out, err };
	*out = (struct round_locks){ 0 };
	return project_visit(session->project, "round", &session->arena, see_round, &gather, err);
}

/* ---- what was sent back ---- */

static enum lt_status is_sent_back(struct session *session, const struct round_lock *lock,
				   const char *item, bool *is, struct lt_err *err)
{
	char number[16];
	struct words ask;
	snprintf(number, sizeof(number), "%u", lock->number);
	const char *const parts[] = { lock->assessment, lock->rung, number, item };
	const char *key = cell_key_join(&session->arena, parts, 4);
	enum lt_status status = key ? project_get(session->project, "sent_back", key, "ask",
						  &session->arena, &ask, err)
				    : lt_err_memory(err);
	*is = !status && ask.at;
	return status;
}

/* A figure is sent back by its own name, or with an item that it measures. */
static enum lt_status is_figure_sent_back(struct session *session, const struct round_lock *lock,
					  const struct ruleset *ruleset, const char *quantity,
					  bool *is, struct lt_err *err)
{
	enum lt_status status = is_sent_back(session, lock, quantity, is, err);
	for (unsigned i = 0; i < ruleset->n_items && !status && !*is; i++)
		if (ruleset->items[i].quantity &&
		    strcmp(ruleset->items[i].quantity, quantity) == 0)
			status = is_sent_back(session, lock, ruleset->items[i].id, is, err);
	return status;
}

static bool is_state(const struct round_lock *lock, const char *state)
{
	return strcmp(lock->state, state) == 0;
}

static enum lt_status binds_item(struct session *session, const struct round_lock *lock,
				 const char *item, bool *bound, struct lt_err *err)
{
	bool is_back = false;
	enum lt_status status = LT_OK;
	if (is_state(lock, "returned"))
		status = is_sent_back(session, lock, item, &is_back, err);
	*bound = is_state(lock, "submitted") || (is_state(lock, "returned") && !is_back);
	return status;
}

/* Whether this lock is about a figure at all: its ruleset knows it. */
static enum lt_status binds_figure(struct session *session, const struct round_lock *lock,
				   const char *quantity, bool *bound, struct lt_err *err)
{
	struct lt_findings findings;
	const struct assessment_ref *ref;
	struct assessment of = { 0 };
	bool is_back = false;
	lt_findings_init(&findings, &session->arena);
	*bound = false;
	enum lt_status status =
		session_find_assessment(session, lock->assessment, NULL, &ref, &findings, err);
	if (!status)
		status = session_ruleset(session, ref->ruleset, &session->arena, &of, &findings,
					 err);
	if (status || !ruleset_find_quantity(of.ruleset, quantity))
		return status;
	if (is_state(lock, "returned"))
		status = is_figure_sent_back(session, lock, of.ruleset, quantity, &is_back, err);
	*bound = is_state(lock, "submitted") || (is_state(lock, "returned") && !is_back);
	return status;
}

/* ---- which locks a change meets ---- */

static bool is_of_year(const struct round_lock *lock, const char *year)
{
	const char *slash = strrchr(lock->assessment, '/');
	return slash && strcmp(slash + 1, year) == 0;
}

/* What a change is about. */
struct subject {
	const char *assessment; /* NULL: of every assessment of the year */
	const char *year, *rung, *id;
	bool is_figure;   /* a quantity */
	const char *name; /* that people know a line by: its own, else its source, else its id */
};

/* The text of a member of the table line; "" where the group says nothing of it. */
static const char *member_of_line(const struct session *session, const struct words *group,
				  const char *name, const char *member)
{
	const struct cell_group *of = fact_table_find_group(
		vocabulary_find_table(session->workspace->vocabulary, "line"), name);
	const int at = of ? cell_group_find_member(of, member) : -1;
	return group->at && at >= 0 ? group->at[at] : "";
}

static void call(const struct session *session, struct subject *out, const struct words *activity,
		 const struct words *name)
{
	const char *const own = member_of_line(session, name, "name", "text");
	const char *const source = member_of_line(session, activity, "activity", "source");
	out->name = own[0] ? own : source[0] ? source : out->id;
}

/* Year, rung and name of a line of the inventory, as it stands. */
static enum lt_status line_of(struct session *session, const char *line, struct subject *out,
			      struct lt_err *err)
{
	struct words activity, entered, name;
	const char *key = cell_key_join(&session->arena, &line, 1);
	*out = (struct subject){ .id = line, .year = "" };
	enum lt_status status = key ? project_get(session->project, "line", key, "activity",
						  &session->arena, &activity, err)
				    : lt_err_memory(err);
	if (!status)
		status = project_get(session->project, "line", key, "entered", &session->arena,
				     &entered, err);
	if (!status)
		status = project_get(session->project, "line", key, "name", &session->arena, &name,
				     err);
	if (status)
		return status;
	out->year = member_of_line(session, &activity, "activity", "year");
	call(session, out, &activity, &name);
	out->rung = entered.at ? entered.at[0] : rung_names[RUNG_SELF];
	return LT_OK;
}

/* What the changes make of another group of the same line. */
static struct words changed_to(const struct changes *changes, const struct change *like,
			       const char *group)
{
	for (unsigned i = 0; i < changes->n; i++)
		if (strcmp(changes->at[i].table, like->table) == 0 &&
		    strcmp(changes->at[i].key, like->key) == 0 &&
		    strcmp(changes->at[i].group, group) == 0)
			return changes->at[i].new;
	return (struct words){ 0 };
}

static enum lt_status subject_of(struct session *session, const struct changes *changes,
				 const struct change *change, struct subject *out, bool *any, struct lt_err *err)
{
	const char *parts[CELL_MAX_KEY];
	const struct fact_table *table =
		vocabulary_find_table(session->workspace->vocabulary, change->table);
	*any = table && cell_key_split(&session->arena, change->key, parts, table->key.n);
	*out = (struct subject){ 0 };
	if (!*any)
		return LT_OK;
	if (strcmp(change->table, "answer") == 0) {
		*out = (struct subject){ .assessment = parts[0], .rung = parts[1], .id = parts[2] };
	} else if (strcmp(change->table, "quantity") == 0) {
		*out = (struct subject){
			.year = parts[1], .rung = parts[0], .id = parts[2], .is_figure = true
		};
	} else if (strcmp(change->table, "claim") == 0) {
		enum lt_status status = line_of(session, parts[0], out, err);
		out->rung = parts[1];
		return status;
	} else if (strcmp(change->table, "line") == 0) {
		enum lt_status status = line_of(session, parts[0], out, err);
		/* a line that is not there yet is of whoever enters it */
		if (!status && !out->year[0] && strcmp(change->group, "activity") == 0 &&
		    change->new.at) {
			const struct words name = changed_to(changes, change, "name");
			out->year = member_of_line(session, &change->new, "activity", "year");
			call(session, out, &change->new, &name);
			out->rung = role_rung(session->workspace, session->role);
		}
		*any = out->rung && out->year[0];
		return status;
	} else if (strcmp(change->table, "tie") == 0 && change->old.at) {
		/* evidence may be added; what is tied to a locked item is not taken away */
		const char *own = role_rung(session->workspace, session->role);
		*out = (struct subject){ .assessment = parts[0], .rung = own, .id = parts[1] };
		*any = own != NULL;
	} else {
		*any = false;
	}
	return LT_OK;
}

static enum lt_status is_bound(struct session *session, const struct round_locks *locks,
			       const struct subject *subject, bool *bound, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	*bound = false;
	for (unsigned i = 0; i < locks->n && !status && !*bound; i++) {
		const struct round_lock *lock = &locks->at[i];
		const bool here = subject->assessment
					  ? strcmp(lock->assessment, subject->assessment) == 0
					  : is_of_year(lock, subject->year);
		if (!here || strcmp(lock->rung, subject->rung) != 0 || is_state(lock, "reopened"))
			continue;
		status = subject->is_figure
				 ? binds_figure(session, lock, subject->id, bound, err)
				 : binds_item(session, lock, subject->id, bound, err);
	}
	return status;
}

static enum lt_status refuse(const struct subject *subject, struct lt_err *err)
{
	if (subject->is_figure)
		return lt_err_set(
			err, LT_EDATA,
			"这一轮已提交，数据 %s 不在退回之列；更正笔误要写明原因（--reason），两个值都会留下",
			"this round was submitted and the figure %s was not sent back; a slip is corrected with --reason, both values stay",
			subject->id);
	if (!subject->assessment)
		return lt_err_set(
			err, LT_EDATA,
			"这一轮已提交，%s 年的碳盘查行（%.*s）不在退回之列；更正笔误要写明原因（--reason），两个值都会留下",
			"this round was submitted and the inventory line of %s (%.*s) was not sent back; a slip is corrected with --reason, both values stay",
			subject->year, LT_CUT(subject->name, 120));
	return lt_err_set(
		err, LT_EDATA,
		"这一轮已提交，条款 %s 不在退回之列；更正笔误要写明原因（--reason），两个值都会留下",
		"this round was submitted and item %s was not sent back; a slip is corrected with --reason, both values stay",
		subject->id);
}

enum lt_status round_permits(struct session *session, const struct changes *changes,
			     struct lt_err *err)
{
	struct round_locks locks;
	if (session->reason[0])
		return LT_OK;
	enum lt_status status = round_locks_read(session, &locks, err);
	for (unsigned i = 0; i < changes->n && !status && locks.n; i++) {
		struct subject subject;
		bool any, bound = false;
		status = subject_of(session, changes, &changes->at[i], &subject, &any, err);
		if (!status && any)
			status = is_bound(session, &locks, &subject, &bound, err);
		if (!status && bound)
			status = refuse(&subject, err);
	}
	return status;
}

enum lt_status round_is_free(struct session *session, const struct assessment_ref *ref,
			     const char *rung, const char *item, bool *is_free, struct lt_err *err)
{
	struct round_locks locks;
	bool bound = false;
	const struct subject subject = { .assessment = ref->name, .rung = rung, .id = item };
	enum lt_status status = round_locks_read(session, &locks, err);
	if (!status)
		status = is_bound(session, &locks, &subject, &bound, err);
	*is_free = !bound;
	return status;
}

enum lt_status session_round(struct session *session, const char *assessment, const char *rung,
			     unsigned *round, bool *submitted, struct lt_err *err)
{
	struct round_locks locks;
	enum lt_status status = round_locks_read(session, &locks, err);
	const struct round_lock *lock = status ? NULL : find_lock(&locks, assessment, rung);
	*round = lock ? lock->number : 0;
	*submitted = lock && is_state(lock, "submitted");
	return status;
}
