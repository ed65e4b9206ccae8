/* Readiness: what was said of an assessment and is not settled, who has not put their name to it,
 * and by which numbers it is scored. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/basis.h"
#include "lingtan/app/coverage.h"
#include "lingtan/app/duty.h"
#include "lingtan/app/engagement.h"
#include "lingtan/app/finding.h"
#include "lingtan/app/round.h"
#include "lingtan/app/signoff.h"
#include "ready_parts.h"

/* ---- findings ---- */

static const char *check_of(const struct finding_info *finding)
{
	switch (finding->grade) {
	case FINDING_MAJOR:
		return "open-major";
	case FINDING_MINOR:
		return "open-minor";
	case FINDING_OBSERVATION:
	case FINDING_CLARIFICATION:
	case N_FINDING_GRADES:
		break;
	}
	return "open-observation";
}

static enum lt_status look_at_findings(struct looking *look)
{
	const struct finding_filter all = { .assessment = look->ref->name,
					    .grade = N_FINDING_GRADES,
					    .state = N_FINDING_STATES };
	struct finding_info *list;
	unsigned n;
	enum lt_status status = session_findings(look->session, &all, &list, &n, look->err);
	for (unsigned i = 0; i < n && !status; i++) {
		struct matter matter = { .what = list[i].number, .target = list[i].number };
		if (list[i].state > FINDING_ANSWERED)
			continue;
		matter.check = check_of(&list[i]);
		status = ready_add(look, &matter);
		matter.check = "open-objection";
		if (!status && list[i].objection[0] && !list[i].ruling[0])
			status = ready_add(look, &matter);
	}
	return status;
}

/* ---- rounds ---- */

static enum lt_status look_at_asks(struct looking *look, const struct round_info *info)
{
	struct lt_arena *arena = &look->session->arena;
	const enum rung rung = rung_find(info->rung);
	enum lt_status status = LT_OK;
	for (unsigned a = 0; a < info->n_asks && !status; a++) {
		const struct round_ask *ask = &info->asks[a];
		if (ask->is_changed || ask->is_answered || rung == N_RUNGS)
			continue;
		const struct matter matter = {
			.check = "sent-back",
			.what = ask->item,
			.target = ask->item,
			.zh = lt_arena_printf(arena, "%s第 %u 轮", rung_titles[rung].zh,
					      info->number),
			.en = lt_arena_printf(arena, "%s round %u", rung_titles[rung].en,
					      info->number),
		};
		status = ready_add(look, &matter);
	}
	return status;
}

static enum lt_status look_at_rounds(struct looking *look)
{
	const struct board *board = look->board;
	struct round_info *list;
	unsigned n;
	enum lt_status status =
		session_rounds(look->session, look->ref->name, NULL, &list, &n, look->err);
	for (unsigned i = 0; i < n && !status; i++)
		if (i + 1 == n || strcmp(list[i + 1].rung, list[i].rung) != 0)
			status = look_at_asks(look, &list[i]);
	for (unsigned r = RUNG_EVALUATOR; r < N_RUNGS && !status; r++) {
		const struct matter matter = { "not-submitted", rung_names[r], rung_names[r],
					       rung_titles[r].zh, rung_titles[r].en };
		if (board->rungs[r].has_answers && board->rungs[r].round_state != ROUND_SUBMITTED)
			status = ready_add(look, &matter);
	}
	return status;
}

/* ---- signatures ---- */

static enum lt_status look_at_signatures(struct looking *look)
{
	struct sign_step *steps;
	unsigned n;
	enum lt_status status = session_sign_steps(look->session, look->ref, &steps, &n,
						   look->findings, look->err);
	for (unsigned i = 0; i < n && !status; i++) {
		const struct role *role = steps[i].role;
		const struct matter matter = { steps[i].state == SIGN_VOID ? "signature-void"
									    : "not-signed",
					       role->role, role->role, role->title.zh,
					       role->title.en };
		if (steps[i].state != SIGN_VALID)
			status = ready_add(look, &matter);
	}
	return status;
}

/* ---- what is owed ---- */

