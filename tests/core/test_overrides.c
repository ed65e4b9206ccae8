/* Numbers of someone's own in the place of a ruleset's: tiers, lines, rows of a table; what is computed, on what it rests, and what stays. */
#include "lingtan/core/compare.h"
#include "lingtan/core/digest.h"
#include "written.h"

#define SUM "- {id: sum, op: sum, items: innovation, na: drop, " USER "}\n"

static struct written written;

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

static struct tier_override tier(const char *item, const char *id, const char *from, const char *above, const char *then, const char *cite)
{
	return (struct tier_override){ item, { .id = id, .from = from, .above = above, .then = then, .origin = ORIGIN_USER, .cite = cite } };
}

static const struct plan_item *item_of(const struct written *of, const char *id)
{
	return &of->plan->items[written_slot(of, id)];
}

/* ---- tiers ---- */

static void test_overrides__tiers_of_a_quantity(void **state)
{
	(void)state;
	const struct tier_override tiers[] = { tier("m1", NULL, "0", NULL, "9", "p. 1"), tier("m1", NULL, NULL, "10", "4", "p. 2"), tier("m1", NULL, NULL, "20", "0", "p. 3") };
	const struct overrides overrides = { .tiers = tiers, .n_tiers = 3 };
	static const char *const rows[][2] = { { "p:=0", "9" }, { "p:=10", "9" }, { "p:=10.1", "4" }, { "p:=20", "4" }, { "p:=20.000000000001", "0" }, { "p:=100", "0" } };
	written_compile(&written, SUM, "operation", &overrides);
	assert_true(item_of(&written, "m1")->points.units == 9 * LT_DECIMAL_ONE);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		written_answer(&written, rows[i][0]);
		written_score(&written);
		written_expect(&written, "m1", rows[i][1]);
	}
}

static void test_overrides__tiers_chosen_by_hand(void **state)
{
	(void)state;
	const struct tier_override tiers[] = { tier("t1", "none", NULL, NULL, "0", "p. 1"), tier("t1", "good", NULL, NULL, "3.5", "p. 1"), tier("t1", "best", NULL, NULL, "7", "p. 2") };
	const struct overrides overrides = { .tiers = tiers, .n_tiers = 3 };
	struct lt_err err = LT_ERR_INIT;
	written_compile(&written, SUM, "operation", &overrides);
	written_score(&written);
	written_expect(&written, "t1", "[0, 7]"); /* open */
	written_answer(&written, "t1=tier:good");
	written_score(&written);
	written_expect(&written, "t1", "3.5");
	written_answer(&written, "t1=tier:best");
	written_score(&written);
	written_expect(&written, "t1", "7");
	/* one that only the ruleset has is no longer there */
	assert_int_equal(answers_set(&written.answers, written.plan, "t1", "tier:fair", &err), LT_EDATA);
}

static void test_overrides__tiers_in_the_place_of_a_line_and_back(void **state)
{
	(void)state;
	const struct tier_override tiers[] = { tier("l1", NULL, "5", NULL, "2", "p. 1"), tier("l1", NULL, "15", NULL, "8", "p. 1") };
	const struct line_override lines[] = { { "m1", { .from = "80", .to = "30", .origin = ORIGIN_USER, .cite = "p. 2" } },
					       { "nm", { .from = "0", .to = "4", .origin = ORIGIN_USER, .cite = "p. 3" } } };
	const struct overrides overrides = { .tiers = tiers, .n_tiers = 2, .lines = lines, .n_lines = 2 };
	written_compile(&written, SUM, "operation", &overrides);
	written_answer(&written, "a:=14.9 p:=55 n:=1");
	written_score(&written);
	written_expect(&written, "l1", "2");
	written_expect(&written, "m1", "3"); /* halfway, of its own 6 points */
	written_expect(&written, "nm", "2");
	written_answer(&written, "a:=15 p:=30");
	written_score(&written);
	written_expect(&written, "l1", "8");
	written_expect(&written, "m1", "6");
}

/* An item that takes no tiers is not given any, rather than being computed half one way and half the other. */
static void test_overrides__an_item_of_another_form_is_refused(void **state)
{
	(void)state;
	static const char *const items[] = { "p1", "c1", "k1", "j1" };
	const struct selection selection = { .stage = "operation" };
	written_compile(&written, SUM, "operation", NULL);
	for (size_t i = 0; i < 4; i++) {
		struct lt_err err = LT_ERR_INIT;
		struct plan *plan = NULL;
		const struct tier_override tiers[] = { tier(items[i], "x", NULL, NULL, "1", "p. 1") };
		const struct overrides overrides = { .tiers = tiers, .n_tiers = 1 };
		assert_int_equal(plan_compile(written.ruleset, &selection, &overrides, &written.arena, &plan, &err), LT_EDATA);
		assert_non_null(strstr(err.text[LT_EN], items[i]));
	}
	struct lt_err err = LT_ERR_INIT;
	struct plan *plan = NULL;
	const struct line_override lines[] = { { "t1", { .from = "80", .to = "30", .origin = ORIGIN_USER } } };
	const struct overrides overrides = { .lines = lines, .n_lines = 1 };
	assert_int_equal(plan_compile(written.ruleset, &selection, &overrides, &written.arena, &plan, &err), LT_EDATA);
	const struct tier_override bad[] = { tier("m1", NULL, "1", NULL, "x", "p. 1") };
	const struct overrides not_a_number = { .tiers = bad, .n_tiers = 1 };
	struct lt_err other = LT_ERR_INIT;
	assert_int_equal(plan_compile(written.ruleset, &selection, &not_a_number, &written.arena, &plan, &other), LT_EDATA);
	assert_non_null(strstr(other.text[LT_EN], "m1"));
}

