/* A body's own numbers: everything that can be wrong with them, entering them one at a time, and writing them so that they come back. */
#include <stdlib.h>
#include "lingtan/app/profile.h"
#include "lingtan/load/profile.h"
#include "written.h"

#define BODY_HEAD                                                                                                        \
	"ruleset: body\nedition: \"1\"\ncode: TEST 3\n" T "\npublisher: {zh: 测试, en: test}\nstatus: draft\n"           \
	"park_types:\n- {id: works, " T "}\n- {id: office, " T "}\n"                                                     \
	"stages:\n- {id: planning, " T "}\n- {id: operation, " T "}\n"                                                   \
	"sections:\n- {id: s, " T ", maximum: \"20\"}\n- {id: s1, parent: s, " T "}\n- {id: x, " T ", maximum: $extra}\n- {id: o, " T "}\n" \
	"parameters:\n- {id: extra, " T ", value: \"11\", min: \"0\", max: \"20\", " USER "}\n"                          \
	"- {id: low, " T ", value: \"20\", " USER "}\n- {id: high, " T ", value: \"50\", " USER "}\n"                    \
	"tables:\n- {id: w, " T ", " USER ", sums_to: \"1\", columns: [works/planning, works/operation, office/*], rows: [\n" \
	"  {key: s, values: [\"0.4\", \"0.5\", \"1\"]}, {key: x, values: [\"0.6\", \"0.5\", \"-\"]}]}\n"                 \
	"quantities:\n- {id: p, unit: \"%\", " T "}\n- {id: q, unit: \"1\", " T "}\n"                                    \
	"plan:\n- {id: part.*, each: [s, x], op: sum, items: scoring, section: \"*\", " USER ", " T "}\n"                \
	"- {id: total, op: sum, nodes: part, weight: $w, publish: total, " USER ", " T "}\n"                             \
	"- {id: all, op: at_least, k: all, items: control, publish: outcome, " USER ", " T "}\n"                         \
	"- {id: class, op: steps, in: [q], at: [{from: $low, then: \"1\"}, {from: $high, then: \"2\"}], publish: outcome, " USER ", " T "}\n"

#define BODY_ITEMS                                                                                                       \
	"items:\n"                                                                                                       \
	"- {id: c1, section: o, kind: control, form: met, " T "}\n"                                                      \
	"- {id: p1, section: s, kind: scoring, form: points, points: {value: \"10\", " USER "}, " T "}\n"                \
	"- {id: t1, section: s1, kind: scoring, form: tiers, points: {value: \"6\", " USER "}, " T ",\n"                 \
	"   tiers: [{id: fair, then: \"2\", title: {zh: 中, en: fair}}, {id: good, then: \"6\"}]}\n"                     \
	"- {id: k1, section: s, kind: checklist, form: checklist, tags: [scoring], points: {value: \"0\", " USER "}, " T ",\n" \
	"   checks: [{id: a, points: \"0\", " T "}]}\n"                                                                  \
	"- {id: p2, section: s, kind: scoring, form: met, points: {value: \"4\", " USER "}, " T "}\n"                    \
	"- {id: m1, section: x, kind: scoring, form: measured, quantity: p, points: {value: \"6\", " USER "}, " T ",\n"  \
	"   tiers: [{from: \"20\", then: \"2\"}, {above: \"50\", then: \"6\"}]}\n"                                       \
	"- {id: l1, section: x, kind: scoring, form: measured, quantity: q, points: {value: \"5\", " USER "}, " T ",\n"  \
	"   linear: {from: \"10\", to: \"30\", " USER "}}\n"

/* Four lines; what a test is about begins on the fifth. */
#define PROFILE_HEAD "profile: ours\nruleset: body\nresponsible: 示例机构\ntitle: {zh: 甲, en: A}\n"

static struct written written;

static int setup(void **state)
{
	(void)state;
	written_init(&written);
	written_load(&written, BODY_HEAD, BODY_ITEMS);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	written_release(&written);
	return 0;
}

static struct lt_findings fresh_findings(void)
{
	struct lt_findings findings;
	lt_findings_init(&findings, &written.arena);
	return findings;
}

static struct profile *load(const char *text)
{
	struct lt_findings findings = fresh_findings();
	struct lt_err err = LT_ERR_INIT;
	struct profile *profile = NULL;
	const struct yaml_source source = written_source("profile.yaml", text);
	if (profile_load(&source, &written.arena, &findings, &profile, &err))
		fail_msg("%s: %s", text, findings.first ? findings.first->text[LT_EN] : err.text[LT_EN]);
	return profile;
}

static struct profile *load_entries(const char *entries)
{
	return load(lt_arena_printf(&written.arena, "%s%s", PROFILE_HEAD, entries));
}

static struct lt_findings check(const struct profile *profile)
{
	struct lt_findings findings = fresh_findings();
	profile_check(profile, "profile.yaml", written.ruleset, &written.arena, &findings);
	assert_false(findings.out_of_memory);
	return findings;
}

/* ---- findings ---- */

struct wrong {
	const char *entries;
	unsigned line, column;
	const char *path, *text; /* text: a part of it */
};

