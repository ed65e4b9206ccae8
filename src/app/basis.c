#include "lingtan/app/basis.h"

#include <string.h>

struct collector {
	struct assessment *assessment;
	struct basis *basis;
	unsigned cap;
	bool failed;
	bool *named; /* [plan->n_slots]: nodes and numbers that were named already */
	bool items[N_ORIGINS],
		scales[N_ORIGINS]; /* items, and their points, share one name an origin */
};

/* Many nodes rest on the same numbers; each is put into words once. */
static bool is_named(struct collector *collector, const struct origin_use *use)
{
	const bool is_item = use->slot < collector->assessment->plan->n_items;
	bool *flag = !is_item        ? &collector->named[use->slot]
		     : use->is_scale ? &collector->scales[use->origin]
				     : &collector->items[use->origin];
	const bool was = *flag;
	*flag = true;
	return was;
}

static void add_once(struct collector *collector, const char ***list, unsigned *n, const char *text)
{
	for (unsigned i = 0; text && i < *n; i++)
		if (strcmp((*list)[i], text) == 0)
			return;
	if (!text || *n == collector->cap)
		collector->failed = true;
	else
		(*list)[(*n)++] = text;
}

/*
 * $parameter, $table, $points (the scales of items), items, or the node whose rule it is, as the
 * ruleset declares it: "section.*" stands for all that were written out from it.
 */
static const char *name_use(struct collector *collector, const struct origin_use *use)
{
	const struct plan *plan = collector->assessment->plan;
	struct lt_arena *arena = &collector->assessment->arena;
	const char *origin = origin_names[use->origin];
	switch (plan_slot_kind(plan, use->slot)) {
	case SLOT_ITEM:
		return lt_arena_printf(arena, "%s: %s", origin,
				       use->is_scale ? "$points" : "items");
	case SLOT_PARAMETER:
		return lt_arena_printf(arena, "%s: $%s", origin, plan_slot_name(plan, use->slot));
	case SLOT_CONSTANT: {
		const struct plan_number *number =
			&plan->numbers[use->slot - plan->first_parameter];
		return lt_arena_printf(arena, "%s: $%s", origin, number->table->id);
	}
	case SLOT_QUANTITY:
	case SLOT_NODE:
		break;
	}
	return lt_arena_printf(arena, "%s: %s", origin, plan_node_at(plan, use->slot)->decl->id);
}

/* A number written in a node shares the node's origin and is told by it. */
static bool is_part_of_node(const struct plan *plan, uint32_t slot)
{
	return plan_slot_kind(plan, slot) == SLOT_CONSTANT &&
	       !plan->numbers[slot - plan->first_parameter].table;
}

static void collect(const struct origin_use *use, void *context)
{
	struct collector *collector = context;
	struct basis *basis = collector->basis;
	if (use->origin > basis->origin)
		basis->origin = use->origin;
	if (use->origin <= ORIGIN_USER || is_part_of_node(collector->assessment->plan, use->slot))
		return;
	if (is_named(collector, use))
		return;
	const bool is_specimen = use->origin >= ORIGIN_PROPOSED;
	add_once(collector, is_specimen ? &basis->specimen : &basis->conditions,
		 is_specimen ? &basis->n_specimen : &basis->n_conditions, name_use(collector, use));
}

enum lt_status basis_collect(struct assessment *assessment, struct basis *out, struct lt_err *err)
{
	const struct plan *plan = assessment->plan;
	const struct ruleset *ruleset = assessment->ruleset;
	*out = (struct basis){ .origin = ORIGIN_SOURCED };
	struct collector collector = { .assessment = assessment,
				       .basis = out,
				       .cap = plan->n_slots + 2 };
	out->specimen = lt_arena_alloc(&assessment->arena, collector.cap, sizeof(*out->specimen));
	out->conditions =
		lt_arena_alloc(&assessment->arena, collector.cap, sizeof(*out->conditions));
	collector.named =
		lt_arena_alloc(&assessment->arena, plan->n_slots + 1, sizeof(*collector.named));
	if (!out->specimen || !out->conditions || !collector.named)
		return lt_err_memory(err);
	if (ruleset->status == RULESET_DRAFT &&
	    !(assessment->profile && assessment->profile->edition))
		add_once(&collector, &out->specimen, &out->n_specimen,
			 lt_arena_printf(&assessment->arena, "draft: %s", ruleset->code));
	for (unsigned i = 0; i < plan->n_nodes; i++)
		if (plan->nodes[i].decl->publish != PUBLISH_NO)
			result_visit_origins(&assessment->result, plan->first_node + i, collect,
					     &collector);
	return collector.failed ? lt_err_memory(err) : LT_OK;
}

/* ---- in words ---- */

#define MOST_NAMED 6

/* What the star of a title stands for: 1、2、3, or that it is each of many. */
static const char *words_of_star(const struct words *each, enum lt_lang lang, struct lt_arena *arena)
{
	const char *all = each->n ? each->at[0] : "";
	if (each->n > MOST_NAMED)
		return lang == LT_ZH ? "（各）" : "(each)";
	for (unsigned i = 1; i < each->n && all; i++)
		all = lt_arena_printf(arena, "%s%s%s", all, lang == LT_ZH ? "、" : ", ", each->at[i]);
	return all;
}

const char *basis_title_of_all(const struct node *node, enum lt_lang lang, struct lt_arena *arena)
{
	static const char chapter[] = "第 * ";
	const char *title = lang == LT_ZH ? node->title.zh : node->title.en;
	const char *star = title ? strchr(title, '*') : NULL;
	if (!star)
		return title;
	if (strncmp(title, chapter, sizeof(chapter) - 1) == 0)
		return lt_arena_printf(arena, "各%s", title + sizeof(chapter) - 1);
	const char *all = words_of_star(&node->each, lang, arena);
	return all ? lt_arena_printf(arena, "%.*s%s%s", (int)(star - title), title, all, star + 1)
		   : NULL;
}

static const struct node *node_of(const struct ruleset *ruleset, const char *name)
{
	for (unsigned i = 0; i < ruleset->n_plan; i++)
		if (strcmp(ruleset->plan[i].id, name) == 0)
			return &ruleset->plan[i];
	return NULL;
}

static const struct label *title_of(const struct ruleset *ruleset, const char *name)
{
	static const struct label points = { "各条分值", "points of the items" };
	static const struct label items = { "条款本身", "the items themselves" };
	if (strcmp(name, "$points") == 0)
		return &points;
	if (strcmp(name, "items") == 0)
		return &items;
	if (name[0] == '$') {
		const struct parameter *parameter = ruleset_find_parameter(ruleset, name + 1);
		const struct table *table = ruleset_find_table(ruleset, name + 1);
		if (parameter || table)
			return parameter ? &parameter->title : &table->title;
	}
	return NULL;
}

const char *basis_words(const struct ruleset *ruleset, const char *entry, enum lt_lang lang,
			struct lt_arena *arena)
{
	const char *colon = strstr(entry, ": ");
	const char *name = colon ? colon + 2 : entry;
	const struct label *title = title_of(ruleset, name);
	const struct node *node = title ? NULL : node_of(ruleset, name);
	const char *text = node    ? basis_title_of_all(node, lang, arena)
			   : title ? (lang == LT_ZH ? title->zh : title->en)
				   : NULL;
	return text && text[0] ? text : name;
}
