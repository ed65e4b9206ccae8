/* Compiling: names, writing out, order, limits, selections, overrides. */
#include <stdlib.h>
#include "lingtan/core/title.h"
#include "written.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))
#define NODE(text) "- {id: x, " text ", " USER "}\n"

/* Reads without the checks of load, so that plan_compile itself must refuse; its status. */
static enum lt_status compile_unchecked(struct written *written, const char *plan, const char *stage)
{
	const struct selection selection = { .stage = stage };
	struct yaml_source head = written_source("ruleset.yaml", lt_arena_printf(&written->arena, "%s%s", WRITTEN_HEAD, plan));
	struct yaml_source items = written_source("items.yaml", WRITTEN_ITEMS);
	head.proven = items.proven = true;
	assert_int_equal(ruleset_load(&head, &items, NULL, &written->arena, &written->findings, &written->ruleset, &written->err), LT_OK);
	return plan_compile(written->ruleset, &selection, NULL, &written->arena, &written->plan, &written->err);
}

static void assert_refused(const char *plan, const char *words)
{
	struct written written;
	written_init(&written);
	assert_int_equal(compile_unchecked(&written, plan, "operation"), LT_EDATA);
	if (!strstr(written.err.text[LT_EN], words))
		fail_msg("%s: expected '%s' in: %s", plan, words, written.err.text[LT_EN]);
	assert_true(written.err.text[LT_ZH][0] != '\0');
	assert_null(written.plan);
	written_release(&written);
}

static const struct plan_node *node_of(const struct written *written, const char *id)
{
	const struct plan_node *node = plan_node_at(written->plan, written_slot(written, id));
	assert_non_null(node);
	return node;
}

/* ---- writing out ---- */

static void test_plan__each_writes_a_node_for_every_entry(void **state)
{
	(void)state;
	struct written written;
	written_init(&written);
	written_run(&written, "- {id: y.*, each: [a, b], op: sum, in: [\"*\", $five], title: {zh: 量 *, en: amount of *}, " USER "}\n" NODE("op: sum, nodes: y"),
		    "operation", "a:=1 b:=20");
	written_expect(&written, "y.a", "6");
	written_expect(&written, "y.b", "25");
	written_expect(&written, "x", "31");
	assert_string_equal(node_of(&written, "y.b")->key, "b");
	assert_string_equal(node_of(&written, "y.b")->title.en, "amount of b");
	assert_null(node_of(&written, "x")->key);
	assert_int_equal(plan_find(written.plan, "y.*"), NO_SLOT);
	written_release(&written);
}

static void test_plan__each_within_one_node_writes_out_its_operands(void **state)
{
	(void)state;
	struct written written;
	written_init(&written);
	written_run(&written, NODE("op: sum, each: [a, b, d], in: [\"*\", e]"), "operation", "a:=1 b:=2 d:=4 e:=8");
	assert_int_equal(node_of(&written, "x")->n_terms, 4);
	written_expect(&written, "x", "15");
	written_release(&written);
}

static void test_plan__each_fills_section_weights_limits_and_grades(void **state)
{
	(void)state;
	struct written written;
	written_init(&written);
	written_run(&written,
		    "- {id: part.*, each: [s, s1], op: sum, items: scoring, section: \"*\", na: drop, " USER "}\n"
		    "- {id: w.*, each: [a, b], op: sum, in: [e], weights: [\"*\"], max: \"*\", " USER "}\n"
		    "- {id: at.low, op: compare, in: [a, \"1\"], is: ge, " USER "}\n"
		    "- {id: at.high, op: compare, in: [a, \"9\"], is: ge, " USER "}\n"
		    "- {id: grade, op: ladder, each: [low, high], grades: [{grade: \"*\", when: [at.*]}], " USER "}\n",
		    "operation", "p1=points:1 p2=met a:=2 b:=7 e:=3");
	written_expect(&written, "part.s", "6");
	written_expect(&written, "part.s1", "5");
	written_expect(&written, "w.a", "2");
	written_expect(&written, "w.b", "7");
	written_expect(&written, "grade", "1");
	assert_string_equal(node_of(&written, "part.s1")->section, "s1");
	assert_string_equal(node_of(&written, "grade")->grades[1].id, "high");
	written_release(&written);
}

