#include "lingtan/core/answers.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/base/text.h"

enum lt_status answers_init(struct answers *answers, const struct ruleset *ruleset,
			    struct lt_arena *arena, struct lt_err *err)
{
	answers->items = lt_arena_alloc(arena, ruleset->n_items + 1, sizeof(*answers->items));
	answers->quantities =
		lt_arena_alloc(arena, ruleset->n_quantities + 1, sizeof(*answers->quantities));
	return answers->items && answers->quantities ? LT_OK : lt_err_memory(err);
}

void answers_copy(struct answers *to, const struct answers *from, const struct ruleset *ruleset)
{
	memcpy(to->items, from->items, ruleset->n_items * sizeof(*to->items));
	memcpy(to->quantities, from->quantities, ruleset->n_quantities * sizeof(*to->quantities));
}

/* ---- reasons ---- */

static const struct na_reason *find_reason(const struct ruleset *ruleset,
					   const struct words *allowed, const char *said)
{
	for (unsigned i = 0; i < allowed->n; i++) {
		const struct na_reason *reason = ruleset_find_na_reason(ruleset, allowed->at[i]);
		if (reason &&
		    (strcmp(reason->id, said) == 0 || strcmp(reason->title.zh, said) == 0 ||
		     strcmp(reason->title.en, said) == 0))
			return reason;
	}
	return NULL;
}

static const struct na_reason *free_reason(const struct ruleset *ruleset,
					   const struct words *allowed)
{
	for (unsigned i = 0; i < allowed->n; i++) {
		const struct na_reason *reason = ruleset_find_na_reason(ruleset, allowed->at[i]);
		if (reason && reason->needs_text)
			return reason;
	}
	return NULL;
}

static enum lt_status unlisted_reason(const struct ruleset *ruleset, const struct words *allowed,
				      const char *id, const char *said, struct lt_err *err)
{
	char zh[300] = "", en[300] = "";
	size_t zh_used = 0, en_used = 0;
	for (unsigned i = 0; i < allowed->n; i++) {
		const struct na_reason *reason = ruleset_find_na_reason(ruleset, allowed->at[i]);
		const int zh_len = snprintf(zh + zh_used, sizeof(zh) - zh_used, "%s%s（%s）",
					    i ? "、" : "", reason->id, reason->title.zh);
		const int en_len = snprintf(en + en_used, sizeof(en) - en_used, "%s%s (%s)",
					    i ? ", " : "", reason->id, reason->title.en);
		zh_used += zh_len > 0 && (size_t)zh_len < sizeof(zh) - zh_used ? (size_t)zh_len : 0;
		en_used += en_len > 0 && (size_t)en_len < sizeof(en) - en_used ? (size_t)en_len : 0;
	}
	return lt_err_set(err, LT_EDATA, "%s：“%s”不在所列的不适用理由之中：%s%.0s",
			  "%s: '%s' is none of the reasons listed for it: %.0s%s", id, said, zh,
			  en);
}

/* A listed reason, or words of the evaluator's own where one of the listed reasons is to be written
 * out. */
static enum lt_status take_reason(const struct plan *plan, const struct words *allowed,
				  const char *id, const char *said, const char **reason_id,
				  const char **reason_text, struct lt_err *err)
{
	if (!allowed->n)
		return lt_err_set(err, LT_EDATA, "%s：此项不能选“不适用”",
				  "%s: this one cannot be not applicable", id);
	if (!said[0])
		return lt_err_set(err, LT_EDATA, "%s：“不适用”要写明理由",
				  "%s: not applicable needs a reason", id);
	const struct na_reason *reason = find_reason(plan->ruleset, allowed, said);
	const char *text = NULL;
	if (reason && reason->needs_text)
		return lt_err_set(err, LT_EDATA, "%s：请把“不适用”的理由写出来，而不是“%s”",
				  "%s: write the reason out instead of '%s'", id, said);
	/* a reason that is listed for other items is a mistake, not words of the evaluator's own */
	if (!reason && !ruleset_find_na_reason(plan->ruleset, said)) {
		reason = free_reason(plan->ruleset, allowed);
		text = said;
	}
	if (!reason)
		return unlisted_reason(plan->ruleset, allowed, id, said, err);
	const char *stage = plan->selection.stage;
	if (reason->stages.n && stage && !words_have(&reason->stages, stage))
		return lt_err_set(err, LT_EDATA, "%s：理由“%s”不能用于本阶段",
				  "%s: reason '%s' does not hold in this stage", id, said);
	*reason_id = reason->id;
	*reason_text = text;
	return LT_OK;
}

