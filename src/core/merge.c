#include "lingtan/core/merge.h"

#include <stdlib.h>
#include <string.h>

#define IN_MINE 1
#define IN_THEIRS 2

/* ---- stamps ---- */

static bool is_greater(const struct cell_stamp *a, const struct cell_stamp *b)
{
	if (!a->hash || !b->hash)
		return a->hash != NULL;
	return a->depth != b->depth ? a->depth > b->depth : strcmp(a->hash, b->hash) > 0;
}

static bool is_same_stamp(const struct cell_stamp *a, const struct cell_stamp *b)
{
	return a->hash && b->hash ? strcmp(a->hash, b->hash) == 0 : a->hash == b->hash;
}

/* Whether a side rests on the entry that wrote a value; what nobody wrote is everywhere. */
static bool is_known(const struct merge_plan *plan, const struct cell_stamp *writer,
		     unsigned char side)
{
	const struct past_entry *entry =
		writer->hash ? history_find(plan->all, writer->hash) : NULL;
	return !entry || (plan->sides[entry - plan->all->at] & side);
}

/* ---- what one cell comes to ---- */

static bool is_blank(const struct words *value)
{
	for (unsigned i = 0; i < (value->at ? value->n : 0); i++)
		if (value->at[i][0])
			return false;
	return true;
}

static bool is_blank_of_import(const struct merge_plan *plan, const struct words *value,
			       const struct cell_stamp *writer)
{
	const struct past_entry *entry =
		writer->hash ? history_find(plan->all, writer->hash) : NULL;
	return entry && is_blank(value) && strcmp(entry->entry.kind, "import") == 0;
}

static const struct cell_group *group_of(const struct merge_plan *plan,
					 const struct merge_cell *cell)
{
	const struct fact_table *table = vocabulary_find_table(plan->vocabulary, cell->table);
	return table ? fact_table_find_group(table, cell->group) : NULL;
}

/* Members that name bytes and do. */
static unsigned count_bytes(const struct cell_group *group, const struct words *value)
{
	unsigned n = 0;
	for (unsigned b = 0; b < group->blobs.n && value->at; b++) {
		const int member = cell_group_find_member(group, group->blobs.at[b]);
		n += member >= 0 && (unsigned)member < value->n && value->at[member][0];
	}
	return n;
}

static bool is_joined(const struct cell_group *group)
{
	return group && group->merge && strcmp(group->merge, "joined") == 0;
}

static void take_fuller(struct merge_cell *cell, const struct cell_group *group)
{
	const unsigned mine = count_bytes(group, &cell->mine) + !is_blank(&cell->mine);
	const unsigned theirs = count_bytes(group, &cell->theirs) + !is_blank(&cell->theirs);
	cell->why = MERGE_JOINED;
	if (mine != theirs)
		cell->take = theirs > mine ? TAKE_THEIRS : TAKE_MINE;
	else
		cell->take = is_greater(&cell->writers[MERGE_THEIRS], &cell->writers[MERGE_MINE])
				     ? TAKE_THEIRS
				     : TAKE_MINE;
}

/* Neither had seen the other. */
static void judge_concurrent(const struct merge_plan *plan, struct merge_cell *cell)
{
	const struct cell_group *group = group_of(plan, cell);
	const struct cell_stamp *mine = &cell->writers[MERGE_MINE],
				*theirs = &cell->writers[MERGE_THEIRS];
	const bool blank_mine = is_blank_of_import(plan, &cell->mine, mine);
	const bool blank_theirs = is_blank_of_import(plan, &cell->theirs, theirs);
	if (group && group->merge && strcmp(group->merge, "exclusive") == 0) {
		cell->why = MERGE_EXCLUSIVE;
	} else if (cell_value_equals(&cell->mine, &cell->theirs)) {
		/* what somebody took out stands longer than what an import left blank */
		cell->why = MERGE_SAME;
		cell->take = (blank_mine != blank_theirs ? blank_mine : is_greater(theirs, mine))
				     ? TAKE_THEIRS
				     : TAKE_MINE;
	} else if (is_joined(group)) {
		take_fuller(cell, group);
	} else if (blank_mine != blank_theirs) {
		cell->why = MERGE_BLANK;
		cell->take = blank_mine ? TAKE_THEIRS : TAKE_MINE;
	} else {
		cell->why = MERGE_CONFLICT;
	}
}

/* ---- rounds that the other side had not seen ---- */