static void test_plan__operands_come_first_whatever_the_order_written(void **state)
{
	(void)state;
	struct written written;
	written_init(&written);
	written_run(&written,
		    "- {id: last, op: sum, in: [middle, first], min: limit, " USER "}\n- {id: middle, op: sum, in: [first], " USER "}\n"
		    "- {id: limit, op: sum, in: [middle], weights: [\"3\"], " USER "}\n- {id: first, op: sum, in: [a], " USER "}\n",
		    "operation", "a:=1");
	written_expect(&written, "last", "3");
	assert_true(written_slot(&written, "first") < written_slot(&written, "middle"));
	assert_true(written_slot(&written, "middle") < written_slot(&written, "limit"));
	assert_true(written_slot(&written, "limit") < written_slot(&written, "last"));
	assert_int_equal(node_of(&written, "first")->depth, 1);
	assert_int_equal(node_of(&written, "last")->depth, 4);
	written_release(&written);
}

static void test_plan__names_and_kinds_of_slots(void **state)
{
	(void)state;
	struct written written;
	written_init(&written);
	written_run(&written, NODE("op: sum, in: [a, \"2.50\"]"), "operation", "a:=1");
	const struct plan *plan = written.plan;
	assert_int_equal(plan_slot_kind(plan, plan_find(plan, "p1")), SLOT_ITEM);
	assert_int_equal(plan_slot_kind(plan, plan_find(plan, "a")), SLOT_QUANTITY);
	assert_int_equal(plan_slot_kind(plan, plan_find(plan, "$five")), SLOT_PARAMETER);
	assert_int_equal(plan_slot_kind(plan, plan_find(plan, "x")), SLOT_NODE);
	const uint32_t constant = node_of(&written, "x")->terms[1].slot;
	assert_int_equal(plan_slot_kind(plan, constant), SLOT_CONSTANT);
	assert_string_equal(plan_slot_name(plan, constant), "2.50"); /* as written */
	assert_int_equal(plan_find(plan, "five"), NO_SLOT);
	assert_int_equal(plan_find(plan, ""), NO_SLOT);
	assert_int_equal(plan_find(plan, NULL), NO_SLOT);
	assert_true(plan_slot_is_truth(plan, plan_find(plan, "c1")) && plan_slot_is_truth(plan, plan_find(plan, "j1")));
	assert_false(plan_slot_is_truth(plan, plan_find(plan, "p2")) || plan_slot_is_truth(plan, plan_find(plan, "x")));
	assert_null(plan_published(plan, PUBLISH_GRADE));
	written_release(&written);
}

/* ---- what is refused ---- */

static void test_plan__cycles_are_refused_through_every_key(void **state)
{
	(void)state;
	static const char *const plans[] = {
		NODE("op: sum, in: [x]"),
		NODE("op: sum, in: [y]") "- {id: y, op: product, in: [a, x], " USER "}\n",
		NODE("op: sum, in: [a], weights: [x]"),
		NODE("op: sum, in: [a], min: y") "- {id: y, op: sum, in: [x], " USER "}\n",
		NODE("op: sum, in: [a], max: x"),
		NODE("op: ratio, in: [a, b], when_zero: x"),
		NODE("op: linear, in: [a], from: x, to: \"1\", points: \"1\""),
		NODE("op: linear, in: [a], from: \"0\", to: x, points: \"1\""),
		NODE("op: linear, in: [a], from: \"0\", to: \"1\", points: x"),
		NODE("op: steps, in: [a], at: [{from: x, then: \"1\"}]"),
		NODE("op: steps, in: [a], at: [{from: \"1\", then: x}]"),
		NODE("op: at_least, k: x, in: [c1]"),
		NODE("op: ladder, grades: [{grade: low, when: [x]}]"),
		NODE("op: ladder, grades: [{grade: low, when: [c1]}], otherwise: [{grade: missed, unless: x}]"),
		"- {id: x.1, op: sum, nodes: x, " USER "}\n",
	};
	for (size_t i = 0; i < N(plans); i++)
		assert_refused(plans[i], "cycle");
}

