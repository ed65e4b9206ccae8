#include "lingtan/core/ledger_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void ledger_found(struct ledger_check *check, const char *rule, enum lt_severity severity,
		  const char *table, const char *key, const char *zh, const char *en, ...)
{
	struct ledger_finding *finding = lt_arena_alloc(check->arena, 1, sizeof(*finding));
	char text[LT_N_LANGS][600];
	for (int lang = 0; lang < LT_N_LANGS; lang++) {
		va_list args;
		va_start(args, en);
		vsnprintf(text[lang], sizeof(text[lang]), lang == LT_ZH ? zh : en, args);
		va_end(args);
	}
	if (finding) {
		*finding = (struct ledger_finding){ .rule = rule,
						    .severity = severity,
						    .table = table,
						    .key = key };
		finding->text.zh = lt_arena_strndup(check->arena, text[LT_ZH], strlen(text[LT_ZH]));
		finding->text.en = lt_arena_strndup(check->arena, text[LT_EN], strlen(text[LT_EN]));
	}
	if (!finding || !finding->text.zh || !finding->text.en) {
		check->no_memory = true;
		return;
	}
	*check->last = finding;
	check->last = &finding->next;
}

static bool parse(const char *text, struct lt_decimal *out)
{
	return lt_decimal_parse(text, strlen(text), out) == LT_DECIMAL_OK;
}

static const char *called(struct ledger_check *check, const struct ledger_line *line)
{
	const char *name = ledger_line_called(check->ledger, line, check->arena);
	check->no_memory |= !name;
	return name ? name : "";
}

static bool is_of_year(const struct ledger_row *row, const char *year)
{
	return row->is_there && strcmp(row->line.year, year) == 0;
}

/* ---- one line ---- */

static void check_months(struct ledger_check *check, const struct ledger_line *line)
{
	struct lt_decimal sum = { 0 }, month, amount;
	char missing[80] = "", shown[LT_DECIMAL_TEXT];
	unsigned n = 0;
	for (unsigned m = 0; m < LEDGER_MONTHS; m++) {
		if (parse(line->months[m], &month)) {
			n += lt_decimal_add(sum, month, &sum);
			continue;
		}
		const size_t len = strlen(missing);
		snprintf(missing + len, sizeof(missing) - len, "%s%u", len ? "," : "", m + 1);
	}
	if (!n)
		return;
	if (n < LEDGER_MONTHS)
		ledger_found(check, "months-missing", LT_WARNING, "line", line->id,
			     "%s：缺 %s 月的数", "%s: no figure of month %s", called(check, line),
			     missing);
	lt_decimal_format(sum, shown);
	if (n == LEDGER_MONTHS && parse(line->amount, &amount) &&
	    lt_decimal_compare(sum, amount) != 0)
		ledger_found(check, "months-sum", LT_ERROR, "line", line->id,
			     "%s：各月合计 %s，年活动量却是 %s",
			     "%s: the months come to %s, the year has %s",
			     called(check, line), shown, line->amount);
	else if (n < LEDGER_MONTHS && parse(line->amount, &amount) &&
		 lt_decimal_compare(sum, amount) > 0)
		ledger_found(check, "months-sum", LT_ERROR, "line", line->id,
			     "%s：已有各月合计 %s，超过年活动量 %s",
			     "%s: the months so far come to %s, more than the year's %s",
			     called(check, line), shown, line->amount);
}

/* Whether it measures what comes of a factor: CO2 or standard coal. */
static bool is_result(const struct ledger_check *check, const char *text)
{
	struct unit_ratio unit, coal;
	return units_parse(check->ledger->units, text, &unit) && !unit.per &&
	       (strncmp(unit.dimension, "co2", 3) == 0 ||
		(units_parse(check->ledger->units, "kgce", &coal) &&
		 strcmp(unit.dimension, coal.dimension) == 0));
}

