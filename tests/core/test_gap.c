#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "tiny.h"

#define FULL_BUT_SHARE "c1=met c2=met 1.1=points:60 1.2=points:40 2.1=met 2.2=tier:good 3.1=points:100"
#define FULL FULL_BUT_SHARE " share:=50"
#define N(array) (sizeof(array) / sizeof((array)[0]))

static struct tiny tiny;

static int setup(void **state)
{
	(void)state;
	tiny_init(&tiny);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tiny_release(&tiny);
	return 0;
}

/* The steps as "c1 1.1+24": the item, and what it gains. */
static const char *spell(const struct plan *plan, const struct gap *gap)
{
	static char text[2000];
	size_t used = 0;
	text[0] = '\0';
	for (unsigned i = 0; i < gap->n_steps; i++) {
		const struct gap_step *step = &gap->steps[i];
		char gain[LT_DECIMAL_TEXT];
		lt_decimal_format(step->gain, gain);
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s", i ? " " : "", plan_slot_name(plan, step->item));
		if (step->reason == GAP_JUDGEMENT)
			used += (size_t)snprintf(text + used, sizeof(text) - used, "?");
		if (step->reason == GAP_GAIN)
			used += (size_t)snprintf(text + used, sizeof(text) - used, "+%s", gain);
	}
	return text;
}

#define assert_steps(plan, gap, expected) assert_string_equal(spell(plan, gap), expected)

static const struct gap_condition *condition(const struct plan *plan, const struct gap *gap, const char *id)
{
	for (unsigned i = 0; i < gap->n_conditions; i++)
		if (strcmp(plan_slot_name(plan, gap->conditions[i].slot), id) == 0)
			return &gap->conditions[i];
	fail_msg("no condition %s", id);
	return NULL;
}

/* ---- order and gains ---- */

static void test_gap__vetoes_come_first_then_the_largest_gain(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "c2=not-met");
	const struct gap gap = tiny_gap(&tiny, plan, &answers, NULL);
	assert_string_equal(gap.grade, "low");
	assert_steps(plan, &gap, "c1 c2 1.1+24 2.1+20"); /* 3.1 would gain 20 too, but stands later */
	assert_just_enough(&tiny, plan, &answers, &gap);
	assert_int_equal(gap.steps[0].reason, GAP_VETO);
	assert_int_equal(gap.steps[0].condition, NO_SLOT);
	assert_int_equal(gap.steps[2].condition, plan_find(plan, "pass"));
	assert_value(&gap.steps[1].from, "0");
	assert_value(&gap.steps[1].to, "1");
	assert_value(&gap.steps[2].to, "60");
	assert_int_equal(gap.n_conditions, 1);
	assert_true(gap.conditions[0].holds && gap.conditions[0].known);
	assert_true(gap.conditions[0].short_by.units == 0);
}

static void test_gap__gains_count_from_what_is_answered(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	/* 20 + 12 + 20 = 52; 1.1 has 30 left to gain, 2.2 15 */
	const struct answers answers = tiny_answers(&tiny, plan, "c1=met c2=met 1.1=points:30 1.2=points:0 2.1=met 2.2=tier:fair");
	const struct gap gap = tiny_gap(&tiny, plan, &answers, "low");
	assert_steps(plan, &gap, "3.1+20");
	const struct answers more = tiny_answers(&tiny, plan, "c1=met c2=met 1.1=points:30 1.2=points:0 2.2=tier:fair 3.1=points:95");
	const struct gap other = tiny_gap(&tiny, plan, &more, "low"); /* 20 + 12 + 6 + 19 = 57 */
	assert_steps(plan, &other, "2.1+20");
	assert_just_enough(&tiny, plan, &more, &other);
}

static void test_gap__gains_are_recomputed_after_each_step(void **state)
{
	(void)state;
	tiny.plan[SECTIONS].max = "70";
	tiny.parameters[PASS_MARK].value = "90";
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "c1=met c2=met");
	const struct gap gap = tiny_gap(&tiny, plan, &answers, NULL);
	/* 1.2 alone would gain 16, beside 1.1 only what is left below the cap */
	assert_steps(plan, &gap, "1.1+24 2.1+20 3.1+14 2.2+8 1.2+4");
	assert_just_enough(&tiny, plan, &answers, &gap);
}

