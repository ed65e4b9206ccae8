#include "lingtan/app/upgrade.h"

#include <string.h>
#include "lingtan/app/profiles.h"
#include "lingtan/core/digest.h"
#include "session_parts.h"

enum lt_status ruleset_at_hand(struct session *session, const char *id, char digest[LT_SHA256_HEX],
			       struct lt_err *err)
{
	struct yaml_source texts[3];
	char sha256[3][LT_SHA256_HEX];
	enum lt_status status = library_ruleset_texts(session->workspace->library, id, texts, err);
	for (int i = 0; i < 3 && !status; i++) {
		struct lt_sha256 sha;
		lt_sha256_init(&sha);
		lt_sha256_add(&sha, texts[i].text, texts[i].len);
		lt_sha256_finish(&sha, sha256[i]);
	}
	const char *const parts[] = { sha256[0], sha256[1], sha256[2] };
	if (!status)
		ruleset_files_digest(parts, digest);
	return status;
}

/* ---- items of the two editions ---- */

static bool is_same_item(const struct item *a, const struct item *b)
{
	char of_a[LT_SHA256_HEX], of_b[LT_SHA256_HEX];
	item_digest(a, of_a);
	item_digest(b, of_b);
	return strcmp(of_a, of_b) == 0;
}

static enum lt_status compare_items(struct session *session, struct upgrade *upgrade,
				    struct lt_err *err)
{
	const struct ruleset *from = upgrade->from, *to = upgrade->to;
	upgrade->changed =
		lt_arena_alloc(&session->arena, from->n_items + 1, sizeof(*upgrade->changed));
	upgrade->gone = lt_arena_alloc(&session->arena, from->n_items + 1, sizeof(*upgrade->gone));
	upgrade->added = lt_arena_alloc(&session->arena, to->n_items + 1, sizeof(*upgrade->added));
	if (!upgrade->changed || !upgrade->gone || !upgrade->added)
		return lt_err_memory(err);
	for (unsigned i = 0; i < from->n_items; i++) {
		const struct item *other = ruleset_find_item(to, from->items[i].id);
		if (!other)
			upgrade->gone[upgrade->n_gone++] = from->items[i].id;
		else if (!is_same_item(&from->items[i], other))
			upgrade->changed[upgrade->n_changed++] = from->items[i].id;
	}
	for (unsigned i = 0; i < to->n_items; i++)
		if (!ruleset_find_item(from, to->items[i].id))
			upgrade->added[upgrade->n_added++] = to->items[i].id;
	return LT_OK;
}

/* ---- answers to them ---- */

struct gathering {
	struct session *session;
	const struct assessment_ref *ref;
	struct upgrade *upgrade;
	unsigned cap;
	struct lt_err *err;
};

static bool add_answer(struct session *session, struct upgrade_answer **list, unsigned *n,
		       unsigned *cap, const struct upgrade_answer *answer)
{
	*list = lt_arena_room(&session->arena, *list, *n, cap, sizeof(**list));
	if (*list)
		(*list)[(*n)++] = *answer;
	return *list != NULL;
}

static bool is_queued(const struct upgrade *upgrade, const char *item)
{
	for (unsigned i = 0; i < upgrade->n_changed; i++)
		if (strcmp(upgrade->changed[i], item) == 0)
			return true;
	for (unsigned i = 0; i < upgrade->n_gone; i++)
		if (strcmp(upgrade->gone[i], item) == 0)
			return true;
	return false;
}

static enum lt_status see_answer(void *context, const struct fact_row *row)
{
	struct gathering *gather = context;
	const struct words *verdict = fact_row_get(row, "verdict");
	const struct upgrade_answer answer = { row->parts[1], row->parts[2], *verdict };
	if (!verdict->at || strcmp(row->parts[0], gather->ref->name) != 0 ||
	    !is_queued(gather->upgrade, row->parts[2]))
		return LT_OK;
	return add_answer(gather->session, &gather->upgrade->answers, &gather->upgrade->n_answers,
			  &gather->cap, &answer)
		       ? LT_OK
		       : lt_err_memory(gather->err);
}

/* ---- planning ---- */

/* Whether what is pinned fits the other edition as well. */
static enum lt_status see_profile(struct session *session, const struct assessment_ref *ref,
				  struct upgrade *upgrade, struct lt_findings *findings,
				  struct lt_err *err)
{
	struct held_profile held;
	struct profile *profile;
	struct lt_findings found;
	if (!ref->profile[0])
		return LT_OK;
	enum lt_status status = session_find_profile(session, ref, ref->profile, &held, err);
	if (!status)
		status = session_read_profile(session, &held, &profile, findings, err);
	if (status)
		return status;
	lt_findings_init(&found, &session->arena);
	profile_check(profile, profile->id, upgrade->to, &session->arena, &found);
	upgrade->drops_profile = found.n_errors > 0;
	return found.out_of_memory ? lt_err_memory(err) : LT_OK;
}

