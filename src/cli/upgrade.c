/* lingtan upgrade, lingtan queue: another edition of a ruleset, and what is to be answered again.
 */
#include "lingtan/app/upgrade.h"

#include <string.h>
#include "command.h"
#include "lingtan/app/narrate.h"

static void print_ids(const struct invocation *in, const char *zh, const char *en,
		      const char *const *ids, unsigned n)
{
	if (!n)
		return;
	printf(say(in, zh, en), n);
	for (unsigned i = 0; i < n; i++)
		printf(" %s", ids[i]);
	printf("\n");
}

static void print_plan(const struct invocation *in, const struct upgrade *upgrade)
{
	printf("%s %s %.12s → %s %.12s\n", upgrade->from->id, upgrade->from->edition,
	       upgrade->from_digest, upgrade->to->edition, upgrade->to_digest);
	print_ids(in, "改了的条款 %u：", "items that changed, %u:", upgrade->changed,
		  upgrade->n_changed);
	print_ids(in, "取消的条款 %u：", "items that are gone, %u:", upgrade->gone,
		  upgrade->n_gone);
	print_ids(in, "新增的条款 %u：", "items that are new, %u:", upgrade->added,
		  upgrade->n_added);
	printf(say(in, "要重新填写的答案 %u 条，其余不动\n",
		   "answers to be given again: %u; the others stay\n"),
	       upgrade->n_answers);
	if (upgrade->drops_profile)
		printf("%s\n",
		       say(in, "参数集与新版不合，改为草稿，改好后用 lingtan profile pin 采用",
			   "the profile does not fit the other edition: it becomes the draft, pin it when it is mended"));
}

static void json_side(struct lt_json *json, const char *key, const struct invocation *in,
		      const struct item *item)
{
	if (!item) {
		lt_json_null(json, key);
		return;
	}
	lt_json_open_object(json, key);
	lt_json_string(json, "title", label_text(in, &item->title));
	lt_json_string(json, "ask", label_text(in, &item->ask));
	lt_json_string(json, "points", item->points.value);
	lt_json_close(json);
}

/* Old and new side by side. */
static void json_answer(struct lt_json *json, const struct invocation *in,
			const struct upgrade_answer *answer, const struct ruleset *from,
			const struct ruleset *to)
{
	static const char *const members[] = { "result", "value", "reason" };
	lt_json_open_object(json, NULL);
	lt_json_string(json, "item", answer->item);
	lt_json_string(json, "rung", answer->rung);
	for (unsigned i = 0; i < answer->verdict.n && i < 3; i++)
		lt_json_string(json, members[i],
			       answer->verdict.at[i][0] ? answer->verdict.at[i] : NULL);
	json_side(json, "old", in, ruleset_find_item(from, answer->item));
	json_side(json, "new", in, ruleset_find_item(to, answer->item));
	lt_json_close(json);
}

static enum lt_status plan_as_json(struct invocation *in, const struct upgrade *upgrade, bool done)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_bool(&json, "changed", done);
	lt_json_bool(&json, "dry_run", in->dry_run);
	lt_json_string(&json, "from", upgrade->from_digest);
	lt_json_string(&json, "to", upgrade->to_digest);
	json_list(&json, "items_changed", upgrade->changed, upgrade->n_changed);
	json_list(&json, "items_gone", upgrade->gone, upgrade->n_gone);
	json_list(&json, "items_new", upgrade->added, upgrade->n_added);
	lt_json_open_list(&json, "answers");
	for (unsigned i = 0; i < upgrade->n_answers; i++)
		json_answer(&json, in, &upgrade->answers[i], upgrade->from, upgrade->to);
	lt_json_close(&json);
	lt_json_bool(&json, "drops_profile", upgrade->drops_profile);
	lt_json_close(&json);
	return print_json(in, &json);
}

