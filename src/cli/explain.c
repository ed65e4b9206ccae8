/* lingtan explain: the tree of numbers under a node, down to clause, origin and evidence. */
#include <string.h>
#include "explain.h"
#include "lingtan/core/title.h"

#define MAX_TREE_DEPTH 40

const struct trace_node *explain_trace_of(const struct explain_view *view, uint32_t slot)
{
	const struct plan *plan = view->assessment.plan;
	return slot >= plan->first_node ? &view->trace.nodes[slot - plan->first_node] : NULL;
}

/* What a node does, in a few words: "sum", "compare ≥", "at least 2". */
static void operation_words(const struct invocation *in, const struct plan_node *node, char *buf,
			    size_t cap)
{
	static const char *const zh[N_OPS] = { "合计", "连乘", "比值", "分档",
					       "线性", "比较", "至少", "分级" };
	static const char *const zh_na[] = { "", "，不适用的剔除", "，不适用的按比例折算",
					     "，不接受不适用" };
	const struct node *decl = node->decl;
	const char *op = say(in, zh[decl->op], node_op_names[decl->op]);
	if (decl->op == OP_COMPARE)
		snprintf(buf, cap, "%s %s", op, compare_signs[decl->is]);
	else if (decl->op == OP_AT_LEAST && node->k_all)
		snprintf(buf, cap, "%s", say(in, "须全部成立", "all must hold"));
	else if (decl->op == OP_AT_LEAST)
		snprintf(buf, cap, "%s %s", op, decl->k);
	else if (decl->op == OP_SUM && decl->na != NA_UNSTATED)
		snprintf(buf, cap, say(in, "%s%s", "%s, n/a: %s"), op,
			 say(in, zh_na[decl->na], na_policy_names[decl->na]));
	else
		snprintf(buf, cap, "%s", op);
}

/* ---- text ---- */

static void indent(int depth)
{
	printf("%*s", 2 * depth, "");
}

static void print_cite(const struct invocation *in, enum origin origin, const char *cite)
{
	if (origin != ORIGIN_UNSTATED)
		printf("  [%s%s%s]", origin_in_words(in, origin), cite ? " " : "", cite ? cite : "");
}

static void print_said(const struct invocation *in, int depth, const char *zh, const char *en,
		       const char *text, const char *more)
{
	if (!text)
		return;
	indent(depth);
	printf("%s", say(in, zh, en));
	print_remark(text);
	if (more) {
		printf("  ");
		print_remark(more);
	}
	printf("\n");
}

const char *explain_reason(const struct invocation *in, const struct plan *plan, const char *id,
			     const char *written)
{
	const struct na_reason *reason = id ? ruleset_find_na_reason(plan->ruleset, id) : NULL;
	return written || !reason ? written : label_text(in, &reason->title);
}

static void print_evidence(const struct invocation *in, int depth, const char *file,
			   const char *locator, bool is_purged)
{
	print_said(in, depth, is_purged ? "佐证（内容已因故清除）：" : "佐证：",
		   is_purged ? "evidence (its bytes were purged): " : "evidence: ", file, locator);
}

static void print_answer(const struct explain_view *view, uint32_t slot, int depth)
{
	const struct invocation *in = view->in;
	const struct plan *plan = view->assessment.plan;
	const struct answer *answer = &view->assessment.answers.items[slot];
	const struct sheet *sheet = view->assessment.sheet;
	print_said(in, depth, "理由：",
		   "reason: ", explain_reason(in, plan, answer->reason, answer->reason_text), NULL);
	print_said(in, depth, "备注：", "remark: ", answer->remark, NULL);
	print_evidence(in, depth, answer->evidence, answer->locator, answer->is_purged);
	for (unsigned i = 0; i < sheet->n_more_ties; i++) {
		const struct sheet_tie *tie = &sheet->more_ties[i];
		if (strcmp(tie->item, plan->items[slot].decl->id) == 0)
			print_evidence(in, depth, tie->file, tie->locator, tie->is_purged);
	}
}

static void print_item_limits(const struct invocation *in, const struct plan_item *item)
{
	char points[LT_DECIMAL_TEXT];
	if (item->truth)
		return;
	lt_decimal_format(item->points, points);
	printf(say(in, " / 满分 %s", " / of %s"), points);
	print_cite(in, item->points_origin, item->points_cite);
}

bool explain_is_chosen(const struct answer *answer, unsigned tier)
{
	return answer->state == ANSWER_TIER && answer->tier == tier;
}

