#include "lingtan/core/balance.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "balance_fit.h"
#include "lingtan/base/text.h"

/* One figure on its way. */
struct figuring {
	const struct balance_input *input;
	const struct quantity *quantity;
	struct lt_arena *arena;
	struct balance_figure *figure;
	struct unit_ratio unit; /* amounts are in; without a dimension until the first is there */
	bool has_unit;
	struct lt_decimal sum, over;
	unsigned n_taken, n_over, cap;
	bool no_memory;
};

/* ---- why there is none ---- */

__attribute__((format(printf, 3, 4))) static void
why(struct figuring *at, bool is_english, const char *format, ...)
{
	char text[400];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	const char *kept = lt_arena_strndup(at->arena, text, strlen(text));
	if (!kept)
		at->no_memory = true;
	*(is_english ? &at->figure->why.en : &at->figure->why.zh) = kept;
}

/* The first reason stays. */
#define leave_open(at, zh, en, ...)                                                                \
	do {                                                                                       \
		if ((at)->figure->state != BALANCE_OPEN) {                                         \
			why(at, false, zh, __VA_ARGS__);                                           \
			why(at, true, en, __VA_ARGS__);                                            \
		}                                                                                  \
		(at)->figure->state = BALANCE_OPEN;                                                \
	} while (0)

/* What a reason is about: a line, or (NULL) the figure itself. */
static const char *called(struct figuring *at, const struct ledger_line *line)
{
	const char *name = line ? ledger_line_called(at->input->ledger, line, at->arena)
				: at->quantity->id;
	at->no_memory |= !name;
	return name ? name : "";
}

static void weaken(struct figuring *at, enum origin origin)
{
	if (origin > at->figure->origin)
		at->figure->origin = origin;
}

/* ---- operands ---- */

/* A parameter by its operand; NULL for a plain number or for what is not there. */
static const struct plan_number *find_number(const struct plan *plan, const char *operand)
{
	for (unsigned i = 0; operand[0] == '$' && i < plan->n_parameters; i++)
		if (strcmp(plan->numbers[i].id, operand + 1) == 0)
			return &plan->numbers[i];
	return NULL;
}

/* False, and the figure is open, where the operand has no value. */
static bool get_operand(struct figuring *at, const char *operand, struct lt_decimal *out,
			const char **unit)
{
	const struct plan_number *number = find_number(at->input->plan, operand);
	*unit = number && number->parameter->unit ? number->parameter->unit : "1";
	if (number && !number->unset) {
		*out = number->value.lo;
		weaken(at, number->origin);
		return true;
	}
	if (!number && lt_decimal_parse(operand, strlen(operand), out) == LT_DECIMAL_OK)
		return true;
	if (number && at->figure->state != BALANCE_OPEN)
		at->figure->needs = number->id;
	leave_open(at, "参数 %s 未设值", "parameter %s is not set", operand);
	return false;
}

/* ---- one line ---- */

static bool is_carbon(const char *dimension)
{
	return strcmp(dimension, "co2") == 0 || strcmp(dimension, "co2e") == 0;
}

/* The base unit of a dimension. */
static const char *base_of(const struct units *units, const char *dimension)
{
	for (unsigned i = 0; i < units->n; i++)
		if (strcmp(units->at[i].dimension, dimension) == 0)
			return units->at[i].base;
	return NULL;
}

/* An amount in the unit of the figure. A share has none of its own: the first amount's base. */
static bool in_unit(struct figuring *at, const struct ledger_line *line, struct lt_decimal amount,
		    const struct unit_ratio *unit, struct lt_decimal *out)
{
	if (!at->has_unit) {
		at->unit = (struct unit_ratio){ .dimension = is_carbon(unit->dimension)
								     ? "co2e"
								     : unit->dimension,
						.numerator = { LT_DECIMAL_ONE },
						.denominator = { LT_DECIMAL_ONE } };
		at->has_unit = true;
		at->figure->part_unit = base_of(at->input->ledger->units, at->unit.dimension);
	}
	if (unit->per || !unit_ratio_goes_into(unit, &at->unit)) {
		leave_open(at, "%s 的单位与 %s 不配", "the unit of %s does not go with %s",
			   called(at, line), at->quantity->unit);
		return false;
	}
	if (lt_decimal_multiply_divide(amount, unit->numerator, at->unit.numerator, out))
		return true;
	leave_open(at, "%s：数过大", "%s: the number is too large", called(at, line));
	return false;
}