static void test_gap__every_form_is_raised_to_its_full_marks(void **state)
{
	(void)state;
	static struct check_point checks[] = { { .id = "x", .points = "25" }, { .id = "y", .points = "15" } };
	tiny.items[P12].form = FORM_CHECKLIST;
	tiny.items[P12].checks = checks;
	tiny.items[P12].n_checks = N(checks);
	tiny.parameters[PASS_MARK].value = "120";
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "1.2=checks:y 2.2=tier:fair share:=30");
	const struct gap gap = tiny_gap(&tiny, plan, &answers, NULL);
	assert_steps(plan, &gap, "c1 c2 1.1+24 2.1+20 3.1+20 1.2+10 2.2+6 2.3+4");
	assert_just_enough(&tiny, plan, &answers, &gap);
}

static void test_gap__a_step_that_a_later_one_makes_needless_is_left_out(void **state)
{
	(void)state;
	static const char *in[] = { "section.2", "80" }, *when[] = { "controls", "pass", "second" };
	tiny.plan[SPARE] = (struct node){ .id = "second", .op = OP_COMPARE, .in = { in, 2 }, .is = IS_GE };
	tiny.ruleset.n_plan++;
	tiny.grades[0].when = (struct words){ when, N(when) };
	tiny.parameters[PASS_MARK].value = "50";
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "c1=met c2=met");
	const struct gap gap = tiny_gap(&tiny, plan, &answers, NULL);
	/* the pass mark alone would have asked for 1.1 first */
	assert_steps(plan, &gap, "2.1+20 2.2+30");
	assert_just_enough(&tiny, plan, &answers, &gap);
	assert_int_equal(gap.n_conditions, 2);
}

/* ---- what is left alone ---- */

static void test_gap__full_and_not_applicable_items_are_no_steps(void **state)
{
	(void)state;
	static const char *office[] = { "office" };
	tiny.items[P31].types = (struct words){ office, 1 };
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "c1=na:none-here 1.1=points:60 2.1=na:none-here");
	const struct gap gap = tiny_gap(&tiny, plan, &answers, NULL);
	/* section 2 is rescaled to the two items left: 30 of 50 are 24 */
	assert_steps(plan, &gap, "c2 2.2+24");
	assert_just_enough(&tiny, plan, &answers, &gap);
}

static void test_gap__what_cannot_count_for_sure_is_not_asked_for(void **state)
{
	(void)state;
	tiny.parameters[PASS_MARK].value = "121";
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, FULL);
	struct gap gap = tiny_gap(&tiny, plan, &answers, NULL); /* whether innovation counts is unset */
	assert_steps(plan, &gap, "");
	assert_false(gap.reached);
	assert_false(condition(plan, &gap, "pass")->known);
	assert_true(condition(plan, &gap, "pass")->short_by.units == LT_DECIMAL_ONE);
	const struct parameter_override counts = { .parameter = "innovation_counts", .value = "1", .origin = ORIGIN_USER };
	plan = tiny_plan_with(&tiny, "works", "operation", &(struct overrides){ .parameters = &counts, .n_parameters = 1 });
	gap = tiny_gap(&tiny, plan, &answers, NULL);
	assert_steps(plan, &gap, "i1+2");
	assert_true(gap.reached);
}

static void test_gap__answers_stay_as_they_are(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "c1=not-met 1.1=points:3 share:=21 emission:=9");
	struct answer items[TINY_ITEMS];
	struct measure quantities[TINY_QUANTITIES];
	memcpy(items, answers.items, sizeof(items));
	memcpy(quantities, answers.quantities, sizeof(quantities));
	tiny_gap(&tiny, plan, &answers, NULL);
	tiny_gap(&tiny, plan, &answers, "zero");
	assert_memory_equal(items, answers.items, sizeof(items));
	assert_memory_equal(quantities, answers.quantities, sizeof(quantities));
}

/* ---- judgements, counts and nested conditions ---- */

static void test_gap__a_judgement_is_a_step_of_its_own_kind(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const char *const said[] = { FULL " emission:=5 absorption:=5", FULL " emission:=5 absorption:=5 j=no" };
	for (size_t i = 0; i < N(said); i++) {
		const struct answers answers = tiny_answers(&tiny, plan, said[i]);
		const struct gap gap = tiny_gap(&tiny, plan, &answers, NULL);
		assert_string_equal(gap.grade, "zero");
		assert_steps(plan, &gap, "j?");
		assert_just_enough(&tiny, plan, &answers, &gap);
	}
}

