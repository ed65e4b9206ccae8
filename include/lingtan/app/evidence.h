/*
 * evidence - files tied to items: put in once by their hash, each tie with a place in the document.
 */
#ifndef LINGTAN_APP_EVIDENCE_H
#define LINGTAN_APP_EVIDENCE_H

#include "lingtan/app/inspect.h"
#include "lingtan/app/session.h"

struct new_evidence {
	const char *item, *path;
	const char *line; /* of the inventory, by its id, instead of an item; else NULL */
	const char *locator, *page, *table, *note;         /* NULL = not said */
	const char *slot;                                  /* of the item; NULL = none */
	const char *sender, *kind, *version_of, *received; /* as typed into the form of evidence;
							      NULL = not said; version_of also by
							      name or the beginning of its hash */
	bool link; /* leave the bytes where they are, keep their hash */
};

/* What became of it. */
struct attached {
	char sha256[LT_SHA256_HEX];
	uint64_t size;
	const char *type;          /* media type, "" where it could not be told */
	bool known;                /* the bytes were there already */
	bool vague;                /* the locator names no place */
	struct lt_err uninspected; /* why the file could not be looked into; LT_OK where it was */
};

/**
 * session_attach - puts a file in and ties it to an item, in one transaction; without an item it is
 * only put in, and ref may be NULL. A vague locator without session->reason is not refused but
 * told. Errors: LT_EFILE (it cannot be read), LT_EDATA (no such item or slot, a field of the form
 * of evidence refuses what is said), LT_ESPACE.
 */
enum lt_status session_attach(struct session *session, const struct assessment_ref *ref,
			      const struct new_evidence *wish, struct attached *out,
			      struct lt_findings *findings, struct lt_err *err);

/* Several in one transaction and one entry: all of them or none, and err names the file. out: [n]. */
enum lt_status session_attach_all(struct session *session, const struct assessment_ref *ref,
				  const struct new_evidence *wishes, unsigned n,
				  struct attached *out, struct lt_findings *findings,
				  struct lt_err *err);

/* The place that a tie names; all of it is what makes the tie. NULL or "" = not said. */
struct tie_place {
	const char *item, *sha256, *type; /* type: media type of the file, or NULL */
	const char *locator, *page, *table, *note, *slot;
};

/**
 * session_retie - a tie gets another place or slot: the old one is taken out and the new one put in
 * by one entry. session_untie - a tie is taken out; the file and what the journal says of it stay.
 * *done is false where nothing changes. Errors: LT_EDATA (no such slot), those of session_commit().
 */
enum lt_status session_retie(struct session *session, const struct assessment_ref *ref,
			     const struct tie_place *from, const struct tie_place *to,
			     struct lt_findings *findings, bool *done, struct lt_err *err);
enum lt_status session_untie(struct session *session, const struct assessment_ref *ref,
			     const struct tie_place *tie, bool *done, struct lt_err *err);

/* One tie of a file to an item. */
struct evidence_tie {
	const char *key; /* of its row in the file */
	const char *assessment, *item, *sha256;
	const char *locator, *page, *table, *note, *slot, *vague_reason;
	bool vague;
};

struct evidence_file {
	const char *sha256, *name, *size, *type, *path;
	const char *taken_at, *taken_from, *latitude, *longitude;
	const char *sender, *kind, *version_of, *received;
	const char *dated;                            /* day of the document itself; "" = not said */
	const char *valid_until, *valid_by, *valid_at; /* as it was confirmed; "" = never, or without end */
	const char *purged; /* reason, or NULL */
	bool linked;
};

struct evidence_list {
	struct evidence_file *files;
	struct evidence_tie *ties;
	unsigned n_files, n_ties, cap_files, cap_ties;
};

/* All of them, into an arena of the caller's. Errors: LT_EFILE, LT_ESPACE. */
enum lt_status evidence_list_read(struct project *project, struct lt_arena *arena,
				  struct evidence_list *out, struct lt_err *err);

/* The same into the session's arena. */
enum lt_status session_evidence(struct session *session, struct evidence_list *out,
				struct lt_err *err);

/* By its whole hash, in which order the files of a list stand; NULL where there is none. */
const struct evidence_file *evidence_find_file(const struct evidence_list *list,
					       const char *sha256);

/* An award that nothing, or only a vague place, supports. */
struct unsupported {
	const char *item, *rung;
	const char *reason;                /* typed, or NULL */
	bool vague;                        /* there is evidence, but its place is vague */
	const char *cited, *cited_locator; /* what a sheet named and nobody put in yet, or NULL */
};

enum lt_status session_unsupported(struct session *session, const struct assessment_ref *ref,
				   const char *rung, struct unsupported **out, unsigned *n,
				   struct lt_err *err);

/* A file by its hash, the beginning of it or its name. Errors: LT_EDATA (none, or several). */
enum lt_status session_find_evidence(struct session *session, const char *which,
				     const struct evidence_file **out, struct lt_err *err);

/**
 * session_extract - the bytes again, by hash (or its beginning) or by name, into a new file.
 * Errors: LT_EDATA (none, or several; purged; there is such a file), LT_EFILE (a linked file is
 * gone or changed), LT_ESPACE.
 */
enum lt_status session_extract(struct session *session, const char *which, const char *to,
			       struct lt_err *err);

/* Destroys bytes for cause: person and reason stay, the hash stays. Needs session->reason. */
enum lt_status session_purge(struct session *session, const char *which, struct lt_err *err);

#endif
