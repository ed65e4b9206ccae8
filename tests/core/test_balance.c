/* Quantities computed from a ledger: which lines enter, by what measure, and why a figure stays open. */
#include "shipped.h"
#include "lingtan/core/balance.h"

struct scene {
	struct written written;
	struct ledger ledger;
	struct balance_result balance;
	struct balance_input input;
};

/* A ruleset with one quantity q, in this unit, derived so. */
static void scene_open(struct scene *scene, const char *unit, const char *derivation)
{
	const char *head;
	*scene = (struct scene){ 0 };
	written_init(&scene->written);
	head = lt_arena_printf(&scene->written.arena,
			       WRITTEN_TOP "sections: [{id: s, " T "}]\n"
					   "parameters:\n- {id: five, " T ", value: \"5\", unit: kgce/kWh, " USER "}\n"
					   "- {id: unset, " T ", unit: kgce/kWh, " NOTE "}\n"
					   "- {id: least, " T ", value: \"3\", " USER "}\n"
					   "- {id: fossil, " T ", value: \"0.8325\", unit: tCO2/MWh, origin: illustrative, " NOTE "}\n"
					   "quantities:\n- {id: value, unit: 10^4CNY, " T "}\n"
					   "- {id: q, unit: \"%s\", " T ", ledger: {origin: user, %s}}\n"
					   "plan:\n- {id: n, op: sum, in: [q], " USER "}\n",
			       unit, derivation);
	written_load(&scene->written, head, "items: []\n");
	assert_int_equal(plan_compile(scene->written.ruleset, &(struct selection){ 0 }, NULL, &scene->written.arena, &scene->written.plan,
				      &scene->written.err), LT_OK);
	assert_int_equal(ledger_init(&scene->ledger, units, &scene->written.arena, &scene->written.err), LT_OK);
	scene->input = (struct balance_input){ .ledger = &scene->ledger, .plan = scene->written.plan, .year = "2025" };
}

static void scene_close(struct scene *scene)
{
	written_release(&scene->written);
}

static struct ledger_line line_of(const char *id, const char *amount, const char *unit, const char *factor, const char *per)
{
	struct ledger_line line;
	ledger_line_init(&line);
	line.id = id;
	line.year = "2025";
	line.kind = "emission";
	line.amount = amount;
	line.unit = unit;
	line.factor.value = factor;
	line.factor.unit = per;
	return line;
}

static void add(struct scene *scene, struct ledger_line line)
{
	unsigned at;
	assert_int_equal(ledger_add(&scene->ledger, &line, &at, &scene->written.err), LT_OK);
}

static const struct balance_figure *figure(struct scene *scene)
{
	assert_int_equal(balance_compute(&scene->input, &scene->written.arena, &scene->balance, &scene->written.err), LT_OK);
	return &scene->balance.figures[1];
}

static void expect(struct scene *scene, const char *value)
{
	char text[LT_DECIMAL_TEXT];
	const struct balance_figure *got = figure(scene);
	if (got->state != BALANCE_VALUE)
		fail_msg("no value: %s", got->why.en ? got->why.en : "none");
	lt_decimal_format(got->value, text);
	assert_string_equal(text, value);
}

static void expect_open(struct scene *scene, const char *why)
{
	const struct balance_figure *got = figure(scene);
	assert_int_equal(got->state, BALANCE_OPEN);
	assert_non_null(strstr(got->why.en, why));
	assert_non_null(got->why.zh);
}

static void test_balance__the_first_take_that_fits_has_the_line(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene, "tCO2", "take: [{measure: nothing, purposes: [feedstock], note: {zh: 原料, en: raw}}, {measure: amount, kinds: [emission]},"
				   " {measure: amount, weight: \"-1\"}]");
	struct ledger_line raw = line_of("raw", "9", "t", "2", "tCO2/t"), gas = line_of("gas", "3", "t", "2", "tCO2/t");
	struct ledger_line sink = line_of("sink", "1", "t", "1", "tCO2/t"), last_year = gas;
	raw.purpose = "feedstock";
	sink.kind = "absorption";
	last_year.year = "2024";
	add(&scene, raw);
	add(&scene, gas);
	add(&scene, sink);
	add(&scene, last_year);
	expect(&scene, "5");
	assert_int_equal(scene.balance.figures[1].n_parts, 3);
	assert_int_equal(scene.balance.figures[1].parts[0].take->measure, TAKE_NOTHING);
	scene_close(&scene);
}

