/* Forms: a whole row, needed fields and rules across fields. */
#include <stdio.h>
#include <string.h>
#include "lingtan/core/form.h"

static bool is_filled(const char *value)
{
	return value && value[0];
}

unsigned form_count_needed(const struct form *form, const char *const *values, unsigned *n_filled)
{
	unsigned n = 0;
	*n_filled = 0;
	for (unsigned i = 0; i < form->n_fields; i++) {
		if (!form_field_is_needed(&form->fields[i]))
			continue;
		n++;
		*n_filled += is_filled(values[i]);
	}
	return n;
}

static void check_unit(const struct form_field *field, const struct units *units, const char *unit,
		       struct lt_findings *findings)
{
	struct unit_ratio ratio;
	if (units_parse(units, unit, &ratio))
		return;
	lt_findings_add(findings, LT_ERROR, field->id,
			"%s%.0s：没有单位“%.60s”；写成 kWh、10^4m3、tCO2/MWh 这样",
			"%.0s%s: there is no unit '%.60s'; write it like kWh, 10^4m3 or tCO2/MWh",
			field->label.zh, field->label.en, unit);
}

static void check_field(const struct form_field *field, const struct units *units,
			const char *value, struct lt_findings *findings)
{
	struct lt_err err = LT_ERR_INIT;
	if (!is_filled(value)) {
		if (form_field_is_needed(field))
			lt_findings_add(findings, LT_ERROR, field->id, "%s%.0s：必填，还没有填",
					"%.0s%s: it is needed; fill it in", field->label.zh,
					field->label.en);
		return;
	}
	const enum lt_status status = form_check_value(field, value, &err);
	if (status)
		lt_findings_add(findings, status == LT_NO ? LT_WARNING : LT_ERROR, field->id,
				"%s%.0s", "%.0s%s", err.text[LT_ZH], err.text[LT_EN]);
	else if (field->offer == OFFER_UNITS)
		check_unit(field, units, value, findings);
}

/* ---- rules ---- */

static const char *value_of(const struct form *form, const char *const *values, const char *id,
			    const struct form_field **field)
{
	*field = form_find_field(form, id);
	const char *value = *field ? values[*field - form->fields] : NULL;
	return is_filled(value) ? value : NULL;
}

/* The labels of a rule's fields, as many as find room. */
struct labels {
	char zh[200], en[200];
};

static void append(char *to, size_t cap, const char *between, const char *text)
{
	const size_t used = strlen(to);
	if (used + strlen(between) + strlen(text) < cap)
		snprintf(to + used, cap - used, "%s%s", used ? between : "", text);
}

static void list_labels(const struct form *form, const struct form_rule *rule,
			struct labels *labels)
{
	labels->zh[0] = labels->en[0] = '\0';
	for (unsigned i = 0; i < rule->fields.n; i++) {
		const struct form_field *field = form_find_field(form, rule->fields.at[i]);
		if (!field)
			continue;
		append(labels->zh, sizeof(labels->zh), "、", field->label.zh);
		append(labels->en, sizeof(labels->en), ", ", field->label.en);
	}
}

static unsigned count_filled(const struct form *form, const struct form_rule *rule,
			     const char *const *values)
{
	const struct form_field *field;
	unsigned n = 0;
	for (unsigned i = 0; i < rule->fields.n; i++)
		n += value_of(form, values, rule->fields.at[i], &field) != NULL;
	return n;
}

static void check_one_of(const struct form *form, const struct form_rule *rule,
			 const char *const *values, struct lt_findings *findings)
{
	const unsigned n = count_filled(form, rule, values);
	struct labels labels;
	if (n == 1)
		return;
	list_labels(form, rule, &labels);
	if (n)
		lt_findings_add(findings, LT_ERROR, rule->fields.at[0],
				"%s%.0s：只能填其中一项，请删去其余",
				"%.0s%s: only one of them; take the others out", labels.zh,
				labels.en);
	else
		lt_findings_add(findings, LT_ERROR, rule->fields.at[0],
				"%s%.0s：要填其中一项，还没有填",
				"%.0s%s: one of them is needed; fill it in", labels.zh, labels.en);
}

static void check_together(const struct form *form, const struct form_rule *rule,
			   const char *const *values, struct lt_findings *findings)
{
	const unsigned n = count_filled(form, rule, values);
	struct labels labels;
	const struct form_field *field;
	if (!n || n == rule->fields.n)
		return;
	list_labels(form, rule, &labels);
	for (unsigned i = 0; i < rule->fields.n; i++)
		if (!value_of(form, values, rule->fields.at[i], &field)) {
			lt_findings_add(findings, LT_WARNING, rule->fields.at[i],
					"%s%.0s：要一起填，请补上其余",
					"%.0s%s: they belong together; fill in the rest", labels.zh,
					labels.en);
			return;
		}
}

/* The value of a field in the unit of another; false where it cannot be had. */
static bool value_in(const struct units *units, const char *value, const struct form_field *field,
		     const struct form_field *other, struct lt_decimal *out)
{
	struct unit_ratio from, to;
	if (!value || lt_decimal_parse(value, strlen(value), out) != LT_DECIMAL_OK)
		return false;
	if (!field->unit || !other->unit || strcmp(field->unit, other->unit) == 0)
		return true;
	return units_parse(units, field->unit, &from) && units_parse(units, other->unit, &to) &&
	       unit_ratio_same_dimension(&from, &to) && unit_convert(&from, &to, *out, out);
}

static void check_sum(const struct form *form, const struct form_rule *rule,
		      const struct units *units, const char *const *values,
		      struct lt_findings *findings)
{
	const struct form_field *of, *first = form_find_field(form, rule->fields.at[0]), *field;
	struct lt_decimal limit, part, sum = { 0 };
	const char *value = value_of(form, values, rule->of, &of);
	char total[LT_DECIMAL_TEXT], most[LT_DECIMAL_TEXT];
	if (!first || !of || !value_in(units, value, of, first, &limit))
		return;
	for (unsigned i = 0; i < rule->fields.n; i++) {
		value = value_of(form, values, rule->fields.at[i], &field);
		/* what is no number is told as such */
		if (value && value_in(units, value, field, first, &part) &&
		    !lt_decimal_add(sum, part, &sum))
			return;
	}
	if (lt_decimal_compare(sum, limit) <= 0)
		return;
	lt_decimal_format(sum, total);
	lt_decimal_format(limit, most);
	const char *unit = first->unit ? first->unit : "";
	lt_findings_add(
		findings, LT_WARNING, rule->of,
		"%s%.0s合计 %s %s，大于%s%.0s（%s %s）；请核对两边的数和单位",
		"%.0s%s: %s %s in all, more than %.0s%s (%s %s); look at the numbers and units of both",
		rule->title.zh, rule->title.en, total, unit, of->label.zh, of->label.en, most,
		unit);
}

void form_check_row(const struct form *form, const struct units *units, const char *const *values,
		    struct lt_findings *findings)
{
	for (unsigned i = 0; i < form->n_fields; i++)
		check_field(&form->fields[i], units, values[i], findings);
	for (unsigned i = 0; i < form->n_rules; i++) {
		const struct form_rule *rule = &form->rules[i];
		switch (rule->kind) {
		case RULE_SUM_AT_MOST:
			check_sum(form, rule, units, values, findings);
			break;
		case RULE_ONE_OF:
			check_one_of(form, rule, values, findings);
			break;
		case RULE_TOGETHER:
			check_together(form, rule, values, findings);
			break;
		case RULE_SUM_INTO: /* followed while it is typed; a figure of its own is nobody's fault */
		case N_FORM_RULES:
			break;
		}
	}
}
