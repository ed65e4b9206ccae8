/* The evidence of an item as either side of a merge has it, to be opened. */
#include <string.h>
#include "merge_draw.h"
#include "screens.h"
#include "viewer.h"

/* Mine first, then what only the other file has. */
struct offered {
	struct merging *merging;
	const char **hashes;
	struct menu_row *rows;
	unsigned n, n_mine;
};

static void evidence_chosen(struct workbench *bench, void *context, unsigned number)
{
	const struct offered *offered = context;
	const char *hash = offered->hashes[number];
	struct lt_err err = LT_ERR_INIT;
	const enum lt_status status = number < offered->n_mine
					      ? viewer_open_evidence(bench, hash, &err)
					      : viewer_open_theirs(offered->merging, hash, &err);
	viewer_tell(bench, status, &err);
}

static void offer(struct offered *offered, const char *sha256, const char *name, const char *locator,
		  bool is_gone)
{
	const unsigned n = offered->n++;
	offered->hashes[n] = sha256;
	offered->rows[n] = (struct menu_row){ name ? name : "", locator, n < 9 ? (int)n + 1 : -1,
					      is_gone || !sha256 };
}

static bool has_hash(const struct board_detail *detail, const char *sha256)
{
	for (unsigned i = 0; i < detail->n_ties; i++)
		if (strcmp(detail->ties[i].sha256, sha256) == 0)
			return true;
	return false;
}

void merge_open_evidence(struct workbench *bench, struct merging *merging, const char *item)
{
	struct lt_arena *arena = &merging->arena;
	struct board_detail detail;
	struct merge_tie *theirs = NULL;
	struct lt_err err = LT_ERR_INIT;
	if (board_detail(bench->board, board_find_item(bench->board, item), &detail, &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		return;
	}
	const unsigned n_theirs =
		merging->theirs
			? merge_list_ties(&merging->plan.folds[MERGE_THEIRS], item, arena, &theirs)
			: 0;
	const unsigned most = detail.n_ties + n_theirs + 1;
	struct offered *offered = lt_arena_alloc(arena, 1, sizeof(*offered));
	if (offered) {
		offered->merging = merging;
		offered->rows = lt_arena_alloc(arena, most, sizeof(*offered->rows));
		offered->hashes = lt_arena_alloc(arena, most, sizeof(*offered->hashes));
	}
	if (!offered || !offered->rows || !offered->hashes) {
		lt_err_memory(&err);
		workbench_tell_err(bench, &err);
		return;
	}
	for (unsigned i = 0; i < detail.n_ties; i++) {
		const struct board_tie *tie = &detail.ties[i];
		offer(offered, lt_arena_strndup(arena, tie->sha256, strlen(tie->sha256)), tie->name,
		      tie->locator, tie->is_purged);
	}
	offered->n_mine = offered->n;
	for (unsigned i = 0; i < n_theirs; i++)
		if (!has_hash(&detail, theirs[i].sha256))
			offer(offered, theirs[i].sha256,
			      lt_arena_printf(arena, "%s%s", tell(bench, "对方 ", "theirs "),
					      theirs[i].name),
			      theirs[i].locator, false);
	if (!offered->n)
		workbench_tell(bench, NOTICE_WARN, tell(bench, "%s 两方都没有佐证", "%s has no evidence on either side"), item);
	else
		menu_open(bench, tell(bench, "打开佐证", "Open evidence"), offered->rows, offered->n, 0,
			  evidence_chosen, offered);
}
