#include "field.h"

#include <stdlib.h>
#include <string.h>
#include "lingtan/base/ids.h"
#include "lingtan/app/engagement.h"

void json_ids(struct lt_json *json, const char *key, const char *ids)
{
	const char *one;
	size_t len;
	lt_json_open_list(json, key);
	while (lt_ids_next(&ids, &one, &len)) {
		char *id = strndup(one, len);
		if (id)
			lt_json_string(json, NULL, id);
		else
			json->failed = true;
		free(id);
	}
	lt_json_close(json);
}

void json_methods(struct lt_json *json, const char *key, unsigned methods)
{
	lt_json_open_list(json, key);
	for (unsigned m = 0; m < N_METHODS; m++)
		if (methods >> m & 1)
			lt_json_string(json, NULL, item_method_names[m]);
	lt_json_close(json);
}

void print_more(const char *text)
{
	if (!text || !text[0])
		return;
	printf("  ");
	print_remark(text);
}

enum lt_status tell_deed(struct invocation *in, bool done, const char *zh, const char *en,
			 const char *what)
{
	if (!done)
		return tell_change(in, false, "%s 本来就是这样，没有改动", "%s is so already", what);
	remember_project(in);
	return tell_change(in, true, zh, en, what);
}

bool is_field_word(const char *word)
{
	const char *equals = strchr(word, '=');
	return equals && equals > word;
}

/* Runs another command of the table with other words. */
static enum lt_status with_words(struct invocation *in, const char *form, const char *row, int from,
				 enum lt_status (*run)(struct invocation *in))
{
	const char **words = calloc((size_t)in->n_words + 4, sizeof(*words));
	const char **given = in->words;
	const int n_given = in->n_words;
	int n = 0;
	if (!words)
		return lt_err_memory(&in->err);
	words[n++] = given[0];
	words[n++] = form;
	if (row)
		words[n++] = row;
	for (int i = from; i < n_given; i++)
		words[n++] = given[i];
	in->words = words;
	in->n_words = n;
	enum lt_status status = run(in);
	in->words = given;
	in->n_words = n_given;
	free(words);
	return status;
}

enum lt_status show_form_row(struct invocation *in, const char *form, const char *row)
{
	return with_words(in, form, row, in->n_words, command_show);
}

enum lt_status fill_form_row(struct invocation *in, const char *form, const char *row, int from)
{
	return with_words(in, form, row, from, command_fill);
}

enum lt_status remove_form_row(struct invocation *in, const char *form, const char *row)
{
	return with_words(in, form, row, in->n_words, command_remove);
}

enum lt_status use_form(struct invocation *in, const char *form)
{
	if (in->n_words == 3 && strcmp(in->words[1], "remove") == 0)
		return remove_form_row(in, form, in->words[2]);
	if (in->n_words > 2)
		return fill_form_row(in, form, in->words[1], 2);
	return show_form_row(in, form, in->n_words > 1 ? in->words[1] : NULL);
}

enum lt_status field_year(struct invocation *in, const char **year)
{
	enum lt_status status = session_engagement_year(&in->session, in->year, year, &in->err);
	if (status)
		return status;
	/* it outlives the session, which a form opens anew */
	*year = lt_arena_strndup(&in->findings_arena, *year, strlen(*year));
	return *year ? LT_OK : lt_err_memory(&in->err);
}
