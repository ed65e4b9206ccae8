/* What a line of an explanation says of itself: what was done with the numbers below it, and the
 * sum with all digits. */
#include <string.h>
#include "board_parts.h"
#include "board_explain.h"
#include "board_words.h"

#define SHORT_PLACES 6
#define MAX_TERMS 12 /* written out in a formula */

struct writer {
	const struct board *board;
	const struct plan *plan;
	const struct result *result;
	struct bilingual operation, formula;
};

/* ---- numbers in a text ---- */

static void add_value(struct bilingual *to, const struct value *value, int places)
{
	char zh[NUMBER_WORDS], en[NUMBER_WORDS];
	bilingual_add_each(to, number_words(value, places, LT_ZH, zh),
			   number_words(value, places, LT_EN, en));
}

static void add_slot(const struct writer *writer, struct bilingual *to, uint32_t slot, int places)
{
	add_value(to, &writer->result->values[slot], places);
}

static void add_decimal(struct bilingual *to, struct lt_decimal value, int places)
{
	const struct value exact = value_exact(value);
	add_value(to, &exact, places);
}

static void add_title(const struct writer *writer, struct bilingual *to, uint32_t slot)
{
	const struct label *title = board_title(writer->plan, slot);
	const char *name = plan_slot_name(writer->plan, slot);
	bilingual_add_each(to, title->zh && title->zh[0] ? title->zh : name,
			   title->en && title->en[0] ? title->en : name);
}

static const char *sign_of(enum compare_is is)
{
	static const char *const signs[N_COMPARISONS] = { "", ">=", ">", "<=", "<" };
	return signs[is];
}

/* ---- sums ---- */

static bool is_minus_one(const struct writer *writer, uint32_t weight)
{
	const struct value *value = weight == NO_SLOT ? NULL : &writer->result->values[weight];
	return value && value_is_exact(value) && value->lo.units == -LT_DECIMAL_ONE;
}

static bool is_one(const struct writer *writer, uint32_t weight)
{
	const struct value *value = weight == NO_SLOT ? NULL : &writer->result->values[weight];
	return !value || (value_is_exact(value) && value->lo.units == LT_DECIMAL_ONE);
}

static void say_sum(struct writer *writer, const struct trace_node *trace)
{
	const struct plan_node *node = trace->node;
	bool weighted = false, minus = false, left_out = false;
	for (unsigned t = 0; t < node->n_terms; t++) {
		const uint32_t weight = node->terms[t].weight;
		minus |= is_minus_one(writer, weight);
		weighted |= !is_one(writer, weight) && !is_minus_one(writer, weight);
		left_out |= !trace->terms[t].counted;
	}
	if (weighted)
		bilingual_add(&writer->operation, "按权重合计", "weighted sum");
	else if (minus)
		bilingual_add(&writer->operation, "相加与扣减", "sum and difference");
	else
		bilingual_add(&writer->operation, "合计", "sum");
	if (trace->rescaled) {
		bilingual_add(&writer->operation, "，按 ", ", rescaled by ");
		add_decimal(&writer->operation, trace->all, SHORT_PLACES);
		bilingual_add(&writer->operation, " / ", " / ");
		add_decimal(&writer->operation, trace->left, SHORT_PLACES);
		bilingual_add_each(&writer->operation, " 折算", "");
	} else if (left_out) {
		bilingual_add(&writer->operation, "，不适用的不计", ", what is n/a left out");
	}
}

static void calculate_sum(struct writer *writer, const struct trace_node *trace)
{
	const struct plan_node *node = trace->node;
	struct bilingual *to = &writer->formula;
	unsigned n = 0;
	for (unsigned t = 0; t < node->n_terms; t++) {
		const uint32_t weight = node->terms[t].weight;
		const bool minus = is_minus_one(writer, weight);
		if (!trace->terms[t].counted || n++ >= MAX_TERMS)
			continue;
		bilingual_add(to, "%s", "%s", n == 1 ? (minus ? "-" : "") : minus ? " - " : " + ");
		add_slot(writer, to, node->terms[t].slot, LT_DECIMAL_PLACES);
		if (!minus && !is_one(writer, weight)) {
			bilingual_add(to, " * ", " * ");
			add_slot(writer, to, weight, LT_DECIMAL_PLACES);
		}
	}
	if (n > MAX_TERMS)
		bilingual_add(to, " + .. 共 %u 项", " + .. %u terms in all", n);
	if (!n)
		bilingual_add(to, "无", "nothing");
	if (trace->rescaled) {
		bilingual_add(to, "，再 * ", ", then * ");
		add_decimal(to, trace->all, LT_DECIMAL_PLACES);
		bilingual_add(to, " / ", " / ");
		add_decimal(to, trace->left, LT_DECIMAL_PLACES);
	}
}