static void test_balance__accounts_that_a_line_names_are_the_only_ones(void **state)
{
	(void)state;
	static const struct {
		const char *said, *value;
	} rows[] = { { "", "6" }, { "mine", "6" }, { "yours,mine", "6" }, { "yours", "4" }, { "none", "4" }, { "mine2", "4" } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene scene;
		scene_open(&scene, "tCO2", "take: [{measure: amount, accounts: [mine]}]");
		struct ledger_line line = line_of("a", "2", "t", "1", "tCO2/t");
		line.accounts = rows[i].said;
		add(&scene, line);
		add(&scene, line_of("b", "4", "t", "1", "tCO2/t"));
		expect(&scene, rows[i].value);
		scene_close(&scene);
	}
}

static void test_balance__biogenic_carbon_is_told_apart(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene, "tCO2", "when_empty: \"0\", take: [{measure: amount}]");
	struct ledger_line wood = line_of("wood", "2", "t", "1.5", "tCO2/t");
	wood.biogenic = "yes";
	add(&scene, wood);
	assert_int_equal(figure(&scene)->state, BALANCE_NONE); /* told apart, so it tells nothing of the rest */
	scene_close(&scene);
	scene_open(&scene, "tCO2", "when_empty: \"0\", take: [{measure: amount, scopes: [\"1\"]}]");
	struct ledger_line power = line_of("power", "0", "MWh", "0.5", "tCO2/MWh");
	power.scope = "2";
	wood.scope = "1";
	add(&scene, wood);
	add(&scene, power);
	expect(&scene, "0");
	assert_true(scene.balance.figures[1].is_empty);
	scene_close(&scene);
	scene_open(&scene, "tCO2", "take: [{measure: amount, biogenic: yes}]");
	add(&scene, wood);
	expect(&scene, "3");
	scene_close(&scene);
}

static void test_balance__activity_times_a_parameter(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene, "tce", "take: [{measure: activity, carriers: [power], factor: $five}]");
	struct ledger_line power = line_of("p", "2", "10^4kWh", "0.5306", "kgCO2/kWh");
	power.carrier = "power";
	add(&scene, power);
	expect(&scene, "100");
	scene_close(&scene);
	scene_open(&scene, "tce", "take: [{measure: activity, factor: $unset}]");
	add(&scene, power);
	expect_open(&scene, "$unset is not set");
	assert_string_equal(scene.balance.figures[1].needs, "unset");
	scene_close(&scene);
}

static void test_balance__what_a_line_emits_under_the_method(void **state)
{
	(void)state;
	char text[LT_DECIMAL_TEXT];
	struct scene scene;
	scene_open(&scene, "MWh", "take: [{measure: activity, flows: [purchased], emits: $fossil}, {measure: activity, flows: [sold], emits: $fossil}]");
	struct ledger_line bought = line_of("p", "10", "MWh", "0.5306", "kgCO2/kWh"), sold = bought;
	bought.flow = "purchased";
	sold.flow = "sold";
	add(&scene, bought);
	add(&scene, sold);
	expect(&scene, "20");
	lt_decimal_format(scene.balance.figures[1].parts[0].tonnes, text);
	assert_string_equal(text, "8.325");
	lt_decimal_format(scene.balance.figures[1].parts[1].tonnes, text);
	assert_string_equal(text, "-8.325");
	assert_int_equal(scene.balance.figures[1].origin, ORIGIN_ILLUSTRATIVE);
	scene_close(&scene);
}

static void test_balance__conversion_counts_all_carbon_as_oxidised(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene, "tCO2", "take: [{measure: oxidised, purposes: [conversion-in]}, {measure: oxidised, purposes: [conversion-out], weight: \"-1\"}]");
	struct ledger_line in = line_of("in", "100", "t", "", "");
	in.purpose = "conversion-in";
	in.fuel = (struct ledger_fuel){ "26.334", "GJ/t", "25.41", "tC/TJ", "0.9", "" };
	struct ledger_line out = in;
	out.id = "out";
	out.amount = "40";
	out.purpose = "conversion-out";
	add(&scene, in);
	add(&scene, out);
	/* 60 x 26.334 x 25.41/1000 x 44/12, the factor rounded at 12 places */
	expect(&scene, "147.2123268");
	scene_close(&scene);
	scene_open(&scene, "tCO2", "take: [{measure: oxidised}]");
	add(&scene, line_of("bare", "1", "t", "2", "tCO2/t"));
	expect_open(&scene, "heating value");
	scene_close(&scene);
}

