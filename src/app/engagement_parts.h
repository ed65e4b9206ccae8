/* engagement_parts - what speaks against an engagement; for src/app/engagement*.c alone. */
#ifndef LINGTAN_APP_ENGAGEMENT_PARTS_H
#define LINGTAN_APP_ENGAGEMENT_PARTS_H

#include "field_parts.h"
#include "lingtan/app/engagement.h"

struct engagement_gaps {
	struct session *session;
	struct engagement_gap *at;
	unsigned n, cap;
	bool failed; /* memory ran out */
};

/* Texts NULL: memory ran out making them. */
void engagement_add_gap(struct engagement_gaps *gaps, enum engagement_gap_kind kind,
			const char *what, bool blocks, const char *zh, const char *en);

/* The criteria against the assessments of the year. */
enum lt_status engagement_look_at_criteria(const struct engagement_info *engagement,
					   struct engagement_gaps *gaps, struct lt_err *err);

/* The person-days agreed on site against the timetable: somebody of the team on a day is one. */
enum lt_status engagement_look_at_days(const struct engagement_info *engagement,
				       struct engagement_gaps *gaps, struct lt_err *err);

#endif