/* n nodes, each over the one before; written from the bottom up, or from the top down. */
static char *chain(struct written *written, unsigned n, bool bottom_up)
{
	char *text = lt_arena_alloc(&written->arena, n + 1, 64), *at = text;
	for (unsigned i = 0; i < n; i++) {
		const unsigned self = bottom_up ? i : n - 1 - i;
		at += self ? sprintf(at, "- {id: n%u, op: sum, in: [n%u], " USER "}\n", self, self - 1) :
			     sprintf(at, "- {id: n0, op: sum, in: [a], " USER "}\n");
	}
	return text;
}

static void check_depth(unsigned n, bool bottom_up, enum lt_status expected)
{
	struct written written;
	written_init(&written);
	const enum lt_status status = compile_unchecked(&written, chain(&written, n, bottom_up), "operation");
	if (status != expected)
		fail_msg("%u levels, %s: status %d", n, bottom_up ? "bottom up" : "top down", (int)status);
	if (status)
		assert_non_null(strstr(written.err.text[LT_EN], "32"));
	written_release(&written);
}

static void test_plan__thirty_three_levels_are_refused(void **state)
{
	(void)state;
	check_depth(32, false, LT_OK);
	check_depth(33, false, LT_EDATA);
}

static void test_plan__thirty_three_levels_are_refused_in_any_order(void **state)
{
	(void)state;
	check_depth(32, true, LT_OK);
	check_depth(33, true, LT_EDATA);
}

static void check_count(unsigned n, enum lt_status expected)
{
	struct written written;
	written_init(&written);
	char *text = lt_arena_alloc(&written.arena, n + 8, 8), *at = text + sprintf(text, "- {id: y.*, each: [k1");
	for (unsigned i = 2; i <= n; i++)
		at += sprintf(at, ",k%u", i);
	strcpy(at, "], op: sum, in: [a], " USER "}\n");
	assert_int_equal(compile_unchecked(&written, text, "operation"), expected);
	if (expected)
		assert_non_null(strstr(written.err.text[LT_EN], "4096"));
	else
		assert_int_equal(written.plan->n_nodes, n + 1);
	written_release(&written);
}

static void test_plan__four_thousand_and_ninety_seven_nodes_are_refused(void **state)
{
	(void)state;
	check_count(4095, LT_OK); /* with the node `missing`: 4,096 */
	check_count(4096, LT_EDATA);
}

/* A page of text must not write out millions of operands. */
static void test_plan__what_a_node_writes_out_is_limited(void **state)
{
	(void)state;
	struct written written;
	written_init(&written);
	enum { MANY = 3000 };
	char *text = lt_arena_alloc(&written.arena, MANY * 12, 1), *at = text + sprintf(text, "- {id: x, op: sum, each: [a");
	for (unsigned i = 1; i < MANY; i++)
		at += sprintf(at, ",a");
	at += sprintf(at, "], in: [\"*\"");
	for (unsigned i = 1; i < MANY; i++)
		at += sprintf(at, ",\"*\"");
	strcpy(at, "], " USER "}\n");
	const size_t before = written.arena.held;
	const enum lt_status status = compile_unchecked(&written, text, "operation");
	const size_t mib = (written.arena.held - before) >> 20;
	written_release(&written);
	assert_int_equal(status, LT_EDATA);
	if (mib > 64)
		fail_msg("refusing a plan of %d bytes takes %zu MiB", MANY * 6, mib);
}

