/*
 * entry - one command of a project's journal: who did what, when, why, and the named changes.
 *
 * The body is one line of canonical JSON: these members in this order, no spaces, strings only but
 * for the integers v and depth, escapes only \" \\ and \u00xx (lower-case hexadecimal, for U+0000
 * to U+001F and U+007F, never NUL). Whatever is not written exactly so is refused, so one meaning
 * has one text and one hash. Pure: no clock, no random numbers.
 *
 * {"v":1,"project":P,"parents":[H...],"depth":N,"kind":K,"by":B,"role":R,"at":T,"command":C,
 *  "reason":R,"undoes":null|H,"changes":[[TABLE,KEY,GROUP,OLD,NEW] or with WRITER as sixth...],
 *  "rejects":[[TABLE,KEY,GROUP,WHY]...]}     OLD, NEW: null or a list of 1 to 16 strings
 */
#ifndef LINGTAN_CORE_ENTRY_H
#define LINGTAN_CORE_ENTRY_H

#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"
#include "lingtan/base/key.h"
#include "lingtan/base/sha256.h"
#include "lingtan/core/ruleset.h"

#define ENTRY_MAX_BYTES ((size_t)16 << 20)
#define ENTRY_MAX_CHANGES 200000
#define ENTRY_MAX_DEPTH 1000000000u

/* A value of a cell is a struct words; at NULL = nothing there. Strings are valid UTF-8 without
 * NUL. */
struct change {
	const char *table, *key, *group;
	struct words old, new;
	const char *writer; /* of a merge: hash of the entry that first set `new`; else NULL */
};

struct reject {
	const char *table, *key, *group, *why;
};

struct entry {
	const char *project;    /* 32 lower-case hexadecimal digits */
	const char *parents[2]; /* hashes */
	unsigned n_parents;     /* 0 for the first entry of a project, 2 for a merge */
	unsigned depth;         /* 1 + the greatest of the parents; 1 for the first */
	const char *kind, *by, *role, *at, *command, *reason;
	const char *undoes; /* hash, or NULL */
	struct change *changes;
	unsigned n_changes;
	struct reject *rejects;
	unsigned n_rejects;
	const char *signature; /* stands beside the body, not in it (entry_sign); NULL = by is a
				  claim */
};

/* The canonical body, owned by the arena. Errors: LT_EDATA (a text that is not UTF-8, too long or
 * too many changes, or a member that entry_decode would refuse), LT_ESPACE. */
enum lt_status entry_encode(const struct entry *entry, struct lt_arena *arena, const char **body,
			    size_t *len, struct lt_err *err);

/**
 * entry_decode - the entry of a body. Strings are owned by the arena. Errors: LT_EFILE (not
 * canonical; err names the byte), LT_ESPACE. It also sees that hashes and the project are
 * lower-case hexadecimal of the right length, depth and number of parents agree (0 parents: depth
 * 1), two parents differ, undoes is a hash. out is left alone on failure.
 */
enum lt_status entry_decode(const char *body, size_t len, struct lt_arena *arena, struct entry *out,
			    struct lt_err *err);

/* Project, parents and depth alone, from the beginning of a body, however long it is; the other
 * members are 0. Errors as entry_decode. */
enum lt_status entry_decode_place(const char *body, size_t len, struct lt_arena *arena,
				  struct entry *out, struct lt_err *err);

/* How the body of an entry names who made it, and as what: no other body holds this text, because
 * quotes inside strings are escaped. Owned by the arena; NULL when memory runs out. */
const char *entry_by_text(struct lt_arena *arena, const char *by, const char *role);

/* Whether a body holds one of such texts where it names its maker, without decoding the rest. */
bool entry_text_is_by(const char *body, size_t len, const char *const *by_texts, unsigned n_texts);

/* What stands before the body where its hash is taken (SHA-256). */
#define ENTRY_HASH_DOMAIN "lingtan entry 1\n"

void entry_hash(const char *body, size_t len, char hex[LT_SHA256_HEX]);

/* ---- the signature of an entry: the public half of a key, a blank, Ed25519 over the hash ---- */

#define ENTRY_SIGNATURE (LT_PUBLIC_HEX + LT_SIGNATURE_HEX)

void entry_sign(const struct lt_key *key, const char *hash, char signature[ENTRY_SIGNATURE]);

/* The public half in it; false where it is no signature of an entry. */
bool entry_signer(const char *signature, char public[LT_PUBLIC_HEX]);

/* Whether it is of this hash. Whose the key is, the project says (signing_key). */
bool entry_signature_holds(const char *signature, const char *hash);

/* Whether two values of a cell are the same. */
bool cell_value_equals(const struct words *a, const struct words *b);

#endif
