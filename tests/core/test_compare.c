#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "lingtan/core/compare.h"
#include "tiny.h"

#define FULL "c1=met c2=met 1.1=points:60 1.2=points:40 2.1=met 2.2=tier:good share:=50 3.1=points:100 i1=points:0 j=yes " \
	     "emission:=100 absorption:=100"

static struct tiny tiny, other;

static int setup(void **state)
{
	(void)state;
	tiny_init(&tiny);
	tiny_init(&other);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tiny_release(&tiny);
	tiny_release(&other);
	return 0;
}

/* A plan with answers and their result. */
struct scored {
	const struct plan *plan;
	struct answers answers;
	struct result result;
};

static struct scored score(struct tiny *owner, const struct plan *plan, const char *said)
{
	struct scored scored = { .plan = plan, .answers = tiny_answers(owner, plan, said) };
	scored.result = tiny_score(owner, plan, &scored.answers);
	return scored;
}

static const struct difference *find(const struct comparison *comparison, enum difference_kind kind, const char *id)
{
	for (unsigned i = 0; i < comparison->n; i++)
		if (comparison->at[i].kind == kind && strcmp(comparison->at[i].id, id) == 0)
			return &comparison->at[i];
	return NULL;
}

static const struct difference *get(const struct comparison *comparison, enum difference_kind kind, const char *id)
{
	const struct difference *found = find(comparison, kind, id);
	if (!found)
		fail_msg("no difference of kind %d about %s", (int)kind, id);
	return found;
}

static unsigned count(const struct comparison *comparison, enum difference_kind kind)
{
	unsigned n = 0;
	for (unsigned i = 0; i < comparison->n; i++)
		n += comparison->at[i].kind == kind;
	return n;
}

static unsigned count_reasons(const struct comparison *comparison)
{
	return comparison->n - count(comparison, DIFFERENCE_OUTCOME);
}

/* Whatever is compared: outcomes come first, and the other way round the same is told with the sides changed. */
static struct comparison compare(const struct scored *a, const struct scored *b)
{
	struct comparison there, back;
	assert_int_equal(compare_results(&a->result, &a->answers, &b->result, &b->answers, &tiny.arena, &there, &tiny.err), LT_OK);
	assert_int_equal(compare_results(&b->result, &b->answers, &a->result, &a->answers, &tiny.arena, &back, &tiny.err), LT_OK);
	for (unsigned i = 1; i < there.n; i++)
		assert_false(there.at[i].kind == DIFFERENCE_OUTCOME && there.at[i - 1].kind != DIFFERENCE_OUTCOME);
	assert_int_equal(there.n, back.n);
	for (unsigned i = 0; i < there.n; i++) {
		const struct difference *x = &there.at[i], *y = NULL;
		for (unsigned j = 0; j < back.n && !y; j++)
			if (back.at[j].kind == x->kind && strcmp(back.at[j].id, x->id) == 0 &&
			    (!x->node || strcmp(back.at[j].node, x->node) == 0))
				y = &back.at[j];
		assert_non_null(y);
		assert_true(x->in_a == y->in_b && x->in_b == y->in_a && x->effect.units == -y->effect.units);
		assert_true(value_equals(&x->a, &y->b) && value_equals(&x->b, &y->a));
	}
	return there;
}

/* ---- answers and quantities ---- */

static void test_compare__the_same_result_has_no_difference(void **state)
{
	(void)state;
	const char *const said[] = { "", FULL, "c1=na:none-here 2.2=tier:fair emission:=3" };
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		const struct scored a = score(&tiny, tiny_plan(&tiny, "operation"), said[i]);
		const struct scored b = score(&other, tiny_plan(&other, "operation"), said[i]);
		const struct comparison same = compare(&a, &a), alike = compare(&a, &b);
		assert_int_equal(same.n, 0);
		assert_int_equal(alike.n, 0);
		assert_true(same.same_ruleset && alike.same_ruleset);
	}
}

