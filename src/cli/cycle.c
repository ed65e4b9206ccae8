/* The next assessment after an earlier one: follow, must, cycle, confirm. */
#include "lingtan/app/cycle.h"

#include <stdio.h>
#include <string.h>
#include "command.h"
#include "lingtan/app/finding.h"
#include "log.h"

/* Without --assessment, the only one that follows another. */
static enum lt_status open_following(struct invocation *in, enum project_mode mode,
				     const struct assessment_ref **ref)
{
	const struct assessment_ref *all;
	unsigned n = 0, n_fit = 0;
	enum lt_status status = open_project(in, in->words[0], mode);
	if (!status && !in->assessment)
		status = session_assessments(&in->session, &all, &n, &in->err);
	for (unsigned i = 0; i < n && !status; i++) {
		struct cycle_link link;
		status = session_cycle_link(&in->session, &all[i], &link, &in->err);
		if (status || !link.of[0])
			continue;
		n_fit++;
		*ref = &all[i];
	}
	if (status || n_fit == 1)
		return status;
	return session_find_assessment(&in->session, in->assessment, NULL, ref, &in->findings,
				       &in->err);
}

/* ---- follow, must ---- */

static enum lt_status kind_of(struct invocation *in, enum cycle_kind *kind)
{
	*kind = CYCLE_REASSESSMENT;
	if (!in->kind || strcmp(in->kind, cycle_kind_names[CYCLE_REASSESSMENT]) == 0)
		return LT_OK;
	*kind = CYCLE_SURVEILLANCE;
	return strcmp(in->kind, cycle_kind_names[CYCLE_SURVEILLANCE]) == 0
		       ? LT_OK
		       : lt_err_set(&in->err, LT_EUSAGE,
				    "--kind 只有 reassessment 和 surveillance",
				    "--kind is reassessment or surveillance");
}

/* --from FILE: the earlier assessment (--assessment) stands in another file. */
static enum lt_status follow_file(struct invocation *in, const struct new_cycle *wish,
				  const char **name)
{
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	return status ? status
		      : session_follow_file(&in->session, in->from, in->assessment, wish, name,
					    &in->findings, &in->err);
}

enum lt_status command_follow(struct invocation *in)
{
	const struct assessment_ref *ref;
	const char *name = "";
	struct new_cycle wish = { .year = in->year,
				  .stage = in->stage,
				  .park_type = in->type,
				  .place = in->place,
				  .reason = in->reason,
				  .must = in->words + 1,
				  .n_must = (unsigned)in->n_words - 1 };
	enum lt_status status = kind_of(in, &wish.kind);
	if (!status && in->from)
		status = follow_file(in, &wish, &name);
	else if (!status)
		status = open_project_for(in, PROJECT_WRITE, &ref);
	if (!status && !in->from)
		status = name_items(in, 1, in->n_words - 1, 1, ref);
	if (!status && !in->from)
		status = session_follow(&in->session, ref, &wish, &name, &in->findings, &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, true, "已开始 %s；上次的结论见 lingtan cycle",
			   "%s begun; lingtan cycle shows what was said last", name);
}

enum lt_status command_must(struct invocation *in)
{
	const struct assessment_ref *ref;
	unsigned n = 0;
	char count[16];
	enum lt_status status = open_following(in, PROJECT_WRITE, &ref);
	if (!status)
		status = name_items(in, 1, in->n_words - 1, 1, ref);
	if (!status)
		status = session_oblige(&in->session, ref, in->words + 1,
					(unsigned)in->n_words - 1, in->off, &n, &in->findings,
					&in->err);
	if (status)
		return status;
	if (!n)
		return tell_change(in, false, "本来就是这样，没有改动%s", "that is so already%s",
				   "");
	remember_project(in);
	snprintf(count, sizeof(count), "%u", n);
	return in->off ? tell_change(in, true, "不再必查 %s 条", "no longer obligatory: %s", count)
		       : tell_change(in, true, "列为必查 %s 条", "obligatory now: %s", count);
}

/* ---- cycle ---- */

static void json_hint(const struct invocation *in, struct lt_json *json,
		      const struct cycle_hint *at)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "item", at->item);
	lt_json_string(json, "title", label_text(in, at->title));
	lt_json_string(json, "rung", at->rung < N_RUNGS ? rung_names[at->rung] : NULL);
	json_text(json, "result", at->result);
	json_text(json, "value", at->value);
	json_text(json, "na_reason", at->na_reason);
	json_text(json, "remark", at->remark);
	json_text(json, "by", at->by);
	json_text(json, "at", at->at);
	lt_json_bool(json, "obligatory", at->is_must);
	lt_json_bool(json, "clause_changed", at->is_changed);
	lt_json_int(json, "findings", at->n_findings);
	lt_json_close(json);
}

