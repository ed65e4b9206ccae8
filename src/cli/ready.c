/* Whether an assessment may leave the file: ready. */
#include "lingtan/app/ready.h"

#include <stdio.h>
#include "command.h"

static void json_finding(struct lt_json *json, const struct ready_finding *at)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", at->id);
	lt_json_string(json, "check", at->check->check);
	lt_json_string(json, "severity", ready_severity_names[at->check->severity]);
	json_text(json, "what", at->what);
	lt_json_open_object(json, "text");
	lt_json_string(json, "zh", at->text[LT_ZH]);
	lt_json_string(json, "en", at->text[LT_EN]);
	lt_json_close(json);
	lt_json_open_object(json, "jump");
	lt_json_string(json, "to", ready_jump_names[at->check->jump]);
	json_text(json, "id", at->target);
	lt_json_string(json, "field", at->check->field);
	lt_json_close(json);
	lt_json_string(json, "ticked_by", at->ticked_by);
	lt_json_string(json, "ticked_at", at->ticked_at);
	lt_json_close(json);
}

static enum lt_status ready_as_json(struct invocation *in, const struct assessment_ref *ref,
				    const struct ready *ready)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "assessment", ref->name);
	lt_json_bool(&json, "ready", ready->is_ready);
	lt_json_string(&json, "rung", rung_names[ready->rung]);
	lt_json_string(&json, "grade", ready->grade);
	lt_json_int(&json, "errors", ready->n_errors);
	lt_json_int(&json, "warnings", ready->n_warnings);
	lt_json_int(&json, "unticked", ready->n_unticked);
	lt_json_int(&json, "notes", ready->n_notes);
	lt_json_open_list(&json, "findings");
	for (unsigned i = 0; i < ready->n_findings; i++)
		json_finding(&json, &ready->findings[i]);
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

static void print_finding(const struct invocation *in, const struct ready_finding *at)
{
	static const struct label words[N_READY_SEVERITIES] = {
		[READY_ERROR] = { "阻止", "blocks" },
		[READY_WARNING] = { "须确认", "confirm" },
		[READY_NOTE] = { "提示", "note" },
	};
	print_padded(stdout, at->ticked_by ? say(in, "已确认", "confirmed")
					   : label_text(in, &words[at->check->severity]),
		     11);
	print_remark(at->text[in->lang]);
	/* what is ticked goes by its id */
	const bool is_ticked = at->check->severity == READY_WARNING;
	printf("  [");
	print_remark(is_ticked ? at->id : label_text(in, &at->check->title));
	printf("]");
	if (at->ticked_by) {
		printf("  ");
		print_remark(at->ticked_by);
		printf(" %.10s", at->ticked_at);
	}
	printf("\n");
}

static void print_ready(const struct invocation *in, const struct ready *ready)
{
	for (unsigned i = 0; i < ready->n_findings; i++)
		print_finding(in, &ready->findings[i]);
	if (ready->is_ready)
		printf("%s\n", say(in, "可以出证", "ready"));
	else
		printf(say(in, "阻止 %u 处，还须确认 %u 处（--tick 方括号里的编号）\n",
			   "%u block; %u to confirm (--tick with what stands in brackets)\n"),
		       ready->n_errors, ready->n_unticked);
}

static enum lt_status tick(struct invocation *in, const struct assessment_ref *ref)
{
	bool done = false;
	enum lt_status status = session_tick(&in->session, ref, in->tick, in->on, &done,
					     &in->findings, &in->err);
	if (status)
		return status;
	if (!done)
		return tell_change(in, false, "%s 已确认过", "%s is confirmed already", in->tick);
	remember_project(in);
	return tell_change(in, true, "已确认 %s", "%s confirmed", in->tick);
}

enum lt_status command_ready(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct ready ready = { 0 };
	enum lt_status status = open_project_for(in, in->tick ? PROJECT_WRITE : PROJECT_READ, &ref);
	if (!status && in->tick)
		return tick(in, ref);
	if (!status)
		status = session_ready(&in->session, ref, in->on, &ready, &in->findings, &in->err);
	if (status)
		return status;
	if (in->json)
		status = ready_as_json(in, ref, &ready);
	else
		print_ready(in, &ready);
	return status ? status : ready.n_errors ? LT_NO : LT_OK;
}