static bool parse_unit(struct figuring *at, const struct ledger_line *line, const char *text,
		       struct unit_ratio *out)
{
	if (units_parse(at->input->ledger->units, text, out))
		return true;
	leave_open(at, "%s：没有单位“%s”", "%s: there is no unit '%s'", called(at, line), text);
	return false;
}

/* What the line says of its fuel, else what stands behind the factor that it names. */
static struct ledger_fuel fuel_of(const struct balance_input *input, const struct ledger_row *row)
{
	const struct ledger_fuel *of_factor =
		input->fuels ? input->fuels[row - input->ledger->rows] : NULL;
	return row->line.fuel.heating_value[0] || !of_factor ? row->line.fuel : *of_factor;
}

/* Tonnes at the line's own factor, or as if all carbon were oxidised. */
static bool take_tonnes(struct figuring *at, const struct take *take, const struct ledger_row *row,
			struct lt_decimal *out, struct unit_ratio *unit)
{
	const struct units *units = at->input->ledger->units;
	const struct ledger_line *line = &row->line;
	*out = row->result.tonnes;
	if (!parse_unit(at, line, row->result.is_co2 ? "tCO2" : "tCO2e", unit))
		return false;
	if (take->measure == TAKE_AMOUNT && row->result.state == LEDGER_COUNTED)
		return true;
	if (take->measure == TAKE_AMOUNT) {
		if (row->result.state == LEDGER_UNSTATED)
			leave_open(at, "%s：未说明因子", "%s: factor not stated", called(at, line));
		else
			leave_open(at, "%s：尚无排放量", "%s: no amount yet", called(at, line));
		return false;
	}
	struct ledger_fuel fuel = fuel_of(at->input, row);
	struct lt_decimal factor, amount;
	const char *factor_unit;
	struct lt_err err = LT_ERR_INIT;
	fuel.oxidation = "1";
	if (lt_decimal_parse(line->amount, strlen(line->amount), &amount) != LT_DECIMAL_OK ||
	    ledger_fuel_factor(units, &fuel, at->arena, &factor, &factor_unit, &err) ||
	    ledger_amount(units, amount, line->unit, factor, factor_unit, out, &err)) {
		leave_open(at, "%s：缺热值或含碳量，不能按完全氧化计",
			   "%s: without heating value and carbon content it cannot be counted as oxidised in full",
			   called(at, line));
		return false;
	}
	return true;
}

/* Activity times a factor, as ledger_amount() does it: into the factor's own unit, then times it. */
static bool multiply(struct figuring *at, const struct ledger_line *line, const char *operand,
		     struct lt_decimal *amount, struct unit_ratio *unit)
{
	struct lt_decimal factor;
	const char *factor_unit;
	struct unit_ratio of_factor;
	if (!get_operand(at, operand, &factor, &factor_unit) ||
	    !parse_unit(at, line, factor_unit, &of_factor))
		return false;
	if (!of_factor.per || unit->per || strcmp(unit->dimension, of_factor.per) != 0) {
		leave_open(at, "%s 的单位 %s 与系数 %s 不配", "%s: unit %s does not go with %s",
			   called(at, line), line->unit, factor_unit);
		return false;
	}
	if (!lt_decimal_multiply_divide(*amount, unit->numerator, of_factor.denominator, amount) ||
	    !lt_decimal_multiply(*amount, factor, amount)) {
		leave_open(at, "%s：数过大", "%s: the number is too large", called(at, line));
		return false;
	}
	*unit = (struct unit_ratio){ .dimension = of_factor.dimension,
				     .numerator = of_factor.numerator,
				     .denominator = { LT_DECIMAL_ONE } };
	return true;
}

