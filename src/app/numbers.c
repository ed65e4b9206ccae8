#include "lingtan/app/numbers.h"

#include <stdio.h>
#include <string.h>

struct listing {
	const struct ruleset *ruleset;
	const struct profile *profile; /* never NULL: an empty one where there is none */
	struct lt_arena *arena;
	struct number_row *at;
	unsigned n;
	bool failed;
};

static bool is_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static struct number *make_numbers(struct listing *list, unsigned n)
{
	struct number *numbers = lt_arena_alloc(list->arena, n + 1, sizeof(*numbers));
	list->failed |= !numbers;
	return numbers;
}

/* The same words in both languages, with a number before them. */
static struct label numbered(struct listing *list, unsigned number, const char *zh, const char *en)
{
	const char *const texts[] = {
		lt_arena_printf(list->arena, "第 %u 档%s", number, zh),
		lt_arena_printf(list->arena, "Tier %u, %s", number, en),
	};
	list->failed |= !texts[0] || !texts[1];
	return (struct label){ texts[0], texts[1] };
}

static struct number_row *add_row(struct listing *list, enum number_kind kind, const char *id,
				  const struct label *title, unsigned n)
{
	struct number *numbers = make_numbers(list, n);
	struct number_row *row = &list->at[list->n];
	if (!numbers)
		return NULL;
	*row = (struct number_row){
		.kind = kind, .id = id, .title = *title, .numbers = numbers, .n = n
	};
	list->n++;
	return row;
}

static void replace(struct number_row *row, const char *page, const char *remark)
{
	row->is_replaced = true;
	row->page = page;
	row->remark = remark;
}

/* ---- parameters and weights ---- */

static void list_parameters(struct listing *list)
{
	const struct profile *profile = list->profile;
	for (unsigned i = 0; i < list->ruleset->n_parameters && !list->failed; i++) {
		const struct parameter *of = &list->ruleset->parameters[i];
		struct number_row *row = add_row(list, NUMBER_PARAMETER, of->id, &of->title, 1);
		if (!row)
			return;
		row->origin = of->value ? of->origin : ORIGIN_UNSTATED;
		row->cite = of->cite;
		row->note = of->note;
		row->min = of->min;
		row->max = of->max;
		row->numbers[0] = (struct number){ .label = { "取值", "Value" },
						   .unit = is_same(of->unit, "1") ? NULL : of->unit,
						   .own = of->value };
		for (unsigned p = 0; p < profile->n_parameters; p++) {
			const struct profile_parameter *said = &profile->parameters[p];
			if (!is_same(said->id, of->id))
				continue;
			row->numbers[0].value = said->value;
			replace(row, said->cite, said->note);
		}
	}
}

static struct label column_title(struct listing *list, const char *column)
{
	const struct ruleset *ruleset = list->ruleset;
	char id[200];
	const char *slash = strchr(column, '/');
	snprintf(id, sizeof(id), "%.*s", slash ? (int)(slash - column) : (int)strlen(column),
		 column);
	const struct term *type = term_find(ruleset->park_types, ruleset->n_park_types, id);
	const struct term *stage =
		slash ? term_find(ruleset->stages, ruleset->n_stages, slash + 1) : NULL;
	const char *const texts[] = {
		lt_arena_printf(list->arena, "%s%s%s", type ? type->title.zh : "",
				type && stage ? " " : "", stage ? stage->title.zh : ""),
		lt_arena_printf(list->arena, "%s%s%s", type ? type->title.en : "",
				type && stage ? ", " : "", stage ? stage->title.en : ""),
	};
	list->failed |= !texts[0] || !texts[1];
	if (list->failed || !texts[0][0])
		return (struct label){ "权重", "Weight" };
	return (struct label){ texts[0], texts[1] };
}

static void list_weight(struct listing *list, const struct table *table, const struct table_row *of)
{
	const struct section *section = ruleset_find_section(list->ruleset, of->key);
	const struct label plain = { of->key, of->key };
	const struct profile *profile = list->profile;
	struct number_row *row = add_row(list, NUMBER_WEIGHTS, of->key,
					 section ? &section->title : &plain, table->columns.n);
	if (!row)
		return;
	row->table = table->id;
	row->origin = table->origin;
	row->cite = table->cite;
	row->note = table->note;
	for (unsigned c = 0; c < table->columns.n; c++)
		row->numbers[c] =
			(struct number){ .label = column_title(list, table->columns.at[c]),
					 .own = c < of->values.n ? of->values.at[c] : NULL };
	for (unsigned w = 0; w < profile->n_weights; w++) {
		const struct profile_weight *said = &profile->weights[w];
		if (!is_same(said->table, table->id) || !is_same(said->row, of->key))
			continue;
		for (unsigned c = 0; c < row->n && c < said->values.n; c++)
			row->numbers[c].value = said->values.at[c];
		replace(row, said->cite, said->note);
	}
}