/* Each of the nodes has one operand, so the plan is some hundred bytes a node. */
static void test_plan__many_small_nodes_take_little_memory(void **state)
{
	(void)state;
	struct written written;
	written_init(&written);
	enum { MANY = 4000 };
	char *text = lt_arena_alloc(&written.arena, MANY * 8, 1), *at = text + sprintf(text, "- {id: y.*, each: [k1");
	for (int i = 2; i <= MANY; i++)
		at += sprintf(at, ",k%d", i);
	strcpy(at, "], op: sum, in: [a], " USER "}\n");
	assert_int_equal(compile_unchecked(&written, text, "operation"), LT_OK);
	const size_t mib = written.arena.held >> 20;
	written_release(&written);
	if (mib > 16)
		fail_msg("%d nodes of one operand take %zu MiB", MANY, mib);
}

static void test_plan__unknown_operands_name_node_and_word(void **state)
{
	(void)state;
	static const char *const plans[] = {
		NODE("op: sum, in: [a, gone]"),
		NODE("op: sum, in: [a], weights: [gone]"),
		NODE("op: sum, in: [a], min: gone"),
		NODE("op: steps, in: [a], at: [{from: gone, then: \"1\"}]"),
		NODE("op: at_least, k: gone, in: [c1]"),
		NODE("op: ladder, grades: [{grade: low, when: [gone]}]"),
		NODE("op: ladder, grades: [{grade: low, when: [c1]}], otherwise: [{grade: missed, unless: gone}]"),
	};
	for (size_t i = 0; i < N(plans); i++) {
		assert_refused(plans[i], "gone");
		assert_refused(plans[i], "x");
	}
	assert_refused(NODE("op: sum, in: [$gone]"), "$gone");
	assert_refused(NODE("op: sum, in: [a], weight: $gone"), "$gone");
	assert_refused(NODE("op: sum, in: [\"1e3\"]"), "1e3");
	assert_refused("- {id: y.*, each: [a, gone], op: sum, in: [\"*\"], " USER "}\n", "gone");
}

static void test_plan__wrong_numbers_of_operands_are_refused(void **state)
{
	(void)state;
	static const char *const plans[] = {
		NODE("op: ratio, in: [a]"),
		NODE("op: ratio, in: [a, b, d]"),
		NODE("op: compare, in: [a], is: ge"),
		NODE("op: compare, in: [a, b, d], is: ge"),
		NODE("op: steps, in: [a, b], at: [{from: \"0\", then: \"1\"}]"),
		NODE("op: steps, items: late, section: s, at: [{from: \"0\", then: \"1\"}]"), /* none is left */
		NODE("op: linear, in: [a, b], from: \"0\", to: \"1\", points: \"1\""),
	};
	for (size_t i = 0; i < N(plans); i++)
		assert_refused(plans[i], "operands");
	assert_refused(NODE("op: linear, in: [a], from: \"0\", points: \"1\""), "from, to and points");
	assert_refused(NODE("op: at_least, in: [c1]"), "k is missing");
	assert_refused(NODE("op: steps, in: [a], at: [{then: \"1\"}]"), "from or above");
	assert_refused(NODE("op: sum, in: [a], round: {places: \"13\", mode: half_up}"), "0 to 12");
	assert_refused(NODE("op: sum, in: [a], round: {places: \"1.5\", mode: half_up}"), "0 to 12");
	assert_refused(NODE("op: sum, in: [a], round: {places: \"-1\", mode: half_up}"), "0 to 12");
}

/* ---- weights from a table ---- */

