/* Which submitted round keeps a cell from being changed on a side of a merge. */
#include "merge_lock.h"

#include <stdlib.h>
#include <string.h>
#include "lingtan/app/rung.h"
#include "session_parts.h"

/* The last round of a rung on a side. */
struct side_round {
	const char *assessment, *rung, *number;
	const char *state;
	const char *submitted;         /* hash of the entry that submitted it */
	const struct ruleset *ruleset; /* NULL = not known here: binds every figure of the year */
};

struct merge_locks {
	struct merging *merging;
	struct side_round *rounds[MERGE_SIDES];
	unsigned n[MERGE_SIDES];
	bool is_read;
	enum lt_status status; /* of what went wrong in a callback */
	struct lt_err err;
};

/* ---- the rounds of a side ---- */

static const char *find_submission(const struct merging *merging, const char *key,
				   unsigned char bit)
{
	const struct history *all = &merging->all;
	const struct past_entry *deepest = NULL;
	for (unsigned i = 0; i < all->n; i++) {
		const struct entry *entry = &all->at[i].entry;
		for (unsigned c = 0; (merging->plan.sides[i] & bit) && c < entry->n_changes; c++) {
			const struct change *change = &entry->changes[c];
			if (strcmp(change->table, "round") != 0 || strcmp(change->key, key) != 0 ||
			    !change->new.at || change->writer ||
			    strcmp(change->new.at[0], "submitted") != 0)
				continue;
			if (!deepest || deepest->entry.depth < entry->depth)
				deepest = &all->at[i];
		}
	}
	return deepest ? deepest->hash : NULL;
}

static const struct ruleset *find_ruleset(struct merge_locks *locks, const char *assessment)
{
	struct session *session = locks->merging->session;
	struct lt_findings findings;
	struct lt_err ignored = LT_ERR_INIT;
	const struct assessment_ref *ref;
	struct assessment of = { 0 };
	lt_findings_init(&findings, &session->arena);
	if (session_find_assessment(session, assessment, NULL, &ref, &findings, &ignored) ||
	    session_ruleset(session, ref->ruleset, &session->arena, &of, &findings, &ignored))
		return NULL;
	return of.ruleset;
}

static bool add_round(struct merge_locks *locks, enum merge_side side, const struct fold_cell *cell,
		      struct lt_arena *arena)
{
	const char *parts[CELL_MAX_KEY];
	const unsigned char bit = side == MERGE_MINE ? 1 : 2;
	if (!cell_key_split(arena, cell->key, parts, 3))
		return true;
	struct side_round *found = NULL;
	for (unsigned i = 0; i < locks->n[side]; i++)
		if (strcmp(locks->rounds[side][i].assessment, parts[0]) == 0 &&
		    strcmp(locks->rounds[side][i].rung, parts[1]) == 0)
			found = &locks->rounds[side][i];
	if (found && strtoul(found->number, NULL, 10) >= strtoul(parts[2], NULL, 10))
		return true;
	if (!found) {
		locks->rounds[side] = lt_arena_resize(arena, locks->rounds[side],
						      (locks->n[side] + 1) * sizeof(*found));
		if (!locks->rounds[side])
			return false;
		found = &locks->rounds[side][locks->n[side]++];
	}
	*found = (struct side_round){ .assessment = parts[0],
				      .rung = parts[1],
				      .number = parts[2],
				      .state = cell->value.at[0],
				      .submitted = find_submission(locks->merging, cell->key, bit),
				      .ruleset = find_ruleset(locks, parts[0]) };
	return true;
}

static bool read_rounds(struct merge_locks *locks, const struct merge_plan *plan)
{
	for (int side = 0; side < MERGE_SIDES; side++) {
		const struct fold *fold = &plan->folds[side];
		for (unsigned b = 0; b < fold->n_buckets; b++)
			for (const struct fold_cell *cell = fold->buckets[b]; cell;
			     cell = cell->next)
				if (strcmp(cell->table, "round") == 0 && cell->value.at &&
				    strcmp(cell->group, "state") == 0 &&
				    !add_round(locks, (enum merge_side)side, cell,
					       &locks->merging->arena))
					return false;
	}
	return true;
}

/* ---- what a cell is about ---- */

struct subject {
	const char *assessment; /* NULL: every one of the year */
	const char *year, *rung, *id;
	bool is_figure;
};

const struct words *merge_held(const struct fold *fold, const char *table, const char *key,
			       const char *group)
{
	static const struct words nothing = { 0 };
	const struct fold_cell *cell = fold_find(fold, table, key, group);
	return cell ? &cell->value : &nothing;
}

