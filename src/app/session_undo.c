/* Undo and redo: the changes of an entry turned round, as a new entry. */
#include <string.h>
#include "lingtan/app/narrate.h"
#include "lingtan/app/role.h"
#include "session_parts.h"

/* Entries that nobody goes back behind. */
static bool is_barrier(const char *kind)
{
	static const char *const kinds[] = { "submit", "sign",  "return", "reopen", "decide",
					     "issue",  "purge", "patch",  "migrate" };
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}

/* Neither a deed nor a barrier: turns, and keys, which stay known whatever is taken back. */
static bool is_turn(const struct entry *entry)
{
	return strcmp(entry->kind, "undo") == 0 || strcmp(entry->kind, "redo") == 0 ||
	       strcmp(entry->kind, "key") == 0;
}

/* Hashes of entries that a later one took back. */
struct cancelled {
	struct lt_arena *arena;
	const char **at;
	unsigned n, cap;
};

static bool is_cancelled(const struct cancelled *list, const char *hash)
{
	for (unsigned i = 0; i < list->n; i++)
		if (strcmp(list->at[i], hash) == 0)
			return true;
	return false;
}

static enum lt_status cancel(struct cancelled *list, const char *hash, struct lt_err *err)
{
	list->at = lt_arena_room(list->arena, list->at, list->n, &list->cap, sizeof(*list->at));
	if (!list->at)
		return lt_err_memory(err);
	list->at[list->n++] = hash;
	return LT_OK;
}

struct search {
	bool redo;
	struct entry found;
	struct entry deed; /* that is taken back, or comes back */
	const char *hash;  /* NULL while nothing was found */
};

static enum lt_status nothing_left(const struct session *session, bool redo, const char *barrier,
				   struct lt_err *err)
{
	if (barrier) {
		const struct label *verb = narrate_verb(barrier);
		return lt_err_set(
			err, LT_EDATA, "之前有人“%s%.0s”，不能越过它撤销；请另行更正并写明原因",
			"somebody %.0s%s before; it cannot be undone past that: correct it with a reason",
			verb ? verb->zh : barrier, verb ? verb->en : barrier);
	}
	if (redo)
		return lt_err_set(err, LT_EDATA, "%s 没有可以重做的操作", "%s has nothing to redo",
				  session->name);
	return lt_err_set(err, LT_EDATA, "%s 没有可以撤销的操作", "%s has nothing to undo",
			  session->name);
}

/* Entries that are still to be looked at: after a merge, those of both lines. */
struct pending {
	struct lt_arena *arena;
	struct past {
		const char *hash;
		struct entry entry;
	} * at;
	unsigned n, cap;
};

static enum lt_status push(struct session *session, struct pending *pending, const char *hash,
			   struct lt_err *err)
{
	bool found;
	for (unsigned i = 0; i < pending->n; i++)
		if (strcmp(pending->at[i].hash, hash) == 0)
			return LT_OK;
	pending->at = lt_arena_room(pending->arena, pending->at, pending->n, &pending->cap,
				    sizeof(*pending->at));
	if (!pending->at)
		return lt_err_memory(err);
	struct past *to = &pending->at[pending->n];
	to->hash = lt_arena_strndup(pending->arena, hash, LT_SHA256_HEX - 1);
	enum lt_status status = to->hash ? journal_get(session->project, hash, pending->arena,
						       &to->entry, &found, err)
					 : lt_err_memory(err);
	if (!status && !found)
		return lt_err_set(err, LT_EFILE, "%s：缺少记录 %.12s",
				  "%s: the entry %.12s is missing", project_path(session->project),
				  hash);
	pending->n += !status;
	return status;
}

/* The deepest, since nothing rests on it any more; its parents take its place. */
static enum lt_status pop(struct session *session, struct pending *pending, struct past *out,
			  struct lt_err *err)
{
	unsigned deepest = 0;
	enum lt_status status = LT_OK;
	for (unsigned i = 1; i < pending->n; i++)
		if (pending->at[i].entry.depth > pending->at[deepest].entry.depth)
			deepest = i;
	*out = pending->at[deepest];
	pending->at[deepest] = pending->at[--pending->n];
	for (unsigned p = 0; p < out->entry.n_parents && !status; p++)
		status = push(session, pending, out->entry.parents[p], err);
	return status;
}

/* From the newest entry back to the person's own that was not taken back: a deed for undo; for redo
 * an undo, with no deed of the person after it. */
static enum lt_status search_back(struct session *session, struct search *search,
				  struct lt_err *err)
{
	struct cancelled list = { .arena = &session->arena };
	struct pending pending = { .arena = &session->arena };
	enum lt_status status = push(session, &pending, project_head(session->project), err);
	while (!status && pending.n) {
		struct past at;
		status = pop(session, &pending, &at, err);
		if (status)
			return status;
		const struct entry *entry = &at.entry;
		const bool mine = strcmp(entry->by, session->name) == 0;
		const bool gone = is_cancelled(&list, at.hash);
		if (is_barrier(entry->kind))
			return nothing_left(session, search->redo, entry->kind, err);
		if (entry->undoes && !gone)
			status = cancel(&list, entry->undoes, err);
		/* an undo that names no entry was made by no lingtan, and brings nothing back */
		const bool wanted = search->redo ? strcmp(entry->kind, "undo") == 0 && entry->undoes
						 : !is_turn(entry);
		if (!status && mine && !gone && wanted && entry->n_parents) {
			search->found = *entry;
			search->hash = at.hash;
			return LT_OK;
		}
		/* what was done since closes the way to redo */
		if (mine && !gone && search->redo && !is_turn(entry))
			break;
	}
	return status ? status : nothing_left(session, search->redo, NULL, err);
}