static enum lt_status look_at_duties(struct looking *look)
{
	const struct duty_filter filter = { .assessment = look->ref->name, .on = look->on };
	struct duty_info *list;
	struct debtor *debtors;
	unsigned n, n_debtors = 0;
	char number[16];
	enum lt_status status = session_duties(look->session, &filter, &list, &n, look->findings,
					       look->err);
	if (!status)
		status = duty_count(list, n, &look->session->arena, &debtors, &n_debtors,
				    look->err);
	for (unsigned i = 0; i < n_debtors && !status; i++) {
		snprintf(number, sizeof(number), "%u", debtors[i].n_owed);
		const struct matter matter = { .check = "owed",
					       .what = debtors[i].owner,
					       .zh = number };
		status = ready_add(look, &matter);
	}
	return status;
}

/* ---- the engagement ---- */

static const char *check_of_gap(enum engagement_gap_kind kind)
{
	switch (kind) {
	case GAP_CONFLICT_FOUND:
	case GAP_CONFLICT_UNCHECKED:
		return "conflict-of-interest";
	case GAP_REFUSED:
	case GAP_NOT_ACCEPTED:
		return "not-accepted";
	case GAP_UNDECLARED:
		return "undeclared";
	case GAP_NO_LEADER:
	case GAP_NO_PERIOD:
	case GAP_CRITERIA:
	case GAP_PERSON_DAYS:
	case N_ENGAGEMENT_GAPS:
		break;
	}
	return "engagement-incomplete";
}

/* All that an engagement does not say is one matter. */
static enum lt_status look_at_engagement(struct looking *look)
{
	struct lt_arena *arena = &look->session->arena;
	const char *year = look->ref->year, *zh = "", *en = "";
	struct engagement_info engagement;
	const struct engagement_gap *gaps = NULL;
	unsigned n = 0;
	const struct matter none = { .check = "no-engagement", .what = year, .target = year };
	enum lt_status status = session_engagement(look->session, year, &engagement, look->err);
	if (!status && !engagement.is_there)
		return ready_add(look, &none);
	if (!status)
		status = engagement_gaps(look->session, &engagement, &gaps, &n, look->err);
	for (unsigned i = 0; i < n && !status; i++) {
		const struct engagement_gap *gap = &gaps[i];
		struct matter matter = { check_of_gap(gap->kind), year, year, gap->text.zh, gap->text.en };
		/* what is said of another standard is nothing to this one */
		if (gap->kind == GAP_CRITERIA && strcmp(gap->what, look->ref->standard) != 0)
			continue;
		if (strcmp(matter.check, "engagement-incomplete") == 0) {
			zh = lt_arena_printf(arena, "%s%s%s", zh, zh[0] ? "；" : "", gap->text.zh);
			en = lt_arena_printf(arena, "%s%s%s", en, en[0] ? "; " : "", gap->text.en);
			if (!zh || !en)
				return lt_err_memory(look->err);
			continue;
		}
		if (gap->kind == GAP_UNDECLARED && gap->what[0])
			matter.what = gap->what;
		status = ready_add(look, &matter);
	}
	const struct matter incomplete = { "engagement-incomplete", year, year, zh, en };
	return status || !zh[0] ? status : ready_add(look, &incomplete);
}

/* ---- the visit ---- */

/* Of a project that plans a visit or draws samples: what these left out, one matter a kind. */
static enum lt_status look_at_visit(struct looking *look)
{
	static const enum coverage_gap_kind kinds[] = { COVER_NO_SITE, COVER_NOT_PLANNED,
							COVER_UNFILED_NOTE, COVER_NOT_VISITED,
							COVER_NO_SIGN_IN };
	struct lt_arena *arena = &look->session->arena;
	struct coverage coverage = { 0 };
	enum lt_status status = session_coverage(look->session, look->ref, &coverage,
						 look->findings, look->err);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && !status; i++) {
		const struct label *title = &coverage_gap_titles[kinds[i]];
		const unsigned n = coverage.n_of[kinds[i]];
		const struct matter matter = { "visit-gap", coverage_gap_names[kinds[i]],
					       look->ref->year,
					       lt_arena_printf(arena, "%s %u", title->zh, n),
					       lt_arena_printf(arena, "%s, %u", title->en, n) };
		if (n)
			status = ready_add(look, &matter);
	}
	return status;
}