enum lt_status command_upgrade(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct upgrade upgrade;
	bool done = false;
	enum lt_status status = open_project_for(in, in->dry_run ? PROJECT_READ : PROJECT_WRITE, &ref);
	if (!status)
		status = upgrade_plan(&in->session, ref, &upgrade, &in->findings, &in->err);
	if (status)
		return status;
	const bool is_same = strcmp(upgrade.from_digest, upgrade.to_digest) == 0;
	if (!in->dry_run && !is_same)
		status =
			upgrade_commit(&in->session, ref, &upgrade, &in->findings, &done, &in->err);
	if (status)
		return status;
	if (done)
		remember_project(in);
	if (in->json)
		return plan_as_json(in, &upgrade, done);
	if (is_same)
		printf(say(in, "%s 用的就是本机这一版规则集，没有改动\n",
			   "%s has the edition of this machine already\n"),
		       ref->name);
	else
		print_plan(in, &upgrade);
	if (!is_same)
		printf("%s\n",
		       in->dry_run
			       ? say(in, "未写入", "nothing was written")
			       : say(in, "已升级；要重新填写的见 lingtan queue",
				     "upgraded; lingtan queue lists what is to be answered again"));
	return LT_OK;
}

/* ---- the queue ---- */

static void print_side(const struct invocation *in, const char *zh, const char *en,
		       const struct item *item)
{
	printf("  %s ", say(in, zh, en));
	if (item) {
		print_remark(label_text(in, &item->title));
		printf("  ");
		print_remark(label_text(in, &item->ask));
		if (item->points.value)
			printf("  %s %s", item->points.value, say(in, "分", "points"));
	} else {
		printf("%s", say(in, "没有这一条", "there is no such item"));
	}
	printf("\n");
}

/* What was answered, in the words of the log. */
static enum lt_status print_given(struct invocation *in, const struct narrator *narrator,
				  const struct assessment_ref *ref,
				  const struct upgrade_answer *answer)
{
	struct lt_arena *arena = &in->session.arena;
	const char *const parts[] = { ref->name, answer->rung, answer->item };
	const struct change change = { .table = "answer",
				       .key = cell_key_join(arena, parts, 3),
				       .group = "verdict",
				       .new = answer->verdict };
	struct telling tellings[CELL_MAX_MEMBERS];
	unsigned n;
	const enum rung rung = rung_find(answer->rung);
	if (!change.key)
		return lt_err_memory(&in->err);
	const enum lt_status status =
		narrate_change(narrator, &change, "", arena, tellings, &n, &in->err);
	if (status)
		return status;
	printf("  ");
	print_remark(rung < N_RUNGS ? label_text(in, &rung_titles[rung]) : answer->rung);
	printf("%s", say(in, "：", ": "));
	for (unsigned i = 0; i < n; i++)
		if (tellings[i].to)
			print_remark(tellings[i].to);
	printf("\n");
	return LT_OK;
}

static enum lt_status print_queue(struct invocation *in, const struct assessment_ref *ref,
				  const struct upgrade_queue *queue)
{
	struct narrator narrator;
	enum lt_status status = narrator_init(&narrator, &in->session, in->lang,
					      &in->session.arena, &in->findings, &in->err);
	for (unsigned i = 0; i < queue->n_answers && !status; i++) {
		const struct upgrade_answer *answer = &queue->answers[i];
		if (!i || strcmp(answer->item, answer[-1].item) != 0) {
			printf("%s\n", answer->item);
			print_side(in, "旧", "old", ruleset_find_item(queue->from, answer->item));
			print_side(in, "新", "new", ruleset_find_item(queue->to, answer->item));
		}
		status = print_given(in, &narrator, ref, answer);
	}
	if (!queue->n_answers)
		printf("%s\n", say(in, "没有要重新填写的答案", "nothing is to be answered again"));
	return status;
}

enum lt_status command_queue(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct upgrade_queue queue;
	struct lt_json json;
	enum lt_status status = open_project_for(in, PROJECT_READ, &ref);
	if (!status)
		status = upgrade_queue_read(&in->session, ref, &queue, &in->findings, &in->err);
	if (status)
		return status;
	if (!in->json)
		return print_queue(in, ref, &queue);
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "assessment", ref->name);
	lt_json_open_list(&json, "queue");
	for (unsigned i = 0; i < queue.n_answers; i++)
		json_answer(&json, in, &queue.answers[i], queue.from, queue.to);
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}
