/* The rungs against each other: rungs, differences, take, see. */
#include <string.h>
#include "command.h"
#include "lingtan/app/ladder.h"
#include "lingtan/app/role.h"
#include "lingtan/base/text.h"
#include "log.h"

/* ---- rungs: figure, grade and round of each ---- */

static const char *const round_words[] = { [ROUND_NONE] = "none",
					   [ROUND_WORKING] = "working",
					   [ROUND_SUBMITTED] = "submitted",
					   [ROUND_RETURNED] = "returned" };
static const struct label round_titles[] = { [ROUND_NONE] = { "未填", "nothing" },
					     [ROUND_WORKING] = { "填写中", "working" },
					     [ROUND_SUBMITTED] = { "已提交", "submitted" },
					     [ROUND_RETURNED] = { "已退回", "returned" } };

static void json_rung(struct lt_json *json, const struct board *board, enum rung rung)
{
	const struct board_rung *at = &board->rungs[rung];
	const bool any = at->has_answers && at->is_computed;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "rung", rung_names[rung]);
	lt_json_bool(json, "has_answers", at->has_answers);
	lt_json_string(json, "round_state", round_words[at->round_state]);
	lt_json_int(json, "round", at->round);
	lt_json_int(json, "answered", any ? at->must.answered : 0);
	lt_json_int(json, "items", any ? at->must.items : 0);
	lt_json_open_object(json, "figure");
	if (any && board->headline.slot != NO_SLOT)
		value_write(json, &at->figure, true);
	lt_json_close(json);
	lt_json_string(json, "grade", any ? at->grade.view.certain : NULL);
	lt_json_open_list(json, "withheld_by");
	for (unsigned i = 0; any && i < at->controls.n_failed; i++)
		lt_json_string(json, NULL, at->controls.failed[i]);
	lt_json_close(json);
	lt_json_close(json);
}

static void print_rung(const struct invocation *in, const struct board *board, enum rung rung)
{
	const struct board_rung *at = &board->rungs[rung];
	char text[200];
	print_padded(stdout, label_text(in, &rung_titles[rung]), 10);
	if (!at->has_answers || !at->is_computed) {
		printf("%s\n", say(in, "未填", "nothing yet"));
		return;
	}
	print_padded(stdout,
		     board->headline.slot == NO_SLOT
			     ? "-"
			     : value_text(in, at->result, board->headline.slot, PLACES_SHORT, text,
					  sizeof(text)),
		     18);
	print_padded(stdout,
		     at->grade.ladder
			     ? grade_text(in, at->result, at->grade.ladder, text, sizeof(text))
			     : "-",
		     22);
	snprintf(text, sizeof(text), "%u/%u", at->must.answered, at->must.items);
	print_padded(stdout, text, 9);
	printf("%s", label_text(in, &round_titles[at->round_state]));
	if (at->round)
		printf(say(in, "（第 %u 轮）", " (round %u)"), at->round);
	for (unsigned i = 0; i < at->controls.n_failed; i++)
		printf("%s%s", i ? " " : say(in, "  否决：", "  vetoed by "),
		       at->controls.failed[i]);
	printf("\n");
}

enum lt_status command_rungs(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct board *board = NULL;
	struct lt_json json;
	enum lt_status status = open_project_for(in, PROJECT_READ, &ref);
	if (!status)
		status = board_open(&in->session, ref, RUNG_EVALUATOR, &in->findings, &board,
				    &in->err);
	if (status)
		return status;
	if (in->json) {
		lt_json_init(&json);
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "assessment", ref->name);
		lt_json_string(&json, "figure",
			       board->headline.slot == NO_SLOT
				       ? NULL
				       : plan_slot_name(board->plan, board->headline.slot));
		lt_json_string(&json, "unit", board->headline.unit);
		lt_json_open_list(&json, "rungs");
		for (int r = 0; r < N_RUNGS; r++)
			json_rung(&json, board, (enum rung)r);
		lt_json_close(&json);
		lt_json_close(&json);
		status = print_json(in, &json);
	} else {
		for (int r = 0; r < N_RUNGS; r++)
			print_rung(in, board, (enum rung)r);
	}
	board_close(board);
	return status;
}

/* ---- differences ---- */

static const char *const kind_words[] = {
	[LADDER_ITEM] = "item", [LADDER_QUANTITY] = "quantity", [LADDER_LINE] = "line"
};

