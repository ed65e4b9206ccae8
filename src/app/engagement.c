#include "lingtan/app/engagement.h"

#include <stdlib.h>
#include <string.h>
#include "lingtan/base/ids.h"
#include "engagement_parts.h"
#include "session_parts.h"
#include "lingtan/app/site.h"

const char *const engagement_gap_names[] = { "conflict-found", "conflict-unchecked", "refused",
					     "not-accepted",   "undeclared",	     "no-leader",
					     "no-period",      "criteria",	     "person-days",
					     NULL };

/* ---- reading ---- */

struct reading {
	struct session *session;
	const char *year;
	struct engagement_info *out;
	struct team_member *team;
	unsigned n, cap;
	struct lt_err *err;
};

struct read_group {
	const char *group;
	const char **members[9]; /* where each goes; NULL ends the list */
};

static void take_groups(const struct fact_row *row, struct engagement_info *to)
{
	const struct read_group groups[] = {
		{ "parties", { &to->applicant, &to->responsible, &to->user } },
		{ "basis", { &to->criteria, &to->edition, &to->stage, &to->from, &to->to } },
		{ "level", { &to->assurance, &to->materiality } },
		{ "contract", { &to->contract, &to->contract_on, &to->body } },
		{ "person_days",
		  { &to->days_document, &to->days_site, &to->days_report, &to->days_review } },
		{ "dates",
		  { &to->applied_on, &to->documents_by, &to->plan_sent_on, &to->site_from,
		    &to->site_to, &to->corrections_by, &to->review_on, &to->decision_on } },
		{ "conflict",
		  { &to->conflict, &to->conflict_on, &to->consulting, &to->conflict_note } },
		{ "declared", { &to->impartial_on, &to->confidential_on, &to->papers } },
		{ "acceptance",
		  { &to->acceptance, &to->accepted_on, &to->acceptance_reason, &to->conditions } },
		{ "note", { &to->note } },
	};
	for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]); g++)
		for (unsigned m = 0; groups[g].members[m]; m++) {
			*groups[g].members[m] = row ? row_text(row, groups[g].group, m) : "";
			to->is_there |= (*groups[g].members[m])[0] != 0;
		}
}

static enum lt_status take_engagement(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	if (strcmp(row->parts[0], reading->year) == 0 && !row_is_removed(row))
		take_groups(row, reading->out);
	return LT_OK;
}

static enum lt_status take_member(void *context, const struct fact_row *row)
{
	struct reading *reading = context;
	void *list = reading->team;
	if (strcmp(row->parts[0], reading->year) != 0 || row_is_removed(row) ||
	    !row_text(row, "part", 0)[0])
		return LT_OK;
	struct team_member *to = list_grow(&reading->session->arena, &list, &reading->n,
					   &reading->cap, sizeof(*to));
	reading->team = list;
	if (!to)
		return lt_err_memory(reading->err);
	*to = (struct team_member){ .year = row->parts[0],
				    .person = row->parts[1],
				    .role = row_text(row, "part", 0),
				    .sector = row_text(row, "part", 1),
				    .sections = row_text(row, "part", 2),
				    .from = row_text(row, "dates", 0),
				    .to = row_text(row, "dates", 1),
				    .impartial_on = row_text(row, "declared", 0),
				    .confidential_on = row_text(row, "declared", 1),
				    .note = row_text(row, "note", 0) };
	return LT_OK;
}

static const struct {
	const char *role;
	struct label title;
} parts[] = {
	{ "leader", { "组长", "leader" } },
	{ "member", { "组员", "member" } },
	{ "expert", { "技术专家", "expert" } },
	{ "reviewer", { "技术复核人", "technical reviewer" } },
	{ "approver", { "认定决定人", "decision maker" } },
	{ "observer", { "观察员", "observer" } },
};

#define N_PARTS (sizeof(parts) / sizeof(parts[0]))