/* A cell that was changed since is not taken back over the head of who changed it. */
static enum lt_status check_untouched(struct session *session, const struct changes *changes,
				      struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < changes->n && !status; i++) {
		const struct change *change = &changes->at[i];
		struct words now;
		status = project_get(session->project, change->table, change->key, change->group,
				     &session->arena, &now, err);
		if (!status && !cell_value_equals(&now, &change->old))
			status = lt_err_set(
				err, LT_EDATA, "%s：%s 后来又改过，不能撤销；请直接改成要的值",
				"%s: %s was changed since and cannot be taken back; set it to what it should be",
				project_path(session->project), change->key);
	}
	return status;
}

/* ---- files that something else rests on ---- */

struct tie_search {
	const struct changes *turned;
	const char *table, *sha256;
	bool found;
};

static bool is_turned(const struct tie_search *search, const char *key)
{
	for (unsigned i = 0; i < search->turned->n; i++)
		if (strcmp(search->turned->at[i].table, search->table) == 0 &&
		    strcmp(search->turned->at[i].key, key) == 0)
			return true;
	return false;
}

static enum lt_status see_tie(void *context, const struct fact_row *row)
{
	struct tie_search *search = context;
	const struct words *removed = fact_row_get(row, "removed");
	for (unsigned i = 0; i < row->table->key.n; i++)
		if (strcmp(row->parts[i], search->sha256) == 0 &&
		    fact_row_get(row, "locator")->at && !removed->at &&
		    !is_turned(search, row->key))
			search->found = true;
	return LT_OK;
}

static bool turns(const struct changes *turned, const char *table, const char *key,
		  const char *group)
{
	for (unsigned i = 0; i < turned->n; i++)
		if (strcmp(turned->at[i].table, table) == 0 &&
		    strcmp(turned->at[i].key, key) == 0 &&
		    strcmp(turned->at[i].group, group) == 0)
			return true;
	return false;
}

/* Whether a file was put to a stop or a place of a visit since, as its sign-in sheet or photo. */
static enum lt_status is_at_stop(struct session *session, const struct changes *turned,
				 const char *sha256, bool *used, struct lt_err *err)
{
	struct words visit;
	if (*used || turns(turned, "evidence", sha256, "visit"))
		return LT_OK;
	const enum lt_status status = project_get(session->project, "evidence", sha256, "visit",
						  &session->arena, &visit, err);
	for (unsigned i = 0; !status && visit.at && i < visit.n; i++)
		*used |= visit.at[i][0] != '\0';
	return status;
}

/* What a merge brought the purge of does not come back with its undoing, and stays named. */
static enum lt_status is_purged(struct session *session, const char *sha256, bool *used,
				struct lt_err *err)
{
	struct words purged;
	const enum lt_status status = project_get(session->project, "evidence", sha256, "purged",
						  &session->arena, &purged, err);
	*used |= !status && purged.at;
	return status;
}

/* Whether something that does not go with the undo rests on evidence: a tie, a stop, its purge. */
static enum lt_status is_used(struct session *session, const struct changes *turned,
			      const char *sha256, bool *used, struct lt_err *err)
{
	static const char *const tables[] = { "tie", "line_tie", "finding_tie" };
	struct tie_search search = { .turned = turned, .sha256 = sha256 };
	enum lt_status status = LT_OK;
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]) && !status; i++) {
		search.table = tables[i];
		status = project_visit(session->project, tables[i], NULL, see_tie, &search, err);
	}
	*used = search.found;
	if (!status)
		status = is_at_stop(session, turned, sha256, used, err);
	return status ? status : is_purged(session, sha256, used, err);
}

/* Whether an assessment that does not go with the undo is scored by a ruleset. */
static enum lt_status see_assessment(void *context, const struct fact_row *row)
{
	struct tie_search *search = context;
	const struct words *ruleset = fact_row_get(row, "ruleset");
	search->found |= ruleset->at && strcmp(ruleset->at[0], search->sha256) == 0 &&
			 !turns(search->turned, "assessment", row->key, "ruleset");
	return LT_OK;
}

static enum lt_status rests_on(struct session *session, const struct changes *turned,
			       const struct change *change, bool *used, struct lt_err *err)
{
	struct tie_search search = { .turned = turned, .sha256 = change->key };
	*used = false;
	if (change->new.at)
		return LT_OK;
	if (strcmp(change->table, "evidence") == 0)
		return is_used(session, turned, change->key, used, err);
	if (strcmp(change->table, "ruleset") != 0)
		return LT_OK;
	const enum lt_status status = project_visit(session->project, "assessment", NULL,
						    see_assessment, &search, err);
	*used = search.found;
	return status;
}