static void json_side(struct lt_json *json, const char *key, const struct ladder_side *side)
{
	if (!side->is_given) {
		lt_json_null(json, key);
		return;
	}
	lt_json_open_object(json, key);
	lt_json_string(json, "says", side->text);
	lt_json_string(json, "reason", side->reason);
	lt_json_string(json, "by", side->by);
	lt_json_string(json, "role", side->role);
	lt_json_string(json, "at", side->at);
	lt_json_bool(json, "taken", side->is_taken);
	lt_json_bool(json, "bulk", side->is_bulk);
	lt_json_close(json);
}

static enum lt_status differences_as_json(struct invocation *in, const struct assessment_ref *ref,
					  const struct ladder_differences *found)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "assessment", ref->name);
	lt_json_string(&json, "lower", rung_names[found->lower]);
	lt_json_string(&json, "upper", rung_names[found->upper]);
	lt_json_int(&json, "different", found->n_different);
	lt_json_open_list(&json, "differences");
	for (unsigned i = 0; i < found->n; i++) {
		const struct ladder_difference *at = &found->at[i];
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "kind", kind_words[at->kind]);
		lt_json_string(&json, "id", at->id);
		lt_json_string(&json, "year", at->year);
		lt_json_string(&json, "title", at->title ? label_text(in, at->title) : NULL);
		lt_json_bool(&json, "seen", at->is_seen);
		lt_json_decimal(&json, "effect_low", at->effect_low);
		lt_json_decimal(&json, "effect_high", at->effect_high);
		lt_json_int(&json, "evidence", at->n_evidence);
		json_side(&json, "lower", &at->lower);
		json_side(&json, "upper", &at->upper);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

/* The difference that is told, and what tells it. */
struct told {
	const struct assessment_ref *ref;
	const struct narrator *narrator;
	const struct ladder_difference *at;
};

/* "points:8" of an item as 8 points. */
static void print_said(const struct invocation *in, const struct told *of, enum rung rung,
		       const struct ladder_side *side)
{
	const size_t len = strcspn(side->text, ":");
	char result[40];
	if (!side->is_given || of->at->kind != LADDER_ITEM || len >= sizeof(result)) {
		print_remark(side->is_given ? side->text : say(in, "未填", "nothing"));
		return;
	}
	snprintf(result, sizeof(result), "%.*s", (int)len, side->text);
	print_verdict(of->narrator, of->ref->name, rung, of->at->id,
		      (const char *[]){ result, side->text + len + (side->text[len] == ':'), "" });
}

static void print_side(const struct invocation *in, const struct told *of, enum rung rung,
		       const struct ladder_side *side)
{
	printf("    %s%s", label_text(in, &rung_titles[rung]), say(in, "：", ": "));
	print_said(in, of, rung, side);
	if (side->by) {
		printf("  ");
		print_remark(side->by);
		printf(" %.10s", side->at);
	}
	if (side->is_taken)
		printf("  %s", side->is_bulk ? say(in, "（批量采纳）", "(taken over in bulk)")
					     : say(in, "（采纳）", "(taken over)"));
	if (side->reason[0]) {
		printf("  ");
		print_remark(side->reason);
	}
	printf("\n");
}

/* A line of the ledger is called as the journal calls it, and by an id that somebody gave it. */
static void print_name(const struct told *of)
{
	const struct ladder_difference *at = of->at;
	const struct change change = { .table = "line", .key = at->id, .group = "activity" };
	struct telling tellings[CELL_MAX_MEMBERS];
	struct lt_err ignored = LT_ERR_INIT;
	struct lt_arena arena;
	unsigned n = 0;
	lt_arena_init(&arena, 0);
	if (at->kind == LADDER_LINE &&
	    narrate_change(of->narrator, &change, "", &arena, tellings, &n, &ignored) == LT_OK && n) {
		print_remark(tellings[0].subject);
		printf("%s", strlen(at->id) < 32 ? " " : "");
	}
	if (!n || strlen(at->id) < 32)
		print_remark(at->id);
	lt_arena_release(&arena);
}

static void print_difference(const struct invocation *in, const struct ladder_differences *found,
			     const struct told *of)
{
	const struct ladder_difference *at = of->at;
	char low[LT_DECIMAL_TEXT], high[LT_DECIMAL_TEXT];
	print_name(of);
	if (at->title)
		printf(" %s", label_text(in, at->title));
	if (at->year)
		printf(" %s", at->year);
	lt_decimal_format(at->effect_low, low);
	lt_decimal_format(at->effect_high, high);
	if (!at->is_seen)
		printf("  %s", say(in, "上一层级未填", "the upper rung has not said"));
	else if (strcmp(low, high) == 0)
		printf("  %s%s%s", say(in, "影响 ", "moves it by "),
		       at->effect_low.units > 0 ? "+" : "", low);
	else
		printf("  %s%s ~ %s", say(in, "影响 ", "moves it by "), low, high);
	printf("\n");
	print_side(in, of, found->lower, &at->lower);
	if (at->is_seen)
		print_side(in, of, found->upper, &at->upper);
}

