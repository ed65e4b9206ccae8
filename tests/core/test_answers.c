/* The words of answers, and what is refused; a refusal changes nothing. */
#include "written.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))

static struct written written;

static int setup(void **state)
{
	(void)state;
	written_init(&written);
	written_compile(&written, "", "operation", NULL);
	return 0;
}

static int setup_planning(void **state)
{
	(void)state;
	written_init(&written);
	written_compile(&written, "", "planning", NULL);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	written_release(&written);
	return 0;
}

static const struct answer *answer_of(const char *item)
{
	return &written.answers.items[written_slot(&written, item)];
}

static const struct measure *measure_of(const char *quantity)
{
	return &written.answers.quantities[written_slot(&written, quantity) - written.plan->first_quantity];
}

static void set(const char *item, const char *words)
{
	struct lt_err err = LT_ERR_INIT;
	if (answers_set(&written.answers, written.plan, item, words, &err))
		fail_msg("%s", err.text[LT_EN]);
}

/* Refused with these words, and every answer is what it was. */
static void assert_refused(const char *item, const char *words, const char *expected)
{
	const struct answer before = *answer_of(item);
	struct lt_err err = LT_ERR_INIT;
	if (answers_set(&written.answers, written.plan, item, words, &err) != LT_EDATA)
		fail_msg("%s=%s was taken", item, words);
	if (!strstr(err.text[LT_EN], expected) || !strstr(err.text[LT_EN], item) || !strstr(err.text[LT_ZH], item))
		fail_msg("%s=%s: expected '%s' in: %s", item, words, expected, err.text[LT_EN]);
	assert_memory_equal(&before, answer_of(item), sizeof(before));
}

static void test_answers__words_of_each_form(void **state)
{
	(void)state;
	set("c1", "met");
	assert_int_equal(answer_of("c1")->state, ANSWER_MET);
	set("c1", "not-met");
	assert_int_equal(answer_of("c1")->state, ANSWER_NOT_MET);
	set("p2", "met");
	assert_int_equal(answer_of("p2")->state, ANSWER_MET);
	set("p1", "points:8.5");
	assert_int_equal(answer_of("p1")->state, ANSWER_POINTS);
	assert_true(answer_of("p1")->points.units == lt_decimal_from_int(17).units / 2);
	set("t1", "tier:good");
	assert_int_equal(answer_of("t1")->state, ANSWER_TIER);
	assert_int_equal(answer_of("t1")->tier, 1);
	set("k1", "checks:y");
	assert_int_equal(answer_of("k1")->state, ANSWER_CHECKS);
	assert_int_equal(answer_of("k1")->checks, 2);
	set("k1", "checks:y,x");
	assert_int_equal(answer_of("k1")->checks, 3);
	set("j1", "yes");
	assert_int_equal(answer_of("j1")->state, ANSWER_MET);
	set("j1", "no");
	assert_int_equal(answer_of("j1")->state, ANSWER_NOT_MET);
	static const char *const all[] = { "c1", "p1", "p2", "t1", "k1", "j1", "only" };
	for (size_t i = 0; i < N(all); i++) {
		set(all[i], "unset");
		assert_int_equal(answer_of(all[i])->state, ANSWER_OPEN);
	}
}

static void test_answers__an_answer_keeps_its_remarks(void **state)
{
	(void)state;
	struct answer *answer = &written.answers.items[written_slot(&written, "p1")];
	answer->remark = "seen on site";
	answer->evidence = "photo 3";
	answer->locator = "p. 4";
	set("p1", "points:3");
	set("p1", "na:absent");
	set("p1", "unset");
	assert_string_equal(answer->remark, "seen on site");
	assert_string_equal(answer->evidence, "photo 3");
	assert_string_equal(answer->locator, "p. 4");
	assert_null(answer->reason);
}

/* more than a number is long: cut there, it would be 8 */
#define BLANKS "                                                            "

