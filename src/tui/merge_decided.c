#include "merge_decided.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/app/place.h"
#include "lingtan/base/sha256.h"

#define NAME 60
#define WRITTEN "written "
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

/* ---- a cell of a merge ---- */

static const char *const take_names[] = {
	[TAKE_ORIGINAL] = "original",
	[TAKE_MINE] = "mine",
	[TAKE_THEIRS] = "theirs",
};
#define N_TAKES (sizeof(take_names) / sizeof(take_names[0]))

bool merge_decided_keep(struct merging *merging, unsigned cell)
{
	const struct merge_cell *at = &merging->plan.cells[cell];
	const char *said = "";
	if (at->decided && at->take == TAKE_WRITTEN)
		said = lt_arena_printf(&merging->arena, WRITTEN "%s", merging_draft(merging, at));
	else if (at->decided)
		said = take_names[at->take];
	return keep(merging, &cell, 1, said);
}

bool merge_decided_again(struct merging *merging, unsigned cell)
{
	struct lt_err ignored = LT_ERR_INIT;
	if (!merge_is_question(&merging->plan.cells[cell]))
		return false;
	const char *said = find(merging, &cell, 1);
	if (said && strncmp(said, WRITTEN, strlen(WRITTEN)) == 0)
		return merging_write_anew(merging, cell, said + strlen(WRITTEN), &ignored) == LT_OK;
	for (unsigned take = TAKE_ORIGINAL; said && take < N_TAKES; take++)
		if (strcmp(said, take_names[take]) == 0)
			merge_decide(&merging->plan, cell, (enum merge_take)take);
	return merging->plan.cells[cell].decided;
}

void merge_decided_drop(const struct merging *merging, unsigned cell)
{
	keep(merging, &cell, 1, "");
}

/* ---- an item of a patch ---- */

static bool is_decided(const struct patching *patching, const struct patch_item *item)
{
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
			    is_decided(patching, item) ? "taken" : "");
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
	keep(&patching->merging, item->cells, item->n, "");
}
