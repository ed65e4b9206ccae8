/* What fields offer to pick from: people, topics, quantities, units. */
#include <string.h>
#include "form_parts.h"

#define MOST_OFFERED 400

static void add(struct form_offer *offer, const char *value, const char *title, const char *detail)
{
	if (offer->n < MOST_OFFERED && value && value[0])
		offer->at[offer->n++] = (struct form_offered){ value, title, detail };
}

static bool add_people(struct workbench *bench, struct form_offer *offer)
{
	const struct form *form;
	struct record **people;
	struct lt_err err = LT_ERR_INIT;
	unsigned n;
	if (record_form(bench->sitting->workspace, "person", &bench->findings, &form, &err) ||
	    record_list(bench->session, form, &people, &n, &err)) {
		workbench_tell_err(bench, &err);
		return false;
	}
	for (unsigned i = 0; i < n; i++)
		add(offer, record_text(people[i], "name"), record_text(people[i], "name"),
		    record_text(people[i], "organisation"));
	return true;
}

static bool add_topics(struct workbench *bench, struct form_offer *offer)
{
	const struct form_set *set;
	struct lt_err err = LT_ERR_INIT;
	if (record_forms(bench->sitting->workspace, &bench->findings, &set, &err)) {
		workbench_tell_err(bench, &err);
		return false;
	}
	for (unsigned i = 0; set->requests && i < set->requests->n_topics; i++) {
		const char *title = label_of(bench, &set->requests->topics[i].title);
		add(offer, title, title, "");
	}
	return true;
}

static void add_quantities(struct workbench *bench, struct form_offer *offer)
{
	const struct ruleset *ruleset = bench->board->ruleset;
	for (unsigned i = 0; i < ruleset->n_quantities; i++)
		add(offer, ruleset->quantities[i].id,
		    label_of(bench, &ruleset->quantities[i].title), ruleset->quantities[i].unit);
}

/* Those in which the standard at hand measures, each once. */
static void add_units(struct workbench *bench, struct form_offer *offer)
{
	const struct ruleset *ruleset = bench->board->ruleset;
	for (unsigned i = 0; i < ruleset->n_quantities; i++) {
		const char *unit = ruleset->quantities[i].unit;
		bool is_there = !unit;
		for (unsigned o = 0; o < offer->n && !is_there; o++)
			is_there = strcmp(offer->at[o].value, unit) == 0;
		if (!is_there)
			add(offer, unit, unit, "");
	}
}

bool form_has_offer(const struct form_field *field)
{
	return field->offer == OFFER_PEOPLE || field->offer == OFFER_TOPICS ||
	       field->offer == OFFER_QUANTITIES || field->offer == OFFER_UNITS;
}

bool form_find_offer(struct workbench *bench, const struct form_field *field,
		     struct lt_arena *arena, struct form_offer *out)
{
	*out = (struct form_offer){ .at = lt_arena_alloc(arena, MOST_OFFERED, sizeof(*out->at)) };
	if (!out->at)
		return false;
	switch (field->offer) {
	case OFFER_PEOPLE:
		return add_people(bench, out);
	case OFFER_TOPICS:
		return add_topics(bench, out);
	case OFFER_QUANTITIES:
		add_quantities(bench, out);
		return true;
	case OFFER_UNITS:
		add_units(bench, out);
		return true;
	case OFFER_NOTHING:
	case OFFER_RULESETS:
	case OFFER_PARAMETERS:
	case OFFER_ITEMS:
	case OFFER_EVIDENCE:
	case OFFER_PLACES:
	case OFFER_STOPS:
	case N_FIELD_OFFERS:
		break;
	}
	return true;
}