/* ---- the other operations ---- */

static void join_terms(struct writer *writer, struct bilingual *to, const struct plan_node *node,
		       const char *between, int places)
{
	for (unsigned t = 0; t < node->n_terms && t < MAX_TERMS; t++) {
		bilingual_add(to, "%s", "%s", t ? between : "");
		add_slot(writer, to, node->terms[t].slot, places);
	}
	if (node->n_terms > MAX_TERMS)
		bilingual_add(to, " .. 共 %u 项", " .. %u terms in all", node->n_terms);
}

/* A number that is given when truths hold: 20 if all controls are met. */
static void say_product(struct writer *writer, const struct plan_node *node)
{
	const struct plan *plan = writer->plan;
	uint32_t number = NO_SLOT;
	unsigned n_truths = 0;
	for (unsigned t = 0; t < node->n_terms; t++) {
		if (plan_slot_is_truth(plan, node->terms[t].slot))
			n_truths++;
		else
			number = node->terms[t].slot;
	}
	if (n_truths + 1 != node->n_terms || !n_truths) {
		join_terms(writer, &writer->operation, node, " * ", SHORT_PLACES);
		return;
	}
	for (unsigned t = 0; t < node->n_terms; t++)
		if (node->terms[t].slot != number) {
			add_title(writer, &writer->operation, node->terms[t].slot);
			bilingual_add(&writer->operation, "，", ", ");
		}
	bilingual_add(&writer->operation, "成立得 ", "if so ");
	add_slot(writer, &writer->operation, number, SHORT_PLACES);
}

static void say_ratio(struct writer *writer, const struct plan_node *node)
{
	add_title(writer, &writer->operation, node->terms[0].slot);
	bilingual_add(&writer->operation, " / ", " / ");
	add_title(writer, &writer->operation, node->terms[1].slot);
	join_terms(writer, &writer->formula, node, " / ", LT_DECIMAL_PLACES);
}

static void say_compare(struct writer *writer, const struct plan_node *node)
{
	const char *sign = sign_of(node->decl->is);
	add_slot(writer, &writer->operation, node->terms[0].slot, SHORT_PLACES);
	bilingual_add(&writer->operation, " %s ", " %s ", sign);
	add_slot(writer, &writer->operation, node->terms[1].slot, SHORT_PLACES);
	add_title(writer, &writer->formula, node->terms[0].slot);
	bilingual_add(&writer->formula, " ", " ");
	add_slot(writer, &writer->formula, node->terms[0].slot, LT_DECIMAL_PLACES);
	bilingual_add(&writer->formula, " %s ", " %s ", sign);
	add_slot(writer, &writer->formula, node->terms[1].slot, LT_DECIMAL_PLACES);
}

static void say_at_least(struct writer *writer, const struct plan_node *node)
{
	unsigned n_true = 0, n_false = 0, n_na = 0;
	for (unsigned t = 0; t < node->n_terms; t++) {
		const struct value *value = &writer->result->values[node->terms[t].slot];
		n_na += value->state == VALUE_NA;
		n_true += value->state == VALUE_NUMBER && value->lo.units > 0;
		n_false += value->state == VALUE_NUMBER && !value->hi_unbounded &&
			   value->hi.units <= 0;
	}
	if (node->k_all) {
		bilingual_add(&writer->operation, "须全部成立", "all must hold");
	} else {
		bilingual_add(&writer->operation, "至少 ", "at least ");
		add_slot(writer, &writer->operation, node->k, SHORT_PLACES);
		bilingual_add(&writer->operation, " 项成立", " must hold");
	}
	bilingual_add(&writer->operation, "，%u/%u 成立", ", %u of %u do", n_true,
		      node->n_terms - n_na);
	bilingual_add(&writer->formula, "%u 项：成立 %u，不成立 %u，未定 %u，不适用 %u",
		      "%u: hold %u, do not %u, open %u, n/a %u", node->n_terms, n_true, n_false,
		      node->n_terms - n_na - n_true - n_false, n_na);
}