static bool take_activity(struct figuring *at, const struct take *take,
			  const struct ledger_row *row, struct lt_decimal *out,
			  struct unit_ratio *unit)
{
	const struct ledger_line *line = &row->line;
	if (lt_decimal_parse(line->amount, strlen(line->amount), out) != LT_DECIMAL_OK) {
		leave_open(at, "%s：活动量未填", "%s: no activity yet", called(at, line));
		return false;
	}
	return parse_unit(at, line, line->unit, unit) &&
	       (!take->factor || multiply(at, line, take->factor, out, unit));
}

static bool take_commitment(struct figuring *at, const struct ledger_row *row,
			    struct lt_decimal *out, struct unit_ratio *unit)
{
	const struct line_offset offset = offset_of_line(at->input, &row->line);
	if (!offset.has_commitment) {
		leave_open(at, "%s：未写承诺年限", "%s: years of commitment not given",
			   called(at, &row->line));
		return false;
	}
	*out = offset.commitment;
	return parse_unit(at, &row->line, "a", unit);
}

static bool measure_line(struct figuring *at, const struct take *take,
			 const struct ledger_row *row, struct lt_decimal *out)
{
	struct unit_ratio unit = { 0 };
	switch (take->measure) {
	case TAKE_AMOUNT:
	case TAKE_OXIDISED:
		return take_tonnes(at, take, row, out, &unit) &&
		       in_unit(at, &row->line, *out, &unit, out);
	case TAKE_ACTIVITY:
		return take_activity(at, take, row, out, &unit) &&
		       in_unit(at, &row->line, *out, &unit, out);
	case TAKE_COMMITMENT:
		return take_commitment(at, row, out, &unit) &&
		       in_unit(at, &row->line, *out, &unit, out);
	case TAKE_REFUSED:
		if (at->figure->state != BALANCE_OPEN) {
			why(at, false, "%s：%s", called(at, &row->line), take->note.zh);
			why(at, true, "%s: %s", called(at, &row->line), take->note.en);
			at->figure->state = BALANCE_OPEN;
		}
		return false;
	default:
		*out = VALUE_ZERO;
		return false;
	}
}

/* The part of the line's amount that goes to the scopes asked for. */
static bool shared_part(struct figuring *at, const struct take *take, const struct ledger_line *line,
			struct lt_decimal *value)
{
	if (!take->scopes.n || !is_shared_out(line))
		return true;
	struct lt_decimal sum = VALUE_ZERO, share;
	struct unit_ratio tonne;
	for (unsigned s = 0; s < 3; s++) {
		const char name[] = { (char)('1' + s), '\0' };
		const char *said = line->allocation[s];
		if (!said[0] || !words_have(&take->scopes, name))
			continue;
		if (lt_decimal_parse(said, strlen(said), &share) != LT_DECIMAL_OK ||
		    !lt_decimal_add(sum, share, &sum)) {
			leave_open(at, "%s：分摊量“%s”不是数", "%s: share '%s' is not a number",
				   called(at, line), said);
			return false;
		}
	}
	return parse_unit(at, line, "tCO2", &tonne) &&
	       in_unit(at, line, sum, &tonne, value);
}

/* ---- lines of a figure ---- */

static struct balance_part *new_part(struct figuring *at, const struct balance_part *part)
{
	struct balance_figure *figure = at->figure;
	figure->parts = lt_arena_room(at->arena, figure->parts, figure->n_parts, &at->cap,
				      sizeof(*figure->parts));
	if (!figure->parts) {
		at->no_memory = true;
		return NULL;
	}
	figure->parts[figure->n_parts] = *part;
	return &figure->parts[figure->n_parts++];
}