/* ---- items ---- */

static bool starts_with(const char *text, const char *prefix, const char **rest)
{
	size_t len = strlen(prefix);
	if (strncmp(text, prefix, len) != 0)
		return false;
	*rest = text + len;
	return true;
}

static enum lt_status wrong_form(const struct item *decl, const char *result, struct lt_err *err)
{
	static const char *const expected[N_ITEM_FORMS] = {
		[FORM_MET] = "met | not-met | na:REASON",
		[FORM_POINTS] = "points:N | na:REASON",
		[FORM_TIERS] = "tier:ID | na:REASON",
		[FORM_MEASURED] = "na:REASON",
		[FORM_CHECKLIST] = "checks:ID,ID | not-met | na:REASON",
		[FORM_JUDGEMENT] = "yes | no",
	};
	if (decl->form == FORM_MEASURED)
		return lt_err_set(
			err, LT_EDATA, "条款 %s：由基础量 %s 计算，请填该量而不是“%s”",
			"item %s: it is measured by quantity %s; set that instead of '%s'",
			decl->id, decl->quantity, result);
	return lt_err_set(err, LT_EDATA, "条款 %s：不能填“%s”，可填 %s",
			  "item %s: it does not take '%s'; it takes %s", decl->id, result,
			  expected[decl->form]);
}

bool answers_points_said(const char *typed, char number[LT_DECIMAL_TEXT])
{
	static const char unit[] = "分";
	const size_t typed_len = strlen(typed), unit_len = sizeof(unit) - 1;
	const bool has_unit =
		typed_len > unit_len && strcmp(typed + typed_len - unit_len, unit) == 0;
	char half[3 * LT_DECIMAL_TEXT]; /* what is cut would be another number */
	struct lt_decimal points;
	if (typed_len >= sizeof(half))
		return false;
	size_t len = lt_text_fold_twins(typed, typed_len - (has_unit ? unit_len : 0), half,
					sizeof(half));
	while (len && half[len - 1] == ' ')
		len--;
	if (len >= LT_DECIMAL_TEXT || lt_decimal_parse(half, len, &points) != LT_DECIMAL_OK)
		return false;
	memcpy(number, half, len);
	number[len] = '\0';
	return true;
}

static enum lt_status set_points(const struct plan_item *item, const char *text,
				 struct answer *answer, struct lt_err *err)
{
	const struct item *decl = item->decl;
	struct lt_decimal points;
	if (lt_decimal_parse(text, strlen(text), &points) != LT_DECIMAL_OK)
		return lt_err_set(err, LT_EDATA, "条款 %s：“%s”不是数（如 8.5）",
				  "item %s: '%s' is not a number (as 8.5 is)", decl->id, text);
	if (points.units < 0 || points.units > item->points.units) {
		char full[LT_DECIMAL_TEXT];
		lt_decimal_format(item->points, full);
		return lt_err_set(err, LT_EDATA, "条款 %s：%s 分不在 0 到 %s 之间",
				  "item %s: %s points are not between 0 and %s", decl->id, text,
				  full);
	}
	answer->state = ANSWER_POINTS;
	answer->points = points;
	return LT_OK;
}

static enum lt_status set_tier(const struct item *decl, const char *id, struct answer *answer,
			       struct lt_err *err)
{
	for (unsigned i = 0; i < decl->n_tiers; i++) {
		if (!decl->tiers[i].id || strcmp(decl->tiers[i].id, id) != 0)
			continue;
		answer->state = ANSWER_TIER;
		answer->tier = i;
		return LT_OK;
	}
	return lt_err_set(err, LT_EDATA, "条款 %s：没有档次“%s”", "item %s: it has no tier '%s'",
			  decl->id, id);
}