/* ---- on what a result rests ---- */

struct uses {
	unsigned n_illustrative, n_page;
};

static void count_uses(const struct origin_use *use, void *context)
{
	struct uses *uses = context;
	uses->n_illustrative += use->origin == ORIGIN_ILLUSTRATIVE;
	uses->n_page += use->origin == ORIGIN_USER && use->cite && strncmp(use->cite, "p. ", 3) == 0;
}

static struct uses uses_of(const char *slot)
{
	struct uses uses = { 0 };
	result_visit_origins(&written.result, written_slot(&written, slot), count_uses, &uses);
	return uses;
}

static void test_overrides__the_pages_are_what_the_result_rests_on(void **state)
{
	(void)state;
	const struct tier_override tiers[] = { tier("m1", NULL, "20", NULL, "2", "p. 7"), tier("m1", NULL, NULL, "50", "6", "p. 8") };
	const struct line_override lines[] = { { "l1", { .from = "10", .to = "30", .origin = ORIGIN_USER, .cite = "p. 9" } } };
	const struct overrides overrides = { .tiers = tiers, .n_tiers = 2, .lines = lines, .n_lines = 1 };
	/* the ruleset's own tier above 50 is illustrative */
	written_run(&written, SUM, "operation", "p:=60 a:=20");
	assert_int_equal(uses_of("m1").n_illustrative, 1);
	assert_int_equal(uses_of("m1").n_page, 0);
	written_release(&written);
	written_init(&written);
	written_compile(&written, SUM, "operation", &overrides);
	written_answer(&written, "p:=60 a:=20");
	written_score(&written);
	assert_int_equal(uses_of("m1").n_illustrative, 0);
	assert_int_equal(uses_of("m1").n_page, 2); /* the best tier, and the points that it gives the item */
	assert_int_equal(uses_of("l1").n_page, 1);
	assert_int_equal(result_origin(&written.result, written_slot(&written, "m1")), ORIGIN_USER);
	assert_string_equal(item_of(&written, "m1")->points_cite, "p. 8");
}

/* ---- rows of a table ---- */

#define TABLED                                                                                                          \
	"- {id: part.s, op: sum, items: scoring, na: drop, " USER "}\n- {id: part.x, op: sum, in: [$five], " USER "}\n"    \
	"- {id: total, op: sum, nodes: part, weight: $w, na: drop, " USER "}\n"                                          \
	"- {id: byitem, op: sum, items: scoring, weight: $w, na: drop, " USER "}\n"                                      \
	"tables:\n- {id: w, " T ", " USER ", cite: none, columns: [\"*/planning\", \"*/operation\"], rows: [\n"          \
	"  {key: s, values: [\"0.25\", \"0.5\"]}, {key: x, values: [\"0.75\", \"0.5\"]}]}\n"

static const struct plan_number *weight_in(const char *node, unsigned at)
{
	const struct plan_node *found = plan_node_at(written.plan, written_slot(&written, node));
	return &written.plan->numbers[found->terms[at].weight - written.plan->first_parameter];
}

static void test_overrides__a_row_of_weights(void **state)
{
	(void)state;
	const char *values[] = { "0.1", "0.75" };
	const struct weight_override weights[] = { { "w", "s", { values, 2 }, ORIGIN_USER, "p. 4" } };
	const struct overrides overrides = { .weights = weights, .n_weights = 1 };
	written_compile(&written, TABLED, "operation", &overrides);
	written_answer(&written, "p1=points:10 p2=met");
	written_score(&written);
	written_expect(&written, "total", "13.75"); /* 0.75 x 15 + 0.5 x 5 */
	written_expect(&written, "byitem", "11.25"); /* p2 lies below s and takes its row */
	assert_string_equal(weight_in("total", 0)->cite, "p. 4");
	assert_int_equal(weight_in("total", 0)->origin, ORIGIN_USER);
	assert_string_equal(weight_in("total", 1)->cite, "none"); /* the other row is the ruleset's */
	assert_string_equal(weight_in("byitem", 0)->cite, "p. 4");
}

static void test_overrides__not_evaluated_is_a_value_too(void **state)
{
	(void)state;
	const char *none[] = { "1", "-" };
	const struct weight_override weights[] = { { "w", "s", { none, 2 }, ORIGIN_USER, "p. 4" } };
	const struct overrides overrides = { .weights = weights, .n_weights = 1 };
	written_compile(&written, TABLED, "operation", &overrides);
	assert_int_equal(plan_node_at(written.plan, written_slot(&written, "total"))->n_terms, 1);
}

