/* Answers and quantities: what is said is held against the ruleset before it is written down. */
#include <string.h>
#include "lingtan/app/profile.h"
#include "lingtan/core/title.h"
#include "session_parts.h"

/* ---- a plan to hold answers against ---- */

/* What may be answered goes by the numbers that count: those of the pinned profile. */
static enum lt_status profile_of(struct session *session, const struct assessment_ref *ref,
				 struct overrides *out, struct lt_findings *findings,
				 struct lt_err *err)
{
	struct assessment holder = { .arena = session->arena };
	enum lt_status status = session_pinned_profile(session, ref, &holder, findings, err);
	/* the profile lives as long as the trial */
	session->arena = holder.arena;
	return status || !holder.profile
		       ? status
		       : profile_overrides(holder.profile, &session->arena, out, err);
}

static enum lt_status make_trial(struct session *session, const struct assessment_ref *ref,
				 struct trial *trial, struct lt_findings *findings,
				 struct lt_err *err)
{
	const struct selection selection = { .park_type = ref->park_type[0] ? ref->park_type : NULL,
					     .stage = ref->stage,
					     .place = ref->place[0] ? ref->place : NULL };
	struct overrides overrides = { 0 };
	*trial = (struct trial){ .ref = *ref };
	enum lt_status status = session_ruleset(session, ref->ruleset, &session->arena,
						&trial->assessment, findings, err);
	trial->ruleset = trial->assessment.ruleset;
	if (!status)
		status = profile_of(session, ref, &overrides, findings, err);
	if (!status)
		status = plan_compile(trial->ruleset, &selection, &overrides, &session->arena,
				      &trial->plan, err);
	return status ? status
		      : answers_init(&trial->answers, trial->ruleset, &session->arena, err);
}

enum lt_status session_trial(struct session *session, const struct assessment_ref *ref,
			     struct trial **trial, struct lt_findings *findings, struct lt_err *err)
{
	for (*trial = session->trials; *trial; *trial = (*trial)->next)
		if (strcmp((*trial)->ref.name, ref->name) == 0 &&
		    strcmp((*trial)->ref.ruleset, ref->ruleset) == 0 &&
		    strcmp((*trial)->ref.profile, ref->profile) == 0 &&
		    strcmp((*trial)->ref.park_type, ref->park_type) == 0 &&
		    strcmp((*trial)->ref.place, ref->place) == 0)
			return LT_OK;
	*trial = lt_arena_alloc(&session->arena, 1, sizeof(**trial));
	enum lt_status status =
		*trial ? make_trial(session, ref, *trial, findings, err) : lt_err_memory(err);
	if (status)
		return status;
	(*trial)->next = session->trials;
	session->trials = *trial;
	return LT_OK;
}

/* ---- answers ---- */

static const char *join_checks(struct session *session, const struct item *item, uint64_t checks)
{
	const char *text = "";
	for (unsigned i = 0; i < item->n_checks && text; i++)
		if (checks >> i & 1)
			text = lt_arena_printf(&session->arena, "%s%s%s", text, text[0] ? "," : "",
					       item->checks[i].id);
	return text;
}

static const char *decimal_text(struct session *session, struct lt_decimal value)
{
	char text[LT_DECIMAL_TEXT];
	lt_decimal_format(value, text);
	return lt_arena_strndup(&session->arena, text, sizeof(text));
}

/* The cell of an answer that the ruleset took. Its texts are the session's. */
static enum lt_status verdict_cell(struct session *session, const struct item *item,
				   const struct answer *answer, const char *word,
				   const char *cell[3], struct lt_err *err)
{
	const char *colon = strchr(word, ':');
	cell[0] = colon ? lt_arena_strndup(&session->arena, word, (size_t)(colon - word)) : word;
	cell[1] = cell[2] = "";
	if (answer->state == ANSWER_POINTS) {
		cell[0] = "points"; /* also where the number was written alone */
		cell[1] = decimal_text(session, answer->points);
	} else if (answer->state == ANSWER_TIER) {
		cell[1] = item->tiers[answer->tier].id ? item->tiers[answer->tier].id : colon + 1;
	} else if (answer->state == ANSWER_CHECKS && answer->checks) {
		cell[1] = join_checks(session, item, answer->checks);
	} else if (answer->state == ANSWER_CHECKS) {
		cell[0] = "not-met"; /* one word for none of them */
	} else if (answer->state == ANSWER_NA) {
		cell[1] = answer->reason;
		cell[2] = answer->reason_text ? answer->reason_text : "";
	}
	return cell[0] && cell[1] && cell[2] ? LT_OK : lt_err_memory(err);
}