static void test_compare__a_changed_answer_tells_outcomes_and_itself(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct scored a = score(&tiny, plan, FULL), b = score(&tiny, plan, FULL " 1.1=points:30");
	const struct comparison comparison = compare(&a, &b);
	assert_int_equal(count_reasons(&comparison), 1);
	const struct difference *answer = get(&comparison, DIFFERENCE_ANSWER, "1.1");
	assert_value(&answer->a, "60");
	assert_value(&answer->b, "30");
	assert_true(answer->in_a && answer->in_b);
	const struct difference *total = get(&comparison, DIFFERENCE_OUTCOME, "total");
	assert_value(&total->a, "120");
	assert_value(&total->b, "108");
	assert_true(total->effect.units == number("-12").units);
	assert_true(get(&comparison, DIFFERENCE_OUTCOME, "section.1")->effect.units == number("-30").units);
	assert_null(find(&comparison, DIFFERENCE_OUTCOME, "section.2"));
	assert_null(find(&comparison, DIFFERENCE_OUTCOME, "grade"));
}

static void test_compare__outcomes_stand_in_the_order_of_the_plan(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct scored a = score(&tiny, plan, FULL), b = score(&tiny, plan, "");
	const struct comparison comparison = compare(&a, &b);
	uint32_t last = 0;
	for (unsigned i = 0; i < comparison.n && comparison.at[i].kind == DIFFERENCE_OUTCOME; i++) {
		const uint32_t slot = plan_find(plan, comparison.at[i].id);
		assert_true(slot > last);
		last = slot;
	}
	uint32_t item = 0;
	for (unsigned i = 0; i < comparison.n; i++) {
		if (comparison.at[i].kind != DIFFERENCE_ANSWER)
			continue;
		assert_true(i == 0 || plan_find(plan, comparison.at[i].id) >= item);
		item = plan_find(plan, comparison.at[i].id);
	}
	assert_int_equal(count(&comparison, DIFFERENCE_ANSWER), TINY_ITEMS - 1); /* all but the measured one */
	assert_int_equal(count(&comparison, DIFFERENCE_QUANTITY), TINY_QUANTITIES);
}

static void test_compare__what_counts_as_another_answer(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		bool differs;
	} cases[] = {
		{ "c1=met", "c1=not-met", true },
		{ "c1=met", "", true },
		{ "1.1=points:0", "", true },
		{ "1.1=points:8.5", "1.1=points:8.50", false },
		{ "2.2=tier:fair", "2.2=tier:good", true },
		{ "2.2=tier:fair", "2.2=tier:fair", false },
		{ "c1=na:none-here", "c1=na:none-here", false },
		{ "c1=na:none-here", "c1=na:no-boiler", true },
		{ "c1=na:no-boiler", "c1=na:no-pipe", true },
		{ "share:=20", "share:=20.0", false },
		{ "share:=20", "share:=21", true }, /* the same points, but measured differently */
		{ "share:=0", "", true },
	};
	const struct plan *plan = tiny_plan(&tiny, "operation");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct scored a = score(&tiny, plan, cases[i].a), b = score(&tiny, plan, cases[i].b);
		b.answers.items[C1].remark = "seen";
		const struct comparison comparison = compare(&a, &b);
		if (count_reasons(&comparison) != cases[i].differs)
			fail_msg("%s against %s", cases[i].a, cases[i].b);
	}
}

