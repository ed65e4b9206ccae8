#include "lingtan/app/finding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "field_parts.h"
#include "finding_parts.h"
#include "lingtan/app/writers.h"
#include "lingtan/base/date.h"

const char *const finding_grade_names[] = { "major", "minor", "observation", "clarification", NULL };
const char *const finding_state_names[] = { "open", "answered", "closed", "withdrawn", NULL };

const struct label finding_grade_titles[N_FINDING_GRADES] = {
	[FINDING_MAJOR] = { "严重不符合", "major nonconformity" },
	[FINDING_MINOR] = { "一般不符合", "minor nonconformity" },
	[FINDING_OBSERVATION] = { "观察项", "observation" },
	[FINDING_CLARIFICATION] = { "澄清项", "clarification" },
};
const struct label finding_state_titles[N_FINDING_STATES] = {
	[FINDING_OPEN] = { "待整改", "open" },
	[FINDING_ANSWERED] = { "待验证", "answered" },
	[FINDING_CLOSED] = { "已关闭", "closed" },
	[FINDING_WITHDRAWN] = { "已撤回", "withdrawn" },
};

static unsigned find_word(const char *const *words, const char *word)
{
	unsigned at = 0;
	while (words[at] && strcmp(words[at], word) != 0)
		at++;
	return at;
}

enum finding_grade finding_grade_find(const char *name)
{
	return (enum finding_grade)find_word(finding_grade_names, name);
}

enum finding_state finding_state_find(const char *name)
{
	return (enum finding_state)find_word(finding_state_names, name);
}

bool finding_blocks(const struct finding_info *finding)
{
	return finding->grade == FINDING_MAJOR && finding->state != FINDING_CLOSED &&
	       finding->state != FINDING_WITHDRAWN;
}

/* ---- reading ---- */

struct listing {
	struct session *session;
	struct finding_info *at;
	unsigned n, cap;
	struct writers writers;
	struct lt_err *err;
};

static unsigned order_of(const struct listing *list, const char *key, const char *group)
{
	return writers_order(&list->writers, "finding", key, group);
}

/* What the deeds say, by when they were done. */
static enum finding_state state_of(const struct listing *list, const char *key,
				   const struct finding_info *finding)
{
	const unsigned verified = order_of(list, key, "verification");
	unsigned answered = order_of(list, key, "answer");
	if (finding->withdrawn[0] || strcmp(finding->ruling, "upheld") == 0)
		return FINDING_WITHDRAWN;
	if (!finding->answer[0])
		return FINDING_OPEN;
	if (order_of(list, key, "correction") > answered)
		answered = order_of(list, key, "correction");
	if (!finding->verification[0] || answered > verified)
		return FINDING_ANSWERED;
	return strcmp(finding->verification, "accepted") == 0 ? FINDING_CLOSED : FINDING_OPEN;
}

static void fill(const struct fact_row *row, struct finding_info *finding)
{
	*finding = (struct finding_info){
		.id = row->parts[0],
		.number = row_text(row, "number", 0),
		.assessment = row_text(row, "place", 0),
		.item = row_text(row, "place", 1),
		.place = row_text(row, "place", 2),
		.fact = row_text(row, "fact", 0),
		.fact_by = row_text(row, "fact", 1),
		.due = row_text(row, "due", 0),
		.owner = "",
		.cause = row_text(row, "cause", 0),
		.correction = row_text(row, "correction", 0),
		.answer = row_text(row, "answer", 0),
		.answer_by = row_text(row, "answer", 1),
		.objection = row_text(row, "objection", 0),
		.objection_by = row_text(row, "objection", 1),
		.ruling = row_text(row, "ruling", 0),
		.ruling_text = row_text(row, "ruling", 1),
		.ruling_by = row_text(row, "ruling", 2),
		.verification = row_text(row, "verification", 0),
		.verification_text = row_text(row, "verification", 1),
		.verification_on = row_text(row, "verification", 2),
		.verification_by = row_text(row, "verification", 3),
		.withdrawn = row_text(row, "withdrawn", 0),
		.withdrawn_by = row_text(row, "withdrawn", 1),
		.grade = finding_grade_find(row_text(row, "grade", 0)),
		.grade_before = "",
	};
}

