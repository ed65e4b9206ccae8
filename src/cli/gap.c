/* lingtan gap: the fewest items to a grade. */
#include "lingtan/core/gap.h"

#include "command.h"
#include "lingtan/app/advice.h"

static const char *const reason_names[] = {
	[GAP_VETO] = "veto", [GAP_JUDGEMENT] = "judgement", [GAP_GAIN] = "gain"
};

static void json_value(struct lt_json *json, const char *key, const struct value *value)
{
	if (value_is_exact(value))
		lt_json_decimal(json, key, value->lo);
	else
		lt_json_null(json, key);
}

/* Why the condition has no value at all, as in "no threshold defined"; NULL if it has one. */
static const char *none_of(const struct invocation *in, const struct result *result,
			   const struct gap_condition *condition)
{
	const bool none =
		condition->amount.state != VALUE_NUMBER || condition->limit.state != VALUE_NUMBER;
	return none ? result_none_reason(result, condition->slot, in->lang) : NULL;
}

static bool has_distance(const struct gap_condition *condition)
{
	return condition->known && condition->amount.state == VALUE_NUMBER &&
	       condition->limit.state == VALUE_NUMBER;
}

static enum lt_status gap_as_json(struct invocation *in, const struct result *result,
				  const struct gap *gap)
{
	const struct plan *plan = result->plan;
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "standard", plan->ruleset->id);
	lt_json_string(&json, "grade", gap->grade);
	lt_json_bool(&json, "reached", gap->reached);
	lt_json_bool(&json, "never", gap->never);
	lt_json_open_list(&json, "steps");
	for (unsigned i = 0; i < gap->n_steps; i++) {
		const struct gap_step *step = &gap->steps[i];
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "item", plan_slot_name(plan, step->item));
		lt_json_string(&json, "title", slot_title(in, plan, step->item));
		lt_json_string(&json, "reason", reason_names[step->reason]);
		json_value(&json, "from", &step->from);
		json_value(&json, "to", &step->to);
		lt_json_decimal(&json, "gain", step->gain);
		lt_json_string(&json, "for",
			       step->condition == NO_SLOT ? NULL
							  : plan_slot_name(plan, step->condition));
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_open_list(&json, "conditions");
	for (unsigned i = 0; i < gap->n_conditions; i++) {
		const struct gap_condition *condition = &gap->conditions[i];
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "node", plan_slot_name(plan, condition->slot));
		lt_json_bool(&json, "holds", condition->holds);
		lt_json_bool(&json, "known", condition->known);
		json_value(&json, "amount", &condition->amount);
		json_value(&json, "limit", &condition->limit);
		if (has_distance(condition))
			lt_json_decimal(&json, "short_by", condition->short_by);
		else
			lt_json_null(&json, "short_by");
		lt_json_string(&json, "none", none_of(in, result, condition));
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

static void print_step(const struct invocation *in, const struct plan *plan, unsigned number,
		       const struct gap_step *step)
{
	char from[120], to[120], gain[LT_DECIMAL_TEXT], head[300];
	snprintf(head, sizeof(head), "%3u. %-7s %s", number, plan_slot_name(plan, step->item),
		 slot_title(in, plan, step->item));
	print_padded(stdout, head, 50);
	switch (step->reason) {
	case GAP_VETO:
		printf("%s\n", say(in, "必须满足", "must be met"));
		return;
	case GAP_JUDGEMENT:
		printf("%s\n", say(in, "须由人判断为“是”", "a person must judge yes"));
		return;
	case GAP_GAIN:
		break;
	}
	lt_decimal_format(step->gain, gain);
	printf("%s → %s  +%s\n", ends_text(&step->from, from, sizeof(from)),
	       ends_text(&step->to, to, sizeof(to)), gain);
}

