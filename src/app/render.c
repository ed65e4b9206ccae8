#include "render.h"

#include <string.h>
#include "lingtan/base/text.h"
#include "lingtan/store/project.h"

#define VARIABLE "LINGTAN_RENDER"

/* Which helper program knows a word (src/helper). */
static const struct {
	const char *word, *program;
} programs[] = {
	{ "inspect", "lingtan-inspect" },    { "inspect-each", "lingtan-inspect" },
	{ "strip", "lingtan-inspect" },
	{ "preview", "lingtan-preview" },    { "rows", "lingtan-workbook" },
	{ "xlsx", "lingtan-book" },	     { "docx", "lingtan-word" },
	{ "certificate", "lingtan-render" }, { "fonts", "lingtan-render" },
	{ "html", "lingtan-render" },        { "index", "lingtan-render" },
	{ "pdf", "lingtan-render" },
};

/* It has ten seconds of computing time; a machine busy with other things may need longer for that.
 */
#define TIMEOUT_MS 30000u
/* Many drawings at once, on such a machine. */
#define CONVERSE_MS 120000u

static const char *program_of(const char *word)
{
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		if (strcmp(programs[i].word, word) == 0)
			return programs[i].program;
	return "lingtan-render";
}

enum lt_status render_find_all(struct lt_err *err)
{
	char path[4096];
	enum lt_status status = LT_OK;
	for (size_t i = 0; !status && i < sizeof(programs) / sizeof(programs[0]); i++)
		status = lt_child_find(programs[i].program, VARIABLE, path, sizeof(path), err);
	return status;
}

/* One of the lines on its standard error, as text that can be shown. */
static void take_line(const char *text, size_t len, char out[LT_ERR_TEXT])
{
	lt_text_visible(text, len, out, LT_ERR_TEXT);
}

static enum lt_status refuse(const struct lt_child_result *result, struct lt_err *err)
{
	char zh[LT_ERR_TEXT], en[LT_ERR_TEXT];
	const size_t first = strcspn(result->complaint, "\n");
	const char *second = result->complaint + first + (result->complaint[first] == '\n');
	take_line(result->complaint, first, zh);
	take_line(second, strcspn(second, "\n"), en);
	if (result->exit_code == LT_ESPACE)
		return lt_err_memory(err);
	if (!zh[0] || !en[0])
		return lt_err_set(err, LT_EFILE, "读不了这个文件（%d）", "it cannot be read (%d)",
				  result->exit_code);
	lt_err_set(err, LT_EFILE, "%s", "%s", zh);
	if (err->status == LT_EFILE)
		memcpy(err->text[LT_EN], en, sizeof(en));
	return LT_EFILE;
}

static enum lt_status start(const char *word, struct lt_child_job *job, struct lt_child **child,
			    struct lt_err *err)
{
	char path[4096];
	const char *words[] = { path, word, NULL };
	*child = NULL;
	job->argv = words;
	enum lt_status status =
		lt_child_find(program_of(word), VARIABLE, path, sizeof(path), err);
	return status ? status : lt_child_start(job, child, err);
}

static enum lt_status run(const char *word, struct lt_child_job *job,
			  struct lt_child_result *result, struct lt_err *err)
{
	struct lt_child *child;
	*result = (struct lt_child_result){ 0 };
	enum lt_status status = start(word, job, &child, err);
	return status ? status : render_finish(child, result, err);
}

enum lt_status render_start(const char *word, int fd, size_t most_output, struct lt_child **child,
			    struct lt_err *err)
{
	struct lt_child_job job = {
		.input = fd, .most_output = most_output, .timeout_ms = TIMEOUT_MS
	};
	return start(word, &job, child, err);
}

struct lt_standby *render_stand_by(const char *word)
{
	char path[4096];
	const char *const words[] = { path, word, NULL };
	struct lt_err err = LT_ERR_INIT;
	return lt_child_find(program_of(word), VARIABLE, path, sizeof(path), &err)
		       ? NULL
		       : lt_standby_start(words);
}

struct lt_look *render_look(struct lt_standby *standby, int fd)
{
	return lt_standby_look(standby, fd, TIMEOUT_MS);
}

enum lt_status render_finish(struct lt_child *child, struct lt_child_result *result,
			     struct lt_err *err)
{
	const enum lt_status status = lt_child_finish(child, result, err);
	if (status)
		return status;
	return result->exit_code ? refuse(result, err) : LT_OK;
}

enum lt_status render_run(const char *word, int fd, size_t most_output,
			  struct lt_child_result *result, struct lt_err *err)
{
	return render_run_within(word, fd, most_output, TIMEOUT_MS, result, err);
}

static bool may_go_on(void *context)
{
	return project_may_go_on(context);
}

enum lt_status render_watched(const char *word, int fd, size_t most_output,
			      struct project *watched, struct lt_child_result *result,
			      struct lt_err *err)
{
	struct lt_child_job job = { .input = fd,
				    .most_output = most_output,
				    .timeout_ms = TIMEOUT_MS,
				    .watch = watched ? may_go_on : NULL,
				    .watch_context = watched };
	return run(word, &job, result, err);
}

enum lt_status render_run_within(const char *word, int fd, size_t most_output, unsigned timeout_ms,
				 struct lt_child_result *result, struct lt_err *err)
{
	struct lt_child_job job = {
		.input = fd, .most_output = most_output, .timeout_ms = timeout_ms
	};
	return run(word, &job, result, err);
}

enum lt_status render_converse(const char *word, int fd, size_t most_output, render_reply reply,
			       void *context, struct project *watched,
			       struct lt_child_result *result, struct lt_err *err)
{
	struct lt_child_job job = { .input = fd,
				    .most_output = most_output,
				    .timeout_ms = CONVERSE_MS,
				    .reply = reply,
				    .context = context,
				    .watch = watched ? may_go_on : NULL,
				    .watch_context = watched };
	return run(word, &job, result, err);
}