static void test_gap__the_higher_grade_asks_for_the_lower_ones_too(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "c1=met emission:=7 absorption:=7");
	const struct gap gap = tiny_gap(&tiny, plan, &answers, "zero");
	assert_steps(plan, &gap, "c2 j? 1.1+24 2.1+20");
	assert_just_enough(&tiny, plan, &answers, &gap);
	assert_int_equal(gap.n_conditions, 2);
}

static void test_gap__at_least_asks_for_the_first_that_are_missing(void **state)
{
	(void)state;
	static const struct {
		const char *k, *said, *steps;
	} cases[] = {
		{ "1", "", "c1" },
		{ "1", "c1=not-met", "c1" },
		{ "1", "c2=met", "" },
		{ "1", "c1=na:none-here", "c2" },
		{ "2", "c2=met", "c1" },
		{ "all", "", "c1 c2" },
		{ "$innovation_counts", "", "c1" }, /* 0 to 1: the worst case counts */
	};
	tiny.parameters[PASS_MARK].value = "0";
	for (size_t i = 0; i < N(cases); i++) {
		tiny.plan[CONTROLS].k = cases[i].k;
		const struct plan *plan = tiny_plan(&tiny, "operation");
		const struct answers answers = tiny_answers(&tiny, plan, cases[i].said);
		const struct gap gap = tiny_gap(&tiny, plan, &answers, "low");
		assert_steps(plan, &gap, cases[i].steps);
		assert_just_enough(&tiny, plan, &answers, &gap);
	}
}

static void test_gap__a_comparison_inside_at_least_is_a_condition(void **state)
{
	(void)state;
	static const char *in[] = { "pass", "zero", "controls" }, *when[] = { "both", "pass" };
	tiny.plan[SPARE] = (struct node){ .id = "both", .op = OP_AT_LEAST, .k = "all", .in = { in, N(in) } };
	tiny.ruleset.n_plan++;
	tiny.grades[0].when = (struct words){ when, N(when) };
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "emission:=12.5 absorption:=2");
	struct gap gap = tiny_gap(&tiny, plan, &answers, "low");
	assert_steps(plan, &gap, "c1 c2 1.1+24 2.1+20");
	assert_false(gap.reached);
	assert_int_equal(gap.n_conditions, 2); /* pass is demanded twice and told once */
	assert_true(condition(plan, &gap, "pass")->holds);
	assert_true(condition(plan, &gap, "zero")->short_by.units == number("10.5").units);

	tiny.plan[SPARE].k = "2"; /* the balance can be left out */
	plan = tiny_plan(&tiny, "operation");
	gap = tiny_gap(&tiny, plan, &answers, "low");
	assert_int_equal(gap.n_conditions, 1);
	assert_just_enough(&tiny, plan, &answers, &gap);
}

static void test_gap__a_product_of_truths_asks_for_each(void **state)
{
	(void)state;
	static const char *in[] = { "j", "c2", "zero" }, *when[] = { "gate" };
	tiny.plan[SPARE] = (struct node){ .id = "gate", .op = OP_PRODUCT, .in = { in, N(in) } };
	tiny.ruleset.n_plan++;
	tiny.grades[0].when = (struct words){ when, N(when) };
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "emission:=0 absorption:=0");
	const struct gap gap = tiny_gap(&tiny, plan, &answers, "zero");
	assert_steps(plan, &gap, "j? c2");
	assert_int_equal(gap.n_conditions, 1);
	assert_just_enough(&tiny, plan, &answers, &gap);
}

/* ---- measured items ---- */

static void test_gap__a_measured_item_is_raised_by_its_quantity(void **state)
{
	(void)state;
	static struct step above[] = { { .from = "20", .then = "10" }, { .above = "50", .then = "20" } };
	static struct step falling[] = { { .from = "5", .then = "20" }, { .from = "60", .then = "10" } };
	static const struct {
		const char *from, *to, *share, *gain; /* of linear; NULL = tiers */
		struct step *tiers;
	} cases[] = {
		{ NULL, NULL, "20", "2.3+4", NULL },	{ NULL, NULL, "50", "2.3+4", above },
		{ NULL, NULL, "70", "2.3+4", falling }, { NULL, NULL, "3", "2.3+8", falling },
		{ "0", "100", "25", "2.3+6", NULL },	{ "90", "40", "80", "2.3+6.4", NULL }, /* the lower the better */
	};
	tiny.parameters[PASS_MARK].value = "120";
	for (size_t i = 0; i < N(cases); i++) {
		if (cases[i].tiers)
			tiny.items[M23].tiers = cases[i].tiers;
		if (cases[i].from)
			tiny.items[M23].n_tiers = 0;
		tiny.items[M23].linear = (struct line){ .from = cases[i].from, .to = cases[i].to };
		const struct plan *plan = tiny_plan(&tiny, "operation");
		struct answers answers = tiny_answers(&tiny, plan, FULL);
		assert_int_equal(answers_set_quantity(&answers, plan, NULL, "share", cases[i].share, NULL, &tiny.err), LT_OK);
		const struct gap gap = tiny_gap(&tiny, plan, &answers, NULL);
		assert_steps(plan, &gap, cases[i].gain);
		assert_value(&gap.steps[0].to, "20");
		assert_just_enough(&tiny, plan, &answers, &gap);
	}
}