static bool is_passed(const struct writer *writer, const struct plan_node *node, unsigned step,
		      bool for_sure)
{
	const struct value *x = &writer->result->values[node->terms[0].slot];
	const struct value *limit = &writer->result->values[node->steps[step].limit];
	const int order = for_sure ? value_compare_lo_hi(x, limit) : -value_compare_lo_hi(limit, x);
	return node->steps[step].above ? order > 0 : order >= 0;
}

static void add_step(struct writer *writer, const struct plan_node *node, unsigned i, bool first)
{
	if (!first)
		bilingual_add(&writer->operation, " 或 ", " or ");
	bilingual_add(&writer->operation, "%s ", "%s ", node->steps[i].above ? ">" : ">=");
	add_slot(writer, &writer->operation, node->steps[i].limit, SHORT_PLACES);
}

static void say_steps(struct writer *writer, const struct plan_node *node)
{
	unsigned first = 0;
	bool any = false;
	add_slot(writer, &writer->operation, node->terms[0].slot, SHORT_PLACES);
	bilingual_add(&writer->operation, " 落 ", " falls in ");
	for (unsigned i = 0; i < node->n_steps; i++)
		if (is_passed(writer, node, i, true))
			first = i;
	for (unsigned i = first; i < node->n_steps && is_passed(writer, node, i, false); i++) {
		add_step(writer, node, i, !any);
		any = true;
	}
	if (any)
		bilingual_add_each(&writer->operation, " 档", "");
	else
		bilingual_add(&writer->operation, "第一档以下", "no step");
}

static void calculate_line(struct writer *writer, const struct value *x, const struct value *from,
			   const struct value *to, const struct value *points)
{
	struct bilingual *to_text = &writer->formula;
	add_value(to_text, points, LT_DECIMAL_PLACES);
	bilingual_add(to_text, " * (", " * (");
	add_value(to_text, x, LT_DECIMAL_PLACES);
	bilingual_add(to_text, " - ", " - ");
	add_value(to_text, from, LT_DECIMAL_PLACES);
	bilingual_add(to_text, ") / (", ") / (");
	add_value(to_text, to, LT_DECIMAL_PLACES);
	bilingual_add(to_text, " - ", " - ");
	add_value(to_text, from, LT_DECIMAL_PLACES);
	bilingual_add(to_text, ")，在 0 至满分之间", "), within 0 and full points");
}

static void say_line(struct writer *writer, const struct value *x, const struct value *from,
		     const struct value *to)
{
	struct bilingual *to_text = &writer->operation;
	add_value(to_text, x, SHORT_PLACES);
	bilingual_add(to_text, " 在 ", " between ");
	add_value(to_text, from, SHORT_PLACES);
	bilingual_add(to_text, " 至 ", " and ");
	add_value(to_text, to, SHORT_PLACES);
	bilingual_add(to_text, " 间按直线计", " by a line");
}

static void say_linear(struct writer *writer, const struct plan_node *node)
{
	const struct value *values = writer->result->values;
	const struct value *x = &values[node->terms[0].slot], *from = &values[node->from],
			   *to = &values[node->to];
	say_line(writer, x, from, to);
	calculate_line(writer, x, from, to, &values[node->points]);
}

