/*
 * command - what the commands share: the invocation, languages, columns of text, findings; for
 * src/cli alone.
 */
#ifndef LINGTAN_CLI_COMMAND_H
#define LINGTAN_CLI_COMMAND_H

#include <stdbool.h>
#include <stdio.h>
#include "lingtan/app/assessment.h"
#include "lingtan/base/json.h"

#define MAX_WORDS 64

struct invocation {
	enum lt_lang lang;
	bool json;
	const char *rulesets, *profile, *park_type, *rung, *grade; /* options, NULL = not given */
	const char *words[MAX_WORDS]; /* what is no option, without the command itself */
	int n_words;
	struct library library;
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
};

/* One of two sentences, by language. */
static inline const char *say(const struct invocation *in, const char *zh, const char *en)
{
	return in->lang == LT_ZH ? zh : en;
}

static inline const char *label_text(const struct invocation *in, const struct label *label)
{
	const char *text = in->lang == LT_ZH ? label->zh : label->en;
	return text ? text : "";
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

/* What an item, quantity, parameter or node is called; "" for constants. */
const char *slot_title(const struct invocation *in, const struct plan *plan, uint32_t slot);

/* Findings on stderr (or where said): FILE:LINE:COLUMN: severity: text. */
void print_findings(const struct invocation *in, FILE *out);

/* "lingtan: text" on stderr, with what could disturb a terminal made visible. */
void print_failure(const struct invocation *in, const struct lt_err *err);

/* Text that an evaluator wrote, on one line: a line end in it is shown, not obeyed. */
void print_remark(const char *text);

/* Says on stderr that a ruleset takes the place of a built-in one. */
void note_shadowing(const struct invocation *in, const struct library_entry *entry);

/* Writes the document to stdout and releases it. */
enum lt_status print_json(struct invocation *in, struct lt_json *json);

/* Opens the sheet that the first word names. */
enum lt_status open_sheet(struct invocation *in, struct assessment *assessment);

/* The ladder that gives the grade, or NULL. */
const struct plan_node *find_ladder(const struct plan *plan);

enum lt_status command_standards(struct invocation *in);
enum lt_status command_standard(struct invocation *in);
enum lt_status command_check(struct invocation *in);
enum lt_status command_test(struct invocation *in);
enum lt_status command_score(struct invocation *in);
enum lt_status command_explain(struct invocation *in);
enum lt_status command_gap(struct invocation *in);

#endif
