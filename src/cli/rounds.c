/* Rounds and what is said about them: rounds, return, reopen, remark, remarks, settle. */
#include <stdlib.h>
#include <string.h>
#include "command.h"
#include "lingtan/app/remark.h"
#include "lingtan/app/role.h"
#include "lingtan/app/round.h"
#include "log.h"

/* ---- rounds ---- */

static const char *state_title(const struct invocation *in, const char *state)
{
	const struct label *title = round_state_title(state);
	return title ? label_text(in, title) : state;
}

static void json_ask(struct lt_json *json, const struct round_ask *ask)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "item", ask->item);
	lt_json_string(json, "text", ask->text);
	lt_json_string(json, "remark", ask->remark);
	lt_json_string(json, "by", ask->by);
	lt_json_string(json, "at", ask->at);
	lt_json_bool(json, "changed", ask->is_changed);
	lt_json_bool(json, "answered", ask->is_answered);
	lt_json_close(json);
}

static void json_round(struct lt_json *json, const struct round_info *info)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "rung", info->rung);
	lt_json_int(json, "round", info->number);
	lt_json_string(json, "state", info->state);
	lt_json_string(json, "head", info->head);
	lt_json_string(json, "state_hash", info->state_hash);
	lt_json_bool(json, "holds", info->holds);
	lt_json_open_list(json, "events");
	for (unsigned i = 0; i < info->n_events; i++) {
		const struct round_event *event = &info->events[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "state", event->state);
		lt_json_string(json, "by", event->by);
		lt_json_string(json, "role", event->role);
		lt_json_string(json, "at", event->at);
		lt_json_string(json, "reason", event->reason);
		lt_json_close(json);
	}
	lt_json_close(json);
	lt_json_open_list(json, "sent_back");
	for (unsigned i = 0; i < info->n_asks; i++)
		json_ask(json, &info->asks[i]);
	lt_json_close(json);
	lt_json_close(json);
}

static void print_round(const struct invocation *in, const struct round_info *info)
{
	const enum rung rung = rung_find(info->rung);
	printf(say(in, "%s 第 %u 轮  %s  %.12s%s\n", "%s round %u  %s  %.12s%s\n"),
	       rung < N_RUNGS ? label_text(in, &rung_titles[rung]) : info->rung, info->number,
	       state_title(in, info->state), info->state_hash,
	       info->holds ? "" : say(in, "  之后有改动", "  changed since"));
	for (unsigned i = 0; i < info->n_events; i++) {
		const struct round_event *event = &info->events[i];
		printf("    %.16s  ", event->at);
		print_remark(event->by);
		printf("  %s", state_title(in, event->state));
		if (event->reason[0]) {
			printf("  ");
			print_remark(event->reason);
		}
		printf("\n");
	}
	for (unsigned i = 0; i < info->n_asks; i++) {
		const struct round_ask *ask = &info->asks[i];
		printf("    %s ", ask->is_changed || ask->is_answered ? "+" : "-");
		print_remark(ask->item);
		printf("  ");
		print_remark(ask->text);
		printf("  %s\n", ask->is_changed    ? say(in, "（已改）", "(changed)")
				 : ask->is_answered ? say(in, "（已答复）", "(answered)")
						    : say(in, "（待办）", "(to be done)"));
	}
}

static enum lt_status list_rounds(struct invocation *in, const struct assessment_ref *ref)
{
	struct round_info *list;
	struct lt_json json;
	unsigned n;
	enum lt_status status =
		session_rounds(&in->session, ref->name, in->rung, &list, &n, &in->err);
	if (status)
		return status;
	if (!in->json) {
		for (unsigned i = 0; i < n; i++)
			print_round(in, &list[i]);
		if (!n)
			printf("%s\n", say(in, "还没有提交过", "nothing was submitted yet"));
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "assessment", ref->name);
	lt_json_open_list(&json, "rounds");
	for (unsigned i = 0; i < n; i++)
		json_round(&json, &list[i]);
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

/* ---- two rounds ---- */

static void json_total(struct lt_json *json, const char *key, const struct assessment_total *total)
{
	lt_json_open_object(json, key);
	lt_json_string(json, "low", total->low);
	lt_json_string(json, "high", total->high);
	lt_json_string(json, "grade", total->grade);
	lt_json_close(json);
}

static enum lt_status comparison_as_json(struct invocation *in,
					 const struct round_comparison *found, const char *rung)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "rung", rung);
	lt_json_int(&json, "from", found->from);
	lt_json_int(&json, "to", found->to);
	json_total(&json, "before", &found->before);
	json_total(&json, "after", &found->after);
	lt_json_open_list(&json, "changes");
	for (unsigned i = 0; i < found->n; i++) {
		const struct round_change *change = &found->at[i];
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "table", change->table);
		lt_json_string(&json, "group", change->group);
		lt_json_string(&json, "id", change->id);
		lt_json_string(&json, "year", change->year);
		json_value(&json, "from", &change->from);
		json_value(&json, "to", &change->to);
		lt_json_string(&json, "by", change->by);
		lt_json_string(&json, "at", change->at);
		lt_json_string(&json, "reason", change->reason);
		lt_json_bool(&json, "correction", change->is_correction);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

