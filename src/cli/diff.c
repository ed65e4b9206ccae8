/* lingtan diff: what is not the same in two states of a project, or of two. */
#include <string.h>
#include "command.h"
#include "lingtan/app/diff.h"
#include "lingtan/base/file.h"
#include "log.h"

/* FILE, FILE@WORDS, or @WORDS: of the file before. The shortest beginning that is a file counts, so
 * that a name may have an @ in it. */
static enum lt_status split(struct invocation *in, const char *word, const char *before,
			    const char **path, struct diff_spec *spec)
{
	const char *at = strchr(word, '@');
	*path = word;
	if (word[0] == '@' && before) {
		*path = before;
		return diff_spec_parse(word + 1, &in->findings_arena, spec, &in->err);
	}
	*spec = (struct diff_spec){ 0 };
	for (; at; at = strchr(at + 1, '@')) {
		const char *file = lt_arena_strndup(&in->findings_arena, word, (size_t)(at - word));
		if (!file)
			return lt_err_memory(&in->err);
		if (lt_is_file(word) || !lt_is_file(file))
			continue;
		*path = file;
		return diff_spec_parse(at + 1, &in->findings_arena, spec, &in->err);
	}
	return LT_OK;
}

static void json_total(struct lt_json *json, const char *name, const struct diff_side *side)
{
	lt_json_open_object(json, name);
	lt_json_string(json, "assessment", side->assessment);
	lt_json_string(json, "rung", side->rung);
	lt_json_string(json, "low", side->total.low);
	lt_json_string(json, "high", side->total.high);
	lt_json_string(json, "grade", side->total.grade);
	lt_json_close(json);
}

static enum lt_status as_json(struct invocation *in, const struct diff *diff)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_open_list(&json, "changes");
	for (unsigned i = 0; i < diff->n; i++) {
		const struct diff_change *change = &diff->at[i];
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "table", change->table);
		lt_json_string(&json, "key", change->key);
		lt_json_string(&json, "group", change->group);
		json_value(&json, "a", &change->a);
		json_value(&json, "b", &change->b);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	json_total(&json, "a", &diff->a);
	json_total(&json, "b", &diff->b);
	lt_json_close(&json);
	return print_json(in, &json);
}

static void print_total(const struct invocation *in, const char *name, const struct diff_side *side)
{
	const enum rung rung = side->rung ? rung_find(side->rung) : N_RUNGS;
	const struct assessment_total *total = &side->total;
	if (!side->assessment)
		return;
	printf("%s  ", name);
	print_text(side->assessment);
	printf("  %s  %s", rung < N_RUNGS ? label_text(in, &rung_titles[rung]) : "",
	       total->low ? total->low : "-∞");
	if (!total->low || !total->high || strcmp(total->low, total->high) != 0)
		printf("~%s", total->high ? total->high : "∞");
	printf("\n");
}

/* A person's words, as the log has them. */
static enum lt_status in_words(struct invocation *in, const struct diff *diff)
{
	struct change *changes = lt_arena_alloc(&in->session.arena, diff->n + 1, sizeof(*changes));
	if (!changes)
		return lt_err_memory(&in->err);
	for (unsigned i = 0; i < diff->n; i++) {
		const struct diff_change *at = &diff->at[i];
		changes[i] = (struct change){ at->table, at->key, at->group, at->a, at->b, NULL };
	}
	if (!diff->n)
		printf("%s\n", say(in, "没有不同", "no difference"));
	const enum lt_status status = print_changes(in, changes, diff->n, 0);
	print_total(in, "A", &diff->a);
	print_total(in, "B", &diff->b);
	return status;
}

static enum lt_status compare(struct invocation *in, struct session *second,
			      const struct diff_spec specs[2])
{
	struct diff diff;
	enum lt_status status = diff_make(&in->session, &specs[0], second, &specs[1], &diff,
					  &in->findings, &in->err);
	if (status)
		return status;
	if (in->json)
		return as_json(in, &diff);
	return in_words(in, &diff);
}

enum lt_status command_diff(struct invocation *in)
{
	const char *paths[2];
	struct diff_spec specs[2];
	struct session second = { 0 };
	const struct who who = who_asks(in);
	enum lt_status status = split(in, in->words[0], NULL, &paths[0], &specs[0]);
	if (!status)
		status = split(in, in->words[1], paths[0], &paths[1], &specs[1]);
	if (!status)
		status = open_project(in, paths[0], PROJECT_READ);
	if (status)
		return status;
	status = session_open(&second, &in->workspace, paths[1], PROJECT_LOOK, &who, &in->err);
	if (!status)
		status = session_trust(&second, TRUSTED_UNSEEN, false, &in->err);
	if (!status)
		status = compare(in, &second, specs);
	session_close(&second);
	return status;
}
