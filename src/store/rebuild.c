#include "rebuild.h"

#include <stdio.h>
#include <string.h>

/* ---- entries ---- */

const struct kept_entry *kept_find(const struct kept_entries *kept, const struct kept_entry *from,
				   const char *hash)
{
	for (unsigned i = from ? (unsigned)(from - kept->at) : kept->n; i-- > 0;)
		if (strcmp(kept->at[i].hash, hash) == 0)
			return &kept->at[i];
	return NULL;
}

static bool hangs_together(const struct kept_entries *kept, const struct entry *entry)
{
	unsigned deepest = 0;
	for (unsigned p = 0; p < entry->n_parents; p++) {
		const struct kept_entry *parent = kept_find(kept, NULL, entry->parents[p]);
		if (!parent || strcmp(parent->entry.project, entry->project) != 0)
			return false;
		if (parent->entry.depth > deepest)
			deepest = parent->entry.depth;
	}
	return entry->depth == deepest + 1 && (entry->n_parents || !kept->n);
}

enum lt_status kept_add(struct kept_entries *kept, const char *hash, const char *body, size_t len,
			const char *signature, bool *taken, struct lt_err *err)
{
	char real[LT_SHA256_HEX];
	struct entry entry;
	struct lt_err ignored = LT_ERR_INIT;
	*taken = false;
	entry_hash(body, len, real);
	if (strcmp(real, hash) != 0)
		return LT_OK;
	enum lt_status status = entry_decode(body, len, kept->arena, &entry, &ignored);
	if (status == LT_ESPACE)
		return lt_err_memory(err);
	if (status || !hangs_together(kept, &entry))
		return LT_OK;
	kept->at = lt_arena_room(kept->arena, kept->at, kept->n, &kept->cap, sizeof(*kept->at));
	if (!kept->at)
		return lt_err_memory(err);
	struct kept_entry *to = &kept->at[kept->n];
	*to = (struct kept_entry){ .len = len, .entry = entry };
	to->hash = lt_arena_strndup(kept->arena, real, sizeof(real));
	to->body = lt_arena_strndup(kept->arena, body, len);
	to->signature =
		signature ? lt_arena_strndup(kept->arena, signature, strlen(signature)) : NULL;
	if (!to->hash || !to->body || (signature && !to->signature))
		return lt_err_memory(err);
	kept->n++;
	*taken = true;
	return LT_OK;
}

/* ---- facts ---- */

static unsigned depth_of(void *context, const char *hash)
{
	const struct kept_entry *found = kept_find(context, NULL, hash);
	return found ? found->entry.depth : 0;
}

enum lt_status rebuild_fold(const struct kept_entries *kept, const struct kept_entry *head,
			    struct fold *fold, struct lt_err *err)
{
	struct kept_entries known = *kept;
	unsigned n = 0;
	const struct kept_entry **line =
		lt_arena_alloc(kept->arena, head->entry.depth, sizeof(struct kept_entry *));
	if (!line)
		return lt_err_memory(err);
	for (const struct kept_entry *at = head; at;
	     at = at->entry.n_parents ? kept_find(kept, at, at->entry.parents[0]) : NULL)
		line[n++] = at;
	enum lt_status status = fold_init(fold, kept->arena, err);
	while (!status && n--)
		status = fold_apply(fold, &line[n]->entry, line[n]->hash, depth_of, &known, err);
	if (status != LT_NO)
		return status;
	/* an `old` that does not hold: nothing that can be trusted follows */
	err->status = LT_EFILE;
	return LT_EFILE;
}

static enum lt_status put_cell(struct project *project, const struct fold_cell *cell,
			       struct lt_err *err)
{
	const struct change change = {
		.table = cell->table, .key = cell->key, .group = cell->group, .new = cell->value
	};
	return cell->value.at ? facts_put(project, &change, err) : LT_OK;
}

enum lt_status rebuild_put(struct project *project, const struct fold *fold, struct lt_err *err)
{
	const struct fold_cell **cells = fold_sorted(fold);
	enum lt_status status = cells ? LT_OK : lt_err_memory(err);
	for (unsigned i = 0; !status && i < fold->n_cells; i++)
		status = put_cell(project, cells[i], err);
	return status;
}

enum lt_status rebuild_facts(struct project *project, const struct kept_entries *kept,
			     const struct kept_entry *head, struct lt_err *err)
{
	struct fold fold;
	enum lt_status status = rebuild_fold(kept, head, &fold, err);
	return status ? status : rebuild_put(project, &fold, err);
}