enum lt_status ready_look_at_record(struct looking *look)
{
	enum lt_status status = look_at_findings(look);
	if (!status)
		status = look_at_rounds(look);
	if (!status)
		status = look_at_signatures(look);
	if (!status)
		status = look_at_engagement(look);
	if (!status)
		status = look_at_visit(look);
	return status ? status : look_at_duties(look);
}

/* ---- by which numbers ---- */

/* "illustrative: $points" -> $points */
static const char *name_of(const char *reason)
{
	const char *colon = strstr(reason, ": ");
	return colon ? colon + 2 : reason;
}

/* All reasons of one kind are one matter: "3: $points, $weights, total", which a tick is held
 * against, and "3 项：各条分值、板块权重、总分". */
static enum lt_status add_numbers(struct looking *look, const char *check,
				  const char *const *reasons, unsigned n)
{
	struct lt_arena *arena = &look->session->arena;
	const char *ids = lt_arena_printf(arena, "%u: ", n);
	const char *titles = lt_arena_printf(arena, "%u 项：", n);
	for (unsigned i = 0; i < n && ids && titles; i++) {
		const char *title = basis_words(look->board->ruleset, reasons[i], LT_ZH, arena);
		ids = lt_arena_printf(arena, "%s%s%s", ids, i ? ", " : "", name_of(reasons[i]));
		titles = title ? lt_arena_printf(arena, "%s%s%s", titles, i ? "、" : "", title) : NULL;
	}
	const struct matter matter = { .check = check, .zh = titles, .en = ids };
	return !n ? LT_OK : ids && titles ? ready_add(look, &matter) : lt_err_memory(look->err);
}

static enum lt_status look_at_basis(struct looking *look)
{
	static const char draft[] = "draft: ";
	struct basis basis;
	unsigned n = 0;
	enum lt_status status = board_basis(look->board, &basis, look->err);
	const char **weak = status ? NULL
				   : lt_arena_alloc(&look->session->arena, basis.n_specimen + 1,
						    sizeof(*weak));
	if (!status && !weak)
		return lt_err_memory(look->err);
	for (unsigned i = 0; !status && i < basis.n_specimen; i++) {
		const struct matter matter = { .check = "draft-standard",
					       .what = name_of(basis.specimen[i]) };
		if (strncmp(basis.specimen[i], draft, sizeof(draft) - 1) == 0)
			status = ready_add(look, &matter);
		else
			weak[n++] = basis.specimen[i];
	}
	if (!status)
		status = add_numbers(look, "weak-number", weak, n);
	return status ? status
		      : add_numbers(look, "inferred-number", basis.conditions,
				    basis.n_conditions);
}

static enum lt_status get_setting(struct looking *look, const char *name, const char **out)
{
	struct words value;
	struct session *session = look->session;
	const char *key = cell_key_join(&session->arena, &name, 1);
	enum lt_status status = key ? project_get(session->project, "setting", key, "value",
						  &session->arena, &value, look->err)
				    : lt_err_memory(look->err);
	*out = !status && value.at ? value.at[0] : "";
	return status;
}

/* Certification is a protected word: it takes an approval and a rule that was filed. */
static enum lt_status look_at_words(struct looking *look)
{
	static const char *const words[] = { "认证", "certification", "certified" };
	const char *title, *approval, *rule;
	enum lt_status status = get_setting(look, "certificate_title", &title);
	if (!status)
		status = get_setting(look, "certification_approval", &approval);
	if (!status)
		status = get_setting(look, "certification_rule", &rule);
	if (status || (approval[0] && rule[0]))
		return status;
	const struct matter matter = { .check = "protected-word",
				       .what = title,
				       .target = "certificate_title" };
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasestr(title, words[i]))
			return ready_add(look, &matter);
	return LT_OK;
}

enum lt_status ready_look_at_numbers(struct looking *look)
{
	const struct board *board = look->board;
	const struct matter unknown = { .check = "edition-unknown",
					.what = board->ruleset->id,
					.zh = board->edition_unknown };
	enum lt_status status = board->edition_unknown ? ready_add(look, &unknown) : LT_OK;
	if (!status)
		status = look_at_basis(look);
	return status ? status : look_at_words(look);
}
