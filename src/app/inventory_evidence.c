/* What bears out the lines of the inventory. */
#include <string.h>
#include "field_parts.h"
#include "inventory_parts.h"
#include "lingtan/app/evidence.h"

struct tie_visit {
	struct session *session;
	struct inventory *inventory;
	struct inventory_evidence *at;
	unsigned n, cap;
	struct lt_err *err;
};

static enum lt_status see_tie(void *context, const struct fact_row *row)
{
	struct tie_visit *visit = context;
	struct inventory *inventory = visit->inventory;
	const struct words *locator = fact_row_get(row, "locator");
	const unsigned at = ledger_find(&inventory->ledger, row->parts[0]);
	struct words file = { 0 };
	if (at == inventory->ledger.n || !locator->at || row_is_removed(row))
		return LT_OK;
	visit->at = lt_arena_room(&inventory->arena, visit->at, visit->n, &visit->cap,
				  sizeof(*visit->at));
	if (!visit->at)
		return lt_err_memory(visit->err);
	enum lt_status status = project_get(visit->session->project, "evidence", row->parts[1],
					    "file", &inventory->arena, &file, visit->err);
	visit->at[visit->n++] = (struct inventory_evidence){ .row = at,
							     .line = row->parts[0],
							     .sha256 = row->parts[1],
							     .digest = row->parts[2],
							     .name = file.at ? file.at[0]
									     : row->parts[1],
							     .locator = locator->at[0],
							     .page = locator->at[1],
							     .table = locator->at[2] };
	return status;
}

enum lt_status inventory_evidence(struct session *session, struct inventory *inventory,
				  struct inventory_evidence **out, unsigned *n, struct lt_err *err)
{
	struct tie_visit visit = { .session = session, .inventory = inventory, .err = err };
	enum lt_status status = project_visit(session->project, "line_tie", &inventory->arena,
					      see_tie, &visit, err);
	*out = visit.at;
	*n = visit.n;
	return status;
}

enum lt_status inventory_tie(struct session *session, struct inventory *inventory, unsigned at,
			     const char *sha256, const char *locator, bool *done,
			     struct lt_err *err)
{
	struct changes changes = { .session = session };
	const struct new_evidence wish = { .line = inventory->ledger.rows[at].line.id,
					   .locator = locator };
	*done = false;
	enum lt_status status = evidence_tie_line(&wish, sha256, &changes, err);
	return status ? status : session_commit(session, "attach", &changes, done, err);
}

enum lt_status inventory_untie(struct session *session, const struct inventory_evidence *tie,
			       bool *done, struct lt_err *err)
{
	static const char *const yes = "yes";
	struct changes changes = { .session = session };
	const char *const key[] = { tie->line, tie->sha256, tie->digest };
	*done = false;
	enum lt_status status = changes_add(&changes, "line_tie", key, "removed", &yes, err);
	return status ? status : session_commit(session, "untie", &changes, done, err);
}
