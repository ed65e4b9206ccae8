/* Sign-off and decision: sign, signatures, decide, decisions. */
#include "lingtan/app/signoff.h"

#include <stdio.h>
#include "command.h"
#include "lingtan/app/record.h"

enum lt_status command_sign(struct invocation *in)
{
	const struct assessment_ref *ref;
	char hash[LT_SHA256_HEX];
	enum lt_status status = open_project_for(in, PROJECT_WRITE, &ref);
	if (!status)
		status = session_put_signature(&in->session, ref, hash, &in->findings, &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, true, "已签署，状态校验值 %s", "signed, of the state %s", hash);
}

static void json_step(struct lt_json *json, const struct sign_step *step)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "role", step->role->role);
	lt_json_string(json, "state", sign_state_names[step->state]);
	lt_json_string(json, "by", step->by);
	lt_json_string(json, "at", step->at);
	lt_json_string(json, "head", step->head);
	lt_json_string(json, "state_hash", step->state_hash);
	lt_json_string(json, "changed_table", step->changed_table);
	lt_json_string(json, "changed_key", step->changed_key);
	lt_json_string(json, "changed_by", step->changed_by);
	lt_json_string(json, "changed_at", step->changed_at);
	lt_json_close(json);
}

static void print_step(const struct invocation *in, const struct sign_step *step)
{
	print_padded(stdout, label_text(in, &step->role->title), 22);
	printf("%s", label_text(in, &sign_state_titles[step->state]));
	if (step->by) {
		printf("  ");
		print_remark(step->by);
		printf("  %.16s  %.12s", step->at, step->state_hash);
	}
	printf("\n");
	if (!step->changed_key)
		return;
	printf("%s", say(in, "    之后改动：", "    changed since: "));
	print_remark(step->changed_key);
	if (step->changed_by) {
		printf("  ");
		print_remark(step->changed_by);
		printf("  %.16s", step->changed_at);
	}
	printf("\n");
}

enum lt_status command_signatures(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct sign_step *steps = NULL;
	struct lt_json json;
	unsigned n = 0;
	enum lt_status status = open_project_for(in, PROJECT_READ, &ref);
	if (!status)
		status = session_sign_steps(&in->session, ref, &steps, &n, &in->findings, &in->err);
	if (status)
		return status;
	if (!in->json) {
		for (unsigned i = 0; i < n; i++)
			print_step(in, &steps[i]);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "assessment", ref->name);
	lt_json_open_list(&json, "steps");
	for (unsigned i = 0; i < n; i++)
		json_step(&json, &steps[i]);
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

/* ---- decisions ---- */

enum lt_status command_decide(struct invocation *in)
{
	const struct assessment_ref *ref;
	unsigned number = 0;
	char text[16];
	enum lt_status status = open_project_for(in, PROJECT_WRITE, &ref);
	if (!status)
		status = session_decide(&in->session, ref, in->words[1], in->conditions, &number,
					&in->findings, &in->err);
	if (status)
		return status;
	remember_project(in);
	snprintf(text, sizeof(text), "%u", number);
	return tell_change(in, true, "第 %s 号决定已记下", "decision %s written down", text);
}

static void print_decision(const struct invocation *in, const struct form *form,
			   const struct decision_info *at)
{
	printf("%u  ", at->number);
	print_remark(form_choice_text(form, "outcome", at->outcome, in->lang));
	printf("  ");
	print_remark(at->by);
	printf("  %.16s  %.12s%s\n    ", at->at, at->state_hash,
	       at->holds ? "" : say(in, "  之后有改动", "  changed since"));
	print_remark(at->reason);
	printf("\n");
	if (!at->conditions[0])
		return;
	printf("%s", say(in, "    条件：", "    conditions: "));
	print_remark(at->conditions);
	printf("\n");
}

enum lt_status command_decisions(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct decision_info *list = NULL;
	const struct form *form;
	struct lt_json json;
	unsigned n = 0;
	enum lt_status status = open_project_for(in, PROJECT_READ, &ref);
	if (!status)
		status = session_decisions(&in->session, ref, &list, &n, &in->err);
	if (!status)
		status = record_form(&in->workspace, "decision", &in->findings, &form, &in->err);
	if (status)
		return status;
	if (!in->json) {
		for (unsigned i = 0; i < n; i++)
			print_decision(in, form, &list[i]);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "assessment", ref->name);
	lt_json_open_list(&json, "decisions");
	for (unsigned i = 0; i < n; i++) {
		lt_json_open_object(&json, NULL);
		lt_json_int(&json, "number", list[i].number);
		lt_json_string(&json, "outcome", list[i].outcome);
		lt_json_string(&json, "reason", list[i].reason);
		json_text(&json, "conditions", list[i].conditions);
		lt_json_string(&json, "by", list[i].by);
		lt_json_string(&json, "at", list[i].at);
		lt_json_string(&json, "head", list[i].head);
		lt_json_string(&json, "state_hash", list[i].state_hash);
		lt_json_bool(&json, "holds", list[i].holds);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}
