#include "lingtan/app/cycle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "cycle_parts.h"
#include "field_parts.h"
#include "finding_parts.h"

const char *const cycle_kind_names[] = { "reassessment", "surveillance", NULL };
const struct label cycle_kind_titles[N_CYCLE_KINDS] = {
	[CYCLE_REASSESSMENT] = { "再评价", "re-assessment" },
	[CYCLE_SURVEILLANCE] = { "监督评价", "surveillance" },
};

static enum cycle_kind kind_find(const char *name)
{
	unsigned kind = 0;
	while (kind < N_CYCLE_KINDS && strcmp(cycle_kind_names[kind], name) != 0)
		kind++;
	return (enum cycle_kind)kind;
}

enum lt_status session_cycle_link(struct session *session, const struct assessment_ref *ref,
				  struct cycle_link *out, struct lt_err *err)
{
	struct words cycle;
	const char *key = cell_key_join(&session->arena, &ref->name, 1);
	enum lt_status status = key ? project_get(session->project, "assessment", key, "cycle",
						  &session->arena, &cycle, err)
				    : lt_err_memory(err);
	*out = (struct cycle_link){ .kind = N_CYCLE_KINDS, .of = "", .head = "" };
	if (!status && cycle.at)
		*out = (struct cycle_link){ kind_find(cycle.at[0]), cycle.at[1], cycle.at[2] };
	return status;
}

/* ---- what must be assessed ---- */

struct obliging {
	struct changes changes;
	struct session *source; /* that has the assessment before; NULL = there is none */
	const char *assessment;
	bool off;
	struct lt_err *err;
};

static enum lt_status oblige(struct obliging *to, const char *item)
{
	static const char *const yes[] = { "yes" };
	const char *const key[] = { to->assessment, item };
	return changes_add(&to->changes, "obligation", key, "must", to->off ? NULL : yes, to->err);
}

static enum lt_status oblige_findings(struct obliging *to, const char *earlier,
				      const struct ruleset *ruleset)
{
	const struct finding_filter filter = { .assessment = earlier,
					       .grade = N_FINDING_GRADES,
					       .state = N_FINDING_STATES };
	struct finding_info *list;
	unsigned n;
	enum lt_status status = session_findings(to->source, &filter, &list, &n, to->err);
	for (unsigned i = 0; i < n && !status; i++)
		if (list[i].state != FINDING_WITHDRAWN && ruleset_find_item(ruleset, list[i].item))
			status = oblige(to, list[i].item);
	return status;
}

static bool is_meant(const struct ruleset *ruleset, const struct item *item, const char *what)
{
	return strcmp(what, "all") == 0 ||
	       (strcmp(what, "controls") == 0 && item->kind == ITEM_CONTROL) ||
	       strcmp(item->id, what) == 0 ||
	       (!ruleset_find_item(ruleset, what) && ruleset_find_section(ruleset, what) &&
		ruleset_section_is_within(ruleset, item->section, what));
}

static enum lt_status oblige_word(struct obliging *to, const struct ruleset *ruleset,
				  const char *earlier, const char *what)
{
	enum lt_status status = LT_OK;
	bool any = false;
	if (strcmp(what, "findings") == 0 && to->source)
		return oblige_findings(to, earlier, ruleset);
	status = ruleset_name_item(ruleset, &what, to->err);
	for (unsigned i = 0; i < ruleset->n_items && !status; i++)
		if (is_meant(ruleset, &ruleset->items[i], what)) {
			any = true;
			status = oblige(to, ruleset->items[i].id);
		}
	if (status || any)
		return status;
	return lt_err_set(to->err, LT_EDATA,
			  "%s 没有条款或板块“%s”；也可写 controls、findings（承接的评价有过发现的）或 all",
			  "%s has no item or section '%s'; there are also controls, findings (of the assessment before) and all",
			  ruleset->id, what);
}

enum lt_status session_oblige(struct session *session, const struct assessment_ref *ref,
			      const char *const *what, unsigned n_what, bool off, unsigned *n,
			      struct lt_findings *findings, struct lt_err *err)
{
	struct obliging to = { { .session = session }, NULL, ref->name, off, err };
	struct cycle_link link;
	struct trial *trial;
	bool done;
	*n = 0;
	enum lt_status status = session_cycle_link(session, ref, &link, err);
	if (!status && link.of[0])
		status = cycle_source(session, &link, &to.source, err);
	if (!status)
		status = session_trial(session, ref, &trial, findings, err);
	for (unsigned i = 0; i < n_what && !status; i++)
		status = oblige_word(&to, trial->ruleset, link.of, what[i]);
	if (status)
		return status;
	*n = to.changes.n;
	return session_commit(session, "must", &to.changes, &done, err);
}

/* ---- opening one ---- */

struct answer_search {
	const char *assessment;
	bool found;
};

static enum lt_status see_answer(void *context, const struct fact_row *row)
{
	struct answer_search *search = context;
	search->found |= strcmp(row->parts[0], search->assessment) == 0 &&
			 fact_row_get(row, "verdict")->at;
	return LT_OK;
}

