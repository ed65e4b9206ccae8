#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "tiny.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))
#define WORDS(...) { (const char *[]){ __VA_ARGS__ }, N(((const char *[]){ __VA_ARGS__ })) }
#define LABEL(text) { text, text }

static struct term stages[] = { { .id = "planning", .title = LABEL("planning") }, { .id = "operation", .title = LABEL("operation") } };
static struct term park_types[] = { { .id = "works", .title = LABEL("works") }, { .id = "office", .title = LABEL("office") } };
static struct term grades[] = { { .id = "low" }, { .id = "zero" }, { .id = "withheld" }, { .id = "not-reached" } };
static struct section sections[] = { { .id = "0" }, { .id = "1" }, { .id = "2" }, { .id = "3" }, { .id = "9" } };
static struct na_reason reasons[] = {
	{ .id = "none-here", .title = LABEL("there is none") },
	{ .id = "other", .title = LABEL("other"), .needs_text = 1 },
};

static struct table_row weights[] = {
	{ "1", { (const char *[]){ "0.5", "0.4" }, 2 } },
	{ "2", { (const char *[]){ "0.5", "0.4" }, 2 } },
	{ "3", { (const char *[]){ "-", "0.2" }, 2 } },
};
static const char *columns[] = { "*/planning", "*/operation" };
static struct table tables[] = { { .id = "weight", .columns = { columns, 2 }, .rows = weights, .n_rows = N(weights) } };

static const char *na[] = { "none-here", "other" };
#define NA { na, 2 }
#define POINTS(text) { .value = text }

static struct step by_hand[] = { { .id = "fair", .then = "15" }, { .id = "good", .then = "30" } };
static struct step by_share[] = { { .from = "20", .then = "10" }, { .from = "50", .then = "20" } };

static const struct item items[TINY_ITEMS] = {
	[C1] = { .id = "c1", .section = "0", .kind = ITEM_CONTROL, .form = FORM_MET, .na = NA },
	[C2] = { .id = "c2", .section = "0", .kind = ITEM_CONTROL, .form = FORM_MET, .na = NA },
	[P11] = { .id = "1.1", .section = "1", .kind = ITEM_SCORING, .form = FORM_POINTS, .points = POINTS("60"), .na = NA },
	[P12] = { .id = "1.2", .section = "1", .kind = ITEM_SCORING, .form = FORM_POINTS, .points = POINTS("40"), .na = NA },
	[P21] = { .id = "2.1", .section = "2", .kind = ITEM_SCORING, .form = FORM_MET, .points = POINTS("50"), .na = NA },
	[T22] = { .id = "2.2", .section = "2", .kind = ITEM_SCORING, .form = FORM_TIERS, .points = POINTS("30"), .tiers = by_hand,
		  .n_tiers = N(by_hand), .na = NA },
	[M23] = { .id = "2.3", .section = "2", .kind = ITEM_SCORING, .form = FORM_MEASURED, .points = POINTS("20"), .quantity = "share",
		  .tiers = by_share, .n_tiers = N(by_share), .na = NA },
	[P31] = { .id = "3.1", .section = "3", .kind = ITEM_SCORING, .form = FORM_POINTS, .points = POINTS("100"), .na = NA },
	[I1] = { .id = "i1", .section = "9", .kind = ITEM_INNOVATION, .form = FORM_POINTS, .points = POINTS("10") },
	[J] = { .id = "j", .section = "9", .kind = ITEM_JUDGEMENT, .form = FORM_JUDGEMENT },
};

static const struct quantity quantities[TINY_QUANTITIES] = {
	[EMISSION] = { .id = "emission", .unit = "tCO2" },
	[ABSORPTION] = { .id = "absorption", .unit = "tCO2" },
	[SHARE] = { .id = "share", .unit = "%" },
};

static const struct parameter parameters[TINY_PARAMETERS] = {
	[BASE_POINTS] = { .id = "base_points", .value = "20", .origin = ORIGIN_SOURCED },
	[PASS_MARK] = { .id = "pass_mark", .value = "60", .origin = ORIGIN_SOURCED, .min = "50", .max = "70" },
	[INNOVATION_COUNTS] = { .id = "innovation_counts", .min = "0", .max = "1" },
};

static const char *low[] = { "controls", "pass" }, *zero[] = { "zero", "j" };
static struct grade_otherwise otherwise[] = { { "withheld", "controls" }, { "not-reached", NULL } };