static void print_checks(const struct invocation *in, const struct plan_item *item,
			 const struct answer *answer, int depth)
{
	char points[LT_DECIMAL_TEXT];
	for (unsigned i = 0; i < item->decl->n_checks; i++) {
		const struct check_point *check = &item->decl->checks[i];
		const bool holds = answer->state == ANSWER_CHECKS && answer->checks >> i & 1;
		lt_decimal_format(item->check_points[i], points);
		indent(depth);
		printf("%s%s %s → %s\n", say(in, "检查点：", "check: "), holds ? "[x]" : "[ ]",
		       label_text(in, &check->title), points);
	}
}

/* How a measured amount, or a chosen tier, becomes points. */
static void print_item_scale(const struct invocation *in, const struct plan_item *item,
			     const struct answer *answer, int depth)
{
	const struct line *line = &item->decl->linear;
	char points[LT_DECIMAL_TEXT];
	if (line->from) {
		lt_decimal_format(item->points, points);
		indent(depth);
		printf(say(in, "直线：%s → 0，%s → %s", "line: %s → 0, %s → %s"), line->from,
		       line->to, points);
		print_cite(in, line->origin, line->cite);
		printf("\n");
	}
	for (unsigned i = 0; i < item->decl->n_tiers; i++) {
		const struct step *tier = &item->decl->tiers[i];
		const char *limit = tier->above ? tier->above : tier->from;
		indent(depth);
		printf("%s", say(in, "档次：", "tier: "));
		if (tier->id)
			printf("%s ", tier->id);
		if (limit)
			printf("%s %s ", tier->above ? ">" : "≥", limit);
		printf("→ %s", tier->then);
		if (tier->title.zh)
			printf(" %s", label_text(in, &tier->title));
		if (explain_is_chosen(answer, i))
			printf("  %s", say(in, "（所选）", "(chosen)"));
		print_cite(in, tier->origin, tier->cite);
		printf("\n");
	}
	print_checks(in, item, answer, depth);
}

static void print_slot(struct explain_view *view, uint32_t slot, const char *prefix, int depth);

static void print_item(struct explain_view *view, uint32_t slot, int depth)
{
	const struct plan *plan = view->assessment.plan;
	const struct plan_item *item = &plan->items[slot];
	const struct invocation *in = view->in;
	if (!item->applies)
		printf("  %s",
		       say(in, "（本类型或阶段不适用）", "(does not apply to this type or stage)"));
	else if (view->assessment.answers.items[slot].state == ANSWER_OPEN &&
		 item->quantity == NO_SLOT)
		printf("  %s", say(in, "（未答）", "(open)"));
	print_item_limits(in, item);
	if (item->decl->cite) {
		printf("  [%s]", item->decl->cite);
	}
	printf("\n");
	print_item_scale(in, item, &view->assessment.answers.items[slot], depth + 1);
	print_answer(view, slot, depth + 1);
	if (item->quantity != NO_SLOT) {
		print_slot(view, item->quantity, "", depth + 1);
	} else if (item->decl->quantity) {
		/* it does not count, but it is what the points were judged by */
		const uint32_t informing = plan_find(plan, item->decl->quantity);
		const bool given =
			informing != NO_SLOT && informing >= plan->first_quantity &&
			informing < plan->first_parameter &&
			view->assessment.answers.quantities[informing - plan->first_quantity]
					.state != MEASURE_OPEN;
		if (given)
			print_slot(view, informing, say(in, "参考量 ", "informed by "), depth + 1);
	}
}

static void print_ledger_lines(const struct explain_view *view, unsigned quantity, int depth)
{
	const struct assessment *assessment = &view->assessment;
	char amount[LT_DECIMAL_TEXT];
	for (unsigned i = 0; i < assessment->n_ledger; i++) {
		const struct ledger_entry *entry = &assessment->ledger[i];
		const struct sheet_line *line = entry->line;
		if (entry->quantity != quantity)
			continue;
		lt_decimal_format(entry->amount, amount);
		indent(depth);
		printf("%s%s", line->id ? line->id : "", line->id ? " " : "");
		print_remark(line->source ? line->source : "");
		printf(" = %s: %s %s", amount, line->activity, line->unit);
		if (entry->factor_value)
			printf(" × %s %s", entry->factor_value, entry->factor_unit);
		if (line->factor && entry->factor_value)
			printf("  [%s%s%s]", line->factor, entry->factor_cite ? " " : "",
			       entry->factor_cite ? entry->factor_cite : "");
		if (line->note) {
			printf("  ");
			print_remark(line->note);
		}
		printf("\n");
	}
}

