/*
 * command - what the commands share: the invocation, languages, columns of text, findings; for
 * src/cli alone.
 */
#ifndef LINGTAN_CLI_COMMAND_H
#define LINGTAN_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include "lingtan/app/round.h"
#include "lingtan/app/session.h"
#include "lingtan/base/json.h"

/* One run of the program. Options are NULL or false where they were not given. */
struct invocation {
	enum lt_lang lang;
	bool lang_said; /* by --lang */
	bool json, readonly, dry_run, link, all;
	bool mouse, plain, no_color, no_unicode; /* of the screens */
	const char *rulesets, *profile, *park_type, *rung, *grade;
	const char *as, *role, *assessment;
	const char *park, *type, *code, *standard, *stage, *year, *place;
	const char *remark, *reason, *no_evidence, *source;
	const char *locator, *page, *table, *note, *slot, *sender, *kind, *version_of, *received;
	const char *head, *out;
	const char *key, *passphrase_file, *passphrase_fd;
	const char *status_list, *registry; /* of certificates */
	bool sign, specimen;
	bool standards, check; /* of inventory */
	const char *from, *reply_to, *round;
	bool overdue;
	const char *person, *tick, *until, *dated;
	bool carry, off;
	bool again, with_evidence;
	const char *accept, *reject; /* of patch; one a line */
	const char *prefer, *since; /* of merge, patch; of a revoked key */
	const char *conditions;
	const char *stop, *at, *to_site, *method, *dropped, *seed; /* of the visit and of samples */
	bool unfiled;
	const char *format, *date, *template_path, *only; /* of what leaves the project */
	bool final, draft, force, without_names;
	const char *item, *due, *owner, *cause, *correction, *purpose, *on, *state; /* of findings */
	struct round_score round_score; /* what `round` was */
	const char **words; /* owned: what is no option, without the command itself */
	int n_words;
	const char *name; /* of the command */
	const struct embedded_file *embedded;
	struct library library;
	struct workspace workspace;
	bool has_workspace;
	bool reads_many; /* project files, one after the other */
	struct session session; /* of the project at hand */
	bool has_session;
	struct progress {
		long begun_ms, drawn_ms;
		bool is_shown;
	} progress; /* of progress.h */
	FILE *notes;   /* where they go that are given on the file at hand */
	bool is_told;  /* and were given */
	bool is_trial; /* what --dry-run has it write is taken back */
	bool is_aside; /* it is the side file of a project that may not be written */
	struct lt_arena findings_arena;
	struct lt_findings findings;
	struct lt_err err;
};

struct command {
	const char *name;
	const char *arguments;
	struct label help;
	int least, most; /* words; -1 = any number */
	enum lt_status (*run)(struct invocation *in);
	bool dry_run; /* knows --dry-run */
	const char *example;
};

/* Where an option's value goes: a text, or a flag. */
struct option_row {
	const char *name, *argument; /* argument NULL: a flag */
	size_t to;                   /* in struct invocation */
	struct label help;           /* NULL: not shown */
};

/* One of two sentences, by language. */
static inline const char *say(const struct invocation *in, const char *zh, const char *en)
{
	return in->lang == LT_ZH ? zh : en;
}

static inline const char *label_text(const struct invocation *in, const struct label *label)
{
	return label_in(in->lang, label);
}

/* Prints text and spaces up to `width` columns; longer text stays whole. */
void print_padded(FILE *out, const char *text, int width);

/* Places shown where a number stands in a list; explain shows all twelve. */
#define PLACES_SHORT 4

/* A value for people, rounded for show: "76.28", "48.1~79.6", "12.5~", "not applicable", "none: no
 * threshold defined". */
const char *value_text(const struct invocation *in, const struct result *result, uint32_t slot,
		       int places, char *buf, size_t cap);

/* A number's ends with all their places: "76.28", "48.1~∞". */
const char *ends_text(const struct value *value, char *buf, size_t cap);

/* A grade for people; "open" names its bounds. */
const char *grade_text(const struct invocation *in, const struct result *result,
		       const struct plan_node *ladder, char *buf, size_t cap);
const char *grade_title(const struct invocation *in, const struct ruleset *ruleset,
			const char *grade);

/* By enum compare_is: "≥". */
extern const char *const compare_signs[];

/* Where a number is from: "有据"; nothing where that is not said. */
const char *origin_in_words(const struct invocation *in, enum origin origin);