static void test_answers__words_of_another_form_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *item, *words, *expected;
	} rows[] = {
		{ "c1", "yes", "met | not-met" },    { "c1", "points:1", "met | not-met" }, { "c1", "Met", "met | not-met" },
		{ "c1", "", "met | not-met" },	     { "c1", "met ", "met | not-met" },     { "c1", "tier:good", "met | not-met" },
		{ "p1", "met", "points:N" },	     { "p1", "8.5x", "points:N" }, { "p1", "8" BLANKS "5", "points:N" }, { "p1", "points:8" BLANKS "5", "not a number" },	    { "p1", "points:", "not a number" },
		{ "p1", "points:8,5", "not a number" }, { "p1", "points:1e1", "not a number" }, { "p1", "points:10.1", "0 and 10" },
		{ "p1", "points:-0.5", "0 and 10" }, { "p1", "points:10.000000000001", "0 and 10" }, { "t1", "tier:best", "no tier" },
		{ "t1", "tier:", "no tier" },	     { "t1", "met", "tier:ID" },	    { "k1", "checks:z", "no check point 'z'" },
		{ "k1", "checks:x,z", "no check point 'z'" }, { "k1", "checks:x,,y", "no check point" }, { "k1", "checks:x y", "no check point" },
		{ "k1", "met", "checks:ID" },	     { "j1", "met", "yes | no" },	    { "j1", "not-met", "yes | no" },
		{ "m1", "points:2", "quantity p" },  { "m1", "met", "quantity p" },	    { "m1", "tier:a", "quantity p" },
		{ "p2", "points:3", "met | not-met" },
	};
	static const char *const before[][2] = { { "c1", "met" }, { "p1", "points:3" }, { "t1", "tier:fair" }, { "k1", "checks:x" }, { "j1", "no" } };
	for (size_t i = 0; i < N(before); i++)
		set(before[i][0], before[i][1]);
	for (size_t i = 0; i < N(rows); i++)
		assert_refused(rows[i].item, rows[i].words, rows[i].expected);
	struct lt_err err = LT_ERR_INIT;
	assert_int_equal(answers_set(&written.answers, written.plan, "c9", "met", &err), LT_EDATA);
	assert_non_null(strstr(err.text[LT_EN], "c9"));
}

static void test_answers__not_applicable_by_id_title_or_written_out(void **state)
{
	(void)state;
	static const struct {
		const char *item, *words, *reason, *text;
	} rows[] = {
		{ "c1", "na:absent", "absent", NULL },
		{ "c1", "na:没有", "absent", NULL },
		{ "c1", "na:there is none", "absent", NULL },
		{ "c1", "na:园区没有锅炉", "other", "园区没有锅炉" },
		{ "p2", "na:no boiler: see annex", "other", "no boiler: see annex" },
		{ "c2", "na:absent", "absent", NULL },
		{ "k1", "na:absent", "absent", NULL },
		{ "j1", "na:absent", "absent", NULL },
	};
	for (size_t i = 0; i < N(rows); i++) {
		set(rows[i].item, rows[i].words);
		const struct answer *answer = answer_of(rows[i].item);
		assert_int_equal(answer->state, ANSWER_NA);
		assert_string_equal(answer->reason, rows[i].reason);
		assert_string_equal(answer->reason_text ? answer->reason_text : "-", rows[i].text ? rows[i].text : "-");
	}
	set("c1", "met");
	assert_null(answer_of("c1")->reason);
	assert_null(answer_of("c1")->reason_text);
}

static void test_answers__not_applicable_needs_a_reason_that_is_listed(void **state)
{
	(void)state;
	set("c2", "met");
	assert_refused("c3", "na:absent", "cannot be not applicable"); /* lists none */
	assert_refused("c2", "na:", "needs a reason");
	assert_refused("c2", "na", "needs a reason");
	assert_refused("c2", "na:other", "none of the reasons"); /* it does not list that one */
	assert_refused("c2", "na:园区没有锅炉", "none of the reasons");
	assert_refused("p2", "na:other", "write the reason out");
	assert_refused("p2", "na:其他", "write the reason out");
	assert_refused("c1", "na:not-built", "does not hold in this stage");
	assert_refused("m1", "na:absent", "cannot be not applicable");
}

static void test_answers__a_reason_holds_in_its_own_stage(void **state)
{
	(void)state;
	set("c1", "na:not-built");
	assert_string_equal(answer_of("c1")->reason, "not-built");
}

static void test_answers__an_item_of_another_stage_takes_only_unset(void **state)
{
	(void)state;
	assert_refused("only", "met", "does not apply");
	assert_refused("only", "na:absent", "does not apply");
	set("only", "unset");
}

/* ---- quantities ---- */

static struct library library;

static const struct units *shipped_units(void)
{
	struct lt_findings findings;
	struct lt_err err = LT_ERR_INIT;
	const struct units *units = NULL;
	assert_int_equal(library_open(&library, embedded_files, NULL, NULL, &err), LT_OK);
	lt_findings_init(&findings, &library.arena);
	assert_int_equal(library_units(&library, &findings, &units, &err), LT_OK);
	return units;
}

