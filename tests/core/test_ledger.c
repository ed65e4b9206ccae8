/* What a line of the inventory amounts to, units that do not go together, and totals that move. */
#include <stdlib.h>
#include "lingtan/core/ledger.h"
#include "lingtan/core/ledger_check.h"
#include "lingtan/core/unit_slip.h"
#include "written.h"

static struct library library;
static struct lt_findings findings;
static const struct units *units;
static struct lt_arena arena;
static struct lt_err err;

static int set_up(void **state)
{
	(void)state;
	err = (struct lt_err)LT_ERR_INIT;
	lt_arena_init(&arena, 0);
	if (library_open(&library, embedded_files, NULL, NULL, &err))
		return -1;
	lt_findings_init(&findings, &library.arena);
	return library_units(&library, &findings, &units, &err) ? -1 : 0;
}

static int tear_down(void **state)
{
	(void)state;
	lt_arena_release(&arena);
	library_release(&library);
	return 0;
}

static struct ledger_line line_of(const char *amount, const char *unit, const char *factor, const char *factor_unit)
{
	struct ledger_line line;
	ledger_line_init(&line);
	line.year = "2025";
	line.kind = "emission";
	line.scope = "1";
	line.system = "energy";
	line.source = "s";
	line.amount = amount;
	line.unit = unit;
	line.factor.value = factor;
	line.factor.unit = factor_unit;
	return line;
}

static struct ledger_result result_of(const struct ledger_line *line)
{
	struct ledger_result result;
	err = (struct lt_err)LT_ERR_INIT;
	ledger_line_result(units, line, &arena, &result, &err);
	return result;
}

static const char *text_of(struct lt_decimal value)
{
	char *text = lt_arena_alloc(&arena, LT_DECIMAL_TEXT, 1);
	lt_decimal_format(value, text);
	return text;
}

#define TONNES(line) text_of(result_of(&(line)).tonnes)

/* ---- one line ---- */