/* There must be something to follow. */
static enum lt_status check_earlier(struct session *session, const struct assessment_ref *earlier,
				    struct lt_err *err)
{
	struct answer_search search = { earlier->name, false };
	enum lt_status status =
		project_visit(session->project, "answer", NULL, see_answer, &search, err);
	return status || search.found
		       ? status
		       : lt_err_set(err, LT_EDATA, "%s 还没有结论，没有可承接的；新评价请用 lingtan add",
				    "%s has no verdicts to follow; for a new assessment use lingtan add",
				    earlier->name);
}

static enum lt_status year_after(struct session *session, const char *year, const char **out,
				 struct lt_err *err)
{
	*out = lt_arena_printf(&session->arena, "%04ld", strtol(year, NULL, 10) + 1);
	return *out ? LT_OK : lt_err_memory(err);
}

/* A ruleset that is not at hand is followed by the edition that the file has. */
static enum lt_status change_by_file(struct session *session, const struct assessment_ref *earlier,
				     const struct new_project *next, const char *name,
				     struct changes *changes, struct lt_findings *findings,
				     struct lt_err *err)
{
	const struct selection selection = { .park_type = next->park_type,
					     .stage = next->stage,
					     .place = next->place };
	const char *const subject[] = { next->park_type, next->place, next->reason };
	struct assessment loaded = { 0 };
	struct words known;
	struct plan *plan;
	const char *key = cell_key_join(&session->arena, &name, 1);
	enum lt_status status = key ? project_get(session->project, "assessment", key, "ruleset",
						  &session->arena, &known, err)
				    : lt_err_memory(err);
	if (!status && known.at)
		status = lt_err_set(err, LT_EDATA, "已有评价 %s",
				    "there is an assessment %s already", name);
	if (!status)
		status = session_ruleset(session, earlier->ruleset, &session->arena, &loaded,
					 findings, err);
	if (!status)
		status = plan_compile(loaded.ruleset, &selection, NULL, &session->arena, &plan,
				      err);
	if (!status)
		status = changes_add(changes, "assessment", &name, "subject", subject, err);
	return status ? status
		      : changes_add(changes, "assessment", &name, "ruleset", &earlier->ruleset,
				    err);
}

/* The edition that the next assessment has. */
static enum lt_status ruleset_to_follow(struct session *session,
					const struct assessment_ref *earlier,
					const struct new_project *next, bool at_hand,
					const struct ruleset **out, struct lt_findings *findings,
					struct lt_err *err)
{
	struct assessment loaded = { 0 };
	struct ruleset *known = NULL;
	if (at_hand) {
		enum lt_status status = library_load(session->workspace->library, next->standard,
						     findings, &known, err);
		*out = known;
		return status;
	}
	enum lt_status status = session_ruleset(session, earlier->ruleset, &session->arena,
						&loaded, findings, err);
	*out = loaded.ruleset;
	return status;
}

static enum lt_status change_cycle(struct session *session, struct session *source,
				   const struct assessment_ref *earlier,
				   const struct new_cycle *wish, const struct new_project *next,
				   struct changes *changes, const char **name,
				   struct lt_findings *findings, struct lt_err *err)
{
	struct obliging to = { { .session = session }, source, NULL, false, err };
	const struct ruleset *ruleset = NULL;
	*name = lt_arena_printf(&session->arena, "%s/%s/%s", next->standard, next->stage,
				next->year);
	if (!*name)
		return lt_err_memory(err);
	char head[LT_SHA256_HEX];
	memcpy(head, project_head(source->project), sizeof(head));
	const char *const cycle[] = { cycle_kind_names[wish->kind], earlier->name, head };
	const bool at_hand = library_find(session->workspace->library, next->standard) != NULL;
	enum lt_status status =
		at_hand ? session_change_assessment(session, next, changes, findings, err)
			: change_by_file(session, earlier, next, *name, changes, findings, err);
	if (!status)
		status = changes_add(changes, "assessment", name, "cycle", cycle, err);
	/* the profile of another file is not in this one */
	if (!status && earlier->profile[0] && source == session)
		status = changes_add(changes, "assessment", name, "profile", &earlier->profile,
				     err);
	if (!status)
		status = ruleset_to_follow(session, earlier, next, at_hand, &ruleset, findings,
					   err);
	to.assessment = *name;
	to.changes = *changes;
	for (unsigned i = 0; i < wish->n_must && !status; i++)
		status = oblige_word(&to, ruleset, earlier->name, wish->must[i]);
	*changes = to.changes;
	return status;
}