static void check_state(struct ledger_check *check, const struct ledger_row *row)
{
	const struct ledger_line *line = &row->line;
	if (row->result.state == LEDGER_OPEN)
		ledger_found(check, "amount-open", LT_WARNING, "line", line->id,
			     "%s：活动量未填", "%s: no amount yet", called(check, line));
	if (row->result.state == LEDGER_WRONG)
		ledger_found(check, "line-wrong", LT_ERROR, "line", line->id,
			     "%s：数、单位或因子有误，未计入",
			     "%s: a number, unit or factor is wrong; it does not count",
			     called(check, line));
	/* a memo of an activity needs no factor; a result that was reported does */
	if (row->result.state == LEDGER_UNSTATED &&
	    (row->result.kind != LEDGER_MEMO || is_result(check, line->unit)))
		ledger_found(check, "factor-not-stated", LT_WARNING, "line", line->id,
			     "%s：%s %s 未说明因子", "%s: %s %s, factor not stated", called(check, line),
			     line->amount, line->unit);
}

/* Own power whose certificates went to someone else is not zero any more. */
static void check_sold_certificates(struct ledger_check *check, const struct ledger_row *row)
{
	if (strcmp(row->line.attributes, "sold") == 0 && row->result.state == LEDGER_COUNTED &&
	    row->result.factor.units == 0 &&
	    strcmp(row->line.kind, ledger_kind_names[LEDGER_EMISSION]) == 0)
		ledger_found(check, "two-routes", LT_ERROR, "line", row->line.id,
			     "%s：绿证已售出，不能再按零因子计",
			     "%s: its certificates were sold, so its factor is not 0",
			     called(check, &row->line));
}

/* ---- lines against each other ---- */

/* Most pairs differ by their source: that is one number to compare. */
static bool is_same_place(const struct ledger_row *left, const struct ledger_row *right)
{
	const struct ledger_line *a = &left->line, *b = &right->line;
	return left->source == right->source && strcmp(a->kind, b->kind) == 0 &&
	       strcmp(a->scope, b->scope) == 0 && strcmp(a->system, b->system) == 0 &&
	       strcmp(a->name, b->name) == 0 && strcmp(a->place, b->place) == 0 &&
	       strcmp(a->meter, b->meter) == 0;
}

static void check_doubled(struct ledger_check *check, unsigned at)
{
	const struct ledger_row *row = &check->ledger->rows[at];
	for (unsigned i = 0; i < at; i++) {
		const struct ledger_row *other = &check->ledger->rows[i];
		if (!is_same_place(row, other) || !is_of_year(other, check->year) ||
		    !row->line.amount[0] || strcmp(row->line.amount, other->line.amount) != 0 ||
		    strcmp(row->line.unit, other->line.unit) != 0)
			continue;
		ledger_found(check, "doubled", LT_ERROR, "line", row->line.id,
			     "%s 与 %s 完全相同，疑为重复", "%s: the same as %s, probably twice",
			     row->line.id, other->line.id);
		return;
	}
}

/* The activity of the row's source in a year, of the lines in the same unit; one below zero is wrong,
 * and told as that. */
static struct lt_decimal sum_like(const struct ledger_check *check, const struct ledger_row *like,
				  const char *year, unsigned *n)
{
	struct lt_decimal sum = { 0 }, amount;
	*n = 0;
	for (unsigned i = 0; i < check->ledger->n; i++) {
		const struct ledger_row *row = &check->ledger->rows[i];
		if (!is_same_place(row, like) || !is_of_year(row, year) ||
		    strcmp(row->line.unit, like->line.unit) != 0 ||
		    !parse(row->line.amount, &amount) || amount.units < 0)
			continue;
		*n += lt_decimal_add(sum, amount, &sum);
	}
	return sum;
}

static void check_jump(struct ledger_check *check, unsigned at)
{
	const struct ledger_row *own = &check->ledger->rows[at];
	const struct ledger_line *line = &own->line;
	char year[24], was[LT_DECIMAL_TEXT], is[LT_DECIMAL_TEXT];
	unsigned n, n_before;
	if (strcmp(line->kind, ledger_kind_names[LEDGER_OFFSET]) == 0 || !check->jump_percent)
		return;
	for (unsigned i = 0; i < at; i++) /* each source once */
		if (is_same_place(&check->ledger->rows[i], own) &&
		    is_of_year(&check->ledger->rows[i], check->year))
			return;
	snprintf(year, sizeof(year), "%ld", strtol(check->year, NULL, 10) - 1);
	const struct lt_decimal now = sum_like(check, own, check->year, &n);
	const struct lt_decimal before = sum_like(check, own, year, &n_before);
	if (!n || !n_before || before.units <= 0)
		return;
	const lt_int128 change = now.units > before.units ? now.units - before.units
							  : before.units - now.units;
	/* both divided: no amount that a line can have is too large for that */
	if (change / check->jump_percent <= before.units / 100)
		return;
	lt_decimal_format(before, was);
	lt_decimal_format(now, is);
	ledger_found(check, "jump", LT_WARNING, "line", line->id,
		     "%s：由 %s 年的 %s 变为 %s %s，变化超过 %u %%，须有原因",
		     "%s: from %s (%s) to %s %s, a change of more than %u %%; why?", called(check, line),
		     year, was, is, line->unit, check->jump_percent);
}

