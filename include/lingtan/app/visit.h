/*
 * visit - the days on site: a timetable of stops with people, items and places; the verdicts on the
 * documents and on site, apart; methods, interviews, notes, photos.
 *
 * A stop has an id that people give it. An item is sent from the documents to a stop and then stands
 * on that stop's list. A note is written down first and filed to items later.
 */
#ifndef LINGTAN_APP_VISIT_H
#define LINGTAN_APP_VISIT_H

#include "lingtan/app/engagement.h"

/* ---- stops ---- */

struct stop_person {
	const char *person;
	bool is_planned, has_signed;
	const char *organisation, *post, *signed_at;
};

struct stop_item {
	const char *assessment, *item;
	const char *ask;    /* what to check */
	const char *origin; /* plan, document */
};

struct stop_place {
	const char *place, *name; /* name "" = it is no place of the project */
	const char *note;
};

/* Texts that were not said are "". */
struct stop_info {
	const char *id, *day, *from, *to;
	const char *kind; /* opening, site, documents, meeting, closing */
	const char *title, *purpose;
	const char *done_from, *done_to, *done_note;
	const char *present; /* how many were there */
	const char *sheet;   /* evidence that the sign-in sheet is: as said, else one of kind sign-in
				that was given to the stop */
	struct stop_person *people;
	struct stop_item *items;
	struct stop_place *places;
	unsigned n_people, n_items, n_places;
	bool is_done;     /* it has an actual time */
	bool has_sign_in; /* somebody signed, or a number or a sheet is written down */
};

/* By day, time and id; day NULL = all. An item without words of the plan has those with which the
 * documents sent it to the site. Owned by the session's arena. */
enum lt_status session_stops(struct session *session, const char *day, struct stop_info **out,
			     unsigned *n, struct lt_err *err);

/* Those of the assessment of a year (NULL = of all): whose day is among the engagement's days on
 * site, or that look at an item of it; what is of none by these is of the last year whose assessment
 * had begun by then. */
enum lt_status session_stops_of_year(struct session *session, const char *year, const char *day,
				     struct stop_info **out, unsigned *n, struct lt_err *err);

/* By its id, or its title where that is only one's. Errors: LT_EDATA. */
enum lt_status session_find_stop(struct session *session, const char *which,
				 const struct stop_info **out, struct lt_err *err);

/* The id that follows: S01, S02 ... */
enum lt_status session_next_stop(struct session *session, const char **id, struct lt_err *err);

struct label stop_kind_title(const char *kind);

/* Lists, separated by commas, that take the place of what a stop had; NULL leaves it, "" empties
 * it. An item is named as ASSESSMENT:ITEM, or by its id alone: then it is of `assessment`, if that
 * has it, else of the only one that has (NULL = the only one). */
struct stop_lists {
	const char *people, *items, *places;
	const char *assessment;
};

/**
 * session_change_stop_lists - the changes that give a stop its people, items and places. Errors:
 * LT_EDATA (no such item or place, or an item that several assessments have).
 */
enum lt_status session_change_stop_lists(struct session *session, const char *stop,
					 const struct stop_lists *lists, struct changes *changes,
					 struct lt_findings *findings, struct lt_err *err);

/* Takes off what is named, by a key of a screen. NULL = none. Who has signed stays and is planned no
 * longer. Errors: LT_EDATA (a person who signed and was not planned). */
enum lt_status session_take_from_stop(struct session *session, const char *stop,
				      const char *person, const struct assessment_ref *ref,
				      const char *item, const char *place, bool *done,
				      struct lt_err *err);

/* The actual times (NULL: those that stand, else as planned; of the beginning else now, of the end
 * none). Errors: LT_EDATA (no such stop; no time of day; the end before the beginning). */
enum lt_status session_stop_done(struct session *session, const char *stop, const char *from,
				 const char *to, const char *note, bool *done, struct lt_err *err);

/* Somebody signs in. at NULL = now; of who has signed, NULL leaves what stands. Errors: LT_EDATA (no
 * name, no time). */
enum lt_status session_sign_in(struct session *session, const char *stop, const char *person,
			       const char *organisation, const char *post, const char *at,
			       bool *done, struct lt_err *err);

/* ---- conflicts of the plan ---- */

enum visit_conflict_kind {
	CONFLICT_TWICE,      /* a person is at two stops at once */
	CONFLICT_COMPETENCE, /* nobody at the stop may assess the item */
	CONFLICT_NO_TIME,    /* a stop without day, beginning or end, or one that ends before it begins */
	CONFLICT_NOBODY,     /* a stop with items or places and nobody of the team */
	CONFLICT_NOT_IN_TEAM, /* of the evaluating side, and not in the team on that day */
	N_VISIT_CONFLICTS
};

extern const char *const visit_conflict_names[]; /* twice, competence ...; NULL ends the list */

struct visit_conflict {
	enum visit_conflict_kind kind;
	const char *stop, *other; /* other: the second stop, or "" */
	const char *person, *item;
	struct label text;
};

/**
 * visit_find_conflicts - of a timetable and a team; pure. section_of: the section that an item
 * belongs to, "" where that is not known; NULL: the item's own id alone is held against what members
 * may assess. A member without sections may assess all. Errors: LT_ESPACE.
 */
typedef const char *(*item_section)(void *context, const char *assessment, const char *item);
enum lt_status visit_find_conflicts(const struct stop_info *stops, unsigned n,
				    const struct team_member *team, unsigned n_team,
				    item_section section_of, void *context,
				    struct lt_arena *arena, struct visit_conflict **out,
				    unsigned *n_out, struct lt_err *err);

