/* What can be saved of a broken file, written into a new one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/random.h"
#include "lingtan/base/text.h"
#include "lingtan/store/blob.h"
#include "medium.h"
#include "rescue.h"

struct rescue {
	const char *path; /* of the broken file */
	struct findings_of_wreck found;
	struct project *from, *to; /* from: NULL where the database cannot be opened at all */
	const struct kept_entry *head;
	struct fold chain; /* what the kept entries say */
	struct fold best;  /* and what was found beside them */
	struct change *changes;
	unsigned n_changes, cap_changes;
	const struct fact_table *table; /* that is being read */
	struct rescue_report *report;
	struct lt_err *err;
};

/* ---- the newest entry ---- */

/* Without one that the database knows, the deepest. */
static void choose_head(struct rescue *rescue)
{
	const struct kept_entries *kept = &rescue->found.kept;
	const struct kept_entry *best = kept->n ? &kept->at[0] : NULL;
	const char *known = rescue->from ? rescue->from->head : "";
	const struct kept_entry *own = known[0] ? kept_find(kept, NULL, known) : NULL;
	for (unsigned i = 1; i < kept->n; i++)
		if (kept->at[i].entry.depth >= best->entry.depth)
			best = &kept->at[i];
	rescue->head = own ? own : best;
	rescue->report->head_kept = own != NULL;
}

/* Whether entries are missing, so that the kept ones do not say all. */
static bool is_incomplete(const struct rescue *rescue)
{
	for (unsigned i = 0; i < rescue->found.n_entries; i++)
		if (!rescue->found.entries[i].kept)
			return true;
	return !rescue->report->head_kept || rescue->found.n_missing || rescue->found.n_unread;
}

/* ---- words beside the chain ---- */

/* A cell of today's vocabulary with a value that a project can hold. */
static bool is_cell(const struct rescue *rescue, const char *table, const char *key,
		    const char *group, const struct words *value)
{
	const struct vocabulary *vocabulary = rescue->to->store->vocabulary;
	const struct fact_table *of = vocabulary_find_table(vocabulary, table);
	const struct cell_group *cell = of ? fact_table_find_group(of, group) : NULL;
	const char *parts[CELL_MAX_KEY];
	size_t at;
	if (!cell || (value->at && value->n != cell->members.n) ||
	    !cell_key_split(rescue->found.arena, key, parts, of->key.n) ||
	    lt_text_check(key, strlen(key), &at) != LT_TEXT_OK)
		return false;
	for (unsigned i = 0; value->at && i < value->n; i++)
		if (lt_text_check(value->at[i], strlen(value->at[i]), &at) != LT_TEXT_OK)
			return false;
	return true;
}

static unsigned no_depth(void *context, const char *hash)
{
	(void)context;
	(void)hash;
	return 0;
}

static enum lt_status take_cell(struct rescue *rescue, const struct change *wish,
				struct cell_stamp writer)
{
	struct change change = *wish;
	struct entry entry = { .depth = writer.depth, .changes = &change, .n_changes = 1 };
	const struct fold_cell *now =
		fold_find(&rescue->best, change.table, change.key, change.group);
	struct lt_err ignored = LT_ERR_INIT;
	if (!is_cell(rescue, change.table, change.key, change.group, &change.new))
		return LT_OK;
	change.old = now ? now->value : (struct words){ 0 };
	change.writer = NULL;
	return fold_apply(&rescue->best, &entry, writer.hash, no_depth, NULL, &ignored) == LT_ESPACE
		       ? lt_err_memory(rescue->err)
		       : LT_OK;
}

/* Entries whose parents are lost, in order: each says what a cell held then. */
static enum lt_status take_orphans(struct rescue *rescue)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < rescue->found.n_entries; i++) {
		const struct found_entry *at = &rescue->found.entries[i];
		const struct cell_stamp writer = { at->entry.depth, at->hash };
		if (at->kept)
			continue;
		rescue->report->n_entries_lost++;
		for (unsigned c = 0; c < at->entry.n_changes && !status; c++)
			status = take_cell(rescue, &at->entry.changes[c], writer);
	}
	return status;
}

/* A row of the tables, which hold what the newest entry left, lost or not. */
static enum lt_status take_row(void *context, const struct fact_row *row)
{
	static const char from_tables[] = "the tables";
	struct rescue *rescue = context;
	const struct cell_stamp writer = { ENTRY_MAX_DEPTH, from_tables };
	enum lt_status status = LT_OK;
	for (unsigned g = 0; g < rescue->table->n_groups && !status; g++) {
		const struct change wish = { .table = rescue->table->table,
					     .key = row->key,
					     .group = rescue->table->groups[g].group,
					     .new = row->values[g] };
		const struct fold_cell *now =
			fold_find(&rescue->best, wish.table, wish.key, wish.group);
		if (!wish.new.at || (now && cell_value_equals(&now->value, &wish.new)))
			continue;
		status = take_cell(rescue, &wish, writer);
	}
	return status;
}

