/* lingtan merge: another file of the project comes into this one. */
#include <string.h>
#include "command.h"
#include "lingtan/app/coverage.h"
#include "lingtan/app/merging.h"
#include "log.h"
#include "merge_words.h"

enum lt_status read_prefer(struct invocation *in, enum merge_prefer *out)
{
	static const char *const names[] = { "mine", "theirs", "deepest" };
	*out = PREFER_NONE;
	for (int i = 0; in->prefer && i < 3; i++)
		if (strcmp(in->prefer, names[i]) == 0)
			*out = (enum merge_prefer)(PREFER_MINE + i);
	if (in->prefer && *out == PREFER_NONE)
		return lt_err_set(&in->err, LT_EUSAGE,
				  "--prefer 只有 mine、theirs、deepest，没有“%s”",
				  "--prefer is mine, theirs or deepest, not '%s'", in->prefer);
	return LT_OK;
}

/* ---- in words ---- */

static const struct label whys[] = {
	[MERGE_NEWER] = { "新增或更新", "newer" },
	[MERGE_SAME] = { "两边相同", "the same" },
	[MERGE_JOINED] = { "同一件，已并", "the same thing, joined" },
	[MERGE_BLANK] = { "导入的空白不覆盖结论", "a blank of an import does not beat it" },
	[MERGE_LOCKED] = { "该轮已提交，作者未见，默认不取",
			   "its round was submitted unseen: not taken" },
	[MERGE_CONFLICT] = { "冲突", "conflict" },
	[MERGE_EXCLUSIVE] = { "只能做一次的事两边都做了", "both did what is done once" },
};
static const char *const why_names[] = {
	[MERGE_NEWER] = "newer",         [MERGE_SAME] = "same",     [MERGE_JOINED] = "joined",
	[MERGE_BLANK] = "blank",         [MERGE_LOCKED] = "locked", [MERGE_CONFLICT] = "conflict",
	[MERGE_EXCLUSIVE] = "exclusive",
};
static const struct label takes[] = { [TAKE_OPEN] = { "未定", "open" },
				      [TAKE_ORIGINAL] = { "原值", "original" },
				      [TAKE_MINE] = { "我方", "mine" },
				      [TAKE_THEIRS] = { "对方", "theirs" },
				      [TAKE_WRITTEN] = { "另写", "written anew" } };
static const char *const take_names[] = { [TAKE_OPEN] = NULL,
					  [TAKE_ORIGINAL] = "original",
					  [TAKE_MINE] = "mine",
					  [TAKE_THEIRS] = "theirs",
					  [TAKE_WRITTEN] = "written" };

static void print_value(const struct narrator *narrator, const struct merge_cell *cell,
			const struct words *value)
{
	const struct change of = { .table = cell->table, .key = cell->key, .group = cell->group };
	print_value_of(narrator, &of, value);
}

static void print_side(const struct invocation *in, const struct narrator *narrator,
		       const struct merging *merging, const struct merge_cell *cell,
		       enum merge_side side)
{
	const struct entry *writer = merging_writer(merging, cell, side);
	printf("    %s ",
	       side == MERGE_MINE ? say(in, "我方", "mine    ") : say(in, "对方", "theirs  "));
	print_value(narrator, cell, side == MERGE_MINE ? &cell->mine : &cell->theirs);
	if (writer) {
		printf("  %s", say(in, "（", "("));
		print_text(writer->by);
		printf(" %.16s%s", writer->at, say(in, "）", ")"));
	}
	printf("\n");
}

/* As the journal tells it; where it has no words, table, key and group. narrator NULL: it has none. */
static void print_name(const struct invocation *in, const struct narrator *narrator,
		       const struct merge_cell *cell)
{
	const struct change change = { .table = cell->table,
				       .key = cell->key,
				       .group = cell->group,
				       .old = cell->original,
				       .new = cell->theirs.at ? cell->theirs : cell->mine };
	struct telling tellings[CELL_MAX_MEMBERS];
	struct lt_err ignored = LT_ERR_INIT;
	struct lt_arena arena;
	unsigned n = 0;
	lt_arena_init(&arena, 0);
	if (narrator && narrate_change(narrator, &change, "", &arena, tellings, &n, &ignored) == LT_OK && n) {
		print_text(tellings[0].subject);
		printf("%s", say(in, " ", ", "));
		print_text(tellings[0].what);
	} else {
		print_cell_name(in, &change);
	}
	lt_arena_release(&arena);
}

static void print_cell(const struct invocation *in, const struct narrator *narrator,
		       const struct merging *merging, const struct merge_cell *cell)
{
	print_name(in, narrator, cell);
	printf("  %s  → %s\n", label_text(in, &whys[cell->why]),
	       label_text(in, &takes[cell->take]));
	printf("    %s ", say(in, "原值", "original"));
	print_value(narrator, cell, &cell->original);
	printf("\n");
	print_side(in, narrator, merging, cell, MERGE_MINE);
	print_side(in, narrator, merging, cell, MERGE_THEIRS);
	if (cell->refused)
		printf("    %s\n", cell->refused);
}