/* Of the stops and the team of a year. */
enum lt_status session_visit_conflicts(struct session *session, const char *year,
				       struct visit_conflict **out, unsigned *n,
				       struct lt_findings *findings, struct lt_err *err);

/* ---- verdicts and methods ---- */

extern const struct label visit_method_titles[N_METHODS]; /* words: item_method_names */

extern const char *const visit_verdict_names[]; /* conforms, not, unclear, na; NULL ends the list */
struct label visit_verdict_title(const char *verdict);

/* Texts that were not said are "". */
struct inspection_info {
	const char *assessment, *item;
	const char *document, *document_text, *document_on, *document_by;
	const char *to_site, *to_stop; /* what to check, at which stop; "" = nothing was sent */
	const char *site, *site_text, *site_on, *site_stop, *site_by;
	unsigned methods; /* 1 << enum item_method: as marked, and as notes and interviews show */
	unsigned n_notes, n_interviews; /* filed to it */
};

/* All items of an assessment of which anything is written down, in the order of their ids. */
enum lt_status session_inspections(struct session *session, const char *assessment,
				   struct inspection_info **out, unsigned *n, struct lt_err *err);

/* One; texts "" where nothing is written down. */
enum lt_status session_inspection(struct session *session, const char *assessment,
				  const char *item, struct inspection_info *out,
				  struct lt_err *err);

/* Of each item of a stop, in its order; texts "" where nothing is written down. */
enum lt_status session_stop_inspections(struct session *session, const struct stop_info *stop,
					struct inspection_info **out, struct lt_err *err);

/* verdict "" takes it back. to_site: what to check on site; NULL leaves as it is, "" takes it back;
 * stop NULL or "" = not yet known where. What is sent to a stop stands on its list. on NULL = today. */
struct new_verdict {
	const char *item, *verdict, *text, *on, *to_site, *stop;
};
enum lt_status session_judge_documents(struct session *session, const struct assessment_ref *ref,
				       const struct new_verdict *wish, bool *done,
				       struct lt_findings *findings, struct lt_err *err);
/* stop: where it was seen; to_site is not read. */
enum lt_status session_judge_site(struct session *session, const struct assessment_ref *ref,
				  const struct new_verdict *wish, bool *done,
				  struct lt_findings *findings, struct lt_err *err);

/* Marks a method as used (or, with `used` false, not). stop, text NULL = not said. */
enum lt_status session_use_method(struct session *session, const struct assessment_ref *ref,
				  const char *item, const char *method, bool used,
				  const char *stop, const char *text, bool *done,
				  struct lt_findings *findings, struct lt_err *err);

/* ---- notes and interviews ---- */

struct note_info {
	const char *id, *text, *stop, *place, *at, *by;
	const char *assessment, *items, *method, *dropped;
	bool is_filed; /* to items, or dropped with a reason */
};

struct note_filter {
	const char *stop, *assessment, *item;
	bool unfiled;
};

/* In the order in which they were written. */
enum lt_status session_notes(struct session *session, const struct note_filter *filter,
			     struct note_info **out, unsigned *n, struct lt_err *err);

/* stop NULL: the one that the time falls into, if it is one. at NULL = now. Errors: LT_EDATA (blank,
 * no such stop). */
struct new_note {
	const char *text, *stop, *place, *at;
};
enum lt_status session_add_note(struct session *session, const struct new_note *wish,
				const char **id, struct lt_err *err);

/* By its id, its beginning (6 digits) or the whole text. Errors: LT_EDATA. */
enum lt_status session_find_note(struct session *session, const char *which,
				 const struct note_info **out, struct lt_err *err);

/* items: ids, separated by commas; "" with dropped: it belongs to none, for that reason; both "" take
 * the filing back; ref is not read then. method NULL leaves it. A note that is filed stays with its
 * assessment; ref is for one that is not. */
enum lt_status session_file_note(struct session *session, const struct assessment_ref *ref,
				 const char *which, const char *items, const char *method,
				 const char *dropped, bool *done, struct lt_findings *findings,
				 struct lt_err *err);
/* The same of the assessment that is named, where the note was filed to another. */
enum lt_status session_move_note(struct session *session, const struct assessment_ref *ref,
				 const char *which, const char *items, const char *method,
				 bool *done, struct lt_findings *findings, struct lt_err *err);

struct interview_info {
	const char *id, *person, *organisation, *post, *on, *stop, *asker;
	const char *assessment, *items, *text, *agreed_on;
};

enum lt_status session_interviews(struct session *session, const char *stop,
				  struct interview_info **out, unsigned *n, struct lt_err *err);

/* ---- photos ---- */

struct photo_info {
	const char *sha256, *name, *taken_at;
	const char *stop, *place; /* that it was given; "" = none */
	const char *fits;         /* stops whose time it falls into, separated by commas */
	unsigned n_fits;
};

/* Evidence that is a photo or has a time, in the order of time. */
enum lt_status session_photos(struct session *session, struct photo_info **out, unsigned *n,
			      struct lt_err *err);

/* Gives each photo that has no stop the one whose time (the actual, else the planned) it falls into,
 * where it is one alone. */
enum lt_status session_assign_photos(struct session *session, unsigned *n_assigned, bool *done,
				     struct lt_err *err);

/* One by hand; "" takes it back, NULL leaves it. which: hash, its beginning or name. */
enum lt_status session_place_photo(struct session *session, const char *which, const char *stop,
				   const char *place, bool *done, struct lt_err *err);

#endif