static enum lt_status set_checks(const struct item *decl, const char *list, struct answer *answer,
				 struct lt_err *err)
{
	uint64_t checks = 0;
	for (const char *at = list; *at;) {
		size_t len = strcspn(at, ",");
		unsigned found = decl->n_checks;
		for (unsigned i = 0; i < decl->n_checks && i < 64; i++)
			if (strlen(decl->checks[i].id) == len &&
			    memcmp(decl->checks[i].id, at, len) == 0)
				found = i;
		if (found == decl->n_checks)
			return lt_err_set(err, LT_EDATA, "条款 %s：没有检查点“%.*s”",
					  "item %s: it has no check point '%.*s'", decl->id,
					  (int)len, at);
		checks |= (uint64_t)1 << found;
		at += len + (at[len] == ',');
	}
	answer->state = ANSWER_CHECKS;
	answer->checks = checks;
	return LT_OK;
}

static enum lt_status set_result(const struct plan *plan, const struct plan_item *item,
				 const char *result, struct answer *answer, struct lt_err *err)
{
	const struct item *decl = item->decl;
	const char *rest;
	char number[LT_DECIMAL_TEXT];
	if (starts_with(result, "na:", &rest) || (strcmp(result, "na") == 0 && (rest = "", true))) {
		answer->state = ANSWER_NA;
		return take_reason(plan, &decl->na, decl->id, rest, &answer->reason,
				   &answer->reason_text, err);
	}
	switch (decl->form) {
	case FORM_MET:
	case FORM_JUDGEMENT: {
		const bool judged = decl->form == FORM_JUDGEMENT;
		if (strcmp(result, judged ? "yes" : "met") == 0)
			answer->state = ANSWER_MET;
		else if (strcmp(result, judged ? "no" : "not-met") == 0)
			answer->state = ANSWER_NOT_MET;
		else
			return wrong_form(decl, result, err);
		return LT_OK;
	}
	case FORM_POINTS:
		if (!starts_with(result, "points:", &rest))
			return answers_points_said(result, number)
				       ? set_points(item, number, answer, err)
				       : wrong_form(decl, result, err);
		return set_points(item, answers_points_said(rest, number) ? number : rest, answer, err);
	case FORM_TIERS:
		return starts_with(result, "tier:", &rest) ? set_tier(decl, rest, answer, err)
							   : wrong_form(decl, result, err);
	case FORM_CHECKLIST:
		if (strcmp(result, "not-met") == 0)
			return set_checks(decl, "", answer, err);
		return starts_with(result, "checks:", &rest) ? set_checks(decl, rest, answer, err)
							     : wrong_form(decl, result, err);
	case FORM_MEASURED:
	case N_ITEM_FORMS:
		break;
	}
	return wrong_form(decl, result, err);
}

static const struct label *title_of(const struct term *terms, unsigned n, const char *id)
{
	static const struct label any = { "不分", "any" };
	const struct term *term = term_find(terms, n, id);
	return term ? &term->title : &any;
}

static enum lt_status refuse_selection(const struct plan *plan, const struct item *item,
				       struct lt_err *err)
{
	const struct ruleset *ruleset = plan->ruleset;
	const struct label *type = title_of(ruleset->park_types, ruleset->n_park_types,
					    plan->selection.park_type),
			   *stage = title_of(ruleset->stages, ruleset->n_stages,
					     plan->selection.stage);
	return lt_err_set(err, LT_EDATA, "条款 %s 不适用于这种园区和阶段（%s，%s%.0s%.0s），不必填写",
			  "item %s does not apply to %.0s%.0s%s, %s: leave it out", item->id, type->zh,
			  stage->zh, type->en, stage->en);
}

enum lt_status answers_set_item(struct answers *answers, const struct plan *plan,
				const struct item *item, const char *result, struct lt_err *err)
{
	const unsigned at = (unsigned)(item - plan->ruleset->items);
	struct answer *answer = &answers->items[at];
	struct answer changed = { .remark = answer->remark,
				  .evidence = answer->evidence,
				  .locator = answer->locator };
	if (strcmp(result, "unset") != 0) {
		if (!plan->items[at].applies)
			return refuse_selection(plan, item, err);
		enum lt_status status = set_result(plan, &plan->items[at], result, &changed, err);
		if (status)
			return status;
	}
	*answer = changed;
	return LT_OK;
}

