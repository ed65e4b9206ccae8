/* Whether who wrote what a merge takes may write it: db/roles.yaml, asked of the net effect of each
 * author in a role. */
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/role.h"
#include "merge_lock.h"

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

static bool is_choice(const struct entry *entry)
{
	return strcmp(entry->kind, "merge") == 0 || strcmp(entry->kind, "patch") == 0;
}

/* Whose words an entry of this kind carries is checked where they were written. */
static bool carries_others(const struct entry *entry)
{
	static const char *const kinds[] = { "rescue", "migrate", "new" };
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i], entry->kind) == 0)
			return true;
	return false;
}

/* Whether a merge or a patch chose what somebody had written: what is in no other entry is its
 * author's own word. */
static bool was_said(const struct merging *merging, const struct merge_cell *cell)
{
	const struct history *all = &merging->all;
	for (unsigned i = 0; cell->theirs.at && i < all->n; i++) {
		const struct entry *entry = &all->at[i].entry;
		if (is_choice(entry))
			continue;
		for (unsigned c = 0; c < entry->n_changes; c++) {
			const struct change *change = &entry->changes[c];
			if (strcmp(change->key, cell->key) == 0 &&
			    strcmp(change->group, cell->group) == 0 &&
			    strcmp(change->table, cell->table) == 0 &&
			    cell_value_equals(&change->new, &cell->theirs))
				return true;
		}
	}
	return !cell->theirs.at;
}

static enum lt_status gather(struct merging *merging, struct authors *out, struct lt_err *err)
{
	*out = (struct authors){ 0 };
	for (unsigned i = 0; i < merging->plan.n_cells; i++) {
		const struct merge_cell *cell = &merging->plan.cells[i];
		const struct entry *entry = merging_writer(merging, cell, MERGE_THEIRS);
		if (!entry || cell->take == TAKE_MINE || carries_others(entry) ||
		    (is_choice(entry) && was_said(merging, cell)))
			continue;
		const struct change change = { .table = cell->table,
					       .key = cell->key,
					       .group = cell->group,
					       .old = cell->mine,
					       .new = cell->theirs };
		struct author *author = find_author(merging, out, entry);
		if (!author || !add_change(merging, author, i, &change))
			return lt_err_memory(err);
		if (!entry->reason[strspn(entry->reason, " \t\r\n")])
			author->reason = "";
	}
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
			if (!at->entry.reason[strspn(at->entry.reason, " \t\r\n")])
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
