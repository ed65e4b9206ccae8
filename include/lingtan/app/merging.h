/*
 * merging - another file of the same project comes into this one: looked at first, decided where
 * both said something else, written as one entry.
 *
 * Life cycle: merging_open(), decisions by merge_decide() and merge_prefer() on its plan,
 * merging_write(), merging_close() in any case. The other file is only read.
 */
#ifndef LINGTAN_APP_MERGING_H
#define LINGTAN_APP_MERGING_H

#include "lingtan/app/session.h"
#include "lingtan/core/merge.h"
#include "lingtan/store/join.h"

struct merge_locks;
struct board;

struct merging {
	struct session *session; /* borrowed: the file that the other comes into */
	struct project *theirs;  /* owned; NULL = entries came without a file */
	struct lt_arena arena;   /* owned; all of the below */
	struct history all;
	struct carried fresh; /* entries that are new here */
	struct merge_plan plan;
	struct merge_locks *locks;
	/* bytes that came without a file; or NULL */
	enum lt_status (*put_bytes)(void *context, struct project *project, struct lt_err *err);
	void *context;
	const char *head; /* of this file when it was looked at */
	const char *their_head;
	unsigned n_evidence_new;    /* pieces that come with it */
	unsigned n_evidence_joined; /* that both sides took in apart, and are one now */
	unsigned n_evidence_purged; /* that theirs destroyed: it goes here as well, and no undo brings it back */
	unsigned n_future;          /* entries of theirs that claim a time to come */
	unsigned n_claims;          /* entries of theirs without a signature, by somebody whose key is
				       known here */
	unsigned n_roles;           /* cells not taken because their author may not write them */
};

/**
 * merging_open - verifies the other file, reads it and makes the plan; nothing is written. again:
 * ask about everything in which they differ. Errors: LT_EFILE (not ours, or does not verify: err
 * says where), LT_EDATA (another project, or an entry that its author's role may not make),
 * LT_ESPACE.
 */
enum lt_status merging_open(struct session *session, const char *path, bool again,
			    struct merging *out, struct lt_err *err);

/* One entry (or the other's head, where nothing was done here since). *done is false where there
 * is nothing new. Errors: LT_EDATA (a conflict is open), LT_ESPACE. */
enum lt_status merging_write(struct merging *merging, bool *done, struct lt_err *err);

void merging_close(struct merging *merging);

/* A piece of the other file's evidence into a new file, as session_extract(). Errors: its own,
 * LT_EDATA (the entries came without a file). */
enum lt_status merging_extract(struct merging *merging, const char *sha256, const char *to,
			       struct lt_err *err);

/* Who wrote a side's value, and when; NULL = nobody did. */
const struct entry *merging_writer(const struct merging *merging, const struct merge_cell *cell,
				   enum merge_side side);

/* ---- a third value ---- */

/* What a person may write into a cell instead of either side's. */
enum merge_anew {
	MERGE_ANEW_NOT,    /* one side is taken as it is */
	MERGE_ANEW_NUMBER, /* points, an amount; unit and source stay as they are */
	MERGE_ANEW_TEXT,
};
enum merge_anew merging_can_write(const struct merging *merging, const struct merge_cell *cell);

/* What typing begins with: my number; both texts. NULL when memory runs out. */
const char *merging_draft(struct merging *merging, const struct merge_cell *cell);

/* Decides a conflict by what was typed, under the name of who merges. Errors: LT_EDATA (not a value
 * of this cell, or who merges may not write it; nothing is decided), LT_EFILE, LT_ESPACE. */
enum lt_status merging_write_anew(struct merging *merging, unsigned cell, const char *text,
				  struct lt_err *err);

/* The figure that leads on the cell's rung with the value of each side, all else as it is here.
 * False where the cell does not bear on it, or the board does not show that rung. */
bool merging_figures(const struct board *board, const struct merge_cell *cell,
		     struct lt_arena *arena, struct value out[MERGE_SIDES]);

/* ---- for what else brings entries: a patch ---- */

void merging_begin(struct session *session, struct merging *out);

/* Once history, fresh entries and their_head are there: the plan, and what roles forbid. */
enum lt_status merging_plan(struct merging *merging, bool again, struct lt_err *err);

/* As merging_write(), in an entry of another kind. */
enum lt_status merging_write_as(struct merging *merging, const char *kind, bool *done,
				struct lt_err *err);

#endif