static size_t part_number(const char *role)
{
	size_t at = 0;
	while (at < N_PARTS && strcmp(parts[at].role, role) != 0)
		at++;
	return at;
}

const struct label *team_role_title(const char *role)
{
	static const struct label unknown = { "—", "-" };
	const size_t at = part_number(role);
	return at < N_PARTS ? &parts[at].title : &unknown;
}

bool team_role_assesses(const char *role)
{
	return strcmp(role, "leader") == 0 || strcmp(role, "member") == 0 ||
	       strcmp(role, "expert") == 0;
}

static int by_part(const void *a, const void *b)
{
	const struct team_member *x = a, *y = b;
	const size_t m = part_number(x->role), n = part_number(y->role);
	return m != n ? (m < n ? -1 : 1) : strcmp(x->person, y->person);
}

/* The body's own limit where the contract names none. */
static enum lt_status take_limit(struct reading *reading)
{
	struct session *session = reading->session;
	struct words value = { 0 };
	struct engagement_info *out = reading->out;
	out->materiality_is_own = out->materiality[0] != 0;
	if (out->materiality_is_own)
		return LT_OK;
	enum lt_status status = project_get(session->project, "setting", "materiality", "value",
					    &session->arena, &value, reading->err);
	if (!status && value.at)
		out->materiality = value.at[0];
	return status;
}

enum lt_status session_engagement(struct session *session, const char *year,
				  struct engagement_info *out, struct lt_err *err)
{
	struct reading reading = { .session = session, .year = year, .out = out, .err = err };
	*out = (struct engagement_info){ .year = year };
	take_groups(NULL, out);
	enum lt_status status = project_visit(session->project, "engagement", &session->arena,
					      take_engagement, &reading, err);
	if (!status)
		status = project_visit(session->project, "team", &session->arena, take_member,
				       &reading, err);
	if (status)
		return status;
	if (reading.n)
		qsort(reading.team, reading.n, sizeof(*reading.team), by_part);
	out->team = reading.team;
	out->n_team = reading.n;
	return take_limit(&reading);
}

/* ---- years ---- */

struct years {
	struct session *session;
	const char **at;
	unsigned n, cap;
	struct lt_err *err;
};

static enum lt_status take_year(void *context, const struct fact_row *row)
{
	struct years *years = context;
	void *list = years->at;
	for (unsigned i = 0; i < years->n; i++)
		if (strcmp(years->at[i], row->parts[0]) == 0)
			return LT_OK;
	if (row_is_removed(row))
		return LT_OK;
	const char **to = list_grow(&years->session->arena, &list, &years->n, &years->cap,
				    sizeof(*years->at));
	years->at = list;
	if (!to)
		return lt_err_memory(years->err);
	*to = row->parts[0];
	return LT_OK;
}

static int by_latest(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;
	return strcmp(*y, *x);
}

enum lt_status session_engagement_years(struct session *session, const char *const **out,
					unsigned *n, struct lt_err *err)
{
	struct years years = { .session = session, .err = err };
	enum lt_status status = project_visit(session->project, "engagement", &session->arena,
					      take_year, &years, err);
	if (!status)
		status = project_visit(session->project, "team", &session->arena, take_year,
				       &years, err);
	if (status)
		return status;
	if (years.n)
		qsort(years.at, years.n, sizeof(*years.at), by_latest);
	*out = years.at;
	*n = years.n;
	return LT_OK;
}

enum lt_status session_engagement_year(struct session *session, const char *said,
				       const char **year, struct lt_err *err)
{
	const struct assessment_ref *all;
	unsigned n;
	*year = said;
	if (said)
		return LT_OK;
	enum lt_status status = session_assessments(session, &all, &n, err);
	for (unsigned i = 0; i < n && !status; i++)
		if (!*year || strcmp(all[i].year, *year) > 0)
			*year = all[i].year;
	if (!status && !*year)
		status = lt_err_set(err, LT_EDATA, "项目里没有评价；请写明年度（--year）",
				    "the project has no assessment; say the --year");
	return status;
}

