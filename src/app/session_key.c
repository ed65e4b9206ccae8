/* Which key signs what a session commits, and what the project knows of keys. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/key.h"
#include "lingtan/base/date.h"
#include "session_parts.h"

const struct lt_key *session_key(const struct session *session)
{
	const struct workspace *workspace = session->workspace;
	return workspace && workspace->key && session->name &&
			       strcmp(workspace->key_person, session->name) == 0
		       ? workspace->key
		       : NULL;
}

/* ---- what the project knows ---- */

struct key_list {
	struct session *session;
	struct known_key *at;
	unsigned n, cap;
	struct lt_err *err;
};

static enum lt_status see_key(void *context, const struct fact_row *row)
{
	struct key_list *list = context;
	const struct words *owner = fact_row_get(row, "owner"),
			   *revoked = fact_row_get(row, "revoked");
	if (!owner->at)
		return LT_OK;
	list->at = lt_arena_room(&list->session->arena, list->at, list->n, &list->cap,
				 sizeof(*list->at));
	if (!list->at)
		return lt_err_memory(list->err);
	list->at[list->n++] = (struct known_key){ .public = row->parts[0],
						  .person = owner->at[0],
						  .revoked = revoked->at ? revoked->at[0] : NULL,
						  .since = revoked->at ? revoked->at[1] : NULL };
	return LT_OK;
}

enum lt_status session_known_keys(struct session *session, const struct known_key **out,
				  unsigned *n, struct lt_err *err)
{
	struct key_list list = { .session = session, .err = err };
	enum lt_status status = project_visit(session->project, "signing_key", &session->arena,
					      see_key, &list, err);
	*out = list.at;
	*n = list.n;
	return status;
}

static const struct known_key *find_key(const struct known_key *keys, unsigned n,
					const char *public)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(keys[i].public, public) == 0)
			return &keys[i];
	return NULL;
}

/* Another key of the person, one that counts; NULL = there is none. */
static const struct known_key *find_other(const struct known_key *keys, unsigned n,
					  const char *person)
{
	for (unsigned i = 0; i < n; i++)
		if (!keys[i].revoked && strcmp(keys[i].person, person) == 0)
			return &keys[i];
	return NULL;
}

/* ---- an entry of its own, which nobody takes back ---- */

static enum lt_status commit_key(struct session *session, struct changes *changes,
				 struct lt_err *err)
{
	struct entry entry = { .changes = changes->at, .n_changes = changes->n };
	enum lt_status status = session_sign(session, &entry, "key", err);
	return status ? status : journal_commit(session->project, &entry, NULL, err);
}

enum lt_status session_change_key(struct session *session, struct changes *changes,
				  const char *public, struct lt_err *err)
{
	const char *const values[] = { session->name };
	return changes_add(changes, "signing_key", &public, "owner", values, err);
}

/* Whether the key may sign here; the first time it is recorded. */
static enum lt_status admit_key(struct session *session, const struct lt_key *key,
				struct lt_err *err)
{
	const struct known_key *keys;
	unsigned n;
	struct changes changes = { .session = session };
	enum lt_status status = session_known_keys(session, &keys, &n, err);
	if (status)
		return status;
	const struct known_key *own = find_key(keys, n, lt_key_public(key)),
			       *other = find_other(keys, n, session->name);
	if (own && own->revoked)
		return lt_err_set(err, LT_EDATA,
				  "密钥 %.12s 在这个项目里已停用（%s 起）；请换用新的密钥",
				  "the key %.12s is revoked in this project (since %s); use another",
				  own->public, own->since);
	if (own && strcmp(own->person, session->name) != 0)
		return lt_err_set(err, LT_EDATA, "密钥 %.12s 在这个项目里是 %s 的",
				  "the key %.12s is %s's in this project", own->public, own->person);
	if (own)
		return LT_OK;
	if (other)
		return lt_err_set(err, LT_EDATA,
				  "这个项目记着 %s 的另一个密钥 %.12s；请用它登记新的：lingtan key record，或先停用它：lingtan key revoke",
				  "this project knows another key of %s, %.12s; let it record the new one: lingtan key record, or revoke it: lingtan key revoke",
				  session->name, other->public);
	status = session_change_key(session, &changes, lt_key_public(key), err);
	return status ? status : commit_key(session, &changes, err);
}