static const struct wrong all_wrong[] = {
	{ "edition: \"\"\n", 5, 10, "edition", "edition is empty" },
	{ "edition: \" \"\n", 5, 10, "edition", "edition is empty" },
	/* parameters */
	{ "parameters: [{id: gone, value: \"1\", cite: c}]\n", 5, 19, "parameters[0].id", "there is no parameter gone (value 1)" },
	{ "parameters: [{id: extra, value: \"21\", cite: c}]\n", 5, 33, "parameters[0].value", "parameter extra: value 21 is outside its range" },
	{ "parameters:\n- {id: low, value: \"21\", cite: c}\n- {id: low, value: \"21\", cite: c}\n", 7, 8, "parameters[1].id", "parameter low is given twice" },
	{ "parameters: [{id: low, value: \"21\", cite: \" \"}]\n", 5, 43, "parameters[0].cite", "low has no page" },
	/* points */
	{ "points: [{item: gone, value: \"1\", cite: c}]\n", 5, 17, "points[0].item", "there is no item gone (1 points)" },
	{ "points: [{item: c1, value: \"1\", cite: c}]\n", 5, 17, "points[0].item", "item c1 has no points" },
	{ "points: [{item: m1, value: \"6\", cite: c}]\n", 5, 17, "points[0].item", "from its tiers, it cannot have 6: write tiers" },
	{ "points: [{item: t1, value: \"6\", cite: c}]\n", 5, 17, "points[0].item", "from its tiers, it cannot have 6" },
	{ "points: [{item: k1, value: \"6\", cite: c}]\n", 5, 17, "points[0].item", "from its check points, it cannot have 6" },
	{ "points: [{item: p1, value: \"-6\", cite: c}]\n", 5, 28, "points[0].value", "item p1: -6 points, below 0" },
	{ "points:\n- {item: p1, value: \"10\", cite: c}\n- {item: p1, value: \"10\", cite: c}\n", 7, 10, "points[1].item", "item p1 is given twice" },
	{ "points: [{item: p1, value: \"10\", cite: \"\"}]\n", 5, 40, "points[0].cite", "p1 has no page" },
	{ "points: [{item: l1, value: \"5\", cite: c}]\ntiers: [{item: l1, from: \"1\", then: \"5\", cite: c}]\n", 5, 17, "points[0].item", "from its tiers" },
	/* tiers */
	{ "tiers: [{item: gone, from: \"1\", then: \"5\", cite: c}]\n", 5, 16, "tiers[0].item", "there is no item gone" },
	{ "tiers: [{item: p1, from: \"1\", then: \"5\", cite: c}]\n", 5, 16, "tiers[0].item", "item p1 is not scored by tiers or a quantity (its form is points)" },
	{ "tiers: [{item: m1, from: \"1\", above: \"1\", then: \"6\", cite: c}]\n", 5, 38, "tiers[0].above", "item m1: from 1 or above 1, not both" },
	{ "tiers: [{item: m1, then: \"6\", cite: c}]\n", 5, 16, "tiers[0].item", "item m1: a tier that a quantity picks needs from or above" },
	{ "tiers: [{item: t1, then: \"6\", cite: c}]\n", 5, 16, "tiers[0].item", "item t1: a tier that is chosen by hand needs an id" },
	{ "tiers: [{item: m1, from: \"1\", then: \"-1\", cite: c}]\n", 5, 37, "tiers[0].then", "item m1: a tier of -1 points, below 0" },
	{ "tiers:\n- {item: m1, from: \"30\", then: \"1\", cite: c}\n- {item: m1, from: \"20\", then: \"6\", cite: c}\n", 7, 20, "tiers[1].from",
	  "item m1: its tiers must ascend, 20 stands after 30" },
	{ "tiers:\n- {item: m1, from: \"30\", then: \"1\", cite: c}\n- {item: m1, above: \"30.0\", then: \"6\", cite: c}\n", 7, 21, "tiers[1].above",
	  "item m1: its tiers must ascend, 30.0 stands after 30" },
	/* another item between the two does not hide it */
	{ "tiers:\n- {item: m1, from: \"30\", then: \"1\", cite: c}\n- {item: l1, from: \"1\", then: \"5\", cite: c}\n- {item: m1, from: \"2\", then: \"6\", cite: c}\n", 8, 20,
	  "tiers[2].from", "2 stands after 30" },
	{ "tiers:\n- {item: t1, id: good, then: \"6\", cite: c}\n- {item: t1, id: good, then: \"6\", cite: c}\n", 7, 18, "tiers[1].id", "item t1: tier good is given twice" },
	{ "tiers: [{item: m1, from: \"1\", then: \"6\", cite: \"\"}]\n", 5, 48, "tiers[0].cite", "m1 has no page" },
	/* lines */
	{ "lines: [{item: gone, from: \"1\", to: \"5\", cite: c}]\n", 5, 16, "lines[0].item", "there is no item gone" },
	{ "lines: [{item: t1, from: \"1\", to: \"5\", cite: c}]\n", 5, 16, "lines[0].item", "item t1 is not scored by a quantity (its form is tiers)" },
	{ "lines: [{item: l1, from: \"1\", to: \"1.0\", cite: c}]\n", 5, 35, "lines[0].to", "item l1: from equals to (1.0)" },
	{ "lines:\n- {item: l1, from: \"1\", to: \"2\", cite: c}\n- {item: l1, from: \"1\", to: \"2\", cite: c}\n", 7, 10, "lines[1].item", "item l1: its line is given twice" },
	{ "lines: [{item: m1, from: \"1\", to: \"5\", cite: c}]\ntiers: [{item: m1, from: \"1\", then: \"6\", cite: c}]\n", 5, 16, "lines[0].item",
	  "item m1 is given both tiers and a line" },
	{ "lines: [{item: l1, from: \"1\", to: \"5\", cite: \"\"}]\n", 5, 46, "lines[0].cite", "l1 has no page" },
	/* weights */
	{ "weights: [{table: v, row: s, values: [\"1\"], cite: c}]\n", 5, 19, "weights[0].table", "there is no table v" },
	{ "weights: [{table: w, row: s1, values: [\"1\"], cite: c}]\n", 5, 27, "weights[0].row", "table w has no row s1" },
	{ "weights: [{table: w, row: s, values: [\"1\", \"0\"], cite: c}]\n", 5, 38, "weights[0].values", "w/s: values: 2, columns of the table: 3" },
	{ "weights: [{table: w, row: s, values: [\"0.4\", half, \"1\"], cite: c}]\n", 5, 46, "weights[0].values[1]", "w/s: 'half' is not a number" },
	{ "weights: [{table: w, row: s, values: [\"0.4\", \"-0.5\", \"1\"], cite: c}]\n", 5, 46, "weights[0].values[1]", "w/s: weight -0.5 is below 0" },
	{ "weights:\n- {table: w, row: s, values: [\"0.4\", \"0.5\", \"1\"], cite: c}\n- {table: w, row: s, values: [\"0.4\", \"0.5\", \"1\"], cite: c}\n", 7, 19, "weights[1].row",
	  "table w: row s is given twice" },
	{ "weights: [{table: w, row: s, values: [\"0.4\", \"0.5\", \"1\"], cite: \"\"}]\n", 5, 65, "weights[0].cite", "w/s has no page" },
	/* sums: at the first entry that has to do with them */
	{ "points:\n- {item: p2, value: \"5\", cite: c}\n", 6, 3, "points[0]", "section s: its points sum to 21, they must be exactly 20" },
	{ "lines:\n- {item: l1, from: \"1\", to: \"5\", cite: c}\ntiers:\n- {item: m1, from: \"1\", then: \"5.5\", cite: c}\n", 8, 3, "tiers[0]",
	  "section x: its points sum to 10.5, they must be exactly 11" },
	{ "tiers:\n- {item: t1, id: good, then: \"6.5\", cite: c}\n", 6, 3, "tiers[0]", "section s: its points sum to 20.5" },
	{ "parameters:\n- {id: low, value: \"20\", cite: c}\n- {id: extra, value: \"12\", cite: c}\n", 7, 3, "parameters[1]", "section x: its points sum to 11, they must be exactly 12" },
	{ "weights:\n- {table: w, row: x, values: [\"0.6\", \"0.4\", \"-\"], cite: c}\n", 6, 3, "weights[0]", "table w: column works/operation sums to 0.9, declared is 1" },
	{ "weights:\n- {table: w, row: x, values: [\"0.6\", \"0.5\", \"0.1\"], cite: c}\n", 6, 3, "weights[0]", "table w: column office/* sums to 1.1, declared is 1" },
	/* what only computing shows */
	{ "parameters:\n- {id: low, value: \"60\", cite: c}\n", 6, 1, "parameters", "with these numbers it cannot be computed: class: the limits of at must ascend" },
};