#define TABLED                                                                                                            \
	WRITTEN_TOP                                                                                                       \
	"park_types:\n- {id: works, " T "}\n- {id: office, " T "}\nstages:\n- {id: planning, " T "}\n- {id: operation, " T "}\n" \
	"places:\n- {id: north, " T "}\n"                                                                                 \
	"sections:\n- {id: \"4\", " T "}\n- {id: \"5\", " T "}\n- {id: \"5.1\", parent: \"5\", " T "}\n"                  \
	"tables:\n- {id: w, " T ", " USER ", columns: [office/planning, \"*/planning\", \"works/*\", \"*/operation\"],\n"  \
	"   rows: [{key: \"4\", values: [\"0.9\", \"0.6\", \"0.5\", \"0.3\"]}, {key: \"5\", values: [\"-\", \"0.4\", \"0.5\", \"0.7\"]}]}\n" \
	"plan:\n- {id: part.*, each: [\"4\", \"5\"], op: sum, items: scoring, section: \"*\", " USER "}\n"                \
	"- {id: body, op: sum, nodes: part, weight: $w, " USER "}\n"                                                      \
	"- {id: each_item, op: sum, items: scoring, weight: $w, " USER "}\n"
#define TABLED_ITEMS                                                                                                      \
	"items:\n- {id: q1, section: \"4\", kind: scoring, form: points, points: {value: \"100\", " USER "}, " T "}\n"    \
	"- {id: q2, section: \"5.1\", kind: scoring, form: points, points: {value: \"100\", " USER "}, " T "}\n"

static void test_plan__table_weights_by_type_and_stage(void **state)
{
	(void)state;
	static const struct {
		const char *park_type, *stage, *body;
		unsigned n_terms;
	} rows[] = {
		{ "office", "planning", "90", 1 }, /* "-": not evaluated */
		{ "works", "planning", "80", 2 }, /* the first column that fits: any type */
		{ "works", "operation", "75", 2 },
		{ "office", "operation", "65", 2 },
	};
	for (size_t i = 0; i < N(rows); i++) {
		struct written written;
		const struct selection selection = { .park_type = rows[i].park_type, .stage = rows[i].stage, .place = "north" };
		written_init(&written);
		written_load(&written, TABLED, TABLED_ITEMS);
		assert_int_equal(plan_compile(written.ruleset, &selection, NULL, &written.arena, &written.plan, &written.err), LT_OK);
		assert_int_equal(answers_init(&written.answers, written.ruleset, &written.arena, &written.err), LT_OK);
		assert_int_equal(result_init(&written.result, written.plan, &written.arena, &written.err), LT_OK);
		written_answer(&written, "q1=points:100 q2=points:50");
		written_score(&written);
		written_expect(&written, "body", rows[i].body);
		/* an item takes the entry of its section, or of the one above */
		written_expect(&written, "each_item", rows[i].body);
		const struct plan_node *body = node_of(&written, "body");
		assert_int_equal(body->n_terms, rows[i].n_terms);
		const struct plan_number *weight = &written.plan->numbers[body->terms[0].weight - written.plan->first_parameter];
		assert_string_equal(weight->table->id, "w");
		assert_string_equal(weight->table_key, "4");
		assert_int_equal(weight->origin, ORIGIN_USER);
		written_release(&written);
	}
}

static void test_plan__selection_must_name_what_the_ruleset_lists(void **state)
{
	(void)state;
	static const struct {
		struct selection selection;
		const char *words; /* NULL = compiles */
	} rows[] = {
		{ { "works", "operation", "north" }, NULL },
		{ { "works", "operation", "south" }, "south" },
		{ { "school", "operation", NULL }, "works (title), office (title)" },
		{ { "works", "operation", NULL }, "place is missing" },
		{ { NULL, "operation", NULL }, "park_type is missing" },
		{ { "works", NULL, NULL }, "stage is missing" },
		{ { "works", "design", NULL }, "planning (title), operation (title)" },
	};
	for (size_t i = 0; i < N(rows); i++) {
		struct written written;
		written_init(&written);
		written_load(&written, TABLED, TABLED_ITEMS);
		const enum lt_status status = plan_compile(written.ruleset, &rows[i].selection, NULL, &written.arena, &written.plan, &written.err);
		assert_int_equal(status, rows[i].words ? LT_EDATA : LT_OK);
		if (rows[i].words && !strstr(written.err.text[LT_EN], rows[i].words))
			fail_msg("expected '%s' in: %s", rows[i].words, written.err.text[LT_EN]);
		written_release(&written);
	}
}

