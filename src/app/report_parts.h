/* report_parts - what the parts of the report's document share; for src/app/report*.c alone. */
#ifndef LINGTAN_APP_REPORT_PARTS_H
#define LINGTAN_APP_REPORT_PARTS_H

#include "lingtan/app/board.h"
#include "lingtan/app/duty.h"
#include "lingtan/app/report.h"

struct report {
	struct session *session;
	const struct assessment_ref *ref;
	struct report_wish wish; /* with kind and rung decided */
	struct board *board;
	const struct duty_info *duties; /* of the owner that is asked for */
	unsigned n_duties;
	struct lt_json *json;
	struct lt_arena arena; /* owned */
	struct lt_findings *findings;
	struct lt_err *err;
};

/* {"zh": ..., "en": ...}; null where there is neither. */
void report_label(struct report *report, const char *key, const struct label *label);
/* value, low, high: null where open or unbounded; state: number, na or none. */
void report_value(struct report *report, const char *key, const struct value *value);
/* A text that may be empty, which is null. */
void report_text(struct report *report, const char *key, const char *text);
/* Somebody's name, unless names are left out. */
void report_name(struct report *report, const char *key, const char *name);
/* Names of files are often names of people: left out with these in a bundle, where each file has
 * another. */
void report_file_name(struct report *report, const char *key, const char *name);
void report_writer(struct report *report, const char *key, const struct board_writer *writer);

/* Each writes members into the object that is open. */
enum lt_status report_write_sections(struct report *report);
enum lt_status report_write_evidence(struct report *report);
void report_write_quantities(struct report *report);
/* Of lines and registers; with the registers and the conclusion where the whole is asked for. */
enum lt_status report_write_inventory(struct report *report);
/* What the owner that is asked for owes; before the parts are written. */
enum lt_status report_read_duties(struct report *report);
/* Whether a figure or line belongs into the document: all do unless an owner is asked for. */
bool report_is_owed(const struct report *report, enum duty_kind kind, const char *id,
		    const char *year);
void report_write_plan(struct report *report);
/* Origin, place and who answers: of each parameter, table and rule; of an item's points and steps. */
void report_write_numbers(struct report *report);
void report_write_scale(struct report *report, const struct plan_item *item);
/* The rows of a form under its id, each member under the id of its field; a choice by its id and title. */
enum lt_status report_write_form(struct report *report, const char *id);
enum lt_status report_write_visit(struct report *report);
enum lt_status report_write_process(struct report *report);
enum lt_status report_write_explanation(struct report *report);
enum lt_status report_write_facts(struct report *report);

#endif
