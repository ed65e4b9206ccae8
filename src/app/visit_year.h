/*
 * visit_year - which stops of a project, that is kept for years, belong to the assessment of a year;
 * for src/app alone.
 *
 * A stop is of the years whose engagement has its day among the days on site, and of those whose
 * items it looks at. One that is of none by these is of the last year whose assessment had begun on
 * its day: with the first of the engagement's dates, or on the day after the year that is assessed.
 * One without a day is of the last year there is.
 */
#ifndef LINGTAN_APP_VISIT_YEAR_H
#define LINGTAN_APP_VISIT_YEAR_H

#include "field_parts.h"

struct visit_day {
	const char *stop, *day; /* day "" = not yet known */
	const char *years;      /* separated by commas */
	bool is_done;           /* it took place */
};

/* The stops that stand. */
struct visit_calendar {
	struct visit_day *at;
	unsigned n, cap;
};

/* year: those of it alone; NULL = all. Owned by the session's arena. */
enum lt_status visit_calendar_read(struct session *session, const char *year,
				   struct visit_calendar *out, struct lt_err *err);

/* NULL = there is no such stop in it. */
const struct visit_day *visit_calendar_find(const struct visit_calendar *calendar,
					    const char *stop);

/* Whether what happened on a day, at no stop, is of a year. day "" = not known. */
enum lt_status visit_day_is_of(struct session *session, const char *day, const char *year,
			       bool *is_of, struct lt_err *err);

#endif
