/* Who a person may not be as well: on two rungs of one item; leader, technical reviewer and
 * decision maker. The journal says who wrote what; no list of its own is kept. */
#include <stdio.h>
#include <string.h>
#include "lingtan/base/ids.h"
#include "lingtan/base/text.h"
#include "role_parts.h"
#include "session_parts.h"

/* Cells that say what a rung holds of something: by these a person stands on it. */
static const struct {
	const char *table, *group;
	unsigned rung, n_key; /* which part of the key is the rung, of how many */
} judged[] = {
	{ "answer", "verdict", 1, 3 },
	{ "quantity", "value", 0, 3 },
	{ "claim", "activity", 1, 2 },
};

#define N_JUDGED (sizeof(judged) / sizeof(judged[0]))

/* Tables in which a role does its office; administration does not bind anyone. */
static const char *const office[] = { "answer",	 "quantity", "claim",	 "seen",    "round",
				      "sent_back", "finding",  "sign_off", "decision" };

static bool is_office(const char *table)
{
	for (size_t i = 0; i < sizeof(office) / sizeof(office[0]); i++)
		if (strcmp(office[i], table) == 0)
			return true;
	return false;
}

#define JUDGED_CLAIM 2

/* A line of the inventory is the claim of whoever entered it. */
static bool is_line(const struct change *change)
{
	return strcmp(change->table, "line") == 0 && strcmp(change->group, "activity") == 0;
}

static int judged_number(const struct change *change)
{
	if (is_line(change))
		return JUDGED_CLAIM;
	for (size_t i = 0; i < N_JUDGED; i++)
		if (strcmp(judged[i].table, change->table) == 0 &&
		    strcmp(judged[i].group, change->group) == 0)
			return (int)i;
	return -1;
}

enum lt_status separation_is_relaxed(struct session *session, bool *relaxed, struct lt_err *err)
{
	struct words value;
	enum lt_status status = project_get(session->project, "setting", "separation", "value",
					    &session->arena, &value, err);
	*relaxed = !status && value.at && strcmp(value.at[0], "relaxed") == 0;
	return status;
}

/* ---- offices held ---- */

struct office_search {
	bool found;
};

static enum lt_status see_office(void *context, const char *hash, const struct entry *entry)
{
	struct office_search *search = context;
	(void)hash;
	for (unsigned i = 0; i < entry->n_changes; i++)
		search->found |= is_office(entry->changes[i].table);
	return LT_OK;
}

/* The role, other than `role`, of those in `roles` in which a person has already judged something
 * in this project; NULL = none. */
static enum lt_status role_held_by(struct session *session, const char *by, const char *role,
			    const struct words *roles, const char **held, struct lt_err *err)
{
	enum lt_status status = LT_OK;
	*held = NULL;
	for (unsigned i = 0; i < roles->n && !status && !*held; i++) {
		struct office_search search = { 0 };
		const struct words other = { .at = &roles->at[i], .n = 1 };
		if (strcmp(roles->at[i], role) == 0)
			continue;
		status = journal_visit_by(session->project, by, &other, NULL, NULL, see_office,
					  &search, err);
		if (!status && search.found)
			*held = roles->at[i];
	}
	return status;
}

/* ---- a part in the project at all ---- */

static enum lt_status see_part(void *context, const char *hash, const struct entry *entry)
{
	static const char *const administration[] = { "person",	    "setting", "signing_key",
						      "assessment", "ruleset", "profile",
						      "park" };
	struct office_search *search = context;
	(void)hash;
	for (unsigned i = 0; i < entry->n_changes; i++) {
		bool is_part = true;
		for (size_t a = 0; a < sizeof(administration) / sizeof(administration[0]); a++)
			is_part &= strcmp(entry->changes[i].table, administration[a]) != 0;
		search->found |= is_part;
	}
	return LT_OK;
}