static void print_change_of(const struct invocation *in, const struct narrator *narrator,
			    const struct round_change *change)
{
	const struct fact_table *table =
		vocabulary_find_table(in->workspace.vocabulary, change->table);
	const struct cell_group *group = fact_table_find_group(table, change->group);
	const struct change of = { .table = change->table, .key = change->key, .group = change->group };
	print_remark(change->id);
	printf(" %s%s", label_text(in, &group->title), say(in, "：", ": "));
	print_value_of(narrator, &of, &change->from);
	printf(" → ");
	print_value_of(narrator, &of, &change->to);
	if (change->by) {
		printf("  ");
		print_remark(change->by);
		printf(" %.10s", change->at);
	}
	if (change->is_correction) {
		printf("  %s", say(in, "更正：", "corrected: "));
		print_remark(change->reason);
	}
	printf("\n");
}

static void print_total(const struct invocation *in, const char *what,
			const struct ruleset *ruleset, const struct assessment_total *total)
{
	const struct term *grade =
		total->grade ? term_find(ruleset->grades, ruleset->n_grades, total->grade) : NULL;
	printf("%s%s%s", what, say(in, "：", ": "), total->low ? total->low : "?");
	if (!total->low || !total->high || strcmp(total->low, total->high) != 0)
		printf("~%s", total->high ? total->high : "");
	printf("  %s\n", grade ? label_text(in, &grade->title)
			: total->grade ? total->grade
				       : say(in, "无等级", "no grade"));
}

/* --rung, else that of the role, else the evaluator's. */
static const char *rung_of_rounds(const struct invocation *in)
{
	const char *own = role_rung(&in->workspace, in->session.role);
	return in->rung ? in->rung : own ? own : rung_names[RUNG_EVALUATOR];
}

static enum lt_status compare_rounds(struct invocation *in, const struct assessment_ref *ref)
{
	struct round_comparison found;
	struct narrator narrator;
	const struct ruleset *ruleset;
	unsigned from, to = 0;
	const char *rung = rung_of_rounds(in);
	enum lt_status status = read_round(in, in->words[1], &from);
	if (!status && in->n_words > 2)
		status = read_round(in, in->words[2], &to);
	if (!status)
		status = session_compare_rounds(&in->session, ref, rung, from, to, &found,
						&in->findings, &in->err);
	if (!status)
		status = narrator_init(&narrator, &in->session, in->lang, &in->session.arena,
				       &in->findings, &in->err);
	if (!status)
		status = session_ruleset_of(&in->session, ref->name, &ruleset, &in->findings,
					    &in->err);
	if (status)
		return status;
	if (in->json)
		return comparison_as_json(in, &found, rung);
	for (unsigned i = 0; i < found.n; i++)
		print_change_of(in, &narrator, &found.at[i]);
	char name[40];
	snprintf(name, sizeof(name), say(in, "第 %u 轮", "round %u"), from);
	print_total(in, name, ruleset, &found.before);
	snprintf(name, sizeof(name), say(in, "第 %u 轮", "round %u"), to);
	print_total(in, to ? name : say(in, "现在", "now"), ruleset, &found.after);
	return LT_OK;
}

enum lt_status command_rounds(struct invocation *in)
{
	const struct assessment_ref *ref;
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status && in->rung)
		status = rung_check(in->rung, LT_EUSAGE, &in->err);
	if (!status)
		status = session_find_assessment(&in->session, in->assessment, NULL, &ref,
						 &in->findings, &in->err);
	if (status)
		return status;
	return in->n_words > 1 ? compare_rounds(in, ref) : list_rounds(in, ref);
}

/* ---- return, reopen ---- */

