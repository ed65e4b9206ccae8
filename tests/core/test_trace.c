/* What a trace says of each node: terms that add up, rescaling, limits, rounding. */
#include "written.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))
#define NODE(text) "- {id: x, " text ", " USER "}\n"

static struct written written;
static struct trace trace;

static int setup(void **state)
{
	(void)state;
	written_init(&written);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	written_release(&written);
	return 0;
}

static const struct trace_node *explain(const char *plan, const char *said)
{
	written_run(&written, plan, "operation", said);
	assert_int_equal(trace_init(&trace, written.plan, &written.arena, &written.err), LT_OK);
	assert_int_equal(trace_fill(&trace, &written.result, &written.err), LT_OK);
	return &trace.nodes[written_slot(&written, "x") - written.plan->first_node];
}

static void assert_shows(const struct value *value, const char *expected)
{
	char got[SHOWN];
	assert_string_equal(show(value, got), expected);
}

static void assert_decimal(struct lt_decimal value, const char *expected)
{
	char got[LT_DECIMAL_TEXT];
	lt_decimal_format(value, got);
	assert_string_equal(got, expected);
}

static void test_trace__terms_with_weights(void **state)
{
	(void)state;
	const struct trace_node *node = explain(NODE("op: sum, in: [a, d, n], weights: [\"0.5\", \"-2\", \"1\"], na: drop"), "a:=3 n:=na");
	assert_string_equal(node->node->id, "x");
	assert_shows(&node->terms[0].contribution, "1.5");
	assert_shows(&node->terms[1].contribution, "[-40, 20]");
	assert_true(node->terms[0].counted && node->terms[1].counted);
	assert_false(node->terms[2].counted);
	assert_shows(&node->terms[2].contribution, "n/a");
	assert_shows(&node->raw, "[-38.5, 21.5]");
	assert_false(node->rescaled || node->limited || node->rounded);
	assert_string_equal(plan_slot_name(written.plan, node->terms[1].weight), "-2");
}

static void test_trace__rescale_shows_both_bases(void **state)
{
	(void)state;
	const struct trace_node *node = explain(NODE("op: sum, in: [p1, p2], weights: [\"1\", \"2\"], na: rescale"), "p1=points:4 p2=na:absent");
	assert_true(node->rescaled);
	assert_decimal(node->all, "20");
	assert_decimal(node->left, "10");
	assert_shows(&node->terms[0].contribution, "4"); /* before rescaling */
	assert_false(node->terms[1].counted);
	assert_shows(&node->raw, "8");
}

static void test_trace__nothing_is_rescaled_while_all_apply(void **state)
{
	(void)state;
	const struct trace_node *node = explain(NODE("op: sum, items: scoring, na: rescale"), "p1=points:4 p2=met");
	assert_false(node->rescaled);
	assert_shows(&node->raw, "9");
}

static void test_trace__limited_and_rounded(void **state)
{
	(void)state;
	static const struct {
		const char *plan, *said, *raw, *value;
		bool limited, rounded;
	} rows[] = {
		{ NODE("op: sum, in: [d], min: \"0\""), "d:=-3", "-3", "0", true, false },
		{ NODE("op: sum, in: [d], min: \"0\""), "d:=3", "3", "3", false, false },
		{ NODE("op: sum, in: [d], min: \"0\""), "d:=0", "0", "0", false, false },
		{ NODE("op: sum, in: [d], min: \"0\""), "", "[-10, 20]", "[0, 20]", true, false },
		{ NODE("op: sum, in: [d], max: \"5\""), "d:=9", "9", "5", true, false },
		{ NODE("op: sum, in: [d], round: {places: \"1\", mode: half_even}"), "d:=1.25", "1.25", "1.2", false, true },
		{ NODE("op: sum, in: [d], round: {places: \"2\", mode: half_even}"), "d:=1.25", "1.25", "1.25", false, false },
		{ NODE("op: sum, in: [d], max: \"5.55\", round: {places: \"1\", mode: half_up}"), "d:=9", "9", "5.6", true, true },
		{ NODE("op: sum, in: [missing], min: \"5\""), "e:=5", "none", "none", false, false },
		{ NODE("op: product, in: [d, \"2\"], max: \"7\""), "d:=4", "8", "7", true, false },
	};
	for (size_t i = 0; i < N(rows); i++) {
		written_release(&written);
		written_init(&written);
		const struct trace_node *node = explain(rows[i].plan, rows[i].said);
		assert_shows(&node->raw, rows[i].raw);
		written_expect(&written, "x", rows[i].value);
		assert_int_equal(node->limited, rows[i].limited);
		assert_int_equal(node->rounded, rows[i].rounded);
	}
}