static bool subject_of(const struct merge_locks *locks, const struct fold *fold,
		       const struct merge_cell *cell, struct lt_arena *arena, struct subject *out)
{
	const char *parts[CELL_MAX_KEY];
	const struct fact_table *table =
		vocabulary_find_table(locks->merging->session->workspace->vocabulary, cell->table);
	if (!table || !cell_key_split(arena, cell->key, parts, table->key.n))
		return false;
	if (strcmp(cell->table, "answer") == 0) {
		*out = (struct subject){ parts[0], NULL, parts[1], parts[2], false };
		return true;
	}
	if (strcmp(cell->table, "quantity") == 0) {
		*out = (struct subject){ NULL, parts[1], parts[0], parts[2], true };
		return true;
	}
	const bool is_claim = strcmp(cell->table, "claim") == 0;
	if (!is_claim && strcmp(cell->table, "line") != 0)
		return false;
	const char *key = cell_key_join(arena, parts, 1);
	if (!key)
		return false;
	const struct words *activity = merge_held(fold, "line", key, "activity"),
			   *entered = merge_held(fold, "line", key, "entered");
	if (!activity->at && strcmp(cell->group, "activity") == 0)
		activity = cell->mine.at ? &cell->mine : &cell->theirs;
	*out = (struct subject){ NULL, activity->at ? activity->at[0] : "",
				 is_claim      ? parts[1]
				 : entered->at ? entered->at[0]
					       : rung_names[RUNG_SELF],
				 parts[0], false };
	return true;
}

static bool is_of_year(const struct side_round *round, const char *year)
{
	const char *slash = strrchr(round->assessment, '/');
	return slash && strcmp(slash + 1, year) == 0;
}

static bool is_sent_back(const struct fold *fold, const struct side_round *round, const char *item,
			 struct lt_arena *arena)
{
	const char *const parts[] = { round->assessment, round->rung, round->number, item };
	const char *key = cell_key_join(arena, parts, 4);
	return key && merge_held(fold, "sent_back", key, "ask")->at;
}

static bool is_free(const struct fold *fold, const struct side_round *round,
		    const struct subject *subject, struct lt_arena *arena)
{
	if (strcmp(round->state, "submitted") == 0)
		return false;
	if (strcmp(round->state, "returned") != 0 || is_sent_back(fold, round, subject->id, arena))
		return true;
	for (unsigned i = 0; subject->is_figure && round->ruleset && i < round->ruleset->n_items;
	     i++) {
		const struct item *item = &round->ruleset->items[i];
		if (item->quantity && strcmp(item->quantity, subject->id) == 0 &&
		    is_sent_back(fold, round, item->id, arena))
			return true;
	}
	return false;
}

static const char *lock_of(void *context, const struct merge_plan *plan, enum merge_side side,
			   const struct merge_cell *cell)
{
	struct merge_locks *locks = context;
	struct lt_arena *arena = &locks->merging->arena;
	const struct fold *fold = &plan->folds[side];
	struct subject subject;
	if (!locks->is_read && !read_rounds(locks, plan))
		locks->status = lt_err_memory(&locks->err);
	locks->is_read = true;
	if (locks->status || !locks->n[side] || !subject_of(locks, fold, cell, arena, &subject))
		return NULL;
	for (unsigned i = 0; i < locks->n[side]; i++) {
		const struct side_round *round = &locks->rounds[side][i];
		const bool here = subject.assessment
					  ? strcmp(round->assessment, subject.assessment) == 0
					  : is_of_year(round, subject.year);
		const bool binds = !subject.is_figure || !round->ruleset ||
				   ruleset_find_quantity(round->ruleset, subject.id);
		if (here && binds && strcmp(round->rung, subject.rung) == 0 &&
		    !is_free(fold, round, &subject, arena))
			return round->submitted;
	}
	return NULL;
}

enum lt_status merge_locks_new(struct merging *merging, struct merge_rules *rules,
			       struct lt_err *err)
{
	struct merge_locks *locks = lt_arena_alloc(&merging->arena, 1, sizeof(*locks));
	if (!locks)
		return lt_err_memory(err);
	locks->merging = merging;
	locks->err = (struct lt_err)LT_ERR_INIT;
	merging->locks = locks;
	rules->lock_of = lock_of;
	rules->context = locks;
	return LT_OK;
}

enum lt_status merge_locks_check(const struct merging *merging, struct lt_err *err)
{
	if (merging->locks->status)
		*err = merging->locks->err;
	return merging->locks->status;
}