enum lt_status command_return(struct invocation *in)
{
	const struct assessment_ref *ref;
	const unsigned n = ((unsigned)in->n_words - 1) / 2;
	unsigned round = 0;
	char number[16];
	if (in->n_words % 2 == 0)
		return lt_err_set(&in->err, LT_EUSAGE, "每一条都要写明意见：条款 意见 条款 意见 …",
				  "each item needs its words: ITEM TEXT ITEM TEXT ...");
	struct new_ask *asks = lt_arena_alloc(&in->findings_arena, n + 1, sizeof(*asks));
	if (!asks)
		return lt_err_memory(&in->err);
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = find_items(in, 1, (int)n, 2, &ref);
	for (unsigned i = 0; i < n; i++)
		asks[i] = (struct new_ask){ in->words[1 + 2 * i], in->words[2 + 2 * i] };
	if (!status)
		status = session_send_back(&in->session, ref, asks, n, &round, &in->findings,
					   &in->err);
	if (status)
		return status;
	remember_project(in);
	snprintf(number, sizeof(number), "%u", round);
	return tell_change(in, true, "第 %s 轮已退回，只有这些条款可改",
			   "round %s sent back, these items alone are open", number);
}

enum lt_status command_reopen(struct invocation *in)
{
	const struct assessment_ref *ref;
	unsigned round = 0;
	char number[16];
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status && in->rung)
		status = rung_check(in->rung, LT_EUSAGE, &in->err);
	if (!status)
		status = session_find_assessment(&in->session, in->assessment, NULL, &ref,
						 &in->findings, &in->err);
	if (!status)
		status = session_reopen(&in->session, ref, in->rung, &round, &in->err);
	if (status)
		return status;
	remember_project(in);
	snprintf(number, sizeof(number), "%u", round);
	return tell_change(in, true, "第 %s 轮已重开；再次提交即为下一轮",
			   "round %s is open again; the next submission is the next round", number);
}

/* ---- remarks ---- */

enum lt_status command_remark(struct invocation *in)
{
	const struct assessment_ref *ref;
	const char *id = "";
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = find_items(in, 1, 1, 1, &ref);
	if (!status)
		status = session_remark(&in->session, ref, in->words[1], in->words[2], in->reply_to,
					&id, &in->findings, &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, true, "意见已记下：%s", "remark written down: %s", id);
}

static void json_remark(struct lt_json *json, const struct remark *remark)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", remark->id);
	lt_json_string(json, "item", remark->item);
	json_text(json, "rung", remark->rung);
	json_text(json, "reply_to", remark->reply_to);
	lt_json_int(json, "depth", remark->depth);
	lt_json_string(json, "text", remark->text);
	lt_json_string(json, "by", remark->by);
	lt_json_string(json, "role", remark->role);
	lt_json_string(json, "at", remark->at);
	lt_json_bool(json, "settled", remark->is_settled);
	lt_json_string(json, "settled_by", remark->settled_by);
	if (remark->sent_back)
		lt_json_int(json, "sent_back", remark->sent_back);
	else
		lt_json_null(json, "sent_back");
	lt_json_close(json);
}

static void print_remark_of(const struct invocation *in, const struct remark *remark)
{
	printf("%*s%.8s  ", (int)(remark->depth > 20 ? 40 : 2 * remark->depth), "", remark->id);
	print_remark(remark->item);
	printf("  ");
	print_remark(remark->by);
	printf(" %.16s  ", remark->at);
	print_remark(remark->text);
	if (remark->sent_back)
		printf(say(in, "  （退回第 %u 轮）", "  (sent back round %u)"), remark->sent_back);
	if (remark->is_settled)
		printf("  %s", say(in, "（已办结）", "(settled)"));
	printf("\n");
}

enum lt_status command_remarks(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct remark *list;
	struct lt_json json;
	unsigned n = 0;
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = find_items(in, 1, in->n_words - 1, 1, &ref);
	const char *item = in->n_words > 1 ? in->words[1] : NULL;
	if (!status)
		status = session_remarks(&in->session, ref->name, item, &list, &n, &in->err);
	if (status)
		return status;
	if (!in->json) {
		for (unsigned i = 0; i < n; i++)
			print_remark_of(in, &list[i]);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "assessment", ref->name);
	lt_json_open_list(&json, "remarks");
	for (unsigned i = 0; i < n; i++)
		json_remark(&json, &list[i]);
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

enum lt_status command_settle(struct invocation *in)
{
	bool done = false;
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = session_settle(&in->session, in->words[1], &done, &in->err);
	if (status)
		return status;
	if (done)
		remember_project(in);
	return tell_change(in, done, "意见 %s 已办结", "remark %s is settled", in->words[1]);
}