static void test_profile__everything_wrong_is_found_where_it_stands(void **state)
{
	(void)state;
	unsigned wrong = 0;
	for (size_t i = 0; i < sizeof(all_wrong) / sizeof(all_wrong[0]); i++) {
		const struct wrong *row = &all_wrong[i];
		const struct lt_findings findings = check(load_entries(row->entries));
		const struct lt_finding *first = findings.first;
		if (findings.n_errors != 1 || first->line != row->line || first->column != row->column || strcmp(first->path, row->path) != 0 ||
		    !strstr(first->text[LT_EN], row->text) || !first->text[LT_ZH][0] || strcmp(first->file, "profile.yaml") != 0) {
			print_error("%sexpected %u:%u %s '%s', got %zu findings:\n", row->entries, row->line, row->column, row->path, row->text, findings.n_errors);
			for (; first; first = first->next)
				print_error("  %u:%u %s '%s'\n", first->line, first->column, first->path, first->text[LT_EN]);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void test_profile__all_findings_at_once(void **state)
{
	(void)state;
	const struct lt_findings findings = check(load("profile: ours\nruleset: body\nresponsible: \"\"\ntitle: {zh: 甲, en: A}\n"
						       "parameters: [{id: gone, value: \"1\", cite: \"\"}]\n"
						       "tiers: [{item: gone, then: \"-1\", cite: \"\"}]\n"
						       "weights: [{table: gone, row: s, values: [], cite: c}]\n"));
	assert_int_equal(findings.n_errors, 7);
	assert_string_equal(findings.first->path, "responsible");
	assert_int_equal(findings.first->line, 3);
}

static const char everything[] =
	PROFILE_HEAD "edition: T/X 1-2026\ndate: 2026-03-01\n"
		     "parameters:\n- {id: low, value: \"25\", cite: 第 3 页}\n- {id: extra, value: \"9\", cite: 第 3 页}\n"
		     "points: [{item: p1, value: \"11\", cite: 第 4 页}, {item: p2, value: \"2\", cite: 第 4 页}]\n"
		     "tiers:\n- {item: t1, id: fair, then: \"3\", cite: 第 5 页}\n- {item: t1, id: best, then: \"7\", title: {zh: 优, en: best}, cite: 第 5 页, note: 新增一档}\n"
		     "- {item: l1, from: \"10\", then: \"1\", cite: 第 6 页}\n- {item: l1, above: \"30\", then: \"3\", cite: 第 6 页}\n"
		     "lines: [{item: m1, from: \"80\", to: \"20\", cite: 第 7 页}]\n"
		     "weights:\n- {table: w, row: s, values: [\"0.3\", \"0.5\", \"0.9\"], cite: 第 8 页}\n- {table: w, row: x, values: [\"0.7\", \"0.5\", \"0.1\"], cite: 第 8 页}\n";

static void test_profile__a_full_profile_fits(void **state)
{
	(void)state;
	const struct lt_findings findings = check(load(everything));
	if (findings.first)
		fail_msg("%u:%u: %s", findings.first->line, findings.first->column, findings.first->text[LT_EN]);
}

/* ---- as overrides ---- */

static void compile(const struct profile *profile, const char *park_type)
{
	const struct selection selection = { .park_type = park_type, .stage = "planning" };
	struct overrides overrides;
	assert_int_equal(profile_overrides(profile, &written.arena, &overrides, &written.err), LT_OK);
	if (plan_compile(written.ruleset, &selection, &overrides, &written.arena, &written.plan, &written.err))
		fail_msg("%s", written.err.text[LT_EN]);
	assert_int_equal(answers_init(&written.answers, written.ruleset, &written.arena, &written.err), LT_OK);
	assert_int_equal(result_init(&written.result, written.plan, &written.arena, &written.err), LT_OK);
}

static void test_profile__its_numbers_are_computed_with(void **state)
{
	(void)state;
	compile(load(everything), "works");
	written_answer(&written, "c1=met p1=points:11 p2=met t1=tier:best k1=checks: p:=35 q:=30");
	written_score(&written);
	written_expect(&written, "t1", "7");
	written_expect(&written, "part.s", "20");
	written_expect(&written, "l1", "1");
	written_expect(&written, "m1", "4.5"); /* three quarters of 6 */
	written_expect(&written, "total", "9.85"); /* 0.3 x 20 + 0.7 x 5.5 */
	written_expect(&written, "class", "1");
	assert_int_equal(result_origin(&written.result, written_slot(&written, "total")), ORIGIN_USER);
	/* a tier that the ruleset has too keeps its title unless it is given another */
	const struct item *t1 = written.plan->items[written_slot(&written, "t1")].decl;
	assert_string_equal(t1->tiers[0].title.en, "fair");
	assert_string_equal(t1->tiers[1].title.en, "best");
}

/* ---- changing ---- */

static struct profile *empty_profile(void)
{
	struct profile *profile = lt_arena_alloc(&written.arena, 1, sizeof(*profile));
	*profile = (struct profile){ .id = "ours", .ruleset = "body", .responsible = "示例机构", .title = { "甲", "A" } };
	return profile;
}

static const char *text_of(const struct profile *profile)
{
	char *text;
	size_t len;
	struct lt_err err = LT_ERR_INIT;
	if (profile_write(profile, &written.arena, &text, &len, &err))
		fail_msg("%s", err.text[LT_EN]);
	assert_int_equal(strlen(text), len);
	return text;
}

#define CANONICAL_HEAD "profile: \"ours\"\nruleset: \"body\"\nresponsible: \"示例机构\"\ntitle: {zh: \"甲\", en: \"A\"}\n"

static void expect_text(const struct profile *profile, const char *entries)
{
	const char *wanted = lt_arena_printf(&written.arena, "%s%s", CANONICAL_HEAD, entries);
	assert_string_equal(text_of(profile), wanted);
}

static void put_points(struct profile *profile, const char *item, const char *value, const char *cite)
{
	struct lt_err err = LT_ERR_INIT;
	assert_int_equal(profile_set_points(profile, &(struct profile_points){ item, value, cite, NULL }, &written.arena, &err), LT_OK);
}

static void test_profile__one_number_at_a_time(void **state)
{
	(void)state;
	struct profile *profile = empty_profile();
	struct lt_err err = LT_ERR_INIT;
	expect_text(profile, "");
	put_points(profile, "p1", "11", "p. 4");
	put_points(profile, "p2", "3", "p. 4");
	expect_text(profile, "points:\n- {item: \"p1\", value: \"11\", cite: \"p. 4\"}\n- {item: \"p2\", value: \"3\", cite: \"p. 4\"}\n");
	/* a new value stands where the old one stood */
	put_points(profile, "p1", "10.50", "p. 5");
	expect_text(profile, "points:\n- {item: \"p1\", value: \"10.50\", cite: \"p. 5\"}\n- {item: \"p2\", value: \"3\", cite: \"p. 4\"}\n");
	put_points(profile, "p1", NULL, NULL);
	expect_text(profile, "points:\n- {item: \"p2\", value: \"3\", cite: \"p. 4\"}\n");
	put_points(profile, "p2", NULL, NULL);
	expect_text(profile, "");
	assert_int_equal(profile_set_points(profile, &(struct profile_points){ .item = "p2" }, &written.arena, &err), LT_EDATA);
	assert_non_null(strstr(err.text[LT_EN], "p2"));
	expect_text(profile, "");
}

static void test_profile__every_kind_of_entry_is_put_in_and_taken_out(void **state)
{
	(void)state;
	struct profile *profile = empty_profile();
	struct lt_err err = LT_ERR_INIT;
	const char *values[] = { "0.3", "0.5", "-" };
	struct lt_arena *arena = &written.arena;
	assert_int_equal(profile_set_parameter(profile, &(struct profile_parameter){ "low", "21", "第 1 页", "注" }, arena, &err), LT_OK);
	assert_int_equal(profile_set_line(profile, &(struct profile_line){ "l1", "1", "2", "第 2 页", NULL }, arena, &err), LT_OK);
	assert_int_equal(profile_set_weight(profile, &(struct profile_weight){ "w", "s", { values, 3 }, "第 3 页", NULL }, arena, &err), LT_OK);
	assert_int_equal(profile_set_tier(profile, &(struct profile_tier){ .item = "t1", .id = "good", .then = "6", .title = { "好", "good" }, .cite = "第 4 页" }, arena, &err), LT_OK);
	values[0] = "9"; /* the texts were copied */
	expect_text(profile, "parameters:\n- {id: \"low\", value: \"21\", cite: \"第 1 页\", note: \"注\"}\n"
			     "tiers:\n- {item: \"t1\", id: \"good\", then: \"6\", title: {zh: \"好\", en: \"good\"}, cite: \"第 4 页\"}\n"
			     "lines:\n- {item: \"l1\", from: \"1\", to: \"2\", cite: \"第 2 页\"}\n"
			     "weights:\n- {table: \"w\", row: \"s\", values: [\"0.3\", \"0.5\", \"-\"], cite: \"第 3 页\"}\n");
	assert_int_equal(profile_set_parameter(profile, &(struct profile_parameter){ .id = "low" }, arena, &err), LT_OK);
	assert_int_equal(profile_set_line(profile, &(struct profile_line){ .item = "l1" }, arena, &err), LT_OK);
	assert_int_equal(profile_set_weight(profile, &(struct profile_weight){ .table = "w", .row = "s" }, arena, &err), LT_OK);
	assert_int_equal(profile_set_tier(profile, &(struct profile_tier){ .item = "t1", .id = "good" }, arena, &err), LT_OK);
	expect_text(profile, "");
	assert_int_equal(profile_set_parameter(profile, &(struct profile_parameter){ .id = "low" }, arena, &err), LT_EDATA);
	assert_int_equal(profile_set_line(profile, &(struct profile_line){ .item = "l1" }, arena, &err), LT_EDATA);
	assert_int_equal(profile_set_weight(profile, &(struct profile_weight){ .table = "w", .row = "s" }, arena, &err), LT_EDATA);
	assert_int_equal(profile_set_tier(profile, &(struct profile_tier){ .item = "t1", .id = "good" }, arena, &err), LT_EDATA);
}

static void put_tier(struct profile *profile, const char *item, const char *from, const char *above, const char *then)
{
	struct lt_err err = LT_ERR_INIT;
	const struct profile_tier tier = { .item = item, .from = from, .above = above, .then = then, .cite = then ? "p. 6" : NULL };
	if (profile_set_tier(profile, &tier, &written.arena, &err))
		fail_msg("%s", err.text[LT_EN]);
}

/* In whatever order they are typed, they stand in ascending order, so that the check has nothing to say. */
static void test_profile__tiers_go_in_by_their_limits(void **state)
{
	(void)state;
	static const char *const limits[] = { "20", "40", "60", "80.5" };
	struct random random = { 11 };
	for (int turn = 0; turn < 40; turn++) {
		struct profile *profile = empty_profile();
		unsigned order[4] = { 0, 1, 2, 3 };
		for (unsigned i = 3; i > 0; i--) {
			const unsigned j = random_below(&random, i + 1), swap = order[i];
			order[i] = order[j];
			order[j] = swap;
		}
		for (unsigned i = 0; i < 4; i++) {
			put_tier(profile, "m1", order[i] % 2 ? NULL : limits[order[i]], order[i] % 2 ? limits[order[i]] : NULL, "6");
			if (i == 1)
				put_tier(profile, "l1", "5", NULL, "5");
		}
		unsigned seen = 0;
		for (unsigned i = 0; i < profile->n_tiers; i++)
			if (strcmp(profile->tiers[i].item, "m1") == 0) {
				const char *limit = profile->tiers[i].from ? profile->tiers[i].from : profile->tiers[i].above;
				assert_string_equal(limit, limits[seen++]);
			}
		assert_int_equal(seen, 4);
		assert_int_equal(check(profile).n_errors, 0);
	}
}

static void test_profile__a_tier_is_known_by_its_limit_or_its_id(void **state)
{
	(void)state;
	struct profile *profile = empty_profile();
	struct lt_err err = LT_ERR_INIT;
	put_tier(profile, "m1", "20", NULL, "2");
	put_tier(profile, "m1", "50", NULL, "6");
	put_tier(profile, "m1", NULL, "20.0", "3"); /* the same limit: only now above it */
	assert_int_equal(profile->n_tiers, 2);
	assert_null(profile->tiers[0].from);
	assert_string_equal(profile->tiers[0].then, "3");
	put_tier(profile, "m1", "20", NULL, NULL);
	assert_int_equal(profile->n_tiers, 1);
	assert_string_equal(profile->tiers[0].from, "50");
	assert_int_equal(profile_set_tier(profile, &(struct profile_tier){ .item = "m1", .then = "2" }, &written.arena, &err), LT_EDATA);
	assert_non_null(strstr(err.text[LT_EN], "m1"));
	assert_int_equal(profile->n_tiers, 1);
}

static void test_profile__a_copy_made_before_a_change_stays_as_it_was(void **state)
{
	(void)state;
	struct profile *profile = load(everything);
	const struct profile before = *profile;
	const char *text = text_of(&before);
	struct lt_err err = LT_ERR_INIT;
	put_points(profile, "p1", "12", "p. 9");
	put_points(profile, "p2", NULL, NULL);
	put_tier(profile, "l1", "20", NULL, "2");
	assert_int_equal(profile_set_line(profile, &(struct profile_line){ .item = "m1" }, &written.arena, &err), LT_OK);
	assert_string_not_equal(text_of(profile), text);
	assert_string_equal(text_of(&before), text);
}

/* What stood on line 9 may stand elsewhere now: findings then have a path, and no line. */
static void test_profile__after_a_change_findings_have_no_stale_lines(void **state)
{
	(void)state;
	struct profile *profile = load(everything);
	put_points(profile, "gone", "1", "p. 9");
	const struct lt_findings findings = check(profile);
	assert_int_equal(findings.n_errors, 1);
	assert_string_equal(findings.first->path, "points[2].item");
	assert_int_equal(findings.first->line, 0);
}

static void test_profile__a_change_without_memory_changes_nothing(void **state)
{
	(void)state;
	struct profile *profile = empty_profile();
	struct lt_err err = LT_ERR_INIT;
	struct lt_arena narrow;
	put_points(profile, "p1", "11", "p. 4");
	const char *before = text_of(profile);
	lt_arena_init(&narrow, 1);
	assert_int_equal(profile_set_points(profile, &(struct profile_points){ "p2", "3", "p. 4", NULL }, &narrow, &err), LT_ESPACE);
	assert_int_equal(profile_set_points(profile, &(struct profile_points){ .item = "p1" }, &narrow, &err), LT_ESPACE);
	lt_arena_release(&narrow);
	assert_string_equal(text_of(profile), before);
}

/* A form can type anything; what no file could hold is told as for a file. */
static void test_profile__settling_judges_what_was_typed(void **state)
{
	(void)state;
	static const struct {
		const char *value, *cite;
		enum lt_status status;
		const char *path, *text;
	} rows[] = {
		{ "11", "第 4 页", LT_OK, "", "" },
		{ "11,5", "c", LT_EFILE, "points[0].value", "'11,5' is not a number" },
		{ "1.0000000000001", "c", LT_EFILE, "points[0].value", "more than 12 decimal places" },
		{ "", "c", LT_EFILE, "points[0].value", "is not a number" },
		{ "11", "page\n4", LT_EFILE, "points[0].cite", "one line only" },
		{ "11", "page\x1b[31m", LT_EDATA, NULL, "cite: 'page\\x1B[31m' has control characters" },
		{ "11", "page\xe2\x80\xae", LT_EDATA, NULL, "cite: 'page\\u{202E}' has control characters" },
		{ "11", NULL, LT_EFILE, "points[0]", "key cite is missing" },
		{ "11", "\xd2\xd2", LT_EDATA, NULL, "is not UTF-8" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct profile *profile = empty_profile(), *settled = NULL;
		struct lt_findings findings = fresh_findings();
		struct lt_err err = LT_ERR_INIT;
		char *text = NULL;
		size_t len = 0;
		put_points(profile, "p1", rows[i].value, rows[i].cite);
		const enum lt_status status = profile_settle(profile, &written.arena, &findings, &settled, &text, &len, &err);
		assert_int_equal(status, rows[i].status);
		assert_int_equal(settled != NULL, status == LT_OK);
		if (status == LT_EFILE) {
			assert_string_equal(findings.first->path, rows[i].path);
			if (!strstr(findings.first->text[LT_EN], rows[i].text))
				fail_msg("row %zu: %s", i, findings.first->text[LT_EN]);
		}
		if (status == LT_EDATA && !strstr(err.text[LT_EN], rows[i].text))
			fail_msg("row %zu: %s", i, err.text[LT_EN]);
	}
}

/* Settled, it can be checked with places again, in the text that is kept. */
static void test_profile__a_settled_profile_has_places_in_its_text(void **state)
{
	(void)state;
	struct profile *profile = empty_profile(), *settled;
	struct lt_findings findings = fresh_findings();
	struct lt_err err = LT_ERR_INIT;
	char *text;
	size_t len;
	put_points(profile, "p1", "11", "p. 4");
	put_points(profile, "gone", "11", "p. 4");
	assert_int_equal(profile_settle(profile, &written.arena, &findings, &settled, &text, &len, &err), LT_OK);
	const struct lt_findings found = check(settled);
	assert_int_equal(found.n_errors, 1);
	assert_int_equal(found.first->line, 7);
}

/* Sums cannot hold while numbers are still being entered; the entries by themselves are right. */
static void test_profile__sums_are_checked_apart(void **state)
{
	(void)state;
	struct profile *profile = empty_profile();
	struct lt_findings findings = fresh_findings();
	put_points(profile, "p1", "11", "p. 4");
	profile_check_entries(profile, "x", written.ruleset, &findings);
	assert_int_equal(findings.n_errors, 0);
	profile_check_sums(profile, "x", written.ruleset, &written.arena, &findings);
	assert_int_equal(findings.n_errors, 1);
	put_points(profile, "p2", "3", "p. 4");
	assert_int_equal(check(profile).n_errors, 0);
}

/* ---- writing ---- */

static void expect_same_text(const char *what, const char *a, const char *b)
{
	if (!a != !b || (a && strcmp(a, b) != 0))
		fail_msg("%s: '%s' came back as '%s'", what, a ? a : "nothing", b ? b : "nothing");
}

static void expect_same(const struct profile *a, const struct profile *b)
{
#define SAME(member) expect_same_text(#member, a->member, b->member)
	SAME(id), SAME(ruleset), SAME(responsible), SAME(edition), SAME(date), SAME(title.zh), SAME(title.en), SAME(made_up);
	assert_int_equal(a->n_parameters, b->n_parameters);
	for (unsigned i = 0; i < a->n_parameters; i++)
		SAME(parameters[i].id), SAME(parameters[i].value), SAME(parameters[i].cite), SAME(parameters[i].note);
	assert_int_equal(a->n_points, b->n_points);
	for (unsigned i = 0; i < a->n_points; i++)
		SAME(points[i].item), SAME(points[i].value), SAME(points[i].cite), SAME(points[i].note);
	assert_int_equal(a->n_tiers, b->n_tiers);
	for (unsigned i = 0; i < a->n_tiers; i++) {
		SAME(tiers[i].item), SAME(tiers[i].id), SAME(tiers[i].from), SAME(tiers[i].above), SAME(tiers[i].then);
		SAME(tiers[i].title.zh), SAME(tiers[i].title.en), SAME(tiers[i].cite), SAME(tiers[i].note);
	}
	assert_int_equal(a->n_lines, b->n_lines);
	for (unsigned i = 0; i < a->n_lines; i++)
		SAME(lines[i].item), SAME(lines[i].from), SAME(lines[i].to), SAME(lines[i].cite), SAME(lines[i].note);
	assert_int_equal(a->n_weights, b->n_weights);
	for (unsigned i = 0; i < a->n_weights; i++) {
		SAME(weights[i].table), SAME(weights[i].row), SAME(weights[i].cite), SAME(weights[i].note);
		assert_int_equal(a->weights[i].values.n, b->weights[i].values.n);
		for (unsigned v = 0; v < a->weights[i].values.n; v++)
			SAME(weights[i].values.at[v]);
	}
#undef SAME
}

static const char *pick(struct random *random, const char *const *from, size_t n)
{
	return from[random_below(random, (uint32_t)n)];
}
#define PICK(random, list) pick(random, list, sizeof(list) / sizeof((list)[0]))

/* What a person may write, and what YAML would take for something else. */
static const char *random_text(struct random *random)
{
	static const char *const pieces[] = { "第 12 页", " ", "a", "'", "\"", "\\", ": ", " #", "- ", "{", "}", "[", "]", ",", "&x", "*x", "!!str", "|", ">", "%", "@", "`", "null", "~",
					      "no", "1.10", "0x1F", "2026-03-01", "表 3：注 2", "é", "零", "碳", "😀", "𠮷", "　", "\\u96F6", "%s", "\u2028", "\u2029", "\u3000", "?", "=", "<<" };
	char text[400] = "";
	const unsigned n = 1 + random_below(random, 8);
	for (unsigned i = 0; i < n; i++)
		strcat(text, PICK(random, pieces));
	for (unsigned i = random_below(random, 12) ? 0 : 30; i > 0; i--) /* now and then longer than a line */
		strcat(text, "a word ");
	return lt_arena_printf(&written.arena, "%s", text);
}

static const char *maybe_text(struct random *random)
{
	return random_below(random, 2) ? random_text(random) : NULL;
}

static const char *random_id(struct random *random)
{
	static const char *const ids[] = { "p1", "4.2.1", "no", "null", "1.10", "1e5", "-", "a_b-c.d", "0", "true", "yes" };
	return PICK(random, ids);
}

static const char *random_number(struct random *random)
{
	static const char *const numbers[] = { "0", "1", "-1", "0.50", "12.000000000001", "99999999999999999999999999", "-0.1", "100" };
	return PICK(random, numbers);
}

static void random_entries(struct random *random, struct profile *profile)
{
	struct lt_arena *arena = &written.arena;
	profile->n_parameters = random_below(random, 4);
	profile->parameters = lt_arena_alloc(arena, profile->n_parameters + 1, sizeof(*profile->parameters));
	for (unsigned i = 0; i < profile->n_parameters; i++)
		profile->parameters[i] = (struct profile_parameter){ random_id(random), random_number(random), random_text(random), maybe_text(random) };
	profile->n_points = random_below(random, 4);
	profile->points = lt_arena_alloc(arena, profile->n_points + 1, sizeof(*profile->points));
	for (unsigned i = 0; i < profile->n_points; i++)
		profile->points[i] = (struct profile_points){ random_id(random), random_number(random), random_text(random), maybe_text(random) };
	profile->n_tiers = random_below(random, 5);
	profile->tiers = lt_arena_alloc(arena, profile->n_tiers + 1, sizeof(*profile->tiers));
	for (unsigned i = 0; i < profile->n_tiers; i++) {
		struct profile_tier *tier = &profile->tiers[i];
		*tier = (struct profile_tier){ .item = random_id(random), .then = random_number(random), .cite = random_text(random), .note = maybe_text(random) };
		tier->id = random_below(random, 2) ? random_id(random) : NULL;
		tier->from = random_below(random, 2) ? random_number(random) : NULL;
		tier->above = random_below(random, 2) ? random_number(random) : NULL;
		if (random_below(random, 2))
			tier->title = (struct label){ random_text(random), random_text(random) };
	}
	profile->n_lines = random_below(random, 3);
	profile->lines = lt_arena_alloc(arena, profile->n_lines + 1, sizeof(*profile->lines));
	for (unsigned i = 0; i < profile->n_lines; i++)
		profile->lines[i] = (struct profile_line){ random_id(random), random_number(random), random_number(random), random_text(random), maybe_text(random) };
	profile->n_weights = random_below(random, 3);
	profile->weights = lt_arena_alloc(arena, profile->n_weights + 1, sizeof(*profile->weights));
	for (unsigned i = 0; i < profile->n_weights; i++) {
		const unsigned n = random_below(random, 5);
		const char **values = lt_arena_alloc(arena, n + 1, sizeof(*values));
		for (unsigned v = 0; v < n; v++)
			values[v] = random_below(random, 3) ? random_number(random) : "-";
		profile->weights[i] = (struct profile_weight){ random_id(random), random_id(random), { values, n }, random_text(random), maybe_text(random) };
	}
}

static void test_profile__what_is_written_comes_back(void **state)
{
	(void)state;
	struct random random = { 2026 };
	for (int turn = 0; turn < 400; turn++) {
		struct profile profile = { .id = random_id(&random), .ruleset = random_id(&random), .responsible = random_text(&random) };
		profile.title = (struct label){ random_text(&random), random_text(&random) };
		profile.edition = random_below(&random, 2) ? "T/X 1-2026: 第 2 版" : NULL;
		profile.date = random_below(&random, 2) ? "2026-02-28" : NULL;
		profile.made_up = random_below(&random, 2) ? "yes" : NULL;
		random_entries(&random, &profile);
		const char *text = text_of(&profile);
		const struct profile *back = load(text);
		expect_same(&profile, back);
		assert_string_equal(text_of(back), text);
		assert_int_equal(document_kind(&(const struct yaml_source){ .name = "x", .text = text, .len = strlen(text) }), DOCUMENT_PROFILE);
	}
}

static void test_profile__the_canonical_text(void **state)
{
	(void)state;
	assert_string_equal(
		text_of(load(everything)),
		"profile: \"ours\"\nruleset: \"body\"\nedition: \"T/X 1-2026\"\nresponsible: \"示例机构\"\ndate: \"2026-03-01\"\ntitle: {zh: \"甲\", en: \"A\"}\n"
		"parameters:\n- {id: \"low\", value: \"25\", cite: \"第 3 页\"}\n- {id: \"extra\", value: \"9\", cite: \"第 3 页\"}\n"
		"points:\n- {item: \"p1\", value: \"11\", cite: \"第 4 页\"}\n- {item: \"p2\", value: \"2\", cite: \"第 4 页\"}\n"
		"tiers:\n- {item: \"t1\", id: \"fair\", then: \"3\", cite: \"第 5 页\"}\n"
		"- {item: \"t1\", id: \"best\", then: \"7\", title: {zh: \"优\", en: \"best\"}, cite: \"第 5 页\", note: \"新增一档\"}\n"
		"- {item: \"l1\", from: \"10\", then: \"1\", cite: \"第 6 页\"}\n- {item: \"l1\", above: \"30\", then: \"3\", cite: \"第 6 页\"}\n"
		"lines:\n- {item: \"m1\", from: \"80\", to: \"20\", cite: \"第 7 页\"}\n"
		"weights:\n- {table: \"w\", row: \"s\", values: [\"0.3\", \"0.5\", \"0.9\"], cite: \"第 8 页\"}\n"
		"- {table: \"w\", row: \"x\", values: [\"0.7\", \"0.5\", \"0.1\"], cite: \"第 8 页\"}\n");
}

static const char *digest_of(const struct profile *profile)
{
	static char hex[LT_SHA256_HEX];
	const char *text = text_of(profile);
	profile_digest(text, strlen(text), hex);
	return hex;
}

static void test_profile__the_digest_is_of_the_numbers_and_not_of_the_layout(void **state)
{
	(void)state;
	char hex[LT_SHA256_HEX], other[LT_SHA256_HEX];
	profile_digest("abc", 3, hex); /* FIPS 180-4 */
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	strcpy(hex, digest_of(load(PROFILE_HEAD "points: [{item: p1, value: \"11\", cite: \"c\"}]\n")));
	strcpy(other, digest_of(load("{\"profile\": \"ours\", \"points\": [{\"cite\": \"c\", \"item\": \"p1\", \"value\": \"11\"}],\n  \"title\": {\"en\": \"A\", \"zh\": \"甲\"}, # no matter\n"
				     "  \"responsible\": \"示例机构\", \"ruleset\": \"body\"}\n")));
	assert_string_equal(hex, other);
	strcpy(other, digest_of(load(PROFILE_HEAD "points: [{item: p1, value: \"11\", cite: \"d\"}]\n")));
	assert_string_not_equal(hex, other);
}

static void test_profile__a_list_longer_than_any_standard_is_refused(void **state)
{
	(void)state;
	static const char *const lists[][2] = {
		{ "parameters", "- {id: a, value: \"1\", cite: c}\n" }, { "points", "- {item: a, value: \"1\", cite: c}\n" }, { "tiers", "- {item: a, then: \"1\", cite: c}\n" },
		{ "lines", "- {item: a, from: \"1\", to: \"2\", cite: c}\n" }, { "weights", "- {table: a, row: b, values: [], cite: c}\n" },
	};
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct lt_findings findings = fresh_findings();
		struct lt_err err = LT_ERR_INIT;
		struct profile *profile = NULL;
		char *text = malloc(60 * (PROFILE_MAX_ENTRIES + 10)), *at = text;
		at += sprintf(at, PROFILE_HEAD "%s:\n", lists[i][0]);
		for (int n = 0; n <= PROFILE_MAX_ENTRIES; n++)
			at = stpcpy(at, lists[i][1]);
		const struct yaml_source source = written_source("profile.yaml", text);
		assert_int_equal(profile_load(&source, &written.arena, &findings, &profile, &err), LT_EFILE);
		assert_null(profile);
		assert_string_equal(findings.first->path, lists[i][0]);
		assert_int_equal(findings.first->line, 6);
		free(text);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(test_profile__##name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(everything_wrong_is_found_where_it_stands),
		TEST(all_findings_at_once),
		TEST(a_full_profile_fits),
		TEST(its_numbers_are_computed_with),
		TEST(one_number_at_a_time),
		TEST(every_kind_of_entry_is_put_in_and_taken_out),
		TEST(tiers_go_in_by_their_limits),
		TEST(a_tier_is_known_by_its_limit_or_its_id),
		TEST(a_copy_made_before_a_change_stays_as_it_was),
		TEST(after_a_change_findings_have_no_stale_lines),
		TEST(a_change_without_memory_changes_nothing),
		TEST(settling_judges_what_was_typed),
		TEST(a_settled_profile_has_places_in_its_text),
		TEST(sums_are_checked_apart),
		TEST(what_is_written_comes_back),
		TEST(the_canonical_text),
		TEST(the_digest_is_of_the_numbers_and_not_of_the_layout),
		TEST(a_list_longer_than_any_standard_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