static const char *const change_words[] = { [PARK_CELL] = "park",
					    [PARK_FIGURE] = "figure",
					    [PARK_SOURCE] = "source",
					    [PARK_CORRECTED] = "corrected" };

static void json_change_of_park(const struct invocation *in, struct lt_json *json,
				const struct park_change *at)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "kind", change_words[at->kind]);
	lt_json_string(json, "id", at->id);
	lt_json_string(json, "title", label_text(in, &at->title));
	lt_json_string(json, "unit", at->unit);
	json_text(json, "from", at->from);
	json_text(json, "to", at->to);
	json_text(json, "by", at->by);
	json_text(json, "at", at->at);
	lt_json_close(json);
}

static void json_evidence(struct lt_json *json, const struct cycle_evidence *at)
{
	const struct evidence_file *file = at->file;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "name", file->name);
	lt_json_string(json, "sha256", file->sha256);
	lt_json_string(json, "standing", evidence_standing_names[at->standing]);
	json_text(json, "dated", file->dated);
	json_text(json, "valid_until", file->valid_until);
	json_text(json, "confirmed_by", file->valid_by);
	json_text(json, "confirmed_at", file->valid_at);
	lt_json_int(json, "items", at->n_items);
	lt_json_int(json, "carried", at->n_carried);
	lt_json_close(json);
}

static enum lt_status cycle_as_json(struct invocation *in, const struct assessment_ref *ref,
				    const struct cycle *cycle)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "assessment", ref->name);
	lt_json_string(&json, "kind", cycle->link.kind < N_CYCLE_KINDS
					      ? cycle_kind_names[cycle->link.kind]
					      : NULL);
	lt_json_string(&json, "of", cycle->link.of);
	lt_json_string(&json, "head", cycle->link.head);
	lt_json_int(&json, "obligatory", cycle->n_must);
	lt_json_int(&json, "obligatory_open", cycle->n_must_open);
	lt_json_open_list(&json, "hints");
	for (unsigned i = 0; i < cycle->n_hints; i++)
		json_hint(in, &json, &cycle->hints[i]);
	lt_json_close(&json);
	lt_json_open_list(&json, "changes");
	for (unsigned i = 0; i < cycle->n_changes; i++)
		json_change_of_park(in, &json, &cycle->changes[i]);
	lt_json_close(&json);
	lt_json_open_list(&json, "evidence");
	for (unsigned i = 0; i < cycle->n_evidence; i++)
		json_evidence(&json, &cycle->evidence[i]);
	lt_json_close(&json);
	lt_json_open_list(&json, "old_findings");
	for (unsigned i = 0; i < cycle->n_old_findings; i++) {
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "number", cycle->old_findings[i].number);
		lt_json_string(&json, "item", cycle->old_findings[i].item);
		lt_json_string(&json, "grade", finding_grade_names[cycle->old_findings[i].grade]);
		lt_json_string(&json, "state", finding_state_names[cycle->old_findings[i].state]);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

static void print_hint(const struct invocation *in, const struct narrator *narrator,
		       const char *of, const struct cycle_hint *at)
{
	printf("%s ", at->is_must ? "!" : " ");
	print_padded(stdout, at->item, 9);
	print_padded(stdout, label_text(in, at->title), 30);
	if (at->rung == N_RUNGS) {
		printf("%s\n", say(in, "上次无结论", "no verdict then"));
		return;
	}
	printf("%s ", label_text(in, &rung_titles[at->rung]));
	print_verdict(narrator, of, at->rung, at->item,
		      (const char *[]){ at->result, at->value, at->na_reason });
	printf("  ");
	print_remark(at->by);
	printf(" %.10s", at->at);
	if (at->is_changed)
		printf("%s", say(in, "  条文已变", "  the clause has changed"));
	if (at->n_findings)
		printf(say(in, "  有发现 %u 项", "  findings then: %u"), at->n_findings);
	printf("\n");
}