static void test_gap__a_quantity_is_not_raised_beyond_its_range(void **state)
{
	(void)state;
	tiny.quantities[SHARE].max = "45";
	tiny.parameters[PASS_MARK].value = "120";
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, FULL_BUT_SHARE);
	const struct gap gap = tiny_gap(&tiny, plan, &answers, NULL);
	assert_steps(plan, &gap, "2.3+4");
	assert_value(&gap.steps[0].to, "10");
	assert_false(gap.reached);
	assert_true(condition(plan, &gap, "pass")->short_by.units == number("4").units);
}

static void test_gap__items_of_one_quantity_are_one_step(void **state)
{
	(void)state;
	static struct step tiers[] = { { .from = "20", .then = "15" }, { .from = "40", .then = "30" } };
	tiny.items[T22].form = FORM_MEASURED;
	tiny.items[T22].quantity = "share";
	tiny.items[T22].tiers = tiers;
	tiny.parameters[PASS_MARK].value = "120";
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "c1=met c2=met 1.1=points:60 1.2=points:40 2.1=met 3.1=points:100");
	const struct gap gap = tiny_gap(&tiny, plan, &answers, NULL);
	assert_steps(plan, &gap, "2.3+20");
	assert_true(gap.reached);
}

static void test_gap__opposite_demands_on_a_quantity_are_not_repeated(void **state)
{
	(void)state;
	static const char *in[] = { "2.3", "10" }, *when[] = { "pass", "second", "zero" };
	tiny.items[T22].form = FORM_MEASURED;
	tiny.items[T22].quantity = "share";
	tiny.items[T22].n_tiers = tiny.items[M23].n_tiers = 0;
	tiny.items[T22].linear = (struct line){ .from = "0", .to = "100" };
	tiny.items[M23].linear = (struct line){ .from = "100", .to = "0" };
	tiny.plan[SPARE] = (struct node){ .id = "second", .op = OP_COMPARE, .in = { in, 2 }, .is = IS_GE };
	tiny.plan[ZERO].in.at = (const char *[]){ "20", "2.2" };
	tiny.ruleset.n_plan++;
	tiny.grades[0].when = (struct words){ when, N(when) };
	tiny.parameters[PASS_MARK].value = "112";
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "c1=met c2=met 1.1=points:60 1.2=points:40 2.1=met 3.1=points:100");
	const struct gap gap = tiny_gap(&tiny, plan, &answers, "low");
	assert_steps(plan, &gap, "2.2+12 2.3+20");
	assert_false(gap.reached);
}

/* ---- what no item can move ---- */

static void test_gap__a_balance_out_of_reach_says_how_short_it_is(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, FULL " emission:=100 absorption:=30 j=yes");
	struct gap gap = tiny_gap(&tiny, plan, &answers, NULL);
	assert_steps(plan, &gap, "");
	assert_false(gap.reached);
	assert_false(gap.never);
	const struct gap_condition *zero = condition(plan, &gap, "zero");
	assert_false(zero->holds);
	assert_true(zero->known);
	assert_value(&zero->amount, "70");
	assert_value(&zero->limit, "0");
	assert_true(zero->short_by.units == number("70").units);

	tiny.plan[ZERO].in.at = (const char *[]){ "net", "-5" };
	plan = tiny_plan(&tiny, "operation");
	const struct answers open = tiny_answers(&tiny, plan, FULL " absorption:=30 j=yes");
	gap = tiny_gap(&tiny, plan, &open, NULL);
	zero = condition(plan, &gap, "zero");
	assert_false(zero->holds);
	assert_false(zero->known);
	assert_true(zero->amount.hi_unbounded);
	assert_true(zero->short_by.units == 0);
}