static const struct node nodes[TINY_NODES] = {
	[CONTROLS] = { .id = "controls", .op = OP_AT_LEAST, .k = "all", .items = "control" },
	[BASE] = { .id = "base", .op = OP_PRODUCT, .in = WORDS("$base_points", "controls") },
	[SECTIONS] = { .id = "section.*", .each = WORDS("1", "2", "3"), .op = OP_SUM, .items = "scoring", .section = "*",
		       .na = NA_RESCALE },
	[BODY] = { .id = "body", .op = OP_SUM, .nodes = "section", .weight = "$weight", .na = NA_DROP },
	[EXTRA] = { .id = "extra", .op = OP_PRODUCT, .in = WORDS("0.2", "i1") },
	[COUNTED] = { .id = "counted", .op = OP_PRODUCT, .in = WORDS("$innovation_counts", "extra") },
	[TOTAL] = { .id = "total", .op = OP_SUM, .in = WORDS("base", "body", "extra"), .publish = PUBLISH_TOTAL },
	[JUDGED] = { .id = "judged", .op = OP_SUM, .in = WORDS("base", "body", "counted") },
	[PASS] = { .id = "pass", .op = OP_COMPARE, .in = WORDS("judged", "$pass_mark"), .is = IS_GE },
	[NET] = { .id = "net", .op = OP_SUM, .in = WORDS("emission", "absorption"), .weights = WORDS("1", "-1"),
		  .publish = PUBLISH_NET },
	[ZERO] = { .id = "zero", .op = OP_COMPARE, .in = WORDS("net", "0"), .is = IS_LE },
	[GRADE] = { .id = "grade", .op = OP_LADDER, .otherwise = otherwise, .n_otherwise = N(otherwise), .publish = PUBLISH_GRADE },
};

void tiny_init(struct tiny *tiny)
{
	*tiny = (struct tiny){ .err = LT_ERR_INIT };
	lt_arena_init(&tiny->arena, 0);
	memcpy(tiny->items, items, sizeof(items));
	memcpy(tiny->quantities, quantities, sizeof(quantities));
	memcpy(tiny->parameters, parameters, sizeof(parameters));
	memcpy(tiny->plan, nodes, sizeof(nodes));
	tiny->grades[0] = (struct grade_rule){ .grade = "low", .when = { low, N(low) } };
	tiny->grades[1] = (struct grade_rule){ .grade = "zero", .when = { zero, N(zero) }, .stage = "operation" };
	tiny->plan[GRADE].grades = tiny->grades;
	tiny->plan[GRADE].n_grades = 2;
	tiny->ruleset = (struct ruleset){
		.id = "tiny", .edition = "1", .code = "T 1",
		.park_types = park_types, .n_park_types = N(park_types), .stages = stages, .n_stages = N(stages),
		.sections = sections, .n_sections = N(sections), .na_reasons = reasons, .n_na_reasons = N(reasons),
		.parameters = tiny->parameters, .n_parameters = TINY_PARAMETERS, .tables = tables, .n_tables = N(tables),
		.quantities = tiny->quantities, .n_quantities = TINY_QUANTITIES, .plan = tiny->plan, .n_plan = SPARE,
		.grades = grades, .n_grades = N(grades), .items = tiny->items, .n_items = TINY_ITEMS,
	};
}

void tiny_release(struct tiny *tiny)
{
	lt_arena_release(&tiny->arena);
}

const struct plan *tiny_plan_with(struct tiny *tiny, const char *park_type, const char *stage, const struct overrides *overrides)
{
	const struct selection selection = { .park_type = park_type, .stage = stage };
	struct plan *plan = NULL;
	if (plan_compile(&tiny->ruleset, &selection, overrides, &tiny->arena, &plan, &tiny->err))
		fail_msg("%s", tiny->err.text[LT_EN]);
	return plan;
}

const struct plan *tiny_plan(struct tiny *tiny, const char *stage)
{
	return tiny_plan_with(tiny, "works", stage, NULL);
}

struct answers tiny_answers(struct tiny *tiny, const struct plan *plan, const char *said)
{
	struct answers answers;
	assert_int_equal(answers_init(&answers, plan->ruleset, &tiny->arena, &tiny->err), LT_OK);
	char *text = lt_arena_strndup(&tiny->arena, said, strlen(said)), *rest = text;
	for (char *word; (word = strtok_r(rest, " ", &rest));) {
		char *value = strchr(word, '=');
		assert_non_null(value);
		*value++ = '\0';
		const bool is_quantity = value[-2] == ':';
		if (is_quantity)
			value[-2] = '\0';
		enum lt_status status = is_quantity ? answers_set_quantity(&answers, plan, NULL, word, value, NULL, &tiny->err) :
						      answers_set(&answers, plan, word, value, &tiny->err);
		if (status)
			fail_msg("%s", tiny->err.text[LT_EN]);
	}
	return answers;
}