/* What the line amounts to under this method, to set beside the others. */
static void tell_tonnes(struct figuring *at, struct balance_part *part,
			const struct ledger_row *row)
{
	struct unit_ratio unit, tonne;
	const struct take *take = part->take;
	if (take->measure == TAKE_NOTHING || take->measure == TAKE_REFUSED)
		return;
	if (take->emits) {
		struct lt_decimal amount;
		part->has_tonnes = take_activity(at, &(struct take){ .factor = take->emits }, row,
						 &amount, &unit) &&
				   is_carbon(unit.dimension) &&
				   units_parse(at->input->ledger->units, "tCO2", &tonne) &&
				   lt_decimal_multiply_divide(amount, unit.numerator,
							      tonne.numerator, &part->tonnes);
		if (row->result.is_negative)
			part->tonnes.units = -part->tonnes.units;
	} else if (at->has_unit && is_carbon(at->unit.dimension) && !part->is_over) {
		part->has_tonnes = true;
		part->tonnes = part->value;
	}
}

static void add_part(struct figuring *at, const struct take *take, unsigned row_at, bool is_over)
{
	const struct ledger_row *row = &at->input->ledger->rows[row_at];
	struct balance_part *part = new_part(at, &(struct balance_part){ .row = row_at,
									 .take = take,
									 .is_over = is_over });
	struct lt_decimal value, weight = VALUE_ONE;
	if (!part)
		return;
	weaken(at, take->origin);
	if (!measure_line(at, take, row, &value) || !shared_part(at, take, &row->line, &value))
		return;
	if (take->weight &&
	    (lt_decimal_parse(take->weight, strlen(take->weight), &weight) != LT_DECIMAL_OK ||
	     !lt_decimal_multiply(value, weight, &value)))
		leave_open(at, "%s：乘以权数 %s 后数过大", "%s: too large once weighted by %s",
			   called(at, &row->line), take->weight);
	part->value = value;
	tell_tonnes(at, part, row);
	struct lt_decimal *sum = is_over ? &at->over : &at->sum;
	unsigned *n = is_over ? &at->n_over : &at->n_taken;
	if (take->measure == TAKE_COMMITMENT) {
		if (!*n || lt_decimal_compare(value, *sum) < 0)
			*sum = value;
	} else if (!lt_decimal_add(*sum, value, sum))
		leave_open(at, "%s：合计过大", "%s: the sum is too large", at->quantity->id);
	++*n;
}

static void take_lines(struct figuring *at, const struct take *takes, unsigned n, const char *year,
		       bool is_over)
{
	const struct ledger *ledger = at->input->ledger;
	struct lt_decimal least[64] = { 0 }; /* core/check refuses more */
	const char *unit;
	n = n < 64 ? n : 64;
	for (unsigned t = 0; t < n; t++)
		if (takes[t].commitment && !get_operand(at, takes[t].commitment, &least[t], &unit))
			return;
	for (unsigned i = 0; i < ledger->n && !at->no_memory; i++) {
		const struct ledger_row *row = &ledger->rows[i];
		if (!row->is_there || strcmp(row->line.year, year) != 0)
			continue;
		for (unsigned t = 0; t < n; t++)
			if (take_fits(&takes[t], at->input, row, least[t])) {
				add_part(at, &takes[t], i, is_over);
				break;
			}
	}
}

/* Whether anything is known of a year's emission, so that what no line has is nought and not unknown.
 * Lines still to be filled tell nothing, nor does what is told apart from the emission: carbon of
 * biomass, raw material, bunkers. A method may have a factor of its own for one without. */
static bool has_emissions(const struct ledger *ledger, const char *year)
{
	for (unsigned i = 0; i < ledger->n; i++) {
		const struct ledger_row *row = &ledger->rows[i];
		const struct ledger_result *result = &row->result;
		if (row->is_there && strcmp(row->line.year, year) == 0 &&
		    result->kind == LEDGER_EMISSION && result->bucket == LEDGER_IN &&
		    (result->state == LEDGER_COUNTED || result->state == LEDGER_UNSTATED))
			return true;
	}
	return false;
}

/* ---- a figure ---- */

