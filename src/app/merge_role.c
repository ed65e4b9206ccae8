/* Whether who wrote what a merge takes may write it: db/roles.yaml, asked of the net effect of each
 * author in a role. */
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/role.h"
#include "merge_lock.h"
#include "session_parts.h"

#define MOST_REFUSED 500 /* more is no slip but another's file */

/* The changes of one author in one role. */
struct author {
	const char *by, *role;
	bool is_undo;
	const char *reason; /* "" where one of its entries gives none */
	struct change *changes;
	unsigned *cells; /* number in the plan */
	unsigned n, cap;
};

struct authors {
	struct author *at;
	unsigned n;
};

static bool is_turn(const struct entry *entry)
{
	return strcmp(entry->kind, "undo") == 0 || strcmp(entry->kind, "redo") == 0;
}

static struct author *find_author(struct merging *merging, struct authors *authors,
				  const struct entry *entry)
{
	for (unsigned i = 0; i < authors->n; i++)
		if (strcmp(authors->at[i].by, entry->by) == 0 &&
		    strcmp(authors->at[i].role, entry->role) == 0 &&
		    authors->at[i].is_undo == is_turn(entry))
			return &authors->at[i];
	authors->at = lt_arena_resize(&merging->arena, authors->at,
				      (authors->n + 1) * sizeof(*authors->at));
	if (!authors->at)
		return NULL;
	struct author *author = &authors->at[authors->n++];
	*author = (struct author){
		entry->by, entry->role, is_turn(entry), entry->reason, NULL, NULL, 0, 0
	};
	return author;
}

static bool add_change(struct merging *merging, struct author *author, unsigned number,
		       const struct change *change)
{
	if (author->n == author->cap) {
		author->cap = author->cap * 2 + 32;
		author->changes = lt_arena_resize(&merging->arena, author->changes,
						  author->cap * sizeof(*author->changes));
		author->cells = lt_arena_resize(&merging->arena, author->cells,
						author->cap * sizeof(*author->cells));
		if (!author->changes || !author->cells)
			return false;
	}
	author->cells[author->n] = number;
	author->changes[author->n++] = *change;
	return true;
}

/* What a damaged file still said bears the name of who saved it: a person looks at it. */
static void ask(struct merge_plan *plan, struct merge_cell *cell)
{
	if (cell->take != TAKE_THEIRS)
		return;
	cell->why = MERGE_CONFLICT;
	cell->take = TAKE_OPEN;
	if (plan->kind == MERGE_ADOPT)
		plan->kind = MERGE_JOIN;
}

static enum lt_status gather_cell(struct merging *merging, unsigned number,
				  const struct merge_origin *origin, struct authors *out,
				  struct lt_err *err)
{
	struct merge_plan *plan = &merging->plan;
	struct merge_cell *cell = &plan->cells[number];
	const struct entry *entry = origin->entry;
	if (!entry || (strcmp(entry->kind, "new") == 0 && !entry->n_parents))
		return LT_OK;
	if (strcmp(entry->kind, "rescue") == 0) {
		if (!(plan->sides[origin->number] & 1))
			ask(plan, cell);
		return LT_OK;
	}
	/* who chose between two values needs no right to either; who wrote it had one to write it
	 * where it was written */
	const struct change change = { .table = cell->table,
				       .key = cell->key,
				       .group = cell->group,
				       .old = origin->decided ? origin->change->old : cell->mine,
				       .new = cell->theirs };
	struct author *author = find_author(merging, out, entry);
	if (!author || !add_change(merging, author, number, &change))
		return lt_err_memory(err);
	if (is_blank(entry->reason))
		author->reason = "";
	return LT_OK;
}

static enum lt_status permits(struct session *session, const struct author *author,
			      const struct change *changes, unsigned n, struct lt_err *err)
{
	const struct deed deed = { .by = author->by,
				   .role = author->role,
				   .changes = changes,
				   .n_changes = n,
				   .is_undo = author->is_undo,
				   .beside = author->changes,
				   .n_beside = author->n };
	const char *reason = session->reason;
	session->reason = author->reason;
	const enum lt_status status = role_permits(session, &deed, err);
	session->reason = reason;
	return status;
}

/* Who says no to a correction brings back what was before: who may not write that has it asked about,
 * so that nobody's verdict goes without its author seeing it. */