static void print_condition(const struct invocation *in, const struct result *result,
			    const struct gap_condition *condition)
{
	char amount[120], limit[120], short_by[LT_DECIMAL_TEXT];
	const struct plan *plan = result->plan;
	const char *title = slot_title(in, plan, condition->slot),
		   *none = none_of(in, result, condition);
	printf("  %s  ", title[0] ? title : plan_slot_name(plan, condition->slot));
	if (none) {
		printf(say(in, "无从判断：%s\n", "cannot be judged: %s\n"), none);
		return;
	}
	printf(say(in, "%s：%s，应 %s %s", "%s: %s, it should be %s %s"),
	       condition->holds ? say(in, "成立", "holds") : say(in, "不成立", "does not hold"),
	       ends_text(&condition->amount, amount, sizeof(amount)),
	       compare_signs[plan_node_at(plan, condition->slot)->decl->is],
	       ends_text(&condition->limit, limit, sizeof(limit)));
	lt_decimal_format(condition->short_by, short_by);
	if (!condition->holds && has_distance(condition))
		printf(say(in, "  差 %s", "  short by %s"), short_by);
	else if (!condition->holds)
		printf("%s", say(in, "  尚有未填或未设值", "  something is still open or unset"));
	printf("\n");
}

static void gap_as_text(const struct invocation *in, const struct result *result,
			const struct gap *gap)
{
	const struct plan *plan = result->plan;
	if (!gap->grade) {
		printf("%s\n", say(in, "已达最高等级。", "the highest grade is reached."));
		return;
	}
	printf(say(in, "目标：%s\n", "towards: %s\n"), grade_title(in, plan->ruleset, gap->grade));
	if (gap->never) {
		printf("%s\n",
		       say(in, "本阶段不授予此等级。", "this stage does not award the grade."));
		return;
	}
	for (unsigned i = 0; i < gap->n_steps; i++)
		print_step(in, plan, i + 1, &gap->steps[i]);
	if (gap->reached)
		printf("%s\n", say(in, "做完以上各项即可达到。", "with these it is reached."));
	else
		printf("%s\n", gap->n_steps ? say(in, "以上各项还不够，尚缺：",
						  "these are not enough; still missing:")
					    : say(in, "没有可补的条款，尚缺：",
						  "no item can mend it; missing:"));
	for (unsigned i = 0; i < gap->n_conditions; i++)
		if (!gap->conditions[i].holds)
			print_condition(in, result, &gap->conditions[i]);
}

/* What to do for a grade is the park's to hear: who assesses is told so, where nobody has written
 * why it is shown all the same (advice.h). */
static enum lt_status tell_whose(struct invocation *in)
{
	bool shown = true;
	enum lt_status status = session_is_project(in->words[0])
					? advice_is_shown(&in->session, &shown, &in->err)
					: LT_OK;
	if (!status && !shown)
		fprintf(stderr, "%s\n",
			say(in, "提示：差距是给园区的建议，评价、复核、认定的人不据此指导园区；要用它，先在工作台 F9 建议开关 里写明理由",
			    "note: this is advice for the park; who assesses does not advise. To use it, first say why in the workbench: F9, advice"));
	return status;
}

enum lt_status command_gap(struct invocation *in)
{
	struct assessment assessment;
	struct gap gap;
	enum lt_status status = open_subject(in, in->words[0], &assessment);
	const struct plan_node *ladder = status ? NULL : plan_ladder(assessment.plan);
	if (!status && !ladder)
		status = lt_err_set(&in->err, LT_EDATA, "%s 没有等级", "%s has no grades",
				    assessment.ruleset->id);
	if (!status)
		status = gap_find(assessment.plan, &assessment.answers, ladder, in->grade,
				  &assessment.arena, &gap, &in->err);
	if (!status && in->json)
		status = gap_as_json(in, &assessment.result, &gap);
	else if (!status)
		gap_as_text(in, &assessment.result, &gap);
	assessment_close(&assessment);
	return status ? status : tell_whose(in);
}