static void print_park_changes(const struct invocation *in, const struct cycle *cycle)
{
	printf("\n%s\n", say(in, "园区的变化", "Changes of the park"));
	for (unsigned i = 0; i < cycle->n_changes; i++) {
		const struct park_change *at = &cycle->changes[i];
		printf("  ");
		print_remark(label_text(in, &at->title));
		printf("%s", at->kind == PARK_CORRECTED ? say(in, "（上年数后来改过）",
							      " (of the earlier year, changed since)")
							 : "");
		printf("  ");
		print_remark(at->from[0] ? at->from : "-");
		printf(" > ");
		print_remark(at->to[0] ? at->to : "-");
		if (at->by[0]) {
			printf("  ");
			print_remark(at->by);
			printf(" %.10s", at->at);
		}
		printf("\n");
	}
	if (!cycle->n_changes)
		printf("  %s\n", say(in, "没有记下的变化", "none are written down"));
}

static void print_evidence(const struct invocation *in, const struct cycle *cycle)
{
	printf("\n%s\n", say(in, "上次的佐证", "Evidence of then"));
	for (unsigned i = 0; i < cycle->n_evidence; i++) {
		const struct cycle_evidence *at = &cycle->evidence[i];
		printf("  ");
		print_padded(stdout, label_text(in, &evidence_standing_titles[at->standing]), 18);
		print_remark(at->file->name);
		if (at->file->dated[0])
			printf(say(in, "  文件日期 %s", "  dated %s"), at->file->dated);
		if (at->file->valid_until[0])
			printf(say(in, "  有效至 %s", "  valid until %s"), at->file->valid_until);
		if (at->file->valid_by[0]) {
			printf("%s", say(in, "  确认人 ", "  confirmed by "));
			print_remark(at->file->valid_by);
		}
		printf(say(in, "  条款 %u，已沿用 %u\n", "  items %u, carried over %u\n"),
		       at->n_items, at->n_carried);
	}
}

static void print_cycle(const struct invocation *in, const struct narrator *narrator,
			const struct cycle *cycle)
{
	printf("%s  ", cycle->link.kind < N_CYCLE_KINDS
			       ? label_text(in, &cycle_kind_titles[cycle->link.kind])
			       : "");
	print_remark(cycle->link.of);
	printf(say(in, "  必查 %u 条，未评 %u 条\n\n", "  obligatory %u, open %u\n\n"),
	       cycle->n_must, cycle->n_must_open);
	for (unsigned i = 0; i < cycle->n_hints; i++)
		if (cycle->hints[i].rung < N_RUNGS || cycle->hints[i].is_must)
			print_hint(in, narrator, cycle->link.of, &cycle->hints[i]);
	print_park_changes(in, cycle);
	print_evidence(in, cycle);
	if (cycle->n_old_findings)
		printf("\n%s\n", say(in, "上次的发现", "Findings of then"));
	for (unsigned i = 0; i < cycle->n_old_findings; i++) {
		const struct finding_info *at = &cycle->old_findings[i];
		printf("  ");
		print_remark(at->number);
		printf("  %s  %s  ", label_text(in, &finding_grade_titles[at->grade]),
		       label_text(in, &finding_state_titles[at->state]));
		print_remark(at->item[0] ? at->item : at->place);
		printf("\n");
	}
}

enum lt_status command_cycle(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct cycle cycle;
	struct narrator narrator;
	enum lt_status status = open_following(in, PROJECT_READ, &ref);
	if (!status)
		status = session_cycle(&in->session, ref, in->on, &cycle, &in->findings, &in->err);
	if (!status)
		status = narrator_init(&narrator, &in->session, in->lang, &in->session.arena,
				       &in->findings, &in->err);
	if (status)
		return status;
	if (in->json)
		return cycle_as_json(in, ref, &cycle);
	print_cycle(in, &narrator, &cycle);
	return LT_OK;
}

/* ---- confirm ---- */

enum lt_status command_confirm(struct invocation *in)
{
	const struct assessment_ref *ref = NULL;
	const struct confirmation wish = { .until = in->until,
					   .dated = in->dated,
					   .carry = in->carry };
	unsigned n = 0;
	char count[16];
	enum lt_status status = in->carry ? open_following(in, PROJECT_WRITE, &ref)
					  : open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = session_confirm(&in->session, ref, in->words[1], &wish, &n, &in->findings,
					 &in->err);
	if (status)
		return status;
	remember_project(in);
	snprintf(count, sizeof(count), "%u", n);
	return in->carry ? tell_change(in, true, "已确认仍有效，沿用关联 %s 处",
				       "confirmed as valid, ties carried over: %s", count)
			 : tell_change(in, true, "已确认 %s 仍有效", "%s confirmed as valid",
				       in->words[1]);
}
