/*
 * record - one row of a project as people fill it in: the fields of a form with what the project
 * holds, changed one field at a time, and saved as one entry of the journal. Command line and
 * screens use the same calls, and all of them go by the files in forms/ alone.
 *
 * Life cycle: record_form(), then record_new(), record_find() or record_list(), then any number of
 * record_set(), then record_save(). Nothing is written before; a record may simply be dropped. It
 * lives in the session's arena, as does everything it gives.
 *
 * What a form fills:
 *   park       the only row; it is always there
 *   person     by name; name:ROLE of --as is roles
 *   request    by its id: that of the list of requests.yaml, or one made when it is saved first
 *   quantity   by rung, year and quantity; held against the rulesets of the project
 *   evidence   by the hash of a file that is there (session_attach() puts it in)
 *   finding    by its number or the beginning of its id; what is typed goes by the rules of finding.h
 *   sign_off, decision   by assessment and step or number; saving one is the deed itself (signoff.h)
 *   line       by its id, the beginning of it or its source; inventory.h has more
 *   offset, greencert, meter   by the number that people give it
 *   calibration  by meter and date
 *   interview, note   by an id made when it is saved first
 *   settings   the only row; each field is a setting of its own
 *   others (engagement, team, place, stop ...) by the fields that make their key, / between
 * A form of a document (profile) is no record: see app/profile.h.
 */
#ifndef LINGTAN_APP_RECORD_H
#define LINGTAN_APP_RECORD_H

#include "lingtan/app/session.h"
#include "lingtan/load/form.h"

struct record {
	const struct form *form; /* borrowed from the workspace's library */
	const char *key;         /* of the row, joined; NULL = not known before it is saved */
	bool exists;             /* the project holds something of it, and it was not removed */
	bool removed;            /* it was there once; saving puts it back */
	const char **values;     /* [form->n_fields], in the order of the fields; "" = empty. To be
				    read; record_set() writes */
	const char **before;     /* the same as they were read */
};

/* The forms of the program and its list of requests; read once. Errors: LT_EFILE, LT_ESPACE. */
enum lt_status record_forms(struct workspace *workspace, struct lt_findings *findings,
			    const struct form_set **out, struct lt_err *err);

/* A form by its id. Errors: LT_EDATA (err lists those there are), those of record_forms(). */
enum lt_status record_form(struct workspace *workspace, const char *id,
			   struct lt_findings *findings, const struct form **out,
			   struct lt_err *err);

/* Whether the form fills the only row of its kind, so that no row need be named. */
bool record_form_is_single(const struct form *form);

/**
 * record_new - an empty row, or, of a form with one row, that row. Works before there is a project
 * (a screen that makes one: struct new_project takes records). Errors: LT_EDATA (the form's rows
 * are not made by hand), LT_ESPACE.
 */
enum lt_status record_new(struct session *session, const struct form *form, struct record **out,
			  struct lt_err *err);

/**
 * record_find - a row by what people call it: a person's name; a request's id, its beginning (6
 * digits) or its title; rung/year/quantity; a file's hash, its beginning or its name. NULL for a
 * form with one row. Errors: LT_EDATA (none, or several: err says what there is), LT_EUSAGE (which
 * is missing or too much).
 */
enum lt_status record_find(struct session *session, const struct form *form, const char *which,
			   struct record **out, struct lt_err *err);

/**
 * record_open - the same, or a new row of that name where there is none: of a person, of a
 * quantity, and of a request of requests.yaml, filled in as it stands there; which NULL: a new row.
 * Errors: those of record_find() and record_new(), LT_EDATA (it can be no name).
 */
enum lt_status record_open(struct session *session, const struct form *form, const char *which,
			   struct record **out, struct lt_err *err);

/* What a row says in a field, by any of the field's names; "" = nothing, or no such field. */
const char *record_text(const struct record *record, const char *field);

/* What people call a row that has a key: its parts with / between; in the session's arena. NULL
 * when memory ran out. */
const char *record_name(struct session *session, const struct record *record);

/**
 * record_request - the row of an entry of requests.yaml; where the project has none, a new one that
 * asks for it. Errors: LT_EFILE, LT_ESPACE.
 */
enum lt_status record_request(struct session *session, const struct form *form,
			      const struct request_entry *entry, struct record **out,
			      struct lt_err *err);

/* All rows of a form that were not removed, in the order of their keys. */
enum lt_status record_list(struct session *session, const struct form *form, struct record ***out,
			   unsigned *n, struct lt_err *err);

/**
 * record_set - one field, by its place in the form, as a person types it ("" empties it). Errors:
 * LT_EDATA (it cannot be kept, or it names the row and cannot be changed; the record is as it was),
 * LT_NO (it was set, but is probably a slip; err tells which), LT_ESPACE.
 */
enum lt_status record_set(struct session *session, struct record *record, unsigned field,
			  const char *text, struct lt_err *err);

/* The same of FIELD=VALUE, the field by any of its names. What is probably a slip stands and is told
 * by record_check(). Errors: LT_EUSAGE (it is not of that shape), those of record_set(). */
enum lt_status record_set_word(struct session *session, struct record *record, const char *word,
			       struct lt_err *err);

/* Everything that is wrong with the row as it stands, needed fields that are empty included; the
 * path of a finding is the id of a field. Errors: LT_ESPACE, those of library_units(). */
enum lt_status record_check(struct session *session, const struct record *record,
			    struct lt_findings *findings, struct lt_err *err);

/* Whether a field was changed since the record was read. */
bool record_is_changed(const struct record *record, unsigned field);

/**
 * record_changes - adds what record_save() would write. Errors: LT_EDATA (findings say what is
 * wrong; what was said of the row as it stood before refuses nothing and is not said again; or
 * another program changed the row since it was read), LT_ESPACE.
 */
enum lt_status record_changes(struct session *session, const struct record *record,
			      struct changes *changes, struct lt_findings *findings,
			      struct lt_err *err);

/**
 * record_save - what was changed, as one entry of the journal whose kind is "fill"; *done is false
 * where nothing was changed. Then the record stands as if it were read anew. Errors: those of
 * record_changes() and session_commit().
 */
enum lt_status record_save(struct session *session, struct record *record,
			   struct lt_findings *findings, bool *done, struct lt_err *err);

/* Takes a row out: of the tables whose rows can be removed, and a quantity. What the journal says
 * of it stays. Errors: LT_EDATA, those of session_commit(). */
enum lt_status record_remove(struct session *session, struct record *record, bool *done,
			     struct lt_err *err);

#endif