static void test_compare__checks_are_matched_by_name(void **state)
{
	(void)state;
	static struct check_point xy[] = { { .id = "x", .points = "20" }, { .id = "y", .points = "20" } };
	static struct check_point yx[] = { { .id = "y", .points = "20" }, { .id = "x", .points = "20" } };
	tiny.items[P12].form = other.items[P12].form = FORM_CHECKLIST;
	tiny.items[P12].n_checks = other.items[P12].n_checks = 2;
	tiny.items[P12].checks = xy;
	other.items[P12].checks = yx;
	const struct plan *left = tiny_plan(&tiny, "operation"), *right = tiny_plan(&other, "operation");
	const struct scored a = score(&tiny, left, "1.2=checks:x"), b = score(&other, right, "1.2=checks:x"),
			    c = score(&other, right, "1.2=checks:y"), d = score(&other, right, "1.2=checks:x,y");
	assert_int_equal(compare(&a, &b).n, 0);
	struct comparison comparison = compare(&a, &c);
	assert_int_equal(comparison.n, 1); /* another check for the same points */
	assert_value(&get(&comparison, DIFFERENCE_ANSWER, "1.2")->b, "20");
	comparison = compare(&a, &d);
	assert_non_null(get(&comparison, DIFFERENCE_ANSWER, "1.2"));
}

static void test_compare__a_quantity_tells_the_balance_and_the_grade(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct scored a = score(&tiny, plan, FULL), b = score(&tiny, plan, FULL " absorption:=60.5");
	const struct comparison comparison = compare(&a, &b);
	assert_int_equal(count_reasons(&comparison), 1);
	assert_value(&get(&comparison, DIFFERENCE_QUANTITY, "absorption")->b, "60.5");
	assert_true(get(&comparison, DIFFERENCE_OUTCOME, "net")->effect.units == number("39.5").units);
	assert_true(get(&comparison, DIFFERENCE_OUTCOME, "zero")->effect.units == -LT_DECIMAL_ONE);
	assert_true(get(&comparison, DIFFERENCE_OUTCOME, "grade")->effect.units == -LT_DECIMAL_ONE);
	assert_int_equal(count(&comparison, DIFFERENCE_OUTCOME), 3);
}

static void test_compare__an_interval_has_no_effect(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct scored a = score(&tiny, plan, FULL), b = score(&tiny, plan, FULL " 1.1=unset");
	const struct comparison comparison = compare(&a, &b);
	const struct difference *total = get(&comparison, DIFFERENCE_OUTCOME, "total");
	assert_true(total->effect.units == 0);
	assert_true(total->b.lo.units == number("96").units && total->b.hi.units == number("120").units);
}

static void test_compare__a_miss_of_another_name_is_a_difference(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct scored a = score(&tiny, plan, FULL " c1=not-met"); /* withheld, with 100 points */
	const struct scored b = score(&tiny, plan, FULL " 1.1=points:0 1.2=points:0 2.1=not-met 3.1=points:0"); /* too few */
	const struct comparison comparison = compare(&a, &b);
	assert_non_null(get(&comparison, DIFFERENCE_OUTCOME, "grade"));
}

/* ---- stages, types, numbers ---- */

static void test_compare__stages_differ_in_weights(void **state)
{
	(void)state;
	const struct scored a = score(&tiny, tiny_plan(&tiny, "planning"), FULL);
	const struct scored b = score(&tiny, tiny_plan(&tiny, "operation"), FULL);
	const struct comparison comparison = compare(&a, &b);
	assert_int_equal(count(&comparison, DIFFERENCE_WEIGHT), 3);
	assert_int_equal(count_reasons(&comparison), 3);
	const struct difference *first = get(&comparison, DIFFERENCE_WEIGHT, "section.1");
	assert_string_equal(first->node, "body");
	assert_value(&first->a, "0.5");
	assert_value(&first->b, "0.4");
	const struct difference *third = get(&comparison, DIFFERENCE_WEIGHT, "section.3");
	assert_false(third->in_a);
	assert_true(third->in_b);
	assert_value(&third->b, "0.2");
	assert_null(find(&comparison, DIFFERENCE_OUTCOME, "total")); /* full marks in both */
	assert_non_null(get(&comparison, DIFFERENCE_OUTCOME, "grade")); /* zero is awarded in operation only */
}