/* How many years it is the mean of; 0 where that has no value. */
static unsigned years_of(struct figuring *at)
{
	struct lt_decimal years = VALUE_ONE;
	const char *unit;
	if (at->quantity->ledger.years &&
	    !get_operand(at, at->quantity->ledger.years, &years, &unit))
		return 0;
	const lt_int128 whole = years.units / LT_DECIMAL_ONE;
	if (whole >= 1 && whole <= 10 && whole * LT_DECIMAL_ONE == years.units)
		return (unsigned)whole;
	leave_open(at, "%s：年数须为 1 至 10", "%s: a mean is of 1 to 10 years",
		   at->quantity->id);
	return 0;
}

/* ---- months without a gap ---- */

#define MOST_YEARS_BACK 10

/* The months of a year in which any line that fits has more than nothing; one bit a month. */
static unsigned months_of_year(struct figuring *at, const char *year, bool adds_parts)
{
	const struct derivation *rule = &at->quantity->ledger;
	const struct ledger *ledger = at->input->ledger;
	unsigned all = 0;
	for (unsigned i = 0; i < ledger->n; i++) {
		const struct ledger_row *row = &ledger->rows[i];
		struct lt_decimal month;
		unsigned own = 0, n = 0;
		if (!row->is_there || strcmp(row->line.year, year) != 0 ||
		    !take_fits(&rule->takes[0], at->input, row, VALUE_ZERO))
			continue;
		for (unsigned m = 0; m < LEDGER_MONTHS; m++)
			if (lt_decimal_parse(row->line.months[m], strlen(row->line.months[m]),
					     &month) == LT_DECIMAL_OK &&
			    month.units > 0) {
				own |= 1u << m;
				n++;
			}
		all |= own;
		struct balance_part *part =
			own && adds_parts
				? new_part(at, &(struct balance_part){ .row = i,
								       .take = &rule->takes[0] })
				: NULL;
		if (part)
			part->value = lt_decimal_from_int(n);
	}
	return all;
}

/* From the last month of the year judged that has a figure, back to the first one without. */
static void count_months(struct figuring *at)
{
	const long last = strtol(at->input->year, NULL, 10);
	unsigned n = 0;
	bool ends = false;
	for (long y = 0; y < MOST_YEARS_BACK && !ends; y++) {
		char year[24];
		snprintf(year, sizeof(year), "%ld", last - y);
		const unsigned months = months_of_year(at, y ? year : at->input->year, y == 0);
		for (int m = LEDGER_MONTHS - 1; m >= 0 && !ends; m--) {
			const bool has = months >> m & 1u;
			n += has;
			/* months still to come are no gap */
			ends = !has && (n || y);
		}
		ends |= !n;
	}
	at->figure->state = n ? BALANCE_VALUE : BALANCE_NONE;
	at->figure->value = lt_decimal_from_int(n);
}

/* A ratio is measured in what stands above its stroke; a share in what its lines are measured in. */
static bool begin_unit(struct figuring *at)
{
	const struct derivation *ledger = &at->quantity->ledger;
	if (ledger->n_over)
		return true;
	if (!parse_unit(at, NULL, at->quantity->unit, &at->unit))
		return false;
	if (at->unit.per && !ledger->per) {
		leave_open(at, "%s：%s 是比值，须有 per", "%s: %s is a ratio, it needs per",
			   at->quantity->id, at->quantity->unit);
		return false;
	}
	at->unit.per = NULL;
	at->unit.denominator = VALUE_ONE;
	at->has_unit = true;
	at->figure->part_unit = lt_arena_strndup(at->arena, at->quantity->unit,
						 strcspn(at->quantity->unit, "/"));
	at->no_memory |= !at->figure->part_unit;
	return true;
}

static const struct lt_decimal *entered(const struct figuring *at, const char *id)
{
	const struct ruleset *ruleset = at->input->plan->ruleset;
	const struct quantity *found = ruleset_find_quantity(ruleset, id);
	return found && at->input->entered ? at->input->entered[found - ruleset->quantities] : NULL;
}