static bool is_told(const struct merge_cell *cell)
{
	return cell->why >= MERGE_BLANK || cell->refused;
}

static unsigned count_taken(const struct merge_plan *plan)
{
	unsigned n = 0;
	for (unsigned i = 0; i < plan->n_cells; i++)
		n += plan->cells[i].take == TAKE_THEIRS && !plan->cells[i].decided;
	return n;
}

static unsigned count_told(const struct merge_plan *plan)
{
	unsigned n = 0;
	for (unsigned i = 0; i < plan->n_cells; i++)
		n += is_told(&plan->cells[i]);
	return n;
}

static void print_cells(const struct invocation *in, const struct merging *merging)
{
	const struct merge_plan *plan = &merging->plan;
	struct narrator narrator;
	struct lt_arena arena;
	struct lt_findings findings;
	struct lt_err ignored = LT_ERR_INIT;
	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	const bool knows = narrator_init(&narrator, merging->session, in->lang, &arena, &findings, &ignored) == LT_OK;
	for (unsigned i = 0; i < plan->n_cells; i++)
		if (is_told(&plan->cells[i]) || in->all)
			print_cell(in, knows ? &narrator : NULL, merging, &plan->cells[i]);
	lt_arena_release(&arena);
}

void print_merge(const struct invocation *in, const struct merging *merging)
{
	const struct merge_plan *plan = &merging->plan;
	if (plan->base)
		printf(say(in, "共同起点 第 %u 条 %.12s    我方 +%u    对方 +%u\n",
			   "both from entry %u, %.12s    mine +%u    theirs +%u\n"),
		       plan->base->entry.depth, plan->base->hash, plan->n_entries[MERGE_MINE],
		       plan->n_entries[MERGE_THEIRS]);
	printf(say(in, "自动合入 %u 处    要看的 %u 处，未定 %u 处    佐证 新增 %u，重复 %u 已并\n",
		   "taken by itself: %u    to look at: %u, open: %u    evidence: %u new, %u joined\n"),
	       count_taken(plan), count_told(plan), merge_count_open(plan), merging->n_evidence_new,
	       merging->n_evidence_joined);
	if (merging->n_evidence_purged)
		printf(say(in, "注意：对方清除了 %u 份佐证，这里的内容也一并销毁，撤销合并找不回\n",
			   "note: evidence that theirs purged: %u; its bytes are destroyed here too, and undoing the merge does not bring them back\n"),
		       merging->n_evidence_purged);
	if (merging->n_future)
		printf(say(in, "注意：对方有 %u 条记录的时间在将来，那台机器的钟可能不准\n",
			   "note: %u entries of theirs are of a time to come; that machine's clock may be wrong\n"),
		       merging->n_future);
	if (merging->n_claims)
		printf(say(in,
			   "注意：对方有 %u 条记录没有签名，署名的人在这里登记过密钥，只是自称\n",
			   "note: %u entries of theirs are not signed, in the name of somebody who has a key here: claims\n"),
		       merging->n_claims);
	print_cells(in, merging);
}

/* ---- as JSON ---- */

static void json_side(struct lt_json *json, const char *name, const struct merging *merging,
		      const struct merge_cell *cell, enum merge_side side)
{
	const struct entry *writer = merging_writer(merging, cell, side);
	lt_json_open_object(json, name);
	json_value(json, "value", side == MERGE_MINE ? &cell->mine : &cell->theirs);
	lt_json_string(json, "entry", cell->writers[side].hash);
	lt_json_string(json, "by", writer ? writer->by : NULL);
	lt_json_string(json, "at", writer ? writer->at : NULL);
	lt_json_close(json);
}

static void json_cell(struct lt_json *json, const struct merging *merging,
		      const struct merge_cell *cell)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "table", cell->table);
	lt_json_string(json, "key", cell->key);
	lt_json_string(json, "group", cell->group);
	lt_json_string(json, "why", why_names[cell->why]);
	lt_json_string(json, "take", take_names[cell->take]);
	json_value(json, "original", &cell->original);
	json_side(json, "mine", merging, cell, MERGE_MINE);
	json_side(json, "theirs", merging, cell, MERGE_THEIRS);
	lt_json_string(json, "refused", cell->refused);
	lt_json_close(json);
}