static void test_gap__a_condition_without_a_value_is_not_short_by_anything(void **state)
{
	(void)state;
	tiny.plan[NET].op = OP_RATIO; /* of nothing emitted */
	tiny.plan[NET].weights.n = 0;
	tiny.plan[ZERO].in.at = (const char *[]){ "0.5", "net" };
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, FULL " emission:=3 absorption:=0 j=yes");
	const struct gap gap = tiny_gap(&tiny, plan, &answers, "zero");
	assert_false(gap.reached);
	assert_false(condition(plan, &gap, "zero")->holds);
	assert_int_equal(condition(plan, &gap, "zero")->limit.state, VALUE_NONE);
	assert_true(condition(plan, &gap, "zero")->short_by.units == 0);
}

static void test_gap__an_unset_pass_mark_counts_at_its_worst(void **state)
{
	(void)state;
	tiny.parameters[PASS_MARK].value = NULL; /* 50 to 70 */
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "");
	struct gap gap = tiny_gap(&tiny, plan, &answers, NULL);
	assert_steps(plan, &gap, "c1 c2 1.1+24 2.1+20 3.1+20");
	assert_just_enough(&tiny, plan, &answers, &gap);

	tiny.parameters[PASS_MARK].max = "130";
	plan = tiny_plan(&tiny, "operation");
	gap = tiny_gap(&tiny, plan, &answers, NULL);
	assert_false(gap.reached);
	assert_false(condition(plan, &gap, "pass")->known);
	assert_true(condition(plan, &gap, "pass")->short_by.units == number("10").units);
}

static void test_gap__a_not_applicable_comparison_is_no_condition(void **state)
{
	(void)state;
	tiny.quantities[EMISSION].na = tiny.items[C1].na;
	tiny.plan[NET].na = NA_DROP;
	tiny.plan[ZERO].in.at = (const char *[]){ "emission", "0" };
	const struct plan *plan = tiny_plan(&tiny, "operation");
	struct answers answers = tiny_answers(&tiny, plan, FULL);
	assert_int_equal(answers_set_quantity_na(&answers, plan, "emission", "none-here", &tiny.err), LT_OK);
	const struct gap gap = tiny_gap(&tiny, plan, &answers, "zero");
	assert_steps(plan, &gap, "j?");
	assert_int_equal(gap.n_conditions, 1);
	assert_just_enough(&tiny, plan, &answers, &gap);
}

/* ---- the grade asked for ---- */

static void test_gap__a_grade_not_awarded_in_the_stage_is_never(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "planning");
	const struct answers answers = tiny_answers(&tiny, plan, "c1=met c2=met 1.1=points:60 1.2=points:40");
	struct gap gap = tiny_gap(&tiny, plan, &answers, "zero");
	assert_string_equal(gap.grade, "zero");
	assert_true(gap.never);
	assert_false(gap.reached);
	assert_int_equal(gap.n_steps, 0);
	gap = tiny_gap(&tiny, plan, &answers, NULL); /* low is certain with 70, and nothing above it is awarded */
	assert_string_equal(gap.grade, "zero");
	assert_true(gap.never);
	gap = tiny_gap(&tiny, plan, &answers, "low");
	assert_true(gap.reached);
	assert_false(gap.never);
}

static void test_gap__nothing_is_left_above_the_highest_grade(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, FULL " emission:=1 absorption:=2 j=yes");
	struct gap gap = tiny_gap(&tiny, plan, &answers, NULL);
	assert_null(gap.grade);
	assert_true(gap.reached);
	assert_int_equal(gap.n_steps + gap.n_conditions, 0);
	gap = tiny_gap(&tiny, plan, &answers, "zero");
	assert_string_equal(gap.grade, "zero");
	assert_true(gap.reached);
	assert_int_equal(gap.n_steps, 0);
	assert_int_equal(gap.n_conditions, 2);
}

static void test_gap__an_unknown_grade_is_refused(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "");
	const struct plan_node *ladder = plan_published(plan, PUBLISH_GRADE);
	struct gap gap = { .n_steps = 77 };
	assert_int_equal(gap_find(plan, &answers, ladder, "withheld", &tiny.arena, &gap, &tiny.err), LT_EDATA);
	assert_string_equal(tiny.err.text[LT_EN], "grade: there is no grade 'withheld'; one of: low, zero");
	assert_int_equal(gap.n_steps, 77);
}