enum lt_status answers_set(struct answers *answers, const struct plan *plan, const char *item,
			   const char *result, struct lt_err *err)
{
	const struct item *decl = ruleset_find_item(plan->ruleset, item);
	return decl ? answers_set_item(answers, plan, decl, result, err)
		    : ruleset_no_item(plan->ruleset, an_item, item, err);
}

/* ---- quantities ---- */

static const struct quantity *find_quantity(const struct plan *plan, const char *id, unsigned *at,
					    struct lt_err *err)
{
	const struct quantity *decl = ruleset_find_quantity(plan->ruleset, id);
	if (!decl)
		lt_err_set(err, LT_EDATA, "%s 没有基础量“%s”", "%s has no quantity '%s'",
			   plan->ruleset->id, id);
	else
		*at = (unsigned)(decl - plan->ruleset->quantities);
	return decl;
}

static enum lt_status convert(const struct quantity *decl, const struct units *units,
			      const char *unit, struct lt_decimal *value, struct lt_err *err)
{
	struct unit_ratio from, to;
	if (!unit || !decl->unit || strcmp(unit, decl->unit) == 0)
		return LT_OK;
	if (!units_parse(units, unit, &from))
		return lt_err_set(err, LT_EDATA, "%s：没有单位“%s”，应为 %s",
				  "%s: there is no unit '%s'; it is measured in %s", decl->id, unit,
				  decl->unit);
	if (!units_parse(units, decl->unit, &to) || !unit_ratio_goes_into(&from, &to))
		return lt_err_set(err, LT_EDATA, "%s：单位 %s 不能换算成 %s",
				  "%s: unit %s does not convert into %s", decl->id, unit,
				  decl->unit);
	if (!unit_convert(&from, &to, *value, value))
		return lt_err_set(err, LT_EDATA, "%s：换算成 %s 后数值过大",
				  "%s: too large once converted into %s", decl->id, decl->unit);
	return LT_OK;
}

enum lt_status answers_set_quantity(struct answers *answers, const struct plan *plan,
				    const struct units *units, const char *quantity,
				    const char *value, const char *unit, struct lt_err *err)
{
	unsigned at;
	const struct quantity *decl = find_quantity(plan, quantity, &at, err);
	if (!decl)
		return LT_EDATA;
	struct lt_decimal parsed;
	if (lt_decimal_parse(value, strlen(value), &parsed) != LT_DECIMAL_OK)
		return lt_err_set(err, LT_EDATA, "%s：“%s”不是数（如 23.4）",
				  "%s: '%s' is not a number (as 23.4 is)", quantity, value);
	enum lt_status status = convert(decl, units, unit, &parsed, err);
	if (status)
		return status;
	const struct value *range = &plan->quantities[at].range;
	if ((!range->lo_unbounded && parsed.units < range->lo.units) ||
	    (!range->hi_unbounded && parsed.units > range->hi.units)) {
		char lo[LT_DECIMAL_TEXT], hi[LT_DECIMAL_TEXT];
		lt_decimal_format(range->lo, lo);
		lt_decimal_format(range->hi, hi);
		return lt_err_set(err, LT_EDATA, "%s：%s 不在 %s 到 %s 之间",
				  "%s: %s is not between %s and %s", quantity, value,
				  range->lo_unbounded ? "-∞" : lo, range->hi_unbounded ? "∞" : hi);
	}
	struct measure *measure = &answers->quantities[at];
	*measure = (struct measure){ .state = MEASURE_VALUE,
				     .value = parsed,
				     .typed = value,
				     .typed_unit = unit,
				     .source = measure->source };
	return LT_OK;
}

enum lt_status answers_set_quantity_na(struct answers *answers, const struct plan *plan,
				       const char *quantity, const char *na, struct lt_err *err)
{
	unsigned at;
	const struct quantity *decl = find_quantity(plan, quantity, &at, err);
	if (!decl)
		return LT_EDATA;
	struct measure changed = { .source = answers->quantities[at].source };
	if (na) {
		enum lt_status status = take_reason(plan, &decl->na, quantity, na, &changed.reason,
						    &changed.reason_text, err);
		if (status)
			return status;
		changed.state = MEASURE_NA;
	}
	answers->quantities[at] = changed;
	return LT_OK;
}