static enum lt_status take_tables(struct rescue *rescue)
{
	const struct vocabulary *vocabulary = rescue->to->store->vocabulary;
	for (unsigned t = 0; t < vocabulary->n_tables && rescue->from; t++) {
		struct lt_err ignored = LT_ERR_INIT;
		rescue->table = &vocabulary->tables[t];
		/* what can be read of it */
		project_visit(rescue->from, rescue->table->table, rescue->found.arena, take_row,
			      rescue, &ignored);
		if (rescue->err->status)
			return rescue->err->status;
	}
	return LT_OK;
}

/* ---- the entry that writes them down ---- */

/* Rows refer to their assessment and evidence by a part of their key of that name. */
static bool has_owner(const struct rescue *rescue, const struct change *change)
{
	static const char *const owners[][2] = { { "assessment", "assessment" },
						 { "sha256", "evidence" } };
	const struct vocabulary *vocabulary = rescue->to->store->vocabulary;
	const struct fact_table *of = vocabulary_find_table(vocabulary, change->table);
	const char *parts[CELL_MAX_KEY];
	if (!cell_key_split(rescue->found.arena, change->key, parts, of->key.n))
		return false;
	for (unsigned p = 0; p < of->key.n; p++)
		for (unsigned o = 0; o < 2; o++) {
			const struct fact_table *owner =
				vocabulary_find_table(vocabulary, owners[o][1]);
			bool found = strcmp(of->key.at[p], owners[o][0]) != 0 || owner == of;
			const char *key = cell_key_join(rescue->found.arena, &parts[p], 1);
			for (unsigned g = 0; key && !found && g < owner->n_groups; g++) {
				const struct fold_cell *cell = fold_find(
					&rescue->best, owner->table, key, owner->groups[g].group);
				found = cell && cell->value.at;
			}
			if (!found)
				return false;
		}
	return true;
}

static bool add_change(struct rescue *rescue, const struct change *change)
{
	rescue->changes = lt_arena_room(rescue->found.arena, rescue->changes, rescue->n_changes,
					&rescue->cap_changes, sizeof(*rescue->changes));
	if (!rescue->changes)
		return false;
	rescue->changes[rescue->n_changes++] = *change;
	return true;
}

/* Those that the tables take: a damaged row may hold what no command would write. */
static enum lt_status list_changes(struct rescue *rescue)
{
	const struct fold_cell **cells = fold_sorted(&rescue->best);
	if (!cells)
		return lt_err_memory(rescue->err);
	for (unsigned i = 0; i < rescue->best.n_cells; i++) {
		const struct fold_cell *cell = cells[i];
		const struct fold_cell *before =
			fold_find(&rescue->chain, cell->table, cell->key, cell->group);
		struct change change = { .table = cell->table,
					 .key = cell->key,
					 .group = cell->group,
					 .new = cell->value };
		struct lt_err refused = LT_ERR_INIT;
		if (before)
			change.old = before->value;
		if (cell_value_equals(&change.old, &change.new))
			continue;
		const bool taken = rescue->n_changes < ENTRY_MAX_CHANGES &&
				   has_owner(rescue, &change) &&
				   facts_put(rescue->to, &change, &refused) == LT_OK;
		if (refused.status == LT_ESPACE)
			return *rescue->err = refused, LT_ESPACE;
		rescue->report->n_words_lost += !taken;
		if (taken && !add_change(rescue, &change))
			return lt_err_memory(rescue->err);
	}
	return LT_OK;
}

static enum lt_status write_words(struct rescue *rescue, const struct entry *sign)
{
	struct project *to = rescue->to;
	struct entry entry = *sign;
	enum lt_status status = take_orphans(rescue);
	if (!status)
		status = take_tables(rescue);
	/* tried first, since the entry lists what was taken */
	if (!status)
		status = sql_script(to->store, to->db, to->path, "script.savepoint", rescue->err);
	if (!status)
		status = list_changes(rescue);
	if (!status)
		status = sql_script(to->store, to->db, to->path, "script.rollback_part",
				    rescue->err);
	if (status || (!rescue->n_changes && rescue->head))
		return status;
	if (!rescue->n_changes)
		return lt_err_set(rescue->err, LT_EFILE, "%s：没有一条记录还能读出",
				  "%s: not one entry can be read", rescue->path);
	to->is_new = !rescue->head;
	if (to->is_new && rescue->found.project[0])
		memcpy(to->id, rescue->found.project, sizeof(to->id));
	else if (to->is_new)
		lt_random_id(to->id);
	entry.kind = "rescue";
	entry.changes = rescue->changes;
	entry.n_changes = rescue->report->n_words = rescue->n_changes;
	return journal_commit(to, &entry, NULL, rescue->err);
}