/* ---- overrides ---- */

static void test_plan__overrides_take_the_place_of_the_rulesets_numbers(void **state)
{
	(void)state;
	const struct parameter_override parameters[] = {
		{ .parameter = "five", .value = "6", .origin = ORIGIN_USER, .cite = "letter 7" },
		{ .parameter = "part", .value = "0.5", .origin = ORIGIN_SOURCED, .cite = "S1:2" },
		{ .parameter = "weak", .value = NULL, .origin = ORIGIN_USER },
	};
	const struct points_override points[] = { { .item = "p1", .value = "20", .origin = ORIGIN_ILLUSTRATIVE, .cite = "letter 8" } };
	const struct overrides overrides = { .parameters = parameters, .n_parameters = 3, .points = points, .n_points = 1 };
	struct written written;
	written_init(&written);
	written_compile(&written, NODE("op: product, in: [$five, $part, p1]") "- {id: y, op: sum, in: [$weak], " USER "}\n", "operation", &overrides);
	written_answer(&written, "p1=points:20");
	written_score(&written);
	written_expect(&written, "x", "60");
	written_expect(&written, "y", "[-inf, inf]"); /* made unset; it has no bounds */
	assert_int_equal(result_count_needs(&written.result, written_slot(&written, "y")), 1);
	assert_int_equal(result_origin(&written.result, written_slot(&written, "x")), ORIGIN_ILLUSTRATIVE);
	const struct plan_number *five = &written.plan->numbers[plan_find(written.plan, "$five") - written.plan->first_parameter];
	assert_string_equal(five->cite, "letter 7");
	assert_string_equal(written.plan->items[plan_find(written.plan, "p1")].points_cite, "letter 8");
	assert_string_equal(ruleset_find_parameter(written.ruleset, "five")->value, "5"); /* the ruleset stays */
	written_release(&written);
}

static void test_plan__overrides_that_are_no_numbers_are_refused(void **state)
{
	(void)state;
	const struct parameter_override parameter = { .parameter = "five", .value = "six", .origin = ORIGIN_USER };
	const struct points_override points = { .item = "p1", .value = "1,5", .origin = ORIGIN_USER };
	const struct overrides overrides[] = { { .parameters = &parameter, .n_parameters = 1 }, { .points = &points, .n_points = 1 } };
	static const char *const words[] = { "six", "1,5" };
	const struct selection selection = { .stage = "operation" };
	for (size_t i = 0; i < N(overrides); i++) {
		struct written written;
		written_init(&written);
		written_load(&written, WRITTEN_HEAD, WRITTEN_ITEMS);
		assert_int_equal(plan_compile(written.ruleset, &selection, &overrides[i], &written.arena, &written.plan, &written.err), LT_EDATA);
		assert_non_null(strstr(written.err.text[LT_EN], words[i]));
		written_release(&written);
	}
}

static void test_plan__ranges_while_nothing_is_known(void **state)
{
	(void)state;
	static const struct {
		const char *slot, *range;
	} rows[] = { { "a", "[0, inf]" }, { "p", "[0, 100]" }, { "d", "[-10, 20]" }, { "$part", "[0, 1]" }, { "$any", "[-inf, inf]" }, { "$five", "5" } };
	struct written written;
	written_init(&written);
	written_run(&written, "", "operation", "");
	for (size_t i = 0; i < N(rows); i++)
		written_expect(&written, rows[i].slot, rows[i].range);
	written_release(&written);
}

/* ---- items by the standard's number ---- */

static const char *named(const struct ruleset *ruleset, const char *item, enum lt_status expected, struct lt_err *err)
{
	assert_int_equal(ruleset_name_item(ruleset, &item, err), expected);
	return item;
}

