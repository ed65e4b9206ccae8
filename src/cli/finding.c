/* Findings: finding add|attach|answer|object|rule|verify|edit|withdraw, findings. */
#include "lingtan/app/finding.h"

#include <stdio.h>
#include <string.h>
#include "command.h"
#include "lingtan/app/record.h"
#include "lingtan/base/file.h"

/* ---- deeds; words[0] is the project, words[1] the verb ---- */

static enum lt_status tell_finding(struct invocation *in, const char *number)
{
	remember_project(in);
	return tell_change(in, true, "%s 已记下", "%s written down", number);
}

static enum lt_status add_finding(struct invocation *in)
{
	const struct assessment_ref *ref;
	const char *number = "";
	enum lt_status status = name_item_option(in, &ref);
	const struct new_finding wish = { .grade = finding_grade_find(in->words[2]),
					  .fact = in->words[3],
					  .item = in->item,
					  .place = in->place,
					  .due = in->due,
					  .owner = in->owner };
	if (!status)
		status = session_add_finding(&in->session, ref, &wish, &number, &in->findings,
					     &in->err);
	return status ? status : tell_finding(in, number);
}

static enum lt_status attach_to_finding(struct invocation *in)
{
	const char *purpose = in->purpose;
	if (!purpose)
		purpose = strcmp(in->session.role, "park") == 0 ? "closing" : "fact";
	if (strcmp(purpose, "fact") != 0 && strcmp(purpose, "closing") != 0)
		return lt_err_set(&in->err, LT_EUSAGE, "--purpose 只有 fact 和 closing",
				  "--purpose is fact or closing");
	return session_tie_finding(&in->session, in->words[2], in->words[3],
				   in->locator ? in->locator : "", strcmp(purpose, "closing") == 0,
				   &in->findings, &in->err);
}

static enum lt_status answer_finding(struct invocation *in)
{
	const struct finding_answer wish = { .cause = in->cause,
					     .correction = in->correction,
					     .answer = in->n_words > 3 ? in->words[3] : NULL };
	bool done;
	return session_answer_finding(&in->session, in->words[2], &wish, &done, &in->err);
}

static enum lt_status object_to_finding(struct invocation *in)
{
	return session_object_to_finding(&in->session, in->words[2], in->words[3], &in->err);
}

static enum lt_status rule_on_finding(struct invocation *in)
{
	return session_rule_on_finding(&in->session, in->words[2], in->words[3], in->words[4],
				       &in->err);
}

static enum lt_status verify_finding(struct invocation *in)
{
	return session_verify_finding(&in->session, in->words[2], in->words[3],
				      in->n_words > 4 ? in->words[4] : "", in->on, &in->err);
}

static enum lt_status edit_finding(struct invocation *in)
{
	const struct finding_edit wish = { .grade = in->grade,
					   .due = in->due,
					   .owner = in->owner };
	bool done;
	if (!in->grade && !in->due && !in->owner)
		return lt_err_set(&in->err, LT_EUSAGE, "请给出 --grade、--due 或 --owner",
				  "--grade, --due or --owner is needed");
	return session_edit_finding(&in->session, in->words[2], &wish, &done, &in->err);
}

static enum lt_status withdraw_finding(struct invocation *in)
{
	return session_withdraw_finding(&in->session, in->words[2], in->words[3], &in->err);
}

/* least and most count the verb and the project too. */
static const struct verb {
	const char *verb, *arguments;
	int least, most;
	enum lt_status (*run)(struct invocation *in);
} verbs[] = {
	{ "add", "FILE GRADE FACT --item ITEM|--place PLACE [--due DATE] [--owner NAME]", 4, 4,
	  add_finding },
	{ "attach", "FILE FINDING EVIDENCE|PATH [--locator TEXT] [--purpose fact|closing]", 4, 4,
	  attach_to_finding },
	{ "answer", "FILE FINDING [TEXT] [--cause TEXT] [--correction TEXT]", 3, 4,
	  answer_finding },
	{ "object", "FILE FINDING TEXT", 4, 4, object_to_finding },
	{ "rule", "FILE FINDING upheld|rejected TEXT", 5, 5, rule_on_finding },
	{ "verify", "FILE FINDING accepted|rejected [TEXT] [--on DATE]", 4, 5, verify_finding },
	{ "edit", "FILE FINDING [--grade GRADE --reason TEXT] [--due DATE] [--owner NAME]", 3, 3,
	  edit_finding },
	{ "withdraw", "FILE FINDING TEXT", 4, 4, withdraw_finding },
};