/* The entry that locks a cell on a side and that the other side does not rest on; NULL = none. */
static const struct past_entry *lock_on(const struct merge_plan *plan,
					const struct merge_rules *rules, enum merge_side side,
					const struct merge_cell *cell)
{
	const char *hash = rules->lock_of ? rules->lock_of(rules->context, plan, side, cell) : NULL;
	const struct past_entry *lock = hash ? history_find(plan->all, hash) : NULL;
	const unsigned char other = side == MERGE_MINE ? IN_THEIRS : IN_MINE;
	return lock && !(plan->sides[lock - plan->all->at] & other) ? lock : NULL;
}

/* Whether what a round holds was submitted without this value in view, and it is not what stands.
 */
static bool is_shut_out(struct merge_plan *plan, const struct past_entry *lock,
			const struct cell_stamp *writer, bool is_new)
{
	const struct past_entry *entry =
		writer->hash ? history_find(plan->all, writer->hash) : NULL;
	if (!entry || !is_new)
		return false;
	if (plan->marked != lock) {
		memset(plan->marks, 0, plan->all->n);
		history_mark(plan->all, lock->hash, plan->marks, 1);
		plan->marked = lock;
	}
	return !plan->marks[entry - plan->all->at];
}

static void keep_locked(struct merge_cell *cell, enum merge_side side,
			const struct past_entry *lock)
{
	/* the same said in ignorance of the round changes nothing, and asks nobody */
	cell->why = cell_value_equals(&cell->mine, &cell->theirs) ? MERGE_SAME : MERGE_LOCKED;
	cell->take = side == MERGE_MINE ? TAKE_MINE : TAKE_THEIRS;
	cell->lock = lock->hash;
	cell->locked = side;
}

/* A change by somebody who had not seen that the round was submitted waits for a decision: until
 * then what was submitted stays. What the other side wrote never rests on the lock, since the other
 * side does not. */
static void judge_lock(struct merge_plan *plan, const struct merge_rules *rules,
		       struct merge_cell *cell)
{
	const struct cell_stamp *const writers = cell->writers;
	if (cell->why == MERGE_EXCLUSIVE)
		return;
	const struct past_entry *mine = lock_on(plan, rules, MERGE_MINE, cell);
	const struct past_entry *theirs = lock_on(plan, rules, MERGE_THEIRS, cell);
	const bool new_theirs =
		cell->take != TAKE_MINE || !is_known(plan, &writers[MERGE_THEIRS], IN_MINE);
	const bool new_mine =
		cell->take != TAKE_THEIRS || !is_known(plan, &writers[MERGE_MINE], IN_THEIRS);
	if (mine && theirs) {
		/* each is bound by a round that the other had not seen */
		if (cell_value_equals(&cell->mine, &cell->theirs))
			return;
		cell->why = MERGE_CONFLICT;
		cell->take = TAKE_OPEN;
	} else if (mine && is_shut_out(plan, mine, &writers[MERGE_THEIRS], new_theirs)) {
		keep_locked(cell, MERGE_MINE, mine);
	} else if (theirs && is_shut_out(plan, theirs, &writers[MERGE_MINE], new_mine)) {
		keep_locked(cell, MERGE_THEIRS, theirs);
	}
}

/* ---- all of it ---- */

static bool rejects_cell(const struct entry *entry, const struct merge_cell *cell)
{
	for (unsigned i = 0; i < entry->n_rejects; i++) {
		const struct reject *reject = &entry->rejects[i];
		if (strcmp(reject->key, cell->key) == 0 &&
		    strcmp(reject->group, cell->group) == 0 &&
		    strcmp(reject->table, cell->table) == 0)
			return true;
	}
	return false;
}

/* Whether a side says no to a value of this cell in an entry that the other does not know. */
static bool refuses_alone(const struct merge_plan *plan, const struct merge_cell *cell,
			  unsigned char side)
{
	for (unsigned i = 0; i < plan->all->n; i++)
		if (plan->sides[i] == side && rejects_cell(&plan->all->at[i].entry, cell))
			return true;
	return false;
}

/* Each side rests on what the other holds, and yet holds something else: one of them said no to the
 * other's, which is not asked again. Where both or neither did, each made its own choice of the
 * two. */