static void say_operation(struct writer *writer, const struct trace_node *trace)
{
	const struct plan_node *node = trace->node;
	switch (node->decl->op) {
	case OP_SUM:
		say_sum(writer, trace);
		calculate_sum(writer, trace);
		break;
	case OP_PRODUCT:
		say_product(writer, node);
		join_terms(writer, &writer->formula, node, " * ", LT_DECIMAL_PLACES);
		break;
	case OP_RATIO:
		say_ratio(writer, node);
		break;
	case OP_STEPS:
		say_steps(writer, node);
		break;
	case OP_LINEAR:
		say_linear(writer, node);
		break;
	case OP_COMPARE:
		say_compare(writer, node);
		break;
	case OP_AT_LEAST:
		say_at_least(writer, node);
		break;
	case OP_LADDER:
	case N_OPS:
		bilingual_add(&writer->operation, "分级", "grades");
		break;
	}
}

static bool is_calculated(const struct plan_node *node)
{
	return node->decl->op == OP_SUM || node->decl->op == OP_PRODUCT ||
	       node->decl->op == OP_RATIO || node->decl->op == OP_LINEAR;
}

static void say_bounds(struct writer *writer, const struct plan_node *node)
{
	if (node->min != NO_SLOT) {
		bilingual_add(&writer->formula, "，不低于 ", ", not below ");
		add_slot(writer, &writer->formula, node->min, LT_DECIMAL_PLACES);
	}
	if (node->max != NO_SLOT) {
		bilingual_add(&writer->formula, "，不高于 ", ", not above ");
		add_slot(writer, &writer->formula, node->max, LT_DECIMAL_PLACES);
	}
}

/* What came of it, before and after limits and rounding. */
static void say_outcome(struct writer *writer, const struct trace_node *trace,
			const struct value *value)
{
	const struct plan_node *node = trace->node;
	if (!is_calculated(node) || value->state == VALUE_NA)
		return;
	bilingual_add(&writer->formula, " = ", " = ");
	add_value(&writer->formula, &trace->raw, LT_DECIMAL_PLACES);
	if (trace->limited)
		say_bounds(writer, node);
	if (trace->rounded) {
		const bool half_up = node->decl->round.mode == ROUND_HALF_UP;
		bilingual_add(&writer->formula, "，取 %d 位小数", ", to %d places",
			      node->round_places);
		bilingual_add_each(&writer->formula, half_up ? "，四舍五入" : "，四舍六入五成双",
				   half_up ? ", half up" : ", half to even");
	}
	if (trace->limited || trace->rounded) {
		bilingual_add(&writer->formula, "，得 ", ", gives ");
		add_value(&writer->formula, value, LT_DECIMAL_PLACES);
	}
}

static void say_node(struct writer *writer, const struct trace_node *trace,
		     const struct board_explained *line)
{
	const bool has_formula =
		trace->node->decl->op != OP_LADDER && trace->node->decl->op != OP_STEPS;
	if (has_formula && line->title->zh[0])
		bilingual_add_each(&writer->formula, line->title->zh, line->title->en);
	if (has_formula)
		bilingual_add(&writer->formula, "%s", "%s",
			      is_calculated(trace->node) ? " = "
			      : line->title->zh[0]       ? ": "
							 : "");
	say_operation(writer, trace);
	say_outcome(writer, trace, &line->value);
}

/* ---- items ---- */

static void say_measured(struct writer *writer, const struct plan_item *item)
{
	const struct value *x = &writer->result->values[item->quantity];
	if (item->decl->linear.from) {
		const struct value from = value_exact(item->from), to = value_exact(item->to),
				   points = value_exact(item->points);
		say_line(writer, x, &from, &to);
		calculate_line(writer, x, &from, &to, &points);
		return;
	}
	add_value(&writer->operation, x, SHORT_PLACES);
	bilingual_add(&writer->operation, " 落 ", " falls in ");
	if (!value_is_exact(x)) {
		bilingual_add(&writer->operation, "未定的档", "an open tier");
		return;
	}
	const unsigned tier = board_tier_of(item, x->lo);
	if (tier == item->decl->n_tiers) {
		bilingual_add(&writer->operation, "第一档以下", "no tier");
		return;
	}
	bilingual_add(&writer->operation, "%s ", "%s ", item->decl->tiers[tier].above ? ">" : ">=");
	add_decimal(&writer->operation, item->tier_limits[tier], SHORT_PLACES);
	bilingual_add_each(&writer->operation, " 档", "");
}