enum lt_status role_part_of(struct session *session, const char *by, const struct words *roles,
			    const char **part, struct lt_err *err)
{
	struct words registered;
	const char *key = cell_key_join(&session->arena, &by, 1);
	enum lt_status status = key ? project_get(session->project, "person", key, "roles",
						  &session->arena, &registered, err)
				    : lt_err_memory(err);
	*part = NULL;
	for (unsigned i = 0; i < roles->n && !status && !*part; i++) {
		struct office_search search = { 0 };
		const struct words only = { &roles->at[i], 1 };
		if (registered.at && lt_ids_have(registered.at[0], roles->at[i]))
			search.found = true;
		else
			status = journal_visit_by(session->project, by, &only, NULL, NULL, see_part,
						  &search, err);
		if (!status && search.found)
			*part = roles->at[i];
	}
	return status;
}

static bool does_office(const struct deed *deed)
{
	for (unsigned i = 0; i < deed->n_changes; i++)
		if (is_office(deed->changes[i].table))
			return true;
	return false;
}

static enum lt_status keep_apart(struct session *session, const struct deed *deed,
				 struct lt_err *err)
{
	const struct words *apart = &session->workspace->roles->apart;
	const char *held = NULL;
	bool bound = false, relaxed;
	for (unsigned i = 0; i < apart->n; i++)
		bound |= strcmp(apart->at[i], deed->role) == 0;
	if (!bound || deed->is_undo || !does_office(deed))
		return LT_OK;
	enum lt_status status = role_held_by(session, deed->by, deed->role, apart, &held, err);
	if (!status && held)
		status = separation_is_relaxed(session, &relaxed, err);
	if (status || !held || relaxed)
		return status;
	char name[120];
	const struct role *before = roles_find(session->workspace->roles, held),
			  *now = roles_find(session->workspace->roles, deed->role);
	lt_text_visible(deed->by, lt_text_cut(deed->by, strlen(deed->by), 60), name, sizeof(name));
	const char *const zh[ROLE_TEXTS] = { name, before->title.zh, now->title.zh, "" };
	const char *const en[ROLE_TEXTS] = { name, before->title.en, now->title.en, "" };
	return role_refuse(
		err, zh, en,
		"%s 在本项目已是%s，不能再作%s：这是两个人的事；请换人，或由机构写明理由放宽（设置 separation）",
		"%s has acted as %s here and cannot be %s as well: let another person do it, or the body relax it with a reason (setting separation)");
}

/* ---- rungs held ---- */

/* A cell that the person wrote last with this value. */
struct written {
	int judged;
	const char *table;
	const char *key;
	const char *parts[CELL_MAX_KEY];
	struct words value;
};

struct rung_search {
	struct session *session;
	const struct deed *deed;
	struct written *at;
	unsigned n, cap;
	struct lt_err *err;
};

static struct written *find_written(struct rung_search *search, int number, const char *key)
{
	for (unsigned i = 0; i < search->n; i++)
		if (search->at[i].judged == number && strcmp(search->at[i].key, key) == 0)
			return &search->at[i];
	return NULL;
}

/* The parts of the key by which a thing is judged; of a line the rung is that of who writes it. */
static bool split_key(struct lt_arena *arena, const struct change *change, int number,
		      const char *rung, const char **parts)
{
	if (!is_line(change))
		return cell_key_split(arena, change->key, parts, judged[number].n_key);
	parts[1] = rung;
	return rung && cell_key_split(arena, change->key, parts, 1);
}

static enum lt_status add_written(struct rung_search *search, int number,
				  const struct change *change, const char *rung,
				  struct written **out)
{
	struct lt_arena *arena = &search->session->arena;
	search->at = lt_arena_room(arena, search->at, search->n, &search->cap, sizeof(*search->at));
	if (!search->at)
		return lt_err_memory(search->err);
	*out = &search->at[search->n];
	**out = (struct written){ .judged = number, .table = change->table, .key = change->key };
	if (!split_key(arena, change, number, rung, (*out)->parts))
		return LT_OK;
	search->n++;
	return LT_OK;
}