/* "44 of 64", then the places of the base, those that count first marked. */
static void print_counted(const struct explain_view *view, unsigned quantity, int depth)
{
	const struct counted_figure *figure = assessment_find_counted(&view->assessment, quantity);
	const struct sheet *sheet = view->assessment.sheet;
	char counted[LT_DECIMAL_TEXT], base[LT_DECIMAL_TEXT];
	if (!figure)
		return;
	lt_decimal_format(figure->result.counted, counted);
	lt_decimal_format(figure->result.base, base);
	indent(depth);
	printf(say(view->in, "地点统计：%s / %s\n", "counted over places: %s / %s\n"), counted, base);
	for (unsigned i = 0; i < sheet->n_places; i++) {
		const struct counted_place *place = &sheet->places[i];
		if (!count_is_in_base(figure->rule, place))
			continue;
		indent(depth + 1);
		printf("%s %s ", count_is_counted(figure->rule, place) ? "+" : "-", place->id);
		print_remark(place->name);
		if (figure->rule->weigh == COUNT_NUMBER && place->count[0])
			printf("  ×%s", place->count);
		if (figure->rule->weigh == COUNT_AREA)
			printf("  %s m2", place->area);
		printf("\n");
	}
}

static void print_quantity(const struct explain_view *view, uint32_t slot, int depth)
{
	const struct plan *plan = view->assessment.plan;
	const struct invocation *in = view->in;
	const unsigned at = slot - plan->first_quantity;
	const struct measure *measure = &view->assessment.answers.quantities[at];
	const char *unit = plan->quantities[at].decl->unit;
	if (measure->state != MEASURE_NA && strcmp(unit, "1") != 0)
		printf(" %s", unit);
	if (measure->state == MEASURE_OPEN)
		printf("  %s", say(in, "（未填）", "(open)"));
	if (measure->typed && measure->typed_unit && strcmp(measure->typed_unit, unit) != 0)
		printf(say(in, "  填写为 %s %s", "  entered as %s %s"), measure->typed,
		       measure->typed_unit);
	if (measure->source) {
		printf("  %s", say(in, "来源：", "source: "));
		print_remark(measure->source);
	} else if (assessment_find_counted(&view->assessment, at)) {
		printf("  %s", say(in, "来源：地点统计", "source: the places"));
	} else if (measure->state == MEASURE_VALUE && !measure->typed) {
		printf("  %s",
		       say(in, "来源：碳盘查各行合计", "source: the lines of the inventory"));
	}
	printf("\n");
	print_said(in, depth + 1, "理由：",
		   "reason: ", explain_reason(in, plan, measure->reason, measure->reason_text), NULL);
	print_ledger_lines(view, at, depth + 1);
	print_counted(view, at, depth + 1);
}

static void print_term(struct explain_view *view, const struct trace_node *entry, unsigned t,
		       int depth)
{
	const struct trace_term *term = &entry->terms[t];
	char prefix[200] = "", weight[120], contribution[120];
	if (term->weight != NO_SLOT && term->counted)
		snprintf(prefix, sizeof(prefix), "%s × ",
			 ends_text(&view->assessment.result.values[term->weight], weight,
				   sizeof(weight)));
	print_slot(view, term->slot, prefix, depth);
	if (!prefix[0])
		return;
	const struct plan *plan = view->assessment.plan;
	indent(depth + 1);
	printf("= %s", ends_text(&term->contribution, contribution, sizeof(contribution)));
	const enum slot_kind kind = plan_slot_kind(plan, term->weight);
	if (kind == SLOT_CONSTANT || kind == SLOT_PARAMETER) {
		const struct plan_number *number =
			&plan->numbers[term->weight - plan->first_parameter];
		printf(say(view->in, "  权重 %s", "  weight %s"), number->id);
		print_cite(view->in, number->origin, number->cite);
	}
	printf("\n");
}

static void print_steps(const struct explain_view *view, const struct trace_node *entry, int depth)
{
	for (unsigned i = 0; i < entry->node->n_steps; i++) {
		const struct plan_step *step = &entry->node->steps[i];
		char limit[120], then[120];
		indent(depth);
		printf("%s %s → %s\n", step->above ? ">" : "≥",
		       ends_text(&view->assessment.result.values[step->limit], limit,
				 sizeof(limit)),
		       ends_text(&view->assessment.result.values[step->then], then, sizeof(then)));
	}
}

static void print_ladder(struct explain_view *view, const struct trace_node *entry, int depth)
{
	for (unsigned g = 0; g < entry->node->n_grades; g++) {
		const struct plan_grade *grade = &entry->node->grades[g];
		indent(depth);
		printf("%s %s%s\n", grade->id,
		       grade_title(view->in, view->assessment.ruleset, grade->id),
		       grade->awarded
			       ? ""
			       : say(view->in, "（本阶段不授予）", " (not awarded in this stage)"));
		for (unsigned w = 0; w < grade->n_when; w++)
			print_slot(view, grade->when[w], "", depth + 1);
	}
}

