/* record_parts - what the parts of a record share; for src/app/record*.c alone. */
#ifndef LINGTAN_APP_RECORD_PARTS_H
#define LINGTAN_APP_RECORD_PARTS_H

#include "lingtan/app/record.h"
#include "session_parts.h"

/* The row of a key (NULL: an empty one), as the project holds it. Errors: LT_EDATA (the form fills
 * no row, the key is none of its table), LT_ESPACE. */
enum lt_status record_make(struct session *session, const struct form *form, const char *key,
			   struct record **out, struct lt_err *err);

/* Items that a row names must stand in the ruleset of the assessment that it names, else of the only
 * one; written by the standard's numbers, the record holds their ids then. Errors: LT_EDATA. */
enum lt_status record_name_items(struct session *session, struct record *record,
				 struct lt_findings *findings, struct lt_err *err);

/* ---- record_deed.c: rows that are deeds, with the rules of these ---- */

/* The changes of a finding. Errors: those of finding.h. */
enum lt_status record_change_finding(struct session *session, const struct record *record,
				     struct changes *changes, struct lt_findings *findings,
				     struct lt_err *err);

/* Whether saving a row is a deed of its own, which commits: a signature, a decision. */
bool record_is_deed(const struct form *form);
/* What need not be typed: the only assessment, the own step. */
enum lt_status record_complete_deed(struct session *session, struct record *record,
				    struct lt_findings *findings, struct lt_err *err);
enum lt_status record_do_deed(struct session *session, const struct record *record,
			      struct lt_findings *findings, struct lt_err *err);

/* Whether fields of the form make the key of its row. */
bool record_has_key_fields(const struct form *form);

#endif