/* ---- items ---- */

static void name_item(struct number_row *row, const struct item *item, enum origin origin,
		      const char *cite)
{
	row->origin = origin;
	row->cite = cite ? cite : item->cite;
	row->note = item->note;
}

static const struct step *same_tier(const struct item *item, const struct profile_tier *said)
{
	for (unsigned i = 0; i < item->n_tiers; i++)
		if (said->id ? is_same(item->tiers[i].id, said->id)
			     : is_same(item->tiers[i].from, said->from) ||
				       is_same(item->tiers[i].above, said->above))
			return &item->tiers[i];
	return NULL;
}

static const char *limit_of(const char *from, const char *above)
{
	return from ? from : above;
}

/* One tier is one number, its points, or two: first its limit. Behind them its page, if it has one of
 * its own. */
static unsigned put_tier(struct listing *list, struct number_row *row, unsigned at,
			 const struct profile_tier *tier, const struct step *own, unsigned number,
			 const char *unit, bool is_said)
{
	const char *limit = limit_of(tier->from, tier->above);
	const bool has_title = tier->title.zh && tier->title.en;
	if (limit) {
		row->numbers[at] = (struct number){
			.label = numbered(list, number, tier->from ? "不低于" : "高于",
					  tier->from ? "from" : "above"),
			.unit = unit,
			.own = own ? limit_of(own->from, own->above) : NULL,
			.value = is_said ? limit : NULL,
		};
		at++;
	}
	row->numbers[at] =
		(struct number){ .label = !limit && has_title
						  ? tier->title
						  : numbered(list, number, "得分", "points"),
				 .own = own ? own->then : NULL,
				 .value = is_said ? tier->then : NULL };
	at++;
	if (row->is_paged) {
		row->numbers[at++] = (struct number){ .label = numbered(list, number, "页码", "page"),
						      .value = tier->cite,
						      .is_text = true };
		row->numbers[at++] = (struct number){ .label = numbered(list, number, "说明", "note"),
						      .value = tier->note,
						      .is_text = true,
						      .is_free = true };
	}
	return at;
}

static bool differ(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") != 0;
}

static bool have_own_pages(const struct profile_tier *tiers, unsigned n)
{
	for (unsigned i = 1; i < n; i++)
		if (differ(tiers[i].cite, tiers[0].cite) || differ(tiers[i].note, tiers[0].note))
			return true;
	return false;
}

static const char *unit_of(const struct listing *list, const struct item *item)
{
	const struct quantity *quantity =
		item->quantity ? ruleset_find_quantity(list->ruleset, item->quantity) : NULL;
	return quantity && !is_same(quantity->unit, "1") ? quantity->unit : NULL;
}

/* The tiers that hold: the profile's, else the ruleset's. */
static struct profile_tier *tiers_of(struct listing *list, const struct item *item, unsigned *n,
				     bool *is_said)
{
	const struct profile *profile = list->profile;
	struct profile_tier *tiers = lt_arena_alloc(
		list->arena, (size_t)profile->n_tiers + item->n_tiers + 1, sizeof(*tiers));
	*n = 0;
	list->failed |= !tiers;
	for (unsigned i = 0; tiers && i < profile->n_tiers; i++)
		if (is_same(profile->tiers[i].item, item->id))
			tiers[(*n)++] = profile->tiers[i];
	*is_said = *n > 0;
	for (unsigned i = 0; tiers && !*is_said && i < item->n_tiers; i++) {
		const struct step *own = &item->tiers[i];
		tiers[(*n)++] = (struct profile_tier){ .item = item->id,
						       .id = own->id,
						       .from = own->from,
						       .above = own->above,
						       .then = own->then,
						       .title = own->title };
	}
	return tiers;
}

