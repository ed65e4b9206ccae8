/* Where a figure of the park is used in the project's other assessments: figures belong to park and
 * year, so what changes one standard's result may change another's. */
#include <string.h>
#include "board_parts.h"
#include "session_parts.h"

/* Rulesets of the other assessments of the same year; read once a plan. */
static enum lt_status read_others(struct board *board, struct lt_err *err)
{
	struct board_private *private = board->private;
	const struct assessment_ref *all;
	struct lt_findings findings;
	unsigned n;
	lt_findings_init(&findings, &private->standing);
	enum lt_status status = session_assessments(board->session, &all, &n, err);
	if (status)
		return status;
	private->others = lt_arena_alloc(&private->standing, n + 1, sizeof(*private->others));
	if (!private->others)
		return lt_err_memory(err);
	for (unsigned i = 0; i < n && !status; i++) {
		struct assessment other = { 0 };
		if (strcmp(all[i].name, board->ref->name) == 0 ||
		    strcmp(all[i].year, board->ref->year) != 0)
			continue;
		status = session_ruleset(board->session, all[i].ruleset, &private->standing, &other,
					 &findings, err);
		if (!status)
			private->others[private->n_others++] =
				(struct other_assessment){ &all[i], other.ruleset };
	}
	private->has_others = !status;
	return status;
}

static unsigned count_uses(const struct board *board, const char *quantity)
{
	unsigned n = 0;
	for (unsigned o = 0; o < board->private->n_others; o++) {
		const struct ruleset *ruleset = board->private->others[o].ruleset;
		for (unsigned i = 0; i < ruleset->n_items; i++)
			n += ruleset->items[i].quantity &&
			     strcmp(ruleset->items[i].quantity, quantity) == 0;
	}
	return n;
}

static void add_uses(const struct board *board, const char *quantity, struct board_use *list,
		     unsigned *n)
{
	for (unsigned o = 0; o < board->private->n_others; o++) {
		const struct other_assessment *other = &board->private->others[o];
		for (unsigned i = 0; i < other->ruleset->n_items; i++) {
			const struct item *item = &other->ruleset->items[i];
			if (item->quantity && strcmp(item->quantity, quantity) == 0)
				list[(*n)++] = (struct board_use){
					.ref = other->ref,
					.ruleset = other->ruleset,
					.item = item,
					.is_measuring = item->form == FORM_MEASURED,
				};
		}
	}
}

enum lt_status board_elsewhere(struct board *board, uint32_t quantity, struct lt_arena *arena,
			       struct board_use **list, unsigned *n, struct lt_err *err)
{
	struct board_private *private = board->private;
	const char *id = plan_slot_name(board->plan, quantity);
	*list = NULL;
	*n = 0;
	if (!private->has_others) {
		private->n_others = 0;
		enum lt_status status = read_others(board, err);
		if (status)
			return status;
	}
	*list = lt_arena_alloc(arena, (size_t)count_uses(board, id) + 1, sizeof(**list));
	if (!*list)
		return lt_err_memory(err);
	add_uses(board, id, *list, n);
	return LT_OK;
}