/* ---- what speaks against it ---- */

void engagement_add_gap(struct engagement_gaps *gaps, enum engagement_gap_kind kind,
			const char *what, bool blocks, const char *zh, const char *en)
{
	void *list = gaps->at;
	struct engagement_gap *to = list_grow(&gaps->session->arena, &list, &gaps->n, &gaps->cap,
					      sizeof(*to));
	gaps->at = list;
	gaps->failed |= !to || !zh || !en;
	if (to)
		*to = (struct engagement_gap){ .kind = kind,
					       .what = what,
					       .text = { zh ? zh : "", en ? en : "" },
					       .blocks = blocks };
}

static void look_at_conflict(const struct engagement_info *at, struct engagement_gaps *gaps)
{
	if (strcmp(at->conflict, "found") == 0)
		engagement_add_gap(gaps, GAP_CONFLICT_FOUND, "", true, "有利益冲突：不能受理，或换人并写明怎样控制",
			"there is a conflict of interest: refuse, or change the team and say how it is managed");
	else if (strcmp(at->consulting, "yes") == 0 && strcmp(at->conflict, "managed") != 0)
		engagement_add_gap(gaps, GAP_CONFLICT_FOUND, "consulting", true,
			"两年内为园区做过咨询：不能受理，或写明怎样控制（利益冲突核查选“有而已控制”）",
			"the park was advised within two years: refuse, or say how that is managed");
	else if (!at->conflict[0])
		engagement_add_gap(gaps, GAP_CONFLICT_UNCHECKED, "", true, "还没有核查利益冲突：受理以前必须核查",
			"conflicts of interest were not checked: check them before acceptance");
}

/* Whoever works for the park does not assess it. */
static enum lt_status look_at_sides(struct session *session, const struct engagement_info *at,
				    struct engagement_gaps *gaps, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < at->n_team && !status; i++) {
		const char *person = at->team[i].person;
		struct words roles = { 0 };
		const char *key = cell_key_join(&session->arena, &person, 1);
		if (!key)
			return lt_err_memory(err);
		status = project_get(session->project, "person", key, "roles", &session->arena,
				     &roles, err);
		if (status || !roles.at || !lt_ids_have(roles.at[0], "park"))
			continue;
		const char *zh = lt_arena_printf(&session->arena,
						 "%s 是园区的人，不能在评价组里：请换人", person);
		const char *en = lt_arena_printf(
			&session->arena, "%s works for the park and cannot be in the team: take another",
			person);
		engagement_add_gap(gaps, GAP_CONFLICT_FOUND, person, true, zh, en);
	}
	return status;
}

static void look_at_declarations(struct session *session, const struct engagement_info *at,
				 struct engagement_gaps *gaps)
{
	bool has_leader = false;
	if (!at->impartial_on[0] || !at->confidential_on[0])
		engagement_add_gap(gaps, GAP_UNDECLARED, "", false, "机构缺公正性声明或保密声明：请签署并填日期",
			"the body's declaration of impartiality or confidentiality is missing: sign it and enter the day");
	for (unsigned i = 0; i < at->n_team; i++) {
		const struct team_member *member = &at->team[i];
		has_leader |= strcmp(member->role, "leader") == 0;
		if (member->impartial_on[0] && member->confidential_on[0])
			continue;
		const char *zh = lt_arena_printf(&session->arena,
						 "%s 缺公正性声明或保密声明：请签署并填日期",
						 member->person);
		const char *en = lt_arena_printf(
			&session->arena,
			"%s has not declared impartiality or confidentiality: sign and enter the day",
			member->person);
		engagement_add_gap(gaps, GAP_UNDECLARED, member->person, false, zh, en);
	}
	if (!has_leader)
		engagement_add_gap(gaps, GAP_NO_LEADER, "", false, "评价组没有组长：请在评价组里指定",
			"the team has no leader: name one");
}