static void judge_refused(const struct merge_plan *plan, struct merge_cell *cell)
{
	const bool mine_refused = refuses_alone(plan, cell, IN_MINE);
	cell->take = TAKE_MINE;
	if (cell_value_equals(&cell->mine, &cell->theirs))
		return;
	if (mine_refused != refuses_alone(plan, cell, IN_THEIRS)) {
		cell->take = mine_refused ? TAKE_MINE : TAKE_THEIRS;
	} else if (is_joined(group_of(plan, cell))) {
		take_fuller(cell, group_of(plan, cell));
	} else {
		cell->why = MERGE_CONFLICT;
		cell->take = TAKE_OPEN;
	}
}

static void judge(struct merge_plan *plan, const struct merge_rules *rules, struct merge_cell *cell)
{
	const struct cell_stamp *mine = &cell->writers[MERGE_MINE],
				*theirs = &cell->writers[MERGE_THEIRS];
	const bool had_theirs = is_known(plan, theirs, IN_MINE);
	const bool had_mine = is_known(plan, mine, IN_THEIRS);
	cell->why = MERGE_NEWER;
	if (had_theirs && had_mine)
		judge_refused(plan, cell);
	else if (had_theirs || had_mine)
		cell->take = had_theirs ? TAKE_MINE : TAKE_THEIRS;
	else
		judge_concurrent(plan, cell);
	judge_lock(plan, rules, cell);
	if (rules->again && !cell_value_equals(&cell->mine, &cell->theirs)) {
		cell->why = cell->why == MERGE_EXCLUSIVE ? MERGE_EXCLUSIVE : MERGE_CONFLICT;
		cell->take = TAKE_OPEN;
	}
	if (plan->kind == MERGE_ADOPT) {
		cell->why = MERGE_NEWER;
		cell->take = TAKE_THEIRS;
	}
}

/* ---- all cells ---- */

static enum lt_status add_cell(struct merge_plan *plan, const struct merge_cell *cell,
			       struct lt_err *err)
{
	plan->cells = lt_arena_room(plan->all->arena, plan->cells, plan->n_cells, &plan->cap_cells,
				    sizeof(*plan->cells));
	if (!plan->cells)
		return lt_err_memory(err);
	plan->cells[plan->n_cells++] = *cell;
	return LT_OK;
}

static int compare_cells(const struct fold_cell *a, const struct fold_cell *b)
{
	int order = strcmp(a->table, b->table);
	if (order == 0)
		order = strcmp(a->key, b->key);
	return order ? order : strcmp(a->group, b->group);
}

/* A merge that refused the first value a cell ever had wrote that there is nothing: as if nobody
 * ever had. */
static void forget_refused(const struct merge_plan *plan, struct merge_cell *cell)
{
	const struct words *const values[] = { &cell->mine, &cell->theirs };
	for (int side = 0; side < MERGE_SIDES; side++) {
		struct cell_stamp *writer = &cell->writers[side];
		const struct past_entry *entry = writer->hash && !values[side]->at
							 ? history_find(plan->all, writer->hash)
							 : NULL;
		if (entry && rejects_cell(&entry->entry, cell))
			*writer = (struct cell_stamp){ 0 };
	}
}

static enum lt_status see_cell(struct merge_plan *plan, const struct merge_rules *rules,
			       const struct fold_cell *mine, const struct fold_cell *theirs,
			       struct lt_err *err)
{
	const struct fold_cell *any = mine ? mine : theirs;
	struct merge_cell cell = { .table = any->table, .key = any->key, .group = any->group };
	if (mine) {
		cell.mine = mine->value;
		cell.writers[MERGE_MINE] = mine->writer;
	}
	if (theirs) {
		cell.theirs = theirs->value;
		cell.writers[MERGE_THEIRS] = theirs->writer;
	}
	/* the stamps alone do not tell after a refusal: the same writer, yet taken back here */
	if (is_same_stamp(&cell.writers[MERGE_MINE], &cell.writers[MERGE_THEIRS]) &&
	    cell_value_equals(&cell.mine, &cell.theirs))
		return LT_OK;
	const struct fold_cell *original =
		fold_find(&plan->original, cell.table, cell.key, cell.group);
	if (original)
		cell.original = original->value;
	forget_refused(plan, &cell);
	judge(plan, rules, &cell);
	/* what stays as it is, and was nobody's question, is not listed */
	if (cell.take == TAKE_MINE && (cell.why == MERGE_NEWER || cell.why == MERGE_SAME))
		return LT_OK;
	return add_cell(plan, &cell, err);
}

