/*
 * journal - the entries of a project: the only way its facts change, and the only record of why.
 */
#ifndef LINGTAN_STORE_JOURNAL_H
#define LINGTAN_STORE_JOURNAL_H

#include "lingtan/store/project.h"

/**
 * journal_commit - adds one entry: fills in project, parents and depth, checks that each cell still
 * holds its change's `old` (whoever wrote meanwhile), writes the facts, the entry and the head in
 * one transaction, and returns when it is on disk. hash may be NULL. Errors: LT_ESPACE (another
 * program changed a cell meanwhile, err names it; or is writing; no room), LT_EFILE. The file is
 * then as it was.
 */
enum lt_status journal_commit(struct project *project, struct entry *entry,
			      char hash[LT_SHA256_HEX], struct lt_err *err);

/* From here on entries are signed with this key (borrowed), which must be that of who makes them;
 * NULL = they are not. */
void journal_sign_with(struct project *project, const struct lt_key *key);

/* One entry by hash; *found false where there is none. Strings in the arena. Errors: LT_EFILE. */
enum lt_status journal_get(struct project *project, const char *hash, struct lt_arena *arena,
			   struct entry *out, bool *found, struct lt_err *err);

/* How many entries there are, by the number of the last; none is read, and project_verify() holds
 * the numbers against the entries. */
enum lt_status journal_count(struct project *project, unsigned *n, struct lt_err *err);

typedef enum lt_status (*journal_visitor)(void *context, const char *hash,
					  const struct entry *entry);

/* Calls visit for every entry in order of arrival; stops at the first status that is not LT_OK. The
 * entry lives until visit returns, unless arena is given. */
enum lt_status journal_visit(struct project *project, struct lt_arena *arena,
			     journal_visitor visit, void *context, struct lt_err *err);

/* The same for the entries that came after one, named by its hash; none where it is not there. */
enum lt_status journal_visit_after(struct project *project, const char *after,
				   struct lt_arena *arena,
				   journal_visitor visit, void *context, struct lt_err *err);

/* The entries of a person in one of the roles, in order of arrival; as journal_visit(), without
 * decoding the others. Those after one, named by its hash; all where `after` is NULL or not there. */
enum lt_status journal_visit_by(struct project *project, const char *by,
				const struct words *roles, const char *after,
				struct lt_arena *arena,
				journal_visitor visit, void *context, struct lt_err *err);

/* Looks whether another program added entries; *changed tells. */
enum lt_status journal_refresh(struct project *project, bool *changed, struct lt_err *err);

#endif