static const char *time_of(const struct listing *list, const char *key, const char *group)
{
	const struct writer *writer = writers_find(&list->writers, "finding", key, group);
	return writer ? writer->at : "";
}

static enum lt_status take_finding(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	if (!fact_row_get(row, "fact")->at)
		return LT_OK;
	list->at = lt_arena_room(&list->session->arena, list->at, list->n, &list->cap,
				 sizeof(*list->at));
	if (!list->at)
		return lt_err_memory(list->err);
	struct finding_info *finding = &list->at[list->n++];
	fill(row, finding);
	/* a grade that no program of ours wrote is taken for the heaviest */
	if (finding->grade == N_FINDING_GRADES)
		finding->grade = FINDING_MAJOR;
	finding->fact_at = time_of(list, row->key, "fact");
	finding->answer_at = time_of(list, row->key, "answer");
	finding->state = state_of(list, row->key, finding);
	return LT_OK;
}

static struct finding_info *find_by_id(const struct listing *list, const char *id)
{
	for (unsigned i = 0; i < list->n; i++)
		if (strcmp(list->at[i].id, id) == 0)
			return &list->at[i];
	return NULL;
}

static enum lt_status take_tie(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	struct lt_arena *arena = &list->session->arena;
	struct finding_info *finding = find_by_id(list, row->parts[0]);
	struct words file, purged;
	if (!finding || !fact_row_get(row, "locator")->at || row_is_removed(row))
		return LT_OK;
	const char *key = cell_key_join(arena, &row->parts[1], 1);
	struct finding_evidence *grown =
		lt_arena_alloc(arena, finding->n_evidence + 1, sizeof(*grown));
	if (!key || !grown)
		return lt_err_memory(list->err);
	enum lt_status status = project_get(list->session->project, "evidence", key, "file", arena,
					    &file, list->err);
	if (!status)
		status = project_get(list->session->project, "evidence", key, "purged", arena,
				     &purged, list->err);
	if (status)
		return status;
	if (finding->n_evidence)
		memcpy(grown, finding->evidence, finding->n_evidence * sizeof(*grown));
	grown[finding->n_evidence++] =
		(struct finding_evidence){ .sha256 = row->parts[1],
					   .name = file.at ? file.at[0] : row->parts[1],
					   .locator = row_text(row, "locator", 0),
					   .is_closing = strcmp(row->parts[2], "closing") == 0,
					   .is_purged = purged.at != NULL };
	finding->evidence = grown;
	return LT_OK;
}

static enum lt_status take_owner(void *context, const struct fact_row *row)
{
	struct listing *list = context;
	struct finding_info *finding = strcmp(row->parts[0], "finding") == 0
					       ? find_by_id(list, row->parts[2])
					       : NULL;
	if (finding)
		finding->owner = row_text(row, "owner", 0);
	return LT_OK;
}

/* The first grade of those that have another now. */
static enum lt_status see_entry(void *context, const char *hash, const struct entry *entry)
{
	struct listing *list = context;
	(void)hash;
	for (unsigned i = 0; i < entry->n_changes; i++) {
		const struct change *change = &entry->changes[i];
		const char *id;
		if (strcmp(change->table, "finding") != 0 || strcmp(change->group, "grade") != 0 ||
		    !change->new.at || !cell_key_split(&list->session->arena, change->key, &id, 1))
			continue;
		struct finding_info *finding = find_by_id(list, id);
		if (!finding || finding->grade_before[0])
			continue;
		finding->grade_before = lt_arena_strndup(&list->session->arena, change->new.at[0],
							 strlen(change->new.at[0]));
		if (!finding->grade_before)
			return lt_err_memory(list->err);
	}
	return LT_OK;
}