static void look_at_basis(const struct engagement_info *at, struct engagement_gaps *gaps)
{
	const struct {
		const char *value, *field, *zh, *en;
	} needed[] = {
		{ at->criteria, "criteria", "没有写评价依据", "the criteria are not said" },
		{ at->from, "from", "没有写评价期间的开始", "the period has no beginning" },
		{ at->to, "to", "没有写评价期间的结束", "the period has no end" },
		{ at->assurance, "assurance", "没有写保证等级", "the level of assurance is not said" },
		{ at->contract, "contract", "没有写合同编号", "the contract has no number" },
	};
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		if (!needed[i].value[0])
			engagement_add_gap(gaps, GAP_NO_PERIOD, needed[i].field, false, needed[i].zh,
				needed[i].en);
}

enum lt_status engagement_gaps(struct session *session, const struct engagement_info *engagement,
			       const struct engagement_gap **out, unsigned *n, struct lt_err *err)
{
	struct engagement_gaps gaps = { .session = session };
	enum lt_status status = LT_OK;
	if (engagement->is_there) {
		look_at_conflict(engagement, &gaps);
		status = look_at_sides(session, engagement, &gaps, err);
		if (strcmp(engagement->acceptance, "refused") == 0)
			engagement_add_gap(&gaps, GAP_REFUSED, "", true, "这次评价没有受理",
				"the engagement was refused");
		else if (!engagement->acceptance[0])
			engagement_add_gap(&gaps, GAP_NOT_ACCEPTED, "", true,
				"还没有受理：由机构或组长决定（lingtan engagement accept）",
				"it was not accepted: body or leader decide (lingtan engagement accept)");
		look_at_declarations(session, engagement, &gaps);
		look_at_basis(engagement, &gaps);
		if (!status)
			status = engagement_look_at_criteria(engagement, &gaps, err);
		if (!status)
			status = engagement_look_at_days(engagement, &gaps, err);
	}
	*out = gaps.at;
	*n = gaps.n;
	return gaps.failed && !status ? lt_err_memory(err) : status;
}

/* ---- deeds ---- */

enum lt_status session_accept(struct session *session, const char *year, bool accepted,
			      const char *on, const char *conditions, bool *done,
			      struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct engagement_info now;
	const struct engagement_gap *gaps;
	unsigned n = 0;
	const bool said_on = on != NULL;
	*done = false;
	enum lt_status status = on ? session_check_day("--on", on, err)
				   : session_today(session, &on, err);
	if (!status)
		status = session_engagement(session, year, &now, err);
	if (!status && !now.is_there)
		status = lt_err_set(err, LT_EDATA, "%s 年没有委托；先填：lingtan fill FILE engagement %s …",
				    "there is no engagement of %s; fill one in: lingtan fill FILE engagement %s ...",
				    year, year);
	if (!status && !accepted && !session->reason[0])
		status = lt_err_set(err, LT_EDATA, "不受理要写明理由（--reason）",
				    "a refusal needs a --reason");
	if (!status && accepted)
		status = engagement_gaps(session, &now, &gaps, &n, err);
	for (unsigned i = 0; i < n && !status; i++)
		if (gaps[i].blocks && gaps[i].kind <= GAP_CONFLICT_UNCHECKED)
			status = lt_err_set(err, LT_EDATA, "%s%.0s", "%.0s%s", gaps[i].text.zh,
					    gaps[i].text.en);
	if (status)
		return status;
	const char *outcome = accepted ? "accepted" : "refused";
	const bool again = strcmp(now.acceptance, outcome) == 0;
	/* what stands is not said anew by who says nothing */
	const char *const values[] = {
		outcome, said_on || !again ? on : now.accepted_on,
		session->reason[0] || !again ? session->reason : now.acceptance_reason,
		conditions ? conditions : again ? now.conditions : ""
	};
	status = changes_add(&changes, "engagement", &year, "acceptance", values, err);
	return status ? status
		      : session_commit(session, accepted ? "accept" : "refuse", &changes, done, err);
}
