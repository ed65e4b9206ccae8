/* Whose words stand in a cell of theirs: a merge or a patch passes on what one of its parents holds,
 * and what neither held is its author's own word. */
#include <string.h>
#include "merge_lock.h"

/* Whoever made a journal in which more has to be looked at wanted that: nothing is passed on any
 * more. About a second. */
#define MOST_STEPS 500000000

#define N_REACHES 8

/* An entry changes a cell, or says no to a value of it. */
struct touch {
	unsigned entry;              /* its number */
	const struct change *change; /* NULL = it says no */
	const struct touch *next;    /* the one before */
};

struct reach {
	unsigned char *marks; /* by number: the head rests on it */
	unsigned head;        /* number plus 1; 0 = of none */
};

struct merge_origins {
	struct merging *merging;
	const struct touch **touches; /* by cell: the last one first */
	unsigned *first, *size;       /* by number: those that continue it lie side by side */
	struct reach reaches[N_REACHES];
	unsigned next_reach;
	unsigned long steps;
};

static bool is_choice(const struct entry *entry)
{
	return strcmp(entry->kind, "merge") == 0 || strcmp(entry->kind, "patch") == 0;
}

/* ---- what touches the cells ---- */

static struct merge_cell *find_cell(const struct merge_plan *plan, const char *table,
				    const char *key, const char *group)
{
	unsigned low = 0, high = plan->n_cells;
	while (low < high) {
		const unsigned middle = low + (high - low) / 2;
		struct merge_cell *cell = &plan->cells[middle];
		int order = strcmp(table, cell->table);
		if (!order)
			order = strcmp(key, cell->key);
		if (!order)
			order = strcmp(group, cell->group);
		if (!order)
			return cell;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static bool add_touch(struct merge_origins *in, const struct merge_cell *cell, unsigned entry,
		      const struct change *change)
{
	if (!cell)
		return true;
	struct touch *touch = lt_arena_alloc(&in->merging->arena, 1, sizeof(*touch));
	const struct touch **at = &in->touches[cell - in->merging->plan.cells];
	if (!touch)
		return false;
	*touch = (struct touch){ entry, change, *at };
	*at = touch;
	return true;
}

static bool read_touches(struct merge_origins *in)
{
	const struct history *all = &in->merging->all;
	const struct merge_plan *plan = &in->merging->plan;
	for (unsigned i = 0; i < all->n; i++) {
		const struct entry *entry = &all->at[i].entry;
		for (unsigned r = 0; r < entry->n_rejects; r++) {
			const struct reject *no = &entry->rejects[r];
			if (!add_touch(in, find_cell(plan, no->table, no->key, no->group), i, NULL))
				return false;
		}
		for (unsigned c = 0; c < entry->n_changes; c++) {
			const struct change *change = &entry->changes[c];
			if (!add_touch(in,
				       find_cell(plan, change->table, change->key, change->group),
				       i, change))
				return false;
		}
	}
	return true;
}

/* Numbers such that an entry and all that continue it as their first parent are one run. */
static void lay_side_by_side(struct merge_origins *in, unsigned *next)
{
	const struct history *all = &in->merging->all;
	for (unsigned i = all->n; i-- > 0;) {
		in->size[i]++;
		if (all->at[i].parents[0])
			in->size[all->at[i].parents[0] - 1] += in->size[i];
	}
	for (unsigned i = 0; i < all->n; i++) {
		const unsigned parent = all->at[i].parents[0];
		if (parent) {
			in->first[i] = next[parent - 1];
			next[parent - 1] += in->size[i];
		}
		next[i] = in->first[i] + 1;
	}
}

enum lt_status merge_origins_new(struct merging *merging, struct merge_origins **out,
				 struct lt_err *err)
{
	struct lt_arena *arena = &merging->arena;
	const unsigned n = merging->all.n + 1;
	struct merge_origins *in = lt_arena_alloc(arena, 1, sizeof(*in));
	unsigned *next = lt_arena_alloc(arena, n, sizeof(*next));
	if (!in || !next)
		return lt_err_memory(err);
	in->merging = merging;
	in->touches = lt_arena_alloc(arena, merging->plan.n_cells + 1, sizeof(*in->touches));
	in->first = lt_arena_alloc(arena, n, sizeof(*in->first));
	in->size = lt_arena_alloc(arena, n, sizeof(*in->size));
	for (unsigned i = 0; i < N_REACHES; i++) {
		in->reaches[i].marks = lt_arena_alloc(arena, n, 1);
		if (!in->reaches[i].marks)
			return lt_err_memory(err);
	}
	if (!in->touches || !in->first || !in->size || !read_touches(in))
		return lt_err_memory(err);
	lay_side_by_side(in, next);
	*out = in;
	return LT_OK;
}

/* ---- where a value comes from ---- */

static bool rests_on(struct merge_origins *in, unsigned head, unsigned entry)
{
	const struct history *all = &in->merging->all;
	for (unsigned i = 0; i < N_REACHES; i++)
		if (in->reaches[i].head == head + 1)
			return in->reaches[i].marks[entry];
	struct reach *reach = &in->reaches[in->next_reach++ % N_REACHES];
	memset(reach->marks, 0, all->n);
	history_mark(all, all->at[head].hash, reach->marks, 1);
	reach->head = head + 1;
	in->steps += all->n;
	return reach->marks[entry];
}

/* The change that gave the cell its value at an entry; NULL = nothing ever did. */
static const struct touch *placed(struct merge_origins *in, unsigned cell, unsigned at)
{
	for (const struct touch *touch = in->touches[cell]; touch; touch = touch->next) {
		in->steps++;
		if (touch->change && touch->entry <= at &&
		    in->first[at] - in->first[touch->entry] < in->size[touch->entry])
			return touch;
	}
	return NULL;
}

static bool holds(const struct touch *touch, const struct words *value)
{
	return touch ? cell_value_equals(&touch->change->new, value) : !value->at;
}

/* Whether a merge of two lines could take one's value: the other had not seen it, or it had said no
 * to what the other holds. */
static bool is_offered(struct merge_origins *in, unsigned cell, unsigned from, unsigned other)
{
	const struct touch *touch = placed(in, cell, from);
	if (touch && !rests_on(in, other, touch->entry))
		return true;
	const struct touch *against = placed(in, cell, other);
	/* what a damaged file still said is asked about, and both answers are good */
	if (against && !rests_on(in, from, against->entry) &&
	    strcmp(in->merging->all.at[against->entry].entry.kind, "rescue") == 0)
		return true;
	for (touch = in->touches[cell]; touch; touch = touch->next) {
		in->steps++;
		if (!touch->change && rests_on(in, from, touch->entry) &&
		    !rests_on(in, other, touch->entry))
			return true;
	}
	return false;
}

/* Both wrote, and the merge went back to what there was before. */
static bool find_original(struct merge_origins *in, unsigned cell, const unsigned sides[2],
			  const struct words *value, unsigned *from)
{
	const struct touch *touch = placed(in, cell, sides[0]);
	const struct touch *theirs = placed(in, cell, sides[1]);
	if (!touch || !theirs || rests_on(in, sides[1], touch->entry) ||
	    rests_on(in, sides[0], theirs->entry))
		return false;
	while (touch && !rests_on(in, sides[1], touch->entry)) {
		const unsigned parent = in->merging->all.at[touch->entry].parents[0];
		*from = parent ? parent - 1 : 0;
		touch = parent ? placed(in, cell, parent - 1) : NULL;
	}
	return holds(touch, value);
}

/* The side of a merge of two lines that held the value. */
static bool find_side(struct merge_origins *in, unsigned cell, unsigned merge,
		      const struct words *value, bool chosen, unsigned *from)
{
	const unsigned *parents = in->merging->all.at[merge].parents;
	if (!parents[0] || !parents[1])
		return false;
	const unsigned sides[2] = { parents[0] - 1, parents[1] - 1 };
	for (int k = 1; k >= 0; k--) {
		*from = sides[k];
		if (holds(placed(in, cell, sides[k]), value) &&
		    is_offered(in, cell, sides[k], sides[!k]))
			return true;
	}
	return chosen && find_original(in, cell, sides, value, from);
}

/* What was asked again: a value that some merge before chose between. */
static bool find_again(struct merge_origins *in, unsigned cell, unsigned merge,
		       const struct words *value, unsigned *from)
{
	const struct history *all = &in->merging->all;
	for (const struct touch *touch = in->touches[cell]; touch; touch = touch->next) {
		in->steps++;
		if (touch->entry < merge && is_choice(&all->at[touch->entry].entry) &&
		    rests_on(in, merge, touch->entry) &&
		    find_side(in, cell, touch->entry, value, false, from))
			return true;
	}
	return false;
}

struct merge_origin merge_origin(struct merge_origins *in, unsigned cell)
{
	const struct history *all = &in->merging->all;
	const struct past_entry *head = history_find(all, in->merging->their_head);
	unsigned at = head ? (unsigned)(head - all->at) : 0;
	struct merge_origin found = { 0 };
	for (;;) {
		const struct touch *touch = placed(in, cell, at);
		const struct past_entry *past = touch ? &all->at[touch->entry] : NULL;
		found.entry = past ? &past->entry : NULL;
		found.number = touch ? touch->entry : 0;
		found.change = touch ? touch->change : NULL;
		if (!past || !is_choice(&past->entry) || in->steps > MOST_STEPS)
			return found;
		const struct words *value = &touch->change->new;
		if (past->parents[1] ? !find_side(in, cell, touch->entry, value,
						  !touch->change->writer, &at)
				     : !find_again(in, cell, touch->entry, value, &at))
			return found;
		found.decided |= !touch->change->writer;
	}
}

static bool is_locked_out(struct merge_origins *in, const char *why, unsigned mine)
{
	static const char word[] = "locked ";
	const struct history *all = &in->merging->all;
	if (strncmp(why, word, sizeof(word) - 1) != 0)
		return false;
	const struct past_entry *lock = history_find(all, why + sizeof(word) - 1);
	return lock && !rests_on(in, (unsigned)(lock - all->at), mine) &&
	       !rests_on(in, mine, (unsigned)(lock - all->at));
}

const struct entry *merge_refuser(struct merge_origins *in, unsigned cell)
{
	const struct history *all = &in->merging->all;
	const struct merge_plan *plan = &in->merging->plan;
	const struct merge_cell *at = &plan->cells[cell];
	const char *hash = at->writers[MERGE_MINE].hash;
	const struct past_entry *mine = hash ? history_find(all, hash) : NULL;
	if (!mine || !(plan->sides[mine - all->at] & 2))
		return NULL;
	for (const struct touch *touch = in->touches[cell]; touch; touch = touch->next) {
		const struct entry *entry = &all->at[touch->entry].entry;
		if (touch->change || plan->sides[touch->entry] != 2)
			continue;
		for (unsigned i = 0; i < entry->n_rejects; i++)
			if (find_cell(plan, entry->rejects[i].table, entry->rejects[i].key,
				      entry->rejects[i].group) == at &&
			    is_locked_out(in, entry->rejects[i].why, (unsigned)(mine - all->at)))
				return NULL;
		return entry;
	}
	return NULL;
}
