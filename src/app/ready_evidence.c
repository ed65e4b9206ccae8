/* Readiness: what awards stand on, and the dates of it. */
#include <stdio.h>
#include <string.h>
#include "lingtan/app/evidence.h"
#include "ready_parts.h"

/* ---- awards ---- */

static enum lt_status look_at_awards(struct looking *look)
{
	struct unsupported *list;
	unsigned n;
	enum lt_status status = session_unsupported(look->session, look->ref,
						    rung_names[look->out->rung], &list, &n,
						    look->err);
	for (unsigned i = 0; i < n && !status; i++) {
		const struct unsupported *at = &list[i];
		const uint32_t item = board_find_item(look->board, at->item);
		if (item == NO_SLOT || look->board->items[item].is_outside)
			continue;
		const struct matter matter = {
			.check = at->vague ? (at->reason ? "vague-locator-reason" : "vague-locator")
				 : at->reason ? "no-evidence-reason"
					      : "no-evidence",
			.what = at->item,
			.target = at->item,
			.zh = at->reason,
		};
		status = ready_add(look, &matter);
	}
	return status;
}

/* ---- files ---- */

static bool is_expired(const struct looking *look, const struct evidence_file *file)
{
	return file->valid_until[0] && strcmp(file->valid_until, look->on) < 0;
}

static bool is_tied(const struct looking *look, const struct evidence_list *list,
		    const struct evidence_file *file)
{
	for (unsigned i = 0; i < list->n_ties; i++)
		if (strcmp(list->ties[i].sha256, file->sha256) == 0 &&
		    strcmp(list->ties[i].assessment, look->ref->name) == 0)
			return true;
	return false;
}

/* A document of another year was confirmed for this one where somebody gave it a day until which it
 * is valid, and that day is not before the year ends. */
static bool is_of_year(const struct looking *look, const struct evidence_file *file)
{
	return !file->dated[0] || strncmp(file->dated, look->ref->year, 4) == 0 ||
	       (file->valid_by[0] && (!file->valid_until[0] ||
				      strncmp(file->valid_until, look->ref->year, 4) >= 0));
}

static enum lt_status look_at_file(struct looking *look, const struct evidence_file *file)
{
	struct matter matter = { .what = file->name, .target = file->sha256 };
	enum lt_status status = LT_OK;
	if (is_expired(look, file)) {
		matter.check = "expired-evidence";
		matter.zh = file->valid_until;
		status = ready_add(look, &matter);
	}
	if (!status && !is_of_year(look, file)) {
		matter.check = "date-outside";
		matter.zh = file->dated;
		status = ready_add(look, &matter);
	}
	return status;
}

/* Several of one name, none of which says that it replaces another. */
static enum lt_status look_at_names(struct looking *look, const struct evidence_list *list,
				    unsigned at)
{
	const struct evidence_file *first = &list->files[at];
	unsigned n = 0;
	char number[16];
	for (unsigned i = 0; i < list->n_files; i++) {
		const struct evidence_file *file = &list->files[i];
		if (file->version_of[0] || file->purged || strcmp(file->name, first->name) != 0)
			continue;
		if (i < at)
			return LT_OK;
		n++;
	}
	snprintf(number, sizeof(number), "%u", n);
	const struct matter matter = {
		.check = "duplicate-file", .what = first->name, .target = first->sha256, .zh = number
	};
	return n < 2 || first->version_of[0] || first->purged ? LT_OK : ready_add(look, &matter);
}

/* An award all of whose evidence has expired stands on nothing. */
static enum lt_status look_at_ties(struct looking *look, const struct evidence_list *list,
				   uint32_t item)
{
	const struct board_mark *mark = board_mark(look->board, item);
	const char *id = look->board->plan->items[item].decl->id;
	unsigned n = 0, n_expired = 0;
	for (unsigned i = 0; i < list->n_ties; i++) {
		const struct evidence_tie *tie = &list->ties[i];
		if (strcmp(tie->assessment, look->ref->name) != 0 || strcmp(tie->item, id) != 0)
			continue;
		const struct evidence_file *file = evidence_find_file(list, tie->sha256);
		n++;
		n_expired += file && is_expired(look, file);
	}
	const bool is_award = mark->is_answered && mark->value.state == VALUE_NUMBER &&
			      mark->value.lo.units > 0;
	const struct matter matter = { .check = "award-expired", .what = id, .target = id };
	return n && n == n_expired && is_award ? ready_add(look, &matter) : LT_OK;
}

enum lt_status ready_look_at_evidence(struct looking *look)
{
	struct evidence_list list;
	const struct board *board = look->board;
	enum lt_status status = look_at_awards(look);
	if (!status)
		status = session_evidence(look->session, &list, look->err);
	for (unsigned i = 0; !status && i < list.n_files; i++) {
		if (is_tied(look, &list, &list.files[i]))
			status = look_at_file(look, &list.files[i]);
		if (!status)
			status = look_at_names(look, &list, i);
	}
	for (unsigned r = 0; !status && r < board->n_rows; r++)
		if (!board->rows[r].is_section && !board->items[board->rows[r].at].is_outside)
			status = look_at_ties(look, &list, board->rows[r].at);
	return status;
}
