/*
 * session - a person at work on one project: who, as what, on which file, with which rulesets.
 * Every command of the command line and of the screens is one call here, and one entry of the
 * journal.
 *
 * Life cycle: session_new() or session_open(), calls, session_close() in any case. What calls give
 * back lives in the session's arena unless they say otherwise.
 */
#ifndef LINGTAN_APP_SESSION_H
#define LINGTAN_APP_SESSION_H

#include "lingtan/app/assessment.h"
#include "lingtan/app/rung.h"
#include "lingtan/base/key.h"
#include "lingtan/core/pinyin.h"
#include "lingtan/load/form.h"
#include "lingtan/store/journal.h"
#include "lingtan/store/keep.h"
#include "lingtan/store/verify.h"

/* What all sessions of a run share. */
struct workspace {
	struct library *library;             /* borrowed */
	const struct vocabulary *vocabulary; /* borrowed from the library */
	const struct roles *roles;           /* borrowed from the library */
	struct store *store;                 /* owned */
	struct pinyin pinyin;                /* initials, to find titles by */
	struct form_set forms;               /* record_forms(): read when first asked for */
	bool has_forms;
	const struct library_result *rulesets; /* catalogue_rulesets(): loaded when first asked for */
	struct lt_key *key; /* unlocked for this run (key.h); owned, NULL = entries are not signed */
	char key_person[LT_KEY_PERSON]; /* whose it is */
};

/* Errors: LT_EBUG (the built-in files are not as they should be), LT_ESPACE. Release in any case.
 */
enum lt_status workspace_open(struct workspace *workspace, struct library *library,
			      struct lt_findings *findings, struct lt_err *err);
void workspace_release(struct workspace *workspace);

/* Who is at work. */
struct who {
	const char *name; /* NAME or NAME:ROLE; NULL: LINGTAN_AS, else the name of the account */
	const char *role; /* NULL: the first role that the project knows of the person, else
			     evaluator */
	const char *state_home; /* folder of the program's own state; NULL = none is kept */
};

/* The name alone; in the arena, NULL when memory runs out. */
const char *who_name(const struct who *who, struct lt_arena *arena);
/* The role that was said, by itself or behind the name; NULL = none was. */
const char *who_role(const struct who *who);

struct inspector;
struct trial;
struct other_project;

struct session {
	struct workspace *workspace; /* borrowed */
	struct lt_arena arena;       /* owned */
	struct project *project;
	const char *name, *role;
	const char *state;    /* folder of this program's state, or NULL */
	const char *command;  /* what the journal will call the command at hand */
	const char *reason;   /* why; "" = not said */
	struct trial *trials; /* what answers were held against so far */
	struct {
		const char *by, *role;
		char head[LT_SHA256_HEX];
	} apart; /* who was found on no other rung in the journal up to an entry (separation.c) */
	struct inspector *inspector;  /* what looked at its files so far (inspect.h); owned */
	struct other_project *others; /* earlier files that were looked into (cycle.h); owned */
	const char *older; /* head that this machine knew of the project and the file does not, or
			      NULL */
	bool unproven; /* opened without its facts held against the journal: session_trust() */
	enum lt_lang lang;
	struct label doing;     /* what takes long, for who watches; texts NULL = not said */
	unsigned n_done, n_all; /* pieces of it; 0 = not counted */
};

struct record;

/* Of session_add_assessment() only the second line is read. */
struct new_project {
	const char *park, *code;
	const char *standard, *stage, *year, *park_type, *place, *reason;
	const struct new_project *further; /* more assessments of the same park */
	unsigned n_further;
	struct record *const *records; /* what was filled in of the park, of people ...
					  (record.h); park and code are not read where one of
					  them is the park's */
	unsigned n_records;
};

/* What takes long at the moment and how far it is, for who watches; doing NULL: it is over. */
void session_count(struct session *session, const struct label *doing, unsigned n_done,
		   unsigned n_all);

/* A session without a project, for records of one that is still to be made. Close it. */
void session_draft(struct session *session, struct workspace *workspace, const struct who *who);

/**
 * session_new - a new project file with its park, people and assessments, all as its first entry.
 * Errors: LT_EDATA (there is such a file; unknown standard, stage or type; a record that is not
 * right: findings), LT_EUSAGE (no park), LT_EFILE, LT_ESPACE. No file is left then.
 */
