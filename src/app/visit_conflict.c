/* What in a timetable cannot be. */
#include <string.h>
#include "lingtan/base/ids.h"
#include "lingtan/app/site.h"
#include "visit_parts.h"

const char *const visit_conflict_names[] = { "twice",  "competence", "no-time",
					     "nobody", "not-in-team", NULL };

struct search {
	const struct stop_info *stops;
	const struct team_member *team;
	unsigned n_stops, n_team;
	item_section section_of;
	void *context;
	struct lt_arena *arena;
	struct visit_conflict *at;
	unsigned n, cap;
	bool failed;
};

static void add(struct search *search, const struct visit_conflict *conflict, const char *zh,
		const char *en)
{
	void *list = search->at;
	struct visit_conflict *to =
		list_grow(search->arena, &list, &search->n, &search->cap, sizeof(*to));
	search->at = list;
	search->failed |= !to || !zh || !en;
	if (!to)
		return;
	*to = *conflict;
	to->text = (struct label){ zh ? zh : "", en ? en : "" };
}

static bool has_times(const struct stop_info *stop)
{
	return stop->day[0] && stop->from[0] && stop->to[0] && strcmp(stop->from, stop->to) < 0;
}

static bool overlap(const struct stop_info *a, const struct stop_info *b)
{
	return has_times(a) && has_times(b) && strcmp(a->day, b->day) == 0 &&
	       strcmp(a->from, b->to) < 0 && strcmp(b->from, a->to) < 0;
}

static bool is_planned_at(const struct stop_info *stop, const char *person)
{
	for (unsigned i = 0; i < stop->n_people; i++)
		if (stop->people[i].is_planned && strcmp(stop->people[i].person, person) == 0)
			return true;
	return false;
}

static void find_twice(struct search *search, unsigned at)
{
	const struct stop_info *stop = &search->stops[at];
	for (unsigned other = at + 1; other < search->n_stops; other++) {
		const struct stop_info *second = &search->stops[other];
		for (unsigned i = 0; overlap(stop, second) && i < stop->n_people; i++) {
			const char *person = stop->people[i].person;
			if (!stop->people[i].is_planned || !is_planned_at(second, person))
				continue;
			const struct visit_conflict found = { CONFLICT_TWICE, stop->id, second->id,
							      person, "", { 0 } };
			const char *from = strcmp(stop->from, second->from) > 0 ? stop->from
										: second->from;
			const char *to = strcmp(stop->to, second->to) < 0 ? stop->to : second->to;
			add(search, &found,
			    lt_arena_printf(search->arena,
					    "%s 同时在 %s 和 %s（%s %s-%s）：改时间或换人", person,
					    stop->id, second->id, stop->day, from, to),
			    lt_arena_printf(
				    search->arena,
				    "%s is at %s and %s at once (%s %s-%s): change the time or the person",
				    person, stop->id, second->id, stop->day, from, to));
		}
	}
}

static void find_no_time(struct search *search, const struct stop_info *stop)
{
	const struct visit_conflict found = { CONFLICT_NO_TIME, stop->id, "", "", "", { 0 } };
	const bool is_turned = stop->from[0] && stop->to[0] && strcmp(stop->from, stop->to) >= 0;
	if (has_times(stop))
		return;
	add(search, &found,
	    lt_arena_printf(search->arena,
			    is_turned ? "%s（%s）的结束不晚于开始：改时间，过零点的分成两站"
				      : "%s（%s）没有日期或时间：请填写",
			    stop->id, stop->title),
	    lt_arena_printf(search->arena,
			    is_turned ? "%s (%s) does not end after it begins: change the time, or make two stops at midnight"
				      : "%s (%s) has no day or time: enter it",
			    stop->id, stop->title));
}

/* ---- the team ---- */

static const struct team_member *member_of(const struct search *search, const char *person)
{
	for (unsigned i = 0; i < search->n_team; i++)
		if (strcmp(search->team[i].person, person) == 0)
			return &search->team[i];
	return NULL;
}

static bool is_in_team_on(const struct team_member *member, const char *day)
{
	return !day[0] || ((!member->from[0] || strcmp(member->from, day) <= 0) &&
			   (!member->to[0] || strcmp(day, member->to) <= 0));
}

/* Sections that begin the item's id count, too: 7 stands for 7.2.1. */
static bool may_assess(const struct team_member *member, const char *section, const char *item)
{
	const size_t len = strlen(item);
	char head[100];
	if (!member->sections[0] || lt_ids_have(member->sections, item) ||
	    (section[0] && lt_ids_have(member->sections, section)))
		return true;
	for (size_t at = 1; at < len && at < sizeof(head); at++) {
		if (item[at] != '.' && item[at] != '-')
			continue;
		memcpy(head, item, at);
		head[at] = '\0';
		if (lt_ids_have(member->sections, head))
			return true;
	}
	return false;
}

