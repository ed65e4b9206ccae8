/* Entries of a profile through the forms of forms/profile.yaml. */
#include <string.h>
#include "lingtan/app/profiles.h"

/* Where a member of an entry lies in its struct; list NULL = the head. */
struct place {
	const char *list, *name;
	size_t at;
};

static const struct place places[] = {
	{ NULL, "profile", offsetof(struct profile, id) },
	{ NULL, "ruleset", offsetof(struct profile, ruleset) },
	{ NULL, "edition", offsetof(struct profile, edition) },
	{ NULL, "responsible", offsetof(struct profile, responsible) },
	{ NULL, "date", offsetof(struct profile, date) },
	{ NULL, "title.zh", offsetof(struct profile, title.zh) },
	{ NULL, "title.en", offsetof(struct profile, title.en) },
	{ NULL, "made_up", offsetof(struct profile, made_up) },
	{ "parameters", "id", offsetof(struct profile_parameter, id) },
	{ "parameters", "value", offsetof(struct profile_parameter, value) },
	{ "parameters", "cite", offsetof(struct profile_parameter, cite) },
	{ "parameters", "note", offsetof(struct profile_parameter, note) },
	{ "points", "item", offsetof(struct profile_points, item) },
	{ "points", "value", offsetof(struct profile_points, value) },
	{ "points", "cite", offsetof(struct profile_points, cite) },
	{ "points", "note", offsetof(struct profile_points, note) },
	{ "tiers", "item", offsetof(struct profile_tier, item) },
	{ "tiers", "id", offsetof(struct profile_tier, id) },
	{ "tiers", "from", offsetof(struct profile_tier, from) },
	{ "tiers", "above", offsetof(struct profile_tier, above) },
	{ "tiers", "then", offsetof(struct profile_tier, then) },
	{ "tiers", "title.zh", offsetof(struct profile_tier, title.zh) },
	{ "tiers", "title.en", offsetof(struct profile_tier, title.en) },
	{ "tiers", "cite", offsetof(struct profile_tier, cite) },
	{ "tiers", "note", offsetof(struct profile_tier, note) },
	{ "lines", "item", offsetof(struct profile_line, item) },
	{ "lines", "from", offsetof(struct profile_line, from) },
	{ "lines", "to", offsetof(struct profile_line, to) },
	{ "lines", "cite", offsetof(struct profile_line, cite) },
	{ "lines", "note", offsetof(struct profile_line, note) },
	{ "weights", "table", offsetof(struct profile_weight, table) },
	{ "weights", "row", offsetof(struct profile_weight, row) },
	{ "weights", "cite", offsetof(struct profile_weight, cite) },
	{ "weights", "note", offsetof(struct profile_weight, note) },
};

/* An entry of any list. */
union profile_entry {
	struct profile head;
	struct profile_parameter parameter;
	struct profile_points points;
	struct profile_tier tier;
	struct profile_line line;
	struct profile_weight weight;
};

static bool is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool names_place(const struct place *place, const struct form *form,
			const struct form_field *field)
{
	const char *name = field->key ? field->key : field->member;
	const size_t len = field->group ? strlen(field->group) : 0;
	if (!is_same(place->list, form->list))
		return false;
	if (!len)
		return strcmp(place->name, name) == 0;
	return strncmp(place->name, field->group, len) == 0 && place->name[len] == '.' &&
	       strcmp(place->name + len + 1, name) == 0;
}

/* The text of a field in an entry; NULL for a field that is a list of texts. */
static const char **text_of(void *entry, const struct form *form, const struct form_field *field)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (names_place(&places[i], form, field))
			return (const char **)(void *)((char *)entry + places[i].at);
	return NULL;
}

const struct form *profile_form_find(const struct form *profile, const char *name)
{
	if (strcmp(name, "head") == 0 || strcmp(name, profile->id) == 0)
		return profile;
	for (unsigned i = 0; i < profile->n_entries; i++) {
		const char *dot = strchr(profile->entries[i].id, '.');
		if (strcmp(profile->entries[i].id, name) == 0 ||
		    (dot && strcmp(dot + 1, name) == 0))
			return &profile->entries[i];
	}
	return NULL;
}

/* ---- lists of texts, with commas between ---- */

/* NULL where memory ran out. */
static const char *join(const struct words *words, struct lt_arena *arena)
{
	const char *text = "";
	for (unsigned i = 0; i < words->n && text; i++)
		text = lt_arena_printf(arena, "%s%s%s", text, i ? "," : "", words->at[i]);
	return text;
}

static enum lt_status split(const char *text, struct words *out, struct lt_arena *arena,
			    struct lt_err *err)
{
	*out = (struct words){ .at = lt_arena_alloc(arena, strlen(text) + 1, sizeof(*out->at)) };
	while (out->at && *text) {
		text += strspn(text, " ");
		size_t len = strcspn(text, ",");
		const size_t next = len + (text[len] == ',');
		while (len && text[len - 1] == ' ')
			len--;
		out->at[out->n] = lt_arena_strndup(arena, text, len);
		if (!out->at[out->n++])
			return lt_err_memory(err);
		text += next;
	}
	return out->at ? LT_OK : lt_err_memory(err);
}

