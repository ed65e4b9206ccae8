#include "counting.h"

#include "accounting.h"

static void tell_difference(struct lt_findings *findings, const struct quantity *quantity,
			    const struct measure *measure, const char *computed)
{
	lt_findings_add(findings, LT_WARNING, "", "%s：填的是 %s，由地点统计得 %s %s，以统计为准",
			"%s: %s was entered, the places give %s %s; the places count",
			quantity->id, measure->typed, computed, quantity->unit);
}

static void tell_incomplete(struct lt_findings *findings, const struct quantity *quantity,
			    const struct count_result *result)
{
	if (result->missing)
		lt_findings_add(findings, LT_WARNING, "",
				"%s：地点 %s 没有写数量或面积，不能统计",
				"%s: place %s does not say its number or area, so it is not counted",
				quantity->id, result->missing);
	else
		lt_findings_add(findings, LT_WARNING, "", "%s：登记的地点比总体少，不能统计",
				"%s: fewer places are entered than the population has, so they are not counted",
				quantity->id);
}

/* That none counts may mean that nobody marked the places, so a figure that was typed stands. */
static void tell_unmarked(struct lt_findings *findings, const struct quantity *quantity,
			  const struct measure *measure)
{
	if (measure->value.units)
		lt_findings_add(findings, LT_WARNING, "",
				"%s：没有地点有所计的特征，也没有写明总数的总体，以填的 %s 为准",
				"%s: no place has the mark that counts and no population tells how many there are; the %s entered stands",
				quantity->id, measure->typed);
}

static void tell_outside(struct lt_findings *findings, const struct quantity *quantity,
			 const char *computed)
{
	lt_findings_add(findings, LT_WARNING, "", "%s：由地点统计得 %s %s，超出所定范围，未采用",
			"%s: the places give %s %s, outside its range; it is not used",
			quantity->id, computed, quantity->unit);
}

static bool is_typed(const struct measure *measure)
{
	return measure->state == MEASURE_VALUE && measure->typed;
}

static void take(struct assessment *assessment, unsigned at, const struct count_rule *rule,
		 struct lt_findings *findings)
{
	const struct sheet *sheet = assessment->sheet;
	const struct quantity *quantity = &assessment->ruleset->quantities[at];
	struct measure *measure = &assessment->answers.quantities[at];
	struct counted_figure figure = { .quantity = at, .rule = rule };
	char computed[LT_DECIMAL_TEXT];
	count_compute(rule, sheet->places, sheet->n_places, sheet->frames, sheet->n_frames,
		      &figure.result);
	if (figure.result.state == COUNT_INCOMPLETE && measure->state == MEASURE_OPEN)
		tell_incomplete(findings, quantity, &figure.result);
	if (figure.result.state == COUNT_VALUE && is_typed(measure) && !figure.result.n_counted &&
	    !figure.result.is_proved) {
		tell_unmarked(findings, quantity, measure);
		return;
	}
	if (figure.result.state != COUNT_VALUE || measure->state == MEASURE_NA)
		return;
	lt_decimal_format(figure.result.value, computed);
	if (!accounting_is_in_range(assessment, at, figure.result.value)) {
		tell_outside(findings, quantity, computed);
		return;
	}
	if (is_typed(measure) &&
	    lt_decimal_compare(measure->value, figure.result.value) != 0)
		tell_difference(findings, quantity, measure, computed);
	measure->value = figure.result.value;
	measure->state = MEASURE_VALUE;
	assessment->counted[assessment->n_counted++] = figure;
}

enum lt_status counting_take(struct assessment *assessment, struct library *library,
			     struct lt_findings *findings, struct lt_err *err)
{
	const struct count_rules *rules;
	const struct ruleset *ruleset = assessment->ruleset;
	if (!assessment->sheet->n_places)
		return LT_OK;
	enum lt_status status = library_counts(library, findings, &rules, err);
	if (status)
		return status;
	assessment->counted = lt_arena_alloc(&assessment->arena, ruleset->n_quantities + 1,
					     sizeof(*assessment->counted));
	if (!assessment->counted)
		return lt_err_memory(err);
	for (unsigned i = 0; i < ruleset->n_quantities; i++) {
		const struct count_rule *rule =
			count_rules_find(rules, ruleset->quantities[i].id);
		if (rule)
			take(assessment, i, rule, findings);
	}
	return LT_OK;
}