static void test_balance__a_fuel_behind_a_factor_tells_what_all_its_carbon_comes_to(void **state)
{
	(void)state;
	struct scene scene;
	const struct ledger_fuel coal = { "26.334", "GJ/t", "25.41", "tC/TJ", "0.9", "" };
	const struct ledger_fuel *const fuels[] = { &coal };
	scene_open(&scene, "tCO2", "take: [{measure: oxidised}]");
	add(&scene, line_of("named", "60", "t", "2", "tCO2/t"));
	scene.input.fuels = fuels;
	expect(&scene, "147.2123268");
	scene_close(&scene);
}

static void test_balance__a_factor_of_its_own_is_told_from_one_of_a_set(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene, "tCO2", "when_empty: \"0\", take: [{measure: amount, own: yes}]");
	struct ledger_line of_set = line_of("set", "10", "GJ", "0.11", "tCO2/GJ");
	of_set.factor.id = "heat-purchased";
	add(&scene, of_set);
	add(&scene, line_of("none", "10", "GJ", "", ""));
	expect(&scene, "0");
	add(&scene, line_of("measured", "10", "GJ", "0.093", "tCO2/GJ"));
	expect(&scene, "0.93");
	scene_close(&scene);
}

static void add_months(struct scene *scene, const char *id, const char *year, unsigned months)
{
	struct ledger_line line = line_of(id, "12", "MWh", "0.5", "tCO2/MWh");
	line.year = year;
	for (unsigned m = 0; m < LEDGER_MONTHS; m++)
		line.months[m] = months >> m & 1u ? "1" : m == 3 ? "0" : "";
	add(scene, line);
}

static void test_balance__months_run_without_a_gap_up_to_the_last_one(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene, "month", "at_least: yes, take: [{measure: months, kinds: [emission]}]");
	add(&scene, line_of("year", "12", "MWh", "0.5", "tCO2/MWh"));
	assert_int_equal(figure(&scene)->state, BALANCE_NONE); /* an amount of the year tells no month */
	add_months(&scene, "a", "2025", 0x03f); /* January to June; the rest is still to come */
	expect(&scene, "6");
	add_months(&scene, "b", "2024", 0xfc0); /* July to December */
	expect(&scene, "12");
	add_months(&scene, "c", "2024", 0x037); /* another line fills all but April, where it has 0 */
	expect(&scene, "14");
	add_months(&scene, "d", "2024", 0x008);
	add_months(&scene, "e", "2023", 0x800);
	expect(&scene, "19");
	scene_close(&scene);
	scene_open(&scene, "month", "take: [{measure: months}]");
	add_months(&scene, "a", "2025", 0xffd); /* February is missing */
	expect(&scene, "10");
	scene_close(&scene);
}

static void test_balance__a_year_before_the_one_judged(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene, "tCO2", "back: \"2\", take: [{measure: amount}]");
	add(&scene, line_of("now", "10", "t", "2", "tCO2/t"));
	expect_open(&scene, "2023");
	struct ledger_line before = line_of("before", "7", "t", "2", "tCO2/t"), unfilled = before;
	unfilled.amount = "";
	unfilled.year = before.year = "2023";
	add(&scene, unfilled);
	expect_open(&scene, "before: no amount yet"); /* the line, rather than its year */
	assert_int_equal(ledger_set(&scene.ledger, 1, &before, &scene.written.err), LT_OK);
	expect(&scene, "14");
	scene_close(&scene);
}

