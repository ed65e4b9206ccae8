/*
 * key - people's and bodies' keys on this machine, and what a project knows of them.
 *
 * A key file lies in DATA/lingtan/keys/, mode 0600, named by its public half; the folder is 0700.
 * Keys never lie in a project: it holds public halves alone, each recorded by the person's first
 * signed entry. From then on another key of the same person needs an entry signed with the one
 * before (session_record_key) or its revocation.
 *
 * The key of a run is unlocked once (workspace_unlock) and signs what its person commits from then
 * on; without it entries are claims.
 */
#ifndef LINGTAN_APP_KEY_H
#define LINGTAN_APP_KEY_H

#include "lingtan/app/session.h"
#include "lingtan/base/key.h"

struct key_file {
	struct lt_key_label label;
	const char *path;
};

/* The key files of a folder, newest first; what is no key file is left out. No folder: none. In the
 * arena. Errors: LT_EFILE (the folder cannot be read), LT_ESPACE. */
enum lt_status key_files(const char *folder, struct lt_arena *arena, const struct key_file **out,
			 unsigned *n, struct lt_err *err);

/**
 * key_file_find - by the beginning of a public half (8 digits or more), or a person's newest. Errors:
 * LT_EDATA (none; more than one begins so), those of key_files().
 */
enum lt_status key_file_find(const char *folder, const char *which, struct lt_arena *arena,
			     const struct key_file **out, struct lt_err *err);

/**
 * key_file_make - a new key, sealed and on disk when it returns. Errors: LT_EDATA (passphrase, name),
 * LT_ESPACE (no room, no permission).
 */
enum lt_status key_file_make(const char *folder, const char *person, const char *passphrase,
			     struct lt_arena *arena, const struct key_file **out,
			     struct lt_err *err);

/* Unlocks for the run: what the person commits in any session of the workspace is signed. Errors:
 * LT_NO (wrong passphrase), LT_EFILE (unreadable, or others may read it too: err says how that is
 * cured), LT_ESPACE. */
enum lt_status workspace_unlock(struct workspace *workspace, const struct key_file *file,
				const char *passphrase, struct lt_err *err);

/* The key that signs for the session's person, NULL where none is unlocked. */
const struct lt_key *session_key(const struct session *session);

/* ---- what a project knows ---- */

struct known_key {
	const char *public, *person;
	const char *revoked, *since; /* reason and day; NULL = it counts */
};

/* Every key of the project, in the order of public halves; in the session's arena. */
enum lt_status session_known_keys(struct session *session, const struct known_key **out,
				  unsigned *n, struct lt_err *err);

/**
 * session_record_key - the project knows another key of the session's person from now on, said in an
 * entry that the unlocked one signs. Errors: LT_EDATA (no key is unlocked, it is not the recorded
 * one, the other is recorded already).
 */
enum lt_status session_record_key(struct session *session, const char *public, struct lt_err *err);

/**
 * session_revoke_key - what a key signed from a day on counts no more, nor what comes to light
 * later. By its person, or by the body. public: the beginning of it, 8 digits or more. Errors:
 * LT_EDATA (no such key, several, revoked already, no reason, no day, somebody else's).
 */
enum lt_status session_revoke_key(struct session *session, const char *public, const char *reason,
				  const char *since, struct lt_err *err);

#endif
