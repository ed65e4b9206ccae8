/* The lint of what quantities take of the ledger. */
#include <string.h>
#include "check_build.h"

#define MOST_TAKES 64

static bool is_operand(const struct check *check, const char *text)
{
	struct lt_decimal number;
	return text[0] == '$' ? ruleset_find_parameter(check->ruleset, text + 1) != NULL
			      : lt_decimal_parse(text, strlen(text), &number) == LT_DECIMAL_OK;
}

static void check_operand_at(struct check *check, const char *key, const char *text)
{
	if (text && !is_operand(check, text))
		check_error(check, "%s：“%s”既不是参数也不是数", "%s: '%s' is no parameter or number",
			    key, text);
}

static void check_take(struct check *check, const struct take *take)
{
	const bool is_left = take->measure == TAKE_NOTHING || take->measure == TAKE_REFUSED;
	struct lt_decimal number;
	check_cite(check, take->cite);
	check_operand_at(check, "factor", take->factor);
	check_operand_at(check, "commitment", take->commitment);
	check_operand_at(check, "emits", take->emits);
	if (take->weight)
		check_number(check, take->weight, &number);
	if (is_left && !take->note.zh)
		check_error(check, "%s 须有 note 说明为什么不计", "%s needs a note that says why",
			    take_measure_names[take->measure]);
	if (take->factor && take->measure != TAKE_ACTIVITY)
		check_error(check, "factor 只用于 measure: %s", "factor goes with measure: %s only",
			    take_measure_names[TAKE_ACTIVITY]);
	if (take->origin != ORIGIN_UNSTATED)
		check_origin(check, "take", take->origin, take->cite, &take->note);
}

static void check_takes(struct check *check, unsigned quantity, const char *list,
			const struct take *takes, unsigned n)
{
	check_at(check, "quantities[%u].ledger.%s", quantity, list);
	if (n > MOST_TAKES)
		check_error(check, "最多 %d 条", "%d entries at most", MOST_TAKES);
	for (unsigned i = 0; i < n; i++) {
		check_at(check, "quantities[%u].ledger.%s[%u]", quantity, list, i);
		check_take(check, &takes[i]);
	}
}

static void check_per(struct check *check, const struct quantity *quantity)
{
	const struct derivation *ledger = &quantity->ledger;
	const bool is_ratio = strchr(quantity->unit, '/') != NULL;
	if (ledger->per && ledger->n_over)
		check_error(check, "per 与 over 只能写一个：%s", "per or over, not both: %s",
			    quantity->id);
	if (is_ratio && !ledger->per)
		check_error(check, "%s 的单位是比值，须有 per",
			    "the unit of %s is a ratio: it needs per", quantity->id);
	const struct quantity *below =
		ledger->per ? ruleset_find_quantity(check->ruleset, ledger->per) : NULL;
	if (!ledger->per)
		return;
	if (!below)
		check_error(check, "没有量“%s”", "there is no quantity '%s'", ledger->per);
	else if (!is_ratio || strcmp(strchr(quantity->unit, '/') + 1, below->unit) != 0)
		check_error(check, "%s 的单位须为“某量/%s”", "%s must be measured in something/%s",
			    quantity->id, below->unit);
}

/* Months are counted by one take alone, in months. */
static void check_months(struct check *check, const struct quantity *quantity)
{
	const struct derivation *ledger = &quantity->ledger;
	for (unsigned i = 0; i < ledger->n_takes; i++)
		if (ledger->takes[i].measure == TAKE_MONTHS &&
		    (ledger->n_takes > 1 || ledger->n_over || strcmp(quantity->unit, "month") != 0))
			check_error(check, "%s：measure: months 须单独用，单位为 month",
				    "%s: measure: months stands alone, the unit is month",
				    quantity->id);
	for (unsigned i = 0; i < ledger->n_over; i++)
		if (ledger->over[i].measure == TAKE_MONTHS)
			check_error(check, "%s：over 里不能用 months", "%s: no months in over",
				    quantity->id);
}

void check_derivation(struct check *check, unsigned at)
{
	const struct quantity *quantity = &check->ruleset->quantities[at];
	const struct derivation *ledger = &quantity->ledger;
	struct lt_decimal number;
	if (!ledger->takes)
		return;
	check_at(check, "quantities[%u].ledger", at);
	check_origin(check, "ledger", ledger->origin, ledger->cite, &ledger->note);
	check_operand_at(check, "years", ledger->years);
	if (ledger->times)
		check_number(check, ledger->times, &number);
	if (ledger->when_empty)
		check_number(check, ledger->when_empty, &number);
	if (ledger->back && (strlen(ledger->back) != 1 || ledger->back[0] < '1' || ledger->back[0] > '9'))
		check_error(check, "back 须为 1 至 9 的整数：%s", "back must be a whole number, 1 to 9: %s",
			    ledger->back);
	check_months(check, quantity);
	check_per(check, quantity);
	check_takes(check, at, "take", ledger->takes, ledger->n_takes);
	check_takes(check, at, "over", ledger->over, ledger->n_over);
}

/* "$x" names the parameter x, and with it "x_year", which says of when x is. */
static bool names(const char *operand, const char *parameter)
{
	const size_t len = operand ? strlen(operand) : 0;
	return len && operand[0] == '$' && strncmp(operand + 1, parameter, len - 1) == 0 &&
	       (!parameter[len - 1] || strcmp(parameter + len - 1, "_year") == 0);
}

static bool take_uses(const struct take *takes, unsigned n, const char *parameter)
{
	for (unsigned i = 0; i < n; i++)
		if (names(takes[i].factor, parameter) || names(takes[i].commitment, parameter) ||
		    names(takes[i].emits, parameter))
			return true;
	return false;
}

bool derivations_use(const struct ruleset *ruleset, const char *parameter)
{
	for (unsigned i = 0; i < ruleset->n_quantities; i++) {
		const struct derivation *ledger = &ruleset->quantities[i].ledger;
		if (names(ledger->years, parameter) ||
		    take_uses(ledger->takes, ledger->n_takes, parameter) ||
		    take_uses(ledger->over, ledger->n_over, parameter))
			return true;
	}
	return false;
}