static void test_balance__a_shared_offset_serves_each_scope_its_part(void **state)
{
	(void)state;
	static const char *const values[] = { "68", "17932", "0" };
	for (int s = 0; s < 3; s++) {
		char derivation[120];
		struct scene scene;
		snprintf(derivation, sizeof(derivation), "when_empty: \"0\", take: [{measure: amount, kinds: [offset], scopes: [\"%d\"]}]", s + 1);
		scene_open(&scene, "tCO2e", derivation);
		struct ledger_line offset = line_of("o", "18000", "t", "1", "tCO2/t");
		offset.kind = "offset";
		offset.allocation[0] = "68";
		offset.allocation[1] = "17932";
		add(&scene, offset);
		add(&scene, line_of("e", "1", "t", "1", "tCO2/t"));
		expect(&scene, values[s]);
		scene_close(&scene);
	}
}

static void test_balance__an_own_project_needs_its_commitment(void **state)
{
	(void)state;
	static const struct {
		const char *kind, *years, *value;
	} rows[] = { { "own", "5", "7" }, { "own", "3", "7" }, { "own", "2", "0" }, { "own", "", "0" }, { "ccer", "", "7" } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene scene;
		scene_open(&scene, "tCO2", "when_empty: \"0\", take: [{measure: amount, kinds: [offset], commitment: $least}]");
		struct ledger_line offset = line_of("o", "7", "t", "1", "tCO2/t");
		const struct balance_offset said = { "o", rows[i].kind, rows[i].years, "yes" };
		offset.kind = "offset";
		scene.input.offsets = &said;
		scene.input.n_offsets = 1;
		add(&scene, offset);
		add(&scene, line_of("e", "1", "t", "1", "tCO2/t"));
		expect(&scene, rows[i].value);
		scene_close(&scene);
	}
}

static void test_balance__the_shortest_commitment(void **state)
{
	(void)state;
	const struct balance_offset said[] = { { "a", "own", "5", "" }, { "b", "own", "4", "" } };
	struct scene scene;
	scene_open(&scene, "a", "take: [{measure: commitment, kinds: [offset], projects: [own]}]");
	for (int i = 0; i < 2; i++) {
		struct ledger_line offset = line_of(said[i].line, "7", "t", "1", "tCO2/t");
		offset.kind = "offset";
		add(&scene, offset);
	}
	scene.input.offsets = said;
	scene.input.n_offsets = 2;
	expect(&scene, "4");
	scene_close(&scene);
}

static void test_balance__a_mean_of_years_rounds_once(void **state)
{
	(void)state;
	static const char *const years[] = { "2023", "2024", "2025" };
	struct scene scene;
	scene_open(&scene, "tCO2", "years: \"3\", take: [{measure: amount}]");
	for (int i = 0; i < 3; i++) {
		struct ledger_line line = line_of(years[i], i == 2 ? "2" : "1", "t", "1", "tCO2/t");
		line.year = years[i];
		if (i == 2)
			expect_open(&scene, "no emissions of 2025");
		add(&scene, line);
	}
	expect(&scene, "1.333333333333");
	scene_close(&scene);
}

static void test_balance__shares_and_ratios(void **state)
{
	(void)state;
	const struct lt_decimal value = lt_decimal_from_int(7);
	const struct lt_decimal *entered[] = { &value, NULL };
	struct scene scene;
	struct ledger_line watched = line_of("w", "1", "t", "1", "tCO2/t");
	watched.terminal = "yes";
	scene_open(&scene, "%", "times: \"100\", take: [{measure: amount, terminal: yes}], over: [{measure: amount}]");
	add(&scene, watched);
	add(&scene, line_of("b", "2", "t", "1", "tCO2/t"));
	expect(&scene, "33.333333333333");
	assert_string_equal(scene.balance.figures[1].part_unit, "kgCO2e");
	scene_close(&scene);
	scene_open(&scene, "tCO2/10^4CNY", "per: value, take: [{measure: amount}]");
	add(&scene, watched);
	expect_open(&scene, "value is not entered");
	scene.input.entered = entered;
	expect(&scene, "0.142857142857");
	/* a line has tonnes, not tonnes a value */
	assert_string_equal(scene.balance.figures[1].part_unit, "tCO2");
	scene_close(&scene);
}