static void test_gap__too_little_memory_is_told(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "");
	bool done = false;
	for (size_t limit = 200; !done; limit += 200) {
		struct lt_arena small;
		struct gap gap = { .n_steps = 77 };
		struct lt_err err = LT_ERR_INIT;
		lt_arena_init(&small, limit);
		enum lt_status status = gap_find(plan, &answers, plan_published(plan, PUBLISH_GRADE), NULL, &small, &gap, &err);
		done = status == LT_OK;
		assert_int_equal(status, done ? LT_OK : LT_ESPACE);
		assert_int_equal(gap.n_steps, done ? 4 : 77);
		lt_arena_release(&small);
	}
}

/* ---- what if ---- */

static void test_what_if__changes_lie_on_top_of_the_answers(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, FULL " emission:=100");
	const struct supposed_change changes[] = { { .id = "1.1", .value = "points:10" },
					  { .id = "absorption", .value = "40", .is_quantity = true },
					  { .id = "2.1", .value = "unset" } };
	struct answers changed;
	struct result result;
	assert_int_equal(what_if(plan, NULL, &answers, changes, N(changes), &tiny.arena, &changed, &result, &tiny.err), LT_OK);
	assert_value(tiny_value(&result, "net"), "60");
	assert_value(tiny_value(&result, "section.1"), "50");
	assert_int_equal(changed.items[P21].state, ANSWER_OPEN);
	assert_int_equal(answers.items[P21].state, ANSWER_MET);
	assert_int_equal(answers.quantities[ABSORPTION].state, MEASURE_OPEN);
	assert_true(answers.items[P11].points.units == number("60").units);
}

static void test_what_if__a_refused_change_leaves_everything(void **state)
{
	(void)state;
	const struct plan *plan = tiny_plan(&tiny, "operation");
	const struct answers answers = tiny_answers(&tiny, plan, "1.1=points:20");
	const struct supposed_change changes[] = { { .id = "1.1", .value = "points:10" }, { .id = "1.2", .value = "points:41" } };
	struct answers changed = { 0 };
	struct result result = { 0 };
	assert_int_equal(what_if(plan, NULL, &answers, changes, N(changes), &tiny.arena, &changed, &result, &tiny.err), LT_EDATA);
	assert_non_null(strstr(tiny.err.text[LT_EN], "1.2"));
	assert_null(changed.items);
	assert_null(result.plan);
	assert_true(answers.items[P11].points.units == number("20").units);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_gap__vetoes_come_first_then_the_largest_gain),
		TEST(test_gap__gains_count_from_what_is_answered),
		TEST(test_gap__gains_are_recomputed_after_each_step),
		TEST(test_gap__every_form_is_raised_to_its_full_marks),
		TEST(test_gap__a_step_that_a_later_one_makes_needless_is_left_out),
		TEST(test_gap__full_and_not_applicable_items_are_no_steps),
		TEST(test_gap__what_cannot_count_for_sure_is_not_asked_for),
		TEST(test_gap__answers_stay_as_they_are),
		TEST(test_gap__a_judgement_is_a_step_of_its_own_kind),
		TEST(test_gap__the_higher_grade_asks_for_the_lower_ones_too),
		TEST(test_gap__at_least_asks_for_the_first_that_are_missing),
		TEST(test_gap__a_comparison_inside_at_least_is_a_condition),
		TEST(test_gap__a_product_of_truths_asks_for_each),
		TEST(test_gap__a_measured_item_is_raised_by_its_quantity),
		TEST(test_gap__a_quantity_is_not_raised_beyond_its_range),
		TEST(test_gap__items_of_one_quantity_are_one_step),
		TEST(test_gap__opposite_demands_on_a_quantity_are_not_repeated),
		TEST(test_gap__a_balance_out_of_reach_says_how_short_it_is),
		TEST(test_gap__a_condition_without_a_value_is_not_short_by_anything),
		TEST(test_gap__an_unset_pass_mark_counts_at_its_worst),
		TEST(test_gap__a_not_applicable_comparison_is_no_condition),
		TEST(test_gap__a_grade_not_awarded_in_the_stage_is_never),
		TEST(test_gap__nothing_is_left_above_the_highest_grade),
		TEST(test_gap__an_unknown_grade_is_refused),
		TEST(test_gap__too_little_memory_is_told),
		TEST(test_what_if__changes_lie_on_top_of_the_answers),
		TEST(test_what_if__a_refused_change_leaves_everything),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
