#include "lingtan/app/merging.h"

#include <string.h>
#include "lingtan/app/evidence.h"
#include "lingtan/store/blob.h"
#include "lingtan/store/verify.h"
#include "merge_lock.h"
#include "session_parts.h"

/* ---- the other file ---- */

static enum lt_status open_theirs(struct merging *merging, const char *path, struct lt_err *err)
{
	struct session *session = merging->session;
	enum lt_status status =
		project_open(session->workspace->store, path, PROJECT_LOOK, &merging->theirs, err);
	if (status)
		return status;
	if (strcmp(project_id(merging->theirs), project_id(session->project)) != 0)
		return lt_err_set(
			err, LT_EDATA,
			"%s：是另一个项目，不能合并；只有同一个项目文件的副本才能合并",
			"%s: it is another project; only copies of the same project file can be merged",
			path);
	return LT_OK;
}

/* More than many years of work: whoever made it did not work. */
#define MOST_ENTRIES 200000

static enum lt_status check_size(struct merging *merging, struct lt_err *err)
{
	unsigned n;
	enum lt_status status = journal_count(merging->theirs, &n, err);
	if (!status && n > MOST_ENTRIES)
		status = lt_err_set(
			err, LT_EDATA, "%s：有 %u 条记录，超过能合并的 %u 条；没有合并",
			"%s: %u entries, more than the %u that are merged; nothing was merged",
			project_path(merging->theirs), n, MOST_ENTRIES);
	return status;
}

/* The bytes are hashed again when they are copied. */
static enum lt_status verify_file(struct project *project, struct lt_err *err)
{
	const struct verify_wish wish = { .skip_bytes = true };
	struct verify_report report;
	enum lt_status status = project_verify(project, &wish, &report, err);
	if (status || report.holds)
		return status;
	*err = report.what;
	err->status = LT_EFILE;
	lt_err_prefix(err, project_path(project));
	lt_err_suffix(err, "；没有合并，见 lingtan verify",
		      "; nothing was merged, see lingtan verify");
	return LT_EFILE;
}

static enum lt_status read_both(struct merging *merging, struct lt_err *err)
{
	struct carried ignored = { 0 };
	enum lt_status status = check_size(merging, err);
	if (!status)
		status = verify_file(merging->theirs, err);
	if (!status)
		status = verify_file(merging->session->project, err);
	if (!status)
		status = journal_read(merging->session->project, &merging->all, &ignored, err);
	if (!status)
		status = journal_read(merging->theirs, &merging->all, &merging->fresh, err);
	return status;
}

/* One state of each, whoever writes meanwhile. */
static enum lt_status read_at_rest(struct merging *merging, struct lt_err *err)
{
	struct project *mine = merging->session->project;
	struct lt_err ignored = LT_ERR_INIT;
	enum lt_status status = project_begin(mine, false, err);
	if (status)
		return status;
	status = project_begin(merging->theirs, false, err);
	if (!status) {
		status = read_both(merging, err);
		merging->head =
			lt_arena_strndup(&merging->arena, project_head(mine), LT_SHA256_HEX);
		merging->their_head = lt_arena_strndup(
			&merging->arena, project_head(merging->theirs), LT_SHA256_HEX);
		project_end(merging->theirs, true, &ignored);
	}
	project_end(mine, true, &ignored);
	if (!status && (!merging->head || !merging->their_head))
		status = lt_err_memory(err);
	return status;
}

/* ---- the plan ---- */

static bool is_set(const struct fold *fold, const char *table, const char *key, const char *group)
{
	return merge_held(fold, table, key, group)->at;
}

static void count_future(struct merging *merging)
{
	const struct history *all = &merging->all;
	for (unsigned i = 0; i < all->n; i++)
		merging->n_future +=
			merging->plan.sides[i] == 2 && !is_past_time(all->at[i].entry.at);
}

static void count_evidence(struct merging *merging)
{
	const struct merge_plan *plan = &merging->plan;
	const struct fold *mine = &plan->folds[MERGE_MINE], *theirs = &plan->folds[MERGE_THEIRS];
	for (unsigned b = 0; b < theirs->n_buckets && plan->kind != MERGE_NOTHING; b++)
		for (const struct fold_cell *cell = theirs->buckets[b]; cell; cell = cell->next) {
			if (strcmp(cell->table, "evidence") != 0 ||
			    strcmp(cell->group, "file") != 0 || !cell->value.at)
				continue;
			const bool here = is_set(mine, "evidence", cell->key, "file");
			merging->n_evidence_new += !here;
			merging->n_evidence_joined +=
				here && !is_set(&plan->original, "evidence", cell->key, "file");
		}
}

static bool is_purge(const char *table, const char *group)
{
	return strcmp(table, "evidence") == 0 && strcmp(group, "purged") == 0;
}

static void count_purged(struct merging *merging)
{
	for (unsigned i = 0; i < merging->plan.n_cells; i++) {
		const struct merge_cell *cell = &merging->plan.cells[i];
		merging->n_evidence_purged += is_purge(cell->table, cell->group) &&
					      !cell->mine.at && cell->take == TAKE_THEIRS;
	}
}

