/* What other standards of the park make of a line of its one ledger. */
#include <stdio.h>
#include <string.h>
#include "figure.h"
#include "inventory.h"

void beside_release(struct inventory_screen *view)
{
	if (view->accounts_head[0])
		accounts_close(&view->accounts);
	view->accounts_head[0] = '\0';
}

void beside_load(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	struct workbench *bench = screen->bench;
	const struct assessment_ref *refs;
	struct lt_arena scratch;
	struct lt_findings findings;
	struct lt_err err = LT_ERR_INIT;
	const char *head = project_head(bench->session->project);
	unsigned n;
	if (strcmp(view->accounts_head, head) == 0 && strcmp(view->accounts_year, view->year) == 0)
		return;
	if (session_assessments(bench->session, &refs, &n, &err) != LT_OK || n < 2)
		return;
	beside_release(view);
	lt_arena_init(&scratch, 0);
	lt_findings_init(&findings, &scratch);
	/* a year that no assessment is of has nothing to compare */
	if (accounts_open(bench->session, view->year, workbench_rung(bench), &view->accounts, &findings,
			  &err) != LT_OK)
		accounts_close(&view->accounts);
	else
		snprintf(view->accounts_head, sizeof(view->accounts_head), "%s", head);
	snprintf(view->accounts_year, sizeof(view->accounts_year), "%s", view->year);
	lt_arena_release(&scratch);
}

static const struct account_line *line_under(const struct account *account, const char *id)
{
	const struct accounting *accounting = account->assessment.accounting;
	if (!accounting || !account->lines)
		return NULL;
	const unsigned row = ledger_find(&accounting->ledger, id);
	return row < accounting->ledger.n ? &account->lines[row] : NULL;
}

bool beside_draw(struct screen *screen, const struct canvas *canvas, int row, int col,
		 unsigned ledger_row, int cols)
{
	const struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	const struct ledger_row *of = &view->inventory.ledger.rows[ledger_row];
	char text[FIGURE_TEXT];
	bool any = false;
	/* of a moment ago is of another file */
	if (!view->accounts_head[0] ||
	    strcmp(view->accounts_head, project_head(bench->session->project)) != 0 ||
	    strcmp(view->accounts_year, view->year) != 0)
		return false;
	for (unsigned i = 0; i < view->accounts.n && col + 12 < cols; i++) {
		const struct account *account = &view->accounts.at[i];
		const struct account_line *line = line_under(account, of->line.id);
		if (!line || (line->fate == ACCOUNT_COUNTED &&
			      lt_decimal_compare(line->tonnes, of->result.tonnes) == 0))
			continue;
		any = true;
		col = draw_cut(canvas, row, col, cols - col - 8, INK_DIM,
			       account->assessment.ruleset->code) + 1;
		col = draw_cut(canvas, row, col, cols - col, INK_TEXT,
			       line->fate == ACCOUNT_COUNTED ? figure_decimal(line->tonnes, 2, text)
							     : tell(bench, "不计", "not counted")) + 2;
	}
	return any;
}

/* Whether a figure counts the line: by itself, or in a mean with those of other years. */
static bool counts(const struct accounting *accounting, unsigned quantity, unsigned row)
{
	const struct balance_figure *figure = &accounting->balance.figures[quantity];
	for (unsigned p = 0; p < figure->n_parts; p++)
		if (figure->parts[p].row == row && !figure->parts[p].is_over &&
		    figure->parts[p].take->measure != TAKE_NOTHING &&
		    figure->parts[p].take->measure != TAKE_MONTHS)
			return true;
	return false;
}

uint32_t beside_slot(struct screen *screen, const char *id)
{
	const struct inventory_screen *view = inventory_of(screen);
	const struct workbench *bench = screen->bench;
	if (!view->accounts_head[0] || !bench->ref)
		return NO_SLOT;
	for (unsigned i = 0; i < view->accounts.n; i++) {
		const struct account *account = &view->accounts.at[i];
		const struct accounting *accounting = account->assessment.accounting;
		const unsigned row = accounting ? ledger_find(&accounting->ledger, id) : 0;
		if (!accounting || row == accounting->ledger.n ||
		    strcmp(account->ref->name, bench->ref->name) != 0)
			continue;
		for (unsigned q = 0; q < account->assessment.ruleset->n_quantities; q++)
			if (counts(accounting, q, row))
				return account->assessment.plan->first_quantity + q;
	}
	return NO_SLOT;
}