static enum lt_status see_cells(struct merge_plan *plan, const struct merge_rules *rules,
				struct lt_err *err)
{
	const struct fold *const folds = plan->folds;
	const struct fold_cell **mine = fold_sorted(&folds[MERGE_MINE]);
	const struct fold_cell **theirs = fold_sorted(&folds[MERGE_THEIRS]);
	const unsigned n_mine = folds[MERGE_MINE].n_cells, n_theirs = folds[MERGE_THEIRS].n_cells;
	unsigned m = 0, t = 0;
	enum lt_status status = LT_OK;
	if ((!mine && n_mine) || (!theirs && n_theirs))
		return lt_err_memory(err);
	while (!status && (m < n_mine || t < n_theirs)) {
		const int order = m == n_mine     ? 1
				  : t == n_theirs ? -1
						  : compare_cells(mine[m], theirs[t]);
		status = see_cell(plan, rules, order <= 0 ? mine[m] : NULL,
				  order >= 0 ? theirs[t] : NULL, err);
		m += order <= 0;
		t += order >= 0;
	}
	return status;
}

/* ---- files that a tie rests on ---- */

static struct merge_cell *find_planned(const struct merge_plan *plan, const char *table,
				       const char *key, const char *group)
{
	for (unsigned i = 0; i < plan->n_cells; i++)
		if (strcmp(plan->cells[i].key, key) == 0 &&
		    strcmp(plan->cells[i].group, group) == 0 &&
		    strcmp(plan->cells[i].table, table) == 0)
			return &plan->cells[i];
	return NULL;
}

/* Whether a cell will hold something; while it is a question, it may. */
static bool will_hold(const struct merge_plan *plan, const char *table, const char *key,
		      const char *group)
{
	const struct merge_cell *planned = find_planned(plan, table, key, group);
	const struct fold_cell *mine = fold_find(&plan->folds[MERGE_MINE], table, key, group);
	if (planned && planned->take != TAKE_OPEN)
		return merge_value(planned)->at != NULL;
	return planned || (mine && mine->value.at);
}

static bool has_part(const char *key, const char *part)
{
	const size_t len = strlen(part);
	for (const char *at = strstr(key, part); at; at = strstr(at + 1, part))
		if ((at == key || at[-1] == '|') && (!at[len] || at[len] == '|'))
			return true;
	return false;
}

/* Whether a row that names the bytes in its key will be there. */
static bool is_rested_on(const struct merge_plan *plan, const char *sha256)
{
	for (int side = 0; side < MERGE_SIDES; side++) {
		const struct fold *fold = &plan->folds[side];
		for (unsigned b = 0; b < fold->n_buckets; b++)
			for (const struct fold_cell *at = fold->buckets[b]; at; at = at->next)
				if (at->value.at && strcmp(at->group, "locator") == 0 &&
				    has_part(at->key, sha256) &&
				    will_hold(plan, at->table, at->key, "locator") &&
				    !will_hold(plan, at->table, at->key, "removed"))
					return true;
	}
	return false;
}

static bool joins_bytes(const struct merge_plan *plan, const struct merge_cell *cell)
{
	const struct cell_group *group = group_of(plan, cell);
	return is_joined(group) && group->blobs.n;
}

static int by_name(const void *a, const void *b)
{
	const struct merge_cell *x = a, *y = b;
	int order = strcmp(x->table, y->table);
	if (order == 0)
		order = strcmp(x->key, y->key);
	return order ? order : strcmp(x->group, y->group);
}

/* A file that stands on this side stays where the other took it back, if something rests on it. */
static enum lt_status keep_file(struct merge_plan *plan, enum merge_side side,
				const struct fold_cell *at, struct lt_err *err)
{
	const struct fold_cell *gone =
		fold_find(&plan->folds[!side], at->table, at->key, at->group);
	struct merge_cell cell = { .table = at->table, .key = at->key, .group = at->group };
	if (!at->value.at || !gone || gone->value.at || !joins_bytes(plan, &cell) ||
	    will_hold(plan, at->table, at->key, at->group) || !is_rested_on(plan, at->key))
		return LT_OK;
	struct merge_cell *planned = find_planned(plan, at->table, at->key, at->group);
	if (planned) {
		planned->take = side == MERGE_MINE ? TAKE_MINE : TAKE_THEIRS;
		planned->refused = NULL;
		return LT_OK;
	}
	cell.theirs = at->value;
	cell.writers[MERGE_MINE] = gone->writer;
	cell.writers[MERGE_THEIRS] = at->writer;
	cell.why = MERGE_JOINED;
	cell.take = TAKE_THEIRS;
	return add_cell(plan, &cell, err);
}