/* ---- reading ---- */

unsigned profile_rows(const struct profile *profile, const struct form *form)
{
	if (!form->list)
		return 1;
	return strcmp(form->list, "parameters") == 0 ? profile->n_parameters
	       : strcmp(form->list, "points") == 0   ? profile->n_points
	       : strcmp(form->list, "tiers") == 0    ? profile->n_tiers
	       : strcmp(form->list, "lines") == 0    ? profile->n_lines
						     : profile->n_weights;
}

static void copy_entry(const struct profile *profile, const struct form *form, unsigned at,
		       union profile_entry *out)
{
	*out = (union profile_entry){ 0 };
	if (!form->list)
		out->head = *profile;
	else if (strcmp(form->list, "parameters") == 0)
		out->parameter = profile->parameters[at];
	else if (strcmp(form->list, "points") == 0)
		out->points = profile->points[at];
	else if (strcmp(form->list, "tiers") == 0)
		out->tier = profile->tiers[at];
	else if (strcmp(form->list, "lines") == 0)
		out->line = profile->lines[at];
	else
		out->weight = profile->weights[at];
}

enum lt_status profile_row_at(const struct profile *profile, const struct form *form, unsigned at,
			      const char **values, struct lt_arena *arena, struct lt_err *err)
{
	union profile_entry entry;
	copy_entry(profile, form, at, &entry);
	for (unsigned i = 0; i < form->n_fields; i++) {
		const char **text = text_of(&entry, form, &form->fields[i]);
		values[i] = text ? (*text ? *text : "") : join(&entry.weight.values, arena);
		if (!values[i])
			return lt_err_memory(err);
	}
	return LT_OK;
}

/* Of tiers the key alone does not say which. */
static bool tells_apart(const struct form *form, const struct form_field *field)
{
	static const char *const more[] = { "id", "from", "above" };
	if (field->key)
		return true;
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		if (is_same(form->list, "tiers") && !field->group &&
		    strcmp(field->member, more[i]) == 0)
			return true;
	return false;
}

/* Whether the entry `at` is the one that the keys of `values` name. */
static bool is_named(const struct form *form, const char *const *values, const char *const *at)
{
	for (unsigned i = 0; i < form->n_fields && form->list; i++)
		if (tells_apart(form, &form->fields[i]) &&
		    (form->fields[i].key || (values[i] && values[i][0])) &&
		    !is_same(values[i], at[i]))
			return false;
	return true;
}

enum lt_status profile_row_get(const struct profile *profile, const struct form *form,
			       const char **values, struct lt_arena *arena, struct lt_err *err)
{
	const unsigned n = profile_rows(profile, form);
	const char **at = lt_arena_alloc(arena, form->n_fields, sizeof(*at));
	if (!at)
		return lt_err_memory(err);
	for (unsigned row = 0; row < n; row++) {
		enum lt_status status = profile_row_at(profile, form, row, at, arena, err);
		if (status)
			return status;
		if (!is_named(form, values, at))
			continue;
		for (unsigned i = 0; i < form->n_fields; i++)
			if (!values[i])
				values[i] = at[i];
		break;
	}
	return LT_OK;
}

/* ---- writing ---- */

enum lt_status profile_row_put(struct profile *profile, const struct form *form,
			       const char *const *values, bool takes_out, struct lt_arena *arena,
			       struct lt_err *err)
{
	union profile_entry entry = { 0 };
	struct words list = { 0 };
	enum lt_status status = LT_OK;
	if (!form->list)
		entry.head = *profile;
	for (unsigned i = 0; i < form->n_fields && !status; i++) {
		const char **text = text_of(&entry, form, &form->fields[i]);
		if (takes_out && !tells_apart(form, &form->fields[i]))
			continue;
		if (text)
			*text = values[i] && values[i][0] ? values[i] : NULL;
		else if (values[i])
			status = split(values[i], &list, arena, err);
	}
	if (status)
		return status;
	if (!form->list) {
		*profile = entry.head;
		return LT_OK;
	}
	if (strcmp(form->list, "parameters") == 0)
		return profile_set_parameter(profile, &entry.parameter, arena, err);
	if (strcmp(form->list, "points") == 0)
		return profile_set_points(profile, &entry.points, arena, err);
	if (strcmp(form->list, "tiers") == 0)
		return profile_set_tier(profile, &entry.tier, arena, err);
	if (strcmp(form->list, "lines") == 0)
		return profile_set_line(profile, &entry.line, arena, err);
	entry.weight.values = list;
	return profile_set_weight(profile, &entry.weight, arena, err);
}