/* What an item, quantity, parameter or node is called; "" for constants. */
const char *slot_title(const struct invocation *in, const struct plan *plan, uint32_t slot);

/* Findings on stderr (or where said): FILE:LINE:COLUMN: severity: text. */
void print_findings(const struct invocation *in, FILE *out);

/* "lingtan: text" on stderr, with what could disturb a terminal made visible. */
void print_failure(const struct invocation *in, const struct lt_err *err);

/* Text that an evaluator wrote, on one line: a line end in it is shown, not obeyed. */
void print_remark(const char *text);

/* The name of a file, which may hold any byte. */
void print_path(const char *path);
void json_path(struct lt_json *json, const char *key, const char *path);

/* Notes that a ruleset takes the place of a built-in one. */
void note_shadowing(const struct invocation *in, const struct library_entry *entry);

/* Writes the document to stdout and releases it. */
enum lt_status print_json(struct invocation *in, struct lt_json *json);

/* A text member, null where it is "" or NULL. */
void json_text(struct lt_json *json, const char *key, const char *text);
/* A member that is a list of texts. */
void json_list(struct lt_json *json, const char *key, const char *const *texts, unsigned n);

/* Rows of one kind, that are told one after the other. */
struct listing {
	const void *rows;
	size_t size; /* of a row */
	unsigned n;
	void (*json)(struct lt_json *json, const void *row);
	void (*print)(const struct invocation *in, const void *row);
};

/* As one JSON list, or a line each; where there is no row, the text says `none`. */
enum lt_status tell_listing(struct invocation *in, const struct listing *list, const char *none);

/* The number of a round as it was typed. LT_EUSAGE */
enum lt_status read_round(struct invocation *in, const char *word, unsigned *number);

/* Opens what a score is asked of: a sheet, or an assessment of a project on a rung. Close the
 * assessment in any case. */
enum lt_status open_subject(struct invocation *in, const char *path, struct assessment *assessment);

/* Refuses to write to `path` where --readonly was said; NULL = nothing is written. Errors:
 * LT_ESPACE. */
enum lt_status permit_writing(struct invocation *in, const char *path);

/* Of a command that knows --dry-run, for a verb that does not. LT_EUSAGE */
enum lt_status refuse_dry_run(struct invocation *in);

/* The project that a path names, in in->session; one at a time. For writing, --readonly and
 * --dry-run are refused, and what is opened is told where it is not what was expected. */
enum lt_status open_project(struct invocation *in, const char *path, enum project_mode mode);
/* The same, and the assessment that is meant. */
enum lt_status open_project_for(struct invocation *in, enum project_mode mode, const struct assessment_ref **ref);
/* The assessment that n items of the command are about, which are the words `first`, first + step and
 * so on; each is then called as the program calls it, whichever of its numbers was written. */
enum lt_status find_items(struct invocation *in, int first, int n, int step,
			  const struct assessment_ref **ref);
/* The same where the assessment is known; a word that is no item stays. */
enum lt_status name_items(struct invocation *in, int first, int n, int step,
			  const struct assessment_ref *ref);
/* --assessment, which may be missing, as the program calls it: for what is filtered by it. */
enum lt_status name_assessment_option(struct invocation *in);
/* The same of --item, which may be missing. */
enum lt_status name_item_option(struct invocation *in, const struct assessment_ref **ref);
/* Refuses evidence, the words from `first` on, of which no option says where in it; a file that is not
 * there is told before that. */
enum lt_status require_locator(struct invocation *in, int first);
/* The project to take what a person did from: with --readonly the side file where there is one. */
enum lt_status open_side(struct invocation *in, const char *path);
enum lt_status open_library(struct invocation *in);
enum lt_status open_workspace(struct invocation *in);
void close_project(struct invocation *in);
struct who who_asks(const struct invocation *in);

/* After a change: what is kept on this machine; trouble with it is a note. */
void remember_project(struct invocation *in);

/* What a change came to: one sentence with one %s, or JSON of project and head. */
enum lt_status tell_change(struct invocation *in, bool done, const char *zh, const char *en,
			   const char *what);

/* The rung to write on: --rung, else that of the role. */
enum lt_status rung_to_write(struct invocation *in, const char **rung);

extern const struct command commands[];
extern const unsigned n_commands;
extern const struct option_row option_rows[];
extern const unsigned n_option_rows;