static void test_compare__an_item_of_one_park_type_is_told(void **state)
{
	(void)state;
	static const char *works[] = { "works" };
	tiny.items[P12].types = (struct words){ works, 1 };
	tiny.items[C2].types = (struct words){ works, 1 };
	const struct scored a = score(&tiny, tiny_plan_with(&tiny, "works", "operation", NULL), "1.2=points:40 c1=met c2=met");
	const struct scored b = score(&tiny, tiny_plan_with(&tiny, "office", "operation", NULL), "c1=met");
	struct comparison comparison = compare(&a, &b);
	assert_int_equal(count_reasons(&comparison), 2);
	const struct difference *item = get(&comparison, DIFFERENCE_APPLICABILITY, "1.2");
	assert_true(item->in_a);
	assert_false(item->in_b);
	assert_value(&item->a, "40");
	assert_int_equal(item->b.state, VALUE_NA);
	assert_non_null(get(&comparison, DIFFERENCE_APPLICABILITY, "c2"));
	const struct points_override points = { .item = "1.2", .value = "7" };
	const struct overrides overrides = { .points = &points, .n_points = 1 };
	struct scored c = score(&tiny, tiny_plan_with(&tiny, "office", "operation", &overrides), "c1=met");
	c.answers.items[P12].state = ANSWER_NOT_MET; /* left over from another type: evaluated in neither */
	comparison = compare(&b, &c);
	assert_int_equal(count_reasons(&comparison), 1);
	assert_non_null(get(&comparison, DIFFERENCE_POINTS, "1.2")); /* they are spread over the rest of the section */
	assert_non_null(get(&comparison, DIFFERENCE_OUTCOME, "section.1"));
}

static void test_compare__an_overridden_parameter_is_told(void **state)
{
	(void)state;
	const struct parameter_override higher = { .parameter = "pass_mark", .value = "125", .origin = ORIGIN_USER };
	const struct parameter_override unset = { .parameter = "pass_mark" };
	const struct overrides overrides[] = { { .parameters = &higher, .n_parameters = 1 },
					       { .parameters = &unset, .n_parameters = 1 } };
	const struct scored a = score(&tiny, tiny_plan(&tiny, "operation"), FULL);
	const struct scored b = score(&tiny, tiny_plan_with(&tiny, "works", "operation", &overrides[0]), FULL);
	struct comparison comparison = compare(&a, &b);
	assert_int_equal(count_reasons(&comparison), 1);
	assert_value(&get(&comparison, DIFFERENCE_PARAMETER, "pass_mark")->a, "60");
	assert_value(&get(&comparison, DIFFERENCE_PARAMETER, "pass_mark")->b, "125");
	assert_true(get(&comparison, DIFFERENCE_OUTCOME, "pass")->effect.units == -LT_DECIMAL_ONE);
	const struct scored c = score(&tiny, tiny_plan_with(&tiny, "works", "operation", &overrides[1]), FULL);
	comparison = compare(&a, &c);
	assert_true(get(&comparison, DIFFERENCE_PARAMETER, "pass_mark")->b.hi.units == number("70").units);
	assert_int_equal(comparison.n, 1); /* 120 points pass whatever it is */
}

static void test_compare__unset_is_not_the_number_it_must_be(void **state)
{
	(void)state;
	tiny.parameters[PASS_MARK].min = tiny.parameters[PASS_MARK].max = "60";
	const struct parameter_override unset = { .parameter = "pass_mark" };
	const struct overrides overrides = { .parameters = &unset, .n_parameters = 1 };
	const struct scored a = score(&tiny, tiny_plan(&tiny, "operation"), FULL);
	const struct scored b = score(&tiny, tiny_plan_with(&tiny, "works", "operation", &overrides), FULL);
	const struct comparison comparison = compare(&a, &b);
	assert_int_equal(comparison.n, 1);
	assert_non_null(get(&comparison, DIFFERENCE_PARAMETER, "pass_mark"));
}