/* ---- entries and facts ---- */

/* The head and what it rests on, in the order of arrival. */
static enum lt_status write_entries(struct rescue *rescue)
{
	const struct kept_entries *kept = &rescue->found.kept;
	bool *wanted = lt_arena_alloc(kept->arena, kept->n + 1, sizeof(*wanted));
	enum lt_status status = wanted ? LT_OK : lt_err_memory(rescue->err);
	if (!status && rescue->head)
		wanted[rescue->head - kept->at] = true;
	for (unsigned i = kept->n; !status && i-- > 0;)
		for (unsigned p = 0; wanted[i] && p < kept->at[i].entry.n_parents; p++)
			wanted[kept_find(kept, &kept->at[i], kept->at[i].entry.parents[p]) -
			       kept->at] = true;
	for (unsigned i = 0; i < kept->n && !status; i++) {
		const struct kept_entry *at = &kept->at[i];
		if (!wanted[i])
			continue;
		status = entry_put(rescue->to, at->hash, at->body, at->len, at->signature,
				   rescue->err);
		rescue->report->n_entries++;
	}
	return status;
}

static enum lt_status write_facts(struct rescue *rescue)
{
	const struct kept_entries *kept = &rescue->found.kept;
	enum lt_status status;
	if (!rescue->head) {
		status = fold_init(&rescue->chain, kept->arena, rescue->err);
		return status ? status : fold_init(&rescue->best, kept->arena, rescue->err);
	}
	status = rebuild_fold(kept, rescue->head, &rescue->chain, rescue->err);
	if (!status)
		status = rebuild_fold(kept, rescue->head, &rescue->best, rescue->err);
	return status ? status : rebuild_put(rescue->to, &rescue->chain, rescue->err);
}

/* ---- bytes ---- */

/* The chunks of one blob, from its first. */
struct pipe {
	struct wreck *wreck;
	const struct found_chunk *at, *end;
	unsigned char *payload;
	size_t done, len;
	int64_t n;
};

static long read_chunks(void *context, void *buf, size_t cap, struct lt_err *err)
{
	struct pipe *pipe = context;
	(void)err;
	while (pipe->done == pipe->len) {
		/* a number that is there twice has its first one taken */
		while (pipe->at < pipe->end && pipe->at->n < pipe->n)
			pipe->at++;
		if (pipe->at == pipe->end || pipe->at->n != pipe->n)
			return 0;
		const struct wreck_row *row = &pipe->at->row;
		if (row->len > BLOB_CHUNK + 100 || !wreck_payload(pipe->wreck, row, pipe->payload))
			return 0;
		pipe->done = row->columns[2].offset;
		pipe->len = pipe->done + row->columns[2].len;
		pipe->n++;
	}
	const size_t left = pipe->len - pipe->done, n = left < cap ? left : cap;
	memcpy(buf, pipe->payload + pipe->done, n);
	pipe->done += n;
	return (long)n;
}

/* Whether the facts, or the list of blobs, speak of these bytes. */
static bool is_named(const struct rescue *rescue, const struct fold_cell **cells,
		     const char *sha256)
{
	for (unsigned i = 0; i < rescue->found.n_blobs; i++)
		if (strcmp(rescue->found.blobs[i].sha256, sha256) == 0)
			return true;
	for (unsigned i = 0; i < rescue->best.n_cells; i++)
		for (unsigned m = 0; cells[i]->value.at && m < cells[i]->value.n; m++)
			if (strcmp(cells[i]->value.at[m], sha256) == 0)
				return true;
	return false;
}

static enum lt_status save_blob(struct rescue *rescue, const struct fold_cell **cells,
				const struct found_chunk *from, const struct found_chunk *end)
{
	char sha256[LT_SHA256_HEX];
	uint64_t size;
	struct pipe pipe = { .wreck = &rescue->found.wreck,
			     .at = from,
			     .end = end,
			     .payload = malloc(BLOB_CHUNK + 100) };
	if (!pipe.payload)
		return lt_err_memory(rescue->err);
	enum lt_status status =
		blob_put(rescue->to, read_chunks, &pipe, sha256, &size, rescue->err);
	if (!status && !is_named(rescue, cells, sha256))
		status = blob_purge(rescue->to, sha256, rescue->err);
	free(pipe.payload);
	return status;
}