enum lt_status merging_plan(struct merging *merging, bool again, struct lt_err *err)
{
	struct merge_rules rules = { .vocabulary = merging->session->workspace->vocabulary,
				     .again = again };
	enum lt_status status = merge_locks_new(merging, &rules, err);
	if (!status)
		status = merge_make(&merging->all, merging->head, merging->their_head, &rules,
				    &merging->plan, err);
	if (status == LT_NO)
		err->status = status = LT_EFILE;
	if (!status)
		status = merge_locks_check(merging, err);
	if (!status)
		status = merge_roles(merging, err);
	if (!status && merging->theirs)
		status = merge_keys(merging, err);
	if (status)
		return status;
	count_evidence(merging);
	count_purged(merging);
	count_future(merging);
	return LT_OK;
}

void merging_begin(struct session *session, struct merging *out)
{
	*out = (struct merging){ .session = session };
	lt_arena_init(&out->arena, 0);
	history_init(&out->all, &out->arena);
}

enum lt_status merging_open(struct session *session, const char *path, bool again,
			    struct merging *out, struct lt_err *err)
{
	merging_begin(session, out);
	enum lt_status status = open_theirs(out, path, err);
	if (status)
		return status;
	/* reading it takes its time, too */
	project_watch_too(out->theirs, session->project);
	status = read_at_rest(out, err);
	return status ? status : merging_plan(out, again, err);
}

enum lt_status merging_extract(struct merging *merging, const char *sha256, const char *to,
			       struct lt_err *err)
{
	struct session other = *merging->session;
	if (!merging->theirs)
		return lt_err_set(err, LT_EDATA, "补丁不带佐证文件，合入后再看",
				  "a patch brings no files; look after it is in");
	other.project = merging->theirs;
	const enum lt_status status = session_extract(&other, sha256, to, err);
	merging->session->arena = other.arena;
	return status;
}

void merging_close(struct merging *merging)
{
	project_close(merging->theirs);
	if (merging->session)
		lt_arena_release(&merging->arena);
	*merging = (struct merging){ 0 };
}

const struct entry *merging_writer(const struct merging *merging, const struct merge_cell *cell,
				   enum merge_side side)
{
	const char *hash = cell->writers[side].hash;
	const struct past_entry *found = hash ? history_find(&merging->all, hash) : NULL;
	return found ? &found->entry : NULL;
}

/* ---- writing ---- */

bool merge_takes_bytes(const struct merging *merging, const char *sha256)
{
	return !is_set(&merging->plan.folds[MERGE_MINE], "evidence", sha256, "purged") &&
	       !is_set(&merging->plan.folds[MERGE_THEIRS], "evidence", sha256, "purged");
}

static bool takes_bytes(void *context, const char *sha256)
{
	return merge_takes_bytes(context, sha256);
}

static bool is_there(const struct merging *merging)
{
	const struct past_entry *theirs = history_find(&merging->all, merging->their_head);
	return theirs && (merging->plan.sides[theirs - merging->all.at] & 1);
}

/* What it brings the purge of goes out of this file as well, which says so from then on. */
static enum lt_status drop_purged(struct project *project, const struct entry *entry,
				  struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < entry->n_changes && !status; i++) {
		const struct change *change = &entry->changes[i];
		if (is_purge(change->table, change->group) && change->new.at)
			status = blob_purge(project, change->key, err);
	}
	return status;
}

static enum lt_status join_plan(struct merging *merging, const char *kind, struct lt_err *err)
{
	struct session *session = merging->session;
	struct entry entry = { .parents = { NULL,
					    is_there(merging) ? NULL : merging->their_head } };
	struct join join = { .fresh = &merging->fresh,
			     .bytes = merging->theirs,
			     .takes_bytes = takes_bytes,
			     .context = merging,
			     .put_bytes = merging->put_bytes,
			     .put_context = merging->context };
	const bool adopts = merging->plan.kind == MERGE_ADOPT;
	enum lt_status status = merge_changes(&merging->plan, &entry, err);
	/* a key that signs here for the first time is recorded in an entry before */
	if (!status && !adopts)
		status = session_ready_key(session, err);
	if (!status)
		status = session_sign(session, &entry, kind, err);
	if (status)
		return status;
	join.head = project_head(session->project);
	join.entry = adopts ? NULL : &entry;
	join.changes = entry.changes;
	join.n_changes = entry.n_changes;
	status = journal_join(session->project, &join, NULL, err);
	return status ? status : drop_purged(session->project, &entry, err);
}

static enum lt_status write_plan(struct merging *merging, const char *kind, struct lt_err *err)
{
	struct project *project = merging->session->project;
	bool changed;
	enum lt_status status = project_begin(project, true, err);
	if (status)
		return status;
	status = journal_refresh(project, &changed, err);
	if (!status && strcmp(project_head(project), merging->head) != 0)
		status = lt_err_set(
			err, LT_ESPACE, "%s：刚被另一处改动过，本次没有写入；请重新来过",
			"%s: it was just changed elsewhere; nothing was written, do it again",
			project_path(project));
	if (!status)
		status = join_plan(merging, kind, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(project, !status, status ? &second : err);
	return status ? status : ended;
}

enum lt_status merging_write_as(struct merging *merging, const char *kind, bool *done,
				struct lt_err *err)
{
	*done = false;
	if (merging->plan.kind == MERGE_NOTHING && !merging->plan.n_cells)
		return LT_OK;
	const enum lt_status status = write_plan(merging, kind, err);
	*done = !status;
	return status;
}

enum lt_status merging_write(struct merging *merging, bool *done, struct lt_err *err)
{
	return merging_write_as(merging, "merge", done, err);
}
