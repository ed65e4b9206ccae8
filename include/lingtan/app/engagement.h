/*
 * engagement - the assessment of a year as a job: who asked for it, by which criteria, how sure it
 * must be, conflicts of interest and declarations, whether it was accepted; and the team.
 *
 * There is one engagement a year; an assessment belongs to that of its year. Its fields are filled
 * through the forms "engagement" and "team" (record.h) or by the deeds here.
 */
#ifndef LINGTAN_APP_ENGAGEMENT_H
#define LINGTAN_APP_ENGAGEMENT_H

#include "lingtan/app/session.h"

struct team_member {
	const char *year, *person;
	const char *role;     /* leader, member, expert, reviewer, approver, observer */
	const char *sector;   /* in words */
	const char *sections; /* sections and items, separated by commas; "" = all */
	const char *from, *to;
	const char *impartial_on, *confidential_on, *note;
};

/* Texts that were not said are "". */
struct engagement_info {
	const char *year;
	const char *applicant, *responsible, *user;
	const char *criteria, *edition, *stage, *from, *to;
	const char *assurance;   /* limited, reasonable */
	const char *materiality; /* per cent: its own, else the setting of the project */
	bool materiality_is_own;
	const char *contract, *contract_on, *body;
	const char *days_document, *days_site, *days_report, *days_review;
	const char *applied_on, *documents_by, *plan_sent_on, *site_from, *site_to, *corrections_by,
		*review_on, *decision_on;
	const char *conflict, *conflict_on, *consulting, *conflict_note;
	const char *impartial_on, *confidential_on, *papers;
	const char *acceptance; /* accepted, refused, or "" */
	const char *accepted_on, *acceptance_reason, *conditions, *note;
	bool is_there; /* something of it was written down */
	const struct team_member *team; /* in the order of parts, then of names */
	unsigned n_team;
};

/* Of a year; one of which nothing is written has is_there false. Owned by the session's arena.
 * Errors: LT_EFILE, LT_ESPACE. */
enum lt_status session_engagement(struct session *session, const char *year,
				  struct engagement_info *out, struct lt_err *err);

/* The years that have an engagement or a team, the last one first. */
enum lt_status session_engagement_years(struct session *session, const char *const **out,
					unsigned *n, struct lt_err *err);

/* The year that a command means: the one said, else that of the last assessment. Errors: LT_EDATA
 * (the project has no assessment). */
enum lt_status session_engagement_year(struct session *session, const char *said,
				       const char **year, struct lt_err *err);

/* Part of a member in front of people. */
const struct label *team_role_title(const char *role);

/* Who judges items: leader, member or expert. */
bool team_role_assesses(const char *role);

/* ---- what speaks against it ---- */

enum engagement_gap_kind {
	GAP_CONFLICT_FOUND,     /* a conflict of interest, advice within two years that is not managed, or
				   somebody of the park in the team: what = name */
	GAP_CONFLICT_UNCHECKED, /* nobody looked for conflicts */
	GAP_REFUSED,
	GAP_NOT_ACCEPTED,
	GAP_UNDECLARED,         /* of the body, or of a member: what = name */
	GAP_NO_LEADER,
	GAP_NO_PERIOD,          /* period, assurance, contract or criteria missing: what = which */
	GAP_CRITERIA,           /* a standard is assessed and no criterion, or the other way round: what =
				   the standard */
	GAP_PERSON_DAYS,        /* the timetable has fewer or more on site than agreed */
	N_ENGAGEMENT_GAPS
};

struct engagement_gap {
	enum engagement_gap_kind kind;
	const char *what;
	struct label text; /* a sentence with its cure */
	bool blocks;       /* acceptance, and a certificate */
};

extern const char *const engagement_gap_names[]; /* conflict-found ...; NULL ends the list */

/* Empty where there is no engagement. */
enum lt_status engagement_gaps(struct session *session, const struct engagement_info *engagement,
			       const struct engagement_gap **out, unsigned *n, struct lt_err *err);

/* ---- deeds ---- */

/**
 * session_renew_engagement - begins the engagement of a year with that of the last year before it
 * (*before): parties, criteria, level, body, the parts of the team where there is none yet, and the
 * populations where there is none. Contract, period, dates, the check for conflicts, declarations,
 * acceptance and draws are of each year. Errors: LT_EDATA (there is one; there is none before), those
 * of session_commit().
 */
enum lt_status session_renew_engagement(struct session *session, const char *year,
					const char **before, bool *done, struct lt_err *err);

/**
 * session_accept - accepts (or, with `accepted` false, refuses) the engagement of a year. on NULL =
 * today. Done again, it keeps day, reason and conditions where none are said. Errors: LT_EDATA (a
 * refusal without session->reason; an acceptance while a conflict of interest, or that nobody looked
 * for one, stands against it: err says which), those of session_commit().
 */
enum lt_status session_accept(struct session *session, const char *year, bool accepted,
			      const char *on, const char *conditions, bool *done,
			      struct lt_err *err);

#endif
