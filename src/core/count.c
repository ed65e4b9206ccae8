#include "lingtan/core/count.h"

#include <string.h>
#include "lingtan/base/ids.h"

const struct count_rule *count_rules_find(const struct count_rules *rules, const char *quantity)
{
	for (unsigned i = 0; i < rules->n_rules; i++)
		if (strcmp(rules->rules[i].quantity, quantity) == 0)
			return &rules->rules[i];
	return NULL;
}

static bool is_mark_of(const void *context, const char *id, size_t len)
{
	const struct counted_place *place = context;
	const char *at = place->marks, *mark;
	size_t n;
	while (lt_ids_next(&at, &mark, &n))
		if (n == len && strncmp(mark, id, n) == 0)
			return true;
	return false;
}

static bool has_all(const struct counted_place *place, const struct words *marks)
{
	for (unsigned i = 0; i < marks->n; i++)
		if (!lt_ids_have(place->marks, marks->at[i]))
			return false;
	return true;
}

bool count_is_in_base(const struct count_rule *rule, const struct counted_place *place)
{
	return words_have(&rule->kinds, place->kind) && has_all(place, &rule->among);
}

bool count_is_counted(const struct count_rule *rule, const struct counted_place *place)
{
	return count_is_in_base(rule, place) && has_all(place, &rule->of);
}

/* How many a place stands for: 1 where it does not say. */
static bool weigh(const struct count_rule *rule, const struct counted_place *place,
		  struct lt_decimal *out)
{
	const char *text = rule->weigh == COUNT_AREA   ? place->area
			   : rule->weigh == COUNT_ENERGY ? place->energy
							 : place->count;
	if (rule->weigh == COUNT_NUMBER && (!text || !text[0]))
		text = "1";
	return text && lt_decimal_parse(text, strlen(text), out) == LT_DECIMAL_OK;
}

/* Every id of a list, by a test. */
static bool all_of(const char *list, bool (*holds)(const void *context, const char *id, size_t len),
		   const void *context)
{
	const char *at = list, *id;
	size_t n;
	while (lt_ids_next(&at, &id, &n))
		if (!holds(context, id, n))
			return false;
	return true;
}

static bool is_among(const void *context, const char *id, size_t len)
{
	const struct count_rule *rule = context;
	for (unsigned i = 0; i < rule->among.n; i++)
		if (strlen(rule->among.at[i]) == len && strncmp(rule->among.at[i], id, len) == 0)
			return true;
	return false;
}

/* A population with marks that the base does not ask for says nothing of the others in it. */
static bool is_of_base(const struct count_rule *rule, const struct counted_frame *frame)
{
	return words_have(&rule->kinds, frame->kind) && all_of(frame->marks, is_among, rule);
}

static bool is_in_frame(const struct counted_frame *frame, const struct counted_place *place)
{
	return strcmp(place->kind, frame->kind) == 0 && all_of(frame->marks, is_mark_of, place);
}

/* Of the places that a population has in it, as many must be entered. */
static bool is_whole(const struct count_rule *rule, const struct counted_place *places, unsigned n,
		     const struct counted_frame *frame)
{
	struct lt_decimal size, entered = { 0 }, one;
	const struct count_rule number = { .weigh = COUNT_NUMBER };
	if (!is_of_base(rule, frame) || !frame->size ||
	    lt_decimal_parse(frame->size, strlen(frame->size), &size) != LT_DECIMAL_OK)
		return true;
	for (unsigned i = 0; i < n; i++)
		if (is_in_frame(frame, &places[i]) &&
		    (!weigh(&number, &places[i], &one) ||
		     !lt_decimal_add(entered, one, &entered)))
			return false;
	return lt_decimal_compare(entered, size) >= 0;
}

/* Of every kind of the base a population says how many there are, and as many are entered. */
static bool is_proved(const struct count_rule *rule, const struct counted_place *places, unsigned n,
		      const struct counted_frame *frames, unsigned n_frames)
{
	for (unsigned k = 0; k < rule->kinds.n; k++) {
		bool has = false;
		for (unsigned i = 0; i < n_frames && !has; i++)
			has = strcmp(frames[i].kind, rule->kinds.at[k]) == 0 && frames[i].size &&
			      frames[i].size[0] && is_of_base(rule, &frames[i]) &&
			      is_whole(rule, places, n, &frames[i]);
		if (!has)
			return false;
	}
	return rule->kinds.n > 0;
}

static void conclude(const struct count_rule *rule, struct count_result *out)
{
	out->state = COUNT_NOTHING;
	if (!out->n_base || (!rule->among.n && !out->n_counted))
		return;
	out->value = out->counted;
	if (rule->share && !lt_decimal_multiply_divide(out->counted, lt_decimal_from_int(100),
						       out->base, &out->value))
		return;
	out->state = COUNT_VALUE;
}

void count_compute(const struct count_rule *rule, const struct counted_place *places, unsigned n,
		   const struct counted_frame *frames, unsigned n_frames, struct count_result *out)
{
	bool is_incomplete = false;
	*out = (struct count_result){ .state = COUNT_NOTHING };
	for (unsigned i = 0; i < n; i++) {
		struct lt_decimal weight;
		if (!count_is_in_base(rule, &places[i]))
			continue;
		const bool counts = count_is_counted(rule, &places[i]);
		out->n_base++;
		out->n_counted += counts;
		if (!weigh(rule, &places[i], &weight) ||
		    !lt_decimal_add(out->base, weight, &out->base) ||
		    (counts && !lt_decimal_add(out->counted, weight, &out->counted))) {
			is_incomplete = true;
			out->missing = places[i].id;
		}
	}
	for (unsigned i = 0; i < n_frames && !is_incomplete; i++)
		is_incomplete = !is_whole(rule, places, n, &frames[i]);
	out->is_proved = is_proved(rule, places, n, frames, n_frames);
	conclude(rule, out);
	if (out->state == COUNT_VALUE && is_incomplete)
		out->state = COUNT_INCOMPLETE;
}