static int by_number(const void *a, const void *b)
{
	const struct finding_info *x = a, *y = b;
	const size_t m = strlen(x->number), n = strlen(y->number);
	if (m != n)
		return m < n ? -1 : 1;
	const int order = strcmp(x->number, y->number);
	return order ? order : strcmp(x->id, y->id);
}

static enum lt_status read_findings(struct listing *list, struct lt_err *err)
{
	struct session *session = list->session;
	struct project *project = session->project;
	struct lt_arena *arena = &session->arena;
	enum lt_status status = writers_read(session, " finding ", arena, &list->writers, err);
	if (!status)
		status = project_visit(project, "finding", arena, take_finding, list, err);
	if (!status && list->n)
		status = project_visit(project, "finding_tie", arena, take_tie, list, err);
	if (!status && list->n)
		status = project_visit(project, "duty", arena, take_owner, list, err);
	if (!status && list->n)
		status = journal_visit(project, NULL, see_entry, list, err);
	for (unsigned i = 0; i < list->n && !status; i++)
		if (strcmp(list->at[i].grade_before, finding_grade_names[list->at[i].grade]) == 0)
			list->at[i].grade_before = "";
	if (!status && list->n)
		qsort(list->at, list->n, sizeof(*list->at), by_number);
	return status;
}

static enum lt_status read_all(struct session *session, struct listing *list, struct lt_err *err)
{
	*list = (struct listing){ .session = session, .err = err };
	enum lt_status status = project_begin(session->project, false, err);
	if (status)
		return status;
	status = read_findings(list, err);
	struct lt_err ignored = LT_ERR_INIT;
	project_end(session->project, true, &ignored);
	return status;
}

/* ---- listing ---- */

static bool lets_through(const struct finding_filter *filter, const struct finding_info *finding)
{
	return (!filter->assessment || strcmp(filter->assessment, finding->assessment) == 0) &&
	       (!filter->item || strcmp(filter->item, finding->item) == 0) &&
	       (!filter->owner || strcmp(filter->owner, finding->owner) == 0) &&
	       (filter->grade == N_FINDING_GRADES || filter->grade == finding->grade) &&
	       (filter->state == N_FINDING_STATES || filter->state == finding->state) &&
	       (!filter->overdue || finding->is_overdue);
}

enum lt_status session_findings(struct session *session, const struct finding_filter *filter,
				struct finding_info **out, unsigned *n, struct lt_err *err)
{
	struct listing list;
	const char *on = filter->on;
	*out = NULL;
	*n = 0;
	enum lt_status status = on ? session_check_day("--on", on, err)
				   : session_today(session, &on, err);
	if (!status)
		status = read_all(session, &list, err);
	if (status)
		return status;
	for (unsigned i = 0; i < list.n; i++) {
		struct finding_info *finding = &list.at[i];
		finding->is_overdue = finding->due[0] && strcmp(finding->due, on) < 0 &&
				      finding->state <= FINDING_ANSWERED;
		if (lets_through(filter, finding))
			list.at[(*n)++] = *finding;
	}
	*out = list.at;
	return LT_OK;
}

enum lt_status session_find_finding(struct session *session, const char *which,
				    const struct finding_info **out, struct lt_err *err)
{
	struct listing list;
	unsigned n_fit = 0;
	const size_t len = strlen(which);
	enum lt_status status = read_all(session, &list, err);
	for (unsigned i = 0; i < list.n && !status; i++)
		if (strcmp(list.at[i].number, which) == 0 ||
		    (len >= 6 && strncmp(list.at[i].id, which, len) == 0)) {
			n_fit++;
			*out = &list.at[i];
		}
	if (status || n_fit == 1)
		return status;
	return n_fit ? lt_err_set(err, LT_EDATA,
				  "有几个发现都叫“%s”（合并而来），请改用编号后的标识",
				  "several findings are called '%s' (from a merge), give the id",
				  which)
		     : lt_err_set(err, LT_EDATA, "没有发现“%s”；见 lingtan findings",
				  "there is no finding '%s'; see lingtan findings", which);
}
