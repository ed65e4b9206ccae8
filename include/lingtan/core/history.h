/*
 * history - many entries of one project with their ties: who rests on whom. One list may hold the
 * entries of several files of the project, as a merge does.
 *
 * Pure. Parents are added before their children, so a walk from the end to the start sees children
 * first. Entries and hashes are borrowed and must live as long.
 */
#ifndef LINGTAN_CORE_HISTORY_H
#define LINGTAN_CORE_HISTORY_H

#include "lingtan/core/fold.h"

struct past_entry {
	const char *hash;
	struct entry entry;
	unsigned parents[2]; /* numbers in the history plus 1; 0 = none */
};

/* An entry as it stands in a journal. */
struct carried_entry {
	const char *hash, *body;
	size_t len;
	const char *signature; /* NULL = it has none */
};

struct carried {
	struct carried_entry *at; /* parents before their children */
	unsigned n, cap;
};

struct history {
	struct lt_arena *arena; /* borrowed */
	struct past_entry *at;
	unsigned n, cap;
	unsigned *index; /* by hash: number plus 1, 0 = free */
	unsigned index_size;
};

void history_init(struct history *history, struct lt_arena *arena);

/**
 * history_add - one entry under its own hash; one that is there already is left. *added may be
 * NULL. Errors: LT_NO (a parent is not there, the depth is not one more than the deepest parent's,
 * or a second entry has no parent; err says which), LT_ESPACE.
 */
enum lt_status history_add(struct history *history, const char *hash, const struct entry *entry,
			   bool *added, struct lt_err *err);

/* NULL where there is none. */
const struct past_entry *history_find(const struct history *history, const char *hash);

/* Sets bit in marks[number] for an entry and all that it rests on. */
void history_mark(const struct history *history, const char *head, unsigned char *marks,
		  unsigned char bit);

/* The state at an entry, along first parents. Errors: LT_NO (as fold_apply()), LT_ESPACE. */
enum lt_status history_fold(const struct history *history, const struct past_entry *head,
			    struct fold *fold, struct lt_err *err);

#endif
