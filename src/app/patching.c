/* A patch that comes in: every check, then item by item. */
#include "lingtan/app/patching.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "lingtan/base/text.h"
#include "lingtan/store/blob.h"
#include "merge_lock.h"
#include "session_parts.h"

#define DAY_S 86400 /* clocks of two people may differ by less */

/* ---- what an entry must be ---- */

/* 2026-03-01T14:03:22+08:00 as seconds; -1 where it is none. */
static time_t read_time(const char *text)
{
	struct tm when = { 0 };
	int hours = 0, minutes = 0, n = 0;
	char sign = '+';
	const char *rest = strptime(text, "%Y-%m-%dT%H:%M:%S", &when);
	if (!rest || sscanf(rest, "%c%2d:%2d%n", &sign, &hours, &minutes, &n) != 3 || rest[n] ||
	    (sign != '+' && sign != '-'))
		return -1;
	const time_t offset = (time_t)hours * 3600 + (time_t)minutes * 60;
	return timegm(&when) - (sign == '+' ? offset : -offset);
}

bool is_past_time(const char *at)
{
	const time_t when = read_time(at);
	return when >= 0 && when <= time(NULL) + DAY_S;
}

static enum lt_status check_time(const char *hash, const struct entry *entry, struct lt_err *err)
{
	if (is_past_time(entry->at))
		return LT_OK;
	char shown[60];
	lt_text_visible(entry->at, lt_text_cut(entry->at, strlen(entry->at), 40), shown,
			sizeof(shown));
	return lt_err_set(
		err, LT_EDATA, "记录 %.12s 的时间“%s”在将来，或不是时间；补丁没有用",
		"entry %.12s says it is of '%s', which is to come or no time; the patch was not used",
		hash, shown);
}

static const struct change *find_change(const struct entry *entry, const struct change *like)
{
	for (unsigned i = 0; i < entry->n_changes; i++)
		if (strcmp(entry->changes[i].key, like->key) == 0 &&
		    strcmp(entry->changes[i].group, like->group) == 0 &&
		    strcmp(entry->changes[i].table, like->table) == 0)
			return &entry->changes[i];
	return NULL;
}

/* What is taken back must have been made by the same person, and be what comes back. */
static enum lt_status check_turn(const struct merging *merging, const char *hash,
				 const struct entry *entry, struct lt_err *err)
{
	if (strcmp(entry->kind, "undo") != 0 && strcmp(entry->kind, "redo") != 0)
		return LT_OK;
	const struct past_entry *of =
		entry->undoes ? history_find(&merging->all, entry->undoes) : NULL;
	bool fits = of && strcmp(of->entry.by, entry->by) == 0;
	for (unsigned i = 0; i < entry->n_changes && fits; i++) {
		const struct change *turned = find_change(&of->entry, &entry->changes[i]);
		fits = turned && cell_value_equals(&turned->old, &entry->changes[i].new);
	}
	return fits ? LT_OK
		    : lt_err_set(
			      err, LT_EDATA, "记录 %.12s 自称撤销，却写了别的；补丁没有用",
			      "entry %.12s says it takes something back and writes something else; the patch was not used",
			      hash);
}

/* ---- bytes that it names ---- */

static enum lt_status check_blobs(struct patching *patching, const struct change *change,
				  struct lt_err *err)
{
	struct session *session = patching->merging.session;
	const struct fact_table *table =
		vocabulary_find_table(session->workspace->vocabulary, change->table);
	const struct cell_group *group = table ? fact_table_find_group(table, change->group) : NULL;
	if (!group || (change->new.at && change->new.n != group->members.n))
		return lt_err_set(
			err, LT_EDATA, "补丁写 %.40s.%.40s，这里没有这样的字段；补丁没有用",
			"the patch writes %.40s.%.40s, which there is not; it was not used",
			change->table, change->group);
	for (unsigned b = 0; b < group->blobs.n && change->new.at; b++) {
		const char *sha256 =
			change->new.at[cell_group_find_member(group, group->blobs.at[b])];
		uint64_t size;
		bool found = false;
		if (!sha256[0] || patch_has_blob(&patching->patch, sha256))
			continue;
		enum lt_status status = blob_find(session->project, sha256, &found, &size, err);
		if (status)
			return status;
		if (!found)
			return lt_err_set(
				err, LT_EDATA,
				"补丁提到的内容 %.12s 没有带来；请对方用 --evidence 重新生成",
				"the bytes %.12s that the patch names did not come with it; ask for it made with --evidence",
				sha256);
	}
	return LT_OK;
}