#define N_VERBS (sizeof(verbs) / sizeof(verbs[0]))

static enum lt_status refuse_verb(struct invocation *in)
{
	char names[200] = "";
	for (size_t i = 0; i < N_VERBS; i++) {
		strncat(names, i ? " " : "", sizeof(names) - strlen(names) - 1);
		strncat(names, verbs[i].verb, sizeof(names) - strlen(names) - 1);
	}
	return lt_err_set(&in->err, LT_EUSAGE, "finding 之后没有“%s”；有 %s",
			  "finding has no '%s'; it has %s", in->words[1], names);
}

enum lt_status command_finding(struct invocation *in)
{
	const struct verb *verb = NULL;
	/* typed as "finding add FILE"; the journal keeps no path of the project */
	const char *const first = in->words[0];
	in->words[0] = in->words[1];
	in->words[1] = first;
	for (size_t i = 0; i < N_VERBS; i++)
		if (strcmp(verbs[i].verb, in->words[1]) == 0)
			verb = &verbs[i];
	if (!verb)
		return refuse_verb(in);
	if (in->n_words < verb->least || in->n_words > verb->most)
		return lt_err_set(&in->err, LT_EUSAGE, "用法：lingtan finding %s %s",
				  "usage: lingtan finding %s %s", verb->verb, verb->arguments);
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = verb->run(in);
	return status || verb->run == add_finding ? status : tell_finding(in, in->words[2]);
}

/* ---- findings ---- */

