/* One number of a profile at a time. Lists are made anew, so that a copy of the profile keeps its
 * own. */
#include <string.h>
#include "lingtan/app/profile.h"

/* One list of a profile; nothing is written before everything is there. */
struct editing {
	struct profile *profile;
	struct lt_arena *arena;
	struct lt_err *err;
	enum lt_status status;
	bool failed; /* memory ran out while texts were copied */
};

static const char *keep(struct editing *editing, const char *text)
{
	const char *kept = text ? lt_arena_strndup(editing->arena, text, strlen(text)) : NULL;
	editing->failed |= text && !kept;
	return kept;
}

static struct words keep_words(struct editing *editing, const struct words *words)
{
	struct words kept = {
		.n = words->n, .at = lt_arena_alloc(editing->arena, words->n + 1, sizeof(*kept.at))
	};
	editing->failed |= !kept.at;
	for (unsigned i = 0; kept.at && i < words->n; i++)
		kept.at[i] = keep(editing, words->at[i]);
	return kept;
}

static bool is_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/* The list with `entry` in the place of `at`, or put in before it; NULL when memory ran out. */
static void *list_with(struct editing *editing, const void *list, unsigned n, size_t size,
		       unsigned at, bool in_place, const void *entry)
{
	char *made = lt_arena_alloc(editing->arena, (size_t)n + 1, size);
	if (!made || editing->failed) {
		editing->failed = true;
		return NULL;
	}
	const unsigned rest = at + (in_place ? 1 : 0);
	if (at)
		memcpy(made, list, at * size);
	memcpy(made + at * size, entry, size);
	if (n > rest)
		memcpy(made + (at + 1) * size, (const char *)list + rest * size, (n - rest) * size);
	return made;
}

static void *list_without(struct editing *editing, const void *list, unsigned n, size_t size,
			  unsigned at)
{
	char *made = lt_arena_alloc(editing->arena, n, size);
	if (!made) {
		editing->failed = true;
		return NULL;
	}
	memcpy(made, list, at * size);
	memcpy(made + at * size, (const char *)list + (at + 1) * size, (n - at - 1) * size);
	return made;
}

/* The list with an entry put in or taken out; NULL on a failure, told in err. `found` is where its
 * key stands, *n if nowhere; `before` is where a new one goes. */
static void *change(struct editing *editing, const void *list, unsigned *n, size_t size,
		    unsigned found, unsigned before, const void *entry, bool takes_out,
		    const char *key)
{
	const bool is_there = found < *n;
	if (takes_out && !is_there) {
		editing->status = lt_err_set(editing->err, LT_EDATA, "参数集里没有 %s 这一条",
					     "the profile has no entry for %s", key ? key : "-");
		return NULL;
	}
	void *made = takes_out ? list_without(editing, list, *n, size, found)
			       : list_with(editing, list, *n, size, is_there ? found : before,
					   is_there, entry);
	if (!made) {
		editing->status = lt_err_memory(editing->err);
		return NULL;
	}
	*n = takes_out ? *n - 1 : is_there ? *n : *n + 1;
	/* what stood where is no longer so */
	editing->profile->positions = (struct yaml_positions){ 0 };
	return made;
}

#define CHANGE(list_name, found, before, entry, takes_out, key)                                    \
	do {                                                                                       \
		void *made =                                                                       \
			change(&editing, profile->list_name, &profile->n_##list_name,              \
			       sizeof(*profile->list_name), found, before, entry, takes_out, key); \
		if (made)                                                                          \
			profile->list_name = made;                                                 \
	} while (0)

enum lt_status profile_set_parameter(struct profile *profile, const struct profile_parameter *said,
				     struct lt_arena *arena, struct lt_err *err)
{
	struct editing editing = { .profile = profile, .arena = arena, .err = err };
	const struct profile_parameter entry = { keep(&editing, said->id),
						 keep(&editing, said->value),
						 keep(&editing, said->cite),
						 keep(&editing, said->note) };
	unsigned found = 0;
	while (found < profile->n_parameters && !is_same(profile->parameters[found].id, said->id))
		found++;
	CHANGE(parameters, found, profile->n_parameters, &entry, !said->value, said->id);
	return editing.status;
}