static enum lt_status judge_refuser(struct merging *merging, unsigned number,
				    const struct entry *refuser, struct lt_err *err)
{
	struct merge_cell *cell = &merging->plan.cells[number];
	struct lt_err why = LT_ERR_INIT;
	const struct author author = { refuser->by, refuser->role, is_turn(refuser), refuser->reason,
				       NULL,        NULL,          0,                0 };
	const struct change change = { .table = cell->table,
				       .key = cell->key,
				       .group = cell->group,
				       .old = cell->mine,
				       .new = cell->theirs };
	const enum lt_status status = permits(merging->session, &author, &change, 1, &why);
	if (status == LT_EDATA)
		ask(&merging->plan, cell);
	else if (status)
		*err = why;
	return status == LT_EDATA ? LT_OK : status;
}

static enum lt_status gather(struct merging *merging, struct authors *out, struct lt_err *err)
{
	struct merge_origins *origins;
	*out = (struct authors){ 0 };
	if (!merging->plan.n_cells)
		return LT_OK;
	enum lt_status status = merge_origins_new(merging, &origins, err);
	for (unsigned i = 0; i < merging->plan.n_cells && !status; i++) {
		const struct merge_cell *cell = &merging->plan.cells[i];
		/* what a round keeps may be chosen later, all the same */
		if (cell->take == TAKE_MINE && cell->why != MERGE_LOCKED)
			continue;
		const struct merge_origin origin = merge_origin(origins, i);
		const bool is_known =
			!origin.entry || (merging->plan.sides[origin.number] & 1);
		const struct entry *refuser = is_known ? merge_refuser(origins, i) : NULL;
		status = refuser ? judge_refuser(merging, i, refuser, err) : LT_OK;
		if (status || refuser)
			continue;
		status = gather_cell(merging, i, &origin, out, err);
	}
	return status;
}

/* One after the other: what is refused is named with the reason. */
static enum lt_status judge_each(struct merging *merging, const struct author *author,
				 struct lt_err *err)
{
	for (unsigned i = 0; i < author->n; i++) {
		struct lt_err why = LT_ERR_INIT;
		enum lt_status status =
			permits(merging->session, author, &author->changes[i], 1, &why);
		if (status && status != LT_EDATA) {
			*err = why;
			return status;
		}
		if (!status)
			continue;
		if (++merging->n_roles > MOST_REFUSED) {
			*err = why;
			return status;
		}
		const char *text = lt_arena_strndup(&merging->arena, why.text[LT_EN], LT_ERR_TEXT);
		if (!text)
			return lt_err_memory(err);
		struct merge_cell *cell = &merging->plan.cells[author->cells[i]];
		cell->why = MERGE_NEWER;
		merge_refuse(&merging->plan, author->cells[i], text);
	}
	return LT_OK;
}

enum lt_status merge_roles(struct merging *merging, struct lt_err *err)
{
	struct authors authors;
	enum lt_status status = gather(merging, &authors, err);
	for (unsigned i = 0; i < authors.n && !status; i++) {
		const struct author *author = &authors.at[i];
		struct lt_err why = LT_ERR_INIT;
		status = permits(merging->session, author, author->changes, author->n, &why);
		if (status == LT_EDATA)
			status = judge_each(merging, author, err);
		else if (status)
			*err = why;
	}
	return status;
}

/* ---- a patch, of which nothing may be forbidden ---- */

/* Everything that its entries left behind, whether or not it would be taken. */
static enum lt_status gather_patch(struct merging *merging, struct authors *out, struct lt_err *err)
{
	const struct merge_plan *plan = &merging->plan;
	const struct fold *theirs = &plan->folds[MERGE_THEIRS];
	*out = (struct authors){ 0 };
	for (unsigned b = 0; b < theirs->n_buckets; b++)
		for (const struct fold_cell *cell = theirs->buckets[b]; cell; cell = cell->next) {
			const struct past_entry *at =
				history_find(&merging->all, cell->writer.hash);
			const struct fold_cell *before =
				fold_find(&plan->original, cell->table, cell->key, cell->group);
			struct change change = { .table = cell->table,
						 .key = cell->key,
						 .group = cell->group,
						 .new = cell->value };
			if (!at || (plan->sides[at - merging->all.at] & 1))
				continue;
			if (before)
				change.old = before->value;
			struct author *author = find_author(merging, out, &at->entry);
			if (!author || !add_change(merging, author, 0, &change))
				return lt_err_memory(err);
			if (is_blank(at->entry.reason))
				author->reason = "";
		}
	return LT_OK;
}

enum lt_status patch_roles(struct merging *merging, struct lt_err *err)
{
	struct authors authors = { 0 };
	enum lt_status status = LT_OK;
	if (merging->plan.kind != MERGE_NOTHING)
		status = gather_patch(merging, &authors, err);
	for (unsigned i = 0; i < authors.n && !status; i++)
		status = permits(merging->session, &authors.at[i], authors.at[i].changes,
				 authors.at[i].n, err);
	return status;
}