static void test_ledger__activity_times_factor(void **state)
{
	static const struct {
		const char *amount, *unit, *factor, *factor_unit, *tonnes;
	} cases[] = {
		/* figures of the screens' drawing, by hand */
		{ "186.4", "t", "3.0959", "tCO2/t", "577.07576" },
		{ "21.5", "万Nm3", "21.6219", "tCO2/10^4Nm3", "464.87085" },
		{ "31200", "MWh", "0.4211", "tCO2/MWh", "13138.32" },
		{ "31200000", "kWh", "0.4211", "kgCO2/kWh", "13138.32" },
		{ "3120", "万千瓦时", "0.4211", "tCO2/兆瓦时", "13138.32" },
		{ "8600", "吉焦", "0.11", "tCO2/GJ", "946" },
		{ "3.75", "t", "28", "tCO2e/t", "105" },
		{ "26.8", "公顷", "4.3", "tCO2/ha", "115.24" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ledger_line line = line_of(cases[i].amount, cases[i].unit, cases[i].factor, cases[i].factor_unit);
		assert_string_equal(TONNES(line), cases[i].tonnes);
		assert_int_equal(result_of(&line).state, LEDGER_COUNTED);
	}
}

static void test_ledger__fuel_properties_make_the_factor(void **state)
{
	static const struct {
		const char *heating, *heating_unit, *carbon, *carbon_unit, *oxidation, *factor, *unit;
	} cases[] = {
		/* the products of standards.md 12.4 with all their digits: python3 decimal, 12 places half even */
		{ "42.652", "GJ/t", "20.2", "tC/TJ", "0.98", "3.095909637333", "tCO2/t" },
		{ "389.31", "GJ/10^4Nm3", "15.3", "tC/TJ", "0.99", "21.62188809", "tCO2/10^4Nm3" },
		{ "42652", "kJ/kg", "0.0202", "tC/GJ", "0.98", "0.003095909637", "tCO2/kg" },
		{ "26.7", "GJ/t", "27.4", "kgC/GJ", "0.94", "2.5215124", "tCO2/t" },
		/* all of it burnt */
		{ "12", "GJ/t", "1", "tC/TJ", "1", "0.044", "tCO2/t" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct ledger_fuel fuel = { cases[i].heating, cases[i].heating_unit, cases[i].carbon, cases[i].carbon_unit, cases[i].oxidation, "" };
		struct lt_decimal factor;
		const char *unit = NULL;
		err = (struct lt_err)LT_ERR_INIT;
		if (ledger_fuel_factor(units, &fuel, &arena, &factor, &unit, &err))
			fail_msg("%s", err.text[LT_EN]);
		assert_string_equal(text_of(factor), cases[i].factor);
		assert_string_equal(unit, cases[i].unit);
	}
}

static void test_ledger__an_open_amount_or_factor_is_not_zero(void **state)
{
	(void)state;
	struct ledger_line line = line_of("", "km", "", "");
	assert_int_equal(result_of(&line).state, LEDGER_OPEN);
	line = line_of("100", "", "1", "tCO2/t");
	assert_int_equal(result_of(&line).state, LEDGER_OPEN);
	line = line_of("8500", "MWh", "", "");
	assert_int_equal(result_of(&line).state, LEDGER_UNSTATED);
	line = line_of("0", "MWh", "0.5", "tCO2/MWh");
	assert_int_equal(result_of(&line).state, LEDGER_COUNTED);
}

static void test_ledger__what_stands_apart_and_what_is_taken_off(void **state)
{
	(void)state;
	struct ledger_line line = line_of("10", "t", "2", "tCO2/t");
	line.biogenic = "yes";
	assert_int_equal(result_of(&line).bucket, LEDGER_BIOGENIC);
	line.gas = "CO2";
	assert_int_equal(result_of(&line).bucket, LEDGER_BIOGENIC);
	line.gas = "CH4"; /* of biomass or of coal, it warms alike */
	assert_int_equal(result_of(&line).bucket, LEDGER_IN);
	line.gas = "";
	line.biogenic = "";
	line.purpose = "feedstock";
	assert_int_equal(result_of(&line).bucket, LEDGER_FEEDSTOCK);
	line.purpose = "bunker";
	assert_int_equal(result_of(&line).bucket, LEDGER_BUNKER);
	line.purpose = "conversion-out";
	assert_string_equal(TONNES(line), "-20");
	line.purpose = "";
	line.flow = "sold";
	assert_string_equal(TONNES(line), "-20");
	line.kind = "memo";
	assert_int_equal(result_of(&line).bucket, LEDGER_ASIDE);
}

/* ---- units ---- */

static void test_ledger__two_units_are_refused_with_what_was_meant(void **state)
{
	static const struct {
		const char *amount, *unit, *factor, *factor_unit, *says;
	} cases[] = {
		{ "100", "m3", "2.16219", "kgCO2/Nm3", "working conditions" },
		{ "100", "t", "0.11", "tCO2/GJ", "heating value" },
		{ "100", "GJ", "3.0959", "tCO2/t", "heating value" },
		{ "100", "kW", "0.5306", "kgCO2/kWh", "hours" },
		{ "100", "L", "3.0959", "tCO2/t", "density" },
		{ "100", "tce", "3.0959", "tCO2/t", "coefficient" },
		{ "100", "万元", "0.5306", "kgCO2/kWh", "price" },
		{ "100", "KWH", "0.5306", "kgCO2/kWh", "is it kWh?" },
		{ "100", "ｋＷｈ", "0.5306", "kgCO2/kWh", "is it kWh?" },
		{ "100", "Kwh", "0.5306", "KGco2/KWH", "is it kWh?" },
		{ "100", "kWh", "0.5306", "KGco2/KWH", "is it kgCO2/kWh?" },
		{ "100", "kWh", "0.5306", "tCO2/kWh", "is it kgCO2/kWh?" },
		{ "100", "t", "3095.9", "tCO2/t", "is it kgCO2/t?" },
		{ "100", "dozen", "1", "tCO2/t", "no unit 'dozen'" },
		{ "100", "t", "1", "t", "not carbon dioxide" },
		{ "-1", "t", "1", "tCO2/t", "negative" },
		{ "1", "t", "-1", "tCO2/t", "negative" },
		{ "1,5", "t", "1", "tCO2/t", "not a number" },
		{ "170000000000000", "t", "170000000000000", "tCO2e/t", "too large" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ledger_line line = line_of(cases[i].amount, cases[i].unit, cases[i].factor, cases[i].factor_unit);
		const struct ledger_result result = result_of(&line);
		if (result.state != LEDGER_WRONG || !strstr(err.text[LT_EN], cases[i].says) || !err.text[LT_ZH][0])
			fail_msg("%s %s: %s", cases[i].unit, cases[i].factor_unit, err.text[LT_EN]);
		assert_true(result.tonnes.units == 0);
	}
}

/* No unit is known by a word that stands for another one. */
static void test_ledger__no_two_units_share_a_word(void **state)
{
	(void)state;
	for (unsigned i = 0; i < units->n; i++) {
		const struct unit *unit = &units->at[i];
		assert_ptr_equal(units_find(units, unit->id), unit);
		assert_ptr_equal(units_find(units, unit->title.zh), unit);
		assert_ptr_equal(unit_guess(units, unit->title.zh, strlen(unit->title.zh)), unit);
		for (unsigned a = 0; a < unit->aliases.n; a++)
			assert_ptr_equal(units_find(units, unit->aliases.at[a]), unit);
	}
}

/* ---- totals ---- */

static struct random dice = { 20251127 };

static unsigned any(unsigned n)
{
	return random_below(&dice, n);
}

static struct ledger_line any_line(void)
{
	static const char *const sources[] = { "柴油", "天然气", "网电", "热力", "绿地" };
	static const char *const scopes[] = { "1", "2", "3", "" };
	struct ledger_line line = line_of("", "t", "", "tCO2/t");
	line.amount = lt_arena_printf(&arena, "%u.%03u", any(100000), any(1000));
	line.factor.value = lt_arena_printf(&arena, "%u.%04u", any(3), any(10000));
	line.kind = ledger_kind_names[any(N_LEDGER_KINDS)];
	line.scope = scopes[any(4)];
	line.system = ledger_system_names[any(N_LEDGER_SYSTEMS)];
	line.source = sources[any(5)];
	line.year = any(2) ? "2024" : "2025";
	line.id = lt_arena_printf(&arena, "%u", any(1000000000));
	if (!any(10))
		line.gas = "CH4";
	if (!any(10))
		line.biogenic = "yes";
	if (!any(12))
		line.flow = "sold";
	return line;
}

static void totals_of(const struct ledger_line *lines, const unsigned *order, unsigned n, const char *year, struct ledger_totals *out)
{
	struct ledger ledger;
	unsigned at;
	assert_int_equal(ledger_init(&ledger, units, &arena, &err), LT_OK);
	for (unsigned i = 0; i < n; i++)
		assert_int_equal(ledger_add(&ledger, &lines[order[i]], &at, &err), LT_OK);
	*out = *ledger_totals(&ledger, year);
}

static void test_ledger__order_changes_nothing(void **state)
{
	enum { N = 300 };
	static struct ledger_line lines[N];
	static struct ledger_totals first, then;
	unsigned order[N];
	(void)state;
	for (unsigned i = 0; i < N; i++) {
		lines[i] = any_line();
		order[i] = i;
	}
	totals_of(lines, order, N, "2025", &first);
	assert_true(first.n_lines > 50);
	assert_true(first.kind[LEDGER_EMISSION].co2.units != 0 && first.kind[LEDGER_EMISSION].other.units != 0);
	for (int round = 0; round < 10; round++) {
		for (unsigned i = N; i-- > 1;) {
			const unsigned j = any(i + 1), was = order[i];
			order[i] = order[j];
			order[j] = was;
		}
		totals_of(lines, order, N, "2025", &then);
		assert_memory_equal(&first, &then, sizeof(first));
	}
}

static void test_ledger__a_split_line_moves_its_total_by_k_last_digits_at_most(void **state)
{
	(void)state;
	for (int round = 0; round < 200; round++) {
		const unsigned k = 2 + any(9);
		struct lt_decimal whole = { 0 }, parts = { 0 };
		struct ledger_line line = line_of("", "GJ", "0.000123456789", "kgCO2/kWh");
		for (unsigned i = 0; i < k; i++) {
			const unsigned part = any(100000000);
			line.amount = lt_arena_printf(&arena, "%u.%06u", part / 1000, part % 1000000);
			struct lt_decimal amount;
			assert_int_equal(lt_decimal_parse(line.amount, strlen(line.amount), &amount), LT_DECIMAL_OK);
			whole.units += amount.units;
			const struct ledger_result result = result_of(&line);
			assert_int_equal(result.state, LEDGER_COUNTED);
			parts.units += result.tonnes.units;
		}
		line.amount = text_of(whole);
		const lt_int128 off = result_of(&line).tonnes.units - parts.units;
		assert_true(off <= (lt_int128)k && off >= -(lt_int128)k);
	}
}

/* Changing, adding and removing lines one by one leaves what adding the rest alone gives. */
static void test_ledger__totals_move_by_one_line(void **state)
{
	enum { N = 120 };
	static struct ledger_totals wanted;
	struct ledger_line lines[N];
	unsigned order[N], at, n = 0;
	struct ledger ledger;
	bool gone[N] = { false };
	(void)state;
	assert_int_equal(ledger_init(&ledger, units, &arena, &err), LT_OK);
	for (unsigned i = 0; i < N; i++) {
		lines[i] = any_line();
		assert_int_equal(ledger_add(&ledger, &lines[i], &at, &err), LT_OK);
		assert_int_equal(at, i);
	}
	for (int round = 0; round < 500; round++) {
		const unsigned i = any(N);
		if (any(4) == 0) {
			ledger_remove(&ledger, i);
			gone[i] = true;
			continue;
		}
		lines[i] = any_line();
		gone[i] = false;
		assert_int_equal(ledger_set(&ledger, i, &lines[i], &err), LT_OK);
	}
	for (unsigned i = 0; i < N; i++)
		if (!gone[i])
			order[n++] = i;
	totals_of(lines, order, n, "2024", &wanted);
	assert_memory_equal(ledger_totals(&ledger, "2024"), &wanted, sizeof(wanted));
	struct ledger_share *shares;
	unsigned n_shares;
	assert_int_equal(ledger_ranking(&ledger, "2024", LEDGER_EMISSION, true, &arena, &shares, &n_shares, &err), LT_OK);
	assert_in_range(n_shares, 2, 5);
	struct lt_decimal sum = { 0 };
	for (unsigned i = 0; i < n_shares; i++) {
		sum.units += ledger_sum_value(&shares[i].sum, true).units;
		if (i)
			assert_true(lt_decimal_compare(ledger_sum_value(&shares[i - 1].sum, true), ledger_sum_value(&shares[i].sum, true)) >= 0);
	}
	assert_true(sum.units == ledger_sum_value(&wanted.kind[LEDGER_EMISSION], true).units);
}

static void test_ledger__sources_of_one_size_stand_by_their_name(void **state)
{
	static const char *const names[] = { "d", "a", "c", "b" };
	struct ledger_share *shares;
	struct ledger ledger;
	unsigned at, n;
	(void)state;
	assert_int_equal(ledger_init(&ledger, units, &arena, &err), LT_OK);
	for (unsigned i = 0; i < 4; i++) {
		struct ledger_line line = line_of(names[i][0] == 'c' ? "2" : "1", "t", "3", "tCO2/t");
		line.source = line.id = names[i];
		assert_int_equal(ledger_add(&ledger, &line, &at, &err), LT_OK);
	}
	assert_int_equal(ledger_ranking(&ledger, "2025", LEDGER_EMISSION, true, &arena, &shares, &n, &err), LT_OK);
	assert_int_equal(n, 4);
	for (unsigned i = 0; i < n; i++)
		assert_string_equal(shares[i].source, ((const char *[]){ "c", "a", "b", "d" })[i]);
}

static void test_ledger__net_and_power(void **state)
{
	struct ledger ledger;
	unsigned at;
	(void)state;
	assert_int_equal(ledger_init(&ledger, units, &arena, &err), LT_OK);
	struct ledger_line line = line_of("100", "t", "1", "tCO2/t");
	ledger_add(&ledger, &line, &at, &err);
	line.kind = "absorption";
	line.amount = "30";
	ledger_add(&ledger, &line, &at, &err);
	line.kind = "offset";
	line.amount = "80";
	ledger_add(&ledger, &line, &at, &err);
	line = line_of("2", "MWh", "0.5", "tCO2/MWh");
	line.flow = "purchased";
	line.carrier = "power";
	ledger_add(&ledger, &line, &at, &err);
	const struct ledger_totals *totals = ledger_totals(&ledger, "2025");
	assert_string_equal(text_of(ledger_net(totals, true)), "-9");
	assert_string_equal(text_of(totals->energy[LEDGER_POWER][LEDGER_PURCHASED]), "7200");
	assert_int_equal(ledger_totals(&ledger, "1999")->n_lines, 0);
}

/* No line that is counted is left out of a total because the total is too large for a decimal. */
static void test_ledger__a_line_too_large_for_a_sum_is_wrong(void **state)
{
	struct ledger ledger;
	unsigned at;
	(void)state;
	assert_int_equal(ledger_init(&ledger, units, &arena, &err), LT_OK);
	struct ledger_line line = line_of("10000000000000000", "t", "1", "tCO2/t"), over = line;
	over.amount = "10000000000000000.000000000001";
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(ledger_add(&ledger, &line, &at, &err), LT_OK);
	assert_int_equal(ledger_add(&ledger, &over, &at, &err), LT_OK);
	assert_int_equal(ledger.rows[at].result.state, LEDGER_WRONG);
	over.amount = "150000000000000000000000000"; /* two of them are no decimal any more */
	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(ledger_add(&ledger, &over, &at, &err), LT_OK);
	const struct ledger_totals *totals = ledger_totals(&ledger, "2025");
	assert_int_equal(totals->n_state[LEDGER_WRONG], 3);
	assert_string_equal(text_of(ledger_net(totals, true)), "30000000000000000");
	result_of(&over);
	assert_non_null(strstr(err.text[LT_EN], "too large"));
	line = line_of("10000000000000001", "MJ", "0", "tCO2/MJ");
	line.flow = "purchased";
	const struct ledger_result result = result_of(&line);
	assert_int_equal(result.state, LEDGER_WRONG);
	assert_true(result.energy.units == 0);
}

static void test_ledger__a_line_that_is_not_there_is_told_once(void **state)
{
	static const char *const years[] = { "2025", "" };
	struct ledger ledger;
	(void)state;
	assert_int_equal(ledger_init(&ledger, units, &arena, &err), LT_OK);
	for (size_t i = 0; i < sizeof(years) / sizeof(years[0]); i++) {
		const struct check_instrument offset = { .table = "offset", .id = "CCER-1", .kind = "ccer", .from = "1", .to = "9",
							 .issued = "", .cancelled_on = "2026-01-01", .cancelled_year = years[i],
							 .years = "", .line = "gone", .route = "offset" };
		struct ledger_check check = { .ledger = &ledger, .year = "2025", .day = "", .instruments = &offset,
					      .n_instruments = 1, .commitment = "", .arena = &arena };
		struct ledger_finding *found;
		assert_int_equal(ledger_check_run(&check, &found, &err), LT_OK);
		assert_non_null(found);
		assert_string_equal(found->rule, "no-line");
		assert_null(found->next);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(test_ledger__##name, set_up, tear_down)
		TEST(activity_times_factor),
		TEST(fuel_properties_make_the_factor),
		TEST(an_open_amount_or_factor_is_not_zero),
		TEST(what_stands_apart_and_what_is_taken_off),
		TEST(two_units_are_refused_with_what_was_meant),
		TEST(no_two_units_share_a_word),
		TEST(order_changes_nothing),
		TEST(a_split_line_moves_its_total_by_k_last_digits_at_most),
		TEST(totals_move_by_one_line),
		TEST(sources_of_one_size_stand_by_their_name),
		TEST(net_and_power),
		TEST(a_line_too_large_for_a_sum_is_wrong),
		TEST(a_line_that_is_not_there_is_told_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
