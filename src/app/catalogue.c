#include "lingtan/app/catalogue.h"

#include <stdlib.h>
#include <string.h>
#include "board_parts.h"
#include "lingtan/base/ids.h"

enum lt_status catalogue_rulesets(struct workspace *workspace, const struct library_result **out,
				  unsigned *n, struct lt_err *err)
{
	struct library *library = workspace->library;
	struct lt_findings findings;
	*n = library->n_entries;
	*out = workspace->rulesets;
	if (*out)
		return LT_OK;
	struct library_result *results =
		lt_arena_alloc(&library->arena, library->n_entries + 1, sizeof(*results));
	if (!results)
		return lt_err_memory(err);
	lt_findings_init(&findings, &library->arena);
	const enum lt_status status = library_load_all(library, &findings, results, err);
	if (!status)
		*out = workspace->rulesets = results;
	return status;
}

const struct ruleset *catalogue_find(struct workspace *workspace, const char *id)
{
	const struct library_result *results;
	struct lt_err ignored = LT_ERR_INIT;
	unsigned n;
	if (catalogue_rulesets(workspace, &results, &n, &ignored))
		return NULL;
	for (unsigned i = 0; i < n; i++)
		if (results[i].ruleset && strcmp(results[i].ruleset->id, id) == 0)
			return results[i].ruleset;
	return NULL;
}

const char *catalogue_codes(struct workspace *workspace, const char *ids, struct lt_arena *arena)
{
	const char *text = "", *one;
	size_t len;
	while (text && lt_ids_next(&ids, &one, &len)) {
		const char *id = lt_arena_strndup(arena, one, len);
		const struct ruleset *ruleset = id ? catalogue_find(workspace, id) : NULL;
		text = id ? lt_arena_printf(arena, "%s%s%s", text, text[0] ? ", " : "",
					    ruleset ? ruleset->code : id)
			  : NULL;
	}
	return text;
}

/* ---- numbers that a ruleset declares ---- */

static void visit_numbers(const struct ruleset *ruleset, void (*visit)(void *, enum origin),
			  void *context)
{
	for (unsigned i = 0; i < ruleset->n_parameters; i++)
		if (ruleset->parameters[i].value)
			visit(context, ruleset->parameters[i].origin);
	for (unsigned i = 0; i < ruleset->n_tables; i++)
		visit(context, ruleset->tables[i].origin);
	for (unsigned i = 0; i < ruleset->n_items; i++) {
		const struct item *item = &ruleset->items[i];
		if (item->points.value)
			visit(context, item->points.origin);
		if (item->linear.from)
			visit(context, item->linear.origin);
	}
}

static void keep_weakest(void *context, enum origin origin)
{
	enum origin *weakest = context;
	if (origin > *weakest)
		*weakest = origin;
}

enum origin catalogue_weakest(const struct ruleset *ruleset)
{
	enum origin weakest = ORIGIN_SOURCED;
	visit_numbers(ruleset, keep_weakest, &weakest);
	return weakest;
}

struct origin_count {
	enum origin origin;
	unsigned n;
};

static void count_origin(void *context, enum origin origin)
{
	struct origin_count *count = context;
	count->n += origin == count->origin;
}

unsigned catalogue_count_origin(const struct ruleset *ruleset, enum origin origin)
{
	struct origin_count count = { .origin = origin };
	visit_numbers(ruleset, count_origin, &count);
	return count.n;
}

const struct label item_kind_titles[N_ITEM_KINDS] = {
	[ITEM_CONTROL] = { "控制项", "controls" },
	[ITEM_SCORING] = { "评分项", "scored" },
	[ITEM_INNOVATION] = { "加分项", "bonus" },
	[ITEM_JUDGEMENT] = { "判定项", "judged" },
	[ITEM_CHECKLIST] = { "核查项", "checklist" },
};

unsigned catalogue_count_kind(const struct ruleset *ruleset, enum item_kind kind)
{
	unsigned n = 0;
	for (unsigned i = 0; i < ruleset->n_items; i++)
		n += ruleset->items[i].kind == kind;
	return n;
}

unsigned catalogue_count_unset(const struct ruleset *ruleset)
{
	unsigned n = 0;
	for (unsigned i = 0; i < ruleset->n_parameters; i++)
		n += !ruleset->parameters[i].value;
	return n;
}

/* ---- an assessment that is still to be made ---- */

static const struct term *choose(const struct term *terms, unsigned n, const char *id)
{
	const struct term *found = id ? term_find(terms, n, id) : NULL;
	return found ? found : n > 0 ? &terms[0] : NULL;
}

static enum lt_status lay_out(struct board *board, const struct selection *selection,
			      const struct overrides *overrides, struct lt_err *err)
{
	const struct ruleset *ruleset = board->ruleset;
	struct plan *plan;
	board->park_type = choose(ruleset->park_types, ruleset->n_park_types, selection->park_type);
	board->stage = choose(ruleset->stages, ruleset->n_stages, selection->stage);
	board->place = choose(ruleset->places, ruleset->n_places, selection->place);
	const struct selection chosen = {
		.park_type = board->park_type ? board->park_type->id : NULL,
		.stage = board->stage ? board->stage->id : NULL,
		.place = board->place ? board->place->id : NULL,
	};
	enum lt_status status =
		plan_compile(ruleset, &chosen, overrides, &board->private->standing, &plan, err);
	board->plan = plan;
	return status ? status : board_lay_out(board, err);
}

enum lt_status catalogue_prospect(const struct ruleset *ruleset, const struct selection *selection,
				  const struct overrides *overrides, struct board **out,
				  struct lt_err *err)
{
	struct board *board = calloc(1, sizeof(*board));
	struct board_private *private = calloc(1, sizeof(*private));
	*out = NULL;
	if (!board || !private) {
		free(board);
		free(private);
		return lt_err_memory(err);
	}
	lt_arena_init(&private->standing, 0);
	*board = (struct board){ .ruleset = ruleset, .private = private, .own = RUNG_EVALUATOR };
	enum lt_status status = lay_out(board, selection, overrides, err);
	if (status)
		board_close(board);
	else
		*out = board;
	return status;
}

bool catalogue_limit(const struct board *prospect, const struct board_line *line,
		     struct lt_decimal *out)
{
	const struct value *limit = &prospect->private->blank.values[line->limit];
	*out = limit->lo;
	return value_is_exact(limit);
}
