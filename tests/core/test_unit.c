/* The shipped table of units, and what it converts. */
#include "shipped.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))

/* The value in the other unit, as text; "" if the dimensions differ or a unit is not known. */
static const char *convert(const char *value, const char *from, const char *to, char text[LT_DECIMAL_TEXT])
{
	struct unit_ratio a, b;
	struct lt_decimal number;
	text[0] = '\0';
	assert_int_equal(lt_decimal_parse(value, strlen(value), &number), LT_DECIMAL_OK);
	if (!units_parse(units, from, &a) || !units_parse(units, to, &b) || !unit_ratio_same_dimension(&a, &b))
		return text;
	assert_true(unit_convert(&a, &b, number, &number));
	lt_decimal_format(number, text);
	return text;
}

static void test_unit__powers_of_ten_convert_exactly_there_and_back(void **state)
{
	(void)state;
	static const struct {
		const char *small, *large, *factor;
	} rows[] = {
		{ "kJ", "MJ", "1000" },	      { "MJ", "GJ", "1000" },	    { "GJ", "TJ", "1000" },	{ "kWh", "MWh", "1000" },
		{ "kWh", "10^4kWh", "10000" }, { "MWh", "GWh", "1000" },    { "kWh", "10^8kWh", "100000000" }, { "kW", "MW", "1000" },
		{ "g", "kg", "1000" },	      { "kg", "t", "1000" },	    { "t", "10^4t", "10000" },	{ "kgC", "tC", "1000" },
		{ "gCO2", "kgCO2", "1000" },  { "kgCO2", "tCO2", "1000" }, { "tCO2", "10^4tCO2", "10000" }, { "kgCO2e", "tCO2e", "1000" },
		{ "kgce", "tce", "1000" },    { "tce", "10^4tce", "10000" }, { "L", "m3", "1000" },	{ "m3", "10^4m3", "10000" },
		{ "Nm3", "10^4Nm3", "10000" }, { "m", "km", "1000" },	    { "m2", "ha", "10000" },	{ "ha", "km2", "100" },
		{ "m2", "10^4m2", "10000" },  { "CNY", "10^4CNY", "10000" }, { "10^4CNY", "10^8CNY", "10000" }, { "‰", "%", "10" },
		{ "%", "1", "100" },
	};
	static const char *const values[] = { "1", "0.5306", "11937", "123456.789", "-7.25", "0" };
	char text[LT_DECIMAL_TEXT], back[LT_DECIMAL_TEXT];
	for (size_t i = 0; i < N(rows); i++) {
		assert_string_equal(convert("1", rows[i].large, rows[i].small, text), rows[i].factor);
		for (size_t v = 0; v < N(values); v++) {
			convert(values[v], rows[i].large, rows[i].small, text);
			assert_string_equal(convert(text, rows[i].small, rows[i].large, back), values[v]);
		}
		assert_string_equal(convert(rows[i].factor, rows[i].small, rows[i].large, text), "1");
	}
}