static void test_answers__quantities_convert_and_keep_what_was_typed(void **state)
{
	(void)state;
	const struct units *units = shipped_units();
	struct lt_err err = LT_ERR_INIT;
	written.answers.quantities[written_slot(&written, "p") - written.plan->first_quantity].source = "meter";
	assert_int_equal(answers_set_quantity(&written.answers, written.plan, units, "p", "0.234", "1", &err), LT_OK);
	assert_int_equal(measure_of("p")->state, MEASURE_VALUE);
	assert_true(measure_of("p")->value.units == LT_DECIMAL_ONE * 234 / 10);
	assert_string_equal(measure_of("p")->typed, "0.234");
	assert_string_equal(measure_of("p")->typed_unit, "1");
	assert_string_equal(measure_of("p")->source, "meter");
	assert_int_equal(answers_set_quantity(&written.answers, written.plan, units, "p", "100", NULL, &err), LT_OK);
	assert_int_equal(answers_set_quantity(&written.answers, written.plan, units, "d", "-10", "1", &err), LT_OK);
	assert_int_equal(answers_set_quantity(&written.answers, written.plan, units, "n", "4", "%", &err), LT_OK);
	assert_true(measure_of("n")->value.units == LT_DECIMAL_ONE / 25);
	assert_int_equal(answers_set_quantity_na(&written.answers, written.plan, "n", "there is none", &err), LT_OK);
	assert_int_equal(measure_of("n")->state, MEASURE_NA);
	assert_string_equal(measure_of("n")->reason, "absent");
	assert_int_equal(answers_set_quantity_na(&written.answers, written.plan, "n", NULL, &err), LT_OK);
	assert_int_equal(measure_of("n")->state, MEASURE_OPEN);
	library_release(&library);
}

static void test_answers__quantities_that_are_refused_stay_as_they_were(void **state)
{
	(void)state;
	static const struct {
		const char *id, *value, *unit, *expected;
	} rows[] = {
		{ "p", "100.1", NULL, "0 and 100" },   { "p", "-1", NULL, "0 and 100" },       { "p", "1.01", "1", "0 and 100" },
		{ "a", "-0.000000000001", NULL, "0 and" }, { "d", "20.5", NULL, "-10 and 20" }, { "d", "-11", NULL, "-10 and 20" },
		{ "a", "", NULL, "not a number" },     { "a", "1,000", NULL, "not a number" }, { "a", "1 000", NULL, "not a number" },
		{ "a", "abc", NULL, "not a number" },  { "a", "1e3", NULL, "not a number" },   { "a", "3", "kWh", "does not convert" },
		{ "a", "3", "gone", "no unit 'gone'" }, { "a", "3", "", "no unit ''" },	      { "a", "3", "1/t", "does not convert" },
	};
	const struct units *units = shipped_units();
	for (size_t i = 0; i < N(rows); i++) {
		struct lt_err err = LT_ERR_INIT;
		const struct measure before = *measure_of(rows[i].id);
		if (answers_set_quantity(&written.answers, written.plan, units, rows[i].id, rows[i].value, rows[i].unit, &err) != LT_EDATA)
			fail_msg("%s=%s was taken", rows[i].id, rows[i].value);
		if (!strstr(err.text[LT_EN], rows[i].expected))
			fail_msg("%s=%s %s: expected '%s' in: %s", rows[i].id, rows[i].value, rows[i].unit ? rows[i].unit : "", rows[i].expected,
				 err.text[LT_EN]);
		assert_memory_equal(&before, measure_of(rows[i].id), sizeof(before));
	}
	struct lt_err err = LT_ERR_INIT;
	assert_int_equal(answers_set_quantity(&written.answers, written.plan, units, "gone", "1", NULL, &err), LT_EDATA);
	assert_non_null(strstr(err.text[LT_EN], "gone"));
	static const char *const reasons[][2] = { { "a", "absent" }, { "n", "" }, { "n", "other" }, { "n", "nothing" }, { "gone", "absent" } };
	for (size_t i = 0; i < N(reasons); i++) {
		struct lt_err refused = LT_ERR_INIT;
		assert_int_equal(answers_set_quantity_na(&written.answers, written.plan, reasons[i][0], reasons[i][1], &refused), LT_EDATA);
	}
	assert_int_equal(measure_of("n")->state, MEASURE_OPEN);
	library_release(&library);
}

static void test_answers__a_copy_is_its_own(void **state)
{
	(void)state;
	struct answers copy;
	set("p1", "points:3");
	assert_int_equal(answers_init(&copy, written.ruleset, &written.arena, &written.err), LT_OK);
	answers_copy(&copy, &written.answers, written.ruleset);
	set("p1", "unset");
	assert_int_equal(copy.items[written_slot(&written, "p1")].state, ANSWER_POINTS);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_answers__words_of_each_form),
		TEST(test_answers__an_answer_keeps_its_remarks),
		TEST(test_answers__words_of_another_form_are_refused),
		TEST(test_answers__not_applicable_by_id_title_or_written_out),
		TEST(test_answers__not_applicable_needs_a_reason_that_is_listed),
		cmocka_unit_test_setup_teardown(test_answers__a_reason_holds_in_its_own_stage, setup_planning, teardown),
		cmocka_unit_test_setup_teardown(test_answers__an_item_of_another_stage_takes_only_unset, setup_planning, teardown),
		TEST(test_answers__quantities_convert_and_keep_what_was_typed),
		TEST(test_answers__quantities_that_are_refused_stay_as_they_were),
		TEST(test_answers__a_copy_is_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