static void test_compare__overridden_points_are_told(void **state)
{
	(void)state;
	const struct points_override points = { .item = "1.1", .value = "80", .origin = ORIGIN_USER };
	const struct overrides overrides = { .points = &points, .n_points = 1 };
	const struct scored a = score(&tiny, tiny_plan(&tiny, "operation"), FULL);
	const struct scored b = score(&tiny, tiny_plan_with(&tiny, "works", "operation", &overrides), FULL);
	const struct comparison comparison = compare(&a, &b);
	assert_int_equal(comparison.n, 1);
	assert_value(&get(&comparison, DIFFERENCE_POINTS, "1.1")->a, "60");
	assert_value(&get(&comparison, DIFFERENCE_POINTS, "1.1")->b, "80");
}

static void test_compare__a_parameter_as_weight_is_told_once(void **state)
{
	(void)state;
	tiny.plan[BODY].weight = "$base_points";
	const struct parameter_override half = { .parameter = "base_points", .value = "10", .origin = ORIGIN_USER };
	const struct overrides overrides = { .parameters = &half, .n_parameters = 1 };
	const struct scored a = score(&tiny, tiny_plan(&tiny, "operation"), FULL);
	const struct scored b = score(&tiny, tiny_plan_with(&tiny, "works", "operation", &overrides), FULL);
	const struct comparison comparison = compare(&a, &b);
	assert_int_equal(count_reasons(&comparison), 1);
	assert_non_null(get(&comparison, DIFFERENCE_PARAMETER, "base_points"));
}

static void test_compare__an_operand_named_twice_is_matched_in_turn(void **state)
{
	(void)state;
	static const char *in[] = { "emission", "emission" }, *weights[] = { "1", "2" }, *others[] = { "1", "3" };
	tiny.plan[SPARE] = (struct node){ .id = "spare", .op = OP_SUM, .in = { in, 2 }, .weights = { weights, 2 } };
	other.plan[SPARE] = tiny.plan[SPARE];
	other.plan[SPARE].weights.at = others;
	tiny.ruleset.n_plan = other.ruleset.n_plan = TINY_NODES;
	const struct scored a = score(&tiny, tiny_plan(&tiny, "operation"), FULL);
	const struct scored b = score(&other, tiny_plan(&other, "operation"), FULL);
	assert_int_equal(compare(&a, &a).n, 0);
	const struct comparison comparison = compare(&a, &b);
	assert_int_equal(count_reasons(&comparison), 1);
	assert_string_equal(get(&comparison, DIFFERENCE_WEIGHT, "emission")->node, "spare");
	assert_value(&get(&comparison, DIFFERENCE_WEIGHT, "emission")->b, "3");
}

/* ---- two rulesets ---- */

static void test_compare__two_rulesets_are_matched_by_id(void **state)
{
	(void)state;
	other.ruleset.id = "other";
	other.items[I1].id = "i2";
	other.quantities[SHARE].id = other.items[M23].quantity = "part";
	other.parameters[INNOVATION_COUNTS].id = "counts";
	other.plan[COUNTED].in.at = (const char *[]){ "$counts", "extra" };
	other.plan[EXTRA].in.at = (const char *[]){ "0.3", "i2" };
	other.plan[NET].id = "left";
	other.plan[ZERO].in.at = (const char *[]){ "left", "0" };
	const struct scored a = score(&tiny, tiny_plan(&tiny, "operation"), "share:=50");
	const struct scored b = score(&other, tiny_plan(&other, "operation"), "part:=50");
	const struct comparison comparison = compare(&a, &b);
	assert_false(comparison.same_ruleset);
	static const struct {
		const char *id;
		bool in_a;
	} alone[] = { { "i1", true }, { "i2", false }, { "share", true }, { "part", false }, { "net", true }, { "left", false } };
	assert_int_equal(count(&comparison, DIFFERENCE_ONLY_IN_ONE), 6);
	assert_string_equal(comparison.at[comparison.n - 1].id, "left");
	for (size_t i = 0; i < sizeof(alone) / sizeof(alone[0]); i++) {
		assert_int_equal(get(&comparison, DIFFERENCE_ONLY_IN_ONE, alone[i].id)->in_a, alone[i].in_a);
		assert_int_equal(get(&comparison, DIFFERENCE_ONLY_IN_ONE, alone[i].id)->in_b, !alone[i].in_a);
	}
	assert_false(get(&comparison, DIFFERENCE_PARAMETER, "counts")->in_a);
	assert_false(get(&comparison, DIFFERENCE_PARAMETER, "innovation_counts")->in_b);
	/* of the product only the constant is a term of one side that the other could have */
	assert_true(get(&comparison, DIFFERENCE_WEIGHT, "0.2")->in_a);
	assert_true(get(&comparison, DIFFERENCE_WEIGHT, "0.3")->in_b);
	assert_int_equal(count(&comparison, DIFFERENCE_WEIGHT), 2);
}