static void test_plan__an_item_is_named_by_either_of_its_numbers(void **state)
{
	(void)state;
	struct item items[] = { { .id = "12-1", .clause = "12.1.1" }, { .id = "12-10", .clause = "12.1.10" }, { .id = "7a", .clause = "7.1" },
				{ .id = "7b", .clause = "7.1" }, { .id = "12.1.10" }, { .id = "k", .clause = "3" } };
	struct section sections[] = { { .id = "3" } };
	const struct ruleset ruleset = { .items = items, .n_items = N(items), .sections = sections, .n_sections = N(sections) };
	struct lt_err err = LT_ERR_INIT;
	assert_string_equal(named(&ruleset, "12-1", LT_OK, &err), "12-1");
	assert_string_equal(named(&ruleset, "12.1.1", LT_OK, &err), "12-1");
	/* an id goes before a clause; a beginning and what nobody knows stay as they are */
	assert_string_equal(named(&ruleset, "12.1.10", LT_OK, &err), "12.1.10");
	assert_string_equal(named(&ruleset, "12.1", LT_OK, &err), "12.1");
	assert_string_equal(named(&ruleset, "", LT_OK, &err), "");
	assert_string_equal(named(&ruleset, "3", LT_OK, &err), "3"); /* a section, though all of its clause is one item */
	assert_string_equal(named(&ruleset, "１２。１.１　", LT_OK, &err), "12-1");
	assert_string_equal(named(&ruleset, " 12－10", LT_OK, &err), "12-10");
	assert_string_equal(named(&ruleset, "３", LT_OK, &err), "3");
	assert_string_equal(named(&ruleset, "１２.１", LT_OK, &err), "１２.１");
	assert_string_equal(named(&ruleset, "7.1", LT_EDATA, &err), "7.1");
	assert_non_null(strstr(err.text[LT_ZH], "7a、7b"));
	assert_non_null(strstr(err.text[LT_EN], "7a, 7b"));
}

static void expect_meant(const struct ruleset *ruleset, const char *typed, const char *zh, const char *en)
{
	struct lt_err err = LT_ERR_INIT;
	assert_int_equal(ruleset_no_item(ruleset, an_item, typed, &err), LT_EDATA);
	assert_string_equal(err.text[LT_ZH], zh);
	assert_string_equal(err.text[LT_EN], en);
}

static void test_plan__who_names_no_item_is_told_which_may_be_meant(void **state)
{
	(void)state;
	struct item items[] = { { .id = "4.1.1", .section = "4" }, { .id = "12-1", .clause = "12.1.1", .section = "12" }, { .id = "12-2", .section = "12" },
				{ .id = "12-3", .section = "12" }, { .id = "12-4", .section = "12" } };
	struct section sections[] = { { .id = "4" }, { .id = "12" } };
	const struct ruleset ruleset = { .id = "r", .items = items, .n_items = N(items), .sections = sections, .n_sections = N(sections) };
	expect_meant(&ruleset, "411", "r 没有条款“411”；可能是 4.1.1", "r has no item '411'; perhaps 4.1.1");
	expect_meant(&ruleset, "４－１１", "r 没有条款“４－１１”；可能是 4.1.1", "r has no item '４－１１'; perhaps 4.1.1");
	expect_meant(&ruleset, "1211", "r 没有条款“1211”；可能是 12-1", "r has no item '1211'; perhaps 12-1");
	/* what names several, and what begins one */
	expect_meant(&ruleset, "12", "r 没有条款“12”；可能是 12-1, 12-2, 12-3, …", "r has no item '12'; perhaps 12-1, 12-2, 12-3, …");
	expect_meant(&ruleset, "4.1", "r 没有条款“4.1”；可能是 4.1.1", "r has no item '4.1'; perhaps 4.1.1");
	expect_meant(&ruleset, "1", "r 没有条款“1”；全部见 lingtan standard r", "r has no item '1'; all of them: lingtan standard r");
	expect_meant(&ruleset, "", "r 没有条款“”；全部见 lingtan standard r", "r has no item ''; all of them: lingtan standard r");
	expect_meant(&ruleset, "...", "r 没有条款“...”；全部见 lingtan standard r", "r has no item '...'; all of them: lingtan standard r");
}