static bool list_tiers(struct listing *list, const struct item *item)
{
	unsigned n, at = 0;
	bool is_said;
	struct profile_tier *tiers = tiers_of(list, item, &n, &is_said);
	if (!tiers || !n)
		return false;
	const bool is_paged = is_said && have_own_pages(tiers, n);
	struct number_row *row =
		add_row(list, NUMBER_TIERS, item->id, &item->title, (is_paged ? 4 : 2) * n);
	if (!row)
		return false;
	row->is_paged = is_paged;
	name_item(row, item, item->n_tiers ? item->tiers[0].origin : ORIGIN_UNSTATED,
		  item->n_tiers ? item->tiers[0].cite : NULL);
	if (row->origin == ORIGIN_UNSTATED && item->n_tiers)
		row->origin = item->points.origin;
	if (!item->n_tiers && item->linear.from) {
		name_item(row, item, item->linear.origin, item->linear.cite);
		row->own_line = lt_arena_printf(list->arena, "%s ~ %s", item->linear.from, item->linear.to);
	}
	for (unsigned i = 0; i < n; i++) {
		const struct step *own = is_said ? same_tier(item, &tiers[i]) : &item->tiers[i];
		at = put_tier(list, row, at, &tiers[i], own, i + 1, unit_of(list, item), is_said);
	}
	row->n = at;
	row->tiers = tiers;
	row->n_tiers = n;
	if (is_said)
		replace(row, tiers[0].cite, tiers[0].note);
	return true;
}

static void list_line(struct listing *list, const struct item *item)
{
	const struct profile *profile = list->profile;
	const struct profile_line *said = NULL;
	for (unsigned i = 0; i < profile->n_lines && !said; i++)
		if (is_same(profile->lines[i].item, item->id))
			said = &profile->lines[i];
	if (!said && !item->linear.from)
		return;
	struct number_row *row = add_row(list, NUMBER_LINE, item->id, &item->title, 2);
	if (!row)
		return;
	name_item(row, item, item->linear.from ? item->linear.origin : ORIGIN_UNSTATED,
		  item->linear.cite);
	const char *unit = unit_of(list, item);
	row->numbers[0] = (struct number){ .label = { "零分处", "No points at" },
					   .unit = unit,
					   .own = item->linear.from,
					   .value = said ? said->from : NULL };
	row->numbers[1] = (struct number){ .label = { "满分处", "Full points at" },
					   .unit = unit,
					   .own = item->linear.to,
					   .value = said ? said->to : NULL };
	if (said)
		replace(row, said->cite, said->note);
}

static void list_points(struct listing *list, const struct item *item)
{
	const struct profile *profile = list->profile;
	if (item->n_checks || (item->kind != ITEM_SCORING && item->kind != ITEM_INNOVATION))
		return;
	struct number_row *row = add_row(list, NUMBER_POINTS, item->id, &item->title, 1);
	if (!row)
		return;
	name_item(row, item, item->points.value ? item->points.origin : ORIGIN_UNSTATED,
		  item->points.cite);
	row->numbers[0] =
		(struct number){ .label = { "满分", "Full points" }, .own = item->points.value };
	for (unsigned i = 0; i < profile->n_points; i++) {
		const struct profile_points *said = &profile->points[i];
		if (!is_same(said->item, item->id))
			continue;
		row->numbers[0].value = said->value;
		replace(row, said->cite, said->note);
	}
}

/* ---- the whole ---- */

enum lt_status numbers_list(const struct ruleset *ruleset, const struct profile *profile,
			    struct lt_arena *arena, struct number_row **out, unsigned *n,
			    struct lt_err *err)
{
	static const struct profile nothing = { 0 };
	struct listing list = { .ruleset = ruleset,
				.profile = profile ? profile : &nothing,
				.arena = arena };
	size_t most = ruleset->n_parameters + 2 * (size_t)ruleset->n_items;
	for (unsigned t = 0; t < ruleset->n_tables; t++)
		most += ruleset->tables[t].n_rows;
	list.at = lt_arena_alloc(arena, most + 1, sizeof(*list.at));
	if (!list.at)
		return lt_err_memory(err);
	list_parameters(&list);
	for (unsigned t = 0; t < ruleset->n_tables; t++)
		for (unsigned r = 0; r < ruleset->tables[t].n_rows && !list.failed; r++)
			list_weight(&list, &ruleset->tables[t], &ruleset->tables[t].rows[r]);
	for (unsigned i = 0; i < ruleset->n_items && !list.failed; i++) {
		/* an item has the points of the best of its tiers */
		if (list_tiers(&list, &ruleset->items[i]))
			continue;
		list_points(&list, &ruleset->items[i]);
		list_line(&list, &ruleset->items[i]);
	}
	if (list.failed)
		return lt_err_memory(err);
	*out = list.at;
	*n = list.n;
	return LT_OK;
}