/* Somebody took a file back on one line, and somebody tied it to something else on the other: it
 * stays. */
static enum lt_status keep_files(struct merge_plan *plan, struct lt_err *err)
{
	const unsigned n_before = plan->n_cells;
	enum lt_status status = LT_OK;
	for (int side = 0; side < MERGE_SIDES && !status; side++) {
		const struct fold *fold = &plan->folds[side];
		for (unsigned b = 0; b < fold->n_buckets && !status; b++)
			for (const struct fold_cell *at = fold->buckets[b]; at && !status;
			     at = at->next)
				status = keep_file(plan, (enum merge_side)side, at, err);
	}
	if (!status && plan->n_cells > n_before)
		qsort(plan->cells, plan->n_cells, sizeof(*plan->cells), by_name);
	return status;
}

/* ---- the plan ---- */

static void compare_lines(struct merge_plan *plan)
{
	const struct history *all = plan->all;
	for (unsigned i = 0; i < all->n; i++) {
		const struct past_entry *at = &all->at[i];
		plan->n_entries[MERGE_MINE] += plan->sides[i] == IN_MINE;
		plan->n_entries[MERGE_THEIRS] += plan->sides[i] == IN_THEIRS;
		const struct cell_stamp here = { at->entry.depth, at->hash };
		const struct cell_stamp best =
			plan->base
				? (struct cell_stamp){ plan->base->entry.depth, plan->base->hash }
				: (struct cell_stamp){ 0 };
		if (plan->sides[i] == (IN_MINE | IN_THEIRS) && is_greater(&here, &best))
			plan->base = at;
	}
}

enum lt_status merge_make(const struct history *all, const char *mine, const char *theirs,
			  const struct merge_rules *rules, struct merge_plan *out,
			  struct lt_err *err)
{
	const struct past_entry *heads[MERGE_SIDES] = { history_find(all, mine),
							history_find(all, theirs) };
	unsigned char *sides = lt_arena_alloc(all->arena, all->n + 1, 1);
	*out = (struct merge_plan){ .all = all, .sides = sides, .vocabulary = rules->vocabulary };
	out->marks = lt_arena_alloc(all->arena, all->n + 1, 1);
	if (!sides || !out->marks)
		return lt_err_memory(err);
	if (!heads[MERGE_MINE] || !heads[MERGE_THEIRS])
		return lt_err_set(err, LT_EBUG, "合并缺少其中一方的最新记录",
				  "a head is missing from what is to be merged");
	history_mark(all, mine, sides, IN_MINE);
	history_mark(all, theirs, sides, IN_THEIRS);
	compare_lines(out);
	out->kind = sides[heads[MERGE_THEIRS] - all->at] & IN_MINE   ? MERGE_NOTHING
		    : sides[heads[MERGE_MINE] - all->at] & IN_THEIRS ? MERGE_ADOPT
								     : MERGE_JOIN;
	/* asked again about what is already here, only where there is something to ask */
	if (out->kind == MERGE_NOTHING && !rules->again)
		return LT_OK;
	enum lt_status status = fold_init(&out->original, all->arena, err);
	for (int side = 0; side < MERGE_SIDES && !status; side++)
		status = history_fold(all, heads[side], &out->folds[side], err);
	if (!status && out->base)
		status = history_fold(all, out->base, &out->original, err);
	if (!status)
		status = see_cells(out, rules, err);
	return status || out->kind == MERGE_ADOPT ? status : keep_files(out, err);
}

/* ---- deciding ---- */

bool merge_is_question(const struct merge_cell *cell)
{
	return cell->why == MERGE_CONFLICT || cell->why == MERGE_EXCLUSIVE ||
	       cell->why == MERGE_LOCKED;
}

void merge_decide(struct merge_plan *plan, unsigned i, enum merge_take take)
{
	struct merge_cell *cell = &plan->cells[i];
	if (!merge_is_question(cell))
		return;
	cell->decided = take != TAKE_OPEN;
	cell->take = take;
	if (take == TAKE_OPEN && cell->why == MERGE_LOCKED)
		cell->take = cell->locked == MERGE_MINE ? TAKE_MINE : TAKE_THEIRS;
}

void merge_write_anew(struct merge_plan *plan, unsigned i, struct words value)
{
	struct merge_cell *cell = &plan->cells[i];
	if (cell->why != MERGE_CONFLICT)
		return;
	merge_decide(plan, i, TAKE_WRITTEN);
	cell->written = value;
}

