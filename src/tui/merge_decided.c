#include "merge_decided.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/app/place.h"
#include "lingtan/base/sha256.h"

#define NAME 60
#define REFUSED "refused "

/* ---- names ---- */

static void add_text(struct lt_sha256 *sha, const char *text)
{
	lt_sha256_add(sha, text, strlen(text) + 1);
}

static void add_value(struct lt_sha256 *sha, const struct words *value)
{
	add_text(sha, value->at ? "is" : "none");
	for (unsigned i = 0; value->at && i < value->n; i++)
		add_text(sha, value->at[i] ? value->at[i] : "");
}

/* By who decides and what is asked: a question with another value is another one, and what one person
 * wrote goes in under no other's name. */
static void name_of(const struct merging *merging, const unsigned *cells, unsigned n, char out[NAME])
{
	struct lt_sha256 sha;
	char hex[LT_SHA256_HEX];
	lt_sha256_init(&sha);
	add_text(&sha, merging->session->name);
	add_text(&sha, merging->session->role);
	for (unsigned i = 0; i < n; i++) {
		const struct merge_cell *cell = &merging->plan.cells[cells[i]];
		add_text(&sha, cell->table);
		add_text(&sha, cell->key);
		add_text(&sha, cell->group);
		add_value(&sha, &cell->original);
		add_value(&sha, &cell->mine);
		add_value(&sha, &cell->theirs);
	}
	lt_sha256_finish(&sha, hex);
	snprintf(out, NAME, "%s.%.32s", merging->theirs ? "merge" : "patch", hex);
}

static bool keep(const struct merging *merging, const unsigned *cells, unsigned n, const char *said)
{
	char name[NAME];
	name_of(merging, cells, n, name);
	return said && draft_keep(merging->session, name, said, strlen(said));
}

static const char *find(struct merging *merging, const unsigned *cells, unsigned n)
{
	char name[NAME];
	name_of(merging, cells, n, name);
	return draft_find(merging->session, name, &merging->arena);
}

static bool drop(const struct merging *merging, const unsigned *cells, unsigned n)
{
	char name[NAME];
	name_of(merging, cells, n, name);
	return draft_drop(merging->session, name);
}

/* ---- a cell of a merge ---- */

/* What is kept of it is one of these, and behind it what was written anew, which stays when a side is
 * taken after all. */
static const char *const take_names[] = {
	[TAKE_OPEN] = "open",
	[TAKE_ORIGINAL] = "original",
	[TAKE_MINE] = "mine",
	[TAKE_THEIRS] = "theirs",
	[TAKE_WRITTEN] = "written",
};
#define N_TAKES (sizeof(take_names) / sizeof(take_names[0]))

/* N_TAKES where nothing is kept. */
static unsigned find_cell(struct merging *merging, unsigned cell, const char **written)
{
	const char *said = find(merging, &cell, 1);
	*written = NULL;
	for (unsigned take = 0; said && take < N_TAKES; take++) {
		const size_t len = strlen(take_names[take]);
		if (strncmp(said, take_names[take], len) != 0 || (said[len] && said[len] != ' '))
			continue;
		*written = said[len] ? said + len + 1 : NULL;
		return take;
	}
	return N_TAKES;
}

const char *merge_decided_written(struct merging *merging, unsigned cell)
{
	const char *written;
	find_cell(merging, cell, &written);
	return written;
}

bool merge_decided_keep(struct merging *merging, unsigned cell)
{
	const struct merge_cell *at = &merging->plan.cells[cell];
	const enum merge_take take = at->decided ? at->take : TAKE_OPEN;
	const char *written = take == TAKE_WRITTEN ? merging_draft(merging, at)
						   : merge_decided_written(merging, cell);
	if (!written)
		return keep(merging, &cell, 1, take == TAKE_OPEN ? "" : take_names[take]);
	return keep(merging, &cell, 1,
		    lt_arena_printf(&merging->arena, "%s %s", take_names[take], written));
}

enum lt_status merge_decided_again(struct merging *merging, unsigned cell, struct lt_err *err)
{
	const char *written;
	if (!merge_is_question(&merging->plan.cells[cell]))
		return LT_OK;
	const unsigned take = find_cell(merging, cell, &written);
	if (take == TAKE_WRITTEN)
		return merging_write_anew(merging, cell, written ? written : "", err);
	if (take != N_TAKES)
		merge_decide(&merging->plan, cell, (enum merge_take)take);
	return LT_OK;
}

bool merge_decided_drop(const struct merging *merging, unsigned cell)
{
	return drop(merging, &cell, 1);
}

/* ---- an item of a patch ---- */

bool patch_is_decided(const struct patching *patching, const struct patch_item *item)
{
	if (item->reason)
		return true;
	for (unsigned i = 0; i < item->n; i++)
		if (patching->merging.plan.cells[item->cells[i]].decided)
			return true;
	return false;
}

bool patch_decided_keep(const struct patching *patching, const struct patch_item *item)
{
	char said[sizeof(REFUSED) + MOST_REASON];
	if (!item->reason)
		return keep(&patching->merging, item->cells, item->n,
			    patch_is_decided(patching, item) ? "taken" : "");
	snprintf(said, sizeof(said), REFUSED "%s", item->reason);
	return keep(&patching->merging, item->cells, item->n, said);
}

bool patch_decided_again(struct patching *patching, const struct patch_item *item)
{
	struct lt_err ignored = LT_ERR_INIT;
	const char *said = find(&patching->merging, item->cells, item->n);
	if (said && strcmp(said, "taken") == 0)
		return patching_take(patching, item->item, &ignored) == LT_OK;
	return said && strncmp(said, REFUSED, strlen(REFUSED)) == 0 &&
	       patching_refuse(patching, item->item, said + strlen(REFUSED), &ignored) == LT_OK;
}

void patch_decided_drop(const struct patching *patching, const struct patch_item *item)
{
	drop(&patching->merging, item->cells, item->n);
}

/* ---- leaving ---- */

void decided_leave(struct workbench *bench, unsigned n, bool is_kept, bool *is_warned,
		   const struct label *lost, const struct label *kept)
{
	if (!is_kept && !*is_warned) {
		*is_warned = true;
		workbench_tell(bench, NOTICE_WARN, label_of(bench, lost), n);
		return;
	}
	workbench_pop(bench);
	if (is_kept)
		workbench_tell(bench, NOTICE_WARN, label_of(bench, kept), n);
}