/* The same item, figure or line on another rung. */
static bool is_other_rung(const struct written *written, int number, const char *const *parts)
{
	if (written->judged != number)
		return false;
	for (unsigned i = 0; i < judged[number].n_key; i++)
		if ((strcmp(written->parts[i], parts[i]) == 0) == (i == judged[number].rung))
			return false;
	return true;
}

static enum lt_status see_write(void *context, const char *hash, const struct entry *entry)
{
	struct rung_search *search = context;
	enum lt_status status = LT_OK;
	(void)hash;
	for (unsigned i = 0; i < entry->n_changes && !status; i++) {
		const struct change *change = &entry->changes[i];
		const int number = judged_number(change);
		if (number < 0)
			continue;
		struct written *written = find_written(search, number, change->key);
		if (!written)
			status = add_written(search, number, change,
					     role_rung(search->session->workspace, entry->role),
					     &written);
		if (!status)
			written->value = change->new;
	}
	return status;
}

/* What the person wrote on another rung of the same thing, and still stands there. */
static enum lt_status find_stand(struct rung_search *search, const char *const *parts, int number,
				 const struct written **stand)
{
	*stand = NULL;
	for (unsigned i = 0; i < search->n; i++) {
		const struct written *written = &search->at[i];
		struct words now;
		if (!written->value.at || !is_other_rung(written, number, parts))
			continue;
		enum lt_status status =
			project_get(search->session->project, written->table, written->key,
				    judged[number].group, &search->session->arena, &now,
				    search->err);
		if (status)
			return status;
		if (cell_value_equals(&now, &written->value))
			*stand = written;
	}
	return LT_OK;
}

static enum lt_status refuse_two_rungs(const struct rung_search *search,
				       const struct written *stand, const char *const *parts,
				       struct lt_err *err)
{
	char name[120], thing[160];
	const char *const of = stand->parts[judged[stand->judged].n_key - 1];
	const char *const what = stand->judged == JUDGED_CLAIM ? stand->parts[0] : of;
	const enum rung there = rung_find(stand->parts[judged[stand->judged].rung]),
			here = rung_find(parts[judged[stand->judged].rung]);
	const struct label unknown = { "?", "?" };
	const struct label *a = there < N_RUNGS ? &rung_titles[there] : &unknown,
			   *b = here < N_RUNGS ? &rung_titles[here] : &unknown;
	lt_text_visible(search->deed->by,
			lt_text_cut(search->deed->by, strlen(search->deed->by), 60), name,
			sizeof(name));
	lt_text_visible(what, lt_text_cut(what, strlen(what), 80), thing, sizeof(thing));
	const char *const zh[ROLE_TEXTS] = { name, thing, a->zh, b->zh };
	const char *const en[ROLE_TEXTS] = { name, thing, a->en, b->en };
	return role_refuse(
		err, zh, en,
		"%s 已在“%s”的%s层级填写，不能再填%s层级：一个人不跨两级，请换人来填",
		"%s has written %s on rung %s and cannot write it on rung %s as well: one person does not climb two rungs, let another do it");
}

/*
 * What the person wrote in roles of other rungs. Most never did: then the journal, which only grows,
 * is read from where it ended, or each answer would cost more than the one before.
 */
static enum lt_status find_writes(struct rung_search *search, const struct words *others)
{
	struct session *session = search->session;
	const struct deed *deed = search->deed;
	const bool known = session->apart.by && strcmp(session->apart.by, deed->by) == 0 &&
			   strcmp(session->apart.role, deed->role) == 0;
	enum lt_status status = journal_visit_by(session->project, deed->by, others,
						 known ? session->apart.head : NULL,
						 &session->arena, see_write, search, search->err);
	if (status || search->n) {
		session->apart.by = NULL;
		return status;
	}
	if (!known) {
		const char *by = lt_arena_strndup(&session->arena, deed->by, strlen(deed->by)),
			   *role = lt_arena_strndup(&session->arena, deed->role,
						    strlen(deed->role));
		if (!by || !role)
			return lt_err_memory(search->err);
		session->apart.by = by;
		session->apart.role = role;
	}
	snprintf(session->apart.head, sizeof(session->apart.head), "%s",
		 project_head(session->project));
	return LT_OK;
}

