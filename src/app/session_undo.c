/* Undo and redo: the changes of an entry turned round, as a new entry. */
#include <string.h>
#include "lingtan/app/role.h"
#include "session_parts.h"

/* Entries that nobody goes back behind. */
static bool is_barrier(const char *kind)
{
	static const char *const kinds[] = { "submit", "sign",   "return", "reopen", "decide", "issue",
					     "purge",  "patch", "migrate" };
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}

static bool is_turn(const struct entry *entry)
{
	return strcmp(entry->kind, "undo") == 0 || strcmp(entry->kind, "redo") == 0;
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
	if (list->n == list->cap) {
		list->cap = list->cap * 2 + 16;
		list->at = lt_arena_resize(list->arena, list->at, list->cap * sizeof(*list->at));
		if (!list->at)
			return lt_err_memory(err);
	}
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
	if (barrier)
		return lt_err_set(
			err, LT_EDATA, "之前有“%s”，不能越过它撤销；请另行更正并写明原因",
			"there is a %s before; it cannot be undone past that: correct it with a reason",
			barrier);
	if (redo)
		return lt_err_set(err, LT_EDATA, "%s 没有可以重做的操作", "%s has nothing to redo",
				  session->name);
	return lt_err_set(err, LT_EDATA, "%s 没有可以撤销的操作", "%s has nothing to undo",
			  session->name);
}

/* From the newest entry back along first parents, to the person's own that was not taken back: a
 * deed for undo; for redo an undo, with no deed of the person after it. */
static enum lt_status search_back(struct session *session, struct search *search,
				  struct lt_err *err)
{
	struct cancelled list = { .arena = &session->arena };
	const char *hash = lt_arena_strndup(&session->arena, project_head(session->project),
					    LT_SHA256_HEX - 1);
	while (hash) {
		struct entry entry;
		bool found;
		enum lt_status status =
			journal_get(session->project, hash, &session->arena, &entry, &found, err);
		if (status)
			return status;
		if (!found)
			return lt_err_set(err, LT_EFILE, "%s：缺少记录 %.12s",
					  "%s: the entry %.12s is missing",
					  project_path(session->project), hash);
		const bool mine = strcmp(entry.by, session->name) == 0;
		const bool gone = is_cancelled(&list, hash);
		if (is_barrier(entry.kind))
			return nothing_left(session, search->redo, entry.kind, err);
		if (entry.undoes && !gone)
			status = cancel(&list, entry.undoes, err);
		if (status)
			return status;
		const bool wanted =
			search->redo ? strcmp(entry.kind, "undo") == 0 : !is_turn(&entry);
		if (mine && !gone && wanted && entry.n_parents) {
			search->found = entry;
			search->hash = hash;
			return LT_OK;
		}
		/* what was done since closes the way to redo */
		if (mine && !gone && search->redo && !is_turn(&entry))
			break;
		hash = entry.n_parents ? entry.parents[0] : NULL;
	}
	return nothing_left(session, search->redo, NULL, err);
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

static enum lt_status turn_round(struct session *session, const struct search *search,
				 struct lt_err *err)
{
	const struct entry *from = &search->found;
	struct changes changes = { .session = session, .n = from->n_changes };
	struct entry entry = { .undoes = search->hash };
	changes.at = lt_arena_alloc(&session->arena, from->n_changes + 1, sizeof(*changes.at));
	if (!changes.at)
		return lt_err_memory(err);
	for (unsigned i = 0; i < from->n_changes; i++) {
		changes.at[i] = from->changes[i];
		changes.at[i].old = from->changes[i].new;
		changes.at[i].new = from->changes[i].old;
		changes.at[i].writer = NULL;
	}
	entry.changes = changes.at;
	entry.n_changes = changes.n;
	/* a correction that gave its reason is taken back for the same reason, unless another is
	 * given */
	if (!session->reason[0])
		session->reason = from->reason;
	const struct deed deed = { session->name, session->role, changes.at, changes.n, true };
	enum lt_status status = check_untouched(session, &changes, err);
	/* who saved a broken file put others' words in, and may take out just these */
	if (!status && strcmp(search->deed.kind, "rescue") != 0)
		status = role_permits(session, &deed, err);
	if (!status)
		status = round_permits(session, &changes, err);
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