/* ---- into the history ---- */

static enum lt_status add_entries(struct patching *patching, struct lt_err *err)
{
	struct merging *merging = &patching->merging;
	const struct patch *patch = &patching->patch;
	struct carried *fresh = &merging->fresh;
	enum lt_status status = LT_OK;
	fresh->at = lt_arena_alloc(&merging->arena, patch->carried.n + 1, sizeof(*fresh->at));
	if (!fresh->at)
		return lt_err_memory(err);
	for (unsigned i = 0; i < patch->carried.n && !status; i++) {
		const struct entry *entry = &patch->entries[i];
		const char *hash = patch->carried.at[i].hash;
		bool added;
		status = check_time(hash, entry, err);
		if (!status)
			status = history_add(&merging->all, hash, entry, &added, err);
		if (status == LT_NO)
			err->status = status = LT_EDATA;
		if (status || !added)
			continue;
		fresh->at[fresh->n++] = patch->carried.at[i];
		status = check_turn(merging, hash, entry, err);
		for (unsigned c = 0; c < entry->n_changes && !status; c++)
			status = check_blobs(patching, &entry->changes[c], err);
	}
	return status;
}

static enum lt_status check_place(struct patching *patching, struct lt_err *err)
{
	struct merging *merging = &patching->merging;
	const struct patch *patch = &patching->patch;
	if (strcmp(patch->project, project_id(merging->session->project)) != 0)
		return lt_err_set(err, LT_EDATA, "补丁属于另一个项目，没有用",
				  "the patch is of another project and was not used");
	if (!history_find(&merging->all, patch->base))
		return lt_err_set(
			err, LT_EDATA,
			"补丁接在记录 %.12s 之后，这个文件里没有它；请先合并对方的文件，或用对应的那份文件",
			"the patch follows entry %.12s, which this file has not; merge the other's file first, or use the file it was made from",
			patch->base);
	return LT_OK;
}

/* ---- items ---- */

const char *cell_item(const struct fold *fold, const struct vocabulary *vocabulary,
		      const struct merge_cell *cell, struct lt_arena *arena)
{
	const struct fact_table *table = vocabulary_find_table(vocabulary, cell->table);
	const char *parts[CELL_MAX_KEY];
	if (!table || !cell_key_split(arena, cell->key, parts, table->key.n))
		return "";
	for (unsigned i = 0; i < table->key.n; i++)
		if (strcmp(table->key.at[i], "item") == 0 ||
		    strcmp(table->key.at[i], "quantity") == 0 ||
		    strcmp(table->key.at[i], "line") == 0)
			return parts[i];
	/* what names its place in a group */
	const struct cell_group *place = fact_table_find_group(table, "place");
	const int member = place ? cell_group_find_member(place, "item") : -1;
	const struct words *value = merge_held(fold, cell->table, cell->key, "place");
	if (member >= 0 && value->at && (unsigned)member < value->n)
		return value->at[member];
	const char *const key[] = { parts[0] };
	const char *finding =
		strcmp(cell->table, "finding_tie") == 0 ? cell_key_join(arena, key, 1) : NULL;
	value = finding ? merge_held(fold, "finding", finding, "place") : value;
	return finding && value->at ? value->at[1] : "";
}

/* Items by their ids: number + 1, 0 = free; a patch may hold an inventory of thousands. */
struct item_index {
	unsigned *at;
	unsigned size; /* a power of two, more than there are items */
};

static unsigned *find_slot(const struct patching *patching, const struct item_index *index,
			   const char *item)
{
	unsigned slot = lt_text_hash(item) & (index->size - 1);
	while (index->at[slot] && strcmp(patching->items[index->at[slot] - 1].item, item) != 0)
		slot = (slot + 1) & (index->size - 1);
	return &index->at[slot];
}

static enum lt_status add_to_item(struct patching *patching, const struct item_index *index,
				  const char *item, unsigned cell, struct lt_err *err)
{
	struct lt_arena *arena = &patching->merging.arena;
	unsigned *slot = find_slot(patching, index, item);
	if (!*slot) {
		patching->items = lt_arena_resize(arena, patching->items,
						  (patching->n_items + 1) * sizeof(*patching->items));
		if (!patching->items)
			return lt_err_memory(err);
		patching->items[patching->n_items++] = (struct patch_item){ .item = item };
		*slot = patching->n_items;
	}
	struct patch_item *to = &patching->items[*slot - 1];
	to->cells = lt_arena_resize(arena, to->cells, (to->n + 1) * sizeof(*to->cells));
	if (!to->cells)
		return lt_err_memory(err);
	to->cells[to->n++] = cell;
	return LT_OK;
}