/* The other edition must know the stage, type and place that the assessment has. */
static enum lt_status try_selection(struct session *session, const struct assessment_ref *ref,
				    const struct ruleset *to, struct lt_err *err)
{
	struct plan *plan;
	const struct selection selection = { .park_type = ref->park_type[0] ? ref->park_type : NULL,
					     .stage = ref->stage,
					     .place = ref->place[0] ? ref->place : NULL };
	return plan_compile(to, &selection, NULL, &session->arena, &plan, err);
}

enum lt_status upgrade_plan(struct session *session, const struct assessment_ref *ref,
			    struct upgrade *out, struct lt_findings *findings, struct lt_err *err)
{
	struct assessment at = { 0 };
	struct ruleset *to;
	struct gathering gather = { .session = session, .ref = ref, .upgrade = out, .err = err };
	char *digest = lt_arena_alloc(&session->arena, LT_SHA256_HEX, 1);
	*out = (struct upgrade){ .from_digest = ref->ruleset, .to_digest = digest };
	enum lt_status status =
		digest ? ruleset_at_hand(session, ref->standard, digest, err) : lt_err_memory(err);
	if (!status)
		status =
			session_ruleset(session, ref->ruleset, &session->arena, &at, findings, err);
	if (!status)
		status = library_load(session->workspace->library, ref->standard, findings, &to,
				      err);
	if (status)
		return status;
	out->from = at.ruleset;
	out->to = to;
	if (strcmp(out->from_digest, out->to_digest) == 0)
		return LT_OK;
	status = try_selection(session, ref, to, err);
	if (!status)
		status = compare_items(session, out, err);
	if (!status)
		status = project_visit(session->project, "answer", &session->arena, see_answer,
				       &gather, err);
	return status ? status : see_profile(session, ref, out, findings, err);
}

/* ---- doing it ---- */

static enum lt_status change_all(struct session *session, const struct assessment_ref *ref,
				 const struct upgrade *upgrade, struct changes *changes,
				 struct lt_err *err)
{
	const char *digest;
	enum lt_status status = session_keep_ruleset(session, ref->standard, changes, &digest, err);
	if (!status)
		status = changes_add(changes, "assessment", &ref->name, "ruleset", &digest, err);
	for (unsigned i = 0; i < upgrade->n_answers && !status; i++) {
		const char *const key[] = { ref->name, upgrade->answers[i].rung,
					    upgrade->answers[i].item };
		status = changes_add(changes, "answer", key, "verdict", NULL, err);
	}
	if (!status && upgrade->drops_profile)
		status = session_change_draft(session, ref->standard, ref->profile, changes, err);
	if (!status && upgrade->drops_profile)
		status = changes_add(changes, "assessment", &ref->name, "profile", NULL, err);
	return status;
}

enum lt_status upgrade_commit(struct session *session, const struct assessment_ref *ref,
			      const struct upgrade *upgrade, struct lt_findings *findings,
			      bool *done, struct lt_err *err)
{
	struct changes changes = { .session = session };
	struct lt_err second = LT_ERR_INIT;
	*done = false;
	/* the texts of the edition and the entry that names them are one transaction */
	enum lt_status status = project_begin(session->project, true, err);
	if (status)
		return status;
	status = change_all(session, ref, upgrade, &changes, err);
	if (!status)
		status = session_commit(session, "upgrade", &changes, done, err);
	if (!status && *done)
		status = session_still_scores(session, ref, findings, err);
	const enum lt_status ended = project_end(session->project, !status, status ? &second : err);
	*done = *done && !status && !ended;
	return status ? status : ended;
}

/* ---- what is left of it ---- */

struct queue {
	struct session *session;
	const char *key; /* of the assessment's row */
	size_t len;
	const char *from; /* digest of the ruleset before the first upgrade */
	struct upgrade_answer *at;
	unsigned n, cap;
	struct lt_err *err;
};

/* The digest that an entry takes the assessment away from; NULL where it does not. */
static const char *left_ruleset(const struct queue *queue, const struct entry *entry)
{
	for (unsigned i = 0; i < entry->n_changes; i++) {
		const struct change *change = &entry->changes[i];
		if (strcmp(change->table, "assessment") == 0 &&
		    strcmp(change->group, "ruleset") == 0 && strcmp(change->key, queue->key) == 0 &&
		    change->old.at && change->new.at)
			return change->old.at[0];
	}
	return NULL;
}