static void test_plan__what_is_nearly_typed_is_told(void **state)
{
	(void)state;
	static const struct {
		const char *sign, *id;
		struct label title;
	} names[] = { { "", "total", { "总分", "Total" } },
		      { "", "energy.share", { "可再生能源利用率", "Renewable share" } },
		      { "$", "pass_mark", { "及格分", "Mark to pass" } },
		      { "", "section.1", { NULL, NULL } },
		      { "", "section.2", { NULL, NULL } },
		      { "", "section.3", { NULL, NULL } },
		      { "", "section.4", { NULL, NULL } } };
	static const struct {
		const char *typed, *told;
	} rows[] = { { "totl", "total" },      { "toatl", "total" },		 { "ＴＯＴＬ", "total" },	       { "enrgy.shar", "energy.share" },
		     { "$pass_mrk", "$pass_mark" }, { "pass_mark", "$pass_mark" }, { "可再生能源利用", "energy.share" }, { "及格", "$pass_mark" },
		     { "section.12", "section.1, section.2" }, { "section", "section.1, section.2, section.3, …" },
		     /* a third is the most */
		     { "tota", "total" }, { "tal", "" }, { "x", "" }, { "", "" }, { "$", "" }, { "可再生", "" } };
	char longest[400];
	for (size_t r = 0; r < N(rows); r++) {
		struct nearly nearly = { .typed = rows[r].typed };
		for (size_t n = 0; n < N(names); n++)
			nearly_offer(&nearly, names[n].sign, names[n].id, &names[n].title);
		assert_string_equal(nearly.told, rows[r].told);
	}
	memset(longest, 'a', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	struct nearly nearly = { .typed = longest };
	nearly_offer(&nearly, "", longest, &(struct label){ longest, longest });
	assert_string_equal(nearly.told, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plan__each_writes_a_node_for_every_entry),
		cmocka_unit_test(test_plan__each_within_one_node_writes_out_its_operands),
		cmocka_unit_test(test_plan__each_fills_section_weights_limits_and_grades),
		cmocka_unit_test(test_plan__operands_come_first_whatever_the_order_written),
		cmocka_unit_test(test_plan__names_and_kinds_of_slots),
		cmocka_unit_test(test_plan__cycles_are_refused_through_every_key),
		cmocka_unit_test(test_plan__thirty_three_levels_are_refused),
		cmocka_unit_test(test_plan__thirty_three_levels_are_refused_in_any_order),
		cmocka_unit_test(test_plan__four_thousand_and_ninety_seven_nodes_are_refused),
		cmocka_unit_test(test_plan__what_a_node_writes_out_is_limited),
		cmocka_unit_test(test_plan__many_small_nodes_take_little_memory),
		cmocka_unit_test(test_plan__unknown_operands_name_node_and_word),
		cmocka_unit_test(test_plan__wrong_numbers_of_operands_are_refused),
		cmocka_unit_test(test_plan__table_weights_by_type_and_stage),
		cmocka_unit_test(test_plan__selection_must_name_what_the_ruleset_lists),
		cmocka_unit_test(test_plan__overrides_take_the_place_of_the_rulesets_numbers),
		cmocka_unit_test(test_plan__overrides_that_are_no_numbers_are_refused),
		cmocka_unit_test(test_plan__ranges_while_nothing_is_known),
		cmocka_unit_test(test_plan__an_item_is_named_by_either_of_its_numbers),
		cmocka_unit_test(test_plan__who_names_no_item_is_told_which_may_be_meant),
		cmocka_unit_test(test_plan__what_is_nearly_typed_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