static void test_compare__equal_ranks_of_other_grades_differ(void **state)
{
	(void)state;
	other.ruleset.edition = "2";
	other.grades[1].grade = "star-5";
	const struct scored a = score(&tiny, tiny_plan(&tiny, "operation"), FULL);
	const struct scored b = score(&other, tiny_plan(&other, "operation"), FULL);
	const struct comparison comparison = compare(&a, &b);
	assert_false(comparison.same_ruleset);
	assert_int_equal(comparison.n, 1);
	assert_non_null(get(&comparison, DIFFERENCE_OUTCOME, "grade"));
}

static void test_compare__a_quantity_in_another_unit_differs(void **state)
{
	(void)state;
	other.quantities[EMISSION].unit = "kgCO2";
	const struct scored a = score(&tiny, tiny_plan(&tiny, "operation"), FULL);
	const struct scored b = score(&other, tiny_plan(&other, "operation"), FULL);
	const struct comparison comparison = compare(&a, &b);
	assert_int_equal(comparison.n, 1);
	assert_non_null(get(&comparison, DIFFERENCE_QUANTITY, "emission"));
}

static void test_compare__too_little_memory_is_told(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct scored a = score(&tiny, plan, FULL), b = score(&tiny, plan, "");
	bool done = false;
	for (size_t limit = 64; !done; limit += 64) {
		struct lt_arena small;
		struct comparison out = { .n = 77 };
		struct lt_err err = LT_ERR_INIT;
		lt_arena_init(&small, limit);
		enum lt_status status = compare_results(&a.result, &a.answers, &b.result, &b.answers, &small, &out, &err);
		done = status == LT_OK;
		assert_int_equal(status, done ? LT_OK : LT_ESPACE);
		assert_true(done || out.n == 77);
		lt_arena_release(&small);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_compare__the_same_result_has_no_difference),
		TEST(test_compare__a_changed_answer_tells_outcomes_and_itself),
		TEST(test_compare__outcomes_stand_in_the_order_of_the_plan),
		TEST(test_compare__what_counts_as_another_answer),
		TEST(test_compare__checks_are_matched_by_name),
		TEST(test_compare__a_quantity_tells_the_balance_and_the_grade),
		TEST(test_compare__an_interval_has_no_effect),
		TEST(test_compare__a_miss_of_another_name_is_a_difference),
		TEST(test_compare__stages_differ_in_weights),
		TEST(test_compare__an_item_of_one_park_type_is_told),
		TEST(test_compare__an_overridden_parameter_is_told),
		TEST(test_compare__unset_is_not_the_number_it_must_be),
		TEST(test_compare__overridden_points_are_told),
		TEST(test_compare__a_parameter_as_weight_is_told_once),
		TEST(test_compare__an_operand_named_twice_is_matched_in_turn),
		TEST(test_compare__two_rulesets_are_matched_by_id),
		TEST(test_compare__equal_ranks_of_other_grades_differ),
		TEST(test_compare__a_quantity_in_another_unit_differs),
		TEST(test_compare__too_little_memory_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