enum lt_status session_change_answer(struct session *session, struct trial *trial,
				     const struct new_answer *wish, struct changes *changes,
				     struct lt_err *err)
{
	const char *const key[] = { trial->ref.name, wish->rung, wish->item };
	const char *cell[3];
	const struct item *item = ruleset_find_item(trial->ruleset, wish->item);
	enum lt_status status = LT_OK;
	if (!item)
		return ruleset_no_item(trial->ruleset, an_item, wish->item, err);
	/* the scratch of an answer before is none of this one's business */
	trial->answers.items[item - trial->ruleset->items] = (struct answer){ 0 };
	if (wish->result)
		status = answers_set(&trial->answers, trial->plan, wish->item, wish->result, err);
	const struct answer *answer = &trial->answers.items[item - trial->ruleset->items];
	const bool open = wish->result && answer->state == ANSWER_OPEN;
	if (!status && wish->result && !open)
		status = verdict_cell(session, item, answer, wish->result, cell, err);
	if (!status && wish->result)
		status = changes_add(changes, "answer", key, "verdict", open ? NULL : cell, err);
	if (!status && wish->remark)
		status = changes_add(changes, "answer", key, "remark",
				     wish->remark[0] ? &wish->remark : NULL, err);
	if (!status && wish->unsupported)
		status = changes_add(changes, "answer", key, "unsupported",
				     wish->unsupported[0] ? &wish->unsupported : NULL, err);
	const char *const cited[] = { wish->evidence, wish->locator };
	if (!status && (wish->evidence || wish->locator))
		status = changes_add(changes, "answer", key, "cited", cited, err);
	return status;
}

enum lt_status session_set(struct session *session, const struct assessment_ref *ref,
			   const struct new_answer *wish, struct lt_findings *findings, bool *done,
			   struct lt_err *err)
{
	struct trial *trial;
	struct changes changes = { .session = session };
	*done = false;
	/* what the cell holds is read in the transaction that changes it */
	enum lt_status status = project_begin(session->project, true, err);
	if (status)
		return status;
	status = session_trial(session, ref, &trial, findings, err);
	if (!status)
		status = session_change_answer(session, trial, wish, &changes, err);
	if (!status)
		status = session_commit(session, "set", &changes, done, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(session->project, !status, status ? &second : err);
	*done = *done && !ended;
	return status ? status : ended;
}

/* ---- quantities ---- */

static enum lt_status check_value(struct session *session, struct trial *trial,
				  const struct new_quantity *wish, struct lt_findings *findings,
				  struct lt_err *err)
{
	const struct units *units = trial->assessment.units;
	enum lt_status status = LT_OK;
	if (strncmp(wish->value, "na:", 3) == 0)
		return answers_set_quantity_na(&trial->answers, trial->plan, wish->id,
					       wish->value + 3, err);
	if (!units)
		status = library_units(session->workspace->library, findings, &units, err);
	return status ? status
		      : answers_set_quantity(&trial->answers, trial->plan, units, wish->id,
					     wish->value, wish->unit, err);
}

/* The id of the quantity that is called so in any of the assessments; what is none stays as it is. */
static enum lt_status name_quantity(struct session *session, const char **id,
				    struct lt_findings *findings, struct lt_err *err)
{
	const struct assessment_ref *all;
	unsigned n;
	struct titled titled = { .typed = *id };
	enum lt_status status = session_assessments(session, &all, &n, err);
	for (unsigned i = 0; i < n && !status; i++) {
		struct trial *trial;
		status = session_trial(session, &all[i], &trial, findings, err);
		const struct ruleset *ruleset = status ? NULL : trial->ruleset;
		if (ruleset && ruleset_find_quantity(ruleset, *id))
			return LT_OK;
		for (unsigned q = 0; ruleset && q < ruleset->n_quantities; q++)
			titled_offer(&titled, ruleset->quantities[q].id, &ruleset->quantities[q].title);
	}
	return status ? status : titled_take(&titled, id, err);
}

/* A quantity belongs to the park and year; the assessments whose rulesets know it say what it may
 * be. */
enum lt_status session_change_quantity(struct session *session, const struct new_quantity *asked,
				       struct changes *changes, struct lt_findings *findings,
				       struct lt_err *err)
{
	struct new_quantity meant = *asked;
	const struct new_quantity *wish = &meant;
	const enum lt_status named = name_quantity(session, &meant.id, findings, err);
	if (named)
		return named;
	const struct assessment_ref *all;
	unsigned n, n_known = 0;
	const bool unset = strcmp(wish->value, "unset") == 0;
	const char *const key[] = { wish->rung, wish->year, wish->id };
	const bool na = strncmp(wish->value, "na:", 3) == 0;
	const char *const values[] = { na ? "" : wish->value, wish->unit, na ? wish->value + 3 : "",
				       wish->source };
	if (strlen(wish->year) != 4 || strspn(wish->year, "0123456789") != 4)
		return lt_err_set(err, LT_EDATA, "年份“%s”不对；写成 2025",
				  "'%s' is no year; write it like 2025", wish->year);
	enum lt_status status = session_assessments(session, &all, &n, err);
	for (unsigned i = 0; i < n && !status; i++) {
		struct trial *trial;
		status = session_trial(session, &all[i], &trial, findings, err);
		if (status || !ruleset_find_quantity(trial->ruleset, wish->id))
			continue;
		n_known++;
		if (!unset)
			status = check_value(session, trial, wish, findings, err);
	}
	if (!status && !n_known)
		status = lt_err_set(err, LT_EDATA, "没有基础数据“%s”；见 lingtan standard",
				    "there is no quantity '%s'; see lingtan standard", wish->id);
	return status ? status
		      : changes_add(changes, "quantity", key, "value", unset ? NULL : values, err);
}

enum lt_status session_set_quantity(struct session *session, const struct new_quantity *wish,
				    struct lt_findings *findings, bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	*done = false;
	enum lt_status status = session_change_quantity(session, wish, &changes, findings, err);
	return status ? status : session_commit(session, "quantity", &changes, done, err);
}
