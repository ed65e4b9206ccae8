/* An engagement against what the project has: assessments, timetable. */
#include <ctype.h>
#include <string.h>
#include "engagement_parts.h"
#include "lingtan/app/catalogue.h"
#include "lingtan/app/visit.h"
#include "lingtan/base/decimal.h"

/* ---- criteria ---- */

/* A code as it is printed, with slashes and blanks, and an id with hyphens name the same: letters and
 * digits alone are compared. */
static bool is_compared(char c)
{
	return isalnum((unsigned char)c) && !(c & 0x80);
}

static const char *next_compared(const char *at)
{
	while (*at && !is_compared(*at))
		at++;
	return at;
}

/* Behind the standard that a text begins with; NULL where it begins with another. */
static const char *behind(const char *text, const char *standard)
{
	for (;;) {
		text = next_compared(text);
		standard = next_compared(standard);
		if (!*standard)
			return text;
		if (tolower((unsigned char)*text) != tolower((unsigned char)*standard))
			return NULL;
		text++;
		standard++;
	}
}

static bool names(const char *criteria, const char *standard)
{
	for (const char *at = next_compared(criteria); *at; at = next_compared(at + 1)) {
		const char *end = behind(at, standard);
		/* another number goes on */
		if (end && !isdigit((unsigned char)*end))
			return true;
	}
	return false;
}

static bool is_assessed(const struct assessment_ref *all, unsigned n, const char *year,
			const char *standard)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(all[i].year, year) == 0 && strcmp(all[i].standard, standard) == 0)
			return true;
	return false;
}

static const char *code_of(const struct engagement_gaps *gaps, const char *standard)
{
	const struct ruleset *ruleset = catalogue_find(gaps->session->workspace, standard);
	return ruleset ? ruleset->code : standard;
}

enum lt_status engagement_look_at_criteria(const struct engagement_info *engagement,
					   struct engagement_gaps *gaps, struct lt_err *err)
{
	struct lt_arena *arena = &gaps->session->arena;
	const struct library *library = gaps->session->workspace->library;
	const struct assessment_ref *all = NULL;
	unsigned n = 0;
	if (!engagement->criteria[0])
		return LT_OK;
	enum lt_status status = session_assessments(gaps->session, &all, &n, err);
	for (unsigned i = 0; i < n && !status; i++)
		if (strcmp(all[i].year, engagement->year) == 0 &&
		    !is_assessed(all, i, engagement->year, all[i].standard) &&
		    !names(engagement->criteria, all[i].standard))
			engagement_add_gap(
				gaps, GAP_CRITERIA, all[i].standard, false,
				lt_arena_printf(arena, "评价依据里没有 %s，而项目里有它的评价：补进依据，或不按它出结论",
						code_of(gaps, all[i].standard)),
				lt_arena_printf(
					arena, "the criteria do not name %s, which the project assesses: add it, or conclude nothing by it",
					code_of(gaps, all[i].standard)));
	for (unsigned i = 0; i < library->n_entries && !status; i++) {
		const char *standard = library->entries[i].id;
		if (names(engagement->criteria, standard) &&
		    !is_assessed(all, n, engagement->year, standard))
			engagement_add_gap(
				gaps, GAP_CRITERIA, standard, false,
				lt_arena_printf(arena, "评价依据写了 %s，项目里还没有它的评价：加上这个评价，或改依据",
						code_of(gaps, standard)),
				lt_arena_printf(
					arena, "the criteria name %s, which the project does not assess yet: add that assessment, or change the criteria",
					code_of(gaps, standard)));
	}
	return status;
}

/* ---- person-days ---- */

static bool assesses(const struct engagement_info *engagement, const char *person)
{
	for (unsigned i = 0; i < engagement->n_team; i++)
		if (strcmp(engagement->team[i].person, person) == 0)
			return team_role_assesses(engagement->team[i].role);
	return false;
}

static bool is_there_on(const struct stop_info *stop, const char *person, const char *day)
{
	for (unsigned i = 0; strcmp(stop->day, day) == 0 && i < stop->n_people; i++)
		if (stop->people[i].is_planned && strcmp(stop->people[i].person, person) == 0)
			return true;
	return false;
}

/* Stops are in the order of days: who is planned at an earlier one of the same day is counted by
 * that. */
static unsigned count_days(const struct engagement_info *engagement, const struct stop_info *stops,
			   unsigned n)
{
	unsigned days = 0;
	for (unsigned s = 0; s < n; s++)
		for (unsigned i = 0; stops[s].day[0] && i < stops[s].n_people; i++) {
			const struct stop_person *at = &stops[s].people[i];
			bool is_counted = !at->is_planned || !assesses(engagement, at->person);
			for (unsigned k = s; k > 0 && !is_counted &&
					     strcmp(stops[k - 1].day, stops[s].day) == 0; k--)
				is_counted = is_there_on(&stops[k - 1], at->person, stops[s].day);
			days += !is_counted;
		}
	return days;
}

enum lt_status engagement_look_at_days(const struct engagement_info *engagement,
				       struct engagement_gaps *gaps, struct lt_err *err)
{
	struct lt_arena *arena = &gaps->session->arena;
	const char *agreed_text = engagement->days_site;
	struct lt_decimal agreed, more;
	struct stop_info *stops = NULL;
	unsigned n = 0;
	if (lt_decimal_parse(agreed_text, strlen(agreed_text), &agreed) != LT_DECIMAL_OK)
		return LT_OK;
	enum lt_status status = session_stops_of_year(gaps->session, engagement->year, NULL, &stops,
						      &n, err);
	const unsigned days = status ? 0 : count_days(engagement, stops, n);
	const struct lt_decimal planned = lt_decimal_from_int((int)days);
	const bool is_less = lt_decimal_compare(planned, agreed) < 0;
	/* half a day there is a day in the timetable, so less than one more is no difference */
	const bool is_more = lt_decimal_add(agreed, lt_decimal_from_int(1), &more) &&
			     lt_decimal_compare(planned, more) >= 0;
	if (!days || (!is_less && !is_more))
		return status;
	engagement_add_gap(
		gaps, GAP_PERSON_DAYS, "days_site", false,
		lt_arena_printf(arena, "约定现场 %s 人日，计划排了 %u 人日（一人一天算一个）：改计划，或改约定的人日",
				agreed_text, days),
		lt_arena_printf(
			arena, "%s person-days on site are agreed and %u are planned (somebody on a day is one): change the plan or what is agreed",
			agreed_text, days));
	return LT_OK;
}