struct result tiny_score(struct tiny *tiny, const struct plan *plan, const struct answers *answers)
{
	struct result result;
	assert_int_equal(result_init(&result, plan, &tiny->arena, &tiny->err), LT_OK);
	assert_int_equal(score_all(plan, answers, &result, &tiny->err), LT_OK);
	return result;
}

const struct value *tiny_value(const struct result *result, const char *name)
{
	const uint32_t slot = plan_find(result->plan, name);
	if (slot == NO_SLOT)
		fail_msg("no slot %s", name);
	return &result->values[slot];
}

/* ---- gaps, and their steps in the words of a what-if ---- */

struct gap tiny_gap(struct tiny *tiny, const struct plan *plan, const struct answers *answers, const char *grade)
{
	struct gap gap;
	if (gap_find(plan, answers, plan_published(plan, PUBLISH_GRADE), grade, &tiny->arena, &gap, &tiny->err))
		fail_msg("%s", tiny->err.text[LT_EN]);
	return gap;
}

static struct supposed_change change_of_measured(const struct plan_item *item)
{
	struct supposed_change change = { .id = item->decl->quantity, .is_quantity = true, .value = item->decl->linear.to };
	for (unsigned i = 0; i < item->decl->n_tiers; i++)
		if (item->tier_points[i].units == item->points.units)
			change.value = item->decl->tiers[i].from ? item->decl->tiers[i].from : "50.000000000001";
	return change;
}

static struct supposed_change change_of(struct tiny *tiny, const struct plan *plan, const struct gap_step *step)
{
	const struct plan_item *item = &plan->items[step->item];
	struct supposed_change change = { .id = item->decl->id, .value = "met" };
	if (item->decl->form == FORM_MEASURED)
		return change_of_measured(item);
	if (item->decl->form == FORM_JUDGEMENT)
		change.value = "yes";
	else if (item->decl->form == FORM_TIERS)
		change.value = lt_arena_printf(&tiny->arena, "tier:%s", item->decl->tiers[item->decl->n_tiers - 1].id);
	else if (item->decl->form == FORM_CHECKLIST)
		change.value = "checks:x,y";
	else if (item->decl->form == FORM_POINTS)
		change.value = lt_arena_printf(&tiny->arena, "points:%s", item->decl->points.value);
	return change;
}

/* The certain grade after the steps without one of them (n_steps: after all). */
static const char *grade_without(struct tiny *tiny, const struct plan *plan, const struct answers *answers, const struct gap *gap,
				 unsigned left_out)
{
	struct supposed_change changes[64];
	unsigned n = 0;
	struct answers changed;
	struct result result;
	struct grade_view view;
	for (unsigned i = 0; i < gap->n_steps; i++)
		if (i != left_out)
			changes[n++] = change_of(tiny, plan, &gap->steps[i]);
	if (what_if(plan, NULL, answers, changes, n, &tiny->arena, &changed, &result, &tiny->err))
		fail_msg("%s", tiny->err.text[LT_EN]);
	result_grade(&result, plan_published(plan, PUBLISH_GRADE), &view);
	return view.certain ? view.certain : "";
}

void assert_just_enough(struct tiny *tiny, const struct plan *plan, const struct answers *answers, const struct gap *gap)
{
	assert_true(gap->reached);
	assert_string_equal(grade_without(tiny, plan, answers, gap, gap->n_steps), gap->grade);
	for (unsigned i = 0; i < gap->n_steps; i++)
		assert_string_not_equal(grade_without(tiny, plan, answers, gap, i), gap->grade);
}

struct lt_decimal number(const char *text)
{
	struct lt_decimal out = { 0 };
	assert_int_equal(lt_decimal_parse(text, strlen(text), &out), LT_DECIMAL_OK);
	return out;
}

void assert_value(const struct value *value, const char *text)
{
	char lo[LT_DECIMAL_TEXT], hi[LT_DECIMAL_TEXT];
	assert_int_equal(value->state, VALUE_NUMBER);
	lt_decimal_format(value->lo, lo);
	lt_decimal_format(value->hi, hi);
	assert_string_equal(lo, text);
	assert_string_equal(hi, text);
	assert_false(value->lo_unbounded || value->hi_unbounded || value->maybe_none);
}