void json_merge(struct lt_json *json, const struct merging *merging, bool all)
{
	static const char *const kinds[] = {
		[MERGE_NOTHING] = "nothing", [MERGE_ADOPT] = "adopt", [MERGE_JOIN] = "merge"
	};
	const struct merge_plan *plan = &merging->plan;
	lt_json_string(json, "kind", kinds[plan->kind]);
	lt_json_string(json, "base", plan->base ? plan->base->hash : NULL);
	lt_json_int(json, "entries_mine", plan->n_entries[MERGE_MINE]);
	lt_json_int(json, "entries_theirs", plan->n_entries[MERGE_THEIRS]);
	lt_json_int(json, "taken", count_taken(plan));
	lt_json_int(json, "open", merge_count_open(plan));
	lt_json_int(json, "to_come", merging->n_future);
	lt_json_int(json, "claims", merging->n_claims);
	lt_json_int(json, "evidence_new", merging->n_evidence_new);
	lt_json_int(json, "evidence_joined", merging->n_evidence_joined);
	lt_json_int(json, "evidence_purged", merging->n_evidence_purged);
	lt_json_open_list(json, "cells");
	for (unsigned i = 0; i < plan->n_cells; i++)
		if (is_told(&plan->cells[i]) || all)
			json_cell(json, merging, &plan->cells[i]);
	lt_json_close(json);
}

/* ---- the command ---- */

static enum lt_status tell(struct invocation *in, const struct merging *merging, bool done)
{
	struct lt_json json;
	if (!in->json) {
		if (merging->plan.kind == MERGE_NOTHING && !merging->plan.n_cells)
			printf("%s%s\n",
			       say(in, "对方的记录这里都有，没有新的",
				   "everything of theirs is here already"),
			       in->again ? ""
					 : say(in, "；合并撤销过的，用 --again 重新定",
					       "; --again asks anew where a merge was undone"));
		else
			print_merge(in, merging);
		if (done)
			printf(merging->plan.kind == MERGE_ADOPT
				       ? say(in,
					     "这里没有对方没有的，直接采用对方的记录，最新记录 %.12s\n",
					     "nothing here was new to theirs: theirs was taken as it is, the head is %.12s\n")
				       : say(in, "已合并，最新记录 %.12s；一次撤销可全部退回\n",
					     "merged, the head is %.12s; one undo takes all of it back\n"),
			       project_head(in->session.project));
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	json_merge(&json, merging, in->all);
	lt_json_bool(&json, "written", done);
	lt_json_string(&json, "head", project_head(in->session.project));
	lt_json_close(&json);
	return print_json(in, &json);
}

void note_open(const struct invocation *in)
{
	fprintf(stderr, "%s\n",
		say(in,
		    "lingtan: 有冲突未定，什么也没有写；在工作台里逐条定，或用 --prefer mine|theirs|deepest",
		    "lingtan: conflicts are open and nothing was written; decide them in the workbench, or with --prefer mine|theirs|deepest"));
}

/* What the two together still leave out, of each assessment. */
static enum lt_status tell_left_out(struct invocation *in)
{
	const struct assessment_ref *refs;
	unsigned n = 0;
	enum lt_status status = session_assessments(&in->session, &refs, &n, &in->err);
	for (unsigned i = 0; i < n && !status; i++) {
		struct coverage at = { 0 };
		bool any = false;
		status = session_coverage(&in->session, &refs[i], &at, &in->findings, &in->err);
		for (unsigned kind = 0; kind < N_COVERAGE_GAPS && !status; kind++) {
			if (!at.n_of[kind])
				continue;
			printf("%s%s %u", any ? say(in, "，", ", ") : say(in, "还缺：", "left out: "),
			       label_text(in, &coverage_gap_titles[kind]), at.n_of[kind]);
			any = true;
		}
		if (any)
			printf("%s\n", say(in, "；见 lingtan coverage", "; see lingtan coverage"));
	}
	return status;
}

static enum lt_status merge_into(struct invocation *in, struct merging *merging)
{
	enum merge_prefer prefer;
	bool done = false;
	enum lt_status status = read_prefer(in, &prefer);
	if (!status)
		status = merging_open(&in->session, in->words[1], in->again, merging, &in->err);
	if (status)
		return status;
	merge_prefer(&merging->plan, prefer);
	const bool open = merge_count_open(&merging->plan) > 0;
	if (!in->dry_run && !open)
		status = merging_write(merging, &done, &in->err);
	if (!status)
		status = tell(in, merging, done);
	/* it is written, whatever cannot be told of it */
	if (!status && done && !in->json && tell_left_out(in) != LT_OK)
		in->err = (struct lt_err)LT_ERR_INIT;
	if (!status && done)
		remember_project(in);
	if (!status && open && !in->dry_run)
		note_open(in);
	return status ? status : open ? LT_NO : LT_OK;
}

enum lt_status command_merge(struct invocation *in)
{
	struct merging merging = { 0 };
	enum lt_status status =
		open_project(in, in->words[0], in->dry_run ? PROJECT_READ : PROJECT_WRITE);
	if (!status)
		status = merge_into(in, &merging);
	merging_close(&merging);
	return status;
}