static void test_balance__another_gas_is_no_tonne_of_co2(void **state)
{
	(void)state;
	struct scene scene;
	struct ledger_line methane = line_of("m", "2", "t", "28", "tCO2e/t");
	methane.gas = "CH4";
	scene_open(&scene, "tCO2", "take: [{measure: amount}]");
	add(&scene, methane);
	expect_open(&scene, "does not go with");
	scene_close(&scene);
	scene_open(&scene, "tCO2e", "take: [{measure: amount}]");
	add(&scene, methane);
	add(&scene, line_of("c", "1", "t", "1", "tCO2/t"));
	expect(&scene, "57");
	scene_close(&scene);
}

static void test_balance__what_is_not_known_is_not_zero(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene, "tCO2", "when_empty: \"0\", take: [{measure: amount}]");
	assert_int_equal(figure(&scene)->state, BALANCE_NONE); /* no ledger of the year */
	add(&scene, line_of("empty", "", "t", "1", "tCO2/t"));
	expect_open(&scene, "no amount yet");
	scene_close(&scene);
	scene_open(&scene, "tCO2", "take: [{measure: amount}]");
	add(&scene, line_of("bare", "5670", "t", "", ""));
	expect_open(&scene, "factor not stated");
	scene_close(&scene);
	scene_open(&scene, "tCO2", "take: [{measure: refused, note: {zh: 不行, en: no way}}]");
	add(&scene, line_of("bad", "1", "t", "1", "tCO2/t"));
	expect_open(&scene, "bad: no way");
	scene_close(&scene);
}

/* What no line has is nought once something is known of the emission, and not before. */
static void test_balance__what_tells_nothing_of_the_emission_makes_no_nought(void **state)
{
	(void)state;
	static const struct {
		const char *amount, *unit, *factor, *biogenic, *purpose, *flow;
		enum balance_state state;
	} rows[] = {
		{ "", "t", "1", "", "", "", BALANCE_NONE },		 /* to be filled */
		{ "5", "", "1", "", "", "", BALANCE_NONE },		 /* 5 of what */
		{ "5", "t", "x", "", "", "", BALANCE_NONE },		 /* no number */
		{ "5", "t", "1", "yes", "", "", BALANCE_NONE },		 /* told apart */
		{ "5", "t", "1", "", "feedstock", "", BALANCE_NONE },
		{ "5", "t", "1", "", "bunker", "", BALANCE_NONE },
		{ "5", "t", "1", "", "", "used", BALANCE_NONE },	 /* a reading beside what came in */
		{ "5", "t", "", "", "", "", BALANCE_VALUE },		 /* a method may have its own factor */
		{ "5", "t", "1", "", "", "", BALANCE_VALUE },
		{ "0", "t", "1", "", "", "", BALANCE_VALUE },		 /* nought that somebody entered */
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene scene;
		scene_open(&scene, "tCO2", "when_empty: \"0\", take: [{measure: amount, scopes: [\"2\"]}]");
		struct ledger_line line = line_of("a", rows[i].amount, rows[i].unit, rows[i].factor, "tCO2/t");
		line.scope = "1";
		line.biogenic = rows[i].biogenic;
		line.purpose = rows[i].purpose;
		line.flow = rows[i].flow;
		add(&scene, line);
		if (figure(&scene)->state != rows[i].state)
			fail_msg("row %zu: state %d", i, (int)figure(&scene)->state);
		scene_close(&scene);
	}
}