/* ---- putting in ---- */

static enum lt_status drop_tiers(struct profile *profile, const char *item, struct lt_arena *arena,
				 struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = profile->n_tiers; i > 0 && !status; i--) {
		struct profile_tier gone = profile->tiers[i - 1];
		gone.then = NULL;
		if (is_same(gone.item, item))
			status = profile_set_tier(profile, &gone, arena, err);
	}
	return status;
}

static enum lt_status put_tiers(struct profile *profile, const struct number_row *row,
				const char *const *values, const char *page, const char *remark,
				struct lt_arena *arena, struct lt_err *err)
{
	unsigned at = 0;
	enum lt_status status = drop_tiers(profile, row->id, arena, err);
	for (unsigned i = 0; i < row->n_tiers && values && !status; i++) {
		struct profile_tier tier = row->tiers[i];
		if (tier.from)
			tier.from = values[at++];
		else if (tier.above)
			tier.above = values[at++];
		tier.then = values[at++];
		tier.cite = row->is_paged ? values[at++] : page;
		tier.note = row->is_paged ? values[at++] : remark;
		status = profile_set_tier(profile, &tier, arena, err);
	}
	return status;
}

enum lt_status numbers_put(struct profile *profile, const struct number_row *row,
			   const char *const *values, const char *page, const char *remark,
			   struct lt_arena *arena, struct lt_err *err)
{
	const char *first = values ? values[0] : NULL;
	switch (row->kind) {
	case NUMBER_PARAMETER: {
		const struct profile_parameter said = { row->id, first, page, remark };
		return profile_set_parameter(profile, &said, arena, err);
	}
	case NUMBER_POINTS: {
		const struct profile_points said = { row->id, first, page, remark };
		return profile_set_points(profile, &said, arena, err);
	}
	case NUMBER_LINE: {
		const struct profile_line said = { row->id, first, values ? values[1] : NULL, page,
						   remark };
		return profile_set_line(profile, &said, arena, err);
	}
	case NUMBER_WEIGHTS: {
		const char **copy = lt_arena_alloc(arena, row->n + 1, sizeof(*copy));
		if (!copy)
			return lt_err_memory(err);
		for (unsigned i = 0; values && i < row->n; i++)
			copy[i] = values[i];
		const struct profile_weight said = { .table = row->table,
						     .row = row->id,
						     .values = { copy, values ? row->n : 0 },
						     .cite = page,
						     .note = remark };
		return profile_set_weight(profile, &said, arena, err);
	}
	case NUMBER_TIERS:
	case N_NUMBER_KINDS:
		break;
	}
	return put_tiers(profile, row, values, page, remark, arena, err);
}

/* ---- in one line ---- */

static bool is_limit(const struct number_row *row, unsigned number)
{
	unsigned at = 0;
	for (unsigned i = 0; i < row->n_tiers; i++) {
		const bool has_limit = row->tiers[i].from || row->tiers[i].above;
		if (has_limit && at == number)
			return true;
		at += (has_limit ? 2u : 1u) + (row->is_paged ? 2u : 0u);
	}
	return false;
}

const char *number_row_text(const struct number_row *row, bool own, char *buf, size_t cap)
{
	static const char *const between[N_NUMBER_KINDS] = {
		[NUMBER_TIERS] = " / ", [NUMBER_LINE] = " ~ ", [NUMBER_WEIGHTS] = " "
	};
	size_t used = 0;
	snprintf(buf, cap, "%s", own && row->own_line ? row->own_line : "");
	for (unsigned i = 0; i < row->n && used < cap; i++) {
		const char *text = own ? row->numbers[i].own : row->numbers[i].value;
		if (!text || row->numbers[i].is_text || (row->kind == NUMBER_TIERS && is_limit(row, i)))
			continue;
		used += (size_t)snprintf(buf + used, cap - used, "%s%s",
					 used ? between[row->kind] : "", text);
	}
	return buf;
}