enum lt_status command_doctor(struct invocation *in);
enum lt_status command_help(struct invocation *in);
enum lt_status command_completion(struct invocation *in);
enum lt_status command_manual(struct invocation *in);
enum lt_status command_standards(struct invocation *in);
enum lt_status command_standard(struct invocation *in);
enum lt_status command_check(struct invocation *in);
enum lt_status command_test(struct invocation *in);
enum lt_status command_score(struct invocation *in);
enum lt_status command_explain(struct invocation *in);
enum lt_status command_gap(struct invocation *in);

enum lt_status command_new(struct invocation *in);
enum lt_status command_add(struct invocation *in);
enum lt_status command_set(struct invocation *in);
enum lt_status command_quantity(struct invocation *in);
enum lt_status command_import(struct invocation *in);
enum lt_status command_attach(struct invocation *in);
enum lt_status command_evidence(struct invocation *in);
enum lt_status command_extract(struct invocation *in);
enum lt_status command_purge(struct invocation *in);
enum lt_status command_submit(struct invocation *in);
enum lt_status command_register(struct invocation *in);
enum lt_status command_certificate(struct invocation *in);
enum lt_status command_key(struct invocation *in);
enum lt_status command_rungs(struct invocation *in);
enum lt_status command_differences(struct invocation *in);
enum lt_status command_take(struct invocation *in);
enum lt_status command_see(struct invocation *in);
enum lt_status command_upgrade(struct invocation *in);
enum lt_status command_queue(struct invocation *in);
enum lt_status command_profile(struct invocation *in);
enum lt_status command_form(struct invocation *in);
enum lt_status command_show(struct invocation *in);
enum lt_status command_fill(struct invocation *in);
enum lt_status command_remove(struct invocation *in);
enum lt_status command_requests(struct invocation *in);
enum lt_status command_rounds(struct invocation *in);
enum lt_status command_return(struct invocation *in);
enum lt_status command_reopen(struct invocation *in);
enum lt_status command_remark(struct invocation *in);
enum lt_status command_remarks(struct invocation *in);
enum lt_status command_settle(struct invocation *in);
enum lt_status command_finding(struct invocation *in);
enum lt_status command_findings(struct invocation *in);
enum lt_status command_sign(struct invocation *in);
enum lt_status command_signatures(struct invocation *in);
enum lt_status command_ready(struct invocation *in);
enum lt_status command_decide(struct invocation *in);
enum lt_status command_decisions(struct invocation *in);
enum lt_status command_follow(struct invocation *in);
enum lt_status command_must(struct invocation *in);
enum lt_status command_cycle(struct invocation *in);
enum lt_status command_confirm(struct invocation *in);
enum lt_status command_assign(struct invocation *in);
enum lt_status command_owes(struct invocation *in);
enum lt_status command_patch(struct invocation *in);
enum lt_status command_diff(struct invocation *in);
enum lt_status command_merge(struct invocation *in);
enum lt_status command_log(struct invocation *in);
enum lt_status command_verify(struct invocation *in);
enum lt_status command_undo(struct invocation *in);
enum lt_status command_redo(struct invocation *in);
enum lt_status command_copy(struct invocation *in);
enum lt_status command_export(struct invocation *in);
enum lt_status command_paper(struct invocation *in);
enum lt_status command_rescue(struct invocation *in);

enum lt_status command_inventory(struct invocation *in);
enum lt_status inventory_standards(struct invocation *in);
enum lt_status inventory_findings(struct invocation *in);
enum lt_status command_conclusion(struct invocation *in);
enum lt_status command_line(struct invocation *in);
enum lt_status command_offset(struct invocation *in);
enum lt_status command_greencert(struct invocation *in);
enum lt_status command_meter(struct invocation *in);
enum lt_status command_calibration(struct invocation *in);
enum lt_status command_factors(struct invocation *in);

enum lt_status command_engagement(struct invocation *in);
enum lt_status command_team(struct invocation *in);
enum lt_status command_places(struct invocation *in);
enum lt_status command_sample(struct invocation *in);
enum lt_status command_plan(struct invocation *in);
enum lt_status command_stop(struct invocation *in);
enum lt_status command_document(struct invocation *in);
enum lt_status command_onsite(struct invocation *in);
enum lt_status command_inspections(struct invocation *in);
enum lt_status command_method(struct invocation *in);
enum lt_status command_interview(struct invocation *in);
enum lt_status command_note(struct invocation *in);
enum lt_status command_notes(struct invocation *in);
enum lt_status command_file(struct invocation *in);
enum lt_status command_photos(struct invocation *in);
enum lt_status command_coverage(struct invocation *in);

#endif
