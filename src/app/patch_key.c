/* The signature of a patch, and the key that the project knows of its maker. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/key.h"
#include "lingtan/app/patching.h"
#include "lingtan/base/text.h"
#include "merge_lock.h"

#define PURPOSE "lingtan patch 1"

const char *patch_last_line(const struct session *session, const struct patch *patch,
			    struct lt_arena *arena)
{
	const struct lt_key *key = session_key(session);
	char signature[LT_SIGNATURE_HEX];
	if (!key)
		return "unsigned\n";
	lt_key_sign(key, PURPOSE, patch->digest, strlen(patch->digest), signature);
	return lt_arena_printf(arena, "signed %s %s\n", lt_key_public(key), signature);
}

/* What the project knows of the maker's keys. */
struct maker {
	const struct known_key *keys;
	unsigned n;
	bool has_key; /* one that counts */
};

static bool is_makers(const struct maker *maker, const struct patch *patch, const char *public)
{
	for (unsigned i = 0; i < maker->n; i++)
		if (!maker->keys[i].revoked && strcmp(maker->keys[i].person, patch->by) == 0 &&
		    strcmp(maker->keys[i].public, public) == 0)
			return true;
	return false;
}

/* Of somebody else, or revoked. */
static bool is_barred(const struct maker *maker, const struct patch *patch, const char *public)
{
	for (unsigned i = 0; i < maker->n; i++)
		if (strcmp(maker->keys[i].public, public) == 0)
			return !is_makers(maker, patch, public);
	return false;
}

static enum lt_status refuse_key(const struct patch *patch, const char *public, struct lt_err *err)
{
	return lt_err_set(
		err, LT_EDATA,
		"密钥 %.12s 不是 %.*s 在这个项目里登记的那一个，或已停用；补丁没有用",
		"key %.12s is not the one that %.*s has in this project, or is revoked; the patch was not used",
		public, LT_CUT(patch->by, 60));
}

/* Entries that are signed are by a key of the maker, or by the one that signed the patch. */
static enum lt_status check_entries(const struct maker *maker, const struct patch *patch,
				    const char *signer, struct lt_err *err)
{
	for (unsigned i = 0; i < patch->carried.n; i++) {
		const struct carried_entry *entry = &patch->carried.at[i];
		char public[LT_PUBLIC_HEX];
		if (!entry->signature)
			continue;
		if (!entry_signer(entry->signature, public) ||
		    !entry_signature_holds(entry->signature, entry->hash))
			return lt_err_set(
				err, LT_EDATA, "记录 %.12s 的签名不对；补丁没有用",
				"the signature of entry %.12s is wrong; the patch was not used",
				entry->hash);
		const bool is_own =
			is_makers(maker, patch, public) || (signer && strcmp(signer, public) == 0);
		if (!is_own)
			return refuse_key(patch, public, err);
	}
	return LT_OK;
}

enum lt_status patch_check_signature(struct session *session, const struct patch *patch,
				     struct lt_err *err)
{
	struct maker maker = { 0 };
	char public[LT_PUBLIC_HEX] = "";
	enum lt_status status = session_known_keys(session, &maker.keys, &maker.n, err);
	if (status)
		return status;
	for (unsigned i = 0; i < maker.n; i++)
		maker.has_key |=
			!maker.keys[i].revoked && strcmp(maker.keys[i].person, patch->by) == 0;
	if (patch->signature)
		snprintf(public, sizeof(public), "%.64s", patch->signature);
	if (patch->signature &&
	    !lt_key_verify(public, PURPOSE, patch->digest, strlen(patch->digest),
			   patch->signature + LT_PUBLIC_HEX))
		return lt_err_set(
			err, LT_EDATA,
			"补丁的签名不对：内容被改动过，或不是密钥 %.12s 签的；没有用",
			"the signature of the patch is wrong: it was altered, or key %.12s did not sign it; it was not used",
			public);
	if (!patch->signature && maker.has_key)
		return lt_err_set(
			err, LT_EDATA,
			"%.*s 在这个项目里登记过密钥，这个补丁却没有签名；请其签名后重新生成",
			"%.*s has a key in this project, and the patch is not signed; ask for it signed",
			LT_CUT(patch->by, 60));
	if (patch->signature &&
	    (maker.has_key ? !is_makers(&maker, patch, public) : is_barred(&maker, patch, public)))
		return refuse_key(patch, public, err);
	return check_entries(&maker, patch, patch->signature ? public : NULL, err);
}