/* ---- a reported figure without its factor, and what it implies ---- */

/* The line that says of what: the same name in the same year, measured in something. */
static const struct ledger_line *activity_of(const struct ledger_check *check,
					     const struct ledger_line *reported)
{
	struct unit_ratio unit;
	for (unsigned i = 0; i < check->ledger->n; i++) {
		const struct ledger_row *row = &check->ledger->rows[i];
		if (is_of_year(row, check->year) && &row->line != reported &&
		    reported->name[0] && strcmp(row->line.name, reported->name) == 0 &&
		    units_parse(check->ledger->units, row->line.unit, &unit) && !unit.per &&
		    strcmp(unit.dimension, "energy") == 0)
			return &row->line;
	}
	return NULL;
}

static lt_int128 distance(struct lt_decimal a, struct lt_decimal b)
{
	return a.units > b.units ? a.units - b.units : b.units - a.units;
}

/* The published factor nearest to the implied one, in the same unit. */
static const struct check_factor *nearest(const struct ledger_check *check,
					  const struct unit_ratio *unit, struct lt_decimal implied,
					  struct lt_decimal *value)
{
	const struct check_factor *found = NULL;
	for (unsigned i = 0; i < check->n_factors; i++) {
		struct unit_ratio of;
		struct lt_decimal published;
		if (!units_parse(check->ledger->units, check->factors[i].unit, &of) ||
		    !unit_ratio_same_dimension(&of, unit) ||
		    !parse(check->factors[i].value, &published) || published.units <= 0 ||
		    !unit_convert(&of, unit, published, &published))
			continue;
		if (!found || distance(published, implied) < distance(*value, implied)) {
			found = &check->factors[i];
			*value = published;
		}
	}
	return found;
}

/* What the published factor gives, in the unit that was reported. */
static void tell_match(struct ledger_check *check, const struct ledger_line *line,
		       const struct ledger_line *of, const struct check_factor *published,
		       struct lt_decimal value, const struct unit_ratio *activity,
		       const struct unit_ratio *factor, const struct unit_ratio *result)
{
	struct lt_decimal amount;
	char text[LT_DECIMAL_TEXT];
	if (!parse(of->amount, &amount) ||
	    !lt_decimal_multiply_divide(amount, activity->numerator, factor->denominator, &amount) ||
	    !lt_decimal_multiply(amount, value, &amount) ||
	    !lt_decimal_multiply_divide(amount, factor->numerator, result->numerator, &amount))
		return;
	lt_decimal_format_places(amount, 0, text);
	ledger_found(check, "implied-factor", LT_NOTE, "line", line->id,
		     "%s：%s %s × %s（%s）= %s %s，报道为 %s，所用系数相符",
		     "%s: %s %s * %s (%s) = %s %s, %s was reported: that factor was used",
		     called(check, line), of->amount, of->unit, published->value, published->id, text,
		     line->unit, line->amount);
}

static void check_implied(struct ledger_check *check, const struct ledger_row *row)
{
	const struct ledger_line *line = &row->line;
	const struct ledger_line *of = row->result.state == LEDGER_UNSTATED
					       ? activity_of(check, line)
					       : NULL;
	struct unit_ratio result, activity, factor;
	struct lt_decimal above, below, implied, value = { 0 };
	char text[LT_DECIMAL_TEXT], unit[40];
	if (!of || !units_parse(check->ledger->units, line->unit, &result) ||
	    !units_parse(check->ledger->units, of->unit, &activity) || !parse(line->amount, &above) ||
	    !parse(of->amount, &below) || below.units <= 0)
		return;
	snprintf(unit, sizeof(unit), "%s/kWh",
		 strncmp(result.dimension, "co2", 3) == 0 ? "kgCO2" : "kgce");
	if (!units_parse(check->ledger->units, unit, &factor) ||
	    strcmp(result.dimension, factor.dimension) != 0 ||
	    !lt_decimal_multiply_divide(above, result.numerator, factor.numerator, &above) ||
	    !lt_decimal_multiply_divide(below, activity.numerator, factor.denominator, &below) ||
	    !lt_decimal_divide(above, below, &implied))
		return;
	const struct check_factor *published = nearest(check, &factor, implied, &value);
	lt_decimal_format_places(implied, 4, text);
	/* within half of the last place but one that such factors are printed with */
	if (published && distance(value, implied) <= LT_DECIMAL_ONE / 2000)
		tell_match(check, line, of, published, value, &activity, &factor, &result);
	else
		ledger_found(check, "implied-factor", LT_WARNING, "line", line->id,
			     "%s：%s %s ÷ %s %s = %s %s，不是任何已公布的因子",
			     "%s: %s %s / %s %s = %s %s, which is no published factor",
			     called(check, line), line->amount, line->unit, of->amount, of->unit, text,
			     unit);
}

