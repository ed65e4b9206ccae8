/* The engagement of the next year, begun with what does not change from one to the other. */
#include <string.h>
#include "engagement_parts.h"
#include "lingtan/app/sampling.h"

/* The last year before that has one; NULL = there is none. */
static enum lt_status find_before(struct session *session, const char *year, const char **before,
				  struct lt_err *err)
{
	const char *const *years = NULL;
	unsigned n = 0;
	*before = NULL;
	enum lt_status status = session_engagement_years(session, &years, &n, err);
	for (unsigned i = 0; i < n && !status && !*before; i++)
		if (strcmp(years[i], year) < 0)
			*before = years[i];
	return status;
}

/* Contract, period, dates, the check for conflicts, declarations and acceptance are made anew. */
static enum lt_status renew_terms(struct changes *changes, const char *year,
				  const struct engagement_info *from, struct lt_err *err)
{
	const char *const parties[] = { from->applicant, from->responsible, from->user };
	const char *const basis[] = { from->criteria, from->edition, from->stage, "", "" };
	const char *const level[] = { from->assurance,
				      from->materiality_is_own ? from->materiality : "" };
	const char *const contract[] = { "", "", from->body };
	enum lt_status status = changes_add(changes, "engagement", &year, "parties", parties, err);
	if (!status)
		status = changes_add(changes, "engagement", &year, "basis", basis, err);
	if (!status && (level[0][0] || level[1][0]))
		status = changes_add(changes, "engagement", &year, "level", level, err);
	if (!status && from->body[0])
		status = changes_add(changes, "engagement", &year, "contract", contract, err);
	return status;
}

static enum lt_status renew_team(struct changes *changes, const char *year,
				 const struct engagement_info *from, const struct engagement_info *now,
				 struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < from->n_team && !now->n_team && !status; i++) {
		const struct team_member *at = &from->team[i];
		const char *const key[] = { year, at->person };
		const char *const part[] = { at->role, at->sector, at->sections };
		status = field_put(changes, "team", key, "part", part, err);
	}
	return status;
}

/* What is sampled from, and the rule; a draw is made anew. */
static enum lt_status renew_populations(struct changes *changes, const char *year,
					const char *before, struct lt_err *err)
{
	struct population_info *all = NULL, *there = NULL;
	unsigned n = 0, n_there = 0;
	enum lt_status status = session_populations(changes->session, year, &there, &n_there, err);
	if (!status && !n_there)
		status = session_populations(changes->session, before, &all, &n, err);
	for (unsigned i = 0; i < n && !status; i++) {
		const char *const key[] = { year, all[i].population };
		const char *const frame[] = { all[i].kind, all[i].marks, all[i].size, all[i].list };
		const char *const rule[] = { all[i].must, all[i].basis };
		status = field_put(changes, "population", key, "frame", frame, err);
		if (!status && (rule[0][0] || rule[1][0]))
			status = changes_add(changes, "population", key, "rule", rule, err);
	}
	return status;
}

enum lt_status session_renew_engagement(struct session *session, const char *year,
					const char **before, bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct engagement_info now, from;
	*done = false;
	enum lt_status status = session_engagement(session, year, &now, err);
	if (!status && now.is_there)
		status = lt_err_set(err, LT_EDATA, "%s 年已有委托，在上面改：lingtan engagement FILE 栏名=内容",
				    "%s has an engagement already; change it: lingtan engagement FILE FIELD=VALUE",
				    year);
	if (!status)
		status = find_before(session, year, before, err);
	if (!status && !*before)
		status = lt_err_set(err, LT_EDATA, "%s 年以前没有委托，没有可承接的",
				    "there is no engagement before %s to begin with", year);
	if (!status)
		status = session_engagement(session, *before, &from, err);
	if (!status)
		status = renew_terms(&changes, year, &from, err);
	if (!status)
		status = renew_team(&changes, year, &from, &now, err);
	if (!status)
		status = renew_populations(&changes, year, *before, err);
	return status ? status : session_commit(session, "fill", &changes, done, err);
}