void merge_refuse(struct merge_plan *plan, unsigned i, const char *why)
{
	struct merge_cell *cell = &plan->cells[i];
	if (merge_is_question(cell)) {
		merge_decide(plan, i, why ? TAKE_MINE : TAKE_OPEN);
		cell->refused = why;
		return;
	}
	cell->refused = why;
	cell->take = why ? TAKE_MINE : TAKE_THEIRS;
	if (why && plan->kind == MERGE_ADOPT)
		plan->kind = MERGE_JOIN;
}

void merge_prefer(struct merge_plan *plan, enum merge_prefer prefer)
{
	for (unsigned i = 0; i < plan->n_cells; i++) {
		struct merge_cell *cell = &plan->cells[i];
		if (cell->take != TAKE_OPEN || prefer == PREFER_NONE)
			continue;
		if (prefer == PREFER_DEEPEST)
			cell->take =
				is_greater(&cell->writers[MERGE_THEIRS], &cell->writers[MERGE_MINE])
					? TAKE_THEIRS
					: TAKE_MINE;
		else
			merge_decide(plan, i, prefer == PREFER_MINE ? TAKE_MINE : TAKE_THEIRS);
	}
}

unsigned merge_count_open(const struct merge_plan *plan)
{
	unsigned n = 0;
	for (unsigned i = 0; i < plan->n_cells; i++)
		n += plan->cells[i].take == TAKE_OPEN;
	return n;
}

const struct words *merge_value(const struct merge_cell *cell)
{
	static const struct words nothing = { 0 };
	switch (cell->take) {
	case TAKE_ORIGINAL:
		return &cell->original;
	case TAKE_MINE:
		return &cell->mine;
	case TAKE_THEIRS:
		return &cell->theirs;
	case TAKE_WRITTEN:
		return &cell->written;
	case TAKE_OPEN:
		break;
	}
	return &nothing;
}

/* ---- writing down ---- */

static void add_change(const struct merge_plan *plan, const struct merge_cell *cell,
		       struct entry *entry)
{
	const bool kept = cell->take == TAKE_MINE && !cell->decided;
	if (kept)
		return;
	entry->changes[entry->n_changes++] = (struct change){
		.table = cell->table,
		.key = cell->key,
		.group = cell->group,
		.old = cell->mine,
		.new = *merge_value(cell),
		/* taken as it was written, so the stamp of who wrote it first */
		.writer = cell->decided || plan->kind == MERGE_ADOPT
				  ? NULL
				  : cell->writers[MERGE_THEIRS].hash,
	};
}

/* What the entry says of a value that it does not take; NULL = it takes it. False when memory runs
 * out. */
static bool why_refused(const struct merge_plan *plan, const struct merge_cell *cell,
			const char **why)
{
	*why = cell->refused;
	if (plan->kind == MERGE_ADOPT || cell->decided || cell->refused)
		return true;
	if (cell->why == MERGE_LOCKED)
		*why = lt_arena_printf(plan->all->arena, "locked %s", cell->lock);
	else if (cell->take == TAKE_THEIRS && !cell->writers[MERGE_THEIRS].hash)
		*why = "refused there"; /* mine was the first value, and theirs did not take it */
	return cell->why != MERGE_LOCKED || *why;
}

enum lt_status merge_changes(struct merge_plan *plan, struct entry *entry, struct lt_err *err)
{
	const unsigned n_open = merge_count_open(plan);
	if (n_open)
		return lt_err_set(err, LT_EDATA, "还有 %u 处冲突未定", "%u conflicts are open",
				  n_open);
	/* what was decided since may rest on a file that would go */
	if (plan->kind == MERGE_JOIN && keep_files(plan, err))
		return err->status;
	entry->changes =
		lt_arena_alloc(plan->all->arena, plan->n_cells + 1, sizeof(*entry->changes));
	entry->rejects =
		lt_arena_alloc(plan->all->arena, plan->n_cells + 1, sizeof(*entry->rejects));
	entry->n_changes = entry->n_rejects = 0;
	if (!entry->changes || !entry->rejects)
		return lt_err_memory(err);
	for (unsigned i = 0; i < plan->n_cells; i++) {
		const char *why = "";
		add_change(plan, &plan->cells[i], entry);
		if (!why_refused(plan, &plan->cells[i], &why))
			return lt_err_memory(err);
		if (why)
			entry->rejects[entry->n_rejects++] =
				(struct reject){ plan->cells[i].table, plan->cells[i].key,
						 plan->cells[i].group, why };
	}
	return LT_OK;
}