static void print_adjustments(const struct explain_view *view, const struct trace_node *entry,
			  int depth)
{
	char raw[120], all[LT_DECIMAL_TEXT], left[LT_DECIMAL_TEXT];
	const struct invocation *in = view->in;
	if (entry->rescaled) {
		lt_decimal_format(entry->all, all);
		lt_decimal_format(entry->left, left);
		indent(depth);
		printf(say(in, "有不适用项：按 %s / %s 折算\n",
			   "some are not applicable: rescaled by %s / %s\n"),
		       all, left);
	}
	if (entry->limited || entry->rounded) {
		indent(depth);
		printf(say(in, "限值与修约之前：%s", "before limits and rounding: %s"),
		       ends_text(&entry->raw, raw, sizeof(raw)));
		if (entry->rounded)
			printf(say(in, "，修约到 %s 位小数（%s）", ", rounded to %s places (%s)"),
			       entry->node->decl->round.places,
			       round_mode_names[entry->node->decl->round.mode]);
		printf("\n");
	}
}

unsigned explain_other_operands(const struct plan_node *node, struct other_operand *out)
{
	const struct other_operand all[N_OTHER_OPERANDS] = {
		{ "k", node->decl->op == OP_AT_LEAST && !node->k_all ? node->k : NO_SLOT },
		{ "when_zero", node->when_zero },
		{ "from", node->from },
		{ "to", node->to },
		{ "points", node->points },
		{ "min", node->min },
		{ "max", node->max },
	};
	unsigned n = 0;
	for (unsigned i = 0; i < N_OTHER_OPERANDS; i++)
		if (all[i].slot != NO_SLOT)
			out[n++] = all[i];
	return n;
}

static void print_other_operands(struct explain_view *view, const struct plan_node *node, int depth)
{
	struct other_operand others[N_OTHER_OPERANDS];
	const unsigned n = explain_other_operands(node, others);
	for (unsigned i = 0; i < n; i++) {
		char prefix[40];
		snprintf(prefix, sizeof(prefix), "%s: ", others[i].role);
		print_slot(view, others[i].slot, prefix, depth);
	}
}

static void print_node(struct explain_view *view, uint32_t slot, int depth)
{
	const struct trace_node *entry = explain_trace_of(view, slot);
	const struct node *decl = entry->node->decl;
	const struct invocation *in = view->in;
	char words[100];
	operation_words(in, entry->node, words, sizeof(words));
	printf("  (%s)", words);
	if (decl->clause)
		printf(say(in, "  条 %s", "  clause %s"), decl->clause);
	print_cite(in, decl->origin, decl->cite);
	if (view->shown[slot]) {
		printf("  %s\n", say(in, "（见上）", "(see above)"));
		return;
	}
	view->shown[slot] = 1;
	printf("\n");
	if (decl->note.zh) {
		indent(depth + 1);
		printf("%s%s\n", say(in, "注：", "note: "), label_text(in, &decl->note));
	}
	print_adjustments(view, entry, depth + 1);
	print_other_operands(view, entry->node, depth + 1);
	if (depth > MAX_TREE_DEPTH)
		return;
	for (unsigned t = 0; t < entry->node->n_terms; t++)
		print_term(view, entry, t, depth + 1);
	print_steps(view, entry, depth + 1);
	print_ladder(view, entry, depth + 1);
}

static void print_number(const struct explain_view *view, uint32_t slot)
{
	const struct plan *plan = view->assessment.plan;
	const struct plan_number *number = &plan->numbers[slot - plan->first_parameter];
	if (number->parameter && number->parameter->unit &&
	    strcmp(number->parameter->unit, "1") != 0)
		printf(" %s", number->parameter->unit);
	if (number->unset)
		printf("  %s", say(view->in, "（未设值）", "(unset)"));
	else
		print_cite(view->in, number->origin, number->cite);
	printf("\n");
}