static void say_tier(struct writer *writer, const struct plan_item *item, unsigned tier)
{
	const struct step *decl = &item->decl->tiers[tier];
	const char *id = decl->id ? decl->id : "";
	bilingual_add(&writer->operation, "选定档次 ", "tier ");
	bilingual_add_each(&writer->operation, decl->title.zh ? decl->title.zh : id,
			   decl->title.en ? decl->title.en : id);
}

static void say_reason(struct writer *writer, const char *id, const char *written)
{
	const struct na_reason *reason =
		id ? ruleset_find_na_reason(writer->plan->ruleset, id) : NULL;
	bilingual_add(&writer->operation, "不适用：", "n/a: ");
	bilingual_add_each(&writer->operation,
			   written  ? written
			   : reason ? reason->title.zh
				    : "",
			   written  ? written
			   : reason ? reason->title.en
				    : "");
}

static void say_points(struct writer *writer, const struct plan_item *item)
{
	bilingual_add(&writer->operation, "评定，满分 ", "judged, of ");
	add_decimal(&writer->operation, item->points, SHORT_PLACES);
}

static void say_answer(struct writer *writer, const struct plan_item *item,
		       const struct answer *answer)
{
	switch (answer->state) {
	case ANSWER_OPEN:
		bilingual_add(&writer->operation, "未评", "open");
		break;
	case ANSWER_MET:
		bilingual_add(&writer->operation, "符合", "met");
		break;
	case ANSWER_NOT_MET:
		bilingual_add(&writer->operation, "不符合", "not met");
		break;
	case ANSWER_POINTS:
		say_points(writer, item);
		break;
	case ANSWER_TIER:
		say_tier(writer, item, answer->tier);
		break;
	case ANSWER_CHECKS:
		bilingual_add(&writer->operation, "查证 %d/%u 项", "%d of %u checks",
			      __builtin_popcountll(answer->checks), item->decl->n_checks);
		break;
	case ANSWER_NA:
		say_reason(writer, answer->reason, answer->reason_text);
		break;
	}
}

static void say_item(struct writer *writer, uint32_t slot)
{
	const struct plan_item *item = &writer->plan->items[slot];
	const struct answer *answer =
		&writer->board->rungs[writer->board->own].answers->items[slot];
	if (!item->applies)
		bilingual_add(&writer->operation, "本类型或阶段不适用",
			      "does not apply to this type or stage");
	else if (item->quantity != NO_SLOT && answer->state == ANSWER_OPEN)
		say_measured(writer, item);
	else
		say_answer(writer, item, answer);
}

/* ---- inputs ---- */

static void say_counted(struct writer *writer, const struct counted_figure *figure)
{
	char counted[LT_DECIMAL_TEXT], base[LT_DECIMAL_TEXT];
	lt_decimal_format(figure->result.counted, counted);
	lt_decimal_format(figure->result.base, base);
	bilingual_add(&writer->operation, "地点统计 %s / %s", "places: %s / %s", counted, base);
}

static void say_quantity(struct writer *writer, const struct board_explained *line)
{
	const struct assessment *own = &writer->board->private->assessments[writer->board->own];
	const unsigned at = line->slot - writer->plan->first_quantity;
	const struct measure *measure = &own->answers.quantities[at];
	const char *unit = writer->plan->quantities[at].decl->unit;
	if (measure->state == MEASURE_OPEN)
		bilingual_add(&writer->operation, "未填", "open");
	else if (measure->state == MEASURE_NA)
		say_reason(writer, measure->reason, measure->reason_text);
	else if (assessment_find_counted(own, at))
		say_counted(writer, assessment_find_counted(own, at));
	else if (line->n_below)
		bilingual_add(&writer->operation, "台账 %u 行合计", "sum of %u lines",
			      line->n_below);
	else if (measure->typed && measure->typed_unit && strcmp(measure->typed_unit, unit) != 0)
		bilingual_add(&writer->operation, "填写 %s %s", "entered as %s %s", measure->typed,
			      measure->typed_unit);
	else
		bilingual_add(&writer->operation, "填写", "entered");
	const struct label *formula = &writer->plan->quantities[at].decl->formula;
	if (formula->zh && formula->en)
		bilingual_add_each(&writer->formula, formula->zh, formula->en);
}