static void json_finding(struct lt_json *json, const struct finding_info *at)
{
	const char *const texts[][2] = {
		{ "number", at->number },
		{ "id", at->id },
		{ "grade", finding_grade_names[at->grade] },
		{ "grade_before", at->grade_before },
		{ "state", finding_state_names[at->state] },
		{ "assessment", at->assessment },
		{ "item", at->item },
		{ "place", at->place },
		{ "fact", at->fact },
		{ "fact_by", at->fact_by },
		{ "fact_at", at->fact_at },
		{ "due", at->due },
		{ "owner", at->owner },
		{ "cause", at->cause },
		{ "correction", at->correction },
		{ "answer", at->answer },
		{ "answer_by", at->answer_by },
		{ "answer_at", at->answer_at },
		{ "objection", at->objection },
		{ "objection_by", at->objection_by },
		{ "ruling", at->ruling },
		{ "ruling_text", at->ruling_text },
		{ "ruling_by", at->ruling_by },
		{ "verification", at->verification },
		{ "verification_text", at->verification_text },
		{ "verification_on", at->verification_on },
		{ "verification_by", at->verification_by },
		{ "withdrawn", at->withdrawn },
		{ "withdrawn_by", at->withdrawn_by },
	};
	lt_json_open_object(json, NULL);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		lt_json_string(json, texts[i][0], texts[i][1][0] ? texts[i][1] : NULL);
	lt_json_bool(json, "overdue", at->is_overdue);
	lt_json_bool(json, "blocks", finding_blocks(at));
	lt_json_open_list(json, "evidence");
	for (unsigned i = 0; i < at->n_evidence; i++) {
		const struct finding_evidence *evidence = &at->evidence[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "name", evidence->name);
		lt_json_string(json, "sha256", evidence->sha256);
		json_text(json, "locator", evidence->locator);
		lt_json_string(json, "purpose", evidence->is_closing ? "closing" : "fact");
		lt_json_bool(json, "purged", evidence->is_purged);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_close(json);
}

/* What came of it, before the words; either may be "". */
static void print_outcome(const struct invocation *in, const char *zh, const char *en,
			  const char *outcome, const char *text, const char *by)
{
	if (!outcome[0] && !text[0])
		return;
	printf("    %s%s", say(in, zh, en), say(in, "：", ": "));
	print_remark(outcome);
	if (outcome[0] && text[0])
		printf("%s", say(in, "，", ", "));
	print_remark(text);
	if (by[0]) {
		printf("  ");
		print_remark(by);
	}
	printf("\n");
}

static void print_line(const struct invocation *in, const char *zh, const char *en,
		       const char *text, const char *by)
{
	print_outcome(in, zh, en, "", text, by);
}

static void print_finding(const struct invocation *in, const struct form *form,
			  const struct finding_info *at)
{
	print_remark(at->number);
	printf("  %s  %s%s  ", label_text(in, &finding_grade_titles[at->grade]),
	       label_text(in, &finding_state_titles[at->state]),
	       at->is_overdue ? say(in, "（逾期）", " (overdue)") : "");
	print_remark(at->item[0] ? at->item : at->place);
	if (at->due[0])
		printf(say(in, "  期限 %s", "  due %s"), at->due);
	printf("\n");
	print_line(in, "事实", "fact", at->fact, at->fact_by);
	print_line(in, "原因", "cause", at->cause, "");
	print_line(in, "纠正", "correction", at->correction, "");
	print_line(in, "答复", "answer", at->answer, at->answer_by);
	print_line(in, "异议", "objection", at->objection, at->objection_by);
	print_outcome(in, "异议处理", "ruling",
		      form_choice_text(form, "ruling", at->ruling, in->lang), at->ruling_text,
		      at->ruling_by);
	for (unsigned i = 0; i < at->n_evidence; i++)
		print_line(in, at->evidence[i].is_closing ? "关闭佐证" : "事实佐证",
			   at->evidence[i].is_closing ? "closing evidence" : "evidence",
			   at->evidence[i].name, at->evidence[i].locator);
	print_outcome(in, "验证", "verification",
		      form_choice_text(form, "verification", at->verification, in->lang),
		      at->verification_text, at->verification_by);
	print_line(in, "撤回", "withdrawn", at->withdrawn, at->withdrawn_by);
}

static enum lt_status filter_of(struct invocation *in, struct finding_filter *filter)
{
	enum lt_status status = name_assessment_option(in);
	if (!status && in->item)
		status = session_name_filter(&in->session, in->assessment, &in->item,
					     &in->findings, &in->err);
	if (status)
		return status;
	*filter = (struct finding_filter){ .assessment = in->assessment,
					   .item = in->item,
					   .owner = in->owner,
					   .grade = N_FINDING_GRADES,
					   .state = N_FINDING_STATES,
					   .overdue = in->overdue,
					   .on = in->on };
	if (in->grade)
		filter->grade = finding_grade_find(in->grade);
	if (in->state)
		filter->state = finding_state_find(in->state);
	if (in->grade && filter->grade == N_FINDING_GRADES)
		return lt_err_set(&in->err, LT_EUSAGE,
				  "--grade 有 major、minor、observation、clarification",
				  "--grade is major, minor, observation or clarification");
	if (in->state && filter->state == N_FINDING_STATES)
		return lt_err_set(&in->err, LT_EUSAGE,
				  "--state 有 open、answered、closed、withdrawn",
				  "--state is open, answered, closed or withdrawn");
	return LT_OK;
}

static enum lt_status write_plan(struct invocation *in, const struct form *form,
				 const struct finding_info *list, unsigned n)
{
	const size_t len = strlen(in->out);
	const bool is_markdown = len > 3 && strcmp(in->out + len - 3, ".md") == 0;
	const char *text = is_markdown
				   ? finding_plan_markdown(list, n, in->lang, &in->session.arena)
				   : finding_plan_csv(form, list, n, in->lang, &in->session.arena);
	if (!text)
		return lt_err_memory(&in->err);
	enum lt_status status = lt_file_write_new(in->out, text, strlen(text), &in->err);
	if (status)
		return status;
	return tell_change(in, false, "已写出 %s", "written to %s", in->out);
}

enum lt_status command_findings(struct invocation *in)
{
	struct finding_filter filter;
	struct finding_info *list = NULL;
	const struct form *form;
	struct lt_json json;
	unsigned n = 0;
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = record_form(&in->workspace, "finding", &in->findings, &form, &in->err);
	if (!status)
		status = filter_of(in, &filter);
	if (!status)
		status = session_findings(&in->session, &filter, &list, &n, &in->err);
	if (status)
		return status;
	if (in->out)
		return write_plan(in, form, list, n);
	if (!in->json) {
		for (unsigned i = 0; i < n; i++)
			print_finding(in, form, &list[i]);
		printf(say(in, "共 %u 项\n", "findings: %u\n"), n);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_open_list(&json, "findings");
	for (unsigned i = 0; i < n; i++)
		json_finding(&json, &list[i]);
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}