static enum lt_status one_rung(struct session *session, const struct deed *deed,
			       struct lt_err *err)
{
	const struct roles *roles = session->workspace->roles;
	const char *own = role_rung(session->workspace, deed->role);
	struct rung_search search = { .session = session, .deed = deed, .err = err };
	enum lt_status status = LT_OK;
	bool judges = false;
	for (unsigned i = 0; i < deed->n_changes; i++)
		judges |= deed->changes[i].new.at && judged_number(&deed->changes[i]) >= 0;
	struct words others = { .at = lt_arena_alloc(&session->arena, roles->n_roles + 1,
						     sizeof(*others.at)) };
	if (!others.at)
		return lt_err_memory(err);
	for (unsigned r = 0; r < roles->n_roles && judges; r++) {
		const struct role *role = &roles->roles[r];
		if (role->rung && (!own || strcmp(role->rung, own) != 0))
			others.at[others.n++] = role->role;
	}
	if (others.n)
		status = find_writes(&search, &others);
	for (unsigned i = 0; i < deed->n_changes && search.n && !status; i++) {
		const struct change *change = &deed->changes[i];
		const struct written *stand;
		const char *parts[CELL_MAX_KEY];
		const int number = judged_number(change);
		if (number < 0 || !change->new.at ||
		    !split_key(&session->arena, change, number, own, parts))
			continue;
		status = find_stand(&search, parts, number, &stand);
		if (!status && stand)
			status = refuse_two_rungs(&search, stand, parts, err);
	}
	return status;
}

/* ---- who answered a finding does not verify it ---- */

static enum lt_status verifier_is_another(struct session *session, const struct deed *deed,
					  struct lt_err *err)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < deed->n_changes && !status && !deed->is_undo; i++) {
		const struct change *change = &deed->changes[i];
		struct words answer;
		if (strcmp(change->table, "finding") != 0 ||
		    strcmp(change->group, "verification") != 0 || !change->new.at)
			continue;
		status = project_get(session->project, "finding", change->key, "answer",
				     &session->arena, &answer, err);
		if (!status && answer.at && strcmp(answer.at[1], deed->by) == 0)
			status = lt_err_set(err, LT_EDATA,
					    "这一项由 %s 答复，要由别人来验证",
					    "%s answered it; somebody else must verify it",
					    deed->by);
	}
	return status;
}

/* ---- what a body relaxes, it gives a reason for ---- */

static enum lt_status is_reasoned(struct session *session, const struct deed *deed,
				  struct lt_err *err)
{
	for (unsigned i = 0; i < deed->n_changes && !deed->is_undo; i++) {
		const struct change *change = &deed->changes[i];
		if (strcmp(change->table, "setting") != 0 ||
		    (strcmp(change->key, "separation") != 0 && strcmp(change->key, "sign_off") != 0))
			continue;
		if (is_blank(session->reason))
			return lt_err_set(err, LT_EDATA, "改设置 %s 要写明原因（--reason）",
					  "changing the setting %s needs a --reason", change->key);
	}
	return LT_OK;
}

enum lt_status separation_permits(struct session *session, const struct deed *deed,
				  struct lt_err *err)
{
	enum lt_status status = keep_apart(session, deed, err);
	if (!status)
		status = is_reasoned(session, deed, err);
	if (!status)
		status = verifier_is_another(session, deed, err);
	return status ? status : one_rung(session, deed, err);
}