enum lt_status profile_set_points(struct profile *profile, const struct profile_points *said,
				  struct lt_arena *arena, struct lt_err *err)
{
	struct editing editing = { .profile = profile, .arena = arena, .err = err };
	const struct profile_points entry = { keep(&editing, said->item),
					      keep(&editing, said->value),
					      keep(&editing, said->cite),
					      keep(&editing, said->note) };
	unsigned found = 0;
	while (found < profile->n_points && !is_same(profile->points[found].item, said->item))
		found++;
	CHANGE(points, found, profile->n_points, &entry, !said->value, said->item);
	return editing.status;
}

enum lt_status profile_set_line(struct profile *profile, const struct profile_line *said,
				struct lt_arena *arena, struct lt_err *err)
{
	struct editing editing = { .profile = profile, .arena = arena, .err = err };
	const struct profile_line entry = { keep(&editing, said->item), keep(&editing, said->from),
					    keep(&editing, said->to), keep(&editing, said->cite),
					    keep(&editing, said->note) };
	unsigned found = 0;
	while (found < profile->n_lines && !is_same(profile->lines[found].item, said->item))
		found++;
	CHANGE(lines, found, profile->n_lines, &entry, !said->from && !said->to, said->item);
	return editing.status;
}

enum lt_status profile_set_weight(struct profile *profile, const struct profile_weight *said,
				  struct lt_arena *arena, struct lt_err *err)
{
	struct editing editing = { .profile = profile, .arena = arena, .err = err };
	const struct profile_weight entry = { keep(&editing, said->table),
					      keep(&editing, said->row),
					      keep_words(&editing, &said->values),
					      keep(&editing, said->cite),
					      keep(&editing, said->note) };
	unsigned found = 0;
	while (found < profile->n_weights &&
	       !(is_same(profile->weights[found].table, said->table) &&
		 is_same(profile->weights[found].row, said->row)))
		found++;
	CHANGE(weights, found, profile->n_weights, &entry, !said->values.n, said->row);
	return editing.status;
}

/* ---- tiers ---- */

static bool limit_of(const struct profile_tier *tier, struct lt_decimal *limit)
{
	const char *text = tier->from ? tier->from : tier->above;
	return text && lt_decimal_parse(text, strlen(text), limit) == LT_DECIMAL_OK;
}

/* By id where it has one, else by its limit: "20" and "20.0" are the same one. */
static bool is_same_tier(const struct profile_tier *a, const struct profile_tier *b)
{
	struct lt_decimal left, right;
	if (!is_same(a->item, b->item))
		return false;
	if (a->id || b->id)
		return is_same(a->id, b->id);
	if (limit_of(a, &left) && limit_of(b, &right))
		return left.units == right.units;
	return is_same(a->from, b->from) || is_same(a->above, b->above);
}

/* Behind the item's last tier that does not lie above it; a new item goes to the end. */
static unsigned place_of_tier(const struct profile *profile, const struct profile_tier *tier)
{
	unsigned place = profile->n_tiers;
	struct lt_decimal limit, other;
	const bool has_limit = limit_of(tier, &limit);
	bool is_first = true;
	for (unsigned i = 0; i < profile->n_tiers; i++) {
		if (!is_same(profile->tiers[i].item, tier->item))
			continue;
		const bool lies_above = has_limit && limit_of(&profile->tiers[i], &other) &&
					other.units > limit.units;
		if (!lies_above)
			place = i + 1;
		else if (is_first)
			place = i;
		is_first = false;
	}
	return place;
}

enum lt_status profile_set_tier(struct profile *profile, const struct profile_tier *said,
				struct lt_arena *arena, struct lt_err *err)
{
	struct editing editing = { .profile = profile, .arena = arena, .err = err };
	const struct profile_tier entry = {
		.item = keep(&editing, said->item),
		.id = keep(&editing, said->id),
		.from = keep(&editing, said->from),
		.above = keep(&editing, said->above),
		.then = keep(&editing, said->then),
		.title = { keep(&editing, said->title.zh), keep(&editing, said->title.en) },
		.cite = keep(&editing, said->cite),
		.note = keep(&editing, said->note),
	};
	unsigned found = 0;
	if (!said->id && !said->from && !said->above)
		return lt_err_set(err, LT_EDATA, "条款 %s：要写明是哪一档（id、from 或 above）",
				  "item %s: say which tier, by id, from or above",
				  said->item ? said->item : "-");
	while (found < profile->n_tiers && !is_same_tier(&profile->tiers[found], said))
		found++;
	CHANGE(tiers, found, place_of_tier(profile, said), &entry, !said->then, said->item);
	return editing.status;
}
