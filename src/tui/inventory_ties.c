/* Evidence for a line of the inventory: one that is in the project, or a file from elsewhere. */
#include <stdio.h>
#include <string.h>
#include "inventory.h"
#include "lingtan/app/evidence.h"

static bool is_own(struct workbench *bench, const void *context)
{
	return workbench_top(bench)->data == context;
}

/* The row with the cursor, of a line that is in the project. */
static bool row_of(const struct inventory_screen *view, unsigned *row)
{
	return inventory_row(view, row) && view->inventory.ledger.rows[*row].line.id[0];
}

static void place_given(struct workbench *bench, void *context, const char *locator)
{
	struct inventory_screen *view = context;
	struct lt_err err = LT_ERR_INIT;
	struct attached file;
	char command[200];
	bool done = false;
	unsigned row;
	if (!is_own(bench, context) || !row_of(view, &row))
		return;
	const struct ledger_line *line = &view->inventory.ledger.rows[row].line;
	text_format(command, sizeof(command), "line attach %s", line->source);
	workbench_begin(bench, command);
	enum lt_status status;
	if (view->tied[0]) {
		status = inventory_tie(bench->session, &view->inventory, row, view->tied, locator,
				       &done, &err);
	} else {
		const struct new_evidence wish = { .line = line->id,
						   .path = view->path,
						   .locator = locator };
		status = session_attach(bench->session, NULL, &wish, &file, &bench->findings, &err);
		done = !status;
	}
	workbench_end(bench, status, &err, done);
}

static void ask_place(struct workbench *bench, struct inventory_screen *view)
{
	unsigned row;
	const char *about = row_of(view, &row)
				    ? lt_arena_printf(&bench->session->arena, "%s %s",
						      view->inventory.ledger.rows[row].line.id,
						      view->tied[0] ? view->tied : view->path)
				    : NULL;
	ask_open_words(bench, about ? about : "", tell(bench, "定位", "Where in the document"),
		 tell(bench, "页、表、段，如 第 12 页 表 3", "page, table, paragraph, as in p. 12 table 3"), "",
		 true, NULL, place_given, view);
}

static void file_given(struct workbench *bench, void *context, const char *path, bool readonly)
{
	struct inventory_screen *view = context;
	(void)readonly;
	if (!is_own(bench, context))
		return;
	view->tied[0] = '\0';
	snprintf(view->path, sizeof(view->path), "%s", path);
	ask_place(bench, view);
}

static void untie(struct workbench *bench, struct inventory_screen *view, unsigned number)
{
	struct lt_err err = LT_ERR_INIT;
	char command[200];
	bool done = false;
	const struct inventory_evidence *tie = &view->evidence[number];
	text_format(command, sizeof(command), "line detach %s",
		    view->inventory.ledger.rows[tie->row].line.source);
	workbench_begin(bench, command);
	const enum lt_status status = inventory_untie(bench->session, tie, &done, &err);
	if (workbench_end(bench, status, &err, done))
		workbench_tell(bench, NOTICE_DONE, "%s",
			       tell(bench, "已取下，文件仍在档；F8 撤销",
				    "taken off, the file stays; F8 undoes"));
}

static void evidence_chosen(struct workbench *bench, void *context, unsigned number)
{
	struct inventory_screen *view = context;
	if (!is_own(bench, context) || number >= view->choices.n)
		return;
	if (number && number <= view->n_tied) {
		untie(bench, view, view->tied_at[number - 1]);
		return;
	}
	const char *sha256 = view->choices.values[number];
	if (!sha256) {
		pick_open_beside(bench, tell(bench, "佐证文件", "A file of evidence"), NULL, file_given,
				 view);
		return;
	}
	snprintf(view->tied, sizeof(view->tied), "%s", sha256);
	ask_place(bench, view);
}

/* What is tied to the line already: each can be taken off. */
static void offer_ties(struct workbench *bench, struct inventory_screen *view, unsigned row)
{
	struct cell_choices *choices = &view->choices;
	view->n_tied = 0;
	for (unsigned i = 0; i < view->n_evidence && view->n_tied < MOST_TIED; i++) {
		const struct inventory_evidence *tie = &view->evidence[i];
		const char *title = tie->row != row ? NULL
						    : lt_arena_printf(&bench->session->arena, "%s %s",
								      tell(bench, "取下", "take off"),
								      tie->name);
		if (!title)
			continue;
		view->tied_at[view->n_tied++] = i;
		choices->values[choices->n] = "";
		choices->rows[choices->n] = (struct menu_row){
			title, tie->locator, choices->n < 10 ? (int)choices->n : -1, false
		};
		choices->n++;
	}
}

void evidence_choose(struct screen *screen)
{
	struct inventory_screen *view = inventory_of(screen);
	struct workbench *bench = screen->bench;
	struct evidence_list list;
	struct lt_err err = LT_ERR_INIT;
	struct cell_choices *choices = &view->choices;
	unsigned row;
	if (!row_of(view, &row) || !inventory_may_edit(screen))
		return;
	if (session_evidence(bench->session, &list, &err) != LT_OK) {
		workbench_tell_err(bench, &err);
		return;
	}
	choices->n = 0;
	choices->values[choices->n] = NULL;
	choices->rows[choices->n++] = (struct menu_row){
		tell(bench, "另选一个文件", "a file from elsewhere"), NULL, 0, false
	};
	offer_ties(bench, view, row);
	for (unsigned i = 0; i < list.n_files && choices->n < MOST_CHOICES; i++) {
		choices->values[choices->n] = list.files[i].sha256;
		choices->rows[choices->n] =
			(struct menu_row){ list.files[i].name, NULL,
					   choices->n < 10 ? (int)choices->n : -1, false };
		choices->n++;
	}
	menu_open(bench, tell(bench, "挂佐证", "Evidence"), choices->rows, choices->n,
		  choices->n > view->n_tied + 1 ? view->n_tied + 1 : 0, evidence_chosen, view);
}