enum lt_status session_ready_key(struct session *session, struct lt_err *err)
{
	const struct lt_key *key = session_key(session);
	journal_sign_with(session->project, key);
	return key ? admit_key(session, key, err) : LT_OK;
}

/* ---- rotation and revocation ---- */

/* One entry with one change, as role and key permit. */
static enum lt_status commit_alone(struct session *session, struct changes *changes,
				   struct lt_err *err)
{
	enum lt_status status = project_begin(session->project, true, err);
	if (status)
		return status;
	bool done;
	status = changes->n ? session_commit(session, "key", changes, &done, err)
			    : session_ready_key(session, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(session->project, !status, status ? &second : err);
	return status ? status : ended;
}

/* The first key of a person needs no other; the one before answers for the next. */
static enum lt_status check_signer(struct session *session, const struct known_key *keys,
				   unsigned n, const char *public, struct lt_err *err)
{
	const struct known_key *before = find_other(keys, n, session->name);
	const struct lt_key *key = session_key(session);
	if (find_key(keys, n, public))
		return lt_err_set(err, LT_EDATA, "密钥 %.12s 已登记过",
				  "the key %.12s is recorded already", public);
	if (!before && (!key || strcmp(lt_key_public(key), public) != 0))
		return lt_err_set(err, LT_EDATA, "登记密钥 %.12s 要用它自己签名（--sign）",
				  "the key %.12s is recorded in an entry that it signs (--sign)",
				  public);
	if (before && (!key || strcmp(lt_key_public(key), before->public) != 0))
		return lt_err_set(err, LT_EDATA,
				  "登记 %s 的新密钥，要用已登记的密钥 %.12s 签名（--key %.12s --sign）",
				  "another key of %s is recorded in an entry signed with the known one, %.12s (--key %.12s --sign)",
				  session->name, before->public, before->public);
	return LT_OK;
}

enum lt_status session_record_key(struct session *session, const char *public, struct lt_err *err)
{
	const struct known_key *keys;
	unsigned n;
	struct changes changes = { .session = session };
	enum lt_status status = session_known_keys(session, &keys, &n, err);
	if (!status)
		status = check_signer(session, keys, n, public, err);
	/* its own first entry records the key that signs */
	if (!status && strcmp(lt_key_public(session_key(session)), public) != 0)
		status = session_change_key(session, &changes, public, err);
	return status ? status : commit_alone(session, &changes, err);
}

enum lt_status session_revoke_key(struct session *session, const char *public, const char *reason,
				  const char *since, struct lt_err *err)
{
	const struct known_key *keys;
	unsigned n;
	struct changes changes = { .session = session };
	enum lt_status status = session_known_keys(session, &keys, &n, err);
	if (status)
		return status;
	const struct known_key *known = NULL;
	unsigned n_fit = 0;
	for (unsigned i = 0; i < n; i++)
		if (strlen(public) >= 8 && strncmp(keys[i].public, public, strlen(public)) == 0) {
			known = &keys[i];
			n_fit++;
		}
	if (n_fit > 1)
		return lt_err_set(err, LT_EDATA, "有 %u 个密钥以 %s 开头，请多写几位",
				  "%u keys begin with %s; write more of it", n_fit, public);
	if (!known)
		return lt_err_set(err, LT_EDATA, "这个项目里没有密钥 %s", "this project knows no key %s",
				  public);
	if (known->revoked)
		return lt_err_set(err, LT_EDATA, "密钥 %.12s 已停用（%s 起）",
				  "the key %.12s is revoked already (since %s)", known->public,
				  known->since);
	if (!reason[0])
		return lt_err_set(err, LT_EDATA, "停用密钥要写明原因：--reason",
				  "revoking a key needs a reason: --reason");
	if (!lt_date_is(since))
		return lt_err_set(err, LT_EDATA, "“%s”不是日期，应写作 2026-03-01",
				  "'%s' is no date; write it as 2026-03-01", since);
	const char *const values[] = { reason, since };
	status = changes_add(&changes, "signing_key", &known->public, "revoked", values, err);
	return status ? status : commit_alone(session, &changes, err);
}
