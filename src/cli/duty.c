/* Who owes what: assign, owes. */
#include "lingtan/app/duty.h"

#include <stdio.h>
#include <string.h>
#include "command.h"

enum lt_status command_assign(struct invocation *in)
{
	const struct assessment_ref *ref;
	unsigned n = 0;
	char count[16];
	const char *name = in->words[2];
	enum lt_status status = open_project_for(in, PROJECT_WRITE, &ref);
	if (!status)
		status = name_items(in, 1, 1, 1, ref);
	if (!status)
		status = session_assign(&in->session, ref, in->words[1], name, in->due, &n,
					&in->findings, &in->err);
	if (status)
		return status;
	if (!n)
		return tell_change(in, false, "%s 本来就是这样，没有改动", "%s is so already",
				   in->words[1]);
	remember_project(in);
	snprintf(count, sizeof(count), "%u", n);
	return name[0] ? tell_change(in, true, "已交办 %s 项", "given to an owner: %s", count)
		       : tell_change(in, true, "已收回 %s 项", "taken back: %s", count);
}

/* ---- owes ---- */

static void json_duty(const struct invocation *in, struct lt_json *json,
		      const struct duty_info *duty)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "kind", duty_kind_names[duty->kind]);
	lt_json_string(json, "id", duty->id);
	json_text(json, "assessment", duty->assessment);
	json_text(json, "year", duty->year);
	lt_json_string(json, "title", label_text(in, &duty->title));
	lt_json_string(json, "owner", duty->owner);
	json_text(json, "due", duty->due);
	lt_json_bool(json, "done", duty->is_done);
	lt_json_bool(json, "sent_back", duty->is_sent_back);
	lt_json_bool(json, "overdue", duty->is_overdue);
	lt_json_close(json);
}

static enum lt_status owes_as_json(struct invocation *in, const struct duty_info *list, unsigned n,
				   const struct debtor *debtors, unsigned n_debtors)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_open_list(&json, "owed");
	for (unsigned i = 0; i < n; i++)
		json_duty(in, &json, &list[i]);
	lt_json_close(&json);
	lt_json_open_list(&json, "owners");
	for (unsigned i = 0; i < n_debtors; i++) {
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "owner", debtors[i].owner);
		lt_json_int(&json, "owed", debtors[i].n_owed);
		lt_json_int(&json, "overdue", debtors[i].n_overdue);
		json_text(&json, "due", debtors[i].due);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

static void print_duty(const struct invocation *in, const struct duty_info *duty)
{
	print_padded(stdout, duty->due[0] ? duty->due : say(in, "无期限", "no date"), 12);
	print_padded(stdout,
		     duty->is_overdue	   ? say(in, "逾期", "overdue")
		     : duty->is_sent_back ? say(in, "退回", "sent back")
		     : duty->is_done	   ? say(in, "已交", "done")
					   : "",
		     11);
	print_remark(duty->owner);
	printf("  %s ", label_text(in, &duty_kind_titles[duty->kind]));
	/* random ids are known by their beginning */
	if (strlen(duty->id) == 32 && strspn(duty->id, "0123456789abcdef") == 32)
		printf("%.8s", duty->id);
	else
		print_remark(duty->id);
	if (duty->year[0])
		printf(" %s", duty->year);
	printf("  ");
	print_remark(label_text(in, &duty->title));
	printf("\n");
}

static void print_debtors(const struct invocation *in, const struct debtor *list, unsigned n)
{
	printf("\n");
	for (unsigned i = 0; i < n; i++) {
		print_remark(list[i].owner);
		printf(say(in, "：欠 %u 项", ": owes %u"), list[i].n_owed);
		if (list[i].n_overdue)
			printf(say(in, "，逾期 %u 项", ", overdue %u"), list[i].n_overdue);
		printf("\n");
	}
}

enum lt_status command_owes(struct invocation *in)
{
	struct duty_info *list;
	struct debtor *debtors;
	unsigned n, n_debtors;
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = name_assessment_option(in);
	const struct duty_filter filter = { .assessment = in->assessment,
					    .owner = in->person,
					    .on = in->on,
					    .with_done = in->all,
					    .overdue = in->overdue };
	if (!status)
		status = session_duties(&in->session, &filter, &list, &n, &in->findings, &in->err);
	if (!status)
		status = duty_count(list, n, &in->session.arena, &debtors, &n_debtors, &in->err);
	if (status)
		return status;
	if (in->json)
		return owes_as_json(in, list, n, debtors, n_debtors);
	for (unsigned i = 0; i < n; i++)
		print_duty(in, &list[i]);
	if (!n)
		printf("%s\n", say(in, "没有欠交的", "nothing is owed"));
	else
		print_debtors(in, debtors, n_debtors);
	return LT_OK;
}