static bool copy_words(struct lt_arena *arena, const struct words *from, struct words *to)
{
	to->n = from->n;
	to->at = lt_arena_alloc(arena, from->n, sizeof(*to->at));
	for (unsigned i = 0; to->at && i < from->n; i++) {
		to->at[i] = lt_arena_strndup(arena, from->at[i], strlen(from->at[i]));
		if (!to->at[i])
			return false;
	}
	return to->at != NULL;
}

static enum lt_status take_back(struct queue *queue, const struct change *change)
{
	struct lt_arena *arena = &queue->session->arena;
	const char *parts[3];
	struct upgrade_answer answer;
	if (strcmp(change->table, "answer") != 0 || strcmp(change->group, "verdict") != 0 ||
	    change->new.at || !change->old.at ||
	    strncmp(change->key, queue->key, queue->len) != 0 || change->key[queue->len] != '|' ||
	    !cell_key_split(arena, change->key, parts, 3))
		return LT_OK;
	answer.rung = parts[1];
	answer.item = parts[2];
	return copy_words(arena, &change->old, &answer.verdict) &&
			       add_answer(queue->session, &queue->at, &queue->n, &queue->cap,
					  &answer)
		       ? LT_OK
		       : lt_err_memory(queue->err);
}

static enum lt_status see_entry(void *context, const char *hash, const struct entry *entry)
{
	struct queue *queue = context;
	const char *left = left_ruleset(queue, entry);
	enum lt_status status = LT_OK;
	(void)hash;
	if (!left)
		return LT_OK;
	if (!queue->from)
		queue->from = lt_arena_strndup(&queue->session->arena, left, strlen(left));
	if (!queue->from)
		return lt_err_memory(queue->err);
	for (unsigned i = 0; i < entry->n_changes && !status; i++)
		status = take_back(queue, &entry->changes[i]);
	return status;
}

/* Those that stand again, or came twice, are not waited for. */
static enum lt_status drop_answered(struct queue *queue, const struct assessment_ref *ref,
				    struct lt_err *err)
{
	unsigned kept = 0;
	for (unsigned i = 0; i < queue->n; i++) {
		const char *const parts[] = { ref->name, queue->at[i].rung, queue->at[i].item };
		const char *key = cell_key_join(&queue->session->arena, parts, 3);
		struct words verdict;
		bool waits = true;
		if (!key)
			return lt_err_memory(err);
		enum lt_status status =
			project_get(queue->session->project, "answer", key, "verdict",
				    &queue->session->arena, &verdict, err);
		if (status)
			return status;
		for (unsigned j = 0; j < kept; j++)
			waits &= strcmp(queue->at[j].rung, queue->at[i].rung) != 0 ||
				 strcmp(queue->at[j].item, queue->at[i].item) != 0;
		if (waits && !verdict.at)
			queue->at[kept++] = queue->at[i];
	}
	queue->n = kept;
	return LT_OK;
}

/* By item; the rungs of one in the order in which they were taken back. */
static void sort_queue(struct upgrade_answer *at, unsigned n)
{
	for (unsigned i = 1; i < n; i++)
		for (unsigned j = i; j && strcmp(at[j - 1].item, at[j].item) > 0; j--) {
			const struct upgrade_answer other = at[j];
			at[j] = at[j - 1];
			at[j - 1] = other;
		}
}

enum lt_status upgrade_queue_read(struct session *session, const struct assessment_ref *ref,
				  struct upgrade_queue *out, struct lt_findings *findings,
				  struct lt_err *err)
{
	struct queue queue = { .session = session,
			       .key = cell_key_join(&session->arena, &ref->name, 1),
			       .err = err };
	struct assessment before = { 0 }, now = { 0 };
	if (!queue.key)
		return lt_err_memory(err);
	queue.len = strlen(queue.key);
	enum lt_status status = journal_visit(session->project, NULL, see_entry, &queue, err);
	if (!status)
		status = drop_answered(&queue, ref, err);
	if (!status)
		status = session_ruleset(session, ref->ruleset, &session->arena, &now, findings,
					 err);
	if (!status && queue.n)
		status = session_ruleset(session, queue.from, &session->arena, &before, findings,
					 err);
	if (status)
		return status;
	sort_queue(queue.at, queue.n);
	*out = (struct upgrade_queue){ .answers = queue.at,
				       .n_answers = queue.n,
				       .from = queue.n ? before.ruleset : now.ruleset,
				       .to = now.ruleset };
	return LT_OK;
}