static void say_number(struct writer *writer, uint32_t slot)
{
	const struct plan_number *number =
		&writer->plan->numbers[slot - writer->plan->first_parameter];
	if (number->unset)
		bilingual_add(&writer->operation, "未设值", "unset");
	else if (number->parameter)
		bilingual_add(&writer->operation, "参数", "parameter");
	else if (number->table && number->table->title.zh)
		bilingual_add_each(&writer->operation, number->table->title.zh,
				   number->table->title.en);
	else
		bilingual_add(&writer->operation, "定数", "constant");
}

/* ---- the whole ---- */

static enum lt_status finish(const struct writer *writer, struct board_explained *out,
			     struct lt_err *err)
{
	for (int lang = 0; lang < LT_N_LANGS; lang++) {
		out->operation[lang] = writer->operation.text[lang];
		out->formula[lang] = writer->formula.text[lang];
	}
	return writer->operation.failed || writer->formula.failed ? lt_err_memory(err) : LT_OK;
}

enum lt_status board_explain_words(const struct board *board, const struct trace_node *trace,
				   struct lt_arena *arena, struct board_explained *out,
				   struct lt_err *err)
{
	struct writer writer = { .board = board,
				 .plan = board->plan,
				 .result = board->rungs[board->own].result,
				 .operation.arena = arena,
				 .formula.arena = arena };
	switch (out->kind) {
	case EXPLAINED_NODE:
		say_node(&writer, trace, out);
		break;
	case EXPLAINED_ITEM:
		say_item(&writer, out->slot);
		break;
	case EXPLAINED_QUANTITY:
		say_quantity(&writer, out);
		break;
	case EXPLAINED_NUMBER:
		say_number(&writer, out->slot);
		break;
	case EXPLAINED_LINE:
		break;
	}
	return finish(&writer, out, err);
}

enum lt_status board_explain_weighted(const struct board *board, struct board_explained *out,
				      struct lt_arena *arena, struct lt_err *err)
{
	struct writer writer = { .board = board,
				 .plan = board->plan,
				 .result = board->rungs[board->own].result,
				 .operation.arena = arena };
	add_slot(&writer, &writer.operation, out->slot, SHORT_PLACES);
	bilingual_add(&writer.operation, " * ", " * ");
	add_slot(&writer, &writer.operation, out->weight, SHORT_PLACES);
	for (int lang = 0; lang < LT_N_LANGS; lang++)
		out->operation[lang] = writer.operation.text[lang];
	return writer.operation.failed ? lt_err_memory(err) : LT_OK;
}

enum lt_status board_explain_ledger(const struct board *board, unsigned at, struct lt_arena *arena,
				    struct board_explained *out, struct lt_err *err)
{
	const struct assessment *own = &board->private->assessments[board->own];
	const struct ledger_entry *entry = &own->ledger[at];
	const struct sheet_line *line = entry->line;
	struct label *title = lt_arena_alloc(arena, 1, sizeof(*title));
	struct bilingual operation = { .arena = arena };
	if (!title)
		return lt_err_memory(err);
	title->zh = title->en = line->name && line->name[0] ? line->name
				: line->source		     ? line->source
								     : "";
	*out = (struct board_explained){
		.kind = EXPLAINED_LINE,
		.slot = NO_SLOT,
		.weight = NO_SLOT,
		.id = line->id,
		.title = title,
		.value = value_exact(entry->amount),
		.unit = entry->unit ? entry->unit : "tCO2",
		.counts = true,
		.cite = entry->factor_cite,
		.origin = ORIGIN_USER,
		.rests_on = ORIGIN_USER,
		.source = line->note,
		.line = at,
	};
	if (entry->factor_value)
		bilingual_add(&operation, "%s %s * %s %s", "%s %s * %s %s", line->activity,
			      line->unit, entry->factor_value, entry->factor_unit);
	else
		bilingual_add(&operation, "%s %s", "%s %s", line->activity, line->unit);
	for (int lang = 0; lang < LT_N_LANGS; lang++)
		out->operation[lang] = operation.text[lang];
	return operation.failed ? lt_err_memory(err) : LT_OK;
}
