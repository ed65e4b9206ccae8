/*
 * keep - copies of a project file: whole, without its evidence, or what can be saved of a broken
 * one. A copy gets its name only when all of it is on disk, and never over another file.
 */
#ifndef LINGTAN_STORE_KEEP_H
#define LINGTAN_STORE_KEEP_H

#include "lingtan/store/project.h"

/**
 * project_copy - a consistent copy of an open project, safe while others read and write it. Errors:
 * LT_EDATA (there is a file at `to`), LT_ESPACE, LT_EFILE.
 */
enum lt_status project_copy(struct project *project, const char *to, struct lt_err *err);

/* The same without the bytes of evidence: journal, facts, texts of rulesets and profiles. */
enum lt_status project_snapshot(struct project *project, const char *to, struct lt_err *err);

struct rescue_report {
	unsigned n_entries;      /* in the new journal as they were */
	unsigned n_entries_lost; /* that are known to have been and are not in it */
	unsigned n_words;      /* cells taken from entries that hang on nothing, and from tables */
	unsigned n_words_lost; /* of those that no table takes */
	unsigned n_blobs, n_blobs_lost; /* that the facts speak of */
	bool head_kept;                 /* the newest entry is the one it was */
};

/**
 * project_rescue - a new file from what can be read of a broken one: the entries that hang together
 * from the first one on, the facts that follow from them, the bytes whose hash is right. Where
 * entries are lost, what later ones and the tables say is written down as one entry more, in the
 * name that `sign` gives (by, role, at, command, reason), so that no word is lost and none passes
 * for what the journal proved. Errors: LT_EFILE (nothing can be read), LT_EDATA (there is a file at
 * `to`), LT_ESPACE.
 */
enum lt_status project_rescue(struct store *store, const char *path, const char *to,
			      const struct entry *sign, struct rescue_report *report,
			      struct lt_err *err);

#endif