static void test_unit__other_conversions(void **state)
{
	(void)state;
	static const struct {
		const char *value, *from, *to, *expected;
	} rows[] = {
		{ "1", "kWh", "MJ", "3.6" },
		{ "1", "MWh", "GJ", "3.6" },
		{ "1000", "kWh", "GJ", "3.6" },
		{ "1", "GJ", "kWh", "277.777777777778" },
		{ "3.6", "GJ", "MWh", "1" },
		{ "1", "10^8kWh", "TJ", "360" },
		{ "23.4", "%", "1", "0.234" },
		{ "0.234", "1", "%", "23.4" },
		{ "5", "‰", "%", "0.5" },
		{ "1", "kWh", "kWh", "1" },
		{ "2", "h", "min", "120" },
		{ "3", "a", "month", "36" },
		{ "1", "month", "a", "0.083333333333" },
		/* compound: both parts convert, in one rounding */
		{ "0.5306", "kgCO2/kWh", "tCO2/MWh", "0.5306" },
		{ "0.5306", "kgCO2/kWh", "tCO2/kWh", "0.0005306" },
		{ "0.8325", "tCO2/MWh", "kgCO2/GJ", "231.25" },
		{ "0.1229", "kgce/kWh", "tce/MWh", "0.1229" },
		{ "0.03412", "kgce/MJ", "tce/GJ", "0.03412" },
		{ "1.5", "tce/10^4CNY", "kgce/CNY", "0.15" },
		{ "7", "1/km2", "1/ha", "0.07" },
		{ "7", "count/km2", "count/ha", "0.07" },
		{ "1", "m3/d", "m3/h", "0.041666666667" },
		/* aliases as they stand on bills */
		{ "2", "万度", "kWh", "20000" },
		{ "1", "hm2", "ha", "1" },
		{ "1", "万m³", "m3", "10000" },
		{ "3", "百万千焦", "GJ", "3" },
		{ "12", "％", "%", "12" },
		{ "1", "tCO₂/万度", "kgCO2/kWh", "0.1" },
	};
	unsigned wrong = 0;
	for (size_t i = 0; i < N(rows); i++) {
		char text[LT_DECIMAL_TEXT];
		if (strcmp(convert(rows[i].value, rows[i].from, rows[i].to, text), rows[i].expected) != 0) {
			print_error("%s %s: expected %s %s, got %s\n", rows[i].value, rows[i].from, rows[i].expected, rows[i].to, text);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void test_unit__other_dimensions_do_not_convert(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "kWh", "t" },	      { "kWh", "kW" },	       { "tce", "GJ" },	      { "tC", "tCO2" },	   { "tCO2", "tCO2e" }, { "m3", "Nm3" },
		{ "m2", "m3" },	      { "t", "tce" },	       { "month", "d" },      { "count", "1" },	   { "t", "tCH4" },	{ "tCO2/MWh", "tCO2" },
		{ "tCO2", "tCO2/MWh" }, { "tCO2/MWh", "tCO2/t" }, { "tCO2/MWh", "t/MWh" }, { "1/km2", "count/km2" },
	};
	for (size_t i = 0; i < N(rows); i++) {
		char text[LT_DECIMAL_TEXT];
		assert_string_equal(convert("1", rows[i][0], rows[i][1], text), "");
	}
}

static void test_unit__what_is_no_unit_is_refused(void **state)
{
	(void)state;
	static const char *const rows[] = { "",	    "kwh",    "KWH", "kWh ", " kWh", "/", "kWh/", "/kWh", "tCO2/MWh/h", "tCO2//MWh",
					    "mu", "亩", "℃", "tonnes", "kWh/gone", "gone/kWh" };
	for (size_t i = 0; i < N(rows); i++) {
		struct unit_ratio ratio = { .dimension = "kept" };
		assert_false(units_parse(units, rows[i], &ratio));
		assert_string_equal(ratio.dimension, "kept");
	}
	assert_null(units_find(units, "gone"));
	assert_string_equal(units_find(units, "度")->id, "kWh");
}

static void test_unit__too_large_once_converted_is_refused(void **state)
{
	(void)state;
	struct unit_ratio from, to;
	struct lt_decimal large, out = { 77 };
	assert_int_equal(lt_decimal_parse("100000000000000000000", 21, &large), LT_DECIMAL_OK);
	assert_true(units_parse(units, "10^8kWh", &from) && units_parse(units, "kJ", &to));
	assert_false(unit_convert(&from, &to, large, &out));
	assert_true(out.units == 77);
}

/* The whole table: every unit and alias is found, converts into its base by its factor, and back where that is exact. */
static void test_unit__the_table_agrees_with_itself(void **state)
{
	(void)state;
	assert_true(units->n > 40);
	for (unsigned i = 0; i < units->n; i++) {
		const struct unit *unit = &units->at[i];
		char text[LT_DECIMAL_TEXT];
		assert_string_equal(convert("1", unit->id, unit->base, text), unit->factor_text);
		assert_string_equal(convert(unit->factor_text, unit->base, unit->id, text), "1");
		for (unsigned a = 0; a < unit->aliases.n; a++)
			assert_ptr_equal(units_find(units, unit->aliases.at[a]), unit);
	}
}

static void test_unit__a_tonne_of_co2_is_a_tonne_of_co2e_and_not_the_other_way_round(void **state)
{
	(void)state;
	struct unit_ratio co2, co2e, mass;
	assert_true(units_parse(units, "tCO2", &co2) && units_parse(units, "kgCO2e", &co2e) && units_parse(units, "t", &mass));
	assert_true(unit_ratio_goes_into(&co2, &co2e));
	assert_false(unit_ratio_goes_into(&co2e, &co2));
	assert_false(unit_ratio_goes_into(&mass, &co2e));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unit__a_tonne_of_co2_is_a_tonne_of_co2e_and_not_the_other_way_round),
		cmocka_unit_test(test_unit__powers_of_ten_convert_exactly_there_and_back),
		cmocka_unit_test(test_unit__other_conversions),
		cmocka_unit_test(test_unit__other_dimensions_do_not_convert),
		cmocka_unit_test(test_unit__what_is_no_unit_is_refused),
		cmocka_unit_test(test_unit__too_large_once_converted_is_refused),
		cmocka_unit_test(test_unit__the_table_agrees_with_itself),
	};
	return cmocka_run_group_tests(tests, open_library, close_library);
}
