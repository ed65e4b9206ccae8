/* field - what the words about the assessment as a job, and those about registers, share; for src/cli alone. */
#ifndef LINGTAN_CLI_FIELD_H
#define LINGTAN_CLI_FIELD_H

#include "command.h"

/* A list of ids, separated by commas, as a list of texts. */
void json_ids(struct lt_json *json, const char *key, const char *ids);

/* The ways of looking at an item, a bit each, as a list of their names. */
void json_methods(struct lt_json *json, const char *key, unsigned methods);

/* A text behind a blank, where there is one. */
void print_more(const char *text);

/* After a deed: it is on disk, or all was so already. */
enum lt_status tell_deed(struct invocation *in, bool done, const char *zh, const char *en,
			 const char *what);

/* Whether a word is FIELD=VALUE. */
bool is_field_word(const char *word);

/* show FILE FORM ROW, fill FILE FORM ROW FIELD=VALUE... with other words; from: the first of in->words
 * that is a field. */
enum lt_status show_form_row(struct invocation *in, const char *form, const char *row);
enum lt_status fill_form_row(struct invocation *in, const char *form, const char *row, int from);
enum lt_status remove_form_row(struct invocation *in, const char *form, const char *row);

/* What FILE [ROW [FIELD=VALUE...] | remove ROW] says of a form: all rows, one of them, filled in, taken out. */
enum lt_status use_form(struct invocation *in, const char *form);

/* The year in question: --year, else that of the last assessment; the project is open. */
enum lt_status field_year(struct invocation *in, const char **year);

#endif