enum lt_status session_new(struct session *session, struct workspace *workspace, const char *path,
			   const struct who *who, const struct new_project *wish,
			   struct lt_findings *findings, struct lt_err *err);

enum lt_status session_open(struct session *session, struct workspace *workspace, const char *path,
			    enum project_mode mode, const struct who *who, struct lt_err *err);
void session_close(struct session *session);

/* Entries beyond which opening a file leaves it to verify to hold the facts against the journal:
 * some 10 ms of work. */
#define TRUSTED_UNSEEN 2000

/**
 * session_trust - project_trust(), once for a file as it lies there: one that has not changed since
 * this machine held it against its journal is not held against it again. With note that is
 * remembered in the state folder. session->unproven tells that the journal was too long for it.
 */
enum lt_status session_trust(struct session *session, unsigned most, bool note,
			     struct lt_err *err);

/* project_verify(); with note a file that holds and lies still is remembered as session_trust()
 * does. */
enum lt_status session_verify(struct session *session, const struct verify_wish *wish, bool note,
			      struct verify_report *report, struct lt_err *err);

/* A new file from what can be read of a broken one, in the name of who saves it: see
 * project_rescue(). The session has no project. */
enum lt_status session_rescue(struct session *session, struct workspace *workspace,
			      const char *path, const char *to, const struct who *who,
			      struct rescue_report *report, struct lt_err *err);

/* Whether the bytes at a path begin like a project file (as against a sheet). */
bool session_is_project(const char *path);

/* ---- lists of changes: what a command would do ---- */

struct changes {
	struct session *session;
	struct change *at;
	unsigned n, cap;
	unsigned *slots; /* hash table of the first n_indexed of them; for changes_add() */
	unsigned n_slots, n_indexed;
};

/**
 * changes_add - a cell's new value (NULL values = nothing); what it holds now is looked up, and a
 * value that is the same adds nothing. Texts are checked (UTF-8, no control characters but line
 * ends and tabs, at most 100,000 bytes). Errors: LT_EDATA (a text), LT_EFILE, LT_ESPACE.
 */
enum lt_status changes_add(struct changes *changes, const char *table, const char *const *key,
			   const char *group, const char *const *values, struct lt_err *err);

/**
 * session_commit - one entry with these changes; no entry where there are none (*done false). A
 * change to answers or quantities of a round that was submitted needs session->reason. This is
 * where roles bind (role.h), and where the person's key signs if it is unlocked (key.h). Errors:
 * LT_EDATA, those of journal_commit().
 */
enum lt_status session_commit(struct session *session, const char *kind, struct changes *changes,
			      bool *done, struct lt_err *err);

/* Whether role and rounds allow these changes as things stand, for who only looks at what they
 * would do. Errors: LT_EDATA (why not), LT_EFILE, LT_ESPACE. */
enum lt_status session_may_commit(struct session *session, const struct changes *changes,
				  struct lt_err *err);

/* ---- assessments ---- */

struct assessment_ref {
	const char *name; /* standard/stage/year */
	const char *standard, *stage, *year;
	const char *park_type, *place, *ruleset, *profile; /* digests; profile "" = none */
};

/* All assessments of the project, in the order of their names. */
enum lt_status session_assessments(struct session *session, const struct assessment_ref **out,
				   unsigned *n, struct lt_err *err);

/**
 * session_find_assessment - by name, or by a part of it that fits no other: the standard, alone or
 * with the stage or the year; without one (NULL) the only one, or the only one whose ruleset has the
 * item; where none has it, the only one whose standard has such a number. Errors: LT_EDATA (none, or
 * more than one: err lists them).
 */
enum lt_status session_find_assessment(struct session *session, const char *name, const char *item,
				       const struct assessment_ref **out,
				       struct lt_findings *findings, struct lt_err *err);

/* ruleset_name_item() by the ruleset of an assessment; one that cannot be read knows no numbers, and
 * whoever needs it says so. Errors: LT_EDATA, LT_ESPACE. */
enum lt_status session_name_item(struct session *session, const struct assessment_ref *ref,
				 const char **item, struct lt_findings *findings,
				 struct lt_err *err);

