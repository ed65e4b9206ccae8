/* lingtan paper: the forms that people print, write on and sign. */
#include "lingtan/app/paper.h"

#include <string.h>
#include "certificate.h"
#include "command.h"

/* ---- which there are ---- */

static enum lt_status list_as_json(struct invocation *in, const struct paper_info *list, unsigned n)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_list(&json, NULL);
	for (unsigned i = 0; i < n; i++) {
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "id", list[i].id);
		lt_json_string(&json, "title", label_text(in, &list[i].title));
		lt_json_string(&json, "help", label_text(in, &list[i].help));
		lt_json_string(&json, "size", paper_size_names[list[i].size]);
		lt_json_string(&json, "each", list[i].each);
		lt_json_string(&json, "template", list[i].from);
		lt_json_bool(&json, "wrong", list[i].is_wrong);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	return print_json(in, &json);
}

static enum lt_status list_papers(struct invocation *in)
{
	struct paper_info *list;
	unsigned n;
	enum lt_status status = open_workspace(in);
	if (!status)
		status = paper_list(&in->workspace, templates_folder(in), &in->findings_arena,
				    &in->findings, &list, &n, &in->err);
	if (status)
		return status;
	if (in->json)
		return list_as_json(in, list, n);
	for (unsigned i = 0; i < n; i++) {
		print_padded(stdout, list[i].id, 15);
		print_padded(stdout, label_text(in, &list[i].title), 20);
		printf("%s%s%s\n", label_text(in, &list[i].help), list[i].from ? "  " : "",
		       list[i].is_wrong ? say(in, "（自己的模板有错，不能印）", "(your own template is wrong and cannot be printed)")
		       : list[i].from   ? say(in, "（自己的模板）", "(your own template)")
					: "");
	}
	return LT_OK;
}

/* ---- one of them ---- */

/* The assessment that is meant: where there are several, only a form that is of one asks which. */
static enum lt_status find_subject(struct invocation *in, const struct paper_template *template,
				   const struct assessment_ref **ref)
{
	const struct assessment_ref *all;
	unsigned n;
	enum lt_status status = session_assessments(&in->session, &all, &n, &in->err);
	*ref = NULL;
	if (status || (!n && !in->assessment) ||
	    (n > 1 && !in->assessment && !paper_is_of_assessment(template)))
		return status;
	return session_find_assessment(&in->session, in->assessment, NULL, ref, &in->findings,
				       &in->err);
}

static enum lt_status tell(struct invocation *in, const struct paper_wish *wish,
			   const struct exported *printed)
{
	struct lt_json json;
	if (!in->json) {
		printf(say(in, "%s：已写出 ", "%s, written: "), label_text(in, &wish->template->title));
		print_path(in->out);
		printf(say(in, "（%llu 字节）\n", " (%llu bytes)\n"), printed->size);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "paper", wish->template->id);
	json_path(&json, "file", in->out);
	lt_json_int(&json, "size", (long long)printed->size);
	lt_json_string(&json, "sha256", printed->sha256);
	lt_json_string(&json, "date", wish->date);
	lt_json_string(&json, "head", project_head(in->session.project));
	lt_json_close(&json);
	return print_json(in, &json);
}

enum lt_status command_paper(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct paper_template *template = NULL;
	struct paper_wish wish = { .lang = in->lang, .only = in->only, .year = in->year, .path = in->out, .replace = in->force };
	struct exported printed;
	if (in->n_words == 1 && strcmp(in->words[0], "list") == 0)
		return list_papers(in);
	if (in->n_words != 2)
		return lt_err_set(&in->err, LT_EUSAGE,
				  "用法：lingtan paper list，或 lingtan paper 表单 文件 -o 输出.pdf",
				  "usage: lingtan paper list, or lingtan paper FORM FILE -o OUT.pdf");
	if (!in->out)
		return lt_err_set(&in->err, LT_EUSAGE, "请用 -o 给出要写的文件",
				  "name the file to write with -o");
	enum lt_status status = day_of(in, &wish.date);
	if (!status)
		status = open_project(in, in->words[1], PROJECT_READ);
	if (!status)
		status = paper_find(&in->workspace, in->words[0], in->template_path,
				    templates_folder(in), &in->findings_arena, &in->findings,
				    &template, &in->err);
	if (!status)
		status = find_subject(in, template, &ref);
	wish.template = template;
	if (!status)
		status = session_print(&in->session, ref, &wish, &printed, &in->findings, &in->err);
	return status ? status : tell(in, &wish, &printed);
}