enum lt_status cycle_follow(struct session *session, struct session *source,
			    const struct assessment_ref *earlier, const struct new_cycle *wish,
			    const char **name, struct lt_findings *findings, struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct new_project next = {
		.standard = earlier->standard,
		.stage = wish->stage ? wish->stage : earlier->stage,
		.year = wish->year,
		.park_type = wish->park_type ? wish->park_type : earlier->park_type,
		.place = wish->place ? wish->place : earlier->place,
		.reason = wish->reason,
	};
	bool done;
	enum lt_status status = check_earlier(source, earlier, err);
	if (!status && !next.year)
		status = year_after(session, earlier->year, &next.year, err);
	/* "" is how the file says that a ruleset has none */
	if (!next.park_type[0])
		next.park_type = NULL;
	if (!next.place[0])
		next.place = NULL;
	if (!status)
		status = change_cycle(session, source, earlier, wish, &next, &changes, name, findings, err);
	return status ? status : session_commit(session, "follow", &changes, &done, err);
}

enum lt_status session_follow(struct session *session, const struct assessment_ref *earlier,
			      const struct new_cycle *wish, const char **name,
			      struct lt_findings *findings, struct lt_err *err)
{
	/* the texts of the ruleset and the entry that names them are one transaction */
	enum lt_status status = project_begin(session->project, true, err);
	if (status)
		return status;
	status = cycle_follow(session, session, earlier, wish, name, findings, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(session->project, !status, status ? &second : err);
	return status ? status : ended;
}

/* ---- evidence again ---- */

struct carrying {
	struct changes *changes;
	const char *from, *to, *sha256;
	const struct ruleset *ruleset;
	unsigned n;
	struct lt_err *err;
};

/* A tie of the earlier assessment, to an item that there still is. */
static enum lt_status carry_tie(void *context, const struct fact_row *row)
{
	static const char *const groups[] = { "locator", "slot", "vague" };
	struct carrying *carry = context;
	enum lt_status status = LT_OK;
	if (strcmp(row->parts[0], carry->from) != 0 || strcmp(row->parts[2], carry->sha256) != 0 ||
	    !fact_row_get(row, "locator")->at || row_is_removed(row) ||
	    !ruleset_find_item(carry->ruleset, row->parts[1]))
		return LT_OK;
	const char *const key[] = { carry->to, row->parts[1], row->parts[2], row->parts[3] };
	const unsigned before = carry->changes->n;
	for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]) && !status; g++) {
		const struct words *value = fact_row_get(row, groups[g]);
		if (value->at)
			status = changes_add(carry->changes, "tie", key, groups[g], value->at,
					     carry->err);
	}
	if (!status)
		status = changes_add(carry->changes, "tie", key, "removed", NULL, carry->err);
	carry->n += carry->changes->n > before;
	return status;
}

static enum lt_status carry_over(struct session *session, const struct assessment_ref *ref,
				 const char *sha256, struct changes *changes, unsigned *n,
				 struct lt_findings *findings, struct lt_err *err)
{
	struct cycle_link link;
	struct session *source;
	struct trial *trial;
	enum lt_status status = session_cycle_link(session, ref, &link, err);
	if (!status && !link.of[0])
		status = lt_err_set(err, LT_EDATA, "%s 不承接别的评价，没有可沿用的佐证关联",
				    "%s follows no assessment whose ties could be carried over",
				    ref->name);
	if (!status)
		status = session_trial(session, ref, &trial, findings, err);
	if (status)
		return status;
	struct carrying carry = { changes, link.of, ref->name, sha256, trial->ruleset, 0, err };
	status = cycle_source(session, &link, &source, err);
	if (!status)
		status = project_visit(source->project, "tie", &session->arena, carry_tie, &carry,
				       err);
	*n = carry.n;
	return status;
}

static enum lt_status check_days(struct session *session, const struct confirmation *wish,
				 struct lt_err *err)
{
	const char *today;
	enum lt_status status = session_today(session, &today, err);
	if (!status && wish->until && wish->until[0])
		status = session_check_day("--until", wish->until, err);
	if (!status && wish->dated)
		status = session_check_day("--dated", wish->dated, err);
	if (!status && wish->until && wish->until[0] && strcmp(wish->until, today) < 0)
		status = lt_err_set(err, LT_EDATA, "%s 已过，不能确认为有效到这一天",
				    "%s is past: nothing is confirmed as valid until then",
				    wish->until);
	return status;
}

enum lt_status session_confirm(struct session *session, const struct assessment_ref *ref,
			       const char *which, const struct confirmation *wish, unsigned *n,
			       struct lt_findings *findings, struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct evidence_file *file;
	struct entry now = { 0 };
	bool done;
	*n = 0;
	enum lt_status status = check_days(session, wish, err);
	if (!status)
		status = session_find_evidence(session, which, &file, err);
	if (!status)
		status = session_sign(session, &now, "confirm", err);
	if (status)
		return status;
	const char *const validity[] = { wish->until ? wish->until : "", session->name, now.at };
	status = changes_add(&changes, "evidence", &file->sha256, "validity", validity, err);
	if (!status && wish->dated)
		status = changes_add(&changes, "evidence", &file->sha256, "dated", &wish->dated,
				     err);
	if (!status && wish->carry)
		status = carry_over(session, ref, file->sha256, &changes, n, findings, err);
	return status ? status : session_commit(session, "confirm", &changes, &done, err);
}