/* The same of an item that a list is narrowed to, which goes across all assessments where no name is
 * given (NULL): of several that have the item the first says how it is called. Errors: those of
 * session_find_assessment(), but never for being several, and of session_name_item(). */
enum lt_status session_name_filter(struct session *session, const char *name, const char **item,
				   struct lt_findings *findings, struct lt_err *err);

/* The ruleset of an assessment of the project, by the assessment's name. Errors: those of
 * session_find_assessment() and session_ruleset(). */
enum lt_status session_ruleset_of(struct session *session, const char *assessment,
				  const struct ruleset **out, struct lt_findings *findings,
				  struct lt_err *err);

/* A further assessment of the park. */
enum lt_status session_add_assessment(struct session *session, const struct new_project *wish,
				      struct lt_findings *findings, struct lt_err *err);

/* The highest rung that has an answer; evaluator where none has. */
enum lt_status session_highest_rung(struct session *session, const char *assessment,
				    const char **rung, struct lt_err *err);

/**
 * session_score - an assessment on a rung, from the file alone: its own ruleset, profile, answers,
 * quantities, inventory. Close `out` in any case. Errors as assessment_score().
 */
enum lt_status session_score(struct session *session, const struct assessment_ref *ref,
			     const char *rung, const struct assessment_options *options,
			     struct assessment *out, struct lt_findings *findings,
			     struct lt_err *err);

/* ---- answers and quantities ---- */

struct new_answer {
	const char *item, *result;        /* in the words of answers_set */
	const char *remark, *unsupported; /* NULL = as it is */
	const char *evidence, *locator;   /* as a sheet names them, before the file is here */
	const char *rung;
};

enum lt_status session_set(struct session *session, const struct assessment_ref *ref,
			   const struct new_answer *wish, struct lt_findings *findings, bool *done,
			   struct lt_err *err);

/* value: a decimal, "unset", or na:REASON. */
struct new_quantity {
	const char *id, *value, *unit, *year, *source, *rung;
};
enum lt_status session_set_quantity(struct session *session, const struct new_quantity *wish,
				    struct lt_findings *findings, bool *done, struct lt_err *err);

/**
 * session_import - everything of a sheet, or nothing: answers, remarks, quantities, inventory. With
 * dry_run the changes are only listed. Errors: LT_EDATA (findings say what is refused).
 */
enum lt_status session_import(struct session *session, const char *path, const char *assessment,
			      const char *rung, bool dry_run, struct changes *changes, bool *done,
			      struct lt_findings *findings, struct lt_err *err);

/* The same of several sheets, as the owners send them back, as one entry: all of them, or nothing.
 * Errors: LT_EDATA also where two of them say different things of one matter. */
enum lt_status session_import_several(struct session *session, const char *const *paths, unsigned n,
				      const char *assessment, const char *rung, bool dry_run,
				      struct changes *changes, bool *done,
				      struct lt_findings *findings, struct lt_err *err);

/* ---- undo, rounds ---- */

/* Takes the person's last entry back; undone tells of which command. Errors: LT_EDATA (there is
 * nothing to undo, or not by this person, or a cell was changed since, or a barrier lies between).
 */
enum lt_status session_undo(struct session *session, const char **undone, struct lt_err *err);
enum lt_status session_redo(struct session *session, const char **redone, struct lt_err *err);

/**
 * session_submit - freezes what a rung says as a numbered round. Errors: LT_EDATA (awards without
 * evidence or with a vague locator and no reason: findings name them).
 */
enum lt_status session_submit(struct session *session, const struct assessment_ref *ref,
			      const char *rung, unsigned *round, struct lt_findings *findings,
			      struct lt_err *err);

/* Number of the last round of a rung and whether it stands submitted; 0 = there is none. */
enum lt_status session_round(struct session *session, const char *assessment, const char *rung,
			     unsigned *round, bool *submitted, struct lt_err *err);

/* Fills in what an entry takes from the session: who, as what, when, by which command and why. Errors:
 * LT_EDATA (a command or reason that is no text), LT_ESPACE. */
enum lt_status session_sign(struct session *session, struct entry *entry, const char *kind,
			    struct lt_err *err);

/* After a commit: what the machine remembers of the project, the day's copy. Trouble with it never
 * undoes what was committed; err tells of it. */
enum lt_status session_remember(struct session *session, struct lt_err *err);

#endif
