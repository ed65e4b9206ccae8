/*
 * patching - what a person did to a project leaves as a small file, and what another did comes in,
 * item by item.
 *
 * Making: patch_make(). Taking: patching_open(), patching_refuse() for what is not taken,
 * patching_write(), patching_close() in any case. Nothing is written before every check has passed.
 */
#ifndef LINGTAN_APP_PATCHING_H
#define LINGTAN_APP_PATCHING_H

#include "lingtan/app/merging.h"
#include "lingtan/core/patch.h"

struct patch_wish {
	const char *since; /* hash or its beginning, round:N, or NULL: all that is the person's own
			      since somebody else wrote */
	const char *rung;  /* whose round; NULL = whoever submitted it last */
	bool evidence;     /* with the bytes of evidence */
};

/**
 * patch_make - what session->name did since then, in a new file. patch is in the session's arena;
 * *size in bytes. Errors: LT_EDATA (nothing was done, no such entry or round, somebody else's
 * entries or a merge among them, evidence whose bytes were not asked for; there is such a file),
 * LT_ESPACE.
 */
enum lt_status patch_make(struct session *session, const struct patch_wish *wish, const char *path,
			  struct patch *patch, size_t *size, struct lt_err *err);

/* Reads and checks a patch by itself, without a project. In the arena. Errors: LT_EFILE. */
enum lt_status patch_open(const char *path, struct lt_arena *arena, struct patch *out,
			  struct lt_err *err);

/* What of a patch is about one item, and stands or falls together. */
struct patch_item {
	const char *item;   /* id of an item, quantity or line; "" = of no one item */
	const char *reason; /* why it is not taken; NULL = it is */
	unsigned *cells;    /* numbers in the plan */
	unsigned n;
};

struct patching {
	struct merging merging; /* its plan holds what would change */
	struct patch patch;
	struct patch_item *items; /* in the order of the plan */
	unsigned n_items;
	bool is_known; /* everything of it is here already */
};

/**
 * patching_open - a patch held against the project. Errors: LT_EFILE (form, hashes, chain: not a
 * patch of ours, or altered), LT_EDATA (another project, a base that is not here, a role that may
 * not, a time to come, a wrong key or signature, bytes that are missing), LT_ESPACE. err names the
 * reason; nothing is changed.
 */
enum lt_status patching_open(struct session *session, const char *path, struct patching *out,
			     struct lt_err *err);

/* An item is not taken, for a reason; NULL = it is taken after all. LT_EDATA where the patch has no
 * such item. */
enum lt_status patching_refuse(struct patching *patching, const char *item, const char *reason,
			       struct lt_err *err);

/* An item is taken, also where something else was written here meanwhile. LT_EDATA as above. */
enum lt_status patching_take(struct patching *patching, const char *item, struct lt_err *err);

/* As merging_write(). */
enum lt_status patching_write(struct patching *patching, bool *done, struct lt_err *err);
void patching_close(struct patching *patching);

/* The item that a cell is about, "" where it is about none; values from a state that has it. */
const char *cell_item(const struct fold *fold, const struct vocabulary *vocabulary,
		      const struct merge_cell *cell, struct lt_arena *arena);

#endif