static void print_slot(struct explain_view *view, uint32_t slot, const char *prefix, int depth)
{
	const struct plan *plan = view->assessment.plan;
	const char *title = slot_title(view->in, plan, slot);
	const enum slot_kind kind = plan_slot_kind(plan, slot);
	char value[500];
	indent(depth);
	printf("%s%s%s", prefix, kind == SLOT_PARAMETER ? "$" : "", plan_slot_name(plan, slot));
	if (title[0])
		printf(" %s", title);
	if (kind != SLOT_CONSTANT)
		printf(" = %s", value_text(view->in, &view->assessment.result, slot,
					   LT_DECIMAL_PLACES, value, sizeof(value)));
	switch (kind) {
	case SLOT_ITEM:
		print_item(view, slot, depth);
		break;
	case SLOT_QUANTITY:
		print_quantity(view, slot, depth);
		break;
	case SLOT_PARAMETER:
	case SLOT_CONSTANT:
		print_number(view, slot);
		break;
	case SLOT_NODE:
		print_node(view, slot, depth);
		break;
	}
}

/* ---- command ---- */

/* What a node, quantity or parameter is called; NULL = it is none of them. */
static const struct label *title_of(const struct plan *plan, uint32_t slot)
{
	switch (plan_slot_kind(plan, slot)) {
	case SLOT_NODE:
		return &plan->nodes[slot - plan->first_node].title;
	case SLOT_QUANTITY:
		return &plan->quantities[slot - plan->first_quantity].decl->title;
	case SLOT_PARAMETER:
		return &plan->numbers[slot - plan->first_parameter].parameter->title;
	default:
		return NULL;
	}
}

static const struct label explained = { "节点、条款、基础量或 $参数",
					"node, item, quantity or $parameter" };

/* By the title that is shown: an item, as everywhere, else a node, a quantity or a parameter. What is
 * called nearly so is told where nothing is. */
static enum lt_status find_slot_titled(const struct explain_view *view, const char *typed,
				       uint32_t *slot)
{
	const struct plan *plan = view->assessment.plan;
	struct titled titled = { .typed = typed };
	struct nearly nearly = { .typed = typed };
	const char *name = typed;
	for (uint32_t i = 0; i < plan->n_slots; i++) {
		const struct label *title = title_of(plan, i);
		const bool is_parameter = plan_slot_kind(plan, i) == SLOT_PARAMETER;
		if (!title)
			continue;
		titled_offer(&titled, plan_slot_name(plan, i), title);
		nearly_offer(&nearly, is_parameter ? "$" : "", plan_slot_name(plan, i), title);
	}
	const enum lt_status status = titled_take(&titled, &name, &view->in->err);
	*slot = plan_find(plan, name);
	return status || *slot != NO_SLOT
		       ? status
		       : ruleset_nothing(view->assessment.ruleset, explained, typed, nearly.told,
					 &view->in->err);
}

/* The node asked for, else the total, else the grade. */
static enum lt_status choose_slot(const struct explain_view *view, uint32_t *slot)
{
	const struct plan *plan = view->assessment.plan;
	struct invocation *in = view->in;
	if (in->n_words > 1) {
		const char *name = in->words[1];
		*slot = plan_find(plan, name);
		enum lt_status status =
			*slot == NO_SLOT
				? ruleset_name_item(view->assessment.ruleset, &name, &in->err)
				: LT_OK;
		if (!status)
			*slot = plan_find(plan, name);
		return status || *slot != NO_SLOT ? status
						  : find_slot_titled(view, in->words[1], slot);
	}
	const struct plan_node *node = plan_published(plan, PUBLISH_TOTAL);
	if (!node)
		node = plan_ladder(plan);
	if (!node)
		return lt_err_set(&in->err, LT_EDATA, "%s 没有总分，请写出节点名",
				  "%s has no total: name a node", view->assessment.ruleset->id);
	*slot = plan->first_node + (uint32_t)(node - plan->nodes);
	return LT_OK;
}

static enum lt_status explain_as_json(struct explain_view *view, uint32_t slot)
{
	struct lt_json json;
	lt_json_init(&json);
	view->json = &json;
	explain_json_slot(view, slot);
	return print_json(view->in, &json);
}

enum lt_status command_explain(struct invocation *in)
{
	struct explain_view view = { .in = in };
	struct assessment *assessment = &view.assessment;
	uint32_t slot = NO_SLOT;
	enum lt_status status = open_subject(in, in->words[0], assessment);
	if (!status)
		status = trace_init(&view.trace, assessment->plan, &assessment->arena, &in->err);
	if (!status)
		status = trace_fill(&view.trace, &assessment->result, &in->err);
	if (!status) {
		view.shown = lt_arena_alloc(&assessment->arena, assessment->plan->n_slots + 1, 1);
		status = view.shown ? choose_slot(&view, &slot) : lt_err_memory(&in->err);
	}
	if (!status && in->json)
		status = explain_as_json(&view, slot);
	else if (!status)
		print_slot(&view, slot, "", 0);
	assessment_close(assessment);
	return status;
}