/* Names of nothing change nothing: who holds them against the ruleset has said so already. */
static void test_overrides__of_nothing_are_passed_over(void **state)
{
	(void)state;
	const char *values[] = { "9" };
	const struct tier_override tiers[] = { tier("gone", NULL, "1", NULL, "1", NULL) };
	const struct line_override lines[] = { { "gone", { .from = "1", .to = "2" } } };
	const struct weight_override weights[] = { { "gone", "s", { values, 1 }, ORIGIN_USER, NULL },
						   { "w", "gone", { values, 1 }, ORIGIN_USER, NULL },
						   { "w", "s", { values, 1 }, ORIGIN_USER, NULL } /* too few for the second column */ };
	const struct overrides overrides = { .tiers = tiers, .n_tiers = 1, .lines = lines, .n_lines = 1, .weights = weights, .n_weights = 3 };
	written_compile(&written, TABLED, "operation", &overrides);
	written_answer(&written, "p1=points:10 p2=met");
	written_score(&written);
	written_expect(&written, "total", "10");
	assert_false(overrides_replace_item(&overrides, "m1"));
	assert_true(overrides_replace_item(&overrides, "gone"));
}

/* ---- what stays ---- */

static void test_overrides__the_digest_of_an_item_is_that_of_the_ruleset(void **state)
{
	(void)state;
	const struct tier_override tiers[] = { tier("m1", NULL, "20", NULL, "3", "p. 7") };
	const struct overrides overrides = { .tiers = tiers, .n_tiers = 1 };
	char before[LT_SHA256_HEX], after[LT_SHA256_HEX];
	written_compile(&written, SUM, "operation", NULL);
	const struct item *item = ruleset_find_item(written.ruleset, "m1");
	const struct selection selection = { .stage = "operation" };
	struct plan *plan;
	item_digest(item, before);
	assert_int_equal(plan_compile(written.ruleset, &selection, &overrides, &written.arena, &plan, &written.err), LT_OK);
	item_digest(ruleset_find_item(plan->ruleset, "m1"), after);
	assert_string_equal(before, after);
	assert_int_equal(item->n_tiers, 2);
	assert_string_equal(item->tiers[0].then, "2");
}

static void test_overrides__a_comparison_says_that_the_scale_differs(void **state)
{
	(void)state;
	const struct tier_override tiers[] = { tier("m1", NULL, "20", NULL, "2", "p. 7"), tier("m1", NULL, NULL, "40", "6", "p. 8") };
	const struct line_override lines[] = { { "l1", { .from = "10.0", .to = "30", .origin = ORIGIN_USER, .cite = "p. 9" } } };
	const struct overrides overrides = { .tiers = tiers, .n_tiers = 2, .lines = lines, .n_lines = 1 };
	struct written other;
	struct comparison comparison;
	written_run(&written, SUM, "operation", "p:=45 a:=20");
	written_init(&other);
	written_compile(&other, SUM, "operation", &overrides);
	written_answer(&other, "p:=45 a:=20");
	written_score(&other);
	assert_int_equal(compare_results(&written.result, &written.answers, &other.result, &other.answers, &written.arena, &comparison, &written.err), LT_OK);
	assert_int_equal(comparison.n, 2); /* the sum; why: m1. The line is the same line. */
	assert_int_equal(comparison.at[0].kind, DIFFERENCE_OUTCOME);
	assert_int_equal(comparison.at[1].kind, DIFFERENCE_SCALE);
	assert_string_equal(comparison.at[1].id, "m1");
	assert_true(comparison.at[1].a.lo.units == 2 * LT_DECIMAL_ONE && comparison.at[1].b.lo.units == 6 * LT_DECIMAL_ONE);
	written_release(&other);
}

static void test_overrides__the_digest_of_the_files(void **state)
{
	(void)state;
	static const char a[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", b[] = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
			  c[] = "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc";
	const char *const files[N_RULESET_FILES] = { a, b, c }, *const swapped[N_RULESET_FILES] = { b, a, c };
	char hex[LT_SHA256_HEX], other[LT_SHA256_HEX];
	/* printf 'lingtan ruleset 1\n%s\n%s\n%s\n' aaa... bbb... ccc... | sha256sum */
	ruleset_files_digest(files, hex);
	assert_string_equal(hex, "f62c51995bffe432d0ff2be9a15a9b0df1a06272f29ff51cff04e282cbdebac2");
	ruleset_files_digest(swapped, other);
	assert_string_not_equal(hex, other);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(test_overrides__##name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(tiers_of_a_quantity),
		TEST(tiers_chosen_by_hand),
		TEST(tiers_in_the_place_of_a_line_and_back),
		TEST(an_item_of_another_form_is_refused),
		TEST(the_pages_are_what_the_result_rests_on),
		TEST(a_row_of_weights),
		TEST(not_evaluated_is_a_value_too),
		TEST(of_nothing_are_passed_over),
		TEST(the_digest_of_an_item_is_that_of_the_ruleset),
		TEST(a_comparison_says_that_the_scale_differs),
		TEST(the_digest_of_the_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