static unsigned count_assessing(const struct search *search, const struct stop_info *stop,
				const char *section, const char *item)
{
	unsigned n = 0;
	for (unsigned i = 0; i < stop->n_people; i++) {
		const struct team_member *member =
			stop->people[i].is_planned ? member_of(search, stop->people[i].person)
						   : NULL;
		n += member && team_role_assesses(member->role) && is_in_team_on(member, stop->day) &&
		     (!item || may_assess(member, section, item));
	}
	return n;
}

static void find_competence(struct search *search, const struct stop_info *stop)
{
	for (unsigned i = 0; i < stop->n_items; i++) {
		const struct stop_item *item = &stop->items[i];
		const char *section =
			search->section_of ? search->section_of(search->context, item->assessment,
								item->item)
					   : "";
		if (count_assessing(search, stop, section, item->item))
			continue;
		const struct visit_conflict found = { CONFLICT_COMPETENCE, stop->id, "", "",
						      item->item, { 0 } };
		add(search, &found,
		    lt_arena_printf(search->arena, "%s 的条款 %s：到场的人都不能评：加人或改可评板块",
				    stop->id, item->item),
		    lt_arena_printf(
			    search->arena,
			    "%s, item %s: nobody there may assess it: add somebody, or a section to a member",
			    stop->id, item->item));
	}
}

static void find_nobody(struct search *search, const struct stop_info *stop)
{
	const struct visit_conflict found = { CONFLICT_NOBODY, stop->id, "", "", "", { 0 } };
	add(search, &found,
	    lt_arena_printf(search->arena, "%s（%s）没有评价组的人：请派人", stop->id, stop->title),
	    lt_arena_printf(search->arena, "%s (%s) has nobody of the team: send somebody",
			    stop->id, stop->title));
}

static void find_out_of_team(struct search *search, const struct stop_info *stop)
{
	for (unsigned i = 0; i < stop->n_people; i++) {
		const char *person = stop->people[i].person;
		const struct team_member *member = member_of(search, person);
		const struct visit_conflict found = { CONFLICT_NOT_IN_TEAM, stop->id, "", person,
						      "", { 0 } };
		if (!stop->people[i].is_planned || !member || is_in_team_on(member, stop->day))
			continue;
		add(search, &found,
		    lt_arena_printf(search->arena, "%s 在 %s（%s）时不在评价组：改日期或换人", person,
				    stop->id, stop->day),
		    lt_arena_printf(search->arena,
				    "%s is not in the team at %s (%s): change dates or person",
				    person, stop->id, stop->day));
	}
}

enum lt_status visit_find_conflicts(const struct stop_info *stops, unsigned n,
				    const struct team_member *team, unsigned n_team,
				    item_section section_of, void *context,
				    struct lt_arena *arena, struct visit_conflict **out,
				    unsigned *n_out, struct lt_err *err)
{
	struct search search = { .stops = stops, .team = team, .n_stops = n, .n_team = n_team,
				 .section_of = section_of, .context = context, .arena = arena };
	for (unsigned i = 0; i < n; i++) {
		find_no_time(&search, &stops[i]);
		find_twice(&search, i);
		if (!count_assessing(&search, &stops[i], "", NULL))
			find_nobody(&search, &stops[i]);
		else
			find_competence(&search, &stops[i]);
		find_out_of_team(&search, &stops[i]);
	}
	*out = search.at;
	*n_out = search.n;
	return search.failed ? lt_err_memory(err) : LT_OK;
}

/* ---- of the project ---- */

struct sections {
	struct session *session;
	struct lt_findings *findings;
};

static const char *section_of_item(void *context, const char *assessment, const char *item)
{
	struct sections *sections = context;
	const struct assessment_ref *ref;
	struct trial *trial;
	struct lt_err ignored = LT_ERR_INIT;
	if (session_find_assessment(sections->session, assessment, NULL, &ref, sections->findings,
				    &ignored) != LT_OK ||
	    session_trial(sections->session, ref, &trial, sections->findings, &ignored) != LT_OK)
		return "";
	const struct item *found = ruleset_find_item(trial->ruleset, item);
	return found && found->section ? found->section : "";
}

enum lt_status session_visit_conflicts(struct session *session, const char *year,
				       struct visit_conflict **out, unsigned *n,
				       struct lt_findings *findings, struct lt_err *err)
{
	struct sections sections = { session, findings };
	struct engagement_info engagement;
	struct stop_info *stops = NULL;
	unsigned n_stops = 0;
	enum lt_status status = session_engagement(session, year, &engagement, err);
	if (!status)
		status = session_stops_of_year(session, year, NULL, &stops, &n_stops, err);
	return status ? status
		      : visit_find_conflicts(stops, n_stops, engagement.team, engagement.n_team,
					     section_of_item, &sections, &session->arena, out, n,
					     err);
}