static enum lt_status list_items(struct patching *patching, struct lt_err *err)
{
	struct merging *merging = &patching->merging;
	const struct merge_plan *plan = &merging->plan;
	struct item_index index = { .size = 16 };
	enum lt_status status = LT_OK;
	while (index.size / 2 < plan->n_cells)
		index.size *= 2;
	index.at = lt_arena_alloc(&merging->arena, index.size, sizeof(*index.at));
	if (!index.at)
		return lt_err_memory(err);
	for (unsigned i = 0; i < plan->n_cells && !status; i++) {
		const char *item = cell_item(&plan->folds[MERGE_THEIRS],
					     merging->session->workspace->vocabulary,
					     &plan->cells[i], &merging->arena);
		status = add_to_item(patching, &index, item, i, err);
	}
	return status;
}

/* ---- life ---- */

static enum lt_status put_bytes(void *context, struct project *project, struct lt_err *err)
{
	const struct patching *patching = context;
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < patching->patch.n_blobs && !status; i++) {
		char sha256[LT_SHA256_HEX];
		const struct patch_blob *blob = &patching->patch.blobs[i];
		if (merge_takes_bytes(&patching->merging, blob->sha256))
			status = blob_put_bytes(project, blob->bytes, blob->size, sha256, err);
	}
	return status;
}

static enum lt_status hold_against(struct patching *patching, struct lt_err *err)
{
	struct merging *merging = &patching->merging;
	struct project *mine = merging->session->project;
	struct lt_err ignored = LT_ERR_INIT;
	enum lt_status status = project_begin(mine, false, err);
	if (status)
		return status;
	status = journal_read(mine, &merging->all, NULL, err);
	if (!status)
		status = check_place(patching, err);
	if (!status)
		status = add_entries(patching, err);
	merging->head = lt_arena_strndup(&merging->arena, project_head(mine), LT_SHA256_HEX);
	merging->their_head = patching->patch.head;
	project_end(mine, true, &ignored);
	if (!status && !merging->head)
		status = lt_err_memory(err);
	if (!status)
		status = merging_plan(merging, false, err);
	if (!status)
		status = patch_roles(merging, err);
	return status;
}

enum lt_status patching_open(struct session *session, const char *path, struct patching *out,
			     struct lt_err *err)
{
	*out = (struct patching){ 0 };
	merging_begin(session, &out->merging);
	out->merging.put_bytes = put_bytes;
	out->merging.context = out;
	enum lt_status status = patch_open(path, &out->merging.arena, &out->patch, err);
	if (!status)
		status = patch_check_signature(session, &out->patch, err);
	if (!status)
		status = hold_against(out, err);
	if (status)
		return status;
	out->is_known = out->merging.plan.kind == MERGE_NOTHING;
	return list_items(out, err);
}

enum lt_status patching_refuse(struct patching *patching, const char *item, const char *reason,
			       struct lt_err *err)
{
	for (unsigned i = 0; i < patching->n_items; i++) {
		struct patch_item *at = &patching->items[i];
		if (strcmp(at->item, item) != 0)
			continue;
		at->reason = reason;
		for (unsigned c = 0; c < at->n; c++)
			merge_refuse(&patching->merging.plan, at->cells[c], reason);
		return LT_OK;
	}
	return lt_err_set(err, LT_EDATA, "补丁里没有条款 %.*s；见 lingtan patch show",
			  "the patch has nothing about %.*s; see lingtan patch show", LT_CUT(item, 60));
}

enum lt_status patching_take(struct patching *patching, const char *item, struct lt_err *err)
{
	struct merge_plan *plan = &patching->merging.plan;
	const enum lt_status status = patching_refuse(patching, item, NULL, err);
	for (unsigned i = 0; i < patching->n_items && !status; i++) {
		const struct patch_item *at = &patching->items[i];
		for (unsigned c = 0; strcmp(at->item, item) == 0 && c < at->n; c++)
			if (plan->cells[at->cells[c]].take == TAKE_OPEN)
				merge_decide(plan, at->cells[c], TAKE_THEIRS);
	}
	return status;
}

enum lt_status patching_write(struct patching *patching, bool *done, struct lt_err *err)
{
	return merging_write_as(&patching->merging, "patch", done, err);
}

void patching_close(struct patching *patching)
{
	merging_close(&patching->merging);
	*patching = (struct patching){ 0 };
}