/* ---- purchased + generated - sold = used ---- */

static void format_energy(struct lt_decimal megajoules, enum ledger_carrier carrier,
			  char out[LT_DECIMAL_TEXT])
{
	lt_decimal_divide(megajoules, lt_decimal_from_int(carrier == LEDGER_POWER ? 3600 : 1000),
			  &megajoules);
	lt_decimal_format(megajoules, out);
}

/* The first line of the carrier, to go to; of readings where there are any. */
static const char *line_of_carrier(const struct ledger_check *check, enum ledger_carrier carrier,
				   bool is_used)
{
	for (unsigned i = 0; i < check->ledger->n; i++) {
		const struct ledger_row *row = &check->ledger->rows[i];
		if (is_of_year(row, check->year) &&
		    strcmp(row->line.carrier, ledger_carrier_names[carrier]) == 0 &&
		    (strcmp(row->line.flow, ledger_flow_names[LEDGER_USED]) == 0) == is_used)
			return row->line.id;
	}
	return "";
}

static void check_flows(struct ledger_check *check, enum ledger_carrier carrier)
{
	static const struct label names[N_LEDGER_CARRIERS] = { { "电", "power" }, { "热", "heat" } };
	const char *unit = carrier == LEDGER_POWER ? "MWh" : "GJ";
	const struct ledger_totals *totals = ledger_totals(check->ledger, check->year);
	const struct lt_decimal used = totals->energy[carrier][LEDGER_USED];
	struct lt_decimal supply;
	char in[LT_DECIMAL_TEXT], out[LT_DECIMAL_TEXT];
	if (!ledger_supply(totals, carrier, &supply) && !used.units)
		return;
	format_energy(supply, carrier, in);
	format_energy(used, carrier, out);
	if (supply.units < 0)
		ledger_found(check, "flows-negative", LT_ERROR, "line",
			     line_of_carrier(check, carrier, false),
			     "%s%.0s：外送多于外购和自发之和，相抵为 %s %s",
			     "%.0s%s: more is sold than was bought and generated, %s %s is left",
			     names[carrier].zh, names[carrier].en, in, unit);
	else if (used.units && lt_decimal_compare(supply, used) != 0)
		ledger_found(check, "flows-differ", LT_ERROR, "line",
			     line_of_carrier(check, carrier, true),
			     "%s%.0s：外购 + 自发 - 外送 = %s %s，用量表合计却是 %s",
			     "%.0s%s: bought + generated - sold = %s %s, the meters of use say %s",
			     names[carrier].zh, names[carrier].en, in, unit, out);
}

/* ---- the whole ---- */

enum lt_status ledger_check_run(struct ledger_check *check, struct ledger_finding **out,
				struct lt_err *err)
{
	*out = NULL;
	check->last = out;
	for (unsigned i = 0; i < check->ledger->n && !check->no_memory; i++) {
		const struct ledger_row *row = &check->ledger->rows[i];
		if (!is_of_year(row, check->year))
			continue;
		check_state(check, row);
		check_months(check, &row->line);
		check_doubled(check, i);
		check_jump(check, i);
		check_sold_certificates(check, row);
		check_implied(check, row);
	}
	for (unsigned carrier = 0; carrier < N_LEDGER_CARRIERS; carrier++)
		check_flows(check, (enum ledger_carrier)carrier);
	ledger_check_registers(check);
	return check->no_memory ? lt_err_memory(err) : LT_OK;
}