/* Undoing an attachment takes the tie back; the file as well, unless another rests on it. So with an
 * assessment and its ruleset. */
static enum lt_status leave_used_files(struct session *session, struct changes *turned,
				       struct lt_err *err)
{
	unsigned n = 0;
	for (unsigned i = 0; i < turned->n; i++) {
		const struct change *change = &turned->at[i];
		bool used;
		const enum lt_status status = rests_on(session, turned, change, &used, err);
		if (status)
			return status;
		if (!used)
			turned->at[n++] = *change;
	}
	turned->n = n;
	return LT_OK;
}

/* What comes back has as many members as its group has today: an entry of before the group grew has
 * fewer, one that was not made by this program may have any number. */
static enum lt_status fit_members(struct session *session, const char *hash, struct change *change,
				  struct lt_err *err)
{
	const struct fact_table *table =
		vocabulary_find_table(session->workspace->vocabulary, change->table);
	const struct cell_group *group = table ? fact_table_find_group(table, change->group) : NULL;
	const unsigned n = group ? group->members.n : 0;
	if (!change->new.at || change->new.n == n)
		return LT_OK;
	if (change->new.n > n)
		return lt_err_set(err, LT_EFILE, "记录 %.12s 不是本程序写的，不能撤销；见 lingtan verify",
				  "entry %.12s was made by no lingtan and cannot be undone; see lingtan verify",
				  hash);
	const char **members = lt_arena_alloc(&session->arena, n, sizeof(*members));
	if (!members)
		return lt_err_memory(err);
	for (unsigned i = 0; i < n; i++)
		members[i] = i < change->new.n ? change->new.at[i] : "";
	change->new = (struct words){ members, n };
	return LT_OK;
}

static enum lt_status turn_round(struct session *session, const struct search *search,
				 struct lt_err *err)
{
	enum lt_status status = LT_OK;
	const struct entry *from = &search->found;
	struct changes changes = { .session = session };
	struct entry entry = { .undoes = search->hash };
	changes.at = lt_arena_alloc(&session->arena, from->n_changes + 1, sizeof(*changes.at));
	if (!changes.at)
		return lt_err_memory(err);
	for (unsigned i = 0; i < from->n_changes && !status; i++) {
		/* what a merge decided to leave as it was comes back by itself */
		if (cell_value_equals(&from->changes[i].old, &from->changes[i].new))
			continue;
		struct change *turned = &changes.at[changes.n++];
		*turned = from->changes[i];
		turned->old = from->changes[i].new;
		turned->new = from->changes[i].old;
		turned->writer = NULL;
		status = fit_members(session, search->hash, turned, err);
	}
	if (!status)
		status = leave_used_files(session, &changes, err);
	if (status)
		return status;
	entry.changes = changes.at;
	entry.n_changes = changes.n;
	/* a correction that gave its reason is taken back for the same reason, unless another is
	 * given */
	if (!session->reason[0])
		session->reason = from->reason;
	const struct deed deed = { .by = session->name,
				   .role = session->role,
				   .changes = changes.at,
				   .n_changes = changes.n,
				   .is_undo = true };
	status = check_untouched(session, &changes, err);
	const bool is_merge = strcmp(search->deed.kind, "merge") == 0;
	/* who saved a broken file, or merged another, put others' words in, and may take out just
	 * these */
	if (!status && !is_merge && strcmp(search->deed.kind, "rescue") != 0)
		status = role_permits(session, &deed, err);
	if (!status && !is_merge)
		status = round_permits(session, &changes, err);
	if (!status)
		status = session_ready_key(session, err);
	if (!status)
		status = session_sign(session, &entry, search->redo ? "redo" : "undo", err);
	return status ? status : journal_commit(session->project, &entry, NULL, err);
}

static enum lt_status undo_or_redo(struct session *session, bool redo, const char **command,
				   struct lt_err *err)
{
	struct search search = { .redo = redo };
	bool changed;
	/* others may have written since */
	enum lt_status status = journal_refresh(session->project, &changed, err);
	if (!status)
		status = search_back(session, &search, err);
	if (status)
		return status;
	search.deed = search.found;
	/* of a redo it is the deed that comes back, not the undo that is taken back */
	bool found = true;
	if (redo)
		status = journal_get(session->project, search.found.undoes, &session->arena,
				     &search.deed, &found, err);
	if (!status && !found)
		status = lt_err_set(err, LT_EFILE, "%s：缺少记录 %.12s",
				    "%s: the entry %.12s is missing",
				    project_path(session->project), search.found.undoes);
	if (status)
		return status;
	*command = search.deed.command;
	return turn_round(session, &search, err);
}

enum lt_status session_undo(struct session *session, const char **undone, struct lt_err *err)
{
	return undo_or_redo(session, false, undone, err);
}

enum lt_status session_redo(struct session *session, const char **redone, struct lt_err *err)
{
	return undo_or_redo(session, true, redone, err);
}