/* Those that the facts name and that are not there, purged ones left out. */
static enum lt_status count_blobs(struct rescue *rescue, const struct fold_cell **cells)
{
	const struct vocabulary *vocabulary = rescue->to->store->vocabulary;
	for (unsigned i = 0; i < rescue->best.n_cells; i++) {
		const struct fold_cell *cell = cells[i];
		const struct fact_table *table = vocabulary_find_table(vocabulary, cell->table);
		const struct cell_group *group =
			table ? fact_table_find_group(table, cell->group) : NULL;
		const struct fold_cell *purged =
			fold_find(&rescue->best, cell->table, cell->key, "purged");
		for (unsigned b = 0; group && cell->value.at && b < group->blobs.n; b++) {
			const int m = cell_group_find_member(group, group->blobs.at[b]);
			uint64_t size;
			bool there;
			if (!cell->value.at[m][0] || (purged && purged->value.at))
				continue;
			enum lt_status status = blob_find(rescue->to, cell->value.at[m], &there,
							  &size, rescue->err);
			if (status)
				return status;
			*(there ? &rescue->report->n_blobs : &rescue->report->n_blobs_lost) += 1;
		}
	}
	return LT_OK;
}

static enum lt_status save_blobs(struct rescue *rescue)
{
	const struct fold_cell **cells = fold_sorted(&rescue->best);
	const struct found_chunk *at = rescue->found.chunks;
	const struct found_chunk *end = at ? at + rescue->found.n_chunks : NULL;
	enum lt_status status = cells ? LT_OK : lt_err_memory(rescue->err);
	while (!status && at < end) {
		const struct found_chunk *next = at;
		while (next < end && next->blob == at->blob)
			next++;
		status = save_blob(rescue, cells, at, next);
		at = next;
	}
	/* without a chunk */
	char sha256[LT_SHA256_HEX];
	if (!status)
		status = blob_put_bytes(rescue->to, "", 0, sha256, rescue->err);
	if (!status && !is_named(rescue, cells, sha256))
		status = blob_purge(rescue->to, sha256, rescue->err);
	return status ? status : count_blobs(rescue, cells);
}

/* ---- the whole ---- */

static enum lt_status write_rescued(struct rescue *rescue, const struct entry *sign)
{
	enum lt_status status = project_begin(rescue->to, true, rescue->err);
	if (status)
		return status;
	choose_head(rescue);
	status = write_entries(rescue);
	if (!status)
		status = write_facts(rescue);
	if (!status && is_incomplete(rescue))
		status = write_words(rescue, sign);
	if (!status)
		status = save_blobs(rescue);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended =
		project_end(rescue->to, !status, status ? &second : rescue->err);
	return status ? status : ended;
}

static enum lt_status make_file(struct rescue *rescue, struct store *store, const char *to,
				const struct entry *sign)
{
	char draft[4096];
	struct lt_err *err = rescue->err;
	enum lt_status status = medium_reserve(to, draft, sizeof(draft), err);
	if (status)
		return status;
	status = database_make(store, draft, &rescue->to, err);
	if (!status)
		status = write_rescued(rescue, sign);
	project_close(rescue->to);
	if (!status)
		status = medium_give_name(draft, to, err);
	if (status)
		medium_discard(draft);
	return status;
}

enum lt_status project_rescue(struct store *store, const char *path, const char *to,
			      const struct entry *sign, struct rescue_report *report,
			      struct lt_err *err)
{
	struct medium medium;
	struct lt_arena arena;
	struct lt_err broken = LT_ERR_INIT;
	struct rescue rescue = { .path = path, .report = report, .err = err };
	*report = (struct rescue_report){ 0 };
	enum lt_status status = medium_look(path, true, &medium, err);
	if (status)
		return status;
	lt_arena_init(&arena, 0);
	rescue.found.arena = &arena;
	rescue.found.wreck.fd = -1;
	status = project_open(store, path, PROJECT_WRECK, &rescue.from, &broken);
	if (status == LT_ESPACE)
		*err = broken;
	else
		status = rescue_find(&rescue.found,
				     rescue.from && rescue.from->copy ? rescue.from->copy
								      : medium.path,
				     rescue.from ? rescue.from->head : "", err);
	if (!status)
		status = make_file(&rescue, store, to, sign);
	/* a row that is no entry any more is most likely one that is missing */
	report->n_entries_lost += rescue.found.n_missing > rescue.found.n_unread
					  ? rescue.found.n_missing
					  : rescue.found.n_unread;
	wreck_close(&rescue.found.wreck);
	project_close(rescue.from);
	lt_arena_release(&arena);
	return status;
}