/* The two rungs that were named; else those of the role and the one below it. */
static enum lt_status which_rungs(struct invocation *in, enum rung *lower, enum rung *upper)
{
	const char *own = role_rung(&in->workspace, in->session.role);
	*upper = own ? rung_find(own) : RUNG_EVALUATOR;
	if (in->n_words == 3) {
		*lower = rung_find(in->words[1]);
		*upper = rung_find(in->words[2]);
		if (*lower < N_RUNGS && *upper < N_RUNGS)
			return LT_OK;
		return lt_err_set(&in->err, LT_EUSAGE, "层级有 self、evaluator、reviewer、awarded",
				  "the rungs are self, evaluator, reviewer, awarded");
	}
	if (in->n_words == 2)
		return lt_err_set(&in->err, LT_EUSAGE, "请写两个层级，如 self evaluator",
				  "name two rungs, as in self evaluator");
	if (*upper == RUNG_SELF)
		*upper = RUNG_EVALUATOR;
	*lower = (enum rung)(*upper - 1);
	return LT_OK;
}

enum lt_status command_differences(struct invocation *in)
{
	const struct assessment_ref *ref;
	struct ladder_differences found;
	struct narrator narrator;
	enum rung lower = RUNG_SELF, upper = RUNG_EVALUATOR;
	enum lt_status status = open_project(in, in->words[0], PROJECT_READ);
	if (!status)
		status = which_rungs(in, &lower, &upper);
	if (!status)
		status = session_find_assessment(&in->session, in->assessment, NULL, &ref,
						 &in->findings, &in->err);
	if (!status)
		status = ladder_compare(&in->session, ref, lower, upper, &in->session.arena, &found,
					&in->findings, &in->err);
	if (!status)
		status = narrator_init(&narrator, &in->session, in->lang, &in->session.arena,
				       &in->findings, &in->err);
	if (status)
		return status;
	if (in->json)
		return differences_as_json(in, ref, &found);
	for (unsigned i = 0; i < found.n; i++)
		print_difference(in, &found, &(struct told){ ref, &narrator, &found.at[i] });
	printf(say(in, "%s与%s：不同 %u 处，上一层级未填 %u 处\n",
		   "%s against %s: %u differ, %u the upper rung has not said\n"),
	       label_text(in, &rung_titles[lower]), label_text(in, &rung_titles[upper]),
	       found.n_different, found.n - found.n_different);
	return LT_OK;
}

/* ---- take, see ---- */

enum lt_status command_take(struct invocation *in)
{
	const struct assessment_ref *ref;
	const struct ladder_take wish = { .items = in->words + 1,
					  .n_items = (unsigned)in->n_words - 1,
					  .all = in->all,
					  .from = in->from };
	unsigned n = 0;
	char number[16];
	if (in->all != (wish.n_items == 0))
		return lt_err_set(&in->err, LT_EUSAGE, "请写出条款，或用 --all 采纳全部未填的",
				  "name the items, or --all for every one that is open");
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = find_items(in, 1, (int)wish.n_items, 1, &ref);
	if (!status)
		status = ladder_take_over(&in->session, ref, &wish, &n, &in->findings, &in->err);
	if (status)
		return status;
	snprintf(number, sizeof(number), "%u", n);
	if (n)
		remember_project(in);
	return n ? tell_change(in, true, "已采纳 %s 条", "items taken over: %s", number)
		 : tell_change(in, false, "没有要采纳的%s", "there is nothing to take over%s", "");
}

enum lt_status command_see(struct invocation *in)
{
	const struct assessment_ref *ref;
	bool done = false;
	char number[16];
	enum lt_status status = open_project(in, in->words[0], PROJECT_WRITE);
	if (!status)
		status = find_items(in, 1, in->n_words - 1, 1, &ref);
	if (!status)
		status = ladder_see(&in->session, ref, in->words + 1, (unsigned)in->n_words - 1,
				    &done, &in->findings, &in->err);
	if (status)
		return status;
	snprintf(number, sizeof(number), "%d", in->n_words - 1);
	if (done)
		remember_project(in);
	return tell_change(in, done, "已记下看过 %s 条的佐证", "evidence seen of items: %s",
			   number);
}