/* Orders and splits of scoring rules, "Decimals". */
static void test_balance__order_changes_nothing_and_a_split_hardly(void **state)
{
	(void)state;
	struct random random = { 20250101 };
	for (int round = 0; round < 200; round++) {
		struct scene one, other;
		char amounts[8][24], part[24];
		scene_open(&one, "tCO2", "take: [{measure: amount}]");
		scene_open(&other, "tCO2", "take: [{measure: amount}]");
		for (int i = 0; i < 8; i++)
			snprintf(amounts[i], sizeof(amounts[i]), "%u.%07u", random_below(&random, 1000000), random_below(&random, 10000000));
		for (int i = 0; i < 8; i++) {
			add(&one, line_of("l", amounts[i], "10^4kWh", "0.5306123", "kgCO2/kWh"));
			add(&other, line_of("l", amounts[7 - i], "10^4kWh", "0.5306123", "kgCO2/kWh"));
		}
		assert_true(figure(&one)->value.units == figure(&other)->value.units);
		/* the last line in two parts */
		snprintf(part, sizeof(part), "0.%07u", random_below(&random, 9999999) + 1);
		struct lt_decimal whole, small, rest;
		char text[LT_DECIMAL_TEXT];
		assert_int_equal(lt_decimal_parse(amounts[0], strlen(amounts[0]), &whole), LT_DECIMAL_OK);
		assert_int_equal(lt_decimal_parse(part, strlen(part), &small), LT_DECIMAL_OK);
		if (lt_decimal_subtract(whole, small, &rest) && rest.units > 0) {
			lt_decimal_format(rest, text);
			struct ledger_line first = line_of("l", text, "10^4kWh", "0.5306123", "kgCO2/kWh");
			assert_int_equal(ledger_set(&other.ledger, 7, &first, &other.written.err), LT_OK);
			add(&other, line_of("l", part, "10^4kWh", "0.5306123", "kgCO2/kWh"));
			const lt_int128 difference = figure(&one)->value.units - figure(&other)->value.units;
			assert_true(difference >= -2 && difference <= 2);
		}
		scene_close(&one);
		scene_close(&other);
	}
}

static void test_balance__wrong_derivations_are_refused(void **state)
{
	(void)state;
	struct written written;
	static const char *const wrong[][2] = {
		{ "take: [{measure: nothing}]", "needs a note" },
		{ "take: [{measure: activity, factor: $nobody}]", "is no parameter or number" },
		{ "take: [{measure: amount, factor: $five}]", "factor goes with" },
		{ "per: nobody, take: [{measure: amount}]", "there is no quantity 'nobody'" },
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct lt_findings findings;
		written_init(&written);
		const char *head = lt_arena_printf(&written.arena,
						   WRITTEN_TOP "sections: [{id: s, " T "}]\nparameters: [{id: five, " T ", value: \"5\", " USER "}]\n"
							       "quantities: [{id: q, unit: tCO2, " T ", ledger: {origin: user, %s}}]\n"
							       "plan: [{id: n, op: sum, in: [q, $five], " USER "}]\n", wrong[i][0]);
		const enum lt_status status = written_read(&written, head, "items: []\n");
		findings = written.findings;
		bool told = false;
		for (const struct lt_finding *f = findings.first; f; f = f->next)
			told |= strstr(f->text[LT_EN], wrong[i][1]) != NULL;
		if (status == LT_OK || !told)
			fail_msg("%s passes", wrong[i][0]);
		written_release(&written);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_balance__the_first_take_that_fits_has_the_line),
		cmocka_unit_test(test_balance__accounts_that_a_line_names_are_the_only_ones),
		cmocka_unit_test(test_balance__biogenic_carbon_is_told_apart),
		cmocka_unit_test(test_balance__activity_times_a_parameter),
		cmocka_unit_test(test_balance__what_a_line_emits_under_the_method),
		cmocka_unit_test(test_balance__conversion_counts_all_carbon_as_oxidised),
		cmocka_unit_test(test_balance__a_fuel_behind_a_factor_tells_what_all_its_carbon_comes_to),
		cmocka_unit_test(test_balance__a_factor_of_its_own_is_told_from_one_of_a_set),
		cmocka_unit_test(test_balance__months_run_without_a_gap_up_to_the_last_one),
		cmocka_unit_test(test_balance__a_year_before_the_one_judged),
		cmocka_unit_test(test_balance__a_shared_offset_serves_each_scope_its_part),
		cmocka_unit_test(test_balance__an_own_project_needs_its_commitment),
		cmocka_unit_test(test_balance__the_shortest_commitment),
		cmocka_unit_test(test_balance__a_mean_of_years_rounds_once),
		cmocka_unit_test(test_balance__shares_and_ratios),
		cmocka_unit_test(test_balance__another_gas_is_no_tonne_of_co2),
		cmocka_unit_test(test_balance__what_is_not_known_is_not_zero),
		cmocka_unit_test(test_balance__what_tells_nothing_of_the_emission_makes_no_nought),
		cmocka_unit_test(test_balance__order_changes_nothing_and_a_split_hardly),
		cmocka_unit_test(test_balance__wrong_derivations_are_refused),
	};
	return cmocka_run_group_tests(tests, open_library, close_library);
}
