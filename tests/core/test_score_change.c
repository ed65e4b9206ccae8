/* A score brought up to date after one answer is the score from the start. */
#include "written.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))

struct park {
	struct library *library;
	const struct units *units;
	struct lt_arena *arena;
	struct lt_err err;
	const struct plan *plan;
	struct answers answers;
	struct result changed, whole;
	struct random random;
};

static const char *random_reason(struct park *park, const struct words *na)
{
	const struct na_reason *reason = ruleset_find_na_reason(park->plan->ruleset, na->at[random_below(&park->random, na->n)]);
	return reason->needs_text ? "written out" : reason->id;
}

static void random_item(struct park *park, uint32_t slot)
{
	const struct plan_item *item = &park->plan->items[slot];
	const struct item *decl = item->decl;
	char words[300] = "unset", points[LT_DECIMAL_TEXT];
	const uint32_t choice = random_below(&park->random, 8);
	if (choice == 0)
		;
	else if (choice == 1 && decl->na.n)
		snprintf(words, sizeof(words), "na:%s", random_reason(park, &decl->na));
	else if (decl->form == FORM_MET)
		strcpy(words, choice > 3 ? "met" : "not-met");
	else if (decl->form == FORM_JUDGEMENT)
		strcpy(words, choice > 3 ? "yes" : "no");
	else if (decl->form == FORM_TIERS)
		snprintf(words, sizeof(words), "tier:%s", decl->tiers[random_below(&park->random, decl->n_tiers)].id);
	else if (decl->form == FORM_CHECKLIST)
		snprintf(words, sizeof(words), "checks:%s", decl->checks[random_below(&park->random, decl->n_checks)].id);
	else if (decl->form == FORM_POINTS) {
		struct lt_decimal part = { item->points.units / 4 * (lt_int128)random_below(&park->random, 5) };
		lt_decimal_format(part, points);
		snprintf(words, sizeof(words), "points:%s", points);
	}
	/* what it refuses (another stage, a reason of another stage) changes nothing, and that must hold too */
	struct lt_err err = LT_ERR_INIT;
	answers_set(&park->answers, park->plan, decl->id, words, &err);
}

static void random_quantity(struct park *park, uint32_t slot)
{
	static const char *const values[] = { "0", "0.5", "1", "3", "12", "40", "100", "199999", "200000", "999999.5", "1000000", "-7" };
	const struct quantity *decl = park->plan->quantities[slot - park->plan->first_quantity].decl;
	struct lt_err err = LT_ERR_INIT;
	const uint32_t choice = random_below(&park->random, 6);
	if (choice == 0)
		answers_set_quantity_na(&park->answers, park->plan, decl->id, NULL, &err);
	else if (choice == 1 && decl->na.n)
		answers_set_quantity_na(&park->answers, park->plan, decl->id, random_reason(park, &decl->na), &err);
	else
		answers_set_quantity(&park->answers, park->plan, park->units, decl->id, values[random_below(&park->random, N(values))], NULL, &err);
}

static void assert_same_results(const struct park *park)
{
	const struct plan *plan = park->plan;
	for (uint32_t slot = 0; slot < plan->n_slots; slot++) {
		char a[SHOWN], b[SHOWN];
		const struct value *changed = &park->changed.values[slot], *whole = &park->whole.values[slot];
		if (!value_equals(changed, whole) || changed->none_at != whole->none_at)
			fail_msg("%s %s: changed %s, whole %s", plan->ruleset->id, plan_slot_name(plan, slot), show(changed, a), show(whole, b));
		for (uint32_t input = 0; input < plan->n_inputs; input++)
			if (result_is_open(&park->changed, slot, input) != result_is_open(&park->whole, slot, input))
				fail_msg("%s %s: open through %s differs", plan->ruleset->id, plan_slot_name(plan, slot), plan_slot_name(plan, input));
	}
}

static void walk(struct park *park, const struct ruleset *ruleset, unsigned steps)
{
	const struct selection selection = {
		.park_type = ruleset->n_park_types ? ruleset->park_types[random_below(&park->random, ruleset->n_park_types)].id : NULL,
		.stage = ruleset->n_stages ? ruleset->stages[random_below(&park->random, ruleset->n_stages)].id : NULL,
		.place = ruleset->n_places ? ruleset->places[random_below(&park->random, ruleset->n_places)].id : NULL,
	};
	struct plan *plan;
	if (plan_compile(ruleset, &selection, NULL, park->arena, &plan, &park->err))
		fail_msg("%s", park->err.text[LT_EN]);
	park->plan = plan;
	assert_int_equal(answers_init(&park->answers, ruleset, park->arena, &park->err), LT_OK);
	assert_int_equal(result_init(&park->changed, plan, park->arena, &park->err), LT_OK);
	assert_int_equal(result_init(&park->whole, plan, park->arena, &park->err), LT_OK);
	assert_int_equal(score_all(plan, &park->answers, &park->changed, &park->err), LT_OK);
	for (unsigned step = 0; step < steps; step++) {
		const uint32_t slot = random_below(&park->random, plan->first_parameter);
		if (slot < plan->n_items)
			random_item(park, slot);
		else
			random_quantity(park, slot);
		assert_int_equal(score_change(plan, &park->answers, slot, &park->changed, &park->err), LT_OK);
		assert_int_equal(score_all(plan, &park->answers, &park->whole, &park->err), LT_OK);
		assert_same_results(park);
	}
}

static void test_score_change__gives_what_scoring_anew_gives(void **state)
{
	(void)state;
	struct library library;
	struct lt_err err = LT_ERR_INIT;
	struct lt_findings findings;
	struct lt_arena arena;
	struct park park = { .library = &library, .arena = &arena, .random = { 910 }, .err = LT_ERR_INIT };
	lt_arena_init(&arena, 0);
	assert_int_equal(library_open(&library, embedded_files, NULL, NULL, &err), LT_OK);
	lt_findings_init(&findings, &library.arena);
	assert_int_equal(library_units(&library, &findings, &park.units, &err), LT_OK);
	assert_int_equal(library.n_entries, 5);
	for (unsigned i = 0; i < library.n_entries; i++) {
		struct ruleset *ruleset;
		assert_int_equal(library_load(&library, library.entries[i].id, &findings, &ruleset, &err), LT_OK);
		for (unsigned turn = 0; turn < 4; turn++) {
			lt_arena_reset(&arena);
			walk(&park, ruleset, 100);
		}
	}
	lt_arena_release(&arena);
	library_release(&library);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_score_change__gives_what_scoring_anew_gives) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