/* Filled again for other answers: nothing of the last time stays. */
static void test_trace__is_filled_anew(void **state)
{
	(void)state;
	const struct trace_node *node = explain(NODE("op: sum, items: scoring, na: rescale, max: \"5\""), "p1=points:4 p2=na:absent");
	assert_true(node->rescaled && node->limited);
	written_answer(&written, "p1=points:1 p2=not-met");
	written_score(&written);
	assert_int_equal(trace_fill(&trace, &written.result, &written.err), LT_OK);
	assert_false(node->rescaled || node->limited || node->rounded);
	assert_shows(&node->raw, "1");
	assert_true(node->terms[1].counted);
}

/* Whether there was something to add. */
static bool assert_adds_up(const struct trace_node *node)
{
	struct value sum = value_exact(VALUE_ZERO);
	char a[SHOWN], b[SHOWN];
	if (node->node->decl->op != OP_SUM || node->rescaled || node->raw.state != VALUE_NUMBER)
		return false;
	for (unsigned t = 0; t < node->node->n_terms; t++)
		if (node->terms[t].counted)
			assert_true(value_add(&sum, &node->terms[t].contribution, &sum));
	if (!value_equals(&sum, &node->raw))
		fail_msg("%s: terms add up to %s, not %s", node->node->id, show(&sum, a), show(&node->raw, b));
	return true;
}

/* In every shipped ruleset, unanswered and with each third item answered, the terms of every sum add up to its raw value. */
static void test_trace__terms_add_up_in_every_shipped_ruleset(void **state)
{
	(void)state;
	struct library library;
	struct lt_err err = LT_ERR_INIT;
	struct lt_findings findings;
	assert_int_equal(library_open(&library, embedded_files, NULL, NULL, &err), LT_OK);
	lt_findings_init(&findings, &library.arena);
	for (unsigned i = 0; i < library.n_entries; i++) {
		struct ruleset *ruleset;
		struct plan *plan;
		struct answers answers;
		struct result result;
		unsigned n_sums = 0;
		assert_int_equal(library_load(&library, library.entries[i].id, &findings, &ruleset, &err), LT_OK);
		const struct selection selection = {
			.park_type = ruleset->n_park_types ? ruleset->park_types[0].id : NULL,
			.stage = ruleset->n_stages ? ruleset->stages[ruleset->n_stages - 1].id : NULL,
		};
		assert_int_equal(plan_compile(ruleset, &selection, NULL, &library.arena, &plan, &err), LT_OK);
		assert_int_equal(answers_init(&answers, ruleset, &library.arena, &err), LT_OK);
		assert_int_equal(result_init(&result, plan, &library.arena, &err), LT_OK);
		assert_int_equal(trace_init(&trace, plan, &library.arena, &err), LT_OK);
		for (unsigned turn = 0; turn < 2; turn++) {
			assert_int_equal(score_all(plan, &answers, &result, &err), LT_OK);
			assert_int_equal(trace_fill(&trace, &result, &err), LT_OK);
			for (unsigned n = 0; n < plan->n_nodes; n++)
				n_sums += assert_adds_up(&trace.nodes[n]);
			for (unsigned item = 0; item < plan->n_items; item += 3) {
				struct lt_err refused = LT_ERR_INIT;
				if (answers_set(&answers, plan, ruleset->items[item].id, "met", &refused))
					answers_set(&answers, plan, ruleset->items[item].id, "points:1", &refused);
			}
		}
		if (!n_sums)
			fail_msg("%s: no sum was looked at", ruleset->id);
	}
	library_release(&library);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_trace__terms_with_weights),
		TEST(test_trace__rescale_shows_both_bases),
		TEST(test_trace__nothing_is_rescaled_while_all_apply),
		TEST(test_trace__limited_and_rounded),
		TEST(test_trace__is_filled_anew),
		cmocka_unit_test(test_trace__terms_add_up_in_every_shipped_ruleset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