/* The sum, over what it is taken of, times its number, as a mean of years: one rounding. */
static void divide(struct figuring *at, unsigned years)
{
	const struct derivation *ledger = &at->quantity->ledger;
	struct lt_decimal times = VALUE_ONE, below = lt_decimal_from_int((long long)years);
	const struct lt_decimal *per = ledger->per ? entered(at, ledger->per) : NULL;
	if (ledger->per && !per) {
		leave_open(at, "%s 未填", "%s is not entered", ledger->per);
		return;
	}
	if (ledger->times)
		(void)lt_decimal_parse(ledger->times, strlen(ledger->times), &times);
	if ((ledger->n_over && !lt_decimal_multiply(below, at->over, &below)) ||
	    (per && !lt_decimal_multiply(below, *per, &below)))
		leave_open(at, "%s：分母过大", "%s: what it is divided by is too large",
			   at->quantity->id);
	else if (below.units == 0)
		leave_open(at, "%s：分母为 0", "%s: nothing to divide by", at->quantity->id);
	else if (below.units == LT_DECIMAL_ONE && times.units == LT_DECIMAL_ONE)
		at->figure->value = at->sum;
	else if (!lt_decimal_multiply_divide(at->sum, times, below, &at->figure->value))
		leave_open(at, "%s：数过大", "%s: the number is too large", at->quantity->id);
}

static void figure_out(struct figuring *at)
{
	const struct derivation *rule = &at->quantity->ledger;
	struct balance_figure *figure = at->figure;
	const long back = rule->back ? strtol(rule->back, NULL, 10) : 0;
	const long last = strtol(at->input->year, NULL, 10) - back;
	const bool is_kept = has_emissions(at->input->ledger, at->input->year);
	figure->state = BALANCE_VALUE;
	figure->origin = rule->origin;
	if (rule->takes[0].measure == TAKE_MONTHS) {
		count_months(at);
		return;
	}
	figure->years = years_of(at);
	if (!figure->years || !begin_unit(at))
		return;
	for (unsigned y = 0; y < figure->years; y++) {
		char year[24];
		snprintf(year, sizeof(year), "%ld", last - (long)y);
		if (!y && !back)
			snprintf(year, sizeof(year), "%s", at->input->year);
		/* a line that lacks something says so itself, before its year does */
		take_lines(at, rule->takes, rule->n_takes, year, false);
		take_lines(at, rule->over, rule->n_over, year, true);
		if ((figure->years > 1 || back) && !has_emissions(at->input->ledger, year))
			leave_open(at, "%s 年台账没有排放", "the ledger has no emissions of %s",
				   year);
	}
	if (!at->n_taken && figure->state == BALANCE_VALUE) {
		figure->is_empty = true;
		if (!is_kept || !rule->when_empty)
			figure->state = BALANCE_NONE;
		else
			(void)lt_decimal_parse(rule->when_empty, strlen(rule->when_empty),
					       &figure->value);
	} else if ((!is_kept && !figure->n_parts) || (rule->n_over && !at->n_over))
		figure->state = figure->state == BALANCE_OPEN && figure->n_parts ? BALANCE_OPEN
									       : BALANCE_NONE;
	else if (figure->state == BALANCE_VALUE)
		divide(at, figure->years);
}

bool balance_is_for(const struct ruleset *ruleset)
{
	for (unsigned i = 0; i < ruleset->n_quantities; i++)
		if (ruleset->quantities[i].ledger.n_takes)
			return true;
	return false;
}

enum lt_status balance_compute(const struct balance_input *input, struct lt_arena *arena,
			       struct balance_result *out, struct lt_err *err)
{
	const struct ruleset *ruleset = input->plan->ruleset;
	out->figures = lt_arena_alloc(arena, ruleset->n_quantities + 1, sizeof(*out->figures));
	if (!out->figures)
		return lt_err_memory(err);
	for (unsigned i = 0; i < ruleset->n_quantities; i++) {
		struct figuring at = { .input = input,
				       .quantity = &ruleset->quantities[i],
				       .arena = arena,
				       .figure = &out->figures[i] };
		*at.figure = (struct balance_figure){ .state = BALANCE_NONE };
		if (!at.quantity->ledger.n_takes)
			continue;
		figure_out(&at);
		if (at.no_memory)
			return lt_err_memory(err);
	}
	return LT_OK;
}
